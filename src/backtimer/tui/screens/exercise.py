"""The page of one exercise, and of those before and after it on the day's list."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from backtimer.core.picture.exercise_page import ExerciseView, exercise_page
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import SENTENCES, Exercise
from backtimer.core.progress.progression import level_words
from backtimer.core.speech.entries import entries
from backtimer.core.speech.phrases import sentence
from backtimer.language import _, marked
from backtimer.storage.text import clean
from backtimer.tui.bindings import Worded, hidden_key, shown_key
from backtimer.tui.screens.day_starter import ask_to_swap
from backtimer.tui.screens.figure_player import FRAMES_S, FigurePlayer
from backtimer.tui.themes import moves_here
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.page_view import PageView

if TYPE_CHECKING:
    from backtimer.training import Training

OTHERS = Binding.Group(marked("Exercise"), compact=True)
MORE = Binding.Group(marked("Read on"), compact=True)


class ExerciseScreen(Worded, Screen[None], inherit_bindings=False):
    """How an exercise is done, all of it.

    Args:
        training: Where the person stands, and what is easier and harder.
        plan: The plan that the exercises belong to.
        exercises: Their ids, in the order of the list.
        place: Which of them to show first.
        swaps: Whether another one can be done in its place today.
        clock: Seconds from any origin, for the figure.
    """

    HELP = marked(
        "All of how an exercise is done. **Enter** goes back, and there **Enter** starts the session. "
        "**e** swaps it for today."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "enter,escape,space",
            "close",
            marked("Back"),
            "exercise.close",
            marked("Back to the list"),
            display=marked("enter"),
        ),
        shown_key("up", "turn(-1)", marked("Up"), "exercise.up", marked("Read back"), group=MORE),
        shown_key("down", "turn(1)", marked("Down"), "exercise.down", marked("Read on"), group=MORE),
        shown_key(
            "left", "other(-1)", marked("Before"), "exercise.before", marked("The one before"), group=OTHERS
        ),
        shown_key(
            "right", "other(1)", marked("After"), "exercise.after", marked("The one after"), group=OTHERS
        ),
        shown_key(
            "e",
            "exchange",
            marked("Swap"),
            "exercise.exchange",
            marked("Do another exercise in the place of this one, for today"),
        ),
        hidden_key(
            "pageup", "turn(-8)", marked("Page up"), "exercise.page_up", marked("A page up"), system=True
        ),
        hidden_key(
            "pagedown",
            "turn(8)",
            marked("Page down"),
            "exercise.page_down",
            marked("A page down"),
            system=True,
        ),
        hidden_key("home", "turn(-999)", marked("Top"), "exercise.home", marked("To the top"), system=True),
        hidden_key("end", "turn(999)", marked("End"), "exercise.end", marked("To the end"), system=True),
    ]

    page_view = getters.query_one(PageView)

    def __init__(
        self,
        training: Training,
        plan: Plan,
        exercises: Sequence[str],
        place: int,
        *,
        swaps: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._training = training
        self._plan = plan
        self._exercises = tuple(exercises)
        self._place = place
        self._passed = 0
        self._swaps = swaps
        self._clock = clock
        self._player = FigurePlayer(moves=moves_here(training.figure))

    def compose(self) -> ComposeResult:
        """The page, and below it the keys."""
        yield PageView()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show it, and have it move."""
        self._draw()
        if self._player.moves:
            self.set_interval(FRAMES_S, self._draw_figure)

    def on_picture_resized(self) -> None:
        """The figure has another size."""
        self._look_at_figure()

    def _look_at_figure(self) -> None:
        if (slot := self.page_view.page.slot) is not None:
            self._player.show(self._plan, self._exercises[self._place], slot, self._clock())
            self._draw_figure()

    def _draw_figure(self) -> None:
        if self.is_current and (rows := self._player.rows(self._clock())) is not None:
            self.page_view.show_figure(rows)

    def action_turn(self, by: int) -> None:
        """Read on, or back."""
        scroll = self.page_view.page.scroll
        self._passed = max(0, min(scroll.last, scroll.first + by))
        self._draw()

    @on(PageView.Turned)
    def turn_wheel(self, event: PageView.Turned) -> None:
        self.action_turn(event.lines)

    def action_other(self, by: int) -> None:
        """Show another exercise of the list; after the last comes the first."""
        self._place = (self._place + by) % len(self._exercises)
        self._passed = 0
        self._draw()

    def action_exchange(self) -> None:
        """Ask what is to be done today in the place of this one, and then show that."""
        ask_to_swap(self, self._training, self._plan, self._exercises[self._place], self._swapped)

    def _swapped(self) -> None:
        self._plan = self._training.plan(self._plan.day)
        ids = (each.exercise for each in entries(self._plan))
        self._exercises = tuple(each for each in ids if each)
        self._place = min(self._place, len(self._exercises) - 1)
        self._passed = 0
        self._draw()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is another one only where there are several; what is not of today is not swapped."""
        if action == "exchange":
            return self._swaps
        return action != "other" or len(self._exercises) > 1

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)

    def _draw(self) -> None:
        self.page_view.show_page(partial(exercise_page, self._view(), self._passed))
        self._look_at_figure()

    def _view(self) -> ExerciseView:
        exercise_id = self._exercises[self._place]
        exercise = self._plan.exercise(exercise_id)
        entry = next((each for each in entries(self._plan) if each.exercise == exercise_id), None)
        count = len(self._exercises)
        place = _("{number} of {count}").format(number=self._place + 1, count=count) if count > 1 else ""
        return ExerciseView(
            exercise=_cleaned(exercise),
            amount="" if entry is None else clean(entry.text),
            note="" if entry is None else clean(entry.note),
            easier=self._called(exercise.easier),
            harder=self._called(exercise.harder),
            level=self._level(exercise_id),
            place=place,
        )

    def _called(self, exercise_id: str) -> str:
        """What an exercise is called; empty: there is none of this id."""
        found = self._training.exercise(exercise_id) if exercise_id else None
        return "" if found is None else clean(found.name)

    def _level(self, exercise_id: str) -> str:
        """Where the person stands with it, and why."""
        for standing in self._training.standings(self._plan.day):
            if standing.exercise == exercise_id:
                words = level_words(standing.level)
                return " ".join(part for part in (sentence(words), sentence(standing.why)) if part)
        return clean(self._training.easier_why(exercise_id))


def _cleaned(exercise: Exercise) -> Exercise:
    """The same with texts that can be shown."""
    texts = ("targets", "equipment", *SENTENCES)
    lists = {name: tuple(map(clean, getattr(exercise, name))) for name in texts}
    return exercise._replace(name=clean(exercise.name), left=clean(exercise.left), **lists)  # type: ignore[arg-type]
