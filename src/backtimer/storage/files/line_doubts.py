"""What in a line of text may be read in two ways: it is asked, or told how it was read.

A comma stands between exercises, between the numbers of a list and, in half of the world, before the tenths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from backtimer.core.plan.routine import Exercise, Sides
from backtimer.core.plan.times_in_words import find_time
from backtimer.core.plan.units import UNIT_WORDS
from backtimer.language import _
from backtimer.storage.text import shorten

_UNIT = (
    "(?:" + "|".join(sorted((*UNIT_WORDS, "kg", "kilos?", "lbs?", "pounds?", "km", "miles?"), key=len)) + ")"
)
_COMMA = r"[0-9]{1,4}(?:,[0-9]{1,2})?"
_DECIMAL = re.compile(
    rf"(?<![0-9,./-])((?:{_COMMA} ?(?:-|\u2013|to) ?)?[0-9]{{1,4}},[0-9]{{1,2}}"
    rf"|[0-9]{{1,4}},[0-9]{{1,2}} ?(?:-|\u2013|to) ?{_COMMA}) ?{_UNIT}(?![a-z])",
    re.IGNORECASE,
)
"""`1,5 min`: without a blank behind its comma, and with a unit that belongs to all of it."""

_LAST_TIMED = re.compile(
    r"(?<![0-9x\u00d7*.:/-])(?<!, )[0-9]{1,3}(?: ?, ?[0-9]{1,3}){2,} ?(?:s|secs?|seconds?)(?![a-z0-9])"
    r"(?! ?(?:of )?(?:rest|pause|between))",
    re.IGNORECASE,
)
"""`20, 30, 40s`: are these three times, or reps and a hold?"""

_LAST_WEIGHED = re.compile(
    r"(?<![0-9x\u00d7*.:/-])(?<!, )[0-9]{1,3}(?: ?, ?[0-9]{1,3}){2,} ?(kg|kilos?|lbs?|pounds?)(?![a-z])",
    re.IGNORECASE,
)
"""`12, 10, 8 kg`: are these three loads, or reps and a load?"""

_BIG, _SMALL = (
    "|".join(sorted((word for word, unit in UNIT_WORDS.items() if unit in units), key=len, reverse=True))
    for units in ("hm", "ms")
)
_HALF_SAID = re.compile(
    rf"(?<![0-9.,:/-])([0-9]{{1,3}}) ?({_BIG})\.? ?(?:and )?([1-5][0-9])"
    r"(?![0-9]| ?[-/:\u2013]| to [0-9]|[.,][0-9])"
    rf"(?! ?(?:{_SMALL}|x(?! ?[0-9])|reps?|repetitions|times|cycles|breaths?|sets?|rounds?"
    r"|(?:rest|pause|break)(?! (?:of |for )?[0-9])|kg|kilos?|lbs?|pounds?)(?![a-z]))",
    re.IGNORECASE,
)
"""`1 min 30`: the second number has no unit."""

_NO_UNIT = re.compile(
    r"(?<![0-9.,/x\u00d7*:-])(?<!, )([0-9]),([0-9]{1,2})"
    r"(?=[ \t]*(?:[,;()\n@]|\.?\s*\Z|with\b))(?! ?, ?(?:[0-9]|max))"
)
"""`1,5` and `1,30`, with nothing behind them: a time without its unit, or the reps of two sets?"""

_CLOCKS = re.compile(
    r"\A(?P<name>[a-z -]*?) ?(?:for )?(?:[0-9].*|(?:half )?an? (?:half )?(?:hours?|minutes?).*)\Z"
)
"""A length of an activity in words, or with a unit that is missing."""


_TENTHS = 5
"""Minutes with tenths or seconds are no more than these; beyond them it is a list."""


def with_dots(line: str) -> str:
    """A line with a dot in the place of each comma before tenths."""
    return _DECIMAL.sub(lambda found: found[0].replace(",", "."), line)


def doubtful_numbers(line: str) -> Iterator[str]:
    """What of a line's numbers may be meant otherwise, a sentence for each."""
    for found in _DECIMAL.finditer(line):
        told = _("'{words}': a comma stands between exercises: write {dotted}, with a dot")
        yield told.format(words=found[0], dotted=found[0].replace(",", "."))
    for found in _HALF_SAID.finditer(line):
        if UNIT_WORDS[found[2].lower()] == "h":
            told, time = _("'{words}': write {time}, with both units"), f"{found[1]}h{found[3]}m"
        else:
            told, time = (
                _("'{words}': {number} of what? Write {time}, or {number} reps"),
                f"{found[1]}m{found[3]}s",
            )
        yield told.format(words=found[0], number=found[3], time=time)
    for found in _NO_UNIT.finditer(line):
        if int(found[1]) <= _TENTHS and (len(found[2]) == 2 or int(found[1]) < int(found[2]) <= _TENTHS):
            told = _("'{words}': a time, or the reps of two sets? Write {time}, or {reps}")
            one, other = int(found[1]), int(found[2])
            time = f"{one}m{other}s" if len(found[2]) == 2 else f"{one}.{other}m"
            yield told.format(words=found[0], time=time, reps=f"{one}/{other}")
    for found in _LAST_TIMED.finditer(line):
        numbers = re.findall("[0-9]+", found[0])
        told = _("'{words}': times, or reps and a hold? Write {times}; or {reps} hold {hold}s")
        times = ", ".join(f"{number}s" for number in numbers)
        yield told.format(words=found[0], times=times, reps="/".join(numbers[:-1]), hold=numbers[-1])
    for found in _LAST_WEIGHED.finditer(line):
        *reps, load = re.findall("[0-9]+", found[0])
        told = _(
            "'{words}': reps and a load, or several loads? Write {reps} @ {load}; loads go into the file"
        )
        yield told.format(words=found[0], reps="/".join(reps), load=f"{load} {found[1]}")


def length_in_name(name: str) -> str:
    """Of an activity, what is done, where its name has a length that was not understood; else empty."""
    found = _CLOCKS.match(name)
    return found["name"] if found else ""


def length_told(entry: str) -> str:
    """What to write in place of an activity with its length in words; empty: it has none there."""
    time, before, behind = find_time(entry)
    what = " ".join(f"{before} {behind}".split())
    return (
        _("'{entry}': how long? Write {name} {time}").format(entry=shorten(entry), name=what, time=time)
        if time
        else ""
    )


def rounds_in_rounds(entry: str) -> str:
    """That a circuit stands in another."""
    told = _("'{entry}': no rounds stand in rounds: write what is in the inner ones as often as it is done")
    return told.format(entry=shorten(entry.strip()))


def counted_breath(name: str, shown: str, says: Mapping[str, str]) -> str:
    """What is asked of `box breathing 4-4-4-4`: it is the seconds of one breath, and no list of reps."""
    if "breath" not in name or says.get("reps", "").count(",") < 2:
        return ""
    told = _("'{entry}': the seconds of a breath are 'phases' in the file: say how long, as in {name} 2m")
    return told.format(entry=shown, name=name)


_HELD_EACH = re.compile(
    r"[0-9] ?(?:s|secs?|seconds?)(?: holds?)?[ ,(]*(?:/|each|per|on each|a|every) ?(?:side|leg|arm)",
    re.IGNORECASE,
)
"""A side that is said of a time, and perhaps of the reps before it, too."""


def both_sides(shown: str, exercise: Exercise, sides: str, says: Mapping[str, str]) -> str:
    """How a list of reps is read with an exercise whose reps are a side's; empty: it can only be that."""
    reps = re.findall("[0-9]+", says["reps"]) if says.get("reps", "").startswith("[") else []
    counted = sides and not _HELD_EACH.search(shown)
    if exercise.sides is not Sides.EACH or counted or "max" in says.get("reps", "") or not reps:
        return ""
    if any(int(number) % 2 for number in reps):
        return ""
    told = _("'{entry}' is read as {reps} on each side; if half of them are meant for a side, write {half}.")
    half = "/".join(str(int(number) // 2) for number in reps)
    return told.format(entry=shown, reps=", ".join(reps), half=half)


def is_bare_list(shown: str, says: Mapping[str, str]) -> bool:
    """Whether an entry has a list of numbers that are not called reps."""
    reps = says.get("reps", "")
    return (
        reps.startswith("[")
        and "max" not in reps
        and not re.search(r"\b(?:reps?|repetitions|times|cycles)\b", shown, re.IGNORECASE)
    )


def as_written(reps: str) -> str:
    """Reps as they stand in a line, a list with its strokes."""
    return reps.strip("[]").replace(", ", "/")
