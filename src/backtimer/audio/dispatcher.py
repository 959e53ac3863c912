"""speech-dispatcher, which speaks and cannot render, by its own protocol (SSIP).

Its client `spd-say` can only silence everybody, a screen reader, too; and it takes a percent sign in a text
for a command. A connection of our own silences its own words alone.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from backtimer.audio.engines import RENDERING_S, Ended, identity_of
from backtimer.audio.player import Sounding
from backtimer.audio.processes import one_line, run_child
from backtimer.language import _

_CONNECTING_S = 2.0
_ANSWERING_S = 3.0

_SLOWEST, _USUAL, _FASTEST = 80, 170, 449
"""Words a minute at -100, 0 and 100, as its module for espeak-ng has them."""

_ENDED, _CANCELLED = 702, 703
"""Events of a message."""


def dispatcher_rate(words_a_minute: int) -> int:
    """A pace as speech-dispatcher takes it, from -100 to 100."""
    span = _USUAL - _SLOWEST if words_a_minute < _USUAL else _FASTEST - _USUAL
    return max(-100, min(100, round(100 * (words_a_minute - _USUAL) / span)))


class SpeechDispatcher:
    """speech-dispatcher. It has a voice for most languages, and knows itself which.

    Args:
        program: Its client `spd-say`, which starts it where it does not run yet.
        voice: One of its voices by name; empty: the one it has for the language.
        rate: Words a minute; None: as it is set.
        language: The one that the voice is for.
    """

    name = "speech-dispatcher"
    renders = levels = False
    says = True

    def __init__(self, program: Path, voice: str, rate: int | None, language: str) -> None:
        self.program = program
        self.note = self.stand_in = ""
        self._voice = voice
        self._rate = rate
        self._language = language

    def speaks(self, language: str, *, ask: bool = True) -> bool | None:
        """It is taken to have a voice for each language."""
        return True

    def identity(self, language: str) -> tuple[object, ...]:
        """Nothing of it is kept."""
        return identity_of(self.program)

    def voice_name(self, language: str) -> str:
        """It is known by its language."""
        return ""

    def render(self, text: str, target: Path, language: str, *, gently: bool) -> int | None:
        """It cannot."""
        return 1

    def missing(self) -> str:
        """What it lacks: it lists what can speak for it, and the dummy only says that nothing can."""
        try:
            with _Connection(self.program) as connection:
                code, lines = connection.ask("LIST OUTPUT_MODULES")
        except TimeoutError:
            return _("{engine} hangs").format(engine=self.name)
        except OSError as error:
            told = _("{engine} cannot be reached ({why})")
            return told.format(engine=self.name, why=error.strerror or error)
        if code < 300 and set(lines[:-1]) - {"", "dummy"}:
            return ""
        return _("{engine} has no voice").format(engine=self.name)

    def say(self, text: str, language: str, on_end: Ended) -> Sounding:
        """Begin to speak."""
        connection = _Connection(self.program)
        try:
            self._settle(connection, language)
            connection.speak(one_line(text))
        except OSError:
            connection.close()
            raise
        return DispatchedWords(connection, on_end)

    def _settle(self, connection: _Connection, language: str) -> None:
        connection.ask("SET self CLIENT_NAME unknown:backtimer:main")
        for event in ("END", "CANCEL"):
            connection.ask(f"SET self NOTIFICATION {event} on")
        if language:
            connection.ask(f"SET self LANGUAGE {language}")
        if self._rate is not None:
            connection.ask(f"SET self RATE {dispatcher_rate(self._rate)}")
        if self._voice and (not self._language or language == self._language):
            code, _lines = connection.ask(f"SET self SYNTHESIS_VOICE {self._voice}")
            if code >= 300:
                told = _("{engine} has no voice '{voice}'; another one speaks.")
                self.note = told.format(engine="speech-dispatcher", voice=self._voice)
                self.stand_in = _("another voice")


class _Connection:
    """A connection of our own. OSError when it cannot be made, or breaks."""

    def __init__(self, program: Path) -> None:
        try:
            self._socket = _connected()
        except OSError:
            # It listens when somebody asks for it; the client knows how to start it.
            run_child([str(program), "-O"], timeout_s=RENDERING_S)
            self._socket = _connected()
        self._pending = b""

    def __enter__(self) -> _Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, command: str) -> tuple[int, list[str]]:
        """Give a command; the code of its reply, and the reply's lines."""
        self._socket.settimeout(_ANSWERING_S)
        self._socket.sendall(f"{command}\r\n".encode("utf-8", "replace"))
        for code, lines in self.replies():
            if code < 700:  # others are events
                return code, lines
        raise ConnectionResetError(0, _("it has closed the connection"))

    def speak(self, text: str) -> None:
        """Have a text said. OSError when it is refused."""
        self.ask("SPEAK")
        # A line that begins with a dot has one more; the dot alone is the end.
        code, lines = self.ask(f"{'.' if text.startswith('.') else ''}{text}\r\n.")
        if code >= 300:
            raise OSError(0, lines[-1].lower())

    def replies(self) -> Iterator[tuple[int, list[str]]]:
        """Replies and events as they come, until the connection ends."""
        lines: list[str] = []
        while True:
            end = self._pending.find(b"\n")
            if end < 0:
                piece = self._socket.recv(4096)
                if not piece:
                    return
                self._pending += piece
                continue
            line = self._pending[:end].decode("utf-8", "replace").rstrip("\r")
            self._pending = self._pending[end + 1 :]
            lines.append(line[4:])
            if line[3:4] != "-" and line[:3].isdigit():
                yield int(line[:3]), lines
                lines = []

    def wait(self) -> int:
        """Wait for the end of what is said: the code of the event, 0 when the connection ended."""
        with suppress(OSError):
            self._socket.settimeout(None)
            for code, _ in self.replies():
                if code in (_ENDED, _CANCELLED):
                    return code
        return 0

    def cancel(self) -> None:
        """Silence our own words, and nobody else's."""
        with suppress(OSError):
            self._socket.sendall(b"CANCEL self\r\n")

    def close(self) -> None:
        """End it; whoever waits for it waits no longer."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _connected() -> socket.socket:
    """A socket to where speech-dispatcher listens."""
    told = os.environ.get("SPEECHD_ADDRESS", "")
    method, _sign, place = told.partition(":")
    if method == "inet_socket":
        host, _sign, port = place.partition(":")
        return socket.create_connection(
            (host or "localhost", int(port) if port.isdigit() else 6560), _CONNECTING_S
        )
    if not hasattr(socket, "AF_UNIX"):
        raise FileNotFoundError(2, _("it is not here"))
    if not place:
        runtime = os.environ.get("XDG_RUNTIME_DIR")
        base = Path(runtime) if runtime else Path.home() / ".cache"
        place = str(base / "speech-dispatcher" / "speechd.sock")
    found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    found.settimeout(_CONNECTING_S)
    try:
        found.connect(place)
    except OSError:
        found.close()
        raise
    return found


class DispatchedWords:
    """Words that speech-dispatcher has been given."""

    def __init__(self, connection: _Connection, on_end: Ended) -> None:
        self._connection = connection
        self._on_end = on_end
        self._is_told = False
        self._event: int | None = None
        threading.Thread(target=self._wait, daemon=True, name="backtimer-dispatcher").start()

    def stop(self) -> None:
        """Silence them."""
        self._is_told = True
        self._connection.cancel()
        self._connection.close()

    def is_over(self) -> bool:
        """Whether they have been said; the first time that is so, it is told how."""
        if self._event is None:
            return self._is_told
        if not self._is_told:
            self._is_told = True
            # Cancelled by somebody else, a screen reader say: that is no fault.
            self._on_end(0 if self._event in (_ENDED, _CANCELLED) else 1)
        return True

    def give_up(self) -> None:
        """Silence them, and tell that they hung."""
        if not self.is_over():
            self.stop()
            self._on_end(None)

    def _wait(self) -> None:
        self._event = self._connection.wait()
        self._connection.close()
