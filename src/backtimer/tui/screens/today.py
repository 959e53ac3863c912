"""The first screen: what today asks for, how the week stands, and every other day of the week at hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import var

from backtimer.core.picture.today_keys import TODAY_KEYS
from backtimer.core.picture.today_page import (
    ANSWER,
    ANSWERS,
    DAY,
    EXERCISE,
    NUMBER,
    START,
    WALK,
    ListPlace,
    TodayView,
    today_page,
)
from backtimer.core.plan.routine import WEEKDAYS
from backtimer.day_view import (
    Asking,
    Ground,
    Offers,
    Opening,
    ShownDay,
    ground_of,
    offers_of,
    shown_day,
    today_view,
)
from backtimer.language import _, marked
from backtimer.storage.text import clean
from backtimer.tui.bindings import SWAPS_NO_ACTIVITY, Worded, hidden_key, number_keys, row_keys
from backtimer.tui.holding import seldom
from backtimer.tui.screens.day_starter import DayStarter
from backtimer.tui.screens.questions import MORNING, NOW, PainQuestions
from backtimer.tui.themes import moves_here
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.page_view import PageView

if TYPE_CHECKING:
    from backtimer.advice import OpenProposal
    from backtimer.training import Training
    from backtimer.tui.screens.figure_player import FigurePlayer
    from backtimer.tui.screens.log import Logged

SOUND_S = 0.3
"""From the first frame until sound is checked, and from one look for news of it to the next."""

FIGURE_S = 0.1
"""From the first frame until the figure is drawn: what is typed is obeyed first."""

WALK_S = 1800.0
"""How long a walk is that is written down with one key."""


class TodayScreen(Worded, DayStarter, inherit_bindings=False):
    """The day that is shown, the week and the streak; Enter starts it.

    Args:
        training: The routine and the history.
        day: The day of the routine to show first; None: today.
        ask: Ask at once what to do with a session that was not finished.
        clock: Seconds from any origin, for numbers of two keys.
        opening: What was asked already, for the frame that was painted first.
    """

    HELP = marked(
        "This is what the day asks for. **Enter** starts it. Any day of the week can be started: **←** "
        "and **→** show the others.\n\n"
        "**↑** and **↓** choose an exercise. Then **Enter** opens its page, with all of how it is done, and "
        "**esc** goes back to Start. **e** swaps it for today; before one is chosen, the first.\n\n"
        "A **number** says how much it hurts before you start, **x** (or 1 and 0 at once) is ten, **⌫** "
        "clears it; nobody has to answer. What is proposed, **y**, **n** and **a** answer. What was ended "
        "early today, **g** goes on with. **l** writes down what was done without the timer.\n\n"
        "`✓` done  `◐` partly done  `○` to do  `◇` optional  `·` not done  `–` rest  `+` extra  `~` off"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *row_keys(TODAY_KEYS),
        hidden_key("y", "answer('y')", marked("Yes"), "today.yes", marked("Take what is proposed")),
        hidden_key("n", "answer('n')", marked("Not yet"), "today.no", marked("Leave it as it is")),
        hidden_key("a", "answer('a')", marked("All"), "today.all", marked("Take all that is proposed")),
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
            "c",
            "circuit",
            marked("Circuits"),
            "today.circuit",
            marked("Circuits in rounds, or set after set"),
        ),
        hidden_key(
            "comma",
            "app.settings",
            marked("Settings"),
            "today.settings",
            marked("Routine, theme, sound and more"),
        ),
        hidden_key(
            "pageup", "turn(-8)", marked("Page up"), "today.page_up", marked("A page up"), system=True
        ),
        hidden_key(
            "pagedown", "turn(8)", marked("Page down"), "today.page_down", marked("A page down"), system=True
        ),
        hidden_key("home", "turn(-999)", marked("Top"), "today.home", marked("To the top"), system=True),
        hidden_key("end", "turn(999)", marked("End"), "today.end", marked("To the end"), system=True),
    ]

    offers: var[Offers] = var(Offers(), bindings=True)
    """What can be done now."""
    morning_open: var[bool] = var(False, bindings=True)
    """It is this morning's pain that is asked about."""

    page_view = getters.query_one(PageView)

    def __init__(
        self,
        training: Training,
        day: str | None = None,
        *,
        ask: bool = True,
        clock: Callable[[], float] = time.monotonic,
        opening: Opening | None = None,
    ) -> None:
        super().__init__(training)
        self._opening = opening
        self._clock = clock
        self._player: FigurePlayer | None = None
        """Who draws the figure, once the first frame is there."""
        self._pains = PainQuestions(clock)
        self._ask = ask
        self._index = (training.today if day is None else training.date_of(day)).weekday()
        self._fresh = False
        self._will_draw = False
        self._told = ""
        """What is to be said of the last change."""
        self._noticed: tuple[str, ...] = ()
        self._proposals: tuple[OpenProposal, ...] = ()

    def compose(self) -> ComposeResult:
        """The page, and below it the keys."""
        yield PageView(id="page_of_today")
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask about a session that was not finished."""
        self.reload()
        self._fresh = True
        # From the first frame on: on a slow machine it would come before that, and hold it up.
        self.call_after_refresh(self.set_timer, SOUND_S, partial(self._check_sound, True))
        self.set_interval(SOUND_S, self._show_notices)
        self.call_after_refresh(self._draw_soon)
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

    # -- the figure ----------------------------------------------------------------------------------------

    def _draw_soon(self) -> None:
        self.set_timer(FIGURE_S, self._begin_to_draw)

    def _begin_to_draw(self) -> None:
        """Draw the figure, now that all that can be read is there."""
        # late: 12 ms, after the first frame
        from backtimer.tui.screens.figure_player import FRAMES_S, FigurePlayer  # noqa: PLC0415

        self._player = FigurePlayer(moves=moves_here(self._training.figure))
        self._look_at_figure()
        if self._player.moves:
            self.set_interval(FRAMES_S, self._draw_figure)

    def _look_at_figure(self) -> None:
        """Draw the exercise that is looked at from now on."""
        player, shown = self._player, self._shown
        # Without a player no page is laid out for it: many keys may have been pressed before the first frame.
        if player is None or shown is None or (slot := self.page_view.page.slot) is None:
            return
        plan = self._plan_of_list()
        if plan is not None:
            listed, known = shown.listed[self._place.exercise], self._training.exercise
            player.show_listed(plan, listed, known, slot, self._clock())
            self._draw_figure()

    def _draw_figure(self) -> None:
        """Draw the figure as it is now."""
        player, slot = self._player, self.page_view.page.slot
        if player is None or slot is None or not self.is_current:
            return
        if (rows := player.rows(self._clock())) is not None:
            self.page_view.show_figure(rows)

    def on_picture_resized(self) -> None:
        """The slot of the figure has another size."""
        self._look_at_figure()

    def on_unmount(self) -> None:
        """Nobody is told any more."""
        self._check_sound(False)

    @property
    def _morning(self) -> bool:
        """This morning's pain was not asked about yet."""
        return self._ground is not None and self._ground.morning is not None

    def _check_sound(self, on: bool) -> None:
        check = getattr(self.app, "check_sound", None)
        if check is not None:
            check(on and self.is_current, self._plan)  # a timer may come when another screen is in front
            self._show_notices()

    def _notices(self) -> tuple[str, ...]:
        """What is wrong with the history and, once that is found out, with the sound; and what was done."""
        told = (*self._training.notices, getattr(self.app, "unheard", ""), self._told)
        return tuple(clean(notice) for notice in told if notice)

    def _show_notices(self) -> None:
        """Show what is wrong, if that is news."""
        if self._shown is not None and self._notices() != self._noticed:
            self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what means something now is offered."""
        if action == "answer":
            asked = bool(self._proposals) and not self.morning_open
            return asked and (parameters != ("a",) or len(self._proposals) > 1)
        if action == "rate":
            return self.morning_open or self.offers.start
        if action == "skip":
            return self.morning_open or self._pains.now is not None
        return self.offers.may(action) and (action != "exchange" or bool(self.looked_at))

    def reason(self, id: str) -> str:
        """Why a key means nothing now; on a day with exercises an activity may be what is chosen."""
        on_activity = id == "today.exchange" and self.offers.may("exchange")
        return SWAPS_NO_ACTIVITY if on_activity else super().reason(id)

    def came_back(self) -> None:
        """Somebody has come back from a session: before the next one nothing is said of pain."""
        super().came_back()
        self._pains.begin_anew()

    @on(PageView.Hit)
    def press(self, event: PageView.Hit) -> None:
        """Do what was clicked."""
        what, value = event.target.what, event.target.value
        if what == START:
            self.action_start()
        elif what == WALK:
            self.action_walk()
        elif what == DAY:
            self._show(value)
        elif what == NUMBER:
            self._keep(self._pains.say(self._row, value))
        elif what == ANSWER:
            self.action_answer(ANSWERS[value][0])
        elif what == EXERCISE:
            self._place = self._place._replace(exercise=value, chosen=True)
            self._draw()
            self.action_look()

    @on(PageView.Turned)
    def turn_wheel(self, event: PageView.Turned) -> None:
        """Move the list."""
        self.action_turn(event.lines)

    # -- the list ------------------------------------------------------------------------------------------

    def action_choose(self, by: int) -> None:
        """Choose another exercise; above the first one nothing is chosen, and Enter starts.

        What stands before the list, and is out of sight, is passed line by line.
        """
        if self.to_question(by < 0):
            return
        place, scroll = self._place, self.page_view.page.scroll
        listed = () if self._shown is None else self._shown.listed
        if not place.chosen:
            if by < 0:
                self.action_turn(-1)
                return
            if EXERCISE not in {target.what for target in self.page_view.page.targets} and scroll.last:
                self.action_turn(1)
                return
            self._place = place._replace(chosen=True, passed=scroll.first)
        elif place.exercise + by < 0:
            self._place = ListPlace()
        else:
            exercise = min(place.exercise + by, len(listed) - 1)
            self._place = place._replace(exercise=exercise, passed=scroll.first)
        self._draw()

    def action_leave_list(self) -> None:
        """Choose nothing, so that Enter starts."""
        self._place = self._place._replace(chosen=False)
        self._draw()

    def action_turn(self, by: int) -> None:
        """Move the list by so many lines."""
        scroll = self.page_view.page.scroll
        passed = max(0, min(scroll.last, scroll.first + by))
        self._place = self._place._replace(chosen=False, passed=passed)
        self._draw()

    def action_look(self) -> None:
        """Open the page of the chosen exercise."""
        plan = self._plan_of_list()
        if plan is None or self._shown is None:
            return
        ids = [each.exercise for each in self._shown.listed if each.exercise]
        chosen = self._shown.listed[self._place.exercise].exercise
        if chosen:
            swaps = self._plan is not None
            page = seldom("exercise")(self._training, plan, ids, ids.index(chosen), swaps=swaps)
            self.app.push_screen(page, self._looked)
        else:
            self.notify(_("There is no more to read of it."), markup=False)

    def _looked(self, _nothing: None) -> None:
        """Somebody has read about an exercise: Enter starts again."""
        self.action_leave_list()

    def action_day(self, by: int) -> None:
        """Show another day of the week; after Sunday comes Monday."""
        self._show((self._index + by) % len(WEEKDAYS))

    # -- what is asked -------------------------------------------------------------------------------------

    def action_answer(self, key: str) -> None:
        """Answer the proposal that is asked about, or all of them."""
        taken = self._proposals if key == "a" else self._proposals[:1]
        for proposal in taken:
            self._training.answer(proposal, key != "n")
        if taken:
            self.reload()

    def action_rate(self, key: str) -> None:
        """Say how much it hurts, or clear what was said: this morning if that is asked, else now."""
        self._keep(self._pains.key(self._row, key))

    def action_skip(self) -> None:
        """Leave the question about pain without an answer."""
        self._keep(self._pains.say(self._row, None))

    @property
    def _row(self) -> int:
        return MORNING if self.morning_open else NOW

    def _keep(self, row: int | None) -> None:
        if row == MORNING:
            self._training.rate_next_morning(self._pains.morning)
            self.reload()
        elif row == NOW and self._shown is not None:
            self._training.rate_before(self._pains.now)
            self._proposals = self._training.questions(self._training.key_on(self._shown.day))
            # once for all that come at once: no other key means something else by it
            self._will_draw = self._will_draw or self.call_later(self._draw)

    def to_question(self, back: bool) -> bool:
        """Go back to the question about this morning, or on from there; whether there was a way."""
        if back and (self._morning or self._place.chosen or self.page_view.page.scroll.first):
            return False
        gone = self._pains.go_back() if back else self._pains.go_on()
        if gone:
            self._draw()
        return gone

    # -- what else there is --------------------------------------------------------------------------------

    def action_walk(self) -> None:
        """Write down half an hour of walking."""
        self._training.log_activity(_("walk"), WALK_S, self._training.today)
        self.reload()

    def action_log(self) -> None:
        """Ask what was done without the timer, and write it down."""
        shown, training = self._shown, self._training
        if shown is None:
            return
        day = min(shown.day, training.today)
        plan = shown.plan if shown.day == day else None

        def answered(logged: Logged | None) -> None:
            if logged is not None and logged.what:
                training.log_activity(logged.what, logged.seconds, day)
            elif logged is not None and plan is not None:
                training.log_plan(plan, day, shown.heading)
            self._reload_when_saved()

        planned = "" if plan is None else shown.heading
        self.app.push_screen(seldom("log")(day, training.today, planned), answered)

    def action_safety(self) -> None:
        self._training.safety_told()
        self.app.push_screen(seldom("safety")())

    def action_history(self) -> None:
        self.app.push_screen(seldom("history")(self._training))

    # -- what is shown -------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask the training again and show what it says."""
        opening, self._opening = self._opening, None
        self._ground = ground_of(self._training) if opening is None else opening.ground
        self._told = self._training.undo_says
        self._show(self._index, opening)

    def reload_after(self, told: str) -> None:
        """Show it anew after a change, of which something is to be said."""
        self.reload()
        self._told = told
        self._draw()

    def _show(self, index: int, opening: Opening | None = None) -> None:
        """Show the day with this index in the week."""
        before, ground = self._shown, self._ground
        if ground is None:
            return
        self._index = index
        if opening is None:
            asked = self._training.questions(self._training.key_on(ground.week[index].day))
            opening = Opening(ground, shown_day(self._training, ground.week[index]), asked)
        self._shown, self._proposals = opening.shown, opening.proposals
        if before is None or before.day != self._shown.day:
            self._place = ListPlace()
        self._draw()
        self.post_message(self.Shown(self._plan))

    def _draw(self) -> None:
        """Show all of it as it is now."""
        self._will_draw = False
        shown, ground, pains = self._shown, self._ground, self._pains
        if shown is None or ground is None:
            return
        place = self._place
        if place.exercise >= len(shown.listed):
            place = self._place = ListPlace()
        morning = self._morning or pains.going_back
        self._noticed = self._notices()
        view = self._view(shown, ground, morning)
        self.page_view.show_page(partial(today_page, view, place))
        self._look_at_figure()
        self.morning_open = morning
        self.offers = offers_of(shown, ground, self._training, chosen=place.chosen)
        self.refresh_bindings()

    def _view(self, shown: ShownDay, ground: Ground, morning: bool) -> TodayView:
        pain = self._pains.morning if morning else self._pains.now
        return today_view(
            self._training,
            shown,
            ground,
            proposals=self._proposals,
            asking=Asking(morning, self._pains.going_back, pain),
            chosen=self._place.chosen,
            notices=self._noticed,
        )
