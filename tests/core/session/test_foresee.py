"""The script tells what coming events will ask for, and is none the wiser for it."""

from __future__ import annotations

from pathlib import Path

from backtimer.core.plan.compile import compile_day
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import Verbosity
from backtimer.core.speech.script import Script
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths
from tests.rules import for_each


@for_each("verbosity", Verbosity)
@for_each("breathing", [True, False])
def test_what_is_foreseen_is_what_is_asked_for(verbosity: Verbosity, breathing: bool, tmp_path: Path) -> None:
    library = Library(Paths(tmp_path, tmp_path, tmp_path))
    plan = compile_day(library.load("lower-back"), "tuesday")
    script = Script(plan, verbosity=verbosity, breathing_tones=breathing)
    told = 0
    for event in rehearse(plan):
        foreseen = script.foresee([event])
        assert script.cues(event) == foreseen
        told += len(foreseen)
    assert told > 100
