"""What a command may import: nobody waits for Textual who does not see it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from backtimer.cli.arguments import COMMANDS, Options, Subcommand, options_of
from backtimer.cli.parser import parsed, whole_parser
from tests.rules import for_each

NEEDY = ("new", "start", "explain", "figure", "use", "track", "log", "import")
"""The commands that cannot be called without an argument."""


@for_each(
    "arguments",
    [
        ["streak"],
        ["list"],
        ["check", "lower-back"],
        ["history", "--json"],
        ["history", "--csv"],
        ["explain", "lower-back", "mon"],
        ["figure", "bird-dog"],
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
        "assert 'yaml' not in sys.modules and 'backtimer.training' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_streak_makes_no_plan_and_no_dataclass(home: Path) -> None:
    """Each of those takes a tenth of the whole command."""
    code = (
        "import sys\n"
        "from backtimer.cli.main import main\n"
        "assert main(['log', 'walk', '30m']) == 0\n"
        "for name in [name for name in sys.modules if name.partition('.')[0] == 'backtimer']:\n"
        "    del sys.modules[name]\n"
        "sys.modules.pop('dataclasses', None)\n"
        "from backtimer.cli.main import main\n"
        "assert main(['streak']) == 0\n"
        "heavy = {'dataclasses', 'backtimer.core.plan.plan', 'backtimer.core.plan.routine'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_settings_that_were_read_before_do_not_wait_for_what_a_routine_is(home: Path) -> None:
    (home / "settings.yaml").write_text("routine: lower-back\ntheme: dark\n")
    code = (
        "import sys\n"
        "from backtimer.cli import context\n"
        "assert context.settings().routine == 'lower-back'\n"
        "heavy = {'yaml', 'backtimer.core.plan.routine', 'backtimer.core.progress.streaks'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", code]
    assert "yaml" in subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for kept in (home / "cache" / "parsed").iterdir():  # as if some seconds had passed
        os.utime(kept, ns=(kept.stat().st_mtime_ns + 10**12,) * 2)
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"


def test_a_command_called_at_once_has_the_arguments_it_has_among_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def told(*arguments: str) -> str:
        with pytest.raises(SystemExit, match="0"):
            options_of(arguments)
        return capsys.readouterr().out

    listed = told("--help")
    for name in COMMANDS:
        assert f"\n    {name} " in listed
        alone = told(name, "--help")
        assert alone.startswith(f"usage: backtimer {name} ")
        with pytest.raises(SystemExit, match="0"):
            whole_parser().parse_args([name, "--help"])
        assert capsys.readouterr().out == alone


@for_each("name", [name for name in COMMANDS if name not in NEEDY])
def test_a_command_without_arguments_has_the_options_that_argparse_would_give_it(name: str) -> None:
    called = options_of([name])
    assert called == parsed([name])
    among_all = vars(whole_parser().parse_args([name], Options()))
    assert vars(called).items() <= among_all.items()
    if name == "today":
        assert vars(called) == among_all
        assert options_of([]) == called == whole_parser().parse_args([], Options())


@pytest.mark.parametrize("name", NEEDY)
def test_a_command_that_lacks_an_argument_says_so(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        options_of([name])
    assert capsys.readouterr().err.startswith(f"backtimer {name}: the following arguments are required: ")


def test_an_argument_too_many_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        options_of(["streak", "--json", "more"])
    assert capsys.readouterr().err == "backtimer: unrecognized arguments: more (see backtimer --help)\n"


@for_each("command", [*COMMANDS.values(), *COMMANDS["doctor"].topics.values()])
def test_each_command_of_the_table_has_its_function(command: Subcommand) -> None:
    module, _, name = command.function.partition(":")
    assert callable(getattr(import_module(f"backtimer.cli.{module}"), name))


def test_a_command_without_arguments_waits_for_no_parser() -> None:
    code = (
        "import sys\n"
        "from backtimer.cli.main import main\n"
        "assert main(['streak']) == 0\n"
        "assert 'argparse' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_the_core_reads_no_clock_and_no_file() -> None:
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from backtimer.core.progress import calendar\n"
        "from backtimer.core.speech import explain, narrator\n"
        "from backtimer.core.session import session\n"
        "from backtimer.core.plan import compile, plan\n"
        "forbidden = {'yaml', 'sqlite3', 'pathlib', 'platformdirs', 'textual', 'asyncio', 'random'}\n"
        "loaded = (set(sys.modules) - before) & forbidden\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_full_screen_comes_without_ssl_which_whoever_needs_it_still_gets() -> None:
    code = (
        "import sys\n"
        "from backtimer.tui.loading import load_textual\n"
        "load_textual()\n"
        "import asyncio\n"
        "import backtimer.tui.app, backtimer.tui.driver, backtimer.tui.screens.workout\n"
        "assert 'ssl' not in sys.modules and '_ssl' not in sys.modules\n"
        "async def answer():\n"
        "    await asyncio.sleep(0)\n"
        "    return 42\n"
        "assert asyncio.run(answer()) == 42\n"
        "import ssl\n"
        "assert ssl.create_default_context()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_full_screen_comes_without_what_is_only_named_which_is_there_when_it_is_called() -> None:
    code = (
        "import sys\n"
        "from backtimer.tui.loading import load_textual\n"
        "load_textual()\n"
        "import backtimer.tui.app, backtimer.tui.driver\n"
        "needless = {'asyncio.sslproto', 'difflib', 'mimetypes', 'pickle', 'rich.table', 'rich.tree',\n"
        "            'typing_extensions', 'uuid'}\n"
        "assert not needless & set(sys.modules), needless & set(sys.modules)\n"
        "from rich.style import Style\n"
        "from textual.notifications import Notification\n"
        "from textual.suggestions import get_suggestion\n"
        "from textual.widgets import Static\n"
        "assert get_suggestion('colr', ['color', 'width']) == 'color'\n"
        "assert Style.from_meta({'at': (1, 2)}).meta == {'at': (1, 2)}\n"
        "assert len(Notification('done').identity) == 36\n"
        "from rich.tree import Tree\n"
        "assert isinstance(Static('one').tree, Tree)\n"
        "import typing_extensions, typing\n"
        "assert typing_extensions.Self is typing.Self and typing_extensions.deprecated\n"
        "import asyncio.base_events, asyncio.sslproto\n"
        "assert asyncio.sslproto.SSLProtocol.__mro__\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_typing_has_not_is_taken_from_where_it_is() -> None:
    code = (
        "import sys\n"
        "from backtimer.tui import loading\n"
        "with loading._standing_in(loading._Typing('typing_extensions')):\n"
        "    from typing_extensions import Final, deprecated\n"
        "import typing, typing_extensions\n"
        "assert Final is typing.Final and deprecated is typing_extensions.deprecated\n"
        "assert type(typing_extensions) is type(sys)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_palette_is_loaded_when_it_is_opened() -> None:
    code = (
        "import asyncio, sys, tempfile, time\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from backtimer.tui.loading import load_textual\n"
        "load_textual()\n"
        "from backtimer.storage.files.library import Library\n"
        "from backtimer.storage.files.paths import Paths\n"
        "from backtimer.storage.files.settings import Settings\n"
        "from backtimer.training import Training\n"
        "from backtimer.tui.app import BacktimerApp\n"
        "def now():\n"
        "    return datetime(2026, 5, 5, 9, tzinfo=UTC)\n"
        "async def open_palette(paths):\n"
        "    paths.settings.write_text('routine: lower-back')\n"
        "    training = Training(paths, Settings(), Library(paths).load('lower-back'), now=now,\n"
        "                        clock=time.monotonic)\n"
        "    app = BacktimerApp(training, muted=True)\n"
        "    async with app.run_test(size=(80, 24)) as pilot:\n"
        "        needless = {'textual.command', 'textual.widgets._input', 'textual.widgets._select'}\n"
        "        assert not needless & set(sys.modules), needless & set(sys.modules)\n"
        "        app.action_command_palette()\n"
        "        await pilot.pause()\n"
        "        from textual.command import CommandPalette\n"
        "        assert isinstance(app.screen, CommandPalette)\n"
        "        app.action_command_palette()\n"
        "        assert len(app.screen_stack) == 2\n"
        "        await pilot.press('escape')\n"
        "        app.search_commands([('First', app.action_theme)])\n"
        "        await pilot.pause()\n"
        "        assert CommandPalette.is_open(app)\n"
        "    training.close()\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    asyncio.run(open_palette(Paths(Path(folder), Path(folder), Path(folder) / 'cache')))\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_textual_that_is_there_stays_as_it_is() -> None:
    code = (
        "import textual.app\n"
        "from textual.command import CommandPalette\n"
        "from backtimer.tui.loading import load_textual\n"
        "load_textual()\n"
        "assert textual.app.CommandPalette is CommandPalette\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_ssl_that_is_there_stays() -> None:
    code = (
        "import ssl, sys\n"
        "from backtimer.tui.loading import load_textual\n"
        "load_textual()\n"
        "assert sys.modules['ssl'] is ssl\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
