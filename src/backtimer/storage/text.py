"""Text of strangers: which characters may not be in a file, and what is shown in their stead."""

from __future__ import annotations

import re

_INVISIBLE = (
    "\x7f-\x9f"  # DEL and the C1 controls, some of which terminals obey
    "\u00ad\u034f\u115f\u1160\u3164\uffa0"  # soft hyphen, joiners and fillers that show nothing
    "\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff"  # marks and spaces of no width
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u206f"  # overrides of the direction of writing
    "\ud800-\udfff"  # lone surrogates
    "\ufff9-\ufffb\ufffe\uffff"  # annotations and non-characters
    "\U000e0000-\U000e007f"  # invisible tags
)
_FORBIDDEN = f"[\x00-\x08\x0b\x0c\x0e-\x1f{_INVISIBLE}]"
"""A character that no file of ours contains, as a pattern: it steers a terminal, cannot be seen, or is none.

Tab, line feed and carriage return are layout and allowed in a file. The joiners U+200C and U+200D belong to
the spelling of several languages and stay.
"""

_SEEMS_PRINTABLE = frozenset("\u034f\u115f\u1160\u3164\uffa0")
"""What of it Python takes for something to be seen."""

_LAYOUT = r"[\t\n\r]"
REPLACEMENT = "\ufffd"


def forbidden_in(text: str) -> re.Match[str] | None:
    """The first character that no file of ours contains, if there is one."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return None  # as the settings of nearly everybody are, which every start looks at
    return re.search(_FORBIDDEN, text)


def clean(text: str) -> str:
    """Make foreign text safe to show, on one line.

    Every character stands for exactly one in the result, so that columns stay what they were: layout becomes
    a blank, what steers the terminal or cannot be seen becomes the replacement character.
    """
    if text.isprintable() and (text.isascii() or _SEEMS_PRINTABLE.isdisjoint(text)):
        return text  # nearly always; the pattern takes half a millisecond to compile
    return re.sub(_FORBIDDEN, REPLACEMENT, re.sub(_LAYOUT, " ", text))


MOST_OF_A_LINE = 2000


def clean_lines(text: str) -> str:
    """As `clean`, for a message of several lines, which stay; what is absurdly long is cut."""
    return "\n".join(shorten(line, MOST_OF_A_LINE) for line in text.split("\n"))


def json_escaped(text: str) -> str:
    r"""JSON that says the same, with every character that a terminal must not get written as `\u001b`.

    Outside of strings JSON has none of them, and inside the escape is the character itself to who reads it.
    """
    return re.sub(_FORBIDDEN, _escape, text)


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def shorten(text: str, most: int = 40) -> str:
    """Clean foreign text and cut it to a length that fits into a sentence."""
    text = clean(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def code_point(character: str) -> str:
    """The way a character that cannot be shown is named: `U+001B`."""
    return f"U+{ord(character):04X}"
