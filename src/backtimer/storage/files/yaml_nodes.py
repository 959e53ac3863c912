"""Safe YAML: a tree of nodes with line and column, built within bounds.

PyYAML is used as a stream of events only. Its composer is recursive (the C one takes the process down on
nested brackets) and its constructor gives text a type by rules that surprise; neither is ever called. Every
scalar stays the text it is, until a field gives it a type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn, cast

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent, StreamEndEvent

from backtimer.language import _, counted_words, marked
from backtimer.storage.files.slips import cut_bracket, slip_at, slip_in_text
from backtimer.storage.files.source import (
    Problem,
    ProblemsError,
    Source,
    did_you_mean,
    forbidden_message,
    read_source,
    refuse,
)
from backtimer.storage.text import forbidden_in, shorten
from backtimer.values import NamedTuple

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser where there is one: ten times as fast, with the same events."""

MAX_DEPTH = 32
MAX_NODES = 50_000 if _LOADER is not yaml.SafeLoader else 15_000
"""Nodes visited when the tree is walked: an alias costs as much as what it stands for."""


# Plain classes: of a large file tens of thousands are made, and frozen dataclasses take three times as long.


class Scalar:
    """A piece of text. Lines and columns are 1-based; the end is the place after the last character."""

    __slots__ = ("column", "end_column", "end_line", "line", "plain", "text")

    def __init__(  # noqa: PLR0917 - a place is four numbers
        self, text: str, plain: bool, line: int, column: int, end_line: int, end_column: int
    ) -> None:
        self.text = text
        self.plain = plain
        """Written without quotes, and not as a block."""
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column


class Sequence:
    """A list."""

    __slots__ = ("anchored", "column", "end_column", "end_line", "items", "line")

    def __init__(
        self, items: tuple[Node, ...], line: int, column: int, end_line: int, end_column: int
    ) -> None:
        self.items = items
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.anchored: Sequence | Mapping | None = None
        """What it is an alias of."""


class Mapping:
    """Keys and values in the order of the file; a key may be there twice."""

    __slots__ = ("anchored", "column", "end_column", "end_line", "line", "pairs")

    def __init__(
        self,
        pairs: tuple[tuple[Scalar, Node], ...],
        line: int,
        column: int,
        end_line: int,
        end_column: int,
    ) -> None:
        self.pairs = pairs
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.anchored: Sequence | Mapping | None = None
        """What it is an alias of."""


Node = Scalar | Sequence | Mapping
"""A node may stand in several places of the tree (aliases), but never inside itself."""


class Document(NamedTuple):
    """A file and the tree in it."""

    source: Source
    root: Node


class EmptyFileError(ProblemsError):
    """There is nothing in the file but, perhaps, comments."""


def read_yaml(path: Path) -> Document:
    """Read a file that may be anything, and be sure to come back soon.

    Raises:
        EmptyFileError: There is nothing in it.
        ProblemsError: It cannot be read, is not YAML, or uses what is refused here: tags, merge keys, several
            documents, keys that are lists or mappings, control characters, or more than the bounds allow.
    """
    return parse_source(read_source(path))


def parse_source(source: Source) -> Document:
    """As `read_yaml`, for a file that has been read."""
    _refuse_directives(source)
    builder = _Builder(source)
    _feed(source, builder)
    root = builder.root
    if root is None or is_nothing(root):
        raise EmptyFileError([Problem(source.name, 0, 0, _("the file is empty"))])
    return Document(source, root)


def _refuse_directives(source: Source) -> None:
    """Refuse `%TAG` and `%YAML` at the top: nothing here needs them, and many of them take long to read."""
    for number, content in enumerate(source.lines, start=1):
        if content.startswith("%"):
            message = _("directives (%) are not allowed")
            raise ProblemsError([source.problem(message, number, 1, excerpt=False)])
        if content.strip() and not content.lstrip().startswith("#"):
            return


def is_nothing(node: Node) -> bool:
    """Whether this is the absence of a value, as after `rest:` at the end of a line."""
    return isinstance(node, Scalar) and node.plain and not node.text


def _feed(source: Source, builder: _Builder) -> None:
    """Give a builder the parser's events, with the parser's complaints put into our words.

    The C and the pure parser word theirs differently, so nothing is taken from the text; only from the place.
    """
    try:
        loader = _LOADER(source.text)
        try:
            builder.take_all(loader.get_event)
        finally:
            loader.dispose()
    except ProblemsError:
        raise
    except yaml.MarkedYAMLError as error:
        raise ProblemsError([_syntax_problem(source, error, builder.innermost)]) from None
    except Exception:  # several others slip through, on broken escapes and numbers for instance
        refuse(source.name, _("this is not valid YAML"))


def _syntax_problem(source: Source, error: yaml.MarkedYAMLError, innermost: _Place | None) -> Problem:
    """One problem in our own words, at the place that the parser names.

    Args:
        source: The file.
        error: What the parser says.
        innermost: Where the list or mapping begins that the parser was in.
    """
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(source.name, 0, 0, _("this is not valid YAML"))
    here = (mark.line + 1, mark.column + 1)
    at_end = mark.index >= len(source.text.rstrip())
    opened = error.context_mark and (error.context_mark.line + 1, error.context_mark.column + 1)
    hint = _hint(source, *here)
    for place in (opened, innermost and innermost[:2]):
        if place and (at_end or place[0] < here[0]) and _character(source, *place) in _OPENERS:
            here, hint = place, _("what is opened here is not closed")
            if _character(source, *place) in "[{":
                hint = _("what is opened here is not closed, or a comma is missing")
                if cut := cut_bracket(source.lines[place[0] - 1]):
                    here, hint = (place[0], cut[0]), cut[1]
            break
    else:
        waits = error.context_mark if error.context == "while scanning a simple key" else None
        if slip := slip_at(source, *here, None if waits is None else waits.line + 1):
            return source.problem(slip.message, slip.line, slip.column, slip.end)
    line = min(here[0], len(source.lines))
    message = _("this is not valid YAML here: {hint}").format(hint=hint)
    return source.problem(message, line, here[1], here[1] + 1)


_OPENERS = ("[", "{", '"', "'")


def _hint(source: Source, line: int, column: int) -> str:
    """What is most often behind an error at such a place."""
    content = source.lines[line - 1] if line <= len(source.lines) else ""
    before = content[: column - 1]
    here = _character(source, line, column)
    if "\t" in content[: len(content) - len(content.lstrip())]:
        return _("indent with blanks, not with tabs")
    if before.endswith("\\") or here == "\\":
        return _("in double quotes a backslash begins an escape; single quotes take it as it is")
    if here == ":":
        return _("a text with a colon in it needs quotes")
    if here and here in "@`%|>&*!":
        return _("a text that begins with {sign} needs quotes").format(sign=here)
    if not before.strip():
        return _("check the indentation of this line and of the one above")
    return _("check the quotes, the brackets and the colons")


def _character(source: Source, line: int, column: int) -> str:
    content = source.lines[line - 1] if line <= len(source.lines) else ""
    return content[column - 1 : column]


_Pairs = Iterable[tuple[Scalar, "Node"]]
"""A key is a scalar: what begins a list or a mapping in its place is refused."""

_Place = tuple[int, int, int, int]
"""Line and column of the start and of the end, 1-based."""


def _place(event: yaml.Event) -> _Place:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:  # an event has both; only its type does not say so
        raise ValueError
    return start.line + 1, start.column + 1, end.line + 1, end.column + 1


class _Open:
    """A list or mapping whose end has not been seen."""

    __slots__ = ("anchor", "height", "is_mapping", "items", "place", "visited_before")

    def __init__(self, event: yaml.CollectionStartEvent, place: _Place, visited_before: int) -> None:
        self.is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.place = place
        self.anchor = event.anchor
        self.visited_before = visited_before
        self.items: list[Node] = []
        """The items; in a mapping key, value, key, value."""
        self.height = 1


_Anchored = tuple[Node, int, int]
"""What an alias may stand for: a node, how many nodes it is in full, and how many levels."""


class _Builder:
    """Puts the tree together, event by event, with a stack of its own instead of recursion."""

    def __init__(self, source: Source) -> None:
        self.root: Node | None = None
        self._source = source
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        """None while the anchored node is still open."""
        self._visited = 0
        self._documents = 0

    @property
    def innermost(self) -> _Place | None:
        """Where the list or mapping begins whose end has not been seen and that was begun last."""
        return self._open[-1].place if self._open else None

    def take_all(self, get_event: Callable[[], yaml.Event]) -> None:
        """Take in all events: of many files a hundred thousand, most of which are scalars."""
        still_open = self._open
        while True:
            event = get_event()
            if type(event) is not ScalarEvent:
                if isinstance(event, StreamEndEvent):
                    return
                self._take(event)
                continue
            start, end = event.start_mark, event.end_mark
            assert start is not None and end is not None  # an event has both; only its type does not say so
            node = Scalar(
                event.value, not event.style, start.line + 1, start.column + 1, end.line + 1, end.column + 1
            )
            # What has no tag and no anchor, and is short of "<<" and of escapes, is nothing but a scalar.
            if event.tag is not None or event.anchor or event.style == '"' or node.text == "<<":
                self._look_at(event, node, _place(event))
            self._visited += 1
            if self._visited > MAX_NODES:
                self._visit(0, _place(event))
            if still_open:
                still_open[-1].items.append(node)
            else:
                self.root = node

    def _take(self, event: yaml.Event) -> None:
        """Take in an event that is no scalar."""
        if isinstance(event, CollectionStartEvent):
            self._begin(event, _place(event))
        elif isinstance(event, CollectionEndEvent):
            self._end(_place(event))
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor or "", _place(event))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(_place(event), _("a second document begins here; a file holds one"))

    def _look_at(self, event: yaml.ScalarEvent, node: Scalar, place: _Place) -> None:
        """Refuse a scalar that may not be, and remember one with an anchor."""
        if event.tag is not None:
            self._refuse_tag(event.tag, place)
        # Only out of an escape such as "\x1b": the file itself has none.
        if event.style == '"' and (found := forbidden_in(node.text)):
            self._refuse(place, forbidden_message(found[0]))
        if node.plain and node.text == "<<" and self._expects_key():
            self._refuse(place, _("merge keys (<<) are not allowed; an alias stands for a whole value"))
        if event.anchor:
            self._anchors[event.anchor] = (node, 1, 0)

    def _begin(self, event: yaml.CollectionStartEvent, place: _Place) -> None:
        if event.tag is not None:
            self._refuse_tag(event.tag, place)
        if self._expects_key():
            self._refuse(place, _(_KEY_NOT_TEXT))
        if len(self._open) >= MAX_DEPTH:
            self._refuse(place, _too_deep())
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(event, place, self._visited))
        self._visit(1, place)

    def _end(self, end: _Place) -> None:
        closed = self._open.pop()
        place = (*closed.place[:2], *end[2:])
        items = closed.items
        node: Node
        if closed.is_mapping:
            node = Mapping(tuple(cast(_Pairs, zip(items[::2], items[1::2], strict=True))), *place)
        else:
            node = Sequence(tuple(items), *place)
        if closed.anchor:
            size = self._visited - closed.visited_before
            self._anchors[closed.anchor] = (node, size, closed.height)
        self._add(node, closed.height)

    def _alias(self, anchor: str, place: _Place) -> None:
        name = shorten(anchor)
        if anchor not in self._anchors:
            nothing = _("the alias *{name} stands for nothing: no &{name} comes before it")
            self._refuse(place, nothing.format(name=name))
        target = self._anchors[anchor]
        if target is None:
            inside = _("the alias *{name} stands inside of what it stands for")
            self._refuse(place, inside.format(name=name))
        node, size, height = target
        self._visit(size, place)
        if len(self._open) + height > MAX_DEPTH:
            self._refuse(place, _too_deep())
        # A problem with it as a whole is best shown where it is used.
        if isinstance(node, Scalar):
            node = Scalar(node.text, node.plain, *place)
        elif self._expects_key():
            self._refuse(place, _(_KEY_NOT_TEXT))
        else:
            node = _used_at(node, place)
        self._add(node, height)

    def _add(self, node: Node, height: int) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.items.append(node)
        if parent.height <= height:
            parent.height = height + 1

    def _expects_key(self) -> bool:
        return bool(self._open) and self._open[-1].is_mapping and len(self._open[-1].items) % 2 == 0

    def _visit(self, count: int, place: _Place) -> None:
        self._visited += count
        if self._visited > MAX_NODES:
            too_many = _("the file holds more than {most} values, aliases counted in full")
            self._refuse(place, too_many.format(most=f"{MAX_NODES:,}"))

    def _refuse_tag(self, tag: str, place: _Place) -> NoReturn:
        self._refuse(place, _("tags are not allowed: {tag}").format(tag=shorten(tag)))

    def _refuse(self, place: _Place, message: str) -> NoReturn:
        """Refuse the file in one line: what is refused here need not be shown."""
        problem = self._source.problem(message, place[0], place[1], excerpt=False)
        raise ProblemsError([problem])


def _used_at(anchored: Sequence | Mapping, place: _Place) -> Sequence | Mapping:
    """The same list or mapping, at the place of an alias; what is in it stays where it is."""
    used: Sequence | Mapping
    used = (
        Mapping(anchored.pairs, *place) if isinstance(anchored, Mapping) else Sequence(anchored.items, *place)
    )
    used.anchored = anchored.anchored or anchored
    return used


_KEY_NOT_TEXT = marked("a key must be text, not a list or a mapping")


def _too_deep() -> str:
    return _("lists and mappings are nested more than {most} deep").format(most=MAX_DEPTH)


MAX_PROBLEMS = 200
"""More than this is no help to anybody; the rest is counted."""
_MAX_SUGGESTIONS = 50


class Report:
    """The problems of one file, each told once although an alias may lead to it several times."""

    def __init__(self, source: Source) -> None:
        self.told = 0
        """How often something was told; when it has not changed, what was read in between is flawless."""
        self._source = source
        self._found: dict[tuple[int, int, str], Node] = {}
        self._suggestions = 0

    def tell(self, node: Node, message: str) -> bool:
        """Report a problem with a node; whether a slip of the hand was told in its place."""
        self.told += 1
        is_slip = False
        if isinstance(node, Scalar) and node.plain and node.text:
            end = (node.end_line, node.end_column)
            if slip := slip_in_text(self._source, (node.line, node.column), end):
                node = Scalar("", True, slip.line, slip.column, slip.line, slip.end)
                message, is_slip = slip.message, True
        elif not isinstance(node, Scalar) and node.anchored is not None:
            origin = node.anchored
            if (origin.line, origin.column, message) in self._found:
                return False  # it is told where the alias comes from
        self._found.setdefault((node.line, node.column, message), node)
        return is_slip

    @property
    def text(self) -> str:
        """The whole of the file."""
        return self._source.text

    def did_you_mean(self, word: str, known: Iterable[str]) -> str:
        """The known word nearest to this one; nothing after many of these, as comparing takes time."""
        return did_you_mean(word, known) if self.may_propose() else ""

    def may_propose(self) -> bool:
        """Whether there is time to look for what may have been meant."""
        self._suggestions += 1
        return self._suggestions <= _MAX_SUGGESTIONS

    def has_colon(self, key: Scalar) -> bool:
        """Whether a key is written with a colon; in braces one may stand there without."""
        rest = self._source.lines[key.end_line - 1][key.end_column - 1 :].lstrip()
        return rest != "" and rest[0] not in ",}"

    def problems(self) -> tuple[Problem, ...]:
        """All of them, in the order of the file."""
        shown = sorted(self._found)[:MAX_PROBLEMS]
        problems = [self._problem(self._found[place], place[2]) for place in shown]
        if more := len(self._found) - len(shown):
            told = counted_words("and {number} more problem", "and {number} more problems", more)
            problems.append(Problem(self._source.name, 0, 0, told.format(number=f"{more:,}")))
        return tuple(problems)

    def _problem(self, node: Node, message: str) -> Problem:
        line, column = node.line, node.column
        shown = node
        while shown.end_line != line:  # too much to underline: its first part will do
            if isinstance(shown, Mapping) and shown.pairs:
                shown = shown.pairs[0][0]
            elif isinstance(shown, Sequence) and shown.items:
                shown = shown.items[0]
            else:
                break
        end = shown.end_column if (shown.line, shown.end_line) == (line, line) else None
        return self._source.problem(message, line, column, end)


def kind_of(node: Node) -> str:
    """What a node is, for a sentence that says what it should have been."""
    if isinstance(node, Scalar):
        return _("text") if node.text or not node.plain else _("nothing")
    return _("a list") if isinstance(node, Sequence) else _("a mapping (key: value)")
