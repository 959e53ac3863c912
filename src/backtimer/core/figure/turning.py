"""Signs of what is not seen: a pelvis that tips, a head that turns or rolls."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, cos, degrees, radians, sin

from backtimer.core.figure.body import ARROW, Disc, Stroke
from backtimer.core.figure.camera import Camera, Point
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.course import course_strokes
from backtimer.core.figure.cutaway import cutaway_strokes
from backtimer.core.figure.movement import Passage, rolls_head, turn_of_face
from backtimer.core.figure.pose import SIDES
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import Joints, front
from backtimer.core.figure.vectors import Vector, along, difference, distance, unit

THICK_CM = 1.3
_RADIUS_CM = 29.0
_FROM, _TO = -12.0, 50.0
"""Where the arrow over the pelvis begins and ends: degrees from the way out of the belly towards the head."""
_TIPS_DEGREES = 3.0
_STEPS = 6
_NEARER = -900.0
_BARB_CM = 7.0
_OVER_HEAD_CM, _CROWN_RADIUS_CM, _FLAT = 22.0, 18.0, 0.35
"""The bent arrow over a head: how high, how wide, and how flat a circle it is a part of."""
_SHOWN_DEGREES = 120.0
_BESIDE_CHIN_CM, _CHIN_DEGREES = 25.0, 85.0
"""How far from the middle of a head that rolls its arrow is, and how far it goes round that."""

_CORNER_CM, _AT_CORNER_CM = 3.4, 1.5
"""How large the spot at a corner is, and how near to it who draws must be."""


def signs(scene: Scene, camera: Camera) -> list[Stroke]:
    """All signs of a scene, to be drawn over the body."""
    found = pelvis_strokes(scene.span, camera) if scene.figure.pelvis else []
    if scene.figure.arrows != ():
        found += turn_strokes(scene.span, camera) + roll_strokes(scene.span, camera)
    if scene.trace:
        found += corner_strokes(scene, camera)
    if any(prop.kind == "pelvic-floor" for prop in scene.figure.props):
        found += [*cutaway_strokes(scene, camera), *course_strokes(scene, camera)]
    return found


def corner_strokes(scene: Scene, camera: Camera) -> list[Stroke]:
    """A spot where a hand or a foot has come to a corner of what it draws in the air."""
    corners = {place for way in scene.trace for place in way}
    tips = [scene.joints[f"{tip}_{side}"] for tip in ("hand", "toe") for side in SIDES]
    spots = [
        Disc(camera.seen(tip), _CORNER_CM)
        for tip in tips
        if any(distance(tip, each) < _AT_CORNER_CM for each in corners)
    ]
    return [
        Stroke((spot, spot), Shade.ARROW, "corner", _NEARER - 2.0 - 0.01 * number)
        for number, spot in enumerate(spots)
    ]


def tip_degrees(joints: Joints) -> float:
    """How far the pelvis is tipped towards the head, in degrees: with the back pressed flat, more than 0."""
    out, head = front(joints), unit(difference(joints["chest"], joints["pelvis"]))
    along_body = out[0] * head[0] + out[1] * head[1] + out[2] * head[2]
    return degrees(atan2(along_body, 1.0))


def pelvis_strokes(span: Passage | None, camera: Camera) -> list[Stroke]:
    """A bent arrow over the pelvis, the way it tips; none while it is held."""
    if span is None:
        return []
    joints, tips = span.stills[0], tip_degrees(span.stills[-1]) - tip_degrees(span.stills[0])
    if abs(tips) < _TIPS_DEGREES:
        return []
    x, y = camera.seen(joints["pelvis"])
    chest, belly = camera.seen(joints["chest"]), camera.seen(along(joints["pelvis"], front(joints), 1.0))
    head = atan2(chest[1] - y, chest[0] - x)
    turned = 1.0 if sin(atan2(belly[1] - y, belly[0] - x) - head) > 0.0 else -1.0
    begin, end = (_FROM, _TO) if tips > 0.0 else (_TO, _FROM)
    points = []
    for step in range(_STEPS + 1):
        angle = head + turned * radians(90.0 - begin - (end - begin) * step / _STEPS)
        points.append((x + _RADIUS_CM * cos(angle), y + _RADIUS_CM * sin(angle)))
    return bent_arrow(points)


def turn_strokes(span: Passage | None, camera: Camera) -> list[Stroke]:
    """A bent arrow over the head, the way it turns."""
    if span is None or not (turned := turn_of_face(span.stills[0], span.stills[-1])):
        return []
    x, y, z = span.stills[0]["head"]
    to_viewer = camera.to_viewer()
    front_of_her = degrees(atan2(to_viewer[1], to_viewer[0]))
    shown = _SHOWN_DEGREES if turned > 0.0 else -_SHOWN_DEGREES
    middle = camera.seen((x, y, z + _OVER_HEAD_CM))
    points = []
    for step in range(_STEPS + 1):
        angle = radians(front_of_her + shown * (step / _STEPS - 0.5))
        away: Vector = (x + cos(angle), y + sin(angle), z)
        right = camera.seen(away)[0] - camera.seen((x, y, z))[0]
        near = camera.depth((x, y, z)) - camera.depth(away)
        points.append(
            (
                middle[0] + _CROWN_RADIUS_CM * right,
                middle[1] - _CROWN_RADIUS_CM * near * _FLAT,
            )
        )
    return bent_arrow(points)


def roll_strokes(span: Passage | None, camera: Camera) -> list[Stroke]:
    """A bent arrow along the chin of a head that rolls to a side."""
    if span is None or not rolls_head(span.stills):
        return []
    start, end = (camera.seen(still["head"]) for still in (span.stills[0], span.stills[-1]))
    chest = camera.seen(span.stills[0]["chest"])
    leant, middle = (end, start) if abs(end[0] - chest[0]) > abs(start[0] - chest[0]) else (start, end)
    way = 1.0 if leant[0] > middle[0] else -1.0
    points = []
    for step in range(_STEPS + 1):
        share = step / _STEPS if leant is end else 1.0 - step / _STEPS
        angle = radians(_CHIN_DEGREES * share)
        points.append(
            (middle[0] + way * _BESIDE_CHIN_CM * sin(angle), middle[1] - _BESIDE_CHIN_CM * cos(angle))
        )
    return bent_arrow(points)


def bent_arrow(points: list[Point]) -> list[Stroke]:
    """An arrow along several points."""
    (ax, ay), (bx, by) = points[-2:]
    back = atan2(ay - by, ax - bx)
    barbs = [
        (bx + _BARB_CM * cos(back + turn), by + _BARB_CM * sin(back + turn))
        for turn in (radians(40.0), radians(-40.0))
    ]
    lines = [*pairwise(points), *((barb, points[-1]) for barb in barbs)]
    return [
        Stroke(tuple(Disc(at, THICK_CM) for at in line), Shade.ARROW, ARROW, _NEARER - 0.01 * number)
        for number, line in enumerate(lines)
    ]
