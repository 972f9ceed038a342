"""The binder: gatherings of sections become one PDF with links, outline, labels and metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from zine.bind.assembly import assembled
from zine.bind.bookfonts import BookFonts, united
from zine.bind.gathering import Gathered, Gathering, gather
from zine.bind.inks import Inks, declare_press
from zine.bind.links import LINK_FORM, PrintedNumber
from zine.bind.metadata import Metadata, write_metadata
from zine.bind.objects import CATALOGUE, PAGES, TREE, Draft, Objects, plain_objects, references
from zine.bind.sections import BoundSection, Labels, gatherings_of
from zine.bind.tags import Standing, standings, tree_of

_TREE = "/StructTreeRoot"
__all__ = ["Bound", "BoundSection", "PrintedNumber", "bind", "gather_all"]


@dataclass(frozen=True)
class Stretch:
    """Where a gathering is in a file.

    Args:
        first, until: indexes of its first page, and of the first behind it.
        start, stop: bytes of its objects.
        number, end: those of its objects.
        dictionaries: object numbers of those that name its fonts, which lie elsewhere.
    """

    first: int
    until: int
    start: int
    stop: int
    number: int
    end: int
    dictionaries: tuple[int, ...]


@dataclass(frozen=True)
class Bound:
    """A bound publication.

    Args:
        pdf: the file, pages with bleed.
        pages: number of pages.
        numbers: every printed reference number, for the proof.
        stretches: its gatherings, in order.
    """

    pdf: bytes
    pages: int
    numbers: tuple[PrintedNumber, ...]
    stretches: tuple[Stretch, ...] = ()


Gatherer = Callable[[Sequence[Gathering]], Iterable[Gathered]]
Uniter = Callable[[BookFonts], Objects]


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
    uniter: Uniter = united,
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
        uniter: unites their fonts, or knows them united.

    Raises:
        ZineError: a link names a target that is not in the publication.
    """
    standing = standings([section.level for section in sections])
    gatherings = gatherings_of(
        sections, standing, total, labels, link_form, crop=crop_to_trim, tags=tags, inks=inks
    )
    gathered = list(gatherer(gatherings))
    upper = _page_tree(gathered)
    tagged = [one.tagged for one in gathered if one.tagged]
    if tagged and len(tagged) == len(gathered):
        named = zip((section.title for section in sections), standing, strict=True)
        upper |= tree_of(named, tagged)
    free = gatherings[-1].number + gatherings[-1].room
    dictionaries = tuple(number for one in gathered for number in one.dictionaries)
    fonts = uniter(BookFonts(tuple(one.fonts for one in gathered), dictionaries, figures, free + 2))
    with Pdf.new() as pdf:
        draft = Draft(pdf)
        places = _places(sections, [page for one in gathered for page in one.pages])
        upper[free] = _names(places)
        pdf.Root["/Names"] = Dictionary(Dests=draft.stand_in(free))
        if TREE in upper:
            pdf.Root[_TREE] = draft.stand_in(TREE)
            pdf.Root["/MarkInfo"] = Dictionary(Marked=True)
        _labels(pdf, labels)
        _outline(pdf, draft, sections, places)
        write_metadata(pdf, metadata, total, accessible=TREE in upper)
        if inks is not None:
            declare_press(pdf, inks)
        draft.leave(pdf.Root["/Pages"], PAGES)
        draft.give(pdf.Root, CATALOGUE)
        draft.give(pdf.trailer["/Info"], free + 1)
        top, _ = draft.objects(max(free + 2, fonts.end), upper)
    parts = [one.objects for one in gathered]
    file = assembled([top, fonts, *parts], CATALOGUE, free + 1)
    numbers = tuple(number for one in gathered for number in one.numbers)
    stretches = tuple(map(_stretch, gatherings, gathered, file.starts[2:]))
    return Bound(file.pdf, total, numbers, stretches)


def _stretch(gathering: Gathering, gathered: Gathered, start: int) -> Stretch:
    """Where a gathering is, its data beginning there."""
    stop = start + len(gathered.objects.data)
    numbers = gathering.number, gathering.number + gathering.room
    pages = gathering.first, gathering.until
    return Stretch(*pages, start, stop, *numbers, gathered.dictionaries)


def alone(gathered: Gathered, sections: Iterable[tuple[str, Standing]]) -> bytes:
    """A file of one gathering, for the proof of its structure; it has no fonts.

    Args:
        sections: title and standing of each.
    """
    upper = _page_tree([gathered])
    upper[CATALOGUE] = b"<< /Type /Catalog /Pages %d 0 R >>" % PAGES
    if gathered.tagged:
        upper |= tree_of(sections, [gathered.tagged])
        entries = PAGES, TREE
        upper[CATALOGUE] = b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R >>" % entries
    top = plain_objects(upper, gathered.objects.end)
    return assembled([top, gathered.objects], CATALOGUE, 0).pdf


def _page_tree(gathered: Sequence[Gathered]) -> dict[int, bytes]:
    """The upper nodes of the page tree (ISO 32000-1 §7.7.3.2), as they are written."""
    nodes = {
        PAGES: _node(b"", (one.node for one in gathered), sum(len(one.pages) for one in gathered))
    }
    for one in gathered:
        pages = [number for number, _ in one.pages]
        nodes[one.node] = _node(b" /Parent %d 0 R" % PAGES, pages, len(pages))
    return nodes


def _node(parent: bytes, kids: Iterable[int], count: int) -> bytes:
    return b"<< /Type /Pages%b /Count %d /Kids %b >>" % (parent, count, references(kids))


_Place = tuple[int, float]


def _places(
    sections: Iterable[BoundSection], pages: Sequence[tuple[int, float]]
) -> dict[str, _Place]:
    """Link target → object number of its page, and height on it in pt.

    Args:
        pages: object number and head of the trim of each.
    """
    places = {}
    for section in sections:
        for target, (page, top) in section.tops.items():
            number, head = pages[section.start + page]
            places[target] = number, round(head - top, 3)
    return places


def _names(places: Mapping[str, _Place]) -> bytes:
    """The list of named destinations (ISO 32000-1 §12.3.2.3), as it is written."""
    written = (
        b"%b [ %d 0 R /XYZ 0 %.3f 0 ]" % (String(target).unparse(), number, height)
        for target, (number, height) in sorted(places.items(), key=lambda one: one[0].encode())
    )
    return b"<< /Names [ %b ] >>" % b" ".join(written)


def _outline(
    pdf: Pdf, draft: Draft, sections: Sequence[BoundSection], places: Mapping[str, _Place]
) -> None:
    with pdf.open_outline() as outline:
        outline.root.clear()
        branch: list[OutlineItem] = []
        for section in sections:
            if section.level < 1 or section.goes_on:
                continue
            number, height = places[section.key]
            place = Array([draft.stand_in(number), Name.XYZ, 0, height, 0])
            item = OutlineItem(section.title, destination=place)
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
