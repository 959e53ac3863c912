"""The lines of a past session: what each says, which one is marked, and the keys that change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backtimer.core.plan.units import counted
from backtimer.core.progress.history import PastSession
from backtimer.core.progress.layout import (
    EMPTY,
    Look,
    Row,
    Span,
    cells,
    cut,
    fit,
    flowing,
    padded,
    row,
    width_of,
    wrapped,
)
from backtimer.core.progress.scales import EFFORT, PAIN, Scale
from backtimer.core.progress.session_view import (
    OUTCOME_GLYPHS,
    OUTCOME_LOOKS,
    Detail,
    DetailSet,
    amount_words,
)
from backtimer.core.session.events import Outcome
from backtimer.core.speech.phrases import outcome_words

MARK = "▸ "

GAP = 2

LEAST_NAME = 16
"""So much room a set's name has before there is any for words: the sign tells the outcome, too."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One of the numbers that say how a session felt."""

    field: str
    """What it is called in a session."""
    word: str
    scale: Scale = PAIN

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that change it, and what they do."""
        return ((f"{self.scale.lowest}-9", ""), ("x", "for 10"), ("⌫", "no answer"))


RATINGS = (
    Rating("effort", "Effort", EFFORT),
    Rating("pain_before", "Pain before"),
    Rating("pain", "Pain after"),
    Rating("pain_next", "Next morning"),
)

OUTCOME_KEYS = {
    "d": Outcome.DONE,
    "p": Outcome.PARTIAL,
    "s": Outcome.SKIPPED,
    "h": Outcome.HURT,
}

_SET_KEYS = (("d", "done"), ("p", "partly"), ("s", "skipped"), ("h", "it hurt"))
_REPS_KEYS = (("+ -", "reps"),)


@dataclass(frozen=True, slots=True)
class Place:
    """A line that can be changed: a rating or a set."""

    rating: Rating | None = None
    one: DetailSet | None = None

    @property
    def counts_reps(self) -> bool:
        """Whether it is a set with a number of reps."""
        return self.one is not None and self.one.reps is not None


def places_of(detail: Detail) -> tuple[Place, ...]:
    """All lines that can be changed, from above."""
    return (*(Place(rating) for rating in RATINGS), *(Place(one=one) for one in detail.sets))


def key_rows(place: Place | None, width: int) -> list[Row]:
    """Which keys change a line."""
    if place is None:
        return []
    keys = place.rating.keys if place.rating else (*_SET_KEYS, *(_REPS_KEYS if place.counts_reps else ()))
    parts = (row(Span(key, Look.STRONG), Span(f" {word}" if word else "", Look.QUIET)) for key, word in keys)
    return flowing(parts, width)


def line_rows(detail: Detail, marked: int, width: int) -> list[Row]:
    """Ratings, sets, what was not reached, and the note; one line is marked."""
    room = max(1, width - len(MARK))
    session = detail.shown.session
    lines = [*(_rating_row(session, rating) for rating in RATINGS), *_set_rows(detail.sets, room)]
    bar = min(room, max(width_of(line) for line in lines))
    rows = [_line(cut(line, room), index == marked, bar) for index, line in enumerate(lines)]
    rows.insert(len(RATINGS), EMPTY)
    missing = session.planned_sets - len(detail.sets)
    if missing > 0:
        rows.append(
            _line(row(Span(fit(f"{counted(missing, 'set')} not reached", room), Look.QUIET)), False, bar)
        )
    if detail.note:
        rows += [EMPTY, *wrapped(detail.note, room, indent=len(MARK))]
    return rows


def row_of(line: int) -> int:
    """In which row a line stands."""
    return line + (1 if line >= len(RATINGS) else 0)


def _rating_row(session: PastSession, rating: Rating) -> Row:
    value = getattr(session, rating.field)
    shown = Span("–", Look.QUIET) if value is None else Span(str(value))
    return row(Span(f"{rating.word:<14}", Look.QUIET), shown)


def _set_rows(sets: Sequence[DetailSet], width: int) -> list[Row]:
    """A row a set, its parts in columns; where all have no room the words for the outcome go first."""
    if not sets:
        return []
    amounts = [_amount(one) for one in sets]
    words = ["" if one.outcome is Outcome.DONE else outcome_words(one.outcome) for one in sets]
    amount_width = max(cells(amount) for amount in amounts)
    word_width = max(cells(each) for each in words)
    room = max(1, width - 2 - GAP - amount_width)
    longest = max(cells(one.name) + cells(_tail(one)) for one in sets)
    with_words = room - GAP - word_width >= min(longest, LEAST_NAME)
    name_width = min(longest, room - GAP - word_width if with_words else room)
    rows = []
    for one, amount, word in zip(sets, amounts, words, strict=True):
        tail = _tail(one)
        name = f"{fit(one.name, max(1, name_width - cells(tail)))}{tail}"
        parts: list[Span | str] = [Span(OUTCOME_GLYPHS[one.outcome], OUTCOME_LOOKS[one.outcome]), " "]
        parts += [padded(name, name_width), " " * GAP, padded(amount, amount_width)]
        if with_words:
            look = Look.ALERT if one.outcome is Outcome.HURT else Look.QUIET
            parts += [" " * GAP, Span(padded(word, word_width), look)]
        rows.append(row(*parts))
    return rows


def _tail(one: DetailSet) -> str:
    """What tells the sets of an exercise apart: it is never cut."""
    return f", {one.side} {one.number}" if one.side else f" {one.number}"


def _amount(one: DetailSet) -> str:
    """How much a set was; nothing where that is not known, as in one that was marked as done afterwards."""
    if one.outcome is Outcome.SKIPPED or (one.reps is None and round(one.seconds) == 0):
        return ""
    return amount_words([one])


def _line(a_row: Row, marked: bool, bar: int) -> Row:
    if not marked:
        return (Span(" " * len(MARK)), *a_row)
    rest = Span(" " * max(0, bar - width_of(a_row)), Look.CHOSEN)
    return (Span(MARK, Look.DUE), *(Span(span.text, Look.CHOSEN) for span in a_row), rest)
