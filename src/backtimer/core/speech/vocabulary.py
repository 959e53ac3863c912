"""Every word that the coach says, in English: the one place for a translation, as `languages` tells.

Templates are filled with `str.format`: the names in braces stay as they are. A pair is for one thing and for
several. What an exercise says itself (its name, setup, faults and own phases) stands in its file.
"""

from __future__ import annotations

from collections.abc import Mapping

from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.routine import HOLD, LIFT, LOWER, RELAX, Breath, Position, Side
from backtimer.core.session.events import Outcome

Pair = tuple[str, str]

# What it is

KINDS: Mapping[StepKind, str] = {
    StepKind.PREPARE: "Get ready",
    StepKind.SWITCH: "Switch sides",
    StepKind.REST: "Rest",
    StepKind.TRANSITION: "Next exercise",
    StepKind.ACTIVITY: "At your own pace",
    StepKind.SELF_PACED: "At your own pace",
}
CHANGE_POSITION = "Change position"
KEEP_MOVING = "Keep moving"
GO_ON = "Go on"
ACTIVITY = "Activity"
PHASES: Mapping[str, str] = {LIFT: "Lift", HOLD: "Hold", LOWER: "Lower", RELAX: "Relax"}
"""The phases that backtimer itself names; those of an exercise's own are said as its file has them."""

# The body

BREATHS: Mapping[Breath, str] = {
    Breath.IN: "Breathe in",
    Breath.OUT: "Breathe out",
    Breath.SLOW: "Breathe slowly",
    Breath.FREE: "Breathe freely",
}
BREATH_AS: Mapping[Breath, str] = {
    Breath.IN: "Breathe in as you {phase}",
    Breath.OUT: "Breathe out as you {phase}",
}
SIDES: Mapping[Side, str] = {Side.LEFT: "left", Side.RIGHT: "right"}
SIDE = "{side} side"
OTHER_SIDE = "other"

INTO: Mapping[Position, str] = {
    Position.STANDING: "Stand up",
    Position.SEATED: "Sit down",
    Position.SUPINE: "Lie down on your back",
    Position.PRONE: "Lie down on your stomach",
    Position.SIDE_LYING: "Lie down on your side",
    Position.QUADRUPED: "Come onto your hands and knees",
    Position.KNEELING: "Come onto your knees",
    Position.HALF_KNEELING: "Kneel on one knee",
    Position.FLOOR_SEATED: "Sit down on the floor",
}
INTO_FROM: Mapping[tuple[Position, Position], str] = {
    (Position.SUPINE, Position.PRONE): "Roll over onto your stomach",
    (Position.SIDE_LYING, Position.PRONE): "Roll onto your stomach",
    (Position.QUADRUPED, Position.PRONE): "Lower yourself onto your stomach",
    (Position.KNEELING, Position.PRONE): "Lower yourself onto your stomach",
    (Position.PRONE, Position.SUPINE): "Roll over onto your back",
    (Position.SIDE_LYING, Position.SUPINE): "Roll onto your back",
    (Position.SEATED, Position.SUPINE): "Lie back slowly",
    (Position.SUPINE, Position.SIDE_LYING): "Roll onto your side",
    (Position.PRONE, Position.SIDE_LYING): "Roll onto your side",
    (Position.SUPINE, Position.SEATED): "Roll onto your side, then sit up",
    (Position.SIDE_LYING, Position.SEATED): "Push yourself up to sit",
    (Position.PRONE, Position.SEATED): "Push up onto your knees, then sit down",
    (Position.SUPINE, Position.STANDING): "Roll onto your side, then stand up slowly",
    (Position.SIDE_LYING, Position.STANDING): "Push yourself up, then stand up slowly",
    (Position.PRONE, Position.STANDING): "Push up onto your knees, then stand up slowly",
    (Position.SUPINE, Position.QUADRUPED): "Roll over onto your hands and knees",
    (Position.SIDE_LYING, Position.QUADRUPED): "Roll up onto your hands and knees",
    (Position.PRONE, Position.QUADRUPED): "Push up onto your hands and knees",
    (Position.STANDING, Position.QUADRUPED): "Come down onto your hands and knees",
    (Position.SUPINE, Position.KNEELING): "Roll onto your side, then come up onto your knees",
    (Position.PRONE, Position.KNEELING): "Push up onto your knees",
    (Position.QUADRUPED, Position.KNEELING): "Come up onto your knees",
    (Position.STANDING, Position.KNEELING): "Come down onto your knees",
    (Position.SUPINE, Position.HALF_KNEELING): "Roll onto your side, then come up onto one knee",
    (Position.PRONE, Position.HALF_KNEELING): "Push up onto one knee",
    (Position.QUADRUPED, Position.HALF_KNEELING): "Come up onto one knee",
    (Position.STANDING, Position.HALF_KNEELING): "Come down onto one knee",
}

# Numbers and times

# fmt: off
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on
HOURS: Pair = ("{number} hour", "{number} hours")
MINUTES: Pair = ("{number} minute", "{number} minutes")
SECONDS: Pair = ("{number} second", "{number} seconds")
HOURS_SHORT: Pair = ("{number} h", "{number} h")
MINUTES_SHORT: Pair = ("{number} min", "{number} min")
SECONDS_SHORT: Pair = ("{number} s", "{number} s")
SETS: Pair = ("{number} set", "{number} sets")
REPS: Pair = ("{number} rep", "{number} reps")
ROUNDS: Pair = ("{number} round", "{number} rounds")
ABOUT = "about {time}"
MORE_TIME = "{time} more"

# How much of it

SETS_OF = "{sets} sets of {what}"
AS_MANY = "as many reps as are comfortable"
PYRAMID = "{sets}: {reps}"
HELD = "{reps}, held for {time}"
EACH_HELD = "{reps}, each held for {time}"
EACH_SIDE = "{reps} on each side"
EACH_IN_TURN = "{reps} on each side, in turn"
OWN_PACE = "{reps}, at your own pace"
HOLDS = "{sets} holds of {time}"
TIMES_MOVING = "{sets} times {time}, moving"
HOLD_FOR = "Hold for {time}"
MOVE_FOR = "Keep moving for {time}"
PHASE_FOR = "{phase} for {time}"

# Where one is

SET_OF = "Set {set} of {sets}"
ROUND_OF = "Round {round} of {rounds}"
REP = "Rep {rep}"
REP_OF = "Rep {rep} of {reps}"
LAST_REP = "Last rep"

# What comes

NEXT = "Next: {what}"
REST_FOR = "Rest for {time}"
THEN_DONE = "Then you are done"
PRESS_ANY = "Done? Press any key"

# What happens on the way

HALFWAY = "Halfway"
PAUSED = "Paused"
SLEPT = "Paused: the computer was away for {time}. Nothing was counted"
SET_BACK = "Paused: the clock was set back. Nothing was counted"
RESUMED = "Going on"
SAFETY = (
    "Most back pain is not dangerous. Three things are: numbness between your legs, trouble with urine or "
    "stool, a leg that gets weaker. Then stop, and go to hospital now. For all else, read the card once: "
    "backtimer safety"
)
"""The safety card as it is heard, in a quarter of a minute."""
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.SKIPPED: "skipped",
    Outcome.PARTIAL: "partly done",
    Outcome.DONE: "done",
    Outcome.HURT: "stopped: it hurt",
}
DONE = "That's it, well done"
STOPPED = "Stopped"
PRAISE = "Well done!"
ALL_DONE = "All done."
PART_DONE = "Every bit counts."
NONE_DONE = "Another time, then."
IT_HURTS = "Be kind to your back today."
"""Over a summary: all was done, the same with some pain, part of it, nothing; or it hurt."""
SETS_DONE = "{done} of {sets}"
SETS_DONE_IN = "{done} of {sets}, in {time}"
SETS_KEPT = "{done} of {sets} done, and kept."
NO_SET_YET = "No set is done yet."
NOTHING_LOST = "Nothing is lost."
SET_LOST = "Lost: the running set, {time}."
SET_IN_PART = "Ended with s, it is partly done."
"""When a session is to be left."""
GO_ON_WITH = "Go on: {left} of {sets} left"
"""Of a session that was ended early, on the same day."""
BROKE_OFF = "{title} broke off after {done} of {sets}"
