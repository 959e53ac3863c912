"""A film of a rep: where the body is at each moment of its phases, which parts move, and what lies about.

A film is made once for an exercise and a side, and is asked for scenes; it has no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cached_property
from math import acos, cos, degrees, pi
from typing import Protocol

from backtimer.core.figure.grounding import Contact, Places, grounded
from backtimer.core.figure.pose import (
    LIMBS,
    SIDES,
    Figure,
    Pose,
    Prop,
    between,
    expanded,
    mirrored,
    other_side,
)
from backtimer.core.figure.skeleton import CHAINS, Joints, joint_of
from backtimer.core.figure.vectors import Vector, difference, distance, dot, unit
from backtimer.core.plan.routine import Side
from backtimer.values import NamedTuple

MOVES_CM = 4.0
"""A part of the body moves in a phase when one of its joints goes further than this."""

HELD_S = 2.0
"""For so long a hold is shown to those who wait for the rep."""

FRAMES_A_SECOND = 12
BREATHS = 4
"""So many fillings of the chest are told apart."""

SHOWN_CM = 1.5
"""A way that is shorter than this has no arrow."""
PLANTED_CM = 7.0
"""A hand or a foot that moves less than this stays where it is, and its limb only follows."""
_LIES_ON_A_LEG_CM = 20.0
"""A foot that stays higher than this lies on the other leg, and its shin goes with the knee."""
TURNS_DEGREES = 12.0
"""A thigh works when it turns further than this over a knee that stays."""

MOST_SCENES = 3_000
STILLS = 12
"""So many moments of a movement are looked at to see how far the body goes."""

CUSHION_CM = {"towel": 3.0, "pillow": 8.0, "step": 18.0}
"""How high things are that the body lies or stands on, where a figure does not say."""


class BodyPart(StrEnum):
    """A part of the body that moves, or does not."""

    TRUNK = "trunk"
    HEAD = "head"
    ARM_LEFT = "arm_left"
    ARM_RIGHT = "arm_right"
    LEG_LEFT = "leg_left"
    LEG_RIGHT = "leg_right"


JOINTS_OF_PART: dict[BodyPart, tuple[str, ...]] = {
    BodyPart.TRUNK: ("pelvis", "waist", "chest"),
    BodyPart.HEAD: ("neck", "head"),
    **{
        BodyPart(f"{limb}_{side}"): tuple(f"{joint}_{side}" for joint in CHAINS[limb][1:])
        for limb in CHAINS
        for side in SIDES
    },
}


class TimedPhase(Protocol):
    """What a film needs to know of a phase; `RepPhase` has it."""

    @property
    def name(self) -> str: ...

    @property
    def seconds(self) -> float: ...

    @property
    def side(self) -> Side | None:
        """Whose turn it is, where one rep uses both sides."""
        ...


class FilmPhase(NamedTuple):
    """A phase for a film, where there is no other value that has its name, its seconds and its side."""

    name: str
    seconds: float
    side: Side | None = None


class Moment(NamedTuple):
    """A frame of a film, by its number."""

    phase: int
    step: int
    breath: int
    first: bool


class Bounds:
    """All places of the body in a film; and what cameras have made of them."""

    __slots__ = ("floors", "frames", "places")

    def __init__(self, places: Iterable[Vector]) -> None:
        self.places = tuple(places)
        self.frames: dict[tuple[float, float], tuple[float, float, float, float]] = {}
        """What is to be in the picture, by yaw and pitch: found once for a film."""
        self.floors: dict[tuple[float, float], tuple[Vector, Vector]] = {}
        """The line of the floor, in the same way."""


class JointPath(NamedTuple):
    """How a joint goes in a phase, for an arrow."""

    joint: str
    start: Vector
    end: Vector


class Scene(NamedTuple):
    """The body at one moment."""

    joints: Joints
    figure: Figure
    """How it is looked at, and what lies about."""
    bounds: Bounds
    """The room that the whole film takes, so that the camera stays."""
    base: Joints
    """How the film begins: things stand by it."""
    movers: frozenset[BodyPart] = frozenset()
    """What moves in this phase; in a hold, what moved before it."""
    working: frozenset[str] = frozenset()
    """The bones of arms and legs that travel or do the work: not those that only stay where they are."""
    ghost: Joints | None = None
    """Where the movement began, where that is to be seen."""
    ways: tuple[JointPath, ...] = ()
    """What has an arrow while it moves."""
    side: Side | None = None
    breath: float = 0.0
    """How full the chest is, 0 to 1."""


class _Way(NamedTuple):
    """What the body goes through in a phase."""

    poses: tuple[Pose, ...]
    """From the pose before to the last one; one alone is held."""


class Film:
    """The frames of a rep.

    Args:
        figure: How the exercise is drawn.
        phases: Those of a rep, with their seconds and sides, in order.
        side: Whose turn it is; None: the exercise has no sides.
    """

    def __init__(self, figure: Figure, phases: Sequence[TimedPhase], side: Side | None = None) -> None:
        self.figure = figure
        self.phases = tuple(phases)
        self.side = side
        self._ways = self._through(self._pose_before())
        self._last = self._ways[-1].poses[-1] if self._ways else self._posed(figure.start, side)
        self._scenes: dict[Moment, Scene] = {}

    @property
    def seconds(self) -> float:
        """How long one rep takes."""
        return sum(phase.seconds for phase in self.phases)

    def scene(self, phase_index: int, fraction: float, breath: float = 0.0, *, first: bool = False) -> Scene:
        """The body at a moment.

        Args:
            phase_index: Which phase of the rep.
            fraction: How much of it is over, 0 to 1.
            breath: How full the chest is, 0 to 1.
            first: Whether it is the first rep, which begins as the exercise does.
        """
        return self.scene_of(self.moment(phase_index, fraction, breath, first=first))

    def moment(
        self, phase_index: int, fraction: float, breath: float = 0.0, *, first: bool = False
    ) -> Moment:
        """The nearest of the moments at which the film has a frame, as `scene` takes them."""
        steps = self._steps(phase_index)
        step = round(min(1.0, max(0.0, fraction)) * steps) if self.moves(phase_index) else 0
        level = round(min(1.0, max(0.0, breath)) * BREATHS)
        return Moment(phase_index, step, level, first and phase_index == 0)

    def scene_of(self, moment: Moment) -> Scene:
        """The body at one of the film's own moments."""
        if moment not in self._scenes:
            if len(self._scenes) >= MOST_SCENES:
                self._scenes.clear()
            self._scenes[moment] = self._made(moment)
        return self._scenes[moment]

    def _steps(self, phase_index: int) -> int:
        return max(1, round(self.phases[phase_index].seconds * FRAMES_A_SECOND))

    def still(self, breath: float = 0.0) -> Scene:
        """How the exercise begins."""
        joints = self._grounded(self._posed(self.figure.start, self.side))
        return Scene(joints, self.figure, self.bounds, self._base, side=self.side, breath=breath)

    def loop(self, seconds: float) -> Scene:
        """The rep again and again, for those who wait for it.

        Args:
            seconds: Since it began.
        """
        return self.scene_of(self.moment_of_loop(seconds)) if self.phases else self.still()

    def moment_of_loop(self, seconds: float) -> Moment:
        """The moment that the loop is at: holds are shown shortly."""
        shown = [
            phase.seconds if self.moves(n) else min(phase.seconds, HELD_S)
            for n, phase in enumerate(self.phases)
        ]
        left = seconds % (sum(shown) or 1.0)
        for number, length in enumerate(shown):
            if left < length:
                breath = 0.0 if self.moves(number) else 0.5 - 0.5 * cos(2.0 * pi * left / HELD_S)
                return self.moment(number, left / length, breath)
            left -= length
        return self.moment(len(shown) - 1, 1.0)

    def movers(self, phase_index: int) -> frozenset[BodyPart]:
        """The parts of the body that move in a phase; in a hold, those that moved before it."""
        for number in range(phase_index, phase_index - len(self.phases), -1):
            if found := self._moved[number % len(self.phases)]:
                return found
        return frozenset()

    def working(self, phase_index: int) -> frozenset[str]:
        """The bones that work in a phase, as `movers`."""
        for number in range(phase_index, phase_index - len(self.phases), -1):
            if self._moved[number % len(self.phases)]:
                return self._worked[number % len(self.phases)]
        return frozenset()

    def moves(self, phase_index: int) -> bool:
        """Whether the body moves in a phase at all."""
        return len(self._ways[phase_index].poses) > 1

    def _posed(self, pose: Pose, side: Side | None) -> Pose:
        return mirrored(pose) if side is Side.RIGHT else pose

    def _pose_before(self) -> Pose | None:
        """The pose in which the first phase finds the body, where a hold is all there is."""
        if any(self.figure.phases.get(phase.name) for phase in self.phases):
            return None
        for names in self.figure.phases.values():
            if names:
                return self.figure.poses[names[-1]]
        return None

    def _through(self, held: Pose | None) -> list[_Way]:
        """The poses of each phase; the first goes on from the last one."""
        ends: list[tuple[Pose, ...]] = []
        for phase in self.phases:
            names = self.figure.phases.get(phase.name, ())
            side = phase.side or self.side
            ends.append(tuple(self._posed(self.figure.poses[name], side) for name in names))
        last = next((poses[-1] for poses in reversed(ends) if poses), None)
        at = last or self._posed(held or self.figure.start, self.side)
        ways: list[_Way] = []
        for poses in ends:
            different = [pose for pose in poses if pose != at] if len(poses) == 1 else list(poses)
            ways.append(_Way((at, *different)))
            at = poses[-1] if poses else at
        return ways

    @cached_property
    def heights(self) -> dict[str, float]:
        """How much higher than the floor what lies under the body is, by its joints: in centimetres."""
        heights: dict[str, float] = {}
        for prop in self.figure.props:
            if prop.kind in CUSHION_CM:
                high = CUSHION_CM[prop.kind] if prop.height is None else prop.height
                heights.update(dict.fromkeys(joints_on(prop, self.side), high))
        return heights

    @cached_property
    def _places(self) -> Places:
        """Where the points stand that carry: found once, pose by pose, in the order of the rep."""
        places: dict[str, Vector] = {}
        start = self._posed(self.figure.start, self.side)
        for pose in (start, *(pose for way in self._ways for pose in way.poses)):
            joints = grounded(pose, None, places, self.heights)
            for point in pose.on:
                places.setdefault(point, joints[joint_of(point)])
        return places

    def _grounded(self, pose: Pose, standing: Contact | None = None) -> Joints:
        return grounded(pose, standing, self._places, self.heights)

    def poses_at(self, phase_index: int, fraction: float) -> tuple[Pose, Pose]:
        """The two poses between which the body is; twice the same where it does not move."""
        one, other, _ = _between(self._ways[phase_index], fraction)
        return one, other

    def _joints(self, way: _Way, share: float) -> Joints:
        one, other, part = _between(way, share)
        if one is other:
            return self._grounded(one)
        return self._grounded(between(one, other, part), Contact(one, other, part))

    def _made(self, moment: Moment) -> Scene:
        number = moment.phase
        way = self._ways[number]
        share, breath = moment.step / self._steps(number), moment.breath / BREATHS
        if moment.first:
            start = self._posed(self.figure.start, self.phases[number].side or self.side)
            rest = way.poses[1:] if len(way.poses) > 1 else ()
            way = _Way((start, *(rest or (way.poses[-1],)))) if start != way.poses[0] else way
        joints = self._joints(way, share)
        ghost = None
        if self.figure.ghost and len(way.poses) > 1:
            ghost = self._joints(way, 0.0)
        return Scene(
            joints,
            self.figure,
            self.bounds,
            self._base,
            self.movers(number),
            self.working(number),
            ghost,
            self._ways_of(number, way),
            self.side,
            breath,
        )

    def _ways_of(self, number: int, way: _Way) -> tuple[JointPath, ...]:
        if not self.figure.arrows or len(way.poses) != 2:  # a way round by other poses is no arrow
            return ()
        side = self.phases[number].side or self.side
        start, end = self._joints(way, 0.0), self._joints(way, 1.0)
        points = (other_side(point) if side is Side.RIGHT else point for point in self.figure.arrows)
        joints = [joint_of(point) for point in points]
        return tuple(
            JointPath(joint, start[joint], end[joint])
            for joint in joints
            if distance(start[joint], end[joint]) > SHOWN_CM
        )

    @cached_property
    def _base(self) -> Joints:
        return self._grounded(self._posed(self.figure.start, self.side))

    @cached_property
    def _sampled(self) -> list[list[Joints]]:
        """A few moments of each phase."""
        return [
            [self._joints(way, step / STILLS) for step in range(STILLS + 1)]
            if len(way.poses) > 1
            else [self._joints(way, 0.0)]
            for way in self._ways
        ]

    @cached_property
    def _moved(self) -> list[frozenset[BodyPart]]:
        return [frozenset(moved(stills)) for stills in self._sampled]

    @cached_property
    def _worked(self) -> list[frozenset[str]]:
        return [frozenset(worked(stills)) for stills in self._sampled]

    @cached_property
    def bounds(self) -> Bounds:
        """The places of the body in the whole film, of either side: the camera shows them all."""
        every = [joints for stills in self._sampled for joints in stills] or [
            self._grounded(self.figure.start)
        ]
        every.append(self._base)
        return Bounds({place for joints in every for place in joints.values()})


def joints_on(prop: Prop, side: Side | None) -> list[str]:
    """The joints that lie or stand on a thing; it goes to the other side with the body."""
    points = expanded((prop.under,)) if prop.under else ()
    if prop.kind == "step":  # the whole sole is on it
        points = (*points, *(point.replace("foot", "toes") for point in points if point.startswith("foot")))
    return [joint_of(other_side(point) if side is Side.RIGHT else point) for point in points]


def _between(way: _Way, share: float) -> tuple[Pose, Pose, float]:
    """The poses between which the body is, and how much of the way between them is done; eased."""
    poses = way.poses
    if len(poses) < 2:
        return poses[0], poses[0], 0.0
    eased = share * share * (3.0 - 2.0 * share) * (len(poses) - 1)
    number = min(int(eased), len(poses) - 2)
    return poses[number], poses[number + 1], eased - number


def moved(stills: Sequence[Joints]) -> Iterable[BodyPart]:
    """The parts of the body that go further than a little from the first of several moments."""
    for part, joints in JOINTS_OF_PART.items():
        if any(
            distance(stills[0][joint], still[joint]) > MOVES_CM for still in stills[1:] for joint in joints
        ):
            yield part


def worked(stills: Sequence[Joints]) -> Iterable[str]:
    """The bones that travel or do the work, by segments: `thigh_left`.

    An arm whose hand stays only follows; of a leg whose foot stays, the thigh works where it turns.
    """
    first = stills[0]

    def travels(joint: str) -> bool:
        return any(distance(first[joint], still[joint]) > MOVES_CM for still in stills[1:])

    for side in SIDES:
        for limb, bones in LIMBS.items():
            chain = [f"{joint}_{side}" for joint in CHAINS[limb]]
            if any(distance(first[chain[2]], still[chain[2]]) > PLANTED_CM for still in stills[1:]):
                yield from (
                    f"{bone}_{side}" for bone, end in zip(bones, chain[1:], strict=True) if travels(end)
                )
        chain = [f"{joint}_{side}" for joint in CHAINS["leg"]]
        hip, knee = f"hip_{side}", f"knee_{side}"
        if any(turn_between(first, still, hip, knee) > TURNS_DEGREES for still in stills[1:]):
            yield f"thigh_{side}"
            if travels(knee) and first[chain[2]][2] > _LIES_ON_A_LEG_CM:
                yield from (f"shin_{side}", f"foot_{side}")


def turn_between(one: Joints, other: Joints, start: str, end: str) -> float:
    """How far a bone turns from one moment to another, in degrees."""
    before, after = (unit(difference(joints[end], joints[start])) for joints in (one, other))
    return degrees(acos(max(-1.0, min(1.0, dot(before, after)))))
