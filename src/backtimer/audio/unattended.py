"""The cues of a session that nobody watches: what a track says.

Its script is to be one that knows of nobody who attends: `Script(..., attended=False)`.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator

from backtimer.core.cues import Cue
from backtimer.core.events import Event
from backtimer.core.plan import Plan
from backtimer.core.rehearsal import rehearse
from backtimer.core.script import Script


def unattended(plan: Plan, script: Script) -> Iterator[Cue]:
    """What is to be heard of a plan from its beginning to its end, in order of time, from 0.0 s on.

    A set at one's own pace gets the time it is expected to take.
    """
    return in_order(rehearse(plan), script.cues)


def in_order(events: Iterable[Event], cues_at: Callable[[Event], Iterable[Cue]]) -> Iterator[Cue]:
    """The cues that events ask for, in the order of their moments, which may lie after later events'.

    As for the speaker, a cue that cuts takes away what was asked for before and has not come yet, and of one
    moment come tones first, then words by what they matter.
    """
    waiting: list[tuple[float, bool, int, int, Cue]] = []
    number = 0
    for event in events:
        while waiting and waiting[0][0] < event.at_s:
            yield heapq.heappop(waiting)[-1]
        for cue in cues_at(event):
            if cue.cuts:
                waiting.clear()
            number += 1
            heapq.heappush(waiting, (cue.at_s, cue.tone is None, int(cue.priority), number, cue))
    while waiting:
        yield heapq.heappop(waiting)[-1]
