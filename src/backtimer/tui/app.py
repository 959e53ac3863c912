"""The application: which screen comes after which, the looks, and the ways out."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.console import RenderableType
from textual import _time, events
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from backtimer.core.picture.today_keys import APP_KEYS
from backtimer.core.speech.phrases import safety_words
from backtimer.core.terminal import keyboard
from backtimer.language import _, marked
from backtimer.training import TakenError
from backtimer.tui.bindings import hidden_key, row_keys
from backtimer.tui.holding import SettingsApp, seldom
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.themes import THEMES, ParsedOnce, moves_here, style_sheet, theme_for

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.command import Provider

    from backtimer.attendants import SoundSample
    from backtimer.audio.soundcheck import SoundCheck
    from backtimer.coach import Coach
    from backtimer.core.plan.plan import Plan
    from backtimer.core.terminal.terminal_input import EarlyKeys
    from backtimer.day_view import Opening
    from backtimer.storage.history.live import Unfinished
    from backtimer.training import Training
    from backtimer.tui.screens.workout import WorkoutResult, WorkoutScreen

INTERRUPTED = 130
"""What a shell reports after Ctrl+C: 128 + SIGINT."""


STYLESHEETS = (style_sheet("app.tcss"),)
"""What the first frame needs; a default screen's own sheet would not be read."""

ALWAYS_HEARD = ("ctrl+c", "ctrl+q", "ctrl+z")
"""Keys that mean the same on every screen, seen or not."""

WIDTHS = [(0, "-narrow"), (64, "-normal"), (100, "-wide")]
HEIGHTS = [(0, "-short"), (18, "-medium"), (36, "-tall"), (50, "-very-tall")]


def _setting_commands() -> type[Provider]:
    return cast("type[Provider]", seldom("commands"))


class BacktimerApp(SettingsApp):
    """From the day's list through the workout to its summary.

    Args:
        training: The routine, the settings and the history.
        day: The day of the routine to show first; None: today.
        start: Go straight into the workout of that day; its end ends the program.
        plan: What to start with, when it is not a day of the routine. Implies `start`.
        coach: Go straight on with this session. Implies `start`.
        ask: Ask first what to do with a session that was not finished.
        muted: No sound of any kind.
        tells_safety: Tell the short form of the safety card first, if it was not told yet.
        first_word: What is told before it.
        opening: What was asked already, for the frame that was painted first.
    """

    TITLE = "backtimer"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_setting_commands}
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key(
            "ctrl+p",
            "command_palette",
            marked("Commands"),
            "app.palette",
            marked("Change a setting by typing what it is"),
        ),
        hidden_key("t", "theme", marked("Theme"), "app.theme", marked("Change between dark and light")),
        *row_keys(APP_KEYS),
        hidden_key(
            "ctrl+q",
            "quit",
            marked("Quit"),
            "app.quit_anywhere",
            marked("Leave backtimer from anywhere; finished sets are kept"),
            priority=True,
        ),
        hidden_key(
            "ctrl+c",
            "interrupt",
            marked("Leave at once"),
            "app.interrupt",
            marked("Leave at once; finished sets are kept"),
            priority=True,
        ),
        hidden_key(
            "ctrl+z",
            "suspend_process",
            marked("To the background"),
            "app.suspend",
            marked("Back to the shell; fg comes back here"),
            priority=True,
        ),
    ]

    def __init__(
        self,
        training: Training,
        *,
        day: str | None = None,
        start: bool = False,
        plan: Plan | None = None,
        coach: Coach | None = None,
        ask: bool = True,
        muted: bool = False,
        sound_check: Callable[[], SoundCheck | None] = lambda: None,
        sound_sample: Callable[[], SoundSample | None] = lambda: None,
        tells_safety: bool = False,
        first_word: str = "",
        opening: Opening | None = None,
    ) -> None:
        # An empty NO_COLOR does not count (no-color.org), but Textual would count it.
        if os.environ.get("NO_COLOR") == "":
            del os.environ["NO_COLOR"]
        # Without colours the terminal's own stay, instead of shades of grey.
        super().__init__(
            training,
            sound_sample,
            muted=muted,
            css_path=list(STYLESHEETS),
            ansi_color=True if "NO_COLOR" in os.environ else None,
        )
        self.stylesheet = ParsedOnce(variables=self.theme_variables)
        self._open_sound_check = sound_check
        self._sound_check: SoundCheck | None = None
        self._checks_sound = False
        self._day = day
        self._start = start or plan is not None or coach is not None
        self._plan = plan
        self._ask = ask
        self._tells_safety = tells_safety
        self._told_first = first_word
        self._opening = opening
        self.early_keys: EarlyKeys | None = None
        """What was typed since the first frame, which is on the screen already; None: it is not."""
        self.seen = threading.Event()
        """Something is on the screen that obeys keys."""
        self._first = coach
        self._coach: Coach | None = None
        self._streak_before: int | None = None
        """In days or weeks, before the session; None: it was not known."""
        self._workout: WorkoutScreen | None = None
        """Where the session of the coach is led."""
        self._seen: Screen[Any] | None = None
        self._seen_since = 0.0
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_for(training.theme, os.environ.get("COLORFGBG", "")).name

    def get_default_screen(self) -> Screen[None]:
        """Today; a workout that was asked for by name stands alone."""
        if self._start:
            return Screen(id="empty")
        screen = TodayScreen(self.training, self._day, ask=self._ask, opening=self._opening)
        # Textual finds these out after the first layout, which it then does again.
        width, height = self.size
        for length, breakpoints in ((width, WIDTHS), (height, HEIGHTS)):
            screen.add_class(*screen._get_breakpoint_classes(length, breakpoints), update=False)
        return screen

    def on_mount(self) -> None:
        """Begin the workout that was asked for, and see to it that `fg` finds the screen painted."""
        asyncio.get_running_loop().set_exception_handler(self._handle_stray_exception)
        self.app_resume_signal.subscribe(self, self._paint_again)
        if self._first is not None:
            self._lead(self._first)
        elif self._start:
            waiting = self.training.unfinished() if self._ask else None
            if waiting is None:
                self._begin()
            else:
                self._ask_about(waiting)
        elif self.training.first_run:
            self.welcome()

    @property
    def unheard(self) -> str:
        """Why a session would not be heard as it should be, as a sentence; empty when it would, so far."""
        return "" if self._sound_check is None else self._sound_check.problem

    def sound_changed(self) -> None:
        """Look anew whether sound can be heard: it is to be another one."""
        if self._sound_check is not None:
            self._sound_check.stop()
            self._sound_check = None

    async def words_changed(self) -> None:
        """Show today's screen, and the settings above it, anew: a screen keeps the words it was made with."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if isinstance(self.screen, TodayScreen):
            self.screen.word_anew()
            self.screen.reload()
            self.screen.refresh_bindings()
        self.push_screen(seldom("settings")(self.training.preferences, "language"))

    def in_session(self) -> bool:
        """Whether a session is under way."""
        return self._coach is not None

    def check_sound(self, on: bool, plan: Plan | None = None) -> None:
        """Find out whether sound can be heard, or leave off: a session finds out for itself.

        Args:
            on: Whether to find out.
            plan: Of the session that may begin: its first words are made, so that it need not wait for them.
        """
        if on and self._sound_check is None:
            self._sound_check = self._open_sound_check()
        if self._sound_check is not None:
            (self._sound_check.start if on else self._sound_check.stop)()
            self._checks_sound = on
            self.prepare_words(plan)

    def prepare_words(self, plan: Plan | None) -> None:
        """Have the first words of the session made that may begin, unless it is to be silent."""
        if self._sound_check is not None and self._checks_sound and plan is not None:
            self._sound_check.prepare(plan)

    def on_ready(self) -> None:
        """The first frame is there: garbage may be looked for from now on, and not among what was loaded."""
        gc.freeze()
        gc.enable()

    def _begin(self) -> None:
        """Begin the workout that was asked for."""
        plan = self._plan or self.training.plan(self._day or self.training.day_key)
        self._lead(self.training.begin(plan))

    def _ask_about(self, waiting: Unfinished) -> None:
        """Ask what to do with a session that was not finished, before another begins."""
        # late: 4 ms, most starts have nothing to resume
        from backtimer.tui.screens.dialogs import ResumeChoice, ResumeDialog  # noqa: PLC0415

        def answered(choice: ResumeChoice | None) -> None:
            if choice is ResumeChoice.RESUME:
                with suppress(TakenError):
                    self._lead(self.training.resume(waiting))
                    return
            elif choice is ResumeChoice.SAVE:
                self.training.keep(waiting)
            elif choice is ResumeChoice.DISCARD:
                self.training.discard(waiting)
            self._begin()

        self.push_screen(ResumeDialog(waiting, self.training.today), answered)

    def _paint_again(self, _app: App[object]) -> None:
        """Paint everything: after `fg` the terminal is empty, and Textual would only paint what changes."""
        self._seen = None
        self.refresh(layout=True)

    # ------------------------------------------------------------------ what is typed

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Note since when a screen is seen: what was typed before was not meant for it."""
        if renderable is not None and screen is not self._seen and not self._batch_count:
            self._seen, self._seen_since = screen, _time.get_time()
            if self.early_keys is not None and not self.seen.is_set():  # it has been seen for a while
                self._seen_since = self.early_keys.painted_at
            self.seen.set()
        super()._display(screen, renderable)

    async def on_event(self, event: events.Event) -> None:
        """Hand on what is meant for the screen that is seen, with each key as it is meant."""
        if not event.is_forwarded:
            if isinstance(event, events.Key):
                if event.key not in ALWAYS_HEARD and self._came_too_early(event):
                    return
                if not getattr(self.screen, "TAKES_TEXT", False):
                    event = self._as_meant(event)
            elif isinstance(event, events.MouseDown | events.Paste) and self._came_too_early(event):
                return
        await super().on_event(event)

    def _came_too_early(self, event: events.Event) -> bool:
        """Whether it was typed when the screen was not to be seen yet: a leftover, or a key pressed twice."""
        return self.screen is not self._seen or event.time < self._seen_since

    def _as_meant(self, event: events.Key) -> events.Key:
        """The key in the same place of a Latin keyboard; a digit where only digits mean anything.

        A capital that means nothing of its own is the letter: caps lock may be on.
        """
        character = event.character or ""
        meant = keyboard.latin(character)
        digit = keyboard.digit(character)
        if digit and self._means_something(digit) and not self._means_something(event.key):
            meant = digit
        if meant.isupper() and not self._means_something(meant) and self._means_something(meant.lower()):
            meant = meant.lower()
        if meant == character:
            return event
        key = events.Key(meant, meant)
        key.time = event.time
        return key

    def _means_something(self, key: str) -> bool:
        found = self.screen.active_bindings.get(key)
        return found is not None and found.enabled

    # ------------------------------------------------------------------ from screen to screen

    def on_day_starter_shown(self, message: TodayScreen.Shown) -> None:
        """Enter would start another session than before."""
        self.prepare_words(message.plan)

    def on_day_starter_start(self, message: TodayScreen.Start) -> None:
        """A day was chosen."""
        if self._coach is None:  # Enter, pressed twice in a hurry
            self._lead(self.training.begin(message.plan))

    def on_day_starter_resume(self, message: TodayScreen.Resume) -> None:
        """An unfinished session is taken up again."""
        if self._coach is not None:
            return
        try:
            take_up = self.training.go_on if message.ended else self.training.resume
            coach = take_up(message.unfinished)
        except TakenError:
            self.notify(_("This session is under way in another window."), markup=False)
            message.screen.reload()
        else:
            self._lead(coach)

    def _lead(self, coach: Coach) -> None:
        # late: 18 ms, the first frame of today does not need it
        from backtimer.tui.screens.workout import WorkoutResult, WorkoutScreen  # noqa: PLC0415

        def done(result: WorkoutResult | None) -> None:
            self._after_workout(ended=result is WorkoutResult.ENDED)

        self._coach = coach
        self._streak_before = None if self.training.saving else self.training.streak()
        moves = moves_here(self.training.figure)
        self._workout = WorkoutScreen(
            coach, first_word=self._first_word(), moves=moves, known=self.training.exercise
        )
        self.push_screen(self._workout, done)

    def _first_word(self) -> str:
        """What is told before the session begins, to one who comes straight to it for the first time."""
        if not self._tells_safety or not self.training.safety_untold:
            return ""
        self.training.safety_told()
        told, self._told_first = self._told_first, ""
        return "\n\n".join(text for text in (told, safety_words()) if text)

    def _after_workout(self, *, ended: bool) -> None:
        # late: 5 ms, only at the end of a workout
        from backtimer.tui.screens.summary import SummaryScreen  # noqa: PLC0415

        for screen in self.screen_stack:
            if isinstance(screen, TodayScreen):
                screen.came_back()
        coach, self._coach, self._workout = self._coach, None, None
        if coach is not None and ended:
            self.push_screen(
                SummaryScreen(coach, self.training, before=self._streak_before), self._after_summary
            )
        else:
            self._after_summary(None)

    def _after_summary(self, _nothing: None) -> None:
        if self._start:
            self.exit()

    # ------------------------------------------------------------------ ways out

    def leave_workout(self, return_code: int = 0) -> None:
        """Leave from any screen: a session under way stays unfinished, its finished sets are kept.

        Args:
            return_code: With which the program is to end.
        """
        self._leave_coach()
        self.exit(return_code=return_code)

    def leave_from_outside(self) -> None:
        """Ask to leave from a signal handler or another thread, in any state of the program."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: the program is ending anyway
                self._loop.call_soon_threadsafe(self.leave_workout)

    def action_stop_safely(self) -> None:
        self.leave_workout()

    async def action_quit(self) -> None:
        self.leave_workout()

    def action_interrupt(self) -> None:
        """Leave at once, as after an interrupt."""
        self.leave_workout(INTERRUPTED)

    def _handle_exception(self, error: Exception) -> None:
        # What went wrong is what the person should see, and not what fails while the session is put away.
        with suppress(Exception):
            self._leave_coach()
        super()._handle_exception(error)

    def _handle_stray_exception(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A mistake in a callback, of which nobody would be told: the program ends as with any other."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Leave because of a mistake, which no exit code may hide."""
        self._return_code = self._return_code or 1
        super().panic(*renderables)

    def _leave_coach(self) -> None:
        coach, self._coach, self._workout = self._coach, None, None
        if coach is not None:
            coach.leave()

    def action_suspend_process(self) -> None:
        """Go to the background; a session under way pauses, however soon it is called back."""
        if self._workout is not None:
            self._workout.pause()  # what is being said is to end now, and not when somebody comes back
        super().action_suspend_process()

    # ------------------------------------------------------------------ looks and help

    def title_window(self, text: str) -> None:
        """Write the title of the terminal's window, where its driver can; empty: as it was before."""
        write = getattr(self._driver, "title_window", None)
        if write is not None:
            write(text)

    def get_key_display(self, binding: Binding) -> str:
        """How a key is written, in the language that is spoken."""
        return _(super().get_key_display(binding))

    def action_help(self) -> None:
        self.action_show_help_panel()

    def action_show_help_panel(self) -> None:
        """Show the keys of the screen on a page, over it."""
        if "-help" not in self.screen.classes:
            self.push_screen(seldom("help")(self.screen))
