"""The moments of a workout that the tests of its screen look at, and how to get there."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from backtimer.core.picture.moment import View
from backtimer.core.plan.plan import StepKind
from backtimer.core.session.transitions import Command, State
from backtimer.tui.screens.workout import WorkoutScreen
from tests.tui.workout_kit import CIRCUIT, OWN_PACE, STRETCH, Kit, exercise_day

DAY = exercise_day(CIRCUIT, STRETCH, OWN_PACE)
SIZES = ((80, 24), (120, 40), (40, 12), (200, 60))
PREPARE_S = 10.0
REP_S = 2 + 3 + 2 + 1  # lift, hold, lower, and the change of side


async def settle(pilot: Pilot[Any]) -> None:
    """Let everything be drawn, the footer too, which follows after the next refresh."""
    for _ in range(3):
        await pilot.pause()


def screen_of(kit: Kit) -> WorkoutScreen:
    screen = kit.app.screen_stack[1]
    assert isinstance(screen, WorkoutScreen)
    return screen


def shown(kit: Kit) -> View:
    """What the picture of the workout shows now."""
    view = screen_of(kit).shown
    assert view is not None
    return view


def state_of(kit: Kit) -> State:
    return kit.coach.state


async def skip_to(kit: Kit, pilot: Pilot[Any], exercise: str) -> None:
    """Go to what leads to this exercise, from the very beginning of the set before it."""
    before = next(index for index, spec in enumerate(kit.plan.sets) if spec.exercise == exercise) - 1
    work = kit.plan.sets[before].first_step
    while kit.coach.snapshot().step_index < work:
        kit.coach.command(Command.NEXT_SET)
    while kit.coach.state is State.COUNT_IN:
        await kit.pass_time(pilot, 1)
    kit.coach.command(Command.NEXT_SET)
    kit.wake()
    await pilot.pause()


async def get_ready(kit: Kit, pilot: Pilot[Any]) -> None:
    await kit.pass_time(pilot, 3)


async def lift(kit: Kit, pilot: Pilot[Any]) -> None:
    await kit.pass_time(pilot, PREPARE_S + 2 * REP_S + 1)


async def rest(kit: Kit, pilot: Pilot[Any]) -> None:
    await kit.pass_time(pilot, PREPARE_S + 8 * REP_S - 1 + 12)


async def switch_in_a_set(kit: Kit, pilot: Pilot[Any]) -> None:
    await kit.pass_time(pilot, PREPARE_S + 7.5)


async def position_change(kit: Kit, pilot: Pilot[Any]) -> None:
    await skip_to(kit, pilot, "piriformis-stretch")
    await kit.pass_time(pilot, 2)


async def to_work(kit: Kit, pilot: Pilot[Any]) -> None:
    """Go on to the beginning of the work, however long the way there is told."""
    while (delay := kit.coach.delay()) is not None and kit.coach.snapshot().step.kind is not StepKind.PHASE:
        await kit.pass_time(pilot, delay)


async def long_hold(kit: Kit, pilot: Pilot[Any]) -> None:
    await skip_to(kit, pilot, "piriformis-stretch")
    await to_work(kit, pilot)
    await kit.pass_time(pilot, 7)


async def switch(kit: Kit, pilot: Pilot[Any]) -> None:
    await skip_to(kit, pilot, "piriformis-stretch")
    await to_work(kit, pilot)
    await kit.pass_time(pilot, 30 + 2)


async def own_pace(kit: Kit, pilot: Pilot[Any]) -> None:
    await skip_to(kit, pilot, "seated-row")
    await kit.pass_time(pilot, 10 + 27)


async def paused(kit: Kit, pilot: Pilot[Any]) -> None:
    await kit.pass_time(pilot, PREPARE_S + 3)
    await pilot.press("space")


async def slept(kit: Kit, pilot: Pilot[Any]) -> None:
    await kit.pass_time(pilot, PREPARE_S + 2)
    kit.clock.now += 700
    kit.wake()


async def count_in(kit: Kit, pilot: Pilot[Any]) -> None:
    await paused(kit, pilot)
    await pilot.press("space")
    await kit.pass_time(pilot, 1)


async def loaded(kit: Kit, pilot: Pilot[Any]) -> None:
    await skip_to(kit, pilot, "superman")
    await kit.pass_time(pilot, 15 + 1)
