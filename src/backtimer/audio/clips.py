"""Recordings of a person's own, which win over the voice: a folder of WAV files, named by their words.

`lift-your-hips.wav` is heard for "Lift your hips.": small letters and digits, whatever is between them as one
dash. Where a name would be too long or unclear, the file `index.txt` in the folder tells it, a line each:
`one.wav = Lift your hips`. A recording may be of a whole announcement or of one of its sentences; the voice
says the others.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from backtimer.language import _
from backtimer.values import NamedTuple

INDEX = "index.txt"
"""The words of files whose names do not tell them."""

MOST_CLIPS = 5_000
_MOST_BYTES = 60_000_000
"""Five minutes of two channels at the finest: a larger file is no announcement."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


class Spoken(NamedTuple):
    """A part of what is said: a recording, or words for a voice."""

    text: str
    clip: Path | None = None


def slug(text: str) -> str:
    """The name of the recording of some words: `Set 1 of 3, left.` is `set-1-of-3-left`."""
    letters = unicodedata.normalize("NFC", text).casefold().replace("'", "").replace("’", "")
    return "-".join(re.findall(r"[^\W_]+", letters))


class Clips:
    """The recordings in a folder. It is looked through once.

    Args:
        folder: Where they are; when it is not there, there are none, which is told.
    """

    def __init__(self, folder: Path) -> None:
        self.problem = ""
        """What is wrong with the folder or a recording, as a sentence."""
        self._broken: set[Path] = set()
        self._files: dict[str, Path] = {}
        try:
            names = sorted(folder.iterdir())[:MOST_CLIPS]
        except (OSError, ValueError) as error:
            told = _("The recordings in {folder} cannot be read ({why}): the voice speaks.")
            why = getattr(error, "strerror", None) or error
            self.problem = told.format(folder=folder, why=why)
            return
        self._files = {slug(path.stem): path for path in names if path.suffix.lower() == ".wav"}
        self._read_index(folder)

    def parts(self, text: str) -> tuple[Spoken, ...]:
        """What is recorded of a text and what is not, in order."""
        if (whole := self._find(text)) is not None:
            return (Spoken(text, whole),)
        parts: list[Spoken] = []
        for sentence in _SENTENCE.split(text):
            clip = self._find(sentence)
            if clip is None and parts and parts[-1].clip is None:
                parts[-1] = Spoken(f"{parts[-1].text} {sentence}")
            else:
                parts.append(Spoken(sentence, clip))
        return tuple(parts)

    def give_up(self, clip: Path, why: str) -> None:
        """Take a recording for broken: the voice says its words from now on.

        Args:
            clip: Which.
            why: A clause that names it.
        """
        self._broken.add(clip)
        self.problem = _("{problem}: the voice speaks instead.").format(problem=why)

    def _find(self, text: str) -> Path | None:
        found = self._files.get(slug(text))
        return None if found in self._broken else found

    def _read_index(self, folder: Path) -> None:
        try:
            lines = (folder / INDEX).read_text(encoding="utf-8-sig").splitlines()
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            told = _("{file} cannot be read: recordings go by their names alone.")
            self.problem = told.format(file=folder / INDEX)
            return
        for number, line in enumerate(lines[:MOST_CLIPS], start=1):
            name, sign, words = (part.strip() for part in line.partition("="))
            if not line.strip() or line.startswith("#"):
                continue
            path = folder / name
            # A name never leads out of the folder.
            if not (sign and slug(words)) or path.parent != folder or not path.is_file():
                told = _("{file}, line {number}: a line is FILE.wav = WORDS, of a file beside it.")
                self.problem = told.format(file=folder / INDEX, number=number)
                continue
            self._files[slug(words)] = path


def why_unreadable(clip: Path) -> str:
    """Why a recording is not even to be opened, as a clause; empty when it may be."""
    try:
        state = clip.stat()
    except OSError as error:
        told = _("The recording {clip} cannot be read ({why})")
        return told.format(clip=clip.name, why=error.strerror or error)
    if not clip.is_file():
        return _("The recording {clip} is no file").format(clip=clip.name)
    return (
        _("The recording {clip} is too large").format(clip=clip.name) if state.st_size > _MOST_BYTES else ""
    )
