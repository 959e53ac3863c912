"""What an exercise may be exchanged for: its easier and harder forms, and those of the same target."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Protocol

from backtimer.core.plan.exchanging import FormKind
from backtimer.core.plan.good_practice import is_stretch, strengthens
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Exercise, Position
from backtimer.core.plan.ways import ON_FEET, way_s
from backtimer.values import NamedTuple

MOST_STEPS = 2
"""So many steps down, and up, are offered."""

MOST_ALIKE = 5
"""So many of the same target."""

MOST_FORMS = 9
"""A digit for each, with what was planned among them."""

ALIKE_SHARE = 0.5
"""Exercises with another main target are alike from this share of common targets on."""


class Form(NamedTuple):
    """What may be done in the place of an exercise."""

    exercise: Exercise
    why: FormKind
    without: tuple[str, ...] = ()
    """What only the exercise takes that day, and this one does not."""
    lacks: tuple[str, ...] = ()
    """What it takes that is not at hand."""
    amount: str = ""
    """How much of it."""
    back: bool = False
    """It is what was planned."""


class Catalogued(Protocol):
    """What is known of an exercise without reading all of it."""

    @property
    def id(self) -> str: ...
    @property
    def position(self) -> str: ...
    @property
    def equipment(self) -> tuple[str, ...]: ...
    @property
    def targets(self) -> tuple[str, ...]: ...
    @property
    def easier(self) -> str: ...
    @property
    def harder(self) -> str: ...
    @property
    def instead(self) -> str: ...


def forms_of(
    first: Exercise,
    others: Iterable[Catalogued],
    plan: Plan,
    done: Collection[str],
    find: Callable[[str], Exercise | None],
) -> tuple[Form, ...]:
    """What may be done in the place of an exercise: what can be done at once comes first.

    Args:
        first: The exercise.
        others: All exercises there are.
        plan: What is done that day: its equipment is there, and its other exercises are done anyway.
        done: The ids of those that are exchanged: of the exercise, and of what is done in its place by now.
        find: Reads an exercise.
    """
    others_done = [each for each in plan.exercises if each.id not in done]
    used = {first.id, *(each.id for each in others_done)}
    common = {thing for each in others_done for thing in each.equipment}
    known = {each.id: each for each in others}
    whys: dict[str, FormKind] = {}
    for kind in (FormKind.EASIER, FormKind.HARDER):
        for each in _steps(first, known, kind):
            whys.setdefault(each, kind)
    found = [(read, kind) for each, kind in whys.items() if each not in used and (read := find(each))]
    alike = (read for each in _alike(first, known) if each not in {*used, *whys} and (read := find(each)))
    same = (each for each in alike if _does(each) == _does(first) or each.id == first.instead)
    found += [(each, FormKind.ALIKE) for each in islice(same, MOST_ALIKE)]
    forms = [
        Form(
            each,
            kind,
            tuple(thing for thing in first.equipment if thing not in {*common, *each.equipment}),
            tuple(thing for thing in each.equipment if thing not in plan.equipment),
        )
        for each, kind in found
    ]
    return tuple(sorted(forms, key=lambda form: bool(form.lacks)))


def _does(exercise: Exercise) -> tuple[bool, bool]:
    """What it is for: a stretch is none for work, nor the other way round."""
    return is_stretch(exercise), strengthens(exercise)


def _steps(first: Exercise, known: Mapping[str, Catalogued], why: FormKind) -> Iterator[str]:
    """The easier forms of an exercise, or the harder ones, the nearest first."""
    down, up = ("easier", "harder") if why is FormKind.EASIER else ("harder", "easier")
    at, seen = getattr(first, down), {first.id}
    for _step in range(MOST_STEPS):
        if at not in known or at in seen:
            break
        seen.add(at)
        yield at
        at = getattr(known[at], down)
    for each in known.values():
        if getattr(each, up) == first.id and each.id not in seen:
            seen.add(each.id)
            yield each.id


def _alike(first: Exercise, known: Mapping[str, Catalogued]) -> list[str]:
    """Those of the same target, in a position that is no long way off; nearest first."""
    ranked = []
    for each in known.values():
        if not each.position or each.id == first.id:
            continue
        position, own = Position(each.position), set(each.targets)
        instead = each.id == first.instead
        common = len(own & set(first.targets)) / max(1, len(own | set(first.targets)))
        same = bool(first.targets) and each.targets[:1] == first.targets[:1]
        # On the floor one does not get up for another exercise, and the other way round.
        near = (position in ON_FEET) is (first.position in ON_FEET)
        if instead or (near and (same or common >= ALIKE_SHARE)):
            moves = position is not first.position
            ranked.append((not instead, moves, not same, -common, way_s(first.position, position), each.id))
    return [each[-1] for each in sorted(ranked)]
