"""Binding publications: pages, links, labels and what a file says of itself, and its proof."""

from __future__ import annotations

import datetime as dt
import os

from zine.bind.binder import Bound, BoundSection, Gatherer, Uniter, bind, gather_all
from zine.bind.bookfonts import united
from zine.bind.digits import numbers_of
from zine.bind.inks import Inks
from zine.bind.metadata import Metadata
from zine.build.steps import authors_of
from zine.prove.audit import Expected
from zine.settings import Settings
from zine.typeset.pagemap import PageMap
from zine.typeset.pagination import Paged
from zine.typeset.views.desk import Desk


def bind_pages(
    desk: Desk,
    paged: Paged,
    *,
    crop: bool,
    inks: Inks | None = None,
    gatherer: Gatherer = gather_all,
    uniter: Uniter = united,
) -> Bound:
    """Bind the sections of a publication; cropped to its trim it is tagged too.

    Args:
        gatherer: binds the gatherings.
        uniter: unites their fonts.
    """
    publication, settings = desk.publication, desk.settings
    height = desk.geometry.trim.height_pt
    sections = [
        BoundSection(
            section.key,
            section.title,
            typeset.pdf,
            start,
            section.level,
            {section.key: (0, 0.0)}
            | {
                name: (anchor.page, min(anchor.top, height))
                for name, anchor in typeset.anchors.items()
                if not name.startswith("_") and name != section.key
            },
            numbers_of(rows, paged.page_map.folios, paged.page_map.number(start)),
            typeset.parents,
            typeset.targets,
            typeset.objects,
            typeset.digest,
            section.goes_on,
        )
        for section, typeset, start, rows in zip(
            publication.sections, paged.sections, paged.page_map.starts, paged.rows, strict=True
        )
    ]
    metadata = Metadata(
        title=publication.title if publication.whole else f"{publication.title} – {settings.title}",
        authors=authors_of(settings, publication.entries),
        language=settings.language,
        subject=settings.subtitle,
        publisher=settings.publisher,
        licence=settings.licence,
        licence_url=settings.licence_url,
        keywords=tuple(sorted({tag for entry in publication.entries for tag in entry.tags})),
        date=publication_date(settings),
        rtl=settings.rtl,
    )
    return bind(
        sections,
        paged.page_map.total,
        label_ranges(paged.page_map),
        metadata,
        crop_to_trim=crop,
        tags=crop,
        link_form=desk.words.link_to,
        inks=inks,
        figures=paged.figures.pdf if paged.figures else None,
        gatherer=gatherer,
        uniter=uniter,
    )


def label_ranges(page_map: PageMap) -> list[tuple[int, str, int]]:
    """Page label ranges (ISO 32000-1 §12.4.2): first page index, style, first number."""
    if not page_map.body_start:
        return [(0, "D", 1)]
    return [(0, "r", 1), (page_map.body_start, "D", page_map.body_folio)]


def publication_date(settings: Settings) -> dt.date | None:
    """The date of book.yaml, else of SOURCE_DATE_EPOCH, else none: never the clock's."""
    if settings.date:
        return settings.date
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return None


def expected_of(desk: Desk, paged: Paged, bound: Bound) -> Expected:
    """What the audit must find in a bound publication."""
    page_map = paged.page_map
    with_folio = set()
    sections = zip(desk.publication.sections, page_map.starts, page_map.counts, strict=True)
    titles = [""] * page_map.total
    for section, start, count in sections:
        for index in range(start, start + count):
            titles[index] = section.title
        if section.folios:
            with_folio |= set(range(start, start + count))
            if section.kind == "chapter":  # the picture side of its opener is bare
                with_folio.discard(start + 1)
    return Expected(
        labels=tuple(page_map.label(index) for index in range(page_map.total)),
        titles=tuple(titles),
        with_folio=frozenset(with_folio),
        numbers=bound.numbers,
        geometry=desk.geometry,
        rtl=desk.settings.rtl,
    )
