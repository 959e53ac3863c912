"""Text of strangers in a real terminal, where a command also colours what it prints."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backtimer.core.progress.history import SessionState
from backtimer.storage.history.values import new_session
from tests.storage.histories import done, history_at, plan, spec
from tests.terminal.conftest import Spawn

EVIL = "E\x1b]0;PWNED\x07\x1b[41m\x9b2J\u202eVIL"
MARKS = (b"\x1b]0;", b"\x1b[41m", "\x9b".encode(), "\u202e".encode(), b"\x07")


@pytest.mark.parametrize(
    "command",
    [
        ["history"],
        ["history", "--json"],
        ["streak"],
        ["doctor"],
        ["export"],
        ["restore", f"/nowhere/{EVIL}", "--yes"],
        ["restore", f"/nowhere/{EVIL}"],
        ["import", f"/nowhere/{EVIL}"],
        ["show", EVIL],
    ],
    ids=lambda one: " ".join(one)[:14].strip("/E\x1b"),
)
def test_nothing_of_it_reaches_the_terminal(spawn: Spawn, home: Path, command: list[str]) -> None:
    here = home / EVIL.replace("/", "")
    here.mkdir()
    now = datetime.now(UTC)
    with closing(history_at(here / "history.db")) as history:
        session = new_session(plan(1)._replace(title=EVIL, day=EVIL, routine=EVIL), "{}", now)
        history.running.begin(session)
        history.running.record_set(session.id, done(0), spec(0, 1)._replace(exercise=EVIL), now)
        history.running.end(session.id, SessionState.DONE, 60.0, now)
    terminal = spawn(*command, more_environment={"BACKTIMER_HOME": str(here), "COLORTERM": EVIL})
    terminal.wait_for_end()
    assert terminal.raw.strip()
    for mark in MARKS:
        assert mark not in terminal.raw, (mark, terminal.raw[-800:])
