"""The field tables: everything that a file of ours may say, described once.

The reader goes by these tables, and so does the description that editors use.
"""

from __future__ import annotations

from backtimer.core.plan.routine import (
    MAX_CYCLE,
    MAX_STAGE_WEEKS,
    MAX_STAGES,
    WEEKDAYS,
    Breath,
    Defaults,
    Pace,
    PhaseSide,
    Position,
    Side,
    Sides,
)
from backtimer.core.plan.units import Duration
from backtimer.core.speech.cues import CUES, ENGINES, MAX_RATE, MIN_RATE, SILENT
from backtimer.language import marked
from backtimer.storage.files.amount_types import (
    PACING,
    BySetType,
    RepsType,
    TempoType,
    count_of,
    duration,
    number_of,
    seconds_up_to,
    whole_between,
)
from backtimer.storage.files.called import OTHER_BREATHS, OTHER_PACE, OTHER_POSITIONS, OTHER_SIDE, OTHER_SIDES
from backtimer.storage.files.day_types import DAY_NAME, DayType, StageType, parse_day_name
from backtimer.storage.files.entry_types import EntryType
from backtimer.storage.files.field_types import (
    BOOLEAN,
    EXERCISE_NAME,
    FORMAT_NUMBER,
    LANGUAGE,
    MORNING,
    ROUTINE_NAME,
    WEEKLY_GOAL,
    ListType,
    RestType,
    TextsType,
    member_of,
    one_of,
    words_up_to,
)
from backtimer.storage.files.figure_fields import FIGURE
from backtimer.storage.files.figure_types import FigureType
from backtimer.storage.files.tables import (
    Field,
    NamesType,
    RecordType,
    Table,
    WordOrRecordType,
    keys_of_words,
)

THEMES = ("dark", "light")
PROGRESSIONS = ("propose", "auto", "off")
INSTRUCTIONS = ("auto", "full", "short")
FIGURES = ("moving", "still")
CIRCUITS = ("rounds", "straight")

MAX_BREATH_S = 60.0

BREATHING = Table(
    "'breathing'",
    (
        Field("in", seconds_up_to(MAX_BREATH_S), "How long a slow breath in takes."),
        Field("out", seconds_up_to(MAX_BREATH_S), "How long a slow breath out takes."),
    ),
)

SOUND = Table(
    "'sound'",
    (
        Field("cues", one_of(CUES), "How much is said: full, short, tones (no words) or off."),
        Field("volume", whole_between(0, 100), "From 0 to 100."),
        Field("engine", one_of(ENGINES), "Who speaks: auto takes the best there is."),
        Field("voice", words_up_to(100), "The voice, by the engine's own name for it."),
        Field("rate", whole_between(MIN_RATE, MAX_RATE), "Words a minute."),
        Field(
            "clips",
            words_up_to(1000),
            "A folder of recordings, named by their words, that win over the voice.",
        ),
        Field("breathing", BOOLEAN, "Whether breaths are heard, as rising and falling tones."),
        Field("duck", BOOLEAN, "Whether other players are pulled down while words sound."),
    ),
)

SETTINGS = Table(
    marked("the settings"),
    (
        Field("routine", ROUTINE_NAME, "The routine you follow: its name, or the path of its file."),
        Field("rollover", MORNING, "When a new day begins, up to 12:00."),
        Field("theme", one_of(THEMES), "dark or light."),
        Field("figure", one_of(FIGURES), "moving or still; figures move, but not through a network."),
        Field("language", LANGUAGE, "The language of screens, commands and coach: nl. Usually the system's."),
        Field("breathing", RecordType(BREATHING), "Your own pace of a slow breath."),
        Field(
            "progression",
            one_of(PROGRESSIONS),
            "Whether more is proposed when it goes well: propose, auto (done without asking) or off.",
        ),
        Field(
            "instructions",
            one_of(INSTRUCTIONS),
            "How exercises are told before they are done: full, short, or auto (full until you know them).",
        ),
        Field(
            "circuits",
            one_of(CIRCUITS),
            "How circuits are done: in rounds, or straight (all sets of an exercise before the next one).",
        ),
        Field("goal", WEEKLY_GOAL, "Sessions a week, instead of certain days: 3 per week."),
        Field(
            "sound",
            WordOrRecordType(SOUND, "cues", CUES, {"no": SILENT, "false": SILENT}),
            "What is heard, how loud, and in which voice; or just how much: off, tones, short, full.",
        ),
    ),
)


DAILY = "daily"
DAYS = (*WEEKDAYS, DAILY)

MAX_ENTRIES = 1000
MAX_EXERCISES = 200
MAX_TIMES = 24

_TITLE = words_up_to(200)
_WORDS = words_up_to(2000)
_SHORT = words_up_to(100)
_SHORT_LIST = ListType(_SHORT, 50, least=0)
_SENTENCES = TextsType(_WORDS, 50)
_LENGTH = duration()
_HOLD = duration(none=True, most=True)
_PAUSE = duration(zero=True)
_REST = duration(zero=True, own=True)
_SIDES = Field(
    "sides",
    member_of(Sides, OTHER_SIDES),
    "none, each (one side, then the other), alternate (at every rep), or just left or right.",
)
_FIRST = Field("first", member_of(Side, OTHER_SIDE), "The side that comes first: left, unless right is said.")
_FIRST_SESSIONS = Field(
    "first_sessions",
    number_of("first_sessions", MAX_TIMES),
    "In how many sessions of a date it comes, on a day that asks for several.",
)
_MORE_SESSIONS = marked("what is done beyond that counts, too")
_FORMAT = Field("format", FORMAT_NUMBER, "The version of the format: 1.", required=True)

PROGRESS = Table(
    "'progress'",
    (
        Field(
            "after",
            PACING,
            "When it becomes more: 2 days, 1 week or 3 sessions, all of them good.",
            required=True,
        ),
        Field("by", number_of("by", 20), "By how many steps at once: reps, or steps of a hold."),
    ),
)


def _usually(key: str, about: str) -> Field:
    """A time of the defaults, with what it is where nobody says it."""
    time: Duration = getattr(Defaults(), key)
    return Field(key, _PAUSE, f"{about}: usually {time.low:g} s.")


DEFAULTS = Table(
    "'defaults'",
    (
        _usually("prepare", "To get ready, before the first set"),
        _usually("rest", "Between two sets of an exercise"),
        _usually("switch", "To change sides inside a set"),
        _usually("transition", "To another exercise in the same position"),
        _usually("position_change", "To another exercise in another position"),
        _usually("round_rest", "Between two rounds of a circuit"),
        Field("breathing", RecordType(BREATHING), "The pace of a slow breath."),
        _FIRST,
        Field("progress", RecordType(PROGRESS), "How fast ranges are climbed, where a programme says so."),
    ),
)

OWN_PRESCRIPTION = Table(
    marked("a prescription"),
    (
        Field("sets", count_of("sets"), "How many sets."),
        Field("reps", RepsType(), "Reps of a set, per side: 8, 8-10, [6, 4, 2] for a pyramid, or max."),
        Field(
            "hold",
            BySetType(_HOLD),
            "The hold in every rep, or 0s; without reps, that of the set, or max, or max 60s.",
        ),
        Field("relax", _PAUSE, "Between two reps."),
        Field("tempo", TempoType(), "The lengths of the phases of a rep, by their names."),
        Field("duration", BySetType(_LENGTH), "Movement that goes on for a time, instead of reps."),
        _SIDES,
        _FIRST,
        Field(
            "rest",
            BySetType(_REST),
            "Between two sets, or self: until a key is pressed; of a list, after each.",
        ),
        Field("every", _LENGTH, "From the beginning of a set to that of the next; rest is what remains."),
        Field("switch", _PAUSE, "To change sides inside a set."),
        Field(
            "breather",
            _PAUSE,
            "Instead of one switch: to come out and rest, in the middle of a set of 6 reps or more a side.",
        ),
        Field(
            "load", BySetType(words_up_to(200)), "What to work against, in your own words: red band, 8 kg."
        ),
        Field("pace", member_of(Pace, OTHER_PACE), "self: you press a key when the set is done."),
        Field("note", _WORDS, "Something to remember."),
    ),
)

PRESCRIPTION = Table(
    marked("a prescription"),
    (
        Field("exercise", EXERCISE_NAME, "The name of the exercise.", required=True),
        *OWN_PRESCRIPTION.fields,
        _FIRST_SESSIONS,
    ),
)

BREAK = Table(
    marked("a rest in a list"),
    (
        Field(
            "rest", _REST, "All the time between what stands before it and after it; 0s: none.", required=True
        ),
    ),
)

AWAY = Table(
    marked("an activity in a list"),
    (
        Field("activity", _TITLE, "Something done away from the mat, between exercises.", required=True),
        Field("duration", _LENGTH, "How long; without it you press a key when it is done."),
        Field("note", _WORDS, "Something to remember."),
        _FIRST_SESSIONS,
    ),
)

BETWEEN = (BREAK, AWAY)
"""What may stand between exercises; each is a prescription of no exercise, with the fields that it tells."""

CIRCUIT = Table(
    marked("a circuit"),
    (
        Field("title", _TITLE, "What it is called."),
        Field("rounds", count_of("rounds"), "How many times round."),
        Field("rest", _REST, "Between two rounds, or self: until you press a key."),
        Field("every", _LENGTH, "From the beginning of a round to that of the next; rest is what remains."),
        _FIRST_SESSIONS,
        Field(
            "exercises",
            ListType(EntryType(PRESCRIPTION, others=BETWEEN), MAX_ENTRIES),
            "What is done in turn.",
            required=True,
        ),
    ),
)

_DAY_FIELDS = (
    Field("title", _TITLE, "What it is called."),
    Field(
        "exercises",
        ListType(EntryType(PRESCRIPTION, CIRCUIT, others=BETWEEN), MAX_ENTRIES),
        "What is done, in order: names of exercises, prescriptions, circuits, rests and activities.",
    ),
    Field("activity", _WORDS, "Something done away from the mat, instead of exercises."),
    Field("duration", _LENGTH, "How long the activity takes."),
    Field("rest", RestType(_WORDS), "A day of rest, and what it is good for."),
)

_COUNTS = "Counts when it is done, and is not missed when it is not."
_HOW_OFTEN = "How many sessions the day asks for."
_TIMES = number_of("times", MAX_TIMES, _MORE_SESSIONS)

_KINDS_OF_DAY = ("exercises", "activity", "rest", "same_as")

DAY = Table(
    marked("a day"),
    (
        *_DAY_FIELDS,
        Field("optional", BOOLEAN, _COUNTS),
        Field("times", _TIMES, _HOW_OFTEN),
        Field("same_as", one_of(DAYS), "The day that this one repeats."),
    ),
    kinds=_KINDS_OF_DAY,
)

DAY_OF_CYCLE = Table(
    marked("a day of a cycle"),
    (
        *_DAY_FIELDS,
        Field("optional", BOOLEAN, f"{_COUNTS} Not where the cycle has `on`."),
        Field("times", _TIMES, f"{_HOW_OFTEN} Not where the cycle has `on`."),
        Field("same_as", DAY_NAME, "The day that this one repeats."),
    ),
    kinds=_KINDS_OF_DAY,
)

PHASE = Table(
    marked("a phase"),
    (
        Field("do", words_up_to(40), "Its name: lift, hold, lower, relax or one of its own.", required=True),
        Field("for", _LENGTH, "How long it takes."),
        Field("breathe", member_of(Breath, OTHER_BREATHS), "in, out, slow or free."),
        Field("say", words_up_to(200), "What the coach says, instead of its name."),
        Field("side", member_of(PhaseSide), "first or second, where one rep uses both sides."),
    ),
)

EXERCISE = Table(
    marked("an exercise"),
    (
        Field("name", _TITLE, "What it is called.", required=True),
        Field("position", member_of(Position, OTHER_POSITIONS), "How the body is placed.", required=True),
        _SIDES,
        _FIRST,
        Field("targets", _SHORT_LIST, "The muscles it is for."),
        Field("equipment", _SHORT_LIST, "What it takes."),
        Field("phases", ListType(RecordType(PHASE), 20), "One rep, in order."),
        Field("setup", _SENTENCES, "How to get into the starting position."),
        Field("gear", _SENTENCES, "What is needed, and how to use it safely, as it is said."),
        Field("away", _SENTENCES, "How to put it aside again, said on the way to another exercise."),
        Field("left", _SHORT, "What left means: your left arm with your right leg."),
        Field("steps", _SENTENCES, "How it is done: the movement, sentence by sentence."),
        Field("breath", _SENTENCES, "How to breathe."),
        Field("watch", _SENTENCES, "What to take care of."),
        Field("out", _SENTENCES, "The way out of it, said before the rest."),
        Field(
            "resting", _SENTENCES, "How to rest then in another way; said in rests of 30 seconds and more."
        ),
        Field("make_easier", _SENTENCES, "How to make it easier at once, in place."),
        Field("make_harder", _SENTENCES, "More of it, for whom a set was easy; said after the first set."),
        Field("ask_first", _SENTENCES, "Who should ask a doctor or a physiotherapist first."),
        Field("instead", EXERCISE_NAME, "The name of an exercise for those without its equipment."),
        Field("easier", EXERCISE_NAME, "The name of an easier exercise."),
        Field("harder", EXERCISE_NAME, "The name of a harder exercise."),
        Field("prescription", RecordType(OWN_PRESCRIPTION), "How much of it, where a day does not say."),
        Field("figure", FigureType(FIGURE), "The moving drawing; or the name of an exercise that has it."),
        Field("language", LANGUAGE, "The language of its texts, for the voice; in a routine, the routine's."),
    ),
)

EXERCISE_FILE = Table(marked("an exercise"), (_FORMAT, *EXERCISE.fields))

_ABOUT = (
    _FORMAT,
    Field("title", _TITLE, "What it is called."),
    Field("source", _WORDS, "Where it comes from."),
    Field("language", LANGUAGE, "The language it is written in, for the voice: en, nl, pt-BR."),
    Field("defaults", RecordType(DEFAULTS), "The times between pieces of work."),
)
_OWN = Field(
    "exercises",
    NamesType(RecordType(EXERCISE), most=MAX_EXERCISES),
    "Exercises of this routine's own, by name.",
)
_CYCLE = Field(
    "cycle", ListType(DAY_NAME, MAX_CYCLE), "The days in the order in which they come, instead of weekdays."
)

_DAYS = Field("days", NamesType(DayType(DAY), DAYS), "What each weekday asks for.", required=True)
_ON = Field(
    "on",
    ListType(one_of(WEEKDAYS), len(WEEKDAYS)),
    "The weekdays on which the next of the cycle comes; it waits until it is done.",
)
_DAYS_OF_CYCLE = Field(
    "days",
    NamesType(DayType(DAY_OF_CYCLE), most=MAX_CYCLE, parse=parse_day_name),
    "What each day of the cycle asks for, by its name.",
    required=True,
)
_ABOUT_STAGE = (
    Field("title", _TITLE, "What it is called."),
    Field(
        "weeks",
        count_of("weeks", MAX_STAGE_WEEKS),
        "2: the next stage begins by itself after so many weeks; "
        "2-4: it is proposed after 2, and 4 is only told.",
    ),
)

STAGE = Table(marked("a stage"), (*_ABOUT_STAGE, _DAYS, _CYCLE))

CYCLE_STAGE = Table(marked("a stage with a cycle"), (*_ABOUT_STAGE, _CYCLE, _ON, _DAYS_OF_CYCLE))
"""Of a stage that says `cycle`."""

_STAGES = Field(
    "stages",
    ListType(StageType(STAGE, _CYCLE.key, CYCLE_STAGE), MAX_STAGES),
    "Parts of a programme, one after the other, each with days of its own.",
    required=True,
)

ROUTINE = Table(marked("a routine"), (*_ABOUT, _DAYS, _CYCLE, _STAGES._replace(required=False), _OWN))

CYCLE = Table(marked("a routine with a cycle"), (*_ABOUT, _CYCLE, _ON, _DAYS_OF_CYCLE, _OWN))
"""Of a routine that says `cycle`."""

STAGES = Table(marked("a routine with stages"), (*_ABOUT, _STAGES, _OWN))
"""Of a routine that says `stages`."""

WORDS = keys_of_words(ROUTINE, STAGE, DAY, CIRCUIT, PRESCRIPTION, EXERCISE, PHASE)
"""The keys that say something in words."""
