"""The body as strokes: what a pen has to draw, from far to near, in centimetres of the picture."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from backtimer.core.figure.camera import Camera, Point, camera_of
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.movement import BodyPart, only_helps
from backtimer.core.figure.pose import ARM, LIMBS, SIDES, other_side
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import CHAINS, NAVEL_CM, NOSE_CM, RADII, Joints, face, front
from backtimer.core.figure.vectors import Vector, along, blend, cross, difference, distance, dot, unit
from backtimer.core.plan.routine import Side
from backtimer.values import NamedTuple


class Disc(NamedTuple):
    """A round spot of the picture."""

    at: Point
    radius: float


class Stroke(NamedTuple):
    """A limb's bone, the trunk or the head: discs, of which each is joined to the next."""

    discs: tuple[Disc, ...]
    shade: Shade
    group: str
    """What belongs together is not cut by its own outline."""
    depth: float
    holes: tuple[Disc, ...] = ()
    """What is left out: an eye."""
    lined_from: float = 0.0
    """From which share of its way on it has a thin line round itself: none where it grows out of the body."""
    rim: Disc | None = None
    """What the holes stay within, however small it is."""


_THICK = {
    "arm": ((4.6, 4.0), (3.9, 3.3), (3.2, 2.6)),
    "leg": ((8.0, 5.6), (5.6, 4.0), (4.0, 2.8)),
}
"""How thick each bone of a limb is at both ends, in centimetres."""

_END_OF_BONE = {
    "upper_arm": "elbow",
    "forearm": "hand",
    "hand": "hand",
    "thigh": "knee",
    "shin": "foot",
    "foot": "foot",
}
"""The point by which each bone is coloured, where a figure says what is."""

_HEEL_CM = 2.5
"""How far a heel is behind its ankle; but never under the floor."""

ARROW, BAND = "arrow", "band"
"""The groups of the strokes of arrows and bands, which are thin."""
BREATH_CM = 1.6
"""How much thicker a chest is when it is full: a little more than it is, to be seen."""
_HEAD_NEARER_CM = 60.0
"""A head is always whole: no limb is drawn over it, but an arm that is before it and clear of the eyes."""
_BESIDE_EYE_CM, _EYE_CM = 4.5, 5.2
"""An arm that is nearer to an eye would hide it; and how far before the middle of the head eyes are."""
_FACE_CM = (3.6, 1.4, 7.0)
"""How far before the middle of the head the face is, how far under it, and how large."""
_BEHIND_CM, _HAIR_BACK_CM = 1.8, 2.2
"""The face is behind the hair when it is so much farther; hair is so far back then: a strip of face stays."""
_SPINE_STEPS, _HIPS_STEPS = 6, 2
"""The parts that the spine is drawn in, and how many of them are at the hips: no line cuts off legs there."""
_GROWN = {"arm": 0.3, "leg": 0.42}
"""So much of an upper arm and of a thigh has no line that would cut it off."""
_LINK = {"arm": 1.0, "leg": 0.5}
"""How thick a limb still is where it ends within the trunk: a thigh would stand out of it."""
_BELLY_MOVES_CM, _BELLY_CM = 4.0, 5.0
"""A belly that goes so far is coloured, so far up and down from its middle."""
_APART_CM, _LEAST_APART_CM = 10.0, 5.5
"""From the spine to a shoulder blade: at rest, and drawn close."""
_BLADES_CM = 0.7
"""How much closer a blade comes for each centimetre that the shoulders go back."""
_HANGS_DEGREES = 10.0
"""An arm that turns no further than this only goes with its shoulder."""
_STEEP = 30.0
"""Seen from so far above, she lies and is too small for shoulder blades to be drawn."""
_BLADES_NEARER_CM = 40.0
"""No arm that goes back is drawn over a blade: they are told by their distance."""
_BACK_IS_SEEN = 0.55
"""How much of the back must be turned to the viewer."""
_FRONT = -1_000.0
"""The depth of what is drawn over everything."""
_LEAST_GONE_CM = 2.0
"""What goes no further in the picture has no arrow."""
_NEAR_LIMB_CM = 2.0
"""How much nearer a limb counts than it is: what is in front of the trunk is seen."""


def strokes(scene: Scene) -> list[Stroke]:
    """All of the body, the farthest first."""
    camera = camera_of(scene)
    joints = scene.joints
    found = [*_trunk(joints, camera, scene), *_head(joints, camera, scene)]
    for part in (BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT, BodyPart.LEG_LEFT, BodyPart.LEG_RIGHT):
        found += _limb(joints, camera, part, scene)
    return sorted(found, key=lambda stroke: -stroke.depth)


def shade_of(part: BodyPart, scene: Scene, camera: Camera, bone: str) -> Shade:
    """The shade of a bone of an arm or a leg: coloured is what travels or does the work."""
    limb, side = part.split("_")
    root = CHAINS[limb][0]
    here, other = (
        camera.away(scene.joints[f"{root}_{each}"]) for each in (side, "left" if side == "right" else "right")
    )
    near = here <= other + 0.5
    if scene.figure.coloured is not None:
        point = f"{_END_OF_BONE[bone]}_{side}"
        if scene.side is Side.RIGHT:
            point = other_side(point)
        colour = Shade.MOVER if near else Shade.MOVER_FAR
        return colour if point in scene.figure.coloured else Shade.NEAR if near else Shade.FAR
    travels = any(each.startswith("shin") for each in scene.working)
    helps = _only_hangs(part, scene, camera) or only_helps(
        part, scene.figure, scene.side, travels, BodyPart.TRUNK in scene.movers
    )
    if f"{bone}_{side}" in scene.working and not helps:
        return Shade.MOVER if near else Shade.MOVER_FAR
    return Shade.NEAR if near else Shade.FAR


def _only_hangs(part: BodyPart, scene: Scene, camera: Camera) -> bool:
    """Whether a limb is an arm that hangs from a shoulder which moves, while the blades tell what moves."""
    if not part.startswith("arm") or not shows_blades(scene, camera):
        return False
    for bone in ARM:
        turns = [pose.angle(f"{bone}{part[3:]}")[0] for pose in scene.figure.poses.values()]
        if max(turns) - min(turns) > _HANGS_DEGREES:
            return False
    return True


def _limb(joints: Joints, camera: Camera, part: BodyPart, scene: Scene) -> list[Stroke]:
    limb, side = part.split("_")
    chain = [joints[f"{joint}_{side}"] for joint in CHAINS[limb]]
    other = joints[other_side(f"{CHAINS[limb][0]}_{side}")]
    near = camera.away(chain[0]) < camera.away(other)
    beside = abs(camera.away(chain[0]) - camera.away(other)) > 0.8 * distance(chain[0], other)
    trunk = _depth_of_trunk(joints, camera)
    before_head = limb == "arm" and near and camera.angles[1] < _STEEP
    bones = list(zip(pairwise(chain), _THICK[limb], strict=True))
    if before_head:  # all of it, or its parts would lie over and under her face
        before_head = not any(_hides_eyes(joints, camera, bone, thick[0]) for bone, thick in bones)
    found = []
    for number, (bone, (thick, thin)) in enumerate(zip(LIMBS[limb], _THICK[limb], strict=True)):
        start, end = chain[number], chain[number + 1]
        shade = shade_of(part, scene, camera, bone)
        if limb == "leg" and number == 2:  # a heel behind the ankle
            x, y, z = along(start, unit(difference(end, start)), -_HEEL_CM)
            start = (x, y, max(z, thick) if chain[number][2] >= thick - 0.1 else z)
        depth = (camera.away(start) + camera.away(end)) / 2.0 - _NEAR_LIMB_CM
        if number == 0 and beside:
            depth = min(depth, trunk - 1.0) if near else max(depth, trunk + 1.0)
        if before_head and _is_before_head(joints, camera, (start, end), thick):
            depth = min(depth, camera.away(joints["head"]) - _HEAD_NEARER_CM - 1.0 - 0.1 * number)
        discs = (Disc(camera.seen(start), thick), Disc(camera.seen(end), thin))
        if number == 0:  # it grows out of the trunk, which no outline cuts off
            inward = _inward(joints, limb, side)
            link = (Disc(camera.seen(inward), thick * _LINK[limb]), discs[0])
            shade_of_link = _shade_of_trunk(scene, "pelvis" if limb == "leg" else "chest")
            found.append(Stroke(link, shade_of_link, part, depth + 0.01, lined_from=1.0))
        found.append(Stroke(discs, shade, part, depth, lined_from=0.0 if number else _GROWN[limb]))
    return found


def _is_before_head(joints: Joints, camera: Camera, bone: tuple[Vector, Vector], thick: float) -> bool:
    """Whether a bone of an arm goes past the head, nearer to the viewer than that."""
    head = joints["head"]
    if camera.away(blend(*bone, 0.5)) > camera.away(head):
        return False
    return _from_bone(camera, bone, head) <= RADII["head"] + thick


def _hides_eyes(joints: Joints, camera: Camera, bone: tuple[Vector, Vector], thick: float) -> bool:
    """Whether a bone that goes past the head, nearer than that, would be over an eye."""
    if not _is_before_head(joints, camera, bone, thick):
        return False
    head, look = joints["head"], face(joints)
    up = unit(difference(head, joints["neck"]))
    across = unit(cross(up, look))
    eye = along(along(head, look, _EYE_CM), up, 1.8)
    eyes = [along(eye, across, 3.6 * sign) for sign in (1.0, -1.0)]
    seen = [each for each in eyes if dot(difference(each, head), camera.to_viewer()) > 1.0]
    return any(_from_bone(camera, bone, each) < _BESIDE_EYE_CM for each in seen)


def _from_bone(camera: Camera, bone: tuple[Vector, Vector], place: Vector) -> float:
    """How far a place is from the middle of a bone, in the picture."""
    (ax, ay), (bx, by), (x, y) = (camera.seen(each) for each in (*bone, place))
    long = (bx - ax) ** 2 + (by - ay) ** 2
    share = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long)) if long else 0.0
    return hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y)


def _inward(joints: Joints, limb: str, side: str) -> Vector:
    """A place in the trunk from which a limb grows."""
    if limb == "leg":
        up = difference(joints["waist"], joints["pelvis"])
        return along(joints[f"hip_{side}"], up, 0.45)
    down = difference(joints["waist"], joints["chest"])
    return along(blend(joints[f"shoulder_{side}"], joints["chest"], 0.3), down, 0.25)


def _depth_of_trunk(joints: Joints, camera: Camera) -> float:
    return (camera.away(joints["pelvis"]) + camera.away(joints["chest"])) / 2.0


def _shade_of_trunk(scene: Scene, *joints: str) -> Shade:
    """Coloured is that part of the trunk which moves; where the pelvis tips, only that and the low back."""
    if scene.figure.coloured is not None:
        return Shade.BODY if set(scene.figure.coloured).isdisjoint(joints) else Shade.MOVER_TRUNK
    working = scene.trunk - {"chest"} | {"pelvis", "waist"} if scene.figure.pelvis else scene.trunk
    moves = BodyPart.TRUNK in scene.movers and not working.isdisjoint(joints)
    return Shade.MOVER_TRUNK if moves else Shade.BODY


def _nearest(share: float) -> tuple[str, ...]:
    """The joints by which a part of the spine is coloured, so far from the pelvis to the chest."""
    if share < 0.25:
        return ("pelvis",)
    return ("waist", "navel") if share < 0.75 else ("chest",)


def _trunk(joints: Joints, camera: Camera, scene: Scene) -> list[Stroke]:
    """Spine, hips and shoulders; the seat behind, the chest in front."""
    belly = front(joints)
    pelvis, waist, chest = joints["pelvis"], joints["waist"], joints["chest"]
    knot = along(waist, difference(waist, blend(pelvis, chest, 0.5)), 1.0)
    bulge = distance(joints["navel"], waist) - NAVEL_CM
    spine = []
    for step in range(_SPINE_STEPS + 1):
        share = step / _SPINE_STEPS
        place = blend(blend(pelvis, knot, share), blend(knot, chest, share), share)
        hollow = 1.0 - abs(share - 0.45) / 0.55
        thick = RADII["chest"] * share + RADII["pelvis"] * (1.0 - share) - 1.6 * max(0.0, hollow)
        if share > 0.5:
            thick += BREATH_CM * scene.breath * (share - 0.5) * 2.0
        out = bulge * max(0.0, 1.0 - abs(share - 0.4) / 0.4)
        thick, place = thick + out / 2.0, along(place, belly, out / 2.0)
        spine.append(Disc(camera.seen(place), thick))
    depth = _depth_of_trunk(joints, camera)
    found = [
        Stroke(
            pair,
            _shade_of_trunk(scene, *_nearest((step + 0.5) / _SPINE_STEPS)),
            "trunk",
            depth,
            lined_from=float(step < _HIPS_STEPS),
        )
        for step, pair in enumerate(pairwise(spine))
    ]
    found += _belly(joints, camera, scene, (knot, depth))
    seat = along(pelvis, belly, -2.0)
    for name, middle, thick, width in (("hip", seat, 8.0, 0.5), ("shoulder", chest, 6.0, 0.9)):
        shade = _shade_of_trunk(scene, "pelvis" if name == "hip" else "chest")
        ends = [
            blend(
                middle, along(joints[f"{name}_{side}"], difference(middle, _middle(joints, name)), 1.0), width
            )
            for side in SIDES
        ]
        discs = tuple(Disc(camera.seen(end), thick) for end in ends)
        found.append(Stroke(discs, shade, "trunk", depth, lined_from=float(name == "hip")))
    return [*found, *_blades(joints, camera, scene, depth)]


def _belly(joints: Joints, camera: Camera, scene: Scene, at: tuple[Vector, float]) -> list[Stroke]:
    """The wall of a belly that is let out or drawn in, coloured however flat it is."""
    bellies = {pose.belly for pose in scene.figure.poses.values()}
    if max(bellies) - min(bellies) < _BELLY_MOVES_CM or scene.figure.coloured is not None:
        return []
    knot, depth = at
    out = unit(difference(joints["navel"], joints["waist"]))
    bulge = distance(joints["navel"], joints["waist"]) - NAVEL_CM
    wall = along(knot, out, 3.0 + bulge)
    up = unit(difference(joints["chest"], joints["pelvis"]))
    ends = (along(wall, up, -_BELLY_CM), along(wall, up, _BELLY_CM))
    discs = tuple(Disc(camera.seen(end), RADII["waist"] - 3.4) for end in ends)
    return [Stroke(discs, Shade.MOVER_TRUNK, "trunk", depth - 0.5, lined_from=1.0)]


def shows_blades(scene: Scene, camera: Camera) -> bool:
    """Whether the shoulders move, and the back is seen."""
    if len({pose.shoulders for pose in scene.figure.poses.values()}) < 2:
        return False
    if scene.figure.pitch > _STEEP:
        return False
    return dot(upper_back(scene.joints)[2], camera.to_viewer()) >= _BACK_IS_SEEN


def upper_back(joints: Joints) -> tuple[Vector, Vector, Vector]:
    """The ways up, to the left, and out of the back."""
    up = unit(difference(joints["chest"], joints["waist"]))
    across = unit(difference(joints["shoulder_left"], joints["shoulder_right"]))
    return up, across, unit(cross(up, across))


def _blades(joints: Joints, camera: Camera, scene: Scene, depth: float) -> list[Stroke]:
    """The shoulder blades: the further back, the closer together."""
    if not shows_blades(scene, camera):
        return []
    chest, up, across, back = joints["chest"], *upper_back(joints)
    drawn_back = dot(difference(_middle(joints, "shoulder"), chest), back)
    apart = max(_LEAST_APART_CM, _APART_CM - _BLADES_CM * drawn_back)
    found = []
    for sign in (1.0, -1.0):
        top = along(along(along(chest, across, sign * apart), up, -3.0), back, 4.0)
        tip = along(along(top, up, -16.0), across, -sign * 1.0)
        discs = (Disc(camera.seen(top), 4.0), Disc(camera.seen(tip), 1.8))
        found.append(Stroke(discs, Shade.MOVER, f"blade{sign:+.0f}", depth - _BLADES_NEARER_CM))
    return found


def _middle(joints: Joints, name: str) -> Vector:
    return blend(joints[f"{name}_left"], joints[f"{name}_right"], 0.5)


def _head(joints: Joints, camera: Camera, scene: Scene) -> list[Stroke]:
    """Neck, hair, face and nose, and an eye where it is to be seen; coloured where nothing else moves.

    Of hair and face the nearer one is over the other: from above a head that lies face down is all hair,
    and one that lies face up has a face.
    """
    alone = scene.movers == {BodyPart.HEAD} and scene.figure.coloured is None
    shade = Shade.MOVER if alone or "head" in (scene.figure.coloured or ()) else Shade.HEAD
    head, neck, chest = joints["head"], joints["neck"], joints["chest"]
    up, look = unit(difference(head, neck)), face(joints)
    across = unit(cross(up, look))
    middle = along(head, up, 0.6)
    cheeks = along(along(head, look, _FACE_CM[0]), up, -_FACE_CM[1])
    jaw = along(along(head, look, 2.4), up, -5.0)
    bridge, nose = along(head, look, 7.0), along(along(head, look, RADII["head"] + NOSE_CM - 1.3), up, -1.2)
    holes = []
    for sign in (1.0, -1.0):
        eye = along(along(along(head, look, 5.2), up, 1.8), across, 3.6 * sign)
        if dot(difference(eye, head), camera.to_viewer()) > 1.0:
            holes.append(Disc(camera.seen(eye), 1.4))
    depth = camera.away(head) - _HEAD_NEARER_CM
    viewer = camera.to_viewer()  # of who shows the crown, or her nape, hair is what is seen
    from_behind = _FACE_CM[0] * dot(look, viewer) - 2.0 * abs(dot(up, viewer)) < -_BEHIND_CM
    back = -_HAIR_BACK_CM if from_behind else 0.0
    skull = Disc(camera.seen(middle), RADII["head"] - 0.7)
    crown = tuple(
        Disc(camera.seen(along(each, look, back)), thick)
        for each, thick in ((middle, RADII["head"] - 0.7), (along(head, up, 1.0), _FACE_CM[2]))
    )
    throat = (
        Disc(camera.seen(blend(chest, neck, 0.7)), 4.2),
        Disc(camera.seen(blend(neck, head, 0.3)), 4.2),
    )
    hair = (crown, Shade.HAIR)
    features = [
        ((Disc(camera.seen(cheeks), _FACE_CM[2]), Disc(camera.seen(jaw), 5.2)), shade),
        ((Disc(camera.seen(bridge), 2.4), Disc(camera.seen(nose), 1.1)), shade),
    ]
    shapes = [(throat, shade), *([*features, hair] if from_behind else [hair, *features])]
    return [
        Stroke(discs, its, "head", depth - 0.01 * number, tuple(holes), float(not number), skull)
        for number, (discs, its) in enumerate(shapes)
    ]


def ghost_lines(scene: Scene) -> list[tuple[Point, ...]]:
    """Where the moving parts were when the movement began, as lines."""
    camera, joints = camera_of(scene), scene.ghost
    lines: list[tuple[Point, ...]] = []
    if joints is None:
        return lines
    for part in scene.movers:
        if "_" in part:
            limb, side = part.split("_")
            lines.append(tuple(camera.seen(joints[f"{joint}_{side}"]) for joint in CHAINS[limb]))
        elif part is BodyPart.TRUNK:
            lines.append(tuple(camera.seen(joints[joint]) for joint in ("pelvis", "waist", "chest", "neck")))
    return lines


def trace_lines(scene: Scene) -> list[tuple[Point, ...]]:
    """The ways that are drawn whole."""
    camera = camera_of(scene)
    return [tuple(map(camera.seen, way)) for way in scene.trace]


def lined(stroke: Stroke) -> tuple[Disc, ...]:
    """The part of a stroke that has a line round it."""
    share = stroke.lined_from
    if share >= 1.0 or not share:
        return () if share else stroke.discs
    (x, y), thick = stroke.discs[0]
    (to_x, to_y), thin = stroke.discs[1]
    at = (x + (to_x - x) * share, y + (to_y - y) * share)
    return (Disc(at, thick + (thin - thick) * share), *stroke.discs[1:])
