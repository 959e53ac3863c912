"""The one-line questions of the first screen, each with the keys that answer it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from textual.content import Content

from backtimer.core.progress.scales import PAIN, Answers
from backtimer.language import _, counted_words

MORNING, NOW = range(2)
"""The questions about pain, in their order."""


class Question(Enum):
    """What the first screen asks."""

    NOTHING = auto()
    MORNING = auto()
    """How much it hurts on the morning after a session."""
    PROPOSAL = auto()
    """Whether an exercise is to be done at another level."""
    NOW = auto()
    """How much it hurts before the session that is about to start."""


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

    def decline(self, row: int) -> int | None:
        """Leave a question without an answer."""
        return self._took(self._answers.put(row, None))

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


def asked_morning(pain: int | None, answered: bool) -> Content:
    """On the morning after a session; what was answered can be replaced and cleared."""
    if answered:
        said = _("This morning: not said") if pain is None else _("This morning: {pain}").format(pain=pain)
        return _asked(said, _("{numbers}, ⌫ clears, ↓ goes on").format(numbers=PAIN.keys))
    return _asked(_("How much does it hurt this morning?"), _("{numbers}, ⌫ skips").format(numbers=PAIN.keys))


def asked_proposal(text: str, proposals: int) -> Content:
    """Another level of an exercise; one of several proposals."""
    keys, others = _("y yes, n no"), proposals - 1
    if others > 0:
        more = counted_words("{number} more", "{number} more", others).format(number=others)
        keys = f"{keys} · {more}"
    return _asked(text, keys, between="\n")


def asked_now(pain: int | None) -> Content:
    """Before the session: an offer, and what was answered."""
    if pain is None:
        return Content.assemble((_("Does it hurt now?"), "$text-muted"), " ", (PAIN.keys, "$text-muted"))
    return Content.assemble(
        (_("Pain now:"), "$text-muted"),
        " ",
        (str(pain), "bold $foreground"),
        "  ",
        (_("⌫ takes it back"), "$text-muted"),
    )


def _asked(question: str, keys: str, between: str = "  ") -> Content:
    return Content.assemble((question, "bold $foreground"), between, (keys, "$text-accent"))
