"""How long a body takes from one position to another, and what a day takes to hold on to on the way.

The seconds are what a stiff person of sixty needs (clinical judgement; no source was found).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from backtimer.core.plan.plan import Plan, position_of_set
from backtimer.core.plan.routine import Position
from backtimer.language import _

_SUPINE, _PRONE, _SIDE = Position.SUPINE, Position.PRONE, Position.SIDE_LYING
_FOURS, _KNEES, _ONE_KNEE = Position.QUADRUPED, Position.KNEELING, Position.HALF_KNEELING
_FLOOR, _CHAIR, _UP = Position.FLOOR_SEATED, Position.SEATED, Position.STANDING

_WAYS_S: Mapping[Position, Mapping[Position, float]] = {
    _SUPINE: {_PRONE: 15, _SIDE: 8, _FOURS: 15, _KNEES: 18, _FLOOR: 20, _CHAIR: 40, _UP: 35},
    _PRONE: {_SUPINE: 25, _SIDE: 8, _FOURS: 12, _KNEES: 17, _FLOOR: 17, _CHAIR: 35, _UP: 30},
    _SIDE: {_SUPINE: 6, _PRONE: 8, _FOURS: 10, _KNEES: 10, _FLOOR: 8, _CHAIR: 35, _UP: 30},
    _FOURS: {_SUPINE: 18, _PRONE: 20, _SIDE: 10, _KNEES: 6, _FLOOR: 12, _CHAIR: 30, _UP: 25},
    _KNEES: {_SUPINE: 20, _PRONE: 22, _SIDE: 12, _FOURS: 5, _FLOOR: 12, _CHAIR: 30, _UP: 25},
    _FLOOR: {_SUPINE: 15, _PRONE: 22, _SIDE: 10, _FOURS: 12, _KNEES: 12, _CHAIR: 35, _UP: 30},
    _CHAIR: {_SUPINE: 44, _PRONE: 46, _SIDE: 39, _FOURS: 27, _KNEES: 20, _FLOOR: 34, _UP: 12},
    _UP: {_SUPINE: 34, _PRONE: 36, _SIDE: 34, _FOURS: 22, _KNEES: 18, _FLOOR: 29, _CHAIR: 12},
}
_ONTO_ONE_KNEE_S = 6.0
"""From kneeling, one foot comes to the front; and back."""


def way_s(before: Position, after: Position) -> float:
    """The least seconds from one position to another; 0 where nothing changes."""
    if before is after:
        return 0.0
    if after is _ONE_KNEE:
        return way_s(before, _KNEES) + _ONTO_ONE_KNEE_S
    if before is _ONE_KNEE:
        return way_s(_KNEES, after) or _ONTO_ONE_KNEE_S
    return float(_WAYS_S[before][after])


ON_FEET = frozenset({_UP, _CHAIR})
"""There one looks where one goes, and holds on to something firm."""

LYING = frozenset({_SUPINE, _PRONE, _SIDE})

ON_ONE_SIDE = frozenset({_SIDE, _ONE_KNEE})
"""There the whole body turns over from one side to the other."""

PROPPED_UP = frozenset({_FOURS, _KNEES, _ONE_KNEE, _FLOOR})
"""There one has a hand free to lay something out; on the way to lying it is done before one lies on it."""

ON_THE_FLOOR = LYING | PROPPED_UP
"""From there one gets up at the end, with both hands on something firm."""


_FIRM = r"\b(chair|wall|table|bench|stool|sofa|bed|door)s?\b"
_WITH_A_SEAT = r"\b(chair|bench|stool|sofa)s?\b"
"""By what one gets up and down: the words for the way speak of a seat to hold. A wall or a door has none."""

_SEAT = r"\b(chair|bench|stool|sofa|bed)s?\b"


def is_firm(thing: str) -> bool:
    """Whether one can hold on to it."""
    return re.search(_FIRM, thing, re.IGNORECASE) is not None


_MAT = r"\b\w*(mats?|matten?|matje)\b|\b(tapis|esterilla|colchoneta|tappetino)\b"


def is_mat(thing: str) -> bool:
    """Whether it is a mat, also as some other languages call it."""
    return re.search(_MAT, thing, re.IGNORECASE) is not None


def things_needed(plan: Plan) -> tuple[str, ...]:
    """Each thing once, in order of first use; last a chair, where the coach asks for one."""
    return (*plan.equipment, _("chair")) if needs_support(plan) else plan.equipment


def has_seat(plan: Plan) -> bool:
    """Whether there is something to sit down on: in the day's things, or by which one gets up and down."""
    seated = any(exercise.position is Position.SEATED for exercise in plan.exercises)
    return (
        seated
        or any(re.search(_SEAT, thing, re.IGNORECASE) for thing in plan.equipment)
        or needs_support(plan)
    )


def needs_support(plan: Plan) -> bool:
    """Whether one has to hold on to something that the day's things do not have.

    One does between floor and feet, on one knee, and to get up at the end.
    """
    if any(re.search(_WITH_A_SEAT, thing, re.IGNORECASE) for thing in plan.equipment):
        return False
    places = [position_of_set(plan, at) for at in range(len(plan.sets))]
    up_or_down = any((one in ON_FEET) != (other in ON_FEET) for one, other in pairwise(places))
    return up_or_down or Position.HALF_KNEELING in places or places[-1] in ON_THE_FLOOR
