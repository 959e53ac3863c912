"""The command palette: every value of a setting as a command, from the table of the settings screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import app, command, theme
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from backtimer.language import _
from backtimer.tui.choices import Choose, Setting, SettingValue, choices_of, chosen_among, settings_of
from backtimer.tui.loading import bring
from backtimer.tui.screens.workout import WorkoutScreen

__all__ = ["CommandPalette", "SettingCommands"]

bring(command, app, theme)


class SettingCommands(Provider):
    """Commands such as `Theme: Dark`; in a session those that may change there."""

    _found: Sequence[tuple[Setting, SettingValue]] = ()

    async def startup(self) -> None:
        """Find out, once, what there is to choose from, while nobody waits for it."""
        preferences = self.app.training.preferences  # type: ignore[attr-defined]
        in_session = any(isinstance(screen, WorkoutScreen) for screen in self.app.screen_stack)
        settings = settings_of(preferences, in_session=in_session)
        choices = await choices_of(settings, preferences)
        now = {each: chosen_among(choices[each], preferences) for each in choices}
        self._found = [
            (setting, choice)
            for setting in settings
            for choice in choices[setting.id]
            if choice != now[setting.id]
        ]

    async def discover(self) -> Hits:
        """All of them, in the order of the table."""
        for setting, choice in self._found:
            words = self._words(setting, choice)
            yield DiscoveryHit(words, self._taking(setting, choice), words, choice.about or None)

    async def search(self, query: str) -> Hits:
        """Those that are meant."""
        matcher = self.matcher(query)
        for setting, choice in self._found:
            words = self._words(setting, choice)
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), self._taking(setting, choice), words, choice.about)

    def _taking(self, setting: Setting, choice: SettingValue) -> Callable[[], None]:
        def take() -> None:
            self.app.post_message(Choose(setting, choice))

        return take

    def _words(self, setting: Setting, choice: SettingValue) -> str:
        return _("{setting}: {value}").format(setting=_(setting.label), value=choice.label)
