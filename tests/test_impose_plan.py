"""Plans and schemes, against the orders of print-conventions.md §1, §2 and §10."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.diagnostics import Severity, UsageError
from zine.impose.fitting import length_findings, sheet_for
from zine.impose.schemes import padded, saddle_stitch, turned
from zine.impose.sheets import Cell, Face, Flip, Plan, Sheet
from zine.paper import PAPERS, Paper

PAGES = st.integers(1, 129)
FLIPS = st.sampled_from(Flip)


@pytest.mark.parametrize(
    ("pages", "keep_last", "order"),
    [
        (4, False, "(4,1)|(2,3)"),
        (8, False, "(8,1)|(2,7) · (6,3)|(4,5)"),
        (8, True, "(8,1)|(2,7) · (6,3)|(4,5)"),
        (16, False, "(16,1)|(2,15) · (14,3)|(4,13) · (12,5)|(6,11) · (10,7)|(8,9)"),
        (10, False, "(–,1)|(2,–) · (10,3)|(4,9) · (8,5)|(6,7)"),
        (10, True, "(10,1)|(2,–) · (–,3)|(4,9) · (8,5)|(6,7)"),
        (1, False, "(–,1)|(–,–)"),
        (1, True, "(–,1)|(–,–)"),
        (2, True, "(2,1)|(–,–)"),
    ],
)
def test_the_orders_of_the_conventions(pages, keep_last, order):
    plan = saddle_stitch(pages, keep_last=keep_last)
    assert plan.describe() == str(plan) == order
    assert (plan.scheme, plan.pages, plan.flip) == ("saddle", pages, Flip.SHORT)


def test_long_edge_turns_the_backs():
    assert str(saddle_stitch(8, flip=Flip.LONG)) == "(8,1)|(r7,r2) · (6,3)|(r5,r4)"


def test_a_portrait_sheet_has_upright_backs_on_the_long_edge():
    assert str(saddle_stitch(8, flip=Flip.LONG, landscape=False)) == str(saddle_stitch(8))
    assert str(saddle_stitch(4, flip=Flip.SHORT, landscape=False)) == "(4,1)|(r3,r2)"


@pytest.mark.parametrize("pages", [0, -4])
def test_no_pages_are_an_error(pages):
    with pytest.raises(ValueError, match="no page"):
        saddle_stitch(pages)


@given(PAGES, FLIPS, st.booleans())
def test_every_page_once_and_every_side_sums_to_n_plus_1(pages, flip, keep_last):
    plan = saddle_stitch(pages, keep_last=keep_last, flip=flip)
    assert sorted(c.page for c in plan.cells if c.page is not None) == list(range(pages))
    full = 4 * len(plan.sheets)
    assert full == 4 * -(-pages // 4)
    reading = padded(pages, 4, keep_last)
    position = {page: place for place, page in enumerate(reading, 1) if page is not None}
    for sheet in plan.sheets:
        for face in sheet.faces:
            present = [position[c.page] for c in face.cells if c.page is not None]
            if len(present) == 2:
                assert sum(present) == full + 1


@given(PAGES, FLIPS, st.booleans())
def test_turning_twice_changes_nothing(pages, flip, keep_last):
    plan = saddle_stitch(pages, keep_last=keep_last, flip=flip)
    assert turned(turned(plan)) == plan
    other = Flip.LONG if flip is Flip.SHORT else Flip.SHORT
    assert turned(plan) == saddle_stitch(pages, keep_last=keep_last, flip=other)


@given(PAGES, st.integers(1, 20), st.booleans())
def test_padding(pages, multiple, keep_last):
    order = padded(pages, multiple, keep_last)
    assert len(order) % multiple == 0
    assert 0 <= len(order) - pages < multiple
    assert [page for page in order if page is not None] == list(range(pages))
    assert order[0] == 0
    if keep_last and pages > 1:
        assert order[-1] == pages - 1
    else:
        assert order[:pages] == tuple(range(pages))


def test_padding_to_less_than_one_is_an_error():
    with pytest.raises(ValueError, match="multiple"):
        padded(4, 0)


def face(*rows: str) -> Face:
    """A face from the notation, e.g. face("r5 r4", "8 1")."""
    return Face(
        tuple(
            tuple(
                Cell(None)
                if word == "–"
                else Cell(int(word.removeprefix("r")) - 1, 180 if word[0] == "r" else 0)
                for word in row.split()
            )
            for row in rows
        )
    )


def test_a_plan_carries_grids_rotations_shifts_and_single_sides():
    grid = Plan(
        "octavo",
        8,
        (Sheet(face("r5 r4", "8 1"), face("r3 r6", "2 7")),),
        Flip.LONG,
        landscape=False,
    )
    assert str(grid) == "r5 r4 / 8 1 | r3 r6 / 2 7"
    assert str(turned(grid)) == "r5 r4 / 8 1 | r7 r2 / 6 3"
    mini = Plan("mini", 8, (Sheet(face("r5 r4 r3 r2", "6 7 8 1"), None),))
    assert str(mini) == "r5 r4 r3 r2 / 6 7 8 1"
    assert not mini.two_sided
    assert turned(mini).sheets == mini.sheets
    cell = Cell(4, 90, (0.1, -0.2))
    assert str(cell) == "r90:5"
    assert cell.turned() == Cell(4, 270, (-0.1, 0.2))
    assert "-0.0" not in repr(Cell(1).turned())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Face(()), "grid of rows"),
        (lambda: face("1 2", "3"), "grid of rows"),
        (lambda: Sheet(face("1 2"), face("3")), "same grid"),
        (lambda: Plan("x", 2, ()), "one sheet"),
        (lambda: Plan("x", 3, (Sheet(face("1 2"), None), Sheet(face("3"), None))), "same grid"),
        (lambda: Plan("x", 3, (Sheet(face("1"), face("2")), Sheet(face("3"), None))), "sides"),
        (lambda: Plan("x", 2, (Sheet(face("1 2"), face("– 1")),)), "page 1 stands twice"),
        (lambda: Plan("x", 2, (Sheet(face("1 3"), None),)), "no page 3"),
    ],
)
def test_plans_that_cannot_be(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("trim", "sheet", "size"),
    [
        ("a5", "a4", (297, 210)),
        ("half-letter", "letter", (279.4, 215.9)),
        ("a6", "a4", (297, 210)),
        ("a4", "a3", (420, 297)),
        ("universal", "a4", (297, 210)),
        ("universal", "letter", (279.4, 215.9)),
    ],
)
def test_the_sheet_lies_landscape_under_two_portrait_pages(trim, sheet, size):
    laid = sheet_for(PAPERS[trim], PAPERS[sheet])
    assert (laid.width, laid.height) == size
    assert sheet_for(PAPERS[trim], PAPERS[sheet].turned()) == laid


def test_a_grid_decides_how_the_sheet_lies():
    assert sheet_for(PAPERS["a6"], PAPERS["a4"], (2, 2)).width == 210
    assert sheet_for(PAPERS["a7"], PAPERS["a4"], (2, 4)).width == 297
    with pytest.raises(UsageError) as raised:
        sheet_for(PAPERS["a5"], PAPERS["a4"], (2, 2))
    assert raised.value.findings[0].message == (
        "4 pages of 148 × 210 mm in 2 rows need 296 × 420 mm; the sheet a4, portrait, is "
        "210 × 297 mm"
    )
    assert (raised.value.findings[0].hint or "").startswith("print on a3, or choose")


def test_a_slim_trim_stands_on_a_portrait_sheet():
    laid = sheet_for(Paper("100x280mm", 100, 280), PAPERS["a4"])
    assert (laid.width, laid.height) == (210, 297)
    # Where both would do it is landscape, the usual way of a printer.
    assert sheet_for(Paper("99x210mm", 99, 210), PAPERS["a4"]).width == 297


def test_a_trim_that_does_not_fit_names_both_sizes_and_a_sheet_that_does():
    with pytest.raises(UsageError) as raised:
        sheet_for(PAPERS["a5"], PAPERS["letter"])
    (finding,) = raised.value.findings
    assert finding.code == "sheet-too-small"
    assert "148 × 210 mm" in finding.message
    assert "279.4 × 215.9 mm" in finding.message
    assert finding.hint is not None
    assert "print on a4" in finding.hint


def test_a_trim_that_fits_nothing_is_told_what_would_fit():
    with pytest.raises(UsageError) as raised:
        sheet_for(Paper("500x500mm", 500, 500), PAPERS["a4"])
    hint = raised.value.findings[0].hint
    assert hint is not None
    assert hint.startswith("choose a trim of at most 148.5 × 210 mm")


@pytest.mark.parametrize(
    ("pages", "code", "words"),
    [
        (4, None, ""),
        (40, None, ""),
        (41, "booklet-thick", "11 sheets"),
        (64, "booklet-thick", "16 sheets"),
        (65, "booklet-too-thick", "17 sheets"),
    ],
)
def test_advice_on_length(pages, code, words):
    findings = length_findings(pages)
    assert [finding.code for finding in findings] == ([code] if code else [])
    for finding in findings:
        assert finding.severity is Severity.WARNING
        assert words in finding.message
    if code == "booklet-too-thick":
        assert "signatures" in (findings[0].hint or "")
