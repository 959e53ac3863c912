"""Hands meet what they hold, and a foot that is laid on a thigh lies there."""

from __future__ import annotations

import pytest

from backtimer.core.figure.body import strokes
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.skeleton import Joints, bend, joint_of, radius
from backtimer.core.figure.vectors import Vector, blend, cross, difference, distance, dot, unit
from backtimer.core.plan.routine import Side
from tests.core.figure.films import FILMS, film, frames
from tests.rules import for_each

THIGH_CM = 10.5
"""From the middle of a thigh to the middle of what lies on it."""


def holds(joints: Joints, holder: str, point: str) -> bool:
    """Whether a hand or a foot is at the surface of what it holds; a straight arm may end short of a knee."""
    kind, _, side = holder.partition("_")
    if point.startswith("thigh"):
        end = joints[f"hand_{side}" if kind == "hand" else f"ankle_{side}"]
        return is_at_thigh(joints, point.partition("_")[2], end, behind=kind == "hand")
    end = joints[f"{'hand' if kind == 'hand' else 'ankle'}_{side}"]
    if point.startswith("lap"):
        side = point.partition("_")[2]
        return distance(end, blend(joints[f"hip_{side}"], joints[f"knee_{side}"], 0.62)) <= THIGH_CM
    held = joint_of(point)
    stretched = kind == "hand" and bend(joints, f"shoulder_{side}", f"elbow_{side}", f"wrist_{side}") < 8.0
    return stretched or distance(end, joints[held]) <= radius(held) + radius(joint_of(holder)) + 5.0


def is_at_thigh(joints: Joints, side: str, end: Vector, *, behind: bool) -> bool:
    """Whether a place is at a thigh, nearer to the knee: behind it, or in front of it."""
    hip, knee = joints[f"hip_{side}"], joints[f"knee_{side}"]
    across = unit(difference(joints["hip_left"], joints["hip_right"]))
    forward = unit(cross(unit(difference(knee, hip)), across))
    held = blend(hip, knee, 0.7 if behind else 0.8)
    off = difference(end, held)
    return distance(end, held) <= THIGH_CM and (dot(off, forward) < 0.0) == behind


@for_each(("name", "side"), FILMS)
def test_what_is_held_is_at_the_hand(name: str, side: Side | None) -> None:
    a_film = film(name, side)
    for frame in frames(a_film):
        for holder, point in set(frame.before.holds) & set(frame.after.holds):
            phase = a_film.phases[frame.phase].name
            assert holds(frame.joints, holder, point), (name, phase, frame.share, holder, point)


@pytest.mark.parametrize(
    ("name", "side"),
    [("knees-to-chest", Side.LEFT), ("knees-to-chest", Side.RIGHT), ("both-knees-to-chest", None)],
)
def test_arms_that_hold_a_moving_leg_are_told_apart_from_it(name: str, side: Side | None) -> None:
    scene = film(name, side).scene(0, 1.0)
    shades: dict[str, set[Shade]] = {}
    for stroke in strokes(scene):
        shades.setdefault(stroke.group, set()).add(stroke.shade)
    near = scene.side or Side.RIGHT
    assert shades[f"leg_{near}"] >= {Shade.MOVER}
    assert Shade.NEAR in shades[f"arm_{near}"]
    assert not shades[f"arm_{near}"] & {Shade.MOVER, Shade.MOVER_FAR}


def test_arms_that_glide_along_the_legs_or_stay_there_only_help() -> None:
    for name, phase in (("half-forward-bend", 0), ("seated-cat-cow", 1)):
        scene = film(name, None).scene(phase, 0.5)
        arm = {stroke.discs: stroke.shade for stroke in strokes(scene) if stroke.group == "arm_right"}
        forearm = min(arm, key=lambda discs: discs[0].radius + discs[1].radius)
        assert arm[forearm] is Shade.NEAR, name


@pytest.mark.parametrize(("name", "phase"), [("half-forward-bend", "lean"), ("half-forward-bend", "come up")])
def test_a_hand_that_holds_something_else_next_glides_along_the_body(name: str, phase: str) -> None:
    a_film = film(name, None)
    number = [each.name for each in a_film.phases].index(phase)
    shares = [share / 20.0 for share in range(21)]
    along_thigh = []
    for share in shares:
        joints = a_film.scene(number, share).joints
        hip, knee, hand = joints["hip_right"], joints["knee_right"], joints["hand_right"]
        thigh = difference(knee, hip)
        part = dot(difference(hand, hip), thigh) / dot(thigh, thigh)
        along_thigh.append(part)
        assert distance(hand, blend(hip, knee, part)) < THIGH_CM + 3.0, (share, part)
    down = phase == "lean"
    assert (along_thigh[-1] > along_thigh[0] + 0.2) == down
