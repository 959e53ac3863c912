"""The widgets of the workout screen, each by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.widget import Widget

from backtimer.core.picture import letters
from backtimer.core.picture.moment import BreathView
from backtimer.core.plan.plan import Step, StepKind
from backtimer.core.plan.routine import Breath
from backtimer.core.plan.units import Breathing
from backtimer.tui.screens.workout_view import breath_now
from backtimer.tui.widgets.bars import BreathBar, SessionBar
from backtimer.tui.widgets.big_text import BigText
from backtimer.tui.widgets.text import Line, Mark, Paragraphs, Tallies, Tally
from tests.tui.frames import frame


class Alone(App[None]):
    """One widget on an empty screen."""

    CSS = "Screen { overflow: hidden; } BigText { content-align: left top; }"

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget

    def compose(self) -> ComposeResult:
        yield self.widget


async def drawn(widget: Widget, width: int, height: int, show: Callable[[], None]) -> str:
    """What the screen is like once the widget was told something."""
    app = Alone(widget)
    async with app.run_test(size=(width, height)) as pilot:
        show()
        await pilot.pause()
        return frame(app)


# ---------------------------------------------------------------------- block letters


@pytest.mark.parametrize("scale", [1, 2, 3, 7])
def test_signs_are_as_large_as_they_say(scale: int) -> None:
    for text in ("0123456789:", "BIRD-DOG", "Child's pose (2)", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        rows = letters.draw(text, scale)
        assert len(rows) == letters.rows_at(scale)
        assert {len(row) for row in rows} == {letters.columns(text) * scale}


def test_no_two_signs_look_alike_but_zero_and_o() -> None:
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:.,!?-+/()&%×·"
    looks = {sign: letters.draw(sign, 1) for sign in signs}
    alike = {frozenset((a, b)) for a in signs for b in signs if a < b and looks[a] == looks[b]}
    assert alike <= {frozenset("0O"), frozenset("5S")}


def test_a_text_is_drawn_at_the_largest_scale_that_fits() -> None:
    assert letters.fitted_text("42", 28, 10, 99) == (4, ("42",))
    assert letters.fitted_text("42", 27, 10, 99) == (3, ("42",))
    assert letters.fitted_text("42", 28, 9, 99) == (3, ("42",))
    assert letters.fitted_text("42", 200, 60, 5) == (5, ("42",))


def test_a_long_text_is_broken_evenly() -> None:
    assert letters.break_lines("SEATED ROW WITH RESISTANCE BAND", 114) == (
        "SEATED ROW WITH",
        "RESISTANCE BAND",
    )
    assert letters.fitted_text("AT YOUR OWN PACE", 46, 8, 99) == (1, ("AT YOUR", "OWN PACE"))


@pytest.mark.parametrize("text", ["", "  ", "Übung", "体操", "[/]"])
def test_what_has_no_sign_is_not_drawn(text: str) -> None:
    assert letters.fitted_text(text, 200, 60, 99) == (0, ())


async def test_big_text_falls_back_to_plain_words() -> None:
    widget = BigText()
    assert await drawn(widget, 20, 2, lambda: widget.show("Get ready")) == "Get ready\n\n"
    widget = BigText()
    assert await drawn(widget, 20, 6, lambda: widget.show("Übung")) == "Übung\n" + "\n" * 5


async def test_big_text_is_cut_where_even_plain_words_do_not_fit() -> None:
    widget = BigText(0)
    assert (
        await drawn(widget, 12, 2, lambda: widget.show("one two three four five six"))
        == "one two\nthree four …\n"
    )


async def test_a_count_stays_in_its_place() -> None:
    widget = BigText()

    def show() -> None:
        widget.show("9", "00")

    nine = await drawn(widget, 7, 3, show)
    assert nine.splitlines() == ["    █▀█", "    ▀▀█", "    ▀▀▀"]


async def test_big_text_at_one_by_one() -> None:
    widget = BigText()
    assert await drawn(widget, 1, 1, lambda: widget.show("Lift")) == "…\n"


# ---------------------------------------------------------------------- bars


@pytest.mark.parametrize(
    ("level", "bar"),
    [
        (0.0, "▁▁▁▁▁▁▁▁"),
        (0.5, "████▁▁▁▁"),
        (0.5625, "████▌▁▁▁"),
        (1.0, "████████"),
        (7.0, "████████"),
        (-1.0, "▁▁▁▁▁▁▁▁"),
    ],
)
async def test_the_breath_bar_is_exact_to_an_eighth(level: float, bar: str) -> None:
    widget = BreathBar()
    assert (await drawn(widget, 8, 2, lambda: widget.show(level))).splitlines()[1] == bar


async def test_the_session_bar_is_exact_to_a_half() -> None:
    widget = SessionBar()
    assert await drawn(widget, 8, 1, lambda: widget.show(0.45)) == "━━━╸────\n"


async def test_a_bar_draws_nothing_anew_that_looks_the_same() -> None:
    widget = BreathBar()
    app = Alone(widget)
    async with app.run_test(size=(10, 2)) as pilot:
        widget.show(0.5)
        await pilot.pause()
        refreshed: list[bool] = []
        widget.refresh = lambda *_, **__: refreshed.append(True)  # type: ignore[assignment]
        widget.show(0.501)
        assert not refreshed
        widget.show(0.52)
        assert refreshed


# ---------------------------------------------------------------------- words


async def test_tallies_drop_marks_before_words_and_the_last_words_first() -> None:
    tallies = (Tally("Round 1 of 3", (Mark.NOW, Mark.TO_COME, Mark.TO_COME)), Tally("red band"))
    widget = Tallies()
    assert await drawn(widget, 40, 1, lambda: widget.show(tallies)) == "Round 1 of 3 ◉○○   red band\n"
    widget = Tallies()
    assert await drawn(widget, 22, 1, lambda: widget.show(tallies)) == "Round 1 of 3 ◉○○   re…\n"
    widget = Tallies()
    assert await drawn(widget, 14, 1, lambda: widget.show(tallies[:1])) == "Round 1 of 3\n"


async def test_every_mark_has_a_form_of_its_own() -> None:
    assert len({mark.value for mark in Mark}) == len(Mark)


async def test_a_line_says_markup_as_it_is() -> None:
    widget = Line()
    text = "[@click=app.quit]x[/] [/] \\"
    assert await drawn(widget, 40, 1, lambda: widget.show(text)) == text + "\n"


async def test_paragraphs_are_whole_or_not_there() -> None:
    widget = Paragraphs()
    told = ("One.", "Two and three and four.", "Five.")
    assert await drawn(widget, 12, 2, lambda: widget.show(told)) == "One.\n\n"
    widget = Paragraphs()
    assert await drawn(widget, 12, 4, lambda: widget.show(told)) == "One.\nTwo and\nthree and\nfour.\n"


async def test_only_a_first_paragraph_is_cut() -> None:
    widget = Paragraphs()
    assert (
        await drawn(widget, 12, 2, lambda: widget.show(("Two and three and four.",)))
        == "Two and\nthree and f…\n"
    )


# ---------------------------------------------------------------------- the breath

PACE = Breathing(4.0, 6.0)


def phase(breath: Breath, length_s: float) -> Step:
    return Step(StepKind.PHASE, length_s, length_s, 0, "x", phase="lift", breath=breath)


@pytest.mark.parametrize(
    ("breath", "elapsed_s", "seen"),
    [
        (Breath.IN, 0.0, BreathView("Breathe in", "in", 0.0)),
        (Breath.IN, 1.5, BreathView("Breathe in", "in", 0.75)),
        (Breath.OUT, 0.0, BreathView("Breathe out", "out", 1.0)),
        (Breath.OUT, 2.0, BreathView("Breathe out", "out", 0.0)),
        (Breath.SLOW, 1.0, BreathView("Breathe in", "in", 0.25)),
        (Breath.SLOW, 4.0, BreathView("Breathe out", "out", 1.0)),
        (Breath.SLOW, 11.0, BreathView("Breathe in", "in", 0.25)),
        (Breath.FREE, 1.0, BreathView("Breathe freely")),
    ],
)
def test_the_breath_at_a_moment(breath: Breath, elapsed_s: float, seen: BreathView) -> None:
    assert breath_now(phase(breath, 2.0), elapsed_s, 2.0, PACE) == seen


def test_a_longer_step_is_a_longer_breath() -> None:
    assert breath_now(phase(Breath.IN, 2.0), 3.0, 12.0, PACE).level == 0.25
