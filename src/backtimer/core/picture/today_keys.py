"""The keys of today's screen that stand in its line of keys, and those that every screen has."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from backtimer.core.picture.key_line import LineKey
from backtimer.language import _, marked
from backtimer.values import NamedTuple


class KeyRow(NamedTuple):
    """A key, and what it does."""

    keys: str
    """As Textual calls them, with commas between them."""
    action: str
    label: str
    id: str
    tooltip: str
    shown: str
    """How it is written in the line."""
    group: str = ""

    @property
    def name(self) -> str:
        """The action without what it is given."""
        return self.action.partition("(")[0].rpartition(".")[2]


EXERCISES, DAYS = marked("Exercise"), marked("Day")

TODAY_KEYS = (
    KeyRow(
        "enter",
        "start",
        marked("Start"),
        "today.start",
        marked("Start the day that is shown"),
        marked("enter"),
    ),
    KeyRow(
        "enter",
        "go_on",
        marked("Go on"),
        "today.go_on",
        marked("Go on with what was ended early today"),
        marked("enter"),
    ),
    KeyRow(
        "enter",
        "look",
        marked("All of it"),
        "today.look",
        marked("How the chosen exercise is done, all of it, on a page of its own"),
        marked("enter"),
    ),
    KeyRow(
        "escape",
        "leave_list",
        marked("Back"),
        "today.leave_list",
        marked("No exercise is chosen, and Enter starts"),
        marked("esc"),
    ),
    KeyRow("w", "walk", marked("I walked"), "today.walk", marked("Write a walk of half an hour down"), "w"),
    KeyRow(
        "up",
        "choose(-1)",
        marked("Exercise before"),
        "today.up",
        marked("Choose the one above"),
        "↑",
        EXERCISES,
    ),
    KeyRow(
        "down",
        "choose(1)",
        marked("Exercise after"),
        "today.down",
        marked("Choose the one below"),
        "↓",
        EXERCISES,
    ),
    KeyRow(
        "left",
        "day(-1)",
        marked("Day before"),
        "today.previous_day",
        marked("Show the day before"),
        "←",
        DAYS,
    ),
    KeyRow("right", "day(1)", marked("Day after"), "today.next_day", marked("Show the day after"), "→", DAYS),
    KeyRow(
        "e",
        "exchange",
        marked("Swap"),
        "today.exchange",
        marked("Do another exercise in the place of this one, for today"),
        "e",
    ),
    KeyRow(
        "g",
        "resume",
        marked("Go on"),
        "today.resume",
        marked("Take up the session that was not finished, or was ended early today"),
        "g",
    ),
    KeyRow(
        "g",
        "start_again",
        marked("Start again"),
        "today.start_again",
        marked("Choose between what is left of today's session and all of it"),
        "g",
    ),
    KeyRow("u", "undo", marked("Undo"), "today.undo", marked("Take back the last change of the past"), "u"),
    KeyRow(
        "l",
        "log",
        marked("I did it"),
        "today.log",
        marked("Write down what was done without the timer: a walk, a swim, this day"),
        "l",
    ),
    KeyRow("r", "app.routine", marked("Routine"), "today.routine", marked("Choose another routine"), "r"),
    KeyRow("h,H", "history", marked("Past"), "today.history", marked("Look back on what was done"), "h"),
)

APP_KEYS = (
    KeyRow(
        "question_mark",
        "help",
        marked("Help"),
        "app.help",
        marked("Show or hide the keys of this screen"),
        "?",
    ),
    KeyRow("q", "quit", marked("Quit"), "app.quit", marked("Leave backtimer; finished sets are kept"), "q"),
)


def line_keys(rows: Iterable[KeyRow], offered: Callable[[str], bool]) -> tuple[LineKey, ...]:
    """The line of those keys that mean something now.

    Args:
        rows: The keys.
        offered: Whether an action can be done now, by its name.
    """
    return tuple(
        LineKey(_(each.shown), _(each.label), _(each.group) if each.group else "")
        for each in rows
        if offered(each.name)
    )
