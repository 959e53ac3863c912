"""The workout screen: what it shows, at every size."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.routine import Prescription
from backtimer.core.plan.units import Count, Reps
from backtimer.core.session.transitions import State
from backtimer.tui.widgets.picture import Picture
from tests.bundled import library
from tests.tui.frames import check_frame, frame
from tests.tui.painters import check_picture
from tests.tui.workout_kit import BIRD, STRETCH, SUPER, YOGA, Kit, exercise_day
from tests.tui.workout_moments import (
    DAY,
    PREPARE_S,
    SIZES,
    count_in,
    get_ready,
    lift,
    loaded,
    long_hold,
    own_pace,
    paused,
    position_change,
    rest,
    screen_of,
    settle,
    shown,
    slept,
    state_of,
    switch,
    switch_in_a_set,
)


def breath_of(kit: Kit) -> tuple[str, float | None]:
    breath = screen_of(kit).breath
    return breath.word, None if breath.level is None else round(breath.level, 3)


@pytest.mark.parametrize(
    "moment",
    [
        get_ready,
        lift,
        rest,
        switch_in_a_set,
        position_change,
        long_hold,
        switch,
        own_pace,
        paused,
        slept,
        count_in,
        loaded,
    ],
)
async def test_every_moment_looks_as_it_should_at_every_size(
    moment: Callable[[Kit, Pilot[Any]], Awaitable[None]],
) -> None:
    kit = Kit(DAY)
    async with kit.app.run_test(size=SIZES[0]) as pilot:
        await moment(kit, pilot)
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            check_frame(kit.app, f"{moment.__name__}-{width}x{height}")
            if (width, height) == SIZES[0]:
                check_picture(kit.app, kit.app.screen.query_one(Picture).rows)


async def test_a_set_at_ones_own_pace_says_first_how_many_and_only_then_how() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test(size=SIZES[0]) as pilot:
        await own_pace(kit, pilot)
        view = shown(kit)
        assert view.phase == ("12 reps",)
        assert view.rep_word.startswith("At your own pace") and "reps" not in view.rep_word


async def test_an_activity_is_one_long_step() -> None:
    kit = Kit(YOGA)
    async with kit.app.run_test(size=SIZES[0]) as pilot:
        await kit.pass_time(pilot, 65)
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            check_frame(kit.app, f"activity-{width}x{height}")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_small_screens_show_all_that_matters_in_plain_words(size: tuple[int, int]) -> None:
    kit = Kit(DAY)
    async with kit.app.run_test(size=size) as pilot:
        await lift(kit, pilot)
        await settle(pilot)
        seen = frame(kit.app)
    for words in ("Bird-dog", "Rep 2 of 4 ●◉○○", "Then: Rest 45 s", "Keep both hips", "21:14 left"):
        assert words in seen
    wide = ("round 1 of 3 ◉○○ · set 1 of 2 ◉○", "█▀█ █ █ ▀█▀    ██")
    for words in wide if size[0] > 40 else ("Lift  Left", "Breathe out █"):
        assert words in seen


async def test_the_breath_fills_and_empties_with_the_phase() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 0.5)
        assert breath_of(kit) == ("Breathe out", 0.75)
        await kit.pass_time(pilot, 1.0)
        assert breath_of(kit) == ("Breathe out", 0.25)
        await kit.pass_time(pilot, 1.0)
        assert breath_of(kit) == ("Breathe freely", None)
        await kit.pass_time(pilot, 3.0)
        assert breath_of(kit) == ("Breathe in", 0.25)


async def test_a_long_hold_is_filled_with_slow_breaths() -> None:
    kit = Kit(exercise_day(STRETCH))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 2)
        assert breath_of(kit) == ("Breathe in", 0.5)
        await kit.pass_time(pilot, 5)
        assert breath_of(kit) == ("Breathe out", 0.5)
        await kit.pass_time(pilot, 5)
        assert breath_of(kit) == ("Breathe in", 0.5)


async def test_the_breath_moves_between_the_seconds_by_itself() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S)
        before = frame(kit.app)
        kit.clock.now += 0.3
        for _ in range(50):
            if breath_of(kit) != ("Breathe out", 1.0):
                break
            await pilot.pause(0.02)
        assert breath_of(kit) == ("Breathe out", 0.85)
        assert frame(kit.app).count("█") < before.count("█")


async def test_the_session_runs_on_its_own_timer() -> None:
    kit = Kit(exercise_day(SUPER))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S - 0.001)
        kit.clock.now += 0.5
        for _ in range(200):
            if kit.coach.snapshot().step.kind is StepKind.PHASE and shown(kit).phase[0] == "Lift":
                break
            await pilot.pause(0.01)
        assert shown(kit).phase[0] == "Lift"


async def test_guidance_tells_the_known_by_its_faults_and_the_new_by_its_setup() -> None:
    kit = Kit(exercise_day(BIRD))
    async with kit.app.run_test() as pilot:
        await pilot.pause()
        assert "\n".join(shown(kit).how).startswith("Come onto your hands and knees.\nHands under")
        await rest(kit, pilot)
        assert "\n".join(shown(kit).how).startswith("Look down at the mat")


async def test_marks_tell_sets_that_were_left_out_and_those_that_hurt() -> None:
    kit = Kit(exercise_day(Prescription("superman", sets=Count(5, 5), reps=Reps((Count(2, 2),)))))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 8 + 45)
        await kit.pass_time(pilot, 1)
        await pilot.press("n")
        await kit.pass_time(pilot, 3 + 5)  # the count-in, and a rep
        await pilot.press("n")
        await settle(pilot)
        assert "set 4 of 5 ●–◐◉○" in frame(kit.app)


async def test_in_a_pause_the_pages_of_how_it_is_done_go_on_turning() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test(size=(40, 12)) as pilot:
        await kit.pass_time(pilot, 1)
        await pilot.press("space")
        seen = set()
        for _ in range(60):
            kit.clock.now += 1
            screen_of(kit)._show_troubles()
            await pilot.pause()
            seen.add(frame(kit.app))
        words = " ".join(" ".join(each.split()) for each in seen)
        assert state_of(kit) is State.PAUSED
        assert "opposite leg" in words and "so that your neck" in words


async def test_the_figure_does_the_exercise_in_its_place_at_every_size() -> None:
    kit = Kit(
        exercise_day(Prescription("bird-dog", reps=Reps((Count(10, 10),)))), library().exercise("bird-dog")
    )
    async with kit.app.run_test(size=SIZES[0]) as pilot:
        await kit.pass_time(pilot, PREPARE_S - 4)
        for moment in ("before", "reach"):
            for width, height in SIZES:
                await pilot.resize_terminal(width, height)
                await settle(pilot)
                check_frame(kit.app, f"figure_{moment}-{width}x{height}")
            await kit.pass_time(pilot, 4 + 2)
