"""What each mark of a drawn figure belongs to, and its colours on a dark and on a light ground.

What differs in colour differs in lightness.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Shade(StrEnum):
    """What a mark belongs to; the front ends know how that looks."""

    NONE = ""
    BODY = "body"
    """The trunk."""
    NEAR = "near"
    """An arm or a leg of the side that is nearer to the viewer."""
    FAR = "far"
    MOVER = "mover"
    """What moves now."""
    MOVER_FAR = "mover-far"
    MOVER_TRUNK = "mover-trunk"
    """The trunk that moves: darker than the near limbs before it, which move too."""
    HEAD = "head"
    """The face, and what of the head is beside it."""
    HAIR = "hair"
    """The back of the head, and its crown: whether somebody lies face down or face up."""
    FLOOR = "floor"
    PROP = "prop"
    ARROW = "arrow"
    """Which way it goes: no part of the body."""
    GHOST = "ghost"
    """Where the movement began."""


Colours = Mapping[Shade, str]
"""By shades, as `#rrggbb`; that of no shade is the ground's."""

DARK_GROUND: Colours = MappingProxyType(
    {
        Shade.NONE: "#11161b",
        Shade.BODY: "#b9c4d2",
        Shade.NEAR: "#eef2f7",
        Shade.FAR: "#74839a",
        Shade.MOVER: "#f6b26b",
        Shade.MOVER_FAR: "#a5692f",
        Shade.MOVER_TRUNK: "#d38b45",
        Shade.HEAD: "#9fd8b4",
        Shade.HAIR: "#4d7f69",
        Shade.FLOOR: "#56616d",
        Shade.PROP: "#8bb8e8",
        Shade.ARROW: "#e6e04e",
        Shade.GHOST: "#8a6a45",
    }
)

LIGHT_GROUND: Colours = MappingProxyType(
    {
        Shade.NONE: "#fbfaf6",
        Shade.BODY: "#5b6874",
        Shade.NEAR: "#1c2329",
        Shade.FAR: "#8d99a4",
        Shade.MOVER: "#a24f00",
        Shade.MOVER_FAR: "#cf8a45",
        Shade.MOVER_TRUNK: "#b8661a",
        Shade.HEAD: "#0a6f52",
        Shade.HAIR: "#62a58c",
        Shade.FLOOR: "#aab2ad",
        Shade.PROP: "#24508f",
        Shade.ARROW: "#7a2a8c",
        Shade.GHOST: "#c9a27a",
    }
)
