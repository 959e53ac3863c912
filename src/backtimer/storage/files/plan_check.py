"""Days that no plan can be made of, told where they stand in the file."""

from __future__ import annotations

from collections import abc
from typing import TYPE_CHECKING

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.every import check_every
from backtimer.core.plan.levels import written_tops_of_day
from backtimer.core.plan.plan import NothingToDoError, PlanError
from backtimer.core.plan.routine import DayKind, Routine
from backtimer.core.plan.turns import of_session
from backtimer.language import _
from backtimer.storage.files.yaml_nodes import Mapping, Node, Report, Sequence

if TYPE_CHECKING:
    from backtimer.storage.files.routine_file import NamedDay

MAX_WEEK_STEPS = 60_000
"""Steps of all days together; fifty times those of an ordinary week."""
_STEPS_OF_A_REFUSAL = 5_000
"""What a day that cannot be laid out counts as, since laying it out has taken time, too."""


def _check_last_session(routine: Routine, weekday: str, named: NamedDay, report: Report) -> None:
    """Tell of a day of several sessions whose later ones have nothing left to do."""
    later = of_session(routine, weekday, named.day.times - 1)
    if later is routine:
        return
    try:
        compile_day(later, weekday)
    except NothingToDoError:
        nothing = _("the last of its {times} sessions has nothing to do: all comes only in the first ones")
        report.tell(named.key, nothing.format(times=named.day.times))


def check_plans(routine: Routine, week: abc.Mapping[str, NamedDay], report: Report) -> None:
    """Tell of days that cannot be laid out as a plan, each once although several weekdays may share it."""
    seen: set[tuple[int, int]] = set()
    steps = 0
    for weekday, named in week.items():
        content = (id(named.day.items), id(named.day.duration))
        if named.flawed or named.day.kind is DayKind.REST or content in seen:
            continue
        seen.add(content)
        if steps > MAX_WEEK_STEPS:
            too_many = _("the days have more than {most} steps in all: ask for fewer sets or reps")
            report.tell(named.key, too_many.format(most=f"{MAX_WEEK_STEPS:,}"))
            return
        try:
            steps += len(compile_day(routine, weekday).steps)
            if named.day.kind is DayKind.EXERCISES:
                check_every(routine, weekday, written_tops_of_day(routine, weekday))
                _check_last_session(routine, weekday, named, report)
        except NothingToDoError:
            day_of_rest = "{rest: Rest}"
            rests = _(
                "all its entries are rests: name what is done between them, or write {rest} for a day of rest"
            )
            report.tell(named.key, rests.format(rest=day_of_rest))
        except PlanError as error:
            steps += _STEPS_OF_A_REFUSAL
            report.tell(_place_of(named, error.entry), str(error))


def _place_of(named: NamedDay, entry: tuple[int, ...]) -> Node:
    """Where in the file an entry of a day stands; of one that lies elsewhere, the day."""
    node = named.record.nodes.get("exercises")
    found: Node = named.key
    for place in entry:
        if isinstance(node, Mapping):
            node = next((value for key, value in node.pairs if key.text == "exercises"), None)
        if not isinstance(node, Sequence) or place >= len(node.items):
            break
        found = node = node.items[place]
    return found
