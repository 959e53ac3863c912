"""A workout led by a clock that the test turns: a day with one of everything, a clock, a recorder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from backtimer.coach import Coach, Exchanges
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import (
    WEEKDAYS,
    Breath,
    Circuit,
    Day,
    DayKind,
    Exercise,
    Pace,
    Phase,
    Position,
    Prescription,
    Routine,
    Sides,
)
from backtimer.core.plan.units import Count, Reps, seconds
from backtimer.core.session.events import SetRecord
from backtimer.tui.screens.workout import WorkoutResult, WorkoutScreen
from backtimer.tui.themes import DARK, THEMES

BIRD_DOG = Exercise(
    id="bird-dog",
    name="Bird-dog",
    position=Position.QUADRUPED,
    sides=Sides.ALTERNATE,
    phases=(Phase("lift", seconds(2), Breath.OUT), Phase("hold"), Phase("lower", seconds(2), Breath.IN)),
    setup=("Hands under your shoulders, knees under your hips, back in its natural curve.",),
    steps=(
        "Draw in your lower belly before you move.",
        "Breathe out, and reach one arm forward and the opposite leg back.",
        "Breathe in as hand and knee come back to the mat.",
    ),
    watch=("Keep both hips facing the floor.", "Look down at the mat, so that your neck stays long."),
)
SUPERMAN = Exercise(
    id="superman",
    name="Superman",
    position=Position.PRONE,
    setup=("Face down, arms stretched out in front of you, forehead on the mat.",),
    steps=("Squeeze your glutes, then lift arms, chest and legs a little.", "Lower yourself gently."),
    watch=("Keep the movement small: a hand's width is plenty.", "Keep your neck long."),
)
PIRIFORMIS = Exercise(
    id="piriformis-stretch",
    name="Piriformis stretch",
    position=Position.SEATED,
    sides=Sides.EACH,
    setup=("Sit tall, and put one ankle over the other knee.",),
    steps=("Press the raised knee down gently.",),
    watch=("Keep your back long.",),
)
ROW = Exercise(
    id="seated-row",
    name="Seated row with resistance band",
    position=Position.SEATED,
    setup=("Sit with your legs stretched out, the band fixed at chest height.",),
)


def exercise_day(*items: Prescription | Circuit, title: str = "Strength circuit") -> Day:
    """A day of these."""
    return Day(kind=DayKind.EXERCISES, title=title, items=items)


BIRD = Prescription(
    "bird-dog", sets=Count(2, 2), reps=Reps((Count(4, 4),)), hold=seconds(3), switch=seconds(1)
)
SUPER = Prescription("superman", reps=Reps((Count(8, 10),)), hold=seconds(2), load="red band", note="Slowly")
STRETCH = Prescription("piriformis-stretch", sets=Count(2, 2), hold=seconds(30))
OWN_PACE = Prescription("seated-row", sets=Count(3, 3), reps=Reps((Count(12, 12),)), pace=Pace.SELF)
CIRCUIT = Circuit((BIRD, SUPER), rounds=Count(3, 3))
YOGA = Day(
    kind=DayKind.ACTIVITY, title="Active recovery", activity="Yoga or light swimming", duration=seconds(1800)
)


def plan_of(day: Day, *exercises: Exercise) -> Plan:
    """The plan of a day, with the exercises above and these."""
    known = {exercise.id: exercise for exercise in (BIRD_DOG, SUPERMAN, PIRIFORMIS, ROW, *exercises)}
    days = dict.fromkeys(WEEKDAYS, day)
    return compile_day(Routine("lower-back", "Lower back week", days, known), "monday")


@dataclass
class Clock:
    """A clock that stands still until it is turned."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Notes:
    """A recorder that remembers what it was told."""

    problem: str = ""
    records: list[SetRecord] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    losses: tuple[str, ...] = ()
    news_in_s: float | None = None
    safe: bool = True

    def is_safe(self, set_index: int) -> bool:
        """What a test says."""
        return self.safe

    def settle(self, timeout_s: float) -> bool:
        """Nothing has to be waited for."""
        return self.safe

    def together(self) -> AbstractContextManager[None]:
        """All is remembered at once."""
        return nullcontext()

    def start(self) -> None:
        """Remember it."""
        self.told.append("start")

    def record(self, record: SetRecord, elapsed_s: float | None = None) -> None:
        """Remember it."""
        self.records.append(record)

    def forget(self, set_index: int, elapsed_s: float | None = None) -> None:
        """Remember it."""
        self.records = [record for record in self.records if record.set_index != set_index]

    def exchange(self, plan: Plan, moved: Mapping[int, int]) -> None:
        """Remember it."""
        kept = [each for each in self.records if each.set_index in moved]
        self.records = [each._replace(set_index=moved[each.set_index]) for each in kept]
        self.told.append("exchange")

    def end(self, seconds: float) -> None:
        """Remember it."""
        self.told.append("end")

    def leave(self) -> None:
        """Remember it."""
        self.told.append("leave")

    def rate(self, **ratings: int | None) -> None:
        """Nobody asks."""


class WorkoutApp(App[WorkoutResult | None]):
    """Nothing but the workout screen; ends with its result."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, coach: Coach, theme: str = DARK.name) -> None:
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.coach = coach
        self.muted = False
        self.bells = 0
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme

    def on_mount(self) -> None:
        """Lead the session."""
        self.push_screen(WorkoutScreen(self.coach), self.finished)

    def finished(self, result: WorkoutResult | None) -> None:
        """Remember how it was left."""
        self.exit(result)

    def bell(self) -> None:
        """Count instead of ringing."""
        self.bells += 1


class Kit:
    """A workout, its clock and its recorder.

    Args:
        day: What to do.
        exercises: More of them than those above.
        records: Sets that were done before.
        theme: The name of the theme.
        exchanges: What its exercises can be exchanged for; None: nothing.
    """

    def __init__(
        self,
        day: Day,
        *exercises: Exercise,
        records: Sequence[SetRecord] = (),
        theme: str = DARK.name,
        exchanges: Exchanges | None = None,
    ) -> None:
        self.plan = plan_of(day, *exercises)
        self.clock = Clock()
        self.notes = Notes()
        self.coach = Coach(self.plan, self.clock, self.notes, records, exchanges=exchanges)
        self.app = WorkoutApp(self.coach, theme)

    async def pass_time(self, pilot: Pilot[Any], length_s: float) -> None:
        """Let this much time pass, deadline by deadline, as it would in front of a person."""
        end = self.clock.now + length_s
        while (delay := self.coach.delay()) is not None and self.clock.now + delay <= end:
            self.clock.now += delay
            self.wake()
        self.clock.now = max(self.clock.now, end)
        self.wake()
        await pilot.pause()

    def wake(self) -> None:
        """Do what the timers of the screen do when their time has come."""
        screen = self.app.screen_stack[1] if len(self.app.screen_stack) > 1 else None
        if isinstance(screen, WorkoutScreen):
            screen.wake_up()
