"""How the stages of a programme lie over the dates, and when another one is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.plan.routine import (
    REST_DAY,
    WEEKDAYS,
    Cycle,
    Day,
    DayKind,
    ProgrammeStage,
    Routine,
    stage_key,
)
from backtimer.core.plan.units import Count
from backtimer.core.progress.calendar import Due, Schedule, due_on
from backtimer.core.progress.decisions import Answer, Move, Result, StageChange
from backtimer.core.progress.stages import (
    NEW_START_DAYS,
    Programme,
    Spell,
    StagePlace,
    followed_since,
    propose_back,
    propose_stage,
)
from tests.rules import for_each

MONDAY = date(2026, 11, 16)
WALK = Day(DayKind.ACTIVITY, activity="Walk")


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def programme_routine(*weeks: int | tuple[int, int] | None, cycle: Cycle | None = None) -> Routine:
    """Stage by stage of so many weeks; each asks for a walk on as many weekdays as is its number."""
    days: dict[str, Day] = {}
    stages = []
    for number, length in enumerate(weeks, start=1):
        names = WEEKDAYS if cycle is None else tuple(dict.fromkeys(cycle.days))
        own = {name: WALK if at < number else REST_DAY for at, name in enumerate(names)}
        days |= {stage_key(number, name): day for name, day in own.items()}
        low, high = length if isinstance(length, tuple) else (length or 0, length or 0)
        keys = tuple(stage_key(number, name) for name in own)
        stages.append(ProgrammeStage(f"S{number}", keys, Count(low, high) if length else None, cycle))
    return Routine("mine", "Mine", days, stages=tuple(stages))


def change(to: int, day: int, *, of: int = 1, answer: Answer = Answer.ACCEPTED) -> StageChange:
    at = datetime.combine(on(day), time(9), UTC)
    return StageChange(at, on(day), "mine", of, to, "", answer)


def stages_on(programme: Programme, days: int) -> str:
    return "".join(str(programme.place_on(on(day)).stage) for day in range(days))


def test_a_later_answer_takes_back_what_was_to_hold_from_a_later_date_on() -> None:
    routine = programme_routine(None, None, None)
    first, second = change(2, 3), change(3, 4)
    later = timedelta(minutes=1)
    for changes in ([first, second], [second, first]):
        assert stages_on(Programme(routine, MONDAY, changes), 6) == "111233"
        at_once = [each._replace(at=first.at) for each in changes]
        assert stages_on(Programme(routine, MONDAY, at_once), 6) == "111233", "in the order of their dates"
        turned = [first._replace(at=first.at + later), second._replace(at=first.at)]
        assert stages_on(Programme(routine, MONDAY, turned), 6) == "111222"


def test_who_goes_back_on_the_day_on_which_a_stage_begins_by_itself_is_back() -> None:
    programme = Programme(programme_routine(1, None), MONDAY, [change(1, 7, of=2)])
    assert stages_on(programme, 16) == "1" * 14 + "2" * 2
    assert programme.place_on(on(7)) == StagePlace(1, on(7), 0)
    accepted = Programme(programme_routine(1, None), MONDAY, [change(2, 7)])
    assert accepted.place_on(on(7)) == StagePlace(2, on(7), 0)


def test_fixed_weeks_follow_each_other_and_the_last_stage_stays() -> None:
    programme = Programme(programme_routine(1, 2, 1), MONDAY)
    assert stages_on(programme, 40) == "1" * 7 + "2" * 14 + "3" * 19
    assert programme.place_on(on(20)) == StagePlace(2, on(7), 13, by_itself=True)
    assert programme.place_on(on(-5)) == programme.place_on(MONDAY)
    assert programme.spells(on(30)) == (Spell(MONDAY, 1), Spell(on(7), 2), Spell(on(21), 3))


def test_a_range_and_no_weeks_stay() -> None:
    assert stages_on(Programme(programme_routine((1, 2), 1), MONDAY), 30) == "1" * 30
    assert stages_on(Programme(programme_routine(None, 1), MONDAY), 30) == "1" * 30


def test_days_that_do_not_count_put_off_what_comes() -> None:
    idle = {on(day).toordinal() for day in (2, 3, 9)}
    programme = Programme(programme_routine(1, 2), MONDAY, idle=idle)
    assert stages_on(programme, 12) == "1" * 9 + "2" * 3
    assert [each.from_date for each in programme.schedules(MONDAY)] == [MONDAY, on(9)]


def test_the_last_change_of_a_date_holds_and_what_there_is_not_is_the_last() -> None:
    routine = programme_routine(1, 1, None)
    changes = [change(3, 3), change(2, 3)._replace(at=datetime.combine(on(3), time(10), UTC))]
    assert stages_on(Programme(routine, MONDAY, changes), 12) == "1" * 3 + "2" * 7 + "3" * 2
    assert stages_on(Programme(routine, MONDAY, [change(9, 2)]), 4) == "1133"
    declined = change(2, 1, answer=Answer.DECLINED)
    others = change(2, 1)._replace(routine="other")
    assert stages_on(Programme(routine, MONDAY, [declined, others, change(2, -4)]), 3) == "111"


def test_what_is_due_is_told_for_the_stages_to_come() -> None:
    programme = Programme(programme_routine(1, 1, None, 1), MONDAY)
    assert programme.schedules(on(3)) == [
        Schedule(on(3), "mine", {0: Due()}, stage=1),
        Schedule(on(7), "mine", {0: Due(), 1: Due()}, stage=2),
        Schedule(on(14), "mine", {0: Due(), 1: Due(), 2: Due()}, stage=3),
    ]
    turns = Programme(programme_routine(1, None, cycle=Cycle(("a", "b"))), on(1))
    assert [each.period for each in turns.schedules(on(1))] == [2, 2]


def test_a_programme_that_reaches_the_last_of_all_days_ends_there() -> None:
    programme = Programme(programme_routine(1, 1), date.max - timedelta(days=3))
    assert programme.place_on(date.max).stage == 1
    assert len(programme.schedules(date.max)) == 1


@given(
    weeks=st.lists(st.one_of(st.none(), st.integers(1, 3), st.just((1, 2))), min_size=1, max_size=5),
    changes=st.lists(st.tuples(st.integers(1, 6), st.integers(-3, 80)), max_size=4),
    idle=st.sets(st.integers(-3, 80), max_size=20),
    today=st.integers(0, 90),
)
def test_what_is_due_always_is_what_the_stage_of_the_date_asks_for(
    weeks: list[int | tuple[int, int] | None],
    changes: list[tuple[int, int]],
    idle: set[int],
    today: int,
) -> None:
    routine = programme_routine(*weeks)
    done = [change(to, day) for to, day in changes if day <= today + 1]
    programme = Programme(routine, MONDAY, done, {on(day).toordinal() for day in idle})
    schedules = programme.schedules(on(today))
    places = [programme.place_on(on(day)) for day in range(150)]
    for day in range(today, 150):
        key = stage_key(places[day].stage, WEEKDAYS[on(day).weekday()])
        due = due_on(schedules, on(day))
        assert (due is not None) == (routine.days[key].kind is not DayKind.REST)
    changed_on = {day for _to, day in changes}
    for day, (before, after) in enumerate(pairwise(places), start=1):
        assert after.stage == before.stage or after.since == on(day)
        if day not in changed_on:
            assert after.stage in (before.stage, before.stage + 1)
            assert after.days - before.days == (day - 1 not in idle) or after.stage > before.stage


# -- since when it was followed -----------------------------------------------------------------------------


def kept(*changes: tuple[int, str]) -> list[Schedule]:
    return [
        Schedule(on(day), routine.strip("~"), {}, stage=0 if "~" in routine else 1)
        for day, routine in changes
    ]


@for_each(
    ("schedules", "today", "since", "idle"),
    [
        ([], 5, 5, []),
        ([(0, "other")], 5, 5, []),
        ([(0, "mine")], 5, 0, []),
        ([(0, "mine"), (3, "mine")], 5, 0, []),
        ([(0, "~mine"), (3, "mine")], 5, 3, []),
        ([(0, "~mine")], 5, 5, []),
        ([(0, "mine"), (3, "other"), (6, "mine")], 9, 0, [3, 4, 5]),
        ([(0, "mine"), (3, "other")], 6, 0, [3, 4, 5]),
        ([(0, "mine"), (3, "other"), (3 + NEW_START_DAYS, "mine")], 40, 0, range(3, 31)),
        ([(0, "mine"), (3, "other"), (4 + NEW_START_DAYS, "mine")], 40, 32, []),
        ([(0, "mine"), (3, "other")], 4 + NEW_START_DAYS, 32, []),
        ([(0, "mine"), (9, "other")], 5, 0, []),
    ],
)
def test_time_with_other_routines_does_not_count(
    schedules: list[tuple[int, str]], today: int, since: int, idle: Sequence[int]
) -> None:
    found = followed_since(kept(*schedules), "mine", on(today))
    assert found == (on(since), {on(day).toordinal() for day in idle})


# -- what is proposed ---------------------------------------------------------------------------------


def went(day: int, **more: int) -> Result:
    at = datetime.combine(on(day), time(9), UTC)
    return Result(at, on(day), 4, more.pop("done", 4), **more)  # type: ignore[arg-type]


GOOD = [went(day) for day in (1, 3, 5)]


def proposed(
    results: Sequence[Result],
    day: int,
    weeks: int | tuple[int, int] | None = (1, 2),
    declined: Sequence[StageChange] = (),
) -> int:
    """The stage that is proposed; 0: none."""
    programme = Programme(programme_routine(weeks, 1), MONDAY)
    found = propose_stage(programme, programme.place_on(on(day)), results, on(day), declined)
    return 0 if found is None else found.stage


@for_each(
    ("results", "stage"),
    [
        (GOOD, 2),
        (GOOD[:2], 0),
        ([*GOOD, went(6, done=3)], 0),
        ([went(0, done=3), *GOOD], 2),
        ([*GOOD, went(6, effort=7)], 0),
        ([*GOOD, went(6, effort=6)], 2),
        ([*GOOD, went(6, pain=5)], 2),
        ([*GOOD, went(6, pain=6)], 0),
        ([*GOOD, went(6, pain_before=6, pain=6)], 0),
        ([*GOOD, went(6, pain_before=3, pain=3, pain_next=6)], 0),
        ([*GOOD, went(6, hurt=1)], 0),
    ],
)
def test_on_is_proposed_when_the_last_sessions_were_complete_and_pain_allows(
    results: list[Result], stage: int
) -> None:
    assert proposed(results, 7) == stage


def test_on_is_proposed_from_the_low_end_and_after_a_week_where_there_is_none() -> None:
    assert proposed(GOOD, 6) == 0 and proposed(GOOD, 7) == 2 and proposed(GOOD, 70) == 2
    assert proposed(GOOD, 6, None) == 0 and proposed(GOOD, 7, None) == 2
    assert proposed(GOOD, 7, 1) == 0, "that goes by itself"
    last = Programme(programme_routine(1, None), MONDAY)
    assert propose_stage(last, last.place_on(on(30)), GOOD, on(30)) is None


def test_who_said_no_is_left_alone_for_three_sessions() -> None:
    no = [change(2, 7, answer=Answer.DECLINED)]
    later = [went(day) for day in (8, 9, 10)]
    assert proposed([*GOOD, *later[:2]], 12, declined=no) == 0
    assert proposed([*GOOD, *later], 12, declined=no) == 2


def test_back_is_proposed_after_a_break_in_which_a_stage_began() -> None:
    place = StagePlace(2, on(14), 2, by_itself=True)
    found = propose_back(place, on(2), on(16))
    assert found is not None and (found.kind, found.stage) == (Move.BACK, 1)
    assert found.reason == "a break of 14 days"
    assert propose_back(place, on(3), on(16)) is None, "no long break"
    assert propose_back(place, on(14), on(40)) is None, "it was begun before the break"
    assert propose_back(place._replace(by_itself=False), on(2), on(16)) is None
    assert propose_back(place, None, on(16)) is None
    assert propose_back(place, on(2), on(16), [change(1, 15, of=2, answer=Answer.DECLINED)]) is None


# -- in words -----------------------------------------------------------------------------------------------


def test_the_week_is_told_of_the_whole_where_all_is_known() -> None:
    programme = Programme(programme_routine(2, 4, 6), MONDAY)
    told = [programme.place_words(programme.place_on(on(day))) for day in (0, 7, 14, 83, 84)]
    assert told == [
        "Week 1 of 12 · Stage 1 of 3, S1",
        "Week 2 of 12 · Stage 1 of 3, S1",
        "Week 3 of 12 · Stage 2 of 3, S2",
        "Week 12 of 12 · Stage 3 of 3, S3",
        "All 12 weeks are over · Stage 3 of 3, S3",
    ]
    back = Programme(programme_routine(2, 4, 6), MONDAY, [change(1, 20, of=2)])
    assert back.week_words(back.place_on(on(20))) == "Week 1 of 12"
    ranges = Programme(programme_routine(2, (2, 4), 6), MONDAY)
    assert ranges.week_words(ranges.place_on(on(29))) == "Week 3"


def test_who_stays_longer_than_is_usual_is_told_so_kindly() -> None:
    programme = Programme(programme_routine((2, 4), (2, 4)), MONDAY, [change(2, 200)])
    told = [programme.place_words(programme.place_on(on(day))) for day in (27, 28, 118, 300)]
    assert told == [
        "Week 4 · Stage 1 of 2, S1",
        "Week 5 · Stage 1 of 2, S1 · take your time",
        "Week 17 · Stage 1 of 2, S1 · take your time",
        "Week 15 · Stage 2 of 2, S2",
    ], "the last one stays, and nothing comes after it"
    without = Programme(programme_routine(None, 2), MONDAY)
    assert without.place_words(without.place_on(on(200))) == "Week 29 · Stage 1 of 2, S1"
