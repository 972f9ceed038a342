"""Fonts of sections united: the same pages and the same text, from one font for each face."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from pikepdf import Array, Dictionary, Name, Object, Pdf
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from zine.bind.fonts import Apart, unite_fonts
from zine.bind.glyf import Glyph, place_glyphs, read_glyphs, write_glyphs
from zine.typeset.fonts import faces

CSS = "@page{size:300pt 200pt;margin:10pt}" + "".join(
    f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
    f"font-style:{'italic' if face.italic else 'normal'};src:url({face.path.as_uri()})}}"
    for face in faces()
)
SERIF = "IBM Plex Serif"
BARLOW = "Barlow Condensed"
LETTER, NUMBER = "a", 4
# Letters low and high in the order of glyphs, and accents that some of them are composed with.
SECTIONS = (
    f'<p style="font:12pt {SERIF}">é Zürich, office <b>ñ Bold</b> <i>ç italic</i>'
    f'<p style="font:800 30pt {BARLOW}">Café',
    f'<p style="font:9.3pt {SERIF}">ñandú — “año” Å ß <b>é again</b>'
    f'<p style="font:800 17pt {BARLOW}">Señor Łódź ü',
    f'<p style="font:14pt {SERIF}">ü ő 1234567890 <i>à œuvre</i>'
    f'<p style="font:800 21pt {BARLOW}">ÀÉÎÕÜ ñ ½ ‰',
)


def section(body: str, css: str = "", **options: object) -> bytes:
    html = f"<html lang=en><title>Section</title><style>{CSS}{css}</style><body>{body}"
    return HTML(string=html).write_pdf(font_config=FontConfiguration(), **options)


def bound(*parts: bytes) -> Pdf:
    pdf = Pdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as source:
            pdf.pages.extend(source.pages)
    return pdf


def saved(pdf: Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def united(*parts: bytes) -> bytes:
    pdf = bound(*parts)
    unite_fonts(pdf)
    return saved(pdf)


def seen(pdf: bytes) -> list[tuple[bytes, str]]:
    """Pixels and text of every page."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [
        (page.render(scale=2).to_pil().tobytes(), page.get_textpage().get_text_range())
        for page in document
    ]
    document.close()
    return pages


def fonts_of(pdf: Pdf) -> list[Object]:
    """Fonts in a saved file: those that are still referred to."""
    return [
        one
        for one in pdf.objects
        if isinstance(one, Dictionary) and one.get("/Type") == Name.Font and "/Encoding" in one
    ]


def font(pdf: Pdf, name: str, page: int = 0) -> Object:
    """The font of a page whose name ends so."""
    fonts = pdf.pages[page].resources.Font.as_dict().values()
    return next(one for one in fonts if str(one.BaseFont).endswith(name))


def program(one: Object) -> TTFont:
    descriptor = one.DescendantFonts[0].FontDescriptor
    stream = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
    return TTFont(io.BytesIO(stream.read_bytes()))


def widths(one: Object) -> dict[int, int]:
    found: dict[int, int] = {}
    runs = list(one.DescendantFonts[0].W)
    for first, run in zip(runs[::2], runs[1::2], strict=True):
        found |= dict(enumerate(map(int, run), int(first)))
    return found


def drawing(ttf: TTFont, number: int) -> tuple[list[object], int]:
    """The outline of a glyph, whatever it is composed of, and its advance."""
    name = ttf.getGlyphOrder()[number]
    pen = DecomposingRecordingPen(ttf.getGlyphSet())
    ttf.getGlyphSet()[name].draw(pen)
    return pen.value, ttf["hmtx"][name][0]


def set_in_serif(*texts: str, **options: object) -> list[bytes]:
    return [section(f'<p style="font:20pt {SERIF}">{text}', **options) for text in texts]


def change_program(one: Object, change: Callable[[TTFont], None]) -> None:
    """Alter the font program of one section."""
    ttf = program(one)
    ttf.recalcBBoxes = False
    change(ttf)
    buffer = io.BytesIO()
    ttf.save(buffer)
    descriptor = one.DescendantFonts[0].FontDescriptor
    descriptor.FontFile2.write(buffer.getvalue())


@pytest.fixture(scope="module")
def parts() -> list[bytes]:
    return [section(body) for body in SECTIONS]


@pytest.fixture
def pdf(parts) -> Iterator[Pdf]:
    with bound(*parts) as pdf:
        yield pdf


def test_each_face_becomes_one_font(pdf):
    before = saved(pdf)
    report = unite_fonts(pdf)
    after = saved(pdf)
    assert (report.found, report.kept, report.apart, report.left) == (10, 4, (), {})
    with pikepdf.open(io.BytesIO(after)) as read:
        names = [str(one.BaseFont) for one in fonts_of(read)]
    assert len(names) == 4
    assert len(set(names)) == 4
    assert len(after) < 0.7 * len(before)


def test_pages_look_and_read_as_before(pdf):
    before = saved(pdf)
    unite_fonts(pdf)
    assert seen(saved(pdf)) == seen(before)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Serif", "IBMPlexSerif-Regular.ttf"),
        ("Ultra-Bold-Condensed", "BarlowCondensed-ExtraBold.ttf"),
    ],
)
def test_every_glyph_is_that_of_the_face(pdf, name, file):
    used = {number for page in range(3) for number in widths(font(pdf, name, page))}
    unite_fonts(pdf)
    one = font(pdf, name)
    face = TTFont(next(face.path for face in faces() if face.name == file))
    ttf = program(one)
    assert widths(one).keys() == used
    assert any(ttf["glyf"][ttf.getGlyphOrder()[number]].isComposite() for number in used)
    for number in used:
        assert drawing(ttf, number) == drawing(face, number)


def test_components_are_moved_in_the_sections_used_here(pdf):
    """What `test_every_glyph_is_that_of_the_face` has to withstand."""
    numbers = [widths(font(pdf, "Ultra-Bold-Condensed", page)) for page in range(3)]
    programs = [program(font(pdf, "Ultra-Bold-Condensed", page)) for page in range(3)]
    assert any(
        ttf["maxp"].numGlyphs > max(used) + 1 for ttf, used in zip(programs, numbers, strict=True)
    )


def test_the_program_has_the_tables_that_a_composite_font_needs(pdf):
    unite_fonts(pdf)
    ttf = program(font(pdf, "Serif"))
    assert {"glyf", "head", "hhea", "hmtx", "loca", "maxp"} <= set(ttf.keys())
    assert "cmap" not in ttf
    assert ttf["maxp"].numGlyphs == len(ttf["loca"]) - 1 == len(ttf["hmtx"].metrics)
    ttf.ensureDecompiled()


def test_what_is_united_can_be_united_again(parts):
    """Parts of a long book are bound first, the book from them."""
    first = united(*parts[:2])
    assert seen(united(first, parts[2])) == seen(saved(bound(*parts)))
    assert seen(united(parts[2], first))[1:] == seen(saved(bound(*parts[:2])))


def test_the_bytes_are_the_same_every_time_and_do_not_change_again(parts):
    once = united(*parts)
    assert united(*parts) == once
    with bound(once) as again:
        plain = saved(again)
        report = unite_fonts(again)
        assert report.found == report.kept == 4
        assert saved(again) == plain


def shift(ttf: TTFont) -> None:
    glyph = ttf["glyf"][LETTER]
    glyph.coordinates[0] = glyph.coordinates[0][0] + 40, glyph.coordinates[0][1]


def widen(ttf: TTFont) -> None:
    advance, bearing = ttf["hmtx"][LETTER]
    ttf["hmtx"][LETTER] = advance + 50, bearing


def shift_sideways(ttf: TTFont) -> None:
    """Readers of fonts place an outline by its bearing."""
    advance, bearing = ttf["hmtx"][LETTER]
    ttf["hmtx"][LETTER] = advance, bearing + 50


def enlarge(ttf: TTFont) -> None:
    ttf["head"].unitsPerEm //= 2


@pytest.mark.parametrize(
    ("change", "on", "glyph"),
    [
        (shift, "outline", NUMBER),
        (widen, "advance", NUMBER),
        (shift_sideways, "outline", NUMBER),
        (enlarge, "face", None),
    ],
)
def test_subsets_that_disagree_stay_apart(change, on, glyph):
    with bound(*set_in_serif("abc é", "ade ñ", "abc de ü")) as pdf:
        odd = font(pdf, "Serif", 1)
        change_program(odd, change)
        before = saved(pdf)
        report = unite_fonts(pdf)
        assert (report.found, report.kept) == (3, 2)
        assert report.apart == (Apart(str(odd.BaseFont)[1:], on, glyph),)
        assert font(pdf, "Serif", 0).objgen == font(pdf, "Serif", 2).objgen
        assert font(pdf, "Serif", 1).objgen == odd.objgen
        after = saved(pdf)
    assert seen(after) == seen(before)
    with bound(after) as again:
        assert unite_fonts(again).kept == 2


def test_a_component_that_differs_keeps_its_accented_letter_apart():
    """The same description of é, put together from another e; no section sets an e."""
    with bound(*set_in_serif("zé", "bé")) as pdf:

        def move(ttf: TTFont) -> None:
            (number,) = widths(font(pdf, "Serif", 0)).keys() & widths(font(pdf, "Serif", 1)).keys()
            accented = ttf["glyf"][ttf.getGlyphOrder()[number]]
            part = ttf["glyf"][accented.components[1].glyphName]
            part.coordinates[0] = part.coordinates[0][0] + 40, part.coordinates[0][1]

        change_program(font(pdf, "Serif", 1), move)
        before = saved(pdf)
        assert [one.on for one in unite_fonts(pdf).apart] == ["outline"]
        assert seen(saved(pdf)) == seen(before)


def test_other_widths_need_a_font_of_their_own_but_no_program():
    with bound(*set_in_serif("abcz", "ab", "xyz ü")) as pdf:
        font(pdf, "Serif", 1).DescendantFonts[0].W[1][0] = 777
        before = saved(pdf)
        for found in (3, 2):  # the second time, two fonts have one program between them
            report = unite_fonts(pdf)
            assert (report.found, report.kept, report.left) == (found, 2, {})
            assert [one.on for one in report.apart] == ["width"]
            assert font(pdf, "Serif", 0).objgen == font(pdf, "Serif", 2).objgen
            both = [font(pdf, "Serif", page) for page in (0, 1)]
            files = {one.DescendantFonts[0].FontDescriptor.FontFile2.objgen for one in both}
            assert len(files) == 1
        after = saved(pdf)
    assert seen(after) == seen(before)
    more = set_in_serif("ñ")[0]
    with bound(after, more) as pdf:
        assert unite_fonts(pdf).kept == 2
        assert seen(saved(pdf)) == [*seen(before), *seen(more)]


def test_a_glyph_that_reads_as_two_letters_keeps_both_readings():
    with bound(*set_in_serif("abc", "ab")) as pdf:
        odd = font(pdf, "Serif", 1)
        odd.ToUnicode.write(odd.ToUnicode.read_bytes().replace(b"<0061>", b"<0430>"))
        report = unite_fonts(pdf)
        assert [one.on for one in report.apart] == ["text"]
        assert [text for _, text in seen(saved(pdf))] == ["abc", "\u0430b"]


def test_a_blank_reads_as_the_plainest_of_those_it_was_set_for():
    """Barlow has no em space: its glyph is the space, and the first one set names it."""
    bodies = (f'<p style="font:700 20pt {BARLOW}">{text}' for text in ("a\u2003b c", "a b c"))
    with bound(*(section(body) for body in bodies)) as pdf:
        assert seen(saved(pdf))[0][1].endswith("b\u2003c")
        assert unite_fonts(pdf).apart == ()
        assert [text for _, text in seen(saved(pdf))] == ["a b c", "a b c"]


def test_a_large_face_has_long_offsets():
    """And there, unlike with short ones, outlines of an odd length end where they end."""
    glyphs = {number: Glyph(500, 0, b"\0\1" + bytes([number % 251] * 98)) for number in range(1500)}
    composite = bytes([0xFF, 0xFF, *bytes(8), 0, 0, 0, 0, 0, 0])
    glyphs[1499] = Glyph(500, 0, composite, (glyphs[7],))
    glyf, loca, long_loca = write_glyphs(place_glyphs(glyphs, 1500))
    assert long_loca
    assert read_glyphs(glyf, loca, long_loca, lambda _: (500, 0), set(glyphs)) == glyphs
    odd = read_glyphs(b"\0\1\1", bytes([0, 0, 0, 0, 0, 0, 0, 3]), True, lambda _: (500, 0), {0})
    assert odd == read_glyphs(b"\0\1\1\0", bytes([0, 0, 0, 2]), False, lambda _: (500, 0), {0})


# --- places ------------------------------------------------------------------------------------


def test_a_font_used_only_in_a_form():
    bodies = (f'<p style="font:20pt {SERIF};opacity:.5">{text}' for text in ("abé", "bcñ"))
    with bound(*(section(body) for body in bodies)) as pdf:
        for page in pdf.pages:
            del page.resources.Font
        before = saved(pdf)
        assert unite_fonts(pdf).kept == 1
        after = saved(pdf)
    assert seen(after) == seen(before)
    assert len({pixels for pixels, _ in seen(after)}) == 2
    with pikepdf.open(io.BytesIO(after)) as read:
        assert len(fonts_of(read)) == 1


def in_pattern(pdf: Pdf, resources: Dictionary) -> Dictionary:
    return Dictionary(Pattern=Dictionary(P=pdf.make_stream(b"", Resources=resources)))


def in_type3(pdf: Pdf, resources: Dictionary) -> Dictionary:
    type3 = Dictionary(Type=Name.Font, Subtype=Name.Type3, Resources=resources)
    return Dictionary(Font=Dictionary(T=pdf.make_indirect(type3)))


def in_mask(pdf: Pdf, resources: Dictionary) -> Dictionary:
    group = pdf.make_stream(b"", Resources=resources)
    state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))
    return Dictionary(ExtGState=Dictionary(G=state))


def in_form_in_form(pdf: Pdf, resources: Dictionary) -> Dictionary:
    inner = Dictionary(XObject=Dictionary(F=pdf.make_stream(b"", Resources=resources)))
    return Dictionary(XObject=Dictionary(F=pdf.make_stream(b"", Resources=inner)))


@pytest.mark.parametrize("place", [in_pattern, in_type3, in_mask, in_form_in_form])
def test_fonts_are_replaced_wherever_resources_name_them(parts, place):
    with bound(*parts[:2]) as pdf:
        hidden = Dictionary(Font=pdf.pages[1].resources.Font)
        pdf.pages[1].obj.Resources = place(pdf, hidden)
        unite_fonts(pdf)
        shared = {one.objgen for one in pdf.pages[0].resources.Font.as_dict().values()}
        assert {one.objgen for one in hidden.Font.as_dict().values()} <= shared


def test_fonts_are_replaced_in_graphics_states_and_appearances(parts):
    with bound(*parts[:2]) as pdf:
        plain = font(pdf, "Serif", 1)
        state = Dictionary(Font=Array([plain, 12]))
        drawn = Dictionary(Font=Dictionary(F=plain))
        pdf.pages[1].obj.Resources = Dictionary(ExtGState=Dictionary(G=state))
        stream = pdf.make_stream(b"", Resources=drawn)
        annotation = Dictionary(AP=Dictionary(N=Dictionary(On=stream)))
        pdf.pages[1].obj.Annots = Array([Dictionary(), annotation])
        unite_fonts(pdf)
        assert state.Font[0].objgen == drawn.Font.F.objgen == font(pdf, "Serif").objgen


# --- other fonts -------------------------------------------------------------------------------


def test_fonts_with_a_character_map_of_their_own_are_left(parts):
    odd = set_in_serif("é \U00016a40\ue123")[0]
    with bound(odd, *parts[:2], odd) as pdf:
        before = saved(pdf)
        own = [
            str(one.BaseFont)[1:]
            for one in pdf.pages[0].resources.Font.as_dict().values()
            if one.Encoding != Name("/Identity-H")
        ]
        report = unite_fonts(pdf)
        assert own
        assert set(own) == report.left.keys()
        assert set(report.left.values()) == {"it has a character map of its own"}
        assert seen(saved(pdf)) == seen(before)


def test_variable_bitmap_and_broken_fonts_are_left(parts):
    with bound(*parts) as pdf:

        def vary(ttf: TTFont) -> None:
            ttf.tables["fvar"] = table = DefaultTable("fvar")
            table.data = b""

        change_program(font(pdf, "Ultra-Bold-Condensed", 0), vary)
        font(pdf, "Serif", 1).DescendantFonts[0].FontDescriptor.FontFile2.write(b"broken")
        type3 = Dictionary(Type=Name.Font, Subtype=Name.Type3, Name=Name.Bits)
        pdf.pages[2].resources.Font.T = pdf.make_indirect(type3)
        report = unite_fonts(pdf)
        assert (report.found, report.kept) == (11, 7)
        reasons = {name.split("+")[-1].split(",")[-1]: why for name, why in report.left.items()}
        assert reasons["-Ultra-Bold-Condensed"] == "it is a variable font"
        assert reasons["Bits"] == "it is not a composite font"
        assert reasons["IBM-Plex-Serif"].startswith("it cannot be read")


def test_a_program_with_glyphs_beyond_those_in_use_is_left(parts):
    """Ids past the highest one used must be moved components, or the ids mean something else."""
    with bound(*parts) as pdf:
        short = font(pdf, "Serif", 0)
        runs = short.DescendantFonts[0].W
        del runs[len(runs) - 2 :]
        short.ToUnicode.write(b"")
        report = unite_fonts(pdf)
        assert list(report.left.values()) == ["it has glyphs that no text is set in"]
        assert report.kept == 5


@pytest.fixture(scope="module")
def cff(tmp_path_factory) -> str:
    """A face with CFF outlines, made from one of ours."""
    source = TTFont(next(face.path for face in faces() if face.name == "IBMPlexSerif-Regular.ttf"))
    cmap = {code: name for code, name in source.getBestCmap().items() if 32 <= code < 256}
    names = [".notdef", *dict.fromkeys(cmap.values())]
    metrics = {name: source["hmtx"][name] for name in names}
    charstrings = {}
    for name in names:
        pen = T2CharStringPen(metrics[name][0], source.getGlyphSet())
        source.getGlyphSet()[name].draw(pen)
        charstrings[name] = pen.getCharString()
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(cmap)
    builder.setupCFF("Outlines", {"FullName": "Outlines"}, charstrings, {})
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=1025, descent=-275)
    builder.setupNameTable({"familyName": "Outlines", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path_factory.mktemp("fonts") / "outlines.otf"
    builder.save(path)
    return path.as_uri()


def test_cff_outlines(cff):
    css = f"@font-face{{font-family:Outlines;src:url({cff})}} p{{font:20pt Outlines}}"
    parts = [section(f"<p>{text}", css) for text in ("abc é", "xyz ñ ABC", "þab", "a")]
    with bound(*parts) as pdf:
        used = {number for page in range(4) for number in widths(font(pdf, "Outlines", page))}
        report = unite_fonts(pdf)
        assert (report.found, report.kept, report.apart, report.left) == (4, 1, (), {})
        one = font(pdf, "Outlines")
        assert one.DescendantFonts[0].FontDescriptor.FontFile3.Subtype == Name.OpenType
        assert widths(one).keys() == used
        assert "fi" not in program(one).getGlyphOrder()
        after = saved(pdf)
    assert seen(after) == seen(saved(bound(*parts)))
    assert after == united(*parts)
    assert seen(united(after)) == seen(after)


def test_the_set_of_ids_that_old_files_carry():
    """WeasyPrint writes /CIDSet up to PDF 1.4."""
    parts = set_in_serif("aé", "zñ", pdf_version="1.4")
    with bound(*parts) as pdf:
        used = set(widths(font(pdf, "Serif", 0))) | set(widths(font(pdf, "Serif", 1)))
        unite_fonts(pdf)
        one = font(pdf, "Serif")
        bits = one.DescendantFonts[0].FontDescriptor.CIDSet.read_bytes()
        found = {n for n in range(8 * len(bits)) if bits[n // 8] >> (7 - n % 8) & 1}
        assert found == used == widths(one).keys()


def test_a_fixed_pitch_is_that_of_the_whole_font():
    """The digits of one section all have one width, its letters have not."""
    parts = set_in_serif("123", "456", "iW")
    flags = []
    for several in (parts[:2], parts):
        with bound(*several) as pdf:
            unite_fonts(pdf)
            flags.append(int(font(pdf, "Serif").DescendantFonts[0].FontDescriptor.Flags) & 1)
    assert flags == [1, 0]


def test_a_tagged_page_is_as_accessible_as_before(parts, tmp_path):
    page = pytest.importorskip("page", reason="page-validation is not installed")
    tagged = section(SECTIONS[0], pdf_variant="pdf/ua-1")

    def failures(pdf: Pdf) -> list[str]:
        path = tmp_path / "tagged.pdf"
        pdf.save(path)
        return [str(one) for one in page.validate_pdf(str(path), profile="ua1").failures]

    with pikepdf.open(io.BytesIO(tagged)) as pdf:
        before = failures(pdf)
        with bound(*parts) as others:
            pdf.pages.extend(others.pages)
        assert unite_fonts(pdf).kept == 4
        del pdf.pages[1:]
        assert failures(pdf) == before == []
