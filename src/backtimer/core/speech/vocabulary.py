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
BREATH_WITH = "{phase}: {breath}"
SIDES: Mapping[Side, str] = {Side.LEFT: "left", Side.RIGHT: "right"}
ON_SIDE = "your {side} {limb}"
SIDE = "{side} side"
OTHER_SIDE = "other"

INTO: Mapping[Position, str] = {
    Position.STANDING: "Stand up",
    Position.SEATED: "Sit down on the chair",
    Position.SUPINE: "Lie down on your back",
    Position.PRONE: "Lie down on your stomach",
    Position.SIDE_LYING: "Lie down on your side",
    Position.QUADRUPED: "Come onto your hands and knees",
    Position.KNEELING: "Come onto your knees",
    Position.HALF_KNEELING: "Kneel on one knee",
    Position.FLOOR_SEATED: "Sit down on the floor",
}
_UP_TO_THE_FEET = (
    "Crawl to the chair. Put both hands on the seat, and wait for a breath. "
    "One foot forward, and hold on. Dizzy? Wait there. Push up slowly"
)
"""With two stops, in which a head that swims becomes still."""
_UP_TO_SIT = (
    f"{_UP_TO_THE_FEET}. Stand tall. Turn in small steps, until the seat touches your legs. "
    "Hold on, and sit down slowly"
)
_UP_TO_STAND = f"{_UP_TO_THE_FEET}. Stand tall, one hand on the chair's back"
_ONTO_THE_KNEES = "One knee down, then the other"
_UP_FROM_CHAIR = "Slide forward, feet back. Lean forward, and stand up slowly"
_TO_THE_SEAT = "Face the chair, and hold the seat"
_DOWN_TO_KNEES = f"Stand up slowly, and turn to the chair. Hold the seat. {_ONTO_THE_KNEES}"
_ROOM = "Hands on the mat. Crawl back, until your hands are in the middle of the mat"
"""Who then lies down has room between her head and the chair, also for arms that reach forward."""
_DOWN_FROM_CHAIR = f"{_DOWN_TO_KNEES}. {_ROOM}"
_DOWN_FROM_STANDING = f"{_TO_THE_SEAT}. {_ONTO_THE_KNEES}. {_ROOM}"
_ONTO_A_SIDE = "With bent knees, roll onto your side, facing your things"
ONTO_ONE_HIP = "Sit on the hip away from your things"
"""On that side she faces them, and reaches them with the upper hand."""
_ON_THE_SIDE = "Lie on your side, facing your things"
_TO_THE_ELBOW = "Walk your hands halfway to the chair. Down on the elbow of that hip"
"""Not as far as the chair: arms that reach past the head are to have room, too."""
_OVER_THE_ELBOW = f"{_TO_THE_ELBOW}. {_ON_THE_SIDE}"
_ROLL_ON = (
    "Move back from your things, to have room to roll. "
    "Stretch the arm you lie on past your ear. Roll onto your stomach"
)
_ROLL_BACK = "Move towards your things, then roll onto your back"
_ONTO_THE_STOMACH = f"{ONTO_ONE_HIP}. {_OVER_THE_ELBOW}. {_ROLL_ON}"
_ONTO_THE_BACK = f"{ONTO_ONE_HIP}. {_OVER_THE_ELBOW}. {_ROLL_BACK}"
_TO_THE_THINGS = "Turn to your things, hands down"
_ONTO_THAT_SIDE = f"Sit on the hip that will be down. {_TO_THE_ELBOW}. Lie down on that side"
_OFF_THE_STOMACH = "Hands under your shoulders, bottom back, up onto hands and knees"
_TO_THE_MIDDLE = f"{_OFF_THE_STOMACH}. Crawl forward, hands to the middle of the mat"
"""Her hips come to where her knees were: the feet have to be on the mat again."""
_UP_TO_KNEEL = "Come up onto your knees, body upright"
_FACE_THE_CHAIR = "Face the chair, hands in the middle of the mat"
_TO_FOURS = "Turn to one side, hands down. Come onto your hands and knees"
_UP_FROM_BACK = f"{_ONTO_A_SIDE}. Top hand on the mat, and push up onto hands and knees"
_WAYS: Mapping[Position, Mapping[Position, str]] = {
    Position.SUPINE: {
        Position.PRONE: f"{_ONTO_A_SIDE}. {_ROLL_ON}",
        Position.SIDE_LYING: "Bend your knees. Roll onto your side in one piece",
        Position.QUADRUPED: f"{_UP_FROM_BACK}. {_FACE_THE_CHAIR}",
        Position.KNEELING: f"{_UP_FROM_BACK}. {_UP_TO_KNEEL}",
        Position.FLOOR_SEATED: f"{_ONTO_A_SIDE}. Push yourself up to sit",
        Position.SEATED: f"{_UP_FROM_BACK}. {_UP_TO_SIT}",
        Position.STANDING: f"{_UP_FROM_BACK}. {_UP_TO_STAND}",
    },
    Position.PRONE: {
        Position.SUPINE: f"{_TO_THE_MIDDLE}. {_ONTO_THE_BACK}",
        Position.SIDE_LYING: "Bend one knee. Roll onto your side",
        Position.QUADRUPED: _TO_THE_MIDDLE,
        Position.KNEELING: f"{_TO_THE_MIDDLE}. {_UP_TO_KNEEL}",
        Position.FLOOR_SEATED: f"{_OFF_THE_STOMACH}. Sit down to one side",
        Position.SEATED: f"{_OFF_THE_STOMACH}. {_UP_TO_SIT}",
        Position.STANDING: f"{_OFF_THE_STOMACH}. {_UP_TO_STAND}",
    },
    Position.SIDE_LYING: {
        Position.SUPINE: "Bend your knees. Roll onto your back in one piece",
        Position.PRONE: _ROLL_ON,
        Position.QUADRUPED: "Push up with your hands onto hands and knees, facing the chair",
        Position.KNEELING: f"Push up with your hands to hands and knees. {_UP_TO_KNEEL}",
        Position.FLOOR_SEATED: "Push up with your hands, and sit",
        Position.SEATED: f"Top hand on the mat, and push up onto hands and knees. {_UP_TO_SIT}",
        Position.STANDING: f"Top hand on the mat, and push up onto hands and knees. {_UP_TO_STAND}",
    },
    Position.QUADRUPED: {
        Position.SUPINE: _ONTO_THE_BACK,
        Position.PRONE: _ONTO_THE_STOMACH,
        Position.SIDE_LYING: _ONTO_THAT_SIDE,
        Position.KNEELING: _UP_TO_KNEEL,
        Position.FLOOR_SEATED: "Sit down to one side. Bring your legs in front",
        Position.SEATED: _UP_TO_SIT,
        Position.STANDING: _UP_TO_STAND,
    },
    Position.KNEELING: {
        Position.SUPINE: f"Hands down. {_ONTO_THE_BACK}",
        Position.PRONE: f"Hands down. {_ONTO_THE_STOMACH}",
        Position.SIDE_LYING: f"Hands down. {_ONTO_THAT_SIDE}",
        Position.QUADRUPED: "Put your hands down in front of you",
        Position.FLOOR_SEATED: "Hands down, and sit down to one side. Bring your legs in front",
        Position.SEATED: _UP_TO_SIT,
        Position.STANDING: _UP_TO_STAND,
    },
    Position.FLOOR_SEATED: {
        Position.SUPINE: f"{_TO_THE_THINGS}. {_OVER_THE_ELBOW}. {_ROLL_BACK}",
        Position.PRONE: f"{_TO_THE_THINGS}. {_OVER_THE_ELBOW}. {_ROLL_ON}",
        Position.SIDE_LYING: "Turn to one side, hands down. Lie down on that side",
        Position.QUADRUPED: _TO_FOURS,
        Position.KNEELING: "Turn to one side, hands down. Come onto your knees",
        Position.SEATED: f"{_TO_FOURS}. {_UP_TO_SIT}",
        Position.STANDING: f"{_TO_FOURS}. {_UP_TO_STAND}",
    },
    Position.SEATED: {
        Position.SUPINE: f"{_DOWN_FROM_CHAIR}. {_ONTO_THE_BACK}",
        Position.PRONE: f"{_DOWN_FROM_CHAIR}. {_ONTO_THE_STOMACH}",
        Position.SIDE_LYING: f"{_DOWN_FROM_CHAIR}. {_ONTO_THAT_SIDE}",
        Position.QUADRUPED: _DOWN_FROM_CHAIR,
        Position.KNEELING: f"{_DOWN_TO_KNEES}",
        Position.FLOOR_SEATED: f"{_DOWN_FROM_CHAIR}. Sit down to one side",
        Position.STANDING: f"{_UP_FROM_CHAIR}",
    },
    Position.STANDING: {
        Position.SEATED: "Turn round. Feel the chair behind your legs. Hold on, and sit down slowly",
        Position.QUADRUPED: _DOWN_FROM_STANDING,
        Position.KNEELING: f"{_TO_THE_SEAT}. {_ONTO_THE_KNEES}",
        Position.SUPINE: f"{_DOWN_FROM_STANDING}. {_ONTO_THE_BACK}",
        Position.PRONE: f"{_DOWN_FROM_STANDING}. {_ONTO_THE_STOMACH}",
        Position.SIDE_LYING: f"{_DOWN_FROM_STANDING}. {_ONTO_THAT_SIDE}",
        Position.FLOOR_SEATED: f"{_DOWN_FROM_STANDING}. Sit down to one side",
    },
}
_TO_ONE_KNEE = "{way}. Then put one foot in front of you. Hold on to a chair"
INTO_FROM: Mapping[tuple[Position, Position], str] = {
    **{(before, after): way for before, ways in _WAYS.items() for after, way in ways.items()},
    **{(Position.HALF_KNEELING, after): way for after, way in _WAYS[Position.KNEELING].items()},
    **{
        (before, Position.HALF_KNEELING): _TO_ONE_KNEE.format(way=ways[Position.KNEELING])
        for before, ways in _WAYS.items()
        if before is not Position.KNEELING
    },
    (Position.KNEELING, Position.HALF_KNEELING): "Put one foot in front of you. Hold on to a chair",
    (Position.HALF_KNEELING, Position.KNEELING): "Put your knee down beside the other one",
}
"""The way from each position to each other, kindly to the back, a sentence a move.

With the first move weight comes off what one lies or kneels on, so that it can be put aside after it.
"""
ON_ONE_HIP = "Sit on one hip"
"""The same as `ONTO_ONE_HIP`, where nothing lies beside the mat."""


def _bare(way: str) -> str:
    """A way without things to face."""
    way = way.replace(ONTO_ONE_HIP, ON_ONE_HIP).replace(_ON_THE_SIDE, "Lie on your side")
    way = way.replace(", facing your things", "").replace("Move back from your things", "Move back")
    way = way.replace("Move towards your things", "Move to the front")
    return way.replace(_TO_THE_THINGS, "Turn to one side, hands down")


WITHOUT_THINGS: Mapping[tuple[Position, Position], str] = {
    pair: _bare(way) for pair, way in INTO_FROM.items() if _bare(way) != way
}
"""Those ways on which one faces what lies beside the mat, for where nothing lies there."""
OVER: Mapping[Position, str] = {
    Position.SIDE_LYING: "Lie down, move forward, roll over your back onto your other side",
    Position.HALF_KNEELING: "Hold on to something firm, and change knees",
}
"""How to change sides, where one lies or kneels on one."""
OVER_IF: Mapping[Position, str] = {
    Position.SIDE_LYING: "On the wrong side? Lie down, and roll over your back",
    Position.HALF_KNEELING: "On the wrong knee? Hold on to something firm, and change knees",
}
"""The same, where it is not known on which one is."""
TIRING: Mapping[Position, str] = {
    Position.PRONE: "You will lie on your stomach",
    Position.QUADRUPED: "You will be on hands and knees",
    Position.KNEELING: "You will kneel",
    Position.HALF_KNEELING: "You will kneel on one knee",
}
"""Positions that one gets into only when all is told."""
YOU_WILL_STAND = "You will stand"
"""Told to who sits or lies until all is told."""
ONTO_ONE_HIP_TO_LISTEN = f"{ONTO_ONE_HIP}, and only listen"
"""From there she lies down, when all is told."""
SIT_AND_HEAR = f"{ON_ONE_HIP}, and only listen"
LISTEN: Mapping[Position, str] = {
    Position.QUADRUPED: SIT_AND_HEAR,
    Position.KNEELING: SIT_AND_HEAR,
    Position.HALF_KNEELING: SIT_AND_HEAR,
    Position.SEATED: "Sit, and only listen",
}
"""How to rest where one is, while it is told what to do; in other positions one rests anyway."""
WHERE: Mapping[Position, str] = {
    Position.STANDING: "Standing?",
    Position.SEATED: "On the chair?",
    Position.SUPINE: "On your back?",
    Position.PRONE: "On your stomach?",
    Position.SIDE_LYING: "On your side?",
    Position.QUADRUPED: "Sitting or kneeling?",
    Position.KNEELING: "Sitting or kneeling?",
    Position.HALF_KNEELING: "Sitting or kneeling?",
    Position.FLOOR_SEATED: "Sitting on the floor?",
}
"""By where they rest, those are called who come from elsewhere, since they left an exercise out."""
UP_FROM_BACK = "Roll onto your side, and up onto hands and knees"
JUST_LISTEN = "Only listen"
LISTEN_THERE: Mapping[Position, str] = {
    Position.FLOOR_SEATED: "Hold your knees, and only listen",
    Position.SEATED: "Sit, and only listen",
}
"""How to listen in a position that does not tire; on the floor nobody sits upright for long."""
FIRST_LISTEN = "First sit on the chair, and only listen"
OTHERS_LISTEN = "Sit on the chair, and only listen"
AGAIN: Mapping[Position, str] = {
    Position.QUADRUPED: "Back to your hands and knees",
    Position.KNEELING: "Come back up onto your knees",
    Position.HALF_KNEELING: "Back to one knee",
}
"""Back into a position after a rest from it."""

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
AS_LONG = "hold as long as is comfortable"
AS_LONG_AT_MOST = "hold as long as is comfortable, at most {time}"
PYRAMID = "{sets}: {reps}"
HELD = "{reps}. Hold it for {time}"
EACH_HELD = "{reps}. Hold each one for {time}"
HELD_BRIEFLY = "{reps}, held for {time}"
EACH_SIDE = "{reps} on each side"
EACH_IN_TURN = "{reps} on each side, in turn"
BOTH_IN_EACH = "{reps}, each with both sides, one after the other"
OWN_PACE = "{reps}, at your own pace"
HOLDS = "{sets} of {time}"
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
REST_AND_LISTEN = "Rest a moment"
"""Not the whole time is for rest: it is told what comes."""
SHORT_PAUSE = "Short pause"
"""A rest from which one is called back before there was time for it."""
THEN_DONE = "Then you are done"
REST_UNTIL = "Rest until it is time again"
REST_OWN = "Rest as long as you like, then press any key"
GO_ON = "Press any key to go on"
PRESS_ANY = "Done? Press any key"

# What happens on the way

HALFWAY = "Halfway"
PAUSED = "Paused"
SLEPT = "Paused: the computer was away for {time}. Nothing was counted"
SET_BACK = "Paused: the clock was set back. Nothing was counted"
RESUMED = "Going on"
SAFETY = (
    "Most back pain is not dangerous. Three signs are. Numbness between your legs. Trouble with urine or "
    "stool. A leg that gets weaker. Then stop, and go to hospital now. For all else, read the card once: "
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
