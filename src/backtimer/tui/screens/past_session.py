"""One past session: every set of it, and what can be put right."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from backtimer.core.picture.rows import (
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
from backtimer.core.picture.session_view import (
    OUTCOME_GLYPHS,
    OUTCOME_LOOKS,
    Detail,
    amount_words,
    head_rows,
    not_reached_words,
)
from backtimer.core.progress.dates import full_date, weekday_name
from backtimer.core.progress.history import PastSession, PastSet, side_name
from backtimer.core.progress.scales import RATINGS, Answers, Scale
from backtimer.core.session.events import Outcome
from backtimer.core.speech.phrases import outcome_words
from backtimer.core.terminal import keyboard
from backtimer.language import _, marked
from backtimer.past import PastSessions
from backtimer.storage.history.corrections import Changes, SetChange
from backtimer.tui.bindings import Worded, hidden_key, number_keys, shown_key
from backtimer.tui.themes import style_sheet
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.text import RowsScroll, RowsView
from backtimer.values import NamedTuple

MARK = "▸ "

GAP = 2

LEAST_NAME = 16
"""So much room a set's name has before there is any for words: the sign tells the outcome, too."""


def _scale_keys(scale: Scale) -> tuple[tuple[str, str], ...]:
    """The keys that change a rating, and what they do."""
    return ((f"{scale.lowest}-9", ""), ("x", _("for 10")), ("⌫", _("no answer")))


class OutcomeKey(NamedTuple):
    """A key that says how a set ended."""

    key: str
    outcome: Outcome
    word: str
    """Below the list."""
    name: str
    """In the help."""
    tooltip: str


OUTCOME_KEYS = (
    OutcomeKey("d", Outcome.DONE, marked("done"), marked("Done"), marked("This set: done")),
    OutcomeKey(
        "p", Outcome.PARTIAL, marked("partly"), marked("Partly done"), marked("This set: partly done")
    ),
    OutcomeKey("s", Outcome.SKIPPED, marked("skipped"), marked("Skipped"), marked("This set: skipped")),
    OutcomeKey(
        "h", Outcome.HURT, marked("it hurt"), marked("Stopped: it hurt"), marked("This set: stopped: it hurt")
    ),
)


_SECONDS = 5.0
"""By so much a press makes a set that is a time longer or shorter."""


class Place(NamedTuple):
    """A line that can be changed: a rating or a set."""

    rating: str | None = None
    """Its name."""
    one: PastSet | None = None

    @property
    def counts_reps(self) -> bool:
        """Whether it is a set with a number of reps."""
        return self.one is not None and self.one.reps is not None


def places_of(detail: Detail) -> tuple[Place, ...]:
    """All lines that can be changed, from above."""
    return (*(Place(rating) for rating in RATINGS), *(Place(one=one) for one in detail.session.sets))


def key_rows(place: Place | None, width: int) -> list[Row]:
    """Which keys change a line."""
    if place is None:
        return []
    if place.rating:
        keys = _scale_keys(RATINGS[place.rating].scale)
    else:
        keys = tuple((each.key, _(each.word)) for each in OUTCOME_KEYS)
        keys = (*keys, ("+ -", _("reps") if place.counts_reps else _("seconds")))
    parts = (row(Span(key, Look.STRONG), Span(f" {word}" if word else "", Look.QUIET)) for key, word in keys)
    return flowing(parts, width)


def line_rows(detail: Detail, marked: int, width: int) -> list[Row]:
    """Ratings, sets, what was not reached, and the note; one line is marked."""
    room = max(1, width - len(MARK))
    session = detail.session
    lines = [*(_rating_row(session, name) for name in RATINGS), *_set_rows(detail, room)]
    bar = min(room, max(width_of(line) for line in lines))
    rows = [_line(cut(line, room), index == marked, bar) for index, line in enumerate(lines)]
    rows.insert(len(RATINGS), EMPTY)
    missing = session.planned_sets - len(detail.session.sets)
    if missing > 0:
        rows.append(_line(row(Span(fit(not_reached_words(missing), room), Look.QUIET)), False, bar))
    if detail.session.note:
        rows += [EMPTY, *wrapped(detail.session.note, room, indent=len(MARK))]
    return rows


def row_of(line: int) -> int:
    """In which row a line stands."""
    return line + (1 if line >= len(RATINGS) else 0)


def _rating_row(session: PastSession, name: str) -> Row:
    value = getattr(session, name)
    shown = Span("–", Look.QUIET) if value is None else Span(str(value))
    width = 2 + max(cells(_(rating.label)) for rating in RATINGS.values())
    label = _(RATINGS[name].label)
    return row(Span(padded(label[:1].upper() + label[1:], width), Look.QUIET), shown)


def _set_rows(detail: Detail, width: int) -> list[Row]:
    """A row a set, its parts in columns; where all have no room the words for the outcome go first."""
    sets = detail.session.sets
    if not sets:
        return []
    amounts = [_amount(one) for one in sets]
    words = ["" if one.outcome is Outcome.DONE else outcome_words(one.outcome) for one in sets]
    amount_width = max(cells(amount) for amount in amounts)
    word_width = max(cells(each) for each in words)
    room = max(1, width - 2 - GAP - amount_width)
    longest = max(cells(detail.name(one)) + cells(_tail(one)) for one in sets)
    with_words = room - GAP - word_width >= min(longest, LEAST_NAME)
    name_width = min(longest, room - GAP - word_width if with_words else room)
    rows = []
    for one, amount, word in zip(sets, amounts, words, strict=True):
        tail = _tail(one)
        name = f"{fit(detail.name(one), max(1, name_width - cells(tail)))}{tail}"
        parts: list[Span | str] = [Span(OUTCOME_GLYPHS[one.outcome], OUTCOME_LOOKS[one.outcome]), " "]
        parts += [padded(name, name_width), " " * GAP, padded(amount, amount_width)]
        if with_words:
            look = Look.ALERT if one.outcome is Outcome.HURT else Look.QUIET
            parts += [" " * GAP, Span(padded(word, word_width), look)]
        rows.append(row(*parts))
    return rows


def _tail(one: PastSet) -> str:
    """What tells the sets of an exercise apart: it is never cut."""
    return f", {side_name(one.side)} {one.set}" if one.side else f" {one.set}"


def _amount(one: PastSet) -> str:
    """How much a set was; nothing where that is not known, as in one that was marked as done afterwards."""
    if one.outcome is Outcome.SKIPPED or (one.reps is None and round(one.seconds) == 0):
        return ""
    return amount_words([one])


def _line(a_row: Row, marked: bool, bar: int) -> Row:
    if not marked:
        return (Span(" " * len(MARK)), *a_row)
    rest = Span(" " * max(0, bar - width_of(a_row)), Look.CHOSEN)
    return (Span(MARK, Look.DUE), *(Span(span.text, Look.CHOSEN) for span in a_row), rest)


LEAST_WIDTH = 8

LINE = Binding.Group(marked("Line"), compact=True)


class PastSessionScreen(Worded, Screen[None], inherit_bindings=False):
    """Lines of ratings and sets; keys change the one that is marked.

    Args:
        past: Where it comes from, and where corrections go.
        session_id: Which one it is.
        clock: Seconds from any origin, for numbers of two keys.
    """

    HELP = marked(
        "**↑ ↓** mark a line; the keys that change it stand below the list. A set that is said to be done"
        " gets the reps that were planned; **+ -** put them right. A rating is a number, **x** (or 1 and "
        "0 at once) for ten, **⌫** for none. **PgUp PgDn** scroll.\n\n"
        "Whatever you change, **u** takes back; the history keeps what stood there before."
    )
    CSS_PATH = style_sheet("history.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key("up", "move(-1)", marked("Line above"), "past.up", marked("The line above"), group=LINE),
        shown_key("down", "move(1)", marked("Line below"), "past.down", marked("The line below"), group=LINE),
        *number_keys(
            "number('{}')",
            marked("Rate"),
            "past.number",
            marked("Rate it; x, or 1 and 0 within a second, for 10"),
        ),
        hidden_key(
            "backspace",
            "number('backspace')",
            marked("No answer"),
            "past.clear",
            marked("No answer for this rating"),
            display="⌫",
        ),
        *(
            hidden_key(
                each.key, f"outcome('{each.outcome}')", each.name, f"past.{each.outcome}", each.tooltip
            )
            for each in OUTCOME_KEYS
        ),
        hidden_key(
            "plus,equals_sign",
            "reps(1)",
            marked("More"),
            "past.more",
            marked("A rep, or 5 s, more"),
            display="+",
        ),
        hidden_key(
            "minus",
            "reps(-1)",
            marked("Less"),
            "past.less",
            marked("A rep, or 5 s, less"),
            display="-",
        ),
        shown_key("u", "undo", marked("Undo"), "past.undo", marked("Take back the last change")),
        shown_key(
            "delete,D",
            "delete",
            marked("Delete"),
            "past.delete",
            marked("Take this session out of the history; u brings it back"),
            display=marked("del"),
        ),
        hidden_key("pagedown", "page(1)", marked("Page down"), "past.page_down", marked("Scroll down")),
        hidden_key("pageup", "page(-1)", marked("Page up"), "past.page_up", marked("Scroll up")),
        shown_key(
            "escape,enter", "close", marked("Back"), "past.close", marked("Back"), display=marked("esc")
        ),
    ]

    can_undo: var[bool] = var(False, bindings=True)
    line: var[int] = var(0, bindings=True)
    """Index of the line that is marked."""

    notices = getters.query_one("#notices", Static)
    head = getters.query_one("#head", RowsView)
    short_head = getters.query_one("#short_head", RowsView)
    """The same where there are few rows."""
    lines = getters.query_one("#lines", RowsView)
    keys = getters.query_one("#keys", RowsView)
    scroll = getters.query_one("#scroll", RowsScroll)

    def __init__(
        self, past: PastSessions, session_id: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._past = past
        self._session_id = session_id
        self._clock = clock
        self._answers = Answers([rating.scale for rating in RATINGS.values()])
        self._typed_one = False
        """The last change made a rating one: a nought at once makes it ten, and both are one change."""
        self._detail: Detail | None = None
        self._places: tuple[Place, ...] = ()

    def compose(self) -> ComposeResult:
        """What it was, the lines, and the keys of the one that is marked."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            yield RowsView(id="head")
            yield RowsView(id="short_head")
            with RowsScroll(id="scroll"):
                yield RowsView(id="lines")
            yield RowsView(id="keys")
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what `u` takes back, if that cannot be seen here."""
        self._tell("")

    @on(RowsScroll.NewWidth)
    def lay_out(self) -> None:
        """Show it at this width."""
        if self._detail is None:
            self.reload()
        else:
            self._show_lines()

    def on_resize(self) -> None:
        """Keep the marked line in sight, at any height."""
        self.call_after_refresh(self._show_lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what means something on this line."""
        place = self._place()
        if action == "undo":
            return self.can_undo
        if action == "number":
            return place is not None and place.rating is not None
        if action == "outcome":
            return place is not None and place.one is not None
        if action == "reps":
            if place is not None and place.rating:
                return parameters[0] == -1
            return place is not None and place.one is not None
        return True

    def reload(self) -> None:
        """Read it anew and show it."""
        detail = self._detail = self._past.session(self._session_id)
        self.can_undo = self._past.can_undo_in(self._session_id)
        if detail is None:
            self.notices.update(Content(self._past.trouble))
            self.notices.display = True
            return
        self._places = places_of(detail)
        self._answers.values = [getattr(detail.session, name) for name in RATINGS]
        self.line = min(self.line, len(self._places) - 1)
        self._show_lines()

    def action_move(self, by: int) -> None:
        self._answers.settle()
        self.line = max(0, min(len(self._places) - 1, self.line + by))
        self._show_lines()

    def on_click(self, event: events.Click) -> None:
        """Mark the line under the pointer."""
        offset = event.get_content_offset_capture(self.lines)
        under = [line for line in range(len(self._places)) if row_of(line) == offset.y]
        if event.widget is self.lines and under:
            self.action_move(under[0] - self.line)

    def action_page(self, by: int) -> None:
        self.scroll.scroll_relative(y=by * max(1, self.scroll.size.height - 2), animate=False)

    def action_number(self, key: str) -> None:
        """Rate, or take the rating back: the keys are those of the summary."""
        place = self._place()
        if place is None or place.rating is None:
            return
        typed_one, self._typed_one = self._typed_one, False
        row = self._answers.key(self.line, key, self._clock())
        if row is None:
            return
        value = self._answers.values[row]
        if typed_one and key == "0" and value == 10:
            self._past.undo()
            self.reload()
        if self._rating(self._places[row]) == value:
            self._show_lines()
            return
        self._typed_one = self._change(Changes({tuple(RATINGS)[row]: value})) and key == "1"

    def action_outcome(self, outcome: str) -> None:
        """Say how a set ended; one that is done has at least the reps that were planned."""
        place = self._place()
        if place is None or place.one is None or place.one.outcome == outcome:
            return
        change = SetChange(outcome=Outcome(outcome))
        if outcome == Outcome.DONE and place.one.reps is not None:
            planned = self._past.planned_reps(self._session_id).get(place.one.set_index, 0)
            if planned > place.one.reps:
                change = SetChange(Outcome.DONE, planned)
        self._change(Changes(sets={place.one.set_index: change}))

    def action_reps(self, by: int) -> None:
        """Say how many reps a set had, or how long it was."""
        place = self._place()
        if place is None:
            return
        if place.rating is not None:
            if by < 0:  # the minus sign is the six of a French keyboard, here as wherever ratings are asked
                self.action_number(keyboard.digit("-"))
        elif place.one is not None and place.one.reps is not None and place.one.reps + by >= 0:
            self._change(Changes(sets={place.one.set_index: SetChange(reps=place.one.reps + by)}))
        elif place.one is not None and place.one.reps is None:
            seconds = max(0.0, round(place.one.seconds) + by * _SECONDS)
            if seconds != place.one.seconds:
                self._change(Changes(sets={place.one.set_index: SetChange(seconds=seconds)}))

    def action_undo(self) -> None:
        """Take the last change back, whichever session it was about."""
        self._typed_one = False
        self._answers.settle()
        words = self._past.undo(self._session_id)[1]
        self.reload()
        self._tell(words)

    def action_delete(self) -> None:
        """Take the session out; from every screen `u` brings it back."""
        if self._past.delete(self._session_id):
            self.dismiss(None)
        else:
            self._tell(self._past.trouble)

    def action_close(self) -> None:
        self.dismiss(None)

    def _change(self, changes: Changes) -> bool:
        """Put something right; whether that worked."""
        self._typed_one = False
        self._past.edit(self._session_id, changes)
        trouble = self._past.trouble
        self.reload()
        self._tell(trouble)
        return not trouble

    def _tell(self, words: str) -> None:
        words = words or self._past.says
        self.notices.update(Content(words))
        self.notices.display = bool(words)

    def _place(self) -> Place | None:
        return self._places[self.line] if 0 <= self.line < len(self._places) else None

    def _rating(self, place: Place) -> int | None:
        """The rating that stands there now."""
        if self._detail is None or place.rating is None:
            return None
        value: int | None = getattr(self._detail.session, place.rating)
        return value

    def _width(self) -> int:
        return max(LEAST_WIDTH, self.scroll.width)

    def _show_lines(self) -> None:
        if self._detail is None:
            return
        width = self._width()
        self.head.show(head_rows(self._detail, width))
        self.short_head.show(_short_head(self._detail, width))
        self.lines.show(line_rows(self._detail, self.line, width))
        self.keys.show(key_rows(self._place(), width))
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Keep the marked line in sight; at the last one, all that stands below it."""
        if self.keys.size.height != len(self.keys.rows):
            # A layout that was asked for while the terminal changed its size can be lost in Textual 8.2.
            self.keys.refresh(layout=True)
        if self.line == len(self._places) - 1:
            self.scroll.scroll_end(animate=False)
        else:
            self.scroll.scroll_to(y=max(0, row_of(self.line) - self.scroll.size.height // 2), animate=False)


def _short_head(detail: Detail, width: int) -> list[Row]:
    day = detail.session.local_date
    when = _("{weekday} {date}, {time}").format(
        weekday=weekday_name(day), date=full_date(day), time=f"{detail.session.started:%H:%M}"
    )
    return [cut(row(Span(detail.title, Look.STRONG)), width), cut(row(Span(when, Look.QUIET)), width)]
