"""Take the pictures of the documentation from the running program: `python -m tests.pictures`.

It writes docs/pictures/*.svg anew. The workout in it moves: a rep on either side, as the program shows it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from backtimer.coach import Coach
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.speech.lead_times import as_told
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths
from backtimer.storage.files.remembered import CHOSEN_ROUTINE, TOLD_SAFETY, remember_told
from backtimer.storage.files.settings import Settings
from backtimer.training import Training
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from backtimer.tui.themes import DARK
from tests.bundled import routine
from tests.cli.half_year import make_half_year
from tests.screen_svg import Grid, grid_of, picture
from tests.tui.settling import settle
from tests.tui.workout_kit import Clock, Notes, WorkoutApp

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SIZE = (80, 24)
FRIDAY = date(2026, 11, 27)
FRAME_S = 0.2
REST_PASSED_S = 6.0
REPS = 2
"""A pair of sides, so that what comes after the last picture is the first."""

TOLD = {
    "today": "Today's screen: the exercises of the day, with a figure of the chosen one and how it is done",
    "workout": "A bird-dog in the workout: a moving figure, the side, the seconds, the rep and the breath",
    "rest": "A rest: what comes next, with its figure and how it is done",
    "past": "The past: half a year of days, a session, and how much of each exercise was done",
}
"""What each picture shows, for who cannot see it."""


class Workout:
    """Monday's session, led by a clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.plan: Plan = as_told(compile_day(routine("lower-back"), "monday"), "short")
        self.clock = Clock()
        self.coach = Coach(self.plan, self.clock, Notes(), [])
        self.app = WorkoutApp(self.coach, DARK.name)
        self.passed_s = 0.0

    def pass_to(self, moment_s: float) -> None:
        """Let time pass, deadline by deadline, until so many seconds after the start."""
        end = self.clock.now + moment_s - self.passed_s
        while (delay := self.coach.delay()) is not None and self.clock.now + delay <= end:
            self.clock.now += delay
            self._wake()
        self.clock.now = end
        self.passed_s = moment_s
        self._wake()

    def _wake(self) -> None:
        screen = self.app.screen_stack[1]
        assert isinstance(screen, WorkoutScreen)
        screen.wake_up()

    def begins_s(self, index: int) -> float:
        """When a step begins, in seconds from the start."""
        return sum(step.estimate_s for step in self.plan.steps[:index])

    def steps(self, kind: StepKind) -> list[int]:
        """The places of all steps of a kind."""
        return [index for index, step in enumerate(self.plan.steps) if step.kind is kind]


async def workout() -> list[Grid]:
    """A pair of reps, one on each side."""
    led = Workout()
    starts = [index for index in led.steps(StepKind.PHASE) if led.plan.steps[index].rep_start]
    begin_s, end_s = led.begins_s(starts[0]), led.begins_s(starts[REPS])
    grids = []
    async with led.app.run_test(size=SIZE):
        for number in range(round((end_s - begin_s) / FRAME_S)):
            led.pass_to(begin_s + number * FRAME_S)
            await settle(led.app)
            grids.append(grid_of(led.app))
    return grids


async def rest() -> list[Grid]:
    """The first rest between two sets, when the figure has come to where the movement leads."""
    led = Workout()
    async with led.app.run_test(size=SIZE):
        led.pass_to(led.begins_s(led.steps(StepKind.REST)[0]) + REST_PASSED_S)
        await settle(led.app)
        return [grid_of(led.app)]


async def _looked_at(keys: Iterable[str]) -> list[Grid]:
    """The program with half a year behind it, after these keys."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        paths = Paths(home, home, home / "cache")
        make_half_year(home, FRIDAY)
        remember_told(paths, CHOSEN_ROUTINE)
        remember_told(paths, TOLD_SAFETY)
        chosen = Settings(routine="lower-back", theme="dark", figure="still", progression="off")
        now = datetime(FRIDAY.year, FRIDAY.month, FRIDAY.day, 8, tzinfo=UTC)
        training = Training(
            paths, chosen, Library(paths).load("lower-back"), now=lambda: now, clock=lambda: 0.0
        )
        with closing(training):
            app = BacktimerApp(training, muted=True)
            async with app.run_test(size=SIZE) as pilot:
                await settle(app)
                for key in keys:
                    await pilot.press(key)
                    await settle(app)
                if isinstance(app.screen, TodayScreen):
                    app.screen._begin_to_draw()  # else after a while
                    await settle(app)
                return [grid_of(app)]


async def today() -> list[Grid]:
    """What the day asks for."""
    return await _looked_at(())


async def past() -> list[Grid]:
    """What was done so far."""
    return await _looked_at(("h", "left"))


TAKEN: dict[str, Callable[[], Awaitable[list[Grid]]]] = {
    "today": today,
    "workout": workout,
    "rest": rest,
    "past": past,
}


async def taken(name: str) -> str:
    """One of the pictures, as the program looks now."""
    return picture(await TAKEN[name](), FRAME_S, TOLD[name])


def main() -> int:
    os.environ.pop("NO_COLOR", None)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in TAKEN:
        file = FOLDER / f"{name}.svg"
        file.write_text(asyncio.run(taken(name)), encoding="utf-8")
        print(f"{file} {file.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
