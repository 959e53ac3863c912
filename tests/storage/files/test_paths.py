"""Where things live."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.storage.files.paths import bundled_routines, find_paths


def test_one_directory_holds_everything_when_it_is_asked_for(tmp_path: Path) -> None:
    paths = find_paths({"BACKTIMER_HOME": str(tmp_path / "home")})
    assert paths.settings == tmp_path / "home" / "settings.yaml"
    assert paths.routines == tmp_path / "home" / "routines"
    assert paths.history == tmp_path / "home" / "history.db"
    assert paths.cache == tmp_path / "home" / "cache"
    assert not (tmp_path / "home").exists()


def test_the_directory_asked_for_does_not_follow_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = find_paths({"BACKTIMER_HOME": "trial"})
    monkeypatch.chdir("/")
    assert paths.config == tmp_path / "trial"


@pytest.mark.parametrize("environ", [{}, {"BACKTIMER_HOME": ""}])
def test_otherwise_the_platform_says_where(environ: dict[str, str], home: Path) -> None:
    paths = find_paths(environ)
    for directory in (paths.config, paths.data, paths.cache):
        assert "backtimer" in directory.parts
        assert directory.is_relative_to(home)
        assert not directory.exists()
    assert paths.config != paths.cache


def test_the_bundled_routines_are_found() -> None:
    assert (bundled_routines() / "lower-back.yaml").is_file()
    assert (bundled_routines() / "exercises" / "bird-dog.yaml").is_file()
