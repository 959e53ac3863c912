"""Whether the system itself makes all sound silent: muted, turned down, or with nothing to play it on."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from backtimer.audio.player import Which
from backtimer.audio.processes import run_child
from backtimer.language import _

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
