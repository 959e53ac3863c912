"""A routine whose days come in turn, from its file to what today asks for, done and kept."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from backtimer.core.plan.plan import NothingToDoError, plan_to_dict
from backtimer.core.progress.calendar import DayState
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

TURNS = """\
format: 1
title: Turns
cycle: [a, b]
on: [monday, wednesday, friday]
days:
  a: {exercises: [{exercise: hang, reps: 5-8}]}
  b: {title: Loose, exercises: [{exercise: hang, reps: 5-8}, {exercise: swing, reps: 3}]}
exercises:
  hang: {name: Hang, position: standing}
  swing: {name: Swing, position: standing}
"""
EVERY_OTHER = """\
format: 1
title: Every other day
cycle: [main, rest]
days:
  main: {exercises: [{exercise: hang, reps: 5}]}
exercises: {hang: {name: Hang, position: standing}}
"""


class Person:
    """Someone with a home, whose clock is moved by hand."""

    def __init__(self, home: Path) -> None:
        self.now = MONDAY
        self._paths = find_paths({"BACKTIMER_HOME": str(home)})
        self.home = home
        for name, text in (("turns", TURNS), ("every-other", EVERY_OTHER)):
            self._paths.routines.mkdir(parents=True, exist_ok=True)
            (self._paths.routines / f"{name}.yaml").write_text(text, encoding="utf-8")

    def opens(self, routine: str, days: int) -> Training:
        """On a day, counted from Monday."""
        self.now = MONDAY + timedelta(days=days)
        loaded = Library(self._paths).load(routine)
        settings = Settings(routine=routine)
        return Training(self._paths, settings, loaded, now=lambda: self.now, clock=lambda: 0.0)


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "home")


def do(training: Training, key: str) -> None:
    assert training.log_plan(training.plan(key), training.today, key)


def test_the_next_of_a_cycle_waits_until_it_is_done(person: Person) -> None:
    training = person.opens("turns", 0)
    training.remember_schedule()
    assert training.day_key == "a" and training.next_words().startswith("Next: Wednesday, Loose")
    do(training, "a")
    assert training.day_key == "a", "today's was a, and stays it"
    training.close()
    training = person.opens("turns", 4)
    assert training.day_key == "b", "Wednesday was missed, and it waits"
    assert [day.state for day in training.week()][:5] == [
        DayState.DONE,
        DayState.REST,
        DayState.MISSED,
        DayState.REST,
        DayState.DUE,
    ]
    assert training.plan("b").title == "Loose"
    do(training, "b")
    assert training.next_words().startswith("Next: Monday, A")
    training.close()


def test_a_day_of_which_less_than_half_was_done_still_waits(person: Person) -> None:
    training = person.opens("turns", 0)
    training.remember_schedule()
    plan = training.plan("a")
    session = new_session(plan, json.dumps(plan_to_dict(plan)), person.now)
    training.history.add_logged(session, (), ended=person.now)
    training.close()
    training = person.opens("turns", 2)
    assert len(training.history.sessions()) == 1 and training.day_key == "a"
    training.close()


def test_on_the_other_weekdays_the_page_is_one_of_rest(person: Person) -> None:
    training = person.opens("turns", 1)
    assert training.day_key == "rest"
    with pytest.raises(NothingToDoError):
        training.plan("rest")
    view, offers = first_view(training, opening_of(training))
    assert view.title == "Rest" and not offers.start
    training.close()


def test_todays_page_is_headed_by_the_name_of_the_day(person: Person) -> None:
    training = person.opens("turns", 0)
    view, offers = first_view(training, opening_of(training))
    assert view.title == "A" and offers.start
    assert first_view(training, opening_of(training, "b"))[0].title == "Loose"
    training.close()


def test_by_the_date_it_goes_on_from_the_day_of_the_choice(person: Person) -> None:
    training = person.opens("every-other", 1)
    training.remember_schedule()
    training.close()
    found = []
    for day in range(1, 15):
        training = person.opens("every-other", day)
        found.append(training.day_key)
        if training.day_key == "main":
            do(training, "main")
        training.close()
    assert found == ["main", "rest"] * 7
    training = person.opens("every-other", 15)
    assert training.streak() == 7
    # What was kept says so without the routine, to `streak` and in another home.
    assert len(training.history.schedules()) == 1
    exported = "".join(export_lines(training.history))
    assert json.loads(exported)["schedules"][0]["period"] == 2
    other = history_at(person.home.parent / "other" / "history.db")
    import_text(other, exported)
    assert other.schedules() == training.history.schedules()
    training.close()


def test_days_of_a_cycle_share_a_level(person: Person) -> None:
    training = person.opens("turns", 0)
    training.remember_schedule()
    for day, key in enumerate(("a", "b", "a")):
        person.now = MONDAY + timedelta(days=2 * day)
        assert training.day_key == key
        do(training, key)
    person.now = MONDAY + timedelta(days=7)
    (proposed,) = training.proposals("b")
    assert proposed.exercise == "hang" and {"a", "b"} <= proposed.days
    training.answer(proposed, True)
    for key in ("a", "b"):
        assert training.plan(key).sets[0].reps == 6
    training.close()
