"""Numbers written over neutral ones: the same pages as if they had been set with the true ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pypdfium2
import pytest

from support.pdfs import Read
from support.projects import copy_of
from zine.bind.binder import Bound
from zine.build.binding import bind_pages
from zine.build.report import Options
from zine.build.steps import Specification, Workshop
from zine.compiler.selection import Selection
from zine.project import load_project
from zine.typeset.fonts import figure_width
from zine.typeset.job import Job, Slot, Style, StyleSheet, Typeset
from zine.typeset.neutral import Numbers, count_numbers, rows_for
from zine.typeset.pagination import Paged

SCALE = 1.5


@dataclass(frozen=True)
class Both:
    """A book with numbers written over neutral ones, and the same with true ones set."""

    paged: Paged
    written: Bound
    plain: Bound


def paged_and_bound(root, options, *, neutral: bool) -> tuple[Paged, Bound]:
    with pytest.MonkeyPatch.context() as patch:
        if not neutral:
            patch.setattr(Numbers, "of", lambda *_, **__: None)
        workshop = Workshop(load_project(root), options)
        publication = workshop.compile(Selection())
        desk = workshop.desk(publication, Specification(workshop.project.settings.trim))
        paged = workshop.paginate(desk, publication.title)
        return paged, bind_pages(desk, paged, crop=True)


@pytest.fixture(scope="module", params=["tagged", "principle"])
def both(request, tmp_path_factory):
    root = copy_of(request.param, tmp_path_factory.mktemp("digits"))
    paged, written = paged_and_bound(root, Options(), neutral=True)
    _, plain = paged_and_bound(root, Options(), neutral=False)
    return Both(paged, written, plain)


def test_most_sections_are_written_over(both):
    numbers = [slot for rows in both.paged.rows for slot in rows]
    assert sum(slot.target != "" for slot in numbers) >= 10
    assert sum(slot.target == "" for slot in numbers) >= both.written.pages // 2
    assert {slot.hangs for slot in numbers} >= {"left", "right"}


def test_the_same_pages_to_the_pixel(both):
    ours, theirs = (pypdfium2.PdfDocument(one.pdf) for one in (both.written, both.plain))
    try:
        assert len(ours) == len(theirs)
        for index in range(len(ours)):
            one, other = (pdf[index].render(scale=SCALE) for pdf in (ours, theirs))
            assert bytes(one.buffer) == bytes(other.buffer), f"page {index + 1}"
    finally:
        ours.close()
        theirs.close()


def test_the_same_words_and_links(both):
    assert len(both.written.numbers) == len(both.plain.numbers)
    for one, other in zip(both.written.numbers, both.plain.numbers, strict=True):
        assert replace(one, rect=other.rect) == other
        assert one.rect == pytest.approx(other.rect, abs=0.002)
    with Read(both.written.pdf) as ours, Read(both.plain.pdf) as theirs:
        assert [ours.words(at) for at in range(len(ours))] == [
            theirs.words(at) for at in range(len(theirs))
        ]
        assert [(link.page, link.words) for link in ours.links] == [
            (link.page, link.words) for link in theirs.links
        ]


def style_of(css: str) -> Style:
    return Style((StyleSheet("own.css", css),))


LINK = '<p>See <a class="n" href="zine-n:x">{}</a></p>'
HUNG = '<p><a class="n" data-hangs="left" href="zine-n:x">{}</a></p>'
RULES = "@page:first{{counter-increment:none;counter-reset:page {}}}"


def test_a_job_depends_on_how_many_figures_its_numbers_have_and_no_more():
    numbers = Numbers.of(style_of(""), ())
    made = [numbers.job(Job("s", LINK.format(one)), 2) for one in (10, 42, 99, 100)]
    assert made[0] == made[1] == made[2] != made[3]
    assert all(count_numbers(one.html) == 1 for one in made)


def test_a_hanging_number_is_set_alike_whatever_it_is():
    numbers = Numbers.of(style_of(""), ())
    hung = {numbers.job(Job("s", HUNG.format(one)), 2).html for one in ("", 1, 42, 999)}
    assert len(hung) == 1
    own = Numbers.of(style_of(".list .n { position: static }"), ["own.css"])
    assert own.job(Job("s", HUNG.format(42)), 2).html == HUNG.format("00")


def test_folios_keep_their_side_and_their_count_of_figures():
    numbers = Numbers.of(style_of(""), ())
    first = {one: numbers.job(Job("s", RULES.format(one)), 2).first for one in (42, 43, 98, 99)}
    assert first == {42: 10, 43: 11, 98: 10, 99: None}


@pytest.mark.parametrize(
    "css",
    [
        '@page{@bottom-left{content:"Chapter 1, " counter(page)}}',
        "@page{@bottom-left{content:counter(page, lower-roman)}}",
        "p::after{content:counter(page)}",
    ],
)
def test_folios_of_a_style_that_prints_more_than_the_number_stay_as_they_are(css):
    assert Numbers.of(style_of(css), ()).job(Job("s", RULES.format(42)), 2).first is None


def test_a_number_without_known_figures_is_not_written_over():
    slot = Slot(0, (0, 4), "F", "0", ("0014",), "")
    made = Typeset("s", b"", 1, {}, (), (slot,))
    figures = tuple(f"{code:04x}" for code in range(0x14, 0x1E))
    row = Slot(0, (0, 0), "F", "0123456789", figures, "")
    assert rows_for(made, None) is None
    assert rows_for(made, replace(made, slots=(replace(row, font="G"),))) is None
    assert rows_for(made, replace(made, slots=(row,))) == {slot: figures}
    assert rows_for(replace(made, slots=None), replace(made, slots=(row,))) is None


def test_the_width_of_tabular_figures_is_known_for_packaged_faces_alone():
    assert figure_width("Barlow Condensed", 700) == pytest.approx(0.498)
    assert figure_width("IBM Plex Serif", 700) == pytest.approx(0.6)  # all of its figures are
    assert figure_width("Barlow Condensed", 100) is None
    assert figure_width("A family of the project’s own", 700) is None
