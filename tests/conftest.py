"""What all tests share: a home of their own, never the real one, and silence."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, not whether the program is right. The
# examples are the same each time, so that what fails for one fails for all; `python -m tests.fuzz` looks for
# others.
settings.register_profile(
    "backtimer", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("fuzz", deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
settings.load_profile("fuzz" if os.environ.get("BACKTIMER_FUZZ") else "backtimer")


@pytest.fixture(scope="session")
def new_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Fresh folders; pytest's own look through all that there are, for each anew."""
    place = tmp_path_factory.mktemp("homes")
    return (place / str(number) for number in count())


@pytest.fixture(autouse=True)
def home(new_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder that stands for the person's settings, routines and history."""
    folder = next(new_homes)
    folder.mkdir()
    monkeypatch.setenv("BACKTIMER_HOME", str(folder))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("BACKTIMER_MUTE", "1")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "NO_COLOR", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    # A natural voice that happens to be installed beside the tests would speak in all of them.
    monkeypatch.setattr("backtimer.audio.piper.has_module", lambda: False)
    return folder


WAITING = (
    "tests/audio/test_session_heard.py",
    "tests/terminal/test_hands_free.py",
    "tests/terminal/test_saving.py",
    "tests/terminal/",
    "tests/audio/test_sound.py",
    "tests/audio/test_voice.py",
)
"""Where tests wait for real time, most of all in the first: half of all the time that tests take."""

BUSY_NICENESS = 5
"""Of workers that compute, so that one whose test waits for a moment has the processor then."""


def busy_workers(workers: int) -> int:
    """How many of these workers begin with tests that compute: one for each processor, but not all."""
    return min(os.cpu_count() or 1, workers - 1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many tests run side by side with `-n auto`: more than cores, since many wait for real time."""
    return 3 * (os.cpu_count() or 1)


MEMORY = Path("/dev/shm")
"""Files that no disk is waited for: half of what the histories of the tests take is waiting for it."""

ROOM_BYTES = 2 * 2**30


def keeps_files_in_memory() -> bool:
    """Whether there is room for the tests' files in memory, programs among them."""
    try:
        found = os.statvfs(MEMORY)
    except (OSError, AttributeError):
        return False
    runs_programs = not found.f_flag & getattr(os, "ST_NOEXEC", 0)
    return runs_programs and os.access(MEMORY, os.W_OK) and found.f_bavail * found.f_frsize >= ROOM_BYTES


def pytest_configure(config: pytest.Config) -> None:
    """Have files where they cost least, and let the workers that compute give way to those that wait."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a shell: Ctrl+C is tested
        signal.signal(signal.SIGINT, signal.default_int_handler)
    given = getattr(config, "workerinput", None)
    if given is None and keeps_files_in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if given and int(given["workerid"].removeprefix("gw")) >= given["workercount"] - busy_workers(
        given["workercount"]
    ):
        os.nice(BUSY_NICENESS)


GARBAGE = (10_000, 20, 20)
"""How much is made until garbage is looked for: Python's own way takes a fifteenth of what is computed."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while thousands of tests are collected, by each worker, and later not among them.

    A tenth of what collecting takes, and as much again at the end, where all is looked through five times.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deal the tests that wait out to some workers, at the beginning of what each is given.

    A worker is given the next of so many equal parts, and helps others out when it is done. One that meets a
    test of a minute last is waited for by all; and while all wait, nobody computes.
    """
    workers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers == 1:
        return
    waiting = [[item for item in items if item.nodeid.startswith(place)] for place in WAITING]
    first = list(dict.fromkeys(item for of_place in waiting for item in of_place))
    kept = set(first)
    others = [item for item in items if item not in kept]
    patient = workers - busy_workers(workers)
    dealt: list[pytest.Item] = []
    for worker in range(workers):
        hand = first[worker::patient] if worker < patient else []
        share = (len(items) - len(dealt)) // (workers - worker)
        more = max(0, share - len(hand))
        dealt += hand + others[:more]
        del others[:more]
    items[:] = dealt + others
