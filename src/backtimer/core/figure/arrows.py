"""Arrows: which way what moves goes, beside it, clear of the body, and only while it goes there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from math import hypot, sqrt

from backtimer.core.figure.body import ARROW, Disc, Stroke, shows_blades, upper_back
from backtimer.core.figure.camera import Camera, Frame, Point, camera_of
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.movement import JointPath, Passage, rolls_head
from backtimer.core.figure.pose import other_side
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import NOSE_CM, PARENTS, direction, joint_of, radius
from backtimer.core.figure.things import lines_of, with_things
from backtimer.core.figure.turning import pelvis_strokes
from backtimer.core.figure.vectors import difference, distance, dot
from backtimer.values import NamedTuple

_LONG_CM, _BARB_CM, _THICK_CM = 22.0, 9.0, 2.4
"""How long an arrow is, and its barbs, and how thick its lines are."""
_BARB_SHARE = 0.55
"""A barb is no longer than this part of its arrow."""
_LONG_DOTS, _BARB_DOTS = 11.0, 4.0
"""So long it is at least, however small the picture."""
_LIMB_DOTS, _HEAD_DOTS = 1.6, 4.2
"""How thick limbs and heads are at least, however small the picture."""
_CLEAR_CM, _CLEAR_DOTS = 3.5, 3.3
"""How far it keeps from the body."""
_LEAST_GONE_CM = 2.0
"""What goes no further in the picture has no arrow."""
_LEAST_SEEN = 0.4
"""Nor has a way of which less than this part is seen: what goes to the viewer does not go sideways."""
_LEVEL = 0.9
"""An arrow that is nearly upright or level is so: one of its barbs would be lost in its shaft."""
_ALIKE, _PAIR_CM = 0.85, 60.0
"""Two hands or two feet that go the same way have one arrow."""
_FRONT = -1_000.0
"""The depth of what is drawn over everything."""
_OFF_CM = (9.0, 13.0, 17.0, 22.0, 28.0, 35.0, 44.0)
_ALONG = (0.5, 0.75, 0.25, 1.0, 0.0)
"""Where an arrow may stand: so far beside the way, and at this part of it."""
_AWAY_CM = 10.0
"""What being away from the middle of the way counts, as being farther beside it does."""
_FACE_CM, _BESIDE_FACE = 30.0, 40.0
"""How near to a face an arrow seems to be the head's, and what that counts."""
_SHORTER, _SHORTEST_DOTS = (0.75, 0.6, 0.45), 4.7
"""Where there is no place for an arrow, one that is shorter by this may have one."""
_SHORTEST_ASLANT_DOTS = 7.5
"""One that is aslant needs more dots."""
_BESIDE_ARM_CM, _OVER_SHOULDER_CM = 33.0, -8.0
_FROM_CM = tuple(range(0, 60, 2))
"""So far from what pushes an arrow may begin."""

Arrow = tuple[Point, Point, float]
"""Its middle, where it points, and how long it is."""
_Limb = tuple[Point, Point, float]
"""A part of the body as it is seen, with how thick it is."""


class Extent(NamedTuple):
    """What is in the picture, all of it, in centimetres, and how large a dot is."""

    frame: Frame
    dot_cm: float


ANYWHERE = Extent(Frame(-1e4, 1e4, -1e4, 1e4), 1.0)


def arrows(scene: Scene, room: Extent = ANYWHERE) -> list[Stroke]:
    """The arrows of a scene, as strokes.

    Args:
        scene: What moves, and from where it is seen.
        room: Where there is place for them.
    """
    if scene.span is None and not scene.presses:
        return []
    camera = camera_of(scene)
    long = max(_LONG_CM, _LONG_DOTS * room.dot_cm)
    key = (camera.angles, scene.span.ways if scene.span else (), scene.presses, room)
    if key not in scene.bounds.arrows:
        found = _placed(scene, scene.span, camera, room, long) if scene.span else []
        found += _pressing(scene, camera, room, long)
        scene.bounds.arrows[key] = tuple(found)
    barb = max(_BARB_CM, _BARB_DOTS * room.dot_cm)
    return [
        stroke
        for arrow in scene.bounds.arrows[key]
        for stroke in _arrow(arrow, min(barb, arrow[2] * _BARB_SHARE))
    ]


def _placed(scene: Scene, span: Passage, camera: Camera, room: Extent, long: float) -> list[Arrow]:
    """Where each arrow of a way from pose to pose stands."""
    body = list(dict.fromkeys((*_body(span, camera, room.dot_cm), *_things(scene, span, camera))))
    found: list[Arrow] = []
    threaded = any(prop.kind == "thread" for prop in scene.figure.props)
    blades = shows_blades(scene, camera)
    for way in _seen(span.ways, camera, blades=blades):
        if way.joint.startswith("shoulder") and blades:
            together = dot(difference(way.end, way.start), upper_back(scene.base)[2]) > 0.0
            found += _blade_arrow(way, camera, scene, room, (long, together))
            continue
        if way.joint == "head" and (threaded or rolls_head(span.stills)):
            continue
        one, other = camera.seen(way.start), camera.seen(way.end)
        taken = [(*_ends(arrow), 3.0) for arrow in found]
        faces = () if way.joint == "head" else (camera.seen(still["head"]) for still in span.stills)
        if (arrow := _place((one, other), [*body, *taken], room, long, tuple(faces))) is not None:
            found.append(arrow)
    return found


def _seen(ways: Sequence[JointPath], camera: Camera, *, blades: bool) -> Iterable[JointPath]:
    """The ways that are seen at all; of two hands or feet that go the same way, the nearer one's."""
    shown = {}
    for way in ways:
        one, other = camera.seen(way.start), camera.seen(way.end)
        gone = (other[0] - one[0], other[1] - one[1])
        least = max(_LEAST_GONE_CM, _LEAST_SEEN * distance(way.start, way.end))
        if (long := hypot(*gone)) >= least or (blades and way.joint.startswith("shoulder")):
            long = long or 1.0
            shown[way.joint] = (way, one, (gone[0] / long, gone[1] / long))
    for joint, (way, at, (right, up)) in shown.items():
        alone = joint.startswith("shoulder") and blades
        pair = shown.get(other_side(joint)) if "_" in joint and not alone else None
        if pair is not None:
            alike = right * pair[2][0] + up * pair[2][1] > _ALIKE
            close = hypot(at[0] - pair[1][0], at[1] - pair[1][1]) < _PAIR_CM
            here, there = camera.away(way.start), camera.away(pair[0].start)
            if alike and close and (here, joint) > (there, pair[0].joint):
                continue
        yield way


def _body(span: Passage, camera: Camera, dot_cm: float) -> Iterable[_Limb]:
    """The body as it is seen at the beginning, in the middle and at the end of the way."""
    for joints in span.stills:
        seen = {joint: _rounded(camera.seen(place)) for joint, place in joints.items()}
        for joint, parent in PARENTS.items():
            thick = max(radius(joint), radius(parent), _LIMB_DOTS * dot_cm)
            yield seen[joint], seen[parent], thick
        yield seen["head"], seen["head"], max(radius("head") + NOSE_CM, _HEAD_DOTS * dot_cm)
        for name in ("shoulder", "hip"):
            yield seen[f"{name}_left"], seen[f"{name}_right"], radius(name)


def _rounded(point: Point) -> Point:
    """What does not move is there once."""
    return (round(point[0], 1), round(point[1], 1))


def _things(scene: Scene, span: Passage, camera: Camera) -> Iterable[_Limb]:
    """What lies and stands about, and what is held, at the beginning and at the end of the way."""
    for stroke in pelvis_strokes(span, camera) if scene.figure.pelvis else ():
        yield stroke.discs[0].at, stroke.discs[1].at, stroke.discs[1].radius
    for joints in (span.stills[0], span.stills[-1]):
        shown = scene._replace(joints=joints)
        for stroke in with_things(shown, []):
            for one, other in pairwise(stroke.discs):
                yield one.at, other.at, one.radius
        for edge in lines_of(shown):
            if not edge.is_floor:
                for start, end in pairwise(edge.places):
                    yield camera.seen(start), camera.seen(end), 1.0


def _place(
    way: tuple[Point, Point],
    body: list[_Limb],
    room: Extent,
    long: float,
    faces: tuple[Point, ...],
) -> Arrow | None:
    """The nearest place to the middle of a way that is in the picture and clear of the body; or the best.

    Beside a face it would tell of the head.
    """
    one, other = way
    gone = hypot(other[0] - one[0], other[1] - one[1])
    right, up = (other[0] - one[0]) / gone, (other[1] - one[1]) / gone
    straight = (float(round(right)), 0.0) if abs(right) > abs(up) else (0.0, float(round(up)))
    wanted = max(_CLEAR_CM, _CLEAR_DOTS * room.dot_cm)
    best, most = None, -1e9
    for towards, its in _forms((right, up), straight, long, room.dot_cm):
        for _cost, middle in sorted(
            (
                cost + _BESIDE_FACE * any(hypot(x - middle[0], y - middle[1]) < _FACE_CM for x, y in faces),
                middle,
            )
            for cost, middle in _places(one, other, towards, its)
        ):
            arrow = (middle, towards, its)
            ends = _ends(arrow)
            if not all(_is_in(end, room) for end in ends):
                continue
            points, clear = _points(arrow, ends), 1e9
            for number, limb in enumerate(body):
                clear = min(clear, _between(points, limb) - _THICK_CM / 2.0)
                if clear <= most:  # it stands in the way of others, too
                    body.insert(0, body.pop(number))
                    break
            else:
                best, most = arrow, clear
            if most >= wanted:
                return best
    return best if most > 0.0 else None


def _forms(way: Point, straight: Point, long: float, dot_cm: float) -> Iterable[tuple[Point, float]]:
    """The ways and lengths that an arrow may have, those first that tell more; none that is only a blot."""
    lengths = (long, *(long * share for share in _SHORTER))
    if max(abs(way[0]), abs(way[1])) <= _LEVEL:
        yield from ((way, its) for its in lengths if its >= _SHORTEST_ASLANT_DOTS * dot_cm)
    yield from ((straight, its) for its in lengths if its >= _SHORTEST_DOTS * dot_cm)


def _places(one: Point, other: Point, way: Point, long: float) -> Iterable[tuple[float, Point]]:
    """Where an arrow may stand, and what that costs: beside what it belongs to, before it or behind it."""
    right, up = way
    for part in _ALONG:
        x, y = one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part
        for off in _OFF_CM:
            cost = off + _AWAY_CM * abs(part - 0.5)
            yield cost, (x + up * off, y - right * off)
            yield cost, (x - up * off, y + right * off)
    for off in _OFF_CM:
        far = off + long / 2.0
        yield off + _AWAY_CM, (other[0] + right * far, other[1] + up * far)
        yield off + _AWAY_CM, (one[0] - right * far, one[1] - up * far)


def _pressing(scene: Scene, camera: Camera, room: Extent, long: float) -> Iterable[Arrow]:
    """Two arrows against each other for what pushes against what does not give: one from either side."""
    stills = scene.span.stills if scene.span else (scene.joints,)
    body = list(dict.fromkeys(_body(Passage(stills, ()), camera, room.dot_cm)))
    wanted = max(_CLEAR_CM, _CLEAR_DOTS * room.dot_cm)
    for point, angle in scene.presses:
        joint = joint_of(point)
        (x, y), way = camera.seen(stills[-1][joint]), direction(angle, -1.0 if "_right" in joint else 1.0)
        right, up = camera.seen(way)
        for sign in (1.0, -1.0):
            for its, off in product((long, *(long * share for share in _SHORTER)), _FROM_CM):
                far = sign * (off + its / 2.0)
                arrow = ((x - right * far, y - up * far), (sign * right, sign * up), its)
                ends = _ends(arrow)
                clear = min(_between(_points(arrow, ends), limb) for limb in body)
                if clear >= wanted and all(_is_in(end, room) for end in ends):
                    yield arrow
                    break


def _ends(arrow: Arrow) -> tuple[Point, Point]:
    (x, y), (right, up), long = arrow
    half = long / 2.0
    return (x - right * half, y - up * half), (x + right * half, y + up * half)


def _is_in(point: Point, room: Extent) -> bool:
    frame, edge = room.frame, max(_EDGE_CM, _EDGE_DOTS * room.dot_cm)
    return (
        frame.left + edge <= point[0] <= frame.right - edge
        and frame.low + edge / 2.0 <= point[1] <= frame.high - edge / 2.0
    )


_EDGE_CM, _EDGE_DOTS = 8.0, 3.5
"""How far it keeps from the edge of the picture, for its barbs."""
_STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)


def _points(arrow: Arrow, ends: tuple[Point, Point]) -> list[Point]:
    """A few points of an arrow: along its shaft, and the ends of its barbs."""
    (sx, sy), (tx, ty) = ends
    right, up = arrow[1]
    found = [(sx + (tx - sx) * step, sy + (ty - sy) * step) for step in _STEPS]
    return [*found, *_barbs((tx, ty), (right, up), _BARB_CM)]


def _barbs(tip: Point, way: Point, long: float) -> list[Point]:
    (x, y), (right, up), part = tip, way, long * 0.7
    return [(x + (-right + turn * up) * part, y + (-up - turn * right) * part) for turn in (1.0, -1.0)]


def _between(points: Sequence[Point], limb: _Limb) -> float:
    """How far the nearest of a few points is from a limb's skin."""
    (ax, ay), (bx, by), thick = limb
    dx, dy = bx - ax, by - ay
    long = dx * dx + dy * dy
    least = 1e18
    for x, y in points:  # many thousand times for a picture: nothing is called here, and one root is enough
        to_x, to_y = x - ax, y - ay
        along = to_x * dx + to_y * dy
        if along >= long > 0.0:
            to_x -= dx
            to_y -= dy
        elif along > 0.0:
            to_x -= along / long * dx
            to_y -= along / long * dy
        squared = to_x * to_x + to_y * to_y
        if squared < least:  # noqa: PLR1730 - min() would be called
            least = squared
    return sqrt(least) - thick


def _blade_arrow(
    way: JointPath, camera: Camera, scene: Scene, room: Extent, its_way: tuple[float, bool]
) -> list[Arrow]:
    """Beside a blade: inwards where it is drawn back, for blades come together then; else outwards."""
    long, together = its_way
    shoulder, chest = camera.seen(scene.base[way.joint]), camera.seen(scene.base["chest"])
    out = 1.0 if shoulder[0] > chest[0] else -1.0
    edge = room.frame.right if out > 0.0 else room.frame.left
    tip = (chest[0] + out * _BESIDE_ARM_CM, shoulder[1] + _OVER_SHOULDER_CM)
    its = min(long, abs(edge - tip[0]) - 2.0)
    return [((tip[0] + out * its / 2.0, tip[1]), (-out if together else out, 0.0), its)]


def _arrow(arrow: Arrow, barb: float) -> list[Stroke]:
    tail, point = _ends(arrow)
    lines = [(tail, point), *((end, point) for end in _barbs(point, arrow[1], barb))]
    return [
        Stroke(tuple(Disc(at, _THICK_CM / 2.0) for at in line), Shade.ARROW, ARROW, _FRONT - 0.01 * number)
        for number, line in enumerate(lines)
    ]
