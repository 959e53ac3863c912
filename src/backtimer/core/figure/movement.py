"""What moves: which parts of the body, which of their bones do the work, and whose way an arrow shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import acos, asin, atan2, degrees

from backtimer.core.figure.pose import LIMBS, SIDES, Figure, other_side
from backtimer.core.figure.skeleton import CHAINS, Joints, bend, face, joint_of
from backtimer.core.figure.vectors import Vector, difference, distance, dot, unit
from backtimer.core.plan.routine import Side
from backtimer.values import NamedTuple

MOVES_CM = 4.0
"""A part of the body moves in a phase when one of its joints goes further than this."""

SHOWN_CM = 1.5
"""A way that is shorter than this has no arrow."""
PLANTED_CM = 7.0
"""A hand or a foot that moves less than this stays where it is, and its limb only follows."""
_LIES_ON_A_LEG_CM = 20.0
"""A foot that stays higher than this lies on the other leg, and its shin goes with the knee."""
TURNS_DEGREES = 12.0
"""A thigh works when it turns further than this over a knee that stays, and a chest about the spine."""
_FOLLOWS_DEGREES = 25.0
"""A shin whose foot stays works when it turns further than this, an arm whose hand stays when it bends so."""
_LIFTED_CM = 6.0
"""A leg is lifted, or let down, where hip and knee go further up or down than this."""
_TRUNK_MOVES_CM = 3.0
"""A part of the trunk moves when it goes further than this."""

_FACE_TURNS_DEGREES, _UPRIGHT, _HANGS = 18.0, 0.7, 0.8
"""A face turns when it goes further round than this, on a neck that is at least so upright; or it hangs."""
OVER_HEAD_CM = 33.0
"""So much room over the middle of the head a bent arrow needs."""

_ARROW_CM = 9.0
"""A limb that goes further than this from pose to pose has an arrow, where a figure does not say which."""
_KNEE_FIRST = 1.4
"""A knee or an elbow has the arrow of its limb where it goes so much further than foot or hand."""
_CARRIED_CM = 15.0
"""Where the pelvis goes further than this, it has an arrow, and arms that are carried along have none."""
_PELVIS_FIRST = 0.6
"""The pelvis has the arrow of the trunk where it goes at least this part of the longest way."""


class BodyPart(StrEnum):
    """A part of the body that moves, or does not."""

    TRUNK = "trunk"
    HEAD = "head"
    ARM_LEFT = "arm_left"
    ARM_RIGHT = "arm_right"
    LEG_LEFT = "leg_left"
    LEG_RIGHT = "leg_right"


JOINTS_OF_PART: dict[BodyPart, tuple[str, ...]] = {
    BodyPart.TRUNK: ("pelvis", "waist", "navel", "chest"),
    BodyPart.HEAD: ("neck", "head", "brow"),
    **{
        BodyPart(f"{limb}_{side}"): tuple(f"{joint}_{side}" for joint in CHAINS[limb][1:])
        for limb in CHAINS
        for side in SIDES
    },
}


class JointPath(NamedTuple):
    """How a joint goes in a phase, for an arrow."""

    joint: str
    start: Vector
    end: Vector


class Passage(NamedTuple):
    """The way from one pose to the next."""

    stills: tuple[Joints, ...]
    """The body at a few of its moments, the first and the last among them."""
    ways: tuple[JointPath, ...]
    """What has an arrow."""


def moved(stills: Sequence[Joints]) -> Iterable[BodyPart]:
    """The parts of the body that go further than a little from the first of several moments."""
    for part, joints in JOINTS_OF_PART.items():
        if any(
            distance(stills[0][joint], still[joint]) > MOVES_CM for still in stills[1:] for joint in joints
        ) or (part is BodyPart.TRUNK and any(twists(stills[0], still) for still in stills[1:])):
            yield part


def twists(one: Joints, other: Joints) -> bool:
    """Whether the chest turns about the spine from one moment to another, more than a little."""
    return turn_between(one, other, "shoulder_right", "shoulder_left") > TURNS_DEGREES


def turn_of_face(one: Joints, other: Joints) -> float:
    """How far an upright head turns from one moment to another, in degrees, to the left; 0: hardly."""
    if any(unit(difference(each["head"], each["neck"]))[2] < _UPRIGHT for each in (one, other)):
        return 0.0
    before, after = (atan2(face(each)[1], face(each)[0]) for each in (one, other))
    turned = (degrees(after - before) + 180.0) % 360.0 - 180.0
    return turned if abs(turned) > _FACE_TURNS_DEGREES else 0.0


def rolls_head(stills: Sequence[Joints]) -> bool:
    """Whether a head that hangs is leant to a side, on a chest that stays."""
    leans = []
    for still in (stills[0], stills[-1]):
        up = unit(difference(still["head"], still["neck"]))
        if up[2] > _HANGS:
            return False
        leans.append(
            degrees(asin(dot(up, unit(difference(still["shoulder_left"], still["shoulder_right"])))))
        )
    stays = distance(stills[0]["chest"], stills[-1]["chest"]) < SHOWN_CM
    return stays and abs(leans[1] - leans[0]) > _FACE_TURNS_DEGREES


def worked(stills: Sequence[Joints]) -> Iterable[str]:
    """The bones that travel or turn, by segments: `thigh_left`.

    Of a limb whose hand or foot stays where it is, what turns over it: the thighs of a bridge, the arms of a
    press-up.
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
            for bone, start, end in zip(bones[:2], chain, chain[1:], strict=False):
                least = TURNS_DEGREES if bone == "thigh" else _FOLLOWS_DEGREES
                turns = any(turn_between(first, still, start, end) > least for still in stills[1:])
                if turns and (limb == "leg" or any(_bends(first, still, chain) for still in stills[1:])):
                    yield f"{bone}_{side}"
        chain = [f"{joint}_{side}" for joint in CHAINS["leg"]]
        if travels(chain[1]) and first[chain[2]][2] > _LIES_ON_A_LEG_CM:
            yield from (f"shin_{side}", f"foot_{side}")
        if any(abs(still[chain[2]][2] - first[chain[2]][2]) > MOVES_CM for still in stills[1:]):  # the heel
            yield f"foot_{side}"
        knee, hip = chain[1], chain[0]
        if all(
            any(still[at][2] - first[at][2] > _LIFTED_CM for still in stills[1:]) for at in (hip, knee)
        ) or all(
            any(first[at][2] - still[at][2] > _LIFTED_CM for still in stills[1:]) for at in (hip, knee)
        ):  # over toes that stay, as in a plank
            yield from (f"thigh_{side}", f"shin_{side}")


def _bends(one: Joints, other: Joints, chain: list[str]) -> bool:
    """Whether a limb bends or straightens in its middle joint from one moment to another."""
    return abs(bend(one, *chain[:3]) - bend(other, *chain[:3])) > _FOLLOWS_DEGREES


def worked_trunk(stills: Sequence[Joints]) -> Iterable[str]:
    """The joints of the trunk that move: `pelvis`, `waist`, `navel`, `chest`."""
    first = stills[0]
    for joint in JOINTS_OF_PART[BodyPart.TRUNK]:
        if any(distance(first[joint], still[joint]) > _TRUNK_MOVES_CM for still in stills[1:]):
            yield joint
    if any(twists(first, still) for still in stills[1:]):
        yield from ("waist", "chest")
    for joint, start, end in (("pelvis", "pelvis", "waist"), ("chest", "waist", "chest")):
        if any(turn_between(first, still, start, end) > TURNS_DEGREES for still in stills[1:]):
            yield joint  # it tips where it is


def turn_between(one: Joints, other: Joints, start: str, end: str) -> float:
    """How far a bone turns from one moment to another, in degrees."""
    before, after = (unit(difference(joints[end], joints[start])) for joints in (one, other))
    return degrees(acos(max(-1.0, min(1.0, dot(before, after)))))


def only_helps(part: BodyPart, figure: Figure, side: Side | None, travels: bool, trunk: bool) -> bool:
    """Whether a limb is an arm that only helps, uncoloured.

    That is so where its hand is at a leg in some pose while a leg travels, or in most poses while the trunk
    moves: hands on the thighs of somebody who bends.

    Args:
        part: The limb.
        figure: Whose poses tell what it holds.
        side: Whose turn it is.
        travels: Whether a leg travels.
        trunk: Whether the trunk moves.
    """
    limb, _, its = part.partition("_")
    if limb != "arm":
        return False
    hand = other_side(f"hand_{its}") if side is Side.RIGHT else f"hand_{its}"
    poses = figure.poses.values()
    at_a_leg = sum(
        holder == hand and point.startswith(("thigh", "knee", "foot", "lap"))
        for pose in poses
        for holder, point in pose.holds
    )
    return at_a_leg > 0 if travels else trunk and 2 * at_a_leg > len(poses)


def ways_of(
    figure: Figure, side: Side | None, stills: Sequence[Joints], movers: frozenset[BodyPart]
) -> Iterable[JointPath]:
    """The joints whose ways have arrows: those that a figure names, or what goes furthest of what works.

    Args:
        figure: What it says of arrows.
        side: Whose turn it is.
        stills: The body at the beginning of the way, in its middle and at its end.
        movers: The parts that move.
    """
    start, end = stills[0], stills[-1]
    if figure.arrows is None:
        joints = list(_furthest(figure, side, stills, movers))
    else:
        points = (other_side(point) if side is Side.RIGHT else point for point in figure.arrows)
        joints = [joint_of(point) for point in points]
    for joint in joints:
        if distance(start[joint], end[joint]) > SHOWN_CM:
            yield JointPath(joint, start[joint], end[joint])


def _furthest(
    figure: Figure, side: Side | None, stills: Sequence[Joints], movers: frozenset[BodyPart]
) -> Iterable[str]:
    """Of each limb that travels the joint that goes furthest; or that of the trunk, where none does."""
    start, end = stills[0], stills[-1]
    working = set(worked(stills))
    travels = any(bone.startswith("shin") for bone in working)

    def gone(joint: str) -> float:
        return distance(start[joint], end[joint])

    carried = BodyPart.TRUNK in movers and gone("pelvis") > _CARRIED_CM
    found = ["pelvis"] if carried else []
    for part in sorted(movers):
        limb, _, its = part.partition("_")
        if limb == "arm" and carried:
            continue
        bones = {f"{bone}_{its}" for bone in LIMBS.get(limb, ())[1:]}
        if not bones & working or only_helps(part, figure, side, travels, BodyPart.TRUNK in movers):
            continue
        middle, end_of_limb = (f"{joint}_{its}" for joint in CHAINS[limb][1:3])
        if gone(end_of_limb) <= PLANTED_CM and start[end_of_limb][2] <= _LIES_ON_A_LEG_CM:
            continue  # a hand or a foot that stays
        furthest = middle if gone(middle) > _KNEE_FIRST * gone(end_of_limb) else end_of_limb
        if gone(furthest) > _ARROW_CM:
            found.append(furthest)
    if not found and BodyPart.TRUNK in movers:
        furthest = max(("pelvis", "chest", "head"), key=gone)
        found = ["pelvis" if gone("pelvis") >= _PELVIS_FIRST * gone(furthest) else furthest]
    return found
