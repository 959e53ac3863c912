"""The two looks are readable, and colours can be switched off."""

from __future__ import annotations

import itertools
import re

import pytest
from textual.color import Color
from textual.theme import Theme

from backtimer.tui.app import BacktimerApp
from backtimer.tui.themes import DARK, LIGHT, THEMES, theme_for
from tests.tui.conftest import FakePractice
from tests.tui.frames import frame

TEXTS = (
    "foreground",
    "text-muted",
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-success",
    "text-warning",
    "text-error",
    "primary",
    "secondary",
    "accent",
    "success",
    "warning",
    "error",
    "footer-foreground",
    "footer-key-foreground",
    "footer-description-foreground",
)
GROUNDS = ("background", "surface", "panel", "footer-background")
FILLED = ("primary", "accent")
"""Grounds of buttons and answers, with letters in the colour of the background."""

READABLE = 4.5
"""WCAG 2.2, success criterion 1.4.3."""


def luminance(color: Color) -> float:
    """Relative luminance. Source: WCAG 2.2."""
    channels = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    red, green, blue = channels
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def variables(theme: Theme) -> dict[str, str]:
    """All variables of a theme, as the stylesheets see them."""
    app = BacktimerApp(FakePractice(theme="dark" if theme.dark else "light"))
    return app.get_css_variables()


def test_the_yardstick() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(119, 119, 119), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_is_readable_on_every_ground(theme: Theme) -> None:
    found = variables(theme)
    pairs = [*itertools.product(TEXTS, GROUNDS), *(("background", ground) for ground in FILLED)]
    poor = {
        pair: round(measured, 2)
        for pair in pairs
        if (measured := contrast(Color.parse(found[pair[0]]), Color.parse(found[pair[1]]))) < READABLE
    }
    assert poor == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_grounds_can_be_told_apart(theme: Theme) -> None:
    found = variables(theme)
    assert contrast(Color.parse(found["background"]), Color.parse(found["panel"])) > 1.15


@pytest.mark.parametrize(
    ("wish", "colorfgbg", "theme"),
    [
        ("dark", "", DARK),
        ("light", "", LIGHT),
        ("", "", DARK),
        ("", "0;15", LIGHT),
        ("", "0;default;7", LIGHT),
        ("", "15;0", DARK),
        ("dark", "0;15", DARK),
        ("light", "15;0", LIGHT),
        ("", "nonsense", DARK),
    ],
)
def test_which_theme_it_starts_with(wish: str, colorfgbg: str, theme: Theme) -> None:
    assert theme_for(wish, colorfgbg) is theme


@pytest.mark.parametrize(("theme", "name"), [("dark", DARK.name), ("light", LIGHT.name)])
async def test_the_settings_choose_and_a_key_changes(theme: str, name: str) -> None:
    app = BacktimerApp(FakePractice(theme=theme))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = frame(app)
        assert app.theme == name
        await pilot.press("t")
        await pilot.pause()
        assert app.theme != name
        assert frame(app) == before
        await pilot.press("t")
        assert app.theme == name


def colours(app: BacktimerApp) -> set[str]:
    """The colours that a picture of the screen has in its letters and their grounds."""
    picture = app.export_screenshot()
    letters = re.findall(r"-r\d+ \{[^}]*fill: (#[0-9a-f]{6})", picture)
    grounds = re.findall(r'<rect fill="(#[0-9a-f]{6})"', picture)
    return {*letters, *grounds}


async def test_no_color_leaves_the_colours_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = BacktimerApp(FakePractice())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert len(colours(app)) == 2


async def test_an_empty_no_color_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    app = BacktimerApp(FakePractice())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert len(colours(app)) > 5


async def test_without_colours_the_chosen_day_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = BacktimerApp(FakePractice())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        row = app.screen._compositor.render_strips()[3]
        reversed_text = [segment.text.strip() for segment in row if segment.style and segment.style.reverse]
        assert reversed_text == ["Thu"]
