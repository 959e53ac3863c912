"""The moments that stand for a phase where nothing moves tell how it goes."""

from __future__ import annotations

from backtimer.core.figure.film import Film, FilmPhase
from backtimer.core.figure.positions import figure_of
from backtimer.core.figure.stills import telling_moment, telling_moments, telling_rows
from backtimer.core.plan.routine import HOLD, Position
from tests.core.figure.films import DRAWN, film
from tests.rules import for_each

ARM = {"start": {}, "forth": {"arm": [-60]}, "back": {"arm": [-120]}}


def swing(*poses: str) -> Film:
    figure = figure_of({"poses": ARM, "phases": {HOLD: list(poses)}}, Position.STANDING)
    return Film(figure, (FilmPhase(HOLD, 3.0),))


def hand(a_film: Film, share: float) -> float:
    joints = a_film.scene(0, share).joints
    return joints["hand_left"][0] - joints["shoulder_left"][0]


def test_a_swing_shows_where_it_begins_and_both_of_its_extremes() -> None:
    a_film = swing("forth", "start", "back", "start")
    middle, forth, back = (hand(a_film, share) for share in telling_moments(a_film, 0))
    assert abs(middle) < 4.0
    assert forth > 25.0
    assert back < -25.0


def test_one_moment_of_a_swing_is_not_where_it_hangs() -> None:
    for poses in (("forth", "start", "back", "start"), ("forth", "start")):
        a_film = swing(*poses)
        assert abs(hand(a_film, telling_moment(a_film, 0))) > 25.0, poses


def test_one_moment_of_any_other_phase_is_its_end() -> None:
    a_film = film("standing-forward-bend")
    assert [telling_moment(a_film, number) for number in range(len(a_film.phases))] == [1.0] * len(
        a_film.phases
    )


def test_who_bends_her_knees_to_come_up_is_shown_at_the_lowest() -> None:
    a_film = film("standing-forward-bend")
    number = [phase.name for phase in a_film.phases].index("come up")
    heights = [a_film.scene(number, share).joints["pelvis"][2] for share in telling_moments(a_film, number)]
    lowest = min(a_film.scene(number, step / 24).joints["pelvis"][2] for step in range(25))
    assert heights[1] < lowest + 0.5
    assert heights[0] > lowest + 3.0


def ways_up(a_film: Film, number: int, share: float) -> list[tuple[float, float]]:
    """Of each way that has an arrow: how high it ends, and how high it begins."""
    return [(way.end[2], way.start[2]) for way in a_film.scene(number, share).ways[:1]]


def test_a_way_down_and_then_up_is_told_in_two_rows_and_a_straight_one_in_one() -> None:
    a_film = film("standing-forward-bend")
    number = [phase.name for phase in a_film.phases].index("come up")
    down, up = telling_rows(a_film, number)
    heights = [a_film.scene(number, share).joints["pelvis"][2] for share in (*down, *up)]
    assert heights[0] > heights[1] > heights[2]
    assert abs(heights[2] - heights[3]) < 1.0, "each row has the turn itself"
    assert heights[3] < heights[4] < heights[5]
    points = [tip - tail for share in (*down, *up) for tip, tail in ways_up(a_film, number, share)]
    assert [point > 0.0 for point in points] == [False] * 3 + [True] * 2, "no arrow of the next row"
    assert len(telling_rows(film("squat"), 0)) == 1


@for_each("name", DRAWN)
def test_three_moments_go_on_in_time(name: str) -> None:
    a_film = film(name)
    for number in range(len(a_film.phases)):
        for first in (False, True):
            begin, middle, end = telling_moments(a_film, number, first=first)
            assert begin == 0.0
            assert begin < middle < end <= 1.0, a_film.phases[number].name
            shares = [share for row in telling_rows(a_film, number, first=first) for share in row]
            assert shares == sorted(set(shares)), a_film.phases[number].name
            assert len(shares) % 3 == 0
