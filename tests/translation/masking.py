"""A language without letters: what is still read on a screen nobody could have translated.

Each text keeps its width, so that screens are laid out as in English, whatever is broken or cut there. What
an author wrote is in Greek meanwhile, so that it can be told from English.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from backtimer.core.plan.routine import Phase

MASK = "¤"

DATA = "ψ"

_TEXTS = frozenset(
    (
        "title",
        "name",
        "names",
        "note",
        "load",
        "activity",
        "rest",
        "say",
        "left",
        "equipment",
        "setup",
        "gear",
        "away",
        "steps",
        "breath",
        "watch",
        "out",
        "make_easier",
        "make_harder",
        "ask_first",
        "circuit",
    )
)
"""The fields of routines, plans and sessions that hold texts of their author."""


def masked(message: str) -> str:
    """A text without letters; what is filled in later stays."""
    parts = re.split(r"(\{[^{}]*\})", message)
    return "".join(part if part.startswith("{") else re.sub(r"[^\W\d_]", MASK, part) for part in parts)


class Masking(gettext.NullTranslations):
    """Puts a sign in place of each letter."""

    def gettext(self, message: str) -> str:
        assert message, "the empty text is the head of a catalogue, and never to be translated"
        return masked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        assert isinstance(n, int), "what is counted is a whole number"
        return masked(msgid1 if n == 1 else msgid2)


def greek(text: str) -> str:
    """A text of somebody else's."""
    return re.sub("[A-Za-z]", DATA, text)


def in_greek(value: Any, text: bool = False) -> Any:
    """The same value, all that its author wrote in Greek."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return greek(value) if text else value
    if isinstance(value, Mapping):
        return {key: in_greek(each, text) for key, each in value.items()}
    if isinstance(value, Phase):  # its name is a word of ours where it is one of the usual ones
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **_changed({each.name: getattr(value, each.name) for each in fields(value)}))
    if hasattr(value, "_fields"):
        return value._replace(**_changed(value._asdict()))
    if isinstance(value, tuple):
        return tuple(in_greek(each, text) for each in value)
    return value


def _changed(parts: dict[str, Any]) -> dict[str, Any]:
    new = {name: in_greek(each, name in _TEXTS) for name, each in parts.items()}
    return {name: each for name, each in new.items() if each is not parts[name]}
