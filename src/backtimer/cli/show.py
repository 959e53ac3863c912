"""`show` and `explain`: a routine's week at a glance, and a day of it step by step."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import timedelta

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.dates import day_of, shown
from backtimer.cli.ranges import ends_words
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.levels import ranges_of_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import (
    MAX_CYCLE,
    REST_NAME,
    WEEKDAYS,
    Circuit,
    Cycle,
    Day,
    DayKind,
    Item,
    Prescription,
    ProgrammeStage,
    Routine,
    day_title,
    name_in_stage,
    stage_words,
)
from backtimer.core.plan.turns import prescriptions_of
from backtimer.core.plan.ways import things_needed
from backtimer.core.progress.dates import weekday_from_key
from backtimer.core.speech.cues import Mode
from backtimer.core.speech.entries import DayEntry, entries
from backtimer.core.speech.explain import explain_dict, explain_lines
from backtimer.core.speech.lead_times import as_told
from backtimer.core.speech.phrases import minutes_text
from backtimer.language import _, counted_words
from backtimer.storage.files.settings import Settings
from backtimer.storage.text import clean, clean_lines, json_escaped

INDENT = " " * 13


def show(options: Options) -> int:
    """Print a routine's week at a glance."""
    chosen = context.settings()
    routine = context.library().load(chosen.routine if options.routine is None else options.routine)
    today = day_of(routine, None, chosen)
    print(clean(routine.title + (f" ({routine.id})" if routine.title != routine.id else "")))
    if routine.source:
        print(clean(_("Source: {source}").format(source=routine.source)))
    if routine.stages:
        _print_stages(routine, today, chosen)
    else:
        _print_days(routine, today, chosen, routine.cycle, tuple(routine.days))
    return 0


def _print_stages(routine: Routine, today: str, chosen: Settings) -> None:
    """Where today is in a programme, and each of its stages."""
    with closing(context.training(chosen, routine, writing=False)) as looked:
        if where := looked.stage_words():
            print(where)
    for number, stage in enumerate(routine.stages, start=1):
        words = clean(stage_words(number, stage.title))
        length = _weeks_words(stage, last=number == len(routine.stages))
        print(f"\n{words} · {length}" if length else f"\n{words}")
        _print_days(routine, today, chosen, stage.cycle, stage.days)


def _weeks_words(stage: ProgrammeStage, *, last: bool) -> str:
    """How long a stage is."""
    weeks = stage.weeks
    if weeks is None:
        return "" if last else _("until you go on")
    if weeks.low == weeks.high:
        return counted_words("{number} week", "{number} weeks", weeks.low).format(number=weeks.low)
    return _("{least} to {most} weeks").format(least=weeks.low, most=weeks.high)


def _print_days(
    routine: Routine, today: str, chosen: Settings, cycle: Cycle | None, names: Sequence[str]
) -> None:
    if cycle is not None:
        print(_cycle_words(cycle))
    print()
    for name in names:
        day = routine.days[name]
        if name_in_stage(name) == REST_NAME and cycle is not None and not _is_told(cycle, day):
            continue
        plan = _plan(routine, name, day, chosen)
        length = minutes_text(plan.total_s, plan.estimated) if plan else ""
        notes = [
            *([_("optional")] if day.optional else []),
            *([_times(day.times)] if day.times > 1 else []),
            *([_("same as {day}").format(day=day.same_as)] if day.same_as else []),
        ]
        mark = ">" if name == today else " "
        told = " · ".join(part for part in (_title(day), length, *notes) if part)
        print(f"{mark} {weekday_from_key(name):9}  {told}")
        if plan and not plan.activity:
            _print_entries(plan, day, _tops(routine, name, chosen))
            if things := things_needed(plan):
                print(f"{INDENT}{clean(_('you need: {things}').format(things=', '.join(things)))}")


def _cycle_words(cycle: Cycle) -> str:
    """In which order the days come, and when."""
    order = ", ".join(cycle.days)
    if not cycle.on:
        return _("In turn, a day each: {days}").format(days=order)
    weekdays = ", ".join(weekday_from_key(weekday) for weekday in WEEKDAYS if weekday in cycle.on)
    return _("In turn, on {weekdays}: {days}").format(weekdays=weekdays, days=order)


def _is_told(cycle: Cycle, rest: Day) -> bool:
    """Whether rest is a day of the cycle, and not only what all other weekdays are."""
    return REST_NAME in cycle.days or bool(rest.title or rest.rest)


def _times(number: int) -> str:
    return counted_words("{number} time", "{number} times", number).format(number=number)


def _tops(routine: Routine, name: str, chosen: Settings) -> dict[str, str]:
    """By exercise id, what the ranges of a day lead to: `3 rounds, 15 reps`; empty where it stays."""
    if chosen.progression == Mode.OFF:
        return {}
    found = ranges_of_day(routine, name)
    return {exercise: ends_words(ranges)[1] for exercise, ranges in found.items() if ranges.moves}


def _climb(routine: Routine, name: str, chosen: Settings) -> tuple[str, ...]:
    """What the ranges of a day lead to, in a line."""
    tops = _tops(routine, name, chosen)
    each = [
        _("{exercise} up to {amount}").format(exercise=routine.exercises[exercise].name, amount=top)
        for exercise, top in tops.items()
    ]
    return (_("As you progress: {exercises}.").format(exercises="; ".join(each)),) if each else ()


def _print_entries(plan: Plan, day: Day, tops: Mapping[str, str]) -> None:
    circuit = (-1, "")
    for entry in entries(plan):
        item = day.items[entry.item]
        if entry.group and (entry.item, entry.group) != circuit:
            print(f"{INDENT}{_with_sessions(entry.group, item.first_sessions)}")
        circuit = (entry.item, entry.group)
        own = next((each for each in prescriptions_of(item) if _is_of(entry, each)), None)
        much = f"{entry.name}: {entry.text}"
        if top := tops.get(entry.exercise or ""):
            much = _("{amount} · later up to {top}").format(amount=much, top=top)
        told = _with_sessions(much, own and own.first_sessions)
        print(f"{INDENT}{'  ' if entry.group else ''}{told}")


def _is_of(entry: DayEntry, asked: Prescription) -> bool:
    return asked.exercise == entry.exercise if entry.exercise else asked.activity == entry.name


def _with_sessions(told: str, number: int | None) -> str:
    """A line, with in how many sessions of a date it comes where that is said."""
    if number is None:
        return told
    only = counted_words("only in the first session", "only in the first {number} sessions", number)
    return f"{told} · {only.format(number=number)}"


def _sessions(routine: Routine, day: Day) -> tuple[str, ...]:
    """How many sessions a day asks for, and what does not come in all of them."""
    if day.times < 2:
        return ()
    lines = [
        counted_words("{number} session a day", "{number} sessions a day", day.times).format(number=day.times)
    ]
    for item in day.items:
        for each in (item, *(item.exercises if isinstance(item, Circuit) else ())):
            if each.first_sessions is not None and each.first_sessions < day.times:
                lines.append(_with_sessions(_called(routine, each), each.first_sessions))
    return (f"{'; '.join(lines)}.",)


def _called(routine: Routine, item: Item) -> str:
    if isinstance(item, Circuit):
        return item.title or _("Circuit")
    exercise = routine.exercises.get(item.exercise)
    return exercise.name if exercise else item.activity


def _title(day: Day) -> str:
    title = day_title(day)
    if day.kind is DayKind.REST and day.rest and day.rest != "Rest":
        return _("Rest ({words})").format(words=day.rest)
    return title


def _plan(routine: Routine, name: str, day: Day, chosen: Settings) -> Plan | None:
    if day.kind is DayKind.REST:
        return None
    return as_told(
        compile_day(routine, name, chosen.breathing, straight=chosen.straight), chosen.instructions
    )


def explain(options: Options) -> int:
    """Print a day as the coach would tell it, or every step of it as JSON."""
    chosen = context.settings()
    routine = context.library().load(options.routine)
    day = day_of(routine, options.day, chosen, stage=options.stage)
    asked = routine.days[day]
    if asked.kind is DayKind.REST:
        if options.json:
            rest = {"routine": routine.id, "day": day, "title": asked.title or asked.rest or "Rest"}
            told = {**rest, "total_s": 0, "estimated": False, "steps": []}
            print(json_escaped(json.dumps(told, ensure_ascii=False)))
            return 0
        print(f"{weekday_from_key(day)}: {asked.rest or _('a rest day')}.")
        return 0
    plan = as_told(compile_day(routine, day, chosen.breathing, straight=chosen.straight), chosen.instructions)
    if options.json:
        print(json_escaped(json.dumps(explain_dict(plan), ensure_ascii=False, indent=2)))
    else:
        title, facts, *lines = explain_lines(plan)
        said = (*_sessions(routine, asked), *_when(routine, day, chosen), *_climb(routine, day, chosen))
        print(clean_lines("\n".join((title, facts, *said, *lines))))
    return 0


_FAR = 2 * MAX_CYCLE
"""So many days ahead it is looked when a day of a cycle comes."""


def _when(routine: Routine, day: str, chosen: Settings) -> tuple[str, ...]:
    """On which date a day of a cycle comes next; nothing for a weekday, which says so by its name."""
    number = routine.stage_of(day)
    cycle = routine.stages[number - 1].cycle if number else routine.cycle
    if cycle is None:
        return ()
    with closing(context.training(chosen, routine, writing=False)) as looked:
        ahead = (looked.today + timedelta(days=days) for days in range(_FAR))
        date = next((each for each in ahead if looked.key_on(each) == day), None)
    return () if date is None else (_("Comes next on {date}.").format(date=shown(date)),)
