"""Sheets read back: numbers and heads from the place and the turn that the plan says."""

from __future__ import annotations

import io
from contextlib import closing

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from test_impose_press import BLEED, BLUE, RED, numbered, picture
from zine.impose.covers import cover_apart
from zine.impose.creep import creeping
from zine.impose.options import Options
from zine.impose.press import impose
from zine.impose.registry import make_plan
from zine.impose.sheets import Flip, Plan, Sides
from zine.impose.turning import sided
from zine.paper import PAPERS, Paper, parse_paper
from zine.units import mm_to_pt

GREEN = (0, 255, 0)


def made(pdf: pikepdf.Pdf, plan: Plan, sheet: Paper, **more) -> tuple[bytes, tuple]:
    out = io.BytesIO()
    findings = impose(pdf, plan, sheet=sheet, out=out, **more)
    return out.getvalue(), findings


def corner(rect: tuple[float, float, float, float], turn: int) -> tuple[float, float]:
    """A point in the head left corner of a page that is turned clockwise; y down."""
    left, top, right, bottom = rect
    return {
        0: (left + 6, top + 6),
        90: (right - 6, top + 6),
        180: (right - 6, bottom - 6),
        270: (left + 6, bottom - 6),
    }[turn]


# Scheme, pages, options, trim, sheet, and how wide a cell is (None: as wide as the trim).
FAMILIES = [
    ("saddle", 6, {"rtl": True, "flip": Flip.LONG}, "a6", "a5"),
    ("signatures", 8, {"sheets": 1}, "a6", "a4"),
    ("quarto", 8, {}, "a6", "a4"),
    ("octavo", 16, {"flip": Flip.LONG}, "a7", "a4"),
    ("four-up", 8, {}, "a6", "a4"),
    ("cut-stack-fold", 8, {}, "a7", "a4"),
    ("cut-stack", 8, {"grid": (2, 2)}, "a7", "a5"),
    ("mini", 8, {}, "74.25x105mm", "a4"),
    ("accordion", 6, {}, "99x210mm", "a4"),
    ("copies", 2, {"grid": (2, 2), "flip": Flip.SHORT}, "105x148.5mm", "a4"),
    ("cards", 11, {"grid": (2, 3)}, "60x85mm", "a4"),
]


@pytest.mark.parametrize(("name", "pages", "options", "trim", "sheet"), FAMILIES)
def test_every_number_stands_where_the_plan_says(name, pages, options, trim, sheet):
    paper, plan = parse_paper(trim), make_plan(name, pages, Options(**options))
    with numbered(pages, paper) as source:
        data, findings = made(source, plan, PAPERS[sheet])
    assert findings == ()
    rows, columns = plan.grid
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        sides = list(plan.printed)
        assert len(pdf) == len(sides)
        for number, side in enumerate(sides):
            page = pdf[number]
            width, height = page.get_size()
            assert (width > height) is plan.landscape
            text = page.get_textpage()
            image = picture(data, number)
            left = (width - columns * paper.width_pt) / 2
            head = (height - rows * paper.height_pt) / 2
            for row, column, cell in side.face.placed:
                x, y = left + column * paper.width_pt, head + row * paper.height_pt
                rect = (x, y, x + paper.width_pt, y + paper.height_pt)
                found = text.get_text_bounded(rect[0], height - rect[3], rect[2], height - rect[1])
                assert found.strip() == ("" if cell.page is None else str(cell.page + 1))
                if cell.page is not None:
                    at = corner(rect, cell.rotation)
                    assert image.getpixel((round(at[0]), round(at[1]))) == GREEN
            text.close()
            page.close()


def test_panels_of_different_widths_lie_where_they_are_folded():
    plan = make_plan("c-fold", 6)
    with numbered(6, Paper("panel", 97, 210)) as source:
        data, findings = made(source, plan, PAPERS["a4"])
    assert findings == ()
    for side, folds in ((0, (97, 197)), (1, (100, 200))):
        image = picture(data, side)
        # Each page is centred in its panel and bleeds to the fold, 1.5 mm away; there it ends.
        y = image.height // 2
        colours = [RED, BLUE, RED] if side == 0 else [BLUE, RED, BLUE]
        for fold, before, after in zip(folds, colours, colours[1:], strict=False):
            assert image.getpixel((round(mm_to_pt(fold)) - 3, y)) == before
            assert image.getpixel((round(mm_to_pt(fold)) + 3, y)) == after


def test_a_panel_too_narrow_for_its_page_is_a_warning():
    with numbered(6, Paper("panel", 100, 210)) as source:
        _, findings = made(source, make_plan("c-fold", 6), PAPERS["a4"])
    assert [f.code for f in findings] == ["page-cut", "page-cut"]
    assert findings[0].message.startswith(
        "page 5 is 100 × 210 mm, its place 97 × 210 mm: 1.5 mm are cut off"
    )


def test_a_poster_fills_the_back_of_a_mini_zine():
    plan = make_plan("mini", 9, Options(poster=1))
    with (
        numbered(8, Paper("panel", 74.25, 105)) as source,
        numbered(1, PAPERS["a4"]) as poster,
    ):
        source.pages.extend(poster.pages)
        data, findings = made(source, plan, PAPERS["a4"])
    assert findings == ()
    image = picture(data, 1)
    # Turned clockwise by 90°: its head left corner is at the right, above.
    assert image.getpixel((image.width - 8, 8)) == GREEN
    assert image.getpixel((8, image.height // 2)) == RED


def test_bleed_fills_the_gap_between_cells_and_ends_in_its_middle():
    plan = make_plan("cards", 4, Options(grid=(1, 2), gap=4.0))
    with numbered(4, Paper("card", 60, 85)) as source:
        data, findings = made(source, plan, PAPERS["a5"])
    assert findings == ()
    image = picture(data, 0, 2)

    def at(mm: float) -> tuple[int, int, int]:
        return image.getpixel((round(image.width / 2 + 2 * mm_to_pt(mm)), image.height // 2))

    # Card 1 ends 2 mm before the middle, card 3 begins 2 mm after it: both red, so look at where.
    assert at(-1.5) == at(1.5) == at(-2.5) == RED
    with pikepdf.open(io.BytesIO(data)) as pdf:
        clips = [
            [float(n) for n in line.split()[:4]]
            for line in pdf.pages[0].Contents.read_bytes().decode().splitlines()
            if line.endswith(" re W n")
        ]
        middle = PAPERS["a5"].height_pt / 2
        assert clips[0][0] + clips[0][2] == pytest.approx(middle, abs=1e-3)
        assert clips[1][0] == pytest.approx(middle, abs=1e-3)


def test_no_gap_at_a_spine():
    plan = make_plan("octavo", 16, Options(gap=6.0))
    with numbered(16, PAPERS["a7"]) as source:
        data, findings = made(source, plan, PAPERS["sra3"])
    assert findings == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        trim = [float(n) for n in pdf.pages[0].trimbox]
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    assert width == pytest.approx(mm_to_pt(4 * 74 + 6), abs=1e-3)
    assert height == pytest.approx(mm_to_pt(2 * 105 + 6), abs=1e-3)


def test_creep_moves_the_ink_and_not_the_fold():
    plan = creeping(make_plan("saddle", 16), 0.5)
    with numbered(16, PAPERS["a6"]) as source:
        data, findings = made(source, plan, PAPERS["a4"])
    assert findings == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        origins, clips = [], []
        for side in pdf.pages:
            lines = side.Contents.read_bytes().decode().splitlines()
            origins += [float(line.split()[4]) for line in lines if line.endswith(" cm")]
            clips += [float(line.split()[0]) for line in lines if line.endswith(" re W n")]
    middle, width = PAPERS["a4"].height_pt / 2, PAPERS["a6"].width_pt
    for sheet in range(4):
        inward = mm_to_pt(0.5 * sheet)
        for side in (0, 1):
            left, right = origins[4 * sheet + 2 * side : 4 * sheet + 2 * side + 2]
            assert left == pytest.approx(middle - width + inward, abs=1e-3)
            assert right == pytest.approx(middle - inward, abs=1e-3)
    assert sorted(set(clips)) == pytest.approx([0, middle], abs=1e-3)


def test_boxes_and_preferences():
    with numbered(8, PAPERS["a6"]) as source:
        for plan in (
            make_plan("saddle", 8),
            make_plan("saddle", 8, Options(rtl=True)),
            make_plan("quarto", 8),
            sided(make_plan("saddle", 8), Sides.FRONTS),
            make_plan("mini", 8),
        ):
            if plan.scheme == "mini":
                data, _ = made(source, plan, PAPERS["a4"], fit=True)
            else:
                data, _ = made(source, plan, PAPERS["a3"])
            with pikepdf.open(io.BytesIO(data)) as pdf:
                preferences = pdf.Root.ViewerPreferences
                assert preferences.PrintScaling == Name("/None")
                duplex = {Flip.SHORT: Name.DuplexFlipShortEdge, Flip.LONG: Name.DuplexFlipLongEdge}
                expected = duplex[plan.flip] if plan.duplex else Name.Simplex
                assert preferences.Duplex == expected
                direction = preferences.get("/Direction")
                assert direction == (Name.R2L if plan.finish.rtl else None)
                for side in pdf.pages:
                    assert "/CropBox" not in side.obj
                    media, bleed, trim = (
                        [float(n) for n in side.obj[box]]
                        for box in ("/MediaBox", "/BleedBox", "/TrimBox")
                    )
                    assert media[:2] == [0, 0]
                    assert all(a <= b for a, b in zip(media[:2], bleed[:2], strict=True))
                    assert all(a <= b for a, b in zip(bleed[:2], trim[:2], strict=True))
                    assert all(a >= b for a, b in zip(media[2:], bleed[2:], strict=True))
                    assert all(a >= b for a, b in zip(bleed[2:], trim[2:], strict=True))
                    if plan.scheme == "saddle":
                        assert trim[0] - bleed[0] == pytest.approx(BLEED, abs=1e-3)


def test_fronts_first_then_the_backs_from_the_last():
    whole = make_plan("saddle", 8)
    with numbered(8, PAPERS["a6"]) as source:
        fronts, _ = made(source, sided(whole, Sides.FRONTS), PAPERS["a5"])
        backs, _ = made(source, sided(whole, Sides.BACKS, backs_reversed=True), PAPERS["a5"])

    def numbers(data: bytes) -> list[str]:
        with closing(pypdfium2.PdfDocument(data)) as pdf:
            return [page.get_textpage().get_text_range().replace("\r\n", " ") for page in pdf]

    assert numbers(fronts) == ["8 1", "6 3"]
    assert numbers(backs) == ["4 5", "2 7"]


def test_copies_embed_a_page_once():
    plan = make_plan("copies", 2, Options(grid=(2, 2)))
    with numbered(2, PAPERS["a6"]) as source:
        data, findings = made(source, plan, PAPERS["a4"])
    assert findings == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forms = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/BBox" in o]
        assert len(forms) == 2
        assert pdf.pages[0].Contents.read_bytes().count(b"/P1 Do") == 4


def test_the_sheet_turns_by_itself_where_the_pages_need_it():
    """Landscape pages in a scheme made for portrait ones; the backs stay right."""
    plan = make_plan("saddle", 4)
    with numbered(4, Paper("slim", 100, 280)) as source:
        data, findings = made(source, plan, PAPERS["a4"])
    assert findings == ()
    first, back = picture(data, 0), picture(data, 1)
    assert first.height > first.width
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == Name.DuplexFlipShortEdge
    # Over the short edge of a portrait sheet the back comes out head to foot: it is turned.
    x, y = mm_to_pt(105) + 6, mm_to_pt(8.5) + 6
    assert first.getpixel((round(x), round(y))) == GREEN
    assert back.getpixel((round(x) - 12, back.height - round(y))) == GREEN


@pytest.mark.parametrize(
    ("trim", "factor"), [("letter", 0.688), ("a4", 0.707), ("a6", 1.414), ("a5", 1.0)]
)
def test_pages_are_scaled_to_fit_only_when_asked(trim, factor):
    plan = make_plan("saddle", 4)
    with numbered(4, PAPERS[trim]) as source:
        data, findings = made(source, plan, PAPERS["a4"], fit=True)
    if factor == 1:
        assert findings == ()
    else:
        (finding,) = findings
        assert (finding.code, finding.severity.value) == ("page-scaled", "note")
        assert f"{100 * factor:.1f} %" in finding.message
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode()
    matrices = [line.split() for line in content.splitlines() if line.endswith(" cm")]
    assert [float(m[0]) for m in matrices] == pytest.approx([factor, factor], abs=2e-3)
    size = PAPERS[trim]
    x, y = float(matrices[1][4]), float(matrices[1][5])
    scale = float(matrices[1][0])
    # In the middle of the right half of A4.
    assert x + scale * size.width_pt / 2 == pytest.approx(mm_to_pt(297 * 0.75), abs=0.1)
    assert y + scale * size.height_pt / 2 == pytest.approx(mm_to_pt(105), abs=0.1)


def test_pages_of_many_sizes_are_each_scaled_to_fit():
    with numbered(2, PAPERS["a4"]) as source, numbered(2, PAPERS["a5"]) as other:
        source.pages.extend(other.pages)
        _, findings = made(source, make_plan("saddle", 4), PAPERS["a4"], fit=True)
    (finding,) = findings
    assert finding.message == "pages are scaled to 70.7 % to 100.0 % to fit their places"


def test_the_margin_of_the_printer():
    plan = make_plan("saddle", 4)
    with numbered(4, PAPERS["a5"]) as source:
        _, (finding,) = made(source, plan, PAPERS["a4"], margin=5)
        assert (finding.code, finding.severity.value) == ("ink-lost", "warning")
        assert "does not print the outer 5.0 mm" in finding.message
        _, (finding,) = made(source, plan, PAPERS["sra3"], margin=54)
        assert finding.code == "bleed-lost"
        assert made(source, plan, PAPERS["sra3"], margin=5)[1] == ()
    with numbered(4, PAPERS["a6"]) as source:
        assert made(source, plan, PAPERS["a4"], margin=6.35)[1] == ()


def test_a_cover_with_its_spine():
    apart = cover_apart(20, PAPERS["a6"], caliper=0.3)
    with numbered(20, PAPERS["a6"]) as source:
        cover, findings = made(source, apart.cover, PAPERS["a4"])
        assert findings == ()
        inside, findings = made(source, apart.inside, PAPERS["a5"])
        assert findings == ()
    image = picture(cover, 0, 2)
    middle = image.width / 2
    # Back | spine | front; the bleed of both meets on the bare spine.
    half = 2 * mm_to_pt(apart.spine / 2)
    assert image.getpixel((round(middle - half - 20), image.height // 2)) == BLUE
    assert image.getpixel((round(middle - half + 4), image.height // 2)) == BLUE
    assert image.getpixel((round(middle + half - 4), image.height // 2)) == RED
    with pikepdf.open(io.BytesIO(inside)) as pdf:
        assert len(pdf.pages) == 2 * len(apart.inside.sheets)
    with closing(pypdfium2.PdfDocument(inside)) as pdf:
        assert pdf[0].get_textpage().get_text_range().split() == ["5", "2"]


@pytest.mark.parametrize(
    ("name", "pages", "grid", "room"),
    [("saddle", 8, None, (148.5, 210.0)), ("copies", 2, (2, 2), (105.0, 148.5))],
)
def test_pages_that_fit_keep_out_of_the_margin_of_the_printer(name, pages, grid, room):
    plan = make_plan(name, pages, Options(grid=grid))
    with numbered(pages, PAPERS["a5"]) as source:
        _, findings = made(source, plan, PAPERS["a4"], margin=6, fit=True)
    assert [one.code for one in findings] == ["page-scaled", "bleed-lost"]
    percent = 100 * min((room[0] - 12) / 148, (room[1] - 12) / 210)
    assert f"{percent:.1f} %" in findings[0].message


def test_a_margin_may_take_what_is_white_anyway():
    plan = make_plan("saddle", 8)
    for white, codes in ((0.0, ["ink-lost"]), (4.0, ["ink-lost"]), (6.0, [])):
        with numbered(8, PAPERS["a5"]) as source:
            _, findings = made(source, plan, PAPERS["a4"], margin=5, white=white)
        assert [one.code for one in findings] == codes
