"""Who attends a session: what makes it heard (script and speaker), and what keeps the screen awake."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from backtimer.audio.ducking import find_ducker
from backtimer.audio.equipment import Equipment, find_equipment, system_silences
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.soundcheck import SoundCheck
from backtimer.audio.speaker import Speaker
from backtimer.coach import Attendant
from backtimer.core.plan.plan import LEAD_INS, Plan, StepKind, leads_to
from backtimer.core.session.events import Ended, Event, Paused, Resumed, SetRecord, Started, StepStarted
from backtimer.core.session.session import Session, rehearse
from backtimer.core.speech.cues import LAST_WORDS_S, Cue, Priority, Sound, Tone, Verbosity
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.languages import own_texts
from backtimer.core.speech.narrator import Narrator
from backtimer.core.speech.pieces import MUST, must_text, speech_s
from backtimer.core.speech.script import Script
from backtimer.language import _, marked
from backtimer.unheard import Silence, Unheard


class Wakefulness:
    """An attendant of one session, who lets nobody's screen go dark but in a pause.

    wakepy takes 80 ms to import and talks to the desktop over D-Bus or its like, so all of it happens in a
    thread of its own. Where it is missing, or cannot keep anything awake, nothing happens.
    """

    audible = False
    problem = ""

    def __init__(self) -> None:
        self._rest = threading.Event()
        self._thread: threading.Thread | None = None

    def attend(self, events: Sequence[Event]) -> None:
        """Stay awake from the start on and from each pause's end, until the next pause or the end."""
        for event in events:
            if isinstance(event, Started | Resumed):
                self._wake()
            elif isinstance(event, Paused | Ended):
                self.dismiss()

    def expect(self, events: Sequence[Event]) -> None:
        """Nothing needs to be ready."""

    def is_ready_for(self, events: Sequence[Event]) -> bool:
        """It is not waited for."""
        return True

    def dismiss(self) -> None:
        """The screen may go dark again."""
        self._rest.set()

    def close(self, *, patiently: bool = False) -> None:
        """The same, and wait until it may."""
        self.dismiss()
        if self._thread is not None:
            self._thread.join(timeout=1.0)
            self._thread = None

    def _wake(self) -> None:
        if self._rest.is_set() or self._thread is None:
            self._rest = threading.Event()
            self._thread = threading.Thread(target=_keep, args=(self._rest,), daemon=True, name="awake")
            self._thread.start()


def _keep(rest: threading.Event) -> None:
    """Keep the screen awake until somebody says it may rest."""
    try:
        from wakepy import keep  # noqa: PLC0415 - an extra, and slow

        with keep.presenting(on_fail="pass"):
            rest.wait()
    except Exception:
        return


def open_speaker(
    equipment: Equipment,
    clock: Callable[[], float],
    on_start: Callable[..., None] | None = None,
    *,
    duck: bool = False,
) -> Speaker | None:
    """A speaker with what there is; None when there is no player: the front end may ring the bell then.

    Args:
        equipment: What this machine has.
        clock: The clock of the cues.
        on_start: Told of each cue that begins, and when: for measuring.
        duck: Pull other players down while words sound, where that can be.
    """
    if equipment.player is None:
        return None
    return Speaker(
        equipment.player,
        equipment.voice,
        clock,
        equipment.cache,
        equipment.volume,
        on_start=on_start,
        ducker=find_ducker() if duck else None,
    )


def open_hearing(
    plan: Plan,
    records: Sequence[SetRecord],
    sound: Sound,
    cache: Path,
    clock: Callable[[], float],
    *,
    attended: bool = True,
) -> Sequence[Attendant]:
    """Who makes a session heard, or says why it is not; silent as long as it is to be so.

    Args:
        plan: What is done.
        records: Of the sets that an earlier part of the session has reached.
        sound: How it is to sound.
        cache: A directory for spoken phrases; it need not exist.
        clock: The clock of the session.
        attended: Someone can press keys.
    """

    def find(wanted: Sound) -> Equipment:
        return find_equipment(choice_of(wanted, plan.language), cache, wanted.volume / 100)

    def open_heard(wanted: Sound) -> Hearing | Silence:
        equipment = find(wanted)
        if equipment.voice is not None:
            equipment.voice.learn(own_texts(plan))
        speaker = open_speaker(equipment, clock, duck=wanted.duck)
        if speaker is None:
            return Silence(equipment.lack)
        return Hearing(plan, records, wanted, speaker, equipment.lack, attended=attended, find=find)

    return (Unheard(sound, open_heard) if sound.cues is None else open_heard(sound),)


def open_sound_check(sound: Sound, language: str, cache: Path) -> SoundCheck | None:
    """What finds out, before a session, whether it will be heard; None when it is to be silent.

    Args:
        sound: How it is to sound.
        language: Of the texts; empty: English.
        cache: A directory for sounds; it need not exist.
    """
    if sound.cues is None:
        return None

    def make(plan: Plan, equipment: Equipment, is_wanted: Callable[[], bool]) -> None:
        make_first_words(plan, sound, equipment, is_wanted)

    return SoundCheck(
        lambda: find_equipment(choice_of(sound, language), cache, sound.volume / 100), make=make
    )


SAMPLE_TEXT = marked("Hello. This is backtimer. You will hear me like this.")
"""Said to find out whether the voice is heard."""

LATEST_S = 15.0
"""A voice that takes longer for its first words is not waited for."""


class SoundSample:
    """Two tones and a sentence, to ask whether they are heard.

    Args:
        sound: How it is to sound.
        language: Of the texts; empty: English.
        cache: A directory for sounds; it need not exist.
        clock: Seconds, from any origin.
    """

    def __init__(
        self, sound: Sound, language: str, cache: Path, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._equipment = find_equipment(choice_of(sound, language), cache, sound.volume / 100)
        self._speaker = open_speaker(self._equipment, clock)

    @property
    def problem(self) -> str:
        """Why nothing, or no voice, can be heard, as a sentence; empty when all is there."""
        return (self._speaker.problem if self._speaker else "") or self._equipment.lack

    def advice(self) -> tuple[str, ...]:
        """What may help where nothing is heard, a sentence each; asking the system takes a moment."""
        silences = system_silences(sys.platform, shutil.which)
        problem = (self.problem,) if self.problem else ()
        return tuple(dict.fromkeys((*problem, *silences, *self._equipment.advice)))

    def play(self) -> None:
        """Play it, from its beginning."""
        if self._speaker is not None:
            now = self._clock()
            tones = (
                Cue(now + after, now + LATEST_S, Priority.NOW, tone=Tone.COUNT, cuts=after == 0)
                for after in (0.0, 0.5)
            )
            self._speaker.play([*tones, Cue(now + 1.2, now + LATEST_S, Priority.NOW, _(SAMPLE_TEXT))])

    def close(self) -> None:
        """Give back what is in use."""
        if self._speaker is not None:
            self._speaker.close()


FIRST_SOUNDS = 40
"""So many sounds are made before a session, after what it begins with: they reach into its first set."""


def make_first_words(
    plan: Plan, sound: Sound, equipment: Equipment, is_wanted: Callable[[], bool] = lambda: True
) -> None:
    """Make what a session will begin with, and keep it, so that its voice has its words at once.

    Args:
        plan: What is to be done.
        sound: How it is to sound.
        equipment: What there is; nothing is played.
        is_wanted: Asked before each sound: whether to go on.
    """
    if equipment.player is None or equipment.voice is None or not equipment.voice.renders:
        return
    speaker = Speaker(
        equipment.player, equipment.voice, time.monotonic, equipment.cache, equipment.volume, threads=False
    )
    hearing = Hearing(plan, (), sound, speaker)
    beginning = Session(plan).beginning(0.0)
    left = FIRST_SOUNDS
    while left and is_wanted():
        left -= hearing.is_ready_for(beginning)
        if not speaker.make():
            return


def choice_of(sound: Sound, language: str = "") -> VoiceChoice:
    """The voice that is to speak.

    Args:
        sound: How it is to sound.
        language: Of the texts; empty: English.
    """
    engine = "none" if sound.cues in (None, Verbosity.TONES) else sound.engine
    return VoiceChoice(engine, sound.voice, sound.rate, language or "en", sound.clips, sound.voices)


class Hearing:
    """An attendant who says and plays what happens.

    Args:
        plan: What is done.
        records: Of the sets that an earlier part of the session has reached.
        sound: How it is to sound; it has cues.
        speaker: Who plays them.
        lack: What is missing all the time, as a sentence; empty when nothing is.
        attended: Someone can press keys.
        find: Looks for what a sound needs, when it is to be another one; None: voice and loudness stay.
    """

    def __init__(
        self,
        plan: Plan,
        records: Sequence[SetRecord],
        sound: Sound,
        speaker: Speaker,
        lack: str = "",
        *,
        attended: bool = True,
        find: Callable[[Sound], Equipment] | None = None,
    ) -> None:
        self._plan = plan
        self._find = find
        self._attended = attended
        self._sound = sound
        self._speaker = speaker
        self._records = records
        self._lack = lack
        speaker.learn(own_texts(plan))
        self._heard: Heard | None = None
        """What she had heard when the session went over to this plan; None: it is as it began."""
        self._script = self._make_script(self._length_s)
        self._silent = False
        """What happens is followed, and not heard: the person has turned the sound off."""
        self._past: list[Event] = []
        """What has happened, in case it is to be told in more or fewer words from now on."""
        self._is_prepared: bool | None = None
        """Whether the first words are made; None: nobody has asked for them."""
        self._pace = self._found_pace = _UNKNOWN_PACE if speaker.speaks_from_files else 1.0
        """How much longer this voice takes than is estimated; how much it was found to be, for later ones."""
        speaker.follow(self._ahead())

    @property
    def audible(self) -> bool:
        """Whether the speaker can be heard."""
        return self._speaker.is_heard

    @property
    def problem(self) -> str:
        """Why something is not heard, though it should be."""
        return "" if self._silent else self._speaker.problem or self._lack

    def attend(self, events: Sequence[Event]) -> None:
        """Play what these events ask for."""
        cues = [cue for event in events for cue in self._script.cues(event)]
        self._past += events
        self._speaker.play(() if self._silent else cues)
        if events:
            self._pace = self._found_pace

    def expect(self, events: Sequence[Event]) -> None:
        """Have at the ready what the next events will ask for: a front end may be late, the tones are not."""
        self._speaker.expect(() if self._silent else self._script.foresee(events))

    def tune(self, changes: Mapping[str, Any]) -> None:
        """From now on tell as much as this says, in this voice and as loud; what is being said is said.

        Args:
            changes: What of a `Sound` has changed, by its names.
        """
        before, self._sound = self._sound, self._sound._replace(**changes)
        self._silent = self._sound.cues is None
        if self._silent:
            self._sound = self._sound._replace(cues=before.cues)  # of which all goes on unheard
            self._speaker.expect(())
        if self._sound.cues is not before.cues:
            self._script = self._make_script(self._length_s)
            for event in self._past:  # what was told is told; what it was about is known
                self._script.cues(event)
        find, sound, language = self._find, self._sound, self._plan.language
        wanted, had = ((choice_of(each, language), each.volume) for each in (sound, before))
        if find is not None and wanted != had:
            self._speaker.change(lambda: self._equipped(find(sound)), self._make_anew)

    def follow(self, past: Sequence[Event]) -> None:
        """Know what has happened in a session that was silent, without telling it."""
        for event in past:
            self._script.cues(event)
        self._past += past
        self._make_anew()

    def _equipped(self, found: Equipment) -> Equipment:
        if found.voice is not None:
            found.voice.learn(own_texts(self._plan))
        self._lack = found.lack
        return found

    def _make_anew(self) -> None:
        """Have what is still to come made ahead, now that it sounds otherwise."""
        steps = [event.step for event in tuple(self._past) if isinstance(event, StepStarted)]
        self._speaker.follow(self._ahead(steps[-1] if steps else 0))

    def is_ready_for(self, events: Sequence[Event]) -> bool:
        """Whether the voice has its words."""
        if self._is_prepared is None:
            self._is_prepared = False
            self._speaker.follow(chain(self._opening(tuple(events)), self._ahead()))
        return self._is_prepared or not self._speaker.speaks_from_files

    def dismiss(self) -> None:
        """Fall silent."""
        self._speaker.close()

    def close(self, *, patiently: bool = False) -> None:
        """End all that plays; patiently: when the last words have been said."""
        self._speaker.close(LAST_WORDS_S if patiently else 0.0)

    def exchange(self, plan: Plan, records: Sequence[SetRecord | None], moved: Mapping[int, int]) -> None:
        """Go over to another plan: what she has heard she knows, and what is new is told."""
        self._heard = self._script.heard.moved_to(moved)
        self._plan, self._past = plan, []
        self._records = [record for record in records if record is not None]
        self._speaker.expect(())
        self._speaker.learn(own_texts(plan))
        self._script = self._make_script(self._length_s)
        coming = next((at for at in range(len(plan.sets)) if records[at] is None), 0)
        self._speaker.follow(self._ahead(plan.sets[coming].lead_in))

    def _make_script(self, length: Callable[[str], float]) -> Script:
        verbosity = self._sound.cues or Verbosity.TONES
        return Script(
            self._plan,
            verbosity=verbosity,
            breathing_tones=self._sound.breathing,
            length=length,
            records=self._records,
            attended=self._attended,
            heard=deepcopy(self._heard),
        )

    def _opening(self, events: Sequence[Event]) -> Iterator[Cue]:
        """What is heard first.

        How long the words are is known when they are made; where others fit then, those are made as well.
        """
        cues: tuple[Cue, ...] = ()
        for length in (self._length_s, *repeat(self._measure_s, _ROUNDS)):
            told = self._make_script(length).foresee(events)
            before, cues = cues, tuple(cue for cue in told if cue.at_s < told[0].at_s + OPENING_S)
            if cues == before:
                break
            yield from cues
        estimated = sum(speech_s(cue.text) for cue in cues)
        if estimated:
            self._found_pace = sum(self._length_s(cue.text) for cue in cues if cue.text) / estimated
        self._is_prepared = True
        for cue in cues:
            yield from (cue._replace(text=text) for text in cue.shorter[-1:])

    def _ahead(self, step: int = 0) -> Iterator[Cue]:
        """What will be heard from a step on if nothing comes in between, in order: it is made meanwhile.

        The lengths are measured as they are asked for, so that the same words are found to fit as later. As
        many reps as are comfortable are counted to the last that there may be.
        """
        reached, sides = not step, False

        def length_s(text: str) -> float:
            return self._measure_s(text) if reached else self._length_s(text)

        script = self._make_script(length_s)
        for event in rehearse(self._plan, self._records, to_the_last=True):
            reached = reached or (isinstance(event, StepStarted) and event.step >= step)
            cues = script.cues(event)
            if reached:
                yield from cues
            if (
                not sides
                and isinstance(event, StepStarted)
                and self._plan.steps[event.step].kind not in LEAD_INS
            ):
                sides = True  # after what comes first, also for who goes on with a session
                yield from self._sides()

    def _sides(self) -> Iterator[Cue]:
        """At changes of side the fewest words: a slow voice has them also for who goes there by key."""
        if self._sound.cues is Verbosity.TONES:
            return
        narrator, told = Narrator(self._plan, attended=self._attended), set[str]()
        for index, step in enumerate(self._plan.steps):
            if step.kind is not StepKind.SWITCH or leads_to(self._plan, index) is None:
                continue
            words = must_text(narrator.lead(index), MUST)
            if words not in told:
                told.add(words)
                yield Cue(0.0, 0.0, Priority.NEEDED, text=words)

    def _length_s(self, text: str) -> float:
        known = self._speaker.length_s(text)
        return speech_s(text) * self._pace if known is None else known

    def _measure_s(self, text: str) -> float:
        measured = self._speaker.measure_s(text)
        return speech_s(text) * self._pace if measured is None else measured


_UNKNOWN_PACE = 1.15
"""A voice of which nothing is known is taken to be that much slower than usual: then its first words fit."""

OPENING_S = 12.0
"""What is heard so soon is made before the session begins; the rest is made while that is said."""

_ROUNDS = 4
"""So often the first words are chosen anew, by how long the voice turned out to take."""
