"""The questions over a screen: each answer by key, by click, and by arrow and Enter."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import Button

import backtimer.tui
from backtimer.tui.screens.dialogs import LeaveChoice, LeaveDialog, ResumeChoice, ResumeDialog
from backtimer.tui.themes import DARK
from tests.rules import for_each
from tests.tui.conftest import THURSDAY, unfinished_monday
from tests.tui.frames import check_frame, frame
from tests.tui.workout_kit import STRETCH, Kit, exercise_day

TUI = Path(backtimer.tui.__file__).parent


class Asking(App[None]):
    """Asks, and remembers the answer."""

    def __init__(self, dialog: ModalScreen[Any]) -> None:
        super().__init__()
        self.dialog = dialog
        self.answers: list[StrEnum | None] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.answers.append)


def leaving() -> Asking:
    return Asking(LeaveDialog(5, 9))


def resuming() -> Asking:
    return Asking(ResumeDialog(unfinished_monday(), THURSDAY))


LEAVE_KEYS = [
    ("escape", LeaveChoice.GO_ON),
    ("g", LeaveChoice.GO_ON),
    ("space", LeaveChoice.GO_ON),
    ("enter", LeaveChoice.GO_ON),
    ("s", LeaveChoice.SAVE),
    ("l", LeaveChoice.LATER),
    ("q", LeaveChoice.LATER),
    ("down enter", LeaveChoice.SAVE),
    ("right right enter", LeaveChoice.LATER),
    ("tab enter", LeaveChoice.SAVE),
    ("up enter", LeaveChoice.LATER),
    ("down left enter", LeaveChoice.GO_ON),
]
RESUME_KEYS = [
    ("enter", ResumeChoice.RESUME),
    ("r", ResumeChoice.RESUME),
    ("s", ResumeChoice.SAVE),
    ("d", ResumeChoice.DISCARD),
    ("escape", ResumeChoice.LATER),
    ("l", ResumeChoice.LATER),
    ("q", ResumeChoice.LATER),
    ("down enter", ResumeChoice.SAVE),
    ("down down enter", ResumeChoice.DISCARD),
    ("shift+tab enter", ResumeChoice.LATER),
]


@pytest.mark.parametrize(("keys", "choice"), LEAVE_KEYS, ids=str)
async def test_leaving_by_key(keys: str, choice: LeaveChoice) -> None:
    app = leaving()
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.answers == [choice]


@pytest.mark.parametrize(("keys", "choice"), RESUME_KEYS, ids=str)
async def test_resuming_by_key(keys: str, choice: ResumeChoice) -> None:
    app = resuming()
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.answers == [choice]


@pytest.mark.parametrize("choice", list(LeaveChoice))
async def test_leaving_by_click(choice: LeaveChoice) -> None:
    app = leaving()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.click(f"#{choice.value}")
        await pilot.pause()
        assert app.answers == [choice]


@pytest.mark.parametrize("choice", list(ResumeChoice))
async def test_resuming_by_click(choice: ResumeChoice) -> None:
    app = resuming()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.click(f"#{choice.value}")
        await pilot.pause()
        assert app.answers == [choice]


async def test_any_other_key_answers_nothing() -> None:
    app = resuming()
    async with app.run_test() as pilot:
        await pilot.press("x", "space", "t", "1", "backspace")
        await pilot.pause()
        assert app.answers == []
        assert app.screen is app.dialog


async def test_a_key_pressed_twice_answers_once() -> None:
    app = resuming()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.simulate_key("s")
        app.simulate_key("s")
        await pilot.pause()
        await pilot.pause()
        assert app.answers == [ResumeChoice.SAVE]


@pytest.mark.parametrize("make", [leaving, resuming])
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)], ids=str)
async def test_all_of_it_is_seen(make: Any, size: tuple[int, int]) -> None:
    app = make()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        seen = frame(app)
        for button in app.screen.query(Button):
            assert str(button.label) in seen
        assert "5 of 9 sets done" in seen
        if size == (40, 12):
            check_frame(app, f"dialog-{make.__name__}")


async def test_what_is_lost_is_said() -> None:
    app = Asking(LeaveDialog(5, 9, 21.6))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "5 of 9 sets done, and kept." in frame(app)
        assert "Lost: the running set, 22 s." in frame(app)
        for button in app.screen.query(Button):
            assert str(button.label) in frame(app)


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=str)
async def test_over_a_workout_the_keys_stand_in_one_column(size: tuple[int, int]) -> None:
    kit = Kit(exercise_day(STRETCH))
    async with kit.app.run_test(size=size) as pilot:
        await pilot.pause()
        await kit.pass_time(pilot, 60.0)
        await pilot.press("q")
        await pilot.pause()
        await pilot.pause()
        seen = frame(kit.app).splitlines()
        keys = ("esc   Go on", "s     End here and save", "l     Stop now, resume later")
        assert all(any(key in line for line in seen) for key in keys)
        places = {line.index(key) for key in keys for line in seen if key in line}
        assert len(places) == 1, frame(kit.app)
        assert "Lost: the running set" in frame(kit.app)


SHEETS = ["dialogs", "first_run", "history", "settings", "summary", "workout"]


@for_each("sheet", SHEETS)
def test_the_styles_of_a_screen_are_its_own(sheet: str) -> None:
    """Every sheet that was read holds for all screens: each rule has to name its own."""
    text = re.sub(r"/\*.*?\*/", "", (TUI / f"{sheet}.tcss").read_text(encoding="utf-8"), flags=re.DOTALL)
    own = re.compile(r"(\w+Screen|\w*Dialog)\b")
    depth, selectors = 0, ""
    for character in text:
        if character == "{":
            for selector in selectors.split(",") if depth == 0 else ():
                assert own.match(selector.strip()), selector.strip()
        if character in "{}":
            depth += 1 if character == "{" else -1
            selectors = ""
        elif depth == 0:
            selectors += character


async def test_one_set_is_not_sets() -> None:
    app = Asking(LeaveDialog(1, 1))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "1 of 1 set done" in frame(app)


@pytest.mark.parametrize("size", [(1, 1), (10, 3)], ids=str)
async def test_no_size_is_too_small(size: tuple[int, int]) -> None:
    app = resuming()
    async with app.run_test(size=size) as pilot:
        await pilot.press("down", "d")
        await pilot.pause()
        assert app.answers == [ResumeChoice.DISCARD]
