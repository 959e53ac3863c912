"""Ten years of training: what `history`, `streak` and the home screen take of them, beside an empty history.

    python -m tests.benchmarks.ten_years [--runs N] [--home DIRECTORY] [--until DATE]

Makes 3,650 sessions with 110,000 sets, the same ones for the same last day, takes them in as an export of
another machine, and measures whole processes in turn, so that a machine that drifts drifts for both. The
bound is 1.25 times an empty history; `history --json` is held against `history`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, plan_to_dict
from backtimer.core.plan.routine import WEEKDAYS
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths
from backtimer.storage.history.exporting import export_lines
from backtimer.storage.history.importing import Imported, import_file
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.values import set_number

SESSIONS = 3650
BOUND = 1.25

JSON_BOUND = 4.0
"""All of the ten years as JSON takes at most so many times as long as a look at them."""

_EXERCISES = (
    "bird-dog",
    "superman",
    "bridge",
    "cat-cow",
    "pelvic-tilt",
    "childs-pose",
    "prone-row",
    "seated-row",
    "prone-arm-lift",
    "half-forward-bend",
)


def routine_text() -> str:
    """A routine of 30 sets a day, and 31 on Sundays."""
    entry = "      - {{exercise: {}, sets: {}, reps: 8-12, hold: 3-5s, sides: none}}"
    daily = [entry.format(name, 3) for name in _EXERCISES]
    sunday = [entry.format(name, 3 + (name == "bridge")) for name in _EXERCISES]
    lines = ["format: 1", "title: Ten years", "days:", "  daily:", "    exercises:", *daily]
    return "\n".join([*lines, "  sunday:", "    exercises:", *sunday, ""])


def make_home(home: Path) -> Paths:
    """A home in which the routine is chosen, and nothing was done yet."""
    (home / "routines").mkdir(parents=True)
    (home / "routines" / "ten-years.yaml").write_text(routine_text(), encoding="utf-8")
    (home / "settings.yaml").write_text("routine: ten-years\n", encoding="utf-8")
    return Paths(home, home, home / "cache")


def export_text(paths: Paths, until: date) -> str:
    """Ten years up to a day, as another machine would export them."""
    chance = random.Random(until.toordinal())
    routine = Library(paths).load("ten-years")
    plans = {day: compile_day(routine, day) for day in WEEKDAYS}
    texts = {
        day: json.dumps(plan_to_dict(plan), ensure_ascii=False, separators=(",", ":"))
        for day, plan in plans.items()
    }
    digests = {day: hashlib.sha256(text.encode()).hexdigest() for day, text in texts.items()}
    first = until - timedelta(days=SESSIONS - 1)
    content = {
        "format": "backtimer-history",
        "version": 1,
        "schedules": [
            {
                "from_date": first.isoformat(),
                "routine": "ten-years",
                "due": {str(weekday): {"times": 1, "optional": False} for weekday in range(7)},
            }
        ],
        "off_days": [_off(chance, first + timedelta(days=offset)) for offset in range(200, SESSIONS, 180)],
        "pains": [_pain(chance, first + timedelta(days=offset)) for offset in range(100, SESSIONS, 90)],
        "decisions": [],
        "plans": {digests[day]: texts[day] for day in WEEKDAYS},
        "sessions": [
            _session(chance, day, plans[WEEKDAYS[day.weekday()]], digests[WEEKDAYS[day.weekday()]])
            for day in (first + timedelta(days=offset) for offset in range(SESSIONS))
        ],
    }
    return json.dumps(content)


def _id(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"


def _utc(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _off(chance: random.Random, day: date) -> dict[str, Any]:
    return {
        "id": _id(chance),
        "from_date": day.isoformat(),
        "to_date": (day + timedelta(days=chance.randint(2, 14))).isoformat(),
        "why": chance.choice(["flare-up", "holiday", "ill"]),
        "declared": _utc(datetime(day.year, day.month, day.day, 8, tzinfo=UTC)),
        "withdrawn": None,
    }


def _pain(chance: random.Random, day: date) -> dict[str, Any]:
    at = _utc(datetime(day.year, day.month, day.day, 7, tzinfo=UTC))
    rating = {"pain": chance.randint(0, 4), "note": "", "withdrawn": None}
    return {"id": _id(chance), "local_date": day.isoformat(), "at": at, "offset_min": 60, **rating}


def _session(chance: random.Random, day: date, plan: Plan, digest: str) -> dict[str, Any]:
    started = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    undone = chance.choice([0, 0, 0, 0, 1, 4])
    sets = [
        {
            "idx": index,
            "exercise": spec.exercise,
            "side": None,
            "set_no": set_number(spec),
            "reps": spec.reps,
            "hold_s": spec.hold_s,
            "alternate": spec.alternate,
            "seconds": 40.0 + chance.randint(0, 200) / 10,
            "outcome": "skipped" if index >= len(plan.sets) - undone else "done",
            "at": _utc(started + timedelta(minutes=index + 1)),
        }
        for index, spec in enumerate(plan.sets)
    ]
    return {
        "id": _id(chance),
        "routine": plan.routine,
        "day": plan.day,
        "title": plan.title,
        "local_date": day.isoformat(),
        "started": _utc(started),
        "offset_min": 60,
        "ended": _utc(started + timedelta(minutes=40)),
        "ended_offset_min": 60,
        "state": "partial" if undone else "done",
        "planned_sets": len(plan.sets),
        "done_sets": len(plan.sets) - undone,
        "seconds": 2000.0,
        "effort": chance.randint(2, 6),
        "pain_before": chance.randint(0, 2),
        "pain": chance.randint(0, 2),
        "pain_next": None,
        "asked_next": True,
        "source": "timer",
        "note": "",
        "deleted": False,
        "plan": digest,
        "sets": sets,
        "corrections": [],
    }


def take_in(paths: Paths, export: Path, until: date) -> tuple[Imported, float]:
    """Import the ten years; what came of it, and the seconds it took."""
    moment = datetime(until.year, until.month, until.day, 20, tzinfo=UTC)
    opened = open_history(paths.history, lambda: moment)
    assert opened.history is not None, opened.notice
    with closing(opened.history) as history:
        started = time.perf_counter()
        imported = import_file(history, export)
        return imported, time.perf_counter() - started


_HOME_SCREEN = """
import gc, os, time
gc.disable()  # as the program does
from backtimer.cli.main import wall_clock
from backtimer.day_view import first_view, opening_of
from backtimer.training import Training
from backtimer.storage.files.library import Library
from backtimer.storage.files.parsed import ParsedCache
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import load_settings
paths = find_paths(os.environ)
settings = load_settings(paths.settings, ParsedCache(paths))
routine = Library(paths).load(settings.routine)
practice = Training(paths, settings, routine, now=wall_clock, clock=time.monotonic)
first_view(practice, opening_of(practice))
practice.close()
"""

PROGRAMS = {
    "streak": ["-m", "backtimer", "streak"],
    "history": ["-m", "backtimer", "history"],
    "home screen's data": ["-c", _HOME_SCREEN],
}


def seconds_of(arguments: list[str], home: Path) -> tuple[float, float]:
    """How long a process takes, by the clock and of the processor."""
    environment = {**os.environ, "BACKTIMER_HOME": str(home), "COLUMNS": "100"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started, before = time.perf_counter(), _used()
    subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return time.perf_counter() - started, _used() - before


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def measure(empty: Path, full: Path, runs: int) -> Iterator[tuple[str, float, float, float]]:
    """Of each program, the median seconds with the empty and the full history, and the ratio of the least
    of the processor's, which is what a busy machine disturbs least."""
    for name, arguments in PROGRAMS.items():
        times: dict[Path, list[tuple[float, float]]] = {empty: [], full: []}
        for home in (empty, full):
            seconds_of(arguments, home)  # files come into the cache, a week's backup is made
        for _ in range(runs):
            for home in (empty, full):
                times[home].append(seconds_of(arguments, home))
        by_clock = {home: statistics.median(clock for clock, _ in times[home]) for home in times}
        used = {home: min(used for _, used in times[home]) for home in times}
        yield name, by_clock[empty], by_clock[full], used[full] / used[empty]


def main() -> int:
    """Print the table; 1 when a bound does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--home", type=Path, help="where the ten years go, to be looked at; must not exist")
    parser.add_argument("--until", type=date.fromisoformat, default=date.today())
    options = parser.parse_args()
    within = True
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder, "empty"), options.home or Path(folder, "full")
        make_home(empty)
        paths = make_home(full)
        export = Path(folder, "ten-years.json")
        export.write_text(export_text(paths, options.until), encoding="utf-8")
        imported, first_s = take_in(paths, export, options.until)
        _, again_s = take_in(paths, export, options.until)
        opened = open_history(paths.history, lambda: datetime.now().astimezone(), writing=False)
        assert opened.history is not None
        with closing(opened.history) as history:
            totals = history.totals()
            started = time.perf_counter()
            size = sum(len(piece) for piece in export_lines(history))
            export_s = time.perf_counter() - started
        file_size = paths.history.stat().st_size
        print(f"{imported.sessions_new} sessions, {totals.sets} sets done, {file_size:,} bytes")
        print(f"import {first_s:.2f} s, once more {again_s:.2f} s")
        print(f"export {export_s:.2f} s, {size:,} characters")
        print(f"{'':20}{'empty':>9}{'10 years':>10}{'ratio':>8}{'of CPU':>8}   bound {BOUND}")
        for name, empty_s, full_s, of_cpu in measure(empty, full, options.runs):
            within = within and full_s <= BOUND * empty_s
            print(
                f"{name:20}{empty_s * 1000:7.0f}ms{full_s * 1000:8.0f}ms{full_s / empty_s:8.2f}{of_cpu:8.2f}"
            )
        told = [
            seconds_of(["-m", "backtimer", "history", *more], full)
            for more in [[], ["--json"]] * options.runs
        ]
        look, all_of_it = (min(used for _, used in told[kind::2]) for kind in (0, 1))
        within = within and all_of_it <= JSON_BOUND * look
        print(f"history --json {all_of_it / look:.2f} times history, of CPU   bound {JSON_BOUND}")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
