"""The voices of Windows, in one PowerShell that is kept loaded: OneCore where it is there, else SAPI."""

from __future__ import annotations

import json
import math
from pathlib import Path

from backtimer.audio.engines import CHOOSING_S, RENDERING_S, Ended, fits, identity_of
from backtimer.audio.player import Sounding
from backtimer.audio.processes import KeptChild
from backtimer.language import _
from backtimer.values import NamedTuple

STARTING_S = 15.0
"""What PowerShell gets for its first answer: on a slow disk it takes several seconds to start."""

USUAL_PACE = 180
"""Words a minute of these voices, about."""

ONECORE, SAPI = "onecore", "sapi"

_SIGN = "backtimer:"
"""What the answers begin with."""


def sapi_rate(words_a_minute: int | None) -> int:
    """A pace as SAPI takes it: from -10, a third of the usual pace, to 10, three times it."""
    if words_a_minute is None:
        return 0
    return max(-10, min(10, round(10 * math.log(words_a_minute / USUAL_PACE, 3))))


def onecore_rate(words_a_minute: int | None) -> float:
    """The same as OneCore takes it: times the usual pace, from 0.5 to 6."""
    return 1.0 if words_a_minute is None else max(0.5, min(6.0, words_a_minute / USUAL_PACE))


class WindowsVoice(NamedTuple):
    """A voice of Windows."""

    kind: str
    """`ONECORE` or `SAPI`."""
    name: str
    language: str
    usual: bool = False
    """Whether it is the one that the person has chosen for Windows."""


class WindowsSpeech:
    """The voices of Windows.

    Args:
        program: PowerShell.
        voice: The one that was asked for; empty: any.
        rate: Words a minute; None: the voice's own pace.
        kinds: Which are used, the better first.
    """

    name = "Windows speech"
    renders = True
    says = levels = False

    def __init__(
        self,
        program: Path,
        voice: str,
        rate: int | None,
        kinds: tuple[str, ...] = (ONECORE, SAPI),
    ) -> None:
        self.program = program
        self.note = self.stand_in = ""
        self._voice = voice
        self._rate = rate
        self._kinds = kinds
        self._there: tuple[WindowsVoice, ...] | None = None
        self._started = False
        command = (str(program), "-NoProfile", "-NonInteractive", "-Command", _SCRIPT)
        self._child = KeptChild(command, lambda line: line.startswith(_SIGN))

    def speaks(self, language: str, *, ask: bool = True) -> bool | None:
        """Whether there is a voice for a language."""
        if self._there is None and not (ask and self._look()):
            return None
        best = self._best(language)
        return best is not None and (not language or fits(best.language, language) > 0)

    def identity(self, language: str) -> tuple[object, ...]:
        """The program, and what is asked of it."""
        return *identity_of(self.program), *self._kinds, self._voice, self._rate, language

    def voice_name(self, language: str) -> str:
        """The voice, once it is known which there are."""
        best = self._best(language)
        return "" if best is None else best.name

    def render(self, text: str, target: Path, language: str, *, gently: bool) -> int | None:
        """Write a phrase to a file."""
        if self._there is None and not self._look():
            return None
        voice = self._best(language)
        if voice is None:
            return 1
        code, answer = self._ask(
            {
                "do": "render",
                "kind": voice.kind,
                "voice": voice.name,
                "text": text,
                "target": str(target),
                "pace": sapi_rate(self._rate),
                "times": onecore_rate(self._rate),
            }
        )
        return code if code != 0 else int(answer != "done")

    def say(self, text: str, language: str, on_end: Ended) -> Sounding:
        """It cannot: what is rendered is soon there, and is heard at its moment."""
        raise OSError("it renders only")

    def missing(self) -> str:
        """It renders, and that shows."""
        return ""

    def _ask(self, question: dict[str, object]) -> tuple[int | None, str]:
        limit_s = RENDERING_S if self._started else STARTING_S
        code, answer = self._child.ask(json.dumps(question), limit_s + CHOOSING_S)
        self._started = code == 0
        return code, answer.removeprefix(_SIGN)

    def _look(self) -> bool:
        """Ask which voices there are; whether it has told."""
        code, answer = self._ask({"do": "voices"})
        if code != 0:
            return False
        there: list[WindowsVoice] = []
        try:
            for kind, name, language, usual in json.loads(answer):
                there.append(WindowsVoice(str(kind), str(name), str(language), bool(usual)))
        except (ValueError, TypeError):
            return False
        self._there = tuple(voice for kind in self._kinds for voice in there if voice.kind == kind)
        if self._voice and not any(_is_named(one, self._voice) for one in self._there):
            told = _("{engine} has no voice '{voice}'; another one speaks.")
            self.note = told.format(engine="Windows", voice=self._voice)
            self.stand_in = _("another voice")
        return True

    def _best(self, language: str) -> WindowsVoice | None:
        """The one for a language: the one asked for, then the person's usual one, then of the better kind."""
        there = self._there or ()
        if not there:
            return None

        def rank(voice: WindowsVoice) -> tuple[int, bool, int, bool]:
            fit = fits(voice.language, language) if language else 1
            asked = bool(self._voice) and _is_named(voice, self._voice)
            # That the country fits matters less than that the person has chosen a voice.
            return min(fit, 1), asked, -self._kinds.index(voice.kind), voice.usual or fit > 1

        return max(there, key=rank)


def _is_named(voice: WindowsVoice, asked: str) -> bool:
    """Whether a voice is meant: `Zira` is `Microsoft Zira Desktop`, too."""
    name, asked = voice.name.lower(), asked.lower()
    return asked == name or asked in name.split()


_SCRIPT = f"""\
$ErrorActionPreference = 'Stop'
$plain = New-Object Text.UTF8Encoding $false
$reader = New-Object IO.StreamReader([Console]::OpenStandardInput(), $plain)
$writer = New-Object IO.StreamWriter([Console]::OpenStandardOutput(), $plain)
$writer.AutoFlush = $true
$one = $null
$old = $null
try {{
  Add-Type -AssemblyName System.Runtime.WindowsRuntime
  $null = [Windows.Media.SpeechSynthesis.SpeechSynthesizer,
    Windows.Media.SpeechSynthesis, ContentType = WindowsRuntime]
  $null = [Windows.Media.SpeechSynthesis.SpeechSynthesisStream,
    Windows.Media.SpeechSynthesis, ContentType = WindowsRuntime]
  $wait = [System.WindowsRuntimeSystemExtensions].GetMethods() | Where-Object {{
    $_.Name -eq 'AsTask' -and $_.GetParameters().Count -eq 1 -and
    $_.GetParameters()[0].ParameterType.Name -eq 'IAsyncOperation`1'
  }} | Select-Object -First 1
  $wait = $wait.MakeGenericMethod([Windows.Media.SpeechSynthesis.SpeechSynthesisStream])
  $one = New-Object Windows.Media.SpeechSynthesis.SpeechSynthesizer
}} catch {{ $one = $null }}
try {{
  Add-Type -AssemblyName System.Speech
  $old = New-Object System.Speech.Synthesis.SpeechSynthesizer
}} catch {{ $old = $null }}
while ($null -ne ($line = $reader.ReadLine())) {{
  try {{
    $asked = $line | ConvertFrom-Json
    if ($asked.do -eq 'voices') {{
      $rows = @()
      if ($one) {{
        $usual = [Windows.Media.SpeechSynthesis.SpeechSynthesizer]::DefaultVoice.DisplayName
        foreach ($voice in [Windows.Media.SpeechSynthesis.SpeechSynthesizer]::AllVoices) {{
          $rows += ,@('{ONECORE}', $voice.DisplayName, $voice.Language, ($voice.DisplayName -eq $usual))
        }}
      }}
      if ($old) {{
        $usual = $old.Voice.Name
        foreach ($voice in $old.GetInstalledVoices()) {{
          if ($voice.Enabled) {{
            $told = $voice.VoiceInfo
            $rows += ,@('{SAPI}', $told.Name, $told.Culture.Name, ($told.Name -eq $usual))
          }}
        }}
      }}
      $writer.WriteLine('{_SIGN}' + (ConvertTo-Json -Compress -InputObject $rows))
    }} elseif ($asked.kind -eq '{ONECORE}') {{
      $one.Voice = [Windows.Media.SpeechSynthesis.SpeechSynthesizer]::AllVoices |
        Where-Object {{ $_.DisplayName -eq $asked.voice }} | Select-Object -First 1
      try {{ $one.Options.SpeakingRate = [double]$asked.times }} catch {{ }}
      $task = $wait.Invoke($null, @($one.SynthesizeTextToStreamAsync($asked.text)))
      $task.Wait()
      $source = [System.IO.WindowsRuntimeStreamExtensions]::AsStreamForRead($task.Result)
      $file = [IO.File]::Create($asked.target)
      try {{ $source.CopyTo($file) }} finally {{ $file.Dispose(); $source.Dispose() }}
      $writer.WriteLine('{_SIGN}done')
    }} else {{
      $old.SelectVoice($asked.voice)
      $old.Rate = [int]$asked.pace
      $kind = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, 'Sixteen', 'Mono')
      $old.SetOutputToWaveFile($asked.target, $kind)
      try {{ $old.Speak($asked.text) }} finally {{ $old.SetOutputToNull() }}
      $writer.WriteLine('{_SIGN}done')
    }}
  }} catch {{
    $writer.WriteLine('{_SIGN}' + ($_.Exception.Message -replace '\\s+', ' '))
  }}
}}
"""
"""What is the person's or the routine's comes by the standard input, as JSON: it is never code."""
