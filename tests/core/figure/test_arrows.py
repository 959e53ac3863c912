"""Arrows: which way what works goes, and that they are in the picture."""

from __future__ import annotations

from math import hypot

from backtimer.core.figure.arrows import Extent, arrows
from backtimer.core.figure.body import Stroke
from backtimer.core.figure.camera import Point, camera_of, frame_of
from backtimer.core.figure.things import thing_places
from backtimer.core.plan.routine import Side
from tests.core.figure.films import DRAWN, film, from_behind
from tests.rules import for_each


def tip_and_tail(found: list[Stroke]) -> tuple[Point, Point]:
    """Of an arrow: where it points, which its three strokes share, and where its shaft begins."""
    shaft = found[0].discs
    assert all(stroke.discs[1].at == shaft[1].at for stroke in found)
    return shaft[1].at, shaft[0].at


@for_each(("phase", "inwards"), [(0, True), (2, False)])
def test_arrows_beside_the_shoulders_point_where_the_blades_go(phase: int, inwards: bool) -> None:
    found = arrows(from_behind(phase, 0.5))
    assert len(found) == 6
    for arrow in (found[:3], found[3:]):
        tip, tail = tip_and_tail(arrow)
        assert (abs(tip[0]) < abs(tail[0])) is inwards


@for_each("side", Side)
@for_each(("phase", "up"), [(0, True), (2, False)])
def test_an_arrow_near_the_hand_tells_whether_the_arm_goes_up_or_down(
    phase: int, up: bool, side: Side
) -> None:
    a_film = film("prone-arm-lift", side)
    shown = a_film.scene(phase, 0.5)
    found = arrows(shown)
    tip, tail = tip_and_tail(found)
    assert (tip[1] > tail[1]) is up
    hand = camera_of(shown).seen(shown.joints[f"hand_{side}"])
    assert 10.0 < hypot(tip[0] - hand[0], tip[1] - hand[1]) < 75.0
    held = a_film.scene(1, 0.0)
    assert not arrows(held)


def ways(name: str, phase: int, share: float) -> list[str]:
    return [way.joint for way in film(name).scene(phase, share).ways]


@for_each(
    ("name", "phase", "share", "joints"),
    [
        ("bridge", 0, 0.5, ["pelvis"]),
        ("bird-dog", 0, 0.2, ["ankle_right"]),  # first the foot slides, then it is lifted, with the arm
        ("bird-dog", 0, 0.8, ["wrist_left", "ankle_right"]),
        ("bird-dog", 1, 0.5, []),
        ("half-forward-bend", 0, 0.5, ["head"]),
        ("half-forward-bend", 0, 1.0, []),  # arrived
        ("squat", 0, 0.5, ["pelvis"]),  # the arms are carried along
        ("knees-to-chest", 0, 0.8, ["knee_left"]),
    ],
)
def test_where_a_figure_says_nothing_what_works_and_goes_furthest_has_an_arrow(
    name: str, phase: int, share: float, joints: list[str]
) -> None:
    assert ways(name, phase, share) == joints


def test_two_hands_that_go_the_same_way_have_one_arrow() -> None:
    shown = film("seated-row").scene(0, 0.5)
    assert len(shown.ways) == 2
    assert len(arrows(shown)) == 3


@for_each("name", DRAWN)
def test_an_arrow_is_in_the_picture_and_none_is_there_in_a_hold(name: str) -> None:
    a_film = film(name)
    for phase in range(len(a_film.phases)):
        shown = a_film.scene(phase, 0.8)
        frame = frame_of(camera_of(shown), shown, thing_places)
        for stroke in arrows(shown, Extent(frame, 1.0)):
            assert a_film.moves(phase) or shown.presses
            for disc in stroke.discs:
                assert frame.left <= disc.at[0] <= frame.right
                assert frame.low <= disc.at[1] <= frame.high
