"""How progression goes about its proposals."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What is done with a proposal; apart from `progression`, so that settings load fast."""

    PROPOSE = "propose"
    """It waits for a yes."""
    AUTO = "auto"
    """It is taken."""
    OFF = "off"
    """None is made."""
