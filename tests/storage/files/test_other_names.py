"""What exercises are called elsewhere; and whatever is proposed in place of a name is there."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from backtimer.storage.files.other_names import (
    _SEVERAL,
    _UNSURE,
    letters_of,
    meant_exercises,
    no_exercise,
    other_names,
)
from tests.bundled import CATALOGUE, catalogue
from tests.storage.routine_files import problems

IDS = sorted(CATALOGUE)


def test_other_names_are_of_exercises_that_there_are_and_each_of_one_only() -> None:
    assert {exercise for _name, exercise in other_names()} <= {*IDS}
    assert {each for ids in (*_SEVERAL.values(), *_UNSURE.values()) for each in ids} <= {*IDS}
    letters = [letters_of(name) for name, _exercise in other_names()]
    own = {letters_of(each) for each in IDS} | {letters_of(each.name) for each in catalogue().values()}
    assert len({*letters}) == len(letters)
    assert not {*letters} & own
    assert not {letters_of(name) for name in _SEVERAL} & {*letters, *own}
    assert len({letters_of(each) for each in IDS}) == len(IDS)


NAMES = st.one_of(
    st.sampled_from(IDS),
    st.sampled_from([name for name, _exercise in other_names()]),
    st.sampled_from([*_SEVERAL, *_UNSURE]),
    st.text("abcdefghiklmnoprstu -", max_size=20),
)


@given(
    name=NAMES,
    cut=st.integers(0, 20),
    more=st.text("aelrst -", max_size=3),
    known=st.sets(st.sampled_from(IDS)),
)
def test_whatever_is_proposed_is_there(name: str, cut: int, more: str, known: set[str]) -> None:
    written = name[:cut] + more + name[cut + 1 :]
    found = meant_exercises(written, known)
    assert {*found} <= known - {written}
    proposed = re.findall("'([^']*)'", no_exercise(written, known).partition(";")[2])
    assert {*proposed} <= {*known, "backtimer list --exercises"}


def test_in_a_file_a_name_that_is_none_is_told_with_one_that_is(tmp_path: Path) -> None:
    text = """\
format: 1
days:
  monday:
    exercises:
      - Bird dog
      - heel drop
      - bird-dog 3x10 5s
      - {exercise: Cobras, reps: 8}
"""
    assert [each.partition(": ")[2] for each in problems(tmp_path, text)] == [
        "there is no exercise 'Bird dog'; did you mean 'bird-dog'?",
        "there is no exercise 'heel drop'; 'backtimer list --exercises' shows those there are",
        "how much of 'bird-dog' stands in keys of its own: "
        "write {exercise: bird-dog, sets: 3, reps: 10, hold: 5s}",
        "there is no exercise 'Cobras'; did you mean 'cobra'?",
    ]
