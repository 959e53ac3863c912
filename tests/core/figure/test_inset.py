"""The inset tells which way pelvis and low back go."""

from __future__ import annotations

from backtimer.core.figure.camera import Point
from backtimer.core.figure.inset import inset_strokes
from tests.core.figure.films import film

TILT, RELEASE = 0, 2
WAIST, PELVIS = 47.0, 60.0


def marks(phase: int, share: float) -> list[Point]:
    """The spots of the line in the pelvis, and of the arrow in the low back."""
    return [spot.at for spot in inset_strokes(film("pelvic-tilt", None).scene(phase, share))[-1].holes]


def lean(phase: int, share: float) -> float:
    """How far the front of the pelvis has tipped towards the feet, which are on the right."""
    line = sorted((at for at in marks(phase, share) if at[0] > PELVIS), key=lambda at: at[1])
    return line[-1][0] - line[0][0]


def test_a_back_pressed_flat_tips_the_front_of_the_pelvis_to_the_head() -> None:
    assert lean(TILT, 0.0) > 0.0 > lean(TILT, 1.0)
    assert lean(RELEASE, 1.0) > 0.0


def test_an_arrow_points_where_the_low_back_goes() -> None:
    for phase, up in ((TILT, False), (RELEASE, True)):
        barb = sorted((at for at in marks(phase, 0.6) if WAIST + 0.5 < at[0] < PELVIS), key=lambda at: at[0])
        assert (barb[0][1] > barb[-1][1]) == up
        assert all(at[0] > PELVIS for at in marks(phase, 0.0))
