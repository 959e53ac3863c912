"""The past: the calendar to move about in, the days with their sessions, and how things went over time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from backtimer.core.picture.history_view import (
    NOTHING_YET,
    day_rows,
    feeling_block,
    fitting_weeks,
    label_width,
    last_session_rows,
    legend,
    map_rows,
    overview_block,
    trend_block,
)
from backtimer.core.picture.rows import EMPTY, Look, Row, Span, row, wrapped
from backtimer.core.progress.dates import weeks_since
from backtimer.core.progress.history import WEEKS, Past, sessions_on
from backtimer.language import _, marked
from backtimer.tui.bindings import alike_keys, hidden_key, shown_key
from backtimer.tui.screens.worded import Worded
from backtimer.tui.themes import style_sheet
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.text import RowsScroll, RowsView
from backtimer.tui.widgets.week import HeatMap

if TYPE_CHECKING:
    from backtimer.training import Training

DAYS = Binding.Group(marked("Day"), compact=True)
SESSIONS = Binding.Group(marked("Session"), compact=True)

NUMBERED = 9
"""So many sessions of a day have a key of their own."""

LEAST_WIDTH = 8

ROW_WIDTH = 84
"""The row of a session is not wider: what belongs together stands together."""


class HistoryScreen(Worded, Screen[None], inherit_bindings=False):
    """The calendar, one day of it, trends, effort and pain.

    Args:
        training: Whose history it is.
    """

    HELP = marked(
        "A column is a week. **↑ ↓** go from day to day, **← →** from week to week, **p n** from session "
        "to session. **Enter** opens the session of the day, to look at it or to put it right; a number "
        "opens one of several. **PgUp PgDn** scroll.\n\n"
        "`✓` done  `◐` partly done  `+` extra  `·` not done  `○` to do  `◇` optional  `–` rest  `~` off"
    )
    CSS_PATH = style_sheet("history.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "enter",
            "open(1)",
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
        hidden_key("end", "today", marked("Today"), "history.today", marked("Back to today")),
        hidden_key("pagedown", "page(1)", marked("Page down"), "history.page_down", marked("Scroll down")),
        hidden_key("pageup", "page(-1)", marked("Page up"), "history.page_up", marked("Scroll up")),
        shown_key(
            "u", "undo", marked("Undo"), "history.undo", marked("Take back the last change you made here")
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
            "escape,h,H",
            "close",
            marked("Back"),
            "history.close",
            marked("Back to today"),
            display=marked("esc"),
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
    rest = getters.query_one("#rest", RowsView)
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

    def compose(self) -> ComposeResult:
        """From the streak at the top to pain at the bottom."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            with RowsScroll(id="scroll"):
                yield RowsView(id="overview")
                yield HeatMap(id="heat")
                yield RowsView(id="day")
                yield RowsView(id="rest")
        yield KeyLine()

    def on_mount(self) -> None:
        self.notices.display = False

    @on(RowsScroll.NewWidth)
    def lay_out(self) -> None:
        """Show what fits now; more weeks have to be read first."""
        if self._past is None or fitting_weeks(self._width())[0] != self._fitting:
            self.reload()
        else:
            self._show()

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
        self._fitting = fitting_weeks(self._width())[0]
        self._past = self._sessions.look_back(self._fitting)
        self.can_undo = self._sessions.can_undo
        self._tell(self._sessions.trouble)
        self._show()

    def _show(self) -> None:
        """Lay out what was read."""
        past = self._past
        self._cell = fitting_weeks(self._width())[1]
        self._weeks = min(self._fitting, self._weeks_known())
        if past is None or not past.totals.sessions:
            self.overview.show(wrapped(_(NOTHING_YET), self._width()))
            for view in (self.heat, self.day, self.rest):
                view.show(())
            self.can_open = self.can_move = False
            return
        self.can_move = True
        first, last = self._ends()
        self._chosen = max(first, min(last, self._chosen))
        width = self._width()
        self.overview.show([*overview_block(past, width), EMPTY])
        rows: list[Row] = []
        for block in (trend_block(past, width), feeling_block(past, width), _last_sessions(past, width)):
            rows += [EMPTY, *block] if block else []
        self.rest.show(rows)
        self._show_day()

    def action_day(self, by: int) -> None:
        """Look at another day of the map."""
        if self._past is not None:
            day = self._chosen + timedelta(days=by)
            first, last = self._ends()
            if first <= day <= last:
                self._chosen = day
            self._show_day()

    def action_session(self, by: int) -> None:
        """Look at the next day, before or after this one, on which there was a session."""
        past = self._past
        if past is None:
            return
        first, last = self._ends()
        days = {session.local_date for session in past.sessions if first <= session.local_date <= last}
        there = [day for day in days if (day - self._chosen).days * by > 0]
        if there:
            self._chosen = min(there, key=lambda day: abs(day - self._chosen))
        self._show_day()

    def action_today(self) -> None:
        self._chosen = self._training.today
        self._show_day()

    def action_page(self, by: int) -> None:
        self.scroll.scroll_relative(y=by * max(1, self.scroll.size.height - 2), animate=False)

    def action_open(self, number: int) -> None:
        """Show a session of the day in full."""
        past = self._past
        found = () if past is None else sessions_on(past, self._chosen)
        if not 0 < number <= len(found):
            return
        # late: 5 ms, few look at single sessions
        from backtimer.tui.screens.past_session import PastSessionScreen  # noqa: PLC0415

        self.app.push_screen(PastSessionScreen(self._sessions, found[number - 1].id))

    def action_undo(self) -> None:
        """Take the last correction back, and show the day it was about."""
        says = self._sessions.says
        session_id, words = self._sessions.undo()
        if session_id:
            back = self._sessions.session(session_id)
            if back is not None:
                self._chosen = back.session.local_date
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
            self._chosen = day
            self._show_day()

    def _show_day(self) -> None:
        past = self._past
        if past is None or not past.totals.sessions:
            return
        width = self._width()
        shown = past.heat(self._weeks)
        self.heat.show_map(map_rows(shown, self._cell, self._chosen), label_width(), self._cell)
        chosen = next((day for week in shown.weeks for day in week if day.day == self._chosen), None)
        rows: list[Row] = [EMPTY]
        if chosen is not None:
            rows += [*day_rows(past, chosen, min(width, ROW_WIDTH)), EMPTY]
        rows += legend(past, shown, width)
        self.can_open = bool(sessions_on(past, self._chosen))
        self.day.show(rows)

    def _ends(self) -> tuple[date, date]:
        """The first and the last day of the map."""
        monday = self._training.today - timedelta(days=self._training.today.weekday())
        return monday - timedelta(weeks=self._weeks - 1), monday + timedelta(days=6)

    def _weeks_known(self) -> int:
        """How many weeks there are since the first session; the map has at least half a year."""
        if self._past is None or not self._past.done:
            return WEEKS
        return max(WEEKS, weeks_since(self._training.today, self._past.done[0].local_date))

    def _width(self) -> int:
        return max(LEAST_WIDTH, self.scroll.width)

    def _tell(self, words: str) -> None:
        words = words or self._sessions.says
        self.notices.update(Content(words))
        self.notices.display = bool(words)


def _last_sessions(past: Past, width: int) -> list[Row]:
    """The last sessions, newest first."""
    if not past.last:
        return []
    heading = row(Span(_("Last sessions"), Look.HEADING))
    width = min(width, ROW_WIDTH)
    return [heading, *last_session_rows(past, width)]
