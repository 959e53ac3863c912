"""How a day becomes a plan, where rules meet: no rest where one could stand, the breath of single holds."""

from __future__ import annotations

from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.routine import Breath, Circuit, Exercise, Pace, Phase, Position, Prescription, Sides
from backtimer.core.plan.units import Reps, seconds
from tests.core.plans import count, one_set, plan_of, telling, times
from tests.core.telling import say
from tests.rules import for_each


def test_no_rest_in_a_circuit_leaves_time_to_get_ready() -> None:
    circuit = Circuit(
        (
            Prescription("superman", reps=times(1), rest=seconds(0)),
            Prescription("cobra", reps=times(1)),
        ),
        count(2),
        rest=seconds(0),
    )
    between = [told for told in telling(plan_of(circuit)) if told[0] not in "l"]
    assert between == ["prepare 10", "transition 5", "transition 5", "transition 5"]


@for_each(
    ("said", "length_s", "breath"),
    [
        (Breath.OUT, 5, Breath.OUT),
        (Breath.SLOW, 5, Breath.SLOW),
        (None, 5, Breath.FREE),
        (Breath.OUT, 8, Breath.SLOW),
    ],
)
def test_a_single_hold_breathes_as_its_phase_says_until_it_is_long(
    said: Breath | None, length_s: float, breath: Breath
) -> None:
    lean = Exercise("lean", "Lean", Position.STANDING, phases=(Phase("hold", None, said),))
    timed = one_set(lean, Prescription("lean", hold=seconds(length_s)))
    assert [step.breath for step in timed.steps] == [breath]
    own = one_set(lean, Prescription("lean", hold=seconds(length_s), pace=Pace.SELF))
    assert [(step.kind, step.breath) for step in own.steps] == [(StepKind.SELF_PACED, breath)]


def test_as_many_reps_as_are_comfortable_tell_the_sides_and_the_hold() -> None:
    reach = Exercise("reach", "Reach", Position.QUADRUPED, Sides.ALTERNATE)
    asked = Prescription("reach", reps=Reps(()), hold=seconds(3), pace=Pace.SELF)
    plan = plan_of(asked, exercises=(reach,))
    words = say(plan, len(plan.steps) - 1)
    assert "on each side, in turn. Hold each one for 3 seconds" in words
