"""The skeleton: its bones, how thick it is round them, and where a pose puts its joints.

Lengths are those of a woman of 1.65 m, rounded, after the segment lengths of Drillis and Contini as given in
Winter, Biomechanics and Motor Control of Human Movement (4th edition, figure 4.1).
"""

from __future__ import annotations

from math import atan2, cos, degrees, radians, sin, sqrt
from types import MappingProxyType

from backtimer.core.figure.pose import ARM, LEG, SIDES, Angle, Pose
from backtimer.core.figure.vectors import (
    ORIGIN,
    Vector,
    along,
    cross,
    difference,
    distance,
    dot,
    length_of,
    turned_about,
    unit,
)

Joints = dict[str, Vector]
"""Where each joint is, by name."""

BONES = MappingProxyType(
    {
        "lumbar": 23.0,
        "thorax": 27.0,
        "neck": 9.0,
        "skull": 8.0,
        "upper_arm": 28.0,
        "forearm": 24.0,
        "hand": 9.0,
        "thigh": 41.0,
        "shin": 40.0,
        "foot": 16.0,
    }
)
"""Lengths in centimetres."""

HALF_HIPS_CM = 9.0
HALF_SHOULDERS_CM = 17.0
NAVEL_CM = 8.0
"""How far before the waist the navel is."""
BROW_CM = 6.0
"""How far before the middle of the head the point is that tells which way the face looks."""
WITHIN = ("brow", "navel")
"""Points that lie within the thickness of the body."""
NOSE_CM = 3.2
"""How far the nose stands out of the head."""

RADII = MappingProxyType(
    {
        "pelvis": 9.5,
        "waist": 8.5,
        "navel": 1.0,
        "chest": 10.0,
        "neck": 5.0,
        "head": 9.5,
        "brow": 3.0,
        "shoulder": 5.5,
        "elbow": 3.8,
        "wrist": 3.2,
        "hand": 3.0,
        "hip": 9.0,
        "knee": 5.4,
        "ankle": 4.0,
        "toe": 2.8,
    }
)
"""How thick the body is round each joint, in centimetres."""

CHAINS = MappingProxyType(
    {
        "arm": ("shoulder", "elbow", "wrist", "hand"),
        "leg": ("hip", "knee", "ankle", "toe"),
    }
)
"""The joints of a limb, from the trunk to its end."""

PARENTS: dict[str, str] = {"waist": "pelvis", "chest": "waist", "neck": "chest", "head": "neck"}
LENGTHS: dict[str, float] = {
    "waist": BONES["lumbar"],
    "chest": BONES["thorax"],
    "neck": BONES["neck"],
    "head": BONES["skull"],
}
"""How far each joint is from its parent."""
for _side in SIDES:
    for _limb, _parts in (("arm", ARM), ("leg", LEG)):
        for _from, _to, _bone in zip(CHAINS[_limb], CHAINS[_limb][1:], _parts, strict=False):
            PARENTS[f"{_to}_{_side}"] = f"{_from}_{_side}"
            LENGTHS[f"{_to}_{_side}"] = BONES[_bone]

_JOINT_OF_POINT = {"seat": "pelvis", "foot": "ankle", "toes": "toe", "hand": "wrist"}

LIMITS = MappingProxyType(
    {
        "elbow": (0.0, 150.0),
        "knee": (0.0, 165.0),
        "ankle": (20.0, 180.0),
        "wrist": (0.0, 100.0),
        "waist": (0.0, 70.0),
        "neck": (0.0, 80.0),
    }
)
"""How far a joint is bent, at least and at most, in degrees: 0 is straight (a foot at a right angle: 90).

Ranges of the American Academy of Orthopaedic Surgeons, with what weight and hands add to them passively."""


_FULL = 0.9995
"""A limb is never quite straightened by force: its middle joint would jump."""


def joint_of(point: str) -> str:
    """The joint whose place tells where a point of the body is: of a hand, its wrist."""
    name, _, side = point.partition("_")
    joint = _JOINT_OF_POINT.get(name, name)
    return f"{joint}_{side}" if side else joint


def radius(joint: str) -> float:
    """How thick the body is round a joint, in centimetres."""
    return RADII[joint.partition("_")[0]]


def direction(angle: Angle, side: float = 1.0) -> Vector:
    """The way that an angle points.

    Args:
        angle: In degrees.
        side: 1 where out means to the left, -1 to the right.
    """
    turn, out = radians(angle[0]), radians(angle[1])
    return (cos(turn) * cos(out), side * sin(out), sin(turn) * cos(out))


def joints_of(pose: Pose) -> Joints:
    """Where a pose puts the joints, with the pelvis at nought: by its directions alone, on nothing."""
    left: Vector = (0.0, 1.0, 0.0)
    lumbar, thorax = direction(pose.angle("lumbar")), direction(pose.angle("thorax"))
    joints: Joints = {"pelvis": ORIGIN, "waist": along(ORIGIN, lumbar, BONES["lumbar"])}
    chest = joints["chest"] = along(joints["waist"], thorax, BONES["thorax"])
    axis, twist = unit(thorax), pose.twist
    neck, head = (turned_about(direction(pose.angle(part)), axis, twist) for part in ("neck", "head"))
    joints["neck"] = along(chest, neck, BONES["neck"])
    joints["head"] = along(joints["neck"], head, BONES["skull"])
    across = turned_about(unit(_without(left, axis)), axis, twist)
    girdle = along(chest, cross(across, axis), pose.shoulders)
    for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
        shoulder = along(girdle, across, sign * HALF_SHOULDERS_CM)
        joints[f"shoulder_{side}"] = shoulder
        joints[f"hip_{side}"] = (0.0, sign * HALF_HIPS_CM, 0.0)
        for limb, parts in (("arm", ARM), ("leg", LEG)):
            place = joints[f"{CHAINS[limb][0]}_{side}"]
            for joint, part in zip(CHAINS[limb][1:], parts, strict=True):
                way = direction(pose.angle(f"{part}_{side}"), sign)
                if limb == "arm":
                    way = turned_about(way, axis, twist)
                place = joints[f"{joint}_{side}"] = along(place, way, BONES[part])
    joints["navel"] = along(joints["waist"], front(joints), NAVEL_CM + pose.belly)
    if pose.roll:
        joints = {joint: turned_about(place, (1.0, 0.0, 0.0), pose.roll) for joint, place in joints.items()}
    turn_face(joints, pose.look)
    return joints


def turn_face(joints: Joints, look: float) -> None:
    """Put the brow where the face looks: turned about the head from where the chest looks.

    Args:
        joints: Of a body; its brow is put right.
        look: How far the face is turned to the left, in degrees.
    """
    up = unit(along(joints["head"], joints["neck"], -1.0))
    across = along(joints["shoulder_left"], joints["shoulder_right"], -1.0)
    ahead = unit(cross(across, up))
    joints["brow"] = along(joints["head"], turned_about(ahead, up, look), BROW_CM)


def _without(way: Vector, axis: Vector) -> Vector:
    """The part of a direction that is at a right angle to an axis."""
    share = way[0] * axis[0] + way[1] * axis[1] + way[2] * axis[2]
    return along(way, axis, -share)


def face(joints: Joints) -> Vector:
    """The way the face looks."""
    return unit(along(joints["brow"], joints["head"], -1.0))


def front(joints: Joints) -> Vector:
    """The way the belly looks."""
    up = along(joints["waist"], joints["pelvis"], -1.0)
    across = along(joints["hip_left"], joints["hip_right"], -1.0)
    return unit(cross(across, up))


def bend(joints: Joints, before: str, at: str, after: str) -> float:
    """How far the body is bent at a joint, in degrees: 0 is straight."""
    from_it, to_it = along(joints[at], joints[before], -1.0), along(joints[after], joints[at], -1.0)
    turn = unit(from_it), unit(to_it)
    sine = distance(ORIGIN, cross(*turn))
    cosine = turn[0][0] * turn[1][0] + turn[0][1] * turn[1][1] + turn[0][2] * turn[1][2]
    return degrees(atan2(sine, cosine))


def reached(start: Vector, target: Vector, upper: float, lower: float, hint: Vector) -> tuple[Vector, Vector]:
    """Two bones that reach for a target: the joint between them, on the side of the hint, and the end."""
    to_it = difference(target, start)
    far = min(max(length_of(to_it), abs(upper - lower) + 1.0), (upper + lower) * _FULL)
    axis = unit(to_it)
    on_axis = (upper * upper - lower * lower + far * far) / (2.0 * far)
    off = sqrt(max(upper * upper - on_axis * on_axis, 0.0))
    aside = difference(hint, start)
    aside = along(aside, axis, -dot(aside, axis))
    if length_of(aside) < 1e-6:
        aside = cross(axis, (0.0, 1.0, 0.0))
    middle = along(along(start, axis, on_axis), unit(aside), off)
    return middle, along(start, axis, far)
