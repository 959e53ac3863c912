"""What can be set from the screens: one table, for the settings screen and for the command palette."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.message import Message

from backtimer.audio.finding import VoiceChoice, find_engines
from backtimer.audio.piper import Piper
from backtimer.core.speech.cues import Verbosity
from backtimer.language import _, marked
from backtimer.storage.files.library import Library
from backtimer.storage.files.settings import setting_of
from backtimer.storage.text import clean
from backtimer.storage.translations import languages
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.preferences import Preferences


class SettingValue(NamedTuple):
    """What a setting may say. Texts are safe to show, and in the language that is spoken."""

    label: str
    values: Mapping[str, Any]
    """What it means, by the names of the settings file."""
    about: str = ""


class Setting(NamedTuple):
    """Something that can be chosen."""

    id: str
    label: str
    """A text to be translated, as the next one."""
    about: str
    choices: Callable[[Preferences], Sequence[SettingValue]]
    """Found out from the disk, which may take a while: `choices_of` asks where nobody waits."""
    in_session: bool = False
    """It can be changed while a session is under way."""


class Choose(Message):
    """Something was chosen: it is to hold from now on, and to be written down."""

    def __init__(self, setting: Setting, choice: SettingValue) -> None:
        super().__init__()
        self.setting = setting
        self.choice = choice


def chosen_among(choices: Sequence[SettingValue], preferences: Preferences) -> SettingValue | None:
    """What holds now; None: something that is not among these."""
    settings = preferences.settings
    return next(
        (
            choice
            for choice in choices
            if all(setting_of(settings, key) == value for key, value in choice.values.items())
        ),
        None,
    )


def chosen_words(setting: Setting, choices: Sequence[SettingValue], preferences: Preferences) -> str:
    """What a setting says now, in words."""
    chosen = chosen_among(choices, preferences)
    if chosen is not None:
        return chosen.label
    key = VALUE_KEYS.get(setting.id, setting.id)
    return clean(str(setting_of(preferences.settings, key)))


VALUE_KEYS = {"voice": "sound.voice", "volume": "sound.volume", "sound": "sound.cues"}
"""What stands there where somebody has written something of their own into the file."""


def _routines(preferences: Preferences) -> list[SettingValue]:
    entries = {entry.name: entry for entry in Library(preferences.paths).names() if not entry.broken}
    known = [name for name in FOR_WHOM if name in entries]
    return [
        SettingValue(
            clean(entries[name].title or name),
            {"routine": name},
            _(FOR_WHOM[name]) if entries[name].origin == "bundled" and name in FOR_WHOM else "",
        )
        for name in dict.fromkeys([*known, *entries])
    ]


FOR_WHOM = {
    "gentle-start": marked("Short and easy: for a back that hurts, or has not trained for long."),
    "between": marked("The step between: when the gentle start has become easy."),
    "lower-back": marked("Strength and stretching, most days: for who kneels and lies down with ease."),
    "mcgill-three": marked("Bird-dog, side plank and curl-up: a steady trunk, three short days a week."),
    "morning": marked("Eight minutes for a stiff back in the morning, every day if you like."),
    "extension": marked("From lying face down to the press-up: when standing is easier than sitting."),
    "desk": marked("Neck and upper back, on a chair, on workdays."),
}
"""The routines that come with backtimer, in their order, and for whom they are."""


def _themes(_preferences: Preferences) -> list[SettingValue]:
    return [
        SettingValue(_("Like the terminal"), {"theme": ""}, _("Light where the terminal says that it is.")),
        SettingValue(_("Dark"), {"theme": "dark"}, _("For the evening.")),
        SettingValue(_("Light"), {"theme": "light"}, _("For a bright room.")),
    ]


def _sounds(_preferences: Preferences) -> list[SettingValue]:
    return [
        SettingValue(
            _("Words and tones"), {"sound.cues": Verbosity.FULL}, _("All of it, until you know it.")
        ),
        SettingValue(
            _("Few words"), {"sound.cues": Verbosity.SHORT}, _("Exercise, side and set; phases as tones.")
        ),
        SettingValue(_("Tones only"), {"sound.cues": Verbosity.TONES}, _("No words at all.")),
        SettingValue(_("Off"), {"sound.cues": None}, _("Nothing is heard.")),
    ]


def _voices(preferences: Preferences) -> list[SettingValue]:
    """The best there is by itself; each natural voice; the other engines of this machine."""
    engine, voice = "sound.engine", "sound.voice"
    found = [SettingValue(_("The best there is"), {engine: "auto", voice: ""}, _("Chosen by backtimer."))]
    wanted = VoiceChoice(voices=str(preferences.paths.voices))
    with suppress(OSError):
        for name, there in find_engines(wanted, sys.platform, shutil.which):
            if isinstance(there, Piper):
                found += [
                    SettingValue(
                        clean(one.path.stem), {engine: name, voice: one.path.stem}, _("A natural voice.")
                    )
                    for one in there.voices
                ]
            else:
                found.append(SettingValue(name, {engine: name, voice: ""}, _("The voice of this engine.")))
    return found


def _volumes(_preferences: Preferences) -> list[SettingValue]:
    return [
        SettingValue(_("{percent} %").format(percent=percent), {"sound.volume": percent})
        for percent in (100, 80, 60, 40, 20)
    ]


def _figures(_preferences: Preferences) -> list[SettingValue]:
    return [
        SettingValue(_("Moving, but not over ssh"), {"figure": ""}, _("Over a network it would flicker.")),
        SettingValue(_("Moving"), {"figure": "moving"}, _("The figure does it with you.")),
        SettingValue(_("Still"), {"figure": "still"}, _("One picture for each phase: nothing moves.")),
    ]


def _instructions(_preferences: Preferences) -> list[SettingValue]:
    return [
        SettingValue(
            _("Until you know it"), {"instructions": "auto"}, _("In full for your first three sessions.")
        ),
        SettingValue(
            _("Always in full"), {"instructions": "full"}, _("How it is done, before each exercise.")
        ),
        SettingValue(_("Always short"), {"instructions": "short"}, _("The name and how much of it.")),
    ]


def _circuits(_preferences: Preferences) -> list[SettingValue]:
    return [
        SettingValue(_("In rounds"), {"circuits": "rounds"}, _("One set of each in turn, as written.")),
        SettingValue(
            _("Straight"), {"circuits": "straight"}, _("All sets of each: fewer changes of position.")
        ),
    ]


def _languages(preferences: Preferences) -> list[SettingValue]:
    found = languages(preferences.paths.locales)
    return [
        SettingValue(_("The system's"), {"language": ""}, _("Where there is a translation.")),
        SettingValue("English", {"language": "en"}),
        *(SettingValue(tag, {"language": tag}) for tag in found),
    ]


ROUTINE = Setting("routine", marked("Routine"), marked("What today's screen follows."), _routines)

SETTINGS_TABLE = (
    ROUTINE,
    Setting("theme", marked("Theme"), marked("The colours of the screens."), _themes, in_session=True),
    Setting("sound", marked("Sound"), marked("How much is heard while you train."), _sounds, in_session=True),
    Setting("voice", marked("Voice"), marked("Who speaks."), _voices, in_session=True),
    Setting("volume", marked("Volume"), marked("Of tones and voice."), _volumes, in_session=True),
    Setting("figure", marked("Figure"), marked("The figure that shows how an exercise is done."), _figures),
    Setting(
        "instructions",
        marked("Instructions"),
        marked("How an exercise is told before you do it."),
        _instructions,
    ),
    Setting("circuits", marked("Circuits"), marked("In which order their sets are done."), _circuits),
    Setting("language", marked("Language"), marked("Of screens and coach."), _languages),
)


def settings_of(preferences: Preferences, *, in_session: bool = False) -> list[Setting]:
    """The settings that there is a choice of.

    Args:
        preferences: What is set.
        in_session: Only those that can be changed while a session is under way.
    """
    several = bool(languages(preferences.paths.locales))
    return [
        setting
        for setting in SETTINGS_TABLE
        if (setting.in_session or not in_session) and (setting.id != "language" or several)
    ]


async def choices_of(
    settings: Sequence[Setting], preferences: Preferences
) -> Mapping[str, Sequence[SettingValue]]:
    """What each of these settings may say, by their ids, found out off the loop."""

    def found() -> Mapping[str, Sequence[SettingValue]]:
        return {setting.id: setting.choices(preferences) for setting in settings}

    return await asyncio.get_running_loop().run_in_executor(None, found)
