"""Films: which pose is when, how loops go round, and what is kept."""

from __future__ import annotations

import pytest

from backtimer.core.figure.film import HELD_S, Film, FilmPhase
from backtimer.core.figure.movement import BodyPart
from backtimer.core.figure.pose import Figure, mirrored
from backtimer.core.figure.positions import BASES, figure_from, figure_of
from backtimer.core.figure.reel import Reel, film_of
from backtimer.core.figure.vectors import distance
from backtimer.core.plan.routine import HOLD, Exercise, Phase, Position, Prescription, Side, Sides
from backtimer.core.plan.units import seconds
from tests.core.figure.films import exercise
from tests.rules import for_each

SAID = {
    "poses": {"start": {}, "half": {"arm_left": [40]}, "high": {"arm_left": [90]}},
    "phases": {"lift": ["half", "high"], "lower": ["start"]},
}


def figure(**more: object) -> Figure:
    return figure_of({**SAID, **more}, Position.STANDING)


def film(*phases: FilmPhase, side: Side | None = None) -> Film:
    return Film(figure(), phases or (LIFT, HELD, LOWER), side)


LIFT, HELD, LOWER = FilmPhase("lift", 2.0), FilmPhase(HOLD, 8.0), FilmPhase("lower", 2.0)


def hand(a_film: Film, phase: int, share: float, side: str = "left") -> float:
    return a_film.scene(phase, share).joints[f"hand_{side}"][2]


def test_a_phase_ends_in_its_pose_by_way_of_those_before() -> None:
    shown = film()
    low, high = hand(shown, 0, 0.0), hand(shown, 0, 1.0)
    assert high - low > 100.0
    assert low < hand(shown, 0, 0.25) < hand(shown, 0, 0.5) < hand(shown, 0, 0.75) < high
    assert shown.poses_at(0, 0.75) == (shown.figure.poses["half"], shown.figure.poses["high"])


def test_a_hold_keeps_the_pose_before_it_and_says_what_moved() -> None:
    shown = film()
    assert shown.scene(1, 0.0).joints == shown.scene(1, 0.9).joints == shown.scene(0, 1.0).joints
    assert shown.movers(0) == shown.movers(1) == shown.movers(2) == {BodyPart.ARM_LEFT}
    assert shown.scene(1, 0.5, 1.0).breath == 1.0


def test_a_set_that_is_one_hold_shows_what_is_held() -> None:
    assert hand(film(HELD), 0, 0.5) == pytest.approx(hand(film(), 0, 1.0))
    own = Film(figure(phases={HOLD: ["half"]}), (HELD,))
    assert own.poses_at(0, 0.0)[0] == own.figure.poses["half"]


def test_a_movement_that_goes_on_for_a_time_goes_round_without_a_pause() -> None:
    """A walk has no phases; its figure says what goes round."""
    shown = film_of(exercise("walk"))
    assert [phase.name for phase in shown.phases] == [HOLD]
    assert shown.moves(0)
    stepped = [shown.loop(tenth / 10).joints for tenth in range(31)]
    feet = {side: max(joints[f"ankle_{side}"][2] for joints in stepped) for side in ("left", "right")}
    assert min(feet.values()) > 10.0
    assert shown.loop_s == pytest.approx(3.0)
    plain = exercise("walk")._replace(figure=exercise("bird-dog").figure.replace("return", "lower"))
    assert len(film_of(plain).phases) > 1


def test_the_right_side_and_the_second_side_are_mirrored() -> None:
    right = film(side=Side.RIGHT)
    assert hand(right, 0, 1.0, "right") == pytest.approx(hand(film(), 0, 1.0))
    both = film(
        FilmPhase("lift", 2.0, Side.LEFT),
        FilmPhase("lower", 2.0, Side.LEFT),
        FilmPhase("lift", 2.0, Side.RIGHT),
        FilmPhase("lower", 2.0, Side.RIGHT),
    )
    assert both.poses_at(2, 1.0)[1] == mirrored(both.figure.poses["high"])
    assert both.movers(2) == {BodyPart.ARM_RIGHT}


def test_a_loop_goes_round_and_shortens_holds() -> None:
    shown = film()
    whole = LIFT.seconds + HELD_S + LOWER.seconds
    assert shown.loop(0.0) == shown.loop(whole)
    assert shown.loop(LIFT.seconds + HELD_S + 0.01).joints == shown.scene(2, 0.0).joints
    assert shown.loop(LIFT.seconds + HELD_S - 0.1).joints == shown.scene(1, 0.0).joints


def test_who_waits_sees_a_hold_breathe() -> None:
    shown = film()
    levels = {shown.loop(LIFT.seconds + at / 12).breath for at in range(round(HELD_S * 12))}
    assert len(levels) > 2
    assert shown.loop(0.5).breath == 0.0


@for_each(
    ("prop", "side", "raised"),
    [
        ({"kind": "pillow", "under": "knees"}, None, {"knee_left": 8.0, "knee_right": 8.0}),
        ({"kind": "towel", "under": "hand_left", "height": 5.0}, Side.LEFT, {"wrist_left": 5.0}),
        ({"kind": "towel", "under": "hand_left"}, Side.RIGHT, {"wrist_right": 3.0}),
        ({"kind": "wall"}, None, {}),
    ],
)
def test_what_lies_under_a_point_lifts_it(
    prop: dict[str, object], side: Side | None, raised: dict[str, float]
) -> None:
    lying = Film(figure_of({"from": "supine", "props": [prop]}, Position.SUPINE), (), side)
    assert lying.heights == raised


def test_a_first_rep_begins_as_the_exercise_does() -> None:
    shown = Film(figure(phases={"lift": ["high"], "lower": ["half"]}), (LIFT, LOWER))
    assert hand(shown, 0, 0.0) == pytest.approx(hand(shown, 1, 1.0))
    first = shown.scene(0, 0.0, first=True).joints
    assert first == shown.still().joints
    assert (
        distance(shown.scene(0, 1.0, first=True).joints["hand_left"], shown.scene(0, 1.0).joints["hand_left"])
        < 0.1
    )


def test_an_exercise_without_a_figure_shows_its_position() -> None:
    own = Exercise("own", "Own", Position.QUADRUPED, phases=(Phase("up"), Phase("down")))
    shown = film_of(own)
    assert shown.figure.start == BASES["hands-and-knees"]
    assert not any(shown.moves(number) for number in range(2))
    assert shown.loop(3.0).movers == frozenset()


@for_each("text", ["[]", "{", '{"from":"moon"}', '{"poses":{"a":{"arm":[]}}}', '{"poses":7}'])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        figure_from(text, Position.PRONE)


def test_a_reel_draws_each_moment_once() -> None:
    reel = Reel(film_of(exercise("bird-dog"), Side.LEFT), 44, 12)
    assert reel.at(0, 0.5) is reel.at(0, 0.501)
    assert reel.at(0, 0.5) != reel.at(0, 1.0)
    assert reel.loop(0.0) is reel.at(0, 0.0)


def test_a_film_takes_the_times_of_a_prescription() -> None:
    given = Prescription(reps=None, hold=seconds(7), tempo=(("reach", seconds(5)),))
    names = {phase.name: phase.seconds for phase in film_of(exercise("bird-dog"), None, given).phases}
    assert (names["reach"], names[HOLD]) == (5.0, 7.0)
    assert exercise("bird-dog").sides is Sides.ALTERNATE
