"""The hook for pre-commit: it takes the files that it is meant for, and fails for one with a mistake."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from backtimer.cli.main import main

ROOT = Path(__file__).parent.parent


def test_the_hook_checks_routines_and_exercises(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= hook.keys() and hook["language"] == "python"
    files = [str(path.relative_to(ROOT)) for path in ROOT.glob("routines/**/*.yaml")]
    assert len(files) > 20 and all(re.search(hook["files"], file) for file in files)
    for other in ("settings.yaml", "routines/backtimer.schema.json", "my-routines.txt", ".github/ci.yml"):
        assert not re.search(hook["files"], other)
    program, *arguments = shlex.split(hook["entry"])
    assert program == "backtimer"
    assert main([*arguments, *(str(ROOT / file) for file in files)]) == 0
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\ndays: {monday: {exercises: [brige]}}\n", encoding="utf-8")
    assert main([*arguments, str(bad)]) == 2
    assert "did you mean 'bridge'?" in capsys.readouterr().err
