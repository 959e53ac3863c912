"""Today's page: Start first, then what it will be, pain, and the week last."""

from __future__ import annotations

from backtimer.core.picture.page import Block, Page, PagePart, Scroll, Slot, apart, bordered
from backtimer.core.picture.rows import (
    EMPTY,
    MOST_WIDTH,
    Look,
    Row,
    Span,
    cells,
    cut,
    fit,
    row,
    width_of,
    wrapped,
    wrapped_parts,
)
from backtimer.core.picture.weeks import WeekDay, Weeks, weeks_rows
from backtimer.core.progress.scales import PAIN
from backtimer.language import _, marked
from backtimer.values import NamedTuple

START, DAY, EXERCISE, NUMBER, ANSWER, WALK = "start", "day", "exercise", "number", "answer", "walk"
"""What can be clicked. The value of an answer is its place in `ANSWERS`."""

ANSWERS = (("y", marked("yes")), ("n", marked("not yet")), ("a", marked("all")))
"""The keys that answer a proposal, and what they say; the last only where there are several."""

BESIDE = 64
"""From this width on the exercise that is looked at has room beside the list."""

LOW, TALL = 16, 36
"""Below the first number of rows there is no air between the parts; from the second on there is more."""

_LEAST_FACTS = 9
"""From so many rows on the facts may take two of them."""

_LEAST_LIST, _MOST_LIST = 28, 46
_FIGURE_SHARE = 0.3
"""The rows of a figure, by its columns: a body lies longer than it is high."""
_LEAST_FIGURE = (26, 8)
_LEAST_WORDS = 6
"""So many rows below a figure belong to the words."""
_LEAST_BODY = 4
_AIRY_BODY = 6
"""So many rows of a list have room for air below what is said before it."""


class Listed(NamedTuple):
    """An exercise, or an activity, of the day's list."""

    name: str
    amount: str = ""
    group: str = ""
    """The heading that it stands under; empty: none."""
    note: str = ""
    how: tuple[str, ...] = ()
    """How it is done, in sentences."""
    watch: tuple[str, ...] = ()
    exercise: str = ""
    """Its id; empty for an activity."""
    figured: bool = False
    """There is a figure of it."""


class KeyedQuestion(NamedTuple):
    """A question that is answered with a key."""

    text: str
    keys: tuple[tuple[str, str], ...]
    """Each key, and what it says."""


class Pain(NamedTuple):
    """How much it hurts, as it is asked."""

    question: str
    value: int | None
    asides: tuple[str, ...]
    """What else there is to say of it, and the same in fewer words."""
    strong: bool = False
    """It is asked, and not only offered."""


class TodayView(NamedTuple):
    """All that the page shows, in the language that is spoken and fit to be shown."""

    title: str
    length: str = ""
    """How long it takes; empty: there is nothing to start."""
    facts: str = ""
    """When it is, how it stands, what it takes."""
    routine: str = ""
    button: str = ""
    """What the button says; empty: there is none."""
    button_short: str = ""
    """The same in fewer words, for a narrow screen; empty: there are none."""
    button_key: str = ""
    """The key that does the same; empty: none does now."""
    button_does: str = START
    said: tuple[Span, ...] = ()
    """Sentences before the list."""
    advice: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()
    weeks: Weeks | None = None
    """In place of a list, where nothing is asked for."""
    week: tuple[WeekDay, ...] = ()
    day: int = -1
    """Which day of the week is shown."""
    streak: str = ""
    notices: tuple[str, ...] = ()
    """What is wrong, and what can be taken back."""
    asked: KeyedQuestion | None = None
    pain: Pain | None = None


class ListPlace(NamedTuple):
    """Where somebody is on the page."""

    exercise: int = 0
    """The exercise that is looked at."""
    chosen: bool = False
    """It was chosen by hand."""
    passed: int = 0
    """So many lines at the beginning of the list are out of sight, at most."""


class _List(NamedTuple):
    rows: list[Row]
    entries: list[int]
    """Of each row the exercise that it belongs to; -1: none."""


def today_page(view: TodayView, place: ListPlace, width: int, height: int) -> Page:
    """The page.

    Args:
        view: What it shows.
        place: Where somebody is on it.
        width: Cells there are.
        height: Rows there are, without the line of keys.
    """
    inner = max(1, min(MOST_WIDTH, width - 2))
    left = max(0, (width - inner) // 2)
    top, bottom = _top(view, inner, height), _bottom(view, inner, height)
    above = _above(view, inner)
    room = height - len(top) - len(bottom)
    short = bool(above) and room - len(above) - 1 < max(_LEAST_BODY, 2 * len(above))
    if above and not short:
        top.add(above)
        top.air()
    body = height - len(top) - len(bottom)
    page = Block()
    page.put_below(top)
    page.put_below(_body(view, place, above if short else [], (inner, max(0, body))))
    page.put_below(bottom)
    return page.page(width, height, left)


def _top(view: TodayView, width: int, height: int) -> Block:
    """What it is, when, and what starts it."""
    block = Block()
    if height >= TALL:
        block.air()
    key = f"{view.button_key}  " if view.button_key and width >= BESIDE - 2 else ""
    says = view.button_short if view.button_short and width < BESIDE - 2 else view.button
    button = (Span(f" {key}{says} ", Look.BUTTON),) if says else ()
    length = (Span(view.length, Look.HEADING), Span("   " if button else "")) if view.length else ()
    right: Row = (*length, *button)
    title = (
        apart(row(Span(view.title, Look.TITLE)), right, width) if right else row(Span(view.title, Look.TITLE))
    )
    block.add_parts(
        PagePart(span, view.button_does if span.look is Look.BUTTON else "") for span in cut(title, width)
    )
    facts = row(Span(view.facts, Look.QUIET))
    if view.routine and width_of(facts) + cells(view.routine) + 3 <= width and width >= BESIDE:
        facts = apart(facts, row(Span(view.routine, Look.QUIET)), width)
    if height >= LOW:
        block.add([facts] if width_of(facts) <= width else wrapped_parts(view.facts, width, Look.QUIET, 0))
    else:
        block.add(_short_facts(view, width, height))
    if view.asked is not None:
        if height >= LOW:
            block.air()
        _ask(block, view.asked, width)
    if height >= LOW:
        block.air()
    return block


def _short_facts(view: TodayView, width: int, height: int) -> list[Row]:
    """The facts where there are few rows: rather all that is to be fetched than that it is today.

    They take a second row, unless there is something to be said before the list.
    """
    things = view.facts.partition(" · ")[2]
    if cells(view.facts) <= width or height < _LEAST_FACTS or view.said:
        return [cut(row(Span(view.facts, Look.QUIET)), width)]
    today = 0 <= view.day < len(view.week) and view.week[view.day].today
    for told in (things, view.facts) if today else (view.facts, things):
        for rows in (wrapped_parts(told, width, Look.QUIET, 0), wrapped(told, width, Look.QUIET)):
            if 0 < len(rows) <= 2:
                return rows
    return [cut(row(Span(things, Look.QUIET)), width)]


def _ask(block: Block, asked: KeyedQuestion, width: int) -> None:
    keys: list[PagePart] = []
    for number, (key, says) in enumerate(asked.keys):
        between = [PagePart(Span(" · ", Look.QUIET))] if keys else []
        keys += [
            *between,
            PagePart(Span(key, Look.STRONG), ANSWER, number),
            PagePart(Span(f" {says}"), ANSWER, number),
        ]
    taken = cells(asked.text) + 3 + sum(cells(part.span.text) for part in keys)
    if taken <= width:
        block.add_parts([PagePart(Span(asked.text, Look.TITLE)), PagePart(Span("   ")), *keys])
    else:
        block.add(wrapped(asked.text, width, Look.TITLE))
        block.add_parts(keys)


def _above(view: TodayView, width: int) -> list[Row]:
    """What is to be said before the list."""
    rows: list[Row] = []
    for said in view.said:
        rows += wrapped(said.text, width, said.look)
    for line in view.advice:
        rows += [row(Span("▌ ", Look.OFF), *each) for each in wrapped(line, width - 2)]
    return rows


def _bottom(view: TodayView, width: int, height: int) -> Block:
    """What is wrong, how much it hurts, and how the week stands."""
    block = Block()
    airy = height >= LOW
    notices = [each for notice in view.notices for each in wrapped(notice, width - 2, Look.WARNING)]
    if notices:
        most = max(2, height // 4)
        if len(notices) > most:
            notices = [*notices[: most - 1], cut((*notices[most - 1], Span("…", Look.WARNING)), width)]
        if airy:
            block.air()
        block.add(row(Span("! ", Look.WARNING), *each) for each in notices)
    if view.pain is not None and height >= 8:
        if airy:
            block.air()
        _rate(block, view.pain, width)
    if view.week and height >= 6:
        if airy:
            block.air()
        _strip(block, view, width)
    return block


def _rate(block: Block, pain: Pain, width: int) -> None:
    numbers = range(PAIN.lowest, PAIN.highest + 1)
    label = PagePart(Span(f"{pain.question} ", Look.TITLE if pain.strong else Look.QUIET))
    roomy = cells(label.span.text) + 4 * len(numbers) + 1 <= width
    parts = [label]
    for number in numbers:
        text = f"[{number}]" if number == pain.value else f" {number} " if roomy else f" {number}"
        look = Look.CHOSEN if number == pain.value else Look.PLAIN if pain.strong else Look.QUIET
        parts.append(PagePart(Span(text, look), NUMBER, number))
    used = sum(cells(part.span.text) for part in parts)
    first = parts if used <= width else parts[:1]
    taken = sum(cells(part.span.text) for part in first)
    aside = next((f"  {each}" for each in pain.asides if taken + 2 + cells(each) <= width), "")
    block.add_parts([*first, PagePart(Span(aside, Look.QUIET))])
    if used > width:
        block.add_parts(parts[1:])


def _strip(block: Block, view: TodayView, width: int) -> None:
    """The seven days, and beside or below them how many in a row."""
    names = [day.name for day in view.week]
    wide = sum(cells(name) + 5 for name in names) <= width
    parts: list[PagePart] = []
    for index, day in enumerate(view.week):
        mark = "•" if day.today else " "
        shown = index == view.day
        name = f"{mark}{day.name if wide else day.letters} "
        ends = " " if wide else ""
        if shown:
            parts.append(PagePart(Span(f"{name}{day.glyph.text}{ends}", Look.SHOWN), DAY, index))
        else:
            parts.append(PagePart(Span(name, Look.STRONG if day.today else Look.QUIET), DAY, index))
            parts.append(PagePart(Span(f"{day.glyph.text}{ends}", day.glyph.look), DAY, index))
    used = sum(cells(part.span.text) for part in parts)
    if used + 2 + cells(view.streak) <= width:
        gap = Span(" " * (width - used - cells(view.streak)))
        block.add_parts([*parts, PagePart(gap), PagePart(Span(view.streak, Look.STRONG))])
    else:
        block.add_parts(parts)


def _body(view: TodayView, place: ListPlace, above: list[Row], size: tuple[int, int]) -> Block:
    """The list, or the weeks of a rest day, with what is looked at beside it."""
    width, height = size
    block = Block()
    if not height:
        return block
    list_width = _list_width(view, width)
    listed = _list(view, place, above, (list_width, height))
    rows, entries = listed.rows, listed.entries
    seen, first = _in_sight(listed, place, height)
    for index, entry in enumerate(entries[first : first + len(seen)]):
        if entry >= 0 and not (index == len(seen) - 1 and first + len(seen) < len(rows)):
            block.add_parts([PagePart(Span(" " * list_width), EXERCISE, entry)])
        else:
            block.air()
    # What can be clicked is known; now what is seen.
    block.rows.clear()
    looked_at = _looked_at(view, place)
    if looked_at is not None and list_width < width:
        named = None if view.weeks is None else Look.CHOSEN if place.chosen else Look.TITLE
        _set_beside(block, seen, looked_at, (list_width, width - list_width - 3, height), named)
    else:
        block.add(seen)
        if looked_at is not None and height - len(seen) >= _LEAST_BODY:
            block.air()
            block.add(_words(looked_at, width, height - len(block)))
    block.scroll = Scroll(len(rows), first, len(seen))
    block.air(height - len(block))
    return block


def _list_width(view: TodayView, width: int) -> int:
    """The cells of the list: all there are where nothing has room beside it."""
    if width < BESIDE - 2 or not any(listed.how or listed.exercise for listed in view.listed):
        return width
    if view.weeks is not None:
        return min(_MOST_LIST, width * 45 // 100)
    need = _beside_each_other(view.listed)
    return max(_LEAST_LIST, min(need, _MOST_LIST, width * 45 // 100))


def _head(listed: Listed) -> int:
    return 2 + (2 if listed.group else 0) + cells(listed.name)


def _beside_each_other(every: tuple[Listed, ...]) -> int:
    """The cells that a list takes whose amounts all stand in one column, to the right of the longest name."""
    return max(map(_head, every), default=0) + 2 + max((cells(listed.amount) for listed in every), default=0)


def _list(view: TodayView, place: ListPlace, above: list[Row], size: tuple[int, int]) -> _List:
    """The lines of the list. Names and amounts stand beside each other if all of them fit."""
    width, height = size
    rows, entries = list(above), [-1] * len(above)
    if above and height >= _AIRY_BODY:
        rows.append(EMPTY)
        entries.append(-1)
    if view.weeks is not None:
        weeks = weeks_rows(view.weeks, width, height - len(rows))
        return _List([*rows, *weeks], [*entries, *[-1] * len(weeks)])
    beside = _beside_each_other(view.listed) <= width
    column = max(map(_head, view.listed), default=0) + 2
    group = ""
    for index, listed in enumerate(view.listed):
        if listed.group != group and listed.group:
            rows.append(row(Span(fit(listed.group, width), Look.HEADING)))
            entries.append(-1)
        group = listed.group
        indent = "  " if listed.group else ""
        looked_at = index == place.exercise and bool(listed.how or listed.exercise)
        chosen = looked_at and place.chosen
        mark = "▸ " if looked_at else "  "
        name, name_look, quiet = f"{indent}{listed.name}", Look.PLAIN, Look.QUIET
        if looked_at:
            name_look = Look.TITLE
        if chosen:
            name_look = quiet = Look.CHOSEN
        mark_look = Look.CHOSEN if chosen else Look.STRONG
        if beside:
            gap = " " * (column - 2 - cells(name))
            filled = f"{gap}{listed.amount}"
            if chosen:
                filled = filled.ljust(width - 2 - cells(name))
            lines = [row(Span(mark, mark_look), Span(name, name_look), Span(filled, quiet))]
        else:
            text = fit(name, width - 2)
            lines = [
                row(
                    Span(mark, mark_look),
                    Span(text + (" " * (width - 2 - cells(text)) if chosen else ""), name_look),
                )
            ]
            indented = 4 + len(indent)
            lines += wrapped_parts(listed.amount, width, Look.QUIET, min(indented, max(0, width - 8)))
        rows += lines
        entries += [index] * len(lines)
    return _List(rows, entries)


def _in_sight(listed: _List, place: ListPlace, height: int) -> tuple[list[Row], int]:
    """The lines that have room, and the first of them; what is below says so on the last line."""
    rows, entries = listed.rows, listed.entries
    if len(rows) <= height:
        return rows, 0
    first = min(place.passed, len(rows) - height)
    if place.chosen and place.exercise in entries:
        begin = entries.index(place.exercise)
        end = len(entries) - entries[::-1].index(place.exercise)
        # The line that tells how many there are below takes one.
        room = height if end == len(rows) else height - 1
        first = min(first, begin) if begin < first else max(first, end - room)
    seen = list(rows[first : first + height])
    below = len(rows) - first - height
    if below > 0 and height > 1:
        left = len({entry for entry in entries[first + height - 1 :] if entry >= 0})
        seen[-1] = row(Span(f"  ↓ {_('{number} more').format(number=left or below + 1)}", Look.QUIET))
    return seen, first


def _looked_at(view: TodayView, place: ListPlace) -> Listed | None:
    if not view.listed:
        return None
    found = view.listed[min(place.exercise, len(view.listed) - 1)]
    return found if found.how or found.exercise else None


def figure_size(columns: int, rows: int) -> tuple[int, int]:
    """How large a figure is in a box that words share with it; (0, 0): there is no room for one."""
    height = min(round(columns * _FIGURE_SHARE), rows - _LEAST_WORDS)
    if rows - _LEAST_BODY >= _LEAST_FIGURE[1]:  # the words can do with less, if need be
        height = max(height, _LEAST_FIGURE[1])
    if columns < _LEAST_FIGURE[0] or height < _LEAST_FIGURE[1]:
        return 0, 0
    return columns, height


def _set_beside(
    block: Block, seen: list[Row], looked_at: Listed, size: tuple[int, int, int], named: Look | None
) -> None:
    """The list, and beside it the figure of what is looked at, and its words as far as there is room.

    Args:
        block: Where to put them.
        seen: The lines of the list.
        looked_at: The exercise.
        size: Cells of the list, cells beside it, and rows.
        named: How its name is shown above it; None: the list has it.
    """
    list_width, width, height = size
    detail = [] if named is None else [row(Span(looked_at.name, named))]
    columns, lines = figure_size(width, height - len(detail)) if looked_at.figured else (0, 0)
    if lines:
        block.slot = Slot(len(block) + len(detail), list_width + 3, columns, lines)
        detail += [EMPTY] * lines
    detail += _words(looked_at, width, height - len(detail))
    block.add(bordered(seen, detail, list_width, height))


def _words(listed: Listed, width: int, height: int) -> list[Row]:
    """How it is done; where there is more than fits, the end says so."""
    rows = wrapped(listed.note, width, Look.STRONG) if listed.note else []
    for sentence in listed.how:
        rows += wrapped(sentence, width)
    for index, sentence in enumerate(listed.watch):
        said = _("Watch: {sentence}").format(sentence=sentence) if not index else sentence
        rows += wrapped(said, width, Look.QUIET)
    if len(rows) > height > 0:
        last = rows[height - 1]
        rows = [*rows[: height - 1], cut((*last, Span(" …", Look.QUIET)), width)]
    return rows[: max(0, height)]
