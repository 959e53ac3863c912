"""From what a day and an exercise prescribe to the work of one set: amounts in seconds and reps.

Ranges are taken at a person's level or, without one, at their low end; breaths are turned into seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, isfinite
from typing import Any, TypeVar

from backtimer.core.plan.plan import PlanError
from backtimer.core.plan.rep import (
    PLAIN_REP,
    Timing,
    fills_set,
    has_sided,
    phases_of,
    sides_of,
    whole_set,
)
from backtimer.core.plan.routine import (
    HOLD,
    RELAX,
    Circuit,
    Defaults,
    Exercise,
    Pace,
    Prescription,
    SetAmounts,
    Side,
    Sides,
)
from backtimer.core.plan.units import Breathing, Count, Duration, Reps, Unit, seconds
from backtimer.core.plan.work import OTHER_SIDE, Work
from backtimer.language import _, counted_words
from backtimer.values import NamedTuple

# Levels: how much of an exercise, within the ranges that its prescription gives.
#
# A range is where progression moves. The way up is a ladder: the reps first, rung by rung to the top of
# their range, then the hold, then the sets, then the rounds; the way down is the same ladder backwards. A
# pyramid has no rungs of its own.
WIDE_S = 10.0
"""From this width on a range of holds is climbed in long steps."""

SHORT_STEP_S, LONG_STEP_S, BREATH_STEP = 1.0, 5.0, 1.0

_Number = TypeVar("_Number", int, float)


class Level(NamedTuple):
    """How much of an exercise; None for what it is not measured by."""

    reps: int | None = None
    hold: float | None = None
    """The hold of every rep, or the hold or movement that fills a set; or another phase that has a range."""
    sets: int | None = None
    unit: Unit = Unit.SECONDS
    """What the hold is counted in."""
    rounds: int | None = None
    """Of its circuit; None where their number is fixed, too."""


class Ranges(NamedTuple):
    """Within which a level moves; None for what the exercise is not measured by."""

    reps: Count | None = None
    hold: Duration | None = None
    sets: Count | None = None
    rounds: Count | None = None

    @property
    def start(self) -> Level:
        """The low ends: where everyone begins."""
        return Level(
            None if self.reps is None else self.reps.low,
            None if self.hold is None else self.hold.low,
            None if self.sets is None else self.sets.low,
            self._unit,
            None if self.rounds is None else self.rounds.low,
        )

    @property
    def top(self) -> Level:
        """The high ends."""
        return Level(
            None if self.reps is None else self.reps.high,
            None if self.hold is None else self.hold.high,
            None if self.sets is None else self.sets.high,
            self._unit,
            None if self.rounds is None else self.rounds.high,
        )

    @property
    def moves(self) -> bool:
        return self.start != self.top

    def clamp(self, level: Level) -> Level:
        """The nearest level within the ranges.

        What the level does not say, or says in another unit, is taken at its low end.
        """
        hold = level.hold if level.unit is self._unit else None
        return Level(
            None if self.reps is None else _within(level.reps, self.reps.low, self.reps.high),
            None if self.hold is None else _within(hold, self.hold.low, self.hold.high),
            None if self.sets is None else _within(level.sets, self.sets.low, self.sets.high),
            self._unit,
            None if self.rounds is None else _within(level.rounds, self.rounds.low, self.rounds.high),
        )

    def up(self, level: Level) -> Level | None:
        """One rung up; None at the top."""
        level = self.clamp(level)
        if self.reps is not None and level.reps is not None and level.reps < self.reps.high:
            return level._replace(reps=level.reps + 1)
        if self.hold is not None and level.hold is not None and level.hold < self.hold.high:
            return level._replace(hold=_rung_above(self.hold, level.hold))
        if self.sets is not None and level.sets is not None and level.sets < self.sets.high:
            return level._replace(sets=level.sets + 1)
        if self.rounds is not None and level.rounds is not None and level.rounds < self.rounds.high:
            return level._replace(rounds=level.rounds + 1)
        return None

    def down(self, level: Level) -> Level | None:
        """One rung down; None at the bottom."""
        level = self.clamp(level)
        if self.rounds is not None and level.rounds is not None and level.rounds > self.rounds.low:
            return level._replace(rounds=level.rounds - 1)
        if self.sets is not None and level.sets is not None and level.sets > self.sets.low:
            return level._replace(sets=level.sets - 1)
        if self.hold is not None and level.hold is not None and level.hold > self.hold.low:
            return level._replace(hold=_rung_below(self.hold, level.hold))
        if self.reps is not None and level.reps is not None and level.reps > self.reps.low:
            return level._replace(reps=level.reps - 1)
        return None

    @property
    def _unit(self) -> Unit:
        return Unit.SECONDS if self.hold is None else self.hold.unit


def level_to_dict(level: Level) -> dict[str, Any]:
    """A level as data; what it is not measured by is left out."""
    named = {"reps": level.reps, "hold": level.hold, "sets": level.sets, "rounds": level.rounds}
    data: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
    return data if level.hold is None else {**data, "unit": level.unit.value}


def level_from_dict(data: Mapping[str, Any]) -> Level:
    """The reverse of `level_to_dict`.

    Raises:
        ValueError: It is no level.
    """
    try:
        reps, hold, sets, rounds = (data.get(name) for name in ("reps", "hold", "sets", "rounds"))
        unit = Unit(data.get("unit", Unit.SECONDS))
    except (AttributeError, TypeError) as error:
        raise ValueError("not a level") from error
    for number in (reps, sets, rounds):
        if number is not None and (type(number) is not int or number < 1):
            raise ValueError(f"not a number of reps, sets or rounds: {number!r}")
    if hold is not None and (type(hold) not in (int, float) or not isfinite(hold) or hold <= 0):
        raise ValueError(f"not a hold: {hold!r}")
    return Level(reps, None if hold is None else float(hold), sets, unit, rounds)


def _within(value: _Number | None, low: _Number, high: _Number) -> _Number:
    return low if value is None else max(low, min(high, value))


def _step(hold: Duration) -> float:
    if hold.unit is Unit.BREATHS:
        return BREATH_STEP
    return LONG_STEP_S if hold.high - hold.low >= WIDE_S else SHORT_STEP_S


def _rung_above(hold: Duration, value: float) -> float:
    """The next rung: a whole number of steps from the low end, or the high end."""
    step = _step(hold)
    rungs = floor(round((value - hold.low) / step, 6)) + 1
    return min(hold.high, round(hold.low + rungs * step, 3))


def _rung_below(hold: Duration, value: float) -> float:
    step = _step(hold)
    rungs = -floor(-round((value - hold.low) / step, 6)) - 1
    return max(hold.low, round(hold.low + rungs * step, 3))


_T = TypeVar("_T")

_TINY = 1e-9


def merge(day: Prescription, own: Prescription | None) -> Prescription:
    """The day's prescription laid over the exercise's own: key by key the day's wins.

    What a set is measured by goes together. A day that asks for reps drops the own duration; one that asks
    for a hold or a duration without reps drops the own reps. What shapes a rep stays: a hold is one rep, and
    a duration is as many as fit. Where the day says how much a set is, and not how many, it is one set.
    """
    if own is None:
        return day
    reps, hold, duration, sets = own.reps, own.hold, own.duration, own.sets
    tempo, relax = own.tempo, own.relax
    # A hold of 0 s leaves it out, and is no measure.
    held = day.hold is not None and (day.hold.high > 0 or day.hold.unit is Unit.MAX)
    if day.reps is not None:
        duration = None
    elif held or day.duration is not None:
        reps, duration = None, None
    if day.reps is not None or held or day.duration is not None:
        sets = None
    said = dict(day.tempo)
    hold = None if HOLD in said else hold
    relax = None if RELAX in said else relax
    unsaid = {HOLD: day.hold, RELAX: day.relax}
    tempo = tuple((name, time) for name, time in tempo if unsaid.get(name) is None)
    return Prescription(
        exercise=day.exercise,
        sets=_first(day.sets, sets),
        reps=_first(day.reps, reps),
        hold=_first(day.hold, hold),
        relax=_first(day.relax, relax),
        tempo=day.tempo or tempo,
        duration=_first(day.duration, duration),
        sides=_first(day.sides, own.sides),
        rest=_first(day.rest, own.rest),
        switch=_first(day.switch, own.switch),
        load=day.load or own.load,
        pace=_first(day.pace, own.pace),
        note=day.note or own.note,
        first=_first(day.first, own.first),
        every=_first(day.every, own.every),
        by_set=day.by_set or _own_lists(day, own),
        breather=_first(day.breather, own.breather),
    )


def _own_lists(day: Prescription, own: Prescription) -> tuple[SetAmounts, ...]:
    """The lists of an exercise itself, without what a day says for all sets; none where it asks for more."""
    if day.sets is not None or day.reps is not None or day.hold is not None or day.duration is not None:
        return ()
    rest, load = day.rest is not None, bool(day.load)
    return tuple(
        each._replace(rest=None if rest else each.rest, load="" if load else each.load) for each in own.by_set
    )


def ranges_of(day: Prescription, exercise: Exercise, circuit: Circuit | None = None) -> Ranges:
    """Within which the level of a day's prescription of an exercise moves.

    A pyramid has no ranges, and the rounds of its circuit are one only where they are a range.
    """
    found = _ranges(day, merge(day, exercise.prescription), exercise, in_circuit=circuit is not None)
    if circuit is None or circuit.rounds.low == circuit.rounds.high:
        return found
    return found._replace(rounds=circuit.rounds)


def prescribe(
    day: Prescription,
    exercise: Exercise,
    defaults: Defaults,
    breathing: Breathing,
    *,
    in_circuit: bool,
    level: Level | None = None,
) -> Work:
    """Work out what a day's prescription of an exercise asks for.

    Args:
        day: What the day says.
        exercise: The exercise it names.
        defaults: The routine's times, where neither says one.
        breathing: The pace that breaths are counted at.
        in_circuit: Whether its sets are those of one round.
        level: How much within the ranges; None: the low ends.

    Raises:
        PlanError: It does not say how much, or contradicts itself.
    """
    whole = merge(day, exercise.prescription)
    if whole.by_set:
        works = _set_by_set(day, whole, exercise, defaults, breathing)
        works = works if day.by_set or not in_circuit else works[:1]
        return works[0]._replace(reps=tuple(work.reps[0] for work in works), each=works)
    if level is not None:
        ranges = _ranges(day, whole, exercise, in_circuit=in_circuit)
        day, whole = _at_level(day, whole, exercise, ranges.clamp(level))
    longest = whole.hold if whole.hold is not None and whole.hold.unit is Unit.MAX else None
    if longest is not None:
        whole = _as_long(exercise, whole, longest.high, breathing)
    timing = Timing(whole, breathing)
    phases, sides = phases_of(exercise, whole, timing), sides_of(exercise, whole)
    if longest is not None and sum(phase.name == HOLD for phase in phases) != 1:  # which one goes on?
        phases = (whole_set(exercise, whole, breathing),)
    only = _ONE_SIDE.get(sides)
    first = _first_side(day, whole, exercise, defaults)
    if first is Side.RIGHT:
        phases = tuple(phase._replace(side=phase.side and OTHER_SIDE[phase.side]) for phase in phases)
    timed = whole.reps is None and whole.duration is not None
    in_reps = whole.reps is not None or (timed and not fills_set(exercise, whole))
    if only is not None:
        sides = Sides.NONE
    elif not in_reps and sides is Sides.ALTERNATE and not has_sided(exercise):
        sides = Sides.EACH
    own_relax = any(phase.name == RELAX for phase in exercise.phases)
    work = Work(
        exercise=exercise,
        sides=sides,
        reps=_reps_of_sets(day, exercise, whole, in_circuit=in_circuit),
        phases=phases,
        by_reps=in_reps,
        continuous=timed and not in_reps,
        self_paced=whole.pace is Pace.SELF,
        relax_s=0.0 if own_relax or not in_reps else timing.of(RELAX) or 0.0,
        switch_s=_between("switch", day.switch, whole.switch, defaults).seconds(breathing),
        rest_s=_between("rest", day.rest, whole.rest, defaults).seconds(breathing),
        given_rest_s=None if day.rest is None else day.rest.seconds(breathing),
        load=whole.load,
        note=whole.note,
        breaths=_breaths(whole),
        first=first,
        only=only,
        as_long=longest is not None,
        most_s=None if longest is None else longest.high or None,
        every_s=None if whole.every is None else whole.every.seconds(breathing),
        breather_s=0.0 if whole.breather is None else whole.breather.seconds(breathing),
    )
    if timed and in_reps and whole.duration is not None:
        fitting = _reps_within(whole.duration.seconds(breathing), work)
        return work._replace(reps=(fitting,) * len(work.reps))
    return work


def _set_by_set(
    day: Prescription, whole: Prescription, exercise: Exercise, defaults: Defaults, breathing: Breathing
) -> tuple[Work, ...]:
    """The work of each set, where lists say something for each."""
    reps, bare = whole.reps, exercise._replace(prescription=None)
    if reps is not None and reps.is_pyramid and len(reps.counts) != len(whole.by_set):
        uneven = _("{exercise}: its lists are not equally long")
        raise PlanError(uneven.format(exercise=exercise.id))
    works = []
    for index, own in enumerate(whole.by_set):
        count = None if reps is None else reps.of_set(index)
        one = whole._replace(
            by_set=(),
            sets=None,
            reps=None if reps is None else Reps(() if count is None else (count,)),
            hold=_first(own.hold, whole.hold),
            duration=_first(own.duration, whole.duration),
            rest=_first(own.rest if day.by_set else None, day.rest),
            load=own.load or whole.load,
        )
        work = prescribe(one, bare, defaults, breathing, in_circuit=False)
        if one.rest is None:
            usual = _between("rest", None, _first(own.rest, whole.rest), defaults)
            work = work._replace(rest_s=usual.seconds(breathing))
        works.append(work._replace(exercise=exercise))
    return tuple(works)


HELD_ESTIMATE = seconds(30)
"""What a hold for as long as is comfortable is expected to take, where the exercise has none of its own."""


def _as_long(exercise: Exercise, whole: Prescription, most_s: float, breathing: Breathing) -> Prescription:
    """A hold for as long as is comfortable, with what it is expected to take: the exercise's own hold."""
    if whole.reps is not None:
        own_set = _("{exercise}: 'hold: max' is a set of its own; leave 'reps' out")
        raise PlanError(own_set.format(exercise=exercise.id))
    own = None if exercise.prescription is None else exercise.prescription.hold
    phase = next((each.duration for each in exercise.phases if each.name == HOLD), None)
    found = next((time for time in (own, phase) if time is not None and time.low), HELD_ESTIMATE)
    too_long = 0 < most_s < found.seconds(breathing)
    return whole._replace(hold=seconds(most_s) if too_long else found, pace=Pace.SELF)


_ONE_SIDE = {Sides.LEFT: Side.LEFT, Sides.RIGHT: Side.RIGHT}


def _first_side(day: Prescription, whole: Prescription, exercise: Exercise, defaults: Defaults) -> Side:
    """The side that comes first: the day's, the author's default, the exercise's own, or the usual."""
    if day.first is not None:
        return day.first
    own = _first(whole.first, exercise.first)
    return defaults.first if own is None or "first" in defaults.written else own


def _breaths(whole: Prescription) -> int:
    held = whole.hold if whole.reps is None and whole.duration is None else None
    return int(held.low) if held is not None and held.unit is Unit.BREATHS else 0


def _reps_within(length_s: float, work: Work) -> int:
    """How many whole reps, per side, there is time for: at least one."""
    rep_s, gap_s = sum(phase.seconds for phase in work.phases), work.gap_s
    turns = 2 if work.sides is Sides.ALTERNATE and not work.paired else 1
    return max(1, floor((length_s + gap_s) / (turns * (rep_s + gap_s)) + _TINY))


def _ranges(day: Prescription, whole: Prescription, exercise: Exercise, *, in_circuit: bool) -> Ranges:
    reps = whole.reps
    if whole.by_set or (reps is not None and reps.is_pyramid):
        return Ranges()
    hold = _first(whole.duration, whole.hold) if reps is None else _climbed(whole, exercise)[1]
    if hold is not None and (not hold.high or hold.unit is Unit.MAX):
        hold = None
    sets = day.sets if in_circuit else whole.sets
    return Ranges(None if reps is None else reps.of_set(0), hold, sets or Count(1, 1))


def _climbed(whole: Prescription, exercise: Exercise) -> tuple[str, Duration | None]:
    """The phase of a rep whose time is part of its level: the hold or, in its place, the first with a range.

    A pause between reps is none: a longer one would be no progress. A name that two phases share has no
    range of its own, as one time would serve both.
    """
    said = dict(whole.tempo)
    hold = _first(whole.hold, said.get(HOLD))
    names = [phase.name for phase in exercise.phases or PLAIN_REP]
    times = {phase.name: phase.duration for phase in exercise.phases if names.count(phase.name) == 1}
    times |= said
    if hold is not None:
        times[HOLD] = hold
    for name in dict.fromkeys((HOLD, *names)):
        time = times.get(name)
        if name != RELAX and time is not None and time.low < time.high:
            return name, time
    return HOLD, hold


def _at_level(
    day: Prescription, whole: Prescription, exercise: Exercise, level: Level
) -> tuple[Prescription, Prescription]:
    """What the day says, and the whole, with exactly the amounts of a level."""
    if level.hold is not None:
        time = Duration(level.hold, level.hold, level.unit)
        phase = HOLD if whole.reps is None else _climbed(whole, exercise)[0]
        if whole.reps is None and whole.duration is not None:
            whole = whole._replace(duration=time)
        elif phase == HOLD:
            whole = whole._replace(hold=time)
        else:
            others = tuple((name, said) for name, said in whole.tempo if name != phase)
            whole = whole._replace(tempo=(*others, (phase, time)))
    if level.reps is not None:
        whole = whole._replace(reps=Reps((Count(level.reps, level.reps),)))
    if level.sets is not None:
        sets = Count(level.sets, level.sets)
        day = day if day.sets is None else day._replace(sets=sets)
        whole = whole._replace(sets=sets)
    return day, whole


def _reps_of_sets(
    day: Prescription, exercise: Exercise, whole: Prescription, *, in_circuit: bool
) -> tuple[int | None, ...]:
    """The reps of each set. In a circuit a set a round, unless the day itself says otherwise."""
    reps = whole.reps
    said = day.sets if in_circuit else whole.sets
    sets = said.low if said is not None else 1
    if reps is None:
        return (None,) * sets
    if reps.is_pyramid:
        if day.reps is not None or not in_circuit:
            _check_pyramid(exercise, reps, day)
            sets = len(reps.counts)
        elif day.sets is not None:
            _check_pyramid(exercise, reps, day)
    counts = (reps.of_set(index) for index in range(sets))
    return tuple(count.low if count is not None else None for count in counts)


def _check_pyramid(exercise: Exercise, reps: Reps, day: Prescription) -> None:
    steps = len(reps.counts)
    if day.sets is not None and not day.sets.low <= steps <= day.sets.high:
        told = counted_words(
            "{exercise}: a pyramid of {number} is {number} set, not {sets}",
            "{exercise}: a pyramid of {number} is {number} sets, not {sets}",
            steps,
        )
        raise PlanError(told.format(exercise=exercise.id, number=steps, sets=day.sets.low))


def _between(name: str, day: Duration | None, whole: Duration | None, defaults: Defaults) -> Duration:
    """A time between pieces of work: the day's, the author's default, the exercise's own, or the usual."""
    if day is not None:
        return day
    usual: Duration = getattr(defaults, name)
    return usual if whole is None or name in defaults.written else whole


def _first(day: _T | None, own: _T | None) -> _T | None:
    return own if day is None else day
