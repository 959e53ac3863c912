"""The workout's screen as rows: one place for each fact, at every size.

From the top: where this is and how far; the figure, with what to do, on which side and how long beside it;
what to watch or how it is done; the breath; what comes then. A small screen leaves out what matters least;
the order stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from backtimer.core.picture.blocks import (
    around_of,
    breath_bar,
    centred,
    exactly,
    large,
    padded_row,
    progress_bar,
    shared,
    shortened,
    turned,
)
from backtimer.core.picture.moment import BreathView, View
from backtimer.core.picture.rows import EMPTY, Look, Row, Span, cut, fit, row, width_of, wrapped
from backtimer.core.picture.workout_parts import (
    ACCENT_LOOKS,
    LEAST_COLUMN,
    LEAST_FIGURE,
    SIDE_LOOKS,
    agenda_rows,
    column_rows,
    cue_rows,
    header_row,
    how_rows,
    is_activity,
    is_narrow,
    joined_blocks,
    means_rows,
    seconds_rows,
    told_below,
    told_beside,
)
from backtimer.values import NamedTuple

FigureOf = Callable[[int, int], Sequence[Row]]
"""The figure in so many columns and rows."""

FIGURE_COLUMNS = ((40, 26), (80, 44), (120, 66), (200, 112))
FIGURE_ROWS = ((11, 8), (23, 12), (39, 20), (59, 34))
"""How large the figure is on a screen of this width, and with so many rows above the keys."""

_UPRIGHT_SHARE = 0.42
"""Of the width, for a figure that is higher than wide."""
_LEAST_BELOW = 7
"""So many rows below an ordinary figure leave something for one that is higher."""

_LEAST_BESIDE = 11
_FEW_ROWS = 7
"""Where there are fewer, name and how it is done come before large seconds."""
_AIRY_ROWS = 33
_STACKED_ROWS = 28
"""Where the figure is above and not beside what is done, on a narrow screen this high."""


class Box(NamedTuple):
    """A place on the screen, in cells from its upper left corner."""

    x: int
    y: int
    width: int
    height: int


class Room(NamedTuple):
    """Of a screen, in cells."""

    width: int
    height: int


class Arrangement(NamedTuple):
    """What stands still between two seconds, and the places of what moves."""

    rows: tuple[Row, ...]
    figure: Box | None
    breath: Box | None
    """Of the bar."""
    around: tuple[tuple[Row, Row], ...]
    """What stands to the left of the figure and to its right, row by row; then the same of the bar."""


def workout_rows(
    view: View, breath: BreathView, width: int, height: int, figure: FigureOf | None = None
) -> tuple[Row, ...]:
    """The screen, without its line of keys.

    Args:
        view: The moment.
        breath: What to do with the breath.
        width: In cells.
        height: In rows; as many are returned.
        figure: Draws the body; None: there is none, and how it is done is told in its place.
    """
    still = breath._replace(level=None if breath.level is None else 1.0)
    frame = _framed(view, still, Room(width, height), figured=figure is not None)
    rows = list(frame.rows)
    if figure is not None and (box := frame.figure) is not None:
        drawn = figure(box.width, box.height)[: box.height]
        for y, (body, (left, right)) in enumerate(zip(drawn, frame.around, strict=False), start=box.y):
            shown = padded_row(body, box.width)
            if view.still is not None:
                shown = tuple(Span(span.text, Look.DIM) for span in shown)
            rows[y] = (*left, *shown, *right)
    if breath.level is not None and (place := frame.breath) is not None:
        bars = breath_bar(breath.level, place.width, place.height, ACCENT_LOOKS[view.accent])
        beside = frame.around[-place.height :]
        for y, (bar, (left, right)) in enumerate(zip(bars, beside, strict=True), start=place.y):
            rows[y] = (*left, *bar, *right)
    return tuple(rows)


def figure_room(width: int, height: int) -> tuple[int, int]:
    """How many columns and rows the figure has beside the rest, on a screen of this size without its keys."""
    columns, rows = _between(FIGURE_COLUMNS, width), _between(FIGURE_ROWS, height)
    return columns, min(rows, max(LEAST_FIGURE[1], columns // 3))


def _between(points: Sequence[tuple[int, int]], at: int) -> int:
    """The value at a place on a line through points, which goes on beyond them as between the last two."""
    pairs = list(pairwise(points))
    (x, y), (next_x, next_y) = next((pair for pair in pairs if at <= pair[1][0]), pairs[-1])
    return y + (at - x) * (next_y - y) // (next_x - x)


class _Page:
    """Rows in the making, from the top of the screen to its foot."""

    def __init__(self, view: View, breath: BreathView, size: Room) -> None:
        self.view, self.breath = view, breath
        width, height = size
        self.margin = 0 if width < 34 else 1 if width < 100 else 2
        self.width = max(1, width - 2 * self.margin)
        self.height = height
        self.air = 1 if height >= _AIRY_ROWS else 0
        """Empty rows at the top."""
        self.rows: list[Row] = []
        self.figure: Box | None = None
        self.bar: Box | None = None

    @property
    def left(self) -> int:
        """So many rows are not used yet."""
        return max(0, self.height - len(self.rows))

    def add(self, *rows: Row) -> None:
        """Put rows below what is there, with the margin before them."""
        edge = (Span(" " * self.margin),) if self.margin else ()
        self.rows += [(*edge, *cut(each, self.width)) if each else EMPTY for each in rows]

    def frame(self) -> Arrangement:
        rows = tuple(exactly(self.rows, self.height))
        bar = self.bar if self.bar is not None and self.bar.y + self.bar.height <= self.height else None
        boxes = [box for box in (self.figure, bar) if box is not None]
        around = [
            around_of(row, box.x, box.width) for box in boxes for row in rows[box.y : box.y + box.height]
        ]
        return Arrangement(rows, self.figure, bar, tuple(around))


@lru_cache(8)
def _framed(view: View, breath: BreathView, size: Room, *, figured: bool) -> Arrangement:
    width, height = size
    page = _Page(view, breath, size)
    columns, rows = figure_room(width, height)
    columns = min(columns, width - 2 * page.margin - 1 - (_LEAST_BESIDE if view.leads_in else LEAST_COLUMN))
    wide = columns >= LEAST_FIGURE[0] and height >= LEAST_FIGURE[1] + (3 if view.leads_in else 5)
    stands = is_narrow(width) and height >= _STACKED_ROWS
    if wide and not stands and (figured or not is_narrow(width)):
        _beside_each_other(page, columns, rows, figured=figured)
    else:
        _below_each_other(page, figured=figured)
    return page.frame()


def _beside_each_other(page: _Page, columns: int, rows: int, *, figured: bool) -> None:
    view = page.view
    named = (not view.leads_in or rows + 7 > page.height) and not (view.title and is_activity(view))
    """Where there is no room for the title below, its name is above."""
    parts = shared(
        page.height - min(rows, page.height - 3) - page.air,
        [
            ("header", 1),
            ("bar", 1 if view.banner else 0),
            ("below", 2 if view.leads_in else 1),
            ("bar", 1),
            ("below", 3),
            ("below", 5),
            ("gap", 1),
            ("below", 8),
        ],
    )
    page.rows += [EMPTY] * page.air
    page.add(header_row(view, page.width, named=named))
    _add_bar(page, parts["bar"], parts["gap"])
    if figured and view.upright and not (view.still and view.still.hurt) and page.left - rows >= _LEAST_BELOW:
        _add_upright(page, columns, rows)
        return
    _add_figure(page, columns, min(rows, page.left), figured=figured)
    if view.agenda and page.left >= 12 and page.width - columns >= 60:
        _with_agenda(page, columns, figured=figured)
    else:
        _add_below(page, page.width, page.left, named=named, figured=figured)


def _add_bar(page: _Page, bar: int, gap: int) -> None:
    """How far the session is, and what the person should know at once; the bar gives way to it."""
    view = page.view
    banner = row(Span(fit(view.banner, page.width), Look.ALERT)) if view.banner else EMPTY
    if bar:
        page.add(banner if banner and not gap else progress_bar(view.fraction, page.width, Look.BAR))
    if gap:
        page.add(banner)


def _add_figure(page: _Page, columns: int, rows: int, *, figured: bool) -> None:
    view = page.view
    gap = 1 if page.width < 100 else 3
    beside = column_rows(view, page.width - columns - gap, rows)
    if figured and not (view.still and view.still.hurt):
        page.figure = Box(page.margin, len(page.rows), columns, rows)
        left: list[Row] = [EMPTY] * rows
    else:
        left = told_beside(view, columns - 1, rows)
    page.add(*joined_blocks(left, beside, columns + gap))


def _add_upright(page: _Page, columns: int, rows: int) -> None:
    """A figure that is higher than wide, down to the foot; what is read while it is done stands beside it.

    Before work and at work it is of one size.
    """
    view, spare = page.view, page.left - rows
    foot = 5 if spare < 14 else 7 if spare < 20 else 9
    air = [] if view.leads_in and spare < 10 else [EMPTY]  # how it is done needs each row
    high, gap = page.left - foot, 1 if page.width < 100 else 3
    columns = max(LEAST_FIGURE[0], min(columns, round(page.width * _UPRIGHT_SHARE)))
    width = page.width - columns - gap
    page.figure = Box(page.margin, len(page.rows), columns, high)
    listed = view.agenda and spare - foot >= 6 and width >= 96
    told_width, told = (width // 2 - 3 if listed else width), high - rows - len(air)
    if view.leads_in:
        text = how_rows(view, told_width, told, figured=True)
    else:
        text = cue_rows(view, told_width, told)
    if listed:
        names = agenda_rows(view.agenda, width - width // 2, told)
        text = joined_blocks(exactly(text, told), exactly(names, told), width // 2)
    beside = [*column_rows(view, width, rows), *air, *text]
    page.add(*joined_blocks([EMPTY] * high, exactly(beside, high), columns + gap))
    if view.leads_in:
        _add_title(page, foot)
    else:
        _add_foot(page, foot)


def _add_title(page: _Page, height: int) -> None:
    """The title of what comes, large, and how much of it."""
    view = page.view
    look = Look.TITLE if view.still is None else Look.DIM
    amount = [row(Span(view.amount, Look.BAR))] if view.amount else []
    room = height - len(amount)
    title = large((view.name,), page.width, max(3, room - 1), look)
    above = [EMPTY] * min(1, room - len(title))
    air = [EMPTY] * min(1, room - len(title) - len(above))
    page.add(*exactly([*above, *title, *air, *amount], height))


def _add_foot(page: _Page, height: int) -> None:
    """The breath, and what comes then; in a pause how it is done, to be read."""
    view = page.view
    last = row(Span(shortened(view.then, page.width), Look.TITLE)) if view.then else EMPTY
    if view.still is not None and not view.still.why:
        told = turned(view.how, page.width, height - 2, view.passed_s, Look.QUIET)
        page.add(*exactly([EMPTY, *told], height - 1), last)
        return
    breath = 5 if height >= 9 else 3
    page.add(*([EMPTY] * (1 if height > breath + 2 else 0)))
    _add_breath(page, page.width, breath)
    page.add(*([EMPTY] * (page.left - 1)), last)


def _with_agenda(page: _Page, columns: int, *, figured: bool) -> None:
    """On a large screen the session's list stands at the right of what is below the figure."""
    first, height = len(page.rows), page.left
    _add_below(page, columns, height, named=not page.view.leads_in, figured=figured)
    left = exactly(page.rows[first:], height)
    width = page.width - columns - 3
    listed = [EMPTY, *agenda_rows(page.view.agenda, width, height - 2)]
    del page.rows[first:]
    start = page.margin + columns + 3
    for one, other in zip(left, exactly(listed, height), strict=True):
        page.rows.append((*padded_row(one, start), *other) if other else one)


def _add_below(page: _Page, width: int, height: int, *, named: bool, figured: bool) -> None:
    if page.view.leads_in:
        _add_coming(page, width, height, named=named, figured=figured)
    else:
        _add_work(page, width, height, figured=figured)


def _add_coming(page: _Page, width: int, height: int, *, named: bool, figured: bool) -> None:
    """The title of what comes, how much of it, and how it is done."""
    view = page.view
    hurt = view.still is not None and view.still.hurt  # nothing of what is to be done is shown
    titled = not named and height >= 3 and not hurt
    if not titled and view.amount:  # it has no place of its own
        view = view._replace(how=(view.amount, *view.how))
    parts = shared(
        height,
        [
            ("how", 1),
            ("title", 1 if titled else 0),
            ("how", 2),
            ("how", 3),
            ("title", 4 if titled else 0),
            ("above", 1),
            ("between", 1),
            ("title", 6 if titled else 0),
            ("how", 5),
            ("below", 1),
            ("title", 9 if titled else 0),
            ("air", 1),
            ("how", 9),
        ],
    )
    look = Look.TITLE if view.still is None else Look.DIM
    page.add(*([EMPTY] * parts["above"]))
    if parts["title"]:
        # Of its rows the last one tells how much, unless it stands in one row with the name.
        title = large((view.name,), width, parts["title"] - 1, look) if parts["title"] >= 4 else ()
        if len(title) >= 3:
            told = [*title, *([EMPTY] * parts["air"]), row(Span(view.amount, Look.BAR))]
        else:
            told = [row(Span(view.name, look), Span(f" · {view.amount}" if view.amount else "", Look.BAR))]
        page.add(*exactly(told, parts["title"] + parts["air"]))
    page.add(*([EMPTY] * parts["between"]))
    page.add(*exactly(how_rows(view, width, parts["how"], figured=figured), parts["how"]))


def _add_work(page: _Page, width: int, height: int, *, figured: bool) -> None:
    """What to watch, the breath, and what comes then; in a pause how it is done, to be read."""
    view = page.view
    parts = shared(
        height,
        [
            ("cues", 1),
            ("breath", 1),
            ("then", 1),
            ("cues", 2),
            ("above", 1),
            ("breath", 3),
            ("gap", 1),
            ("cues", 3),
            ("between", 1),
            ("cues", 5),
            ("below", 1),
            ("breath", 5 if height >= 20 else 0),
        ],
    )
    page.add(*([EMPTY] * parts["above"]))
    if view.still is not None and not view.still.why and figured:
        rows = parts["cues"] + parts["between"] + parts["breath"]
        page.add(*exactly(turned(view.how, width, rows, view.passed_s, Look.QUIET), rows))
    else:
        page.add(*exactly(cue_rows(view, width, parts["cues"], figured=figured), parts["cues"]))
        page.add(*([EMPTY] * parts["between"]))
        _add_breath(page, width, parts["breath"])
    page.add(*([EMPTY] * parts["gap"]))
    if parts["then"]:
        page.add(row(Span(shortened(view.then, width), Look.TITLE)) if view.then else EMPTY)


def _add_breath(page: _Page, width: int, height: int) -> None:
    """What to do with the breath: in or out beside a bar; or, where it has no pace, in words."""
    if height < 1:
        return
    view, breath = page.view, page.breath
    look = ACCENT_LOOKS[view.accent]
    if view.prompt:
        prompt = row(Span(view.prompt, Look.STRONG))
        page.add(*exactly([prompt, row(breath.word)], height))
    elif breath.level is None or view.still is not None:
        words = row(Span(breath.word if view.still is None else "", look))
        page.add(*centred([words], height))
    else:
        wide = 12 if width < 60 else 15 if height < 5 else 24
        if height < 3:
            word: Sequence[Row] = [row(Span(fit(breath.word, wide - 1), look))]
        else:
            word = large((breath.large,), wide, height, look)
        if width > wide:
            page.bar = Box(page.margin + wide, len(page.rows), width - wide, height)
        page.add(*(padded_row(each, wide) for each in exactly(word, height)))


def _below_each_other(page: _Page, *, figured: bool) -> None:
    view = page.view
    roomy = page.height >= _STACKED_ROWS and page.width >= LEAST_FIGURE[0]
    if roomy:
        page.rows += [EMPTY] * page.air
        page.add(header_row(view, page.width, named=True))
        _add_bar(page, 1, 1)
        if figured and not (view.still and view.still.hurt):
            rows = min(page.height // 3, page.width // 3)
            if view.upright:
                rows = max(rows, min(page.height * 2 // 5, page.width // 2))
            page.figure = Box(page.margin, len(page.rows), page.width, rows)
            page.rows += [EMPTY] * (rows + 1)
    is_read = view.leads_in or (view.still is not None and view.still.why)
    few = [("how", 2), ("header", 1), ("how", 3)] if is_read and page.left < _FEW_ROWS else []
    words = [("words", 1), ("count", 1), *few, ("count", 3)]
    if is_read:
        rest = [("how", 1), ("header", 1), ("how", 2), ("bar", 1), ("count", 5), ("how", 3), ("words", 3)]
        rest += [("how", 9), ("side", 3), ("gap", 1), ("how", 99)]
    else:
        # Of the same height for all cues of an exercise, so that nothing moves when another one stands there.
        cue = min(2, max((len(wrapped(each, page.width)) for each in view.cues), default=1))
        means = len(means_rows(view, page.width)) if view.side_word else 0
        spare = page.left - 8 - cue - means
        if means == 1 or (means and spare >= 0):  # what comes then is needed last
            rest = [("breath", 1), ("header", 1), ("cues", 1), ("means", means), ("cues", cue)]
            rest += [("count", 5), ("then", min(1, max(0, spare)))]
        else:
            rest = [("breath", 1), ("header", 1), ("cues", 1), ("then", 1), ("cues", cue), ("count", 5)]
        rest += [("bar", 1), ("cues", 2), ("words", 3), ("side", 1), ("gap", 1), ("side", 3), ("breath", 3)]
        rest += [("air", 1), ("count", 8), ("words", 5), ("cues", 5), ("low", 1)]
    wishes = [*words, *((name, 0 if roomy and name in ("header", "bar") else rows) for name, rows in rest)]
    parts = shared(page.left, wishes)
    if parts["header"]:
        page.add(header_row(view, page.width, named=True))
    if not roomy and (parts["bar"] or view.banner):
        _add_bar(page, 1, 0)
    _add_words(page, parts["words"], parts.get("side", 0))
    page.add(*(means_rows(view, page.width) if parts.get("means") else ()))
    page.add(*([EMPTY] * parts["gap"]))
    hurt = view.still is not None and view.still.hurt
    page.add(*([] if hurt else exactly(seconds_rows(view, page.width, parts["count"]), parts["count"])))
    page.add(*([EMPTY] * parts.get("air", 0)))
    if "how" in parts:
        spare = parts["count"] if hurt else 0
        page.add(*told_below(view, page.width, parts["how"] + spare))
        return
    page.add(*exactly(cue_rows(view, page.width, parts["cues"], figured=False), parts["cues"]))
    page.add(*([EMPTY] * parts.get("low", 0)))
    _add_breath(page, page.width, parts["breath"])
    if parts["then"] and page.left:
        page.rows += [EMPTY] * min(page.left - 1, 1 if parts[""] else 0)
        page.add(row(Span(shortened(view.then, page.width), Look.TITLE)) if view.then else EMPTY)


def _add_words(page: _Page, height: int, side_rows: int) -> None:
    """What to do and on which side, in words, large where there is room."""
    view = page.view
    still = view.still
    if height < 1:
        return
    if still is not None:
        height += side_rows
        keys = row(Span(still.keys, Look.STRONG))
        title = large((still.title,), page.width, height - 1, Look.PAUSED) if height > 3 else ()
        if height == 1:
            page.add(row(Span(still.title, Look.PAUSED), "  ", *keys))
        elif title:
            page.add(*exactly([*title, row(f"{still.place}  " if still.place else "", *keys)], height))
        else:
            page.add(*exactly([row(Span(still.title, Look.PAUSED), f"  {still.place}"), keys], height))
        return
    look = ACCENT_LOOKS[view.accent]
    side_look = SIDE_LOOKS[view.side] if view.side else Look.TITLE
    if height < 3 or not side_rows:
        words = [Span(view.phase[0], look)]
        if view.side_word:
            words += [Span("  "), Span(view.side_word, side_look)]
            means = Span(f": {view.means}")
            if view.leads_in and view.means and width_of((*words, means)) <= page.width:
                words.append(means)
        page.add(*centred([tuple(words)], height))
        return
    page.add(*exactly(large(view.phase, page.width, height, look), height))
    side = large((view.side_word,), page.width, side_rows, side_look) if view.side_word else ()
    page.add(*exactly(side, side_rows))
