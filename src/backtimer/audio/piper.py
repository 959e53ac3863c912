"""Piper, a natural voice that runs on this computer, kept loaded in a child of its own.

It is found as a module beside backtimer (`piper-tts`), or as a program; and it needs a voice: a file
`LANGUAGE_COUNTRY-NAME-QUALITY.onnx` with its settings, `….onnx.json`, beside it. backtimer brings none:
voices are licensed by their makers.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from backtimer.audio.engines import Ended, as_read, fits, identity_of
from backtimer.audio.player import Sounding
from backtimer.audio.processes import KeptChild, run_child
from backtimer.audio.waves import load
from backtimer.core.speech.pieces import speech_s
from backtimer.language import _
from backtimer.values import NamedTuple

LOADING_S = 15.0
"""What it gets for its first phrase, with reading the voice: 2 s on a fast machine, 9 on a very busy one."""

RENDERING_S = 6.0
"""What it gets for a phrase besides the time that the words last: it takes a third of that on a fast machine,
and nearly all of it on a very busy one."""

_VOICE = re.compile(r"([a-z]{2,3})_([A-Za-z0-9]+)-(.+?)(?:-(x_low|low|medium|high))?")
_QUALITIES = ("x_low", "low", "high", "medium")
"""From the worst to the best: a high one takes several times as long, and is hardly clearer."""

_PACE_TEXT = "Lie on your back with your knees bent. Lift your hips slowly, and hold them there for a breath."
"""It tells how fast a voice speaks by itself."""

_UNSTRETCHED = 0.25
"""The part of a phrase's length that stays as it is whatever the scale: measured from 0.4 to 2.5."""

_SCALES = (0.3, 4.0)


class PiperVoice(NamedTuple):
    """A voice of Piper."""

    path: Path
    """Of the `.onnx`."""
    language: str
    name: str
    quality: str = ""


class Piper:
    """Piper with the voices there are.

    Args:
        program: The program; or the Python that has the module.
        voices: The best first; there is one at least.
        voice: The one that a person asked for: the name of its file, or its short name; empty: any.
        rate: Words a minute; None: its own pace.
        is_module: Whether it is the module.
    """

    name = "Piper"
    renders = levels = True
    says = False

    def __init__(
        self,
        program: Path,
        voices: Sequence[PiperVoice],
        voice: str,
        rate: int | None,
        *,
        is_module: bool,
    ) -> None:
        self.program = program
        self.note = self.stand_in = ""
        self._voices = tuple(voices)
        self._asked = next((one for one in self._voices if _is_named(one, voice)), None) if voice else None
        if voice and self._asked is None:
            told = _("{engine} has no voice '{voice}'; another one speaks.")
            self.note = told.format(engine=self.name, voice=voice)
            self.stand_in = _("another voice")
        self._rate = rate
        self._talks = _ModuleTalk(program) if is_module else _ProgramTalk(program)
        self._scales: dict[Path, float] = {}

    def has(self, voice: str) -> bool:
        """Whether it has a voice of this name."""
        return any(_is_named(one, voice) for one in self._voices)

    @property
    def voices(self) -> tuple[PiperVoice, ...]:
        """Those there are, the best first."""
        return self._voices

    def speaks(self, language: str, *, ask: bool = True) -> bool | None:
        """Whether it has a voice for a language."""
        if language and not fits(self._voice(language).language, language):
            return False
        return self._talks.is_piper(ask=ask)

    def identity(self, language: str) -> tuple[object, ...]:
        """The voice's file, and the pace."""
        return *identity_of(self._voice(language).path), self._rate

    def voice_name(self, language: str) -> str:
        """The voice that reads a language, as its file is called."""
        return self._voice(language).path.stem

    def render(self, text: str, target: Path, language: str, *, gently: bool) -> int | None:
        """Write a phrase to a file."""
        model = self._voice(language).path
        scale = None
        if self._rate is not None:
            if model not in self._scales and (code := self._measure(model, target)) != 0:
                return code
            scale = self._scales[model]
        return self._talks.render(model, as_read(text), target, scale)

    def say(self, text: str, language: str, on_end: Ended) -> Sounding:
        """It cannot."""
        raise OSError("it renders only")

    def missing(self) -> str:
        """It renders, and that shows."""
        return ""

    def _voice(self, language: str) -> PiperVoice:
        """The best for a language: the one that was asked for, if it is of it; else the first that is."""
        asked = self._asked
        if asked is not None and (not language or fits(asked.language, language)):
            return asked
        return max(self._voices, key=lambda one: fits(one.language, language))

    def _measure(self, model: Path, target: Path) -> int | None:
        """Find out how fast a voice speaks by itself, and so its scale; an exit code, None: it hung."""
        code = self._talks.render(model, _PACE_TEXT, target, None)
        if code == 0:
            loaded = load(target)
            if loaded is None or not loaded[0]:
                return 1
            words_a_minute = len(_PACE_TEXT.split()) * 60 * loaded[1] / len(loaded[0])
            self._scales[model] = scale_for(words_a_minute, self._rate or 0)
        return code


def scale_for(natural: float, rate: float) -> float:
    """How much the sounds of a voice of so many words a minute are to be stretched for another pace."""
    stretched = (natural / rate - _UNSTRETCHED) / (1 - _UNSTRETCHED) if rate else 1.0
    return max(_SCALES[0], min(_SCALES[1], stretched))


_SIGN = "backtimer:"
"""What the helper's answers begin with: libraries print, too."""

_HELPER = f"""\
import json, sys, wave
import onnxruntime
make = onnxruntime.SessionOptions
def options():
    # Threads that spin while they wait take twice the time of the processor, and on a busy one longer.
    chosen = make()
    chosen.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return chosen
onnxruntime.SessionOptions = options
from piper import PiperVoice
try:
    from piper import SynthesisConfig
except ImportError:
    SynthesisConfig = None
voices = {{}}
def speak(asked, file):
    voice = voices.get(asked["model"])
    if voice is None:
        voice = voices[asked["model"]] = PiperVoice.load(asked["model"])
    if SynthesisConfig is None:
        voice.synthesize(asked["text"], file, length_scale=asked["scale"])
    else:
        voice.synthesize_wav(asked["text"], file, syn_config=SynthesisConfig(length_scale=asked["scale"]))
for line in sys.stdin:
    try:
        asked = json.loads(line)
        with wave.open(asked["target"], "wb") as file:
            speak(asked, file)
        print("{_SIGN}done", flush=True)
    except Exception as error:
        print("{_SIGN}" + repr(error).replace("\\n", " "), flush=True)
"""
"""Run by the Python that has the module. What is the person's or the routine's comes as its input."""


class _ModuleTalk:
    """The module `piper`, in a child that loads each voice once."""

    def __init__(self, program: Path) -> None:
        # -P: what stands beside us is not imported in the place of what it needs.
        command = (str(program), "-P", "-c", _HELPER)
        self._child = _kept(command, lambda line: line.startswith(_SIGN))
        self._loaded: set[Path] = set()

    def is_piper(self, *, ask: bool) -> bool | None:
        """It is: nobody else has such a module."""
        return True

    def render(self, model: Path, text: str, target: Path, scale: float | None) -> int | None:
        """Write a phrase to a file; as `Engine.render`."""
        asked = {"model": str(model), "text": text, "target": str(target), "scale": scale}
        limit_s = _limit_s(text, is_loaded=model in self._loaded)
        code, answer = self._child.ask(json.dumps(asked), limit_s)
        if code != 0:
            self._loaded.clear()
            return code
        self._loaded.add(model)
        return int(answer != f"{_SIGN}done")


class _ProgramTalk:
    """The program `piper`: a child for each voice and pace, which tells the path of each file it wrote."""

    def __init__(self, program: Path) -> None:
        self._program = str(program)
        self._loaded: set[KeptChild] = set()
        self._is_piper: bool | None = None

    def is_piper(self, *, ask: bool) -> bool | None:
        """Whether the program speaks: another one of its name sets up mice. None: it does not tell."""
        if self._is_piper is None and ask:
            code, printed = run_child([self._program, "--help"], timeout_s=LOADING_S)
            if code is None:
                return None
            self._is_piper = "--model" in printed
        return self._is_piper

    def render(self, model: Path, text: str, target: Path, scale: float | None) -> int | None:
        """Write a phrase to a file; as `Engine.render`."""
        folder = Path(_folder().name)
        stretch = () if scale is None else ("--length_scale", f"{scale:.3f}")
        command = (self._program, "--model", str(model), *stretch, "--output_dir", str(folder))
        child = _kept(command, lambda line: line.endswith(".wav") and str(folder) in line)
        code, answer = child.ask(text, _limit_s(text, is_loaded=child in self._loaded))
        if code != 0:
            self._loaded.discard(child)
            return code
        self._loaded.add(child)
        written = Path(answer[answer.index(str(folder)) :])
        try:
            shutil.move(written, target)
        except OSError:
            return 1
        return 0


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where the program writes its files; it is taken away at the end."""
    return tempfile.TemporaryDirectory(prefix="backtimer-", ignore_cleanup_errors=True)


def _limit_s(text: str, *, is_loaded: bool) -> float:
    """After how long it hangs."""
    return (RENDERING_S if is_loaded else LOADING_S) + speech_s(text)


_children: dict[tuple[str, ...], KeptChild] = {}
_children_lock = threading.Lock()


def _kept(command: tuple[str, ...], is_answer: Callable[[str], bool]) -> KeptChild:
    """The one child of a command: what looked before a session whether there is a voice has loaded it."""
    with _children_lock:
        if command not in _children:
            _children[command] = KeptChild(command, is_answer)
        return _children[command]


# Where it is found.


def has_module() -> bool:
    """Whether this Python has the module `piper` that speaks. Imports nothing."""
    with suppress(ImportError, ValueError):
        found = importlib.util.find_spec("piper")
        if found is not None and found.origin is not None:
            return (Path(found.origin).parent / "voice.py").exists()
    return False


def find_voices(own: str, program: Path | None) -> tuple[PiperVoice, ...]:
    """All voices there are, the best first: the person's own, then those in Piper's places, then by quality.

    Args:
        own: The folder with the person's own; empty: there is none.
        program: The program, if there is one: voices may lie beside it.
    """
    found: dict[Path, PiperVoice] = {}
    for folder in (*([Path(own)] if own else []), *_places(program)):
        by_quality = sorted(_voices_in(folder), key=lambda one: (-_rank(one.quality), one.path.name))
        found.update((one.path, one) for one in by_quality if one.path not in found)
    return tuple(found.values())


def _rank(quality: str) -> int:
    return _QUALITIES.index(quality) if quality in _QUALITIES else -1


def _places(program: Path | None) -> Iterator[Path]:
    """Where Piper's voices lie: its own folders, and packages that carry one."""
    data = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):
        base = Path(data) if data else Path.home() / ".local" / "share"
        yield from (base / "piper", base / "piper" / "voices", base / "piper-voices")
    if program is not None:
        beside = program.resolve().parent
        yield from (beside, beside / "voices")
    yield from (Path("/usr/local/share/piper-voices"), Path("/usr/share/piper-voices"))
    for entry in sys.path:
        if entry.endswith(("site-packages", "dist-packages")):
            with suppress(OSError):
                for package in sorted(Path(entry).glob("*piper_voice*")):
                    yield package
                    yield package / "data"


def _voices_in(folder: Path) -> Iterator[PiperVoice]:
    with suppress(OSError):
        for pattern in ("*.onnx", "*/*/*/*/*.onnx"):  # the second is how the collection of voices lies
            for path in folder.glob(pattern):
                if path.with_name(f"{path.name}.json").is_file() and (voice := _voice_at(path)):
                    yield voice


def _voice_at(path: Path) -> PiperVoice | None:
    """What a file's name tells, or else its settings; None where neither tells its language."""
    if match := _VOICE.fullmatch(path.stem):
        return PiperVoice(path.absolute(), f"{match[1]}-{match[2]}", match[3], match[4] or "")
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        told = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
        language = (told.get("language") or {}).get("code") or told["espeak"]["voice"]
        return PiperVoice(path.absolute(), str(language).replace("_", "-"), path.stem)
    return None


def _is_named(voice: PiperVoice, asked: str) -> bool:
    return asked.removesuffix(".onnx").lower() in {voice.path.stem.lower(), voice.name.lower()}
