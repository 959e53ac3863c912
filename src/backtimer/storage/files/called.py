"""What people write for keys of our files, and what a file says in another place than they look for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from backtimer.core.plan.routine import WEEKDAYS, Breath, Pace, Position, Side, Sides
from backtimer.language import marked

ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("weight", "weights", "resistance", "kg", "band", "lbs"), ("load",)),
    **dict.fromkeys(("time", "length", "seconds", "secs", "minutes"), ("duration", "for", "hold", "weeks")),
    "duration": ("weeks", "for"),
    "focus": ("title",),
    "rest_between_sets": ("rest",),
    "rest_between_rounds": ("round_rest", "rest"),
    "rest_between_exercises": ("transition",),
    "sides": ("side",),
    **dict.fromkeys(("repetitions", "repetition", "count", "counts", "number", "amount"), ("reps",)),
    **dict.fromkeys(("series", "serie"), ("sets",)),
    "times": ("reps", "rounds"),
    **dict.fromkeys(("laps", "circuits", "circuit", "cycles", "sets", "round"), ("rounds", "sets")),
    **dict.fromkeys(("pause", "break", "recovery"), ("rest", "relax")),
    **dict.fromkeys(("comment", "comments", "cue", "cues", "tip", "tips"), ("note", "watch", "say")),
    **dict.fromkeys(("description", "instructions", "how"), ("note", "steps")),
    **dict.fromkeys(("side", "unilateral"), ("sides",)),
    **dict.fromkeys(("name", "label", "called"), ("title", "do", "exercise")),
    **dict.fromkeys(("title", "label"), ("title", "name")),
    **dict.fromkeys(("muscle", "muscles", "target"), ("targets",)),
    **dict.fromkeys(("speed",), ("tempo",)),
    **dict.fromkeys(("isometric", "keep"), ("hold",)),
    **dict.fromkeys(("repeat", "repeats", "same", "copy", "like"), ("same_as", "reps")),
    **dict.fromkeys(("workout", "exercise", "items", "list"), ("exercises",)),
    **dict.fromkeys(("progression", "regression"), ("harder", "easier")),
    **dict.fromkeys(("start", "start_position", "preparation"), ("setup", "position")),
    **dict.fromkeys(("movement", "execution"), ("steps",)),
    **dict.fromkeys(("week", "schedule", "weekdays", "program", "programme", "routine"), ("days",)),
    **dict.fromkeys(("blocks", "levels", "parts", "phases", "stage"), ("stages",)),
    **dict.fromkeys(("author", "url", "link", "credit"), ("source",)),
    **dict.fromkeys(("version",), ("format",)),
    **dict.fromkeys(("lang",), ("language",)),
    **dict.fromkeys(("breath", "breathing"), ("breathe", "breath", "breathing")),
    **dict.fromkeys(("phase",), ("do",)),
}
"""What others call our keys, and the keys that may be meant, the likeliest first."""

OTHER_SIDES = {
    Sides.NONE: "no, neither, both together, together, bilateral, two",
    Sides.EACH: "both, both sides, each side, per side, each leg, each arm, per leg, left and right, "
    "left then right, l+r, both legs, both arms, unilateral, yes, l/r, one then the other",
    Sides.ALTERNATE: "alternating, alternate sides, alternately, in turn, altern, side to side, switch",
    Sides.LEFT: "l, left side, left leg, left arm, left only",
    Sides.RIGHT: "r, right side, right leg, right arm, right only",
}
OTHER_POSITIONS = {
    Position.STANDING: "stand, upright, on your feet",
    Position.SEATED: "sitting, sit, sitting on a chair, on a chair, chair, seated on a chair",
    Position.FLOOR_SEATED: "sitting on the floor, long sitting, on the floor, floor, floor sitting",
    Position.SUPINE: "lying, on your back, on back, on the back, lying on your back, crook lying, "
    "hook lying, face up, back, lie down, lying down, laying",
    Position.PRONE: "on your stomach, on your front, on your belly, face down, lying face down, stomach, "
    "belly, front",
    Position.SIDE_LYING: "side, on your side, on the side, lying on your side, side lie, sidelying",
    Position.QUADRUPED: "all fours, on all fours, hands and knees, on hands and knees, "
    "on your hands and knees, four point kneeling, table top, tabletop, 4 point kneeling",
    Position.KNEELING: "on your knees, knees, kneel, on knees, high kneeling, tall kneeling",
    Position.HALF_KNEELING: "on one knee, one knee, half kneel, lunge",
}
OTHER_MUSCLES = {
    **dict.fromkeys(("quads", "quad", "thighs", "thigh", "front of thigh", "knee extensors"), "quadriceps"),
    **dict.fromkeys(("lower back", "low back", "back", "back muscles", "spine"), "erector spinae"),
    **dict.fromkeys(("abs", "stomach", "belly", "core", "tummy", "six pack"), "abdominals"),
    **dict.fromkeys(("deep abs", "deep core", "tva"), "transversus abdominis"),
    **dict.fromkeys(("buttocks", "bottom", "bum", "gluteus", "gluteals", "butt"), "glutes"),
    **dict.fromkeys(("hams", "hamstring", "back of thigh"), "hamstrings"),
    **dict.fromkeys(("lats", "lat"), "latissimus dorsi"),
    **dict.fromkeys(("adductors", "groin", "inner thigh"), "inner thighs"),
    **dict.fromkeys(("psoas", "iliopsoas", "front of hip"), "hip flexors"),
    **dict.fromkeys(("calf", "gastrocnemius", "soleus", "lower leg"), "calves"),
    **dict.fromkeys(("pecs", "chest"), "chest muscles"),
    **dict.fromkeys(("upper back", "rhomboids", "traps", "shoulder blades"), "shoulder blade muscles"),
    **dict.fromkeys(("delts", "rotator cuff", "shoulders"), "shoulder muscles"),
    **dict.fromkeys(("oblique", "obliques", "sides", "ql", "waist"), "quadratus lumborum"),
    **dict.fromkeys(("cardio", "heart", "endurance"), "heart and lungs"),
}
"""What muscles are called in everyday words."""

OTHER_BREATHS = {
    Breath.IN: "inhale, breathe in, inspire, breath in",
    Breath.OUT: "exhale, breathe out, expire, breath out",
    Breath.SLOW: "deep, deeply, slowly, calm",
    Breath.FREE: "normal, normally, natural, naturally, any, yes, freely, as you like, regular",
}
OTHER_SIDE = {
    Side.LEFT: "l, left side, left leg, left arm",
    Side.RIGHT: "r, right side, right leg, right arm",
}
OTHER_PACE = {
    Pace.SELF: "own, own pace, my own, self paced, untimed, free, any",
    Pace.TIMED: "time, clock, coach",
}
"""What people write for our words, by the word that is meant."""

OF_EXERCISE = frozenset(
    (
        "figure",
        "phases",
        "steps",
        "setup",
        "position",
        "breath",
        "equipment",
        "out",
        "easier",
        "harder",
        "instead",
    )
)
"""What an exercise says itself, wherever it is asked for."""

_AMOUNTS = frozenset(("sides", "sets", "reps", "hold", "tempo", "relax", "load", "pace", "every"))
_OFTEN = marked("how often is said by the days it stands on, and by 'times: 2' of a day for two sessions")
_AWAY = marked("give it a time: 'duration: 5m'")
_HARD = marked("how hard it was is asked after a session; what to aim at is a 'note'")
_CLIMB = marked("more comes by ranges, as in 'reps: 8-12', and how fast by 'progress' in 'defaults'")
_WARM = marked("it is a part of 'exercises': a circuit of one round with that 'title'")
_SEEN = marked("how it is done is told in words, and drawn by the 'figure' of its exercise")
_ROUNDS = marked("rounds are of a circuit, an entry of 'exercises': write {rounds: 3, exercises: […]}")
_NOTE = marked(
    "words to remember are the 'note' of an entry in 'exercises'; a remark for yourself begins with #"
)
_WEEKS = marked("how long is 'weeks' of each of the 'stages'")
_ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(
        ("frequency", "times_per_week", "per_week", "per_day", "days_per_week", "sessions_per_week", "often"),
        _OFTEN,
    ),
    **dict.fromkeys(("distance", "metres", "meters", "km", "miles"), _AWAY),
    **dict.fromkeys(("rpe", "rir", "effort", "intensity", "difficulty"), _HARD),
    **dict.fromkeys(("progression", "progress", "increase", "increment", "overload"), _CLIMB),
    **dict.fromkeys(
        ("min", "max", "minimum", "maximum"),
        marked("write both ends in one value: 'hold: 30-60s', or 'hold: max 60s'"),
    ),
    **dict.fromkeys(("breathe", "breath"), marked("phases say 'breathe', in the exercise itself")),
    "breathing": marked("the pace of breath is in 'defaults', and in phases 'breathe'"),
    **dict.fromkeys(("video", "videos", "image", "images", "picture", "photo"), _SEEN),
    **dict.fromkeys(("warmup", "warm_up", "cooldown", "cool_down"), _WARM),
    **dict.fromkeys(("rounds", "circuit"), _ROUNDS),
    **dict.fromkeys(("note", "notes", "description", "comment", "comments", "instructions"), _NOTE),
    **dict.fromkeys(WEEKDAYS, marked("days stand under 'days:', each two blanks further in")),
    "goal": marked("how many sessions a week is 'goal: 3 per week' in the settings"),
}
_AT_THE_TOP: Mapping[str, str] = {
    **dict.fromkeys(("weeks", "for", "until", "end", "ends", "duration", "length", "total_weeks"), _WEEKS),
    "equipment": marked("what is needed stands in the exercises themselves"),
    "on": marked("weekdays are named under 'days'; 'on' goes with a 'cycle'"),
}
_SPREAD = marked(
    "sessions of a day are 'times: 3', at hours that you choose; "
    "from one set to the next it stands in an entry of 'exercises'"
)
_CRITERIA = marked(
    "going on is asked from its 'weeks' on, when its sessions were good; "
    "what to be able to do first is a 'title', or the 'note' of an entry"
)
_OF_STAGES = frozenset(
    (
        "criteria",
        "criterion",
        "condition",
        "conditions",
        "until",
        "advance",
        "exit",
        "goals",
        "requires",
        "when",
    )
)
_ITS_OWN = marked("how much stands in its 'prescription': write prescription: {reps: 8}")
_OF_ENTRIES = marked("how much is said of each exercise, in its entry in 'exercises'")


def also_called(word: str, free: Collection[str]) -> str:
    """The likeliest key that others call so; empty: none of these that are free.

    Args:
        word: As it was written.
        free: The keys that there may be still.
    """
    names = ALSO_CALLED.get(word.lower().replace(" ", "_").replace("-", "_"), ())
    return next((known for known in names if known in free), "")


def said_elsewhere(key: str, keys: Collection[str]) -> str:
    """Where our files say what is meant by a key that is none here; marked. Empty: that is not known.

    Args:
        key: As it was written.
        keys: Those that there may be.
    """
    word = key.lower().replace("-", "_").replace(" ", "_")
    if word in OF_EXERCISE and "exercise" in keys:
        return marked("its exercise says that, in its own entry or file")
    if word == "every" and "times" in keys:
        return _SPREAD
    if word in _OF_STAGES and "weeks" in keys:
        return _CRITERIA
    if word in _AMOUNTS:
        return _ITS_OWN if "prescription" in keys else "" if "exercise" in keys else _OF_ENTRIES
    if "format" in keys and word.startswith("week_") and word[5:].isdigit():
        return marked("weeks are 'stages': a list of them, each with 'weeks' and 'days' of its own")
    if "format" in keys and re.fullmatch(r"(?:phase|stage|block|month|part|level)_?[0-9]{1,2}", word):
        return marked("parts of a programme are 'stages': a list of them, each with 'days' of its own")
    if "format" in keys and word in _AT_THE_TOP:
        return _AT_THE_TOP[word]
    return _ELSEWHERE.get(word, "")
