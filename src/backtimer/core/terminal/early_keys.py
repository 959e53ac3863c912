"""What was typed between a first frame and the program that obeys it, with the moments at which it was."""

from __future__ import annotations

from backtimer.core.terminal.key_sequences import Token
from backtimer.core.terminal.terminal_input import TerminalInput
from backtimer.values import NamedTuple


class EarlyKeys(NamedTuple):
    """Handed on from who painted the first frame to who takes over."""

    painted_at: float
    """Since when there is something to be seen, in seconds of the reader's clock."""
    reader: TerminalInput
    """It may be in the middle of something."""
    tokens: tuple[Token, ...] = ()
    """What was read of it."""
