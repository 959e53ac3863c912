"""Where things live. Nothing here makes a directory: whoever writes into one does."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from backtimer import RefusedError
from backtimer.language import _, marked
from backtimer.values import NamedTuple

HOME_VARIABLE = "BACKTIMER_HOME"
"""When set, one directory holds settings, routines and history: for trials and tests."""


_NO_HOME = marked("there is no home directory to keep anything in; set HOME, or {variable} to a folder")


class Paths(NamedTuple):
    """The directories of one person."""

    config: Path
    data: Path
    cache: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.yaml"

    @property
    def routines(self) -> Path:
        """The person's own routines; `exercises` in it are their own exercises."""
        return self.config / "routines"

    @property
    def history(self) -> Path:
        """The database of what was done."""
        return self.data / "history.db"

    @property
    def voices(self) -> Path:
        """Voices of the person's own, for engines that take some."""
        return self.data / "voices"

    @property
    def locales(self) -> Path:
        """Translations of the person's own, each as `nl/LC_MESSAGES/backtimer.mo`."""
        return self.data / "locales"

    @property
    def parsed(self) -> Path:
        """What was read of routine files, which can be read again at any time."""
        return self.cache / "parsed"

    @property
    def sounds(self) -> Path:
        """Tones and spoken phrases, which can be made again at any time."""
        return self.cache / "sounds"


class NoHomeError(RefusedError):
    """Nothing says where this person's files are; the message is one sentence."""

    exit_code = 1


def find_paths(environ: Mapping[str, str]) -> Paths:
    """The directories that this environment asks for.

    Raises:
        NoHomeError: It names none, and the system knows none.
    """
    if home_text := environ.get(HOME_VARIABLE):
        home = Path(home_text).absolute()
        return Paths(config=home, data=home, cache=home / "cache")
    import platformdirs  # noqa: PLC0415 - late: 4 ms that a set BACKTIMER_HOME does not need

    dirs = platformdirs.PlatformDirs("backtimer", appauthor=False)
    try:
        found = Paths(config=dirs.user_config_path, data=dirs.user_data_path, cache=dirs.user_cache_path)
    except (RuntimeError, KeyError):
        raise NoHomeError(_(_NO_HOME).format(variable=HOME_VARIABLE)) from None
    # Where there is no home, "~" stays as it is: nobody means a folder of that name.
    if not all(path.is_absolute() for path in (found.config, found.data, found.cache)):
        raise NoHomeError(_(_NO_HOME).format(variable=HOME_VARIABLE))
    return found


def bundled_routines() -> Path:
    """The routines that come with backtimer.

    A wheel carries them inside the package, and so does an archive; a checkout, and an editable install of
    one, has them at the top.
    """
    package = Path(__file__).resolve().parents[2]
    inside = on_disk(package / "routines")
    return inside if inside.is_dir() else package.parent.parent / "routines"


def on_disk(path: Path) -> Path:
    """A file or a folder of ours as one that can be opened: in an archive (a zipapp) there is none.

    What is in an archive is unpacked into a temporary folder, which is taken away at the end.
    """
    if path.exists():
        return path
    archive = next((above for above in path.parents if above.is_file()), None)
    return path if archive is None else _unpacked(archive) / path.relative_to(archive)


@cache
def _unpacked(archive: Path) -> Path:
    """A folder with all of an archive that is no program."""
    # late: 9 ms, only in an archive
    import tempfile  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    unpacked = tempfile.TemporaryDirectory(prefix="backtimer-", ignore_cleanup_errors=True)
    atexit.register(unpacked.cleanup)  # which keeps it until then
    folder = Path(unpacked.name)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(
            folder, [name for name in packed.namelist() if name.endswith((".yaml", ".tcss", ".mo"))]
        )
    return folder
