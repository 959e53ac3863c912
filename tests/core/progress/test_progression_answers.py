"""What was answered to a proposal, and where a level stands then."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from backtimer.core.plan.prescription import Level, Ranges
from backtimer.core.plan.units import Count, Duration
from backtimer.core.progress.decisions import (
    Answer,
    Decision,
    Move,
    Result,
)
from backtimer.core.progress.progression import (
    level_in_force,
    propose,
    standing,
)
from tests.core.pasts import day
from tests.core.plan.test_levels import ranges_of_any_kind
from tests.core.progress.progression_kit import REPS, TEN, answered, good, moment, proposed, reason
from tests.rules import for_each

# -- answers --------------------------------------------------------------------------------------------


def test_a_proposal_that_was_declined_waits_for_three_sessions() -> None:
    no = (answered(2.1, Level(11, None, 2), Answer.DECLINED),)
    results = [good(offset) for offset in range(6)]
    assert proposed(*results[:3], decisions=no) is None
    assert proposed(*results[:5], decisions=no) is None
    assert reason(proposed(*results, decisions=no)).startswith("11 reps")


def test_another_proposal_need_not_wait() -> None:
    no = (answered(2.1, Level(11, None, 2), Answer.DECLINED),)
    hurt = good(3)._replace(hurt=True)
    assert reason(proposed(good(0), good(1), good(2), hurt, decisions=no)) == "9 reps: it hurt last time"


def test_the_newest_no_counts() -> None:
    twice = (
        answered(5.1, Level(11, None, 2), Answer.DECLINED),
        answered(2.1, Level(11, None, 2), Answer.DECLINED),
    )
    results = [good(offset) for offset in range(9)]
    assert proposed(*results[:8], decisions=twice) is None
    assert proposed(*results, decisions=twice) is not None


def test_a_no_at_another_level_is_forgotten() -> None:
    """Declined 11 once, went down and up again: 11 is proposed like the first time."""
    decisions = (
        answered(2.1, Level(11, None, 2), Answer.DECLINED),
        answered(2.2, TEN, was=Level(9, None, 2)),
    )
    assert proposed(good(3), good(4), good(5), decisions=decisions) is not None


def test_the_newest_yes_is_in_force() -> None:
    decisions = [
        answered(5, Level(11, None, 2), Answer.AUTO),
        answered(1, Level(12, None, 2)),
        answered(9, Level(12, None, 3), Answer.DECLINED),
    ]
    assert level_in_force(REPS, decisions) == Level(11, None, 2)
    assert level_in_force(REPS, []) == REPS.start == Level(8, None, 2)


def test_when_the_ranges_change_the_level_stays_within_them() -> None:
    decisions = [answered(1, Level(12, None, 3))]
    assert level_in_force(Ranges(Count(8, 10), Duration(3, 5), Count(1, 2)), decisions) == Level(10, 3, 2)
    assert level_in_force(Ranges(), decisions) == Level()


# -- where it stands ------------------------------------------------------------------------------------


@for_each(
    ("ranges", "results", "decisions", "why"),
    [
        (REPS, [], [], "Not done at this level yet."),
        (Ranges(Count(8, 8)), [good(0)], [], "The routine sets this amount."),
        (REPS, [good(0), good(1)], [], "2 of 3 good sessions at this level."),
        (
            REPS,
            [good(0), good(1, effort=9)],
            [],
            "Last time was hard: 9 of 10. It goes up when it is 6 or less.",
        ),
        (REPS, [good(0)._replace(done_sets=1)], [], "Not finished last time."),
        (REPS, [good(0, pain_before=2, pain=4)], [], "Your pain was higher after the last time."),
        (REPS, [good(0, pain_before=2, pain=3)], [], "1 of 3 good sessions at this level."),
        (REPS, [good(0, pain_before=None, pain=2)], [], "1 of 3 good sessions at this level."),
        (
            REPS,
            [good(0, pain_before=None, pain=6)],
            [],
            "Your pain was 6 of 10 after the last time. It goes up when it is 5 or less.",
        ),
        (
            REPS,
            [good(0)._replace(hurt=True)],
            [],
            "It hurt last time. This is already the smallest amount. Try the easier form.",
        ),
        (REPS, [good(0), good(1), good(2)], [], "9 reps: three sessions of 8, effort 4, no pain"),
        (REPS, [good(0)], [answered(-1, REPS.top)], "At the top of its range."),
        (
            REPS,
            [good(0), good(1), good(2)],
            [answered(1.5, Level(9, None, 2), Answer.DECLINED)],
            "You said no. It is asked again after 2 more sessions.",
        ),
        (REPS, [good(0), good(1)], [answered(0.5, Level(9, None, 2))], "1 of 3 good sessions at this level."),
    ],
)
def test_why_it_stands_where_it_stands(
    ranges: Ranges, results: list[Result], decisions: list[Decision], why: str
) -> None:
    assert standing("bird-dog", ranges, results, decisions, day(3)).why == why


def test_whoever_does_not_go_back_after_a_break_is_told_when_it_is_asked_again() -> None:
    results = [good(0), good(1), good(2)]
    decisions = [answered(-1, TEN), answered(16.5, Level(9, None, 2), Answer.DECLINED, Move.BACK)]
    found = standing("bird-dog", REPS, results, decisions, day(17))
    assert found.proposal is None
    assert found.why == "You said no. It is asked again after 3 more sessions."


def test_an_answer_of_a_clock_that_was_wrong_counts_when_its_date_comes() -> None:
    ahead = answered(700, Level(12, None, 2))
    results = [good(0), good(1), good(2)]
    found = standing("bird-dog", REPS, results, [ahead], day(3))
    assert (found.level, found.why) == (REPS.start, "9 reps: three sessions of 8, effort 4, no pain")
    assert standing("bird-dog", REPS, results, [ahead], day(700)).level == Level(12, None, 2)
    tomorrow = answered(3, Level(12, None, 2))
    assert standing("bird-dog", REPS, results, [tomorrow], day(2)).level == Level(12, None, 2)


def test_a_standing_has_the_level_and_the_proposal() -> None:
    found = standing("bird-dog", REPS, [good(0), good(1), good(2), good(3)], [], day(4))
    assert (found.exercise, found.level, found.ranges, found.good) == ("bird-dog", Level(8, None, 2), REPS, 4)
    assert found.outgrown and not standing("x", REPS, [good(0), good(1)], [], day(4)).outgrown
    assert found.proposal is not None
    assert found.proposal.to_level == Level(9, None, 2)
    assert standing("x", REPS, [good(0)], [], day(20), trained=day(19)).proposal is None


# -- whatever happens -----------------------------------------------------------------------------------


happenings = st.lists(
    st.tuples(
        st.integers(0, 40),  # days since the last one
        st.integers(0, 3),  # sets done of three
        st.booleans(),
        st.none() | st.integers(1, 10),
        st.none() | st.integers(0, 10),
        st.none() | st.integers(0, 10),
        st.sampled_from(Answer),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(ranges_of_any_kind, ranges_of_any_kind, happenings)
def test_a_level_never_leaves_its_range_and_moves_for_a_reason(
    at_first: Ranges,
    later: Ranges,
    history: list[tuple[int, int, bool, int | None, int | None, int | None, Answer]],
) -> None:
    """Ranges change half-way; every proposal is answered at once."""
    results: list[Result] = []
    decisions: list[Decision] = []
    when = 0
    for number, (wait, sets, hurt, effort, before, after, answer) in enumerate(history):
        ranges = at_first if number * 2 < len(history) else later
        when += wait
        for asked_at in (when - 0.3 + number * 1e-4, when + 0.1 + number * 1e-4):
            level = level_in_force(ranges, decisions)
            assert ranges.clamp(level) == level
            found = propose(ranges, level, results, day(when), decisions)
            if found is not None:
                assert ranges.clamp(found.to_level) == found.to_level != found.from_level == level
                assert found.reason
                decision = Decision(
                    moment(asked_at), "r", "d", "x", found.kind, level, found.to_level, found.reason, answer
                )
                decisions.append(decision)
                again = propose(ranges, level_in_force(ranges, decisions), results, day(when), decisions)
                assert again is None or (again.kind, again.to_level) != (found.kind, found.to_level)
            assert standing("x", ranges, results, decisions, day(when)).why
            if asked_at < when:
                at = moment(when + number * 1e-4)
                results.append(Result(at, day(when), 3, sets, sets > 0 or hurt, hurt, effort, before, after))
