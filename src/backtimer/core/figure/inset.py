"""The inset: pelvis and low back once more, larger, with a movement that is larger than it is."""

from __future__ import annotations

from math import pi, sin

from backtimer.core.figure.body import ARROW, Disc, Stroke
from backtimer.core.figure.camera import Frame, Point
from backtimer.core.figure.film import Scene
from backtimer.core.figure.movement import BodyPart
from backtimer.core.figure.shade import Shade
from backtimer.core.figure.skeleton import Joints, front
from backtimer.core.figure.vectors import blend, difference, dot

INSET = Frame(0.0, 112.0, 0.0, 54.0)
"""What the inset shows, in its own units."""

FLOOR_AT = 1.5
LARGER = 2.1
"""How much larger the hollow of the back is drawn than it is."""

_RIBS_AT, _PELVIS_AT, _WAIST_AT = 18.0, 84.0, 51.0
_END_THICK, _WAIST_THICK = 9.0, 6.5
_SPOTS = 8
_LYING = FLOOR_AT + 1.0
"""How low what lies on the floor is: on its line."""
_MOST_HOLLOW = 14.0
_ARROW_TOP, _ARROW_LENGTH, _BARB, _THIN = 53.0, 14.0, 7.0, 1.0


def hollow(joints: Joints) -> float:
    """How hollow the low back is, in centimetres: less than 0 where it is round."""
    middle = blend(joints["pelvis"], joints["chest"], 0.46)
    return dot(difference(joints["waist"], middle), front(joints))


def hollow_units(scene: Scene) -> float:
    """How high the low back is over the floor in the inset, in its units."""
    return max(0.0, min(_MOST_HOLLOW, (hollow(scene.joints) + 2.0) * LARGER))


def inset_strokes(scene: Scene) -> list[Stroke]:
    """Ribs, low back and pelvis from the side, lying, and an arrow over them while they move."""
    high = hollow_units(scene)
    shade = Shade.MOVER if BodyPart.TRUNK in scene.movers else Shade.BODY
    low = _LYING + _END_THICK
    thigh = (Disc((_PELVIS_AT + 4.0, low + 3.0), 8.0), Disc((101.0, 36.0), 6.5))
    trunk = []
    for number in range(_SPOTS + 1):
        share = number / _SPOTS
        arch = sin(pi * share) ** 2
        thick = _END_THICK + (_WAIST_THICK - _END_THICK) * arch
        trunk.append(Disc((_RIBS_AT + (_PELVIS_AT - _RIBS_AT) * share, _LYING + thick + high * arch), thick))
    found = [Stroke(thigh, Shade.NEAR, "inset-leg", 2.0), Stroke(tuple(trunk), shade, "inset", 1.0)]
    for way in scene.ways:
        if way.joint == "waist":
            return [*found, *_arrow(-1.0 if way.end[2] < way.start[2] else 1.0)]
    return found


def _arrow(up: float) -> list[Stroke]:
    """Which way the low back goes: down to the floor, or up; over it."""
    middle = _ARROW_TOP - _ARROW_LENGTH / 2.0
    point: Point = (_WAIST_AT, middle + up * _ARROW_LENGTH / 2.0)
    tail = (_WAIST_AT, middle - up * _ARROW_LENGTH / 2.0)
    ends = (tail, *((_WAIST_AT + side * _BARB, point[1] - up * _BARB) for side in (-1.0, 1.0)))
    return [Stroke((Disc(end, _THIN), Disc(point, _THIN)), Shade.ARROW, ARROW, 0.0) for end in ends]
