"""Translations made for a test."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

Texts = Mapping[str | tuple[str, str], str | tuple[str, ...]]
"""What each text is in the language; a pair of forms stands for the forms of its language."""

DUTCH_PLURALS = "nplurals=2; plural=(n != 1);"


def mo_bytes(texts: Texts, plurals: str) -> bytes:
    """A translation as gettext reads it."""
    head = f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {plurals}\n"
    known = {"": head}
    for message, translated in texts.items():
        key = message if isinstance(message, str) else "\0".join(message)
        known[key] = translated if isinstance(translated, str) else "\0".join(translated)
    pairs = sorted((key.encode(), value.encode()) for key, value in known.items())
    start = 28 + 16 * len(pairs)
    tables, body = [], b""
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), start + len(body)))
            body += pair[column] + b"\0"
    counts = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return struct.pack("<7I", *counts) + b"".join(tables) + body


def write_translation(
    folder: Path,
    locale: str,
    texts: Texts,
    plurals: str = DUTCH_PLURALS,
) -> Path:
    """Put a translation where it is looked for below a folder; its file."""
    file = folder / locale / "LC_MESSAGES" / "backtimer.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(mo_bytes(texts, plurals))
    return file
