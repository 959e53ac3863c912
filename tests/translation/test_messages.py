"""The texts that translators get: all that the source says, whole and literal."""

from __future__ import annotations

import ast

from tests import messages
from tests.messages import TEMPLATE, Message, slots, template


def test_the_template_is_not_stale() -> None:
    told = "python -m tests.messages writes it anew"
    assert TEMPLATE.read_text(encoding="utf-8") == template(), told


def test_every_text_is_literal() -> None:
    found, misuses = messages.messages()
    assert len(found) > 100
    assert misuses == []


def test_every_slot_has_a_name_of_its_own() -> None:
    found, _misuses = messages.messages()
    wrong = []
    for message in found:
        for text in message:
            try:
                names = slots(text)
            except ValueError:
                names = ["{"]
            wrong += [text for name in names if not name.isidentifier()]
    assert wrong == []


def test_the_forms_for_one_and_for_several_are_filled_with_the_same() -> None:
    found, _misuses = messages.messages()
    counted = [message for message in found if message.several]
    assert counted
    assert [each for each in counted if not set(slots(each.text)) <= set(slots(each.several))] == []


def test_no_text_is_counted_in_two_ways() -> None:
    found, _misuses = messages.messages()
    counted = [message.text for message in found if message.several]
    assert sorted(set(counted)) == sorted(counted)


def found_in(source: str) -> object:
    (statement,) = ast.parse(source).body
    assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    return messages._message_of(statement.value)


def test_texts_are_found_where_they_stand() -> None:
    assert found_in('_("Rest")') == Message("Rest")
    assert found_in('_("A long " "one")') == Message("A long one")
    assert found_in('counted_words("{n} set", "{n} sets", n)') == Message("{n} set", "{n} sets")
    assert (
        found_in("_(KINDS[kind])") == found_in("counted_words(*FORMS, 3)") == found_in('print("Rest")') == ""
    )


def test_texts_that_are_made_when_they_are_asked_for_are_refused() -> None:
    for source in (
        '_(f"{n} sets")',
        '_("Rest" + "s")',
        '_("{n}".format(n=1))',
        '_("a" if b else "c")',
        "marked(name)",
        'counted_words(f"{n} set", "sets", n)',
        'counted_words("set", n)',
    ):
        assert isinstance(found_in(source), str) and found_in(source), source
