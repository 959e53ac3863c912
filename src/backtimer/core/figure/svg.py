"""The figure as SVG, for pages: the same strokes that the terminal shows as dots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby, pairwise
from math import acos, atan2, cos, hypot, pi, sin

from backtimer.core.figure.arrows import Extent, arrows
from backtimer.core.figure.body import Disc, Stroke, ghost_lines, lined, strokes, trace_lines
from backtimer.core.figure.camera import Frame, Point, camera_of, frame_of
from backtimer.core.figure.colours import DARK_GROUND, Colours, Shade
from backtimer.core.figure.panels import alone, second_view
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.things import lines_of, thing_places, with_things
from backtimer.core.figure.turning import signs

HALO_CM = 1.6
LINE_CM = 1.3
_JOINT_CM, _JOINT_SHARE = 3.0, 0.75
"""Bones meet whose ends are so near; and what of a bone is drawn again there, from which share of it on."""
LABEL, GAP = 24, 12


def fragment(scene: Scene, width: float, height: float, colours: Colours = DARK_GROUND) -> str:
    """A scene as a group of SVG, to be put into a picture.

    Args:
        scene: Of a film.
        width: Of the room that the film has, in units of the picture.
        height: Of the same.
        colours: By shades; that of no shade is the ground's.
    """
    second = second_view(scene)
    if second is None:
        return _view(alone(scene), (0.0, 0.0, width, height), colours)
    beside = second.at in ("left", "right")
    wide, high = (width * second.share, height) if beside else (width, height * second.share)
    rest = (width - wide, height) if beside else (width, height - high)
    first = second.at in ("left", "top")
    here = (0.0, 0.0) if first else (width - wide, height - high)
    there = (0.0, 0.0) if not first else (wide, 0.0) if beside else (0.0, high)
    one = _view(alone(scene), (*there, *rest), colours)
    line = f'fill="none" stroke="{colours[Shade.FLOOR]}" stroke-width="1"'
    size = f'x="{here[0] + 0.5:.1f}" y="{here[1] + 0.5:.1f}" width="{wide - 1:.1f}" height="{high - 1:.1f}"'
    return "\n".join((one, _view(second.scene, (*here, wide, high), colours), f"<rect {size} {line}/>"))


def _view(scene: Scene, box: tuple[float, float, float, float], colours: Colours) -> str:
    """One view in a box of the picture; nothing of it is seen outside."""
    x, y, width, height = box
    if box[:2] == (0.0, 0.0) and not scene.figure.of and scene.leg is None:
        return _drawn(scene, width, height, colours)
    inner = _drawn(scene, width, height, colours)
    return f'<svg x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">\n{inner}\n</svg>'


def _drawn(scene: Scene, width: float, height: float, colours: Colours) -> str:
    camera = camera_of(scene)
    frame = frame_of(camera, scene, thing_places)
    scale, left, top = _fitted(frame, width, height)

    def place(point: Point) -> Point:
        return (point[0] * scale + left, top - point[1] * scale)

    def lines(behind: bool) -> list[str]:
        return [
            _line(
                [place(camera.seen(each)) for each in edge.places],
                colours[edge.shade],
                LINE_CM * scale,
                dash=4.0 * scale if edge.dashed else 0.0,
            )
            for edge in lines_of(scene)
            if edge.behind is behind
        ]

    parts = lines(True)
    for way in ghost_lines(scene):
        parts.append(_line([place(each) for each in way], colours[Shade.GHOST], 2.0 * scale, 3.0 * scale))
    floors = [
        camera.seen(edge.places[0])[1] for edge in lines_of(scene) if edge.is_floor and len(edge.places) == 2
    ]
    size, across, under = _fitted(frame_of(camera, scene, thing_places, arrived=True), width, height)
    low = max([(under - height) / size, *floors])
    edges = Frame(-across / size, (width - across) / size, low, under / size)
    beside = arrows(scene, Extent(edges, 1.0))
    body = strokes(scene)
    beside += signs(scene, camera)
    drawn = _bodies([*with_things(scene, body), *beside], place, scale, colours)
    ways = [
        _line([place(each) for each in way], colours[Shade.ARROW], 1.2 * scale) for way in trace_lines(scene)
    ]
    return "\n".join([*parts, *drawn, *ways, *lines(False)])


def _fitted(frame: Frame, width: float, height: float) -> tuple[float, float, float]:
    """The scale at which a frame fills a box, and where its nought is in that."""
    scale = min(width / frame.width, height / frame.height)
    left = (width - scale * (frame.left + frame.right)) / 2.0
    return scale, left, (height + scale * (frame.low + frame.high)) / 2.0


def _bodies(
    found: list[Stroke], place: Callable[[Point], Point], scale: float, colours: Colours
) -> list[str]:
    """Strokes, the farthest first; those of one group that come together share an outline."""
    drawn: list[str] = []
    ground = colours[Shade.NONE]
    outline = f'fill="none" stroke="{ground}" stroke-width="{2 * HALO_CM * scale:.2f}"'
    before: dict[str, list[Stroke]] = {}
    for name, group in groupby(found, key=lambda stroke: stroke.group):
        together = [(stroke, _paths(stroke.discs, place, scale)) for stroke in group]
        drawn += [
            f'<path d="{path}" {outline}/>'
            for stroke, _ in together
            for path in _paths(lined(stroke), place, scale)
        ]
        for stroke, _ in together:  # no outline cuts a limb at its joints
            for other in before.get(name, ()):
                drawn += [
                    f'<path d="{path}" fill="{colours[other.shade]}"/>'
                    for path in _paths(_at_joint(other, stroke), place, scale)
                ]
        drawn += [
            f'<path d="{path}" fill="{colours[stroke.shade]}"/>'
            for stroke, paths in together
            for path in paths
        ]
        before.setdefault(name, []).extend(stroke for stroke, _ in together)
        for hole in together[-1][0].holes:
            x, y = place(hole.at)
            drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{hole.radius * scale:.1f}" fill="{ground}"/>')
    return drawn


def _at_joint(bone: Stroke, next_to: Stroke) -> tuple[Disc, ...]:
    """The end of a bone where another one of its limb begins; none where they do not meet."""
    if bone.lined_from >= 1.0 or len(bone.discs) != 2 or len(next_to.discs) != 2:
        return ()
    for end, start in (bone.discs, bone.discs[::-1]):
        for (x, y), _ in next_to.discs:
            if hypot(end.at[0] - x, end.at[1] - y) < _JOINT_CM:
                (ax, ay), (bx, by) = start.at, end.at
                share, thick = _JOINT_SHARE, end.radius + (start.radius - end.radius) * (1.0 - _JOINT_SHARE)
                return (Disc((ax + (bx - ax) * share, ay + (by - ay) * share), thick), end)
    return ()


def picture(scene: Scene, width: int = 480, height: int = 240, colours: Colours = DARK_GROUND) -> str:
    """A scene as a whole picture of SVG."""
    ground = colours[Shade.NONE]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
            f'<rect width="{width}" height="{height}" fill="{ground}"/>',
            fragment(scene, width, height, colours),
            "</svg>\n",
        )
    )


def sheet(moments: Sequence[tuple[str, Scene]], columns: int = 3, width: int = 352, height: int = 192) -> str:
    """Several scenes on one page, each with its label."""
    colours = DARK_GROUND
    cell, wide = height + LABEL, width + GAP
    page = (min(columns, len(moments)) * wide + GAP, -(-len(moments) // columns) * cell + GAP)
    found = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {page[0]} {page[1]}"'
        f' width="{page[0]}" height="{page[1]}">',
        f'<rect width="{page[0]}" height="{page[1]}" fill="{colours[Shade.NONE]}"/>',
    ]
    for number, (label, scene) in enumerate(moments):
        left, top = number % columns * wide + GAP, number // columns * cell
        found.append(
            f'<text x="{left}" y="{top + LABEL - 6}" font-family="sans-serif" font-size="13"'
            f' fill="{colours[Shade.NEAR]}">{escape(label)}</text>'
        )
        found.append(f'<g transform="translate({left} {top + LABEL})">')
        found += [fragment(scene, width, height), "</g>"]
    return "\n".join((*found, "</svg>\n"))


def _line(points: list[Point], colour: str, thick: float, dash: float = 0.0) -> str:
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = f' stroke-dasharray="{dash:.1f}"' if dash else ""
    return (
        f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="{thick:.2f}"'
        f' stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
    )


def _paths(discs: tuple[Disc, ...], place: Callable[[Point], Point], scale: float) -> list[str]:
    spots = [(*place(disc.at), disc.radius * scale) for disc in discs]
    return [_hull(one, other) for one, other in pairwise(spots)]


def _hull(one: tuple[float, float, float], other: tuple[float, float, float]) -> str:
    """The outline of two discs with a band round them."""
    (ax, ay, ar), (bx, by, br) = one, other
    apart = hypot(bx - ax, by - ay)
    if apart <= abs(ar - br) + 1e-6:
        x, y, r = max(one, other, key=lambda disc: disc[2])
        return (
            f"M{x - r:.1f},{y:.1f}a{r:.1f},{r:.1f} 0 1 0 {2 * r:.1f},0a{r:.1f},{r:.1f} 0 1 0 {-2 * r:.1f},0z"
        )
    axis = atan2(by - ay, bx - ax)
    open_ = acos((ar - br) / apart)
    points = [
        (x + r * cos(axis + sign * open_), y + r * sin(axis + sign * open_))
        for x, y, r, sign in ((ax, ay, ar, 1), (bx, by, br, 1), (bx, by, br, -1), (ax, ay, ar, -1))
    ]
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = points
    wide = open_ > pi / 2
    return (
        f"M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}A{br:.1f},{br:.1f} 0 {int(wide)} 0 {x3:.1f},{y3:.1f}"
        f"L{x4:.1f},{y4:.1f}A{ar:.1f},{ar:.1f} 0 {int(not wide)} 0 {x1:.1f},{y1:.1f}z"
    )
