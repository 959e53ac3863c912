"""Child processes: players and voices, none of which outlives backtimer.

A child gets no terminal: its streams are the null device, and it stands in a session of its own, so that
Ctrl+C in the terminal does not reach it. That leaves it to us to end it: at exit, and, on Linux, when
backtimer is killed: `setpriv` asks the system to kill the child with the thread that started it, and then
becomes the player, so that it costs no process. (A hook between fork and exec could ask the same, but copies
all of backtimer's memory map first.) Where there is no `setpriv`, a child still plays one phrase and ends;
one that is kept loaded reads the end of its input, and ends.
"""

from __future__ import annotations

import atexit
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    _CREATION = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _CREATION = 0


LONGEST_TEXT = 2_000
"""No phrase has more characters; what a pipe takes at once is far more."""

_GENTLY = 10
"""How much less the children matter to the system that prepare what is needed later."""

_KEPT_GENTLY = 5
"""The same of those that are kept loaded, which what is needed now has to wait for, too."""

_BRIEF_S = 0.4
"""What a child gets that is about to end by itself."""

_LOOK_S = 0.004
"""How often it is looked whether a process that is waited for has ended."""


class Child:
    """A process that was started, in a session of its own. Any thread may use it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.pid = process.pid
        self.was_ended = False
        """Ended by us, so that its exit code means nothing."""
        self._process = process
        self._lock = threading.Lock()

    def exit_code(self) -> int | None:
        """How it ended, negative when a signal did that; None while it runs."""
        with self._lock:
            code = self._process.poll()
        if code is not None:
            _forget(self)
        return code

    def wait(self, timeout_s: float) -> int | None:
        """Its exit code, waited for; None when it runs longer."""
        deadline = time.monotonic() + timeout_s
        while (code := self.exit_code()) is None and time.monotonic() < deadline:
            time.sleep(_LOOK_S)
        return code

    def kill(self) -> None:
        """End it, with all that it has started."""
        with self._lock:
            if self._process.poll() is not None:
                return  # its number may be another's
            if sys.platform == "win32":
                self._process.kill()
                return
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except OSError:
                self._process.kill()

    def end(self) -> None:
        """The same, if it has not ended, and see that it has: what is being said is not wanted any more."""
        if self.exit_code() is None:
            self.was_ended = True
            self.kill()
            self.wait(1.0)
            _forget(self)


_living: set[Child] = set()
_brief: set[Child] = set()
_lock = threading.Lock()
_ends = 0
"""How often all children were ended."""


def spawn(
    command: Sequence[str],
    text: str | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    brief: bool = False,
) -> Child:
    """Start a process.

    Args:
        command: The program and its arguments; no shell reads them.
        text: What it is to read from its standard input; None: nothing.
        environment: What its environment has besides ours.
        brief: It has one thing to tell another program and ends by itself; it is given the time for that.

    Raises:
        OSError: It cannot be started.
    """
    child = _start(command, text, subprocess.DEVNULL, environment)
    if brief:
        with _lock:
            _brief.add(child)
    return child


def run_child(
    command: Sequence[str],
    text: str | None = None,
    *,
    timeout_s: float,
    gently: bool = False,
    environment: Mapping[str, str] | None = None,
) -> tuple[int | None, str]:
    """Run a process to its end.

    Args:
        command: The program and its arguments; no shell reads them.
        text: What it is to read from its standard input; None: nothing.
        timeout_s: When it is killed.
        gently: Others go first.
        environment: What its environment has besides ours.

    Returns:
        Its exit code, None when it was killed for taking too long, and what it printed.

    Raises:
        OSError: It cannot be started.
    """
    deadline = time.monotonic() + timeout_s
    reading, writing = os.pipe()
    try:
        child = _start(command, text, writing, environment)
    except OSError:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    if gently:
        _yield_to_others(child, _GENTLY)
    output = _Output(reading)
    try:
        output.wait(deadline)
        code = child.wait(deadline - time.monotonic())
    finally:
        child.end()
    output.wait(time.monotonic() + _BRIEF_S)
    return (None, "") if code is None else (code, output.text())


def _yield_to_others(child: Child, by: int) -> None:
    with suppress(OSError, AttributeError):  # Windows has another way, which matters less there
        os.setpriority(os.PRIO_PROCESS, child.pid, by)


class _Output:
    """All that a child prints, read in a thread: Windows can wait for a pipe in no other way.

    Args:
        descriptor: The end to read from; it is closed when all has been read.
    """

    def __init__(self, descriptor: int) -> None:
        self._pieces: list[bytes] = []
        self._thread = threading.Thread(target=self._run, args=(descriptor,), daemon=True)
        self._thread.start()

    def wait(self, deadline: float) -> None:
        """Wait until all has been read, but no longer than that."""
        self._thread.join(max(0.0, deadline - time.monotonic()))

    def text(self) -> str:
        """What has been read so far."""
        return b"".join(self._pieces).decode("utf-8", "replace")

    def _run(self, descriptor: int) -> None:
        with suppress(OSError):
            while piece := os.read(descriptor, 65_536):
                self._pieces.append(piece)
        os.close(descriptor)


class KeptChild:
    """A process that stays loaded and answers each line with a line. Any thread may ask.

    It is started when it is asked first, by a thread that lives as long as it does: the system may end a
    child with the thread that started it. What has ended is started once more for a question; what does not
    answer in time is killed, and started anew for the next one.

    Args:
        command: The program and its arguments; no shell reads them.
        is_answer: Tells an answer from whatever else is printed, on both streams.
    """

    def __init__(self, command: Sequence[str], is_answer: Callable[[str], bool] = bool) -> None:
        self._command = tuple(command)
        self._is_answer = is_answer
        self._lock = threading.Lock()
        self._talk: _Talk | None = None

    def ask(self, line: str, timeout_s: float) -> tuple[int | None, str]:
        """Give it a line.

        Args:
            line: What it is to read; without an end of line.
            timeout_s: When it is killed.

        Returns:
            0 and its answer; its exit code, which is never 0 then, when it ended instead, twice; None when it
            did not answer.

        Raises:
            OSError: It cannot be started.
        """
        deadline = time.monotonic() + timeout_s
        with self._lock:
            ends = _ends
            for _ in range(2):
                talk = self._talk or _Talk(self._command, self._is_answer)
                self._talk = talk
                code, answer = talk.ask(line, deadline)
                if code == 0:
                    return code, answer
                self._talk = None
                if code is None or ends != _ends:
                    break  # whoever has ended all children wants no new one
            return code, ""


class _Talk:
    """A process, and the thread that talks with it."""

    def __init__(self, command: Sequence[str], is_answer: Callable[[str], bool]) -> None:
        self._questions: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[str | int | OSError] = queue.SimpleQueue()
        self._is_answer = is_answer
        self._child: Child | None = None
        self._is_given_up = False
        threading.Thread(target=self._run, args=(command,), daemon=True, name="backtimer-kept-child").start()

    def ask(self, line: str, deadline: float) -> tuple[int | None, str]:
        """As `KeptChild.ask`, without a second attempt."""
        self._questions.put(line)
        try:
            answer = self._answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            self._is_given_up = True
            if self._child is not None:
                self._child.end()
            return None, ""
        if isinstance(answer, OSError):
            raise answer
        return (answer, "") if isinstance(answer, int) else (0, answer)

    def _run(self, command: Sequence[str]) -> None:
        try:
            process, child = _start_talking(command)
        except OSError as error:
            self._answers.put(error)
            return
        self._child = child
        assert process.stdin is not None and process.stdout is not None
        if self._is_given_up:
            child.end()
        with suppress(OSError, ValueError), process.stdin, process.stdout:
            while answer := self._exchange(process.stdin, process.stdout):
                self._answers.put(answer)
        child.end()
        self._answers.put(child.exit_code() or -1)

    def _exchange(self, given: IO[bytes], printed: IO[bytes]) -> str:
        """Pass on the next question; its answer, empty when the process has ended."""
        given.write(self._questions.get().encode("utf-8", "replace") + b"\n")
        given.flush()
        while raw := printed.readline():
            line = raw.decode("utf-8", "replace").strip()
            if self._is_answer(line):
                return line
        return ""


def end_all() -> None:
    """End every child that is still running."""
    global _ends  # noqa: PLW0603 - those who wait for a child look whether it was meant
    with _lock:
        _ends += 1
        running, brief = tuple(_living), tuple(_brief)
    for child in brief:
        child.wait(_BRIEF_S)
    for child in running:
        child.kill()
    for child in running:
        child.end()


def one_line(text: str) -> str:
    """A text as a program can take it: one line without control characters, not too long."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_TEXT])


@lru_cache(maxsize=1)
def leash() -> tuple[str, ...]:
    """What goes before a command so that the system kills it when backtimer is gone."""
    if not sys.platform.startswith("linux"):
        return ()
    found = shutil.which("setpriv")
    if found is None or Path(found).resolve().name == "busybox":  # whose own knows no such option
        return ()
    return (found, "--pdeathsig", "KILL", "--")


def _start(
    command: Sequence[str], text: str | None, stdout: int, environment: Mapping[str, str] | None
) -> Child:
    stdin = subprocess.DEVNULL if text is None else _pipe_with(text)
    try:
        process = subprocess.Popen(
            [*leash(), *command],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **environment} if environment else None,
            creationflags=_CREATION,
        )
    except ValueError as error:  # a null in an argument, or half a character
        raise OSError(f"it cannot be called so: {error}") from error
    finally:
        if text is not None:
            os.close(stdin)
    return _noted(process)


def _start_talking(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], Child]:
    """Start a process that is given line after line; what it complains of is among what it prints."""
    ends = _ends
    try:
        process = subprocess.Popen(
            [*leash(), *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            creationflags=_CREATION,
        )
    except ValueError as error:
        raise OSError(f"it cannot be called so: {error}") from error
    child = _noted(process)
    if ends != _ends:
        child.kill()  # all were ended before this one was known
    _yield_to_others(child, _KEPT_GENTLY)
    return process, child


def _noted(process: subprocess.Popen[bytes]) -> Child:
    child = Child(process)
    with _lock:
        living = tuple(_living)
        _living.add(child)
    for other in living:
        other.exit_code()  # one that has ended is forgotten
    return child


def _pipe_with(text: str) -> int:
    """The end to read from of a pipe that holds a text and nothing more; a pipe takes so much at once."""
    reading, writing = os.pipe()
    try:
        os.write(writing, one_line(text).encode("utf-8", "replace") + b"\n")
    finally:
        os.close(writing)
    return reading


def _forget(child: Child) -> None:
    with _lock:
        _living.discard(child)
        _brief.discard(child)


atexit.register(end_all)
