"""What a run does when something hurts: it leaves an exercise out, and stands still.

The functions are the moves of `session` for the commands `hurts` and `take_back`, and for those that come
while it stands still.
"""

from __future__ import annotations

from backtimer.core.session.credit import Omission
from backtimer.core.session.engine import Run
from backtimer.core.session.events import (
    HurtAsked,
    LeftOut,
    Outcome,
    PauseReason,
    SetRecord,
    SetReopened,
    TakenBack,
)
from backtimer.core.session.transitions import State, Which


def unsure(run: Run) -> tuple[int, int] | None:
    """The two sets of which either may be what hurts, the one worked on first; None: there is no doubt.

    That the one worked on is left out already settles nothing: it may hurt on, or getting ready for the next.
    """
    worked, here = run.ledger.set_worked, run.set_index
    if worked is None or run.over or run.ledger.under_way(here):
        return None
    if run.course.spec(worked).exercise == run.course.spec(here).exercise:
        return None
    return worked, here


def hurts(run: Run, which: Which | None, moment: int) -> None:
    """Leave out what hurts, if that is clear and not known; in any case stand still."""
    doubt = unsure(run)
    if which is None:
        stands = run.halted if run.state is State.PAUSED else None
        run.reports += stands is not PauseReason.WHICH  # that is the same question once more
        if stands is PauseReason.HURT and run.left_out:
            _stand_still(run, run.left_out[-1].set_index, moment)
            return
        if doubt is not None:
            run.tell(HurtAsked(run.line.seconds(moment), *doubt))
            run.halt(moment, PauseReason.WHICH)
            return
    worked = run.ledger.set_worked
    if worked is None or run.ledger.under_way(run.set_index) or which is Which.COMING:
        hurt = run.set_index
    else:
        hurt = run.ledger.to_mark(worked)
    known = {each.exercise: each.set_index for each in run.left_out}
    exercise = run.course.spec(hurt).exercise
    if exercise in known:
        _stand_still(run, known[exercise], moment)
    else:
        _leave_out(run, hurt, moment)


def _leave_out(run: Run, hurt: int, moment: int) -> None:
    here, exercise = run.set_index, run.course.spec(hurt).exercise
    leaves = run.course.spec(here).exercise == exercise
    if leaves:
        run.leave_step(moment)
    before: list[tuple[int, SetRecord | None]] = [(hurt, run.ledger.records[hurt])]
    run.tell_record(run.ledger.hurt(hurt), moment)
    for set_index, record in enumerate(run.ledger.records):
        if record is None and run.course.spec(set_index).exercise == exercise:
            before.append((set_index, None))
            run.tell_record(run.ledger.close(set_index, Outcome.SKIPPED), moment)
    run.course.bar(exercise)
    run.left_out = (*run.left_out, Omission(exercise, hurt, tuple(before), here if leaves else None))
    if leaves:
        run.state = State.PAUSED
        run.wait_at(run.go_past(here), moment)
    _stand_still(run, hurt, moment)


def _stand_still(run: Run, hurt: int, moment: int) -> None:
    """Wait for a key before anything is done."""
    run.halt(moment, PauseReason.HURT, silently=True)
    run.ease(moment)
    tell_left_out(run, hurt, moment)


def tell_left_out(run: Run, hurt: int, moment: int) -> None:
    """Tell what is left out, and that the session stands still for it."""
    following = None if run.over else run.set_index
    run.tell(LeftOut(run.line.seconds(moment), hurt, following, run.reports))
    run.halt(moment, PauseReason.HURT)


def skip_coming(run: Run, moment: int) -> None:
    """While it stands still, leave the set to come for the one after it."""
    here = run.set_index
    run.leave_step(moment)
    if run.ledger.records[here] is None:
        run.tell_record(run.ledger.close(here), moment)
    run.wait_at(run.go_past(here), moment)


def take_back(run: Run, moment: int) -> None:
    """Let the exercise left out last in again, and go back to it if nothing was worked on since."""
    if not run.left_out:
        return
    omission = run.left_out[-1]
    returns = omission.left is not None and not omission.passed
    reopen(run, omission, moment, returns=returns)
    if returns and omission.left is not None:
        _go_back_to(run, omission.left, moment)
    elif run.over and (owed := run.go_past(run.set_index)) is not None:
        run.wait_at(owed, moment)


def go_back(run: Run, moment: int) -> None:
    """Go to the set before; if its exercise was left out, that is taken back."""
    here = run.set_index
    run.leave_step(moment)
    if run.over and run.left_out:
        omission = run.left_out[-1]
        reopen(run, omission, moment, returns=True)
        goal = omission.left
        if goal is None:  # it stands where another was left out, perhaps because that hurts as well
            goal = here if run.course.is_open(here) else omission.set_index
        _go_back_to(run, goal, moment, left=True)
        return
    run.tell_record(run.ledger.abandon(here), moment)
    run.making_up = False
    before = here - 1 if here else here
    exercise = run.course.spec(before).exercise
    omitted = next((each for each in run.left_out if each.exercise == exercise), None)
    if omitted is None:
        run.land(before, moment)
        return
    reopen(run, omitted, moment, returns=True)
    while (
        before
        and run.ledger.records[before] is None
        and run.ledger.records[before - 1] is None
        and run.course.spec(before - 1).exercise == exercise
    ):
        before -= 1
    _go_back_to(run, before, moment, left=True)


def reopen(run: Run, omission: Omission, moment: int, *, returns: bool) -> None:
    """Put the books back to what they were before an exercise was left out."""
    at_s = run.line.seconds(moment)
    for set_index, record in omission.before:
        run.ledger.put_back(set_index, record)
        run.tell(SetReopened(at_s, set_index, record))
    run.left_out = tuple(each for each in run.left_out if each is not omission)
    run.course.unbar(omission.exercise)
    run.owed |= {set_index for set_index, record in omission.before if record is None}
    run.tell(TakenBack(at_s, omission.set_index, returns))
    if run.state is State.PAUSED:
        run.halted = PauseReason.ASKED


def _go_back_to(run: Run, set_index: int, moment: int, *, left: bool = False) -> None:
    if not left:
        run.leave_step(moment)
    run.making_up = False
    run.land(set_index, moment, at_ease=True)
