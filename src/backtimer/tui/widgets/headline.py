"""A line with something at its left end and something at its right."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.visual import VisualType
from textual.widget import Widget

GAP = 2


def spread(left: Content, right: Content, width: int) -> Content:
    """Both texts on one row, pushed apart; the left one gives way when there is no room for both."""
    room = width - right.cell_length - GAP
    if not right.plain or room < GAP:
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
        """Show these texts."""
        self.left = left
        self.right = right

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Always one row."""
        return 1

    def render(self) -> VisualType:
        """The row."""
        left = Content(self.left).stylize(self._left_style)
        return spread(left, Content(self.right).stylize(self._right_style), self.content_size.width)
