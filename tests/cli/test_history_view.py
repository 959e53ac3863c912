"""`history` for people: what it shows at every width, of one exercise, of one session, and of nothing."""

from __future__ import annotations

import io
import os
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backtimer.cli import context
from backtimer.cli import history as history_view
from backtimer.cli.history import STAND_INS
from backtimer.cli.main import main
from backtimer.core.picture.history_view import (
    fitting_weeks,
    heat_block,
    history_rows,
    last_session_rows,
    overview_block,
    session_row,
)
from backtimer.core.picture.rows import Row, cells, cut, fit, heading, text_of, width_of
from backtimer.core.picture.trends_view import trend_block
from backtimer.core.progress.calendar import (
    EXTRA_GLYPH,
    GLYPHS,
    DayState,
    DoneSession,
    Due,
    Off,
    Schedule,
    WhyOff,
)
from backtimer.core.progress.dates import monday_before, weeks_since
from backtimer.core.progress.history import (
    Past,
    PastSession,
    PastSet,
    trends,
)
from backtimer.core.progress.streaks import streak_words
from backtimer.core.session.events import Outcome
from backtimer.storage.history.looking_back import look_back
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.queries import History
from tests.cli.half_year import TODAY, WEEKS, make_half_year
from tests.rules import for_each

STARTED = datetime(2026, 11, 5, 18, 0, tzinfo=UTC)

FRAMES = Path(__file__).parent / "frames"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with half a year in it; nobody writes to it."""
    home = tmp_path_factory.mktemp("trained")
    make_half_year(home)
    return home


@pytest.fixture
def half_year(trained: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The commands run in that home, on its last day."""
    monkeypatch.setenv("BACKTIMER_HOME", str(trained))
    monkeypatch.setattr(context, "local_today", lambda: TODAY)
    return trained


def shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, *arguments: str
) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["history", *arguments]) == 0
    return capsys.readouterr().out


def check(name: str, seen: str) -> None:
    path = FRAMES / f"{name}.txt"
    if os.environ.get("BACKTIMER_UPDATE_FRAMES") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen, encoding="utf-8")
        return
    assert seen == path.read_text(encoding="utf-8")


def texts(rows: list[Row]) -> str:
    return "\n".join(text_of(each).rstrip() for each in rows)


@pytest.mark.usefixtures("half_year")
@pytest.mark.parametrize("width", [40, 80, 140])
def test_the_whole_view(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    seen = shown(capsys, monkeypatch, width)
    check(f"history-{width}", seen)
    assert max(cells(line) for line in seen.splitlines()) <= width


@pytest.mark.usefixtures("half_year")
def test_one_exercise_alone(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen = shown(capsys, monkeypatch, 80, "--exercise", "knees-to-chest")
    check("exercise-80", seen)
    assert "One knee to chest" in seen and "less than right" in seen
    assert "Superman" not in seen and "Strength circuit" not in seen


@pytest.mark.usefixtures("half_year")
@pytest.mark.parametrize(("wish", "said"), [("brid-dog", "did you mean 'bird-dog'"), ("p", "could be")])
@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
def test_an_exercise_that_is_not_known(
    capsys: pytest.CaptureFixture[str], wish: str, said: str, form: tuple[str, ...]
) -> None:
    assert main(["history", "--exercise", wish, *form]) == 2
    printed = capsys.readouterr()
    assert said in printed.err and printed.out == ""


@pytest.mark.usefixtures("half_year")
@pytest.mark.parametrize(
    "wish", ["Bridge with leg extension", "bridge with", "Bridge-leg-extension", "  BRIDGE-LEG "]
)
@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
def test_an_exercise_is_known_by_the_name_that_the_history_shows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, wish: str, form: tuple[str, ...]
) -> None:
    seen = shown(capsys, monkeypatch, 80, "--exercise", wish, *form)
    assert seen == shown(capsys, monkeypatch, 80, "--exercise", "bridge-leg-extension", *form)
    assert ("bridge-leg-extension" if form else "Bridge with leg extension") in seen


@pytest.mark.usefixtures("half_year")
def test_the_beginning_of_an_exercise_is_enough(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(capsys, monkeypatch, 80, "--exercise", "Knees") == shown(
        capsys, monkeypatch, 80, "--exercise", "knees-to-chest"
    )


def test_one_session_in_full(
    half_year: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(_opened(half_year)) as history:
        hurt = next(
            session
            for session in history.sessions()
            if any(one.outcome is Outcome.HURT for one in session.sets)
        )
    seen = shown(capsys, monkeypatch, 80, hurt.id[:8])
    check("session-80", seen)
    assert "stopped: it hurt" in seen and hurt.id[:6] not in seen


@pytest.mark.usefixtures("half_year")
def test_the_side_is_told_at_any_width(
    half_year: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(_opened(half_year)) as history:
        stretched = history.sessions(limit=1, exercise="piriformis-stretch")[0]
    for width in (30, 40, 60, 80):
        seen = shown(capsys, monkeypatch, width, stretched.id)
        stretches = [line for line in seen.splitlines() if line.startswith("Bu")]
        assert [", left" in line for line in stretches] == [True, False], seen
        assert [", right" in line for line in stretches] == [False, True], seen


@pytest.mark.usefixtures("half_year")
def test_a_session_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "nothing-like-it"]) == 2
    err = capsys.readouterr().err
    assert "There is no session" in err and len(err.splitlines()) == 1


@pytest.mark.usefixtures("half_year")
def test_since_narrows_calendar_and_trends(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = shown(capsys, monkeypatch, 80, "--since", "2026-11-02")
    monday = next(line for line in seen.splitlines() if line.startswith("Mon "))
    assert len(monday.split()) == 1 + 4
    assert "since 2 Nov" in seen


@pytest.mark.usefixtures("half_year")
def test_since_narrows_the_last_sessions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = shown(capsys, monkeypatch, 80, "--since", "2026-11-20")
    assert "Fri 20 Nov" in seen and "Thu 19 Nov" not in seen


@pytest.mark.usefixtures("half_year")
@pytest.mark.parametrize("arguments", [(), ("--since", "2020-01-01")])
def test_the_calendar_begins_with_the_history(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    seen = shown(capsys, monkeypatch, 140, *arguments)
    tuesday = next(line for line in seen.splitlines() if line.startswith("Tue "))
    assert len(tuesday.split()) == 1 + WEEKS and "    " not in tuesday.strip()


@pytest.mark.parametrize(("done", "columns"), [(1, 26), (30, 30), (60, 52)])
def test_as_many_weeks_as_there_are_from_26_to_52(done: int, columns: int) -> None:
    first = monday_before(TODAY, done)
    past = Past(TODAY, first, done=(DoneSession(first, 9, 9),), schedules=())
    assert history_view.calendar_weeks(past, 140, None) == columns
    assert history_view.calendar_weeks(past, 80, None) == 26
    assert history_view.calendar_weeks(past, 140, date(2026, 11, 16)) == min(2, done)


@pytest.mark.usefixtures("half_year")
@pytest.mark.parametrize(("weeks", "columns"), [("26", 26), ("52", 52)])
def test_as_many_weeks_as_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, weeks: str, columns: int
) -> None:
    seen = shown(capsys, monkeypatch, 140, "--weeks", weeks)
    sunday = next(line for line in seen.splitlines() if line.startswith("Sun "))
    assert len(sunday) <= 4 + 2 * columns


def test_nothing_yet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(capsys, monkeypatch, 80) == "Nothing yet. `backtimer today` begins.\n"


@pytest.mark.usefixtures("half_year")
def test_colours_only_on_a_terminal_that_wants_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in shown(capsys, monkeypatch, 80)
    monkeypatch.setattr(history_view, "stdout_is_terminal", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = shown(capsys, monkeypatch, 80)
    assert "\x1b" not in plain
    monkeypatch.setenv("NO_COLOR", "")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in shown(capsys, monkeypatch, 80)
    assert "rich" in sys.modules


@pytest.mark.usefixtures("half_year")
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_states_stay_apart_where_the_output_cannot_carry_our_signs(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["history"]) == 0
    seen = out.buffer.getvalue().decode(encoding)
    assert "?" not in seen
    legend = next(line for line in seen.splitlines() if " partly done " in line)
    signs = [part.split()[0] for part in legend.split("   ")]
    assert len(set(signs)) == len(signs) >= 5
    assert "x x" in seen


def test_every_sign_of_the_history_has_a_stand_in() -> None:
    frames = "".join(path.read_text(encoding="utf-8") for path in FRAMES.glob("*.txt"))
    assert {sign for sign in frames if not sign.isascii()} <= STAND_INS.keys()
    assert set(GLYPHS.values()) | {EXTRA_GLYPH} <= STAND_INS.keys() | set(map(chr, range(128)))
    assert all(len(plain) == 1 and plain.isascii() for plain in STAND_INS.values())


def test_no_text_of_a_plan_steers_the_terminal(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    make_half_year(home)
    with closing(sqlite3.connect(home / "history.db")) as db:
        db.execute("UPDATE sessions SET title = '\x1b[2J' || title, note = '\x1b]52;c;!\x07'")
        db.execute("UPDATE plans SET text = replace(text, 'Superman', 'Super\\u001b[1mman')")
        db.execute("UPDATE sets SET exercise = char(27) || '[5m' WHERE exercise = 'cat-cow'")
        ((session,),) = db.execute("SELECT id FROM sessions ORDER BY started DESC LIMIT 1").fetchall()
        db.commit()
    monkeypatch.setattr(context, "local_today", lambda: TODAY)
    for arguments in ((), (session,), ("--exercise", "superman")):
        assert "\x1b" not in shown(capsys, monkeypatch, 100, *arguments)


def test_sets_taken_together_make_the_same_trends(half_year: Path) -> None:
    since = date(2026, 6, 1)
    with closing(_opened(half_year)) as history:
        past = look_back(history, TODAY, since)
        one_by_one = {each.exercise: each for each in trends(history.past_sets(since))}
    together = {each.exercise: each for each in trends(past.sets)}
    assert together.keys() == one_by_one.keys()
    for exercise, trend in together.items():
        other = one_by_one[exercise]
        assert [p.day for p in trend.points] == [p.day for p in other.points]
        assert [point.value for point in trend.points] == pytest.approx([p.value for p in other.points])
        assert (trend.balance is None) == (other.balance is None)
        if trend.balance and other.balance:
            assert trend.balance.left_share == pytest.approx(other.balance.left_share)


# -- the layout, of values ------------------------------------------------------------------------------

WEEK = Schedule(date(2026, 11, 2), "r", {0: Due(), 1: Due(), 2: Due(), 4: Due(optional=True), 5: Due()})


def _past(**others: object) -> Past:
    values: dict[str, object] = {
        "today": date(2026, 11, 14),
        "since": date(2026, 11, 2),
        "schedules": (WEEK,),
        "done": (
            DoneSession(date(2026, 11, 2), 4, 4),
            DoneSession(date(2026, 11, 3), 4, 1),
            DoneSession(date(2026, 11, 5), 4, 4),
        ),
        "offs": (Off(date(2026, 11, 9), date(2026, 11, 9), WhyOff.FLARE_UP),),
        **others,
    }
    return Past(**values)  # type: ignore[arg-type]


def test_every_kind_of_day_has_a_sign_of_its_own_and_a_word() -> None:
    seen = texts(heat_block(_past(), 80, 2))
    assert seen.splitlines()[:8] == [
        "    Nov",
        "Mon ✓ ~",
        "Tue ◐ ·",
        "Wed · ·",
        "Thu + –",
        "Fri ◇ ◇",
        "Sat · ○",
        "Sun – –",
    ]
    legend = " ".join(seen.splitlines()[8:])
    for words in (
        "✓ done",
        "◐ partly done",
        "+ extra",
        "· not done",
        "○ to do",
        "◇ optional",
        "– rest",
        "~ off (flare-up)",
    ):
        assert words in legend
    assert len(set(DayState)) + 1 == 8


def test_days_before_the_first_session_are_blank() -> None:
    assert texts(heat_block(_past(), 80, 3)).splitlines()[1] == "Mon   ✓ ~"


@for_each(
    ("width", "asked", "weeks"),
    [(140, None, (52, 2)), (80, None, (26, 2)), (40, None, (26, 1)), (80, 52, (52, 1)), (20, None, (16, 1))],
)
def test_how_many_weeks_fit(width: int, asked: int | None, weeks: tuple[int, int]) -> None:
    assert fitting_weeks(width, asked) == weeks


def test_overview_tells_streak_week_and_totals() -> None:
    seen = texts(overview_block(_past(), 80))
    assert "A good day to begin" in seen and "longest 1 day" in seen and "this week 0 of 3" in seen


def test_left_and_right() -> None:
    def done(side: str, reps: int, day: int = 5) -> PastSet:
        return PastSet(date(2026, 11, day), "plank", side, reps, None, 20.0, Outcome.DONE, "a")

    even = _past(sets=(done("left", 10), done("right", 10, 6)))
    uneven = _past(sets=(done("left", 6), done("right", 10, 6)))
    assert "Left and right are even." in texts(trend_block(even, 80))
    assert "left 40 % less than right" in texts(trend_block(uneven, 80))
    assert "left 40 % less than right" in texts(trend_block(uneven, 44))


def test_a_session_keeps_its_fraction_at_any_width() -> None:
    session = PastSession(
        "abcdef0123", date(2026, 11, 5), STARTED, 9, 6, 600.0, effort=4, pain_before=2, pain=1
    )
    for width in range(24, 120):
        seen = session_row(session, _past(), width)
        assert "6/9" in text_of(seen) and width_of(seen) <= width
    assert "10 min  effort 4, pain 2→1" in text_of(seen) and "abcdef" not in text_of(seen)
    assert text_of(
        session_row(session._replace(effort=None, pain_before=None, pain=None), _past(), 119)
    ).endswith("10 min")


@for_each("width", [40, 100, 120])
@for_each("rated", [True, False])
def test_titles_have_the_room_that_other_columns_do_not_need(rated: bool, width: int) -> None:
    session = PastSession(
        "abcdef0123",
        date(2026, 11, 5),
        STARTED,
        9,
        6,
        600.0,
        title="Mobility and stretching",
        pain=1 if rated else None,
    )
    past = _past()._replace(last=(session,))
    (seen,) = last_session_rows(past, width)
    whole = "Mobility and stretching"
    assert (whole in text_of(seen)) is (width >= 100), "whole where there is room"
    assert width >= 100 or text_of(seen).endswith("Mobility and stretch…")
    assert width_of(seen) <= width


def test_the_words_beside_a_heading_are_there_whole_or_not_at_all() -> None:
    assert text_of(heading("Last sessions", "`backtimer history ID` shows one", 40)) == "Last sessions"
    assert text_of(heading("Last", "all of it", 15)) == "Last  all of it"


def test_a_long_streak_has_its_thousands_apart() -> None:
    assert streak_words(3650) == "3,650 days in a row"
    assert (streak_words(1), streak_words(0)) == ("1 day in a row", "A good day to begin")


def test_no_width_is_too_small() -> None:
    session = PastSession("a", date(2026, 11, 5), STARTED, 9, 6, 600.0, title="体幹トレーニング", effort=4)
    sets = (PastSet(date(2026, 11, 5), "plank", "left", 10, 3.0, 20.0, Outcome.HURT, "a"),)
    past = _past(sessions=(session,), last=(session._replace(hurt=True),), sets=sets)
    for width in range(1, 130):
        assert all(width_of(each) <= width for each in history_rows(past, width))


def test_rows_are_cut_by_cells_and_not_by_characters() -> None:
    assert fit("体幹トレ", 5) == "体幹…"
    assert cells("体幹…") == 5
    assert text_of(cut(history_rows(_past(), 80)[0], 4)).endswith("…")


def test_weeks_since_a_date() -> None:
    assert weeks_since(TODAY, TODAY) == 1
    assert weeks_since(TODAY, date(2026, 11, 22)) == 2


def _opened(home: Path) -> History:
    opened = open_history(home / "history.db", lambda: datetime(2026, 11, 26, 20, tzinfo=UTC), writing=False)
    assert opened.history is not None
    return opened.history
