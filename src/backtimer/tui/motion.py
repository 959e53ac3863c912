"""Whether figures move on this terminal."""

from __future__ import annotations

import os

_REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


def moves_here(wish: str = "") -> bool:
    """Whether figures move.

    Args:
        wish: `moving`, `still`, or empty: they do, but not through a network.
    """
    return wish == "moving" if wish else not any(os.environ.get(name) for name in _REMOTE)
