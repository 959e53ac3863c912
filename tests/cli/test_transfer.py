"""`export`, `import` and `restore`."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from backtimer.cli.transfer import Bar
from tests.cli.conftest import Run, Wall


@pytest.fixture
def elsewhere(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A second home, to move to with `BACKTIMER_HOME`."""
    return tmp_path / "elsewhere"


def test_there_and_back_again_is_the_same_to_the_byte(
    run: Run, home: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("log", "lower-back", "monday", "--pain", "2", "--note", "schön")
    run("off", "friday", "--why", "holiday")
    run("log", "pain", "1")
    code, out, err = run("export", "-o", str(home / "out.json"))
    assert (code, out) == (0, "") and err == f"1 session exported to {home / 'out.json'}.\n"
    assert run("export")[1].encode() == (home / "out.json").read_bytes()

    monkeypatch.setenv("BACKTIMER_HOME", str(elsewhere))
    code, out, _ = run("import", str(home / "out.json"))
    assert code == 0
    assert out.startswith("1 session new, 0 changed, 0 there already; also new or changed: ")
    assert "1 declaration of days off" in out and "1 rating of pain" in out
    assert run("export")[1].encode() == (home / "out.json").read_bytes()
    assert run("import", str(home / "out.json"))[1] == "0 sessions new, 0 changed, 1 there already.\n"


def test_what_came_more_than_once_is_told_in_the_plural(
    run: Run, home: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("monday", "friday"):
        run("off", day, "--why", "holiday")
    for rating in ("1", "3"):
        run("log", "pain", rating)
    run("export", "-o", str(home / "out.json"))
    monkeypatch.setenv("BACKTIMER_HOME", str(elsewhere))
    out = run("import", str(home / "out.json"))[1]
    assert "2 declarations of days off, 2 ratings of pain" in out


def test_csv_has_a_line_for_each_set(run: Run) -> None:
    run("log", "lower-back", "monday")
    rows = list(csv.DictReader(io.StringIO(run("export", "--csv")[1])))
    assert len(rows) == 9 and {row["outcome"] for row in rows} == {"done"}
    assert run("history", "--csv")[1] == run("export", "--csv")[1]
    only = list(csv.DictReader(io.StringIO(run("history", "--csv", "--exercise", "superman")[1])))
    assert {row["exercise"] for row in only} == {"superman"} and 0 < len(only) < 9


def test_csv_is_what_spreadsheets_take_to_the_byte(run: Run, home: Path) -> None:
    """A byte order mark in a file and in no pipe; whole numbers are whole, others have a point."""
    run("log", "swim", "30m", "--note", "schön")
    run("log", "lower-back", "monday")
    assert run("export", "--csv", "-o", str(home / "sets.csv"))[0] == 0
    written = (home / "sets.csv").read_bytes()
    piped = run("export", "--csv")[1].encode()
    assert written == b"\xef\xbb\xbf" + piped
    assert piped.startswith(b"session,date,") and b"sch\xc3\xb6n" in piped
    rows = list(csv.DictReader(io.StringIO(piped.decode())))
    for row in rows:
        for column in ("set", "reps", "hold_s", "seconds", "effort", "pain"):
            assert not row[column].endswith(".0") and "e" not in row[column], (column, row[column])
    [swim] = [row for row in rows if row["note"] == "schön"]
    assert swim["seconds"] == "1800"
    assert any(row["hold_s"].isdigit() for row in rows)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": "other"}', "\x00\xff"])
def test_what_is_no_export_is_refused(run: Run, home: Path, content: str) -> None:
    run("log", "swim", "30m")
    before = run("export")[1]
    (home / "odd.json").write_bytes(content.encode("latin-1"))
    code, out, err = run("import", str(home / "odd.json"))
    assert (code, out) == (2, "") and len(err.splitlines()) == 1 and "Nothing was changed" in err
    assert run("export")[1] == before


def test_files_that_cannot_be_are_told_in_one_line(run: Run, home: Path) -> None:
    run("log", "swim", "30m")
    for arguments in (
        ["import", str(home / "nothing.json")],
        ["import", str(home)],
        ["export", "-o", str(home / "no" / "folder.json")],
        ["export", "-o", str(home / "history.db")],
        ["restore", str(home / "nothing.db"), "--yes"],
        ["restore"],
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "") and len(err.splitlines()) == 1, arguments


def test_an_import_that_is_stopped_says_that_nothing_was_changed(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("log", "swim", "30m")
    before = run("export")[1]
    (home / "own.json").write_text(before, encoding="utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("backtimer.cli.transfer.import_file", stop)
    assert run("import", str(home / "own.json")) == (130, "", "Stopped. Nothing was changed.\n")


def test_an_export_goes_into_a_pipe_without_replacing_it(run: Run, tmp_path: Path) -> None:
    run("log", "swim", "30m")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    code, _, _ = run("export", "-o", str(pipe))
    reader.join()
    assert code == 0 and pipe.is_fifo()
    assert read == [run("export")[1]]


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="open files have no paths here")
def test_an_export_goes_into_an_output_that_has_no_path_of_its_own(run: Run) -> None:
    """`-o /dev/stdout`, and what `>(gzip)` stands for in a shell."""
    run("log", "swim", "30m")
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as read:
        code, _, told = run("export", "-o", f"/dev/fd/{writing}")
        os.close(writing)
        assert code == 0, told
        assert read.read() == run("export")[1]


@pytest.mark.parametrize(("columns", "width"), [(200, 36), (37, 36), (36, 35), (12, 11), (3, 6)])
def test_the_bar_of_an_import_stays_on_its_line(
    capsys: pytest.CaptureFixture[str], columns: int, width: int
) -> None:
    bar = Bar(columns)
    bar(1, 2)
    bar(2, 2)
    bar.wipe()
    half, whole, blank = capsys.readouterr().err.split("\r")[1:4]
    assert half.endswith(" 50 %") and whole.endswith("100 %")
    assert len(half) == len(whole) == width and not blank.strip()


def test_restore_goes_back_a_week_and_keeps_what_was_there(run: Run, home: Path, wall: Wall) -> None:
    run("log", "swim", "30m")
    wall.moment += timedelta(days=8)
    run("log", "swim", "31m")  # before it, the week's copy is made
    listed = run("restore", "--list")[1].splitlines()
    assert listed and all("weekly" in line for line in listed)
    code, out, _ = run("restore", "--yes")
    assert code == 0 and "1 session restored" in out and "replaced" in out
    assert len(json.loads(run("history", "--json")[1])["sessions"]) == 1
    assert [path for path in home.iterdir() if "replaced" in path.name]


def test_restore_without_a_backup_says_so(run: Run) -> None:
    assert run("restore", "--list")[1] == "No backups yet.\n"
    code, _, err = run("restore", "--yes")
    assert code == 2 and "no backup yet" in err
