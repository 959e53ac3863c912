"""The first screen in each state and size, and the frame that is painted before Textual is there."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem

from backtimer.cli.first_frame import frame_rows
from backtimer.core.picture.ansi import ColourDepth, colour_code, colour_depth
from backtimer.core.picture.palette import DARK_COLOURS, LIGHT_COLOURS
from backtimer.core.picture.rows import width_of
from backtimer.day_view import first_view, opening_of
from backtimer.tui.app import BacktimerApp
from tests.rules import for_each
from tests.tui.frames import check_frame
from tests.tui.painters import check_painters
from tests.tui.taught import STATES, taught_practice

SIZES = [(40, 12), (60, 16), (80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("state", STATES)
async def test_both_painters_paint_every_state_alike(state: str, size: tuple[int, int]) -> None:
    practice = STATES[state]()
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        check_frame(app, f"today-{state}-{size[0]}x{size[1]}")
        check_painters(practice, app)


@pytest.mark.parametrize("depth", [ColourDepth.MANY, ColourDepth.SIXTEEN], ids=str)
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_they_choose_the_same_colours_where_there_are_few(theme: str, depth: ColourDepth) -> None:
    practice = STATES["resting"]()
    practice.theme = theme
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        check_painters(practice, app, depth=depth)


async def test_without_colours_both_reverse_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    practice = taught_practice()
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        check_painters(practice, app, depth=ColourDepth.NONE)


@pytest.mark.parametrize("day", ["monday", "saturday", "sunday"])
async def test_another_day_that_was_asked_for_is_painted_alike(day: str) -> None:
    practice = taught_practice()
    app = BacktimerApp(practice, day=day)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        check_painters(practice, app, day)


async def test_what_was_asked_for_the_first_frame_is_not_asked_again() -> None:
    practice = taught_practice()
    opening = opening_of(practice)
    practice.states = " ".join(["done"] * 7)
    app = BacktimerApp(practice, opening=opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "○" in "".join(strip.text for strip in app.screen._compositor.render_strips())


@for_each("size", [(1, 1), (2, 3), (5, 3), (20, 2), (3, 40), (300, 100)], ids=str)
def test_the_frame_fills_any_screen_and_no_more(size: tuple[int, int]) -> None:
    for make in STATES.values():
        practice = make()
        rows = frame_rows(*first_view(practice, opening_of(practice)), *size)
        assert len(rows) == size[1] and all(width_of(row) <= size[0] for row in rows)


@for_each("colour", sorted({*DARK_COLOURS.values(), *LIGHT_COLOURS.values()}))
def test_the_nearest_colour_is_the_one_that_rich_takes(colour: str) -> None:
    for depth, system in (
        (ColourDepth.MANY, ColorSystem.EIGHT_BIT),
        (ColourDepth.SIXTEEN, ColorSystem.STANDARD),
    ):
        theirs = Color.parse(colour).downgrade(system)
        for ground in (False, True):
            assert colour_code(colour, depth, ground=ground) == ";".join(theirs.get_ansi_codes(not ground))


@for_each(
    ("environment", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, ColourDepth.ALL),
        ({"TERM": "xterm-256color"}, ColourDepth.MANY),
        ({"TERM": "xterm-kitty"}, ColourDepth.MANY),
        ({"TERM": "linux"}, ColourDepth.SIXTEEN),
        ({"TERM": "xterm-16color"}, ColourDepth.SIXTEEN),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, ColourDepth.MANY),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit", "NO_COLOR": "1"}, ColourDepth.NONE),
    ],
)
def test_how_many_colours_a_terminal_has(environment: dict[str, str], depth: ColourDepth) -> None:
    assert colour_depth(environment) is depth
