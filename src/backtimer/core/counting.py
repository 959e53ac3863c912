"""Numbers of things in words. Apart from the other words, since `streak` needs no more and must be quick."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """`1 rep`, `10 reps`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def streak_words(days: int) -> str:
    """The streak, kindly: there is always a next one to begin."""
    return f"{days:,} {'day' if days == 1 else 'days'} in a row" if days else "A good day to begin"


def weeks_words(weeks: int) -> str:
    """The streak of a weekly goal, as kindly."""
    return f"{weeks:,} {'week' if weeks == 1 else 'weeks'} in a row" if weeks else "A good week to begin"


def goal_words(weeks: int, done: int, goal: int) -> str:
    """How a weekly goal stands: `3 weeks in a row, 2 of 3 this week`."""
    return f"{weeks_words(weeks)}, {done} of {goal} this week"
