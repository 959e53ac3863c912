"""What the exercises say, held against the facts they come from, and against who hears them lying down."""

from __future__ import annotations

import re

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.routine import (
    HOLD,
    WEEKDAYS,
    Breath,
    Day,
    DayKind,
    Exercise,
    PhaseSide,
    Position,
    Prescription,
    Routine,
    Side,
    Sides,
)
from backtimer.core.plan.units import Count, Duration, Reps
from backtimer.core.speech.pieces import speech_s
from backtimer.storage.files.paths import bundled_routines
from tests.bundled import (
    ARTICLE,
    CATALOGUE,
    STRENGTH,
    STRETCH_AT_LEAST_S,
    STRETCHES,
    catalogue,
    own,
    sentences,
    stretched_s,
    texts,
    words,
)
from tests.rules import Rules, for_each

RULES = Rules()

SIDED = [name for name in CATALOGUE if catalogue()[name].sides is not Sides.NONE]
GOES_ON = {"pendulum", "walk", "run"}
"""One movement that goes on for a time: nobody counts it, and its breath is not told."""

HELD = [name for name in CATALOGUE if own(catalogue()[name]).reps is None and name not in GOES_ON]
"""Stretches: a set is one hold, with a way in and a way out."""

BOTH_IN_A_REP = [name for name in CATALOGUE if any(phase.side for phase in catalogue()[name].phases)]

BACK_MUSCLES = {"erector spinae", "multifidus", "quadratus lumborum", "transversus abdominis"}
OTHER_MUSCLES = {
    *("abdominals", "calves", "glutes", "hamstrings", "latissimus dorsi", "pelvic floor", "piriformis"),
    *("inner thighs", "hip flexors", "neck muscles", "quadriceps", "shoulder blade muscles"),
    *("shoulder muscles", "chest muscles", "diaphragm", "heart and lungs", "nerves of the arm"),
}


BENDS_FAR = (
    *("both-knees-to-chest", "knees-to-chest", "childs-pose", "standing-forward-bend"),
    *("cat-cow", "seated-cat-cow", "cat-stretch", "knee-hugs", "seat-side-straddle", "partial-sit-up"),
    "sun-salutation",
)


LOWERED_FIRST = {"squat", "wall-sit", "split-squat", "lunge", "push-up-wall"}
"""They begin with the way down; the effort is to come up again."""

OWN_BREATHS = {
    "childs-pose": [Breath.FREE, Breath.OUT, Breath.FREE, Breath.FREE],
    "hamstring-pnf": [Breath.OUT, Breath.SLOW, Breath.OUT, Breath.SLOW, Breath.FREE],
    "bird-dog-box": [Breath.OUT, *[Breath.FREE] * 4, Breath.IN],
    "knee-hugs": [*[Breath.OUT, Breath.IN] * 2, Breath.FREE, Breath.FREE],
    "box-breathing": [Breath.IN, Breath.FREE, Breath.OUT, Breath.FREE],
    "sun-salutation": [
        *(Breath.IN, Breath.OUT, Breath.IN, Breath.FREE, Breath.OUT, Breath.IN),
        *(Breath.OUT, Breath.IN, Breath.OUT, Breath.IN, Breath.OUT),
    ],
}
"""Those with more moves than one and its return."""

BREATH_FIRST = {"cat-cow", "seated-cat-cow", "belly-breathing"}
"""They begin with the breath in."""

OWN_PACE = {
    "hamstring-pnf": {"straighten": 5, "stretch": 20, "push": 6, "closer": 20, "lower": 5},
    "bird-dog-box": dict.fromkeys(("out", "up", "in", "down"), 2),
    "pelvic-floor-flick": {"squeeze": 2},
    "knee-hugs": {"hug": 5, "hug both": 6, "lower both": 5},
}
"""Phases that are no plain move, and how long they take."""

ON_FOREARMS = "Put your elbows under your shoulders, and lean on your forearms."
CARRIES_ITSELF = {
    "plank-knees": ON_FOREARMS,
    "plank": ON_FOREARMS,
    "push-up": "Put your hands flat beside your chest, elbows close.",
}
"""Face down, but not with the belly on a pillow; and what they begin each set with."""

NOTHING_TO_HOLD = {"walk", "run", "sun-salutation"}
"""Who stands has a chair or a wall, but for these."""


def alone(name: str) -> Plan:
    """A day of one exercise, as its own file prescribes it."""
    day = Day(DayKind.EXERCISES, items=(Prescription(name),))
    return compile_day(Routine("alone", "Alone", {"monday": day}, catalogue()), WEEKDAYS[0])


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


# --- the phases ---------------------------------------------------------------------------------------------


def on_their_own(exercise: Exercise) -> list[Breath | None]:
    """The breaths of the phases that move, in order."""
    return [phase.breathe for phase in exercise.phases if phase.name != HOLD]


@RULES.of_each
def the_breath_goes_out_on_the_effort_and_in_on_the_return(name: str) -> None:
    exercise = catalogue()[name]
    breaths = on_their_own(exercise)
    if name in GOES_ON:
        assert not breaths
    elif name in BREATH_FIRST:
        assert breaths == [Breath.IN, Breath.OUT]
    elif name == "both-knees-to-chest":
        assert breaths == [Breath.FREE, Breath.FREE]
    elif name in LOWERED_FIRST:
        assert breaths == [Breath.IN, Breath.OUT]
    elif name in OWN_BREATHS:
        assert breaths == OWN_BREATHS[name]
    elif name in HELD:
        *placing, into, out = breaths
        assert (into, out) == (Breath.OUT, Breath.FREE)
        assert placing in ([], [Breath.FREE]), "the effort comes after the leg is laid in its place"
    elif name in BOTH_IN_A_REP:
        assert breaths == [Breath.OUT, *[Breath.FREE] * 4, Breath.IN], "few rules on the way"
    else:
        assert breaths == [Breath.OUT, Breath.IN]
    told = " ".join(exercise.breath).lower()
    for breath, said in ((Breath.IN, "breathe in"), (Breath.OUT, "breathe out")):
        assert (said in told) == (breath in breaths), told
    holds = [phase for phase in exercise.phases if phase.name == HOLD]
    assert all(phase.breathe in (None, Breath.FREE, Breath.SLOW) for phase in holds)
    if holds:
        assert ("breathe slowly" if name in HELD else "breathe softly while you hold") in told


@RULES.among(HELD)
def getting_into_a_stretch_and_out_of_it_has_its_time(name: str) -> None:
    *into, hold, out = catalogue()[name].phases
    assert (hold.name, hold.breathe) == (HOLD, Breath.SLOW)
    assert out.duration is not None
    *placing, pull = [phase.duration.low for phase in into if phase.duration is not None]
    assert 3 <= pull <= 7
    most_s = 15 if name == "childs-pose" else 11  # hands, elbows, pillow and head, one after the other
    assert 5 <= pull + sum(placing) <= most_s
    if "Lift one foot with the hand of its side" in " ".join(catalogue()[name].steps):
        assert placing == [8], "a stiff hip takes its time"
    assert 4 <= out.duration.low == out.duration.high <= 10


@RULES.among(HELD)
def the_way_out_of_a_stretch_is_over_when_its_phase_is(name: str) -> None:
    """It is told once, as the phase begins, in words that fit into it."""
    exercise = catalogue()[name]
    out = exercise.phases[-1]
    assert out.duration is not None
    assert SLOW_VOICE * speech_s(" ".join(exercise.out)) < out.duration.low


@RULES.among([name for name in CATALOGUE if name not in HELD])
def the_pace_is_one_that_a_sore_back_can_follow(name: str) -> None:
    exercise = catalogue()[name]
    for phase in exercise.phases:
        if phase.name == HOLD:
            assert phase.duration is None, "the prescription says it"
            continue
        assert phase.duration is not None
        if own_s := OWN_PACE.get(name, {}).get(phase.name):
            assert phase.duration.low == phase.duration.high == own_s
            continue
        known = name == "bridge-leg-extension" and phase.name in ("extend", "return")  # the hips are up
        assert (2 if known else 3) <= phase.duration.low == phase.duration.high <= 4, phase


@RULES.among(SIDED)
def a_change_of_side_has_its_time(name: str) -> None:
    exercise = catalogue()[name]
    switch = own(exercise).switch
    if name in BOTH_IN_A_REP:
        assert switch is None, "one rep does both sides"
        return
    assert switch is not None
    least, most = (2, 2) if exercise.sides is Sides.ALTERNATE else (8, 10)
    if exercise.position in (Position.SIDE_LYING, Position.HALF_KNEELING):
        least, most = 12, 15  # one rolls over, or changes knees
    assert least <= switch.low <= most
    if exercise.sides is Sides.ALTERNATE:
        switches = [step for step in alone(name).steps if step.kind is StepKind.SWITCH]
        breather = own(exercise).breather
        assert {step.seconds for step in switches} == {2.0} | ({breather.low} if breather else set())


@RULES.of_each
def every_phase_that_moves_says_what_to_do(name: str) -> None:
    for phase in catalogue()[name].phases:
        if phase.name == HOLD:
            assert not phase.say
            continue
        assert re.match(r"[A-Z][A-Za-z ,']*\Z", phase.say), phase
        length_s = 3.0 if phase.duration is None else phase.duration.low
        assert len(words(phase.say)) <= max(4, 1.5 * length_s), f"{phase.say} in {length_s:g} s"


def test_the_hips_go_up_and_come_down_in_every_pair_of_legs() -> None:
    exercise = catalogue()["bridge-leg-extension"]
    told = [(phase.say or phase.name, phase.side) for phase in exercise.phases]
    first = [
        ("Straighten that leg", PhaseSide.FIRST),
        (HOLD, PhaseSide.FIRST),
        ("Foot down", PhaseSide.FIRST),
    ]
    second = [(what, PhaseSide.SECOND) for what, _ in first]
    up, down = [("Hips up slowly", None)], [("Hips down slowly", None)]
    assert told == [*up, *first, *second, *down]
    assert own(exercise).relax is not None
    assert exercise.out == ("Rest, feet where they are.",)


def test_one_pair_of_legs_is_one_rep_of_the_bridge() -> None:
    plan = alone("bridge-leg-extension")
    rep = [step for step in plan.steps if step.set_index == 0 and step.rep == 1 and step.phase]
    assert [step.side for step in rep if step.phase == HOLD] == [Side.LEFT, Side.RIGHT]
    assert [step.side for step in rep if step.phase in ("lift", "lower")] == [None, None]
    assert plan.sets[0].reps == 8
    up_s = sum(step.seconds or 0 for step in rep if step.phase not in ("lift", "lower", "relax"))
    assert up_s <= 20, "not as long as a sore back holds a plain bridge at the most"


# --- the words ----------------------------------------------------------------------------------------------

MOST_WORDS = 12
SLOW_VOICE = 1.3
"""Some voices take so much longer than is estimated."""

HARD_WORDS = {
    *("sag", "snap", "glute", "glutes", "tailbone", "overhead", "opposite", "towards", "float", "straining"),
    *(
        "pelvis",
        "pelvic floor",
        "spine",
        "torso",
        "abdominals",
        "neutral",
        "natural curve",
        "engage",
        "hinge",
    ),
    *(
        "lumbar",
        "core",
        "grow long",
        "long arms",
        "extend",
        "flex",
        "align",
        "alignment",
        "release",
        "exhale",
    ),
    *("inhale", "sternum", "breastbone", "sacrum", "scapula", "scapulae", "contract", "elongate", "lengthen"),
    *("ground down", "root", "melt", "surrender", "gaze", "perpendicular", "parallel", "simultaneously"),
    *("left means", "keep breathing", "hold your breath", "gently gently", "pull your navel"),
    *("after some days", "at first"),  # nobody knows what that means for today
    *("tuck", "vertigo"),
}
SPEAKABLE = re.compile(r"[A-Za-z][A-Za-z ,.?'-]*\Z")
VERBS = {
    *(
        "Bend",
        "Bring",
        "Face",
        "Hold",
        "Keep",
        "Lay",
        "Let",
        "Look",
        "Lean",
        "Lift",
        "Open",
        "Put",
        "Sit",
        "Stand",
        "Step",
    ),
    *("Fold", "Move", "Stretch", "Take", "Turn"),
}


@RULES.of_each
def a_sentence_is_short_and_can_be_spoken(name: str) -> None:
    exercise = catalogue()[name]
    assert SPEAKABLE.match(exercise.name)
    assert texts(exercise)
    for text in texts(exercise):
        assert SPEAKABLE.match(text), text
        assert text.endswith("."), text
        for sentence in sentences(text):
            assert 1 <= len(words(sentence)) <= MOST_WORDS, sentence
            assert sentence[0].isupper(), sentence


@RULES.of_each
def no_word_is_one_of_the_clinic_or_of_the_yoga_class(name: str) -> None:
    exercise = catalogue()[name]
    said = (*texts(exercise), exercise.left, *(phase.say for phase in exercise.phases))
    for text in said:
        for hard in HARD_WORDS:
            assert not re.search(rf"\b{hard}\b", text, re.IGNORECASE), f"{hard}: {text}"


@RULES.of_each
def what_gets_one_ready_tells_what_to_do(name: str) -> None:
    exercise = catalogue()[name]
    for text in exercise.setup:
        told = [sentence for sentence in sentences(text) if not sentence.endswith("?")]
        assert told, text
        assert all(words(sentence)[0] in VERBS for sentence in told), text
    for text in exercise.make_easier:
        assert sentences(text)[0].endswith("?"), "who it is for comes first"
        assert len(sentences(text)) > 1, text


@RULES.of_each
def nothing_is_told_twice(name: str) -> None:
    exercise = catalogue()[name]
    assert len(set(texts(exercise))) == len(texts(exercise))


@RULES.of_each
def what_left_is_is_told_where_there_are_sides(name: str) -> None:
    exercise = catalogue()[name]
    if name not in SIDED:
        assert not exercise.left
        return
    assert exercise.left.startswith("your left ")
    assert not exercise.left.endswith(".")
    for text in texts(exercise):
        assert not re.search(r"\b(left|right) (arm|leg|knee|foot|ankle|side)\b", text), text


def test_left_is_the_same_limb_in_a_form_and_its_easier_form() -> None:
    """Whoever comes from the one moves the same leg, or nothing that could be mistaken, in the other."""
    assert catalogue()["bird-dog"].left == "your left arm with your right leg"
    assert catalogue()["prone-arm-lift"].left == "your left arm"
    for name in ("quadruped-leg-reach", "bridge-leg-extension", "heel-slide", "march"):
        assert catalogue()[name].left == "your left leg"
    assert catalogue()["knees-to-chest"].left == "your left knee"
    for name in ("piriformis-stretch", "figure-four-stretch"):
        assert catalogue()[name].left == "your left ankle on your right thigh"


def test_a_floor_seat_and_a_chair_are_two_positions() -> None:
    for exercise in catalogue().values():
        if exercise.position is Position.SEATED:
            assert "chair" in exercise.equipment
            assert "mat" not in exercise.equipment
        elif exercise.position is Position.FLOOR_SEATED:
            assert "mat" in exercise.equipment
            assert "chair" not in exercise.equipment
        elif exercise.position is Position.STANDING and exercise.id not in NOTHING_TO_HOLD:
            assert {"chair", "free wall"} & set(exercise.equipment), "to hold on to"


@RULES.of_each
def what_is_needed_is_told_before_one_lies_down(name: str) -> None:
    """Each thing that a text speaks of is in the list that a session begins with, and nothing else is."""
    exercise = catalogue()[name]
    told = " ".join(texts(exercise))
    listed = {"pillow": "flat pillow", "towel": "folded towel", "band": "resistance band", "chair": "chair"}
    for word, thing in listed.items():
        assert bool(re.search(rf"\b{word}\b", told)) == (thing in exercise.equipment), thing
    assert not re.search(r"\b(blanket|cloth|cushion|block|strap|stool|small pillow)\b", told)


@RULES.of_each
def a_chair_stands_firmly_before_one_lies_down(name: str) -> None:
    exercise = catalogue()[name]
    if "chair" not in exercise.equipment or name == "standing-forward-bend":  # that is done where it stands
        return
    assert exercise.gear[:2] == ("Take a firm chair without wheels.", "Put its back against the wall.")


HANGS_LOOSE = ("prone-lying", "prone-on-elbows", "press-up", "press-up-hold")
"""Face down to let the back hang, from easy to hard; in the others it lifts something."""


@RULES.among(HANGS_LOOSE)
def whose_back_hangs_loose_stops_when_pain_goes_down_the_leg(name: str) -> None:
    exercise = catalogue()[name]
    assert exercise.position is Position.PRONE
    assert exercise.watch[0].startswith("Pain down your leg? Stop, and ")
    assert exercise.watch[1] == "Pain that leaves your leg is a good sign."
    assert "Pregnant" in exercise.ask_first[0]
    assert "narrow spinal canal" in exercise.ask_first[0]
    assert not any("tighten" in text for text in texts(exercise)), "nothing works but the arms"
    step = HANGS_LOOSE.index(name)
    assert exercise.easier == (HANGS_LOOSE[step - 1] if step else "")


def test_who_lies_face_down_has_a_pillow_and_a_towel_and_rests_between_reps() -> None:
    prone = [
        exercise
        for exercise in catalogue().values()
        if exercise.position is Position.PRONE and exercise.id not in HANGS_LOOSE
    ]
    assert len(prone) >= 4
    for exercise in prone:
        assert exercise.out == ("Put your hands under your forehead, and rest.",)
        if exercise.id in CARRIES_ITSELF:
            assert exercise.setup[-1] == CARRIES_ITSELF[exercise.id]
            assert own(exercise).relax is not None
            continue
        assert {"flat pillow", "folded towel"} <= set(exercise.equipment)
        belly, forehead = exercise.gear
        assert belly == "Lay the pillow where your belly will be."
        assert forehead == "Lay the towel where your forehead will be."
        assert exercise.away == ("Bring the pillow to your things.", "Bring the towel to your things.")
        assert exercise.setup[-2] == "Put your forehead on the towel."
        assert exercise.setup[-1].startswith("Stretch your arms forward past your ears, ")
        assert any(text.startswith("Pregnant") for text in exercise.ask_first)
        assert own(exercise).relax is not None or exercise.sides is Sides.ALTERNATE


KNEELS = frozenset({Position.QUADRUPED, Position.KNEELING, Position.HALF_KNEELING})
BENDS_THE_HIP_FAR = frozenset(
    (
        *("knees-to-chest", "both-knees-to-chest", "knee-hugs", "childs-pose", "bottom-to-heels"),
        *("rock-forward-back", "lunge", "squat", "standing-forward-bend", "sun-salutation", "seated-row"),
        *("shoulder-blade-squeeze", "wall-sit", "step-up"),
    )
)
ROUNDS_THE_BACK = frozenset(
    (
        *("cat-cow", "cat-stretch", "childs-pose", "both-knees-to-chest", "knees-to-chest", "curl-up"),
        *("partial-sit-up", "standing-forward-bend", "sun-salutation", "seated-cat-cow"),
    )
)
WORKS_THE_BELLY = frozenset(
    (
        *("bridge", "bridge-leg-extension", "single-leg-bridge", "dead-bug", "curl-up", "partial-sit-up"),
        *("plank", "plank-knees"),
    )
)


@RULES.of_each
def whom_an_exercise_is_not_for_is_asked(name: str) -> None:
    """A new knee before kneeling, a new hip before a deep bend, weak bones before a round back, and so on."""
    exercise = catalogue()[name]
    asked = " ".join(exercise.ask_first).lower()
    prone = exercise.position is Position.PRONE
    for who, is_meant in (
        ("knee", exercise.position in KNEELS or name in ("plank-knees", "side-plank-knees")),
        ("hip", name in BENDS_THE_HIP_FAR),
        ("weak bones", name in ROUNDS_THE_BACK),
        ("pregnant", prone or name in WORKS_THE_BELLY),
        ("belly operation", prone or name in WORKS_THE_BELLY),
        ("blood pressure", name in ("standing-forward-bend", "sun-salutation", "plank", "wall-sit")),
    ):
        assert not is_meant or who in asked, who


@RULES.of_each
def who_should_ask_first_hears_what_to_do_meanwhile(name: str) -> None:
    for text in catalogue()[name].ask_first:
        who, *instead = sentences(text)
        assert who.endswith("?")
        assert re.search(r"\b(rest|sit|come back)\b", " ".join(instead), re.IGNORECASE), text
        assert "Ask first" not in text, "nobody is there to be asked"


def test_on_hands_and_knees_who_sat_back_is_told_to_come_back() -> None:
    """The last sentence of a setup is what is said again before another set."""
    fours = [exercise for exercise in catalogue().values() if exercise.position is Position.QUADRUPED]
    assert len(fours) >= 4
    for exercise in fours:
        assert exercise.setup[-1] == "Put your hands under your shoulders."
        assert "Sore wrists? Lean on your fists, or sit back any time." in (
            *exercise.setup,
            *exercise.make_easier,
        )


@for_each(
    ("name", "first"),
    [
        ("bridge", "You feel it in your back? Lift less high."),
        ("bridge-leg-extension", "You feel it in your back? Lift less high."),
        ("knees-to-chest", "Pain down your leg? Come out, and stop for today."),
        ("childs-pose", "Pain down your leg? Come out, and stop for today."),
        ("standing-forward-bend", "Dizzy? Sit down, the seat is right behind you."),
        ("piriformis-stretch", "Your knee hurts? Take your hand away, or cross your ankles."),
        ("seated-row", "You move the band. It never pulls you."),
    ],
)
def test_what_matters_most_is_to_be_watched_first(name: str, first: str) -> None:
    assert catalogue()[name].watch[0] == first


@for_each("name", [name for name in CATALOGUE if catalogue()[name].targets == ("neck muscles",)])
def test_whose_neck_moves_stops_when_dizzy_and_asks_first_after_an_injury(name: str) -> None:
    exercise = catalogue()[name]
    assert exercise.watch[0].startswith("Dizzy, or pain in your arm? Stop, ")
    assert "neck injury" in exercise.ask_first[0]


def test_a_beginner_of_the_superman_leaves_the_legs_down() -> None:
    exercise = catalogue()["superman"]
    assert "Both legs stay down, and heavy." in exercise.steps
    others = (*exercise.steps, *exercise.watch, *exercise.make_easier)
    assert not any("easy?" in text for text in others), "nobody knows before the first set"
    assert exercise.make_harder == ("Was that easy? Lift both straight legs too, just off the mat.",)
    assert exercise.phases[0].say == "Arms and chest up"


@RULES.among(BENDS_FAR)
def who_has_weak_bones_is_told_before_the_back_bends_far(name: str) -> None:
    assert any("eak bones" in text for text in catalogue()[name].ask_first)


def test_the_band_cannot_hit_the_face() -> None:
    gear = " ".join(catalogue()["seated-row"].gear)
    for told in ("cracks", "cannot move", "close it, not open it", "test it", "Keep your face away"):
        assert told in gear
    assert "only when the band is loose" in " ".join(catalogue()["seated-row"].out)


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


def test_a_breath_that_rests_is_short_and_nothing_leads_there() -> None:
    """Stillness with an open throat, which nobody has to keep up; no exercise proposes it."""
    box = catalogue()["box-breathing"]
    still = [phase for phase in box.phases if phase.breathe is Breath.FREE]
    assert [phase.duration.low for phase in still if phase.duration is not None] == [3.0, 3.0]
    assert "Want air sooner? Take it." in box.breath
    assert box.ask_first[0].startswith(
        "Heart trouble, high blood pressure, or pregnant? Breathe in and out only"
    )
    assert all(
        "box-breathing" not in (each.easier, each.harder, each.instead) for each in catalogue().values()
    )


def test_a_nerve_is_moved_only_by_whom_a_physiotherapist_has_taught() -> None:
    slider = catalogue()["nerve-slider"]
    assert slider.watch[0].startswith("Tingling, or pain in your arm? Go back")
    assert "physiotherapist" in slider.ask_first[0]
