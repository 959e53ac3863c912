"""What plain mode asks before a session: last night's pain, proposals, and how much it hurts now."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from backtimer.cli import context
from backtimer.cli.main import main
from backtimer.core.plan.routine import WEEKDAYS
from tests.terminal.conftest import Spawn
from tests.terminal.harness import Terminal, history

TINY = """\
format: 1
title: Tiny test
defaults: {prepare: 1s, rest: 1s, transition: 1s}
days:
  daily:
    title: A few seconds
    exercises:
      - {exercise: press, sets: 1, reps: 1-3}
exercises:
  press:
    name: Press up
    position: prone
    phases:
      - {do: lift, for: 1s, breathe: out}
      - {do: lower, for: 1s, breathe: in}
"""

MORNING = "Pain the morning after A few seconds, 0 to 10, or Enter to skip:"
PROPOSAL = (
    "Press up, 2 reps: three sessions of 1, effort 4, no pain. Yes (y), no (n), or Enter to decide later?"
)
NOW = "Pain now, 0 to 10, or Enter to skip:"


@pytest.fixture
def terminal(spawn: Spawn, home: Path) -> Terminal:
    """The session of today, after three good ones of which the last was yesterday's."""
    (home / "routines").mkdir()
    (home / "routines" / "tiny.yaml").write_text(TINY)
    (home / "settings.yaml").write_text("routine: tiny\n")
    today = context.local_today()
    for days in (5, 3, 1):
        day = (today - timedelta(days=days)).isoformat()
        done = ["log", "tiny", WEEKDAYS[today.weekday()], "--date", day, "--effort", "4", "--pain", "0"]
        assert main(done) == 0
    return spawn("today", "--plain", "--mute", columns=120)


def end(terminal: Terminal) -> None:
    """Leave the only set, and skip the ratings."""
    terminal.wait_for("Lift slowly.")
    terminal.send("n")
    terminal.answer("Effort, 1 very easy to 10 all you have, or Enter to skip:", "\r")
    terminal.answer("Pain, 0 none to 10 worst imaginable, or Enter to skip:", "\r")
    assert terminal.wait_for_end() == 0


def test_the_answers_are_kept_and_the_session_follows_them(terminal: Terminal, home: Path) -> None:
    terminal.answer(MORNING, "z")
    terminal.wait_for("A number from 0 to 10, please; x is ten.")
    terminal.answer(MORNING, "0\r")
    terminal.answer(NOW, "1\r")
    terminal.answer(PROPOSAL, "p")
    terminal.wait_for("y or n, please")
    terminal.answer(PROPOSAL, "y")
    terminal.wait_for("Rep 1 of 2.")
    end(terminal)
    *_, yesterday, today = history(home)
    assert (yesterday["pain_next"], today["pain_before"], today["pain"]) == (0, 1, None)


@pytest.mark.parametrize("answer", ["n", "\r", "\x04"])
def test_without_a_yes_all_stays_as_it_is(
    terminal: Terminal, home: Path, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    terminal.answer(MORNING, "\r")
    terminal.answer(NOW, "\r")
    terminal.answer(PROPOSAL, answer)
    terminal.wait_for("Rep 1 of 1.")
    end(terminal)
    *_, yesterday, today = history(home)
    assert (yesterday["pain_next"], today["pain_before"]) == (None, None)
    assert not [line for line in terminal.text.splitlines() if line.count("?") > 1], "each on its own line"
    capsys.readouterr()
    assert main(["progress"]) == 0
    assert ("Proposed: 2 reps" in capsys.readouterr().out) is (answer != "n")


def test_a_question_that_was_skipped_is_not_asked_again(terminal: Terminal, spawn: Spawn) -> None:
    terminal.answer(MORNING, "\x04")
    terminal.answer(NOW, "\r")
    terminal.answer(PROPOSAL, "\x03")
    assert terminal.wait_for_end() == 130
    again = spawn("today", "--plain", "--mute", columns=120)
    again.answer(NOW, "\x03")
    assert again.wait_for_end() == 130
    assert MORNING not in again.text


def test_ctrl_c_at_a_question_leaves_before_the_session(terminal: Terminal, home: Path) -> None:
    before = history(home)
    terminal.answer(MORNING, "\x03")
    assert terminal.wait_for_end() == 130
    assert terminal.raw.endswith(b"\r\n"), "the shell's prompt begins a line"
    assert b"Traceback" not in terminal.raw and history(home) == before


def test_the_keys_are_those_of_the_screens(terminal: Terminal, home: Path) -> None:
    terminal.answer(MORNING, "x")
    terminal.wait_for_last(f"{MORNING} 10")
    terminal.send("\r")
    terminal.answer(NOW, "3")
    terminal.wait_for(f"{NOW} 3")
    terminal.send("\x1b[A")
    again = "or Enter to go on (now 10):"
    terminal.answer(again, "7\r")
    terminal.answer("or Enter to go on (now 3):", "\x7f")
    terminal.wait_for("(now 3): no answer")
    terminal.send("\r")
    terminal.wait_for("Lift slowly.")
    assert PROPOSAL not in terminal.text, "with 7 in the morning nothing is made harder"
    terminal.send("n")
    terminal.answer("Effort, 1 very easy to 10 all you have, or Enter to skip:", "0")
    terminal.wait_for("A number from 1 to 10, please; x is ten.")
    terminal.answer("Effort, 1 very easy to 10 all you have, or Enter to skip:", "5\r")
    terminal.answer("Pain, 0 none to 10 worst imaginable, or Enter to skip:", "0\r")
    assert terminal.wait_for_end() == 0
    *_, yesterday, today = history(home)
    assert (yesterday["pain_next"], today["pain_before"]) == (7, None)
    assert (today["effort"], today["pain"]) == (5, 0)


ASKING = """\
import os
from backtimer.cli import plain, terminal
os.nice(19)
for number in range(100):
    try:
        {ask}(f"Question {{number}}? ")
    except KeyboardInterrupt:
        pass
print("All asked.")
"""


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processors cannot be chosen")
@pytest.mark.parametrize("ask", ["plain._yes_or_no", "terminal.read_line"])
def test_no_ctrl_c_is_lost_that_comes_as_soon_as_a_question_stands_there(spawn: Spawn, ask: str) -> None:
    """On one processor, with the test before the program, it comes before the program reads its answer."""
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    try:
        terminal = spawn("-c", ASKING.format(ask=ask), command=sys.executable)
        for number in range(100):
            terminal.wait_for_output(f"Question {number}? ")
            terminal.send("\x03")
        terminal.wait_for_output("All asked.")
        assert terminal.wait_for_end() == 0
    finally:
        os.sched_setaffinity(0, processors)
