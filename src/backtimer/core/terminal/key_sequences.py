"""The sequences of keys, mouse, focus and modes that terminals send, and what each of them means."""

from __future__ import annotations

import re

from backtimer.core.terminal import keyboard
from backtimer.values import NamedTuple

_LARGEST_CELL = 9999
"""No terminal has more columns or rows: a click beyond them is none."""

# `re` compiles these with the first sequence: the first frame does not wait for that.
_MOUSE = r"(?a)<(\d{1,3});(\d{1,5});(\d{1,5})[Mm]"
_MODE_REPORT = r"(?a)\?\d{1,5};\d\$y"
_KEY = (
    r"(?a)(?:(?P<code>\d{1,7})(?::\d{0,7}){0,2})?"
    r"(?:;(?P<modifiers>\d{0,3})(?::(?P<event>\d))?(?:;(?P<text>\d{0,7}(?::\d{0,7})*))?)?"
    r"(?P<final>[A-Zu~])"
)

_PRESSED = (None, "1", "2")
"""Pressed, or repeated while it is held down; what else is told is that a key was let go."""


class Press(NamedTuple):
    """A key was pressed."""

    key: str
    """A character as it is, or a name: `enter`, `escape`, `right`, `ctrl+c`, `shift+tab`."""
    character: str | None
    """What it would write, if it writes anything."""
    at: float
    """When it was read."""


class TerminalReport:
    """The mouse, the focus, or a mode of the terminal, as a sequence that is complete and within bounds.

    No tuple: it stands where pasted text may, which must never be taken for it.
    """

    __slots__ = ("at", "sequence")

    def __init__(self, sequence: str, at: float) -> None:
        self.sequence = sequence
        self.at = at

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TerminalReport):
            return NotImplemented
        return (self.sequence, self.at) == (other.sequence, other.at)

    def __hash__(self) -> int:
        return hash((self.sequence, self.at))


class Paste(NamedTuple):
    """Text that was pasted. It commands nothing."""

    text: str
    at: float


Token = Press | TerminalReport | Paste


def understood(body: str, now: float) -> Press | TerminalReport | None:
    """What a control sequence means.

    Args:
        body: Its parameters and its final character.
        now: When it was read.

    Returns:
        A key that was pressed, or a report; None: nothing that is known, or within bounds.
    """
    return TerminalReport(f"\x1b[{body}", now) if _is_report(body) else _key_of(body, now)


def _is_report(body: str) -> bool:
    if body in ("I", "O"):  # the focus
        return True
    if found := re.fullmatch(_MOUSE, body):
        _, column, row = map(int, found.groups())
        return 1 <= column <= _LARGEST_CELL and 1 <= row <= _LARGEST_CELL
    return re.fullmatch(_MODE_REPORT, body) is not None


def modifier_bits(text: str) -> int | None:
    """The modifiers of a key's sequence, which are counted from one; None when they are none."""
    value = int(text or "1")
    return value - 1 if 1 <= value <= 256 else None


def _key_of(body: str, now: float) -> Press | None:
    """The key of a control sequence, if it is the sequence of a key that was pressed."""
    found = re.fullmatch(_KEY, body)
    if found is None or found["event"] not in _PRESSED:
        return None
    bits = modifier_bits(found["modifiers"] or "")
    if bits is None:
        return None
    code = int(found["code"] or 1)
    final = found["final"]
    if final == "u":
        return _coded_key(code, bits, found["text"] or "", now) if found["code"] else None
    if final == "~" and code == 27:
        return _coded_key(int(found["text"]), bits, "", now) if (found["text"] or "").isdecimal() else None
    if found["text"] is not None:
        return None
    key = keyboard.NUMBERED_KEYS.get(code) if final == "~" else None
    if final == "Z" and code == 1:
        key, bits = "tab", bits | 1
    elif final != "~" and code == 1:
        key = keyboard.LETTER_KEYS.get(final)
    return Press(keyboard.with_modifiers(key, bits), None, now) if key else None


def _coded_key(code: int, bits: int, text: str, now: float) -> Press | None:
    """A key that is told by its number, with the text that it would write."""
    bits &= 0b111111  # locks change no key's name
    key = keyboard.FUNCTIONAL_KEYS.get(code)
    if key is not None:
        if code >= _FIRST_MODIFIER:  # it is told as held down itself
            bits = 0
        writes = _WRITTEN.get(key, key if len(key) == 1 else None)
        return Press(keyboard.with_modifiers(key, bits), None if bits else writes, now)
    written = [_character(int(part)) for part in text.split(":") if part]
    character = written[0] if written else _character(code)
    if character is None or len(written) > 1:  # no single key writes more than one character
        return None
    if written:
        bits &= ~_SHIFT_AND_ALT
    elif bits == 1 and character.isalpha() and len(character.upper()) == 1:
        character, bits = character.upper(), 0
    key = "space" if character == " " else character
    if bits:
        return Press(keyboard.with_modifiers(keyboard.latin(key), bits), None, now)
    return Press(key, character, now)


_FIRST_MODIFIER = 57441
"""From here on the keyboard protocol numbers shift, control and their like."""

_WRITTEN = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b"}

_SHIFT_AND_ALT = 0b11
"""Text that a key writes has them in it already."""


def _character(code: int) -> str | None:
    """A character that a key can write: no control, no surrogate, nothing private, nothing beyond Unicode."""
    if not 0x20 <= code <= 0x10FFFF or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xF8FF or code >= 0xF0000:
        return None
    return chr(code)
