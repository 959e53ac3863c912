"""A language in which nothing of ours can be read: what still can is data, or never came to the door."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from tests.pseudo import Bracketing, outside


class Blanking(Bracketing):
    """Every word of ours is dots, between brackets: what can still be read is data, or was not translated."""

    def gettext(self, message: str) -> str:
        assert message, "the empty text is the head of a catalogue"
        return super().gettext(_blanked(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return super().gettext(_blanked(msgid1 if n == 1 else msgid2))


def _blanked(message: str) -> str:
    return re.sub(r"(\{\w+\})|[^\W\d_]", lambda found: found[1] or "·", message)


@lru_cache(maxsize=1000)
def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", text))


def assert_all_said(message: str, *data: str) -> None:
    """A message is translated as a whole, and what can be read in it stands in the data."""
    assert words_of(outside(message)) == set(), message
    left = words_of(message).difference(*map(words_of, data))
    assert left == set(), message
    assert "⟦" in message, message


def cases_of(test: Any) -> list[Any]:
    """What another test is tried with, beside what it expects then."""
    if not hasattr(test, "cases"):
        (mark,) = [mark for mark in test.pytestmark if mark.name == "parametrize"]
        return [each[0] for each in mark.args[1]]
    return [each[0] for each in test.cases]
