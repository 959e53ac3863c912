"""One key of a YAML file changed, and everything else left as it is: comments, order, quotes, line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backtimer.storage.files.source import Source
    from backtimer.storage.files.yaml_nodes import Mapping, Node

_PLAIN = r"[A-Za-z0-9/][A-Za-z0-9_./+-]*"


def changed_texts(source: Source, keys: Sequence[str], value: str) -> Iterator[str]:
    """The file with a key changed, in each way that may work, the most natural one first.

    None of them is sure to be right: whoever takes one reads it first.

    Args:
        source: The file as it is; there may be nothing in it.
        keys: The key, and below which ones it stands, if it does: `("sound", "cues")`.
        value: What it is to say; empty: it is to go.
    """
    # late: 15 ms, only where something is changed
    from backtimer.storage.files.yaml_nodes import EmptyFileError, Mapping, parse_source  # noqa: PLC0415

    root = None
    with suppress(EmptyFileError):
        root = parse_source(source).root
    top = root if isinstance(root, Mapping) else None
    name, *below = keys
    if not below:
        yield from _with_value(source, top, name, value)
        return
    part = below[0]
    node = None if top is None else next((node for key, node in top.pairs if key.text == name), None)
    if isinstance(node, Mapping):
        yield from _with_value(source, node, part, value)
        if not value:  # it was all there is of it
            yield from _with_value(source, top, name, "")
        return
    if node is not None:  # a word in place of a mapping
        yield from _replaced(source, node, quoted(value))
        word = _text_of(source, node)
        yield from _replaced(source, node, f"{{cues: {word}, {part}: {quoted(value)}}}")
        return
    yield from _with_entry(source, top, f"{name}: {quoted(value)}")
    yield from _with_entry(source, top, f"{name}: {{{part}: {quoted(value)}}}")


def quoted(value: str) -> str:
    """A text as YAML has it: in quotes where it needs them."""
    if re.fullmatch(_PLAIN, value):
        return value
    return "'" + value.replace("'", "''") + "'"


def _with_value(source: Source, mapping: Mapping | None, name: str, value: str) -> Iterator[str]:
    found = None if mapping is None else next(((k, n) for k, n in mapping.pairs if k.text == name), None)
    if found is None:
        yield from _with_entry(source, mapping, f"{name}: {quoted(value)}")
    elif value:
        yield from _replaced(source, found[1], quoted(value))
    else:
        yield from _without(source, found[0], found[1])


def _replaced(source: Source, node: Node, value: str) -> Iterator[str]:
    text = source.text
    start, end = _span(source, node)
    below = _line_end(text) if text[start:end].endswith(("\n", "\r")) else ""
    yield text[:start] + value + below + text[end:]


def _without(source: Source, key: Node, node: Node) -> Iterator[str]:
    """Without a key and what it says; a comment beside it stays."""
    text = source.text
    start, end = _span(source, key)[0], _span(source, node)[1]
    rest = re.compile(r"[ \t]*(#[^\r\n]*)?(\r\n|\r|\n|\Z)").match(text, end)
    begin = source.offset(key.line, 1)
    if rest is not None and not text[begin:start].strip():
        comment = rest[1]
        yield text[:begin] + (text[begin:start] + comment + rest[2] if comment else "") + text[rest.end() :]
    comma = re.compile(r"[ \t]*,[ \t]*").match(text, end)
    if comma is not None:
        yield text[:start] + text[comma.end() :]
    yield re.sub(r",?[ \t]*\Z", "", text[:start]) + text[end:]


def _with_entry(source: Source, mapping: Mapping | None, entry: str) -> Iterator[str]:
    """With a line more: at the end of the file or, in a part of it, at its beginning."""
    text = source.text
    line_end = _line_end(text)
    if mapping is not None:
        start = source.offset(mapping.line, mapping.column)
        if text.startswith("{", start):
            comma = ", " if mapping.pairs else ""
            yield f"{text[: start + 1]}{entry}{comma}{text[start + 1 :]}"
            return
    indent = " " * (mapping.column - 1) if mapping else ""
    line = f"{indent}{entry}{line_end}"
    yield text + ("" if not text or text.endswith(("\n", "\r")) else line_end) + line
    if mapping:  # it is but a part of the file, or something ends the document
        start = source.offset(mapping.line, 1)
        yield text[:start] + line + text[start:]


def _span(source: Source, node: Node) -> tuple[int, int]:
    return source.offset(node.line, node.column), source.offset(node.end_line, node.end_column)


def _text_of(source: Source, node: Node) -> str:
    start, end = _span(source, node)
    return source.text[start:end]


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
