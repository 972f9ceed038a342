"""Structure trees read back from PDFs: elements with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import page as page_validation
import pikepdf

from support.pdfs import plain
from zine.bind.tagging.marked import FontTexts, Marked

INLINE = ("Span", "Link", "Reference")


@dataclass
class Element:
    """A structure element; kids are elements and the lines that it holds itself."""

    kind: str
    page: int
    kids: list[Element | str] = field(default_factory=list)
    alt: str | None = None
    lang: str | None = None
    id: str | None = None
    title: str | None = None
    attributes: dict[str, object] = field(default_factory=dict)
    links: list[pikepdf.Object] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """Its lines and those of all in it, in reading order."""
        found: list[str] = []
        for kid in self.kids:
            found += [kid] if isinstance(kid, str) else kid.lines
        return found

    @property
    def words(self) -> str:
        """What is read of it: blocks one after the other, lines as the file says they go on."""
        return plain(self._read())

    def _read(self) -> str:
        inner = "".join(kid if isinstance(kid, str) else kid._read() for kid in self.kids)
        return inner if self.kind in INLINE else f" {inner} "

    def all(self, *kinds: str) -> list[Element]:
        """The elements of these kinds in it, in reading order."""
        return [one for one in self.walk() if one.kind in kinds]

    def one(self, kind: str, words: str = "") -> Element:
        """The only element of that kind, or the only one that starts with these words."""
        (found,) = [one for one in self.all(kind) if one.words.startswith(words)]
        return found

    def walk(self) -> Iterator[Element]:
        """It and all elements in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def shape(self) -> object:
        """Kinds, nested: ("LI", ["Lbl", "LBody"]); lines are left out."""
        kids = [kid.shape() for kid in self.kids if isinstance(kid, Element)]
        return (self.kind, kids) if kids else self.kind


class Tree:
    """The structure of a file, and the words of its marked content."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        fonts = FontTexts()
        self.pdf = pdf
        self.pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self.marked = [Marked(page, fonts) for page in pdf.pages]

    @property
    def document(self) -> Element:
        """The only kid of the root."""
        (root,) = self.pdf.Root.StructTreeRoot.K
        return self._element(root, 0)

    def line(self, page: int, mcid: int) -> str:
        """What a reader hears of a mark: all it shows but a hyphen that the file says is soft."""
        shown = self.marked[page].shown.get(mcid)
        if shown is None:
            return ""
        raw = self.marked[page].page.Contents.read_bytes()
        opened = raw.rfind(b"BDC", 0, shown.end)
        soft = raw[:opened].endswith(b"/ActualText <FEFF00AD>>>\n")
        return shown.text[:-1] if soft else shown.text

    def _element(self, element: pikepdf.Object, page: int) -> Element:
        if "/Pg" in element:
            page = self.pages[element.Pg.objgen]
        made = Element(
            str(element.S)[1:],
            page,
            alt=_text(element, "/Alt"),
            lang=_text(element, "/Lang"),
            id=_text(element, "/ID"),
            title=_text(element, "/T"),
            attributes=_attributes(element),
        )
        for kid in element.get("/K", ()):
            if isinstance(kid, int):
                made.kids.append(self.line(page, kid))
            elif "/MCID" in kid:
                made.kids.append(self.line(self.pages[kid.Pg.objgen], int(kid.MCID)))
            elif "/Obj" in kid:
                made.links.append(kid.Obj)
            else:
                made.kids.append(self._element(kid, page))
        return made


def _text(element: pikepdf.Object, key: str) -> str | None:
    return str(element[key]) if key in element else None


def _attributes(element: pikepdf.Object) -> dict[str, object]:
    given = element.get("/A")
    found: dict[str, object] = {}
    for one in [] if given is None else given if isinstance(given, pikepdf.Array) else [given]:
        for key, value in one.items():
            if isinstance(value, pikepdf.Array):
                found[key[1:]] = [str(v) if isinstance(v, pikepdf.String) else v for v in value]
            else:
                found[key[1:]] = str(value).lstrip("/")
    return found


def failures(path: object) -> list[str]:
    """What page-validation finds against PDF/UA-1 in a file."""
    limits = page_validation.SafetyLimits.unlimited()
    report = page_validation.validate_pdf(str(path), profile="ua1", limits=limits)
    assert report.is_compliant == (not report.failures)
    return [str(one) for one in report.failures]
