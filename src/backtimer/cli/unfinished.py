"""What to do with a session that was begun and not ended, as the command line says it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from backtimer.practice import Practice, TakenError

if TYPE_CHECKING:
    from backtimer.coach import Coach


NOTHING_TO_GO_ON_WITH = "There is no session to go on with: none broke off, and none of today has sets left."


def settle(practice: Practice, answer: str) -> Coach | None:
    """Do what was answered.

    Args:
        practice: Whose session it is.
        answer: What `--unfinished` says; `ask` and `later` do nothing here.

    Returns:
        The coach of the session, when it is taken up.
    """
    found = practice.unfinished() if answer in ("resume", "save", "discard") else None
    if found is None:
        return _go_on(practice) if answer == "resume" else None
    if answer == "resume":
        with suppress(TakenError):
            return practice.resume(found)
    elif answer == "save":
        practice.keep(found)
    else:
        practice.discard(found)
    return None


def _go_on(practice: Practice) -> Coach | None:
    """The coach for what is left of a session that was ended early today, if there is one."""
    ended = practice.ended_early()
    if ended is not None:
        with suppress(TakenError):
            return practice.go_on(ended)
    return None
