"""Textual's terminal driver for Unix, made to bear what terminals really do.

Two things end or hang an app on the driver as it is (Textual 8.2): a byte on stdin that is no UTF-8, and a
process that was stopped by SIGSTOP, which cannot be caught, and goes on again.
"""

from __future__ import annotations

import codecs
import termios
import tty
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver


def _lenient_decoder(encoding: str) -> Any:
    """The decoder that the driver asks for, with a substitute for bytes that mean nothing."""
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


linux_driver.getincrementaldecoder = _lenient_decoder  # type: ignore[attr-defined]


class SteadyDriver(LinuxDriver):
    """The driver that survives stray bytes, and being stopped and continued."""

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
