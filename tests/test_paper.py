"""Paper: names, measures, pairs, the universal sizes, the panels of a leaflet."""

from __future__ import annotations

import pytest

from zine.diagnostics import UsageError
from zine.paper import (
    PAPERS,
    SHEET_FOR_TRIM,
    leaflet_widths,
    lies_on,
    live_area,
    paired_sheet,
    paired_trim,
    parse_paper,
)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("A4", (210, 297)),
        ("half letter", (139.7, 215.9)),
        ("Quarter_Letter", (107.95, 139.7)),
        ("SRA3", (320, 450)),
        ("universal", (139.7, 210)),
        ("universal-sheet", (210, 279.4)),
        ("120x200mm", (120, 200)),
        ("5.5 × 8.5 in", (139.7, 215.9)),
    ],
)
def test_papers_by_name_and_by_measure(text, size):
    paper = parse_paper(text)
    assert (paper.width, paper.height) == pytest.approx(size)


@pytest.mark.parametrize("text", ["a12", "0x10mm", "120x200", "", "10x10cm"])
def test_papers_that_are_none(text):
    with pytest.raises(UsageError) as raised:
        parse_paper(text)
    assert raised.value.findings[0].code == "paper-unknown"


@pytest.mark.parametrize(
    ("trim", "grid", "sheet"),
    [
        ("a5", (1, 2), "a4"),
        ("a6", (1, 2), "a5"),
        ("a4", (1, 2), "a3"),
        ("half-letter", (1, 2), "letter"),
        ("quarter-letter", (1, 2), "half-letter"),
        ("letter", (1, 2), "tabloid"),
        ("universal", (1, 2), "universal-sheet"),
        ("a6", (2, 2), "a4"),
        ("a7", (2, 4), "a4"),
        ("a5", (2, 2), "a3"),
        ("quarter-letter", (2, 2), "letter"),
        ("a3", (2, 2), None),
    ],
)
def test_pairs(trim, grid, sheet):
    found = paired_sheet(PAPERS[trim], grid)
    assert (found and found.name) == sheet
    if sheet:
        back = paired_trim(PAPERS[sheet], grid)
        assert back is not None
        assert back.name == trim


def test_the_table_and_the_measures_agree():
    for trim, sheet in SHEET_FOR_TRIM.items():
        assert lies_on(PAPERS[trim], PAPERS[sheet].turned(), (1, 2))


def test_two_universal_pages_lie_on_a4_and_on_letter():
    universal = PAPERS["universal"]
    for sheet in ("a4", "letter", "universal-sheet"):
        assert lies_on(universal, PAPERS[sheet].turned(), (1, 2))
    width, height = live_area(PAPERS["universal-sheet"])
    assert (width, height) == pytest.approx((197.3, 266.7))
    with pytest.raises(ValueError, match="leaves nothing"):
        live_area(PAPERS["a7"], 40)


def test_panels_of_a_leaflet():
    assert leaflet_widths(PAPERS["a4"]) == pytest.approx((97, 100, 100))
    inches = [width / 25.4 for width in leaflet_widths(PAPERS["letter"])]
    assert inches == pytest.approx([3.625, 3.6875, 3.6875])
    assert sum(leaflet_widths(PAPERS["a3"], 2)) == pytest.approx(420)
    assert leaflet_widths(PAPERS["a4"].turned(), 2.1)[0] == pytest.approx(97.6)
    for less in (0, -1, 200):
        with pytest.raises(ValueError, match="narrower"):
            leaflet_widths(PAPERS["a4"], less)
