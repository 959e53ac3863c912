"""The field tables of the settings, apart from those of routines: these are read at every start."""

from __future__ import annotations

from backtimer.core.speech.cues import CUES, ENGINES, MAX_RATE, MIN_RATE, SILENT
from backtimer.storage.files.field_types import BooleanType, ChoiceType, RoutineType, TextType
from backtimer.storage.files.records import Field, RecordType, Table, WordOrRecordType
from backtimer.storage.files.setting_types import ClockType, GoalType, SecondsType, WholeType

THEMES = ("dark", "light")
PROGRESSIONS = ("propose", "auto", "off")

MAX_BREATH_S = 60.0

BREATHING = Table(
    "'breathing'",
    (
        Field("in", SecondsType(MAX_BREATH_S), "How long a slow breath in takes."),
        Field("out", SecondsType(MAX_BREATH_S), "How long a slow breath out takes."),
    ),
)

SOUND = Table(
    "'sound'",
    (
        Field("cues", ChoiceType(CUES), "How much is said: full, short, tones (no words) or off."),
        Field("volume", WholeType(0, 100), "From 0 to 100."),
        Field("engine", ChoiceType(ENGINES), "Who speaks: auto takes the best there is."),
        Field("voice", TextType(100), "The voice, by the engine's own name for it."),
        Field("rate", WholeType(MIN_RATE, MAX_RATE), "Words a minute."),
        Field("breathing", BooleanType(), "Whether breaths are heard, as rising and falling tones."),
    ),
)

SETTINGS = Table(
    "the settings",
    (
        Field("routine", RoutineType(), "The routine you follow: its name, or the path of its file."),
        Field("rollover", ClockType(), "When a new day begins, up to 12:00."),
        Field("theme", ChoiceType(THEMES), "dark or light."),
        Field("breathing", RecordType(BREATHING), "Your own pace of a slow breath."),
        Field(
            "progression",
            ChoiceType(PROGRESSIONS),
            "Whether more is proposed when it goes well: propose, auto (done without asking) or off.",
        ),
        Field("goal", GoalType(), "Sessions a week, instead of certain days: 3 per week."),
        Field(
            "sound",
            WordOrRecordType(SOUND, "cues", CUES, {"no": SILENT, "false": SILENT}),
            "What is heard, how loud, and in which voice; or just how much: off, tones, short, full.",
        ),
    ),
)
