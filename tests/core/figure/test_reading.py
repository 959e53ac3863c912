"""What lets a figure of a few dots be read: one floor, arrows clear of the body, arms alike from above."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from backtimer.core.figure.arrows import ANYWHERE, arrows
from backtimer.core.figure.body import Stroke, strokes
from backtimer.core.figure.camera import camera_of, frame_of
from backtimer.core.figure.colours import DARK_GROUND, LIGHT_GROUND, Shade
from backtimer.core.figure.film import Film
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.things import FROM_ABOVE, thing_places
from tests.core.figure.films import DRAWN, film
from tests.rules import for_each

COLUMNS, ROWS = 44, 12
CLEAR_DOTS = 1.5
LOW_CM = 6.0
SAMPLES = (0.0, 0.25, 0.5, 0.75, 1.0)


def scenes(a_film: Film) -> Iterator[Scene]:
    for phase in range(len(a_film.phases)):
        for share in SAMPLES:
            yield a_film.scene(phase, share)


def dots_a_cm(scene: Scene) -> float:
    frame = frame_of(camera_of(scene), scene, thing_places)
    return min(COLUMNS * 2 / frame.width, ROWS * 4 / frame.height)


def spots(found: list[Stroke]) -> list[tuple[float, float, float]]:
    """Discs all along strokes: x, y and radius."""
    found_spots = []
    for stroke in found:
        for one, other in pairwise(stroke.discs):
            (ax, ay), (bx, by) = one.at, other.at
            for step in range(9):
                share = step / 8
                radius = one.radius + (other.radius - one.radius) * share
                found_spots.append((ax + (bx - ax) * share, ay + (by - ay) * share, radius))
    return found_spots


FIGURES = {name: film(name).figure for name in DRAWN}


@for_each("name", [name for name, each in FIGURES.items() if each.pitch < FROM_ABOVE and not each.of])
def test_what_lies_or_stands_on_the_floor_is_seen_at_one_height_near_and_far(name: str) -> None:
    for scene in scenes(film(name)):
        camera = camera_of(scene)
        lifted = [
            camera.seen(place)[1] - place[2]
            for joint, place in scene.joints.items()
            if place[2] < LOW_CM and joint.startswith(("hand", "ankle", "toe", "knee"))
        ]
        if lifted:
            assert (max(lifted) - min(lifted)) * dots_a_cm(scene) <= 2.0


@for_each("name", DRAWN)
def test_arrows_keep_clear_of_the_body(name: str) -> None:
    for scene in scenes(film(name)):
        room = ANYWHERE._replace(dot_cm=1.0 / dots_a_cm(scene))
        beside, body = spots(arrows(scene, room)), spots(strokes(scene))
        near = min((hypot(x - a, y - b) - r - c for x, y, r in beside for a, b, c in body), default=None)
        assert near is None or near * dots_a_cm(scene) >= CLEAR_DOTS


def test_an_arrow_has_a_colour_of_its_own() -> None:
    found = {stroke.shade for name in DRAWN for scene in scenes(film(name)) for stroke in arrows(scene)}
    assert found == {Shade.ARROW}
    for colours in (DARK_GROUND, LIGHT_GROUND):
        assert colours[Shade.ARROW] not in {colours[shade] for shade in Shade if shade is not Shade.ARROW}


def test_from_straight_above_both_arms_are_alike() -> None:
    for scene in scenes(film("prone-row")):
        scene = scene._replace(figure=scene.figure._replace(yaw=0.0, pitch=90.0, of=()))  # noqa: PLW2901
        sides: dict[str, list[tuple[float, float, Shade]]] = {"left": [], "right": []}
        for stroke in strokes(scene):
            if stroke.group.startswith("arm_"):
                side = stroke.group.removeprefix("arm_")
                sides[side] += [
                    (round(d.at[0], 3), round(abs(d.at[1]), 3), stroke.shade) for d in stroke.discs
                ]
        assert sorted(sides["left"]) == sorted(sides["right"]) != []
