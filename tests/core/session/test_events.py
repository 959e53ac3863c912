"""Events are values: told apart by class and content, and never changed."""

from __future__ import annotations

import pickle
from copy import deepcopy

import pytest

from backtimer.core.session.events import (
    Coming,
    Outcome,
    Paused,
    PauseReason,
    RepDone,
    SetEnded,
    SetRecord,
    StepEnded,
    StepStarted,
)
from tests.rules import for_each


def test_equal_are_those_of_one_class_with_the_same_values() -> None:
    assert StepStarted(1.0, 2) == StepStarted(again=False, step=2, at_s=1.0)
    assert StepStarted(1.0, 2) != StepStarted(1.0, 2, again=True)
    assert RepDone(1.0, 2) != StepEnded(1.0, 2)
    assert RepDone(1.0, 2) != (1.0, 2)
    assert len({RepDone(1.0, 2), RepDone(step=2, at_s=1.0), StepEnded(1.0, 2)}) == 2


def test_fields_have_their_defaults_and_their_names_in_order() -> None:
    paused = Paused(3.0, PauseReason.ASKED)
    assert (paused.at_s, paused.reason, paused.gap_s) == (3.0, PauseReason.ASKED, 0.0)
    assert repr(RepDone(step=2, at_s=1.5)) == "RepDone(at_s=1.5, step=2)"


@for_each(
    ("values", "named"),
    [
        ((1.0,), {}),
        ((), {"step": 2}),
        ((1.0, 2, 3), {}),
        ((1.0, 2), {"step": 3}),
        ((1.0,), {"step": 2, "other": 3}),
        ((1.0, 2), {"again": True}),
    ],
)
def test_what_is_missing_or_too_much_is_refused(values: tuple[float, ...], named: dict[str, int]) -> None:
    with pytest.raises(TypeError, match="RepDone"):
        RepDone(*values, **named)  # type: ignore[arg-type]


def test_an_event_stays_as_it_is() -> None:
    event = StepEnded(1.0, 2)
    with pytest.raises(AttributeError, match="frozen"):
        event.step = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        event.other = 3
    with pytest.raises(AttributeError, match="frozen"):
        del event.at_s
    assert event == StepEnded(1.0, 2)


def test_a_changed_copy_leaves_the_first_alone() -> None:
    coming = Coming(1.0, 2, seconds=5.0, after=None, rest_s=0.0)
    assert coming._replace(at_s=4.0) == Coming(4.0, 2, 5.0, None, 0.0)
    assert coming.at_s == 1.0
    with pytest.raises(TypeError, match="other"):
        coming._replace(other=1)


def test_copies_are_equal() -> None:
    event = SetEnded(1.0, SetRecord(0, Outcome.DONE, 3, 10.0))
    assert deepcopy(event) == event == pickle.loads(pickle.dumps(event))
