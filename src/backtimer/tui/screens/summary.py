"""After the last set: what was done, how hard it was and whether it hurt, and how the week stands now."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from backtimer.core.plan.units import clock_text, counted
from backtimer.core.progress.scales import EFFORT, PAIN, Answers
from backtimer.core.session.events import Outcome
from backtimer.core.speech.phrases import day_words
from backtimer.storage.text import clean
from backtimer.tui.screens.day_view import week_cells
from backtimer.tui.screens.results import result_lines
from backtimer.tui.screens.style import style_sheet
from backtimer.tui.widgets.columns import Columns
from backtimer.tui.widgets.headline import Headline
from backtimer.tui.widgets.rating import Rating
from backtimer.tui.widgets.scroll import ListScroll
from backtimer.tui.widgets.week_strip import WeekStrip

if TYPE_CHECKING:
    from backtimer.coach import Coach
    from backtimer.training import Practice


class _Results(ListScroll):
    """What was done, in full; from its top, up leads back to the questions."""

    def action_scroll_up(self) -> None:
        """Scroll, or go back to the last question."""
        if self.scroll_y <= 0 and isinstance(self.screen, SummaryScreen):
            self.screen.pain.focus()
        else:
            super().action_scroll_up()


SAVED_EVERY_S = 0.2
"""How often to look whether the session is saved, and whether it stays so."""


class SummaryScreen(Screen[None], inherit_bindings=False):
    """What was done, two questions, and the week.

    Args:
        coach: Of the session that has ended.
        practice: Where streak and week come from, this session included.
        clock: Seconds from any origin, for numbers of two keys.
    """

    HELP = """
    Two questions, each answered with **one key**, a click, or **← →** and Enter; **x**, or 1 and 0 at once,
    is ten. Enter alone goes on without an answer. **↑ ↓** go back to a question: another number takes the
    place of the answer, **⌫** clears it.

    `✓` done  `◐` partly done  `–` skipped  `!` it hurt

    Your answers stay on this computer.
    """
    CSS_PATH = style_sheet("summary.tcss")
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
    ]

    notices = getters.query_one("#notices", Static)
    effort = getters.query_one("#effort", Rating)
    pain = getters.query_one("#pain", Rating)
    scroll = getters.query_one("#results", _Results)

    def __init__(
        self, coach: Coach, practice: Practice, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._coach = coach
        self._practice = practice
        self._answers = Answers((EFFORT, PAIN), coach.rated)
        self._clock = clock
        self._saved: tuple[bool, ...] | None = None
        """How it stood with saving when the week was shown."""

    def compose(self) -> ComposeResult:
        """What was done in short, the questions, what was done in full, and the keys."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            yield Headline("bold $text-primary", "bold $text-accent", id="overview")
            yield Static(id="facts")
            yield WeekStrip()
            yield Rating(self._answers, 0, clock=self._clock, id="effort")
            yield Rating(self._answers, 1, clock=self._clock, id="pain")
            with _Results(id="results"):
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
        for rating in (self.effort, self.pain):
            rating.rows, rating.below = (self.effort, self.pain), self.scroll
        self.effort.focus()

    @on(Rating.Answered)
    def keep_answer(self, _: Rating.Answered) -> None:
        """Save it."""
        self._coach.rate(self.effort.value, self.pain.value)
        self._say_how_it_went()
        self._show_banner()

    def action_close(self) -> None:
        """Leave the summary."""
        self.dismiss(None)

    def _say_how_it_went(self) -> None:
        now, practice = self._coach.snapshot(), self._practice
        hurt = any(record is not None and record.outcome is Outcome.HURT for record in now.records)
        words = day_words(now.done_sets, now.planned_sets, hurt=hurt, pain=self.pain.value)
        if practice.saving:
            streak = "Saving…"
        else:  # of a history that has lost its past a streak would be no truth
            streak = practice.streak_text() if not self._coach.losses and practice.streak() else ""
        self.query_one("#overview", Headline).show(words, streak)

    def _show_saved(self) -> None:
        """Show how the week stands, once the session is in it; until then, that it is being saved."""
        self._show_banner()
        practice = self._practice
        shown = (practice.saving, bool(self._coach.unsaved), bool(self._coach.losses))
        if shown == self._saved:
            return
        self._saved = shown
        self._say_how_it_went()
        if practice.saving:
            return
        week = practice.week()
        today = next((index for index, (day, _) in enumerate(week) if day == practice.today), -1)
        self.query_one(WeekStrip).show(week_cells(week, practice.today), today)

    def _show_banner(self) -> None:
        banner = clean(self._coach.banner)
        self.notices.update(Content(banner))
        self.notices.display = bool(banner)
