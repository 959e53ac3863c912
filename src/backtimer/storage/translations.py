"""Translations as files: found by the tag of a language, read by gettext, and never trusted to fit.

One stands in `LOCALE/LC_MESSAGES/backtimer.mo`, in a folder of the person's own or in the one that comes with
backtimer. A text whose translation does not fit is said in English: nothing that a translator gets wrong ends
the program, and nothing of a stranger's steers the terminal.
"""

from __future__ import annotations

import gettext
import io
import re
import stat
import struct
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from string import Formatter

from backtimer.language import ENGLISH_TAG, Translations, _
from backtimer.storage.files.paths import on_disk
from backtimer.storage.text import clean, forbidden_in
from backtimer.values import NamedTuple

DOMAIN = "backtimer"
MOST_BYTES = 4 * 1024 * 1024
"""A whole translation takes a twentieth of that."""


class TranslationError(Exception):
    """A translation that is there and cannot be used; the message is one sentence."""


class Translation(NamedTuple):
    """The texts of a language."""

    tag: str
    texts: Translations


def bundled_locales() -> Path:
    """The translations that come with backtimer."""
    return on_disk(Path(__file__).resolve().parents[1] / "locales")


def find_translation(tags: Sequence[str], own: Path | None) -> Translation | None:
    """The first of these languages that there is a translation for; None: English, or none of them.

    Args:
        tags: `nl`, `pt-BR`, the dearest first; a country's language is found in that of all countries.
        own: The folder of the person's own translations, which win over those of backtimer.

    Raises:
        TranslationError: There is one, and it cannot be read.
    """
    folders = [folder for folder in (own, bundled_locales()) if folder is not None]
    for tag in tags:
        for locale in locales_of(tag):
            for folder in folders:
                file = folder / locale / "LC_MESSAGES" / f"{DOMAIN}.mo"
                if file.exists():
                    return Translation(locale.replace("_", "-"), read_translation(file))
        if tag.split("-")[0].lower() == ENGLISH_TAG:
            return None
    return None


def languages(own: Path | None) -> tuple[str, ...]:
    """The tags of the languages there is a translation for: the person's own, and those of backtimer."""
    folders = (folder for folder in (own, bundled_locales()) if folder is not None)
    files = (file for folder in folders for file in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return tuple(sorted({file.parents[1].name.replace("_", "-") for file in files}))


def locales_of(tag: str) -> Iterator[str]:
    """The names that the folder of a language may have: `pt_BR`, then `pt`."""
    first, *others = tag.split("-")
    parts = [first.lower()]
    for part in others:
        parts.append(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part)
    for length in range(len(parts), 0, -1):
        yield "_".join(parts[:length])


def read_translation(file: Path) -> Translations:
    """The texts in a file.

    Raises:
        TranslationError: It cannot be read, or is no translation.
    """
    try:
        state = file.stat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > MOST_BYTES:
            raise TranslationError(
                _("The translation {file} is no file, or too large.").format(file=clean(str(file)))
            )
        return _Distrusted(io.BytesIO(file.read_bytes()))
    except OSError as error:
        raise TranslationError(
            _("The translation {file} cannot be read: {why}.").format(
                file=clean(str(file)), why=error.strerror or error
            )
        ) from error
    except (ValueError, LookupError, ArithmeticError, AttributeError, TypeError, struct.error) as error:
        raise TranslationError(
            _("{file} is no translation that gettext can read.").format(file=clean(str(file)))
        ) from error


class _Distrusted(gettext.GNUTranslations):
    """Texts of which those are used that fit where the English ones stand."""

    def gettext(self, message: str) -> str:
        return self._fitting(super().gettext(message), (message,)) if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        try:
            found = super().ngettext(msgid1, msgid2, n)
        except (ArithmeticError, ValueError, TypeError):  # the rule for plurals cannot be worked out
            return msgid1 if n == 1 else msgid2
        if found in (msgid1, msgid2):
            return msgid1 if n == 1 else msgid2
        fitting = self._fitting(found, (msgid1, msgid2))
        return fitting if fitting == found else msgid1 if n == 1 else msgid2

    def _fitting(self, found: str, english: tuple[str, ...]) -> str:
        return found if found is english[0] or fits_english(found, english) else english[0]


@cache
def fits_english(found: str, english: tuple[str, ...]) -> bool:
    """Whether a text can be filled with what the English one, or one of its forms, is filled with."""
    if not found.strip() or forbidden_in(found) or found.count("\n") != english[0].count("\n"):
        return False
    try:
        known = {slot for text in english for slot in _slots(text)}
    except ValueError:
        return True  # its braces mean themselves
    try:
        if not set(_slots(found)) <= known:
            return False
    except ValueError:
        return False
    return any(re.findall(_PERCENT, found) == re.findall(_PERCENT, text) for text in english)


_PERCENT = r"%(?:\([a-z]+\))?[a-z]"
"""A slot of argparse's own texts; their order counts."""


def _slots(text: str) -> Iterator[tuple[str, str, str]]:
    """What the braces of a text ask for, each with the way it is written."""
    for _words, name, written, converted in Formatter().parse(text):
        if name is not None:
            yield name, written or "", converted or ""
