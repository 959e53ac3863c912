"""The documentation keeps its word: references are fresh, links lead somewhere, commands run, files read."""

from __future__ import annotations

import json
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
import yaml

from backtimer.cli.arguments import COMMANDS
from backtimer.cli.main import main
from backtimer.cli.parser import parsed
from tests import pictures, reference
from tests.rules import for_each

ROOT = Path(__file__).parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS]
FOR_USERS = [ROOT / "README.md", *DOCS]
MOST_LINES = 150
"""Of the page that everybody reads first."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text(path), re.DOTALL | re.MULTILINE)


def prose(path: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", text(path), flags=re.DOTALL | re.MULTILINE)


def anchors(path: Path) -> list[str]:
    """Where links into a page may lead."""
    return [reference.anchor(each) for each in re.findall(r"^#+ (.*)$", prose(path), re.MULTILINE)]


def test_the_map_of_the_house_names_files_that_are_there() -> None:
    """Before somebody opens them: rooms are merged and renamed, and the map is written by hand."""
    files = [*(ROOT / "src" / "backtimer").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    there = {"/".join(path.parts[-length:]) for path in files for length in range(1, 6)}
    named = set(re.findall(r"`([\w/]+\.py)`", text(ROOT / "CONTRIBUTING.md")))
    assert len(named) > 100
    assert named <= there, named - there


# References.


@for_each("page", DOCS, ids=name)
def test_references_are_fresh(page: Path) -> None:
    """Where this fails: `python -m tests.reference`, and read the difference."""
    assert reference.renewed(text(page)) == text(page)


def test_each_reference_stands_on_one_page() -> None:
    found = [
        each for page in DOCS for each in re.findall(r"made by python -m tests\.reference: (\w+)", text(page))
    ]
    assert sorted(found) == sorted(reference.MADE)
    complete = [made[1] for page in DOCS for made in reference.MARKED.findall(text(page))]
    assert sorted(complete) == sorted(found), "each has its end"


def test_a_reference_that_is_behind_is_written_anew() -> None:
    page = "Before.\n<!-- made by python -m tests.reference: commands -->\n\nold\n\n<!-- end -->\nBehind.\n"
    new = reference.renewed(page)
    assert "old" not in new and "`backtimer today`" in new
    assert new.startswith("Before.\n<!-- made") and new.endswith("<!-- end -->\nBehind.\n")


# Links.


@for_each("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if target.startswith(("https://", "http://")):
            continue
        file, _, part = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.is_file() or (part and part not in anchors(there)):
            lost.append(target)
    assert lost == []


@for_each("page", PAGES, ids=name)
def test_no_heading_stands_twice(page: Path) -> None:
    found = anchors(page)
    assert [each for each in found if found.count(each) > 1] == []


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    readme = text(ROOT / "README.md")
    assert readme.count("\n") < MOST_LINES
    assert [page.name for page in DOCS if f"(docs/{page.name}" not in readme] == []


@for_each("shown", pictures.TAKEN)
def test_every_picture_is_shown_and_told(shown: str) -> None:
    picture = re.compile(rf"!\[{re.escape(pictures.TOLD[shown])}\]\((docs/)?pictures/{shown}\.svg\)")
    assert [page for page in FOR_USERS if picture.search(text(page))]


# Commands.

INSTALL = "python3 -m venv"


def commands_of(page: Path) -> list[str]:
    """What the page has one type, but for installing."""
    return [
        line
        for block in blocks(page, "sh")
        for line in block.splitlines()
        if line and not line.startswith(INSTALL)
    ]


@pytest.mark.parametrize("page", [page for page in FOR_USERS if commands_of(page)], ids=name)
def test_commands_run_one_after_the_other(
    page: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # what is written "here" is not to be written into the clone
    for line in commands_of(page):
        words = shlex.split(line, comments=True)
        assert words[0] == "backtimer"
        if "--plain" in words:
            continue  # takes its time: test_readme.py
        assert main(words[1:]) == 0, f"{line}: {capsys.readouterr().err}"
        told = capsys.readouterr()
        assert told.out or told.err, line


def mentioned() -> list[tuple[str, str]]:
    """Each command that stands in a sentence or a table, and its page."""
    found: dict[str, str] = {}
    for page in PAGES:
        for each in re.findall(r"`(backtimer(?: [^`]*)?)`", prose(page)):
            found.setdefault(" ".join(each.split()), name(page))
    return list(found.items())


def is_pattern(words: list[str]) -> bool:
    """Whether some of the words stand for others, as ROUTINE does."""
    return any("…" in word or re.fullmatch(r"\[?[A-Z]{2,}\]?", word) for word in words)


def test_commands_in_sentences_are_such_as_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    for line, page in mentioned():
        words = shlex.split(line)[1:]
        if words in ([], ["--help"], ["--version"]):
            continue
        command = COMMANDS.get(words[0])
        if command is None:
            wrong.append((page, line))
        elif is_pattern(words):
            known = {option for each in command.arguments for option in each.names}
            if [word for word in words if word.startswith("-") and word not in known]:
                wrong.append((page, line))
        else:
            try:
                parsed(words)
            except SystemExit:
                if "are required" not in capsys.readouterr().err:  # `backtimer log` alone names the command
                    wrong.append((page, line))
    assert len(mentioned()) > 50
    assert wrong == []


# Files.


def kind_of(block: str) -> str:
    """What kind of a file a block of YAML is; a figure, or exercises alone, are a part of one."""
    keys = set(yaml.load(block, yaml.BaseLoader))
    if keys == {"figure"}:
        return "figure"
    if keys == {"exercises"}:
        return "exercises"
    if "format" not in keys:
        return "settings"
    return "exercise" if "position" in keys else "routine"


BARE = """\
format: 1
name: My own
position: quadruped
phases: [{do: reach, for: 2s}, {do: return, for: 2s}]
"""
FILES = [(page, number) for page in FOR_USERS for number in range(len(blocks(page, "yaml")))]


@pytest.mark.parametrize(
    ("page", "number"), FILES, ids=lambda each: name(each) if isinstance(each, Path) else each
)
def test_files_in_it_are_good_files(
    page: Path, number: int, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    block = blocks(page, "yaml")[number]
    kind = kind_of(block)
    folder = home / "routines" / "exercises"
    folder.mkdir(parents=True)
    if kind == "settings":
        (home / "settings.yaml").write_text(block, encoding="utf-8")
    elif kind == "routine":
        (home / "routines" / "my-back.yaml").write_text(block, encoding="utf-8")
    elif kind == "exercises":
        listed = ", ".join(f"{{exercise: {each}, reps: 3}}" for each in yaml.safe_load(block)["exercises"])
        head = f"format: 1\ntitle: Mine\ndays: {{daily: {{exercises: [{listed}]}}}}\n"
        (home / "routines" / "my-back.yaml").write_text(head + block, encoding="utf-8")
    else:
        whole = block if kind == "exercise" else BARE + block
        (folder / "my-own.yaml").write_text(whole, encoding="utf-8")
        routine = "format: 1\ntitle: Mine\ndays: {daily: {exercises: [{exercise: my-own, reps: 3}]}}\n"
        (home / "routines" / "my-back.yaml").write_text(routine, encoding="utf-8")
        assert main(["check", str(folder / "my-own.yaml")]) == 0, capsys.readouterr().err
    assert main(["check"]) == 0, capsys.readouterr().err
    if kind != "settings":
        assert main(["show", "my-back"]) == 0, capsys.readouterr().err


def test_what_stands_on_a_handout_can_be_written_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = next(page for page in DOCS if page.name == "writing-routines.md")
    entries = re.findall(r"^\| [^|]* \| `(\{.*?\})` \|", text(page), re.MULTILINE)
    assert len(entries) > 8
    days = "".join(f"\n  - {entry}" for entry in entries)
    (home / "routines").mkdir()
    routine = f"format: 1\ntitle: Handout\ndays:\n daily:\n  exercises:{days}\n"
    (home / "routines" / "handout.yaml").write_text(routine, encoding="utf-8")
    assert main(["check"]) == 0
    told = capsys.readouterr()
    hints = [line for line in (told.out + told.err).splitlines() if "hint" in line]
    assert all(" become " in hint or " becomes " in hint for hint in hints)  # for the words between them


def test_an_export_is_told_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """The page shows that of a home in which nothing has happened."""
    text = (ROOT / "docs" / "your-data.md").read_text(encoding="utf-8")
    shown = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert shown is not None
    assert main(["export"]) == 0
    assert json.loads(shown[1]) == json.loads(capsys.readouterr().out)
