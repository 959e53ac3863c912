"""Cues that keep out of each other's way: when a tone sounds, and which words there is time for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from backtimer.core.plan.plan import COUNTED_S, LEAD_INS, LONG_HOLD_S, Plan, Step, StepKind
from backtimer.core.plan.routine import HOLD, Breath
from backtimer.core.speech.cues import Cue, Priority, Tone
from backtimer.core.speech.phrases import sentence

NEAR_S = 1e-6
"""Moments closer than this are the same."""

LONG_COUNT = 5
"""So many of the last seconds of the longest holds are counted."""

_COUNTED_LEAD_S = 4.0
"""A step before work is counted out from this length on."""
_LONG_COUNTED_S = 20.0
"""A hold is counted out from five from this length on."""
_SWITCH_COUNTED_S = 6.0
_LEFT_OF_REST = ((10, 25.0), (30, 50.0))
"""So many seconds left are told in a rest of at least this length."""
_LEFT_OF_WORK = ((60, 180.0), (300, 900.0))
_MINUTE = 60
_REMIND_S = 30
_REMIND_EVERY_S = 60
_REMIND_SELDOM_S = 960
_LEAST_BREATH_S = 1.0
"""What is left for a breath before the end of a step is not shorter than this."""


@dataclass(slots=True)
class StepMarks:
    """The moments of the step under way that are to be heard: its counts, its half, its breaths."""

    plan: Plan
    index: int
    zero_s: float
    """When it began, on the time line of the events; after a pause, when it would have begun without one."""
    length_s: float | None
    """Extensions included; None: it waits for the person."""
    breathing: bool
    """Whether breaths are to be heard."""
    words: bool
    """Whether there are words, so that the time left can be told."""
    full: bool
    """Whether the last seconds of a long hold are all counted."""
    _breathed_s: float = -math.inf
    """All breaths that begin before this have been told."""

    @property
    def ends_s(self) -> float:
        """When it ends; never, while it waits."""
        return math.inf if self.length_s is None else self.zero_s + self.length_s

    @property
    def counts(self) -> int:
        """From which second on it is counted out; 0: it is not."""
        step, length = self.plan.steps[self.index], self.length_s
        if length is None:
            return 0
        if step.kind in (StepKind.PHASE, StepKind.ACTIVITY):
            if length <= LONG_HOLD_S:
                return 0
            return LONG_COUNT if length >= _LONG_COUNTED_S and self.full else COUNTED_S
        inside = self.index > self.plan.sets[step.set_index].first_step
        long = length >= (_SWITCH_COUNTED_S if inside else _COUNTED_LEAD_S)
        counted = long and self.plan.steps[self.index + 1].kind not in LEAD_INS
        return COUNTED_S if counted else 0

    @property
    def half_s(self) -> float | None:
        """Where in it halfway is, if that is told."""
        kind, length = self.plan.steps[self.index].kind, self.length_s
        if length is None or kind not in (StepKind.PHASE, StepKind.ACTIVITY):
            return None
        return length / 2 if kind is StepKind.ACTIVITY or length > LONG_HOLD_S else None

    def tells_left(self, seconds: int) -> bool:
        """Whether it is said that this many seconds are left."""
        kind, length = self.plan.steps[self.index].kind, self.length_s
        if not self.words or length is None:
            return False
        half = self.half_s
        if half is not None and abs(length - half - seconds) < COUNTED_S:
            return False
        if kind is StepKind.REST:
            minutes = seconds % _MINUTE == 0 and length >= seconds + _MINUTE / 2
            return minutes or any(seconds == left and length >= least for left, least in _LEFT_OF_REST)
        if kind in (StepKind.PHASE, StepKind.ACTIVITY):
            return any(seconds == left and length >= least for left, least in _LEFT_OF_WORK)
        return False

    def next_after(self, at_s: float) -> float:
        """The first moment after another at which this step brings something to hear, its end included."""
        if self.length_s is None:
            return min(self.ends_s, self._next_breath(at_s))
        here = at_s - self.zero_s
        left = [*range(1, self.counts + 1), *self._left_told()]
        marks: list[float] = [self.length_s - seconds for seconds in left]
        if self.half_s is not None:
            marks.append(self.half_s)
        ahead = [self.zero_s + mark for mark in marks if mark > here + NEAR_S]
        moments: list[float] = [self.ends_s, self._next_breath(at_s), *ahead]
        return min(moments)

    def breaths(self, from_s: float) -> Iterator[tuple[float, Tone, float]]:
        """The breaths that begin from a moment on, until the engine tells of the step again.

        Yields:
            When it begins, which it is, and how long it lasts.
        """
        step = self.plan.steps[self.index]
        if not self.breathing or self.length_s is None or step.kind is not StepKind.PHASE:
            return
        if step.breath in (Breath.IN, Breath.OUT) and self._breathed_s < self.zero_s:
            self._breathed_s = self.ends_s
            tone = Tone.BREATHE_IN if step.breath is Breath.IN else Tone.BREATHE_OUT
            yield self.zero_s, tone, self.length_s
        if step.breath is not Breath.SLOW:
            return
        to_s = self.ends_s - max(math.ceil(self.ends_s - from_s - NEAR_S) - 1, 0)
        if self.half_s is not None and from_s + NEAR_S < self.zero_s + self.half_s:
            to_s = min(to_s, self.zero_s + self.half_s)
        from_s = max(from_s, self._breathed_s)
        number = max(math.floor((from_s - self.zero_s) / self.plan.breathing.breath_s), 0) * 2
        while (begins_s := self.zero_s + self._breath_at(number)) < to_s - NEAR_S:
            lasts = self._breath_at(number + 1) - self._breath_at(number)
            left = self.ends_s - begins_s
            if begins_s >= from_s - NEAR_S and left >= _LEAST_BREATH_S:
                yield begins_s, Tone.BREATHE_OUT if number % 2 else Tone.BREATHE_IN, min(lasts, left)
            number += 1
        self._breathed_s = max(self._breathed_s, to_s)

    def _breath_at(self, number: int) -> float:
        whole, out = divmod(number, 2)
        pace = self.plan.breathing
        return whole * pace.breath_s + out * pace.in_s

    def _next_breath(self, at_s: float) -> float:
        if not self.breathing or self.plan.steps[self.index].breath is not Breath.SLOW:
            return math.inf
        here = at_s - self.zero_s
        number = max(math.floor(here / self.plan.breathing.breath_s), 0) * 2
        while self._breath_at(number) <= here + NEAR_S:
            number += 1
        return self.zero_s + self._breath_at(number)

    def _left_told(self) -> list[int]:
        top = 0 if self.length_s is None or not self.words else int(self.length_s)
        known = {left for left, _ in (*_LEFT_OF_REST, *_LEFT_OF_WORK)}
        if self.plan.steps[self.index].kind is StepKind.REST:
            known |= set(range(_MINUTE, top, _MINUTE))
        return [left for left in sorted(known) if left < top and self.tells_left(left)]


def reminds(seconds: int, estimate_s: float) -> bool:
    """Whether to remind of the key after so long: first when the set should be over, then ever less often."""
    since = seconds - max(_REMIND_S, math.ceil(estimate_s) + _REMIND_S // 2)
    gap, at = _REMIND_EVERY_S, 0
    while at < since:
        at += gap
        gap = min(gap * 2, _REMIND_SELDOM_S)
    return at == since


def tone_of(step: Step) -> Tone:
    match step.kind:
        case StepKind.SWITCH:
            return Tone.SWITCH
        case StepKind.PREPARE | StepKind.REST | StepKind.TRANSITION:
            return Tone.REST
        case StepKind.SELF_PACED:
            return Tone.WAIT
        case StepKind.ACTIVITY:
            return Tone.WAIT if step.seconds is None else Tone.HOLD
        case _:
            if step.phase == HOLD:
                return Tone.HOLD
            return Tone.EXERT if step.rep_start else Tone.RETURN


Length = Callable[[str], float]
"""Seconds that it takes to say a text."""

MUST = 1
"""Pieces needed this badly are said even where a halfway mark or a count has to be silent for them."""

DEAR = 3
"""Pieces needed this badly are left out only when all others are as short as they can be."""

# As calm voices of about 155 words a minute take it.
_BEGIN_S = 0.14
_LETTER_S = 0.065
_DIGIT_S = 0.30
_STOP_S = 0.48
_COMMA_S = 0.32

_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_STOP = re.compile(r"[.:;!?…](?=\s)")
_COMMA = re.compile(r",(?=\s)")


def speech_s(text: str) -> float:
    """Seconds of calm speech that a text takes, estimated."""
    if not text.strip():
        return 0.0
    costs = ((_LETTER, _LETTER_S), (_DIGIT, _DIGIT_S), (_STOP, _STOP_S), (_COMMA, _COMMA_S))
    return _BEGIN_S + sum(len(sign.findall(text)) * seconds for sign, seconds in costs)


class Piece(NamedTuple):
    """Words that are said as a sentence, or left out as one."""

    need: int
    """How badly they are needed: 0 is always said, the largest number is left out first."""
    text: str
    brief: str = ""
    """The same in fewer words, tried before it is left out."""


def joined(texts: Iterable[str]) -> str:
    """Texts as sentences, those that are empty left out."""
    return " ".join(sentence(text) for text in texts if text)


def spoken(
    pieces: Sequence[Piece], room_s: float | None, length: Length = speech_s, *, least: int = 0
) -> str:
    """The pieces as sentences, shortened and left out by need until they can be said in the time.

    Args:
        pieces: What there is to say, in order.
        room_s: The time there is; None: everything is said.
        length: How long it takes to say a text.
        least: What is needed this badly stays, even if it takes longer.
    """
    kept = [piece for piece in pieces if piece.text]
    while room_s is not None and kept and length(joined(piece.text for piece in kept)) > room_s:
        last = max(piece.need for piece in kept)
        if any(piece.need == last and piece.brief for piece in kept):
            kept = [_shortened(piece) if piece.need == last else piece for piece in kept]
        elif last > max(least, DEAR):
            kept = [piece for piece in kept if piece.need < last]
        elif any(piece.brief for piece in kept):
            kept = [_shortened(piece) for piece in kept]
        elif last > least:
            kept = [piece for piece in kept if piece.need < last]
        else:
            break
    return joined(piece.text for piece in kept)


def _forms(pieces: Sequence[Piece]) -> Iterator[str]:
    """The pieces as sentences, the least needed left out one after the other, down to what must be said."""
    for need in sorted({max(piece.need, MUST) for piece in pieces}, reverse=True):
        yield joined(piece.text for piece in pieces if piece.need <= need)
    yield joined(_brief(pieces, MUST))


def _brief(pieces: Iterable[Piece], need: int) -> list[str]:
    """What is needed this badly, in the fewest words."""
    return [_shortened(piece).text for piece in pieces if piece.need <= need]


def _ever_shorter(text: str, forms: Iterable[str]) -> tuple[str, ...]:
    """Those of several forms that are shorter than a text, and than each other."""
    found: list[str] = []
    for form in forms:
        if form and len(form) < len(found[-1] if found else text):
            found.append(form)
    return tuple(found)


def _shortened(piece: Piece) -> Piece:
    return Piece(piece.need, piece.brief or piece.text)


TONE_LEAD_S = 0.12
"""A word comes at least this much after the tone of the same moment."""

CLEAR_S = 0.25
"""After so long the melody of most tones has been heard: where there is time, words wait for that."""

_CLEAR_S: Mapping[Tone, float] = {
    Tone.COUNT: TONE_LEAD_S,
    Tone.SWITCH: 0.35,
    Tone.WAIT: 0.35,
    Tone.PAUSE: 0.35,
    Tone.END: 0.6,
}
"""The same of shorter and longer ones."""

AIR_S = 0.15
"""Silence between the end of what is said and what comes next."""

LATE_S = 0.3
"""A tone or a count that is later than this would mislead."""


class Until(NamedTuple):
    """By when a sentence must be over."""

    soft_s: float
    """The next moment with something to hear, which can be silent for what one must know."""
    hard_s: float
    """The next moment that cannot: the end of the step."""


def after_tone(at_s: float, tone: Tone) -> tuple[float, ...]:
    """When words can begin that come with a tone: as is best, and at the earliest."""
    return at_s + _CLEAR_S.get(tone, CLEAR_S), at_s + TONE_LEAD_S


def by_moment(cues: Iterable[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: cue.at_s)


class Delivery:
    """Makes the cues of one session, and knows until when something is being said.

    Args:
        length: How long it takes to say a text.
        on_cut: Told what is cut short, by the moment when it began.
    """

    def __init__(self, length: Length, on_cut: Callable[[float], None] = lambda since_s: None) -> None:
        self.length = length
        self._on_cut = on_cut
        self.busy_s = -math.inf
        """Until when something is being said."""
        self._since_s = -math.inf

    def turn_back(self, by_s: float) -> None:
        """The clock of the moments went back by so much."""
        self.busy_s, self._since_s = self.busy_s - by_s, self._since_s - by_s

    def is_talking(self, at_s: float) -> bool:
        """Whether something that was more needed is still being said, or about to be."""
        return self.busy_s > at_s + NEAR_S

    def was_talking(self, at_s: float) -> bool:
        """The same of what had begun before, rather than of what belongs to this very moment."""
        return self._since_s < at_s - NEAR_S and self.is_talking(at_s)

    def tone(self, at_s: float, tone: Tone, priority: Priority = Priority.NOW, *, cuts: bool = False) -> Cue:
        """A tone at its moment; one that cuts ends what is being said."""
        if cuts:
            if self.is_talking(at_s):
                self._on_cut(self._since_s)
            self.busy_s = at_s
        return Cue(at_s, at_s + LATE_S, priority, tone=tone, cuts=cuts)

    def breath(self, at_s: float, tone: Tone, seconds: float, *, lead: bool) -> Cue:
        """A breath; `lead`: another tone begins at its moment."""
        lead_s = TONE_LEAD_S if lead else 0.0
        at_s, seconds = at_s + lead_s, max(seconds - lead_s, 0.1)
        return Cue(at_s, at_s + LATE_S, Priority.HELPFUL, tone=tone, seconds=seconds)

    def text(
        self,
        at_s: float,
        text: str,
        priority: Priority,
        until_s: float = math.inf,
        *,
        cuts: bool = False,
        shorter: Sequence[str] = (),
        latest_s: float = -math.inf,
    ) -> Cue:
        """Words at their moment, and until when they are worth beginning with.

        Args:
            at_s: The moment.
            text: The words.
            priority: How much they matter.
            until_s: By when they must be over.
            cuts: Whether they silence what was before.
            shorter: The same in fewer words, the best first, for when it is too late for all of them.
            latest_s: Until when the last of those are worth beginning with, even if they are over too late.
        """
        ends_s = at_s + self.length(text)
        self._since_s, self.busy_s = at_s, ends_s
        if priority in (Priority.NOW, Priority.KIND):
            return Cue(at_s, at_s + LATE_S, priority, text=text, cuts=cuts)
        latest_s = max(at_s, latest_s, until_s - self.length(shorter[-1] if shorter else text))
        return Cue(at_s, latest_s, priority, text, cuts=cuts, shorter=tuple(shorter), over_s=until_s)

    def first_that_fits(
        self,
        starts_s: Sequence[float],
        texts: Iterable[str],
        until_s: float,
        priority: Priority = Priority.NEEDED,
    ) -> list[Cue]:
        """The first of several texts that is over in time; nothing, if none is.

        Args:
            starts_s: When it can begin, the best first.
            texts: What could be said, the best first.
            until_s: What comes next.
            priority: How much it matters.
        """
        until_s -= AIR_S
        left = iter(texts)
        for text in left:
            for start_s in starts_s if text else ():
                if start_s + self.length(text) <= until_s:
                    shorter = _ever_shorter(text, left) if priority is Priority.NEEDED else ()
                    return [self.text(start_s, text, priority, until_s, shorter=shorter)]
        return []

    def sentences(
        self,
        starts_s: Sequence[float],
        pieces: Sequence[Piece],
        until: Until,
        *,
        kind: str = "",
        cuts: bool = False,
    ) -> list[Cue]:
        """As many of the pieces as there is time for.

        Args:
            starts_s: When it can begin, the best first.
            pieces: What there is to say.
            until: By when it must be over.
            kind: A good word to come first, if there is time for it and all else.
            cuts: Whether it silences what was before.
        """
        start_s = starts_s[-1]
        said, end_s = self._fit(start_s, pieces, until)
        if not said:
            return []
        for best_s in reversed(starts_s):
            if best_s + self.length(said) <= end_s:
                start_s = best_s
        cues: list[Cue] = []
        if kind:
            later_s = start_s + self.length(kind) + _KIND_AIR_S
            everything = spoken(pieces, None)
            if later_s + self.length(everything) <= until.soft_s - AIR_S:
                cues.append(self.text(start_s, kind, Priority.KIND))
                start_s, said = later_s, everything
        shorter = _ever_shorter(said, _forms(pieces))
        latest_s = until.hard_s - AIR_S - self.length(joined(_brief(pieces, 0))) if shorter else -math.inf
        text = self.text(start_s, said, Priority.NEEDED, end_s, cuts=cuts, shorter=shorter, latest_s=latest_s)
        return [*cues, text]

    def _fit(self, start_s: float, pieces: Sequence[Piece], until: Until) -> tuple[str, float]:
        """What can be said, and by when it must be over."""
        soft_s, hard_s = until.soft_s - AIR_S, until.hard_s - AIR_S
        most = [piece for piece in pieces if piece.need <= MUST]
        for some, end_s, least in ((pieces, soft_s, MUST), (most, hard_s, MUST), (most, hard_s, 0)):
            said = spoken(some, end_s - start_s, self.length, least=least)
            if start_s + self.length(said) <= end_s:
                return said, end_s
        return "", hard_s


_KIND_AIR_S = 0.4
