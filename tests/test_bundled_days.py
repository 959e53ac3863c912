"""The days of the bundled routines: the article's week, and the way up to it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.good_practice import LOOSENING
from backtimer.core.plan.hints import hints_of_day
from backtimer.core.plan.plan import NothingToDoError, StepKind
from backtimer.core.plan.routine import WEEKDAYS, DayKind, Position
from backtimer.core.plan.units import Count, Duration, Reps, seconds
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.storage.files.paths import bundled_routines
from tests.bundled import (
    BUNDLED,
    STRENGTH,
    STRETCH_AT_LEAST_S,
    STRETCHES,
    TRAINING_DAYS,
    circuit,
    library,
    minutes,
    order,
    prescriptions,
    routine,
    sentences,
    stretched_s,
    words,
)
from tests.rules import for_each
from tests.test_content_words import HARD_WORDS, MOST_WORDS, SPEAKABLE

STRENGTH_FORMS = {*STRENGTH, "superman-legs-down", "bridge"}

ARTICLE_SOURCE = (
    "Gold City Medical Center, 2026",
    "Effective Lower Back Strengthening Exercises for Pain Relief",
)
SOURCES = {
    "mcgill-three": ("Stuart McGill", "Strength and Conditioning Journal 32 (3), 2010"),
    "morning": ("Exercises for back pain", "NHS inform"),
    "extension": ("Robin McKenzie", "Treat Your Own Back"),
    "desk": ("State Insurance Regulatory Authority, New South Wales",),
}
LOOSENED_FIRST = {("lower-back", "friday"), ("mcgill-three", "monday")}
"""The article's Friday has a stretch after each exercise; McGill has the cat-cow before his."""


# --- all routines -------------------------------------------------------------------------------------------


@for_each("name", BUNDLED)
def test_the_texts_of_a_routine_are_short_and_can_be_spoken(name: str) -> None:
    asked = routine(name)
    notes = [amount.note for day in asked.days.values() for amount in prescriptions(day) if amount.note]
    days = [text for day in asked.days.values() for text in (day.title, day.rest, day.activity) if text]
    assert notes
    for text in (asked.title, *days, *notes):
        assert SPEAKABLE.match(text), text
        assert all(len(words(sentence)) <= MOST_WORDS for sentence in sentences(text)), text
        assert not any(re.search(rf"\b{hard}\b", text, re.IGNORECASE) for hard in HARD_WORDS), text
    assert all(note.endswith(".") for note in notes)


@for_each("name", BUNDLED)
def test_a_routine_names_its_source_and_says_how_to_make_it_ones_own(name: str) -> None:
    assert all(words in routine(name).source for words in SOURCES.get(name, ARTICLE_SOURCE))
    text = (bundled_routines() / f"{name}.yaml").read_text(encoding="utf-8")
    header = text[: text.index("format:")]
    assert all(line.startswith("#") for line in header.splitlines())
    assert "copy" in header
    assert "two weeks" in header


@for_each("name", BUNDLED)
def test_a_routine_writes_nothing_in_vain_and_gives_each_way_its_time(name: str) -> None:
    for weekday in routine(name).days:
        assert hints_of_day(routine(name), weekday) == (), weekday


def test_the_bundled_routines_are_listed() -> None:
    assert set(BUNDLED) <= {entry.name for entry in library().names()}


@for_each("name", BUNDLED)
def test_every_day_compiles_or_is_rest(name: str) -> None:
    for weekday, day in routine(name).days.items():
        if day.kind is DayKind.REST:
            with pytest.raises(NothingToDoError):
                compile_day(routine(name), weekday)
        else:
            plan = compile_day(routine(name), weekday)
            assert plan.sets
            assert not plan.estimated


@for_each(("name", "day"), [pair for pair in TRAINING_DAYS if pair not in LOOSENED_FIRST])
def test_stretching_comes_after_strengthening(name: str, day: str) -> None:
    kinds = [exercise in STRETCHES for exercise in order(compile_day(routine(name), day))]
    assert kinds == sorted(kinds)


@for_each(("name", "day"), TRAINING_DAYS)
def test_every_stretch_of_a_day_is_held_long_enough(name: str, day: str) -> None:
    plan = compile_day(routine(name), day)
    for index, spec in enumerate(plan.sets):
        if spec.exercise in STRETCHES:
            assert stretched_s(plan, index) >= STRETCH_AT_LEAST_S
            one_long_set = spec.exercise == "cat-cow" and stretched_s(plan, index) >= 2 * STRETCH_AT_LEAST_S
            assert spec.sets in (2, 3) or one_long_set


@for_each(("name", "day"), TRAINING_DAYS)
def test_few_ways_between_positions(name: str, day: str) -> None:
    """In a circuit each round has its own; elsewhere, and at each new exercise, there is one at most."""
    plan = compile_day(routine(name), day)
    places = [plan.exercise(spec.exercise).position for spec in plan.sets if spec.exercise]
    ways = sum(before is not after for before, after in pairwise(places))
    most = {("lower-back", "monday"): 8, ("lower-back", "thursday"): 5}
    assert ways <= most.get((name, day), 4)


# --- the way up ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gentle-start", "between"])
def test_beginners_train_three_days_with_rest_between(name: str) -> None:
    days = routine(name).days
    training = [weekday for weekday in WEEKDAYS if days[weekday].kind is not DayKind.REST]
    assert training == ["monday", "wednesday", "friday"]


@pytest.mark.parametrize(
    ("day", "stretch"), [("monday", "childs-pose"), ("wednesday", "cat-cow"), ("friday", "childs-pose")]
)
def test_a_beginners_day_is_the_three_first_exercises_and_then_a_stretch(day: str, stretch: str) -> None:
    plan = compile_day(routine("gentle-start"), day)
    assert order(plan) == ["pelvic-tilt", "superman-legs-down", "bird-dog", stretch]
    assert 8 <= minutes("gentle-start", day) <= 12
    assert minutes("gentle-start", day, at_the_top=True) <= 19
    assert set(plan.equipment) == {"mat", "flat pillow", "folded towel"}


@pytest.mark.parametrize("day", ["monday", "wednesday", "friday"])
def test_a_beginners_amounts_begin_low_and_end_below_the_articles(day: str) -> None:
    doses = {
        "pelvic-tilt": ((6, 10), (3, 5)),
        "superman-legs-down": ((4, 8), (2, 2)),
        "bird-dog": ((4, 8), (3, 3)),
    }
    found = {amount.exercise: amount for amount in prescriptions(routine("gentle-start").days[day])}
    assert set(doses) < set(found)
    for name, (reps, hold) in doses.items():
        assert found[name].sets == Count(2, 2)
        assert found[name].reps == Reps((Count(*reps),))
        assert found[name].hold == Duration(*hold)
        assert found[name].note
        article = STRENGTH.get(name)
        assert article is None or (article.reps is not None and reps[1] < article.reps[0])


@pytest.mark.parametrize("day", ["monday", "wednesday", "friday"])
def test_a_beginners_legs_stay_down(day: str) -> None:
    """The exercise says so; the note need not."""
    assert "superman-legs-down" in order(compile_day(routine("gentle-start"), day))
    assert "Both legs stay down, and heavy." in routine("gentle-start").exercises["superman-legs-down"].steps


@pytest.mark.parametrize("day", ["monday", "wednesday", "friday"])
def test_the_step_between_is_straight_sets_that_lead_on(day: str) -> None:
    found = {amount.exercise: amount for amount in prescriptions(routine("between").days[day])}
    assert list(found) == ["bridge", "superman", "bird-dog", "childs-pose"]
    assert {amount.sets for amount in found.values()} == {Count(2, 2)}
    week = {
        amount.exercise: amount
        for weekday in ("monday", "friday")
        for amount in prescriptions(routine("lower-back").days[weekday])
    }
    for name, least in (("bird-dog", 8), ("superman", 6), ("bridge", 8)):
        reps, next_reps = found[name].reps, week[name].reps
        assert reps is not None
        assert next_reps is not None
        assert reps.counts[0].low == least
        assert reps.counts[0].high >= next_reps.counts[0].low, "no jump from one routine to the next"
    assert 12 <= minutes("between", day) <= 17


def test_each_stage_goes_on_from_the_one_before() -> None:
    """The first amount of the next stage is no more than a half above the last of the one before."""
    before = {each.exercise: each for each in prescriptions(routine("gentle-start").days["monday"])}
    after = {each.exercise: each for each in prescriptions(routine("between").days["monday"])}
    for earlier, later in (("bird-dog", "bird-dog"), ("superman-legs-down", "superman")):
        top, start = before[earlier].reps, after[later].reps
        assert top is not None
        assert start is not None
        assert start.counts[0].low <= top.counts[0].high


@pytest.mark.parametrize(("name", "following"), [("gentle-start", "between"), ("between", "lower-back")])
def test_a_stage_says_how_one_goes_on(name: str, following: str) -> None:
    assert f"backtimer use {following}" in routine(name).days["sunday"].rest
    text = (bundled_routines() / f"{name}.yaml").read_text(encoding="utf-8")
    assert f"`backtimer use {following}`" in text[: text.index("format:")]


# --- beside the way up --------------------------------------------------------------------------------------


def test_mcgills_three_are_short_holds_three_days_a_week_after_the_cat_cow() -> None:
    days = routine("mcgill-three").days
    training = [weekday for weekday in WEEKDAYS if days[weekday].kind is not DayKind.REST]
    assert training == ["monday", "wednesday", "friday"]
    assert {days[weekday].items for weekday in training} == {days["monday"].items}
    found = {amount.exercise: amount for amount in prescriptions(days["monday"])}
    assert list(found) == ["cat-cow", "bird-dog", "side-plank-knees", "curl-up"]
    assert found["cat-cow"].hold is None
    assert {amount.hold for name, amount in found.items() if name != "cat-cow"} == {Duration(5, 8)}
    assert 11 <= minutes("mcgill-three", "monday") <= 15


def test_the_morning_is_four_ways_to_loosen_in_eight_minutes_without_deep_bending() -> None:
    days = routine("morning").days
    assert len({day.items for day in days.values()}) == 1
    plan = compile_day(routine("morning"), "monday")
    assert order(plan) == ["knee-rolls", "pelvic-rock", "standing-back-bend", "sit-tall"]
    assert set(order(plan)) <= LOOSENING
    assert minutes("morning", "monday") <= 8
    known = with_time_to_tell(plan, None)
    assert 6 * 60 <= known.total_s <= 8.5 * 60, "once it is known"


def test_the_extension_series_goes_up_step_by_step_and_says_when_to_stop() -> None:
    plan = compile_day(routine("extension"), "monday")
    assert order(plan) == ["prone-lying", "prone-on-elbows", "press-up", "standing-back-bend"]
    assert 5 <= minutes("extension", "monday") <= minutes("extension", "monday", at_the_top=True) <= 13
    assert all(any("down your leg" in text for text in each.watch) for each in plan.exercises)


def test_at_the_desk_nobody_gets_up_or_down_and_it_is_short() -> None:
    days = routine("desk").days
    assert [weekday for weekday in WEEKDAYS if days[weekday].kind is DayKind.REST] == ["saturday", "sunday"]
    plan = compile_day(routine("desk"), "monday")
    assert {each.position for each in plan.exercises} == {Position.SEATED}
    assert set(plan.equipment) == {"chair"}
    assert minutes("desk", "monday") <= 6.5


# --- the week -----------------------------------------------------------------------------------------------


def test_monday_and_thursday_are_the_articles_circuits() -> None:
    days = routine("lower-back").days
    expected = {
        "monday": {"bird-dog": (10, 12), "superman": (8, 12), "bridge-leg-extension": (10, 12)},
        "thursday": {"pelvic-tilt": (12, 15), "seated-row": (12, 15)},
    }
    for name, exercises in expected.items():
        round_trip = circuit(days[name])
        assert round_trip.rounds == Count(3, 3)
        assert [amount.exercise for amount in round_trip.exercises] == list(exercises)
        for amount in round_trip.exercises:
            assert amount.reps == Reps((Count(*exercises[amount.exercise]),))
        assert not days[name].optional


@pytest.mark.parametrize(
    ("day", "reps"),
    [
        ("monday", {"bird-dog": 10, "superman": 8, "bridge-leg-extension": 10}),
        ("thursday", {"pelvic-tilt": 12, "seated-row": 12}),
    ],
)
def test_a_circuit_asks_for_three_sets_of_each(day: str, reps: dict[str, int]) -> None:
    plan = compile_day(routine("lower-back"), day)
    assert order(plan) == list(reps)
    for exercise, count in reps.items():
        specs = [spec for spec in plan.sets if spec.exercise == exercise]
        assert [spec.round for spec in specs] == [1, 2, 3]
        assert {spec.reps for spec in specs} == {count}


def test_monday_keeps_the_own_holds_and_takes_about_half_an_hour() -> None:
    plan = compile_day(routine("lower-back"), "monday")
    holds = {step.exercise: step.seconds for step in plan.steps if step.phase == "hold"}
    assert holds == {"bird-dog": 3, "superman": 2, "bridge-leg-extension": 3}
    assert 28 <= minutes("lower-back", "monday") <= 33


def test_thursday_says_what_to_do_without_a_band_and_asks_nobody_who_lies_to_fix_it() -> None:
    tilt, row = circuit(routine("lower-back").days["thursday"]).exercises
    told = routine("lower-back").exercises["seated-row"]
    assert told.gear[0] == "No band? Take the towel, rest, and join at the mat."
    assert "No band? Hold the towel tight by both ends, all the time." in told.steps
    assert "Take your towel" in " ".join(told.setup)
    assert "band" not in tilt.note + row.note


@for_each(
    ("day", "needs"),
    [
        ("monday", {"mat", "folded towel", "flat pillow"}),
        ("tuesday", {"mat", "folded towel", "flat pillow", "chair"}),
        ("thursday", {"mat", "folded towel", "resistance band"}),
        ("friday", {"mat", "folded towel", "flat pillow"}),
    ],
)
def test_a_day_names_all_that_it_needs(day: str, needs: set[str]) -> None:
    assert set(compile_day(routine("lower-back"), day).equipment) == needs


def test_tuesday_is_the_five_stretches_for_mobility_in_15_to_20_minutes() -> None:
    assert "mobility" in routine("lower-back").days["tuesday"].title
    assert order(compile_day(routine("lower-back"), "tuesday")) == list(STRETCHES)
    for amount in prescriptions(routine("lower-back").days["tuesday"]):
        assert amount.sets == Count(3, 3)
        assert amount.hold == (None if amount.exercise == "cat-cow" else Duration(20, 30))
    assert 15 <= minutes("lower-back", "tuesday") <= 20
    assert minutes("lower-back", "tuesday", at_the_top=True) <= 22


def test_friday_is_exercises_and_stretches_in_turn_for_20_minutes() -> None:
    plan = compile_day(routine("lower-back"), "friday")
    expected = ["bird-dog", "cat-cow", "bridge", "knees-to-chest", "superman", "childs-pose"]
    assert order(plan) == expected
    assert [exercise in STRENGTH_FORMS for exercise in expected] == [True, False] * 3
    assert 19 <= minutes("lower-back", "friday") <= 21
    assert minutes("lower-back", "friday", at_the_top=True) <= 25


def test_friday_asks_for_nothing_of_thursdays() -> None:
    days = routine("lower-back").days
    thursday = {amount.exercise for amount in prescriptions(days["thursday"])}
    assert not thursday & {amount.exercise for amount in prescriptions(days["friday"])}


def test_the_other_days_are_rest_and_light_activity() -> None:
    days = routine("lower-back").days
    assert tuple(days) == WEEKDAYS
    assert [name for name in WEEKDAYS if days[name].kind is DayKind.REST] == ["wednesday", "sunday"]
    assert days["wednesday"].rest == "Rest, or a light walk"
    saturday = days["saturday"]
    assert saturday.kind is DayKind.ACTIVITY
    assert saturday.activity == "Yoga or light swimming"
    assert saturday.duration == seconds(30 * 60)
    assert saturday.optional


def test_the_hips_rest_in_mondays_bridge() -> None:
    """No two pairs of legs in one go: between two lifts of the hips they are lowered."""
    plan = compile_day(routine("lower-back"), "monday")
    moves = [
        step.phase
        for step in plan.steps
        if step.kind is StepKind.PHASE
        and step.exercise == "bridge-leg-extension"
        and step.phase in ("lift", "lower")
    ]
    assert moves == ["lift", "lower"] * 30
