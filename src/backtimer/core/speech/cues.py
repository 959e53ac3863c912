"""What is to be heard: words and tones, each with its moment.

A cue is what the script asks for and the speaker plays. Here is nothing but the values that pass between
them.
"""

from __future__ import annotations

import math
from enum import IntEnum, StrEnum
from typing import Self

from backtimer.values import NamedTuple


class Verbosity(StrEnum):
    FULL = "full"
    """Everything; phases in words until they are known, each rep in words."""
    SHORT = "short"
    """What one needs to know in words; phases as tones."""
    TONES = "tones"
    """No words at all."""


TONE_LEAD_S = 0.12
"""A word comes at least this much after the tone of the same moment."""

CLEAR_S = 0.25
"""After so long the melody of most tones has been heard: where there is time, words wait for that."""

LAST_WORDS_S = 150.0
"""How long the last words take, at most: the way out, how to get up, and what was done."""


class Tone(StrEnum):
    """A sound with a meaning, which is told to people; where there is none the name says it all."""

    why: str
    """Why it sounds: a value of `Why`."""
    meaning: str
    clear_s: float
    """How long words wait for it, where there is time."""

    def __new__(cls, name: str, why: str, meaning: str = "", clear_s: float = CLEAR_S) -> Self:
        """A tone equals its name; what there is to know of it goes with it."""
        tone = str.__new__(cls, name)
        tone._value_ = name
        tone.why, tone.meaning, tone.clear_s = why, meaning, clear_s
        return tone

    EXERT = "exert", "phase", "lift, reach, curl up"
    HOLD = "hold", "phase", "stay, or keep moving"
    RETURN = "return", "phase", "the way back"
    """It is the pause between two reps, too."""
    SWITCH = "switch", "side", "the other side", 0.35
    REST = "rest", "rest", "work is over"
    """A rest, the way to the next exercise, or getting ready."""
    COUNT = "count", "count", "each of 3, 2, 1", TONE_LEAD_S
    HALFWAY = "halfway", "time", "half of a long hold is done"
    WAIT = "wait", "pause", "your turn to press a key", 0.35
    """The set is over when the person says so."""
    PAUSE = "pause", "pause", "the session stands still", 0.35
    END = "end", "end", "the session is over", 0.6
    BREATHE_IN = "breathe-in", "breath"
    """Rises for as long as the breath does."""
    BREATHE_OUT = "breathe-out", "breath"
    """Falls for as long as the breath does."""


class Priority(IntEnum):
    """What gives way to what: the lower number is heard."""

    NOW = 0
    """A countdown, a change of phase, a pause: nothing is talked over it."""
    NEEDED = 1
    """Without it one would not know what to do: exercise, side, set."""
    HELPFUL = 2
    """Setup, load, halfway, how long a rest is."""
    KIND = 3
    """A good word; the first to go."""


class CuePart(NamedTuple):
    """Some of the words of a cue."""

    why: str
    """Why they are said: a value of `Why`."""
    text: str
    about: str = ""
    """The id of the exercise that they are about, where that is not the one that comes."""


class Cue(NamedTuple):
    """Something to hear: words or a tone, never both."""

    at_s: float
    """Its moment, on the time line of the events; it may lie a little after the event that asked for it."""
    latest_s: float
    """Later than this it is not to begin any more."""
    priority: Priority
    text: str = ""
    tone: Tone | None = None
    seconds: float = 0.0
    """Of a breath: how long it lasts. 0: as long as the tone is."""
    cuts: bool = False
    """As it is given, whatever is being said or still waiting is silenced: it belongs to what was before."""
    shorter: tuple[str, ...] = ()
    """The same in ever fewer words, for when there is no time left for all of it. The last of them is what
    one must know: it is said until `latest_s`, also where it is over too late."""
    over_s: float = math.inf
    """By when its words are to be over; where that cannot be, shorter ones are said."""
    parts: tuple[CuePart, ...] = ()
    """Its words one by one, each with why it is said."""
    language: str = ""
    """Of its words, as a tag like `nl`; empty: the coach's own."""


class Sound(NamedTuple):
    """What is heard, how loud, and in which voice."""

    cues: Verbosity | None = Verbosity.FULL
    """How much is said; None: nothing is to be heard at all."""
    volume: int = 80
    """Of 100."""
    engine: str = "auto"
    """Which of `ENGINES` speaks."""
    voice: str = ""
    """A voice by the engine's own name for it; empty: the one for the language."""
    rate: int | None = None
    """Words a minute; None: the engine's calm pace."""
    breathing: bool = False
    """Whether breaths are heard, as rising and falling tones."""
    duck: bool = False
    """Whether other players are pulled down while words sound."""
    clips: str = ""
    """A folder of recordings that win over the voice; empty: there are none."""
    voices: str = ""
    """A folder in which the person keeps voices; empty: none is looked into."""


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
"""How much is heard: the values of `Verbosity`, and nothing at all."""

ENGINES = ("auto", "piper", "espeak-ng", "speech-dispatcher", "say", "windows", "sapi")
"""The voices that may be asked for; `auto` takes the best that there is."""

MIN_RATE, MAX_RATE = 80, 450
"""Words a minute that can be asked for; espeak-ng knows no others."""
