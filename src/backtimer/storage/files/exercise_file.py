"""From records to exercises and prescriptions, with what has to fit together in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from backtimer.core.plan.prescription import merge
from backtimer.core.plan.rep import EACH_AND_SIDED, ONE_AND_SIDED, has_sided
from backtimer.core.plan.routine import (
    HOLD,
    RELAX,
    SENTENCES,
    STANDARD_PHASES,
    Defaults,
    Exercise,
    Phase,
    PhaseSide,
    Position,
    Prescription,
    SetAmounts,
    Sides,
)
from backtimer.core.plan.units import Breathing, Duration, Unit
from backtimer.core.speech.cues import SILENT, Sound, Verbosity
from backtimer.language import _, counted_words
from backtimer.storage.files.fields import EXERCISE_FILE, SETTINGS
from backtimer.storage.files.figure_file import Lend, borrowed, build_figure, is_borrowed
from backtimer.storage.files.other_names import no_exercise
from backtimer.storage.files.parsed import Stamp, stamp
from backtimer.storage.files.source import ProblemsError, Source, files_in
from backtimer.storage.files.tables import Record, RecordType, read_top
from backtimer.storage.files.yaml_nodes import (
    Document,
    EmptyFileError,
    Mapping,
    Report,
    Scalar,
    Sequence,
    parse_source,
    read_yaml,
)
from backtimer.storage.text import shorten

BY_SET = ("hold", "duration", "rest", "load")
"""The keys of a prescription that may have a list, besides its reps."""

_PLAIN = ("name", "sides", "first", "left", "instead", "easier", "harder", "language")
_LISTS = ("targets", "equipment", *SENTENCES)


def build_exercise(exercise_id: str, record: Record, report: Report) -> Exercise | None:
    """The exercise of a record, or None when the record is flawed or its prescription does not fit it."""
    told = report.told
    values = record.values
    own: Record | None = values.get("prescription")
    phases = tuple(build_phase(phase) for phase in values.get("phases", ()) if not phase.flawed)
    check_sides(record, report)
    check_left(record, report)
    figure = build_figure(record, phases, values.get("position", Position.STANDING), report)
    if own is not None:
        check_measure(own, report)
        if "phases" in values or not record.says("phases"):
            check_tempo(own, phases, report)
    if record.flawed or report.told > told:
        return None
    lists: dict[str, Any] = {key: tuple(values[key]) for key in _LISTS if key in values}
    return Exercise(
        id=exercise_id,
        phases=phases,
        prescription=None if own is None else build_prescription(own),
        figure=figure,
        **_position(values),
        **{key: values[key] for key in _PLAIN if key in values},
        **lists,
    )


def with_figure(exercise: Exercise, record: Record, lend: Lend, report: Report) -> Exercise:
    """The exercise with its figure, if that is another's."""
    if not is_borrowed(exercise.figure):
        return exercise
    return exercise._replace(figure=borrowed(exercise.figure, record, lend, report))


def with_other_named(exercise: Exercise, load: Callable[[str], Exercise]) -> Exercise:
    """The exercise with the name of that in its place, which people know it by; its file's name is none."""
    if not exercise.instead:
        return exercise
    try:
        return exercise._replace(instead_name=load(exercise.instead).name)
    except (KeyError, ProblemsError):  # it is told of where it stands
        return exercise


def check_sides(record: Record, report: Report) -> None:
    """Tell of phases that say whose turn it is, in an exercise that cannot take turns in a rep."""
    phases: Iterable[Record] = record.values.get("phases", ())
    sided = [(phase.values["side"], phase.nodes["side"]) for phase in phases if "side" in phase.values]
    if not sided:
        return
    said = [side for side, _ in sided]
    for side in PhaseSide:
        if side not in said:
            one_sided = _("a rep that does one side does the other, too: no phase says 'side: {side}'")
            report.tell(sided[0][1], one_sided.format(side=side))
    if PhaseSide.FIRST in said and said[0] is PhaseSide.SECOND:
        report.tell(sided[0][1], _("'side: first' comes first"))
    own: Record | None = record.values.get("prescription")
    for one in (record, *(() if own is None else (own,))):
        check_each(one, report)


def check_left(record: Record, report: Report) -> None:
    """Tell of what left means in an exercise that has no sides."""
    own: Record | None = record.values.get("prescription")
    phases: Iterable[Record] = record.values.get("phases", ())
    one_sided = record.values.get("sides", Sides.NONE) is Sides.NONE
    given = own is not None and own.values.get("sides", Sides.NONE) is not Sides.NONE
    if record.says("left") and one_sided and not given and not any(each.says("side") for each in phases):
        sideless = _("'left' is said, and it has no sides; add 'sides: each' or 'alternate'")
        report.tell(record.keys["left"], sideless)


def _position(values: dict[str, Any]) -> dict[str, Any]:
    """Its position; who sat on a mat without a chair, before there was a word for it, sits on the floor."""
    if "position" not in values:
        return {}
    things = {word for thing in values.get("equipment", ()) for word in thing.lower().split()}
    if values["position"] is Position.SEATED and "mat" in things and "chair" not in things:
        return {"position": Position.FLOOR_SEATED}
    return {"position": values["position"]}


def check_each(record: Record, report: Report) -> None:
    """Tell of `each` where the phases of a rep say a side."""
    if record.values.get("sides") is Sides.EACH:
        report.tell(record.nodes["sides"], _(EACH_AND_SIDED))
    if record.values.get("sides") in (Sides.LEFT, Sides.RIGHT):
        report.tell(record.nodes["sides"], _(ONE_AND_SIDED))


def build_phase(record: Record) -> Phase:
    """The phase of a flawless record."""
    values = record.values
    return Phase(
        values["do"], values.get("for"), values.get("breathe"), values.get("say", ""), values.get("side")
    )


def build_prescription(record: Record) -> Prescription:
    """The prescription of a record: its table's keys are the names of the fields."""
    lists = {key: value for key in BY_SET if isinstance(value := record.values.get(key), tuple | list)}
    lists = {key: value for key, value in lists.items() if not hasattr(value, "_fields")}
    if not lists:
        return Prescription(**record.values)
    sets = min(map(len, lists.values()))
    by_set = tuple(SetAmounts(**{key: value[index] for key, value in lists.items()}) for index in range(sets))
    first = {key: value[0] for key, value in lists.items()}
    return Prescription(**{**record.values, **first}, by_set=by_set)


def check_relations(exercise_id: str, record: Record, known: Collection[str], report: Report) -> None:
    """Tell of an easier or harder exercise, or one in its place, that does not exist."""
    for key in ("instead", "easier", "harder"):
        other = record.values.get(key)
        if other is not None and other not in known:
            others = [each for each in known if each != exercise_id]
            report.tell(record.nodes[key], unknown_exercise(other, others, report))
        elif other is not None and other == exercise_id:
            told = _("an exercise is not its own '{key}': name another one, or leave it out")
            report.tell(record.nodes[key], told.format(key=key))
    easier, harder = (record.values.get(key) for key in ("easier", "harder"))
    if easier is not None and easier == harder != exercise_id:
        told = _("'{exercise}' is both 'easier' and 'harder': it can only be one of them")
        report.tell(record.nodes["harder"], told.format(exercise=shorten(easier)))


def unknown_exercise(name: str, known: Collection[str], report: Report) -> str:
    """The sentence about an exercise that does not exist."""
    return no_exercise(name, known if report.may_propose() else ())


def check_measure(record: Record, report: Report) -> None:
    """Tell of a prescription that measures its sets in two ways at once."""
    for one, other in (("reps", "duration"), ("hold", "duration"), ("rest", "every")):
        is_left_out = one == HOLD and _is_none(record.values.get(one))
        if record.says(one) and record.says(other) and not is_left_out:
            later = max(record.keys[one], record.keys[other], key=lambda node: (node.line, node.column))
            either = _("a prescription says either '{one}' or '{other}', not both")
            report.tell(later, either.format(one=one, other=other))
            break
    reps, sets = record.values.get("reps"), record.values.get("sets")
    if reps is not None and reps.is_pyramid and sets is not None:
        _check_pyramid(record, len(reps.counts), report)
    _check_lists(record, report)
    for name in (HOLD, RELAX):
        if record.says(name) and any(phase == name for phase, _ in record.values.get("tempo", ())):
            twice = _("'{name}' is said twice: here, and in 'tempo'")
            report.tell(record.keys[name], twice.format(name=name))


def _is_none(said: object) -> bool:
    """Whether it is a hold of 0 s: that shapes a rep, and is no measure."""
    return isinstance(said, Duration) and said.high == 0 and said.unit is not Unit.MAX


def _check_lists(record: Record, report: Report) -> None:
    """Tell of lists that are not equally long, and of another number of sets than they have."""
    values = record.values
    lengths = {key: len(values[key]) for key in BY_SET if type(values.get(key)) is tuple}
    reps = values.get("reps")
    if reps is not None and reps.is_pyramid:
        lengths = {"reps": len(reps.counts), **lengths}
    (first, length), *others = lengths.items() or [("", 0)]
    for key, other in others:
        if other != length:
            uneven = _("lists have one entry for each set: '{first}' has {length}, and '{key}' has {other}")
            told = uneven.format(first=first, length=length, key=key, other=other)
            report.tell(record.keys[key], told)
    if first and first != "reps" and values.get("sets") is not None:
        node = record.nodes[first]
        if first == "rest" and values["sets"] == (length + 1, length + 1) and isinstance(node, Sequence):
            rests = [each.text for each in node.items if isinstance(each, Scalar)]
            told = _("a list of rests has one for each set, after the last one, too: write [{rests}]")
            report.tell(node, told.format(rests=", ".join([*rests, *rests[-1:]])))
            return
        _check_pyramid(record, length, report)


def check_tempo(record: Record, phases: tuple[Phase, ...], report: Report) -> None:
    """Tell of a tempo for phases that a rep does not have."""
    own = tuple(phase.name for phase in phases)
    known = tuple(dict.fromkeys((*own, HOLD, RELAX))) if own else STANDARD_PHASES
    tempo = record.nodes.get("tempo")
    if not isinstance(tempo, Mapping):
        return
    for key, _length in tempo.pairs:
        if key.text not in known:
            meant = report.did_you_mean(key.text, known)
            told = (
                _("the exercise has no phase '{name}'; did you mean '{meant}'?")
                if meant
                else _("the exercise has no phase '{name}'; its phases are {phases}")
            )
            names = ", ".join(dict.fromkeys(own) or STANDARD_PHASES)  # a hold may be added to any
            report.tell(key, told.format(name=shorten(key.text), meant=meant, phases=names))


def check_fit(record: Record, exercise: Exercise, report: Report) -> None:
    """Tell of what a day's prescription says that does not go with the exercise it names."""
    check_tempo(record, exercise.phases, report)
    if has_sided(exercise):
        check_each(record, report)
    if record.flawed:
        return
    day = build_prescription(record)
    whole = merge(day, exercise.prescription)
    if whole.reps is None and whole.hold is None and whole.duration is None:
        how_much = _("say how much of '{exercise}': reps, hold or duration")
        report.tell(record.node, how_much.format(exercise=exercise.id))
    if day.reps is None and day.sets is not None and whole.reps is not None and whole.reps.is_pyramid:
        _check_pyramid(record, len(whole.reps.counts), report)


def _check_pyramid(record: Record, steps: int, report: Report) -> None:
    sets = record.values["sets"]
    if not sets.low <= steps <= sets.high:
        told = counted_words(
            "a pyramid of {number} is {number} set; leave 'sets' out",
            "a pyramid of {number} is {number} sets; leave 'sets' out",
            steps,
        )
        report.tell(record.keys["sets"], told.format(number=steps))


class Catalogue:
    """Finds exercises in directories, the first one that has an exercise winning. Reads each file once."""

    def __init__(self, directories: Iterable[Path]) -> None:
        self._directories = tuple(directories)
        self._read: dict[str, Exercise] = {}
        self._lent: dict[str, str] = {}
        self.stamps: dict[str, Stamp] = {}
        """What the files that were read were known by, just before."""

    @cached_property
    def files(self) -> dict[str, Path]:
        """Where the exercises are, by their ids."""
        return files_in(*self._directories)

    def exercise(self, exercise_id: str) -> Exercise:
        """Read an exercise.

        Raises:
            KeyError: There is none of this id.
            ProblemsError: Its file cannot be used.
        """
        if exercise_id not in self._read:
            path = self._path(exercise_id)
            self._read[exercise_id] = read_exercise(path, self.files, self.lend)
        return self._read[exercise_id]

    def lend(self, exercise_id: str) -> str:
        """The text of the figure that an exercise has itself; empty: it has none.

        Raises:
            KeyError: There is no exercise of this id.
            ProblemsError: Its file cannot be used.
        """
        if exercise_id not in self._lent:
            figure = read_exercise(self._path(exercise_id), self.files).figure
            self._lent[exercise_id] = "" if is_borrowed(figure) else figure
        return self._lent[exercise_id]

    def _path(self, exercise_id: str) -> Path:
        path = self.files[exercise_id]
        self.stamps[str(path)] = stamp(path)
        return path


def read_exercise(path: Path, known: Collection[str] = (), lend: Lend | None = None) -> Exercise:
    """Read the file of one exercise; its id is the name of the file.

    Args:
        path: The file.
        known: The ids that it may name as easier and harder.
        lend: Where a figure comes from that is another exercise's; None: its name stays.

    Raises:
        ProblemsError: With all that is wrong in the file.
    """
    return exercise_of(read_yaml(path), path.stem, known, lend)


def exercise_of(
    document: Document, exercise_id: str, known: Collection[str] = (), lend: Lend | None = None
) -> Exercise:
    """As `read_exercise`, for a file whose nodes have been read."""
    report = Report(document.source)
    record = read_top(document, EXERCISE_FILE, report)
    exercise = None
    if record is not None:
        exercise = build_exercise(exercise_id, record, report)
        if exercise is not None and lend is not None:
            exercise = with_figure(exercise, record, lend, report)
        check_relations(exercise_id, record, known, report)
    if exercise is None or report.told:
        raise ProblemsError(report.problems())
    return exercise


def read_breathing(record: Record | None) -> Breathing:
    """The pace of breathing of a record; what it does not say is as usual."""
    values = {} if record is None else record.values
    return Breathing(**{f"{key}_s": value for key, value in values.items()})


def read_defaults(record: Record | None) -> Defaults:
    """The times of a record; what it does not say is as usual."""
    values = {} if record is None else dict(record.values)
    if "breathing" in values:
        values["breathing"] = read_breathing(values["breathing"])
    if "progress" in values:
        said = values["progress"].values
        values["progress"] = said["after"]._replace(by=said.get("by", 1)) if "after" in said else None
    return Defaults(**values, written=tuple(values))


def read_sound(record: Record) -> Sound:
    """What is heard; what the record does not say is as usual."""
    values = dict(record.values)
    if "cues" in values:
        values["cues"] = None if values["cues"] == SILENT else Verbosity(values["cues"])
    return Sound(**values)


def read_settings(source: Source) -> dict[str, Any]:
    """What a settings file says, by its keys; nothing, where it is empty.

    Raises:
        ProblemsError: With all that is wrong in the file.
    """
    try:
        document = parse_source(source)
    except EmptyFileError:
        return {}
    report = Report(source)
    record = RecordType(SETTINGS).read(document.root, _("the file"), report)
    if record is None or report.told:
        raise ProblemsError(report.problems())
    values = dict(record.values)
    if "breathing" in values:
        values["breathing"] = read_breathing(values["breathing"])
    if "sound" in values:
        values["sound"] = read_sound(values["sound"])
    return values
