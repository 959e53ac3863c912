"""After the last set: what was done, the two questions, the week."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from backtimer.core.picture.letters import draw
from backtimer.core.plan.routine import WEEKDAYS, Exercise, Position, Routine
from backtimer.core.session.events import Outcome
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.pages import SafetyScreen
from backtimer.tui.screens.summary import SummaryScreen
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.widgets.rating import CELL, INSET, NARROW_CELL, RatingQuestion
from tests.tui.conftest import (
    EXERCISES,
    FakeCoach,
    FakePractice,
    all_done,
    press,
    reps,
    training,
    week_routine,
)
from tests.tui.frames import check_frame, frame


class SummaryApp(BacktimerApp):
    """Opens with the summary of a day over today's screen."""

    before: int | None = None
    """The streak before the session."""

    def __init__(self, practice: FakePractice, day: str = "thursday", **outcomes: Outcome) -> None:
        super().__init__(practice)
        plan = practice.plan(day)
        records = list(all_done(plan))
        for name, outcome in outcomes.items():
            index = int(name.removeprefix("set_"))
            records[index] = records[index]._replace(outcome=outcome)
        self.coach = FakeCoach(plan, records)
        self.now = 100.0

    def on_mount(self) -> None:
        self.push_screen(SummaryScreen(self.coach, self.training, before=self.before, clock=lambda: self.now))

    @property
    def ratings(self) -> list[tuple[int | None, int | None]]:
        return self.coach.ratings


def line_of(app: BacktimerApp, start: str) -> str:
    """The row that begins with this, without its blanks."""
    return next(line for line in (row.strip() for row in frame(app).splitlines()) if line.startswith(start))


async def test_what_was_done_is_told(practice: FakePractice) -> None:
    practice.days_in_a_row = 5
    practice.states = "done done rest done due optional rest"
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        seen = frame(app)
        assert "Well done!" in seen
        assert "6 of 6 sets done · 21:40 · Strength circuit" in seen
        assert "5 days in a row" in seen
        assert line_of(app, "✓ Pelvic tilt").endswith("3 of 3 sets done")
        assert line_of(app, "✓ Seated row").endswith("3 of 3 sets done")


@pytest.mark.parametrize(
    ("before", "told"), [(35, "35 → 36 days in a row"), (36, "36 days in a row"), (None, "36 days in a row")]
)
async def test_what_changed_is_told_and_the_numbers_are_large(before: int | None, told: str) -> None:
    app = SummaryApp(FakePractice(days_in_a_row=36))
    app.before = before
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = frame(app).splitlines()
        words = next(row for row in rows if "sets done" in row and "at work" in row)
        assert words.rstrip().endswith(told) and ("→" in words) is (before == 35)
        place = rows.index(words)
        for drawn, column in (("6/6", words.index("6 of 6 sets done")), ("36", words.index(told))):
            digits = [row[column:].ljust(40) for row in rows[place - 3 : place]]
            assert all(row.startswith(line) for row, line in zip(digits, draw(drawn, 1), strict=True))
        await pilot.resize_terminal(80, 18)
        await pilot.pause()
        assert told in frame(app) and "6 of 6 sets done · 21:40" in frame(app)


async def test_a_streak_that_cannot_be_known_is_not_shown_large(practice: FakePractice) -> None:
    practice.on_its_way = True
    app = SummaryApp(practice)
    app.before = 3
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Saving…" in frame(app) and "in a row" not in frame(app)


async def test_every_outcome_has_a_glyph_and_a_word(practice: FakePractice) -> None:
    plan = practice.plan("tuesday")
    names: dict[tuple[str | None, str | None, int], int] = {
        (spec.exercise, spec.side, spec.set): index for index, spec in enumerate(plan.sets)
    }
    outcomes = {
        f"set_{names['cat-cow', None, 2]}": Outcome.PARTIAL,
        f"set_{names['cat-cow', None, 3]}": Outcome.SKIPPED,
        f"set_{names['piriformis', 'left', 1]}": Outcome.HURT,
        f"set_{names['piriformis', 'right', 1]}": Outcome.SKIPPED,
        f"set_{names['piriformis', 'right', 2]}": Outcome.SKIPPED,
    }
    app = SummaryApp(practice, "tuesday", **outcomes)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert line_of(app, "✓ Knees to chest, left").endswith("3 of 3 sets done")
        assert line_of(app, "◐ Cat-cow").endswith("1 of 3 sets done · 1 partly done · 1 skipped")
        assert line_of(app, "! Piriformis stretch, left").endswith("stopped: it hurt · 1 of 2 sets done")
        assert line_of(app, "– Piriformis stretch, right").endswith("skipped")
        assert "physiotherapist" in frame(app)
        check_frame(app, "summary-mixed")


async def test_a_key_opens_the_safety_card_and_comes_back_to_the_questions(practice: FakePractice) -> None:
    app = SummaryApp(practice, "monday")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "s")
        await pilot.pause()
        assert isinstance(app.screen, SafetyScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen) and app.screen.effort.value == 5


async def test_the_side_that_hurt_is_told_where_sides_take_turns() -> None:
    practice = FakePractice()
    app = SummaryApp(practice, "monday")
    records = list(app.coach.records)
    assert records[0] is not None
    records[0] = records[0]._replace(outcome=Outcome.HURT, side="right")
    app.coach.records = tuple(records)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert line_of(app, "! Bird-dog")
        assert "stopped: it hurt on the right · 2 of 3 sets done" in frame(app)


async def test_little_is_not_called_much(practice: FakePractice) -> None:
    skipped = {f"set_{index}": Outcome.SKIPPED for index in range(1, 6)}
    practice.days_in_a_row = 0
    app = SummaryApp(practice, **skipped)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert "Every bit counts." in frame(app)
        assert "A good day to begin" not in frame(app)
        assert "1 of 6 sets done" in frame(app)


@pytest.mark.parametrize(
    ("outcomes", "keys", "words"),
    [
        ({}, "", "Well done!"),
        ({}, "73", "Well done!"),
        ({}, "74", "All done."),
        ({}, "7x", "Be kind to your back today."),
        ({"set_5": Outcome.PARTIAL}, "", "Every bit counts."),
        ({"set_5": Outcome.HURT}, "70", "Be kind to your back today."),
        ({f"set_{index}": Outcome.SKIPPED for index in range(6)}, "", "Another time, then."),
    ],
    ids=str,
)
async def test_the_words_fit_the_day(
    practice: FakePractice, outcomes: dict[str, Outcome], keys: str, words: str
) -> None:
    app = SummaryApp(practice, **outcomes)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert words in frame(app)
        assert ("Well done" in frame(app)) is (words == "Well done!")


async def test_words_follow_a_corrected_answer(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "9")
        assert "Well done" not in frame(app)
        await press(pilot, "1")
        assert "Well done!" in frame(app)


EFFORT_KEYS = [(str(number), number) for number in range(1, 10)] + [("x", 10)]
PAIN_KEYS = [(str(number), number) for number in range(10)] + [("x", 10)]


async def test_each_key_answers_effort(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key, number in EFFORT_KEYS:
            app.screen.query_one("#effort").focus()
            await press(pilot, key)
            assert app.ratings[-1] == (number, None)
            assert f"[{number}]" in frame(app)


async def test_each_key_answers_pain(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key, number in PAIN_KEYS:
            app.screen.query_one("#pain").focus()
            await press(pilot, key)
            assert app.ratings[-1] == (None, number)
            assert f"[{number}]" in frame(app)


async def test_nought_is_no_effort(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "0")
        assert app.ratings == []
        assert app.screen.query_one("#effort", RatingQuestion).has_focus


@pytest.mark.parametrize(
    ("later_s", "answers"), [(0.4, [(1, None), (10, None)]), (1.5, [(1, None), (1, 0)])], ids=str
)
async def test_one_and_nought_are_ten_within_a_second(
    practice: FakePractice, later_s: float, answers: list[tuple[int | None, int | None]]
) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1")
        app.now += later_s
        await press(pilot, "0")
        assert app.ratings == answers
        assert f"[{answers[-1][0]}]" in frame(app)
        await press(pilot, "1")
        app.now += 0.5
        await press(pilot, "0")
        assert app.ratings[-1] == (answers[-1][0], 10), "the last question stays open"


async def test_two_keys_answer_both_and_enter_closes(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "0")
        assert app.ratings == [(7, None), (7, 0)]
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_one_key_skips_each(practice: FakePractice, key: str) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, key, key)
        assert isinstance(app.screen, SummaryScreen)
        assert set(app.ratings) <= {(None, None)}
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("key", ["backspace", "delete"])
async def test_clearing_goes_nowhere(practice: FakePractice, key: str) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, key, key)
        assert set(app.ratings) == {(None, None)}
        assert app.screen.query_one("#effort", RatingQuestion).has_focus
        await press(pilot, "7", key, "3", key)
        assert app.ratings[-1] == (7, None)
        assert app.screen.query_one("#pain", RatingQuestion).has_focus


async def test_an_answer_can_be_corrected_and_taken_back(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "7", "3")
        await press(pilot, "4", "up", "8")
        assert app.ratings == [(7, None), (7, 3), (7, 4), (8, 4)]
        await press(pilot, "backspace")
        await press(pilot, "up", "delete", "5", "2", "delete")
        assert app.ratings[4:] == [(8, None), (None, None), (5, None), (5, 2), (5, None)]
        assert app.screen.query_one("#pain", RatingQuestion).has_focus
        await press(pilot, "6", "up", "up", "down", "enter")
        assert app.ratings[9:] == [(5, 6)]
        assert isinstance(app.screen, TodayScreen)


async def test_from_the_list_up_goes_back_to_a_question(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "enter", "up", "up", "3", "1")
        assert app.ratings == [(3, None), (3, 1)]


async def test_what_was_said_before_going_on_stands_there_and_stays(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    app.coach.rated = (4, 2)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "[4]" in frame(app) and "[2]" in frame(app)
        await press(pilot, "6")
        assert app.ratings == [(6, 2)]


def burst(app: BacktimerApp, *keys: str) -> None:
    """Keys that are all there before the first of them is looked at."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def settled(pilot: Pilot[Any]) -> None:
    for _ in range(4):
        await pilot.pause()


@pytest.mark.parametrize(
    ("keys", "answers"),
    [
        (("4", "0"), (4, 0)),
        (("x", "x"), (10, 10)),
        (("7", "enter"), (7, None)),
        (("enter", "3"), (None, 3)),
        (("right", "right", "enter", "right", "enter"), (2, 0)),
    ],
    ids=str,
)
async def test_each_key_of_a_burst_answers_its_question(
    practice: FakePractice, keys: tuple[str, ...], answers: tuple[int | None, int | None]
) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        burst(app, *keys)
        await settled(pilot)
        assert app.ratings[-1] == answers


async def test_in_a_burst_that_says_more_than_is_asked_the_last_number_holds(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        burst(app, "4", "0", "7", "9")
        await settled(pilot)
        assert app.ratings[-1] == (4, 9)
        assert isinstance(app.screen, SummaryScreen)
        burst(app, "enter")
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_arrows_and_enter_answer(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "right", "right", "right")
        assert "‹3›" in frame(app)
        assert "Take it" in frame(app)
        await press(pilot, "left", "enter")
        assert app.ratings == [(2, None)]
        await press(pilot, "left", "left", "enter")
        assert app.ratings[-1] == (2, 0)


@pytest.mark.parametrize(("width", "cell"), [(80, CELL), (40, NARROW_CELL)])
async def test_a_click_answers(practice: FakePractice, width: int, cell: int) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        for number in (1, 6, 10):
            await pilot.click("#effort", offset=(INSET + number * cell + cell // 2, 1))
            assert app.ratings[-1] == (number, None)
        for number in (0, 5, 10):
            await pilot.click("#pain", offset=(INSET + number * cell + cell // 2, 1))
            assert app.ratings[-1] == (10, number)
        asked = len(app.ratings)
        await pilot.click("#effort", offset=(INSET + 1, 1))
        await pilot.click("#effort", offset=(4, 0))
        assert len(app.ratings) == asked


async def test_what_the_ends_mean_is_told(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = frame(app)
        for words in ("1 very easy … 10 all you have", "0 none … 10 worst imaginable", "1-9, x for 10"):
            assert words in seen
        await press(pilot, "enter")
        assert "0-9, x for 10" in frame(app)


async def test_a_banner_says_what_was_not_saved(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    app.coach.problem = "[/]The disk is full: 3 sets wait to be saved."
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "[/]The disk is full: 3 sets wait to be saved." in frame(app)
        app.coach.problem = ""
        await press(pilot, "5")
        assert "disk is full" not in frame(app)


@pytest.mark.parametrize(
    "size", [(40, 12), (80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}"
)
async def test_frame_at_every_size(practice: FakePractice, size: tuple[int, int]) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "7")
        check_frame(app, f"summary-{size[0]}x{size[1]}")


async def test_the_whole_width_is_used_before_any_key(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        [facts] = [row.rstrip() for row in frame(app).splitlines() if "sets done ·" in row]
        assert facts == "6 of 6 sets done · 21:40", "rather than half a title"
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert "21:40 · Strength circuit\n" in frame(app)


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (30, 5)], ids=str)
async def test_no_size_is_too_small(practice: FakePractice, size: tuple[int, int]) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "right", "7", "enter", "enter")
        assert app.ratings[0] == (7, None)
        assert isinstance(app.screen, TodayScreen)


async def test_names_of_strangers_do_nothing() -> None:
    name = "[@click=app.quit]x[/]\\"
    days = dict.fromkeys(WEEKDAYS, training(name, reps("x", 8)))
    practice = FakePractice(Routine("x", name, days, {"x": Exercise("x", name, Position.SUPINE)}))
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert f"✓ {name}" in frame(app)
        row = next(row for row, line in enumerate(frame(app).splitlines()) if f"✓ {name}" in line)
        await pilot.click(offset=(22, row))
        assert isinstance(app.screen, SummaryScreen)


async def test_a_long_list_scrolls_below_the_questions() -> None:
    many = training("Many", *(reps(name, 8) for name in EXERCISES if name != "bird-dog"), reps("bird-dog", 8))
    app = SummaryApp(FakePractice(week_routine(thursday=many)))
    async with app.run_test(size=(80, 17)) as pilot:
        await pilot.pause()
        assert "Bird-dog" not in frame(app)
        await press(pilot, *["down"] * 10)
        assert "Bird-dog" in frame(app)
        await press(pilot, *["up"] * 12)
        assert app.screen.query_one("#effort", RatingQuestion).has_focus


async def test_sets_never_reached_count_as_skipped(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    app.coach.records = (None,) * len(app.coach.plan.sets)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert line_of(app, "– Pelvic tilt").endswith("skipped")
