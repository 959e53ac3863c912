"""The stages of a routine file, read: what does not go together is told, and in which stage a problem is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backtimer.core.plan.routine import Cycle, ProgrammeStage, stage_key
from backtimer.language import _
from backtimer.storage.files.source import Problem
from backtimer.storage.files.tables import Record
from backtimer.storage.files.yaml_nodes import Document, Report
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.files.yaml_nodes import Sequence as Entries

_IN_A_STAGE = ("days", "cycle", "on")


def without_days_beside(document: Document, report: Report) -> Document:
    """The file of a routine with stages, without days that stand beside them: those are told."""
    root = document.root
    if not isinstance(root, Branch):
        return document
    for key, _value in root.pairs:
        if key.text in _IN_A_STAGE:
            told = _("a routine with stages has its '{key}' in each of them: move it there")
            report.tell(key, told.format(key=key.text))
    kept = tuple(pair for pair in root.pairs if pair[0].text not in _IN_A_STAGE)
    place = (root.line, root.column, root.end_line, root.end_column)
    return document._replace(root=Branch(kept, *place))


def stage_of(record: Record, number: int, names: Iterable[str], cycle: Cycle | None) -> ProgrammeStage:
    """A stage, with the keys of its days.

    Args:
        record: What it says.
        number: Its place, from 1.
        names: Of its days.
        cycle: In which order they come; None: by weekday.
    """
    keys = tuple(stage_key(number, name) for name in names)
    return ProgrammeStage(record.values.get("title", ""), keys, record.values.get("weeks"), cycle)


def nothing_to_repeat(day: str, *, staged: bool) -> str:
    """The sentence about a day that repeats one that is not there.

    Args:
        day: The one that is not there.
        staged: Whether it would have to be in the same stage.
    """
    told = (
        _("there is nothing to repeat: '{day}' is not one of this stage")
        if staged
        else _("there is nothing to repeat: '{day}' is not described in this file")
    )
    return told.format(day=day)


def told_by_stage(problems: Iterable[Problem], document: Document) -> list[Problem]:
    """The problems, those in a stage with its number."""
    root = document.root
    pairs = root.pairs if isinstance(root, Branch) else ()
    stages = next((value for key, value in pairs if key.text == "stages"), None)
    entries = stages.items if isinstance(stages, Entries) else ()
    if len(entries) < 2:
        return list(problems)
    spans = [((each.line, each.column), (each.end_line, each.end_column)) for each in entries]
    return [_in_stage(problem, spans) for problem in problems]


def _in_stage(problem: Problem, spans: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Problem:
    place = (problem.line, problem.column)
    number = next((at for at, (first, last) in enumerate(spans, 1) if first <= place < last), 0)
    if not number:
        return problem
    told = _("stage {number}: {problem}")
    return problem._replace(message=told.format(number=number, problem=problem.message))
