"""What the values of a file look like, as JSON Schema (draft-07): patterns of amounts, words and names.

Each type of a field has its shape beside its reader, made of these. A shape takes all that the reader takes,
and refuses what can be refused by the look of it: what depends on the rest of the file only the reader tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from backtimer.core.plan.units import DASHES, MAX_DURATION_S, UNIT_WORDS

if TYPE_CHECKING:
    from backtimer.storage.files.tables import Table

Shape = dict[str, Any]
"""A JSON Schema, or a part of one."""


class Book(Protocol):
    """What a shape may refer to."""

    @property
    def exercises(self) -> Mapping[str, str]:
        """The exercises of the catalogue: their names by their ids."""
        ...

    def record(self, table: Table) -> Shape:
        """A reference to the shape of a kind of mapping."""
        ...


_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,3})?"
_CLOCK = r"(?:[0-9]{1,3}:)?[0-9]{1,4}:[0-5][0-9]"
_DASH = "[-" + "".join(map(chr, DASHES)) + "]"
_TO = rf"(?:\s*{_DASH}\s*|\s+[Tt][Oo]\s+)"


def _any_case(word: str) -> str:
    """A pattern of the word in small or capital letters; what `(?i)` says the editors' dialect has not."""
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


def _unit(letter: str) -> str:
    words = sorted((word for word, of in UNIT_WORDS.items() if of == letter), key=len, reverse=True)
    return rf"\s?(?:{'|'.join(map(_any_case, words))})\.?"


def _one_time() -> str:
    parts = [rf"(?:{_NUMBER}{_unit(letter)})" for letter in "hms"]
    between = r"(?:\s*|\s+[Aa][Nn][Dd]\s+)"
    hours, minutes, seconds = parts
    and_seconds = f"(?:{between}{seconds})?"
    mixed = f"{hours}(?:{between}{minutes})?{and_seconds}|{minutes}{and_seconds}|{seconds}"
    return f"(?:{_CLOCK}|{mixed}|{_NUMBER})"


def time_shape(
    *, zero: bool = False, words: Iterable[str] = (), most: float = MAX_DURATION_S, longest: bool = False
) -> Shape:
    """A time, a range of times, or breaths.

    Args:
        zero: Whether nothing at all is one.
        words: What else may be written.
        most: Seconds that a bare number may be at most.
        longest: Whether `max 60s` may be written: as long as is comfortable, at most so long.
    """
    one = _one_time()
    breaths = rf"[0-9]{{1,6}}(?:{_TO}[0-9]{{1,6}})?\s?{_any_case('breath')}[Ss]?"
    something = "" if zero else "(?=.*[1-9])"
    least = {"minimum": 0} if zero else {"exclusiveMinimum": 0}
    written = rf"{something}\s*(?:{breaths}|{one}(?:{_TO}{one})?)\s*"
    also = "".join(f", or {word}" for word in words)
    patterns = (written, *words, *([rf"max\s+(?=.*[1-9]){one}"] if longest else []))
    return {
        "type": ["number", "string"],
        **least,
        "maximum": most,
        "pattern": f"^(?:{'|'.join(patterns)})$",
        "patternErrorMessage": f"Write a time like 45, 45s, 1m30s, 1:30, 20-30s or 5 breaths{also}.",
        "examples": ["30s", "20-30s", "5 breaths", *words, *(["max 60s"] if longest else [])],
    }


def count_shape(what: str, most: int, *, ranges: bool = True, words: Iterable[str] = ()) -> Shape:
    """A whole number from 1 on, or a range of them; `10 reps` says it twice."""
    number = r"0*[1-9][0-9]*"
    noun = _any_case(what.rstrip("s")) if what.replace("s", "").isalpha() else what.rstrip("s")
    written = rf"\s*{number}(?:{_TO}{number})?\s?(?:{noun}[Ss]?)?\s*"
    also = "".join(f", or {word}" for word in words)
    wanted = "a whole number or a range like 8-10" if ranges else "a whole number"
    return {
        "type": ["integer", "string"],
        "minimum": 1,
        "maximum": most,
        "pattern": f"^(?:{'|'.join((written, *words))})$",
        "patternErrorMessage": f"Write {wanted}{also}.",
        "examples": [8, "8-10", *words] if ranges else [2],
    }


def number_shape(least: float, most: float, *, whole: bool = False) -> Shape:
    """A number within bounds; in quotes, too."""
    digits = "[0-9]+" if whole else r"[+-]?[0-9]{1,4}(?:\.[0-9]{1,3})?"
    return {
        "type": ["integer" if whole else "number", "string"],
        "minimum": least,
        "maximum": most,
        "pattern": f"^{digits}$",
        "patternErrorMessage": f"Write a number from {least:g} to {most:g}.",
    }


_ONE_VALUE: Shape = {
    "not": {"type": ["array", "object", "null"]},
    "errorMessage": "Write words here, and no list.",
}


def text_shape(most: int) -> Shape:
    """Words, counted as the reader counts them: a run of blanks is one."""
    return {
        **_ONE_VALUE,
        "pattern": rf"^\s*(?:\S|\s+(?=\S)){{1,{most}}}\s*$",
        "patternErrorMessage": f"Write words, at most {most:,} characters.",
    }


def choice_shape(words: Iterable[str]) -> Shape:
    """One of a few words; true and false are both in YAML, as they are and in quotes."""
    found = list(words)
    if "true" in found:
        return {"anyOf": [{"type": "boolean"}, {"enum": found}]}
    return {"enum": found}


_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"


def id_shape(book: Book) -> Shape:
    """The name of an exercise: those of the catalogue are proposed, and a file may have its own."""
    known = sorted(book.exercises)
    told = [book.exercises[each] for each in known]
    return {
        "anyOf": [
            {"enum": known, "enumDescriptions": told, "markdownEnumDescriptions": told},
            {**plain_shape(_ID), "maxLength": 64},
        ],
        "examples": known[:3],
    }


def plain_shape(pattern: str, **more: Any) -> Shape:
    """One value by its pattern; YAML may take it for a number or a truth value."""
    return {**_ONE_VALUE, "pattern": pattern, **more}


def list_shape(item: Shape, most: int, least: int = 0) -> Shape:
    """A list."""
    return {"type": "array", "items": item, "minItems": least, "maxItems": most}


def one_or_list(item: Shape, most: int, least: int = 1) -> Shape:
    """One, or a list of them."""
    many = list_shape(item, most, least)
    if "type" not in item:
        return {"anyOf": [item, many]}
    # What is said of numbers and texts does not hold for a list, and the other way round. So put together,
    # a slip is told in the words of the value, and not as that of one of two shapes.
    types = item["type"] if isinstance(item["type"], list) else [item["type"]]
    return {**item, **many, "type": [*types, "array"]}


def names_shape(value: Shape, *, least: int = 0, most: int | None = None, pattern: str = "") -> Shape:
    """A mapping whose keys are names."""
    found: Shape = {"type": "object", "additionalProperties": value, "minProperties": least}
    if most is not None:
        found["maxProperties"] = most
    if pattern:
        found["propertyNames"] = {"pattern": pattern, "maxLength": 64}
    return found


NAME_PATTERN = _ID
"""What the name of an exercise, a routine or a pose looks like."""
