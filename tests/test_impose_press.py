"""The press: sheets read back from the PDF, as text, as dictionaries and as pictures."""

from __future__ import annotations

import datetime as dt
import io
import time
import zlib
from contextlib import closing
from itertools import chain

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageChops

from zine.diagnostics import UsageError, ZineError
from zine.impose.press import impose
from zine.impose.schemes import saddle_stitch
from zine.impose.sheets import Cell, Face, Flip, Plan, Sheet
from zine.paper import PAPERS, Paper
from zine.units import mm_to_pt, pt_to_mm

BLEED = mm_to_pt(3)
SLUG = mm_to_pt(10)
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def numbered(pages: int, trim: Paper, *, rotate: int = 0, unit: float = 1) -> pikepdf.Pdf:
    """Pages that print their number, red and blue in turn as far as the MediaBox goes.

    Boxes as WeasyPrint writes them: the trim starts at 0,0 and the MediaBox below it.
    """
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(F=font)))
    width, height = trim.width_pt / unit, trim.height_pt / unit
    if rotate % 180:
        width, height = height, width
    slug = SLUG / unit
    for number in range(1, pages + 1):
        colour = "1 0 0" if number % 2 else "0 0 1"
        content = (
            f"{colour} rg {-slug} {-slug} {width + 2 * slug} {height + 2 * slug} re f "
            f"0 g BT /F {40 / unit} Tf {width / 2} {height / 2} Td ({number}) Tj ET "
            f"0 1 0 rg 0 {height - 20 / unit} {30 / unit} {20 / unit} re f"
        )
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([-slug, -slug, width + slug, height + slug]),
            BleedBox=Array([-BLEED / unit] * 2 + [width + BLEED / unit, height + BLEED / unit]),
            TrimBox=Array([0, 0, width, height]),
            Rotate=rotate,
            Resources=resources,
            Contents=pdf.make_stream(content.encode()),
        )
        if unit != 1:
            page.UserUnit = unit
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf


def imposed(source, plan: Plan, sheet: Paper, **options) -> bytes:
    """The bytes of the press PDF; there must be no warning."""
    out = io.BytesIO()
    assert impose(source, plan, sheet=sheet, out=out, **options) == ()
    return out.getvalue()


def texts(data: bytes, columns: int = 2) -> list[list[str]]:
    """The text in each upright strip of each side, left to right."""
    sides = []
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        for page in pdf:
            width, height = page.get_size()
            text = page.get_textpage()
            sides.append(
                [
                    text.get_text_bounded(
                        width * i / columns, 0, width * (i + 1) / columns, height
                    ).strip()
                    for i in range(columns)
                ]
            )
            text.close()
            page.close()
    return sides


def picture(data: bytes, side: int, scale: float = 1):
    """A side as a Pillow image, `scale` pixels a point."""
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        page = pdf[side]
        bitmap = page.render(scale=scale)
        image = bitmap.to_pil().convert("RGB").copy()
        bitmap.close()
        page.close()
    return image


def expected(plan: Plan) -> list[list[str]]:
    return [
        ["" if cell.page is None else str(cell.page + 1) for cell in face.cells]
        for face in chain.from_iterable(sheet.faces for sheet in plan.sheets)
    ]


@pytest.mark.parametrize(
    ("pages", "keep_last", "flip", "trim", "sheet"),
    [
        (16, False, Flip.SHORT, "a5", "a4"),
        (10, True, Flip.LONG, "a5", "a4"),
        (13, False, Flip.LONG, "half-letter", "letter"),
        (8, True, Flip.SHORT, "half-letter", "letter"),
    ],
)
def test_every_half_of_every_side_has_the_number_of_the_plan(pages, keep_last, flip, trim, sheet):
    plan = saddle_stitch(pages, keep_last=keep_last, flip=flip)
    with numbered(pages, PAPERS[trim]) as source:
        data = imposed(source, plan, PAPERS[sheet])
    assert texts(data) == expected(plan)
    paper = PAPERS[sheet].turned()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forms = set()
        for side in pdf.pages:
            assert [float(n) for n in side.mediabox] == pytest.approx(
                [0, 0, paper.width_pt, paper.height_pt], abs=1e-4
            )
            assert "/Annots" not in side.obj
            assert side.rotation == 0
            forms |= {form.objgen for form in side.obj.Resources.XObject.values()}
        assert len(forms) == pages
        streams = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == Name.Form
        ]
        assert len(streams) == pages
        # One dictionary of resources serves them all, as in the source.
        assert all(form.Resources.is_indirect for form in streams)
        assert len({form.Resources.objgen for form in streams}) == 1
        preferences = pdf.Root.ViewerPreferences
        assert preferences.PrintScaling == Name("/None")
        edge = {Flip.SHORT: "Short", Flip.LONG: "Long"}[flip]
        assert preferences.Duplex == Name(f"/DuplexFlip{edge}Edge")
        assert pdf.pdf_version >= "1.7"


def test_long_edge_backs_are_turned_as_a_whole_picture():
    """The back for the long edge is the back for the short edge, turned by 180°."""
    with numbered(8, PAPERS["a6"]) as source:
        short = imposed(source, saddle_stitch(8), PAPERS["a4"])
        long = imposed(source, saddle_stitch(8, flip=Flip.LONG), PAPERS["a4"])
    for side in range(4):
        upright, other = picture(short, side), picture(long, side)
        if side % 2:
            assert close(other.rotate(180), upright)
        else:
            assert close(other, upright)


def close(one, other, share: float = 0.005) -> bool:
    """The same picture but for the smoothing of edges."""
    assert one.size == other.size
    bands = ImageChops.difference(one, other).split()
    worst = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return sum(worst.histogram()[128:]) <= share * one.width * one.height


@pytest.mark.parametrize("contents", [None, b"", [b"", b""]])
def test_the_stream_of_a_blank_page_is_one_that_can_be_read(contents):
    pdf = numbered(4, PAPERS["a6"])
    page = pdf.pages[1].obj
    if contents is None:
        del page.Contents
    elif isinstance(contents, list):
        page.Contents = Array([pdf.make_stream(one) for one in contents])
    else:
        page.Contents = pdf.make_stream(contents)
    data = imposed(pdf, saddle_stitch(4), PAPERS["a4"])
    with pikepdf.open(io.BytesIO(data)) as sheets:
        for one in sheets.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Filter") == Name.FlateDecode:
                assert zlib.decompress(one.read_raw_bytes())


def test_bleed_is_kept_outside_and_cut_at_the_fold():
    with numbered(4, PAPERS["a6"]) as source:
        data = imposed(source, saddle_stitch(4), PAPERS["a4"])
    scale = 2.0
    image = picture(data, 0, scale)  # page 4, blue | page 1, red

    def at(x_mm: float, y_mm: float) -> tuple[int, int, int]:
        """Colour, mm from the middle of the sheet."""
        return image.getpixel(
            (
                round(image.width / 2 + mm_to_pt(x_mm) * scale),
                round(image.height / 2 + mm_to_pt(y_mm) * scale),
            )
        )

    for y in (-60, -40, 0, 40, 60):
        assert at(-0.5, y) == at(-104, y) == BLUE
        assert at(0.5, y) == at(104, y) == RED
    # A6 is 105 × 148: the block is 210 × 148, with 3 mm of bleed on its outer sides.
    assert at(-107, 0) == at(-50, -76) == at(-107, 76) == BLUE
    assert at(107, 0) == at(50, 76) == at(107, -76) == RED
    # What lies beyond the BleedBox is not printed.
    for outside in ((-109, 0), (109, 0), (50, 78), (-50, -78), (-0.5, 78), (0.5, 78)):
        assert at(*outside) == WHITE


def test_two_a5_are_centred_on_a4_and_bleed_fills_the_half_millimetre():
    with numbered(4, PAPERS["a5"]) as source:
        data = imposed(source, saddle_stitch(4), PAPERS["a4"])
    image = picture(data, 0)
    assert image.getpixel((0, image.height // 2)) == BLUE
    assert image.getpixel((image.width - 2, image.height // 2)) == RED
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode()
    left, right = [line.split() for line in content.splitlines() if line.endswith(" cm")]
    a4 = mm_to_pt(297)
    assert left[:4] == right[:4] == ["1", "0", "0", "1"]
    assert float(right[4]) == pytest.approx(a4 / 2, abs=1e-3)
    assert float(left[4]) == pytest.approx(a4 / 2 - PAPERS["a5"].width_pt, abs=1e-3)
    assert [line.split()[0] for line in content.splitlines() if " re W n" in line] == [
        "0",
        right[4],
    ]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_looks_on_the_sheet_as_it_looks_alone(rotate, turn):
    """Against the viewer's own drawing of the page: /Rotate and the cell's turn."""
    trim = Paper("page", pt_to_mm(200), pt_to_mm(300))
    size = (300, 200) if turn % 180 else (200, 300)
    sheet = Paper("sheet", pt_to_mm(2 * size[0]), pt_to_mm(size[1]))
    plan = Plan("x", 1, (Sheet(Face(((Cell(None), Cell(0, turn)),)), None),))
    with numbered(1, trim, rotate=rotate) as source:
        data = imposed(source, plan, sheet)
        page = source.pages[0]
        page.mediabox = page.trimbox
        alone = io.BytesIO()
        source.save(alone)
    seen = picture(alone.getvalue(), 0).rotate(-turn, expand=True)
    side = picture(data, 0)
    assert side.size == (2 * size[0], size[1])
    assert close(side.crop((size[0], 0, 2 * size[0], size[1])), seen)
    assert side.crop((0, 0, size[0] - 1, size[1])).getcolors() == [((size[0] - 1) * size[1], WHITE)]


def test_a_rotated_page_in_a_booklet():
    plan = saddle_stitch(4)
    with numbered(4, PAPERS["a5"]) as upright, numbered(4, PAPERS["a5"], rotate=90) as rotated:
        assert texts(imposed(rotated, plan, PAPERS["a4"])) == expected(plan)
        assert texts(imposed(upright, plan, PAPERS["a4"])) == expected(plan)


def test_user_units_are_points_on_the_sheet():
    plan = saddle_stitch(4)
    with numbered(4, PAPERS["a6"]) as plain, numbered(4, PAPERS["a6"], unit=2) as coarse:
        one = picture(imposed(plain, plan, PAPERS["a5"]), 0)
        other = picture(imposed(coarse, plan, PAPERS["a5"]), 0)
    assert close(one, other)


def test_a_cell_is_shifted_by_millimetres():
    trim = Paper("page", 50, 80)

    def origin(shift):
        plan = Plan("x", 1, (Sheet(Face(((Cell(0, shift=shift),),)), None),), landscape=False)
        with numbered(1, trim) as source:
            data = imposed(source, plan, PAPERS["a6"])
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert pdf.Root.ViewerPreferences.Duplex == Name.Simplex
            assert len(pdf.pages) == 1
            content = pdf.pages[0].Contents.read_bytes().decode()
        return [float(n) for n in content.split(" cm")[0].split()[-2:]]

    (x, y), (shifted_x, shifted_y) = origin((0, 0)), origin((0.4, -1))
    assert shifted_x - x == pytest.approx(mm_to_pt(0.4), abs=1e-3)
    assert shifted_y - y == pytest.approx(mm_to_pt(-1), abs=1e-3)


def test_a_trim_too_large_for_the_sheet_is_an_error_and_writes_nothing(tmp_path):
    out = tmp_path / "booklet.pdf"
    out.write_bytes(b"the last good one")
    with numbered(4, PAPERS["a5"]) as source, pytest.raises(UsageError) as raised:
        impose(source, saddle_stitch(4), sheet=PAPERS["letter"], out=out)
    (finding,) = raised.value.findings
    assert str(finding) == (
        "error[sheet-too-small]: 2 pages of 148 × 210 mm side by side need 296 × 210 mm; "
        "the sheet letter, landscape, is 279.4 × 215.9 mm"
    )
    assert finding.hint == (
        "print on a4, or choose a trim of at most 139.7 × 215.9 mm; pages are never scaled"
    )
    assert out.read_bytes() == b"the last good one"
    assert list(tmp_path.iterdir()) == [out]


def test_pages_rounded_up_to_points_still_fit():
    rounded = Paper("a5 in points", pt_to_mm(420), pt_to_mm(596))
    with numbered(4, rounded) as source:
        imposed(source, saddle_stitch(4), PAPERS["a4"])


def test_a_plan_for_another_number_of_pages():
    with numbered(5, PAPERS["a6"]) as source, pytest.raises(ZineError) as raised:
        impose(source, saddle_stitch(4), sheet=PAPERS["a4"], out=io.BytesIO())
    assert "the plan is for 4 pages, the PDF has 5" in str(raised.value)


def test_pages_of_different_sizes_are_a_warning():
    with numbered(4, PAPERS["a6"]) as source:
        source.pages[2].trimbox = Array([0, 0, 200, 300])
        findings = impose(source, saddle_stitch(4), sheet=PAPERS["a4"], out=io.BytesIO())
    (finding,) = findings
    assert finding.code == "page-sizes"
    assert finding.message.startswith("page 3 is 70.6 × 105.8 mm, page 1 is 105 × 148 mm")


def test_annotations_that_draw_something_are_a_warning_and_links_are_not():
    with numbered(4, PAPERS["a6"]) as source:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
        source.pages[0].Annots = Array([link])
        assert impose(source, saddle_stitch(4), sheet=PAPERS["a5"], out=io.BytesIO()) == ()
        stamp = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Stamp,
            Rect=Array([0, 0, 9, 9]),
            AP=Dictionary(N=source.make_stream(b"")),
        )
        source.pages[1].Annots = Array([stamp])
        findings = impose(source, saddle_stitch(4), sheet=PAPERS["a5"], out=io.BytesIO())
    assert [finding.code for finding in findings] == ["annotations-dropped"]
    assert "(page 2)" in findings[0].message


def test_a_hidden_layer_stays_hidden():
    with numbered(4, PAPERS["a6"]) as source:
        layer = source.make_indirect(Dictionary(Type=Name.OCG, Name="notes"))
        source.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        source.pages[0].Resources.Properties = Dictionary(L=layer)
        content = source.pages[0].Contents.read_bytes()
        hidden = b" /OC /L BDC 0 1 0 rg 0 0 1000 1000 re f EMC"
        source.pages[0].Contents = source.make_stream(content + hidden)
        data = imposed(source, saddle_stitch(4), PAPERS["a5"])
    image = picture(data, 0)
    assert image.getpixel((image.width * 3 // 4, image.height // 4)) == RED


def test_what_colours_mean_is_kept():
    """The page's transparency group and the document's output intent."""
    with numbered(4, PAPERS["a6"]) as source:
        source.Root.OutputIntents = Array(
            [Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier="K")]
        )
        source.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
        data = imposed(source, saddle_stitch(4), PAPERS["a5"])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "K"
        assert str(pdf.pages[0].Resources.XObject.P1.Group.CS) == "/DeviceCMYK"


def test_a_rotation_that_is_no_quarter_turn_is_rounded_down():
    with numbered(4, PAPERS["a6"]) as source:
        page = source.pages[0]
        page.Rotate = 100
        page.mediabox = page.trimbox = Array([0, 0, *reversed(list(page.trimbox)[2:])])
        imposed(source, saddle_stitch(4), PAPERS["a5"])


def test_title_and_dates():
    plan = saddle_stitch(4)
    date = dt.datetime(2024, 5, 17, 12, tzinfo=dt.UTC)
    with numbered(4, PAPERS["a6"]) as source:
        source.docinfo["/Title"] = "Ways out"
        own = imposed(source, plan, PAPERS["a5"])
        given = imposed(source, plan, PAPERS["a5"], title="Ways in — Café", date=date)
    with pikepdf.open(io.BytesIO(own)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Ways out"
        assert "/CreationDate" not in pdf.docinfo
        assert "/ModDate" not in pdf.docinfo
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == "Ways out"
        assert "xmp:CreateDate" not in metadata
        assert "xmp:MetadataDate" not in metadata
    with pikepdf.open(io.BytesIO(given)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Ways in — Café"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20240517120000")
        assert pdf.open_metadata()["dc:title"] == "Ways in — Café"
        assert pdf.open_metadata()["xmp:CreateDate"] == "2024-05-17T12:00:00+00:00"


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    path = tmp_path / "pages.pdf"
    with numbered(9, PAPERS["a5"]) as source:
        source.save(path, deterministic_id=True)
    plan = saddle_stitch(9)
    first, second = tmp_path / "first.pdf", tmp_path / "deeper" / "second.pdf"
    second.parent.mkdir()
    for out in (first, second):
        # Into the next second: qpdf makes an /ID from the time where it is not told otherwise.
        time.sleep(1.01 - time.time() % 1)
        assert impose(path, plan, sheet=PAPERS["a4"], out=out, title="T") == ()
    assert first.read_bytes() == second.read_bytes() == imposed(path, plan, PAPERS["a4"], title="T")
    assert str(tmp_path).encode() not in first.read_bytes()


def test_a_file_can_be_replaced_by_its_own_sheets(tmp_path):
    path = tmp_path / "pages.pdf"
    with numbered(4, PAPERS["a5"]) as source:
        source.save(path)
    impose(path, saddle_stitch(4), sheet=PAPERS["a4"], out=path)
    assert texts(path.read_bytes()) == [["4", "1"], ["2", "3"]]
    assert list(tmp_path.iterdir()) == [path]


def test_files_that_are_no_pdf(tmp_path):
    text = tmp_path / "notes.pdf"
    text.write_text("not a PDF")
    locked = tmp_path / "locked.pdf"
    with numbered(4, PAPERS["a6"]) as source:
        source.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    for path, words in (
        (text, "not a PDF"),
        (tmp_path / "gone.pdf", "No such file"),
        (locked, "password"),
    ):
        with pytest.raises(UsageError) as raised:
            impose(path, saddle_stitch(4), sheet=PAPERS["a4"], out=io.BytesIO())
        (finding,) = raised.value.findings
        assert words in finding.message
        assert finding.place is not None
        assert finding.place.path == path.as_posix()


def test_pages_from_weasyprint(tmp_path):
    weasyprint = pytest.importorskip("weasyprint")
    html = (
        "<title>Ways out</title><style>@page{size:148mm 210mm;bleed:3mm;margin:30mm;"
        "background:#f00} p{break-after:page;font-size:40pt;margin:0}</style>"
        + "".join(f"<p>{number}</p>" for number in range(1, 9))
    )
    path = tmp_path / "pages.pdf"
    weasyprint.HTML(string=html).write_pdf(path, pdf_variant="pdf/ua-1")
    plan = saddle_stitch(8)
    data = imposed(path, plan, PAPERS["a4"])
    assert texts(data) == expected(plan)
    image = picture(data, 0)
    assert image.getpixel((0, image.height // 2)) == RED
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert str(pdf.docinfo["/Title"]) == "Ways out"
