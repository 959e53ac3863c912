"""What this machine has for sound: found at start, and told by `doctor`."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from backtimer.audio import player as players
from backtimer.audio import voice as voices
from backtimer.audio.phrases_cache import SoundCache
from backtimer.audio.player import Player, Which, find_player
from backtimer.audio.voice import EngineVoice, VoiceChoice, find_voice


@dataclass(frozen=True, slots=True)
class Equipment:
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
    advice, lack = [], ""
    if voice is None and choice.engine != "none":
        lack = _short("There is no voice, only tones", voices.advice(platform, which))
    if player is None:
        lack = _short("Nothing can be heard", players.advice(platform, which))
        advice.append(players.advice(platform, which))
    if voice is None and choice.engine != "none":
        advice.append(voices.advice(platform, which))
    elif voice is not None and not voice.renders:
        advice.append("With espeak-ng too, words would be made ahead and counts exact.")
    return Equipment(player, voice, sounds, volume, tuple(advice), lack)


def _short(what: str, advice: str) -> str:
    """What is missing and how to get it, in one line: `Nothing can be heard: sudo apt install …`."""
    command = advice.partition(": ")[2]
    return f"{what}: {command}" if command else f"{what}. {advice}"
