"""The drawings of whole pages: covers, openers, tabs, bead rows; and a proof in WeasyPrint."""

from __future__ import annotations

import base64
import io
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from zine.drawing import (
    SHAPES,
    Band,
    bead_rows,
    beads_per_row,
    booklet_cover,
    cover_drawing,
    cover_top,
    entry_drawing,
    opener_drawing,
    tab,
    tab_centre,
    tab_height,
)
from zine.drawing.cover import Strip, band_echo, strips

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
BOOK = (
    Band("star", "#000", 8, "#FFC21A"),
    Band("circle", "#2337B5", 19),
    Band("square", "#D1311A", 22),
    Band("triangle", "#00756B", 28),
)


def path_data(svg: str) -> list[str]:
    return [p.get("d", "") for p in ET.fromstring(svg).iter(f"{SVG}path")]


def view(svg: str) -> list[float]:
    return [float(n) for n in (ET.fromstring(svg).get("viewBox") or "").split()]


def box(d: str) -> tuple[float, float, float, float]:
    numbers = [float(n) for n in NUMBER.findall(d)]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


# Covers


@pytest.mark.parametrize("spine", [0.0, 7.5])
def test_front_and_back_are_crops_of_one_drawing(spine: float) -> None:
    front, back, wrap = (
        cover_drawing(BOOK, spine=spine, part=part) for part in ("front", "back", "wrap")
    )
    assert path_data(front) == path_data(back) == path_data(wrap)
    assert view(back) == [-3, -3, 154, 216]
    assert view(front) == [148 + spine - 3, -3, 154, 216]
    assert view(wrap) == [-3, -3, 302 + spine, 216]


def test_the_bands_share_the_page_as_on_the_reference_cover() -> None:
    where = strips([8, 19, 22, 28], top=76, bottom=213)
    assert [s.top for s in where] == pytest.approx([76, 104.645, 138.77, 174.39], abs=0.01)
    assert where[-1].top + where[-1].height == pytest.approx(213)
    assert strips([], top=76, bottom=213) == ()
    even = strips([0, 0], top=0, bottom=100)
    assert [s.height for s in even] == pytest.approx([50, 50])


def test_heroes_follow_the_formulas() -> None:
    strip = Strip(100, 40)
    circle = band_echo("circle", strip, 5)
    assert (circle.y, circle.period, circle.core) == pytest.approx((120, 6.8, 12))
    assert band_echo("square", strip, 5).core == pytest.approx(20 - 1.35 * 6.8 + 0.5)
    assert band_echo("triangle", strip, 5).core == pytest.approx(15)
    star = band_echo("star", strip, 5)
    assert (star.period, star.core) == pytest.approx((6.4, 20))
    assert band_echo("circle", Strip(76, 137), 5).core == 34


def test_the_title_zone_keeps_its_share_of_the_page() -> None:
    assert cover_top(210) == 76
    assert cover_top(148) == pytest.approx(53.562, abs=0.001)
    grounds = list(ET.fromstring(cover_drawing(BOOK, top=60)).iter(f"{SVG}rect"))
    assert [r.get("fill") for r in grounds] == ["#FFC21A", "#FFC21A", "#fff", "#fff", "#fff"]
    assert grounds[1].get("y") == "60"


@given(
    bands=st.lists(
        st.builds(Band, st.sampled_from(SHAPES), st.just("#123456"), st.integers(0, 60)),
        min_size=0,
        max_size=8,
    ),
    trim=st.sampled_from([(148, 210), (139.7, 215.9), (105, 148), (210, 297)]),
    spine=st.floats(0, 20),
)
@settings(max_examples=40, deadline=None)
def test_any_book_gets_a_sound_cover(
    bands: list[Band], trim: tuple[float, float], spine: float
) -> None:
    svg = cover_drawing(bands, trim_width=trim[0], trim_height=trim[1], spine=spine, part="front")
    drawn = path_data(svg)
    assert len(drawn) == 2 * len(bands)
    assert not set("".join(drawn)) - set("MLCz .-0123456789")
    for core in drawn[1::2]:
        left, _, right, _ = box(core)
        assert right > left
        assert left > trim[0] + spine, "the hero stands on the front"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_booklet_cover_is_one_band_below_a_zone_of_its_colour(shape: str) -> None:
    svg = booklet_cover(shape, "#123456")
    assert view(svg) == [145, -3, 154, 216]
    top, ground = ET.fromstring(svg).iter(f"{SVG}rect")
    assert (top.get("fill"), ground.get("y")) == ("#123456", "63")
    assert ground.get("fill") == ("#123456" if shape == "star" else "#fff")
    lines, core = ET.fromstring(svg).iter(f"{SVG}path")
    assert lines.get("fill") == ("#000" if shape == "star" else "#123456")
    assert core.get("fill") == "#000"
    if shape == "circle":
        expected = (252 - 34, 132 - 34, 252 + 34, 132 + 34)
        assert box(core.get("d", "")) == pytest.approx(expected)
    assert path_data(svg) == path_data(booklet_cover(shape, "#123456", part="back"))


# Openers


@pytest.mark.parametrize(
    ("shape", "left"), [("circle", 36), ("square", 33), ("triangle", 46), ("star", 50)]
)
def test_the_openers_hero_stands_on_the_fore_edge(shape: str, left: float) -> None:
    svg = opener_drawing(shape, "#123456", width=151, height=165, hero_y=71)
    assert view(svg) == [0, 0, 151, 165]
    lines, core = ET.fromstring(svg).iter(f"{SVG}path")
    x0, y0, _, y1 = box(core.get("d", ""))
    assert x0 == pytest.approx(148 - left)
    assert (y0 + y1) / 2 == pytest.approx(71)
    ink = "#000" if shape == "star" else "#123456"
    assert lines.get("fill") == core.get("fill") == ink


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("style", ["solid", "outline"])
def test_every_shape_opens_a_chapter(shape: str, style: str) -> None:
    svg = opener_drawing(shape, "#123456", hero_y=45, scale=0.7, style=style)  # type: ignore[arg-type]
    assert len(path_data(svg)) == 2
    assert "NaN" not in svg


# Tabs


def test_tab_centres_and_heights() -> None:
    assert [tab_centre(i, 4) for i in range(4)] == [93, 119, 145, 171]
    assert [tab_centre(i, 2) for i in range(2)] == [93, 119]
    assert [tab_centre(i, 7) for i in range(7)] == [93, 106, 119, 132, 145, 158, 171]
    assert tab_height(4) == 20
    assert tab_height(7) == 10
    assert tab_height(60) > 0
    assert tab_centre(3, 4, trim_height=148) < 148 - tab_height(4, trim_height=148) / 2
    with pytest.raises(ValueError, match="no tab"):
        tab_centre(4, 4)


@pytest.mark.parametrize(
    ("shape", "half", "deep"),
    [("circle", 10, 10), ("square", 8.5, 8.5), ("triangle", 10, 10), ("star", 10, 10)],
)
def test_a_tab_is_half_the_shape_over_the_fore_edge(shape: str, half: float, deep: float) -> None:
    svg = tab(shape, "#123456", side="left")
    assert view(svg) == [-3, -10, 13, 20]
    x0, y0, x1, y1 = box(path_data(svg)[0])
    assert x0 < -3
    assert (y0, x1, y1) == pytest.approx((-half, deep, half))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("style", ["solid", "outline"])
def test_a_recto_tab_mirrors_the_verso_tab(shape: str, style: str) -> None:
    left, right = (tab(shape, "#123456", side=side, style=style) for side in ("left", "right"))  # type: ignore[arg-type]
    assert view(right) == [-10, -10, 13, 20]
    ours = [float(n) for n in NUMBER.findall(path_data(left)[0])]
    theirs = [float(n) for n in NUMBER.findall(path_data(right)[0])]
    assert [-x for x in ours[::2]] == pytest.approx(theirs[::2])
    assert ours[1::2] == pytest.approx(theirs[1::2])


# Beads


def test_the_whole_book_as_beads() -> None:
    book = [("star", "#fc1")] * 8 + [("circle", "#23b")] * 19 + [("square", "#d31")] * 22
    svg = bead_rows(book)
    assert view(svg) == pytest.approx([0, 0, 111, 4 * 111 / 13], abs=0.001)
    assert [d.count("M") for d in path_data(svg)] == [8, 19, 22]
    x0, y0, _, _ = box(path_data(svg)[0])
    assert (x0, y0) == pytest.approx((0.1 * 111 / 13, 0.1 * 111 / 13), abs=0.001)
    assert path_data(bead_rows([])) == []
    with pytest.raises(ValueError, match="row"):
        bead_rows(book, per_row=0)


@given(st.integers(0, 3000), st.floats(20, 200))
def test_any_number_of_beads_fits_the_room_there_is(count, height):
    per_row = beads_per_row(count, 111.0, height)
    drawn = view(bead_rows([("circle", "#23b")] * count, per_row=per_row))
    assert drawn[3] <= height + 0.001
    assert per_row == 13 or -(-count // (per_row - 1)) * 111 / (per_row - 1) > height


# What the typesetter makes of it


def pixels(body: str) -> Image.Image:
    import pypdfium2
    import weasyprint

    sheet = """@page { size: 100mm 60mm; margin: 0 } body, p { margin: 0 }
        div { position: absolute; left: 20mm; top: 20mm } svg, img { overflow: visible }"""
    pdf = weasyprint.HTML(string=f"<style>{sheet}</style><div>{body}</div>").write_pdf()
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return document[0].render(scale=2).to_pil().convert("L")
    finally:
        document.close()


@pytest.mark.parametrize("way", ["inline", "img", "background"])
@pytest.mark.parametrize("shape", SHAPES)
def test_weasyprint_clips_the_drawing_to_its_box(way: str, shape: str) -> None:
    svg = entry_drawing(
        shape=shape,
        fill="#000",
        slug="zakat",
        values=8,
        related=["circle"] * 4,
        width=60,
        height=20,
        text_left=5,
        measure=50,
    )
    data = base64.b64encode(svg.encode()).decode()
    url = f"data:image/svg+xml;base64,{data}"
    ways = {
        "inline": svg,
        "img": f'<img src="{url}">',
        "background": f'<p style="width:70mm;height:30mm;background:url({url}) no-repeat">',
    }
    page = pixels(ways[way])
    mm = page.width / 100
    inked = page.point(lambda v: 255 if v < 128 else 0).getbbox()
    assert inked is not None
    left, top, right, bottom = (edge / mm for edge in inked)
    assert left >= 19.5
    assert top >= 19.5
    assert right <= 80.5
    assert bottom <= 40.5
    assert right - left > 50
