"""The questions over a screen: each answer by key, by click, and by arrow and Enter."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest
from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import Button

from backtimer.tui.screens.dialogs import LeaveChoice, LeaveDialog, ResumeChoice, ResumeDialog
from backtimer.tui.themes import DARK
from tests.tui.frames import check_frame, frame


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
    return Asking(ResumeDialog("Monday's session from 21 Nov", 5, 9))


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


async def test_one_set_is_not_sets() -> None:
    app = Asking(LeaveDialog(0, 1))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "0 of 1 set done" in frame(app)


@pytest.mark.parametrize("size", [(1, 1), (10, 3)], ids=str)
async def test_no_size_is_too_small(size: tuple[int, int]) -> None:
    app = resuming()
    async with app.run_test(size=size) as pilot:
        await pilot.press("down", "d")
        await pilot.pause()
        assert app.answers == [ResumeChoice.DISCARD]
