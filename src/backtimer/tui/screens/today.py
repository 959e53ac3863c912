"""The first screen: what today asks for, how the week stands, and every other day of the week at hand."""

from __future__ import annotations

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

from backtimer.core.counting import streak_words
from backtimer.core.routine import WEEKDAYS
from backtimer.storage.text import clean
from backtimer.tui.screens.day_view import day_view, week_cells
from backtimer.tui.widgets.columns import Columns
from backtimer.tui.widgets.day_head import DayHead
from backtimer.tui.widgets.headline import Headline
from backtimer.tui.widgets.scroll import ListScroll
from backtimer.tui.widgets.week_strip import WeekStrip

if TYPE_CHECKING:
    from backtimer.core.plan import Plan
    from backtimer.practice import Practice, Unfinished
    from backtimer.tui.screens.dialogs import ResumeChoice

DAYS = Binding.Group("Day", compact=True)


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

    `✓` done  `◐` partly done  `○` to do  `◇` optional  `·` not done  `–` rest
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
    ]

    can_start: var[bool] = var(True, bindings=True)
    """Whether there is something to start on the day that is shown."""
    can_resume: var[bool] = var(False, bindings=True)
    """Whether a session waits to be taken up."""

    notices = getters.query_one("#notices", Static)
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

    def compose(self) -> ComposeResult:
        """Above, what and when; in the middle the list; below, the keys."""
        with Vertical(id="page"):
            yield Static(id="notices", classes="banner")
            yield Headline("$text-muted", "$text-accent", id="overview")
            yield WeekStrip()
            yield DayHead()
            with ListScroll(id="list"):
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
        return True

    def action_start(self) -> None:
        """Start the day that is shown."""
        if self._plan is not None:
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
        self.overview.show(clean(practice.routine.title), streak_words(practice.streak()))
        notices = practice.notices
        self.notices.update(Content("\n".join(clean(notice) for notice in notices)))
        self.notices.display = bool(notices)
        self._show(self._index)

    def _show(self, index: int) -> None:
        """Show the day with this index in the week."""
        self._index = index
        day, state = self._week[index]
        view = day_view(self._practice, day, state)
        self._plan = view.plan
        self.can_start = view.plan is not None
        self.week.show(week_cells(self._week, self._practice.today), index)
        button = "" if view.plan is None else "Start again" if view.done else "Start"
        self.head.show(view.heading, view.total, view.facts, button)
        self.columns.show(view.lines)
        self.scroll.scroll_home(animate=False)
