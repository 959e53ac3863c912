"""The course of a movement that is hardly seen: a line that rises, stays and falls, and where on it she is.

Two exercises may look alike and differ only in their time: short squeezes, and one that is held.
"""

from __future__ import annotations

from itertools import pairwise

from backtimer.core.figure.body import ARROW, Disc, Stroke
from backtimer.core.figure.camera import Camera, Point
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.scene import Scene

_CM_A_SECOND = 4.6
_LONG_CM = 64.0
"""How long a second is in the picture, and all of the line: several reps, if they are short."""
_LOW_CM, _HIGH_CM = 44.0, 62.0
"""How far over the chest the line is where she is loose, and where she squeezes: over her knees."""
_PAST_CM = 62.0
"""How far it goes past the hips: it is over what it tells of; over a mouth it would be her breath."""
_THICK_CM, _HERE_CM = 1.2, 3.6
_FRONT = -1_100.0


def course_strokes(scene: Scene, camera: Camera) -> list[Stroke]:
    """The line of a rep, as often as there is room, and a spot on its first one where she is now."""
    course = scene.course
    if course is None or len(course.points) < 2:
        return []
    left = camera.seen(scene.base["pelvis"])[0] - _LONG_CM + _PAST_CM
    floor = camera.seen(scene.base["chest"])[1] + _LOW_CM

    def place(seconds: float, share: float) -> Point:
        return (left + seconds * _CM_A_SECOND, floor + share * (_HIGH_CM - _LOW_CM))

    rep, begins, line = course.points[-1][0], 0.0, [place(*course.points[0])]
    while begins * _CM_A_SECOND < _LONG_CM and rep > 0.0:
        for (before, low), (after, high) in pairwise(course.points):
            room = _LONG_CM / _CM_A_SECOND - begins - before
            if room <= 0.0 or after <= before:
                continue
            part = min(1.0, room / (after - before))
            line.append(place(begins + before + (after - before) * part, low + (high - low) * part))
        begins += rep
    found = [
        Stroke(
            tuple(Disc(at, _THICK_CM) for at in ends),
            Shade.MOVER_TRUNK,
            ARROW,
            _FRONT - 0.01 * number,
            lined_from=1.0,
        )
        for number, ends in enumerate(pairwise(line))
    ]
    at = place(course.now, _level(course.points, course.now))
    here = (Disc(at, _HERE_CM), Disc(at, _HERE_CM))
    return [*found, Stroke(here, Shade.MOVER, "course", _FRONT - 1.0)]


def _level(points: tuple[tuple[float, float], ...], now: float) -> float:
    for (before, low), (after, high) in pairwise(points):
        if before <= now <= after and after > before:
            return low + (high - low) * (now - before) / (after - before)
    return points[-1][1]
