"""The command palette: every value of a setting, and every stage of a programme, as a command."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual import app, command, theme
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from backtimer.core.progress.stages import change_words
from backtimer.language import _
from backtimer.storage.text import clean
from backtimer.tui.choices import Choose, Setting, SettingValue, choices_of, chosen_among, settings_of
from backtimer.tui.loading import bring
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen

if TYPE_CHECKING:
    from backtimer.training import Training

__all__ = ["CommandPalette", "SettingCommands"]

bring(command, app, theme)


class SettingCommands(Provider):
    """Commands such as `Theme: Dark`; in a session those that may change there."""

    _found: Sequence[tuple[Setting, SettingValue]] = ()

    async def startup(self) -> None:
        """Find out, once, what there is to choose from, while nobody waits for it."""
        preferences = self.app.training.preferences  # type: ignore[attr-defined]
        settings = settings_of(preferences, in_session=self._in_session())
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
        for words, take, about in self._all():
            yield DiscoveryHit(words, take, words, about or None)

    async def search(self, query: str) -> Hits:
        """Those that are meant."""
        matcher = self.matcher(query)
        for words, take, about in self._all():
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), take, words, about)

    def _all(self) -> Iterator[tuple[str, Callable[[], None], str]]:
        """Each command: its words, what it does, and what it is about."""
        for setting, choice in self._found:
            yield self._words(setting, choice), self._taking(setting, choice), choice.about
        training: Training = self.app.training  # type: ignore[attr-defined]
        programme, place = training.programme, training.place
        if programme is None or place is None or not training.follows or self._in_session():
            return
        for number in range(1, len(training.routine.stages) + 1):
            if number != place.stage:
                title = clean(programme.title(number))
                yield _("Go to {stage}").format(stage=title), self._going(number, title), ""

    def _going(self, number: int, title: str) -> Callable[[], None]:
        def go() -> None:
            training: Training = self.app.training  # type: ignore[attr-defined]
            begins = training.go_to_stage(number)
            self.app.notify(change_words(title, begins, training.today), markup=False)
            for screen in self.app.screen_stack:
                if isinstance(screen, TodayScreen):
                    screen.reload()

        return go

    def _in_session(self) -> bool:
        return any(isinstance(screen, WorkoutScreen) for screen in self.app.screen_stack)

    def _taking(self, setting: Setting, choice: SettingValue) -> Callable[[], None]:
        def take() -> None:
            self.app.post_message(Choose(setting, choice))

        return take

    def _words(self, setting: Setting, choice: SettingValue) -> str:
        return _("{setting}: {value}").format(setting=_(setting.label), value=choice.label)
