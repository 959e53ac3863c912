"""A practice and a coach without files or clocks, for the tests of the screens."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from backtimer.advice import MorningAfter, OpenProposal
from backtimer.coach import Coach
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import (
    REST_DAY,
    WEEKDAYS,
    Circuit,
    Day,
    DayKind,
    Exercise,
    Item,
    Position,
    Prescription,
    Routine,
    Sides,
)
from backtimer.core.plan.units import Count, Reps, seconds
from backtimer.core.progress.calendar import DayState, Off
from backtimer.core.progress.history import HeatDay, PastSession, PastSet, SessionState
from backtimer.core.progress.progression import Standing
from backtimer.core.progress.streaks import Goal, streak_words, with_longest
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.core.session.session import Snapshot
from backtimer.core.session.transitions import State
from backtimer.preferences import Preferences
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.storage.history import values
from backtimer.storage.history.live import Unfinished
from backtimer.storage.history.opening import in_memory
from backtimer.storage.history.queries import History
from backtimer.training import TakenError, Training
from backtimer.tui.screens.workout import WorkoutScreen
from tests.tui.frames import frame
from tests.tui.past_kit import half_year, trained
from tests.tui.settling import quick_pilot

__all__ = ["half_year", "quick_pilot", "trained"]

THURSDAY = date(2026, 11, 26)
"""The day the tests take for today."""

EXERCISES = {
    exercise.id: exercise
    for exercise in (
        Exercise("bird-dog", "Bird-dog", Position.QUADRUPED, Sides.ALTERNATE, equipment=("mat",)),
        Exercise("superman", "Superman", Position.PRONE, equipment=("mat",)),
        Exercise("bridge", "Bridge with leg extension", Position.SUPINE, Sides.ALTERNATE, equipment=("mat",)),
        Exercise("pelvic-tilt", "Pelvic tilt", Position.SUPINE, equipment=("mat",)),
        Exercise("row", "Seated row", Position.SEATED, equipment=("resistance band",)),
        Exercise("knees", "Knees to chest", Position.SUPINE, Sides.EACH, equipment=("mat",)),
        Exercise("cat-cow", "Cat-cow", Position.QUADRUPED, equipment=("mat",)),
        Exercise("child", "Child’s pose", Position.KNEELING, equipment=("mat",)),
        Exercise("piriformis", "Piriformis stretch", Position.SEATED, Sides.EACH),
        Exercise("bend", "Standing forward bend", Position.STANDING),
    )
}


def reps(
    exercise: str, count: int, hold_s: float | None = None, sets: int | None = None, load: str = ""
) -> Prescription:
    """So many reps of an exercise."""
    return Prescription(
        exercise,
        sets=Count(sets, sets) if sets else None,
        reps=Reps((Count(count, count),)),
        hold=seconds(hold_s) if hold_s else None,
        load=load,
    )


def hold(exercise: str, hold_s: float, sets: int = 2) -> Prescription:
    """So many holds of an exercise."""
    return Prescription(exercise, sets=Count(sets, sets), hold=seconds(hold_s))


def training(title: str, *items: Item, optional: bool = False, times: int = 1) -> Day:
    """A day with exercises."""
    return Day(DayKind.EXERCISES, title, items, optional=optional, times=times)


def rest_day(text: str) -> Day:
    """A day without."""
    return Day(DayKind.REST, rest=text)


def week_routine(title: str = "Lower back week", **days: Day) -> Routine:
    """A week like the bundled one; days given here replace its own."""
    week = {
        "monday": training(
            "Strength circuit",
            Circuit((reps("bird-dog", 10, 3), reps("superman", 10, 2), reps("bridge", 10, 3)), Count(3, 3)),
        ),
        "tuesday": training(
            "Mobility and stretching",
            hold("knees", 30, 3),
            Prescription("cat-cow", sets=Count(3, 3), duration=seconds(45)),
            hold("child", 40, 3),
            hold("piriformis", 30),
            hold("bend", 30, 3),
        ),
        "wednesday": rest_day("Rest, or a light walk"),
        "thursday": training(
            "Strength circuit",
            Circuit((reps("pelvic-tilt", 12, 5), reps("row", 12, load="red band")), Count(3, 3)),
        ),
        "friday": training(
            "Strength and stretch", reps("bird-dog", 10, 3, 2), hold("knees", 20), reps("superman", 8, 2, 3)
        ),
        "saturday": Day(
            DayKind.ACTIVITY,
            "Active recovery",
            activity="Yoga or light swimming",
            duration=seconds(1800),
            optional=True,
        ),
        "sunday": REST_DAY,
    }
    return Routine("lower-back", title, {**week, **days}, EXERCISES)


class FakeCoach(Coach):
    """A coach at the end of a session; it remembers what it is told."""

    def __init__(
        self,
        plan: Plan,
        records: Sequence[SetRecord | None] = (),
        elapsed_s: float = 1300.0,
        problem: str = "",
    ) -> None:
        self.plan = plan
        self.records = tuple(records) or all_done(plan)
        self.elapsed_s = elapsed_s
        self.problem = problem
        self.lost: tuple[str, ...] = ()
        self.left = 0
        self.ratings: list[tuple[int | None, int | None]] = []

    @property
    def banner(self) -> str:
        return " ".join(text for text in (self.problem, *self.lost) if text)

    @property
    def unsaved(self) -> str:
        return self.problem

    @property
    def losses(self) -> tuple[str, ...]:
        return self.lost

    @property
    def credited_s(self) -> float:
        return self.elapsed_s

    def leave(self) -> None:
        self.left += 1

    def rate(self, effort: int | None, pain: int | None) -> None:
        self.ratings.append((effort, pain))

    def snapshot(self) -> Snapshot:
        done = sum(record is not None and record.outcome is Outcome.DONE for record in self.records)
        return Snapshot(
            state=State.ENDED,
            step_index=len(self.plan.steps) - 1,
            step=self.plan.steps[-1],
            step_elapsed_s=0.0,
            step_remaining_s=0.0,
            step_length_s=0.0,
            count_in=None,
            reps_done=0,
            elapsed_s=self.elapsed_s,
            remaining_s=0.0,
            records=self.records,
            done_sets=done,
            planned_sets=len(self.plan.sets),
        )


def all_done(plan: Plan) -> tuple[SetRecord, ...]:
    """The records of a session without a flaw."""
    return tuple(
        SetRecord(index, Outcome.DONE, spec.reps, 40.0, spec.side) for index, spec in enumerate(plan.sets)
    )


def heat_day(day: date, word: str) -> HeatDay:
    """A day by its state; `extra` is a day of rest on which something was done."""
    if word == "extra":
        return HeatDay(day, DayState.REST, 1, 1, before=False)
    return HeatDay(day, DayState(word), 0, 0, before=False)


class FakePractice(Training):
    """A practice whose every answer a test can set."""

    def __init__(
        self,
        routine: Routine | None = None,
        *,
        theme: str = "",
        notices: tuple[str, ...] = (),
        today: date = THURSDAY,
        states: str = "done done rest due due optional rest",
        days_in_a_row: int = 4,
        waiting: Unfinished | None = None,
    ) -> None:
        self.routine = routine or week_routine()
        self.theme = theme
        self.preferences = Preferences(find_paths(os.environ), Settings())
        self._attendants = ()
        self.now = lambda: datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
        self._past = None
        self.said = notices
        self.date = today
        self.states = states
        self.days_in_a_row = days_in_a_row
        self.waiting = waiting
        self.proposed: list[OpenProposal] = []
        self.morning: MorningAfter | None = None
        self.advised: tuple[str, ...] = ()
        self.sore: tuple[str, ...] = ()
        self.off: Off | None = None
        self.before: int | None = None
        self.on_its_way = False
        self.taken = False
        self.ended: Unfinished | None = None
        self.coaches: list[FakeCoach] = []
        self.told: list[str] = []
        self.untold = False
        self.last: PastSession | None = None

    @property
    def first_run(self) -> bool:
        return False

    @property
    def safety_untold(self) -> bool:
        return self.untold

    def safety_told(self) -> None:
        self.untold = False

    @property
    def notices(self) -> tuple[str, ...]:
        return self.said

    @property
    def saving(self) -> bool:
        return self.on_its_way

    @property
    def today(self) -> date:
        return self.date

    def plan(self, day: str, *, swapped: bool = True) -> Plan:
        return compile_day(self.routine, day)

    def weeks(self, count: int) -> tuple[tuple[HeatDay, ...], ...]:
        monday = self.date - timedelta(days=self.date.weekday())
        mondays = [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
        return tuple(
            tuple(
                heat_day(first + timedelta(days=index), word)
                for index, word in enumerate(self.states.split())
            )
            for first in mondays
        )

    def last_session(self) -> PastSession | None:
        return self.last

    def streak(self) -> int:
        return self.days_in_a_row

    def streak_text(self) -> str:
        return streak_words(self.days_in_a_row)

    def streak_with_best(self) -> str:
        return with_longest(self.streak_text(), max(12, self.days_in_a_row) if self.days_in_a_row else 0)

    @property
    def goal(self) -> Goal | None:
        return None

    @cached_property
    def history(self) -> History:
        return in_memory()

    def proposals(self, day: str) -> tuple[OpenProposal, ...]:
        return tuple(each for each in self.proposed if each.day == day)

    def answer(self, proposal: OpenProposal, accepted: bool) -> None:
        self.told.append(f"{'yes' if accepted else 'no'} to {proposal.exercise}")
        self.proposed.remove(proposal)

    def eased(self, day: str) -> tuple[str, ...]:
        return self.sore

    def off_on(self, day: date) -> Off | None:
        return self.off if self.off is not None and self.off.covers(day) else None

    def advice(self) -> tuple[str, ...]:
        return self.advised

    def asks_next_morning(self) -> MorningAfter | None:
        return self.morning

    def rate_next_morning(self, pain: int | None) -> None:
        self.told.append(f"next morning {pain}")
        self.morning = None

    def log_activity(self, what: str, seconds: float, day: date) -> bool:
        self.told.append(f"{what} {seconds:g} s on {day:%A}")
        return True

    def log_plan(self, plan: Plan, day: date, words: str) -> bool:
        self.told.append(f"all of {plan.day} on {day:%A}")
        return True

    def exercise(self, exercise_id: str) -> Exercise | None:
        return self.routine.exercises.get(exercise_id)

    def standings(self, day: str) -> tuple[Standing, ...]:
        return ()

    def easier_why(self, exercise: str) -> str:
        return ""

    def rate_before(self, pain: int | None) -> None:
        self.before = pain

    def next_due(self) -> date | None:
        days = (self.date + timedelta(days=away) for away in range(1, 8))
        coming = (day for day in days if self.off_on(day) is None)
        kinds = {day: self.routine.days[WEEKDAYS[day.weekday()]].kind for day in coming}
        return next((day for day, kind in kinds.items() if kind is not DayKind.REST), None)

    def unfinished(self) -> Unfinished | None:
        return self.waiting

    def begin(self, plan: Plan) -> Coach:
        self.told.append(f"begin {plan.day}")
        return self._coach(plan)

    def resume(self, unfinished: Unfinished) -> Coach:
        if self.taken:
            raise TakenError
        self.told.append("resume")
        self.waiting = None
        return self._coach(unfinished.plan)

    def keep(self, unfinished: Unfinished) -> bool:
        self.told.append("keep")
        self.waiting = None
        return True

    def discard(self, unfinished: Unfinished) -> str:
        self.told.append("discard")
        self.waiting = None
        return "correction"

    def ended_early(self) -> Unfinished | None:
        return self.ended

    def go_on(self, ended: Unfinished) -> Coach:
        if self.taken:
            raise TakenError
        self.told.append("go on")
        self.ended = None
        return self._coach(ended.plan)

    def close(
        self,
        *,
        patiently: bool = False,
        say: Callable[[str], None] = lambda _: None,
        patience_s: float = 0.0,
    ) -> str:
        self.told.append("close")
        return ""

    def _coach(self, plan: Plan) -> FakeCoach:
        self.coaches.append(FakeCoach(plan))
        return self.coaches[-1]


def unfinished_monday() -> Unfinished:
    """Monday's session, broken off after five of nine sets."""
    plan = compile_day(week_routine(), "monday")
    began = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    sets = tuple(
        PastSet(
            began.date(),
            spec.exercise,
            None,
            spec.reps,
            None,
            40.0,
            Outcome.DONE,
            "1",
            False,
            index,
            spec.set,
        )
        for index, spec in enumerate(plan.sets[:5])
    )
    session = PastSession(
        id="1",
        routine="lower-back",
        day="monday",
        title=plan.title,
        local_date=began.date(),
        started=began,
        ended=None,
        state=SessionState.RUNNING,
        planned_sets=9,
        done_sets=5,
        seconds=200.0,
        effort=None,
        pain=None,
        sets=sets,
    )
    return Unfinished(plan, values.Interrupted(session, "{}"))


@pytest.fixture
def practice() -> FakePractice:
    """A Thursday in the middle of a good week."""
    return FakePractice()


@pytest.fixture
def still_workout(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workout that is started stands still: its coach has no engine."""
    monkeypatch.setattr(WorkoutScreen, "compose", lambda _: iter(()))
    monkeypatch.setattr(WorkoutScreen, "on_mount", lambda _: None)
    monkeypatch.setattr(WorkoutScreen, "on_screen_suspend", lambda _: None)
    monkeypatch.setattr(WorkoutScreen, "check_action", lambda *_: True)


def footer(app: App[Any]) -> str:
    """The last row of the screen."""
    return frame(app).rstrip("\n").splitlines()[-1]


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, and let everything settle."""
    await pilot.press(*keys)
    await pilot.pause()
