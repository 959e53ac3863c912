"""The language of the coach's own words: English, or a translation of `vocabulary` where there is one.

A translation is a module with the same names as `vocabulary`, listed in `TRANSLATIONS`; what it lacks is said
in English. Whoever makes words takes them from `v` here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING

from backtimer.core.speech import vocabulary

TRANSLATIONS: Mapping[str, object] = MappingProxyType({})
"""By the tag of a language, in small letters (`nl`, `pt-br`), or its first part."""

_spoken: ContextVar[object] = ContextVar("spoken", default=vocabulary)


def translation(language: str, among: Mapping[str, object] = TRANSLATIONS) -> object:
    """The words of a language: those of `pt-BR`, else those of `pt`, else English."""
    tag = language.lower()
    return among.get(tag) or among.get(tag.split("-")[0]) or vocabulary


@contextmanager
def in_language(language: str, among: Mapping[str, object] = TRANSLATIONS) -> Iterator[None]:
    """Within this, words are those of a language; elsewhere they are English."""
    token = _spoken.set(translation(language, among))
    try:
        yield
    finally:
        _spoken.reset(token)


class _Words:
    """The words of the language that is spoken just now."""

    def __getattr__(self, name: str) -> object:
        words = _spoken.get()
        return getattr(words if hasattr(words, name) else vocabulary, name)


if TYPE_CHECKING:
    v = vocabulary  # so that a word that is missing, or misspelt, is found without running anything
else:
    v = _Words()
