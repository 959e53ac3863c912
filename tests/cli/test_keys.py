"""The keys of plain mode, as terminals send them."""

from __future__ import annotations

import pytest

from backtimer.cli.keys import key_names


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"n", ["n"]),
        (b" ", ["space"]),
        (b"\x1b", ["escape"]),
        (b"\x1b[6~", ["pagedown"]),
        (b"\x1b[C\x1b[C\x1bOD", ["right", "right", "left"]),  # a button that is held down
        (b"\x1b[6~ ", ["pagedown", "space"]),
        (b" \x1b[5~", ["space", "pageup"]),
        (b"\x1b[1;5C", ["other"]),
        (b"\x1b[C\x1b", ["right", "escape"]),
        ("é".encode(), ["é"]),
        (b"\x07", ["other"]),
    ],
)
def test_every_key_of_one_read_is_one_key(data: bytes, names: list[str]) -> None:
    assert key_names(data) == names
