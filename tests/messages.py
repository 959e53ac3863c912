"""All texts of backtimer's own, for translators: written to `src/backtimer/locales/backtimer.pot`.

    python -m tests.messages

They stand in the source as `_("…")`, `counted_words("…", "…", number)` and `marked("…")`, whole and literal.
The coach's vocabulary is a table whose texts go through the door as they are used.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

SOURCE = Path(__file__).parents[1] / "src"
TEMPLATE = SOURCE / "backtimer" / "locales" / "backtimer.pot"
TABLES = ("backtimer/core/speech/vocabulary.py",)
NO_WORDS = ("OWN_LANGUAGE",)
"""What of such a table is not said."""

HEAD = """\
# What backtimer says, for translators: written by `python -m tests.messages`.
msgid ""
msgstr ""
"Project-Id-Version: backtimer\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"
"""


class Message(NamedTuple):
    """A text to be translated."""

    text: str
    several: str = ""
    """The form for several things, where they are counted."""


class Misuse(NamedTuple):
    """A call from which no text can be taken."""

    place: str
    why: str


Found = dict[Message, set[str]]
"""The texts, and the files they are in."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each module by its path below the source."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@cache
def messages() -> tuple[Found, list[Misuse]]:
    """All texts of the source, and what is wrong with the others."""
    found: Found = defaultdict(set)
    misuses: list[Misuse] = []
    for name, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            message = _message_of(node)
            if isinstance(message, Message):
                found[message].add(name)
            elif message:
                misuses.append(Misuse(f"{name}:{node.lineno}", message))
        if name in TABLES:
            for message in _table(tree):
                found[message].add(name)
    return found, misuses


def _message_of(call: ast.Call) -> Message | str:
    """The text of a call, or why there is none; empty where it is no call of the door."""
    assert isinstance(call.func, ast.Name)
    door = call.func.id
    if door not in ("_", "marked", "counted_words"):
        return ""
    wanted = {"_": 1, "marked": 1, "counted_words": 3}[door]
    if any(isinstance(each, ast.Starred) for each in call.args):
        return ""  # of a table whose texts are marked
    if len(call.args) != wanted or call.keywords:
        return f"{door} takes {wanted} arguments, by their places"
    texts = call.args[:1] if wanted == 1 else call.args[:2]
    literal = [each.value for each in texts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if len(literal) == len(texts):
        return Message(*literal)
    made = [each for each in texts if isinstance(each, ast.JoinedStr | ast.BinOp | ast.IfExp | ast.BoolOp)]
    filled = [each for each in texts if isinstance(each, ast.Call) and _is_format(each)]
    if made or filled or door == "marked":
        return f"{door} is given a text that is made when it is called"
    return ""  # of a table


def _is_format(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in ("format", "join", "replace")


def _table(tree: ast.Module) -> Iterator[Message]:
    for statement in tree.body:
        if isinstance(statement, ast.AnnAssign):
            targets: list[ast.expr] = [statement.target]
            value = statement.value
        elif isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        else:
            continue
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if value is not None and not set(names) & set(NO_WORDS):
            yield from _texts(value)


def _texts(value: ast.expr) -> Iterator[Message]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield Message(value.value)
    elif isinstance(value, ast.Tuple) and len(value.elts) == 2:
        one, several = value.elts
        if isinstance(one, ast.Constant) and isinstance(several, ast.Constant):
            yield Message(str(one.value), str(several.value))
    elif isinstance(value, ast.Tuple | ast.List):
        for each in value.elts:
            yield from _texts(each)
    elif isinstance(value, ast.Dict):
        for each in value.values:
            yield from _texts(each)


def slots(text: str) -> list[str]:
    """The names in the braces of a text.

    Raises:
        ValueError: A brace stands alone.
    """
    return [name for _words, name, _spec, _way in Formatter().parse(text) if name is not None]


def template() -> str:
    """The texts in the format of gettext; without line numbers, which change every day."""
    found, _misuses = messages()
    counted = {message.text for message in found if message.several}
    parts = [HEAD]
    for message in sorted(found):
        if not message.several and message.text in counted:
            continue  # the form for one serves alone, too
        lines = [f"#: {place}" for place in sorted(found[message])]
        if "{" in message.text:
            lines.append("#, python-brace-format")
        lines.append(f"msgid {_quoted(message.text)}")
        if message.several:
            lines += [f"msgid_plural {_quoted(message.several)}", 'msgstr[0] ""', 'msgstr[1] ""']
        else:
            lines.append('msgstr ""')
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def main() -> int:
    """Write them down, unless something is wrong with them."""
    _found, misuses = messages()
    for misuse in misuses:
        print(f"{misuse.place}: {misuse.why}", file=sys.stderr)
    if misuses:
        return 1
    TEMPLATE.write_text(template(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
