"""Gatherings: a few sections in a row, bound as far as they can be without the others.

Numbers are written, links say where they lead, tags are one tree and fonts one for each face. It
depends on so little of the rest of the book that it can be kept, and made beside others; its
objects have the numbers and the bytes that they will have in the file.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Page, Pdf

from zine.bind.digits import Number, write_numbers
from zine.bind.fonts import resources_of, unite_fonts
from zine.bind.inks import Inks, ink
from zine.bind.links import Lead, PrintedNumber, resolve_links
from zine.bind.objects import Draft, Objects
from zine.bind.tags import Leaf, Standing, Tagged, drop_tags, is_tagged


@dataclass(frozen=True)
class PlacedSection:
    """A section in its place.

    Args:
        pdf: its pages, prepared.
        title: for the list of tags, and whoever proves its numbers.
        start: page index of its first page in the publication.
        order: its place among the sections, from 1.
        standing: how it stands in the structure.
        numbers: to be written over neutral ones.
        digest: of all that decided pages and numbers' places; "" where that is not known.
    """

    pdf: bytes
    title: str
    start: int
    order: int
    standing: Standing
    numbers: tuple[Number, ...] = ()
    digest: str = ""

    def decided_by(self) -> tuple[object, ...]:
        """What tells it from others, short."""
        written: object = [number.number for number in self.numbers]
        digest = self.digest
        if not digest:
            digest, written = hashlib.sha256(self.pdf).hexdigest(), self.numbers
        return digest, self.title, self.start, self.order, self.standing, written


@dataclass(frozen=True)
class Gathering:
    """What is bound together.

    Args:
        sections: in reading order, at least one.
        first: page index of its first page.
        until: page index behind its last page; pages that no section has are blank.
        leads: link target → where it leads; of all targets of its links.
        base: the number of its first entry in the parent tree of the publication.
        number, room: of its first object, and how many it may have.
        crop: cut the bleed off.
        tags: bind the structure.
        inks: those of a press; None leaves the colours of screens.
    """

    sections: tuple[PlacedSection, ...]
    first: int
    until: int
    leads: Mapping[str, Lead]
    base: int
    number: int
    room: int
    crop: bool
    tags: bool
    inks: Inks | None = None

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
        at = self.first, self.until, self.base, self.number
        inks = self.inks and self.inks.decided_by()
        return sections, leads, at, self.crop, self.tags, inks


@dataclass(frozen=True)
class Gathered:
    """The pages of a gathering, as a part of a file.

    Args:
        objects: all but fonts.
        node: object number of the node of the page tree that has its pages, not among them.
        pages: object number of each page, and the head of its trim in pt.
        fonts: a file whose pages name the fonts of this part; b"" where there are none.
        dictionaries: for each of those pages, the number under which this part refers to the
            dictionary of its fonts.
        tagged: its structure; None where a section has none.
        numbers: every printed reference number on its pages.
    """

    objects: Objects
    node: int
    pages: tuple[tuple[int, float], ...]
    fonts: bytes
    dictionaries: tuple[int, ...]
    tagged: Tagged | None
    numbers: tuple[PrintedNumber, ...]


def gather(gathering: Gathering) -> Gathered:
    """Bind a gathering; a pure function of it."""
    with Pdf.new() as pdf:
        draft = Draft(pdf)
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
                    standing = section.standing
                    holder = draft.stand_in(standing.holder)
                    leaf.add(part, first, section.order, standing.depth, section.title, holder)
                else:
                    leaf = None
        add_blanks(pdf, gathering.until - gathering.first)
        numbers = resolve_links(pdf, gathering.leads, gathering.titles, gathering.first)
        for page in pdf.pages:
            _boxes(page, crop=gathering.crop)
        if leaf is None:
            drop_tags(pdf)
        if gathering.inks is not None:
            ink(pdf, gathering.inks)
        unite_fonts(pdf)
        node = gathering.number
        draft.leave(pdf.Root["/Pages"], node)
        fonts, dictionaries = _taken_fonts(pdf, draft, node + 1)
        heads = [float(page.trimbox[3]) for page in pdf.pages]
        draft.ask([*(page.obj for page in pdf.pages), *(leaf.finish() if leaf else ())])
        objects, asked = draft.objects(node + 1 + len(dictionaries))
        if objects.end > node + gathering.room:
            raise ValueError("a gathering has more objects than its sections")
        pages = tuple(zip(asked[: len(heads)], heads, strict=True))
        tagged = leaf.tagged(asked[len(heads) :]) if leaf else None
        return Gathered(objects, node, pages, fonts, dictionaries, tagged, tuple(numbers))


def _taken_fonts(pdf: Pdf, draft: Draft, number: int) -> tuple[bytes, tuple[int, ...]]:
    """The fonts of pages, taken from them, and the numbers of the dictionaries that named them.

    Args:
        number: of the first dictionary.
    """
    with Pdf.new() as taken:
        known: dict[tuple[tuple[str, tuple[int, int]], ...], int] = {}
        for resources in [*resources_of(pdf)]:
            fonts = resources.get("/Font", Dictionary())
            named = sorted(fonts.as_dict().items())
            # One that is no object of its own stays where it is; it is never united.
            if not named or not all(font.is_indirect for _, font in named):
                continue
            alike = tuple((name, font.objgen) for name, font in named)
            if alike not in known:
                known[alike] = number + len(known)
                page = pdf.make_indirect(
                    Dictionary(
                        Type=Name.Page,
                        MediaBox=Array([0, 0, 1, 1]),
                        Resources=Dictionary(Font=Dictionary(dict(named))),
                    )
                )
                taken.pages.append(Page(page))
            resources["/Font"] = draft.stand_in(known[alike])
        if not known:
            return b"", ()
        out = io.BytesIO()
        taken.save(out, static_id=True, object_stream_mode=ObjectStreamMode.generate)
        return out.getvalue(), tuple(known.values())


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
