"""How a person wants a session to sound."""

from __future__ import annotations

from dataclasses import dataclass

from backtimer.core.cues import Verbosity


@dataclass(frozen=True, slots=True)
class Sound:
    """What is heard, how loud, and in which voice."""

    cues: Verbosity | None = Verbosity.FULL
    """How much is said; None: nothing is to be heard at all."""
    volume: int = 80
    """Of 100."""
    engine: str = "auto"
    """Which of `modes.ENGINES` speaks."""
    voice: str = ""
    """A voice by the engine's own name for it; empty: the one for the language."""
    rate: int | None = None
    """Words a minute; None: the engine's calm pace."""
    breathing: bool = False
    """Whether breaths are heard, as rising and falling tones."""
