"""What a mark of a drawn figure belongs to."""

from __future__ import annotations

from enum import StrEnum


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
