"""Things beside the body as lines in space: the mat, a chair, a wall, a band, a step, a towel."""

from __future__ import annotations

from math import cos, radians, sin

from backtimer.core.figure.body import BAND, Disc, Stroke
from backtimer.core.figure.camera import camera_of
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.cutaway import CUTAWAY_TOP_CM
from backtimer.core.figure.film import CUSHION_CM, joints_on
from backtimer.core.figure.grounding import SEAT_CM
from backtimer.core.figure.pose import SIDES, Prop, expanded
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import front, radius
from backtimer.core.figure.vectors import Vector, along, blend, difference, dot, unit
from backtimer.values import NamedTuple

MAT_HALF_CM = 30.0

HEIGHTS = {**CUSHION_CM, "table": 74.0, "wall": 168.0, "chair": SEAT_CM}
"""How high things are, where a figure does not say, in centimetres."""

_CHAIR_BACK_CM = 42.0
_HALF_CHAIR_CM = 21.0
_HAND_CM = 4.5
"""From the middle of a hand to where a band that it holds comes out of it."""
_LEANS_CM = 9.0
"""What is so near to a chair is on it."""
_DOOR_CM = 75.0
_BESIDE = 0.8
_THREAD_CM = 42.0
_LEAST_CUSHION_CM = 3.6
_FACE_DOWN = -0.6
_PEEPS_CM = {"towel": 25.0, "pillow": 31.0}
"""From its middle to its ends, seen from above: it looks out on both sides of the body."""


FROM_ABOVE = 20.0
"""A viewer who looks down further than this sees the mat, and no line of the floor."""
_BEFORE_CM = 9.0
_LEAST_FLOOR_CM = 130.0
"""Of a body that stands upright, too, the floor is seen to be one."""
_LEAST_GROUND_CM = 290.0
"""So much of it is seen where it goes by."""
_MARK_CM, _MARKED = 25.0, 0.6
"""How far marks on the ground are from each other, and which part of that they are long."""
_LOW_CM = 16.0
"""What is lower stands or lies on the floor, for its line."""


class Edge(NamedTuple):
    """A line of a thing."""

    places: tuple[Vector, ...]
    is_floor: bool = False
    behind: bool = True
    """Drawn before the body, which covers it."""
    dashed: bool = False
    is_sign: bool = False
    """In the colour of arrows: it tells a way, and is no thing."""
    is_faint: bool = False
    """As faint as the floor: it only stands ready."""

    @property
    def shade(self) -> Shade:
        return Shade.FLOOR if self.is_floor or self.is_faint else Shade.ARROW if self.is_sign else Shade.PROP


def height_of(prop: Prop) -> float:
    """How high a thing is, in centimetres."""
    return HEIGHTS.get(prop.kind, 0.0) if prop.height is None else prop.height


def lines_of(scene: Scene) -> list[Edge]:
    """All lines of the things of a scene."""
    found: list[Edge] = []
    props = scene.figure.props
    for prop in props:
        if prop.kind in _DRAWN:
            found += _DRAWN[prop.kind](prop, scene)
    if scene.figure.pitch < FROM_ABOVE:
        floor = _floor(scene, found)
        found[:0] = _ground(floor, scene) if scene.figure.travel else [floor]
    return found


def _ground(floor: Edge, scene: Scene) -> list[Edge]:
    """The floor as marks that go by, of a body that walks and stays in the picture."""
    yaw, (left, right) = radians(camera_of(scene).angles[0]), floor.places
    long = dot(difference(right, left), (cos(yaw), sin(yaw), 0.0))
    every = _MARK_CM * cos(yaw)
    at = -((scene.gone * cos(yaw)) % every)
    found = []
    while at < long:
        start, end = max(0.0, at), min(long, at + every * _MARKED)
        if end > start:
            places = (
                along(left, (cos(yaw), sin(yaw), 0.0), start),
                along(left, (cos(yaw), sin(yaw), 0.0), end),
            )
            found.append(Edge(places, is_floor=True, behind=False))
        at += every
    return found


def _floor(scene: Scene, things: list[Edge]) -> Edge:
    """A level line before all that stands on the floor: it is parallel to the picture, so it never slopes."""
    camera = camera_of(scene)
    if (kept := scene.bounds.floors.get(camera.angles)) is not None:
        return Edge(kept, is_floor=True, behind=False)
    yaw = radians(camera.angles[0])
    places = scene.bounds.places
    if not scene.figure.along:
        places = (*places, *((x, -y, z) for x, y, z in places))
    low = [place for place in places if place[2] < _LOW_CM]
    feet = [place for edge in things for place in edge.places if place[2] < 1.0]
    depth = min(
        *(camera.depth(place) - _BEFORE_CM for place in low), *(camera.depth(place) for place in feet), 0.0
    )
    across = [camera.seen(place)[0] for place in places]
    across += [camera.seen(place)[0] for edge in things for place in edge.places]
    least = _LEAST_GROUND_CM if scene.figure.travel else _LEAST_FLOOR_CM
    more = max(8.0, (least - (max(across) - min(across))) / 2.0)
    left, right = (
        (x * cos(yaw) - depth * sin(yaw), x * sin(yaw) + depth * cos(yaw), 0.0)
        for x in (min(across) - more, max(across) + more)
    )
    scene.bounds.floors[camera.angles] = (left, right)
    return Edge((left, right), is_floor=True, behind=False)


def _mat(_: Prop, scene: Scene) -> list[Edge]:
    """Its edges, where it is seen from above; else it is the floor's line."""
    if scene.figure.pitch < FROM_ABOVE:
        return []
    places = scene.bounds.places
    left, right = min(place[0] for place in places) - 12.0, max(place[0] for place in places) + 12.0
    wide = max(MAT_HALF_CM, *(abs(place[1]) + 9.0 for place in places))
    corners = ((left, -wide, 0.0), (right, -wide, 0.0), (right, wide, 0.0), (left, wide, 0.0))
    return [Edge((*corners, corners[0]), is_floor=True)]


def _chair(prop: Prop, scene: Scene) -> list[Edge]:
    """A seat on legs, its back behind; somebody who stands has it where the figure says."""
    seat = height_of(prop)
    at = scene.base["pelvis"][0] + (8.0 if prop.at is None else prop.at)
    back, front = at - _HALF_CHAIR_CM, at + _HALF_CHAIR_CM
    if prop.to == "left":
        back, front = front, back
    yaw = radians(camera_of(scene).angles[0])
    near, far = -_HALF_CHAIR_CM, _HALF_CHAIR_CM
    if cos(yaw) < 0.0:
        near, far = far, near
    beside = abs(cos(yaw)) > _BESIDE  # from the front she sits before all of it
    top = seat + _CHAIR_BACK_CM
    faint = not _is_used(prop, scene, (min(back, front), max(back, front)), seat)
    edges = [
        Edge(((back, far, top), (back, far, 0.0))),
        Edge(((back, near, top), (back, near, 0.0))),
        Edge(((back, near, top), (back, far, top))),
        Edge(((back, near, top - 12.0), (back, far, top - 12.0))),
        Edge(((front, far, seat), (front, far, 0.0))),
        Edge(((back, far, seat), (front, far, seat))),
        Edge(((back, near, seat), (front, near, seat)), behind=not beside),
        Edge(((front, near, seat), (front, far, seat))),
        Edge(((front, near, seat), (front, near, 0.0)), behind=not beside),
    ]
    return [edge._replace(is_faint=True) for edge in edges] if faint else edges


def _is_used(chair: Prop, scene: Scene, sides: tuple[float, float], seat: float) -> bool:
    """Whether somebody sits on a chair, or nearly, or has a hand or a foot on it; else it stands ready."""
    used = scene.bounds.used
    if chair not in used:
        joints = {f"{end}_{side}": _LEANS_CM for end in ("hand", "toe") for side in SIDES}
        used[chair] = any("seat" in pose.on for pose in scene.figure.poses.values()) or any(
            sides[0] - close <= x <= sides[1] + close
            and abs(y) <= _HALF_CHAIR_CM + close
            and seat - close <= z
            and (joint != "pelvis" or z <= seat + close)
            for still in scene.bounds.stills
            for joint, close in (*joints.items(), ("pelvis", _HALF_CHAIR_CM))
            for x, y, z in (still[joint],)
        )
    return used[chair]


def _wall(prop: Prop, scene: Scene) -> list[Edge]:
    at = scene.base["pelvis"][0] + (-20.0 if prop.at is None else prop.at)
    high = height_of(prop)
    near, far = -MAT_HALF_CM, MAT_HALF_CM
    return [
        Edge(((at, near, 0.0), (at, near, high))),
        Edge(((at, far, 0.0), (at, far, high)), dashed=True),
        Edge(((at, near, high), (at, far, high)), dashed=True),
    ]


def _band(prop: Prop, scene: Scene) -> list[Edge]:
    """From the hands round the feet, or to a door; what is from hand to hand is a stroke."""
    joints = scene.joints
    if prop.to == "feet":
        ends = [blend(joints[f"ankle_{side}"], joints[f"toe_{side}"], 0.6) for side in SIDES]
        return [
            Edge((joints[f"hand_{side}"], end), behind=side == "left")
            for side, end in zip(SIDES, ends, strict=True)
        ]
    if prop.to == "hands":  # it is as solid as the hands that hold it
        return []
    base = scene.base
    high = base["chest"][2] - 8.0 if prop.height is None else prop.height
    far = base["pelvis"][0] + (125.0 if prop.at is None else prop.at)
    return [Edge(((far, 0.0, high), (far + 6.0, 0.0, high)))]


def _pull(prop: Prop, scene: Scene) -> tuple[list[Stroke], list[Stroke]]:
    """A band as it is held: what is behind the body, and what is before it."""
    if prop.to == "feet":
        return [], []
    camera, base, joints = camera_of(scene), scene.base, scene.joints
    if prop.to == "hands":
        one, other = (joints[f"hand_{side}"] for side in SIDES)
        way = unit(difference(other, one))
        ends = (along(one, way, _HAND_CM), along(other, way, -_HAND_CM))  # the hands stay to be seen
        held = tuple(Disc(camera.seen(end), 1.4) for end in ends)
        return [], [Stroke(held, Shade.PROP, BAND, 0.0)]
    high = base["chest"][2] - 8.0 if prop.height is None else prop.height
    far = base["pelvis"][0] + (125.0 if prop.at is None else prop.at)
    post = [(far + 4.0, 0.0, z) for z in (2.0, high + _DOOR_CM / 3.0)]
    behind = [Stroke(tuple(Disc(camera.seen(end), 3.5) for end in post), Shade.PROP, "post", 0.0)]
    before: list[Stroke] = []
    near = max(SIDES, key=lambda side: -camera.depth(base[f"shoulder_{side}"]))
    for side in SIDES:
        x, y, z = joints[f"hand_{side}"]
        ends = ((x - 2.0, y, z), (far, 0.0, high))
        grip = ((x, y, z - 6.0), (x, y, z + 6.0))
        strands = [
            Stroke(tuple(Disc(camera.seen(end), thick) for end in line), Shade.PROP, BAND, 0.0)
            for line, thick in ((ends, 0.9), (grip, 1.6))
        ]
        (before if side == near else behind).extend(strands)
    return behind, before


def _box(left: float, right: float, near: float, far: float, high: float) -> list[Edge]:
    corners = ((left, near), (right, near), (right, far), (left, far))
    top = tuple((x, y, high) for x, y in (*corners, corners[0]))
    uprights = [Edge(((x, y, 0.0), (x, y, high)), behind=y > near) for x, y in corners[:2]]
    return [
        Edge(top[1:4]),
        Edge((top[0], top[1]), behind=False),
        Edge((top[0], top[3])),
        *uprights,
        Edge(((left, near, 0.0), (right, near, 0.0)), behind=False),
    ]


def _step(prop: Prop, scene: Scene) -> list[Edge]:
    at = scene.base["pelvis"][0] + (35.0 if prop.at is None else prop.at)
    return _box(at - 18.0, at + 18.0, -30.0, 30.0, height_of(prop))


def _table(prop: Prop, scene: Scene) -> list[Edge]:
    at = scene.base["pelvis"][0] + (60.0 if prop.at is None else prop.at)
    high = height_of(prop)
    left, right, near, far = at - 25.0, at + 25.0, -30.0, 30.0
    top = ((left, near, high), (right, near, high), (right, far, high), (left, far, high), (left, near, high))
    legs = [Edge(((x, y, high), (x, y, 0.0))) for x in (left, right) for y in (near, far)]
    return [Edge(top), *legs]


def with_things(scene: Scene, body: list[Stroke]) -> list[Stroke]:
    """The body, and with it the things that are as solid as it is: what is laid out stays to be seen.

    Towels and pillows are before the body; seen from above under it, wider than it is.
    """
    behind: list[Stroke] = []
    before: list[Stroke] = []
    for prop in scene.figure.props:
        if prop.kind in ("towel", "pillow"):
            (behind if scene.figure.pitch >= FROM_ABOVE else before).append(_cushion(prop, scene))
        elif prop.kind == "band":
            far, near = _pull(prop, scene)
            behind += far
            before += near
    last = _over_cushions(scene, body) if any(each.group == "cushion" for each in before) else []
    return [*behind, *(stroke for stroke in body if stroke not in last), *before, *last]


def _over_cushions(scene: Scene, body: list[Stroke]) -> list[Stroke]:
    """Of who lies face down the near arm, which is beside what lies under her; and her head, in its turn."""
    if scene.figure.pitch >= FROM_ABOVE or front(scene.joints)[2] > _FACE_DOWN:
        return []
    camera = camera_of(scene)
    near = min(SIDES, key=lambda side: camera.away(scene.joints[f"shoulder_{side}"]))
    return [stroke for stroke in body if stroke.group in ("head", f"arm_{near}")]


def _cushion(prop: Prop, scene: Scene) -> Stroke:
    """A towel or a pillow under a point of the body, on what is below it."""
    names = joints_on(prop, scene.side) or ["head"]
    both = [scene.base[name] for name in names]
    x = sum(place[0] for place in both) / len(both) + (prop.at or 0.0)
    low = min(place[2] for place in both) - radius(names[0]) - height_of(prop)
    near = min(place[1] for place in both) - 9.0
    half = 7.0 if prop.kind == "towel" else 11.5
    said = expanded((prop.under,)) if prop.under else ()
    lies = {*scene.figure.start.on, *scene.figure.start.rest}
    waits = bool(said) and not lies.intersection(said)  # on the floor, for who comes down to it
    floor = 0.0 if waits else max(0.0, low)
    thick = max(_LEAST_CUSHION_CM, height_of(prop) / 2.0)
    camera = camera_of(scene)
    if scene.figure.pitch >= FROM_ABOVE:
        across = [camera.seen((x, side * _PEEPS_CM[prop.kind], floor)) for side in (-1.0, 1.0)]
        return Stroke(tuple(Disc(each, 9.0) for each in across), Shade.PROP, "cushion", 0.0)
    middle = sum(place[1] for place in both) / len(both)
    at, up = camera.seen((x, middle, floor + thick))[0], camera.seen((x, near, floor + thick))[1]
    if not floor:  # on the line of the floor, which is nearer
        up = camera.seen(_floor(scene, []).places[0])[1] + thick + 1.0
    ends = (Disc((at - half, up), thick), Disc((at + half, up), thick))
    return Stroke(ends, Shade.PROP, "cushion", 0.0)


def _thread(prop: Prop, scene: Scene) -> list[Edge]:
    """An arrow from the crown of the head to above where it begins; none while she lets go."""
    head, neck = scene.joints["head"], scene.joints["neck"]
    crown = along(head, unit(difference(head, neck)), radius("head") + 1.0)
    top = scene.base["head"][2] + (_THREAD_CM if prop.height is None else prop.height)
    end = (crown[0], crown[1], top)
    if any(way.joint == "head" and way.end[2] < way.start[2] for way in scene.ways):
        return []
    barbs = [(crown[0] + dx, crown[1], top - 6.0) for dx in (-5.0, 5.0)]
    return [Edge((crown, end), is_sign=True), Edge((barbs[0], end, barbs[1]), is_sign=True)]


_DRAWN = {
    "mat": _mat,
    "chair": _chair,
    "wall": _wall,
    "thread": _thread,
    "band": _band,
    "step": _step,
    "table": _table,
}


def thing_places(scene: Scene) -> tuple[Vector, ...]:
    """The places of all things, so that they are in the picture; of a band, where it is fixed."""
    places = [place for line in lines_of(scene._replace(joints=scene.base)) for place in line.places]
    if any(prop.kind == "pelvic-floor" for prop in scene.figure.props):  # a window into her is over her
        x, y, z = scene.base["chest"]
        places.append((x, y, z + CUTAWAY_TOP_CM))
    return tuple(places)
