"""Looks for examples that the tests do not know yet: all that hypothesis deals out, anew and more of it.

The tests themselves deal out the same examples each time. `python -m tests.fuzz` runs those that have any for
as many rounds as it is told, each with other examples, and stops at the first that fails. What it finds
becomes a test of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("rounds", nargs="?", type=int, default=3, help="how often (3)")
    rounds = parser.parse_args().rounds
    places = sorted(
        str(file) for file in TESTS.rglob("test_*.py") if "from hypothesis" in file.read_text("utf-8")
    )
    for each in range(1, rounds + 1):
        print(f"round {each} of {rounds}: {len(places)} files", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", *places]
        if code := subprocess.run(command, env={**os.environ, "BACKTIMER_FUZZ": "1"}, check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
