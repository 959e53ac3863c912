"""Whether a session would be heard: found out before one begins, and again as long as it would not be.

A very quiet sound is played, and the voice is asked for a word, in a thread of its own. In another one the
first words of the session that may begin are made, so that nobody waits for them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

from backtimer.audio.cache import SoundCache
from backtimer.audio.equipment import Equipment
from backtimer.audio.player import REST_S, Player
from backtimer.audio.renderer import PROBE, Renderer
from backtimer.audio.stage import Stage
from backtimer.audio.voice import RETRY_S
from backtimer.core.plan.plan import Plan
from backtimer.language import _

Make: TypeAlias = "Callable[[Plan, Equipment, Callable[[], bool]], None]"

AGAIN_S = 4.0
"""From one look to the next while all is well: a sound server may go away at any time."""

FOR_S = 300.0
"""After so long without trouble nobody is about to begin, and the device may sleep."""

_LOOK_S = 0.05
"""How often it is looked whether the quiet sound is over."""


class SoundCheck:
    """Finds out whether sound can be heard, between `start` and `stop`.

    Args:
        find: Looks for what there is; it is called in the thread.
        clock: Seconds, from any origin.
        nap: Waits for so many seconds, or less; whether to stop.
        make: Makes the first words of a plan with what there is, as long as they are wanted; it is called in
            a thread. None: nobody does.
    """

    def __init__(
        self,
        find: Callable[[], Equipment],
        clock: Callable[[], float] = time.monotonic,
        nap: Callable[[float], bool] | None = None,
        make: Make | None = None,
    ) -> None:
        self._find = find
        self._clock = clock
        self._over = threading.Event()
        self._nap = nap
        self._thread: threading.Thread | None = None
        self._problem = ""
        self._make = make
        self._making = threading.Lock()
        self._number = 0
        """Of the plan whose first words are wanted; another one after each change."""

    @property
    def problem(self) -> str:
        """Why a session would not be heard as it should be, as a sentence; empty when it would, so far."""
        return self._problem

    def start(self) -> None:
        """Begin to look; nobody waits for that."""
        self.stop()
        self._over = threading.Event()
        self._thread = threading.Thread(
            target=self._guarded,
            args=(self._nap or self._over.wait,),
            daemon=True,
            name="backtimer-soundcheck",
        )
        self._thread.start()

    def stop(self) -> None:
        """Look no more, and make no more words; what is under way ends by itself."""
        self._over.set()
        self._number += 1
        self._thread = None

    def prepare(self, plan: Plan) -> None:
        """Have the first words of a session with this plan made; those of another one are not, any more."""
        self._number += 1
        if self._make is not None:
            threading.Thread(
                target=self._made, args=(plan, self._number), daemon=True, name="backtimer-first-words"
            ).start()

    def _made(self, plan: Plan, number: int) -> None:
        with self._making, suppress(Exception):  # the session makes them itself, a little later
            if self._make is not None and number == self._number:
                self._make(plan, self._find(), lambda: number == self._number)

    def _guarded(self, nap: Callable[[float], bool]) -> None:
        try:
            self.run(nap)
        except Exception as error:  # the screen goes on, and tells
            self._problem = _("Sound cannot be checked: {why}.").format(why=repr(error))

    def run(self, nap: Callable[[float], bool]) -> None:
        """Look until `nap` says to stop; the body of the thread."""
        found = self._find()
        if found.player is None:
            self._problem = found.lack
            return
        stage = Stage(found.player, self._clock)
        well_since = self._clock()
        asked = False
        while True:
            trouble = _unplayed(found.player, stage, found.cache, self._clock, nap)
            if not trouble and found.voice is not None and not asked:
                trouble = found.voice.check()
                asked = not trouble
            voice = found.voice.problem if found.voice is not None else ""
            self._problem = trouble or found.lack or voice
            if trouble:
                well_since = self._clock()
            if nap(min(REST_S, RETRY_S) if trouble else AGAIN_S):
                return
            while self._clock() - well_since > FOR_S:
                if nap(FOR_S):
                    return


def _unplayed(
    player: Player, stage: Stage, cache: SoundCache, clock: Callable[[], float], nap: Callable[[float], bool]
) -> str:
    """Play the quiet sound to its end; why it could not be played."""
    maker = Renderer(None, cache, 1.0, lambda: None)
    maker.need(PROBE)
    while maker.step():
        pass
    made = maker.made(PROBE)
    if made is None:
        return cache.problem
    tries = 3  # each of several players has its turn
    for _try in range(tries):
        first = player.name
        if stage.begin(None, made):
            while stage.is_busy():
                if nap(_LOOK_S):
                    stage.stop()
                    return player.problem
                stage.look(clock())
        if player.problem or player.name == first:
            break
    return player.problem
