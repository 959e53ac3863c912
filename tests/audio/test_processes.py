"""Child processes: how they end, what is told of that, and that none outlives the end of all."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.audio import processes
from backtimer.audio.processes import LONGEST_TEXT, end_all, leash, one_line, run_child, spawn
from tests.audio.fakes import Programs
from tests.audio.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are Unix programs")


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    yield
    end_all()


def test_a_child_tells_how_it_ended(programs: Programs) -> None:
    programs.add("seven", "sys.exit(7)")
    child = spawn(["seven"])
    assert child.wait(20.0) == child.exit_code() == 7
    assert not child.was_ended


def test_a_child_is_waited_for_no_longer_than_that(programs: Programs) -> None:
    programs.add("hangs", "time.sleep(60)")
    child = spawn(["hangs"])
    assert child.wait(0.0) is None and child.exit_code() is None
    child.end()
    assert child.was_ended
    assert child.exit_code() == -signal.SIGKILL


def test_a_child_that_has_ended_by_itself_was_not_ended(programs: Programs) -> None:
    programs.add("fine")
    child = spawn(["fine"])
    assert child.wait(20.0) == 0
    child.end()
    child.kill()
    assert not child.was_ended and child.exit_code() == 0


def test_nobody_is_signalled_whose_number_may_be_anothers(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add("fine")
    child = spawn(["fine"])
    assert child.wait(20.0) == 0
    monkeypatch.setattr(os, "killpg", lambda *_: pytest.fail("the number is no longer its own"))
    child.kill()


def test_where_the_session_cannot_be_ended_the_child_is(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add("hangs", "time.sleep(60)")
    child = spawn(["hangs"])

    def refuses(number: int, sign: int) -> None:
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(os, "killpg", refuses)
    child.kill()
    assert child.wait(20.0) == -signal.SIGKILL


def test_a_child_has_the_environment_and_what_is_added(programs: Programs) -> None:
    programs.add("tells", "print(os.environ['ADDED'], 'PATH' in os.environ)")
    assert run_child(["tells"], timeout_s=20, environment={"ADDED": "yes"}) == (0, "yes True\n")


def test_without_a_text_a_child_reads_nothing(programs: Programs) -> None:
    programs.add("reads")
    assert run_child(["reads"], timeout_s=20) == (0, "")
    assert programs.calls("reads")[0]["text"] == ""


def test_a_program_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "leash", lambda: ())
    with pytest.raises(FileNotFoundError):
        spawn(["there-is-no-such-program"])


def test_what_prepares_gives_way_to_others(programs: Programs) -> None:
    # It looks until it has been told, for the word may come after its beginning.
    programs.add(
        "looks",
        "for _ in range(4000):\n    if os.nice(0): break\n    time.sleep(0.005)\nprint(os.nice(0))",
    )
    assert run_child(["looks"], timeout_s=30, gently=True) == (0, f"{min(19, os.nice(0) + 10)}\n")


def test_at_the_end_a_brief_child_may_tell_what_it_has_to_tell(programs: Programs, tmp_path: Path) -> None:
    programs.add("brief", "time.sleep(60)")
    programs.add("long", "time.sleep(60)")
    waited: list[str] = []
    brief, long = spawn(["brief"], brief=True), spawn(["long"])
    wait = processes.Child.wait

    def noted(self: processes.Child, timeout_s: float) -> int | None:
        if self.exit_code() is None and timeout_s < 0.5:
            waited.append("brief" if self is brief else "long")
            return None
        return wait(self, timeout_s)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes.Child, "wait", noted)
        end_all()
    assert waited == ["brief"]
    until(lambda: brief.exit_code() is not None and long.exit_code() is not None)


def test_what_has_ended_is_forgotten_when_another_begins(programs: Programs) -> None:
    programs.add("fine")
    child = spawn(["fine"])
    until(lambda: child._process.poll() is not None)
    other = spawn(["fine"])
    assert child not in processes._living and other in processes._living
    until(lambda: other.exit_code() == 0)
    assert other not in processes._living


def test_a_text_is_one_line_and_not_too_long() -> None:
    assert one_line("a\nb\tc\x07d") == "a b c d"
    assert len(one_line("x" * (LONGEST_TEXT + 1))) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("platform", "program", "tied"),
    [
        ("linux", "setpriv", True),
        ("linux", "busybox", False),
        ("linux", "", False),
        ("darwin", "setpriv", False),
    ],
)
def test_children_are_tied_to_us_where_that_can_be(
    platform: str, program: str, tied: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "setpriv"
    if program:
        (tmp_path / "busybox").touch()
        there.symlink_to("busybox") if program == "busybox" else there.touch()
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(shutil, "which", lambda name: str(there) if program else None)
    expected = (str(there), "--pdeathsig", "KILL", "--") if tied else ()
    assert leash.__wrapped__() == expected


def test_no_descriptor_of_ours_is_left_in_a_child(programs: Programs, tmp_path: Path) -> None:
    programs.add("looks", "print(sorted(os.listdir('/proc/self/fd')))")
    if not Path("/proc/self/fd").exists():
        pytest.skip("descriptors can be looked at on Linux only")
    with (tmp_path / "open").open("wb") as kept:
        os.set_inheritable(kept.fileno(), True)
        code, printed = run_child(["looks"], timeout_s=20)
    assert code == 0 and str(kept.name) not in printed
    assert len(printed.split(",")) <= 5, "its three streams, its log, and the folder that it lists"


def test_a_process_leaves_no_descriptor_behind(programs: Programs) -> None:
    programs.add("fine")
    if not Path("/proc/self/fd").exists():
        pytest.skip("descriptors can be looked at on Linux only")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for _ in range(3):
        run_child(["fine"], "text", timeout_s=20)
        with pytest.raises(OSError):
            spawn(["fine", "a\0b"], "text")
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="they can be looked at on Linux only")
def test_a_child_takes_the_signals_that_python_ignores() -> None:
    code, printed = run_child(["grep", "SigIgn", "/proc/self/status"], timeout_s=20)
    assert code == 0
    assert not int(printed.split()[1], 16) & (1 << (signal.SIGPIPE - 1))
