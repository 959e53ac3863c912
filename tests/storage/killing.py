"""A process that writes sessions through the writer's thread and says what is safe, killed at any moment."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

from backtimer.storage.history.health import examine
from tests.storage.histories import child, history_at

SETS = 12

WRITER = """
import itertools, time
from pathlib import Path
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.recorder import Recorder
from backtimer.storage.history.writer import Writer
from tests.storage.histories import *
opened = open_history(Path(sys.argv[1]), clock())
writer = Writer(opened)
said = set()
def tell(what):
    if what not in said:
        said.add(what)
        print(*what, flush=True)
for number in itertools.count():
    recorder = Recorder(opened, a_session(sets=12), writer=writer)
    told = []
    for index in range(12):
        recorder.record(done(index))
        told.append(index)
        for known in told:  # also those of before, which the thread may have written meanwhile
            if recorder.is_safe(known):
                tell((recorder.session_id, known))
        if index % 4 == number % 4:
            assert recorder.settle(60)
    with recorder.together():
        recorder.end(360.0)
    recorder.rate(effort=5, pain=number % 11)
    assert recorder.settle(60)
    assert recorder.problem == "", recorder.problem
    tell((recorder.session_id, "rated"))
"""


def kill_and_look(path: Path, chance: random.Random, most: int = 60) -> int:
    """Let the process write, kill it, and see that all it said to be safe is in the file.

    Returns:
        How much it had said.
    """
    said: set[tuple[str, str]] = set()
    with subprocess.Popen(child(WRITER, str(path)), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(chance.randint(1, most)):
            ident, what = process.stdout.readline().split()
            said.add((ident, what))
        process.kill()
        for line in process.stdout:  # what it still said before the signal reached it
            if line.endswith("\n"):
                ident, what = line.split()
                said.add((ident, what))
    history = history_at(path)
    stored = {session.id: session for session in history.sessions()}
    history.close()
    for ident, what in said:
        if what == "rated":
            assert stored[ident].ended is not None and stored[ident].effort == 5
        else:
            assert int(what) in {one.set_index for one in stored[ident].sets}
    for session in stored.values():
        assert session.done_sets == len(session.sets)
        # In order: what is there is there without gaps.
        assert [one.set_index for one in session.sets] == list(range(len(session.sets)))
    assert examine(path).ok
    return len(said)
