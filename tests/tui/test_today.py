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
from backtimer.tui.screens.exercise import ExerciseScreen
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from backtimer.tui.widgets.page_view import PageView
from tests.tui.conftest import FakePractice, footer, press, reps, rest_day, training, week_routine
from tests.tui.frames import frame
from tests.tui.taught import taught_practice
from tests.tui.workout_kit import SUPER, YOGA, exercise_day

WEDNESDAY = date(2026, 11, 25)
pytestmark = pytest.mark.usefixtures("still_workout")


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
    for essential in ("Strength circuit", "min", "Monday 23 Nov", "Bird-dog", "Pain now?", "enter Start"):
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
        page = app.screen.query_one(PageView)
        button = next(target for target in page.page.targets if target.what == "start")
        page.post_message(PageView.Hit(button))
        page.post_message(PageView.Hit(button))
        await pilot.pause()
        await pilot.pause()
        assert practice.told == ["begin thursday"]


async def test_arrows_choose_a_day_and_enter_starts_it(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await press(pilot, "right")
        assert "Friday 27 Nov" in frame(app)
        await press(pilot, "enter")
        assert practice.told == ["begin friday"]


async def test_the_week_goes_round(practice: FakePractice) -> None:
    app = BacktimerApp(practice, day="sunday")
    async with app.run_test() as pilot:
        await press(pilot, "right")
        assert "Monday 23 Nov" in frame(app)
        await press(pilot, "left")
        assert "Sunday 29 Nov" in frame(app)


def place_of(app: BacktimerApp, what: str, value: int = 0) -> tuple[int, int]:
    """The middle of what can be clicked."""
    found = app.screen.query_one(PageView).page.targets
    target = next(each for each in found if (each.what, each.value) == (what, value))
    return (target.begin + target.end) // 2, target.row


def shown_day_of(app: BacktimerApp) -> str:
    screen = app.screen
    assert isinstance(screen, TodayScreen) and screen._shown is not None
    return WEEKDAYS[screen._shown.day.weekday()]


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=str)
async def test_a_click_chooses_each_day(practice: FakePractice, size: tuple[int, int]) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for index, name in enumerate(WEEKDAYS):
            await pilot.click(offset=place_of(app, "day", index))
            await pilot.pause()
            of_today = size == (40, 12) and name == "thursday"  # there it gives way to what is to be fetched
            assert of_today or f"\n {name.capitalize()}" in frame(app)
            assert shown_day_of(app) == name


async def test_a_click_on_the_button_starts_and_one_beside_it_does_not(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(offset=(3, 0))
        assert practice.told == []
        await pilot.click(offset=place_of(app, "start"))
        await pilot.pause()
        assert practice.told == ["begin thursday"]


async def test_a_click_on_a_number_rates(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for number in (10, 0, 4):
            await pilot.click(offset=place_of(app, "number", number))
            assert practice.before == number and f"[{number}]" in frame(app)


async def test_a_click_on_an_exercise_opens_its_page() -> None:
    app = BacktimerApp(taught_practice())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(offset=place_of(app, "exercise", 1))
        await pilot.pause()
        assert isinstance(app.screen, ExerciseScreen) and "Seated row" in frame(app).splitlines()[0]


async def test_enter_opens_what_was_chosen_and_then_starts_again() -> None:
    practice = taught_practice()
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down")
        assert "enter All of it" in footer(app) and "Pull your elbows back" in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ExerciseScreen) and practice.told == []
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen) and "enter Start" in footer(app)
        await press(pilot, "enter")
        assert practice.told == ["begin thursday"]


@pytest.mark.parametrize("keys", [("escape",), ("up", "up")], ids=str)
async def test_who_leaves_the_list_starts_with_enter(keys: tuple[str, ...]) -> None:
    practice = taught_practice()
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", *keys, "enter")
        assert practice.told == ["begin thursday"]


async def test_another_day_begins_with_nothing_chosen() -> None:
    practice = taught_practice()
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "right", "enter")
        assert practice.told == ["begin friday"]


async def test_the_footer_starts(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(offset=(footer(app).index("Start"), 23))
        await pilot.pause()
        assert practice.told == ["begin thursday"]


async def test_a_rest_day_says_so_and_what_comes_next() -> None:
    practice = taught_practice(WEDNESDAY)
    practice.days_in_a_row = 0
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        seen = frame(app)
        assert "Rest, or a light walk" in seen and "Wednesday, today" in seen
        assert "Tomorrow · Strength circuit" in seen and "first Pelvic tilt" in seen
        assert "A good day to begin" in seen
        assert "Start" not in seen and "Pain" not in seen
        assert practice.told == []
        await press(pilot, "right", "enter")
        assert practice.told == ["begin thursday"]


async def test_a_day_of_rest_that_is_not_today_shows_the_weeks_too_and_offers_no_walk() -> None:
    app = BacktimerApp(taught_practice(), day="sunday")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = frame(app)
        assert "Five weeks" in seen and "What comes next" in seen
        assert "I walked" not in seen and seen.count("Rest") == 1


async def test_what_a_day_of_rest_says_at_length_is_there_to_the_end() -> None:
    words = "Rest. Were four weeks good? Then type backtimer use lower-back, and see how the next four go."
    practice = FakePractice(week_routine(wednesday=rest_day(words)), today=WEDNESDAY)
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert words in " ".join(frame(app).split())
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert "see how the next four go" in " ".join(frame(app).split())


async def test_a_walk_is_written_down_with_one_key_on_a_day_of_rest() -> None:
    practice = taught_practice(WEDNESDAY)
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w")
        await pilot.click(offset=place_of(app, "walk"))
        await pilot.pause()
        assert practice.told == ["walk 1800 s on Wednesday"] * 2
        await press(pilot, "right", "w")
        assert len(practice.told) == 2, "Thursday asks for something"


async def test_tomorrows_exercise_can_be_read_today() -> None:
    app = BacktimerApp(taught_practice(WEDNESDAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, ExerciseScreen) and "Pelvic tilt" in frame(app).splitlines()[0]


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
        await press(pilot, "enter")
        assert practice.told == ["begin thursday"]


async def test_an_activity_and_an_optional_day(practice: FakePractice) -> None:
    app = BacktimerApp(practice, day="saturday")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = frame(app)
        assert "Active recovery" in seen
        assert "Yoga or light swimming" in seen
        assert "30 min" in seen
        assert "Saturday 28 Nov · optional" in seen


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
    practice = FakePractice(states="done part missed due optional extra rest")
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        row = frame(app).splitlines()[-2].replace("•", " ")
        assert row.split()[1:14:2] == ["✓", "◐", "·", "○", "◇", "+", "–"]


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
        assert "Monday 23 Nov · mat" in frame(app)


async def test_notices_move_nothing_but_the_end_of_the_list(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = frame(app).splitlines()
        practice.said = ("History is off: the disk is full.", "A damaged file was moved aside.")
        assert isinstance(app.screen, TodayScreen)
        app.screen._show_notices()
        await pilot.pause()
        after = frame(app).splitlines()
        assert "! History is off: the disk is full." in frame(app) and "! A damaged file" in frame(app)
        assert after[:12] == before[:12] and after[-5:] == before[-5:]


async def test_long_lists_move_with_what_is_chosen() -> None:
    long_day = training("Long", *(reps(name, 8) for name in ("bird-dog", "superman", "bridge", "row") * 6))
    app = BacktimerApp(FakePractice(week_routine(thursday=long_day)))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        top = frame(app)
        assert "more" in top and "▸ Seated row" not in top
        await press(pilot, *["down"] * 24)
        assert "▸ Seated row" in frame(app) and "more" not in frame(app)
        await press(pilot, "escape", "home")
        assert "more" in frame(app) and "Bird-dog" in frame(app)
        await press(pilot, "pagedown")
        assert "more" in frame(app) and "▸" not in frame(app)
        await press(pilot, "end")
        assert "more" not in frame(app)


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
                assert f" {text}" in seen
            assert not set("\x1b\x07\u202e\ud800") & set(seen)
            for row, line in enumerate(seen.splitlines()[:-1]):
                if "x" in line:
                    await pilot.click(offset=(line.index("x"), row))
                    if isinstance(app.screen, ExerciseScreen):
                        assert text in frame(app).splitlines()[0]
                        await press(pilot, "enter")
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
        assert "Day" in seen
        await press(pilot, "question_mark")
        assert not app.screen.query("HelpPanel")


async def test_an_activity_is_shown_by_its_figure_and_has_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TodayScreen, "_draw_soon", TodayScreen._begin_to_draw)
    app = BacktimerApp(FakePractice(week_routine(thursday=YOGA)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert any("\u2801" <= sign <= "\u28ff" for sign in frame(app)), "drawn in dots"
        await press(pilot, "down", "enter")
        assert not isinstance(app.screen, ExerciseScreen)


async def test_a_day_without_a_title_names_its_weekday_once() -> None:
    app = BacktimerApp(FakePractice(week_routine(thursday=exercise_day(SUPER, title=""))))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert sum("Thursday" in line for line in frame(app).splitlines()) == 1
        assert "Today" in frame(app)
