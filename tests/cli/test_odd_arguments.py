"""Arguments that nobody means: too long, empty, far away, no text. One clear line, and nothing done."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run

LONG = "x" * 100_000
DIGITS = "9" * 5000
NO_TEXT = "\udcff\udcfe"

REFUSED = [
    ["log", "swim", "30m", "--note", "x" * 2001],
    ["log", "swim", "30m", "--note", LONG],
    ["log", "lower-back", "monday", "--note", LONG],
    ["log", "swim", f"{DIGITS}m"],
    ["log", "swim", "99999h"],
    ["log", "pain", DIGITS],
    ["log", "pain", "3", "1000-01-01"],
    ["log", "swim", "30m", "--date", "0001-01-01"],
    ["log", "swim", "30m", "--date", "1899-12-31"],
    ["log", "swim", "30m", "--date", "0000-01-01"],
    ["log", "swim", "30m", "--date", "10000-01-01"],
    ["log", "swim", "30m", "--date", "9999-12-31"],
    ["log", "swim", "30m", "--date", DIGITS],
    ["log", "swim", "30m", "--effort", DIGITS],
    ["log", ""],
    ["log", "", "30m"],
    ["log", LONG],
    ["history", "--since", LONG],
    ["history", "--since", "9999-12-31"],
    ["history", "--exercise", LONG],
    ["history", "--exercise", ""],
    ["history", "--exercise", NO_TEXT],
    ["history", "--weeks", DIGITS],
    ["history", LONG],
    ["history", NO_TEXT],
    ["history", "", "--delete"],
    ["history", LONG, "--edit", "pain=1"],
    ["off", "9999-12-31", "--why", "ill"],
    ["off", "0001-01-01", "0001-01-02", "--why", "ill"],
    ["off", "2026-11-20", "9999-12-31", "--why", "ill"],
    ["off", LONG, "--why", "ill"],
    ["off", NO_TEXT, "--why", LONG],
    ["show", LONG],
    ["show", NO_TEXT],
    ["explain", "lower-back", LONG],
    ["explain", "lower-back", ""],
    ["check", f"/{LONG}"],
    ["use", LONG],
    ["start", LONG],
    ["track", "lower-back", "monday", "-o", f"{LONG}.wav"],
    ["track", "lower-back", "monday", "--volume", DIGITS],
    ["progress", LONG],
    ["progress", "--accept", LONG],
    ["export", "-o", LONG],
    ["export", "-o", "/"],
    ["import", LONG],
    ["import", "/"],
    ["import", NO_TEXT],
    ["restore", LONG, "--yes"],
    ["restore", "", "--yes"],
    ["restore", NO_TEXT, "--yes"],
    ["doctor", LONG],
    ["today", "--cues", LONG],
    [LONG],
    ["list", LONG],
    ["list", NO_TEXT],
]


@pytest.mark.parametrize("arguments", REFUSED, ids=lambda one: ascii(" ".join(one)[:40]))
def test_odd_arguments_are_refused_in_one_clear_line(run: Run, arguments: list[str]) -> None:
    assert run("log", "swim", "30m")[0] == 0
    before = run("export")[1]
    code, out, err = run(*arguments)
    assert (code, out) == (2, ""), err[:200]
    assert len(err.splitlines()) == 1 and 10 < len(err) < 5000
    assert run("export")[1] == before


def test_a_note_that_is_too_long_says_how_long_it_may_be(run: Run) -> None:
    _, _, err = run("log", "swim", "30m", "--note", "x" * 2001)
    assert err == "backtimer: a note has at most 2,000 characters, not 2,001\n"
    assert run("log", "swim", "30m", "--note", "x" * 2000)[0] == 0
    ident = json.loads(run("history", "--json")[1])["sessions"][0]["id"]
    code, _, err = run("history", ident, "--edit", f"note={'x' * 2001}")
    assert code == 2 and "at most 2,000 characters" in err


def test_bytes_that_are_no_text_are_kept_as_well_as_can_be(run: Run) -> None:
    assert run("log", NO_TEXT, "30m", "--note", NO_TEXT)[0] == 0
    for look in (["history"], ["history", "--json"], ["export"], ["history", "--csv"]):
        code, out, _ = run(*look)
        assert code == 0 and out.encode("utf-8")


BETWEEN = [
    ["explain", "lower-back", "--json", "monday"],
    ["new", "my-week", "--no-editor", "cat-cow 1m"],
    ["log", "swim", "--effort", "4", "30m"],
]


@pytest.mark.parametrize("arguments", BETWEEN, ids=lambda each: each[0])
def test_an_option_may_stand_between_the_others(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "") and out


def test_what_stands_there_too_much_is_named(run: Run) -> None:
    code, _out, err = run("explain", "lower-back", "--json", "monday", "tuesday")
    assert code == 2
    assert err == "backtimer: unrecognized arguments: tuesday (see backtimer --help)\n"
