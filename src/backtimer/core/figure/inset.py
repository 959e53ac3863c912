"""The inset: pelvis and low back once more, larger, with a movement that is larger than it is."""

from __future__ import annotations

from math import cos, radians, sin

from backtimer.core.figure.body import Disc, Stroke
from backtimer.core.figure.camera import Frame, Point
from backtimer.core.figure.film import BodyPart, Scene
from backtimer.core.figure.shade import Shade
from backtimer.core.figure.skeleton import Joints, front
from backtimer.core.figure.vectors import blend, difference, dot

INSET = Frame(0.0, 100.0, 0.0, 52.0)
"""What the inset shows, in its own units."""

FLOOR_AT = 4.0
LARGER = 3.0
"""How much larger the hollow of the back is drawn than it is."""
TILT_LARGER = 2.0

_RIBS, _PELVIS = (16.0, 21.0), (76.0, 20.0)
_WAIST = 47.0
_SPOTS = 11
_SEEN_CM = 0.3
"""A movement of the low back that is worth an arrow."""
_PRESSED = 118.0
"""Where the front of the pelvis points when the back is flat: towards the head, which is on the left.

The hollower the back, the further it tips towards the feet."""
_LEAST_BACK, _MOST_BACK = 11.0, 27.0


def hollow(joints: Joints) -> float:
    """How hollow the low back is, in centimetres: less than 0 where it is round."""
    middle = blend(joints["pelvis"], joints["chest"], 0.46)
    return dot(difference(joints["waist"], middle), front(joints))


def inset_strokes(scene: Scene) -> list[Stroke]:
    """Ribs, low back and pelvis from the side, lying; the line in the pelvis tells how it tips."""
    now = hollow(scene.joints)
    least = min(now, hollow(scene.base), -2.0)
    height = min(_MOST_BACK, _LEAST_BACK + (now - least) * LARGER)
    shade = Shade.MOVER if BodyPart.TRUNK in scene.movers else Shade.BODY
    tip = radians(_PRESSED - TILT_LARGER * (now - least) * 2.4)
    pelvis_end = (_PELVIS[0] + 12.0 * cos(tip), _PELVIS[1] + 12.0 * sin(tip))
    start = (_PELVIS[0] - 9.0 * cos(tip), _PELVIS[1] - 9.0 * sin(tip))
    line = _dotted(start, pelvis_end, 1.6)
    if scene.ghost is not None and abs(now - (before := hollow(scene.ghost))) > _SEEN_CM:
        line += _arrow((height + 28.0) / 2.0, -1.0 if now < before else 1.0)
    return [
        Stroke((Disc((80.0, 22.0), 12.0), Disc((99.0, 50.0), 9.0)), Shade.NEAR, "inset-leg", 2.0),
        Stroke((Disc((18.0, 27.0), 11.5), Disc((74.0, 26.0), 10.5)), shade, "inset", 1.0, line),
        Stroke(
            (
                Disc(_RIBS, 17.0),
                Disc((34.0, (height + _RIBS[1]) / 2.0 + 1.0), 11.5),
                Disc((_WAIST, height), 7.0),
                Disc((60.0, (height + _PELVIS[1]) / 2.0), 10.5),
                Disc(_PELVIS, 16.0),
            ),
            shade,
            "inset",
            1.0,
            line,
        ),
    ]


def _dotted(start: Point, end: Point, thick: float) -> tuple[Disc, ...]:
    """A line of spots."""
    last = _SPOTS - 1
    return tuple(
        Disc((start[0] + (end[0] - start[0]) * n / last, start[1] + (end[1] - start[1]) * n / last), thick)
        for n in range(_SPOTS)
    )


def _arrow(middle: float, up: float) -> tuple[Disc, ...]:
    """Which way the low back goes: down to the floor, or up."""
    point = (_WAIST, middle + up * 9.5)
    return (
        *_dotted((_WAIST, middle - up * 10.0), (_WAIST, middle + up * 7.0), 2.0),
        *_dotted((_WAIST - 10.0, middle + up * 0.5), point, 1.5),
        *_dotted((_WAIST + 10.0, middle + up * 0.5), point, 1.5),
    )
