"""Another exercise in the place of the one that is on: what was done stays what it was."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.exchanging import FormKind
from backtimer.core.plan.plan import Plan, plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import (
    Circuit,
    Day,
    DayKind,
    Exercise,
    Item,
    Position,
    Prescription,
    Sides,
)
from backtimer.core.plan.splicing import spliced
from backtimer.core.plan.units import seconds
from backtimer.core.session.events import Coming, Ended, Outcome, SetEnded, SetReopened, StepStarted
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import Command, State
from tests.core.plans import count, routine_of, times
from tests.core.session_plans import only, run_out, run_until

SPHINX = Exercise(
    "sphinx", "Sphinx", Position.PRONE, prescription=Prescription(sets=count(2), hold=seconds(20))
)
COBRA = Exercise(
    "cobra",
    "Cobra",
    Position.PRONE,
    easier="sphinx",
    prescription=Prescription(sets=count(3), reps=times(4), hold=seconds(2), rest=seconds(30)),
)
CLAM = Exercise(
    "clam",
    "Clamshell",
    Position.SIDE_LYING,
    Sides.EACH,
    prescription=Prescription(sets=count(3), reps=times(2), rest=seconds(30)),
)
BRIDGE = Exercise("bridge", "Bridge", Position.SUPINE, prescription=Prescription(reps=times(3)))
FORMS = {
    "cobra": (SPHINX, FormKind.EASIER),
    "clam": (BRIDGE, FormKind.ALIKE),
    "bridge": (CLAM, FormKind.ALIKE),
}


def day_of(*items: Item) -> Plan:
    exercises = (COBRA, SPHINX, CLAM, BRIDGE)
    return compile_day(routine_of(Day(DayKind.EXERCISES, items=items), *exercises), "monday")


THREE = day_of(Prescription("cobra"), Prescription("bridge"))


def exchanged(session: Session, plan: Plan, now: float, form: Exercise, why: FormKind) -> Plan:
    """Pause, and have another exercise in the place of the one that is on; the plan that is done then."""
    if session.state is not State.PAUSED:
        session.pause(now)
    coming = session.to_come
    assert coming is not None
    made = spliced(plan, coming, form, why)
    session.exchange(made, now)
    assert session.state is State.PAUSED
    return made.plan


def done(session: Session, plan: Plan) -> list[tuple[str | None, Outcome | None]]:
    records = session.snapshot(0.0).records
    return [
        (spec.exercise, None if one is None else one.outcome)
        for spec, one in zip(plan.sets, records, strict=True)
    ]


def test_in_a_rest_the_sets_to_come_are_of_the_other_exercise() -> None:
    session = Session(THREE)
    session.start(0.0)
    first_s = sum(step.estimate_s for step in THREE.steps[: THREE.sets[0].last_step + 1])
    run_until(session, first_s + 5)
    plan = exchanged(session, THREE, first_s + 5, SPHINX, FormKind.EASIER)
    assert done(session, plan) == [
        ("cobra", Outcome.DONE),
        ("sphinx", None),
        ("sphinx", None),
        ("bridge", None),
    ]
    assert [spec.in_place_of for spec in plan.sets] == ["", "cobra", "cobra", ""]
    session.drain()
    session.resume(first_s + 100)
    run_out(session)
    events = session.drain()
    assert [each.record.set_index for each in only(events, SetEnded)] == [1, 2, 3]
    assert done(session, plan)[1:] == [(spec.exercise, Outcome.DONE) for spec in plan.sets[1:]]
    started = next(each for each in events if isinstance(each, StepStarted))
    assert plan.steps[started.step].set_index == 1, "no 3-2-1: she is led to it, with the time to be told"


def test_at_work_what_was_done_of_the_set_stays_and_the_set_comes_in_the_other_form() -> None:
    session = Session(THREE)
    session.start(0.0)
    work = THREE.sets[0].first_step
    begins_s = sum(step.estimate_s for step in THREE.steps[:work])
    rep_s = sum(step.estimate_s for step in THREE.steps[work : work + 3])
    run_until(session, begins_s + 2 * rep_s + 1)
    session.drain()
    plan = exchanged(session, THREE, begins_s + 2 * rep_s + 1, SPHINX, FormKind.EASIER)
    (part,) = only(session.drain(), SetEnded)
    assert (part.record.outcome, part.record.reps, part.record.set_index) == (Outcome.PARTIAL, 2, 0)
    assert [name for name, _ in done(session, plan)] == ["cobra", "sphinx", "sphinx", "bridge"]
    session.resume(200.0)
    run_out(session)
    (ended,) = only(session.drain(), Ended)
    rest_of_it = sum(step.estimate_s for step in plan.steps[plan.sets[1].lead_in :])
    assert ended.credited_s <= begins_s + 2 * rep_s + 1 + rest_of_it


def test_a_side_that_is_done_is_not_done_again() -> None:
    made = day_of(Prescription("clam", sets=count(1)))
    session = Session(made)
    session.start(0.0)
    run_until(session, sum(step.estimate_s for step in made.steps[: made.sets[1].lead_in]) + 0.5)
    other = CLAM._replace(id="leg-raise", name="Leg raise")
    plan = exchanged(session, made, 60.0, other, FormKind.ALIKE)
    assert [(spec.exercise, spec.side) for spec in plan.sets] == [("clam", "left"), ("leg-raise", "right")]


def test_in_a_circuit_each_round_that_is_left_takes_the_other_form() -> None:
    circuit = Circuit((Prescription("cobra", sets=count(1)), Prescription("bridge")), count(3))
    made = day_of(circuit)
    session = Session(made)
    session.start(0.0)
    for _ in range(3):
        session.next_set(0.0)
        session.next_set(0.0)
    at = session.snapshot(0.0).step.set_index
    assert at == 3
    plan = exchanged(session, made, 0.0, *FORMS["bridge"])
    assert [(spec.exercise, spec.round, spec.in_place_of) for spec in plan.sets] == [
        *(("cobra", 1, ""), ("bridge", 1, ""), ("cobra", 2, "")),
        *(("clam", 2, "bridge"), ("clam", 2, "bridge"), ("cobra", 3, "")),
        *(("clam", 3, "bridge"), ("clam", 3, "bridge")),
    ]
    assert all(spec.rounds == 3 for spec in plan.sets)


def test_who_was_on_the_way_to_what_hurt_goes_on_from_there_after_two_exchanges() -> None:
    """The set that she was led to has another number in the new plan, or none."""
    made = day_of(Prescription("clam", sets=count(2)), Prescription("cobra"))
    session = Session(made)
    session.start(0.0)
    session.hurts(0.0)
    plan = exchanged(session, made, 0.0, *FORMS["cobra"])
    session.resume(0.0)
    session.pause(0.0)
    session.previous_set(0.0)
    plan = exchanged(session, plan, 0.0, *FORMS["clam"])
    session.resume(0.0)
    assert session.state is State.COUNT_IN
    assert [spec.exercise for spec in plan.sets][-1] == "sphinx"


def test_going_back_comes_to_what_was_done_and_on_to_the_other_exercise() -> None:
    session = Session(THREE)
    session.start(0.0)
    first_s = sum(step.estimate_s for step in THREE.steps[: THREE.sets[0].last_step + 1])
    run_until(session, first_s + 5)
    plan = exchanged(session, THREE, first_s + 5, SPHINX, FormKind.EASIER)
    session.previous_set(first_s + 6)
    assert session.snapshot(first_s + 6).step.exercise == "cobra"
    assert session.to_come is None, "what is done again is what was done"
    session.next_set(first_s + 7)
    assert session.snapshot(first_s + 7).step.exercise == "sphinx"
    assert done(session, plan)[0] == ("cobra", Outcome.DONE)


class ExchangeMachine(RuleBasedStateMachine):
    """Any commands, and exchanges among them: each finished set is recorded under what was on then."""

    @initialize(
        items=st.lists(
            st.sampled_from(
                (
                    Prescription("cobra"),
                    Prescription("clam", sets=count(2)),
                    Prescription("bridge"),
                    Circuit((Prescription("cobra", sets=count(1)), Prescription("bridge")), count(2)),
                )
            ),
            min_size=1,
            max_size=3,
        )
    )
    def begin(self, items: list[Item]) -> None:
        self.now = 0.0
        self.plan = day_of(*items)
        self.session = Session(self.plan)
        self.told: dict[int, tuple[str | None, Outcome]] = {}
        self.credited = 0.0
        self.session.start(0.0)

    def run_to(self, until: float) -> None:
        run_until(self.session, until)
        self.now = until

    @rule(after=st.floats(0.0, 40.0))
    def run(self, after: float) -> None:
        self.run_to(self.now + after)

    @rule(
        after=st.floats(0.0, 5.0),
        command=st.sampled_from(
            (
                Command.PAUSE,
                Command.RESUME,
                Command.RESUME,
                Command.NEXT_SET,
                Command.PREVIOUS_SET,
                Command.HURTS,
                Command.TAKE_BACK,
                Command.DONE,
            )
        ),
    )
    def command(self, after: float, command: Command) -> None:
        self.run_to(self.now + after)
        if self.session.allowed(command):
            getattr(self.session, command.value)(self.now)

    @precondition(lambda self: self.session.state not in (State.READY, State.ENDED))
    @rule(after=st.floats(0.0, 30.0), goes_on=st.booleans())
    def exchange(self, after: float, goes_on: bool) -> None:
        self.run_to(self.now + after)
        if self.session.state is State.ENDED:
            return
        if self.session.state is not State.PAUSED:
            self.session.pause(self.now)
        self.listen()
        coming = self.session.to_come
        if coming is None or coming.exercise not in FORMS:
            return
        form, why = FORMS[coming.exercise]
        made = spliced(self.plan, coming, form, why)
        assert plan_from_dict(plan_to_dict(made.plan)) == made.plan
        assert [made.plan.sets[new].exercise for new in made.moved.values()] == [
            self.plan.sets[old].exercise for old in made.moved
        ]
        assert all(one < other for one, other in pairwise(made.moved.values()))
        lost = set(self.told) - set(made.moved)
        assert all(self.told[each][1] is Outcome.SKIPPED for each in lost), "what was done stays"
        self.session.exchange(made, self.now)
        self.told = {made.moved[old]: one for old, one in self.told.items() if old in made.moved}
        self.plan = made.plan
        assert self.session.snapshot(self.now).step.exercise == form.id
        if goes_on:
            self.session.resume(self.now)

    def listen(self) -> None:
        for event in self.session.drain():
            if isinstance(event, SetEnded):
                at = event.record.set_index
                self.told[at] = self.plan.sets[at].exercise, event.record.outcome
            elif isinstance(event, SetReopened):
                self.told.pop(event.set_index, None)
                if event.record is not None:
                    at = event.set_index
                    self.told[at] = self.plan.sets[at].exercise, event.record.outcome
            elif isinstance(event, Coming) and event.after is not None:
                assert event.after != event.set_index or event.seconds >= 3

    @invariant()
    def what_is_recorded_is_what_was_on(self) -> None:
        if not hasattr(self, "session"):
            return
        self.listen()
        view = self.session.snapshot(self.now)
        recorded = {
            index: (self.plan.sets[index].exercise, one.outcome)
            for index, one in enumerate(view.records)
            if one is not None
        }
        assert recorded == self.told
        assert len(view.records) == len(self.plan.sets) == view.planned_sets
        assert view.done_sets == sum(outcome is Outcome.DONE for _, outcome in recorded.values())
        assert view.elapsed_s >= sum(one.seconds for one in view.records if one is not None) - 1e-6
        assert view.elapsed_s <= self.now + 1e-6
        assert view.remaining_s >= 0


TestExchangeMachine = ExchangeMachine.TestCase
TestExchangeMachine.settings = settings(max_examples=40, stateful_step_count=25)
