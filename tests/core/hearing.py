"""What reaches the ear: the cues of a session, as a speaker plays them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import Event
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import Cue, Verbosity
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script


@dataclass(frozen=True)
class Sound:
    """Words or a tone that began to be heard."""

    at_s: float
    ends_s: float
    """Of words: when they were over, or cut off. Of a tone: when it began."""
    cue: Cue
    event_s: float
    """When the event was that asked for it."""

    @property
    def said(self) -> str:
        """The words, or the tone in brackets."""
        return self.cue.text or f"[{self.cue.tone}]"


def hear(events: Iterable[Event], script: Script) -> list[Sound]:
    """All that is heard, in order of time; what was cut off before it began is not."""
    over: list[Sound] = []
    """What a cut has left as it is: no later one changes it."""
    sounds: list[Sound] = []
    for event in events:
        for cue in script.cues(event):
            if cue.cuts:
                begun = [sound for sound in sounds if sound.at_s < event.at_s]
                over += [
                    Sound(each.at_s, min(each.ends_s, event.at_s), each.cue, each.event_s) for each in begun
                ]
                sounds = []
            sounds.append(Sound(cue.at_s, cue.at_s + speech_s(cue.text), cue, event.at_s))
    return over + sounds


@lru_cache(maxsize=32)
def _undisturbed(plan: Plan) -> tuple[Event, ...]:
    """What happens in such a session, led once for all the ways in which it is told."""
    return tuple(rehearse(plan))


def rehearsed(
    plan: Plan,
    verbosity: Verbosity = Verbosity.FULL,
    *,
    breathing_tones: bool = False,
    slower: float = 1.0,
) -> list[Sound]:
    """What is heard of a session that nothing disturbs, from a voice that takes so much longer."""

    def length(text: str) -> float:
        return speech_s(text) * slower

    script = Script(plan, verbosity=verbosity, breathing_tones=breathing_tones, length=length)
    return hear(_undisturbed(plan), script)


def transcript(sounds: Iterable[Sound], *, tones: bool = True) -> list[str]:
    """What is heard, to be read: `0:20.12 One. Reach left.`."""
    return [
        f"{int(each.at_s) // 60}:{each.at_s % 60:05.2f} {each.said}"
        for each in sounds
        if tones or each.cue.text
    ]


def words(sounds: Iterable[Sound]) -> list[str]:
    """Only what is said."""
    return [each.cue.text for each in sounds if each.cue.text]
