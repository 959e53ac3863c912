"""Bodies on the floor: whatever a pose says, bones keep their lengths, and what carries stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backtimer.core.figure.grounding import Contact, grounded
from backtimer.core.figure.pose import (
    INDEX,
    SEGMENTS,
    Pose,
    between,
    mirrored,
    other_side,
    posed,
    shorter_way,
)
from backtimer.core.figure.positions import BASES
from backtimer.core.figure.skeleton import LENGTHS, PARENTS, Joints, bend, joint_of, radius, reached
from backtimer.core.figure.vectors import distance
from tests.rules import for_each

DEGREES = st.floats(-180, 180, allow_nan=False)
LYING = ("supine", "prone", "prone-arms-forward", "prone-arms-beside", "floor-sitting")


@st.composite
def poses(draw: st.DrawFn, names: tuple[str, ...] = tuple(BASES), limbs: tuple[str, ...] = SEGMENTS) -> Pose:
    """A pose to begin with, with some of its parts pointing anywhere."""
    base = BASES[draw(st.sampled_from(names))]
    angles = list(base.angles)
    for segment in draw(st.sets(st.sampled_from(limbs), max_size=6)):
        angles[INDEX[segment]] = (draw(DEGREES), draw(st.floats(-80, 80, allow_nan=False)))
    return base._replace(angles=tuple(angles), twist=draw(st.floats(-60, 60)))


def lengths_hold(joints: Joints) -> bool:
    return all(
        distance(joints[joint], joints[PARENTS[joint]]) == pytest.approx(length, abs=0.05)
        for joint, length in LENGTHS.items()
    )


@given(poses())
def test_no_bone_changes_its_length(pose: Pose) -> None:
    assert lengths_hold(grounded(pose))


@given(poses(), poses(), st.floats(0, 1))
@example(BASES["hands-and-knees"], BASES["side-lying"], 0.75)  # it turns about two joints
def test_nor_on_the_way_to_another_pose(one: Pose, other: Pose, share: float) -> None:
    joints = grounded(between(one, other, share), Contact(one, other, share))
    assert lengths_hold(joints)
    for joint in ("pelvis", "waist", "chest"):
        assert joints[joint][2] >= radius(joint) - 0.01


FREE_ARMS = tuple(f"{part}_{side}" for part in ("upper_arm", "forearm", "hand") for side in ("left", "right"))
FREE_LEGS = tuple(f"{part}_{side}" for part in ("thigh", "shin", "foot") for side in ("left", "right"))


@given(poses(LYING, (*FREE_ARMS, *FREE_LEGS)))
def test_no_limb_of_one_who_lies_goes_through_the_floor(pose: Pose) -> None:
    for joint, place in grounded(pose).items():
        assert place[2] >= radius(joint) - 1.0, joint


@given(poses())
def test_the_mirror_of_a_pose_is_the_mirror_of_its_body(pose: Pose) -> None:
    left, right = grounded(pose), grounded(mirrored(pose))
    for joint, (x, y, z) in left.items():
        assert right[other_side(joint)] == pytest.approx((x, -y, z), abs=0.01)


@for_each("name", BASES)
def test_whoever_begins_stands_on_all_that_carries(name: str) -> None:
    joints = grounded(BASES[name])
    for point in BASES[name].on:
        if point != "seat":
            joint = joint_of(point)
            assert joints[joint][2] == pytest.approx(radius(joint), abs=1.0), point


def test_a_side_plank_turns_about_its_knees_until_the_elbow_is_down() -> None:
    said = {
        "arm_left": [[0, 90], [-90, 0], -90],
        "leg": [180, [90, 0], 90],
        "on": ["knee_left", "elbow_left"],
        "rest": [],
    }
    pose = posed(said, BASES["side-lying"])
    joints = grounded(pose)
    for joint in ("knee_left", "elbow_left"):
        assert joints[joint][2] == pytest.approx(radius(joint), abs=1.0), joint
    assert joints["shoulder_left"][2] > joints["hip_left"][2] > joints["knee_left"][2]
    assert bend(joints, "pelvis", "waist", "chest") == pytest.approx(0.0, abs=0.5)


def test_arms_that_carry_and_are_straight_stay_straight_when_the_back_bends() -> None:
    start = BASES["hands-and-knees"]
    first = grounded(start)
    places = {point: first[joint_of(point)] for point in start.on}
    arched = posed({"spine": [-24, 28]}, start)
    rounded = posed({"spine": [40, -30]}, start)
    for pose in (arched, rounded):
        joints = grounded(pose, None, places)
        assert bend(joints, "shoulder_left", "elbow_left", "wrist_left") < 12.0
        for point, place in places.items():
            assert distance(joints[joint_of(point)], place) < 1.0


@pytest.mark.parametrize("hands", ["hands", "elbows"])
def test_a_plank_turns_about_its_toes_until_hands_or_elbows_are_down(hands: str) -> None:
    arm = [-90] if hands == "hands" else [-90, 0, 0]
    said = {"spine": [8], "head": [0], "arm": arm, "leg": [188, 188, 262], "on": ["toes", hands], "rest": []}
    pose = posed(said, BASES["prone"])
    joints = grounded(pose)
    for point in pose.on:
        joint = joint_of(point)
        assert joints[joint][2] == pytest.approx(radius(joint), abs=1.0), point
    assert bend(joints, "hip_left", "knee_left", "ankle_left") < 8.0
    assert bend(joints, "pelvis", "waist", "chest") == pytest.approx(0.0, abs=0.5)


def test_two_bones_reach_what_they_can_and_no_further() -> None:
    middle, end = reached((0.0, 0.0, 0.0), (30.0, 0.0, 0.0), 28.0, 24.0, (0.0, 0.0, 5.0))
    assert end == pytest.approx((30.0, 0.0, 0.0))
    assert distance((0.0, 0.0, 0.0), middle) == pytest.approx(28.0)
    assert middle[2] > 0.0
    _, end = reached((0.0, 0.0, 0.0), (90.0, 0.0, 0.0), 28.0, 24.0, (0.0, 0.0, 5.0))
    assert 51.0 < end[0] <= 52.0


@given(DEGREES, DEGREES)
def test_angles_go_the_shorter_way_round(start: float, end: float) -> None:
    way = shorter_way(start, end)
    assert -180.0 <= way <= 180.0
    assert (start + way - end) % 360.0 == pytest.approx(0.0, abs=1e-6) or (
        (start + way - end) % 360.0 == pytest.approx(360.0, abs=1e-6)
    )
