"""The low back: a gap that closes, and a bent arrow the way the pelvis tips."""

from __future__ import annotations

import pytest

from backtimer.core.figure.body import strokes
from backtimer.core.figure.braille import drawn
from backtimer.core.figure.camera import camera_of
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.turning import pelvis_strokes, tip_degrees
from tests.core.figure.films import film


def shown(name: str, phase: int, share: float) -> Scene:
    return film(name, None).scene(phase, share, first=phase == 0)


def points(scene: Scene) -> tuple[float, float]:
    """Which way the bent arrow over the pelvis points, to the right and up."""
    *shaft, _one, _other = pelvis_strokes(scene.span, camera_of(scene))
    tail, tip = shaft[0].discs[0].at, shaft[-1].discs[1].at
    return tip[0] - tail[0], tip[1] - tail[1]


def gap(scene: Scene) -> float:
    """How high the low back is over the floor where it is highest, in centimetres of the picture."""
    waist = camera_of(scene).seen(scene.joints["waist"])[0]
    discs = [disc for stroke in strokes(scene) if stroke.group == "trunk" for disc in stroke.discs]
    return max(disc.at[1] - disc.radius for disc in discs if abs(disc.at[0] - waist) < 8.0)


@pytest.mark.parametrize(
    ("name", "hollow", "flat"),
    [
        ("pelvic-tilt", (0, 0.0), (0, 1.0)),
        ("pelvic-tilt", (2, 1.0), (2, 0.0)),
        ("pelvic-rock", (1, 1.0), (0, 1.0)),
    ],
)
def test_a_gap_under_the_low_back_closes_and_the_pelvis_tips_to_the_head(
    name: str, hollow: tuple[int, float], flat: tuple[int, float]
) -> None:
    one, other = shown(name, *hollow), shown(name, *flat)
    assert gap(one) >= gap(other) + 4.0
    assert tip_degrees(one.joints) < 0.0 < tip_degrees(other.joints)


@pytest.mark.parametrize("name", ["pelvic-tilt", "pelvic-rock"])
def test_a_bent_arrow_points_the_way_the_pelvis_tips_and_is_gone_when_it_is_there(name: str) -> None:
    last = len(film(name, None).phases) - 1
    assert points(shown(name, 0, 0.5))[0] < -10.0  # to the head
    assert points(shown(name, last, 0.5))[0] > 10.0
    assert not pelvis_strokes(shown(name, 0, 1.0).span, camera_of(shown(name, 0, 1.0)))


def test_only_pelvis_and_low_back_are_coloured_and_seat_and_feet_are_seen() -> None:
    scene = shown("pelvic-tilt", 0, 0.5)
    coloured = [stroke for stroke in strokes(scene) if stroke.shade is Shade.MOVER_TRUNK]
    chest = camera_of(scene).seen(scene.joints["chest"])
    assert coloured
    assert all(disc.at[0] > chest[0] + 5.0 for stroke in coloured for disc in stroke.discs)
    assert any(stroke.group.startswith("arm") for stroke in strokes(scene))


@pytest.mark.parametrize("size", [(26, 8), (44, 12), (66, 20)])
def test_head_trunk_legs_and_arrow_are_seen_in_every_size(size: tuple[int, int]) -> None:
    rows = drawn(shown("pelvic-tilt", 0, 0.5), *size)
    shades = {shade for row in rows for text, shade in row if text.strip()}
    assert shades >= {Shade.HEAD, Shade.MOVER_TRUNK, Shade.NEAR, Shade.ARROW, Shade.FLOOR}
