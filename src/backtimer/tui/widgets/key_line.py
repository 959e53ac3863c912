"""The line of keys at the foot of a screen.

One widget paints all of it. Textual's Footer makes a widget of each key and styles them anew whenever one
changes, which took a third of the time until the first screen was ready.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from backtimer.core.picture.key_line import KeyPlace, LineKey, in_sight, key_places, stands_close
from backtimer.core.picture.rows import Look, Span, cells
from backtimer.tui.widgets.picture import style_of
from backtimer.values import NamedTuple

_SCROLLED = 4
"""So many cells are passed with one turn of the mouse wheel."""


class ShownKey(NamedTuple):
    """A key as it stands in the line."""

    key: str
    shown: str
    label: str
    """What follows the key; empty where it shares its label with the keys beside it."""
    tooltip: str
    enabled: bool
    begin: int
    """Its first cell in the line."""
    end: int

    @property
    def width(self) -> int:
        """Its cells, of which some may be air."""
        return self.end - self.begin


class KeyLine(Widget, can_focus=False):
    """The keys that mean something now, each of which can be clicked.

    On a narrow screen it shows the beginning; the mouse wheel moves it.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine { dock: bottom; width: 100%; height: 1; text-wrap: nowrap; text-overflow: clip; }
    """

    hovered: reactive[int | None] = reactive(None)
    """The place of the key under the pointer."""
    passed: reactive[int] = reactive(0)
    """So many cells at the beginning are to be out of sight."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[ShownKey, ...] | None = None
        """What stands in the line. None: it has to be found out."""
        self._line: list[tuple[Span, bool]] = []
        """What is written, and whether it means something now."""
        self._seen = 0
        """So many cells are seen while the line is not moved: whole keys."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    @property
    def keys(self) -> tuple[ShownKey, ...]:
        if self._keys is None:
            self._keys = tuple(self._lay_out())
        return self._keys

    def on_resize(self) -> None:
        """Stand closer together on a narrow screen."""
        self._keys = None
        self.refresh()

    def _bindings_changed(self, screen: Screen[Any]) -> None:
        # While another window has the focus no widget has it here, and its keys would seem to be gone.
        if screen.app.app_focus and screen is self.screen:
            self._keys = None
            self.hovered = None
            self.refresh()

    def _lay_out(self) -> Iterator[ShownKey]:
        """Find each key's place."""
        first_of_action: dict[str, tuple[Binding, bool, str]] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show:
                first_of_action.setdefault(binding.action, (binding, enabled, tooltip))
        found = tuple(first_of_action.values())
        line = [
            LineKey(
                self.app.get_key_display(binding),
                binding.description,
                "" if binding.group is None else binding.group.description,
            )
            for binding, _enabled, _tooltip in found
        ]
        width = self.screen.size.width
        order, self._seen = in_sight(line, width)
        found, line = tuple(found[index] for index in order), [line[index] for index in order]
        self._line = []
        number = 0
        for place in key_places(line, stands_close(line, width)):
            if not isinstance(place, KeyPlace):
                self._line.append((place, True))
                continue
            (binding, enabled, tooltip), key = found[number], line[number]
            number += 1
            self._line += ((span, enabled) for span in place.spans)
            label = "" if place.grouped else key.label
            told = tooltip or (key.label if place.grouped else "")
            yield ShownKey(binding.key, key.shown, label, told, enabled, place.begin, place.end)

    def render_line(self, y: int) -> Strip:
        """Show what is in sight, the key under the pointer lit up."""
        keys = self.keys
        dark, no_color = self.app.current_theme.dark, self.app.no_color
        ground = style_of(Look.KEY_LABEL, dark, no_color)
        strip = Strip(
            [
                Segment(
                    span.text, style_of(span.look, dark, no_color) + (Style() if enabled else Style(dim=True))
                )
                for span, enabled in self._line
            ]
        )
        if self.hovered is not None:
            key = keys[self.hovered]
            lit = Style(reverse=True)
            strip = Strip.join(
                [
                    strip.crop(0, key.begin),
                    strip.crop(key.begin, key.end).apply_style(lit),
                    strip.crop(key.end),
                ]
            )
        passed = self._passed()
        if not passed:
            strip = strip.crop(0, self._seen)
        return strip.crop(passed, passed + self.size.width).adjust_cell_length(self.size.width, ground)

    def _at(self, x: int) -> int | None:
        """The place of the key in a column."""
        column = x + self._passed()
        if x == column >= self._seen:
            return None
        return next((i for i, key in enumerate(self.keys) if key.begin <= column < key.end), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light up the key under the pointer, and tell what it does."""
        self.hovered = self._at(event.x)
        self.tooltip = None if self.hovered is None else self.keys[self.hovered].tooltip or None

    def on_leave(self) -> None:
        self.hovered = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        place = self._at(event.x)
        if place is None:
            return
        if self.keys[place].enabled:
            self.app.simulate_key(self.keys[place].key)
        else:
            self.app.bell()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show what stands further to the right."""
        self._pass(_SCROLLED, event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show what stands further to the left."""
        self._pass(-_SCROLLED, event)

    def _passed(self, more: int = 0) -> int:
        """So many cells are out of sight now: no more than there is no room for."""
        self.keys  # noqa: B018 - the line has to be known
        return max(0, min(self._length - self.size.width, self.passed + more))

    @property
    def _length(self) -> int:
        return sum(cells(span.text) for span, _enabled in self._line)

    def _pass(self, by: int, event: events.MouseEvent) -> None:
        passed = self._passed(by)
        if passed != self.passed:
            event.stop()
            self.passed = passed
