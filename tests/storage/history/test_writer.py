"""The thread that writes: nobody waits for it, it keeps the order, and what it calls safe is safe."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backtimer.core.progress.history import PastSession, SessionState
from backtimer.core.session.events import Outcome
from backtimer.storage.history import writer as writer_module
from backtimer.storage.history.file import HistoryFile
from backtimer.storage.history.health import examine
from backtimer.storage.history.importing import import_file
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.queries import History
from backtimer.storage.history.recorder import Recorder
from backtimer.storage.history.rescue import rescue
from backtimer.storage.history.writer import Writer
from tests.storage.histories import STARTED, a_full_session, a_session, child, clock, done, history_at
from tests.storage.killing import kill_and_look

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and limits of POSIX")

FOREVER_S = 60.0
"""How long a test waits for a state before it fails."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.db"


@pytest.fixture
def writers() -> Iterator[list[Writer]]:
    """Those that a test makes; they are closed after it."""
    made: list[Writer] = []
    yield made
    for writer in made:
        writer.close()


@pytest.fixture
def begin(path: Path, writers: list[Writer]) -> Callable[..., Recorder]:
    """Begins a session that is written by a thread."""

    def begin_it(sets: int = 4, now: datetime = STARTED) -> Recorder:
        opened = open_history(path, clock(now))
        writers.append(Writer(opened))
        return Recorder(opened, a_session(sets, now), writer=writers[-1])

    return begin_it


def stored_at(path: Path) -> PastSession:
    history = history_at(path)
    session = history.sessions()[-1]
    history.close()
    return session


class Gate:
    """A disk that holds every write up until it is told to go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.free = threading.Event(), threading.Event()
        real = HistoryFile.writing

        @contextmanager
        def slowly(file: HistoryFile) -> Iterator[sqlite3.Connection]:
            self.reached.set()
            assert self.free.wait(FOREVER_S)
            with real(file) as db:
                yield db

        monkeypatch.setattr(HistoryFile, "writing", slowly)


def test_nobody_waits_for_a_disk_that_hangs(
    path: Path, begin: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    recorder = begin()
    recorder.start()
    recorder.record(done(0))  # all of these return, though nothing can be written
    recorder.end(30.0)
    recorder.rate(effort=4, pain=2)
    assert gate.reached.wait(FOREVER_S)
    assert not recorder.is_safe(0) and not recorder.settled
    assert recorder.news_in_s is not None
    assert not recorder.settle(0.01)
    gate.free.set()
    assert recorder.settle(FOREVER_S)
    assert recorder.is_safe(0) and recorder.news_in_s is None and recorder.problem == ""
    session = stored_at(path)
    assert (session.state, session.effort, session.pain) == (SessionState.PARTIAL, 4, 2)


def test_a_disk_that_takes_long_is_told(
    begin: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "SLOW_S", 0.0)
    gate = Gate(monkeypatch)
    recorder = begin()
    recorder.record(done(0))
    recorder.record(done(1))
    assert gate.reached.wait(FOREVER_S)
    assert recorder.problem == "The disk is slow. 2 sets are waiting to be saved."
    gate.free.set()
    assert recorder.settle(FOREVER_S)
    assert recorder.problem == ""


def test_the_time_of_a_set_is_that_of_its_end_and_not_of_its_writing(
    path: Path, writers: list[Writer], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [STARTED]
    opened = open_history(path, lambda: moment[0])
    writers.append(Writer(opened))
    recorder = Recorder(opened, a_session(), writer=writers[0])
    gate = Gate(monkeypatch)
    recorder.record(done(0))
    recorder.end(30.0)
    moment[0] += timedelta(hours=1)
    gate.free.set()
    assert recorder.settle(FOREVER_S)
    assert stored_at(path).ended == STARTED


def test_the_end_with_many_open_sets_is_one_transaction(
    path: Path, begin: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = begin(sets=18)
    recorder.start()
    assert recorder.settle(FOREVER_S)
    commits = []
    real = HistoryFile.writing

    @contextmanager
    def counted(file: HistoryFile) -> Iterator[sqlite3.Connection]:
        outermost = not file._within
        with real(file) as db:
            yield db
        if outermost:
            commits.append(file)

    monkeypatch.setattr(HistoryFile, "writing", counted)
    with recorder.together():
        for index in range(18):
            recorder.record(done(index, Outcome.SKIPPED, 0.0))
        recorder.end(12.0)
    assert recorder.settle(FOREVER_S)
    assert len(commits) == 1
    session = stored_at(path)
    assert (len(session.sets), session.state) == (18, SessionState.PARTIAL)


def test_the_connection_belongs_to_the_thread(path: Path, begin: Callable[..., Recorder]) -> None:
    recorder = begin()
    recorder.record(done(0))
    assert recorder.settle(FOREVER_S)
    history = recorder.opened.history
    assert history is not None
    with pytest.raises(sqlite3.ProgrammingError):
        history._db.execute("SELECT 1")


# -- faults -------------------------------------------------------------------------------------------


HOLDER = """
import sqlite3
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
db.execute("ROLLBACK")
print("free", flush=True)
"""


def test_a_lock_that_another_process_holds_is_waited_for_by_the_thread_only(
    path: Path, begin: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "RETRY_S", 0.01)
    monkeypatch.setattr("backtimer.storage.history.opening.BUSY_TIMEOUT_S", 0.0)
    recorder = begin()
    recorder.record(done(0))
    assert recorder.settle(FOREVER_S)
    with subprocess.Popen(
        child(HOLDER, str(path)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None and other.stdout is not None
        assert other.stdout.readline() == "held\n"
        recorder.record(done(1))
        while not recorder.problem:
            recorder.settle(0.01)
        assert recorder.problem == (
            "History is off: another program is using the file. 1 set is waiting to be saved."
        )
        assert recorder.is_safe(0) and not recorder.is_safe(1)
        other.stdin.write("\n")
        other.stdin.flush()
        assert recorder.settle(FOREVER_S), "nothing else has to happen for it to be tried again"
    assert recorder.problem == "" and recorder.losses == ()
    assert stored_at(path).done_sets == 2


FULL = """
import resource
from pathlib import Path
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.recorder import Recorder
from backtimer.storage.history.writer import Writer
from tests.storage.histories import *
path = Path(sys.argv[1])
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
opened = open_history(path, clock())
recorder = Recorder(opened, a_session(sets=3000), writer=Writer(opened))
recorder.start()
assert recorder.settle(60)
limit(path.stat().st_size)
index = 0
while not recorder.problem:
    recorder.record(done(index))
    recorder.settle(60)
    index += 1
assert not recorder.is_safe(index - 1)
print(recorder.problem)
limit(resource.RLIM_INFINITY)
assert recorder.settle(60) and recorder.problem == "", recorder.problem
print(index)
"""


@posix
def test_a_disk_that_is_full_and_has_room_again(path: Path) -> None:
    ran = subprocess.run(child(FULL, str(path)), capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    problem, count = ran.stdout.splitlines()
    assert problem.startswith("History is off: the disk ")
    assert len(stored_at(path).sets) == int(count)
    assert examine(path).ok


def a_past(path: Path, sessions: int = 3) -> None:
    """Some sessions; the next opening makes a copy of them."""
    history = history_at(path)
    for number in range(sessions):
        a_full_session(history, STARTED - timedelta(days=20 - number))
    history.close()


REMEDY = "A backup of 5 Nov with 3 sessions is there: `backtimer restore`"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("deleted", "moved or deleted while it was in use"),
        ("replaced", "replaced while it was in use"),
        ("overwritten by an older copy", "replaced while it was in use"),
        ("emptied", "damaged"),
        ("cut short", "damaged"),
        ("garbage", "damaged"),
    ],
)
def test_a_history_that_goes_away_is_told_with_its_remedy(
    path: Path, tmp_path: Path, begin: Callable[..., Recorder], how: str, said: str
) -> None:
    a_past(tmp_path / "older.db", 2)
    a_past(path)
    recorder = begin()
    recorder.record(done(0))
    assert recorder.settle(FOREVER_S) and recorder.losses == ()
    match how:
        case "deleted":
            path.unlink()
        case "replaced":
            (tmp_path / "older.db").replace(path)
        case "overwritten by an older copy":
            path.write_bytes((tmp_path / "older.db").read_bytes())
        case "emptied":
            os.truncate(path, 0)
        case "cut short":
            os.truncate(path, path.stat().st_size // 2)
        case _:
            path.write_bytes(random.Random(1).randbytes(path.stat().st_size))
    recorder.record(done(1))
    recorder.end(60.0)
    assert recorder.settle(FOREVER_S), recorder.problem
    assert len(recorder.losses) == 1
    assert said in recorder.losses[0] and recorder.losses[0].endswith(REMEDY)
    session = stored_at(path)
    assert session.id == recorder.session_id
    assert [one.set_index for one in session.sets] == [0, 1], (
        "the whole session is in the file that is there now"
    )


@pytest.mark.parametrize("how", ["replaced", "overwritten"])
def test_a_backup_that_has_no_more_than_is_there_is_not_offered(
    path: Path, tmp_path: Path, begin: Callable[..., Recorder], how: str
) -> None:
    """Whoever restored it would lose the session that is saved."""
    a_past(path)
    shutil.copy(path, tmp_path / "same.db")
    recorder = begin()
    recorder.record(done(0))
    assert recorder.settle(FOREVER_S)
    if how == "replaced":
        (tmp_path / "same.db").replace(path)
    else:
        path.write_bytes((tmp_path / "same.db").read_bytes())
    recorder.end(60.0)
    assert recorder.settle(FOREVER_S), recorder.problem
    [told] = recorder.losses
    assert "replaced while it was in use" in told and "backtimer restore" not in told
    with closing(history_at(path)) as history:
        assert len(history.sessions()) == 4


def test_the_backup_with_the_sessions_is_offered_though_a_newer_one_has_fewer(
    path: Path, begin: Callable[..., Recorder]
) -> None:
    a_past(path)
    recorder = begin()
    [newest] = (path.parent / "backups").glob("*-3.db")
    full = newest.with_name("history-20261029T183000Z-3.db")
    shutil.copy(newest, full)
    newest.rename(newest.with_name(newest.name.replace("-3", "-1")))
    recorder.record(done(0))
    assert recorder.settle(FOREVER_S)
    path.unlink()
    recorder.end(60.0)
    assert recorder.settle(FOREVER_S), recorder.problem
    [told] = recorder.losses
    assert told.endswith(f"with 3 sessions is there: `backtimer restore {full.name}`")


def test_a_file_that_goes_away_in_a_long_hold_is_noticed_by_itself(
    path: Path, begin: Callable[..., Recorder], writers: list[Writer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "WATCH_S", 0.01)
    recorder = begin()
    recorder.record(done(0))
    assert recorder.settle(FOREVER_S)
    path.unlink()
    ends = time.monotonic() + FOREVER_S
    while not recorder.losses and time.monotonic() < ends:
        writers[0].watch(recorder.retry)  # it wakes the thread, and however often it does, nothing is put off
    assert recorder.losses
    assert writers[0].wait(FOREVER_S)
    assert stored_at(path).done_sets == 1


def test_damage_in_the_past_is_told_at_the_end_and_the_session_stays(
    path: Path, begin: Callable[..., Recorder]
) -> None:
    a_past(path, 40)
    recorder = begin()
    recorder.record(done(0))
    assert recorder.settle(FOREVER_S)
    with closing(sqlite3.connect(path)) as db:
        [(page, size)] = db.execute(
            "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'sessions_started'"
        )
    content = path.read_bytes()
    index = content[(page - 1) * size : page * size]
    broken = index.replace(b"2026-10-", b"2026-99-")  # the index names moments that no session has
    assert broken != index
    path.write_bytes(content.replace(index, broken))
    recorder.end(30.0)
    assert recorder.settle(FOREVER_S)
    assert recorder.losses and "damaged" in recorder.losses[0]
    assert "`backtimer restore`" in recorder.losses[0]


def test_an_error_that_nobody_expects_does_not_end_the_thread(
    path: Path, begin: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "RETRY_S", 0.01)
    recorder = begin()
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise ZeroDivisionError("unheard of")

        patch.setattr(Recorder, "_apply", fail)
        recorder.record(done(0))
        assert not recorder.settle(FOREVER_S)
        assert recorder.problem.startswith("History is off: ")
    assert recorder.settle(FOREVER_S)
    assert stored_at(path).done_sets == 1


def test_a_change_that_can_never_be_made_holds_nothing_up(path: Path, writers: list[Writer]) -> None:
    writer = Writer(open_history(path, clock()))
    writers.append(writer)
    made: list[int] = []

    def never(history: History) -> None:
        with history.writing() as db:
            db.execute("INSERT INTO plans VALUES ('no text', NULL)")

    writer.ask(never)
    writer.ask(lambda history: made.append(len(history.sessions())))
    assert writer.wait(FOREVER_S) and made == [0]
    assert writer.access.trouble is None


def test_a_file_that_cannot_be_looked_through_is_damaged_only_if_that_is_why(path: Path) -> None:
    history_at(path).close()
    with closing(sqlite3.connect(path)) as other, closing(sqlite3.connect(path, timeout=0.0)) as db:
        assert writer_module._is_whole(db)
        other.execute("BEGIN EXCLUSIVE")
        assert writer_module._is_whole(db), "it is somebody else's turn"
    path.write_bytes(b"no database at all" * 100)
    with closing(sqlite3.connect(path)) as db:
        assert not writer_module._is_whole(db)


# -- what cannot be saved -----------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_rescue_file_is_private_and_import_takes_it(
    path: Path, tmp_path: Path, begin: Callable[..., Recorder]
) -> None:
    path.mkdir()  # nothing can be written there
    recorder = begin()
    recorder.record(done(0))
    recorder.record(done(1, Outcome.HURT))
    recorder.end(66.0)
    recorder.rate(effort=6, pain=3)
    assert not recorder.settle(FOREVER_S)
    before = os.umask(0)
    try:
        kept = rescue([recorder], [tmp_path / "missing", tmp_path], STARTED)
    finally:
        os.umask(before)
    assert kept is not None and kept.parent == tmp_path
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text())["sessions"][0]["id"] == recorder.session_id
    path.rmdir()
    history = history_at(path)
    assert import_file(history, kept).sessions_new == 1
    [session] = history.sessions()
    history.close()
    assert (session.done_sets, session.seconds, session.effort, session.pain) == (1, 66.0, 6, 3)
    assert [one.outcome for one in session.sets] == [Outcome.DONE, Outcome.HURT]


# -- kills --------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("seed", range(4))
def test_a_kill_loses_nothing_that_was_called_safe(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    assert sum(kill_and_look(path, chance) for _ in range(3)) > 0
