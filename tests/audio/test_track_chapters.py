"""Chapters: one for each set where there is room, named so that one finds one's way."""

from __future__ import annotations

import re

import pytest

from backtimer.audio.mp3 import MOST_IN_CUE_SHEET, Chapter, chapters, cue_sheet
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Circuit, Item, Prescription
from backtimer.core.plan.units import seconds
from tests.core.plans import count, plan_of, times
from tests.rules import for_each


def prescriptions(number: int, sets: int = 1) -> list[Item]:
    ids = ("superman", "cobra")
    return [
        Prescription(ids[index % 2], sets=count(sets), reps=times(2), rest=seconds(20))
        for index in range(number)
    ]


def starts(plan: Plan) -> list[float]:
    """Of every set: when what leads to it begins."""
    return [sum(step.estimate_s for step in plan.steps[: spec.lead_in]) for spec in plan.sets]


def test_a_chapter_begins_where_one_is_told_what_comes() -> None:
    plan = plan_of(
        Prescription("superman", sets=count(2), reps=times(2)),
        Prescription("knees-to-chest", hold=seconds(20)),
    )
    found = chapters(plan, 99)
    assert [chapter.name for chapter in found] == [
        "Superman, set 1 of 2",
        "Superman, set 2 of 2",
        "Knees to chest, left side",
        "Knees to chest, right side",
    ]
    assert [chapter.at_s for chapter in found] == pytest.approx(starts(plan))
    assert found[0].at_s == 0.0


def test_in_a_circuit_the_round_is_told() -> None:
    both = (Prescription("superman", reps=times(2)), Prescription("cobra", sets=count(2), reps=times(1)))
    plan = plan_of(Circuit(both, count(2)))
    assert [chapter.name for chapter in chapters(plan, 99)][:3] == [
        "Superman, round 1 of 2",
        "Cobra, round 1 of 2, set 1 of 2",
        "Cobra, round 1 of 2, set 2 of 2",
    ]


def test_too_many_sets_give_a_chapter_an_exercise() -> None:
    plan = plan_of(*prescriptions(30, sets=4))
    found = chapters(plan, 99)
    assert [chapter.name for chapter in found] == ["Superman", "Cobra"] * 15
    assert [chapter.at_s for chapter in found] == pytest.approx(starts(plan)[::4])
    assert len(chapters(plan, 255)) == 120


def test_too_many_exercises_give_a_chapter_a_round() -> None:
    both = (Prescription("superman", reps=times(1)), Prescription("cobra", reps=times(1)))
    plan = plan_of(Circuit(both, count(60), title="Back and forth"))
    found = chapters(plan, 99)
    assert len(found) == 60
    assert found[-1].name == "Back and forth, round 60 of 60"


@for_each(("number", "most"), [(100, 99), (198, 99), (199, 99), (120, 7), (3, 1)])
def test_there_are_never_more_than_may_be(number: int, most: int) -> None:
    plan = plan_of(*prescriptions(number))
    found = chapters(plan, most)
    assert most / 2 <= len(found) <= most
    assert found[0].at_s == 0.0
    assert [chapter.at_s for chapter in found] == sorted({chapter.at_s for chapter in found})


def test_a_cue_sheet() -> None:
    listed = (Chapter(0.0, "Superman, set 1 of 2"), Chapter(75.5, 'The "easy" one'), Chapter(6000.04, "Café"))
    assert cue_sheet(listed, "Strength", "monday.wav") == (
        'TITLE "Strength"\n'
        'FILE "monday.wav" WAVE\n'
        "  TRACK 01 AUDIO\n"
        '    TITLE "Superman, set 1 of 2"\n'
        "    INDEX 01 00:00:00\n"
        "  TRACK 02 AUDIO\n"
        "    TITLE \"The 'easy' one\"\n"
        "    INDEX 01 01:15:37\n"
        "  TRACK 03 AUDIO\n"
        '    TITLE "Café"\n'
        "    INDEX 01 100:00:03\n"
    )


def test_no_title_can_add_a_line_to_a_cue_sheet() -> None:
    sheet = cue_sheet((Chapter(0.0, 'A"\nFILE "other.wav" WAVE\r\n  TRACK 02'),), "T", "a.wav")
    assert len(sheet.splitlines()) == 5
    assert sheet.count('"') == 6


def test_the_frames_of_a_cue_sheet_are_75_a_second() -> None:
    moments = [index / 7 for index in range(200)]
    sheet = cue_sheet([Chapter(at_s, "x") for at_s in moments], "T", "a.wav")
    for at_s, found in zip(moments, re.findall(r"INDEX 01 (\d+):(\d\d):(\d\d)", sheet), strict=True):
        minutes, secs, frames = map(int, found)
        assert secs < 60 and frames < 75
        assert 0 <= at_s - (60 * minutes + secs + frames / 75) < 1 / 75 + 1e-6


def test_two_digits_number_the_tracks() -> None:
    assert MOST_IN_CUE_SHEET == 99
