"""Days: what each may be, repeated days, and days that stand for several."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.core.plan.routine import Day, DayKind
from tests.rules import for_each
from tests.storage.routine_files import load, messages, problems


def week(directory: Path, days: str) -> dict[str, Day]:
    return dict(load(directory, f"format: 1\ndays:\n{days}").days)


def told(directory: Path, days: str) -> list[str]:
    return problems(directory, f"format: 1\ndays:\n{days}")


def test_words_after_a_comma_belong_to_no_unknown_key(tmp_path: Path) -> None:
    one, other = messages(tmp_path, "- {exercise: cobra, reps: 2, nte: Slowly, please}")
    assert one == "unknown key 'nte' in a prescription; did you mean 'note'?"
    assert other.startswith("unknown key 'please' in a prescription; it may say exercise, sets, reps")


@for_each(
    ("day", "expected"),
    [
        ("{rest: true}", Day(DayKind.REST)),
        ("{rest: yes}", Day(DayKind.REST)),
        ("{rest: }", Day(DayKind.REST)),
        ("{rest: 'true'}", Day(DayKind.REST, rest="true")),
        ("{rest: No training, title: Sunday}", Day(DayKind.REST, rest="No training", title="Sunday")),
        ("{activity: Swim}", Day(DayKind.ACTIVITY, activity="Swim")),
        (
            "{activity: Swim, times: 24}",
            Day(DayKind.ACTIVITY, activity="Swim", times=24),
        ),
        (
            f"{{rest: {'x' * 2000}}}",
            Day(DayKind.REST, rest="x" * 2000),
        ),
        (
            f"{{rest: Rest, title: {'é' * 200}}}",
            Day(DayKind.REST, "é" * 200, rest="Rest"),
        ),
        (
            "{activity: Swim, times: 2, optional: yes}",
            Day(DayKind.ACTIVITY, activity="Swim", times=2, optional=True),
        ),
        ("{activity: Swim, optional: no}", Day(DayKind.ACTIVITY, activity="Swim")),
    ],
)
def test_what_a_day_may_be(day: str, expected: Day, tmp_path: Path) -> None:
    assert week(tmp_path, f"  sunday: {day}\n")["sunday"] == expected


@for_each(
    ("day", "expected"),
    [
        ("{title: Nothing}", "3:11: say what this day asks for: exercises, activity, rest or same_as"),
        ("{exersises: [bird-dog]}", "3:12: unknown key 'exersises' in a day; did you mean 'exercises'?"),
        (
            "",
            "3:10: 'sunday' must be a mapping (key: value), not nothing; "
            "for a day of rest write {rest: Rest}",
        ),
        (
            "rest",
            "3:11: 'sunday' must be a mapping (key: value), not text; for a day of rest write {rest: Rest}",
        ),
        (
            "bird-dog",
            "3:11: 'sunday' must be a mapping (key: value), not text; "
            "write {exercises: [bird-dog]} or {activity: Bird-dog}",
        ),
        (
            "A walk outside",
            "3:11: 'sunday' must be a mapping (key: value), not text; "
            "for something away from the mat write {activity: A walk outside}",
        ),
        (
            "[bird-dog]",
            "3:11: 'sunday' must be a mapping (key: value), not a list; put the list under 'exercises:'",
        ),
        ("{rest: x, activity: y}", "3:21: a day has either 'rest' or 'activity', not both"),
        (
            "{exercises: [bird-dog], same_as: monday}",
            "3:35: a day has either 'exercises' or 'same_as', not both",
        ),
        ("{exercises: []}", "3:23: 'exercises' is an empty list"),
        ("{exercises: bird-dog}", "3:23: 'exercises' must be a list, not text; write [bird-dog]"),
        (
            "{exercises: {exercise: bird-dog}}",
            "3:23: 'exercises' must be a list, not a mapping (key: value); begin its first line with '- '",
        ),
        (
            "{exercises: [bird-dog], duration: 5m}",
            "3:35: 'duration' goes with an 'activity' only: exercises say how long they take",
        ),
        ("{rest: x, times: 2}", "3:21: a day of rest has no 'times'"),
        ("{rest: x, optional: true}", "3:21: a day of rest has no 'optional'"),
        ("{rest: no}", "3:18: 'rest' cannot be no: leave it out where there is no rest"),
        (f"{{rest: {'x' * 2001}}}", "3:18: 'rest' is longer than 2,000 characters"),
        (f"{{rest: Rest, title: {'é' * 201}}}", "3:31: 'title' is longer than 200 characters"),
        ("{activity: Swim, times: 0}", "3:35: times must be at least 1: 0"),
        ("{activity: Swim, times: 25}", "3:35: times can be at most 24: 25"),
        (
            "{activity: Swim, times: 2-3}",
            "3:35: 'times' must be one number, not a range; write 2: what is done beyond that counts, too",
        ),
        (
            "{activity: Swim, optional: maybe}",
            "3:38: 'optional' must be one of true, yes, false, no, not 'maybe'",
        ),
        ("{activity: Swim, duration: -5m}", "3:38: 'duration': a duration cannot be negative: -5m"),
        ("{activity: [Swim]}", "3:22: 'activity' must be text, not a list"),
        (
            "{same_as: mondey}",
            "3:21: 'same_as' must be one of monday, tuesday, wednesday, thursday, friday, "
            "saturday, sunday, daily, not 'mondey'; did you mean 'monday'?",
        ),
        ("{same_as: monday}", "3:21: there is nothing to repeat: 'monday' is not described in this file"),
        ("{same_as: sunday}", "3:21: 'same_as' goes round in a circle: sunday → sunday"),
    ],
)
def test_each_mistake_in_a_day_has_its_own_sentence(day: str, expected: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"  sunday: {day}\n") == [expected]


@for_each(
    ("key", "expected"),
    [
        ("Monday", "'Monday' is no day; did you mean 'monday'?"),
        ("mon", "'mon' is no day; did you mean 'monday'?"),
        ("Fri", "'Fri' is no day; did you mean 'friday'?"),
        ("every day", "'every day' is no day; did you mean 'daily'?"),
        (
            "weekdays",
            "'weekdays' is no day: name one of them, and give each other one 'same_as' with its name",
        ),
        ("mon-fri", "'mon-fri' is no day: name one of them, and give each other one 'same_as' with its name"),
        (
            "Tuesday and Thursday",
            "'Tuesday and Thursday' is no day: name one of them, "
            "and give each other one 'same_as' with its name",
        ),
        (
            "1",
            "'1' is no day: write monday to sunday, or 'cycle: [day-1, day-2]' for days in turn",
        ),
    ],
)
def test_a_key_that_is_no_day(key: str, expected: str, tmp_path: Path) -> None:
    (found,) = told(tmp_path, f"  {key}: {{rest: x}}\n")
    assert found == f"3:3: {expected}"


def test_a_day_named_twice(tmp_path: Path) -> None:
    days = "  friday: {rest: x}\n  friday: {activity: y}\n"
    assert told(tmp_path, days) == ["4:3: 'friday' is here twice; first in line 3"]


KEYS = "its keys are monday, tuesday, wednesday, thursday, friday, saturday, sunday, daily"


@for_each(
    ("days", "expected"),
    [
        (
            "days:\n",
            "2:6: 'days' must be a mapping (key: value), not nothing; " + KEYS,
        ),
        ("days: {}\n", "2:7: 'days' is empty"),
        (
            "days: [monday]\n",
            "2:7: 'days' must be a mapping (key: value), not a list; " + KEYS,
        ),
        ("title: x\n", "1:1: a routine must say 'days'"),
    ],
)
def test_no_days_at_all(days: str, expected: str, tmp_path: Path) -> None:
    assert problems(tmp_path, f"format: 1\n{days}") == [expected]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("{rest: Rest, or a light walk}", Day(DayKind.REST, rest="Rest, or a light walk")),
        ("{rest: a , b, c,\n    d}", Day(DayKind.REST, rest="a, b, c, d")),
        (
            "{activity: Yoga, easy, optional: yes}",
            Day(DayKind.ACTIVITY, activity="Yoga, easy", optional=True),
        ),
    ],
)
def test_a_comma_in_words_needs_no_quotes(day: str, expected: Day, tmp_path: Path) -> None:
    assert week(tmp_path, f"  sunday: {day}\n")["sunday"] == expected


@for_each(
    ("day", "expected"),
    [
        ("{rest: Rest, walk: }", "3:24: unknown key 'walk' in a day"),
        ("{rest: Rest, title}", "3:29: 'title' has no value"),
        ("{activity: Swim, times: 2, or three}", "3:38: unknown key 'or three' in a day"),
        ("{rest: 'Rest', walk}", "3:26: unknown key 'walk' in a day"),
    ],
)
def test_what_is_not_the_rest_of_some_words_is_a_mistake(day: str, expected: str, tmp_path: Path) -> None:
    (found,) = told(tmp_path, f"  sunday: {day}\n")
    assert found.startswith(expected)


def test_days_repeat_along_a_chain_and_keep_what_each_says_itself(tmp_path: Path) -> None:
    days = week(
        tmp_path,
        """\
  monday: {title: First, exercises: [bird-dog], optional: true}
  tuesday: {same_as: monday, times: 2}
  friday: {same_as: tuesday, title: Last, optional: false}
""",
    )
    assert days["tuesday"].items == days["friday"].items == days["monday"].items
    assert (days["tuesday"].title, days["tuesday"].times, days["tuesday"].optional) == ("First", 2, True)
    assert (days["friday"].title, days["friday"].times, days["friday"].optional) == ("Last", 2, False)
    assert (days["tuesday"].same_as, days["friday"].same_as) == ("monday", "tuesday")


def test_a_day_of_rest_and_an_activity_can_be_repeated(tmp_path: Path) -> None:
    days = week(
        tmp_path,
        "  monday: {rest: Rest}\n  tuesday: {same_as: monday}\n"
        "  friday: {activity: Swim, duration: 20m}\n  sunday: {same_as: friday}\n",
    )
    assert (days["tuesday"].kind, days["tuesday"].rest) == (DayKind.REST, "Rest")
    assert (days["sunday"].kind, days["sunday"].duration) == (DayKind.ACTIVITY, days["friday"].duration)


def test_a_day_can_repeat_what_daily_stands_for(tmp_path: Path) -> None:
    days = week(
        tmp_path,
        "  daily: {activity: Walk}\n  monday: {same_as: daily, title: M}\n  friday: {same_as: sunday}\n",
    )
    assert {day.activity for day in days.values()} == {"Walk"}
    assert days["monday"].title == "M"


def test_daily_can_repeat_a_weekday(tmp_path: Path) -> None:
    days = week(
        tmp_path, "  monday: {exercises: [bird-dog]}\n  sunday: {rest: x}\n  daily: {same_as: monday}\n"
    )
    assert [name for name, day in days.items() if day.items] == list(days)[:-1]


def test_a_circle_is_told_once_and_named(tmp_path: Path) -> None:
    days = (
        "  sunday: {same_as: friday}\n  monday: {same_as: tuesday}\n  tuesday: {same_as: friday}\n"
        "  friday: {same_as: monday}\n"
    )
    expected = "4:21: 'same_as' goes round in a circle: monday → tuesday → friday → monday"
    assert told(tmp_path, days) == [expected]


def test_a_circle_through_daily(tmp_path: Path) -> None:
    found = told(tmp_path, "  daily: {same_as: monday}\n  monday: {same_as: friday}\n")
    assert found == ["3:20: 'same_as' goes round in a circle: daily → monday → daily"]


def test_a_mistake_in_a_repeated_day_is_told_once(tmp_path: Path) -> None:
    days = "  monday: {exercises: [squat]}\n  friday: {same_as: monday}\n  daily: {same_as: monday}\n"
    [problem] = told(tmp_path, days)
    assert problem.startswith("3:24: there is no exercise 'squat'; 'backtimer list --exercises' shows")


def test_a_day_too_long_for_a_plan_is_told_at_its_name_once(tmp_path: Path) -> None:
    days = (
        "  daily: {exercises: [{exercise: cobra, sets: 100, hold: 1h}]}\n  friday: {same_as: daily}\n"
        "  sunday: {activity: Walk, duration: 1000 breaths}\n"
    )
    found = problems(tmp_path, f"format: 1\ndefaults: {{breathing: {{in: 60s, out: 60s}}}}\ndays:\n{days}")
    assert [message.split(":")[0] for message in found] == ["4", "6"]
    assert all("24 hours" in message for message in found)


@for_each(
    ("day", "place"),
    [
        ("{exercises: [{rest: 5m}]}", "3:3"),
        ("{exercises: [{rest: 5m}, {rest: self}]}", "3:3"),
        ("{times: 2, exercises: [{rest: 5m}]}", "3:3"),
        ("{exercises: [{rounds: 2, exercises: [{rest: 5m}, {rest: 10s}]}]}", "3:3"),
    ],
)
def test_a_day_of_nothing_but_rests_is_a_mistake(day: str, place: str, tmp_path: Path) -> None:
    what = (
        "all its entries are rests: name what is done between them, or write {rest: Rest} for a day of rest"
    )
    assert told(tmp_path, f"  monday: {day}\n") == [f"{place}: {what}"]
