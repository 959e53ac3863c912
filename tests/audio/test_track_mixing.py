"""Cues become samples: at their moments, words one after the other, and never more than a piece in memory."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Sequence

import pytest

from backtimer.audio.tones import RATE, tone_samples
from backtimer.audio.track import PIECE, mix
from backtimer.core.speech.cues import Cue, Priority, Tone

SPOKEN = {"short": 0.5, "long": 2.0, "three": 0.4, "endless": 60.0}
LEVELS = {"short": 1000, "long": 2000, "three": 4000, "endless": 500}
ANY = 1e9


def say(at_s: float, text: str, priority: Priority = Priority.NEEDED, latest_s: float = ANY) -> Cue:
    return Cue(at_s, latest_s, priority, text=text)


def beep(at_s: float, tone: Tone = Tone.COUNT, cuts: bool = False) -> Cue:
    return Cue(at_s, at_s + 0.1, Priority.NOW, tone=tone, cuts=cuts)


def sound(cue: Cue) -> array[int] | None:
    """Words as a level of their own for as long as they take, so that they can be found again."""
    if cue.tone is not None:
        return tone_samples(cue.tone)
    if cue.text not in SPOKEN:
        return None
    return array("h", [LEVELS[cue.text]]) * round(SPOKEN[cue.text] * RATE)


def mixed(cues: Iterable[Cue], seconds: float = 6.0) -> array[int]:
    samples = array("h")
    for piece in mix(cues, round(seconds * RATE), sound):
        assert 0 < len(piece) <= PIECE
        samples += piece
    assert len(samples) == round(seconds * RATE)
    return samples


def spans(samples: Sequence[int], level: int) -> list[tuple[float, float]]:
    """Where samples of just this level are, in seconds."""
    found: list[tuple[float, float]] = []
    for index, sample in enumerate(samples):
        if sample == level:
            if found and found[-1][1] == index:
                found[-1] = (found[-1][0], index + 1)
            else:
                found.append((index, index + 1))
    return [(round(start / RATE, 3), round(end / RATE, 3)) for start, end in found if end - start > 10]


def test_nothing_to_hear_is_silence() -> None:
    assert not any(mixed([], 20.0))
    assert not any(mixed([say(1.0, "cannot be said")]))


def test_everything_is_heard_at_its_moment() -> None:
    samples = mixed([beep(1.0), say(2.0, "long"), beep(5.0, Tone.REST)])
    tone = tone_samples(Tone.COUNT)
    assert samples[RATE : RATE + len(tone)] == tone
    assert spans(samples, 2000) == [(2.0, 4.0)]
    assert samples[5 * RATE : 5 * RATE + 100] == tone_samples(Tone.REST)[:100]
    assert not any(samples[:RATE]) and not any(samples[4 * RATE : 5 * RATE])


def test_a_tone_in_words_is_added_to_them() -> None:
    samples = mixed([say(1.0, "long"), beep(2.0)])
    tone = tone_samples(Tone.COUNT)
    assert list(samples[2 * RATE : 2 * RATE + len(tone)]) == [value + 2000 for value in tone]
    assert spans(samples, 2000)[0][0] == 1.0 and spans(samples, 2000)[-1][1] == 3.0


@pytest.mark.parametrize(("level", "together"), [(30_000, 32_767), (-30_000, -32_768)])
def test_what_is_too_loud_together_is_as_loud_as_can_be(level: int, together: int) -> None:
    (piece,) = mix([beep(0.0), beep(0.0)], RATE, lambda cue: array("h", [level]) * RATE)
    assert set(piece) == {together}


def test_however_many_sounds_are_heard_at_once_the_sum_is_theirs() -> None:
    levels = {0.0: (1, 5.0), 0.5: (10, 1.0), 0.7: (100, 4.2), 1.0: (1000, 0.1), 4.4: (10_000, 0.3)}

    def steady(cue: Cue) -> array[int]:
        level, seconds = levels[cue.at_s]
        return array("h", [level]) * round(seconds * RATE)

    samples = array("h")
    for piece in mix([beep(at_s) for at_s in levels], 6 * RATE, steady):
        samples += piece
    for index in range(0, len(samples), 50):
        at_s = index / RATE
        sums = [
            level for start_s, (level, length_s) in levels.items() if start_s <= at_s < start_s + length_s
        ]
        assert samples[index] == sum(sums), at_s


def test_words_wait_for_words() -> None:
    samples = mixed([say(1.0, "long"), say(2.0, "short", latest_s=3.5)])
    assert spans(samples, 2000) == [(1.0, 3.0)]
    assert spans(samples, 1000) == [(3.0, 3.5)]


def test_words_that_would_be_late_are_not_said() -> None:
    samples = mixed([say(1.0, "long"), say(2.0, "short", latest_s=2.5)])
    assert spans(samples, 2000) == [(1.0, 3.0)]
    assert spans(samples, 1000) == []


def test_words_that_matter_more_cut_others_off_when_they_cannot_wait() -> None:
    samples = mixed([say(1.0, "long", Priority.KIND), say(2.0, "three", Priority.NOW, latest_s=2.0)])
    assert spans(samples, 2000) == [(1.0, 2.0)]
    # Beneath their first 8 ms is still heard how the others die away.
    assert spans(samples, 4000) == [(2.008, 2.4)]
    assert 4000 < samples[2 * RATE] <= 6000


def test_words_not_begun_yet_give_way_too() -> None:
    cues = [
        say(1.0, "long", Priority.NOW),
        say(1.5, "short", Priority.KIND),
        say(2.9, "three", Priority.NEEDED, latest_s=3.1),
    ]
    samples = mixed(cues)
    assert spans(samples, 1000) == []
    assert spans(samples, 4000) == [(3.0, 3.4)]


def test_a_cue_that_cuts_silences_what_belongs_to_before() -> None:
    samples = mixed([say(1.0, "long"), say(1.2, "short"), beep(2.0, Tone.END, cuts=True)])
    assert spans(samples, 2000) == [(1.0, 2.0)]
    assert spans(samples, 1000) == []
    assert any(samples[round(2.5 * RATE) : round(2.6 * RATE)])


def test_words_that_are_cut_die_away_without_a_click() -> None:
    samples = mixed([say(1.0, "long"), Cue(2.0, ANY, Priority.NOW, text="nothing", cuts=True)])
    after = list(samples[2 * RATE - 1 : 2 * RATE + 400])
    assert after[0] == 2000 and after[-1] == 0
    assert max(abs(one - other) for one, other in itertools.pairwise(after)) < 30


def test_words_that_would_be_cut_by_the_end_are_not_said_and_tones_end_with_it() -> None:
    samples = mixed([say(5.0, "long"), say(5.4, "short"), beep(5.9, Tone.REST)])
    assert spans(samples, 2000) == []
    assert spans(samples, 1000)[0][0] == 5.4
    assert any(samples[-1000:])


def test_cues_of_a_long_session_come_as_they_are_needed() -> None:
    asked: list[float] = []

    def cues() -> Iterable[Cue]:
        for hour in range(10):
            asked.append(hour)
            yield beep(hour * 3600.0)

    pieces = mix(cues(), 10 * 3600 * RATE, sound)
    next(pieces)
    assert asked == [0, 1]


def in_forms(at_s: float, over_s: float, latest_s: float) -> Cue:
    """Two seconds of words, of which half a second is what one must know."""
    return Cue(at_s, latest_s, Priority.NEEDED, "long", shorter=("short",), over_s=over_s)


def test_words_that_others_make_late_are_said_in_their_shorter_form() -> None:
    heard = mixed([say(0.5, "three", Priority.NOW), in_forms(0.6, over_s=2.7, latest_s=4.0)])
    assert spans(heard, LEVELS["long"]) == []
    assert spans(heard, LEVELS["short"]) == [(0.9, 1.4)]


def test_what_one_must_know_is_said_late_rather_than_not_at_all() -> None:
    first = say(0.5, "three", Priority.NOW)
    assert spans(mixed([first, in_forms(0.6, 1.2, 4.0)]), LEVELS["short"]) == [(0.9, 1.4)]
    assert spans(mixed([first, in_forms(0.6, 1.2, 0.8)]), LEVELS["short"]) == []


def test_words_that_come_in_time_are_said_in_full() -> None:
    assert spans(mixed([in_forms(0.6, over_s=2.7, latest_s=4.0)]), LEVELS["long"]) == [(0.6, 2.6)]
