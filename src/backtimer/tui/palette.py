"""The command palette: every value of a setting as a command, from the table of the settings screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import app, command, theme
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from backtimer.language import _
from backtimer.tui.choices import Choose, Setting, SettingValue, chosen_among, settings_of
from backtimer.tui.loading import bring
from backtimer.tui.screens.workout import WorkoutScreen

__all__ = ["CommandPalette", "SettingCommands"]

bring(command, app, theme)


class SettingCommands(Provider):
    """Commands such as `Theme: Dark`; in a session those that may change there."""

    async def discover(self) -> Hits:
        """All of them, in the order of the table."""
        for setting, choice in self._commands():
            words = self._words(setting, choice)
            yield DiscoveryHit(words, self._taking(setting, choice), words, choice.about or None)

    async def search(self, query: str) -> Hits:
        """Those that are meant."""
        matcher = self.matcher(query)
        for setting, choice in self._commands():
            words = self._words(setting, choice)
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), self._taking(setting, choice), words, choice.about)

    def _commands(self) -> Iterator[tuple[Setting, SettingValue]]:
        preferences = self.app.training.preferences  # type: ignore[attr-defined]
        in_session = any(isinstance(screen, WorkoutScreen) for screen in self.app.screen_stack)
        for setting in settings_of(preferences, in_session=in_session):
            choices = setting.choices(preferences)
            now = chosen_among(choices, preferences)
            yield from ((setting, choice) for choice in choices if choice != now)

    def _taking(self, setting: Setting, choice: SettingValue) -> Callable[[], None]:
        def take() -> None:
            self.app.post_message(Choose(setting, choice))

        return take

    def _words(self, setting: Setting, choice: SettingValue) -> str:
        return _("{setting}: {value}").format(setting=_(setting.label), value=choice.label)
