"""The sheet of instructions: one page, true words, figures of the plan's own measures."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import pytest

from support.pdfs import Read
from zine.build.figures import fold_figure, sheet_figure, stages
from zine.build.instructions import Cover, instruction_sheet
from zine.build.onepage import plain_setter
from zine.impose.covers import wrapped
from zine.impose.finish import Cut, Fold, Ring
from zine.impose.options import Options
from zine.impose.registry import SCHEMES, make_plan
from zine.impose.sheets import Flip
from zine.impose.turning import oriented
from zine.impose.wishes import panelled
from zine.paper import PAPERS
from zine.words import load_words

A4 = PAPERS["a4"]


def said(plan, sheet=A4, language="en", **facts) -> str:
    """What stands on the one page there is."""
    setter = plain_setter()
    setter = replace(
        setter,
        words=load_words(setter.layouts, language),
        language=language,
        settings=SimpleNamespace(language=language),
    )
    pdf = instruction_sheet(setter, "A zine", plan, sheet, height=210, **facts)
    with Read(pdf) as read:
        assert len(read) == 1
        return " ".join(read.words(0).split())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_has_one_page_of_its_own_work(scheme):
    plan = make_plan(scheme, 6 if scheme == "c-fold" else 8)
    words = said(plan)
    assert "Measure this line" in words
    assert ("The edge on which the sheet turns" in words) is (scheme != "mini")
    assert (" Fold " in words) is any(isinstance(one, Fold | Ring) for one in plan.finish.steps)
    assert (" Cut " in words) is any(isinstance(one, Cut) for one in plan.finish.steps)


@pytest.mark.parametrize(
    ("scheme", "pages", "options", "behind"),
    [
        ("saddle", 8, Options(), "page 2 must stand behind page 1,"),
        ("saddle", 8, Options(flip=Flip.LONG, rtl=True), "page 2 must stand behind page 1,"),
        ("octavo", 16, Options(), "page 2 must stand behind page 1,"),
        ("c-fold", 6, Options(), "page 2 must stand behind page 1,"),
        ("accordion", 12, Options(), "page 12 must stand behind page 1,"),
        ("mini", 9, Options(poster=1), None),
    ],
)
def test_the_page_that_shows_how_the_backs_lie(scheme, pages, options, behind):
    words = said(make_plan(scheme, pages, options))
    assert (behind in words) if behind else ("must stand" not in words)


def test_without_its_cover_the_inside_names_its_own_pages():
    apart = wrapped(20, PAPERS["a5"], caliper=0.1, scheme="perfect")
    words = said(apart.inside, cover=Cover("zine-cover-a3.pdf", PAPERS["a3"], apart.spine))
    assert "page 4 must stand behind page 3," in words
    assert "16 pages on 4 sheets of A4" in words
    assert "zine-cover-a3.pdf on A3" in words
    # The longest of all sheets, in the language of the longest words.
    facts = {"cover": Cover("a-rather-long-name-cover-a3.pdf", PAPERS["a3"], 12.5)}
    assert "12.5 mm" in said(apart.inside, language="es", **facts)


def test_fronts_and_backs_by_hand():
    words = said(make_plan("saddle", 8), by_hand=True)
    assert "Print the fronts" in words
    assert "Turn the stack over its short edge" in words


def test_the_narrower_flap_is_drawn_and_named():
    for rtl in (False, True):
        plan = make_plan("c-fold", 6, panelled("c-fold", Options(rtl=rtl), A4))
        figure = sheet_figure(plan, A4.turned())
        at = [float(x) for x in re.findall(r'd="M([\d.]+) [\d.]+V', figure)]
        edges = [float(x) for x in re.search(r'd="M([\d.]+) [\d.]+H([\d.]+)V', figure).groups()]
        lines = sorted((*at, *edges))
        widths = [b - a for a, b in pairwise(lines)]
        shares = [297 * width / sum(widths) for width in widths]
        wanted = [97, 100, 100][:: -1 if rtl else 1]
        assert shares == pytest.approx(wanted, abs=0.1)
        assert re.findall(r">(97|100)<", figure) == [str(one) for one in wanted]


def test_each_fold_is_drawn_with_the_paper_that_is_left():
    plan = make_plan("octavo", 16)
    seen = []
    for step, region in stages(plan.finish, plan.grid):
        if isinstance(step, Fold):
            figure = fold_figure(plan, A4.turned(), step, region)
            seen.append([int(number) for number in re.findall(r">(\d+)</text>", figure)])
    # The left half goes behind, then the head, then the left half once more: page 1 stays on top.
    assert seen == [[5, 12, 9, 8, 4, 13, 16, 1], [9, 8, 16, 1], [16, 1]]


@pytest.mark.parametrize("paper", ["a6", "a5", "a3", "letter"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_any_paper_holds_it(paper, language):
    words = said(make_plan("saddle", 12), PAPERS[paper], language)
    assert "100" in words


def test_portrait_sheets_too():
    plan = oriented(make_plan("four-up", 16), landscape=False)
    assert "turn the other half round" in said(plan)
