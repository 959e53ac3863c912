"""`history SESSION --delete`, `--edit` and `--undo`: putting right what is wrong; the original stays."""

from __future__ import annotations

import argparse
import re
from contextlib import closing
from typing import Any

from backtimer.cli import context
from backtimer.cli.clock import wall_clock
from backtimer.cli.dates import shown
from backtimer.cli.errors import UsageError
from backtimer.core.outcomes import Outcome
from backtimer.storage.history.corrections import Changes, Correction, SetChange
from backtimer.storage.history.sessions import History
from backtimer.storage.history.stored import StoredSession, UnknownSessionError
from backtimer.storage.text import clean, shorten

RATINGS = ("effort", "pain_before", "pain", "pain_next")

_OF_SET = re.compile(r"set([0-9]{1,5})\.(reps|outcome)\Z")
_OUTCOMES = ", ".join(Outcome)
_FORMS = "effort=4, pain_before=2, pain=0, pain_next=1, note=words, set3.reps=8 or set3.outcome=done"


def correct(options: argparse.Namespace) -> int:
    """Delete, edit, or undo the last correction."""
    changes = _changes(options.edit) if options.edit else None
    found = context.open_for_writing()
    if found is None:
        return 1
    with closing(found):
        if options.undo:
            print(_undo(found, options.session))
            return 0
        session = found.session(options.session)
        if changes is None:
            found.corrections.delete_session(session.id, wall_clock())
            print(f"Deleted: {_words(session)}. To have it back: {_undoing(session)}")
            return 0
        try:
            found.corrections.edit_session(session.id, changes, wall_clock())
        except ValueError as error:
            raise UsageError(clean(str(error))) from error
        print(f"Corrected: {_words(session)}. To take it back: {_undoing(session)}")
    return 0


def _undo(found: History, beginning: str | None) -> str:
    correction = _last_of(found, beginning) if beginning else found.corrections.last()
    if correction is None:
        raise UsageError("there is nothing to undo")
    found.corrections.undo(correction.id, wall_clock())
    what = "is back" if correction.kind == "delete" else "is as it was before the last correction"
    return f"{_words(found.session(correction.session_id))} {what}."


def _last_of(found: History, beginning: str) -> Correction | None:
    """The newest correction of a session that holds; one that was deleted is found by its corrections."""
    try:
        own = found.corrections.of(found.session(beginning).id)
    except UnknownSessionError:
        last = found.corrections.last_of(beginning)
        if last is not None:
            return last
        raise
    return next((each for each in reversed(own) if each.undone is None), None)


def _undoing(session: StoredSession) -> str:
    """The command that takes the last correction of a session back, whatever is corrected meanwhile."""
    return f"backtimer history {session.id[:8]} --undo"


def _words(session: StoredSession) -> str:
    return f"{shown(session.local_date)}, {clean(session.title) or clean(session.routine)} ({session.id[:8]})"


def _changes(fields: list[str]) -> Changes:
    """What `field=value …` asks for.

    Raises:
        UsageError: It is no such field, or no such value.
    """
    values: dict[str, Any] = {}
    sets: dict[int, dict[str, Any]] = {}
    for text in fields:
        name, equals, value = text.partition("=")
        name = name.strip().lower().replace("-", "_")
        of_set = _OF_SET.match(name)
        if not equals:
            raise UsageError(f"'{clean(shorten(text))}' has no '='; write {_FORMS}")
        if of_set:
            number = int(of_set[1])
            if number < 1:
                raise UsageError("sets are numbered from 1")
            one = sets.setdefault(number - 1, {})
            one[of_set[2]] = _outcome(value) if of_set[2] == "outcome" else _number(name, value)
        elif name == "note":
            values["note"] = value
        elif name in RATINGS:
            values[name] = _number(name, value)
        else:
            raise UsageError(f"there is no '{clean(shorten(name))}' to edit; write {_FORMS}")
    return Changes(**values, sets={index: SetChange(**one) for index, one in sets.items()})


def _number(name: str, value: str) -> int | None:
    """A number; empty or `none` for not said."""
    word = value.strip().lower()
    if word in ("", "none"):
        return None
    if not (word.isascii() and word.isdigit() and len(word) < 6):
        raise UsageError(f"{clean(name)} is a number, or empty for none, not '{clean(shorten(value))}'")
    return int(word)


def _outcome(value: str) -> Outcome:
    try:
        return Outcome(value.strip().lower())
    except ValueError as error:
        raise UsageError(f"a set is one of {_OUTCOMES}, not '{clean(shorten(value))}'") from error
