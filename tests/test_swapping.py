"""An exercise is exchanged, for today or in a session: what is done then, told, and kept."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from backtimer.coach import Coach
from backtimer.core.picture.rows import text_of
from backtimer.core.picture.session_view import session_rows
from backtimer.core.plan.exchanging import FormKind
from backtimer.core.plan.forms import Form
from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import Event, Outcome, StepStarted
from backtimer.core.session.transitions import Command, State
from backtimer.core.speech.script import Script
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.history.corrections import Changes, SetChange
from backtimer.storage.history.exporting import csv_lines, export_lines, history_json_lines
from backtimer.storage.history.importing import import_text
from backtimer.storage.history.looking_back import detail_of
from backtimer.storage.history.queries import History
from backtimer.training import Training
from tests.core.hearing import Sound, hear
from tests.storage.histories import history_at
from tests.training_kit import Open, Times, open_practice, times

__all__ = ["open_practice", "times"]

WEEK = """\
format: 1
title: Week
days:
  monday:
    exercises:
      - {exercise: bird-dog, sets: 3, reps: 4, hold: 2s, rest: 30s}
      - {exercise: clamshell, sets: 1}
  thursday: {exercises: [{exercise: bird-dog, sets: 3, reps: 4, hold: 2s, rest: 30s}]}
"""


@pytest.fixture
def training(open_practice: Open) -> Training:
    return open_practice(text=WEEK)


def form_of(forms: tuple[Form, ...], exercise: str) -> Form:
    return next(each for each in forms if each.exercise.id == exercise)


def run(coach: Coach, times: Times, until: Callable[[], bool]) -> None:
    """Let time pass, quarter by quarter of a second, and see to what happens."""
    for _ in range(5000):
        if until():
            return
        times.session += 0.25
        coach.advance()
        coach.drain()
    raise AssertionError("it never came to that")


def exercises(plan: Plan) -> list[str | None]:
    return [spec.exercise for spec in plan.sets]


# For today


def test_an_exercise_is_exchanged_for_today_and_as_it_was_tomorrow(
    training: Training, times: Times, open_practice: Open
) -> None:
    plan = training.plan("monday")
    forms = training.forms(plan, "bird-dog")
    easier = form_of(forms, "quadruped-leg-reach")
    assert (easier.why, easier.lacks, easier.amount != "") == (FormKind.EASIER, (), True)
    assert form_of(forms, "bird-dog-box").why is FormKind.HARDER
    assert training.swap(plan, "bird-dog", easier) == ""
    swapped = training.plan("monday")
    assert set(exercises(swapped)) == {"quadruped-leg-reach", "clamshell"}
    assert {spec.in_place_of for spec in swapped.sets if spec.exercise == "quadruped-leg-reach"} == {
        "bird-dog"
    }
    assert swapped.sets[0].note == "In place of Bird-dog."
    assert exercises(training.plan("thursday")) == ["bird-dog"] * 3, "another day is as it was"
    again = open_practice(text=WEEK)
    assert again.plan("monday") == swapped, "it holds for the day, whoever asks"
    (back, *others) = again.forms(swapped, "quadruped-leg-reach")
    assert (back.exercise.id, back.back) == ("bird-dog", True)
    assert "quadruped-leg-reach" not in {each.exercise.id for each in others}
    assert again.swap(swapped, "quadruped-leg-reach", back) == ""
    assert again.plan("monday") == plan
    again.swap(plan, "bird-dog", easier)
    times.wall += timedelta(days=1)
    assert again.plan("monday") == plan, "it ends with the day"


OWN = """\
format: 1
title: Week
days:
  monday: {exercises: [{exercise: reach, sets: 2, reps: 4}]}
exercises:
  reach: {name: Reach, position: standing, targets: [back], easier: nod, harder: stoop}
  nod: {name: Nod, position: standing, targets: [back], prescription: {reps: 3}}
  stoop: {name: Stoop, position: standing, targets: [back], equipment: [stick], prescription: {reps: 6}}
"""


def test_the_forms_may_stand_in_the_file_of_the_routine_itself(open_practice: Open) -> None:
    training = open_practice(text=OWN)
    forms = training.forms(training.plan("monday"), "reach")
    told = {each.exercise.id: (each.why, each.lacks) for each in forms}
    assert told["nod"] == (FormKind.EASIER, ())
    assert told["stoop"] == (FormKind.HARDER, ("stick",))
    training.swap_by_id("monday", "reach", "nod")
    assert set(exercises(training.plan("monday"))) == {"nod"}
    training.close()


def test_what_needs_something_that_is_not_there_comes_last(training: Training) -> None:
    plan = training.plan("monday")
    forms = training.forms(plan, "clamshell")
    lacks = [bool(each.lacks) for each in forms]
    assert lacks == sorted(lacks)
    assert all(set(each.lacks).isdisjoint(plan.equipment) for each in forms)
    assert len({each.exercise.id for each in forms}) == len(forms) <= 9
    assert {each.exercise.id for each in forms}.isdisjoint({"clamshell", "bird-dog"})


MANY = """\
format: 1
title: Week
days:
  monday: {exercises: [{exercise: knees-to-chest, sets: 2}]}
"""


def test_there_is_a_digit_for_each_form_also_with_as_it_was_among_them(open_practice: Open) -> None:
    training = open_practice(text=MANY)
    assert len(training.forms(training.plan("monday"), "knees-to-chest")) == 9
    training.swap_by_id("monday", "knees-to-chest", "heel-raise")  # which is none of the nine
    plan = training.plan("monday")
    (back, *others) = training.forms(plan, "heel-raise")
    assert back.back and len(others) == 8
    coach = training.begin(plan)
    coach.command(Command.START)
    coach.command(Command.PAUSE)
    (back, *others) = coach.forms()
    assert back.back and len(others) == 8
    training.close()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"date": "2026-11-16", "swaps": {"week monday": 3}}'])
def test_what_cannot_be_read_of_it_is_nothing(training: Training, home: Path, text: str) -> None:
    before = training.plan("monday")
    (home / "exchanged-today.json").write_text(text)
    assert training.plan("monday") == before


def test_a_form_that_is_gone_leaves_the_day_as_it_was(training: Training, home: Path) -> None:
    before = training.plan("monday")
    kept = {"date": "2026-11-16", "swaps": {"week monday": {"bird-dog": ["nowhere", "easier"]}}}
    (home / "exchanged-today.json").write_text(json.dumps(kept))
    assert training.plan("monday") == before


# In a session


def test_a_session_that_is_killed_goes_on_with_the_other_exercise(
    training: Training, times: Times, open_practice: Open
) -> None:
    coach = training.begin(training.plan("monday"))
    coach.start()
    run(coach, times, lambda: coach.snapshot().done_sets == 1)
    assert coach.exchangeable
    coach.command(Command.PAUSE)
    coach.drain()
    assert coach.exchange(form_of(coach.forms(), "quadruped-leg-reach"))
    assert coach.state is State.PAUSED
    names = exercises(coach.plan)
    assert names[0] == "bird-dog"
    assert set(names[1:]) == {"quadruped-leg-reach", "clamshell"}
    coach.command(Command.RESUME)
    run(coach, times, lambda: coach.snapshot().done_sets == 2)
    coach.leave()
    assert training.settle() == ""
    training.close()
    other = open_practice(text=WEEK)
    unfinished = other.unfinished()
    assert unfinished is not None
    assert exercises(unfinished.plan) == names
    done = [
        (unfinished.plan.sets[each.set_index].exercise, each.outcome) for each in unfinished.stored.records
    ]
    assert done == [("bird-dog", Outcome.DONE), ("quadruped-leg-reach", Outcome.DONE)]
    assert unfinished.planned_sets == len(names)
    after = other.resume(unfinished)
    after.start()
    assert after.snapshot().step.exercise == names[2]
    run(after, times, lambda: after.state is State.ENDED)
    other.settle()
    (session,) = other.history.sessions()
    assert (session.done_sets, session.planned_sets) == (len(names), len(names))
    assert [each.exercise for each in session.sets] == names
    assert other.standings("monday")[0].good == 0, "of what was exchanged nothing is known"
    other.close()


def test_what_was_begun_is_kept_as_a_part_and_is_nothing_to_go_on_with(
    training: Training, times: Times
) -> None:
    coach = training.begin(training.plan("monday"))
    coach.start()
    run(coach, times, lambda: coach.snapshot().reps_done == 1)
    coach.command(Command.PAUSE)
    coach.drain()
    assert coach.exchange(form_of(coach.forms(), "quadruped-leg-reach"))
    coach.drain()
    coach.command(Command.RESUME)
    run(coach, times, lambda: coach.state is State.ENDED)
    training.settle()
    (session,) = training.history.sessions()
    assert (session.sets[0].exercise, session.sets[0].outcome) == ("bird-dog", Outcome.PARTIAL)
    assert all(one.outcome is Outcome.DONE for one in session.sets[1:])
    assert training.ended_early() is None
    told = [text_of(each) for each in session_rows(detail_of(training.history, session), 80)]
    assert any("Leg reach" in each and each.endswith("In place of Bird-dog") for each in told)
    assert any(each.startswith("Bird-dog ") and "In place" not in each for each in told)
    assert training.standings("monday")[0].good == 0
    training.close()


def test_exports_say_what_was_planned_also_of_a_session_that_was_put_right(
    training: Training, times: Times, tmp_path: Path
) -> None:
    coach = training.begin(training.plan("monday"))
    coach.start()
    run(coach, times, lambda: coach.snapshot().done_sets == 1)
    coach.command(Command.PAUSE)
    coach.drain()
    assert coach.exchange(form_of(coach.forms(), "quadruped-leg-reach"))
    coach.command(Command.RESUME)
    run(coach, times, lambda: coach.state is State.ENDED)
    training.settle()
    (session,) = training.history.sessions()
    expected = ["bird-dog" if each.exercise == "quadruped-leg-reach" else None for each in session.sets]
    assert expected.count("bird-dog") == 2

    def told(history: History) -> list[list[str | None]]:
        of_json = json.loads("".join(history_json_lines(history)))["sessions"][0]["sets"]
        of_csv = csv.DictReader(io.StringIO("".join(csv_lines(history))))
        of_all = json.loads("".join(export_lines(history)))["sessions"][0]["sets"]
        return [
            [one["in_place_of"] for one in of_json],
            [row["in_place_of"] or None for row in of_csv],
            [one["in_place_of"] for one in of_all],
        ]

    history = training.history
    assert told(history) == [expected] * 3
    edited = history.corrections.edit_session(
        session.id, Changes(sets={1: SetChange(Outcome.PARTIAL, 2)}), session.started
    )
    assert told(history) == [expected] * 3
    other = history_at(tmp_path / "other.db")
    import_text(other, "".join(export_lines(history)))
    assert told(other) == [expected] * 3
    history.corrections.undo(edited, session.started)
    assert told(history) == [expected] * 3
    training.close()


def test_what_was_exchanged_on_today_is_in_a_session_as_the_day_asks_for_it(
    training: Training, times: Times
) -> None:
    """Not as much as the exercise has by itself, which may be twice as much."""
    plan = training.plan("monday")
    assert training.swap(plan, "bird-dog", form_of(training.forms(plan, "bird-dog"), "heel-slide")) == ""
    coach = training.begin(training.plan("monday"))
    coach.command(Command.START)
    coach.command(Command.PAUSE)
    back = coach.forms()[0]
    assert back.back and back.exercise.id == "bird-dog"
    assert coach.exchange(back) is not None
    done = [spec for spec in coach.plan.sets if spec.exercise == "bird-dog"]
    assert done and {(spec.reps, spec.hold_s, spec.in_place_of) for spec in done} == {(4, 2.0, "")}


def test_as_it_was_in_a_session(training: Training, times: Times) -> None:
    coach = training.begin(training.plan("monday"))
    coach.start()
    run(coach, times, lambda: coach.snapshot().done_sets == 1)
    coach.command(Command.PAUSE)
    coach.drain()
    coach.exchange(form_of(coach.forms(), "quadruped-leg-reach"))
    back = coach.forms()[0]
    assert (back.exercise.id, back.back) == ("bird-dog", True)
    coach.exchange(back)
    assert {(spec.reps, spec.hold_s) for spec in coach.plan.sets[:3]} == {(4, 2.0)}, "as it was"
    assert {(spec.exercise, spec.in_place_of, spec.note) for spec in coach.plan.sets[:3]} == {
        ("bird-dog", "", "")
    }
    training.close()


# Told


@pytest.mark.parametrize(("form", "at_work"), [("quadruped-leg-reach", False), ("side-plank-knees", True)])
def test_all_of_it_is_told_before_its_first_set(
    training: Training, times: Times, form: str, at_work: bool
) -> None:
    coach = training.begin(training.plan("monday"))
    coach.start()
    script = Script(coach.plan)
    sounds: list[Sound] = []

    def listen() -> tuple[Event, ...]:
        events = coach.drain()
        sounds.extend(hear(events, script))
        return events

    def done() -> bool:
        now = coach.snapshot()
        return now.reps_done == 1 if at_work else now.done_sets == 1

    while not done():
        times.session += 0.25
        coach.advance()
        listen()
    coach.command(Command.PAUSE)
    listen()
    before = coach.plan
    found = Library(find_paths(os.environ)).exercise(form)
    assert coach.exchange(Form(found, FormKind.ALIKE))
    set_index = coach.snapshot().step.set_index
    moved = {0: 0} if exercises(before)[0] == exercises(coach.plan)[0] else {}
    script = Script(coach.plan, heard=script.heard.moved_to(moved))
    times.session += 20.0
    coach.command(Command.RESUME)
    since_s, work_s = times.session, 0.0
    while not work_s:
        for event in listen():
            if isinstance(event, StepStarted) and event.step == coach.plan.sets[set_index].first_step:
                work_s = event.at_s
        times.session += 0.25
        coach.advance()
    said = " ".join(sound.said for sound in sounds if since_s <= sound.at_s < work_s)
    assert found.name in said
    for sentence in found.steps:
        assert sentence.rstrip(".") in said
    ever = " ".join(sound.said for sound in sounds)
    assert all(sentence.rstrip(".") in ever for sentence in found.setup), "two have some in common"
    training.close()
