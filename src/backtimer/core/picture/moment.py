"""A moment of a workout as what is shown of it: words, numbers and marks, and nothing of where they stand."""

from __future__ import annotations

from enum import Enum, StrEnum

from backtimer.core.plan.routine import Side
from backtimer.values import NamedTuple


class Accent(StrEnum):
    """What kind of a moment it is, which the looks tell apart."""

    WORK = "work"
    HOLD = "hold"
    REST = "rest"
    READY = "ready"


class Mark(Enum):
    """How one of a number of reps, sets or rounds stands."""

    DONE = "●"
    PARTIAL = "◐"
    NOW = "◉"
    TO_COME = "○"
    SKIPPED = "–"
    HURT = "×"


class Tally(NamedTuple):
    """A count in words and in marks."""

    text: str
    marks: tuple[Mark, ...] = ()


class AgendaLine(NamedTuple):
    """A line of the session's list."""

    name: str
    amount: str
    mark: Mark


class BreathView(NamedTuple):
    """What to do with the breath at one moment."""

    word: str = ""
    """`Breathe out`."""
    large: str = ""
    """The one word of it that is shown large: `in`, `out`; empty where the breath has no pace."""
    level: float | None = None
    """How full the lungs are, 0 to 1; None where the breath has no pace."""


class Still(NamedTuple):
    """What is shown while the session stands still."""

    title: str
    why: tuple[str, ...]
    """For what it stands still, in lines; empty when the person knows."""
    place: str
    """Where it stands, or what comes."""
    keys: str
    """What goes on."""
    hurt: bool = False
    """Something hurts: nothing of what is to be done is shown."""


class View(NamedTuple):
    """What the screen shows at one moment, but for the breath and the figure, which move."""

    name: str
    """Of the exercise; from a lead-in on, of the one it leads to."""
    title: str
    """Of the day."""
    places: tuple[Tally, ...]
    """Round, set and load."""
    left: tuple[str, ...]
    """`about 17:40 left`, and the same in fewer letters."""
    fraction: float
    """How much of the session has passed, 0 to 1."""
    accent: Accent
    phase: tuple[str, ...]
    """What to do now, and the same in fewer letters, where there is little room: `Onto your back`."""
    side: Side | None
    side_word: str
    """`Left`, `Right` or nothing."""
    means: str
    """What the side means: `your left arm with your right leg`."""
    seconds: str
    """The countdown; counts up while the person sets the pace."""
    seconds_shape: str
    """A text as wide as the longest that this count will be."""
    rep: int | None
    """Which rep it is, from 1; None where there are none to count."""
    reps: int | None
    """Of how many; None: as many as are comfortable."""
    rep_word: str
    """`Rep 3 of 10`, or what this is where there are no reps: `Hold for 30 s`."""
    amount: str
    """How much is to come: `10 reps each side in turn · hold 3 s`; empty while it is done."""
    prompt: str
    """What the person is to press for the session to go on; empty when it goes on by itself."""
    how: tuple[str, ...]
    """How to do what comes, the most important first; empty while it is done."""
    cues: tuple[str, ...]
    """What to watch while it is done, the most important first."""
    passed_s: int
    """Whole seconds of this moment that have passed: by them long texts turn their pages."""
    then: str
    """What comes after what is done now; empty where it is the title."""
    leads_in: bool
    """Whether this moment leads to a set, rather than being part of one."""
    upright: bool = False
    """The figure is higher than wide: it has more of the height, rather than empty sides."""
    sides: tuple[tuple[str, str], ...] = ()
    """The words of both sides of the exercise, and what each means: they have one place for both."""
    banner: str = ""
    """What the person should know at once; nothing when all is well."""
    still: Still | None = None
    agenda: tuple[AgendaLine, ...] = ()
    """The session's list, for those who have room for it."""
