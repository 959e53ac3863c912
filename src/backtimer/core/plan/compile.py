"""A day of a routine, laid out as a plan.

Everything is added in the order in which it happens, so a plan that grows beyond its bounds is refused as
soon as it does, and is never built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from backtimer.core.plan.easing import held_as, in_easier_form, no_more_than
from backtimer.core.plan.plan import (
    MAX_STEPS,
    MAX_TOTAL_S,
    NothingToDoError,
    Plan,
    PlanError,
    SetSpec,
    Step,
    StepKind,
)
from backtimer.core.plan.prescription import (
    MAX_REPS_ESTIMATE,
    MOST_REPS,
    Level,
    Ranges,
    Work,
    prescribe,
    ranges_of,
)
from backtimer.core.plan.rep import RepPhase
from backtimer.core.plan.routine import (
    RELAX,
    Breath,
    Circuit,
    Day,
    DayKind,
    Defaults,
    Exercise,
    Item,
    Prescription,
    Routine,
    Side,
    Sides,
)
from backtimer.core.plan.units import Breathing, Duration
from backtimer.core.plan.ways import way_s
from backtimer.language import _
from backtimer.values import NamedTuple

# Whose turn it is: the prescriptions of a day in the order in which they are done, round by round.
#
# And the ranges within which their amounts move, which follow from the same reading of the day.


class Turn(NamedTuple):
    """A prescription when its turn comes: once, or once a round."""

    work: Work
    item: int
    circuit: Circuit | None = None
    round: int | None = None
    rounds: int | None = None
    """How many the circuit has: as many as the exercise that is done in most of them."""

    @property
    def first_side(self) -> Side | None:
        """The side it begins with; None where the whole set is of no side."""
        return Side.LEFT if self.work.sides is Sides.EACH else None


class PersonalRoutine(NamedTuple):
    """A routine as one person does it."""

    routine: Routine
    breathing: Breathing
    levels: Mapping[str, Level]
    easier: Collection[str]


def turns(personal: PersonalRoutine, day: Day) -> Iterator[Turn]:
    """All turns of a day, in order; in a circuit an exercise leaves when its own rounds are over.

    Raises:
        PlanError: An exercise is not known, or its prescription does not say how much.
    """
    for index, item in enumerate(day.items):
        works = tuple(_works(personal, item))
        asked = tuple(each.exercise for each in _prescriptions(item))
        if isinstance(item, Prescription):
            yield Turn(works[0], index)
            continue
        own = [
            _rounds_of(personal, item, work.exercise if work.exercise.id == name else None)
            for work, name in zip(works, asked, strict=True)
        ]
        for number in range(1, max(own, default=0) + 1):
            for work, rounds in zip(works, own, strict=True):
                if number <= rounds:
                    yield Turn(work, index, item, number, max(own))


def _rounds_of(personal: PersonalRoutine, circuit: Circuit, exercise: Exercise | None) -> int:
    """In how many rounds of a circuit an exercise is done: as its level says, or at the low end.

    An easier form (None) is done at the low end.
    """
    level = Level() if exercise is None else personal.levels.get(exercise.id, Level())
    return Ranges(rounds=circuit.rounds).clamp(level).rounds or circuit.rounds.low


def _works(personal: PersonalRoutine, item: Item) -> Iterator[Work]:
    routine = personal.routine
    for asked in _prescriptions(item):
        prescription = in_easier_form(asked, routine.exercises, personal.easier) if personal.easier else asked
        if prescription is not asked:
            whole = _work(personal, item, asked, at_level=False)
            try:
                eased = _work(personal, item, prescription, at_level=False)
            except PlanError:  # a hold and nothing else, in place of reps: the day is not lost for it
                prescription = held_as(whole, prescription, routine.exercises[prescription.exercise])
                eased = _work(personal, item, prescription, at_level=False)
            prescription = no_more_than(whole, eased, prescription)
        yield _work(personal, item, prescription, at_level=prescription is asked)


def _work(personal: PersonalRoutine, item: Item, prescription: Prescription, *, at_level: bool) -> Work:
    routine = personal.routine
    exercise = routine.exercises.get(prescription.exercise)
    if exercise is None:
        unknown = _("{routine} asks for an exercise that is not known: {exercise}")
        raise PlanError(unknown.format(routine=routine.id, exercise=prescription.exercise))
    return prescribe(
        prescription,
        exercise,
        routine.defaults._replace(written=()) if exercise.id in routine.own else routine.defaults,
        personal.breathing,
        in_circuit=isinstance(item, Circuit),
        level=personal.levels.get(exercise.id) if at_level else None,
    )


def ranges_of_day(routine: Routine, day: str) -> dict[str, Ranges]:
    """By exercise id, in the order of the day, the ranges within which its level moves.

    An exercise that the day asks for more than once is told by the first prescription that has a range.
    """
    found: dict[str, Ranges] = {}
    asked = routine.days.get(day)
    for item in () if asked is None else asked.items:
        for prescription in _prescriptions(item):
            exercise = routine.exercises.get(prescription.exercise)
            if exercise is None or (exercise.id in found and found[exercise.id].moves):
                continue
            ranges = ranges_of(prescription, exercise, item if isinstance(item, Circuit) else None)
            if ranges.moves or exercise.id not in found:
                found[exercise.id] = ranges
    return found


def _prescriptions(item: Item) -> tuple[Prescription, ...]:
    return item.exercises if isinstance(item, Circuit) else (item,)


_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}

ACTIVITY_ESTIMATE_S = 1800.0
"""What an activity without a duration is expected to take."""


def compile_day(
    routine: Routine,
    day: str,
    breathing: Breathing | None = None,
    levels: Mapping[str, Level] | None = None,
    easier: Collection[str] = (),
) -> Plan:
    """Lay out a day of a routine, at its starting level where nothing else is said.

    Args:
        routine: The routine.
        day: A weekday, as the routine names it ("monday").
        breathing: A person's own pace of breathing, in place of the routine's.
        levels: By exercise id, how much of it; beyond its ranges: the nearest end.
        easier: The ids of exercises that are replaced by their easier form, where the routine knows one.

    Raises:
        NothingToDoError: It is a rest day.
        PlanError: The day cannot be done as it is written, or goes beyond the bounds of a plan.
    """
    asked = routine.days.get(day)
    if asked is None:
        raise PlanError(_("{routine} has no day called {day}").format(routine=routine.id, day=day))
    if asked.kind is DayKind.REST or (asked.kind is DayKind.EXERCISES and not asked.items):
        raise NothingToDoError(_("{day} is a rest day").format(day=day))
    pace = breathing or routine.defaults.breathing
    layout = _Layout(day)
    if asked.kind is DayKind.ACTIVITY:
        layout.activity(asked.duration, pace)
    else:
        before: Turn | None = None
        for turn in turns(PersonalRoutine(routine, pace, levels or {}, easier), asked):
            _lead_to(turn, before, layout, routine, pace)
            layout.work(turn)
            before = turn
        if before is None:
            raise NothingToDoError(_("{day} has no exercises").format(day=day))
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


LEAST_REST_S = 5.0
"""What is left of a rest before a change of position is worth a step of its own from this length on."""


def _lead_to(
    turn: Turn, before: Turn | None, layout: _Layout, routine: Routine, breathing: Breathing
) -> None:
    """Add what stands between two prescriptions: rest, and the way to another exercise or position.

    A rest that is written is all there is between them. A change of position is part of it, at its end, and
    makes it longer only where it takes longer itself.
    """
    defaults = routine.defaults
    if before is None:
        layout.lead_in(StepKind.PREPARE, defaults.prepare.seconds(breathing), turn)
        return
    gap_s = written_s(turn, before, defaults, breathing)
    way_there_s = way_s(before.work.exercise.position, turn.work.exercise.position)
    if not way_there_s:
        kind, length_s = StepKind.REST, gap_s
        if not gap_s:
            kind, length_s = StepKind.TRANSITION, defaults.transition.seconds(breathing)
        layout.lead_in(kind, length_s, turn)
        return
    moves_s = max(defaults.position_change.seconds(breathing), way_there_s)
    if gap_s - moves_s < LEAST_REST_S:
        moves_s = max(moves_s, gap_s)
    layout.lead_in(StepKind.REST, gap_s - moves_s, turn)
    layout.lead_in(StepKind.TRANSITION, moves_s, turn, position_change=True)


def written_s(turn: Turn, before: Turn, defaults: Defaults, breathing: Breathing) -> float:
    """The rest that is written between two turns: by the circuit between its rounds, else by the first."""
    if turn.circuit is not None and before.item == turn.item and before.round != turn.round:
        rest = defaults.round_rest if turn.circuit.rest is None else turn.circuit.rest
        return rest.seconds(breathing)
    return before.work.given_rest_s or 0.0


ShapedPhase: TypeAlias = "tuple[float, Side | None, str, Breath, str, bool, bool]"
"""What the steps of a phase have in common in every rep: seconds, a side of its own, name, breath, words,
and whether it is the first and the last work of the rep."""


def _shaped(work: Work, phases: Sequence[RepPhase]) -> tuple[ShapedPhase, ...]:
    last = work.last_of_rep
    return tuple(
        (phase.seconds, phase.side, phase.name, phase.breath, phase.say, number == 0, number == last)
        for number, phase in enumerate(phases)
    )


class _Layout:
    """The plan as it grows, step by step, within its bounds."""

    def __init__(self, day: str) -> None:
        self.steps: list[Step] = []
        self.sets: list[SetSpec] = []
        self.exercises: dict[str, Exercise] = {}
        self._day = day
        self._total_s = 0.0
        self._lead_in = 0
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

    def work(self, turn: Turn) -> None:
        """Add all sets of a prescription, with what stands between them."""
        work = turn.work
        self.exercises.setdefault(work.exercise.id, work.exercise)
        for index in range(len(work.reps)):
            if index:
                self.lead_in(StepKind.REST, work.rest_s, turn)
            if work.sides is Sides.EACH:
                self._set(turn, index, Side.LEFT)
                self.lead_in(StepKind.SWITCH, work.switch_s, turn, Side.RIGHT)
                self._set(turn, index, Side.RIGHT)
            else:
                self._set(turn, index, None)

    def _set(self, turn: Turn, index: int, side: Side | None) -> None:
        work = turn.work
        first = len(self.steps)
        if work.self_paced:
            self._self_paced(work, index, side)
        elif work.by_reps:
            self._reps(work, work.reps[index], side)
        else:
            for number, phase in enumerate(work.phases):
                self._phase(work, phase, side, rep_start=number == 0, continuous=work.continuous)
        self.sets.append(
            SetSpec(
                exercise=work.exercise.id,
                side=side,
                set=index + 1,
                sets=len(work.reps),
                reps=work.reps[index],
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
                hold_s=work.hold_s,
                as_many=work.by_reps and work.reps[index] is None,
                breaths=work.breaths,
            )
        )
        self._lead_in = len(self.steps)

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
            turns = ((rep, turn) for rep in range(1, reps + 1) for turn in (Side.LEFT, Side.RIGHT))
            for number, (rep, turn_side) in enumerate(turns):
                self._beyond = rep > expected
                if number:
                    self._relax(work, (number + 1) // 2, _OTHER[turn_side], work.relax_s - work.switch_s)
                    if work.switch_s > 0:
                        self._step(StepKind.SWITCH, work.switch_s, work, turn_side)
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
        self._add(Step(kind, seconds, seconds, len(self.sets), work.exercise.id, side, **more))

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
