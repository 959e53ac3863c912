"""The low back from near: a gap that closes, and a pin that tips with the pelvis."""

from __future__ import annotations

import pytest

from backtimer.core.figure.body import strokes
from backtimer.core.figure.braille import drawn
from backtimer.core.figure.camera import camera_of
from backtimer.core.figure.film import Scene
from backtimer.core.figure.pelvis import pelvis_strokes, tip_degrees
from backtimer.core.figure.shade import Shade
from tests.core.figure.films import film


def shown(name: str, phase: int, share: float) -> Scene:
    return film(name, None).scene(phase, share, first=phase == 0)


def leans(scene: Scene) -> float:
    """How far the pin's head is from its foot, towards the feet."""
    pin = pelvis_strokes(scene.joints, camera_of(scene))[0]
    return pin.discs[1].at[0] - pin.discs[0].at[0]


def gap(scene: Scene) -> int:
    """How many dots there are between the low back and the floor, at most."""
    rows = drawn(scene, 44, 12)
    most = 0
    for column in range(36, 48):
        free = 0
        for row in reversed(rows[:-1]):
            text = "".join(text for text, _ in row)
            cell = text[column // 2]
            code = ord(cell) - 0x2800 if cell != " " else 0
            bits = ((0, 1, 2, 6), (3, 4, 5, 7))[column % 2]
            lit = [code >> bit & 1 for bit in bits]
            for dot in reversed(lit):
                if dot:
                    break
                free += 1
            else:
                continue
            break
        most = max(most, free)
    return most


@pytest.mark.parametrize(
    ("name", "hollow", "flat"),
    [
        ("pelvic-tilt", (0, 0.0), (0, 1.0)),
        ("pelvic-tilt", (2, 1.0), (2, 0.0)),
        ("pelvic-rock", (2, 1.0), (0, 1.0)),
    ],
)
def test_a_gap_under_the_low_back_closes_and_the_pin_tips_to_the_head(
    name: str, hollow: tuple[int, float], flat: tuple[int, float]
) -> None:
    one, other = shown(name, *hollow), shown(name, *flat)
    assert gap(one) >= gap(other) + 3
    assert leans(one) > 4.0 and leans(other) < -4.0
    assert tip_degrees(one.joints) < 0.0 < tip_degrees(other.joints)


def test_the_rock_goes_further_than_the_tilt_lets_go() -> None:
    assert gap(shown("pelvic-rock", 2, 1.0)) > gap(shown("pelvic-tilt", 0, 0.0))
    assert leans(shown("pelvic-rock", 2, 1.0)) > 1.25 * leans(shown("pelvic-tilt", 0, 0.0))


def test_no_arm_hides_the_low_back() -> None:
    assert not [stroke for stroke in strokes(shown("pelvic-tilt", 0, 0.5)) if stroke.group.startswith("arm")]


@pytest.mark.parametrize("size", [(26, 8), (44, 12), (66, 20)])
def test_head_trunk_legs_pin_and_arrow_are_seen_in_every_size(size: tuple[int, int]) -> None:
    rows = drawn(shown("pelvic-tilt", 0, 0.5), *size)
    shades = {shade for row in rows for text, shade in row if text.strip()}
    assert shades >= {Shade.HEAD, Shade.MOVER_TRUNK, Shade.NEAR, Shade.PROP, Shade.ARROW, Shade.FLOOR}
