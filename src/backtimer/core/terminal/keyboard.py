"""The keys of a keyboard: what they are called, and which one is meant on another layout."""

from __future__ import annotations

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
