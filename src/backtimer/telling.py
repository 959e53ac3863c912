"""A plan as it is told, its lead-ins as long as their words: found out once for each day, and kept.

To find it out takes twenty times as long as to compile the day, and loads all that is ever said.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zlib import adler32, crc32

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, Step
from backtimer.language import spoken_tag
from backtimer.storage.files.parsed import NO_VALUES, ParsedCache

if TYPE_CHECKING:
    from backtimer.core.plan.exchanging import Swap
    from backtimer.core.plan.prescription import Level
    from backtimer.core.plan.routine import Routine
    from backtimer.core.plan.units import Breathing


class LastPlan:
    """Makes plans, and keeps the last one: days that ask for the same are the same plan but for their name.

    So tomorrow's is today's in most routines, and what a screen tells of both is made once.

    Args:
        kept: Where lengths are kept.
    """

    def __init__(self, kept: ParsedCache) -> None:
        self._kept = kept
        self._compiled: tuple[object, Plan] | None = None
        """What a plan was made of, and the plan."""
        self._told: tuple[object, Plan] | None = None

    def compiled(
        self,
        routine: Routine,
        day: str,
        breathing: Breathing | None,
        levels: Mapping[str, Level],
        easier: Collection[str],
        *,
        straight: bool,
        swaps: Mapping[str, Swap],
    ) -> Plan:
        """As `compile_day`."""
        asked = routine.days.get(day)
        content = asked and asked._replace(same_as="")
        made_of = (content, routine, breathing, levels, easier, straight, swaps, spoken_tag())
        if self._compiled is None or self._compiled[0] != made_of:
            plan = compile_day(routine, day, breathing, levels, easier, straight=straight, swaps=swaps)
            self._compiled = made_of, plan
        return self._compiled[1]._replace(day=day)

    def told(self, made: Plan, instructions: str, known: Collection[str], words_a_minute: int | None) -> Plan:
        """As `told_plan`."""
        made_of = (made._replace(day=""), instructions, known, words_a_minute, spoken_tag())
        if self._told is None or self._told[0] != made_of:
            self._told = made_of, told_plan(made, instructions, known, words_a_minute, self._kept)
        return self._told[1]._replace(day=made.day)


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
        kept_plan = _applied(made, sign, found.value)
        if kept_plan is not None:
            return kept_plan
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
