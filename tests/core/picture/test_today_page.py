"""Today's page: what gives way where there is little room, and what does not."""

from __future__ import annotations

from backtimer.core.picture.rows import Span, text_of, width_of
from backtimer.core.picture.today_page import Listed, ListPlace, Pain, TodayView, today_page
from backtimer.core.picture.weeks import WeekDay
from tests.rules import for_each

FACTS = "Thursday, today · mat, resistance band, chair · 3 rounds"
LONG_FACTS = "Thursday, today · mat, resistance band, folded towel, flat pillow, chair · 3 rounds"


def view(facts: str = FACTS, **others: object) -> TodayView:
    listed = (Listed("Bird-dog", "10 reps", how=("Hands under your shoulders.",), exercise="bird-dog"),)
    return TodayView("Strength circuit", "12 min", facts, button="Start", listed=listed)._replace(**others)  # type: ignore[arg-type]


def page_text(seen: TodayView, width: int, height: int) -> str:
    page = today_page(seen, ListPlace(), width, height)
    assert len(page.rows) == height and all(width_of(each) <= width for each in page.rows)
    return " ".join(" ".join(map(text_of, page.rows)).split())


@for_each("size", [(40, 11), (40, 10), (60, 11), (80, 23), (80, 11)])
@for_each("facts", [FACTS, LONG_FACTS])
def test_all_that_is_to_be_fetched_is_told(size: tuple[int, int], facts: str) -> None:
    things = facts.split(" · ")[1]
    assert things in page_text(view(facts), *size)


def test_of_today_the_date_gives_way_and_of_another_day_it_stays() -> None:
    week = tuple(WeekDay(name, name, Span("○"), today=name == "Thu") for name in ("Wed", "Thu"))
    assert "Thursday" not in page_text(view(week=week, day=1), 40, 11)
    assert "Thursday" in page_text(view(week=week, day=0), 40, 11)
    assert "Thursday" in page_text(view(week=week, day=1), 60, 23), "where there is room, all of it"


def test_of_today_all_that_is_to_be_fetched_fits_also_where_something_is_to_be_said() -> None:
    week = (WeekDay("Thu", "Th", Span("○"), today=True),)
    told = page_text(view(said=(Span("Bridge hurt: today its easier form."),), week=week, day=0), 40, 11)
    assert "mat, resistance band, chair · 3 rounds" in told


def list_of(count: int) -> tuple[Listed, ...]:
    return tuple(
        Listed(f"Exercise {number}", "2 × 10 reps each side in turn · hold 3 s", exercise=f"e{number}")
        for number in range(count)
    )


@for_each("width", [40, 50, 60, 72, 80, 100, 140])
def test_with_a_row_more_no_exercise_goes(width: int) -> None:
    pain = Pain("Pain now?", None, ("if you like",))
    week = tuple(WeekDay(name, name[:2], Span("○")) for name in ("Mon", "Tue", "Wed"))
    before = 0
    for height in range(6, 50):
        page = page_text(view(listed=list_of(6), pain=pain, week=week), width, height)
        seen = sum(f"Exercise {number}" in page for number in range(6))
        assert seen >= before, (height, page)
        before = seen
    assert before == 6


def test_where_not_all_amounts_have_room_that_of_what_is_looked_at_has() -> None:
    seen = view(listed=list_of(6))
    page = today_page(seen, ListPlace(2, chosen=True), 72, 12)
    text = " ".join(" ".join(map(text_of, page.rows)).split())
    assert all(f"Exercise {number}" in text for number in range(6))
    assert text.count("2 × 10 reps") == 1
    assert "2 × 10 reps" in page_text(seen, 72, 30) and page_text(seen, 72, 30).count("2 × 10 reps") == 6


def test_words_are_whole_before_a_figure_is_larger_still() -> None:
    how = tuple(f"Sentence {number} of how it is done." for number in range(12))
    listed = (Listed("Bird-dog", "10 reps", how=how, exercise="bird-dog", figured=True),)
    page = today_page(view(listed=listed), ListPlace(), 160, 49)
    assert page.slot is not None and page.slot.rows >= 16
    assert "Sentence 11" in " ".join(map(text_of, page.rows))


def test_an_activity_has_its_figure_beside_it_with_all_the_room() -> None:
    listed = (Listed("Yoga or light swimming", "30 min", figured=True),)
    page = today_page(view(listed=listed), ListPlace(), 80, 23)
    assert page.slot is not None and page.slot.rows >= 12
    page = today_page(view(listed=listed), ListPlace(), 40, 11)
    assert page.slot is None and "Yoga or light swimming" in " ".join(map(text_of, page.rows))


def test_where_rows_are_few_or_something_is_to_be_said_it_is_one_row() -> None:
    for seen, height in ((view(LONG_FACTS), 6), (view(LONG_FACTS, said=(Span("Done for today."),)), 11)):
        assert "Thursday, today · mat, resistance ban…" in page_text(seen, 40, height)
