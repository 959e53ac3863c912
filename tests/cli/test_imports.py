"""What a command may import: nobody waits for Textual who does not see it."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "arguments",
    [["streak"], ["list"], ["check", "lower-back"], ["history", "--json"], ["explain", "lower-back", "mon"]],
)
def test_commands_without_a_screen_import_no_textual(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from backtimer.cli.main import main\n"
        f"assert main({arguments!r}) == 0\n"
        "loaded = {name.split('.')[0] for name in sys.modules} & {'textual', 'rich'}\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_the_core_reads_no_clock_and_no_file() -> None:
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from backtimer.core import calendar, compile, explain, plan_json, script, session\n"
        "forbidden = {'yaml', 'sqlite3', 'pathlib', 'platformdirs', 'textual', 'asyncio', 'random'}\n"
        "loaded = (set(sys.modules) - before) & forbidden\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
