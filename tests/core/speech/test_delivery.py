"""Which words there is time for: those that just fit are said, those that just do not are not."""

from __future__ import annotations

import math

import pytest

from backtimer.core.speech.cues import TONE_LEAD_S, Priority, Tone
from backtimer.core.speech.pieces import BEGIN_S, Piece, Why
from backtimer.core.speech.timing import AIR_S, LATE_S, Delivery, Until
from tests.rules import for_each

AT_S = 64.0
A_HAIR_S = 1 / 1024


def until(end_s: float) -> float:
    """The moment of the next sound that leaves words until exactly then, rounding and all."""
    near = end_s + AIR_S
    candidates = (near, math.nextafter(near, math.inf), math.nextafter(near, 0.0))
    return next(each for each in candidates if each - AIR_S == end_s)


PIECES_BRIEF = [Piece(Why.NAME, "Brief")]


def choices(*texts: str) -> list[list[Piece]]:
    """Ways to say something."""
    return [[Piece(Why.NAME, text)] if text else [] for text in texts]


def delivery() -> Delivery:
    """A quarter of a second for each character, without rounding."""
    return Delivery(lambda text: len(text) / 4)


@pytest.mark.parametrize(("spare_s", "said"), [(0.0, "Long text."), (-A_HAIR_S, "Brief.")])
def test_of_several_texts_the_first_that_just_fits_is_said(spare_s: float, said: str) -> None:
    until_s = until(AT_S + 10 / 4 + spare_s)
    [cue] = delivery().first_that_fits((AT_S,), choices("Long text", "Brief"), until_s)
    assert (cue.text, cue.at_s) == (said, AT_S)


def test_words_that_can_begin_at_their_best_moment_do() -> None:
    best_s, least_s = AT_S + 0.25, AT_S + 0.125
    ends_s = best_s + 6 / 4 + AIR_S + A_HAIR_S
    [at_best] = delivery().first_that_fits((best_s, least_s), choices("Brief"), ends_s)
    [at_least] = delivery().first_that_fits((best_s, least_s), choices("Brief"), ends_s - 2 * A_HAIR_S)
    assert (at_best.at_s, at_least.at_s) == (best_s, least_s)


def test_nothing_is_said_that_does_not_fit() -> None:
    assert delivery().first_that_fits((AT_S,), choices("", "Brief"), AT_S + 1.0) == []


PIECES = (Piece(Why.NAME, "Roll over"), Piece(Why.NEXT, "Left side"), Piece(Why.NOTE, "Arms long"))


def sentences(soft_s: float, hard_s: float) -> list[str]:
    times = Until(until(AT_S + soft_s), until(AT_S + hard_s))
    return [cue.text for cue in delivery().sentences((AT_S,), PIECES, times)]


def test_words_are_left_out_by_need_as_the_time_gets_short() -> None:
    everything, needed, least = "Roll over. Left side. Arms long.", "Roll over. Left side.", "Roll over."
    assert sentences(len(everything) / 4, 99) == [everything]
    assert sentences(len(everything) / 4 - 0.25, 99) == [needed]
    assert sentences(1, len(needed) / 4) == [needed], "a count is silenced rather than what is needed"
    assert sentences(1, len(needed) / 4 - 0.25) == [least], "never what is optional in the place of it"
    assert sentences(1, len(least) / 4) == [least]
    assert sentences(1, len(least) / 4 - 0.25) == []


def test_a_good_word_comes_first_where_there_is_time_for_all() -> None:
    everything = "Roll over. Left side. Arms long."
    enough = AT_S + (len("Nice.") + len(everything)) / 4 + 0.4 + BEGIN_S + AIR_S + A_HAIR_S
    for spare_s, said in ((0.0, ["Nice.", everything]), (-2 * A_HAIR_S, [everything])):
        cues = delivery().sentences(
            (AT_S,), PIECES, Until(enough + spare_s, 999.0), kind=[Piece(Why.PRAISE, "Nice")]
        )
        assert [cue.text for cue in cues] == said


@for_each(
    ("priority", "late_s"),
    [(Priority.NOW, LATE_S), (Priority.KIND, LATE_S), (Priority.NEEDED, 2.5), (Priority.HELPFUL, 2.5)],
)
def test_words_may_begin_as_late_as_they_can_still_be_said_to_their_end(
    priority: Priority, late_s: float
) -> None:
    cue = delivery().text(AT_S, PIECES_BRIEF, priority, AT_S + 4)
    assert cue.latest_s == pytest.approx(AT_S + late_s)
    assert delivery().text(AT_S, PIECES_BRIEF, priority, AT_S).latest_s >= AT_S


def test_a_tone_that_cuts_tells_what_is_cut_and_frees_the_air() -> None:
    cut: list[tuple[float, float]] = []
    give = Delivery(lambda text: 4.0, lambda since_s, at_s: cut.append((since_s, at_s)))
    give.text(AT_S, [Piece(Why.NAME, "Long")], Priority.NEEDED)
    assert give.is_talking(AT_S + 3) and not give.is_talking(AT_S + 4)
    give.tone(AT_S + 1, Tone.COUNT)
    assert cut == [] and give.is_talking(AT_S + 3)
    give.tone(AT_S + 2, Tone.PAUSE, cuts=True)
    assert cut == [(AT_S, AT_S + 2)] and not give.is_talking(AT_S + 2 + TONE_LEAD_S)
    give.tone(AT_S + 3, Tone.PAUSE, cuts=True)
    assert cut == [(AT_S, AT_S + 2)], "there was nothing left to cut"


@pytest.mark.parametrize(("spare_s", "at_s"), [(0.0, AT_S + 0.25), (-A_HAIR_S, AT_S + 0.125)])
def test_a_sentence_that_just_fits_at_its_best_moment_begins_then(spare_s: float, at_s: float) -> None:
    ends_s = until(AT_S + 0.25 + len("Roll over.") / 4 + spare_s)
    starts_s = (AT_S + 0.25, AT_S + 0.125)
    [cue] = delivery().sentences(starts_s, PIECES[:1], Until(ends_s, ends_s))
    assert (cue.text, cue.at_s) == ("Roll over.", at_s)


def test_what_may_be_late_has_ever_shorter_forms_down_to_what_one_must_know() -> None:
    pieces = (
        Piece(Why.NAME, "Next: Roll over", "Roll over"),
        Piece(Why.NEXT, "Left side first", "Left side"),
        Piece(Why.NOTE, "Arms"),
    )
    [cue] = delivery().sentences((AT_S,), pieces, Until(until(AT_S + 40.0), until(AT_S + 50.0)))
    assert cue.text == "Next: Roll over. Left side first. Arms."
    assert cue.shorter == ("Next: Roll over. Left side first.", "Roll over. Left side.")
    assert cue.over_s == AT_S + 40.0
    assert cue.latest_s == AT_S + 50.0 - len("Roll over.") / 4, "the name is still said before the work"


def test_a_text_that_is_needed_can_give_way_to_those_after_it() -> None:
    texts = ("Three. Reach left. Breathe out.", "Three. Reach left.", "Three, and reach left.", "Left.")
    [cue] = delivery().first_that_fits((AT_S,), choices(*texts), until(AT_S + 10.0))
    assert cue.shorter == ("Three. Reach left.", "Left.")
    assert cue.latest_s == AT_S + 10.0 - len("Left.") / 4
    [helpful] = delivery().first_that_fits((AT_S,), choices(*texts), until(AT_S + 10.0), Priority.HELPFUL)
    assert helpful.shorter == ()
    assert helpful.latest_s == AT_S + 10.0 - len(texts[0]) / 4
