"""The figure as rows of characters: braille dots, or half blocks or plain characters where there are none.

A picture is rows of dots, each row one big integer, a layer for each shade: a span of dots is two shifts.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from math import hypot, sqrt

from backtimer.core.figure.arrows import Extent, arrows
from backtimer.core.figure.body import ARROW, BAND, Disc, Stroke, ghost_lines, lined, strokes, trace_lines
from backtimer.core.figure.camera import Frame, Point, camera_of, frame_of
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.panels import alone, second_view
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.things import lines_of, thing_places, with_things
from backtimer.core.figure.turning import signs
from backtimer.core.figure.vectors import Vector
from backtimer.values import NamedTuple

Run = tuple[str, Shade]
DrawnRow = tuple[Run, ...]
"""A row as runs of text with one shade each, as wide as the picture."""

Spot = tuple[float, float, float]
"""The middle and the radius of a disc, in dots."""

LEAST_RADIUS_DOTS = 1.6
LEAST_DOTS = {"head": 0.7, ARROW: 0.5, BAND: 1.0}
"""The least radius of what is thin: a nose, an arrow, a band."""
LEAST_HEAD_DOTS = 3.3
"""The least radius of a skull: a smaller head is drawn larger, with all that is in it."""
LEAST_HOLE_DOTS = 0.4
LEAST_RIM_DOTS = 0.9
ONE_DOT = 0.9
"""A hole no larger than this is one dot."""
_CELL_DOTS = 4
_CLOSE_CM = 12.0
"""A floor that is farther under what is shown than this is not in the picture."""
_FLOOR_LEAST_DOTS = 16
"""A smaller picture has no row to spare for the floor."""
INSET_LEAST = (36, 10)
"""A second view needs a picture of so many columns and rows."""


class Pen(StrEnum):
    """What a picture is made of."""

    BRAILLE = "braille"
    HALF_BLOCKS = "half-blocks"
    ASCII = "ascii"


_WITHOUT_BRAILLE = ("linux", "vt", "xterm-16color", "cygwin")
"""The beginnings of TERM where fonts have no dots: the console of Linux, old terminals."""


def pen_for(encoding: str, term: str) -> Pen:
    """What a terminal can show.

    Args:
        encoding: Of its text.
        term: Its kind, as TERM has it.
    """
    if encoding.lower().replace("-", "").replace("_", "") not in ("utf8", "utf16", "utf32", "cp65001"):
        return Pen.ASCII
    return Pen.HALF_BLOCKS if term.startswith(_WITHOUT_BRAILLE) else Pen.BRAILLE


def drawn(
    scene: Scene, columns: int, rows: int, pen: Pen = Pen.BRAILLE, *, framed: bool = False
) -> tuple[DrawnRow, ...]:
    """A scene as rows of text, as many and as wide as asked for.

    Args:
        scene: Of a film, which keeps the camera where it is.
        columns: Cells across.
        rows: Cells down.
        pen: What to draw with.
        framed: Whether a thin line goes round it, as round a second view.
    """
    if columns < 1 or rows < 1:
        return ()
    second = second_view(scene) if columns >= INSET_LEAST[0] and rows >= INSET_LEAST[1] else None
    if second is None:
        return _picture(alone(scene), columns, rows, pen, framed=framed)
    if second.at in ("left", "right"):
        wide = round(columns * second.share)
        gap = (((" ", Shade.NONE),),) * rows
        one = _picture(alone(scene), columns - wide - 1, rows, pen)
        other = _picture(second.scene, wide, rows, pen, framed=True)
        parts = (one, gap, other) if second.at == "right" else (other, gap, one)
        return tuple(tuple(run for part in row for run in part) for row in zip(*parts, strict=True))
    high = round(rows * second.share)
    one = _picture(alone(scene), columns, rows - high, pen)
    other = _picture(second.scene, columns, high, pen, framed=True)
    return (*one, *other) if second.at == "bottom" else (*other, *one)


def _picture(
    scene: Scene, columns: int, rows: int, pen: Pen, *, framed: bool = False
) -> tuple[DrawnRow, ...]:
    """One view, within a thin frame if it is the second."""
    canvas = _Canvas(columns * 2, rows * 4)
    _Painter(canvas, scene).paint()
    if framed:
        right, low = canvas.width - 1.0, canvas.height - 1.0
        corners = ((0.0, 0.0), (right, 0.0), (right, low), (0.0, low), (0.0, 0.0))
        for one, other in pairwise(corners):
            canvas.line(Shade.FLOOR, one, other)
    return tuple(_cells(canvas, columns, row, pen) for row in range(rows))


class _View(NamedTuple):
    """Where a part of a picture in centimetres comes to be among the dots."""

    scale: float
    left: float
    top: float

    def dot(self, point: Point) -> Point:
        return (point[0] * self.scale + self.left, self.top - point[1] * self.scale)


def _fitted(frame: Frame, left: float, top: float, width: float, height: float) -> _View:
    """The view in which a frame fills a room of dots, in its middle."""
    scale = min(width / frame.width, height / frame.height)
    middle = left + width / 2.0 - scale * (frame.left + frame.right) / 2.0
    under = top + (height + scale * frame.height) / 2.0
    return _View(scale, middle - 0.5, under + scale * frame.low - 0.5)


class _Painter:
    """Draws a scene on a canvas, what is far first."""

    def __init__(self, canvas: _Canvas, scene: Scene) -> None:
        self._canvas = canvas
        self._scene = scene
        self._camera = camera_of(scene)
        frame = frame_of(self._camera, scene, thing_places)
        self._lines = lines_of(scene)
        self._floor_row: int | None = None
        view = _fitted(frame, 0.0, 0.0, canvas.width, canvas.height)
        self._view = self._goal = self._on_the_floor(view, frame)
        """Where all is drawn, and where the camera will be: arrows stay."""
        if scene.leg is not None:
            frame = frame_of(self._camera, scene, thing_places, arrived=True)
            row = self._floor_row
            view = _fitted(frame, 0.0, 0.0, canvas.width, canvas.height)
            self._goal, self._floor_row = self._on_the_floor(view, frame), row

    def _on_the_floor(self, view: _View, frame: Frame) -> _View:
        """The view moved up or down a little, so that the floor has a row of cells of its own.

        A cell has one colour: a line that shares its cells with feet would be broken into crumbs.
        """
        floor = next((line for line in self._lines if line.is_floor and len(line.places) == 2), None)
        if floor is None or self._canvas.height < _FLOOR_LEAST_DOTS:
            return view
        last = self._canvas.height - _CELL_DOTS
        level = self._camera.seen(floor.places[0])[1]
        if level < frame.low - _CLOSE_CM:  # a view of what is higher
            return view
        scale = min(view.scale, last / (frame.high - level))
        if scale < view.scale:
            view = _View(
                scale, (self._canvas.width - scale * (frame.left + frame.right)) / 2.0 - 0.5, view.top
            )
        at = view.dot((0.0, level))[1]
        row = min(last, round(at / _CELL_DOTS) * _CELL_DOTS)
        if frame.high * scale - level * scale > row:
            row = min(last, row + _CELL_DOTS)
        self._floor_row = row
        return view._replace(top=row + level * scale)

    def _room(self) -> Extent:
        """All of the picture over the floor, in centimetres."""
        view, canvas = self._goal, self._canvas
        low = canvas.height if self._floor_row is None else self._floor_row
        return Extent(
            Frame(
                -view.left / view.scale,
                (canvas.width - view.left) / view.scale,
                (view.top - low) / view.scale,
                view.top / view.scale,
            ),
            1.0 / view.scale,
        )

    def paint(self) -> None:
        canvas, lines, view = self._canvas, self._lines, self._view
        for line in lines:
            if line.behind:
                self._line(line.places, line.shade, line.dashed)
        for way in ghost_lines(self._scene):
            for one, other in pairwise(way):
                canvas.line(Shade.GHOST, view.dot(one), view.dot(other), dash=2)
        beside = arrows(self._scene, self._room())
        body = strokes(self._scene)
        beside += signs(self._scene, self._camera)
        self._strokes([*with_things(self._scene, body), *beside], view)
        for way in trace_lines(self._scene):
            for one, other in pairwise(way):
                canvas.line(Shade.ARROW, view.dot(one), view.dot(other))
        for line in lines:
            if not line.behind and not line.is_floor:
                self._line(line.places, line.shade, line.dashed)
        if self._floor_row is not None:  # nothing is under the floor, not even by a dot
            for y in range(self._floor_row, canvas.height):
                canvas.clear(y, -1)
        for line in lines:
            if not line.behind and line.is_floor:
                self._line(line.places, Shade.FLOOR, line.dashed)

    def _line(self, places: tuple[Vector, ...], shade: Shade, dashed: bool) -> None:
        points = [self._view.dot(self._camera.seen(place)) for place in places]
        for one, other in pairwise(points):
            self._canvas.line(shade, one, other, dash=3 if dashed else 0)

    def _strokes(self, found: list[Stroke], view: _View) -> None:
        own: dict[str, list[int]] = {}
        for stroke in found:
            self._stroke(stroke, view, own.setdefault(stroke.group, self._canvas.blank()))

    def _dots(self, discs: tuple[Disc, ...], least: float, view: _View) -> list[Spot]:
        return [(*view.dot(disc.at), max(least, disc.radius * view.scale)) for disc in discs]

    def _stroke(self, stroke: Stroke, view: _View, mine: list[int]) -> None:
        """One stroke; its outline spares what is of its own group."""
        canvas = self._canvas
        if stroke.rim is not None and stroke.rim.radius * view.scale < LEAST_HEAD_DOTS:
            stroke = _larger(stroke, LEAST_HEAD_DOTS / (stroke.rim.radius * view.scale))
        least = LEAST_DOTS.get(stroke.group, LEAST_RADIUS_DOTS)
        discs = self._dots(stroke.discs, least, view)
        inner, holes = canvas.blank(), canvas.blank()
        for one, other in pairwise(discs):
            canvas.fill(inner, one, other)
        outer = inner
        if stroke.lined_from < 1.0:
            around = inner
            if stroke.lined_from:
                around = canvas.blank()
                for one, other in pairwise(self._dots(lined(stroke), least, view)):
                    canvas.fill(around, one, other)
            outer = [one | other for one, other in zip(canvas.widened(around), inner, strict=True)]
        for hole in stroke.holes:
            size = hole.radius * view.scale
            spot = (*view.dot(hole.at), max(0.5, size))
            if (rim := stroke.rim) is not None:
                spot = _within(spot, (*view.dot(rim.at), rim.radius * view.scale))
            if size > LEAST_HOLE_DOTS:
                canvas.fill(holes, spot, spot)
        layer = canvas.layers[stroke.shade]
        for y, dots in enumerate(outer):
            if dots:
                canvas.clear(y, dots & ~mine[y] | inner[y])
                layer[y] |= inner[y] & ~holes[y]
                mine[y] |= inner[y]


def _larger(stroke: Stroke, by: float) -> Stroke:
    """A part of a head drawn larger than it is, about the middle of the skull."""
    rim = stroke.rim
    assert rim is not None
    (x, y) = rim.at

    def grown(disc: Disc) -> Disc:
        return Disc((x + (disc.at[0] - x) * by, y + (disc.at[1] - y) * by), disc.radius * by)

    return stroke._replace(
        discs=tuple(map(grown, stroke.discs)), holes=tuple(map(grown, stroke.holes)), rim=grown(rim)
    )


def _within(hole: Spot, disc: Spot) -> Spot:
    """A hole drawn towards the middle until there is a rim all round: else it would be a notch."""
    off = hypot(hole[0] - disc[0], hole[1] - disc[1])
    share = max(0.0, min(1.0, (disc[2] - hole[2] - LEAST_RIM_DOTS) / off)) if off > 0.0 else 1.0
    x, y = disc[0] + (hole[0] - disc[0]) * share, disc[1] + (hole[1] - disc[1]) * share
    return (x, y, hole[2]) if hole[2] > ONE_DOT else (round(x), round(y), LEAST_HOLE_DOTS)


class _Canvas:
    """Dots in layers, one for each shade; the lowest bit of a row is its leftmost dot."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.layers = {shade: self.blank() for shade in Shade if shade}

    def blank(self) -> list[int]:
        return [0] * self.height

    def clear(self, y: int, dots: int) -> None:
        keep = ~dots
        for rows in self.layers.values():
            if rows[y]:
                rows[y] &= keep

    def widened(self, rows: list[int]) -> list[int]:
        """The same dots and those round them: a halo of one dot."""
        wide = [row | row << 1 | row >> 1 for row in rows]
        return [
            one | two | three for one, two, three in zip([0, *wide[:-1]], wide, [*wide[1:], 0], strict=True)
        ]

    def fill(self, rows: list[int], one: Spot, other: Spot) -> None:
        """Fill the hull of two discs."""
        (ax, ay, ar), (bx, by, br) = one, other
        edges = _tangents((ax, ay, ar), (bx, by, br))
        first = max(0, int(min(ay - ar, by - br)))
        last = min(self.height - 1, int(max(ay + ar, by + br)) + 1)
        edge = self.width - 1
        # Comparisons, for this is most of what a picture takes, and `min` and `max` are calls.
        for y in range(first, last + 1):
            low, high = 1e9, -1e9
            if (inside := ar * ar - (y - ay) * (y - ay)) >= 0.0:
                half = sqrt(inside)
                low, high = ax - half, ax + half
            if (inside := br * br - (y - by) * (y - by)) >= 0.0:
                half = sqrt(inside)
                low = bx - half if bx - half < low else low
                high = bx + half if bx + half > high else high
            for px, py, qx, qy in edges:
                if (py <= y <= qy or qy <= y <= py) and py != qy:
                    x = px + (qx - px) * (y - py) / (qy - py)
                    low = x if x < low else low
                    high = x if x > high else high
            if low > high:
                continue
            left, right = round(low), round(high)
            left = left if left > 0 else 0
            right = right if right < edge else edge
            if left <= right:
                rows[y] |= (1 << (right + 1)) - (1 << left)

    def line(self, shade: Shade, one: Point, other: Point, dash: int = 0) -> None:
        rows = self.layers[shade]
        steps = int(max(abs(other[0] - one[0]), abs(other[1] - one[1]))) + 1
        for step in range(steps + 1):
            if dash and step // dash % 2:
                continue
            x = round(one[0] + (other[0] - one[0]) * step / steps)
            y = round(one[1] + (other[1] - one[1]) * step / steps)
            if 0 <= x < self.width and 0 <= y < self.height:
                rows[y] |= 1 << x


def _tangents(one: Spot, other: Spot) -> tuple[tuple[float, ...], ...]:
    """The two lines that touch both discs; none where one lies in the other."""
    (ax, ay, ar), (bx, by, br) = one, other
    dx, dy = bx - ax, by - ay
    apart = hypot(dx, dy)
    if apart <= abs(ar - br) + 1e-9:
        return ()
    sine = (ar - br) / apart
    cosine = sqrt(1.0 - sine * sine)
    ux, uy = dx / apart, dy / apart
    found = []
    for sign in (1.0, -1.0):
        nx, ny = ux * sine - sign * uy * cosine, uy * sine + sign * ux * cosine
        found.append((ax + nx * ar, ay + ny * ar, bx + nx * br, by + ny * br))
    return tuple(found)


_LEFT_DOTS = (0x01, 0x02, 0x04, 0x40)
_RIGHT_DOTS = (0x08, 0x10, 0x20, 0x80)
_DOTS = tuple(
    tuple((_LEFT_DOTS[line] if pair & 1 else 0) | (_RIGHT_DOTS[line] if pair & 2 else 0) for pair in range(4))
    for line in range(4)
)
_BACKGROUND = frozenset({Shade.FLOOR, Shade.PROP, Shade.GHOST})
_LINE_DOTS = 4
"""So many dots of a cell a line takes; a thing with more is as solid as the body."""
_SIGNS = {
    Shade.NONE: " ",
    Shade.BODY: "o",
    Shade.NEAR: "o",
    Shade.FAR: ".",
    Shade.MOVER: "#",
    Shade.MOVER_FAR: "+",
    Shade.MOVER_TRUNK: "%",
    Shade.HEAD: "@",
    Shade.HAIR: "&",
    Shade.FLOOR: "-",
    Shade.PROP: "=",
    Shade.ARROW: "*",
    Shade.GHOST: ":",
}


def _cells(canvas: _Canvas, columns: int, row: int, pen: Pen) -> DrawnRow:
    layers = [
        (shade, rows[row * 4 : row * 4 + 4])
        for shade, rows in canvas.layers.items()
        if any(rows[row * 4 : row * 4 + 4])
    ]
    if not layers:
        return ((" " * columns, Shade.NONE),)
    every = 0
    for _shade, four in layers:
        every |= four[0] | four[1] | four[2] | four[3]
    runs: list[tuple[str, Shade]] = []
    text, now = "", Shade.NONE
    for shift in range(0, columns * 2, 2):
        if every >> shift & 3:
            character, shade = _cell(layers, shift, pen)
            if shade is not now and shade:
                if text:
                    runs.append((text, now))
                text, now = "", shade
            text += character
        else:
            text += " "
    return (*runs, (text, now))


def _cell(layers: list[tuple[Shade, list[int]]], shift: int, pen: Pen) -> Run:
    bits, most, best = 0, 0, Shade.NONE
    behind, behind_shade = 0, Shade.NONE
    for shade, (first, second, third, fourth) in layers:
        dots = (
            _DOTS[0][first >> shift & 3]
            | _DOTS[1][second >> shift & 3]
            | _DOTS[2][third >> shift & 3]
            | _DOTS[3][fourth >> shift & 3]
        )
        if not dots:
            continue
        if shade is Shade.PROP and (dots.bit_count() > _LINE_DOTS or dots.bit_count() > most):
            bits, most, best = bits | dots, dots.bit_count(), shade
            continue
        if shade in _BACKGROUND:
            behind, behind_shade = behind | dots, shade
            continue
        bits |= dots
        count = dots.bit_count()
        if count > most:
            most, best = count, shade
    if not bits:
        bits, best = behind, behind_shade
    if not bits:
        return " ", Shade.NONE
    if pen is Pen.BRAILLE:
        return chr(0x2800 + bits), best
    faint = best in _BACKGROUND
    if pen is Pen.HALF_BLOCKS:
        upper = (bits & 0x1B).bit_count() >= (1 if faint else 2)
        lower = (bits & 0xE4).bit_count() >= (1 if faint else 2)
        sign = "█" if upper and lower else "▀" if upper else "▄" if lower else " "
        return (sign, best) if sign != " " else (" ", Shade.NONE)
    return (_SIGNS[best], best) if bits.bit_count() >= (1 if faint else 3) else (" ", Shade.NONE)
