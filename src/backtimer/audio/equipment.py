"""All there is for sound: a player, a voice, the cache, what could be better, and what makes it silent."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from backtimer.audio import player as players
from backtimer.audio.cache import SoundCache
from backtimer.audio.clips import Clips
from backtimer.audio.engines import language_of, words_a_minute
from backtimer.audio.finding import VoiceChoice, find_engines, voice_advice, voice_command
from backtimer.audio.player import Player, Which, find_player
from backtimer.audio.processes import one_line, run_child
from backtimer.audio.voice import EngineVoice
from backtimer.language import _
from backtimer.values import NamedTuple


def find_voice(
    choice: VoiceChoice,
    cache: Path | SoundCache,
    volume: float = 1.0,
    *,
    platform: str = sys.platform,
    which: Which = shutil.which,
) -> EngineVoice | None:
    """The voice that this machine has for a choice; None when there is none. No process is started.

    Args:
        choice: What the person has settled.
        cache: Where phrases are kept.
        volume: 0 to 1, of what is rendered.
        platform: As `sys.platform` names it.
        which: Finds programs.
    """
    if choice.engine == "none":
        return None
    voice = one_line(choice.voice).strip()
    # A name that begins with a dash would be an option of the engine.
    voice = "" if voice.startswith("-") else voice
    language = language_of(choice.language)
    rate = words_a_minute(choice.rate)
    wanted = choice._replace(voice=voice, rate=rate, language=language)
    engines, note = find_engines(wanted, platform, which), ""
    if engines and choice.engine not in ("auto", engines[0][0]):
        # Settings that were made for another computer: better another voice than none.
        wanted = wanted._replace(engine="auto", voice="")
        engines = find_engines(wanted, platform, which)
        told = _("{engine} is not here; {other} speaks.")
        note = told.format(engine=one_line(choice.engine), other=engines[0][1].name)
    clips = Clips(Path(choice.clips)) if choice.clips else None
    if not engines and clips is None:
        return None
    if not language and choice.language and not voice:
        note = _("The language that is set is no language; the usual voice speaks.")
    kept = cache if isinstance(cache, SoundCache) else SoundCache(cache)
    return EngineVoice([each for _, each in engines], wanted, kept, volume, note=note, clips=clips)


class Equipment(NamedTuple):
    """Player, voice and cache, and what could be better."""

    player: Player | None
    voice: EngineVoice | None
    cache: SoundCache
    volume: float = 1.0
    """0 to 1."""
    advice: tuple[str, ...] = ()
    """What to install, a sentence each."""
    lack: str = ""
    """What makes a session less than it should be, as a line for a banner; empty when nothing is missing."""


def find_equipment(
    choice: VoiceChoice,
    cache: Path,
    volume: float = 1.0,
    *,
    platform: str = sys.platform,
    which: Which = shutil.which,
) -> Equipment:
    """Look for a player and a voice. No process is started.

    Args:
        choice: What the person has settled about the voice.
        cache: Where phrases and tones are kept.
        volume: 0 to 1.
        platform: As `sys.platform` names it.
        which: Finds programs.
    """
    sounds = SoundCache(cache)
    player = find_player(platform, which)
    voice = find_voice(choice, sounds, volume, platform=platform, which=which)
    advised, lack = [], ""
    if voice is None and choice.engine != "none":
        lack = _("There is no voice, only tones. {advice}").format(advice=voice_advice(platform, which))
        if (command := voice_command(platform, which)) is not None:
            lack = _("There is no voice, only tones: {command}.").format(command=command)
    if player is None:
        lack = _("Nothing can be heard. {advice}").format(advice=players.player_advice(platform, which))
        if (command := players.player_command(platform, which)) is not None:
            lack = _("Nothing can be heard: {command}.").format(command=command)
        advised.append(players.player_advice(platform, which))
    if voice is None and choice.engine != "none":
        advised.append(voice_advice(platform, which))
    elif voice is not None and not voice.renders:
        advised.append(_("With espeak-ng too, words would be made ahead and counts exact."))
    return Equipment(player, voice, sounds, volume, tuple(advised), lack)


_ANSWERING_S = 2.0

_LOW = 15
"""Percent; less than this is hard to hear from a mat."""

_DUMMY = "auto_null"
"""What PulseAudio and PipeWire play on where there is nothing else."""


def system_silences(platform: str, which: Which) -> tuple[str, ...]:
    """Why the system lets nothing be heard, or hardly anything, a sentence each; it takes a moment.

    Args:
        platform: As `sys.platform` names it.
        which: Finds programs.
    """
    looks: tuple[tuple[str, Callable[[str], tuple[str, ...]]], ...]
    looks = (("osascript", _macos),) if platform == "darwin" else (("pactl", _pulse), ("wpctl", _pipewire))
    for name, look in looks:
        program = which(name)
        if program is not None and platform != "win32":
            return look(program)
    return ()


def _pulse(program: str) -> tuple[str, ...]:
    if _printed(program, "get-default-sink").strip() == _DUMMY:
        return (_("The system sees nothing to play on: are the loudspeakers or headphones connected?"),)
    muted = "yes" in _printed(program, "get-sink-mute", "@DEFAULT_SINK@")
    volumes = re.findall(r"(\d+)%", _printed(program, "get-sink-volume", "@DEFAULT_SINK@"))
    loudest = max(map(int, volumes), default=None)
    turn_up = f"pactl set-sink-volume @DEFAULT_SINK@ {_ENOUGH}%"
    return _told(loudest, muted, turn_up, "pactl set-sink-mute @DEFAULT_SINK@ no")


def _pipewire(program: str) -> tuple[str, ...]:
    printed = _printed(program, "get-volume", "@DEFAULT_AUDIO_SINK@")
    found = re.search(r"Volume: (\d+\.\d+)", printed)
    volume = None if found is None else round(100 * float(found[1]))
    turn_up = f"wpctl set-volume @DEFAULT_AUDIO_SINK@ {_ENOUGH}%"
    return _told(volume, "[MUTED]" in printed, turn_up, "wpctl set-mute @DEFAULT_AUDIO_SINK@ 0")


def _macos(program: str) -> tuple[str, ...]:
    printed = _printed(program, "-e", "get volume settings")
    found = re.search(r"output volume:(\d+)", printed)
    volume = None if found is None else int(found[1])  # a device with a wheel of its own tells none
    muted = "output muted:true" in printed
    unmute = "osascript -e 'set volume without output muted'"
    return _told(volume, muted, f"osascript -e 'set volume output volume {_ENOUGH}'", unmute)


_ENOUGH = 60
"""Percent."""


def _told(volume: int | None, muted: bool, turn_up: str, unmute: str) -> tuple[str, ...]:
    """Sentences about what was found, with what helps."""
    told = []
    if muted:
        told.append(_("The system's sound is muted; to hear something: {command}").format(command=unmute))
    if volume is not None and volume < _LOW:
        low = _("The system's volume is at 0: nothing can be heard; louder: {command}")
        if volume:
            low = _("The system's volume is at {percent}%, which is hard to hear; louder: {command}")
        told.append(low.format(percent=volume, command=turn_up))
    return tuple(told)


def _printed(program: str, *arguments: str) -> str:
    """What a program prints, in English; nothing when it fails."""
    with suppress(OSError):
        code, printed = run_child([program, *arguments], timeout_s=_ANSWERING_S, environment={"LC_ALL": "C"})
        if code == 0:
            return printed
    return ""
