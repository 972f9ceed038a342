"""Every scheme, every length, both flip edges, both bindings: folded and read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zine.impose.counts import fitting_counts
from zine.impose.covers import cover_apart
from zine.impose.creep import creeping, depth
from zine.impose.finish import Product
from zine.impose.options import Options
from zine.impose.registry import SCHEMES, make_plan
from zine.impose.sheets import Flip, Sides
from zine.impose.turning import mirrored, oriented, sided, turned
from zine.paper import PAPERS
from zine.prove.folding import fold, prove_fold, read

GRIDS = st.tuples(st.integers(1, 4), st.integers(1, 4))


@st.composite
def jobs(draw: st.DrawFn, schemes: tuple[str, ...] = tuple(SCHEMES)) -> tuple[str, int, Options]:
    """A scheme, a number of pages it can have, and options it takes."""
    name = draw(st.sampled_from(schemes))
    scheme = SCHEMES[name]
    choices = {
        "flip": st.none() | st.sampled_from(Flip),
        "landscape": st.none() | st.booleans(),
        "rtl": st.booleans(),
        "keep_last": st.booleans(),
        "sheets": st.integers(1, 6),
        "grid": GRIDS,
        "form": st.sampled_from(scheme.forms or (None,)),
        "one_sided": st.booleans(),
        "poster": st.integers(0, 2),
        "poster_upright": st.booleans(),
        "common_back": st.booleans(),
        "gap": st.sampled_from((0.0, 6.0)),
    }
    taken = {key: draw(wish) for key, wish in choices.items() if key in scheme.takes}
    if taken.get("common_back"):
        taken["one_sided"] = False
    options = Options(**taken)
    least = 1 + scheme.extra(options)
    return name, draw(st.integers(least, scheme.most(options) or 200)), options


@settings(max_examples=250, deadline=None)
@given(jobs())
def test_every_scheme_reads_from_1_to_n_upright(job):
    name, pages, options = job
    plan = make_plan(name, pages, options)
    assert prove_fold(plan) == ()
    printed = [cell.page for cell in plan.cells if cell.page is not None]
    times = plan.copies
    assert {page: printed.count(page) for page in set(printed) - set(plan.common)} == dict.fromkeys(
        set(range(pages)) - set(plan.common), times
    )
    seen = fold(plan)
    assert all(leaf.upright for leaf in seen)
    posters = {cell.page for cell in plan.cells if cell.span != (1, 1)}
    expected = [page for page in range(pages) if page not in posters and page not in plan.common]
    assert [leaf.page for leaf in seen if leaf.page is not None] == expected
    blanks = [place for place, leaf in enumerate(seen) if leaf.page is None]
    kept = options.keep_last and len(expected) > 1
    end = len(seen) - 1 if kept else len(seen)
    assert blanks == list(range(end - len(blanks), end))
    # What the schemes say of the reading order, folding finds.
    places = {cell.page: cell.place for cell in plan.cells if cell.place is not None}
    if plan.finish.product in (Product.BOOK, Product.STRIP, Product.LEAFLET):
        assert all(places[leaf.page] == at for at, leaf in enumerate(seen) if leaf.page is not None)
    assert len(read(plan)) == plan.copies


@settings(max_examples=100, deadline=None)
@given(jobs())
def test_the_other_edge_twice_is_the_same_and_once_is_another_job(job):
    plan = make_plan(*job)
    assert turned(turned(plan)) == plan
    assert mirrored(mirrored(plan)) == plan
    assert oriented(oriented(plan, not plan.landscape), plan.landscape) == plan
    for same in (turned(plan), mirrored(plan), oriented(plan, not plan.landscape)):
        assert prove_fold(same) == ()
        assert len(fold(same)) == len(fold(plan))
    inked = any(
        cell.page is not None and cell.span == (1, 1)
        for sheet in plan.sheets
        for cell in (sheet.back.cells if sheet.back else ())
    )
    wrong = replace(plan, flip=Flip.LONG if plan.flip is Flip.SHORT else Flip.SHORT)
    assert bool(prove_fold(wrong)) is inked


@settings(max_examples=150, deadline=None)
@given(jobs(), st.data())
def test_two_pages_exchanged_are_refused(job, data):
    plan = make_plan(*job)
    pages = sorted(
        {c.page for c in plan.cells if c.page not in (None, *plan.common) and c.span == (1, 1)}
    )
    if len(pages) < 2:
        return
    one, two = data.draw(st.permutations(pages), label="exchanged")[:2]
    other = {one: two, two: one}

    def exchanged(face):
        return type(face)(
            tuple(
                tuple(replace(cell, page=other.get(cell.page, cell.page)) for cell in row)
                for row in face.rows
            )
        )

    sheets = tuple(
        replace(s, front=exchanged(s.front), back=s.back and exchanged(s.back)) for s in plan.sheets
    )
    assert prove_fold(replace(plan, sheets=sheets))


BOUND = ("saddle", "signatures", "perfect", "quarto", "octavo", "four-up", "cut-stack-fold")


@settings(max_examples=150, deadline=None)
@given(jobs(), st.sampled_from((0.0, 0.1, 0.115)))
def test_creep_grows_to_the_centre_and_is_symmetric(job, step):
    plan = make_plan(*job)
    crept = creeping(plan, step)
    assert creeping(plan, 0) == plan
    assert prove_fold(crept) == ()
    if job[0] not in BOUND or not step:
        assert crept == plan
        return
    inward = [round(leaf.inward / step, 6) for leaf in fold(crept)]
    whole = plan.finish.signature or len(inward)
    for first in range(0, len(inward), whole):
        signature = inward[first : first + whole]
        half = len(signature) // 2
        assert signature == signature[::-1]
        assert signature[:half] == [leaf // 2 for leaf in range(half)]
    # Left pages move right and right pages move left by as much, on both sides of every sheet.
    for sheet in crept.sheets:
        for face in sheet.faces:
            assert sum(cell.shift[0] for cell in face.cells) == pytest.approx(0)
            assert all(cell.shift[1] == 0 for cell in face.cells)


def test_the_creep_of_the_conventions():
    """80 gsm, 20 pages: 0, 0.1, 0.2, 0.3, 0.4 mm (§4); it starts anew in each signature."""
    plan = creeping(make_plan("saddle", 20), 0.1)
    rights = [sheet.front.rows[0][1].shift[0] for sheet in plan.sheets]
    assert rights == pytest.approx([0, -0.1, -0.2, -0.3, -0.4])
    assert [sheet.back.rows[0][1].shift[0] for sheet in plan.sheets] == pytest.approx(rights)
    assert [depth(plan, sheet.front.rows[0][0]) for sheet in plan.sheets] == [0, 1, 2, 3, 4]
    sewn = creeping(make_plan("signatures", 32, Options(sheets=4)), 0.1)
    lefts = [sheet.front.rows[0][0].shift[0] for sheet in sewn.sheets]
    assert lefts == pytest.approx([0, 0.1, 0.2, 0.3] * 2)
    bound_right = creeping(make_plan("saddle", 8, Options(rtl=True, flip=Flip.LONG)), 0.1)
    assert [c.shift[0] for c in bound_right.sheets[1].back.cells] == [0.1, -0.1]
    with pytest.raises(ValueError, match="towards"):
        creeping(plan, -0.1)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(5, 120),
    st.sampled_from(("saddle", "perfect", "signatures", "quarto")),
    st.booleans(),
    st.none() | st.sampled_from(Flip),
    st.booleans(),
    st.booleans(),
)
def test_a_cover_apart(pages, scheme, rtl, flip, front, back):
    options = Options(rtl=rtl, flip=flip)
    apart = cover_apart(
        pages,
        PAPERS["a5"],
        caliper=0.1,
        scheme=scheme,
        options=options,
        inside_front=1 if front else None,
        inside_back=-2 if back else None,
    )
    assert prove_fold(apart.inside) == prove_fold(apart.cover) == ()
    inside = [leaf.page for leaf in fold(apart.inside) if leaf.page is not None]
    cover = [leaf.page for leaf in fold(apart.cover) if leaf.page is not None]
    assert sorted(inside + cover) == list(range(pages))
    assert cover == [0, *([1] if front else []), *([pages - 2] if back else []), pages - 1]
    assert apart.spine == pytest.approx(apart.inside.places / 2 * 0.1 + 1)
    assert apart.cover.panels.widths == (148, apart.spine, 148)


@settings(max_examples=60, deadline=None)
@given(jobs(), st.sampled_from(Sides), st.booleans())
def test_fronts_and_backs_apart_are_the_whole_job(job, sides, reverse):
    plan = make_plan(*job)
    if sides is Sides.BACKS and not plan.two_sided:
        with pytest.raises(ValueError, match="no backs"):
            sided(plan, sides)
        return
    part = sided(plan, sides, backs_reversed=reverse)
    assert prove_fold(part) == ()
    printed = [(side.sheet, side.back) for side in part.printed]
    order = range(len(plan.sheets))
    fronts, backs = [(n, False) for n in order], [(n, True) for n in order]
    if sides is Sides.FRONTS:
        assert printed == fronts
    elif sides is Sides.BACKS:
        assert printed == (backs[::-1] if reverse else backs)
    else:
        assert sorted(printed) == sorted(fronts + (backs if plan.two_sided else []))
    assert part.duplex is (plan.two_sided and sides is Sides.BOTH)


@settings(max_examples=150, deadline=None)
@given(jobs())
def test_lengths_that_fit(job):
    name, pages, options = job
    counts = fitting_counts(name, pages, options)
    plan = make_plan(name, pages, options)
    assert counts.sheets == len(plan.sheets)
    assert counts.fits is not None
    assert pages <= counts.fits
    assert counts.fits == plan.places + len(plan.common) + options.poster
    if counts.shorter:
        assert counts.shorter < pages < counts.fits
        assert fitting_counts(name, counts.shorter, options).blanks == 0
