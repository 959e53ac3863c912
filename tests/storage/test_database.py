"""Opening the history, and what it holds."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from backtimer.core.calendar import DoneSession, Due, Schedule
from backtimer.core.events import Outcome, SetRecord
from backtimer.core.plan import SetSpec
from backtimer.core.routine import Side
from backtimer.storage.database import open_history
from backtimer.storage.health import examine
from backtimer.storage.history_json import history_json
from backtimer.storage.migrations import APPLICATION_ID, VERSION
from backtimer.storage.sessions import History
from backtimer.storage.stored import SessionState, new_session
from backtimer.storage.trouble import HistoryError, Trouble
from tests.storage.histories import STARTED, a_session, child, clock, done, history_at, opened_at, plan, spec


def a_full_session(history: History, started: datetime = STARTED, sets: int = 4) -> str:
    session = a_session(sets, started)
    history.begin(session)
    for index in range(sets):
        history.record_set(session.id, done(index), spec(index, sets), started + timedelta(minutes=index + 1))
    history.end(session.id, SessionState.DONE, 200.0, started + timedelta(minutes=10))
    return session.id


# -- a new file -----------------------------------------------------------------------------------------


def test_a_new_history_is_private_marked_and_versioned(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "data" / "history.db"
    history = history_at(path)
    assert history.writable
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_at_rest_it_is_one_file(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    a_full_session(history)
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["history.db"]


def test_looking_makes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "data" / "history.db"
    opened = open_history(path, clock(), writing=False)
    assert opened.history is not None and opened.notice is None and not opened.recording
    assert opened.history.calendar_sessions() == []
    assert history_json(opened.history) == {"sessions": []}
    assert not path.parent.exists()


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "history.db"
    link.symlink_to(tmp_path / "elsewhere" / "history.db")
    a_full_session(history_at(link))
    assert link.is_symlink()
    assert (tmp_path / "elsewhere" / "history.db").stat().st_size > 0


@pytest.mark.parametrize("name", ["what?mode=memory", "a#b", "100%", "ünï", "a b"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    a_full_session(history_at(tmp_path / name / "history.db"))
    assert (tmp_path / name / "history.db").stat().st_size > 0


# -- not ours -------------------------------------------------------------------------------------------


def foreign_database(path: Path, *pragmas: str) -> bytes:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE notes (text)")
        for pragma in pragmas:
            db.execute(f"PRAGMA {pragma}")
        db.commit()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("pragmas", "trouble"),
    [
        ([], Trouble.FOREIGN),
        (["application_id = 7"], Trouble.FOREIGN),
        (["journal_mode = wal"], Trouble.FOREIGN),
        ([f"application_id = {APPLICATION_ID}", f"user_version = {VERSION + 1}"], Trouble.NEWER),
    ],
)
def test_what_is_not_ours_is_refused_untouched(tmp_path: Path, pragmas: list[str], trouble: Trouble) -> None:
    path = tmp_path / "history.db"
    before = foreign_database(path, *pragmas)
    times = path.stat().st_mtime_ns
    for writing in (True, False):
        opened = open_history(path, clock(), writing=writing)
        assert opened.history is None
        assert opened.notice is not None and opened.notice.trouble is trouble
        assert "left as it is" in opened.notice.text()
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == times
    assert [found.name for found in tmp_path.iterdir()] == ["history.db"]


UNFINISHED_FOREIGN = """
import os, sqlite3
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = " + sys.argv[2])
db.execute("CREATE TABLE notes (text)")
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN")
db.execute("INSERT INTO notes WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500) "
           "SELECT hex(randomblob(500)) FROM n")
if sys.argv[2] == "wal":
    db.execute("COMMIT")
os._exit(0)
"""


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_what_a_foreign_program_has_not_finished_is_not_touched_either(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "history.db"
    subprocess.run(child(UNFINISHED_FOREIGN, str(path), mode), check=True)
    before = {found.name: found.read_bytes() for found in tmp_path.iterdir()}
    assert len(before) > 1, "a journal stands beside it"
    opened = opened_at(path)
    assert opened.notice is not None and opened.notice.trouble is Trouble.FOREIGN
    assert {found.name: found.read_bytes() for found in tmp_path.iterdir()} == before


def test_an_empty_database_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("VACUUM")
    assert path.stat().st_size > 0
    a_full_session(history_at(path))


@pytest.mark.parametrize("kind", ["directory", "fifo", "parent is a file"])
def test_something_else_in_its_place_turns_history_off(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "history.db"
    if kind == "directory":
        path.mkdir()
    elif kind == "fifo":
        if sys.platform == "win32":
            pytest.skip("no pipes in the file system here")
        os.mkfifo(path)
    else:
        path.write_text("")
        path = path / "history.db"
    opened = opened_at(path)
    assert opened.history is None
    assert opened.notice is not None and opened.notice.trouble is Trouble.NOT_A_FILE


# -- damage ---------------------------------------------------------------------------------------------


def damaged(tmp_path: Path) -> list[Path]:
    return sorted(tmp_path.glob("history-damaged-*.db"))


@pytest.mark.parametrize("content", [b"hello", b"x" * 10_000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_moved_aside_and_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(content)
    opened = opened_at(path)
    assert opened.recording and opened.history is not None
    assert opened.notice is not None and opened.notice.trouble is Trouble.DAMAGED
    assert opened.notice.moved_to == tmp_path / "history-damaged-20261105T183000Z.db"
    assert str(opened.notice.moved_to) in opened.notice.text()
    assert opened.notice.moved_to.read_bytes() == content
    a_full_session(opened.history)
    assert opened_at(path).notice is None


def test_damaged_files_never_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    for number in range(3):
        path.write_bytes(b"damage %d" % number)
        assert opened_at(path).recording
    assert sorted(found.read_bytes() for found in damaged(tmp_path)) == [
        b"damage 0",
        b"damage 1",
        b"damage 2",
    ]


def test_a_truncated_file_is_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    a_full_session(history_at(path))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    opened = opened_at(path)
    assert opened.recording and opened.notice is not None
    assert len(damaged(tmp_path)) == 1


def test_missing_tables_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history_at(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE sets")
        db.commit()
    opened = opened_at(path)
    assert opened.recording and opened.notice is not None and opened.notice.moved_to is not None


def test_a_flipped_bit_is_found_by_who_suspects_it(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    for number in range(40):
        a_full_session(history, STARTED + timedelta(days=number))
    history.close()
    with closing(sqlite3.connect(path)) as db:
        page, size = db.execute(
            "SELECT rootpage, (SELECT * FROM pragma_page_size) FROM sqlite_master WHERE name = 'sets'"
        ).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size] ^= 0xFF
    path.write_bytes(content)
    assert not examine(path).ok
    opened = open_history(path, clock(), suspect=True)
    assert opened.recording and opened.notice is not None and opened.notice.trouble is Trouble.DAMAGED
    assert damaged(tmp_path)[0].read_bytes() == content


@pytest.mark.parametrize("backup", ["history.db.bak", "history-backup-1.db", "history.db~"])
def test_an_empty_file_beside_a_backup_is_damage(tmp_path: Path, backup: str) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(b"")
    (tmp_path / backup).write_bytes(b"the sessions of years")
    opened = opened_at(path)
    assert opened.recording and opened.notice is not None and opened.notice.trouble is Trouble.DAMAGED
    assert (tmp_path / backup).read_bytes() == b"the sessions of years"


def test_an_empty_file_alone_is_a_new_history(tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"")
    assert history_at(tmp_path / "history.db").writable


def journal_header(pages: int) -> bytes:
    return bytes.fromhex("d9d505f920a163d7") + bytes(8) + pages.to_bytes(4, "big") + bytes(492)


@pytest.mark.parametrize("empty_file", [True, False])
def test_the_journal_of_a_lost_database_is_kept(tmp_path: Path, empty_file: bool) -> None:
    path = tmp_path / "history.db"
    if empty_file:
        path.write_bytes(b"")
    journal = tmp_path / "history.db-journal"
    journal.write_bytes(journal_header(pages=9))
    opened = opened_at(path)
    assert opened.recording and opened.notice is not None and opened.notice.moved_to is not None
    moved = Path(f"{opened.notice.moved_to}-journal")
    assert moved.read_bytes() == journal_header(pages=9)
    assert not journal.exists()


def test_the_journal_of_a_first_write_cut_short_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"")
    (tmp_path / "history.db-journal").write_bytes(journal_header(pages=0))
    assert history_at(tmp_path / "history.db").writable


def test_two_processes_that_find_damage_lose_nothing(tmp_path: Path) -> None:
    """Whoever comes second must not move the new file of the first aside."""
    path = tmp_path / "history.db"
    path.write_bytes(b"damage")
    script = (
        "from pathlib import Path; from tests.storage.histories import *\n"
        "sys.stdin.readline(); opened = opened_at(Path(sys.argv[1]))\n"
        "assert opened.recording, opened.notice\n"
        "opened.history.begin(a_session())\n"
    )
    both = [
        subprocess.Popen(child(script, str(path)), stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in both:
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 0, errors.decode()
    assert [found.read_bytes() for found in damaged(tmp_path)] == [b"damage"]
    assert len(history_at(path).sessions()) == 2


def test_a_new_file_of_another_process_is_not_moved_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(b"damage")

    @contextmanager
    def after_the_other(_: Path) -> Iterator[None]:
        path.unlink()
        a_full_session(history_at(path))
        yield

    monkeypatch.setattr("backtimer.storage.database.one_at_a_time", after_the_other)
    opened = opened_at(path)
    assert opened.recording and opened.notice is None and opened.history is not None
    assert len(opened.history.sessions()) == 1
    assert damaged(tmp_path) == []


def test_a_write_to_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    path.unlink()
    with pytest.raises(HistoryError) as caught:
        history.remember_schedule(Schedule(date(2026, 1, 1), "lower-back", {}))
    assert caught.value.trouble is Trouble.MOVED
    assert not history.in_place()


# -- what it holds --------------------------------------------------------------------------------------


def test_the_json_has_exactly_this_shape(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    session = a_session(3)
    history.begin(session)
    hurt = SetRecord(1, Outcome.HURT, 3, 12.25, side="right")
    history.record_set(session.id, hurt, spec(1, 3), STARTED)
    history.record_set(session.id, done(0), spec(0, 3), STARTED)
    running = history_json(history)["sessions"][0]
    assert running["ended"] is None and running["state"] == "running"
    history.record_set(session.id, SetRecord(2, Outcome.SKIPPED, 0, 0.0), spec(2, 3), STARTED)
    history.end(session.id, None, 61.5, STARTED + timedelta(minutes=5))
    history.rate(session.id, 4, None)
    assert history_json(history) == {
        "sessions": [
            {
                "id": session.id,
                "routine": "lower-back",
                "day": "monday",
                "title": "Strength circuit",
                "local_date": "2026-11-05",
                "started": "2026-11-05T19:30:00+01:00",
                "ended": "2026-11-05T19:35:00+01:00",
                "state": "partial",
                "source": "timer",
                "planned_sets": 3,
                "done_sets": 1,
                "seconds": 61.5,
                "effort": 4,
                "pain_before": None,
                "pain": None,
                "pain_next": None,
                "note": "",
                "sets": [
                    {
                        "exercise": "bird-dog",
                        "side": None,
                        "set": 1,
                        "reps": 8,
                        "hold_s": None,
                        "seconds": 30.0,
                        "outcome": "done",
                    },
                    {
                        "exercise": "bird-dog",
                        "side": "right",
                        "set": 2,
                        "reps": 3,
                        "hold_s": None,
                        "seconds": 12.25,
                        "outcome": "hurt",
                    },
                    {
                        "exercise": "bird-dog",
                        "side": None,
                        "set": 3,
                        "reps": 0,
                        "hold_s": None,
                        "seconds": 0.0,
                        "outcome": "skipped",
                    },
                ],
            }
        ]
    }


def test_sessions_come_oldest_first_across_time_zones(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    auckland, los_angeles = timezone(timedelta(hours=13)), timezone(timedelta(hours=-8))
    later = a_full_session(history, datetime(2026, 11, 5, 9, 0, tzinfo=los_angeles))
    earlier = a_full_session(history, datetime(2026, 11, 6, 5, 0, tzinfo=auckland))
    sessions = history.sessions()
    assert [session.id for session in sessions] == [earlier, later]
    assert sessions[0].started.isoformat() == "2026-11-06T05:00:00+13:00"
    assert sessions[0].local_date == date(2026, 11, 6)


def test_rounds_are_counted_on(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    session = a_session(3)
    history.begin(session)
    for index in range(3):
        one = SetSpec("superman", Side.LEFT, 1, 1, 8, index + 1, 3, index, index, index, 0)
        history.record_set(session.id, done(index), one, STARTED)
    assert [(one.set, one.side) for one in history.sessions()[0].sets] == [
        (1, "left"),
        (2, "left"),
        (3, "left"),
    ]


def test_a_second_record_of_a_set_replaces_the_first(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    session = a_session()
    history.begin(session)
    history.record_set(session.id, done(0, Outcome.PARTIAL, 7.0), spec(0), STARTED)
    assert history.sessions()[0].done_sets == 0
    history.record_set(session.id, done(0, seconds=31.0), spec(0), STARTED)
    [stored] = history.sessions()
    assert (stored.done_sets, stored.seconds, len(stored.sets)) == (1, 31.0, 1)
    history.record_set(session.id, done(1), spec(1), STARTED, elapsed_s=99.0)
    assert history.sessions()[0].seconds == 99.0


def test_a_write_to_a_session_that_is_not_there_says_so(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    writes: list[Callable[[], None]] = [
        lambda: history.record_set("0" * 32, done(0), spec(0), STARTED),
        lambda: history.end("0" * 32, None, 1.0, STARTED),
        lambda: history.rate("0" * 32, 1, 1),
    ]
    for write in writes:
        with pytest.raises(HistoryError) as caught:
            write()
        assert caught.value.trouble is Trouble.LOST


@pytest.mark.parametrize(("effort", "pain"), [(0, None), (11, None), (None, -1), (None, 11)])
def test_a_rating_off_its_scale_is_refused(tmp_path: Path, effort: int | None, pain: int | None) -> None:
    history = history_at(tmp_path / "history.db")
    ident = a_full_session(history)
    with pytest.raises(ValueError, match=r"is [01] to 10"):
        history.rate(ident, effort, pain)
    assert history.sessions()[0].effort is None


def test_the_calendar_sees_sessions_that_are_not_over(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    session = a_session()
    history.begin(session)
    history.record_set(session.id, done(0), spec(0), STARTED)
    history.record_set(session.id, done(1, Outcome.HURT), spec(1), STARTED)
    assert history.calendar_sessions() == [DoneSession(date(2026, 11, 5), 4, 1)]


def test_a_streak_reads_neither_sets_nor_sessions(tmp_path: Path) -> None:
    history_at(tmp_path / "history.db")
    with closing(sqlite3.connect(tmp_path / "history.db")) as db:
        steps = db.execute(
            "EXPLAIN QUERY PLAN SELECT local_date, planned_sets, done_sets FROM sessions ORDER BY local_date"
        ).fetchall()
    assert [row[3] for row in steps] == ["SCAN sessions USING COVERING INDEX sessions_calendar"]


def test_a_plan_is_stored_once_and_goes_with_its_last_session(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    idents = [a_full_session(history), a_full_session(history)]
    counts = []
    with closing(sqlite3.connect(path)) as db:
        for ident in idents:
            counts.append(db.execute("SELECT count(*) FROM plans").fetchone()[0])
            history.erase(ident)
        counts.append(db.execute("SELECT count(*) FROM plans").fetchone()[0])
        assert db.execute("SELECT count(*) FROM sets").fetchone() == (0,)
    assert counts == [1, 1, 0]


def test_names_that_no_database_takes_are_made_storable(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    history.begin(new_session(replace(plan(), routine="caf\udce9"), "{}", STARTED))
    assert history.sessions()[0].routine == "caf?"


# -- schedules ------------------------------------------------------------------------------------------


def test_schedules_are_remembered_in_order(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    later = Schedule(date(2026, 11, 5), "gentle-start", {0: Due(), 2: Due(times=3)})
    earlier = Schedule(date(2026, 1, 1), "lower-back", {5: Due(optional=True)})
    history.remember_schedule(later)
    history.remember_schedule(earlier)
    assert history.schedules() == [earlier, later]


def test_the_schedule_in_force_is_not_written_again(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    due = {0: Due(), 3: Due()}
    history.remember_schedule(Schedule(date(2026, 1, 1), "lower-back", due))
    history.remember_schedule(Schedule(date(2026, 5, 1), "lower-back", dict(reversed(due.items()))))
    assert [schedule.from_date for schedule in history.schedules()] == [date(2026, 1, 1)]
    history.remember_schedule(Schedule(date(2026, 5, 1), "lower-back", {0: Due()}))
    history.remember_schedule(Schedule(date(2026, 5, 1), "other", {1: Due()}))
    assert [(one.from_date.month, one.routine) for one in history.schedules()] == [
        (1, "lower-back"),
        (5, "other"),
    ]


# -- interrupted sessions -------------------------------------------------------------------------------


def interrupted(path: Path, sets: int = 2, started: datetime = STARTED) -> str:
    history = history_at(path)
    session = a_session(started=started)
    history.begin(session)
    for index in range(sets):
        history.record_set(session.id, done(index), spec(index), started + timedelta(minutes=index + 1))
    history.locks.release_all()
    history.close()
    return session.id


def test_the_newest_interrupted_session_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    interrupted(path, started=STARTED - timedelta(days=1))
    newest = interrupted(path)
    found = history_at(path).unfinished()
    assert found is not None and found.session.id == newest
    assert found.plan == '{"plan": "frozen"}'
    assert found.records == (done(0), done(1))


def test_nothing_is_offered_of_sessions_that_are_over(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    a_full_session(history)
    assert history.unfinished() is None


def test_keeping_an_interrupted_session_ends_it_with_its_last_set(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    ident = interrupted(path)
    history = history_at(path)
    assert history.keep(ident)
    [stored] = history.sessions()
    assert (stored.state, stored.done_sets, stored.seconds) == (SessionState.PARTIAL, 2, 60.0)
    assert stored.ended == STARTED + timedelta(minutes=2)
    assert stored.ended.utcoffset() == timedelta(hours=1)
    assert history.unfinished() is None
    assert not list((tmp_path / "sessions").glob("*"))


def test_keeping_a_session_with_every_set_done_makes_it_done(tmp_path: Path) -> None:
    ident = interrupted(tmp_path / "history.db", sets=4)
    history = history_at(tmp_path / "history.db")
    assert history.keep(ident)
    assert history.sessions()[0].state is SessionState.DONE


def test_discarding_removes_it(tmp_path: Path) -> None:
    ident = interrupted(tmp_path / "history.db")
    history = history_at(tmp_path / "history.db")
    assert history.discard(ident)
    assert history.sessions() == ()
    assert examine(tmp_path / "history.db").sets == 0


def test_only_one_window_gets_it(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    ident = interrupted(path)
    one, other = history_at(path), history_at(path)
    assert one.unfinished() is not None and other.unfinished() is not None
    assert one.claim(ident)
    assert not other.claim(ident) and not other.keep(ident) and not other.discard(ident)
    assert other.unfinished() is None
    one.end(ident, None, 1.0, STARTED)
    assert not other.claim(ident)


# -- health ---------------------------------------------------------------------------------------------


def test_health_counts_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    a_full_session(history)
    history.remember_schedule(Schedule(date(2026, 1, 1), "lower-back", {}))
    health = examine(path)
    assert health.ok and (health.sessions, health.sets, health.schedules) == (1, 4, 1)
    assert any("4 sets" in line for line in health.lines())


def test_health_only_looks(tmp_path: Path) -> None:
    assert not examine(tmp_path / "none" / "history.db").exists
    path = tmp_path / "history.db"
    path.write_bytes(b"no database at all")
    health = examine(path)
    assert not health.ok and "not a database" in health.problems[0]
    assert path.read_bytes() == b"no database at all"
    assert not examine(tmp_path).ok
    path.unlink()
    foreign_database(path)
    assert "another program" in examine(path).problems[0]


def test_health_finds_rows_that_lost_their_session(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    a_full_session(history_at(path))
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM sessions")
        db.commit()
    assert not examine(path).ok


def test_times_are_utc_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    a_full_session(history_at(path))
    with closing(sqlite3.connect(path)) as db:
        row = db.execute("SELECT started, offset_min FROM sessions").fetchone()
    assert row == ("2026-11-05T18:30:00.000Z", 60)
    assert datetime.fromisoformat(row[0]) == STARTED.astimezone(UTC)


def test_importing_the_history_is_cheap() -> None:
    heavy = {"textual", "rich", "yaml", "platformdirs", "uuid", "hashlib", "subprocess", "asyncio", "json"}
    heavy |= {"backtimer.core.plan", "backtimer.core.events", "backtimer.core.routine"}
    code = (
        "import sys; import backtimer.storage.database, backtimer.storage.health;"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    done_ = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done_.stdout.strip() == "[]"
