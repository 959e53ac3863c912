"""`list`, `show`, `explain`, `check` and `use`: routines as files and as weeks."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from backtimer.cli import context
from backtimer.cli.main import UsageError
from backtimer.storage.files.library import UnknownRoutineError
from backtimer.storage.files.settings import load_settings
from backtimer.storage.files.source import Problem, ProblemsError
from backtimer.storage.text import clean, clean_lines, json_escaped

if TYPE_CHECKING:
    from backtimer.core.plan.plan import Plan
    from backtimer.core.plan.routine import Day, Routine
    from backtimer.core.plan.units import Breathing

# What a routine is gets imported where one is read (25 ms): `list` only looks at titles.

INDENT = " " * 13


def list_routines(options: argparse.Namespace) -> int:
    """Print the routines there are, the one in use marked; or the exercises there are."""
    if options.exercises:
        return _list_exercises()
    in_use = context.settings().routine
    entries = context.library().names()
    width = max((len(entry.name) for entry in entries), default=0)
    titles = {
        entry.name: "(broken: see `backtimer check`)" if entry.broken else entry.title for entry in entries
    }
    title_width = max((len(title) for title in titles.values()), default=0)
    for entry in entries:
        mark = "*" if entry.name == in_use else " "
        print(clean(f"{mark} {entry.name:{width}}  {titles[entry.name]:{title_width}}  {entry.origin}"))
    if in_use not in titles:
        print(f"* {clean(in_use)}")
    if lack := context.library().lack:
        print(f"backtimer: {lack}", file=sys.stderr)
        return 1
    return 0


def _list_exercises() -> int:
    """Print each exercise: its id, its name, and the phases that a `tempo` may time."""
    library = context.library()
    ids = sorted(library.catalogue.files)
    width = max((len(name) for name in ids), default=0)
    for name in ids:
        try:
            exercise = library.exercise(name)
        except ProblemsError:
            print(clean(f"{name:{width}}  (broken: see `backtimer check`)"))
            continue
        phases = ", ".join(phase.name for phase in exercise.phases)
        print(clean(f"{name:{width}}  {exercise.name}" + (f" ({phases})" if phases else "")))
    return 0


def show(options: argparse.Namespace) -> int:
    """Print a routine's week at a glance."""
    from backtimer.core.speech.phrases import minutes_text

    chosen = context.settings()
    routine = context.library().load(chosen.routine if options.routine is None else options.routine)
    today = context.today_name()
    print(clean(routine.title + (f" ({routine.id})" if routine.title != routine.id else "")))
    if routine.source:
        print(clean(f"Source: {routine.source}"))
    print()
    for name, day in routine.days.items():
        plan = _plan(routine, name, day, chosen.breathing)
        length = minutes_text(plan.total_s, plan.estimated) if plan else ""
        notes = [
            *(["optional"] if day.optional else []),
            *([f"{day.times} times"] if day.times > 1 else []),
            *([f"same as {day.same_as}"] if day.same_as else []),
        ]
        mark = ">" if name == today else " "
        told = " · ".join(part for part in (_title(day), length, *notes) if part)
        print(f"{mark} {name.capitalize():9}  {told}")
        if plan and not plan.activity:
            _print_entries(plan)
    return 0


def _print_entries(plan: Plan) -> None:
    from backtimer.core.speech.entries import entries

    circuit = (-1, "")
    for entry in entries(plan):
        if entry.group and (entry.item, entry.group) != circuit:
            print(f"{INDENT}{entry.group}")
        circuit = (entry.item, entry.group)
        print(f"{INDENT}{'  ' if entry.group else ''}{entry.name}: {entry.text}")


def _title(day: Day) -> str:
    from backtimer.core.plan.routine import DayKind
    from backtimer.core.progress.calendar import day_title

    title = day_title(day)
    return f"Rest ({day.rest})" if day.kind is DayKind.REST and day.rest and day.rest != "Rest" else title


def _plan(routine: Routine, name: str, day: Day, breathing: Breathing | None) -> Plan | None:
    from backtimer.core.plan.compile import compile_day
    from backtimer.core.plan.routine import DayKind

    return None if day.kind is DayKind.REST else compile_day(routine, name, breathing)


def explain(options: argparse.Namespace) -> int:
    """Print a day as the coach would tell it, or every step of it as JSON."""
    import json

    from backtimer.core.plan.compile import compile_day
    from backtimer.core.plan.routine import DayKind
    from backtimer.core.speech.explain import explain_dict, explain_lines

    chosen = context.settings()
    routine = context.library().load(options.routine)
    day = context.day_name(options.day)
    asked = routine.days[day]
    if asked.kind is DayKind.REST:
        if options.json:
            rest = {"routine": routine.id, "day": day, "title": asked.title or asked.rest or "Rest"}
            told = {**rest, "total_s": 0, "estimated": False, "steps": []}
            print(json_escaped(json.dumps(told, ensure_ascii=False)))
            return 0
        print(f"{day.capitalize()}: {asked.rest or 'a rest day'}.")
        return 0
    plan = compile_day(routine, day, chosen.breathing)
    if options.json:
        print(json_escaped(json.dumps(explain_dict(plan), ensure_ascii=False, indent=2)))
    else:
        print(clean_lines("\n".join(explain_lines(plan))))
    return 0


def check(options: argparse.Namespace) -> int:
    """Print all that is wrong in routine files; exit code 2 when anything is."""
    library = context.library()
    settings_file = context.paths().settings
    problems: list[Problem] = []
    missing: list[str] = []
    names = options.files or [*_own_files(), str(settings_file)]
    for name in names:
        try:
            if Path(name) == settings_file:
                load_settings(settings_file)
            else:
                problems += library.check(name)
        except ProblemsError as error:
            problems += error.problems
        except UnknownRoutineError as error:
            missing.append(f"backtimer: {error}")
    # A broken exercise is told once, however many routines use it.
    for text in [*dict.fromkeys(problem.text() for problem in problems), *missing]:
        print(clean_lines(text), file=sys.stderr)
    if problems or missing:
        return 2
    checked = len([name for name in names if Path(name) != settings_file or settings_file.exists()])
    print(f"{checked} file{'' if checked == 1 else 's'} checked, no problems." if checked else _nothing())
    return 0


def _own_files() -> list[str]:
    folder = context.paths().routines
    return [str(path) for path in sorted([*folder.glob("*.yaml"), *folder.glob("exercises/*.yaml")])]


def _nothing() -> str:
    return f"There are no files of your own in {clean(str(context.paths().routines))} yet."


def use(options: argparse.Namespace) -> int:
    """Choose the routine that `today` follows, and keep from when its days are due."""
    from backtimer.cli.main import session_clock, wall_clock
    from backtimer.storage.files.settings import save_routine
    from backtimer.storage.files.source import is_path
    from backtimer.training import Practice

    library = context.library()
    routine = library.load(options.routine)
    name = os.path.abspath(options.routine) if is_path(options.routine) else options.routine  # noqa: PTH100
    paths = context.paths()
    try:
        save_routine(paths.settings, name)
    except OSError as error:
        raise UsageError(f"{clean(str(paths.settings))} cannot be written: {error.strerror}") from error
    practice = Practice(paths, context.settings(), routine, now=wall_clock, clock=session_clock())
    try:
        practice.remember_schedule()
        for notice in practice.notices:
            print(clean(notice), file=sys.stderr)
    finally:
        practice.close()
    print(clean(f"From now on: {routine.title}."))
    return 0
