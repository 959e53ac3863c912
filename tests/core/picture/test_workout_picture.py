"""The workout's screen as rows: at every size it fills its room, and keeps its order and its places."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.picture.moment import Accent, AgendaLine, BreathView, Mark, Still, Tally, View
from backtimer.core.picture.rows import Look, Row, Span, cells, text_of
from backtimer.core.picture.workout import FigureOf, figure_room, workout_rows
from backtimer.core.plan.routine import Side
from tests.rules import for_each

HOW = (
    "Come onto your hands and knees.",
    "Hands under your shoulders, knees under your hips, back in its natural curve, and breathe on.",
    "Draw in your lower belly before you move.",
    "Breathe out, and reach one arm forward and the opposite leg back.",
    "Breathe in as hand and knee come back to the mat.",
    "Look down at the mat, so that your neck stays long.",
)
OUT = BreathView("Breathe out", "out", 0.4)
FREE = BreathView("Breathe freely")
SIZES = ((80, 24), (120, 40), (200, 60), (40, 12), (30, 8), (60, 16), (50, 40), (100, 20), (64, 30))


def lift(**changes: object) -> View:
    """A moment of work."""
    return View(
        name="Bird-dog",
        title="Strength circuit",
        places=(Tally("round 1 of 3", (Mark.NOW, Mark.TO_COME, Mark.TO_COME)), Tally("red band")),
        left=("about 20:59 left", "20:59 left"),
        fraction=0.1,
        accent=Accent.WORK,
        phase=("Lift",),
        side=Side.LEFT,
        side_word="Left",
        means="your left arm with your right leg",
        seconds="2",
        seconds_shape="0",
        rep=3,
        reps=10,
        rep_word="Rep 3 of 10",
        amount="",
        prompt="",
        how=HOW,
        cues=("Keep both hips level.", "Look down.", "Reach long."),
        passed_s=0,
        then="Then: Superman · 10 reps",
        leads_in=False,
        agenda=(AgendaLine("Bird-dog", "10 reps", Mark.NOW), AgendaLine("Superman", "10 reps", Mark.TO_COME)),
    )._replace(**changes)  # type: ignore[arg-type]


def rest(**changes: object) -> View:
    """A moment before work."""
    return lift(
        accent=Accent.REST,
        phase=("Rest",),
        seconds="33",
        seconds_shape="00",
        rep=None,
        reps=None,
        rep_word="",
        amount="10 reps each side in turn",
        cues=(),
        then="",
        leads_in=True,
    )._replace(**changes)  # type: ignore[arg-type]


PAUSED = lift(still=Still("Paused", (), "Lift, 2 s left", "Space goes on"))
HURT = rest(
    leads_in=False, still=Still("Rest", ("Bird-dog is left out today.",), "Then: X", "Any key", hurt=True)
)
ACTIVITY = lift(
    name="Yoga", phase=("At your own pace", "Own pace"), side=None, side_word="", means="", how=(), cues=(),
    seconds="28:55", seconds_shape="00:00", rep=None, reps=None, rep_word="", then="Then you are done",
)  # fmt: skip
UPRIGHT = (lift(upright=True), rest(upright=True), PAUSED._replace(upright=True))
VIEWS = (
    *(lift(), rest(), PAUSED, HURT, ACTIVITY, lift(banner="The disk is full."), lift(prompt="Any key")),
    *(*UPRIGHT, HURT._replace(upright=True), lift(upright=True, banner="The disk is full.")),
)


def dots(columns: int, rows: int) -> Sequence[Row]:
    """Stands in for a figure."""
    return [(Span("⣿" * columns, Look.MOVER),)] * rows


def shown(view: View, breath: BreathView, size: tuple[int, int], figure: FigureOf | None = None) -> list[str]:
    return [text_of(each).rstrip() for each in workout_rows(view, breath, size[0], size[1] - 1, figure)]


def line_of(rows: list[str], text: str) -> int:
    """Where a text stands; -1: it does not."""
    return next((y for y, each in enumerate(rows) if text in each), -1)


@given(
    view=st.sampled_from(VIEWS),
    breath=st.sampled_from((OUT, FREE, BreathView())),
    width=st.integers(1, 220),
    height=st.integers(1, 70),
    figure=st.sampled_from((None, dots)),
)
def test_every_size_is_filled_and_never_overrun(
    view: View, breath: BreathView, width: int, height: int, figure: FigureOf | None
) -> None:
    rows = workout_rows(view, breath, width, height, figure)
    assert len(rows) == height
    assert all(cells(text_of(each)) <= width for each in rows)


@given(
    width=st.integers(26, 220),
    height=st.integers(7, 70),
    figure=st.sampled_from((None, dots)),
    upright=st.booleans(),
)
def test_what_is_seen_is_in_one_order_at_every_size(
    width: int, height: int, figure: FigureOf | None, upright: bool
) -> None:
    rows = shown(lift(how=(), upright=upright), OUT, (width, height + 1), figure)
    places = [line_of(rows, text) for text in ("Bird-dog", "Rep 3", "Keep both", "▁", "Then: ")]
    seen = [y for y in places if y >= 0]
    assert seen == sorted(seen)
    assert line_of(rows, "Bird-dog") == (1 if height >= 33 else 0)


@for_each("size", SIZES)
@for_each("figure", [None, dots])
@for_each("upright", [False, True])
def test_nothing_moves_between_two_phases(
    size: tuple[int, int], figure: FigureOf | None, upright: bool
) -> None:
    lifts = lift(upright=upright)
    hold = lifts._replace(phase=("Hold",), accent=Accent.HOLD, seconds="3")
    one, other = (shown(view, breath, size, figure) for view, breath in ((lifts, OUT), (hold, FREE)))
    for text in ("Bird-dog", "Rep 3", "Keep both", "Then: "):
        assert line_of(one, text) == line_of(other, text), text
    looks = (Look.LEFT, Look.QUIET, Look.TITLE, Look.WORK, Look.HOLD)
    places = [
        {look: first_with(look, view, breath, size, figure) for look in looks}
        for view, breath in ((lifts, OUT), (hold, FREE))
    ]
    assert [places[0][look] for look in looks[:3]] == [places[1][look] for look in looks[:3]]
    assert places[0][Look.WORK] == places[1][Look.HOLD], "what to do"


def first_with(
    look: Look, view: View, breath: BreathView, size: tuple[int, int], figure: FigureOf | None
) -> tuple[int, int] | None:
    """The first cell of a look, from the top: its line and its column."""
    for y, each in enumerate(workout_rows(view, breath, size[0], size[1] - 1, figure)):
        x = 0
        for span in each:
            if span.look is look and span.text.strip():
                return y, x
            x += cells(span.text)
    return None


@for_each("size", SIZES)
@for_each("figure", [None, dots])
@for_each("upright", [False, True])
def test_all_of_how_it_is_done_comes_by_itself(
    size: tuple[int, int], figure: FigureOf | None, upright: bool
) -> None:
    moments = (rest(passed_s=second, upright=upright) for second in range(120))
    seen = " ".join(" ".join(shown(view, FREE, size, figure)) for view in moments).replace("⣿", " ")
    words = set(" ".join(HOW).split())
    assert words - set(seen.split()) == set()


@pytest.mark.parametrize(
    ("size", "room"), [((80, 24), (44, 12)), ((120, 40), (66, 20)), ((200, 60), (112, 34))]
)
def test_the_figure_has_the_room_that_it_was_drawn_for(size: tuple[int, int], room: tuple[int, int]) -> None:
    asked: list[tuple[int, int]] = []

    def figure(columns: int, rows: int) -> Sequence[Row]:
        asked.append((columns, rows))
        return dots(columns, rows)

    for view in (lift(), rest(), PAUSED):
        workout_rows(view, FREE, size[0], size[1] - 1, figure)
    assert asked == [room] * 3
    assert figure_room(40, 11) == (26, 8)


def room_of(view: View, width: int, height: int) -> tuple[int, int]:
    """The columns and rows that the figure is asked for; (0, 0): it is not there."""
    asked: list[tuple[int, int]] = []

    def figure(columns: int, rows: int) -> Sequence[Row]:
        asked.append((columns, rows))
        return dots(columns, rows)

    workout_rows(view, OUT, width, height, figure)
    return asked[0] if asked else (0, 0)


@for_each("size", SIZES)
def test_a_figure_that_stands_is_higher_and_of_one_size_before_work_and_in_it(size: tuple[int, int]) -> None:
    width, height = size[0], size[1] - 1
    lying, *standing = (room_of(view, width, height) for view in (lift(), *UPRIGHT))
    if lying == (0, 0):
        return
    assert len(set(standing)) == 1, standing
    assert standing[0][1] >= lying[1]
    assert standing[0][1] >= lying[1] * 5 // 4 or height < 23 or width < 64


def test_what_to_do_is_read_beside_a_figure_that_stands() -> None:
    rows = shown(lift(upright=True), OUT, (80, 24), dots)
    assert rows[line_of(rows, "Keep both hips")].startswith(" ⣿")
    assert not rows[line_of(rows, "Then: ")].startswith(" ⣿")
    rows = shown(rest(upright=True), OUT, (80, 24), dots)
    assert rows[line_of(rows, HOW[0])].startswith(" ⣿")
    assert line_of(rows, "10 reps each side") > line_of(rows, HOW[0]), "the title is below the figure"


def test_on_a_small_screen_the_figure_is_there_before_work_only() -> None:
    assert "⣿" * 26 in "\n".join(shown(rest(), FREE, (40, 12), dots))
    assert "⣿" not in "\n".join(shown(lift(), OUT, (40, 12), dots))


def test_in_a_pause_figure_and_seconds_stay_and_are_dimmed() -> None:
    rows = workout_rows(PAUSED, BreathView(), 80, 23, dots)
    figures = [span for each in rows for span in each if "⣿" in span.text]
    assert len(figures) == 12 and {span.look for span in figures} == {Look.DIM}
    assert any(span.look is Look.DIM and "█" in span.text for each in rows for span in each), "the seconds"
    assert any(span.look is Look.PAUSED and "█" in span.text for each in rows for span in each)


def test_the_title_is_large_before_work_and_in_the_first_line_at_work() -> None:
    before, at_work = shown(rest(), FREE, (80, 24), dots), shown(lift(), OUT, (80, 24), dots)
    assert "Bird-dog" not in "\n".join(before) and "█▀▄ █ █▀▄ █▀▄     █▀▄ █▀█ █▀▀" in "\n".join(before)
    assert at_work[0].startswith(" Bird-dog · round 1 of 3 ◉○○ · red band")
    assert "\n".join(before).count("10 reps each side") == 1


@pytest.mark.parametrize(
    ("phase", "rest"),
    [
        ("Belly down, look up", "look up"),
        ("Arms forward slowly", "slowly"),
        ("Sit back, and slide your hands forward", "and slide your hands forward"),
    ],
)
def test_of_a_long_thing_to_do_the_beginning_is_large(phase: str, rest: str) -> None:
    view = lift(phase=(phase,), side=None, side_word="", means="")
    rows = workout_rows(view, OUT, 80, 23, dots)
    words = next(y for y, each in enumerate(rows) if any(span.text.strip() == rest for span in each))
    looks = [{span.look for span in each if "█" in span.text} for each in rows]
    assert all(Look.WORK in each and Look.TITLE not in each for each in looks[2:words] if each)
    assert any(Look.WORK in each for each in looks[2:words]), "the beginning is large"
    assert any(Look.TITLE in each for each in looks[words + 1 :]), "the seconds are below it"


def test_what_says_too_little_by_its_beginning_stays_in_words() -> None:
    for phase, size in (("Help the leg down with your hands", (80, 24)), ("Get ready", (40, 12))):
        view = lift(phase=(phase,))
        assert any(phase.partition(" ")[0] in row for row in shown(view, OUT, size, dots)), phase


def test_an_activity_is_named_once() -> None:
    rows = shown(ACTIVITY, FREE, (80, 24))
    assert "Strength circuit" in rows[0] and line_of(rows, "Yoga") == -1


def test_a_free_breath_is_a_word_without_an_empty_track() -> None:
    rows = "\n".join(shown(lift(), FREE, (80, 24), dots))
    assert "Breathe freely" in rows and "▁" not in rows


def test_what_matters_most_goes_last() -> None:
    tiny = shown(lift(), OUT, (20, 5))
    assert line_of(tiny, "Lift") == 0 and any("▀" in each for each in tiny), "what to do, and for how long"
    assert line_of(tiny, "Then") == -1


def test_phases_and_sides_have_looks_of_their_own() -> None:
    looks = {
        accent: {span.look for each in workout_rows(lift(accent=accent), FREE, 80, 23) for span in each}
        for accent in Accent
    }
    for accent, look in zip(Accent, (Look.WORK, Look.HOLD, Look.RESTING, Look.READY), strict=True):
        assert [each for each in Accent if look in looks[each]] == [accent]


def test_nothing_to_be_done_is_shown_while_it_is_asked_what_hurts() -> None:
    asked = Still("Which?", ("Which one hurts?",), "", "Press h, n or u", hurt=True)
    rows = shown(rest(still=asked), FREE, (80, 24), dots)
    assert line_of(rows, "Which one") >= 0
    assert not any("10 reps" in row or "⣿" in row for row in rows)
    looks = {span.look for each in workout_rows(rest(still=asked), FREE, 80, 23, dots) for span in each}
    assert Look.DIM not in looks, "nor the title of what comes"


def test_what_hurts_shows_nothing_to_be_done() -> None:
    rows = "\n".join(shown(HURT, BreathView(), (80, 24), dots))
    assert "Bird-dog is left out today." in rows and "Any key" in rows
    assert "⣿" not in rows and "Draw in" not in rows


def test_on_a_small_screen_how_it_is_done_has_two_rows_and_never_half_a_sentence_that_fits() -> None:
    seen = set()
    for passed_s in range(120):
        rows = shown(rest(how=HOW, passed_s=passed_s), FREE, (40, 12), dots)
        seen.add(" ".join(" ".join(rows[-2:]).split()))
    told = " ".join(sorted(seen))
    for sentence in (HOW[0], HOW[2], HOW[4]):
        assert sentence in told, "whole on one page"


def test_on_a_small_screen_the_side_of_what_comes_is_told_with_what_it_means() -> None:
    coming = rest(
        side=Side.LEFT, side_word="Left", means="your left knee", seconds="1:36", seconds_shape="0:00"
    )
    rows = shown(coming, FREE, (40, 12), dots)
    assert [row[28:].strip() for row in rows[5:9]] == ["Left", "your left", "knee", "1:36"]


def test_a_long_thing_to_watch_is_whole_on_a_small_screen_and_the_seconds_stay_large() -> None:
    watch = "Your head and your shoulders stay down."
    rows = shown(lift(cues=(watch, "Look down.")), OUT, (40, 12))
    assert watch in " ".join(" ".join(row.split()) for row in rows)
    assert sum("██" in row[:8] for row in rows) == 5


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_the_rep_is_never_as_large_as_the_seconds(size: tuple[int, int]) -> None:
    picture = workout_rows(lift(), OUT, size[0], size[1] - 1, dots)

    def rows_of(look: Look) -> int:
        return sum(
            any(span.look is look and set("█▀▄") & set(span.text) for span in each) for each in picture
        )

    assert 0 < rows_of(Look.QUIET) <= 0.7 * rows_of(Look.TITLE)


def test_what_goes_on_is_told_whole_in_a_pause_on_a_small_screen() -> None:
    still = Still("Paused", (), "Change position, 8 s left", "Space goes on")
    rows = shown(rest(seconds="8", still=still), FREE, (40, 12), dots)
    assert [row[28:].strip() for row in rows[1:4]] == ["Paused", "Space goes", "on"]


def test_an_activity_with_a_figure_is_named_large_in_the_place_of_what_to_watch() -> None:
    rows = shown(ACTIVITY, FREE, (120, 40), dots)
    assert "⣿" in "".join(rows) and "Strength circuit" in rows[1]
    assert "█" in "".join(rows[line_of(rows, "Breathe freely") - 10 : line_of(rows, "Breathe freely")])
    assert "Yoga" not in "".join(rows), "in large letters only"
    small = shown(ACTIVITY, FREE, (40, 12), dots)
    assert sum("Yoga" in each for each in small) == 1


@for_each(
    ("view", "facts"),
    [
        (lift(), ("Bird-dog", "Rep 3", "Keep both", "Then: ")),
        (lift(upright=True), ("Bird-dog", "Rep 3", "Keep both", "Then: ")),
        (PAUSED, ("Bird-dog", "Space goes on", "Then: ")),
        (rest(), ("10 reps each side",)),
        (rest(upright=True), ("10 reps each side",)),
    ],
)
@for_each("width", [60, 72, 80, 100, 120, 160, 200])
def test_what_is_told_on_a_screen_is_told_on_one_with_a_row_more(
    view: View, facts: tuple[str, ...], width: int
) -> None:
    told: set[str] = set()
    for height in range(8, 62):
        rows = shown(view, OUT, (width, height + 1), dots)
        now = {fact for fact in facts if line_of(rows, fact) >= 0}
        assert told <= now, (height, told - now)
        told = now


def test_on_the_smallest_screens_how_it_is_done_takes_few_pages() -> None:
    seen = [" ".join(shown(rest(passed_s=second), FREE, (20, 6))) for second in range(120)]
    told = list(dict.fromkeys(seen))
    assert len(told) <= 16, told
    assert set(" ".join(HOW).split()) <= set(" ".join(told).split()), "all of it comes"
    assert all("33" in each and "Rest" in each and "Bird-dog" in each for each in told)
