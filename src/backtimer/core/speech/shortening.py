"""How what is told becomes shorter, where there is no time for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backtimer.core.speech.pieces import Piece, Why

LEAST_ALONG = 0.5
"""So much of her time who rested has at least: she catches up while things are laid out."""


def laid_out_in(piece: Piece, share: float) -> Piece:
    """With so much of the time to lay out what it is about; other silences stay as they are."""
    return piece._replace(then_s=piece.then_s * share) if piece.why is Why.EQUIPMENT else piece


def along_in(piece: Piece, share: float) -> Piece:
    """With so much of the time to come along, for who rested."""
    if piece.why is not Why.RESTED:
        return piece
    return piece._replace(then_s=piece.then_s * max(share, LEAST_ALONG))


def watching(pieces: Sequence[Piece], most: int) -> list[Piece]:
    """With the first things to watch only."""
    watched = [at for at, piece in enumerate(pieces) if piece.why is Why.WATCH][most:]
    return [piece for at, piece in enumerate(pieces) if at not in watched]


def watching_two(pieces: Sequence[Piece]) -> list[Piece]:
    """With two things to watch at most: a third one is told before a later set."""
    return watching(pieces, 2)


def watching_one(pieces: Sequence[Piece]) -> list[Piece]:
    """With one thing to watch at most: what to do when it hurts, or is too much, is needed more."""
    return watching(pieces, 1)


def easier_once(pieces: Sequence[Piece]) -> list[Piece]:
    """With the first way to make it easier only: more are told in a rest."""
    easier = [piece for piece in pieces if piece.why is Why.EASIER][1:]
    return [piece for piece in pieces if piece not in easier]


def not_easier(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.why is not Why.EASIER]


def briefly(pieces: Sequence[Piece]) -> list[Piece]:
    """Where something is to be laid out: how much it is, and what comes, in few words."""
    return [
        piece._replace(text=piece.brief or piece.text) if piece.why in (Why.AMOUNT, Why.NEXT) else piece
        for piece in pieces
    ]


def uncounted(pieces: Sequence[Piece]) -> list[Piece]:
    """The same without how much it is: that is counted aloud anyway."""
    return [piece for piece in pieces if piece.why is not Why.AMOUNT]


def ever_shorter(text: str, others: Iterable[str]) -> tuple[str, ...]:
    """Those of several texts that are shorter than a text, and than each other."""
    found: list[str] = []
    for other in others:
        if other and len(other) < len(found[-1] if found else text):
            found.append(other)
    return tuple(found)
