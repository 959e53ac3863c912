"""All there is for sound: a player, a voice, the cache, and what could be better."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from backtimer.audio import player as players
from backtimer.audio.cache import SoundCache
from backtimer.audio.clips import Clips
from backtimer.audio.engines import language_of, words_a_minute
from backtimer.audio.finding import VoiceChoice, find_engines, voice_advice, voice_command
from backtimer.audio.player import Player, Which, find_player
from backtimer.audio.processes import one_line
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
