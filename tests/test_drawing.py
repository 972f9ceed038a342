"""The drawings: geometry, determinism, frozen composition, and what WeasyPrint makes of them."""

from __future__ import annotations

import itertools
import math
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.drawing import SHAPES, entry_drawing, icon, outline
from zine.drawing.echo import Composition, chain, compose
from zine.drawing.rings import Echo, Thinning, farthest, rings
from zine.drawing.shapes import bead
from zine.drawing.svg import document, num

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

# slug: core's centre as a share of width and height, and core's multiple of p.
FROZEN = {
    "solidarity-economics": (0.24, 0.34, 2.8),
    "horizontalism": (0.64, 0.34, 2.1),
    "zakat": (0.24, 0.34, 1.5),
    "sense-of-place": (0.64, 0.66, 2.8),
    "timebanking": (0.76, 0.66, 2.8),
    "community-land-trusts": (0.36, 0.66, 1.5),
    "repair-cafe": (0.24, 0.66, 2.1),
    "wage-ratio": (0.64, 0.5, 1.5),
    "traffic-mimes-in-bogota": (0.36, 0.34, 2.8),
    "marinaleda": (0.76, 0.5, 2.8),
    "596-acres": (0.36, 0.34, 2.1),
    "the-media-co-op": (0.64, 0.34, 2.1),
    "advances-justice": (0.76, 0.66, 2.1),
    "builds-resilience": (0.36, 0.34, 1.5),
    "celebrates-life": (0.36, 0.34, 1.5),
    "deepens-democracy": (0.24, 0.5, 2.8),
}


def related(solutions: int, theories: int, stories: int) -> list[str]:
    return ["square"] * solutions + ["circle"] * theories + ["triangle"] * stories


def paths(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}path"))


def subpaths(element: ET.Element) -> int:
    return element.get("d", "").count("M")


def box(d: str) -> tuple[float, float, float, float]:
    """Bounds of path data that holds only absolute coordinate pairs."""
    numbers = [float(n) for n in NUMBER.findall(d)]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def composed(slug: str, beads: list[str], shape: str = "circle", values: int = 4) -> Composition:
    return compose(shape=shape, slug=slug, values=values, related=beads)


@pytest.mark.parametrize(("slug", "expected"), FROZEN.items())
def test_the_composition_of_a_slug_is_frozen(slug: str, expected: tuple[float, ...]) -> None:
    echo = composed(slug, []).echo
    ax, ay, multiple = expected
    assert (echo.x, echo.y) == pytest.approx((157 * ax, 72 * ay))
    assert echo.period == pytest.approx(8.2)
    assert echo.core == pytest.approx(8.2 * multiple)


def test_the_core_of_the_reference_page() -> None:
    echo = composed("solidarity-economics", related(7, 6, 4), values=7).echo
    assert (echo.x, echo.y, echo.core) == pytest.approx((37.68, 24.48, 16.66))


@pytest.mark.parametrize(
    ("slug", "share"),
    [
        ("solidarity-economics", 0.74),
        ("timebanking", 0.27),
        ("wage-ratio", 0.24),
        ("marinaleda", 0.76),
        ("deepens-democracy", 0.24),
    ],
)
def test_the_chain_keeps_away_from_the_core(slug: str, share: float) -> None:
    beads = composed(slug, related(2, 0, 0)).beads
    assert [b.y for b in beads] == pytest.approx([72 * share] * 2)


def test_a_chain_does_not_move_the_core() -> None:
    for slug in FROZEN:
        assert composed(slug, []).echo == composed(slug, related(3, 3, 3)).echo


def test_more_values_draw_closer_rings() -> None:
    periods = [composed("x", [], values=v).echo.period for v in range(11)]
    assert periods[0] == periods[1] == periods[2] == pytest.approx(9.7)
    assert periods[8] == periods[9] == periods[10] == pytest.approx(5.2)
    assert periods[2:9] == sorted(periods[2:9], reverse=True)


def test_the_period_grows_with_the_root_of_the_width() -> None:
    wide = compose(shape="circle", slug="x", values=4, related=[], width=4 * 157)
    assert wide.echo.period == pytest.approx(2 * 8.2)


def test_the_chain_starts_on_the_texts_left_edge_and_keeps_to_the_measure() -> None:
    for n in (1, 3, 17, 18, 19, 36, 37, 60):
        beads = chain(["square"] * n, middle=50, height=72, left=23, measure=111)
        assert len(beads) == n
        assert min(b.x - b.d / 2 for b in beads) == pytest.approx(23)
        assert max(b.x + b.d / 2 for b in beads) <= 23 + 111
        rows = math.ceil(n / 18)
        assert len({round(b.y, 6) for b in beads}) == rows
        pitch = min(111 / math.ceil(n / rows), 0.32 * 72)
        assert beads[0].d == pytest.approx(0.9 * pitch)
        lowest, highest = min(b.y for b in beads), max(b.y for b in beads)
        assert (lowest + highest) / 2 == pytest.approx(50)


def test_beads_come_in_printed_order() -> None:
    printed = related(2, 1, 2)
    made = composed("horizontalism", printed)
    assert [b.shape for b in made.beads] == printed
    assert [b.x for b in made.beads] == sorted(b.x for b in made.beads)


def test_a_values_core_stays_clear_of_the_chain() -> None:
    made = composed("advances-justice", related(6, 12, 16), shape="star", values=0)
    lowest = max(b.y + b.d / 2 for b in made.beads)
    assert made.echo.core == pytest.approx(20.551, abs=0.001)
    assert made.echo.y - made.echo.core > lowest + 1
    assert composed("deepens-democracy", related(8, 11, 20), shape="star").echo.core == 14
    assert composed("advances-justice", [], shape="star").echo.core == pytest.approx(
        8.2 * 2.1 * 1.6
    )


def test_rings_follow_the_formula() -> None:
    lines = rings(Echo("square", 0, 0, 10, 5), 100, Thinning(0.6, 0.5, 0.1))
    assert lines[0].inner == pytest.approx(10 + 0.9 * 0.5 * 5)
    assert lines[0].outer - lines[0].inner == pytest.approx(0.9 * 0.6 * 5)
    assert lines[18].outer - lines[18].inner == pytest.approx(0.9 * 0.1 * 5)
    assert lines[-1].inner <= 100 * 0.9 + 10 < lines[-1].inner + 0.9 * 5
    for inside, outside in itertools.pairwise(lines):
        assert inside.outer < outside.inner
        assert outside.inner - inside.inner == pytest.approx(4.5)


def test_rings_without_a_period_are_refused() -> None:
    with pytest.raises(ValueError, match="period"):
        rings(Echo("circle", 0, 0, 10, 0), 100, Thinning(0.6, 0.5, 0.1))


def test_the_farthest_corner() -> None:
    assert farthest(1, 1, 0, 0, 4, 5) == 5


@pytest.mark.parametrize("shape", SHAPES)
def test_a_drawing_has_rings_core_and_one_bead_for_each_related(shape: str) -> None:
    beads = related(3, 4, 5)
    drawn = paths(entry_drawing(shape=shape, fill="#123456", slug="zakat", values=3, related=beads))
    lines, *rest = drawn
    assert lines.get("fill-rule") == "evenodd"
    assert lines.get("fill") == "#123456"
    assert subpaths(lines) % 2 == 0
    if shape == "star":
        (together,) = rest
        assert together.get("fill-rule") == "evenodd"
        assert together.get("fill") == "#000"
        assert subpaths(together) == len(beads) + 1
    else:
        core, strung = rest
        assert (core.get("fill"), subpaths(core)) == ("#123456", 1)
        assert (strung.get("fill"), subpaths(strung)) == ("#000", len(beads))


@pytest.mark.parametrize("shape", SHAPES)
def test_no_relations_no_chain(shape: str) -> None:
    svg = entry_drawing(shape=shape, fill="#123456", slug="sense-of-place", values=0, related=[])
    assert [subpaths(p) for p in paths(svg)][1:] == [1]
    assert ("#000" in svg) == (shape == "star")


@pytest.mark.parametrize("shape", SHAPES)
def test_the_outline_style_fills_nothing_but_paper(shape: str) -> None:
    svg = entry_drawing(
        shape=shape, fill="#000", slug="zakat", values=3, related=related(1, 1, 0), style="outline"
    )
    drawn = paths(svg)
    assert {p.get("fill") for p in drawn} <= {"none", "#fff"}
    assert [p.get("stroke-width") for p in drawn] == ["0.42", "0.7", "0.5"]


def test_the_same_entry_gives_the_same_bytes() -> None:
    def draw(slug: str) -> str:
        return entry_drawing(shape="star", fill="#fc1", slug=slug, values=0, related=["circle"])

    assert draw("builds-resilience") == draw("builds-resilience")
    assert draw("builds-resilience") != draw("advances-justice")


def test_a_label_is_escaped_and_named_twice() -> None:
    svg = entry_drawing(
        shape="circle", fill="#000", slug="x", values=0, related=[], label='"A" <b> & co.'
    )
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == '"A" <b> & co.'
    assert root.findtext(f"{SVG}title") == '"A" <b> & co.'
    assert "title" not in entry_drawing(shape="circle", fill="#0", slug="x", values=0, related=[])


def test_the_svg_is_measured_in_mm_and_clips_by_itself() -> None:
    svg = entry_drawing(
        shape="circle", fill="#000", slug="x", values=0, related=[], width=182, height=104
    )
    root = ET.fromstring(svg)
    assert (root.get("width"), root.get("height")) == ("182mm", "104mm")
    assert root.get("viewBox") == "0 0 182 104"
    (inner,) = root
    assert inner.tag == f"{SVG}svg"
    assert inner.get("overflow") == "hidden"
    assert " id=" not in svg


@pytest.mark.parametrize("shape", SHAPES[:6])
def test_outlines_reach_their_radius_and_beads_their_diameter(shape: str) -> None:
    left, top, right, bottom = box(outline(shape, 50, 40, 10))
    assert right == pytest.approx(60)
    if shape == "triangle":
        half = 10 * math.sqrt(3) / 2
        assert (left, top, bottom) == pytest.approx((45, 40 - half, 40 + half), abs=0.001)
        mirrored = box(outline(shape, 50, 40, 10, mirror=True))
        assert (mirrored[0], mirrored[2]) == (40, 55)
    else:
        assert left == pytest.approx(40)
    left, top, right, bottom = box(bead(shape, 5, 5, 4))
    assert (left, right) == (3, 7)
    if shape != "hexagon":
        assert (top, bottom) == (3, 7)


@pytest.mark.parametrize("make", [lambda s: outline(s, 0, 0, 1), lambda s: bead(s, 0, 0, 1)])
def test_an_unknown_shape_names_the_known_ones(make: object) -> None:
    with pytest.raises(ValueError, match=r"'blob'.*circle, square"):
        make("blob")  # type: ignore[operator]


def test_an_icon_is_one_bead_of_its_size() -> None:
    svg = icon("triangle", "#00756B")
    assert ET.fromstring(svg).get("width") == "2.328mm"
    (drawn,) = paths(svg)
    assert box(drawn.get("d", "")) == pytest.approx((0, 0, 2.328, 2.328))


def test_numbers_are_short_and_finite() -> None:
    assert [num(v) for v in (1.0, -0.0001, 0.1234, 100, -2.50)] == [
        "1", "0", "0.123", "100", "-2.5",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="finite"):
        num(math.nan)
    with pytest.raises(ValueError, match="finite"):
        document(0, 0, math.inf, 1, "")


@given(
    shape=st.sampled_from(SHAPES),
    slug=st.text(max_size=40),
    values=st.integers(0, 8),
    beads=st.lists(st.sampled_from(SHAPES), max_size=60),
    width=st.floats(30, 400),
    height=st.floats(20, 300),
)
def test_any_entry_gives_a_sound_drawing(
    shape: str, slug: str, values: int, beads: list[str], width: float, height: float
) -> None:
    svg = entry_drawing(
        shape=shape,
        fill="#123456",
        slug=slug,
        values=values,
        related=beads,
        width=width,
        height=height,
    )
    drawn = paths(svg)
    assert sum(subpaths(p) for p in drawn[1:]) == len(beads) + 1
    for element in drawn:
        d = element.get("d", "")
        assert not set(d) - set("MLCQz .-0123456789")
        assert all(abs(float(n)) < 1e5 for n in NUMBER.findall(d))
