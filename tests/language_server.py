"""Shows routines in a real editor's server: `python -m tests.language_server [yaml-language-server]`.

It needs yaml-language-server (`npm install yaml-language-server`) and is run before a release. It writes a
routine with `backtimer new` into a home of its own, opens it as an editor does, and sees that what is right
has no complaints, that slips are underlined where they are, that names and keys are completed, and that keys
are explained.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, Self

from backtimer.cli.main import main as backtimer
from backtimer.storage.files.paths import bundled_routines
from backtimer.storage.files.schema import MODELINE, SCHEMA_NAME

Json = dict[str, Any]


class Server:
    """A language server, asked as an editor asks.

    Args:
        command: Starts it; it speaks on its standard streams.
        root: The folder that is open.
    """

    def __init__(self, command: list[str], root: Path) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._number = 0
        self._versions: dict[str, int] = {}
        asked = {"workspace": {"configuration": True}, "textDocument": {"hover": {}, "completion": {}}}
        self.ask("initialize", {"processId": os.getpid(), "rootUri": root.as_uri(), "capabilities": asked})
        self.tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def tell(self, method: str, params: Json) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Json) -> Any:
        """Send a request; what is answered."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"])
                return message["result"]

    def problems(self, file: Path, text: str) -> list[Json]:
        """What is underlined in a file with this text, once the server has looked at it."""
        uri = file.as_uri()
        version = self._versions[uri] = self._versions.get(uri, 0) + 1
        if version == 1:
            document = {"uri": uri, "languageId": "yaml", "version": version, "text": text}
            self.tell("textDocument/didOpen", {"textDocument": document})
        else:
            changed = {"uri": uri, "version": version}
            self.tell("textDocument/didChange", {"textDocument": changed, "contentChanges": [{"text": text}]})
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[Json] = message["params"]["diagnostics"]
                return found

    def at(self, method: str, file: Path, line: int, column: int) -> Any:
        """What the server says of a place, both counted from 0."""
        place = {"line": line, "character": column}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": file.as_uri()}, "position": place})

    def _send(self, message: Json) -> None:
        assert self._process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _receive(self) -> Json:
        """The next message; what the server asks the editor is answered with nothing."""
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise RuntimeError("the server has ended")
        message: Json = json.loads(self._process.stdout.read(length))
        if "method" in message and "id" in message:
            items = message.get("params", {}).get("items", []) if message["params"] else []
            self._send({"id": message["id"], "result": [None] * len(items) if items else None})
        return message


def _labels(answer: Any) -> list[str]:
    items = answer["items"] if isinstance(answer, Mapping) else answer or []
    return [item["label"] for item in items]


def _place(text: str, mark: str) -> tuple[int, int]:
    """Line and column of the end of a mark that stands there once."""
    assert text.count(mark) == 1, mark
    before = text[: text.index(mark) + len(mark)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


SLIPS = {
    "a mistyped key": ("reps: 6-10", "resp: 6-10", "resp"),
    "sets and reps in one": ("reps: 6-10", "reps: 3x10", "3x10"),
    "a comma for a dot": ("hold: 3s", "hold: '2,5s'", "'2,5s'"),
    "a day with a capital": ("  wednesday:", "  Wednesday:", "Wednesday"),
    "a day that is a list": ("wednesday: {same_as: monday}", "wednesday: [cat-cow]", "[cat-cow]"),
    "a day that there is not": ("same_as: monday}\n  fri", "same_as: mon}\n  fri", "mon}"),
    "no such format": ("format: 1", "format: one", "one"),
}


def show(server: Server, home: Path) -> int:
    """Go through all of it; how many things are not as they should be."""
    failed = 0

    def tell(what: str, found: object, *, good: bool) -> None:
        nonlocal failed
        failed += not good
        print(f"{'ok  ' if good else 'FAIL'} {what}: {found}")

    file = home / "routines" / "mine.yaml"
    text = file.read_text(encoding="utf-8")
    problems = server.problems(file, text)
    tell("a new file has no complaints", problems, good=not problems)
    for what, (right, wrong, marked) in SLIPS.items():
        slip = text.replace(right, wrong, 1)
        problems = server.problems(file, slip)
        lines = [each["range"]["start"]["line"] for each in problems]
        wanted = slip[: slip.index(wrong) + wrong.index(marked)].count("\n")
        told = "; ".join(each["message"] for each in problems)
        tell(what, told, good=wanted in lines)
    asked = text.replace("exercise: childs-pose", "exercise: ", 1)
    server.problems(file, asked)
    line, column = _place(asked, "- exercise: \n".rstrip("\n") + "\n        hold: 30s")
    labels = _labels(server.at("completion", file, line - 1, len("      - exercise: ")))
    tell("names of exercises are completed", labels[:4], good={"bird-dog", "childs-pose"} <= {*labels})
    hold = next(line for line in text.splitlines() if "hold: 30s" in line)
    asked = text.replace(hold, "        hold: 30s\n        ", 1)
    server.problems(file, asked)
    line, _column = _place(asked, "hold: 30s")
    labels = _labels(server.at("completion", file, line + 1, 8))
    tell("keys are completed", labels[:6], good={"sets", "rest", "note"} <= {*labels})
    server.problems(file, text)
    line, column = _place(text, "        reps")
    hover = server.at("hover", file, line, column - 1)
    tell("keys are explained", hover and hover["contents"]["value"], good="pyramid" in str(hover))
    for path in sorted(bundled_routines().glob("*.yaml")):
        copy = home / "routines" / path.name
        problems = server.problems(copy, f"{MODELINE}\n{path.read_text(encoding='utf-8')}")
        tell(f"{path.name} has no complaints", problems, good=not problems)
    for path in sorted(bundled_routines().glob("exercises/*.yaml")):
        copy = home / "routines" / "exercises" / path.name
        problems = server.problems(copy, f"{MODELINE}\n{path.read_text(encoding='utf-8')}")
        if problems:
            tell(f"{path.name} has no complaints", problems, good=False)
    return failed


def main() -> int:
    """Start the server, and show it."""
    command = sys.argv[1] if len(sys.argv) > 1 else "yaml-language-server"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        os.environ["BACKTIMER_HOME"] = str(home)
        (home / "routines" / "exercises").mkdir(parents=True)
        with redirect_stdout(StringIO()):
            assert backtimer(["new", "mine", "--no-editor"]) == 0
        assert (home / "routines" / "exercises" / SCHEMA_NAME).exists()
        with Server([command, "--stdio"], home) as server:
            return min(1, show(server, home))


if __name__ == "__main__":
    sys.exit(main())
