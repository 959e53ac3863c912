"""After the last set: what was done, how hard it was and whether it hurt, and how the week stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from backtimer.core.counting import counted
from backtimer.core.units import clock_text
from backtimer.storage.text import clean
from backtimer.tui.screens.day_view import week_cells
from backtimer.tui.screens.results import result_lines
from backtimer.tui.widgets.columns import Columns
from backtimer.tui.widgets.headline import Headline
from backtimer.tui.widgets.rating import Rating, Scale
from backtimer.tui.widgets.scroll import ListScroll
from backtimer.tui.widgets.week_strip import WeekStrip

if TYPE_CHECKING:
    from backtimer.coach import Coach
    from backtimer.practice import Practice

EFFORT = Scale(
    "How hard was it?",
    1,
    10,
    "very easy",
    "all you have",
    {**{str(number): number for number in range(1, 10)}, "0": 10},
    "1-9, 0 for 10",
)
"""RPE. Source: Borg's CR10, as session RPE from 1 to 10."""

PAIN = Scale(
    "Does it hurt?",
    0,
    10,
    "none",
    "worst imaginable",
    {**{str(number): number for number in range(10)}, "x": 10},
    "0-9, x for 10",
)
"""NPRS. Source: the 11-point Numeric Pain Rating Scale."""


SAVED_EVERY_S = 0.2
"""How often to look whether the session is saved, and whether it stays so."""


class SummaryScreen(Screen[None], inherit_bindings=False):
    """What was done, two questions, and the week.

    Args:
        coach: Of the session that has ended.
        practice: Where streak and week come from, this session included.
    """

    HELP = """
    Two questions, each answered with **one key**, a click, or the arrows and Enter. Enter alone
    goes on without an answer. **Tab** goes back to a question; a new answer takes the place of the old one.

    `✓` done  `◐` partly done  `–` skipped  `!` it hurt

    Your answers stay on this computer.
    """
    CSS_PATH = "../summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,escape",
            "close",
            "Close",
            key_display="enter",
            id="summary.close",
            tooltip="Leave the summary",
        ),
        Binding(
            "tab",
            "app.focus_next",
            "Next question",
            show=False,
            id="summary.next",
            tooltip="To the next question",
        ),
        Binding(
            "shift+tab",
            "app.focus_previous",
            "Question before",
            show=False,
            id="summary.previous",
            tooltip="To the question before",
        ),
        Binding("up", "scroll_list(-1)", "Up", show=False, id="summary.up", tooltip="Scroll the list up"),
        Binding(
            "down", "scroll_list(1)", "Down", show=False, id="summary.down", tooltip="Scroll the list down"
        ),
    ]

    notices = getters.query_one("#notices", Static)
    effort = getters.query_one("#effort", Rating)
    pain = getters.query_one("#pain", Rating)
    scroll = getters.query_one("#results", ListScroll)

    def __init__(self, coach: Coach, practice: Practice) -> None:
        super().__init__()
        self._coach = coach
        self._practice = practice
        self._saved: tuple[bool, ...] | None = None
        """How it stood with saving when the week was shown."""

    def compose(self) -> ComposeResult:
        """What was done in short, the questions, what was done in full, and the keys."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            yield Headline("bold $text-primary", "bold $text-accent", id="overview")
            yield Static(id="facts")
            yield WeekStrip()
            yield Rating(EFFORT, id="effort")
            yield Rating(PAIN, id="pain")
            with ListScroll(id="results"):
                yield Columns()
        yield Footer()

    def on_mount(self) -> None:
        """Show what was done, and open the first question."""
        plan, now = self._coach.plan, self._coach.snapshot()
        done, planned = now.done_sets, now.planned_sets
        facts = (
            f"{done} of {counted(planned, 'set')} done",
            clock_text(self._coach.credited_s),
            clean(plan.title),
        )
        self.query_one("#facts", Static).update(Content(" · ".join(fact for fact in facts if fact)))
        self.query_one(Columns).show(result_lines(plan, now.records))
        self._show_saved()
        self.set_interval(SAVED_EVERY_S, self._show_saved)
        self.effort.following, self.pain.following = self.pain, self.scroll
        self.effort.focus()

    @on(Rating.Answered)
    def keep_answer(self, _: Rating.Answered) -> None:
        """Save it."""
        self._coach.rate(self.effort.value, self.pain.value)
        self._show_banner()

    def action_close(self) -> None:
        """Leave the summary."""
        self.dismiss(None)

    def action_scroll_list(self, by: int) -> None:
        """Scroll the exercises while a question is open."""
        self.scroll.scroll_relative(y=by, animate=False)

    def _show_saved(self) -> None:
        """Show how the week stands, once the session is in it; until then, that it is being saved."""
        self._show_banner()
        practice = self._practice
        shown = (practice.saving, bool(self._coach.unsaved), bool(self._coach.losses))
        if shown == self._saved:
            return
        self._saved = shown
        now = self._coach.snapshot()
        praise = "Well done!" if 2 * now.done_sets >= now.planned_sets else "Every bit counts."
        overview = self.query_one("#overview", Headline)
        if practice.saving:
            overview.show(praise, "Saving…")
            return
        # Of a history that has lost its past a streak would be no truth.
        streak = practice.streak_text() if not self._coach.losses and practice.streak() else ""
        overview.show(praise, streak)
        week = practice.week()
        today = next((index for index, (day, _) in enumerate(week) if day == practice.today), -1)
        self.query_one(WeekStrip).show(week_cells(week, practice.today), today)

    def _show_banner(self) -> None:
        banner = clean(self._coach.banner)
        self.notices.update(Content(banner))
        self.notices.display = bool(banner)
