"""What a person has set, as it holds in this run of the program, and changed while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from backtimer import RefusedError
from backtimer.core.speech.phrases import sentence
from backtimer.language import ENGLISH, ENGLISH_TAG, _, speak
from backtimer.storage.files.library import Library
from backtimer.storage.files.remembered import CHOSEN_ROUTINE, remember_told, was_told
from backtimer.storage.files.settings import names_routine, save_settings, with_setting
from backtimer.storage.files.source import ProblemsError
from backtimer.storage.text import clean

if TYPE_CHECKING:
    from backtimer.core.plan.routine import Routine
    from backtimer.storage.files.paths import Paths
    from backtimer.storage.files.settings import Settings


_MOST_TOLD = 4
"""So many mistakes of a file are told at once; `backtimer check` tells all."""


_SOUND = "sound."
"""How settings are called that are heard."""


@runtime_checkable
class Tunable(Protocol):
    """An attendant whose sound can be changed while it attends."""

    def tune(self, changes: Mapping[str, Any]) -> None:
        """From now on it is to sound otherwise: what of a `Sound` has changed, by its names."""


def heard_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """What of settings is heard, by the names of a `Sound`."""
    return {key.removeprefix(_SOUND): each for key, each in values.items() if key.startswith(_SOUND)}


class Preferences:
    """Settings that can be changed.

    Args:
        paths: Where the person's files are.
        settings: What they say.
    """

    def __init__(self, paths: Paths, settings: Settings) -> None:
        self.paths = paths
        self.settings = settings
        self.changed: set[str] = set()
        """Those that were changed in this run: they win over what the run was asked for."""

    @property
    def names_no_routine(self) -> bool:
        """Whether the person was never asked which routine to follow, and has set none."""
        return not was_told(self.paths, CHOSEN_ROUTINE) and not names_routine(self.paths.settings)

    def routine(self, name: str) -> tuple[Routine | None, str]:
        """A routine by its name, or by the path of its file; None with the reason where it cannot be had."""
        try:
            return Library(self.paths).load(name), ""
        except ProblemsError as error:
            told = [clean(problem.text().partition("\n")[0]) for problem in error.problems]
            return None, "\n".join(told[:_MOST_TOLD])
        except (RefusedError, OSError) as error:
            return None, sentence(clean(str(error)))

    def speak(self) -> str:
        """Go on in the language that is set; why that cannot be, as a sentence."""
        tag = self.settings.language
        if not tag:
            return _("The system's language is spoken from the next start on.")
        if tag.split("-")[0].lower() == ENGLISH_TAG:
            speak(ENGLISH)
            return ""
        # late: 1 ms of `gettext` and its patterns, which English needs none of
        from backtimer.storage.translations import TranslationError, find_translation  # noqa: PLC0415

        try:
            found = find_translation((tag,), self.paths.locales)
        except TranslationError as error:
            return sentence(clean(str(error)))
        if found is None:
            return _("There is no translation of that language.")
        speak(found.texts, found.tag)
        return ""

    def hold(self, values: Mapping[str, Any]) -> None:
        """Have settings hold in this run.

        Args:
            values: By what they are called in the file (`sound.cues`), as they stand in `Settings`.
        """
        for key, value in values.items():
            self.settings = with_setting(self.settings, key, value)
        self.changed.update(values)

    def save(self, values: Mapping[str, Any]) -> str:
        """Write settings into their file, all or none, as slow as the disk is; a sentence says why not.

        Only a routine that is written down counts as chosen: else it is asked for again the next time.
        """
        try:
            save_settings(self.paths.settings, values)
        except ProblemsError as error:
            return sentence(clean(error.problems[0].message))
        except OSError as error:
            told = _("The settings cannot be written: {why}.")
            return told.format(why=clean(error.strerror or str(error)))
        if "routine" in values:
            remember_told(self.paths, CHOSEN_ROUTINE)
        return ""
