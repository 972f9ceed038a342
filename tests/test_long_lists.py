"""Contents and opener lists of any length: nothing leaves its page, no head stands alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.pdfs import Read
from support.projects import built, write
from zine.build import Request
from zine.compiler.references import Reference
from zine.config import DEFAULT_TYPES
from zine.paper import PAPERS
from zine.typeset.geometry import LINE, Geometry
from zine.typeset.views.columns import DENSE, KEPT, ROOMY, Block, column_height, pour, turn_of
from zine.typeset.views.contents import SUNK
from zine.typeset.views.indexes import IndexGroup, IndexPart, poured
from zine.typeset.views.opener import (
    LARGE_INTRO,
    NO_INTRO,
    SMALL_INTRO,
    fit_intro,
    fit_list,
    intro_height,
)

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
    groups = tuple(IndexGroup(f"Head {n}", KIND, listed(n)) for n in counts)
    part = poured(IndexPart("index-by-tag", "Entries by tag", groups), A5, far=False)
    columns = [column for page in part.pages for column in page]
    found = [one for column in columns for group in column for one in group.references]
    assert found == [one for group in groups for one in group.references]
    heads = [group.title for column in columns for group in column if group.title]
    assert heads == [group.title for group in groups]
    assert all(1 <= len(page) <= 2 for page in part.pages)
    for column, after in pairwise(columns):
        # Neither a head with one reference at the foot of a column, nor one left over at its top.
        last, first = column[-1], after[0]
        if not first.title:
            assert len(first.references) > 1
            assert len(last.references) > 1
    for page in part.pages[:-1]:
        for column in page:
            lines = sum(len(group.references) + bool(group.title) for group in column)
            assert lines + len(column) - 1 <= A5.lines
