"""The workout screen: what it shows at every size, and what every key and click does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from backtimer.core.events import Outcome
from backtimer.core.plan import StepKind
from backtimer.core.routine import Exercise, Position, Prescription
from backtimer.core.session import Command, State
from backtimer.core.units import Count, Reps, seconds
from backtimer.tui.screens.workout import WorkoutResult, WorkoutScreen
from backtimer.tui.screens.workout_stage import WorkoutStage
from tests.tui.frames import check_frame, frame
from tests.tui.workout_kit import BIRD, CIRCUIT, OWN_PACE, STRETCH, SUPER, YOGA, Kit, exercise_day

DAY = exercise_day(CIRCUIT, STRETCH, OWN_PACE)
SIZES = ((80, 24), (120, 40), (40, 12), (200, 60))
PREPARE_S = 10.0
REP_S = 2 + 3 + 2 + 1  # lift, hold, lower, and the change of side

Led = tuple[Kit, Pilot[Any]]


async def settle(pilot: Pilot[Any]) -> None:
    """Let everything be drawn, the footer too, which follows after the next refresh."""
    for _ in range(3):
        await pilot.pause()


def stage_of(kit: Kit) -> WorkoutStage:
    return kit.app.screen_stack[1].query_one(WorkoutStage)


def breath_of(kit: Kit) -> tuple[str, float]:
    stage = stage_of(kit)
    return stage.breath_word.text, round(stage.bar.level, 3)


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


# ---------------------------------------------------------------------- what is seen


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


async def long_hold(kit: Kit, pilot: Pilot[Any]) -> None:
    await skip_to(kit, pilot, "piriformis-stretch")
    await kit.pass_time(pilot, 15 + 7)


async def switch(kit: Kit, pilot: Pilot[Any]) -> None:
    await skip_to(kit, pilot, "piriformis-stretch")
    await kit.pass_time(pilot, 15 + 30 + 2)


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
    for words in (
        "Bird-dog",
        "Lift",
        "Rep 2 of 4 ●◉○○",
        "Set 1 of 2 ◉○",
        "Round 1 of 3 ◉○○",
        "Breathe out",
        "Next: Rest 45 s",
    ):
        assert words in seen
    assert "left" in seen.lower()


async def test_the_breath_fills_and_empties_with_the_phase() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 0.5)
        stage = stage_of(kit)
        assert breath_of(kit) == ("Breathe out", 0.75)
        await kit.pass_time(pilot, 1.0)
        assert stage.bar.level == pytest.approx(0.25)
        await kit.pass_time(pilot, 1.0)
        assert breath_of(kit) == ("Breathe freely", 0.0)
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
        bar = stage_of(kit).bar
        kit.clock.now += 0.3
        for _ in range(50):
            if bar.level != 1.0:
                break
            await pilot.pause(0.02)
        assert bar.level == pytest.approx(0.85)


async def test_the_session_runs_on_its_own_timer() -> None:
    kit = Kit(exercise_day(SUPER))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S - 0.001)
        kit.clock.now += 0.5
        for _ in range(200):
            if kit.coach.snapshot().step.kind is StepKind.PHASE and stage_of(kit).phase.text == "Lift":
                break
            await pilot.pause(0.01)
        assert stage_of(kit).phase.text == "Lift"


async def test_guidance_tells_the_known_by_its_faults_and_the_new_by_its_setup() -> None:
    kit = Kit(exercise_day(BIRD))
    async with kit.app.run_test() as pilot:
        await pilot.pause()
        assert stage_of(kit).guidance.text.startswith("Come onto your hands and knees.\nHands under")
        await rest(kit, pilot)
        assert stage_of(kit).guidance.text.startswith("Look down at the mat")


async def test_marks_tell_sets_that_were_left_out_and_those_that_hurt() -> None:
    kit = Kit(exercise_day(Prescription("superman", sets=Count(5, 5), reps=Reps((Count(2, 2),)))))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 8 + 45)
        await kit.pass_time(pilot, 1)
        await pilot.press("n")
        await kit.pass_time(pilot, 3 + 5)  # the count-in, and a rep
        await pilot.press("n")
        await settle(pilot)
        assert "Set 4 of 5 ●–◐◉○" in frame(kit.app)


# ---------------------------------------------------------------------- keys and clicks


FREE_KEYS = [
    "space",
    "x",
    "Z",
    "ä",
    "7",
    "up",
    "down",
    "home",
    "end",
    "f5",
    "delete",
    "tab",
    "enter",
    "ctrl+g",
]


async def test_any_free_key_pauses_and_goes_on() -> None:
    kit = Kit(YOGA)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 1)
        for key in FREE_KEYS:
            await pilot.press(key)
            assert state_of(kit) is State.PAUSED, key
            await pilot.press(key)
            assert state_of(kit) is State.COUNT_IN, key
            await kit.pass_time(pilot, 3)
            assert state_of(kit) is State.RUNNING, key


async def test_a_pause_cannot_be_overlooked() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await paused(kit, pilot)
        await settle(pilot)
        assert "Space goes on" in frame(kit.app)
        assert stage_of(kit).paused.text == "Paused"
        assert stage_of(kit).paused.region.height > 5
        assert not stage_of(kit).count.is_on_screen


async def test_modifiers_alone_do_nothing() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        for key in ("left_shift", "right_control", "left_alt", "caps_lock", "left_super"):
            await pilot.press(key)
            assert state_of(kit) is State.RUNNING, key


async def test_a_key_that_means_nothing_now_does_not_pause() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await own_pace(kit, pilot)
        await pilot.press("plus")
        assert state_of(kit) is State.WAITING


async def test_next_and_previous_set() -> None:
    kit = Kit(exercise_day(BIRD, SUPER, STRETCH))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        for number, key in enumerate(("n", "right", "pagedown"), start=1):
            await pilot.press(key)
            await kit.pass_time(pilot, 15)  # past what leads to it
            assert kit.coach.snapshot().step.set_index == number
        assert {record.outcome for record in kit.notes.records} <= {Outcome.SKIPPED, Outcome.PARTIAL}
        for number, key in zip((2, 1, 0), ("p", "left", "pageup"), strict=True):
            await pilot.press(key)
            await kit.pass_time(pilot, 15)
            assert kit.coach.snapshot().step.set_index == number


async def test_ten_seconds_more() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 4)
        await pilot.press("plus")
        assert stage_of(kit).count.text == "16"
        await pilot.press("equals_sign")
        assert stage_of(kit).count.text == "26"


async def test_it_hurts_goes_on_with_the_next_exercise() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("h")
        assert kit.notes.records[0].outcome is Outcome.HURT
        assert kit.notes.records[0].side == "left"
        stage = stage_of(kit)
        assert (stage.heading.text, stage.phase.text, stage.count.text) == (
            "Superman",
            "Change position",
            "15",
        )
        await settle(pilot)
        assert "Ease out of it, slowly." in frame(kit.app)


async def back_to_another_position(kit: Kit, pilot: Pilot[Any]) -> None:
    """From the stretch, seated, back to the superman, face down."""
    await skip_to(kit, pilot, "piriformis-stretch")
    await kit.pass_time(pilot, 15 + 1)
    kit.coach.command(Command.PREVIOUS_SET)
    kit.wake()


async def test_a_detour_looks_like_what_leads_to_a_set_until_it_counts_in() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await back_to_another_position(kit, pilot)
        await kit.pass_time(pilot, 2)
        stage = stage_of(kit)
        assert state_of(kit) is State.COUNT_IN
        assert (stage.heading.text, stage.phase.text, stage.count.text) == (
            "Superman",
            "Change position",
            "13",
        )
        assert stage.has_class("-guided")
        assert stage.coming.text.startswith("Next: Superman")
        await settle(pilot)
        assert "Push up" not in frame(kit.app)
        assert "Lie down on your stomach." in frame(kit.app)
        await kit.pass_time(pilot, 10)
        assert (stage.phase.text, stage.count.text) == ("Get ready", "3")
        assert not stage.has_class("-guided")
        await kit.pass_time(pilot, 3)
        assert state_of(kit) is State.RUNNING


async def test_a_detour_without_a_new_position_says_to_get_ready() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await own_pace(kit, pilot)
        await pilot.press("p")
        stage = stage_of(kit)
        assert (stage.heading.text, stage.phase.text, stage.count.text) == (
            "Piriformis stretch",
            "Get ready",
            "10",
        )
        assert stage.side.text == "Right"


async def test_where_what_hurt_is_left_out_there_is_the_rest_of_the_round() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("h")
        while kit.coach.state is not State.COUNT_IN:
            await kit.pass_time(pilot, 1)
        stage = stage_of(kit)
        assert (stage.heading.text, stage.phase.text) == ("Superman", "Rest")
        await settle(pilot)
        assert "Ease out" not in frame(kit.app)
        await pilot.press("space")
        await settle(pilot)
        assert "Get ready" in frame(kit.app)


async def test_enter_ends_a_set_at_ones_own_pace() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await own_pace(kit, pilot)
        await settle(pilot)
        assert "enter Done" in frame(kit.app)
        await pilot.press("enter")
        assert kit.notes.records[-1].outcome is Outcome.DONE
        await settle(pilot)
        assert "enter Done" not in frame(kit.app)


async def test_finish_ends_the_session() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("f")
        await pilot.pause()
        assert kit.app.return_value is None, "it asks first"
        await pilot.press("f")
        await pilot.pause()
    assert kit.app.return_value is WorkoutResult.ENDED
    assert kit.notes.told == ["start", "end"]


async def test_the_last_set_ends_the_session() -> None:
    kit = Kit(exercise_day(Prescription("superman", sets=Count(1, 1), reps=Reps((Count(1, 1),)))))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 4)
        await pilot.pause()
    assert kit.app.return_value is WorkoutResult.ENDED
    assert kit.app.bells == 1


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_quit_asks_and_the_session_waits(key: str) -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press(key)
        assert kit.app.screen.is_modal
        assert state_of(kit) is State.PAUSED
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(kit.app.screen, WorkoutScreen)
        assert state_of(kit) is State.COUNT_IN


async def test_quit_while_paused_comes_back_to_the_pause() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await paused(kit, pilot)
        await pilot.press("q")
        await pilot.press("escape")
        await pilot.pause()
        assert state_of(kit) is State.PAUSED


@pytest.mark.parametrize(
    ("answer", "result", "told"),
    [("s", WorkoutResult.ENDED, ["start", "end"]), ("l", WorkoutResult.LEFT, ["start", "leave"])],
)
async def test_quit_saves_or_leaves_for_later(answer: str, result: WorkoutResult, told: list[str]) -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("q")
        await pilot.press(answer)
        await pilot.pause()
    assert kit.app.return_value is result
    assert kit.notes.told == told


async def test_help_shows_the_keys_while_the_session_waits() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test(size=(120, 40)) as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("question_mark")
        await settle(pilot)
        assert state_of(kit) is State.PAUSED
        assert kit.app.screen.query("HelpPanel")
        assert "If something hurts" in frame(kit.app)
        await pilot.press("escape")
        await settle(pilot)
        assert not kit.app.screen.query("HelpPanel")
        assert isinstance(kit.app.screen, WorkoutScreen)


async def test_a_click_on_the_stage_pauses_and_goes_on() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.click("#count")
        assert state_of(kit) is State.PAUSED
        await pilot.click("#paused")
        assert state_of(kit) is State.COUNT_IN


async def test_a_click_in_the_footer_is_the_key_it_shows() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await settle(pilot)
        keys = {key.description: key for key in kit.app.screen.query_one(Footer).query(FooterKey)}
        await pilot.click(keys["Next"])
        assert kit.coach.snapshot().step.set_index == 1
        assert state_of(kit) is not State.PAUSED


async def test_the_footer_follows_the_state() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await settle(pilot)
        assert "space Pause" in frame(kit.app)
        await pilot.press("space")
        await settle(pilot)
        assert "space Go on" in frame(kit.app)


async def test_all_keys_are_told_of() -> None:
    for binding in WorkoutScreen.BINDINGS:
        assert not isinstance(binding, tuple)
        assert binding.id
        assert binding.id.startswith("workout.")
        assert binding.tooltip
        assert binding.description


# ---------------------------------------------------------------------- when things happen


async def test_the_bell_rings_at_both_ends_of_a_hold() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1.9)
        assert kit.app.bells == 0
        await kit.pass_time(pilot, 0.2)
        assert kit.app.bells == 1
        await kit.pass_time(pilot, 3)
        assert kit.app.bells == 2
        await kit.pass_time(pilot, 2.5)
        assert kit.app.bells == 2


async def test_muted_there_is_no_bell() -> None:
    kit = Kit(DAY)
    kit.app.muted = True
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 6)
    assert kit.app.bells == 0


async def test_a_machine_that_slept_finds_the_session_paused() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await slept(kit, pilot)
        await settle(pilot)
        assert state_of(kit) is State.PAUSED
        assert "the computer was away for 12 minutes" in frame(kit.app)
        await pilot.press("space")
        await pilot.press("space")
        await settle(pilot)
        assert "the computer was away" not in frame(kit.app)


async def test_the_key_that_finds_the_sleep_out_does_not_go_on() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 2)
        kit.clock.now += 700
        await pilot.press("space")
        assert state_of(kit) is State.PAUSED


async def test_the_banner_comes_and_goes() -> None:
    kit = Kit(DAY)
    kit.notes.problem = "History is off: [b]disk full[/b]\x1b[2J"
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 1)
        await settle(pilot)
        assert "History is off: [b]disk full[/b]" in frame(kit.app)
        assert "\x1b" not in frame(kit.app)
        kit.notes.problem = ""
        await kit.pass_time(pilot, 1)
        await settle(pilot)
        assert "History is off" not in frame(kit.app)


@pytest.mark.parametrize("name", ["[@click=app.quit]x[/]", "[/]", "[b]bold", "trailing\\", "[$primary]"])
async def test_foreign_text_is_only_text(name: str) -> None:
    strange = Exercise(
        id="strange", name=name, position=Position.PRONE, setup=name, steps=(name,), watch=(name,)
    )
    asked = Prescription(
        "strange", sets=Count(2, 2), reps=Reps((Count(2, 2),)), load=name, note=name, rest=seconds(9)
    )
    kit = Kit(exercise_day(asked, title=name), strange)
    async with kit.app.run_test() as pilot:
        for width, height in ((80, 24), (40, 12)):
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            lines = [y for y, line in enumerate(frame(kit.app).splitlines()) if name in line]
            assert len(lines) > 2
            for y in lines:
                await pilot.click(offset=(4, y))
        await kit.pass_time(pilot, PREPARE_S + 6)
        assert kit.app.is_running
        assert not kit.app.screen.is_modal


async def test_any_size_will_do_while_it_runs() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test(size=(80, 24)) as pilot:
        for width, height in ((1, 1), (2, 40), (200, 3), (12, 5), (30, 8), (60, 20), (80, 24)):
            await pilot.resize_terminal(width, height)
            await kit.pass_time(pilot, 7)
            assert kit.app.screen.size == Size(width, height)
            assert len(frame(kit.app).splitlines()) == height
        await paused(kit, pilot)
        await pilot.resize_terminal(1, 1)
        await settle(pilot)
        assert state_of(kit) is State.PAUSED


async def test_a_session_that_was_over_already_ends_at_once() -> None:
    first = Kit(exercise_day(SUPER))
    async with first.app.run_test() as pilot:
        await pilot.press("f", "f")
    again = Kit(exercise_day(SUPER), records=first.notes.records)
    async with again.app.run_test() as pilot:
        await pilot.pause()
    assert again.app.return_value is WorkoutResult.ENDED


async def test_nothing_is_allowed_that_the_engine_refuses() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await paused(kit, pilot)
        assert not kit.coach.allowed(Command.EXTEND)
        await pilot.press("plus")
        assert state_of(kit) is State.PAUSED
