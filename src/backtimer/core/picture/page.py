"""A page: rows that fill a screen, and what in them can be clicked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backtimer.core.picture.rows import EMPTY, Look, Row, Span, cut, row, width_of
from backtimer.values import NamedTuple


class Target(NamedTuple):
    """A place on a page that can be clicked."""

    row: int
    begin: int
    """Its first cell."""
    end: int
    what: str
    """What is there: a day, a number, a button."""
    value: int = 0
    """Which one of them."""

    def holds(self, x: int, y: int) -> bool:
        return y == self.row and self.begin <= x < self.end


class Scroll(NamedTuple):
    """How much of a list is in sight."""

    lines: int = 0
    """How many there are."""
    first: int = 0
    """The first of those in sight."""
    height: int = 0
    """How many can be."""

    @property
    def last(self) -> int:
        """The most lines that can be passed."""
        return max(0, self.lines - self.height)


class Slot(NamedTuple):
    """Where a figure is drawn, from a cell to the end of its rows."""

    row: int
    begin: int
    """Its first cell."""
    columns: int
    rows: int


class Page(NamedTuple):
    """What is to be seen."""

    rows: tuple[Row, ...]
    targets: tuple[Target, ...] = ()
    scroll: Scroll = Scroll()
    slot: Slot | None = None
    """None: nothing is drawn."""

    def at(self, x: int, y: int) -> Target | None:
        """What is clicked at a cell; of several, the one that was put there last."""
        return next((target for target in reversed(self.targets) if target.holds(x, y)), None)


class PagePart(NamedTuple):
    """A piece of a row that may be clicked."""

    span: Span
    what: str = ""
    """Empty: it cannot be clicked."""
    value: int = 0


class Block:
    """Rows that are put below each other, with what can be clicked in them."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.targets: list[Target] = []
        self.scroll = Scroll()
        self.slot: Slot | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def air(self, rows: int = 1) -> None:
        self.rows += [EMPTY] * rows

    def add(self, rows: Iterable[Row]) -> None:
        self.rows += rows

    def add_parts(self, parts: Iterable[PagePart]) -> None:
        """Put a row below, and note where each of its parts is."""
        spans: list[Span] = []
        begin = 0
        for part in parts:
            end = begin + width_of((part.span,))
            if part.what:
                self.targets.append(Target(len(self.rows), begin, end, part.what, part.value))
            spans.append(part.span)
            begin = end
        self.rows.append(tuple(spans))

    def put_below(self, other: Block) -> None:
        """Put another block below."""
        self.targets += (target._replace(row=target.row + len(self.rows)) for target in other.targets)
        if other.slot is not None:
            self.slot = other.slot._replace(row=other.slot.row + len(self.rows))
        self.rows += other.rows
        if other.scroll.lines:
            self.scroll = other.scroll

    def page(self, width: int, height: int, left: int = 0) -> Page:
        """The page that this block is, cut to a size, behind so many cells of air."""
        air = (Span(" " * left),) if left else ()
        rows = [(*air, *cut(each, width - left)) if each else EMPTY for each in self.rows[:height]]
        rows += [EMPTY] * (height - len(rows))
        moved = (
            target._replace(begin=target.begin + left, end=min(width, target.end + left))
            for target in self.targets
            if target.row < height
        )
        slot = self.slot
        if slot is not None:
            slot = slot._replace(begin=slot.begin + left)
            if slot.row + slot.rows > height or slot.begin + slot.columns > width:
                slot = None
        return Page(
            tuple(rows), tuple(target for target in moved if target.begin < target.end), self.scroll, slot
        )


def apart(left: Row, right: Row, width: int) -> Row:
    """Two pieces at the ends of a row; where there is no room for both, the left one is cut."""
    room = width - width_of(right) - 2
    if room < 1:
        return cut(left, width)
    fitting = cut(left, room)
    gap = Span(" " * (width - width_of(fitting) - width_of(right)))
    return (*fitting, gap, *right)


def bordered(left: Sequence[Row], right: Sequence[Row], left_width: int, rows: int) -> list[Row]:
    """Two blocks beside each other with a thin line between them."""
    found: list[Row] = []
    for index in range(rows):
        one = cut(left[index], left_width) if index < len(left) else EMPTY
        other = right[index] if index < len(right) else EMPTY
        gap = Span(" " * (left_width - width_of(one)))
        found.append(row(*one, gap, Span(" │ ", Look.RULE), *other))
    return found
