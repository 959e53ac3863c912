"""Loads what the full screen is made of, without what nobody needs before the first key."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_PALETTE = "textual.command"


class _Missing(ModuleType):
    """Stands for a module that is not loaded yet; each of its classes is an empty one."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {})
        setattr(self, name, made)
        return made


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

    `palette` brings it when it is opened.
    """
    load_asyncio()
    if _PALETTE in sys.modules or "textual.app" in sys.modules:
        return
    sys.modules[_PALETTE] = _Missing(_PALETTE)
    try:
        import textual.app  # noqa: F401, PLC0415 - late: 200 ms
    finally:
        del sys.modules[_PALETTE]


def bring(loaded: ModuleType, *users: ModuleType) -> None:
    """Give modules what they were loaded without, now that it is there."""
    for user in users:
        for name in vars(user).keys() & vars(loaded).keys():
            if getattr(vars(user)[name], "__module__", "") == __name__:
                setattr(user, name, vars(loaded)[name])
