"""Activities among exercises, done and looked back on."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

from backtimer.core.picture.session_view import session_rows
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.storage.history.looking_back import detail_of
from backtimer.training import Training
from tests.training_kit import Times, run

WEEK = """\
format: 1
title: Week
days:
  monday:
    title: Strength
    exercises:
      - {activity: Walk on the spot, duration: 5s}
      - {exercise: squat, sets: 1, reps: 2}
      - {activity: Shake out, duration: 5s}
exercises:
  squat: {name: Squat, position: standing}
"""


def test_what_was_done_between_exercises_is_called_by_its_name(home: Path) -> None:
    clock = Times(datetime(2026, 11, 16, 9, 0, tzinfo=timezone(timedelta(hours=2))))
    (home / "week.yaml").write_text(WEEK)
    paths = find_paths(os.environ)
    routine = Library(paths).load(str(home / "week.yaml"))
    practice = Training(paths, Settings(), routine, now=clock.now, clock=clock.clock)
    run(practice.begin(practice.plan("monday")), clock)
    [session] = practice.history.with_sets(practice.history.heads(limit=1, marked=False))
    detail = detail_of(practice.history, session)
    assert [detail.name(one) for one in session.sets] == ["Walk on the spot", "Squat", "Shake out"]
    assert [one.seconds for one in session.sets][::2] == [5.0, 5.0]
    shown = "\n".join("".join(span.text for span in row) for row in session_rows(detail, 80))
    assert "Walk on the spot" in shown and "Shake out" in shown
