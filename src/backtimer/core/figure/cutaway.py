"""The floor of the pelvis: what nobody sees from outside, in a round window over her, as it lies in her."""

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin

from backtimer.core.figure.body import ARROW, Disc, Stroke
from backtimer.core.figure.camera import Camera, Point
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import NAVEL_CM
from backtimer.core.figure.vectors import distance

_FROM_PELVIS_CM, _OVER_CHEST_CM, _RADIUS_CM = -46.0, 52.0, 27.0
"""Where the window is, from the hips and over the chest, and how large it is."""
CUTAWAY_TOP_CM = _OVER_CHEST_CM + _RADIUS_CM + 3.0
"""How much room it needs over her chest."""
_ROUND = 24
_THIN_CM = 0.7
_SPOT_CM = 5.0
"""How large the ring is round what is shown larger."""
_PUBIC = ((-2.0, 17.5, 4.0), (7.0, 15.0, 4.6))
"""The pubic bone in front: to the feet and to the front of her, from the middle, and how thick."""
_TAIL = ((-18.0, -12.0, 5.0), (-9.0, -16.5, 4.8), (0.0, -18.0, 3.8), (8.0, -16.0, 2.8), (12.0, -12.0, 2.0))
"""Sacrum and tailbone, behind."""
_FLOOR_FROM, _FLOOR_TO, _FLOOR_THICK_CM = (12.5, -10.5), (10.0, 13.0), 2.3
"""Between which ends the floor hangs, like a hammock, and how thick it is."""
_SAGS_CM, _LIFTS_CM = 9.0, 13.0
"""How far towards the feet it hangs, and how far towards the head it goes when it is drawn up."""
_STEPS = 8
_ARROW_CM = (1.0, -18.0)
"""From where to where its arrow goes, towards the head."""
_BARB_CM, _ARROW_THICK_CM = 7.0, 1.3
_ARROW_UP_CM = 1.5
_FRONT = -1_050.0


def cutaway_strokes(scene: Scene, camera: Camera) -> list[Stroke]:
    """The window: bones in front and behind, the floor between them, and where all that is in her."""
    middle, hips = _middle(scene, camera), camera.seen(scene.joints["pelvis"])
    found = [
        *_ring(middle, _RADIUS_CM),
        *_ring(hips, _SPOT_CM),
        _thin((_edge(middle, hips, _RADIUS_CM), _edge(hips, middle, _SPOT_CM)), 0),
    ]
    for bones in (_PUBIC, _TAIL):
        discs = [Disc((middle[0] + x, middle[1] + y), thick) for x, y, thick in bones]
        found += [
            Stroke(pair, Shade.NEAR, "bones", _FRONT - 0.01 * number, lined_from=1.0)
            for number, pair in enumerate(pairwise(discs))
        ]
    return [*found, *pelvic_floor_strokes(scene, camera)]


def pelvic_floor_strokes(scene: Scene, camera: Camera) -> list[Stroke]:
    """The floor itself: it hangs, or is drawn up with the belly; with an arrow while it goes there."""
    bellies = [pose.belly for pose in scene.figure.poses.values()]
    joints, least, most = scene.joints, min(bellies), max(bellies)
    now = distance(joints["navel"], joints["waist"]) - NAVEL_CM
    drawn = max(0.0, min(1.0, (most - now) / ((most - least) or 1.0)))
    x, y = _middle(scene, camera)
    points: list[Point] = []
    for step in range(_STEPS + 1):
        share = step / _STEPS
        deep = (_SAGS_CM - (_SAGS_CM + _LIFTS_CM) * drawn) * (1.0 - (2.0 * share - 1.0) ** 2)
        points.append(
            (
                x + _FLOOR_FROM[0] + (_FLOOR_TO[0] - _FLOOR_FROM[0]) * share + deep,
                y + _FLOOR_FROM[1] + (_FLOOR_TO[1] - _FLOOR_FROM[1]) * share,
            )
        )
    floor = [
        Stroke(
            tuple(Disc(at, _FLOOR_THICK_CM) for at in line),
            Shade.MOVER,
            "pelvic floor",
            _FRONT - 1.0 - 0.01 * number,
        )
        for number, line in enumerate(pairwise(points))
    ]
    if scene.span is None:
        return floor
    start, end = (
        distance(each["navel"], each["waist"]) for each in (scene.span.stills[0], scene.span.stills[-1])
    )
    tail, tip = _ARROW_CM if end < start else _ARROW_CM[::-1]
    return [*floor, *_arrow((x + tail, y + _ARROW_UP_CM), (x + tip, y + _ARROW_UP_CM))]


def _middle(scene: Scene, camera: Camera) -> Point:
    return (
        camera.seen(scene.base["pelvis"])[0] + _FROM_PELVIS_CM,
        camera.seen(scene.base["chest"])[1] + _OVER_CHEST_CM,
    )


def _ring(middle: Point, radius: float) -> list[Stroke]:
    angles = [2.0 * pi * step / _ROUND for step in range(_ROUND + 1)]
    points = [(middle[0] + radius * cos(each), middle[1] + radius * sin(each)) for each in angles]
    return [_thin(pair, number) for number, pair in enumerate(pairwise(points))]


def _thin(ends: tuple[Point, Point], number: int) -> Stroke:
    discs = tuple(Disc(end, _THIN_CM) for end in ends)
    return Stroke(discs, Shade.PROP, ARROW, _FRONT + 1.0 - 0.01 * number, lined_from=1.0)


def _edge(middle: Point, towards: Point, radius: float) -> Point:
    """Where a ring is nearest to a place."""
    long = distance((*middle, 0.0), (*towards, 0.0))
    return (
        middle[0] + (towards[0] - middle[0]) * radius / long,
        middle[1] + (towards[1] - middle[1]) * radius / long,
    )


def _arrow(tail: Point, tip: Point) -> list[Stroke]:
    back = _BARB_CM * 0.7 * (1.0 if tail[0] > tip[0] else -1.0)
    barbs = [(tip[0] + back, tip[1] + up * _BARB_CM * 0.7) for up in (1.0, -1.0)]
    return [
        Stroke(
            tuple(Disc(at, _ARROW_THICK_CM) for at in line),
            Shade.ARROW,
            ARROW,
            _FRONT - 2.0 - 0.01 * number,
            lined_from=1.0,
        )
        for number, line in enumerate(((tail, tip), *((barb, tip) for barb in barbs)))
    ]
