"""Effort and pain as numbers, and what each key means to the question: the same wherever they are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backtimer.language import _, marked
from backtimer.values import NamedTuple

TEN_S = 1.0
"""A nought makes ten of a one that was typed at most so long before it."""

NUMBER_KEYS = "1234567890x"

CLEARING_KEYS = frozenset({"backspace", "delete"})
"""Not the minus sign: it is the six of a French keyboard."""


class Scale(NamedTuple):
    """What is asked, and which numbers answer it."""

    question: str
    refusal: str
    """What is said of a number that is not on it."""
    lowest: int
    highest: int
    lowest_words: str
    highest_words: str

    @property
    def anchors(self) -> str:
        """What the ends of the scale mean."""
        least, most = _(self.lowest_words), _(self.highest_words)
        return f"{self.lowest} {least} … {self.highest} {most}"

    @property
    def keys(self) -> str:
        """The keys in words: `1-9, x for 10`."""
        return _("{lowest}-9, x for 10").format(lowest=self.lowest)


EFFORT = Scale(
    marked("How hard was it?"),
    marked("an effort is {lowest} to {highest}, not {value}"),
    1,
    10,
    marked("very easy"),
    marked("all you have"),
)
"""RPE. Source: Borg's CR10, as session RPE from 1 to 10."""

PAIN = Scale(
    marked("Does it hurt?"),
    marked("a pain is {lowest} to {highest}, not {value}"),
    0,
    10,
    marked("none"),
    marked("worst imaginable"),
)
"""NPRS. Source: the 11-point Numeric Pain Rating Scale."""


class Rating(NamedTuple):
    """A number that is kept with each session."""

    label: str
    """`pain before`: a text to be translated, as those of the scale are."""
    scale: Scale


RATINGS: Mapping[str, Rating] = {
    "effort": Rating(marked("effort"), EFFORT),
    "pain_before": Rating(marked("pain before"), PAIN),
    "pain": Rating(marked("pain after"), PAIN),
    "pain_next": Rating(marked("next morning"), PAIN),
}
"""All there are, by what they are called in a session, in the history and in what is exported."""


def check_ratings(**ratings: int | None) -> None:
    """Refuse numbers that are on no scale; None: not said.

    Raises:
        ValueError: A number that is not on the scale of its rating.
    """
    for name, value in ratings.items():
        scale = RATINGS[name].scale
        if value is not None and not scale.lowest <= value <= scale.highest:
            raise ValueError(_(scale.refusal).format(lowest=scale.lowest, highest=scale.highest, value=value))


class Answers:
    """Numbers that are asked one below the other, as they are typed.

    A digit is itself and takes the place of what stood there. Ten is `x`, or a one and a nought within a
    second: the nought belongs to the one, though the next question may be open by then. What a scale does not
    have, such as an effort of nought, is not taken.

    Args:
        scales: The questions, from above.
        values: What is answered already; None: nothing.
    """

    def __init__(self, scales: Sequence[Scale], values: Sequence[int | None] | None = None) -> None:
        self.scales = tuple(scales)
        self.values: list[int | None] = [None] * len(self.scales) if values is None else list(values)
        self._one: tuple[int, float] | None = None
        """Where a one was typed last, and when, while a nought may still follow it."""

    def key(self, row: int, key: str, now: float) -> int | None:
        """Type a key at a question.

        Args:
            row: Which question is open.
            key: The key's name.
            now: Seconds from any origin.

        Returns:
            The question that the key answered or cleared; None: it says nothing here.
        """
        one, self._one = self._one, None
        key = key.lower()
        if key in CLEARING_KEYS:
            return self.put(row, None)
        if key == "x":
            return self.put(row, 10)
        if len(key) != 1 or key not in NUMBER_KEYS:
            return None
        if key == "0" and one is not None and 0 <= now - one[1] <= TEN_S:
            self._one = one  # a nought that is held down makes no nought of the ten
            return self.put(one[0], 10)
        if key == "1":
            self._one = row, now
        return self.put(row, int(key))

    def put(self, row: int, value: int | None) -> int | None:
        """Answer a question with a number, or clear it; which one it was, None: there is no such number."""
        scale = self.scales[row]
        if value is not None and not scale.lowest <= value <= scale.highest:
            return None
        self.values[row] = value
        return row

    def settle(self) -> None:
        """What was typed is complete: the person has gone to another question."""
        self._one = None
