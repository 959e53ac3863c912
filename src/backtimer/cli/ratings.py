"""Effort and pain, asked in lines: each number is one key, as on the screens.

Nothing moves the cursor: what is typed stands behind its question, and what takes its place behind that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from backtimer.cli.keys import Keys
from backtimer.core.progress.scales import Answers, Scale
from backtimer.core.terminal import keyboard
from backtimer.language import _
from backtimer.values import NamedTuple


class ScaleQuestion(NamedTuple):
    """A number that is asked for."""

    text: str
    """`Pain now, 0 to 10`."""
    scale: Scale


def ask(
    questions: Sequence[ScaleQuestion],
    write: Callable[[str], None],
    changed: Callable[[Sequence[int | None]], None] = lambda values: None,
    *,
    values: Sequence[int | None] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> list[int | None]:
    """Ask for numbers, one after the other; Enter goes on, and ends after the last one.

    Args:
        questions: What to ask; there is a terminal to answer it.
        write: Writes text without a line's end.
        changed: Is told of all answers whenever one has changed.
        values: What is answered already.
        clock: Seconds from any origin, for numbers of two keys.

    Returns:
        The answers; None: not said.

    Raises:
        KeyboardInterrupt: A signal asks to leave.
    """
    form = _Form(questions, write, Answers([question.scale for question in questions], values), clock)
    with Keys().reading() as keys:  # what was typed before is forgotten: it is no answer
        form.open(0)
        while form.row < len(questions) and keys.available:
            key = keys.wait(None)
            if keys.signal_number is not None:
                write("\n")
                raise KeyboardInterrupt
            if key and form.press(keyboard.digit(key) or keyboard.latin(key)):
                changed(tuple(form.answers.values))
        if form.row < len(questions):
            write("\n")
    return form.answers.values


class _Form:
    """The questions, which of them is open, and what stands on its line."""

    def __init__(
        self,
        questions: Sequence[ScaleQuestion],
        write: Callable[[str], None],
        answers: Answers,
        clock: Callable[[], float],
    ) -> None:
        self.answers = answers
        self.row = 0
        self._questions = questions
        self._write = write
        self._clock = clock
        self._typed: str = ""
        """What was typed last, on this line."""

    def open(self, row: int) -> None:
        """Ask a question; behind the last one there is none."""
        self.answers.settle()
        self.row, self._typed = row, ""
        if row < len(self._questions):
            value = self.answers.values[row]
            told = _("{question}, or Enter to skip: ")
            if value is not None:
                told = _("{question}, or Enter to go on (now {number}): ")
            self._write(told.format(question=self._questions[row].text, number=value))

    def press(self, key: str) -> bool:
        """Take a key; whether it changed an answer."""
        if key in ("enter", "escape", "end"):
            self._go(self.row + 1)
        elif key in ("up", "down"):
            row = self.row + (1 if key == "down" else -1)
            if 0 <= row < len(self._questions):
                self._go(row)
        else:
            return self._type(key)
        return False

    def _go(self, row: int) -> None:
        self._write("\n")
        self.open(row)

    def _type(self, key: str) -> bool:
        if self.answers.key(self.row, key, self._clock()) is None:
            if key != "other":
                scale = self._questions[self.row].scale
                told = _("A number from {least} to {most}, please; x is ten.")
                self._write(f"\n{told.format(least=scale.lowest, most=scale.highest)}\n")
                self.open(self.row)
            return False
        value = self.answers.values[self.row]
        if value == 10 and self._typed in ("1", "10") and key == "0":
            self._write("0" if self._typed == "1" else "")
            self._typed = "10"
            return True
        words = _("no answer") if value is None else str(value)
        self._write(f", {words}" if self._typed else words)
        self._typed = words
        return True
