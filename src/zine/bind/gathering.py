"""Gatherings: a few sections in a row, bound as far as they can be without the others.

Numbers are written, links say where they lead, tags are one tree and fonts one for each face. It
depends on so little of the rest of the book that it can be kept, and made beside others.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Page, Pdf

from zine.bind.digits import Number, write_numbers
from zine.bind.fonts import unite_fonts
from zine.bind.links import Lead, PrintedNumber, resolve_links
from zine.bind.tags import Leaf, drop_tags, is_tagged


@dataclass(frozen=True)
class PlacedSection:
    """A section in its place.

    Args:
        pdf: its pages, prepared.
        title: for the list of tags, and whoever proves its numbers.
        start: page index of its first page in the publication.
        order: its place among the sections, from 1.
        depth: how many elements its headings go down.
        numbers: to be written over neutral ones.
        digest: of all that decided pages and numbers' places; "" where that is not known.
    """

    pdf: bytes
    title: str
    start: int
    order: int
    depth: int
    numbers: tuple[Number, ...] = ()
    digest: str = ""

    def decided_by(self) -> tuple[object, ...]:
        """What tells it from others, short."""
        written: object = [number.number for number in self.numbers]
        digest = self.digest
        if not digest:
            digest, written = hashlib.sha256(self.pdf).hexdigest(), self.numbers
        return digest, self.title, self.start, self.order, self.depth, written


@dataclass(frozen=True)
class Gathering:
    """What is bound together.

    Args:
        sections: in reading order, at least one.
        first: page index of its first page.
        until: page index behind its last page; pages that no section has are blank.
        leads: link target → where it leads; of all targets of its links.
        base: the number of its first entry in the parent tree of the publication.
        crop: cut the bleed off.
        tags: bind the structure.
    """

    sections: tuple[PlacedSection, ...]
    first: int
    until: int
    leads: Mapping[str, Lead]
    base: int
    crop: bool
    tags: bool

    @property
    def titles(self) -> list[str]:
        """The title of the section of every page; blanks go with the one before, or have none."""
        titles: list[str] = []
        for section in self.sections:
            titles += (titles[-1:] or [""]) * (section.start - self.first - len(titles))
            titles.append(section.title)
        return titles + titles[-1:] * (self.until - self.first - len(titles))

    def decided_by(self) -> tuple[object, ...]:
        """What tells it from others, short."""
        sections = [section.decided_by() for section in self.sections]
        leads = sorted((target, lead.words, lead.title) for target, lead in self.leads.items())
        return sections, self.first, self.until, leads, self.base, self.crop, self.tags


@dataclass(frozen=True)
class Gathered:
    """The pages of a gathering.

    Args:
        pdf: a file whose structure root is that of these sections alone.
        numbers: every printed reference number on them.
    """

    pdf: bytes
    numbers: tuple[PrintedNumber, ...]


def gather(gathering: Gathering) -> Gathered:
    """Bind a gathering; a pure function of it."""
    with Pdf.new() as pdf:
        leaf = Leaf(pdf, gathering.base) if gathering.tags else None
        for section in gathering.sections:
            with Pdf.open(io.BytesIO(section.pdf)) as part:
                write_numbers(part, section.numbers)
                add_blanks(pdf, section.start - gathering.first, like=part.pages[0])
                first = len(pdf.pages)
                # One by one: `extend` warns of the named places, bound anew for the whole.
                for page in part.pages:
                    pdf.pages.append(page)
                if leaf is not None and is_tagged(part):
                    leaf.add(part, first, section.order, section.depth, section.title)
                else:
                    leaf = None
        add_blanks(pdf, gathering.until - gathering.first)
        numbers = resolve_links(pdf, gathering.leads, gathering.titles, gathering.first)
        for page in pdf.pages:
            _boxes(page, crop=gathering.crop)
        if leaf is None:
            drop_tags(pdf)
        else:
            leaf.finish()
        unite_fonts(pdf)
        out = io.BytesIO()
        pdf.save(out, static_id=True, object_stream_mode=ObjectStreamMode.generate)
        return Gathered(out.getvalue(), tuple(numbers))


def add_blanks(pdf: Pdf, until: int, like: Page | None = None) -> None:
    """Blank pages up to an index, of the size of a page beside them."""
    model = like if like is not None else pdf.pages[-1]
    while len(pdf.pages) < until:
        blank = Dictionary(Type=Name.Page, Resources=Dictionary())
        for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
            if box in model.obj:
                blank[box] = Array([*model.obj[box]])
        blank["/Contents"] = pdf.make_stream(b"")
        pdf.pages.append(Page(pdf.make_indirect(blank)))


def _boxes(page: Page, *, crop: bool) -> None:
    """Boxes of a page; cropped to trim, the origin of its MediaBox is 0, 0."""
    if crop:
        trim = Array([*page.trimbox])
        for box in ("/MediaBox", "/TrimBox"):
            page.obj[box] = trim
        for box in ("/BleedBox", "/CropBox"):
            if box in page.obj:
                del page.obj[box]
