"""Shapes given as paths: the spare ones, and one that a project draws for a type of its own."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.pdfs import Read
from support.projects import built, copy_of, write
from zine.build import Request
from zine.compiler.selection import SelectBy, Selection
from zine.config import load_settings
from zine.diagnostics import UsageError
from zine.drawing import SHAPES, bead, entry_drawing, outline, tab, unit_path
from zine.drawing.paths import figure
from zine.drawing.rings import GROWTH, REACH, Thinning, growth, reach
from zine.drawing.shapes import drawn

HOUSE = "M0 40 L50 0 L100 40 L100 100 L0 100 Z"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def numbers(data: str) -> list[float]:
    return [float(one) for one in NUMBER.findall(data)]


def test_a_path_is_moved_to_its_middle_and_scaled_to_its_farthest_point():
    house = unit_path(HOUSE)
    r = math.hypot(50, 50)
    wanted = [-50, -10, 0, -50, 50, -10, 50, 50, -50, 50]
    assert numbers(house)[:10] == pytest.approx([one / r for one in wanted], abs=1e-4)
    assert house.startswith("M") and house.endswith("z")


@pytest.mark.parametrize(
    "same",
    [
        "m0 40 50-40 50 40 0 60-100 0z",
        "M0,40L50,0 100,40V100H0Z",
        "M500 540 L550 500 L600 540 L600 600 L500 600 Z",
        "M0 400 L500 0 L1000 400 L1000 1000 L0 1000 z",
    ],
)
def test_the_same_drawing_in_other_words_is_the_same_shape(same):
    assert numbers(unit_path(same)) == pytest.approx(numbers(unit_path(HOUSE)), abs=2e-4)


def test_arcs_and_quadratic_curves_are_read():
    disc = figure(unit_path("M0 5 A5 5 0 1 1 10 5 A5 5 0 1 1 0 5 Z"))
    assert all(math.hypot(*one) == pytest.approx(1, abs=0.01) for one in disc.points)
    lens = figure(unit_path("M0 0 Q50 -50 100 0 Q50 50 0 0z"))
    assert lens.inner == pytest.approx(0.45, abs=0.06)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("hexagon please", "no path"),
        ("M0 0 L10", "no path"),
        ("", "no path"),
        ("M0 0 L10 0 L10 10z M2 2 L4 2 L4 4z", "2 outlines"),
        ("M0 0 L10 10", "encloses nothing"),
        ("M0 0 L10 0 L20 0z", "echoes would cross"),
        ("M0 0 A10 10 0 1 0 10 10 A6 8 0 1 1 0 0z", "echoes would cross"),
        ("M3 3L3 3L3 3z", "no size"),
    ],
)
def test_what_makes_no_shape_is_refused_with_its_reason(path, words):
    with pytest.raises(ValueError, match=words):
        unit_path(path)


SPARE = [one for one in SHAPES if drawn(one)]


@pytest.mark.parametrize("shape", [*SPARE, unit_path(HOUSE)])
def test_paths_stand_like_the_other_shapes(shape):
    found = drawn(shape)
    assert found and found.seen_whole
    assert max(math.hypot(*one) for one in found.points) == pytest.approx(1, abs=0.001)
    pairs = numbers(bead(shape, 5, 5, 4))
    assert min(pairs) == pytest.approx(3, abs=0.05) and max(pairs) == pytest.approx(7, abs=0.05)
    assert outline(shape, 0, 0, 1) != outline(shape, 0, 0, 1, mirror=True)
    left, right = (tab(shape, "#123456", side=side) for side in ("left", "right"))
    assert left != right


def test_a_family_of_five_spare_shapes():
    assert set(SHAPES) - {"circle", "square", "triangle", "star"} == {
        "hexagon", "diamond", "cross", "arch", "drop",
    }  # fmt: skip


def test_the_rule_for_paths_is_near_the_measured_shapes():
    hexagon = unit_path("M-2 0 L-1 -1.732 L1 -1.732 L2 0 L1 1.732 L-1 1.732z")
    assert growth(hexagon) == pytest.approx(GROWTH["hexagon"], rel=0.05)
    assert reach(hexagon) == pytest.approx(REACH["hexagon"], rel=0.05)


@given(far=st.floats(20, 300), shape=st.sampled_from(SPARE))
def test_rings_reach_the_farthest_corner(far, shape):
    from zine.drawing.rings import Echo, rings

    found = rings(Echo(shape, 0, 0, 10, 7), far, Thinning(0.6, 0.5, 0.1))
    step = growth(shape) * 7
    assert (found[-1].outer + step) * drawn(shape).inner >= far


def test_echo_and_chain_of_an_own_shape():
    house = unit_path(HOUSE)
    svg = entry_drawing(shape=house, fill="#7A2E8C", slug="x", values=3, related=[house, "circle"])
    assert svg.count("<path") == 3


def settings_of(folder, lines: str):
    write(folder, "book/book.yaml", f"title: T\ntypes:\n  principle: {lines}\n")
    return load_settings(folder / "book" / "book.yaml")


def test_book_yaml_takes_a_path_or_a_shape(tmp_path):
    made = settings_of(tmp_path, f'{{path: "{HOUSE}"}}').type_of("principle")
    assert made.shape == unit_path(HOUSE)
    for lines, code in (
        (f'{{path: "{HOUSE}", shape: drop}}', "shape-twice"),
        ('{path: "M0 0 L10 10"}', "shape-path"),
    ):
        with pytest.raises(UsageError) as caught:
            settings_of(tmp_path, lines)
        (finding,) = caught.value.findings
        assert finding.code == code and finding.place.line == 3 and finding.hint


@pytest.mark.slow
def test_an_own_shape_stands_wherever_a_type_shows(tmp_path):
    """Cover, title page, contents, opener, entry, tabs and marks: purple is on each page."""
    root = copy_of("principle", tmp_path)
    book = root / "book" / "book.yaml"
    words = book.read_text()
    book.write_text(words.replace("shape: hexagon", f'path: "{HOUSE}"'))
    assert book.read_text() != words
    chapter = Selection(SelectBy.CHAPTER, ("principles",))
    made = built(root, Request(), Request(chapter))
    with Read(made.path("the-shared-garden.pdf")) as read:
        marks = {one.title: one.page for one in read.outline}
        pages = [0, len(read) - 1, read.labels.index("ii") + 1]
        pages += [marks[name] for name in ("Principles", "Ask twice", "Waste nothing")]
        pages += [marks["Contents"] + 1]
        for index in pages:
            assert purple(read, index), index
        assert not purple(read, marks["Theories"])
    with Read(made.path("principles.pdf")) as read:
        assert purple(read, 0) and purple(read, len(read) - 1)


def purple(read: Read, index: int) -> bool:
    """Whether a page is painted with #7A2E8C anywhere."""
    image = read._pdfium[index].render(scale=1).to_pil()
    return any(
        abs(r - 0x7A) + abs(g - 0x2E) + abs(b - 0x8C) < 12
        for _, (r, g, b) in image.getcolors(maxcolors=1 << 20) or ()
    )
