"""`new`, `edit`, `schema`: files are written, never over others, opened in the editor, and checked."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from itertools import accumulate, cycle
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from backtimer.cli import authoring
from backtimer.storage.files.drafts import copy_of
from backtimer.storage.files.schema import MODELINE, SCHEMA_NAME
from tests.cli.conftest import Run

Editor = Callable[..., Path]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """An editor at a terminal that writes one text after the other, and the answers to what is asked."""

    def make(*texts: str, answers: tuple[str, ...] = (), code: int = 0, open_s: float = 60.0) -> Path:
        log = tmp_path / "opened"
        program = tmp_path / "my editor.py"
        program.write_text(
            "import sys, pathlib\n"
            f"texts, log = {list(texts)!r}, pathlib.Path({str(log)!r})\n"
            "opened = log.read_text().splitlines() if log.exists() else []\n"
            "log.write_text('\\n'.join([*opened, sys.argv[-1]]))\n"
            "if len(opened) < len(texts):\n"
            "    pathlib.Path(sys.argv[-1]).write_text(texts[len(opened)])\n"
            f"sys.exit({code})\n"
        )
        moments = accumulate(cycle((0.0, open_s)))  # it is asked before and after
        monkeypatch.setattr(authoring, "monotonic", lambda: next(moments))
        monkeypatch.setenv("VISUAL", shlex.join([sys.executable, str(program), "--wait"]))
        monkeypatch.setattr(authoring, "stdin_is_terminal", lambda: True)
        monkeypatch.setattr(authoring, "stdout_is_terminal", lambda: True)
        waiting = list(answers)
        monkeypatch.setattr(authoring, "read_line", lambda question: (print(question), waiting.pop(0))[1])
        return log

    return make


@pytest.fixture(autouse=True)
def no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


GOOD = "format: 1\ntitle: Mine\ndays: {monday: {exercises: [bridge]}}\n"
BAD = GOOD.replace("bridge", "brige")


def test_a_new_file_is_checked_and_followed(run: Run, home: Path) -> None:
    code, out, err = run("new", "mine", "bird-dog 3x10 5s,", "cat-cow 1m")
    file = home / "routines" / "mine.yaml"
    assert code == 0 and not err and str(file) in out and "backtimer use mine" in out
    text = file.read_text()
    assert text.startswith(MODELINE)
    assert "- {exercise: bird-dog, sets: 3, reps: 10, hold: 5s}" in text
    assert run("check", "mine")[0] == 0
    assert run("use", "mine")[0] == 0
    assert "Bird-dog: 3 × 10 reps" in run("show")[1]


def test_options_may_stand_anywhere(run: Run, home: Path) -> None:
    code, _out, err = run("new", "mine", "--no-editor", "bird-dog 6-4-2,", "--stubs", "rest 1m, dips 5")
    assert (code, err) == (0, "")
    text = (home / "routines" / "mine.yaml").read_text()
    assert (
        "- {exercise: bird-dog, reps: [6, 4, 2]}\n      - rest: 1m\n      - {exercise: dips, reps: 5}" in text
    )
    assert run("explain", "mine", "--json", "monday")[0] == 0
    code, _out, err = run("explain", "mine", "--json", "monday", "tuesday")
    assert (code, "unrecognized arguments: tuesday" in err) == (2, True)


def test_how_the_rest_of_a_circuit_is_read_is_told(run: Run) -> None:
    code, out, err = run("new", "mine", "--no-editor", "2x (bridge 8, 3x dips 5s), rest 1m", "--stubs")
    assert (code, err) == (0, "")
    assert "'rest 1m' is read as the rest between the rounds." in out.splitlines()
    assert any(line.startswith("'3x dips 5s' is read as 3 sets of 5s") for line in out.splitlines())


def test_the_schema_that_its_first_line_names_stands_beside_it(run: Run, home: Path) -> None:
    (home / "routines" / "exercises").mkdir(parents=True)
    assert run("new", "mine")[0] == 0
    named = home / "routines" / MODELINE.partition("$schema=")[2]
    schema = json.loads(named.read_text())
    Draft7Validator.check_schema(schema)
    assert "bird-dog" in named.read_text()
    assert "position" in json.loads((home / "routines" / "exercises" / SCHEMA_NAME).read_text())["required"]
    before = named.stat().st_mtime_ns
    assert run("new", "another")[0] == 0
    assert named.stat().st_mtime_ns == before, "it says the same still"
    assert run("list")[2] == "", "it is no routine"


def test_who_follows_a_file_of_their_own_gets_the_schema_too(run: Run, home: Path) -> None:
    (home / "routines").mkdir()
    assert run("use", "lower-back")[0] == 0
    assert not (home / "routines" / SCHEMA_NAME).exists()
    (home / "routines" / "mine.yaml").write_text(GOOD)
    assert run("use", "mine")[0] == 0
    assert (home / "routines" / SCHEMA_NAME).exists()


def test_a_schema_that_cannot_be_written_is_told_and_stands_in_nobodys_way(run: Run, home: Path) -> None:
    (home / "routines").mkdir()
    (home / "routines" / "mine.yaml").write_text(GOOD)
    (home / "routines" / SCHEMA_NAME).mkdir()  # something else stands in its place
    code, out, err = run("use", "mine")
    assert code == 0 and "From now on" in out and "will not know the format" in err


def test_a_file_is_never_written_over(run: Run, home: Path) -> None:
    assert run("new", "mine", "bridge 8")[0] == 0
    file = home / "routines" / "mine.yaml"
    before = file.read_text()
    for arguments in (["mine"], ["mine", "superman 3x8"], ["mine", "--from", "lower-back"]):
        code, out, err = run("new", *arguments)
        assert (code, out) == (2, "") and "backtimer edit mine" in err
    code, _out, err = run("new", "lower-back")
    assert code == 2 and "backtimer edit lower-back" in err
    assert file.read_text() == before
    file.rename(file.with_suffix(".yml"))
    assert run("new", "mine")[0] == 2 and not file.exists()


def test_a_copy_of_another_routine(run: Run, home: Path) -> None:
    assert run("new", "my-back", "--from", "lower-back")[0] == 0
    assert run("check", "my-back")[0] == 0
    assert "My back (my-back)" in run("show", "my-back")[1]
    assert run("new", "other", "--from", "lower-bakc")[0] == 2
    assert run("new", "other", "bridge 8", "--from", "lower-back")[0] == 2
    assert not (home / "routines" / "other.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["My Back"], "write my-back"),
        (["mine.yaml"], "write mine"),
        (["/tmp/x"], "cannot be the name"),
        (["..."], "small letters"),
        (["mine", "wall handstand 3x20s"], "--stubs"),
        (["mine", "bridge 3x1001"], "reps can be at most 1000"),
    ],
)
def test_what_cannot_be_written_is_told(arguments: list[str], told: str, run: Run, home: Path) -> None:
    code, out, err = run("new", *arguments)
    assert (code, out) == (2, "") and told in err
    assert not (home / "routines").exists()


def test_mistakes_are_offered_to_the_editor_again(run: Run, home: Path, editor: Editor) -> None:
    log = editor(BAD, GOOD, answers=("", "y"))
    code, out, err = run("new", "mine")
    assert code == 0
    assert log.read_text().splitlines() == [str(home / "routines" / "mine.yaml")] * 2
    assert "did you mean 'bridge'?" in err and "Open it again?" in out
    assert "no problems" in out and "From now on: Mine." in out
    assert "routine: mine" in (home / "settings.yaml").read_text()


def test_who_has_had_enough_keeps_the_file_as_it_is(run: Run, home: Path, editor: Editor) -> None:
    editor(BAD, answers=("n",))
    assert run("new", "mine")[0] == 2
    assert (home / "routines" / "mine.yaml").read_text() == BAD
    assert not (home / "settings.yaml").exists()


def test_the_routine_in_use_is_edited_as_a_copy(run: Run, home: Path, editor: Editor) -> None:
    log = editor(GOOD)
    code, out, _ = run("edit")
    copy = home / "routines" / "gentle-start.yaml"
    assert code == 0 and "comes with backtimer" in out and str(copy) in out
    assert log.read_text() == str(copy) and copy.read_text() == GOOD
    assert "From now on" not in out, "it is followed already"
    code, out, _ = run("edit", "gentle-start")
    assert code == 0 and "comes with backtimer" not in out


def test_of_what_was_only_looked_at_no_copy_is_kept(run: Run, home: Path, editor: Editor) -> None:
    log = editor(answers=("n",))
    code, out, _ = run("edit", "lower-back")
    copy = home / "routines" / "lower-back.yaml"
    assert code == 0 and log.read_text() == str(copy)
    assert out.endswith("no copy is kept: lower-back is the one that comes with backtimer.\n")
    assert not copy.exists()
    copy.write_text(GOOD)  # one's own stays, changed or not
    editor(answers=("n",))
    assert run("edit", "lower-back")[0] == 0
    assert copy.read_text() == GOOD


def test_an_editor_that_comes_back_at_once_has_its_file_left(run: Run, home: Path, editor: Editor) -> None:
    log = editor(open_s=0.4)
    code, out, _ = run("edit", "lower-back")
    copy = home / "routines" / "lower-back.yaml"
    assert code == 0 and copy.exists()
    assert "The editor came back at once" in out and "no copy is kept" not in out
    assert "Follow" not in out, "it is not written yet"
    assert out.count(str(copy)) == 2 and "backtimer check lower-back" in out
    code, out, _ = run("new", "mine")
    assert code == 0 and "The editor came back at once" in out and "backtimer check mine" in out
    log.unlink()
    editor(GOOD, answers=("n",), open_s=0.4)  # a macro, or a script: it has done its work
    assert "no problems" in run("edit", "mine")[1]


def test_who_follows_what_was_looked_at_keeps_the_copy(run: Run, home: Path, editor: Editor) -> None:
    editor(answers=("y",))
    code, out, _ = run("edit", "lower-back")
    assert code == 0 and "From now on" in out and "no copy is kept" not in out
    assert (home / "routines" / "lower-back.yaml").exists()


def test_a_copy_that_cannot_be_taken_away_stays(
    run: Run, home: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use", str(path))

    editor(answers=("n",))
    monkeypatch.setattr(Path, "unlink", held)
    code, out, err = run("edit", "lower-back")
    assert (code, err) == (0, "") and "no copy is kept" not in out
    assert (home / "routines" / "lower-back.yaml").exists()


def test_a_file_is_edited_where_it_is(run: Run, home: Path, tmp_path: Path, editor: Editor) -> None:
    log = editor(answers=("n",))
    file = tmp_path / "elsewhere.yaml"
    file.write_text(GOOD)
    assert run("edit", str(file))[0] == 0
    assert log.read_text() == str(file) and not (home / "routines").exists()
    assert run("edit", str(tmp_path / "none.yaml"))[0] == 2


def test_without_an_editor_nothing_is_copied(run: Run, home: Path) -> None:
    code, _out, err = run("edit", "lower-back")
    assert code == 2 and "$EDITOR" in err
    assert not (home / "routines").exists()


def test_an_editor_that_fails_or_is_not_there_is_told(
    run: Run, home: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(code=3)
    code, _out, err = run("new", "mine")
    assert code == 1 and "ended with 3" in err
    monkeypatch.setenv("VISUAL", "no-such-editor 'unclosed")
    code, _out, err = run("edit", "mine")
    assert code == 2 and "cannot be started" in err


@pytest.mark.parametrize("kind", ["routine", "exercise", "settings"])
def test_a_schema_is_printed_or_written(kind: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    assert run("schema", kind, "-o", str(file))[0] == 0
    schema = json.loads(file.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_a_title_of_several_lines_is_taken_whole() -> None:
    for title in ("title: >-\n  My back\n  on Mondays\n", "title: My back\n  on Mondays\n\n  and Fridays\n"):
        copied = copy_of(f"format: 1\n{title}days: {{}}\n", "mine")
        assert "Monday" not in copied and "Friday" not in copied
        assert "title: Mine\n" in copied and copied.endswith("days: {}\n")
