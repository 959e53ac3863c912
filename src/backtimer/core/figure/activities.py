"""What is seen of an activity that is told in words: the figure of an exercise, or one of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from backtimer.core.figure.pose import Said, figure_text
from backtimer.core.plan.routine import Exercise, Position
from backtimer.language import _, marked

SWIM = "swim"

_WORDS = {
    SWIM: marked("swim, swimming, crawl"),
    "walk": marked("walk, walking, walks, stroll, hike, hiking"),
    "run": marked("run, running, jog, jogging"),
    "sun-salutation": marked("yoga, sun salutation"),
    "cat-stretch": marked("stretch, stretches, stretching"),
}
"""The words that tell an activity, by the exercise that shows it."""


def shown_as(words: str) -> tuple[str, ...]:
    """The ids of the exercises that show an activity, in the order in which it names them."""
    found: dict[str, int] = {}
    for exercise, named in _WORDS.items():
        for word in {*named.split(", "), *_(named).split(", ")}:
            if match := re.search(rf"\b{re.escape(word)}\b", words, re.IGNORECASE):
                found[exercise] = min(match.start(), found.get(exercise, match.start()))
    return tuple(sorted(found, key=lambda each: found[each]))


def exercise_of_activity(words: str, known: Callable[[str], Exercise | None]) -> Exercise | None:
    """An exercise with the figure of an activity; None: there is no figure of it.

    Args:
        words: What the activity is called.
        known: Finds an exercise of the catalogue by its id.
    """
    for exercise_id in shown_as(words):
        if exercise_id == SWIM:
            return Exercise(id=SWIM, name=words, position=Position.PRONE, figure=figure_text(_crawl()))
        found = known(exercise_id)
        if found is not None and found.figure:
            return found
    return None


def _crawl() -> Said:
    """One arm comes over the water while the other one pulls; the water goes by, and hides what is in it."""
    arms: dict[str, Any] = {
        "ahead": [[4, 10], [2, 4], 0],
        "under": [[-90, 10], [-60, 4], -60],
        "back": [[184, 10], [182, 4], 180],
        "over": [[110, 24], [40, 10], 30],
    }
    up, down = [[176, 5], [178, 3], 186], [[184, 5], [190, 3], 196]

    def pose(left: str, right: str, *, kicks: bool) -> Said:
        legs = (up, down) if kicks else (down, up)
        return {
            "spine": [2, 2],
            "head": [-6],
            "arm_left": arms[left],
            "arm_right": arms[right],
            "leg_left": legs[0],
            "leg_right": legs[1],
            "on": ["pelvis"],
            "rest": [],
        }

    return {
        "from": "prone",
        "view": [14, 4],
        "arrows": [],
        "travel": 150,
        "poses": {
            "left": pose("ahead", "back", kicks=False),
            "over-right": pose("under", "over", kicks=True),
            "right": pose("back", "ahead", kicks=False),
            "over-left": pose("over", "under", kicks=True),
        },
        "phases": {"hold": ["over-right", "right", "over-left", "left"]},
    }
