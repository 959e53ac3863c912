"""Today's first frame, painted before Textual is there: what one reads needs none of it.

The terminal is put in order first, so that no key is echoed into the picture; then the alternate screen is
entered, once. What is typed from then on is kept for the app, what was typed before is forgotten.
"""

from __future__ import annotations

import os
import select
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from backtimer.cli.terminal import LEAVE_SEQUENCES
from backtimer.core.picture.ansi import AnsiPainter, colour_depth
from backtimer.core.picture.key_line import key_row
from backtimer.core.picture.palette import DARK_COLOURS, LIGHT_COLOURS, is_light
from backtimer.core.picture.today_keys import APP_KEYS, TODAY_KEYS, line_keys
from backtimer.core.picture.today_page import ListPlace, today_page

if sys.platform != "win32":
    import termios
    import tty

if TYPE_CHECKING:
    from backtimer.cli.early_reader import EarlyReader
    from backtimer.core.picture.rows import Row
    from backtimer.core.picture.today_page import TodayView
    from backtimer.core.terminal.terminal_input import EarlyKeys
    from backtimer.day_view import Offers

ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[H"
"""To the alternate screen, without a cursor."""

LEAVE = f"\x1b[0m\x1b[H\x1b[2J{LEAVE_SEQUENCES}"

_READ_BYTES = 4096
_MOST_READS = 256
"""A flood does not keep us waiting."""


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
        self._reader: EarlyReader | None = None
        self._painted = False
        """The alternate screen is ours to leave."""

    def __enter__(self) -> FirstFrame:
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the screen, unless the app has it: it leaves it itself."""
        if self._reader is not None:
            self._reader.close()
        if self._painted:
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
        before = _waiting()
        width, height = terminal_size()
        colours = LIGHT_COLOURS if is_light(self._theme, os.environ.get("COLORFGBG", "")) else DARK_COLOURS
        painter = AnsiPainter(colours, colour_depth(os.environ))
        sys.stdout.flush()
        self._painted = True
        _write(ENTER + painter.painted(frame_rows(view, offers, width, height), width))
        painted_at = time.monotonic()
        # late: 3 ms of a thread and of what a terminal can send, when the picture is there to be looked at
        from backtimer.cli.early_reader import EarlyReader

        self._reader = EarlyReader(before, painted_at)

    def hand_over(self) -> EarlyKeys | None:
        """What was typed meanwhile; the app reads from now on. None: nothing was painted."""
        if self._reader is None:
            return None
        reader, self._reader = self._reader, None
        self._painted = False
        return reader.close()


def _waiting() -> list[bytes]:
    """What was typed before there was anything to see, which is no command; it is read and not flushed."""
    found: list[bytes] = []
    with suppress(OSError):
        while select.select([0], [], [], 0.0)[0] and len(found) < _MOST_READS:
            data = os.read(0, _READ_BYTES)
            if not data:
                break
            found.append(data)
    return found


def terminal_size() -> tuple[int, int]:
    """Columns and rows, as `shutil.get_terminal_size` and so Textual find them; that takes 2 ms to import."""
    sizes = []
    for name in ("COLUMNS", "LINES"):
        said = os.environ.get(name, "")
        sizes.append(int(said) if said.isascii() and said.isdigit() else 0)
    if not all(sizes):
        with suppress(OSError, ValueError):
            found = os.get_terminal_size(1)
            sizes = [mine or theirs for mine, theirs in zip(sizes, found, strict=True)]
    return sizes[0] or 80, sizes[1] or 24


def _write(text: str) -> None:
    data = memoryview(text.encode("utf-8", "replace"))
    with suppress(OSError):
        while data:
            data = data[os.write(1, data) :]
