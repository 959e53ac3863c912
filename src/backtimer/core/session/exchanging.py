"""What a run does when another exercise is to be done in the place of the one that is on.

What was done stays. The run goes over to a plan with the other exercise in it, and stands still before that.
"""

from __future__ import annotations

from collections.abc import Mapping

from backtimer.core.plan.exchanging import Spliced, ToCome
from backtimer.core.session.credit import Omission
from backtimer.core.session.engine import Run
from backtimer.core.session.events import Outcome, PauseReason
from backtimer.core.session.timeline import Course

_OVER = (Outcome.DONE, Outcome.HURT)


def to_come(run: Run) -> ToCome | None:
    """What is to come of the exercise that is on, or that is led to; None: there is nothing of it."""
    here, ledger, course = run.set_index, run.ledger, run.course
    exercise = course.spec(here).exercise
    if exercise is None or run.over:
        return None
    sets = tuple(
        index
        for index, spec in enumerate(course.plan.sets)
        if spec.exercise == exercise and ledger.known(index) not in _OVER and _is_ahead(run, index)
    )
    if not any(run.making_up or index >= here for index in sets):
        return None
    worked = {ledger.set_worked} | ({here} if ledger.under_way(here) else set())
    begun = {index for index in sets if index in worked or ledger.known(index) is Outcome.PARTIAL}
    return ToCome(exercise, sets, frozenset(begun), not course.leads_in(run.cursor.step))


def _is_ahead(run: Run, index: int) -> bool:
    """Whether the run comes to a set that it has not been through, or comes to again."""
    if not run.course.is_open(index):
        return False
    if index in run.owed and run.ledger.records[index] is None:
        return True
    return not run.making_up and index >= run.set_index and index not in run.course.behind


def exchange(run: Run, spliced: Spliced, moment: int) -> None:
    """Go over to a plan with another exercise in it, and stand still before that.

    Args:
        run: It stands still.
        spliced: The plan, with what `to_come` says exchanged.
        moment: When.
    """
    moved, here = spliced.moved, run.set_index
    run.leave_step(moment)
    record = run.ledger.close(here) if run.ledger.under_way(here) else None
    before, place = run.course, _place(run, here, spliced)
    owed = _owed(run, place, spliced)
    course = Course(spliced.plan, (moved[index] for index in before.behind if index in moved))
    course.attended = before.attended
    for exercise in before.barred:
        course.bar(exercise)
    run.ledger = run.ledger.moved_to(course, moved)
    run.course = course
    run.left_out = tuple(_omission(each, moved) for each in run.left_out)
    run.owed = owed
    run.led = None if run.led is None else moved.get(run.led)
    run.began = {moved[index]: elapsed for index, elapsed in run.began.items() if index in moved}
    if record is not None:
        run.tell_record(record._replace(set_index=moved[here]), moment)
    if run.halted is PauseReason.WHICH:
        run.halted = PauseReason.ASKED
    run.is_new = True
    run.wait_at(place, moment)


def _place(run: Run, here: int, spliced: Spliced) -> int:
    """The first set of the other exercise that comes."""
    earlier = [spliced.moved[index] for index in range(here) if index in spliced.moved]
    after = max(earlier, default=-1)
    ahead = [index for index in spliced.taken if index > after]
    return min(ahead) if ahead and not run.making_up else min(spliced.taken)


def _owed(run: Run, place: int, spliced: Spliced) -> frozenset[int]:
    """The sets that are made up for at the end: of those that stay, and of the others that lie behind."""
    kept = {spliced.moved[index] for index in run.owed if index in spliced.moved}
    behind = set(spliced.taken) if run.making_up else {index for index in spliced.taken if index < place}
    return frozenset(kept | behind)


def _omission(omission: Omission, moved: Mapping[int, int]) -> Omission:
    before = tuple(
        (moved[index], None if record is None else record._replace(set_index=moved[index]))
        for index, record in omission.before
        if index in moved
    )
    left = None if omission.left is None else moved.get(omission.left)
    return omission._replace(set_index=moved[omission.set_index], before=before, left=left)
