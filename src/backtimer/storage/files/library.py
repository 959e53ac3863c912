"""Which routines and exercises there are: those that come with backtimer, and a person's own, which win.

What was read once is kept, and not read again while nothing has changed: reading takes 25 ms and more.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zlib import crc32

from backtimer import RefusedError
from backtimer.language import _
from backtimer.storage.files.parsed import NO_VALUES, ParsedCache, Stamp, stamp, stamps_of
from backtimer.storage.files.paths import Paths, bundled_routines
from backtimer.storage.files.routine_values import routine_from_values, routine_to_values
from backtimer.storage.files.source import (
    ENDINGS,
    Problem,
    ProblemsError,
    as_name,
    did_you_mean,
    files_in,
    is_name,
    is_path,
)
from backtimer.storage.private import is_folder, make_folder, replacing
from backtimer.storage.text import clean, shorten
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.core.plan.routine import Exercise, Routine
    from backtimer.storage.files.routine_file import Reader


Origin = Literal["bundled", "yours"]

_MOST_KEPT = 64
"""Routines that are kept; of two with one number the last one read is."""


class UnknownRoutineError(RefusedError, LookupError):
    """There is no routine of this name; the message is one sentence for whoever asked."""


class UnknownExerciseError(LookupError):
    """There is no exercise of this name; the message is one sentence for whoever asked."""


class Entry(NamedTuple):
    """A routine on the list."""

    name: str
    title: str
    """Empty when the file is broken."""
    origin: Origin
    path: Path
    broken: bool = False
    """It cannot even be read for its title; `Library.load` says why."""


class ExerciseEntry(NamedTuple):
    """An exercise on the list."""

    id: str
    name: str
    """Empty when the file is broken."""
    phases: tuple[str, ...] = ()
    """The names of its own phases."""
    position: str = ""
    sides: str = ""
    equipment: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    easier: str = ""
    """The id of its easier form; so are those that follow."""
    harder: str = ""
    instead: str = ""
    texts: str = ""
    """All that is told of how it is done."""
    broken: bool = False


def strays_in(folder: Path) -> tuple[Problem, ...]:
    """Files of a folder that look like a routine or an exercise and are none: why, and what to do about it.

    What is hidden, as the locks of editors are, or has another ending, as backups have, is not told.
    """
    try:
        entries = sorted(each.name for each in os.scandir(folder) if not each.is_dir())
    except OSError:
        return ()
    used = {path.name for path in files_in(folder).values()}
    names = {each.rpartition(".")[0] for each in used}
    found = []
    for entry in entries:
        name, dot, ending = entry.rpartition(".")
        if entry in used or entry.startswith((".", "#", "~")) or dot + ending.lower() not in ENDINGS:
            continue
        wanted = as_name(name)
        if is_name(name) and dot + ending in ENDINGS:
            told = _("it is not used: there is {other} of the same name; delete or rename one of them")
            told = told.format(other=f"{name}.yaml")
        elif re.search(_COPY, name, re.IGNORECASE):
            told = _(
                "it looks like a copy of another file and is not used: delete it, or give it another name"
            )
        elif not wanted:
            told = _(
                "no one can ask for it by its name: rename it with small letters, digits and single hyphens"
            )
        else:
            told = _(
                "no one can ask for it by its name, which may have small letters, digits and single hyphens "
                "only: rename it to {name}"
            ).format(name=f"{wanted if wanted not in names else wanted + '-2'}.yaml")
        found.append(Problem(clean(str(folder / entry)), 0, 0, told))
    return tuple(found)


_COPY = (
    r"\b(?:copy|kopie|copie|copia|conflict\w*|sync-conflict\S*|backup|bak|orig|old)\b"
    r"|\([0-9]+\)|_(?:BACKUP|BASE|LOCAL|REMOTE)_"
)


def _with_tuples(kept: dict[str, Any]) -> dict[str, Any]:
    """What JSON has kept as lists is never changed."""
    return {name: tuple(each) if isinstance(each, list) else each for name, each in kept.items()}


class Library:
    """Finds and reads routines and exercises."""

    def __init__(self, paths: Paths, bundled: Path | None = None) -> None:
        self._bundled = bundled_routines() if bundled is None else bundled
        self._own = paths.routines
        self._folders = (self._own / "exercises", self._bundled / "exercises")
        self._parsed = ParsedCache(paths)
        self._paths = paths

    @cached_property
    def _around(self) -> dict[str, Stamp]:
        """The stamps of the folders with exercises, from before they are looked into.

        Which exercises there are counts, too: a new one of the person's own takes the place of a bundled one.
        """
        return stamps_of(self._folders)

    @cached_property
    def _reader(self) -> Reader:
        # late: 25 ms, only where something is read that is not kept
        from backtimer.storage.files.routine_file import Reader  # noqa: PLC0415

        return Reader(map(Path, self._around))  # their stamps are from before the reader looks into them

    @property
    def lack(self) -> str:
        """Why there are no routines but the person's own, as a clause; empty when all is there."""
        if is_folder(self._bundled):
            return ""
        lack = _(
            "the routines that come with backtimer are missing: this copy was made without them ({folder})"
        )
        return lack.format(folder=clean(str(self._bundled)))

    def names(self) -> tuple[Entry, ...]:
        """All routines that have a name, in the order of their names. Never raises for a broken file."""
        files = files_in(self._own, self._bundled)
        titles = self._parsed.of_files("titles", files, lambda _, path: self._reader.title(path), {})
        return tuple(
            Entry(
                name,
                titles[name] or "",
                "yours" if path.parent == self._own else "bundled",
                path,
                broken=titles[name] is None,
            )
            for name, path in files.items()
        )

    def own_files(self) -> tuple[Path, ...]:
        """The person's own files, of routines and then of exercises: those that can be asked for."""
        return tuple(path for folder in (self._own, self._folders[0]) for path in files_in(folder).values())

    def strays(self) -> tuple[Problem, ...]:
        """What lies among the person's own files and is none that can be asked for; no mistakes."""
        return (*strays_in(self._own), *strays_in(self._folders[0]))

    def exercises(self) -> tuple[ExerciseEntry, ...]:
        """All exercises that any routine may name, by their ids. Never raises for a broken file."""
        around = self._around
        found = self._parsed.of_files("exercises", files_in(*self._folders), self._told, around)
        return tuple(
            ExerciseEntry(name, "", broken=True)
            if told is None
            else ExerciseEntry(id=name, **_with_tuples(told))
            for name, told in found.items()
        )

    def _told(self, exercise_id: str, _: Path) -> dict[str, Any] | None:
        """What the list tells of an exercise; None when its file is broken."""
        try:
            exercise = self._reader.catalogue.exercise(exercise_id)
        except (ProblemsError, KeyError):
            return None
        return {
            "name": exercise.name,
            "phases": [phase.name for phase in exercise.phases],
            "position": exercise.position.value,
            "sides": exercise.sides.value,
            "equipment": list(exercise.equipment),
            "targets": list(exercise.targets),
            "easier": exercise.easier,
            "harder": exercise.harder,
            "instead": exercise.instead,
            "texts": " ".join(exercise.sentences()),
        }

    def locate(self, name_or_path: str) -> Path:
        """The file of a routine.

        A name never becomes a path: it is looked up among the routines there are and those that were chosen
        by their paths, and nowhere else. What has a separator, or ends like a YAML file, is a path and taken
        as it is.

        Raises:
            UnknownRoutineError: There is no routine of this name.
        """
        if is_path(name_or_path):
            return Path(name_or_path)
        found = files_in(self._own, self._bundled)
        if name_or_path not in found:
            by_path = chosen_paths(self._paths)
            if name_or_path in by_path:
                return by_path[name_or_path]
            for stray in strays_in(self._own):
                file = Path(stray.path)
                if name_or_path in (file.name, file.stem) or as_name(file.stem) == as_name(name_or_path):
                    told = _("there is no routine '{name}'; {file}: {why}")
                    told = told.format(name=shorten(name_or_path), file=shorten(file.name), why=stray.message)
                    raise UnknownRoutineError(told)
            meant = did_you_mean(name_or_path, {**found, **by_path})
            more = self.lack or _("'backtimer list' shows those there are")
            told = (
                _("there is no routine '{name}'; did you mean '{meant}'? {more}")
                if meant
                else _("there is no routine '{name}'; {more}")
            )
            raise UnknownRoutineError(told.format(name=shorten(name_or_path), meant=meant, more=more))
        return found[name_or_path]

    def has(self, name: str) -> bool:
        """Whether a routine of this name is a person's own, or comes with backtimer."""
        return name in files_in(self._own, self._bundled)

    def load(self, name_or_path: str) -> Routine:
        """Read a routine, and the exercises that its days use.

        Raises:
            UnknownRoutineError: There is no routine of this name.
            ProblemsError: With all that is wrong in its file and in those of its exercises.
        """
        path = self.locate(name_or_path)
        try:
            place = str(path.absolute())
        except OSError:  # the folder we are in is gone
            return self._reader.routine(path)
        made_from = [place, *map(str, self._folders)]
        name = f"routine-{crc32(place.encode(errors='surrogatepass')) % _MOST_KEPT:02}"
        kept = self._parsed.find(name)
        if kept is not None and kept.holds_all():
            with suppress(*NO_VALUES):
                source, values = kept.value
                if source == made_from and all(each in kept.stamps for each in made_from):
                    return routine_from_values(values)
        before = {**self._around, place: stamp(place)}
        routine = self._reader.routine(path)
        value = (made_from, routine_to_values(routine))
        self._parsed.keep(name, value, {**self._reader.catalogue.stamps, **before})
        return routine

    def exercise(self, exercise_id: str) -> Exercise:
        """Read an exercise of the catalogue.

        Raises:
            UnknownExerciseError: There is no exercise of this id.
            ProblemsError: With all that is wrong in its file.
        """
        catalogue = self._reader.catalogue
        if exercise_id not in catalogue.files:
            raise UnknownExerciseError(self._reader.no_exercise(exercise_id, self.lack))
        return catalogue.exercise(exercise_id)

    def contents(self, path: Path) -> Routine | Exercise:
        """Read a file of a routine or of an exercise, wherever it is.

        Raises:
            ProblemsError: With all that is wrong in it.
        """
        return self._reader.contents(path)

    def exercise_files(self) -> tuple[Path, ...]:
        """The files of all exercises that any routine may name."""
        return tuple(files_in(*self._folders).values())

    def check(self, name_or_path: str) -> tuple[Problem, ...]:
        """All that is wrong with a routine or, given by its path, with a file of the catalogue.

        Raises:
            UnknownRoutineError: There is no routine of this name.
        """
        return self._reader.problems(self.locate(name_or_path))

    def problems_in(self, name: str, text: str) -> tuple[Problem, ...]:
        """All that would be wrong with a routine of this text, before it is a file."""
        return self._reader.problems_in(name, text)

    def exercise_names(self) -> dict[str, str]:
        """The names of all exercises that any routine may name, by their ids; of a broken one its id."""
        return {each.id: each.name or each.id for each in self.exercises()}

    def hints(self, name_or_path: str) -> tuple[Problem, ...]:
        """What a flawless routine writes that is not done as it is written.

        Raises:
            UnknownRoutineError: There is no routine of this name.
            ProblemsError: The file has mistakes.
        """
        return self._reader.hints(self.locate(name_or_path))

    def practice_hints(self, name_or_path: str) -> tuple[Problem, ...]:
        """What could be better about a flawless routine, by what is known to work.

        Raises:
            UnknownRoutineError: There is no routine of this name.
            ProblemsError: The file has mistakes.
        """
        return self._reader.practice_hints(self.locate(name_or_path))


_KEPT = "routine-paths"
"""The file with their paths, a line each, the last one chosen first."""
_MOST = 20


def chosen_paths(paths: Paths) -> dict[str, Path]:
    """The files that are still there, by the names of their routines; of two the last one chosen."""
    found: dict[str, Path] = {}
    for line in _lines(paths):
        path = Path(line)
        with suppress(OSError, ValueError):
            if path.is_absolute() and path.is_file():
                found.setdefault(path.stem, path)
    return found


def remember_path(paths: Paths, path: str) -> None:
    """Keep the absolute path of a file that was chosen; where that cannot be written, nothing is kept."""
    lines = [path, *(line for line in _lines(paths) if line != path)]
    with suppress(OSError, ValueError):
        make_folder(paths.data)
        with replacing(paths.data / _KEPT, lasting=False) as out:
            out.write(("\n".join(lines[:_MOST]) + "\n").encode())


def _lines(paths: Paths) -> list[str]:
    try:
        text = (paths.data / _KEPT).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    return [line for line in text.split("\n") if line][:_MOST]
