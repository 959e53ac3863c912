"""A programme of stages, from its file to what today asks and tells; done, kept and carried over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import NothingToDoError
from backtimer.core.progress.calendar import DayState, Off, WhyOff
from backtimer.core.progress.decisions import Move
from backtimer.core.session.credit import records_of
from backtimer.core.speech.explain import explain_lines
from backtimer.core.speech.reading import Reading
from backtimer.day_view import first_view, opening_of
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.storage.history.exporting import export_lines
from backtimer.storage.history.importing import import_text
from backtimer.storage.history.values import new_session
from backtimer.training import Training
from tests.storage.histories import history_at

EAST = timezone(timedelta(hours=2))
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=EAST)

WEEKS = """\
format: 1
title: Back in shape
stages:
  - title: Calm
    weeks: 2
    days:
      monday: {title: Gentle, exercises: [{exercise: hang, reps: 5-8}]}
      thursday: {same_as: monday}
  - title: Strong
    weeks: 4
    days:
      daily: {exercises: [{exercise: hang, reps: 5-8}, {exercise: swing, reps: 3}]}
exercises:
  hang: {name: Hang, position: standing, steps: [Hang from the bar.]}
  swing: {name: Swing, position: standing, steps: [Swing your arms.]}
"""
OPEN = WEEKS.replace("weeks: 2", "weeks: 2-4")
OTHER = """\
format: 1
title: Other
days: {saturday: {exercises: [{exercise: hang, reps: 5}]}}
exercises: {hang: {name: Hang, position: standing}}
"""
TURNS = """\
format: 1
title: Turns
stages:
  - {weeks: 1, cycle: [a, rest], days: {a: {exercises: [{exercise: hang, reps: 5}]}}}
  - cycle: [b, a]
    on: [monday, friday]
    days:
      a: {exercises: [{exercise: hang, reps: 6}]}
      b: {title: Long, exercises: [{exercise: hang, reps: 9}]}
exercises: {hang: {name: Hang, position: standing}}
"""

THREE = """\
format: 1
title: Three
stages:
  - days: {daily: {exercises: [{exercise: hang, reps: 5}]}}
  - days: {daily: {exercises: [{exercise: hang, reps: 6}]}}
  - days: {monday: {exercises: [{exercise: hang, reps: 7}]}}
exercises: {hang: {name: Hang, position: standing}}
"""


class Person:
    """Someone with a home, whose clock is moved by hand."""

    def __init__(self, home: Path) -> None:
        self.now = MONDAY
        self.home = home
        self._paths = find_paths({"BACKTIMER_HOME": str(home)})
        self._paths.routines.mkdir(parents=True)
        for name, text in (
            ("weeks", WEEKS),
            ("open", OPEN),
            ("other", OTHER),
            ("turns", TURNS),
            ("three", THREE),
        ):
            self.writes(name, text)
        self._open: list[Training] = []

    def writes(self, name: str, text: str) -> None:
        (self._paths.routines / f"{name}.yaml").write_text(text, encoding="utf-8")

    def opens(self, routine: str, days: int, **settings: str) -> Training:
        """On a day, counted from Monday."""
        self.closes()
        self.now = MONDAY + timedelta(days=days)
        loaded = Library(self._paths).load(routine)
        chosen = Settings(routine=routine, **settings)  # type: ignore[arg-type]
        training = Training(self._paths, chosen, loaded, now=lambda: self.now, clock=lambda: 0.0)
        self._open.append(training)
        return training

    def uses(self, routine: str, days: int) -> Training:
        training = self.opens(routine, days)
        training.remember_schedule()
        return training

    def closes(self) -> None:
        while self._open:
            self._open.pop().close()


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    found = Person(tmp_path / "home")
    yield found
    found.closes()


def do(
    training: Training, pain: int | None = None, effort: int | None = None, sets: int | None = None
) -> None:
    """Do today's session, or so many sets of it."""
    plan = training.plan(training.day_key)
    records = records_of(plan)[:sets]
    text = json.dumps({"plan": training.day_key})
    now = training.now()
    session = new_session(plan, text, now - timedelta(minutes=20))
    training.history.add_logged(session, records, ended=now)
    if pain is not None or effort is not None:
        training.history.rate(session.id, pain=pain, effort=effort)


def stages_by_day(person: Person, routine: str, days: int) -> str:
    return "".join(str(person.opens(routine, day).place.stage) for day in range(days))  # type: ignore[union-attr]


# -- the weeks go on -----------------------------------------------------------------------------------


def test_a_stage_of_so_many_weeks_goes_on_by_itself(person: Person) -> None:
    training = person.uses("weeks", 0)
    assert training.day_key == "monday" and training.stage_words() == "Week 1 of 6 · Stage 1 of 2, Calm"
    assert person.opens("weeks", 1).day_key == "tuesday"
    with pytest.raises(NothingToDoError):
        person.opens("weeks", 1).plan("tuesday")
    assert person.opens("weeks", 13).stage_words() == "Week 2 of 6 · Stage 1 of 2, Calm"
    training = person.opens("weeks", 14)
    assert training.day_key == "stage-2/monday"
    assert training.stage_words() == "Week 3 of 6 · Stage 2 of 2, Strong"
    assert len(training.plan(training.day_key).sets) == 2
    assert person.opens("weeks", 42).stage_words() == "All 6 weeks are over · Stage 2 of 2, Strong"


def test_the_days_of_the_week_that_is_shown_are_those_of_their_stages(person: Person) -> None:
    person.uses("weeks", 2)
    training = person.opens("weeks", 14)  # the second stage begins on Wednesday
    assert [training.key_on(training.today + timedelta(days=away)) for away in range(4)] == [
        "monday",
        "tuesday",
        "stage-2/wednesday",
        "stage-2/thursday",
    ]
    assert [day.state for day in training.week()] == [
        DayState.DUE,
        DayState.REST,
        *[DayState.DUE] * 5,
    ]
    assert training.next_words().startswith("Next: Wednesday")
    assert training.next_due() == training.today + timedelta(days=2)


def test_a_past_day_is_judged_by_the_stage_it_was_in_even_when_nobody_looked(person: Person) -> None:
    training = person.uses("weeks", 0)
    do(training)
    training = person.opens("weeks", 16)
    states = [day.state for week in training.weeks(3) for day in week]
    missed, rest, due = DayState.MISSED, DayState.REST, DayState.DUE
    assert states[:7] == [DayState.DONE, rest, rest, missed, rest, rest, rest]
    assert states[7:14] == [missed, rest, rest, missed, rest, rest, rest]
    assert states[14:] == [missed, missed, *[due] * 5]
    # `streak` and the past ask the history alone.
    kept = training.history.schedules()
    assert [each.from_date - MONDAY.date() for each in kept] == [timedelta(0), timedelta(days=14)]
    training.remember_schedule()
    assert training.history.schedules() == kept, "what holds already is not written anew"


def test_a_change_of_the_file_never_rewrites_the_past(person: Person) -> None:
    training = person.uses("weeks", 0)
    do(training)
    person.writes("weeks", WEEKS.replace("weeks: 2", "weeks: 1"))
    training = person.opens("weeks", 10)
    assert training.day_key == "stage-2/thursday"
    states = [day.state for day in training.weeks(2)[-1]]
    assert states[:4] == [DayState.MISSED, DayState.REST, DayState.REST, DayState.DUE]


# -- what is asked -------------------------------------------------------------------------------------


def three_good_sessions(person: Person, **ratings: int) -> None:
    do(person.uses("open", 0), **ratings)
    for day in (3, 7):
        do(person.opens("open", day), **ratings)


def test_a_range_of_weeks_is_asked_about_from_its_low_end_when_it_went_well(person: Person) -> None:
    three_good_sessions(person)
    assert not [each for each in person.opens("open", 13).questions("sunday") if each.proposal.stage]
    training = person.opens("open", 14)
    (asked,) = training.questions(training.day_key)
    why = "After two weeks, three complete sessions in a row, and no more pain."
    assert asked.text == f"On to Stage 2, Strong, from today? {why}"
    view, _offers = first_view(training, opening_of(training))
    assert view.asked is not None and view.asked.text == asked.text and len(view.asked.keys) == 2
    training.answer(asked, True)
    assert training.day_key == "stage-2/monday"
    assert [each.exercise for each in training.questions(training.day_key)] == ["hang"], "one at a time"
    assert stages_by_day(person, "open", 16)[:14] == "1" * 14
    assert person.opens("open", 60).place.stage == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("ratings", [{"pain": 6}, {"effort": 9}, {"sets": 0}])
def test_it_is_not_asked_after_pain_too_hard_or_unfinished_sessions(
    person: Person, ratings: dict[str, int]
) -> None:
    three_good_sessions(person)
    do(person.opens("open", 10), **ratings)
    training = person.opens("open", 14)
    assert not [each for each in training.questions("monday") if each.proposal.stage]


def test_it_is_not_asked_while_it_hurts_or_one_is_ill_or_asks_for_no_questions(person: Person) -> None:
    three_good_sessions(person)
    assert person.opens("open", 14, progression="off").questions("monday") == ()
    training = person.opens("open", 14)
    training.rate_before(6)
    assert not [each for each in training.questions("monday") if each.proposal.stage]
    training.rate_before(1)
    assert training.questions("monday")[0].proposal.stage == 2
    training.history.diary.add_pain(7, training.now(), training.today)
    assert not [each for each in training.questions("monday") if each.proposal.stage]
    training = person.opens("open", 20)
    assert training.questions("sunday")[0].proposal.stage == 2
    training.history.diary.declare_off(Off(training.today, training.today, WhyOff.ILL), training.now())
    assert not [each for each in training.questions("sunday") if each.proposal.stage]


def test_who_says_later_is_asked_again_after_three_more_sessions(person: Person) -> None:
    three_good_sessions(person)
    training = person.opens("open", 14)
    training.answer(training.questions("monday")[0], False)
    for day in (14, 17, 21):
        training = person.opens("open", day)
        assert not [each for each in training.questions(training.day_key) if each.proposal.stage]
        person.now += timedelta(hours=1)
        do(training)
    training = person.opens("open", 22)
    assert training.questions("tuesday")[0].proposal.stage == 2


def test_a_stage_without_weeks_stays_until_it_is_accepted(person: Person) -> None:
    person.writes("open", OPEN.replace("    weeks: 2-4\n", ""))
    three_good_sessions(person)
    training = person.opens("open", 60)
    assert training.stage_words() == "Week 9 · Stage 1 of 2, Calm"
    assert training.questions(training.day_key)[0].proposal.stage == 2


def test_after_todays_session_it_is_from_tomorrow_on(person: Person) -> None:
    three_good_sessions(person)
    training = person.opens("open", 14)
    do(training)
    (asked,) = training.questions("monday")
    assert asked.name == "On to Stage 2, Strong, from tomorrow?"
    training.answer(asked, True)
    assert training.day_key == "monday" and training.questions("monday") == ()
    assert training.key_on(training.today + timedelta(days=1)) == "stage-2/tuesday"
    assert [day.state for day in training.week()][:2] == [DayState.DONE, DayState.DUE]
    assert person.opens("open", 15).day_key == "stage-2/tuesday"


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("trained", [False, True])
def test_a_later_answer_takes_back_one_that_was_to_hold_from_tomorrow(
    person: Person, number: int, trained: bool
) -> None:
    person.uses("three", 0)
    training = person.opens("three", 3)
    if trained:
        do(training)
    assert training.go_to_stage(3) == training.today + timedelta(days=1), "today would be one of rest"
    for session in training.history.heads(since=training.today):
        training.history.corrections.delete_session(session.id, training.now())
    person.now += timedelta(minutes=5)
    assert training.go_to_stage(number) == (None if number == 1 else training.today)
    kept = training.history.schedules()
    assert kept[-1].stage == number, "the streak asks for what was kept"
    assert stages_by_day(person, "three", 9) == "1" * 3 + str(number) * 6


def test_who_stays_on_the_last_day_of_a_stage_stays(person: Person) -> None:
    person.uses("weeks", 0)
    training = person.opens("weeks", 13)
    assert training.go_to_stage(1) is None
    assert stages_by_day(person, "weeks", 29) == "1" * 28 + "2"


def test_one_goes_back_a_stage_and_its_weeks_begin_anew(person: Person) -> None:
    person.uses("weeks", 0)
    training = person.opens("weeks", 17)
    assert training.day_key == "stage-2/thursday"
    assert training.go_to_stage(1) == training.today
    assert training.day_key == "thursday" and training.stage_words().startswith("Week 1 of 6")
    assert person.opens("weeks", 30).place.stage == 1  # type: ignore[union-attr]
    assert person.opens("weeks", 31).place.stage == 2  # type: ignore[union-attr]


def test_a_stage_that_began_while_one_was_away_is_asked_about(person: Person) -> None:
    do(person.uses("weeks", 0))
    training = person.opens("weeks", 20)
    (asked,) = training.questions(training.day_key)
    assert (
        asked.text == "Back to Stage 1, Calm, from tomorrow? A break of 20 days." and asked.kind is Move.BACK
    )
    training.answer(asked, False)
    assert not [each for each in training.questions(training.day_key) if each.proposal.stage]


# -- what happens around it ----------------------------------------------------------------------------


def test_days_off_and_days_of_other_routines_do_not_count(person: Person) -> None:
    training = person.uses("weeks", 0)
    ill = Off(date(2026, 11, 18), date(2026, 11, 20), WhyOff.ILL)
    training.history.diary.declare_off(ill, training.now())
    person.uses("other", 7)
    assert person.uses("weeks", 10).stage_words().startswith("Week 1 of 6")
    assert person.opens("weeks", 19).place.stage == 1  # type: ignore[union-attr]
    assert person.opens("weeks", 20).place.stage == 2  # type: ignore[union-attr]


def test_who_was_away_for_long_begins_anew(person: Person) -> None:
    person.uses("weeks", 0)
    person.uses("other", 20)
    assert person.opens("weeks", 21).place.stage == 2  # type: ignore[union-attr]
    assert person.opens("weeks", 60).stage_words() == "Week 1 of 6 · Stage 1 of 2, Calm"


def test_a_file_with_fewer_stages_leaves_one_in_the_last(person: Person) -> None:
    person.uses("weeks", 0)
    training = person.opens("weeks", 20)
    training.go_to_stage(2)
    person.writes("weeks", WEEKS[: WEEKS.index("  - title: Strong")] + WEEKS[WEEKS.index("exercises:\n") :])
    training = person.opens("weeks", 21)
    assert (
        training.day_key == "monday" and training.stage_words() == "All 2 weeks are over · Stage 1 of 1, Calm"
    )


def test_a_week_that_becomes_a_programme_keeps_its_levels(person: Person) -> None:
    head, stages, exercises = WEEKS.partition("stages:\n")[0], "", WEEKS[WEEKS.index("exercises:\n") :]
    week = "days: {monday: {exercises: [{exercise: hang, reps: 5-8}]}}\n"
    person.writes("weeks", head + week + stages + exercises)
    do(person.uses("weeks", 0))
    for day in (7, 14):
        do(person.opens("weeks", day))
    training = person.opens("weeks", 21)
    training.answer(training.proposals("monday")[0], True)
    person.writes("weeks", WEEKS)
    training = person.uses("weeks", 21)
    assert training.stage_words().startswith("Week 1 of 6"), "its weeks count from the day it became one"
    assert training.plan("monday").sets[0].reps == 6
    assert training.plan("stage-2/monday").sets[0].reps == 6, "the same of an exercise shares a level"
    assert person.opens("weeks", 35).place.stage == 2  # type: ignore[union-attr]


def test_a_clock_that_jumps_does_no_harm(person: Person) -> None:
    person.uses("weeks", 0)
    do(person.opens("weeks", 2000))
    person.uses("weeks", 2000)
    assert person.opens("weeks", 3).stage_words() == "Week 1 of 6 · Stage 1 of 2, Calm"
    person.uses("weeks", -700)
    assert person.opens("weeks", -700).place.stage == 1  # type: ignore[union-attr]


def test_it_goes_on_elsewhere_where_the_history_is_taken_in(person: Person) -> None:
    three_good_sessions(person)
    training = person.opens("open", 14)
    training.answer(training.questions("monday")[0], True)
    exported = "".join(export_lines(training.history))
    other = history_at(person.home.parent / "other" / "history.db")
    told = import_text(other, exported)
    assert (told.stages, told.schedules) == (1, 2) and not import_text(other, exported).changed
    assert other.schedules() == training.history.schedules()
    assert other.decisions.stages("open") == training.history.decisions.stages("open")
    assert "".join(export_lines(other)) == exported


def test_stages_may_have_cycles(person: Person) -> None:
    found = []
    person.uses("turns", 0)
    for day in range(12):
        training = person.opens("turns", day)
        found.append(training.day_key)
        if training.day_key not in {"stage-2/rest", "rest"}:
            do(training)
    assert found[:7] == ["a", "rest"] * 3 + ["a"]
    assert found[7:] == ["stage-2/b", *["stage-2/rest"] * 3, "stage-2/a"]
    training = person.opens("turns", 12)
    assert training.streak() == 6 and training.next_words().startswith("Next: Monday")
    assert first_view(training, opening_of(training))[0].title == "Rest"


# -- what is told --------------------------------------------------------------------------------------


def told(training: Training) -> str:
    return Reading(training.plan(training.day_key)).step(0)


def test_a_session_begins_with_its_week_and_a_new_stage_is_announced(person: Person) -> None:
    training = person.uses("weeks", 0)
    assert told(training).startswith("Get ready. A new stage begins: Calm. Week 1 of 6.")
    do(training)
    assert told(training).startswith("Get ready. Week 1 of 6. ")
    for day in (3, 7, 10):
        do(person.opens("weeks", day))
    training = person.opens("weeks", 14)
    assert told(training).startswith("Get ready. A new stage begins: Strong. Week 3 of 6.")
    plan = training.plan(training.day_key)
    assert plan.known == ("hang",), "what is new in the stage is told in full"


def test_of_a_routine_that_is_not_followed_nothing_is_told(person: Person) -> None:
    person.uses("other", 0)
    training = person.opens("weeks", 0)
    other = Library(training._paths).load("other")
    training._chosen = other
    assert training.plan("monday").week == "" and training.stage_words() == ""


STAGE_ALONE = """\
format: 1
title: Back in shape
days:
  daily: {exercises: [{exercise: hang, reps: 5-8}, {exercise: swing, reps: 3}]}
exercises:
  hang: {name: Hang, position: standing, steps: [Hang from the bar.]}
  swing: {name: Swing, position: standing, steps: [Swing your arms.]}
"""


def test_a_day_of_a_stage_is_laid_out_like_one_of_a_week(person: Person) -> None:
    person.writes("alone", STAGE_ALONE)
    alone = compile_day(person.opens("alone", 0).routine, "monday")
    staged = compile_day(person.opens("weeks", 0).routine, "stage-2/monday")
    assert staged == alone._replace(routine="weeks", day="stage-2/monday")


def test_the_first_session_of_a_stage_as_it_is_heard(person: Person) -> None:
    for day in (0, 3, 7, 10):
        do(person.uses("weeks", day))
    training = person.opens("weeks", 14)
    plan = training.plan(training.day_key)
    heading, _facts, _blank, *lines = explain_lines(plan)
    told = [line.split("  ", 1)[1] for line in lines]
    assert heading == "Monday: Back in shape (weeks)"
    assert told[0].startswith("Get ready. A new stage begins: Strong. Week 3 of 6. ")
    assert told[0].endswith(" First: Hang. Stand up. 5 reps."), "it is known, and told shortly"
    swing = next(line for line in told if "Next: Swing." in line)
    assert "Swing your arms." in swing, "what is new is told in full"
