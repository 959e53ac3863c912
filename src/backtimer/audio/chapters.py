"""The chapters of a track: where each set begins, for finding one's way on a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backtimer.core.phrases import place
from backtimer.core.places import exercise_name
from backtimer.core.plan import Plan, SetSpec
from backtimer.core.words import lower, side_words

MOST_IN_CUE_SHEET = 99
"""A cue sheet numbers its tracks with two digits."""

MOST_IN_MP3 = 255
"""The table of contents of an MP3 counts its entries in one byte."""

_FRAMES_PER_S = 75
"""Of a cue sheet."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a track."""

    at_s: float
    name: str


def chapters(plan: Plan, most: int) -> tuple[Chapter, ...]:
    """One a set, from what leads to it on: who goes there hears what it is, and has time to get set.

    When that makes too many they are one an exercise, then one a round or prescription; then only the first
    of every few.
    """
    moments = _moments(plan)
    starts = [moments[spec.lead_in] for spec in plan.sets]
    starts[0] = 0.0
    for key, name in _WAYS:
        found = _grouped(plan, starts, key, name)
        if len(found) <= most:
            return tuple(found)
    return tuple(found[:: -(-len(found) // most)])


def cue_sheet(chapters: Sequence[Chapter], title: str, file_name: str) -> str:
    """The text of a cue sheet for a WAV file beside it."""
    lines = [f"TITLE {_quoted(title)}", f"FILE {_quoted(file_name)} WAVE"]
    for number, chapter in enumerate(chapters, 1):
        lines += [
            f"  TRACK {number:02} AUDIO",
            f"    TITLE {_quoted(chapter.name)}",
            f"    INDEX 01 {_cue_time(chapter.at_s)}",
        ]
    return "\n".join(lines) + "\n"


def _moments(plan: Plan) -> list[float]:
    """When each step begins."""
    moments, at_s = [], 0.0
    for step in plan.steps:
        moments.append(at_s)
        at_s += step.estimate_s
    return moments


def _set_name(plan: Plan, spec: SetSpec) -> str:
    which = lower(place(spec)) if spec.sets > 1 else ""
    parts = (_exercise_name(plan, spec), which, lower(side_words(spec.side)))
    return ", ".join(part for part in parts if part)


def _exercise_name(plan: Plan, spec: SetSpec) -> str:
    several = spec.rounds is not None and spec.rounds > 1
    return exercise_name(plan, spec) + (f", round {spec.round} of {spec.rounds}" if several else "")


def _item_name(plan: Plan, spec: SetSpec) -> str:
    if spec.rounds is None:
        return exercise_name(plan, spec)
    return f"{spec.circuit or 'Circuit'}, round {spec.round} of {spec.rounds}"


_Key = Callable[[int, SetSpec], object]
_Name = Callable[[Plan, SetSpec], str]
_WAYS: tuple[tuple[_Key, _Name], ...] = (
    (lambda index, spec: index, _set_name),
    (lambda index, spec: (spec.item, spec.round, spec.exercise), _exercise_name),
    (lambda index, spec: (spec.item, spec.round), _item_name),
)


def _grouped(plan: Plan, starts: Sequence[float], key: _Key, name: _Name) -> list[Chapter]:
    """A chapter wherever the key is another one than at the set before."""
    keys = [key(index, spec) for index, spec in enumerate(plan.sets)]
    return [
        Chapter(starts[index], name(plan, spec))
        for index, spec in enumerate(plan.sets)
        if index == 0 or keys[index] != keys[index - 1]
    ]


def _quoted(text: str) -> str:
    """A cue sheet knows no way to write a double quote inside of two."""
    return f'"{" ".join(text.split())}"' if '"' not in text else _quoted(text.replace('"', "'"))


def _cue_time(at_s: float) -> str:
    """`mm:ss:ff`: minutes may go beyond 99, as they do in a long session."""
    seconds, frames = divmod(int(at_s * _FRAMES_PER_S + 1e-6), _FRAMES_PER_S)
    return f"{seconds // 60:02}:{seconds % 60:02}:{frames:02}"
