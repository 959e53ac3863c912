"""Other players are pulled down while words sound, where the system can do that, and put back afterwards.

PulseAudio, and PipeWire in its place, give each stream a volume of its own, which `pactl` sets. A small shell
stands by that puts back what is pulled down when backtimer is gone, however it ended: it waits for the end of
a pipe.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from backtimer.audio.player import CLIENT, Which
from backtimer.audio.processes import run_child
from backtimer.values import NamedTuple

LOWERED = 0.45
"""What is left of a stream's volume, on the scale of `pactl`, which is cubic: 21 dB less."""

HELD_S = 1.2
"""They are put back so long after the last word: not between two counts."""

LOOK_AGAIN_S = 1.0
"""How often it is looked, while words sound, whether another stream has begun."""

RESTS_S = 5.0
"""How long nothing is tried after the sound server did not answer."""

_ANSWER_S = 1.0
"""A server that takes longer does not answer."""

_CLOSING_S = 1.5
"""What putting back may take at the end; the guard does what is left."""

_LEFT_ALONE = frozenset({"a11y", "phone", "event"})
"""Roles of streams that have something to say as well."""

_SPEAKING = ("speech-dispatcher", "sd_", "espeak", "festival", "piper", "orca")
"""How the programs of screen readers, and of our own voices, begin."""

_GUARD = """\
while IFS= read -r line; do last=$line; done
IFS=";"
for one in $last; do IFS=" "; "$0" set-sink-input-volume $one; done
"""
"""Remembers the last line that it was told, and at the end of its input puts back what stands there."""


class _Stream(NamedTuple):
    """What another program plays."""

    number: int
    volumes: tuple[int, ...]
    """Of each channel; 65536 is all."""
    player: tuple[str, ...]
    """By which it is known again after the server was restarted: streams have other numbers then."""


class _Pulled(NamedTuple):
    """A stream that is pulled down."""

    stream: _Stream
    """As it was before."""
    now: tuple[int, ...]


class Ducker:
    """Pulls other players down while words sound, in a thread of its own: nobody waits for it.

    Args:
        pactl: The program, as an absolute path.
        clock: Seconds, from any origin.
    """

    def __init__(self, pactl: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._pactl = pactl
        self._clock = clock
        self._changed = threading.Condition()
        self._talks = self._closing = self._is_down = False
        self._silent_s = self._looked_s = self._rests_until_s = -math.inf
        self._pulled: dict[int, _Pulled] = {}
        self._guard: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def hear(self, talks: bool) -> None:
        """Note whether words sound now."""
        if talks == self._talks:
            return
        with self._changed:
            self._talks = talks
            if not talks:
                self._silent_s = self._clock()
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, daemon=True, name="backtimer-ducking")
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Put everything back, within a second or so."""
        with self._changed:
            self._closing, self._talks = True, False
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(_CLOSING_S)
        guard, self._guard = self._guard, None
        if guard is not None and guard.stdin is not None:
            with suppress(OSError):
                guard.stdin.close()  # what is still down is put back now
            with suppress(subprocess.TimeoutExpired):
                guard.wait(_CLOSING_S)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._closing and (wait_s := self._until_next()) > 0:
                    self._changed.wait(None if math.isinf(wait_s) else wait_s)
                closing, wanted = self._closing, self._is_wanted()
            with suppress(Exception):  # a session goes on, whatever others play
                self._pull_down() if wanted and not closing else self._put_back()
            if closing:
                return

    def _is_wanted(self) -> bool:
        return not self._closing and (self._talks or self._clock() - self._silent_s < HELD_S)

    def _until_next(self) -> float:
        """Seconds until there is something to do, as things stand."""
        now = self._clock()
        if self._is_wanted():
            due_s = max(self._looked_s + LOOK_AGAIN_S if self._is_down else now, self._rests_until_s)
            return due_s - now if self._talks else min(due_s, self._silent_s + HELD_S) - now
        return max(0.0, self._rests_until_s - now) if self._is_down else math.inf

    def _pull_down(self) -> None:
        self._is_down, self._looked_s = True, self._clock()
        streams = self._others()
        new = [stream for stream in streams if self._pulled_as(stream) is None and any(stream.volumes)]
        for stream in new:
            lowered = tuple(round(one * LOWERED) for one in stream.volumes)
            self._pulled[stream.number] = _Pulled(stream, lowered)
        if new and self._warn_guard():
            for stream in new:
                self._set(stream.number, self._pulled[stream.number].now)

    def _pulled_as(self, stream: _Stream) -> _Pulled | None:
        """What a stream was before it was pulled down; None: it was not, or somebody has changed it since."""
        here = self._pulled.get(stream.number)
        for pulled in (here,) if here is not None else tuple(self._pulled.values()):
            if pulled.now == stream.volumes and pulled.stream.player == stream.player:
                return pulled
        return here

    def _put_back(self) -> None:
        """Put back what has the volume that it was given; what somebody has changed since is left so."""
        if self._pulled:
            for stream in self._others():
                pulled = self._pulled_as(stream)
                if pulled is not None and stream.volumes == pulled.now:
                    self._set(stream.number, pulled.stream.volumes)
            self._pulled = {}
            self._warn_guard()
        self._is_down = False

    def _others(self) -> Sequence[_Stream]:
        """What other programs play.

        Raises:
            OSError: The server does not tell.
        """
        code, printed = run_child(
            [self._pactl, "--format=json", "list", "sink-inputs"],
            timeout_s=_ANSWER_S,
            environment={"LC_ALL": "C"},
        )
        if code != 0:
            self._rests_until_s = self._clock() + RESTS_S
            raise OSError("the sound server does not answer")
        return [_stream(each) for each in json.loads(printed) if _gives_way(each.get("properties", {}))]

    def _set(self, number: int, volumes: Sequence[int]) -> None:
        command = [self._pactl, "set-sink-input-volume", str(number), *map(str, volumes)]
        run_child(command, timeout_s=_ANSWER_S)

    def _warn_guard(self) -> bool:
        """Tell the guard what is to be put back; without one nothing is pulled down."""
        if self._guard is None:
            self._guard = subprocess.Popen(
                ["/bin/sh", "-c", _GUARD, self._pactl],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        lines = (" ".join(map(str, (number, *one.stream.volumes))) for number, one in self._pulled.items())
        assert self._guard.stdin is not None
        try:
            self._guard.stdin.write(f"{';'.join(lines)}\n".encode())
            self._guard.stdin.flush()
        except OSError:
            self._guard = None  # another one stands by the next time
            return False
        return True


def find_ducker(platform: str = sys.platform, which: Which = shutil.which) -> Ducker | None:
    """What pulls other players down on this machine; None where nothing can. No process is started."""
    found = which("pactl") if platform not in ("win32", "darwin") else None
    return None if found is None else Ducker(found)


def _stream(told: Mapping[str, Any]) -> _Stream:
    volumes = tuple(int(each["value"]) for each in told["volume"].values())
    known = told.get("properties", {})
    player = tuple(str(known.get(name, "")) for name in ("application.name", "application.process.binary"))
    return _Stream(int(told["index"]), volumes, player)


def _gives_way(properties: Mapping[str, str]) -> bool:
    """Whether a stream is neither ours nor one that speaks to the person as well."""
    names = (properties.get("application.name", ""), properties.get("application.process.binary", ""))
    ours = CLIENT in names
    speaks = any(name.lower().startswith(_SPEAKING) for name in names)
    return not (ours or speaks or properties.get("media.role") in _LEFT_ALONE)
