"""The body as strokes: what a pen has to draw, from far to near, in centimetres of the picture."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from backtimer.core.figure.camera import Camera, Point, camera_of
from backtimer.core.figure.film import BodyPart, Scene
from backtimer.core.figure.pose import SIDES
from backtimer.core.figure.skeleton import CHAINS, NOSE_CM, RADII, Joints, face, front
from backtimer.core.figure.vectors import Vector, along, blend, difference, dot, unit


class Shade(StrEnum):
    """What a mark belongs to; the front ends know how that looks."""

    NONE = ""
    BODY = "body"
    """The trunk."""
    NEAR = "near"
    """An arm or a leg of the side that is nearer to the viewer."""
    FAR = "far"
    MOVER = "mover"
    """What moves now."""
    MOVER_FAR = "mover-far"
    HEAD = "head"
    FLOOR = "floor"
    PROP = "prop"
    GHOST = "ghost"
    """Where the movement began."""


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


_THICK = {
    "arm": ((4.6, 4.0), (3.9, 3.3), (3.2, 2.6)),
    "leg": ((8.0, 5.6), (5.6, 4.0), (4.0, 2.8)),
}
"""How thick each bone of a limb is at both ends, in centimetres."""

_HEAD_NEARER_CM = 60.0
"""A head is always whole: no arm is drawn over it."""
_SPINE_STEPS = 6
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
    if part in scene.movers:
        return Shade.MOVER if near else Shade.MOVER_FAR
    return Shade.NEAR if near else Shade.FAR


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
            thick += 1.0 * scene.breath * (share - 0.5) * 2.0
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
        Stroke(discs, Shade.HEAD, "head", depth - 0.01 * number, tuple(holes))
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
