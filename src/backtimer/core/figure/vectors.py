"""Vectors in three dimensions: x to the right of the screen, y away from the viewer, z up; centimetres."""

from __future__ import annotations

from math import cos, radians, sin, sqrt

Vector = tuple[float, float, float]

ORIGIN: Vector = (0.0, 0.0, 0.0)


def along(start: Vector, way: Vector, length: float) -> Vector:
    """The place that is so far from another in a direction."""
    return (start[0] + way[0] * length, start[1] + way[1] * length, start[2] + way[2] * length)


def difference(one: Vector, other: Vector) -> Vector:
    """The way from the second to the first."""
    return (one[0] - other[0], one[1] - other[1], one[2] - other[2])


def dot(one: Vector, other: Vector) -> float:
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def cross(one: Vector, other: Vector) -> Vector:
    return (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )


def length_of(way: Vector) -> float:
    return sqrt(dot(way, way))


def distance(one: Vector, other: Vector) -> float:
    return length_of(difference(one, other))


def unit(way: Vector) -> Vector:
    """The same direction, 1 long; of no way at all, to the right."""
    long = length_of(way)
    return (way[0] / long, way[1] / long, way[2] / long) if long > 1e-9 else (1.0, 0.0, 0.0)


def blend(one: Vector, other: Vector, share: float) -> Vector:
    """The place between two, 0 at the first and 1 at the second."""
    return along(one, difference(other, one), share)


def turned_about(way: Vector, axis: Vector, degrees: float) -> Vector:
    """A direction turned about an axis that is 1 long (Rodrigues)."""
    if not degrees:
        return way
    c, s = cos(radians(degrees)), sin(radians(degrees))
    across, on_axis = cross(axis, way), dot(axis, way) * (1 - c)
    return (
        way[0] * c + across[0] * s + axis[0] * on_axis,
        way[1] * c + across[1] * s + axis[1] * on_axis,
        way[2] * c + across[2] * s + axis[2] * on_axis,
    )


def pitched(place: Vector, pivot: Vector, radians_up: float) -> Vector:
    """A place turned in the plane of the screen about a pivot, counter-clockwise."""
    c, s = cos(radians_up), sin(radians_up)
    x, z = place[0] - pivot[0], place[2] - pivot[2]
    return (pivot[0] + x * c - z * s, place[1], pivot[2] + x * s + z * c)
