"""`track`: a whole session as an audio file, to take away on a phone."""

from __future__ import annotations

import json
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

from backtimer.attendants import choice_of
from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.mp3 import Chapter, MissingExtraError, chapters
from backtimer.audio.track import FORMATS, Track, render, unattended, write_track
from backtimer.audio.voice import Voice
from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.dates import day_of, either, rest_day
from backtimer.cli.main import UsageError
from backtimer.cli.transfer import Bar
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import DayKind, Routine
from backtimer.core.plan.units import clock_text
from backtimer.core.speech.cues import Sound, Verbosity
from backtimer.core.speech.languages import own_texts
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script
from backtimer.core.speech.transcript import script_dict, script_lines, script_rows
from backtimer.language import _
from backtimer.storage.files.settings import Settings
from backtimer.storage.text import clean, clean_lines, json_escaped


def track(options: Options) -> int:
    """Write the track of a day, and print where its chapters begin."""
    settings = context.settings()
    routine = context.library().load(options.routine)
    day = day_of(routine, options.day, settings, stage=options.stage)
    if routine.days[day].kind is DayKind.REST:
        told = _("{day} is a rest day in {routine}; there is nothing to take along")
        raise UsageError(told.format(day=rest_day(day, options.day), routine=routine.id))
    if options.script or options.json:
        return _print_script(options, settings, routine, day)
    target = Path(f"{_file_name(routine, day)}.wav" if options.output is None else options.output)
    most = FORMATS.get(target.suffix.lower())
    if most is None:
        told = _("{file}: the name of a track ends in {endings}")
        raise UsageError(told.format(file=clean(str(target)), endings=either(list(FORMATS))))
    with closing(context.training(settings, routine)) as training:
        plan = training.plan(day)
        for notice in training.notices:
            print(notice, file=sys.stderr)
    found = tuple(Chapter(each.at_s, clean(each.name)) for each in chapters(plan, most))
    labels = Track(clean(plan.title), clean(routine.title), found)
    sound = context.sound_of(settings)
    if options.cues is not None or sound.cues is None:
        sound = sound._replace(cues=Verbosity(options.cues or Verbosity.FULL))
    sheet = _write(target, plan, labels, sound, options.volume / 100)
    width = len(clock_text(plan.total_s))
    for chapter in found:
        print(f"{clock_text(chapter.at_s):>{width}}  {chapter.name}")
    told = _("{time} written to {file}.")
    if sheet:
        told = _("{time} written to {file}, its chapters in {sheet}.")
    words = told.format(
        time=clock_text(plan.total_s), file=clean(str(target)), sheet=clean(sheet.name) if sheet else ""
    )
    print(words, file=sys.stderr)
    return 0


def _print_script(options: Options, settings: Settings, routine: Routine, day: str) -> int:
    """Print what will be heard."""
    with closing(context.training(settings, routine)) as training:
        plan = training.plan(day)
    sound = context.sound_of(settings)
    verbosity = Verbosity(options.cues) if options.cues else sound.cues or Verbosity.FULL
    script = Script(plan, verbosity=verbosity, breathing_tones=sound.breathing, attended=False)
    rows = list(script_rows(plan, script))
    if options.json:
        print(json_escaped(json.dumps(script_dict(plan, rows), ensure_ascii=False, indent=2)))
    else:
        print(clean_lines("\n".join(script_lines(rows))))
    return 0


def _write(target: Path, plan: Plan, told: Track, sound: Sound, volume: float) -> Path | None:
    verbosity, voice = sound.cues or Verbosity.FULL, None
    if verbosity is not Verbosity.TONES:
        voice = _voice(choice_of(sound, plan.language), plan)
        if voice is None:
            print(_("backtimer: no voice was found, so there are only tones"), file=sys.stderr)
            verbosity = Verbosity.TONES
    tried = None if voice is None else _Tried(voice)
    try:
        return _written(target, plan, told, sound._replace(cues=verbosity), volume, voice=tried)
    except _SilentError as silent:
        print(f"backtimer: {clean(str(silent))}", file=sys.stderr)
        print(_("backtimer: there are only tones"), file=sys.stderr)
    return _written(target, plan, told, sound._replace(cues=Verbosity.TONES), volume)


MOST_IN_VAIN = 2
"""After so many phrases in a row that could not be said there are only tones: each may take seconds."""


class _SilentError(Exception):
    """The voice says nothing any more."""


class _Tried:
    """A voice that is given up when it says nothing any more.

    Args:
        voice: The voice.
    """

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._in_vain = 0

    @property
    def problem(self) -> str:
        """What a person should know."""
        return self._voice.problem

    def render(self, text: str) -> Path | None:
        """The words as a WAV file; None: they cannot be said, but others can.

        Raises:
            _SilentError: Nothing can be said any more.
        """
        file = self._voice.render(text)
        if file is None and self._voice.retry_s(text) is not None:
            self._in_vain += 1
            if self._in_vain >= MOST_IN_VAIN:
                raise _SilentError(self._voice.problem)
        elif file is not None:
            self._in_vain = 0
        return file

    def length_s(self, text: str) -> float | None:
        """How long it takes to say this."""
        return self._voice.length_s(text)


def _written(
    target: Path, plan: Plan, told: Track, sound: Sound, volume: float, *, voice: _Tried | None = None
) -> Path | None:
    verbosity = sound.cues or Verbosity.FULL
    script = Script(
        plan, verbosity=verbosity, breathing_tones=sound.breathing, length=_length(voice), attended=False
    )
    unspoken: list[str] = []
    cues = unattended(plan, script)
    pieces = render(cues, plan.total_s, voice, volume=volume, on_unspoken=unspoken.append)
    bar = Bar(shutil.get_terminal_size().columns) if sys.stderr.isatty() else None
    try:
        with _terminated_cleanly():
            sheet = write_track(target, pieces, plan.total_s, told, bar or _no_bar)
    except MissingExtraError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        words = _("{file} cannot be written: {why}")
        why = error.strerror or error
        raise UsageError(words.format(file=clean(str(target)), why=why)) from error
    finally:
        if bar is not None:
            bar.wipe()
    if unspoken:
        words = _("backtimer: the voice could not say {words}")
        print(words.format(words=repr(clean(unspoken[0]))), file=sys.stderr)
    if voice is not None and voice.problem:
        print(f"backtimer: {clean(voice.problem)}", file=sys.stderr)
    return sheet


def _voice(wanted: VoiceChoice, plan: Plan) -> Voice | None:
    """The voice that is wanted, or another one, if one can be had that writes what it says to a file."""
    cache = context.paths().sounds
    for choice in (wanted, wanted._replace(engine="espeak-ng", voice="")):
        found = find_voice(choice, cache)
        if found is not None and found.renders:
            found.learn(own_texts(plan))
            return found
    return None


def _length(voice: _Tried | None) -> Callable[[str], float]:
    """Measures words, by saying them, where there is a voice."""

    def length(text: str) -> float:
        if voice is None or voice.render(text) is None:
            return speech_s(text)
        measured = voice.length_s(text)
        return speech_s(text) if measured is None else measured

    return length


def _no_bar(done_s: float, total_s: float) -> None:
    """Where nobody watches."""


@contextmanager
def _terminated_cleanly() -> Iterator[None]:
    """Let what is unfinished be taken away when the program is ended from outside, as it is with Ctrl+C."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _file_name(routine: Routine, day: str) -> str:
    """A name that every system takes for a file."""
    return re.sub(r"[^\w.-]+", "-", f"{routine.id}-{day}").strip(".-")
