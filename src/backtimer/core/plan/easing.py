"""An exercise that hurt is done in its easier form: which, and how much of it.

The easier form is never more work than what it stands in for: not more sets, reps or time held, and not more
time at work in all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import floor

from backtimer.core.plan.prescription import merge
from backtimer.core.plan.rep import has_sided
from backtimer.core.plan.routine import HOLD, RELAX, Exercise, Prescription, Sides
from backtimer.core.plan.units import Count, Reps, seconds
from backtimer.core.plan.work import MAX_REPS_ESTIMATE, Work
from backtimer.language import _

_TINY = 1e-9
_SHORTEST_S = 1.0
"""What is left of a hold whose way in and out alone takes longer than all that was asked."""


def in_easier_form(
    asked: Prescription, exercises: Mapping[str, Exercise], hurt: Collection[str]
) -> Prescription:
    """What to do in place of an exercise that hurt: its easier form, or the easier form of that one.

    The easier form comes with its own amounts, and with the rest that the day gives. One that has no amounts
    of its own takes those of the exercise it stands for. Neither has been held against what the day asks for:
    `no_more_than` does that.

    Args:
        asked: What the day asks for.
        exercises: All that are known, by id.
        hurt: The ids of those that hurt.
    """
    first = easier = exercises.get(asked.exercise)
    seen = {asked.exercise}
    while easier is not None and easier.id in hurt:
        following = exercises.get(easier.easier)
        if following is None or following.id in seen:
            break
        seen.add(following.id)
        easier = following
    if first is None or easier is None or easier is first:
        return asked
    return as_easier(asked, first, easier, _note(first))


def as_easier(asked: Prescription, first: Exercise, easier: Exercise, note: str) -> Prescription:
    """An easier form with its own amounts or, where it has none, those of the exercise it stands for.

    Args:
        asked: What is asked of that exercise.
        first: That exercise.
        easier: Its easier form, or one of that.
        note: Why it is done.
    """
    sides = asked.sides
    if sides not in (Sides.LEFT, Sides.RIGHT) or easier.sides is Sides.NONE or has_sided(easier):
        sides = None
    if easier.prescription is None:
        whole = merge(asked, first.prescription)
        return whole._replace(exercise=easier.id, sides=sides, load="", note=note, by_set=())
    return Prescription(
        easier.id, rest=asked.rest, note=note, sides=sides, first=asked.first, every=asked.every
    )


def held_as(asked: Work, prescription: Prescription, easier: Exercise) -> Prescription:
    """An easier form that does not say how long: held for the time of a rep of what it stands in for.

    Where what is asked has no reps, for the time of its set. It has its own sets.
    """
    sets = merge(prescription, easier.prescription).sets
    return prescription._replace(sets=sets, duration=None, hold=seconds(_rep_s(asked)))


def no_more_than(asked: Work, eased: Work, prescription: Prescription) -> Prescription:
    """An easier form, cut down to what is asked of the exercise that it stands in for.

    A rep of it that takes longer than all that was asked cannot be cut: one is then done.

    Args:
        asked: What the day asks for, at the low end of its ranges.
        eased: The easier form as it is prescribed.
        prescription: What prescribes it.
    """
    sets = min(len(asked.reps), len(eased.reps))
    cut = _fewer_reps if eased.by_reps else _shorter
    return cut(asked, eased, prescription, sets)


def _shorter(asked: Work, eased: Work, prescription: Prescription, sets: int) -> Prescription:
    """A hold, or a movement, that fills a set: no longer than a set of what is asked, on all its sides."""
    sides = _sides(eased)
    most = min([_set_s(asked, index) for index in range(len(asked.reps))]) / sides
    if not asked.by_reps:
        most = min(most, _rep_s(asked))
    most = min(most, _rep_s(eased), _total_s(asked) / (sets * sides))
    if not eased.continuous:
        hold_s, moves_s = _split(eased)
        most = (most - moves_s) / _holds(eased)  # the way in and out takes what it takes
        longest = hold_s if asked.by_reps or asked.hold_s is None else min(hold_s, asked.hold_s)
        most = min(most, longest) if most > 0 else min(_SHORTEST_S, longest)
    length = seconds(floor(most) if most >= 1 else most)
    said = prescription._replace(sets=Count(sets, sets))
    if eased.continuous:
        return said._replace(duration=length, hold=None)
    return said._replace(hold=length)


def _fewer_reps(asked: Work, eased: Work, prescription: Prescription, sets: int) -> Prescription:
    sides, total_s = _sides(eased), _total_s(asked)
    own = [count or MAX_REPS_ESTIMATE for count in eased.reps]
    reps = min(own)
    if asked.by_reps:
        asked_reps = min(count or MAX_REPS_ESTIMATE for count in asked.reps)
        reps = max(1, min(reps, asked_reps, _turns(asked, asked_reps, eased)))
    holds = _holds(eased)
    hold_s, moves_s = _hold(asked, eased)
    rep_s = hold_s * holds + moves_s
    reps = min(reps, floor(total_s / (sets * sides * rep_s) + _TINY))
    if reps < 1:
        reps = 1
        sets = max(1, min(sets, floor(total_s / (sides * rep_s) + _TINY)))
        if sides * rep_s > total_s + _TINY and moves_s > 0:
            hold_s = max(0, floor((total_s / sides - moves_s) / holds + _TINY))
    cut = prescription._replace(sets=Count(sets, sets), reps=Reps((Count(reps, reps),)), duration=None)
    return cut if eased.hold_s is None else cut._replace(hold=seconds(hold_s))


def _hold(asked: Work, eased: Work) -> tuple[float, float]:
    """How long each rep of the easier form may be held, and how long the rest of it takes."""
    hold_s, moves_s = _split(eased)
    if asked.by_reps:
        most = asked.hold_s or 0.0
        if moves_s <= 0 and most <= 0:  # nothing but a hold: as long as a rep of what is asked
            most = _rep_s(asked)
    else:
        most = _rep_s(asked)
    return min(hold_s, most), moves_s


def _split(work: Work) -> tuple[float, float]:
    """How long each hold of a rep takes, and how long all else of it."""
    hold_s = work.hold_s or 0.0
    return hold_s, _rep_s(work) - hold_s * _holds(work)


def _holds(work: Work) -> int:
    """How often a rep is held: on each side, where it does both."""
    return sum(phase.name == HOLD for phase in work.phases) or 1


def _turns(asked: Work, reps: int, eased: Work) -> int:
    """As many reps of an easier form as make up for so many: one side's work for one side's."""
    if eased.sides is Sides.NONE:
        return reps * _sides(asked)
    return reps if asked.sides is not Sides.NONE else reps // 2


def _sides(work: Work) -> int:
    """How often each rep, or each set, is done for both sides to have had it."""
    return 1 if work.sides is Sides.NONE or work.paired else 2


def _rep_s(work: Work) -> float:
    """How long a rep is work or, in a set without reps, the set."""
    return sum(phase.seconds for phase in work.phases if phase.name != RELAX) or work.phases[0].seconds


def _set_s(work: Work, index: int) -> float:
    """How long a set is work, on all its sides."""
    reps = (work.reps[index] or MAX_REPS_ESTIMATE) if work.by_reps else 1
    return reps * _rep_s(work) * _sides(work)


def _total_s(work: Work) -> float:
    return sum(_set_s(work, index) for index in range(len(work.reps)))


def _note(exercise: Exercise) -> str:
    return _("In place of {exercise}, which hurt.").format(exercise=exercise.name)
