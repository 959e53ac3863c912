"""Amounts, streaks, and why a day cannot be done, come through the door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.good_practice import practice_hints
from backtimer.core.plan.hints import hints_of_day
from backtimer.core.plan.plan import PlanError
from backtimer.core.plan.routine import (
    WEEKDAYS,
    Circuit,
    Day,
    DayKind,
    Exercise,
    Item,
    Phase,
    PhaseSide,
    Position,
    Prescription,
    Routine,
    Sides,
)
from backtimer.core.plan.units import (
    Count,
    Reps,
    UnitError,
    counted,
    parse_count,
    parse_duration,
    seconds,
    sets_done,
)
from backtimer.core.progress.streaks import goal_words, streak_words, weeks_words
from backtimer.language import speaking
from tests.core.plan import test_good_practice, test_hints
from tests.core.plans import DEFAULTS, routine_of
from tests.rules import for_each
from tests.translation.blanking import Blanking, assert_all_said, cases_of


@pytest.fixture(autouse=True)
def blanked() -> Iterator[None]:
    with speaking(Blanking()):
        yield


@for_each("number", [0, 1, 2, 3650])
def test_words_for_amounts(number: int) -> None:
    for thing in ("set", "session", "day", "schedule", "decision"):
        assert_all_said(counted(number, thing))
    for words in (
        sets_done(number, number),
        streak_words(number),
        weeks_words(number),
        goal_words(number, 1, 3),
    ):
        assert_all_said(words)


@for_each(
    "text", ["-5s", "", "x", "1-2m30s", "30-20s", "0s", "25h", "5-x breaths", "2000 breaths", "9-8 breaths"]
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse_duration(text)
    assert_all_said(str(caught.value), text)


@for_each("text", ["-5", "", "x", "30-20", "0", "2000"])
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse_count(text, "reps", 1000)
    assert_all_said(str(caught.value), text, "reps")


PLANK = Exercise("plank", "Plank", Position.PRONE)
SIDED = Exercise(
    "kick",
    "Kick",
    Position.PRONE,
    phases=(
        Phase("lift", seconds(1), side=PhaseSide.FIRST),
        Phase("lower", seconds(0), side=PhaseSide.SECOND),
    ),
)
TIMELESS = Exercise("nod", "Nod", Position.PRONE, phases=(Phase("nod", seconds(0)),))
REPS = Reps((Count(5, 5),))
DAYS = (
    Day(DayKind.EXERCISES),
    Day(DayKind.REST),
    Day(DayKind.EXERCISES, items=(Prescription("unknown"),)),
    Day(DayKind.EXERCISES, items=(Prescription("plank"),)),
    Day(DayKind.EXERCISES, items=(Prescription("plank", hold=seconds(0)),)),
    Day(DayKind.EXERCISES, items=(Prescription("nod", reps=REPS),)),
    Day(DayKind.EXERCISES, items=(Prescription("kick", reps=REPS),)),
    Day(DayKind.EXERCISES, items=(Prescription("kick", reps=REPS, sides=Sides.EACH),)),
    Day(
        DayKind.EXERCISES,
        items=(Prescription("plank", sets=Count(9, 9), reps=Reps((Count(2, 2), Count(1, 1)))),),
    ),
    Day(
        DayKind.EXERCISES,
        items=(Prescription("plank", sets=Count(100, 100), reps=Reps((Count(1000, 1000),))),),
    ),
    Day(DayKind.EXERCISES, items=(Prescription("plank", sets=Count(100, 100), hold=seconds(3600)),)),
    Day(DayKind.EXERCISES, items=(Circuit((Prescription("plank"),), Count(2, 2)),)),
)


@for_each("day", DAYS)
def test_why_a_day_cannot_be_done(day: Day) -> None:
    days = dict.fromkeys(WEEKDAYS, day)
    routine = Routine("week", "Week", days, {each.id: each for each in (PLANK, SIDED, TIMELESS)})
    with pytest.raises(PlanError) as caught:
        compile_day(routine, "monday")
    assert_all_said(str(caught.value), "monday week plank kick nod unknown")


def test_a_day_that_there_is_not() -> None:
    with pytest.raises(PlanError) as caught:
        compile_day(Routine("week", "Week", {}, {}), "monday")
    assert_all_said(str(caught.value), "monday week")


@for_each("items", cases_of(test_good_practice.test_each_is_told_once_at_its_place_with_its_source))
def test_what_could_be_better(items: tuple[Item, ...]) -> None:
    day = Day(DayKind.EXERCISES, items=items)
    asked = routine_of(day, *test_good_practice.ALL.values(), defaults=DEFAULTS)
    hints = practice_hints(asked._replace(own=tuple(test_good_practice.ALL)))
    for hint in hints:
        known = " ".join(test_good_practice.ALL)
        assert_all_said(hint.text, f"{known} lean lift alone bridge fours push easier make_easier")
    assert hints


@for_each("items", cases_of(test_hints.test_each_is_told_once))
def test_what_is_done_otherwise_than_it_is_written(items: tuple[Item, ...]) -> None:
    day = Day(DayKind.EXERCISES, items=items)
    defaults = DEFAULTS._replace(written=("position_change",))
    hints = hints_of_day(routine_of(day, test_hints.UP, test_hints.STROLL, defaults=defaults), "monday")
    for hint in hints:
        assert_all_said(
            hint.text,
            "superman cobra squat stroll bird-dog prone standing left",
            "switch relax rest reps hold sets sides position_change duration 1m",
        )
    assert hints
