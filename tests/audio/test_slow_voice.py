"""A voice that takes its time: no silence where words are needed, and name, position and side are told.

The voice works beside the session as its thread does: while it makes a phrase, time passes and the session
goes on. Only the clock is moved by hand.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from backtimer.attendants import Hearing
from backtimer.audio.speaker import Speaker
from backtimer.audio.tones import RATE
from backtimer.audio.waves import wav_bytes
from backtimer.coach import VOICE_S, Coach
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import LEAD_INS, Plan, StepKind, exercise_of_set, goes_on, position_before
from backtimer.core.plan.routine import Day, DayKind, Position, Prescription, Routine
from backtimer.core.session.events import Event, SetRecord, Started, StepStarted
from backtimer.core.session.transitions import Command
from backtimer.core.speech.cues import Cue, Priority, Sound
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.phrases import exercise_name, position_words
from backtimer.core.speech.pieces import singly, speech_s
from tests.audio.fakes import Clock, FakePlayer, FakeVoice
from tests.bundled import catalogue
from tests.core.speech.test_listener import plan as bundled
from tests.rules import for_each

STEP_S = 0.05


class Recorder:
    """Nobody writes anything down."""

    problem = ""
    losses: tuple[str, ...] = ()
    news_in_s: float | None = None

    def is_safe(self, set_index: int) -> bool:
        return True

    def settle(self, timeout_s: float) -> bool:
        return True

    def together(self) -> AbstractContextManager[None]:
        return nullcontext()

    def start(self) -> None: ...
    def record(self, record: SetRecord, elapsed_s: float | None = None) -> None: ...
    def forget(self, set_index: int, elapsed_s: float | None = None) -> None: ...
    def exchange(self, plan: Plan, moved: Mapping[int, int]) -> None: ...
    def end(self, seconds: float) -> None: ...
    def leave(self) -> None: ...
    def rate(self, **ratings: int | None) -> None: ...


class SlowVoice(FakeVoice):
    """Needs time for each phrase, and speaks a little slower than it is taken to."""

    def __init__(self, folder: Path, clock: Clock, takes: Callable[[int], float], pace: float) -> None:
        super().__init__(folder, clock)
        self.wait: Callable[[float], None] = lambda seconds: None
        self._takes = takes
        self._pace = pace
        self._made: dict[str, Path] = {}

    def render(self, text: str, *, gently: bool = False) -> Path | None:
        if text not in self._made:
            self.wait(self._takes(len(self._made)))
            self.lengths[text] = speech_s(text) * self._pace
            path = self._made[text] = self._folder / f"{len(self._made)}.wav"
            path.write_bytes(wav_bytes(array("h", bytes(2 * round(self.lengths[text] * RATE)))))
        return self._made[text]


class Led:
    """A session with a coach, a script, a speaker and such a voice."""

    def __init__(self, plan: Plan, folder: Path, takes: Callable[[int], float], pace: float = 1.05) -> None:
        self.clock = Clock(500.0)
        self.voice = SlowVoice(folder, self.clock, takes, pace)
        self.voice.wait = self.wait
        self.said: list[tuple[float, float, Cue]] = []
        """When it begins, when it is over, and what it is; words only."""
        self.events: list[Event] = []
        self.speaker = Speaker(
            FakePlayer(self.clock),
            self.voice,
            self.clock,
            folder / "tones",
            on_start=self._note,
            threads=False,
        )
        self.plan = plan
        hearing = Hearing(plan, (), Sound(), self.speaker)
        self.coach = Coach(plan, self.clock, Recorder(), attendants=[hearing])
        self.asked_s = self.clock.now
        self.coach.start()

    def _note(self, cue: Cue, now: float) -> None:
        if cue.text:
            self.said.append((now, now + self.voice.lengths[cue.text], cue))

    def wait(self, seconds: float) -> None:
        """Let the session go on meanwhile."""
        end = self.clock.now + seconds
        while self.clock.now < end:
            self.clock.now += STEP_S
            self._tick()

    def _tick(self) -> None:
        self.coach.advance()
        self.events += self.coach.drain()
        self.speaker.step()

    def run(self, seconds: float) -> None:
        """Lead the session for so long."""
        end = self.clock.now + seconds
        while self.clock.now < end:
            self._tick()
            if not self.speaker.make():
                self.wait(STEP_S)

    @property
    def began_s(self) -> float:
        """When the session's clock began to run."""
        return next(event.at_s for event in self.events if isinstance(event, Started))

    def told(self, from_s: float, to_s: float) -> str:
        """The words that were over in between, as long as no other cue cut them."""
        return " ".join(
            cue.text for at_s, over_s, cue in self.said if from_s <= at_s and over_s <= to_s + 0.05
        )

    def lead_ins(self) -> Sequence[tuple[int, float, float]]:
        """Of each new exercise: its set, when its lead-in began, when its work did."""
        found, since = [], None
        for event in self.events:
            if not isinstance(event, StepStarted):
                continue
            step = self.plan.steps[event.step]
            if step.kind in LEAD_INS:
                since = event.at_s if since is None else since
            elif since is not None:
                first = self.plan.sets[step.set_index].first_step == event.step
                if first and not goes_on(self.plan, step.set_index):
                    found.append((step.set_index, since, event.at_s))
                since = None
        return found


def must_know(plan: Plan, set_index: int, *, sits: bool) -> list[str]:
    """What nobody can do without, in the words of the coach; she may sit while the first is explained."""
    spec = plan.sets[set_index]
    exercise, before = exercise_of_set(plan, set_index), position_before(plan, set_index)
    moves = exercise is not None and before is not exercise.position
    position: list[str] = []
    there = Position.SEATED if sits else Position.STANDING
    if exercise is not None and moves:
        position = list(singly((position_words(exercise.position, before or there),)))
    side = [f"{spec.side.value} side"] if spec.side is not None else []
    return [exercise_name(plan, spec), *position, *side]


def check_all_is_told(led: Led) -> int:
    found = led.lead_ins()
    for set_index, from_s, to_s in found:
        told = led.told(from_s, to_s).lower()
        for words in must_know(led.plan, set_index, sits="sit on the chair" in told):
            assert words.lower() in told, (set_index, words, told)
    return len(found)


def check_nothing_overlaps(led: Led) -> None:
    for (begun_s, over_s, cue), (at_s, _, later) in zip(led.said, led.said[1:], strict=False):
        cut = any(
            isinstance(event, StepStarted) and begun_s < event.at_s <= at_s + STEP_S for event in led.events
        )
        assert at_s >= over_s - 2 * STEP_S or cut or later.cuts, (cue.text, later.text)


@for_each(
    ("routine", "day", "takes_s", "pace"),
    [
        ("lower-back", "monday", 0.2, 1.05),
        ("lower-back", "monday", 0.8, 1.05),
        ("lower-back", "monday", 1.5, 1.05),
        ("lower-back", "friday", 1.5, 1.3),
        ("gentle-start", "monday", 0.8, 0.8),
    ],
)
def test_a_voice_that_takes_longer_tells_all_that_one_must_know(
    tmp_path: Path, routine: str, day: str, takes_s: float, pace: float
) -> None:
    led = Led(bundled(routine, day), tmp_path, lambda number: takes_s, pace)
    led.run(260)
    assert led.began_s - led.asked_s <= VOICE_S + 2 * STEP_S
    first_s, _, first = led.said[0]
    assert first_s - led.began_s <= 0.5, "the first words come with the first step"
    assert first.priority is Priority.NEEDED
    assert check_all_is_told(led) >= 1
    check_nothing_overlaps(led)


@pytest.mark.parametrize("loads_s", [2.0, 7.0])
def test_a_voice_that_gives_nothing_at_first_is_waited_for_and_then_says_what_still_fits(
    tmp_path: Path, loads_s: float
) -> None:
    led = Led(bundled("lower-back", "monday"), tmp_path, lambda number: 0.2 if number else loads_s)
    led.run(200)
    assert min(loads_s, VOICE_S) <= led.began_s - led.asked_s <= VOICE_S + 0.5
    assert led.said[0][0] <= led.asked_s + loads_s + 1.0
    assert check_all_is_told(led) >= 1


@pytest.mark.parametrize("takes_s", [0.2, 1.5])
def test_who_goes_on_by_key_is_told_where_she_is(tmp_path: Path, takes_s: float) -> None:
    led = Led(bundled("lower-back", "monday"), tmp_path, lambda number: takes_s)
    led.run(5)
    for _ in range(3):
        led.coach.command(Command.NEXT_SET)
        led.run(40)
    check_nothing_overlaps(led)
    assert any(cue.priority is Priority.NEEDED for at_s, _, cue in led.said if at_s > led.clock.now - 40)


@for_each("name", ["split-squat", "side-glide"])
def test_a_very_slow_voice_names_the_side_also_to_who_goes_there_by_key(tmp_path: Path, name: str) -> None:
    day = Day(DayKind.EXERCISES, items=(Prescription(name),))
    routine = Routine("alone", "Alone", {"monday": day}, catalogue())
    plan = with_time_to_tell(compile_day(routine, "monday"), None)
    led = Led(plan, tmp_path, lambda number: 3.0)
    led.run(sum(step.estimate_s for step in plan.steps[: plan.sets[0].first_step]) + 6)
    led.coach.command(Command.NEXT_SET)
    led.run(15)
    (switched_s,) = (
        event.at_s
        for event in led.events
        if isinstance(event, StepStarted) and plan.steps[event.step].kind is StepKind.SWITCH
    )
    told = [at_s for at_s, _over_s, cue in led.said if "Right side." in cue.text]
    assert any(switched_s <= at_s <= switched_s + 1.0 for at_s in told)
