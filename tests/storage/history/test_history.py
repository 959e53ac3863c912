"""Asking the history: which sessions, from when, of which exercise; off days, pains, decisions, logs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from backtimer.core.plan.plan import activity_plan, plan_from_dict, plan_to_dict
from backtimer.core.plan.prescription import Level
from backtimer.core.progress.calendar import DoneSession, Due, Off, Schedule, WhyOff
from backtimer.core.progress.decisions import Answer, Decision, Move
from backtimer.core.progress.history import PastPain, PastSession, PastSet, SessionState
from backtimer.core.progress.scales import RATINGS
from backtimer.core.session.credit import records_of
from backtimer.core.session.events import Outcome
from backtimer.storage.history.exporting import COLUMNS, csv_lines, session_json
from backtimer.storage.history.file import HistoryError
from backtimer.storage.history.queries import History
from backtimer.storage.history.recorder import Recorder
from backtimer.storage.history.tables import SESSIONS, SETS
from backtimer.storage.history.values import (
    AmbiguousSessionError,
    UnknownSessionError,
    new_session,
    offset_of,
)
from tests.storage.histories import STARTED, a_session, done, history_at, history_json, opened_at, plan, spec

TODAY = STARTED.date()


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = history_at(tmp_path / "history.db")
    yield opened
    opened.close()


def add(history: History, days_ago: int = 0, session_id: str = "", exercise: str = "bird-dog") -> str:
    started = STARTED - timedelta(days=days_ago)
    session = a_session(2, started)
    session = session._replace(id=session_id or session.id)
    history.running.begin(session)
    for index in range(2):
        history.running.record_set(
            session.id, done(index), spec(index, 2)._replace(exercise=exercise), started
        )
    history.running.end(session.id, None, 60.0, started + timedelta(minutes=5))
    return session.id


# -- past sessions --------------------------------------------------------------------------------------


def test_the_sessions_that_are_asked_for(history: History) -> None:
    old, other, new = add(history, 9), add(history, 5, exercise="superman"), add(history, 0)

    def ids(**asked: object) -> list[str]:
        return [session.id for session in history.sessions(**asked)]  # type: ignore[arg-type]

    assert ids() == [old, other, new]
    assert ids(limit=2) == [other, new]
    assert ids(since=TODAY - timedelta(days=5)) == [other, new]
    assert ids(exercise="bird-dog") == [old, new]
    assert ids(exercise="bird-dog", limit=1) == [new]
    assert ids(limit=0) == []
    assert all(len(session.sets) == 2 for session in history.sessions(limit=1))


def test_sets_are_read_of_those_sessions_only_that_are_gone_by(history: History) -> None:
    add(history, 9)
    sore = add(history, 5)
    history.running.record_set(sore, done(1, Outcome.HURT), spec(1, 2), STARTED)
    add(history, 0)
    heads = history.heads()
    assert heads == tuple(whole._replace(sets=()) for whole in history.sessions())
    assert history.heads(limit=1) == heads[2:]
    assert history.heads(since=TODAY - timedelta(days=5)) == heads[1:]
    assert history.with_sets(heads[1:]) == history.sessions(limit=2)
    assert history.hurting(TODAY - timedelta(days=5)) == {sore}
    assert history.hurting(TODAY - timedelta(days=4)) == frozenset()


def test_how_sets_ended_is_counted_whatever_they_are_called(history: History) -> None:
    names = ("bird-dog", 'a "name", of\n[ours]', None, "bird-dog", None)
    ends = (Outcome.DONE, Outcome.HURT, Outcome.PARTIAL, Outcome.DONE, Outcome.SKIPPED)
    session = a_session(5)
    history.running.begin(session)
    for index, (name, end) in enumerate(zip(names, ends, strict=True)):
        what = spec(index, 5)._replace(exercise=name)
        history.running.record_set(session.id, done(index, end), what, STARTED)
    twin, nothing = add(history), a_session(1, STARTED + timedelta(hours=1))
    history.running.begin(nothing)
    found = {head.id: list(ends.items()) for head, ends in history.with_ends(history.heads())}
    assert found == {
        session.id: [
            (("bird-dog", Outcome.DONE), 2),
            ((names[1], Outcome.HURT), 1),
            ((None, Outcome.PARTIAL), 1),
            ((None, Outcome.SKIPPED), 1),
        ],
        twin: [(("bird-dog", Outcome.DONE), 2)],
        nothing.id: [],
    }
    assert [head.id for head, _ in history.with_ends(history.heads())] == [
        each.id for each in history.heads()
    ]


def test_how_sets_ended_is_told_of_however_many_sessions(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in range(5):
        add(history, days)
    whole = list(history.with_ends(history.heads()))
    monkeypatch.setattr("backtimer.storage.history.queries._MOST_ASKED", 2)
    assert list(history.with_ends(history.heads())) == whole


def test_a_look_back_over_some_days_reads_no_others(history: History) -> None:
    asked: list[str] = []
    with history.reading() as db:
        db.set_trace_callback(asked.append)
        history.heads(since=TODAY), history.past_sets(TODAY), history.hurting(TODAY), history.rated(TODAY)
        db.set_trace_callback(None)
        plans = [" ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {one}")) for one in asked]
    assert len(plans) == 4
    for found in plans:
        assert "USING INDEX sessions_calendar (local_date>?)" in found, found
        assert "SCAN" not in found, found


def test_an_exercise_is_known_after_some_sessions_however_long_ago(history: History) -> None:
    asked = ("bird-dog", "superman", "bridge")
    for days in (90, 89):
        add(history, days, exercise="superman")
    for days in range(60, 20, -1):
        add(history, days)
    assert history.known_exercises(asked) == {"bird-dog"}, "superman was done in two sessions only"
    deleted = add(history, 88, exercise="superman")
    assert history.known_exercises(asked) == {"bird-dog", "superman"}, "long before all the others"
    assert history.known_exercises(["superman"]) == {"superman"}
    assert history.known_exercises([]) == frozenset()
    history.corrections.delete_session(deleted, STARTED)
    assert history.known_exercises(asked) == {"bird-dog"}
    for days in (2, 1, 0):
        left_out = add(history, days, exercise="bridge")
        for index in (0, 1):
            history.running.record_set(left_out, done(index, Outcome.SKIPPED), spec(index, 2), STARTED)
    assert history.known_exercises(asked) == {"bird-dog"}, "what was left out is not known"


def test_what_was_done_lately_is_known_without_a_look_at_all_sets(history: History) -> None:
    for days in range(4):
        add(history, days)
    asked: list[str] = []
    with history.reading() as db:
        db.set_trace_callback(asked.append)
        assert history.known_exercises(["bird-dog"]) == {"bird-dog"}
        db.set_trace_callback(None)
        plans = [" ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {one}")) for one in asked]
    assert len(plans) == 1
    assert "SCAN sets" not in plans[0], plans[0]
    assert "USING INDEX sessions_started" in plans[0], plans[0]


def test_a_session_is_found_by_how_its_id_begins(history: History) -> None:
    for session_id in ("abc1", "abd2", "abd2ff", "f0"):
        add(history, session_id=session_id)
    assert history.session("abc").id == "abc1"
    assert history.session(" ABC1 ").id == "abc1"
    assert history.session("abd2").id == "abd2", "a whole id is no beginning"
    with pytest.raises(AmbiguousSessionError, match="abc1, abd2, abd2ff") as caught:
        history.session("ab")
    assert caught.value.ids == ("abc1", "abd2", "abd2ff")


@pytest.mark.parametrize("beginning", ["", "zz", "%", "a'", "\x1b[2J", "ü"])
def test_an_unknown_session_is_said(history: History, beginning: str) -> None:
    add(history, session_id="abc1")
    with pytest.raises(UnknownSessionError) as caught:
        history.session(beginning)
    assert "\x1b" not in str(caught.value)


def test_the_frozen_plan_can_be_asked_for(history: History) -> None:
    assert history.plan_of(add(history)) == '{"plan": "frozen"}'
    with pytest.raises(UnknownSessionError):
        history.plan_of("0")


def test_totals_and_past_values(history: History) -> None:
    session_id = add(history, 3)
    history.rate(session_id, pain_before=3)
    history.rate(session_id, effort=4, pain=2)
    add(history, 0, exercise="superman")
    totals = history.totals()
    assert (totals.sessions, totals.sets, totals.seconds) == (2, 4, 120.0)
    first = history.heads()[0]
    assert (first.id, first.effort, first.pain_before, first.pain, first.rise) == (session_id, 4, 3, 2, -1)
    assert [one.exercise for one in history.past_sets()] == ["bird-dog"] * 2 + ["superman"] * 2
    assert [one.session for one in history.past_sets(exercise="bird-dog")] == [session_id] * 2
    assert len(history.past_sets(since=TODAY)) == 2


def test_hold_and_alternation_come_from_what_was_planned(history: History) -> None:
    session = a_session(1)
    history.running.begin(session)
    history.running.record_set(session.id, done(0), spec(0, 1)._replace(hold_s=5.0, alternate=True), STARTED)
    [one] = history.past_sets()
    assert (one.hold_s, one.alternate, one.outcome) == (5.0, True, Outcome.DONE)
    assert history.session(session.id).sets[0].hold_s == 5.0


# -- ratings --------------------------------------------------------------------------------------------


def test_the_morning_after_a_rated_session_is_asked_for_once(history: History) -> None:
    tomorrow = TODAY + timedelta(days=1)
    session_id = add(history)
    assert history.to_ask_next(tomorrow) is None, "it was not rated"
    history.rate(session_id, effort=None, pain=2)
    assert history.to_ask_next(TODAY) is None
    found = history.to_ask_next(tomorrow)
    assert found is not None and found.id == session_id
    assert history.to_ask_next(tomorrow + timedelta(days=1)) is None
    history.rate(session_id, pain_next=1)
    assert history.to_ask_next(tomorrow) is None
    assert history.session(session_id).pain_next == 1


def test_pain_before_a_session_is_a_rating_too(history: History) -> None:
    session_id = add(history)
    history.rate(session_id, pain_before=3)
    found = history.to_ask_next(TODAY + timedelta(days=1))
    assert found is not None and found.id == session_id


def test_of_several_sessions_of_a_day_the_last_one_is_asked_about(history: History) -> None:
    tomorrow = TODAY + timedelta(days=1)
    early, late = add(history), add(history)
    for session_id in (early, late):
        history.rate(session_id, effort=4, pain=None)
    found = history.to_ask_next(tomorrow)
    assert found is not None and found.id == max(early, late), "of those that began at once, always the same"
    history.rate(found.id, pain_next=0)
    assert history.to_ask_next(tomorrow) is None, "one answer is enough"


def test_a_skipped_question_is_not_put_again(history: History) -> None:
    session_id = add(history)
    history.rate(session_id, effort=3, pain=None)
    history.rate(session_id, pain_next=None)
    assert history.to_ask_next(TODAY + timedelta(days=1)) is None
    assert history.session(session_id).pain_next is None


@pytest.mark.parametrize("pain", [-1, 11])
def test_a_pain_off_the_scale_is_refused(history: History, pain: int) -> None:
    session_id = add(history)
    for tell in (
        lambda: history.rate(session_id, pain_before=pain),
        lambda: history.rate(session_id, pain_next=pain),
        lambda: history.diary.add_pain(pain, STARTED, TODAY),
    ):
        with pytest.raises(ValueError, match="0 to 10"):
            tell()


def test_the_recorder_keeps_the_pain_before(tmp_path: Path) -> None:
    recorder = Recorder(opened_at(tmp_path / "history.db"), a_session())
    recorder.rate(pain_before=4)
    recorder.record(done(0))
    [session] = history_at(tmp_path / "history.db").sessions()
    assert (session.pain_before, session.done_sets) == (4, 1)


# -- the diary ------------------------------------------------------------------------------------------


def test_days_off_hold_until_they_are_withdrawn(history: History) -> None:
    holiday = Off(date(2026, 12, 20), date(2027, 1, 3), WhyOff.HOLIDAY)
    flare_up = Off(date(2026, 11, 5), date(2026, 11, 9))
    first = history.diary.declare_off(holiday, STARTED)
    history.diary.declare_off(flare_up, STARTED)
    assert history.offs() == [flare_up, holiday]
    history.diary.withdraw_off(first, STARTED)
    history.diary.withdraw_off(first, STARTED + timedelta(days=1))
    assert history.offs() == [flare_up]
    [_, withdrawn] = history.diary.declared()
    assert (withdrawn.off, withdrawn.withdrawn) == (holiday, STARTED)


def test_days_off_can_end_early(history: History) -> None:
    first = history.diary.declare_off(Off(date(2026, 11, 5), date(2026, 11, 30)), STARTED)
    second = history.diary.shorten_off(first, date(2026, 11, 8), STARTED)
    assert history.offs() == [Off(date(2026, 11, 5), date(2026, 11, 8))]
    assert history.diary.shorten_off(first, date(2026, 11, 6), STARTED) is None, "it does not hold any more"
    assert second is not None
    assert history.diary.shorten_off(second, date(2026, 11, 1), STARTED) is None
    assert history.offs() == []


def test_days_off_that_end_before_they_begin_are_refused(history: History) -> None:
    with pytest.raises(ValueError, match="before they begin"):
        history.diary.declare_off(Off(date(2026, 11, 5), date(2026, 11, 4)), STARTED)


def test_pain_without_a_session(history: History) -> None:
    pain_id = history.diary.add_pain(3, STARTED, TODAY, "after gardening")
    history.diary.add_pain(1, STARTED + timedelta(days=1), TODAY + timedelta(days=1))
    [first, _] = history.diary.pains()
    assert (first.at, first.pain, first.note) == (STARTED, 3, "after gardening")
    assert first.at.utcoffset() == timedelta(hours=1)
    assert [one.pain for one in history.diary.pains(TODAY + timedelta(days=1))] == [1]
    history.diary.withdraw_pain(pain_id, STARTED)
    assert history.past_pains() == (PastPain(TODAY + timedelta(days=1), 1),)
    with pytest.raises(ValueError, match="at most"):
        history.diary.add_pain(3, STARTED, TODAY, "x" * 2001)


# -- decisions ------------------------------------------------------------------------------------------


def decision(answer: Answer, reps: int, days: int = 0, **changes: object) -> Decision:
    made = Decision(
        STARTED + timedelta(days=days),
        "lower-back",
        "monday",
        "bird-dog",
        Move.UP,
        Level(reps=reps - 1, hold=3.0),
        Level(reps=reps, hold=3.0),
        "three sessions of 10",
        answer,
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def test_the_newest_level_that_was_taken_is_in_force(history: History) -> None:
    history.decisions.save(decision(Answer.ACCEPTED, 12, days=2))
    history.decisions.save(decision(Answer.AUTO, 11, days=1))
    history.decisions.save(decision(Answer.DECLINED, 13, days=3))
    history.decisions.save(decision(Answer.ACCEPTED, 9, exercise="superman"))
    history.decisions.save(decision(Answer.ACCEPTED, 20, days=9, day="friday"))
    history.decisions.save(decision(Answer.ACCEPTED, 30, days=9, routine="other"))
    assert history.decisions.levels_in_force(
        "lower-back", {"bird-dog": ["monday"], "superman": ["monday"]}
    ) == {
        "bird-dog": Level(reps=12, hold=3.0),
        "superman": Level(reps=9, hold=3.0),
    }
    assert [one.taken for one in history.decisions.all("lower-back")] == [True, True, True, False, True]
    assert len(history.decisions.all()) == 6
    newest = history.decisions.all("lower-back")[-1]
    assert newest == decision(Answer.ACCEPTED, 20, days=9, day="friday", id=newest.id) and newest.id


# -- what is logged -------------------------------------------------------------------------------------


def test_an_activity_done_without_the_timer(history: History) -> None:
    swim = activity_plan("lower-back", "monday", "Swimming", 1800.0)
    assert plan_from_dict(plan_to_dict(swim)) == swim
    yesterday = TODAY - timedelta(days=1)
    session = new_session(swim, "{}", STARTED, local_date=yesterday)
    session_id = history.add_logged(
        session, records_of(swim), ended=STARTED, effort=3, pain_before=2, pain=1, note="sea"
    )
    stored = history.session(session_id)
    assert (stored.title, stored.source, stored.local_date) == ("Swimming", "log", yesterday)
    assert (stored.state, stored.seconds, stored.done_sets) == (SessionState.DONE, 1800.0, 1)
    assert (stored.effort, stored.pain_before, stored.pain, stored.note) == (3, 2, 1, "sea")
    assert stored.sets[0].exercise is None
    assert history.calendar_sessions() == [DoneSession(yesterday, 1, 1, offset_of(STARTED))]
    assert history.running.unfinished() is None


def test_a_day_of_a_routine_done_in_part(history: History) -> None:
    session = a_session()
    history.add_logged(session, records_of(plan(), {0, 2}), ended=STARTED, seconds=600.0)
    [stored] = history.sessions()
    assert [str(one.outcome) for one in stored.sets] == ["done", "skipped", "done", "skipped"]
    assert (stored.state, stored.done_sets, stored.seconds) == (SessionState.PARTIAL, 2, 600.0)


def test_nothing_of_a_log_is_kept_when_it_fails(history: History) -> None:
    with pytest.raises(ValueError, match="1 to 10"):
        history.add_logged(a_session(), records_of(plan()), ended=STARTED, effort=11)
    with pytest.raises(IndexError):
        history.add_logged(a_session(), [done(99)], ended=STARTED)
    assert history.sessions() == ()


# -- for other programs ---------------------------------------------------------------------------------


def test_json_tells_all_of_a_session(history: History) -> None:
    session_id = add(history)
    add(history, 20)
    history.rate(session_id, pain_before=5)
    [told] = history_json(history, since=TODAY)["sessions"]
    assert told["pain_before"] == 5
    assert told["title"] == "Strength circuit"
    assert told["sets"][0]["hold_s"] is None
    assert len(history_json(history, limit=1)["sessions"]) == 1
    one = session_json(history.session(session_id))
    assert one["id"] == session_id and one in history_json(history)["sessions"], "told in two ways, the same"


def test_the_table_for_spreadsheets(history: History) -> None:
    strange = plan(1)._replace(title='=HYPERLINK("x"),\n\x1b[2J', routine="-1")
    session = new_session(strange, "{}", STARTED)
    history.running.begin(session)
    history.running.record_set(session.id, done(0), spec(0, 1)._replace(exercise="@sum", hold_s=2.5), STARTED)
    add(history, 1, exercise="superman")
    lines = list(csv_lines(history))
    assert lines[0] == ",".join(COLUMNS) + "\n"
    assert len(lines) == 4
    assert lines[3].startswith(f"{session.id},2026-11-05,2026-11-05T19:30:00+01:00,'-1,monday,")
    assert '"\'=HYPERLINK(""x""), \ufffd[2J"' in lines[3]
    assert ",'@sum,,1,8,2.5,30,done,,,,," in lines[3]
    assert len(list(csv_lines(history, exercise="superman"))) == 3
    assert len(list(csv_lines(history, since=TODAY))) == 2


def test_a_broken_date_is_damage(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    add(history)
    with history.writing() as db:
        db.execute("UPDATE sessions SET local_date = 'soon'")
    for ask in (history.past_sets, history.heads, history.calendar_sessions, history.sessions):
        with pytest.raises(HistoryError):
            ask()


def test_a_moment_is_utc_in_the_file(history: History) -> None:
    history.diary.declare_off(Off(TODAY, TODAY), STARTED)
    assert history.diary.declared()[0].declared == STARTED.astimezone(UTC)
    assert isinstance(history.diary.declared()[0].declared, datetime)


def test_a_streak_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    add(opened := history_at(path))
    opened.remember_schedule(Schedule(TODAY, "lower-back", {0: Due()}))
    code = (
        "import sys\n"
        "from datetime import datetime, UTC\n"
        "from pathlib import Path\n"
        "from backtimer.storage.history.opening import open_history\n"
        "history = open_history(Path(sys.argv[1]), lambda: datetime.now(UTC), writing=False).history\n"
        "assert history.calendar_sessions() and not history.offs() and history.schedules()\n"
        "parts = {f'backtimer.storage.history.{name}' for name in "
        "('corrections', 'diary', 'exporting', 'importing')}\n"
        "heavy = {'yaml', 'hashlib', 'uuid', 'json'}\n"
        "loaded = sys.modules.keys() & (heavy | parts)\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_what_is_told_of_sessions_and_sets_is_a_column_and_a_field(history: History) -> None:
    for table, value, own in (
        (SESSIONS, PastSession, {"pid", "locked"}),
        (SETS, PastSet, {"session_id"}),
    ):
        with history.reading() as db:
            columns = {row[1] for row in db.execute(f"PRAGMA table_info({table.name})")}
        assert set(table.names) | own == columns
        assert set(table.told) <= set(value._fields)
    assert set(RATINGS) <= set(SESSIONS.told)
