"""The simulated fold: right plans read 1 to N, wrong ones are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.impose.schemes import saddle_stitch, turned
from zine.impose.sheets import Cell, Face, Flip, Plan, Sheet
from zine.prove.folding import Seen, fold, prove_fold

FLIPS = st.sampled_from(Flip)


def spread(left: int | None, right: int | None) -> Face:
    """Two cells from page numbers; negative ones are turned by 180°."""

    def cell(number):
        if number is None:
            return Cell(None)
        return Cell(abs(number) - 1, 180 if number < 0 else 0)

    return Face(((cell(left), cell(right)),))


def plan_of(*faces: tuple[int | None, int | None], pages: int, flip=Flip.SHORT, landscape=True):
    """A plan typed by hand: front, back, front, back …"""
    sides = [spread(*face) for face in faces]
    sheets = tuple(Sheet(*pair) for pair in zip(sides[::2], sides[1::2], strict=True))
    return Plan("by hand", pages, sheets, flip, landscape)


def codes(plan: Plan) -> set[str]:
    return {finding.code for finding in prove_fold(plan)}


@given(st.integers(1, 129), FLIPS, st.booleans(), st.booleans())
def test_every_booklet_reads_from_1_to_n_upright(pages, flip, keep_last, landscape):
    plan = saddle_stitch(pages, keep_last=keep_last, flip=flip, landscape=landscape)
    seen = fold(plan)
    assert all(leaf.upright for leaf in seen)
    assert [leaf.page for leaf in seen if leaf.page is not None] == list(range(pages))
    blanks = [place for place, leaf in enumerate(seen) if leaf.page is None]
    end = len(seen) - 1 if keep_last and pages > 1 else len(seen)
    assert blanks == list(range(end - len(blanks), end))
    assert prove_fold(plan) == ()


def test_what_a_reader_sees_of_one_sheet_typed_from_a_real_one():
    plan = plan_of((4, 1), (2, 3), pages=4)
    assert fold(plan) == (Seen(0), Seen(1), Seen(2), Seen(3))


@pytest.mark.parametrize(
    ("back", "flip", "landscape"),
    [
        ((2, 3), Flip.SHORT, True),
        ((-3, -2), Flip.LONG, True),
        ((2, 3), Flip.LONG, False),
        ((-3, -2), Flip.SHORT, False),
    ],
)
def test_only_one_flip_edge_is_right_for_a_back(back, flip, landscape):
    right = plan_of((4, 1), back, pages=4, flip=flip, landscape=landscape)
    assert prove_fold(right) == ()
    wrong = replace(right, flip=Flip.LONG if flip is Flip.SHORT else Flip.SHORT)
    assert codes(wrong) == {"fold-order", "fold-upside-down"}
    assert codes(replace(right, landscape=not landscape)) == codes(wrong)


@given(st.integers(2, 129), FLIPS, st.data())
def test_two_pages_swapped_are_refused(pages, flip, data):
    plan = saddle_stitch(pages, flip=flip)
    one, two = data.draw(
        st.lists(st.integers(0, pages - 1), min_size=2, max_size=2, unique=True), label="swapped"
    )
    other = {one: two, two: one}

    def swapped(face: Face) -> Face:
        return Face(
            tuple(
                tuple(replace(cell, page=other.get(cell.page, cell.page)) for cell in row)
                for row in face.rows
            )
        )

    sheets = tuple(Sheet(swapped(s.front), swapped(s.back)) for s in plan.sheets)
    assert "fold-order" in codes(replace(plan, sheets=sheets))


@given(st.integers(2, 129), FLIPS, st.data())
def test_a_back_upside_down_is_refused(pages, flip, data):
    plan = saddle_stitch(pages, flip=flip)
    place = data.draw(st.integers(0, len(plan.sheets) - 1), label="sheet")
    sheets = list(plan.sheets)
    sheets[place] = replace(sheets[place], back=sheets[place].back.turned())
    assert "fold-upside-down" in codes(replace(plan, sheets=tuple(sheets)))


def test_one_page_on_its_side_is_refused_by_its_number():
    plan = saddle_stitch(4)
    front = Face(((Cell(3), Cell(0, 90)),))
    (finding,) = prove_fold(replace(plan, sheets=(replace(plan.sheets[0], front=front),)))
    assert finding.code == "fold-upside-down"
    assert finding.message == "page 1 is not upright in the folded booklet"


def test_sheets_nested_in_the_wrong_order_are_refused():
    plan = saddle_stitch(8)
    (finding,) = prove_fold(replace(plan, sheets=plan.sheets[::-1]))
    assert finding.code == "fold-order"
    assert "reads 3, 4, 1, 2, 7, 8, 5, 6: page 1 comes after page 4" in finding.message


def test_fronts_and_backs_exchanged_are_refused():
    assert "fold-order" in codes(plan_of((2, 3), (4, 1), pages=4))


def test_a_page_that_is_missing():
    (finding,) = prove_fold(plan_of((None, 1), (2, 3), pages=4))
    assert finding.code == "fold-missing"
    assert finding.message == "page 4 is on no sheet"


def test_a_page_that_stands_twice():
    plan = plan_of((None, 1), (2, 3), pages=3)
    # Plan refuses it; the proof does not rely on that.
    object.__setattr__(plan, "sheets", (Sheet(spread(3, 1), spread(2, 3)),))
    (finding,) = prove_fold(plan)
    assert finding.code == "fold-twice"
    assert finding.message == "page 3 is on the sheets more than once"


@pytest.mark.parametrize(
    ("front", "back", "pages", "right"),
    [
        ((None, 1), (2, 3), 3, True),
        ((3, 1), (2, None), 3, True),
        ((2, 1), (None, None), 2, True),
        ((None, 1), (2, None), 2, True),
        ((3, 1), (None, 2), 3, False),
        ((3, None), (1, 2), 3, False),
        ((None, 1), (None, 2), 2, False),
        ((1, None), (None, None), 1, False),
    ],
)
def test_where_blanks_may_be(front, back, pages, right):
    assert codes(plan_of(front, back, pages=pages)) == (set() if right else {"fold-blank"})


def test_blanks_in_two_places_are_refused():
    plan = plan_of((None, 1), (2, 5), (4, 3), (None, None), pages=5)
    assert [leaf.page for leaf in fold(plan)] == [0, 1, 2, None, None, 3, 4, None]
    assert codes(plan) == {"fold-blank"}


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(spread(4, 1), None),
        Sheet(Face(((Cell(0),),)), Face(((Cell(1),),))),
        Sheet(Face(((Cell(0), Cell(1)), (Cell(2), Cell(3)))), Face(((Cell(None),) * 2,) * 2)),
    ],
)
def test_sheets_that_this_fold_does_not_know(sheet):
    plan = Plan("other", 4, (sheet,))
    with pytest.raises(ValueError, match="fold once"):
        fold(plan)
    assert codes(plan) == {"fold-unknown"}


def test_turned_is_what_the_other_edge_needs():
    for pages in range(1, 20):
        assert fold(turned(saddle_stitch(pages))) == fold(saddle_stitch(pages))
