"""How many kills the writer's thread survives: `python -m tests.benchmarks.kills [HOW_MANY] [SEED]`."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from tests.storage.killing import kill_and_look


def main(kills: int = 120, seed: int = 1) -> None:
    """Kill, look, and tell; an assertion fails where something acknowledged is lost."""
    chance = random.Random(seed)
    acknowledged = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(kills):
            # Now and then a file of its own, so that the very first writes are hit, too.
            acknowledged += kill_and_look(Path(folder) / f"history-{number // 10}.db", chance)
    print(f"{kills} kills survived, {acknowledged} acknowledgements, none lost (seed {seed})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
