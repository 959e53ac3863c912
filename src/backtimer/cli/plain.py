"""The line-by-line front end: a session in words, without a screen.

Every line is flushed at once and nothing moves the cursor. Where stdin is a terminal, the keys are those of
the workout screen; in a pipe the session plays by itself.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from backtimer.advice import OpenProposal
from backtimer.cli import ratings
from backtimer.cli.keys import Keys
from backtimer.cli.output import forget_output
from backtimer.cli.overview import (
    NOTHING_TO_GO_ON_WITH,
    answer_unfinished,
    ended_text,
    standing_lines,
    unfinished_text,
)
from backtimer.cli.plain_lines import FORWARD, KEY_HELP, KEYS, WHICH_KEYS, PlainLines, form_choices
from backtimer.cli.ratings import ScaleQuestion
from backtimer.cli.terminal import stdin_is_terminal
from backtimer.coach import Coach
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.units import clock_text, sets_done
from backtimer.core.progress.scales import EFFORT, PAIN
from backtimer.core.session.events import Ended, Event, Outcome, SetEnded
from backtimer.core.session.transitions import Command, State
from backtimer.core.speech.phrases import minutes_text, safety_words, stopping_words
from backtimer.language import _, counted_words, marked
from backtimer.storage.history.live import PATIENCE_S, SAVING, UNTOLD_S, Unfinished
from backtimer.storage.text import clean
from backtimer.training import Training

NOBODY = marked(
    "Something hurt, and nobody can press a key here: nothing more is done. What was done is kept. "
    "To go on, run backtimer in a terminal."
)

TROUBLES_S = 1.0
"""How often it is looked, also in a pause, whether something is not saved or not heard."""

ALONE = marked(
    "There is no keyboard: a set that is over when you say so takes the time that it is expected to take."
)


ORDER_S = 0.2
"""How long a set may be waited for, so that it is told before what comes next."""

SLOW_ORDER_S = 0.01
"""The same on a disk that was too slow for that the last time: nothing is held up by it again."""


def play(
    training: Training,
    plan: Plan | None,
    unfinished: str,
    *,
    ask: bool = True,
    short: bool = False,
) -> int:
    """Lead one session, line by line.

    Args:
        training: Whose session it is.
        plan: What to do, unless a session is taken up or gone on with; None: it must be one of these.
        unfinished: What to do with one: `ask`, `resume`, `save`, `discard` or `later`.
        ask: Ask what may be asked before a session.
        short: Tell only what one must know.

    Returns:
        The exit code.
    """
    gc.enable()
    for notice in training.notices:
        _tell(notice)
    before = training.streak()
    coach = _take_up(training, unfinished)
    if coach is None:
        if plan is None:
            _tell(_(NOTHING_TO_GO_ON_WITH))
            return 1
        coach = training.begin(_prepare(training, plan, ask))
    front = _Front(coach, short)
    if training.safety_untold:
        front.first_word = safety_words()
        training.safety_told()
    code = front.lead()
    if code == 0 and coach.state is State.ENDED:
        _rate(coach)
    if code == 0:
        # The last words are about what is not as it should be, or about the streak: never about both.
        if lost := training.settle(_tell):
            _tell(lost)
            return 1
        front.show_banner()
        if coach.state is State.ENDED and training.streak():
            told = _("{streak}.")
            if before not in (0, training.streak()):
                told = _("{streak}; it was {before}.")
            _tell(told.format(streak=training.streak_text(), before=before))
    return code


def _tell(line: str) -> None:
    _write(f"{line}\n")


def _write(text: str) -> None:
    print(text, end="", flush=True)


def _take_up(training: Training, answer: str) -> Coach | None:
    """The coach of a session that is to be taken up, or gone on with, if there is one."""
    found = training.unfinished()
    if answer in ("ask", "later"):
        if found is not None:
            if answer == "ask" and stdin_is_terminal():
                answer = _ask(found, training.today)
            else:
                told = _("{session} To take it up: --unfinished resume.")
                _tell(told.format(session=unfinished_text(found, training.today)))
        elif (ended := training.ended_early()) is not None:
            if answer == "ask" and stdin_is_terminal():
                answer = _ask_to_go_on(ended)
            else:
                told = _("{session} To go on with it: backtimer resume.")
                _tell(told.format(session=ended_text(ended)))
    coach = answer_unfinished(training, answer)
    if answer == "discard" and found is not None:
        command = f"backtimer history {found.session_id[:8]} --undo"
        _tell(_("Discarded. To have it back: {command}").format(command=command))
    return coach


_RESUME_KEYS = {
    "r": "resume",
    "enter": "resume",
    "s": "save",
    "d": "discard",
    "l": "later",
    "escape": "later",
}


def _ask(found: Unfinished, today: date) -> str:
    """What to do with an unfinished session: one key."""
    keys = _("r or Enter: resume. s: save it as it is. d: discard it. l: later.")
    question = f"{unfinished_text(found, today)}\n{keys}\n"
    return _one_of(question, _RESUME_KEYS, f"{_('Please press r, s, d or l.')}\n", "later")


_GO_ON_KEYS = {"g": "resume", "r": "resume", "enter": "resume", "a": "later", "n": "later", "escape": "later"}


def _ask_to_go_on(ended: Unfinished) -> str:
    """Whether to go on with what was ended early today: one key."""
    keys = _("g or Enter: go on. a: all of it, from the start.")
    question = f"{ended_text(ended)}\n{keys}\n"
    return _one_of(question, _GO_ON_KEYS, f"{_('Please press g or a.')}\n", "later")


def _one_of(question: str, answers: Mapping[str, str], please: str, default: str) -> str:
    """Ask, and wait for a key that answers; say `please` to any other."""
    with Keys().reading() as keys:  # what was typed before is forgotten: it is no answer
        _write(question)
        while keys.available:
            key = keys.wait(None)
            if keys.signal_number is not None:
                _tell("")  # the shell's prompt begins a line
                raise KeyboardInterrupt
            if key in answers:
                return answers[key]
            if key and key != "other":
                _write(please)
    return default


def _prepare(training: Training, plan: Plan, ask: bool) -> Plan:
    """Say and ask what belongs before a session; the plan, as it is after the answers."""
    for line in training.advice():
        _tell(line)
    ours = plan.routine == training.routine.id
    for line in standing_lines(training) if ours and plan.day == training.day_key else ():
        _tell(line)
    for name in training.eased(plan.day) if ours else ():
        _tell(_("{exercise} hurt: today its easier form.").format(exercise=name))
    if not ask or not stdin_is_terminal():
        return plan
    ask_for_pain(training)
    return _propose(training, plan) if ours else plan


def ask_for_pain(training: Training, *, now: bool = True) -> None:
    """How much it hurt this morning, where that is asked, and how much it hurts now.

    Args:
        training: Whose pain it is.
        now: A session is about to begin.
    """
    morning = training.asks_next_morning()
    questions = []
    if morning is not None:
        told = _("Pain the morning after, 0 to 10")
        if morning.title:
            told = _("Pain the morning after {session}, 0 to 10")
        questions.append(ScaleQuestion(told.format(session=morning.title), PAIN))
    if now and training.rates_pain():
        questions.append(ScaleQuestion(_("Pain now, 0 to 10"), PAIN))
    answers = ratings.ask(questions, _write) if questions else []
    if morning is not None:
        training.rate_next_morning(answers.pop(0))
    if answers:
        training.rate_before(answers[0])


def _propose(training: Training, plan: Plan) -> Plan:
    """Ask what is proposed, to go to another stage first; the plan, as it is after the answers."""
    asked = training.questions(plan.day)
    if asked and asked[0].proposal.stage:
        if _answered(training, asked[0]):
            plan = training.plan(training.day_key)
        asked = training.proposals(plan.day)
    for proposal in asked:
        _answered(training, proposal)
    return training.plan(plan.day) if asked else plan


def _answered(training: Training, proposal: OpenProposal) -> bool:
    """Ask about a proposal and keep the answer; whether that was yes."""
    told = _("{proposal} Yes (y), no (n), or Enter to decide later? ")
    accepted = _yes_or_no(told.format(proposal=proposal.text))
    if accepted is not None:
        training.answer(proposal, accepted)
    return bool(accepted)


def _yes_or_no(prompt: str) -> bool | None:
    """Yes or no, one key each; None: to be decided later."""
    answers = {"y": "yes", "n": "no", "enter": "", "escape": "", "end": ""}
    please = _("y or n, please, or Enter to decide later.")
    answer = _one_of(prompt, answers, f"\n{please}\n{prompt}", "")
    _tell({"yes": _("yes"), "no": _("no")}.get(answer, ""))
    return answer == "yes" if answer else None


def _rate(coach: Coach) -> None:
    if not stdin_is_terminal():
        return
    questions = (
        ScaleQuestion(_("Effort, 1 very easy to 10 all you have"), EFFORT),
        ScaleQuestion(_("Pain, 0 none to 10 worst imaginable"), PAIN),
    )
    with suppress(KeyboardInterrupt):
        ratings.ask(questions, _write, lambda values: coach.rate(*values), values=coach.rated)


class _Front:
    """One session, led by a coach, told in lines and driven by keys."""

    def __init__(self, coach: Coach, short: bool) -> None:
        self._coach = coach
        self._lines = PlainLines(coach.plan, coach.snapshot().records, short=short)
        self._keys = Keys()
        self._banner = self._unheard = ""
        self._quick = True
        """Whether the disk was, the last time."""
        self._held: list[SetEnded | Ended] = []
        """What is told when it is known whether it is saved."""
        self.first_word = ""
        """What is told before the session begins."""

    def lead(self) -> int:
        """Run to the end, or until the person or a signal ends it.

        Returns:
            The exit code.
        """
        plan = self._coach.plan
        with self._keys.reading():
            try:
                about = minutes_text(plan.total_s, plan.estimated)
                sets = counted_words("{number} set", "{number} sets", len(plan.sets))
                _tell(f"{plan.title}: {about}, {sets.format(number=len(plan.sets))}.")
                if self._keys.available:
                    _tell(_(KEY_HELP))
                elif plan.estimated:
                    _tell(_(ALONE))
                if self.first_word:
                    _tell(self.first_word)
                    seconds = self._coach.tell_safety()
                    if seconds:
                        self._keys.wait(seconds)  # any key is enough of it
                    if self._keys.signal_number is not None:
                        return 128 + self._keys.signal_number
                if not self._keys.available:
                    self._lines.leave_alone()
                    self._coach.leave_alone()
                self._coach.start()
                return self._loop()
            except BaseException:
                self._coach.leave()
                raise

    def _loop(self) -> int:
        while True:
            self._show()
            if self._coach.state is State.ENDED:
                self._show_the_rest()
                return 0
            key = self._keys.wait(self._patience())
            if self._keys.signal_number is not None:
                return self._leave(128 + self._keys.signal_number)
            if key in ("q", "f", "escape", "e"):
                code = self._exchange() if key == "e" else self._quit()
                if code is not None:
                    return code
            elif key:
                self._press(key)
            self._coach.advance()
            if not self._keys.available and self._coach.stands_for_pain and not self._coach.snapshot().over:
                self._show()
                _tell(_(NOBODY))
                return self._leave(1)
            if not self._keys.available:
                self._go_on_alone()

    def _show(self) -> None:
        events = self._coach.drain()
        self._show_held()
        if any(isinstance(event, SetEnded) for event in events):
            self._quick = self._coach.settle(ORDER_S if self._quick else SLOW_ORDER_S)
        for event in events:
            after_held = isinstance(event, Ended) and bool(self._held)
            if isinstance(event, SetEnded | Ended) and (after_held or not self._is_known(event)):
                self._held.append(event)
            else:
                self._tell_event(event)
        self.show_banner()

    def _show_the_rest(self) -> None:
        """At the end: wait for the disk, for a while."""
        if self._held and not self._coach.settle(UNTOLD_S) and not self._coach.unsaved:
            _tell(_(SAVING))
            self._coach.settle(PATIENCE_S)
        self._show_held(anyway=True)
        self.show_banner()

    def _show_held(self, *, anyway: bool = False) -> None:
        while self._held and (anyway or self._is_known(self._held[0])):
            self._tell_event(self._held.pop(0))

    def _is_known(self, event: Event) -> bool:
        """Whether what happened is saved or, for now, cannot be."""
        return self._is_safe(event) or bool(self._coach.unsaved)

    def _is_safe(self, event: Event) -> bool:
        """Whether it is saved; what was no success claims nothing, and needs no proof."""
        if not isinstance(event, SetEnded) or event.record.outcome in (Outcome.SKIPPED, Outcome.HURT):
            return True
        return self._coach.is_safe(event.record.set_index)

    def _tell_event(self, event: Event) -> None:
        for line in self._lines.of(event, saved=self._is_safe(event)):
            _tell(line)

    def show_banner(self) -> None:
        """Tell what is the matter with saving, and when it is no more."""
        if self._coach.banner != self._banner:
            self._banner = self._coach.banner
            _tell(clean(self._banner) or _("Everything is saved now."))
        if self._coach.unheard != self._unheard:
            self._unheard = self._coach.unheard
            _tell(clean(self._unheard) or _("Sound is back."))

    def _patience(self) -> float | None:
        """How long to wait for a key; while nothing runs, until it is time to look for troubles again."""
        delay = self._coach.delay()
        return TROUBLES_S if delay is None else delay

    def _press(self, key: str) -> None:
        command = KEYS.get(key)
        if self._coach.asks_which:
            self._answer_which(key)
        elif key in FORWARD and self._coach.stands_for_pain:
            self._coach.press()
        elif key == "u" and not self._coach.snapshot().left_out:
            _tell(_("Nothing was left out."))
        elif key == "?":
            _tell(_(KEY_HELP))
        elif key in ("enter", *FORWARD) and self._coach.allowed(Command.DONE):
            self._coach.command(Command.DONE)
        elif command is None:
            self._coach.press()
        elif not self._coach.command(command):
            _tell(_("Not possible now."))

    def _answer_which(self, key: str) -> None:
        """Take the answer to the question which exercise hurts; until there is one it is put again."""
        if key == "u":
            self._coach.command(Command.RESUME)
        elif key in WHICH_KEYS:
            self._coach.hurts(WHICH_KEYS[key])
        else:
            self._coach.press()

    def _go_on_alone(self) -> None:
        """Where nobody can press a key: go on after a sleep, and end self-paced sets after their estimate."""
        self._coach.leave_alone()
        snapshot = self._coach.snapshot()
        waits = snapshot.state is State.WAITING and snapshot.step.seconds is None
        if snapshot.state is State.PAUSED:  # when it is over: to the end
            self._coach.command(Command.RESUME)
        elif waits and snapshot.step_elapsed_s >= snapshot.step.estimate_s:
            self._coach.command(Command.DONE)

    def _quit(self) -> int | None:
        """Ask what to do with the session; None: go on."""
        self._coach.command(Command.PAUSE)
        self._show()
        self._keys.forget()
        now = self._coach.snapshot()
        kept = " ".join(stopping_words(now.done_sets, now.planned_sets, now.set_s))
        _tell(_("Stop here? {kept}").format(kept=kept))
        _tell(_("s or f: save it as it is. l: leave, and go on another time. Any other key: stay."))
        key = self._keys.wait(None)
        if self._keys.signal_number is not None:
            return self._leave(128 + self._keys.signal_number)
        if key in ("s", "f"):
            self._coach.command(Command.FINISH)
            return None
        if key == "l":
            return self._leave(0)
        _tell(_("Still here. Space goes on."))
        return None

    def _exchange(self) -> int | None:
        """Ask what is to be done in the place of this exercise; None: go on."""
        went_on = self._coach.command(Command.PAUSE)
        self._show()
        may = self._coach.exchangeable
        forms = self._coach.forms() if may else ()
        self._keys.forget()
        for line in form_choices(self._coach.plan, self._coach.snapshot().step, forms, is_over=not may):
            _tell(line)
        key = self._keys.wait(None) if forms else ""
        if self._keys.signal_number is not None:
            return self._leave(128 + self._keys.signal_number)
        self._show_held(anyway=True)  # it is about sets as they were numbered until now
        chosen = forms[int(key) - 1] if key in map(str, range(1, len(forms) + 1)) else None
        spliced = None if chosen is None else self._coach.exchange(chosen)
        if spliced is not None:
            self._lines.exchange(spliced, self._coach.snapshot().records)
        elif forms:
            _tell(_("It stays as it is."))
        if went_on:
            self._coach.command(Command.RESUME)
        elif forms and self._coach.state is State.PAUSED:
            if chosen is not None and spliced is not None:
                _tell(_("In its place: {what}.").format(what=clean(chosen.exercise.name)))
            _tell(_("Still paused. Space goes on."))
        return None

    def _leave(self, code: int) -> int:
        snapshot = self._coach.snapshot()
        self._coach.leave()
        patience_s = PATIENCE_S if code == 0 else UNTOLD_S
        if not self._coach.settle(UNTOLD_S) and not self._coach.unsaved:
            _tell_at_the_end(_(SAVING), code)
            self._coach.settle(patience_s)
        for event in self._held:
            for line in self._lines.of(event, saved=self._is_safe(event)):
                _tell_at_the_end(line, code)
        self._held.clear()
        done = sets_done(snapshot.done_sets, snapshot.planned_sets)
        after = _("Left after {time}: {done}.").format(time=clock_text(self._coach.credited_s), done=done)
        saved = _("They are saved, and the rest waits for next time.") if snapshot.done_sets else ""
        if not self._coach.settle(0.0):
            saved = ""
        last = " ".join(part for part in (after, self._coach.unsaved or saved) if part)
        _tell_at_the_end(last, code)
        return code


def _tell_at_the_end(line: str, code: int) -> None:
    """Tell something on leaving; a terminal that is gone is why we leave, and no other failure."""
    try:
        _tell(line)
    except OSError:
        if code == 0:
            raise
        forget_output()
