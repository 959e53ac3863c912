"""The keys of plain mode, and what they mean."""

from __future__ import annotations

from backtimer.core.session.transitions import Command, Which
from backtimer.language import marked

FORWARD = ("right", "down", "pagedown")
"""What a presenter's button sends: "done" where a set waits for it, otherwise the next set."""

KEYS = {
    "n": Command.NEXT_SET,
    **dict.fromkeys(FORWARD, Command.NEXT_SET),
    "p": Command.PREVIOUS_SET,
    **dict.fromkeys(("left", "up", "pageup"), Command.PREVIOUS_SET),
    "+": Command.EXTEND,
    "=": Command.EXTEND,
    "h": Command.HURTS,
    "u": Command.TAKE_BACK,
}

WHICH_KEYS = {
    "h": Which.WORKED,
    **{key: Which.WORKED for key, command in KEYS.items() if command is Command.PREVIOUS_SET},
    **{key: Which.COMING for key, command in KEYS.items() if command is Command.NEXT_SET},
}
"""What answers the question which exercise hurts; `u` says neither, and any other key has it put again."""

KEY_HELP = marked(
    "Keys: space or any other key pauses and goes on, or says that a set at your own pace is done; "
    "n next set, p previous set, + ten seconds more, e swap this exercise, h this hurts, "
    "u takes that back, f finish, q quit, ? this help."
)
