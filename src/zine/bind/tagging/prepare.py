"""Preparing: a section as WeasyPrint tagged it becomes a section that the binder can merge."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pikepdf import Array, Name, ObjectStreamMode, Page, Pdf, String

from zine.bind.tagging.blocks import Says, paragraphs, text_of
from zine.bind.tagging.joining import levelled, section_of
from zine.bind.tagging.lines import mend_lines
from zine.bind.tagging.marked import FontTexts, Marked
from zine.bind.tagging.notes import is_notes, make_notes, place_notes, signs_of, with_calls
from zine.bind.tagging.structure import (
    HEADINGS,
    INDEX,
    Attached,
    Kid,
    Mark,
    Node,
    read_document,
    write_document,
)
from zine.bind.tagging.tidy import Tidier

PRINT = 4  # annotation flag: printed with the page (ISO 32000-1 §12.5.3)
_TOLD = frozenset({"P", "Link", "L", "Figure", *HEADINGS})
_TREE = "/StructTreeRoot"


def prepared_section(pdf: bytes) -> bytes:
    """The same pages with the structure that a reader expects (ISO 14289-1 §7).

    Running heads, folios and drawings without words become artefacts; boxes without meaning are
    dissolved; lists, tables, footnotes, links and headings are made regular; lines that go on say
    so. What the pages look like does not change. A pure function of its bytes: the result may be
    kept. What has no tags, or was prepared before, is returned as it is.

    Args:
        pdf: a section as the engine made it.
    """
    with Pdf.open(io.BytesIO(pdf)) as part:
        if not is_raw(part):
            return pdf
        prepare(part)
        return saved(part)


def saved(part: Pdf) -> bytes:
    """A prepared section as it is kept."""
    out = io.BytesIO()
    part.save(
        out,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def is_raw(part: Pdf) -> bool:
    """Whether a section is tagged and not prepared yet."""
    return _TREE in part.Root and INDEX not in part.Root[_TREE]


def prepare(part: Pdf) -> None:
    """Prepare an open section; see `prepared_section`."""
    fonts = FontTexts()
    pages = [Marked(page, fonts) for page in part.pages]
    says = {
        Mark(index, mcid): shown
        for index, page in enumerate(pages)
        for mcid, shown in page.shown.items()
    }
    raw, margins = read_document(part)
    tidier = Tidier(says, [_trim(page) for page in part.pages])
    section = _section(raw, margins, tidier, len(pages))
    if section is not None:
        mend_lines(section, says, pages)
    document = Node("Document", (section,) if section else (), 0)
    _artefacts(raw, document, pages)
    _annotations(part, document, tidier)
    for page in pages:
        page.write()
    write_document(part, document)
    for key in ("/Outlines", "/Names"):
        if key in part.Root:
            del part.Root[key]


def _trim(page: Page) -> tuple[float, float]:
    left, low, right, high = (float(one) for one in page.trimbox)
    return right - left, high - low


def _section(raw: Node, margins: Sequence[Node], tidier: Tidier, count: int) -> Node | None:
    """The one element that holds a section; None where nothing of it is read."""
    says = tidier.says
    top = [kid for kid in raw.kids if isinstance(kid, Node)]
    areas = [node for node in top if is_notes(node, says)]
    flow = [node for node in top if not any(node is area for area in areas)]
    if areas:
        flow = with_calls(flow, signs_of(areas, says), says)
    pages: list[list[Kid]] = [[] for _ in range(count)]
    for node in flow:
        pages[node.page] += tidier.tidy(node)
    if not any(pages):
        return None
    made = section_of(pages, says)
    if areas:
        made = place_notes(made, make_notes(areas, tidier.tidy, says))
    feet = [kid for node in _told_once(margins, says, count) for kid in tidier.tidy(node)]
    return levelled(made.holding((*made.kids, *paragraphs(feet))))


def _told_once(margins: Sequence[Node], says: Says, pages: int) -> list[Node]:
    """Margin boxes that hold elements of the text, each once; on every page they are running heads.

    Args:
        pages: how many the section has.
    """
    told: dict[str, list[Node]] = {}
    for node in margins:
        if any(one.kind in _TOLD for one in node.nodes()):
            told.setdefault(text_of(node, says), []).append(node)
    return [nodes[0] for nodes in told.values() if len(nodes) == 1 or len(nodes) < pages]


def _artefacts(raw: Node, document: Node, pages: Sequence[Marked]) -> None:
    """Make artefacts of what is in no element: margin boxes never were, decoration is no more."""
    read = set(document.marks())
    linked = set(raw.marks())
    for index, page in enumerate(pages):
        for mcid in page.mcids:
            mark = Mark(index, mcid)
            if mark not in read:
                page.make_artefact(mcid, b"" if mark in linked else b"/Type /Pagination")


def _annotations(part: Pdf, document: Node, tidier: Tidier) -> None:
    """Take out annotations that are no links; the others print, and are read in order."""
    for attached, address in tidier.readdressed:
        attached.annotation["/A"]["/URI"] = String(address)
    linked = {
        kid.annotation.objgen
        for node in document.nodes()
        for kid in node.kids
        if isinstance(kid, Attached)
    }
    for page in part.pages:
        if "/Annots" not in page.obj:
            continue
        kept = [one for one in page.obj["/Annots"] if one.objgen in linked]
        for one in kept:
            one["/F"] = PRINT
        page.obj["/Annots"] = Array(kept)
        page.obj["/Tabs"] = Name.S
