"""What a terminal sends by itself is no command, and what a person presses is."""

from __future__ import annotations

import select
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import Spawn
from tests.terminal.harness import BACKTIMER, RESTING, Terminal, history
from tests.terminal.test_leaving import LONG

REPLIES = [
    "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b]11;rgb:ffff/ffff/ffff\x07",
    "\x1b]10;rgb:3333/3333/3333\x1b\\",
    "\x1b]52;c;ZmZmZmZmZm5uc3Ns\x07",
    "\x1b[0n",
    "\x1b[?997;1n",
    "\x1b[12;40R",
    "\x1b[?62;22;52c",
    "\x1b[8;24;80t",
    "\x1b[?25u",
    "\x1bP>|XTerm(379)\x1b\\",
    "\x1bP1+r736d\x1b\\",
    "\x1b_Gi=1;fnsl\x1b\\",
    "\x1bOx\x1bNf\x1bf\x1bn\x1bs",
    "\x1b[M f3",
    "\x1b[200~fnsq3\r\x1b[201~",
]
"""Answers to questions that nobody asked, or whose program has gone."""

ABSURD = [
    "\x1b[1114112u",
    "\x1b[9999999999A",
    "\x1b[27;5;9999999~",
    "\x1b[48;999999;999999;1;1t",
    "\x1b[57344;99999u",
    "\x1b[102;1;1114112u",
    "\x1b[<0;999999999;1M",
    "\x1b[<999;1;1M",
    "\x1b[110;1:3u",
    "\x1b[" + "9;" * 3000 + "u",
    "\x1b]11;" + "f" * 20_000 + "\x07",
]
"""Numbers that no terminal should send."""


BESIDE_A_BURST_S = 0.05
"""After so long a key does not belong to the burst before it."""

SWALLOWED_S = 1.2
"""After so long nothing belongs to an escape any more."""


@pytest.fixture
def long(home: Path) -> Path:
    """A short hold, then a long rest: one set is done, and nothing else happens by itself."""
    path = home / "long.yaml"
    path.write_text(LONG)
    return path


def assert_undisturbed(terminal: Terminal, home: Path) -> None:
    """The session stands where it stood, and a key is heard."""
    terminal.send(" ")
    terminal.wait_for("Space goes on")
    assert "Stop here?" not in terminal.text
    terminal.send("\x03")
    assert terminal.wait_for_end() == 130
    [session] = history(home)
    assert session["state"] == "running"
    assert [one["outcome"] for one in session["sets"]] == ["done"]


def test_replies_in_a_session(spawn: Spawn, home: Path, long: Path) -> None:
    terminal = spawn("start", str(long), "monday", "--mute")
    terminal.wait_for(RESTING, seconds=30)
    for reply in REPLIES:
        terminal.send(reply)
        half = len(reply) // 2 + 1
        terminal.send(reply[:half])
        terminal.pass_time(0.01)
        terminal.send(reply[half:])
        terminal.pass_time(0.01)
    terminal.pass_time(SWALLOWED_S)
    assert_undisturbed(terminal, home)


def test_absurd_numbers_in_a_session(spawn: Spawn, home: Path, long: Path) -> None:
    terminal = spawn("start", str(long), "monday", "--mute")
    terminal.wait_for(RESTING, seconds=30)
    for sequence in ABSURD:
        terminal.send(sequence)
        terminal.pass_time(0.02)
    assert_undisturbed(terminal, home)


def test_the_keyboard_protocol_in_a_session(spawn: Spawn, home: Path, long: Path) -> None:
    terminal = spawn("start", str(long), "monday", "--mute")
    terminal.wait_for(RESTING, seconds=30)
    terminal.send("\x1b[120;1:1u\x1b[120;1:3u")  # x, pressed and let go
    terminal.wait_for("Space goes on")
    terminal.send("\x1b[1089;5u")  # Ctrl+C on a Cyrillic layout
    assert terminal.wait_for_end() == 130


def test_replies_on_the_first_screen(spawn: Spawn, home: Path, long: Path) -> None:
    (home / "settings.yaml").write_text(f"routine: {long}\n")
    terminal = spawn("today", "--mute")
    terminal.wait_for("Pain now?")
    for sequence in [*REPLIES, *ABSURD, "3\r", "\r3", "3x"]:  # the last ones are too fast for a hand
        terminal.send(sequence)
        terminal.pass_time(BESIDE_A_BURST_S)
    terminal.pass_time(SWALLOWED_S)
    terminal.send("4")
    terminal.wait_for("[4]")
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    assert history(home) == []


def test_replies_on_the_rating(spawn: Spawn, home: Path, long: Path) -> None:
    terminal = spawn("start", str(long), "monday", "--mute")
    terminal.wait_for(RESTING, seconds=30)
    terminal.send("f")
    terminal.wait_for("Stop here?")
    terminal.send("f")
    terminal.wait_for("How hard was it?")
    for sequence in [*REPLIES, *ABSURD, "35", "5\r"]:
        terminal.send(sequence)
        terminal.pass_time(BESIDE_A_BURST_S)
    terminal.pass_time(SWALLOWED_S)
    terminal.send("è")  # AZERTY's seven, without shift
    terminal.wait_for("[7]")
    terminal.send("\x03")
    assert terminal.wait_for_end() == 130
    [session] = history(home)
    assert (session["effort"], session["pain"]) == (7, None)


def test_what_waits_in_the_input_at_the_start_commands_nothing(spawn: Spawn, home: Path, long: Path) -> None:
    terminal = spawn("start", str(long), "monday", "--mute", fresh=True)
    for typed in (
        "f",
        "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        "n",
        "\r",
        "f",
        "f",
        "q",
        "\x1b[0n",
        "\x1b]11;rgb:ff",
    ):
        terminal.send(typed)
    # The keys that come before anything can be seen.
    terminal.wait_for_output("\x1b[?1049h")
    terminal.send("ff/ffff/ffff\x07")
    terminal.wait_for(RESTING, seconds=30)
    assert_undisturbed(terminal, home)


@pytest.mark.parametrize("keys", ["fs", "nf", "sf", "hq"])
def test_keys_that_no_hand_pressed_command_nothing(spawn: Spawn, home: Path, long: Path, keys: str) -> None:
    terminal = spawn("start", str(long), "monday", "--mute")
    terminal.wait_for(RESTING, seconds=30)
    terminal.send(keys)
    terminal.pass_time(BESIDE_A_BURST_S)
    assert_undisturbed(terminal, home)


def test_an_arrow_in_pieces_through_a_slow_network(spawn: Spawn, home: Path, long: Path) -> None:
    terminal = spawn(
        "start",
        str(long),
        "monday",
        "--mute",
        more_environment={"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"},
    )
    terminal.wait_for(RESTING, seconds=30)
    terminal.send("\x1b")
    terminal.pass_time(0.3)
    terminal.send("[C")
    assert "Stop here?" not in terminal.wait_for("Side lean · set 2 of 2")
    terminal.send("\x1b")
    terminal.wait_for("Stop here?")
    terminal.send("\x03")
    assert terminal.wait_for_end() == 130


def test_other_layouts_in_a_session(spawn: Spawn, home: Path, long: Path) -> None:
    terminal = spawn("start", str(long), "monday", "--mute")
    terminal.wait_for(RESTING, seconds=30)
    terminal.send("а")
    terminal.wait_for("Stop here?")
    terminal.send("γ")  # Greek, where Latin has the g: go on
    while "Stop here?" in terminal.text:
        assert terminal.read(20)
    terminal.send("т")  # Cyrillic, where Latin has the n
    terminal.wait_for("Side lean · set 2 of 2")
    terminal.send("\x03")
    assert terminal.wait_for_end() == 130


def test_the_picture_does_not_stay_where_there_is_no_alternate_screen(
    spawn: Spawn, home: Path, long: Path
) -> None:
    (home / "settings.yaml").write_text(f"routine: {long}\n")
    terminal = spawn("today", "--mute")
    terminal.wait_for("Pain now?")
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    assert terminal.text.strip() == ""  # the emulator has one screen only


@pytest.mark.parametrize("redirection", ["2>/dev/null", "2>{home}/err.log", "2>&-", "2>/dev/full"])
def test_the_picture_is_drawn_where_standard_output_is(
    spawn: Spawn, home: Path, long: Path, redirection: str
) -> None:
    command = f"exec '{BACKTIMER}' start '{long}' monday --mute {redirection.format(home=home)}"
    terminal = spawn("-c", command, command="/bin/sh")
    terminal.wait_for(RESTING, seconds=30)
    terminal.send("\x03")
    assert terminal.wait_for_end() == 130
    [session] = history(home)
    assert [one["outcome"] for one in session["sets"]] == ["done"]


def test_replies_in_plain_mode(spawn: Spawn, home: Path, long: Path) -> None:
    terminal = spawn("start", str(long), "monday", "--plain", rows=60)
    terminal.send("fq")
    terminal.wait_for("Rest for", seconds=30)
    for sequence in [*REPLIES, *ABSURD, "ff\x07", "fs"]:
        if sequence != REPLIES[-1]:  # pasted text has no frame here, but comes all at once as well
            terminal.send(sequence)
            terminal.pass_time(BESIDE_A_BURST_S)
    terminal.pass_time(SWALLOWED_S)
    terminal.send("\x1b")
    terminal.pass_time(0.02)
    terminal.send("]11;rgb:ffff/ffff\x07")
    terminal.pass_time(BESIDE_A_BURST_S)
    assert "Stop here?" not in terminal.text and "Paused" not in terminal.text
    terminal.send("а")
    terminal.wait_for("Stop here?")
    terminal.send("f")
    terminal.wait_for("Effort")
    reply = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
    for burst in (f"{reply}5\r", "35", "5\r"):
        terminal.send(burst)
        terminal.pass_time(BESIDE_A_BURST_S)
    terminal.wait_for_last("or Enter to skip:")
    terminal.send(f"{reply}è")
    terminal.wait_for_last("or Enter to skip: 7")
    terminal.send("\r")
    terminal.answer("Pain, 0 none to 10 worst imaginable, or Enter to skip:", "\r")
    assert terminal.wait_for_end() == 0
    [session] = history(home)
    assert (session["effort"], session["pain"]) == (7, None)
    assert [one["outcome"] for one in session["sets"]] == ["done", "skipped"]


def test_a_mistake_of_our_own_ends_with_an_exit_code(spawn: Spawn, home: Path, long: Path) -> None:
    code = (
        "import sys\n"
        "from backtimer.core.terminal import terminal_input\n"
        "def fail(self, data, now):\n"
        "    raise RuntimeError('on purpose')\n"
        "def broken(self, data, now, kept=terminal_input.TerminalInput.feed):\n"
        "    return fail(self, data, now) if data == b'x' else kept(self, data, now)\n"
        "terminal_input.TerminalInput.feed = broken\n"
        "from backtimer.cli.main import main\n"
        f"sys.exit(main(['start', {str(long)!r}, 'monday', '--mute']))\n"
    )
    script = home / "broken.py"
    script.write_text(code)
    terminal = spawn(str(script), command=sys.executable)
    terminal.wait_for(RESTING, seconds=30)
    terminal.send("x")
    assert terminal.wait_for_end() == 1
    assert b"on purpose" in terminal.raw
    assert b"\x1b[?1049l" in terminal.raw
    [session] = history(home)
    assert [one["outcome"] for one in session["sets"]] == ["done"]


def test_ctrl_c_leaves_though_nobody_takes_the_picture(spawn: Spawn, home: Path, long: Path) -> None:
    terminal = spawn("start", str(long), "monday", "--mute", rows=60, columns=200)
    terminal.wait_for("· set 2 of 2", seconds=30)
    for _ in range(100):  # another theme, and another, until nothing more can be written
        terminal.send("t")
        select.select([], [], [], 0.03)  # one picture for each, and nobody reads them
    terminal.send("\x03")
    assert terminal.wait_for_end_without_terminal(20) == 130
    [session] = history(home)
    assert [one["outcome"] for one in session["sets"]] == ["done"]
