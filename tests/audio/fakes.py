"""Stand-ins: programs that do as they are told, a player that only notes, a voice that only counts."""

from __future__ import annotations

import ast
import sys
import wave
from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shlex import quote
from zlib import crc32

from backtimer.audio.player import Sounding
from backtimer.audio.waves import wav_bytes

_PROGRAM = """\
#!{python} -IS
import os, sys, time
with open({log!r}, "a") as log:
    arguments = sys.argv[1:]
    given = "" if sys.stdin.isatty() else sys.stdin.read()
    facts = dict(name={name!r}, arguments=arguments, text=given, pid=os.getpid(), session=os.getsid(0))
    log.write(ascii(facts) + "\\n")
{body}
"""

_SHORT_PROGRAM = """\
#!/bin/sh
given=
[ -t 0 ] || given=$(/bin/cat; printf x)
read -r _ _ _ _ _ session _ < /proc/$$/stat
{{ printf '%s\\036' "$$" "$session" "${{given%x}}" "$@"; printf '\\035'; }} >> {log}
"""
"""One that only notes how it was called: a tenth of what it takes to start Python."""


_SHELL = Path("/proc/self/stat").exists() and Path("/bin/cat").exists()

_OUR_PYTHON = sys.executable
"""A test may say that another one is ours."""


class Programs:
    """A folder that the PATH begins with, of programs that write down how they were called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder / "calls"

    def add(self, name: str, body: str = "") -> Path:
        """Add a program; `body` is what it does besides, in Python."""
        path = self.folder / name
        if body or not _SHELL:
            text = _PROGRAM.format(python=_OUR_PYTHON, log=str(self._log), name=name, body=body)
        else:
            text = _SHORT_PROGRAM.format(log=quote(str(self._noted(name))))
        path.write_text(text)
        path.chmod(0o755)
        return path

    def which(self, name: str) -> str | None:
        """Finds these programs and no others."""
        path = self.folder / name
        return str(path) if path.exists() else None

    def calls(self, name: str) -> list[dict[str, object]]:
        """How a program was called, each time."""
        rows: list[dict[str, object]] = []
        if self._log.exists():
            rows += [ast.literal_eval(line) for line in self._log.read_text().splitlines()]
        if self._noted(name).exists():
            for line in self._noted(name).read_text().split("\035")[:-1]:
                pid, session, given, *arguments = line.split("\036")[:-1]
                facts = {"arguments": arguments, "text": given, "pid": int(pid), "session": int(session)}
                rows.append({"name": name, **facts})
        return [row for row in rows if row["name"] == name]

    def _noted(self, name: str) -> Path:
        return self.folder / f"{name}.calls"


def rendering(source: Path, option: str) -> str:
    """The body of an engine that renders: it copies a file to where the option says."""
    return (
        f"if {option!r} in arguments:\n"
        f"    target = arguments[arguments.index({option!r}) + 1]\n"
        f"    open(target, 'wb').write(open({str(source)!r}, 'rb').read())\n"
    )


def write_wav(path: Path, samples: Sequence[int], rate: int = 22_050, channels: int = 1) -> Path:
    """A WAV file as an engine may write it."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", samples).tobytes())
    return path


def words_with_silence(before: int = 4_000, words: int = 11_025, after: int = 6_000) -> list[int]:
    """Samples of something loud between silences."""
    return [0] * before + [8_000, -8_000] * (words // 2) + [0] * after


class Clock:
    """Seconds, moved by hand."""

    def __init__(self, now: float = 100.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Note:
    """A sound that a fake player plays."""

    def __init__(self, what: str, ends: Callable[[], bool]) -> None:
        self.what = what
        self._ends = ends
        self.stopped = False
        self.given_up = False

    def stop(self) -> None:
        self.stopped = True

    def give_up(self) -> None:
        self.stopped = self.given_up = True

    def is_over(self) -> bool:
        return self.stopped or self._ends()


class FakePlayer:
    """Notes what it is asked to play; a sound lasts as long as its file."""

    name = "fake"

    def __init__(self, clock: Clock) -> None:
        self.problem = ""
        self.hangs = False
        self.works = True
        self.notes: list[Note] = []
        self._clock = clock

    def play(self, path: Path) -> Sounding | None:
        if not self.works:
            return None
        ends = self._clock.now + (path.stat().st_size - 44) / 44_100
        note = Note(path.stem, lambda: not self.hangs and self._clock.now >= ends)
        self.notes.append(note)
        return note


_NAME_LENGTH = 200
"""Of a text that is the whole name of its file; a file system takes some 250 bytes."""


class FakeVoice:
    """Renders every text to a file named after it, of the length it was told; or speaks it at once."""

    name = "fake, English"

    def __init__(self, folder: Path, clock: Clock, renders: bool = True) -> None:
        self.renders = renders
        self.slow = False
        self.problem = ""
        self.lengths: dict[str, float] = {}
        self.rendered: list[str] = []
        self.spoken: list[Note] = []
        self.speaking_s = 1.0
        self.learned: dict[str, str] = {}
        self._folder = folder
        self._clock = clock

    def learn(self, texts: Mapping[str, str]) -> None:
        self.learned |= texts

    def render(self, text: str, *, gently: bool = False) -> Path | None:
        self.rendered.append(text)
        name = text if len(text) <= _NAME_LENGTH else f"{text[:_NAME_LENGTH]} {crc32(text.encode())}"
        path = self._folder / f"{name}.wav"
        path.write_bytes(wav_bytes(array("h", [9] * round(self.lengths.get(text, 1.0) * 22_050))))
        return path

    def length_s(self, text: str) -> float | None:
        return self.lengths.get(text)

    def retry_s(self, text: str) -> float | None:
        return None

    def say(self, text: str) -> Sounding | None:
        ends = self._clock.now + self.speaking_s
        note = Note(text, lambda: self._clock.now >= ends)
        self.spoken.append(note)
        return note
