"""`streak`: how many due days, or weeks, in a row were done. Shell prompts call it."""

from __future__ import annotations

from contextlib import closing
from datetime import date

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.main import wall_clock
from backtimer.core.plan.units import goal_words, streak_words
from backtimer.core.progress import calendar, streaks
from backtimer.core.progress.calendar import DoneSession, Off, short_date
from backtimer.core.progress.streaks import goal_streak, goal_week
from backtimer.storage.history.values import offset_of


def print_streak(options: Options) -> int:
    """Print how many due days (or weeks) in a row were done, on one line."""
    found = context.open_for_looking()
    if found is None:
        return 1
    today = context.local_today()
    with closing(found):
        schedules, sessions, offs = found.schedules(), found.calendar_sessions(), found.offs()
    sessions.append(calendar.presence(today, offset_of(wall_clock())))
    weekly = _weekly(sessions, offs, today)
    if options.json:
        import json  # late: 5 ms, and a prompt asks for words

        of_days = streaks.streaks(schedules, sessions, today, offs)
        week = calendar.adherence(schedules, sessions, today, offs)
        data = {"streak": of_days.current, "longest": of_days.longest}
        print(json.dumps({**data, "week": {"done": week.done, "due": week.due}, "goal": weekly}))
        return 0
    if weekly is not None:
        words = goal_words(weekly["weeks"], weekly["done"], weekly["goal"])
    else:
        words = streak_words(streaks.streak(schedules, sessions, today, offs))
    print(f"{words}{_off_words(offs, today)}.")
    return 0


def _weekly(sessions: list[DoneSession], offs: list[Off], today: date) -> dict[str, int] | None:
    """How the weekly goal stands; None when there is none."""
    goal = context.goal()
    if goal is None:
        return None
    weeks, week = goal_streak(goal, sessions, today, offs), goal_week(goal, sessions, today, offs)
    return {"weeks": weeks.current, "longest": weeks.longest, "done": week.done, "goal": week.goal}


def _off_words(offs: list[Off], today: date) -> str:
    """`, off until 24 Nov (flare-up)`."""
    covering = [off for off in offs if off.covers(today)]
    if not covering:
        return ""
    last = max(covering, key=lambda off: off.to_date)
    return f", off until {short_date(last.to_date, today)} ({last.why})"
