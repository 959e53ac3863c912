"""Texts of a screen: rows with looks, lines, headlines, columns, and what scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.visual import VisualType
from textual.widget import Widget

from backtimer.core.picture.palette import INKS
from backtimer.core.picture.rows import Look, Row
from backtimer.language import marked
from backtimer.tui.bindings import hidden_key
from backtimer.values import NamedTuple

REVERSED = "bold reverse"
"""What is chosen, where there are no colours."""

LOOK_STYLES = {
    look: f"{'bold ' if ink.bold else ''}${ink.colour}{f' on ${ink.ground}' if ink.ground else ''}"
    for look, ink in INKS.items()
}
"""How a piece of a row looks, as a style of Textual's."""


class RowsView(Widget):
    """Shows rows as they are; nothing in them is markup."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "RowsView { height: auto; width: 1fr; }"

    rows: reactive[tuple[Row, ...]] = reactive((), layout=True)

    def show(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are."""
        return len(self.rows)

    def render(self) -> VisualType:
        return Content("\n").join(content_of(each, no_color=self.app.no_color) for each in self.rows)


def content_of(row: Row, *, no_color: bool) -> Content:
    """A row as Textual shows it; nothing in it is markup."""
    chosen = REVERSED if no_color else LOOK_STYLES[Look.CHOSEN]
    return Content("").join(
        Content(span.text).stylize(chosen if span.look is Look.CHOSEN else LOOK_STYLES[span.look])
        for span in row
    )


HEADLINE_GAP = 2


def pushed_apart(left: Content, right: Content, width: int) -> Content:
    """Both texts on one row, pushed apart; the left one gives way when there is no room for both."""
    room = width - right.cell_length - HEADLINE_GAP
    if not right.plain or room < HEADLINE_GAP:
        return left.truncate(max(1, width), ellipsis=True)
    left = left.truncate(room, ellipsis=True)
    return Content("").join((left, " " * (width - left.cell_length - right.cell_length), right))


class Headline(Widget):
    """One row; its texts are shown as they are, never as markup.

    Args:
        left_style: In Textual's style notation, with variables of the theme.
        right_style: The same for the right end.
    """

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def __init__(self, left_style: str, right_style: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left_style = left_style
        self._right_style = right_style

    def show(self, left: str, right: str = "") -> None:
        self.left = left
        self.right = right

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Always one row."""
        return 1

    def render(self) -> VisualType:
        left = Content(self.left).stylize(self._left_style)
        return pushed_apart(left, Content(self.right).stylize(self._right_style), self.content_size.width)


COLUMN_GAP = 3
"""Cells between the columns."""

DOT = " · "
"""Stands between the parts of a text."""

STACKED_BELOW = 56
"""Below this width all lines break if one must: half a column is none."""

MOST_LEFT = 0.6
"""The left column takes at most this share of the width."""

QUIET = "$text-muted"
HEADING = "bold $text-primary"

SPLIT_STYLES = {
    "": "",
    "done": "$text-success",
    "partial": "$text-warning",
    "skipped": "$text-muted",
    "hurt": "$text-error",
}
"""How a mark looks, and a line of prose."""


class SplitLine(NamedTuple):
    """One line; it takes a second one where its parts do not fit beside each other."""

    left: str = ""
    right: str = ""
    glyph: str = ""
    """A mark in front."""
    style: str = ""
    """How the mark looks, by the outcome it stands for; without a mark, the line."""
    heading: bool = False
    """It stands over the lines that follow."""
    aside: bool = False
    """A remark on the line before."""
    prose: bool = False
    """Text that may take several rows."""
    indent: int = 0


class Columns(Widget):
    """Shows lines, the right parts below each other; texts are shown as they are, never as markup."""

    lines: reactive[tuple[SplitLine, ...]] = reactive((), layout=True)

    def show(self, lines: Sequence[SplitLine]) -> None:
        self.lines = tuple(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the lines take at this width.

        Never fewer when it is narrower, not even when there is no width at all: a scrollbar that takes the
        last column would otherwise take away the reason for itself, and come and go for ever.
        """
        return len(self._rows(max(1, width)))

    def render(self) -> VisualType:
        return Content("\n").join(self._rows(max(1, self.content_size.width)))

    def _rows(self, width: int) -> list[Content]:
        pairs = [line for line in self.lines if line.right]
        column = min(max((_head(line).cell_length for line in pairs), default=0), int(width * MOST_LEFT))
        fits = [_fits(line, column, width) for line in pairs]
        stacked = width < STACKED_BELOW and not all(fits)
        return [row for line in self.lines for row in _line(line, width, column, stacked)]


def _fits(line: SplitLine, column: int, width: int) -> bool:
    """Whether the parts of a line fit beside each other."""
    left = max(column, _head(line).cell_length)
    return left + COLUMN_GAP + Content(line.right).cell_length <= width


def _line(line: SplitLine, width: int, column: int, stacked: bool) -> list[Content]:
    head = _styled_head(line)
    if line.aside or line.prose:
        return _wrapped(line.left, line.indent, width, QUIET if line.aside else SPLIT_STYLES[line.style])
    if not line.right:
        return [head.truncate(width, ellipsis=True)]
    if not stacked and _fits(line, column, width):
        gap = " " * (max(column, head.cell_length) + COLUMN_GAP - head.cell_length)
        return [Content("").join((head, gap, Content(line.right).stylize(QUIET)))]
    return [head.truncate(width, ellipsis=True), *_wrapped(line.right, line.indent + 2, width, QUIET)]


def _head(line: SplitLine) -> Content:
    glyph = f"{line.glyph} " if line.glyph else ""
    return Content(" " * line.indent + glyph + line.left)


def _broken(text: str, width: int) -> list[str]:
    """Text in lines: broken between its parts if that is possible, otherwise between words."""
    lines: list[str] = []
    for part in text.split(DOT):
        joined = f"{lines[-1]}{DOT}{part}" if lines else part
        if lines and Content(joined).cell_length <= width:
            lines[-1] = joined
        else:
            lines.extend(row.plain.rstrip() for row in Content(part).wrap(width))
    return lines


def _styled_head(line: SplitLine) -> Content:
    head = _head(line)
    before = len(head) - len(line.left)
    head = head.stylize(HEADING if line.heading else "$foreground", before)
    return head.stylize(SPLIT_STYLES[line.style], 0, before) if line.glyph else head


def _wrapped(text: str, indent: int, width: int, style: str) -> list[Content]:
    indent = min(indent, max(0, width - 8))
    return [
        Content(" " * indent + part).truncate(width, ellipsis=True).stylize(style)
        for part in _broken(text, max(1, width - indent))
    ]


class ListScroll(VerticalScroll, inherit_bindings=False):
    """Scrolls with the keys that scroll up and down, and leaves left and right to the screen.

    The keys are everybody's, so the help has room for those of the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("up", "scroll_up", marked("Up"), "list.up", marked("Scroll up"), system=True),
        hidden_key("down", "scroll_down", marked("Down"), "list.down", marked("Scroll down"), system=True),
        hidden_key("pageup", "page_up", marked("Page up"), "list.page_up", marked("A page up"), system=True),
        hidden_key(
            "pagedown", "page_down", marked("Page down"), "list.page_down", marked("A page down"), system=True
        ),
        hidden_key("home", "scroll_home", marked("Top"), "list.home", marked("To the top"), system=True),
        hidden_key("end", "scroll_end", marked("End"), "list.end", marked("To the end"), system=True),
    ]


class RowsScroll(VerticalScroll, inherit_bindings=False, can_focus=True):
    """Scrolls what its screen lays out in rows, and says when there is another width for them.

    It has no keys of its own; it takes the focus so that the help finds its screen.
    """

    class NewWidth(Message):
        """There is more or less room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._width = -1

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return max(1, self.scrollable_content_region.width)

    def on_resize(self, _: events.Resize) -> None:
        """Say so if it is the width that has changed."""
        if self.width != self._width:
            self._width = self.width
            self.post_message(self.NewWidth())
