"""The settings file: read by the reader of routines, and changed without touching what it need not."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from datetime import time
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from backtimer.core.plan.units import Breathing
from backtimer.core.progress.calendar import DEFAULT_ROLLOVER
from backtimer.language import _
from backtimer.storage.files.one_line import changed_texts
from backtimer.storage.files.parsed import NO_VALUES, ParsedCache, stamps_of
from backtimer.storage.files.source import Problem, ProblemsError, Source, read_source, source_of
from backtimer.storage.private import FILE_MODE, make_folder, replacing
from backtimer.storage.text import clean, shorten
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.core.progress.streaks import Goal
    from backtimer.core.speech.cues import Sound

DEFAULT_ROUTINE = "gentle-start"

FORMER_ROUTINE = "lower-back"
"""What was followed where none was set, before there was a gentle start: who began with it keeps it."""

ROUNDS, STRAIGHT = "rounds", "straight"


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
    figure: str = ""
    """Whether figures move: `moving` or `still`; empty: they do, but not through a network."""
    language: str = ""
    """Of all that backtimer says, as a tag (`nl`); empty: the system's, where there is a translation."""
    circuits: str = ROUNDS
    """How circuits are done: in `rounds`, or `straight`, exercise by exercise."""

    @property
    def straight(self) -> bool:
        """Whether circuits are done exercise by exercise, set after set."""
        return self.circuits == STRAIGHT

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
    if len(values) != len(Settings._fields):
        raise ValueError(values)
    found = Settings(*values)
    kept: dict[str, Any] = found._asdict()
    rollover, breathing, goal, sound = (kept[name] for name in ("rollover", "breathing", "goal", "sound"))
    found = found._replace(rollover=time.fromisoformat(rollover))
    if breathing is not None:
        found = found._replace(breathing=Breathing(*breathing))
    if goal is not None:
        # late: 2 ms, only for who has a goal
        from backtimer.core.progress.streaks import Goal  # noqa: PLC0415

        found = found._replace(goal=Goal(*goal))
    if sound is not None:
        cues, *others = sound
        words = _cues()
        found = found._replace(sound=words.Sound(None if cues is None else words.Verbosity(cues), *others))
    return found


_LANGUAGE_LINE = r"^language:[ \t]+['\"]?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)['\"]?[ \t]*(?:#.*)?\r?$"


def language_despite_mistakes(path: Path) -> str:
    """The language in a file that is wrong elsewhere, so that its mistakes are told in it; empty: none."""
    try:
        found = re.findall(_LANGUAGE_LINE, read_source(path).text, re.MULTILINE)
    except ProblemsError:
        return ""
    return found[0] if len(found) == 1 else ""


ROUTINE_KEY = r"(^|[{,])[ \t]*['\"]?routine['\"]?[ \t]*:"
"""Where the settings say which routine to follow."""


def names_routine(path: Path) -> bool:
    """Whether the settings seem to say which routine to follow; a file that cannot be read may."""
    if _is_missing(path):
        return False
    try:
        return re.search(ROUTINE_KEY, read_source(path).text, re.MULTILINE) is not None
    except ProblemsError:
        return True


def save_routine(path: Path, name: str) -> None:
    """Write down the routine to follow: its name, or the path of its file. As `save_setting`."""
    save_setting(path, "routine", name)


def with_setting(settings: Settings, key: str, value: Any) -> Settings:
    """The settings with one of them changed.

    Args:
        settings: What is set now.
        key: What it is called in the file; `sound.cues` is a part of one.
        value: As it stands in `Settings`.
    """
    name, _dot, part = key.partition(".")
    if not part:
        return settings._replace(**{name: value})
    return settings._replace(sound=_sound_of(settings)._replace(**{part: value}))


def setting_of(settings: Settings, key: str) -> Any:
    """The value of a setting, by what it is called in the file."""
    name, _dot, part = key.partition(".")
    return getattr(_sound_of(settings), part) if part else getattr(settings, name)


def save_setting(path: Path, key: str, value: Any) -> None:
    """Write one setting down. As `save_settings`."""
    save_settings(path, {key: value})


def save_settings(path: Path, values: Mapping[str, Any]) -> None:
    """Write settings down, all or none, and leave everything else in the file as it is, to the byte.

    The file is replaced as a whole, so that a crash leaves the old one or the new one. Its directory is made
    if need be.

    Args:
        path: The settings file; it need not exist.
        values: By what they are called in the file (`sound.cues` is a part of one), as they stand in
            `Settings`; an empty text is not written: its line goes.

    Raises:
        ProblemsError: The file cannot be read, or is not such that a line can be changed safely.
        OSError: It cannot be written.
    """
    name_shown = clean(str(path))
    old = source_of(name_shown, "") if _is_missing(path) else read_source(path)
    text = old.text
    for key, value in values.items():
        text = _changed(source_of(name_shown, text), key, value)
    if text != old.text:
        _replace_file(path, old.bom + text.encode("utf-8"))


def _changed(old: Source, key: str, value: Any) -> str:
    """The text of the file with one setting changed."""
    was = _settings_of(old)
    wanted = _whole(with_setting(was, key, value))
    if wanted == _whole(was) and key != "routine":
        return old.text
    for text in changed_texts(old, tuple(key.split(".")), _written(value)):
        with suppress(ProblemsError, UnicodeEncodeError):
            text.encode("utf-8")
            if _whole(_settings_of(source_of(old.name, text))) == wanted:
                return text
    harm = _("'{key}' cannot be set to '{value}' without harm to the rest; please edit the file")
    told = harm.format(key=key, value=shorten(str(value)))
    raise ProblemsError([Problem(old.name, 0, 0, told)])


def _sound_of(settings: Settings) -> Sound:
    usual: Sound = _cues().Sound()
    return settings.sound or usual


def _cues() -> ModuleType:
    # late: 3 ms, only for who has set or changes what is heard
    from backtimer.core.speech import cues  # noqa: PLC0415

    return cues


def _whole(settings: Settings) -> Settings:
    """The same, all that is heard said: a sound that is not set is the usual one."""
    return settings._replace(sound=_sound_of(settings))


def _written(value: Any) -> str:
    """A value as the file has it; empty: it is not written."""
    if value is None:  # of `cues`: nothing is heard
        return "off"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


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


def _replace_file(path: Path, data: bytes) -> None:
    """Put new content in the place of a file, all at once; a link stays a link. Others have no look at it."""
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    mode = FILE_MODE
    with suppress(FileNotFoundError):
        mode = stat.S_IMODE(target.stat().st_mode) & stat.S_IRWXU
    with replacing(target, mode) as file:
        file.write(data)
