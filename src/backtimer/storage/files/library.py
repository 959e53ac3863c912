"""Which routines and exercises there are: those that come with backtimer, and a person's own, which win."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from backtimer.storage.files.paths import Paths, bundled_routines
from backtimer.storage.files.source import Problem, ProblemsError, files_in, is_path, suggestion
from backtimer.storage.files.yaml_nodes import Document, Mapping, Scalar, read_yaml
from backtimer.storage.private import is_folder
from backtimer.storage.text import clean, shorten

if TYPE_CHECKING:
    from backtimer.core.plan.routine import Exercise, Routine
    from backtimer.storage.files.exercise_file import Catalogue

# What reads whole routines is imported when one is read (25 ms): `list` only looks at titles.

Origin = Literal["bundled", "yours"]


class UnknownRoutineError(LookupError):
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


class Library:
    """Finds and reads routines and exercises."""

    def __init__(self, paths: Paths, bundled: Path | None = None) -> None:
        self._bundled = bundled_routines() if bundled is None else bundled
        self._own = paths.routines

    @cached_property
    def catalogue(self) -> Catalogue:
        """The exercises that any routine may name."""
        from backtimer.storage.files.exercise_file import Catalogue  # noqa: PLC0415

        return Catalogue((self._own / "exercises", self._bundled / "exercises"))

    @property
    def lack(self) -> str:
        """Why there are no routines but the person's own, as a clause; empty when all is there."""
        if is_folder(self._bundled):
            return ""
        where = clean(str(self._bundled))
        return f"the routines that come with backtimer are missing: this copy was made without them ({where})"

    def names(self) -> tuple[Entry, ...]:
        """All routines that have a name, in the order of their names. Never raises for a broken file."""
        own = files_in(self._own)
        found = files_in(self._bundled) | own
        return tuple(
            _entry(name, found[name], "yours" if name in own else "bundled") for name in sorted(found)
        )

    def locate(self, name_or_path: str) -> Path:
        """The file of a routine.

        A name never becomes a path: it is looked up among the routines there are, and nowhere else. What has
        a separator, or ends like a YAML file, is a path and taken as it is.

        Raises:
            UnknownRoutineError: There is no routine of this name.
        """
        if is_path(name_or_path):
            return Path(name_or_path)
        found = files_in(self._bundled) | files_in(self._own)
        if name_or_path not in found:
            hint = suggestion(name_or_path, found) or ";"
            more = self.lack or "'backtimer list' shows those there are"
            raise UnknownRoutineError(f"there is no routine '{shorten(name_or_path)}'{hint} {more}")
        return found[name_or_path]

    def load(self, name_or_path: str) -> Routine:
        """Read a routine, and the exercises that its days use.

        Raises:
            UnknownRoutineError: There is no routine of this name.
            ProblemsError: With all that is wrong in its file and in those of its exercises.
        """
        from backtimer.storage.files.routine_file import read_routine  # noqa: PLC0415

        return read_routine(self.locate(name_or_path), self.catalogue)

    def exercise(self, exercise_id: str) -> Exercise:
        """Read an exercise of the catalogue.

        Raises:
            UnknownExerciseError: There is no exercise of this id.
            ProblemsError: With all that is wrong in its file.
        """
        if exercise_id not in self.catalogue.files:
            hint = suggestion(exercise_id, self.catalogue.files)
            hint = hint or (self.lack and f"; {self.lack}")
            raise UnknownExerciseError(f"there is no exercise '{shorten(exercise_id)}'{hint}")
        return self.catalogue.exercise(exercise_id)

    def check(self, name_or_path: str) -> tuple[Problem, ...]:
        """All that is wrong with a routine or, given by its path, with a file of the catalogue.

        Raises:
            UnknownRoutineError: There is no routine of this name.
        """
        from backtimer.storage.files.exercise_file import exercise_of  # noqa: PLC0415
        from backtimer.storage.files.routine_file import routine_of  # noqa: PLC0415

        path = self.locate(name_or_path)
        try:
            document = read_yaml(path)
            if _is_exercise(document):
                exercise_of(document, clean(path.stem), self.catalogue.files)
            else:
                routine_of(document, clean(path.stem), self.catalogue)
        except ProblemsError as error:
            return error.problems
        return ()


def _is_exercise(document: Document) -> bool:
    """Whether a file describes an exercise rather than a week."""
    if not isinstance(document.root, Mapping):
        return False
    keys = {key.text for key, _ in document.root.pairs}
    return "days" not in keys and "position" in keys


def _entry(name: str, path: Path, origin: Origin) -> Entry:
    """The entry of a file, of which no more is read than its title."""
    try:
        root = read_yaml(path).root
    except ProblemsError:
        return Entry(name, "", origin, path, broken=True)
    if not isinstance(root, Mapping):
        return Entry(name, "", origin, path, broken=True)
    title = next((value for key, value in root.pairs if key.text == "title"), None)
    words = shorten(" ".join(title.text.split()), 200) if isinstance(title, Scalar) else ""
    return Entry(name, words or name, origin, path)
