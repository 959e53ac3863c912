"""`doctor`: where everything is, which versions run, how the history is, and what there is for sound."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from backtimer import __version__
from backtimer.attendants import choice_of
from backtimer.audio.cache import wav_length_s
from backtimer.audio.equipment import Equipment, find_equipment, system_silences
from backtimer.audio.finding import VoiceChoice, better_voice
from backtimer.audio.player import Player, Sounding
from backtimer.audio.processes import end_all
from backtimer.audio.renderer import QUIET, Renderer, Wanted
from backtimer.audio.tones import BREATHS
from backtimer.cli import context, terminal
from backtimer.cli.arguments import Options
from backtimer.cli.main import MUTE, is_muted, wall_clock, zone_problem
from backtimer.core.speech.cues import Sound, Tone, Verbosity
from backtimer.language import _, marked
from backtimer.storage.files.library import UnknownRoutineError
from backtimer.storage.files.paths import NoHomeError, bundled_routines
from backtimer.storage.files.source import ProblemsError
from backtimer.storage.history.health import examine
from backtimer.storage.private import is_folder
from backtimer.storage.text import clean

PACKAGES = ("textual", "rich", "PyYAML", "platformdirs")


def doctor(_options: Options) -> int:
    """Print what was found; exit code 1 when something needs mending."""
    lines, wrong = [*_versions()], False
    for look in (_paths, _terminal, _sound, _clock, _settings, _routine, _history):
        try:
            found, bad = look()
        except (OSError, NoHomeError) as error:
            found, bad = [(_("problem"), _sentence(error))], True
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
    python = _("{version} on {system}").format(version=platform.python_version(), system=platform.platform())
    lines = [("backtimer", __version__), ("python", python)]
    for package in PACKAGES:
        try:
            lines.append((package.lower(), version(package)))
        except PackageNotFoundError:
            lines.append((package.lower(), _("missing")))
    return lines


def _paths() -> _Found:
    paths = context.paths()
    wrong, lines = False, []
    for name, path, absent in (
        (_("settings"), paths.settings, _("{path} (not there: all as usual)")),
        (_("routines"), paths.routines, _("{path} (none of your own yet)")),
    ):
        told, why = "{path}", ""
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            told = absent
        except OSError as error:
            told, why, wrong = _("{path} (cannot be read: {why})"), error.strerror or "", True
        lines.append((name, told.format(path=path, why=why)))
    bundled = bundled_routines()
    there = is_folder(bundled)
    told = "{path}" if there else _("{path} (not there: this copy was made without them)")
    lines.append((_("bundled"), told.format(path=bundled)))
    return lines, wrong or not there


def _clock() -> _Found:
    problem = zone_problem()
    return [(_("time zone"), problem)] if problem else [], bool(problem)


def _terminal() -> _Found:
    columns, rows = shutil.get_terminal_size()
    front = _("full screen") if terminal.is_interactive() else _("plain lines")
    colours = os.environ.get("COLORTERM") or _("as TERM says")
    if os.environ.get("NO_COLOR"):
        colours = _("off (NO_COLOR)")
    return [
        (_("terminal"), f"{os.environ.get('TERM') or _('no TERM')}, {columns}x{rows}, {front}"),
        (_("colours"), colours),
        (_("encoding"), getattr(sys.stdout, "encoding", None) or _("unknown")),
    ], False


def _sound() -> _Found:
    """What a session is heard with; nothing that is missing here is a fault."""
    try:
        sound = context.sound_of(context.settings())
    except ProblemsError:
        sound = Sound()  # the mistake is told with the settings
    if sound.cues is None:
        return [(_("sound"), _("off, as it is set"))], False
    found = find_equipment(choice_of(sound, followed_language()), context.paths().sounds)
    player = found.player.name if found.player is not None else _("no player: the terminal's bell")
    trouble = found.voice.check() if found.voice is not None else ""
    voice = found.voice.name if found.voice is not None and not trouble else _("no voice: tones")
    told = (trouble, found.voice.note if found.voice is not None else "", found.cache.problem)
    return [
        (_("sound"), player if found.player is None else f"{player}; {voice}"),
        *(("", sentence) for sentence in (*found.advice, *dict.fromkeys(told)) if sentence),
        *([("", _("{variable} is set: sessions are silent.").format(variable=MUTE))] if is_muted() else []),
    ], False


def followed_language() -> str:
    """Of the routine that is followed; empty, as for English, when it cannot be read."""
    try:
        return context.library().load(context.settings().routine).language
    except (ProblemsError, UnknownRoutineError):
        return ""  # what is wrong is told with the routine


def _settings() -> _Found:
    try:
        chosen = context.settings()
    except ProblemsError as error:
        return [(_("problem"), line) for line in str(error).splitlines()], True
    return [(_("day begins"), f"{chosen.rollover:%H:%M}")], False


def _routine() -> _Found:
    try:
        name = context.settings().routine
    except ProblemsError:
        return [], True  # said with the settings
    try:
        routine = context.library().load(name)
    except ProblemsError as error:
        return [(_("problem"), line) for line in str(error).splitlines()], True
    except UnknownRoutineError as error:
        return [(_("problem"), str(error))], True
    return [(_("routine"), f"{routine.title} ({name})")], False


def _history() -> _Found:
    health = examine(context.paths().history, wall_clock())
    first, *rest = (line.strip() for line in health.lines())
    name, _colon, value = first.partition(": ")
    return [(name, value), *(("", line) for line in rest)], not health.ok


PHRASE = marked("Bird-dog. Set 1 of 3, left side. 3, 2, 1, lift.")
"""The one spoken phrase: a name, a number, a side and a count."""

_MEGABYTE = 1024 * 1024
_BREATH_S = 2.0
_GAP_S = 0.4
_ATTEMPTS = 4
_LONGEST_S = 20.0
"""After so long words that nobody has measured hang."""
_HANGS_S = 3.0
"""After so much more than its own length a sound hangs."""


def doctor_audio(_options: Options) -> int:
    """Tell what was found, and play everything; exit code 1 when nothing can be heard."""
    sound = context.sound_of(context.settings())
    choice = choice_of(sound._replace(cues=Verbosity.FULL), followed_language())
    found = find_equipment(choice, context.paths().sounds, sound.volume / 100)
    for name, value in _found(found, choice):
        print(f"{name + ':':12} {clean(value)}")
    voice = found.voice.name if found.voice is not None else ""
    better = better_voice(voice, sound.voices, sys.platform)
    for sentence in (*found.advice, *_silences(sound), *system_silences(sys.platform, shutil.which), *better):
        print(clean(sentence))
    if found.player is None:
        print(_("Without a player a session rings the terminal's bell."))
        return 1
    print("", flush=True)
    try:
        return _listen(found)
    finally:
        end_all()


def _silences(sound: Sound) -> list[str]:
    """Why a session is silent, or speaks no words, though all is there."""
    told = [_("{variable} is set: a session is silent.").format(variable=MUTE)] if is_muted() else []
    if sound.cues is None:
        told.append(_("The settings say 'off': a session is silent."))
    elif sound.cues is Verbosity.TONES:
        told.append(_("The settings say 'tones': a session has no words."))
    if sound.volume == 0:
        told.append(_("The settings say 'volume: 0': a session is silent."))
    return told


def _found(found: Equipment, choice: VoiceChoice) -> list[tuple[str, str]]:
    cache = found.cache
    rate = _("its own pace")
    if choice.rate is not None:
        rate = _("{number} words a minute").format(number=choice.rate)
    return [
        (_("player"), found.player.name if found.player is not None else _("none found")),
        (_("voice"), _voice(found)),
        (
            _("settings"),
            _("engine {engine}, voice {voice}, {rate}, {language}").format(
                engine=choice.engine,
                voice=choice.voice or _("as usual"),
                rate=rate,
                language=choice.language,
            ),
        ),
        (_("volume"), f"{found.volume:.0%}"),
        (
            _("cache"),
            _("{folder} ({used} of {limit} MB)").format(
                folder=cache.folder,
                used=f"{cache.size_bytes() / _MEGABYTE:.1f}",
                limit=f"{cache.limit_bytes / _MEGABYTE:.0f}",
            ),
        ),
    ]


def _voice(found: Equipment) -> str:
    """The voice, when it can speak, and what it lacks."""
    if found.voice is None:
        return _("none found: tones only")
    return found.voice.check() or ": ".join(part for part in (found.voice.name, found.voice.note) if part)


def _listen(found: Equipment, wait: Callable[[float], None] = time.sleep) -> int:
    """Play each sound with its name; the exit code."""
    maker = Renderer(found.voice, found.cache, found.volume, lambda: None)
    player, voice = found.player, found.voice
    assert player is not None
    # The quiet sound wakes the device, so that the first tone is heard from its beginning; and it finds out
    # which player can play.
    for _attempt in range(_ATTEMPTS):
        first = player.name
        _play(player, _file(maker, QUIET), wait)
        if player.problem or player.name == first:
            break
        told = _("{player} cannot play; {other} takes its place.")
        print(told.format(player=first, other=player.name))
    for tone in Tone:
        if player.problem:
            break
        print(f"{tone}: {tone.meaning}" if tone.meaning else tone.replace("-", " "), flush=True)
        _play(player, _file(maker, Wanted(tone=tone, seconds=_BREATH_S if tone in BREATHS else 0.0)), wait)
    if voice is not None and not player.problem:
        phrase = _(PHRASE)
        print(_("voice: {words}").format(words=phrase), flush=True)
        if voice.renders:
            _play(player, voice.render(phrase), wait)
        else:
            _hear(voice.say(phrase), _LONGEST_S, wait)
    troubles = (player.problem, voice.problem if voice is not None else "", found.cache.problem)
    for sentence in dict.fromkeys(sentence for sentence in troubles if sentence):
        print(clean(sentence))
    return 1 if player.problem else 0


def _file(maker: Renderer, sound: Wanted) -> Path | None:
    maker.need(sound)
    while maker.step():
        pass
    made = maker.made(sound)
    return None if made is None else made.path


def _play(player: Player, path: Path | None, wait: Callable[[float], None]) -> None:
    if path is None:
        print(f"  {_('(it cannot be made)')}")
        return
    _hear(player.play(path), (wav_length_s(path) or 0.0) + _HANGS_S, wait)


def _hear(sounding: Sounding | None, longest_s: float, wait: Callable[[float], None]) -> None:
    """Wait until it is over."""
    waited = 0.0
    while sounding is not None and not sounding.is_over() and waited < longest_s:
        wait(0.02)
        waited += 0.02
    if sounding is not None and not sounding.is_over():
        sounding.give_up()
    wait(_GAP_S)
