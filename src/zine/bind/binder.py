"""The binder: gatherings of sections become one PDF with links, outline, labels and metadata."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from zine.bind.fonts import unite_fonts
from zine.bind.gathering import Gathered, Gathering, gather
from zine.bind.inks import Inks, ink
from zine.bind.links import LINK_FORM, PrintedNumber
from zine.bind.metadata import Metadata, write_metadata
from zine.bind.sections import BoundSection, Labels, gatherings_of
from zine.bind.tags import Standing, TagTree, drop_tags, is_tagged, standings

__all__ = ["Bound", "BoundSection", "PrintedNumber", "bind", "gather_all"]


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
        labels: page label ranges.
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
    standing = standings([section.level for section in sections])
    gatherings = gatherings_of(
        sections, standing, total, labels, link_form, crop=crop_to_trim, tags=tags
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


def _labels(pdf: Pdf, labels: Labels) -> None:
    numbers = Array()
    for index, style, first in labels:
        numbers.append(index)
        numbers.append(Dictionary(S=Name(f"/{style}"), St=first))
    pdf.Root["/PageLabels"] = Dictionary(Nums=numbers)
