"""A day of a routine, laid out as a plan.

Everything is added in the order in which it happens, so a plan that grows beyond its bounds is refused as
soon as it does, and is never built.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

from backtimer.core.plan.exchanging import Swap, with_swaps
from backtimer.core.plan.plan import (
    MAX_STEPS,
    MAX_TOTAL_S,
    READY_S,
    NothingToDoError,
    Plan,
    PlanError,
    SetSpec,
    Step,
    StepKind,
)
from backtimer.core.plan.prescription import (
    Level,
)
from backtimer.core.plan.rep import RepPhase
from backtimer.core.plan.routine import (
    HOLD,
    RELAX,
    Breath,
    DayKind,
    Exercise,
    Routine,
    Side,
    Sides,
    name_in_stage,
)
from backtimer.core.plan.turns import (
    NO_SWAPS,
    PersonalRoutine,
    Turn,
    new_round_every,
    next_set_every_s,
    turns,
    written_s,
)
from backtimer.core.plan.units import Breathing, Duration
from backtimer.core.plan.ways import ON_ONE_SIDE, way_s
from backtimer.core.plan.work import ACTIVITY_ESTIMATE_S, MAX_REPS_ESTIMATE, MOST_REPS, OTHER_SIDE, Work
from backtimer.language import _
from backtimer.values import NamedTuple


def compile_day(
    routine: Routine,
    day: str,
    breathing: Breathing | None = None,
    levels: Mapping[str, Level] | None = None,
    easier: Collection[str] = (),
    *,
    straight: bool = False,
    swaps: Mapping[str, Swap] = NO_SWAPS,
) -> Plan:
    """Lay out a day of a routine, at its starting level where nothing else is said.

    Args:
        routine: The routine.
        day: A weekday, as the routine names it ("monday").
        breathing: A person's own pace of breathing, in place of the routine's.
        levels: By exercise id, how much of it; beyond its ranges: the nearest end.
        easier: The ids of exercises that are replaced by their easier form, where the routine knows one.
        straight: Circuits are done exercise by exercise, set after set, rather than in rounds.
        swaps: By exercise id, what is done in its place; the routine knows it.

    Raises:
        NothingToDoError: It is a rest day.
        PlanError: The day cannot be done as it is written, or goes beyond the bounds of a plan.
    """
    asked = routine.days.get(day)
    if asked is None:
        told = _("{routine} has no day called {day}")
        raise PlanError(told.format(routine=routine.id, day=name_in_stage(day)))
    if asked.kind is DayKind.REST or (asked.kind is DayKind.EXERCISES and not asked.items):
        raise NothingToDoError(_("{day} is a rest day").format(day=name_in_stage(day)))
    pace = breathing or routine.defaults.breathing
    personal = PersonalRoutine(routine, pace, levels or {}, easier, straight)
    return with_swaps(swaps, asked, lambda taken: _laid_out(personal._replace(swaps=taken), day))


def _laid_out(personal: PersonalRoutine, day: str) -> Plan:
    routine, pace = personal.routine, personal.breathing
    asked = routine.days[day]
    layout = Layout(day, pace, routine.defaults.rest.seconds(pace))
    if asked.kind is DayKind.ACTIVITY:
        layout.activity(asked.duration, pace)
    else:
        before: Turn | None = None
        for turn in turns(personal, asked):
            lead_to(turn, before, layout, routine, pace)
            layout.work(turn)
            before = turn
        if before is None:
            raise NothingToDoError(_("{day} has no exercises").format(day=name_in_stage(day)))
    return Plan(
        routine=routine.id,
        day=day,
        title=asked.title or asked.activity or routine.title,
        steps=tuple(layout.steps),
        sets=tuple(layout.sets),
        exercises=tuple(layout.exercises.values()),
        breathing=pace,
        activity=asked.activity if asked.kind is DayKind.ACTIVITY else "",
        transition_s=routine.defaults.transition.seconds(pace),
        position_change_s=routine.defaults.position_change.seconds(pace),
        language=routine.language,
    )


LEAST_REST_S = 10.0
"""What is left of a rest before a change of position is worth a step of its own from this length on.

Nobody rests in less, and is called to move: then all of it is for the way, and for what is told of it.
"""


def lead_to(turn: Turn, before: Turn | None, layout: Layout, routine: Routine, breathing: Breathing) -> None:
    """Add what stands between two prescriptions: rest, and the way to another exercise or position.

    A rest that is written is all there is between them. A change of position is part of it, at its end, and
    makes it longer only where it takes longer itself. Where 0 is written there is only the time that it takes
    to get ready for something else.
    """
    defaults = routine.defaults
    if before is None:
        layout.lead_in(StepKind.PREPARE, defaults.prepare.seconds(breathing), turn)
        return
    gap_s = written_s(turn, before, defaults, breathing)
    every, since = new_round_every(turn, before), None
    every_s = next_set_every_s(turn, before)
    if every is not None:
        gap_s = max(0.0, every.seconds(breathing) - layout.round_s)
        since = layout.since_round(every.seconds(breathing))
    elif every_s is not None:
        gap_s = max(0.0, every_s - before.work.set_s(-1))
        since = layout.since_set(before.work.of_set(-1), every_s)
    least_s = 0.0
    if gap_s == math.inf:
        layout.wait(turn, defaults.rest.seconds(breathing))
        gap_s, least_s = None, READY_S
    no_rest, gap_s = gap_s == 0, gap_s or 0.0
    way_there_s = way_s(before.work.exercise.position, turn.work.exercise.position)
    if not way_there_s:
        kind, length_s = StepKind.REST, gap_s
        if since is not None and (since.open_ended or gap_s >= READY_S):
            layout.rest_since(since, gap_s, turn)
            return
        if no_rest:
            ready_s = 0.0 if _goes_straight_on(turn, before) or _is_just_named(turn) else READY_S
            kind, length_s = StepKind.TRANSITION, min(ready_s, defaults.transition.seconds(breathing))
        elif not gap_s:
            kind, length_s = StepKind.TRANSITION, max(defaults.transition.seconds(breathing), least_s)
        if not length_s and _turns_over(turn, before):
            length_s = READY_S
        layout.lead_in(kind, length_s, turn)
        return
    usual_s = 0.0 if no_rest else defaults.position_change.seconds(breathing)
    moves_s = max(usual_s, way_there_s)
    if since is not None and (since.open_ended or gap_s - moves_s >= READY_S):
        layout.rest_since(since.less(moves_s), gap_s - moves_s, turn)
        layout.lead_in(StepKind.TRANSITION, moves_s, turn, position_change=True)
        return
    if gap_s - moves_s < LEAST_REST_S:
        moves_s = max(moves_s, gap_s)
    layout.lead_in(StepKind.REST, gap_s - moves_s, turn)
    layout.lead_in(StepKind.TRANSITION, moves_s, turn, position_change=True)


def _goes_straight_on(turn: Turn, before: Turn) -> bool:
    """Whether a turn is the same once more, on the same side, so that nothing has to be told before it."""
    if before.last_side is not turn.first_side:
        return False
    last, first = before.work.of_set(-1), turn.work.of_set(0)
    amounts = [(one.exercise.id, one.phases, one.by_reps, one.sides, one.only) for one in (last, first)]
    return amounts[0] == amounts[1] and last.reps[-1] == first.reps[0]


def _turns_over(turn: Turn, before: Turn) -> bool:
    """Whether she may lie on the wrong side, so that there is time to turn over even where 0 is written."""
    one, other = before.work.exercise, turn.work.exercise
    moved = one.id != other.id or before.last_side is not turn.first_side
    return other.position in ON_ONE_SIDE and turn.first_side is not None and moved


def _is_just_named(turn: Turn) -> bool:
    """Whether nothing but its name has to be told: of an activity, and of a walk once it was told."""
    work, is_told = turn.work, (turn.round or 1) > 1
    return not work.exercise.id or (is_told and work.continuous and not work.exercise.phases)


ShapedPhase: TypeAlias = "tuple[float, Side | None, str, Breath, str, bool, bool]"
"""What the steps of a phase have in common in every rep: seconds, a side of its own, name, breath, words,
and whether it is the first and the last work of the rep."""


def _shaped(work: Work, phases: Sequence[RepPhase]) -> tuple[ShapedPhase, ...]:
    last = work.last_of_rep
    return tuple(
        (phase.seconds, phase.side, phase.name, phase.breath, phase.say, number == 0, number == last)
        for number, phase in enumerate(phases)
    )


class _Since(NamedTuple):
    """From when on a rest is counted that is over at a certain time after the work before it began."""

    set_index: int
    """The set with which that began."""
    every_s: float
    open_ended: bool = True
    """Whether she says when that work is over."""

    def less(self, seconds: float) -> _Since:
        """The same, where so much of the time is for the way."""
        return self._replace(every_s=max(0.0, self.every_s - seconds))


class Layout:
    """The plan as it grows, step by step, within its bounds."""

    def __init__(self, day: str, breathing: Breathing, rest_s: float = READY_S) -> None:
        self._breathing = breathing
        self._rest_s = rest_s
        """What a rest is expected to take that lasts until the person goes on."""
        self.steps: list[Step] = []
        self.sets: list[SetSpec] = []
        self.exercises: dict[str, Exercise] = {}
        self._day = day
        self._total_s = 0.0
        self._lead_in = 0
        self._round: tuple[int, int | None] = (-1, None)
        self._round_began_s = 0.0
        self._round_first = 0
        self._open = False
        """Whether something in the round is over when the person says so."""
        self._beyond = False
        """Whether what is added comes only for one who does more than is expected."""

    def activity(self, duration: Duration | None, breathing: Breathing) -> None:
        """Add an activity: one long step that is the day's one set."""
        length_s = None if duration is None else duration.seconds(breathing)
        estimate_s = ACTIVITY_ESTIMATE_S if length_s is None else length_s
        self._add(Step(StepKind.ACTIVITY, length_s, estimate_s, set_index=0, exercise=None, rep_start=True))
        self.sets.append(SetSpec(None, None, 1, 1, None, None, None, 0, 0, lead_in=0, item=0))

    def lead_in(
        self,
        kind: StepKind,
        seconds: float,
        turn: Turn,
        side: Side | None = None,
        *,
        position_change: bool = False,
    ) -> None:
        """Add a step that leads to the set that comes next, if it takes any time."""
        if seconds <= 0:
            return
        side = side or turn.first_side
        self._step(kind, seconds, turn.work, side, position_change=position_change)

    def wait(self, turn: Turn, estimate_s: float) -> None:
        """Add a rest that lasts until the person goes on, with what it is expected to take."""
        work, side = turn.work, turn.first_side
        estimate_s = estimate_s or READY_S
        step = Step(StepKind.REST, None, estimate_s, len(self.sets), work.exercise.id or None, side)
        self._add(step)

    def work(self, turn: Turn) -> None:
        """Add all sets of a prescription, with what stands between them."""
        work = turn.work
        self._begin_round(turn)
        if not work.exercise.id:
            self._between(turn)
            return
        self.exercises.setdefault(work.exercise.id, work.exercise)
        since: _Since | None = None
        for index in range(len(work.reps)):
            rest_s = work.rest_after_s(index - 1) if index else 0.0
            if since is not None:
                self.rest_since(since, rest_s, turn)
            elif rest_s == math.inf:
                self.wait(turn, self._rest_s)
                self.lead_in(StepKind.TRANSITION, READY_S, turn)
            elif index and not rest_s and work.sides is Sides.EACH:  # she goes back to the first side
                by_clock = work.of_set(index - 1).every_s is not None
                self.lead_in(StepKind.SWITCH, 0.0 if by_clock else work.turning_s, turn)
            else:
                self.lead_in(StepKind.REST, rest_s, turn)
            one = work.of_set(index)
            timed = one.every_s is None or not one.open_ended
            since = None if timed else _Since(len(self.sets), one.every_s or 0.0)
            if work.sides is Sides.EACH:
                second = OTHER_SIDE[work.first]
                self._set(turn, index, work.first)
                self.lead_in(StepKind.SWITCH, work.turning_s, turn, second)
                self._set(turn, index, second)
            else:
                self._set(turn, index, work.only)

    def since_round(self, every_s: float) -> _Since:
        """From when on the rest after a round is counted."""
        return _Since(self._round_first, every_s, self._open)

    def since_set(self, work: Work, every_s: float) -> _Since:
        """From when on the rest after the set is counted that was laid out last, on all its sides."""
        sides = 2 if work.sides is Sides.EACH else 1
        return _Since(len(self.sets) - sides, every_s, work.open_ended)

    def rest_since(self, since: _Since, seconds: float, turn: Turn) -> None:
        """Add a rest that lasts until so long after the work before it began, but not less than is needed."""
        length_s, exercise = max(seconds, READY_S), turn.work.exercise.id or None
        step = Step(StepKind.REST, length_s, length_s, len(self.sets), exercise, turn.first_side)
        self._add(step._replace(every_s=since.every_s, since=since.set_index))

    @property
    def round_s(self) -> float:
        """How long the round has taken that was laid out last, from its first work on."""
        return self._total_s - self._round_began_s

    def _begin_round(self, turn: Turn) -> None:
        if (turn.item, turn.round) != self._round:
            self._round, self._round_began_s = (turn.item, turn.round), self._total_s
            self._round_first, self._open = len(self.sets), False
        self._open = self._open or turn.work.open_ended

    def _between(self, turn: Turn) -> None:
        """Add an activity among the exercises of a day: one set, of one step."""
        length_s, estimate_s, first = turn.work.length_s, turn.work.estimate_s(0), len(self.steps)
        self._add(Step(StepKind.ACTIVITY, length_s, estimate_s, len(self.sets), None, rep_start=True))
        spec = SetSpec(
            None, None, 1, 1, None, turn.round, turn.rounds, first, first, self._lead_in, turn.item
        )
        circuit = "" if turn.circuit is None else turn.circuit.title
        self.sets.append(
            spec._replace(circuit=circuit, activity=turn.work.exercise.name, note=turn.work.note)
        )
        self._lead_in = len(self.steps)

    def _set(self, turn: Turn, index: int, side: Side | None) -> None:
        work, reps = turn.work.of_set(index), turn.work.reps
        first = len(self.steps)
        if work.self_paced and not (work.as_long and len(work.phases) > 1):
            self._self_paced(work, 0 if turn.work.each else index, side)
        elif work.by_reps:
            self._reps(work, reps[index], side)
        else:
            for number, phase in enumerate(work.phases):
                self._phase(work, phase, side, rep_start=number == 0, continuous=work.continuous)
        self.sets.append(
            SetSpec(
                exercise=work.exercise.id,
                side=side,
                set=index + 1,
                sets=len(reps),
                reps=reps[index],
                round=turn.round,
                rounds=turn.rounds,
                first_step=first,
                last_step=len(self.steps) - 1,
                lead_in=self._lead_in,
                item=turn.item,
                load=work.load,
                note=work.note,
                circuit="" if turn.circuit is None else turn.circuit.title,
                alternate=work.sides is Sides.ALTERNATE,
                right_first=work.sides is not Sides.NONE and work.first is Side.RIGHT,
                one_sided=work.only is not None,
                hold_s=None if work.as_long else work.hold_s,
                as_long=work.as_long,
                most_s=work.most_s,
                as_many=work.by_reps and reps[index] is None,
                breaths=work.breaths,
                in_place_of=turn.work.in_place_of,
                every_s=self._every_s(turn, work),
            )
        )
        self._lead_in = len(self.steps)

    def _every_s(self, turn: Turn, work: Work) -> float | None:
        """The time within which a set is to be over, by what it says or its circuit."""
        of_round = None if turn.circuit is None else turn.circuit.every
        return work.every_s if of_round is None else of_round.seconds(self._breathing)

    def _self_paced(self, work: Work, index: int, side: Side | None) -> None:
        estimate_s, exercise = work.estimate_s(index), work.exercise.id
        self._add(
            Step(
                StepKind.SELF_PACED,
                None,
                estimate_s,
                len(self.sets),
                exercise,
                side,
                breath=Breath.FREE if work.by_reps else work.held.breath,
                rep_start=True,
                continuous=work.continuous,
            )
        )

    def _reps(self, work: Work, asked: int | None, side: Side | None) -> None:
        """Add the reps of a set; of as many as are comfortable (None) more than anybody is expected to do."""
        reps, expected = asked or MOST_REPS, asked or MAX_REPS_ESTIMATE
        if work.sides is Sides.ALTERNATE and not work.paired:
            phases, before_switch = _shaped(work, work.phases), _shaped(work, work.before_switch)
            sides = (work.first, OTHER_SIDE[work.first])
            turns = ((rep, turn) for rep in range(1, reps + 1) for turn in sides)
            breather = work.breather_after(asked)
            for number, (rep, turn_side) in enumerate(turns):
                self._beyond = rep > expected
                if number:
                    self._relax(work, (number + 1) // 2, OTHER_SIDE[turn_side], work.relax_s - work.switch_s)
                    rests = breather is not None and number == 2 * breather
                    switch_s = work.breather_s if rests else work.switch_s
                    if switch_s > 0:
                        self._step(StepKind.SWITCH, switch_s, work, turn_side)
                # A rep that a switch follows relaxes in the time for that.
                self._rep(work, before_switch if number < 2 * reps - 1 else phases, rep, turn_side)
        else:
            phases, paired = _shaped(work, work.phases), work.paired
            for rep in range(1, reps + 1):
                self._beyond = rep > expected
                if rep > 1:
                    self._relax(work, rep - 1, side, work.relax_s)
                self._rep(work, phases, rep, None if paired else side)
        self._beyond = False

    def _relax(self, work: Work, rep: int, side: Side | None, seconds: float) -> None:
        """Add the pause after a rep, counted to the rep and the side it follows."""
        if seconds > 0:
            self._add(
                Step(StepKind.PHASE, seconds, seconds, len(self.sets), work.exercise.id, side, rep, RELAX)
            )

    def _rep(self, work: Work, shaped: Sequence[ShapedPhase], rep: int, side: Side | None) -> None:
        """Add a rep on a side; None: its phases have their own, or none."""
        set_index, exercise = len(self.sets), work.exercise.id
        for seconds, own_side, name, breath, say, start, end in shaped:
            # Most of a plan is made here, and a start waits for it: naming the fields takes twice as long.
            self._add(
                Step(
                    StepKind.PHASE,
                    seconds,
                    seconds,
                    set_index,
                    exercise,
                    own_side or side,
                    rep,
                    name,
                    breath,
                    say,
                    start,
                    end,
                )
            )

    def _phase(self, work: Work, phase: RepPhase, side: Side | None, **more: Any) -> None:
        if work.as_long and phase.name == HOLD:  # between the way into it and the way out
            step = Step(StepKind.SELF_PACED, None, phase.seconds, len(self.sets), work.exercise.id, side)
            self._add(step._replace(phase=HOLD, breath=phase.breath, say=phase.say))
            return
        self._step(
            StepKind.PHASE,
            phase.seconds,
            work,
            phase.side if work.paired else side,
            phase=phase.name,
            breath=phase.breath,
            say=phase.say,
            **more,
        )

    def _step(self, kind: StepKind, seconds: float, work: Work, side: Side | None, **more: Any) -> None:
        """Add a timed step of the set that is being laid out; `more` are further fields of `Step`."""
        self._add(Step(kind, seconds, seconds, len(self.sets), work.exercise.id or None, side, **more))

    def _add(self, step: Step) -> None:
        if self._beyond:
            step = step._replace(estimate_s=0.0)
        self._total_s += step.estimate_s
        if len(self.steps) >= MAX_STEPS:
            too_many = _("{day} has more than {most} steps: ask for fewer sets or reps")
            raise PlanError(too_many.format(day=self._day, most=f"{MAX_STEPS:,}"))
        if self._total_s > MAX_TOTAL_S:
            raise PlanError(_("{day} takes longer than 24 hours: ask for less").format(day=self._day))
        self.steps.append(step)
