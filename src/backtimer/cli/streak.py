"""`streak`: how many due days, or weeks, in a row were done. Shell prompts call it."""

from __future__ import annotations

from contextlib import closing
from datetime import date

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.main import wall_clock
from backtimer.core.progress import calendar, streaks
from backtimer.core.progress.calendar import DoneSession, Off
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
    goal = context.goal()
    if options.json:
        import json  # late: 5 ms, and a prompt asks for words

        of_days = streaks.streaks(schedules, sessions, today, offs)
        week = calendar.adherence(schedules, sessions, today, offs)
        data = {"streak": of_days.current, "longest": of_days.longest}
        weekly = None if goal is None else _weekly(goal, sessions, offs, today)
        print(json.dumps({**data, "week": {"done": week.done, "due": week.due}, "goal": weekly}))
        return 0
    words = streaks.streak_text(schedules, sessions, today, offs, goal)
    off = calendar.off_on(offs, today)
    print(f"{words}, {calendar.off_words(off, today, today)}." if off else f"{words}.")
    return 0


def _weekly(goal: streaks.Goal, sessions: list[DoneSession], offs: list[Off], today: date) -> dict[str, int]:
    weeks = streaks.streaks((), sessions, today, offs, goal)
    week = streaks.goal_week(goal, sessions, today, offs)
    return {"weeks": weeks.current, "longest": weeks.longest, "done": week.done, "goal": week.due}
