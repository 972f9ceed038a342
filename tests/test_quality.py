"""The quality of pages: the demo book has no flaw, and each rule finds the one that is planted."""

from __future__ import annotations

import pytest
from PIL import Image

from support.projects import built, write
from zine.build import quality as looking
from zine.build.quality import alphabet_of, line_of, page_specs
from zine.compiler.publication import Matter, Section
from zine.paper import PAPERS
from zine.prove.glyphs import Alphabet, unset
from zine.prove.quality import PageSpec, contrast, flaws_of
from zine.prove.sight import Box
from zine.resources import Resources
from zine.settings import Numbering
from zine.typeset.engine import Engine
from zine.typeset.fonts import characters, font_face_css
from zine.typeset.geometry import Geometry
from zine.typeset.job import Job, Style, StyleSheet
from zine.typeset.pagemap import place_sections

CODES = {
    "type-unsafe",
    "type-overflow",
    "type-collision",
    "heading-last",
    "page-short",
    "page-empty",
    "glyph-missing",
    "contrast-low",
    "image-too-coarse",
}
CSS = """
@page { size: 148mm 210mm; margin: 20mm; background: #fff }
html { font: 9.6pt/13.5pt "IBM Plex Serif" }
h1, h2 { font: 800 12pt/13.5pt "Barlow Condensed"; margin: 0 }
p { margin: 0 } img, svg { display: block }
.at { position: absolute; white-space: nowrap }
"""
AREA = Box(56.7, 56.7, 362.8, 538.6)
LINE = "<p>A line of text that is as long as others.</p>"
FULL = f"<h1>Head</h1>{30 * LINE}"
HOUSE = Alphabet({n: characters(n) for n in ("IBM Plex Serif", "Barlow Condensed")})


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    path = tmp_path_factory.mktemp("images") / "coarse.png"
    Image.new("L", (100, 50), 200).save(path)
    sheet = StyleSheet("test.css", font_face_css() + CSS)
    return Engine(Style((sheet,), files={"zine-image:coarse.png": path}))


def found(engine, html: str, **spec) -> list:
    job = Job("x", f'<html lang="en"><title>x</title><body>{html}')
    made = engine.typeset(job)
    pages = [PageSpec("Section", str(at + 1), AREA, **spec) for at in range(made.pages)]
    return list(flaws_of(made.pdf, pages, HOUSE))


def test_a_page_without_flaw_has_none(engine):
    assert found(engine, FULL) == []


WIDE = "As long as the measure, and more " * 2
COARSE = '<img src="zine-image:coarse.png" alt="x" style="width:60mm">'
# What is planted, and what is said of the page.
PLANTED = {
    "type-unsafe": f'{FULL}<p class="at" style="left:0;top:-17mm">Near the trim</p>',
    "type-overflow": f'{FULL}<p style="white-space:nowrap">{WIDE}</p>',
    "type-collision": f'{FULL}<p class="at" style="left:3mm;top:100mm">On others</p>',
    "heading-last": f"{FULL}<h2>Lonely head</h2>",
    "page-empty": f"<h1>Head</h1>{4 * LINE}",
    "glyph-missing": f"{FULL}<p>A tick \u2714 here.</p>",
    "contrast-low": f'{FULL}<p style="color:#999">Too pale to read</p>',
    "image-too-coarse": f"<h1>Head</h1>{20 * LINE}{COARSE}",
}


@pytest.mark.parametrize("code", PLANTED)
def test_what_is_planted_is_found_and_nothing_else(engine, code):
    # On a composed page the type area counts for nothing, so the trim alone is overstepped.
    flaws = found(engine, PLANTED[code], composed=code == "type-unsafe")
    assert {flaw.code for flaw in flaws} == {code}
    assert all(flaw.message.startswith("page 1: ") and flaw.hint for flaw in flaws)


def test_a_last_page_of_three_lines_is_short_and_one_of_four_is_not(engine):
    for lines, codes in ((3, ["page-short"]), (4, [])):
        page = f"<h1>Head</h1>{(lines - 1) * LINE}"
        flaws = [one for one in found(engine, page, last=True) if one.code == "page-short"]
        assert [one.code for one in flaws] == codes


def test_a_page_that_is_composed_or_alone_may_be_empty(engine):
    assert found(engine, PLANTED["page-empty"], composed=True) == []
    assert found(engine, PLANTED["page-empty"], alone=True) == []


def test_the_grid_of_an_edition_decides_what_stands_below_the_type_area(engine):
    """A folio on the second line of a grid of 27 pt is not a line of text that ran over."""
    page = f'{FULL}<p class="at" style="left:3mm;top:173mm">9 Running head</p>'
    assert {one.code for one in found(engine, page, line=27.0)} == {"type-overflow"}
    assert found(engine, page, line=13.5) == []


def test_a_title_without_words_may_stand_alone(engine):
    page = '<div style="height:60mm"></div><h1>Head</h1>'
    assert [one.code for one in found(engine, page, alone=True)] == ["heading-last"]
    assert found(engine, page, alone=True, titled=True) == []


def test_type_on_a_ground_of_its_own_colour(engine):
    """The ground is seen, not asked for: a drawing that lies under the words counts."""
    box = '<svg width="60mm" height="10mm"><rect width="60mm" height="10mm" fill="{}"/></svg>'
    words = '<p class="at" style="left:3mm;top:{}mm;color:#fff">White words</p>'
    for fill, codes in (("#2337B5", set()), ("#FFC21A", {"contrast-low"})):
        html = f'<div style="position:relative">{box.format(fill)}{words.format(3)}</div>{FULL}'
        assert {flaw.code for flaw in found(engine, html)} == codes


def test_the_words_under_a_heading_may_stand_beside_a_code(engine):
    indented = f'<h2>Learn more</h2><p style="margin-left:23mm">Words</p>{28 * LINE}'
    assert found(engine, indented) == []


def test_pages_that_are_read_from_the_right(engine):
    """What follows a head stands under its right end, and versos lie on the right."""
    words = '<h2 style="text-align:right">Head</h2><p style="margin-left:60mm">Words</p>'
    assert "heading-last" in {one.code for one in found(engine, FULL + words)}
    assert found(engine, words + 29 * LINE, rtl=True) == []
    sections = (Section("a", "text", "A", Matter.BODY), Section("b", "text", "B", Matter.BODY))
    page_map, geometry = (
        place_sections(sections, (1, 1), Numbering.ARABIC),
        Geometry(PAPERS["a5"], 3),
    )
    ltr = page_specs(sections, page_map, geometry)
    rtl = page_specs(sections, page_map, geometry, rtl=True)
    assert [one.area for one in rtl] == [one.area for one in reversed(ltr)]


def test_contrast_of_known_pairs():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_glyphs_of_a_project_s_own_fonts_are_trusted():
    alphabet = Alphabet({"Own Face": None, "IBM Plex Serif": frozenset("ab")})
    assert list(unset("x", "Own-Face-Bold", alphabet)) == []
    assert list(unset("abx\u00ad x", "IBM-Plex-Serif", alphabet)) == [("x", "")]
    assert list(unset("a", "DejaVu-Sans", alphabet)) == [("a", "DejaVu Sans")]


def test_fonts_of_style_sheets_belong_to_the_book(tmp_path):
    write(tmp_path, "styles/own.css", '@font-face { font-family: "My Face"; src: url(x.ttf) }')
    families = alphabet_of(Resources("styles", tmp_path)).families
    assert families["My Face"] is None
    assert families["IBM Plex Serif"]


def test_the_line_of_words_however_they_are_marked_up(tmp_path):
    path = write(tmp_path, "x.md", "---\ntitle: X\n---\nOne.\n\n## Don&#8217;t **stop** now\n☭\n")
    assert line_of(path, "Don’t stop now") == 6
    assert line_of(path, "☭") == 7
    assert line_of(path, "absent words") is None


def test_the_type_area_changes_hands():
    sections = (Section("a", "text", "A", Matter.BODY), Section("b", "text", "B", Matter.BODY))
    page_map = place_sections(sections, (1, 2), Numbering.ARABIC)
    first, second, third = page_specs(sections, page_map, Geometry(PAPERS["a5"], 3.0))
    assert first.area.left == third.area.left < second.area.left
    assert (first.alone, second.alone, third.last) == (True, False, True)


def test_a_build_names_file_and_line(tmp_path):
    write(tmp_path, "book/book.yaml", "title: T\n")
    write(
        tmp_path,
        "content/theories/one.md",
        f"---\ntitle: One\n---\nWords.\n\nA tick \u2714 here.\n\n{'More words. ' * 90}\n",
    )
    report = built(tmp_path).report
    (finding,) = [one for one in report.findings if one.code == "glyph-missing"]
    assert str(finding.place) == "content/theories/one.md:6"
    assert "“\u2714” (U+2714)" in finding.message and "“One”" in finding.message


def test_flaws_that_are_known_are_told_and_not_looked_for_again(tmp_path, monkeypatch):
    asked = []
    ask = looking.ask

    def noted(workers, function, *args):
        asked.append(function.__name__)
        return ask(workers, function, *args)

    monkeypatch.setattr(looking, "ask", noted)
    write(tmp_path, "book/book.yaml", "title: T\neditions:\n  read:\n")
    words = "Words.\n\nA tick \u2714 here.\n"
    write(tmp_path, "content/theories/one.md", f"---\ntitle: One\n---\n{words}")
    write(tmp_path, "content/theories/two.md", "---\ntitle: Two\n---\nOther words.\n")
    first = [one for one in built(tmp_path).report.findings if one.code == "glyph-missing"]
    assert first and asked.count("flaws_of") == 1
    asked.clear()
    write(tmp_path, "content/theories/two.md", "---\ntitle: Two\n---\nOther words, edited.\n")
    second = [one for one in built(tmp_path).report.findings if one.code == "glyph-missing"]
    assert second == first
    assert asked.count("_clean") == 1 and "flaws_of" not in asked
    write(tmp_path, "content/theories/one.md", f"---\ntitle: One\n---\nMore. {words}")
    third = [one for one in built(tmp_path).report.findings if one.code == "glyph-missing"]
    assert asked.count("flaws_of") == 1
    assert third == first


@pytest.mark.slow
def test_the_demo_book_and_its_booklet_have_no_flaw(demo):
    assert [one for one in demo.report.findings if one.code in CODES] == []


def test_every_code_is_tested():
    assert {*PLANTED, "page-short"} == CODES
