"""Hands at what they hold, and a foot that is laid across the other thigh."""

from __future__ import annotations

from backtimer.core.figure.skeleton import CHAINS, LENGTHS, Joints, joint_of, radius, reached
from backtimer.core.figure.vectors import Vector, along, blend, cross, difference, length_of, unit

_HELD_SHARE = 0.7
"""Where a thigh is held, from the hip to the knee."""
_LAID_SHARE = 0.8
"""Where a foot is laid on it: with the ankle just above the knee."""
_THIGH_CM = 6.4
"""How thick a thigh is there."""


def hold(joints: Joints, hand: str, point: str, weight: float) -> None:
    """Bring a hand to what it holds, at the surface of the body; or lay a foot on it."""
    kind, _, side = hand.partition("_")
    if kind == "foot":
        _lay_on(joints, side, point, weight)
        return
    shoulder, elbow, wrist, tip = (f"{joint}_{side}" for joint in CHAINS["arm"])
    if point.startswith("thigh"):
        aim, target = _behind_thigh(joints, side, point)
        palm = unit(difference(target, aim))
    else:
        held = joint_of(point)
        target = along(joints[held], unit(difference(joints[shoulder], joints[held])), radius(held))
        palm = unit(difference(target, joints[shoulder]))
        aim = along(target, palm, -0.6 * LENGTHS[tip])
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
