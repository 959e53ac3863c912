"""Slips of the hand in YAML, found line by line: what a person did, where YAML only says that it went wrong.

A missing blank, dash or colon, a blank that is none and a mark of a merge make YAML read something else than
what is meant, or stop some lines later. These rules are asked only where something is wrong already: the same
characters may be right elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from backtimer.language import _, marked
from backtimer.storage.files.source import Source
from backtimer.storage.text import code_point, shorten
from backtimer.values import NamedTuple


class Slip(NamedTuple):
    """What a person most likely did, and where."""

    line: int
    column: int
    """Both 1-based, as the end is: the column after the last character."""
    end: int
    message: str


_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_ODD_BLANK = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_WORDS = r" *(?:[-*\u2022] *)?[^\W\d_][\w ,.'\u2019\u00d7/-]*\Z"
_MERGE = r"(?:<{7}|>{7}|\|{7})(?: |\Z)|={7}\Z"
_BLANK_THAT_IS_NONE = rf"^ *(?:- *)?({_ODD_BLANK})|{_KEY}: *({_ODD_BLANK})"
_NO_BLANK_AFTER_DASH = r"^( *)-([A-Za-z\"'{\[].*)"
_NO_BLANK_AFTER_COLON = rf"(?:^ *(?:- +)?|[{{,] *)({_KEY}):(\[[^\]]*\]?|\{{[^}}]*\}}?|[^\s:/,}}\]][^,}}\]]*)"
_OTHER_COLON = rf"(?:^ *(?:- +)?|[{{,] *)({_KEY}) ?([\uff1a\ufe55\ufe13\ua789\u2236])"
_EQUALS = rf"(?:^ *(?:- +)?|[{{,] *)({_KEY}) ?= ?([^\s=,}}#][^,}}#]*)"
_STAR = r"^( *)\* +(\S.*)"
_TWO_KEYS = rf"^ *(?:- +)?{_KEY}: +[^\"'#{{}}\[\]:]+, *({_KEY}): +[^#]"
_CURLY = "(?:: +|- +|[\\[{,] *)([\u2018\u2019\u201a\u201c\u201d\u201e\u00ab])"
_NO_COLON = rf"^( *)(?:- +)?({_KEY})(?: +([^:#]+?))? *(?:#.*)?\Z"


def slip_in_text(source: Source, start: tuple[int, int], end: tuple[int, int]) -> Slip | None:
    """The slip that made a text of what stands between two places, each a line and a column.

    A text without quotes goes on in the next line, as long as that is no key and no entry of a list.
    """
    if slip := _no_yaml(source):
        return slip
    for number in range(start[0], end[0] + 1):
        content = source.lines[number - 1]
        first = start[1] if number == start[0] else 1
        last = end[1] if number == end[0] else len(content) + 1
        slip = _in_line(content, number)
        if slip is not None and first <= slip.column < last:
            return slip
        if number > start[0] and content.strip() and (slip := _of_continuation(source, number)):
            return slip
    return None


def slip_at(source: Source, line: int, column: int, begun: int | None) -> Slip | None:
    """The slip behind an error of YAML.

    Args:
        source: The file.
        line: The line in which the parser noticed it.
        column: And the column, 1-based.
        begun: The line of a key that the parser waited for a colon after; None: there is none.
    """
    if slip := _no_yaml(source):
        return slip
    for number, content in enumerate(source.lines, start=1):
        if re.match(_MERGE, content):
            told = _(
                "a mark of an unfinished merge: keep one of the two versions, "
                "and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"
            )
            return Slip(number, 1, len(content) + 1, told)
    line = min(line, len(source.lines))
    if slip := _in_braces(source.lines[line - 1], line, column):
        return slip
    around = [line, *_before(source, line, most=2)]
    if begun is not None and begun not in around:
        around.append(begun)
    for number in around:
        if slip := _in_line(source.lines[number - 1], number) or _curly(source.lines[number - 1], number):
            return slip
    if begun is not None:
        return _of_continuation(source, begun)
    content = source.lines[line - 1]
    at_start = column - 1 <= _indent(content)
    if not at_start and content[column - 1 : column] != ":":
        return None
    if slip := _no_colon_above(source, line) or _no_dash(source, line):
        return slip
    above = next(_before(source, line, most=1), None)
    is_key = above is not None and re.search(r": *(?:#.*)?\Z", source.lines[above - 1])
    return _odd_column(source, line) if at_start or not is_key else None


NO_KEYS = marked(
    "each line is a key, a colon and a value, as in 'title: Mine'; 'backtimer new' makes a routine of a slip "
    "of paper"
)


def _no_yaml(source: Source) -> Slip | None:
    """Lines of which none has a key, as one writes them on a slip of paper."""
    first = next((at for at, line in enumerate(source.lines, 1) if line.strip() and line[0] != "#"), 0)
    if not first or re.search(rf"(?m)^ *(?:- *)?{_KEY} *:", source.text):
        return None
    line = source.lines[first - 1]
    return Slip(first, 1, len(line) + 1, _(NO_KEYS)) if re.match(_WORDS, line) else None


def cut_texts(source: Source, keys: Iterable[str]) -> Iterator[Slip]:
    """Texts of these keys that a ` #` cuts off, as in `title: Back #2`: legal, and perhaps not meant.

    A comment has a blank behind its `#` nearly always.
    """
    if " #" not in source.text:
        return
    begun = rf"^ *(?:- +)?({'|'.join(map(re.escape, keys))}): +([^\s\"'|>&*#\[{{].*?) +(#[^\s#].*)"
    for number, content in enumerate(source.lines, start=1):
        if " #" in content and (found := re.match(begun, content)):
            told = _(
                "what stands behind ' #' is a comment, and no part of '{key}'; "
                'if it belongs to it, put all of it in quotes: "{text}"'
            )
            text = shorten(f"{found[2]} {found[3].rstrip()}")
            end = len(content.rstrip()) + 1
            yield Slip(number, found.start(3) + 1, end, told.format(key=found[1], text=text))


def cut_bracket(content: str) -> tuple[int, str] | None:
    """Where a ` #` in a line cuts off the end of a list or mapping, 1-based, and the hint; else None."""
    found = re.search(r"[\[{].* (#[^\s#].*[\]}])", content)
    if not found:
        return None
    return found.start(1) + 1, _(
        "' #' begins a comment, up to the end of the line: a text with it needs quotes"
    )


def _in_line(content: str, number: int) -> Slip | None:
    """What can be seen in one line by itself."""
    if found := re.search(_BLANK_THAT_IS_NONE, content):
        place = found.start(1) if found[1] else found.start(2)
        told = _(
            "this is a special blank ({character}) that YAML does not take for one: write an ordinary blank"
        )
        return Slip(number, place + 1, place + 2, told.format(character=code_point(content[place])))
    if found := re.search(_OTHER_COLON, content):
        told = _("this colon ({character}) is none of YAML: write '{key}:', with an ordinary one")
        told = told.format(character=code_point(found[2]), key=found[1])
        return Slip(number, found.start(1) + 1, found.end(2) + 1, told)
    if found := re.match(_STAR, content):
        told = _("an entry of a list begins with a dash: write '- {text}'").format(text=shorten(found[2]))
        return Slip(number, len(found[1]) + 1, len(content.rstrip()) + 1, told)
    if found := re.match(_NO_BLANK_AFTER_DASH, content):
        told = _("a blank is missing after the dash: write '- {text}'").format(text=shorten(found[2].strip()))
        return Slip(number, len(found[1]) + 1, len(content.rstrip()) + 1, told)
    if found := re.match(_TWO_KEYS, content):
        told = _("two keys stand on one line: begin a new line, in the same column, before '{key}'")
        place = found.start(1)
        return Slip(number, place + 1, len(content.rstrip()) + 1, told.format(key=found[1]))
    if found := re.match(_EQUALS, content):
        told = _("a key has a colon: write '{key}: {value}'")
        told = told.format(key=found[1], value=shorten(found[2].strip()))
        return Slip(number, found.start(1) + 1, found.end(2) + 1, told)
    if found := re.search(_NO_BLANK_AFTER_COLON, content):
        told = _("a blank is missing after the colon: write '{key}: {value}'")
        told = told.format(key=found[1], value=shorten(found[2].strip()))
        return Slip(number, found.start(1) + 1, found.end(2) + 1, told)
    return None


def _in_braces(content: str, number: int, column: int) -> Slip | None:
    """A comma or a brace that is missing in braces, where the parser stops."""
    before, here = content[: column - 1], content[column - 1 : column]
    if here == ":" and (found := re.search(rf"[{{,] *{_KEY}: +[^,:{{}}\[\]\"']*? ({_KEY})\Z", before)):
        told = _("a comma is missing before '{key}'").format(key=found[1])
        return Slip(number, found.start(1) + 1, column, told)
    last = max(before.rfind("{"), before.rfind("["))
    closed = {"]": "{", "}": "["}.get(here)
    if closed and last >= 0 and before[last] == closed and not re.search(r"[\]}\"']", before[last:]):
        told = _("'{sign}' is missing before this").format(sign="}" if closed == "{" else "]")
        return Slip(number, column, column + 1, told)
    return None


def _curly(content: str, number: int) -> Slip | None:
    if not (found := re.search(_CURLY, content)):
        return None
    told = _("{sign} is no quotation mark in YAML: write \" or '").format(sign=found[1])
    return Slip(number, found.start(1) + 1, found.start(1) + 2, told)


def _of_continuation(source: Source, number: int) -> Slip | None:
    """What is missing in a line that YAML has taken for the rest of the text above it."""
    content = source.lines[number - 1]
    above = next(_before(source, number, most=1), None)
    start = _indent(content)
    if above is not None and content[start:].startswith("- "):
        bare = re.match(rf"( *)({_KEY})() *\Z", source.lines[above - 1])
        before = next(_before(source, above, most=1), None)
        if bare and before is not None and re.search(r": *(?:#.*)?\Z", source.lines[before - 1]):
            return _colon_missing(bare, above)
        return _column(source, number, above, _indent(source.lines[above - 1]))
    found = re.match(_NO_COLON, content)
    if not found:
        return None
    is_entry = above is not None and source.lines[above - 1].lstrip().startswith("-")
    if not found[3] and not _begins_a_block(source, number):
        return _dash_missing(content, number) if is_entry else None
    return _colon_missing(found, number)


def _no_colon_above(source: Source, line: int) -> Slip | None:
    """A key without its colon, of which YAML hears when the first key below it comes."""
    above = next(_before(source, line, most=1), None)
    if above is None or not (found := re.match(_NO_COLON, source.lines[above - 1])):
        return None
    if source.lines[above - 1].lstrip().startswith("- ") and not found[3]:
        return None  # an entry of a list, whole as it is
    return _colon_missing(found, above)


def _no_dash(source: Source, line: int) -> Slip | None:
    """A key that begins where the entries of a list do."""
    content = source.lines[line - 1]
    start = _indent(content)
    if content[start:].startswith("-"):
        return None
    for above in _before(source, line, most=50):
        other = source.lines[above - 1]
        if _indent(other) == start:
            return _dash_missing(content, line) if other[start:].startswith("- ") else None
        if _indent(other) < start:
            return None
    return None


def _odd_column(source: Source, line: int) -> Slip | None:
    """A line that begins where no line above it does, or further in than the one above."""
    content = source.lines[line - 1]
    start, is_entry = _indent(content), content.lstrip().startswith("- ")
    nearest: tuple[int, int, int] | None = None
    least = 10_000
    for above in _before(source, line, most=200):
        other = source.lines[above - 1]
        indent = _indent(other)
        if indent >= least:
            continue
        least = indent
        column = indent
        if other[indent:].startswith("- ") and not is_entry:
            column = indent + len(other[indent:]) - len(other[indent + 1 :].lstrip())
        if column == start:
            return None
        if nearest is None or abs(column - start) < nearest[0]:
            nearest = abs(column - start), above, column
        if not indent:
            break
    return None if nearest is None else _column(source, line, nearest[1], nearest[2])


def _column(source: Source, line: int, above: int, wanted: int) -> Slip:
    content = source.lines[line - 1]
    start = _indent(content)
    told = (
        _("this line is indented further than line {line}: begin it in column {column}, as there")
        if start > wanted
        else _("this line is indented less than line {line}: begin it in column {column}, as there")
    )
    return Slip(line, start + 1, len(content.rstrip()) + 1, told.format(line=above, column=wanted + 1))


def _dash_missing(content: str, number: int) -> Slip:
    start = _indent(content)
    told = _("a dash is missing before an entry of a list: write '- {text}'")
    return Slip(number, start + 1, len(content.rstrip()) + 1, told.format(text=shorten(content.strip())))


def _colon_missing(found: re.Match[str], number: int) -> Slip:
    wanted = f"{found[2]}: {shorten(found[3])}" if found[3] else f"{found[2]}:"
    told = _("a colon is missing: write '{text}'").format(text=wanted)
    return Slip(number, found.start(2) + 1, found.end(3 if found[3] else 2) + 1, told)


def _begins_a_block(source: Source, number: int) -> bool:
    """Whether what comes next stands further in."""
    for content in source.lines[number:]:
        if content.strip() and not content.lstrip().startswith("#"):
            return _indent(content) > _indent(source.lines[number - 1])
    return False


def _before(source: Source, line: int, most: int) -> Iterator[int]:
    """The numbers of the lines above one, the nearest first, without comments and blank lines."""
    for number in range(line - 1, 0, -1):
        content = source.lines[number - 1].strip()
        if content and not content.startswith("#"):
            yield number
            most -= 1
            if not most:
                return


def _indent(content: str) -> int:
    return len(content) - len(content.lstrip(" "))
