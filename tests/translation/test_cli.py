"""Whatever a command prints can be translated: in a language of brackets only data stands outside."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backtimer.cli.arguments import COMMANDS
from backtimer.cli.ratings import ScaleQuestion, _Form
from backtimer.core.progress.scales import EFFORT, Answers
from backtimer.language import speaking
from backtimer.past import PastSessions
from tests import messages
from tests.cli.conftest import Run, Wall
from tests.cli.plain_kit import Room
from tests.pseudo import Bracketing, outside
from tests.translation.catalogs import write_translation
from tests.tui.conftest import hold

SYNTAX = re.compile(r"--?[a-z][a-z-]*|\{[a-z0-9,-]+\}|\b[A-Z][A-Z]+\b|FIELD=VALUE|\.\.\.")
"""Options, choices, and the names of values in a usage."""

DATE = re.compile(r"\b[A-Z][a-z]+day \d+ [A-Z][a-z]{2} \d{4}\b")


@pytest.fixture(autouse=True)
def brackets(wall: Wall) -> Iterator[None]:
    with speaking(Bracketing()):
        yield


def left_over(text: str, *data: str) -> list[str]:
    """The words of a text that are in no brackets and are no data."""
    rest = DATE.sub("", outside(text))
    for each in sorted(data, key=len, reverse=True):
        rest = rest.replace(each, "")
    return re.findall(r"[^\W\d_]+", rest)


def test_brackets_show_what_is_left_out() -> None:
    assert left_over("⟦Rest ⟦a⟧⟧ for 5 minutes of bridge", "bridge") == ["for", "minutes", "of"]
    for broken in ("⟦Rest", "Rest⟧"):
        with pytest.raises(AssertionError):
            outside(broken)


@pytest.mark.parametrize("arguments", [[], *([name] for name in COMMANDS), ["doctor", "audio"]])
def test_every_help_can_be_translated(arguments: list[str], run: Run) -> None:
    code, told, _err = run(*arguments, "--help")
    assert code == 0 and "⟦" in told
    assert left_over(SYNTAX.sub("", told), "backtimer", "audio", *COMMANDS) == []


def test_translators_get_every_help() -> None:
    known = {message.text for message in messages.messages()[0]}
    for command in (*COMMANDS.values(), *COMMANDS["doctor"].topics.values()):
        texts = {command.told, *(argument.settings["help"] for argument in command.arguments)}
        assert texts <= known, texts - known


FACTS = ("backtimer", "EDITOR", "VISUAL", "lower-back", "gentle-start", "bridge", "history SESSION")


@pytest.mark.parametrize(
    "arguments",
    [
        "explain",
        "streak more",
        "history --weeks 7",
        "history --weeks many",
        "history --since",
        "history --json=1",
        "off FROM --why tired",
        "log walk 30m --effort 11",
        "history --edit note=x",
        "history --json --csv",
        "history --weeks 26 --csv",
        "history --undo --json",
        "history --undo --delete",
        "history abc --csv",
        "history --undo",
        "history abc --edit reps",
        "history abc --edit size=3",
        "history abc --edit effort=much",
        "history abc --edit set0.reps=3",
        "history abc --edit set1.outcome=well",
        "history --since tomorrow",
        "history --since 31-31",
        "log swim 30",
        "log swim 1:30",
        "log swim 5-6m",
        "log 30m",
        "log lower-back monday tuesday",
        "log lower-back t",
        "log lower-back xyzzy",
        "log walk 30m today --date today",
        "log walk 30m --date 0001-01-01",
        "log pain 11",
        "log pain 3 --note x",
        "log pain none",
        "off",
        "off today",
        "off --list --end",
        "off today --list",
        "off --end",
        "off 2026-11-21 2026-11-20 --why ill",
        "off 2026-11-21 2028-11-20 --why ill",
        "start lower-back sunday",
        "track lower-back sunday",
        "track lower-back monday -o x.ogg",
        "new Mine",
        "new lower-back",
        "new mine brige 3",
        "new mine bridge 3x10 quickly",
        "new mine 3x10",
        "new mine juggling 3",
        "new mine bridge 3 each",
        "new mine bridge --from lower-back",
        "edit lower-back",
        "check --watch",
        "edit nowhere.yaml",
        "progress --accept a --decline b",
        "progress --accept warm",
        "restore",
        "restore --list x",
        "restore nowhere",
    ],
)
def test_every_refusal_can_be_translated(
    arguments: str,
    run: Run,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(home)
    code, out, err = run(*arguments.split())
    told = SYNTAX.sub("", outside(err))
    words = {word for argument in arguments.split() for word in re.findall(r"[^\W\d_]+", argument)}
    assert code in (1, 2) and "⟦" in err, (out, err)
    assert set(left_over(told, *FACTS)) <= words | NOT_OURS, err


NOT_OURS = {"ask", "resume", "save", "discard", "later", "int", "flare", "holiday", "ill"} | {
    word
    for text in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "effort pain_before pain pain_next note set reps outcome done partial skipped hurt wav mp3",
        "before next",
    )
    for word in re.findall(r"[^\W\d_]+", text)
}
"""What is written like this on the command line and in files, whatever is spoken."""


def test_what_is_logged_and_taken_back_can_be_translated(run: Run) -> None:
    data = ("swim", "a walk", "flare-up", "holiday", "min", "backtimer", "history", "undo")
    for arguments in (
        "log swim 30m --effort 3 --pain-before 1 --pain 0",
        "log swim 30m",
        "log pain 2",
        "log pain none",
        "off --list",
        "off 2026-11-20 2026-11-21 --why holiday",
        "off 2026-11-20 2026-11-21 --why holiday",
        "off today --why flare-up",
        "off --list",
        "off --end",
        "off --end",
    ):
        code, out, err = run(*arguments.split())
        assert code == 0 and "⟦" in out and err == "", (arguments, err)
        assert left_over(out, *data) == [], out
    for arguments in ("history today/1 --edit note=x", "history today/1 --delete", "history --undo"):
        code, out, _err = run(*arguments.split())
        assert code == 0 and "⟦" in out
        assert left_over(out, *data) == [], out


def test_the_files_of_a_history_are_told_in_words_that_can_be_translated(
    run: Run,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run("log", "swim", "30m")[0] == 0
    code, _out, err = run("export", "-o", str(home / "all.json"))
    assert code == 0 and left_over(err, str(home / "all.json")) == []
    code, out, _err = run("import", str(home / "all.json"))
    assert code == 0 and "⟦" in out and left_over(out) == []
    (home / "history.db").rename(home / "moved.db")
    code, out, _err = run("import", str(home / "all.json"))
    assert code == 0 and out.count("⟦") > 2 and left_over(out) == []


def test_lists_and_checks_can_be_translated(run: Run, home: Path) -> None:
    code, out, _err = run("check")
    assert code == 0 and left_over(out, str(home)) == []
    for nothing in (
        ["zebra"],
        ["--target", "lungs", "--equipment", "none"],
        ["--position", "gluets"],
        ["bird-dgo"],
    ):
        code, _out, err = run("list", "--exercises", *nothing)
        assert code == 1 and "⟦" in err
    (home / "routines").mkdir()
    (home / "routines" / "mine.yaml").write_text("days: [\n")
    assert "⟦(broken: see `backtimer check`)⟧" in run("list")[1]
    assert "⟦bundled⟧" in run("list")[1] and "⟦yours⟧" in run("list")[1]
    (home / "routines" / "mine.yaml").write_text("format: 1\ndays:\n  monday: {rest: yes}\n")
    code, out, _err = run("check")
    assert code == 0 and "⟦" in out and left_over(out) == []
    code, out, _err = run("use", "gentle-start")
    assert code == 0 and out.startswith("⟦From now on: ")


def test_a_week_is_shown_with_its_days_in_the_language_that_is_spoken(run: Run) -> None:
    _code, out, _err = run("show", "lower-back")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        assert f" ⟦{day}⟧" in out
    assert "⟦optional⟧" in out and "⟦Source: " in out
    assert "⟦Sunday⟧: " in run("explain", "lower-back", "sunday")[1]


def test_what_is_proposed_is_told_in_words_that_can_be_translated(run: Run) -> None:
    _code, out, _err = run("progress", "lower-back")
    assert "⟦Monday⟧: " in out
    assert re.search(r"⟦.+ \(from .+ to .+\)⟧", out)


def test_the_doctor_can_be_translated(run: Run) -> None:
    _code, out, _err = run("doctor")
    names = [line.partition(":")[0] for line in out.splitlines() if line[:12].strip()]
    proper = ("backtimer", "python", "textual", "rich", "pyyaml", "platformdirs", "history")
    assert len(names) > 10
    assert [name for name in names if not name.startswith("⟦") and name not in proper] == []
    for words in ("plain lines", "day begins", "(none of your own yet)", "BACKTIMER_MUTE"):
        (line,) = (line for line in out.splitlines() if words in line)
        assert words not in outside(line)


def test_lines_of_a_session_can_be_translated(room: Room) -> None:
    code, lines = room.lead(unfinished="resume")
    assert code == 1 and left_over("\n".join(lines)) == []


def test_what_a_session_asks_and_answers_can_be_translated(room: Room) -> None:
    room.practice.asks_for_pain = True
    room.practice.notes.problem = "⟦not saved⟧"
    room.hands.at(3, "?", "u", "+", "q", "x", "q", "l")
    code, lines = room.lead(hold("superman", 20, 1))
    assert code == 0
    for told in (
        "Keys: space",
        "Nothing was left out.",
        "Stop here?",
        "s or f: save it as it is.",
        "Still here. Space goes on.",
        "Left after",
    ):
        (line, *_others) = (line for line in lines if told in line)
        assert told not in outside(line), line
    assert any(line.endswith(", ⟦1 set⟧.") for line in lines)


def test_questions_for_numbers_can_be_translated() -> None:
    written: list[str] = []
    form = _Form([ScaleQuestion("⟦Effort⟧", EFFORT)], written.append, Answers([EFFORT], [4]), lambda: 0.0)
    form.open(0)
    for key in ("backspace", "0", "enter"):
        form.press(key)
    told = "".join(written)
    assert "go on (now 4)" in told and "Enter to skip" in told and "no answer" in told and "x is ten" in told
    assert left_over(told) == []


NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def test_what_is_taken_back_is_told_in_words_that_can_be_translated() -> None:
    past = PastSessions(lambda: pytest.fail("nothing is asked of it"), lambda: NOW, NOW.date, None)
    assert past.says == ""
    past.was_kept("a")
    assert past.says == "⟦Saved as it is. u takes that back.⟧"
    past.was_discarded("a", "b")
    assert past.says == "⟦Discarded. u brings it back.⟧"


def test_a_whole_language_is_spoken_by_the_program(home: Path) -> None:
    write_translation(
        home / "locales",
        "nl",
        {
            "No days off.": "Geen vrije dagen.",
            "usage: ": "gebruik: ",
            "days off: a flare-up, a holiday, an illness": "vrije dagen",
            "the following arguments are required: %s": "dit ontbreekt: %s",
        },
    )
    (home / "settings.yaml").write_text("language: nl\n")

    def told(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "backtimer", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert told("off", "--list").stdout == "Geen vrije dagen.\n"
    assert told("off", "--help").stdout.startswith("gebruik: backtimer off")
    assert "vrije dagen" in told("--help").stdout
    assert told("explain").stderr.startswith("backtimer explain: dit ontbreekt: ROUTINE")
