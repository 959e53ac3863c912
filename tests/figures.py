"""Draw figures for those who author them: `python -m tests.figures`, or with names and `--png FILE`.

Without names it writes `docs/figures.svg`, the sheet of the whole catalogue: start, middle and end of each
phase that moves. With names and `--png` it writes a picture of them, as strokes and below as the dots of a
terminal, through rsvg-convert where that is there (else an SVG beside it).
"""

from __future__ import annotations

import argparse
import html
import shutil
import subprocess
import sys
from pathlib import Path

from backtimer.core.figure.braille import DrawnRow, drawn
from backtimer.core.figure.colours import DARK_GROUND, Shade
from backtimer.core.figure.reel import film_of
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.stills import telling_rows, tells
from backtimer.core.figure.svg import fragment, sheet
from backtimer.core.plan.routine import Exercise
from backtimer.storage.files.exercise_file import Catalogue, read_exercise

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "routines" / "exercises"
SHEET = ROOT / "docs" / "figures.svg"
COLUMNS, ROWS = 44, 12
DOT = 4
LABEL = 22
_BITS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))


def catalogue() -> Catalogue:
    return Catalogue([CATALOGUE])


def scenes(exercise: Exercise, samples: tuple[float, ...] | None = None) -> list[tuple[str, Scene]]:
    """A few moments of each phase that moves (None: those that tell most), with what to call them."""
    film = film_of(exercise)
    found = []
    for number, phase in enumerate(film.phases):
        if tells(film, number):
            rows = [samples] if samples else telling_rows(film, number, first=True)
            for share in (share for row in rows for share in row):
                side = f" {phase.side}" if phase.side else ""
                label = f"{exercise.id} · {exercise.position} · {phase.name}{side} {share:.0%}"
                found.append((label, film.scene(number, share, first=True)))
    if film.phases and film.moves(0) and film.scene(0, 0.0).joints != film.scene(0, 0.0, first=True).joints:
        rows = [samples] if samples else telling_rows(film, 0)
        # the way back: the next rep goes on from where this one ended
        for share in (share for row in rows for share in row):
            label = f"{exercise.id} · {exercise.position} · again {film.phases[0].name} {share:.0%}"
            found.append((label, film.scene(0, share)))
    return found or [(f"{exercise.id} · {exercise.position}", film.still())]


def dots(rows: tuple[DrawnRow, ...], left: float, top: float) -> list[str]:
    """Rows of braille as circles."""
    found = []
    for row, runs in enumerate(rows):
        column = 0
        for text, shade in runs:
            for character in text:
                bits = ord(character) - 0x2800
                for bit, (dx, dy) in enumerate(_BITS):
                    if 0 < bits < 256 and bits >> bit & 1:
                        x, y = left + (column * 2 + dx + 0.5) * DOT, top + (row * 4 + dy + 0.5) * DOT
                        found.append(
                            f'<circle cx="{x}" cy="{y}" r="{DOT * 0.42}" fill="{DARK_GROUND[shade]}"/>'
                        )
                column += 1
    return found


def preview(exercises: list[Exercise], size: str) -> str:
    """Four moments of each phase, as strokes, and below as the dots of a terminal."""
    columns, rows = (int(each) for each in size.split("x"))
    wide, high = columns * 2 * DOT, rows * 4 * DOT
    found: list[str] = []
    down = 0
    for exercise in exercises:
        shown = scenes(exercise, (0.0, 0.33, 0.67, 1.0))
        for number, (label, scene) in enumerate(shown):
            x, y = number % 4 * (wide + 16) + 8, down + number // 4 * (2 * high + LABEL) + LABEL
            found.append(
                f'<text x="{x}" y="{y - 6}" font-size="13" font-family="sans-serif" fill="#dde">'
                f"{html.escape(label)}</text>"
            )
            found.append(f'<g transform="translate({x} {y})">{fragment(scene, wide, high)}</g>')
            found += dots(drawn(scene, columns, rows), x, y + high)
        down += -(-len(shown) // 4) * (2 * high + LABEL)
    width = 4 * (wide + 16)
    box = f'viewBox="0 0 {width} {down}" width="{width}" height="{down}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>'
    ground = f'<rect width="{width}" height="{down}" fill="{DARK_GROUND[Shade.NONE]}"/>'
    return "\n".join((head, ground, *found, "</svg>\n"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="exercises, or files of them (default: the whole catalogue)")
    parser.add_argument("--png", type=Path, help="a picture to look at, with the dots of the terminal")
    parser.add_argument("--size", default="44x12", help="cells of the terminal's picture")
    options = parser.parse_args()
    known = catalogue()
    names = options.names or sorted(known.files)
    exercises = [
        read_exercise(Path(name), known.files, known.lend) if name.endswith(".yaml") else known.exercise(name)
        for name in names
    ]
    if options.png is None:
        SHEET.parent.mkdir(exist_ok=True)
        every = [moment for exercise in exercises for moment in scenes(exercise)]
        SHEET.write_text(sheet(every), encoding="utf-8")
        print(SHEET)
        return 0
    drawing = options.png.with_suffix(".svg")
    drawing.write_text(preview(exercises, options.size), encoding="utf-8")
    convert = shutil.which("rsvg-convert")
    if convert is None:
        print(f"{drawing} (no rsvg-convert to make {options.png} of it)")
        return 0
    subprocess.run([convert, str(drawing), "-o", str(options.png)], check=True)
    print(options.png)
    return 0


if __name__ == "__main__":
    sys.exit(main())
