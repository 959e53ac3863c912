"""All of the workout screen but its keys: takes a view of the session and shows what changed in it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from backtimer.tui.screens.workout_view import BreathView, Still, View
from backtimer.tui.widgets.bars import BreathBar, SessionBar
from backtimer.tui.widgets.big_text import BigText
from backtimer.tui.widgets.text import Line, Paragraphs, Tallies


class WorkoutStage(Vertical, can_focus=True, can_focus_children=False):
    """From top to bottom: where this is, what is done, how long still, the breath, what comes next.

    It can be clicked anywhere. It can have the focus, since the help panel shows a screen's help only when
    something on it has. The classes it gives itself (`-paused`, `-guided`, `-sided` …) tell the stylesheet
    which of its parts have something to say. A figure would be a third child of `#centre`.
    """

    ALLOW_SELECT = False

    class Pressed(Message):
        """Somebody clicked on it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        # Held rather than queried: the last tick may come while the screen is being taken apart.
        self.crumb = Line(id="crumb")
        self.times = Line(id="times")
        self.banner = Line(id="banner")
        self.session = SessionBar(id="session")
        self.heading = BigText(id="heading")
        self.sets = Tallies(id="sets")
        self.count = BigText(id="count")
        self.phase = BigText(id="phase")
        self.side = BigText(id="side")
        self.prompt = Line(id="prompt")
        self.detail = Tallies(id="detail")
        self.paused = BigText(id="paused")
        self.why = BigText(0, id="why")
        self.place = Line(id="place")
        self.go_on = Line(id="go_on")
        self.step = Line(id="step")
        self.breath_word = Line(id="breath_word")
        self.breath_large = BigText(id="breath_large")
        self.bar = BreathBar(id="bar")
        self.guidance = Paragraphs(id="guidance")
        self.coming_large = BigText(1, id="coming_large")
        self.lead = Line(id="lead")
        self.coming = Line(id="coming")

    def on_click(self) -> None:
        self.post_message(self.Pressed())

    def compose(self) -> ComposeResult:
        """Its parts; which of them are seen is the stylesheet's business."""
        yield Horizontal(self.crumb, self.times, id="header")
        yield self.banner
        yield self.session
        yield self.heading
        yield self.sets
        now = Vertical(self.phase, self.side, self.prompt, self.detail, id="now")
        yield Horizontal(self.count, now, id="centre")
        yield Vertical(self.paused, self.why, self.place, self.go_on, id="pause")
        words = Vertical(self.step, self.breath_word, id="breath_words")
        yield Horizontal(words, self.breath_large, self.bar, id="breath")
        yield self.guidance
        yield self.coming_large
        yield Horizontal(self.lead, self.coming, id="foot")

    def show(self, view: View) -> None:
        """Show this moment of the session."""
        self.crumb.show(view.crumb)
        self.times.show(view.times)
        self.session.show(view.fraction)
        self.heading.show(view.name)
        self.sets.show(view.sets)
        self.count.show(view.count, view.count_shape)
        self.phase.show(view.phase)
        self.side.show(view.side)
        self.detail.show(view.detail)
        self.prompt.show(view.prompt)
        self.step.show(view.step)
        self.guidance.show(view.guidance)
        self.lead.show(f"{view.step}. " if view.leads_in else "")
        self.coming.show(view.next)
        self.coming_large.show(view.next)
        self.set_class(not view.phase, "-alone")
        self.set_class(bool(view.side), "-sided")
        self.set_class(bool(view.guidance), "-guided")
        self.set_class(bool(view.prompt), "-waiting")
        self.set_class(":" in view.count_shape, "-clock")

    def show_breath(self, breath: BreathView) -> None:
        """Show what to do with the breath."""
        self.breath_word.show(breath.word)
        self.breath_large.show(breath.large)
        self.bar.show(breath.level or 0.0)

    def show_pause(self, still: Still) -> None:
        """Show unmistakably that the session stands still."""
        self.paused.show(still.title)
        self.why.show(still.why)
        self.place.show(still.place)
        self.go_on.show(still.keys)
        self.set_class(bool(still.why), "-explained")
        self.add_class("-paused")

    def hide_pause(self) -> None:
        """The session goes on."""
        self.remove_class("-paused")

    def show_banner(self, text: str) -> None:
        """Show what the person should know at once; nothing when it is empty."""
        self.banner.show(text)
        self.set_class(bool(text), "-banner")
