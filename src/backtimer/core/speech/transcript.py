"""The script to be read: what will be heard, a row for each tone and each sentence, with its time and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import StepStarted
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import Cue, Tone
from backtimer.core.speech.pieces import Length, Why
from backtimer.core.speech.script import Script
from backtimer.values import NamedTuple

_SHOWN_AS = {Why.LEFT: Why.SIDE, Why.SETUP: Why.POSITION}
"""What is told apart for its need, and belongs together for a reader."""


class Row(NamedTuple):
    """A tone, or a sentence."""

    at_s: float
    ends_s: float
    """When it is over; of words, as is estimated, or when they are cut off."""
    tone: Tone | None
    text: str
    exercise: str | None
    """What it is about, by its id."""
    why: str


def script_rows(plan: Plan, script: Script) -> Iterator[Row]:
    """All that is heard of a session that nothing disturbs, in order."""
    rows: list[Row] = []
    set_index, before = 0, 0
    for event in rehearse(plan):
        if isinstance(event, StepStarted):
            step = plan.steps[event.step]
            set_index = step.set_index
            lead = event.step < plan.sets[set_index].first_step
            before = set_index - 1 if lead and set_index else set_index
        for cue in script.cues(event):
            if cue.cuts:
                rows = [row for row in rows if row.at_s < cue.at_s]
                rows = [row._replace(ends_s=min(row.ends_s, cue.at_s)) for row in rows]
                yield from rows
                rows = []
            now, out_of = plan.sets[set_index].exercise, plan.sets[before].exercise
            rows += _rows(cue, now, out_of, script.length)
    yield from rows


def _rows(cue: Cue, now: str | None, out_of: str | None, length: Length) -> Iterator[Row]:
    if cue.tone is not None:
        yield Row(cue.at_s, cue.at_s + cue.seconds, cue.tone, "", now, cue.tone.why)
        return
    at_s, said = cue.at_s, ""
    for part in cue.parts:
        said = f"{said} {part.text}".strip()
        ends_s = cue.at_s + length(said)
        why = Why[part.why.upper()]
        yield Row(
            at_s,
            ends_s,
            None,
            part.text,
            part.about or (out_of if why is Why.WAY_OUT else now),
            _SHOWN_AS.get(why, why),
        )
        at_s = ends_s


def script_dict(plan: Plan, rows: list[Row]) -> dict[str, Any]:
    """The script as data: numbers, text and None only."""
    return {
        "total_s": round(plan.total_s, 3),
        "cues": [
            {
                "at_s": round(row.at_s, 3),
                "ends_s": round(row.ends_s, 3),
                "tone": None if row.tone is None else row.tone.value,
                "text": row.text or None,
                "exercise": row.exercise,
                "why": row.why,
            }
            for row in rows
        ],
    }


def script_lines(rows: list[Row]) -> Iterator[str]:
    """The script as lines of text: `0:20.3  name       Next: Superman.`."""
    for row in rows:
        minutes, seconds = divmod(round(row.at_s, 1), 60)
        told = row.text or f"[{row.tone}]"
        yield f"{int(minutes):>3}:{seconds:04.1f}  {row.why:<9}  {told}"
