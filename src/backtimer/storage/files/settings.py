"""The settings file: read by the reader of routines, and changed without touching what it need not."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backtimer.core.plan.units import Breathing
from backtimer.core.progress.calendar import DEFAULT_ROLLOVER
from backtimer.language import _
from backtimer.storage.files.parsed import NO_VALUES, ParsedCache, stamps_of
from backtimer.storage.files.source import Problem, ProblemsError, Source, read_source, source_of
from backtimer.storage.private import FILE_MODE, make_folder, replacing
from backtimer.storage.text import clean, shorten
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.core.progress.streaks import Goal
    from backtimer.core.speech.cues import Sound

DEFAULT_ROUTINE = "lower-back"


class Settings(NamedTuple):
    """What a person has settled."""

    routine: str = DEFAULT_ROUTINE
    """A name, or the path of a file."""
    rollover: time = DEFAULT_ROLLOVER
    """When a new day begins."""
    theme: str = ""
    """`dark`, `light`, or empty for neither."""
    breathing: Breathing | None = None
    """Their own pace of a slow breath; None: the routine's."""
    progression: str = "propose"
    """What is done with a proposal to do more, or less: `propose`, `auto` or `off`."""
    goal: Goal | None = None
    """Sessions a week, as an alternative to due days; None: there is no such goal."""
    sound: Sound | None = None
    """What is heard of a session; None: all of it, as usual."""
    instructions: str = "auto"
    """How exercises are told before they are done: `full`, `short`, or `auto` (in full until known)."""
    language: str = ""
    """Of all that backtimer says, as a tag (`nl`); empty: the system's, where there is a translation."""

    @property
    def words_a_minute(self) -> int | None:
        """How fast the voice speaks; None: at its calm pace."""
        return None if self.sound is None else self.sound.rate


def load_settings(path: Path, parsed: ParsedCache | None = None) -> Settings:
    """Read the settings; a file that is missing or empty leaves everything as usual.

    Args:
        path: The file.
        parsed: Where they are kept once they were read; None reads the file whatever is kept.

    Raises:
        ProblemsError: With all that is wrong in the file.
    """
    if _is_missing(path):
        return Settings()
    kept = None if parsed is None else parsed.find("settings")
    if kept is not None and kept.holds(path):
        with suppress(*NO_VALUES):
            return _from_values(kept.value)
    before = stamps_of([path])
    found = _settings_of(read_source(path))
    if parsed is not None:
        parsed.keep("settings", found._replace(rollover=found.rollover.isoformat()), before)  # type: ignore[arg-type]
    return found


def _from_values(values: Any) -> Settings:
    """The settings that were kept as these values; one of `NO_VALUES` is raised where none were."""
    routine, rollover, theme, breathing, progression, goal, sound, instructions, language = values
    begins = time.fromisoformat(rollover)
    found = Settings(
        routine,
        begins,
        theme,
        progression=progression,
        instructions=instructions,
        language=language,
    )
    if breathing is not None:
        found = found._replace(breathing=Breathing(*breathing))
    if goal is not None:
        # late: 2 ms, only for who has a goal
        from backtimer.core.progress.streaks import Goal  # noqa: PLC0415

        found = found._replace(goal=Goal(*goal))
    if sound is not None:
        # late: 3 ms, only for who has set what is heard
        from backtimer.core.speech.cues import Sound, Verbosity  # noqa: PLC0415

        cues, *others = sound
        found = found._replace(sound=Sound(None if cues is None else Verbosity(cues), *others))
    return found


_LANGUAGE_LINE = r"^language:[ \t]+['\"]?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)['\"]?[ \t]*(?:#.*)?\r?$"


def language_despite_mistakes(path: Path) -> str:
    """The language in a file that is wrong elsewhere, so that its mistakes are told in it; empty: none."""
    try:
        found = re.findall(_LANGUAGE_LINE, read_source(path).text, re.MULTILINE)
    except ProblemsError:
        return ""
    return found[0] if len(found) == 1 else ""


def save_routine(path: Path, name: str) -> None:
    """Write down the routine to follow, and leave everything else in the file as it is, to the byte.

    The file is replaced as a whole, so that a crash leaves the old one or the new one. Its directory is made
    if need be.

    Args:
        path: The settings file; it need not exist.
        name: A routine's name, or the path of its file.

    Raises:
        ProblemsError: The file cannot be read, or is not such that a line can be changed safely.
        OSError: It cannot be written.
    """
    name_shown = clean(str(path))
    old = source_of(name_shown, "") if _is_missing(path) else read_source(path)
    wanted = _settings_of(old)._replace(routine=name)
    for text in _changed(old, name):
        with suppress(ProblemsError, UnicodeEncodeError):
            if _settings_of(source_of(name_shown, text)) == wanted:
                _replace_file(path, old.bom + text.encode("utf-8"))
                return
    harm = _("the routine cannot be set to '{name}' without harm to the rest; please edit the file")
    raise ProblemsError([Problem(name_shown, 0, 0, harm.format(name=shorten(name)))])


def _is_missing(path: Path) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # reading it will say what is the matter
        return False
    return False


def _settings_of(source: Source) -> Settings:
    # late: 25 ms that whoever has no settings, or has not changed them, does not wait for
    from backtimer.storage.files.exercise_file import read_settings  # noqa: PLC0415

    return Settings(**read_settings(source))


_PLAIN = r"[A-Za-z0-9/][A-Za-z0-9_./-]*"


def _changed(source: Source, name: str) -> Iterator[str]:
    """The file with the routine changed, in each way that may work, the most natural one first."""
    # late: 15 ms, only where the routine is changed
    from backtimer.storage.files.yaml_nodes import EmptyFileError, Mapping, parse_source  # noqa: PLC0415

    text = source.text
    value = name if re.fullmatch(_PLAIN, name) else "'" + name.replace("'", "''") + "'"
    root = None
    with suppress(EmptyFileError):
        root = parse_source(source).root
    line_end = "\r\n" if "\r\n" in text else "\n"
    if isinstance(root, Mapping):
        for key, node in root.pairs:
            if key.text == "routine":
                start = source.offset(node.line, node.column)
                end = source.offset(node.end_line, node.end_column)
                below = line_end if text[start:end].endswith(("\n", "\r")) else ""
                yield text[:start] + value + below + text[end:]
                return
        start = source.offset(root.line, root.column)
        if text.startswith("{", start):
            comma = ", " if root.pairs else ""
            yield f"{text[: start + 1]}routine: {value}{comma}{text[start + 1 :]}"
            return
    indent = " " * (root.column - 1) if root else ""
    line = f"{indent}routine: {value}{line_end}"
    yield text + ("" if not text or text.endswith(("\n", "\r")) else line_end) + line
    if root:  # something ends the document: the line goes before the first one then
        start = source.offset(root.line, 1)
        yield text[:start] + line + text[start:]


def _replace_file(path: Path, data: bytes) -> None:
    """Put new content in the place of a file, all at once; a link stays a link. Others have no look at it."""
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    mode = FILE_MODE
    with suppress(FileNotFoundError):
        mode = stat.S_IMODE(target.stat().st_mode) & stat.S_IRWXU
    with replacing(target, mode) as file:
        file.write(data)
