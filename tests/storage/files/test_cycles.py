"""Routines of days that come in turn: what is read, and what does not go together."""

from __future__ import annotations

from pathlib import Path

from backtimer.core.plan.routine import REST_DAY, Cycle, Day, DayKind
from backtimer.storage.files.routine_values import routine_from_values, routine_to_values
from tests.rules import for_each
from tests.storage.routine_files import load, problems

WALK, SWIM = Day(DayKind.ACTIVITY, activity="Walk"), Day(DayKind.ACTIVITY, activity="Swim")


def test_days_of_a_cycle_have_names_in_the_order_in_which_they_come(tmp_path: Path) -> None:
    text = "format: 1\ncycle: [b, rest, a, b]\ndays:\n  a: {activity: Walk}\n  b: {activity: Swim}\n"
    found = load(tmp_path, text)
    assert found.cycle == Cycle(("b", "rest", "a", "b"))
    assert list(found.days.items()) == [("b", SWIM), ("rest", REST_DAY), ("a", WALK)]
    assert routine_from_values(routine_to_values(found)) == found


def test_on_other_weekdays_than_those_of_a_cycle_there_is_rest(tmp_path: Path) -> None:
    text = "format: 1\ncycle: [a, b]\non: [monday, friday]\ndays: {a: {activity: Walk}, b: {same_as: a}}\n"
    found = load(tmp_path, text)
    assert found.cycle == Cycle(("a", "b"), ("monday", "friday"))
    assert found.days == {"a": WALK, "b": WALK._replace(same_as="a"), "rest": REST_DAY}


def test_rest_may_be_described(tmp_path: Path) -> None:
    text = "format: 1\ncycle: [a, rest]\ndays: {a: {activity: Walk}, rest: {rest: A bath}}\n"
    assert load(tmp_path, text).days["rest"] == Day(DayKind.REST, rest="A bath")


@for_each(
    ("cycle", "days", "message"),
    [
        ("[a, c]", "a: {activity: Walk}", "1:12: 'c' of the cycle is not described under 'days'"),
        (
            "[strenght]",
            "strength: {activity: Walk}",
            "1:9: 'strenght' of the cycle is not described under 'days'; did you mean 'strength'?",
        ),
        ("[a]", "{a: {activity: Walk}, b: {activity: Swim}}", "'b' does not come in the cycle: put it there"),
        (
            "[monday]",
            "monday: {activity: Walk}",
            "'monday' cannot be the name of a day in a cycle: give it one of its own, as in day-a",
        ),
        (
            "[Day A]",
            "day-a: {activity: Walk}",
            "small letters, digits and single hyphens, as in day-a; write day-a",
        ),
        ("[rest]", "rest: {rest: yes}", "the cycle is nothing but rest"),
        ("[]", "a: {activity: Walk}", "'cycle' is an empty list"),
        ("a", "a: {activity: Walk}", "'cycle' must be a list, not text; write [a]"),
        ("[a, rest]\non: [monday]", "a: {activity: Walk}", "leave 'rest' out of the cycle"),
        ("[a]\non: [monday]", "a: {activity: Walk, times: 2}", "with 'on' a day has no 'times'"),
        ("[a]\non: [monday]", "a: {activity: Walk, optional: yes}", "with 'on' a day has no 'optional'"),
        ("[a]\non: [monday, friday, monday]", "a: {activity: Walk}", "'monday' is there twice"),
        ("[a]\non: [mondya]", "a: {activity: Walk}", "did you mean 'monday'?"),
        ("[a, b]", "{a: {same_as: b}, b: {same_as: a}}", "'same_as' goes round in a circle: a → b → a"),
        ("[a]", "a: {same_as: c}", "there is nothing to repeat: 'c' is not described in this file"),
        ("[a]", "a: {exercises: [nothing-known]}", "nothing-known"),
    ],
)
def test_what_does_not_go_together_is_told(tmp_path: Path, cycle: str, days: str, message: str) -> None:
    body = days if days.startswith("{") else f"{{{days}}}"
    found = problems(tmp_path, f"cycle: {cycle}\nformat: 1\ndays: {body}\n")
    assert any(message in each for each in found), found


def test_a_mistyped_key_is_taken_for_the_one_that_is_meant(tmp_path: Path) -> None:
    found = problems(tmp_path, "format: 1\ncylce: [a]\ndays: {monday: {activity: Walk}}\n")
    assert len(found) == 1 and "did you mean 'cycle'?" in found[0]
