"""What a session says of each exercise that was planned in it."""

from __future__ import annotations

from collections import Counter

from backtimer.core.plan.routine import Circuit, Prescription
from backtimer.core.progress.decisions import (
    Result,
    planned_sets,
    results_of,
    sets_in,
)
from backtimer.core.session.events import Outcome
from tests.core.pasts import at, day, done, rated
from tests.core.plans import count, plan_of, times


def test_sets_are_planned_in_all_rounds_and_on_both_sides() -> None:
    items = (
        Circuit((Prescription("superman", reps=times(2)), Prescription("bird-dog", reps=times(2))), count(3)),
        Prescription("knees-to-chest", sets=count(2), reps=times(2)),
        Prescription("superman", reps=times(2)),
    )
    assert planned_sets(plan_of(*items)) == {"superman": 4, "bird-dog": 3, "knees-to-chest": 4}


def test_a_session_gives_a_result_for_each_exercise() -> None:
    session = rated(2, before=1, after=2, effort=5)
    sets = [
        done(2, "bird-dog"),
        done(2, "bird-dog", Outcome.PARTIAL),
        done(2, "superman", Outcome.HURT),
        done(2, "superman", Outcome.SKIPPED),
        done(2, "cobra", Outcome.SKIPPED),
        done(2, "unplanned"),
    ]
    planned = {"bird-dog": 3, "superman": 2, "cobra": 1, "never-reached": 1}
    ends = Counter((one.exercise, one.outcome) for one in sets)
    found = results_of(session._replace(started=at(2)), ends, planned)
    assert list(found) == list(planned)
    bird_dog = Result(at(2), day(2), 3, 1, True, False, 5, 1, 2)
    assert found["bird-dog"] == bird_dog
    assert (found["superman"].hurt, found["superman"].done_sets, found["superman"].attempted) == (
        True,
        0,
        True,
    )
    assert not found["cobra"].attempted
    assert not found["never-reached"].attempted
    assert not bird_dog.complete


def test_sets_are_counted_whatever_became_of_them() -> None:
    ends = {("bird-dog", Outcome.DONE): 2, (None, Outcome.DONE): 1, ("bird-dog", Outcome.SKIPPED): 1}
    assert sets_in(ends) == {"bird-dog": 3}
