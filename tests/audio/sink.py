"""A sound server with a null sink, and what was heard on it: sound for machines without any.

    def test_something(sink: Sink) -> None:
        with sink.recording() as recording:
            ...                      # children find the sink by the environment
        recording.onsets()           # seconds since the recording began

Import the fixture where it is used: `from tests.audio.sink import Sink, sink`.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

RATE = 22_050
LOUD = 400
"""A sample above this is heard; the quiet sound that keeps devices awake is not."""

_NAME = "backtimer_test"
_START_S = 10.0
_ANSWER_S = 3.0
"""A recorder that has nothing by then has not reached the server."""


def require(*programs: str) -> None:
    """Skip the test when a program is missing; fail it where all must be there."""
    for program in programs:
        if shutil.which(program) is None:
            reason = f"{program} is not installed"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)


class Recording:
    """What a sink was given to play."""

    def __init__(self) -> None:
        self.samples: array[int] = array("h")
        self.coming = bytearray()
        """What has been recorded, as it comes."""

    def is_loud(self) -> bool:
        """Whether anything was heard so far; also asked while it is recorded."""
        content = bytes(self.coming[: len(self.coming) // 2 * 2])
        return any(abs(sample) > LOUD for sample in array("h", content))

    def onsets(self, loud: int = LOUD, quiet_s: float = 0.1) -> list[float]:
        """When each sound begins that comes after so much silence."""
        found, silent = [], RATE * 10
        for index, sample in enumerate(self.samples):
            if -loud < sample < loud:
                silent += 1
            else:
                if silent >= quiet_s * RATE:
                    found.append(index / RATE)
                silent = 0
        return found

    def loudness(self, start_s: float, end_s: float) -> float:
        """The root of the mean square of the samples in between; 0 is silence."""
        part = self.samples[round(start_s * RATE) : round(end_s * RATE)]
        return float((sum(sample * sample for sample in part) / len(part)) ** 0.5) if part else 0.0


class Sink:
    """A sound server with one device, which plays into the void at the pace of a real one.

    Args:
        folder: For its socket and its files; its path must be short (a socket's is at most 107 bytes).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "sock"
        self.environment: Mapping[str, str] = {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_COOKIE": str(folder / "cookie"),
            "XDG_RUNTIME_DIR": str(folder),
        }
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        self._folder.chmod(0o700)
        modules = (
            f"module-null-sink sink_name={_NAME} rate=44100 channels=1",
            f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
        )
        self._server = subprocess.Popen(
            ["pulseaudio", "-n", "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no"]
            + [part for module in modules for part in ("-L", module)],
            env={**os.environ, **self.environment, "HOME": str(self._folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + _START_S
        while subprocess.run(
            ["pactl", "info"], env={**os.environ, **self.environment}, capture_output=True, check=False
        ).returncode:
            if self._server.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError("pulseaudio does not start")
            time.sleep(0.05)

    @property
    def process(self) -> int:
        """The server's process, while it runs."""
        assert self._server is not None
        return self._server.pid

    def stop(self) -> None:
        """End the server."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._socket.unlink(missing_ok=True)

    def _record(self, recording: Recording) -> tuple[subprocess.Popen[bytes], threading.Thread]:
        """Start to record; a recorder that a busy server leaves without an answer is started anew."""
        deadline = time.monotonic() + _START_S
        while True:
            recorder = subprocess.Popen(
                [
                    *("parec", "-d", f"{_NAME}.monitor", "--raw", "--latency-msec=20"),
                    *("--format=s16le", f"--rate={RATE}", "--channels=1"),
                ],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            flowing = threading.Event()
            reader = threading.Thread(target=_read, args=(recorder, recording.coming, flowing))
            reader.start()
            if flowing.wait(_ANSWER_S):
                return recorder, reader
            _end(recorder, reader)
            if time.monotonic() > deadline:
                raise RuntimeError("nothing can be recorded")

    @contextmanager
    def recording(self, wait_s: float = 2.5) -> Iterator[Recording]:
        """Record what is played meanwhile, and for `wait_s` more."""
        recording = Recording()
        recorder, reader = self._record(recording)
        try:
            yield recording
            _hear(recording.coming, wait_s)
        finally:
            _end(recorder, reader)
        content = recording.coming
        recording.samples.frombytes(bytes(content[: len(content) // 2 * 2]))
        if sys.byteorder == "big":
            recording.samples.byteswap()


def _read(recorder: subprocess.Popen[bytes], content: bytearray, flowing: threading.Event) -> None:
    """Take what is recorded as it comes."""
    assert recorder.stdout is not None
    while piece := os.read(recorder.stdout.fileno(), 65_536):
        content.extend(piece)
        flowing.set()


def _end(recorder: subprocess.Popen[bytes], reader: threading.Thread) -> None:
    recorder.kill()
    recorder.wait()
    reader.join()
    if recorder.stdout is not None:
        recorder.stdout.close()


def _hear(content: bytearray, seconds: float) -> None:
    """Wait until so much more is recorded."""
    enough = len(content) + int(seconds * RATE) * 2
    deadline = time.monotonic() + seconds + _START_S
    while len(content) < enough and time.monotonic() < deadline:
        time.sleep(0.02)


def deviations(planned: Sequence[float], heard: Sequence[float]) -> list[float]:
    """How far each sound is from its plan, in seconds, when the two time lines are laid upon each other.

    The first sound is left out: a device has to wake.
    """
    pairs = list(zip(planned, heard, strict=True))[1:]
    shift = statistics.median(onset - plan for plan, onset in pairs)
    return [onset - plan - shift for plan, onset in pairs]


@pytest.fixture
def sink(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A null sink that every child of this test finds."""
    require("pulseaudio", "pactl", "parec", "paplay")
    found = Sink(tmp_path_factory.mktemp("pa"))
    for name, value in found.environment.items():
        monkeypatch.setenv(name, value)
    found.start()
    yield found
    found.stop()
