"""Child processes: how they end, what is told of that, and that none outlives the end of all."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen
from typing import cast

import pytest

from backtimer.audio import processes
from backtimer.audio.processes import (
    LONGEST_TEXT,
    Child,
    KeptChild,
    end_all,
    leash,
    one_line,
    run_child,
    spawn,
)
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
    # It looks until it has been told, for the word may come after its beginning. The tests may give way too.
    programs.add(
        "looks",
        "for _ in range(4000):\n    if os.nice(0) == 10: break\n    time.sleep(0.005)\nprint(os.nice(0))",
    )
    assert run_child(["looks"], timeout_s=30, gently=True) == (0, "10\n")


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


def test_a_child_that_hangs_with_its_output_open_is_not_waited_for(programs: Programs) -> None:
    programs.add("hangs", "print('so far', flush=True)\ntime.sleep(60)")
    assert run_child(["hangs"], timeout_s=1.0) == (None, "")


def test_an_output_that_another_process_keeps_open_is_not_waited_for(programs: Programs) -> None:
    programs.add("leaves", "print('done', flush=True)\nimport subprocess\nsubprocess.Popen(['sleep', '60'])")
    code, printed = run_child(["leaves"], timeout_s=1.0)
    assert (code, printed) in {(0, "done\n"), (None, "")}


# One that is kept loaded

ECHO = """\
print("loading", flush=True)
number = 0
for line in iter(sys.stdin.readline, ""):
    number += 1
    if "die" in line: sys.exit(7)
    if "hang" in line: time.sleep(60)
    print("noise", flush=True)
    print("> " + str(number) + " " + line.strip(), flush=True)
"""


@pytest.fixture
def echo(programs: Programs) -> KeptChild:
    """A program that answers each line with its number and the line."""
    path = programs.add("echo-lines", ECHO)
    # Others read their input to its end first.
    path.write_text(path.read_text().replace("sys.stdin.read()", "''"))
    return KeptChild(["echo-lines"], lambda line: line.startswith("> "))


def test_one_that_is_kept_answers_line_by_line_and_is_started_once(
    echo: KeptChild, programs: Programs
) -> None:
    assert not programs.calls("echo-lines"), "before it is asked it is not started"
    assert [echo.ask(f"line é {number}", 20.0) for number in range(3)] == [
        (0, "> 1 line é 0"),
        (0, "> 2 line é 1"),
        (0, "> 3 line é 2"),
    ]
    assert len(programs.calls("echo-lines")) == 1


def test_one_that_has_ended_is_started_once_more(echo: KeptChild, programs: Programs) -> None:
    assert echo.ask("one", 20.0) == (0, "> 1 one")
    os.kill(cast("int", programs.calls("echo-lines")[0]["pid"]), signal.SIGKILL)
    assert echo.ask("two", 20.0) == (0, "> 1 two")
    assert echo.ask("die", 20.0) == (7, "")
    assert len(programs.calls("echo-lines")) == 3
    assert echo.ask("three", 20.0) == (0, "> 1 three")


def test_one_that_does_not_answer_is_killed_and_the_next_question_starts_another(
    echo: KeptChild, programs: Programs
) -> None:
    assert echo.ask("one", 20.0) == (0, "> 1 one")
    assert echo.ask("hang", 0.2) == (None, "")
    until(lambda: not _runs(cast("int", programs.calls("echo-lines")[0]["pid"])))
    assert echo.ask("two", 20.0) == (0, "> 1 two")


def test_one_that_is_ended_while_it_is_asked_is_not_started_again(
    echo: KeptChild, programs: Programs
) -> None:
    answers: list[tuple[int | None, str]] = []
    asking = threading.Thread(target=lambda: answers.append(echo.ask("hang", 60.0)))
    asking.start()
    until(lambda: programs.calls("echo-lines"))
    end_all()
    asking.join(20)
    assert answers and answers[0][0] != 0
    assert len(programs.calls("echo-lines")) == 1


def test_one_that_is_started_while_all_are_ended_is_ended_too(
    echo: KeptChild, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = processes._noted

    def late(process: Popen[bytes]) -> Child:
        end_all()  # it does not know of this one yet
        return noted(process)

    monkeypatch.setattr(processes, "_noted", late)
    assert echo.ask("hang", 10.0)[0] not in (0, None)


def test_one_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "leash", lambda: ())
    with pytest.raises(FileNotFoundError):
        KeptChild(["there-is-no-such-program"]).ask("one", 20.0)


def test_one_that_is_kept_ends_with_us(programs: Programs, tmp_path: Path) -> None:
    path = programs.add("echo-lines", ECHO)
    path.write_text(path.read_text().replace("sys.stdin.read()", "''"))
    killed = (
        "import os, signal\n"
        "from backtimer.audio import processes\n"
        "processes.leash.cache_clear()\n"
        "processes.leash = lambda: ()\n"
        "assert processes.KeptChild(['echo-lines']).ask('one', 20.0)[0] == 0\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run_child([sys.executable, "-c", killed], timeout_s=30)
    pid = cast("int", programs.calls("echo-lines")[0]["pid"])
    until(lambda: not _runs(pid))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
