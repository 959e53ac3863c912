"""When the full form of an exercise that hurt comes back.

Its easier form comes until `ENOUGH` sessions of it in a row were good, as many as progression takes for a
step up (clinical judgement). Then the full exercise is proposed, at the low end of its ranges; only a yes
brings it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from backtimer.core.decisions import ENOUGH, PATIENCE, Result


@dataclass(frozen=True, slots=True)
class Eased:
    """An exercise that is done in its easier form."""

    exercise: str
    good: int
    """Sessions of the easier form in a row that were good, up to now."""
    since: datetime
    """When it hurt last."""
    sessions: tuple[datetime, ...] = ()
    """When the easier form was done since."""

    def returns(self, declined: datetime | None) -> bool:
        """Whether the full exercise is to be proposed.

        Args:
            declined: When that was last declined; None: it was not.
        """
        if self.good < ENOUGH:
            return False
        return declined is None or sum(at >= declined for at in self.sessions) >= PATIENCE


def eased_now(
    sessions: Iterable[Mapping[str, Result]],
    easier: Mapping[str, str],
    returned: Mapping[str, datetime],
) -> dict[str, Eased]:
    """The exercises that are done in their easier form for now, by id.

    Args:
        sessions: How each exercise went in each session, oldest first.
        easier: The id of the easier form, by exercise id; empty or missing: there is none.
        returned: When the full exercise was last accepted again.
    """
    found: dict[str, Eased] = {}
    for results in sessions:
        for exercise in [name for name, result in results.items() if result.hurt and easier.get(name)]:
            found[exercise] = Eased(exercise, 0, results[exercise].at)
        for exercise, state in list(found.items()):
            result = results.get(easier[exercise])
            if result is None or not result.attempted or result.at <= state.since:
                continue
            good = state.good + 1 if result.good else 0
            found[exercise] = replace(state, good=good, sessions=(*state.sessions, result.at))
    return {
        exercise: state
        for exercise, state in found.items()
        if exercise not in returned or returned[exercise] <= state.since
    }
