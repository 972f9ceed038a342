"""Schemes by name: the orders of print-conventions.md §1 to §6, lengths that fit, refusals."""

from __future__ import annotations

import pytest

from zine.diagnostics import UsageError
from zine.impose.counts import fitting_counts
from zine.impose.options import Options
from zine.impose.registry import SCHEMES, make_plan, scheme_named
from zine.impose.sheets import Flip, Sides
from zine.impose.turning import oriented, sided

ORDERS = [
    ("saddle", 8, {}, "(8,1)|(2,7) · (6,3)|(4,5)"),
    ("saddle", 8, {"rtl": True}, "(1,8)|(7,2) · (3,6)|(5,4)"),
    ("saddle", 8, {"flip": Flip.LONG}, "(8,1)|(r7,r2) · (6,3)|(r5,r4)"),
    ("saddle", 8, {"landscape": False}, "(8,1)|(2,7) · (6,3)|(4,5)"),
    ("saddle", 10, {"keep_last": True}, "(10,1)|(2,–) · (–,3)|(4,9) · (8,5)|(6,7)"),
    (
        "signatures",
        16,
        {"sheets": 3},
        "(12,1)|(2,11) · (10,3)|(4,9) · (8,5)|(6,7) · (16,13)|(14,15)",
    ),
    (
        # As pdfcpu lists it, for a printer that flips on the long edge.
        "signatures",
        16,
        {"sheets": 3, "flip": Flip.LONG},
        "(12,1)|(r11,r2) · (10,3)|(r9,r4) · (8,5)|(r7,r6) · (16,13)|(r15,r14)",
    ),
    ("perfect", 8, {}, "(4,1)|(2,3) · (8,5)|(6,7)"),
    ("quarto", 8, {}, "r5 r4 / 8 1 | r3 r6 / 2 7"),
    ("octavo", 16, {}, "r5 r12 r9 r8 / 4 13 16 1 | r7 r10 r11 r6 / 2 15 14 3"),
    (
        "quarto",
        16,
        {"sheets": 2},
        "r9 r8 / 16 1 | r7 r10 / 2 15 · r11 r6 / 14 3 | r5 r12 / 4 13",
    ),
    (
        "quarto",
        16,
        {"sheets": 2, "form": "nested"},
        "r13 r4 / 16 1 | r3 r14 / 2 15 · r9 r8 / 12 5 | r7 r10 / 6 11",
    ),
    ("four-up", 16, {}, "16 1 / r3 r14 | 2 15 / r13 r4 · 12 5 / r7 r10 | 6 11 / r9 r8"),
    ("four-up", 8, {"form": "upright"}, "8 1 / 6 3 | 2 7 / 4 5"),
    # One cut through the whole pile: the lower stack is the inner half (PDF::Imposition 4up).
    ("four-up", 16, {"form": "upright"}, "16 1 / 12 5 | 2 15 / 6 11 · 14 3 / 10 7 | 4 13 / 8 9"),
    ("cut-stack-fold", 16, {}, "(16,1,12,5)|(6,11,2,15) · (14,3,10,7)|(8,9,4,13)"),
    ("cut-stack", 8, {}, "(1,5)|(6,2) · (3,7)|(8,4)"),
    ("cut-stack", 8, {"rtl": True}, "(5,1)|(2,6) · (7,3)|(4,8)"),
    ("cut-stack", 8, {"grid": (2, 2)}, "1 3 / 5 7 | 4 2 / 8 6"),
    ("mini", 8, {}, "r5 r4 r3 r2 / 6 7 8 1"),
    ("mini", 8, {"form": "feet"}, "8 1 2 3 / r7 r6 r5 r4"),
    ("mini", 8, {"rtl": True}, "r2 r3 r4 r5 / 1 8 7 6"),
    ("mini", 7, {"keep_last": True}, "r5 r4 r3 r2 / 6 – 7 1"),
    ("mini", 9, {"poster": 1}, "r5 r4 r3 r2 / 6 7 8 1 | r90:9 – – – / – – – –"),
    ("mini", 10, {"poster": 2}, "r5 r4 r3 r2 / 6 7 8 1 | 9 – 10 – / – – – –"),
    ("accordion", 4, {"one_sided": True}, "(1,2,3,4)"),
    ("accordion", 8, {}, "(1,2,3,4)|(5,6,7,8)"),
    ("c-fold", 6, {}, "(5,6,1)|(2,3,4)"),
    ("c-fold", 6, {"rtl": True}, "(1,6,5)|(4,3,2)"),
    ("copies", 2, {}, "(1,1)|(2,2)"),
    ("copies", 1, {}, "(1,1)"),
    ("copies", 2, {"one_sided": True}, "(1,1) · (2,2)"),
    ("copies", 2, {"grid": (2, 2)}, "1 1 / 1 1 | 2 2 / 2 2"),
    ("cards", 8, {"grid": (2, 2)}, "1 3 / 5 7 | 4 2 / 8 6"),
    ("cards", 8, {"grid": (2, 2), "flip": Flip.SHORT}, "1 3 / 5 7 | r6 r8 / r2 r4"),
    ("cards", 4, {"grid": (2, 2), "common_back": True}, "1 2 / 3 – | 4 4 / – 4"),
    ("cards", 6, {"grid": (2, 2), "one_sided": True, "form": "stack"}, "1 3 / 5 – · 2 4 / 6 –"),
]


@pytest.mark.parametrize(("name", "pages", "options", "order"), ORDERS)
def test_the_orders_of_the_conventions(name, pages, options, order):
    plan = make_plan(name, pages, Options(**options))
    assert plan.describe() == order
    assert (plan.scheme, plan.pages) == (name, pages)


def test_backs_are_upright_unless_a_flip_edge_is_named():
    assert make_plan("saddle", 8).flip is Flip.SHORT
    assert make_plan("quarto", 8).flip is Flip.LONG
    assert make_plan("saddle", 8, Options(landscape=False)).flip is Flip.LONG
    assert str(make_plan("quarto", 8, Options(flip=Flip.SHORT))) == "r5 r4 / 8 1 | r7 r2 / 6 3"


def test_a_sheet_turned_round_keeps_its_flip_edge():
    plan = oriented(make_plan("saddle", 8), landscape=False)
    assert (plan.landscape, plan.flip) == (False, Flip.SHORT)
    assert str(plan) == "(8,1)|(r7,r2) · (6,3)|(r5,r4)"


def test_the_flap_changes_sides_with_the_binding():
    assert make_plan("c-fold", 6).panels.widths == (97, 100, 100)
    assert make_plan("c-fold", 6, Options(rtl=True)).panels.widths == (100, 100, 97)
    inch = Options(widths=(92.075, 93.6625, 93.6625))
    assert make_plan("c-fold", 6, inch).panels.widths[0] == 92.075


def test_the_registry_says_what_there_is():
    assert list(SCHEMES) == [scheme.name for scheme in SCHEMES.values()]
    for scheme in SCHEMES.values():
        assert scheme.summary
        assert scheme.summary == scheme.summary.strip().rstrip(".")
        plan = scheme.make(1 + scheme.extra(Options()), Options())
        assert scheme.grid in (None, plan.grid)
        assert scheme.fixed is (scheme.name in ("mini", "c-fold"))
    assert SCHEMES["octavo"].unit(Options()) == 16
    assert SCHEMES["cards"].unit(Options(grid=(3, 3), common_back=True)) == 9
    assert scheme_named("Cut Stack") is SCHEMES["cut-stack"]


@pytest.mark.parametrize(
    ("name", "pages", "options", "words"),
    [
        ("saddle", 31, {}, "31 pages: 32 fits with 1 blank; 28 if three pages go"),
        ("saddle", 32, {}, "32 pages: no blanks"),
        ("saddle", 3, {}, "3 pages: 4 fits with 1 blank"),
        ("signatures", 33, {"sheets": 4}, "33 pages: 36 fits with 3 blanks; 32 if one page goes"),
        ("octavo", 30, {}, "30 pages: 32 fits with 2 blanks; 16 if 14 pages go"),
        ("mini", 9, {}, "9 pages: 8 fit if one page goes"),
        ("mini", 9, {"poster": 1}, "9 pages: no blanks"),
        ("mini", 7, {}, "7 pages: 8 fits with 1 blank"),
        ("c-fold", 8, {}, "8 pages: 6 fit if two pages go"),
        ("copies", 1, {}, "1 page: no blanks"),
    ],
)
def test_what_fits(name, pages, options, words):
    assert str(fitting_counts(name, pages, Options(**options))) == words


def test_sheets_and_signatures_are_counted():
    counts = fitting_counts("signatures", 33, Options(sheets=4))
    assert (counts.sheets, counts.signatures, counts.blanks) == (9, 3, 3)
    assert fitting_counts("cut-stack", 33).signatures == 0
    assert fitting_counts("saddle", 33).signatures == 1


@pytest.mark.parametrize(
    ("name", "pages", "options", "code", "words"),
    [
        ("sadle", 4, {}, "scheme-unknown", "“sadle”"),
        ("saddle", 0, {}, "scheme-pages", "no page"),
        ("mini", 9, {}, "scheme-pages", "room for 8 pages, these are 9"),
        ("mini", 1, {"poster": 1}, "scheme-option", "no page"),
        ("mini", 9, {"poster": 3}, "scheme-option", "poster"),
        ("mini", 8, {"form": "sideways"}, "scheme-option", "no form “sideways”"),
        ("accordion", 33, {}, "scheme-pages", "room for 32"),
        ("saddle", 8, {"sheets": 3, "gap": 3.0}, "scheme-option", "no option “sheets”"),
        ("signatures", 8, {"sheets": -1}, "scheme-option", "one sheet at least"),
        ("cards", 8, {"grid": (0, 2)}, "scheme-option", "one row"),
        ("cards", 1, {"common_back": True}, "scheme-option", "needs a front"),
        ("cards", 2, {"common_back": True, "one_sided": True}, "scheme-option", "one-sided"),
        ("c-fold", 6, {"widths": (100.0, 100.0)}, "scheme-option", "every column"),
    ],
)
def test_refusals(name, pages, options, code, words):
    with pytest.raises(UsageError) as raised:
        make_plan(name, pages, Options(**options))
    finding = raised.value.findings[0]
    assert finding.code == code
    assert words in finding.message


def test_all_options_that_a_scheme_refuses_are_named_at_once():
    with pytest.raises(UsageError) as raised:
        make_plan("saddle", 8, Options(sheets=3, gap=3.0))
    assert [f.message for f in raised.value.findings] == [
        "saddle has no option “sheets”",
        "saddle has no option “gap”",
    ]


def test_backs_apart_from_the_last_sheet_on():
    plan = sided(make_plan("saddle", 12), Sides.BACKS, backs_reversed=True)
    assert [str(side.face) for side in plan.printed] == ["(6,7)", "(4,9)", "(2,11)"]
    assert not plan.duplex
