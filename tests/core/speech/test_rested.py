"""Who leaves an exercise out, as the coach says, and only waits, is brought along to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import WEEKDAYS, Day, DayKind, Exercise, Position, Prescription, Routine
from backtimer.core.plan.units import seconds
from backtimer.core.speech.languages import v
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.phrases import capital, lower, position_words
from backtimer.core.speech.pieces import singly
from backtimer.core.speech.script import Script
from backtimer.core.speech.transcript import Row, script_rows
from tests.bundled import catalogue
from tests.core.plans import COBRA, SUPERMAN, plan_of, times
from tests.told import DAYS, day_plan, rows_of


def way(before: Position, after: Position) -> list[str]:
    return [] if before is after else list(singly((position_words(after, before),)))


WAYS = {move for before in Position for after in Position for move in way(before, after)}
UP = way(Position.SUPINE, Position.QUADRUPED)
HEARS = v.ONTO_ONE_HIP_TO_LISTEN
"""The first move of who is to lie down next; else how to rest."""
ALL = ("Now all: ", "All who join in: ", "All others: ")
STARTS = (Position.STANDING, Position.SEATED)


@cache
def leads(name: str, day: str) -> list[tuple[Exercise, list[Row]]]:
    """What is told on the way to each exercise of a bundled day, each time that it comes up."""
    return list(_leads(day_plan(name, day)))


def _leads(plan: Plan) -> Iterator[tuple[Exercise, list[Row]]]:
    rows = [row for row in rows_of(plan) if row.text]
    begins_s = list(accumulate((step.estimate_s for step in plan.steps), initial=0.0))
    before = None
    for spec in plan.sets:
        from_s, to_s = begins_s[spec.lead_in], begins_s[spec.first_step]
        if spec.exercise is not None and spec.exercise != before:
            yield plan.exercise(spec.exercise), [row for row in rows if from_s <= row.at_s < to_s]
        before = spec.exercise


@pytest.mark.parametrize(("things", "called"), [((), False), (("chair",), True), (("wall",), False)])
def test_nobody_is_called_from_a_chair_that_is_not_there(things: tuple[str, ...], called: bool) -> None:
    up = Exercise("up", "Up", Position.STANDING, ask_first=("A new hip? Rest.",))
    down = up._replace(id="down", name="Down", ask_first=("A sore knee? Rest.",), equipment=things)
    plan = plan_of(*(Prescription(each, reps=times(2)) for each in ("up", "down")), exercises=(up, down))
    texts = [row.text for row in rows_of(with_time_to_tell(plan))]
    assert any("On the chair?" in text for text in texts) is called


class Follower:
    """Does what she hears, and no more: some exercises she leaves out."""

    def __init__(self, leaves: set[str]) -> None:
        self.leaves = leaves
        self.place: Position | None = None
        self.along: set[str] = set()
        self.lost: list[str] = []

    def go(self, exercise: Exercise, rows: list[Row]) -> None:
        leaves = exercise.id in self.leaves
        texts = [row.text for row in rows]
        if any(text.startswith("If so, come") for text in texts):
            self.along.add(exercise.id)
        goes = not leaves or exercise.id in self.along
        if goes:
            moves = self.moves(rows)
            ways = [way(place, exercise.position) for place in ([self.place] if self.place else STARTS)]
            if moves not in ways:
                self.lost.append(f"{exercise.id}: from {self.place} by {moves}")
            self.place = exercise.position
        if leaves and exercise.position is Position.STANDING:
            self.place = Position.SEATED
        if leaves and any(
            text.endswith(("come and sit on the mat.", "to the mat as taught, and rest.")) for text in texts
        ):
            self.place = Position.QUADRUPED
        if leaves and not goes and any(text.startswith("If so, wait on your ") for text in texts):
            self.place = Position.SIDE_LYING

    def moves(self, rows: list[Row]) -> list[str]:
        """The moves that are for her."""
        taken: list[str] = []
        called = False
        mine = True
        here = "" if self.place is None else v.WHERE[self.place]
        for row in rows:
            text = re.sub(r"^Joining in, (\w)", lambda found: found[1].upper(), row.text)
            for heard, hip in ((HEARS, v.ONTO_ONE_HIP), (lower(HEARS), lower(v.ONTO_ONE_HIP))):
                text = text.replace(heard, hip)
            where = next((each for each in v.WHERE.values() if text.startswith(f"{each} ")), "")
            move = capital(text.removeprefix(where).strip() if where else text.rpartition(": ")[2])
            if row.why == "rested":
                mine = where == here if where else mine
                called = called or mine  # who is told to wait does, until all are called
                if mine:
                    taken += UP if move == f"{v.UP_FROM_BACK}." else [move] * (move in WAYS)
            elif row.why == "position" and move in WAYS:
                if where:
                    mine = where == here
                elif move != text or not taken:
                    mine = text.startswith(ALL) or not called
                taken += [move] * mine
        return taken


def asked(exercise: Exercise) -> set[str]:
    return {word for text in exercise.ask_first for word in re.findall(r"\w+", text.split("?")[0].lower())}


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_who_leaves_out_an_exercise_hears_the_way_to_the_next_from_where_she_is(name: str, day: str) -> None:
    """Nobody; or all for whom one of the questions is meant, who leave out what asks the same and more."""
    plan = day_plan(name, day)
    told = leads(name, day)
    persons: dict[str, set[str]] = {"nobody": set()}
    for one in plan.exercises:
        if one.ask_first:
            persons[one.id] = {each.id for each in plan.exercises if asked(one) <= asked(each)}
    lost = {}
    for person, leaves in persons.items():
        follower = Follower(leaves)
        for exercise, rows in told:
            follower.go(exercise, rows)
        lost[person] = follower.lost
    assert {person: ways for person, ways in lost.items() if ways} == {}


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_a_new_knee_and_every_other_question_comes_before_the_way(name: str, day: str) -> None:
    plan = day_plan(name, day)
    rows = [row for row in rows_of(plan) if row.text]
    down = next((at for at, row in enumerate(rows) if row.text == "One knee down, then the other."), None)
    if down is not None:
        assert any("new knee" in row.text for row in rows[:down])
    for exercise, told in leads(name, day):
        moves = [at for at, row in enumerate(told) if row.why == "position"]
        for question in (text.split("?")[0] for text in exercise.ask_first):
            asks = [at for at, row in enumerate(told) if row.text.startswith(question)]
            assert not asks or not moves or asks[0] < moves[0], (exercise.id, question)


def test_who_rested_from_the_last_exercise_is_told_the_way_up_from_where_she_is() -> None:
    plan = day_plan("gentle-start", "monday")
    end = [row.text for row in script_rows(plan, Script(plan)) if row.at_s >= plan.total_s and row.text]
    rested = end.index("On your side? Top hand on the mat, and push up onto hands and knees.")
    assert end[rested + 1] == "Now all: crawl to the chair."


@pytest.mark.parametrize("first", ["heel-raise", "squat", ""])
def test_who_stayed_on_her_feet_is_not_told_to_stand_up_at_the_end(first: str) -> None:
    walk = Prescription("", activity="Walk", duration=seconds(20))
    day = Day(DayKind.EXERCISES, items=(Prescription(first) if first else walk, Prescription("bird-dog")))
    plan = with_time_to_tell(compile_day(Routine("my", "My", {"monday": day}, catalogue()), WEEKDAYS[0]))
    end = [row.text for row in script_rows(plan, Script(plan)) if row.at_s >= plan.total_s and row.text]
    assert "Crawl to the chair." in end
    assert not [text for text in end if text.startswith("Standing?") or "Stand up." in text]


@pytest.mark.parametrize(("asks", "called"), [("Often dizzy? Rest.", False), ("A new hip? Rest.", True)])
def test_nobody_is_called_up_for_what_she_leaves_out_as_well(asks: str, called: bool) -> None:
    """She sits on the chair while the others stand."""
    lean = Exercise(
        "lean", "Lean", Position.STANDING, equipment=("chair",), ask_first=("Often dizzy? Rest.",)
    )
    other = lean._replace(id="other", name="Other", ask_first=(asks,))
    asked = (Prescription("lean", reps=times(1)), Prescription("other", reps=times(1)))
    plan = with_time_to_tell(plan_of(*asked, exercises=(lean, other)))
    told = [row.text for row in script_rows(plan, Script(plan))]
    assert ("On the chair? Slide forward, feet back." in told) == called


def test_an_answer_that_comes_again_says_again_what_to_do() -> None:
    asks = ("Dizzy? Sit down on the chair, and rest.", "Weak? Go on. Only smaller.")
    first = SUPERMAN._replace(ask_first=asks)
    other = COBRA._replace(ask_first=("A sore neck? Sit down on the chair, and rest.", asks[1]))
    plan = plan_of(
        Prescription("superman", reps=times(1)),
        Prescription("cobra", reps=times(1)),
        exercises=(first, other),
    )
    plan = with_time_to_tell(plan)
    told = [row.text for row in script_rows(plan, Script(plan))]
    assert "Dizzy? Sit down on the chair, and rest." in told
    assert "A sore neck? Sit down on the chair now." in told
    assert told.count("Weak? Go on.") == 0 and told.count("Weak? Go on. Only smaller.") >= 1
