"""The settings: a line for each, changed with the arrows, and what it is for below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from backtimer.core.picture.rows import cells
from backtimer.language import _, marked
from backtimer.preferences import Preferences
from backtimer.tui.bindings import Worded, shown_key
from backtimer.tui.choices import (
    ROUTINE,
    Choose,
    SettingValue,
    choices_of,
    chosen_among,
    chosen_words,
    settings_of,
)
from backtimer.tui.screens.choosing import ChoiceDialog, RoutineDialog
from backtimer.tui.themes import style_sheet
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.lines import LinesList, ListedLine

VALUES = Binding.Group(marked("Change"), compact=True)


class SettingsScreen(Worded, Screen[None], inherit_bindings=False):
    """What is set, each on a line.

    Args:
        preferences: What is set.
        at: The line that is marked first, by the id of its setting.
    """

    HELP = marked(
        "**↑ ↓** go from line to line. **← →** change it at once, **Enter** or a click shows all there is to "
        "choose from. Each change holds from now on, and is written into your settings file; what else "
        "stands there stays as it is."
    )
    CSS_PATH = style_sheet("settings.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "left",
            "step(-1)",
            marked("Before"),
            "settings.before",
            marked("What stands before"),
            group=VALUES,
        ),
        shown_key(
            "right", "step(1)", marked("After"), "settings.after", marked("What comes after"), group=VALUES
        ),
        shown_key(
            "escape,comma",
            "close",
            marked("Back"),
            "settings.close",
            marked("Back to where you were"),
            display=marked("esc"),
        ),
    ]

    def __init__(self, preferences: Preferences, at: str = "") -> None:
        super().__init__()
        self._at = at
        self._preferences = preferences
        self._settings = settings_of(preferences)
        self._choices: Mapping[str, Sequence[SettingValue]] = {}
        """What each may say, once that is found out."""

    def compose(self) -> ComposeResult:
        """The lines, what the marked one is for, and what became of the last change."""
        with Vertical(id="page"):
            yield Static(Content(_("Settings")), id="title")
            yield LinesList(self._lines(), id="lines")
            yield Static(id="about")
            yield Static(id="told")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what is set."""
        lines = self.query_one(LinesList)
        lines.focus()
        places = [place for place, setting in enumerate(self._settings) if setting.id == self._at]
        self.call_after_refresh(setattr, lines, "highlighted", places[0] if places else 0)
        self.run_worker(self._find_choices())

    async def _find_choices(self) -> None:
        """Find out, once, what there is to choose from: voices are looked for on the disk."""
        self._choices = await choices_of(self._settings, self._preferences)
        self.query_one(LinesList).show(self._lines())
        self._show_about()

    def settings_changed(self, told: str) -> None:
        """Something holds from now on, or could not be had: show it, and say so."""
        self.query_one(LinesList).show(self._lines())
        self.query_one("#told", Static).update(Content(told))
        self._show_about()

    def on_resize(self) -> None:
        """Break the choices anew at this width."""
        self.call_after_refresh(self._show_about)

    @on(OptionList.OptionHighlighted)
    def show_about(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the marked one is for."""
        event.stop()
        self._show_about()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Show all there is to choose from."""
        event.stop()
        setting = self._settings[event.option_index]

        def chosen(choice: SettingValue | None) -> None:
            if choice is not None:
                self.post_message(Choose(setting, choice))

        if setting is ROUTINE:
            self.app.push_screen(RoutineDialog(self._preferences), chosen)
            return
        if not (choices := self._choices.get(setting.id, ())):
            return
        now = chosen_among(choices, self._preferences)
        self.app.push_screen(ChoiceDialog(_(setting.label), _(setting.about), choices, now), chosen)

    def action_step(self, by: int) -> None:
        """Take the value before or after the one that holds; the ends are ends. A routine is asked about."""
        setting = self._settings[self._index]
        if setting is ROUTINE:
            self.query_one(LinesList).action_select()
            return
        choices = self._choices.get(setting.id, ())
        now = chosen_among(choices, self._preferences)
        place = choices.index(now) + by if now is not None else 0
        if 0 <= place < len(choices):
            self.post_message(Choose(setting, choices[place]))

    def action_close(self) -> None:
        if self.is_current:
            self.dismiss(None)

    @property
    def _index(self) -> int:
        return self.query_one(LinesList).highlighted or 0

    def _lines(self) -> list[ListedLine]:
        return [
            ListedLine(
                "",
                _(setting.label),
                value=chosen_words(setting, self._choices[setting.id], self._preferences)
                if self._choices
                else "…",
            )
            for setting in self._settings
        ]

    def _show_about(self) -> None:
        setting = self._settings[self._index]
        choices = self._choices.get(setting.id, ())
        now = chosen_among(choices, self._preferences)
        width, used = self.query_one("#about", Static).content_size.width or self.app.size.width, -3
        parts: list[tuple[str, str]] = [(_(setting.about), "$foreground"), ("\n", "")]
        for place, choice in enumerate(choices):
            holds = choice == now
            words = f"{'●' if holds else '○'} {choice.label}"
            used += 3 + cells(words)
            if place:  # no choice is broken apart
                gap = "   " if used <= width else "\n"
                words, used = f"{gap}{words}", used if used <= width else cells(words)
            parts.append((words, "bold $text-primary" if holds else "$text-muted"))
        self.query_one("#about", Static).update(Content.assemble(*parts))
