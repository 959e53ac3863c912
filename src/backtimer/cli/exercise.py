"""Which exercise of the history is meant by what was typed."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from backtimer.cli.errors import UsageError
from backtimer.storage.history.columns import storable
from backtimer.storage.history.looking_back import exercise_names
from backtimer.storage.text import clean, shorten

if TYPE_CHECKING:
    from backtimer.storage.history.sessions import History


def exercise_id(history: History, wish: str) -> str:
    """The id of the exercise that is meant by its id, by the name that the history shows, or by a beginning.

    Raises:
        UsageError: Nothing like it was ever done, or it could be two.
        HistoryError: The file cannot be read.
    """
    wanted = _key(wish)
    if history.sessions(limit=1, exercise=wanted):
        return wanted
    sets = history.past_sets()
    names = exercise_names(history, sets)
    exact = [exercise for exercise, name in names.items() if _key(name) == wanted]
    fitting = exact or [
        exercise
        for exercise, name in sorted(names.items())
        if exercise.startswith(wanted) or _key(name).startswith(wanted)
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f"'{_shown(wish)}' could be {' or '.join(clean(each) for each in fitting)}")
    close = get_close_matches(wanted, list(names), n=1)
    hint = f"; did you mean '{clean(close[0])}'?" if close else ""
    raise UsageError(f"'{_shown(wish)}' was never done{hint}")


def _key(text: str) -> str:
    return storable("-".join(text.lower().split()))


def _shown(wish: str) -> str:
    return clean(shorten(wish))
