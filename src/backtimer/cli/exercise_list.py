"""`list --exercises`: what routines may name, looked through by words, position, equipment and muscle."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.figure import RESET, shade_inks, terminal_pen
from backtimer.cli.routines import BROKEN_FILE
from backtimer.cli.terminal import stdout_is_terminal
from backtimer.core.figure.reel import Reel, film_of
from backtimer.core.figure.stills import telling_moment
from backtimer.core.picture.exercise_page import POSITIONS
from backtimer.core.plan.routine import Exercise, Position
from backtimer.language import _, counted_words
from backtimer.storage.files.called import OTHER_MUSCLES, OTHER_POSITIONS
from backtimer.storage.files.library import ExerciseEntry
from backtimer.storage.files.other_names import other_names
from backtimer.storage.files.source import did_you_mean
from backtimer.storage.text import clean, json_escaped, shorten
from backtimer.values import NamedTuple

MOST_SHOWN = 3
"""So many are shown with their figures; more are a list."""
COLUMNS, ROWS = 26, 8
_GAP = 2
_LEAST_WORDS = 30
"""So much room the words need beside a figure; with less they stand below it."""

NO_THINGS = "none"
_MAT = "mat"


class Criterion(NamedTuple):
    """One thing that is asked for."""

    option: str
    """By which it is asked for; empty: a word."""
    said: str
    """What was typed."""
    fits: Callable[[ExerciseEntry], bool]
    known: Callable[[ExerciseEntry], Iterable[str]]
    """What an exercise has of the kind, to propose what may have been meant."""

    def words(self) -> str:
        """As it is typed."""
        said = shorten(self.said)
        return f"{self.option} {said}" if self.option else said


def list_exercises(options: Options) -> int:
    """Print the exercises that fit all that is asked for, an id, a name and phases each."""
    entries = context.library().exercises()
    criteria = [_in_our_words(each, entries) for each in _criteria(options)]
    found = [each for each in entries if all(criterion.fits(each) for criterion in criteria)]
    found, in_texts = _by_facts(found, criteria)
    if options.json:
        print(json_escaped(json.dumps([_as_data(each) for each in found], ensure_ascii=False, indent=2)))
        return 0
    if not found:
        for line in _nothing_found(entries, criteria):
            print(clean(f"backtimer: {line}"), file=sys.stderr)
        return 1
    if criteria and len(found) <= MOST_SHOWN and stdout_is_terminal():
        for number, each in enumerate(found):
            print(*([""] if number else []), *_shown(each), sep="\n")
        return 0
    width = max(len(entry.id) for entry in found)
    for entry in found:
        phases = f" ({', '.join(entry.phases)})" if entry.phases else ""
        told = _(BROKEN_FILE) if entry.broken else entry.name + phases
        print(clean(f"{entry.id:{width}}  {told}"))
    if in_texts:
        words = ", ".join(shorten(each.said) for each in criteria if not each.option)
        ids = ", ".join(each.id for each in in_texts)
        told = _("'{words}' is also in what is told of: {ids}").format(words=words, ids=ids)
        print(
            "",
            *textwrap.wrap(clean(told), shutil.get_terminal_size().columns - 1, break_on_hyphens=False),
            sep="\n",
        )
    return 0


def _by_facts(
    found: list[ExerciseEntry], criteria: Sequence[Criterion]
) -> tuple[list[ExerciseEntry], list[ExerciseEntry]]:
    """Those that are called so, or need it, or are for it; and those where it is only told how they are done.

    The former have those first whose names say so. Where there are none of them, the latter take their place.
    """
    words = [each.said for each in criteria if not each.option]
    if not words:
        return found, []
    ranks: dict[int, list[ExerciseEntry]] = {0: [], 1: [], 2: []}
    for entry in found:
        named = " ".join(_names_of(entry))
        facts = f"{named} {' '.join(_facts_of(entry))}"
        rank = 0 if all(_begin(each, named) for each in words) else 1
        ranks[rank if all(_begin(each, facts) for each in words) else 2].append(entry)
    called = [*ranks[0], *ranks[1]]
    return (called, ranks[2]) if called else (ranks[2], [])


def _as_data(entry: ExerciseEntry) -> dict[str, object]:
    data = {name: value for name, value in entry._asdict().items() if name != "texts"}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in data.items()}


# --- looking ------------------------------------------------------------------------------------------------


def _criteria(options: Options) -> list[Criterion]:
    found = [_word(word) for words in options.words for word in words.split() or [words]]
    found += map(_position, options.position)
    found += map(_equipment, options.equipment)
    found += map(_target, options.target)
    return found


def _in_our_words(criterion: Criterion, entries: Sequence[ExerciseEntry]) -> Criterion:
    """The criterion; where nothing fits it, that of the position or muscle which others call so."""
    said = " ".join(criterion.said.casefold().replace("-", " ").split())
    if any(map(criterion.fits, entries)):
        return criterion
    if criterion.option == "--target" and said in OTHER_MUSCLES:
        return _target(OTHER_MUSCLES[said])
    if criterion.option == "--position":
        for place, others in OTHER_POSITIONS.items():
            if said in others.split(", "):
                return _position(str(place))
    return criterion


def _pieces(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _begin(said: str, text: str) -> bool:
    """Whether each word that was said begins a word of the text."""
    asked, there = _pieces(said), _pieces(text)
    return bool(asked) and all(any(piece.startswith(one) for piece in there) for one in asked)


def _names_of(entry: ExerciseEntry) -> Iterable[str]:
    """What it is called, here and elsewhere."""
    return (entry.id, entry.name, *(name for name, exercise in other_names() if exercise == entry.id))


def _facts_of(entry: ExerciseEntry) -> Iterable[str]:
    place = POSITIONS[Position(entry.position)] if entry.position else ""
    return (entry.position, place, *entry.equipment, *entry.targets)


def _word(said: str) -> Criterion:
    def text_of(entry: ExerciseEntry) -> str:
        return " ".join((*_names_of(entry), *_facts_of(entry), *entry.phases, entry.texts))

    def known(entry: ExerciseEntry) -> Iterable[str]:
        facts = (entry.id, entry.name, *entry.equipment, *entry.targets)
        return [*_pieces(" ".join(facts)), entry.id]

    return Criterion("", said, lambda entry: _begin(said, text_of(entry)), known)


def _position(said: str) -> Criterion:
    exact = said.strip().casefold() in {position.value for position in Position}

    def fits(entry: ExerciseEntry) -> bool:
        if exact or not entry.position:
            return entry.position == said.strip().casefold()
        place = POSITIONS[Position(entry.position)]
        return _begin(said, f"{entry.position} {place} {_(place)}")

    return Criterion("--position", said, fits, lambda entry: [entry.position])


def _target(said: str) -> Criterion:
    return _among("--target", said, lambda entry: entry.targets)


def _equipment(said: str) -> Criterion:
    if said.strip().casefold() != NO_THINGS:
        return _among("--equipment", said, lambda entry: entry.equipment)
    return Criterion(
        "--equipment",
        said,
        lambda entry: not entry.broken and not {*entry.equipment} - {_MAT},
        lambda entry: entry.equipment,
    )


def _among(option: str, said: str, values: Callable[[ExerciseEntry], Sequence[str]]) -> Criterion:
    return Criterion(option, said, lambda entry: any(_begin(said, each) for each in values(entry)), values)


def _nothing_found(entries: Sequence[ExerciseEntry], criteria: Sequence[Criterion]) -> list[str]:
    """That nothing fits, and what would."""
    if not criteria:
        return [context.library().lack or _("there are no exercises")]
    asked = ", ".join(criterion.words() for criterion in criteria)
    lines = [_("no exercise fits: {asked}").format(asked=asked)]
    for criterion in criteria:
        if not any(map(criterion.fits, entries)):
            lines.append(_other_words(criterion, entries))
            continue
        others = [each for each in criteria if each is not criterion]
        number = sum(all(each.fits(entry) for each in others) for entry in entries)
        if others and number:
            left = counted_words(
                "without '{asked}' there is {number}", "without '{asked}' there are {number}", number
            )
            lines.append(left.format(asked=criterion.words(), number=number))
    return lines


def _other_words(criterion: Criterion, entries: Iterable[ExerciseEntry]) -> str:
    known = sorted({value for entry in entries for value in criterion.known(entry) if value})
    parts = {piece: value for value in known for piece in (*_pieces(value), value)}
    if criterion.option:  # of few words none is like another by its end alone
        begin = criterion.said.strip()[:1].casefold()
        parts = {piece: value for piece, value in parts.items() if piece.startswith(begin)}
    meant = did_you_mean(criterion.said.casefold(), parts)
    if meant:
        told = _("none has '{said}'; did you mean '{meant}'?")
        return told.format(said=shorten(criterion.said), meant=parts[meant])
    if criterion.option:
        told = _("none has '{said}'; there are: {known}")
        return told.format(said=shorten(criterion.said), known=", ".join(known))
    return _("none has '{said}'").format(said=shorten(criterion.said))


# --- showing ------------------------------------------------------------------------------------------------


def _shown(entry: ExerciseEntry) -> list[str]:
    """An exercise with its figure: beside the words, or above them."""
    if entry.broken:
        return [clean(f"{entry.id}  {_(BROKEN_FILE)}")]
    wide = shutil.get_terminal_size().columns - 1
    beside = wide >= COLUMNS + _GAP + _LEAST_WORDS
    room = wide - COLUMNS - _GAP if beside else wide
    said = [line for text in _facts(entry) for line in textwrap.wrap(clean(text), max(10, room))]
    drawn = _drawn(context.library().exercise(entry.id), min(COLUMNS, max(1, wide)))
    if not beside:
        return [*drawn, *said]
    rows = max(len(drawn), len(said))
    drawn += [" " * COLUMNS] * (rows - len(drawn))
    said += [""] * (rows - len(said))
    return [f"{row}{' ' * _GAP}{words}".rstrip() for row, words in zip(drawn, said, strict=True)]


def _facts(entry: ExerciseEntry) -> list[str]:
    names = context.library().exercise_names()
    things = ", ".join(entry.equipment) or _("nothing needed")
    facts = [f"{entry.name} ({entry.id})", f"{_(POSITIONS[Position(entry.position)])} · {things}"]
    if entry.targets:
        facts.append(_("Muscles: {muscles}").format(muscles=", ".join(entry.targets)))
    if entry.phases:
        facts.append(_("Phases: {phases}").format(phases=", ".join(entry.phases)))
    if entry.easier:
        facts.append(_("Easier: {exercise}").format(exercise=names.get(entry.easier, entry.easier)))
    if entry.harder:
        facts.append(_("Harder: {exercise}").format(exercise=names.get(entry.harder, entry.harder)))
    return facts


def _drawn(exercise: Exercise, columns: int) -> list[str]:
    """The end of its first move, in the colours of the terminal."""
    film = film_of(exercise)
    reel, inks = Reel(film, columns, ROWS, terminal_pen()), shade_inks()
    moving = next((number for number in range(len(film.phases)) if film.moves(number)), None)
    rows = reel.draw(film.still()) if moving is None else reel.at(moving, telling_moment(film, moving))
    return ["".join(f"{inks[shade]}{text}{RESET}" for text, shade in row) for row in rows]
