"""Makes a session heard: the script says what, the speaker plays it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from backtimer.audio.speaker import Speaker, open_speaker
from backtimer.audio.voice import VoiceChoice
from backtimer.coach import Attendant
from backtimer.core.cues import Verbosity
from backtimer.core.events import Event
from backtimer.core.outcomes import SetRecord
from backtimer.core.plan import Plan
from backtimer.core.rehearsal import rehearse
from backtimer.core.script import Script, speech_s
from backtimer.core.sound import Sound

LAST_WORDS_S = 10.0
"""How long to wait, at most, for the last words to be said."""


def open_hearing(
    plan: Plan, records: Sequence[SetRecord], sound: Sound, cache: Path, clock: Callable[[], float]
) -> Sequence[Attendant]:
    """Who makes a session heard; nobody when it is to be silent, or this computer cannot play anything.

    Args:
        plan: What is done.
        records: Of the sets that an earlier part of the session has reached.
        sound: How it is to sound.
        cache: A directory for spoken phrases; it need not exist.
        clock: The clock of the session.
    """
    if sound.cues is None:
        return ()
    choice = VoiceChoice(sound.engine, sound.voice, sound.rate, plan.language or "en")
    speaker = open_speaker(choice, cache, clock, volume=sound.volume / 100)
    return () if speaker is None else (Hearing(plan, records, sound, speaker),)


class Hearing:
    """An attendant who says and plays what happens.

    Args:
        plan: What is done.
        records: Of the sets that an earlier part of the session has reached.
        sound: How it is to sound; it has cues.
        speaker: Who plays them.
    """

    def __init__(self, plan: Plan, records: Sequence[SetRecord], sound: Sound, speaker: Speaker) -> None:
        self._plan = plan
        self._sound = sound
        self._speaker = speaker
        self._records = records
        self._script = self._make_script(self._length_s)
        speaker.prepare(self._ahead())

    @property
    def audible(self) -> bool:
        """Whether the speaker can be heard."""
        return self._speaker.audible

    def hear(self, events: Sequence[Event]) -> None:
        """Play what these events ask for."""
        cues = [cue for event in events for cue in self._script.cues(event)]
        if cues:
            self._speaker.play(cues)

    def leave(self) -> None:
        """Fall silent."""
        self._speaker.hush()

    def close(self, *, patiently: bool = False) -> None:
        """End all that plays; patiently: when the last words have been said."""
        self._speaker.close(patience_s=LAST_WORDS_S if patiently else 0.0)

    def _make_script(self, length: Callable[[str], float]) -> Script:
        verbosity = self._sound.cues or Verbosity.TONES
        return Script(
            self._plan,
            verbosity=verbosity,
            breathing_tones=self._sound.breathing,
            length=length,
            records=self._records,
        )

    def _ahead(self) -> Iterator[str]:
        """What will be said if nothing comes in between, in order: it is rendered while the session runs.

        The lengths are measured as they are asked for, so that the same words are found to fit as later.
        """
        script = self._make_script(self._measure_s)
        for event in rehearse(self._plan):
            for cue in script.cues(event):
                if cue.text:
                    yield cue.text

    def _length_s(self, text: str) -> float:
        known = self._speaker.length_s(text)
        return speech_s(text) if known is None else known

    def _measure_s(self, text: str) -> float:
        measured = self._speaker.measure_s(text)
        return speech_s(text) if measured is None else measured
