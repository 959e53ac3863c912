"""Today's page: what gives way where there is little room, and what does not."""

from __future__ import annotations

from backtimer.core.picture.rows import Span, text_of, width_of
from backtimer.core.picture.today_page import Listed, ListPlace, TodayView, today_page
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


def test_where_rows_are_few_or_something_is_to_be_said_it_is_one_row() -> None:
    for seen, height in ((view(LONG_FACTS), 6), (view(LONG_FACTS, said=(Span("Done for today."),)), 11)):
        assert "Thursday, today · mat, resistance ban…" in page_text(seen, 40, height)
