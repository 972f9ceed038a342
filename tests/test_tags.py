"""The structure of a bound book: what a reader without eyes is told, and in which order."""

from __future__ import annotations

import pikepdf
import pytest

from support.pdfs import Read, inner, plain
from support.tags import Tree, failures
from zine.build import Options, build_handouts
from zine.compiler.chapters import sort_entries

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def book(signs):
    with Read(signs.path("signs-for-all.pdf")) as read:
        yield read


@pytest.fixture(scope="module")
def document(book):
    return Tree(book.pikepdf).document


@pytest.fixture(scope="module")
def everything(document):
    """The entry that has everything."""
    return titled(document, "Everything at once")


def titled(document, title):
    """The section with that title: of several nested ones the outermost."""
    return next(one for one in document.walk() if one.title == title)


def test_there_is_one_document_with_every_section_in_reading_order(document):
    top = [(one.kind, one.title) for one in document.kids]
    assert document.kind == "Document"
    assert top == [
        ("Sect", "Cover"),
        ("Sect", "Title page"),
        ("Sect", "Imprint"),
        ("Sect", "Contents"),
        ("Art", "Preface"),
        ("Part", "Theories"),
        ("Part", "Values"),
        ("Part", "Stories"),
        ("Art", "Entries by value"),
        ("Art", "Entries by tag"),
        ("Art", "Contributors and credits"),
        ("Sect", "Back cover"),
    ]


def test_a_chapter_holds_its_opener_and_its_entries(document):
    part = titled(document, "Stories")
    kids = [(one.kind, one.title) for one in part.kids]
    assert kids == [
        ("Sect", "Stories"),
        ("Art", "The board by the well"),
        ("Art", "The nail"),
    ]


def test_a_chapter_starts_with_its_name_though_that_stands_on_the_recto(document):
    opener = document.one("Part", "Theories").kids[0]
    assert opener.words.startswith("Theories What is thought of, and for whom. Everything at once")
    assert [one.page % 2 for one in opener.kids] == [0, 1]


def test_headings_go_down_with_the_outline_and_skip_no_level(document, everything):
    levels = [(one.kind, one.words) for one in document.walk() if one.kind[0] == "H"]
    assert levels[0] == ("H1", "Signs for all")
    assert ("H1", "Theories") in levels
    assert ("H2", "Everything at once") in levels
    of_entry = [(one.kind, one.words) for one in everything.walk() if one.kind[0] == "H"]
    assert of_entry == [
        ("H2", "Everything at once"),
        ("H3", "Values"),
        ("H3", "Stories"),
        ("H3", "Learn more"),
        ("H3", "Contributor"),
        ("H3", "Tags"),
        ("H3", "What came of it"),
    ]
    numbers = [int(kind[1]) for kind, _ in levels]
    assert all(b <= a + 1 for a, b in zip([0, *numbers], numbers, strict=False))


def test_an_entry_is_one_article_read_as_the_page_is(everything):
    """Opener, lead, apparatus, text; no line of it is cut in two by the end of a page."""
    words = everything.words
    assert words.startswith(
        "Theory Everything at once Where Anywhere Who Everybody A page of all that can stand on "
        "one, with bons mots, and longer than a page. Values Clear words 14 Stories"
    )
    order = ["Theory", "Where", "A page of all", "Values", "Learn more", "The first word", "What"]
    places = [words.index(one) for one in order]
    assert places == sorted(places)
    paragraphs = [one.words for one in everything.all("P") if one.words.startswith("In year")]
    assert len(paragraphs) == 8
    for number, paragraph in enumerate(paragraphs, 1):
        assert paragraph.startswith(f"In year {number} the street kept its board")
        assert paragraph.endswith("the administration that had forbidden it.")
        assert "before work began. The board outlived the baker, his organization" in paragraph


def test_words_at_the_ends_of_lines_are_parted_and_hyphenated_ones_are_whole(document):
    (paragraph,) = {one.words for one in document.all("P") if "In year 1" in one.words}
    assert paragraph == (
        "In year 1 the street kept its board of notices by the well. Many of those who never saw "
        "the board knew by heart what was written on it, because the baker read it aloud every "
        "morning to whoever came for bread, and nobody thought of it as a service; it was the way "
        "in which the street talked to itself before work began. The board outlived the baker, "
        "his organization and the administration that had forbidden it."
    )


def test_lists_have_items_with_labels_and_bodies(everything):
    lists = {one.words: one for one in everything.all("L")}
    numbered = lists["1 Read it. 2 Read it aloud."]
    assert numbered.shape() == ("L", [("LI", ["Lbl", "LBody"])] * 2)
    assert numbered.attributes["ListNumbering"] == "Decimal"
    nested = lists["• What is it? • A board. • A notice. • Who is it for?"]
    assert nested.attributes["ListNumbering"] == "Disc"
    within = ("L", [("LI", ["Lbl", "LBody"])] * 2)
    first = ("LI", ["Lbl", ("LBody", [within])])
    assert nested.shape() == ("L", [first, ("LI", ["Lbl", "LBody"])])
    assert lists["Clear words 14"].shape() == ("L", [("LI", [("LBody", ["Link", "Link"])])])


def test_terms_label_what_they_mean(everything):
    facts, terms = [one for one in everything.all("L") if one.all("Lbl")][:1], everything.all("L")
    assert [item.words for item in facts[0].all("Lbl")] == ["Where", "Who"]
    (board,) = [one for one in terms if one.words.startswith("Board")]
    two = ("LI", ["Lbl", ("LBody", ["P", "P"])])
    assert board.shape() == ("L", [("LI", ["Lbl", "LBody"]), two])
    assert [one.words for one in board.all("Lbl")] == ["Board", "Notice"]


def test_tables_say_which_head_a_cell_is_under(everything):
    (table,) = everything.all("Table")
    heads = table.all("TH")
    assert [one.words for one in heads] == ["Sign", "Meaning"]
    assert {one.attributes["Scope"] for one in heads} == {"Column"}
    names = {one.id: one.words for one in heads}
    under = [(one.words, names[one.attributes["Headers"][0]]) for one in table.all("TD")]
    assert under == [("Ring", "Sign"), ("Bread", "Meaning"), ("Bell", "Sign"), ("Water", "Meaning")]


def test_a_footnote_is_a_note_behind_the_block_that_calls_it(everything):
    notes = everything.all("Note")
    assert [one.words for one in notes] == [
        "1 By the baker, who kept a list of them.",
        "2 Or hangs by one nail.",
    ]
    assert [one.words for one in everything.all("Reference")] == ["1", "2"]
    assert len({one.id for one in notes}) == 2 and all(one.id for one in notes)
    running = next(one for one in everything.walk() if notes[0] in one.kids)
    before = running.kids[running.kids.index(notes[0]) - 1]
    assert before.kind == "P" and before.all("Reference")
    quote = next(one for one in everything.walk() if notes[1] in one.kids)
    assert quote.kind == "BlockQuote"
    (link,) = notes[0].all("Link")
    assert link.words == "a list"


def test_foreign_words_say_their_language(everything):
    found = {one.words: (one.kind, one.lang) for one in everything.walk() if one.lang}
    assert found == {
        "bons mots": ("Span", "fr"),
        "palabra": ("Span", "es"),
        "die Tafel und ihr": ("Span", "de"),
        "Verzeichnis": ("Link", "de"),
        "Verba volant.": ("Span", "la"),
    }


def test_pictures_have_words_and_none_of_them_is_a_file_name(document, everything):
    pictures = [one.alt for one in document.all("Figure")]
    assert all(pictures)
    assert not [alt for alt in pictures if ".png" in alt or "zine-" in alt]
    assert [one.alt for one in everything.all("Figure")] == [
        "Drawing of the entry Everything at once: circle, with a bead for the related entry",
        "QR code: example.org/institute",
        "The board, seen from the well.",
        "Picture",
    ]
    board = titled(document, "The board by the well")
    assert [one.alt for one in board.all("Figure")] == ["The board by the well."]
    assert [one.alt for one in titled(document, "Title page").all("Figure")] == [
        "2 values, 2 theories and 2 stories"
    ]


def test_decoration_is_no_part_of_what_is_read(document):
    opener = titled(document, "Theories").kids[0]
    assert not opener.all("Figure")
    assert not titled(document, "Cover").all("Figure")


def test_a_caption_stands_beside_its_picture(everything):
    (div,) = everything.all("Div")
    assert div.shape() == ("Div", ["Figure", "Caption"])
    assert div.words == "The board, seen from the well."


def test_running_heads_and_folios_are_not_read(book, document):
    """Every page of an entry prints its title at the foot; it is read once, as its heading."""
    for title in ("Silence", "The nail"):
        entry = titled(document, title)
        pages = {one.page for one in entry.walk()}
        printed = [book.words(index, (0, 0, book.size(index)[0], 40)) for index in pages]
        assert all(title in words for words in printed)
        assert entry.words.count(title) == 1
    for page in book.pikepdf.pages:
        marked = page.Contents.read_bytes().count(b"MCID")
        artefacts = page.Contents.read_bytes().count(b"/Artifact")
        assert marked or artefacts or not page.Contents.read_bytes().strip()


def test_every_link_says_where_it_leads(book, document):
    labels, targets = book.labels, book.destinations
    titles = {one.title: one for one in document.walk() if one.title}
    inside = abroad = 0
    for page in book.pikepdf.pages:
        for one in page.obj.get("/Annots", ()):
            words = str(one.Contents)
            if "/Dest" in one:
                title, _, label = words.rpartition(", page ")
                assert title in titles
                assert label == labels[targets[str(one.Dest)]]
                inside += 1
            else:
                assert "://" not in words and "www." not in words
                abroad += 1
    assert inside > 30 and abroad >= 4
    first = titled(document, "Contents").all("Link")[:2]
    assert [one.words for one in first] == ["viii", "Preface"]
    assert {str(one.links[0].Contents) for one in first} == {"Preface, page viii"}


def test_external_links_are_described_by_their_address(everything):
    addresses = {
        one.words: str(one.links[0].Contents)
        for one in everything.all("Link")
        if "/A" in one.links[0]
    }
    assert addresses == {
        "example.org/institute": "example.org/institute",
        "Verzeichnis": "example.org/tafel",
        "a list": "example.org/list",
    }
    (link,) = [one.links[0] for one in everything.all("Link") if one.words == "Verzeichnis"]
    assert str(link.A.URI) == "https://example.org/tafel"


def test_a_link_that_turns_over_is_one_link_with_an_annotation_for_each_line(demo_book):
    document = Tree(demo_book.pikepdf).document
    links = [one for one in document.all("Link") if len(one.links) > 1]
    assert links
    for link in links:
        assert len(link.links) <= len(link.lines)
        assert len({str(one.Dest) for one in link.links if "/Dest" in one}) <= 1
        assert len({_rect(one) for one in link.links}) == len(link.links)


def test_every_link_covers_its_words(book, document):
    for link in document.all("Link"):
        shown = " ".join(book.words(link.page, inner(_rect(one))) for one in link.links)
        for word in link.words.split():
            assert plain(word).strip("-") in shown, link.words


def _rect(annotation):
    x1, y1, x2, y2 = (float(n) for n in annotation.Rect)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def test_tabs_follow_the_reading_order_and_blanks_hold_nothing(book):
    for page in book.pikepdf.pages:
        if "/Annots" in page.obj:
            assert page.Tabs == pikepdf.Name.S
        if not page.Contents.read_bytes().strip():
            assert "/StructParents" not in page.obj


def test_the_file_says_that_it_is_accessible(book):
    pdf = book.pikepdf
    assert pdf.pdf_version == "1.7"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en"
    with pdf.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"


def test_the_file_for_the_press_has_no_tags(signs):
    with Read(signs.path("signs-for-all-booklet-a4.pdf")) as sheets:
        root = sheets.pikepdf.Root
        assert "/StructTreeRoot" not in root and "/MarkInfo" not in root


def test_pictures_without_words_are_told_with_their_lines(signs):
    found = [str(one) for one in signs.report.findings if one.code == "image-alt-missing"]
    source = (signs.project.root / "content/theories/everything.md").read_text().splitlines()
    lines = [number for number, line in enumerate(source, 1) if "board.png" in line]
    assert found == [
        f"content/theories/everything.md:{lines[0]}: warning[image-alt-missing]: no words say what "
        "the picture “board.png” shows; its caption is read out",
        f"content/theories/everything.md:{lines[1]}: warning[image-alt-missing]: no words say what "
        "the picture “board.png” shows; only that there is one is read out",
        "content/stories/the-board.md:8:9: warning[image-alt-missing]: no words say what the "
        "picture “board.png” shows; its caption is read out",
    ]


@pytest.mark.parametrize("name", ["signs-for-all.pdf", "theories.pdf"])
def test_the_small_book_and_its_booklet_are_pdf_ua(signs, name):
    assert failures(signs.path(name)) == []


@pytest.mark.parametrize("name", ["solidarity-economics.pdf", "theories.pdf"])
def test_the_demo_book_and_a_booklet_of_it_are_pdf_ua(demo, name):
    assert failures(demo.path(name)) == []


def test_a_handout_is_pdf_ua_and_reads_its_feet_once(signs):
    report = build_handouts(signs.project, ["Everything at once"], None, Options())
    (output,) = report.outputs
    assert failures(output.path) == []
    with Read(output.path) as read:
        document = Tree(read.pikepdf).document
    assert [one.kind for one in document.kids] == ["Art"]
    assert document.words.count("Free to copy: CC BY-SA 4.0") == 1
    assert document.words.count("Ana Pérez") == 1
    (address,) = [one for one in document.all("Link") if one.words == "example.org/signs"]
    assert str(address.links[0].A.URI) == "https://example.org/signs"


def test_an_entry_of_the_demo_reads_as_its_page_does(demo, demo_book):
    document = Tree(demo_book.pikepdf).document
    entries = sort_entries(
        [one for one in demo.project.library.entries if one.type == "theory"], "title", "en"
    )
    part = document.one("Part", "Theories")
    assert [one.title for one in part.kids[1:]] == [one.title for one in entries]
    entry = next(one for one in part.kids if one.title == "Horizontalism")
    assert entry.words.startswith(
        "Theory Horizontalism Horizontalism is a way of organizing in which people decide "
        "together, face to face, without anyone holding standing authority over the rest."
    )
    assert "In 2011 assemblies in the squares of Madrid" in entry.words
    assert "Trade school: barter-for-knowledge" in entry.words
