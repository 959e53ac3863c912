"""What the exercises are, held against the facts they come from, and how one leads to another."""

from __future__ import annotations

import re

from backtimer.core.plan.units import Count, Duration, Reps
from backtimer.storage.files.paths import bundled_routines
from tests.bundled import (
    ARTICLE,
    CATALOGUE,
    GOES_ON,
    HELD,
    STRENGTH,
    STRETCH_AT_LEAST_S,
    STRETCHES,
    alone,
    catalogue,
    own,
    stretched_s,
)
from tests.rules import Rules, for_each

RULES = Rules()

BACK_MUSCLES = {"erector spinae", "multifidus", "quadratus lumborum", "transversus abdominis"}
OTHER_MUSCLES = {
    *("abdominals", "calves", "glutes", "hamstrings", "latissimus dorsi", "pelvic floor", "piriformis"),
    *("inner thighs", "hip flexors", "neck muscles", "quadriceps", "shoulder blade muscles"),
    *("shoulder muscles", "chest muscles", "diaphragm", "heart and lungs", "nerves of the arm"),
}


# --- the facts ----------------------------------------------------------------------------------------------


def test_the_catalogue_has_the_articles_ten() -> None:
    assert set(ARTICLE) <= set(CATALOGUE)


@RULES.of_each
def a_file_is_named_after_its_exercise(name: str) -> None:
    assert catalogue()[name].id == name
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)


@RULES.among(ARTICLE)
def the_amounts_are_the_articles(name: str) -> None:
    facts, exercise = ARTICLE[name], catalogue()[name]
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


@RULES.among(sorted({*STRETCHES, *HELD}))
def every_set_of_a_stretch_is_one_for_at_least_twenty_seconds(name: str) -> None:
    plan = alone(name)
    assert plan.sets
    for index in range(len(plan.sets)):
        assert stretched_s(plan, index) >= STRETCH_AT_LEAST_S, plan.sets[index]


@RULES.of_each
def an_exercise_is_complete(name: str) -> None:
    exercise = catalogue()[name]
    assert exercise.name
    assert exercise.targets
    assert set(exercise.targets) <= BACK_MUSCLES | OTHER_MUSCLES
    assert exercise.equipment
    assert bool(exercise.phases) == (name not in GOES_ON)
    assert exercise.setup
    assert len(exercise.steps) >= 3
    assert len(exercise.breath) >= 2
    assert len(exercise.watch) >= 3
    assert exercise.out
    assert exercise.make_easier
    assert own(exercise).sets is not None
    amount = own(exercise)
    assert (amount.duration is not None) == (name in GOES_ON)
    assert name in GOES_ON or amount.reps is not None or amount.hold is not None


@RULES.among(STRENGTH)
def strengthening_names_a_muscle_of_the_back_and_tightens_the_belly(name: str) -> None:
    exercise = catalogue()[name]
    assert set(exercise.targets) & BACK_MUSCLES
    assert any("tighten your lower belly" in step for step in exercise.steps)


def test_the_deep_muscles_are_told_by_what_one_knows_and_without_holding_the_breath() -> None:
    for name in ("bird-dog", "pelvic-tilt"):
        exercise = catalogue()[name]
        assert "Gently tighten your lower belly, as if you zip up trousers." in exercise.steps
        assert any("breathe on" in step.lower() for step in exercise.steps)


def test_the_back_keeps_its_own_shape() -> None:
    bird_dog, tilt = catalogue()["bird-dog"], catalogue()["pelvic-tilt"]
    assert "Keep your back as it is when you stand." in bird_dog.setup
    assert bird_dog.watch[0] == "Your lower back does not sink."
    assert any("lies as before" in step for step in tilt.steps)


# --- easier and harder --------------------------------------------------------------------------------------

ELSEWHERE = {
    "cat-cow": "the same movement lying down: no weight on wrists and knees, and no chair needed",
    "quadruped-leg-reach": "the same leg slides out lying down, where nothing can wobble",
    "childs-pose": "it begins and ends with a knee's turn, on the same mat",
    "piriformis-stretch": "lying, the leg needs no hand; in the week one comes to it from the floor",
    "prone-arm-lift": "whose shoulder or back it hurts should not lie face down",
    "prone-row": "whose shoulder or back it hurts should not lie face down",
    "standing-back-bend": "lying, the forearms carry, and nobody can fall",
    "cat-stretch": "the same movement lying down: no weight on wrists and knees",
    "belly-draw-in-standing": "lying, nothing else has to work",
    "shoulder-blade-squeeze": "who cannot sit on the floor sits on a chair",
    "prone-leg-lift": "the same leg goes back, and nobody has to lie face down",
    "squat": "the same movement with a seat to rest on in every rep",
    "push-up": "leaning on a wall, the arms carry less",
}
"""Those whose easier form is in another position, and why. It comes in the next session only."""

ENDS = {
    *("belly-breathing", "sit-tall", "bottom-to-heels", "half-forward-bend"),
    *("prone-lying", "chin-tuck", "neck-rotation", "side-bend", "side-glide", "seat-side-straddle"),
    *("pendulum", "outward-rotation", "push-up-wall", "nerve-slider", "walk"),
    *("clamshell", "hamstring-stretch", "heel-raise", "hip-flexor-stretch", "plank-knees", "sit-to-stand"),
}
"""Nothing in the catalogue is easier: `make_easier` says what to do."""


ONE_WAY = {
    "belly-draw-in": "whoever goes down from there slides the foot: the same leg, and no weight",
    "prone-row": "whoever goes down from there keeps to one arm at a time",
    "seated-cat-cow": "whoever goes down from there should need no chair",
    "prone-leg-lift": "whoever goes down from the superman leaves the legs alone, too",
}
"""Those whose harder form has another one below it, and why."""


@RULES.of_each
def every_exercise_has_an_easier_form_that_fits(name: str) -> None:
    exercise = catalogue()[name]
    if name in ENDS:
        assert not exercise.easier
        return
    easier = catalogue()[exercise.easier]
    assert (easier.position is exercise.position) == (name not in ELSEWHERE), easier.position


@RULES.of_each
def harder_leads_on_and_never_in_a_circle(name: str) -> None:
    exercise = catalogue()[name]
    assert exercise.easier != exercise.harder or not exercise.easier
    for follow in ("easier", "harder"):
        seen = [name]
        while following := getattr(catalogue()[seen[-1]], follow):
            assert following not in seen, f"{follow} runs in a circle: {seen}"
            seen.append(following)
    if exercise.harder:
        leads_back = catalogue()[exercise.harder].easier == name
        assert leads_back != (name in ONE_WAY), "whoever goes up can go down again"


def test_the_band_has_a_substitute_that_is_no_harder() -> None:
    row = catalogue()["seated-row"]
    other = catalogue()[row.instead]
    assert row.instead == "shoulder-blade-squeeze"
    assert other.position is row.position
    assert set(other.equipment) <= set(row.equipment) - {"resistance band"}


def test_the_files_are_plain_text() -> None:
    files = sorted(bundled_routines().rglob("*.yaml"))
    assert len(files) >= len(CATALOGUE) + 3
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert text.isascii(), file.name
        assert text.endswith("\n"), file.name
        assert "\t" not in text, file.name
        assert all(len(line) <= 120 for line in text.splitlines()), file.name


@for_each("name", CATALOGUE)
def test_an_exercise_keeps_to_every_rule(name: str) -> None:
    RULES.ask(name)
