"""Lines in two columns: what, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.visual import VisualType
from textual.widget import Widget

GAP = 3
"""Cells between the columns."""

DOT = " · "
"""Stands between the parts of a text."""

STACKED_BELOW = 56
"""Below this width all lines break if one must: half a column is none."""

MOST_LEFT = 0.6
"""The left column takes at most this share of the width."""

QUIET = "$text-muted"
HEADING = "bold $text-primary"

STYLES = {
    "": "",
    "done": "$text-success",
    "partial": "$text-warning",
    "skipped": "$text-muted",
    "hurt": "$text-error",
}
"""How a mark looks, and a line of prose."""


@dataclass(frozen=True, slots=True)
class Line:
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

    lines: reactive[tuple[Line, ...]] = reactive((), layout=True)

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.lines = tuple(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the lines take at this width.

        Never fewer when it is narrower, not even when there is no width at all: a scrollbar that takes the
        last column would otherwise take away the reason for itself, and come and go for ever.
        """
        return len(self._rows(max(1, width)))

    def render(self) -> VisualType:
        """All rows."""
        return Content("\n").join(self._rows(max(1, self.content_size.width)))

    def _rows(self, width: int) -> list[Content]:
        pairs = [line for line in self.lines if line.right]
        column = min(max((_head(line).cell_length for line in pairs), default=0), int(width * MOST_LEFT))
        fits = [_fits(line, column, width) for line in pairs]
        stacked = width < STACKED_BELOW and not all(fits)
        return [row for line in self.lines for row in _line(line, width, column, stacked)]


def _fits(line: Line, column: int, width: int) -> bool:
    """Whether the parts of a line fit beside each other."""
    left = max(column, _head(line).cell_length)
    return left + GAP + Content(line.right).cell_length <= width


def _line(line: Line, width: int, column: int, stacked: bool) -> list[Content]:
    head = _styled_head(line)
    if line.aside or line.prose:
        return _wrapped(line.left, line.indent, width, QUIET if line.aside else STYLES[line.style])
    if not line.right:
        return [head.truncate(width, ellipsis=True)]
    if not stacked and _fits(line, column, width):
        gap = " " * (max(column, head.cell_length) + GAP - head.cell_length)
        return [Content("").join((head, gap, Content(line.right).stylize(QUIET)))]
    return [head.truncate(width, ellipsis=True), *_wrapped(line.right, line.indent + 2, width, QUIET)]


def _head(line: Line) -> Content:
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


def _styled_head(line: Line) -> Content:
    head = _head(line)
    before = len(head) - len(line.left)
    head = head.stylize(HEADING if line.heading else "$foreground", before)
    return head.stylize(STYLES[line.style], 0, before) if line.glyph else head


def _wrapped(text: str, indent: int, width: int, style: str) -> list[Content]:
    indent = min(indent, max(0, width - 8))
    return [
        Content(" " * indent + part).truncate(width, ellipsis=True).stylize(style)
        for part in _broken(text, max(1, width - indent))
    ]
