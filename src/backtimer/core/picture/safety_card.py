"""The safety card: which few signs need a doctor, and how much pain exercise may give.

Sources: the warning cards for cauda equina syndrome (Greenhalgh, Mercer, Finucane and Selfe); the framework
for red flags of the IFOMPT (Finucane et al., JOSPT 50, 2020, pages 350-372), which itself says that single
red flags prove little, so that the card begins with the good news; the NHS pages on back pain, read as
others quote them ("both legs"; that one leg gets weaker is standard and not on the warning cards). The rule
of pain up to 5 of 10 that has settled by the next morning is that of Thomeé (1997) and Silbernagel (2007),
quoted and not read: it was made for knees and tendons, and is carried over to backs here. "No more than 2
above the usual": 2 points are the smallest difference that matters (Ostelo et al., Spine 33, 2008).
Pregnancy, operations and dizziness are clinical judgement.
"""

from __future__ import annotations

from backtimer.core.picture.rows import EMPTY, Look, Row, Span, row, wrapped
from backtimer.language import _, marked
from backtimer.values import NamedTuple


class Part(NamedTuple):
    """A part of the card: what it is about, and its points."""

    heading: str
    points: tuple[str, ...]


TITLE = marked("Before you begin")

GOOD_NEWS = marked(
    "Most back pain is not dangerous. Moving is good for it. A few signs need a doctor. They are rare. "
    "Read them once."
)

PARTS = (
    Part(
        marked("Go to hospital now, or call the emergency number (112, 999, 911), if you have:"),
        (
            marked(
                "numbness or tingling between your legs, or around your back passage. Wiping feels different."
            ),
            marked("new trouble with passing urine: you can't start, can't stop, or don't feel it"),
            marked("stool that you can't hold, or don't feel"),
            marked("a new change in sex: no erection, or less feeling"),
            marked("new pain, tingling or weakness in both legs"),
            marked("a leg or foot that is getting weaker"),
            marked("chest pain with your back pain, or pain after a serious accident"),
        ),
    ),
    Part(
        marked("Talk to a doctor before you exercise, if you have:"),
        (
            marked("fever, or you feel ill"),
            marked("pain after a fall, also a small one if your bones are weak"),
            marked("cancer, now or before. Or you lose weight and don't know why"),
            marked("pain that stays the same in every position, or is worse at night"),
            marked("a lump on your back, or your back has changed its shape"),
            marked("taken steroid tablets for months"),
            marked("a pregnancy, or an operation or broken bone in the last three months"),
            marked("dizziness, heart trouble, or very high blood pressure"),
            marked("numbness in one leg that does not go away"),
        ),
    ),
    Part(
        marked("While you exercise"),
        (
            marked("Muscles may pull and get tired. That is all right."),
            marked(
                "Pain up to 5 of 10 is all right, if it is back to usual next morning. Is your usual higher? "
                "No more than 2 above it."
            ),
            marked("6 or more: stop this exercise, and take the easier one next time."),
            marked("Sharp pain, or pain that moves down your leg: stop. Press h. Rest."),
            marked("A little more pain in the first weeks is common. It passes."),
        ),
    ),
)

CLOSING = (
    marked("See a physiotherapist when it is not better after two weeks, or when exercise makes it worse."),
    marked("backtimer cannot examine you. It does not know what you have. This card: `backtimer safety`."),
)

SOURCES = (
    marked("Cauda equina warning cards: Greenhalgh, Mercer, Finucane, Selfe (in more than 30 languages)."),
    marked("Red flags: Finucane et al., JOSPT 2020; 50: 350-372 (IFOMPT). A single sign proves little."),
    marked("NHS, Back pain, as other pages quote it."),
    marked(
        "Pain while you exercise: Thomeé 1997, Silbernagel 2007, as others quote them. Their rule is for "
        "knees and tendons; here it is used for backs. 2 points matter: Ostelo et al., Spine 2008."
    ),
    marked("Pregnancy, operations and dizziness: what doctors usually ask, without a study."),
)


def card_rows(width: int, *, sources: bool = False) -> list[Row]:
    """The card, in rows of a width.

    Args:
        width: In cells.
        sources: Whether to say below where it comes from.
    """
    rows = [row(Span(_(TITLE), Look.HEADING)), *wrapped(_(GOOD_NEWS), width)]
    for part in PARTS:
        rows += [EMPTY, *wrapped(_(part.heading), width, Look.STRONG)]
        rows += [each for point in part.points for each in _point(point, width)]
    rows += [each for line in CLOSING for each in (EMPTY, *wrapped(_(line), width))]
    if sources:
        rows += [EMPTY, row(Span(_("Sources"), Look.QUIET))]
        rows += [each for source in SOURCES for each in _point(source, width, Look.QUIET)]
    return rows


def _point(text: str, width: int, look: Look = Look.PLAIN) -> list[Row]:
    first, *others = wrapped(_(text), max(width - 2, 1), look)
    return [(Span("- ", look), *first), *((Span("  "), *each) for each in others)]
