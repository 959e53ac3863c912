"""What lines say and ask before a session and after it: what broke off, pain, proposals, what is lost."""

from __future__ import annotations

import gc
import signal
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from backtimer.advice import MorningAfter, OpenProposal
from backtimer.cli import context, plain, today
from backtimer.cli.arguments import Options
from backtimer.cli.overview import NOTHING_TO_GO_ON_WITH, standing_lines
from backtimer.core.plan.prescription import Level
from backtimer.core.progress.calendar import Off, WhyOff
from backtimer.core.progress.decisions import Move, Proposal
from backtimer.core.session.transitions import State
from backtimer.core.speech.phrases import safety_words
from backtimer.day_view import first_view, opening_of
from tests.cli.conftest import Run
from tests.cli.plain_kit import Room
from tests.tui.conftest import hold, unfinished_monday
from tests.tui.taught import STATES

BROKEN_OFF = "Monday's session from 23 Nov: 5 of 9 sets done."
RESUME_KEYS = "r or Enter: resume. s: save it as it is. d: discard it. l: later."
ENDED = "Strength circuit was ended early today."
GO_ON_KEYS = "g or Enter: go on. a: all of it, from the start."
MONDAY = date(2026, 11, 23)
ONE = hold("superman", 20, 1)
PROPOSAL = OpenProposal(
    "monday", "superman", "Superman", Proposal(Move.UP, Level(8), Level(9), "9 reps: three sessions of 8")
)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("r", "resume"),
        ("enter", "resume"),
        ("s", "keep"),
        ("d", "discard"),
        ("l", "begin monday"),
        ("escape", "begin monday"),
    ],
)
def test_what_broke_off_is_asked_about(room: Room, key: str, told: str) -> None:
    room.practice.waiting = unfinished_monday()
    room.hands.at(0, "x", "other", key)
    room.hands.at(5, "q", "l")
    code, lines = room.lead(ONE, unfinished="ask")
    assert code == 0
    assert lines[:3] == [BROKEN_OFF, RESUME_KEYS, "Please press r, s, d or l."]
    assert lines.count("Please press r, s, d or l.") == 1, (
        "what means nothing anywhere is no answer to put right"
    )
    assert room.practice.told[0] == told
    discarded = "Discarded. To have it back: backtimer history 1 --undo"
    assert (discarded in lines) is (key == "d")


@pytest.mark.parametrize(("available", "unfinished"), [(False, "ask"), (True, "later"), (False, "later")])
def test_without_a_question_it_is_told_how_to_take_up_what_broke_off(
    room: Room, available: bool, unfinished: str
) -> None:
    room.practice.waiting = unfinished_monday()
    room.hands.available = available
    code, lines = room.lead(ONE, unfinished=unfinished)
    assert code == 0
    assert lines[0] == f"{BROKEN_OFF} To take it up: --unfinished resume."
    assert room.practice.told == ["begin monday"]


@pytest.mark.parametrize(("answer", "told"), [("resume", "resume"), ("save", "keep"), ("discard", "discard")])
def test_an_answer_given_beforehand_is_not_asked_for(room: Room, answer: str, told: str) -> None:
    room.practice.waiting = unfinished_monday()
    room.hands.available = False
    code, lines = room.lead(ONE, unfinished=answer)
    assert code == 0 and room.practice.told[0] == told
    assert not [line for line in lines if line.startswith(BROKEN_OFF)]


def test_nothing_is_discarded_where_nothing_waits(room: Room) -> None:
    room.hands.available = False
    _, lines = room.lead(ONE, unfinished="discard")
    assert not [line for line in lines if line.startswith("Discarded")]


@pytest.mark.parametrize(
    ("key", "told"),
    [("g", "go on"), ("r", "go on"), ("enter", "go on"), ("a", "begin monday"), ("n", "begin monday")],
)
def test_what_was_ended_early_is_asked_about(room: Room, key: str, told: str) -> None:
    room.practice.ended = unfinished_monday()
    room.hands.at(0, "x", key)
    room.hands.at(5, "q", "l")
    code, lines = room.lead(ONE, unfinished="ask")
    assert code == 0
    assert lines[0].startswith(ENDED) and lines[1:3] == [GO_ON_KEYS, "Please press g or a."]
    assert room.practice.told[0] == told


@pytest.mark.parametrize(("available", "unfinished"), [(False, "ask"), (True, "later")])
def test_without_a_question_it_is_told_how_to_go_on(room: Room, available: bool, unfinished: str) -> None:
    room.practice.ended = unfinished_monday()
    room.hands.available = available
    _, lines = room.lead(ONE, unfinished=unfinished)
    assert lines[0].startswith(ENDED) and lines[0].endswith(" To go on with it: backtimer resume.")
    assert room.practice.told == ["begin monday"]


def test_an_answer_given_beforehand_goes_on_without_a_word(room: Room) -> None:
    room.practice.ended = unfinished_monday()
    room.hands.available = False
    _, lines = room.lead(ONE, unfinished="resume")
    assert room.practice.told[0] == "go on" and not lines[0].startswith(ENDED)


def test_without_a_plan_something_must_be_there_to_go_on_with(room: Room) -> None:
    assert room.lead(unfinished="resume") == (1, [NOTHING_TO_GO_ON_WITH])
    assert room.practice.told == []


def test_a_signal_at_a_question_leaves_before_the_session(room: Room) -> None:
    room.practice.waiting = unfinished_monday()
    room.hands.at(0, room.hands.ended_by(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        room.lead(ONE, unfinished="ask")
    assert room.printed() == [BROKEN_OFF, RESUME_KEYS, ""], "the shell's prompt begins a line"
    assert room.practice.told == []


def test_a_keyboard_that_goes_away_at_a_question_leaves_it_for_later(room: Room) -> None:
    def goes_away() -> None:
        room.hands.available = False

    room.practice.waiting = unfinished_monday()
    room.hands.at(0, goes_away)
    code, _ = room.lead(ONE, unfinished="ask")
    assert code == 0 and room.practice.told == ["begin monday"]
    assert room.practice.waiting is not None


def test_notices_advice_and_easier_forms_come_first(room: Room) -> None:
    room.hands.available = False
    room.practice.said = ("History is off.",)
    room.practice.advised = ("Take care.",)
    room.practice.sore = ("Superman",)
    _, lines = room.lead(ONE)
    assert lines[:3] == ["History is off.", "Take care.", "Superman hurt: today its easier form."]


def test_the_safety_card_is_told_once_and_waited_for(room: Room) -> None:
    room.hands.available = False
    room.practice.untold = True
    began = room.clock.now
    _, lines = room.lead(ONE)
    first_s = room.clock.now - began
    assert lines[2 if plain.ALONE in lines else 1] == safety_words()
    assert not room.practice.untold
    began = room.clock.now
    _, lines = room.lead(ONE)
    assert safety_words() not in lines
    assert first_s >= room.clock.now - began


def test_a_signal_while_the_safety_card_is_told_leaves(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backtimer.coach.Coach.tell_safety", lambda _: 20.0)
    room.practice.untold = True
    room.hands.at(1, room.hands.ended_by(signal.SIGTERM))
    code, lines = room.lead(ONE)
    assert (code, lines[-1]) == (128 + signal.SIGTERM, safety_words())
    assert room.practice.led[0].state is State.READY


def test_a_key_is_enough_of_the_safety_card(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backtimer.coach.Coach.tell_safety", lambda _: 20.0)
    room.practice.untold = True
    began = room.clock.now
    room.hands.at(3, "space")
    room.hands.at(4, "q", "l")
    code, _ = room.lead(ONE)
    assert code == 0 and room.practice.notes.told == ["start", "leave"]
    assert room.clock.now - began < 5


@pytest.mark.parametrize(
    ("title", "asked"), [("Strength", "the morning after Strength"), ("", "the morning after")]
)
def test_pain_is_asked_for_this_morning_and_now(room: Room, title: str, asked: str) -> None:
    room.practice.morning = MorningAfter("a", title, date(2026, 11, 25))
    room.practice.asks_for_pain = True
    room.numbers.available = True
    room.numbers.at(0, "2", "enter", "3", "enter")
    room.hands.at(20, "q", "l")
    code, lines = room.lead(ONE)
    assert code == 0
    assert lines[:2] == [
        f"Pain {asked}, 0 to 10, or Enter to skip: 2",
        "Pain now, 0 to 10, or Enter to skip: 3",
    ]
    assert room.practice.told[0] == "next morning 2" and room.practice.before == 3


def test_each_of_the_two_pains_can_be_asked_for_alone(room: Room) -> None:
    room.numbers.available = True
    room.practice.asks_for_pain = True
    room.numbers.at(0, "4", "enter")
    room.hands.at(20, "q", "l")
    _, lines = room.lead(ONE)
    assert lines[0] == "Pain now, 0 to 10, or Enter to skip: 4" and room.practice.before == 4
    room.practice.asks_for_pain = False
    room.practice.morning = MorningAfter("a", "Strength", date(2026, 11, 25))
    room.practice.told.clear()
    room.numbers.at(0, "5", "enter")
    room.hands.at(20, "q", "l")
    _, lines = room.lead(ONE)
    assert "Pain now" not in "".join(lines) and room.practice.told[0] == "next morning 5"


@pytest.mark.parametrize(
    ("keys", "told", "typed"),
    [
        (("y",), ["yes to superman"], "yes"),
        (("n",), ["no to superman"], "no"),
        (("enter",), [], ""),
        (("escape",), [], ""),
        (("end",), [], ""),
        (("x", "y"), ["yes to superman"], "yes"),
    ],
)
def test_a_proposal_is_answered_with_one_key(
    room: Room, keys: tuple[str, ...], told: list[str], typed: str
) -> None:
    room.practice.proposed = [PROPOSAL]
    room.hands.at(0, *keys)
    room.hands.at(20, "q", "l")
    code, lines = room.lead(ONE)
    prompt = f"{PROPOSAL.text} Yes (y), no (n), or Enter to decide later? "
    please = [prompt, "y or n, please, or Enter to decide later."] if len(keys) > 1 else []
    assert code == 0
    assert lines[: len(please) + 1] == [*please, f"{prompt}{typed}"]
    assert room.practice.told == [*told, "begin monday"]


@pytest.mark.parametrize("quiet", ["unasked", "alone", "another routine's"])
def test_what_need_not_be_asked_is_not(room: Room, quiet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room.practice.proposed, room.practice.asks_for_pain = [PROPOSAL], True
    room.practice.sore = ("Superman",)
    room.hands.available = quiet != "alone"
    if quiet == "another routine's":
        room.practice.asks_for_pain = False
        monkeypatch.setattr(
            "tests.cli.plain_kit.compile_day",
            lambda _, day: room.practice.plan(day)._replace(routine="another"),
        )
    if quiet != "alone":
        room.hands.at(20, "q", "l")
    code, lines = room.lead(ONE, ask=quiet != "unasked")
    told = ("Stop", "Keys", "Get ready")
    assert code == 0 and not [line for line in lines if "?" in line and not line.startswith(told)]
    assert [line for line in lines if "easier form" in line] == (
        [] if quiet == "another routine's" else ["Superman hurt: today its easier form."]
    )


def test_effort_and_pain_are_asked_for_at_the_end(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    rated: list[tuple[int | None, int | None]] = []
    monkeypatch.setattr("backtimer.coach.Coach.rate", lambda _, *values: rated.append(values))
    room.numbers.available = True
    room.numbers.at(0, "4", "enter", "0", "enter")
    code, lines = room.lead(ONE)
    assert code == 0
    assert lines[-2:] == [
        "Effort, 1 very easy to 10 all you have, or Enter to skip: 4",
        "Pain, 0 none to 10 worst imaginable, or Enter to skip: 0",
    ]
    assert rated == [(4, None), (4, 0)]


@pytest.mark.parametrize("available", [True, False])
def test_who_leaves_or_has_no_keyboard_rates_nothing(room: Room, available: bool) -> None:
    room.numbers.available = True
    room.hands.available = available
    if available:
        room.hands.at(5, "q", "l")
    code, lines = room.lead(ONE)
    assert code == 0 and not [line for line in lines if line.startswith("Effort")]


def test_ctrl_c_at_the_ratings_is_no_failure(room: Room) -> None:
    room.numbers.available = True
    room.numbers.at(0, room.numbers.ended_by(signal.SIGINT))
    code, _ = room.lead(ONE)
    assert code == 0 and room.practice.notes.told == ["start", "end"]


@pytest.mark.parametrize("days", [0, 3])
def test_the_last_word_is_the_streak_or_what_is_lost(room: Room, days: int) -> None:
    room.hands.available = False
    room.practice.days_in_a_row = days
    code, lines = room.lead(ONE)
    assert code == 0 and lines[-1] == ("3 days in a row." if days else "That's it, well done. 1 of 1 set.")
    room.practice.lost = "One session is not saved."
    code, lines = room.lead(ONE)
    assert code == 1 and lines[-1] == "One session is not saved." and "3 days in a row." not in lines


def test_who_leaves_hears_of_no_streak_but_of_what_is_lost(room: Room) -> None:
    room.practice.days_in_a_row = 3
    room.hands.at(5, "q", "l")
    code, lines = room.lead(ONE)
    assert code == 0 and "3 days in a row." not in lines
    room.practice.lost = "One session is not saved."
    room.hands.at(5, "q", "l")
    code, lines = room.lead(ONE)
    assert (code, lines[-1]) == (1, "One session is not saved.")


def test_garbage_is_collected_while_a_session_lasts(room: Room) -> None:
    room.hands.available = False
    was = gc.isenabled()
    gc.disable()
    try:
        room.lead(ONE)
        assert gc.isenabled()
    finally:
        if was:
            gc.enable()
        else:
            gc.disable()


def test_in_short_the_lines_are_fewer(room: Room) -> None:
    room.hands.available = False
    _, lines = room.lead(hold("superman", 60, 2))
    _, short = room.lead(hold("superman", 60, 2), short=True)
    assert len(short) < len(lines)


@pytest.mark.parametrize(
    ("states", "off", "told"),
    [
        ("done due rest due due optional rest", None, ["Done for today."]),
        (
            "off off rest due due optional rest",
            Off(MONDAY, MONDAY, WhyOff.FLARE_UP),
            ["Off today, flare-up."],
        ),
        ("due due rest due due optional rest", None, []),
    ],
)
def test_what_the_screen_says_of_the_day_the_lines_say_too(
    room: Room, states: str, off: Off | None, told: list[str]
) -> None:
    room.practice.date, room.practice.states, room.practice.off = MONDAY, states, off
    room.hands.available = False
    _, lines = room.lead(ONE)
    following = [line for line in lines if line.startswith("Next: tomorrow")]
    assert [line for line in lines if line in told] == told and bool(following) == bool(told)
    assert ("Done for today." in lines) == (told == ["Done for today."])


def test_a_day_of_rest_tells_the_last_session_and_what_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    practice = STATES["resting"]()
    assert today._play_today(practice, Options(start=False)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Wednesday: Rest, or a light walk.",
        "Next: tomorrow, Strength circuit, 12 min.",
        "4 days in a row.",
        "Last session: Tuesday 24 Nov · Mobility and stretching · 19 min.",
    ]


def test_a_day_of_several_sessions_is_done_with_the_last_of_them(run: Run, home: Path) -> None:
    path = home / "routines" / "often.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("format: 1\ndays: {daily: {times: 3, exercises: [cat-cow]}}\n")
    run("use", "often")
    for said, shown in (
        ([], "Start"),
        (["1 of 3 sessions done."], "Start"),
        (["2 of 3 sessions done."], "Start"),
        (["Done for today.", "Next: tomorrow, 1 min 30 s."], "Start again"),
    ):
        settings = context.settings()
        with closing(context.training(settings, context.library().load("often"))) as training:
            assert standing_lines(training) == said
            view, _offers = first_view(training, opening_of(training))
            assert [span.text for span in view.said[1:]] == said, "after the safety card's line"
            assert view.button == shown and ("done" in view.facts) == (shown == "Start again")
        run("log", "often")
