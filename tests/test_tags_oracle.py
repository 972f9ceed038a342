"""The bound book against WeasyPrint's own binding of the same sections, `Document.copy`.

What WeasyPrint makes of all pages at once is what a book would be that was never taken apart:
same pages, same words, same links, same structure. What the binder adds to it is tested elsewhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote

import pikepdf
import pypdfium2
import pytest
from weasyprint import Document

from support.pdfs import Read, plain
from support.projects import copy_of
from support.tags import Tree
from zine.bind.binder import BoundSection, bind
from zine.bind.metadata import Metadata
from zine.bind.tagging.prepare import prepared_section
from zine.bind.tagging.structure import Mark, Node, read_document
from zine.build.report import Options
from zine.build.steps import Specification, Workshop
from zine.compiler.publication import Section
from zine.compiler.selection import Selection
from zine.project import load_project
from zine.settings import Numbering
from zine.typeset.engine import VARIANT, Engine
from zine.typeset.fitting import Arrangement
from zine.typeset.job import Typeset
from zine.typeset.layouts import Layouts
from zine.typeset.linework import Linework
from zine.typeset.pagemap import PageMap, place_sections
from zine.typeset.pages import PageMaker
from zine.typeset.pagination import own_targets
from zine.typeset.stamps import Stamps

pytestmark = pytest.mark.slow
SCALE = 0.75


@dataclass(frozen=True)
class Sections:
    """Sections as they were set, and what WeasyPrint makes of all of them at once."""

    sections: tuple[Section, ...]
    typeset: tuple[Typeset, ...]
    page_map: PageMap
    oracle: bytes

    def bound(self, *, prepared: bool = False) -> bytes:
        """What the binder makes of them, with bleed."""
        parts = [
            BoundSection(
                section.key,
                section.title,
                prepared_section(typeset.pdf) if prepared else typeset.pdf,
                start,
                section.level,
                {section.key: (0, 0.0)}
                | {name: (one.page, one.top) for name, one in typeset.anchors.items()},
            )
            for section, typeset, start in zip(
                self.sections, self.typeset, self.page_map.starts, strict=True
            )
        ]
        metadata = Metadata("Signs", (), "en")
        total, labels = self.page_map.total, [(0, "D", 1)]
        return bind(parts, total, labels, metadata, crop_to_trim=False).pdf

    @property
    def indexes(self) -> list[int]:
        """The page of the bound file for every page of the oracle."""
        places = zip(self.page_map.starts, self.page_map.counts, strict=True)
        return [start + at for start, count in places for at in range(count)]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Sections:
    """The sections of the small book, set with the page map of a first round."""
    project = load_project(copy_of("tagged", tmp_path_factory.mktemp("oracle")))
    documents: list[Document] = []
    with pytest.MonkeyPatch.context() as patch:
        write = Document.write_pdf

        def keep(self: Document, *args: object, **kwargs: object) -> bytes:
            documents.append(self)
            return write(self, *args, **kwargs)

        patch.setattr(Document, "write_pdf", keep)
        # Drawings are written section by section, not in a copy (test_linework, test_stamps).
        patch.setattr(Linework, "taken_from", lambda _, markup: markup)
        patch.setattr(Stamps, "drawing", lambda stamps, url: stamps.drawings.get(url))
        workshop = Workshop(project, Options())
        publication = workshop.compile(Selection())
        desk = workshop.desk(publication, Specification(project.settings.trim))
        maker = PageMaker(desk, Layouts(project.layouts))
        engine = Engine(workshop.style(desk.geometry, desk.all_prepared))

        def set_all(page_map: PageMap) -> list[Typeset]:
            documents.clear()
            return [
                engine.typeset(maker.job(index, section, page_map, Arrangement()))
                for index, section in enumerate(publication.sections)
            ]

        counts = [2 if section.kind == "entry" else 1 for section in publication.sections]
        first = set_all(place_sections(publication.sections, counts, Numbering.ARABIC))
        page_map = place_sections(
            publication.sections,
            [one.pages for one in first],
            Numbering.ARABIC,
            [own_targets(one) for one in first],
        )
        typeset = set_all(page_map)
    pages = [page for document in documents for page in document.pages]
    oracle = documents[0].copy(pages).write_pdf(pdf_variant=VARIANT)
    return Sections(publication.sections, tuple(typeset), page_map, oracle)


@pytest.fixture(scope="module")
def bound(made):
    with Read(made.bound()) as read:
        yield read


@pytest.fixture(scope="module")
def oracle(made):
    with Read(made.oracle) as read:
        yield read


def test_there_are_enough_sections_to_tell(made, oracle):
    assert len(made.sections) >= 15
    assert len(oracle) == len(made.indexes)


def test_the_same_pages_to_the_pixel(made):
    bound, oracle = pypdfium2.PdfDocument(made.bound()), pypdfium2.PdfDocument(made.oracle)
    try:
        for at, index in enumerate(made.indexes):
            theirs, ours = oracle[at].render(scale=SCALE), bound[index].render(scale=SCALE)
            assert (ours.width, ours.height) == (theirs.width, theirs.height)
            assert bytes(ours.buffer) == bytes(theirs.buffer), f"page {index + 1}"
    finally:
        bound.close()
        oracle.close()


def test_the_same_text(made, bound, oracle):
    for at, index in enumerate(made.indexes):
        assert letters(bound.words(index)) == letters(oracle.words(at))


def letters(words: str) -> str:
    """Words without what the binder says of the ends of lines."""
    return "".join(one for one in plain(words) if one not in " -")


def test_the_same_links_to_the_same_places(made, bound, oracle):
    owners = {
        section.key: start
        for section, start in zip(made.sections, made.page_map.starts, strict=True)
    }
    count = 0
    for at, index in enumerate(made.indexes):
        theirs = Counter(links(oracle.pikepdf.pages[at]))
        ours = Counter(links(bound.pikepdf.pages[index]))
        assert ours == theirs
        count += ours.total()
        for _, target in ours:
            if target in owners:
                assert bound.destinations[target] == owners[target]
    assert count > 60


def links(page) -> list[tuple[tuple[float, ...], str]]:
    """Rectangles and targets of the links of a page; a language alone is none."""
    found = []
    for one in page.obj.get("/Annots", ()):
        target = str(one.Dest) if "/Dest" in one else unquote(str(one.A.URI))
        for scheme in ("zine:", "zine-n:"):
            target = target.removeprefix(scheme)
        if target.startswith("zine-lang:"):
            target = target.split(":", 2)[2] if target.count(":") > 1 else ""
        if target:
            found.append((tuple(round(float(n), 2) for n in one.Rect), target))
    return found


def test_the_same_outline(made, bound, oracle):
    """Where the binder has a section's title, WeasyPrint has the heading that starts it."""
    theirs = {(one.page, letters(one.title)) for one in oracle.outline}
    places = {index: at for at, index in enumerate(made.indexes)}
    untitled = {"cover", "imprint", "title-page", "back-cover"}  # no heading says what they are
    kinds = {section.title: section.kind for section in made.sections}
    named = [one for one in bound.outline if kinds[one.title] not in untitled]
    for one in named:
        # A chapter's name stands on the recto of its opener.
        pages = (places[one.page], places[one.page] + 1)
        heads = [title for page, title in theirs if page in pages]
        assert any(letters(one.title).startswith(head) for head in heads), one
    assert len(named) >= 10


def test_the_same_structure(made, bound, oracle):
    """Every line that WeasyPrint tags is read, in its order, and nothing that it does not tag."""
    theirs = read_by_page(oracle.pikepdf)
    ours = told_by_page(bound.pikepdf)
    in_order = 0
    for at, index in enumerate(made.indexes):
        expected = [one for one in map(letters, theirs[at]) if one]
        found = [one for one in map(letters, ours.get(index, [])) if one]
        assert Counter(found) == Counter(expected), f"page {index + 1}"
        in_order += found == expected
    # A note is read behind the block that calls it, not at the end of its page.
    assert in_order >= len(made.indexes) - 2


def read_by_page(pdf: pikepdf.Pdf) -> dict[int, list[str]]:
    """Lines of WeasyPrint's own tree, by page, margin boxes not among them."""
    tree = Tree(pdf)
    document, _ = read_document(pdf)
    found: dict[int, list[str]] = {index: [] for index in range(len(pdf.pages))}

    def walk(node: Node) -> None:
        for kid in node.kids:
            if isinstance(kid, Mark):
                found[kid.page].append(tree.line(kid.page, kid.mcid))
            elif isinstance(kid, Node):
                walk(kid)

    walk(document)
    return found


def told_by_page(pdf: pikepdf.Pdf) -> dict[int, list[str]]:
    """Lines of the bound tree, by page."""
    tree = Tree(pdf)
    found: dict[int, list[str]] = {}

    def walk(element: pikepdf.Object, page: int) -> None:
        if "/Pg" in element:
            page = tree.pages[element.Pg.objgen]
        for kid in element.get("/K", ()):
            if isinstance(kid, int):
                found.setdefault(page, []).append(tree.line(page, kid))
            elif "/MCID" in kid:
                on = tree.pages[kid.Pg.objgen]
                found.setdefault(on, []).append(tree.line(on, int(kid.MCID)))
            elif "/S" in kid:
                walk(kid, page)

    walk(pdf.Root.StructTreeRoot.K[0], 0)
    return found


def test_sections_prepared_before_give_the_same_book(made, bound):
    """As the workers prepare them; and the same bytes every time."""
    again = made.bound(prepared=True)
    assert again == made.bound(prepared=True)
    with Read(again) as prepared:
        assert Tree(prepared.pikepdf).document == Tree(bound.pikepdf).document
