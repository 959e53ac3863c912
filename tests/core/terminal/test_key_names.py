"""What the keys of a keyboard are called, on any terminal, and on layouts of other scripts."""

from __future__ import annotations

import pytest

from backtimer.core.terminal.keyboard import Press, digit, latin, understood
from backtimer.core.terminal.terminal_input import (
    ESCAPE_DELAY_S,
    SLOW_ESCAPE_DELAY_S,
    TerminalInput,
    escape_delay_s,
)
from tests.rules import for_each


def key_of(body: str) -> str | None:
    """The key that a control sequence tells."""
    found = understood(body, 0.0)
    assert found is None or isinstance(found, Press)
    return found.key if found else None


@pytest.mark.parametrize(
    ("first", "names"),
    [
        (1, "home insert delete end pageup pagedown home end"),
        (11, "f1 f2 f3 f4 f5 - f6 f7 f8 f9 f10 - f11 f12 f13 f14 - f15 f16 - f17 f18 f19 f20 -"),
    ],
)
def test_keys_with_a_number_and_a_tilde(first: int, names: str) -> None:
    for number, name in enumerate(names.split(), first):
        if number != 27:  # by it a terminal tells other keys
            assert key_of(f"{number}~") == (None if name == "-" else name), number


@for_each(
    ("code", "key"),
    [
        (57358, "caps_lock"),
        (57363, "menu"),
        (57376, "f13"),
        (57398, "f35"),
        (57399, "0"),
        (57408, "9"),
        (57414, "enter"),
        (57416, ","),
        (57417, "left"),
        (57427, "kp_begin"),
        (57428, "media_play"),
        (57440, "mute_volume"),
        (57441, "left_shift"),
        (57454, "iso_level5_shift"),
        (57343, None),
        (57364, None),
        (57455, None),
        (63743, None),  # the last that is private
        (63744, "\uf900"),
        (0x10FFFF, None),
        (0xEFFFF, "\U000effff"),
        (0x1F, None),
        (0x21, "!"),
        (0x7E, "~"),
        (0x80, None),
        (0x9F, None),
        (0xA0, "\xa0"),
        (0xD7FF, "\ud7ff"),
        (0xD800, None),
    ],
)
def test_keys_that_the_keyboard_protocol_numbers(code: int, key: str | None) -> None:
    assert key_of(f"{code}u") == key


@for_each(
    ("body", "key", "writes"),
    [
        ("57402u", "3", "3"),
        ("57402;5u", "ctrl+3", None),
        ("57414u", "enter", "\r"),
        ("57417u", "left", None),
        ("9u", "tab", "\t"),
        ("32u", "space", " "),
        ("110;5u", "ctrl+n", None),
    ],
)
def test_a_numbered_key_writes_what_it_would_have_written(body: str, key: str, writes: str | None) -> None:
    assert understood(body, 2.0) == Press(key, writes, 2.0)


@for_each(
    ("bits", "key"),
    [
        (1, "up"),
        (2, "shift+up"),
        (3, "alt+up"),
        (5, "ctrl+up"),
        (6, "ctrl+shift+up"),
        (9, "super+up"),
        (17, "hyper+up"),
        (33, "meta+up"),
        (65, "up"),
        (256, "alt+ctrl+hyper+meta+shift+super+up"),
        (257, None),
    ],
)
def test_what_is_held_down_with_a_key(bits: int, key: str | None) -> None:
    assert key_of(f"1;{bits}A") == key


@for_each(
    ("typed", "meant"),
    [
        ("йцуфячЙЦФЯ", "qweazxQWAZ"),
        ("ґїєў", "ґїєo"),  # what stands where Latin keyboards have a sign stays
        ("љњјџѕЉЊЈЏЅ", "qwjxyQWJXY"),
        ("іІ", "sS"),
        ("ςερτσΣάΩ", "wertsSάV"),
        ("ß日ñ1x", "ß日ñ1x"),
    ],
)
def test_letters_of_another_layout_are_those_of_their_place(typed: str, meant: str) -> None:
    assert "".join(map(latin, typed)) == meant


def test_the_digit_row_of_azerty() -> None:
    assert "".join(map(digit, "à&é\"'(-è_ç")) == "0123456789"
    assert [digit("§"), digit("!"), digit("a"), digit("1")] == ["6", "8", "", ""]


@for_each(
    ("environment", "delay_s"),
    [
        ({}, ESCAPE_DELAY_S),
        ({"SSH_TTY": ""}, ESCAPE_DELAY_S),
        ({"TERM": "xterm"}, ESCAPE_DELAY_S),
        ({"SSH_TTY": "/dev/pts/3"}, SLOW_ESCAPE_DELAY_S),
        ({"SSH_CLIENT": "10.0.0.2 50022 22"}, SLOW_ESCAPE_DELAY_S),
        ({"SSH_CONNECTION": "10.0.0.2 50022 10.0.0.1 22"}, SLOW_ESCAPE_DELAY_S),
    ],
)
def test_an_escape_waits_longer_where_keys_come_through_a_network(
    environment: dict[str, str], delay_s: float
) -> None:
    assert escape_delay_s(environment) == delay_s
    reader = TerminalInput(delay_s)
    reader.feed(b"\x1b", 1.0)
    assert reader.due == 1.0 + delay_s
