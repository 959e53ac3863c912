"""Which language is spoken, from the settings and the system, and what a translation may get wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from backtimer.cli.context import in_wanted_language, system_languages
from backtimer.language import _, counted_words, spoken_tag
from backtimer.storage.translations import TranslationError, find_translation, locales_of, read_translation
from tests.rules import for_each
from tests.translation.catalogs import Texts, write_translation

SETS: Final = ("{number} set", "{number} sets")
DUTCH: Texts = {"Rest": "Rust", SETS: ("{number} serie", "{number} series")}


@pytest.fixture
def locales(home: Path) -> Path:
    """The folder for translations of one's own."""
    return home / "locales"


def spoken_rest() -> str:
    with in_wanted_language():
        return _("Rest")


def test_without_a_word_about_it_all_is_in_english(locales: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    write_translation(locales, "nl", DUTCH)
    assert (spoken_rest(), spoken_tag()) == ("Rest", "en")


@pytest.mark.parametrize("name", ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"])
def test_the_language_of_the_system_is_spoken(
    name: str, locales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "nl_BE.UTF-8")
    assert spoken_rest() == "Rest"
    write_translation(locales, "nl", DUTCH)
    assert spoken_rest() == "Rust"


def test_the_settings_win_over_the_system(home: Path, locales: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_translation(locales, "nl", DUTCH)
    write_translation(locales, "de", {"Rest": "Pause"})
    monkeypatch.setenv("LANGUAGE", "nl")
    (home / "settings.yaml").write_text("language: de\n")
    with in_wanted_language():
        assert (_("Rest"), spoken_tag()) == ("Pause", "de")
    (home / "settings.yaml").write_text("language: en\n")
    assert spoken_rest() == "Rest"


def test_a_country_speaks_the_language_of_all_countries_unless_it_has_its_own(locales: Path) -> None:
    write_translation(locales, "pt", {"Rest": "Descanso"})
    assert list(locales_of("pt-BR")) == ["pt_BR", "pt"]
    assert list(locales_of("zh-hant-tw")) == ["zh_Hant_TW", "zh_Hant", "zh"]
    found = find_translation(["pt-BR"], locales)
    assert found is not None and (found.tag, found.texts.gettext("Rest")) == ("pt", "Descanso")
    write_translation(locales, "pt_BR", {"Rest": "Pausa"})
    found = find_translation(["PT-br"], locales)
    assert found is not None and (found.tag, found.texts.gettext("Rest")) == ("pt-BR", "Pausa")


@for_each(
    ("environ", "tags"),
    [
        ({}, ()),
        ({"LANG": "C.UTF-8"}, ()),
        ({"LANG": "POSIX"}, ()),
        ({"LANG": "nl_NL.UTF-8"}, ("nl-NL",)),
        ({"LANG": "ca_ES@valencia", "LC_MESSAGES": "de_DE"}, ("de-DE",)),
        ({"LANG": "nl_NL", "LANGUAGE": "sv:de_AT:en:fr"}, ("sv", "de-AT", "en")),
        ({"LC_ALL": "C", "LANGUAGE": "nl"}, ()),  # whoever says C means it
        ({"LC_ALL": "", "LANG": "de_DE"}, ("de-DE",)),
    ],
)
def test_the_environment_is_read_as_gettext_reads_it(environ: dict[str, str], tags: tuple[str, ...]) -> None:
    assert system_languages(environ) == tags


def test_a_language_before_english_without_a_translation_is_passed_over(locales: Path) -> None:
    write_translation(locales, "nl", DUTCH)
    found = find_translation(["sv", "nl-NL", "en"], locales)
    assert found is not None and found.tag == "nl"
    assert find_translation(["sv", "en", "nl"], locales) is None


@pytest.mark.parametrize("mistake", ["theme: pink\n", "goal: [\n", "sound: {cues: loud}\n", "routine: 1:\n"])
def test_mistakes_of_the_settings_are_told_in_the_language_that_they_ask_for(
    mistake: str, home: Path, locales: Path
) -> None:
    write_translation(locales, "nl", DUTCH)
    for line in ("language: nl\n", "language: 'nl'  # Dutch\n", 'language: "nl-BE"\r\n'):
        (home / "settings.yaml").write_text(line + mistake)
        assert spoken_rest() == "Rust", line
    for line in ("language: nl\nlanguage: de\n", "# language: nl\n", "sound:\n  language: nl\n"):
        (home / "settings.yaml").write_text(line + mistake)
        assert spoken_rest() == "Rest", line


def run(home: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backtimer", *arguments],
        env={**os.environ, "BACKTIMER_HOME": str(home), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_language_that_nobody_has_translated_is_told_and_stops_nothing(home: Path) -> None:
    (home / "settings.yaml").write_text("language: tlh\n")
    told = run(home, "list")
    assert told.returncode == 0 and "lower-back" in told.stdout
    assert told.stderr == "backtimer is not translated into 'tlh' yet, and goes on in English.\n"


def test_what_only_the_system_says_is_told_to_nobody(home: Path) -> None:
    told = run(home, "list", LANGUAGE="tlh", LC_ALL="tlh_KL.UTF-8")
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("text", ["language: en-GB\n", "language: en\n", "# language\n", ""])
def test_english_is_no_translation_that_is_missing(text: str, home: Path) -> None:
    (home / "settings.yaml").write_text(text)
    assert run(home, "list").stderr == ""


def test_a_command_in_english_loads_no_gettext(home: Path) -> None:
    code = (
        "import sys\n"
        "from backtimer.cli.main import main\n"
        "assert main(['streak']) == 0\n"
        "assert 'gettext' not in sys.modules and 'backtimer.storage.translations' not in sys.modules\n"
    )
    for lang in ("C.UTF-8", "en_GB.UTF-8"):
        environ = {**os.environ, "LANG": lang}
        subprocess.run([sys.executable, "-c", code], env=environ, check=True, stdout=subprocess.DEVNULL)


@for_each(
    "wrong",
    [
        "{nmuber} of {planned}",  # a slot that is none
        "{done.__class__} of {planned}",
        "{done!r} of {planned}",
        "{done:>99999999} of {planned}",
        "{done of {planned}",
        "{} of {planned}",
        "\x1b[2J{done}",
        "{done}\u202e{planned}",
        "{done}\n{planned}",
        " ",
    ],
)
def test_a_translation_that_does_not_fit_is_said_in_english(wrong: str, tmp_path: Path) -> None:
    english = "{done} of {planned}"
    texts = read_translation(write_translation(tmp_path, "nl", {english: wrong, "Rest": "Rust"}))
    assert (texts.gettext(english), texts.gettext("Rest")) == (english, "Rust")


@for_each(
    ("english", "translated"),
    [
        ("{done} of {planned}", "{planned}: {done}"),
        ("{done} of {planned}", "{done}"),
        ("invalid int value: %r", "kein ganzer Wert: %r"),
        ("{duck: yes}", "{duck: yes} (Dutch)"),
    ],
)
def test_a_translation_may_turn_its_slots_round(english: str, translated: str, tmp_path: Path) -> None:
    texts = read_translation(write_translation(tmp_path, "nl", {english: translated}))
    assert texts.gettext(english) == translated


def test_argparse_texts_keep_the_number_of_their_slots(tmp_path: Path) -> None:
    english = "argument %(argument_name)s: %(message)s"
    texts = read_translation(write_translation(tmp_path, "nl", {english: "argument %s", "a %s": "a %s %s"}))
    assert texts.gettext(english) == english and texts.gettext("a %s") == "a %s"


def test_plurals_are_those_of_the_language(tmp_path: Path) -> None:
    polish = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    texts = read_translation(
        write_translation(
            tmp_path, "pl", {SETS: ("{number} seria", "{number} serie", "{number} serii")}, polish
        )
    )
    assert [texts.ngettext(*SETS, number) for number in (1, 2, 5)] == [
        "{number} seria",
        "{number} serie",
        "{number} serii",
    ]


@pytest.mark.parametrize("plurals", ["nplurals=2; plural=n/0;", "nplurals=2; plural=7;"])
def test_a_rule_for_plurals_that_leads_nowhere_leaves_english(plurals: str, tmp_path: Path) -> None:
    texts = read_translation(write_translation(tmp_path, "nl", DUTCH, plurals))
    assert [texts.ngettext(*SETS, number) for number in (1, 2)] == list(SETS)


def test_one_form_that_does_not_fit_leaves_the_others(tmp_path: Path) -> None:
    texts = read_translation(write_translation(tmp_path, "nl", {SETS: ("een serie", "{many} series")}))
    assert [texts.ngettext(*SETS, number) for number in (1, 2)] == ["een serie", "{number} sets"]


def make_folder(file: Path) -> None:
    file.mkdir()


def make_pipe(file: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes of that kind here")
    os.mkfifo(file)


def make_garbage(file: Path) -> None:
    file.write_bytes(b"\xde\x12\x04\x95" + bytes(range(200)))


def make_text(file: Path) -> None:
    file.write_text('msgid "Rest"\nmsgstr "Rust"\n')


def make_empty(file: Path) -> None:
    file.write_bytes(b"")


def make_large(file: Path) -> None:
    with file.open("wb") as opened:
        opened.truncate(20 * 1024**3)


@pytest.mark.parametrize("make", [make_folder, make_pipe, make_garbage, make_text, make_empty, make_large])
def test_what_is_no_translation_is_told_and_stops_nothing(
    make: object, home: Path, locales: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(make)
    file = write_translation(locales, "nl", {})
    file.unlink()
    make(file)
    with pytest.raises(TranslationError, match=r"backtimer\.mo"):
        read_translation(file)
    (home / "settings.yaml").write_text("language: nl\n")
    assert spoken_rest() == "Rest"
    told = capsys.readouterr().err
    assert told.startswith("backtimer: ") and told.count("\n") == 1


def test_two_things_are_counted_in_the_language_that_is_set(home: Path, locales: Path) -> None:
    write_translation(locales, "nl", DUTCH)
    (home / "settings.yaml").write_text("language: nl\n")
    with in_wanted_language():
        assert counted_words(*SETS, 2).format(number=2) == "2 series"
