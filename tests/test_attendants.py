"""The screen stays awake while a session runs, and nothing happens where that cannot be."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace

import pytest

from backtimer.attendants import Wakefulness
from backtimer.core.session.events import Ended, Paused, PauseReason, Resumed, Started

PATIENCE_S = 10.0


class Desk:
    """A desktop whose screen can be kept awake, instead of a real one."""

    def __init__(self) -> None:
        self.awake = threading.Event()
        self.dark = threading.Event()

    @contextmanager
    def presenting(self, *, on_fail: str) -> Iterator[None]:
        assert on_fail == "pass"
        self.dark.clear()
        self.awake.set()
        try:
            yield
        finally:
            self.awake.clear()
            self.dark.set()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = Desk()
    module = ModuleType("wakepy")
    module.keep = SimpleNamespace(presenting=found.presenting)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wakepy", module)
    return found


def test_it_is_awake_while_the_session_runs_and_not_in_a_pause(desk: Desk) -> None:
    keeper = Wakefulness()
    keeper.hear([Started(0.0)])
    assert desk.awake.wait(PATIENCE_S)
    keeper.hear([Paused(5.0, PauseReason.ASKED)])
    assert desk.dark.wait(PATIENCE_S)
    keeper.hear([Resumed(9.0)])
    assert desk.awake.wait(PATIENCE_S)
    keeper.hear([Ended(60.0, 60.0, True)])
    assert desk.dark.wait(PATIENCE_S)
    keeper.close()


@pytest.mark.parametrize("way", ["leave", "close"])
def test_it_rests_when_the_session_is_left(way: str, desk: Desk) -> None:
    keeper = Wakefulness()
    keeper.hear([Started(0.0)])
    assert desk.awake.wait(PATIENCE_S)
    getattr(keeper, way)()
    assert desk.dark.wait(PATIENCE_S)


def test_without_the_library_nothing_happens(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "wakepy", None)
    keeper = Wakefulness()
    keeper.hear([Started(0.0)])
    keeper.close()
    assert capfd.readouterr() == ("", "")


def test_a_library_that_fails_disturbs_nobody(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def presenting(*, on_fail: str) -> object:
        raise RuntimeError("no bus")

    module = ModuleType("wakepy")
    module.keep = SimpleNamespace(presenting=presenting)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wakepy", module)
    keeper = Wakefulness()
    keeper.hear([Started(0.0)])
    keeper.close()
    assert capfd.readouterr() == ("", "")
