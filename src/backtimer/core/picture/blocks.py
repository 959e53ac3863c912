"""Blocks of rows that screens are put together from: large words, counts, bars, and texts that turn pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from backtimer.core.picture.letters import columns, draw, drawable, fitted_text, gap
from backtimer.core.picture.rows import EMPTY, Look, Row, Span, cells, cut, fit, width_of, wrapped

PAGE_S = 2
"""So many seconds a row of a page is to be read."""

LEAST_PAGE_S = 3

PAGER = 6
"""The cells at the end of a row that are kept for `2/3`, where a text has pages."""

LEAST_PAGED = 4 * PAGER
"""In a narrower text nothing is kept for that: it would take a third of it."""

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def shared(height: int, wishes: Sequence[tuple[str, int]]) -> Mapping[str, int]:
    """Share rows out among blocks.

    Args:
        height: So many rows there are.
        wishes: A block and how many rows it would have, what matters most first; it may come again, with
            more. What there is no room for is passed over.

    Returns:
        The rows of each block; what is left is under the empty name.
    """
    rows: dict[str, int] = {}
    for name, wanted in wishes:
        more = wanted - rows.get(name, 0)
        if 0 < more <= height:
            rows[name] = wanted
            height -= more
    return {"": height} | {name: rows.get(name, 0) for name, _ in wishes}


def shortened(text: str, width: int) -> str:
    """A text of several parts without the last ones, where not all of it fits."""
    while cells(text) > width and (end := max(text.rfind(", "), text.rfind(" · "))) > 0:
        text = text[:end]
    return fit(text, width)


def exactly(rows: Sequence[Row], height: int) -> list[Row]:
    """So many rows: what is too much goes from the end, what is missing is empty."""
    return [*rows[:height], *([EMPTY] * (height - len(rows)))]


def centred(rows: Sequence[Row], height: int) -> list[Row]:
    """Rows in the middle of so many."""
    above = max(0, height - len(rows)) // 2
    return exactly([*([EMPTY] * above), *rows], height)


def padded_row(a_row: Row, width: int) -> Row:
    """A row of exactly this width."""
    fitting = cut(a_row, width)
    spare = width - width_of(fitting)
    return (*fitting, Span(" " * spare)) if spare > 0 else fitting


def sliced(a_row: Row, first: int, last: int | None = None) -> Row:
    """The cells of a row from one column to another, which is not part of it; a missing one is blank."""
    found: list[Span] = []
    at = 0
    for span in a_row:
        end = at + cells(span.text)
        if end > first and (last is None or at < last):
            found.append(_part(span, max(0, first - at), None if last is None else last - at))
        at = end
    if last is not None and at < last:
        found.append(Span(" " * (last - max(at, first))))
    return tuple(found)


def _part(span: Span, first: int, last: int | None) -> Span:
    if cells(span.text) == len(span.text):
        return Span(span.text[first:last], span.look)
    kept, at = "", 0
    for character in span.text:
        if at >= first and (last is None or at + cells(character) <= last):
            kept += character
        at += cells(character)
    return Span(kept, span.look)


def around_of(a_row: Row, x: int, width: int) -> tuple[Row, Row]:
    """What a row has before a column, and behind the room of such a width that begins there."""
    return sliced(a_row, 0, x), sliced(a_row, x + width)


@lru_cache(64)
def large(texts: tuple[str, ...], width: int, height: int, look: Look, most: int = 99) -> tuple[Row, ...]:
    """A text in the largest letters that a box has room for.

    Args:
        texts: The text, and others that say the same in fewer letters; they come in only where larger letters
            are won by it.
        width: Of the box.
        height: Of the box.
        look: Of the letters.
        most: The largest scale wanted.

    Returns:
        Its rows, not more than the box has; in ordinary letters where no large ones fit.
    """
    found = [fitted_text(text, width, height, most) for text in texts]
    scale, lines = max(found, key=lambda each: each[0], default=(0, ()))
    if scale:
        rows: list[Row] = []
        for line in lines:
            rows += [EMPTY] * (gap(scale) if rows else 0)
            rows += [(Span(drawn, look),) for drawn in draw(line, scale)]
        return tuple(rows)
    return tuple(ended(wrapped(texts[0], max(1, width), look), width, height)) if texts else ()


def ended(rows: Sequence[Row], width: int, height: int) -> list[Row]:
    """The rows that there is room for; the last one says so when there were more."""
    if len(rows) <= height:
        return list(rows)
    if height < 1:
        return []
    last = rows[height - 1]
    text = fit("".join(span.text for span in last), max(1, width - 1)).removesuffix("…")
    return [*rows[: height - 1], (Span(f"{text}…", last[-1].look if last else Look.PLAIN),)]


@lru_cache(64)
def count_rows(text: str, shape: str, width: int, height: int, look: Look) -> tuple[Row, ...]:
    """A count in large digits, which stay in their place while it goes down.

    Args:
        text: The count.
        shape: A text of the same kind that sets the scale and the place in its stead ("00" for a count from
            30 down to 0). The count stands at its right end.
        width: Of the box.
        height: Of the box.
        look: Of the digits.
    """
    shape = shape if len(shape) >= len(text) else text
    scale, lines = fitted_text(shape, width, height, 99)
    if not scale or len(lines) != 1 or not drawable(text):
        return ((Span(fit(text.rjust(len(shape)), width), look),),) if height > 0 else ()
    before = " " * ((columns(shape) - columns(text)) * scale)
    return tuple((Span(f"{before}{drawn}", look),) for drawn in draw(text, scale))


def progress_bar(fraction: float, width: int, look: Look) -> Row:
    """A thin line: heavy for what has passed, light for what is to come; exact to half a cell."""
    whole, half = divmod(round(min(1.0, max(0.0, fraction)) * width * 2), 2)
    past = "━" * whole + "╸" * half
    return (Span(past, look), Span("─" * (width - len(past)), Look.TRACK))


def breath_bar(level: float, width: int, height: int, look: Look) -> list[Row]:
    """A thick bar, exact to an eighth of a cell; what is empty of it is a thin line at its foot."""
    whole, part = divmod(round(min(1.0, max(0.0, level)) * width * 8), 8)
    full = "█" * whole + _EIGHTHS[part]
    rest = width - len(full)
    above = (Span(full, look), Span(" " * rest))
    return [*([above] * (height - 1)), (Span(full, look), Span("▁" * rest, Look.TRACK))]


_SENTENCE_ENDS = re.compile(r"(?<=[.?!…])\s+")


@lru_cache(32)
def pages(
    paragraphs: tuple[str, ...], width: int, height: int, look: Look = Look.PLAIN
) -> tuple[tuple[Row, ...], ...]:
    """Texts in as many pages as they take, whole paragraphs on each where they fit.

    Args:
        paragraphs: The texts, in order.
        width: Of a page.
        height: Of a page, in rows; 0 has no pages at all.
        look: Of the texts.
    """
    if height < 1 or width < 1:
        return ()
    found: list[list[Row]] = []
    for paragraph in paragraphs:
        rows = wrapped(paragraph, width, look)
        parts = [rows]
        if len(rows) > height:  # rather a sentence a page than the end of one with the next
            parts = [wrapped(each, width, look) for each in _SENTENCE_ENDS.split(paragraph)]
        for part in parts:
            if found and len(found[-1]) + len(part) <= height:
                found[-1] += part
            else:
                found += [part[first : first + height] for first in range(0, len(part), height)]
    return tuple(tuple(page) for page in found)


def turned(
    paragraphs: tuple[str, ...], width: int, height: int, passed_s: int, look: Look = Look.PLAIN
) -> list[Row]:
    """The page of a text whose turn it is, with its number where there is more than one.

    A row is read in two seconds. The number stands at the end of the last row.
    """
    whole = pages(paragraphs, width, height, look)
    if len(whole) <= 1:
        return list(whole[0]) if whole else []
    numbered = width >= LEAST_PAGED
    found = pages(paragraphs, width - PAGER, height, look) if numbered else whole
    here = passed_s // max(LEAST_PAGE_S, PAGE_S * height) % len(found)
    if not numbered:
        return exactly(found[here], height)
    rows = exactly(found[here], height)
    number = f"{here + 1}/{len(found)}"
    last = padded_row(rows[-1], max(0, width - cells(number)))
    return [*rows[:-1], (*last, Span(number, Look.QUIET))]
