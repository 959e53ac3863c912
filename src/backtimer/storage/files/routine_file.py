"""A routine file, read: from its nodes to a `Routine`, or to all that is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from backtimer.core.plan.good_practice import practice_hints
from backtimer.core.plan.hints import hints_of_day, idle_defaults
from backtimer.core.plan.plan import PlanError
from backtimer.core.plan.prescription import prescribe
from backtimer.core.plan.routine import (
    REST_DAY,
    REST_NAME,
    WEEKDAYS,
    Circuit,
    Cycle,
    Day,
    DayKind,
    Defaults,
    Exercise,
    Item,
    Prescription,
    ProgrammeStage,
    Routine,
    stage_key,
)
from backtimer.core.plan.units import Breathing, Count
from backtimer.language import _
from backtimer.storage.files import stage_file
from backtimer.storage.files.cycle_file import check_cycle
from backtimer.storage.files.exercise_file import (
    Catalogue,
    build_exercise,
    build_prescription,
    check_fit,
    check_measure,
    check_relations,
    exercise_of,
    read_defaults,
    unknown_exercise,
    with_figure,
    with_other_named,
)
from backtimer.storage.files.fields import (
    BETWEEN,
    CIRCUIT,
    CYCLE,
    CYCLE_STAGE,
    DAILY,
    DAY,
    MAX_ENTRIES,
    ROUTINE,
    STAGE,
    STAGES,
    WORDS,
)
from backtimer.storage.files.figure_file import is_borrowed
from backtimer.storage.files.hint_places import bare_times, cut_texts_in_lists, late_hints, placed, rest_hints
from backtimer.storage.files.line_entries import to_write
from backtimer.storage.files.other_names import meant_exercises, no_exercise
from backtimer.storage.files.plan_check import check_plans
from backtimer.storage.files.shorthand import Shorthand
from backtimer.storage.files.slips import cut_texts
from backtimer.storage.files.source import Problem, ProblemsError, source_of
from backtimer.storage.files.tables import Named, Record, read_top
from backtimer.storage.files.yaml_nodes import Document, Node, Report, Scalar, parse_source, read_yaml
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.text import clean, shorten
from backtimer.values import NamedTuple

FindExercise = Callable[[str, Node], Exercise | None]
"""Looks up an exercise by its id, telling the report when there is none at the node that names it."""

_BESIDE = ("title", "optional", "times")
"""What a day that repeats another may say of its own."""
_ONCE = Count(1, 1)


class NamedDay(NamedTuple):
    """A day as the file names it."""

    key: Node
    record: Record
    day: Day
    flawed: bool


class DayReader:
    """Makes days of records."""

    def __init__(self, find: FindExercise, report: Report) -> None:
        self._find = find
        self._report = report
        self._entries = 0
        self._flawed = False

    def read(self, entry: Named) -> NamedDay:
        """The day of a record; a flawed one holds what could be made of it."""
        record = entry.value
        told = self._report.told
        self._flawed = record.flawed
        kinds = [kind for kind in DAY.kinds if record.says(kind)]
        self._check_kind(kinds, record)
        items = tuple(self._item(item) for item in record.values.get("exercises", ()))
        values = record.values
        kind = DayKind.EXERCISES
        if kinds and kinds[0] in ("activity", "rest"):
            kind = DayKind(kinds[0])
        day = Day(
            kind=kind,
            title=values.get("title", ""),
            items=items,
            activity=values.get("activity", ""),
            duration=values.get("duration"),
            rest=values.get("rest", ""),
            optional=values.get("optional", False),
            times=values.get("times", 1),
            same_as=values.get("same_as", "") if kinds == ["same_as"] else "",
        )
        return NamedDay(entry.key, record, day, self._flawed or self._report.told > told)

    def _check_kind(self, kinds: list[str], record: Record) -> None:
        tell = self._report.tell
        if not kinds:
            if not record.guessed:
                missing = _("say what this day asks for: {kinds} or {last}")
                tell(record.node, missing.format(kinds=", ".join(DAY.kinds[:-1]), last=DAY.kinds[-1]))
            return
        first, *others = sorted(kinds, key=lambda kind: _place(record.keys[kind]))
        for other in others:
            either = _("a day has either '{first}' or '{other}', not both")
            tell(record.keys[other], either.format(first=first, other=other))
        if others:
            return
        if first != "activity" and record.says("duration"):
            tell(
                record.keys["duration"],
                _("'duration' goes with an 'activity' only: exercises say how long they take"),
            )
        if first == "rest":
            for key in ("times", "optional"):
                if record.says(key):
                    tell(record.keys[key], _("a day of rest has no '{key}'").format(key=key))

    def _item(self, record: Record) -> Item:
        if record.table is not CIRCUIT:
            return self._prescription(record)
        self._count(record.node)
        if record.says("rest") and record.says("every"):
            either = _("a circuit says either 'rest' or 'every', not both")
            self._report.tell(record.keys["every"], either)
        entries = record.values.get("exercises", ())
        return Circuit(
            exercises=tuple(self._prescription(entry, in_circuit=True) for entry in entries),
            rounds=record.values.get("rounds", _ONCE),
            rest=record.values.get("rest"),
            title=record.values.get("title", ""),
            every=record.values.get("every"),
            first_sessions=record.values.get("first_sessions"),
        )

    def _prescription(self, record: Record, *, in_circuit: bool = False) -> Prescription:
        self._count(record.node)
        if record.table in BETWEEN:
            return Prescription(**record.values)
        told = self._report.told
        check_measure(record, self._report)
        name = record.values.get("exercise")
        if name is not None:
            exercise = self._find(name, record.nodes.get("exercise", record.node))
            if exercise is None:
                self._flawed = True
            else:
                check_fit(record, exercise, self._report)
                if self._report.told == told and not record.flawed:
                    self._check_amount(record, exercise, in_circuit=in_circuit)
        return build_prescription(record)

    def _check_amount(self, record: Record, exercise: Exercise, *, in_circuit: bool) -> None:
        """Tell, at the prescription itself, of one that no plan can be made of."""
        try:
            prescribe(build_prescription(record), exercise, Defaults(), Breathing(), in_circuit=in_circuit)
        except PlanError as error:
            self._report.tell(record.node, str(error))

    def _count(self, node: Node) -> None:
        self._entries += 1
        if self._entries == MAX_ENTRIES + 1:
            too_many = _("the days have more than {most} entries in all")
            self._report.tell(node, too_many.format(most=f"{MAX_ENTRIES:,}"))


def _place(node: Node) -> tuple[int, int]:
    return node.line, node.column


def fill_week(named: Mapping[str, NamedDay], report: Report, *, staged: bool = False) -> dict[str, NamedDay]:
    """The weekdays that the file describes, Monday first; those that repeat another one filled in.

    `daily` stands for every weekday that is not named. A circle of repeated days, and a repeated day that is
    not described, is told.
    """
    filled = {name: _fill(name, named, report, staged) for name in named}
    week = ((weekday, filled.get(weekday) or filled.get(DAILY)) for weekday in WEEKDAYS)
    return {weekday: day for weekday, day in week if day is not None}


def _fill(name: str, named: Mapping[str, NamedDay], report: Report, staged: bool) -> NamedDay:
    """The day with this name, with the content of the one that it repeats, if it does."""
    chain: list[str] = []
    while target := named[name].day.same_as:
        if name in chain:
            _tell_circle(chain[chain.index(name) :], named, report)
            return named[chain[0]]._replace(flawed=True)
        chain.append(name)
        if target not in named and DAILY not in named:
            nothing = stage_file.nothing_to_repeat(target, staged=staged)
            report.tell(named[name].record.nodes["same_as"], nothing)
            return named[chain[0]]._replace(flawed=True)
        name = target if target in named else DAILY
    found = named[name]
    day, flawed = found.day, found.flawed
    for repeating in (named[link] for link in reversed(chain)):
        own = {key: repeating.record.values[key] for key in _BESIDE if key in repeating.record.values}
        day = day._replace(same_as=repeating.day.same_as, **own)
        flawed = flawed or repeating.flawed
    return named[chain[0]]._replace(day=day, flawed=flawed) if chain else found


def _tell_circle(names: list[str], named: Mapping[str, NamedDay], report: Report) -> None:
    """Tell of a circle once, at the day that comes first in the file."""
    first = min(range(len(names)), key=lambda index: _place(named[names[index]].key))
    around = [*names[first:], *names[: first + 1]]
    circle = _("'same_as' goes round in a circle: {days}")
    report.tell(named[names[first]].record.nodes["same_as"], circle.format(days=" → ".join(around)))


class Reader:
    """Reads files of routines and exercises.

    Args:
        folders: Where exercises are that any routine may name, the first one that has an exercise winning.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self.catalogue = Catalogue(folders)
        self._flawless: tuple[Path | None, Routine | None, Document | None] = (None, None, None)
        """The file that was read last, its routine, if it is one, and its nodes."""

    def routine(self, path: Path) -> Routine:
        """As `read_routine`."""
        return read_routine(path, self.catalogue)

    def no_exercise(self, name: str, lack: str) -> str:
        """The sentence about an exercise that does not exist, and why, where ours are missing."""
        known = self.catalogue.files
        if lack and not meant_exercises(name, known):
            return _("there is no exercise '{name}'; {lack}").format(name=shorten(name), lack=lack)
        return no_exercise(name, known)

    def contents(self, path: Path) -> Routine | Exercise:
        """A routine or, where a file says nothing of days, an exercise."""
        document = read_yaml(path)
        if any(_says(document, key) for key in ("days", "stages", "cycle", "exercises")):
            return routine_of(document, clean(path.stem), self.catalogue)
        return exercise_of(document, clean(path.stem), self.catalogue.files, self.catalogue.lend)

    def title(self, path: Path) -> str | None:
        """The title of a routine, or its name; None when it cannot even be read for that."""
        try:
            root = read_yaml(path).root
        except ProblemsError:
            return None
        if not isinstance(root, Branch):
            return None
        title = next((value for key, value in root.pairs if key.text == "title"), None)
        words = shorten(" ".join(title.text.split()), 200) if isinstance(title, Scalar) else ""
        return words or path.stem

    def problems(self, path: Path) -> tuple[Problem, ...]:
        """All that is wrong with a file of a routine or an exercise."""
        try:
            self._read_whole(path)
        except ProblemsError as error:
            return error.problems
        return ()

    def problems_in(self, name: str, text: str) -> tuple[Problem, ...]:
        """All that is wrong with the text of a routine."""
        try:
            routine_of(parse_source(source_of(f"{name}.yaml", text)), name, self.catalogue)
        except ProblemsError as error:
            return error.problems
        return ()

    def hints(self, path: Path) -> tuple[Problem, ...]:
        """What is written in a flawless routine, and is not done as it is written; no mistakes."""
        routine, document = self._read_flawless(path)
        source = document.source
        cut = tuple(source.problem(each.message, *each[:3]) for each in cut_texts(source, WORDS))
        cut += (*cut_texts_in_lists(document), *bare_times(document))
        if routine is None:
            return cut
        told = [
            hint._replace(day=_hinted(routine, key, day))
            for key, day in routine.days.items()
            for hint in (*hints_of_day(routine, key), *late_hints(routine, key), *rest_hints(routine, key))
        ]
        return (*cut, *dict.fromkeys(placed([*idle_defaults(routine), *told], routine, document)))

    def practice_hints(self, path: Path) -> tuple[Problem, ...]:
        """What could be better about a flawless routine, by what is known to work; no mistakes."""
        routine, document = self._read_flawless(path)
        return () if routine is None else placed(practice_hints(routine), routine, document)

    def _read_flawless(self, path: Path) -> tuple[Routine | None, Document]:
        if self._flawless[0] != path:  # what has no problems was read a moment ago
            self._read_whole(path)
        _path, routine, document = self._flawless
        assert document is not None
        return routine, document

    def _read_whole(self, path: Path) -> None:
        """Read a file in all its parts, and keep what it is when it has no flaw."""
        document = read_yaml(path)
        routine = None
        if _is_exercise(document):
            exercise_of(document, clean(path.stem), self.catalogue.files, self.catalogue.lend)
        else:
            routine = routine_of(document, clean(path.stem), self.catalogue)
        self._flawless = (path, routine, document)


def _hinted(routine: Routine, key: str, day: Day) -> str:
    """The key of the day that a hint is about: where several are the same, of the one that says so."""
    return stage_key(routine.stage_of(key) or 1, day.same_as) if day.same_as else key


def _is_exercise(document: Document) -> bool:
    """Whether a file describes an exercise rather than a week."""
    return _says(document, "position") and not (_says(document, "days") or _says(document, "stages"))


def _says(document: Document, key: str) -> bool:
    """Whether a file has a key at its top."""
    return isinstance(document.root, Branch) and any(each.text == key for each, _ in document.root.pairs)


def read_routine(path: Path, catalogue: Catalogue) -> Routine:
    """Read a routine file, and of the catalogue what it uses.

    Raises:
        ProblemsError: With all that is wrong in the file, and in the exercises of the catalogue that it uses.
    """
    return routine_of(read_yaml(path), clean(path.stem), catalogue)


def routine_of(document: Document, routine_id: str, catalogue: Catalogue) -> Routine:
    """As `read_routine`, for a file whose nodes have been read."""
    report = Report(document.source)
    table = ROUTINE
    if _says(document, "stages"):
        table, document = STAGES, stage_file.without_days_beside(document, report)
    elif _says(document, "cycle"):
        table = CYCLE
    record = read_top(document, table, report)
    if record is None:
        raise ProblemsError(report.problems())
    values = record.values
    language = values.get("language", "")
    exercises = _Exercises(values.get("exercises", []), catalogue, report, language)
    reader = DayReader(exercises.find, report)
    week: dict[str, NamedDay] = {}
    names: list[str] = []
    stages: list[ProgrammeStage] = []
    cycle: Cycle | None = None
    for number, part in enumerate(values.get("stages", ()) if table is STAGES else (record,), start=1):
        of_part, cycle, own_names = _days_of(part, reader, report)
        week |= {stage_key(number, name): day for name, day in of_part.items()}
        names += [stage_key(number, name) for name in own_names]
        if table is STAGES:
            stages.append(stage_file.stage_of(part, number, own_names, cycle))
            cycle = None
    exercises.use_own_other_forms()
    routine = Routine(
        id=routine_id,
        title=values.get("title", routine_id),
        days={day: week[day].day if day in week and not week[day].flawed else REST_DAY for day in names},
        exercises=exercises.used,
        source=values.get("source", ""),
        language=language,
        defaults=read_defaults(values.get("defaults")),
        own=tuple(entry.name for entry in values.get("exercises", []) if entry.name in exercises.used),
        cycle=cycle,
        stages=tuple(stages),
    )
    check_plans(routine, week, report)
    if problems := (*stage_file.told_by_stage(report.problems(), document), *exercises.problems):
        raise ProblemsError(problems)
    return routine


def _days_of(
    record: Record, reader: DayReader, report: Report
) -> tuple[dict[str, NamedDay], Cycle | None, tuple[str, ...]]:
    """The days that a routine, or a stage of one, describes; its cycle; and the names of all its days."""
    named = {entry.name: reader.read(entry) for entry in record.values.get("days", [])}
    if record.table not in (CYCLE, CYCLE_STAGE):
        return fill_week(named, report, staged=record.table is STAGE), None, WEEKDAYS
    week = {name: _fill(name, named, report, record.table is CYCLE_STAGE) for name in named}
    cycle = check_cycle(record, week, report)
    described = {*week, *((REST_NAME,) if cycle.on or REST_NAME in cycle.days else ())}
    names = (day for day in (*cycle.days, *week, REST_NAME) if day in described)
    return week, cycle, tuple(dict.fromkeys(names))


class _Exercises:
    """The exercises that a routine may name: its own, then those of the catalogue."""

    def __init__(self, own: list[Named], catalogue: Catalogue, report: Report, language: str) -> None:
        self.used: dict[str, Exercise] = {}
        """Those that were found, in order of first use; then their easier and harder forms."""
        self.problems: list[Problem] = []
        """What is wrong in files of the catalogue."""
        self._catalogue = catalogue
        self._report = report
        built = {entry.name: build_exercise(entry.name, entry.value, report) for entry in own}
        self._own = {
            name: each and each._replace(language=each.language or language) for name, each in built.items()
        }
        self._broken: set[str] = set()
        for entry in own:
            exercise = self._own[entry.name]
            if exercise is not None:
                self._own[entry.name] = with_figure(exercise, entry.value, self._lend, report)
            check_relations(entry.name, entry.value, self._known(), report)

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
            told = self._with_amounts(exercise_id) if " " in exercise_id else ""
            self._report.tell(node, told or unknown_exercise(exercise_id, self._known(), self._report))
        if exercise is not None:
            self.used[exercise_id] = exercise
        return exercise

    def _with_amounts(self, text: str) -> str:
        """What to write in place of a name with amounts behind it, as `bird-dog 3x10`; empty: it is none."""
        if not self._report.may_propose():
            return ""
        shorthand = Shorthand({each: each for each in self._known()}, self._load)
        try:
            return to_write(shorthand, text)
        except (ProblemsError, KeyError):
            return ""

    def _load(self, exercise_id: str) -> Exercise:
        own = self._own.get(exercise_id)
        return self._catalogue.exercise(exercise_id) if own is None else own

    def use_own_other_forms(self) -> None:
        """Take in the easier and harder forms that stand in the file itself; nobody could find them later."""
        waiting = list(self.used.values())
        while waiting:
            used = waiting.pop()
            for form in (used.easier, used.harder):
                exercise = self._own.get(form)
                if exercise is not None and form not in self.used:
                    self.used[form] = exercise
                    waiting.append(exercise)
        self.used = {name: with_other_named(each, self._load) for name, each in self.used.items()}

    def _from_catalogue(self, exercise_id: str) -> Exercise | None:
        if exercise_id in self._broken:
            return None
        try:
            return self._catalogue.exercise(exercise_id)
        except ProblemsError as error:
            self._broken.add(exercise_id)
            self.problems.extend(error.problems)
            return None

    def _lend(self, exercise_id: str) -> str:
        """The figure of an exercise of the file or, where it has none of this name, of the catalogue."""
        own = self._own.get(exercise_id)
        if own is None:
            return self._catalogue.lend(exercise_id)
        return "" if is_borrowed(own.figure) else own.figure

    def _known(self) -> tuple[str, ...]:
        return (*self._own, *self._catalogue.files)
