"""What the line-by-line front end says when a session leaves the plan."""

from __future__ import annotations

from backtimer.cli.plain_lines import PlainLines
from backtimer.core.session import Session, State
from tests.tui.workout_kit import CIRCUIT, exercise_day, plan_of

PREPARE_S = 10.0


def lines_of(session: Session, lines: PlainLines) -> list[str]:
    """What is said of all that happened."""
    return [line for event in session.drain() for line in lines.of(event)]


def test_what_hurts_is_eased_out_of_before_anything_else_is_said() -> None:
    plan = plan_of(exercise_day(CIRCUIT))
    session, lines = Session(plan), PlainLines(plan)
    session.start(0.0)
    while (due := session.next_deadline) is not None and due <= PREPARE_S + 1:
        session.tick(due)
    session.drain()
    session.hurts(PREPARE_S + 1)
    hurt, ease, way = lines_of(session, lines)[:3]
    assert hurt.endswith("stopped, it hurt.")
    assert ease == "Ease out of it, slowly. Leave this exercise for today."
    assert way.startswith("Next: Superman.")


def test_a_detour_is_announced_and_only_its_last_seconds_are_counted() -> None:
    plan = plan_of(exercise_day(CIRCUIT))
    session, lines = Session(plan), PlainLines(plan)
    session.start(0.0)
    while (due := session.next_deadline) is not None and due <= PREPARE_S + 1:
        session.tick(due)
    session.hurts(PREPARE_S + 1)
    while session.state is not State.COUNT_IN and (due := session.next_deadline) is not None:
        session.drain()
        session.tick(due)
    while session.state is State.COUNT_IN and (due := session.next_deadline) is not None:
        session.tick(due)
    said = lines_of(session, lines)
    at = next(place for place, line in enumerate(said) if line.startswith("Rest"))
    assert said[at].startswith("Rest for 1 minute. Next: Superman, round 2 of 3.")
    assert said[at + 1 : at + 4] == ["3", "2", "1"]
    assert said[at + 4].startswith("Rep 1 of")
