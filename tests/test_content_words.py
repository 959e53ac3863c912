"""What the exercises say, held against who hears it lying down, and whom it could harm."""

from __future__ import annotations

import re

from backtimer.core.plan.routine import (
    Position,
    Sides,
)
from tests.bundled import (
    CATALOGUE,
    catalogue,
    own,
    sentences,
    texts,
    words,
)
from tests.rules import Rules, for_each

RULES = Rules()


SIDED = [name for name in CATALOGUE if catalogue()[name].sides is not Sides.NONE]


BENDS_FAR = (
    *("both-knees-to-chest", "knees-to-chest", "childs-pose", "standing-forward-bend"),
    *("cat-cow", "seated-cat-cow", "cat-stretch", "knee-hugs", "seat-side-straddle", "partial-sit-up"),
    "sun-salutation",
)


ON_FOREARMS = "Put your elbows under your shoulders, and lean on your forearms."


CARRIES_ITSELF = {
    "plank-knees": ON_FOREARMS,
    "plank": ON_FOREARMS,
    "push-up": "Put your hands flat beside your chest, elbows close.",
}
"""Face down, but not with the belly on a pillow; and what they begin each set with."""


NOTHING_TO_HOLD = {"walk", "run", "sun-salutation"}
"""Who stands has a chair or a wall, but for these."""


MOST_WORDS = 12


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
    *("Fold", "Move", "Slide", "Stretch", "Take", "Turn"),
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
        assert belly == "Lay the pillow a hand in front of your belly."
        assert forehead == "Lay the towel a hand in front of your face."
        assert exercise.away == ("Lay the pillow back beside the mat.", "Lay the towel back beside the mat.")
        assert exercise.setup[-2] == "Put your forehead on the towel."
        assert exercise.setup[-1].startswith("Stretch your arms past your head, ")
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
        ("bridge", "It hurts in your lower back? Lift less high, or rest."),
        ("bridge-leg-extension", "It hurts in your lower back? Lift less high, or rest."),
        ("knees-to-chest", "Pain down your leg? Come out, and stop for today."),
        ("childs-pose", "Pain down your leg? Come out, and stop for today."),
        ("standing-forward-bend", "Dizzy? Sit down, and stay there, the seat is behind you."),
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


@for_each("name", CATALOGUE)
def test_an_exercise_keeps_to_every_rule(name: str) -> None:
    RULES.ask(name)


def test_the_band_cannot_hit_the_face() -> None:
    gear = " ".join(catalogue()["seated-row"].gear)
    for told in (
        "cracks",
        "cannot move",
        "opens away from you, your pull closes it",
        "test it",
        "Keep your face away",
    ):
        assert told in gear
    assert "only when the band is loose" in " ".join(catalogue()["seated-row"].out)


def test_a_nerve_is_moved_only_by_whom_a_physiotherapist_has_taught() -> None:
    slider = catalogue()["nerve-slider"]
    assert slider.watch[0].startswith("Tingling, or pain in your arm? Go back")
    assert "physiotherapist" in slider.ask_first[0]
