"""The pens: rows as wide as asked for, what is drawn where, and a camera that keeps still."""

from __future__ import annotations

from math import hypot
from xml.etree import ElementTree

import pytest

from backtimer.core.figure.body import BAND, Stroke, lined, strokes
from backtimer.core.figure.braille import DrawnRow, Pen, drawn, pen_for
from backtimer.core.figure.camera import Point, camera_of, frame_of
from backtimer.core.figure.colours import DARK_GROUND, LIGHT_GROUND, Shade
from backtimer.core.figure.film import Film, FilmPhase
from backtimer.core.figure.movement import BodyPart
from backtimer.core.figure.panels import alone, second_view
from backtimer.core.figure.pose import INSET_PLACES, Inset
from backtimer.core.figure.positions import figure_of
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import face, joint_of
from backtimer.core.figure.svg import picture, sheet
from backtimer.core.figure.things import FROM_ABOVE, Edge, lines_of, thing_places, with_things
from backtimer.core.figure.vectors import blend, distance, dot
from backtimer.core.plan.routine import Position, Side
from tests.core.figure.films import DRAWN, exercise, film, from_behind
from tests.figures import preview
from tests.rules import for_each

SIZES = [(26, 8), (44, 12), (66, 20), (112, 34), (1, 1)]


def scene(name: str = "bird-dog", share: float = 1.0, side: Side | None = None) -> Scene:
    return film(name, side).scene(0, share)


def shades(rows: tuple[DrawnRow, ...]) -> set[Shade]:
    return {shade for row in rows for text, shade in row if text.strip()}


@for_each("pen", Pen)
@for_each(("columns", "rows"), SIZES)
def test_rows_are_as_many_and_as_wide_as_asked_for(columns: int, rows: int, pen: Pen) -> None:
    found = drawn(scene(), columns, rows, pen)
    assert len(found) == rows
    assert {sum(len(text) for text, _ in row) for row in found} == {columns}


def test_a_pen_uses_its_own_signs() -> None:
    signs = {
        pen: {sign for row in drawn(scene(), 44, 12, pen) for text, _ in row for sign in text} for pen in Pen
    }
    assert all(sign == " " or "⠁" <= sign <= "⣿" for sign in signs[Pen.BRAILLE])
    assert signs[Pen.HALF_BLOCKS] <= set(" ▀▄█")
    assert all(sign.isascii() for sign in signs[Pen.ASCII])
    assert {"@", "#", "o", "-"} <= signs[Pen.ASCII]


def test_what_moves_what_is_near_and_the_head_are_told_apart() -> None:
    assert shades(drawn(scene(), 44, 12)) >= {
        Shade.MOVER,
        Shade.MOVER_FAR,
        Shade.NEAR,
        Shade.FAR,
        Shade.BODY,
        Shade.HEAD,
        Shade.FLOOR,
    }
    assert Shade.PROP in shades(drawn(scene("seated-row"), 44, 12))


@for_each("name", DRAWN)
def test_the_camera_keeps_still_and_everything_is_in_the_picture(name: str) -> None:
    a_film = film(name)
    frames = set()
    for phase in range(len(a_film.phases)):
        for share in (0.0, 0.3, 0.6, 1.0):
            shown = a_film.scene(phase, share)
            camera = camera_of(shown)
            frame = frame_of(camera, shown, thing_places)
            if not a_film.figure.follows:
                frames.add(frame)
            shows = [joint_of(point) for point in shown.figure.of] or list(shown.joints)
            for joint in shows:
                x, y = camera.seen(shown.joints[joint])
                assert frame.left + 2 < x < frame.right - 2
                assert frame.low < y < frame.high
    assert len(frames) == (0 if a_film.figure.follows else 1)


def test_both_sides_are_seen_from_as_near() -> None:
    """So that nothing jumps when the side changes."""
    sizes = [
        (round(frame.width, 3), round(frame.height, 3))
        for side in Side
        for shown in (scene(side=side),)
        for frame in (frame_of(camera_of(shown), shown, thing_places),)
    ]
    assert sizes[0] == sizes[1]


def test_a_ghost_stands_where_the_movement_began() -> None:
    a_film = film("bird-dog")
    assert Shade.GHOST not in shades(drawn(a_film.scene(0, 1.0), 44, 12))
    ghostly = Film(a_film.figure._replace(ghost=True), a_film.phases)
    assert Shade.GHOST in shades(drawn(ghostly.scene(0, 1.0), 44, 12))


def test_svg_is_xml_with_every_label_escaped() -> None:
    assert ElementTree.fromstring(picture(scene())).tag.endswith("svg")
    page = ElementTree.fromstring(sheet([("a < b & c", scene()), ("second", scene("bridge"))]))
    assert [each.text for each in page.iter() if each.tag.endswith("text")] == ["a < b & c", "second"]


def test_authors_see_strokes_and_dots_of_each_phase_that_moves() -> None:
    page = ElementTree.fromstring(preview([exercise("bridge")], "26x8"))
    labels = [each.text or "" for each in page.iter() if each.tag.endswith("text")]
    assert [label.rpartition(" · ")[2] for label in labels] == [
        f"{phase} {share}%" for phase in ("lift", "lower") for share in (0, 33, 67, 100)
    ]
    assert sum(each.tag.endswith("circle") for each in page.iter()) > 500


def test_terminals_without_braille_get_what_they_can_show() -> None:
    assert pen_for("UTF-8", "xterm-256color") is Pen.BRAILLE
    assert pen_for("utf8", "linux") is Pen.HALF_BLOCKS
    assert pen_for("ANSI_X3.4-1968", "xterm") is Pen.ASCII
    assert pen_for("iso-8859-1", "xterm") is Pen.ASCII


def lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [DARK_GROUND, LIGHT_GROUND])
def test_the_body_stands_out_from_its_ground(colours: dict[Shade, str]) -> None:
    def contrast(one: Shade, other: Shade) -> float:
        high, low = sorted((lightness(colours[one]), lightness(colours[other])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for shade in (Shade.BODY, Shade.NEAR, Shade.MOVER, Shade.HEAD, Shade.PROP, Shade.ARROW):
        assert contrast(shade, Shade.NONE) >= 4.5, shade
    for shade in (Shade.FAR, Shade.MOVER_FAR, Shade.HAIR):
        assert contrast(shade, Shade.NONE) >= 2.5, shade
    assert contrast(Shade.HEAD, Shade.HAIR) >= 2.0
    assert contrast(Shade.MOVER_TRUNK, Shade.NONE) >= 4.0
    assert contrast(Shade.MOVER, Shade.MOVER_TRUNK) >= 1.25
    assert contrast(Shade.MOVER_TRUNK, Shade.MOVER_FAR) >= 1.25


def blades(share: float) -> list[Stroke]:
    shown = from_behind(0, share)
    return [stroke for stroke in strokes(shown) if stroke.group.startswith("blade")]


def test_shoulder_blades_come_together_between_shoulders_and_arms_that_only_hang() -> None:
    gaps = []
    for share in (0.0, 0.5, 1.0):
        one, other = blades(share)
        gaps.append(abs(one.discs[0].at[0] - other.discs[0].at[0]))
        assert one.shade is other.shade is Shade.MOVER
    assert gaps[0] > gaps[1] > gaps[2]
    shown = from_behind(0, 0.5)
    coloured = {stroke.group for stroke in strokes(shown) if stroke.shade in (Shade.MOVER, Shade.MOVER_FAR)}
    assert coloured == {one.group, other.group}


@pytest.mark.parametrize(("name", "phase"), [("half-forward-bend", 0), ("standing-forward-bend", 1)])
def test_hands_on_the_thighs_of_who_bends_only_help(name: str, phase: int) -> None:
    shown = film(name).scene(phase, 0.5)
    found = {
        stroke.shade
        for stroke in strokes(shown)
        if stroke.group.startswith("arm") and stroke.lined_from < 1.0
    }
    assert found == {Shade.NEAR, Shade.FAR}
    assert {stroke.shade for stroke in strokes(shown) if stroke.group == "trunk"} == {Shade.MOVER_TRUNK}


def test_an_arm_that_goes_past_a_head_face_down_is_drawn_over_it_but_never_over_the_face() -> None:
    drawn_from_above = film("superman-legs-down")
    from_the_side = Film(drawn_from_above.figure._replace(pitch=3.0), drawn_from_above.phases)
    seen = set()
    for share in (0.0, 0.25, 0.33, 0.5, 1.0):
        found = strokes(from_the_side.scene(0, share))
        (eye,) = next(stroke.holes for stroke in found if stroke.holes)
        head = [stroke.group for stroke in found].index("head")
        over = [stroke for stroke in found[head:] if stroke.group == "arm_right"]
        for stroke in over:
            assert off_line(eye.at, *(disc.at for disc in stroke.discs)) > 4.0, share
        seen.add(len(over))
    assert max(seen) > min(seen), "an arm that would hide the eye is behind the head"


def off_line(point: Point, one: Point, other: Point) -> float:
    """How far a point is from a line between two."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    share = ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / (dx * dx + dy * dy)
    share = max(0.0, min(1.0, share))
    return hypot(one[0] + share * dx - point[0], one[1] + share * dy - point[1])


@pytest.mark.parametrize("size", [(26, 8), (44, 12)])
def test_a_small_head_is_drawn_large_enough_for_a_face(size: tuple[int, int]) -> None:
    rows = dots_of_head(drawn(scene("half-forward-bend", 0.0), *size))
    assert sum(1 for row in rows if len(row) >= 5) >= 4
    assert len(eyes(rows)) == 1


@for_each("at", INSET_PLACES)
def test_a_second_view_stands_framed_where_it_is_said_and_only_where_there_is_room(at: str) -> None:
    figure = film("bridge").figure._replace(inset=Inset(90.0, 0.0, at))
    shown = Film(figure, [FilmPhase("lift", 3.0)]).scene(0, 0.5)
    second = second_view(shown)
    assert second is not None
    rows = drawn(shown, 44, 12)
    text = ["".join(text for text, _ in row) for row in rows]
    assert {len(line) for line in text} == {44}
    if second.at in ("left", "right"):
        wide = round(44 * second.share)
        other = drawn(second.scene, wide, 12, framed=True)
        found = [line[:wide] if second.at == "left" else line[-wide:] for line in text]
    else:
        other = drawn(second.scene, 44, round(12 * second.share), framed=True)
        found = text[: len(other)] if at == "top" else text[-len(other) :]
    assert all(line.strip() == line and len(line) > 10 for line in (found[0], found[-1]))
    assert found == ["".join(text for text, _ in row) for row in other]
    assert drawn(shown, 26, 8) == drawn(alone(shown), 26, 8)
    assert ElementTree.fromstring(picture(shown)).tag.endswith("svg")


def test_a_view_of_some_points_is_nearer() -> None:
    figure = film("bridge").figure
    whole = figure._replace(inset=Inset(0.0, 0.0, "right"))
    part = figure._replace(inset=Inset(0.0, 0.0, "right", ("head", "chest")))
    widths = []
    for each in (whole, part):
        second = second_view(Film(each, [FilmPhase("lift", 3.0)]).scene(0, 0.0))
        assert second is not None
        widths.append(frame_of(camera_of(second.scene), second.scene, thing_places).width)
    assert widths[1] < widths[0] / 2.0


def test_no_shoulder_blade_is_seen_from_the_front() -> None:
    shown = film("seated-row").scene(0, 1.0)
    assert not [stroke for stroke in strokes(shown) if stroke.group.startswith("blade")]


def cushions(shown: Scene) -> list[Stroke]:
    return [stroke for stroke in with_things(shown, strokes(shown)) if stroke.group == "cushion"]


def test_a_pillow_waits_on_the_floor_for_who_comes_down_to_it() -> None:
    a_film = film("childs-pose")
    places = set()
    for phase, share in ((0, 0.0), (0, 1.0), (1, 0.5), (1, 1.0)):
        shown = a_film.scene(phase, share)
        (pillow,) = cushions(shown)
        (one, _), (other, _) = pillow.discs
        places.add((one, other))
    assert len(places) == 1
    nose = camera_of(shown).seen(shown.joints["head"])
    assert one[0] < nose[0] < other[0]
    assert other[1] < nose[1]


@for_each("name", ["superman", "prone-arm-lift", "prone-row", "childs-pose"])
def test_what_is_laid_out_is_seen_all_the_time(name: str) -> None:
    a_film = film(name)
    for phase in range(len(a_film.phases)):
        for share in (0.0, 0.5, 1.0):
            shown = a_film.scene(phase, share)
            assert len(cushions(shown)) == sum(
                prop.kind in ("pillow", "towel") for prop in shown.figure.props
            )
            blue = sum(
                len(text) for row in drawn(shown, 44, 12) for text, shade in row if shade is Shade.PROP
            )
            assert blue >= 4 * len(cushions(shown)), (phase, share)


def test_who_lies_face_down_has_her_near_arm_before_what_lies_under_her_and_her_head_over_both() -> None:
    for name in ("superman-legs-down", "childs-pose"):
        a_film = film(name)
        lifted = a_film.scene(0, 1.0) if name.startswith("superman") else a_film.scene(2, 1.0)
        groups = [stroke.group for stroke in with_things(lifted, strokes(lifted))]
        cushion = max(number for number, group in enumerate(groups) if group == "cushion")
        near = [number for number, group in enumerate(groups) if group == "arm_right"]
        assert min(near) > cushion, name
        if name.startswith("superman"):  # the arm is lifted to where her eyes are
            assert groups.index("head") > max(near)


def shows_the_floor(a_film: Film) -> bool:
    return a_film.figure.pitch < FROM_ABOVE and not from_the_waist_up(a_film)


def from_the_waist_up(a_film: Film) -> bool:
    shown = a_film.still()
    joints = {joint_of(point) for point in a_film.figure.of}
    return bool(joints) and min(shown.joints[joint][2] for joint in joints) > 40.0


@for_each("name", lambda: [name for name in DRAWN if from_the_waist_up(film(name))])
def test_what_happens_at_the_neck_is_shown_larger_and_without_legs(name: str) -> None:
    a_film = film(name)
    whole = Film(a_film.figure._replace(of=()), a_film.phases)
    near, far = (
        sum(
            len(columns)
            for columns in dots_of_head(
                drawn(each.scene(0, 0.0), 44, 12), (Shade.HEAD, Shade.HAIR, Shade.MOVER)
            )
        )
        for each in (a_film, whole)
    )
    assert near > 1.15 * far
    shown = a_film.scene(0, 0.0)
    frame = frame_of(camera_of(shown), shown, thing_places)
    assert all(camera_of(shown).seen(shown.joints[f"ankle_{side}"])[1] < frame.low for side in Side)


@for_each("size", [(44, 12), (66, 20)])
@for_each("name", lambda: [name for name in DRAWN if shows_the_floor(film(name))])
def test_the_floor_is_one_level_line_that_nothing_breaks(name: str, size: tuple[int, int]) -> None:
    a_film = film(name)
    marks = set("⠉⠁⠈ ") if a_film.figure.travel else {"⠉"}
    for phase in range(len(a_film.phases)):
        for share in (0.0, 0.5, 1.0):
            rows = drawn(alone(a_film.scene(phase, share)), *size)
            lines = [row for row in rows if any(shade is Shade.FLOOR for _, shade in row)]
            floor = lines[-1]
            text = "".join(text for text, _ in floor).strip()
            assert {shade for text, shade in floor if text.strip()} == {Shade.FLOOR}, (phase, share)
            assert len(text) > 10 and set(text[1:-1]) <= marks, (phase, share)


def test_a_band_goes_from_a_post_to_the_hands_all_the_way() -> None:
    a_film = film("seated-row")
    for share in (0.0, 0.5, 1.0):
        shown = a_film.scene(0, share)
        things = with_things(shown, strokes(shown))
        post = next(stroke for stroke in things if stroke.group == "post")
        strands = [stroke for stroke in things if stroke.group == BAND]
        camera = camera_of(shown)
        for side in ("left", "right"):
            hand = camera.seen(shown.joints[f"hand_{side}"])
            near = [
                stroke
                for stroke in strands
                if hypot(stroke.discs[0].at[0] - hand[0], stroke.discs[0].at[1] - hand[1]) < 3.0
            ]
            assert any(abs(stroke.discs[1].at[0] - post.discs[0].at[0]) < 5.0 for stroke in near)


def test_a_band_that_is_held_by_both_hands_comes_out_of_them_and_hides_neither() -> None:
    a_film = film("band-outward-rotation", None)
    for share in (0.0, 0.5, 1.0):
        shown = a_film.scene(0, share)
        camera = camera_of(shown)
        (strand,) = (each for each in with_things(shown, []) if each.group == BAND)
        one, other = (shown.joints[f"hand_{side}"] for side in ("left", "right"))
        inside = 4.5 / distance(one, other)
        assert [disc.at for disc in strand.discs] == [
            pytest.approx(camera.seen(blend(one, other, share_of_it)))
            for share_of_it in (inside, 1.0 - inside)
        ]


def test_a_belly_that_is_drawn_in_is_coloured_all_the_way() -> None:
    for share in (0.0, 0.5, 1.0):
        for name in ("belly-draw-in-standing", "belly-draw-in"):
            assert Shade.MOVER_TRUNK in shades(drawn(film(name, None).scene(0, share), 44, 12)), (name, share)
        shown = film("belly-breathing", None).scene(0, share)
        trunk = [each for each in strokes(shown) if each.group == "trunk"]
        others = [each for each in strokes(film("bridge", None).scene(0, share)) if each.group == "trunk"]
        assert len(trunk) == len(others) + 1, "the wall of the belly is there where it works only"


@for_each("name", DRAWN)
def test_no_outline_cuts_a_limb_or_the_head_off_the_trunk(name: str) -> None:
    """Where a limb leaves the trunk there is no line round it, and something of the trunk goes with it."""
    a_film = film(name)
    for phase in range(len(a_film.phases)):
        shown = a_film.scene(phase, 1.0)
        found = strokes(shown)
        for part in BodyPart:
            if "_" in part and not (shown.figure.pelvis and part.startswith("arm")):
                link, first = [stroke for stroke in found if stroke.group == part and stroke.lined_from][:2]
                assert not lined(link)
                assert link.discs[1] == first.discs[0]
        (neck,) = (stroke for stroke in found if stroke.group == "head" and stroke.lined_from)
        assert not lined(neck)


def test_a_thread_draws_the_head_up_to_one_height() -> None:
    a_film = film("sit-tall")
    tops = set()
    for share in (0.0, 0.5, 1.0):
        shown = a_film.scene(0, share)
        crown, top = next(
            edge for edge in lines_of(shown) if len(edge.places) == 2 and is_upright(edge)
        ).places
        assert top[2] > crown[2] > shown.joints["head"][2]
        tops.add(round(top[2], 3))
    assert len(tops) == 1
    assert not [edge for edge in lines_of(a_film.scene(2, 0.5)) if len(edge.places) == 2 and is_upright(edge)]


def is_upright(edge: Edge) -> bool:
    (x, y, z), (other_x, other_y, other_z) = edge.places
    return (x, y) == (other_x, other_y) and min(z, other_z) > 80.0


@pytest.mark.parametrize(("yaw", "covers"), [(20.0, True), (112.0, False)])
def test_a_chair_covers_only_who_is_seen_from_the_side(yaw: float, covers: bool) -> None:
    figure = figure_of({"view": [yaw, 10]}, Position.SEATED)
    edges = lines_of(Film(figure, [FilmPhase("sit", 3.0)]).still())
    assert any(not edge.behind for edge in edges if not edge.is_floor) is covers


def dots_of_head(
    rows: tuple[DrawnRow, ...], shades: tuple[Shade, ...] = (Shade.HEAD, Shade.HAIR)
) -> list[set[int]]:
    """The dots of the head, by their columns, row by row of dots."""
    found: list[set[int]] = [set() for _ in range(4 * len(rows))]
    bits = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
    for number, row in enumerate(rows):
        column = 0
        for text, shade in row:
            for sign in text:
                for bit, (right, down) in enumerate(bits):
                    if shade in shades and sign != " " and ord(sign) - 0x2800 >> bit & 1:
                        found[4 * number + down].add(2 * column + right)
                column += 1
    return found


def eyes(rows: list[set[int]]) -> list[int]:
    """How many dots each hole has that is closed all round."""
    width = max((max(columns) for columns in rows if columns), default=0) + 2
    empty = {
        (x, y)
        for y in range(-1, len(rows) + 1)
        for x in range(-1, width)
        if not (0 <= y < len(rows) and x in rows[y])
    }
    found = []
    while empty:
        todo, outside, size = [empty.pop()], False, 1
        while todo:
            x, y = todo.pop()
            outside |= x < 0
            near = {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)} & empty
            empty -= near
            size += len(near)
            todo += near
        found += [] if outside else [size]
    return found


@for_each(("size", "most"), [((44, 12), 3), ((66, 20), 9), ((112, 34), 16)])
@for_each("share", [0.0, 0.3, 0.6, 1.0])
@for_each("name", ["sit-tall", "bird-dog"])
def test_a_head_seen_from_the_side_has_one_eye_with_a_rim(
    name: str, share: float, size: tuple[int, int], most: int
) -> None:
    (eye,) = eyes(dots_of_head(drawn(scene(name, share), *size)))
    assert 1 <= eye <= most


@for_each(("size", "least"), [((26, 8), 4), ((44, 12), 8), ((66, 20), 20)])
@for_each(("position", "down"), [(Position.PRONE, True), (Position.SUPINE, False)])
def test_seen_from_above_a_head_is_hair_where_it_lies_face_down_and_has_a_face_where_it_lies_face_up(
    position: Position, down: bool, size: tuple[int, int], least: int
) -> None:
    said = {"view": [0, 84], "of": ["head", "shoulders"], "from": "prone-arms-beside" if down else "supine"}
    rows = drawn(Film(figure_of(said, position), [FilmPhase("lie", 3.0)]).still(), *size)
    hair, face = (sum(len(row) for row in dots_of_head(rows, (shade,))) for shade in (Shade.HAIR, Shade.HEAD))
    assert (hair if down else face) >= least
    assert (hair > 2 * face) is down


@for_each("name", DRAWN)
def test_hair_is_behind_the_face_of_who_looks_to_the_viewer_and_before_it_of_who_looks_away(
    name: str,
) -> None:
    a_film = film(name)
    for phase in range(len(a_film.phases)):
        shown = a_film.scene(phase, 1.0)
        look = dot(face(shown.joints), camera_of(shown).to_viewer())
        found = [stroke for stroke in strokes(shown) if stroke.group == "head"]
        hair = next(number for number, stroke in enumerate(found) if stroke.shade is Shade.HAIR)
        if look > 0.4 or look < -0.6:  # between them it depends on where the crown is
            assert (hair == len(found) - 1) is (look < 0.0), phase


@for_each("yaw", [-60, -40, -18, 0, 20])
def test_the_side_of_the_face_is_plain_from_beside_her_and_from_behind_her_too(yaw: int) -> None:
    shown = Film(figure_of({"view": [yaw, 0]}, Position.STANDING), [FilmPhase("stand", 3.0)]).still()
    found = [stroke for stroke in strokes(shown) if stroke.group == "head"]
    hair = next(each for each in found if each.shade is Shade.HAIR)
    cheeks = next(each for each in found if each.shade is Shade.HEAD and each.discs[0].radius > 6.0)
    front_of_hair = max(each.at[0] + each.radius for each in hair.discs)
    assert max(each.at[0] + each.radius for each in cheeks.discs) > front_of_hair + 0.5
