"""Where in a file stands what is hinted at: the day, the entry of it, or a text in a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.every import late_at_tops, late_beginnings, says_every
from backtimer.core.plan.hints import Hint
from backtimer.core.plan.levels import tops_of_day
from backtimer.core.plan.longer import longer_rests, rests_between
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import SENTENCES, Routine, name_in_stage
from backtimer.core.plan.times_in_words import find_time
from backtimer.core.plan.units import UNIT_WORDS
from backtimer.core.speech.cues import Verbosity
from backtimer.language import _
from backtimer.storage.files.fields import DAILY
from backtimer.storage.files.source import Problem
from backtimer.storage.files.yaml_nodes import Document, Mapping, Node, Scalar, Sequence
from backtimer.storage.text import shorten


def placed(hints: Iterable[Hint], routine: Routine, document: Document) -> tuple[Problem, ...]:
    """Hints at their places in the file of a routine, each with its day, in the order of the lines."""
    found = (_placed(hint, routine, document) for hint in hints)
    return tuple(sorted(found, key=lambda problem: (problem.line, problem.column)))


def _placed(hint: Hint, routine: Routine, document: Document) -> Problem:
    name = name_in_stage(hint.day)
    if not hint.day:
        place = _key(document.root, "defaults") or document.root
        return Problem(document.source.name, place.line, place.column, hint.text)
    number = routine.stage_of(hint.day)
    part: Node | None = document.root
    if number:
        stages = _value(part, "stages")
        part = stages.items[number - 1] if isinstance(stages, Sequence) else None
    days = _value(part, "days")
    label = DAILY if _key(days, name) is None and _key(days, DAILY) is not None else name
    place = _entry(_value(days, label), hint.entry) or _key(days, label) or document.root
    told = (
        _("stage {number}, {day}: {hint}").format(number=number, day=label, hint=hint.text)
        if number
        else _("{day}: {hint}").format(day=label, hint=hint.text)
    )
    return Problem(document.source.name, place.line, place.column, told)


def _entry(day: Node | None, places: Iterable[int]) -> Node | None:
    """The node of an entry of a day; None where the day as a whole is meant."""
    found: Node | None = None
    within = day
    for index in places:
        entries = _value(within, "exercises")
        if not isinstance(entries, Sequence) or index >= len(entries.items):
            return found
        found = within = entries.items[index]
    return found


def _pair(node: Node | None, name: str) -> tuple[Node, Node] | None:
    pairs = node.pairs if isinstance(node, Mapping) else ()
    return next(((key, value) for key, value in pairs if key.text == name), None)


def _key(node: Node | None, name: str) -> Node | None:
    pair = _pair(node, name)
    return pair and pair[0]


def _value(node: Node | None, name: str) -> Node | None:
    pair = _pair(node, name)
    return pair and pair[1]


def late_hints(routine: Routine, key: str) -> tuple[Hint, ...]:
    """What cannot begin when its `every` says: for who knows its exercises already, or the first times."""
    if not says_every(routine, routine.days[key]):
        return ()
    found = {hint.entry: hint for hint in late_beginnings(routine, key, *_as_told(routine, key))}
    late_already = {entry[:1] for entry in found}
    at_tops = late_at_tops(routine, key, tops_of_day(routine, key))
    return (*(hint for hint in at_tops if hint.entry[:1] not in late_already), *found.values())


def rest_hints(routine: Routine, key: str) -> tuple[Hint, ...]:
    """Rests that cannot be as short as they are written, for the words on the way: each entry once."""
    if not any(rests_between(routine, key)):
        return ()
    return tuple(longer_rests(routine, key, *_as_told(routine, key)))


def _as_told(routine: Routine, key: str) -> tuple[Plan, Plan]:
    """The plan of a day for who knows its exercises, and for one to whom all of them are new."""
    # late: all words, for the days that write such times
    from backtimer.core.speech.lead_times import as_told  # noqa: PLC0415

    made = compile_day(routine, key)
    return as_told(made, Verbosity.SHORT), as_told(made, Verbosity.FULL)


def cut_texts_in_lists(document: Document) -> Iterator[Problem]:
    """Texts in `[ ]` that a comma cuts in two, as in `setup: [Lie down, knees bent.]`: legal, all the same.

    A text that begins with a small letter, after one that ends without a mark, most likely belongs to it.
    """
    source = document.source
    if "[" not in source.text:
        return
    waiting: list[tuple[str, Node]] = [("", document.root)]
    while waiting:
        key, found = waiting.pop()
        if isinstance(found, Mapping):
            waiting += [(each.text, value) for each, value in found.pairs]
        elif isinstance(found, Sequence):
            waiting += [("", item) for item in found.items]
            in_brackets = source.lines[found.line - 1][found.column - 1 : found.column] == "["
            for before, after in pairwise(found.items) if key in SENTENCES and in_brackets else ():
                if isinstance(before, Scalar) and isinstance(after, Scalar) and _goes_on(before, after):
                    told = _("a comma ends a text in [ ]; if it goes on, put all of it in quotes: {text}")
                    text = f'"{shorten(f"{before.text}, {after.text}")}"'
                    yield source.problem(
                        told.format(text=text), after.line, after.column, after.end_column, excerpt=False
                    )


def bare_times(document: Document) -> Iterator[Problem]:
    """Times of what is done for minutes that have no unit, and so are seconds; or that stand in words."""
    yield from _times_in_words(document)
    waiting: list[Node] = [document.root]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Sequence):
            waiting += found.items
        elif isinstance(found, Mapping):
            waiting += [value for _key, value in found.pairs]
            what, long = _value(found, "activity") or _value(found, "exercise"), _value(found, "duration")
            away = _key(found, "activity") is not None or (isinstance(what, Scalar) and what.text in _AWAY)
            if away and isinstance(long, Scalar) and re.fullmatch("[0-9]{1,4}", long.text):
                told = _("a time without a unit is seconds: write {time}m for minutes, or {time}s")
                end = long.column + len(long.text)
                text = told.format(time=long.text)
                yield document.source.problem(text, long.line, long.column, end, excerpt=False)


def _times_in_words(document: Document) -> Iterator[Problem]:
    """Activities that have their length in their words, where nobody counts it."""
    waiting: list[Node] = [document.root]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Sequence):
            waiting += found.items
        elif isinstance(found, Mapping):
            waiting += [value for _key, value in found.pairs]
            what = _value(found, "activity")
            if not isinstance(what, Scalar) or _key(found, "duration") is not None:
                continue
            if told := _length_told(what.text):
                yield document.source.problem(told, what.line, what.column, excerpt=False)


def _length_told(text: str) -> str:
    """What to write in place of an activity that has its length in its words; empty: it has none there."""
    told = _("a length in words is not counted: write {{activity: {name}, duration: {time}}}")
    either = _("a length in words is not counted: write {{activity: {name}, duration: {time}}}, or {other}")
    time, before, behind = find_time(text)
    other = ""
    if not time and (found := re.search(_LENGTH, text, re.IGNORECASE)):
        time, before, behind = found[1], text[: found.start()], text[found.end() :]
    if not time and (found := re.search(_CLOCK, text, re.IGNORECASE)):
        hours, minutes = int(found[1]), int(found[2])
        time, other = (_in_units((hours, minutes), units) for units in ("hm", "ms"))
        before, behind = text[: found.start()], text[found.end() :]
    if not time:
        return ""
    name = " ".join(f"{before} {behind}".split()) or "Walk"
    return (either if other else told).format(name=name, time=time, other=other)


def _in_units(numbers: Iterable[int], units: str) -> str:
    return "".join(f"{number}{unit}" for number, unit in zip(numbers, units, strict=True) if number)


_CLOCK = (
    r"(?<!at )(?<!from )(?<!until )(?<!till )(?<!to )(?<![0-9:.-])(?:\bfor )?\b([0-3]):([0-5][0-9])"
    r"(?![0-9:-]| ?[ap]\.?m\b)"
)
"""So many hours and minutes, or minutes and seconds; with other words about it it is a time of the day."""

_LENGTH = (
    r"(?:\bfor )?\b([0-9]{1,3}(?: ?- ?[0-9]{1,3})? ?(?:"
    + "|".join(sorted(UNIT_WORDS, key=len, reverse=True))
    + r"))(?![a-z])"
)

_AWAY = frozenset(("walk", "run"))
"""Exercises that are done for minutes."""


def _goes_on(before: Scalar, after: Scalar) -> bool:
    return before.plain and after.plain and after.text[:1].islower() and before.text[-1:].isalnum()
