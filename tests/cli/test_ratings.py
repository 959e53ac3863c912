"""Effort and pain asked in lines: what is typed, what is written, what is kept."""

from __future__ import annotations

from backtimer.cli.ratings import ScaleQuestion, _Form
from backtimer.core.progress.scales import EFFORT, PAIN, Answers
from tests.rules import for_each

QUESTIONS = (ScaleQuestion("Effort", EFFORT), ScaleQuestion("Pain", PAIN))


class Asked:
    """A form, its clock, and what it wrote."""

    def __init__(self) -> None:
        self.now = 0.0
        self.written = ""
        self.form = _Form(QUESTIONS, self._write, Answers((EFFORT, PAIN)), lambda: self.now)
        self.form.open(0)

    def _write(self, text: str) -> None:
        self.written += text

    def press(self, *keys: str | float) -> None:
        """Press keys; a number lets so many seconds pass."""
        for key in keys:
            if isinstance(key, float):
                self.now += key
            else:
                self.form.press(key)


@for_each(
    ("keys", "values", "lines"),
    [
        (("7", "enter", "0", "enter"), [7, 0], ["Effort, or Enter to skip: 7", "Pain, or Enter to skip: 0"]),
        (("1", 0.5, "0"), [10, None], ["Effort, or Enter to skip: 10"]),
        (("1", 0.2, "0", 0.2, "0"), [10, None], ["Effort, or Enter to skip: 10"]),
        (("3", "x"), [10, None], ["Effort, or Enter to skip: 3, 10"]),
        (("1", "enter", 0.1, "0"), [1, 0], ["Effort, or Enter to skip: 1", "Pain, or Enter to skip: 0"]),
        (("enter", "1", 2.0, "0"), [None, 0], ["Effort, or Enter to skip: ", "Pain, or Enter to skip: 1, 0"]),
        (("4", "backspace"), [None, None], ["Effort, or Enter to skip: 4, no answer"]),
        (
            ("4", "enter", "2", "up", "5"),
            [5, 2],
            [
                "Effort, or Enter to skip: 4",
                "Pain, or Enter to skip: 2",
                "Effort, or Enter to go on (now 4): 5",
            ],
        ),
        (
            ("0",),
            [None, None],
            [
                "Effort, or Enter to skip: ",
                "A number from 1 to 10, please; x is ten.",
                "Effort, or Enter to skip: ",
            ],
        ),
        (("up", "other"), [None, None], ["Effort, or Enter to skip: "]),
    ],
    ids=str,
)
def test_what_is_typed_stands_there(
    keys: tuple[str | float, ...], values: list[int | None], lines: list[str]
) -> None:
    asked = Asked()
    asked.press(*keys)
    assert asked.form.answers.values == values
    assert asked.written.rstrip("\n").split("\n")[: len(lines)] == lines


def test_it_is_told_what_changed_an_answer() -> None:
    form = Asked().form
    keys = ("1", "0", "enter", "9", "other", "up", "0", "backspace", "x", "enter", "end")
    changed = [key for key in keys if form.press(key)]
    assert changed == ["1", "0", "9", "backspace", "x"]
