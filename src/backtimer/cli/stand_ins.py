"""Signs for an output that cannot carry ours: a `?` for each would make all the days of a calendar alike."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.rows import Row, Span

STAND_INS = {
    "✓": "x",
    "◐": "/",
    "·": ".",
    "○": "o",
    "◇": "*",
    "–": "-",
    "→": ">",
    "×": "x",
    "…": ".",
    "█": "#",
    "░": ".",
    **{bar: str(number) for number, bar in enumerate("▁▂▃▄▅▆▇", 1)},
}
"""One plain character for each, so that nothing moves."""


def with_stand_ins(rows: Sequence[Row], encoding: str) -> Sequence[Row]:
    """The rows as an output of this encoding can carry them."""
    table = {ord(sign): plain for sign, plain in STAND_INS.items() if not _carries(encoding, sign)}
    if not table:
        return rows
    return [tuple(Span(span.text.translate(table), span.look) for span in row) for row in rows]


def _carries(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
