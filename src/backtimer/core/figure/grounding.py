"""The body on the floor: what carries it stands still, nothing sinks into the mat, and what rests lies on it.

Poses have no heights. The body is put down on what carries it, turned until all of that is on the floor, and
hands and feet that carry are brought to their places by bending elbows and knees (two-bone inverse
kinematics).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import acos, asin, atan2, hypot, pi, sqrt

from backtimer.core.figure.holding import Grip, hold
from backtimer.core.figure.pose import SIDES, Pose, other_side
from backtimer.core.figure.skeleton import (
    CHAINS,
    LENGTHS,
    NOSE_CM,
    PARENTS,
    Joints,
    face,
    joint_of,
    joints_of,
    radius,
    reached,
    turn_face,
)
from backtimer.core.figure.vectors import (
    Vector,
    along,
    blend,
    cross,
    difference,
    distance,
    pitched,
    unit,
)
from backtimer.values import NamedTuple

SEAT_CM = 38.0
"""How high a chair is: so that feet are flat where knees are at a right angle."""

_ENDS = ("hand", "foot", "toes")
"""Points that are brought to their places by the limb they end."""

_LYING = {"arm": ("elbow", "hand", "hand"), "leg": ("knee", "foot", "toes")}
"""The points by which the joints of a limb are told to rest."""

_TRUNK = ("pelvis", "waist", "chest", "shoulder_left", "shoulder_right", "hip_left", "hip_right")
_LEANS = 1e-6
"""Radians below which a body does not turn."""
_BEND_HINT_CM = 3.0
_QUICK = 2.0
"""A hand is off the floor after this part of the way, and down before the rest of it."""
_SETTLES = 3
"""Turning a body that has stood nowhere yet moves the places where it will stand."""


class Contact(NamedTuple):
    """What carries the body, what rests and what is held, on the way from one pose to another."""

    before: Pose
    after: Pose
    share: float = 0.0
    """How much of the way is done, from 0 to 1."""

    def weight(self, point: str) -> float:
        """How much a point carries: 1 all the way where it carries in both poses."""
        return self._weight(point in self.before.on, point in self.after.on)

    def resting(self, point: str) -> float:
        """How much a point lies on the floor."""
        return self._weight(point in self.before.rest, point in self.after.rest)

    @property
    def holds(self) -> tuple[Grip, ...]:
        """What hands hold, and how much; a hand that holds something in both poses glides there."""
        before, after = dict(self.before.holds), dict(self.after.holds)
        found = []
        for holder in sorted({*before, *after}):  # a foot first: a hand may hold its leg
            one, other = before.get(holder), after.get(holder)
            weight = self._weight(one is not None, other is not None)
            found.append(Grip(holder, one or other or "", other or one or "", _smooth(self.share), weight))
        return tuple(found)

    def _weight(self, before: bool, after: bool) -> float:
        if before:
            return 1.0 if after else 1.0 - _smooth(self.share * _QUICK)
        return _smooth(self.share * _QUICK - _QUICK + 1.0) if after else 0.0

    @property
    def sets(self) -> tuple[tuple[Pose, float], ...]:
        """The two poses by what carries in them, with their shares; one where that is the same."""
        if self.share <= 0.0 or (self.before.on, self.before.hinge) == (self.after.on, self.after.hinge):
            return ((self.before, 1.0),)
        if self.share >= 1.0:
            return ((self.after, 1.0),)
        eased = _smooth(self.share)
        return ((self.before, 1.0 - eased), (self.after, eased))


Places = Mapping[str, Vector]
"""Where points stand that have stood before."""

Heights = Mapping[str, float]
"""How much higher than the floor a point lies, on a towel for instance: in centimetres, by its joint."""


def grounded(
    pose: Pose, standing: Contact | None = None, places: Places | None = None, heights: Heights | None = None
) -> Joints:
    """The joints of a pose on the floor.

    Args:
        pose: How the body is bent.
        standing: What carries it; None: what the pose says.
        places: Where points stand already: they do not move.
        heights: Of what lies on something.
    """
    standing = Contact(pose, pose) if standing is None else standing
    places = {} if places is None else places
    floor = _Floor({} if heights is None else heights)
    joints = joints_of(pose)
    bones = _bones(joints)
    joints = _put_down(joints, standing, places, floor, first=True)
    for _ in range(1 if places else _SETTLES):
        joints = _leant(joints, bones, standing, pose.roll, places, floor)
    joints = _put_down(joints, standing, places, floor)
    bones = _bones(joints)
    _lay_head(joints, standing.resting("head"), floor)
    turn_face(joints, pose.look)
    for side in SIDES:
        for limb in CHAINS:
            weight = _plant(joints, bones, limb, side, standing, places, floor)
            if weight < 1.0:
                _lay_limb(joints, bones, limb, side, standing, floor, planted=weight > 0.0)
    for held in standing.holds:
        hold(joints, held)
    return joints


def _bones(joints: Joints) -> dict[str, Vector]:
    """The way from each joint's parent to it."""
    return {joint: difference(joints[joint], joints[parent]) for joint, parent in PARENTS.items()}


class _Floor:
    """How high a joint is at least."""

    def __init__(self, heights: Heights) -> None:
        self.heights = heights

    def under(self, joint: str, point: str = "") -> float:
        """The height of the middle of a joint that lies on the floor, or on what is there."""
        seat = SEAT_CM if point == "seat" else 0.0
        return radius(joint) + seat + self.heights.get(joint, 0.0)


def _smooth(share: float) -> float:
    share = min(1.0, max(0.0, share))
    return share * share * (3.0 - 2.0 * share)


def _is_end(point: str) -> bool:
    return point.partition("_")[0] in _ENDS


def _anchors(on: tuple[str, ...]) -> list[str]:
    """The points that the body is put down on: those that no limb brings to a place, or else the first."""
    firm = [point for point in on if not _is_end(point)]
    if firm:
        return firm
    return [point for point in on if point.partition("_")[0] == on[0].partition("_")[0]] if on else ["pelvis"]


def _put_down(
    joints: Joints, standing: Contact, places: Places, floor: _Floor, *, first: bool = False
) -> Joints:
    """Shift the body so that its anchor is where it stands.

    At first that is its first one, about which it may still turn; in the end all of them, and nothing of the
    trunk is in the floor.
    """
    across = away = up = 0.0
    for stood, share in standing.sets:
        anchors = _anchors(stood.on)
        anchors = [point for point in anchors if standing.weight(point) >= 1.0] or anchors
        pair = [anchors[0]]
        if (other := other_side(anchors[0])) != anchors[0] and standing.weight(other) >= 1.0:
            pair.append(other)
        for point in pair:
            now = joints[joint_of(point)]
            place = places.get(point, now)
            across += share * (place[0] - now[0]) / len(pair)
            away += share * (place[1] - now[1]) / len(pair)
        if first:  # a plank turns about its toes
            anchors = [stood.on[0]] if stood.on and stood.on[0].startswith(("foot", "toes")) else anchors[:1]
        up += share * max(
            floor.under(joint_of(point), point) - joints[joint_of(point)][2] for point in anchors
        )
    if not first:
        up = max(up, *(floor.under(joint) - joints[joint][2] for joint in _TRUNK))
    shift = (across, away, up)
    return {joint: along(place, shift, 1.0) for joint, place in joints.items()}


class _Turn(NamedTuple):
    """A turn in the plane of the screen, about a pivot; what is still does not go with it."""

    pivot: str
    """A joint: an earlier turn may have moved it."""
    still: frozenset[str]
    radians: float


def _leant(  # noqa: PLR0917 - all of what a body stands on
    joints: Joints,
    bones: Mapping[str, Vector],
    standing: Contact,
    roll: float,
    places: Places,
    floor: _Floor,
) -> Joints:
    """Turn the body about its hinge until all that carries it is on the floor; arms point where they did."""
    turns = [_turn(joints, stood, roll, places, floor, share) for stood, share in standing.sets]
    for turn in turns:
        if turn is None or abs(turn.radians) < _LEANS:
            continue
        pivot = joints[turn.pivot]
        joints = {
            joint: place if joint in turn.still else pitched(place, pivot, turn.radians)
            for joint, place in joints.items()
        }
        for side in SIDES:
            for joint in CHAINS["arm"][1:]:
                name = f"{joint}_{side}"
                joints[name] = along(joints[PARENTS[name]], bones[name], 1.0)
    return joints


def _turn(  # noqa: PLR0917 - all of what a body stands on
    joints: Joints, stood: Pose, roll: float, places: Places, floor: _Floor, share: float
) -> _Turn | None:
    """How the body turns to stand as in a pose, as far as that counts; None: it has no need to."""
    hinge = stood.hinge or _hinge(stood.on, roll)
    if not hinge or not stood.on:
        return None
    turning, still = _pivot(joints, hinge, stood.on)
    pivot = joints[turning]
    ups = []
    for point in stood.on:
        if joint_of(point) in still:
            continue
        if _is_end(point):
            up = _up_to_place(joints, pivot, point, places, floor)
        else:
            up = _up_to_floor(joints, pivot, point, floor)
        if up is not None:
            ups.append(up)
    return _Turn(turning, still, share * sum(ups) / len(ups)) if ups else None


def _hinge(on: tuple[str, ...], roll: float) -> str:
    """Where a body turns that stands on these points; empty: it has no need to."""
    kinds = {point.partition("_")[0] for point in on}
    if not kinds & {"hand", "elbow", "shoulder"}:
        return ""
    if abs(roll) > 45.0:
        return "knee" if "knee" in kinds else "foot" if kinds & {"foot", "toes"} else "hip"
    if kinds & {"pelvis", "seat", "chest"}:
        return ""
    return "hip" if "knee" in kinds else "foot" if kinds & {"foot", "toes"} else ""


def _pivot(joints: Joints, hinge: str, on: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    """The joint about which the body turns, and the joints that stay."""
    legs = [f"{joint}_{side}" for side in SIDES for joint in CHAINS["leg"][1:]]
    if hinge == "hip":
        return "pelvis", frozenset((*legs, "pelvis", "hip_left", "hip_right"))
    kinds = ("knee",) if hinge == "knee" else ("toes", "foot")
    standing = next((point for point in on if point.partition("_")[0] in kinds), "")
    if not standing:
        return "pelvis", frozenset((*legs, "pelvis", "hip_left", "hip_right"))
    turning = joint_of(standing)
    pivot = joints[turning]
    beside = [
        side
        for side in SIDES
        if abs((at := joints[joint_of(_of_side(standing, side))])[0] - pivot[0]) < 1.0
        and abs(at[2] - pivot[2]) < 1.0
    ]
    first = 1 if hinge == "knee" else 2 if standing.startswith("foot") else 3
    below = CHAINS["leg"][first:]
    return turning, frozenset(f"{joint}_{side}" for side in beside for joint in below)


def _of_side(point: str, side: str) -> str:
    return f"{point.partition('_')[0]}_{side}"


def _up_to_floor(joints: Joints, pivot: Vector, point: str, floor: _Floor) -> float | None:
    """How far the body turns until a point lies on the floor."""
    joint = joint_of(point)
    turning = joint.replace("elbow", "shoulder")  # an arm points where it did
    below = joints[turning][2] - joints[joint][2]
    x, z = joints[turning][0] - pivot[0], joints[turning][2] - pivot[2]
    far = hypot(x, z)
    wanted = floor.under(joint, point) + below - pivot[2]
    if far < 15.0 or abs(wanted) > far:
        return None
    level = asin(wanted / far)
    return _least(atan2(z, x), level if x >= 0 else pi - level)


def _up_to_place(joints: Joints, pivot: Vector, point: str, places: Places, floor: _Floor) -> float | None:
    """How far the body turns until a hand that carries is as far from its shoulder as the pose has it."""
    joint = joint_of(point)
    root = f"{'shoulder' if joint.startswith('wrist') else 'hip'}_{joint.partition('_')[2]}"
    if root.startswith("hip"):
        return None
    place = _place_of(joints, point, places, floor)
    limb = distance(joints[root], joints[joint])
    flat = limb * limb - (joints[root][1] - place[1]) ** 2
    out = hypot(joints[root][0] - pivot[0], joints[root][2] - pivot[2])
    to_place = hypot(place[0] - pivot[0], place[2] - pivot[2])
    if flat <= 0 or out < 15.0 or to_place < 1.0:
        return None
    cosine = (out * out + to_place * to_place - flat) / (2.0 * out * to_place)
    if abs(cosine) > 1.0:
        return None
    now = atan2(joints[root][2] - pivot[2], joints[root][0] - pivot[0])
    to_it = atan2(place[2] - pivot[2], place[0] - pivot[0])
    return min((_least(now, to_it + sign * acos(cosine)) for sign in (1.0, -1.0)), key=abs)


def _least(start: float, end: float) -> float:
    return (end - start + pi) % (2.0 * pi) - pi


def _place_of(joints: Joints, point: str, places: Places, floor: _Floor) -> Vector:
    """Where a hand or a foot stands: where it stood, or on the floor below it."""
    if point in places:
        return places[point]
    joint = joint_of(point)
    return (joints[joint][0], joints[joint][1], floor.under(joint, point))


def _lay_head(joints: Joints, rests: float, floor: _Floor) -> None:
    """Keep the head out of the floor, or lay it down."""
    look_down = max(0.0, -face(joints)[2])
    least = max(floor.under("head"), radius("head") + NOSE_CM * look_down)
    if joints["head"][2] >= least and rests <= 0.0:
        return
    reach = LENGTHS["neck"] + LENGTHS["head"]
    way = difference(joints["head"], joints["chest"])
    up = least - joints["chest"][2]
    if joints["head"][2] > least:
        up = way[2] + (up - way[2]) * rests
    if abs(up) >= reach:
        return
    level = unit(_heading(way, reach, up))
    joints["neck"] = along(joints["chest"], level, LENGTHS["neck"])
    joints["head"] = along(joints["neck"], level, LENGTHS["head"])


def _heading(way: Vector, length: float, up: float) -> Vector:
    """A way of this length that goes where another goes, as seen from above, and so far up."""
    flat = hypot(way[0], way[1])
    on_floor = sqrt(max(0.0, length * length - up * up))
    if flat < 1e-6:
        return (on_floor, 0.0, up)
    return (way[0] / flat * on_floor, way[1] / flat * on_floor, up)


def _plant(  # noqa: PLR0917 - a limb, and all of what it stands on
    joints: Joints,
    bones: Mapping[str, Vector],
    limb: str,
    side: str,
    standing: Contact,
    places: Places,
    floor: _Floor,
) -> float:
    """Bring a limb to its place, as far as it carries; how much that is."""
    root, middle, end, tip = (f"{joint}_{side}" for joint in CHAINS[limb])
    points = ("hand",) if limb == "arm" else ("foot", "toes")
    weight, point = max((standing.weight(f"{point}_{side}"), f"{point}_{side}") for point in points)
    if weight <= 0.0:
        return 0.0
    by_tip = point.startswith("toes")
    target = _place_of(joints, point, places, floor)
    if by_tip:
        target = difference(target, bones[tip])
    target = blend(joints[end], target, weight)
    across = difference(joints[f"{CHAINS[limb][0]}_left"], joints[f"{CHAINS[limb][0]}_right"])
    way = cross(unit(across), unit(difference(joints[end], joints[root])))
    hint = along(joints[middle], unit(way), _BEND_HINT_CM if limb == "arm" else -_BEND_HINT_CM)
    joints[middle], joints[end] = reached(joints[root], target, LENGTHS[middle], LENGTHS[end], hint)
    flat = bones[tip]
    if not by_tip and abs(flat[2]) < 0.5 * LENGTHS[tip]:  # a palm, a sole
        level = _heading(flat, LENGTHS[tip], floor.under(tip) - floor.under(end))
        flat = blend(flat, level, weight)
    joints[tip] = along(joints[end], unit(flat), LENGTHS[tip])
    return weight


def _lay_limb(  # noqa: PLR0917 - a limb, and all of what it stands on
    joints: Joints,
    bones: Mapping[str, Vector],
    limb: str,
    side: str,
    standing: Contact,
    floor: _Floor,
    *,
    planted: bool,
) -> None:
    """Keep a limb out of the floor, bone by bone, and lay down what rests; each bone keeps its length.

    A hand or a foot that slides on the floor, with its elbow or knee in the air, is brought down by bending.
    """
    root, middle, end, _ = chain = [f"{joint}_{side}" for joint in CHAINS[limb]]
    rests = {
        joint: standing.resting(f"{name}_{side}") for joint, name in zip(chain[1:], _LYING[limb], strict=True)
    }
    ways = (
        bones
        if not planted
        else {joint: difference(joints[joint], joints[PARENTS[joint]]) for joint in chain[1:]}
    )
    slides = rests[end] if rests[middle] <= 0.0 and not planted else 0.0
    if slides > 0.0:
        middle_free = along(joints[root], ways[middle], 1.0)
        free = along(middle_free, ways[end], 1.0)
        target = (free[0], free[1], free[2] + (floor.under(end) - free[2]) * slides)
        across = unit(difference(joints[f"{CHAINS[limb][0]}_left"], joints[f"{CHAINS[limb][0]}_right"]))
        way = cross(across, unit(difference(free, joints[root])))
        hint = along(middle_free, unit(way), _BEND_HINT_CM if limb == "arm" else -_BEND_HINT_CM)
        elbow, wrist = reached(joints[root], target, LENGTHS[middle], LENGTHS[end], hint)
        ways = {**ways, middle: difference(elbow, joints[root]), end: difference(wrist, elbow)}
    for joint in chain[1:]:
        parent, way = PARENTS[joint], ways[joint]
        at = joints[parent][2] + way[2]
        least = floor.under(joint)
        up = way[2]
        if at < least:
            up = least - joints[parent][2]
        elif rests[joint] > 0.0 and not (slides and joint == end):
            up += (least - at) * rests[joint]
        if up != way[2]:
            up = max(-LENGTHS[joint], min(LENGTHS[joint], up))
            way = _heading(way, LENGTHS[joint], up)
        joints[joint] = along(joints[parent], unit(way), LENGTHS[joint])
