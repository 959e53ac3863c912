"""The program as a fork of a process that has read its modules: started in a fifth of the time.

What a start from nothing is like is seen where `spawn` is asked for a `fresh` one, and wherever a shell or
another program starts it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

import pexpect

SERVER = """
import fcntl, gc, json, os, signal, socket, sys, termios, time
from backtimer.tui.loading import load_textual
load_textual()
import sqlite3, uuid, yaml
import textual.drivers.linux_driver
import backtimer.attendants, backtimer.cli.plain, backtimer.cli.today, backtimer.storage.history.opening
import backtimer.tui.app, backtimer.tui.driver, backtimer.tui.screens.summary, backtimer.tui.screens.workout
from backtimer.cli.main import run

def begin(terminal, arguments, environment):
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for number in (0, 1, 2):
        os.dup2(terminal, number)
    os.close(terminal)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv[1:] = arguments
    sys.stdin = sys.__stdin__ = open(0, closefd=False)
    sys.stdout = sys.__stdout__ = open(1, "w", buffering=1, closefd=False)
    sys.stderr = sys.__stderr__ = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)

gc.collect()
gc.freeze()
asking = socket.socket(fileno=int(sys.argv.pop(1)))
while True:
    asked, descriptors, _, _ = socket.recv_fds(asking, 1 << 16, 1)
    if not asked:
        sys.exit()
    asked = json.loads(asked)
    if isinstance(asked, int):  # how a child has ended, if it has
        pid, status = os.waitpid(asked, os.WNOHANG)
        asking.send(json.dumps(status if pid else None).encode())
        continue
    pid = os.fork()
    if not pid:
        asking.close()
        begin(descriptors[0], *asked)
        break
    os.close(descriptors[0])
    asking.send(json.dumps(pid).encode())
run()
"""

_END_S = 10.0


class Server:
    """Starts the program, one fork after the other; the forks are its own children."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", SERVER, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "LANG": "C.UTF-8"},
                start_new_session=True,
            )

    def start(self, terminal: int, arguments: list[str], environment: dict[str, str]) -> int:
        """Start it in a terminal; its process."""
        asked = json.dumps([arguments, environment]).encode()
        socket.send_fds(self._socket, [asked], [terminal])
        return int(self._answer())

    def status(self, pid: int) -> int | None:
        """How one has ended, as `os.waitpid` tells it; None: it runs."""
        self._socket.send(json.dumps(pid).encode())
        status: int | None = self._answer()
        return status

    def close(self) -> None:
        """End it; no fork is left by then."""
        self._socket.close()
        self._process.wait(_END_S)

    def _answer(self) -> Any:
        answer = self._socket.recv(1 << 16)
        assert answer, "what starts the program has ended"
        return json.loads(answer)


class Fork:
    """One run of the program in a pty, with what the tests use of `pexpect.spawn`."""

    def __init__(
        self, server: Server, arguments: list[str], environment: dict[str, str], size: tuple[int, int]
    ) -> None:
        import termios

        self._server = server
        self.child_fd, theirs = os.openpty()
        termios.tcsetwinsize(theirs, size)
        try:
            self.pid = server.start(theirs, arguments, environment)
        finally:
            os.close(theirs)
        self._status: int | None = None

    def fileno(self) -> int:
        """The test's end of the pty."""
        return self.child_fd

    def send(self, keys: str | bytes) -> None:
        """Press keys."""
        left = keys.encode() if isinstance(keys, str) else keys
        while left:
            left = left[os.write(self.child_fd, left) :]

    def read_nonblocking(self, size: int, timeout: float) -> bytes:
        """What the program writes within this time.

        Raises:
            pexpect.TIMEOUT: Nothing.
            pexpect.EOF: It has ended.
        """
        if not select.select([self.child_fd], [], [], max(0.0, timeout))[0]:
            raise pexpect.TIMEOUT("nothing came")
        try:
            data = os.read(self.child_fd, size)
        except OSError:  # as Linux tells that nobody has the other end any more
            data = b""
        if not data:
            raise pexpect.EOF("it has ended")
        return data

    def poll(self) -> int | None:
        """How it has ended, as `os.waitpid` tells it; None: it runs."""
        if self._status is None:
            self._status = self._server.status(self.pid)
        return self._status

    def kill(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def setwinsize(self, rows: int, columns: int) -> None:
        """Make the window another one."""
        import termios

        termios.tcsetwinsize(self.child_fd, (rows, columns))

    def close(self, force: bool = True) -> None:
        """Close the window, and see the program end, or end it."""
        with suppress(OSError):
            os.close(self.child_fd)
        end = time.monotonic() + _END_S
        while self.poll() is None and time.monotonic() < end:
            if force:
                self.kill(signal.SIGKILL)
            time.sleep(0.01)
        assert self.poll() is not None, "it does not end"

    @property
    def signalstatus(self) -> int | None:
        """The signal that has ended it."""
        status = self.poll() or 0
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else None

    @property
    def exitstatus(self) -> int:
        """Its exit code."""
        return os.WEXITSTATUS(self.poll() or 0)
