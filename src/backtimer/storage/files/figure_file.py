"""From records to what an exercise says of its figure, with what has to fit together in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backtimer.core.figure.pose import figure_text
from backtimer.core.figure.positions import BASES, starting_pose
from backtimer.core.plan.rep import PLAIN_REP
from backtimer.core.plan.routine import HOLD, RELAX, Phase, Position
from backtimer.language import _
from backtimer.storage.files.figure_types import Way
from backtimer.storage.files.source import ProblemsError
from backtimer.storage.files.tables import Record
from backtimer.storage.files.yaml_nodes import Report
from backtimer.storage.text import shorten

Lend = Callable[[str], str]
"""The text of the figure of another exercise, given by its id; empty: it has none of its own. Raises KeyError
where there is no such exercise, and ProblemsError where it cannot be read."""


def build_figure(record: Record, phases: tuple[Phase, ...], position: Position, report: Report) -> str:
    """The text of a figure, after telling what does not fit in it; empty where something does not."""
    figure: Record | str | None = record.values.get("figure")
    if not isinstance(figure, Record):
        return figure or ""
    told = report.told
    values = dict(figure.values)
    poses: dict[str, Record] = values.get("poses", {})
    _check_origins(poses, report)
    ways: dict[str, Way] = values.get("phases", {})
    _check_phases(ways, poses, phases, report)
    if figure.flawed or any(pose.flawed for pose in poses.values()) or report.told > told:
        return ""
    said: dict[str, Any] = {"from": starting_pose(position), **values}
    if poses:
        said["poses"] = {name: pose.values for name, pose in poses.items()}
    if ways:
        said["phases"] = {phase: [name for name, _node in way.poses] for phase, way in ways.items()}
    return figure_text(said)


def _check_origins(poses: dict[str, Record], report: Report) -> None:
    """Tell of poses that change one that is not there, or comes later."""
    above: list[str] = []
    for name, pose in poses.items():
        origin = pose.values.get("from")
        if origin is not None and origin not in above and origin not in BASES:
            meant = report.did_you_mean(origin, (*above, *BASES))
            told = (
                _("there is no pose '{name}' above this one; did you mean '{meant}'?")
                if meant
                else _("there is no pose '{name}' above this one; a pose to begin with is one of {bases}")
            )
            bases = ", ".join(BASES)
            report.tell(pose.nodes["from"], told.format(name=shorten(origin), meant=meant, bases=bases))
        above.append(name)


def _check_phases(
    ways: dict[str, Way], poses: dict[str, Record], phases: tuple[Phase, ...], report: Report
) -> None:
    """Tell of phases that the exercise does not have, and of poses that the figure does not have."""
    known = tuple(dict.fromkeys((*(phase.name for phase in phases or PLAIN_REP), HOLD, RELAX)))
    for phase, way in ways.items():
        if phase not in known:
            meant = report.did_you_mean(phase, known)
            told = (
                _("the exercise has no phase '{name}'; did you mean '{meant}'?")
                if meant
                else _("the exercise has no phase '{name}'; its phases are {phases}")
            )
            report.tell(way.key, told.format(name=shorten(phase), meant=meant, phases=", ".join(known)))
        for name, place in way.poses:
            if name not in poses:
                meant = report.did_you_mean(name, poses)
                told = (
                    _("the figure has no pose '{name}'; did you mean '{meant}'?")
                    if meant
                    else _("the figure has no pose '{name}'; its poses are {poses}")
                )
                there = ", ".join(poses) or _("none")
                report.tell(place, told.format(name=shorten(name), meant=meant, poses=there))


def is_borrowed(figure: str) -> bool:
    """Whether the text of a figure is the name of another exercise, whose figure it is."""
    return figure != "" and not figure.startswith("{")


def borrowed(figure: str, record: Record, lend: Lend, report: Report) -> str:
    """The text of another exercise's figure, after telling why there is none; empty then."""
    node = record.nodes["figure"]
    name = shorten(figure)
    try:
        text = lend(figure)
    except KeyError:
        told = _("there is no exercise '{name}'; 'backtimer list --exercises' shows those there are")
        report.tell(node, told.format(name=name))
        return ""
    except ProblemsError:
        report.tell(node, _("the file of '{name}' has mistakes: its figure cannot be read").format(name=name))
        return ""
    if not text:
        report.tell(node, _("'{name}' has no figure of its own").format(name=name))
    return text
