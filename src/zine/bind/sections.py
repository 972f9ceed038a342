"""Sections to bind: what is known of each, where links lead, which go into one gathering."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pikepdf import Pdf

from zine.bind.digits import Number
from zine.bind.gathering import Gathering, PlacedSection
from zine.bind.inks import Inks
from zine.bind.links import Lead, targets_of
from zine.bind.objects import FREE, count_objects
from zine.bind.tagging.prepare import prepared_section
from zine.bind.tags import Standing, count_parents
from zine.diagnostics import ZineError, error
from zine.typeset.pagemap import roman

PAGES = 12
"""A gathering ends with the section that reaches so many."""
_ENTRIES, _OBJECTS = 1000, 200
"""Gatherings number the entries of their parent trees, and their objects, from multiples of these,
so that a link more moves no other."""
_SPARE = 64  # objects that gathering sections makes
_BLANK = 2  # objects of a blank page


@dataclass(frozen=True)
class BoundSection:
    """A section to bind.

    Args:
        pdf: its pages, as the engine made them or as `prepared_section` gave them back.
        start: page index of its first page.
        level: depth in the outline and the structure from 1; 0 keeps it out of the outline.
        tops: id → (page index in the section, pt from the head of the trim).
        numbers: to be written over its neutral ones.
        parents: entries of its parent tree; None where that is not known, nor what follows here.
        targets: what its links within the publication lead to.
        objects: how many its file has at most.
        digest: of all that decided its pages; "" where that is not known.
        goes_on: it goes on from the section before, which stands in the outline for both.
    """

    key: str
    title: str
    pdf: bytes
    start: int
    level: int
    tops: Mapping[str, tuple[int, float]]
    numbers: tuple[Number, ...] = ()
    parents: int | None = None
    targets: tuple[str, ...] = ()
    objects: int = 0
    digest: str = ""
    goes_on: bool = False


Labels = Sequence[tuple[int, str, int]]
"""Page label ranges: (first page index, "D" or "r", first number)."""


def gatherings_of(
    sections: Sequence[BoundSection],
    standing: Sequence[Standing],
    total: int,
    labels: Labels,
    link_form: str,
    *,
    crop: bool,
    tags: bool,
    inks: Inks | None,
) -> list[Gathering]:
    """Sections in their gatherings, which do not depend on what is edited in a later one.

    Args:
        standing: of each section in the structure.
        total: number of pages, blanks included.
        link_form: words of a link, with {title} and {page}.

    Raises:
        ZineError: a link names a target that is not in the publication.
    """
    known = [_known(section, tags=tags) for section in sections]
    leads = _leads(sections, labels, link_form)
    _refuse_lost(known, leads)
    made = _gatherings(known, standing, total, leads, crop=crop, tags=tags)
    return [replace(one, inks=inks) for one in made]


def _known(section: BoundSection, *, tags: bool) -> BoundSection:
    """A section of which is known what others have to know of it."""
    if section.parents is not None:
        return section
    pdf = prepared_section(section.pdf) if tags else section.pdf
    with Pdf.open(io.BytesIO(pdf)) as part:
        parents, targets = count_parents(part), targets_of(part)
    return replace(section, pdf=pdf, parents=parents, targets=targets, objects=count_objects(pdf))


def _leads(sections: Sequence[BoundSection], labels: Labels, form: str) -> dict[str, Lead]:
    """Where the links of the publication lead.

    Args:
        form: words of a link, with {title} and {page}.
    """
    titles = {section.key: section.title for section in sections}
    leads = {}
    for section in sections:
        for target, (page, _) in section.tops.items():
            title = titles.get(target, section.title)
            page_label = _label(section.start + page, labels)
            leads[target] = Lead(form.format(title=title, page=page_label), title)
    return leads


def _refuse_lost(sections: Iterable[BoundSection], leads: Mapping[str, Lead]) -> None:
    lost = {
        target: section.title
        for section in sections
        for target in section.targets
        if target not in leads
    }
    if lost:
        raise ZineError(
            error(
                "link-target-missing",
                f"“{title}” refers to “{target}”, which is not in this publication",
                hint="a layout prints a link to a section that is not bound",
            )
            for target, title in lost.items()
        )


def _label(index: int, labels: Labels) -> str:
    """The label of a page (ISO 32000-1 §12.4.2)."""
    first, style, number = labels[bisect_right([one[0] for one in labels], index) - 1]
    number += index - first
    return roman(number) if style == "r" else str(number)


def _gatherings(
    sections: Sequence[BoundSection],
    standing: Sequence[Standing],
    total: int,
    leads: Mapping[str, Lead],
    *,
    crop: bool,
    tags: bool,
) -> Iterator[Gathering]:
    base = at = 0
    # The upper structure has an object for each Part, and two lists.
    number = _rounded(max((one.holder for one in standing), default=FREE) + _SPARE, _OBJECTS)
    while at < len(sections):
        first = sections[at].start if at else 0
        stop = at + 1
        while stop < len(sections) and sections[stop].start - first < PAGES:
            stop += 1
        own = sections[at:stop]
        until = sections[stop].start if stop < len(sections) else total
        placed = tuple(
            PlacedSection(
                one.pdf,
                one.title,
                one.start,
                order + 1,
                standing[order],
                one.numbers,
                one.digest,
            )
            for order, one in enumerate(own, at)
        )
        named = {target: leads[target] for one in own for target in one.targets}
        objects = sum(one.objects for one in own) + _BLANK * (until - first)
        room = _rounded(objects + _SPARE, _OBJECTS)
        yield Gathering(placed, first, until, named, base, number, room, crop, tags)
        base += _rounded(sum(one.parents or 0 for one in own), _ENTRIES)
        number += room
        at = stop


def _rounded(count: int, to: int) -> int:
    """The next multiple."""
    return -(-count // to) * to
