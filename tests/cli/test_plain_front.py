"""The front end of plain mode: keys that a test presses, and a clock that only moves when it waits."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from backtimer.cli import plain
from backtimer.coach import Coach
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Item, Pace, Prescription
from backtimer.core.plan.units import Count, Reps
from backtimer.core.session.events import Outcome
from backtimer.core.session.transitions import State
from tests.tui.conftest import FakePractice, hold, reps, training, week_routine
from tests.tui.workout_kit import Clock, Notes

Deed = Callable[[], None]


@dataclass
class Hands:
    """Keys, each pressed so many seconds after the start, and deeds of the test at such moments."""

    clock: Clock
    available: bool = True
    signal_number: int | None = None
    script: list[tuple[float, str | Deed]] = field(default_factory=list)
    began_s: float = 0.0

    def at(self, seconds: float, *what: str | Deed) -> None:
        """Press these, one after the other, at this moment."""
        self.script += [(self.clock.now + seconds, each) for each in what]

    def ended_by(self, number: int) -> Deed:
        """A signal comes."""

        def come() -> None:
            self.signal_number = number

        return come

    @contextmanager
    def reading(self) -> Iterator[Hands]:
        yield self

    def forget(self) -> None:
        """What was typed before is nobody's answer: all that the test presses comes afterwards."""

    def wait(self, timeout_s: float | None) -> str:
        """Let time pass until the next key, or for so long."""
        due = self.script[0][0] if self.script else None
        if due is None or (timeout_s is not None and due > self.clock.now + timeout_s):
            assert timeout_s is not None, "it waits for a key that nobody presses"
            self.clock.now += timeout_s
            return ""
        self.clock.now = max(self.clock.now, due)
        _, what = self.script.pop(0)
        if isinstance(what, str):
            return what
        what()
        return ""


class Led(FakePractice):
    """A practice whose coach has an engine, the clock of the test and a recorder that remembers."""

    def __init__(self, clock: Clock, *items: Item) -> None:
        super().__init__(week_routine(monday=training("Strength", *items)), days_in_a_row=0)
        self.clock = clock
        self.notes = Notes()
        self.led: list[Coach] = []

    def rates_pain(self) -> bool:
        return False

    def settle(self, say: Callable[[str], None] = lambda _: None, patience_s: float = 0.0) -> str:
        return ""

    def begin(self, plan: Plan) -> Coach:
        self.led.append(Coach(plan, self.clock, self.notes))
        return self.led[-1]


class Room:
    """One session in lines."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.clock = Clock()
        self.hands = Hands(self.clock)
        self._capsys = capsys
        monkeypatch.setattr(plain, "Keys", lambda: self.hands)
        monkeypatch.setattr(plain, "stdin_is_terminal", lambda: self.hands.available)

    def lead(self, *items: Item) -> tuple[int, list[str]]:
        """The exit code, and all lines."""
        self.practice = Led(self.clock, *items)
        plan = compile_day(self.practice.routine, "monday")
        code = plain.play(self.practice, plan, "later")
        return code, self.printed()

    def printed(self) -> list[str]:
        return self._capsys.readouterr().out.splitlines()

    @property
    def outcomes(self) -> list[Outcome]:
        return [record.outcome for record in self.practice.notes.records]


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Room:
    return Room(monkeypatch, capsys)


OWN_PACE = Prescription("row", sets=Count(2, 2), reps=Reps((Count(12, 12),)), pace=Pace.SELF)


def test_in_a_pipe_sets_at_ones_own_pace_go_on_after_their_estimate(room: Room) -> None:
    room.hands.available = False
    began = room.clock.now
    code, lines = room.lead(OWN_PACE)
    assert code == 0
    assert lines[1] == plain.ALONE and plain.KEY_HELP not in lines
    assert room.outcomes == [Outcome.DONE, Outcome.DONE]
    assert room.practice.led[0].state is State.ENDED
    total_s = room.practice.led[0].plan.total_s
    assert total_s <= room.clock.now - began <= total_s + 2.0, "each second is waited for, and no more"
    assert room.practice.notes.told == ["start", "end"]


def test_in_a_pipe_a_session_goes_on_by_itself_after_the_machine_slept(room: Room) -> None:
    room.hands.available = False

    def sleep() -> None:
        room.clock.now += 700

    room.hands.at(15, sleep)
    code, lines = room.lead(hold("superman", 20, 2))
    assert code == 0 and room.outcomes == [Outcome.DONE, Outcome.DONE]
    assert [line for line in lines if "away for 12 minutes" in line]


def test_with_a_keyboard_a_set_at_ones_own_pace_waits_for_a_key(room: Room) -> None:
    room.hands.at(3600, "enter")
    room.hands.at(7200, "right")
    code, lines = room.lead(OWN_PACE)
    assert code == 0 and room.outcomes == [Outcome.DONE, Outcome.DONE]
    assert room.clock.now >= 1000 + 7200
    assert lines[1] == plain.KEY_HELP and plain.ALONE not in lines


def test_the_help_is_told_at_the_start_and_when_it_is_asked_for(room: Room) -> None:
    room.hands.at(3, "?")
    room.hands.at(4, "q", "l")
    code, lines = room.lead(hold("superman", 20, 1))
    assert code == 0
    assert lines.count(plain.KEY_HELP) == 2 and lines[1] == plain.KEY_HELP
    assert room.practice.notes.told == ["start", "leave"]
    for key, what in (("space", "pauses"), ("n", "next set"), ("h", "this hurts"), ("q", "quit")):
        assert f"{key} " in plain.KEY_HELP and what in plain.KEY_HELP


def test_what_is_not_saved_is_told_once_and_again_when_it_changes(room: Room) -> None:
    full, gone = "The disk is full: 1 set waits to be saved.", "The history is gone: 2 sets wait to be saved."
    for moment, problem in ((15.0, full), (18.0, gone), (21.0, ""), (24.0, full)):
        room.hands.at(moment, lambda problem=problem: setattr(room.practice.notes, "problem", problem))  # type: ignore[misc]
    code, lines = room.lead(hold("superman", 20, 2))
    assert code == 0
    assert [line for line in lines if "saved" in line] == [full, gone, "Everything is saved now.", full]


def test_leaving_tells_what_is_saved_or_why_it_is_not(room: Room) -> None:
    room.hands.at(40, "q", "l")
    _, lines = room.lead(hold("superman", 20, 2))
    assert lines[-1].endswith("1 of 2 sets done. They are saved, and the rest waits for next time.")
    room.hands.at(2, "q", "l")
    _, lines = room.lead(hold("superman", 20, 2))
    assert lines[-1].endswith("0 of 2 sets done.")


def test_an_exception_is_no_success(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("a mistake of our own")

    room.hands.at(15, fail)
    with pytest.raises(RuntimeError, match="a mistake of our own"):
        room.lead(hold("superman", 20, 2))
    assert room.practice.notes.told == ["start", "leave"], "what was done is kept, and can be taken up again"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("asked", [False, True])
def test_a_signal_leaves_with_its_code_and_a_word(room: Room, number: signal.Signals, asked: bool) -> None:
    room.hands.at(40, *(["q"] if asked else []), room.hands.ended_by(number))
    code, lines = room.lead(hold("superman", 20, 2))
    assert code == 128 + number
    assert "1 of 2 sets done. They are saved" in lines[-1]
    assert room.practice.notes.told == ["start", "leave"]


def test_keys_do_what_they_do_on_the_screen(room: Room) -> None:
    room.hands.at(11, "space", "x")  # pause, and go on by any other key
    room.hands.at(20, "+")
    room.hands.at(21, "n")
    room.hands.at(45, "p")
    room.hands.at(60, "q", "l")
    code, lines = room.lead(hold("superman", 20, 2), reps("bird-dog", 2, 2))
    assert code == 0
    paused = next(index for index, line in enumerate(lines) if line.startswith("Paused"))
    assert lines[paused + 1 : paused + 5] == ["Going on.", "3", "2", "1"]
    assert [line for line in lines if "10 seconds more" in line.lower()]
    assert room.outcomes[0] is Outcome.PARTIAL


def test_a_key_that_means_nothing_now_says_so(room: Room) -> None:
    room.hands.at(60, "+")
    room.hands.at(61, "q", "l")
    _, lines = room.lead(OWN_PACE)
    assert lines.count("Not possible now.") == 1


@pytest.mark.parametrize(("key", "told"), [("s", "end"), ("f", "end"), ("l", "leave")])
def test_stopping_asks_first(room: Room, key: str, told: str) -> None:
    room.hands.at(12, "q", "x", "space")  # asked, and thought better of
    room.hands.at(30, "escape", key)
    code, lines = room.lead(hold("superman", 40, 1))
    assert code == 0
    assert len([line for line in lines if line.startswith("Stop here?")]) == 2
    assert lines.count("Still here. Space goes on.") == 1
    assert room.practice.notes.told == ["start", told]
