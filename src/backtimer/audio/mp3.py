"""Samples as an MP3 with chapters. It needs the extra `mp3`."""

from __future__ import annotations

import io
from array import array
from collections.abc import Sequence

from backtimer.audio.chapters import Chapter
from backtimer.audio.tones import RATE
from backtimer.audio.waves import little_endian

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
                "for MP3 files something more must be installed: pip install 'backtimer[mp3]'"
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
