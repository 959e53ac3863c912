"""Times as people say them, and how they are written: `half an hour` is `30m`, `1,5 Stunden` is `1.5h`."""

from __future__ import annotations

import re

from backtimer.core.plan.units import DASHES, SPELT, UNIT_WORDS, UnitError, parse_duration

MOST_WORDS = 6
"""Of a time that is told in words: `three quarters of an hour`, with one to spare."""

_UNITS = {
    **UNIT_WORDS,
    **dict.fromkeys(("std", "stunde", "stunden", "heure", "heures", "hora", "horas", "ora", "ore"), "h"),
    **dict.fromkeys(("minuten", "minuto", "minutos", "minuti", "minuut"), "m"),
    **dict.fromkeys(("sek", "sekunde", "sekunden", "seconde", "secondes", "segundos", "secondi"), "s"),
}
"""What a unit is called, also in other languages: their numbers are ours."""

_UNIT = "(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")(?![a-z])\.?"
_ONES = {word: said for word, said in SPELT.items() if said.isdigit() and word.isalpha()}
_TENS = {word: said for word, said in _ONES.items() if len(said) == 2 and said.endswith("0") and said != "10"}
_IN_TENS = rf"\b({'|'.join(_TENS)})[ -]({'|'.join(word for word, said in _ONES.items() if len(said) == 1)})\b"
_IN_WORDS = rf"\b({'|'.join(sorted(_ONES, key=len, reverse=True))})(?= (?:and a half )?{_UNIT})"
_FRACTIONS = {"\u00bd": ".5", "\u00bc": ".25", "\u00be": ".75"}
_TIMES = r"([0-9]{1,2}) ?(?:[x\u00d7*]|times) ?([0-9]{1,4}(?:\.[0-9]{1,2})?) ?([hms])\Z"
_ELSEWHERE = {
    **dict.fromkeys(("eine halbe stunde", "halbe stunde", "une demi-heure", "media hora", "mezz'ora"), "30m"),
    **dict.fromkeys(("eine viertelstunde", "viertelstunde", "un quart d'heure"), "15m"),
    **dict.fromkeys(("eine dreiviertelstunde", "dreiviertelstunde"), "45m"),
    **dict.fromkeys(("eine stunde", "une heure", "una hora", "un'ora"), "1h"),
    **dict.fromkeys(("anderthalb stunden", "eineinhalb stunden"), "90m"),
}


def time_in_words(text: str) -> str:
    """A time in words, with a comma or so many times, as it is to be written; empty: it is right, or none."""
    if _is_time(text):
        return ""
    said = " ".join(text.lower().translate(DASHES).split())
    said = re.sub(_IN_TENS, lambda found: str(int(_TENS[found[1]]) + int(_ONES[found[2]])), said)
    said = re.sub(_IN_WORDS, lambda found: _ONES[found[1]], said)
    said = re.sub(rf"([0-9]+) and a half (?={_UNIT})", r"\1.5", said)
    said = re.sub(r"(?<=[0-9]) ?[\u00bd\u00bc\u00be]", lambda found: _FRACTIONS[found[0].strip()], said)
    said = re.sub(rf"(?<=[0-9]) ?{_UNIT}", lambda found: _UNITS[found[1]], said)
    said = re.sub(r"(?<=[hm]) and (?=[0-9])", " ", said)
    said = SPELT.get(said) or _ELSEWHERE.get(said) or re.sub("(?<=[0-9]),(?=[0-9])", ".", said)
    if found := re.match(_TIMES, said):
        said = f"{round(int(found[1]) * float(found[2]), 2):g}{found[3]}"
    return said if said[-1:] in ("h", "m", "s") and _is_time(said) else ""


_LEADING = frozenset(("for", "of", "about"))
"""Words before a time that belong to it."""


def find_time(text: str) -> tuple[str, str, str]:
    """The first time in words within a text, what stands before it, and what behind; or nothing."""
    words = text.split()
    for first in range(len(words)):
        for end in range(min(len(words), first + MOST_WORDS), first, -1):
            said = " ".join(words[first:end]).rstrip(".,;!")
            if said.lower() != "minute" and (time := time_in_words(said)):  # `last minute` is none
                before = words[: first - 1 if first and words[first - 1].lower() in _LEADING else first]
                return time, " ".join(before), " ".join(words[end:])
    return "", "", ""


def _is_time(text: str) -> bool:
    try:
        parse_duration(text)
    except UnitError:
        return False
    return True
