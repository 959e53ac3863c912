"""`today` and `start`: which plan, and which front end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from backtimer import RefusedError
from backtimer.cli import context, overview, terminal
from backtimer.cli.arguments import Options
from backtimer.cli.dates import day_of
from backtimer.cli.first_frame import FirstFrame, terminal_size
from backtimer.cli.main import UsageError, is_muted, session_clock, wall_clock
from backtimer.core.plan.routine import DayKind, Routine, name_in_stage
from backtimer.core.progress.dates import weekday_from_key
from backtimer.core.speech.cues import Sound, Verbosity
from backtimer.core.speech.phrases import sentence
from backtimer.day_view import exchanged_words, first_view, last_words, opening_of
from backtimer.language import _
from backtimer.storage.files.settings import DEFAULT_ROUTINE, FORMER_ROUTINE, names_routine, save_routine
from backtimer.storage.history.live import PATIENCE_S
from backtimer.storage.text import clean, shorten
from backtimer.training import Training
from backtimer.tui.loading import load_textual

if TYPE_CHECKING:
    from backtimer.attendants import SoundSample
    from backtimer.audio.soundcheck import SoundCheck
    from backtimer.coach import Attendant
    from backtimer.core.plan.plan import Plan
    from backtimer.core.session.events import SetRecord
    from backtimer.storage.files.settings import Settings
    from backtimer.tui.app import BacktimerApp

Attend: TypeAlias = "Callable[[Plan, Sequence[SetRecord], bool], Sequence[Attendant]]"

SIGNAL_PATIENCE_S = 2.0
"""How long who was asked to end by a signal still waits for the disk."""


def lead_today(options: Options) -> int:
    """Today's session of the chosen routine."""
    settings = context.settings()
    _keep_routine(settings)
    routine = context.library().load(settings.routine)

    def lead(training: Training) -> int:
        first_word = ""
        if training.first_run and (options.start or _plain(options)):
            first_word = _begin_gently(training)
        _exchange(training, training.day_key, options)
        if options.start:
            _leave_no_question(training, options)
        if _plain(options) or (options.start and _is_rest(training)):
            if first_word:
                print(first_word, flush=True)
            return _play_today(training, options)
        return _full_screen(training, options, first_word=first_word)

    return _closing(_training(settings, routine, options), options, lead)


def _keep_routine(settings: Settings) -> None:
    """Write down which routine is followed where that was settled by the history, so that it stays."""
    where = context.paths().settings
    if settings.routine == FORMER_ROUTINE and not names_routine(where):
        with suppress(RefusedError, OSError):  # it is found out again the next time
            save_routine(where, FORMER_ROUTINE)


def start_day(options: Options) -> int:
    """A day of a routine, at once."""
    settings = context.settings()
    routine = context.library().load(options.routine)
    day = day_of(routine, options.day, settings, stage=options.stage)
    if routine.days[day].kind is DayKind.REST:
        raise UsageError(_only_rest(routine, day))
    chosen = None if settings.routine == routine.id else context.chosen_routine(settings)

    def lead(training: Training) -> int:
        _exchange(training, day, options)
        if _plain(options):
            return _play(training, day, options)
        return _full_screen(training, options, day)

    return _closing(_training(settings, routine, options, chosen), options, lead)


def resume_session(options: Options) -> int:
    """Take up a session that was not ended or, on the same day, go on with one that was ended early."""
    settings = context.settings()
    routine = context.library().load(settings.routine)

    def lead(training: Training) -> int:
        if _plain(options):
            return _play(training, None, options)
        return _full_screen(training, options, must_resume=True)

    return _closing(_training(settings, routine, options), options, lead)


def _training(
    settings: Settings, routine: Routine, options: Options, chosen: Routine | None = None
) -> Training:
    clock = session_clock()

    def attend(plan: Plan, records: Sequence[SetRecord], silent: bool) -> Sequence[Attendant]:
        return _attend(_sound(training, options), options, clock)(plan, records, silent)

    training = Training(
        context.paths(), settings, routine, now=wall_clock, clock=clock, attend=attend, chosen=chosen
    )
    return training


def _attendants() -> ModuleType:
    from backtimer import attendants  # late: 20 ms, with a session, or after the first frame

    return attendants


def _attend(sound: Sound, options: Options, clock: Callable[[], float]) -> Attend:
    """Calls those who attend a session: who makes it heard, and who keeps the screen on."""

    def attend(plan: Plan, records: Sequence[SetRecord], silent: bool) -> Sequence[Attendant]:
        those = _attendants()
        attendants: list[Attendant] = [those.Wakefulness()]
        if not is_mute(options) and not silent:
            attended = terminal.stdin_is_terminal()
            sounds = context.paths().sounds
            attendants += those.open_hearing(plan, records, sound, sounds, clock, attended=attended)
        return attendants

    return attend


def _sound(training: Training, options: Options) -> Sound:
    """How it is to sound: as it is set, but for what this run was asked for, until that is changed in it."""
    preferences = training.preferences
    sound = context.sound_of(preferences.settings)
    asked = bool(options.cues) and "sound.cues" not in preferences.changed
    return sound._replace(cues=Verbosity(options.cues)) if asked else sound


def is_mute(options: Options) -> bool:
    """Whether no sound is wanted in this run: `--mute`, or `BACKTIMER_MUTE` in the environment."""
    return bool(options.mute) or is_muted()


def _begin_gently(training: Training) -> str:
    """On a first run where nobody is asked: take the gentle start; that it was taken, as a sentence."""
    values = {"routine": DEFAULT_ROUTINE}
    problem = training.change(values) or training.preferences.save(values)
    told = _("Your first time here, so this is: {routine}. Another one: {command}")
    return problem or told.format(
        routine=clean(training.routine.title), command="backtimer list, backtimer use"
    )


def _leave_no_question(training: Training, options: Options) -> None:
    """Answer for who is on the mat already: go on with today's session, leave an older one for later."""
    if options.unfinished == "ask":
        found = training.unfinished()
        options.unfinished = "resume" if found and found.local_date == training.today else "later"


def _is_rest(training: Training) -> bool:
    return training.routine.days[training.day_key].kind is DayKind.REST


def _closing(training: Training, options: Options, lead: Callable[[Training], int]) -> int:
    """Lead a session and close the history; what could not be saved is said where it stays on the screen.

    Returns:
        The exit code: that of what was done, or 1 where all went well but the saving.
    """
    code = 128 + 15
    try:
        code = lead(training)
    finally:
        patience_s = PATIENCE_S if code < 128 else SIGNAL_PATIENCE_S
        if lost := training.close(patiently=_plain(options), say=_say, patience_s=patience_s):
            _say(f"backtimer: {lost}")
            code = code or 1
    return code


def _say(line: str) -> None:
    """Say something that must not end the program, should nobody be there to read it."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def _exchange(training: Training, day: str, options: Options) -> None:
    """Have other exercises in the places of some, for today."""
    for text in options.swap or ():
        old, equals, new = (part.strip() for part in text.partition("="))
        if not (old and equals and new):
            told = _("--swap takes OLD=NEW, such as side-plank=side-plank-knees, and not {text}")
            raise UsageError(told.format(text=shorten(text)))
        training.swap_by_id(day, old, new)


def _only_rest(routine: Routine, key: str) -> str:
    stage, weekday = routine.stage_of(key), name_in_stage(key)
    part = routine.at_stage(stage) if stage else routine
    days = [name for name, day in part.days.items() if day.kind is not DayKind.REST]
    told = _("{day} is a rest day in {routine}; so is every other day")
    if days:
        told = _("{day} is a rest day in {routine}; choose from {days}")
    return told.format(day=weekday, routine=routine.id, days=", ".join(days))


def _plain(options: Options) -> bool:
    return bool(options.plain) or not terminal.is_interactive()


def _play_today(training: Training, options: Options) -> int:
    day = training.routine.days[training.day_key]
    if day.kind is not DayKind.REST:
        return _play(training, training.day_key, options)
    for notice in training.notices:
        print(notice)
    print(f"{weekday_from_key(training.day_key)}: {day.rest or _('a rest day')}.")
    for line in (
        training.stage_words(),
        overview.off_text(training),
        sentence(training.next_words()),
        sentence(training.streak_text()),
    ):
        if line:
            print(line)
    if (last := training.last_session()) is not None:
        print(_("Last session: {session}.").format(session=clean(last_words(last, training.today))))
    if terminal.stdin_is_terminal() and not options.start:
        _lines().ask_for_pain(training, now=False)
    return 0


def _lines() -> ModuleType:
    """The front end that needs no screen."""
    from backtimer.cli import plain  # late: 20 ms that a screen is not kept waiting for

    return plain


def _play(training: Training, day: str | None, options: Options) -> int:
    short = _sound(training, options).cues is Verbosity.SHORT
    plan = None if day is None else training.plan(day)
    if plan is not None and (told := exchanged_words(plan)):
        print(told, flush=True)
    code: int = _lines().play(training, plan, options.unfinished, ask=not options.start, short=short)
    return code


def _full_screen(
    training: Training,
    options: Options,
    day: str | None = None,
    *,
    must_resume: bool = False,
    first_word: str = "",
) -> int:
    coach = overview.answer_unfinished(training, options.unfinished)
    if must_resume and coach is None:
        print(_(overview.NOTHING_TO_GO_ON_WITH))
        return 1
    from_start = day is not None or options.start or coach is not None
    app: BacktimerApp | None = None

    def leave() -> None:
        if app is not None:
            app.leave_from_outside()

    with terminal.guarded(leave) as guard, FirstFrame(training.theme) as frame:
        opening = None
        if not (from_start or training.first_run):  # a first run begins with a question of its own
            opening = opening_of(training, day)
            frame.paint(*first_view(training, opening))
        else:
            _announce(training)
        load_textual()
        from backtimer.tui.app import BacktimerApp  # late: 300 ms of Textual, which nothing else needs

        check, sample = _sounds(training, options)
        app = BacktimerApp(
            training,
            day=day,
            start=from_start and coach is None,
            coach=coach,
            ask=options.unfinished == "ask",
            muted=is_mute(options),
            sound_check=check,
            sound_sample=sample,
            tells_safety=options.start,
            first_word=first_word,
            opening=opening,
        )
        if sys.platform != "win32":
            from backtimer.tui.driver import SteadyDriver  # late: with it, and there is none on Windows

            app.driver_class = SteadyDriver
        if opening is None:
            _take_back()
        if guard.signal_number is None:
            app.early_keys = frame.hand_over()
            app.run()
    if guard.signal_number is not None:
        return 128 + guard.signal_number
    return 1 if app.return_code is None else app.return_code  # None: nobody has asked it to leave


def _sounds(
    training: Training, options: Options
) -> tuple[Callable[[], SoundCheck | None], Callable[[], SoundSample | None]]:
    """Opens what tells on the first screen whether a session will be heard, and what plays a few sounds.

    Both after the first frame, and neither where silence was asked for.
    """

    def check() -> SoundCheck | None:
        if is_mute(options):
            return None
        found: SoundCheck | None = _attendants().open_sound_check(
            _sound(training, options), training.routine.language, sounds
        )
        return found

    def sample() -> SoundSample | None:
        if is_mute(options):
            return None
        found: SoundSample = _attendants().SoundSample(
            _sound(training, options), training.routine.language, sounds
        )
        return found

    sounds = context.paths().sounds
    return check, sample


def _announce(training: Training) -> None:
    """Put a first word on the screen at once: the full screen takes three times as long to load."""
    width = terminal_size()[0]
    sys.stdout.write(clean(training.routine.title)[: max(0, width - 1)])
    sys.stdout.flush()


def _take_back() -> None:
    """Wipe it out again, so that it does not stay behind when the full screen has gone."""
    sys.stdout.write("\r\x1b[2K")
    sys.stdout.flush()
