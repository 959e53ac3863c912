"""`history`: what was done, looked at and put right."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import cycle
from typing import Any

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.dates import either, exercise_key, exercise_meant, past_date, seconds_in, shown
from backtimer.cli.main import UsageError, not_together, wall_clock
from backtimer.cli.output import print_bytes
from backtimer.cli.terminal import stdout_is_terminal
from backtimer.core.picture.history_view import fitting_weeks, history_rows
from backtimer.core.picture.rows import Look, Row, Span, text_of
from backtimer.core.picture.session_view import session_rows
from backtimer.core.progress.dates import monday_before, weeks_since
from backtimer.core.progress.history import MOST_WEEKS, WEEKS, Past, PastSession
from backtimer.core.progress.scales import RATINGS
from backtimer.core.session.events import Outcome
from backtimer.language import _, counted_words
from backtimer.storage.history.corrections import KEEP, Changes, Correction, Keep, SetChange
from backtimer.storage.history.exporting import csv_lines, history_json_lines, session_json
from backtimer.storage.history.looking_back import detail_of, exercise_names, look_back, sets_in_plan
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import UnknownSessionError, offset_of
from backtimer.storage.text import clean, json_escaped, shorten


def exercise_id(history: History, wish: str) -> str:
    """The id of the exercise that is meant by its id, by the name that the history shows, or by a beginning.

    Raises:
        UsageError: Nothing like it was ever done, or it could be two.
        HistoryError: The file cannot be read.
    """
    wanted = exercise_key(wish)
    if history.sessions(limit=1, exercise=wanted):
        return wanted
    sets = history.past_sets()
    names = exercise_names(history, sets)
    if wanted in {exercise_key(each) for each in history.activities()} - {*names}:
        told = _("'{word}' is an activity, of which there are no trends: its times are in {command}")
        raise UsageError(told.format(word=clean(shorten(wish)), command="backtimer history --csv"))
    return exercise_meant(
        wish, names, lambda word: _("'{word}' was never done").format(word=word), beginnings=True
    )


_PLACE = re.compile(r"(.+)/([1-9][0-9]?)\Z")


def session_id(history: History, wish: str) -> str:
    """The id that is meant by a date, or by its own beginning.

    A date is `2026-11-24` or `yesterday`; `2026-11-24/2` where there are several sessions of that day.

    Raises:
        UsageError: There is none on that day, or there are several.
    """
    placed = _PLACE.match(wish.strip())
    try:
        day = past_date(placed[1] if placed else wish, context.local_today())
    except UsageError:
        if placed:
            raise
        return wish
    ids = history.ids_on(day)
    if not ids:
        raise UsageError(_("there is no session on {day}").format(day=shown(day)))
    if placed is None and len(ids) > 1:
        names = either([f"{day}/{place}" for place in range(1, len(ids) + 1)])
        told = _("there are several sessions on {day}: write {names}")
        raise UsageError(told.format(day=shown(day), names=names))
    place = int(placed[2]) if placed else 1
    if place > len(ids):
        told = counted_words(
            "there is {number} session on {day}", "there are {number} sessions on {day}", len(ids)
        )
        raise UsageError(told.format(number=len(ids), day=shown(day)))
    return ids[place - 1]


def session_name(history: History, session: PastSession) -> str:
    """How a command names a session: `2026-11-24`, or `2026-11-24/2` where there are several of that day."""
    ids = history.ids_on(session.local_date)
    return f"{session.local_date}/{ids.index(session.id) + 1}" if len(ids) > 1 else f"{session.local_date}"


_OF_SET = re.compile(r"set([0-9]{1,5})\.(reps|seconds|outcome)\Z")
_OUTCOMES = ", ".join(Outcome)
_EXAMPLES = ", ".join(f"{name}={number}" for name, number in zip(RATINGS, cycle((4, 2, 0, 1))))


def _forms() -> str:
    told = _("{ratings}, note=words, set3.reps=8, set3.seconds=40 or set3.outcome=done")
    return told.format(ratings=_EXAMPLES)


def correct(options: Options) -> int:
    """Delete, edit, or undo the last correction."""
    changes = _changes(options.edit) if options.edit else None
    found = context.open_for_writing()
    if found is None:
        return 1
    with closing(found):
        if options.undo:
            print(_undo(found, options.session and session_id(found, options.session)))
            return 0
        session = found.session(session_id(found, options.session))
        if changes is not None:
            _check_measures(found, session, changes)
        if changes is None:
            found.corrections.delete_session(session.id, wall_clock())
            told = _("Deleted: {session}. To have it back: {command}")
            print(told.format(session=_words(session), command=_undoing(found, session)))
            return 0
        try:
            found.corrections.edit_session(session.id, changes, wall_clock())
        except ValueError as error:
            raise UsageError(clean(str(error))) from error
        told = _("Corrected: {session}. To take it back: {command}")
        print(told.format(session=_words(session), command=_undoing(found, session)))
    return 0


def _undo(found: History, beginning: str | None) -> str:
    correction = _last_of(found, beginning) if beginning else found.corrections.last()
    if correction is None:
        raise UsageError(_("there is nothing to undo"))
    found.corrections.undo(correction.id, wall_clock())
    back = correction.kind == "delete"
    told = _("{session} is back.") if back else _("{session} is as it was before the last correction.")
    return told.format(session=_words(found.session(correction.session_id)))


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


def _undoing(found: History, session: PastSession) -> str:
    """The command that takes the last correction of a session back, whatever is corrected meanwhile."""
    return f"backtimer history {session_name(found, session)} --undo"


def _words(session: PastSession) -> str:
    return f"{shown(session.local_date)}, {clean(session.title) or clean(session.routine)}"


def _changes(fields: list[str]) -> Changes:
    """What `field=value …` asks for.

    Raises:
        UsageError: It is no such field, or no such value.
    """
    ratings: dict[str, int | None] = {}
    note: str | Keep = KEEP
    sets: dict[int, dict[str, Any]] = {}
    for text in fields:
        name, equals, value = text.partition("=")
        name = name.strip().lower().replace("-", "_")
        of_set = _OF_SET.match(name)
        if not equals:
            told = _("'{word}' has no '='; write {forms}")
            raise UsageError(told.format(word=clean(shorten(text)), forms=_forms()))
        if of_set:
            number = int(of_set[1])
            if number < 1:
                raise UsageError(_("sets are numbered from 1"))
            sets.setdefault(number - 1, {})[of_set[2]] = _OF_SETS[of_set[2]](name, value)
        elif name == "note":
            note = value
        elif name in RATINGS:
            ratings[name] = _number(name, value)
        else:
            told = _("there is no '{field}' to edit; write {forms}")
            raise UsageError(told.format(field=clean(shorten(name)), forms=_forms()))
    return Changes(ratings, note, {index: SetChange(**one) for index, one in sets.items()})


def _number(name: str, value: str) -> int | None:
    """A number; empty or `none` for not said."""
    word = value.strip().lower()
    if word in ("", "none"):
        return None
    if not (word.isascii() and word.isdigit() and len(word) < 6):
        told = _("{field} is a number, or empty for none, not '{word}'")
        raise UsageError(told.format(field=clean(name), word=clean(shorten(value))))
    return int(word)


def _seconds(name: str, value: str) -> float:
    """A length of time: `40`, or `1m30s`."""
    word = value.strip().lower()
    found = float(word) if word.isascii() and word.isdigit() and len(word) < 6 else seconds_in(word)
    if found is None:
        told = _("{field} is a number of seconds, or a time like 1m30s, not '{word}'")
        raise UsageError(told.format(field=clean(name), word=clean(shorten(value))))
    return found


def _outcome(_name: str, value: str) -> Outcome:
    try:
        return Outcome(value.strip().lower())
    except ValueError as error:
        told = _("a set is one of {outcomes}, not '{word}'")
        raise UsageError(told.format(outcomes=_OUTCOMES, word=clean(shorten(value)))) from error


_OF_SETS: Mapping[str, Callable[[str, str], Any]] = {
    "reps": _number,
    "seconds": _seconds,
    "outcome": _outcome,
}
"""What of a set can be corrected, and how it is read."""


def _check_measures(found: History, session: PastSession, changes: Changes) -> None:
    """Refuse reps of a set that has none, and seconds of one that is counted in reps.

    Raises:
        UsageError: With what to write instead.
    """
    planned = sets_in_plan(found, session.id)
    for index, change in changes.sets.items():
        one = planned.get(index)
        if one is None:
            continue
        by_reps = bool(one.get("reps") is not None or one.get("as_many"))
        if not by_reps and not isinstance(change.reps, Keep):
            told = _("set {number} has no reps, it is measured in seconds: write set{number}.seconds=40")
            raise UsageError(told.format(number=index + 1))
        if by_reps and not isinstance(change.seconds, Keep):
            told = _("set {number} is counted in reps: write set{number}.reps=8")
            raise UsageError(told.format(number=index + 1))


STAND_INS = {
    "✓": "x",
    "◐": "/",
    "·": ".",
    "○": "o",
    "◇": "*",
    "–": "-",
    "→": ">",
    "×": "x",
    "…": ".",
    "█": "#",
    "░": ".",
    **{bar: str(number) for number, bar in enumerate("▁▂▃▄▅▆▇", 1)},
}
"""One plain character for each, so that nothing moves."""


def with_stand_ins(rows: Sequence[Row], encoding: str) -> Sequence[Row]:
    """The rows as an output of this encoding can carry them."""
    table = {ord(sign): plain for sign, plain in STAND_INS.items() if not _carries(encoding, sign)}
    if not table:
        return rows
    return [tuple(Span(span.text.translate(table), span.look) for span in row) for row in rows]


def _carries(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


# `history` for people: the past at a glance, and one session in full.
#
# Colours come from Rich, which is imported only where there are any: on a terminal, without NO_COLOR.

NARROWEST = 20

TREND_WEEKS = 13
"""How far back the trends of all exercises look, unless a date is asked for."""

STYLES = {
    Look.HEADING: "bold cyan",
    Look.STRONG: "bold",
    Look.QUIET: "dim",
    Look.BAR: "cyan",
    Look.ALERT: "red",
    Look.DONE: "green",
    Look.PART: "yellow",
    Look.MISSED: "",
    Look.DUE: "bold",
    Look.OPTIONAL: "blue",
    Look.REST: "dim",
    Look.OFF: "magenta",
    Look.EXTRA: "green",
    Look.CHOSEN: "reverse",
}
"""In the terminal's own sixteen colours, which its owner chose to be readable."""


def show_history(options: Options) -> int:
    """Print the past at a glance."""
    width = _width()
    today = context.local_today()
    since: date | None = options.since
    asked: int | None = options.weeks
    shown, _ = fitting_weeks(width, asked or (weeks_since(today, since) if since else None))
    history = context.open_for_looking()
    if history is None:
        return 1
    with closing(history):
        exercise = exercise_id(history, options.exercise) if options.exercise is not None else None
        first = since or monday_before(today, shown)
        # Of thirty sets a day those of a year take longer to read than all the rest.
        usual = since is None and exercise is None
        sets_since = max(first, monday_before(today, TREND_WEEKS)) if usual else None
        here = offset_of(wall_clock())
        past = look_back(
            history, today, first, goal=context.goal(), exercise=exercise, sets_since=sets_since, here=here
        )
    if since is not None:
        past = past._replace(last=tuple(one for one in past.last if one.local_date >= since))
    show_rows(history_rows(past, width, asked or calendar_weeks(past, width, since)), width)
    return 0


def calendar_weeks(past: Past, width: int, since: date | None) -> int:
    """How many weeks of the calendar are shown when no number is asked for.

    Those since a date, or the last 52 where there is room for them, else the last 26. Columns from before
    the history began would be empty: they are left out, as far as 26 remain.
    """
    there = weeks_since(past.today, past.done[0].local_date if past.done else past.today)
    if since is not None:
        return min(weeks_since(past.today, since), there)
    room, _ = fitting_weeks(width)
    return min(room, max(WEEKS, there)) if room == MOST_WEEKS else room


def show_session(wish: str) -> int:
    """Print one session, named by its date or by the beginning of its id, in full."""
    history = context.open_for_looking()
    if history is None:
        return 1
    with closing(history):
        detail = detail_of(history, history.session(session_id(history, wish)))
    width = _width()
    show_rows(session_rows(detail, width), width)
    return 0


def show_rows(rows: Sequence[Row], width: int) -> None:
    """Print rows; in colours on a terminal that may have them."""
    rows = with_stand_ins(rows, sys.stdout.encoding or "utf-8")
    if not stdout_is_terminal() or os.environ.get("NO_COLOR"):
        print("\n".join(text_of(row).rstrip() for row in rows))
        return
    from rich.console import Console  # late: 60 ms, and only where there are colours

    console = Console(width=width, highlight=False, markup=False, emoji=False)
    for row in rows:
        texts = (console.render_str(span.text, style=STYLES.get(span.look, "")) for span in row)
        console.print(*texts, sep="", no_wrap=True, overflow="crop")


def _width() -> int:
    return max(NARROWEST, shutil.get_terminal_size().columns)


def history(options: Options) -> int:
    """Show what was done, print it for programs, or correct it."""
    _refuse_contradictions(options)
    if options.since is not None:
        options.since = past_date(options.since, context.local_today())
    if options.delete or options.edit or options.undo:
        return correct(options)
    if options.json or options.csv:
        return _for_programs(options)

    if options.session:
        return show_session(options.session)
    return show_history(options)


def _refuse_contradictions(options: Options) -> None:
    corrections = [name for name in ("delete", "edit", "undo") if getattr(options, name)]
    if len(corrections) > 1:
        raise UsageError(not_together(f"--{corrections[0]}", f"--{corrections[1]}"))
    if corrections and corrections[0] != "undo" and not options.session:
        told = _("say which session: {command}")
        raise UsageError(told.format(command=f"backtimer history SESSION --{corrections[0]}"))
    if options.json and options.csv:
        raise UsageError(not_together("--json", "--csv"))
    if options.weeks and (options.json or options.csv):
        raise UsageError(_("--weeks is for the calendar; for programs there is --since"))
    if corrections and (options.json or options.csv):
        raise UsageError(_("{option} prints no table").format(option=f"--{corrections[0]}"))
    if options.session and (options.since or options.exercise or options.weeks or options.csv):
        raise UsageError(
            _("one session is shown whole: --since, --exercise, --weeks and --csv go without SESSION")
        )


def _for_programs(options: Options) -> int:
    found = context.open_for_looking()
    if found is None:
        return 1
    with closing(found):
        exercise = options.exercise
        if exercise is not None:
            exercise = exercise_id(found, exercise)
        if options.csv:
            print_bytes(csv_lines(found, options.since, exercise))
            return 0
        if not options.session:
            sys.stdout.writelines(history_json_lines(found, since=options.since, exercise=exercise))
            return 0
        data = session_json(found.session(session_id(found, options.session)))
        print(json_escaped(json.dumps(data, ensure_ascii=False, indent=2)))
    return 0
