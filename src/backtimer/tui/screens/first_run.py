"""The first run: what to begin with, the safety card at hand, and whether the sound is heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, OptionList, Static

from backtimer.language import _, marked
from backtimer.storage.text import clean
from backtimer.tui.bindings import Worded, hidden_key, shown_key
from backtimer.tui.choices import FOR_WHOM, SettingValue
from backtimer.tui.screens.choosing import FILE, name_file
from backtimer.tui.screens.pages import SafetyScreen
from backtimer.tui.themes import style_sheet
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.lines import LinesList, ListedLine

if TYPE_CHECKING:
    from backtimer.attendants import SoundSample
    from backtimer.training import Training

BEGINNINGS = {"gentle-start": marked("A gentle start"), "lower-back": marked("The lower-back week")}
"""The routines to begin with, and what they are called here."""

SAFETY = marked(
    "Numb between the legs, new trouble with bladder or bowel, or both legs weak? "
    "Don't train: see a doctor now."
)


class FirstRunScreen(Worded, Screen[SettingValue], inherit_bindings=False):
    """What to begin with: one of two routines, or a file; asked once.

    Args:
        training: Whose training it is.
    """

    HELP = marked(
        "**↑ ↓** go from one to the next, **Enter** takes it; so does a click. You can choose another one at "
        "any time, and nothing that you did is lost then."
    )
    CSS_PATH = style_sheet("first_run.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "s",
            "safety",
            marked("Safety card"),
            "first.safety",
            marked("Which few signs need a doctor, and how much pain exercise may give"),
        ),
        *(
            hidden_key(
                str(place),
                f"take({place - 1})",
                marked("Take it"),
                f"first.take_{place}",
                marked("Begin with it"),
            )
            for place in range(1, len(BEGINNINGS) + 2)
        ),
    ]

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        own = SettingValue(
            _("A file of my own …"), {FILE: ""}, _("A routine that you, or somebody else, wrote.")
        )
        self._choices = (
            *(
                SettingValue(_(label), {"routine": name}, _(FOR_WHOM[name]))
                for name, label in BEGINNINGS.items()
            ),
            own,
        )

    def compose(self) -> ComposeResult:
        """What this is, the choices, and one line of safety."""
        with Vertical(id="page"):
            yield Static(Content(_("Welcome to backtimer")), id="title")
            yield Static(
                Content(_("It leads you through your exercises by voice: you need not look at the screen.")),
                id="lead",
            )
            yield Static(Content(_("What would you like to begin with?")), id="question")
            yield LinesList(
                [
                    ListedLine(str(place), choice.label, choice.about)
                    for place, choice in enumerate(self._choices, 1)
                ],
                id="choices",
            )
            yield Static(
                Content.assemble((_(SAFETY), "bold"), " ", (_("s opens the safety card."), "$text-accent")),
                id="warning",
            )
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the gentle one."""
        self.query_one(LinesList).focus()

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """It is this one."""
        event.stop()
        self._take(self._choices[event.option_index])

    def action_take(self, place: int) -> None:
        self._take(self._choices[place])

    def action_safety(self) -> None:
        self._training.safety_told()
        self.app.push_screen(SafetyScreen())

    def _take(self, choice: SettingValue) -> None:
        if not self.is_current:
            return
        name_file(self.app, self._training.preferences, choice, self._done)

    def _done(self, choice: SettingValue) -> None:
        self._training.safety_told()  # the line has been seen
        self.dismiss(choice)


class SoundScreen(Worded, Screen[bool], inherit_bindings=False):
    """Plays two tones and a sentence, and asks whether they were heard. False: no sound is wanted.

    Args:
        open_sample: Opens what plays; None: nothing is to be heard, or nothing can.
    """

    HELP = marked(
        "Two short tones, then a voice. Did you hear them? **y** goes on; **n** says what may help; **a** "
        "plays them again; **o** turns the sound off. Everything that is said stands on the screen, too."
    )
    CSS_PATH = style_sheet("first_run.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key("y,enter", "heard", marked("Yes"), "sound.yes", marked("It was heard: go on"), display="y"),
        shown_key("n", "unheard", marked("No"), "sound.no", marked("What may help")),
        shown_key("a", "again", marked("Again"), "sound.again", marked("Play it again")),
        shown_key("o", "off", marked("Without sound"), "sound.off", marked("Turn the sound off, and go on")),
        hidden_key("escape", "heard", marked("Go on"), "sound.go_on", marked("Go on as it is")),
    ]

    def __init__(self, open_sample: Callable[[], SoundSample | None]) -> None:
        super().__init__()
        self._open = open_sample
        self._sample: SoundSample | None = None
        self._opening: asyncio.Future[SoundSample | None] | None = None
        """Finds what plays; it may take longer than anybody stays."""

    def compose(self) -> ComposeResult:
        """The question, its answers as buttons, and what may help."""
        with Vertical(id="page"):
            yield Static(Content(_("Did you hear this?")), id="title")
            yield Static(Content(_("Two short tones, and a voice that says hello.")), id="lead")
            for key, action, words in (
                ("y", "heard", _("Yes")),
                ("n", "unheard", _("No: what can I do?")),
                ("a", "again", _("Play it again")),
                ("o", "off", _("Go on without sound")),
            ):
                text = Content.assemble((f"{key}  ", "$text-accent"), words)
                yield Button(text, id=action, classes="choice", compact=True)
            yield Static(id="advice")
        yield KeyLine()

    def on_mount(self) -> None:
        """Play it as soon as the screen stands."""
        self.query_one("#advice").display = False
        self.query_one("#heard").focus()
        self.call_after_refresh(self.run_worker, self._begin())

    def on_unmount(self) -> None:
        """Nothing is heard any more, nor when what plays is found only now."""
        if self._opening is not None:
            self._opening.add_done_callback(_close)

    async def _begin(self) -> None:
        self._opening = asyncio.ensure_future(asyncio.get_running_loop().run_in_executor(None, self._open))
        # Who leaves ends this wait, and not what is waited for, which has to be closed.
        self._sample = await asyncio.shield(self._opening)
        if self._sample is None:
            self._advise([_("Sound is off in this run, so nothing was played.")])
        else:
            self._sample.play()

    @on(Button.Pressed)
    async def answer(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        event.stop()
        await self.run_action(event.button.id or "")

    def action_heard(self) -> None:
        if self.is_current:
            self.dismiss(True)

    def action_off(self) -> None:
        if self.is_current:
            self.dismiss(False)

    def action_again(self) -> None:
        if self._sample is not None:
            self._sample.play()

    async def action_unheard(self) -> None:
        """Say what may help: what the system says of itself first."""
        found: tuple[str, ...] = ()
        if self._sample is not None:
            found = await asyncio.get_running_loop().run_in_executor(None, self._sample.advice)
        usual = _("Turn the volume up, and see which loudspeaker or headphones the sound goes to.")
        more = _("Then press a. More is told by `backtimer doctor audio`.")
        self._advise([*found, usual, more])

    def _advise(self, lines: list[str]) -> None:
        advice = self.query_one("#advice", Static)
        advice.update(Content("\n".join(clean(line) for line in lines)))
        advice.display = True


def _close(opening: asyncio.Future[SoundSample | None]) -> None:
    """Give back what was opened, if anything was."""
    if not opening.cancelled() and opening.exception() is None and (sample := opening.result()) is not None:
        sample.close()
