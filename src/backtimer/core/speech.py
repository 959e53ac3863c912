"""How long it takes to say something, and what to leave out when there is less time than that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from backtimer.core.words import sentence

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


def _shortened(piece: Piece) -> Piece:
    return Piece(piece.need, piece.brief or piece.text)
