"""Large letters, and the breath at a moment."""

from __future__ import annotations

from backtimer.core.picture import letters
from backtimer.core.picture.moment import BreathView
from backtimer.core.plan.plan import Step, StepKind
from backtimer.core.plan.routine import Breath
from backtimer.core.plan.units import Breathing
from backtimer.tui.screens.workout_view import breath_now
from tests.rules import for_each

# ---------------------------------------------------------------------- block letters


@for_each("scale", [1, 2, 3, 7])
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


@for_each("text", ["", "  ", "Übung", "体操", "[/]"])
def test_what_has_no_sign_is_not_drawn(text: str) -> None:
    assert letters.fitted_text(text, 200, 60, 99) == (0, ())


# ---------------------------------------------------------------------- the breath

PACE = Breathing(4.0, 6.0)


def phase(breath: Breath, length_s: float) -> Step:
    return Step(StepKind.PHASE, length_s, length_s, 0, "x", phase="lift", breath=breath)


@for_each(
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
