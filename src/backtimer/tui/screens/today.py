"""The first screen: what today asks for, how the week stands, and every other day of the week at hand."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Footer, Static

from backtimer.core.routine import WEEKDAYS
from backtimer.storage.text import clean
from backtimer.tui.screens.day_view import day_view, week_cells
from backtimer.tui.screens.questions import asked_morning, asked_now, asked_proposal
from backtimer.tui.widgets.columns import Columns
from backtimer.tui.widgets.day_head import DayHead
from backtimer.tui.widgets.headline import Headline
from backtimer.tui.widgets.scroll import ListScroll
from backtimer.tui.widgets.week_strip import WeekStrip

if TYPE_CHECKING:
    from backtimer.core.plan import Plan
    from backtimer.guidance import MorningAfter, OpenProposal
    from backtimer.practice import Practice, Unfinished
    from backtimer.tui.screens.dialogs import ResumeChoice

SAFETY_LINE = "New here? s opens the safety card. Read it once."

DAYS = Binding.Group("Day", compact=True)


class Question(Enum):
    """What the first screen asks."""

    NOTHING = auto()
    MORNING = auto()
    """How much it hurts on the morning after a session."""
    PROPOSAL = auto()
    """Whether an exercise is to be done at another level."""
    NOW = auto()
    """How much it hurts before the session that is about to start."""


class TodayScreen(Screen[None], inherit_bindings=False):
    """The day's list, the week strip and the streak; Enter starts the day that is shown.

    Args:
        practice: The routine and the history.
        day: The weekday to show first; None: today.
        ask: Ask at once what to do with a session that was not finished.
    """

    HELP = """
    This is what the day asks for. **Enter** starts it. Any day of the week can be started: **←** and **→**
    show the others, **↑** and **↓** scroll.

    A **number** says how much it hurts before you start, **x** stands for 10; nobody has to answer.

    `✓` done  `◐` partly done  `○` to do  `◇` optional  `·` not done  `–` rest  `~` off
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "start",
            "Start",
            key_display="enter",
            id="today.start",
            tooltip="Start the day that is shown",
        ),
        Binding(
            "left",
            "day(-1)",
            "Day before",
            group=DAYS,
            id="today.previous_day",
            tooltip="Show the day before",
        ),
        Binding(
            "right", "day(1)", "Day after", group=DAYS, id="today.next_day", tooltip="Show the day after"
        ),
        Binding(
            "r",
            "resume",
            "Resume",
            id="today.resume",
            tooltip="Take up the session that was not finished",
        ),
        Binding("y", "answer(True)", "Yes", id="today.yes", tooltip="Take what is proposed"),
        Binding("n", "answer(False)", "No", id="today.no", tooltip="Leave it as it is"),
        *(
            Binding(
                key,
                f"rate({10 if key == 'x' else key})",
                "Pain now",
                show=False,
                system=key != "0",
                key_display="0-9 x" if key == "0" else None,
                id=f"today.rate_{key}",
                tooltip="How much it hurts, before you start; x stands for 10",
            )
            for key in "0123456789x"
        ),
        Binding(
            "minus",
            "skip",
            "Skip",
            show=False,
            id="today.skip",
            tooltip="No answer to the question about pain",
        ),
        Binding(
            "s,S",
            "safety",
            "Safety card",
            show=False,
            key_display="s",
            id="today.safety",
            tooltip="Which few signs need a doctor, and how much pain exercise may give",
        ),
        Binding(
            "h,H",
            "history",
            "Past",
            key_display="h",
            id="today.history",
            tooltip="Look back on what was done",
        ),
    ]

    can_start: var[bool] = var(True, bindings=True)
    """Whether there is something to start on the day that is shown."""
    can_resume: var[bool] = var(False, bindings=True)
    """Whether a session waits to be taken up."""

    open_question: var[Question] = var(Question.NOTHING, bindings=True)
    """What is asked above the list."""

    notices = getters.query_one("#notices", Static)
    safety = getters.query_one("#safety", Static)
    advice = getters.query_one("#advice", Static)
    advice_in_list = getters.query_one("#advice_in_list", Static)
    """The same where there is no room above: it scrolls with the list."""
    ask = getters.query_one("#ask", Static)
    overview = getters.query_one("#overview", Headline)
    head = getters.query_one(DayHead)
    week = getters.query_one(WeekStrip)
    columns = getters.query_one(Columns)
    scroll = getters.query_one("#list", ListScroll)

    class Start(Message):
        """A day is to be started."""

        def __init__(self, plan: Plan) -> None:
            super().__init__()
            self.plan = plan

    class Resume(Message):
        """An unfinished session is to be taken up again."""

        def __init__(self, screen: TodayScreen, unfinished: Unfinished) -> None:
            super().__init__()
            self.screen = screen
            self.unfinished = unfinished

    def __init__(self, practice: Practice, day: str | None = None, *, ask: bool = True) -> None:
        super().__init__()
        self._practice = practice
        self._ask = ask
        self._index = WEEKDAYS.index(day or practice.weekday)
        self._plan: Plan | None = None
        self._unfinished: Unfinished | None = None
        self._fresh = False
        self._proposals: tuple[OpenProposal, ...] = ()
        self._morning: MorningAfter | None = None
        self._pain: int | None = None

    def compose(self) -> ComposeResult:
        """Above, what and when; in the middle the list; below, the keys."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            yield Static(id="safety", classes="banner", markup=False)
            yield Static(id="advice", classes="banner")
            yield Headline("$text-muted", "$text-accent", id="overview")
            yield WeekStrip()
            yield DayHead()
            yield Static(id="ask")
            with ListScroll(id="list"):
                yield Static(id="advice_in_list")
                yield Columns()
        yield Footer()

    def on_mount(self) -> None:
        """Ask about a session that was not finished."""
        self.reload()
        self._fresh = True
        if self.can_resume and self._ask:
            self.call_after_refresh(self.action_resume)

    def on_screen_resume(self) -> None:
        """The history may have changed while another screen was in front."""
        if not self._fresh:
            self.reload()
        self._fresh = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what means something now is offered."""
        if action == "start":
            return self.can_start
        if action == "resume":
            return self.can_resume
        if action == "answer":
            return self.open_question is Question.PROPOSAL
        if action == "rate":
            return self.open_question is Question.MORNING or self.can_start
        if action == "skip":
            return self.open_question is Question.MORNING or self._pain is not None
        return True

    def action_start(self) -> None:
        """Start the day that is shown."""
        if self._plan is not None:
            if self._practice.safety_untold:  # the line has been seen: it is there at the first start
                self._practice.safety_told()
            self.post_message(self.Start(self._plan))

    @on(DayHead.Pressed)
    def start_pressed(self) -> None:
        """Start the day that is shown."""
        self.action_start()

    def action_day(self, by: int) -> None:
        """Show another day of the week; after Sunday comes Monday."""
        self._show((self._index + by) % len(WEEKDAYS))

    @on(WeekStrip.Chosen)
    def show_chosen(self, event: WeekStrip.Chosen) -> None:
        """Show the day that was clicked."""
        self._show(event.index)

    def action_resume(self) -> None:
        """Ask what to do with the session that was not finished."""
        # Late: most starts have nothing to resume.
        from backtimer.tui.screens.dialogs import ResumeDialog  # noqa: PLC0415

        waiting = self._unfinished
        if waiting is None:
            return
        self.app.push_screen(ResumeDialog.about(waiting), partial(self._answered, waiting))

    def action_answer(self, accepted: bool) -> None:
        """Answer the proposal."""
        if self._proposals:
            self._practice.answer(self._proposals[0], accepted)
            self.reload()

    def action_rate(self, pain: int) -> None:
        """Say how much it hurts: this morning if that is asked, else now."""
        if self.open_question is Question.MORNING:
            self._practice.rate_next_morning(pain)
            self.reload()
        else:
            self._rate_now(pain)

    def action_skip(self) -> None:
        """Leave the question about pain without an answer."""
        if self.open_question is Question.MORNING:
            self._practice.rate_next_morning(None)
            self.reload()
        else:
            self._rate_now(None)

    def action_safety(self) -> None:
        """Show the safety card."""
        # Late: the first frame does not need it.
        from backtimer.tui.screens.safety import SafetyScreen  # noqa: PLC0415

        self._practice.safety_told()
        self.app.push_screen(SafetyScreen())

    def action_history(self) -> None:
        """Look back."""
        # Late: the first frame does not need it.
        from backtimer.tui.screens.history import HistoryScreen  # noqa: PLC0415

        self.app.push_screen(HistoryScreen(self._practice))

    def _rate_now(self, pain: int | None) -> None:
        self._pain = pain
        self._practice.rate_before(pain)
        self._show_question()

    def _answered(self, waiting: Unfinished, choice: ResumeChoice | None) -> None:
        from backtimer.tui.screens.dialogs import ResumeChoice  # noqa: PLC0415

        match choice:
            case ResumeChoice.RESUME:
                self.post_message(self.Resume(self, waiting))
            case ResumeChoice.SAVE:
                self._practice.keep(waiting)
            case ResumeChoice.DISCARD:
                self._practice.discard(waiting)
            case _:
                pass
        self.reload()

    def reload(self) -> None:
        """Ask the practice again and show what it says."""
        practice = self._practice
        self._unfinished = practice.unfinished()
        self.can_resume = self._unfinished is not None
        self._week = practice.week()
        self.overview.show(clean(practice.routine.title), practice.streak_text())
        notices = practice.notices
        self.notices.update(Content("\n".join(clean(notice) for notice in notices)))
        self.notices.display = bool(notices)
        untold = practice.safety_untold
        self.safety.update(Content(SAFETY_LINE if untold else ""))
        self.safety.display = untold
        advice = practice.advice()
        for place in (self.advice, self.advice_in_list):
            place.update(Content("\n".join(clean(line) for line in advice)))
            place.set_class(not advice, "-nothing")
        self._morning = practice.asks_next_morning()
        self._show(self._index)

    def _show_question(self) -> None:
        """Ask one thing at a time, what cannot wait first."""
        text = Content("")
        if self._morning is not None:
            self.open_question = Question.MORNING
            text = asked_morning()
        elif self._proposals:
            self.open_question = Question.PROPOSAL
            text = asked_proposal(self._proposals[0].text, len(self._proposals))
        elif self.can_start:
            self.open_question = Question.NOW
            text = asked_now(self._pain)
        else:
            self.open_question = Question.NOTHING
        self.ask.update(text)
        self.ask.set_class(self.open_question is Question.NOTHING, "-nothing")
        self.ask.set_class(self.open_question is Question.NOW, "-quiet")

    def _show(self, index: int) -> None:
        """Show the day with this index in the week."""
        self._index = index
        day, state = self._week[index]
        view = day_view(self._practice, day, state)
        self._plan = view.plan
        self.can_start = view.plan is not None
        self._proposals = self._practice.proposals(WEEKDAYS[day.weekday()])
        self._show_question()
        self.week.show(week_cells(self._week, self._practice.today), index)
        button = "" if view.plan is None else "Start again" if view.done else "Start"
        self.head.show(view.heading, view.total, view.facts, button)
        self.columns.show(view.lines)
        self.scroll.scroll_home(animate=False)
