"""What a command may import: nobody waits for Textual who does not see it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "arguments",
    [
        ["streak"],
        ["list"],
        ["check", "lower-back"],
        ["history", "--json"],
        ["history", "--csv"],
        ["explain", "lower-back", "mon"],
        ["off", "--list"],
        ["log", "swim", "30m"],
        ["progress"],
        ["export"],
        ["restore", "--list"],
    ],
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


def test_streak_reads_no_yaml_unless_the_settings_may_matter(home: Path) -> None:
    (home / "settings.yaml").write_text("theme: dark\n")
    code = (
        "import sys\n"
        "from backtimer.cli.main import main\n"
        "assert main(['streak']) == 0\n"
        "assert 'yaml' not in sys.modules and 'backtimer.practice' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_the_core_reads_no_clock_and_no_file() -> None:
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from backtimer.core import calendar, compile, explain, plan_json, sentences, session\n"
        "forbidden = {'yaml', 'sqlite3', 'pathlib', 'platformdirs', 'textual', 'asyncio', 'random'}\n"
        "loaded = (set(sys.modules) - before) & forbidden\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
