"""A real partial export: seventeen theories and eight values whose neighbours are elsewhere.

The corpus is not in the repository: ZINE_SHARED names the folder that holds `corpus/`.
"""

from __future__ import annotations

import shutil

import pytest

from support.pdfs import Read, plain
from support.projects import SHARED, built, shared_cache, write
from support.tags import failures
from zine.build import Options, build_handouts
from zine.content.library import fold
from zine.diagnostics import Severity

CORPUS = SHARED / "corpus"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"there is no corpus in {CORPUS}"),
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory, whole_run):
    """A book of the corpus with nothing set but its title."""
    root = tmp_path_factory.mktemp("corpus")
    for folder in ("theories", "values"):
        shutil.copytree(CORPUS / folder, root / "content" / folder)
    # The same entry as it was first given: its body is a placeholder.
    shutil.copy(CORPUS / "seed" / "solidarity-economics.md", root / "content" / "theories")
    write(root, "book/book.yaml", "title: The toolbox\n")
    with shared_cache(root, whole_run):
        return built(root)


@pytest.fixture(scope="module")
def book(corpus):
    with Read(corpus.path("the-toolbox.pdf")) as read:
        yield read


@pytest.fixture(scope="module")
def words(book):
    """The words of every page."""
    return [book.words(index) for index in range(len(book))]


def test_it_builds_and_only_warns(corpus):
    assert len(corpus.project.library.entries) == 25
    found = {one.code for one in corpus.report.findings}
    assert Severity.ERROR not in {one.severity for one in corpus.report.findings}
    assert {"relation-unknown", "image-missing"} <= found
    assert [one.path.name for one in corpus.report.outputs] == [
        "the-toolbox.pdf",
        "the-toolbox-booklet-a4.pdf",
        "the-toolbox-booklet-a4-instructions.pdf",
    ]


def test_no_page_has_a_flaw(corpus):
    """Of quality; see test_quality.py."""
    codes = {one.code for one in corpus.report.findings}
    assert not {one for one in codes if one.startswith(("type-", "page-", "heading-"))}
    assert not codes & {"glyph-missing", "contrast-low", "image-too-coarse"}


def test_it_is_pdf_ua(corpus):
    assert failures(corpus.path("the-toolbox.pdf")) == []


def test_every_entry_is_printed_once_under_its_type(corpus, book):
    outline = [one for one in book.outline if one.level == 2]
    assert len(outline) == len({one.title for one in outline}) == 25
    titles = {one.title for one in corpus.project.library.entries}
    assert {one.title for one in outline} == titles


def test_every_relation_to_an_absent_entry_prints_its_bare_title(corpus, book):
    library = corpus.project.library
    checked = 0
    for mark in (one for one in book.outline if one.level == 2):
        entry = library.resolve(mark.title)
        text = unhyphened(book.words_of(mark.title))
        pages = book.pages_of(mark.title)
        links = {fold(one.words) for one in book.links if one.page in pages}
        for kind, related in library.related(entry).items():
            for one in related:
                if one.entry is None:
                    checked += 1
                    assert unhyphened(plain(one.title)) in text, (kind, entry.title)
                    assert fold(one.title) not in links
    assert checked > 100


def unhyphened(text: str) -> str:
    """Without hyphens and spaces, which a line break may add or hide."""
    return "".join(one for one in text if one not in "-‐ ")


def test_every_number_is_true(book):
    numbers = [one for one in book.links if one.words.isdecimal()]
    assert all(one.words == book.labels[one.leads_to] for one in numbers)
    assert len(numbers) > 150


def test_no_placeholder_is_printed(corpus, words):
    raw = [one.path.read_text() for one in corpus.project.library.entries]
    assert any("Full write-up goes here" in one for one in raw)
    assert not any("write-up goes here" in one.casefold() for one in words)
    assert not any("{" in one or "}}" in one for one in words)


def test_no_entity_or_tag_is_printed(words):
    for one in words:
        for mark in ("&amp;", "&ndash;", "&#", "<p>", "</"):
            assert mark not in one


def test_every_handout_is_one_sheet(corpus):
    report = build_handouts(corpus.project, (), None, Options())
    assert len(report.outputs) == 25
    assert {one.path.name for one in report.outputs if one.pages > 2} == set()
    assert not [one for one in report.findings if one.code == "handout-too-long"]
