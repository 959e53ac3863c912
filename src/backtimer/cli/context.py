"""What commands are given to work with: paths, the library, settings, and the day that is meant.

The reader of YAML is imported only when there is something to read: `streak` is called by shell prompts.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from backtimer import RefusedError
from backtimer.cli.main import session_clock, wall_clock
from backtimer.core.progress.calendar import DEFAULT_ROLLOVER, local_date_of
from backtimer.language import ENGLISH_TAG, _, speaking
from backtimer.storage.files.paths import Paths, find_paths
from backtimer.storage.text import clean

if TYPE_CHECKING:
    from backtimer.core.plan.routine import Routine
    from backtimer.core.progress.streaks import Goal
    from backtimer.core.speech.cues import Sound
    from backtimer.storage.files.library import Library
    from backtimer.storage.files.settings import Settings
    from backtimer.storage.history.queries import History
    from backtimer.training import Training


def paths() -> Paths:
    """Where this person's files are."""
    return find_paths(os.environ)


@contextlib.contextmanager
def in_wanted_language() -> Iterator[None]:
    """Within this, words are those of the language that is set or, where none is, that of the system.

    A language that is set and cannot be spoken is told on stderr; the system's is English then, as it is when
    nobody has translated it.
    """
    own: Path | None = None
    wanted = ""
    with contextlib.suppress(RefusedError):  # the command that needs it will say what is the matter
        own = paths().locales
        if _may_say("language"):
            wanted = _set_language()
    tags = (wanted,) if wanted else system_languages(os.environ)
    # What the system calls English is as it is; who sets `en-GB` may have a translation of that.
    if not tags or (wanted or tags[0].split("-")[0]).lower() == ENGLISH_TAG:
        yield
        return
    # late: 2 ms of gettext, for whoever reads English no use
    from backtimer.storage.translations import TranslationError, find_translation

    try:
        found = find_translation(tags, own)
    except TranslationError as error:
        print(f"backtimer: {error}", file=sys.stderr)
        yield
        return
    if found is None:
        if wanted and wanted.split("-")[0].lower() != ENGLISH_TAG:
            told = _("backtimer is not translated into '{language}' yet, and goes on in English.")
            print(told.format(language=wanted), file=sys.stderr)
        yield
        return
    with speaking(found.texts, found.tag):
        yield


def _set_language() -> str:
    return settings(despite_mistakes=True).language


def system_languages(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The tags of the languages that the environment asks for, as gettext reads it, the dearest first.

    Up to English, which is always there; none where nothing is said, or no language (`C`, `POSIX`).
    """
    said = (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((value for value in said if value), "")
    languages = locale if locale in ("C", "POSIX") else environ.get("LANGUAGE") or locale
    tags = []
    for name in languages.split(":"):
        tag = name.partition(".")[0].partition("@")[0].replace("_", "-")
        if tag in ("", "C", "POSIX"):
            break
        tags.append(tag)
        if tag.split("-")[0].lower() == ENGLISH_TAG:
            break
    return tuple(tags)


def library() -> Library:
    """The routines and exercises there are."""
    from backtimer.storage.files.library import Library  # late: 5 ms, and `streak` reads no routine

    return Library(paths())


def settings(*, despite_mistakes: bool = False) -> Settings:
    """What this person has set; of a file with mistakes, where that is wanted, at least the language."""
    # late: 5 ms, hardly ever of use to `streak`
    from backtimer.storage.files.parsed import ParsedCache
    from backtimer.storage.files.settings import (
        DEFAULT_ROUTINE,
        FORMER_ROUTINE,
        Settings,
        language_despite_mistakes,
        load_settings,
        names_routine,
    )
    from backtimer.storage.history.followed import followed_routine

    found = paths()
    try:
        loaded = load_settings(found.settings, ParsedCache(found))
        if loaded.routine != DEFAULT_ROUTINE or names_routine(found.settings):
            return loaded
        # Who began before there was a gentle start has done the routine that stood in its place.
        former = followed_routine(found.history) == FORMER_ROUTINE
    except RefusedError:
        if not despite_mistakes:
            raise
        return Settings(language=language_despite_mistakes(found.settings))
    return loaded._replace(routine=FORMER_ROUTINE) if former else loaded


def sound_of(settings: Settings) -> Sound:
    """What this person wants to hear, with the folders it is made from."""
    from backtimer.core.speech.cues import Sound  # late: only with a session

    found, sound = paths(), settings.sound or Sound()
    # A folder is meant beside the settings, unless it says where it is.
    with suppress(RuntimeError):  # of somebody who has no home
        clips = sound.clips and str(found.config / Path(sound.clips).expanduser())
        return sound._replace(clips=clips, voices=str(found.voices))
    return sound._replace(voices=str(found.voices))


def training(settings: Settings, routine: Routine, *, writing: bool = True) -> Training:
    """A routine with the settings and the history, to look at or to write to; close it afterwards."""
    from backtimer.training import Training  # late: 40 ms, which `streak`, `list` and `check` can do without

    chosen = None
    if settings.routine != routine.id:
        chosen = chosen_routine(settings)
    return Training(
        paths(),
        settings,
        routine,
        now=wall_clock,
        clock=session_clock(),
        chosen=chosen,
        writing=writing,
    )


def chosen_routine(settings: Settings) -> Routine | None:
    """The routine whose due days count; None when it cannot be read."""
    try:
        return library().load(settings.routine)
    except RefusedError:
        return None  # `today` and `check` tell about it; it does not stand in the way of another routine


def local_today() -> date:
    """The date that a session which starts now belongs to; before the rollover hour it is yesterday's."""
    rollover = settings().rollover if _may_say("rollover") else DEFAULT_ROLLOVER
    return local_date_of(wall_clock(), rollover)


def goal() -> Goal | None:
    """The weekly goal, if there is one."""
    return settings().goal if _may_say("goal") else None


def open_for_looking() -> History | None:
    """The history, to look at; troubles are said on stderr."""
    return _open(writing=False)


def open_for_writing() -> History | None:
    """The history, to write to it; None when that cannot be, which is said on stderr."""
    found = _open(writing=True)
    if found is not None and not found.writable:
        found.close()
        return None
    return found


def _open(*, writing: bool) -> History | None:
    from backtimer.storage.history.opening import open_history  # late: 30 ms, and `list` needs no history

    opened = open_history(paths().history, wall_clock, writing=writing)
    if opened.notice is not None:
        print(clean(opened.notice.text()), file=sys.stderr)
    if opened.missed:
        print(clean(opened.missed), file=sys.stderr)
    return opened.history


def _may_say(key: str) -> bool:
    """Whether the settings could say something of a key: reading them takes 40 ms, a look for a word none."""
    settings = paths().settings
    try:
        if not stat.S_ISREG(settings.stat().st_mode):
            return True  # a pipe would be waited for
        return key in settings.read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True  # the reader will say what is the matter
