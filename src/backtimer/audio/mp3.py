"""Samples as an MP3 with chapters. It needs the extra `mp3`."""

from __future__ import annotations

import io
from array import array
from collections.abc import Callable, Sequence

from backtimer.audio.tones import RATE
from backtimer.audio.waves import little_endian
from backtimer.core.plan.plan import Plan, SetSpec
from backtimer.core.speech.phrases import exercise_name, lower, place, side_words
from backtimer.language import _
from backtimer.values import NamedTuple

MOST_IN_CUE_SHEET = 99
"""A cue sheet numbers its tracks with two digits."""

MOST_IN_MP3 = 255
"""The table of contents of an MP3 counts its entries in one byte."""

_FRAMES_PER_S = 75
"""Of a cue sheet."""


class Chapter(NamedTuple):
    """A part of a track."""

    at_s: float
    name: str


def chapters(plan: Plan, most: int) -> tuple[Chapter, ...]:
    """One a set, from what leads to it on: who goes there hears what it is, and has time to get set.

    When that makes too many they are one an exercise, then one a round or prescription; then only the first
    of every few.
    """
    moments = _moments(plan)
    starts = [moments[spec.lead_in] for spec in plan.sets]
    starts[0] = 0.0
    for key, name in _WAYS:
        found = _grouped(plan, starts, key, name)
        if len(found) <= most:
            return tuple(found)
    return tuple(found[:: -(-len(found) // most)])


def cue_sheet(chapters: Sequence[Chapter], title: str, file_name: str) -> str:
    """The text of a cue sheet for a WAV file beside it."""
    lines = [f"TITLE {_quoted(title)}", f"FILE {_quoted(file_name)} WAVE"]
    for number, chapter in enumerate(chapters, 1):
        lines += [
            f"  TRACK {number:02} AUDIO",
            f"    TITLE {_quoted(chapter.name)}",
            f"    INDEX 01 {_cue_time(chapter.at_s)}",
        ]
    return "\n".join(lines) + "\n"


def _moments(plan: Plan) -> list[float]:
    """When each step begins."""
    moments, at_s = [], 0.0
    for step in plan.steps:
        moments.append(at_s)
        at_s += step.estimate_s
    return moments


def _set_name(plan: Plan, spec: SetSpec) -> str:
    which = lower(place(spec)) if spec.sets > 1 else ""
    parts = (_exercise_name(plan, spec), which, lower(side_words(spec.side)))
    return ", ".join(part for part in parts if part)


def _exercise_name(plan: Plan, spec: SetSpec) -> str:
    several = spec.rounds is not None and spec.rounds > 1
    name = exercise_name(plan, spec)
    return _round(spec, name) if several else name


def _item_name(plan: Plan, spec: SetSpec) -> str:
    if spec.rounds is None:
        return exercise_name(plan, spec)
    return _round(spec, spec.circuit or _("Circuit"))


def _round(spec: SetSpec, name: str) -> str:
    return _("{name}, round {number} of {rounds}").format(name=name, number=spec.round, rounds=spec.rounds)


_Key = Callable[[int, SetSpec], object]
_Name = Callable[[Plan, SetSpec], str]
_WAYS: tuple[tuple[_Key, _Name], ...] = (
    (lambda index, spec: index, _set_name),
    (lambda index, spec: (spec.item, spec.round, spec.exercise), _exercise_name),
    (lambda index, spec: (spec.item, spec.round), _item_name),
)


def _grouped(plan: Plan, starts: Sequence[float], key: _Key, name: _Name) -> list[Chapter]:
    """A chapter wherever the key is another one than at the set before."""
    keys = [key(index, spec) for index, spec in enumerate(plan.sets)]
    return [
        Chapter(starts[index], name(plan, spec))
        for index, spec in enumerate(plan.sets)
        if index == 0 or keys[index] != keys[index - 1]
    ]


def _quoted(text: str) -> str:
    """A cue sheet knows no way to write a double quote inside of two."""
    return f'"{" ".join(text.split())}"' if '"' not in text else _quoted(text.replace('"', "'"))


def _cue_time(at_s: float) -> str:
    """`mm:ss:ff`: minutes may go beyond 99, as they do in a long session."""
    seconds, frames = divmod(int(at_s * _FRAMES_PER_S + 1e-6), _FRAMES_PER_S)
    return f"{seconds // 60:02}:{seconds % 60:02}:{frames:02}"


_KBIT_S = 48
"""Words and a few tones need no more; a constant rate lets every player jump to a chapter."""

_QUALITY = 5
"""2 is best, 7 fastest."""

_UTF_16 = 1
_TOP_LEVEL_ORDERED = 3


class MissingExtraError(Exception):
    """What makes MP3s is not installed; the message is a sentence."""


class Mp3:
    """An MP3 in the making.

    Raises:
        MissingExtraError: lameenc or mutagen is not installed.
    """

    def __init__(self, title: str, album: str, chapters: Sequence[Chapter], total_s: float) -> None:
        # Late: an extra, which most people do not have.
        try:
            import lameenc  # noqa: PLC0415

            self._tags = _tags(title, album, chapters, total_s)
        except ImportError as error:
            raise MissingExtraError(
                _("for MP3 files something more must be installed: pip install 'backtimer[mp3]'")
            ) from error
        self._encoder = lameenc.Encoder()
        self._encoder.silence()
        self._encoder.set_channels(1)
        self._encoder.set_in_sample_rate(RATE)
        self._encoder.set_out_sample_rate(RATE)
        self._encoder.set_bit_rate(_KBIT_S)
        self._encoder.set_quality(_QUALITY)

    def head(self) -> bytes:
        """The tags: title and chapters."""
        return self._tags

    def encode(self, samples: array[int]) -> bytes:
        """What more samples add to the file."""
        return bytes(self._encoder.encode(little_endian(samples).tobytes()))

    def rest(self) -> bytes:
        """What is left when the last sample was given."""
        return bytes(self._encoder.flush())


def _tags(title: str, album: str, chapters: Sequence[Chapter], total_s: float) -> bytes:
    """An ID3 tag of version 2.3, which old players know, too."""
    from mutagen import id3  # noqa: PLC0415

    names = [f"chapter{number}" for number in range(1, len(chapters) + 1)]
    ends = [*(round(chapter.at_s * 1000) for chapter in chapters[1:]), round(total_s * 1000)]
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=_UTF_16, text=[title]))
    tags.add(id3.TALB(encoding=_UTF_16, text=[album]))
    tags.add(
        id3.CTOC(element_id="contents", flags=_TOP_LEVEL_ORDERED, child_element_ids=names, sub_frames=[])
    )
    for name, chapter, end in zip(names, chapters, ends, strict=True):
        shown = [id3.TIT2(encoding=_UTF_16, text=[chapter.name])]
        tags.add(
            id3.CHAP(
                element_id=name,
                start_time=round(chapter.at_s * 1000),
                end_time=end,
                start_offset=0xFFFFFFFF,
                end_offset=0xFFFFFFFF,
                sub_frames=shown,
            )
        )
    content = io.BytesIO()
    tags.save(content, v2_version=3, padding=lambda info: 0)
    return content.getvalue()
