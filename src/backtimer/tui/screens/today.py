"""The first screen: what today asks for, how the week stands, and every other day of the week at hand."""

from __future__ import annotations

import time
from collections.abc import Callable
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
from textual.widgets import Static

from backtimer.core.plan.routine import WEEKDAYS
from backtimer.language import _, marked
from backtimer.storage.text import clean
from backtimer.tui.bindings import hidden_key, number_keys, shown_key
from backtimer.tui.screens.day_view import day_view, week_cells
from backtimer.tui.screens.questions import (
    MORNING,
    NOW,
    PainQuestions,
    Question,
    asked_morning,
    asked_now,
    asked_proposal,
)
from backtimer.tui.screens.worded import Worded
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.text import Columns, Headline, ListScroll
from backtimer.tui.widgets.week import DayHead, WeekStrip

if TYPE_CHECKING:
    from backtimer.advice import MorningAfter, OpenProposal
    from backtimer.core.plan.plan import Plan
    from backtimer.storage.history.live import Unfinished
    from backtimer.training import Training

SAVED_EVERY_S = 0.05
"""How often to look whether what was just done is saved."""
SAFETY_LINE = marked("New here? s opens the safety card. Read it once.")

DAYS = Binding.Group(marked("Day"), compact=True)

SOUND_S = 0.3
"""From the first frame until sound is checked, and from one look for news of it to the next."""


class _DayList(ListScroll):
    """The day's list; from its top, up leads back to an answered question, and down from there to it."""

    def action_scroll_up(self) -> None:
        """Scroll, or go back to a question."""
        if self.scroll_y > 0 or not isinstance(self.screen, TodayScreen) or not self.screen.to_question(True):
            super().action_scroll_up()

    def action_scroll_down(self) -> None:
        """Go on from a question, or scroll."""
        if not isinstance(self.screen, TodayScreen) or not self.screen.to_question(False):
            super().action_scroll_down()


class TodayScreen(Worded, Screen[None], inherit_bindings=False):
    """The day's list, the week strip and the streak; Enter starts the day that is shown.

    Args:
        training: The routine and the history.
        day: The weekday to show first; None: today.
        ask: Ask at once what to do with a session that was not finished.
        clock: Seconds from any origin, for numbers of two keys.
    """

    HELP = marked(
        "This is what the day asks for. **Enter** starts it. Any day of the week can be started: **←** "
        "and **→** show the others, **↑** and **↓** scroll.\n\n"
        "A **number** says how much it hurts before you start, **x** (or 1 and 0 at once) is ten, **⌫** "
        "clears it; nobody has to answer. **↑** goes back to the question about this morning. What was "
        "ended early today, **r** goes on with.\n\n"
        "`✓` done  `◐` partly done  `○` to do  `◇` optional  `·` not done  `–` rest  `~` off"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "enter",
            "start",
            marked("Start"),
            "today.start",
            marked("Start the day that is shown"),
            display=marked("enter"),
        ),
        shown_key(
            "left",
            "day(-1)",
            marked("Day before"),
            "today.previous_day",
            marked("Show the day before"),
            group=DAYS,
        ),
        shown_key(
            "right", "day(1)", marked("Day after"), "today.next_day", marked("Show the day after"), group=DAYS
        ),
        shown_key(
            "r",
            "resume",
            marked("Resume"),
            "today.resume",
            marked("Take up the session that was not finished"),
        ),
        shown_key("u", "undo", marked("Undo"), "today.undo", marked("Take back the last change of the past")),
        shown_key("y", "answer(True)", marked("Yes"), "today.yes", marked("Take what is proposed")),
        shown_key("n", "answer(False)", marked("No"), "today.no", marked("Leave it as it is")),
        *number_keys(
            "rate('{}')",
            marked("Pain now"),
            "today.rate",
            marked("How much it hurts, before you start; x, or 1 and 0 within a second, for 10"),
        ),
        # Not the minus sign: it is the six of a French keyboard.
        hidden_key(
            "backspace,delete",
            "skip",
            marked("Skip"),
            "today.skip",
            marked("No answer to the question about pain"),
        ),
        hidden_key(
            "s,S",
            "safety",
            marked("Safety card"),
            "today.safety",
            marked("Which few signs need a doctor, and how much pain exercise may give"),
            display="s",
        ),
        hidden_key(
            "comma",
            "app.settings",
            marked("Settings"),
            "today.settings",
            marked("Routine, theme, sound and more"),
        ),
        shown_key(
            "h,H",
            "history",
            marked("Past"),
            "today.history",
            marked("Look back on what was done"),
            display="h",
        ),
    ]

    can_start: var[bool] = var(True, bindings=True)
    """Whether there is something to start on the day that is shown."""
    can_resume: var[bool] = var(False, bindings=True)
    """Whether a session waits to be taken up, or gone on with."""
    can_undo: var[bool] = var(False, bindings=True)
    """Whether a session was deleted, discarded or ended in this run of the program, and can be had back."""

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

        def __init__(self, screen: TodayScreen, unfinished: Unfinished, ended: bool = False) -> None:
            super().__init__()
            self.screen = screen
            self.unfinished = unfinished
            self.ended = ended
            """It was ended early, and is gone on with."""

    def __init__(
        self,
        training: Training,
        day: str | None = None,
        *,
        ask: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._training = training
        self._ended: Unfinished | None = None
        self._done = False
        """What is shown is today, and it has been done."""
        self._back = False
        """Somebody came back from a session: keys that are pressed once too often must start nothing."""
        self._pains = PainQuestions(clock)
        self._is_today = True
        """What is shown is today."""
        self._ask = ask
        self._index = WEEKDAYS.index(day or training.weekday)
        self._plan: Plan | None = None
        self._unfinished: Unfinished | None = None
        self._fresh = False
        self._noticed: tuple[str, ...] | None = None
        self._proposals: tuple[OpenProposal, ...] = ()
        self._morning: MorningAfter | None = None

    def compose(self) -> ComposeResult:
        """Above, what and when; in the middle the list; below, the keys."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            yield Static(id="safety", classes="banner", markup=False)
            # Each has the classes that it will mostly have: to change them is to style it twice.
            yield Static(id="advice", classes="banner -nothing")
            yield Headline("$text-muted", "$text-accent", id="overview")
            yield WeekStrip()
            yield DayHead()
            yield Static(id="ask", classes="-quiet")
            with _DayList(id="list"):
                yield Static(id="advice_in_list", classes="-nothing")
                yield Columns()
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask about a session that was not finished."""
        self.reload()
        self._fresh = True
        # From the first frame on: on a slow machine it would come before that, and hold it up.
        self.call_after_refresh(self.set_timer, SOUND_S, partial(self._check_sound, True))
        self.set_interval(SOUND_S, self._show_notices)
        if self._unfinished is not None and self._ask:
            self.call_after_refresh(self.action_resume)

    def on_screen_resume(self) -> None:
        """The history may have changed while another screen was in front."""
        if not self._fresh:
            self._reload_when_saved()
            self._check_sound(True)
        self._fresh = False

    def on_screen_suspend(self) -> None:
        """A session finds out for itself whether it is heard."""
        self._check_sound(False)

    def on_unmount(self) -> None:
        """Nobody is told any more."""
        self._check_sound(False)

    def _check_sound(self, on: bool) -> None:
        check = getattr(self.app, "check_sound", None)
        if check is not None:
            check(on and self.is_current, self._plan)  # a timer may come when another screen is in front
            self._show_notices()

    def _show_notices(self) -> None:
        """Show what is wrong with the history and, as soon as that is found out, with the sound."""
        told = (*self._training.notices, getattr(self.app, "unheard", ""))
        notices = tuple(clean(notice) for notice in told if notice)
        if notices != self._noticed:
            self._noticed = notices
            self.notices.update(Content("\n".join(notices)))
            self.notices.display = bool(notices)

    def _reload_when_saved(self) -> None:
        """Ask again when what was just done is in the history: nothing waits for the disk meanwhile."""
        if self._training.saving:
            self.set_timer(SAVED_EVERY_S, self._reload_when_saved)
        else:
            self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what means something now is offered."""
        if action == "start":
            return self.can_start
        if action == "resume":
            return self.can_resume
        if action == "answer":
            return self.open_question is Question.PROPOSAL
        if action == "undo":
            return self.can_undo
        if action == "rate":
            return self.open_question is Question.MORNING or self.can_start
        if action == "skip":
            return self.open_question is Question.MORNING or self._pains.now is not None
        return True

    def action_start(self) -> None:
        """Start the day that is shown; what waits to be finished is asked about first.

        So is another session by who comes from one: an Enter too many must start nothing.
        """
        if self._plan is None:
            return
        if self._unfinished is not None:
            self._ask_to_resume()
        elif self._ended is not None and self._is_today and not self._back:
            self.post_message(self.Resume(self, self._ended, ended=True))
        elif self._back:
            self._ask_to_go_on()
        else:
            if self._training.safety_untold:  # the line has been seen: it is there at the first start
                self._training.safety_told()
            self.post_message(self.Start(self._plan))

    def came_back(self) -> None:
        """Somebody has come back from a session."""
        self._back = True
        self._pains.begin_anew()
        self._training.rate_before(None)

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
        """Ask what to do with the session that was not finished, or was ended early."""
        if self._unfinished is not None:
            self._ask_to_resume()
        elif self._ended is not None:
            self._ask_to_go_on()

    def _ask_to_resume(self) -> None:
        # late: 4 ms, most starts have nothing to resume
        from backtimer.tui.screens.dialogs import ResumeChoice, ResumeDialog  # noqa: PLC0415

        waiting = self._unfinished
        if waiting is None:
            return

        def answered(choice: ResumeChoice | None) -> None:
            if choice is ResumeChoice.RESUME:
                self.post_message(self.Resume(self, waiting))
            elif choice is ResumeChoice.SAVE:
                self._training.keep(waiting)
            elif choice is ResumeChoice.DISCARD:
                self._training.discard(waiting)
            self._reload_when_saved()

        dialog = ResumeDialog(waiting, self._training.today, wary=self._back)
        self.app.push_screen(dialog, answered)

    def _ask_to_go_on(self) -> None:
        # late: 4 ms, few do more than one session a day
        from backtimer.tui.screens.dialogs import GoOnChoice, GoOnDialog  # noqa: PLC0415

        ended, plan = self._ended if self._is_today else None, self._plan
        if plan is None:
            return

        def answered(choice: GoOnChoice | None) -> None:
            if choice is GoOnChoice.GO_ON and ended is not None:
                self.post_message(self.Resume(self, ended, ended=True))
            elif choice is GoOnChoice.ANEW:
                self.post_message(self.Start(plan))

        title = clean((ended.plan if ended else plan).title)
        left = "" if ended is None else ended.left_text
        self.app.push_screen(GoOnDialog(title, left, done=self._done, wary=self._back), answered)

    def action_answer(self, accepted: bool) -> None:
        if self._proposals:
            self._training.answer(self._proposals[0], accepted)
            self.reload()

    def action_rate(self, key: str) -> None:
        """Say how much it hurts, or clear what was said: this morning if that is asked, else now."""
        self._keep(self._pains.key(self._row, key))

    def action_skip(self) -> None:
        """Leave the question about pain without an answer."""
        self._keep(self._pains.decline(self._row))

    @property
    def _row(self) -> int:
        return MORNING if self.open_question is Question.MORNING else NOW

    def _keep(self, row: int | None) -> None:
        if row == MORNING:
            self._training.rate_next_morning(self._pains.morning)
            self.reload()
        elif row == NOW:
            self._training.rate_before(self._pains.now)
            self._show_question()

    def to_question(self, back: bool) -> bool:
        """Go back to the question about this morning, or on from there; whether there was a way."""
        if back and self._morning is not None:
            return False
        gone = self._pains.go_back() if back else self._pains.go_on()
        if gone:
            self._show_question()
        return gone

    def action_undo(self) -> None:
        """Take back the last change of the past."""
        words = self._training.past.undo()[1]
        self.reload()
        self._tell(words)

    def action_safety(self) -> None:
        # late: 2 ms, only when it is asked for
        from backtimer.tui.screens.safety import SafetyScreen  # noqa: PLC0415

        self._training.safety_told()
        self.app.push_screen(SafetyScreen())

    def action_history(self) -> None:
        # late: 20 ms, only when it is asked for
        from backtimer.tui.screens.history import HistoryScreen  # noqa: PLC0415

        self.app.push_screen(HistoryScreen(self._training))

    def reload(self) -> None:
        """Ask the training again and show what it says."""
        training = self._training
        self._unfinished = training.unfinished()
        self._ended = None if self._unfinished is not None else training.ended_early()
        self.can_resume = self._unfinished is not None or self._ended is not None
        self.can_undo = bool(training.undo_says)
        self._week = training.week()
        self.overview.show(clean(training.routine.title), training.streak_text())
        self._show_notices()
        self._tell(training.undo_says)
        untold = training.safety_untold
        self.safety.update(Content(_(SAFETY_LINE) if untold else ""))
        self.safety.display = untold
        advice = training.advice()
        for place in (self.advice, self.advice_in_list):
            place.update(Content("\n".join(clean(line) for line in advice)))
            place.set_class(not advice, "-nothing")
        self._morning = training.asks_next_morning()
        self._show(self._index)

    def _tell(self, words: str) -> None:
        """Say what there is to say of the history, and one thing more."""
        said = [*(clean(notice) for notice in self._training.notices), *([words] if words else [])]
        self.notices.update(Content("\n".join(said)))
        self.notices.display = bool(said)

    def _show_question(self) -> None:
        """Ask one thing at a time, what cannot wait first."""
        text = Content("")
        if self._morning is not None or self._pains.going_back:
            self.open_question = Question.MORNING
            text = asked_morning(self._pains.morning, self._pains.going_back)
        elif self._proposals:
            self.open_question = Question.PROPOSAL
            text = asked_proposal(self._proposals[0].text, len(self._proposals))
        elif self.can_start:
            self.open_question = Question.NOW
            text = asked_now(self._pains.now)
        else:
            self.open_question = Question.NOTHING
        self.ask.update(text)
        self.ask.set_class(self.open_question is Question.NOTHING, "-nothing")
        self.ask.set_class(self.open_question is Question.NOW, "-quiet")

    def _show(self, index: int) -> None:
        """Show the day with this index in the week."""
        self._index = index
        day, state = self._week[index]
        view = day_view(self._training, day, state)
        self._plan = view.plan
        self.can_start = view.plan is not None
        self._proposals = self._training.proposals(WEEKDAYS[day.weekday()])
        self._show_question()
        self.week.show(week_cells(self._week, self._training.today), index)
        self._is_today = day == self._training.today
        self._done = view.done
        left = self._ended.left_text if self._is_today and self._ended is not None else ""
        button = "" if view.plan is None else left or (_("Start again") if view.done else _("Start"))
        self.head.show(view.heading, view.total, view.facts, button)
        self.columns.show(view.lines)
        self.scroll.scroll_home(animate=False)
        if (prepare := getattr(self.app, "prepare_words", None)) is not None:
            prepare(view.plan)
