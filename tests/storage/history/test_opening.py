"""Opening the history: a new file, and what is not ours."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.storage.history import opening
from backtimer.storage.history.file import Trouble
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.schema import APPLICATION_ID, VERSION, version_of
from tests.rules import for_each
from tests.storage.histories import (
    a_full_session,
    child,
    clock,
    foreign_database,
    history_at,
    history_json,
    opened_at,
)


def test_a_new_history_is_private_marked_and_versioned(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "data" / "history.db"
    history = history_at(path)
    assert history.writable
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_at_rest_it_is_one_file(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    a_full_session(history)
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["history.db"]


def test_looking_makes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "data" / "history.db"
    opened = open_history(path, clock(), writing=False)
    assert opened.history is not None and opened.notice is None and not opened.recording
    assert opened.history.calendar_sessions() == []
    assert history_json(opened.history) == {"sessions": []}
    assert not path.parent.exists()


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "history.db"
    link.symlink_to(tmp_path / "elsewhere" / "history.db")
    a_full_session(history_at(link))
    assert link.is_symlink()
    assert (tmp_path / "elsewhere" / "history.db").stat().st_size > 0


@for_each("name", ["what?mode=memory", "a#b", "100%", "ünï", "a b"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    a_full_session(history_at(tmp_path / name / "history.db"))
    assert (tmp_path / name / "history.db").stat().st_size > 0


# -- not ours -------------------------------------------------------------------------------------------


@for_each(
    ("pragmas", "trouble"),
    [
        ([], Trouble.FOREIGN),
        (["application_id = 7"], Trouble.FOREIGN),
        (["journal_mode = wal"], Trouble.FOREIGN),
        ([f"application_id = {APPLICATION_ID}", f"user_version = {VERSION + 1}"], Trouble.NEWER),
    ],
)
def test_what_is_not_ours_is_refused_untouched(tmp_path: Path, pragmas: list[str], trouble: Trouble) -> None:
    path = tmp_path / "history.db"
    before = foreign_database(path, *pragmas)
    times = path.stat().st_mtime_ns
    for writing in (True, False):
        opened = open_history(path, clock(), writing=writing)
        assert opened.history is None
        assert opened.notice is not None and opened.notice.trouble is trouble
        assert "left as it is" in opened.notice.text()
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == times
    assert [found.name for found in tmp_path.iterdir()] == ["history.db"]


UNFINISHED_FOREIGN = """
import os, sqlite3
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = " + sys.argv[2])
db.execute("CREATE TABLE notes (text)")
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN")
db.execute("INSERT INTO notes WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500) "
           "SELECT hex(randomblob(500)) FROM n")
if sys.argv[2] == "wal":
    db.execute("COMMIT")
os._exit(0)
"""


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_what_a_foreign_program_has_not_finished_is_not_touched_either(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "history.db"
    subprocess.run(child(UNFINISHED_FOREIGN, str(path), mode), check=True)
    before = {found.name: found.read_bytes() for found in tmp_path.iterdir()}
    assert len(before) > 1, "a journal stands beside it"
    opened = opened_at(path)
    assert opened.notice is not None and opened.notice.trouble is Trouble.FOREIGN
    assert {found.name: found.read_bytes() for found in tmp_path.iterdir()} == before


def test_an_empty_database_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("VACUUM")
    assert path.stat().st_size > 0
    a_full_session(history_at(path))


@pytest.mark.parametrize("kind", ["directory", "fifo", "parent is a file"])
def test_something_else_in_its_place_turns_history_off(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "history.db"
    if kind == "directory":
        path.mkdir()
    elif kind == "fifo":
        if sys.platform == "win32":
            pytest.skip("no pipes in the file system here")
        os.mkfifo(path)
    else:
        path.write_text("")
        path = path / "history.db"
    opened = opened_at(path)
    assert opened.history is None
    assert opened.notice is not None and opened.notice.trouble is Trouble.NOT_A_FILE


def test_importing_the_history_is_cheap() -> None:
    heavy = {"textual", "rich", "yaml", "platformdirs", "uuid", "hashlib", "subprocess", "asyncio"}
    code = (
        "import sys; import backtimer.storage.history.opening, backtimer.storage.history.health;"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    done_ = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done_.stdout.strip() == "[]"


@pytest.mark.parametrize("before", ["nothing", "an empty database"])
@pytest.mark.parametrize("look", range(3))
def test_a_first_opening_beside_another_one_is_no_foreign_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, look: int
) -> None:
    """Another process makes the history between two of the questions whose file it is."""
    path = tmp_path / "history.db"
    if before == "an empty database":
        with closing(sqlite3.connect(path)) as db:
            db.execute("VACUUM")
        assert path.stat().st_size > 0
    asked: list[int] = []

    def overtaken(db: sqlite3.Connection) -> int:
        asked.append(len(asked))
        if len(asked) == look + 1:
            other = open_history(path, clock())
            assert other.notice is None or other.notice.trouble is Trouble.BUSY
            if other.history is not None:
                other.history.close()
        return version_of(db)

    monkeypatch.setattr(opening, "BUSY_TIMEOUT_S", 0.05)
    monkeypatch.setattr(opening, "version_of", overtaken)
    ours = open_history(path, clock())
    assert ours.notice is None and ours.recording
    assert history_at(path).sessions() == ()
