"""Cues that keep out of each other's way: when a tone sounds, and which words there is time for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from backtimer.core.speech.cues import TONE_LEAD_S, Cue, CuePart, Priority, Tone
from backtimer.core.speech.languages import v
from backtimer.core.speech.marks import NEAR_S
from backtimer.core.speech.phrases import RESTED_S, rest_words
from backtimer.core.speech.pieces import (
    BEGIN_S,
    MUST,
    Length,
    Piece,
    Why,
    by_language,
    forms,
    kept,
    must_text,
    sentences_of,
)
from backtimer.core.speech.shortening import (
    along_in,
    briefly,
    easier_once,
    ever_shorter,
    laid_out_in,
    not_easier,
    uncounted,
    watching_one,
    watching_two,
)
from backtimer.values import NamedTuple

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
    return at_s + tone.clear_s, at_s + TONE_LEAD_S


def by_moment(cues: Iterable[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: cue.at_s)


def pieces_of(cues: Iterable[Cue]) -> list[Piece]:
    """What cues say, in pieces."""
    return [Piece(Why[part.why.upper()], part.text) for cue in cues for part in cue.parts]


class Delivery:
    """Makes the cues of one session, and knows until when something is being said.

    Args:
        length: How long it takes to say a text.
        on_cut: Told what is cut short, by the moment when its last words were to begin, and when that is.
    """

    def __init__(
        self, length: Length, on_cut: Callable[[float, float], None] = lambda since_s, at_s: None
    ) -> None:
        self.length = length
        self._on_cut = on_cut
        self.busy_s = -math.inf
        """Until when something is being said."""
        self._spans: list[tuple[float, float]] = []
        """From when to when words are said, those to come included."""

    def turn_back(self, by_s: float) -> None:
        """The clock of the moments went back by so much."""
        self.busy_s -= by_s
        self._spans = [(begins_s - by_s, ends_s - by_s) for begins_s, ends_s in self._spans]

    def fall_silent(self, at_s: float) -> None:
        """Nothing is said from here on that was to be said."""
        self.busy_s, self._spans = at_s, []

    def is_talking(self, at_s: float) -> bool:
        """Whether something that was more needed is still being said, or about to be."""
        return self.busy_s > at_s + NEAR_S

    def was_talking(self, at_s: float) -> bool:
        """The same of what had begun before, rather than of what belongs to this very moment."""
        return any(begins_s < at_s - NEAR_S and ends_s > at_s + NEAR_S for begins_s, ends_s in self._spans)

    def _says(self, begins_s: float, ends_s: float) -> None:
        self._spans.append((begins_s, ends_s))
        self.busy_s = max(end for _, end in self._spans)

    def _next_words_s(self, at_s: float) -> float:
        """When the next words begin that are to come already."""
        return min((begins_s for begins_s, _ in self._spans if begins_s > at_s + NEAR_S), default=math.inf)

    def tone(self, at_s: float, tone: Tone, priority: Priority = Priority.NOW, *, cuts: bool = False) -> Cue:
        """A tone at its moment; one that cuts ends what is being said."""
        if cuts:
            self.cut(at_s)
        return Cue(at_s, at_s + LATE_S, priority, tone=tone, cuts=cuts)

    def cut(self, at_s: float) -> None:
        """End what is being said, so that its last words may be told again."""
        if self.is_talking(at_s):
            self._on_cut(self._spans[-1][0] if self._spans else at_s, at_s)
        self.fall_silent(at_s)

    def breath(self, at_s: float, tone: Tone, seconds: float, *, lead: bool) -> Cue:
        """A breath; `lead`: another tone begins at its moment."""
        lead_s = TONE_LEAD_S if lead else 0.0
        at_s, seconds = at_s + lead_s, max(seconds - lead_s, 0.1)
        return Cue(at_s, at_s + LATE_S, Priority.HELPFUL, tone=tone, seconds=seconds)

    def text(
        self,
        at_s: float,
        pieces: Sequence[Piece],
        priority: Priority,
        until_s: float = math.inf,
        *,
        cuts: bool = False,
        shorter: Sequence[str] = (),
        latest_s: float = -math.inf,
    ) -> Cue:
        """Words of one language at their moment, and until when they are worth beginning with.

        Args:
            at_s: The moment.
            pieces: The words.
            priority: How much they matter.
            until_s: By when they must be over.
            cuts: Whether they silence what was before.
            shorter: The same in fewer words, the best first, for when it is too late for all of them.
            latest_s: Until when the last of those are worth beginning with, even if they are over too late.
        """
        text = sentences_of(pieces)
        ends_s = at_s + self.length(text)
        self._says(at_s, ends_s)
        parts = tuple(CuePart(piece.why, piece.said, piece.about) for piece in pieces)
        language = pieces[0].language
        if priority in (Priority.NOW, Priority.KIND):
            late_s = at_s + LATE_S
            return Cue(at_s, late_s, priority, text=text, cuts=cuts, parts=parts, language=language)
        latest_s = max(at_s, latest_s, until_s - self.length(shorter[-1] if shorter else text))
        return Cue(
            at_s,
            latest_s,
            priority,
            text,
            cuts=cuts,
            shorter=tuple(shorter),
            over_s=until_s,
            parts=parts,
            language=language,
        )

    def first_that_fits(
        self,
        starts_s: Sequence[float],
        choices: Iterable[Sequence[Piece]],
        until_s: float,
        priority: Priority = Priority.NEEDED,
    ) -> list[Cue]:
        """The first of several ways to say something that is over in time; nothing, if none is.

        Args:
            starts_s: When it can begin, the best first.
            choices: What could be said, the best first.
            until_s: What comes next.
            priority: How much it matters.
        """
        until_s = min(until_s, self._next_words_s(starts_s[-1])) - AIR_S
        left = iter(choices)
        for pieces in left:
            text = sentences_of(pieces)
            for start_s in starts_s if text else ():
                if start_s + self.length(text) > until_s:
                    continue
                if any(piece.then_s for piece in pieces[:-1]):
                    over = Until(until_s + 2 * AIR_S, until_s + 2 * AIR_S)
                    return self._with_time_to_obey(start_s, list(pieces), pieces, over, until_s, cuts=False)
                others = map(sentences_of, left) if priority is Priority.NEEDED else ()
                shorter = ever_shorter(text, others)
                return self._in_languages(start_s, pieces, priority, until_s, shorter=shorter)
        return []

    def _in_languages(
        self,
        start_s: float,
        pieces: Sequence[Piece],
        priority: Priority,
        until_s: float,
        *,
        cuts: bool = False,
        shorter: Sequence[str] = (),
        latest_s: float = -math.inf,
    ) -> list[Cue]:
        """A cue for all that is said in one go or, where its languages differ, one for each of them."""
        groups = list(by_language(piece for piece in pieces if piece.text))
        if len(groups) == 1:
            return [
                self.text(
                    start_s, groups[0], priority, until_s, cuts=cuts, shorter=shorter, latest_s=latest_s
                )
            ]
        cues: list[Cue] = []
        for number, some in enumerate(groups):
            cues.append(self.text(start_s, some, priority, until_s, cuts=cuts and not number))
            start_s += self.length(sentences_of(some)) + AIR_S
        return cues

    def sentences(
        self,
        starts_s: Sequence[float],
        pieces: Sequence[Piece],
        until: Until,
        *,
        kind: Sequence[Piece] = (),
        cuts: bool = False,
    ) -> list[Cue]:
        """As many of the pieces as there is time for, with time to obey where a piece asks for that.

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
        on_time = end_s <= until.soft_s - AIR_S  # else at once, before what has to be silent for it
        for best_s in reversed(starts_s if on_time else starts_s[-1:]):
            if best_s + self._lasts(said) <= end_s:
                start_s = best_s
        cues: list[Cue] = []
        if kind:
            everything = kept(pieces, None)
            outs = sum(1 for _ in takewhile(lambda piece: piece.why is Why.WAY_OUT, everything))
            first, others = everything[:outs], everything[outs:]
            kind_s = self.length(sentences_of(kind)) + (2 if outs else 1) * _KIND_AIR_S
            all_s = self._lasts(everything) + _stills_s(everything)
            held = any(piece.then_s for piece in first)  # to let go takes its time: no praise meanwhile
            if others and not held and start_s + kind_s + all_s + BEGIN_S <= until.soft_s - AIR_S:
                if first:
                    cues += self._in_languages(start_s, first, Priority.NEEDED, end_s)
                    start_s += self._lasts(first) + _KIND_AIR_S
                cues.append(self.text(start_s, kind, Priority.KIND))
                start_s, said = start_s + self.length(sentences_of(kind)) + _KIND_AIR_S, others
        return [*cues, *self._with_time_to_obey(start_s, said, pieces, until, end_s, cuts=cuts)]

    def going_on(self, at_s: float, pieces: Sequence[Piece], until_s: float) -> list[Cue]:
        """What there is time for after a pause, in place of all that was to be said; at least what comes."""
        until, least = Until(until_s, until_s), [each for each in pieces if each.why in (Why.PAUSE, Why.NAME)]
        told = self.sentences((at_s,), pieces, until, cuts=True)
        return told or self.sentences((at_s,), least, until, cuts=True)

    def on_the_way(
        self,
        starts_s: Sequence[float],
        ends_s: float,
        pieces: list[Piece],
        until: Until,
        *,
        kind: Sequence[Piece] = (),
    ) -> list[Cue]:
        """What is told on the way, its rest with what is left of it when that is said.

        Args:
            starts_s: When it can be told, the best first; nothing of before is said any more.
            ends_s: When the rest is over.
            pieces: What there is to tell.
            until: By when it must be over.
            kind: A good word to come first.
        """
        rest = next((piece for piece in pieces if piece.why is Why.REST and piece.brief), None)
        cues = self.sentences(starts_s, pieces, until, kind=kind)
        told_s = self.moment(cues, rest) if rest is not None else None
        if rest is None or told_s is None:
            return cues
        still_s = self._still_s(cues, pieces, until) - self.length(rest.text)
        words = rest_words(ends_s - told_s, still_s, whole_s=ends_s - starts_s[-1])
        if words == rest.text:
            return cues
        self.fall_silent(starts_s[-1])  # it is told in other words, so nothing of it was said yet
        at = pieces.index(rest)
        pieces[at] = rest._replace(text=words)
        said = self._fit(starts_s[-1], pieces, until)[0]
        if still_s < RESTED_S and not all(piece in said for piece in pieces):
            pieces[at] = rest._replace(text=v.SHORT_PAUSE)  # what to watch is needed more than its length
        return self.sentences(starts_s, pieces, until, kind=kind)

    def _still_s(self, cues: Sequence[Cue], pieces: Sequence[Piece], until: Until) -> float:
        """How long one rests, from the rest on, before one is called back; endless, where one is not."""
        told = next(at for at, piece in enumerate(pieces) if piece.why is Why.REST)
        back = next((piece for piece in pieces[told + 1 :] if piece.why is Why.SETUP), None)
        called_s = None if back is None else self.moment(cues, back)
        if called_s is None:
            return math.inf
        return called_s - (self.moment(cues, pieces[told]) or called_s)

    def over_by(self, cues: Iterable[Cue], at_s: float) -> list[str]:
        """The sentences of some cues that are said by a moment."""
        found: list[str] = []
        for cue in cues:
            texts = [part.text for part in cue.parts]
            for count, text in enumerate(texts, 1):
                if cue.at_s + self.length(" ".join(texts[:count])) <= at_s:
                    found.append(text)
        return found

    def moment(self, cues: Iterable[Cue], piece: Piece) -> float | None:
        """When a piece is said; None: it is not."""
        for cue in cues:
            texts = [part.text for part in cue.parts]
            if piece.said in texts:
                before = texts[: texts.index(piece.said)]
                return cue.at_s + (self.length(" ".join(before)) if before else 0.0)
        return None

    def _with_time_to_obey(
        self,
        start_s: float,
        said: list[Piece],
        pieces: Sequence[Piece],
        until: Until,
        end_s: float,
        *,
        cuts: bool,
    ) -> list[Cue]:
        on_time = end_s <= until.soft_s - AIR_S
        spoken_s = sum(self._lasts(group) + AIR_S for group in _up_to_silences(said))
        said = _waiting_before_the_last(said, end_s - start_s - spoken_s)
        groups = _up_to_silences(said)
        waits = not math.isfinite(end_s) and said[-1].why is not Why.END  # it may be over at any moment
        if not groups[1:] or not on_time or waits:
            return self._needed(start_s, said, pieces, until, end_s, cuts=cuts)
        left_s = end_s - start_s - sum(self._lasts(group) + AIR_S for group in groups)
        groups = _up_to_silences(_with_silences_in(left_s - _settling_s(said), said))
        if not groups[1:]:
            return self._needed(start_s, said, pieces, until, end_s, cuts=cuts)
        cues: list[Cue] = []
        for group in groups:
            cues += self._needed(start_s, group, group, until, end_s, cuts=cuts and not cues)
            start_s += self._lasts(group) + group[-1].then_s
        return cues

    def _needed(
        self,
        start_s: float,
        said: Sequence[Piece],
        pieces: Sequence[Piece],
        until: Until,
        end_s: float,
        *,
        cuts: bool = False,
    ) -> list[Cue]:
        """Words that are said in a shorter form where they are late."""
        shorter = ever_shorter(sentences_of(said), forms(pieces))
        must = must_text(pieces) or must_text(pieces, MUST)
        latest_s = until.hard_s - AIR_S - self.length(must) if shorter else -math.inf
        return self._in_languages(
            start_s, said, Priority.NEEDED, end_s, cuts=cuts, shorter=shorter, latest_s=latest_s
        )

    def _fit(self, start_s: float, pieces: Sequence[Piece], until: Until) -> tuple[list[Piece], float]:
        """What can be said, and by when it must be over."""
        soft_s, hard_s = until.soft_s - AIR_S, until.hard_s - AIR_S
        for fewer in (briefly, watching_two, watching_one, easier_once, not_easier, uncounted):
            # she has no time to obey for it
            if start_s + self._lasts(pieces) + _stills_s(pieces) > soft_s:
                pieces = fewer(pieces)
        most = [piece for piece in pieces if piece.need <= MUST]
        for some, end_s, least in ((pieces, soft_s, MUST), (most, hard_s, MUST), (most, hard_s, 0)):
            said = kept(some, end_s - start_s - self._languages_s(some), self.length, least=least)
            if start_s + self._lasts(said) <= end_s:
                return said, end_s
        return [], hard_s

    def _lasts(self, pieces: Sequence[Piece]) -> float:
        """How long it takes to say them."""
        return self.length(sentences_of(pieces)) + self._languages_s(pieces)

    def _languages_s(self, pieces: Sequence[Piece]) -> float:
        """What it takes longer for being said by more than one voice."""
        changes = sum(1 for _ in by_language(piece for piece in pieces if piece.text)) - 1
        return max(changes, 0) * (AIR_S + BEGIN_S)


def _up_to_silences(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces, parted after each that has a silence to obey in; never empty at the end."""
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        groups[-1].append(piece)
        if piece.then_s:
            groups.append([])
    return [group for group in groups if group]


def _waiting_before_the_last(said: list[Piece], left_s: float) -> list[Piece]:
    """The pieces with the time that is left before one gets into place, rather than after it.

    Nobody is to wait long on hands and knees, or with a band in her hands.
    """
    at = max((at for at, piece in enumerate(said) if piece.why not in _PLACING), default=len(said))
    if at >= len(said) - 1 or not math.isfinite(left_s):
        return said
    free_s = left_s - sum(piece.then_s for piece in said[:-1]) - max(said[-1].then_s, IN_PLACE_S)
    if free_s < LEAST_STILL_S:
        return said
    return [*said[:at], said[at]._replace(then_s=said[at].then_s + free_s), *said[at + 1 :]]


def _settling_s(said: Sequence[Piece]) -> float:
    """What is kept for the last thing that is to be done, before the count."""
    return max(said[-1].then_s, IN_PLACE_S / 2) if said[-1].why in _PLACING else 0.0


def _with_silences_in(left_s: float, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with silences that fit in a time: those to lay something out are shortened first."""
    laying_s = sum(piece.then_s for piece in pieces[:-1] if piece.why is Why.EQUIPMENT)
    others_s = sum(piece.then_s for piece in pieces[:-1]) - laying_s
    laying = min(max((left_s - others_s) / laying_s, LEAST_LAYING), 1.0) if laying_s else 0.0
    pieces = [laid_out_in(piece, laying) for piece in pieces]
    asked_s = others_s + laying * laying_s
    share = min(max(left_s / asked_s, 0.0), MOST_SILENCE) if asked_s else 0.0
    shared = [piece._replace(then_s=piece.then_s * share) for piece in pieces]
    return [each if each.then_s >= LEAST_STILL_S else each._replace(then_s=0.0) for each in shared]


def _stills_s(pieces: Sequence[Piece]) -> float:
    """What there is at least of silence to move and to lay something out, where that is told."""
    if not any(piece.then_s and piece.why in (Why.EQUIPMENT, Why.POSITION) for piece in pieces):
        return 0.0
    told = [along_in(laid_out_in(piece, LEAST_LAYING), LEAST_LAYING) for piece in pieces[:-1]]
    stills_s = [piece.then_s + SPLIT_S for piece in told if piece.then_s]
    last_s = _settling_s(pieces)
    takes = last_s > IN_PLACE_S / 2  # hold of a leg, say: that is more than to come into place
    return sum(stills_s) + (last_s if takes else 0.0)


SPLIT_S = 0.1
"""To say something in two parts takes so much longer, at most, than in one."""

IN_PLACE_S = 4.0
"""So long one is in place, at most, before the count where there is time to spare."""

_PLACING = frozenset({Why.POSITION, Why.SETUP, Why.EQUIPMENT, Why.RESTED})

LEAST_LAYING = 0.5
"""So much of the time to lay something out there is at least, before moves become shorter for it."""

MOST_SILENCE = 1.5
"""So many times what a silence was asked for it is, at most, where there is time to spare."""

LEAST_STILL_S = 1.0
"""A shorter silence is none in which anything could be done."""

_KIND_AIR_S = 0.4
