"""Export and import: nothing is lost on the way, and two machines come to hold the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from backtimer.core.progress.calendar import Due, Off, Schedule
from backtimer.core.progress.history import SessionState
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.storage.history import importing
from backtimer.storage.history.corrections import Changes, SetChange
from backtimer.storage.history.exporting import export_lines, save_lines
from backtimer.storage.history.importing import TransferError, import_file, import_text
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import NewSession
from tests.rules import for_each
from tests.storage.histories import STARTED, a_session, done, history_at, spec
from tests.storage.transfers import LATER, MUCH_LATER, begin, exported, full, machine, train

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
    assert (content["format"], content["version"]) == ("backtimer-history", 4)
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


@for_each(("one", "other"), [(one, other) for one in CHANGES for other in CHANGES if one is not other])
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


@for_each(
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


# -- files and progress ---------------------------------------------------------------------------------


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    history = machine(tmp_path, "here")
    full(history)
    target = tmp_path / "export.json"
    save_lines(export_lines(history), target)
    assert target.read_text(encoding="utf-8") == exported(history)

    def broken_off() -> Iterator[str]:
        yield "half"
        raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        save_lines(broken_off(), target)
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
