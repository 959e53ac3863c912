"""The first screen: what the day asks for, the other days, and what waits to be finished."""

from __future__ import annotations

from datetime import date

import pytest

from backtimer.core.plan.routine import (
    REST_DAY,
    WEEKDAYS,
    Day,
    DayKind,
    Exercise,
    Pace,
    Position,
    Prescription,
    Routine,
)
from backtimer.core.plan.units import Count, Reps
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from backtimer.tui.widgets.week import DayHead, WeekStrip
from tests.tui.conftest import FakePractice, footer, press, reps, training, week_routine
from tests.tui.frames import check_frame, frame

WEDNESDAY = date(2026, 11, 25)
pytestmark = pytest.mark.usefixtures("still_workout")
SIZES = [(40, 12), (60, 16), (80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frame_at_every_size(practice: FakePractice, size: tuple[int, int]) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        check_frame(app, f"today-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 2), (3, 40)], ids=str)
async def test_no_size_is_too_small(practice: FakePractice, size: tuple[int, int]) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "left", "right", "right", "t")
        assert isinstance(app.screen, TodayScreen)


async def test_essentials_are_seen_on_the_smallest_screen() -> None:
    app = BacktimerApp(FakePractice(), day="monday")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        seen = frame(app)
    for essential in ("Monday – Strength circuit", "min", "3 rounds", "Bird-dog", "enter Start", "q Quit"):
        assert essential in seen


async def test_a_growing_terminal_shows_more(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "4 days in a row" not in frame(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "4 days in a row" in frame(app)


async def test_enter_starts_today(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await press(pilot, "enter")
        assert practice.told == ["begin thursday"]
        assert isinstance(app.screen, WorkoutScreen)


async def test_enter_twice_in_a_hurry_starts_once(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.screen.query_one(DayHead).post_message(DayHead.Pressed())
        app.screen.query_one(DayHead).post_message(DayHead.Pressed())
        await pilot.pause()
        await pilot.pause()
        assert practice.told == ["begin thursday"]


async def test_arrows_choose_a_day_and_enter_starts_it(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await press(pilot, "right")
        assert "Friday – Strength and stretch" in frame(app)
        await press(pilot, "enter")
        assert practice.told == ["begin friday"]


async def test_the_week_goes_round(practice: FakePractice) -> None:
    app = BacktimerApp(practice, day="sunday")
    async with app.run_test() as pilot:
        await press(pilot, "right")
        assert "Monday –" in frame(app)
        await press(pilot, "left")
        assert "Sunday –" in frame(app)


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=str)
async def test_a_click_chooses_each_day(practice: FakePractice, size: tuple[int, int]) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        strip = app.screen.query_one(WeekStrip)
        for index, name in enumerate(WEEKDAYS):
            middle = (2 * index + 1) * strip.size.width // 14
            await pilot.click(WeekStrip, offset=(middle, 1))
            await pilot.pause()
            assert strip.chosen == index
            assert f"{name.capitalize()} –" in frame(app)


async def test_the_button_starts(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        head = app.screen.query_one(DayHead)
        await pilot.click(DayHead, offset=(3, 1))
        await pilot.pause()
        assert practice.told == []
        await pilot.hover(DayHead, offset=(head.size.width - 2, 1))
        assert head.over_button
        await pilot.click(DayHead, offset=(head.size.width - 2, 1))
        await pilot.pause()
        assert practice.told == ["begin thursday"]


async def test_the_footer_starts(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(offset=(footer(app).index("Start"), 23))
        await pilot.pause()
        assert practice.told == ["begin thursday"]


async def test_a_rest_day_says_so_and_what_comes_next() -> None:
    practice = FakePractice(today=WEDNESDAY, days_in_a_row=0)
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        seen = frame(app)
        assert "Wednesday – Rest" in seen
        assert "Rest, or a light walk." in seen
        assert "Next: tomorrow, Strength circuit, 12 min" in seen
        assert "A good day to begin" in seen
        assert "Start" not in seen
        assert practice.told == []
        check_frame(app, "today-rest")
        await press(pilot, "right", "enter")
        assert practice.told == ["begin thursday"]


async def test_a_week_of_rest_has_no_next() -> None:
    lazy = Routine("lazy", "Lazy week", dict.fromkeys(WEEKDAYS, REST_DAY))
    app = BacktimerApp(FakePractice(lazy, states=" ".join(["rest"] * 7)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Next:" not in frame(app)


async def test_done_today_says_so_and_starts_again(practice: FakePractice) -> None:
    practice.states = "done done rest done due optional rest"
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = frame(app)
        assert "Done for today." in seen
        assert "Next: tomorrow, Strength and stretch" in seen
        assert "Start again" in seen
        check_frame(app, "today-done")
        await press(pilot, "enter")
        assert practice.told == ["begin thursday"]


async def test_an_activity_and_an_optional_day(practice: FakePractice) -> None:
    app = BacktimerApp(practice, day="saturday")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = frame(app)
        assert "Saturday – Active recovery" in seen
        assert "Yoga or light swimming" in seen
        assert "30 min" in seen
        assert "28 Nov · optional" in seen


async def test_several_sessions_a_day_say_so() -> None:
    busy = training("Twice", reps("superman", 8), times=2)
    app = BacktimerApp(FakePractice(week_routine(thursday=busy)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "2 sessions a day" in frame(app)


async def test_self_paced_sets_make_the_length_an_estimate() -> None:
    own = training("Own pace", Prescription("row", sets=Count(3, 3), reps=Reps(()), pace=Pace.SELF))
    app = BacktimerApp(FakePractice(week_routine(thursday=own)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "about " in frame(app)


async def test_a_day_that_is_too_long_says_why_and_cannot_be_started() -> None:
    endless = training("Endless", reps("bird-dog", 1000, 60, sets=100))
    app = BacktimerApp(FakePractice(week_routine(thursday=endless)))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
        assert "Start" not in frame(app)
        assert "Thursday takes longer than 24 hours: ask for less." in frame(app)


async def test_the_states_of_a_week_have_glyphs_of_their_own() -> None:
    practice = FakePractice(states="done part missed due optional rest rest")
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        row = frame(app).splitlines()[4]
        assert row.split() == ["✓", "◐", "·", "○", "◇", "–", "–"]


async def test_the_chosen_day_says_its_state_in_words() -> None:
    app = BacktimerApp(FakePractice(states="done part missed due optional rest rest"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "left", "left")
        assert "24 Nov · partly done" in frame(app)
        await press(pilot, "left")
        assert "23 Nov · done" in frame(app)


async def test_a_day_before_the_first_is_not_called_rest() -> None:
    app = BacktimerApp(FakePractice(states="rest rest rest due due optional rest"), day="monday")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "23 Nov · mat" in frame(app)


async def test_notices_stand_above_everything() -> None:
    app = BacktimerApp(
        FakePractice(notices=("History is off: the disk is full.", "A damaged file was moved aside."))
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        first = frame(app).split("Lower back week")[0]
        assert "History is off: the disk is full." in first
        assert "A damaged file was moved aside." in first


async def test_long_lists_scroll() -> None:
    long_day = training("Long", *(reps(name, 8) for name in ("bird-dog", "superman", "bridge", "row") * 6))
    app = BacktimerApp(FakePractice(week_routine(thursday=long_day)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        top = frame(app)
        for key, back in (("down", "up"), ("pagedown", "pageup"), ("end", "home")):
            await press(pilot, key)
            assert frame(app) != top
            await press(pilot, back)
            await pilot.wait_for_animation()
            assert frame(app) == top


HOSTILE = [
    "[@click=app.quit]x[/]",
    "[/]",
    "back\\",
    "[bold]",
    "\x1b[31mred\x07",
    "\u202eabc",
    "\ud800",
    "日本語の題",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
async def test_texts_of_strangers_do_nothing(text: str) -> None:
    exercise = Exercise("x", text, Position.SUPINE, equipment=(text,))
    amount = Prescription("x", note=text, load=text, reps=Reps((Count(8, 8),)))
    days = {
        **dict.fromkeys(WEEKDAYS, training(text, amount)),
        "friday": Day(DayKind.ACTIVITY, activity=text),
        "saturday": Day(DayKind.REST, title=text, rest=text),
    }
    practice = FakePractice(Routine("x", text, days, {"x": exercise}), notices=(text,))
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(3):
            await pilot.pause()
            seen = frame(app)
            if text.isascii() and text.isprintable():
                assert f"– {text}" in seen
            assert not set("\x1b\x07\u202e\ud800") & set(seen)
            for row, line in enumerate(seen.splitlines()[:-1]):
                if "x" in line:
                    await pilot.click(offset=(line.index("x"), row))
            await press(pilot, "right")
        assert app.is_running
        assert isinstance(app.screen, TodayScreen)


async def test_coming_back_shows_what_has_changed(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        practice.days_in_a_row = 5
        practice.states = "done done rest done due optional rest"
        app.pop_screen()
        await pilot.pause()
        assert "5 days in a row" in frame(app)
        assert "Done for today" in frame(app)


async def test_help_tells_the_keys(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(120, 50)) as pilot:
        await press(pilot, "question_mark")
        await pilot.pause()
        seen = frame(app)
        assert "Enter starts it." in seen
        assert "Day before" in seen
        await press(pilot, "question_mark")
        assert not app.screen.query("HelpPanel")
