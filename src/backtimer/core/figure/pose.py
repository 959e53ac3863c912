"""Poses: where each part of the body points; and what an exercise says of its figure, as values and text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from backtimer.values import NamedTuple

Angle = tuple[float, float]
"""A direction in degrees: in the plane of the screen (0 right, 90 up, counter-clockwise), and out of it, away
from the body's middle (of spine and head: to the left)."""

SIDES = ("left", "right")
ARM = ("upper_arm", "forearm", "hand")
LEG = ("thigh", "shin", "foot")
SPINE = ("lumbar", "thorax")
LIMBS = {"arm": ARM, "leg": LEG}
SEGMENTS = (
    *SPINE,
    "neck",
    "head",
    *(f"{part}_{side}" for side in SIDES for part in (*ARM, *LEG)),
)
"""All that has a direction, in the order in which a pose has them."""

INDEX = {segment: number for number, segment in enumerate(SEGMENTS)}

_PAIRED = ("hand", "elbow", "shoulder", "hip", "knee", "foot", "toes")
POINTS = (
    "pelvis",
    "waist",
    "navel",
    "chest",
    "head",
    "seat",
    *(f"{point}_{side}" for point in _PAIRED for side in SIDES),
)
"""What can stand or lie on something. `seat` is the pelvis on a chair."""

HELD = (
    *(point for point in POINTS if point != "seat"),
    *(f"{point}_{side}" for point in ("thigh", "lap") for side in SIDES),
)
"""What can be held. A thigh is held behind, near the knee; a foot lies on its front. On a lap a hand lies."""
HOLDERS = tuple(f"{limb}_{side}" for limb in ("hand", "foot") for side in SIDES)

BOTH = {
    "hands": ("hand_left", "hand_right"),
    "elbows": ("elbow_left", "elbow_right"),
    "shoulders": ("shoulder_left", "shoulder_right"),
    "knees": ("knee_left", "knee_right"),
    "feet": ("foot_left", "foot_right"),
    "toes": ("toes_left", "toes_right"),
}
"""Words for a point of both sides."""

HINGES = ("hip", "knee", "foot")
PROPS = ("mat", "chair", "wall", "band", "step", "towel", "pillow", "table", "thread", "pelvic-floor")
BAND_ENDS = ("door", "feet", "hands")
INSET_PLACES = ("top", "bottom", "left", "right")


class Pose(NamedTuple):
    """How a body is bent and turned; where it then is comes of what it stands on."""

    angles: tuple[Angle, ...]
    """Of `SEGMENTS`, in their order."""
    roll: float = 0.0
    """The whole body turned about the axis of the mat, in degrees: 90 lies on the right side."""
    twist: float = 0.0
    """Shoulders and head turned about the spine, against the pelvis, to the left."""
    look: float = 0.0
    """The face turned about the neck, against the shoulders, to the left."""
    shoulders: float = 0.0
    """The shoulders drawn forward (more) or back (less than 0), in centimetres."""
    belly: float = 0.0
    """The belly drawn in (less than 0) or let out, in centimetres."""
    on: tuple[str, ...] = ()
    """The points that carry: the first stays where it is, hands and feet are put where they stand."""
    rest: tuple[str, ...] = ()
    """Points that lie down on the floor where they can reach it, and may slide."""
    holds: tuple[tuple[str, str], ...] = ()
    """Hands, and the points of the body that they hold; a foot, and the point that it is laid on."""
    presses: tuple[tuple[str, Angle], ...] = ()
    """Points that push against what does not give, and which way."""
    hinge: str = ""
    """Where the body turns so that all that carries is on the floor; empty: as its supports suggest."""

    def angle(self, segment: str) -> Angle:
        return self.angles[INDEX[segment]]


class Prop(NamedTuple):
    """A thing beside the body."""

    kind: str
    under: str = ""
    """The point of the body that lies on it (towel, pillow)."""
    to: str = ""
    """Where a band is fixed: `door` or `feet`; or held: `hands`, from one to the other."""
    at: float | None = None
    """Where it stands, in centimetres to the right of the pelvis at the start."""
    height: float | None = None
    """In centimetres."""


class Inset(NamedTuple):
    """A second view of the same."""

    yaw: float
    pitch: float
    at: str = "bottom"
    """Where it stands: one of `INSET_PLACES`."""
    of: tuple[str, ...] = ()
    """The points that are in it; none: the whole body."""


class Figure(NamedTuple):
    """What an exercise says of its figure, with all poses whole."""

    poses: Mapping[str, Pose]
    """By name; the first is how a rep starts."""
    phases: Mapping[str, tuple[str, ...]]
    """The poses that the body goes through in a phase, the last of them its end."""
    yaw: float = 20.0
    """How far the viewer has walked round the body, in degrees."""
    pitch: float = 12.0
    """How far the viewer looks down on it, in degrees."""
    props: tuple[Prop, ...] = ()
    along: bool = False
    """The other side is shown from the other end, so that the face stays towards the viewer."""
    inset: Inset | None = None
    """From where it is seen once more."""
    pelvis: bool = False
    """The low back is shown from near, with a pin that tips with the pelvis."""
    of: tuple[str, ...] = ()
    """The points that are in the picture; none: the whole body."""
    ghost: bool = False
    """Where a movement began is left to be seen."""
    arrows: tuple[str, ...] | None = None
    """The points whose way is shown by an arrow; None: what goes furthest of what works."""
    coloured: tuple[str, ...] | None = None
    """The points that are coloured, each with the bone that ends there; None: what works."""
    follows: bool = False
    """The camera comes as near in each phase as that one allows."""
    travel: float = 0.0
    """How far the ground goes by in a phase, in centimetres: who walks stays in the picture."""
    trace: bool = False
    """The ways of what has an arrow are drawn whole, as lines, where what carries her stays the same."""

    @property
    def start(self) -> Pose:
        return next(iter(self.poses.values()))


def expanded(points: tuple[str, ...]) -> tuple[str, ...]:
    """Points by their own names: `hands` are two."""
    return tuple(name for point in points for name in BOTH.get(point, (point,)))


def other_side(name: str) -> str:
    """The same part of the other side; what has no side stays."""
    if name.endswith("_left"):
        return f"{name[:-5]}_right"
    return f"{name[:-6]}_left" if name.endswith("_right") else name


def mirrored(pose: Pose) -> Pose:
    """The pose with left and right exchanged."""
    angles = [pose.angles[INDEX[other_side(segment)]] for segment in SEGMENTS]
    for segment in (*SPINE, "neck", "head"):
        turn, out = angles[INDEX[segment]]
        angles[INDEX[segment]] = (turn, -out)
    return pose._replace(
        angles=tuple(angles),
        roll=-pose.roll,
        twist=-pose.twist,
        look=-pose.look,
        on=tuple(map(other_side, pose.on)),
        rest=tuple(map(other_side, pose.rest)),
        holds=tuple((other_side(hand), other_side(point)) for hand, point in pose.holds),
        presses=tuple(
            (other_side(point), (turn, out if "_" in point else -out)) for point, (turn, out) in pose.presses
        ),
    )


def shorter_way(start: float, end: float) -> float:
    """The degrees from one direction to another, the shorter way round: -180 to 180."""
    return (end - start + 180.0) % 360.0 - 180.0


def between(one: Pose, other: Pose, share: float) -> Pose:
    """A pose on the way from one to another; what it stands on is the first one's."""
    angles = tuple(
        (a[0] + shorter_way(a[0], b[0]) * share, a[1] + shorter_way(a[1], b[1]) * share)
        for a, b in zip(one.angles, other.angles, strict=True)
    )
    return one._replace(
        angles=angles,
        roll=one.roll + shorter_way(one.roll, other.roll) * share,
        twist=one.twist + (other.twist - one.twist) * share,
        look=one.look + (other.look - one.look) * share,
        shoulders=one.shoulders + (other.shoulders - one.shoulders) * share,
        belly=one.belly + (other.belly - one.belly) * share,
    )


# What a figure says in a file, as plain values: the same that its text is made of. Keys that are not there
# say nothing. Directions are written as in the file: one for the whole limb, or one for each part.

Said = Mapping[str, Any]
_NUMBERS_AND_WORDS = ("roll", "twist", "look", "shoulders", "belly", "hinge")


def posed(said: Said, base: Pose) -> Pose:
    """A pose that changes another by what a file says.

    A limb with one direction is straight; a foot that is not spoken of stands at a right angle to its shin.
    """
    angles = list(base.angles)
    for key in ("arm", "leg", "arm_left", "arm_right", "leg_left", "leg_right"):
        if key not in said:
            continue
        kind, _, side = key.partition("_")
        for each in (side,) if side else SIDES:
            for part, angle in zip(LIMBS[kind], whole_limb(kind, said[key]), strict=True):
                angles[INDEX[f"{part}_{each}"]] = angle
    if "spine" in said:
        given = [_angle(each) for each in said["spine"]]
        for part, angle in zip(SPINE, (given[0], given[-1]), strict=True):
            angles[INDEX[part]] = angle
        if "head" not in said:
            angles[INDEX["neck"]] = angles[INDEX["head"]] = given[-1]
    if "head" in said:
        angles[INDEX["neck"]] = angles[INDEX["head"]] = _angle(said["head"][0])
    if "neck" in said:
        angles[INDEX["neck"]] = _angle(said["neck"][0])
    simple: dict[str, Any] = {key: said[key] for key in _NUMBERS_AND_WORDS if key in said}
    points: dict[str, Any] = {key: expanded(tuple(said[key])) for key in ("on", "rest") if key in said}
    if "holds" in said:
        simple["holds"] = tuple((hand, point) for hand, point in said["holds"].items())
    if "presses" in said:
        simple["presses"] = tuple((point, _angle(way)) for point, way in said["presses"].items())
    return base._replace(angles=tuple(angles), **simple, **points)


def whole_limb(kind: str, said: list[Any]) -> list[Angle]:
    """The directions of all three parts of a limb, of which one to three are said."""
    angles = [_angle(each) for each in said]
    if len(angles) == 1:
        angles.append(angles[0])
    if len(angles) == 2:
        turn, out = angles[1]
        angles.append((turn + 90.0, out) if kind == "leg" else (turn, out))
    return angles


def _angle(said: Any) -> Angle:
    if isinstance(said, list | tuple):
        return (float(said[0]), float(said[1]))
    return (float(said), 0.0)


def figure_text(said: Said) -> str:
    """The text that a figure is kept as, beside the other texts of an exercise."""
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False)


def said_in(text: str) -> Said:
    """What a text of `figure_text` says.

    Raises:
        ValueError: It is no such text.
    """
    said = json.loads(text)
    if not isinstance(said, dict):
        raise ValueError("a figure must be a mapping")
    return said
