"""One section prepared: what the boxes of WeasyPrint become, on small documents of their own."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from weasyprint import HTML

from support.tags import Tree
from zine.bind.tagging.prepare import prepared_section
from zine.typeset.fonts import faces
from zine.typeset.languages import RESET, with_languages

CSS = (
    "@page{size:10cm 6cm;margin:1cm;@bottom-left{content:'folio ' counter(page)}}"
    "body{margin:0;font:12px/18px serif}p,ul,ol,dl,dd,figure,h1,h2{margin:0;padding:0}"
    "ul,ol{list-style:none}.footnote{float:footnote}"
    ".b li::before{content:'•'}"
    ".d{counter-reset:n}.d li::before{counter-increment:n;content:counter(n)}"
)
SENTENCE = "The street read the board aloud and thought nothing of it. "


def raw(body: str, css: str = "", **attributes: str) -> bytes:
    """A section as the engine makes it."""
    given = "".join(f" {key}={value}" for key, value in attributes.items())
    html = (
        f"<!DOCTYPE html><html lang=en><head><title>T</title><style>{CSS}{css}</style></head>"
        f"<body{given}>{body}</body></html>"
    )
    return HTML(string=with_languages(html)).write_pdf(pdf_variant="pdf/ua-1")


def tree(body: str, css: str = ""):
    """The one element that a section becomes."""
    with pikepdf.open(io.BytesIO(prepared_section(raw(body, css)))) as pdf:
        (section,) = Tree(pdf).document.kids
    return section


def shape(body: str, css: str = ""):
    return tree(body, css).shape()


def test_boxes_without_a_meaning_are_dissolved():
    assert shape("<div><div><p>One <b>bold</b> <i><u>word</u></i></p></div><p>Two</p></div>") == (
        "Sect",
        ["P", "P"],
    )


def test_words_in_a_bare_box_are_a_paragraph():
    assert shape("<article><div>Bare <em>words</em></div>more<div><p>x</p></div></article>") == (
        "Art",
        ["P", "P", "P"],
    )


def test_empty_boxes_leave_nothing():
    assert shape("<article><p></p><div><span></span></div><h2> </h2><p>x</p></article>") == (
        "Art",
        ["P"],
    )


def test_a_page_with_nothing_to_read_has_no_element():
    with pikepdf.open(io.BytesIO(prepared_section(raw("<div style='height:1cm'></div>")))) as pdf:
        assert Tree(pdf).document.kids == []
        assert b"/Artifact\n<</Type /Pagination>>\nBDC" in pdf.pages[0].Contents.read_bytes()


def test_margin_boxes_are_artefacts_and_have_no_slot():
    with pikepdf.open(io.BytesIO(prepared_section(raw("<p>x</p>")))) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        assert content.count(b"/Artifact\n<</Type /Pagination>>\nBDC") == 1
        assert content.count(b"/MCID") == 1
        assert [len(one) for one in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[1::2]] == [1]
        assert Tree(pdf).document.words == "x"


RUNNING = "@page{@top-left{content:element(foot);width:100%}}.foot{position:running(foot)}"


def test_a_foot_that_stands_once_is_read_and_its_link_works():
    section = tree(
        "<footer class=foot><p>Free: <a href='https://x.org/'>x.org</a></p></footer><p>Text</p>",
        RUNNING,
    )
    assert section.words == "Text Free: x.org"
    assert len(section.one("Link").links) == 1


def test_a_running_foot_is_read_on_no_page_and_its_links_go():
    body = "<footer class=foot><p><a href='https://x.org/'>x.org</a></p></footer>" + SENTENCE * 40
    with pikepdf.open(io.BytesIO(prepared_section(raw(body, RUNNING)))) as pdf:
        assert len(pdf.pages) > 1
        assert "x.org" not in Tree(pdf).document.words
        assert all(not list(page.obj.get("/Annots", ())) for page in pdf.pages)


def test_a_paragraph_that_turns_the_page_is_one():
    section = tree(f"<article><p>{SENTENCE * 12}</p><p>{SENTENCE}</p></article>")
    first, second = section.all("P")
    assert first.words == (SENTENCE * 12).strip()
    assert second.words == SENTENCE.strip()


def test_paragraphs_that_end_with_the_page_stay_two():
    css = ".k{break-after:page}"
    ended = tree("<article><p class=k>It ends.</p><p>it starts small.</p></article>", css)
    assert [one.words for one in ended.all("P")] == ["It ends.", "it starts small."]
    capital = tree("<article><p class=k>No point</p><p>Another one</p></article>", css)
    assert [one.words for one in capital.all("P")] == ["No point", "Another one"]


def test_a_paragraph_that_goes_on_in_the_next_column_is_one():
    words = "the board was read to whoever came by " * 9
    section = tree(f"<article><p>{words}</p></article>", "article{columns:2;height:3cm}")
    assert section.one("P").words == words.strip()


def test_a_list_that_turns_the_page_is_one_and_so_is_its_item():
    items = "".join(f"<li>{SENTENCE * 3}</li>" for _ in range(5))
    section = tree(f"<article><ul class=b>{items}</ul></article>")
    (found,) = section.all("L")
    assert found.shape() == ("L", [("LI", ["Lbl", "LBody"])] * 5)
    assert {one.words for one in found.all("LBody")} == {(SENTENCE * 3).strip()}


def test_a_list_in_columns_is_one_list():
    items = "".join(f"<li><a href='zine:e{n}'>Entry {n}</a></li>" for n in range(6))
    section = tree(f"<article><ul style='columns:2'>{items}</ul></article>")
    assert section.one("L").shape() == ("L", [("LI", [("LBody", ["Link"])])] * 6)
    assert section.words == " ".join(f"Entry {n}" for n in range(6))


@pytest.mark.parametrize(("kind", "numbering"), [("b", "Disc"), ("d", "Decimal")])
def test_what_is_drawn_before_an_item_is_its_label(kind, numbering):
    section = tree(f"<ol class={kind}><li>One</li><li><b>Two</b> more</li></ol>")
    found = section.one("L")
    assert found.shape() == ("L", [("LI", ["Lbl", "LBody"])] * 2)
    assert found.attributes["ListNumbering"] == numbering


def test_a_bold_word_is_no_label():
    found = tree("<ol><li><b>Print</b> it</li><li><b>Turn</b> it</li></ol>").one("L")
    assert found.shape() == ("L", [("LI", ["LBody"])] * 2)
    assert "ListNumbering" not in found.attributes


def test_true_markers_are_labels():
    found = tree("<ul style='list-style:disc inside'><li>One</li><li>Two</li></ul>").one("L")
    assert found.shape() == ("L", [("LI", ["Lbl", "LBody"])] * 2)


def test_a_list_within_an_item_belongs_to_its_body():
    found = tree("<ul class=b><li>One<ul><li>inner</li></ul></li><li>Two</li></ul>")
    within = ("LBody", [("L", [("LI", ["Lbl", "LBody"])])])
    assert found.all("L")[0].shape() == ("L", [("LI", ["Lbl", within]), ("LI", ["Lbl", "LBody"])])


def test_groups_of_terms_are_items():
    found = tree(
        "<dl><div><dt>Who</dt><dd>All</dd></div>"
        "<div><dt>Where</dt><dd>Here</dd><dd><p>There</p></dd></div></dl>"
    ).one("L")
    two = ("LI", ["Lbl", ("LBody", ["P", "P"])])
    assert found.shape() == ("L", [("LI", ["Lbl", "LBody"]), two])
    assert found.words == "Who All Where Here There"


def test_tables_that_break_have_ids_of_their_own():
    rows = "".join(f"<tr><th scope=row>{n}</th><td>{SENTENCE}</td></tr>" for n in range(8))
    head = "<thead><tr><td></td><th>What</th></tr></thead>"
    section = tree(f"<article><table>{head}<tbody>{rows}</tbody></table></article>")
    tables = section.all("Table")
    assert len(tables) > 1
    ids = [one.id for one in section.all("TH")]
    assert len(set(ids)) == len(ids)
    for table in tables:
        heads = {one.id: one for one in table.all("TH")}
        assert {one.attributes["Scope"] for one in table.all("TH")} == {"Column", "Row"}
        for cell in table.one("TBody").all("TD"):
            kinds = {heads[name].attributes["Scope"] for name in cell.attributes["Headers"]}
            assert kinds == {"Column", "Row"}
        assert "Headers" not in table.one("THead").all("TD")[0].attributes


def test_notes_stand_behind_what_calls_them_wherever_that_is():
    note = "<span class=footnote>Note {} <a href='https://x.org/'>x</a></span>"
    section = tree(
        f"<article><p>Text{note.format('a')} and <b>1</b>.</p><ul class=b>"
        f"<li>Item{note.format('b')}</li></ul><p>End.</p></article>"
    )
    assert section.shape() == (
        "Art",
        [
            ("P", ["Reference"]),
            ("Note", ["Lbl", "Link"]),
            ("L", [("LI", ["Lbl", ("LBody", ["Reference", ("Note", ["Lbl", "Link"])])])]),
            "P",
        ],
    )
    assert [one.id for one in section.all("Note")] == ["note-1", "note-2"]


def test_a_note_that_stands_on_a_later_page_follows_its_call():
    """WeasyPrint sets it whole, where there is room for it."""
    section = tree(
        f"<article><p>{SENTENCE * 2}<span class=footnote>{SENTENCE * 22}</span></p>"
        f"<p>{SENTENCE * 8}</p></article>"
    )
    first, note, second = section.kids
    assert (first.kind, note.kind, second.kind) == ("P", "Note", "P")
    assert note.page > second.page
    assert note.words == f"1. {SENTENCE * 22}".strip()


def test_a_box_within_a_link_adds_no_second_link():
    box = "<span style='display:inline-block'>words</span>"
    body = f"<p><a href='https://x.org/'>two <b>bold</b> {box}</a></p>"
    with pikepdf.open(io.BytesIO(raw(body))) as pdf:
        assert len(pdf.pages[0].Annots) > 1
    with pikepdf.open(io.BytesIO(prepared_section(raw(body)))) as pdf:
        link = Tree(pdf).document.one("Link")
        assert link.words == "two bold words"
        assert len(link.links) == len(pdf.pages[0].Annots) == 1


def links_of(body: str, css: str = "") -> tuple[object, list[int], int]:
    """The shape of a section, how many annotations each of its links has, and its page."""
    with pikepdf.open(io.BytesIO(prepared_section(raw(body, css)))) as pdf:
        section = Tree(pdf).document.kids[0]
        count = len(pdf.pages[0].obj.get("/Annots", ()))
    return section.shape(), [len(one.links) for one in section.all("Link")], count


def test_a_picture_may_be_a_link():
    image = "<img alt='A board' src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22"
    image += " width=%229%22 height=%229%22><rect width=%229%22 height=%229%22/></svg>'>"
    found = links_of(f"<p>See <a href='https://x.org/'>{image}</a></p>")
    assert found == (("Sect", [("P", [("Link", ["Figure"])])]), [1], 1)


def test_blocks_and_generated_words_within_a_link_are_part_of_it():
    css = "a{display:block}a::after{content:' →'}"
    shape, links, count = links_of("<a href='https://x.org/'><h2>Head</h2><p>Words</p></a>", css)
    assert links == [1] and count == 1
    assert shape == ("Sect", [("Link", ["H1"])])


def test_links_without_words_go():
    with pikepdf.open(
        io.BytesIO(prepared_section(raw("<p>x <a href='https://x.org/'></a></p>")))
    ) as pdf:
        assert not list(pdf.pages[0].obj.get("/Annots", ()))


def test_a_title_is_parted_from_the_number_beside_it():
    flat = "<p><a href='zine:a'>Zakat</a><a class=n href='zine-n:a'>42</a><b>then</b></p>"
    assert tree(flat, ".n{display:inline-block;margin:0 4px}").words == "Zakat 42 then"
    assert tree(flat).words == "Zakat42then"


def test_languages_reach_the_elements_and_leave_no_links():
    body = (
        "<p>As <i lang=es>palabra <b>dicha</b></i>, <span lang=fr>un <a href='https://x.org/'>mot"
        "</a></span>.</p><p lang=de>Ein Satz</p>"
    )
    with pikepdf.open(io.BytesIO(prepared_section(raw(body)))) as pdf:
        document = Tree(pdf).document
        assert [str(one.A.URI) for one in pdf.pages[0].Annots] == ["https://x.org/"]
    found = [(one.kind, one.lang, one.words) for one in document.walk() if one.lang]
    assert found == [
        ("Span", "es", "palabra dicha"),
        ("Span", "fr", "un"),
        ("Link", "fr", "mot"),
        ("Span", "de", "Ein Satz"),
    ]


def test_figures_keep_their_words_and_their_box():
    head = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
    svg = head + "{}<rect width='9' height='9'/></svg>"
    drawn = tree(
        f"<figure>{svg.format('<title>A box</title>')}<figcaption>So</figcaption></figure>"
    )
    assert drawn.shape() == ("Sect", [("Div", ["Figure", "Caption"])])
    figure = drawn.one("Figure")
    left, low, right, high = (float(one) for one in figure.attributes["BBox"])
    assert (round(right - left), round(high - low)) == (30, 15)
    assert 0 < low < high < 6 / 2.54 * 72
    with pikepdf.open(io.BytesIO(prepared_section(raw(f"<p>x</p>{svg.format('')}")))) as pdf:
        assert not Tree(pdf).document.all("Figure")
        assert b"/Artifact\nBMC" in pdf.pages[0].Contents.read_bytes()


def test_headings_start_at_the_top_and_skip_nothing():
    section = tree("<article><h2>A</h2><h5>B</h5><h3>C</h3><h4>D</h4></article>")
    assert [one.kind for one in section.kids] == ["H1", "H2", "H3", "H4"]


def test_hyphens_of_the_setting_are_soft_and_those_of_words_are_not():
    body = "<p>antidisestablishmentarianism well-known representation of internationalization</p>"
    css = "p{hyphens:auto;hyphenate-character:'-\\2060';width:3cm}"
    section = tree(body, css)
    assert section.words == body[3:-4]
    assert len(section.one("P").kids) > 3


def test_preparing_changes_nothing_twice_and_nothing_without_tags():
    once = prepared_section(raw("<p>x</p>"))
    assert prepared_section(once) == once == prepared_section(raw("<p>x</p>"))
    with pikepdf.new() as pdf:
        pdf.pages.append(pikepdf.Page(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 9, 9]))))
        out = io.BytesIO()
        pdf.save(out)
    assert prepared_section(out.getvalue()) == out.getvalue()


def test_only_foreign_words_are_marked():
    same = "<html lang='en'><body><p lang='en'>x</p></body></html>"
    assert with_languages(same) == same
    table = "<html lang=en><table lang=fr> <tr> <td>un</td> </tr> </table></html>"
    marked = with_languages(table)
    assert marked.count("<a ") == 1
    assert ">un</a></td>" in marked
    inside = '<html lang=en><p lang=fr>a <a href="zine:e">b</a> <a href="#n">c</a></p></html>'
    assert '<a href="zine:e">b</a>' in with_languages(inside)
    assert '<a href="#n">c</a>' in with_languages(inside)


def pixels(pdf: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [bytes(page.render(scale=1).buffer) for page in document]
    finally:
        document.close()


FACES = "".join(
    f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};"
    f"font-style:{'italic' if face.italic else 'normal'};src:url({face.path.as_uri()})}}"
    for face in faces()
)
SET = "body{font:9.6pt/13.5pt 'IBM Plex Serif';hyphens:auto;text-align:justify}"


def test_marks_of_languages_are_not_seen():
    """Not even where a style sheet makes links stand out."""
    body = (
        "<p>So it was (<i lang=es>palabra, <b>palabra</b></i>) and “<span lang=de>die Tafel"
        "</span>”. " + SENTENCE * 3 + "<em lang=fr>Une longue phrase qui tourne la ligne.</em></p>"
        "<blockquote lang=la><p>Verba volant.</p></blockquote>"
    )
    links = "a{color:red;text-decoration:underline;font-weight:bold;padding:2px;border:1px solid}"
    html = (
        f"<!DOCTYPE html><html lang=en><title>T</title><style>{CSS}{FACES}{SET}{links}{RESET}"
        f"</style><body>{body}"
    )
    marked = with_languages(html)
    assert marked.count("zine-lang:") == 5
    one, other = (HTML(string=each).write_pdf(pdf_variant="pdf/ua-1") for each in (html, marked))
    assert pixels(one) == pixels(other) == pixels(prepared_section(other))


def test_the_word_joiner_behind_a_hyphen_is_not_seen():
    body = f"<p>{SENTENCE * 6} internationalization</p><p>{'representation ' * 20}</p>"
    plain_hyphen = raw(body, FACES + SET + "p{hyphenate-character:'-'}")
    joined = raw(body, FACES + SET + "p{hyphenate-character:'-\\2060'}")
    assert pixels(plain_hyphen) == pixels(joined) == pixels(prepared_section(joined))
    assert b"FEFF00AD" in content(prepared_section(joined))
    assert b"FEFF00AD" not in content(prepared_section(plain_hyphen))


def content(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return b"".join(page.Contents.read_bytes() for page in opened.pages)
