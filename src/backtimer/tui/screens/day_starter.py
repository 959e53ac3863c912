"""From a day that is shown to its session: begun, taken up again, or gone on with."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from backtimer.core.picture.today_page import ListPlace
from backtimer.language import _
from backtimer.storage.files.settings import ROUNDS, STRAIGHT
from backtimer.storage.text import clean
from backtimer.tui.holding import seldom

if TYPE_CHECKING:
    from backtimer.core.plan.forms import Form
    from backtimer.core.plan.plan import Plan
    from backtimer.day_view import Ground, ShownDay
    from backtimer.storage.history.live import Unfinished
    from backtimer.training import Training
    from backtimer.tui.screens.dialogs import GoOnChoice, ResumeChoice

SAVED_EVERY_S = 0.05
"""How often to look whether what was just done is saved."""


def _dialogs() -> ModuleType:
    # late: 4 ms, most starts have nothing to ask
    from backtimer.tui.screens import dialogs  # noqa: PLC0415

    return dialogs


def ask_to_swap(
    screen: Screen[None], training: Training, plan: Plan, exercise_id: str, then: Callable[[], None]
) -> None:
    """Ask what is to be done today in the place of an exercise.

    Args:
        screen: Over which it is asked.
        training: The routine and the history.
        plan: The day that the exercise belongs to.
        exercise_id: Which one.
        then: Called when it has been exchanged.
    """

    def answered(form: Form | None) -> None:
        if form is None:
            return
        if problem := training.swap(plan, exercise_id, form):
            screen.notify(problem, markup=False)
        then()

    forms = training.forms(plan, exercise_id)
    about = _("For today. Tomorrow it is as it was.") if forms else _("No other is known for it.")
    name = clean(plan.exercise(exercise_id).name)
    screen.app.push_screen(seldom("exchange")(name, about, forms), answered)


class DayStarter(Screen[None], inherit_bindings=False):
    """A screen that shows a day, and starts it.

    Args:
        training: The routine and the history.
    """

    class Shown(Message):
        """A day is shown.

        Args:
            plan: What may begin now; None: there is nothing to start.
        """

        def __init__(self, plan: Plan | None) -> None:
            super().__init__()
            self.plan = plan

    class Start(Message):
        """A day is to be started."""

        def __init__(self, plan: Plan) -> None:
            super().__init__()
            self.plan = plan

    class Resume(Message):
        """An unfinished session is to be taken up again."""

        def __init__(self, screen: DayStarter, unfinished: Unfinished, ended: bool = False) -> None:
            super().__init__()
            self.screen = screen
            self.unfinished = unfinished
            self.ended = ended
            """It was ended early, and is gone on with."""

    class Ordered(Message):
        """Circuits are to be done in another order from now on.

        Args:
            screen: Where that was said.
            order: As the settings have it.
        """

        def __init__(self, screen: DayStarter, order: str) -> None:
            super().__init__()
            self.screen = screen
            self.order = order

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        self._ground: Ground | None = None
        self._shown: ShownDay | None = None
        self._place = ListPlace()
        self._back = False
        """Somebody came back from a session: keys that are pressed once too often must start nothing."""

    def reload(self) -> None:
        """Ask the training again and show what it says."""
        raise NotImplementedError

    def reload_after(self, told: str) -> None:
        """Show it anew after a change, of which something is to be said."""
        raise NotImplementedError

    def _reload_when_saved(self) -> None:
        """Ask again when what was just done is in the history: nothing waits for the disk meanwhile."""
        if self._training.saving:
            self.set_timer(SAVED_EVERY_S, self._reload_when_saved)
        else:
            self.reload()

    @property
    def _plan(self) -> Plan | None:
        """What Enter starts."""
        return None if self._shown is None else self._shown.plan

    @property
    def _unfinished(self) -> Unfinished | None:
        """The session that waits to be finished."""
        return None if self._ground is None else self._ground.unfinished

    @property
    def _ended(self) -> Unfinished | None:
        """Today's session that was ended early."""
        return None if self._ground is None else self._ground.ended

    @property
    def _is_today(self) -> bool:
        """What is shown is today."""
        return self._shown is not None and self._shown.day == self._training.today

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

    def action_go_on(self) -> None:
        """Go on with what was ended early today."""
        self.action_start()

    def action_start_again(self) -> None:
        """Ask whether to go on with what was ended early, or to begin anew."""
        self.action_resume()

    def action_circuit(self) -> None:
        """Do circuits exercise by exercise from now on, or in rounds again."""
        straight = self._training.preferences.settings.straight
        self.post_message(self.Ordered(self, ROUNDS if straight else STRAIGHT))

    def _plan_of_list(self) -> Plan | None:
        """The plan that what is listed belongs to: on a day of rest it is of the day that comes next."""
        if self._plan is not None or self._shown is None or not self._shown.listed:
            return self._plan
        following = self._training.next_due()
        return None if following is None else self._training.plan(self._training.key_on(following))

    @property
    def looked_at(self) -> str:
        """The id of what is chosen, empty for an activity; before a choice that of the first exercise."""
        listed = () if self._shown is None else self._shown.listed[self._place.exercise :]
        within = listed[:1] if self._place.chosen else listed
        return next((each.exercise for each in within if each.exercise), "")

    def action_exchange(self) -> None:
        """Ask what is to be done today in the place of the exercise that is looked at."""
        if self._plan is not None and self.looked_at:
            ask_to_swap(self, self._training, self._plan, self.looked_at, self.reload)

    def action_undo(self) -> None:
        """Take back the last change of the past."""
        self.reload_after(self._training.past.undo()[1])

    def came_back(self) -> None:
        """Somebody has come back from a session."""
        self._back = True
        self._training.rate_before(None)

    def action_resume(self) -> None:
        """Ask what to do with the session that was not finished, or was ended early."""
        if self._unfinished is not None:
            self._ask_to_resume()
        elif self._ended is not None:
            self._ask_to_go_on()

    def _ask_to_resume(self) -> None:
        dialogs = _dialogs()
        waiting = self._unfinished
        if waiting is None:
            return

        def answered(choice: ResumeChoice | None) -> None:
            if choice is dialogs.ResumeChoice.RESUME:
                self.post_message(self.Resume(self, waiting))
            elif choice is dialogs.ResumeChoice.SAVE:
                self._training.keep(waiting)
            elif choice is dialogs.ResumeChoice.DISCARD:
                self._training.discard(waiting)
            self._reload_when_saved()

        dialog = dialogs.ResumeDialog(waiting, self._training.today, wary=self._back)
        self.app.push_screen(dialog, answered)

    def _ask_to_go_on(self) -> None:
        dialogs = _dialogs()
        ended, plan = self._ended if self._is_today else None, self._plan
        if plan is None:
            return

        def answered(choice: GoOnChoice | None) -> None:
            if choice is dialogs.GoOnChoice.GO_ON and ended is not None:
                self.post_message(self.Resume(self, ended, ended=True))
            elif choice is dialogs.GoOnChoice.ANEW:
                self.post_message(self.Start(plan))

        title = clean((ended.plan if ended else plan).title)
        left = "" if ended is None else ended.left_text
        self.app.push_screen(
            dialogs.GoOnDialog(
                title, left, done=self._shown is not None and self._shown.done, wary=self._back
            ),
            answered,
        )
