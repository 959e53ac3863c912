"""`figure`: an exercise drawn, moving in the terminal, as text in a pipe, or as a picture."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import time
from math import pi, sin
from pathlib import Path

from backtimer import RefusedError
from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.keys import Keys
from backtimer.cli.main import UsageError, not_together
from backtimer.cli.terminal import is_interactive
from backtimer.core.figure.braille import DrawnRow, Pen, pen_for
from backtimer.core.figure.colours import DARK_GROUND, LIGHT_GROUND, Shade
from backtimer.core.figure.film import BREATH_S, Film
from backtimer.core.figure.reel import Reel, film_of
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.stills import telling_moment, telling_rows, tells
from backtimer.core.figure.svg import sheet
from backtimer.core.picture.palette import is_light
from backtimer.core.plan.routine import Exercise
from backtimer.language import _
from backtimer.storage.files.library import Library, UnknownExerciseError
from backtimer.storage.files.parsed import stamps_of
from backtimer.storage.files.source import did_you_mean, is_path
from backtimer.storage.text import clean, shorten
from backtimer.values import NamedTuple

COLUMNS, ROWS = 44, 12
MOST_COLUMNS, MOST_ROWS = 300, 100
FRAME_S = 1 / 12
LOOK_S = 0.5
"""How often the files are looked at, to see whether one has changed."""
HELD_S = 1.0
"""How long the end of a phase that is shown alone is looked at."""

HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"
CLEAR_LINE, CLEAR_BELOW, RESET = "\x1b[K", "\x1b[J", "\x1b[0m"

_SIZE = re.compile(r"([0-9]{1,3})x([0-9]{1,3})")
_BOLD = frozenset({Shade.MOVER, Shade.MOVER_FAR, Shade.MOVER_TRUNK})
_FAINT = frozenset({Shade.FAR, Shade.HAIR, Shade.FLOOR, Shade.GHOST})


class Size(NamedTuple):
    """Cells of a picture."""

    columns: int
    rows: int


class Shown(NamedTuple):
    """What is played: the exercise, its film, and the one phase of it that was asked for."""

    exercise: Exercise
    film: Film
    phase: int | None


def figure(options: Options) -> int:
    """Show how an exercise is done."""
    if options.svg and options.size:
        raise UsageError(not_together("--svg", "--size"))
    size = _size(options.size)
    shown = _shown(options)
    if options.svg:
        Path(options.svg).write_text(sheet(_moments(shown)), encoding="utf-8")
        return 0
    if is_interactive():
        return _Player(options, size).play(shown)
    _print_stills(shown, size)
    return 0


def _shown(options: Options) -> Shown:
    """Read the exercise, and see that it has the phase."""
    name: str = options.exercise
    library = context.library()
    try:
        exercise = _exercise_in(name, options.within, library) if is_path(name) else library.exercise(name)
    except UnknownExerciseError as error:
        raise UsageError(str(error)) from None
    if options.within is not None and not is_path(name):
        told = _(
            "'{name}' is no file: in place of '{exercise}' write --phase, or the path of a routine's file"
        )
        raise UsageError(told.format(name=shorten(name), exercise=shorten(options.within)))
    film = film_of(exercise)
    if options.phase is None:
        return Shown(exercise, film, None)
    names = [phase.name for phase in film.phases]
    if options.phase in names:
        return Shown(exercise, film, names.index(options.phase))
    meant = did_you_mean(options.phase, names)
    told = (
        _("the exercise has no phase '{name}'; did you mean '{meant}'?")
        if meant
        else _("the exercise has no phase '{name}'; its phases are {phases}")
    )
    raise UsageError(told.format(name=shorten(options.phase), meant=meant, phases=", ".join(names)))


def _exercise_in(file: str, wanted: str | None, library: Library) -> Exercise:
    """The exercise of a file; of a routine's file one of those that stand in it, or that it uses."""
    routine = library.contents(Path(file))
    if isinstance(routine, Exercise):
        if wanted in (None, routine.id):
            return routine
        told = _("{file} is the file of one exercise, '{exercise}'")
        raise UsageError(told.format(file=clean(file), exercise=routine.id))
    if wanted is None and routine.own:
        return routine.exercises[routine.own[0]]
    there = dict.fromkeys((*routine.own, *routine.exercises))
    if wanted is not None and wanted in routine.exercises:
        return routine.exercises[wanted]
    if wanted is None:
        told = _("{file} is a routine without exercises of its own; say which one it uses: {exercises}")
        raise UsageError(told.format(file=clean(file), exercises=", ".join(there)))
    meant = did_you_mean(wanted, there)
    told = (
        _("{file} has no exercise '{name}'; did you mean '{meant}'?")
        if meant
        else _("{file} has no exercise '{name}'; those in it are {exercises}")
    )
    raise UsageError(
        told.format(file=clean(file), name=shorten(wanted), meant=meant, exercises=", ".join(there))
    )


def _size(said: str | None) -> Size:
    """The size that is asked for, or the usual one."""
    if said is None:
        return Size(COLUMNS, ROWS)
    found = _SIZE.fullmatch(said)
    if found and 1 <= int(found[1]) <= MOST_COLUMNS and 1 <= int(found[2]) <= MOST_ROWS:
        return Size(int(found[1]), int(found[2]))
    told = _("'{size}' is no size: write columns and rows as in 44x12, at most {columns}x{rows}")
    raise UsageError(told.format(size=shorten(said), columns=MOST_COLUMNS, rows=MOST_ROWS))


def _phases(shown: Shown) -> list[int]:
    """The phases to be shown as stills: those that tell something, or the one that was asked for."""
    if shown.phase is not None:
        return [shown.phase]
    return [number for number in range(len(shown.film.phases)) if tells(shown.film, number)]


def _moments(shown: Shown) -> list[tuple[str, Scene]]:
    """Start, middle and end of each phase, with what stands above them."""
    film = shown.film
    found = [
        (f"{shown.exercise.name} · {film.phases[number].name}", film.scene(number, share))
        for number in _phases(shown)
        for row in telling_rows(film, number)
        for share in row
    ]
    return found or [(shown.exercise.name, film.still())]


def _print_stills(shown: Shown, size: Size) -> None:
    """Print the pose in which each phase ends, or how far it goes where it comes back."""
    reel = Reel(shown.film, *size, terminal_pen())
    stills = [
        (shown.film.phases[number].name, reel.at(number, telling_moment(shown.film, number)))
        for number in _phases(shown)
    ]
    for name, rows in stills or [(str(shown.exercise.position), reel.draw(shown.film.still()))]:
        print(clean(f"{shown.exercise.name} · {name}"))
        for row in rows:
            print("".join(text for text, _shade in row).rstrip())
        print()


def terminal_pen() -> Pen:
    """What the output can show."""
    return pen_for(sys.stdout.encoding or "ascii", os.environ.get("TERM", ""))


def shade_inks() -> dict[Shade, str]:
    """What switches each shade on."""
    if os.environ.get("NO_COLOR"):
        return {
            shade: "\x1b[1m" if shade in _BOLD else "\x1b[2m" if shade in _FAINT else "" for shade in Shade
        }
    light = is_light(context.settings().theme, os.environ.get("COLORFGBG", ""))
    inks = {Shade.NONE: ""}
    for shade, colour in (LIGHT_GROUND if light else DARK_GROUND).items():
        if shade:
            red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
            inks[shade] = f"\x1b[38;2;{red};{green};{blue}m"
    return inks


class _Player:
    """Plays a film on the normal screen, in one place, until a key is pressed.

    When a file of an exercise changes it is read again: an author sees at once what became of it.
    """

    def __init__(self, options: Options, size: Size) -> None:
        self._options = options
        self._wanted = size
        self._size = self._fitting()
        self._inks = shade_inks()
        self._stamps = self._look()
        self._lines = 0

    def play(self, shown: Shown) -> int:
        keys = Keys()
        sys.stdout.write(HIDE_CURSOR)
        try:
            with keys.reading():
                self._loop(shown, keys)
        finally:
            sys.stdout.write(f"{RESET}{SHOW_CURSOR}\n")
            sys.stdout.flush()
        return 0 if keys.signal_number in (None, signal.SIGINT) else 128 + int(keys.signal_number or 0)

    def _loop(self, shown: Shown, keys: Keys) -> None:
        reel = Reel(shown.film, *self._size, terminal_pen())
        began = looked = time.monotonic()
        problem = ""
        while keys.signal_number is None:
            now = time.monotonic()
            if now - looked >= LOOK_S:
                looked = now
                stamps = self._look()
                if stamps != self._stamps:
                    self._stamps = stamps
                    try:
                        shown = _shown(self._options)
                        reel = Reel(shown.film, *self._size, terminal_pen())
                        problem, began = "", now
                    except (RefusedError, OSError) as error:
                        problem = error.line() if isinstance(error, RefusedError) else str(error)
            if (size := self._fitting()) != self._size:  # what is there has been broken anew: begin below
                self._size, self._lines = size, 0
                reel = Reel(shown.film, *size, terminal_pen())
            self._show(*self._frame(shown, reel, now - began), problem)
            if keys.wait(max(0.0, FRAME_S - (time.monotonic() - now))):
                return

    def _fitting(self) -> Size:
        """The size that is asked for, as far as there is room."""
        wide, high = shutil.get_terminal_size()
        return Size(max(1, min(self._wanted.columns, wide - 1)), max(1, min(self._wanted.rows, high - 3)))

    def _frame(self, shown: Shown, reel: Reel, seconds: float) -> tuple[str, tuple[DrawnRow, ...]]:
        """The title of the moment, and its picture."""
        film, name = shown.film, shown.exercise.name
        breath = 0.5 - 0.5 * sin(2 * pi * seconds / BREATH_S)
        if not film.phases:
            return name, reel.draw(film.still(breath))
        if shown.phase is None:
            moment = film.moment_of_loop(seconds)
            return f"{name} · {film.phases[moment.phase].name}", reel.loop(seconds)
        phase = film.phases[shown.phase]
        share = min(1.0, seconds % (phase.seconds + HELD_S) / phase.seconds)
        return f"{name} · {phase.name}", reel.at(shown.phase, share, breath)

    def _show(self, title: str, rows: tuple[DrawnRow, ...], problem: str) -> None:
        """Write the picture over the one before."""
        lines = [clean(title)[: self._size.columns]]
        for row in rows:
            lines.append("".join(f"{self._inks[shade]}{text}{RESET}" for text, shade in row))
        room = shutil.get_terminal_size()
        wide = max(1, room.columns - 1)
        for line in map(clean, problem.splitlines()):
            lines += [line[at : at + wide] for at in range(0, len(line), wide)]
        lines = lines[: max(1, room.lines - 1)]
        up = f"\x1b[{self._lines}A" if self._lines else ""
        sys.stdout.write(f"{up}\r" + "".join(f"{line}{CLEAR_LINE}\n" for line in lines) + CLEAR_BELOW)
        sys.stdout.flush()
        self._lines = len(lines)

    def _look(self) -> object:
        """What the files are known by that the picture comes from."""
        name: str = self._options.exercise
        return stamps_of([Path(name)] if is_path(name) else context.library().exercise_files())
