"""The line-by-line front end: a session in words, without a screen.

Every line is flushed at once and nothing moves the cursor. Where stdin is a terminal, the keys are those of
the workout screen; in a pipe the session plays by itself.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress

from backtimer.cli.keys import Keys
from backtimer.cli.overview import unfinished_text
from backtimer.cli.plain_lines import PlainLines
from backtimer.cli.terminal import forget_typed, stdin_is_terminal
from backtimer.cli.unfinished import settle
from backtimer.coach import Coach
from backtimer.core import sentences
from backtimer.core.plan import Plan
from backtimer.core.session import Command, State, Which
from backtimer.core.units import clock_text
from backtimer.practice import Practice, Unfinished

FORWARD = ("right", "down", "pagedown")
"""What a presenter's button sends: "done" where a set waits for it, otherwise the next set."""

KEYS = {
    "n": Command.NEXT_SET,
    **dict.fromkeys(FORWARD, Command.NEXT_SET),
    "p": Command.PREVIOUS_SET,
    **dict.fromkeys(("left", "up", "pageup"), Command.PREVIOUS_SET),
    "+": Command.EXTEND,
    "=": Command.EXTEND,
    "h": Command.HURTS,
    "u": Command.TAKE_BACK,
}

WHICH_KEYS = {
    "h": Which.WORKED,
    **{key: Which.WORKED for key, command in KEYS.items() if command is Command.PREVIOUS_SET},
    **{key: Which.COMING for key, command in KEYS.items() if command is Command.NEXT_SET},
}
"""What answers the question which exercise hurts; `u` says neither, and any other key has it put again."""

KEY_HELP = (
    "Keys: space or any other key pauses and goes on, or says that a set at your own pace is done; "
    "n next set, p previous set, + ten seconds more, h this hurts, u takes that back, f finish, q quit, "
    "? this help."
)

NOBODY = (
    "Something hurt, and nobody can press a key here: nothing more is done. What was done is kept. "
    "To go on, run backtimer in a terminal."
)

ALONE = "There is no keyboard: a set at your own pace goes on after the time that it is expected to take."


class _GoneError(Exception):
    """Nobody reads our output any more."""


def play(practice: Practice, plan: Plan, unfinished: str, *, ask: bool = True, short: bool = False) -> int:
    """Lead one session, line by line.

    Args:
        practice: Whose session it is.
        plan: What to do, unless an unfinished session is taken up.
        unfinished: What to do with one: `ask`, `resume`, `save`, `discard` or `later`.
        ask: Ask what may be asked before a session.
        short: Tell only what one must know.

    Returns:
        The exit code.
    """
    gc.enable()
    try:
        for notice in practice.notices:
            _tell(notice)
        coach = _take_up(practice, unfinished) or practice.begin(_prepare(practice, plan, ask))
        front = _Front(coach, short)
        if practice.safety_untold:
            front.first_word = sentences.safety_words()
            practice.safety_told()
        code = front.lead()
        if code == 0 and coach.state is State.ENDED:
            _rate(coach)
            if practice.streak():
                _tell(f"{practice.streak_text()}.")
    except _GoneError:
        # Nobody is there to be told; keep Python from flushing into the closed pipe at exit.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 128 + 13  # SIGPIPE
    return code


def _tell(line: str) -> None:
    try:
        print(line, flush=True)
    except OSError as error:
        raise _GoneError from error


def _take_up(practice: Practice, answer: str) -> Coach | None:
    """The coach of an unfinished session, if there is one and it is to be taken up."""
    if answer in ("ask", "later") and (found := practice.unfinished()) is not None:
        if answer == "ask" and stdin_is_terminal():
            answer = _ask(found)
        else:
            _tell(f"{unfinished_text(found)} To take it up: --unfinished resume.")
    return settle(practice, answer)


def _ask(found: Unfinished) -> str:
    """What to do with an unfinished session: one key."""
    answers = {"r": "resume", "enter": "resume", "s": "save", "d": "discard", "l": "later", "escape": "later"}
    _tell(unfinished_text(found))
    _tell("r or Enter: resume. s: save it as it is. d: discard it. l: later.")
    with Keys().reading() as keys:
        while keys.available:
            key = keys.wait(None)
            if keys.signal_number is not None:
                raise KeyboardInterrupt
            if key in answers:
                return answers[key]
            if key:
                _tell("Please press r, s, d or l.")
    return "later"


def _prepare(practice: Practice, plan: Plan, ask: bool) -> Plan:
    """Say and ask what belongs before a session; the plan, as it is after the answers."""
    for line in practice.advice():
        _tell(line)
    for name in practice.eased(plan.day) if plan.routine == practice.routine.id else ():
        _tell(f"{name} hurt: today its easier form.")
    if not ask or not stdin_is_terminal():
        return plan
    morning = practice.asks_next_morning()
    if morning is not None:
        after = f"the morning after {morning.title}" if morning.title else "the morning after"
        practice.rate_next_morning(_number(f"Pain {after}, 0 to 10, or Enter to skip: ", 0))
    if plan.routine == practice.routine.id:
        plan = _propose(practice, plan)
    if practice.rates_pain():
        practice.rate_before(_number("Pain now, 0 to 10, or Enter to skip: ", 0))
    return plan


def _propose(practice: Practice, plan: Plan) -> Plan:
    proposals = practice.proposals(plan.day)
    for proposal in proposals:
        accepted = _yes_or_no(f"{proposal.text} Yes (y), no (n), or Enter to decide later? ")
        if accepted is not None:
            practice.answer(proposal, accepted)
    return practice.plan(plan.day) if proposals else plan


def _yes_or_no(prompt: str) -> bool | None:
    while True:
        answer = _read_line(prompt)
        if not answer:
            return None
        if answer.lower() in ("y", "yes", "n", "no"):
            return answer[0].lower() == "y"
        _tell("y or n, please, or Enter to decide later.")


def _read_line(prompt: str) -> str | None:
    """One line from the terminal; None at its end."""
    try:
        forget_typed()
        return input(prompt).strip()
    except EOFError:
        _tell("")  # the answer is missing, and with it the end of the line
        return None
    except KeyboardInterrupt:
        _tell("")
        raise


def _rate(coach: Coach) -> None:
    if not stdin_is_terminal():
        return
    try:
        effort = _number("Effort, 1 very easy to 10 all you have, or Enter to skip: ", 1)
        pain = _number("Pain, 0 none to 10 worst imaginable, or Enter to skip: ", 0)
    except KeyboardInterrupt:
        return
    if effort is not None or pain is not None:
        coach.rate(effort, pain)


def _number(prompt: str, least: int) -> int | None:
    while True:
        answer = _read_line(prompt)
        if not answer:
            return None
        if answer.isascii() and answer.isdigit() and least <= int(answer) <= 10:
            return int(answer)
        _tell(f"A number from {least} to 10, please.")


class _Front:
    """One session, led by a coach, told in lines and driven by keys."""

    def __init__(self, coach: Coach, short: bool) -> None:
        self._coach = coach
        self._lines = PlainLines(coach.plan, coach.snapshot().records, short=short)
        self._keys = Keys()
        self._banner = ""
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
                about = sentences.minutes_text(plan.total_s, plan.estimated)
                _tell(f"{plan.title}: {about}, {sentences.counted(len(plan.sets), 'set')}.")
                if self._keys.available:
                    _tell(KEY_HELP)
                elif plan.estimated:
                    _tell(ALONE)
                if self.first_word:
                    _tell(self.first_word)
                    seconds = self._coach.tell_safety()
                    if seconds:
                        self._keys.wait(seconds)  # any key is enough of it
                    if self._keys.signal_number is not None:
                        return 128 + self._keys.signal_number
                self._coach.start()
                return self._loop()
            except BaseException:
                self._coach.leave()
                raise

    def _loop(self) -> int:
        while True:
            self._show()
            if self._coach.state is State.ENDED:
                return 0
            key = self._keys.wait(self._patience())
            if self._keys.signal_number is not None:
                return self._leave(128 + self._keys.signal_number)
            if key in ("q", "f", "escape"):
                code = self._quit()
                if code is not None:
                    return code
            elif key:
                self._press(key)
            self._coach.advance()
            if not self._keys.available and self._coach.stands_for_pain and not self._coach.snapshot().over:
                self._show()
                _tell(NOBODY)
                return self._leave(1)
            if not self._keys.available:
                self._go_on_alone()

    def _show(self) -> None:
        for event in self._coach.drain():
            for line in self._lines.of(event):
                _tell(line)
        if self._coach.banner != self._banner:
            self._banner = self._coach.banner
            if self._banner:
                _tell(self._banner)

    def _patience(self) -> float | None:
        """How long to wait for a key; without a keyboard nobody could end an endless wait."""
        delay = self._coach.delay()
        return 1.0 if delay is None and not self._keys.available else delay

    def _press(self, key: str) -> None:
        command = KEYS.get(key)
        if self._coach.asks_which:
            self._answer_which(key)
        elif key in FORWARD and self._coach.stands_for_pain:
            self._coach.press()
        elif key == "u" and not self._coach.snapshot().left_out:
            _tell("Nothing was left out.")
        elif key == "?":
            _tell(KEY_HELP)
        elif key in ("enter", *FORWARD) and self._coach.allowed(Command.DONE):
            self._coach.command(Command.DONE)
        elif command is None:
            self._coach.press()
        elif not self._coach.command(command):
            _tell("Not possible now.")

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
        snapshot = self._coach.snapshot()
        if snapshot.state is State.PAUSED:  # when it is over: to the end
            self._coach.command(Command.RESUME)
        elif snapshot.state is State.WAITING and snapshot.step_elapsed_s >= snapshot.step.estimate_s:
            self._coach.command(Command.DONE)

    def _quit(self) -> int | None:
        """Ask what to do with the session; None: go on."""
        self._coach.command(Command.PAUSE)
        self._show()
        _tell("Stop here? s or f: save it as it is. l: leave, and go on another time. Any other key: stay.")
        key = self._keys.wait(None)
        if self._keys.signal_number is not None:
            return self._leave(128 + self._keys.signal_number)
        if key in ("s", "f"):
            self._coach.command(Command.FINISH)
            return None
        if key == "l":
            return self._leave(0)
        _tell("Still here. Space goes on.")
        return None

    def _leave(self, code: int) -> int:
        snapshot = self._coach.snapshot()
        self._coach.leave()
        sets = f"{snapshot.done_sets} of {sentences.counted(snapshot.planned_sets, 'set')}"
        after = f"Left after {clock_text(self._coach.credited_s)}: {sets} done."
        saved = "They are saved, and the rest waits for next time." if snapshot.done_sets else ""
        with suppress(_GoneError):
            _tell(" ".join(part for part in (after, self._coach.banner or saved) if part))
        return code
