"""The lengths of lead-ins are kept, and are those that would be found out anew."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from backtimer import telling
from backtimer.cli.context import library
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import NothingToDoError, Plan
from backtimer.core.plan.routine import DayKind
from backtimer.core.plan.units import Breathing
from backtimer.core.speech import lead_times
from backtimer.core.speech.lead_times import as_told
from backtimer.storage.files.parsed import ParsedCache
from backtimer.storage.files.paths import find_paths
from backtimer.telling import LastPlan, _sign, told_plan

ROUTINES = ("gentle-start", "between", "lower-back")


@pytest.fixture
def kept(home: Path) -> ParsedCache:
    """A home in which something was kept before."""
    (home / "settings.yaml").write_text("theme: dark\n")
    return ParsedCache(find_paths(os.environ))


def days(name: str) -> list[Plan]:
    routine = library().load(name)
    asked = [key for key, day in routine.days.items() if day.kind is DayKind.EXERCISES]
    return [compile_day(routine, key) for key in asked]


@pytest.mark.parametrize("name", ROUTINES)
def test_what_is_kept_is_what_would_be_found_out(
    name: str, kept: ParsedCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [as_told(made, "auto", {"pelvic-tilt"}) for made in days(name)]
    assert [told_plan(made, "auto", {"pelvic-tilt"}, None, kept) for made in days(name)] == wanted
    monkeypatch.setattr(lead_times, "as_told", None)
    assert [told_plan(made, "auto", {"pelvic-tilt"}, None, kept) for made in days(name)] == wanted


def test_whatever_is_asked_otherwise_is_found_out_anew(kept: ParsedCache) -> None:
    made = days("gentle-start")[0]
    told_plan(made, "auto", (), None, kept)
    for instructions, known, pace in (
        ("short", (), None),
        ("auto", ("pelvic-tilt",), None),
        ("auto", (), 110),
    ):
        told = told_plan(made, instructions, known, pace, kept)
        assert told == as_told(made, instructions, known, pace)
    other = made._replace(exercises=tuple(each._replace(steps=("Wait.",)) for each in made.exercises))
    assert told_plan(other, "auto", (), None, kept) == as_told(other, "auto")


def test_days_that_ask_for_the_same_are_made_once_and_go_by_their_names(
    kept: ParsedCache, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """\
format: 1
title: Twice
days:
  monday: {exercises: [{exercise: bird-dog, reps: 3}]}
  tuesday: {same_as: monday}
  friday: {exercises: [{exercise: bird-dog, reps: 4}]}
"""
    (home / "twice.yaml").write_text(text)
    routine, plans = library().load(str(home / "twice.yaml")), LastPlan(kept)
    compiled = []

    def counted(*asked: Any, **more: Any) -> Plan:
        compiled.append(asked[1])
        return compile_day(*asked, **more)

    monkeypatch.setattr(telling, "compile_day", counted)

    def told(day: str, known: Sequence[str] = (), **more: Any) -> Plan:
        asked: dict[str, Any] = {
            "breathing": None,
            "levels": {},
            "easier": (),
            "straight": False,
            "swaps": {},
            **more,
        }
        return plans.told(plans.compiled(routine, day, **asked), "auto", known, None)

    for day in ("monday", "tuesday", "friday", "tuesday"):
        assert told(day) == told_plan(compile_day(routine, day), "auto", (), None, kept)
    assert compiled == ["monday", "friday", "tuesday"]
    assert told("monday", ["bird-dog"]) == told_plan(
        compile_day(routine, "monday"), "auto", ["bird-dog"], None, kept
    )
    slow = Breathing(out_s=9.0)
    assert told("monday", breathing=slow).breathing == slow, "what it is made of counts, too"
    with pytest.raises(NothingToDoError):
        told("wednesday")


@pytest.mark.parametrize(
    "change",
    [("reps: 3", "reps: 4"), ("hold: 2s", "hold: 4s"), ("relax: 1s", "relax: 2s"), ("each", "alternate")],
)
def test_a_day_that_is_done_otherwise_is_known_by_another_sign(
    change: tuple[str, str], kept: ParsedCache, home: Path
) -> None:
    text = """\
format: 1
title: Signed
days:
  daily:
    exercises:
      - {exercise: bird-dog, sets: 2, reps: 3, hold: 2s, relax: 1s, sides: each}
"""
    assert change[0] in text
    signs = []
    for name, written in (("one", text), ("other", text.replace(*change))):
        (home / f"{name}.yaml").write_text(written)
        made = compile_day(library().load(str(home / f"{name}.yaml")), "monday")
        made = made._replace(routine="", sets=(), exercises=())  # what else tells them apart
        signs.append(_sign((), made.steps))
    assert signs[0] != signs[1]


@pytest.mark.parametrize("value", [None, [], ["x"], {"a": 1}, "text"])
def test_what_is_damaged_counts_as_not_there(value: object, kept: ParsedCache) -> None:
    made = days("gentle-start")[0]
    wanted = told_plan(made, "auto", (), None, kept)
    [name] = [path.name for path in kept._folder.iterdir() if path.name.startswith("told-")]
    kept.keep(name, value, {})
    assert told_plan(made, "auto", (), None, kept) == wanted
    sign = ParsedCache(find_paths(os.environ)).find(name)
    assert sign is not None and sign.value != value
    kept.keep(name, [sign.value[0], ["pelvic-tilt"], [[99_999, 1.0]]], {})
    assert told_plan(made, "auto", (), None, kept) == wanted
