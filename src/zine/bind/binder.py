"""The binder: section PDFs become one PDF with links, outline, labels and metadata."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from zine.bind.metadata import Metadata, write_metadata
from zine.diagnostics import ZineError, error

LINK = "zine:"
NUMBER = "zine-n:"
_PRINT = 4  # annotation flag: printed with the page (ISO 32000-1 §12.5.3)


@dataclass(frozen=True)
class BoundSection:
    """A section to bind.

    Args:
        pdf: its pages.
        start: page index of its first page.
        level: depth in the outline from 1; 0 keeps it out.
        tops: id → (page index in the section, pt from the head of the trim).
    """

    key: str
    title: str
    pdf: bytes
    start: int
    level: int
    tops: Mapping[str, tuple[int, float]]


@dataclass(frozen=True)
class PrintedNumber:
    """A page number that was printed as a reference.

    Args:
        section: title of the section it stands in.
        page: index of the page it stands on.
        rect: left, bottom, right, top in pt, in the page's own space.
        target: link target it speaks of.
        title: title of the section that the target is.
    """

    section: str
    page: int
    rect: tuple[float, float, float, float]
    target: str
    title: str


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
) -> Bound:
    """Bind sections as one PDF; pages between sections are blank.

    Args:
        sections: in reading order.
        total: number of pages, blanks included.
        labels: page label ranges: (first page index, "D" or "r", first number).
        metadata: what the file says of itself.
        crop_to_trim: cut the bleed off, as a file for screens wants it.

    Raises:
        ZineError: a link names a target that is not in the publication.
    """
    with Pdf.new() as pdf:
        for section in sections:
            _append(pdf, section)
        if len(pdf.pages) < total:
            _blanks(pdf, total)
        places = _destinations(pdf, sections)
        numbers = _links(pdf, sections, places)
        _outline(pdf, sections, places)
        _labels(pdf, labels)
        for page in pdf.pages:
            _boxes(page, crop_to_trim=crop_to_trim)
        write_metadata(pdf, metadata)
        pdf.remove_unreferenced_resources()
        buffer = io.BytesIO()
        pdf.save(
            buffer,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return Bound(buffer.getvalue(), len(pdf.pages), tuple(numbers))


def _append(pdf: Pdf, section: BoundSection) -> None:
    with Pdf.open(io.BytesIO(section.pdf)) as part:
        _blanks(pdf, section.start, like=part.pages[0])
        # One by one: `extend` warns of the named places, which are bound anew for the whole.
        for page in part.pages:
            pdf.pages.append(page)


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


def _links(
    pdf: Pdf, sections: Sequence[BoundSection], places: Mapping[str, Array]
) -> list[PrintedNumber]:
    numbers: list[PrintedNumber] = []
    lost: dict[str, str] = {}
    titles = {section.key: section.title for section in sections}
    owners = _owners(len(pdf.pages), sections)
    for index, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", Array()):
            annotation["/F"] = _PRINT
            action = annotation.get("/A")
            if action is None or "/URI" not in action:
                continue
            uri = unquote(str(action["/URI"]))
            scheme = next((s for s in (NUMBER, LINK) if uri.startswith(s)), None)
            if scheme is None:
                continue
            target = uri.removeprefix(scheme)
            if target not in places:
                lost[target] = owners[index]
                continue
            del annotation["/A"]
            title = titles.get(target, target)
            annotation["/Dest"] = String(target)
            annotation["/Contents"] = String(title)
            if scheme == NUMBER:
                rect = sorted_rect([float(n) for n in annotation["/Rect"]])
                numbers.append(PrintedNumber(owners[index], index, rect, target, title))
    if lost:
        raise ZineError(
            error(
                "link-target-missing",
                f"“{title}” refers to “{target}”, which is not in this publication",
                hint="a layout prints a link to a section that is not bound",
            )
            for target, title in lost.items()
        )
    return numbers


def _owners(total: int, sections: Sequence[BoundSection]) -> list[str]:
    """The title of the section that each page belongs to."""
    owners = [""] * total
    for section in sections:
        owners[section.start :] = [section.title] * (total - section.start)
    return owners


def sorted_rect(rect: Sequence[float]) -> tuple[float, float, float, float]:
    """A rectangle with its lower left corner first (ISO 32000-1 §7.9.5)."""
    x1, y1, x2, y2 = rect
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


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
