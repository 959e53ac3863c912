"""Textual's terminal driver for Unix, made to bear what terminals really do.

On the driver as it is (Textual 8.2) a reply that is not understood arrives as letters, absurd numbers in a
sequence or a byte that is no UTF-8 end the app, a standard error that is redirected swallows the picture, and
an output that fails hangs the app. So what comes from the terminal is taken apart by our own reader, and what
goes to it is written by our own writer.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import tty
from contextlib import suppress
from types import FrameType
from typing import Any

from textual import _time, events, messages
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import _character_to_key
from textual.message import Message

from backtimer.core.terminal.keyboard import Paste, Press, TerminalReport, Token
from backtimer.core.terminal.terminal_input import EarlyKeys, TerminalInput, escape_delay_s

_POLL_S = 0.1
"""How often the reading thread looks whether it should end."""

_READ_BYTES = 4096

_WAITING_READS = 256
"""So many reads of what waits in the terminal are thrown away at most: a flood does not keep us waiting."""

_ENTER = "\x1b[?1049h"
"""To the alternate screen, as Textual writes it."""

_SOON_S = 0.005
"""The same while something waits to be handed on."""

_WIPE = "\x1b[0m\x1b[H\x1b[2J"
"""Where there is no alternate screen to leave (GNU screen), the picture would stay."""


_UNTITLED = ("linux", "vt", "dumb")
"""The beginnings of TERM where there is no window, and a title would be written on the screen."""

_KEEP_TITLE = "\x1b[22;2t"
_BRING_TITLE_BACK = "\x1b]2;\x07\x1b[23;2t"
"""What xterm and others keep on a stack; where there is none, an empty title is the terminal's own."""


class _Output:
    """The terminal's end of standard output. A terminal that is gone, or full, raises nothing here.

    Standard output is what was found to be a terminal; standard error may well be a file.
    """

    def __init__(self, fileno: int) -> None:
        self._fileno = fileno
        self._pending: list[str] = []

    def fileno(self) -> int:
        return self._fileno

    def write(self, text: str) -> None:
        self._pending.append(text)

    def flush(self) -> None:
        data = memoryview("".join(self._pending).encode("utf-8", "replace"))
        self._pending.clear()
        while data:
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:  # somebody else made it non-blocking
                select.select([], [self._fileno], [], _POLL_S)
            except OSError:
                return


class SteadyDriver(LinuxDriver):
    """The driver that survives stray input and output, and being stopped and continued."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if sys.__stdout__ is not None:
            self._file = _Output(sys.__stdout__.fileno())  # type: ignore[assignment]
        self._mouse_parser = XTermParser()
        self._title = ""
        self._has_read = False
        """The input has been read before, by another thread than the present one."""
        self._entered = getattr(self._app, "early_keys", None) is not None
        """Who has painted the first frame has entered the alternate screen."""

    # ------------------------------------------------------------------ reading

    def _query_in_band_window_resize(self) -> None:
        """Never ask for sizes as input: the system tells the size, and a stray reply cannot."""

    def _run_input_thread(self) -> None:
        """Read; what goes wrong here ends the app as a mistake anywhere else does."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Wait for input and hand it on, as long as the app wants it."""
        early: EarlyKeys | None = getattr(self._app, "early_keys", None)
        waiting: list[Token] = []
        """What was typed when the first frame was to be seen, and nobody there yet to obey it."""
        if early is None or self._has_read:
            reader = TerminalInput(escape_delay_s(os.environ))
            self._forget_waiting(reader)
        else:
            reader = early.reader
            waiting += early.tokens
        self._has_read = True
        while not self.exit_event.is_set():
            if waiting and self._app.seen.is_set():  # type: ignore[attr-defined]
                for token in waiting:
                    self._hand_on(token)
                waiting.clear()
            now = _time.get_time()
            poll = _SOON_S if waiting else _POLL_S
            patience = poll if reader.due is None else min(poll, max(0.0, reader.due - now))
            if self._is_readable(patience):
                data = self._read()
                if not data:  # the terminal is gone: others notice, and end the app
                    self.exit_event.wait(_POLL_S)
                tokens = reader.feed(data, _time.get_time())
            else:
                tokens = reader.tick(_time.get_time())
            for token in tokens:
                if early is not None and self._is_too_early(token):
                    waiting.append(token)
                else:
                    self._hand_on(token)

    def _is_too_early(self, token: Token) -> bool:
        """Whether it is for a screen that is not there yet; who wants to leave does not wait for it."""
        return (
            not isinstance(token, TerminalReport)
            and not self._app.seen.is_set()  # type: ignore[attr-defined]
            and not (isinstance(token, Press) and token.key == "ctrl+c")
        )

    def _forget_waiting(self, reader: TerminalInput) -> None:
        """What was typed before there was anything to see is no command.

        It is read and not flushed: half an answer is still known for one when its other half comes.
        """
        for _ in range(_WAITING_READS):
            if not self._is_readable(0.0):
                break
            data = self._read()
            if not data:
                break
            for token in reader.feed(data, _time.get_time()):
                if isinstance(token, Press) and token.key == "ctrl+c":
                    self._hand_on(token)
        reader.forget()

    def _is_readable(self, patience_s: float) -> bool:
        return bool(select.select([self.fileno], [], [], patience_s)[0])

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ_BYTES)
        except OSError:
            return b""

    def _hand_on(self, token: Token) -> None:
        message = self._message_of(token)
        if message is None:
            return
        message.time = token.at  # a key belongs to what was on the screen when it was read
        self.process_message(message)
        if isinstance(token, Press) and token.key == "ctrl+c":
            # The guard sees to it that the program ends, even if nobody takes messages any more.
            os.kill(os.getpid(), signal.SIGINT)

    def _message_of(self, token: Token) -> Message | None:
        if isinstance(token, Press):
            return events.Key(_textual_name(token.key), token.character)
        if isinstance(token, Paste):
            return events.Paste(token.text)
        return self._message_of_report(token)

    def _message_of_report(self, report: TerminalReport) -> Message | None:
        sequence = report.sequence
        if sequence == "\x1b[I":
            return events.AppFocus()
        if sequence == "\x1b[O":
            return events.AppBlur()
        if sequence.startswith("\x1b[<"):
            return self._mouse_parser.parse_mouse_code(sequence)
        if sequence in ("\x1b[?2026;1$y", "\x1b[?2026;2$y", "\x1b[?2026;3$y"):
            return messages.TerminalSupportsSynchronizedOutput()
        return None

    # ------------------------------------------------------------------ coming and going

    def write(self, data: str) -> None:
        """Write; the alternate screen is entered once, since many terminals clear it at the second time."""
        if data == _ENTER and self._entered:
            self._entered = False
            return
        super().write(data)

    def title_window(self, text: str) -> None:
        """Give the terminal's window a title; an empty one brings the one before back.

        Args:
            text: The title, in which nothing steers the terminal.
        """
        if os.environ.get("TERM", "").startswith(_UNTITLED) or text == self._title:
            return
        if text:
            self.write(f"{'' if self._title else _KEEP_TITLE}\x1b]2;{text}\x07")
        else:
            self.write(_BRING_TITLE_BACK)
        self._title = text
        self.flush()

    def stop_application_mode(self) -> None:
        """Leave the screen as it was found, also where it is the only one there is."""
        self.title_window("")
        self.write(_WIPE)
        super().stop_application_mode()

    def _sigcont_application(self, *arguments: int | FrameType | None) -> None:
        """Go on after a stop.

        After SIGTSTP the driver had left the terminal and now comes back. After SIGSTOP it never left, so
        that coming back would start everything a second time; only the terminal's modes have to be set
        anew, since the shell has put its own in place.
        """
        if self._must_signal_resume:
            super()._sigcont_application(*arguments)
            return
        with suppress(termios.error):
            modes = termios.tcgetattr(self.fileno)
            modes[tty.LFLAG] = self._patch_lflag(modes[tty.LFLAG])
            modes[tty.IFLAG] = self._patch_iflag(modes[tty.IFLAG])
            termios.tcsetattr(self.fileno, termios.TCSANOW, modes)
        self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h")
        self._enable_bracketed_paste()
        self._disable_line_wrap()
        self._enable_mouse_support()
        self._app.call_later(self._app.refresh, layout=True)


def _textual_name(key: str) -> str:
    """What Textual calls a key: characters that are no letters and digits have names there."""
    before, plus, last = key.rpartition("+") if len(key) > 1 and not key.endswith("+") else ("", "", key)
    if len(last) == 1 and not last.isalnum():
        last = _character_to_key(last)
    return f"{before}{plus}{last}"
