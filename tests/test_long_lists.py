"""Contents and opener lists of any length: nothing leaves its page, no head stands alone."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.pdfs import Read
from support.projects import built, write
from zine.bind.reading import read_structure
from zine.build import Request
from zine.compiler.references import Reference
from zine.config import DEFAULT_TYPES
from zine.paper import PAPERS
from zine.typeset.geometry import LINE, Geometry
from zine.typeset.guess import PART
from zine.typeset.views.columns import DENSE, KEPT, ROOMY, Block, column_height, pour, turn_of
from zine.typeset.views.contents import SUNK
from zine.typeset.views.indexes import planned
from zine.typeset.views.opener import (
    LARGE_INTRO,
    NO_INTRO,
    SMALL_INTRO,
    fit_intro,
    fit_list,
    intro_height,
)

HEAD = r"matter [0-9]{2}"
A5 = Geometry(PAPERS["a5"], 3.0)
WIDTH = 148.0  # pt, of a column
FULL = A5.lines * LINE
KIND = DEFAULT_TYPES[0]


def listed(count: int, words: str = "Seed library") -> tuple[Reference, ...]:
    return tuple(Reference(f"{words} {n}", KIND, f"e{n}", str(n)) for n in range(count))


def blocks(*counts: int) -> list[Block]:
    chapters = [Block(f"Chapter {n}", KIND, "", listed(n)) for n in counts]
    return [*chapters, Block("", None, "", listed(3, "Index"))]


@pytest.mark.parametrize("spacious", [True, False])
@pytest.mark.parametrize("density", [DENSE, ROOMY])
@pytest.mark.parametrize("counts", [(10,), (24, 51), (8, 20, 22, 25), (30, 81, 90, 99), (700,)])
def test_columns_hold_everything_once_and_in_order(counts, density, spacious):
    given = blocks(*counts)
    pages = pour(given, WIDTH, A5.lines, density, SUNK * LINE, spacious=spacious)
    columns = [column for page in pages for column in page]
    for place, column in enumerate(columns):
        room = FULL - (SUNK * LINE if place < 2 else 0)
        assert column_height(column, WIDTH, density) <= room
        for block in column:
            assert len(block.references) >= KEPT
    poured = [one for column in columns for block in column for one in block.references]
    if not spacious:
        assert poured == [one for block in given for one in block.references]
    assert sorted(map(id, poured)) == sorted(id(one) for b in given for one in b.references)


def test_a_list_carried_over_the_page_repeats_its_head():
    pages = pour(blocks(700), WIDTH, A5.lines, DENSE, SUNK * LINE, spacious=False)
    carried = [page[0][0] for page in pages[1:]]
    assert all(block.carried and block.title == "Chapter 700" for block in carried)
    assert not any(block.title for page in pages for block in page[1] if block.references)


@pytest.mark.parametrize(
    ("count", "style", "shown"),
    [(19, "", 19), (30, "dense", 30), (51, "dense two", 51), (200, "dense", 0)],
)
def test_the_list_of_an_opener_is_set_as_large_as_its_page_allows(count, style, shown):
    found = fit_list(listed(count), (), "<p>Big ideas.</p>", A5)
    assert (found.style, len(found.references)) == (style, shown)


def test_a_long_introduction_leaves_less_for_the_list():
    words = "<p>" + "how the economy could work, and for whom, " * 10 + "</p>"
    assert fit_list(listed(19), (), "", A5).style == ""
    assert fit_list(listed(19), (), words, A5).style == "dense"
    assert fit_list(listed(40), (), "", A5).references
    assert not fit_list(listed(40), (), words * 4, A5).references


def test_a_long_introduction_is_set_smaller_and_a_longer_one_stands_behind():
    words = "<p>" + "how the economy could work, and for whom, " * 10 + "</p>"
    assert [fit_intro(words * n, A5) for n in (1, 3, 9)] == [LARGE_INTRO, SMALL_INTRO, NO_INTRO]
    for n in range(1, 9):
        style = fit_intro(words * n, A5)
        if style != NO_INTRO:
            assert intro_height(words * n, A5, style) <= A5.block - 5 * LINE


@pytest.fixture(scope="module")
def long_book(tmp_path_factory):
    """Many tiny entries in two chapters, one longer than a column, one than an opener's page."""
    root = tmp_path_factory.mktemp("long")
    write(root, "book/book.yaml", "title: Long\nstarts: any\neditions: {read: }\n")
    for kind, count in (("values", 24), ("theories", 51)):
        for n in range(count):
            text = f'---\ntitle: "{kind.title()} at work {n:02}"\n---\nA lead.\n'
            write(root, f"content/{kind}/{kind}-{n:02}.md", text)
    made = built(root, Request())
    with Read(made.path("long.pdf")) as read:
        yield read


@pytest.mark.slow
def test_no_two_links_of_a_page_stand_on_one_another(long_book):
    """The build's own proof has read the numbers; here the boxes themselves."""
    first = {one.page for one in long_book.links if one.words.isdecimal()}
    assert len(first) > 2
    width, height = long_book.size(0)
    for page in first:
        rects = [one.rect for one in long_book.links if one.page == page]
        for at, (left, low, right, high) in enumerate(rects):
            assert 0 < left < right < width
            assert 0 < low < high < height
            for other in rects[:at]:
                apart = (
                    right <= other[0] + 0.6
                    or other[2] <= left + 0.6
                    or high <= other[1] + 3.5
                    or other[3] <= low + 3.5
                )
                assert apart, f"page {page + 1}: {(left, low, right, high)} on {other}"


@given(st.lists(st.integers(1, 6).map(lambda lines: lines * LINE), min_size=1, max_size=30))
def test_a_turn_leaves_two_columns_as_even_as_can_be(heights):
    turn = turn_of(heights)
    tallest = max(sum(heights[:turn]), sum(heights[turn:]))
    assert tallest == min(
        max(sum(heights[:at]), sum(heights[at:])) for at in range(len(heights) + 1)
    )
    assert sum(heights[:turn]) >= sum(heights[turn:]) or sum(heights[: turn + 1]) > tallest


@given(st.lists(st.integers(1, 90), min_size=1, max_size=12))
def test_an_index_is_poured_whole_and_in_order(counts):
    heads = [
        (f"Head {number}", True, tuple(f"Seed library {n}" for n in range(count)))
        for number, count in enumerate(counts)
    ]
    pages = planned("Entries by tag", tuple(heads), A5, far=False)
    columns = [column for page in pages for column in page]
    found = [
        (piece.group, at)
        for column in columns
        for piece in column
        for at in range(piece.first, piece.end)
    ]
    assert found == [(head, at) for head, count in enumerate(counts) for at in range(count)]
    assert all(1 <= len(page) <= 2 for page in pages)
    for column, after in pairwise(columns):
        # Neither a head with one reference at the foot of a column, nor one left over at its top.
        last, first = column[-1].group, after[0]
        if first.first:
            assert sum(piece.end - piece.first for piece in after if piece.group == last) > 1
            assert sum(piece.end - piece.first for piece in column if piece.group == last) > 1
    for page in pages[:-1]:
        for column in page:
            groups = {piece.group for piece in column}
            listed = sum(piece.end - piece.first for piece in column)
            begun = sum(not piece.first for piece in column)
            assert listed + begun + len(groups) - 1 <= A5.lines


@pytest.fixture(scope="module")
def tagged_book(tmp_path_factory):
    """A book whose index by tag takes a dozen pages."""
    root = tmp_path_factory.mktemp("tags")
    write(root, "book/book.yaml", "title: Tags\nstarts: any\neditions: {read: }\n")
    for n in range(60):
        tags = "\n".join(f"- matter {(n * 7 + k) % 97:02}" for k in range(14))
        text = f"---\ntitle: Work of kind {n:02}\ntags:\n{tags}\n---\nA lead.\n"
        write(root, f"content/theories/work-{n:02}.md", text)
    return built(root, Request())


@pytest.mark.slow
def test_a_long_index_is_several_sections_that_read_as_one(tagged_book):
    with Read(tagged_book.path("tags.pdf")) as read:
        listed = [one for one in read.outline if one.title == "Entries by tag"]
        assert len(listed) == 1
        first = listed[0].page
        pages = [at for at in range(first, len(read)) if re.search(HEAD, read.words(at))]
        assert pages == list(range(first, first + len(pages)))
        assert len(pages) > 2 * PART
        heads = [found for at in pages for found in re.findall(HEAD, read.words(at))]
    assert heads == sorted(set(heads))
    assert len(heads) == 97
    made = read_structure(tagged_book.path("tags.pdf").read_bytes())
    number = max(at for at, one in enumerate(made.elements) if one.kind == "Part")
    sections = [at for at, one in enumerate(made.elements) if one.parent == number]
    assert len(sections) == len(pages) // PART
    headings = [one.kind for one in made.elements[number:] if one.kind in ("H1", "H2")]
    assert headings[: len(heads) + 1] == ["H1"] + ["H2"] * len(heads)
