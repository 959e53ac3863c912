"""The words of `vocabulary` in the language of the coach: they are translated as they are used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backtimer.core.speech import vocabulary
from backtimer.language import _


def _translated(value: object) -> object:
    """A word, or a table of words; the forms for one and for several are chosen where a number is known."""
    if isinstance(value, str):
        return _(value)
    if isinstance(value, Mapping):
        return {key: _translated(each) for key, each in value.items()}
    if isinstance(value, tuple) and len(value) > 2:
        return tuple(_translated(each) for each in value)
    return value


class _Words:
    """The words of the language that is spoken just now."""

    def __getattr__(self, name: str) -> object:
        return _translated(getattr(vocabulary, name))


if TYPE_CHECKING:
    v = vocabulary  # so that a word that is missing, or misspelt, is found without running anything
else:
    v = _Words()
