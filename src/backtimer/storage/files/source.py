"""The bytes of one file, read within bounds, and the excerpts that show a place in it."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from backtimer import RefusedError
from backtimer.language import _, marked
from backtimer.storage.text import clean, code_point, forbidden_in
from backtimer.values import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong in a file."""

    path: str
    """The file as shown to people: already cleaned."""
    line: int
    """1-based; 0 when it is about the file as a whole."""
    column: int
    """1-based, in characters; 0 when it is about the file as a whole."""
    message: str
    excerpt: str = ""
    """The line with its number, and below it the place underlined. May be empty."""

    def text(self) -> str:
        """`file:line:column: message`, with the excerpt below."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        first = f"{place}: {self.message}"
        return f"{first}\n{self.excerpt}" if self.excerpt else first


class ProblemsError(RefusedError):
    """A file cannot be used; `problems` says why, all at once and in the order of its lines."""

    prefix = ""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(problem.text() for problem in self.problems)


MAX_BYTES = 256 * 1024
MAX_LINE = 10_000

EXCERPT_WIDTH = 96
"""Columns of a line that an excerpt shows at most."""
_BEFORE = 32
"""Columns kept before the place when a line is cut."""

_BOM = b"\xef\xbb\xbf"
_LINE_BREAK = r"\r\n|\r|\n"

_KINDS = {
    stat.S_IFDIR: marked("this is a directory, not a file"),
    stat.S_IFIFO: marked("this is a pipe, not a file"),
    stat.S_IFSOCK: marked("this is a socket, not a file"),
    stat.S_IFCHR: marked("this is a device, not a file"),
    stat.S_IFBLK: marked("this is a device, not a file"),
}
_SOMETHING_ELSE = marked("this is something else, not a file")
_REASONS = {
    errno.ENOENT: marked("there is no such file"),
    errno.ENOTDIR: marked("there is no such file"),
    errno.EACCES: marked("no permission to read it"),
    errno.EPERM: marked("no permission to read it"),
    errno.ENAMETOOLONG: marked("the name is too long"),
    errno.ELOOP: marked("it is a link that leads round in a circle"),
}


class Source(NamedTuple):
    """The text of one file."""

    name: str
    """As shown to people: cleaned."""
    text: str
    """Without a byte order mark; free of forbidden characters."""
    lines: tuple[str, ...]
    bom: bytes = b""
    """The byte order mark, if the file begins with one."""

    def problem(
        self, message: str, line: int, column: int, end: int | None = None, *, excerpt: bool = True
    ) -> Problem:
        """A problem at a place in this file.

        Args:
            message: What is wrong, as one sentence.
            line: 1-based.
            column: 1-based, in characters.
            end: The column after the last one to underline; None underlines to the end of the line.
            excerpt: Whether the line is shown.
        """
        shown = _excerpt(self.lines, line, column, end) if excerpt else ""
        return Problem(self.name, line, column, message, shown)

    def offset(self, line: int, column: int) -> int:
        """Where in `text` a place is, given by its 1-based line and column."""
        start = 0
        for number, found in enumerate(re.finditer(_LINE_BREAK, self.text), start=1):
            if number == line:
                break
            start = found.end()
        return min(start + column - 1, len(self.text))


_DOCUMENTS = (b"{\\rtf", b"pk\x03\x04", b"%pdf", b"\xd0\xcf\x11\xe0", b"<!doctype", b"<html", b"<?xml")
"""How files of word processors and web pages begin, in small letters."""


def _no_utf8() -> str:
    return _("this is not UTF-8 text; save it anew with the encoding UTF-8")


def read_source(path: Path) -> Source:
    """Read a text file that may be anything.

    Only a regular file will do: a pipe would wait for a writer, and a device may never end. What was opened
    is asked again what it is, so that nothing can be put in its place in between.

    Raises:
        ProblemsError: With the one reason why it cannot be read.
    """
    name = clean(str(path))
    data = _read_bytes(path, name)
    if len(data) > MAX_BYTES:
        refuse(name, _("the file is larger than {most} KiB").format(most=MAX_BYTES // 1024))
    bom = _BOM if data.startswith(_BOM) else b""
    data = data.removeprefix(_BOM)
    if any(data[:16].lstrip().lower().startswith(start) for start in _DOCUMENTS):
        told = _("this is a document of another program, and no plain text; save it as plain text, in UTF-8")
        raise ProblemsError([Problem(name, 1, 1, told)])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]:
        raise ProblemsError([Problem(name, 1, 1, _no_utf8())])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode("utf-8"))
        raise ProblemsError([Problem(name, line, column, _no_utf8())]) from None
    return source_of(name, text, bom)


def source_of(name: str, text: str, bom: bytes = b"") -> Source:
    """Make a source of text, wherever it comes from.

    Raises:
        ProblemsError: It holds characters, or lines, that no file may hold.
    """
    if found := forbidden_in(text):
        line, column = _place(text[: found.start()])
        raise ProblemsError([Problem(name, line, column, forbidden_message(found[0]))])
    lines = tuple(re.split(_LINE_BREAK, text))
    for number, content in enumerate(lines, start=1):
        if len(content) > MAX_LINE:
            message = _("the line is longer than {most} characters").format(most=f"{MAX_LINE:,}")
            raise ProblemsError([Problem(name, number, 1, message)])
    return Source(name, text, lines, bom)


def forbidden_message(character: str) -> str:
    """The sentence about a character that no file may contain."""
    told = _("the character {character} is not allowed: it controls a terminal or cannot be seen")
    return told.format(character=code_point(character))


def refuse(name: str, message: str) -> NoReturn:
    """Refuse a file as a whole."""
    raise ProblemsError([Problem(name, 0, 0, message)])


def _read_bytes(path: Path, name: str) -> bytes:
    """At most one byte more than is allowed."""
    # The flags that Windows lacks or alone has. O_NONBLOCK: a pipe must not make us wait.
    flags = os.O_RDONLY
    for flag in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, flag, 0)
    try:
        _require_regular(path.stat().st_mode, name)  # opening some devices already does something
        descriptor = os.open(path, flags)
        try:
            _require_regular(os.fstat(descriptor).st_mode, name)
            parts = []
            left = MAX_BYTES + 1
            while left > 0 and (part := os.read(descriptor, left)):
                parts.append(part)
                left -= len(part)
            return b"".join(parts)
        finally:
            os.close(descriptor)
    except OSError as error:
        known = _REASONS.get(error.errno or 0)
        refuse(name, _(known) if known else (error.strerror or "").lower() or _("it cannot be read"))
    except ValueError:  # a NUL in the name
        refuse(name, _(_REASONS[errno.ENOENT]))


def _require_regular(mode: int, name: str) -> None:
    if not stat.S_ISREG(mode):
        refuse(name, _(_KINDS.get(stat.S_IFMT(mode), _SOMETHING_ELSE)))


def _place(before: str) -> tuple[int, int]:
    """The line and column (1-based) that come after this text."""
    lines = re.split(_LINE_BREAK, before)
    return len(lines), len(lines[-1]) + 1


def _excerpt(lines: tuple[str, ...], line: int, column: int, end: int | None) -> str:
    """The line with its number, and a row of `^` below the place, as wide as it is on a terminal."""
    if not 1 <= line <= len(lines):
        return ""
    full = clean(lines[line - 1]).rstrip()
    start = min(column - 1, len(full))
    stop = len(full) if end is None else min(end - 1, len(full))
    stop = max(stop, start + 1)
    left, right = 0, len(full)
    if len(full) > EXCERPT_WIDTH:
        left = max(0, min(start - _BEFORE, len(full) - EXCERPT_WIDTH))
        right = left + EXCERPT_WIDTH
    head = "…" if left else ""
    tail = "…" if right < len(full) else ""
    before, marked = head + full[left:start], full[start : min(stop, right)]
    shown = head + full[left:right] + tail
    underline = " " * _width(before) + "^" * max(1, _width(marked))
    return f"{line:>5} | {shown}\n{'':>5} | {underline}"


def _width(text: str) -> int:
    """Columns on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


_LONGEST = 40
"""A word longer than this is no slip of the finger, and comparing takes long."""


_LEAST_BEGINNING = 3
"""So many letters of a word are enough to know it by its beginning."""

_SWAPPED, _OTHER, _ONE = 0.7, 1.0, 0.9
"""What two letters in the wrong order, another letter, and one too many or too few weigh as a slip."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word that is nearest to this one, or nothing where none is likely.

    What is likely are few slips for the length of the word, and the beginning of just one word.
    """
    if len(word) > _LONGEST:
        return ""
    typed = re.sub(r"[\s_]+", "-", word.strip().lower())
    best, least = "", _most_slips(typed)
    begun = []
    for candidate in known:
        lower = candidate.lower()
        other = re.sub(r"[\s_]+", "-", lower)
        if candidate == word:
            continue
        if len(typed) >= _LEAST_BEGINNING and other.startswith(typed):
            begun.append(candidate)
        # Letters that are not in both: comparing the order of the rest takes long.
        if abs(len(typed) - len(other)) * _ONE > least or len(set(typed) ^ set(other)) > 2 * least:
            continue
        slips = _slips(typed, other)
        if slips > _ONE and not _likely_word_by_word(typed, other):
            continue
        if slips < least or (slips == least and not best):
            best, least = candidate, slips
    return best if best or len(begun) != 1 else begun[0]


def _most_slips(typed: str) -> float:
    """How many slips are likely in a word of this length."""
    if len(typed) < 6:
        return 0.0 if len(typed) < 2 else _ONE if len(typed) == 2 else _OTHER
    return 2 * _ONE if len(typed) == 6 else 2 * _OTHER


def _likely_word_by_word(typed: str, other: str) -> bool:
    """Whether no word of a name is another one: `calf-stretch` is not meant by who writes of a cat."""
    words = typed.split("-"), other.split("-")
    if len(words[0]) != len(words[1]) or len(words[0]) < 2:
        return True
    return all(_slips(one, wanted) <= _most_slips(one) for one, wanted in zip(*words, strict=True))


def _slips(typed: str, other: str) -> float:
    """How far two words are apart: the distance of Damerau and Levenshtein, with the weights above."""
    above: list[float] = []
    row = [number * _ONE for number in range(len(other) + 1)]
    for index, letter in enumerate(typed):
        before, above = above, row
        row = [above[0] + _ONE]
        for place, wanted in enumerate(other):
            cost = min(above[place + 1] + _ONE, row[place] + _ONE, above[place] + _OTHER * (letter != wanted))
            if index and place and letter == other[place - 1] and typed[index - 1] == wanted:
                cost = min(cost, before[place - 1] + _SWAPPED)
            row.append(cost)
    return row[-1]


def suggestion(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: `; did you mean 'hold'?`, or nothing."""
    return asking(did_you_mean(word, known))


def asking(meant: str) -> str:
    """The end of a sentence about a word that may have been meant; nothing where none was found."""
    return _("; did you mean '{meant}'?").format(meant=meant) if meant else ""


MAX_NAME = 64
_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ENDINGS = (".yaml", ".yml")


def is_name(text: str) -> bool:
    """Whether this can be the name of a routine or an exercise: small letters, digits, single hyphens."""
    return len(text) <= MAX_NAME and re.fullmatch(_NAME, text) is not None


def as_name(text: str) -> str:
    """The name that is nearest to what somebody wrote: `Rückenübung 2` is `ruckenubung-2`; empty: none is."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("\u00df", "ss"))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    name = "-".join(re.findall("[a-z0-9]+", letters))
    return name if is_name(name) else ""


def is_path(text: str) -> bool:
    """Whether somebody who writes this means a file. A name never does: it has no separator and no ending."""
    separators = {"/", os.sep, os.altsep or "/"}
    return text.endswith(ENDINGS) or any(separator in text for separator in separators)


def files_in(*directories: Path) -> dict[str, Path]:
    """The files that carry a name of ours, by that name and in its order.

    The first directory that has one wins. What is no directory has no files.
    """
    found: dict[str, Path] = {}
    for directory in directories:
        try:
            entries = sorted(entry.name for entry in os.scandir(directory))
        except OSError:
            continue
        for entry in entries:
            name, dot, ending = entry.rpartition(".")
            if dot + ending in ENDINGS and is_name(name):
                found.setdefault(name, directory / entry)
    return dict(sorted(found.items()))
