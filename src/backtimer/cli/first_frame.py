"""Today's first frame, painted before Textual is there: what one reads needs none of it.

The terminal is put in order first, so that no key is echoed into the picture; then the alternate screen is
entered, once. What is typed from then on is kept for the app, what was typed before is forgotten.
"""

from __future__ import annotations

import os
import select
import shutil
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from backtimer.cli.terminal import LEAVE_SEQUENCES
from backtimer.core.picture.ansi import AnsiPainter, colour_depth
from backtimer.core.picture.key_line import key_row
from backtimer.core.picture.palette import DARK_COLOURS, LIGHT_COLOURS, is_light
from backtimer.core.picture.today_keys import APP_KEYS, TODAY_KEYS, line_keys
from backtimer.core.picture.today_page import ListPlace, today_page
from backtimer.core.terminal.early_keys import EarlyKeys
from backtimer.core.terminal.key_sequences import Token
from backtimer.core.terminal.terminal_input import TerminalInput, escape_delay_s
from backtimer.day_view import Offers

if sys.platform != "win32":
    import termios
    import tty

if TYPE_CHECKING:
    from backtimer.core.picture.rows import Row
    from backtimer.core.picture.today_page import TodayView

ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[H"
"""To the alternate screen, without a cursor."""

LEAVE = f"\x1b[0m\x1b[H\x1b[2J{LEAVE_SEQUENCES}"

_POLL_S = 0.1
_READ_BYTES = 4096


def frame_rows(view: TodayView, offers: Offers, width: int, height: int) -> list[Row]:
    """All rows of the screen: the page, and the line of keys below it."""
    keys = line_keys((*TODAY_KEYS, *APP_KEYS), offers.may)
    page = today_page(view, ListPlace(), width, max(0, height - 1))
    return [*page.rows, key_row(keys, width)][:height]


class FirstFrame:
    """The terminal, from the first frame until the app has taken over.

    Args:
        theme: `dark`, `light`, or empty: as the terminal suggests.
    """

    def __init__(self, theme: str) -> None:
        self._theme = theme
        self._reader = TerminalInput(escape_delay_s(os.environ))
        self._tokens: list[Token] = []
        self._painted_at = 0.0
        self._thread: threading.Thread | None = None
        self._stop = (-1, -1)
        self._left_to_app = False

    def __enter__(self) -> FirstFrame:
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the screen, unless the app has it: it leaves it itself."""
        self._stop_reading()
        if self._painted_at and not self._left_to_app:
            _write(LEAVE)

    def paint(self, view: TodayView, offers: Offers) -> None:
        """Show it."""
        if sys.platform == "win32":
            return
        with suppress(termios.error, OSError):
            tty.setcbreak(0)
            modes = termios.tcgetattr(0)
            modes[tty.IFLAG] &= ~(termios.ICRNL | termios.IXON)  # Enter is Enter, as Textual has it
            termios.tcsetattr(0, termios.TCSANOW, modes)
        self._forget_waiting()
        width, height = shutil.get_terminal_size()
        colours = LIGHT_COLOURS if is_light(self._theme, os.environ.get("COLORFGBG", "")) else DARK_COLOURS
        painter = AnsiPainter(colours, colour_depth(os.environ))
        sys.stdout.flush()
        _write(ENTER + painter.painted(frame_rows(view, offers, width, height), width))
        self._painted_at = time.monotonic()
        self._stop = os.pipe()
        self._thread = threading.Thread(target=self._read, name="early-keys", daemon=True)
        self._thread.start()

    def hand_over(self) -> EarlyKeys | None:
        """What was typed meanwhile; the app reads from now on. None: nothing was painted."""
        if not self._painted_at:
            return None
        self._stop_reading()
        self._left_to_app = True
        return EarlyKeys(self._painted_at, self._reader, tuple(self._tokens))

    def _forget_waiting(self) -> None:
        """What was typed before there was anything to see is no command.

        It is read and not flushed: half an answer is still known for one when its other half comes.
        """
        with suppress(OSError):
            while select.select([0], [], [], 0.0)[0]:
                data = os.read(0, _READ_BYTES)
                if not data:
                    break
                self._reader.feed(data, time.monotonic())
        self._reader.forget()

    def _read(self) -> None:
        """Take what is typed, with the moment at which it was."""
        stop = self._stop[0]
        with suppress(OSError):
            while True:
                due = self._reader.due
                patience = _POLL_S if due is None else min(_POLL_S, max(0.0, due - time.monotonic()))
                found = select.select([0, stop], [], [], patience)[0]
                if stop in found:
                    return
                if 0 in found:
                    data = os.read(0, _READ_BYTES)
                    if not data:
                        return
                    self._tokens += self._reader.feed(data, time.monotonic())
                else:
                    self._tokens += self._reader.tick(time.monotonic())

    def _stop_reading(self) -> None:
        if self._thread is None:
            return
        os.write(self._stop[1], b"x")
        self._thread.join()
        self._thread = None
        for descriptor in self._stop:
            os.close(descriptor)


def _write(text: str) -> None:
    data = memoryview(text.encode("utf-8", "replace"))
    with suppress(OSError):
        while data:
            data = data[os.write(1, data) :]
