"""Someone who lies face down: rebuilds a session from what she hears, and knows no plan.

She knows the names of the exercises there are, and what each tone means.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from backtimer.core.speech.cues import Cue, Tone
from backtimer.core.speech.pieces import speech_s

# fmt: off
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on
MOSTLY = 0.68
"""Of a rest of which so much is left all is told, since it began when the work ended."""

STEPS = frozenset({Tone.EXERT, Tone.HOLD, Tone.RETURN, Tone.SWITCH, Tone.REST, Tone.WAIT, Tone.END})
"""The tones with which something new begins."""

_TIME = r"(?:(\d+) minutes?)? ?(?:(\d+(?:\.\d+)?) seconds?)?"
_REST = re.compile(rf"^Rest for {_TIME}$")
_HOLD = re.compile(rf"^Hold for {_TIME}$")
_HOLDS = re.compile(rf"^(\d+) sets of {_TIME}(?= on |$)")
_EACH = re.compile(rf"^Hold each one for {_TIME}$")
_SET = re.compile(r"\bset (\d+) of (\d+)", re.IGNORECASE)
_ROUND = re.compile(r"\bround (\d+) of (\d+)", re.IGNORECASE)
_ROUNDS = re.compile(r"^(?:(\d+) rounds|(\w+) rounds of that)$")
_REPS = re.compile(r"^(?:(\d+) sets of )?(\d+) reps?\b")
_SIDE = re.compile(r"(?:^|, )(left|right) side(?: first)?(?:: .+)?$", re.IGNORECASE)
_TURN = re.compile(r"\b(left|right)(?: [a-z]+)?(?:, (?:left|right) [a-z]+)?$", re.IGNORECASE)
_LAST = re.compile(r"^Last one(?: each side(?:: |$)| ?, |$)(?:(?:left|right)(?: [a-z]+)?(?:, |$)){0,2}$")
_NEXT = re.compile(r"^(?:Next|First): (?P<what>.+)$")


class MisheardError(Exception):
    """What was heard makes no sense."""


@dataclass(frozen=True)
class HeardSet:
    """One set, as it was understood."""

    exercise: str
    set: int
    sets: int
    round: int | None
    rounds: int | None
    side: str | None
    reps: tuple[tuple[int, str | None], ...] = ()
    """Number and, where the side changes at every rep, side."""
    holds: tuple[float, ...] = ()
    """How long each hold was."""
    rest_s: float = 0.0
    """Of the rest before it."""
    counted_on: int | None = None
    """The reps that had been announced."""


@dataclass
class Listener:
    """Understands one session.

    Args:
        names: Of all exercises there are.
        slower: So many times the estimate is what the voice takes.
    """

    names: Collection[str]
    slower: float = 1.0
    """So many times the estimate is what the voice takes."""
    sets: list[HeardSet] = field(default_factory=list)
    _next: HeardSet | None = None
    """The set that was announced, and has not begun."""
    _now: HeardSet | None = None
    _turn: str | None = None
    """The side that was told before its rep."""
    _last: int | None = None
    """The rep that was told to be the last one."""

    def listen(self, cues: Iterable[Cue]) -> list[HeardSet]:
        """Rebuild the sets from all that is heard."""
        for tone, length_s, sentences, moments in _steps(cues, self.slower):
            if tone is Tone.REST:
                self._lead(length_s, sentences, moments)
            elif tone is Tone.SWITCH:
                self._switch(sentences)
            elif tone is Tone.EXERT:
                self._rep(sentences)
            elif tone is Tone.HOLD:
                self._hold(length_s, sentences)
            elif tone is Tone.END:
                self._close()
                self._end(sentences)
        return self.sets

    def _close(self) -> None:
        now, self._now = self._now, None
        if now is None:
            return
        per_side = max((number for number, _ in now.reps), default=None)
        if now.counted_on is not None and per_side != now.counted_on:
            raise MisheardError(f"{now.counted_on} reps were announced, {per_side} were heard")
        if per_side is not None and per_side > 1 and self._last != per_side:
            raise MisheardError(f"rep {per_side} was the last one, and was not told to be")
        self._last = None
        if len(set(now.holds)) > 1:
            raise MisheardError(f"the holds differ: {now.holds}")
        self.sets.append(now)

    def _lead(self, length_s: float, sentences: Sequence[str], moments: Sequence[float]) -> None:
        self._close()
        before = self._next or (self.sets[-1] if self.sets else None)
        found = (
            replace(before, reps=(), holds=(), rest_s=self._next.rest_s if self._next else 0.0)
            if before
            else None
        )
        for place, text in enumerate(sentences):
            if name := self._name(text, place):
                again = before is not None and before.exercise == name and self._next is not None
                found = found or HeardSet(name, 1, 1, None, None, None)
                if not again:
                    found = replace(found, exercise=name, set=1, sets=1, side=None, counted_on=None)
            if found is None:
                continue
            found = self._detail(found, text, length_s, moments[place])
        self._next = found

    def _detail(self, found: HeardSet, text: str, length_s: float, told_s: float) -> HeardSet:
        """Something about the set that comes."""
        if match := _REST.match(text):
            mostly = length_s - told_s >= MOSTLY * length_s
            _check_rest(_seconds(match), length_s if mostly else length_s - told_s)
            found = replace(found, rest_s=length_s)
        if (
            text.startswith("Short pause") or text == "Rest a moment"
        ):  # called back before there was time to rest
            found = replace(found, rest_s=length_s)
        if text == "Rest":
            _check_rest(0.0, length_s - told_s, within_s=10.0)
            found = replace(found, rest_s=length_s)
        if match := _SET.search(text):
            found = replace(found, set=int(match[1]), sets=int(match[2]))
            self._understand_sets(found)
        if match := _ROUND.search(text):
            found = replace(found, round=int(match[1]), rounds=int(match[2]))
            self._understand_rounds(found)
        if match := _ROUNDS.match(text):
            rounds = int(match[1]) if match[1] else NUMBERS.index(match[2].lower())
            found = replace(found, round=1, rounds=rounds)
        if match := _SIDE.search(text):
            found = replace(found, side=match[1].lower())
        if match := _REPS.match(text):
            found = replace(found, sets=int(match[1] or 1), counted_on=int(match[2]))
        if match := _HOLDS.match(text):
            found = replace(found, sets=int(match[1]))
        return found

    def _understand_sets(self, now: HeardSet) -> None:
        """Who missed how many sets there are hears it with the second."""
        for place in range(len(self.sets) - 1, -1, -1):
            before = self.sets[place]
            if before.exercise != now.exercise or before.set >= now.set + 1:
                break
            self.sets[place] = replace(before, sets=now.sets)

    def _understand_rounds(self, now: HeardSet) -> None:
        """The same of the rounds: all since this exercise was first done are of the first one."""
        names = [each.exercise for each in self.sets]
        if now.round == 2 and now.exercise in names:
            for place in range(names.index(now.exercise), len(self.sets)):
                self.sets[place] = replace(self.sets[place], round=1, rounds=now.rounds)

    def _name(self, text: str, place: int) -> str | None:
        """The exercise that a sentence names as what comes."""
        if text in self.names:
            return text
        match = _NEXT.match(text)
        if match is None:
            return None
        what = match["what"].split(", with ")[-1].split(", set ")[0]
        return what if what in self.names else None

    def _switch(self, sentences: Sequence[str]) -> None:
        sides = [match[1].lower() for text in sentences if (match := _SIDE.search(text))]
        if not sides:  # within a set: the rep tells the side, or it is told just before
            self._turn = next((each for text in sentences if (each := _side_of(text))), None)
            return
        self._close()
        self._next = replace(self.sets[-1], side=sides[0], reps=(), holds=(), rest_s=0.0)

    def _rep(self, sentences: Sequence[str]) -> None:
        if self._next is not None:
            self._close()
            self._now, self._next = self._next, None
        if self._now is None:
            raise MisheardError("a rep of no set")
        if not sentences and self._now.reps:
            return
        if not sentences:
            raise MisheardError("a rep without a number")
        side = next((each for text in sentences[:2] if (each := _side_of(text))), self._turn)
        self._turn = None
        before = self._now.reps[-1] if self._now.reps else (0, None)
        second = side == "right" and before[1] == "left"
        expected = before[0] if second else before[0] + 1
        is_last = any(_LAST.match(text) for text in sentences)
        said = next((number for text in sentences if (number := _number(text)) is not None), None)
        if said is None and not is_last and not second and expected > 1:
            return  # another effort in the same rep; of reps that were not counted too few are heard
        if self._last is not None and not second:
            raise MisheardError("there was a rep after the last one")
        number = expected if said is None else said
        if number != expected:
            raise MisheardError(f"rep {number} came where {expected} was expected")
        if is_last:
            self._last = number
        self._now = replace(self._now, reps=(*self._now.reps, (number, side)))

    def _hold(self, length_s: float, sentences: Sequence[str]) -> None:
        for text in sentences:
            if match := _HOLD.match(text):
                _check(_seconds(match), length_s, "hold")
                if self._next is None and self._now is not None and len(self._now.reps) == 1:
                    self._now = replace(self._now, reps=())  # what was taken for a rep is its way in
                    continue
                if self._next is None:
                    raise MisheardError("a hold of no set")
                sides = [found[1].lower() for each in sentences if (found := _SIDE.search(each))]
                if sides and sides[0] != self._next.side:
                    raise MisheardError(f"{sides[0]} was not announced")
                self._now, self._next = self._next, None
        if self._now is None:
            raise MisheardError("a hold of nothing")
        self._now = replace(self._now, holds=(*self._now.holds, length_s))

    def _end(self, sentences: Sequence[str]) -> None:
        told = next((re.match(r"(\d+) of", text) for text in sentences if " of " in text), None)
        if told is None or int(told[1]) != len(self.sets):
            raise MisheardError(f"{len(self.sets)} sets were heard, and not as many were told")


def _steps(cues: Iterable[Cue], slower: float) -> list[tuple[Tone, float, list[str], list[float]]]:
    """Each new beginning, how long it lasts, the sentences said in it, and how far into it each begins."""
    begun: list[tuple[Tone, float, list[str], list[float]]] = []
    for cue in cues:
        if cue.tone in STEPS and cue.tone is not None:
            begun.append((cue.tone, cue.at_s, [], []))
        elif cue.text and begun:
            _tone, begins_s, texts, moments = begun[-1]
            said = ""
            for part in re.split(r"(?<=[.?!]) ", cue.text):
                texts.append(part.rstrip("."))
                moments.append(cue.at_s - begins_s + speech_s(said) * slower)
                said = f"{said} {part}".strip()
    ends = [at_s for _, at_s, _, _ in begun[1:]] + [begun[-1][1] if begun else 0.0]
    return [
        (tone, round(end_s - at_s, 3), texts, moments)
        for (tone, at_s, texts, moments), end_s in zip(begun, ends, strict=True)
    ]


def _side_of(text: str) -> str | None:
    match = _TURN.search(text)
    return match[1].lower() if match else None


def _number(text: str) -> int | None:
    """The rep that a sentence counts: `Two`, `Two, left`."""
    word = text.split(", ", maxsplit=1)[0]
    if word == "Second one":
        return 2
    if word.isdigit():
        return int(word)
    return NUMBERS.index(word.lower()) if word.lower() in NUMBERS else None


def _seconds(match: re.Match[str]) -> float:
    minutes, seconds = match.groups()[-2:]
    return int(minutes or 0) * 60 + float(seconds or 0)


def _check(said_s: float, lasted_s: float, what: str) -> None:
    if abs(said_s - lasted_s) > 0.05:
        raise MisheardError(f"a {what} of {said_s} s lasted {lasted_s} s")


def _check_rest(said_s: float, left_s: float, *, within_s: float = 5.0) -> None:
    """A rest is told rounded down: all of it, or what is left where much of it is over."""
    if not -1.05 <= left_s - said_s < within_s:
        raise MisheardError(f"of a rest of {said_s} s {left_s:.1f} s were left")
