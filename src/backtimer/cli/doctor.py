"""`doctor`: where everything is, which versions run, what the terminal can do, how the history is."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys

from backtimer import __version__
from backtimer.cli import context, terminal
from backtimer.cli.clock import wall_clock, zone_problem
from backtimer.cli.mute import MUTE, is_muted
from backtimer.storage.files.paths import NoHomeError, bundled_routines
from backtimer.storage.files.problems import ProblemsError
from backtimer.storage.history.health import examine
from backtimer.storage.text import clean

PACKAGES = ("textual", "rich", "PyYAML", "platformdirs")


def doctor(_options: argparse.Namespace) -> int:
    """Print what was found; exit code 1 when something needs mending."""
    lines, wrong = [*_versions()], False
    for look in (_paths, _terminal, _sound, _clock, _settings, _routine, _history):
        try:
            found, bad = look()
        except (OSError, NoHomeError) as error:
            found, bad = [("problem", _sentence(error))], True
        lines += [line for line in found if line not in lines]
        wrong = wrong or bad
    for name, value in lines:
        print(f"{name + ':':12} {clean(value)}" if name else f"{'':12} {clean(value)}")
    return 1 if wrong else 0


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{os.fsdecode(error.filename)}: {error.strerror}"
    return str(error)


_Lines = list[tuple[str, str]]

_Found = tuple[_Lines, bool]
"""What was found, and whether it needs mending."""


def _versions() -> _Lines:
    from importlib.metadata import PackageNotFoundError, version

    lines = [("backtimer", __version__), ("python", f"{platform.python_version()} on {platform.platform()}")]
    for package in PACKAGES:
        try:
            lines.append((package.lower(), version(package)))
        except PackageNotFoundError:
            lines.append((package.lower(), "missing"))
    return lines


def _paths() -> _Found:
    paths = context.paths()
    wrong, lines = False, []
    for name, path, absent in (
        ("settings", paths.settings, " (not there: all as usual)"),
        ("routines", paths.routines, " (none of your own yet)"),
    ):
        try:
            path.stat()
            state = ""
        except (FileNotFoundError, NotADirectoryError):
            state = absent
        except OSError as error:
            state, wrong = f" (cannot be read: {error.strerror})", True
        lines.append((name, f"{path}{state}"))
    return [*lines, ("bundled", str(bundled_routines()))], wrong


def _clock() -> _Found:
    problem = zone_problem()
    return [("time zone", problem)] if problem else [], bool(problem)


def _terminal() -> _Found:
    columns, rows = shutil.get_terminal_size()
    front = "full screen" if terminal.is_interactive() else "plain lines"
    colours = (
        "off (NO_COLOR)" if os.environ.get("NO_COLOR") else os.environ.get("COLORTERM") or "as TERM says"
    )
    return [
        ("terminal", f"{os.environ.get('TERM') or 'no TERM'}, {columns}x{rows}, {front}"),
        ("colours", colours),
        ("encoding", getattr(sys.stdout, "encoding", None) or "unknown"),
    ], False


def _sound() -> _Found:
    """What a session is heard with; nothing that is missing here is a fault."""
    from backtimer.attendants import choice_of
    from backtimer.audio.voice import find_equipment
    from backtimer.core.sound import Sound

    try:
        sound = context.settings().sound or Sound()
    except ProblemsError:
        sound = Sound()  # the mistake is told with the settings
    if sound.cues is None:
        return [("sound", "off, as it is set")], False
    found = find_equipment(choice_of(sound, followed_language()), context.paths().sounds)
    player = found.player.name if found.player is not None else "no player: the terminal's bell"
    trouble = found.voice.check() if found.voice is not None else ""
    voice = found.voice.name if found.voice is not None and not trouble else "no voice: tones"
    told = (trouble, found.voice.note if found.voice is not None else "", found.cache.problem)
    return [
        ("sound", player if found.player is None else f"{player}; {voice}"),
        *(("", sentence) for sentence in (*found.advice, *dict.fromkeys(told)) if sentence),
        *([("", f"{MUTE} is set: sessions are silent.")] if is_muted() else []),
    ], False


def followed_language() -> str:
    """Of the routine that is followed; empty, as for English, when it cannot be read."""
    from backtimer.storage.files.library import UnknownRoutineError

    try:
        return context.library().load(context.settings().routine).language
    except (ProblemsError, UnknownRoutineError):
        return ""  # what is wrong is told with the routine


def _settings() -> _Found:
    try:
        chosen = context.settings()
    except ProblemsError as error:
        return [("problem", line) for line in str(error).splitlines()], True
    return [("day begins", f"{chosen.rollover:%H:%M}")], False


def _routine() -> _Found:
    from backtimer.storage.files.library import UnknownRoutineError

    try:
        name = context.settings().routine
    except ProblemsError:
        return [], True  # said with the settings
    try:
        routine = context.library().load(name)
    except ProblemsError as error:
        return [("problem", line) for line in str(error).splitlines()], True
    except UnknownRoutineError as error:
        return [("problem", str(error))], True
    return [("routine", f"{routine.title} ({name})")], False


def _history() -> _Found:
    health = examine(context.paths().history, wall_clock())
    first, *rest = (line.strip() for line in health.lines())
    return [("history", first.removeprefix("history: ")), *(("", line) for line in rest)], not health.ok
