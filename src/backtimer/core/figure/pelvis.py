"""The pelvis and how it tips: the hip bone, and a pin on it that leans the way it tips, more than it does."""

from __future__ import annotations

from math import atan2, cos, degrees, radians, sin

from backtimer.core.figure.body import BAND, Disc, Stroke
from backtimer.core.figure.camera import Camera, Point
from backtimer.core.figure.shade import Shade
from backtimer.core.figure.skeleton import Joints, front
from backtimer.core.figure.vectors import along, blend, difference, unit

LARGER = 2.2
"""How much more the pin leans than the pelvis does."""
_BONE_CM, _BONE_THICK_CM = 5.0, 3.2
_PIN_CM, _PIN_THICK_CM, _KNOB_CM = 28.0, 1.2, 2.8
_NEARER = -900.0
_UP = 0.3
"""So far from the hips to the waist it stands: clear of the thighs."""


def tip_degrees(joints: Joints) -> float:
    """How far the pelvis is tipped towards the head, in degrees: with the back pressed flat, more than 0."""
    out, head = front(joints), unit(difference(joints["chest"], joints["pelvis"]))
    along_body = out[0] * head[0] + out[1] * head[1] + out[2] * head[2]
    return degrees(atan2(along_body, 1.0))


def pelvis_strokes(joints: Joints, camera: Camera) -> list[Stroke]:
    """The hip bone in the body, and its pin, in the plane of the picture."""
    hip = camera.seen(joints["pelvis"])
    middle = camera.seen(blend(joints["pelvis"], joints["waist"], _UP))
    (hx, hy), (ox, oy) = (
        camera.seen(joints["chest"]),
        camera.seen(along(joints["pelvis"], front(joints), 1.0)),
    )
    head = atan2(hy - hip[1], hx - hip[0])
    out = atan2(oy - hip[1], ox - hip[0])
    upright = head + (radians(90.0) if sin(out - head) > 0.0 else radians(-90.0))
    lean = (out - upright + radians(540.0)) % radians(360.0) - radians(180.0)
    way = upright + LARGER * lean
    right, up = cos(way), sin(way)

    def at(far: float) -> Point:
        return (middle[0] + right * far, middle[1] + up * far)

    bone = (Disc(at(-_BONE_CM), _BONE_THICK_CM), Disc(at(_BONE_CM), _BONE_THICK_CM))
    pin = (Disc(at(_BONE_CM), _PIN_THICK_CM), Disc(at(_PIN_CM), _PIN_THICK_CM))
    knob = (Disc(at(_PIN_CM), _KNOB_CM), Disc(at(_PIN_CM), _KNOB_CM))
    return [
        Stroke(pin, Shade.PROP, BAND, _NEARER + 0.2),
        Stroke(knob, Shade.PROP, BAND, _NEARER + 0.1),
        Stroke(bone, Shade.PROP, BAND, _NEARER),
    ]
