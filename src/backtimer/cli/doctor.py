"""`doctor`: where everything is, which versions run, what the terminal can do, how the history is."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys

from backtimer import __version__
from backtimer.cli import context, terminal
from backtimer.cli.clock import wall_clock
from backtimer.cli.mute import MUTE, is_muted
from backtimer.storage.files.paths import bundled_routines
from backtimer.storage.files.problems import ProblemsError
from backtimer.storage.history.health import examine
from backtimer.storage.text import clean

PACKAGES = ("textual", "rich", "PyYAML", "platformdirs")


def doctor(_options: argparse.Namespace) -> int:
    """Print what was found; exit code 1 when something needs mending."""
    lines, wrong = [*_versions(), *_paths(), *_terminal(), *_sound()], False
    for check in (_settings, _routine, _history):
        found, bad = check()
        lines += found
        wrong = wrong or bad
    for name, value in lines:
        print(f"{name + ':':12} {clean(value)}" if name else f"{'':12} {clean(value)}")
    return 1 if wrong else 0


_Lines = list[tuple[str, str]]


def _versions() -> _Lines:
    from importlib.metadata import PackageNotFoundError, version

    lines = [("backtimer", __version__), ("python", f"{platform.python_version()} on {platform.platform()}")]
    for package in PACKAGES:
        try:
            lines.append((package.lower(), version(package)))
        except PackageNotFoundError:
            lines.append((package.lower(), "missing"))
    return lines


def _paths() -> _Lines:
    paths = context.paths()
    return [
        ("settings", f"{paths.settings}{'' if paths.settings.exists() else ' (not there: all as usual)'}"),
        ("routines", f"{paths.routines}{'' if paths.routines.is_dir() else ' (none of your own yet)'}"),
        ("bundled", str(bundled_routines())),
    ]


def _terminal() -> _Lines:
    columns, rows = shutil.get_terminal_size()
    front = "full screen" if terminal.is_interactive() else "plain lines"
    colours = (
        "off (NO_COLOR)" if os.environ.get("NO_COLOR") else os.environ.get("COLORTERM") or "as TERM says"
    )
    return [
        ("terminal", f"{os.environ.get('TERM') or 'no TERM'}, {columns}x{rows}, {front}"),
        ("colours", colours),
        ("encoding", getattr(sys.stdout, "encoding", None) or "unknown"),
    ]


def _sound() -> _Lines:
    """What a session is heard with; nothing that is missing here is a fault."""
    from backtimer.audio.equipment import find_equipment
    from backtimer.core.sound import Sound
    from backtimer.hearing import choice_of

    try:
        sound = context.settings().sound or Sound()
    except ProblemsError:
        sound = Sound()  # the mistake is told with the settings
    if sound.cues is None:
        return [("sound", "off, as it is set")]
    found = find_equipment(choice_of(sound), context.paths().sounds)
    player = found.player.name if found.player is not None else "no player: the terminal's bell"
    voice = found.voice.name if found.voice is not None else "no voice: tones"
    return [
        ("sound", player if found.player is None else f"{player}; {voice}"),
        *(("", sentence) for sentence in found.advice),
        *([("", found.voice.problem)] if found.voice is not None and found.voice.problem else []),
        *([("", f"{MUTE} is set: sessions are silent.")] if is_muted() else []),
    ]


def _settings() -> tuple[_Lines, bool]:
    try:
        chosen = context.settings()
    except ProblemsError as error:
        return [("problem", line) for line in str(error).splitlines()], True
    return [("day begins", f"{chosen.rollover:%H:%M}")], False


def _routine() -> tuple[_Lines, bool]:
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


def _history() -> tuple[_Lines, bool]:
    health = examine(context.paths().history, wall_clock())
    first, *rest = (line.strip() for line in health.lines())
    return [("history", first.removeprefix("history: ")), *(("", line) for line in rest)], not health.ok
