"""What each word of a pose does to the body, and each thing beside it to the picture."""

from __future__ import annotations

from typing import Any

import pytest

from backtimer.core.figure.body import shade_of, strokes
from backtimer.core.figure.camera import camera_of
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.film import Film, FilmPhase
from backtimer.core.figure.grounding import SEAT_CM, Contact, grounded
from backtimer.core.figure.movement import BodyPart
from backtimer.core.figure.pose import between, mirrored, posed
from backtimer.core.figure.positions import BASES, figure_of
from backtimer.core.figure.reel import film_of
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import Joints, face, joints_of, radius
from backtimer.core.figure.things import lines_of
from backtimer.core.figure.vectors import Vector, distance
from backtimer.core.plan.routine import Position, Side
from tests.core.figure.films import exercise


def changed(name: str, **said: Any) -> Joints:
    return grounded(posed(said, BASES[name]))


def test_a_face_turns_about_the_neck_and_takes_nothing_else_with_it() -> None:
    ahead, turned = (joints_of(posed({"look": look}, BASES["sitting"])) for look in (0, 90))
    assert {joint for joint in ahead if ahead[joint] != turned[joint]} == {"brow"}
    assert face(ahead) == pytest.approx((1.0, 0.0, 0.0))
    assert face(turned) == pytest.approx((0.0, 1.0, 0.0), abs=1e-6), "to the left"
    assert face(joints_of(mirrored(posed({"look": 90}, BASES["sitting"])))) == pytest.approx(
        (0.0, -1.0, 0.0), abs=1e-6
    )


def test_a_neck_goes_its_own_way_and_the_face_stays_level() -> None:
    poses: tuple[dict[str, Any], ...] = ({}, {"neck": [40], "head": [90]})
    tall, forward = (joints_of(posed(said, BASES["sitting"])) for said in poses)
    assert forward["head"][0] > tall["head"][0] + 5.0
    assert face(forward) == pytest.approx(face(tall))
    assert joints_of(posed({"head": [60]}, BASES["sitting"])) == joints_of(
        posed({"neck": [60], "head": [60]}, BASES["sitting"])
    )


def test_a_belly_goes_in_and_out_where_the_navel_is() -> None:
    loose, drawn = (joints_of(posed({"belly": far}, BASES["standing"])) for far in (3, -5))
    assert loose["navel"][0] - drawn["navel"][0] == pytest.approx(8.0)
    assert {joint for joint in loose if loose[joint] != drawn[joint]} == {"navel"}


def test_a_twist_turns_shoulders_and_arms_and_leaves_hips_where_they_are() -> None:
    straight, twisted = joints_of(BASES["kneeling"]), joints_of(posed({"twist": 30}, BASES["kneeling"]))
    assert twisted["hip_left"] == straight["hip_left"]
    assert twisted["shoulder_left"][0] < -5.0 < 5.0 < twisted["shoulder_right"][0]
    forward = {"arm": [0]}
    reaching = joints_of(posed({**forward, "twist": 30}, BASES["kneeling"]))
    ahead = joints_of(posed(forward, BASES["kneeling"]))
    assert reaching["hand_right"][1] > ahead["hand_right"][1] + 20.0


def test_shoulders_are_drawn_back() -> None:
    start = changed("floor-sitting")
    back = changed("floor-sitting", shoulders=-4)
    assert back["shoulder_left"][0] - start["shoulder_left"][0] == pytest.approx(-4.0)
    assert back["chest"] == pytest.approx(start["chest"])


def test_a_leg_without_a_foot_has_it_at_a_right_angle() -> None:
    assert posed({"leg_left": [[0, 5], 0]}, BASES["supine"]).angle("foot_left") == (90.0, 0.0)
    assert posed({"arm_left": [[10, 5]]}, BASES["supine"]).angle("hand_left") == (10.0, 5.0)


def test_a_foot_that_rests_slides_on_the_floor_with_its_knee_in_the_air() -> None:
    bent = posed({"on": ["chest"], "rest": ["feet"]}, BASES["supine-knees-bent"])
    straight = posed({"leg_left": [2, 0, 70]}, bent)
    for step in range(11):
        joints = grounded(between(bent, straight, step / 10), Contact(bent, straight, step / 10))
        assert joints["ankle_left"][2] == pytest.approx(radius("ankle_left"), abs=0.5), step
        assert joints["knee_left"][2] > joints["ankle_left"][2]


@pytest.mark.parametrize(
    ("one", "other"),
    [("hands-and-knees", "kneeling"), ("kneeling", "half-kneeling"), ("sitting", "standing")],
)
def test_what_changes_what_carries_it_arrives_where_it_is_then(one: str, other: str) -> None:
    """Whichever pose it is put down by, in between nothing leaps."""
    start, end = BASES[one], BASES[other]
    if "knee_right" in end.on:
        start = start._replace(on=("knee_right", "knee_left"))
    places: dict[str, Vector] = {}
    for pose in (start, end):
        for point, joint in (
            ("knee_right", "knee_right"),
            ("foot_left", "ankle_left"),
            ("foot_right", "ankle_right"),
        ):
            if point in pose.on and point not in places:
                places[point] = grounded(pose, None, places)[joint]
    near = grounded(between(start, end, 0.999), Contact(start, end, 0.999), places)
    there = grounded(end, None, places)
    assert max(distance(near[joint], there[joint]) for joint in there) < 1.5


def test_hands_meet_what_they_hold() -> None:
    said = {"leg_left": [[120, 2], -20, 20], "on": ["pelvis", "chest"], "holds": [], "arm": [[40, 5], 60]}
    free = changed("supine-knees-bent", **{**said, "holds": {}})
    held = changed(
        "supine-knees-bent", **{**said, "holds": {"hand_left": "knee_left", "hand_right": "knee_left"}}
    )
    for side in ("left", "right"):
        palm = distance(held[f"hand_{side}"], held["knee_left"]) - radius("knee_left")
        assert palm < 6.0 < distance(free[f"hand_{side}"], free["knee_left"])


FIRST_BONE = {"arm": "upper_arm", "leg": "thigh"}


def test_the_right_and_the_left_hip_are_the_near_and_the_far_one() -> None:
    scene = film_of(exercise("bird-dog"), Side.LEFT).scene(0, 1.0)
    camera = camera_of(scene)
    found = {part: shade_of(part, scene, camera, FIRST_BONE[part[:3]]) for part in BodyPart if "_" in part}
    assert found == {
        BodyPart.ARM_LEFT: Shade.MOVER_FAR,
        BodyPart.LEG_RIGHT: Shade.MOVER,
        BodyPart.ARM_RIGHT: Shade.NEAR,
        BodyPart.LEG_LEFT: Shade.FAR,
    }


def test_a_head_has_an_eye_on_the_side_of_the_viewer_and_is_drawn_last() -> None:
    scene = film_of(exercise("bird-dog"), Side.LEFT).scene(0, 0.5)
    found = strokes(scene)
    assert found[-1].shade is Shade.HEAD
    assert len(found[-1].holes) == 1


def shown(position: Position, side: Side | None = None, **said: Any) -> Scene:
    film = Film(figure_of(said, position), (FilmPhase("lift", 2.0), FilmPhase("lower", 2.0)), side)
    return film.scene(0, 1.0) if said.get("phases") else film.still()


@pytest.mark.parametrize(
    ("position", "more"),
    [(Position.SIDE_LYING, {}), (Position.SUPINE, {"other_end": True, "view": [150, 12]})],
)
def test_seen_from_the_other_end_the_other_side_looks_the_same_the_other_way_round(
    position: Position, more: dict[str, Any]
) -> None:
    said = {"poses": {"start": {}, "up": {"leg_left": [[60, 4], 30, 90]}}, "phases": {"lift": ["up"]}, **more}
    left, right = (shown(position, side, **said) for side in Side)
    for one, other in (("left", "right"), ("right", "left")):
        x, y = camera_of(left).seen(left.joints[f"ankle_{one}"])
        assert camera_of(right).seen(right.joints[f"ankle_{other}"]) == pytest.approx((-x, y))


def ends(scene: Scene) -> list[Vector]:
    return [place for edge in lines_of(scene) if not edge.is_floor for place in edge.places]


def test_a_chair_is_under_who_sits_and_a_band_goes_round_the_feet() -> None:
    chair = shown(Position.SEATED)
    assert {place[2] for place in ends(chair)} >= {0.0, SEAT_CM}
    back = min(place[0] for place in ends(chair))
    assert back < chair.joints["pelvis"][0] - 5.0
    band = shown(Position.FLOOR_SEATED, props=[{"kind": "band", "to": "feet"}])
    for side in ("left", "right"):
        foot = band.joints[f"ankle_{side}"], band.joints[f"toe_{side}"]
        assert min(distance(place, foot[0]) + distance(place, foot[1]) for place in ends(band)) < 16.5
        assert band.joints[f"hand_{side}"] in ends(band)


def test_the_mat_is_there_by_itself_but_for_who_stands_or_sits() -> None:
    kinds = {position: {prop.kind for prop in shown(position).figure.props} for position in Position}
    assert kinds[Position.STANDING] == set()
    assert kinds[Position.SEATED] == {"chair"}
    assert all(
        found == {"mat"}
        for position, found in kinds.items()
        if position not in (Position.STANDING, Position.SEATED)
    )


def test_who_puts_a_foot_on_a_step_has_the_whole_sole_on_it() -> None:
    said = {
        "poses": {"start": {"leg_left": [[-40, 3], -104, 0], "on": ["foot_left", "foot_right"]}},
        "props": [{"kind": "step", "under": "foot_left", "height": 15}],
    }
    joints = shown(Position.STANDING, Side.LEFT, **said).joints
    for joint, high in (("ankle_left", 15.0), ("toe_left", 15.0), ("ankle_right", 0.0), ("toe_right", 0.0)):
        assert joints[joint][2] == pytest.approx(radius(joint) + high, abs=0.5), joint
