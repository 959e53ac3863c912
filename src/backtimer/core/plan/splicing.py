"""A plan in which, from some set on, another exercise is done in the place of one.

What was done stays as it was planned. Everything follows from the frozen plan, so that a session which was
taken up again, of whatever routine, can be changed as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from math import isclose

from backtimer.core.plan.compile import LEAST_REST_S, compile_day
from backtimer.core.plan.exchanging import FormKind, Spliced, Swap, ToCome
from backtimer.core.plan.plan import (
    MAX_STEPS,
    MAX_TOTAL_S,
    READY_S,
    Plan,
    PlanError,
    SetSpec,
    Step,
    StepKind,
    measured_s,
    position_of_set,
)
from backtimer.core.plan.routine import (
    HOLD,
    RELAX,
    Circuit,
    Day,
    DayKind,
    Exercise,
    Pace,
    Position,
    Prescription,
    Routine,
    Side,
    Sides,
)
from backtimer.core.plan.units import LONGEST, MOST, Count, Duration, Reps, Unit, seconds
from backtimer.core.plan.ways import way_s
from backtimer.language import _
from backtimer.values import NamedTuple


def spliced(
    plan: Plan, coming: ToCome, form: Exercise, why: FormKind, asked: Prescription | None = None
) -> Spliced:
    """The plan with another exercise in the place of what is to come of one.

    Args:
        plan: What is done.
        coming: What is to be exchanged.
        form: What is done in its place.
        why: What that is to the exercise.
        asked: How much of it, a set each; None: what a form of its kind has.

    Raises:
        PlanError: The form cannot be done in that place, or the plan would go beyond its bounds.
    """
    return _Splice(plan, coming, form, why, asked).made()


def set_forms(
    plan: Plan, sets: Sequence[int], form: Exercise, why: FormKind, asked: Prescription | None = None
) -> Plan:
    """A plan of nothing but what is done in the place of some sets of one entry of a plan.

    The arguments are those of `spliced`.

    Raises:
        PlanError: The form cannot be done in their place.
    """
    first = plan.sets[sets[0]]
    known = {**{each.id: each for each in plan.exercises}, form.id: form}
    if first.exercise is None or first.exercise not in known or first.exercise == form.id:
        raise PlanError(_misplaced(form, first))
    whole, rounds = asked_of(plan, sets), len({plan.sets[index].round for index in sets})
    room_s = _room_s(plan, sets, form)
    whole = whole if room_s is None else whole._replace(every=seconds(max(room_s, _TINY_S)))
    swaps = {first.exercise: Swap(form.id, why)}
    if asked is not None:
        whole, swaps = _as_many_sets(asked, whole), {}
    item = whole if first.round is None else Circuit((whole,), Count(rounds, rounds))
    day = Day(DayKind.EXERCISES, items=(item,))
    routine = Routine(plan.routine, "", {plan.day: day}, known)
    made = compile_day(routine, plan.day, plan.breathing, swaps=swaps)
    if any(spec.exercise != form.id for spec in made.sets):
        raise PlanError(_misplaced(form, first))
    return made


def _room_s(plan: Plan, sets: Sequence[int], form: Exercise) -> float | None:
    """What a round leaves of its `every` for a set in the place of one; None: no round is by the clock."""

    def way(one: int, other: int, of_form: Sequence[int] = ()) -> float:
        places = [form.position if at in of_form else position_of_set(plan, at) for at in (one, other)]
        way_there_s = way_s(places[0], places[1])
        return max(plan.position_change_s, way_there_s) if way_there_s else plan.transition_s

    slots = _slots(plan, sets)
    begins = {each.since: at for at, each in _intervals(plan).items() if each.of_round}
    rooms = []
    for since, until in begins.items():
        lead = plan.steps[plan.sets[until].lead_in : plan.sets[until].first_step]
        rest_s = sum(step.estimate_s for step in lead if step.kind is StepKind.REST)
        inside = [slot for slot in slots if since <= slot[0] < until]
        for slot in inside:
            first, last = plan.sets[slot[0]], plan.sets[slot[-1]]
            own_s = sum(step.estimate_s for step in plan.steps[first.first_step : last.last_step + 1])
            before = slot[0] - 1 if slot[0] > since else until - 1  # round after round
            ways = ((before, slot[0]), (slot[-1], slot[-1] + 1))
            longer_s = sum(way(*each, sets) - way(*each) for each in ways)
            rooms.append(own_s + rest_s / len(inside) - longer_s)
    return min(rooms, default=None)


def _as_many_sets(asked: Prescription, other: Prescription) -> Prescription:
    """What is asked, for as many sets as of another exercise; of a pyramid the last ones."""
    number = len(other.reps.counts) if other.reps is not None and other.reps.is_pyramid else 0
    number = number or (1 if other.sets is None else other.sets.low)
    if asked.reps is None or not asked.reps.is_pyramid:
        return asked._replace(sets=Count(number, number))
    counts = (*asked.reps.counts[-number:], *asked.reps.counts[-1:] * (number - len(asked.reps.counts)))
    return asked._replace(reps=Reps(counts), sets=Count(1, 1) if len(counts) == 1 else None)


def _misplaced(form: Exercise, spec: SetSpec) -> str:
    told = _("{form} cannot be done in the place of {exercise}")
    return told.format(form=form.id, exercise=spec.exercise or spec.activity)


def asked_of(plan: Plan, sets: Sequence[int]) -> Prescription:
    """What would prescribe some sets of an exercise, as far as their plan tells it."""
    specs = [plan.sets[slot[0]] for slot in _slots(plan, sets)]
    per_round = max(len(list(own)) for _round, own in groupby(specs, key=lambda spec: spec.round))
    specs, spec = specs[:per_round], specs[0]
    counts = [MOST if each.reps is None else Count(each.reps, each.reps) for each in specs]
    reps = None
    if spec.by_reps:
        reps = Reps(() if set(counts) == {MOST} else tuple(counts if len(set(counts)) > 1 else counts[:1]))
    first = plan.steps[spec.first_step]
    timed = not spec.by_reps and (first.continuous or spec.hold_s is None) and not spec.as_long
    hold = None if spec.hold_s is None else seconds(spec.hold_s)
    if spec.as_long:
        hold = LONGEST._replace(high=spec.most_s or 0.0)
    if spec.breaths:
        hold = Duration(float(spec.breaths), float(spec.breaths), Unit.BREATHS)
    sides = Sides.ALTERNATE if spec.alternate else None
    if spec.one_sided and spec.side is not None:
        sides = Sides(spec.side.value)
    return Prescription(
        spec.exercise or "",
        sets=None if reps is not None and reps.is_pyramid else Count(per_round, per_round),
        reps=reps,
        hold=hold,
        tempo=_tempo(plan, spec),
        duration=seconds(max(1.0, measured_s(plan, spec))) if timed else None,
        sides=sides,
        load=spec.load,
        pace=Pace.SELF if first.kind is StepKind.SELF_PACED else None,
        first=Side.RIGHT if spec.right_first else None,
        every=None if spec.every_s is None else seconds(spec.every_s),
    )


def _tempo(plan: Plan, spec: SetSpec) -> tuple[tuple[str, Duration], ...]:
    """How long the moves of a rep are, but for the hold."""
    own = [step for step in plan.steps[spec.first_step : spec.last_step + 1] if step.rep in (None, 1)]
    found: dict[str, float] = {}
    for step in own if spec.by_reps else ():
        if step.phase and step.seconds and step.phase not in (HOLD, RELAX):
            found.setdefault(step.phase, step.seconds)
    return tuple((name, seconds(length)) for name, length in found.items())


def _slots(plan: Plan, sets: Sequence[int]) -> list[list[int]]:
    """Sets with their other sides."""
    return [list(own) for _begin, own in groupby(sets, key=lambda at: _slot_begin(plan, at))]


def _slot_begin(plan: Plan, at: int) -> int:
    """The set that comes first of one and its other side."""
    spec = plan.sets[at]
    return at - 1 if at and spec.is_second and plan.sets[at - 1].exercise == spec.exercise else at


class _Interval(NamedTuple):
    """From the beginning of a set on so long is to have passed when another begins."""

    since: int
    every_s: float
    of_round: bool


def _intervals(plan: Plan) -> dict[int, _Interval]:
    """What `every` says of a plan, by the set that begins then."""
    starts = [0.0, *accumulate(step.estimate_s for step in plan.steps)]
    found = dict[int, _Interval]()
    rounds: list[int] = []
    for at, spec in enumerate(plan.sets):
        if _slot_begin(plan, at) != at:
            continue
        known = [_Interval(_slot_begin(plan, at - 1), 0.0, of_round=False)] if at else []
        first = plan.sets[rounds[-1]] if rounds else None
        if first is None or (first.item, first.round) != (spec.item, spec.round):
            if first is not None and first.item == spec.item:
                known.append(_Interval(rounds[-1], 0.0, of_round=True))
            rounds.append(at)
        for each in known:
            every_s = plan.sets[each.since].every_s
            took_s = starts[spec.first_step] - starts[plan.sets[each.since].first_step]
            if every_s is not None and isclose(every_s, took_s, abs_tol=_TINY_S):
                found[at] = each._replace(every_s=every_s)
        lead = plan.steps[spec.lead_in : spec.first_step]
        for place, step in enumerate(lead):
            if step.since is not None and step.every_s is not None:  # whatever it is expected to take
                way_s = sum(each.estimate_s for each in lead[place + 1 :])
                of_round = plan.sets[step.since].round != spec.round
                every_s = plan.sets[step.since].every_s or step.every_s + way_s
                found[at] = _Interval(step.since, every_s, of_round)
    return found


_TINY_S = 1e-6


class _Piece(NamedTuple):
    """A set with what leads to it."""

    spec: SetSpec
    lead: tuple[Step, ...]
    work: tuple[Step, ...]
    was: int | None
    """Where it was in the plan; None: it is done in the place of others."""
    begins: int | None = None
    """The set of the plan that would begin where it begins; None: none would, as it is another side."""


def _piece(plan: Plan, index: int, was: int | None) -> _Piece:
    spec = plan.sets[index]
    lead, work = plan.steps[spec.lead_in : spec.first_step], plan.steps[spec.first_step : spec.last_step + 1]
    return _Piece(spec, lead, work, was)


class _Splice:
    """The work on one plan."""

    def __init__(
        self, plan: Plan, coming: ToCome, form: Exercise, why: FormKind, asked: Prescription | None
    ) -> None:
        self._plan = plan
        self._coming = coming
        self._form = form
        self._asked = asked
        self._forms = self._forms_of(why)

    def _forms_of(self, why: FormKind) -> dict[int, list[_Piece]]:
        """What is done in the place of each slot, by its first set; none where the form has fewer sets."""
        plan, found = self._plan, dict[int, list[_Piece]]()
        for _item, own in groupby(self._coming.sets, key=lambda at: plan.sets[at].item):
            sets = list(own)
            made = set_forms(plan, sets, self._form, why, self._asked)
            rounds = [list(each) for _round, each in groupby(sets, key=lambda at: plan.sets[at].round)]
            at_forms = range(len(made.sets))
            forms = [list(each) for _round, each in groupby(at_forms, key=lambda at: made.sets[at].round)]
            for round_sets, round_forms in zip(rounds, forms, strict=False):
                slots, there = _slots(plan, round_sets), _slots(made, round_forms)
                count = min(len(slots), len(there))
                for number, (slot, form) in enumerate(zip(slots, there, strict=False), start=1):
                    found[slot[0]] = list(self._in_slot(slot, made, form, number, count))
        return found

    def _in_slot(
        self, slot: list[int], made: Plan, form: list[int], number: int, count: int
    ) -> Iterator[_Piece]:
        """The sets of a form in one slot: on the sides that are still to be done."""
        plan, old = self._plan, self._plan.sets[slot[0]]
        sided = [at for at in form if made.sets[at].side is plan.sets[slot[0]].side]
        other_done = len(slot) == 1 and _slot_begin(plan, slot[0]) != slot[0]
        one = other_done and len(form) > 1 and bool(sided)
        instead = old.in_place_of or old.exercise or ""
        for at in sided if one else form:
            piece = _piece(made, at, None)
            back = piece.spec.exercise == instead  # it is as it was planned again
            yield piece._replace(
                lead=() if one else piece.lead,
                spec=piece.spec._replace(
                    set=number,
                    sets=count,
                    round=old.round,
                    rounds=old.rounds,
                    item=old.item,
                    circuit=old.circuit,
                    every_s=old.every_s,
                    one_sided=piece.spec.one_sided or one,
                    in_place_of="" if back else instead,
                    note="" if back else piece.spec.note,
                ),
            )

    def made(self) -> Spliced:
        """The plan, laid out anew."""
        plan = self._plan
        exercises = {**{each.id: each for each in plan.exercises}, self._form.id: self._form}
        laid = _Laid(exercises, plan)
        for piece in self._pieces():
            laid.add(piece)
        if len(laid.steps) > MAX_STEPS or sum(step.estimate_s for step in laid.steps) > MAX_TOTAL_S:
            raise PlanError(_("{exercise} takes too long in its place").format(exercise=self._form.name))
        used = dict.fromkeys(spec.exercise for spec in laid.sets)
        new = plan._replace(
            steps=tuple(laid.steps),
            sets=tuple(laid.sets),
            exercises=tuple(exercises[each] for each in used if each is not None and each in exercises),
        )
        return Spliced(new, laid.moved, tuple(laid.taken), frozenset(laid.relaid))

    def _pieces(self) -> Iterator[_Piece]:
        """All sets in order: those that stay, and what is done in the place of others."""
        plan, coming = self._plan, self._coming
        slot_of = {at: slot[0] for slot in _slots(plan, coming.sets) for at in slot}
        last_of = {first: at for at, first in slot_of.items()}
        for index in range(len(plan.sets)):
            if index not in slot_of or index in coming.begun:
                yield _piece(plan, index, index)._replace(begins=index)
            if index in slot_of and last_of[slot_of[index]] == index:
                first = slot_of[index]
                begins = first in coming.begun or (first == 0 and coming.is_ready)
                lead = () if begins else _piece(plan, first, None).lead
                for number, piece in enumerate(self._forms.get(first, ())):
                    yield piece if number else piece._replace(lead=lead, begins=first)


def _counts(lead: Sequence[Step]) -> bool:
    """Whether something that leads to a set is over so long after another began."""
    return any(step.since is not None for step in lead)


def _rest(length_s: float) -> Step:
    return Step(StepKind.REST, length_s, length_s, 0, None)


class _Laid:
    """The steps and sets of a plan, as they are laid out."""

    def __init__(self, exercises: Mapping[str, Exercise], plan: Plan) -> None:
        self.steps: list[Step] = []
        self.sets: list[SetSpec] = []
        self.moved: dict[int, int] = {}
        self.taken: list[int] = []
        self.relaid: set[int] = set()
        self._exercises = exercises
        self._plan = plan
        self._intervals = _intervals(plan)
        self._began: dict[int, list[int]] = {}
        """By a set of the plan, those that are done there: it, if it was begun, and one in its place."""
        self._last: int | None = None
        """Where the set laid out last was in the plan."""

    def add(self, piece: _Piece) -> None:
        """Lay out a set after those there are."""
        here, lead_in, spec = len(self.sets), len(self.steps), piece.spec
        lead = self._in_time(piece, self._lead(piece))
        for step in lead:
            side = step.side if piece.was is not None or step.kind is StepKind.SWITCH else spec.side
            self.steps.append(step._replace(set_index=here, exercise=spec.exercise, side=side))
        if piece.begins is not None:
            self._began.setdefault(piece.begins, []).append(here)
        first = len(self.steps)
        self.steps += [step._replace(set_index=here) for step in piece.work]
        self.sets.append(spec._replace(first_step=first, last_step=len(self.steps) - 1, lead_in=lead_in))
        if piece.was is None:
            self.taken.append(here)
        else:
            self.moved[piece.was] = here
        if piece.was is None or lead is not piece.lead:
            self.relaid.add(here)
        self._last = piece.was

    def _lead(self, piece: _Piece) -> Sequence[Step]:
        """What leads to a set from the one before it."""
        if not self.sets:
            if piece.lead or piece.was is not None:
                return piece.lead
            length_s = max(self._plan.position_change_s, way_s(Position.STANDING, self._position(piece.spec)))
            return [Step(StepKind.TRANSITION, length_s, length_s, 0, None, position_change=True)]
        before, coming = self.sets[-1], piece.spec
        if piece.was:
            planned = self._plan.sets[piece.was - 1]
            if self._last == piece.was - 1 or (
                self._position(planned) is self._position(before)
                and (planned.exercise == coming.exercise) is (before.exercise == coming.exercise)
            ):
                return piece.lead
        if before.exercise == coming.exercise and piece.lead:
            return [step._replace(position_change=False) for step in piece.lead]
        return list(self._way(before, coming, piece.lead))

    def _in_time(self, piece: _Piece, lead: Sequence[Step]) -> Sequence[Step]:
        """What leads to a set, with as much rest in it as is left of the time from set to set, or round."""
        interval = None if piece.begins is None else self._intervals.get(piece.begins)
        done = [] if interval is None else self._began.get(interval.since, [])
        if interval is None or not done or piece.begins in self._began:
            return [step._replace(since=None, every_s=None) for step in lead] if _counts(lead) else lead
        first = done[0 if interval.of_round else -1]
        if lead is piece.lead and piece.was is not None and not any(at >= first for at in self.taken):
            return [step._replace(since=first) for step in lead] if _counts(lead) else lead
        way = [step for step in lead if step.kind is not StepKind.REST]
        way_s = sum(step.estimate_s for step in way)
        worked = self.steps[self.sets[first].first_step :]
        rest_s = interval.every_s - way_s - sum(step.estimate_s for step in worked)
        untimed = any(step.seconds is None or step.beyond for step in worked)
        if untimed or interval.of_round or (way and rest_s >= READY_S):
            rest = _rest(max(READY_S, rest_s))
            return [rest._replace(since=first, every_s=max(0.0, interval.every_s - way_s)), *way]
        if way:  # what is left of it is for the way
            longer_s = way[0].estimate_s + max(0.0, rest_s)
            return [way[0]._replace(seconds=longer_s, estimate_s=longer_s), *way[1:]]
        return [_rest(rest_s)] if rest_s > 0 else []

    def _way(self, before: SetSpec, coming: SetSpec, lead: Sequence[Step]) -> Iterator[Step]:
        """A rest as long as before, the way to the other exercise at its end."""
        plan = self._plan
        rests = [step for step in lead if step.kind is StepKind.REST]
        moves_s = way_s(self._position(before), self._position(coming))
        length_s = max(plan.position_change_s, moves_s) if moves_s else plan.transition_s
        by_key = [step for step in rests if step.seconds is None or step.since is not None]
        if by_key:
            yield from by_key
        elif rests:
            moved_s = sum(step.estimate_s for step in lead if step.position_change)
            left_s = sum(step.estimate_s for step in rests) + moved_s - length_s
            if left_s >= LEAST_REST_S:
                yield rests[0]._replace(seconds=left_s, estimate_s=left_s)
            else:
                length_s += max(0.0, left_s)
        length_s = max(length_s, READY_S)
        yield Step(StepKind.TRANSITION, length_s, length_s, 0, coming.exercise, position_change=moves_s > 0)

    def _position(self, spec: SetSpec) -> Position:
        known = self._exercises.get(spec.exercise or "")
        return Position.STANDING if known is None else known.position
