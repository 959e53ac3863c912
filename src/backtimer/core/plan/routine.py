"""What a routine file says, once read: a week of days, and the exercises they use.

Everything here is frozen and holds text, numbers and tuples only. Texts come from files and may be shown to
people, so whoever makes these objects has already refused control characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from backtimer.core.plan.units import Breathing, Count, Duration, Reps, seconds
from backtimer.language import _
from backtimer.values import NamedTuple

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of `datetime.date.weekday()`."""

REST_NAME = "rest"
"""A day of rest in a cycle, which need not be described."""


class Position(StrEnum):
    """How the body is placed; going from one to another takes time and is announced."""

    STANDING = "standing"
    SEATED = "seated"
    """On a chair."""
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side-lying"
    QUADRUPED = "quadruped"
    KNEELING = "kneeling"
    HALF_KNEELING = "half-kneeling"
    FLOOR_SEATED = "floor-seated"


class Sides(StrEnum):
    """How an exercise uses the two sides of the body."""

    NONE = "none"
    EACH = "each"
    """All reps on one side, then the other."""
    ALTERNATE = "alternate"
    """Change at every rep."""
    LEFT = "left"
    """On the left side only."""
    RIGHT = "right"


class Side(StrEnum):
    """One side of the body. Left comes first."""

    LEFT = "left"
    RIGHT = "right"


class Breath(StrEnum):
    """What to do with the breath during a step."""

    IN = "in"
    OUT = "out"
    SLOW = "slow"
    """Slow breaths, at the routine's pace."""
    FREE = "free"
    """Breathe as it comes; never hold it."""


class PhaseSide(StrEnum):
    """Whose turn it is in a rep that uses both sides of the body, one after the other."""

    FIRST = "first"
    SECOND = "second"


class Pace(StrEnum):
    """Who decides that a set is over."""

    TIMED = "timed"
    SELF = "self"
    """The person presses a key when the set is done."""


LIFT, HOLD, LOWER, RELAX = "lift", "hold", "lower", "relax"
BACK = "return"
"""Of exercises with several moves: a limb comes back."""
STANDARD_PHASES = (LIFT, HOLD, LOWER, RELAX)


class Phase(NamedTuple):
    name: str
    """`lift`, `hold`, `lower`, `relax`, or a name of the exercise's own."""
    duration: Duration | None = None
    """None when only the prescription can say it (its `hold`, its `tempo`)."""
    breathe: Breath | None = None
    say: str = ""
    """What the coach says at this phase; empty: the phase's name."""
    side: PhaseSide | None = None
    """The side that moves, where one rep uses both; None: the side of the rep, or both at once."""


class SetAmounts(NamedTuple):
    """What one set has of its own, where a list says something for each. None: as the others."""

    hold: Duration | None = None
    duration: Duration | None = None
    rest: Duration | None = None
    """After it."""
    load: str = ""


class Prescription(NamedTuple):
    """How much of an exercise. None: not said here.

    An exercise's own prescription has an empty `exercise`; in a day, a rest and an activity have.
    """

    exercise: str = ""
    sets: Count | None = None
    reps: Reps | None = None
    """Per side, where the exercise has sides. None: a set is one hold."""
    hold: Duration | None = None
    """In every rep; without reps, the length of the set."""
    relax: Duration | None = None
    """Between reps."""
    tempo: tuple[tuple[str, Duration], ...] = ()
    """Phase name and its length."""
    duration: Duration | None = None
    """Continuous movement for a time."""
    sides: Sides | None = None
    rest: Duration | None = None
    switch: Duration | None = None
    """At a change of side inside a set."""
    load: str = ""
    pace: Pace | None = None
    note: str = ""
    activity: str = ""
    """Something done away from the mat in its place, for the `duration`."""
    first: Side | None = None
    """The side that comes first, where it uses both one after the other."""
    every: Duration | None = None
    """From the beginning of a set to that of the next; the rest is what remains."""
    first_sessions: int | None = None
    """In how many sessions of a date it comes, the first ones; None: in all."""
    by_set: tuple[SetAmounts, ...] = ()
    """What lists say, set by set; the fields of the same names have that of the first. Empty: no lists."""
    breather: Duration | None = None
    """In the middle of a long set whose side changes at every rep, to rest what carries one."""

    @property
    def is_rest(self) -> bool:
        """Whether it is nothing but a rest between its neighbours."""
        return not self.exercise and not self.activity


class Circuit(NamedTuple):
    """Prescriptions done in turn, for a number of rounds."""

    exercises: tuple[Prescription, ...]
    rounds: Count = Count(1, 1)
    rest: Duration | None = None
    """Between rounds. None: the routine's `round_rest`."""
    title: str = ""
    every: Duration | None = None
    """From the beginning of a round to that of the next; the rest is what remains."""
    first_sessions: int | None = None
    """As of a prescription."""


Item = Prescription | Circuit


SENTENCES = (
    *("gear", "setup", "steps", "breath", "watch"),
    *("make_easier", "make_harder", "out", "resting", "away", "ask_first"),
)
"""The fields of an exercise with its own sentences: what is said, shown, searched, and read by its voice."""


class Exercise(NamedTuple):
    id: str
    name: str
    position: Position
    sides: Sides = Sides.NONE
    targets: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    """One rep, in order. Empty: lift, hold, lower."""
    setup: tuple[str, ...] = ()
    """How to get into the starting position, sentence by sentence; so are the texts that follow."""
    gear: tuple[str, ...] = ()
    """What is needed, and how to use it safely, as it is said."""
    away: tuple[str, ...] = ()
    """How to put that aside again, on the way to another exercise; who comes back lays it out again."""
    left: str = ""
    """What left means, where it is not plain: `your left arm with your right leg`."""
    steps: tuple[str, ...] = ()
    """The movement."""
    breath: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    """Common faults, each as what to take care of."""
    out: tuple[str, ...] = ()
    """The way out of the position; said when work is over, before the rest."""
    resting: tuple[str, ...] = ()
    """How to rest after it in another way; said where there is time for that."""
    make_easier: tuple[str, ...] = ()
    """How to make it easier at once, in place."""
    make_harder: tuple[str, ...] = ()
    """More of it, for whom the first set was easy."""
    ask_first: tuple[str, ...] = ()
    """Who should ask a doctor or a physiotherapist first."""
    instead: str = ""
    """The id of an exercise for those without its equipment; empty: none is known."""
    easier: str = ""
    """The id of an easier form; empty: none is known."""
    harder: str = ""
    prescription: Prescription | None = None
    first: Side | None = None
    """The side that comes first; None: as for all."""
    language: str = ""
    """Of its texts, as a tag like `nl`; empty: English."""
    figure: str = ""
    """How it is drawn, as the text that `core.figure.pose` makes of it; empty: only its position is known."""
    instead_name: str = ""
    """What `instead` is called, where that is known."""

    def sentences(self) -> Iterator[str]:
        """All that its own texts say, and what left means."""
        for name in SENTENCES:
            yield from getattr(self, name)
        if self.left:
            yield self.left


class DayKind(StrEnum):
    """What a day asks for."""

    EXERCISES = "exercises"
    ACTIVITY = "activity"
    REST = "rest"


class Day(NamedTuple):
    """What one weekday asks for."""

    kind: DayKind
    title: str = ""
    items: tuple[Item, ...] = ()
    activity: str = ""
    duration: Duration | None = None
    """Of the activity."""
    rest: str = ""
    """What a rest day suggests ("Rest, or a light walk")."""
    optional: bool = False
    times: int = 1
    """How many sessions the day asks for."""
    same_as: str = ""
    """The day it repeats; its content has already been copied here."""


REST_DAY = Day(kind=DayKind.REST)


def day_title(day: Day) -> str:
    """What a day is called: its title, its activity, or what rest it suggests."""
    if day.kind is DayKind.REST:
        return day.title or day.rest or _("Rest")
    return day.title or day.activity


class Pacing(NamedTuple):
    """How fast an exercise becomes more, where a programme says so itself."""

    after: int
    """So many good sessions in a row or, in days, so long a run of them."""
    in_days: bool = False
    by: int = 1
    """Rungs at once."""


class Defaults(NamedTuple):
    """The times between pieces of work, where nothing else says them."""

    prepare: Duration = seconds(10)
    rest: Duration = seconds(45)
    switch: Duration = seconds(5)
    transition: Duration = seconds(10)
    position_change: Duration = seconds(15)
    round_rest: Duration = seconds(60)
    breathing: Breathing = Breathing()
    written: tuple[str, ...] = ()
    """The names of those that the author wrote: they hold over what an exercise of the catalogue says."""
    progress: Pacing | None = None
    """How fast ranges are climbed; None: as is usual."""
    first: Side = Side.LEFT
    """The side that comes first, of all exercises."""


MAX_CYCLE = 60
"""Days of a cycle at most: twice the longest month."""


class Cycle(NamedTuple):
    """Days that follow each other, in place of a week."""

    days: tuple[str, ...]
    """Their names, in order; a name may come several times."""
    on: tuple[str, ...] = ()
    """The weekdays on which the next one is asked for, and waits until it is done.

    Empty: every date has its own.
    """


MAX_STAGES = 60
MAX_STAGE_WEEKS = 104
"""Of one stage: two years."""


class ProgrammeStage(NamedTuple):
    """A part of a programme, with days of its own."""

    title: str
    days: tuple[str, ...]
    """Its keys in `Routine.days`, as `stage_key` makes them."""
    weeks: Count | None = None
    """One number: it is over after so many; a range: from its low end on the next one is proposed.

    None: it stays until the person goes on.
    """
    cycle: Cycle | None = None

    @property
    def fixed_weeks(self) -> int | None:
        """After how many weeks the next one begins by itself; None: it does not."""
        return self.weeks.low if self.weeks is not None and self.weeks.low == self.weeks.high else None


def stage_key(number: int, day: str) -> str:
    """The key in `Routine.days` of a day of a stage.

    Those of the first stage are as in a routine without stages, so that one which grows into a programme
    keeps its levels.
    """
    return day if number == 1 else f"stage-{number}/{day}"


def stage_words(number: int, title: str) -> str:
    """A stage as it is called: `Stage 2, Strength`."""
    if title:
        return _("Stage {number}, {title}").format(number=number, title=title)
    return _("Stage {number}").format(number=number)


def name_in_stage(key: str) -> str:
    """The name that a day has in its stage, by its key."""
    return key.rpartition("/")[2]


class Routine(NamedTuple):
    """A week of days, or a cycle of them; or stages, each with the one or the other."""

    id: str
    """The name it is asked for by: its file's name without the ending."""
    title: str
    days: Mapping[str, Day]
    """All seven weekdays, Monday first; those the file does not name are rest days.

    Of a cycle: its days, by their names, and one of rest. Of stages: those of all, by `stage_key`.
    """
    exercises: Mapping[str, Exercise] = {}
    """Every exercise that its days use, from the file itself or the catalogue, by id."""
    source: str = ""
    defaults: Defaults = Defaults()
    language: str = ""
    """Of its texts, as a tag like `nl` (BCP 47); empty: English."""
    own: tuple[str, ...] = ()
    """The ids of its exercises that stand in the file itself."""
    cycle: Cycle | None = None
    """In which order its days come; None: by weekday, or as its stages say."""
    stages: tuple[ProgrammeStage, ...] = ()
    """One after the other; empty: all days are of one week, or of one cycle."""

    def stage_of(self, key: str) -> int:
        """The number of the stage that a day is in; 0: there are no stages."""
        return next((at for at, stage in enumerate(self.stages, start=1) if key in stage.days), 0)

    def at_stage(self, number: int) -> Routine:
        """One stage as a routine of its own, whose days have the names that they have there."""
        stage = self.stages[number - 1]
        days = {name_in_stage(key): self.days[key] for key in stage.days}
        return self._replace(days=days, cycle=stage.cycle, stages=())
