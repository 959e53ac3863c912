"""Export and import: nothing is lost on the way, and two machines come to hold the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from backtimer.core.plan.prescription import Level
from backtimer.core.progress.calendar import Due, Off, Schedule, WhyOff
from backtimer.core.progress.decisions import Answer, Decision, Move
from backtimer.core.progress.history import SessionState
from backtimer.core.session.credit import records_of
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.storage.history import importing
from backtimer.storage.history.corrections import Changes, SetChange
from backtimer.storage.history.exporting import export_lines, save_lines
from backtimer.storage.history.importing import TransferError, import_file, import_text
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import NewSession
from tests.storage.histories import STARTED, a_session, done, history_at, plan, spec

LATER = STARTED + timedelta(hours=2)
MUCH_LATER = STARTED + timedelta(days=1)


def exported(history: History) -> str:
    return "".join(export_lines(history))


def machine(tmp_path: Path, name: str) -> History:
    return history_at(tmp_path / name / "history.db")


def begin(history: History, session: NewSession, sets: int) -> str:
    history.running.begin(session)
    for index in range(sets):
        history.running.record_set(session.id, done(index), spec(index)._replace(hold_s=3.5), STARTED)
    return session.id


def train(history: History, session: NewSession | None = None, sets: int = 4) -> str:
    session_id = begin(history, session or a_session(), sets)
    history.running.end(session_id, None, 100.25, STARTED + timedelta(minutes=20))
    return session_id


def full(history: History) -> None:
    """Something in every table."""
    first, second = train(history), train(history, sets=2)
    train(history, a_session(started=STARTED + timedelta(days=3)))
    begin(history, a_session(started=STARTED + timedelta(days=4)), 1)
    history.rate(first, pain_before=3)
    history.rate(first, effort=5, pain=2)
    history.rate(first, pain_next=1)
    history.rate(second, pain_next=None)
    history.add_logged(a_session(), records_of(plan(), {1}), ended=STARTED, note='Tür "auf" \u2028\t\\')
    edited = history.corrections.edit_session(
        first, Changes({"pain": 4}, sets={0: SetChange(Outcome.HURT, 3)}), LATER
    )
    history.corrections.edit_session(first, Changes(note="oh"), LATER)
    history.corrections.undo(edited, MUCH_LATER)
    history.corrections.delete_session(second, LATER)
    history.remember_schedule(Schedule(STARTED.date(), "lower-back", {0: Due(), 2: Due(3, True)}))
    off = history.diary.declare_off(Off(STARTED.date(), STARTED.date(), WhyOff.ILL), STARTED)
    history.diary.shorten_off(off, STARTED.date(), LATER)
    history.diary.add_pain(3, STARTED, STARTED.date(), "garden")
    history.decisions.save(
        Decision(
            STARTED,
            "lower-back",
            "monday",
            "bird-dog",
            Move.UP,
            Level(8, 3.0),
            Level(9, 3.0),
            "So.",
            Answer.AUTO,
        )
    )


# -- there and back -------------------------------------------------------------------------------------


def test_everything_arrives_elsewhere_to_the_byte(tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    full(here)
    text = exported(here)
    told = import_text(there, text)
    assert (told.sessions_new, told.schedules, told.offs, told.pains, told.decisions) == (5, 1, 2, 1, 1)
    assert exported(there) == text
    assert there.sessions() == here.sessions()
    assert there.offs() == here.offs()
    assert there.decisions.all() == here.decisions.all()
    assert there.past_sets() == here.past_sets()
    content = json.loads(text)
    assert (content["format"], content["version"]) == ("backtimer-history", 1)
    assert sum(session["deleted"] for session in content["sessions"]) == 1


def test_an_empty_history_goes_there_and_back(tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    assert not import_text(there, exported(here)).changed
    assert exported(there) == exported(here)


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    full(here)
    text = exported(here)
    import_text(there, text)
    for history in (here, there):
        told = import_text(history, text)
        assert told.sessions_same == 5 and not told.changed
        assert exported(history) == text


def test_a_correction_can_still_be_undone_elsewhere(tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    session_id = train(here)
    before = here.session(session_id)
    correction = here.corrections.delete_session(session_id, LATER)
    import_text(there, exported(here))
    assert there.sessions() == ()
    there.corrections.undo(correction, MUCH_LATER)
    assert there.session(session_id) == before
    import_text(here, exported(there))
    assert here.session(session_id) == before


def test_an_interrupted_session_can_go_on_elsewhere(tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    session_id = begin(here, a_session(), 2)
    import_text(there, exported(here))
    unfinished = there.running.unfinished()
    assert unfinished is not None and unfinished.session.id == session_id
    assert there.running.keep(session_id)
    import_text(here, exported(there))
    assert here.session(session_id).state is SessionState.PARTIAL


# -- two machines ---------------------------------------------------------------------------------------

Change = Callable[[History, NewSession], None]


def goes_on(history: History, session: NewSession) -> None:
    for index in range(2, 4):
        history.running.record_set(session.id, done(index), spec(index)._replace(hold_s=3.5), LATER)
    history.running.end(session.id, None, 300.0, LATER)
    history.rate(session.id, effort=6, pain=1)


def is_ended_and_gone_on_with(history: History, session: NewSession) -> None:
    history.running.keep(session.id)
    history.rate(session.id, effort=4, pain=2)
    assert history.running.reopen(session.id) and history.running.claim(session.id)
    goes_on(history, session)


def is_corrected_and_gone_on_with(history: History, session: NewSession) -> None:
    is_corrected(history, session)
    assert history.running.reopen(session.id) and history.running.claim(session.id)
    history.running.record_set(session.id, done(0), spec(0), MUCH_LATER)
    goes_on(history, session)


def is_corrected(history: History, session: NewSession) -> None:
    history.running.keep(session.id)
    history.corrections.edit_session(
        session.id, Changes({"pain": 5}, note="by hand", sets={0: SetChange(Outcome.PARTIAL, 2)}), LATER
    )


def is_corrected_later(history: History, session: NewSession) -> None:
    history.running.keep(session.id)
    history.corrections.edit_session(
        session.id, Changes({"pain": 7, "effort": 1}, sets={1: SetChange(Outcome.HURT)}), MUCH_LATER
    )


def is_corrected_in_vain(history: History, session: NewSession) -> None:
    is_corrected(history, session)
    last = history.corrections.last()
    assert last is not None
    history.corrections.undo(last.id, MUCH_LATER)


def is_deleted(history: History, session: NewSession) -> None:
    history.running.keep(session.id)
    history.corrections.delete_session(session.id, LATER)


CHANGES = (
    goes_on,
    is_ended_and_gone_on_with,
    is_corrected_and_gone_on_with,
    is_corrected,
    is_corrected_later,
    is_corrected_in_vain,
    is_deleted,
)


def two_machines(tmp_path: Path, one: Change, other: Change) -> tuple[list[str], NewSession]:
    """Exports of two machines that began with the same session and went different ways."""
    session = a_session()
    first, second = machine(tmp_path, "first"), machine(tmp_path, "second")
    begin(first, session, 2)
    import_text(second, exported(first))
    first.locks.release(session.id)
    for history, change in ((first, one), (second, other)):
        with history.writing() as db:
            db.execute("UPDATE sessions SET pid = NULL")
        change(history, session)
        full(history)
    return [exported(first), exported(second)], session


@pytest.mark.parametrize(
    ("one", "other"), [(one, other) for one in CHANGES for other in CHANGES if one is not other]
)
def test_two_machines_merge_to_the_same_in_either_order(tmp_path: Path, one: Change, other: Change) -> None:
    texts, _ = two_machines(tmp_path, one, other)
    merged = []
    for number, order in enumerate(permutations(texts)):
        home = machine(tmp_path, f"merged-{number}")
        for text in (*order, *order):
            import_text(home, text)
        merged.append(exported(home))
    assert merged[0] == merged[1]
    home = machine(tmp_path, "again")
    assert import_text(home, merged[0]).sessions_new == 11
    assert not import_text(home, texts[0]).changed
    first = history_at(tmp_path / "first" / "history.db")
    told = import_text(first, texts[1])
    assert told.sessions_new == 5
    assert exported(first) == merged[0]


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ((Outcome.PARTIAL, 7, 20.0), (Outcome.PARTIAL, 9, 10.0), (9, 10.0)),
        ((Outcome.PARTIAL, None, 20.0), (Outcome.PARTIAL, 0, 10.0), (0, 10.0)),
        ((Outcome.PARTIAL, 7, 20.0), (Outcome.PARTIAL, 7, 21.0), (7, 21.0)),
        ((Outcome.DONE, 3, 5.0), (Outcome.PARTIAL, 9, 30.0), (3, 5.0)),
    ],
)
def test_of_a_set_on_two_machines_the_one_with_more_done_is_kept(
    tmp_path: Path,
    one: tuple[Outcome, int | None, float],
    other: tuple[Outcome, int | None, float],
    kept: tuple[int, float],
) -> None:
    session = a_session()
    texts = []
    for name, (outcome, reps, length_s) in (("first", one), ("second", other)):
        history = machine(tmp_path, name)
        history.running.begin(session)
        history.running.record_set(session.id, SetRecord(0, outcome, reps, length_s), spec(0), STARTED)
        texts.append(exported(history))
    for number, order in enumerate(permutations(texts)):
        home = machine(tmp_path, f"merged-{number}")
        for text in order:
            import_text(home, text)
        [found] = home.session(session.id).sets
        assert (found.reps, found.seconds) == kept


@pytest.mark.parametrize(("spare", "taken"), [(0, True), (-1, False)])
def test_a_plan_may_be_as_long_as_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spare: int, taken: bool
) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    train(here)
    text = exported(here)
    [frozen] = json.loads(text)["plans"].values()
    monkeypatch.setattr(importing, "MAX_PLAN", len(frozen) + spare)
    if taken:
        assert import_text(there, text).sessions_new == 1
    else:
        with pytest.raises(TransferError, match="is not whole"):
            import_text(there, text)
        assert not there.sessions()


def test_three_machines_merge_to_the_same_in_every_order(tmp_path: Path) -> None:
    texts, session = two_machines(tmp_path, goes_on, is_corrected)
    third = machine(tmp_path, "third")
    import_text(third, texts[0])
    third.corrections.delete_session(session.id, MUCH_LATER)
    merged = set()
    for number, order in enumerate(permutations([*texts, exported(third)])):
        home = machine(tmp_path, f"merged-{number}")
        for text in order:
            import_text(home, text)
        merged.add(exported(home))
    assert len(merged) == 1


def test_a_session_that_went_on_and_was_corrected_keeps_both(tmp_path: Path) -> None:
    texts, session = two_machines(tmp_path, goes_on, is_corrected)
    home = machine(tmp_path, "merged")
    for text in texts:
        import_text(home, text)
    merged = home.session(session.id)
    assert [str(one.outcome) for one in merged.sets] == ["partial", "done", "done", "done"]
    assert (merged.pain, merged.effort, merged.note) == (5, 6, "by hand")
    assert (merged.done_sets, merged.seconds, merged.state) == (3, 300.0, SessionState.PARTIAL)
    last = home.corrections.of(session.id)[-1]
    home.corrections.undo(last.id, MUCH_LATER)
    undone = home.session(session.id)
    assert (undone.pain, undone.note, undone.done_sets, undone.state) == (1, "", 4, SessionState.DONE)


def test_schedules_of_one_day_and_withdrawn_days_merge(tmp_path: Path) -> None:
    first, second = machine(tmp_path, "first"), machine(tmp_path, "second")
    off = first.diary.declare_off(Off(STARTED.date(), STARTED.date()), STARTED)
    pain = first.diary.add_pain(2, STARTED, STARTED.date())
    import_text(second, exported(first))
    second.diary.withdraw_off(off, LATER)
    second.diary.withdraw_pain(pain, LATER)
    first.remember_schedule(Schedule(STARTED.date(), "a", {0: Due()}))
    second.remember_schedule(Schedule(STARTED.date(), "b", {1: Due()}))
    texts = exported(first), exported(second)
    import_text(first, texts[1])
    import_text(second, texts[0])
    assert exported(first) == exported(second)
    assert first.offs() == [] and first.past_pains() == ()
    assert [schedule.routine for schedule in first.schedules()] == ["b"]


# -- what is refused ------------------------------------------------------------------------------------


def change_at(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = to

    return change


def without(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return change


def another_plan(content: dict[str, Any]) -> None:
    content["plans"] = {digest: text + " " for digest, text in content["plans"].items()}


def stolen_correction(content: dict[str, Any]) -> None:
    owner = next(session for session in content["sessions"] if session["corrections"])
    thief = next(session for session in content["sessions"] if not session["corrections"])
    thief["corrections"] = owner["corrections"]


HARM: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "another format": (change_at("format", to="notes"), "not an export"),
    "a newer version": (change_at("version", to=2), "newer backtimer"),
    "no version": (without("version"), "no version"),
    "version true": (change_at("version", to=True), "no version"),
    "a part is missing": (without("pains"), "'pains' is missing"),
    "a part is no list": (change_at("sessions", to={}), "'sessions' is missing or not"),
    "an unknown part": (change_at("steps", to=[]), "unknown 'steps'"),
    "an unknown field": (change_at("sessions", 4, "colour", to=1), "Session 5 has an unknown 'colour'"),
    "a field is missing": (without("sessions", 4, "sets", 0, "reps"), "Session 5, set 1 lacks 'reps'"),
    "sets are missing": (without("sessions", 4, "sets"), "Session 5 lacks 'sets'"),
    "sets are no list": (change_at("sessions", 4, "sets", to={}), "'sets' must be a list"),
    "a session is no object": (change_at("sessions", 4, to=[]), "Session 5 must be an object"),
    "a bad id": (change_at("sessions", 4, "id", to="../x"), "'id' must be an id"),
    "a date": (change_at("sessions", 4, "local_date", to="2026-02-30"), "must be a date"),
    "a moment": (change_at("sessions", 4, "started", to="2026-11-05 18:30"), "must be a moment"),
    "a far moment": (change_at("sessions", 4, "started", to="0001-01-01T00:00:00.000Z"), "must be a moment"),
    "an offset": (change_at("sessions", 4, "offset_min", to=1440), "whole number from -1439 to 1439"),
    "a state": (change_at("sessions", 4, "state", to="asleep"), "must be one of running, done, partial"),
    "an effort": (change_at("sessions", 4, "effort", to=11), "whole number from 1 to 10"),
    "a number": (change_at("sessions", 4, "seconds", to=-1), "must be a number of seconds"),
    "a huge number": (change_at("sessions", 4, "seconds", to=10**400), "must be a number of seconds"),
    "text": (change_at("sessions", 4, "title", to="x" * 5000), "text of at most 4096"),
    "a lone surrogate": (change_at("sessions", 4, "title", to="\ud800"), "text of at most"),
    "a flag": (change_at("sessions", 4, "deleted", to=1), "must be true or false"),
    "an outcome": (change_at("sessions", 4, "sets", 0, "outcome", to="great"), "must be one of"),
    "a side": (change_at("sessions", 4, "sets", 0, "side", to="top"), "must be one of left, right"),
    "a plan is missing": (change_at("plans", to={}), "its plan is missing"),
    "a plan is another": (another_plan, "is not whole"),
    "due days": (change_at("schedules", 0, "due", to={"9": {"times": 1, "optional": False}}), "weekdays"),
    "a level": (change_at("decisions", 0, "to_level", to={"reps": -1}), "must be a level"),
    "infinite due days": (
        change_at("schedules", 0, "due", to={"1": {"times": float("inf"), "optional": False}}),
        "weekdays",
    ),
    "a huge level": (change_at("decisions", 0, "to_level", to={"hold": 10**400}), "must be a level"),
    "a level that is none": (change_at("decisions", 0, "to_level", to=[]), "must be a level"),
    "off days": (change_at("off_days", 0, "why", to="lazy"), "Days off 1: 'why' must be one of"),
    "a pain": (change_at("pains", 0, "pain", to=2.5), "Pain 1: 'pain' must be"),
    "a correction of another session": (stolen_correction, "belongs to two sessions"),
}


@pytest.mark.parametrize("harm", HARM)
def test_what_is_wrong_is_said_and_nothing_is_changed(tmp_path: Path, harm: str) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    full(here)
    train(there)
    before = exported(there)
    content = json.loads(exported(here))
    change, why = HARM[harm]
    change(content)
    with pytest.raises(TransferError, match=why) as caught:
        import_text(there, json.dumps(content).replace("Infinity", "1e999"))
    assert str(caught.value).endswith(". Nothing was changed.")
    assert "\n" not in str(caught.value)
    assert exported(there) == before


def correct(value: object) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        session = next(session for session in content["sessions"] if session["corrections"])
        session["corrections"][0]["after"] = value

    return change


@pytest.mark.parametrize(
    "value",
    [[], {"plan": "x"}, {"pain": 11}, {"set.00.reps": 1}, {"set.0.outcome": "x"}, {"planned_sets": 1}],
)
def test_a_correction_changes_only_what_can_be_corrected(tmp_path: Path, value: object) -> None:
    here = machine(tmp_path, "here")
    full(here)
    content = json.loads(exported(here))
    correct(value)(content)
    with pytest.raises(TransferError, match="'after' must be"):
        import_text(machine(tmp_path, "there"), json.dumps(content))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not JSON, from line 1"),
        (b"\xff\xfe\x00", "not text"),
        (b"SQLite format 3\x00", "not JSON"),
        (b'{"format":\n "backtimer-history", x', "from line 2"),
        (b"[" * 100_000, "not JSON"),
        (b'{"format": NaN}', "not JSON"),
        (b"[]", "not an export"),
        (b'"backtimer-history"', "not an export"),
        (b"9" * 5000, "not JSON"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    history = machine(tmp_path, "here")
    with pytest.raises(TransferError, match=why):
        import_text(history, data)
    assert history.sessions() == ()


@pytest.mark.parametrize(
    "plan_text", ["[" * 50_000, "[]", '"x"', '{"title": "\\u001b[2J"}', '{"a": NaN}', "{"]
)
def test_a_plan_that_a_screen_must_not_get_is_refused(tmp_path: Path, plan_text: str) -> None:
    here = machine(tmp_path, "here")
    begin(here, a_session()._replace(plan=plan_text), 1)
    with pytest.raises(TransferError, match="is not whole"):
        import_text(machine(tmp_path, "there"), exported(here))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MAX_BYTES", 1000)
    path = tmp_path / "large.json"
    path.write_bytes(b" " * 1001)
    with pytest.raises(TransferError, match="larger than"):
        import_file(machine(tmp_path, "here"), path)


@pytest.mark.parametrize("what", ["missing", "folder"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, what: str) -> None:
    path = tmp_path / "export\x1b.json"
    if what == "folder":
        path.mkdir()
    with pytest.raises(TransferError) as caught:
        import_file(machine(tmp_path, "here"), path)
    assert "\x1b" not in str(caught.value)


# -- files and progress ---------------------------------------------------------------------------------


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = machine(tmp_path, "here")
    full(history)
    target = tmp_path / "export.json"
    save_lines(export_lines(history), target)
    assert target.read_text(encoding="utf-8") == exported(history)

    def break_off(_: object) -> object:
        yield "half"
        raise OSError(28, "full")

    monkeypatch.setattr("backtimer.storage.history.exporting.export_lines", break_off)
    with pytest.raises(OSError, match="full"):
        save_lines(export_lines(history), target)
    assert target.read_text(encoding="utf-8").endswith("}\n")
    assert not [found for found in tmp_path.iterdir() if found.name.endswith(".new")]
    there = machine(tmp_path, "there")
    assert import_file(there, target).sessions_new == 5
    assert exported(there) == exported(history)


def test_the_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    full(here)
    import_text(there, exported(here).encode("utf-8-sig"))
    assert exported(there) == exported(here)


def test_progress_goes_from_nothing_to_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_EVERY", 2)
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    full(here)
    told: list[tuple[int, int]] = []
    import_text(there, exported(here), lambda done, total: told.append((done, total)))
    total = told[0][1]
    assert told[0] == (0, total) and told[-1] == (total, total)
    assert told == sorted(told)
    assert len(told) > 4


def test_an_export_that_is_left_half_way_blocks_nothing(tmp_path: Path) -> None:
    history = machine(tmp_path, "here")
    full(history)
    lines = export_lines(history)
    next(lines)
    next(lines)
    lines.close()  # type: ignore[attr-defined]
    train(history)


def test_a_damaged_row_is_damage_and_no_bad_file(tmp_path: Path) -> None:
    from backtimer.storage.history.file import HistoryError, Trouble

    history = machine(tmp_path, "here")
    full(history)
    text = exported(history)
    with history.writing() as db:
        db.execute("UPDATE corrections SET after = 'not JSON'")
    with pytest.raises(HistoryError) as caught:
        import_text(history, text)
    assert caught.value.trouble is Trouble.DAMAGED
