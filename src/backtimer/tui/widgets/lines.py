"""Lines and paragraphs of text that change often and never by their size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

_GAP = " " * 3


class Line(Widget):
    """One line of text, cut with an ellipsis where it is too long. Markup in it means nothing."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Line {
        height: 1;
        width: 1fr;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._content = Content(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._content.plain

    def show(self, text: str) -> None:
        """Say this from now on."""
        if text != self._content.plain:
            self._content = Content(text)
            self.refresh(layout=self.styles.auto_dimensions)

    def render(self) -> Content:
        """The text."""
        return self._content


class Mark(Enum):
    """How one of a number of reps, sets or rounds stands."""

    DONE = "●"
    PARTIAL = "◐"
    NOW = "◉"
    TO_COME = "○"
    SKIPPED = "–"
    HURT = "×"


@dataclass(frozen=True, slots=True)
class Tally:
    """A count in words and in marks."""

    text: str
    marks: tuple[Mark, ...] = ()


class Tallies(Widget):
    """Counts beside each other, with their marks where there is room: `Set 2 of 3 ●◉○   red band`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Tallies {
        height: 1;
        width: 1fr;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._tallies: tuple[Tally, ...] = ()

    @property
    def text(self) -> str:
        """What it says, without the marks."""
        return _GAP.join(tally.text for tally in self._tallies)

    def show(self, tallies: Sequence[Tally]) -> None:
        """Say this from now on."""
        if tuple(tallies) != self._tallies:
            self._tallies = tuple(tallies)
            self.refresh()

    def render(self) -> Content:
        """The words, and the marks of the first ones as far as they fit beside their words."""
        parts: list[Content] = []
        width = 0
        for tally in self._tallies:
            part = Content(tally.text)
            marks = "".join(mark.value for mark in tally.marks)
            marked = Content.assemble(part, " ", (marks, "$text-accent")) if marks else part
            width += marked.cell_length + (len(_GAP) if parts else 0)
            parts.append(marked if width <= self.size.width else part)
        return Content(_GAP).join(parts)


class Paragraphs(Widget):
    """As many paragraphs as there is room for, the most important first; none is shown in part.

    Only when not even the first fits is it cut. Markup in them means nothing.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Paragraphs {
        height: 1fr;
        width: 1fr;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._paragraphs: tuple[str, ...] = ()
        self._lines: list[str] = []
        self._lines_for: tuple[tuple[str, ...], Size] | None = None

    @property
    def text(self) -> str:
        """What is to be seen, a line a paragraph."""
        return "\n".join(self._paragraphs)

    def show(self, paragraphs: Sequence[str]) -> None:
        """Say this from now on."""
        if tuple(paragraphs) != self._paragraphs:
            self._paragraphs = tuple(paragraphs)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the box."""
        key = (self._paragraphs, self.size)
        if self._lines_for != key:
            self._lines = self._fitting(self.size.width, self.size.height)
            self._lines_for = key
        style = self.visual_style.rich_style
        line = self._lines[y] if y < len(self._lines) else ""
        return Strip([Segment(line, style)]).adjust_cell_length(self.size.width, style)

    def _fitting(self, width: int, height: int) -> list[str]:
        fitting: list[str] = []
        for paragraph in self._paragraphs:
            lines = [line.plain.rstrip() for line in Content(paragraph).wrap(max(1, width))]
            if len(fitting) + len(lines) > height:
                if not fitting and height:
                    rest = " ".join(lines[height - 1 :])
                    fitting = [*lines[: height - 1], Content(rest).truncate(width, ellipsis=True).plain]
                break
            fitting.extend(lines)
        return fitting
