"""The looks: a dark one for the evening, a light one for a bright room, and the style sheets of the screens.

Every pair of text and ground that the stylesheets use has a contrast of at least 4.5 : 1 (WCAG 2.2, 1.4.3);
the tests compute it from these values.
"""

from __future__ import annotations

from pathlib import Path

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.theme import Theme

from backtimer.storage.files.paths import on_disk

DARK = Theme(
    name="backtimer-dark",
    dark=True,
    background="#11161b",
    surface="#182027",
    panel="#24303a",
    foreground="#e8ecee",
    primary="#6fd6bd",
    secondary="#93b9f5",
    accent="#f4bd76",
    success="#8bd993",
    warning="#f2cc6b",
    error="#ff9d92",
    variables={
        "text-muted": "#a3afb9",
        "text-primary": "#6fd6bd",
        "text-secondary": "#93b9f5",
        "text-accent": "#f4bd76",
        "text-success": "#8bd993",
        "text-warning": "#f2cc6b",
        "text-error": "#ff9d92",
        "phase-hold": "#c9b2ff",
        "side-left": "#f4bd76",
        "side-right": "#f5a3c7",
        "track": "#53636f",
        "footer-background": "#182027",
        "footer-description-foreground": "#a3afb9",
        "footer-key-foreground": "#f4bd76",
        "scrollbar": "#3a4a57",
        "scrollbar-background": "#182027",
        "scrollbar-background-hover": "#182027",
        "scrollbar-background-active": "#182027",
    },
)

LIGHT = Theme(
    name="backtimer-light",
    dark=False,
    background="#fbfaf6",
    surface="#f1efe8",
    panel="#dfe6e1",
    foreground="#1c2329",
    primary="#0a5f4d",
    secondary="#24508f",
    accent="#7d4300",
    success="#1c622d",
    warning="#714900",
    error="#9c1f19",
    variables={
        "text-muted": "#4d5862",
        "text-primary": "#0a5f4d",
        "text-secondary": "#24508f",
        "text-accent": "#7d4300",
        "text-success": "#1c622d",
        "text-warning": "#714900",
        "text-error": "#9c1f19",
        "phase-hold": "#5b3aa8",
        "side-left": "#7d4300",
        "side-right": "#96205f",
        "track": "#a9b5ae",
        "footer-background": "#f1efe8",
        "footer-description-foreground": "#4d5862",
        "footer-key-foreground": "#7d4300",
        "scrollbar": "#b3beb8",
        "scrollbar-background": "#f1efe8",
        "scrollbar-background-hover": "#f1efe8",
        "scrollbar-background-active": "#f1efe8",
    },
)

THEMES = (DARK, LIGHT)

_LIGHT_GROUNDS = frozenset({"7", "15"})
"""The numbers that terminals give white and light grey in COLORFGBG."""


def theme_for(wish: str, colorfgbg: str = "") -> Theme:
    """The theme to start with.

    Args:
        wish: `dark`, `light`, or empty: as the terminal suggests.
        colorfgbg: The environment's COLORFGBG ("15;0"), with which some terminals tell their colours.
    """
    if wish == "light" or (wish != "dark" and colorfgbg.rpartition(";")[2] in _LIGHT_GROUNDS):
        return LIGHT
    return DARK


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
