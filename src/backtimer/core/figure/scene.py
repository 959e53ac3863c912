"""A scene: the body at one moment of a film, with all that a picture of it needs to know."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.figure.movement import OVER_HEAD_CM, BodyPart, JointPath, Passage, turn_of_face
from backtimer.core.figure.pose import Angle, Figure, Prop
from backtimer.core.figure.skeleton import WITHIN, Joints
from backtimer.core.figure.vectors import Vector
from backtimer.core.plan.routine import Side
from backtimer.values import NamedTuple


class Leg(NamedTuple):
    """The way of a camera that goes along, from the view of a phase to that of the next one."""

    before: int
    after: int
    share: float
    """How far it is, from 0 to 1."""
    phase: int
    """The phase that is shown."""


class RepCourse(NamedTuple):
    """How a rep goes over time, of what is hardly seen itself."""

    points: tuple[tuple[float, float], ...]
    """Seconds since it began, and how much it is drawn up then, from 0 to 1."""
    now: float
    """Where the body is, in seconds since the rep began."""


class Bounds:
    """All places of the body in a film; and what cameras have made of them."""

    __slots__ = ("arrows", "crowns", "floors", "frames", "phases", "places", "stills", "used")

    def __init__(self, stills: Sequence[Joints], phases: Sequence[Sequence[Joints]] = ()) -> None:
        self.stills = tuple(stills)
        self.places = _places(stills)
        self.phases = tuple(map(_places, phases))
        """The places of each phase, where the camera goes along."""
        heads = [still["head"] for still in self.stills if turn_of_face(self.stills[0], still)]
        self.crowns = tuple((x, y, z + OVER_HEAD_CM) for x, y, z in heads)
        """How high a bent arrow is over a head that turns."""
        self.frames: dict[object, tuple[float, float, float, float]] = {}
        """What is to be in the picture, by yaw, pitch and what is shown: found once for a film."""
        self.floors: dict[tuple[float, float], tuple[Vector, Vector]] = {}
        """The line of the floor, in the same way."""
        self.arrows: dict[object, tuple[tuple[tuple[float, float], tuple[float, float], float], ...]] = {}
        """Where arrows stand, and where they point, by what moves and how it is seen."""
        self.used: dict[Prop, bool] = {}
        """Whether somebody sits or leans on a thing, or it only stands ready."""


def _places(stills: Sequence[Joints]) -> tuple[Vector, ...]:
    """Where the body is in several moments: its joints, but those within it."""
    return tuple({place for joints in stills for joint, place in joints.items() if joint not in WITHIN})


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
    trunk: frozenset[str] = frozenset()
    """The joints of the trunk that move."""
    ghost: Joints | None = None
    """Where the movement began, where that is to be seen."""
    span: Passage | None = None
    """From which pose to which it goes; None: it is held."""
    side: Side | None = None
    presses: tuple[tuple[str, Angle], ...] = ()
    """What pushes against what does not give, and which way, from the beginning of the phase to its end."""
    breath: float = 0.0
    """How full the chest is, 0 to 1."""
    leg: Leg | None = None
    """Where the camera is on its way; None: it stays."""
    gone: float = 0.0
    """How much ground has gone by, in centimetres."""
    trace: tuple[tuple[Vector, ...], ...] = ()
    """Ways of points that are drawn whole, as lines that end where they began."""
    course: RepCourse | None = None

    @property
    def ways(self) -> tuple[JointPath, ...]:
        """What has an arrow while it moves."""
        return self.span.ways if self.span else ()
