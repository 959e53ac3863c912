"""What is known to work otherwise than a routine has it: hints to its author, each with its source.

None of it is a mistake: a physiotherapist may have had reasons. The numbers are of the sources named at each;
of Garber 2011, Owen 2020, Bachmann 2018 and Schellenberg 2007 abstracts and summaries were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from backtimer.core.plan.hints import Hint, entries_of
from backtimer.core.plan.routine import (
    HOLD,
    WEEKDAYS,
    Breath,
    Day,
    DayKind,
    Exercise,
    Position,
    Prescription,
    Routine,
    name_in_stage,
    stage_key,
)
from backtimer.core.plan.turns import PersonalRoutine, Turn, turns
from backtimer.core.plan.units import Breathing, Duration, Unit
from backtimer.core.plan.ways import way_s
from backtimer.core.plan.work import Work
from backtimer.language import _, counted_words
from backtimer.values import NamedTuple

MOST_EXERCISES = 4
"""Of a programme for the home: two, and at most four (Bachmann 2018)."""
FEWER_WAYS = 2
"""From so many changes of position less on, another order is worth a word (clinical judgement)."""
STRETCH_S = (10.0, 60.0)
"""How long a stretch is held: 10-30 s, by older people 30-60 s (Garber 2011, of the ACSM)."""
LONGEST_EFFORT_S = 10.0
"""How long a muscle works without a rest; then more reps rather than longer holds (McGill 2007)."""
BRIDGE_S = 76.7
"""So long people with back pain held a bridge once, on average; others 170.4 s (Schellenberg 2007)."""

LOOSENING = frozenset(
    {
        "ankle-pump",
        "bottom-to-heels",
        "cat-cow",
        "cat-stretch",
        "chin-tuck",
        "head-roll",
        "heel-slide",
        "knee-hugs",
        "knee-rolls",
        "neck-rotation",
        "pelvic-rock",
        "pelvic-tilt",
        "press-up",
        "press-up-hold",
        "rock-forward-back",
        "seated-cat-cow",
        "shoulder-blade-squeeze",
        "side-bend",
        "side-glide",
        "sit-tall",
        "sitting-rotation",
        "standing-back-bend",
    }
)
"""Of the exercises that come with backtimer, those that neither make stronger nor stretch."""


_TRUNK = frozenset(
    {
        "abdominals",
        "diaphragm",
        "erector spinae",
        "multifidus",
        "pelvic floor",
        "quadratus lumborum",
        "transversus abdominis",
    }
)
"""What is worked by exercises that keep the back steady; these are done daily, too, in programmes for it."""

_LOADS = r"(?i)\b(?:bands?|tubes?|weights?|dumb-?bells?|kettle-?bells?|barbells?|bottles?)\b"
"""Things that are worked against."""


def practice_hints(routine: Routine) -> tuple[Hint, ...]:
    """What could be better about a routine: first about the whole of it, then day by day, in order.

    Raises:
        PlanError: A day cannot be compiled.
    """
    own = {key: day for key, day in routine.days.items() if not day.same_as and _trains(day)}
    named = [hint for key, day in own.items() for hint in _of_day(routine, key, day)]
    # Weekdays may share one day (`daily`): what is said of the first is said of all.
    once = {(hint.text, hint.entry, routine.days[hint.day].items): hint for hint in reversed(named)}
    first = frozenset(once.values())
    return (*_of_weeks(routine), *(hint for hint in named if hint in first), *_forms(routine, own))


_STRETCH = "stretch"


def is_stretch(exercise: Exercise) -> bool:
    """Whether it is a stretch, or a rest: held while one breathes slowly, or called so."""
    phases = {phase.name: phase.breathe for phase in exercise.phases}
    if phases.get(HOLD) is Breath.SLOW or _STRETCH in phases:
        return True
    called = {*exercise.id.split("-"), *exercise.name.lower().split()}
    return _STRETCH in called and (HOLD in phases or not phases)  # one that has no hold only moves


def strengthens(exercise: Exercise) -> bool:
    """Whether it makes stronger."""
    return not is_stretch(exercise) and exercise.id not in LOOSENING


def _trains(day: Day) -> bool:
    return day.kind is DayKind.EXERCISES


def _taken(routine: Routine, day: Day) -> tuple[Turn, ...]:
    found = turns(PersonalRoutine(routine, routine.defaults.breathing, {}, ()), day)
    return tuple(turn for turn in found if turn.work.exercise.id)


# --- a day --------------------------------------------------------------------------------------------------


def _of_day(routine: Routine, key: str, day: Day) -> Iterator[Hint]:
    taken = _taken(routine, day)
    names = tuple(dict.fromkeys(turn.work.exercise.id for turn in taken))
    if len(names) > MOST_EXERCISES:
        many = _("{number} exercises: at home people keep to two to four, and do them better (Bachmann 2018)")
        yield Hint(many.format(number=len(names)), key)
    yield from _better_order(day, key, taken)
    for place, asked in entries_of(day):
        exercise = routine.exercises.get(asked.exercise)
        if exercise is not None:
            yield from (Hint(text, key, place) for text in _holds(routine, exercise, asked))


def _better_order(day: Day, key: str, taken: tuple[Turn, ...]) -> Iterator[Hint]:
    """Another order of a day, with clearly fewer changes of position."""
    if any(asked.activity for _place, asked in entries_of(day)) or len(taken) < 2:
        return
    places = [turn.work.exercise.position for turn in taken]
    now = sum(before is not after for before, after in pairwise(places))
    exercises = list({turn.work.exercise.id: turn.work.exercise for turn in taken}.values())
    # Stretches stay behind the work, and what the author has after the last of the work stays there, too.
    last = max((at for at, each in enumerate(exercises) if strengthens(each)), default=-1)
    work = [each for at, each in enumerate(exercises) if at <= last and not is_stretch(each)]
    after = [each for each in exercises if each not in work]
    order = _shortest(_positions(work), _positions(after), Position.STANDING)
    better = [
        each for part, group in order.way for each in (work if part == 0 else after) if each.position is group
    ]
    fewest = sum(one.position is not other.position for one, other in pairwise(better))
    if now - fewest < FEWER_WAYS:
        return
    saved_s = _ways_s(places) - _ways_s([each.position for each in better])
    if saved_s <= 0:
        return
    straight = any(turn.rounds is not None and turn.rounds > 1 for turn in taken)
    order_words = ", ".join(each.id for each in better)
    ways = counted_words("{number} change of position", "{number} changes of position", now)
    told = (
        _("{changes}, where {fewest} would do, and save {saved} s: all sets of one before the next, {order}")
        if straight
        else _("{changes}, where {fewest} would do, and save {saved} s: {order}")
    )
    reason = _("each way up and over costs a sore back (clinical judgement)")
    words = told.format(
        changes=ways.format(number=now), fewest=fewest, saved=f"{saved_s:.0f}", order=order_words
    )
    yield Hint(f"{words}; {reason}", key)


def _ways_s(places: Iterable[Position]) -> float:
    return sum(
        way_s(before, after) for before, after in pairwise((Position.STANDING, *places, Position.STANDING))
    )


def _positions(exercises: Iterable[Exercise]) -> frozenset[Position]:
    return frozenset(each.position for each in exercises)


class _Order(NamedTuple):
    """A way through positions: each once in each part of a day."""

    changes: int
    seconds: float
    way: tuple[tuple[int, Position], ...]
    """Which part, and which position of it."""


@cache
def _shortest(work: frozenset[Position], after: frozenset[Position], at: Position) -> _Order:
    """From a position through those of the work, then through those that come after it, and up again."""
    part, left = (0, work) if work else (1, after)
    if not left:
        return _Order(0, way_s(at, Position.STANDING), ())
    found = []
    for group in sorted(left):
        rest = left - {group}
        behind = _shortest(rest, after, group) if part == 0 else _shortest(work, rest, group)
        found.append(
            _Order(
                behind.changes + (group is not at),
                behind.seconds + way_s(at, group),
                ((part, group), *behind.way),
            )
        )
    return min(found, key=lambda order: (order.changes, order.seconds))


# --- an entry of a day --------------------------------------------------------------------------------------


def _holds(routine: Routine, exercise: Exercise, asked: Prescription) -> Iterator[str]:
    """Holds that are shorter or longer than is known to be of use."""
    own = exercise.prescription
    hold = asked.hold or _in_tempo(asked) or (own.hold or _in_tempo(own) if own else None)
    if hold is None:
        hold = next((phase.duration for phase in exercise.phases if phase.name == HOLD), None)
    if hold is None or asked.duration is not None or not hold.high or hold.unit is Unit.MAX:
        return
    breathing = routine.defaults.breathing
    low_s, high_s = (hold._replace(low=end, high=end).seconds(breathing) for end in (hold.low, hold.high))
    # What the catalogue says of its own is as it should be: face down one may lie for two minutes.
    usual = own.hold if own and exercise.id not in routine.own else None
    usual_s = usual._replace(low=usual.high).seconds(Breathing()) if usual else 0.0
    if is_stretch(exercise):
        least_s, most_s = STRETCH_S
        if high_s < least_s:
            short = _("'{exercise}' is held for {held} s: a stretch takes {least} to {most} s (Garber 2011)")
            yield short.format(
                exercise=exercise.id, held=f"{high_s:g}", least=f"{least_s:g}", most=f"{most_s:g}"
            )
        elif low_s > max(most_s, usual_s):
            long = _("'{exercise}' is held for {held} s: more than {most} s gives no more (Garber 2011)")
            yield long.format(exercise=exercise.id, held=f"{low_s:g}", most=f"{most_s:g}")
        return
    if not strengthens(exercise) or not exercise.targets:  # of what is for no muscle nothing is known
        return
    if low_s > BRIDGE_S and "bridge" in exercise.id.split("-"):
        bridge = _(
            "'{exercise}' is held for {held} s: people with back pain held a bridge for {most} s on average "
            "(Schellenberg 2007)"
        )
        yield bridge.format(exercise=exercise.id, held=f"{low_s:g}", most=f"{BRIDGE_S:.0f}")
    elif low_s > max(LONGEST_EFFORT_S, usual_s):
        effort = _(
            "'{exercise}' is held for {held} s: rather more reps than holds of over {most} s (McGill 2007)"
        )
        yield effort.format(exercise=exercise.id, held=f"{low_s:g}", most=f"{LONGEST_EFFORT_S:g}")


def _in_tempo(said: Prescription) -> Duration | None:
    return next((length for name, length in said.tempo or () if name == HOLD), None)


def _forms(routine: Routine, days: Mapping[str, Day]) -> Iterator[Hint]:
    """Work that can only be left out where it hurts: each exercise once, where it comes first."""
    told: set[str] = set()
    for key, day in days.items():
        for place, asked in entries_of(day):
            exercise = routine.exercises.get(asked.exercise)
            if exercise is None or exercise.id in told or exercise.easier or exercise.make_easier:
                continue
            if strengthens(exercise):
                told.add(exercise.id)
                none = _(
                    "'{exercise}' has no easier form: write one in 'easier' or 'make_easier', for a day when "
                    "it hurts (what physiotherapists' leaflets do at 6 of 10 and more)"
                )
                yield Hint(none.format(exercise=exercise.id), key, place)


# --- weeks --------------------------------------------------------------------------------------------------


def _of_weeks(routine: Routine) -> Iterator[Hint]:
    used = {
        turn.work.exercise for day in routine.days.values() if _trains(day) for turn in _taken(routine, day)
    }
    if used and all(map(is_stretch, used)):
        first = next(key for key, day in routine.days.items() if _trains(day))
        alone = _(
            "stretches only: good for mobility; alone they did no more for back pain than no exercise "
            "(Owen 2020)"
        )
        yield Hint(alone, first)
    for number, stage in enumerate(routine.stages or (None,), start=1):
        part = routine if stage is None else routine.at_stage(number)
        told: set[frozenset[object]] = set()
        for before, after in _neighbours(part):
            muscles = _worked(part, before) & _worked(part, after)
            # Days that repeat others make the same pair again.
            pair: frozenset[object] = frozenset(part.days[name].items for name in (before, after))
            if muscles and pair not in told:
                told.add(pair)
                no_rest = _(
                    "strength for the same muscles as on {before}, the day before ({muscles}): they get "
                    "stronger in the 48 hours between (Garber 2011)"
                )
                text = no_rest.format(before=name_in_stage(before), muscles=", ".join(sorted(muscles)))
                yield Hint(text, after if stage is None else stage_key(number, after))


def _worked(routine: Routine, day: str) -> set[str]:
    """The muscles that a day makes stronger."""
    asked = routine.days[day]
    if not _trains(asked) or asked.optional:
        return set()
    works = (turn.work for turn in _taken(routine, asked))
    return {
        muscle
        for work in works
        if strengthens(work.exercise) and not _is_light(work)
        for muscle in work.exercise.targets
    }


def _is_light(work: Work) -> bool:
    """Whether it keeps the trunk steady with no load but one's own: of that nobody asks for days of rest."""
    exercise = work.exercise
    loaded = bool(work.load) or any(re.search(_LOADS, thing) for thing in exercise.equipment)
    return not loaded and exercise.targets[:1] != () and exercise.targets[0] in _TRUNK


def _neighbours(routine: Routine) -> Iterator[tuple[str, str]]:
    """The days that follow each other without a day between them."""
    cycle = routine.cycle
    if cycle is None:
        yield from pairwise((*WEEKDAYS, WEEKDAYS[0]))
    elif not cycle.on:
        yield from pairwise((*cycle.days, cycle.days[0]))
    else:
        close = any(
            one in cycle.on and other in cycle.on for one, other in pairwise((*WEEKDAYS, WEEKDAYS[0]))
        )
        if close:
            yield from pairwise((*cycle.days, cycle.days[0]))
