"""The cycle of a routine file, and what in it does not go together with its days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backtimer.core.plan.routine import REST_NAME, Cycle, DayKind
from backtimer.language import _
from backtimer.storage.files.source import suggestion
from backtimer.storage.files.tables import Record
from backtimer.storage.files.yaml_nodes import Node, Report, Scalar, Sequence

if TYPE_CHECKING:
    from backtimer.storage.files.routine_file import NamedDay


def check_cycle(record: Record, named: Mapping[str, NamedDay], report: Report) -> Cycle:
    """The cycle of a routine; what does not go together is told.

    Args:
        record: Of the routine.
        named: Its days, those that repeat another one filled in.
        report: Where it is told.
    """
    cycle = Cycle(tuple(record.values.get("cycle", ())), tuple(record.values.get("on", ())))
    node = record.nodes["cycle"]
    for name in {day: None for day in cycle.on if cycle.on.count(day) > 1}:
        report.tell(record.nodes["on"], _("'{day}' is there twice: once is enough").format(day=name))
    described = dict.fromkeys((*named, REST_NAME))
    for name in dict.fromkeys(cycle.days):
        if name not in described:
            told = _("'{day}' of the cycle is not described under 'days'").format(day=name)
            report.tell(_entry(node, name), f"{told}{suggestion(name, list(described))}")
    if cycle.days and not record.flawed:
        for name, each in named.items():
            if name not in cycle.days:
                told = _("'{day}' does not come in the cycle: put it there, or take it out")
                report.tell(each.key, told.format(day=name))
    if cycle.on:
        _check_waiting(cycle, node, named, report)
    elif cycle.days and all(_is_rest(name, named) for name in cycle.days):
        report.tell(node, _("the cycle is nothing but rest"))
    return cycle


def _entry(node: Node, text: str) -> Node:
    """The entry of a list that says this, or the list."""
    entries = node.items if isinstance(node, Sequence) else ()
    return next((each for each in entries if isinstance(each, Scalar) and each.text == text), node)


def _is_rest(name: str, named: Mapping[str, NamedDay]) -> bool:
    return named[name].day.kind is DayKind.REST if name in named else name == REST_NAME


def _check_waiting(cycle: Cycle, node: Node, named: Mapping[str, NamedDay], report: Report) -> None:
    """Tell of days that would let the others wait for ever, or could not be waited for."""
    for name in dict.fromkeys(cycle.days):
        if _is_rest(name, named):
            told = _("with 'on' there is rest on all other weekdays: leave '{day}' out of the cycle")
            report.tell(_entry(node, name), told.format(day=name))
            continue
        for key in ("optional", "times"):
            if name in named and named[name].record.says(key):
                told = _("with 'on' a day has no '{key}': the next one waits until it is done once")
                report.tell(named[name].record.keys[key], told.format(key=key))
