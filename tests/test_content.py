"""What the bundled routines and the catalogue say, held against the facts that they were written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import NothingToDoError, Plan, StepKind
from backtimer.core.plan.routine import (
    WEEKDAYS,
    Breath,
    Circuit,
    Day,
    DayKind,
    Exercise,
    Position,
    Prescription,
    Routine,
    Sides,
)
from backtimer.core.plan.units import Count, Duration, Reps, seconds
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths, bundled_routines
from tests.core.telling import say

BUNDLED = ("lower-back", "gentle-start")
CATALOGUE = sorted(file.stem for file in (bundled_routines() / "exercises").glob("*.yaml"))
TRAINING_DAYS = [
    ("lower-back", "monday"),
    ("lower-back", "tuesday"),
    ("lower-back", "thursday"),
    ("lower-back", "friday"),
    ("gentle-start", "monday"),
    ("gentle-start", "wednesday"),
    ("gentle-start", "friday"),
]
BAND = "resistance band"

BACK_MUSCLES = {"erector spinae", "multifidus", "quadratus lumborum", "transversus abdominis"}
OTHER_MUSCLES = {
    "abdominals",
    "calves",
    "glutes",
    "hamstrings",
    "latissimus dorsi",
    "pelvic floor",
    "piriformis",
    "shoulder blade muscles",
}


@dataclass(frozen=True)
class Facts:
    """One line of the article's tables; a range as its two ends."""

    position: Position
    sides: Sides
    sets: tuple[int, int]
    reps: tuple[int, int] | None = None
    hold: tuple[float, float] | None = None


STRENGTH = {
    "bird-dog": Facts(Position.QUADRUPED, Sides.ALTERNATE, (2, 3), (10, 12), (3, 5)),
    "superman": Facts(Position.PRONE, Sides.NONE, (3, 3), (8, 10), (2, 3)),
    "pelvic-tilt": Facts(Position.SUPINE, Sides.NONE, (2, 3), (12, 15), (5, 5)),
    "bridge-leg-extension": Facts(Position.SUPINE, Sides.ALTERNATE, (2, 2), (8, 10), (3, 3)),
    "seated-row": Facts(Position.SEATED, Sides.NONE, (3, 3), (12, 12), None),
}
STRETCHES = {
    "knees-to-chest": Facts(Position.SUPINE, Sides.EACH, (2, 3), hold=(20, 30)),
    "cat-cow": Facts(Position.QUADRUPED, Sides.NONE, (2, 3)),
    "childs-pose": Facts(Position.KNEELING, Sides.NONE, (2, 3)),
    "piriformis-stretch": Facts(Position.SEATED, Sides.EACH, (2, 3)),
    "standing-forward-bend": Facts(Position.STANDING, Sides.NONE, (2, 3)),
}
STRETCH_AT_LEAST_S = 20.0
ARTICLE = {**STRENGTH, **STRETCHES}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library of somebody who has no files of their own."""
    home = tmp_path_factory.mktemp("home")
    return Library(Paths(config=home, data=home, cache=home / "cache"))


@pytest.fixture(scope="module")
def catalogue(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Routine:
    """A routine whose Monday is the whole catalogue, each exercise as it stands there."""
    file = tmp_path_factory.mktemp("all") / "all.yaml"
    names = "".join(f"      - {name}\n" for name in CATALOGUE)
    file.write_text(
        f"format: 1\ntitle: All\ndays:\n  monday:\n    exercises:\n{names}",
        encoding="utf-8",
    )
    return library.load(str(file))


def own(exercise: Exercise) -> Prescription:
    assert exercise.prescription is not None, f"{exercise.id} has no prescription"
    return exercise.prescription


def prescriptions(day: Day) -> Iterator[Prescription]:
    for item in day.items:
        if isinstance(item, Circuit):
            yield from item.exercises
        else:
            yield item


def circuit(day: Day) -> Circuit:
    (item,) = day.items
    assert isinstance(item, Circuit)
    return item


def order(plan: Plan) -> list[str]:
    """The exercises of a plan in the order in which they begin, repeats left out."""
    return list(dict.fromkeys(spec.exercise for spec in plan.sets if spec.exercise))


def work_s(plan: Plan, set_index: int) -> float:
    """Seconds of work in one set."""
    spec = plan.sets[set_index]
    work = plan.steps[spec.first_step : spec.last_step + 1]
    return sum(step.estimate_s for step in work if step.kind is StepKind.PHASE)


def is_stretch(exercise: Exercise) -> bool:
    """Whether every phase of it is a stretch: a slow hold, or a slow movement with the breath."""
    return exercise.id in STRETCHES or all(phase.breathe is Breath.SLOW for phase in exercise.phases)


def minutes(plan: Plan) -> float:
    return plan.total_s / 60


# --- the catalogue ------------------------------------------------------------------------------------------


def test_the_catalogue_has_the_articles_ten_and_a_row_without_a_band(catalogue: Routine) -> None:
    assert set(ARTICLE) <= set(CATALOGUE)
    row = catalogue.exercises["seated-row"]
    bandless = catalogue.exercises[row.easier]
    assert BAND in row.equipment
    assert set(bandless.equipment) <= {"mat", "towel"}
    assert own(bandless).sets == own(row).sets
    assert own(bandless).reps == own(row).reps


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_file_is_named_after_its_exercise(catalogue: Routine, name: str) -> None:
    exercise = catalogue.exercises[name]
    assert exercise.id == name
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)


@pytest.mark.parametrize("name", ARTICLE)
def test_the_amounts_are_the_articles(catalogue: Routine, name: str) -> None:
    facts, exercise = ARTICLE[name], catalogue.exercises[name]
    amount = own(exercise)
    assert exercise.position is facts.position
    assert exercise.sides is facts.sides
    assert amount.sets == Count(*facts.sets)
    if name in STRENGTH:
        assert facts.reps is not None
        assert amount.reps == Reps((Count(*facts.reps),))
        assert amount.hold == (Duration(*facts.hold) if facts.hold else None)
    elif facts.hold:
        assert amount.reps is None
        assert amount.hold == Duration(*facts.hold)


def test_every_set_of_a_stretch_takes_at_least_twenty_seconds(catalogue: Routine) -> None:
    plan = compile_day(catalogue, "monday")
    stretches = [i for i, spec in enumerate(plan.sets) if spec.exercise in STRETCHES]
    assert {plan.sets[i].exercise for i in stretches} == set(STRETCHES)
    for i in stretches:
        assert work_s(plan, i) >= STRETCH_AT_LEAST_S, plan.sets[i]


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_exercise_is_complete(catalogue: Routine, name: str) -> None:
    exercise = catalogue.exercises[name]
    assert exercise.name
    assert exercise.targets
    assert set(exercise.targets) <= BACK_MUSCLES | OTHER_MUSCLES
    assert exercise.phases
    assert exercise.setup
    assert len(exercise.steps) >= 3
    assert len(exercise.watch) >= 3
    assert own(exercise).sets is not None
    assert own(exercise).reps is not None or own(exercise).hold is not None


@pytest.mark.parametrize("name", STRENGTH)
def test_strengthening_names_a_muscle_of_the_back(catalogue: Routine, name: str) -> None:
    assert set(catalogue.exercises[name].targets) & BACK_MUSCLES


@pytest.mark.parametrize("name", CATALOGUE)
def test_easier_and_harder_forms_exist_and_lead_back(catalogue: Routine, name: str) -> None:
    exercise = catalogue.exercises[name]
    assert exercise.easier or exercise.harder
    for other in filter(None, (exercise.easier, exercise.harder)):
        assert other in catalogue.exercises, f"{name} names {other}, which is not in the catalogue"
    assert exercise.easier != exercise.harder
    seen = [name]
    while easier := catalogue.exercises[seen[-1]].easier:
        assert easier not in seen, f"easier forms run in a circle: {seen}"
        seen.append(easier)
    seen = [name]
    while harder := catalogue.exercises[seen[-1]].harder:
        assert harder not in seen, f"harder forms run in a circle: {seen}"
        seen.append(harder)


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_breath_goes_out_on_the_effort_and_in_on_the_return(catalogue: Routine, name: str) -> None:
    exercise = catalogue.exercises[name]
    breaths = [phase.breathe for phase in exercise.phases if phase.name != "hold"]
    if name in ("cat-cow", "seated-cat-cow"):
        assert breaths == [Breath.IN, Breath.OUT]
    elif is_stretch(exercise):
        assert [phase.name for phase in exercise.phases] == ["hold"]
    else:
        assert breaths == [Breath.OUT, Breath.IN]
    for phase in exercise.phases:
        if phase.name == "hold":
            assert phase.breathe in (None, Breath.FREE, Breath.SLOW), "nobody is told to hold the breath"


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_tempo_is_controlled(catalogue: Routine, name: str) -> None:
    exercise = catalogue.exercises[name]
    for phase in exercise.phases:
        if phase.name == "hold":
            continue
        assert phase.duration is not None
        least, most = (4, 6) if is_stretch(exercise) or name == "seated-cat-cow" else (2, 3)
        assert least <= phase.duration.low <= phase.duration.high <= most


def test_alternating_sides_flow(catalogue: Routine) -> None:
    plan = compile_day(catalogue, "monday")
    for name in ("bird-dog", "bridge-leg-extension"):
        switches = [
            step
            for step in plan.steps
            if step.exercise == name and step.kind is StepKind.SWITCH and step.seconds
        ]
        assert switches
        assert all(step.seconds is not None and step.seconds <= 2 for step in switches)


# --- the texts ----------------------------------------------------------------------------------------------

SPEAKABLE = re.compile(r"[A-Za-z][A-Za-z ,.?'-]*\Z")
LONGEST_SENTENCE = 120
LONGEST_SETUP = 140


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?])\s+", text)


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_texts_of_an_exercise_can_be_spoken(catalogue: Routine, name: str) -> None:
    exercise = catalogue.exercises[name]
    assert SPEAKABLE.match(exercise.name)
    for phase in exercise.phases:
        assert SPEAKABLE.match(phase.name)
        assert not phase.say or SPEAKABLE.match(phase.say)
    for text in (*exercise.setup, *exercise.steps, *exercise.watch):
        assert SPEAKABLE.match(text), text
        assert text.endswith("."), text
        for sentence in sentences(text):
            assert len(sentence) <= LONGEST_SENTENCE, sentence
            assert sentence[0].isupper(), sentence
    assert len(" ".join(exercise.setup)) <= LONGEST_SETUP, "the setup is spoken while the position changes"


@pytest.mark.parametrize("name", BUNDLED)
def test_the_texts_of_a_routine_can_be_spoken(library: Library, name: str) -> None:
    routine = library.load(name)
    assert SPEAKABLE.match(routine.title)
    for day in routine.days.values():
        for text in (day.title, day.rest, day.activity):
            assert not text or SPEAKABLE.match(text), text
        for note in filter(None, (amount.note for amount in prescriptions(day))):
            assert SPEAKABLE.match(note), note
            assert note.endswith((".", "?")), note
            assert all(len(sentence) <= LONGEST_SENTENCE for sentence in sentences(note)), note


def test_the_four_principles_are_told(catalogue: Routine) -> None:
    for name in ("bird-dog", "superman", "pelvic-tilt", "bridge-leg-extension", "seated-row"):
        exercise = catalogue.exercises[name]
        words = " ".join((*exercise.setup, *exercise.steps, *exercise.watch)).lower()
        assert "belly" in words, f"{name} does not say to engage the core"
        assert "breathe out" in words, name
        assert "breathe in" in words, name
        if own(exercise).hold:
            assert "keep breathing" in words, name
    assert "natural curve" in catalogue.exercises["bird-dog"].setup[0]
    assert any("natural curve" in step for step in catalogue.exercises["pelvic-tilt"].steps)


@pytest.mark.parametrize(("name", "day"), TRAINING_DAYS)
def test_there_is_time_to_say_how_each_exercise_begins(library: Library, name: str, day: str) -> None:
    plan = compile_day(library.load(name), day)
    for exercise in plan.exercises:
        first = next(spec for spec in plan.sets if spec.exercise == exercise.id)
        spoken = say(plan, first.lead_in)
        assert all(text.rstrip(".") in spoken for text in exercise.setup)
        assert first.note.rstrip(".") in spoken


@pytest.mark.parametrize("name", BUNDLED)
def test_a_routine_names_its_source_and_says_how_to_make_it_ones_own(library: Library, name: str) -> None:
    source = library.load(name).source
    assert "Gold City Medical Center, 2026" in source
    assert "Effective Lower Back Strengthening Exercises for Pain Relief" in source
    text = (bundled_routines() / f"{name}.yaml").read_text(encoding="utf-8")
    header = text[: text.index("format:")]
    assert all(line.startswith("#") for line in header.splitlines())
    assert "copy" in header
    assert "two weeks" in header


# --- the week -----------------------------------------------------------------------------------------------


def test_monday_and_thursday_are_the_articles_circuits(library: Library) -> None:
    days = library.load("lower-back").days
    expected = {
        "monday": (["bird-dog", "superman", "bridge-leg-extension"], Count(10, 12)),
        "thursday": (["pelvic-tilt", "seated-row"], Count(12, 15)),
    }
    for name, (exercises, reps) in expected.items():
        round_trip = circuit(days[name])
        assert round_trip.rounds == Count(3, 3)
        assert [amount.exercise for amount in round_trip.exercises] == exercises
        assert all(amount.reps == Reps((reps,)) for amount in round_trip.exercises)
        assert not days[name].optional


@pytest.mark.parametrize(("day", "reps"), [("monday", 10), ("thursday", 12)])
def test_a_circuit_asks_for_three_sets_of_each(library: Library, day: str, reps: int) -> None:
    plan = compile_day(library.load("lower-back"), day)
    for exercise in order(plan):
        specs = [spec for spec in plan.sets if spec.exercise == exercise]
        assert [spec.round for spec in specs] == [1, 2, 3]
        assert {spec.reps for spec in specs} == {reps}


def test_monday_keeps_the_own_holds(library: Library) -> None:
    plan = compile_day(library.load("lower-back"), "monday")
    holds = {step.exercise: step.seconds for step in plan.steps if step.phase == "hold"}
    assert holds == {"bird-dog": 3, "superman": 2, "bridge-leg-extension": 3}


def test_thursday_says_what_to_do_without_a_band(library: Library) -> None:
    routine = library.load("lower-back")
    row = circuit(routine.days["thursday"]).exercises[1]
    assert "band" in row.note
    assert routine.exercises["seated-row"].easier == "prone-row"


def test_tuesday_is_the_five_stretches_in_15_to_20_minutes(library: Library) -> None:
    plan = compile_day(library.load("lower-back"), "tuesday")
    assert order(plan) == list(STRETCHES)
    assert 15 <= minutes(plan) <= 20


def test_friday_is_exercises_and_stretches_in_turn_for_20_minutes(library: Library) -> None:
    plan = compile_day(library.load("lower-back"), "friday")
    assert 19 <= minutes(plan) <= 21
    kinds = [exercise in STRETCHES for exercise in order(plan)]
    assert len(kinds) >= 6
    assert kinds == [False, True] * (len(kinds) // 2)


def test_the_other_days_are_rest_and_light_activity(library: Library) -> None:
    days = library.load("lower-back").days
    assert tuple(days) == WEEKDAYS
    assert [name for name in WEEKDAYS if days[name].kind is DayKind.REST] == ["wednesday", "sunday"]
    assert days["wednesday"].rest == "Rest, or a light walk"
    saturday = days["saturday"]
    assert saturday.kind is DayKind.ACTIVITY
    assert saturday.activity == "Yoga or light swimming"
    assert saturday.duration == seconds(30 * 60)
    assert saturday.optional


# --- the beginners' days ------------------------------------------------------------------------------------


def test_beginners_train_three_days_with_rest_between(library: Library) -> None:
    days = library.load("gentle-start").days
    training = [name for name in WEEKDAYS if days[name].kind is not DayKind.REST]
    assert training == ["monday", "wednesday", "friday"]


@pytest.mark.parametrize("day", ["monday", "wednesday", "friday"])
def test_a_beginners_day_is_the_three_first_exercises_and_then_stretching(library: Library, day: str) -> None:
    plan = compile_day(library.load("gentle-start"), day)
    exercises = order(plan)
    assert {name for name in exercises if name in STRENGTH} == {"bird-dog", "pelvic-tilt", "superman"}
    assert 1 <= len([name for name in exercises if name in STRETCHES]) <= 2
    assert 8 <= minutes(plan) <= 12
    assert plan.equipment == ("mat",)


@pytest.mark.parametrize("day", ["monday", "wednesday", "friday"])
def test_a_beginners_amounts_stay_below_the_articles(library: Library, day: str) -> None:
    for amount in prescriptions(library.load("gentle-start").days[day]):
        if amount.exercise not in STRENGTH:
            continue
        facts = STRENGTH[amount.exercise]
        assert facts.reps is not None
        assert facts.hold is not None
        assert amount.sets is not None
        assert amount.sets.high <= facts.sets[1]
        assert amount.reps is not None
        assert amount.reps.counts[0].high < facts.reps[0]
        assert amount.hold is not None
        assert amount.hold.low <= facts.hold[0]
        assert amount.hold.high <= facts.hold[1]


# --- all days -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BUNDLED)
def test_every_day_compiles_or_is_rest(library: Library, name: str) -> None:
    routine = library.load(name)
    for weekday, day in routine.days.items():
        if day.kind is DayKind.REST:
            with pytest.raises(NothingToDoError):
                compile_day(routine, weekday)
        else:
            plan = compile_day(routine, weekday)
            assert plan.sets
            assert not plan.estimated


@pytest.mark.parametrize(
    ("name", "day"), [pair for pair in TRAINING_DAYS if pair != ("lower-back", "friday")]
)
def test_stretching_comes_after_strengthening(library: Library, name: str, day: str) -> None:
    kinds = [exercise in STRETCHES for exercise in order(compile_day(library.load(name), day))]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize(("name", "day"), TRAINING_DAYS)
def test_every_stretch_of_a_day_is_held_long_enough(library: Library, name: str, day: str) -> None:
    plan = compile_day(library.load(name), day)
    for i, spec in enumerate(plan.sets):
        if spec.exercise in STRETCHES:
            assert work_s(plan, i) >= STRETCH_AT_LEAST_S
            assert 2 <= spec.sets <= 3


def test_the_bundled_routines_are_listed(library: Library) -> None:
    assert set(BUNDLED) <= {entry.name for entry in library.names()}


def test_the_files_are_plain_text() -> None:
    for file in sorted(Path(bundled_routines()).rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        assert text.isascii(), file.name
        assert text.endswith("\n"), file.name
        assert "\t" not in text, file.name
