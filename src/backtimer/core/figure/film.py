"""A film of a rep: where the body is at each moment of its phases, which parts move, and what lies about.

A film is made once for an exercise and a side, and is asked for scenes; it has no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from math import asin, ceil, cos, pi, sin
from typing import Protocol

from backtimer.core.figure.grounding import Contact, Places, grounded
from backtimer.core.figure.movement import (
    BodyPart,
    Passage,
    moved,
    ways_of,
    worked,
    worked_trunk,
)
from backtimer.core.figure.pose import (
    Figure,
    Pose,
    Prop,
    between,
    expanded,
    mirrored,
    other_side,
)
from backtimer.core.figure.scene import Bounds, Leg, RepCourse, Scene
from backtimer.core.figure.skeleton import Joints, joint_of
from backtimer.core.figure.vectors import Vector
from backtimer.core.plan.routine import Side
from backtimer.values import NamedTuple

BREATH_S = 5.0
"""Of a breath that nobody paces: the chest goes on moving."""

HELD_S = 2.0
"""For so long a hold is shown to those who wait for the rep."""

FRAMES_A_SECOND = 12
BREATHS = 4
"""So many fillings of the chest are told apart."""

MOST_SCENES = 3_000
_EXACT = 1e-6
"""Of a frame: nearer numbers are the same."""
_ARRIVES = 0.4
"""A camera that goes along is there after this part of a phase; from then on it may go nearer to the next."""
_WIDE = 1.8
"""A picture is about so much wider than it is high."""
STILLS = 12
"""So many moments of a movement are looked at to see how far the body goes."""

CUSHION_CM = {"towel": 3.0, "pillow": 8.0, "step": 18.0}
"""How high things are that the body lies or stands on, where a figure does not say."""


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


class _Way(NamedTuple):
    """What the body goes through in a phase."""

    poses: tuple[Pose, ...]
    """From the pose before to the last one; one alone is held."""
    level: bool = False
    """It goes on at one pace, as a walk does."""


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
        self._spans: dict[tuple[int, Pose, int], Passage] = {}

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
        shown = self._shown_s
        left = seconds % (sum(shown) or 1.0)
        for number, length in enumerate(shown):
            if left < length:
                breath = 0.0 if self.moves(number) else 0.5 - 0.5 * cos(2.0 * pi * left / HELD_S)
                return self.moment(number, left / length, breath)
            left -= length
        return self.moment(len(shown) - 1, 1.0)

    @property
    def loop_s(self) -> float:
        """How long the rep takes in the loop."""
        return sum(self._shown_s)

    @cached_property
    def _shown_s(self) -> tuple[float, ...]:
        """How long each phase takes in the loop."""
        return tuple(
            phase.seconds if self.moves(n) else min(phase.seconds, HELD_S)
            for n, phase in enumerate(self.phases)
        )

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

    def trunk(self, phase_index: int) -> frozenset[str]:
        """The joints of the trunk that move in a phase, as `movers`."""
        for number in range(phase_index, phase_index - len(self.phases), -1):
            if self._moved[number % len(self.phases)]:
                return self._trunk[number % len(self.phases)]
        return frozenset()

    def moves(self, phase_index: int) -> bool:
        """Whether the body moves in a phase at all."""
        return len(self._ways[phase_index].poses) > 1

    def stations(self, phase_index: int, *, first: bool = False) -> tuple[float, ...]:
        """How much of a phase is over at each pose that the body goes through: at the frame after it."""
        way, steps = self._way(phase_index, first=first and phase_index == 0), self._steps(phase_index)
        last = len(way.poses) - 1
        shares = (number / last if way.level else _uneased(number / last) for number in range(last + 1))
        return tuple(ceil(share * steps - _EXACT) / steps for share in shares) if last else (0.0,)

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
            ways.append(_Way((at, *different), bool(self.figure.travel)))
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
        if self.figure.travel and len(way.poses) > 1:
            return self._underway(way, share)
        one, other, part = _between(way, share)
        if one is other:
            return self._grounded(one)
        return self._grounded(between(one, other, part), Contact(one, other, part))

    def _underway(self, way: _Way, share: float) -> Joints:
        """The body while the ground goes by, and with it each foot that is on it."""
        stages = len(way.poses) - 1
        number, part = _stage(way, share)
        one, other = way.poses[number : number + 2]
        places: dict[str, Vector] = {}
        for point in {*one.on, *other.on}:
            begin = number if point in one.on else number + 1
            end = begin
            while point in way.poses[(begin - 1) % stages].on and end - begin < stages:
                begin -= 1
            while point in way.poses[(end + 1) % stages].on and end - begin < stages:
                end += 1
            gone = self.figure.travel * (number + part - (begin + end) / 2.0) / stages
            _, across, high = self._places[point]
            places[point] = (-gone, across, high)
        return grounded(between(one, other, part), Contact(one, other, part), places, self.heights)

    def _way(self, number: int, *, first: bool) -> _Way:
        """What the body goes through in a phase; in the first rep from where the exercise begins."""
        way = self._ways[number]
        if not first:
            return way
        start = self._posed(self.figure.start, self.phases[number].side or self.side)
        rest = way.poses[1:] if len(way.poses) > 1 else ()
        rest = rest[1:] if len(rest) > 1 and rest[0] == start else rest  # she is there already
        return _Way((start, *(rest or (way.poses[-1],)))) if start != way.poses[0] else way

    def _made(self, moment: Moment) -> Scene:
        number = moment.phase
        way = self._way(number, first=moment.first)
        share, breath = moment.step / self._steps(number), moment.breath / BREATHS
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
            self.trunk(number),
            ghost,
            self._span(number, way, share),
            self.side,
            way.poses[-1].presses,
            breath,
            self._leg(number, share, first=moment.first),
            self.figure.travel * share,
            self._trace,
            self._course(number, share),
        )

    def _course(self, number: int, share: float) -> RepCourse | None:
        """How the floor of the pelvis goes over time, and where the body is: in the middle of a hold."""
        if not any(prop.kind == "pelvic-floor" for prop in self.figure.props):
            return None
        bellies = [pose.belly for pose in self.figure.poses.values()]
        least, long = min(bellies), (max(bellies) - min(bellies)) or 1.0
        ends = [0.0, *accumulate(phase.seconds for phase in self.phases)]
        poses = [self._ways[0].poses[0], *(way.poses[-1] for way in self._ways)]
        points = tuple(
            (end, 1.0 - (pose.belly - least) / long) for end, pose in zip(ends, poses, strict=True)
        )
        share = share if self.moves(number) else 0.5
        return RepCourse(points, ends[number] + share * (ends[number + 1] - ends[number]))

    @cached_property
    def _trace(self) -> tuple[tuple[Vector, ...], ...]:
        """The ways of what has an arrow, in all phases in which what carries her stays the same."""
        found: list[tuple[Vector, ...]] = []
        points = self.figure.arrows if self.figure.trace and self.figure.arrows else ()
        for way in self._ways if points else ():
            if len(way.poses) < 2 or any(pose.on != way.poses[0].on for pose in way.poses):
                continue
            stills = [self._grounded(pose) for pose in way.poses]
            joints = (_tip_of(other_side(each) if self.side is Side.RIGHT else each) for each in points)
            found += [tuple(still[joint] for still in stills) for joint in joints]
        return tuple(found)

    def _leg(self, number: int, share: float, *, first: bool) -> Leg | None:
        """How the camera goes along: further away as a movement begins, nearer before it ends."""
        if not self.figure.follows:
            return None
        if not self.moves(number):
            return Leg(number, number, 1.0, number)
        before, after = ((number + step) % len(self.phases) for step in (-1, 1))
        if share < _ARRIVES and not first and not self._goes_on(before):
            return Leg(before, number, _eased(share / _ARRIVES), number)
        if share > _ARRIVES and self._goes_on(number):
            return Leg(number, after, _eased((share - _ARRIVES) / (1.0 - _ARRIVES)), number)
        return Leg(number, number, 1.0, number)

    def _goes_on(self, number: int) -> bool:
        """Whether the camera goes on to the next phase before a movement ends: to a hold, or nearer."""
        after = (number + 1) % len(self.phases)
        return self.moves(number) and (not self.moves(after) or self._rooms[after] < self._rooms[number])

    @cached_property
    def _rooms(self) -> list[float]:
        """How much room each phase takes, to compare them: in centimetres."""
        found = []
        for stills in self._sampled:
            places = [place for still in stills for place in still.values()]
            wide, high = (
                max(place[axis] for place in places) - min(place[axis] for place in places) for axis in (0, 2)
            )
            found.append(max(wide / _WIDE, high))
        return found

    def _span(self, number: int, way: _Way, share: float) -> Passage | None:
        """The stretch from pose to pose in which the body is: what moves in it, and which way."""
        if len(way.poses) < 2 or share >= 1.0:  # it has arrived
            return None
        at, _part = _stage(way, share)
        key = (number, way.poses[0], at)
        if key not in self._spans:
            one, other = way.poses[at : at + 2]
            side = self.phases[number].side or self.side
            stills = (
                self._grounded(one),
                *(
                    self._grounded(between(one, other, part), Contact(one, other, part))
                    for part in (0.25, 0.5, 0.75)
                ),
                self._grounded(other),
            )
            self._spans[key] = Passage(stills, tuple(ways_of(self.figure, side, stills, self.movers(number))))
        return self._spans[key]

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
    def _trunk(self) -> list[frozenset[str]]:
        return [frozenset(worked_trunk(stills)) for stills in self._sampled]

    @cached_property
    def bounds(self) -> Bounds:
        """The places of the body in the whole film, of either side: the camera shows them all."""
        every = [joints for stills in self._sampled for joints in stills] or [
            self._grounded(self.figure.start)
        ]
        every.append(self._base)
        return Bounds(every, self._sampled if self.figure.follows else ())


def _tip_of(point: str) -> str:
    """The joint at the end of a point: what draws a line is the tip of a hand or a foot."""
    return joint_of(point).replace("wrist", "hand").replace("ankle", "toe")


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
    number, part = _stage(way, share)
    return poses[number], poses[number + 1], part


def _stage(way: _Way, share: float) -> tuple[int, float]:
    """From the how manieth pose the body is on its way, and how much of it is done; eased."""
    eased = (share if way.level else _eased(share)) * (len(way.poses) - 1)
    number = min(int(eased), len(way.poses) - 2)
    return number, eased - number


def _eased(share: float) -> float:
    return share * share * (3.0 - 2.0 * share)


def _uneased(share: float) -> float:
    return 0.5 - sin(asin(1.0 - 2.0 * share) / 3.0)
