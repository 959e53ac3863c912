"""The door through which every word goes that backtimer itself says, on a screen, in a line or by voice.

Texts stand where they are used, in English, as whole sentences; `_` and `counted_words` give them in the
language that is spoken. Tables made at import mark their texts with `marked` and translate them where
they are used. Texts of routines have a language of their own and never come through here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Translations(Protocol):
    """Texts in another language, as the `gettext` of the standard library has them."""

    def gettext(self, message: str, /) -> str:
        """The text in its language, or as it is."""
        ...

    def ngettext(self, one: str, several: str, number: int, /) -> str:
        """The form for a number of things."""
        ...


class _English:
    """No translation at all."""

    def gettext(self, message: str, /) -> str:
        return message

    def ngettext(self, one: str, several: str, number: int, /) -> str:
        return one if number == 1 else several


ENGLISH: Translations = _English()

ENGLISH_TAG = "en"

_spoken = [(ENGLISH, ENGLISH_TAG)]
"""The language of the process, last. Threads see it, too: a context variable would be empty in them."""


def _(message: str) -> str:
    """A text in the language that is spoken."""
    return _spoken[-1][0].gettext(message)


def counted_words(one: str, several: str, number: int) -> str:
    """The form of a text that goes with a number, in the language that is spoken."""
    return _spoken[-1][0].ngettext(one, several, number)


def marked(message: str) -> str:
    """A text of a table, noted for translators; whoever uses it says `_` of it."""
    return message


def spoken_tag() -> str:
    """The tag of the language that is spoken: `en`, `pt-BR`."""
    return _spoken[-1][1]


def speak(translations: Translations, tag: str = ENGLISH_TAG) -> None:
    """From here on, words are those of a language."""
    _spoken[-1] = (translations, tag)


@contextmanager
def speaking(translations: Translations, tag: str = ENGLISH_TAG) -> Iterator[None]:
    """Within this, words are those of a language."""
    _spoken.append((translations, tag))
    try:
        yield
    finally:
        _spoken.pop()
