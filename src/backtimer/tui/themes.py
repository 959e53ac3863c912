"""The looks, a dark one and a light one; the style sheets; and whether figures move on this terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.theme import Theme

from backtimer.core.picture.palette import DARK_COLOURS, LIGHT_COLOURS, is_light
from backtimer.storage.files.paths import on_disk

_OWN = (
    "background",
    "surface",
    "panel",
    "foreground",
    "primary",
    "secondary",
    "accent",
    "success",
    "warning",
    "error",
)
"""The colours that a theme of Textual has names for; the others are variables."""


def _theme(name: str, dark: bool, colours: Mapping[str, str]) -> Theme:
    own = {key: colours[key] for key in _OWN}
    return Theme(
        name=name,
        dark=dark,
        variables={key: value for key, value in colours.items() if key not in own},
        **own,  # type: ignore[arg-type]
    )


DARK = _theme("backtimer-dark", True, DARK_COLOURS)
LIGHT = _theme("backtimer-light", False, LIGHT_COLOURS)

THEMES = (DARK, LIGHT)


def theme_for(wish: str, colorfgbg: str = "") -> Theme:
    """The theme to start with: as it is wished, or as the terminal suggests."""
    return LIGHT if is_light(wish, colorfgbg) else DARK


def style_sheet(name: str) -> Path:
    """The path of a style sheet, which Textual opens."""
    return on_disk(Path(__file__).with_name(name))


class ParsedOnce(Stylesheet):
    """All style sheets of the app, each parsed once for as long as the colours are the same.

    Textual parses all of them anew at the start, when it sets the colours that are there already, and
    whenever a screen comes that has a sheet of its own. Nothing changes rules once they are parsed.
    """

    _SHEETS = 1024
    """So many are remembered: more than there are, for if one is forgotten, in turn all are."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(self._SHEETS)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Put other colours in place of those that are there."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is new. A mistake in it leaves what is there as it is."""
        self.parse()


_REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


def moves_here(wish: str = "") -> bool:
    """Whether figures move.

    Args:
        wish: `moving`, `still`, or empty: they do, but not through a network.
    """
    return wish == "moving" if wish else not any(os.environ.get(name) for name in _REMOTE)
