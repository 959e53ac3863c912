"""What is no export, or holds what must not be, is said in a line and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backtimer.storage.history import importing
from backtimer.storage.history.importing import TransferError, import_file, import_text
from tests.rules import for_each
from tests.storage.histories import a_session
from tests.storage.transfers import begin, exported, full, machine, train


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
    "a newer version": (change_at("version", to=5), "newer backtimer"),
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
    "due days": (
        change_at("schedules", 0, "due", to={"60": {"times": 1, "optional": False}}),
        "from 0 to 59",
    ),
    "a schedule to come that is none": (change_at("schedules", 0, "ahead", to=[{}]), "that have 'from_date'"),
    "schedules to come in no order": (
        change_at(
            "schedules", 0, "ahead", to=[{"from_date": "2026-12-01", "due": {}, "period": 7, "stage": 1}] * 2
        ),
        "in the order of their dates",
    ),
    "too many schedules to come": (change_at("schedules", 0, "ahead", to=[0] * 61), "at most 60 schedules"),
    "a stage that there cannot be": (
        change_at(
            "stage_changes",
            to=[
                {
                    "id": "a1",
                    "at": "2026-11-05T18:30:00.000Z",
                    "local_date": "2026-11-05",
                    "routine": "mine",
                    "from_stage": 1,
                    "to_stage": 61,
                    "reason": "",
                    "answer": "accepted",
                }
            ],
        ),
        "'to_stage' must be a whole number from 1 to 60",
    ),
    "no period": (change_at("schedules", 0, "period", to=0), "'period' must be"),
    "a level": (change_at("decisions", 0, "to_level", to={"reps": -1}), "must be a level"),
    "infinite due days": (
        change_at("schedules", 0, "due", to={"1": {"times": float("inf"), "optional": False}}),
        "'times' of 1",
    ),
    "a huge level": (change_at("decisions", 0, "to_level", to={"hold": 10**400}), "must be a level"),
    "a level that is none": (change_at("decisions", 0, "to_level", to=[]), "must be a level"),
    "off days": (change_at("off_days", 0, "why", to="lazy"), "Days off 1: 'why' must be one of"),
    "a pain": (change_at("pains", 0, "pain", to=2.5), "Pain 1: 'pain' must be"),
    "a correction of another session": (stolen_correction, "belongs to two sessions"),
}


@for_each("harm", HARM)
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


@for_each(
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


@for_each(
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


@for_each("plan_text", ["[" * 50_000, "[]", '"x"', '{"title": "\\u001b[2J"}', '{"a": NaN}', "{"])
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
