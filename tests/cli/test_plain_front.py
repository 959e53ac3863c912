"""A session in lines: what is told, and what each key does."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from backtimer.cli import plain
from backtimer.cli.plain_lines import KEY_HELP
from backtimer.core.plan.routine import Pace, Prescription
from backtimer.core.plan.units import LONGEST, Count, Reps
from backtimer.core.session.events import Outcome
from backtimer.core.session.transitions import State
from backtimer.storage.history.live import SAVING
from tests.cli.plain_kit import Room
from tests.tui.conftest import hold, reps

AS_MANY = Prescription("row", sets=Count(2, 2), reps=Reps(()))
OWN_PACE = Prescription("row", sets=Count(2, 2), reps=Reps((Count(12, 12),)), pace=Pace.SELF)


def test_in_a_pipe_sets_at_ones_own_pace_go_on_after_their_estimate(room: Room) -> None:
    room.hands.available = False
    began = room.clock.now
    code, lines = room.lead(OWN_PACE)
    assert code == 0
    assert lines[1] == plain.ALONE and KEY_HELP not in lines
    assert room.outcomes == [Outcome.DONE, Outcome.DONE]
    assert room.practice.led[0].state is State.ENDED
    total_s = room.practice.led[0].plan.total_s
    assert total_s <= room.clock.now - began <= total_s + 2.0, "each second is waited for, and no more"
    assert room.practice.notes.told == ["start", "end"]


def test_in_a_pipe_as_many_reps_as_are_comfortable_are_as_many_as_are_expected(room: Room) -> None:
    room.hands.available = False
    code, lines = room.lead(AS_MANY)
    assert code == 0 and lines[1] == plain.ALONE
    assert room.outcomes == [Outcome.DONE, Outcome.DONE]
    told = [line for line in lines if "Rep " in line]
    assert len(told) == 20 and "Rep 10." in told[-1]
    assert [record.reps for record in room.practice.led[0].snapshot().records if record] == [10, 10]


def test_with_a_keyboard_the_reps_go_on_until_a_key(room: Room) -> None:
    room.hands.at(100, "x")
    room.hands.at(160, "enter")
    code, lines = room.lead(AS_MANY)
    assert code == 0 and room.outcomes == [Outcome.DONE, Outcome.DONE]
    first, second = (record.reps for record in room.practice.led[0].snapshot().records if record)
    assert (first or 0) > 10 > (second or 0) > 0
    assert any(f"Rep {first}." in line for line in lines)


def test_in_a_pipe_a_session_goes_on_by_itself_after_the_machine_slept(room: Room) -> None:
    room.hands.available = False

    def sleep() -> None:
        room.clock.now += 700

    room.hands.at(15, sleep)
    code, lines = room.lead(hold("superman", 20, 2))
    assert code == 0 and room.outcomes == [Outcome.DONE, Outcome.DONE]
    assert [line for line in lines if "away for 12 minutes" in line]


def test_with_a_keyboard_a_set_at_ones_own_pace_waits_for_a_key(room: Room) -> None:
    room.hands.at(3600, "enter")
    room.hands.at(7200, "right")
    code, lines = room.lead(OWN_PACE)
    assert code == 0 and room.outcomes == [Outcome.DONE, Outcome.DONE]
    assert room.clock.now >= 1000 + 7200
    assert lines[1] == KEY_HELP and plain.ALONE not in lines


def test_the_help_is_told_at_the_start_and_when_it_is_asked_for(room: Room) -> None:
    room.hands.at(3, "?")
    room.hands.at(4, "q", "l")
    code, lines = room.lead(hold("superman", 20, 1))
    assert code == 0
    assert lines.count(KEY_HELP) == 2 and lines[1] == KEY_HELP
    assert room.practice.notes.told == ["start", "leave"]
    for key, what in (
        ("space", "pauses"),
        ("n", "next set"),
        ("e", "swap"),
        ("h", "this hurts"),
        ("q", "quit"),
    ):
        assert f"{key} " in KEY_HELP and what in KEY_HELP


def test_what_is_not_saved_is_told_once_and_again_when_it_changes(room: Room) -> None:
    full, gone = "The disk is full: 1 set waits to be saved.", "The history is gone: 2 sets wait to be saved."
    for moment, problem in ((15.0, full), (18.0, gone), (21.0, ""), (24.0, full)):
        room.hands.at(moment, lambda problem=problem: setattr(room.practice.notes, "problem", problem))  # type: ignore[misc]
    code, lines = room.lead(hold("superman", 20, 2))
    assert code == 0
    assert [line for line in lines if "saved" in line] == [full, gone, "Everything is saved now.", full]


def test_leaving_tells_what_is_saved_or_why_it_is_not(room: Room) -> None:
    room.hands.at(40, "q", "l")
    _, lines = room.lead(hold("superman", 20, 2))
    assert lines[-1].endswith("1 of 2 sets done. They are saved, and the rest waits for next time.")
    room.hands.at(2, "q", "l")
    _, lines = room.lead(hold("superman", 20, 2))
    assert lines[-1].endswith("0 of 2 sets done.")


def test_an_exception_is_no_success(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("a mistake of our own")

    room.hands.at(15, fail)
    with pytest.raises(RuntimeError, match="a mistake of our own"):
        room.lead(hold("superman", 20, 2))
    assert room.practice.notes.told == ["start", "leave"], "what was done is kept, and can be taken up again"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("asked", [False, True])
def test_a_signal_leaves_with_its_code_and_a_word(room: Room, number: signal.Signals, asked: bool) -> None:
    room.hands.at(40, *(["q"] if asked else []), room.hands.ended_by(number))
    code, lines = room.lead(hold("superman", 20, 2))
    assert code == 128 + number
    assert "1 of 2 sets done. They are saved" in lines[-1]
    assert room.practice.notes.told == ["start", "leave"]


def test_keys_do_what_they_do_on_the_screen(room: Room) -> None:
    room.hands.at(11, "space", "x")  # pause, and go on by any other key
    room.hands.at(20, "+")
    room.hands.at(21, "n")
    room.hands.at(45, "p")
    room.hands.at(60, "q", "l")
    code, lines = room.lead(hold("superman", 20, 2), reps("bird-dog", 2, 2))
    assert code == 0
    paused = next(index for index, line in enumerate(lines) if line.startswith("Paused"))
    assert lines[paused + 1 : paused + 5] == ["Going on.", "3", "2", "1"]
    assert [line for line in lines if "10 seconds more" in line.lower()]
    assert room.outcomes[0] is Outcome.PARTIAL


def test_a_key_that_means_nothing_now_says_so(room: Room) -> None:
    room.hands.at(60, "+")
    room.hands.at(61, "q", "l")
    _, lines = room.lead(OWN_PACE)
    assert lines.count("Not possible now.") == 1


@pytest.mark.parametrize(("key", "told"), [("s", "end"), ("f", "end"), ("l", "leave")])
def test_stopping_asks_first(room: Room, key: str, told: str) -> None:
    room.hands.at(12, "q", "x", "space")  # asked, and thought better of
    room.hands.at(30, "escape", key)
    code, lines = room.lead(hold("superman", 40, 1))
    assert code == 0
    asked = [at for at, line in enumerate(lines) if line.startswith("Stop here?")]
    paused = [at for at, line in enumerate(lines) if line.startswith("Paused")]
    assert len(asked) == 2 and paused[0] < asked[0], "that it stands still is told before the question"
    assert lines.count("Still here. Space goes on.") == 1
    assert room.practice.notes.told == ["start", told]


def test_what_hurts_is_left_out_and_can_be_taken_back(room: Room) -> None:
    room.hands.at(5, "u")
    room.hands.at(20, "h")
    room.hands.at(40, "u")
    room.hands.at(45, "h")
    room.hands.at(60, "right")
    room.hands.at(300, "q", "l")
    code, lines = room.lead(hold("superman", 30, 2), hold("bird-dog", 20, 1))
    assert code == 0
    assert lines.count("Nothing was left out.") == 1
    assert len([line for line in lines if "We leave out Superman today." in line]) == 2
    assert [line for line in lines if "is back in" in line]
    assert room.outcomes[:2] == [Outcome.HURT, Outcome.SKIPPED]
    assert Outcome.DONE in room.outcomes, "with the presenter's button it goes on with the next exercise"


@pytest.mark.parametrize(("key", "sets"), [("p", [0]), ("h", [0]), ("n", [1]), ("u", [])])
def test_between_two_exercises_it_is_asked_which_one_hurts(room: Room, key: str, sets: list[int]) -> None:
    room.hands.at(37, "h", "x", key)
    room.hands.at(45, "q", "l")
    code, lines = room.lead(hold("superman", 20, 1), hold("bird-dog", 20, 1))
    assert code == 0
    asked = [line for line in lines if line.startswith("Which")]
    assert len(asked) == 2, "any other key has it put again"
    left = room.practice.led[0].snapshot().left_out
    assert list(left) == sets


def test_where_it_hurts_and_nobody_can_press_a_key_nothing_more_is_done(room: Room) -> None:
    def goes_away() -> None:
        room.hands.available = False

    room.hands.at(20, "h", goes_away)
    code, lines = room.lead(hold("superman", 30, 2), hold("bird-dog", 20, 1))
    assert code == 1
    assert plain.NOBODY in lines
    assert room.practice.notes.told == ["start", "leave"]
    assert room.clock.now < 1000 + 60


def test_what_is_not_heard_is_told_once_and_again_when_it_changes(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"why": ""}
    monkeypatch.setattr("backtimer.coach.Coach.unheard", property(lambda _: found["why"]))
    room.hands.at(15, lambda: found.update(why="No voice."))
    room.hands.at(20, lambda: found.update(why=""))
    _, lines = room.lead(hold("superman", 20, 2))
    assert [line for line in lines if line in ("No voice.", "Sound is back.")] == [
        "No voice.",
        "Sound is back.",
    ]


def test_a_set_is_told_as_done_when_it_is_saved_and_in_order(room: Room) -> None:
    """The disk is slow for a while: what comes next does not wait, and the set is told when it is saved."""
    room.hands.available = False
    room.practice.notes.safe = False

    def saved() -> None:
        room.practice.notes.safe = True

    before: list[str] = []
    room.hands.at(40, lambda: before.extend(room.printed()), saved)
    _, after = room.lead(hold("superman", 20, 2))
    assert not [line for line in before if "set 1 of 2: done" in line]
    lines = [*before, *after]
    first = next(index for index, line in enumerate(lines) if "set 1 of 2: done" in line)
    assert [line for line in lines[:first] if "Rest for" in line], "it was told later"
    assert len([line for line in lines if "set 1 of 2: done" in line]) == 1
    assert lines.index("That's it, well done. 2 of 2 sets.") > first


def test_what_was_no_success_is_told_at_once_even_if_it_is_not_saved(room: Room) -> None:
    room.practice.notes.safe = False
    room.hands.at(20, "h")
    lines: list[str] = []
    room.hands.at(21, lambda: lines.extend(room.printed()))
    room.hands.at(22, "q", "l")
    room.lead(hold("superman", 30, 2))
    assert "Superman, set 1 of 2: stopped: it hurt." in lines


def test_what_is_never_saved_is_told_at_the_end_as_not_saved(room: Room) -> None:
    room.hands.available = False
    room.practice.notes.safe = False
    _, lines = room.lead(hold("superman", 20, 1))
    assert lines.count(SAVING) == 1
    assert not [line for line in lines if line.endswith("set 1 of 1: done.")]
    assert [line for line in lines if line.startswith("That's it, well done. 1 of 1 set.")]


@pytest.mark.parametrize("problem", ["", "The disk is full: 1 set waits to be saved."])
def test_who_leaves_is_told_that_it_is_being_saved_or_why_it_is_not(room: Room, problem: str) -> None:
    def slow() -> None:
        room.practice.notes.safe = False
        room.practice.notes.problem = problem

    room.hands.at(25, slow)
    room.hands.at(40, "q", "l")
    code, lines = room.lead(hold("superman", 20, 2))
    assert code == 0
    assert lines.count(SAVING) == (0 if problem else 1)
    assert lines[-1].endswith(f"1 of 2 sets done. {problem}".rstrip())
    assert "They are saved" not in lines[-1]
    assert len([line for line in lines if "set 1 of 2" in line and "Superman, " in line]) >= 1


@pytest.mark.parametrize(("code", "raises"), [(0, True), (143, False)])
def test_a_terminal_that_is_gone_fails_only_who_left_by_a_key(
    room: Room, monkeypatch: pytest.MonkeyPatch, code: int, raises: bool
) -> None:
    forgotten: list[bool] = []

    def gone(_: str) -> None:
        raise OSError(5, "gone")

    def goes() -> None:
        monkeypatch.setattr(plain, "_tell", gone)
        if code:
            room.hands.signal_number = signal.SIGTERM

    monkeypatch.setattr(plain, "forget_output", lambda: forgotten.append(True))
    room.hands.at(15, goes) if code else room.hands.at(15, "q", "l")
    if raises:
        monkeypatch.setattr(plain, "_tell_at_the_end", _tell_gone(plain._tell_at_the_end, monkeypatch, gone))
        with pytest.raises(OSError, match="gone"):
            room.lead(hold("superman", 20, 2))
        assert not forgotten
    else:
        assert room.lead(hold("superman", 20, 2))[0] == 143
        assert forgotten


def _tell_gone(
    tell: Callable[[str, int], None], monkeypatch: pytest.MonkeyPatch, gone: Callable[[str], None]
) -> Callable[[str, int], None]:
    """What tells on leaving, when the terminal goes away just before it."""

    def at_the_end(line: str, code: int) -> None:
        monkeypatch.setattr(plain, "_tell", gone)
        tell(line, code)

    return at_the_end


@pytest.mark.parametrize("key", ["right", "down", "pagedown", "enter", "x"])
def test_a_set_at_ones_own_pace_is_done_with_any_key_that_means_it(room: Room, key: str) -> None:
    room.hands.at(100, key)
    room.hands.at(300, key)
    code, _ = room.lead(OWN_PACE)
    assert code == 0 and room.outcomes == [Outcome.DONE, Outcome.DONE]


def test_in_a_pause_troubles_are_looked_for_all_the_time(room: Room) -> None:
    room.hands.at(15, "space")

    def trouble() -> None:
        room.practice.notes.problem = "The disk is full."

    room.hands.at(100, trouble)
    told_s: list[float] = []

    def note() -> None:
        told_s.append(float("The disk is full." in room.printed()))

    room.hands.at(102, note)
    room.hands.at(110, "q", "l")
    room.lead(hold("superman", 40, 1))
    assert told_s == [1.0]


def test_a_hold_with_an_end_is_over_without_a_key(room: Room) -> None:
    held = OWN_PACE._replace(sets=Count(1, 1), reps=None, hold=LONGEST._replace(high=20), pace=None)
    _code, lines = room.lead(held)
    assert any("Hold as long as is comfortable, at most 20 seconds." in line for line in lines)
    assert [(each.outcome, each.seconds) for each in room.practice.notes.records] == [(Outcome.DONE, 20)]
