"""One past session: every set of it, and what can be put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Footer, Static

from backtimer.core.outcomes import Outcome
from backtimer.core.rows import EMPTY, Look, Row, Span, cut, padded, row
from backtimer.core.session_view import (
    OUTCOME_GLYPHS,
    OUTCOME_LOOKS,
    Detail,
    DetailSet,
    amount_words,
    head_rows,
)
from backtimer.core.words import outcome_words
from backtimer.retrospect import Changes, Retrospect, SetChange
from backtimer.tui.widgets.rows_view import RowsView

if TYPE_CHECKING:
    from backtimer.core.past import PastSession

RATINGS = (
    ("effort", "Effort", 1),
    ("pain_before", "Pain before", 0),
    ("pain", "Pain after", 0),
    ("pain_next", "Next morning", 0),
)
"""Which ratings there are: the field, the word, the lowest number."""

OUTCOMES = {
    "d": Outcome.DONE,
    "p": Outcome.PARTIAL,
    "s": Outcome.SKIPPED,
    "h": Outcome.HURT,
}

LINE = Binding.Group("Line", compact=True)
REPS = Binding.Group("Reps", compact=True)


@dataclass(frozen=True, slots=True)
class _Place:
    """A line that can be changed: a rating or a set."""

    rating: str = ""
    lowest: int = 0
    one: DetailSet | None = None


class PastSessionScreen(Screen[None], inherit_bindings=False):
    """Lines of ratings and sets; keys change the one that is marked.

    Args:
        retrospect: Where it comes from, and where corrections go.
        session_id: Which one it is.
    """

    HELP = """
    **↑ ↓** mark a line. A rating takes a **number**, **x** for 10 and **-** for no answer. A set takes
    **d** done, **p** partly done, **s** skipped, **h** it hurt, and **+ -** for its reps.

    Whatever you change, **u** takes back; the history keeps what stood there before.
    """
    CSS_PATH = "../history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Line above", group=LINE, id="past.up", tooltip="The line above"),
        Binding("down", "move(1)", "Line below", group=LINE, id="past.down", tooltip="The line below"),
        *(
            Binding(
                key,
                f"number({10 if key == 'x' else key})",
                "Rate",
                key_display="0-9 x" if key == "0" else None,
                show=key == "0",
                system=key != "0",
                id=f"past.number_{key}",
                tooltip="Rate it; x stands for 10",
            )
            for key in "0123456789x"
        ),
        *(
            Binding(
                key,
                f"outcome('{outcome}')",
                outcome_words(outcome).capitalize(),
                show=False,
                id=f"past.{outcome}",
                tooltip=f"This set: {outcome_words(outcome)}",
            )
            for key, outcome in OUTCOMES.items()
        ),
        Binding("plus", "reps(1)", "More", group=REPS, key_display="+", id="past.more", tooltip="A rep more"),
        Binding(
            "minus",
            "reps(-1)",
            "Less",
            group=REPS,
            key_display="-",
            id="past.less",
            tooltip="A rep less; no answer for a rating",
        ),
        Binding("u", "undo", "Undo", id="past.undo", tooltip="Take back the last change"),
        Binding(
            "delete,D",
            "delete",
            "Delete",
            key_display="del",
            id="past.delete",
            tooltip="Take this session out of the history; u brings it back",
        ),
        Binding("escape,enter", "close", "Back", key_display="esc", id="past.close", tooltip="Back"),
    ]

    can_undo: var[bool] = var(False, bindings=True)
    line: var[int] = var(0, bindings=True)
    """Index of the line that is marked."""

    notices = getters.query_one("#notices", Static)
    head = getters.query_one("#head", RowsView)
    lines = getters.query_one("#lines", RowsView)
    scroll = getters.query_one("#scroll", VerticalScroll)

    def __init__(self, retrospect: Retrospect, session_id: str) -> None:
        super().__init__()
        self._retrospect = retrospect
        self._session_id = session_id
        self._detail: Detail | None = None
        self._places: tuple[_Place, ...] = ()

    def compose(self) -> ComposeResult:
        """What it was, and below it the lines."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            yield RowsView(id="head")
            with VerticalScroll(id="scroll", can_focus=False):
                yield RowsView(id="lines")
        yield Footer()

    def on_mount(self) -> None:
        """Show it."""
        self.notices.display = False
        self.call_after_refresh(self.reload)

    def on_resize(self) -> None:
        """Lay it out anew."""
        self.call_after_refresh(self.reload)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what means something on this line."""
        place = self._place()
        if action == "undo":
            return self.can_undo
        if action == "number":
            return place is not None and bool(place.rating)
        if action == "outcome":
            return place is not None and place.one is not None
        if action == "reps":
            if place is not None and place.rating:
                return parameters[0] == -1
            return place is not None and place.one is not None and place.one.reps is not None
        return True

    def reload(self) -> None:
        """Read it anew and show it."""
        detail = self._detail = self._retrospect.session(self._session_id)
        self.can_undo = self._retrospect.can_undo
        if detail is None:
            self.notices.update(Content(self._retrospect.trouble))
            self.notices.display = True
            return
        ratings = tuple(_Place(name, lowest) for name, _, lowest in RATINGS)
        self._places = (*ratings, *(_Place(one=one) for one in detail.sets))
        self.head.show([*head_rows(detail, self._width()), EMPTY])
        self._show_lines()

    def action_move(self, by: int) -> None:
        """Mark another line."""
        self.line = max(0, min(len(self._places) - 1, self.line + by))
        self._show_lines()
        row_of_it = self.line + (1 if self.line >= len(RATINGS) else 0)
        height = self.scroll.size.height
        self.scroll.scroll_to(y=max(0, row_of_it - height // 2), animate=False)

    def action_number(self, number: int) -> None:
        """Rate."""
        place = self._place()
        if place is not None and place.rating and number >= place.lowest and self._rating(place) != number:
            self._change(_rated(place.rating, number))

    def action_outcome(self, outcome: str) -> None:
        """Say how a set ended."""
        place = self._place()
        if place is not None and place.one is not None and place.one.outcome != outcome:
            self._change(Changes(sets={place.one.index: SetChange(outcome=Outcome(outcome))}))

    def action_reps(self, by: int) -> None:
        """Say how many reps a set had; on a rating: that there is none."""
        place = self._place()
        if place is None:
            return
        if place.rating:
            if self._rating(place) is not None:
                self._change(_rated(place.rating, None))
        elif place.one is not None and place.one.reps is not None and place.one.reps + by >= 0:
            self._change(Changes(sets={place.one.index: SetChange(reps=place.one.reps + by)}))

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._retrospect.undo():
            self.reload()

    def action_delete(self) -> None:
        """Take the session out; the history's screen can bring it back."""
        if self._retrospect.delete(self._session_id):
            self.app.notify("Deleted. u brings it back.", markup=False)
            self.dismiss(None)
        else:
            self._tell()

    def action_close(self) -> None:
        """Back to the history."""
        self.dismiss(None)

    def _change(self, changes: Changes) -> None:
        self._retrospect.edit(self._session_id, changes)
        trouble = self._retrospect.trouble
        self.reload()
        self._tell(trouble)

    def _tell(self, words: str = "") -> None:
        words = words or self._retrospect.trouble
        self.notices.update(Content(words))
        self.notices.display = bool(words)

    def _place(self) -> _Place | None:
        return self._places[self.line] if 0 <= self.line < len(self._places) else None

    def _rating(self, place: _Place) -> int | None:
        """The rating that stands there now."""
        value: int | None = getattr(self._detail.shown.session, place.rating) if self._detail else None
        return value

    def _width(self) -> int:
        return max(8, self.scroll.scrollable_content_region.width)

    def _show_lines(self) -> None:
        if self._detail is None:
            return
        width, session = self._width(), self._detail.shown.session
        rows = [
            _marked(_rating_row(session, name, word), index == self.line)
            for index, (name, word, _) in enumerate(RATINGS)
        ]
        names = max((len(_set_name(one)) for one in self._detail.sets), default=0)
        rows.append(EMPTY)
        for index, one in enumerate(self._detail.sets, len(RATINGS)):
            rows.append(_marked(_set_row(one, min(names, width // 2)), index == self.line))
        self.lines.show([cut(each, width) for each in rows])


def _rating_row(session: PastSession, name: str, word: str) -> Row:
    value = getattr(session, name)
    shown = Span("–", Look.QUIET) if value is None else Span(str(value))
    return row(Span(f"{word:<14}", Look.QUIET), shown)


def _set_row(one: DetailSet, names: int) -> Row:
    glyph = Span(OUTCOME_GLYPHS[one.outcome], OUTCOME_LOOKS[one.outcome])
    words = f"  {outcome_words(one.outcome)}" if one.outcome is not Outcome.DONE else ""
    amount = "" if one.outcome is Outcome.SKIPPED else amount_words([one])
    return row(glyph, " ", padded(_set_name(one), names), "  ", amount, Span(words, Look.QUIET))


def _set_name(one: DetailSet) -> str:
    side = f", {one.side}" if one.side else ""
    return f"{one.name}{side} {one.number}"


def _marked(a_row: Row, marked: bool) -> Row:
    if not marked:
        return (Span("  "), *a_row)
    return (Span("▸ ", Look.DUE), *(Span(span.text, Look.CHOSEN) for span in a_row))


def _rated(name: str, value: int | None) -> Changes:
    match name:
        case "effort":
            return Changes(effort=value)
        case "pain_before":
            return Changes(pain_before=value)
        case "pain":
            return Changes(pain=value)
        case _:
            return Changes(pain_next=value)
