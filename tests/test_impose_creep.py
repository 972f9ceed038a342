"""Thickness of paper, creep asked for in words, spines."""

from __future__ import annotations

import pytest

from zine.diagnostics import UsageError
from zine.impose.covers import GLUE, cover_apart, selecting, spine_width
from zine.impose.creep import caliper, creep_step
from zine.impose.options import Options
from zine.impose.registry import make_plan
from zine.paper import PAPERS


@pytest.mark.parametrize(
    ("paper", "mm"),
    [
        ("70 gsm", 0.085),
        ("80gsm", 0.100),
        ("80 g/m²", 0.100),
        ("90 g", 0.115),
        ("85 gsm", 0.1075),
        ("200 gsm", 0.25),
        ("0.12 mm", 0.12),
        (".1 mm", None),
        ("0.005 in", 0.127),
        ("70 lb", 0.127),
        ("70# text", 0.127),
        ("20 lb bond", 0.0995),
    ],
)
def test_thickness_of_paper(paper, mm):
    if mm is None:
        with pytest.raises(UsageError, match="no weight"):
            caliper(paper)
    else:
        assert caliper(paper) == pytest.approx(mm)


def test_pounds_of_bond_are_within_what_makers_state():
    assert 0.097 <= caliper("20 lb") <= 0.102
    assert caliper("24 lb") == pytest.approx(caliper("90 gsm"), abs=0.001)
    assert caliper("80 lb cover") > caliper("70 lb text") > caliper("24 lb bond")


@pytest.mark.parametrize("paper", ["thick", "", "0 gsm", "80", "-80 gsm", "80 gsm cotton"])
def test_papers_nobody_knows(paper):
    with pytest.raises(UsageError) as raised:
        caliper(paper)
    assert raised.value.findings[0].code == "paper-weight"


def test_creep_in_words():
    assert creep_step("auto") == pytest.approx(0.1)
    assert creep_step("Auto", "20 lb") == pytest.approx(0.0995)
    assert creep_step("0") == 0
    assert creep_step("0.12mm") == creep_step(" 0.12 ") == 0.12
    for wish in ("some", "-0.1", "0.1 in"):
        with pytest.raises(UsageError):
            creep_step(wish)


def test_width_of_a_spine():
    assert spine_width(200, 0.1) == pytest.approx(10)
    assert spine_width(199, 0.1, GLUE) == pytest.approx(11)
    # KDP, white: .002252 in a page.
    assert spine_width(100, 2 * 0.002252 * 25.4) == pytest.approx(100 * 0.002252 * 25.4)
    with pytest.raises(ValueError, match="negative"):
        spine_width(-1, 0.1)


def test_a_cover_apart_in_full():
    apart = cover_apart(20, PAPERS["a5"], caliper=0.1, inside_front=1, inside_back=-2, spine_page=3)
    assert str(apart.cover) == "(20,4,1)|(2,–,19)"
    assert str(apart.inside).startswith("(7,3)|(5,6) · (11,8)|(9,10)")
    assert apart.inside.omits == (0, 1, 3, 18, 19)
    assert apart.cover.pages == apart.inside.pages == 20
    assert apart.spine == pytest.approx(8 * 0.1 + 1)
    right = cover_apart(20, PAPERS["a5"], caliper=0.1, options=Options(rtl=True))
    assert str(right.cover) == "(1,–,20)"


@pytest.mark.parametrize(
    ("pages", "more"),
    [
        (2, {}),
        (4, {"inside_front": 1, "inside_back": 2}),
        (8, {"inside_front": 0}),
        (8, {"inside_front": 8}),
        (8, {"spine_page": -1}),
        (8, {"inside_front": 2, "spine_page": 2}),
    ],
)
def test_covers_that_cannot_be(pages, more):
    with pytest.raises(ValueError, match=r"cover|page"):
        cover_apart(pages, PAPERS["a5"], caliper=0.1, **more)


def test_a_plan_of_other_pages():
    plan = selecting(make_plan("saddle", 4), (0, 2, 4, 6), 8)
    assert str(plan) == "(7,1)|(3,5)"
    assert plan.omits == (1, 3, 5, 7)
    with pytest.raises(ValueError, match="4 pages"):
        selecting(make_plan("saddle", 4), (0, 1), 8)
