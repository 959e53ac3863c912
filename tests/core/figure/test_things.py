"""Things beside the body, and the line of the floor under it."""

from __future__ import annotations

from backtimer.core.figure.body import strokes
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.things import lines_of
from tests.core.figure.films import DRAWN, film
from tests.rules import for_each


def test_a_chair_is_faint_where_it_only_stands_ready() -> None:
    shades_of_chairs = {
        name: {edge.shade for edge in lines_of(film(name).still()) if not edge.is_floor}
        for name in ("standing-forward-bend", "half-forward-bend", "squat", "sit-to-stand", "pendulum")
    }
    ready, used = {Shade.FLOOR}, {Shade.PROP}
    assert shades_of_chairs == {
        "standing-forward-bend": ready,
        "half-forward-bend": ready,
        "squat": used,
        "sit-to-stand": used,
        "pendulum": used,
    }


@for_each("name", DRAWN)
def test_no_heel_is_drawn_under_the_floor_line(name: str) -> None:
    a_film = film(name)
    if a_film.figure.pitch:  # a floor seen from above is no line
        return
    for phase in range(len(a_film.phases)):
        for share in (0.0, 0.5, 1.0):
            shown = a_film.scene(phase, share)
            for stroke in strokes(shown):
                if stroke.group.startswith("leg"):
                    assert min(disc.at[1] - disc.radius for disc in stroke.discs) >= -1.0, (phase, share)
