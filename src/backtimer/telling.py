"""A plan as it is told, its lead-ins as long as their words: found out once for each day, and kept.

To find it out takes twenty times as long as to compile the day, and loads all that is ever said.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any
from zlib import adler32, crc32

from backtimer.core.plan.plan import Plan, Step
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
    asked = (made._replace(steps=()), instructions, sorted(known), words_a_minute, spoken_tag())
    sign = _sign(asked, made.steps)
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


def _sign(asked: object, steps: Sequence[Step]) -> str:
    """What a plan is known by.

    The later reps of a set are laid out as its first one, so that their number and their time in all say
    what they are: to write down every step takes as long as to compile the day. It is written as JSON, since
    `repr` takes three times as long.
    """
    first = [step for step in steps if step.rep is None or step.rep == 1]
    total_s = sum([step.estimate_s for step in steps])
    data = json.dumps((asked, first, len(steps), total_s), default=repr).encode("ascii")
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
