"""A session that was ended early and is gone on with: what is left is done, what is done is passed by."""

from __future__ import annotations

import pytest

from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import Command, State
from tests.core.session_plans import DONE, HURT, PARTIAL, SKIPPED, hold, plan, rest
from tests.rules import for_each


def four() -> Plan:
    return plan(hold("a", 5), rest(5), hold("a", 5), rest(5), hold("b", 5), rest(5), hold("c", 5))


def gone_on(*outcomes: Outcome, left: tuple[int, ...], seconds: float = 2.0) -> Session:
    """A session of which there are records, some of them of sets that are to be done now."""
    records = [SetRecord(index, outcome, None, seconds) for index, outcome in enumerate(outcomes)]
    return Session(
        four(),
        [record for record in records if record.set_index not in left],
        [record for record in records if record.set_index in left],
    )


def play(session: Session, now: float = 0.0) -> tuple[list[int], float]:
    """To its end; the sets that were worked on, in order, and the moment."""
    worked: list[int] = []
    while session.state is not State.ENDED:
        deadline = session.next_deadline
        assert deadline is not None
        now = max(now, deadline)
        session.tick(now)
        here = session.snapshot(now)
        if here.set_s and worked[-1:] != [here.step.set_index]:
            worked.append(here.step.set_index)
    return worked, now


@for_each(
    ("outcomes", "left"),
    [
        ((DONE, SKIPPED, SKIPPED, SKIPPED), (1, 2, 3)),
        ((DONE, PARTIAL, DONE, SKIPPED), (1, 3)),
        ((SKIPPED, DONE, DONE, DONE), (0,)),
        ((SKIPPED, SKIPPED, SKIPPED, SKIPPED), (0, 1, 2, 3)),
    ],
    ids=str,
)
def test_what_is_left_is_done_and_nothing_twice(outcomes: tuple[Outcome, ...], left: tuple[int, ...]) -> None:
    session = gone_on(*outcomes, left=left)
    assert session.snapshot(0.0).done_sets == outcomes.count(DONE)
    session.start(0.0)
    assert session.state is State.COUNT_IN or left[0] == 0, "work never goes on without warning"
    worked, _ = play(session)
    assert tuple(worked) == left
    assert session.snapshot(0.0).done_sets == 4


def test_the_time_that_is_left_is_that_of_what_is_left() -> None:
    session = gone_on(DONE, DONE, DONE, SKIPPED, left=(3,))
    session.start(0.0)
    left_s = session.snapshot(0.0).remaining_s
    _, end = play(session)
    assert left_s == pytest.approx(end)


def test_what_is_more_telling_stays() -> None:
    session = gone_on(DONE, PARTIAL, SKIPPED, SKIPPED, left=(1, 2, 3))
    session.start(0.0)
    session.drain()
    session.finish(1.0)
    records = session.snapshot(1.0).records
    assert [record and record.outcome for record in records] == [DONE, PARTIAL, SKIPPED, SKIPPED]
    assert records[1] == SetRecord(1, PARTIAL, None, 2.0)


def test_one_can_go_back_to_what_is_done() -> None:
    session = gone_on(DONE, DONE, DONE, SKIPPED, left=(3,))
    session.start(0.0)
    session.previous_set(0.5)
    assert session.snapshot(0.5).step.set_index == 2
    worked, _ = play(session, 0.5)
    assert worked == [2, 3]


def test_what_hurt_is_not_gone_back_to() -> None:
    session = gone_on(HURT, SKIPPED, SKIPPED, SKIPPED, left=(2, 3))
    session.start(0.0)
    assert session.next_deadline is None, "after pain it goes on when a key is pressed"
    session.resume(60.0)
    worked, _ = play(session, 60.0)
    assert worked == [2, 3]


def test_seconds_at_work_in_the_set_under_way() -> None:
    session = Session(four())
    session.start(0.0)
    for now in (1.0, 2.0):
        session.tick(now)
        assert session.snapshot(now).set_s == pytest.approx(now)
    session.pause(2.5)
    assert session.snapshot(9.0).set_s == pytest.approx(2.5)
    session.resume(9.0)
    while session.state is not State.RUNNING:
        session.tick(session.next_deadline or 0.0)
    assert session.allowed(Command.PAUSE)
    now = session.next_deadline or 0.0
    while session.snapshot(now).step.set_index == 0 and session.snapshot(now).set_s:
        session.tick(now)
        now = session.next_deadline or now
    assert session.snapshot(now).set_s == 0.0, "a rest is no work"
