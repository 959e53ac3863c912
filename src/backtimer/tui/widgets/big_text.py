"""A text that is as large as its box allows."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from backtimer.core.picture.letters import break_lines, columns, draw, drawable, fitted_text, gap, rows_at


class BigText(Widget):
    """One text, drawn in block letters at the largest scale that its box has room for.

    What cannot be drawn (too little room, a letter without a sign) is written in plain bold letters, and
    broken or cut as the box demands. `content-align` places it; markup in it means nothing.

    Args:
        most: The largest scale wanted; 0 draws nothing large, only text.
        id: As for every widget.
        classes: As for every widget.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    BigText {
        height: 1fr;
        width: 1fr;
        text-style: bold;
    }
    """

    def __init__(self, most: int = 99, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._most = most
        self._text = ""
        self._shape = ""
        self._drawn: tuple[str, ...] = ()
        self._drawn_for: tuple[str, str, Size] | None = None

    @property
    def text(self) -> str:
        return self._text

    def show(self, text: str, shape: str = "") -> None:
        """Say this from now on.

        Args:
            text: The text.
            shape: A text of the same kind that sets the scale and the place in its stead ("00" for a count
                from 30 down to 0), so that nothing jumps while the text changes. The text stands at its
                right end.
        """
        if (text, shape) != (self._text, self._shape):
            self._text, self._shape = text, shape
            self.refresh(layout=self.styles.auto_dimensions)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the smallest block letters are, or plain ones where those do not fit."""
        if self._most and drawable(self._text) and (lines := break_lines(self._text, width)):
            return len(lines) * (rows_at(1) + gap(1)) - gap(1)
        return max(1, len(_wrap(self._text, width)))

    def render_line(self, y: int) -> Strip:
        """One row of the box."""
        width = self.size.width
        line = self._lines()[y] if y < len(self._lines()) else ""
        style = self.visual_style.rich_style
        return Strip([Segment(line, style)]).adjust_cell_length(width, style)

    def _lines(self) -> tuple[str, ...]:
        key = (self._text, self._shape, self.size)
        if self._drawn_for != key:
            self._drawn = self._placed(*self._large_or_plain(self.size.width, self.size.height))
            self._drawn_for = key
        return self._drawn

    def _large_or_plain(self, width: int, height: int) -> tuple[list[str], int]:
        """The rows of the text without what surrounds them, and the width of the block they form."""
        shape = self._shape if len(self._shape) >= len(self._text) else self._text
        scale, shaped = fitted_text(shape, width, height, self._most)
        if scale and drawable(self._text):
            lines = shaped if shape == self._text else (self._text,)
            block = max(columns(line) for line in shaped) * scale
            drawn: list[str] = []
            for line in lines:
                if drawn:
                    drawn.extend([""] * gap(scale))
                right = block - columns(line) * scale if shape != self._text else 0
                drawn.extend(" " * right + row for row in draw(line, scale))
            return drawn, block
        text = self._text.rjust(len(shape)) if shape != self._text else self._text
        rows = _wrap(text, width)
        if len(rows) > height > 0:
            rows = [*rows[: height - 1], " ".join(rows[height - 1 :])]
            rows[-1] = Content(rows[-1]).truncate(width, ellipsis=True).plain
        return rows, max((Content(row).cell_length for row in rows), default=0)

    def _placed(self, rows: list[str], block: int) -> tuple[str, ...]:
        horizontal, vertical = self.styles.content_align
        left = _before(horizontal, self.size.width - block)
        above = _before(vertical, self.size.height - len(rows))
        return ("",) * above + tuple(" " * left + row for row in rows)


def _wrap(text: str, width: int) -> list[str]:
    return [row.plain.rstrip() for row in Content(text).wrap(max(1, width))] if text.strip() else []


def _before(align: str, spare: int) -> int:
    """How much of the spare room comes before something that is aligned in this way."""
    if align in ("left", "top"):
        return 0
    return max(0, spare if align in ("right", "bottom") else spare // 2)
