"""A plan as it is told, its lead-ins as long as their words: found out once for each day, and kept.

To find it out takes twenty times as long as to compile the day, and loads all that is ever said.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any
from zlib import adler32, crc32

from backtimer.core.plan.plan import Plan
from backtimer.language import spoken_tag
from backtimer.storage.files.parsed import NO_VALUES, ParsedCache


def told_plan(
    made: Plan, instructions: str, known: Collection[str], words_a_minute: int | None, kept: ParsedCache
) -> Plan:
    """The plan as it is told.

    Args:
        made: As it was compiled.
        instructions: `full`, `short` or `auto`, as in `as_told`.
        known: The exercises that the person has done often.
        words_a_minute: How fast the voice speaks; None: at its calm pace.
        kept: Where the lengths are kept.
    """
    asked = (made, instructions, sorted(known), words_a_minute, spoken_tag())
    # `repr` of a long day takes ten times as long, and memory that is never given back.
    sign = _sign(json.dumps(asked, default=repr))
    name = f"told-{crc32(f'{made.routine} {made.day}'.encode('utf-8', 'replace')):08x}"
    found = kept.find(name)
    if found is not None:
        told = _applied(made, sign, found.value)
        if told is not None:
            return told
    # late: 12 ms of all words, where they are not known yet
    from backtimer.core.speech.lead_times import as_told  # noqa: PLC0415

    told = as_told(made, instructions, known, words_a_minute)
    lengths = [
        [index, step.seconds]
        for index, (step, before) in enumerate(zip(told.steps, made.steps, strict=True))
        if step != before
    ]
    kept.keep(name, [sign, list(told.known), lengths], {})
    return told


def _sign(text: str) -> str:
    """What a plan, written as JSON, is known by."""
    data = text.encode("ascii")
    return f"{len(data)} {crc32(data):08x} {adler32(data):08x}"


def _applied(made: Plan, sign: str, value: Any) -> Plan | None:
    """The plan with the lengths that were kept; None: they are those of another one."""
    try:
        kept_sign, known, lengths = value
        if kept_sign != sign:
            return None
        steps = list(made.steps)
        for index, seconds in lengths:
            steps[index] = steps[index]._replace(seconds=float(seconds), estimate_s=float(seconds))
        return made._replace(steps=tuple(steps), known=tuple(map(str, known)))
    except NO_VALUES:
        return None
