"""The colours of the two looks, and which of them each piece of a picture has: one table for every painter.

Every pair of text and ground has a contrast of at least 4.5 : 1 (WCAG 2.2, 1.4.3); the tests compute it.
"""

from __future__ import annotations

from collections.abc import Mapping

from backtimer.core.figure.colours import DARK_GROUND, LIGHT_GROUND, Shade
from backtimer.core.picture.rows import Look
from backtimer.values import NamedTuple

_DARK: Mapping[str, str] = {
    "background": "#11161b",
    "surface": "#182027",
    "panel": "#24303a",
    "foreground": "#e8ecee",
    "primary": "#6fd6bd",
    "secondary": "#93b9f5",
    "accent": "#f4bd76",
    "success": "#8bd993",
    "warning": "#f2cc6b",
    "error": "#ff9d92",
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
    "side-right-far": "#a05f7d",
    "side-right-trunk": "#d184a8",
    "track": "#53636f",
    "dimmed": "#697782",
    "footer-background": "#182027",
    "footer-description-foreground": "#a3afb9",
    "footer-key-foreground": "#f4bd76",
    "scrollbar": "#3a4a57",
    "scrollbar-background": "#182027",
    "scrollbar-background-hover": "#182027",
    "scrollbar-background-active": "#182027",
}

_LIGHT: Mapping[str, str] = {
    "background": "#fbfaf6",
    "surface": "#f1efe8",
    "panel": "#dfe6e1",
    "foreground": "#1c2329",
    "primary": "#0a5f4d",
    "secondary": "#24508f",
    "accent": "#7d4300",
    "success": "#1c622d",
    "warning": "#714900",
    "error": "#9c1f19",
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
    "side-right-far": "#cb7fa4",
    "side-right-trunk": "#b0427a",
    "track": "#a9b5ae",
    "dimmed": "#89939b",
    "footer-background": "#f1efe8",
    "footer-description-foreground": "#4d5862",
    "footer-key-foreground": "#7d4300",
    "scrollbar": "#b3beb8",
    "scrollbar-background": "#f1efe8",
    "scrollbar-background-hover": "#f1efe8",
    "scrollbar-background-active": "#f1efe8",
}

_LIGHT_GROUNDS = frozenset({"7", "15"})
"""The numbers that terminals give white and light grey in COLORFGBG."""


def is_light(wish: str, colorfgbg: str = "") -> bool:
    """Whether to start with the light look.

    Args:
        wish: `dark`, `light`, or empty: as the terminal suggests.
        colorfgbg: The environment's COLORFGBG ("15;0"), with which some terminals tell their colours.
    """
    return wish == "light" or (wish != "dark" and colorfgbg.rpartition(";")[2] in _LIGHT_GROUNDS)


def _with_figures(colours: Mapping[str, str], figures: Mapping[Shade, str]) -> Mapping[str, str]:
    return {**colours, **{f"figure-{shade}": figures[shade] for shade in Shade if shade}}


DARK_COLOURS = _with_figures(_DARK, DARK_GROUND)
LIGHT_COLOURS = _with_figures(_LIGHT, LIGHT_GROUND)


class Ink(NamedTuple):
    """How a piece of a row is painted."""

    colour: str
    """By its name in the tables above."""
    bold: bool = False
    ground: str = ""
    """Empty: that of the screen. Where there are no colours, a ground of its own is reversed."""


INKS: Mapping[Look, Ink] = {
    Look.PLAIN: Ink("foreground"),
    Look.TITLE: Ink("foreground", bold=True),
    Look.HEADING: Ink("text-primary", bold=True),
    Look.STRONG: Ink("text-accent", bold=True),
    Look.QUIET: Ink("text-muted"),
    Look.RULE: Ink("scrollbar"),
    Look.BAR: Ink("text-primary"),
    Look.ALERT: Ink("text-error"),
    Look.WARNING: Ink("text-warning"),
    Look.DONE: Ink("text-success"),
    Look.PART: Ink("text-accent"),
    Look.MISSED: Ink("foreground"),
    Look.DUE: Ink("text-accent"),
    Look.OPTIONAL: Ink("text-secondary"),
    Look.REST: Ink("text-muted"),
    Look.OFF: Ink("text-secondary"),
    Look.EXTRA: Ink("text-success"),
    Look.CHOSEN: Ink("background", bold=True, ground="accent"),
    Look.BUTTON: Ink("background", bold=True, ground="primary"),
    Look.SHOWN: Ink("foreground", bold=True, ground="panel"),
    Look.KEY: Ink("footer-key-foreground", bold=True, ground="footer-background"),
    Look.KEY_LABEL: Ink("footer-description-foreground", ground="footer-background"),
    Look.WORK: Ink("text-primary", bold=True),
    Look.HOLD: Ink("phase-hold", bold=True),
    Look.RESTING: Ink("text-secondary", bold=True),
    Look.READY: Ink("text-warning", bold=True),
    Look.PAUSED: Ink("text-warning", bold=True),
    Look.LEFT: Ink("side-left", bold=True),
    Look.RIGHT: Ink("side-right", bold=True),
    Look.RIGHT_FAR: Ink("side-right-far"),
    Look.RIGHT_TRUNK: Ink("side-right-trunk"),
    Look.TRACK: Ink("track"),
    Look.DIM: Ink("dimmed"),
    **{Look(shade): Ink(f"figure-{shade}") for shade in Shade if shade},
}

UNREVERSED = frozenset({Look.KEY, Look.KEY_LABEL})
"""What has a ground of its own as the whole line has: without colours it is written plainly."""
