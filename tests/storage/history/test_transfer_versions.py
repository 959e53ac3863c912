"""Exports of older versions are taken in, those of newer ones are refused, and every value is looked at."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from backtimer.cli.main import main
from backtimer.storage.history import importing, tables
from backtimer.storage.history.exporting import ORDERS, export_lines
from backtimer.storage.history.importing import TransferError, import_text
from backtimer.storage.history.schema import TOLD_BY_PLANS
from backtimer.storage.history.tables import PAINS, VERSION, Column, ColumnTable, whole
from tests.rules import for_each
from tests.storage.histories import history_at

FIRST = Path(__file__).parent / "exports" / "version-1.json"
"""An export as the first version wrote it. It never changes."""


def test_an_export_of_the_first_version_is_taken_in(tmp_path: Path) -> None:
    text = FIRST.read_text(encoding="utf-8")
    history = history_at(tmp_path / "history.db")
    told = import_text(history, text)
    assert (told.sessions_new, told.schedules, told.offs, told.pains, told.decisions) == (5, 1, 2, 1, 1)
    sessions = history.sessions()
    assert sorted(one.done_sets for one in sessions) == [1, 1, 4, 4]
    assert [one.effort for one in sessions].count(5) == 1
    assert [each.period for each in history.schedules()] == [7], "there were weeks only"
    exported = json.loads("".join(export_lines(history)))
    for name, part in json.loads(text).items():
        if name != "version":
            if isinstance(part, list):
                assert len(exported[name]) == len(part), name
            for before, after in zip(part, exported[name], strict=True) if isinstance(part, list) else ():
                for one in after.get("sets", ()):
                    assert [one.pop(name) for name in TOLD_BY_PLANS] == [None] * 3
                assert before.items() <= after.items(), name
    assert not import_text(history, text).changed


def test_schedules_of_before_there_were_stages_stay_as_they_were(tmp_path: Path) -> None:
    """As the second version wrote it, which knew cycles."""
    text = FIRST.with_name("version-2.json").read_text(encoding="utf-8")
    history = history_at(tmp_path / "history.db")
    told = import_text(history, text)
    assert (told.sessions_new, told.schedules, told.stages) == (5, 2, 0)
    assert [each.period for each in history.schedules()] == [7, 2]
    assert not import_text(history, text).changed


def test_sets_of_before_they_said_so_are_told_in_whose_place_they_were_by_their_plans(tmp_path: Path) -> None:
    """As the third version wrote it."""
    text = FIRST.with_name("version-3.json").read_text(encoding="utf-8")
    history = history_at(tmp_path / "history.db")
    assert import_text(history, text).sessions_new == 6
    sets = [one.in_place_of for session in history.sessions() for one in session.sets]
    assert [each for each in sets if each] == ["bridge"]
    assert history.sessions()[-1].sets[1].in_place_of == "bridge"
    assert not import_text(history, text).changed
    exported = "".join(export_lines(history))
    other = history_at(tmp_path / "other.db")
    import_text(other, exported)
    assert "".join(export_lines(other)) == exported
    assert not import_text(other, text).changed, "an older export takes nothing away"


def test_every_version_up_to_this_one_has_a_file_among_the_tests() -> None:
    stored = {json.loads(path.read_bytes())["version"] for path in FIRST.parent.glob("version-*.json")}
    assert stored >= set(range(1, VERSION)) | {1}


@pytest.mark.parametrize("ahead", [1, 2, 10**9])
def test_a_newer_one_is_refused_in_a_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ahead: int
) -> None:
    content = {**json.loads(FIRST.read_bytes()), "version": VERSION + ahead, "news": []}
    path = tmp_path / "newer.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert main(["import", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.splitlines()) == 1
    assert "exported by a newer backtimer" in printed.err and "Nothing was changed." in printed.err


@for_each("version", [0, -1, None, "1", 1.0, True, [1]])
def test_what_is_no_version_is_refused(tmp_path: Path, version: object) -> None:
    content = {**json.loads(FIRST.read_bytes()), "version": version}
    with pytest.raises(TransferError, match="no version that backtimer knows"):
        import_text(history_at(tmp_path / "history.db"), json.dumps(content))


def test_what_came_later_is_filled_in_for_older_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column and a table of a version to come: files of the first one lack both."""
    mood = Column("mood", whole(0, 10), since=VERSION + 1, before=5)
    pains = ColumnTable("pains", "Pain {number}", (*PAINS.fields, mood))
    naps = ColumnTable("naps", "Nap {number}", (Column("id", whole(0, 9)),), since=VERSION + 1)
    for module in (importing, tables):
        monkeypatch.setattr(module, "VERSION", VERSION + 1)
    orders = {pains if table is PAINS else table: key for table, key in ORDERS.items()}
    monkeypatch.setattr(importing, "ORDERS", {**orders, naps: "id"})
    monkeypatch.setattr(importing, "_PARTS", (*importing._PARTS, "naps"))
    history = history_at(tmp_path / "history.db")
    with history.writing() as db:
        db.execute("ALTER TABLE pains ADD COLUMN mood INTEGER")
        db.execute("CREATE TABLE naps (id INTEGER PRIMARY KEY)")
    content = json.loads(FIRST.read_bytes())
    import_text(history, json.dumps(content))
    with history.reading() as db:
        assert db.execute("SELECT mood FROM pains").fetchall() == [(5,)]
    content["pains"][0]["mood"] = 7
    with pytest.raises(TransferError, match="Pain 1 has an unknown 'mood'"):
        import_text(history, json.dumps(content))
    content["version"] = VERSION + 1
    content["schedules"][0] |= {"period": 7, "stage": 0, "ahead": []}
    for session in content["sessions"]:
        session["sets"] = [{**one, **dict.fromkeys(TOLD_BY_PLANS)} for one in session["sets"]]
    content["stage_changes"] = []
    with pytest.raises(TransferError, match="'naps' is missing"):
        import_text(history, json.dumps(content))
    content["naps"] = []
    import_text(history, json.dumps(content))
    del content["pains"][0]["mood"]
    with pytest.raises(TransferError, match="Pain 1 lacks 'mood'"):
        import_text(history, json.dumps(content))


# -- every leaf -----------------------------------------------------------------------------------------

Path_ = tuple[str | int, ...]

ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    10**9,
    10**400,
    -(10**4000),
    0.5,
    1e308,
    "1e999",
    "NaN",
    "",
    "no",
    "text \x1b[31m\x9b2J\u202e\n\r\t\x00",
    "\ud800",
    "x" * 100_000,
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-W47-1",
    "20261105",
    "0000-01-01T00:00:00.000Z",
    "0001-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z",
    "10000-01-01T00:00:00.000Z",
    "2026-11-05T18:30:00.000+01:00",
    [],
    [1],
    {},
    {"times": 1},
    {"0": {"times": 1, "optional": "no"}},
    {"reps": 10**400},
)


def leaves(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The places of a file where something stands; of a list only its first and its fullest entry."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list) and value:
        fullest = max(range(len(value)), key=lambda index: len(json.dumps(value[index])))
        yield from leaves(value[fullest], (*path, fullest))


def put(content: Any, path: Path_, odd: Any) -> str:
    changed = copy.deepcopy(content)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = odd
    text = json.dumps(changed)
    return text.replace('"1e999"', "1e999").replace('"NaN"', "NaN")


CONTENT = json.loads(FIRST.read_bytes())
PLACES = sorted(set(leaves(CONTENT)), key=str)
LOOKS = (["streak"], ["history"], ["history", "--json"], ["history", "--csv"], ["export"], ["progress"])


@pytest.mark.parametrize("part", range(4))
def test_whatever_stands_anywhere_is_taken_or_refused_in_a_clear_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], part: int
) -> None:
    refused = 0
    with closing(history_at(tmp_path / "history.db")) as history:
        before = "".join(export_lines(history))
        taken = []
        for path in PLACES[part::4]:
            for odd in ODD:
                text = put(CONTENT, path, odd)
                try:
                    import_text(history, text)
                except TransferError as error:
                    refused += 1
                    assert str(error).endswith("Nothing was changed."), (path, odd)
                    assert str(error).isprintable() and len(str(error)) < 400, (path, odd)
                    continue
                taken.append((path, text))
                with history.writing() as db:
                    for table in ("sessions", "plans", "schedules", "off_days", "pains", "decisions"):
                        db.execute(f"DELETE FROM {table}")
        assert "".join(export_lines(history)) == before, "nothing was changed by what was refused"
    assert refused > 10 * len(PLACES[part::4])
    odd_file = tmp_path / "odd.json"
    for path, text in taken[:: max(1, len(taken) // 12)]:
        odd_file.write_text(text, encoding="utf-8", errors="surrogatepass")
        assert main(["import", str(odd_file)]) == 0, path
        for look in LOOKS:
            assert main(look) in (0, 1), (path, look)
            printed = capsys.readouterr()
            assert "Traceback" not in printed.err
        (home / "history.db").unlink()


@for_each("odd", ["no", "false", 0, 1, None, [], {}, 2.0])
def test_a_day_is_optional_or_not_and_nothing_else(tmp_path: Path, odd: object) -> None:
    text = put(CONTENT, ("schedules", 0, "due", "0", "optional"), odd)
    with pytest.raises(TransferError, match="'optional' of 0 must be true or false"):
        import_text(history_at(tmp_path / "history.db"), text)
