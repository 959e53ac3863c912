"""Sounds made ahead: in which order, how gently, and what becomes of those that cannot be had."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from backtimer.audio.cache import SoundCache
from backtimer.audio.renderer import PROBE, QUIET, Renderer, Wanted
from backtimer.core.speech.cues import Cue, Priority, Tone
from tests.audio.fakes import Clock, FakeVoice
from tests.audio.waiting import until


class Speaks(FakeVoice):
    """A voice that notes how gently it is asked, and fails as it is told."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Clock())
        self.asked: list[tuple[str, bool]] = []
        self.fails: dict[str, float | None] = {}
        """What it cannot say, and after how long it is worth asking again."""

    def render(self, text: str, *, gently: bool = False) -> Path | None:
        self.asked.append((text, gently))
        return None if text in self.fails else super().render(text, gently=gently)

    def retry_s(self, text: str) -> float | None:
        return self.fails.get(text)


class Workshop:
    """A renderer that is driven by hand."""

    def __init__(self, folder: Path, voice: bool = True, volume: float = 1.0) -> None:
        self.voice = Speaks(folder)
        self.cache = SoundCache(folder / "cache")
        self.news = 0
        self.renderer = Renderer(self.voice if voice else None, self.cache, volume, self._note)

    def _note(self) -> None:
        self.news += 1

    def make_all(self) -> int:
        count = 0
        while self.renderer.step():
            count += 1
        return count


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def text(words: str) -> Wanted:
    return Wanted(text=words)


def test_what_a_cue_needs() -> None:
    said = Cue(1.0, 2.0, Priority.NEEDED, text="One.", seconds=3.0)
    breath = Cue(1.0, 2.0, Priority.NEEDED, tone=Tone.BREATHE_IN, seconds=3.0)
    assert Wanted.of(said) == Wanted(text="One.")
    assert Wanted.of(breath) == Wanted(tone=Tone.BREATHE_IN, seconds=3.0)


def test_what_is_needed_comes_before_what_is_wanted_and_less_gently(shop: Workshop) -> None:
    shop.renderer.want([text("A."), text("B.")])
    shop.renderer.follow(iter([text("C."), text("A.")]))
    shop.renderer.need(text("D."))
    shop.renderer.need(text("D."))
    shop.make_all()
    assert shop.voice.asked == [("D.", False), ("A.", True), ("B.", True), ("C.", True)]
    assert shop.news == 4


def test_what_is_settled_is_not_made_again(shop: Workshop) -> None:
    assert not shop.renderer.is_settled(text("A."))
    shop.renderer.need(text("A."))
    shop.make_all()
    assert shop.renderer.is_settled(text("A."))
    shop.renderer.need(text("A."))
    assert shop.make_all() == 0
    made = shop.renderer.made(text("A."))
    assert made is not None and made.length_s == 1.0


def test_what_is_gone_from_the_disk_is_made_again(shop: Workshop) -> None:
    shop.renderer.need(text("A."))
    shop.make_all()
    made = shop.renderer.made(text("A."))
    assert made is not None
    made.path.unlink()
    assert shop.renderer.made(text("A.")) is None
    assert not shop.renderer.is_settled(text("A."))
    shop.renderer.need(text("A."))
    assert shop.make_all() == 1
    assert shop.renderer.made(text("A.")) is not None


def test_what_never_can_be_said_is_settled_and_what_may_be_later_is_not(shop: Workshop) -> None:
    shop.voice.fails = {"Never.": None, "Later.": 2.5}
    shop.renderer.want([text("Never."), text("Later.")])
    shop.make_all()
    assert shop.renderer.is_settled(text("Never.")) and shop.renderer.made(text("Never.")) is None
    assert not shop.renderer.is_settled(text("Later."))
    assert shop.make_all() == 0
    shop.voice.fails = {"Later.": 0.0}
    assert shop.renderer.step()
    shop.voice.fails = {}
    shop.voice.retry_s = lambda text: 0.0  # type: ignore[method-assign]
    shop.make_all()
    assert shop.renderer.made(text("Later.")) is not None


def test_who_waits_for_words_that_a_resting_voice_cannot_say_keeps_nobody_busy(shop: Workshop) -> None:
    shop.voice.fails = {"A.": 2.5}
    shop.renderer.need(text("A."))
    assert shop.make_all() == 1
    shop.renderer.need(text("A."))
    shop.renderer.need(text("A."), first=True)
    assert shop.make_all() == 0 and shop.news == 1
    shop.voice.fails = {"A.": 0.0}
    shop.renderer.need(text("A."))
    assert shop.renderer.step() and len(shop.voice.asked) == 2


def test_without_a_voice_words_are_settled_and_tones_made(tmp_path: Path) -> None:
    shop = Workshop(tmp_path, voice=False)
    shop.renderer.want([text("A."), Wanted(tone=Tone.COUNT)])
    shop.make_all()
    assert shop.renderer.is_settled(text("A.")) and shop.renderer.made(text("A.")) is None
    assert shop.renderer.made(Wanted(tone=Tone.COUNT)) is not None


def test_a_voice_that_cannot_render_is_not_asked(shop: Workshop) -> None:
    shop.voice.renders = False
    shop.renderer.need(text("A."))
    shop.make_all()
    assert shop.voice.asked == []


def test_the_quiet_sounds_are_a_second_and_a_fifth(shop: Workshop) -> None:
    shop.renderer.want([QUIET, PROBE])
    shop.make_all()
    quiet, probe = shop.renderer.made(QUIET), shop.renderer.made(PROBE)
    assert quiet is not None and probe is not None
    assert quiet.length_s == pytest.approx(1.0, abs=0.005)
    assert probe.length_s == pytest.approx(0.2, abs=0.005)
    samples = quiet.path.read_bytes()[44:]
    assert {int.from_bytes(samples[at : at + 2], "little", signed=True) for at in range(0, 400, 2)} == {-2, 2}


def test_tones_of_another_volume_or_length_are_other_files(tmp_path: Path) -> None:
    breaths = [Wanted(tone=Tone.BREATHE_IN, seconds=seconds) for seconds in (1.0, 2.0)]
    paths = set()
    for volume in (1.0, 0.5):
        shop = Workshop(tmp_path, volume=volume)
        shop.renderer.want(breaths)
        shop.make_all()
        for breath in breaths:
            made = shop.renderer.made(breath)
            assert made is not None and made.length_s == pytest.approx(breath.seconds, abs=0.001)
            paths.add(made.path)
    assert len(paths) == 4


def test_an_action_comes_before_all_that_is_made(shop: Workshop) -> None:
    done: list[str] = []
    shop.renderer.need(text("A."))
    shop.renderer.do(lambda: done.append("one"))
    assert shop.renderer.step()
    assert done == ["one"] and shop.voice.asked == []
    assert shop.renderer.step() and shop.voice.asked


def test_after_the_end_nothing_is_made(shop: Workshop) -> None:
    shop.renderer.need(text("A."))
    shop.renderer.stop()
    assert not shop.renderer.step()
    shop.renderer.run()
    assert shop.voice.asked == []


Ask = Callable[[Renderer], None]


@pytest.mark.parametrize(
    "ask",
    [
        lambda renderer: renderer.need(text("A.")),
        lambda renderer: renderer.want([text("A.")]),
        lambda renderer: renderer.follow(iter([text("A.")])),
    ],
)
def test_a_thread_that_waits_is_woken_by_what_is_asked_of_it_and_by_the_end(shop: Workshop, ask: Ask) -> None:
    thread = threading.Thread(target=shop.renderer.run)
    thread.start()
    try:
        ask(shop.renderer)
        until(lambda: shop.voice.asked)
        until(lambda: shop.renderer.is_settled(text("A.")))
    finally:
        shop.renderer.stop()
        thread.join(20)
    assert not thread.is_alive()
