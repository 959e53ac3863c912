"""The front end of plain mode in a test's hands: keys it presses, a clock that only moves when it waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from backtimer.cli import plain, ratings, today
from backtimer.cli.main import main
from backtimer.coach import Coach
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Item
from backtimer.core.session.events import Outcome
from tests.exchanges import TwoForms
from tests.tui.conftest import FakePractice, training, week_routine
from tests.tui.workout_kit import Clock, Notes

Deed = Callable[[], None]

MOST_WAITS = 10_000
"""A session of a test that waits more often goes round in circles."""


@dataclass
class Hands:
    """Keys, each pressed so many seconds after the start, and deeds of the test at such moments."""

    clock: Clock
    available: bool = True
    signal_number: int | None = None
    script: list[tuple[float, str | Deed]] = field(default_factory=list)
    waits: int = 0

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
        self.waits += 1
        assert self.waits < MOST_WAITS, "it never ends"
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

    def __init__(self, clock: Clock) -> None:
        super().__init__(week_routine(), days_in_a_row=0)
        self.clock = clock
        self.notes = Notes()
        self.led: list[Coach] = []
        self.asks_for_pain = False
        self.lost = ""
        """What cannot be saved at the end."""

    def rates_pain(self) -> bool:
        return self.asks_for_pain

    def settle(self, say: Callable[[str], None] = lambda _: None, patience_s: float = 0.0) -> str:
        return self.lost

    def _coach(self, plan: Plan) -> Coach:  # type: ignore[override]
        self.led.append(Coach(plan, self.clock, self.notes, exchanges=TwoForms()))
        return self.led[-1]


class Room:
    """One session in lines, and what is asked before and after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.clock = Clock()
        self.hands = Hands(self.clock)
        self.numbers = Hands(self.clock, available=False)
        """What answers the questions for a number; unless a test says so, nobody does."""
        self.practice = Led(self.clock)
        self._capsys = capsys
        monkeypatch.setattr(plain, "Keys", lambda: self.hands)
        monkeypatch.setattr(ratings, "Keys", lambda: self.numbers)
        monkeypatch.setattr(today, "session_clock", lambda: self.clock)
        monkeypatch.setattr(plain, "stdin_is_terminal", lambda: self.hands.available)

    def lead(
        self, *items: Item, unfinished: str = "later", ask: bool = True, short: bool = False
    ) -> tuple[int, list[str]]:
        """The exit code, and all lines; without items there is no plan."""
        practice = self.practice
        if items:
            practice.routine = week_routine(monday=training("Strength", *items))
        plan = compile_day(practice.routine, "monday") if items else None
        code = plain.play(practice, plan, unfinished, ask=ask, short=short)
        return code, self.printed()

    def run(self, *arguments: str) -> tuple[int, list[str]]:
        """The same of the command itself, with a history of its own."""
        code = main([*arguments, "--plain"])
        return code, self.printed()

    def printed(self) -> list[str]:
        """The lines since it was asked last."""
        return self._capsys.readouterr().out.splitlines()

    @property
    def outcomes(self) -> list[Outcome]:
        return [record.outcome for record in self.practice.notes.records]
