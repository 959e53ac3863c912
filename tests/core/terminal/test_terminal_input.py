"""What a terminal sends: keys are keys, replies are nothing, however they come apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backtimer.core.terminal.keyboard import Paste, Press, TerminalReport, Token
from backtimer.core.terminal.terminal_input import (
    ESCAPE_DELAY_S,
    HAND_S,
    SLOW_ESCAPE_DELAY_S,
    SWALLOWED_S,
    TerminalInput,
    typed,
)
from tests.rules import for_each

LATER = 100.0
"""Long after anything can still be on its way."""


def tokens_of(*reads: tuple[float, bytes], delay_s: float = ESCAPE_DELAY_S) -> list[Token]:
    """What comes of reads at their moments, by somebody who is there whenever something is due."""
    reader = TerminalInput(delay_s)
    found: list[Token] = []
    for moment, data in reads:
        while (due := reader.due) is not None and due < moment:
            found += reader.tick(due)
        found += reader.feed(data, moment)
    while (due := reader.due) is not None:
        found += reader.tick(due)
    return found


def keys_of(*reads: tuple[float, bytes], delay_s: float = ESCAPE_DELAY_S) -> list[str]:
    """The keys among them."""
    return [token.key for token in tokens_of(*reads, delay_s=delay_s) if isinstance(token, Press)]


@for_each(
    ("data", "keys"),
    [
        (b"n", ["n"]),
        (b" ", ["space"]),
        (b"\r", ["enter"]),
        (b"\n", ["ctrl+j"]),
        (b"\x7f", ["backspace"]),
        (b"\x03", ["ctrl+c"]),
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b", ["escape"]),
        ("é".encode(), ["é"]),
        (b"\xff", ["\ufffd"]),
        (b"\x1b[C\x1b[C\x1bOD", ["right", "right", "left"]),
        (b"\x1b[1;5C", ["ctrl+right"]),
        (b"\x1bO5C", ["ctrl+right"]),
        (b"\x1b[5~\x1b[6~\x1b[3~", ["pageup", "pagedown", "delete"]),
        (b"\x1b[3;2~", ["shift+delete"]),
        (b"\x1b[Z", ["shift+tab"]),
        (b"\x1bOP\x1b[15~\x1b[24~\x1b[[B", ["f1", "f5", "f12", "f2"]),
        (b"\x9bC\x8fD", ["right", "left"]),
        (b"\xc2\x9bC", ["right"]),
        # The keyboard protocol.
        (b"\x1b[110u", ["n"]),
        (b"\x1b[110;1:1u", ["n"]),
        (b"\x1b[110;1:2u", ["n"]),
        (b"\x1b[110;1:3u", []),
        (b"\x1b[110;;110u", ["n"]),
        (b"\x1b[110;2;78u", ["N"]),
        (b"\x1b[110;2u", ["N"]),
        (b"\x1b[110:78;2u", ["N"]),
        (b"\x1b[49;2;33u", ["!"]),
        (b"\x1b[99;5u", ["ctrl+c"]),
        (b"\x1b[1089;5u", ["ctrl+c"]),  # the same key on a Cyrillic layout
        (b"\x1b[99;69u", ["ctrl+c"]),  # with caps lock
        (b"\x1b[27;5;99~", ["ctrl+c"]),
        (b"\x1b[13u", ["enter"]),
        (b"\x1b[13;2u", ["shift+enter"]),
        (b"\x1b[27u", ["escape"]),
        (b"\x1b[57441;2u", ["left_shift"]),
        (b"\x1b[57435u\x1b[57419u", ["media_track_next", "up"]),
        (b"\x1b[57402;129;51u", ["3"]),
        (b"\x1b[1;1:1A\x1b[1;1:3A", ["up"]),
        (b"\x1b[0;;233u", ["é"]),
    ],
)
def test_keys(data: bytes, keys: list[str]) -> None:
    assert keys_of((0.0, data)) == keys


SILENT = [
    b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    b"\x9d11;rgb:ffff/ffff/ffff\x9c",
    b"\xc2\x9d11;rgb:ffff/ffff/ffff\xc2\x9c",
    b"\x1b]52;c;" + b"Zm5mZg" * 50_000 + b"\x07",
    b"\x1b[?997;1n",
    b"\x1b[0n",
    b"\x1b[?62;22c",
    b"\x1b[>0;276;0c",
    b"\x1b[12;40R",
    b"\x1b[8;24;80t",
    b"\x1b[48;999999;999999;1;1t",
    b"\x1b[?25u",
    b"\x1b[1114112u",
    b"\x1b[55296u",
    b"\x1b[9999999999A",
    b"\x1b[27;5;9999999~",
    b"\x1b[110;999999u",
    b"\x1b[57344;99999u",
    b"\x1b[110;0u",
    b"\x1b[110;1;1114112u",
    b"\x1b[102;1;102:102u",
    b"\x1b[" + b"1;" * 50_000 + b"f",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP>|XTerm(379)\x1b\\",
    b"\x1bP+q\x07fn\x1b\\",
    b"\x1b_Gi=1;OK\x1b\\",
    b"\x1b^fn\x1b\\",
    b"\x1bXfn\x9c",
    b"\x1bNf",
    b"\x1bOx",
    b"\x1bO" + b"1" * 63 + b";5C",
    b"\x8ef",
    b"\x85\x84",
    b"\x1bf",
    b"\x1b f",
    b"\x1b(f",
    b"\x1b\r",
    b"\x1b\x1bf",
    b"\x1b\x1b[A",
    b"\x1b[M f3",
    b"\x1b[M \xe6\x9b",
    b"\x1b[<0;99999;1M",
    b"\x1b[35;f",
    b"\x1b[1;\x012A",
    b"\x1b[\xc3\xa9A",
    # Truncated ones.
    b"\x1b]11;rgb:ffff/ff",
    b"\x1b[48;",
    b"\x1b[",
    b"\x1bO",
    b"\x1bPfff",
    b"\x1b[M f",
    b"\x1b]11;f\x1b",
    b"\x1b(",
    b"\x9b1",
]


@for_each("data", SILENT, ids=[repr(data[:24]) for data in SILENT])
@for_each("step", [1, 3, 4096])
def test_what_is_no_key_is_silent_and_the_next_key_is_heard(data: bytes, step: int) -> None:
    pieces = [(place * 1e-6, data[place : place + step]) for place in range(0, len(data), step)]
    assert tokens_of(*pieces, (LATER, b"n")) == [Press("n", "n", LATER)]


@for_each("data", SILENT, ids=[repr(data[:24]) for data in SILENT])
def test_a_reply_in_two_pieces_that_are_far_apart(data: bytes) -> None:
    for cut in range(1, min(len(data), 12)):
        head, tail = data[:cut], data[cut:]
        found = keys_of((0.0, head), (0.3, tail))
        # An arrow that has come apart from what stood before it is an arrow.
        assert [key for key in found if key not in ("escape", "up")] == [], (head, tail)


@for_each(
    "data",
    [
        b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        b"\x1bP>|ffn(380)\x07\x1b\\",
        b"\x1b[?62;22;3;5;8;52c",
        b"\x9d11;ff/ff\x9c",
    ],
)
def test_a_reply_that_trickles_in_is_dropped_to_its_last_character(data: bytes) -> None:
    # An escape alone for so long would be the escape key, so the one at the end keeps its companion.
    head, tail = (data[:2], data[2:]) if data.startswith(b"\x1b") else (data[:1], data[1:])
    end = [tail[-2:]] if tail.endswith(b"\x1b\\") else [tail[-1:]]
    pieces = [head, *(tail[place : place + 1] for place in range(len(tail) - len(end[0]))), *end]
    reads = [(place * 0.3, piece) for place, piece in enumerate(pieces)]
    assert tokens_of(*reads, (reads[-1][0] + 0.05, b"n")) == [Press("n", "n", reads[-1][0] + 0.05)]


def test_ctrl_c_is_heard_in_the_middle_of_anything() -> None:
    for data in SILENT:
        for cut in range(1, min(len(data), 12)):
            assert "ctrl+c" in keys_of((0.0, data[:cut]), (0.05, b"\x03")), data[:cut]
    assert keys_of((0.0, b"\x1b[200~text"), (0.05, b"\x03")) == ["ctrl+c"]


class TestEscape:
    def test_waits_for_the_rest_of_a_key(self) -> None:
        assert keys_of((0.0, b"\x1b"), (0.08, b"[C")) == ["right"]
        assert tokens_of((0.0, b"\x1b")) == [Press("escape", "\x1b", 0.0)]

    def test_waits_longer_where_the_network_is_slow(self) -> None:
        assert keys_of((0.0, b"\x1b"), (0.3, b"[C"), delay_s=SLOW_ESCAPE_DELAY_S) == ["right"]
        assert keys_of((0.0, b"\x1b"), (0.3, b"["), (0.7, b"C"), delay_s=SLOW_ESCAPE_DELAY_S) == ["right"]

    def test_a_reader_that_was_away_loses_no_arrow(self) -> None:
        reader = TerminalInput()
        assert reader.feed(b"\x1b", 0.0) == []
        assert reader.feed(b"[C", 5.0) == [Press("right", None, 5.0)]

    @pytest.mark.parametrize("rest", [b"f", b"ff", b"[C", b"]11;rgb:ffff/ffff/ffff\x07", b"[0n", b"\r", b" "])
    def test_what_follows_within_a_second_goes_with_it(self, rest: bytes) -> None:
        assert keys_of((0.0, b"\x1b"), (0.3, rest), (SWALLOWED_S + 0.1, b"n")) == ["escape", "n"]

    def test_the_rest_of_an_answer_goes_with_it_though_it_comes_later(self) -> None:
        answer = [(0.9, b"]11;rgb:ff"), (1.1, b"f"), (1.3, b"/"), (1.5, b"\x07")]
        assert keys_of((0.0, b"\x1b"), *answer, (2.0, b"s")) == ["escape", "s"]

    def test_half_an_answer_behind_it_costs_no_more_than_its_second(self) -> None:
        assert keys_of((0.0, b"\x1b"), (0.5, b"["), (1.2, b"n")) == ["escape", "n"]

    def test_a_key_that_begins_with_an_escape_of_its_own_is_a_key(self) -> None:
        assert keys_of((0.0, b"\x1b"), (0.08, b"\x1b[C")) == ["escape", "right"]
        assert keys_of((0.0, b"\x1b"), (0.3, b"\x1b")) == ["escape", "escape"]

    def test_the_mouse_does_not_swallow_it(self) -> None:
        assert tokens_of((0.0, b"\x1b\x1b[<35;3;4M")) == [
            Press("escape", "\x1b", 0.0),
            TerminalReport("\x1b[<35;3;4M", 0.0),
        ]


class TestHand:
    @pytest.mark.parametrize("data", [b"fs", b"nf", b"3\r", b"f\x1b[110u", b"ffn", b"nff", b"10", b"y3f"])
    def test_two_keys_that_come_together_command_nothing(self, data: bytes) -> None:
        assert keys_of((0.0, data)) == []

    def test_nor_do_they_in_two_reads(self) -> None:
        assert keys_of((0.0, b"f"), (HAND_S / 2, b"s"), (1.0, b"n")) == ["n"]
        # The last of three is far enough from the first, but not from the second.
        assert keys_of((0.0, b"f"), (0.015, b"s"), (0.03, b"f")) == []

    def test_exactly_so_close_is_too_close(self) -> None:
        assert keys_of((0.0, b"f"), (HAND_S, b"s")) == []

    def test_a_hand_is_not_that_fast(self) -> None:
        assert tokens_of((0.0, b"f"), (0.03, b"s")) == [Press("f", "f", 0.0), Press("s", "s", 0.03)]

    def test_a_key_that_is_held_down_and_arrows_may_be(self) -> None:
        assert keys_of((0.0, b"nnn"), (0.01, b"n")) == ["n"] * 4
        assert keys_of((0.0, b"\x1b[C\x1b[D\x1b[C")) == ["right", "left", "right"]

    def test_the_order_stays(self) -> None:
        assert keys_of((0.0, b"n\x1b[C")) == ["n", "right"]

    def test_shift_and_its_letter_are_one_stroke(self) -> None:
        assert keys_of((0.0, b"\x1b[57441;2u\x1b[110;2;78u")) == ["left_shift", "N"]

    def test_ctrl_c_always_leaves(self) -> None:
        assert keys_of((0.0, b"f\x03")) == ["f", "ctrl+c"]


class TestReports:
    @pytest.mark.parametrize(
        "sequence", ["\x1b[<0;10;5M", "\x1b[<0;10;5m", "\x1b[<64;1;1M", "\x1b[I", "\x1b[O", "\x1b[?2026;2$y"]
    )
    def test_mouse_focus_and_modes(self, sequence: str) -> None:
        assert tokens_of((0.0, sequence.encode())) == [TerminalReport(sequence, 0.0)]

    @pytest.mark.parametrize("step", [1, 2, 5, 100])
    def test_what_is_pasted_is_one_piece_and_no_key(self, step: int) -> None:
        data = "\x1b[200~ff\x1b[C é\r\x1b[201~".encode()
        pieces = [(place * 0.001, data[place : place + step]) for place in range(0, len(data), step)]
        [paste] = tokens_of(*pieces)
        assert isinstance(paste, Paste)
        assert paste.text == "ff\x1b[C é\r"

    def test_a_paste_of_any_length_ends(self) -> None:
        found = tokens_of((0.0, b"\x1b[200~" + b"f" * 500_000 + b"\x1b[201~"), (1.0, b"n"))
        assert [type(token) for token in found] == [Paste, Press]

    def test_a_paste_without_an_end_is_over_when_nothing_follows(self) -> None:
        found = tokens_of((0.0, b"\x1b[200~fff"), (SWALLOWED_S + 0.1, b"n"))
        assert found == [Paste("fff", 0.0), Press("n", "n", SWALLOWED_S + 0.1)]


def test_a_truncated_answer_does_not_make_the_keyboard_deaf() -> None:
    reads = [(0.4 * number, b"n") for number in range(1, 8)]
    assert len(keys_of((0.0, b"\x1b]11;rgb:ff"), *reads)) >= 4


def test_what_waited_is_forgotten_but_not_the_half_of_an_answer() -> None:
    reader = TerminalInput()
    assert reader.feed(b"f\x1b]11;rgb:ff", 0.0) == []
    reader.forget()
    assert reader.feed(b"ff/ffff\x1b\\", 0.05) == []
    assert reader.feed(b"n", 0.2) == []
    assert reader.tick(0.3) == [Press("n", "n", 0.2)]


@for_each(
    ("line", "text"),
    [
        ("3", "3"),
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\3", "3"),
        ("1\x1b[D0", "10"),
        ("\x1b[0n", ""),
        ("yes", "yes"),
    ],
)
def test_a_line_that_was_typed_among_answers(line: str, text: str) -> None:
    assert typed(line) == text


# ---------------------------------------------------------------------- of any kind

finals = st.sampled_from([chr(code) for code in range(0x40, 0x7F) if chr(code) not in "u~[M"])
parameters = st.text("0123456789:;<=>? !\"#$%&'()*+,-./", max_size=90)
payload = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x3FF, exclude_characters="\x9c"), max_size=60
)
control_sequences = st.builds("{}{}{}".format, st.sampled_from(["\x1b[", "\x9b"]), parameters, finals)
strings = st.builds(
    "{}{}{}".format,
    st.sampled_from([*(f"\x1b{one}" for one in "]PX^_"), *"\x9d\x90\x98\x9e\x9f"]),
    payload.map(lambda text: "".join(one for one in text if not "\x80" <= one <= "\x9f")),
    st.sampled_from(["\x1b\\", "\x9c", "\x07"]),
)
shifts = st.builds(
    "{}{}".format,
    st.sampled_from(["\x1bN", "\x1bO", "\x8e", "\x8f"]),
    st.characters(min_codepoint=0x21, max_codepoint=0x7E).filter(lambda one: not one.isdigit()),
)
plain_escapes = st.characters(min_codepoint=0x30, max_codepoint=0x7E).filter(
    lambda one: one not in "[]PX^_NO"
)
sequences = st.one_of(control_sequences, strings, shifts, plain_escapes.map("\x1b{}".format))


@given(st.lists(sequences, min_size=1, max_size=4), st.booleans(), st.data())
def test_no_sequence_of_any_kind_is_a_letter_or_a_digit(
    found: list[str], bytes_of_eight_bits: bool, data: st.DataObject
) -> None:
    raw = b"".join(
        bytes([ord(one)]) if bytes_of_eight_bits and "\x80" <= one <= "\x9f" else one.encode()
        for one in "".join(found)
    )
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=4)))
    bounds = [0, *cuts, len(raw)]
    reads = [(0.001 * place, raw[a:b]) for place, (a, b) in enumerate(itertools.pairwise(bounds))]
    assert [key for key in keys_of(*reads) if len(key) == 1 or key in ("enter", "space", "tab")] == []


@given(st.binary(max_size=60), st.data())
@example(b"\x1b[\x1b[1114112u", None)
def test_pieces_give_the_same_keys_and_nothing_raises(raw: bytes, data: st.DataObject | None) -> None:
    whole = tokens_of((0.0, raw))
    cuts = [3] if data is None else sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=6)))
    bounds = [0, *cuts, len(raw)]
    assert tokens_of(*((0.0, raw[a:b]) for a, b in itertools.pairwise(bounds))) == whole


@given(st.lists(st.tuples(st.floats(0, 0.5), st.binary(max_size=12)), max_size=12))
def test_whatever_comes_the_keyboard_comes_back(gaps: list[tuple[float, bytes]]) -> None:
    reads, now = [], 0.0
    for gap, data in gaps:
        now += gap
        reads.append((now, data))
    # A byte of text that is never completed is a stray one, so the first key may stand beside it.
    assert keys_of(*reads, (now + LATER, b"\x1b[C"), (now + 2 * LATER, b"n"))[-1] == "n"
