"""What a routine writes that its plans do not do, or do otherwise: no mistakes, but good to know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from backtimer.core.plan.prescription import merge
from backtimer.core.plan.rep import has_sided, is_timed
from backtimer.core.plan.routine import (
    HOLD,
    Circuit,
    Day,
    DayKind,
    Defaults,
    Item,
    Pace,
    Prescription,
    Routine,
    Sides,
)
from backtimer.core.plan.turns import PersonalRoutine, Turn, turns, written_s
from backtimer.core.plan.units import Count, Duration, Unit
from backtimer.core.plan.ways import way_s
from backtimer.core.plan.work import Work
from backtimer.language import _, counted_words
from backtimer.values import NamedTuple


class Hint(NamedTuple):
    """One thing that is good to know, or could be better."""

    text: str
    """A sentence without its end."""
    day: str = ""
    """The key of the day; empty: the whole routine."""
    entry: tuple[int, ...] = ()
    """Which entry of the day, from 0, and which one inside it; empty: the day as a whole."""


_Told = Iterator[tuple[str, tuple[int, ...]]]
"""Clauses, each with the entry of the day that it is about."""


def hints_of_day(routine: Routine, day: str) -> tuple[Hint, ...]:
    """What a day writes and does not do as it is written, a clause each.

    Raises:
        PlanError: The day cannot be compiled.
    """
    asked = routine.days[day]
    if asked.duration is not None and _is_range(asked.duration):
        return (Hint(_low_end("duration", asked.activity, asked.duration), day),)
    if asked.kind is not DayKind.EXERCISES:
        return ()
    taken = tuple(turns(PersonalRoutine(routine, routine.defaults.breathing, {}, ()), asked))
    told = (
        *_dropped(routine, asked, taken),
        *_idle_rest(asked),
        *_always(asked),
        *_idle_ranges(routine, asked),
        *_displaced_rests(asked),
        *_added_holds(routine, asked),
        *_invented_reps(routine, asked),
        *_longer_ways(routine, taken),
        *_short_rests(routine, taken),
    )
    return tuple(dict.fromkeys(Hint(text, day, entry) for text, entry in told))


def entries_of(day: Day) -> Iterator[tuple[tuple[int, ...], Prescription]]:
    """The prescriptions of a day, each with its place."""
    for index, item in enumerate(day.items):
        if isinstance(item, Circuit):
            yield from (((index, inside), each) for inside, each in enumerate(item.exercises))
        else:
            yield (index,), item


def _circuits_of(day: Day) -> Iterator[tuple[tuple[int, ...], Circuit]]:
    return (((index,), item) for index, item in enumerate(day.items) if isinstance(item, Circuit))


def _idle_rest(day: Day) -> _Told:
    if day.items and isinstance(day.items[-1], Prescription) and day.items[-1].is_rest:
        yield _("the rest at the end is not used: nothing comes after it"), (len(day.items) - 1,)


_MORE_LOAD = (
    r"(?i)[0-9] ?(?:-|to) ?[0-9]|\b(?:a|per|each|every|by the) (?:second |other )?(?:week|session|day|time)\b"
    r"|\b(?:add|increase|weekly)\b"
)
"""A load that is to become more, in words."""


def _idle_ranges(routine: Routine, day: Day) -> _Told:
    """Ranges that nobody climbs: those of rests and pauses, and those beside a list."""
    for place, each in entries_of(day):
        name = each.exercise or each.activity
        rests = (each.rest, *(one.rest for one in each.by_set))
        times = {"relax": (each.relax,), "switch": (each.switch,), "rest": rests, "every": (each.every,)}
        times |= {"breather": (each.breather,), "duration": (each.duration,) if each.activity else ()}
        for key, said in times.items():
            low = next((time for time in said if time is not None and _is_range(time)), None)
            if low is not None:
                yield _low_end(key, name, low), place
        exercise = routine.exercises.get(each.exercise)
        if exercise is not None and _has_list(merge(each, exercise.prescription)):
            yield from ((text, place) for text in _beside_a_list(each))
        if re.search(_MORE_LOAD, each.load):
            told = _(
                "the 'load' of '{exercise}' is words, which nothing climbs: write one, and a stage for more"
            )
            yield told.format(exercise=each.exercise), place
    for place, item in _circuits_of(day):
        for inside, each in enumerate(item.exercises):
            listed = len(each.by_set) or (len(each.reps.counts) if each.reps and each.reps.is_pyramid else 0)
            rounds = item.rounds
            if each.sets is None and rounds.low < rounds.high and rounds.low <= listed <= rounds.high:
                told = _(
                    "the list of '{exercise}' is one of sets, done in every round: for an entry a round, "
                    "'rounds' has to be {number}, and no range"
                )
                yield told.format(exercise=each.exercise, number=listed), (*place, inside)
        if item.rounds.low < item.rounds.high and not any(each.exercise for each in item.exercises):
            told = _("the range of the 'rounds' of '{entry}' is not climbed: it is {number}")
            yield told.format(entry=item.title or _("Circuit"), number=item.rounds.low), place
        for key, time in (("rest", item.rest), ("every", item.every)):
            if time is not None and _is_range(time):
                yield _low_end(key, item.title or _("Circuit"), time), place


def idle_defaults(routine: Routine) -> tuple[Hint, ...]:
    """Ranges among the times between pieces of work: nobody climbs them."""
    defaults = routine.defaults
    times = ((name, getattr(defaults, name)) for name in defaults.written)
    ranges = ((name, time) for name, time in times if isinstance(time, Duration) and _is_range(time))
    return tuple(Hint(_low_end(name, "defaults", time)) for name, time in ranges)


def _is_range(time: Duration | Count | None) -> bool:
    longest = isinstance(time, Duration) and time.unit is Unit.MAX
    return time is not None and time.low < time.high and not longest


def _low_end(key: str, name: str, time: Duration) -> str:
    amount = f"{time.low:g} {time.unit}"
    if not name:
        return _("the range of the rest is not climbed: it is {amount}").format(amount=amount)
    told = _("the range of the '{key}' of '{entry}' is not climbed: it is {amount}")
    return told.format(key=key, entry=name, amount=amount)


def _has_list(whole: Prescription) -> bool:
    return bool(whole.by_set) or (whole.reps is not None and whole.reps.is_pyramid)


def _beside_a_list(asked: Prescription) -> Iterator[str]:
    """Ranges of a prescription that has a list, and so no levels."""
    one_by_one = asked.by_set
    said: dict[str, tuple[Duration | Count | None, ...]] = {
        "sets": (asked.sets,),
        "reps": () if asked.reps is None else asked.reps.counts,
        "hold": (asked.hold, *(one.hold for one in one_by_one)),
        "duration": (asked.duration, *(one.duration for one in one_by_one)),
        "tempo": tuple(time for _name, time in asked.tempo),
    }
    for key, amounts in said.items():
        if any(_is_range(amount) for amount in amounts):
            told = _("the range of the '{key}' of '{exercise}' is not climbed: beside a list it stays low")
            yield told.format(key=key, exercise=asked.exercise)


def _added_holds(routine: Routine, day: Day) -> _Told:
    """Holds of an exercise in the same file whose phases have none: they come after the first."""
    for place, each in entries_of(day):
        exercise = routine.exercises.get(each.exercise)
        if exercise is None or each.exercise not in routine.own or not exercise.phases:
            continue
        whole = merge(each, exercise.prescription)
        holds = (whole.hold, *(one.hold for one in whole.by_set))
        if any(hold is not None and hold.high for hold in holds) and all(
            phase.name != HOLD for phase in exercise.phases
        ):
            told = _(
                "the 'hold' of '{exercise}' comes after '{phase}': its phases have no hold; "
                "give it one, '{{do: hold}}', where it belongs"
            )
            yield told.format(exercise=each.exercise, phase=exercise.phases[0].name), place


def _invented_reps(routine: Routine, day: Day) -> _Told:
    """Reps and holds of what is walked, run or swung for a time: nobody lifts and lowers in it."""
    for place, each in entries_of(day):
        exercise = routine.exercises.get(each.exercise)
        if exercise is None or not is_timed(exercise) or each.pace is Pace.SELF:
            continue
        holds = (each.hold, *(one.hold for one in each.by_set))
        key = (
            "reps"
            if each.reps is not None
            else "hold"
            if any(hold is not None and hold.high for hold in holds)
            else ""
        )
        if key:
            told = _("'{exercise}' goes on for a time: write 'duration: 1m' in place of its '{key}'")
            yield told.format(exercise=each.exercise, key=key), place


def _displaced_rests(day: Day) -> _Told:
    """Rests of a prescription in whose place an entry of its own stands."""
    lists = [((), day.items), *((place, item.exercises) for place, item in _circuits_of(day))]
    for place, items in lists:
        for number, (before, after) in enumerate(pairwise(items)):
            if isinstance(before, Circuit) or isinstance(after, Circuit) or not after.is_rest:
                continue
            if before.exercise and before.rest is not None and (before.sets is None or before.sets.high == 1):
                told = _("the 'rest' of '{exercise}' is not used: the rest that stands after it is")
                if not _has_list(before):
                    yield told.format(exercise=before.exercise), (*place, number)


def _short_rests(routine: Routine, taken: tuple[Turn, ...]) -> _Told:
    """Rests that are written, and are over before one is where it goes on."""
    for before, after in pairwise(taken):
        rest_s = written_s(after, before, routine.defaults, routine.defaults.breathing)
        takes_s = too_long_a_way(routine.defaults, before, after, rest_s)
        if rest_s is None or takes_s is None:
            continue
        other = after.work.exercise
        short = (
            _("the rest of {rest} s before '{exercise}' is not used: the way there takes {way} s")
            if rest_s
            else _("no rest stands before '{exercise}', and the way there takes {way} s all the same")
        )
        yield (
            short.format(rest=f"{rest_s:g}", exercise=other.id or other.name, way=f"{takes_s:g}"),
            after.entry,
        )


def too_long_a_way(defaults: Defaults, before: Turn, after: Turn, rest_s: float | None) -> float | None:
    """The seconds of a way for which the rest is too short that is written for it alone; None: of none."""
    given_s, is_given = _position_change(defaults)
    work = before.work
    way = way_s(work.exercise.position, after.work.exercise.position)
    takes_s = max(given_s if rest_s else 0.0, way)
    if not way or rest_s is None or rest_s >= takes_s or (is_given and way > max(given_s, rest_s)):
        return None  # the last is told as too long a way
    if after.pause_s is None and (after.round != before.round or len(work.reps) > 1):
        return None  # it is that between rounds, or between sets, too
    return takes_s


def _position_change(defaults: Defaults) -> tuple[float, bool]:
    """How long a change of position takes, and whether the author says so."""
    return defaults.position_change.seconds(defaults.breathing), "position_change" in defaults.written


def _always(day: Day) -> _Told:
    """Entries that say in which sessions they come, on a day that has no more than those."""
    entries: list[tuple[tuple[int, ...], Item]] = [*entries_of(day), *_circuits_of(day)]
    for place, each in entries:
        if each.first_sessions is not None and each.first_sessions >= day.times:
            name = each.title if isinstance(each, Circuit) else each.exercise or each.activity
            told = _("the 'first_sessions' of '{entry}' is not used: 'times' of the day is {times}")
            yield told.format(entry=name or _("Circuit"), times=day.times), place


def _longer_ways(routine: Routine, taken: tuple[Turn, ...]) -> _Told:
    """Changes of position that take longer than the author gives them."""
    defaults = routine.defaults
    given_s, is_given = _position_change(defaults)
    if not is_given:
        return
    for before, after in pairwise(taken):
        one, other = before.work.exercise, after.work.exercise
        needed_s = way_s(one.position, other.position)
        rest_s = written_s(after, before, defaults, defaults.breathing)  # the way is part of it
        if needed_s > max(given_s, rest_s or 0.0):
            longer = _(
                "from '{before}' to '{after}' takes {needed} s, from {position} to {next_position}: "
                "longer than the position_change of {given} s"
            )
            told = longer.format(
                before=one.id or one.name,
                after=other.id or other.name,
                needed=f"{needed_s:g}",
                position=one.position,
                next_position=other.position,
                given=f"{given_s:g}",
            )
            yield told, after.entry


_ONE_BY_ONE = (Sides.EACH, Sides.LEFT, Sides.RIGHT)


def _is_sideless(routine: Routine, exercise_id: str) -> bool:
    exercise = routine.exercises[exercise_id]
    return exercise.sides is Sides.NONE and not has_sided(exercise)


def _dropped(routine: Routine, day: Day, taken: tuple[Turn, ...]) -> _Told:
    """What an entry of a day writes in vain."""
    for place, each in entries_of(day):
        if each.exercise:
            own = [turn for turn in taken if turn.entry == place]
            work = own[0].work
            yield from ((text, place) for text in _dropped_of(routine, each, work))
            yield from ((text, place) for text in _unfilled(routine, each, work))
            if each.rest is not None and len(work.reps) == 1:
                yield from ((text, place) for text in _dropped_rest(day, place, own, taken))


def _dropped_of(routine: Routine, each: Prescription, work: Work) -> Iterator[str]:
    if each.switch is not None and (work.sides is Sides.NONE or work.paired):
        sideless = _("the 'switch' of '{exercise}' is not used: its reps change no side")
        yield sideless.format(exercise=each.exercise)
    if each.breather is not None and (work.sides is not Sides.ALTERNATE or work.paired):
        unturned = _("the 'breather' of '{exercise}' is not used: its reps do not change side in turn")
        yield unturned.format(exercise=each.exercise)
    if each.first is not None and work.sides is Sides.NONE and not work.paired:
        one = _("the 'first' of '{exercise}' is not used: it has not two sides, one after the other")
        yield one.format(exercise=each.exercise)
    if each.relax is not None and not work.by_reps:
        yield _("the 'relax' of '{exercise}' is not used: it has no reps").format(exercise=each.exercise)
    own_sides = routine.exercises[each.exercise].sides
    if each.sides is Sides.NONE and own_sides is not Sides.NONE and not work.paired:
        unsided = _(
            "'sides: none' of '{exercise}': its reps are done once, and no side is told; "
            "'sides: {sides}' is both of them"
        )
        yield unsided.format(exercise=each.exercise, sides=Sides.EACH)
    if each.sides in _ONE_BY_ONE and _is_sideless(routine, each.exercise):
        sided = _("'sides: {sides}' of '{exercise}': the exercise has no sides")
        yield sided.format(sides=each.sides, exercise=each.exercise)


_MOSTLY = 0.75
"""Of a time that is filled with whole reps so much is as good as all of it."""


def _unfilled(routine: Routine, each: Prescription, work: Work) -> Iterator[str]:
    """Times that whole reps leave half empty, and a clock that one who goes at her own pace may not keep."""
    whole = merge(each, routine.exercises[each.exercise].prescription)
    one = work.of_set(0)
    if one.self_paced:
        if one.every_s is not None and one.by_reps and None not in one.reps and work.set_s(0) > one.every_s:
            own = _(
                "at your own pace a set of '{exercise}' may take {time} s, longer than its 'every' of "
                "{every} s: then the next one begins later"
            )
            yield own.format(exercise=each.exercise, time=f"{work.set_s(0):g}", every=f"{one.every_s:g}")
    elif whole.duration is not None and whole.reps is None and one.by_reps:
        asked_s, filled_s = whole.duration.seconds(routine.defaults.breathing), one.estimate_s(0)
        if filled_s < _MOSTLY * asked_s:
            short = (
                _(
                    "the 'duration' of '{exercise}' is {asked} s, and has time for {reps}, {filled} s: "
                    "'hold: {asked}s' is one long hold, a shorter hold or less 'relax' makes more reps"
                )
                if one.hold_s
                else _(
                    "the 'duration' of '{exercise}' is {asked} s, and has time for {reps}, {filled} s: "
                    "a quicker 'tempo', or less 'relax' or 'switch', makes more of it"
                )
            )
            yield short.format(
                exercise=each.exercise,
                asked=f"{asked_s:g}",
                reps=_whole_reps(one.reps[0] or 0, in_turn=one.sides is Sides.ALTERNATE and not one.paired),
                filled=f"{filled_s:g}",
            )


def _whole_reps(number: int, *, in_turn: bool) -> str:
    reps = (
        counted_words("{number} whole rep on each side", "{number} whole reps on each side", number)
        if in_turn
        else counted_words("{number} whole rep", "{number} whole reps", number)
    )
    return reps.format(number=number)


def _dropped_rest(
    day: Day, place: tuple[int, ...], own: list[Turn], taken: tuple[Turn, ...]
) -> Iterator[str]:
    """That the rest after the last entry of all, or of a round, comes to nothing."""
    item = day.items[place[0]]
    if isinstance(item, Circuit) and place[1] != len(item.exercises) - 1:
        return
    exercise = own[0].work.exercise.id
    if isinstance(item, Circuit) and len({turn.round for turn in own}) > 1:
        between = _("the 'rest' of '{exercise}' is not used between rounds: the circuit's is")
        yield between.format(exercise=exercise)
    elif own[-1] is taken[-1]:
        last_of_all = _("the 'rest' of '{exercise}' is not used: nothing comes after it")
        yield last_of_all.format(exercise=exercise)
