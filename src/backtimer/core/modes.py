"""What a person can choose between in the settings; apart from what it is for, so that settings load fast."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What is done with a proposal of progression."""

    PROPOSE = "propose"
    """It waits for a yes."""
    AUTO = "auto"
    """It is taken."""
    OFF = "off"
    """None is made."""


SILENT = "off"
"""What is said instead of how much is to be heard, when that is nothing."""

CUES = ("full", "short", "tones", SILENT)
"""How much is heard: the values of `cues.Verbosity`, and nothing at all."""

ENGINES = ("auto", "espeak-ng", "speech-dispatcher", "say", "sapi")
"""The voices that may be asked for; `auto` takes the best that there is."""

MIN_RATE, MAX_RATE = 80, 450
"""Words a minute that can be asked for; espeak-ng knows no others."""
