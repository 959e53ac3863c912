"""Practices whose exercises say how they are done, in every state of the first screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from backtimer.advice import MorningAfter, OpenProposal
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import Exercise
from backtimer.core.progress.calendar import Off, WhyOff
from backtimer.core.progress.decisions import Move, Proposal
from backtimer.core.progress.history import PastSession, SessionState
from tests.tui.conftest import FakePractice, reps, training, unfinished_monday, week_routine

WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)

_HOW = {
    "pelvic-tilt": (
        ("Lie down on your back.", "Bend your knees.", "Put your feet flat, as wide as your hips."),
        ("Press your lower back softly into the mat.", "Hold it there.", "Then let go."),
        ("Your bottom stays down.", "Your shoulders and your feet stay loose."),
    ),
    "row": (
        ("Sit on the floor, legs straight.", "Take one end of the band in each hand."),
        ("Pull your elbows back, close to your body.", "Squeeze your shoulder blades, then let go slowly."),
        ("Your shoulders stay low.",),
    ),
}


def taught(exercise: Exercise) -> Exercise:
    """The same with texts."""
    setup, steps, watch = _HOW.get(exercise.id, ((), ("Do it slowly.",), ("It does not hurt.",)))
    return exercise._replace(setup=setup, steps=steps, watch=watch)


def taught_practice(
    today: date = THURSDAY, states: str = "done done rest due due optional rest"
) -> FakePractice:
    """A week of exercises that say how they are done."""
    routine = week_routine()
    exercises = {name: taught(exercise) for name, exercise in routine.exercises.items()}
    return FakePractice(routine._replace(exercises=exercises), today=today, states=states)


def nine_reps(exercise: str = "pelvic-tilt", name: str = "Pelvic tilt") -> OpenProposal:
    """One rep more."""
    move = Proposal(Move.UP, Level(8), Level(9), "9 reps: three sessions of 8, effort 4, no pain")
    return OpenProposal("thursday", exercise, name, move)


def _resting() -> FakePractice:
    practice = taught_practice(WEDNESDAY, "done part extra due due optional rest")
    practice.last = PastSession(
        id="1",
        routine="lower-back",
        day="tuesday",
        title="Mobility and stretching",
        local_date=date(2026, 11, 24),
        started=datetime(2026, 11, 24, 18, tzinfo=UTC),
        ended=datetime(2026, 11, 24, 18, 19, tzinfo=UTC),
        state=SessionState.DONE,
        planned_sets=9,
        done_sets=9,
        seconds=1140.0,
        effort=4,
        pain=1,
        sets=(),
    )
    return practice


def _off() -> FakePractice:
    practice = taught_practice(states="done done off off off off rest")
    practice.off = Off(WEDNESDAY, date(2026, 11, 28), WhyOff.FLARE_UP)
    return practice


def _with(**changes: object) -> Callable[[], FakePractice]:
    def make() -> FakePractice:
        practice = taught_practice()
        for name, value in changes.items():
            setattr(practice, name, value() if callable(value) else value)
        return practice

    return make


def _long() -> FakePractice:
    names = ("bird-dog", "superman", "bridge", "pelvic-tilt", "row", "cat-cow") * 3
    day = training("A long day with a long name that goes on", *(reps(name, 8, 3) for name in names))
    routine = week_routine(thursday=day)
    exercises = {name: taught(exercise) for name, exercise in routine.exercises.items()}
    return FakePractice(routine._replace(exercises=exercises))


STATES: dict[str, Callable[[], FakePractice]] = {
    "due": taught_practice,
    "done": lambda: taught_practice(states="done done rest done due optional rest"),
    "resting": _resting,
    "off": _off,
    "proposal": _with(proposed=lambda: [nine_reps(), nine_reps("row", "Seated row")]),
    "morning": _with(morning=MorningAfter("a", "Strength circuit", WEDNESDAY)),
    "sore": _with(sore=("Pelvic tilt",)),
    "advised": _with(
        advised=(
            "Every rating of your pain since 6 November was above zero. When pain lasts for more than two "
            "weeks, see a physiotherapist.",
            "backtimer only looks at your ratings. It makes no diagnosis.",
        )
    ),
    "notices": _with(said=("History is off: the disk is full.", "A damaged file was moved aside.")),
    "untold": _with(untold=True),
    "ended": _with(ended=unfinished_monday),
    "long": _long,
}
"""The first screen in each of its states, as it is first seen."""
