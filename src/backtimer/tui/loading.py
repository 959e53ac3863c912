"""Loads what the full screen is made of, without what nobody needs before the first key."""

from __future__ import annotations

import sys
import typing
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_PALETTE = "textual.command"

_LATER = ("asyncio.sslproto", "difflib", "mimetypes", "pickle", "rich.table", "rich.tree", "uuid")
"""Modules that are named at the start and needed by nobody whose style sheets are right: 0.6 MB and 5 ms."""

_SAME = frozenset(
    ("Any", "Final", "Literal", "ParamSpec", "Protocol", "Self", "TypeAlias", "TypeGuard", "TypedDict")
).union(("get_args", "runtime_checkable"))
"""What `typing_extensions` takes from `typing`, or does as well, since Python 3.11: 0.5 MB and 4 ms."""


class _Missing(ModuleType):
    """Stands for a module that is not loaded yet; each of its classes is an empty one."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {})
        setattr(self, name, made)
        return made


class _Later(ModuleType):
    """Stands for a module that is loaded when the first of its functions or classes is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*arguments, **named)

        return call


class _Typing(ModuleType):
    """Stands for `typing_extensions` as long as nothing is asked for that `typing` has not."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in _SAME:
            return getattr(typing, name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def _standing_in(*modules: ModuleType) -> Iterator[None]:
    """Have these found in the place of modules that are not loaded; whoever asks later gets those."""
    new = [module for module in modules if module.__name__ not in sys.modules]
    sys.modules.update({module.__name__: module for module in new})
    try:
        yield
    finally:
        for module in new:
            if sys.modules.get(module.__name__) is module:
                del sys.modules[module.__name__]


def load_asyncio() -> None:
    """Load it without the encryption of connections, of which we have none: 4 MB and 5 ms.

    asyncio can do without, since Python can be built without. Whoever imports `ssl` later gets it.
    """
    if "ssl" not in sys.modules and "asyncio" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        try:
            import asyncio  # noqa: F401, PLC0415 - late: 40 ms
        finally:
            del sys.modules["ssl"]


def load_textual() -> None:
    """Load Textual's app without its command palette and six widgets that only that needs: 1.2 MB and 25 ms.

    `palette` brings it when it is opened. What else is only named at the start is loaded later, too.
    """
    if _PALETTE in sys.modules or "textual.app" in sys.modules:
        load_asyncio()
        return
    with _standing_in(_Missing(_PALETTE), _Typing("typing_extensions"), *map(_Later, _LATER)):
        load_asyncio()
        import textual.app  # noqa: PLC0415 - late: 200 ms

        if sys.platform != "win32":
            import textual.drivers.linux_driver  # noqa: F401, PLC0415 - of which ours is made


def bring(loaded: ModuleType, *users: ModuleType) -> None:
    """Give modules what they were loaded without, now that it is there."""
    for user in users:
        for name in vars(user).keys() & vars(loaded).keys():
            if getattr(vars(user)[name], "__module__", "") == __name__:
                setattr(user, name, vars(loaded)[name])
