"""The camera: from three quarters, at one place for a whole film, as near as the body's way allows.

Of a figure that says so it goes along: as near in each phase as that one allows.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin

from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import joint_of
from backtimer.core.figure.vectors import Vector
from backtimer.core.plan.routine import Side
from backtimer.values import NamedTuple

Point = tuple[float, float]
"""To the right and up, in centimetres of the picture."""

MARGIN_CM = 11.0
"""Round the joints: the body is as thick as that."""
FLOOR_MARGIN_CM = 7.0
NEAREST = 1.5
"""A camera that goes along comes no nearer than this, against the whole rep: she does not seem to grow."""


class Camera:
    """Where a scene is looked at from.

    Args:
        yaw: How far the viewer has walked round the body, in degrees.
        pitch: How far the viewer looks down, in degrees.
    """

    def __init__(self, yaw: float, pitch: float) -> None:
        self.angles = (yaw, pitch)
        self._cos_yaw, self._sin_yaw = cos(radians(yaw)), sin(radians(yaw))
        self._cos_pitch, self._sin_pitch = cos(radians(pitch)), sin(radians(pitch))

    def depth(self, place: Vector) -> float:
        """How far away a place is, in centimetres behind the body's middle."""
        return -place[0] * self._sin_yaw + place[1] * self._cos_yaw

    def away(self, place: Vector) -> float:
        """How far from the viewer a place is: seen from above, what is high is near."""
        return self.depth(place) * self._cos_pitch - place[2] * self._sin_pitch

    def to_viewer(self) -> Vector:
        """The way from the body to the viewer."""
        return (self._sin_yaw * self._cos_pitch, -self._cos_yaw * self._cos_pitch, self._sin_pitch)

    def seen(self, place: Vector) -> Point:
        """Where a place is in the picture."""
        right = place[0] * self._cos_yaw + place[1] * self._sin_yaw
        return (right, place[2] * self._cos_pitch + self.depth(place) * self._sin_pitch)


def camera_of(scene: Scene) -> Camera:
    """The camera of a scene: from the other end where the other side is shown so."""
    yaw = scene.figure.yaw
    if scene.figure.along and scene.side is Side.RIGHT:
        yaw = 180.0 - yaw
    return Camera(yaw, scene.figure.pitch)


class Frame(NamedTuple):
    """What is in the picture, in centimetres."""

    left: float
    right: float
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.high - self.low


def frame_of(
    camera: Camera, scene: Scene, things: Callable[[Scene], tuple[Vector, ...]], *, arrived: bool = False
) -> Frame:
    """The part of the picture in which the whole film happens, of either side; or the phase.

    Args:
        camera: From where.
        scene: One of the film.
        things: Tells the places of things that are to be seen, too.
        arrived: That of the phase, even while the camera is on its way.
    """
    if scene.leg is None or not scene.bounds.phases:
        return _frame_of(camera, scene, scene.bounds.places, things, -1)
    leg = scene.leg

    whole = _frame_of(camera, scene, scene.bounds.places, things, -1)

    def frame(phase: int) -> Frame:
        return _no_nearer(_frame_of(camera, scene, scene.bounds.phases[phase], things, phase), whole)

    if arrived:
        return frame(leg.phase)
    here, there = frame(leg.before), frame(leg.after)
    return Frame(*(one + (other - one) * leg.share for one, other in zip(here, there, strict=True)))


def _no_nearer(frame: Frame, whole: Frame) -> Frame:
    """The frame, so wide and high that she does not seem to grow; more room is over her and on both sides."""
    wider = max(0.0, whole.width / NEAREST - frame.width) / 2.0
    higher = max(0.0, whole.height / NEAREST - frame.height)
    return Frame(frame.left - wider, frame.right + wider, frame.low, frame.high + higher)


def _frame_of(
    camera: Camera,
    scene: Scene,
    places: tuple[Vector, ...],
    things: Callable[[Scene], tuple[Vector, ...]],
    phase: int,
) -> Frame:
    """What takes in these places, found once."""
    of = scene.figure.of
    key = (camera.angles, of, phase)
    kept = scene.bounds.frames.get(key)
    if kept is not None:
        return Frame(*kept)
    if of:
        tips = [point.replace("foot_", "toe_") for point in of if point.startswith(("hand_", "foot_"))]
        joints = [*(joint_of(point) for point in of), *tips]  # of a hand and a foot all, to the tip
        places = tuple({still[joint] for still in scene.bounds.stills for joint in joints})
    if not scene.figure.along:
        places = (*places, *((x, -y, z) for x, y, z in places))
    points = [camera.seen(place) for place in places]
    crowns = [camera.seen(place)[1] for place in scene.bounds.crowns]
    edge = [] if of else [(place, *camera.seen(place)) for place in things(scene)]
    if phase >= 0:  # of the floor as much as she needs
        edge = [(place, x if place[2] > 0.0 else points[0][0], y) for place, x, y in edge]
    found = Frame(
        min([x - MARGIN_CM for x, _ in points] + [x - 2.0 for _, x, _ in edge]),
        max([x + MARGIN_CM for x, _ in points] + [x + 2.0 for _, x, _ in edge]),
        min([y - FLOOR_MARGIN_CM for _, y in points] + [y - 2.0 for _, _, y in edge]),
        max([y + MARGIN_CM for _, y in points] + [y + 2.0 for _, _, y in edge] + crowns),
    )
    scene.bounds.frames[key] = found
    return found
