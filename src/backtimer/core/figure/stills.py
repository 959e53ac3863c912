"""Which moments of a film tell how it goes, where it does not move: on a page, in print."""

from __future__ import annotations

from backtimer.core.figure.film import Film
from backtimer.core.figure.skeleton import Joints
from backtimer.core.figure.vectors import distance

_TURNS_CM = 12.0
"""A way that is so much longer than the straight one turns on it: it is told in two rows."""
_BEFORE = 0.02
"""How much of a phase before its turn the first row ends."""
_SAME_CM = 2.0
"""Poses that are nearer to each other are one, to the eye."""


def tells(film: Film, phase_index: int) -> bool:
    """Whether a phase is worth a picture: it moves, or it is held and only its time tells it from others."""
    return film.moves(phase_index) or film.scene(phase_index, 0.0).course is not None


def telling_moments(film: Film, phase_index: int, *, first: bool = False) -> tuple[float, float, float]:
    """Three moments of a phase: as a rule its start, its middle and its end.

    Of a phase that goes through poses the middle is the one that is furthest off the straight way; of
    one that comes back to where it began (a swing, a walk) the last is the other extreme.

    Args:
        film: Of the exercise.
        phase_index: Which phase of the rep.
        first: Whether it is the first rep, which begins as the exercise does.
    """
    inner = film.stations(phase_index, first=first)[1:-1]
    begins, ends = (_joints(film, phase_index, share, first=first) for share in (0.0, 1.0))
    passed = {share: _joints(film, phase_index, share, first=first) for share in inner}
    middle = max(inner, key=lambda share: _detour(begins, passed[share], ends), default=0.5)
    if not inner or _detour(begins, passed[middle], ends) <= _SAME_CM:
        return (0.0, 0.5, 1.0)
    if _apart(begins, ends) > _SAME_CM:
        return (0.0, middle, 1.0)
    most = passed[middle]
    other = max(inner, key=lambda share: min(_apart(passed[share], each) for each in (begins, most)))
    if min(_apart(passed[other], each) for each in (begins, most)) <= _SAME_CM:
        return (0.0, middle, 1.0)
    return (0.0, min(middle, other), max(middle, other))


def telling_rows(film: Film, phase_index: int, *, first: bool = False) -> list[tuple[float, float, float]]:
    """The moments that tell a phase, three in a row: of one that turns on its way, to there and from there.

    Args:
        film: Of the exercise.
        phase_index: Which phase of the rep.
        first: Whether it is the first rep.
    """
    stations = film.stations(phase_index, first=first)
    moments = telling_moments(film, phase_index, first=first)
    turn = moments[1]
    if len(stations) < 4 or turn not in stations or moments[2] != 1.0:
        return [moments]
    joints = {share: _joints(film, phase_index, share, first=first) for share in (0.0, turn, 1.0)}
    if _detour(joints[0.0], joints[turn], joints[1.0]) <= _TURNS_CM:
        return [moments]
    there = turn - _BEFORE  # its arrow still tells how she came there
    return [(0.0, _between(stations, 0.0, there), there), (turn, _between(stations, turn, 1.0), 1.0)]


def _between(stations: tuple[float, ...], start: float, end: float) -> float:
    """The pose that a way goes through, or its middle."""
    passed = [share for share in stations if start < share < end]
    return passed[len(passed) // 2] if passed else (start + end) / 2.0


def telling_moment(film: Film, phase_index: int) -> float:
    """The one moment of a phase that tells what it does: its end, or how far it goes where it comes back."""
    _, middle, last = telling_moments(film, phase_index)
    begins, ends = (_joints(film, phase_index, share) for share in (0.0, 1.0))
    return middle if film.moves(phase_index) and _apart(begins, ends) <= _SAME_CM else last


def _joints(film: Film, phase_index: int, share: float, *, first: bool = False) -> Joints:
    return film.scene(phase_index, share, first=first).joints


def _apart(one: Joints, other: Joints) -> float:
    """How far from each other two poses are, where they differ most: in centimetres."""
    return max(distance(place, other[joint]) for joint, place in one.items())


def _detour(one: Joints, over: Joints, other: Joints) -> float:
    """How much longer the way from one pose to another becomes over a third one, where it does most."""
    return max(
        distance(place, over[joint]) + distance(over[joint], other[joint]) - distance(place, other[joint])
        for joint, place in one.items()
    )
