"""Settings that are changed while the program runs: they hold at once, and are written down."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

from backtimer.language import _
from backtimer.preferences import heard_of
from backtimer.storage.files.settings import STRAIGHT
from backtimer.tui.themes import DARK, theme_for

if TYPE_CHECKING:
    from textual.command import CommandPalette

    from backtimer.attendants import SoundSample
    from backtimer.training import Training
    from backtimer.tui.choices import Choose, SettingValue
    from backtimer.tui.screens.day_starter import DayStarter


def seldom(name: str) -> Callable[..., Any]:
    """A screen, or what else is opened once in a while, by its name."""
    # late: 40 ms, most runs need none of it
    from backtimer.tui.seldom import SELDOM  # noqa: PLC0415

    return SELDOM[name]


class SettingsApp(App[None]):
    """The part of the app that changes what is set.

    Args:
        training: Whose settings they are.
        sound_sample: Opens what plays a few sounds, to ask whether they are heard.
        muted: No sound of any kind.
        options: Those of Textual's app.
    """

    def __init__(
        self,
        training: Training,
        sound_sample: Callable[[], SoundSample | None],
        *,
        muted: bool,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.training = training
        self.muted = muted
        self._open_sample = sound_sample
        self._saving = asyncio.Lock()
        """Settings are written one after the other."""

    def sound_changed(self) -> None:
        """What is heard is to be another one."""

    async def words_changed(self) -> None:
        """All that is to be read is to be in another language."""

    def in_session(self) -> bool:
        """Whether a session is under way."""
        return False

    def welcome(self) -> None:
        """Ask, once, what to begin with, and whether the sound is heard."""

        def heard(answer: bool | None) -> None:
            if answer is False:
                self._hold({"sound.cues": None})

        def chosen(choice: SettingValue | None) -> None:
            if choice is None:
                return
            if problem := self._hold(choice.values):
                self.notify(problem, markup=False)
            if not self.muted:
                self.push_screen(seldom("sound")(self._open_sample), heard)

        self.push_screen(seldom("first run")(self.training), chosen)

    def action_theme(self) -> None:
        """Change between dark and light, from now on and for later."""
        self._hold({"theme": "light" if self.theme == DARK.name else "dark"})

    def action_command_palette(self) -> None:
        """Open the palette, which asks in the language that is spoken."""
        palette = cast("type[CommandPalette]", seldom("palette"))
        if not isinstance(self.screen, palette):
            self.push_screen(palette(placeholder=_("What would you like to change?")))

    def action_settings(self) -> None:
        """Open the settings; not in a session, where the palette has those that may change."""
        self.push_screen(seldom("settings")(self.training.preferences))

    def action_routine(self) -> None:
        """Ask which routine to follow."""

        def chosen(choice: SettingValue | None) -> None:
            if choice is not None:
                told = self._hold(choice.values) or _("From now on: {routine}.").format(routine=choice.label)
                self.notify(told, markup=False)

        self.push_screen(seldom("routine")(self.training.preferences), chosen)

    def on_day_starter_ordered(self, message: DayStarter.Ordered) -> None:
        """Circuits are to be done in another order."""
        told = self._hold({"circuits": message.order})
        if not told and message.order == STRAIGHT:
            told = _("All sets of an exercise, then the next one. c: in rounds.")
        message.screen.reload_after(told or _("In rounds: one set of each in turn."))

    def on_choose(self, message: Choose) -> None:
        """A setting was changed, on the settings screen or from the palette."""
        values = dict(message.choice.values)
        told = self._hold(values)
        if not told:
            told = _("{setting}: {value}. Saved.").format(
                setting=_(message.setting.label), value=message.choice.label
            )
            if self.muted and "sound.cues" in values:
                told = _("Saved. This run is mute, as it was asked to be.")
            elif heard_of(values) and self.in_session() and not self.training.tunable:
                told = _("Saved. It holds from the next session on.")
        self._tell_setting(told)

    def _hold(self, values: Mapping[str, Any]) -> str:
        """Have settings hold from now on, and write them down; why they cannot be had, as a sentence."""
        preferences = self.training.preferences
        before = preferences.settings.language
        if problem := self.training.change(values):
            return problem
        told = preferences.speak() if "language" in values else ""
        if told and values["language"]:  # it cannot be had
            self.training.change({"language": before})
            return told
        if "theme" in values:
            self.theme = theme_for(values["theme"], os.environ.get("COLORFGBG", "")).name
        if heard_of(values):
            self.sound_changed()
        self.run_worker(self._save(values), group="settings")
        if "language" in values and not told:
            self.call_later(self.words_changed)
        return told

    async def _save(self, values: Mapping[str, Any]) -> None:
        """Write settings down, off the loop: a slow disk makes no second late."""
        async with self._saving:
            loop = asyncio.get_running_loop()
            problem = await loop.run_in_executor(None, self.training.preferences.save, values)
        if problem:
            self._tell_setting(problem)

    def _tell_setting(self, told: str) -> None:
        tell = getattr(self.screen, "settings_changed", None)
        if tell is None:
            self.notify(told, markup=False)
        else:
            tell(told)
