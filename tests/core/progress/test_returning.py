"""When the full form of an exercise that hurt is proposed again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backtimer.core.progress.decisions import Eased, Result, eased_now
from tests.core.pasts import day

EASIER = {"bird-dog": "leg-reach", "leg-reach": "tilt", "tilt": "", "bridge": "tilt"}
BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)


def result(offset: int, *, hurt: bool = False, done: int = 2, effort: int | None = None) -> Result:
    """Of two sets that were planned."""
    at = BEGAN + timedelta(days=offset)
    return Result(at, day(offset), 2, done, attempted=bool(done) or hurt, hurt=hurt, effort=effort)


def eased(*sessions: dict[str, Result], **returned: int) -> dict[str, int]:
    """What is eased, and how many good sessions in a row its easier form has."""
    back = {name.replace("_", "-"): BEGAN + timedelta(days=offset) for name, offset in returned.items()}
    return {name: state.good for name, state in eased_now(sessions, EASIER, back).items()}


def test_what_hurt_is_eased_next_time() -> None:
    assert eased({"bird-dog": result(0)}, {"bird-dog": result(1, hurt=True), "bridge": result(1)}) == {
        "bird-dog": 0
    }


def test_it_stays_eased_however_often_the_easier_form_went_well() -> None:
    sessions = [{"bird-dog": result(0, hurt=True)}, *({"leg-reach": result(at)} for at in range(1, 6))]
    assert eased(*sessions) == {"bird-dog": 5}


def test_a_session_that_was_not_good_begins_anew_and_one_that_never_came_to_it_tells_nothing() -> None:
    hurt, good = {"bird-dog": result(0, hurt=True)}, {"leg-reach": result(1)}
    assert eased(hurt, good, {"leg-reach": result(2, done=1)}) == {"bird-dog": 0}
    assert eased(hurt, good, {"leg-reach": result(2, effort=7)}) == {"bird-dog": 0}
    assert eased(hurt, good, {"leg-reach": result(2, done=0)}) == {"bird-dog": 1}
    assert eased(hurt, good, {"bridge": result(2)}) == {"bird-dog": 1}


def test_when_the_easier_form_hurts_too_both_are_eased() -> None:
    hurt = ({"bird-dog": result(0, hurt=True)}, {"leg-reach": result(2, hurt=True)})
    assert eased(*hurt) == {"bird-dog": 0, "leg-reach": 0}
    assert eased(*hurt, {"tilt": result(4)}) == {"bird-dog": 0, "leg-reach": 1}


def test_the_easier_form_in_the_same_session_is_not_next_time() -> None:
    assert eased({"bird-dog": result(0, hurt=True), "leg-reach": result(0)}) == {"bird-dog": 0}


def test_a_yes_brings_it_back_until_it_hurts_again() -> None:
    hurt = {"bird-dog": result(3, hurt=True)}
    assert eased(hurt, bird_dog=5) == {}
    assert eased(hurt, bird_dog=2) == {"bird-dog": 0}
    assert eased(hurt, {"bird-dog": result(6, hurt=True)}, bird_dog=5) == {"bird-dog": 0}


def test_without_an_easier_form_nothing_is_eased() -> None:
    assert eased({"tilt": result(0, hurt=True), "cobra": result(0, hurt=True)}) == {}


def test_it_is_proposed_after_three_and_after_a_no_three_sessions_later() -> None:
    moments = tuple(BEGAN + timedelta(days=offset) for offset in range(1, 7))
    assert not Eased("bird-dog", 2, BEGAN, moments[:2]).returns(None)
    assert Eased("bird-dog", 3, BEGAN, moments[:3]).returns(None)
    assert not Eased("bird-dog", 5, BEGAN, moments[:5]).returns(moments[3])
    assert Eased("bird-dog", 6, BEGAN, moments).returns(moments[3])
    assert not Eased("bird-dog", 0, BEGAN, moments).returns(moments[2])
