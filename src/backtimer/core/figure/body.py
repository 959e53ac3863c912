"""The body as strokes: what a pen has to draw, from far to near, in centimetres of the picture."""

from __future__ import annotations

from backtimer.core.figure.camera import Camera, Point, camera_of
from backtimer.core.figure.film import BodyPart, Scene
from backtimer.core.figure.pose import ARM, SIDES, other_side
from backtimer.core.figure.shade import Shade
from backtimer.core.figure.skeleton import CHAINS, NOSE_CM, RADII, Joints, face, front
from backtimer.core.figure.vectors import Vector, along, blend, cross, difference, dot, unit
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
    rim: Disc | None = None
    """What the holes stay within, however small it is."""


_THICK = {
    "arm": ((4.6, 4.0), (3.9, 3.3), (3.2, 2.6)),
    "leg": ((8.0, 5.6), (5.6, 4.0), (4.0, 2.8)),
}
"""How thick each bone of a limb is at both ends, in centimetres."""

BREATH_CM = 1.6
"""How much thicker a chest is when it is full: a little more than it is, to be seen."""
_HEAD_NEARER_CM = 60.0
"""A head is always whole: no arm is drawn over it."""
_SPINE_STEPS = 6
_APART_CM, _LEAST_APART_CM = 7.5, 3.8
"""From the spine to a shoulder blade: at rest, and drawn close."""
_BLADES_CM = 0.55
"""How much closer a blade comes for each centimetre that the shoulders go back."""
_HANGS_DEGREES = 10.0
"""An arm that turns no further than this only goes with its shoulder."""
_BACK_IS_SEEN = 0.55
"""How much of the back must be turned to the viewer."""
_NEAR_LIMB_CM = 2.0
"""How much nearer a limb counts than it is: what is in front of the trunk is seen."""


def strokes(scene: Scene) -> list[Stroke]:
    """All of the body, the farthest first."""
    camera = camera_of(scene)
    joints = scene.joints
    found = [*_trunk(joints, camera, scene), *_head(joints, camera)]
    for part in (BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT, BodyPart.LEG_LEFT, BodyPart.LEG_RIGHT):
        found += _limb(joints, camera, part, scene)
    return sorted(found, key=lambda stroke: -stroke.depth)


def shade_of(part: BodyPart, scene: Scene, camera: Camera) -> Shade:
    """The shade of an arm or a leg."""
    limb, side = part.split("_")
    root = CHAINS[limb][0]
    here, other = (
        camera.depth(scene.joints[f"{root}_{each}"])
        for each in (side, "left" if side == "right" else "right")
    )
    near = here <= other + 0.5
    if part in scene.movers and not _only_holds(part, scene) and not _only_hangs(part, scene, camera):
        return Shade.MOVER if near else Shade.MOVER_FAR
    return Shade.NEAR if near else Shade.FAR


def _only_holds(part: BodyPart, scene: Scene) -> bool:
    """Whether a limb is an arm that holds a leg which moves: it is told apart from that leg."""
    limb, _, side = part.partition("_")
    if limb != "arm" or not scene.movers & {BodyPart.LEG_LEFT, BodyPart.LEG_RIGHT}:
        return False
    hand = f"hand_{side}"
    if scene.side is Side.RIGHT:
        hand = other_side(hand)
    return any(
        holder == hand and point.startswith(("thigh", "knee", "foot"))
        for pose in scene.figure.poses.values()
        for holder, point in pose.holds
    )


def _only_hangs(part: BodyPart, scene: Scene, camera: Camera) -> bool:
    """Whether a limb is an arm that hangs from a shoulder which moves, while the blades tell what moves."""
    if not part.startswith("arm") or not _shows_blades(scene, camera):
        return False
    for bone in ARM:
        turns = [pose.angle(f"{bone}{part[3:]}")[0] for pose in scene.figure.poses.values()]
        if max(turns) - min(turns) > _HANGS_DEGREES:
            return False
    return True


def _limb(joints: Joints, camera: Camera, part: BodyPart, scene: Scene) -> list[Stroke]:
    limb, side = part.split("_")
    shade = shade_of(part, scene, camera)
    chain = [joints[f"{joint}_{side}"] for joint in CHAINS[limb]]
    found = []
    for number, (thick, thin) in enumerate(_THICK[limb]):
        start, end = chain[number], chain[number + 1]
        if limb == "leg" and number == 2:  # a heel behind the ankle
            start = along(start, unit(difference(end, start)), -2.5)
        depth = (camera.depth(start) + camera.depth(end)) / 2.0 - _NEAR_LIMB_CM
        discs = (Disc(camera.seen(start), thick), Disc(camera.seen(end), thin))
        found.append(Stroke(discs, shade, part, depth))
    return found


def _trunk(joints: Joints, camera: Camera, scene: Scene) -> list[Stroke]:
    """Spine, hips and shoulders; the seat behind, the chest in front."""
    shade = Shade.MOVER if BodyPart.TRUNK in scene.movers else Shade.BODY
    belly = front(joints)
    pelvis, waist, chest = joints["pelvis"], joints["waist"], joints["chest"]
    knot = along(waist, difference(waist, blend(pelvis, chest, 0.5)), 1.0)
    spine = []
    for step in range(_SPINE_STEPS + 1):
        share = step / _SPINE_STEPS
        place = blend(blend(pelvis, knot, share), blend(knot, chest, share), share)
        hollow = 1.0 - abs(share - 0.45) / 0.55
        thick = RADII["chest"] * share + RADII["pelvis"] * (1.0 - share) - 1.6 * max(0.0, hollow)
        if share > 0.5:
            thick += BREATH_CM * scene.breath * (share - 0.5) * 2.0
        spine.append(Disc(camera.seen(place), thick))
    depth = (camera.depth(pelvis) + camera.depth(chest)) / 2.0
    found = [Stroke(tuple(spine), shade, "trunk", depth)]
    seat = along(pelvis, belly, -2.0)
    for name, middle, thick, width in (("hip", seat, 8.0, 0.5), ("shoulder", chest, 6.0, 0.9)):
        ends = [
            blend(
                middle, along(joints[f"{name}_{side}"], difference(middle, _middle(joints, name)), 1.0), width
            )
            for side in SIDES
        ]
        found.append(Stroke(tuple(Disc(camera.seen(end), thick) for end in ends), shade, "trunk", depth))
    return [*found, *_blades(joints, camera, scene, depth)]


def _shows_blades(scene: Scene, camera: Camera) -> bool:
    """Whether the shoulders move, and the back is seen."""
    if len({pose.shoulders for pose in scene.figure.poses.values()}) < 2:
        return False
    return dot(_upper_back(scene.joints)[2], _to_viewer(camera)) >= _BACK_IS_SEEN


def _upper_back(joints: Joints) -> tuple[Vector, Vector, Vector]:
    """The ways up, to the left, and out of the back."""
    up = unit(difference(joints["chest"], joints["waist"]))
    across = unit(difference(joints["shoulder_left"], joints["shoulder_right"]))
    return up, across, unit(cross(up, across))


def _blades(joints: Joints, camera: Camera, scene: Scene, depth: float) -> list[Stroke]:
    """The shoulder blades: the further back, the closer together."""
    if not _shows_blades(scene, camera):
        return []
    chest, up, across, back = joints["chest"], *_upper_back(joints)
    drawn_back = dot(difference(_middle(joints, "shoulder"), chest), back)
    apart = max(_LEAST_APART_CM, _APART_CM - _BLADES_CM * drawn_back)
    found = []
    for sign in (1.0, -1.0):
        top = along(along(along(chest, across, sign * apart), up, -2.0), back, 9.0)
        tip = along(along(top, up, -12.0), across, -sign * 1.5)
        discs = (Disc(camera.seen(top), 3.6), Disc(camera.seen(tip), 2.0))
        found.append(Stroke(discs, Shade.MOVER, f"blade{sign:+.0f}", depth - 10.0))
    return found


def _middle(joints: Joints, name: str) -> Vector:
    return blend(joints[f"{name}_left"], joints[f"{name}_right"], 0.5)


def _head(joints: Joints, camera: Camera) -> list[Stroke]:
    """Neck, skull, jaw and nose, and an eye where it is to be seen."""
    head, neck, chest = joints["head"], joints["neck"], joints["chest"]
    up, look = unit(difference(head, neck)), face(joints)
    across = unit(difference(joints["shoulder_left"], joints["shoulder_right"]))
    middle = along(head, up, 0.6)
    jaw = along(along(head, look, 1.8), up, -5.0)
    bridge, nose = along(head, look, 7.0), along(along(head, look, RADII["head"] + NOSE_CM - 1.3), up, -1.2)
    holes = []
    for sign in (1.0, -1.0):
        eye = along(along(along(head, look, 5.2), up, 1.8), across, 3.6 * sign)
        if dot(difference(eye, head), _to_viewer(camera)) > 1.0:
            holes.append(Disc(camera.seen(eye), 1.4))
    depth = camera.depth(head) - _HEAD_NEARER_CM
    skull = Disc(camera.seen(middle), RADII["head"] - 0.7)
    shapes: tuple[tuple[Disc, ...], ...] = (
        (Disc(camera.seen(blend(chest, neck, 0.45)), 4.2), Disc(camera.seen(blend(neck, head, 0.3)), 4.2)),
        (skull, Disc(camera.seen(jaw), 5.2)),
        (Disc(camera.seen(bridge), 2.4), Disc(camera.seen(nose), 1.1)),
    )
    return [
        Stroke(discs, Shade.HEAD, "head", depth - 0.01 * number, tuple(holes), skull)
        for number, discs in enumerate(shapes)
    ]


def _to_viewer(camera: Camera) -> Vector:
    """The way from the body to the viewer, as seen from above."""
    return (-camera.depth((1.0, 0.0, 0.0)), -camera.depth((0.0, 1.0, 0.0)), 0.0)


def ghost_lines(scene: Scene) -> list[tuple[Point, ...]]:
    """Where the moving parts were when the movement began, as lines."""
    if scene.ghost is None:
        return []
    camera, joints = camera_of(scene), scene.ghost
    lines = []
    for part in scene.movers:
        if "_" in part:
            limb, side = part.split("_")
            lines.append(tuple(camera.seen(joints[f"{joint}_{side}"]) for joint in CHAINS[limb]))
        elif part is BodyPart.TRUNK:
            lines.append(tuple(camera.seen(joints[joint]) for joint in ("pelvis", "waist", "chest", "neck")))
    return lines
