"""Things beside the body as lines in space: the mat, a chair, a wall, a band, a step, a towel."""

from __future__ import annotations

from math import cos, radians

from backtimer.core.figure.camera import camera_of
from backtimer.core.figure.film import CUSHION_CM, Scene, joints_on
from backtimer.core.figure.grounding import SEAT_CM
from backtimer.core.figure.pose import SIDES, Prop, expanded
from backtimer.core.figure.skeleton import radius
from backtimer.core.figure.vectors import Vector, along, blend, difference, unit
from backtimer.values import NamedTuple

MAT_HALF_CM = 30.0
MAT_LENGTH_CM = 178.0

HEIGHTS = {**CUSHION_CM, "table": 74.0, "wall": 130.0, "chair": SEAT_CM}
"""How high things are, where a figure does not say, in centimetres."""

_CHAIR_BACK_CM = 42.0
_HALF_CHAIR_CM = 21.0
_DOOR_CM = 75.0
_BESIDE = 0.8
_THREAD_CM = 40.0


class Edge(NamedTuple):
    """A line of a thing."""

    places: tuple[Vector, ...]
    is_floor: bool = False
    behind: bool = True
    """Drawn before the body, which covers it."""
    dashed: bool = False


def height_of(prop: Prop) -> float:
    """How high a thing is, in centimetres."""
    return HEIGHTS.get(prop.kind, 0.0) if prop.height is None else prop.height


def lines_of(scene: Scene) -> list[Edge]:
    """All lines of the things of a scene."""
    found: list[Edge] = []
    props = scene.figure.props
    for prop in props:
        found += _DRAWN[prop.kind](prop, scene)
    if not any(prop.kind == "mat" for prop in props):
        left, right = _reach(scene)
        found.insert(0, Edge(((left, 0.0, 0.0), (right, 0.0, 0.0)), is_floor=True))
    return found


def _reach(scene: Scene) -> tuple[float, float]:
    xs = [place[0] for place in scene.bounds.places]
    return min(xs) - 8.0, max(xs) + 8.0


def _mat(_: Prop, scene: Scene) -> list[Edge]:
    left, right = _reach(scene)
    near, far = -MAT_HALF_CM, MAT_HALF_CM
    return [
        Edge(((left, near, 0.0), (right, near, 0.0)), is_floor=True),
        Edge(((left, far, 0.0), (right, far, 0.0)), is_floor=True, dashed=True),
        Edge(((left, near, 0.0), (left, far, 0.0)), is_floor=True, dashed=True),
        Edge(((right, near, 0.0), (right, far, 0.0)), is_floor=True, dashed=True),
    ]


def _chair(prop: Prop, scene: Scene) -> list[Edge]:
    """A seat on legs, its back behind; somebody who stands has it where the figure says."""
    seat = height_of(prop)
    at = scene.base["pelvis"][0] + (8.0 if prop.at is None else prop.at)
    back, front = at - _HALF_CHAIR_CM, at + _HALF_CHAIR_CM
    if prop.to == "left":
        back, front = front, back
    yaw = radians(camera_of(scene).angles[0])
    near, far = -_HALF_CHAIR_CM, _HALF_CHAIR_CM
    if cos(yaw) < 0.0:
        near, far = far, near
    beside = abs(cos(yaw)) > _BESIDE  # from the front she sits before all of it
    top = seat + _CHAIR_BACK_CM
    return [
        Edge(((back, far, top), (back, far, 0.0))),
        Edge(((back, near, top), (back, near, 0.0))),
        Edge(((back, near, top), (back, far, top))),
        Edge(((back, near, top - 12.0), (back, far, top - 12.0))),
        Edge(((front, far, seat), (front, far, 0.0))),
        Edge(((back, far, seat), (front, far, seat))),
        Edge(((back, near, seat), (front, near, seat)), behind=not beside),
        Edge(((front, near, seat), (front, far, seat))),
        Edge(((front, near, seat), (front, near, 0.0)), behind=not beside),
    ]


def _wall(prop: Prop, scene: Scene) -> list[Edge]:
    at = scene.base["pelvis"][0] + (-20.0 if prop.at is None else prop.at)
    high = height_of(prop)
    near, far = -MAT_HALF_CM, MAT_HALF_CM
    return [
        Edge(((at, near, 0.0), (at, near, high))),
        Edge(((at, far, 0.0), (at, far, high)), dashed=True),
        Edge(((at, near, high), (at, far, high)), dashed=True),
    ]


def _band(prop: Prop, scene: Scene) -> list[Edge]:
    """From the hands round the feet, or to a door as high as the chest."""
    joints = scene.joints
    if prop.to == "feet":
        ends = [blend(joints[f"ankle_{side}"], joints[f"toe_{side}"], 0.6) for side in SIDES]
        return [
            Edge((joints[f"hand_{side}"], end), behind=side == "left")
            for side, end in zip(SIDES, ends, strict=True)
        ]
    base = scene.base
    high = base["chest"][2] - 8.0 if prop.height is None else prop.height
    far = base["pelvis"][0] + (125.0 if prop.at is None else prop.at)
    door: Vector = (far, 0.0, high)
    post = [
        Edge(((far, -8.0, 0.0), (far, -8.0, high + _DOOR_CM / 3.0))),
        Edge(((far, 8.0, 0.0), (far, 8.0, high + _DOOR_CM / 3.0))),
        Edge(((far, -8.0, high), (far, 8.0, high))),
    ]
    return [*post, *(Edge((joints[f"hand_{side}"], door), behind=side == "left") for side in SIDES)]


def _box(left: float, right: float, near: float, far: float, high: float) -> list[Edge]:
    corners = ((left, near), (right, near), (right, far), (left, far))
    top = tuple((x, y, high) for x, y in (*corners, corners[0]))
    uprights = [Edge(((x, y, 0.0), (x, y, high)), behind=y > near) for x, y in corners[:2]]
    return [
        Edge(top[1:4]),
        Edge((top[0], top[1]), behind=False),
        Edge((top[0], top[3])),
        *uprights,
        Edge(((left, near, 0.0), (right, near, 0.0)), behind=False),
    ]


def _step(prop: Prop, scene: Scene) -> list[Edge]:
    at = scene.base["pelvis"][0] + (35.0 if prop.at is None else prop.at)
    return _box(at - 18.0, at + 18.0, -30.0, 30.0, height_of(prop))


def _table(prop: Prop, scene: Scene) -> list[Edge]:
    at = scene.base["pelvis"][0] + (60.0 if prop.at is None else prop.at)
    high = height_of(prop)
    left, right, near, far = at - 25.0, at + 25.0, -30.0, 30.0
    top = ((left, near, high), (right, near, high), (right, far, high), (left, far, high), (left, near, high))
    legs = [Edge(((x, y, high), (x, y, 0.0))) for x in (left, right) for y in (near, far)]
    return [Edge(top), *legs]


def _cushion(prop: Prop, scene: Scene) -> list[Edge]:
    """A towel or a pillow under a point of the body, on what is below it."""
    names = joints_on(prop, scene.side) or ["head"]
    both = [scene.base[name] for name in names]
    x = sum(place[0] for place in both) / len(both) + (prop.at or 0.0)
    low = min(place[2] for place in both) - radius(names[0]) - height_of(prop)
    near = min(place[1] for place in both) - 9.0
    half = 12.0 if prop.kind == "towel" else 16.0
    said = expanded((prop.under,)) if prop.under else ()
    lies = {*scene.figure.start.on, *scene.figure.start.rest}
    waits = bool(said) and not lies.intersection(said)  # on the floor, for who comes down to it
    floor = 0.0 if waits else max(0.0, low)
    outline = tuple((x + dx, near, floor + dz) for dx, dz in _outline(half, height_of(prop)))
    return [Edge(outline, behind=waits)]


def _thread(prop: Prop, scene: Scene) -> list[Edge]:
    """From the crown of the head to above where it begins, with the head of an arrow: it draws up."""
    head, neck = scene.joints["head"], scene.joints["neck"]
    crown = along(head, unit(difference(head, neck)), radius("head") + 1.0)
    top = scene.base["head"][2] + (_THREAD_CM if prop.height is None else prop.height)
    end = (crown[0], crown[1], top)
    barbs = [(crown[0] + dx, crown[1], top - 6.0) for dx in (-5.0, 5.0)]
    return [Edge((crown, end)), Edge((barbs[0], end, barbs[1]))]


def _outline(half: float, high: float) -> tuple[tuple[float, float], ...]:
    return ((-half, 0.0), (half, 0.0), (half, high), (-half, high), (-half, 0.0))


_DRAWN = {
    "mat": _mat,
    "chair": _chair,
    "wall": _wall,
    "thread": _thread,
    "band": _band,
    "step": _step,
    "table": _table,
    "towel": _cushion,
    "pillow": _cushion,
}


def thing_places(scene: Scene) -> tuple[Vector, ...]:
    """The places of all things, so that they are in the picture; of a band, where it is fixed."""
    return tuple(place for line in lines_of(scene._replace(joints=scene.base)) for place in line.places)
