"""`safety`: the card as a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backtimer.core.picture.rows import text_of
from backtimer.core.picture.safety_card import card_rows
from tests.cli.conftest import Run


def test_the_card_begins_with_the_good_news_and_ends_with_its_sources(run: Run) -> None:
    code, out, err = run("safety")
    lines = out.splitlines()
    assert (code, err, lines[0]) == (0, "", "Before you begin")
    assert lines[1].startswith("Most back pain is not dangerous.")
    at = [
        out.index(text)
        for text in ("Go to hospital now", "Talk to a doctor", "While you exercise", "Sources")
    ]
    assert at == sorted(at)
    for source in ("Greenhalgh", "Finucane", "NHS", "Thomeé 1997", "Ostelo"):
        assert source in out[at[-1] :]
    assert "\x1b" not in out


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_it_fits_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    _, out, _ = run("safety")
    assert max(len(line) for line in out.splitlines()) <= min(columns, 80)
    assert "…" not in out, "nothing is cut"


def test_whoever_read_it_is_not_told_again(run: Run, home: Path) -> None:
    run("safety")
    assert [path.stat().st_mode & 0o777 for path in home.iterdir()] == [0o600]


def test_every_sentence_of_it_is_short() -> None:
    """Plain English: at most 20 words a sentence."""
    for line in (text_of(row).removeprefix("- ") for row in card_rows(10_000)):
        for sentence in re.split(r"[.:?]", line):
            assert len(sentence.split()) <= 20, sentence
