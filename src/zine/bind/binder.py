"""The binder: gatherings of sections become one PDF with links, outline, labels and metadata."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from zine.bind.digits import Number
from zine.bind.fonts import unite_fonts
from zine.bind.gathering import Gathered, Gathering, PlacedSection, gather
from zine.bind.inks import Inks, ink
from zine.bind.links import LINK_FORM, Lead, PrintedNumber, targets_of
from zine.bind.metadata import Metadata, write_metadata
from zine.bind.tagging.prepare import prepared_section
from zine.bind.tags import Standing, TagTree, count_parents, drop_tags, is_tagged, standings
from zine.diagnostics import ZineError, error
from zine.typeset.pagemap import roman

__all__ = ["Bound", "BoundSection", "PrintedNumber", "bind", "gather_all"]

PAGES = 24
"""A gathering ends with the section that reaches so many."""
_ROOM = 1000
"""Gatherings number their parent trees from its multiples: a link more moves no other."""


@dataclass(frozen=True)
class BoundSection:
    """A section to bind.

    Args:
        pdf: its pages, as the engine made them or as `prepared_section` gave them back.
        start: page index of its first page.
        level: depth in the outline from 1; 0 keeps it out.
        tops: id → (page index in the section, pt from the head of the trim).
        numbers: to be written over its neutral ones.
        parents: entries of its parent tree; None where that is not known, nor its targets.
        targets: what its links within the publication lead to.
        digest: of all that decided its pages; "" where that is not known.
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
    digest: str = ""


@dataclass(frozen=True)
class Bound:
    """A bound publication.

    Args:
        pdf: the file, pages with bleed.
        pages: number of pages.
        numbers: every printed reference number, for the proof.
    """

    pdf: bytes
    pages: int
    numbers: tuple[PrintedNumber, ...]


Labels = Sequence[tuple[int, str, int]]
Gatherer = Callable[[Sequence[Gathering]], Iterable[Gathered]]


def gather_all(gatherings: Iterable[Gathering]) -> list[Gathered]:
    """Bind each gathering, one after the other."""
    return [gather(one) for one in gatherings]


def bind(
    sections: Sequence[BoundSection],
    total: int,
    labels: Labels,
    metadata: Metadata,
    *,
    crop_to_trim: bool,
    tags: bool = True,
    link_form: str = LINK_FORM,
    inks: Inks | None = None,
    figures: bytes | None = None,
    gatherer: Gatherer = gather_all,
) -> Bound:
    """Bind sections as one PDF; pages between sections are blank.

    Args:
        sections: in reading order.
        total: number of pages, blanks included.
        labels: page label ranges: (first page index, "D" or "r", first number).
        metadata: what the file says of itself.
        crop_to_trim: cut the bleed off, as a file for screens wants it.
        tags: bind the structure too, as PDF/UA-1; a file for the press has no use for it. What
            holds a section without tags has none either.
        inks: those of a press; None leaves the colours of screens.
        link_form: words of a link within the publication, with {title} and {page}.
        figures: pages whose fonts hold glyphs that sections lack, to be united with theirs.
        gatherer: has the gatherings bound, or knows them.

    Raises:
        ZineError: a link names a target that is not in the publication.
    """
    known = [_known(section, tags=tags) for section in sections]
    leads = _leads(sections, labels, link_form)
    _refuse_lost(known, leads)
    standing = standings([section.level for section in sections])
    gatherings = list(
        _gatherings(
            known,
            [one.depth for one in standing],
            total,
            leads,
            crop=crop_to_trim,
            tags=tags,
        )
    )
    with Pdf.new() as pdf:
        numbers: list[PrintedNumber] = []
        tree = _united(pdf, gatherings, gatherer(gatherings), standing, numbers, tags=tags)
        places = _destinations(pdf, sections)
        _labels(pdf, labels)
        _outline(pdf, sections, places)
        if tree is None:
            drop_tags(pdf)
        else:
            tree.finish()
        write_metadata(pdf, metadata, accessible=tree is not None)
        if inks is not None:
            ink(pdf, inks)
        _unite_fonts(pdf, figures)
        buffer = io.BytesIO()
        pdf.save(
            buffer,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return Bound(buffer.getvalue(), len(pdf.pages), tuple(numbers))


def _known(section: BoundSection, *, tags: bool) -> BoundSection:
    """A section of which is known what others have to know of it."""
    if section.parents is not None:
        return section
    pdf = prepared_section(section.pdf) if tags else section.pdf
    with Pdf.open(io.BytesIO(pdf)) as part:
        return replace(section, pdf=pdf, parents=count_parents(part), targets=targets_of(part))


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
    depths: Sequence[int],
    total: int,
    leads: Mapping[str, Lead],
    *,
    crop: bool,
    tags: bool,
) -> Iterator[Gathering]:
    """Sections in their gatherings, which do not depend on what is edited in a later one."""
    base = at = 0
    while at < len(sections):
        first = sections[at].start if at else 0
        stop = at + 1
        while stop < len(sections) and sections[stop].start - first < PAGES:
            stop += 1
        own = sections[at:stop]
        until = sections[stop].start if stop < len(sections) else total
        placed = tuple(
            PlacedSection(
                one.pdf, one.title, one.start, order + 1, depths[order], one.numbers, one.digest
            )
            for order, one in enumerate(own, at)
        )
        named = {target: leads[target] for one in own for target in one.targets}
        yield Gathering(placed, first, until, named, base, crop, tags)
        base += -(-sum(one.parents or 0 for one in own) // _ROOM) * _ROOM
        at = stop


def _united(
    pdf: Pdf,
    gatherings: Sequence[Gathering],
    gathered: Iterable[Gathered],
    standing: Sequence[Standing],
    numbers: list[PrintedNumber],
    *,
    tags: bool,
) -> TagTree | None:
    """All pages in the file; their structure where every section has one.

    Args:
        numbers: to which those of the gatherings are added.
    """
    tree = TagTree(pdf) if tags else None
    for gathering, made in zip(gatherings, gathered, strict=True):
        numbers += made.numbers
        with Pdf.open(io.BytesIO(made.pdf)) as part:
            for page in part.pages:
                pdf.pages.append(page)
            if tree is not None and is_tagged(part):
                sections = [(one.title, standing[one.order - 1]) for one in gathering.sections]
                tree.add(part, sections)
            else:
                tree = None
    return tree


def _unite_fonts(pdf: Pdf, figures: bytes | None) -> None:
    """Unite the fonts of all pages, with those of pages that are not in the file."""
    count = len(pdf.pages)
    if figures is not None:
        with Pdf.open(io.BytesIO(figures)) as part:
            for page in part.pages:
                pdf.pages.append(page)
    unite_fonts(pdf)
    del pdf.pages[count:]


def _destinations(pdf: Pdf, sections: Iterable[BoundSection]) -> dict[str, Array]:
    """Link target → destination, each named in the catalogue's name tree."""
    places: dict[str, Array] = {}
    for section in sections:
        for target, (page, top) in section.tops.items():
            holder = pdf.pages[section.start + page]
            height = float(holder.trimbox[3])
            places[target] = Array([holder.obj, Name.XYZ, 0, round(height - top, 3), 0])
    names = Array()
    for target in sorted(places, key=lambda name: name.encode()):
        names.append(String(target))
        names.append(places[target])
    if "/Names" in pdf.Root:
        del pdf.Root["/Names"]
    pdf.Root["/Names"] = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names)))
    return places


def _outline(pdf: Pdf, sections: Sequence[BoundSection], places: Mapping[str, Array]) -> None:
    with pdf.open_outline() as outline:
        outline.root.clear()
        branch: list[OutlineItem] = []
        for section in sections:
            if section.level < 1:
                continue
            item = OutlineItem(section.title, destination=places[section.key])
            item.is_closed = section.level == 1
            del branch[section.level - 1 :]
            (branch[-1].children if branch else outline.root).append(item)
            branch.append(item)


def _labels(pdf: Pdf, labels: Sequence[tuple[int, str, int]]) -> None:
    numbers = Array()
    for index, style, first in labels:
        numbers.append(index)
        numbers.append(Dictionary(S=Name(f"/{style}"), St=first))
    pdf.Root["/PageLabels"] = Dictionary(Nums=numbers)
