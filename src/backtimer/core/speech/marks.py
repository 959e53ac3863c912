"""The moments of a step that are to be heard: its counts, its half, the time that is left, its breaths."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from backtimer.core.plan.plan import COUNTED_S, LEAD_INS, LONG_HOLD_S, Plan, Step, StepKind
from backtimer.core.plan.routine import BACK, HOLD, LOWER, RELAX, Breath
from backtimer.core.speech.cues import Tone

NEAR_S = 1e-6
"""Moments closer than this are the same."""

LAST_CALL_S = 10
"""With so much left of a rest it is time to get back into place."""

LONG_SWITCH_S = 3.0
"""A change of side within a set that is shorter than this has its tone only: the rep says the side."""

LONG_COUNT = 5
"""So many of the last seconds of the longest holds are counted."""

_COUNTED_LEAD_S = 4.0
"""A step before work is counted out from this length on."""
_LONG_COUNTED_S = 20.0
"""A hold that is no stretch is counted out from five from this length on."""
_SWITCH_COUNTED_S = 6.0
_LEFT_OF_REST = ((10, 25.0), (30, 60.0))
"""So many seconds left are told in a rest of at least this length."""
_LEFT_OF_WORK = ((60, 180.0), (300, 900.0), (600, 1500.0))
_DONE_EVERY_S = 300
"""So much of long work that is done is told, again and again, in its first half."""
_DONE_OF_S = 900.0
"""Work is long from this length on."""
_CALM_S = 30.0
"""A stretch shorter than this is left in peace: no halfway, and no count at its end."""
_NEARLY_OVER = (5, 15.0)
"""So many seconds left are told in a stretch of at least this length, in place of a count."""
_MINUTE = 60
_REMIND_S = 30
_REMIND_EVERY_S = 60
_REMIND_SELDOM_S = 960
_WORK = frozenset({StepKind.PHASE, StepKind.ACTIVITY, StepKind.SELF_PACED})
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
    breathing: bool = False
    """Whether breaths are to be heard."""
    words: bool = True
    """Whether there are words, so that the time left can be told."""
    full: bool = True
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
        step, length = self.plan.steps[self.index], self._ends_after_s
        if length is None:
            return 0
        if step.kind in _WORK:
            if length <= LONG_HOLD_S or self._is_left_in_peace(length):
                return 0
            if self._is_stretch and self.words:
                return 0  # it is told when it is nearly over
            long = length >= _LONG_COUNTED_S and self.full and not self._is_stretch
            return LONG_COUNT if long else COUNTED_S
        inside = self.index > self.plan.sets[step.set_index].first_step
        long = length >= (_SWITCH_COUNTED_S if inside else _COUNTED_LEAD_S)
        counted = long and self.plan.steps[self.index + 1].kind not in LEAD_INS
        return COUNTED_S if counted else 0

    @property
    def counted_from_s(self) -> float:
        """When the count at its end begins; when it ends, where there is none."""
        return self.ends_s - self.counts

    @property
    def half_s(self) -> float | None:
        """Where in it halfway is, if that is told."""
        kind, length = self.plan.steps[self.index].kind, self.length_s
        if length is None or kind not in (StepKind.PHASE, StepKind.ACTIVITY):
            return None
        told = kind is StepKind.ACTIVITY or length > LONG_HOLD_S
        return length / 2 if told and not self._is_left_in_peace(length) else None

    @property
    def is_work(self) -> bool:
        """Whether a count is one to the end of work, which sounds other than one to its beginning."""
        return self.plan.steps[self.index].kind in _WORK

    @property
    def _ends_after_s(self) -> float | None:
        """Its length; of a hold that a key ends, when it is over at the latest."""
        step = self.plan.steps[self.index]
        own = self.plan.sets[step.set_index].most_s if step.kind is StepKind.SELF_PACED else None
        return own if self.length_s is None else self.length_s

    def most_left(self, waited: int) -> int | None:
        """Of a hold that a key ends, after so many whole seconds: what it has left, where that is told.

        So it is in its last seconds, where nobody needs to be reminded of the key.
        """
        most_s = self._ends_after_s if self.length_s is None else None
        left = 0 if most_s is None else int(most_s - waited)
        told = left > 0 and (left <= LONG_COUNT or self.tells_left(left))
        return left if told else None

    @property
    def _is_stretch(self) -> bool:
        """Whether it is a hold to relax in, with slow breaths."""
        step = self.plan.steps[self.index]
        held = step.kind in (StepKind.PHASE, StepKind.SELF_PACED)
        return held and step.breath is Breath.SLOW and not step.continuous

    def _is_left_in_peace(self, length: float) -> bool:
        return self._is_stretch and length < _CALM_S

    def done_told(self, seconds: int) -> int | None:
        """How much is done of long work when so much is left, if that is told; in its first half only."""
        kind, length = self.plan.steps[self.index].kind, self.length_s
        if kind not in (StepKind.PHASE, StepKind.ACTIVITY) or length is None or length < _DONE_OF_S:
            return None
        done = length - seconds
        if done <= 0 or done >= length / 2 - COUNTED_S or done % _DONE_EVERY_S:
            return None
        return int(done)

    def tells_left(self, seconds: int) -> bool:
        """Whether it is said that this many seconds are left."""
        kind, length = self.plan.steps[self.index].kind, self._ends_after_s
        if not self.words or length is None:
            return False
        half = self.half_s
        if half is not None and abs(length - half - seconds) < COUNTED_S:
            return False
        if kind is StepKind.REST:
            minutes = seconds % _MINUTE == 0 and length >= seconds + _MINUTE / 2
            if seconds == _LEFT_OF_REST[0][0] and self.plan.steps[self.index + 1].kind in LEAD_INS:
                return False  # work is not near: there is a way to it
            return minutes or any(seconds == left and length >= least for left, least in _LEFT_OF_REST)
        if kind in _WORK:
            if self.done_told(seconds) is not None:
                return True
            if self._is_stretch and seconds == _NEARLY_OVER[0]:
                return length >= _NEARLY_OVER[1]
            return seconds < length / 2 and any(
                seconds == left and length >= least for left, least in _LEFT_OF_WORK
            )
        return False

    def next_after(self, at_s: float) -> float:
        """The first moment after another at which this step brings something to hear, its end included."""
        length = self._ends_after_s
        if length is None:
            return min(self.ends_s, self._next_breath(at_s))
        here = at_s - self.zero_s
        left = [*range(1, self.counts + 1), *self._left_told()]
        marks: list[float] = [length - seconds for seconds in left]
        if self.half_s is not None:
            marks.append(self.half_s)
        ahead = [self.zero_s + mark for mark in marks if mark > here + NEAR_S]
        moments: list[float] = [self.zero_s + length, self._next_breath(at_s), *ahead]
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
        length = self._ends_after_s
        top = 0 if length is None or not self.words else int(length)
        known = {left for left, _ in (*_LEFT_OF_REST, *_LEFT_OF_WORK, _NEARLY_OVER)}
        if self.plan.steps[self.index].kind is StepKind.REST:
            known |= set(range(_MINUTE, top, _MINUTE))
        elif self.length_s is not None and self.length_s >= _DONE_OF_S and self.words:
            length = self.length_s
            done = range(_DONE_EVERY_S, int(length / 2) + 1, _DONE_EVERY_S)
            known |= {int(length - each) for each in done if length == int(length)}
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
            if step.phase == HOLD or step.continuous:
                return Tone.HOLD
            return Tone.RETURN if _comes_back(step) else Tone.EXERT


def _comes_back(step: Step) -> bool:
    """Whether a phase is the way back: not what is an effort of its own, wherever in the rep it is."""
    if step.rep_start or step.breath is Breath.OUT:
        return False
    return step.rep is None or step.breath is Breath.IN or step.phase in (LOWER, BACK, RELAX)
