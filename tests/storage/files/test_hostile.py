"""Files of strangers: one line, at once, and nothing else happens."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.routine_file import read_routine
from backtimer.storage.files.source import ProblemsError
from tests.rules import for_each

LONG = 250_000


def spread(piece: str, size: int = LONG) -> str:
    """A piece repeated, on lines as long as they may be."""
    line = piece * (9_000 // len(piece)) + "\n"
    return line * (size // len(line))


def bomb(entry: str) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} " + entry.replace("*", f"*a{level - 1}") for level in range(1, 12)]
    return "\n".join(lines)


def refused(path: Path) -> str:
    """The one line about a file, said within a second."""
    before = time.process_time()
    with pytest.raises(ProblemsError) as caught:
        read_routine(path, Catalogue([]))
    assert time.process_time() - before < 1.0
    first = str(caught.value).splitlines()[0]
    assert first.startswith(str(path))
    return first.removeprefix(str(path))


TEXTS = {
    "billion laughs": bomb("[*, *, *, *, *, *, *, *, *, *]"),
    "merge keys": bomb("{<<: [*, *, *, *, *, *, *, *, *, *]}"),
    "alias in itself": "a: &a [*a]",
    "nested [": "[" * 9_999,
    "nested [ on lines": spread("["),
    "one [ a line": "[\n" * (LONG // 2),
    "nested {": spread("{"),
    "nested {a: ": spread("{a: "),
    "nested - ": spread("- "),
    "nested blocks": "\n".join(" " * level + "a:" for level in range(600)),
    "complex keys": spread("? "),
    "many complex keys": "? a\n" * (LONG // 4),
    "many items": "-\n" * (LONG // 2),
    "many keys": "a:\n" * (LONG // 3),
    "many anchors": "".join(f"- &a{number} x\n" for number in range(20_000)),
    "many aliases": "- &a x\n" + "- *a\n" * 45_000,
    "many tags": spread("!a "),
    "tag": "!!python/object/apply:os.system ['touch hacked']",
    "directives": "".join(f"%TAG !a{number}! b\n" for number in range(14_000)) + "---\na: b",
    "long flow": "[" + spread("a,") + "]",
    "long flow mapping": "{" + spread("a: b,") + "}",
    "flow of flows": "[" + spread("[],") + "]",
    "flow of pairs": "[" + spread("? a,") + "]",
    "quotes": spread('"'),
    "single quotes": spread("'"),
    "anchors": spread("&"),
    "colons": spread(": "),
    "open quote": '"' + spread("a "),
    "open block": "a: |\n" + " x\n" * (LONG // 3),
    "blank lines": "\n" * LONG,
    "blanks in quotes": 'a: "x' + "\n" * (LONG - 10) + 'y"',
    "one long word": "a: " + spread("x"),
    "huge number": "format: " + "9" * 9_000,
    "one long line": "a: " + "x" * LONG,
    "documents": "---\n" * (LONG // 4),
    "NUL": "format: 1\0",
    "escape": "title: \x1b]52;c;aGFja2Vk\x07",
    "too large": "#" * 10_000_000,
    "unknown keys": "format: 1\n" + "".join(f"k{number}: v\n" for number in range(20_000)),
    "unknown days": "format: 1\ndays:\n" + "".join(f"  k{number}: v\n" for number in range(15_000)),
    "unknown exercises": "format: 1\ndays:\n  monday:\n    exercises:\n"
    + "".join(f"      - birddog{number}\n" for number in range(900)),
    "unknown tempo": "format: 1\nexercises: {x: {name: x, position: prone, prescription: {tempo: {"
    + "\n".join(f"l{number}ft: 2s," for number in range(10_000))
    + "}}}}\n",
    "a repeated key": "format: 1\n" + "title: x\n" * 20_000,
}


@for_each("name", TEXTS)
def test_hostile_text_is_refused_within_a_second(name: str, tmp_path: Path) -> None:
    path = tmp_path / "my-week.yaml"
    path.write_text(TEXTS[name], encoding="utf-8")
    assert refused(path).startswith(":")


@for_each(
    ("data", "told"),
    [
        (b"\xff\xfef\x00o\x00", ":1:1: this is not UTF-8 text; save it anew with the encoding UTF-8"),
        ("format: 1".encode("utf-16-be"), ":1:1: this is not UTF-8 text"),
        (rb"{\rtf1\ansi format: 1\par}", ":1:1: this is a document of another program"),
        (b"PK\x03\x04\x14\x00", ":1:1: this is a document of another program"),
        (b"\n<!DOCTYPE html><html>", ":1:1: this is a document of another program"),
        (b"format: 1\ntitle: caf\xe9\n", ":2:11: this is not UTF-8 text"),
        (b"title: \xed\xa0\x80\n", ":1:8: this is not UTF-8 text"),
        (b"", ": the file is empty"),
        (b"\xef\xbb\xbf", ": the file is empty"),
        (b"# nothing yet\n", ": the file is empty"),
        (b"just text\n", ":1:1: each line is a key, a colon and a value, as in"),
        (b"- a\n", ":1:1: each line is a key, a colon and a value, as in"),
        (b"\xef\xbb\xbf\xef\xbb\xbfa: b", ":1:1: the character U+FEFF is not allowed"),
    ],
)
def test_bytes_that_are_no_routine(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "my-week.yaml"
    path.write_bytes(data)
    assert refused(path).startswith(told)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_directory(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


def make_link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_circle_of_links(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize(
    ("make", "told"),
    [
        (make_pipe, ": this is a pipe, not a file"),
        (make_directory, ": this is a directory, not a file"),
        (make_socket, ": this is a socket, not a file"),
        (make_link_to_device, ": this is a device, not a file"),
        (make_circle_of_links, ": it is a link that leads round in a circle"),
    ],
)
def test_what_is_no_file_is_refused_without_waiting(
    make: Callable[[Path], None], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    path = Path("week.yaml")
    make(path)
    assert refused(path) == told


def test_a_pipe_put_in_the_place_of_the_file_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "week.yaml"
    path.write_text("format: 1\n", encoding="utf-8")
    really_open = os.open

    def swap_and_open(opened: Path, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return really_open(opened, flags)

    monkeypatch.setattr(os, "open", swap_and_open)
    assert refused(path) == ": this is a pipe, not a file"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing.yaml", ": there is no such file"),
        ("a-file/week.yaml", ": there is no such file"),
        ("x" * 300 + ".yaml", ": the name is too long"),
    ],
)
def test_a_file_that_is_not_there(name: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    assert refused(tmp_path / name) == told


def test_a_name_with_a_nul_is_no_file() -> None:
    with pytest.raises(ProblemsError, match="there is no such file"):
        read_routine(Path("a\0b.yaml"), Catalogue([]))


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "week.yaml"
    path.touch()

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert refused(path) == ": no permission to read it"


def test_a_path_cannot_steer_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        read_routine(tmp_path / "a\x1b[2J\udcff\n.yaml", Catalogue([]))
    assert str(caught.value).isprintable()


def test_markup_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "week.yaml"
    text = "[@click=app.quit]Press me[/] [/] \\"
    path.write_text(f"format: 1\ntitle: '{text}'\ndays: {{monday: {{rest: Rest}}}}\n", encoding="utf-8")
    assert read_routine(path, Catalogue([])).title == text


def test_a_day_beyond_all_bounds_is_one_problem_at_its_name(tmp_path: Path) -> None:
    path = tmp_path / "week.yaml"
    day = "{exercises: [{exercise: x, sets: 100, reps: 1000, rest: 0s}]}"
    exercise = "exercises: {x: {name: x, position: prone}}"
    path.write_text(f"format: 1\ndays:\n  friday: {day}\n{exercise}\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_routine(path, Catalogue([]))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, 3)
    assert "more than 20,000 steps" in problem.message
