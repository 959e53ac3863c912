"""What the past says about today: levels, easier forms, proposals, mornings, days off."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from backtimer.core.plan.plan import Plan, activity_plan
from backtimer.core.progress.calendar import DayState, Off, WhyOff
from backtimer.core.progress.decisions import Move
from backtimer.core.progress.streaks import Goal
from backtimer.core.session.credit import records_of
from backtimer.core.session.transitions import Command
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.storage.history.values import new_session
from backtimer.training import Training
from tests.training_kit import Times, run

WEEK = """\
format: 1
title: Week
days:
  monday: {exercises: [{exercise: squat, sets: 1, reps: 8-10}, {exercise: hang, sets: 1, hold: 4s}]}
  wednesday: {exercises: [{exercise: squat, sets: 1, reps: 8-10, rest: 9s, note: Slowly}]}
  friday: {exercises: [{exercise: squat, sets: 1, reps: 3-5}]}
exercises:
  squat: {name: Squat, position: standing, easier: half-squat}
  half-squat: {name: Half squat, position: standing, prescription: {sets: 1, reps: 5}}
  hang: {name: Hang, position: standing}
"""

Open = Callable[..., Training]


@pytest.fixture
def times() -> Times:
    """Monday 16 November 2026, nine in the morning."""
    return Times(datetime(2026, 11, 16, 9, 0, tzinfo=timezone(timedelta(hours=2))))


@pytest.fixture
def open_practice(home: Path, times: Times) -> Open:
    """Opens the practice of a week in which squats have a range and an easier form."""
    (home / "week.yaml").write_text(WEEK)

    def open_it(**settings: object) -> Training:
        paths = find_paths(os.environ)
        routine = Library(paths).load(str(home / "week.yaml"))
        chosen = Settings(**settings)  # type: ignore[arg-type]
        return Training(paths, chosen, routine, now=times.now, clock=times.clock)

    return open_it


def mondays(practice: Training, times: Times, count: int, effort: int = 4, pain: int = 0) -> None:
    """Mondays done in full, and the next one begun."""
    for _ in range(count):
        coach = practice.begin(practice.plan("monday"))
        run(coach, times)
        coach.rate(effort, pain)
        times.wall += timedelta(days=7)


def squats(plan: Plan) -> list[tuple[str | None, int | None]]:
    return [(spec.exercise, spec.reps) for spec in plan.sets if spec.exercise != "hang"]


def test_a_proposal_accepted_is_in_the_next_plan_and_no_other(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    mondays(practice, times, 2)
    assert practice.proposals("monday") == ()
    mondays(practice, times, 1)
    (proposal,) = practice.proposals("monday")
    assert (proposal.kind, proposal.exercise, proposal.day) == (Move.UP, "squat", "monday")
    assert proposal.text == "Squat, 9 reps: three sessions of 8, effort 4, no pain."
    assert squats(practice.plan("monday")) == [("squat", 8)], "not before a yes"
    practice.answer(proposal, accepted=True)
    assert practice.proposals("monday") == ()
    assert squats(practice.plan("monday")) == [("squat", 9)]
    assert squats(practice.plan("friday")) == [("squat", 3)], "that day asks for something else"
    assert squats(open_practice().plan("monday")) == [("squat", 9)], "it is kept"


def test_a_circuit_climbs_alike_straight_and_in_rounds(home: Path, open_practice: Open, times: Times) -> None:
    circuit = "{rounds: 2, exercises: [{exercise: squat, reps: 8-10}, {exercise: hang, hold: 4s}]}"
    own = WEEK.partition("exercises:\n")[2]
    (home / "week.yaml").write_text(
        f"format: 1\ntitle: Week\ndays:\n  monday: {{exercises: [{circuit}]}}\nexercises:\n{own}"
    )
    in_rounds, straight = open_practice(), open_practice(circuits="straight")
    mondays(in_rounds, times, 1)
    mondays(straight, times, 2)
    (proposal,) = straight.proposals("monday")
    assert proposal.text == "Squat, 9 reps: three sessions of 8, effort 4, no pain."
    straight.answer(proposal, accepted=True)
    assert squats(straight.plan("monday")) == [("squat", 9)] * 2
    assert squats(open_practice(circuits="straight").plan("monday")) == [("squat", 9)] * 2


def test_days_that_ask_for_the_same_share_one_level(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    for day, later in (("monday", 2), ("wednesday", 5), ("monday", 2)):
        coach = practice.begin(practice.plan(day))
        run(coach, times)
        coach.rate(4, 0)
        times.wall += timedelta(days=later)
    assert practice.proposals("friday") == ()
    (proposal,) = practice.proposals("wednesday")
    assert (proposal.exercise, proposal.days) == ("squat", frozenset({"monday", "wednesday"}))
    practice.answer(proposal, accepted=True)
    assert [squats(practice.plan(day)) for day in ("monday", "wednesday", "friday")] == [
        [("squat", 9)],
        [("squat", 9)],
        [("squat", 3)],
    ]
    assert practice.proposals("monday") == ()
    assert [each.good for each in practice.standings("wednesday")] == [0]


@pytest.mark.parametrize(
    ("why", "proposed"), [(WhyOff.FLARE_UP, False), (WhyOff.ILL, False), (WhyOff.HOLIDAY, True)]
)
def test_nothing_more_is_proposed_in_a_flare_up(
    why: WhyOff, proposed: bool, open_practice: Open, times: Times
) -> None:
    practice = open_practice()
    mondays(practice, times, 3)
    today = practice.today
    practice.history.diary.declare_off(Off(today, today, why), times.wall)
    assert bool(practice.proposals("monday")) is proposed
    assert squats(practice.plan("monday")) == [("squat", 8)]


def test_a_proposal_declined_is_not_made_again_at_once(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    mondays(practice, times, 3)
    practice.answer(practice.proposals("monday")[0], accepted=False)
    assert practice.proposals("monday") == ()
    times.wall += timedelta(minutes=1)
    mondays(practice, times, 2)
    assert practice.proposals("monday") == ()
    mondays(practice, times, 1)
    assert len(practice.proposals("monday")) == 1


def test_auto_takes_it_with_the_session_and_off_leaves_it(open_practice: Open, times: Times) -> None:
    practice = open_practice(progression="off")
    mondays(practice, times, 3)
    assert practice.proposals("monday") == ()
    assert squats(practice.plan("monday")) == [("squat", 8)]

    practice = open_practice(progression="auto")
    assert practice.proposals("monday") == ()
    assert squats(practice.plan("monday")) == [("squat", 9)]
    assert practice.history.decisions.all() == (), "looking decides nothing"
    practice.begin(practice.plan("monday"))
    assert [each.answer for each in practice.history.decisions.all()] == ["auto"]
    mondays(practice, times, 3)
    assert squats(practice.plan("monday")) == [("squat", 10)], (
        "the first of them was at the new level already"
    )


def test_a_high_effort_keeps_the_level(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    mondays(practice, times, 3, effort=8)
    assert practice.proposals("monday") == ()


def hurt_squats(practice: Training, times: Times) -> None:
    """A Monday on which squats hurt."""
    coach = practice.begin(practice.plan("monday"))
    coach.start()
    coach.command(Command.NEXT_SET)  # no getting ready
    times.session += 5.0
    coach.advance()
    coach.command(Command.HURTS)
    coach.command(Command.FINISH)
    coach.drain()
    times.wall += timedelta(days=2)


def easier(practice: Training, times: Times, count: int, effort: int | None = None) -> None:
    """So many Wednesdays."""
    for _ in range(count):
        coach = practice.begin(practice.plan("wednesday"))
        run(coach, times)
        if effort is not None:
            coach.rate(effort, 0)
        times.wall += timedelta(days=7)


def test_what_hurt_comes_in_its_easier_form_until_three_good_sessions_and_a_yes(
    open_practice: Open, times: Times
) -> None:
    practice = open_practice()
    mondays(practice, times, 3)
    practice.answer(practice.proposals("monday")[0], accepted=True)
    assert squats(practice.plan("monday")) == [("squat", 9)]
    hurt_squats(practice, times)
    assert squats(practice.plan("wednesday")) == [("half-squat", 5)]
    assert practice.eased("wednesday") == ("Squat",)
    assert practice.proposals("monday") == (), "what is not done now is not made less"
    for done in range(3):
        assert practice.proposals("wednesday") == ()
        assert f"{done} of 3 good sessions" in practice.easier_why("squat")
        easier(practice, times, 1)
    assert squats(practice.plan("monday")) == [("half-squat", 5)], "asked, and not done"
    [asked] = practice.proposals("wednesday")
    assert asked.text == (
        "Squat, the full exercise again, 1 set, 8 reps: three good sessions in a row of its easier form."
    )
    practice.answer(asked, accepted=True)
    assert (practice.eased("wednesday"), practice.proposals("wednesday")) == ((), ())
    assert squats(practice.plan("wednesday")) == [("squat", 8)]
    assert squats(practice.plan("monday")) == [("squat", 8)], "at the low end, on every day"


def test_a_session_that_was_not_good_begins_the_three_anew(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    hurt_squats(practice, times)
    easier(practice, times, 2)
    easier(practice, times, 1, effort=7)
    easier(practice, times, 2)
    assert practice.proposals("wednesday") == ()
    easier(practice, times, 1)
    assert [each.exercise for each in practice.proposals("wednesday")] == ["squat"]


def test_when_the_full_form_is_declined_it_is_asked_again_after_three_sessions(
    open_practice: Open, times: Times
) -> None:
    practice = open_practice()
    hurt_squats(practice, times)
    easier(practice, times, 3)
    practice.answer(practice.proposals("wednesday")[0], accepted=False)
    for _ in range(3):
        assert practice.proposals("wednesday") == () and practice.eased("monday") == ("Squat",)
        easier(practice, times, 1)
    assert len(practice.proposals("wednesday")) == 1


def test_when_it_hurts_again_all_begins_anew(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    hurt_squats(practice, times)
    easier(practice, times, 3)
    practice.answer(practice.proposals("wednesday")[0], accepted=True)
    hurt_squats(practice, times)
    assert practice.eased("monday") == ("Squat",) and practice.proposals("wednesday") == ()


@pytest.mark.parametrize("progression", ["auto", "off"])
def test_the_full_form_is_asked_about_whatever_is_set(
    open_practice: Open, times: Times, progression: str
) -> None:
    practice = open_practice(progression=progression)
    hurt_squats(practice, times)
    easier(practice, times, 3)
    assert squats(practice.plan("wednesday")) == [("half-squat", 5)]
    assert [each.exercise for each in practice.proposals("wednesday")] == ["squat"]


def test_the_morning_after_a_rated_session_is_asked_about_once(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times)
    times.wall += timedelta(days=1)
    assert practice.asks_next_morning() is None, "it was not rated"
    coach.rate(4, 1)
    asked = practice.asks_next_morning()
    assert asked is not None and asked.local_date == date(2026, 11, 16)
    practice.rate_next_morning(2)
    assert practice.asks_next_morning() is None
    assert practice.history.sessions()[0].pain_next == 2


def test_a_question_that_was_skipped_is_not_put_again(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    mondays(practice, times, 1)
    times.wall -= timedelta(days=6)
    assert practice.asks_next_morning() is not None
    practice.rate_next_morning(None)
    assert practice.asks_next_morning() is None
    times.wall += timedelta(days=1)
    assert open_practice().asks_next_morning() is None


def test_pain_before_goes_with_the_next_session_that_starts(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    assert not practice.rates_pain()
    practice.rate_before(3)
    coach = practice.begin(practice.plan("monday"))
    assert practice.history.sessions() == (), "nothing is written before it starts"
    run(coach, times)
    times.wall += timedelta(hours=1)
    run(practice.begin(practice.plan("monday")), times)
    assert [each.pain_before for each in practice.history.sessions()] == [3, None]


def test_pain_that_persists_is_advised_about(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    mondays(practice, times, 2, pain=2)
    assert practice.advice() == ()
    mondays(practice, times, 1, pain=2)
    lines = practice.advice()
    assert "see a physiotherapist" in lines[0]
    assert "It cannot tell what you have." in lines[-1] and "`backtimer safety`" in lines[-1]
    assert practice.rates_pain()


def test_days_off_are_neutral_and_ask_for_nothing(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    mondays(practice, times, 1)  # Wednesday was missed
    assert practice.streak() == 0
    away = Off(date(2026, 11, 18), date(2026, 11, 24), WhyOff.HOLIDAY)
    practice.history.diary.declare_off(away, times.wall)
    assert practice.streak() == 1
    assert practice.off_on(practice.today) == away
    assert practice.week()[0][1] is DayState.OFF
    assert practice.next_due() == date(2026, 11, 25)
    times.wall += timedelta(days=2)
    assert practice.off_on(practice.today) is None


def test_a_weekly_goal_counts_weeks(open_practice: Open, times: Times) -> None:
    practice = open_practice(goal=Goal(1))
    mondays(practice, times, 2)
    assert practice.streak() == 2
    assert practice.streak_text() == "2 weeks in a row, 0 of 1 this week"
    assert open_practice().streak_text() == "A good day to begin"


def test_a_history_that_cannot_be_read_stands_in_nobodys_way(
    open_practice: Open, times: Times, home: Path
) -> None:
    (home / "history.db").mkdir()
    practice = open_practice()
    assert squats(practice.plan("monday")) == [("squat", 8)]
    assert practice.proposals("monday") == () and practice.advice() == ()
    assert practice.asks_next_morning() is None and practice.off_on(practice.today) is None
    assert practice.eased("monday") == () and practice.standings("monday") == ()


def test_the_easier_form_may_come_from_the_catalogue(home: Path, times: Times) -> None:
    paths = find_paths(os.environ)
    practice = Training(
        paths, Settings(), Library(paths).load("lower-back"), now=times.now, clock=times.clock
    )
    coach = practice.begin(practice.plan("monday"))
    coach.start()
    coach.command(Command.NEXT_SET)
    times.session += 1.0
    coach.advance()
    coach.command(Command.HURTS)
    coach.command(Command.FINISH)
    coach.drain()
    times.wall += timedelta(days=7)
    plan = practice.plan("monday")
    done = {spec.exercise for spec in plan.sets}
    assert "quadruped-leg-reach" in done and "bird-dog" not in done
    assert [exercise.id for exercise in plan.exercises if exercise.id == "quadruped-leg-reach"]
    assert practice.eased("monday") == ("Bird-dog",)


def extras(practice: Training, times: Times, count: int) -> None:
    """Sessions of a Wednesday, done on other days: so many in the days that follow, five a day."""
    plan = practice.plan("wednesday")
    for number in range(count):
        run(practice.begin(plan), times)
        times.wall += timedelta(hours=1)
        if number % 5 == 4:
            times.wall += timedelta(hours=19)


def test_many_sessions_a_day_do_not_hide_those_of_a_week_ago(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    for _ in range(3):
        mondays(practice, times, 1)
        times.wall -= timedelta(days=7)
        extras(practice, times, 35)
    assert [each.exercise for each in practice.proposals("monday")] == ["squat"]


def test_what_hurt_is_eased_however_many_sessions_came_after_it(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    plan = practice.plan("monday")
    coach = practice.begin(plan)
    coach.start()
    coach.command(Command.NEXT_SET)
    times.session += 1.0
    coach.advance()
    coach.command(Command.HURTS)
    coach.command(Command.FINISH)
    coach.drain()
    history = practice.history
    swim = activity_plan("week", "monday", "Swim", 600.0)
    for number in range(70):
        at = times.wall + timedelta(hours=1 + number)
        history.add_logged(new_session(swim, "{}", at), records_of(swim), ended=at)
    times.wall += timedelta(days=7)
    assert practice.eased("monday") == ("Squat",)


def test_what_a_wrong_clock_dated_ahead_says_nothing_about_now(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    times.wall += timedelta(days=700)
    mondays(practice, times, 3)
    (proposal,) = practice.proposals("monday")
    practice.answer(proposal, accepted=True)
    times.wall -= timedelta(days=721)
    assert squats(practice.plan("monday")) == [("squat", 8)]
    assert practice.proposals("monday") == ()
    mondays(practice, times, 3)
    assert [each.to_level.reps for each in practice.proposals("monday")] == [9]


def test_what_another_window_did_is_seen_by_a_screen_that_asks_again(
    open_practice: Open, times: Times
) -> None:
    practice, other = open_practice(), open_practice()
    assert (practice.streak(), practice.week()[0][1]) == (0, DayState.DUE)
    coach = other.begin(other.plan("monday"))
    run(coach, times)
    assert (practice.streak(), practice.week()[0][1]) == (1, DayState.DONE)


def lead_s(plan: Plan) -> dict[str | None, float]:
    """How long the way to the first set of each exercise is."""
    found: dict[str | None, float] = {}
    for spec in plan.sets:
        steps = plan.steps[spec.lead_in : spec.first_step]
        found.setdefault(spec.exercise, sum(step.estimate_s for step in steps))
    return found


LONG_STEPS = """\
format: 1
title: Week
days:
  monday: {exercises: [{exercise: squat, sets: 1, reps: 2}, {exercise: hang, sets: 1, hold: 4s}]}
exercises:
  squat:
    name: Squat
    position: standing
    steps: [Push your hips back to a chair., Bend your knees., Come up again through your heels.]
  hang: {name: Hang, position: standing}
"""


def test_an_exercise_is_told_in_full_until_it_was_done_in_three_sessions(
    open_practice: Open, times: Times, home: Path
) -> None:
    (home / "week.yaml").write_text(LONG_STEPS)
    ways = []
    for _ in range(4):
        practice = open_practice()
        plan = practice.plan("monday")
        ways.append((plan.known, lead_s(plan)["squat"]))
        run(practice.begin(plan), times)
        practice.close()
        times.wall += timedelta(days=7)
    known, seconds = zip(*ways, strict=True)
    assert known == ((), (), (), ("squat", "hang"))
    assert seconds[0] == seconds[1] == seconds[2] > seconds[3] + 5


@pytest.mark.parametrize(("instructions", "known"), [("full", ()), ("short", ("squat", "hang"))])
def test_instructions_can_be_the_same_for_all(
    open_practice: Open, home: Path, instructions: str, known: tuple[str, ...]
) -> None:
    (home / "week.yaml").write_text(LONG_STEPS)
    assert open_practice(instructions=instructions).plan("monday").known == known


def test_a_set_that_was_not_done_makes_nothing_known(open_practice: Open, times: Times) -> None:
    for _ in range(3):
        practice = open_practice()
        coach = practice.begin(practice.plan("monday"))
        coach.command(Command.START)
        coach.command(Command.FINISH)
        practice.close()
        times.wall += timedelta(days=7)
    assert open_practice().plan("monday").known == ()
