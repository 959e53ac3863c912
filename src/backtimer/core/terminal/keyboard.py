"""The keys of a keyboard: what they are called, which is meant on another layout, and what terminals send."""

from __future__ import annotations

import re

from backtimer.values import NamedTuple

_LATIN_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,.")
_OTHER_ROWS = (
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),  # Russian
    ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю"),  # Ukrainian
    ("йцукенгшўз", "фывапролджэ", "ячсмітьбю"),  # Belarusian
    ("љњ", "", ""),  # Serbian and Macedonian, where they differ from those above
    ("\u037eςερτυθιοπ", "ασδφγηξκλ", "ζχψωβνμ"),  # Greek
)


def _same_places() -> dict[str, str]:
    places: dict[str, str] = {}
    for rows in _OTHER_ROWS:
        for latin, other in zip(_LATIN_ROWS, rows, strict=True):
            for meant, typed in zip(latin, other, strict=False):
                if not meant.isalpha():
                    continue
                places.setdefault(typed, meant)
                if len(typed.upper()) == 1 and typed.upper() != typed:
                    places.setdefault(typed.upper(), meant.upper())
    # Serbian keeps some letters where nobody else has any.
    places.update({"ј": "j", "Ј": "J", "џ": "x", "Џ": "X", "ѕ": "y", "Ѕ": "Y"})
    # Ukrainian and Belarusian put the same letter in two places, Greek has two letters with one capital.
    places.update({"і": "s", "І": "S", "Σ": "S"})
    return places


_LATIN = _same_places()

_AZERTY_DIGITS = dict(zip("&é\"'(-è_çà", "1234567890", strict=True)) | {"§": "6", "!": "8"}
"""The digit row without shift: French keyboards; Belgian ones and Apple's differ in two keys."""


def latin(character: str) -> str:
    """The Latin letter in the same place of the keyboard; what is no letter of another script stays."""
    return _LATIN.get(character, character)


def digit(character: str) -> str:
    """The digit that a key of AZERTY's digit row stands for without shift; empty when it is none of them."""
    return _AZERTY_DIGITS.get(character, "")


CONTROLS = {
    "\r": "enter",
    "\t": "tab",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x1c": "ctrl+backslash",
    "\x1d": "ctrl+right_square_bracket",
    "\x1e": "ctrl+circumflex_accent",
    "\x1f": "ctrl+underscore",
    "\x00": "ctrl+@",
} | {chr(code): f"ctrl+{chr(code + 96)}" for code in range(1, 27) if chr(code) not in "\r\t\x08"}
"""What the control characters of a terminal are called as keys; a line feed is `ctrl+j`."""

LETTER_KEYS = {
    "A": "up",
    "B": "down",
    "C": "right",
    "D": "left",
    "F": "end",
    "H": "home",
    "P": "f1",
    "Q": "f2",
    "S": "f4",
}
"""Keys whose sequence ends with a letter: `CSI A`, `SS3 A`, `CSI 1 ; 5 A`."""

_FUNCTION_KEY_CODES = (11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34)

_EDITING_KEYS = ("home", "insert", "delete", "end", "pageup", "pagedown", "home", "end")

NUMBERED_KEYS = dict(enumerate(_EDITING_KEYS, 1)) | {
    code: f"f{number}" for number, code in enumerate(_FUNCTION_KEY_CODES, 1)
}
"""Keys whose sequence is a number and a tilde: `CSI 5 ~`."""

LINUX_KEYS = {"A": "f1", "B": "f2", "C": "f3", "D": "f4", "E": "f5"}
"""Function keys of the Linux console, which have a second bracket: `CSI [ A`."""


def _functional_keys() -> dict[int, str]:
    keys = {9: "tab", 13: "enter", 27: "escape", 127: "backspace"}
    blocks = {
        57358: "caps_lock scroll_lock num_lock print_screen pause menu",
        57376: " ".join(f"f{number}" for number in range(13, 36)),
        57399: "0 1 2 3 4 5 6 7 8 9 . / * - + enter = ,",
        57417: "left right up down pageup pagedown home end insert delete kp_begin",
        57428: "media_play media_pause media_play_pause media_reverse media_stop media_fast_forward "
        "media_rewind media_track_next media_track_previous media_record "
        "lower_volume raise_volume mute_volume",
        57441: "left_shift left_control left_alt left_super left_hyper left_meta "
        "right_shift right_control right_alt right_super right_hyper right_meta "
        "iso_level3_shift iso_level5_shift",
    }
    for first, names in blocks.items():
        keys |= dict(enumerate(names.split(), first))
    return keys


FUNCTIONAL_KEYS = _functional_keys()
"""Keys that the keyboard protocol numbers, as in `CSI 57417 u`. Source: kitty's list of functional keys."""

MODIFIERS = ("shift", "alt", "ctrl", "super", "hyper", "meta")
"""In the order of their bits; caps lock and num lock follow, and change no name."""


def with_modifiers(key: str, bits: int) -> str:
    """The name of a key that is pressed together with others."""
    held = [name for place, name in enumerate(MODIFIERS) if bits >> place & 1]
    return "+".join([*sorted(held), key])


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
    key = NUMBERED_KEYS.get(code) if final == "~" else None
    if final == "Z" and code == 1:
        key, bits = "tab", bits | 1
    elif final != "~" and code == 1:
        key = LETTER_KEYS.get(final)
    return Press(with_modifiers(key, bits), None, now) if key else None


def _coded_key(code: int, bits: int, text: str, now: float) -> Press | None:
    """A key that is told by its number, with the text that it would write."""
    bits &= 0b111111  # locks change no key's name
    key = FUNCTIONAL_KEYS.get(code)
    if key is not None:
        if code >= _FIRST_MODIFIER:  # it is told as held down itself
            bits = 0
        writes = _WRITTEN.get(key, key if len(key) == 1 else None)
        return Press(with_modifiers(key, bits), None if bits else writes, now)
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
        return Press(with_modifiers(latin(key), bits), None, now)
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
