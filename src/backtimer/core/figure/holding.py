"""Hands at what they hold, and a foot that is laid across the other thigh."""

from __future__ import annotations

from backtimer.core.figure.skeleton import CHAINS, LENGTHS, Joints, joint_of, radius, reached
from backtimer.core.figure.vectors import Vector, along, blend, cross, difference, length_of, unit
from backtimer.values import NamedTuple

_HELD_SHARE = 0.7
"""Where a thigh is held, from the hip to the knee."""
_LAID_SHARE = 0.8
"""Where a foot is laid on it: with the ankle just above the knee."""
_LAP_SHARE = 0.62
"""Where a hand lies on a thigh."""
_THIGH_CM = 6.4
"""How thick a thigh is there."""


class Grip(NamedTuple):
    """A hand or a foot, and what it holds or lies on."""

    holder: str
    point: str
    then: str
    """What it holds in the end: it glides there; or the same point."""
    share: float = 0.0
    """How far it is on the way."""
    weight: float = 1.0
    """How much it holds, from 0 to 1."""


def hold(joints: Joints, held: Grip) -> None:
    """Bring a hand to what it holds, at the surface of the body; or lay a foot on it."""
    kind, _, side = held.holder.partition("_")
    weight = held.weight
    if kind == "foot":
        _lay_on(joints, side, held.point, weight)
        return
    shoulder, elbow, wrist, tip = (f"{joint}_{side}" for joint in CHAINS["arm"])
    aim, target = _grip_at(joints, side, held.point)
    if held.then != held.point:
        aim_then, target_then = _grip_at(joints, side, held.then)
        aim, target = blend(aim, aim_then, held.share), blend(target, target_then, held.share)
    palm = unit(difference(target, aim))
    before = unit(difference(joints[tip], joints[wrist]))
    joints[elbow], joints[wrist] = reached(
        joints[shoulder],
        blend(joints[wrist], aim, weight),
        LENGTHS[elbow],
        LENGTHS[wrist],
        joints[elbow],
    )
    way = difference(target, joints[wrist])
    way = unit(way) if length_of(way) > 1.0 else palm
    joints[tip] = along(joints[wrist], unit(blend(before, way, weight)), LENGTHS[tip])


def _grip_at(joints: Joints, side: str, point: str) -> tuple[Vector, Vector]:
    """Where the wrist and the fingers are of a hand that holds a point."""
    if point.startswith("thigh"):
        return _behind_thigh(joints, side, point)
    hand = LENGTHS[f"hand_{side}"]
    shoulder = joints[f"shoulder_{side}"]
    if point.startswith("lap"):
        middle, forward = _thigh_at(joints, point, _LAP_SHARE)
        target = along(middle, forward, _THIGH_CM + 1.0)
    else:
        held = joint_of(point)
        target = along(joints[held], unit(difference(shoulder, joints[held])), radius(held))
    return along(target, unit(difference(target, shoulder)), -0.6 * hand), target


def _thigh_at(joints: Joints, point: str, share: float) -> tuple[Vector, Vector]:
    """A place in a thigh, near the knee, and the way to the front of the thigh from there."""
    side = point.partition("_")[2]
    hip, knee = joints[f"hip_{side}"], joints[f"knee_{side}"]
    across = unit(difference(joints["hip_left"], joints["hip_right"]))
    return blend(hip, knee, share), unit(cross(unit(difference(knee, hip)), across))


def _behind_thigh(joints: Joints, side: str, point: str) -> tuple[Vector, Vector]:
    """Where the wrist and the fingers are of a hand that holds a thigh from behind."""
    middle, forward = _thigh_at(joints, point, _HELD_SHARE)
    sign = 1.0 if side == "left" else -1.0
    across = unit(difference(joints["hip_left"], joints["hip_right"]))
    beside = along(along(middle, across, sign * _THIGH_CM), forward, -2.0)
    return beside, along(along(middle, forward, -_THIGH_CM - 1.0), across, -sign * 1.0)


def _lay_on(joints: Joints, side: str, point: str, weight: float) -> None:
    """Lay a foot on what it lies on: on a thigh, with the ankle just above the knee."""
    hip, knee, ankle, tip = (f"{joint}_{side}" for joint in CHAINS["leg"])
    if point.startswith("thigh"):
        middle, forward = _thigh_at(joints, point, _LAID_SHARE)
        target = along(middle, forward, _THIGH_CM + radius(ankle) - 1.0)
    else:
        held = joint_of(point)
        target = along(
            joints[held], unit(difference(joints[ankle], joints[held])), radius(held) + radius(ankle)
        )
    way = difference(joints[tip], joints[ankle])
    joints[knee], joints[ankle] = reached(
        joints[hip], blend(joints[ankle], target, weight), LENGTHS[knee], LENGTHS[ankle], joints[knee]
    )
    joints[tip] = along(joints[ankle], unit(way), LENGTHS[tip])
