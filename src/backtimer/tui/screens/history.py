"""The past: the calendar to move about in, the days with their sessions, and how things went over time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from backtimer.core.picture.history_view import (
    NOTHING_YET,
    day_rows,
    fitting_weeks,
    label_width,
    last_session_rows,
    legend,
    map_rows,
    overview_block,
    panel_rows,
)
from backtimer.core.picture.rows import EMPTY, Look, Row, Span, row, wrapped
from backtimer.core.picture.session_view import Detail
from backtimer.core.picture.trends_view import feeling_block, trend_block
from backtimer.core.progress.dates import weeks_since
from backtimer.core.progress.history import WEEKS, Past, PastSession, sessions_on
from backtimer.core.session.events import Outcome
from backtimer.language import _, marked
from backtimer.tui.bindings import Worded, alike_keys, hidden_key, shown_key
from backtimer.tui.themes import style_sheet
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.lines import RowsList
from backtimer.tui.widgets.text import RowsScroll, RowsView
from backtimer.tui.widgets.week import HeatMap

if TYPE_CHECKING:
    from backtimer.training import Training

DAYS = Binding.Group(marked("Day"), compact=True)
SESSIONS = Binding.Group(marked("Session"), compact=True)

NUMBERED = 9
"""So many sessions of a day have a key of their own."""

LEAST_WIDTH = 8

BESIDE = 70
"""From this width on the chosen day stands beside the map."""

LEAST_PANEL = 40
"""So much room it has there."""

BELOW = 110
"""From this width on the sessions stand beside the trends."""

GUTTER = 3

SCROLLBAR = 2
"""Of the list, and air before it."""

HIGH, HIGH_PANEL, LOW_PANEL = 36, 14, 8
"""On a screen of so many rows the chosen day has more of them; otherwise it is as high as the map."""

ROW_WIDTH = 84
"""The row of a session is not wider: what belongs together stands together."""


class HistoryScreen(Worded, Screen[None], inherit_bindings=False):
    """The calendar, one day of it, trends, effort and pain.

    Args:
        training: Whose history it is.
    """

    HELP = marked(
        "A column is a week. **↑ ↓** go from day to day, **← →** from week to week, **p n** from session "
        "to session. **Enter** opens the session, to look at it or to put it right; a number opens one of "
        "several. **Tab** goes to the list of sessions and back. **PgUp PgDn** scroll.\n\n"
        "`✓` done  `◐` partly done  `+` extra  `·` not done  `○` to do  `◇` optional  `–` rest  `~` off"
    )
    CSS_PATH = style_sheet("history.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "enter",
            "open(0)",
            marked("Open"),
            "history.open",
            marked("Show the session of this day in full"),
            display=marked("enter"),
        ),
        *alike_keys(
            map(str, range(1, NUMBERED + 1)),
            "open({})",
            marked("Open"),
            "history.open",
            marked("Show one of several sessions of this day"),
            display=f"1-{NUMBERED}",
        ),
        shown_key(
            "up", "day(-1)", marked("Day before"), "history.day_before", marked("The day before"), group=DAYS
        ),
        shown_key(
            "down", "day(1)", marked("Day after"), "history.day_after", marked("The day after"), group=DAYS
        ),
        shown_key(
            "left",
            "day(-7)",
            marked("Week before"),
            "history.week_before",
            marked("A week earlier"),
            group=DAYS,
        ),
        shown_key(
            "right", "day(7)", marked("Week after"), "history.week_after", marked("A week later"), group=DAYS
        ),
        hidden_key(
            "tab,shift+tab",
            "app.focus_next",
            marked("List"),
            "history.list",
            marked("To the list of sessions, and back"),
            display=marked("tab"),
        ),
        hidden_key("end", "today", marked("Today"), "history.today", marked("Back to today")),
        hidden_key("pagedown", "page(1)", marked("Page down"), "history.page_down", marked("Scroll down")),
        hidden_key("pageup", "page(-1)", marked("Page up"), "history.page_up", marked("Scroll up")),
        shown_key(
            "u", "undo", marked("Undo"), "history.undo", marked("Take back the last change you made here")
        ),
        shown_key(
            "escape,h,H",
            "close",
            marked("Back"),
            "history.close",
            marked("Back to today"),
            display=marked("esc"),
        ),
        shown_key(
            "comma",
            "app.settings",
            marked("Settings"),
            "history.settings",
            marked("Routine, theme, sound and more"),
            display=",",
        ),
        shown_key(
            "p",
            "session(-1)",
            marked("Session before"),
            "history.session_before",
            marked("To the day of the session before"),
            group=SESSIONS,
        ),
        shown_key(
            "n",
            "session(1)",
            marked("Session after"),
            "history.session_after",
            marked("To the day of the session after"),
            group=SESSIONS,
        ),
    ]

    can_open: var[bool] = var(False, bindings=True)
    can_move: var[bool] = var(False, bindings=True)
    """Whether there are days to look at."""
    can_undo: var[bool] = var(False, bindings=True)

    notices = getters.query_one("#notices", Static)
    overview = getters.query_one("#overview", RowsView)
    heat = getters.query_one(HeatMap)
    day = getters.query_one("#day", RowsView)
    signs = getters.query_one("#signs", RowsView)
    rest = getters.query_one("#rest", RowsView)
    heading = getters.query_one("#list_heading", RowsView)
    list = getters.query_one("#sessions", RowsList)
    scroll = getters.query_one("#scroll", RowsScroll)

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        self._sessions = training.past
        self._past: Past | None = None
        self._fitting = 0
        """So many weeks were read."""
        self._weeks = 0
        self._cell = 1
        self._chosen: date = training.today
        self._walked: tuple[PastSession, ...] = ()
        """The sessions of the map, oldest first."""
        self._session = ""
        """The id of the one that is looked at; empty: none is."""
        self._detail: Detail | None = None

    def compose(self) -> ComposeResult:
        """From the streak at the top to the sessions at the bottom."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            with RowsScroll(id="scroll"):
                yield RowsView(id="overview")
                with Container(id="beside"):
                    yield HeatMap(id="heat")
                    yield RowsView(id="day")
                yield RowsView(id="signs")
                with Container(id="below"):
                    yield RowsView(id="rest")
                    with Vertical(id="list_box"):
                        yield RowsView(id="list_heading")
                        yield RowsList(id="sessions")
        yield KeyLine()

    def on_mount(self) -> None:
        self.notices.display = False

    @on(RowsScroll.NewWidth)
    def lay_out(self) -> None:
        """Show what fits now; more weeks have to be read first."""
        if self._past is None or fitting_weeks(self._map_width())[0] != self._fitting:
            self.reload()
        else:
            self._show()

    def on_resize(self) -> None:
        """Another height has more or less room beside the map."""
        if self._past is not None:
            self._show_day()

    def on_screen_resume(self) -> None:
        """A session may have been corrected meanwhile."""
        if self._past is not None:
            self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what means something now is offered."""
        if action == "open":
            return self.can_open
        if action == "undo":
            return self.can_undo
        if action in ("day", "session", "today"):
            return self.can_move
        return True

    def reload(self) -> None:
        """Read everything anew, as much as fits."""
        self._fitting = fitting_weeks(self._map_width())[0]
        self._past = self._sessions.look_back(self._fitting)
        self._detail = None
        self.can_undo = self._sessions.can_undo
        self._tell(self._sessions.trouble)
        self._show()

    def _show(self) -> None:
        """Lay out what was read."""
        past = self._past
        self._cell = fitting_weeks(self._map_width())[1]
        self._weeks = min(self._fitting, self._weeks_known())
        for name in ("-beside", "-below"):
            self.set_class(self._width() >= (BESIDE if name == "-beside" else BELOW), name)
        if past is None or not past.totals.sessions:
            self.overview.show(wrapped(_(NOTHING_YET), self._width()))
            for view in (self.heat, self.day, self.signs, self.rest, self.heading):
                view.show(())
            self.list.display = self.can_open = self.can_move = False
            return
        self.can_move = self.list.display = True
        first, last = self._ends()
        self._chosen = max(first, min(last, self._chosen))
        self.overview.show([*overview_block(past, self._width()), EMPTY])
        trends = self._trend_width()
        rows: list[Row] = []
        for block in (trend_block(past, trends), feeling_block(past, trends)):
            rows += [EMPTY, *block] if block else []
        self.rest.show(rows)
        self._list(past, first, last)
        self._show_day()

    def _list(self, past: Past, first: date, last: date) -> None:
        """List the sessions of the map, the newest on top."""
        sore = {one.session for one in past.sets if one.outcome is Outcome.HURT}
        self._walked = tuple(
            session._replace(hurt=session.id in sore)
            for session in past.sessions
            if first <= session.local_date <= last
        )
        width = self._list_width()
        shown = past._replace(last=self._walked)
        self.heading.show([EMPTY, row(Span(_("Sessions"), Look.HEADING))] if self._walked else [])
        self.list.show_rows(last_session_rows(shown, width))

    def action_day(self, by: int) -> None:
        """Look at another day of the map."""
        if self._past is not None:
            day = self._chosen + timedelta(days=by)
            first, last = self._ends()
            if first <= day <= last:
                self._look_at(day)
            self._show_day()

    def action_session(self, by: int) -> None:
        """Look at the session before or after this one, or this day."""
        there = [session for session in self._walked if (session.local_date - self._chosen).days * by > 0]
        place = next((at for at, one in enumerate(self._walked) if one.id == self._session), None)
        if place is not None and 0 <= place + by < len(self._walked):
            self._look_at(self._walked[place + by].local_date, self._walked[place + by].id)
        elif place is None and there:
            nearest = there[0] if by > 0 else there[-1]
            self._look_at(nearest.local_date, nearest.id)
        self._show_day()

    def action_today(self) -> None:
        self._look_at(self._training.today)
        self._show_day()

    def action_page(self, by: int) -> None:
        self.scroll.scroll_relative(y=by * max(1, self.scroll.size.height - 2), animate=False)

    def action_open(self, number: int) -> None:
        """Show a session of the day in full; 0: the one that is looked at."""
        past = self._past
        found = () if past is None else sessions_on(past, self._chosen)
        if number == 0 and self._session:
            self._open(self._session)
        elif 0 < number <= len(found):
            self._open(found[number - 1].id)

    def _open(self, session_id: str) -> None:
        # late: 5 ms, few look at single sessions
        from backtimer.tui.screens.past_session import PastSessionScreen  # noqa: PLC0415

        self.app.push_screen(PastSessionScreen(self._sessions, session_id))

    def action_undo(self) -> None:
        """Take the last correction back, and show the day it was about."""
        says = self._sessions.says
        session_id, words = self._sessions.undo()
        if session_id:
            back = self._sessions.session(session_id)
            if back is not None:
                self._look_at(back.session.local_date, session_id)
            if not says:  # the day that is shown now tells the rest
                words = _("The last change was taken back.")
        self.reload()
        self._tell(words)

    def action_close(self) -> None:
        self.dismiss(None)

    @on(HeatMap.Chosen)
    def choose(self, event: HeatMap.Chosen) -> None:
        """Look at the day that was clicked."""
        day = self._ends()[0] + timedelta(weeks=event.week, days=event.weekday)
        if day <= self._ends()[1]:
            self._look_at(day)
            self._show_day()

    @on(RowsList.OptionHighlighted)
    def walk(self, event: RowsList.OptionHighlighted) -> None:
        """Look at the session that the arrows have reached in the list."""
        event.stop()
        session = self._walked[-1 - event.option_index]
        self._look_at(session.local_date, session.id)
        self._show_day()

    @on(RowsList.OptionSelected)
    def open_listed(self, event: RowsList.OptionSelected) -> None:
        """Show the session that was clicked, or chosen in the list."""
        event.stop()
        self._open(self._walked[-1 - event.option_index].id)

    def _look_at(self, day: date, session_id: str = "") -> None:
        self._chosen, self._session = day, session_id

    def _show_day(self) -> None:
        past = self._past
        if past is None or not past.totals.sessions:
            return
        shown = past.heat(self._weeks)
        self.heat.show_map(map_rows(shown, self._cell, self._chosen), label_width(), self._cell)
        self.heat.styles.width = (
            label_width() + self._cell * self._weeks + GUTTER if self._is_beside else "1fr"
        )
        found = sessions_on(past, self._chosen)
        if self._session not in {session.id for session in found}:
            self._session = found[0].id if found else ""
        self.can_open = bool(found)
        place = next((at for at, one in enumerate(self._walked) if one.id == self._session), None)
        self.list.mark(None if place is None else len(self._walked) - 1 - place)
        chosen = next((day for week in shown.weeks for day in week if day.day == self._chosen), None)
        width = self._width()
        if chosen is not None and self._is_beside:
            room = max(LEAST_WIDTH, width - label_width() - self._cell * self._weeks - GUTTER)
            self.day.show(panel_rows(past, chosen, self._looked_at(), room, self._panel_height()))
        else:
            day = [] if chosen is None else day_rows(past, chosen, min(width, ROW_WIDTH))
            self.day.show([EMPTY, *day])
        self.signs.show([EMPTY, *legend(past, shown, width)])

    def _looked_at(self) -> Detail | None:
        """The session that is looked at, in full; it is read when another one is."""
        if not self._session:
            return None
        if self._detail is None or self._detail.session.id != self._session:
            self._detail = self._sessions.session(self._session)
        return self._detail

    def _panel_height(self) -> int:
        return HIGH_PANEL if self.size.height >= HIGH else LOW_PANEL

    def _ends(self) -> tuple[date, date]:
        """The first and the last day of the map."""
        monday = self._training.today - timedelta(days=self._training.today.weekday())
        return monday - timedelta(weeks=self._weeks - 1), monday + timedelta(days=6)

    def _weeks_known(self) -> int:
        """How many weeks there are since the first session; the map has at least half a year."""
        if self._past is None or not self._past.done:
            return WEEKS
        return max(WEEKS, weeks_since(self._training.today, self._past.done[0].local_date))

    @property
    def _is_beside(self) -> bool:
        return self._width() >= BESIDE

    def _width(self) -> int:
        return max(LEAST_WIDTH, self.scroll.width)

    def _map_width(self) -> int:
        """As much as leaves room for the day beside it."""
        return self._width() - GUTTER - LEAST_PANEL if self._is_beside else self._width()

    def _trend_width(self) -> int:
        return (self._width() - GUTTER) * 6 // 11 if self._width() >= BELOW else self._width()

    def _list_width(self) -> int:
        width = self._width() - self._trend_width() - GUTTER if self._width() >= BELOW else self._width()
        return max(LEAST_WIDTH, min(ROW_WIDTH, width - SCROLLBAR))

    def _tell(self, words: str) -> None:
        words = words or self._sessions.says
        self.notices.update(Content(words))
        self.notices.display = bool(words)
