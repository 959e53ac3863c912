"""What a day takes: the things of its exercises, and something to hold on to on the way down and up."""

from __future__ import annotations

import re
from itertools import pairwise

from backtimer.core.plan.plan import Plan, exercise_of_set
from backtimer.core.plan.routine import Position
from backtimer.core.plan.ways import ON_FEET
from backtimer.language import _

_FIRM = r"\b(chair|wall|table|bench|stool|sofa|bed|door)s?\b"
"""What one can hold on to."""


def things_needed(plan: Plan) -> tuple[str, ...]:
    """Each thing once, in order of first use; last a chair, where the coach asks for one."""
    things = plan.equipment
    if any(re.search(_FIRM, thing, re.IGNORECASE) for thing in things) or not _holds_on(plan):
        return things
    return (*things, _("chair"))


def _holds_on(plan: Plan) -> bool:
    """Whether one holds on to something: between floor and feet, on one knee, or to get up at the end."""
    places = [exercise.position for at in range(len(plan.sets)) if (exercise := exercise_of_set(plan, at))]
    up_or_down = any((one in ON_FEET) != (other in ON_FEET) for one, other in pairwise(places))
    return up_or_down or Position.HALF_KNEELING in places or (bool(places) and places[-1] not in ON_FEET)
