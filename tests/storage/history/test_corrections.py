"""Corrections: what is shown changes, what was stored can always be had back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from backtimer.core.progress.history import PastSession, SessionState
from backtimer.core.session.events import Outcome
from backtimer.storage.history.corrections import (
    Changes,
    CorrectionError,
    Facts,
    Patch,
    SetChange,
    base_of,
    settle,
)
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import UnknownSessionError
from tests.storage.histories import STARTED, a_session, done, history_at, spec

LATER = STARTED + timedelta(hours=1)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = history_at(tmp_path / "history.db")
    yield opened
    opened.close()


def add(history: History, undone: int = 1) -> PastSession:
    session = a_session()
    history.running.begin(session)
    for index in range(4):
        outcome = Outcome.SKIPPED if index >= 4 - undone else Outcome.DONE
        history.running.record_set(session.id, done(index, outcome), spec(index), STARTED)
    history.running.end(session.id, None, 100.0, STARTED)
    history.rate(session.id, effort=5, pain=2)
    return history.session(session.id)


def test_a_deleted_session_is_in_no_answer_and_comes_back_as_it_was(history: History) -> None:
    before = add(history)
    correction = history.corrections.delete_session(before.id, LATER)
    assert history.sessions() == ()
    assert history.calendar_sessions() == []
    assert history.heads() == ()
    assert history.past_sets() == ()
    assert history.totals().sessions == 0
    assert history.to_ask_next(before.local_date + timedelta(days=1)) is None
    with pytest.raises(UnknownSessionError):
        history.session(before.id)
    history.corrections.undo(correction, LATER)
    assert history.sessions() == (before,)


def test_an_edit_changes_what_is_shown_and_undo_brings_it_back(history: History) -> None:
    before = add(history)
    changes = Changes({"effort": None, "pain": 3}, note="slept badly", sets={3: SetChange(Outcome.DONE, 6)})
    correction = history.corrections.edit_session(before.id, changes, LATER)
    after = history.session(before.id)
    assert (after.effort, after.pain, after.note) == (None, 3, "slept badly")
    assert (after.done_sets, after.state, after.sets[3].reps) == (4, SessionState.DONE, 6)
    assert after.sets[:3] == before.sets[:3]
    [told] = history.corrections.of(before.id)
    assert told.kind == "edit" and told.undone is None
    assert told.before["effort"] == 5 and told.after["effort"] is None
    history.corrections.undo(correction, LATER)
    assert history.session(before.id) == before
    assert history.corrections.of(before.id)[0].undone == LATER


def test_how_long_a_set_was_is_put_right(history: History) -> None:
    before = add(history)
    correction = history.corrections.edit_session(before.id, Changes(sets={0: SetChange(seconds=90)}), LATER)
    after = history.session(before.id)
    assert after.sets[0].seconds == 90 and after.sets[1:] == before.sets[1:]
    assert after.seconds == before.seconds + 90 - before.sets[0].seconds
    again = history.corrections.edit_session(before.id, Changes(sets={0: SetChange(seconds=20)}), LATER)
    assert history.session(before.id).seconds == before.seconds + 20 - before.sets[0].seconds
    assert history.corrections.seconds_before(before.id) == before.seconds
    history.corrections.undo(again, LATER)
    assert history.session(before.id) == after
    assert (after.state, after.done_sets) == (before.state, before.done_sets)
    history.corrections.undo(correction, LATER)
    assert history.session(before.id) == before
    for wrong in (-1.0, 86_401.0):
        with pytest.raises(ValueError, match="seconds are 0 to 86400"):
            history.corrections.edit_session(before.id, Changes(sets={0: SetChange(seconds=wrong)}), LATER)


def test_corrections_can_be_undone_in_any_order(history: History) -> None:
    for order in permutations(range(3)):
        before = add(history)
        made = [
            history.corrections.edit_session(before.id, Changes({"pain": 7}), LATER),
            history.corrections.edit_session(
                before.id, Changes({"pain": 8}, sets={0: SetChange(Outcome.SKIPPED)}), LATER
            ),
            history.corrections.edit_session(
                before.id, Changes({"effort": 1}, sets={3: SetChange(Outcome.DONE)}), LATER
            ),
        ]
        for number in order[:2]:
            history.corrections.undo(made[number], LATER)
        left = history.session(before.id)
        assert left.pain == {0: 7, 1: 8, 2: 2}[order[2]]
        assert left.done_sets == {0: 3, 1: 2, 2: 4}[order[2]]
        history.corrections.undo(made[order[2]], LATER)
        assert history.session(before.id) == before


def test_a_later_correction_counts_even_when_the_clock_went_back(history: History) -> None:
    session = add(history)
    history.corrections.edit_session(session.id, Changes({"pain": 7}), LATER)
    second = history.corrections.edit_session(session.id, Changes({"pain": 9}), STARTED)
    assert history.session(session.id).pain == 9
    last = history.corrections.last()
    assert last is not None and last.id == second
    history.corrections.undo(second, STARTED)
    assert history.session(session.id).pain == 7


def test_what_cannot_be_corrected_is_said(history: History) -> None:
    session = add(history)
    running = a_session()
    history.running.begin(running)
    for session_id, changes, why in (
        ("0", Changes({"pain": 1}), "no such session"),
        (running.id, Changes({"pain": 1}), "not over"),
        (session.id, Changes({"pain": 2}), "nothing is different"),
        (session.id, Changes(), "nothing is different"),
        (session.id, Changes(sets={9: SetChange(Outcome.DONE)}), "set 10 was not reached"),
    ):
        with pytest.raises(CorrectionError, match=why):
            history.corrections.edit_session(session_id, changes, LATER)
    for changes in (Changes({"pain": 11}), Changes({"effort": 0}), Changes(sets={0: SetChange(reps=-1)})):
        with pytest.raises(ValueError, match=" to "):
            history.corrections.edit_session(session.id, changes, LATER)
    correction = history.corrections.delete_session(session.id, LATER)
    with pytest.raises(CorrectionError):
        history.corrections.delete_session(session.id, LATER)
    history.corrections.undo(correction, LATER)
    with pytest.raises(CorrectionError, match="nothing to undo"):
        history.corrections.undo(correction, LATER)
    assert history.session(session.id) == session


def test_the_base_is_found_again_from_what_was_settled() -> None:
    base: Facts = {"pain": 2, "effort": 5, "state": "partial", "planned_sets": 1, "set.0.outcome": "skipped"}
    patches = (
        Patch("b", "2", {}, {"pain": 4, "set.0.outcome": "done", "set.7.outcome": "done"}, None),
        Patch("a", "1", {}, {"pain": 3}, "9"),
        Patch("c", "3", {}, {"pain": 5, "set.0.outcome": "hurt"}, None),
    )
    facts, settled = settle(base, patches)
    assert facts == {**base, "pain": 5, "set.0.outcome": "hurt"}
    assert [patch.id for patch in settled] == ["a", "b", "c"]
    assert settled[2].before == {"pain": 4, "set.0.outcome": "done", "state": "done"}
    assert base_of(facts, settled) == base
    assert settle(base, settled) == (facts, settled)


def test_a_rating_that_comes_after_a_correction_is_not_lost(history: History) -> None:
    """The summary of a session may wait for its rating while another window corrects the session."""
    before = add(history)
    correction = history.corrections.edit_session(before.id, Changes({"pain": 9}, note="oh"), LATER)
    history.rate(before.id, effort=7, pain=3)
    history.rate(before.id, pain_before=1)
    history.rate(before.id, pain_next=4)
    session = history.session(before.id)
    assert (session.effort, session.pain, session.pain_before, session.pain_next) == (7, 9, 1, 4)
    history.corrections.undo(correction, LATER)
    session = history.session(before.id)
    assert (session.effort, session.pain, session.pain_before, session.pain_next) == (7, 3, 1, 4)
