"""What a line of text asks for, as entries of a routine file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backtimer.language import _
from backtimer.storage.files.line_doubts import with_dots
from backtimer.storage.files.one_line import quoted
from backtimer.storage.files.shorthand import Shorthand, ShorthandError, Wish


def each_of(wishes: Iterable[Wish]) -> Iterator[Wish]:
    """What is done, in place of a circuit what is in it."""
    for wish in wishes:
        yield from wish.inside or (wish,)


def unknown_of(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """The exercises that are the file's own, each once."""
    return tuple({wish.exercise: wish for wish in each_of(wishes) if not wish.known}.values())


def entry_of(wish: Wish, indent: str = "") -> str:
    """What is asked for as an entry of a list; that of a circuit in lines, each further in by its indent."""
    if not wish.says:
        return wish.exercise
    values = [f"{key}: {_value(value)}" for key, value in wish.says.items()]
    if wish.inside:
        inside = (f"  - {entry_of(one)}" for one in wish.inside)
        return f"\n{indent}".join([*values, "exercises:", *inside])
    named = [f"exercise: {wish.exercise}"] if wish.exercise else []
    if len(values) == 1 and not named:
        return values[0]
    return f"{{{', '.join([*named, *values])}}}"


def to_write(shorthand: Shorthand, text: str) -> str:
    """What to write in place of an entry that is a line of text, as `bird-dog 3x10`; empty: it is none."""
    try:
        wishes = shorthand.read(with_dots(text))
    except (ShorthandError, ValueError):
        known = shorthand.exercise_in(text)
        wishes = (Wish(known, known, {"reps": "8"}),) if known else ()
    if len(wishes) > 1 and all(wish.exercise or wish.inside for wish in wishes):
        told = _("each exercise is an entry of its own: write {entries}")
        return told.format(entries=" and ".join(f"- {_on_one_line(wish)}" for wish in wishes))
    if len(wishes) != 1 or not wishes[0].says or not (wishes[0].exercise or wishes[0].inside):
        return ""
    if wishes[0].inside:
        return _("rounds are a circuit: write {entry}").format(entry=_on_one_line(wishes[0]))
    told = _("how much of '{exercise}' stands in keys of its own: write {entry}")
    return told.format(exercise=wishes[0].exercise, entry=entry_of(wishes[0]))


def _on_one_line(wish: Wish) -> str:
    if not wish.inside:
        return entry_of(wish)
    said = "".join(f"{key}: {_value(value)}, " for key, value in wish.says.items())
    return f"{{{said}exercises: [{', '.join(map(entry_of, wish.inside))}]}}"


def _value(said: str) -> str:
    """A value as it stands in the file; a list is one."""
    return said if said.startswith("[") else quoted(said)
