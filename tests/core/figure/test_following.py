"""What goes along: a camera that comes near, the ground under who walks; and what a figure says is shown."""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest

from backtimer.core.figure.arrows import arrows
from backtimer.core.figure.body import strokes, trace_lines
from backtimer.core.figure.braille import drawn
from backtimer.core.figure.camera import Frame, camera_of, frame_of
from backtimer.core.figure.colours import Shade
from backtimer.core.figure.course import course_strokes
from backtimer.core.figure.cutaway import cutaway_strokes, pelvic_floor_strokes
from backtimer.core.figure.film import Film
from backtimer.core.figure.pose import other_side
from backtimer.core.figure.scene import Scene
from backtimer.core.figure.skeleton import joint_of
from backtimer.core.figure.stills import tells
from backtimer.core.figure.svg import fragment
from backtimer.core.figure.things import lines_of, thing_places, with_things
from backtimer.core.figure.turning import roll_strokes, signs
from backtimer.core.plan.routine import Side
from tests.core.figure.films import DRAWN, film
from tests.rules import for_each

FOLLOWED = [name for name in DRAWN if film(name, None).figure.follows]
MOST_CM = 20.0
"""In a tenth of a second an edge of the picture goes no further: a body goes as fast."""
COLOURED = {Shade.MOVER, Shade.MOVER_FAR, Shade.MOVER_TRUNK}


def frame(scene: Scene) -> Frame:
    return frame_of(camera_of(scene), scene, thing_places)


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_camera_that_goes_along_never_jumps_and_shows_a_hold_from_as_near_as_can_be(name: str) -> None:
    a_film = film(name, Side.LEFT if name == "sun-salutation" else None)
    ends: list[Frame] = []
    for number in range(len(a_film.phases)):
        scenes = [a_film.scene(number, share / 40) for share in range(41)]
        shown = [frame(scene) for scene in scenes]
        for scene, seen in zip(scenes, shown, strict=True):
            places = [camera_of(scene).seen(place) for place in scene.joints.values()]
            assert all(seen.left < x < seen.right and seen.low < y < seen.high for x, y in places)
        for one, other in pairwise((*ends[-1:], *shown)):
            assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < MOST_CM, (name, number)
        if not a_film.moves(number):
            nearest = min(ends[-1].height, frame(a_film.scene(number - 1, 0.5)).height)
            assert shown[0].height <= nearest + 1e-6
        ends.append(shown[-1])


@pytest.mark.parametrize("name", ["walk", "run"])
def test_who_walks_stays_in_the_picture_while_the_ground_goes_by(name: str) -> None:
    a_film = film(name, None)
    scenes = [a_film.scene(0, share / 36) for share in range(37)]
    assert all(abs(scene.joints["pelvis"][0]) < 8.0 for scene in scenes)
    marks = [[line.places[0] for line in lines_of(scene) if line.is_floor] for scene in scenes]
    assert marks[1] != marks[2] and len(marks[1]) > 5
    assert marks[0] == marks[-1], "it goes round without a jump"
    assert scenes[0].joints["ankle_left"] == pytest.approx(scenes[-1].joints["ankle_left"], abs=0.1)


def test_what_a_figure_says_is_coloured_is_coloured_and_nothing_else() -> None:
    scene = film("side-glide", Side.RIGHT).scene(0, 0.5)
    assert {stroke.group for stroke in strokes(scene) if stroke.shade in COLOURED} <= {
        "trunk",
        "leg_left",  # where they grow out of the pelvis
        "leg_right",
    }
    hands = film("neck-press-side", Side.RIGHT).scene(0, 0.5)
    assert {stroke.group for stroke in strokes(hands) if stroke.shade in COLOURED} == {"arm_right"}
    none = film("pelvic-floor-squeeze", None).scene(0, 0.5)
    assert {stroke.group for stroke in strokes(none) if stroke.shade in COLOURED} == set()


def test_a_way_that_is_traced_is_drawn_whole_for_hand_and_foot() -> None:
    for side in Side:
        a_film = film("bird-dog-box", side)
        scene = a_film.scene(0, 0.0)
        sides = [len(way) for way in trace_lines(scene)]
        assert len(sides) == 2 * 4, "a box has four sides"
        hand = "hand_left" if side is Side.LEFT else "hand_right"
        assert any(a_film.scene(4, 1.0).joints[hand] in way for way in scene.trace)


def test_a_corner_that_hand_and_foot_have_reached_has_a_spot_and_none_is_on_the_way_there() -> None:
    a_film = film("bird-dog-box", Side.LEFT)
    for phase in (1, 2, 3, 4):
        for share, spots in ((0.5, 0), (1.0, 2)):
            scene = a_film.scene(phase, share)
            camera = camera_of(scene)
            found = [each.discs[0].at for each in signs(scene, camera) if each.group == "corner"]
            assert len(found) == spots, (phase, share)
            tips = [camera.seen(scene.joints[each]) for each in ("hand_left", "toe_right")]
            assert sorted(found) == (sorted(tips) if spots else [])


def test_the_floor_of_the_pelvis_is_drawn_up_to_the_head_and_stays_there() -> None:
    a_film = film("pelvic-floor-squeeze", None)

    def at(phase: int, share: float) -> float:
        scene = a_film.scene(phase, share)
        floor = [each for each in pelvic_floor_strokes(scene, camera_of(scene)) if each.shade is Shade.MOVER]
        return sum(each.discs[0].at[0] for each in floor) / len(floor)

    assert at(0, 0.0) > at(0, 0.5) > at(0, 1.0) == pytest.approx(at(1, 0.0), abs=0.1)
    shown = a_film.scene(1, 0.0)
    assert all(each.shade is Shade.MOVER for each in pelvic_floor_strokes(shown, camera_of(shown)))


def test_the_window_into_the_pelvis_has_its_floor_between_pubic_bone_and_tailbone_inside_a_ring() -> None:
    a_film = film("pelvic-floor-squeeze", None)
    for phase in (0, 1, 2):
        for share in (0.0, 0.5, 1.0):
            scene = a_film.scene(phase, share)
            found = cutaway_strokes(scene, camera_of(scene))
            window = [each.discs[0].at for each in found if each.shade is Shade.PROP][:24]
            middle = (sum(x for x, _ in window) / 24, sum(y for _, y in window) / 24)
            radius = dist(window[0], middle)
            bones = [disc for each in found if each.shade is Shade.NEAR for disc in each.discs]
            floor = [disc for each in found if each.shade is Shade.MOVER for disc in each.discs]
            arrow = [disc for each in found if each.shade is Shade.ARROW for disc in each.discs]
            assert all(
                dist(disc.at, middle) + disc.radius < radius + 1.0 for disc in (*bones, *floor, *arrow)
            )
            for end in (floor[0], floor[-1]):
                assert min(dist(end.at, bone.at) - end.radius - bone.radius for bone in bones) < 2.0
            assert bool(arrow) is (phase != 1 and share < 1.0)
    assert [tells(a_film, phase) for phase in (0, 1, 2)] == [True, True, True], "held, too"
    assert not tells(film("bridge", None), 1)


def test_a_head_that_rolls_has_a_bent_arrow_to_that_side_under_the_chin() -> None:
    a_film = film("head-roll", Side.LEFT)
    ways = []
    for number, phase in enumerate(a_film.phases):
        scene = a_film.scene(number, 0.5)
        bent = roll_strokes(scene.span, camera_of(scene))
        assert bool(bent) == (phase.side is not None and a_film.moves(number))
        assert bool(arrows(scene)) == (phase.side is None and a_film.moves(number)), "straight down and up"
        if bent:
            *shaft, _one, _other = bent
            ways.append(shaft[-1].discs[1].at[0] - shaft[0].discs[0].at[0])
    assert [way > 0.0 for way in ways] == [True, False, False, True]


def test_no_outline_cuts_a_limb_at_its_joints() -> None:
    """On a page the end of a bone is drawn again over the line round the next one."""
    scene = film("bridge", None).scene(0, 1.0)
    hulls = sum(len(stroke.discs) - 1 for stroke in with_things(scene, strokes(scene)))
    filled = [
        line
        for line in fragment(scene, 400, 200).splitlines()
        if line.startswith("<path") and 'fill="#' in line
    ]
    assert len(filled) > hulls


def test_a_hand_that_is_to_be_seen_is_seen_to_the_tips_of_its_fingers() -> None:
    for name in ("superman", "nerve-slider"):
        scene = film(name, Side.LEFT).scene(0, 1.0)
        seen = frame(scene)
        tips = [camera_of(scene).seen(scene.joints[joint])[0] for joint in ("hand_left", "hand_right")]
        assert seen.left + 3.0 < min(tips) and max(tips) < seen.right - 3.0, name


def test_short_squeezes_and_one_that_is_held_differ_in_the_line_of_their_course() -> None:
    flick, squeeze = film("pelvic-floor-flick", None), film("pelvic-floor-squeeze", None)
    assert [phase.name for phase in flick.phases] == ["squeeze", "let go"], "nothing is held"
    tops = []
    for each in (flick, squeeze):
        shown = each.scene(0, 0.5)
        assert shown.course is not None
        assert shown.course.points[0][1] == shown.course.points[-1][1] == 0.0
        tops.append(sum(1 for _, share in shown.course.points if share == 1.0))
    assert tops == [1, 2]

    def spots(a_film: Film) -> list[float]:
        found = []
        for phase in range(len(a_film.phases)):
            shown = a_film.scene(phase, 0.5)
            (here,) = (each for each in course_strokes(shown, camera_of(shown)) if each.shade is Shade.MOVER)
            found.append(here.discs[0].at[0])
        return found

    for each in (flick, squeeze):
        assert spots(each) == sorted(set(spots(each))), "she goes along the line"
    shown = squeeze.scene(0, 0.5)
    for columns, rows in ((26, 8), (44, 12), (66, 20)):
        assert Shade.ARROW in {shade for row in drawn(shown, columns, rows) for _, shade in row}
    assert not course_strokes(film("bridge", None).scene(0, 0.5), camera_of(shown))


@pytest.mark.parametrize("name", FOLLOWED)
def test_she_does_not_seem_to_grow_much_where_the_camera_goes_along(name: str) -> None:
    a_film = film(name, None)
    whole = frame(a_film.still())
    sizes = []
    for phase in range(len(a_film.phases)):
        for share in (0.0, 0.5, 1.0):
            here = frame(a_film.scene(phase, share))
            sizes.append(min(88.0 / here.width, 48.0 / here.height))
    assert max(sizes) <= 1.51 * min(88.0 / whole.width, 48.0 / whole.height)


@for_each(("name", "side"), [(name, side) for name in DRAWN if film(name, None).figure.of for side in Side])
def test_of_some_points_only_those_of_the_side_whose_turn_it_is_are_in_the_picture(
    name: str, side: Side
) -> None:
    a_film = film(name, side)
    for phase in range(len(a_film.phases)):
        shown = a_film.scene(phase, 1.0)
        camera, here = camera_of(shown), frame(shown)
        for point in shown.figure.of:
            joint = joint_of(other_side(point) if side is Side.RIGHT else point)
            x, y = camera.seen(shown.joints[joint])
            assert here.left <= x <= here.right and here.low <= y <= here.high, (phase, point)
