"""The text of a new routine file: with comments, and right from its first line.

What the comments say is English, as the keys of the format are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from backtimer.core.plan.routine import Position
from backtimer.storage.files.line_entries import entry_of, unknown_of
from backtimer.storage.files.one_line import quoted
from backtimer.storage.files.schema import MODELINE
from backtimer.storage.files.shorthand import Wish

_ABOUT = """\
# A routine of your own. What stands behind a # is a remark for you alone.
# `backtimer check {name}` reads it over; after `backtimer use {name}` it is what `backtimer today` follows.
# The names of exercises: `backtimer list --exercises`. How one is done: `backtimer figure bird-dog`.
"""

_TEMPLATE = """\
format: 1
title: {title}
defaults:
  rest: 30s                  # between two sets of an exercise
days:                        # monday to sunday; a day that is not here is a day of rest
  monday:
    title: Strength
    exercises:               # they are done from top to bottom
      - cat-cow              # just a name: the exercise's own amount
      - exercise: bird-dog
        sets: 2
        reps: 6-10           # a range: you begin with 6, and more is proposed when it goes well
        hold: 3s             # in every rep
      - exercise: childs-pose
        hold: 30s            # without reps: one hold
  wednesday: {{same_as: monday}}
  friday: {{same_as: monday}}
  saturday: {{activity: A walk, duration: 30m, optional: true}}
"""


def template(name: str) -> str:
    """A file to begin with."""
    return _head(name) + _TEMPLATE.format(title=title_of(name))


_TITLE = re.compile(r"(?m)^title:.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n+[ \t]+\S)))*")
"""The title with all its lines: those further in belong to it, and empty ones between them."""


def copy_of(text: str, name: str = "") -> str:
    """Another routine's file as one's own.

    Args:
        text: Of the other one.
        name: What it is called from now on; empty: as before, with its title.
    """
    if text.startswith("\ufeff"):
        text = text[1:]
    if name:
        title = f"title: {title_of(name)}"
        text, found = _TITLE.subn(title, text, count=1)
        if not found:
            text = re.sub(r"(?m)^(format:.*)$", rf"\1\n{title}", text, count=1)
    return text if MODELINE in text else f"{MODELINE}\n{text}"


def written_out(name: str, wishes: Iterable[Wish]) -> str:
    """A file with these exercises, three days a week."""
    wishes = tuple(wishes)
    lines = [
        "format: 1",
        f"title: {title_of(name)}",
        "days:                        # monday to sunday; a day that is not here is a day of rest",
        "  monday:",
        "    exercises:               # they are done from top to bottom",
        *(f"      - {entry_of(wish, ' ' * 8)}" for wish in wishes),
        "  wednesday: {same_as: monday}",
        "  friday: {same_as: monday}",
    ]
    if own := unknown_of(wishes):
        lines.append("exercises:                   # those that do not come with backtimer")
        for wish in own:
            lines += [
                f"  {wish.exercise}:",
                f"    name: {quoted(wish.name.capitalize())}",
                f"    position: {Position.STANDING}       # {', '.join(Position)}",
                f"    sides: {wish.says.get('sides', 'none')}              # none, each or alternate",
                "    # setup: [How to get into position.]",
                "    # steps: [How it is done., In short sentences.]",
            ]
    return _head(name) + "\n".join(lines) + "\n"


def title_of(name: str) -> str:
    """`my-back` is `My back`."""
    title = name.replace("-", " ").capitalize()
    is_word = " " in title or (title.isalpha() and title.lower() not in _NO_WORDS)
    return title if is_word else f"'{title}'"


_NO_WORDS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
"""What editors take for something else than a word."""


def _head(name: str) -> str:
    return f"{MODELINE}\n{_ABOUT.format(name=name)}"
