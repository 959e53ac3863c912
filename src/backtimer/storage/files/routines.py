"""A routine file, read: from its nodes to a `Routine`, or to all that is wrong in it."""

from __future__ import annotations

from pathlib import Path

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import NothingToDoError, PlanError
from backtimer.core.plan.routine import REST_DAY, WEEKDAYS, DayKind, Exercise, Routine
from backtimer.storage.files.catalogue import Catalogue
from backtimer.storage.files.days import DayReader, NamedDay, fill_week
from backtimer.storage.files.defaults import read_defaults
from backtimer.storage.files.exercises import build_exercise, check_relations, unknown_exercise
from backtimer.storage.files.fields import ROUTINE
from backtimer.storage.files.problems import Problem, ProblemsError
from backtimer.storage.files.records import Entry, Record, read_top
from backtimer.storage.files.report import Report
from backtimer.storage.files.yaml_nodes import Document, Node, read_yaml
from backtimer.storage.text import clean


def read_routine(path: Path, catalogue: Catalogue) -> Routine:
    """Read a routine file, and of the catalogue what it uses.

    Raises:
        ProblemsError: With all that is wrong in the file, and in the exercises of the catalogue that it uses.
    """
    return routine_of(read_yaml(path), clean(path.stem), catalogue)


def routine_of(document: Document, routine_id: str, catalogue: Catalogue) -> Routine:
    """As `read_routine`, for a file whose nodes have been read."""
    report = Report(document.source)
    record = read_top(document, ROUTINE, report)
    if record is None:
        raise ProblemsError(report.problems())
    values = record.values
    exercises = _Exercises(values.get("exercises", []), catalogue, report)
    reader = DayReader(exercises.find, report)
    named = {entry.name: reader.read(entry) for entry in values.get("days", [])}
    exercises.use_own_easier_forms()
    week = fill_week(named, report)
    routine = Routine(
        id=routine_id,
        title=values.get("title", routine_id),
        days={day: week[day].day if day in week and not week[day].flawed else REST_DAY for day in WEEKDAYS},
        exercises=exercises.used,
        source=values.get("source", ""),
        language=values.get("language", ""),
        defaults=read_defaults(values.get("defaults")),
    )
    _check_plans(routine, week, report)
    if problems := (*report.problems(), *exercises.problems):
        raise ProblemsError(problems)
    return routine


class _Exercises:
    """The exercises that a routine may name: its own, then those of the catalogue."""

    def __init__(self, own: list[Entry[Record]], catalogue: Catalogue, report: Report) -> None:
        self.used: dict[str, Exercise] = {}
        """Those that were found, in order of first use; then their easier forms."""
        self.problems: list[Problem] = []
        """What is wrong in files of the catalogue."""
        self._catalogue = catalogue
        self._report = report
        self._own = {entry.name: build_exercise(entry.name, entry.value, report) for entry in own}
        self._broken: set[str] = set()
        for entry in own:
            check_relations(entry.value, self._known(), report)

    def find(self, exercise_id: str, node: Node) -> Exercise | None:
        """The exercise that a node names, or None when there is none that can be used."""
        if exercise_id in self.used:
            return self.used[exercise_id]
        exercise: Exercise | None = None
        if exercise_id in self._own:
            exercise = self._own[exercise_id]
        elif exercise_id in self._catalogue.files:
            exercise = self._from_catalogue(exercise_id)
        else:
            self._report.tell(node, unknown_exercise(exercise_id, self._known(), self._report))
        if exercise is not None:
            self.used[exercise_id] = exercise
        return exercise

    def use_own_easier_forms(self) -> None:
        """Take in the easier forms that stand in the file itself; nobody could find them later."""
        waiting = list(self.used.values())
        while waiting:
            easier = waiting.pop().easier
            exercise = self._own.get(easier)
            if exercise is not None and easier not in self.used:
                self.used[easier] = exercise
                waiting.append(exercise)

    def _from_catalogue(self, exercise_id: str) -> Exercise | None:
        if exercise_id in self._broken:
            return None
        try:
            return self._catalogue.exercise(exercise_id)
        except ProblemsError as error:
            self._broken.add(exercise_id)
            self.problems.extend(error.problems)
            return None

    def _known(self) -> tuple[str, ...]:
        return (*self._own, *self._catalogue.files)


MAX_WEEK_STEPS = 60_000
"""Steps of all days together; fifty times those of an ordinary week."""
_STEPS_OF_A_REFUSAL = 5_000
"""What a day that cannot be laid out counts as, since laying it out has taken time, too."""


def _check_plans(routine: Routine, week: dict[str, NamedDay], report: Report) -> None:
    """Tell of days that cannot be laid out as a plan, each once although several weekdays may share it."""
    seen: set[tuple[int, int]] = set()
    steps = 0
    for weekday, named in week.items():
        content = (id(named.day.items), id(named.day.duration))
        if named.flawed or named.day.kind is DayKind.REST or content in seen:
            continue
        seen.add(content)
        if steps > MAX_WEEK_STEPS:
            message = f"the days have more than {MAX_WEEK_STEPS:,} steps in all: ask for fewer sets or reps"
            report.tell(named.key, message)
            return
        try:
            steps += len(compile_day(routine, weekday).steps)
        except NothingToDoError:
            continue
        except PlanError as error:
            steps += _STEPS_OF_A_REFUSAL
            report.tell(named.key, str(error))
