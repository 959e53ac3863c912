"""After the last set: what was done, how hard it was and whether it hurt, and how the week stands now."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from backtimer.core.picture.letters import LargeNumber, number_rows
from backtimer.core.picture.rows import EMPTY, Row, fit, row
from backtimer.core.picture.session_view import OUTCOME_GLYPHS
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.units import clock_text, sets_done
from backtimer.core.progress import calendar
from backtimer.core.progress.dates import short_weekday, weekday_letters
from backtimer.core.progress.history import side_name
from backtimer.core.progress.scales import EFFORT, PAIN, Answers
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.core.speech.phrases import day_words, exercise_name, outcome_words
from backtimer.language import _, counted_words, marked
from backtimer.storage.text import clean
from backtimer.tui.bindings import Worded, hidden_key, shown_key
from backtimer.tui.holding import seldom
from backtimer.tui.themes import style_sheet
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.rating import RatingQuestion
from backtimer.tui.widgets.text import Columns, Headline, ListScroll, RowsView, SplitLine
from backtimer.tui.widgets.week import EXTRA, DayCell, WeekStrip

if TYPE_CHECKING:
    from datetime import date

    from backtimer.coach import Coach
    from backtimer.core.progress.history import HeatDay
    from backtimer.training import Training


ADVICE = (
    marked("If it keeps hurting, leave it out and ask a physiotherapist."),
    marked("Pain down the leg, or numbness? s opens the safety card."),
)


def result_lines(plan: Plan, records: Sequence[SetRecord | None]) -> tuple[SplitLine, ...]:
    """One line for every exercise and side, in order, and advice if something hurt."""
    groups: dict[tuple[str | None, str | None], list[int]] = {}
    for index, spec in enumerate(plan.sets):
        groups.setdefault((spec.exercise, spec.side), []).append(index)
    lines = [
        _line(
            _title(plan, indexes[0]),
            [_outcome(records[index]) for index in indexes],
            _sore(plan, records, indexes),
        )
        for indexes in groups.values()
    ]
    if any(line.style == Outcome.HURT for line in lines):
        lines += [SplitLine(), *(SplitLine(_(text), aside=True) for text in ADVICE)]
    return tuple(lines)


def _title(plan: Plan, index: int) -> str:
    spec = plan.sets[index]
    name = exercise_name(plan, spec)
    return clean(name if spec.side is None else f"{name}, {side_name(spec.side)}")


def _outcome(record: SetRecord | None) -> Outcome:
    return Outcome.SKIPPED if record is None else record.outcome


def _sore(plan: Plan, records: Sequence[SetRecord | None], indexes: Sequence[int]) -> str:
    """The side on which a set without a side of its own hurt."""
    for index in indexes:
        record = records[index]
        if record is not None and record.outcome is Outcome.HURT and plan.sets[index].side is None:
            return record.side or ""
    return ""


def _line(title: str, outcomes: Sequence[Outcome], sore: str) -> SplitLine:
    overall = _overall(outcomes)
    return SplitLine(title, _words(outcomes, sore), glyph=OUTCOME_GLYPHS[overall], style=overall.value)


def _overall(outcomes: Sequence[Outcome]) -> Outcome:
    if Outcome.HURT in outcomes:
        return Outcome.HURT
    kinds = set(outcomes)
    return kinds.pop() if len(kinds) == 1 else Outcome.PARTIAL


def _words(outcomes: Sequence[Outcome], sore: str) -> str:
    if all(outcome is Outcome.SKIPPED for outcome in outcomes):
        return outcome_words(Outcome.SKIPPED)
    done = sets_done(outcomes.count(Outcome.DONE), len(outcomes))
    if Outcome.HURT in outcomes:
        return f"{_hurt_words(sore)} · {done}"
    said = [done]
    if partly := outcomes.count(Outcome.PARTIAL):
        said.append(
            counted_words("{number} partly done", "{number} partly done", partly).format(number=partly)
        )
    if skipped := outcomes.count(Outcome.SKIPPED):
        said.append(counted_words("{number} skipped", "{number} skipped", skipped).format(number=skipped))
    return " · ".join(said)


def _hurt_words(side: str) -> str:
    if not side:
        return outcome_words(Outcome.HURT)
    return _("stopped: it hurt on the left") if side == "left" else _("stopped: it hurt on the right")


class _Results(ListScroll):
    """What was done, in full; from its top, up leads back to the questions."""

    def action_scroll_up(self) -> None:
        """Scroll, or go back to the last question."""
        if self.scroll_y <= 0 and isinstance(self.screen, SummaryScreen):
            self.screen.pain.focus()
        else:
            super().action_scroll_up()


LEAST_HEIGHT, LEAST_WIDTH = 22, 56
"""From this size on there is room for large digits."""

SAVED_EVERY_S = 0.2
"""How often to look whether the session is saved, and whether it stays so."""


class SummaryScreen(Worded, Screen[None], inherit_bindings=False):
    """What was done, two questions, and the week.

    Args:
        coach: Of the session that has ended.
        training: Where streak and week come from, this session included.
        before: The streak before it; None: it is not known.
        clock: Seconds from any origin, for numbers of two keys.
    """

    HELP = marked(
        "Two questions, each answered with **one key**, a click, or **← →** and Enter; **x**, or 1 and 0 "
        "at once, is ten. Enter alone goes on without an answer. **↑ ↓** go back to a question: another "
        "number takes the place of the answer, **⌫** clears it.\n\n"
        "`✓` done  `◐` partly done  `–` skipped  `!` it hurt\n\n"
        "Your answers stay on this computer."
    )
    CSS_PATH = style_sheet("summary.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "enter,escape",
            "close",
            marked("Close"),
            "summary.close",
            marked("Leave the summary"),
            display=marked("enter"),
        ),
        hidden_key(
            "tab", "app.focus_next", marked("Next question"), "summary.next", marked("To the next question")
        ),
        hidden_key(
            "shift+tab",
            "app.focus_previous",
            marked("Question before"),
            "summary.previous",
            marked("To the question before"),
        ),
        shown_key(
            "s,S",
            "safety",
            marked("Safety card"),
            "summary.safety",
            marked("Which few signs need a doctor, and how much pain exercise may give"),
            display="s",
        ),
    ]

    notices = getters.query_one("#notices", Static)
    effort = getters.query_one("#effort", RatingQuestion)
    pain = getters.query_one("#pain", RatingQuestion)
    scroll = getters.query_one("#results", _Results)

    def __init__(
        self,
        coach: Coach,
        training: Training,
        *,
        before: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._coach = coach
        self._training = training
        self._before = before
        self._answers = Answers((EFFORT, PAIN), coach.rated)
        self._clock = clock
        self._saved: tuple[bool, ...] | None = None
        """How it stood with saving when the week was shown; None: what is told is to be told anew."""
        self._streak: tuple[int, str] | None = None
        """With this session in it, and its words; None: not known yet."""

    def action_safety(self) -> None:
        self._training.safety_told()
        self.app.push_screen(seldom("safety")())

    def compose(self) -> ComposeResult:
        """What was done in short, the questions, what was done in full, and the keys."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            yield Headline("bold $text-primary", "bold $text-accent", id="overview")
            yield RowsView(id="facts")
            yield WeekStrip()
            yield RatingQuestion(self._answers, 0, clock=self._clock, id="effort")
            yield RatingQuestion(self._answers, 1, clock=self._clock, id="pain")
            with _Results(id="results"):
                yield Columns()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what was done, and open the first question."""
        self.query_one(Columns).show(result_lines(self._coach.plan, self._coach.snapshot().records))
        self._show_saved()
        self.set_interval(SAVED_EVERY_S, self._show_saved)
        for rating in (self.effort, self.pain):
            rating.rows, rating.below = (self.effort, self.pain), self.scroll
        self.effort.focus()

    def on_resize(self) -> None:
        """Another size has room for large digits, or none; how wide they may be is known after the layout."""
        self.call_after_refresh(self._say_how_it_went)

    @on(RatingQuestion.Answered)
    def keep_answer(self) -> None:
        self._coach.rate(self.effort.value, self.pain.value)
        self._say_how_it_went()
        self._show_banner()

    def action_close(self) -> None:
        self.dismiss(None)

    def _say_how_it_went(self) -> None:
        if not self._width():  # before the first layout, which a resize follows
            return
        now, training = self._coach.snapshot(), self._training
        hurt = any(record is not None and record.outcome is Outcome.HURT for record in now.records)
        words = day_words(now.done_sets, now.planned_sets, hurt=hurt, pain=self.pain.value)
        if not training.saving:
            self._streak = training.streak(), training.streak_text()
        streak = ""
        if self._streak is None:
            streak = _("Saving…")
            self._saved = None
        elif not self._coach.losses and self._streak[0]:  # without its past a streak would be no truth
            streak = self._streak[1]
            if self._before and self._before != self._streak[0]:
                streak = f"{self._before} → {streak}"
        title = clean(self._coach.plan.title)
        large = self._large_numbers(streak)
        if large:
            self.query_one("#overview", Headline).show(words, title)
            self.query_one("#facts", RowsView).show([EMPTY, *large, EMPTY])
            return
        done = sets_done(now.done_sets, now.planned_sets)
        facts = f"{done} · {clock_text(self._coach.credited_s)}"
        whole = f"{facts} · {title}" if title else facts
        self.query_one("#overview", Headline).show(words, streak)
        line = fit(whole, self._width())
        self.query_one("#facts", RowsView).show([row(line if line == whole else fit(facts, self._width()))])

    def _large_numbers(self, streak: str) -> list[Row]:
        """What was done in large digits, where there is room for them and for what follows."""
        if self.size.height < LEAST_HEIGHT or self.query_one("#facts").size.width < LEAST_WIDTH:
            return []
        now = self._coach.snapshot()
        done = f"{now.done_sets}/{now.planned_sets}"
        days = str(self._streak[0]) if streak and self._streak else ""
        return number_rows(
            (
                LargeNumber(done, sets_done(now.done_sets, now.planned_sets)),
                LargeNumber(clock_text(self._coach.credited_s), _("at work")),
                LargeNumber(days, streak),
            ),
            self._width(),
        )

    def _width(self) -> int:
        return self.query_one("#facts").size.width

    def _show_saved(self) -> None:
        """Show how the week stands, once the session is in it; until then, that it is being saved."""
        self._show_banner()
        training = self._training
        shown = (training.saving, bool(self._coach.unsaved), bool(self._coach.losses))
        if shown == self._saved:
            return
        self._saved = shown
        self._say_how_it_went()
        if training.saving:
            return
        week = training.week()
        today = next((index for index, each in enumerate(week) if each.day == training.today), -1)
        self.query_one(WeekStrip).show(week_cells(week, training.today), today)

    def _show_banner(self) -> None:
        banner = clean(self._coach.banner)
        self.notices.update(Content(banner))
        self.notices.display = bool(banner)


def week_cells(week: Sequence[HeatDay], today: date) -> tuple[DayCell, ...]:
    """The days of the week strip."""
    return tuple(
        DayCell(
            short_weekday(each.day),
            weekday_letters(each.day),
            calendar.EXTRA_GLYPH if each.extra else calendar.GLYPHS[each.state],
            EXTRA if each.extra else each.state.value,
            today=each.day == today,
        )
        for each in week
    )
