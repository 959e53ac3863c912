"""Who attends a session that is not heard: for want of a player, or until its sound is turned on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from backtimer.coach import Attendant
from backtimer.core.session.events import Event
from backtimer.core.speech.cues import Sound


@runtime_checkable
class Audible(Attendant, Protocol):
    """An attendant who is heard, and whose sound can be changed."""

    def follow(self, past: Sequence[Event]) -> None:
        """Know what has happened, without telling it."""

    def tune(self, changes: Mapping[str, Any]) -> None:
        """From now on it is to sound otherwise."""


class Unheard:
    """An attendant who is silent until the sound is turned on.

    Args:
        sound: How it is set; without cues.
        open_heard: Opens who is heard, for a sound that has cues; another attendant, who says why, if nothing
            can be.
    """

    def __init__(self, sound: Sound, open_heard: Callable[[Sound], Attendant]) -> None:
        self._sound = sound
        self._open = open_heard
        self._past: list[Event] = []
        self._heard: Attendant | None = None

    @property
    def audible(self) -> bool:
        """Whether it is heard by now."""
        return self._heard is not None and self._heard.audible

    @property
    def problem(self) -> str:
        """Why something is not heard, though it should be."""
        return "" if self._heard is None else self._heard.problem

    def attend(self, events: Sequence[Event]) -> None:
        """Remember what happens, or tell it."""
        if self._heard is None:
            self._past += events
        else:
            self._heard.attend(events)

    def expect(self, events: Sequence[Event]) -> None:
        """Have at the ready what comes next."""
        if self._heard is not None:
            self._heard.expect(events)

    def is_ready_for(self, events: Sequence[Event]) -> bool:
        """There is nothing to wait for while nothing is heard."""
        return self._heard is None or self._heard.is_ready_for(events)

    def tune(self, changes: Mapping[str, Any]) -> None:
        """From now on it is to sound otherwise: what of a `Sound` has changed, by its names."""
        self._sound = self._sound._replace(**changes)
        if isinstance(self._heard, Audible):
            self._heard.tune(changes)
        elif self._heard is None and self._sound.cues is not None:
            self._heard = self._open(self._sound)
            if isinstance(self._heard, Audible):
                self._heard.follow(self._past)

    def dismiss(self) -> None:
        """Fall silent."""
        if self._heard is not None:
            self._heard.dismiss()

    def close(self, *, patiently: bool = False) -> None:
        """End what plays; patiently: when the last words have been said."""
        if self._heard is not None:
            self._heard.close(patiently=patiently)


class Silence:
    """An attendant who has nothing to play with, and says so.

    Args:
        problem: What is missing, as a sentence.
    """

    audible = False

    def __init__(self, problem: str) -> None:
        self.problem = problem

    def attend(self, events: Sequence[Event]) -> None:
        """Nothing is heard."""

    def expect(self, events: Sequence[Event]) -> None:
        """Nothing is made ready."""

    def is_ready_for(self, events: Sequence[Event]) -> bool:
        """There is nothing to wait for."""
        return True

    def dismiss(self) -> None:
        """It is silent already."""

    def close(self, *, patiently: bool = False) -> None:
        """There is nothing to end."""
