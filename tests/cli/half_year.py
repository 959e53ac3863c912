"""A half year of the lower-back week with all that happens in one: for tests of looking back, and to look at.

python -m tests.cli.half_year HOME [DATE]
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, plan_to_dict
from backtimer.core.plan.routine import WEEKDAYS, DayKind
from backtimer.core.progress.calendar import Due, Off, Schedule, WhyOff
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import new_session

TODAY = date(2026, 11, 26)
"""A Thursday."""

WEEKS = 30
HOUR = time(18, 30)


def make_half_year(home: Path, today: date = TODAY) -> Path:
    """Fill the history of a home; the path of the file."""
    paths = Paths(home, home, home / "cache")
    routine = Library(paths).load("lower-back")
    opened = open_history(paths.history, lambda: datetime.combine(today, HOUR, UTC))
    assert opened.history is not None, opened.notice
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    with closing(opened.history) as history:
        due = {
            WEEKDAYS.index(name): Due(day.times, day.optional)
            for name, day in routine.days.items()
            if day.kind is not DayKind.REST
        }
        history.remember_schedule(Schedule(first, routine.id, due))
        _declare(history, Off(today - timedelta(days=61), today - timedelta(days=52), WhyOff.HOLIDAY))
        _declare(history, Off(today - timedelta(days=101), today - timedelta(days=97), WhyOff.FLARE_UP))
        history.diary.add_pain(
            3, datetime.combine(today - timedelta(days=98), time(8), UTC), today - timedelta(days=98)
        )
        trained = [name for name, day in routine.days.items() if day.kind is not DayKind.REST]
        plans = {name: compile_day(routine, name) for name in trained}
        texts = {
            name: json.dumps(plan_to_dict(plan), ensure_ascii=False, separators=(",", ":"))
            for name, plan in plans.items()
        }
        days = (first + timedelta(days=offset) for offset in range((today - first).days))
        for number, day in enumerate(days):
            name = WEEKDAYS[day.weekday()]
            due_day = routine.days[name].kind is not DayKind.REST
            if _is_off(today, day) or number % 17 == 12 or not due_day:
                continue
            if routine.days[name].optional and number % 4:
                continue
            _train(history, plans[name], texts[name], day, number)
    return paths.history


def _declare(history: History, off: Off) -> None:
    history.diary.declare_off(off, datetime.combine(off.from_date, time(8), UTC))


def _is_off(today: date, day: date) -> bool:
    away = (today - day).days
    return 52 <= away <= 61 or 97 <= away <= 101


def _train(history: History, plan: Plan, text: str, day: date, number: int) -> None:
    """A session; more reps as time goes by, the left side somewhat weaker, now and then cut short."""
    started = datetime.combine(day, HOUR, UTC)
    session = new_session(plan, text, started, local_date=day)
    session = session._replace(id=sha256(day.isoformat().encode()).hexdigest()[:32])
    reached = len(plan.sets) // 3 if number % 13 == 5 else len(plan.sets)
    records = []
    for index, spec in enumerate(plan.sets[:reached]):
        reps = None if spec.reps is None else spec.reps + number // 60
        seconds = 20.0 + number // 20
        weak = spec.side is not None and spec.side.value == "left" and number % 3 == 0
        outcome = Outcome.PARTIAL if weak else Outcome.DONE
        seconds = seconds / 2 if weak else seconds
        if number == 186 and index == 3:
            outcome = Outcome.HURT
        records.append(
            SetRecord(index, outcome, reps, seconds, None if spec.side is None else spec.side.value)
        )
    rated = number % 5 != 1
    history.add_logged(
        session,
        records,
        ended=started + timedelta(minutes=26),
        effort=3 + number % 4 if rated else None,
        pain_before=max(0, 4 - number // 40) if rated else None,
        pain=max(0, 3 - number // 40) + number % 2 if rated else None,
    )


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    make_half_year(Path(sys.argv[1]), *map(date.fromisoformat, sys.argv[2:]))
