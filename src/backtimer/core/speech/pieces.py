"""What is told, in pieces: why each is said, how badly it is needed, and what is left of it in a hurry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Self

from backtimer.core.speech.phrases import lower, sentence
from backtimer.values import NamedTuple


class Why(StrEnum):
    """Why something is said, in the order in which it is needed: what is said last is the first to go."""

    need: int

    def __new__(cls, name: str, need: int) -> Self:
        """Equal to its name; how badly it is needed goes with it, and 0 is always said."""
        why = str.__new__(cls, name)
        why._value_ = name
        why.need = need
        return why

    NAME = "name", 0
    POSITION = "position", 0
    """How to get into it."""
    SIDE = "side", 0
    PHASE = "phase", 0
    """What to do just now."""
    REST = "rest", 0
    COUNT = "count", 0
    PAUSE = "pause", 0
    HURT = "hurt", 0
    END = "end", 0
    NEXT = "next", 1
    """What comes after a rest."""
    WAY_OUT = "way_out", 1
    RESTED = "rested", 1
    """How to come along, for who left out the exercise before."""
    LEFT = "left", 2
    """What left means: of an arm and a leg, say."""
    EQUIPMENT = "equipment", 3
    """What to lay out, to set up, or to put aside."""
    SETUP = "setup", 4
    """The hands, the feet, the head, once one is in position."""
    MOVEMENT = "movement", 4
    NOTE = "note", 5
    """Of the routine, and whether to ask somebody first."""
    BREATH = "breath", 6
    EASIER = "easier", 6
    """What to do who has too much of it."""
    WATCH = "watch", 7
    TIME = "time", 7
    """How much of it is left."""
    AMOUNT = "amount", 8
    """It is counted aloud anyway."""
    HARDER = "harder", 9
    """What more there is for whom a set was easy."""
    KEYS = "keys", 9
    PRAISE = "praise", 10


MUST = Why.NEXT.need
"""What is needed this badly is said even where a halfway mark or a count has to be silent for it."""

FOR_SHORT = frozenset(Why) - {Why.WATCH, Why.EASIER, Why.HARDER, Why.KEYS, Why.PRAISE}
"""What is told to one who wants to hear no more than one must know."""


class Piece(NamedTuple):
    """Words that are said as a sentence or a few, or left out as a whole."""

    why: Why
    text: str
    brief: str = ""
    """The same in fewer words, tried before it is left out."""
    language: str = ""
    """Of the words, as a tag like `nl`; empty: the coach's own."""
    then_s: float = 0.0
    """So much silence comes after it, where there is time: to do it, before more is told."""
    tells: str = ""
    """The sentence of an exercise or a routine that it tells; who has heard that is not told again."""
    about: str = ""
    """The id of the exercise that it is about, where that is not the one that comes."""

    @property
    def need(self) -> int:
        """How badly it is needed: 0 is always said, the largest number is left out first."""
        return self.why.need

    @property
    def is_long(self) -> bool:
        """Whether it takes much of the time on the way: what to do, or to let go of what the hands hold."""
        return self.why is Why.MOVEMENT or (self.why is Why.WAY_OUT and self.then_s > 0.0)

    @property
    def said(self) -> str:
        """The words as a sentence."""
        return sentence(self.text)

    def for_one(self) -> Piece:
        """The same, for one of whom is known where she is: the way without words about others."""
        return self._replace(text=self.brief, brief="") if self.why is Why.POSITION and self.brief else self

    def with_still(self, seconds: float) -> Piece:
        """The same, with so much silence after it."""
        return self._replace(then_s=seconds)


def joined(texts: Iterable[str]) -> str:
    """Texts as sentences, those that are empty left out."""
    return " ".join(sentence(text) for text in texts if text)


_ENDS = re.compile(r"[.!…](\s+)")

_GOES_ON = re.compile(r"\d|[^\W\d_]\.")
"""What begins no sentence: a number, and one letter with a full stop (`z. B.`)."""

_SHORT_FOR = re.compile(
    r"(?:^|[\s(])(?:(?:[^\W\d_]\.\s?)+[^\W\d_]|approx|ca|nr|vs|resp|incl|excl|bzw|evtl|ggf|"
    r"dr|mr|mrs|ms|prof|st|dipl)\.$",
    re.IGNORECASE,
)
"""A word that is cut off (`approx.`), or letters in place of some (`e.g.`), at the end of a text."""


def singly(texts: Iterable[str]) -> Iterator[str]:
    """Sentence by sentence, also where a file has several in one text; an answer goes with its question.

    A full stop ends none where a word is cut off, or where what follows begins small, or with a number.
    """
    for text in map(str.strip, texts):
        begins = 0
        for end in _ENDS.finditer(text):
            before, after = text[begins : end.start() + 1], text[end.end() :]
            goes_on = _GOES_ON.match(after) or after[:1].islower() or _SHORT_FOR.search(before)
            if not (before[-1] == "." and goes_on):
                yield sentence(before)
                begins = end.end()
        if text[begins:]:
            yield sentence(text[begins:])


def sentences_of(pieces: Iterable[Piece]) -> str:
    """All of the pieces as sentences."""
    return joined(piece.text for piece in pieces)


# As calm voices of about 155 words a minute take it.
BEGIN_S = 0.14
_LETTER_S = 0.065
_DIGIT_S = 0.30
_STOP_S = 0.48
_COMMA_S = 0.32

_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_STOP = re.compile(r"[.:;!?…](?=\s)")
_COMMA = re.compile(r",(?=\s)")

Length = Callable[[str], float]
"""Seconds that it takes to say a text."""


@lru_cache(maxsize=4_096)  # the texts of a session come again and again
def speech_s(text: str) -> float:
    """Seconds of calm speech that a text takes, estimated."""
    if not text.strip():
        return 0.0
    costs = ((_LETTER, _LETTER_S), (_DIGIT, _DIGIT_S), (_STOP, _STOP_S), (_COMMA, _COMMA_S))
    return BEGIN_S + sum(len(sign.findall(text)) * seconds for sign, seconds in costs)


def kept(
    pieces: Iterable[Piece], room_s: float | None, length: Length = speech_s, *, least: int = 0
) -> list[Piece]:
    """The pieces that can be said in the time, shortened and left out by need.

    Of several that are needed as badly, the last one goes first.

    Args:
        pieces: What there is to say, in order.
        room_s: The time there is; None: everything is said.
        length: How long it takes to say a text.
        least: What is needed this badly stays, even if it takes longer.
    """
    left = [piece for piece in pieces if piece.text]
    while room_s is not None and left and length(sentences_of(left)) > room_s:
        worst = max(piece.need for piece in left)
        if any(piece.brief for piece in left if piece.need == worst):
            left = [_shortened(piece) if piece.need == worst else piece for piece in left]
        elif worst > least:
            last = max(index for index, piece in enumerate(left) if piece.need == worst)
            del left[last]
        elif any(piece.brief for piece in left):
            left = [_shortened(piece) for piece in left]
        else:
            break
    return left


def spoken(
    pieces: Iterable[Piece], room_s: float | None, length: Length = speech_s, *, least: int = 0
) -> str:
    """The same as text."""
    return sentences_of(kept(pieces, room_s, length, least=least))


def forms(pieces: Sequence[Piece]) -> Iterator[str]:
    """The pieces as text, the least needed left out one after the other, down to what must be said."""
    for need in sorted({max(piece.need, MUST) for piece in pieces}, reverse=True):
        yield sentences_of(piece for piece in pieces if piece.need <= need)
    yield must_text(pieces, MUST)


def must_text(pieces: Iterable[Piece], need: int = 0) -> str:
    """What is needed this badly, in the fewest words."""
    return sentences_of(_shortened(piece) for piece in pieces if piece.need <= need)


def _shortened(piece: Piece) -> Piece:
    return piece._replace(text=piece.brief or piece.text, brief="")


def by_language(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces that follow each other in one language, together."""
    for _language, some in groupby(pieces, key=lambda piece: piece.language):
        yield list(some)


BARE = "{what}"
"""No sentence around them."""


def framed(piece: Piece, frame: str) -> list[Piece]:
    """A coach's sentence around words of a routine: `Next: Superman`, in pieces where languages differ.

    Args:
        piece: The routine's words.
        frame: The coach's sentence, with `{what}` in it.
    """
    if not piece.text:
        return []
    if not piece.language:
        return [piece._replace(text=frame.format(what=piece.text))]
    before, _what, after = frame.partition(BARE)
    around = [Piece(piece.why, part.strip(" ,:.")) for part in (before, after)]
    return [each for each in (around[0], piece, around[1]) if each.text]


def in_next(piece: Piece, frame: str) -> list[Piece]:
    """What holds in the next set, told in a rest; once in its frame. A question is asked as it is."""
    if "?" in piece.text or piece.text.startswith(frame.partition("{")[0]):
        return [piece]
    return framed(piece if piece.language else piece._replace(text=lower(piece.text)), frame)
