"""The script: from what the engine reports to what is to be heard.

Tones mark the moments, words say what they mean. Nothing is said over a moment that has something of its own
to hear: a sentence is shortened, or left out piece by piece, until it is over before the next one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import Any

from backtimer.core.plan.plan import COUNTED_S, LEAD_INS, Plan, Step, StepKind
from backtimer.core.session.events import (
    Coming,
    CountIn,
    Ended,
    Event,
    Extended,
    Halfway,
    HurtAsked,
    LeftOut,
    Outcome,
    Paused,
    PauseReason,
    Resumed,
    SafetyTold,
    SecondLeft,
    SecondWaited,
    SetEnded,
    SetRecord,
    SetReopened,
    StepEnded,
    StepStarted,
    TakenBack,
)
from backtimer.core.session.timeline import Course, to_ns
from backtimer.core.speech.asides import (
    Praise,
    getting_up,
    left_out,
    out_of,
    summed_up,
    taken_back_words,
    which_words,
)
from backtimer.core.speech.cues import TONE_LEAD_S, Cue, Priority, Tone, Verbosity
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.languages import v
from backtimer.core.speech.marks import LAST_CALL_S, NEAR_S, StepMarks, reminds, tone_of
from backtimer.core.speech.narrator import Narrator
from backtimer.core.speech.phrases import (
    count_words,
    extended_words,
    paused_words,
    safety_words,
    time_words,
    waiting_words,
)
from backtimer.core.speech.pieces import FOR_SHORT, Length, Piece, Why, speech_s
from backtimer.core.speech.timing import (
    AIR_S,
    Delivery,
    Until,
    after_tone,
    by_moment,
    pieces_of,
)
from backtimer.language import _

_NO_WAY: tuple[Sequence[Piece], float] = ((), -math.inf)


class Script:
    """What is to be heard in one session.

    Args:
        plan: What is being done.
        verbosity: How much is said.
        breathing_tones: Whether breathing in and out is heard as rising and falling tones.
        length: How long it takes to say a text: measured, where someone can.
        records: Of the sets that an earlier part of the session has reached.
        attended: Someone is there who can press keys, and of whom is known what she has done.
        coach: The language of the coach's own words, as a tag; empty: English.
        heard: What she has heard before, in a session that has gone over to this plan.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        verbosity: Verbosity = Verbosity.FULL,
        breathing_tones: bool = False,
        length: Length = speech_s,
        records: Iterable[SetRecord | None] = (),
        attended: bool = True,
        coach: str = "",
        heard: Heard | None = None,
    ) -> None:
        self._plan = plan
        self._course = Course(plan)
        self._words = verbosity is not Verbosity.TONES
        self._full = verbosity is Verbosity.FULL
        self._breathing = breathing_tones
        self._give = Delivery(length, self._cut)
        self.length = length
        """How long it takes to say a text."""
        self._attended = attended
        self._coach = coach
        self._tell = Narrator(plan, full=self._full, attended=attended, coach=coach, heard=heard)
        self.heard = self._tell.heard
        self._outcomes = {record.set_index: record.outcome for record in records if record is not None}
        self._marks: StepMarks | None = None
        """Of the step under way, or that was under way last."""
        self._runs = False
        self._passed_s = 0.0
        """How much of the step had passed when it last stood still."""
        self._owed = False
        """Which rep it is has not been said yet."""
        self._coming: Coming | None = None
        self._stands = False
        """Whether the session stands still."""
        self._paused_s = self._resumed_s = self._learned_s = -math.inf
        self._learned: tuple[int, Sequence[Cue], list[Piece]] = (0, (), [])
        """What was told last on the way to a set: the set, how it is said, and what there was to say."""
        self._way = _NO_WAY
        """The name of what comes and the way there, and when that is told."""
        self._praise = Praise()
        self._rules: dict[type, Callable[[Any], list[Cue]]] = {
            SafetyTold: self._safety,
            StepStarted: self._step,
            SecondLeft: self._second,
            SecondWaited: self._waited,
            Halfway: self._halfway,
            StepEnded: self._step_ended,
            SetEnded: self._set_ended,
            SetReopened: self._set_reopened,
            HurtAsked: self._hurt_asked,
            LeftOut: self._left_out,
            TakenBack: self._taken_back,
            Coming: self._detour,
            CountIn: self._count_in,
            Paused: self._paused,
            Resumed: self._resumed,
            Extended: self._extended,
            Ended: self._ended,
        }

    def foresee(self, events: Iterable[Event]) -> tuple[Cue, ...]:
        """What events to come would ask for; changes nothing."""
        shared = (self._plan, self._course, self._give.length)
        twin = deepcopy(self, {id(each): each for each in shared})
        return tuple(cue for event in events for cue in twin.cues(event))

    def cues(self, event: Event) -> tuple[Cue, ...]:
        """What is to be heard because of an event, in order of time."""
        self._praise.begin(event.at_s)
        rule = self._rules.get(type(event))
        return tuple(rule(event)) if rule else ()

    def _safety(self, event: SafetyTold) -> list[Cue]:
        return self._say(event.at_s, Why.NOTE, safety_words())

    def _say(self, at_s: float, why: Why, text: str) -> list[Cue]:
        """Words of the coach that come whatever else there is."""
        if not self._words:
            return []
        return [self._give.text(at_s, [Piece(why, text)], Priority.NEEDED)]

    # Steps

    def _step(self, event: StepStarted) -> list[Cue]:
        step = self._plan.steps[event.step]
        left_s = self._begin(event)
        if event.step >= self._plan.sets[step.set_index].first_step:
            self._tell.heard.works(step.set_index)
        cues = [self._give.tone(event.at_s, tone_of(step), cuts=True), *self._breaths(event.at_s)]
        return by_moment([*cues, *self._opening(event, step, left_s)]) if self._words else cues

    def _begin(self, event: StepStarted) -> float | None:
        """Note where a step begins; how much is left of one that is carried on after a pause."""
        before, step = self._marks, self._plan.steps[event.step]
        zero_s, length_s, left_s = event.at_s, event.seconds or step.seconds, None
        if event.again and before is not None and before.index == event.step:
            length_ns = None if before.length_s is None else to_ns(before.length_s)
            if self._course.going_on(event.step, length_ns) is None:
                zero_s, length_s = event.at_s - self._passed_s, before.length_s
                left_s = None if length_s is None else length_s - self._passed_s
        self._marks = StepMarks(
            self._plan, event.step, zero_s, length_s, self._breathing, self._words, self._full
        )
        self._runs, self._stands, self._coming = True, False, None
        return left_s

    def _opening(self, event: StepStarted, step: Step, left_s: float | None) -> list[Cue]:
        """The words with which a step begins."""
        index, starts_s = event.step, after_tone(event.at_s, tone_of(step))
        until = self._until(starts_s[-1])
        if step.kind in LEAD_INS and index > self._plan.sets[step.set_index].first_step:
            cues = self._give.first_that_fits(starts_s, self._tell.switch_by_ear(index), until.soft_s)
            self._tell.work.learn_switch(index, pieces_of(cues))
            return cues
        if step.kind in LEAD_INS or self._is_whole_set(step):
            return self._telling(event, step, left_s, starts_s, until)
        if step.rep_start:
            choices = self._tell.work.rep(index)
            cues = self._give.first_that_fits(starts_s, choices, until.soft_s)
            self._tell.work.learn_rep(index, pieces_of(cues))
            self._owed = not cues and step.rep is not None
            return cues
        texts = self._tell.work.later_phase(index, owed=self._owed)
        cues = self._give.first_that_fits(starts_s, texts, until.soft_s)
        self._tell.work.learn_phase(event.step, pieces_of(cues))
        self._owed = self._owed and not cues
        return cues

    def _is_whole_set(self, step: Step) -> bool:
        """Whether a step of work is all that there is of its set."""
        spec = self._plan.sets[step.set_index]
        return step.rep is None and spec.first_step == spec.last_step

    def _telling(
        self, event: StepStarted, step: Step, left_s: float | None, starts_s: Sequence[float], until: Until
    ) -> list[Cue]:
        """What leads to work, or what a set is that is one step of it."""
        pieces = self._for_ear(self._tell.step(event.step, left_s))
        if any(one.is_long or one.why is Why.POSITION for one in pieces):  # not what is left of a rest
            until = until._replace(soft_s=max(until.soft_s, self._under_way.counted_from_s))
        leads = step.kind in LEAD_INS
        praised = leads and left_s is None and step.kind is not StepKind.SWITCH  # nobody lets go half way
        kind = self._praise.word(event.at_s) if self._full and praised else ""
        good = [Piece(Why.PRAISE, kind)] * bool(kind)
        ends_s = event.at_s + (event.seconds or step.estimate_s)
        cues = self._give.on_the_way(starts_s, ends_s, pieces, until, kind=good)
        self._praise.note(cues)
        self._learn(step.set_index, cues, pieces)
        self._note_way(cues, pieces)
        return cues

    def _note_way(self, cues: Iterable[Cue], pieces: Iterable[Piece]) -> None:
        """Keep the name of what comes and the way there, for one who goes there before it was told."""
        way = [piece for piece in pieces if piece.why in (Why.NAME, Why.POSITION)]
        told_s = self._give.moment(cues, way[-1]) if way and way[-1].why is Why.POSITION else None
        self._way = _NO_WAY if told_s is None else ([piece.for_one() for piece in way], told_s)

    def _for_ear(self, pieces: Iterable[Piece]) -> list[Piece]:
        return [piece for piece in pieces if piece.text and (self._full or piece.why in FOR_SHORT)]

    def _second(self, event: SecondLeft) -> list[Cue]:
        marks = self._under_way
        if marks.length_s is not None:
            marks.zero_s = event.at_s + event.seconds - marks.length_s
        if self._give.was_talking(event.at_s):
            return []
        cues = self._breaths(event.at_s)
        if event.seconds <= marks.counts:
            cues += self._count(event.at_s, event.seconds)
        elif marks.tells_left(event.seconds) and not self._give.is_talking(event.at_s):
            cues += self._marked((event.at_s,), self._time_call(event.step, event.seconds))
        return by_moment(cues)

    def _halfway(self, event: Halfway) -> list[Cue]:
        if self._give.is_talking(event.at_s) or self._under_way.half_s is None:
            return []
        cues = [self._give.tone(event.at_s, Tone.HALFWAY), *self._breaths(event.at_s)]
        if self._full:
            cues += self._mark(after_tone(event.at_s, Tone.HALFWAY), Why.TIME, v.HALFWAY)
        return by_moment(cues)

    def _time_call(self, index: int, seconds: int) -> list[Piece]:
        """How much is left or, in the first half of long work, how much is done; before a set, get ready."""
        step, marks = self._plan.steps[index], self._under_way
        if (done := marks.done_told(seconds)) is not None:
            return [Piece(Why.TIME, time_words(done))]
        if step.kind is not StepKind.REST and seconds < LAST_CALL_S:
            return [Piece(Why.TIME, v.MORE_TIME.format(time=time_words(seconds)))]
        pieces = [Piece(Why.TIME, _("{time} left").format(time=time_words(seconds)))]
        if step.kind is StepKind.REST and seconds == LAST_CALL_S:
            pieces += self._tell.back_in_place(step.set_index)
        return pieces

    def _waited(self, event: SecondWaited) -> list[Cue]:
        if (left := self._under_way.most_left(event.seconds)) is not None:
            return self._second(SecondLeft(event.at_s, event.step, left))
        step = self._plan.steps[event.step]
        reminded = self._attended and reminds(event.seconds, step.estimate_s)
        if not reminded or self._give.is_talking(event.at_s):
            return []
        tone = self._give.tone(event.at_s, Tone.WAIT, Priority.HELPFUL)
        return [tone, *self._mark(after_tone(event.at_s, Tone.WAIT), Why.PAUSE, waiting_words(step))]

    def _step_ended(self, event: StepEnded) -> list[Cue]:
        self._runs = False
        return []

    # On the way

    def _set_ended(self, event: SetEnded) -> list[Cue]:
        record = event.record
        self._outcomes[record.set_index] = record.outcome
        if record.outcome is Outcome.DONE:
            self._praise.set_done(event.at_s)
        return []

    def _set_reopened(self, event: SetReopened) -> list[Cue]:
        self._outcomes.pop(event.set_index, None)
        if event.record is not None:
            self._outcomes[event.set_index] = event.record.outcome
        return []

    def _hurt_asked(self, event: HurtAsked) -> list[Cue]:
        return self._standing_still(event.at_s, [Piece(Why.HURT, which_words(self._plan, event))])

    def _left_out(self, event: LeftOut) -> list[Cue]:
        self._keep_way_to(event.following)
        worked = self._tell.heard.worked
        pieces = left_out(self._plan, event, worked, coach=self._coach, attended=self._attended)
        pieces = self._for_ear(pieces)
        self._tell.heard.out_of = event.set_index
        if event.times > 1:
            pieces.append(Piece(Why.NOTE, safety_words()))
        return self._standing_still(event.at_s, pieces)

    def _taken_back(self, event: TakenBack) -> list[Cue]:
        if event.returns:
            self._keep_way_to(None)
        words = taken_back_words(self._plan, event, stands=self._stands)
        if self._stands:
            return self._standing_still(event.at_s, [Piece(Why.HURT, words)])
        at_s = max(event.at_s, self._give.busy_s + AIR_S)
        return self._mark((at_s,), Why.HURT, words) if self._runs else []

    def _keep_way_to(self, set_index: int | None) -> None:
        """Forget the detour that was under way, unless it leads to this set."""
        if self._coming is not None and self._coming.set_index != set_index:
            self._coming = None

    def _standing_still(self, at_s: float, pieces: Sequence[Piece]) -> list[Cue]:
        """What is said while nothing goes on without a key: all of it."""
        cues = [self._give.tone(at_s, Tone.PAUSE, cuts=True)]
        if self._words:
            cues += self._give.sentences(after_tone(at_s, Tone.PAUSE), pieces, Until(math.inf, math.inf))
        return cues

    def _detour(self, event: Coming) -> list[Cue]:
        self._coming, self._runs, self._stands = event, False, False
        cues = [self._give.tone(event.at_s, Tone.REST, cuts=True)]
        if not self._words:
            return cues
        pieces = self._for_ear(self._tell.coming(event))
        ends_s = event.at_s + event.seconds
        until = Until(ends_s - COUNTED_S, ends_s)
        starts_s = after_tone(event.at_s, Tone.REST)
        said = self._give.on_the_way(starts_s, event.at_s + event.rest_s, pieces, until)
        self._learn(event.set_index, said, pieces)
        self._note_way(said, pieces)
        return cues + said

    def _count_in(self, event: CountIn) -> list[Cue]:
        begins = abs(event.at_s - self._resumed_s) < NEAR_S
        if self._give.is_talking(event.at_s) and not begins:
            return self._way_at_once(event.at_s)
        self._runs = False
        return self._count(event.at_s, event.seconds, cuts=True)

    def _way_at_once(self, at_s: float) -> list[Cue]:
        """Where the way to a set is left before it was told where one goes: just that, at once."""
        pieces, told_s = self._way
        if not self._words or told_s <= at_s + NEAR_S:
            return []
        self._way = _NO_WAY
        self._give.cut(at_s)
        cues = [self._give.text(at_s, pieces, Priority.NEEDED, cuts=True)]
        self._learn(self._learned[0], cues, list(pieces))
        return cues

    def _turn_back(self, by_s: float) -> None:
        """The clock of the events went back: what lies behind lies further back by so much."""
        self._under_way.zero_s -= by_s
        self._paused_s, self._resumed_s = self._paused_s - by_s, self._resumed_s - by_s
        self._learned_s -= by_s
        set_index, cues, pieces = self._learned
        self._learned = (set_index, [cue._replace(at_s=cue.at_s - by_s) for cue in cues], pieces)
        self._give.turn_back(by_s)
        if self._coming is not None:
            self._coming = self._coming._replace(at_s=self._coming.at_s - by_s)

    def _paused(self, event: Paused) -> list[Cue]:
        if event.reason is PauseReason.SET_BACK:
            self._turn_back(event.gap_s)
        if self._runs:
            self._passed_s = event.at_s - self._under_way.zero_s
        if not self._stands:  # what stood still already goes on from where it stopped first
            self._paused_s = event.at_s
        self._runs, self._stands = False, True
        if event.reason in (PauseReason.HURT, PauseReason.WHICH):
            return []  # all that is to be said of it was said
        cues = [self._give.tone(event.at_s, Tone.PAUSE, cuts=True)]
        if self._words:
            text = paused_words(event.reason, event.gap_s)
            if self._full and self._attended and event.reason is PauseReason.ASKED:
                text = _("Paused. Press any key to go on.")
            cues += self._say(after_tone(event.at_s, Tone.PAUSE)[0], Why.PAUSE, text)
        return cues

    def _resumed(self, event: Resumed) -> list[Cue]:
        """A 3-2-1 follows at once, unless a detour goes on that has longer to go."""
        self._resumed_s = event.at_s
        self._give.fall_silent(event.at_s)
        self._stands = False
        if self._coming is None:
            return []
        self._coming = self._coming._replace(at_s=self._coming.at_s + event.at_s - self._paused_s)
        counts_s = self._coming.at_s + self._coming.seconds - COUNTED_S
        if not self._words or counts_s <= event.at_s:
            return []
        pieces = self._for_ear(self._tell.going_on(self._coming))
        said = self._give.going_on(event.at_s, pieces, counts_s)
        self._learn(self._coming.set_index, said, pieces)
        self._note_way(said, pieces)
        return said

    def _extended(self, event: Extended) -> list[Cue]:
        marks = self._under_way
        if marks.length_s is not None:
            marks.length_s += event.seconds
        at_s = max(event.at_s, self._give.busy_s + AIR_S)
        return self._mark((at_s,), Why.TIME, extended_words(event.seconds))

    def _ended(self, event: Ended) -> list[Cue]:
        cues = [self._give.tone(event.at_s, Tone.END, cuts=True)]
        if not self._words:
            return cues
        at_s, heard = after_tone(event.at_s, Tone.END)[0], self._tell.heard
        pieces, last = [], heard.worked
        if last is not None and heard.moved is None and heard.out_of != last:
            told = heard.out_part
            pieces = out_of(self._plan, last, self._coach)[told[1] if told[0] == last else 0 :]
        pieces += summed_up(self._plan, self._outcomes.values(), event, attended=self._attended)
        if self._full:
            pieces += getting_up(self._plan, heard, complete=event.complete)
        return [*cues, *self._give.sentences((at_s,), pieces, Until(math.inf, math.inf))]

    # Parts

    @property
    def _under_way(self) -> StepMarks:
        assert self._marks is not None, "nothing is under way"
        return self._marks

    def _learn(self, set_index: int, cues: Sequence[Cue], pieces: list[Piece]) -> None:
        if cues:
            self._learned_s = cues[-1].at_s
            self._learned = (set_index, cues, pieces)
            self._tell.learn(set_index, [part.text for cue in cues for part in cue.parts], pieces)

    def _cut(self, since_s: float, at_s: float) -> None:
        """What was cut short can be told again, but not what had been said."""
        if abs(since_s - self._learned_s) >= NEAR_S:
            return
        self._tell.heard.forget()
        set_index, cues, pieces = self._learned
        if said := self._give.over_by(cues, at_s):
            self._tell.learn(set_index, said, pieces)

    def _until(self, start_s: float) -> Until:
        return Until(self._under_way.next_after(start_s), self._under_way.ends_s)

    def _count(self, at_s: float, seconds: int, *, cuts: bool = False) -> list[Cue]:
        toned = seconds <= COUNTED_S and not (self._runs and self._full and self._under_way.is_work)
        cues = [self._give.tone(at_s, Tone.COUNT, cuts=cuts)] if toned else []
        if self._full:
            texts = ([Piece(Why.COUNT, count_words(seconds))],)
            start_s, until_s = at_s + TONE_LEAD_S * toned, at_s + 1.0
            if self._runs:
                until_s = self._under_way.next_after(start_s)
            cues += self._give.first_that_fits((start_s,), texts, until_s, Priority.NOW)
        return cues

    def _mark(self, starts_s: Sequence[float], why: Why, text: str) -> list[Cue]:
        """A helpful word on the way, if there is time for it."""
        return self._marked(starts_s, [Piece(why, text)])

    def _marked(self, starts_s: Sequence[float], pieces: Sequence[Piece]) -> list[Cue]:
        """The same of several, or of the first of them."""
        if not self._words:
            return []
        until_s = self._under_way.next_after(starts_s[-1])
        return self._give.first_that_fits(starts_s, (pieces, pieces[:1]), until_s, Priority.HELPFUL)

    def _breaths(self, from_s: float) -> list[Cue]:
        """The breaths that begin before the next event."""
        marks = self._under_way
        return [
            self._give.breath(at_s, tone, seconds, lead=abs(at_s - marks.zero_s) < NEAR_S)
            for at_s, tone, seconds in marks.breaths(from_s)
        ]
