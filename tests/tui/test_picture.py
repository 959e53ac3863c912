"""The picture widget: only cells that changed are written, and then all is as Textual would draw it."""

from __future__ import annotations

from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from textual.screen import Screen
from textual.theme import Theme

from backtimer.core.picture.ansi import AnsiPainter, ColourDepth
from backtimer.core.picture.palette import DARK_COLOURS, UNREVERSED
from backtimer.core.picture.rows import Look, Span, text_of
from backtimer.tui.screens.pages import SafetyScreen
from backtimer.tui.themes import DARK, LIGHT
from backtimer.tui.widgets.picture import CellsUpdate, Picture, cells_of, changes
from tests.tui.frames import frame
from tests.tui.painters import SYSTEMS, check_cells, check_picture, row_cells, screen_cells
from tests.tui.workout_kit import Kit, WorkoutApp
from tests.tui.workout_moments import DAY, PREPARE_S, settle

TEXTS = st.text(st.sampled_from("ab  ⣿⠁█▀体操é·"), max_size=12)
ROWS = st.lists(st.builds(Span, TEXTS, st.sampled_from((Look.PLAIN, Look.DIM, Look.WORK))), max_size=4)
CODES = dict.fromkeys(Look, ("", ""))
WIDTH = 48


def cells_in(row: tuple[Span, ...]) -> list[tuple[str, Look]]:
    found = cells_of(row)[:WIDTH]
    return found + [(" ", Look.PLAIN)] * (WIDTH - len(found))


@given(before=ROWS, after=ROWS)
def test_what_is_written_makes_one_row_of_the_other(before: list[Span], after: list[Span]) -> None:
    old, new = cells_in(tuple(before)), cells_in(tuple(after))
    screen = pyte.Screen(WIDTH, 3)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[2;1H" + "".join(character for character, _ in old))
    runs = list(changes(0, old, new))
    stream.feed(CellsUpdate(runs, CODES, 0, 1).render_segments(Console()))
    wanted = pyte.Screen(WIDTH, 3)
    pyte.Stream(wanted).feed("\x1b[2;1H" + "".join(character for character, _ in new))
    assert screen.display == wanted.display
    assert bool(runs) == (old != new)


def test_little_is_written_for_a_little_change() -> None:
    old, new = (cells_in((Span(f"{'⣿' * 20}{sign}{'⣿' * 20}", Look.MOVER),)) for sign in "ab")
    [run] = changes(5, old, new)
    assert (run.y, run.x, run.text, run.look) == (5, 20, "b", Look.MOVER)


class Watched(WorkoutApp):
    """Notes what is written beside what Textual draws."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.updates: list[CellsUpdate] = []
        self.drawn = 0

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CellsUpdate):
            self.updates.append(renderable)
        elif renderable is not None:
            self.drawn += 1
        super()._display(screen, renderable)


def watched(kit: Kit) -> Watched:
    app = Watched(kit.coach)
    kit.app = app
    return app


async def test_a_session_written_cell_by_cell_is_the_session_that_textual_draws() -> None:
    kit = Kit(DAY)
    app = watched(kit)
    async with app.run_test(size=(80, 24)) as pilot:
        await kit.pass_time(pilot, 1)
        await settle(pilot)
        picture = app.screen.query_one(Picture)
        screen = pyte.Screen(80, 24)
        stream = pyte.Stream(screen)
        depth = next(
            (each for each in SYSTEMS if SYSTEMS[each] == app.console.color_system), ColourDepth.NONE
        )
        stream.feed("\x1b[?7l" + AnsiPainter(DARK_COLOURS, depth).painted(picture.rows, 80))
        app.updates.clear()
        for _ in range(12):
            await kit.pass_time(pilot, 2.3)
            for _ in range(50):  # on a busy machine a picture may be known before it is written
                await settle(pilot)
                for update in app.updates:
                    stream.feed(update.render_segments(app.console))
                app.updates.clear()
                if screen_cells(screen)[:23] == row_cells(app, picture.rows, depth):
                    break
            check_cells(screen_cells(screen)[:23], row_cells(app, picture.rows, depth))
            check_picture(app, picture.rows)
        assert "Rep 2 of 4" in "\n".join(screen.display), "it went on"


async def test_nothing_is_written_while_nothing_moves() -> None:
    kit = Kit(DAY)
    app = watched(kit)
    async with app.run_test(size=(80, 24)) as pilot:
        await kit.pass_time(pilot, PREPARE_S + 3)
        await pilot.press("space")
        await settle(pilot)
        app.updates.clear()
        app.drawn = 0
        kit.wake()
        await settle(pilot)
        assert (app.updates, app.drawn) == ([], 0)


async def test_it_does_not_write_over_what_lies_on_it() -> None:
    kit = Kit(DAY)
    app = watched(kit)
    async with app.run_test(size=(80, 24)) as pilot:
        await kit.pass_time(pilot, PREPARE_S + 3)
        await settle(pilot)
        await app.push_screen(SafetyScreen())
        await settle(pilot)
        app.updates.clear()
        picture = app.screen_stack[1].query_one(Picture)
        rows = list(picture.rows)
        rows[4] = (Span("something new"),)
        picture.show(rows)
        assert app.updates == []
        await pilot.press("x")
        await settle(pilot)
        assert "something new" in frame(app) or "Paused" in frame(app)


async def test_rows_of_another_size_are_drawn_by_textual() -> None:
    kit = Kit(DAY)
    app = watched(kit)
    async with app.run_test(size=(80, 24)) as pilot:
        await kit.pass_time(pilot, 1)
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        picture = app.screen.query_one(Picture)
        assert len(picture.rows) == 29
        assert [text_of(row).rstrip() for row in picture.rows] == frame(app).splitlines()[:29]


@pytest.mark.parametrize("depth", [ColourDepth.ALL, ColourDepth.MANY, ColourDepth.SIXTEEN], ids=str)
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
async def test_every_look_is_painted_alike_without_textual(theme: Theme, depth: ColourDepth) -> None:
    """A row of each look, so that no colour, weight or ground is left out."""
    rows = [(Span("ab ⣿█ ", look), Span("c")) for look in Look]
    kit = Kit(DAY, theme=theme.name)
    async with kit.app.run_test(size=(12, len(rows) + 1)) as pilot:
        kit.app.screen.query_one(Picture).show(rows)
        await settle(pilot)
        check_picture(kit.app, rows, depth)


async def test_without_colours_every_look_is_painted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    rows = [(Span("ab ⣿█ ", look), Span("c")) for look in Look if look not in UNREVERSED]
    kit = Kit(DAY)
    async with kit.app.run_test(size=(12, len(rows) + 1)) as pilot:
        kit.app.screen.query_one(Picture).show(rows)
        await settle(pilot)
        check_picture(kit.app, rows, ColourDepth.NONE)


async def test_another_theme_has_other_colours() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test(size=(80, 24)) as pilot:
        found: list[str] = []
        for theme in (DARK, LIGHT, DARK):
            kit.app.theme = theme.name
            await kit.pass_time(pilot, PREPARE_S + 0.5 if not found else 0.1)
            await settle(pilot)
            strips = kit.app.screen._compositor.render_strips()
            bar = next(segment for segment in strips[19] if "████" in segment.text)
            assert bar.style is not None and bar.style.color is not None
            found.append(bar.style.color.get_truecolor().hex)
    assert found == [theme.primary for theme in (DARK, LIGHT, DARK)]
