"""The pens: rows as wide as asked for, what is drawn where, and a camera that keeps still."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from backtimer.core.figure.body import Shade
from backtimer.core.figure.braille import DrawnRow, Pen, drawn, pen_for
from backtimer.core.figure.camera import camera_of, frame_of
from backtimer.core.figure.colours import DARK_GROUND, LIGHT_GROUND
from backtimer.core.figure.film import Film, FilmPhase, Scene
from backtimer.core.figure.positions import figure_of
from backtimer.core.figure.reel import film_of
from backtimer.core.figure.svg import picture, sheet
from backtimer.core.figure.things import thing_places
from backtimer.core.plan.routine import Position, Side
from tests.core.figure.films import DRAWN, exercise

SIZES = [(26, 8), (44, 12), (66, 20), (112, 34), (1, 1)]


def scene(name: str = "bird-dog", share: float = 1.0, side: Side | None = None) -> Scene:
    return film_of(exercise(name), side).scene(0, share)


def shades(rows: tuple[DrawnRow, ...]) -> set[Shade]:
    return {shade for row in rows for text, shade in row if text.strip()}


@pytest.mark.parametrize("pen", Pen)
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_rows_are_as_many_and_as_wide_as_asked_for(columns: int, rows: int, pen: Pen) -> None:
    found = drawn(scene(), columns, rows, pen)
    assert len(found) == rows
    assert {sum(len(text) for text, _ in row) for row in found} == {columns}


def test_a_pen_uses_its_own_signs() -> None:
    signs = {
        pen: {sign for row in drawn(scene(), 44, 12, pen) for text, _ in row for sign in text} for pen in Pen
    }
    assert all(sign == " " or "⠁" <= sign <= "⣿" for sign in signs[Pen.BRAILLE])
    assert signs[Pen.HALF_BLOCKS] <= set(" ▀▄█")
    assert all(sign.isascii() for sign in signs[Pen.ASCII])
    assert {"@", "#", "o", "-"} <= signs[Pen.ASCII]


def test_what_moves_what_is_near_and_the_head_are_told_apart() -> None:
    assert shades(drawn(scene(), 44, 12)) >= {
        Shade.MOVER,
        Shade.MOVER_FAR,
        Shade.NEAR,
        Shade.FAR,
        Shade.BODY,
        Shade.HEAD,
        Shade.FLOOR,
    }
    assert Shade.PROP in shades(drawn(scene("seated-row"), 44, 12))


@pytest.mark.parametrize("name", DRAWN)
def test_the_camera_keeps_still_and_everything_is_in_the_picture(name: str) -> None:
    film = film_of(exercise(name))
    frames = set()
    for phase in range(len(film.phases)):
        for share in (0.0, 0.3, 0.6, 1.0):
            shown = film.scene(phase, share)
            camera = camera_of(shown)
            frame = frame_of(camera, shown, thing_places)
            frames.add(frame)
            for place in shown.joints.values():
                x, y = camera.seen(place)
                assert frame.left + 2 < x < frame.right - 2
                assert frame.low < y < frame.high
    assert len(frames) == 1


def test_both_sides_are_seen_from_as_near() -> None:
    """So that nothing jumps when the side changes."""
    sizes = [
        (round(frame.width, 3), round(frame.height, 3))
        for side in Side
        for shown in (scene(side=side),)
        for frame in (frame_of(camera_of(shown), shown, thing_places),)
    ]
    assert sizes[0] == sizes[1]


def lying(**more: object) -> Film:
    said = {
        "poses": {"start": {"spine": [166, 192]}, "flat": {"spine": [188, 176]}},
        "phases": {"tilt": ["flat"], "release": ["start"]},
    }
    phases = (FilmPhase("tilt", 3.0), FilmPhase("release", 3.0))
    return Film(figure_of({**said, **more}, Position.SUPINE), phases)


def test_the_inset_moves_in_its_corner() -> None:
    def changed(film: Film) -> int:
        one, other = (
            ["".join(text for text, _ in row)[:20] for row in drawn(film.scene(0, share), 44, 12)[:5]]
            for share in (0.0, 1.0)
        )
        return sum(
            a != b
            for before, after in zip(one, other, strict=True)
            for a, b in zip(before, after, strict=True)
        )

    assert changed(lying()) == 0
    assert changed(lying(inset=True)) > 15


def test_a_ghost_stands_where_the_movement_began() -> None:
    film = film_of(exercise("bird-dog"))
    assert Shade.GHOST not in shades(drawn(film.scene(0, 1.0), 44, 12))
    ghostly = Film(film.figure._replace(ghost=True), film.phases)
    assert Shade.GHOST in shades(drawn(ghostly.scene(0, 1.0), 44, 12))


def test_svg_is_xml_with_every_label_escaped() -> None:
    assert ElementTree.fromstring(picture(scene())).tag.endswith("svg")
    page = ElementTree.fromstring(sheet([("a < b & c", scene()), ("second", scene("bridge"))]))
    assert [each.text for each in page.iter() if each.tag.endswith("text")] == ["a < b & c", "second"]


def test_terminals_without_braille_get_what_they_can_show() -> None:
    assert pen_for("UTF-8", "xterm-256color") is Pen.BRAILLE
    assert pen_for("utf8", "linux") is Pen.HALF_BLOCKS
    assert pen_for("ANSI_X3.4-1968", "xterm") is Pen.ASCII
    assert pen_for("iso-8859-1", "xterm") is Pen.ASCII


def lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [DARK_GROUND, LIGHT_GROUND])
def test_the_body_stands_out_from_its_ground(colours: dict[Shade, str]) -> None:
    def contrast(one: Shade, other: Shade) -> float:
        high, low = sorted((lightness(colours[one]), lightness(colours[other])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for shade in (Shade.BODY, Shade.NEAR, Shade.MOVER, Shade.HEAD, Shade.PROP):
        assert contrast(shade, Shade.NONE) >= 4.5, shade
    for shade in (Shade.FAR, Shade.MOVER_FAR):
        assert contrast(shade, Shade.NONE) >= 2.5, shade
    assert contrast(Shade.MOVER, Shade.MOVER_FAR) >= 1.5
