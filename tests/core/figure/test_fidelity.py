"""Right before pretty: what every figure of the catalogue keeps to, at every frame, on either side."""

from __future__ import annotations

from itertools import pairwise

import pytest

from backtimer.core.figure.film import FRAMES_A_SECOND, Film
from backtimer.core.figure.grounding import SEAT_CM
from backtimer.core.figure.movement import JOINTS_OF_PART, MOVES_CM, BodyPart, twists
from backtimer.core.figure.pose import SIDES, other_side
from backtimer.core.figure.skeleton import (
    LENGTHS,
    LIMITS,
    NOSE_CM,
    PARENTS,
    Joints,
    bend,
    face,
    joint_of,
    radius,
)
from backtimer.core.figure.vectors import Vector, along, cross, difference, distance, dot, unit
from backtimer.core.plan.routine import Side, Sides
from tests.core.figure.films import DRAWN, FILMS, Frame, exercise, film, frames
from tests.rules import Rules, for_each

CLOSE_CM = 1.0
SPEED_CM_S = 200.0
"""Faster than this no part of the body moves in any exercise: a hand that reaches out, in two seconds."""

EACH = Rules()


def where(name: str, phase: str, share: float, what: str) -> str:
    return f"{name}, {phase} {share:.0%}: {what}"


def height(a_film: Film, joint: str) -> float:
    """Where the middle of a joint is that lies on what is below it."""
    return radius(joint) + a_film.heights.get(joint, 0.0)


@EACH.of_each
def nothing_is_under_the_floor(name: str, side: Side | None) -> None:
    a_film = film(name, side)
    for frame in frames(a_film):
        phase = a_film.phases[frame.phase].name
        for joint, place in frame.joints.items():
            assert place[2] >= radius(joint) - CLOSE_CM, where(name, phase, frame.share, joint)
        nose = along(frame.joints["head"], face(frame.joints), radius("head") + NOSE_CM)
        assert nose[2] >= -CLOSE_CM, where(name, phase, frame.share, "nose")


@EACH.of_each
def what_carries_is_on_the_floor_and_still(name: str, side: Side | None) -> None:
    a_film = film(name, side)
    places: dict[str, Vector] = {}
    for frame in frames(a_film):
        phase = a_film.phases[frame.phase].name
        carrying = [point for point in frame.before.on if point in frame.after.on]
        assert carrying, where(name, phase, frame.share, "nothing carries all the way")
        gone = a_film.figure.travel * frame.share
        if gone:  # a foot that steps stands further on
            places = {point: place for point, place in places.items() if point in carrying}
        for point in carrying:
            joint = joint_of(point)
            place = along(frame.joints[joint], (1.0, 0.0, 0.0), gone)
            floor = height(a_film, joint) + (SEAT_CM if point == "seat" else 0.0)
            assert abs(place[2] - floor) <= CLOSE_CM, where(
                name, phase, frame.share, f"{point} hovers or sinks"
            )
            still = places.setdefault(point, place)
            assert distance(place, still) <= CLOSE_CM, where(name, phase, frame.share, f"{point} slides")


@EACH.of_each
def what_rests_lies_on_the_floor(name: str, side: Side | None) -> None:
    a_film = film(name, side)
    for frame in frames(a_film):
        phase = a_film.phases[frame.phase].name
        for point in frame.before.rest:
            if point not in frame.after.rest or point == "head":
                continue
            joint = joint_of(point)
            over = frame.joints[joint][2] - height(a_film, joint)
            assert over <= CLOSE_CM, where(name, phase, frame.share, f"{point} hovers {over:.1f} cm")


@EACH.of_each
def bones_keep_their_lengths(name: str, side: Side | None) -> None:
    for frame in frames(film(name, side)):
        for joint, length in LENGTHS.items():
            assert distance(frame.joints[joint], frame.joints[PARENTS[joint]]) == pytest.approx(
                length, abs=0.05
            )


_BENDS = {
    "elbow": ("shoulder", "elbow", "wrist"),
    "knee": ("hip", "knee", "ankle"),
    "ankle": ("knee", "ankle", "toe"),
    "wrist": ("elbow", "wrist", "hand"),
}


@EACH.of_each
def no_joint_bends_further_than_a_body_does(name: str, side: Side | None) -> None:
    a_film = film(name, side)
    for frame in frames(a_film):
        phase = a_film.phases[frame.phase].name
        joints = frame.joints
        found = {
            "waist": bend(joints, "pelvis", "waist", "chest"),
            "neck": bend(joints, "waist", "chest", "neck"),
        }
        for each in SIDES:
            for joint, chain in _BENDS.items():
                before, at, after = (f"{part}_{each}" for part in chain)
                found[f"{joint}_{each}"] = bend(joints, before, at, after)
        for joint, degrees in found.items():
            least, most = LIMITS[joint.partition("_")[0]]
            # The foot of a leg that kneels points on from its shin: 0.
            if joint.startswith("ankle"):
                least, most = 0.0, 115.0
            assert least <= degrees <= most, where(
                name, phase, frame.share, f"{joint} is bent {degrees:.0f}°"
            )


@EACH.of_each
def knees_bend_backwards_only(name: str, side: Side | None) -> None:
    a_film = film(name, side)
    for frame in frames(a_film):
        phase = a_film.phases[frame.phase].name
        for each in SIDES:
            assert knee_sense(frame.joints, each) > -0.1, where(name, phase, frame.share, f"knee_{each}")


def knee_sense(joints: Joints, side: str) -> float:
    """More than 0: bent as a knee bends; of a thigh that is turned out, which tells nothing, 0."""
    across = unit(difference(joints["hip_left"], joints["hip_right"]))
    thigh = unit(difference(joints[f"knee_{side}"], joints[f"hip_{side}"]))
    shin = unit(difference(joints[f"ankle_{side}"], joints[f"knee_{side}"]))
    if abs(dot(thigh, across)) > 0.45 or abs(dot(shin, across)) > 0.45:
        return 0.0
    return dot(cross(thigh, shin), across)


@EACH.of_each
def nothing_jumps(name: str, side: Side | None) -> None:
    a_film = film(name, side)
    shown = list(frames(a_film))
    most = SPEED_CM_S / FRAMES_A_SECOND
    for one, other in pairwise(shown):
        limit = most if one.phase == other.phase else CLOSE_CM
        phase = a_film.phases[other.phase].name
        for joint, place in other.joints.items():
            went = distance(place, one.joints[joint])
            assert went <= limit, where(name, phase, other.share, f"{joint} jumps {went:.1f} cm")


def turn_of(name: str, side: Side) -> list[Frame]:
    """The frames of a side's turn: of a rep that does both sides, only those of its own phases."""
    a_film = film(name, side)
    does_both = any(phase.side for phase in a_film.phases)
    found = [frame for frame in frames(a_film) if not does_both or a_film.phases[frame.phase].side is side]
    assert found, name
    return found


@for_each("name", [name for name in DRAWN if exercise(name).sides is not Sides.NONE])
def test_the_right_side_is_the_mirror_of_the_left(name: str) -> None:
    for left, right in zip(turn_of(name, Side.LEFT), turn_of(name, Side.RIGHT), strict=True):
        for joint, (x, y, z) in left.joints.items():
            assert distance(right.joints[other_side(joint)], (x, -y, z)) <= 0.01, (
                left.phase,
                left.share,
                joint,
            )


@EACH.of_each
def movers_are_the_parts_whose_joints_move(name: str, side: Side | None) -> None:
    a_film = film(name, side)
    first: dict[int, Joints] = {}
    went: dict[int, dict[BodyPart, float]] = {}
    twisted: set[int] = set()
    for frame in frames(a_film):
        start = first.setdefault(frame.phase, frame.joints)
        far = went.setdefault(frame.phase, dict.fromkeys(BodyPart, 0.0))
        if twists(start, frame.joints):
            twisted.add(frame.phase)
        for part, joints in JOINTS_OF_PART.items():
            far[part] = max(far[part], *(distance(start[joint], frame.joints[joint]) for joint in joints))
    for phase, far in went.items():
        if a_film.moves(phase):
            movers = a_film.movers(phase)
            turning = {BodyPart.TRUNK} if phase in twisted else set()
            assert all(far[part] > MOVES_CM for part in movers - turning), (name, phase, far)
            assert all(far[part] < MOVES_CM + 1.0 for part in BodyPart if part not in movers), (
                name,
                phase,
                far,
            )


@for_each("name", DRAWN)
def test_a_figure_moves_in_some_phase(name: str) -> None:
    a_film = film(name, None if exercise(name).sides is Sides.NONE else Side.LEFT)
    assert any(a_film.moves(number) for number in range(len(a_film.phases)))
    assert all(
        a_film.movers(number)
        or a_film.scene(number, 0.0).presses
        or a_film.scene(number - 1, 0.0).presses
        or a_film.scene(number, 0.0).course  # what moves is within her, and is drawn
        for number in range(len(a_film.phases))
    )


def test_a_head_that_rolls_never_goes_back() -> None:
    """Half circles only."""
    for frame in frames(film("head-roll", Side.LEFT)):
        assert frame.joints["head"][0] >= frame.joints["chest"][0] - 0.5, frame.share


WORDS = {
    "bird-dog": ("reach", {BodyPart.ARM_LEFT, BodyPart.LEG_RIGHT}),
    "cat-cow": ("round", {BodyPart.TRUNK, BodyPart.HEAD}),
    "quadruped-leg-reach": ("reach", {BodyPart.LEG_LEFT}),
    "piriformis-stretch": ("press", {BodyPart.ARM_LEFT, BodyPart.LEG_LEFT}),
    "bridge": ("lift", {BodyPart.TRUNK, BodyPart.LEG_LEFT, BodyPart.LEG_RIGHT}),
    "seated-row": ("pull", {BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT}),
    "both-knees-to-chest": (
        "draw",
        {BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT, BodyPart.LEG_LEFT, BodyPart.LEG_RIGHT},
    ),
    "bridge-leg-extension": ("extend", {BodyPart.LEG_LEFT}),
    "figure-four-stretch": ("cross", {BodyPart.LEG_LEFT}),
    "heel-slide": ("slide", {BodyPart.LEG_LEFT}),
    "chin-tuck": ("draw back", {BodyPart.HEAD}),
    "neck-rotation": ("turn", {BodyPart.HEAD}),
    "sitting-rotation": ("turn", {BodyPart.TRUNK, BodyPart.HEAD, BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT}),
    "knee-rolls": ("roll", {BodyPart.LEG_LEFT, BodyPart.LEG_RIGHT}),
    "march": ("lift", {BodyPart.LEG_LEFT}),
    "dead-bug": ("lower", {BodyPart.LEG_LEFT, BodyPart.ARM_RIGHT}),
    "curl-up": ("lift", {BodyPart.TRUNK, BodyPart.HEAD}),
    "belly-draw-in": ("draw in", {BodyPart.TRUNK}),
    "cat-stretch": ("round", {BodyPart.TRUNK, BodyPart.HEAD}),
    "knees-to-chest": ("draw", {BodyPart.LEG_LEFT, BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT}),
    "pelvic-rock": ("press", {BodyPart.TRUNK}),
    "pelvic-tilt": ("tilt", {BodyPart.TRUNK}),
    "prone-arm-lift": ("lift", {BodyPart.ARM_LEFT}),
    "prone-row": ("pull", {BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT}),
    "superman": ("lift", {BodyPart.TRUNK, BodyPart.HEAD, BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT}),
    "superman-legs-down": ("lift", {BodyPart.TRUNK, BodyPart.HEAD, BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT}),
    "bird-dog-box": ("out", {BodyPart.ARM_LEFT, BodyPart.LEG_RIGHT}),
    "clamshell": ("open", {BodyPart.LEG_LEFT}),
    "pendulum": ("hold", {BodyPart.ARM_LEFT}),
    "outward-rotation": ("lift", {BodyPart.ARM_LEFT}),
    "nerve-slider": ("stretch", {BodyPart.ARM_LEFT, BodyPart.HEAD}),
    "belly-breathing": ("breathe in", {BodyPart.TRUNK, BodyPart.ARM_RIGHT}),
    "hamstring-stretch": ("straighten", {BodyPart.LEG_LEFT, BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT}),
    "prone-leg-lift": ("lift", {BodyPart.LEG_LEFT}),
    "side-leg-raise": ("lift", {BodyPart.LEG_LEFT}),
    "straight-leg-raise": ("lift", {BodyPart.LEG_LEFT}),
    "quad-set": ("press", {BodyPart.LEG_LEFT}),
    "ankle-pump": ("pull", {BodyPart.LEG_LEFT, BodyPart.LEG_RIGHT}),
    "band-outward-rotation": ("open", {BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT}),
    "seated-knee-extension": ("straighten", {BodyPart.LEG_LEFT}),
    "wall-slide": ("slide up", {BodyPart.ARM_LEFT, BodyPart.ARM_RIGHT}),
}
"""What the exercise's own words name, of the left side."""


@for_each("name", WORDS)
def test_what_moves_is_what_the_words_name(name: str) -> None:
    phase, parts = WORDS[name]
    a_film = film(name, None if exercise(name).sides is Sides.NONE else Side.LEFT)
    number = [each.name for each in a_film.phases].index(phase)
    assert a_film.movers(number) == parts


WORK = {
    "bridge": ("lift", {"thigh_left", "thigh_right"}),
    "curl-up": ("lift", set()),
    "press-up": (
        "press",
        {f"{bone}_{side}" for bone in ("upper_arm", "forearm") for side in ("left", "right")},
    ),
    "dead-bug": (
        "lower",
        {f"{bone}_right" for bone in ("upper_arm", "forearm", "hand")}
        | {f"{bone}_left" for bone in ("thigh", "shin", "foot")},
    ),
    "sitting-rotation": (
        "turn",
        {f"{bone}_{side}" for bone in ("upper_arm", "forearm", "hand") for side in ("left", "right")},
    ),
    "plank": ("lift", {f"{bone}_{side}" for bone in ("thigh", "shin") for side in ("left", "right")}),
    "clamshell": ("open", {"thigh_left", "shin_left"}),
    "split-squat": ("lower", {"thigh_left", "thigh_right", "shin_left"}),
    "bottom-to-heels": ("slide back", {"thigh_left", "thigh_right"}),
    "cat-cow": ("round", set()),
    "sit-tall": ("grow", set()),
    "bridge-leg-extension": ("extend", {"shin_left", "foot_left"}),
    "bird-dog": (
        "reach",
        {f"{bone}_left" for bone in ("upper_arm", "forearm", "hand")}
        | {f"{bone}_right" for bone in ("thigh", "shin", "foot")},
    ),
    "figure-four-stretch": ("sink", {"thigh_left", "shin_left", "foot_left"}),
    "superman": (
        "lift",
        {f"{bone}_{side}" for bone in ("upper_arm", "forearm", "hand") for side in ("left", "right")},
    ),
}
"""The bones of arms and legs that travel or do the work: what is coloured."""


@for_each("name", WORK)
def test_coloured_are_the_bones_that_work_and_no_hand_or_foot_that_stays(name: str) -> None:
    phase, bones = WORK[name]
    a_film = film(name, None if exercise(name).sides is Sides.NONE else Side.LEFT)
    number = [each.name for each in a_film.phases].index(phase)
    assert a_film.working(number) == bones


@for_each(("name", "side"), FILMS)
def test_a_figure_keeps_to_every_rule(name: str, side: Side | None) -> None:
    EACH.ask(name, side)
