"""Files for a print shop, read back: boxes, inks, marks and what they say of the press."""

from __future__ import annotations

import io

import pikepdf
import pytest

from support.icc import press_profile
from support.pdfs import Read
from support.projects import built, copy_of, write
from zine.bind.inkreading import read_inks
from zine.bind.inks import Inks, ink, luma, plain_separation
from zine.build import Request
from zine.compiler.selection import Selection
from zine.config.loading import load_settings
from zine.diagnostics import UsageError
from zine.paper import PAPERS
from zine.prove.presswork import Press, prove_press
from zine.typeset.geometry import Geometry

MM = 72 / 25.4
EDITIONS = """
editions:
  press:
  press-greyscale: {marks: none}
  press-cmyk: {profile: cellar.icc, condition: FOGRA51, marks: [crop, registration]}
"""
GEOMETRY = Geometry(PAPERS["a5"], 3.0)


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    root = copy_of("principle", tmp_path_factory.mktemp("press"))
    (root / "book" / "cellar.icc").write_bytes(press_profile())
    book = root / "book" / "book.yaml"
    book.write_text(book.read_text(encoding="utf-8") + EDITIONS, encoding="utf-8")
    names = ("press", "press-greyscale", "press-cmyk")
    return built(root, Request(Selection(), names))


def inks(press, name):
    return read_inks(press.path(f"the-shared-garden-{name}.pdf").read_bytes())


@pytest.mark.parametrize(
    ("name", "slug"), [("press", 10.175), ("press-greyscale", 3.0), ("press-cmyk", 10.175)]
)
def test_boxes_lie_within_each_other_from_the_origin(press, name, slug):
    for page in inks(press, name).pages:
        assert page.media == pytest.approx(
            (0, 0, (148 + 2 * slug) * MM, (210 + 2 * slug) * MM), abs=0.01
        )
        trim = (slug * MM, slug * MM, (slug + 148) * MM, (slug + 210) * MM)
        assert page.trim == pytest.approx(trim, abs=0.01)
        grown = (trim[0] - 3 * MM, trim[1] - 3 * MM, trim[2] + 3 * MM, trim[3] + 3 * MM)
        assert page.bleed == pytest.approx(grown, abs=0.01)


def test_black_is_of_black_ink_in_every_file(press):
    for name in ("press", "press-greyscale", "press-cmyk"):
        for page in inks(press, name).pages:
            for colour in page.colours:
                assert not (colour.space == "rgb" and len(set(colour.parts)) == 1)
        assert ("gray", (0.0,)) in spaces(press, name)


def spaces(press, name):
    pages = inks(press, name).pages
    return {(one.space, one.parts) for page in pages for one in page.colours}


def test_each_file_has_its_own_inks_and_no_others(press):
    assert {space for space, _ in spaces(press, "press")} == {"gray", "rgb"}
    assert {space for space, _ in spaces(press, "press-greyscale")} == {"gray"}
    assert {space for space, _ in spaces(press, "press-cmyk")} == {"gray", "cmyk"}
    # The blue of theories on a copier (look.md).
    assert any(abs(255 * parts[0] - 63) < 0.6 for _, parts in spaces(press, "press-greyscale"))


def test_the_output_intent_names_the_press(press):
    read = inks(press, "press-cmyk")
    assert (read.condition, read.profile) == ("FOGRA51", len(press_profile()))
    with Read(press.path("the-shared-garden-press-cmyk.pdf")) as file:
        (intent,) = file.pikepdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert intent.Info == "A press in the cellar"
        assert int(intent.DestOutputProfile.N) == 4
    for name in ("press", "press-greyscale"):
        assert inks(press, name).condition == ""


def test_a_file_for_the_press_says_what_it_is(press):
    with Read(press.path("the-shared-garden-press.pdf")) as file:
        assert "The shared garden" in str(file.pikepdf.docinfo["/Title"])
        assert file.pikepdf.docinfo["/Trapped"] == "/False"
        assert str(file.pikepdf.Root.ViewerPreferences.PrintScaling) == "/None"
        assert file.labels[0] == "i"
        assert "/Annots" not in file.pikepdf.pages[0]


def test_marks_lie_outside_the_bleed(press):
    """The content of a page with marks is the page, clipped at the bleed, then black lines."""
    with Read(press.path("the-shared-garden-press-cmyk.pdf")) as file:
        content = file.pikepdf.pages[0].Contents.read_bytes().decode()
    with Read(press.path("the-shared-garden-press-greyscale.pdf")) as bare:
        assert " l S" not in bare.pikepdf.pages[0].Contents.read_bytes().decode()
    lines = [line.split() for line in content.splitlines() if line.endswith("l S")]
    assert len(lines) == 8 + 8
    low, left, wide, high = 7.175 * MM, 7.175 * MM, 154 * MM, 216 * MM
    for words in lines:
        x1, y1 = float(words[5]), float(words[6])
        x2, y2 = float(words[8]), float(words[9])
        inside_x = left + 0.01 < max(x1, x2) and min(x1, x2) < left + wide - 0.01
        inside_y = low + 0.01 < max(y1, y2) and min(y1, y2) < low + high - 0.01
        assert not (inside_x and inside_y)


def test_colours_without_a_profile_are_warned_of(tmp_path):
    root = copy_of("principle", tmp_path)
    book = root / "book" / "book.yaml"
    book.write_text(
        book.read_text(encoding="utf-8") + "editions:\n  press-cmyk:\n", encoding="utf-8"
    )
    codes = {one.code for one in built(root).report.findings}
    assert "press-unprofiled" in codes


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("kind: press, marks: [fold]", "mark-unknown"),
        ("kind: read, colour: cmyk", "edition-kind"),
        ("kind: press, profile: x.icc", "edition-kind"),
        ("kind: press, colour: cmyk, profile: x.icc", "profile-missing"),
        ("kind: press, colour: cmyk, profile: book.yaml", "profile-wrong"),
        ("kind: press, scheme: saddle", "edition-kind"),
    ],
)
def test_wishes_that_mean_nothing_are_refused(tmp_path, keys, code):
    path = write(tmp_path, "book/book.yaml", f"title: A book\neditions:\n  shop: {{{keys}}}\n")
    with pytest.raises(UsageError) as raised:
        load_settings(path)
    assert code in {one.code for one in raised.value.findings}
    assert {one.place.line for one in raised.value.findings} == {3}


def page_of(content, trim=(0, 0, 419.53, 595.28)):
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(419.53, 595.28))
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(content)
        page.TrimBox = pikepdf.Array(trim)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def test_the_proof_sees_a_foreign_ink_and_a_wrong_box():
    pdf = page_of(b"0 0 0 rg 0 0 9 9 re f 1 0 0 rg 9 9 9 9 re f", (5, 5, 400, 500))
    found = prove_press(pdf, Press("greyscale", GEOMETRY, ["Theories"], condition="FOGRA51"))
    words = [one.message for one in found]
    assert sum(one.code == "proof-boxes" for one in found) == 2
    assert sum("is no ink" in one for one in words) == 2
    assert any("output intent" in one for one in words)
    heavy = prove_press(
        page_of(b"1 .9 .8 .7 k 0 0 9 9 re f"), Press("cmyk", GEOMETRY, [], boxes=False)
    )
    assert [one.code for one in heavy] == ["ink-heavy"]


def test_only_colours_are_turned():
    """Numbers of other operators, and names that begin alike, stay as they are."""
    content = b"q 1 0 0 rg\n1 0 0 RG 1 0 0 1 5 5 cm 0 0 1 0 k /rg gs (1 0 0 rgb) Tj Q"
    with pikepdf.open(io.BytesIO(page_of(content))) as pdf:
        ink(pdf, Inks("greyscale"))
        made = pdf.pages[0].Contents.read_bytes()
    assert made == b"q 0.299 g\n0.299 G 1 0 0 1 5 5 cm 0 0 1 0 k /rg gs (1 0 0 rgb) Tj Q"


def test_separations_of_the_plain_formula():
    assert plain_separation((1, 1, 1)) == (0, 0, 0, 0)
    assert plain_separation((0.2, 0.4, 1)) == pytest.approx((0.8, 0.6, 0, 0))
    assert sum(plain_separation((0.3, 0.2, 0.1))) <= 2
    assert round(255 * luma((0xFF / 255, 0xC2 / 255, 0x1A / 255))) == 193  # look.md, Types
