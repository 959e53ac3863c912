"""The types a field can have: each reads one node and says, in words for its author, when it cannot.

Most are one value of text (`Value`) or one of a few words (`Choice`); what differs is what the text is made
into. A parser is given the text and the name of what it is for, and raises ValueError with the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import time
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from backtimer.core.progress.streaks import Goal, parse_goal
from backtimer.language import _, marked
from backtimer.storage.files.shapes import (
    NAME_PATTERN,
    Book,
    Shape,
    choice_shape,
    id_shape,
    list_shape,
    plain_shape,
    text_shape,
)
from backtimer.storage.files.source import as_name, is_name, is_path
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.files.yaml_nodes import Node, Report, Scalar, Sequence, is_nothing, kind_of
from backtimer.storage.text import clean, shorten

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)

Parse = Callable[[str, str], T]
Look = Callable[[Book], Shape]

MAX_PATH = 1000
MAX_AMOUNT = 60
"""Characters of an amount; nothing longer can be one."""

FORMAT = 1


class FieldType(Protocol[T_co]):
    """Reads one node."""

    def read(self, node: Node, name: str, report: Report) -> T_co | None:
        """The value, or None after telling the report why there is none.

        Args:
            node: What stands in the file.
            name: What it is called in a sentence: `'hold'`, `an entry of 'watch'`.
            report: Where problems go.
        """
        ...

    def shape(self, book: Book) -> Shape:
        """What it looks like, for editors."""
        ...


def read_scalar(node: Node, name: str, noun: str, report: Report) -> str | None:
    """The text of a node that must be one value; the noun for it is marked."""
    if not isinstance(node, Scalar):
        told = _("{name} must be {wanted}, not {found}")
        report.tell(node, told.format(name=name, wanted=_(noun), found=kind_of(node)))
        return None
    if is_nothing(node):
        report.tell(node, _("{name} has no value").format(name=name))
        return None
    return node.text


class Value(Generic[T]):
    """One value of text.

    Args:
        noun: What it must be, in a sentence: `a duration`; marked.
        parse: Makes the value of the text.
        look: Makes its shape, for editors.
        is_amount: It is short: what is longer is refused before it is parsed.
        is_words: A comma may stand in it.
    """

    __slots__ = ("is_amount", "is_words", "noun", "parse", "shape")

    def __init__(
        self, noun: str, parse: Parse[T], look: Look, *, is_amount: bool = False, is_words: bool = False
    ) -> None:
        self.noun = noun
        self.parse = parse
        self.shape = look
        self.is_amount = is_amount
        self.is_words = is_words

    def read(self, node: Node, name: str, report: Report) -> T | None:
        """The value."""
        # Nearly always: a text that is there. Of many files there are a hundred thousand.
        text = node.text if type(node) is Scalar else ""
        if not text:
            if self.is_words and isinstance(node, Branch) and len(node.pairs) == 1:
                key, value = node.pairs[0]
                if isinstance(value, Scalar):
                    quoted = _('{name} must be text; one with a colon in it needs quotes: "{text}"')
                    report.tell(node, quoted.format(name=name, text=shorten(f"{key.text}: {value.text}")))
                    return None
            said = read_scalar(node, name, self.noun, report)
            if said is None:
                return None
            text = said
        if self.is_amount and len(text) > MAX_AMOUNT:
            too_long = _("{name}: this is too long for {noun}")
            report.tell(node, too_long.format(name=name, noun=_(self.noun)))
            return None
        try:
            return self.parse(text, name)
        except ValueError as error:
            report.tell(node, clean(str(error)))  # the text in it may have line ends
            return None


_ONE_WORD = marked("one word")


class Choice(Generic[T]):
    """One of a few words, each of which stands for a value.

    Args:
        values: By the words.
        others: What people write in place of them, between commas, by the word that is meant.
    """

    __slots__ = ("_others", "values")

    def __init__(self, values: Mapping[str, T], others: Mapping[str, str] | None = None) -> None:
        self.values = values
        self._others: Mapping[str, str] = others or {}

    def read(self, node: Node, name: str, report: Report) -> T | None:
        """What the word stands for."""
        text = read_scalar(node, name, _ONE_WORD, report)
        if text is None:
            return None
        if text not in self.values:
            meant = self._meant(text) or report.did_you_mean(text, self.values)
            told = (
                _("{name} must be one of {words}, not '{text}'; did you mean '{meant}'?")
                if meant
                else _("{name} must be one of {words}, not '{text}'")
            )
            words = ", ".join(self.values)
            report.tell(node, told.format(name=name, words=words, text=shorten(text), meant=meant))
            return None
        return self.values[text]

    def _meant(self, text: str) -> str:
        plain = " ".join(text.lower().replace("-", " ").replace("_", " ").split())
        others = ((word, name) for word, names in self._others.items() for name in names.split(", "))
        return next((word for word, name in others if name == plain), "")

    def shape(self, book: Book) -> Shape:
        """One of the words."""
        return choice_shape(self.values)


def one_of(words: Iterable[str]) -> Choice[str]:
    """One of these words, as it is."""
    return Choice({word: word for word in words})


def member_of(kind: type[E], others: Mapping[E, str] | None = None) -> Choice[E]:
    """One of the values of an enumeration; `others` as of `Choice`."""
    words = {str(member): names for member, names in (others or {}).items()}
    return Choice({str(member): member for member in kind}, words)


_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
BOOLEAN = Choice(_TRUTH)


def _too_long(name: str, most: int) -> str:
    return _("{name} is longer than {most} characters").format(name=name, most=f"{most:,}")


def words_up_to(most: int) -> Value[str]:
    """Words, on one line: every run of blanks and line ends becomes one blank."""

    def parse(text: str, name: str) -> str:
        joined = " ".join(text.split())
        if not joined:
            raise ValueError(_("{name} has no text").format(name=name))
        if len(joined) > most:
            raise ValueError(_too_long(name, most))
        return joined

    return Value(marked("text"), parse, lambda _: text_shape(most), is_words=True)


def parse_id(text: str) -> str:
    """The name of an exercise.

    Raises:
        ValueError: It does not look like one.
    """
    told = _(
        "'{text}' cannot be the name of an exercise: "
        "use small letters, digits and single hyphens, as in bird-dog"
    )
    return parse_name(text, told)


def parse_name(text: str, told: str) -> str:
    """A name; one that does not look like it is told with these words, as a `ValueError`."""
    if is_name(text):
        return text
    told = told.format(text=shorten(text))
    if meant := as_name(text):
        told += _("; write {name}").format(name=meant)
    raise ValueError(told)


def _parse_reference(text: str, name: str) -> str:
    """Whatever could be meant for an exercise: who looks for it knows which there are, and tells."""
    return text if as_name(text) else parse_id(text)


EXERCISE_ID = Value(marked("the name of an exercise"), lambda text, _: parse_id(text), id_shape)
EXERCISE_NAME = Value(EXERCISE_ID.noun, _parse_reference, id_shape)
"""An exercise that is looked for among those there are."""

_LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"


def _parse_language(text: str, name: str) -> str:
    if re.fullmatch(_LANGUAGE, text) is None:
        told = _("{name} must be the tag of a language, as in en, nl or pt-BR, not '{text}'")
        raise ValueError(told.format(name=name, text=shorten(text)))
    return text


LANGUAGE = Value(
    marked("a language, as in nl"), _parse_language, lambda _: plain_shape(f"^{_LANGUAGE}$", examples=["nl"])
)
"""A language by its tag (BCP 47)."""


def _parse_routine_name(text: str, name: str) -> str:
    if not is_name(text) and not is_path(text):
        told = _(
            "'{text}' cannot be the name of a routine: "
            "use small letters, digits and single hyphens, or the path of a file"
        )
        raise ValueError(told.format(text=shorten(text)))
    if len(text) > MAX_PATH:
        raise ValueError(_too_long(name, MAX_PATH))
    return text


_ROUTINE_PATTERN = rf"{NAME_PATTERN}|[/\\]|\.ya?ml$"
ROUTINE_NAME = Value(
    marked("the name of a routine"),
    _parse_routine_name,
    lambda _: plain_shape(_ROUTINE_PATTERN, maxLength=MAX_PATH),
)
"""A routine: its name, or the path of its file, which is kept as it is written."""


def _parse_format(text: str, name: str) -> int:
    if text == str(FORMAT):
        return FORMAT
    if _is_later_format(text):
        newer = _("this file is of format {format}: it needs a newer backtimer")
        raise ValueError(newer.format(format=text))
    told = _("{name} must be {format}, not '{text}'")
    raise ValueError(told.format(name=name, format=FORMAT, text=shorten(text)))


def _is_later_format(text: str) -> bool:
    return re.fullmatch("[1-9][0-9]{0,5}", text) is not None and int(text) > FORMAT


FORMAT_NUMBER = Value(marked("a number"), _parse_format, lambda _: {"enum": [FORMAT, str(FORMAT)]})


def is_newer_format(node: Node) -> bool:
    """Whether this is the number of a format that is still to come."""
    return isinstance(node, Scalar) and _is_later_format(node.text)


_CLOCK = "^([01]?[0-9]):([0-5][0-9])$"


def _parse_clock(text: str, name: str) -> time:
    clock = re.fullmatch(_CLOCK, text)
    if clock and (minutes := int(clock[1]) * 60 + int(clock[2])) <= 12 * 60:
        return time(*divmod(minutes, 60))
    told = _("{name} must be a time of day from 00:00 to 12:00, not '{text}'")
    raise ValueError(told.format(name=name, text=shorten(text)))


MORNING = Value(marked("a time of day"), _parse_clock, lambda _: plain_shape(_CLOCK, examples=["04:00"]))
"""A time of day, up to noon."""


def _parse_weekly_goal(text: str, _: str) -> Goal:
    try:
        return parse_goal(text)
    except ValueError as error:
        raise ValueError(shorten(str(error), 2 * MAX_AMOUNT)) from None


WEEKLY_GOAL = Value(
    marked("a goal"),
    _parse_weekly_goal,
    lambda _: plain_shape("[0-9]", examples=["3 per week"]),
    is_amount=True,
)


class RestType:
    """What a rest day suggests; `true`, or nothing at all, suggests nothing in particular."""

    __slots__ = ("words",)

    is_words = True

    def __init__(self, words: Value[str]) -> None:
        self.words = words

    def read(self, node: Node, name: str, report: Report) -> str | None:
        """The words, or empty text."""
        if is_nothing(node):
            return ""
        if isinstance(node, Scalar) and node.plain and node.text in _TRUTH:
            if _TRUTH[node.text]:
                return ""
            told = _("{name} cannot be {text}: leave it out where there is no rest")
            report.tell(node, told.format(name=name, text=node.text))
            return None
        return self.words.read(node, name, report)

    def shape(self, book: Book) -> Shape:
        """Words, `true`, or nothing."""
        words = self.words.shape(book)
        return {"anyOf": [{"type": "null"}, {"const": True}, {**words, "type": ["string", "number"]}]}


class ListType(Generic[T]):
    """A list. Entries that cannot be read are left out, and told."""

    __slots__ = ("item", "least", "most")

    def __init__(self, item: FieldType[T], most: int, least: int = 1) -> None:
        self.item = item
        self.most = most
        self.least = least

    def read(self, node: Node, name: str, report: Report) -> list[T] | None:
        """The entries that could be read."""
        if not isinstance(node, Sequence):
            told = _("{name} must be a list, not {found}")
            if isinstance(node, Scalar) and not is_nothing(node):
                told = _("{name} must be a list, not {found}; write [{text}]")
                if node.end_line > node.line:
                    told = _("{name} must be a list, not {found}; begin each entry with '- '")
                elif isinstance(self.item, Choice) and not set(node.text.split(", ")) <= set(
                    self.item.values
                ):
                    told = _("{name} must be a list, not {found}, of {words}")
            elif isinstance(node, Branch):
                told = _("{name} must be a list, not {found}; begin its first line with '- '")
            text = shorten(node.text) if isinstance(node, Scalar) else ""
            words = ", ".join(self.item.values) if isinstance(self.item, Choice) else ""
            report.tell(node, told.format(name=name, found=kind_of(node), text=text, words=words))
            return None
        if len(node.items) < self.least:
            report.tell(node, _("{name} is an empty list").format(name=name))
            return None
        if len(node.items) > self.most:
            too_many = _("{name} has more than {most} entries")
            report.tell(node, too_many.format(name=name, most=f"{self.most:,}"))
            return None
        entry, read = _("an entry of {name}").format(name=name), self.item.read
        return [value for item in node.items if (value := read(item, entry, report)) is not None]

    def shape(self, book: Book) -> Shape:
        """A list of so many."""
        return list_shape(self.item.shape(book), self.most, self.least)


class TextsType:
    """Texts: a list of them, or one alone."""

    __slots__ = ("_list", "_one")

    is_words = True

    def __init__(self, words: Value[str], most: int) -> None:
        self._one = words
        self._list = ListType(words, most, least=0)

    def read(self, node: Node, name: str, report: Report) -> list[str] | None:
        """The texts that could be read."""
        if not isinstance(node, Scalar) or is_nothing(node):
            return self._list.read(node, name, report)
        text = self._one.read(node, name, report)
        return None if text is None else [text]

    def shape(self, book: Book) -> Shape:
        """A text, or a list of them."""
        return {"anyOf": [self._one.shape(book), self._list.shape(book)]}


def read_pairs(node: Node, name: str, report: Report) -> Iterable[tuple[Scalar, Node]] | None:
    """The keys and values of a mapping; a key that is there again is told and left out."""
    if not isinstance(node, Branch):
        told = _("{name} must be a mapping (key: value), not {found}")
        report.tell(node, told.format(name=name, found=kind_of(node)))
        return None
    if len({key.text for key, _value in node.pairs}) == len(node.pairs):
        return node.pairs
    first: dict[str, Scalar] = {}
    pairs = []
    for key, value in node.pairs:
        if key.text in first:
            twice = _("'{key}' is here twice; first in line {line}")
            report.tell(key, twice.format(key=shorten(key.text), line=first[key.text].line))
        else:
            first[key.text] = key
            pairs.append((key, value))
    return pairs
