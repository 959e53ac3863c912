"""The parts of the workout's screen, each in rows for the room that it is given."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.picture.blocks import (
    centred,
    count_rows,
    ended,
    exactly,
    large,
    padded_row,
    turned,
)
from backtimer.core.picture.letters import fitted_text
from backtimer.core.picture.moment import Accent, AgendaLine, Mark, Tally, View
from backtimer.core.picture.rows import EMPTY, Look, Row, Span, cells, cut, fit, row, width_of, wrapped
from backtimer.core.plan.routine import Side

LEAST_FIGURE = (26, 8)
"""A smaller figure shows nothing."""

LEAST_COLUMN = 33
"""What stands beside the figure takes at least this width, while there is work to be done."""

_LEAST_MEANS = 8
"""What a side means is not written in fewer columns beside it."""

MOST_MARKS = 20
"""More reps, sets or rounds than this are told in words only."""

ACCENT_LOOKS = {
    Accent.WORK: Look.WORK,
    Accent.HOLD: Look.HOLD,
    Accent.REST: Look.RESTING,
    Accent.READY: Look.READY,
}
SIDE_LOOKS = {Side.LEFT: Look.LEFT, Side.RIGHT: Look.RIGHT}
_MARKS = {
    Mark.DONE: Look.DONE,
    Mark.PARTIAL: Look.PART,
    Mark.NOW: Look.STRONG,
    Mark.TO_COME: Look.QUIET,
    Mark.SKIPPED: Look.QUIET,
    Mark.HURT: Look.ALERT,
}
_AGENDA_MARKS = {Mark.NOW: "▸", Mark.DONE: "✓", Mark.TO_COME: "·", Mark.HURT: "!"}


def is_narrow(width: int) -> bool:
    return width < LEAST_FIGURE[0] + LEAST_COLUMN + 1


def column_rows(view: View, width: int, height: int) -> list[Row]:
    """What to do, on which side, how long still, and which rep: from the top of the figure to its foot."""
    if view.still is not None:
        return _still_column(view, width, height)
    count = seconds_rows(view, width, _count_height(height))
    room = height - len(count)
    look = ACCENT_LOOKS[view.accent]
    if not view.side_word:
        return _stacked(
            _phase_rows(view.phase, width, min(room - 1, height // 2), room, look), (), count, height
        )
    side = side_block(view, width, max(3, height // 4), max(1, room - 3))
    left = room - len(side)
    air = min(1, left - 3) if len(side) > 3 else 0  # the smallest letters have some at their feet
    phase = _phase_rows(view.phase, width, max(3, left - 1), left - air, look)
    if view.leads_in and len(large(view.phase, width, max(3, left - 1), look)) < 3:
        larger = large(view.phase, width, room - 1, look)
        if len(larger) >= 3:  # the whole move is read from far; how it is done tells the side, too
            side = _side_words(view, width, room - len(larger))
            return _stacked(larger, side, count, height)
    return _stacked(phase, [*side, *([EMPTY] * air)], count, height)


def _phase_rows(phase: tuple[str, ...], width: int, wanted: int, room: int, look: Look) -> tuple[Row, ...]:
    """What to do, as large as there is room for; of a long one the beginning, rather than nothing."""
    rows = large(phase, width, min(wanted, room), look)
    if len(rows) < 3:
        return begun_rows(phase[0], width, room, look) or rows
    return rows


def begun_rows(text: str, width: int, height: int, look: Look) -> tuple[Row, ...]:
    """How a text begins, in large letters, and the rest in words; nothing where that says too little."""
    words = text.split() if width >= LEAST_COLUMN - 1 else []
    counts = [count for count in range(len(words) - 1, 0, -1) if 2 * count >= len(words)]
    clauses = [count for count in range(len(words) - 1, 0, -1) if words[count - 1].endswith(",")]
    for count in (*clauses, *counts):
        begins = " ".join(words[:count]).rstrip(",")
        rest = wrapped(" ".join(words[count:]), width, look)
        if fitted_text(begins, width, height - len(rest), 1)[0]:
            return (*large((begins,), width, height - len(rest), look), *rest)
    return ()


def _stacked(top: Sequence[Row], middle: Sequence[Row], foot: Sequence[Row], height: int) -> list[Row]:
    """Rows at the top, others at the foot, and some right above these."""
    lower = [*middle, *foot]
    return exactly([*exactly(top, max(0, height - len(lower))), *lower], height)


def _count_height(height: int) -> int:
    """The rows of the seconds, where so many are beside the figure."""
    return max(3 if height < 8 else 5, height * 5 // 12)


def side_block(view: View, width: int, height: int, most: int) -> list[Row]:
    """The side, and what it means: of one form in all phases of an exercise, and for both its sides.

    Args:
        view: The moment.
        width: In cells.
        height: Of the word, where it is large.
        most: So many rows there are for all of it.

    Returns:
        The word, large, and what it means beside it, the first clause of it rather than nothing. Where there
        is no room for that, both are in words.
    """
    look = _side_look(view)
    sides = ((view.side_word, view.means), *view.sides)
    words = [large((word,), width, min(height, most), look) for word, _means in sides]
    high = max(map(len, words))
    if min(map(len, words)) >= 3:
        taken = max(width_of(each) for word in words for each in word) + 2
        for clauses in (99, 1):
            told = [wrapped(_begun(means, clauses), max(1, width - taken)) for _word, means in sides]
            rows = max(map(len, told))
            if rows <= high and (width - taken >= _LEAST_MEANS or not rows):
                beside = exactly(centred(exactly(told[0], rows), high), high)
                return joined_blocks(words[0], beside, taken)
    in_words = [_side_words(view._replace(side_word=word, means=means), width, most) for word, means in sides]
    return exactly(in_words[0], max(map(len, in_words)))


def means_rows(view: View, width: int) -> list[Row]:
    """What the side means, in rows of its own: the first clause where all of it has no room in one.

    As many rows for both sides.
    """
    sides = (view.means, *(means for _word, means in view.sides))
    look = _side_look(view)
    told = [[wrapped(_begun(means, clauses), width, look) for means in sides] for clauses in (99, 1)]
    found = next((each for each in told if max(map(len, each)) <= 1), told[0])
    return exactly(found[0], max(map(len, found)))


def _begun(means: str, clauses: int) -> str:
    """So many clauses of what a side means."""
    return ", ".join(means.split(", ")[:clauses])


def _side_look(view: View) -> Look:
    return SIDE_LOOKS[view.side] if view.side else Look.TITLE


def _side_words(view: View, width: int, height: int) -> list[Row]:
    """The side and what it means in words: in one row or several, or the side alone."""
    side = Span(view.side_word, _side_look(view))
    beside = row(side, f"  {view.means}" if view.means else "")
    if width_of(beside) <= width:
        return [beside]
    below = [row(side), *wrapped(view.means, width)]
    return below if len(below) <= height else [cut(row(side), width)]


def seconds_rows(view: View, width: int, height: int) -> list[Row]:
    """The seconds, with which rep it is beside them."""
    look = Look.DIM if view.still is not None else Look.TITLE
    rows = count_rows(view.seconds, view.seconds_shape, width, height, look)
    taken = max((width_of(each) for each in rows), default=0) + (3 if width < 40 else 6 if width < 60 else 9)
    beside = exactly(_rep(view, width - taken, len(rows)), len(rows))
    return joined_blocks(rows, beside, taken)


def _rep(view: View, width: int, height: int) -> list[Row]:
    """Which rep it is, large, and in words below; both stand on the foot of the count."""
    if width < 3 or height < 1 or not view.rep_word:
        return []
    marks: tuple[Mark, ...] = ()
    if view.rep is not None and view.reps is not None and view.reps <= MOST_MARKS:
        marks = tuple(_rep_mark(number, view.rep) for number in range(1, view.reps + 1))
    tallies = [_tally_row(Tally(view.rep_word, marks)), row(view.rep_word)]
    words = next(([each] for each in tallies if width_of(each) <= width), [])
    if view.rep is None:
        if any(len(word) > width for word in view.rep_word.split()):
            return []
        lines = wrapped(view.rep_word, width)
        return [*([EMPTY] * (height - len(lines))), *lines] if len(lines) <= height else []
    look = Look.QUIET if view.still is None else Look.DIM
    number = f"{view.rep}/{view.reps}" if view.reps else str(view.rep)
    # Never as large as the seconds, with which it would be read as one number.
    digits = large(
        (number,), width, height if height < 5 else min(height - 2, max(3, -(-height * 5 // 8))), look
    )
    if len(digits) < 3:
        return [*([EMPTY] * (height - 1)), *(words or ended([row(number)], width, 1))]
    if len(digits) + len(words) > height:
        return list(digits)
    return [*exactly(digits, height - len(words)), *words]


def _rep_mark(number: int, now: int) -> Mark:
    return Mark.DONE if number < now else Mark.NOW if number == now else Mark.TO_COME


def joined_blocks(left: Sequence[Row], right: Sequence[Row], width: int) -> list[Row]:
    """Two blocks of as many rows beside each other, the left one so wide."""
    return [
        (*padded_row(one, width), *other) if other else one for one, other in zip(left, right, strict=True)
    ]


def _still_column(view: View, width: int, height: int) -> list[Row]:
    """That it stands still, over what was to do; the seconds stay where they are."""
    still = view.still
    assert still is not None
    count = () if still.hurt else seconds_rows(view, width, _count_height(height))
    keys = wrapped(still.keys, width, Look.STRONG)
    place = wrapped(still.place, width, Look.PLAIN)
    room = height - len(count)
    if 1 + len(place) + len(keys) > room:
        place = []  # the seconds tell it, too; what goes on does not stand anywhere else
    title = large((still.title,), width, max(1, room - len(keys) - len(place) - 1), Look.PAUSED)
    told = [*title, *place, *keys]
    if len(told) + 2 <= room and room >= 9:
        told = [*title, EMPTY, *place, EMPTY, *keys]
    return exactly([*ended(told, width, room), *([EMPTY] * (room - len(told))), *count], height)


def agenda_rows(agenda: Sequence[AgendaLine], width: int, height: int) -> list[Row]:
    """The session's list, as much of it as there is room for, with what is done now in sight."""
    now = next((place for place, each in enumerate(agenda) if each.mark is Mark.NOW), 0)
    first = max(0, min(now - height // 2, len(agenda) - height))
    longest = max(cells(each.name) for each in agenda)
    rows = []
    for each in agenda[first : first + height]:
        look = Look.TITLE if each.mark is Mark.NOW else Look.QUIET
        sign = Span(_AGENDA_MARKS.get(each.mark, each.mark.value), _MARKS[each.mark])
        name = f"  {fit(each.name, width * 2 // 3)}"
        gap = " " * max(2, min(longest, width * 2 // 3) + 4 - cells(name))
        rows.append(cut((sign, Span(name, look), Span(f"{gap}{each.amount}", Look.QUIET)), width))
    return rows


def is_activity(view: View) -> bool:
    """Whether there is nothing but a name of what is done: it stands large, in the place of what to watch."""
    return not (view.how or view.rep_word or view.leads_in or view.still or view.cues)


def told_beside(view: View, width: int, height: int) -> list[Row]:
    """How it is done, in words; of an activity its name. What hurts leaves no room for anything else."""
    if view.still is not None and view.still.hurt:
        lines = [each for why in view.still.why for each in (*wrapped(why, width, Look.TITLE), EMPTY)]
        return centred(ended(lines[:-1], width, height), height)
    look = Look.QUIET if view.still is not None else Look.PLAIN
    if view.how:
        return exactly(turned(view.how, width, height, view.passed_s, look), height)
    return centred(large((view.name,), width, height, Look.TITLE, 3), height)


def how_rows(view: View, width: int, height: int, *, figured: bool) -> list[Row]:
    still = view.still
    if still is not None and still.why:
        return (
            []
            if still.hurt
            else ended([each for why in still.why for each in wrapped(why, width, Look.ALERT)], width, height)
        )
    if not figured and not is_narrow(width):
        return []  # it stands in the place of the figure
    return turned(view.how, width, height, view.passed_s)


def told_below(view: View, width: int, height: int) -> list[Row]:
    still = view.still
    if still is not None and still.why:
        look = Look.TITLE if still.hurt else Look.ALERT
        return _lines((*still.why, still.place), width, height, look)
    how = (view.amount, *view.how) if view.amount else view.how
    return turned(how, width, height, view.passed_s)


def cue_rows(view: View, width: int, height: int, *, figured: bool = True) -> list[Row]:
    """One thing to watch, or three where there is room; why it stands still comes before that."""
    still = view.still
    if figured and is_activity(view):
        return list(large((view.name,), width, height, Look.TITLE, 2))
    if still is not None and still.why:
        return [] if still.hurt else _lines(still.why, width, height, Look.ALERT)
    rows: list[Row] = []
    for cue in view.cues[: 1 if height < 3 else 3]:
        lines = wrapped(cue, width, Look.QUIET if still is not None else Look.PLAIN)
        if rows and len(rows) + len(lines) > height:
            break
        rows += lines
    return ended(rows, width, height)


def _lines(texts: Sequence[str], width: int, height: int, look: Look) -> list[Row]:
    """Texts, each beginning a row."""
    return ended([each for text in texts for each in wrapped(text, width, look)], width, height)


def header_row(view: View, width: int, *, named: bool) -> Row:
    """Where this is, and how long still; marks go first where there is little room, and then words."""
    name = view.name if named else view.title or view.name
    every = len(view.places)
    for left, marks, places in (
        (view.left[0], True, every),
        (view.left[0], False, every),
        (view.left[-1], False, every),
        (view.left[-1], True, 1),
        (view.left[-1], False, 1),
        (view.left[-1], False, 0),
    ):
        told: list[Span] = [Span(name, Look.TITLE)]
        for tally in view.places[:places]:
            told += [Span(" · "), *_tally_row(tally if marks else Tally(tally.text))]
        if width_of(tuple(told)) + 2 + cells(left) <= width:
            break
    shown = cut(tuple(told), max(1, width - 2 - cells(left)))
    gap = width - width_of(shown) - cells(left)
    return (*shown, Span(" " * gap), Span(left, Look.QUIET)) if gap > 0 else shown


def _tally_row(tally: Tally) -> Row:
    marks = [Span(mark.value, _MARKS[mark]) for mark in tally.marks]
    return (Span(tally.text), Span(" "), *marks) if marks else (Span(tally.text),)
