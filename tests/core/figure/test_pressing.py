"""A push against what does not give: two arrows that point at each other, as long as it lasts."""

from __future__ import annotations

from backtimer.core.figure.arrows import arrows
from backtimer.core.figure.body import Stroke
from backtimer.core.figure.camera import Point, camera_of
from backtimer.core.figure.film import Film, FilmPhase
from backtimer.core.figure.pose import mirrored, posed
from backtimer.core.figure.positions import BASES, figure_of
from backtimer.core.plan.routine import Position, Side
from tests.core.figure.films import film
from tests.rules import for_each


def shaft(found: list[Stroke]) -> tuple[Point, Point]:
    """From where an arrow points, and to where."""
    tail, tip = found[0].discs
    return tail.at, tip.at


@for_each("side", Side)
@for_each("name", ["neck-press", "neck-press-side", "hamstring-pnf"])
def test_two_arrows_point_at_each_other_while_something_pushes(name: str, side: Side) -> None:
    a_film = film(name, side)
    pushing = next(n for n, phase in enumerate(a_film.phases) if phase.name in ("press", "push"))
    shown = a_film.scene(pushing, 1.0)
    found = arrows(shown)
    assert len(found) == 6
    (tail, tip), (other_tail, other_tip) = shaft(found[:3]), shaft(found[3:])
    between = camera_of(shown).seen(shown.joints[f"knee_{side}" if name == "hamstring-pnf" else "head"])[0]
    assert (tip[0] - between) * (other_tip[0] - between) < 0.0
    assert abs(tip[0] - between) < abs(tail[0] - between)
    assert abs(other_tip[0] - between) < abs(other_tail[0] - between)


def test_they_stay_in_the_hold_and_go_when_it_lets_go() -> None:
    a_film = film("neck-press")
    assert [phase.name for phase in a_film.phases] == ["press", "hold", "let go"]
    assert arrows(a_film.scene(1, 0.5)) == arrows(a_film.scene(0, 1.0))
    assert not arrows(a_film.scene(2, 0.5))


def test_a_push_is_mirrored_with_what_pushes() -> None:
    pose = posed({"presses": {"head": [0, 90], "knee_left": [180, 5]}}, BASES["sitting"])
    assert mirrored(pose).presses == (("head", (0.0, -90.0)), ("knee_right", (180.0, 5.0)))


def test_an_empty_mapping_pushes_no_longer() -> None:
    said = {
        "arrows": [],
        "poses": {"start": {"presses": {"head": 0}}, "loose": {"head": [80], "presses": {}}},
        "phases": {"press": ["start"], "loosen": ["loose"]},
    }
    a_film = Film(figure_of(said, Position.SEATED), [FilmPhase("press", 3.0), FilmPhase("loosen", 3.0)])
    assert arrows(a_film.scene(0, 1.0))
    assert not arrows(a_film.scene(1, 1.0))
