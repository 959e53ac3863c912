"""The platform's own player of WAV files.

Of those that are installed the first one plays; one that fails gives way to the next, and when all have
failed, they are tried again every other second, one sound at a time: a sound server comes back, and a storm
of attempts, or a burst of all that it has missed, helps nobody.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from backtimer.audio.mixing import MixingPlayer
from backtimer.audio.processes import Child, spawn
from backtimer.language import _
from backtimer.values import NamedTuple

REST_S = 2.0
"""How long nothing is tried after every player has failed."""

Which = Callable[[str], str | None]


class Sounding(Protocol):
    """Something that is being heard."""

    def stop(self) -> None:
        """Silence it at once."""

    def is_over(self) -> bool:
        """Whether it has ended."""

    def give_up(self) -> None:
        """Silence it because it should have ended long ago: whoever plays it hangs."""


class Player(Protocol):
    """Plays WAV files."""

    @property
    def name(self) -> str:
        """The program that plays."""

    @property
    def problem(self) -> str:
        """Why nothing is heard, as a sentence; empty when all is well."""

    def play(self, path: Path) -> Sounding | None:
        """Begin to play a file; None when that cannot be."""


class Program(NamedTuple):
    """A program that plays one file and ends."""

    name: str
    options: tuple[str, ...] = ()
    """What goes before the file. Files are absolute paths, so that none can be taken for an option."""


CLIENT = "backtimer"
"""What sound servers know us by."""

LINUX = (
    # The role lets the system pull others down where it is set up to: a screen reader has the same one.
    # Asked for less than it would take by itself (2 s), the server lets a sound begin sooner and at an even
    # distance; with less than this a busy machine makes words crackle.
    Program(
        "paplay",
        (
            *(f"--client-name={CLIENT}", f"--stream-name={CLIENT}", "--property=media.role=a11y"),
            *("--latency-msec=60", "--"),
        ),
    ),
    Program("pw-play", ("--media-role=Accessibility", "--latency=60ms", "--")),
    Program("aplay", ("-q", "--")),
)
MACOS = (Program("afplay"),)


class ChildSounding:
    """What a child process plays or says."""

    def __init__(self, child: Child, on_end: Callable[[int | None], None] | None = None) -> None:
        self._child = child
        self._on_end = on_end
        self._over = False

    def stop(self) -> None:
        """End the child."""
        self._child.end()

    def is_over(self) -> bool:
        """Whether the child has ended; the first time that is so, it is told how."""
        if not self._over:
            code = self._child.exit_code()
            self._over = code is not None
            if code is not None and not self._child.was_ended and self._on_end is not None:
                self._on_end(code)
        return self._over

    def give_up(self) -> None:
        """End the child, and tell that it hung."""
        if not self.is_over():
            self._over = True
            self._child.end()
            if self._on_end is not None:
                self._on_end(None)


class ProgramPlayer:
    """Plays by a child process for each file.

    Args:
        programs: Those that are installed, the best first.
        clock: Seconds, from any origin.
    """

    def __init__(self, programs: Sequence[Program], clock: Callable[[], float] = time.monotonic) -> None:
        self._programs = tuple(programs)
        self._clock = clock
        self._index = 0
        self._rests_until: float | None = None
        self._trial: Sounding | None = None
        """The one sound that finds out whether there is something to be heard again."""
        self._problem = ""

    @property
    def name(self) -> str:
        """The program that plays."""
        return self._programs[self._index].name

    @property
    def problem(self) -> str:
        """Why nothing is heard."""
        return self._problem

    def play(self, path: Path) -> Sounding | None:
        """Begin to play a file; None while all players rest, or one is on trial."""
        if self._problem and self._trial is not None and not self._trial.is_over():
            return None
        if self._rests_until is not None:
            if self._clock() < self._rests_until:
                return None
            self._rests_until = None
        index = self._index
        program = self._programs[index]
        try:
            child = spawn([program.name, *program.options, str(path.absolute())])
        except OSError as error:
            self._failed(index, error.strerror or str(error))
            return None
        sounding = ChildSounding(child, lambda code: self._ended(index, code))
        self._trial = sounding if self._problem else None
        return sounding

    def _ended(self, index: int, code: int | None) -> None:
        """A sound is over, with this exit code, or None when it hung."""
        if code is None:
            self._failed(index, _("it hangs"))
        elif code:
            self._failed(index, _("exit code {number}").format(number=code))
        elif index == self._index:
            self._problem = ""

    def _failed(self, index: int, why: str) -> None:
        """One program could not play: the next one has its turn."""
        if index != self._index or self._rests_until is not None:
            return  # another sound of the same program has told already
        if index + 1 < len(self._programs):
            self._index = index + 1
            return
        tried = ", ".join(program.name for program in self._programs)
        told = _("Nothing can be heard: {players} cannot play ({why}). Trying again.")
        self._problem = told.format(players=tried, why=why)
        self._index = 0
        self._rests_until = self._clock() + REST_S


def find_player(platform: str = sys.platform, which: Which = shutil.which) -> Player | None:
    """The player that this machine has; None when there is none. No process is started."""
    if platform == "win32":
        return MixingPlayer("winsound", _Winsound())
    programs = [program for program in (MACOS if platform == "darwin" else LINUX) if which(program.name)]
    return ProgramPlayer(programs) if programs else None


def player_advice(platform: str = sys.platform, which: Which = shutil.which) -> str:
    """What to install so that there is a player, as a sentence."""
    command = player_command(platform, which)
    if command is None:
        return _("The system's own player is missing; there is nothing to install.")
    return _("For sound install a player: {command}.").format(command=command)


def player_command(platform: str = sys.platform, which: Which = shutil.which) -> str | None:
    """The command that installs a player; None where the system has its own."""
    if platform in {"win32", "darwin"}:
        return None
    return install("pulseaudio-utils", "pulseaudio-utils", which=which)


def install(debian: str, fedora: str, brew: str = "", which: Which = shutil.which) -> str:
    """The command that installs a package here; where none is known, what to install.

    Args:
        debian: The package's name there.
        fedora: The package's name there.
        brew: Its name in Homebrew; empty: none.
        which: Finds programs.
    """
    if which("apt") or which("apt-get"):
        return f"sudo apt install {debian}"
    if which("dnf"):
        return f"sudo dnf install {fedora}"
    if which("pacman"):
        return f"sudo pacman -S {'libpulse' if debian == 'pulseaudio-utils' else debian}"
    if brew and which("brew"):
        return f"brew install {brew}"
    return _("install the package {package}").format(package=debian)


if sys.platform == "win32":
    import winsound

    class _Winsound:
        """Plays a file in the background; the next one takes its place."""

        @staticmethod
        def start(path: Path) -> None:
            """Begin to play a file."""
            try:
                winsound.PlaySound(
                    str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
                )
            except RuntimeError as error:
                raise OSError(str(error)) from error

        @staticmethod
        def silence() -> None:
            """End it."""
            with suppress(RuntimeError):
                winsound.PlaySound(None, 0)

else:

    class _Winsound:
        """Stands for the player of Windows where there is none."""

        @staticmethod
        def start(path: Path) -> None:
            """Plays nothing."""
            raise OSError("there is no such player here")

        @staticmethod
        def silence() -> None:
            """Nothing is heard."""
