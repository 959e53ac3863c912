"""The films of the catalogue, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from backtimer.core.figure.film import FRAMES_A_SECOND, Film
from backtimer.core.figure.pose import Pose
from backtimer.core.figure.reel import film_of
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import Joints
from backtimer.core.plan.routine import Exercise, Side, Sides
from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.paths import bundled_routines
from tests.bundled import CATALOGUE

_CATALOGUE = Catalogue([bundled_routines() / "exercises"])


def exercise(name: str) -> Exercise:
    return _CATALOGUE.exercise(name)


DRAWN = [name for name in CATALOGUE if exercise(name).figure]
FILMS = [
    (name, side)
    for name in CATALOGUE
    for side in ((None,) if exercise(name).sides is Sides.NONE else (Side.LEFT, Side.RIGHT))
]


@cache
def film(name: str, side: Side | None = None) -> Film:
    """That of an exercise; made once, with the frames that it keeps."""
    return film_of(exercise(name), side)


def from_behind(phase: int, share: float) -> Scene:
    return film("shoulder-blade-squeeze").scene(phase, share)


class Frame(NamedTuple):
    """One frame of a film, and the poses between which it is."""

    phase: int
    share: float
    joints: Joints
    before: Pose
    after: Pose


def frames(a_film: Film) -> Iterator[Frame]:
    """Every frame that is shown of a rep."""
    for number, phase in enumerate(a_film.phases):
        steps = max(1, round(phase.seconds * FRAMES_A_SECOND)) if a_film.moves(number) else 1
        for step in range(steps + 1):
            share = step / steps
            before, after = a_film.poses_at(number, share)
            yield Frame(number, share, a_film.scene(number, share).joints, before, after)
