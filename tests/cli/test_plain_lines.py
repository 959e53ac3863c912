"""What the line-by-line front end says when a session leaves the plan."""

from __future__ import annotations

import pytest

from backtimer.cli import context
from backtimer.cli.plain_lines import PlainLines
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import DayKind
from backtimer.core.session.session import Session, rehearse
from backtimer.core.session.transitions import State
from tests.tui.workout_kit import BIRD, CIRCUIT, SUPER, exercise_day, plan_of

PREPARE_S = 10.0
MOST_A_MINUTE = 10
"""What a finger reads on a braille display without hurry."""


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
    hurt, ease = lines_of(session, lines)
    assert hurt.endswith("stopped: it hurt.")
    assert ease == (
        "Stop, and come out slowly. We leave out Bird-dog today. Rest. When the pain is back to usual, press "
        "any key: Superman. Or press f to finish. Press u to take it back."
    )
    session.resume(PREPARE_S + 60)
    assert [line.split(".")[0] for line in lines_of(session, lines)] == ["Going on", "Next: Superman"]


def test_it_asks_which_one_hurts_between_two_exercises() -> None:
    plan = plan_of(exercise_day(BIRD, SUPER))
    session, lines = Session(plan), PlainLines(plan)
    session.start(0.0)
    while session.snapshot(0.0).step_index < plan.sets[2].lead_in:
        session.tick(session.next_deadline or 0.0)
    session.drain()
    now = session.next_deadline or 0.0
    session.hurts(now)
    assert lines_of(session, lines) == [
        "Which one hurts? Press h again for Bird-dog, the one just done. "
        "Press n for Superman, the one to come. Press u for neither, and go on."
    ]


def test_what_is_taken_back_is_told() -> None:
    plan = plan_of(exercise_day(CIRCUIT))
    session, lines = Session(plan), PlainLines(plan)
    session.start(0.0)
    session.hurts(2.0)
    lines_of(session, lines)
    session.take_back(3.0)
    assert lines_of(session, lines) == ["Bird-dog is back in. Press any key to go on."]


def test_the_second_time_it_hurts_the_safety_card_is_told() -> None:
    plan = plan_of(exercise_day(CIRCUIT))
    session, lines = Session(plan), PlainLines(plan)
    session.start(0.0)
    session.hurts(0.0)
    assert "Most back pain" not in " ".join(lines_of(session, lines))
    session.hurts(1.0)
    assert lines_of(session, lines)[-1].startswith("Most back pain is not dangerous.")


def test_a_detour_is_announced_and_only_its_last_seconds_are_counted() -> None:
    plan = plan_of(exercise_day(CIRCUIT))
    session, lines = Session(plan), PlainLines(plan)
    session.start(0.0)
    while (due := session.next_deadline) is not None and due <= PREPARE_S + 1:
        session.tick(due)
    session.hurts(PREPARE_S + 1)
    session.resume(PREPARE_S + 1)
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


def told(plan: Plan, *, short: bool) -> list[tuple[float, str]]:
    """Every line of a session that goes as planned, and when it comes."""
    lines = PlainLines(plan, short=short)
    return [(event.at_s, line) for event in rehearse(plan) for line in lines.of(event)]


@pytest.mark.parametrize("name", ["lower-back", "gentle-start"])
def test_in_short_there_are_never_more_lines_a_minute_than_can_be_read(name: str) -> None:
    routine = context.library().load(name)
    for day in (day for day, what in routine.days.items() if what.kind is not DayKind.REST):
        lines = told(compile_day(routine, day), short=True)
        for begin, _ in lines:
            assert sum(begin <= at_s < begin + 60 for at_s, _ in lines) <= MOST_A_MINUTE, (day, begin)


def test_in_short_what_comes_is_told_in_full_and_no_set_is_left_out() -> None:
    plan = plan_of(exercise_day(CIRCUIT))
    full = [line for _, line in told(plan, short=False)]
    short = [line for _, line in told(plan, short=True)]
    comes = ("Get ready", "Rest", "Next", "Switch sides", "Session", "Rep 1 of")
    assert [line for line in short if line.startswith(comes)] == [
        line for line in full if line.startswith(comes) and not line.startswith("Rep 1 of 4. Lift right")
    ]
    assert sum(line.startswith("Last rep") for line in short) == len(plan.sets)
    assert not {"3", "2", "1", "Hold."} & set(short)
    assert "3 seconds." in short


def test_in_short_what_is_begun_anew_after_a_pause_is_told() -> None:
    plan = plan_of(exercise_day(CIRCUIT))
    session, lines = Session(plan), PlainLines(plan, short=True)
    session.start(0.0)
    while (due := session.next_deadline) is not None and due <= PREPARE_S + 1:
        session.tick(due)
    session.pause(PREPARE_S + 1)
    session.resume(PREPARE_S + 1)
    session.drain()
    while session.state is State.COUNT_IN and (due := session.next_deadline) is not None:
        session.tick(due)
    (line,) = lines_of(session, lines)
    assert line.startswith("Rep 1 of 4.")
