"""The simulated fold: right plans read 1 to N, wrong ones are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.impose.finish import Cut, Finish, Fold, Gather, Part, Product, Ring, Slit, level, upright
from zine.impose.schemes import saddle_stitch, turned
from zine.impose.sheets import Cell, Face, Flip, Panels, Plan, Sheet
from zine.prove.folding import Seen, fold, prove_fold, read
from zine.prove.folding_work import _check_nested

FLIPS = st.sampled_from(Flip)
FOLDED_ONCE = Finish((Gather(), Fold((upright(1),), Part.LEFT, spine=True)))


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
    return Plan("by hand", pages, sheets, flip, landscape, FOLDED_ONCE)


def grid(*rows: str) -> Face:
    """A face in the notation of print-conventions.md: grid("r5 r4", "8 1")."""

    def cell(word):
        turn = 180 if word.startswith("r") else 0
        return Cell(None) if word == "–" else Cell(int(word.removeprefix("r")) - 1, turn)

    return Face(tuple(tuple(cell(word) for word in row.split()) for row in rows))


def sheets_of(notation: str) -> tuple[Sheet, ...]:
    """Sheets typed as in the conventions: "front row / row | back row / row · next sheet"."""
    made = []
    for sheet in notation.split(" · "):
        front, _, back = sheet.partition(" | ")
        made.append(Sheet(grid(*front.split(" / ")), grid(*back.split(" / ")) if back else None))
    return tuple(made)


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


def test_sheets_of_which_nobody_says_how_they_are_folded():
    plan = Plan("other", 4, (Sheet(spread(4, 1), spread(2, 3)),))
    with pytest.raises(ValueError, match="does not say"):
        fold(plan)
    assert codes(plan) == {"fold-unknown"}


def test_turned_is_what_the_other_edge_needs():
    for pages in range(1, 20):
        assert fold(turned(saddle_stitch(pages))) == fold(saddle_stitch(pages))


SPINE = Fold((upright(1),), Part.LEFT, spine=True)
HEADS = Fold((level(1),), Part.TOP)
QUARTO = Finish((Gather(), HEADS, SPINE))
NESTED = Finish((HEADS, Gather(), SPINE))
OCTAVO = Finish(
    (
        Fold((upright(2),), Part.LEFT),
        HEADS,
        Fold((upright(1), upright(3)), Part.LEFT, spine=True),
    )
)
CUT_AND_NEST = Finish((Cut(level(1), Part.TOP, turned=True), Gather(), SPINE))
CUT_PILE = Finish((Gather(), Cut(level(1), Part.TOP), Gather(), SPINE))
CUT_STACK_FOLD = Finish(
    (
        Gather(),
        Cut(upright(2), Part.LEFT),
        Gather(),
        Fold((upright(1), upright(3)), Part.LEFT, spine=True),
    )
)
SIGNATURES_OF_3 = Finish((Gather(3), SPINE, Gather()))


def mini(cover: tuple[int, int]) -> Finish:
    folds = (level(1, 0, 1), level(1, 3), upright(2))
    return Finish((Slit(level(1, 1, 3)), Ring(cover, folds, (upright(1), upright(3)))))


def strip(panels: int) -> Finish:
    return Finish(
        tuple(Fold((upright(at),), Part.RIGHT if at % 2 else Part.LEFT) for at in range(1, panels)),
        Product.STRIP,
    )


C_FOLD = Finish((Fold((upright(1),), Part.LEFT), Fold((upright(2),), Part.LEFT)), Product.LEAFLET)

# print-conventions.md §1, §3, §5 and §6, typed from the paper, folded by these hands and no scheme.
RIGHT = [
    ("16 1 | 2 15 · 14 3 | 4 13 · 12 5 | 6 11 · 10 7 | 8 9", FOLDED_ONCE),
    ("– 1 | 2 – · 10 3 | 4 9 · 8 5 | 6 7", FOLDED_ONCE),
    ("10 1 | 2 – · – 3 | 4 9 · 8 5 | 6 7", FOLDED_ONCE),
    ("12 1 | 2 11 · 10 3 | 4 9 · 8 5 | 6 7 · 16 13 | 14 15", SIGNATURES_OF_3),
    ("r5 r4 / 8 1 | r3 r6 / 2 7", QUARTO),
    ("r5 r12 r9 r8 / 4 13 16 1 | r7 r10 r11 r6 / 2 15 14 3", OCTAVO),
    ("r9 r8 / 16 1 | r7 r10 / 2 15 · r11 r6 / 14 3 | r5 r12 / 4 13", QUARTO),
    ("r13 r4 / 16 1 | r3 r14 / 2 15 · r9 r8 / 12 5 | r7 r10 / 6 11", NESTED),
    ("16 1 / r3 r14 | 2 15 / r13 r4 · 12 5 / r7 r10 | 6 11 / r9 r8", CUT_AND_NEST),
    ("8 1 / 6 3 | 2 7 / 4 5", CUT_PILE),
    ("16 1 12 5 | 6 11 2 15 · 14 3 10 7 | 8 9 4 13", CUT_STACK_FOLD),
    ("4 1 | 2 3 · 8 5 | 6 7", Finish((SPINE, Gather()))),
    ("r5 r4 r3 r2 / 6 7 8 1", mini((1, 3))),
    ("8 1 2 3 / r7 r6 r5 r4", mini((0, 1))),
    ("1 2 3 4 5", strip(5)),
    ("1 2 3 4 | 5 6 7 8", strip(4)),
]
WRONG = [
    # Right for a turn head to foot only (old PDF::Imposition documentation).
    ("r5 r12 r9 r8 / 4 13 16 1 | r3 r14 r15 r2 / 6 11 10 7", OCTAVO, {"fold-order"}),
    ("1 2 3 4 / r5 r6 r7 r8", mini((1, 3)), {"fold-order", "fold-upside-down"}),
    ("1 2 3 4 / r5 r6 r7 r8", mini((0, 1)), {"fold-order"}),
    # Heads in, cut and folded as if the feet were.
    ("r5 r4 r3 r2 / 6 7 8 1", mini((0, 1)), {"fold-order", "fold-upside-down"}),
    # Folded together what is to be nested, and the other way round.
    ("r13 r4 / 16 1 | r3 r14 / 2 15 · r9 r8 / 12 5 | r7 r10 / 6 11", QUARTO, {"fold-order"}),
    ("r9 r8 / 16 1 | r7 r10 / 2 15 · r11 r6 / 14 3 | r5 r12 / 4 13", NESTED, {"fold-order"}),
    # The lower halves laid in without turning them.
    (
        "16 1 / r3 r14 | 2 15 / r13 r4 · 12 5 / r7 r10 | 6 11 / r9 r8",
        Finish((Cut(level(1), Part.TOP), Gather(), SPINE)),
        {"fold-order", "fold-upside-down"},
    ),
    # The stacks laid on one another the other way round.
    (
        "16 1 12 5 | 6 11 2 15 · 14 3 10 7 | 8 9 4 13",
        Finish((Gather(), Cut(upright(2), Part.RIGHT), *CUT_STACK_FOLD.steps[2:])),
        {"fold-order"},
    ),
    # Signatures of another number of sheets.
    ("12 1 | 2 11 · 10 3 | 4 9 · 8 5 | 6 7 · 16 13 | 14 15", FOLDED_ONCE, {"fold-order"}),
    ("1 2 3 4 | 8 7 6 5", strip(4), {"fold-order"}),
    ("1 2 3 4 | r5 r6 r7 r8", strip(4), {"fold-upside-down"}),
]


def typed(notation: str, finish: Finish, **more) -> Plan:
    sheets = sheets_of(notation)
    pages = 1 + max(c.page for s in sheets for f in s.faces for c in f.cells if c.page is not None)
    return Plan("typed", pages, sheets, Flip.SHORT, finish=finish, **more)


@pytest.mark.parametrize(("notation", "finish"), RIGHT)
def test_the_orders_of_the_conventions_fold(notation, finish):
    assert prove_fold(typed(notation, finish)) == ()


@pytest.mark.parametrize(("notation", "finish", "expected"), WRONG)
def test_wrong_orders_are_refused(notation, finish, expected):
    assert codes(typed(notation, finish)) == expected


def test_the_old_order_of_pdf_imposition_is_right_for_a_turn_head_to_foot():
    plan = typed(*WRONG[0][:2])
    assert prove_fold(replace(plan, flip=Flip.LONG)) == ()


def test_leaves_of_the_mini_zine_are_those_of_the_conventions():
    """Column 1, column 4, the middle of the top and of the bottom (§5)."""
    for cover, leaf in (((1, 3), (0, 1)), ((1, 0), (5, 4)), ((0, 2), (2, 3)), ((1, 1), (6, 7))):
        # Whichever leaf is in front, the ring is the same.
        rtl = cover in ((1, 0), (0, 2))
        seen = fold(typed("r5 r4 r3 r2 / 6 7 8 1", replace(mini(cover), rtl=rtl)))
        assert (seen[0].page, seen[1].page) == leaf


def test_a_c_fold_reads_cover_inside_flap_back():
    widths = Panels(widths=(97, 100, 100))
    plan = typed("5 6 1 | 2 3 4", C_FOLD, panels=widths)
    assert fold(plan) == tuple(Seen(page) for page in range(6))
    assert prove_fold(plan) == ()


@pytest.mark.parametrize(
    ("notation", "widths"),
    [
        ("5 6 1 | 2 3 4", (100, 100, 100)),
        ("5 6 1 | 2 3 4", (100, 100, 97)),
        ("5 6 1 | 2 3 4", ()),
        ("1 6 5 | 4 3 2", (97, 100, 100)),
        ("5 6 1 | 4 3 2", (97, 100, 100)),
        ("6 5 1 | 2 3 4", (97, 100, 100)),
    ],
)
def test_c_folds_that_do_not_close_or_do_not_read(notation, widths):
    assert codes(typed(notation, C_FOLD, panels=Panels(widths=widths)))


def cards(notation: str, **more) -> Plan:
    cuts = (Gather(), Cut(level(1), Part.TOP), Cut(upright(1), Part.LEFT))
    return typed(notation, Finish(cuts, Product.CARDS), **more)


def test_fronts_and_backs_of_cards_match():
    assert prove_fold(cards("1 3 / 5 7 | 4 2 / 8 6")) == ()
    assert prove_fold(cards("1 3 / 5 – | 4 2 / – 6")) == ()
    assert codes(cards("1 3 / 5 7 | 2 4 / 6 8")) == {"fold-order"}
    assert codes(cards("1 3 / 5 7 | r8 r6 / r4 r2")) == {"fold-order", "fold-upside-down"}
    long = replace(cards("1 3 / 5 7 | r6 r8 / r2 r4"), flip=Flip.LONG)
    assert prove_fold(long) == ()
    assert codes(replace(long, flip=Flip.SHORT)) == {"fold-order", "fold-upside-down"}


def test_the_common_back_is_behind_every_card():
    assert prove_fold(cards("1 2 / 3 – | 4 4 / – 4", common=(3,))) == ()
    for notation in ("1 2 / 3 – | 4 4 / 4 –", "1 2 / 3 – | 4 4 / – –", "1 2 / 3 – | 4 4 / – r4"):
        assert codes(cards(notation, common=(3,))) == {"fold-unknown"}


def test_every_copy_is_read():
    cuts = Finish((Gather(), Cut(upright(1), Part.LEFT)))
    plan = typed("1 1 | 2 2 · 3 3 | – –", cuts, copies=2)
    assert prove_fold(plan) == ()
    assert read(plan) == (tuple(map(Seen, (0, 1, 2, None))),) * 2
    assert codes(typed("1 1 | 2 r2", cuts, copies=2)) == {"fold-upside-down"}
    assert codes(typed("1 2 | 2 1", cuts, copies=2)) == {"fold-missing", "fold-twice"}
    assert codes(replace(plan, finish=Finish((*cuts.steps, Gather())))) == {"fold-unknown"}


@pytest.mark.parametrize(
    ("notation", "steps", "words"),
    [
        # Folded at a line that is not there, or not at all.
        ("4 1 | 2 3", (Fold((upright(2),), Part.LEFT, spine=True),), "nothing is folded"),
        ("4 1 | 2 3", (Fold((upright(3),), Part.LEFT, spine=True),), "no upright line 3"),
        ("4 1 | 2 3", (Gather(),), "do not lie on one another"),
        ("1 2 3 4 | 5 6 7 8", (SPINE,), "do not lie on one another"),
        # Bound on the left, but the fold comes to lie on the right.
        ("4 1 | 2 3", (Fold((upright(1),), Part.RIGHT, spine=True),), "spine is not on the left"),
        # Lines that are not over one another when the fold is made.
        (
            "5 12 9 8 / 4 13 16 1 | 7 10 11 6 / 2 15 14 3",
            (Fold((upright(1), upright(3)), Part.LEFT, spine=True),),
            "do not lie on one another",
        ),
        ("4 1 | 2 3", (Cut(upright(1), Part.TOP), Gather()), "leaves no top part"),
        ("1 2 3 | 4 5 6", (Cut(upright(1), Part.LEFT), Gather()), "different sizes"),
        ("1 2 3 4 / 5 6 7 8", (mini((1, 3)).steps[1],), "ring"),
        # A fold through the middle of panels of other widths, below.
    ],
)
def test_work_that_cannot_be_done_with_paper(notation, steps, words):
    (finding,) = prove_fold(typed(notation, Finish(steps)))
    assert finding.code == "fold-unknown"
    assert words in finding.message


def test_a_fold_does_not_run_through_a_page():
    steps = (Fold((upright(1),), Part.LEFT), Fold((upright(2),), Part.LEFT))
    plan = typed("1 2 3 | 4 5 6", Finish(steps), panels=Panels(widths=(10, 30, 20)))
    assert codes(plan) == {"fold-unknown"}


def test_pages_moved_away_from_the_spine_are_refused():
    plan = saddle_stitch(4)
    front = Face(((Cell(3, shift=(0.1, 0)), Cell(0, shift=(-0.1, 0))),))
    inward = replace(plan, sheets=(replace(plan.sheets[0], front=front),))
    assert prove_fold(inward) == ()
    assert fold(inward)[0] == Seen(0, inward=0.1)
    assert fold(inward)[3] == Seen(3, inward=0.1)
    away = Face(((Cell(3, shift=(-0.1, 0)), Cell(0)),))
    assert codes(replace(plan, sheets=(replace(plan.sheets[0], front=away),))) == {"fold-creep"}


def test_paper_does_not_pass_through_itself():
    _check_nested([(-3.0, 0.0), (-2.0, -1.0), (-5.0, -4.0)])
    with pytest.raises(ValueError, match="through itself"):
        _check_nested([(-3.0, -1.0), (-2.0, 0.0)])
