"""Handouts: one sheet for an entry, of the size asked for, never set too small."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from support.pdfs import Read, plain
from support.projects import copy_of, write
from zine.build import Options, build_handouts, build_minis
from zine.config.themes import make_theme
from zine.diagnostics import Severity, UsageError
from zine.paper import PAPERS
from zine.project import load_project

pytestmark = pytest.mark.slow
LEAST = 8.5  # pt
NAMES = ("horizontalism", "Deepens democracy", "SolidarityNYC")


@pytest.fixture(scope="module")
def a4(demo):
    return build_handouts(demo.project, NAMES)


@pytest.fixture(scope="module")
def letter(demo):
    return build_handouts(demo.project, NAMES, PAPERS["letter"])


def test_they_have_the_names_of_their_entries_and_of_other_paper(a4, letter):
    slugs = ["horizontalism", "deepens-democracy", "solidarity-nyc"]
    assert [one.path.name for one in a4.outputs] == [f"{slug}.pdf" for slug in slugs]
    assert [one.path.name for one in letter.outputs] == [f"{slug}-letter.pdf" for slug in slugs]
    assert {one.path.parent.name for one in a4.outputs} == {"handouts"}


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.28, 841.89)), ("letter", (612, 792))])
def test_they_are_one_sheet_of_their_paper(paper, size, request):
    for one in request.getfixturevalue(paper).outputs:
        with Read(one.path) as read:
            assert one.pages == len(read) <= 2
            assert one.sheets == 1
            for index in range(len(read)):
                assert read.size(index) == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_their_text_is_never_smaller_than_it_may_be(paper, request):
    for one in request.getfixturevalue(paper).outputs:
        with Read(one.path) as read:
            letters = Counter(
                round(size, 2) for index in range(len(read)) for _, size in read.sizes(index)
            )
            assert letters.most_common(1)[0][0] >= LEAST


def test_in_large_print_nothing_is_small_and_no_page_has_a_flaw(demo):
    theme = make_theme(["large-print"], demo.project.root)
    report = build_handouts(demo.project, NAMES[:1], theme=theme)
    (one,) = report.outputs
    assert one.path.name == "horizontalism-large-print.pdf"
    assert one.sheets == (one.pages + 1) // 2
    flaws = ("type-", "page-", "heading-", "glyph-", "contrast-", "image-too")
    assert not [found for found in report.findings if found.code.startswith(flaws)]
    with Read(one.path) as read:
        sizes = [size for at in range(len(read)) for text, size in read.sizes(at) if text.isalpha()]
    assert min(sizes) >= 15.9


def test_they_are_looked_over(tmp_path):
    write(tmp_path, "book/book.yaml", "title: T\n")
    text = "---\ntitle: One\nshort_write_up: <p>A tick \u2714 here.</p>\n---\n"
    write(tmp_path, "content/theories/one.md", text)
    project = load_project(tmp_path)
    for report in (build_handouts(project), build_minis(project)):
        found = [one for one in report.findings if one.code == "glyph-missing"]
        assert {str(one.place) for one in found} == {"content/theories/one.md:3"}


def test_they_bear_title_lead_and_the_folio_in_the_whole_book(demo, demo_book, a4):
    starts = {one.title: one.page for one in demo_book.outline}
    for one in a4.outputs:
        with Read(one.path) as read:
            words = " ".join(read.words(index) for index in range(len(read)))
            assert plain(one.title) in words
            assert f"page {starts[one.title] + 1}" in words
            assert read.outline[0].title == one.title


def test_what_they_refer_to_is_numbered_by_the_whole_book(demo, demo_book, a4):
    starts = {one.title: one.page for one in demo_book.outline}
    with Read(a4.outputs[0].path) as read:
        words = " ".join(read.words(index) for index in range(len(read)))
        assert read.links == []
    number = starts["Resilience circles"] + 1
    assert re.search(rf"Resilience circles( [^0-9]{{1,80}})? {number}\b", words)


def test_they_are_set_once(demo, a4, monkeypatch):
    from zine.typeset.workers import Typesetter

    def refuse(self, job):
        raise AssertionError(f"{job} is set again")

    monkeypatch.setattr(Typesetter, "_submit", refuse)
    before = [one.path.read_bytes() for one in a4.outputs]
    again = build_handouts(demo.project, NAMES)
    assert [one.path.read_bytes() for one in again.outputs] == before


def test_unknown_names_are_all_told(demo):
    with pytest.raises(UsageError) as caught:
        build_handouts(demo.project, ["Horizontalizm", "Timebanking", "Timebank"])
    assert [one.code for one in caught.value.findings] == ["entry-unknown"] * 2
    assert "“Horizontalism”" in caught.value.findings[0].hint


def test_what_is_wrong_with_a_style_sheet_is_told(tmp_path):
    root = copy_of("principle", tmp_path)
    write(root, "styles/own.css", "p {\n  colour: red;\n}\n")
    report = build_handouts(load_project(root), ["Patience"], None, Options(processes=1))
    assert "styles/own.css:2:3" in {str(one.place) for one in report.findings}


class TestTooLong:
    """An entry that one sheet cannot hold."""

    WORDS = "soil water seed spade bed path rake gate hedge worm leaf root moss clay sand " * 4
    LINES = 6  # that a paragraph of these words takes in a column, at the smallest size

    def test_it_is_reported_with_the_lines_too_many_and_set_as_small_as_may_be(self, tmp_path):
        root = copy_of("principle", tmp_path)
        paragraph = f"{self.WORDS.strip().capitalize()}."
        head = "---\ntitle: Long\nshort_write_up: <p>Much to say.</p>\n---\n"
        write(root, "content/theories/long.md", head + "\n\n".join([paragraph] * 40))
        report = build_handouts(load_project(root), ["Long"], None, Options(processes=1))
        (output,) = report.outputs
        (finding,) = [one for one in report.findings if one.code == "handout-too-long"]
        assert finding.severity is Severity.WARNING
        assert finding.place.path == "content/theories/long.md"
        assert (output.pages, output.sheets) == (3, 2)
        with Read(output.path) as read:
            letters = Counter(round(size, 2) for _, size in read.sizes(1))
            assert letters.most_common(1)[0][0] == LEAST
            spilt = sum(1 for _ in read.sizes(2))
        paragraphs = spilt / sum(one.isalnum() for one in paragraph)
        lines = int(re.search(r"about (\d+) lines", finding.message)[1])
        assert lines == pytest.approx(paragraphs * self.LINES, abs=12)
        assert lines > 20
