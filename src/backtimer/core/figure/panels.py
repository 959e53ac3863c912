"""Two views in one picture: the body, and beside it or below once more from elsewhere, or nearer."""

from __future__ import annotations

from backtimer.core.figure.camera import Frame, camera_of, frame_of
from backtimer.core.figure.film import Film
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.things import thing_places
from backtimer.values import NamedTuple

_LEAST, _MOST = 0.3, 0.5
"""How much of the picture the second view takes at least and at most."""

_UPRIGHT = 1.1
"""A picture of a body that is not wider than this, by its height, is upright."""


class Share(NamedTuple):
    """The second view, and how much of the picture it takes."""

    scene: Scene
    at: str
    share: float


def alone(scene: Scene) -> Scene:
    """The scene without its second view."""
    return scene._replace(figure=scene.figure._replace(inset=None)) if scene.figure.inset else scene


def second_view(scene: Scene) -> Share | None:
    """The second view of a scene, and its place; None: it has none.

    Both are as large as each other where one is above the other, as far as that goes.
    """
    inset = scene.figure.inset
    if inset is None:
        return None
    figure = scene.figure._replace(inset=None, yaw=inset.yaw, pitch=inset.pitch, of=inset.of)
    second = scene._replace(figure=figure)
    one, other = _frame(alone(scene)), _frame(second)
    if inset.at in ("left", "right"):
        part = other.width / (one.width + other.width)
    else:
        part = other.height / (one.height + other.height)
    return Share(second, inset.at, max(_LEAST, min(_MOST, part)))


def is_upright(film: Film) -> bool:
    """Whether a film is higher than wide, or nearly so, all in one view."""
    scene = film.still()
    if scene.figure.inset is not None:
        return False
    frame = _frame(scene)
    return frame.width <= _UPRIGHT * frame.height


def _frame(scene: Scene) -> Frame:
    return frame_of(camera_of(scene), scene, thing_places)
