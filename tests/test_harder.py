"""At the top of its ranges an exercise gives way to its harder form, after a yes."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from backtimer.core.plan.levels import grown
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Circuit, Day, DayKind, Exercise, Position, Prescription, Sides
from backtimer.core.plan.units import seconds
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.training import Training
from tests.core.plans import SUPERMAN, routine_of, times
from tests.training_kit import Times, run

WEEK = """\
format: 1
title: Week
days:
  monday: {exercises: [{exercise: squat, sets: 1, reps: 8-9}, {exercise: hang, sets: 1, hold: 4s}]}
  friday: {exercises: [{exercise: squat, sets: 1, reps: 8-9, rest: 9s}]}
exercises:
  squat: {name: Squat, position: standing, harder: jump}
  jump: {name: Jump, position: standing, easier: squat, prescription: {sets: 1, reps: 5-6}}
  hang: {name: Hang, position: standing, harder: jump}
"""

Open = Callable[..., Training]


@pytest.fixture
def times_() -> Times:
    """Monday 16 November 2026, nine in the morning."""
    return Times(datetime(2026, 11, 16, 9, 0, tzinfo=timezone(timedelta(hours=2))))


@pytest.fixture
def open_practice(home: Path, times_: Times) -> Open:
    """Opens the practice of a week in which squats have a range and a harder form."""
    (home / "week.yaml").write_text(WEEK)

    def open_it(**settings: object) -> Training:
        paths = find_paths(os.environ)
        routine = Library(paths).load(str(home / "week.yaml"))
        return Training(paths, Settings(**settings), routine, now=times_.now, clock=times_.clock)  # type: ignore[arg-type]

    return open_it


def mondays(practice: Training, clock: Times, count: int) -> None:
    for _ in range(count):
        coach = practice.begin(practice.plan("monday"))
        run(coach, clock)
        coach.rate(4, 0)
        clock.wall += timedelta(days=7)


def at_the_top(practice: Training, clock: Times) -> None:
    """Three good sessions, one rep more, and three more."""
    mondays(practice, clock, 3)
    [more] = practice.proposals("monday")
    practice.answer(more, accepted=True)
    clock.wall += timedelta(minutes=1)
    mondays(practice, clock, 3)


def done(plan: Plan) -> list[tuple[str | None, int | None]]:
    return [(spec.exercise, spec.reps) for spec in plan.sets if spec.exercise != "hang"]


def test_after_a_yes_the_harder_form_takes_its_place_and_climbs(open_practice: Open, times_: Times) -> None:
    practice = open_practice()
    at_the_top(practice, times_)
    [asked] = practice.proposals("monday")
    assert asked.text == "Squat, Jump in its place: three good sessions in a row at the top of its range."
    assert done(practice.plan("monday")) == [("squat", 9)], "not before a yes"
    practice.answer(asked, accepted=True)
    assert practice.proposals("monday") == ()
    assert [done(practice.plan(day)) for day in ("monday", "friday")] == [[("jump", 5)]] * 2
    assert done(open_practice().plan("monday")) == [("jump", 5)], "it is kept"
    times_.wall += timedelta(minutes=1)
    mondays(practice, times_, 3)
    [more] = practice.proposals("monday")
    assert more.text.startswith("Jump, 6 reps: three sessions of 5")


@pytest.mark.parametrize(("pace", "sessions"), [("1 session", 3), ("5 sessions", 5), ("8 days", 3)])
def test_it_comes_at_the_pace_of_the_programme_and_never_before_three_good_sessions(
    open_practice: Open, times_: Times, home: Path, pace: str, sessions: int
) -> None:
    text = WEEK.replace("days:", f"defaults: {{progress: {{after: {pace}}}}}\ndays:", 1)
    (home / "week.yaml").write_text(text)
    practice = open_practice()
    while not practice.proposals("monday"):
        mondays(practice, times_, 1)
    practice.answer(practice.proposals("monday")[0], accepted=True)
    times_.wall += timedelta(minutes=1)
    for _ in range(sessions):
        assert practice.proposals("monday") == ()
        mondays(practice, times_, 1)
    assert [each.proposal.harder for each in practice.proposals("monday")] == ["Jump"]


def test_its_file_is_read_only_when_it_is_proposed(
    open_practice: Open, times_: Times, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = home / "routines" / "exercises"
    own.mkdir(parents=True)
    (own / "jump.yaml").write_text(
        "format: 1\nname: Jump\nposition: standing\nprescription: {sets: 1, reps: 5-6}\n"
    )
    week = (line for line in WEEK.splitlines() if "  jump:" not in line)
    read: list[str] = []
    found = Library.exercise

    def exercise(library: Library, name: str) -> Exercise:
        read.append(name)
        return found(library, name)

    monkeypatch.setattr(Library, "exercise", exercise)
    (home / "week.yaml").write_text("\n".join(week))
    practice = open_practice()
    mondays(practice, times_, 3)
    assert [each.proposal.harder for each in practice.proposals("monday")] == [""] and read == []
    practice.answer(practice.proposals("monday")[0], accepted=True)
    times_.wall += timedelta(minutes=1)
    mondays(practice, times_, 3)
    assert [each.proposal.harder for each in practice.proposals("monday")] == ["Jump"] and "jump" in read


def test_a_no_is_not_asked_again_for_three_sessions(open_practice: Open, times_: Times) -> None:
    practice = open_practice()
    at_the_top(practice, times_)
    practice.answer(practice.proposals("monday")[0], accepted=False)
    times_.wall += timedelta(minutes=1)
    for _ in range(3):
        assert practice.proposals("monday") == ()
        assert done(practice.plan("monday")) == [("squat", 9)]
        mondays(practice, times_, 1)
    assert [each.proposal.harder for each in practice.proposals("monday")] == ["Jump"]


@pytest.mark.parametrize(("progression", "asked"), [("auto", ["Jump"]), ("off", [])])
def test_it_is_asked_and_never_taken(
    open_practice: Open, times_: Times, progression: str, asked: list[str]
) -> None:
    at_the_top(open_practice(), times_)
    practice = open_practice(progression=progression)
    assert [each.proposal.harder for each in practice.proposals("monday")] == asked
    practice.begin(practice.plan("monday"))
    assert done(practice.plan("monday")) == [("squat", 9)]


def test_a_fixed_amount_is_the_authors_and_proposes_nothing(open_practice: Open, times_: Times) -> None:
    practice = open_practice()
    mondays(practice, times_, 3)
    assert [each.exercise for each in practice.proposals("monday")] == ["squat"], "and not the hang"


BOAT = Exercise("boat", "Boat", Position.PRONE, Sides.EACH, prescription=Prescription(hold=seconds(5)))


def test_in_a_circuit_rest_note_and_side_stay() -> None:
    asked = Prescription("superman", reps=times(3), rest=seconds(9), note="Slowly", sides=Sides.RIGHT)
    day = Day(DayKind.EXERCISES, "", (Circuit((asked, Prescription("cobra", reps=times(1)))),))
    routine = grown(routine_of(day, SUPERMAN), [("monday", "superman", BOAT)])
    [circuit] = routine.days["monday"].items
    assert isinstance(circuit, Circuit)
    boat = Prescription("boat", rest=seconds(9), note="Slowly", sides=Sides.RIGHT)
    assert [each.exercise for each in circuit.exercises] == ["boat", "cobra"]
    assert circuit.exercises[0] == boat


def test_one_without_amounts_takes_those_of_the_exercise_and_what_cannot_be_done_stays_away() -> None:
    day = Day(DayKind.EXERCISES, "", (Prescription("superman", reps=times(3)),))
    routine = routine_of(day)
    bare = grown(routine, [("monday", "superman", BOAT._replace(prescription=None))])
    assert bare.days["monday"].items == (Prescription("boat", reps=times(3)),)
    endless = BOAT._replace(prescription=Prescription(hold=seconds(90_000)))
    assert grown(routine, [("monday", "superman", endless)]) is routine
