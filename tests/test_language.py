"""Words go through one door, and come out in the language that is spoken."""

from __future__ import annotations

import gettext
import threading

from backtimer.language import ENGLISH, _, counted_words, speaking


class Shouting(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return message.upper()

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n == 1 else msgid2).upper()


def test_words_are_english_where_nothing_else_is_spoken() -> None:
    assert _("Rest") == "Rest"
    assert [counted_words("{number} set", "{number} sets", number) for number in (0, 1, 2)] == [
        "{number} sets",
        "{number} set",
        "{number} sets",
    ]


def test_words_are_those_of_the_language_that_is_spoken() -> None:
    with speaking(Shouting()):
        assert _("Rest") == "REST"
        assert counted_words("one", "several", 2) == "SEVERAL"
        with speaking(ENGLISH):
            assert _("Rest") == "Rest"
        assert _("Rest") == "REST"
    assert _("Rest") == "Rest"


def test_other_threads_speak_it_too() -> None:
    heard = []
    with speaking(Shouting()):
        thread = threading.Thread(target=lambda: heard.append(_("Rest")))
        thread.start()
        thread.join()
    assert heard == ["REST"]
