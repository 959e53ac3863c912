"""The field tables of a figure: its poses, the things beside it, and its second view."""

from __future__ import annotations

from backtimer.core.figure.pose import ARM, BAND_ENDS, BOTH, HINGES, INSET_PLACES, LEG, POINTS, PROPS, SPINE
from backtimer.core.figure.positions import BASES
from backtimer.language import marked
from backtimer.storage.files.field_types import BOOLEAN, one_of, words_up_to
from backtimer.storage.files.figure_types import (
    CENTIMETRES,
    DEGREES,
    AnglesType,
    HeadType,
    HoldsType,
    InsetType,
    PointsType,
    PosesType,
    PressesType,
    PropsType,
    ViewType,
    WaysType,
)
from backtimer.storage.files.tables import Field, Table

_ARM = AnglesType(ARM)
_LEG = AnglesType(LEG)
_POINTS = PointsType()

POSE = Table(
    marked("a pose"),
    (
        Field("from", words_up_to(100), "The pose it changes: one above it, or one to begin with."),
        Field("spine", AnglesType(SPINE), "Where the low back points, and the chest: 90 is up."),
        Field("head", HeadType(), "Where neck and head point."),
        Field("neck", HeadType(), "Where the neck points, where the head does not go along."),
        Field("look", DEGREES, "How far the face is turned to the left, against the shoulders."),
        Field("arm", _ARM, "Where both arms point: all, or upper arm, forearm and hand."),
        Field("arm_left", _ARM, "Where the left arm points."),
        Field("arm_right", _ARM, "Where the right arm points."),
        Field("leg", _LEG, "Where both legs point: all, or thigh, shin and foot."),
        Field("leg_left", _LEG, "Where the left leg points."),
        Field("leg_right", _LEG, "Where the right leg points."),
        Field("roll", DEGREES, "How far the whole body is rolled: -90 lies on its left side."),
        Field("twist", DEGREES, "How far the shoulders are turned to the left, against the hips."),
        Field("shoulders", CENTIMETRES, "How far the shoulders are drawn forward, or back (less than 0)."),
        Field("belly", CENTIMETRES, "How far the belly is drawn in (less than 0), or let out."),
        Field("on", _POINTS, "What carries it: the first stays in its place, hands and feet stand still."),
        Field("rest", _POINTS, "What lies on the floor, and may slide."),
        Field("holds", HoldsType(), "Which hand holds which point of the body, or which foot is laid on it."),
        Field("presses", PressesType(), "What pushes against what does not give, and which way."),
        Field("hinge", one_of(HINGES), "Where it turns until all that carries it is on the floor."),
    ),
)

PROP = Table(
    marked("a thing beside the body"),
    (
        Field("kind", one_of(PROPS), "What it is.", required=True),
        Field("under", one_of((*BOTH, *POINTS)), "What lies on it."),
        Field("to", one_of((*BAND_ENDS, "left")), "Where a band is fixed; left, for a chair turned round."),
        Field("at", CENTIMETRES, "Where it stands: centimetres to the right of the pelvis."),
        Field("height", CENTIMETRES, "How high it is."),
    ),
)

INSET = Table(
    marked("a second view"),
    (
        Field(
            "view",
            ViewType(),
            "From where it is seen: degrees round the body, and from above.",
            required=True,
        ),
        Field("at", one_of(INSET_PLACES), "Where it stands: top, bottom, left or right."),
        Field("of", _POINTS, "The points that are in it, as near as they allow; usually the whole body."),
    ),
)

FIGURE = Table(
    marked("a figure"),
    (
        Field("from", one_of(BASES), "The pose that the poses begin with; usually that of the position."),
        Field("poses", PosesType(POSE), "Poses by name; the first is how a rep starts."),
        Field("phases", WaysType(), "The pose in which each phase ends, or a list of those it goes through."),
        Field("view", ViewType(), "From where it is seen: degrees round the body, and from above."),
        Field("props", PropsType(PROP, {prop: prop for prop in PROPS}), "Things beside the body."),
        Field(
            "other_end", BOOLEAN, "Whether the other side is seen from the other end, as near as this one."
        ),
        Field("inset", InsetType(INSET), "A second view; or yes: the low back from near, with the hip bone."),
        Field("of", _POINTS, "The points that are shown, from near, in place of all of her."),
        Field("follow", BOOLEAN, "Whether it is seen in each phase from as near as that allows."),
        Field("travel", CENTIMETRES, "How many centimetres of ground go by in a phase: of a walk."),
        Field("ghost", BOOLEAN, "Whether it is left to be seen where a movement began."),
        Field("trace", BOOLEAN, "Whether lines show all the ways of what has an arrow."),
        Field("arrows", _POINTS, "The points whose way an arrow shows; []: none. Usually what works."),
        Field("coloured", _POINTS, "The points that are coloured, with their bones. Usually what works."),
    ),
)
