"""What somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 40
"""A word longer than this is no slip of the finger, and comparing takes long."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word that is nearest to this one, or nothing."""
    if len(word) > _LONGEST:
        return ""
    import difflib  # noqa: PLC0415 - 3 ms that only a mistake needs

    by_lower = {candidate.lower(): candidate for candidate in known}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else ""


def suggestion(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: `; did you mean 'hold'?`, or nothing."""
    meant = did_you_mean(word, known)
    return f"; did you mean '{meant}'?" if meant else ""
