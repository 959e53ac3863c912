"""How much it hurts this morning and now, as it is answered on the first screen."""

from __future__ import annotations

from collections.abc import Callable

from backtimer.core.progress.scales import PAIN, Answers

MORNING, NOW = range(2)
"""The questions about pain, in their order."""


class PainQuestions:
    """How much it hurts this morning and now, as it is typed; one can go back to the first.

    Args:
        clock: Seconds from any origin, for numbers of two keys.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._answers = Answers((PAIN, PAIN))
        self.going_back = False
        """The question about this morning, though it is answered, is open."""
        self._answered = False

    @property
    def morning(self) -> int | None:
        """This morning's answer."""
        return self._answers.values[MORNING]

    @property
    def now(self) -> int | None:
        """The answer before a session."""
        return self._answers.values[NOW]

    def key(self, row: int, key: str) -> int | None:
        """Type a key; the question that it answered or cleared, None: none."""
        return self._took(self._answers.key(row, key, self._clock()))

    def say(self, row: int, value: int | None) -> int | None:
        """Answer with a number, or clear the answer; the question that it was."""
        self._answers.settle()
        return self._took(self._answers.put(row, value))

    def go_back(self) -> bool:
        """Open the question about this morning again; whether there is one to go back to."""
        return self._go(True) if self._answered and not self.going_back else False

    def go_on(self) -> bool:
        """Leave that question as it is answered; whether it was open again."""
        return self._go(False) if self.going_back else False

    def begin_anew(self) -> None:
        """A session is over: before the next one nothing is said."""
        self._answers.settle()
        self._answers.put(NOW, None)

    def _took(self, row: int | None) -> int | None:
        if row == MORNING:
            self._answered, self.going_back = True, False
        return row

    def _go(self, back: bool) -> bool:
        self._answers.settle()
        self.going_back = back
        return True
