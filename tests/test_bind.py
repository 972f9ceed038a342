"""The bound book read back: outline, links, labels, boxes, what it says of itself."""

from __future__ import annotations

import re

import pytest

from support.pdfs import plain
from support.projects import REPOSITORY
from zine.compiler.chapters import sort_entries
from zine.units import mm_to_pt

pytestmark = pytest.mark.slow
FOLIO_BAND = 40.0  # pt from the foot of the trim


@pytest.fixture(scope="module")
def starts(demo_book):
    """Title → page index, from the outline; titles are unique but for the parts of the book."""
    return {one.title: one.page for one in demo_book.outline}


def entries_of(demo, kind):
    entries = [one for one in demo.project.library.entries if one.type == kind]
    return [one.title for one in sort_entries(entries, "title", "en")]


def test_the_outline_has_the_chapters_and_under_each_its_entries(demo, demo_book):
    levels = [(one.level, one.title) for one in demo_book.outline]
    expected = []
    for kind in demo.project.settings.types:
        expected.append((1, kind.plural))
        expected += [(2, title) for title in entries_of(demo, kind.id)]
    at = levels.index(expected[0])
    assert levels[at : at + len(expected)] == expected
    assert all(level == 1 for level, _ in [*levels[:at], *levels[at + len(expected) :]])


def test_every_bookmark_leads_to_the_page_that_bears_its_title(demo, demo_book, starts):
    for kind in demo.project.settings.types:
        for title in entries_of(demo, kind.id):
            words = demo_book.words(starts[title])
            assert plain(title) in words
            assert kind.singular in words
    assert [one.page for one in demo_book.outline] == sorted(one.page for one in demo_book.outline)


def test_entries_and_openers_start_on_a_verso(demo, starts):
    for kind in demo.project.settings.types:
        for title in (kind.plural, *entries_of(demo, kind.id)):
            assert starts[title] % 2 == 1


def test_every_number_that_links_is_the_label_of_the_page_it_leads_to(demo_book):
    numbers = [one for one in demo_book.links if one.words.isdecimal()]
    labels = demo_book.labels
    wrong = [one for one in numbers if one.words != labels[one.leads_to]]
    assert not wrong
    assert len(numbers) > 300


def test_every_link_leads_to_its_own_section(demo, demo_book, starts):
    pages = {f"entry-{one.slug}": starts[one.title] for one in demo.project.library.entries}
    seen = {one.target: one.leads_to for one in demo_book.links if one.target in pages}
    assert seen == pages


def test_the_contents_number_every_entry_and_chapter_truly(demo, demo_book, starts):
    first, last = starts["Contents"], starts["How to use this toolbox"]
    found = {
        one.target: one.words
        for one in demo_book.links
        if first <= one.page < last and one.words.isdecimal()
    }
    for entry in demo.project.library.entries:
        assert found[f"entry-{entry.slug}"] == str(starts[entry.title] + 1)
    titles = {one.target for one in demo_book.links if first <= one.page < last}
    for kind in demo.project.settings.types:
        assert f"chapter-{kind.folder}" in titles


def test_the_index_numbers_the_members_of_every_value_truly(demo, demo_book, starts):
    library = demo.project.library
    members = {m.slug for v in library.entries if v.type == "value" for m in library.members_of(v)}
    first, last = demo_book.destinations["indexes"], demo_book.destinations["credits"]
    found = {}
    for one in demo_book.links:
        if first <= one.page < last and one.words.isdecimal():
            found.setdefault(one.target, set()).add(one.words)
    for entry in library.entries:
        if entry.slug in members or entry.tags:
            assert found[f"entry-{entry.slug}"] == {str(starts[entry.title] + 1)}


def test_every_page_of_an_entry_bears_its_folio_and_the_title_as_running_head(demo, demo_book):
    width = demo_book.size(0)[0]
    for entry in demo.project.library.entries:
        pages = [index for index in demo_book.pages_of(entry.title) if demo_book.words(index)]
        assert pages  # blanks before the next section bear nothing
        for index in pages:
            foot = demo_book.words(index, (0, 0, width, FOLIO_BAND))
            number, run = str(index + 1), plain(entry.title)
            assert foot == (f"{number} {run}" if index % 2 else f"{run} {number}")


def test_page_labels_count_from_the_cover(demo_book):
    assert demo_book.labels == [str(number + 1) for number in range(len(demo_book))]


def test_the_page_map_of_the_report_is_that_of_the_file(demo, demo_book):
    page_map = demo.report.page_maps["solidarity-economics"]
    assert page_map.total == len(demo_book)
    assert demo_book.destinations == {
        name: page for name, page in page_map.targets.items() if name in demo_book.destinations
    }
    assert set(page_map.targets) <= set(demo_book.destinations)


def test_the_book_says_what_it_is(demo, demo_book):
    settings = demo.project.settings
    pdf = demo_book.pikepdf
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == settings.title
        assert set(xmp["dc:language"]) == {"en"}
        assert xmp["dc:rights"] == settings.licence
        assert xmp["xmpRights:WebStatement"] == settings.licence_url
        assert xmp["dc:publisher"] == {settings.publisher}
        assert xmp["dc:date"] == [settings.date.isoformat()]
        creators = list(xmp["dc:creator"])
    contributors = {name for one in demo.project.library.entries for name in one.contributors}
    assert set(creators) == (set(settings.editors) or contributors)
    assert str(pdf.docinfo["/Title"]) == settings.title


def test_a_booklet_names_the_book_it_is_from(demo, demo_theories):
    with demo_theories.pikepdf.open_metadata() as xmp:
        assert xmp["dc:title"] == f"Theories – {demo.project.settings.title}"


@pytest.mark.parametrize("name", ["demo_book", "demo_theories"])
def test_pages_are_a5_with_their_origin_at_zero(name, request):
    for page in request.getfixturevalue(name).pikepdf.pages:
        for box in (page.mediabox, page.trimbox, page.cropbox):
            left, low, right, high = (float(one) for one in box)
            assert (left, low) == (0, 0)
            assert right == pytest.approx(mm_to_pt(148), abs=0.01)
            assert high == pytest.approx(mm_to_pt(210), abs=0.01)


@pytest.mark.parametrize("name", ["demo_book", "demo_theories"])
def test_no_path_of_this_machine_is_in_the_file(name, demo, request):
    raw = request.getfixturevalue(name).unpacked
    paths = [str(REPOSITORY), str(demo.project.root), "file:", "/home/", "/root/", "/tmp/"]
    for path in paths:
        assert path.encode() not in raw
        assert path.encode("utf-16-be") not in raw
    slugged = re.sub(r"\W+", "-", str(demo.project.root)).strip("-")
    assert slugged.encode() not in raw


@pytest.mark.parametrize("name", ["demo_book", "demo_theories"])
def test_every_link_prints_with_its_page_and_none_is_left_of_the_workshop(name, request):
    read = request.getfixturevalue(name)
    for page in read.pikepdf.pages:
        for one in page.obj.get("/Annots", ()):
            assert int(one.F) == 4
            if "/A" in one:
                assert str(one.A.URI).startswith(("https://", "http://", "mailto:"))
    assert len(read.links) > 20


def test_a_booklet_numbers_what_it_leaves_out_by_the_whole_book(demo, demo_theories, starts):
    """“Numbers in italics are pages of the whole book”: those of Horizontalism, read back."""
    library = demo.project.library
    entry = library.resolve("Horizontalism")
    outside = [
        one.entry
        for kind, related in library.related(entry).items()
        for one in related
        if kind != "theory" and one.entry
    ]
    assert outside
    words = demo_theories.words_of("Horizontalism").replace("-", "")
    for one in outside:
        number = starts[one.title] + 1
        # A line may end with the hyphen; a few words of the author's may stand before the number.
        title = re.escape(plain(one.title).replace("-", ""))
        assert re.search(rf"{title}( [^0-9]{{1,80}})? {number}\b", words)
