"""Rows painted for a terminal, without Textual: the very cells and colours that it would paint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from backtimer.core.picture.palette import INKS, UNREVERSED
from backtimer.core.picture.rows import Look, Row, width_of


class ColourDepth(Enum):
    """How many colours a terminal has."""

    NONE = 0
    """Only bold and reversed letters, in the terminal's own colours."""
    SIXTEEN = 4
    MANY = 8
    """256 of them."""
    ALL = 24


_BY_TERM = {"kitty": ColourDepth.MANY, "256color": ColourDepth.MANY, "16color": ColourDepth.SIXTEEN}


def colour_depth(environment: Mapping[str, str]) -> ColourDepth:
    """How many colours to use, as Rich finds out; an empty NO_COLOR does not count (no-color.org)."""
    if environment.get("NO_COLOR"):
        return ColourDepth.NONE
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColourDepth.ALL
    ending = environment.get("TERM", "").strip().lower().rpartition("-")[2]
    return _BY_TERM.get(ending, ColourDepth.SIXTEEN)


class AnsiPainter:
    """Paints rows with control sequences.

    Args:
        colours: Those of the look, by their names.
        depth: What the terminal has.
    """

    def __init__(self, colours: Mapping[str, str], depth: ColourDepth) -> None:
        self._colours = colours
        self._depth = depth
        self._begin: dict[Look, str] = {}

    def painted(self, rows: Sequence[Row], width: int) -> str:
        """All rows, each from its own line of the screen on and filled to its end, and nothing after them."""
        lines = []
        for number, each in enumerate(rows, start=1):
            texts = [f"{self._sgr(span.look)}{span.text}" for span in each if span.text]
            if (rest := width - width_of(each)) > 0:
                texts.append(f"{self._sgr(Look.PLAIN)}{' ' * rest}")
            lines.append(f"\x1b[{number};1H{''.join(texts)}")
        return "".join((*lines, "\x1b[0m"))

    def _sgr(self, look: Look) -> str:
        if look not in self._begin:
            ink = INKS[look]
            codes = ["0", *(["1"] if ink.bold else [])]
            if self._depth is ColourDepth.NONE:
                codes += ["7"] if ink.ground and look not in UNREVERSED else []
            else:
                codes.append(colour_code(self._colours[ink.colour], self._depth, ground=False))
                ground = self._colours[ink.ground or "background"]
                codes.append(colour_code(ground, self._depth, ground=True))
            self._begin[look] = f"\x1b[{';'.join(codes)}m"
        return self._begin[look]


def colour_code(colour: str, depth: ColourDepth, *, ground: bool) -> str:
    """The parameters that choose a colour (`#rrggbb`), or the nearest there is.

    Source: the arithmetic of Rich (`Color.downgrade`), so that both painters choose the same.
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    if depth is ColourDepth.ALL:
        return f"{48 if ground else 38};2;{red};{green};{blue}"
    if depth is ColourDepth.MANY:
        return f"{48 if ground else 38};5;{_of_256(red, green, blue)}"
    number = min(range(16), key=lambda index: _distance((red, green, blue), _SIXTEEN[index]))
    return str((40 if ground else 30) + number if number < 8 else (92 if ground else 82) + number)


def _of_256(red: int, green: int, blue: int) -> int:
    parts = (red / 255, green / 255, blue / 255)
    most, least = max(parts), min(parts)
    lightness = (most + least) / 2
    spread = most - least
    if not spread:
        saturation = 0.0
    else:
        saturation = spread / (most + least) if lightness <= 0.5 else spread / (2.0 - most - least)
    if saturation < 0.15:
        grey = round(lightness * 25.0)
        return 16 if grey == 0 else 231 if grey == 25 else 231 + grey
    six = (part / 95 if part < 95 else 1 + (part - 95) / 40 for part in (red, green, blue))
    high, middle, low = map(round, six)
    return 16 + 36 * high + 6 * middle + low


_SIXTEEN = (
    (0, 0, 0),
    (170, 0, 0),
    (0, 170, 0),
    (170, 85, 0),
    (0, 0, 170),
    (170, 0, 170),
    (0, 170, 170),
    (170, 170, 170),
    (85, 85, 85),
    (255, 85, 85),
    (85, 255, 85),
    (255, 255, 85),
    (85, 85, 255),
    (255, 85, 255),
    (85, 255, 255),
    (255, 255, 255),
)


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """How far apart two colours look ("redmean")."""
    mean = (one[0] + other[0]) // 2
    red, green, blue = (left - right for left, right in zip(one, other, strict=True))
    squared = (((512 + mean) * red * red) >> 8) + 4 * green * green
    return float((squared + (((767 - mean) * blue * blue) >> 8)) ** 0.5)
