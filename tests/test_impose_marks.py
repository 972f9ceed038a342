"""Printer's marks: outside the bleed, none at the bound edge, on the fold where they belong."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test_folding_schemes import jobs
from test_impose_press import numbered, picture
from zine.impose.fitting import laid
from zine.impose.marks import Circle, Marks, marks_on
from zine.impose.options import Options
from zine.impose.placing import layout
from zine.impose.press import impose
from zine.impose.registry import make_plan
from zine.impose.sheets import Plan
from zine.paper import PAPERS, Paper
from zine.units import mm_to_pt

EVERY = Marks(
    crop=True, fold=True, staple=True, sewing=3, collation=True, registration=True, guides=True
)


def marks(plan: Plan, trim: Paper, sheet: Paper, wanted: Marks, **more) -> list[list]:
    """The marks of every side."""
    paper = laid(sheet, plan.landscape)
    cell = (trim.width_pt, trim.height_pt)
    front = layout(plan, cell, (paper.width_pt, paper.height_pt))
    return [list(marks_on(plan, side, front, wanted, **more)) for side in plan.printed]


def points(mark) -> list[tuple[float, float]]:
    if isinstance(mark, Circle):
        (x, y), r = mark.centre, mark.radius
        return [(x - r, y - r), (x + r, y + r)]
    return [mark.start, mark.end]


def ends(found, name: str) -> set:
    return {
        tuple(sorted(tuple(round(v, 3) for v in p) for p in points(mark)))
        for mark in found
        if mark.name == name
    }


def test_crop_marks_of_a_booklet_are_at_four_corners_and_not_at_the_fold():
    front, back = marks(
        make_plan("saddle", 4), PAPERS["a6"], PAPERS["a4"], Marks(crop=True), bleed=3
    )
    # A4 landscape: the block of 210 × 148 lies from 43.5 to 253.5 and from 31 to 179.
    expected = {((x, y), (x, y + 5)) for x in (43.5, 253.5) for y in (23.0, 182.0)}
    expected |= {((x, y), (x + 5, y)) for x in (35.5, 256.5) for y in (31.0, 179.0)}
    assert ends(front, "crop") == ends(back, "crop") == expected
    assert all(mark.weight == 0.25 and not mark.dashed for mark in front)


def test_crop_marks_stand_off_where_there_is_no_bleed():
    front, _ = marks(make_plan("saddle", 4), PAPERS["a6"], PAPERS["a4"], Marks(crop=True))
    assert ((43.5, 182.175), (43.5, 187.175)) in ends(front, "crop")


def test_fold_marks_are_dashed_and_in_line_with_the_fold():
    front, back = marks(
        make_plan("saddle", 4), PAPERS["a6"], PAPERS["a4"], Marks(fold=True), bleed=3
    )
    assert ends(front, "fold") == {((148.5, y), (148.5, y + 5)) for y in (23.0, 182.0)}
    assert ends(back, "fold") == ends(front, "fold")
    assert all(mark.dashed for mark in front + back)
    octavo = marks(make_plan("octavo", 16), PAPERS["a7"], PAPERS["a3"], Marks(fold=True), bleed=3)
    assert len(ends(octavo[0], "fold")) == 8


def test_staples_are_at_a_quarter_and_three_quarters_on_the_outside_of_the_outermost_sheet():
    sides = marks(make_plan("saddle", 16), PAPERS["a6"], PAPERS["a4"], Marks(staple=True))
    assert [len(side) for side in sides] == [2, 0, 0, 0, 0, 0, 0, 0]
    middles = sorted((m.start[1] + m.end[1]) / 2 for m in sides[0])
    assert middles == pytest.approx([31 + 37, 31 + 111])
    assert [m.start[0] for m in sides[0]] == pytest.approx([148.5, 148.5])


def test_sewing_stations_are_on_the_inside_of_every_signature():
    plan = make_plan("signatures", 32, Options(sheets=4))
    sides = marks(plan, PAPERS["a6"], PAPERS["a4"], Marks(sewing=5))
    assert [number for number, side in enumerate(sides) if side] == [7, 15]
    heights = sorted(m.start[1] for m in sides[7])
    assert heights == pytest.approx([31 + 14.8 + i * 29.6 for i in range(5)])
    # Of a sheet that is folded twice the innermost spread, 4 and 5, is on the front.
    quarto = marks(make_plan("quarto", 8), PAPERS["a6"], PAPERS["a3"], Marks(sewing=3))
    assert [len(side) for side in quarto] == [3, 0]
    assert all(m.start[1] > 210 for m in quarto[0])


def test_collation_steps_go_down_from_signature_to_signature():
    plan = make_plan("signatures", 48, Options(sheets=4))
    sides = marks(plan, PAPERS["a6"], PAPERS["a4"], Marks(collation=True))
    bars = [side[0] for side in sides if side]
    assert len(bars) == 3
    for before, after in pairwise(bars):
        assert after.start[1] == pytest.approx(before.end[1])
    assert (
        marks(make_plan("saddle", 16), PAPERS["a6"], PAPERS["a4"], Marks(collation=True))
        == [[]] * 8
    )


def test_leaves_are_not_cropped_at_the_edge_that_is_bound():
    plan = make_plan("cut-stack", 4)
    front, back = marks(plan, PAPERS["a6"], PAPERS["a4"], Marks(crop=True), bleed=3)
    upright = {line[0][0] for line in ends(front, "crop") if line[0][0] == line[1][0]}
    assert upright == {148.5, 253.5}
    assert {line[0][0] for line in ends(back, "crop") if line[0][0] == line[1][0]} == {148.5, 43.5}
    assert all(line[1][0] > 148 for line in ends(front, "crop"))
    right = make_plan("cut-stack", 4, Options(rtl=True))
    front, _ = marks(right, PAPERS["a6"], PAPERS["a4"], Marks(crop=True), bleed=3)
    assert {x for (x, _), (other, _) in ends(front, "crop") if x == other} == {43.5, 148.5}


def test_a_gap_has_a_mark_on_either_side():
    plan = make_plan("cards", 16, Options(gap=6.0))
    trim = Paper("card", 60, 85)
    front, _ = marks(plan, trim, PAPERS["a4"], Marks(crop=True), bleed=3)
    upright = sorted({line[0][0] for line in ends(front, "crop") if line[0][0] == line[1][0]})
    assert upright == pytest.approx([19.5, 79.5, 85.5, 145.5, 151.5, 211.5, 217.5, 277.5])


def test_guides_go_all_along_the_cuts_of_the_fronts():
    front, back, *_ = marks(
        make_plan("cut-stack", 8, Options(grid=(2, 2))),
        PAPERS["a6"],
        PAPERS["a4"],
        Marks(guides=True),
    )
    assert back == []
    assert ends(front, "guides") == {((105, 0), (105, 297)), ((0, 148.5), (210, 148.5))}
    (mini,) = marks(make_plan("mini", 8), Paper("x", 74.25, 105), PAPERS["a4"], Marks(guides=True))
    # Dashes are for folds.
    assert not any(mark.dashed for mark in (*front, *mini))
    # The slit only, from a quarter to three quarters.
    assert ends(mini, "guides") == {((74.25, 105), (222.75, 105))}


def test_targets_are_no_colour_and_off_the_fold():
    front, back = marks(
        make_plan("saddle", 4), PAPERS["a6"], PAPERS["a4"], Marks(registration=True), bleed=3
    )
    circles = [mark.centre for mark in front if isinstance(mark, Circle)]
    assert circles == [pytest.approx(at) for at in ((96, 184.5), (96, 25.5), (38, 105), (259, 105))]
    assert [mark.centre[0] for mark in back if isinstance(mark, Circle)] == pytest.approx(
        [201, 201, 259, 38]
    )


@settings(max_examples=80, deadline=None)
@given(jobs(), st.sampled_from((0.0, 3.0)), st.sampled_from((0.0, 5.0)))
def test_marks_in_the_slug_touch_no_page_and_stay_on_the_sheet(job, bleed, margin):
    name, pages, options = job
    plan = make_plan(name, min(pages, 40), options)
    trim, sheet = Paper("x", 50, 70), Paper("big", 400, 400)
    front = layout(plan, (trim.width_pt, trim.height_pt), (sheet.width_pt, sheet.height_pt))
    for side in plan.printed:
        block = (front.flipped(plan.sideways) if side.back else front).block
        left, foot, right, head = (
            v * 25.4 / 72 for v in (block.left, block.bottom, block.right, block.top)
        )
        for mark in marks_on(plan, side, front, EVERY, bleed=bleed, margin=margin):
            for x, y in points(mark):
                assert margin - 1e-6 <= x <= 400 - margin + 1e-6
                assert margin - 1e-6 <= y <= 400 - margin + 1e-6
                if mark.name in ("crop", "fold", "registration"):
                    clear = max(left - x, x - right, foot - y, y - head)
                    assert clear >= (bleed or 3.175) - 1e-6
            assert mark.name == "collation" or 0.25 <= mark.weight <= 0.5
            assert mark.name != "guides" or not side.back


def test_marks_are_drawn_in_black_only_and_said_to_have_no_room():
    plan = make_plan("saddle", 4)
    out = io.BytesIO()
    wanted = Marks(crop=True, registration=True)
    with numbered(4, PAPERS["a6"]) as source:
        assert impose(source, plan, sheet=PAPERS["a4"], out=out, marks=wanted) == ()
        crowded = impose(source, plan, sheet=PAPERS["a5"], out=io.BytesIO(), marks=wanted)
    assert [finding.code for finding in crowded] == ["marks-no-room"]
    assert "crop, registration" in crowded[0].message
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode()
    drawn = content[content.rindex("q\n") :]
    assert "0 G\n" in drawn
    assert not {"RG", "rg", "K", "k", "g", "sc", "SC", "Do"} & set(drawn.split())
    image = picture(out.getvalue(), 0, 4)
    x, y = 4 * mm_to_pt(43.5), image.height - 4 * mm_to_pt(185)
    assert min(image.getpixel((round(x) + d, round(y)))[0] for d in (-1, 0, 1)) < 128
