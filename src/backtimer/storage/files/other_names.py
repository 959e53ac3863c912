"""What people call exercises: other names, and names that several exercises may be meant by.

A name here stands as `as_name` makes it, without the `s` of more than one. What is in the catalogue under the
name itself is not here. Only what there is among the exercises of a person is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache

from backtimer.language import _
from backtimer.storage.files.source import as_name, did_you_mean
from backtimer.storage.text import shorten

_SAME: Mapping[str, str] = {
    "ankle-pump": "ankle bend, ankle flexion, foot pump, calf pump",
    "band-outward-rotation": (
        "band external rotation, external rotation with band, shoulder external rotation with band, "
        "standing external rotation, band rotation"
    ),
    "belly-breathing": (
        "diaphragmatic breathing, deep breathing, abdominal breathing, tummy breathing, breathing"
    ),
    "belly-draw-in": (
        "drawing in, draw in, deep abdominal, deep abdominal strengthening, abdominal drawing in, "
        "abdominal hollowing, hollowing, tummy draw in"
    ),
    "bird-dog": (
        "quadruped arm leg raise, quadruped arm and leg raise, opposite arm and leg, pointer, "
        "opposite arm and leg raise, opposite arm leg raise, alternating arm and leg, "
        "quadruped opposite arm and leg"
    ),
    "both-knees-to-chest": "double knee to chest, two knees to chest",
    "bottom-to-heels": "bottom to heel stretch, sit back on heels",
    "box-breathing": "square breathing, four square breathing",
    "bridge": (
        "glute bridge, hip bridge, bridging, pelvic lift, hip lift, hip raise, bottom lift, "
        "pelvic bridge, double leg bridge, shoulder bridge, gluteal bridge, two leg bridge"
    ),
    "bridge-leg-extension": "bridge with leg lift, bridge with knee extension, bridge with leg straightening",
    "cat-cow": (
        "cat camel, cat and cow, cat and camel, cow cat, camel cat, cat camel stretch, cat cow stretch"
    ),
    "cat-stretch": "angry cat, mad cat",
    "childs-pose": "prayer stretch, prayer pose, balasana, child stretch",
    "chin-tuck": "neck retraction, cervical retraction, head retraction, chin retraction, double chin",
    "clamshell": "clam, clamshell opening, hip clam",
    "curl-up": "mcgill curl up, modified curl up",
    "dead-bug": "dying bug",
    "figure-four-stretch": (
        "figure 4, figure 4 stretch, figure four, reclined pigeon, supine figure four, "
        "lying piriformis stretch, supine piriformis stretch"
    ),
    "hamstring-pnf": "pnf hamstring stretch, contract relax hamstring stretch, hamstring contract relax",
    "hamstring-stretch": "lying hamstring stretch, supine hamstring stretch",
    "head-roll": "neck roll, neck circle, head circle, half neck roll",
    "heel-raise": "calf raise, standing calf raise, heel lift, calf lift, tiptoe, double leg calf raise",
    "heel-slide": "leg slide",
    "hip-flexor-stretch": "kneeling hip flexor stretch, psoas stretch, iliopsoas stretch, lunge stretch",
    "knee-rolls": (
        "lower trunk rotation, trunk rotation lying, lumbar rotation, lower back rotation, knee rock, "
        "windscreen wiper, windshield wiper, knee drop, knee sway, knee rocking, rolling knee, "
        "low back rotation, lumbar roll, knee to side"
    ),
    "knees-to-chest": "single knee to chest, one knee to chest stretch, single knee to chest stretch",
    "lunge": "reverse lunge, back lunge, backward lunge, step back lunge",
    "march": "marching, supine march, supine marching, bent knee lift, hook lying march",
    "neck-press": "isometric neck flexion, neck isometric",
    "neck-press-side": "isometric neck side bend, isometric side neck press",
    "neck-rotation": "head turn, neck rotation stretch, head rotation, cervical rotation",
    "nerve-slider": "nerve glide, nerve floss, nerve flossing, median nerve glide, median nerve slider",
    "outward-rotation": "external rotation, shoulder external rotation, side lying external rotation",
    "partial-sit-up": "half sit up, partial curl, partial crunch, abdominal crunch, crunch",
    "pelvic-floor-flick": "quick flick, quick kegel, fast pelvic floor squeeze",
    "pelvic-floor-squeeze": (
        "kegel, pelvic floor, pelvic floor contraction, pelvic floor exercise, kegel exercise"
    ),
    "pelvic-tilt": "posterior pelvic tilt, back flattening, back press, pelvic tilting",
    "pendulum": "codman, codman exercise, pendulum swing, pendulum exercise, arm pendulum",
    "piriformis-stretch": (
        "seated piriformis stretch, seated figure four, seated figure 4 stretch, "
        "chair piriformis stretch, seated glute stretch, sitting piriformis stretch"
    ),
    "plank": "front plank, forearm plank, elbow plank, full plank, prone plank, prone bridge",
    "plank-knees": "plank on knee, knee plank, kneeling plank, half plank, modified plank, plank from knee",
    "press-up": (
        "prone press up, mckenzie press up, mckenzie extension, extension in lying, cobra, "
        "cobra stretch, lumbar extension in lying, prone extension, cobra press up, press up extension"
    ),
    "prone-arm-lift": "prone arm raise, lying arm lift",
    "prone-leg-lift": "prone hip extension, prone leg raise, prone straight leg raise, hip extension lying",
    "prone-lying": "lying prone, lie face down, lying on stomach, prone lie",
    "prone-on-elbows": "sphinx, sphinx pose, prone prop, prone on forearm, prone on elbow prop",
    "push-up": "full push up, floor push up",
    "push-up-wall": "wall push up, wall press up, wall press, standing push up",
    "quad-set": "static quad, static quadriceps, quad squeeze, thigh tightening, quadriceps setting",
    "quadruped-leg-reach": "quadruped leg lift, quadruped leg raise, kneeling leg lift",
    "rock-forward-back": "quadruped rocking, quadruped rock back, rock back",
    "seated-cat-cow": "chair cat cow, sitting cat cow, seated cat camel",
    "seated-knee-extension": (
        "knee extension, long arc quad, sitting knee extension, seated leg extension, "
        "seated leg lift, knee straightening"
    ),
    "seated-row": (
        "band row, row with band, seated band row, resistance band row, rowing with band, elastic band row"
    ),
    "shoulder-blade-squeeze": (
        "scapular squeeze, scapular retraction, shoulder squeeze, shoulder blade pinch, scapula squeeze, "
        "shoulder retraction, scapula retraction, shoulder blade retraction"
    ),
    "side-bend": "standing side bend, lateral flexion, side stretch, lateral bend",
    "side-glide": "lateral shift correction, shift correction, side gliding",
    "side-leg-raise": (
        "hip abduction, side lying hip abduction, side lying leg raise, side lying leg lift, "
        "side leg lift, lateral leg raise, lying hip abduction, leg raise to side"
    ),
    "side-plank": "side bridge, lateral plank, full side plank",
    "side-plank-knees": (
        "modified side plank, knee side plank, side bridge on knee, side plank on knee, half side plank, "
        "modified side bridge, kneeling side plank, side plank from knee"
    ),
    "single-leg-bridge": "one leg bridge, single leg glute bridge, one legged bridge, single leg hip bridge",
    "sit-tall": "sitting tall, seated posture, posture sitting, slouch overcorrect",
    "sit-to-stand": "chair stand, chair rise, sit and stand, stand from chair, chair raise",
    "sitting-rotation": (
        "seated rotation, seated twist, seated trunk rotation, chair twist, seated spinal twist, "
        "trunk rotation sitting, sitting trunk rotation, chair rotation"
    ),
    "split-squat": "static lunge, stationary lunge",
    "squat": "air squat, mini squat, half squat, chair squat, body weight squat",
    "standing-back-bend": (
        "standing back extension, extension in standing, standing extension, back bend, "
        "standing lumbar extension, standing backward bend, mckenzie standing extension"
    ),
    "standing-forward-bend": "forward fold, standing forward fold, toe touch, touch toe, forward bend",
    "straight-leg-raise": "slr, straight leg lift, supine straight leg raise, supine leg raise",
    "sun-salutation": "surya namaskar",
    "superman-legs-down": "prone chest lift, chest lift prone, prone trunk lift, prone back extension",
    "superman": "prone arm and leg lift, locust, locust pose, back hyperextension",
    "walk": "brisk walk",
    "wall-sit": "wall squat hold, wall hold, wall squat",
    "wall-slide": "arm slide, arm wall slide, shoulder wall slide, wall slide for arm, wall crawl",
}
"""By exercise, what else it is called, between commas."""

_SEVERAL: Mapping[str, tuple[str, ...]] = {
    "abdominal-bracing": ("belly-draw-in",),
    "back-extension": ("press-up", "superman-legs-down", "standing-back-bend"),
    "brace": ("belly-draw-in",),
    "bracing": ("belly-draw-in",),
    "core-activation": ("belly-draw-in",),
    "donkey-kick": ("quadruped-leg-reach",),
    "extension": ("press-up", "standing-back-bend"),
    "forward-lunge": ("lunge", "split-squat"),
    "glute-stretch": ("figure-four-stretch", "piriformis-stretch"),
    "heel-drop": ("heel-drop-straight", "heel-drop-bent"),
    "hip-extension": ("prone-leg-lift", "bridge"),
    "knee-to-the-chest": ("knees-to-chest", "both-knees-to-chest"),
    "leg-extension": ("bridge-leg-extension", "seated-knee-extension"),
    "leg-lift": ("prone-leg-lift", "side-leg-raise"),
    "leg-raise": ("straight-leg-raise", "side-leg-raise", "prone-leg-lift"),
    "lower-back-stretch": ("knees-to-chest", "knee-rolls", "childs-pose"),
    "neck-stretch": ("neck-rotation", "head-roll"),
    "pigeon": ("figure-four-stretch", "piriformis-stretch"),
    "plie": ("squat",),
    "posture": ("sit-tall", "shoulder-blade-squeeze"),
    "press-up-on-knee": ("push-up-wall", "push-up"),
    "row": ("seated-row", "prone-row"),
    "sit-up": ("partial-sit-up", "curl-up"),
    "spinal-twist": ("knee-rolls", "sitting-rotation"),
    "tabletop": ("march",),
    "toe-tap": ("march", "dead-bug"),
    "transversus-abdominis": ("belly-draw-in",),
    "transverse-abdominis": ("belly-draw-in",),
    "trunk-rotation": ("knee-rolls", "sitting-rotation"),
    "tummy-tuck": ("belly-draw-in",),
    "twist": ("knee-rolls", "sitting-rotation"),
}
"""Names that say too little, or something that we do not have, and what comes near, the nearest first."""

_UNSURE = {
    "knees-to-chest": ("both-knees-to-chest", "knees-to-chest"),
    **dict.fromkeys(("press-up", "press-ups"), ("press-up", "push-up")),
}
"""Names that are nearly an id of ours, and mean something else to many."""

MOST_NAMED = 3
"""So many exercises are proposed at most."""

_WEAK = frozenset({"the", "a", "on", "to", "with", "and", "in", "of", "for", "up", "exercise", "hold"})
"""Words that say nothing about which exercise it is."""


def letters_of(text: str) -> str:
    """What ways of writing a name have in common: `Bird dogs`, `bird-dog`; `Child's pose`, `childs-pose`."""
    return _singular(text).replace("-", "")


@lru_cache(maxsize=1024)
def _singular(text: str) -> str:
    return "-".join(map(_one, as_name(re.sub(r"['\u2019`]", "", text)).split("-")))


def _one(word: str) -> str:
    """A word without what makes it more than one."""
    if re.search("(?:ch|sh|ss|x)es$", word):
        return word[:-2]
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word


def other_names() -> Iterator[tuple[str, str]]:
    """All other names, each with the id of its exercise."""
    for exercise, names in _SAME.items():
        for name in names.split(","):
            yield name.strip(), exercise


@cache
def _by_letters() -> Mapping[str, str]:
    return {letters_of(other): exercise for other, exercise in other_names()}


@cache
def _called() -> Mapping[str, str]:
    return {as_name(other): exercise for other, exercise in other_names()}


@cache
def _several() -> Mapping[str, tuple[str, ...]]:
    return {_singular(other): ids for other, ids in _SEVERAL.items()}


def same_as(name: str, known: Collection[str]) -> str:
    """The id of the exercise that has this other name; empty: none has."""
    found = _by_letters().get(letters_of(name), "")
    return found if found in known else ""


def is_unsure(name: str) -> bool:
    """Whether this is an exercise's name by its letters alone, and may as well be meant for another."""
    return as_name(name) in _UNSURE


def meant_exercises(name: str, known: Collection[str], titles: Mapping[str, str] | None = None) -> list[str]:
    """The exercises that may be meant by a name that none has, the likeliest first.

    Args:
        name: As it was written.
        known: The ids there are.
        titles: The names of exercises by their ids, where they are known.
    """
    wanted = as_name(name)
    if not wanted:
        return []
    if is_unsure(name):
        return [each for each in _UNSURE[wanted] if each in known]
    if wanted in known:
        return [wanted] if wanted != name else []
    if same := same_as(name, known):
        return [same]
    singular = _singular(name)
    if several := [each for each in _several().get(singular, ()) if each in known]:
        return several[:MOST_NAMED]
    if meant := did_you_mean(wanted, known):
        return [meant]
    called = {as_name(title): exercise for exercise, title in (titles or {}).items()}
    called |= {other: exercise for other, exercise in _called().items() if exercise in known}
    if meant := called.get(did_you_mean(singular, called), ""):
        return [meant]
    return _alike(singular, known)


def _alike(singular: str, known: Collection[str]) -> list[str]:
    """Exercises of whose names all words, or all but one of three and more, are in what was written."""
    asked = {*singular.split("-")} - _WEAK
    if begun := [each for each in known if _singular(each).startswith(f"{singular}-")]:
        return begun[:MOST_NAMED]
    if not asked:
        return []
    within = [each for each in known if asked <= {*_singular(each).split("-")}]
    around = [
        each
        for each in known
        if ({*_singular(each).split("-")} - _WEAK) <= asked
        and ("-" in each or singular.startswith(f"{_singular(each)}-"))
    ]
    return [*dict.fromkeys((*within, *around))][:MOST_NAMED]


def in_words(ids: list[str], titles: Mapping[str, str] | None = None) -> str:
    """Ids as they are proposed: `'a'`, `'a' or 'b'`, `'a', 'b' or 'c'`; of several their names, too."""
    quoted = [f"'{each}'" for each in ids]
    if quoted[1:] and titles:
        quoted = [f"{one} ({titles[each]})" for one, each in zip(quoted, ids, strict=True)]
    if not quoted[1:]:
        return "".join(quoted)
    return _("{some} or {last}").format(some=", ".join(quoted[:-1]), last=quoted[-1])


def no_exercise(name: str, known: Collection[str], titles: Mapping[str, str] | None = None) -> str:
    """The sentence about an exercise that does not exist."""
    ids = meant_exercises(name, known, titles)
    told = (
        _("there is no exercise '{name}'; did you mean {meant}?")
        if ids
        else _("there is no exercise '{name}'; 'backtimer list --exercises' shows those there are")
    )
    return told.format(name=shorten(name), meant=in_words(ids, titles))
