"""The spine of a cover that is printed apart, and the covers on either side of it."""

from __future__ import annotations

from dataclasses import replace

from zine.bind.binder import BoundSection, bind
from zine.bind.inks import Inks
from zine.bind.metadata import Metadata
from zine.build.binding import bind_pages
from zine.build.steps import Workshop
from zine.content.tongues import direction
from zine.impose.pages import inserted
from zine.typeset.fitting import AS_MEASURED
from zine.typeset.job import Job
from zine.typeset.layouts import Layouts
from zine.typeset.pages import PageMaker
from zine.typeset.pagination import Paged
from zine.typeset.views.desk import Desk
from zine.typeset.views.spine import spine_rules, spine_view

COVER, SPINE = "cover", "spine"


def has_cover(desk: Desk) -> bool:
    """Whether the first page is a cover and the last one a back cover, which a spine joins."""
    publication = desk.publication
    return publication.closing and publication.sections[0].kind == COVER


def with_spine(
    workshop: Workshop, desk: Desk, paged: Paged, inks: Inks | None, spine: float
) -> bytes:
    """The pages of a publication with its spine before the back cover, for the sheets of a press.

    Cover and back cover are set anew, for their drawing goes on over the spine: so the lines of
    all three meet at the folds.

    Args:
        workshop: the build's.
        desk: of the publication, which has a cover and a back cover.
        paged: its pages without a spine.
        inks: of the press.
        spine: mm.
    """
    around = replace(desk, spine=spine)
    maker = PageMaker(around, Layouts(workshop.project.layouts))
    sections = desk.publication.sections
    last = len(sections) - 1
    covers = [maker.job(index, sections[index], paged.page_map, AS_MEASURED) for index in (0, last)]
    style = workshop.style(desk.geometry, desk.all_prepared)
    with workshop.typesetter(style) as typesetter:
        jobs = [*covers, _spine_job(workshop, around)]
        made = typesetter.typeset(jobs, workshop.options.progress)
        workshop.note(typesetter.findings)
    pages, rows = list(paged.sections), list(paged.rows)
    for index in (0, last):
        # Set with its numbers as they are: there is nothing to write over.
        pages[index], rows[index] = made[sections[index].key], {}
    wrapped = replace(paged, sections=tuple(pages), rows=tuple(rows))
    gatherer = workshop.gatherer()
    whole = bind_pages(
        around, wrapped, crop=False, inks=inks, gatherer=gatherer, uniter=gatherer.united
    )
    return inserted(whole.pdf, _bound(around, made[SPINE].pdf, inks), -1)


def _spine_job(workshop: Workshop, desk: Desk) -> Job:
    context = {
        **spine_view(desk),
        "section": {"kind": SPINE, "title": desk.publication.title},
        "settings": desk.settings,
        "words": desk.words,
        "direction": direction(desk.settings.language),
        "run": "",
        "page_rules": spine_rules(desk),
    }
    return Job(SPINE, Layouts(workshop.project.layouts).render("spine.html", context))


def _bound(desk: Desk, pdf: bytes, inks: Inks | None) -> bytes:
    """The spine in the inks of the press."""
    section = BoundSection(SPINE, desk.publication.title, pdf, 0, 0, {})
    about = Metadata(
        title=desk.publication.title,
        authors=(),
        language=desk.settings.language,
        subject="",
        publisher="",
        licence="",
        licence_url="",
        keywords=(),
        date=None,
        rtl=desk.settings.rtl,
    )
    labels = [(0, "D", 1)]
    return bind([section], 1, labels, about, crop_to_trim=False, tags=False, inks=inks).pdf
