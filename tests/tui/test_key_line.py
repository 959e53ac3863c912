"""The line of keys: what stands in it, where it is clicked, and how it moves on a narrow screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.events import MouseScrollDown, MouseScrollUp

from backtimer.tui.widgets.key_line import KeyLine
from tests.tui.conftest import footer

LETTERS = Binding.Group("Letters", compact=True)


class _KeysApp(App[None]):
    """Two keys that share a name, one that may mean nothing, and one with a long label."""

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (40, "-normal")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "hit('a')", "First letter", group=LETTERS, tooltip="The first"),
        Binding("b", "hit('b')", "Second letter", group=LETTERS),
        Binding("c", "hit('c')", "Change", tooltip="Another"),
        Binding("d", "dim", "Dim"),
        Binding("e", "hit('e')", "Everything else that there is", tooltip="The rest"),
        Binding("f", "hit('f')", "Hidden", show=False),
        Binding("g", "hit('c')", "Change", key_display="gee"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.hits: list[str] = []
        self.bells = 0
        self.dims: bool | None = None

    def compose(self) -> ComposeResult:
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.dims if action == "dim" else True

    def action_hit(self, key: str) -> None:
        self.hits.append(key)

    def action_dim(self) -> None:
        self.hits.append("d")

    def bell(self) -> None:
        self.bells += 1

    @property
    def line(self) -> KeyLine:
        return self.screen.query_one(KeyLine)


async def test_keys_of_a_group_share_its_name_and_an_action_stands_once() -> None:
    app = _KeysApp()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        assert footer(app).startswith(" ab Letters  c Change  d Dim  e Everything else that there is")
        assert "Hidden" not in footer(app) and "gee" not in footer(app)


async def test_a_click_presses_the_key_under_it_and_a_click_beside_it_none() -> None:
    app = _KeysApp()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        line = footer(app)
        for x in (1, 2, line.index("Change"), line.index("Letters"), 79):
            await pilot.click(KeyLine, offset=(x, 0))
        assert app.hits == ["a", "b", "c"]


async def test_a_dimmed_key_rings_instead_and_one_that_means_nothing_is_gone() -> None:
    app = _KeysApp()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        await pilot.click(KeyLine, offset=(footer(app).index("Dim"), 0))
        assert app.bells == 1 and not app.hits
        app.dims = False
        app.screen.refresh_bindings()
        await pilot.pause()
        assert "Dim" not in footer(app)
        app.dims = True
        app.screen.refresh_bindings()
        await pilot.pause()
        await pilot.click(KeyLine, offset=(footer(app).index("Dim"), 0))
        assert app.bells == 1 and app.hits == ["d"]


async def test_the_pointer_lights_up_a_key_and_tells_what_it_does() -> None:
    app = _KeysApp()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        seen = []
        for x in (1, 2, footer(app).index("Change"), 79):
            await pilot.hover(KeyLine, offset=(x, 0))
            seen.append((app.line.hovered, app.line.tooltip))
        assert seen == [(0, "The first"), (1, "Second letter"), (2, "Another"), (None, None)]


async def test_the_wheel_brings_what_a_narrow_screen_has_no_room_for() -> None:
    app = _KeysApp()
    async with app.run_test(size=(30, 5)) as pilot:
        await pilot.pause()
        first = footer(app)
        assert first.rstrip() == " ab Letters c Change d Dim", "no key is cut in two"
        for _ in range(20):
            await pilot._post_mouse_events([MouseScrollDown], KeyLine, button=0)
        assert footer(app).endswith("Everything else that there is")
        await pilot.click(KeyLine, offset=(25, 0))
        assert app.hits == ["e"]
        await pilot.resize_terminal(80, 5)
        await pilot.pause()
        assert footer(app).startswith(" ab Letters")
        await pilot.resize_terminal(30, 5)
        await pilot.pause()
        for _ in range(20):
            await pilot._post_mouse_events([MouseScrollUp], KeyLine, button=0)
        assert footer(app) == first


async def test_another_width_changes_how_close_the_keys_stand() -> None:
    app = _KeysApp()
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        assert "Letters  c" in footer(app)
        await pilot.resize_terminal(30, 5)
        await pilot.pause()
        assert "Letters c" in footer(app)
