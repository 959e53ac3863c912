"""A question that is answered with a number: effort, pain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.visual import VisualType
from textual.widget import Widget

from backtimer.core.progress.scales import Answers
from backtimer.language import _, marked
from backtimer.tui.bindings import hidden_key, number_keys, shown_key

INSET = 2
"""Cells in front of everything but the mark."""

CELL = 5
"""Width of one number on the scale."""

NARROW_CELL = 3

WIDE = 66
"""From this width on the meaning of the ends has room beside the question."""

QUIET = "$text-muted"

NUMBER = Binding.Group(marked("Number"), compact=True)


class RatingQuestion(Widget, can_focus=True):
    """A question, its numbers in a row, and what their ends mean.

    The question that has the focus is open: a number key, a click, or the arrows and Enter answer it, and an
    answer can be replaced or cleared as long as the question is there.

    Args:
        answers: All that is asked here together.
        row: Which of them this is.
        clock: Seconds from any origin: a one and a nought that come together are a ten.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *number_keys(
            "number('{}')",
            marked("Answer"),
            "rating.number",
            marked("The number itself; x, or 1 and 0 within a second, for 10"),
        ),
        shown_key(
            "enter",
            "take",
            marked("Take it"),
            "rating.take",
            marked("Answer with the marked number"),
            display=marked("enter"),
        ),
        shown_key(
            "enter",
            "next",
            marked("Next"),
            "rating.next",
            marked("On to the next question"),
            display=marked("enter"),
        ),
        shown_key(
            "enter",
            "skip",
            marked("Skip"),
            "rating.skip",
            marked("Go on without an answer"),
            display=marked("enter"),
        ),
        hidden_key("escape", "skip", marked("Skip"), "rating.skip_always", marked("Go on without an answer")),
        shown_key(
            "left", "move(-1)", marked("Less"), "rating.less", marked("Mark the number before"), group=NUMBER
        ),
        shown_key(
            "right", "move(1)", marked("More"), "rating.more", marked("Mark the number after"), group=NUMBER
        ),
        hidden_key("up", "row(-1)", marked("Question before"), "rating.up", marked("Back to a question")),
        hidden_key("down", "row(1)", marked("Next question"), "rating.down", marked("On to the next")),
        # Not the minus sign: it is the six of a French keyboard.
        hidden_key(
            "backspace,delete",
            "clear",
            marked("Clear"),
            "rating.clear",
            marked("Take the answer back"),
            display="⌫",
        ),
    ]

    class Answered(Message):
        """The question was answered, or passed over.

        `value` is None when the person would rather not say.
        """

        def __init__(self, rating: RatingQuestion, value: int | None) -> None:
            super().__init__()
            self.rating = rating
            self.value = value

        @property
        def control(self) -> RatingQuestion:
            return self.rating

    value: reactive[int | None] = reactive(None, bindings=True)
    """The answer given."""
    marked: reactive[int | None] = reactive(None, bindings=True)
    """The number that the arrows have reached and Enter gives."""

    def __init__(
        self,
        answers: Answers,
        row: int,
        *,
        clock: Callable[[], float],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.scale = answers.scales[row]
        self.set_reactive(RatingQuestion.value, answers.values[row])
        self._answers = answers
        self._row = row
        self._clock = clock
        self.rows: Sequence[RatingQuestion] = (self,)
        """All questions, this one among them."""
        self.below: Widget | None = None
        """What comes after the last question."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The question, the numbers, and what they mean, which has a row of its own if it must."""
        return 2 if width >= WIDE else 3

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter takes the marked number or goes on; after the last answer the screen has it."""
        if action == "take":
            return self.marked is not None
        if action == "next":
            return self.value is not None and self._next is not None
        if action == "skip":
            return self.value is None
        return True

    def action_number(self, key: str) -> None:
        """Answer with a key; a nought may make ten of the one that answered the question before."""
        answered = self._answers.key(self._row, key, self._clock())
        if answered is None:
            return
        self.rows[answered]._take_over()
        if answered == self._row:
            self._go_on(self._next)

    def action_row(self, by: int) -> None:
        place = self._row + by
        if 0 <= place < len(self.rows):
            self._leave_for(self.rows[place])
        elif place > 0:
            self._leave_for(self.below)

    def action_move(self, by: int) -> None:
        """Mark another number; the first move marks the answer given, or the lowest number."""
        if self.marked is None:
            self.marked = self.scale.lowest if self.value is None else self.value
        else:
            self.marked = min(self.scale.highest, max(self.scale.lowest, self.marked + by))

    def action_take(self) -> None:
        self._put(self.marked)
        self._leave_for(self._next)

    def action_next(self) -> None:
        self._leave_for(self._next)

    def action_skip(self) -> None:
        """Go on with what there is."""
        self._leave_for(self._next or self.below)

    def action_clear(self) -> None:
        self._put(None)

    def on_click(self, event: events.Click) -> None:
        """Answer with the number under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y != 1:
            return
        value = (offset.x - INSET) // self._cell()
        if self._put(value):
            self._leave_for(self._next)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Open or close the question."""
        if not has_focus:  # whoever comes to it may have moved the mark before this is heard
            self.marked = None
        self.refresh()

    def render(self) -> VisualType:
        width = self.content_size.width
        anchors = Content(self.scale.anchors).stylize(QUIET)
        question, numbers = self._question(), self._numbers()
        if width >= WIDE:
            gap = " " * (width - question.cell_length - anchors.cell_length)
            return Content("\n").join((Content("").join((question, gap, anchors)), numbers))
        rows = (question, numbers, Content("").join((" " * INSET, anchors)))
        return Content("\n").join(row.truncate(max(1, width), ellipsis=True) for row in rows)

    @property
    def _next(self) -> RatingQuestion | None:
        """The question after this one."""
        return self.rows[self._row + 1] if self._row + 1 < len(self.rows) else None

    def _put(self, value: int | None) -> bool:
        """Answer with a number, or take the answer back; whether the scale has it."""
        if self._answers.put(self._row, value) is None:
            return False
        self._take_over()
        return True

    def _take_over(self) -> None:
        """Show what was answered, and say so."""
        self.marked = None
        self.value = self._answers.values[self._row]
        self.post_message(self.Answered(self, self.value))

    def _leave_for(self, widget: Widget | None) -> None:
        """What was typed is complete: a nought at the next question is none of a ten here."""
        self._answers.settle()
        self._go_on(widget)

    def _go_on(self, widget: Widget | None) -> None:
        # At once: the next key of a burst is meant for it.
        if widget is not None:
            self.screen.set_focus(widget)

    def _cell(self) -> int:
        """Width of a number; all scales begin at 0, so that the same numbers stand below each other."""
        return CELL if INSET + CELL * (self.scale.highest + 1) <= self.content_size.width else NARROW_CELL

    def _question(self) -> Content:
        open_now = self.has_focus
        mark = Content("▸ " if open_now else "  ").stylize("bold $text-accent")
        question = Content(_(self.scale.question)).stylize("bold $foreground" if open_now else QUIET)
        hint = Content(f"  {self.scale.keys}" if open_now else "").stylize(QUIET)
        return Content("").join((mark, question, hint))

    def _numbers(self) -> Content:
        before = " " * (INSET + self._cell() * self.scale.lowest)
        numbers = range(self.scale.lowest, self.scale.highest + 1)
        return Content("").join((before, *(self._number(number) for number in numbers)))

    def _number(self, number: int) -> Content:
        answered, marked = number == self.value, number == self.marked
        text = f"[{number}]" if answered else f"‹{number}›" if marked else str(number)
        looks = "$foreground"
        if answered or marked:
            looks = f"bold $background on {'$accent' if marked else '$primary'}"
            looks = "bold reverse" if self.app.no_color else looks
        return Content(text.center(self._cell())).stylize(looks)
