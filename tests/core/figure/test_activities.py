"""Activities that are told in words have a figure where one shows them."""

from __future__ import annotations

from backtimer.core.figure.activities import SWIM, exercise_of_activity, shown_as
from backtimer.core.figure.braille import drawn
from backtimer.core.figure.reel import film_of
from backtimer.core.plan.routine import Exercise
from tests.bundled import library
from tests.rules import for_each


def nothing(_id: str) -> Exercise | None:
    return None


@for_each(
    ("words", "shown"),
    [
        ("Yoga or light swimming", ("sun-salutation", SWIM)),
        ("A light SWIM, or a walk", (SWIM, "walk")),
        ("Nordic walking", ("walk",)),
        ("Jogging in the park", ("run",)),
        ("Stretches", ("cat-stretch",)),
        ("Rowing", ()),
        ("Sidewalk art, swimsuits and Runeberg", ()),
        ("", ()),
    ],
)
def test_it_is_shown_as_what_it_names_first(words: str, shown: tuple[str, ...]) -> None:
    assert shown_as(words) == shown


def test_all_that_shows_an_activity_is_there_and_has_a_figure() -> None:
    catalogue = library()
    for words in ("walk", "run", "yoga", "stretch", "swim"):
        exercise = exercise_of_activity(words, catalogue.exercise)
        assert exercise is not None and film_of(exercise).moves(0), words


def test_what_the_catalogue_has_not_is_passed_over() -> None:
    found = exercise_of_activity("Yoga or light swimming", nothing)
    assert found is not None and found.id == SWIM
    assert exercise_of_activity("Yoga", nothing) is None


def test_who_swims_lies_on_moving_water_and_each_arm_comes_over_it() -> None:
    found = exercise_of_activity("swim", nothing)
    assert found is not None
    film = film_of(found)
    pictures = [drawn(film.loop(film.loop_s * step / 24), 60, 16) for step in range(24)]
    assert len(set(pictures)) == 24
    lefts = [film.loop(film.loop_s * step / 24).joints["hand_left"] for step in range(24)]
    rights = [film.loop(film.loop_s * step / 24).joints["hand_right"] for step in range(24)]
    over = [[place[2] > 30 for place in hands] for hands in (lefts, rights)]
    assert any(over[0]) and any(over[1])
    assert not any(left and right for left, right in zip(*over, strict=True)), "one after the other"
