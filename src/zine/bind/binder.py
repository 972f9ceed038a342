"""The binder: section PDFs become one PDF with links, outline, labels and metadata."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from zine.bind.fonts import unite_fonts
from zine.bind.inks import Inks, ink
from zine.bind.links import LINK_FORM, Places, PrintedNumber, resolve_links
from zine.bind.metadata import Metadata, write_metadata
from zine.bind.tagging.prepare import is_raw, prepare
from zine.bind.tags import TagTree, drop_tags, is_tagged

__all__ = ["Bound", "BoundSection", "PrintedNumber", "bind"]


@dataclass(frozen=True)
class BoundSection:
    """A section to bind.

    Args:
        pdf: its pages, as the engine made them or as `prepared_section` gave them back.
        start: page index of its first page.
        level: depth in the outline from 1; 0 keeps it out.
        tops: id → (page index in the section, pt from the head of the trim).
        write: writes into the open section what its pages lack; None for nothing.
    """

    key: str
    title: str
    pdf: bytes
    start: int
    level: int
    tops: Mapping[str, tuple[int, float]]
    write: Callable[[Pdf], None] | None = None


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


def bind(
    sections: Sequence[BoundSection],
    total: int,
    labels: Sequence[tuple[int, str, int]],
    metadata: Metadata,
    *,
    crop_to_trim: bool,
    tags: bool = True,
    link_form: str = LINK_FORM,
    inks: Inks | None = None,
    figures: bytes | None = None,
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

    Raises:
        ZineError: a link names a target that is not in the publication.
    """
    with Pdf.new() as pdf:
        tree = _gathered(pdf, sections, tags=tags)
        if len(pdf.pages) < total:
            _blanks(pdf, total)
        places = _destinations(pdf, sections)
        _labels(pdf, labels)
        numbers = resolve_links(pdf, _places(pdf, sections, link_form))
        _outline(pdf, sections, places)
        for page in pdf.pages:
            _boxes(page, crop_to_trim=crop_to_trim)
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


def _unite_fonts(pdf: Pdf, figures: bytes | None) -> None:
    """Unite the fonts of all pages, with those of pages that are not in the file."""
    count = len(pdf.pages)
    if figures is not None:
        with Pdf.open(io.BytesIO(figures)) as part:
            for page in part.pages:
                pdf.pages.append(page)
    unite_fonts(pdf)
    del pdf.pages[count:]


def _gathered(pdf: Pdf, sections: Sequence[BoundSection], *, tags: bool) -> TagTree | None:
    """All pages in the file; their structure where every section has one."""
    tree = TagTree(pdf) if tags else None
    levels = [section.level for section in sections] + [0]
    for section, (level, following) in zip(sections, pairwise(levels), strict=True):
        with Pdf.open(io.BytesIO(section.pdf)) as part:
            if tree is not None and is_raw(part):
                prepare(part)
            if section.write is not None:
                section.write(part)
            _blanks(pdf, section.start, like=part.pages[0])
            # One by one: `extend` warns of the named places, which are bound anew for the whole.
            for page in part.pages:
                pdf.pages.append(page)
            if tree is not None:
                if is_tagged(part):
                    parent = 0 < level < following
                    tree.add(part, section.start, level, section.title, parent=parent)
                else:
                    tree = None
    return tree


def _blanks(pdf: Pdf, until: int, like: pikepdf.Page | None = None) -> None:
    """Blank pages up to an index, of the size of a page beside them."""
    model = like if like is not None else pdf.pages[-1]
    while len(pdf.pages) < until:
        blank = Dictionary(Type=Name.Page, Resources=Dictionary())
        for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
            if box in model.obj:
                blank[box] = Array([*model.obj[box]])
        blank["/Contents"] = pdf.make_stream(b"")
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(blank)))


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


def _places(pdf: Pdf, sections: Sequence[BoundSection], form: str) -> Places:
    owners = [""] * len(pdf.pages)
    pages: dict[str, int] = {}
    for section in sections:
        owners[section.start :] = [section.title] * (len(owners) - section.start)
        pages |= {target: section.start + page for target, (page, _) in section.tops.items()}
    return Places(pages, {section.key: section.title for section in sections}, owners, form)


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


def _boxes(page: pikepdf.Page, *, crop_to_trim: bool) -> None:
    """Boxes of a page; cropped to trim, the origin of its MediaBox is 0, 0."""
    if crop_to_trim:
        trim = Array([*page.trimbox])
        for box in ("/MediaBox", "/TrimBox"):
            page.obj[box] = trim
        for box in ("/BleedBox", "/CropBox"):
            if box in page.obj:
                del page.obj[box]
