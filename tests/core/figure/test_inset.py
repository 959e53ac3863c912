"""The inset tells which way pelvis and low back go."""

from __future__ import annotations

import pytest

from backtimer.core.figure.body import ARROW
from backtimer.core.figure.braille import INSET_HIGH, INSET_WIDE
from backtimer.core.figure.film import Scene
from backtimer.core.figure.inset import INSET, hollow_units, inset_strokes
from tests.core.figure.films import film

DOTS = min(44 * 2 * INSET_WIDE / INSET.width, (12 * 4 * INSET_HIGH - 4.0) / INSET.height)
"""How many dots a unit of the inset is in the smallest of the usual panels."""


def shown(name: str, phase: int, share: float) -> Scene:
    return film(name, None).scene(phase, share)


@pytest.mark.parametrize(
    ("name", "hollow", "flat"),
    [
        ("pelvic-tilt", (0, 0.0), (0, 1.0)),
        ("pelvic-tilt", (2, 1.0), (2, 0.0)),
        ("pelvic-rock", (2, 1.0), (0, 1.0)),
    ],
)
def test_a_gap_of_five_dots_under_the_low_back_closes(
    name: str, hollow: tuple[int, float], flat: tuple[int, float]
) -> None:
    assert hollow_units(shown(name, *hollow)) * DOTS >= 5.0
    assert hollow_units(shown(name, *flat)) * DOTS < 0.5


def test_the_rock_begins_flatter_than_it_ends() -> None:
    start = film("pelvic-rock", None).scene(0, 0.0, first=True)
    assert 0.5 < hollow_units(start) < hollow_units(shown("pelvic-rock", 2, 1.0)) / 2.0


@pytest.mark.parametrize(
    ("name", "phase", "up"),
    [
        ("pelvic-tilt", 0, False),
        ("pelvic-tilt", 2, True),
        ("pelvic-rock", 0, False),
        ("pelvic-rock", 2, True),
    ],
)
def test_an_arrow_over_the_body_points_where_the_low_back_goes(name: str, phase: int, up: bool) -> None:
    for share in (0.0, 0.5, 1.0):
        found = inset_strokes(shown(name, phase, share))
        body = max(disc.at[1] + disc.radius for each in found if each.group == "inset" for disc in each.discs)
        shaft, *barbs = (each.discs for each in found if each.group == ARROW)
        assert (shaft[1].at[1] > shaft[0].at[1]) is up
        assert all(barb[1].at == shaft[1].at for barb in barbs)
        assert min(shaft[0].at[1], shaft[1].at[1]) >= body - 1.0, share


def test_all_of_the_inset_is_in_its_frame() -> None:
    for phase, share in ((0, 0.0), (0, 1.0), (2, 1.0)):
        for stroke in inset_strokes(shown("pelvic-rock", phase, share)):
            for disc in stroke.discs:
                assert INSET.left <= disc.at[0] - disc.radius and disc.at[0] + disc.radius <= INSET.right
                assert INSET.low <= disc.at[1] - disc.radius and disc.at[1] + disc.radius <= INSET.high + 1.0
