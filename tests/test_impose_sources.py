"""PDFs from anywhere: sizes, boxes, rotations, annotations, locks, damage, nothing at all."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from test_impose_press import RED, numbered, picture, texts
from zine.diagnostics import UsageError, ZineError
from zine.impose.press import impose
from zine.impose.registry import make_plan
from zine.impose.sources import boxes_of
from zine.paper import PAPERS
from zine.units import mm_to_pt

GREEN = (0, 255, 0)


def stamp(pdf: pikepdf.Pdf, **more) -> Dictionary:
    """An annotation that paints 20 × 20 pt green."""
    form = pdf.make_stream(
        b"0 1 0 rg 0 0 20 20 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 20, 20]),
    )
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        Rect=Array([40, 40, 60, 60]),
        AP=Dictionary(N=form),
        F=4,
    )
    for key, value in more.items():
        note[f"/{key}"] = value
    return note


def pressed(source, pages: int = 4, sheet: str = "a5") -> tuple[bytes, list[str]]:
    out = io.BytesIO()
    findings = impose(source, make_plan("saddle", pages), sheet=PAPERS[sheet], out=out)
    return out.getvalue(), [finding.code for finding in findings]


def test_stamps_and_filled_forms_are_drawn_into_the_page():
    with numbered(4, PAPERS["a6"]) as source:
        note = stamp(source)
        source.pages[0].Annots = Array([source.make_indirect(note)])
        data, codes = pressed(source)
        # What was handed over is as it was.
        assert len(source.pages[0].Annots) == 1
    assert codes == []
    image = picture(data, 0)
    x = mm_to_pt(105) + 50
    assert image.getpixel((round(x), round(mm_to_pt(148) - 50))) == GREEN


@pytest.mark.parametrize(
    ("note", "lost"),
    [
        ({"F": 0}, True),  # Not meant for paper.
        ({"F": 2}, False),  # Hidden.
        ({"F": 4, "AP": None}, True),  # Nothing to draw.
        ({"Subtype": Name.Link, "AP": None}, False),
        ({"Subtype": Name.Popup}, False),
    ],
)
def test_what_cannot_be_drawn_is_reported(note, lost):
    with numbered(4, PAPERS["a6"]) as source:
        made = stamp(source, **{k: v for k, v in note.items() if v is not None})
        for key in [key for key, value in note.items() if value is None]:
            del made[f"/{key}"]
        source.pages[1].Annots = Array([made])
        _, codes = pressed(source)
    assert codes == (["annotations-dropped"] if lost else [])


def test_a_rotated_page_keeps_its_stamp():
    with numbered(4, PAPERS["a6"], rotate=90) as source:
        source.pages[0].Annots = Array([source.make_indirect(stamp(source))])
        data, codes = pressed(source)
    assert codes == []
    image = picture(data, 0)
    # Turned clockwise by 90°: what was 50 from the left and from the foot is now at the head left.
    assert image.getpixel((round(mm_to_pt(105)) + 50, 50)) == GREEN


def test_pages_of_mixed_sizes_stand_in_the_middle_of_their_places():
    with numbered(4, PAPERS["a6"]) as source:
        source.pages[2].trimbox = Array([0, 0, 200, 300])
        data, codes = pressed(source)
    assert codes == ["page-sizes"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = pdf.pages[1].Contents.read_bytes().decode()
    right = [line.split() for line in content.splitlines() if line.endswith(" cm")][1]
    assert float(right[4]) == pytest.approx(mm_to_pt(105) + (mm_to_pt(105) - 200) / 2, abs=1e-3)


def test_boxes_that_contradict_one_another():
    with numbered(5, PAPERS["a6"]) as source:
        one, two, three, four, five = source.pages
        width, height = PAPERS["a6"].width_pt, PAPERS["a6"].height_pt
        # A trim beyond the medium, one of no size, corners in another order, a bleed inside.
        one.trimbox = Array([-500, -500, 5000, 5000])
        del one.BleedBox
        two.trimbox = Array([50, 50, 50, 50])
        two.cropbox = Array([0, 0, width, height])
        del two.BleedBox
        three.trimbox = Array([width, height, 0, 0])
        four.BleedBox = Array([10, 10, 20, 20])
        del five.BleedBox
        boxes = boxes_of(source)
    assert boxes[0].trim.left == pytest.approx(-mm_to_pt(10), abs=1e-3)
    assert boxes[1].size() == pytest.approx((width, height), abs=1e-3)
    assert boxes[2].size() == pytest.approx((width, height), abs=1e-3)
    assert boxes[3].bleeds == 0
    # No bleed named: 3 mm are taken, the marks of the maker beyond them are not.
    assert boxes[4].bleeds == pytest.approx(mm_to_pt(3), abs=1e-3)


def test_a_page_without_size_is_named():
    with numbered(4, PAPERS["a6"]) as source:
        page = source.pages[2]
        del page.TrimBox
        del page.BleedBox
        page.mediabox = Array([0, 0, 0, 0])
        with pytest.raises(UsageError) as raised:
            pressed(source)
    assert raised.value.findings[0].code == "pdf-page"
    assert "page 3" in raised.value.findings[0].message


def test_a_pdf_without_pages(tmp_path):
    path = tmp_path / "empty.pdf"
    with pikepdf.new() as pdf:
        pdf.save(path)
        with pytest.raises(UsageError):
            pressed(pdf)
    with pytest.raises(UsageError) as raised:
        pressed(path)
    (finding,) = raised.value.findings
    assert (finding.code, finding.message) == ("pdf-empty", "this PDF has no pages")


def test_locks(tmp_path):
    path = tmp_path / "locked.pdf"
    with numbered(4, PAPERS["a6"]) as source:
        source.save(path, encryption=pikepdf.Encryption(user="sesame", owner="owner"))
    for password, words in (("", "a password locks"), ("simsim", "password is wrong")):
        with pytest.raises(UsageError) as raised:
            impose(
                path,
                make_plan("saddle", 4),
                sheet=PAPERS["a5"],
                out=io.BytesIO(),
                password=password,
            )
        assert raised.value.findings[0].code == "pdf-locked"
        assert words in raised.value.findings[0].message
    out = io.BytesIO()
    impose(path, make_plan("saddle", 4), sheet=PAPERS["a5"], out=out, password="sesame")
    assert picture(out.getvalue(), 0).getpixel((400, 200)) == RED
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        assert not pdf.is_encrypted


def test_a_damaged_file_is_mended_with_a_warning_or_refused(tmp_path):
    path = tmp_path / "damaged.pdf"
    with numbered(4, PAPERS["a6"]) as source:
        source.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = path.read_bytes()
    # It points to a wrong place for the table of its objects, which can be made anew.
    path.write_bytes(whole.replace(b"startxref\n", b"startxref\n9"))
    data, codes = pressed(path)
    assert codes == ["pdf-damaged"]
    assert picture(data, 0).getpixel((400, 200)) == RED
    path.write_bytes(whole[:200])
    with pytest.raises(UsageError) as raised:
        pressed(path)
    assert raised.value.findings[0].code in ("pdf-unreadable", "pdf-empty")


def test_pages_that_damage_has_emptied_are_named(tmp_path):
    path = tmp_path / "damaged.pdf"
    with numbered(4, PAPERS["a6"]) as source:
        source.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = path.read_bytes()
    with pikepdf.open(path) as pdf:
        objects = [page.obj.Contents.objgen[0] for page in pdf.pages]
    starts = [whole.index(b"\n%d 0 obj" % number) for number in objects]
    # The file ends before what two of its pages show, and so before its table of objects.
    end = sorted(starts)[2] + 1
    path.write_bytes(whole[:end] + b"%%EOF\n")
    one, two = (number for number, start in enumerate(starts, 1) if start >= end - 1)
    out = io.BytesIO()
    findings = impose(path, make_plan("saddle", 4), sheet=PAPERS["a5"], out=out)
    assert f"nothing is left on pages {one} and {two}:" in findings[0].message


def test_a_locked_file_that_anybody_may_read_is_imposed(tmp_path):
    path = tmp_path / "owned.pdf"
    with numbered(4, PAPERS["a6"]) as source:
        source.save(path, encryption=pikepdf.Encryption(user="", owner="owner"))
    data, codes = pressed(path)
    assert codes == []
    assert picture(data, 0).getpixel((400, 200)) == RED


def test_a_field_is_drawn_that_its_program_left_to_others():
    with numbered(4, PAPERS["a6"]) as source:
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            V="Ostrom",
            DA="/Helv 12 Tf 0 g",
            Rect=Array([40, 40, 140, 60]),
            F=4,
        )
        field = source.make_indirect(field)
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        source.pages[0].Annots = Array([field])
        source.Root.AcroForm = Dictionary(
            Fields=Array([field]), DR=Dictionary(Font=Dictionary(Helv=helvetica))
        )
        assert pressed(source)[1] == ["annotations-dropped"]
        source.Root.AcroForm.NeedAppearances = True
        data, codes = pressed(source)
    assert codes == []
    assert "Ostrom" in " ".join(texts(data)[0])


def test_transparency_blends_within_its_page_as_before():
    with numbered(4, PAPERS["a6"]) as source:
        page = source.pages[0].obj
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
        page.Resources = Dictionary(ExtGState=Dictionary(G=Dictionary(BM=Name.Multiply)))
        page.Contents = source.make_stream(
            b"0 1 0 rg 40 40 40 40 re f /G gs 1 0 0 rg 40 40 40 40 re f"
        )
        data, _ = pressed(source)
    x = round(mm_to_pt(105) + 60)
    assert picture(data, 0).getpixel((x, round(mm_to_pt(148) - 60))) == (0, 0, 0)


@pytest.mark.parametrize("start", range(0, 4000, 400))
def test_holes_in_a_file_never_end_in_anything_but_a_finding(start, tmp_path):
    path = tmp_path / "holes.pdf"
    with numbered(4, PAPERS["a6"]) as source:
        source.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = bytearray(path.read_bytes())
    data[start : start + 120] = b"\x00" * len(data[start : start + 120])
    path.write_bytes(data)
    try:
        pressed(path)
    except ZineError as problem:
        assert problem.findings


def test_vectors_stay_vectors_and_the_size_about_the_same():
    with numbered(40, PAPERS["a6"]) as source:
        before = io.BytesIO()
        source.save(before, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        data, _ = pressed(source, 40)
    assert len(data) < 2.5 * len(before.getvalue())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not any(
            o.get("/Subtype") == Name.Image for o in pdf.objects if isinstance(o, pikepdf.Stream)
        )
