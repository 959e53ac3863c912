"""The two looks are readable, and colours can be switched off."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
import textual.css.parse
import textual.css.stylesheet
from textual.color import Color
from textual.css.errors import StylesheetError
from textual.css.stylesheet import Stylesheet, StylesheetParseError
from textual.theme import Theme

from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.dialogs import LeaveDialog
from backtimer.tui.themes import DARK, LIGHT, THEMES, ParsedOnce, theme_for
from tests.rules import for_each
from tests.tui.conftest import FakePractice
from tests.tui.frames import frame
from tests.tui.settling import parse_rules

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


@for_each(
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


async def test_without_colours_what_has_a_ground_of_its_own_is_reversed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = BacktimerApp(FakePractice())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        rows = app.screen._compositor.render_strips()
        reverse = [
            segment.text.strip() for row in rows for segment in row if segment.style and segment.style.reverse
        ]
        assert reverse == ["Enter  Start", "[3]", "•Thu ○"]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is parsed of style sheets, by where it stands."""
    found: list[str] = []
    real = textual.css.parse.parse

    def parse(scope: str, css: str, read_from: Any, **more: Any) -> Any:
        found.append(":".join(read_from))
        return real(scope, css, read_from, **more)

    # The tests keep what was parsed for other apps of the run; here that would hide everything.
    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_rules)
    monkeypatch.setattr(textual.css.stylesheet, "parse", parse)
    return found


async def test_each_style_sheet_is_parsed_once_and_again_in_other_colours(parsed: list[str]) -> None:
    app = BacktimerApp(FakePractice())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert any("app.tcss" in sheet for sheet in parsed)
        await app.push_screen(LeaveDialog(1, 2))
        await pilot.pause()
        assert any("dialogs.tcss" in sheet for sheet in parsed)
        # A widget's own few rules are parsed again when it turns out to be the base of another.
        sheets = [sheet for sheet in parsed if ".tcss" in sheet or "App.DEFAULT_CSS" in sheet]
        assert len(sheets) == len(set(sheets)) == 3
        app.theme = LIGHT.name
        await pilot.pause()
        assert sum("app.tcss" in sheet for sheet in parsed) == 2


def test_a_rule_that_cannot_be_parsed_leaves_the_others(parsed: list[str]) -> None:
    sheet = ParsedOnce(variables={"x": "#ff0000"})
    sheet.add_source("Widget { color: $x; }", ("a.tcss", ""))
    before = sheet.rules
    sheet.add_source("Widget { colour: red; }", ("b.tcss", ""))
    with pytest.raises((StylesheetError, StylesheetParseError)):
        sheet.reparse()
    assert sheet._rules == before
    assert parsed == ["a.tcss:", "b.tcss:"]


def test_other_values_of_variables_are_seen(parsed: list[str]) -> None:
    sheet = ParsedOnce(variables={"x": "#ff0000"})
    sheet.add_source("Widget { color: $x; }", ("a.tcss", ""))
    colours = []
    for value in ("#ff0000", "#ff0000", "#00ff00"):
        sheet.set_variables({"x": value})
        sheet.reparse()
        colours.append(sheet.rules[0].styles.color)
    assert colours == [Color(255, 0, 0), Color(255, 0, 0), Color(0, 255, 0)]
    assert len(parsed) == 2
