"""What the tests of sound share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.audio.processes import end_all
from tests.audio.fakes import Programs
from tests.audio.sink import sink

__all__ = ["sink"]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Programs]:
    """Programs of the test's own, found before any of the system's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    yield Programs(folder)
    end_all()
