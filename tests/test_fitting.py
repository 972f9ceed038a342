"""Where the apparatus of an entry stands, from the measures of its first setting."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.paper import PAPERS
from zine.typeset.fitting import (
    AS_MEASURED,
    FLOWING_CUT,
    SUNK,
    Arrangement,
    Fitter,
    even,
    fit_entry,
)
from zine.typeset.geometry import LINE, Geometry
from zine.typeset.job import Anchor, Typeset

A5 = Geometry(PAPERS["a5"], 3.0)
HEAD = A5.head


def measured(lead: float, apparatus: float, text: float | None = None) -> Typeset:
    """A first setting: heights in lines of the grid; apparatus and text on pages of their own."""

    def at(page: int, line: float) -> Anchor:
        y = HEAD + line * LINE
        return Anchor(page, 0.0, y, 300.0, y)

    page = 1 if lead > 37 else 0
    anchors = {
        "_opener-end": at(page, lead - 37 * page),
        "_apparatus": at(page + 1, 0),
        "_apparatus-end": at(page + 1, apparatus),
        "_row-1": Anchor(page + 1, 0, HEAD, 300, HEAD + apparatus * LINE),
    }
    pages = page + 2
    if text is not None:
        last, line = divmod(text, 37)
        anchors["_running"] = at(page + 2, 0)
        anchors["_running-end"] = at(page + 2 + int(last), line)
        pages += 1 + int(last)
    return Typeset("entry-x", b"", pages, anchors)


@pytest.mark.parametrize(
    ("lead", "apparatus", "text", "name", "pages"),
    [
        (25, 20, None, "sunk", 2),
        (25, 30, None, "facing", 2),
        (30, 20, 15, "together", 2),
        (30, 10, 8, "together-sunk", 2),
        (26, 22, 20, "flowing", 2),
        (34, 30, 70, "facing", 4),
        (34, 30, 30, "facing", 3),
    ],
)
def test_the_arrangement_that_takes_the_fewest_pages(lead, apparatus, text, name, pages):
    arrangement, count = fit_entry(measured(lead, apparatus, text), A5)
    assert (arrangement.name, count) == (name, pages)


def sunk(section: Typeset) -> Typeset:
    """The same section as it comes out where its apparatus was lowered."""
    down = A5.sunk * LINE
    moved = {
        name: replace(one, top=one.top + down * (name != "_apparatus"), bottom=one.bottom + down)
        for name, one in section.anchors.items()
        if name.startswith(("_apparatus", "_row-"))
    }
    return replace(section, anchors={**section.anchors, **moved})


@pytest.mark.parametrize("spreads", [True, False])
@pytest.mark.parametrize("apparatus", [2, 10, 21.5, 22, 22.5, 23])
@pytest.mark.parametrize("lead", [10, 20, 34, 38, 45])
def test_what_was_lowered_to_be_measured_is_arranged_as_if_it_had_not_been(
    lead, apparatus, spreads
):
    facing, fitter = measured(lead, apparatus), Fitter(A5, spreads)
    assert fitter.arrangement(sunk(facing), SUNK) == fitter.arrangement(facing)


def test_what_was_lowered_over_the_page_is_measured_again():
    over = measured(20, 30)
    anchors = {**over.anchors, "_apparatus-end": Anchor(2, 0, HEAD, 300, HEAD + 7 * LINE)}
    over = replace(over, anchors=anchors, pages=3)
    assert Fitter(A5, spreads=True).arrangement(over, SUNK) == AS_MEASURED
    assert not Fitter(A5, spreads=True).stands(over, SUNK)


def test_all_on_the_opener_page_only_where_entries_start_anywhere():
    small = measured(20, 10)
    assert fit_entry(small, A5, spreads=False)[0].name == "below"
    assert fit_entry(small, A5, spreads=False)[1] == 1
    assert fit_entry(small, A5, spreads=True)[0].name == "sunk"


def test_a_lead_that_spills_takes_its_room_from_the_picture():
    arrangement, pages = fit_entry(measured(40, 20), A5)
    assert arrangement.cut * 72 / 25.4 >= 3 * LINE
    assert pages == 2


def test_text_under_a_lead_starts_on_the_grid():
    arrangement, _ = fit_entry(measured(26.3, 22, 18), A5)
    assert arrangement.name == "flowing"
    lines = (26.3 * LINE + arrangement.gap) / LINE
    assert lines == pytest.approx(round(lines))
    assert arrangement.gap >= 4.0


def test_a_picture_gives_up_whole_lines_to_text_that_is_a_little_too_long():
    plenty = [fit_entry(measured(26, 22, text), A5)[0] for text in range(14, 34)]
    cuts = [one.cut * 72 / 25.4 / LINE for one in plenty if one.name == "flowing"]
    assert max(cuts) == pytest.approx(FLOWING_CUT)
    assert all(cut == pytest.approx(round(cut)) for cut in cuts)
    assert cuts == sorted(cuts)


def test_a_row_that_spills_makes_the_rows_closer():
    anchors = dict(measured(30, 36).anchors)
    top = Anchor(1, 0, HEAD, 300, HEAD + 34 * LINE)
    spilt = Anchor(2, 0, HEAD, 300, HEAD + 2 * LINE)
    anchors |= {f"_row-{n}": top for n in range(5)} | {"_row-tags": spilt, "_apparatus-end": spilt}
    arrangement, pages = fit_entry(Typeset("entry-x", b"", 3, anchors), A5)
    assert (arrangement.name, pages) == ("tight", 2)


@given(
    lead=st.floats(10, 60),
    apparatus=st.floats(1, 37),
    text=st.none() | st.floats(1, 110),
    spreads=st.booleans(),
)
def test_no_arrangement_takes_more_pages_than_the_first_setting(lead, apparatus, text, spreads):
    first = measured(lead, apparatus, text)
    arrangement, pages = fit_entry(first, A5, spreads=spreads)
    assert 1 <= pages <= first.pages
    assert arrangement.gap >= 0
    assert 0 <= arrangement.cut <= 34


def test_half_letter_has_a_line_more_and_the_same_grid():
    letter = Geometry(PAPERS["half-letter"], 3.0)
    assert (A5.lines, letter.lines) == (37, 38)
    assert A5.measure == pytest.approx(111, abs=0.01)
    for geometry in (A5, letter):
        block = geometry.trim.height_pt - geometry.head - geometry.foot
        assert block == pytest.approx(geometry.lines * LINE)


def of_rows(lead: float, heights: dict[str, float]) -> Typeset:
    """A first setting whose apparatus does not fit one page: rows of these heights, in lines."""
    anchors = {"_opener-end": Anchor(0, 0, HEAD + lead * LINE, 300, HEAD + lead * LINE)}
    page, y = 1, 0.0
    for name, height in heights.items():
        if y + height > 37:
            page, y = page + 1, 0.0
        top = HEAD + y * LINE
        anchors[f"_row-{name}"] = Anchor(page, 0, top, 300, top + height * LINE)
        y += height
    anchors["_apparatus"] = Anchor(1, 0, HEAD, 300, HEAD)
    anchors["_apparatus-end"] = Anchor(page, 0, HEAD + y * LINE, 300, HEAD + y * LINE)
    return Typeset("entry-x", b"", page + 1, anchors)


ROWS = {"1": 4, "2": 6, "3": 5, "4": 9, "links": 18, "tags": 2}


def test_rows_below_the_lead_save_a_third_page():
    arrangement, pages = fit_entry(of_rows(28, ROWS), A5)
    assert (arrangement.name, arrangement.rows, pages) == ("shared", 2, 2)
    assert 10 < arrangement.cut < 20  # mm
    arrangement, pages = fit_entry(of_rows(28, ROWS | {"2": 4}), A5)
    assert (arrangement.name, arrangement.rows, pages) == ("shared-tight", 1, 2)
    assert arrangement.cut == 0


def test_rows_stay_together_where_the_picture_would_lose_too_much():
    assert fit_entry(of_rows(36, ROWS | {"1": 9}), A5)[0].name == "facing"
    assert fit_entry(of_rows(36, ROWS | {"1": 9}), A5)[1] == 3


def ended(page: int, line: float, **starts: tuple[int, float]) -> Typeset:
    """A section that ends at a line of a page; its parts start at (page, line)."""

    def at(where: int, down: float) -> Anchor:
        return Anchor(where, 0.0, HEAD + down * LINE, 300.0, HEAD + down * LINE)

    anchors = {f"_{name}": at(*start) for name, start in starts.items()}
    return Typeset("x", b"", page + 1, anchors | {"_end": at(page, line)})


def test_pages_are_short_so_that_the_last_one_is_a_third_full():
    assert even(ended(4, 14), AS_MEASURED, A5) == AS_MEASURED
    assert even(ended(4, 5), AS_MEASURED, A5).short == 3  # four pages before it
    assert even(ended(4, 12), Arrangement(short=3), A5).short == 4
    assert even(ended(1, 3), AS_MEASURED, A5).short == 11
    assert even(ended(1, 1), Arrangement(short=12), A5).short == 12  # no more than a third
    assert even(ended(0, 3), AS_MEASURED, A5) == AS_MEASURED


def test_pages_are_short_only_where_text_runs_over_them():
    found = even(ended(4, 5, apparatus=(1, 0), running=(2, 0)), AS_MEASURED, A5)
    assert (found.short, found.short_from) == (5, 2)
    assert even(ended(1, 5, apparatus=(1, 0)), AS_MEASURED, A5) == AS_MEASURED


def test_a_few_lines_alone_stand_level_with_titles():
    alone = ended(2, 5, apparatus=(1, 0), running=(2, 0))
    lowered = even(alone, AS_MEASURED, A5)
    assert (lowered.low, lowered.short) == (True, 0)
    assert even(alone, lowered, A5) == lowered


def test_a_spilt_lead_takes_the_apparatus_onto_its_page():
    long = measured(60, 8)
    arrangement, pages = fit_entry(long, A5)
    assert (arrangement.name, pages) == ("below", 2)
    cut, pages = fit_entry(measured(40, 8), A5)
    assert (cut.name, pages) == ("sunk", 2)
    assert cut.cut > 0


def test_what_takes_more_than_its_spread_is_set_apart_after_all():
    assert even(ended(2, 14), Arrangement("flowing", 5.0, 9.0), A5) == AS_MEASURED
    assert even(ended(2, 14), Arrangement("together", cut=9.0), A5) == Arrangement(cut=9.0)
    flowing = Arrangement("flowing", 5.0, 9.0)
    assert even(ended(1, 14), flowing, A5) == flowing
