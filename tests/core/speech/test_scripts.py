"""The scripts of the bundled days, to be read; and when what one must know is told in them."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from itertools import accumulate, pairwise
from pathlib import Path

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import StepKind
from backtimer.core.speech.lead_times import as_told
from backtimer.core.speech.pieces import singly
from backtimer.core.speech.script import Script
from backtimer.core.speech.transcript import script_lines, script_rows
from tests.bundled import routine
from tests.rules import for_each
from tests.told import AFTER, DAYS, NEEDED, NEVER, day_plan, missing_ways_out, rows_of, tellings

SCRIPTS = Path(__file__).parent / "scripts"

MANNERS = for_each("known", [False, True], ids=["full", "short"])
EACH_DAY = for_each(("name", "day"), DAYS)

MOST_MORE_S = 300.0


@MANNERS
@EACH_DAY
def test_the_script_of_a_day_is_as_it_was_read_and_found_good(name: str, day: str, known: bool) -> None:
    """After a wanted change: `BACKTIMER_UPDATE_SCRIPTS=1`, and read the difference."""
    file = SCRIPTS / f"{name}-{day}-{'short' if known else 'full'}.txt"
    spoken = [row for row in rows_of(day_plan(name, day, known)) if row.text]
    text = "\n".join(script_lines(spoken)) + "\n"
    if os.environ.get("BACKTIMER_UPDATE_SCRIPTS"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@EACH_DAY
def test_what_one_must_know_is_told_before_it_is_done(name: str, day: str) -> None:
    late = [
        each for each in tellings(day_plan(name, day)) if each.kind in NEEDED and each.when in (AFTER, NEVER)
    ]
    assert late == []


@EACH_DAY
def test_of_what_to_watch_something_is_told_before_and_nothing_never(name: str, day: str) -> None:
    plan = day_plan(name, day)
    for exercise in plan.exercises:
        told = [each for each in tellings(plan) if (each.exercise, each.kind) == (exercise.id, "watch")]
        assert not told or told[0].when not in (AFTER, NEVER), exercise.id
        assert not [each for each in told if each.when == NEVER], exercise.id


@MANNERS
@EACH_DAY
def test_the_way_out_is_told_before_anything_else(name: str, day: str, known: bool) -> None:
    assert missing_ways_out(day_plan(name, day, known)) == []


@EACH_DAY
def test_the_first_time_takes_at_most_five_minutes_more(name: str, day: str) -> None:
    assert day_plan(name, day).total_s - day_plan(name, day, known=True).total_s <= MOST_MORE_S


@EACH_DAY
def test_name_position_and_side_are_told_of_each_exercise_that_is_known(name: str, day: str) -> None:
    plan = day_plan(name, day, known=True)
    rows = list(script_rows(plan, Script(plan)))
    for exercise in plan.exercises:
        mine = [row for row in rows if row.exercise == exercise.id and row.text]
        assert any(row.why == "name" and exercise.name in row.text for row in mine)
        assert not any(row.why == "movement" for row in mine)


def test_one_who_is_told_nothing_is_found_out() -> None:
    """The table sees what is missing."""
    plan = day_plan("lower-back", "monday")
    first = plan.exercises[0]
    dumb = plan._replace(known=tuple(each.id for each in plan.exercises))
    missed = [each for each in tellings(dumb) if each.kind == "movement" and each.exercise == first.id]
    assert missed and all(each.when == NEVER for each in missed)


def test_a_slow_voice_gets_more_time_to_tell() -> None:
    plan = compile_day(routine("lower-back"), "thursday")
    slow = as_told(plan, "full", words_a_minute=100)
    calm = as_told(plan, "full")
    assert slow.total_s > calm.total_s + 30
    assert as_told(plan, "full", words_a_minute=300).total_s == calm.total_s


def test_where_all_would_take_too_long_the_least_needed_gets_no_time() -> None:
    plan = day_plan("lower-back", "friday", known=True)
    patient = as_told(plan, "full")
    hurried = as_told(plan, "full", words_a_minute=120)
    assert hurried.total_s - as_told(plan, "short", words_a_minute=120).total_s <= MOST_MORE_S
    assert patient.total_s > plan.total_s
    slowest = as_told(plan, "full", words_a_minute=90)
    movement = slowest.total_s - as_told(plan, "short", words_a_minute=90).total_s
    assert movement > MOST_MORE_S, "the movement has its time, however slow the voice is"


@MANNERS
@EACH_DAY
def test_in_a_circuit_no_set_is_spoken_of(name: str, day: str, known: bool) -> None:
    plan = day_plan(name, day, known)
    circuits = {spec.exercise for spec in plan.sets if spec.rounds}
    told = [row.text for row in rows_of(plan) if row.exercise in circuits]
    assert not [text for text in told if "next set" in text]
    assert bool(circuits) == any("round" in text for text in told)


@MANNERS
@EACH_DAY
def test_ten_seconds_are_left_of_a_rest_only_before_the_work_itself(name: str, day: str, known: bool) -> None:
    plan = day_plan(name, day, known)
    begins_s = list(accumulate((step.estimate_s for step in plan.steps), initial=0.0))
    for row in rows_of(plan):
        if row.text == "10 seconds left.":
            following = bisect_right(begins_s, row.at_s)
            assert plan.steps[following].kind is StepKind.PHASE, row


@EACH_DAY
def test_after_what_is_to_be_laid_out_or_set_up_there_is_time_to_do_it(name: str, day: str) -> None:
    """Also where it is told for two exercises at once; where time is short, there is less of it."""
    plan = day_plan(name, day)
    rows = rows_of(plan)
    for exercise in plan.exercises:
        gear = list(singly(exercise.gear))
        told = [at for at, row in enumerate(rows) if row.text in gear and row.why == "equipment"]
        assert {rows[at].text for at in told} == set(gear)
        told = [at for at in told if rows[at].exercise == exercise.id]
        if len(gear) > 5:
            continue  # there is a minute for that
        placed = len(gear) > 2
        for at in told[: len(gear)] if placed else told[:1]:
            still_s = rows[at + 1].at_s - rows[at].ends_s
            assert still_s >= (3.0 if placed else 2.2), (rows[at], still_s)


def test_there_is_a_minute_to_fix_the_band_before_one_lies_down() -> None:
    rows = [row for row in rows_of(day_plan("lower-back", "thursday")) if row.text]
    at = next(at for at, row in enumerate(rows) if row.text.startswith("Lay the handles"))
    begins = next(row for row in rows if row.text.startswith("Now you have a minute"))
    gear = rows[rows.index(begins) + 1 : at + 1]
    assert len(gear) == 12 and rows[at + 1].at_s - begins.ends_s >= 59.9
    chair = [row.text for row in rows[at + 1 : at + 3]]
    assert chair == [
        "Take a firm chair without wheels.",
        "Put it at the other end, its back against something firm.",
    ]
    stills_s = [then.at_s - row.ends_s for row, then in pairwise([*gear, rows[at + 1]])]
    for row, still_s in zip(gear, stills_s, strict=True):  # what is asked is for some only
        assert still_s >= (2.0 if "?" in row.text else 6.0), "one order at a time, each with the time for it"
    assert any(row.why == "position" for row in rows[at:]) and not any(
        row.why == "position" for row in rows[:at]
    )


def test_who_knows_the_band_is_told_to_set_it_up_before_she_lies_down() -> None:
    rows = [row for row in rows_of(day_plan("lower-back", "thursday", known=True)) if row.text]
    at = next(at for at, row in enumerate(rows) if row.text == "First set up the resistance band.")
    assert rows[at + 1].at_s - rows[at].ends_s >= 7.0
    assert not any(row.why == "position" for row in rows[:at])


@EACH_DAY
def test_how_to_make_it_easier_is_told_once_before_it_is_done_where_there_is_time(
    name: str, day: str
) -> None:
    plan = day_plan(name, day)
    begins_s = list(accumulate((step.estimate_s for step in plan.steps), initial=0.0))
    for exercise in plan.exercises:
        first = next(spec for spec in plan.sets if spec.exercise == exercise.id)
        told = [row.at_s for row in rows_of(plan) if row.text in exercise.make_easier[:1]]
        assert len(told) <= 1, exercise.id
        assert len(told) == bool(exercise.make_easier), exercise.id
        assert all(at_s < begins_s[first.first_step] for at_s in told), exercise.id


@EACH_DAY
def test_how_much_it_is_is_told_before_the_first_rep(name: str, day: str) -> None:
    plan = day_plan(name, day)
    begins_s = list(accumulate((step.estimate_s for step in plan.steps), initial=0.0))
    for exercise in plan.exercises:
        first = next(spec for spec in plan.sets if spec.exercise == exercise.id)
        from_s, to_s = begins_s[first.lead_in], begins_s[first.first_step]
        told = [row.text for row in rows_of(plan) if row.why == "amount" and from_s <= row.at_s < to_s]
        assert any(re.search(r"\d+ (reps|seconds|minutes?|sets)", text) for text in told), exercise.id


@MANNERS
def test_from_the_second_round_on_many_phases_are_told_by_sides_and_the_way_down(known: bool) -> None:
    plan = day_plan("lower-back", "monday", known)
    begins_s = list(accumulate((step.estimate_s for step in plan.steps), initial=0.0))
    rows = rows_of(plan)
    for spec in plan.sets:
        if spec.exercise != "bridge-leg-extension":
            continue
        for at in range(spec.first_step, spec.last_step + 1):
            if not plan.steps[at].rep_start or plan.steps[at].rep in (1, spec.reps):
                continue
            end = next(each for each in range(at + 1, spec.last_step + 1) if plan.steps[each].rep_start)
            told = [row for row in rows if begins_s[at] - 0.01 <= row.at_s < begins_s[end] - 0.01]
            words = [row.text for row in told if row.text]
            thin = [
                *("Hips up slowly.", "Left leg.", "Foot down."),
                *("Right leg.", "Foot down.", "Hips down slowly."),
            ]
            assert (words[1:] == thin) == ((spec.round or 1) > 1), words
            assert sum(row.tone is not None for row in told) == end - at, "each phase has its tone"
