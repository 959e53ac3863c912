"""Poses to begin with: one for each way in which a body is placed, changed by a figure where it differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backtimer.core.figure.pose import SEGMENTS, Figure, Inset, Pose, Prop, Said, expanded, posed, said_in
from backtimer.core.plan.routine import Position

_NOTHING = Pose(((0.0, 0.0),) * len(SEGMENTS))

_STANDING: Said = {
    "spine": [90],
    "head": [90],
    "arm": [[-91, 8], [-86, 4], -88],
    "leg": [[-90, 2], -90, 0],
    "on": ["feet"],
}
_SUPINE: Said = {
    "spine": [180],
    "head": [180],
    "arm": [[-2, 20], [0, 10], 0],
    "leg": [[1, 3], 0, 70],
    "on": ["chest"],
    "rest": ["head", "elbows", "hands", "feet"],
}
_PRONE: Said = {
    "spine": [2, 0],
    "head": [0],
    "arm": [[2, 30], [2, 5], 0],
    "leg": [[180, 5], [180, 3], 186],
    "on": ["pelvis"],
    "rest": ["elbows", "hands", "knees", "feet", "toes"],
}
_KNEES: Said = {"leg": [[-90, 2], [180, 0], 182], "rest": ["feet", "toes"], "on": ["knees"]}

_SAID: Mapping[str, Said] = {
    "standing": _STANDING,
    "sitting": {
        **_STANDING,
        "leg": [[0, 6], [-90, 2], 0],
        "arm": [[-78, 8], [-30, -4], -20],
        "on": ["seat", "feet"],
    },
    "supine": _SUPINE,
    "supine-knees-bent": {
        **_SUPINE,
        "leg": [[58, 3], [-62, 0], 0],
        "on": ["chest", "feet"],
        "rest": ["head", "elbows", "hands"],
    },
    "prone": _PRONE,
    "prone-arms-forward": {**_PRONE, "arm": [[2, 16], [0, 4], 0]},
    "prone-arms-beside": {**_PRONE, "arm": [[182, 12], [182, 2], 180]},
    "hands-and-knees": {
        **_KNEES,
        "spine": [4, 2],
        "head": [-12],
        "arm": [-90, -90, 0],
        "on": ["knees", "hands"],
    },
    "kneeling": {**_STANDING, **_KNEES},
    "half-kneeling": {
        **_STANDING,
        "leg_left": [[0, 4], -90, 0],
        "leg_right": [[-92, 2], 180, 182],
        "on": ["knee_right", "foot_left"],
        "rest": ["foot_right", "toes_right"],
    },
    "side-lying": {
        "spine": [0],
        "head": [0],
        "arm_right": [[-60, 0], [-10, 0], 0],
        "arm_left": [[0, 10], [0, 0], 0],
        "leg": [[-130, 0], [150, 0], 180],
        "roll": -90,
        "on": ["hip_left", "shoulder_left"],
        "rest": ["elbow_left", "hand_left", "knee_left", "foot_left", "toes_left", "hand_right"],
    },
    "floor-sitting": {
        "spine": [90],
        "head": [90],
        "arm": [[-78, 6], [-40, 0], -40],
        "leg": [[0, 5], 0, 80],
        "on": ["pelvis"],
        "rest": ["knees", "feet"],
    },
    "floor-sitting-knees-bent": {
        "spine": [92, 90],
        "head": [90],
        "arm": [[-66, 8], [-20, -2], -20],
        "leg": [[40, 5], -48, 0],
        "on": ["pelvis", "feet"],
    },
}

BASES: Mapping[str, Pose] = {name: posed(said, _NOTHING) for name, said in _SAID.items()}
"""By the names that `from:` may say."""

_OF_POSITION = {
    Position.STANDING: "standing",
    Position.SEATED: "sitting",
    Position.SUPINE: "supine-knees-bent",
    Position.PRONE: "prone",
    Position.SIDE_LYING: "side-lying",
    Position.QUADRUPED: "hands-and-knees",
    Position.KNEELING: "kneeling",
    Position.HALF_KNEELING: "half-kneeling",
    Position.FLOOR_SEATED: "floor-sitting",
}


def starting_pose(position: Position) -> str:
    """The name of the pose with which an exercise in a position begins, where its figure says no other."""
    return _OF_POSITION[position]


def _has(pose: Pose, point: str) -> bool:
    return point in pose.on


def figure_of(said: Said, position: Position) -> Figure:
    """The figure that a file describes, with every pose whole.

    Args:
        said: What the file says, as plain values.
        position: Of the exercise: how it begins, where `from` does not say.
    """
    base = BASES[said.get("from") or starting_pose(position)]
    poses: dict[str, Pose] = {}
    for name, pose in said.get("poses", {}).items():
        origin = pose.get("from", "")
        start = poses[origin] if origin in poses else BASES[origin] if origin else None
        poses[name] = posed(pose, start or next(iter(poses.values()), base))
    if not poses:
        poses["start"] = base
    start = next(iter(poses.values()))
    props = tuple(Prop(**prop) for prop in said.get("props", ()))
    kinds = {prop.kind for prop in props}
    if _has(start, "seat") and "chair" not in kinds:
        props = (Prop("chair"), *props)
    if position is not Position.STANDING and not _has(start, "seat") and "mat" not in kinds:
        props = (Prop("mat"), *props)
    view = said.get("view", ())
    return Figure(
        poses,
        {phase: tuple(names) for phase, names in said.get("phases", {}).items()},
        float(view[0]) if view else 20.0,
        float(view[1]) if len(view) > 1 else 12.0,
        props,
        abs(start.roll) > 45 or bool(said.get("other_end")),
        _second_view(said.get("inset")),
        said.get("inset") is True,
        expanded(tuple(said.get("of", ()))),
        bool(said.get("ghost")),
        expanded(tuple(said["arrows"])) if "arrows" in said else None,
        expanded(tuple(said["coloured"])) if "coloured" in said else None,
        bool(said.get("follow")),
        float(said.get("travel", 0.0)),
        bool(said.get("trace")),
    )


def _second_view(said: Any) -> Inset | None:
    if not isinstance(said, Mapping):
        return None
    yaw, *pitch = said["view"]
    of = expanded(tuple(said.get("of", ())))
    return Inset(float(yaw), float(pitch[0]) if pitch else 0.0, said.get("at", "bottom"), of)


def figure_from(text: str, position: Position) -> Figure:
    """The figure kept as text with an exercise; of no text, its position only.

    Raises:
        ValueError: The text is no figure: of a later version, or damaged.
    """
    try:
        return figure_of(said_in(text) if text else {}, position)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"no figure: {error}") from error
