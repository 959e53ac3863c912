"""`history` and `streak`: what was done, looked at and put right."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date

from backtimer.cli import context
from backtimer.cli.errors import UsageError
from backtimer.core import calendar
from backtimer.core.due import DoneSession, Off
from backtimer.storage.history.trouble import HistoryError

# `streak` is called by every prompt of a shell: what only the other command needs is imported there.


def history(options: argparse.Namespace) -> int:
    """Show what was done, print it for programs, or correct it."""
    _refuse_contradictions(options)
    if options.since is not None:
        from backtimer.cli.dates import past_date

        options.since = past_date(options.since, context.today())
    if options.delete or options.edit or options.undo:
        from backtimer.cli import correct

        return correct.correct(options)
    if options.json or options.csv:
        return _for_programs(options)
    from backtimer.cli import history_view

    if options.session:
        return history_view.show_session(options.session)
    return history_view.show_history(options)


def _refuse_contradictions(options: argparse.Namespace) -> None:
    corrections = [name for name in ("delete", "edit", "undo") if getattr(options, name)]
    if len(corrections) > 1:
        raise UsageError(f"--{corrections[0]} and --{corrections[1]}: one at a time")
    if corrections and corrections[0] != "undo" and not options.session:
        raise UsageError(f"say which session: backtimer history SESSION --{corrections[0]}")
    if options.json and options.csv:
        raise UsageError("--json and --csv: one at a time")
    if options.weeks and (options.json or options.csv):
        raise UsageError("--weeks is for the calendar; for programs there is --since")
    if corrections and (options.json or options.csv):
        raise UsageError(f"--{corrections[0]} prints no table")
    if options.session and (options.since or options.exercise or options.weeks or options.csv):
        raise UsageError(
            "one session is shown whole: --since, --exercise, --weeks and --csv go without SESSION"
        )


def _for_programs(options: argparse.Namespace) -> int:
    found = context.open_for_looking()
    if found is None:
        return 1
    with closing(found):
        exercise = options.exercise
        if exercise is not None:
            from backtimer.cli.exercise import exercise_id

            exercise = exercise_id(found, exercise)
        if options.csv:
            from backtimer.cli.transfer import print_bytes
            from backtimer.storage.history.csv_export import csv_lines

            print_bytes(csv_lines(found, options.since, exercise))
            return 0
        import json

        from backtimer.storage.history.history_json import history_json, session_json
        from backtimer.storage.text import json_escaped

        if options.session:
            data = session_json(found.session(options.session))
        else:
            data = history_json(found, since=options.since, exercise=exercise)
        print(json_escaped(json.dumps(data, ensure_ascii=False, indent=2)))
    return 0


def streak(options: argparse.Namespace) -> int:
    """Print how many due days (or weeks) in a row were done, on one line."""
    found = context.open_for_looking()
    if found is None:
        return 1
    today = context.today()
    try:
        schedules, sessions, offs = found.schedules(), found.calendar_sessions(), found.offs()
    except HistoryError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        found.close()
    sessions.append(calendar.presence(today, context.offset_min()))
    weekly = _weekly(sessions, offs, today)
    if options.json:
        import json

        of_days = calendar.streaks(schedules, sessions, today, offs)
        week = calendar.adherence(schedules, sessions, today, offs)
        data = {"streak": of_days.current, "longest": of_days.longest}
        print(json.dumps({**data, "week": {"done": week.done, "due": week.due}, "goal": weekly}))
        return 0
    from backtimer.core.counting import goal_words, streak_words

    if weekly is not None:
        words = goal_words(weekly["weeks"], weekly["done"], weekly["goal"])
    else:
        words = streak_words(calendar.streak(schedules, sessions, today, offs))
    print(f"{words}{_off_words(offs, today)}.")
    return 0


def _weekly(sessions: list[DoneSession], offs: list[Off], today: date) -> dict[str, int] | None:
    """How the weekly goal stands; None when there is none."""
    goal = context.goal()
    if goal is None:
        return None
    from backtimer.core.goal import goal_streak, goal_week

    weeks, week = goal_streak(goal, sessions, today, offs), goal_week(goal, sessions, today, offs)
    return {"weeks": weeks.current, "longest": weeks.longest, "done": week.done, "goal": week.goal}


def _off_words(offs: list[Off], today: date) -> str:
    """`, off until 24 Nov (flare-up)`."""
    covering = [off for off in offs if off.covers(today)]
    if not covering:
        return ""
    from backtimer.core.agenda import short_date

    last = max(covering, key=lambda off: off.to_date)
    return f", off until {short_date(last.to_date, today)} ({last.why})"
