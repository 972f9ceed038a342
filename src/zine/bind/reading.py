"""Reading back the structure of a bound file, as it is and without judging it (§14.7)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf

_OPEN = re.compile(rb"/MCID\s+(\d+)")
_TREE = "/StructTreeRoot"
_PRINT = 4  # annotation flag (§12.5.3)


@dataclass(frozen=True)
class Element:
    """A structure element.

    Args:
        kind: structure type ("P").
        parent: number of the element it stands in; -1 for the root.
        named_parent: number of the element that it names as its parent; None where that is none.
        page: index of its page; None where it names none, or one that is not in the file.
        marks: page index and MCID of its own marked content.
        annotations: numbers of its annotations.
        headers: ids of header cells that it names.
    """

    kind: str
    parent: int
    named_parent: int | None
    page: int | None
    marks: tuple[tuple[int | None, int], ...]
    annotations: tuple[int, ...]
    alt: str
    id: str
    headers: tuple[str, ...]


@dataclass(frozen=True)
class Annotation:
    """An annotation.

    Args:
        page: index of its page.
        element: number of the element that the parent tree has for it; None for none.
        words: what Contents says.
        prints: whether it prints with its page.
    """

    page: int
    kind: str
    element: int | None
    words: str
    prints: bool


@dataclass(frozen=True)
class PageMarks:
    """The marked content of a page.

    Args:
        mcids: in the order of the page.
        elements: MCID → number of the element that the parent tree has for it.
        by_structure: whether tabs go through its annotations in reading order.
    """

    mcids: tuple[int, ...]
    elements: Mapping[int, int]
    by_structure: bool


@dataclass(frozen=True)
class Structure:
    """The structure of a file.

    Args:
        elements: in reading order; their numbers are their places here.
        ids: id → number of the element that the id tree has for it.
        missing: what the catalogue lacks of what ISO 14289-1 §7.1 asks for.
    """

    elements: tuple[Element, ...]
    annotations: tuple[Annotation, ...]
    pages: tuple[PageMarks, ...]
    ids: Mapping[str, int | None]
    missing: tuple[str, ...]


def read_structure(pdf: bytes) -> Structure:
    """Everything that a reader without eyes goes by."""
    with Pdf.open(io.BytesIO(pdf)) as file:
        return _Reader(file).read()


class _Reader:
    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self._annotations: dict[tuple[int, int], int] = {}
        self._numbers: dict[tuple[int, int], int] = {}
        self._root = (0, 0)
        self._order: list[tuple[Object, int, list[Object | int]]] = []

    def read(self) -> Structure:
        root = self._pdf.Root.get(_TREE)
        if root is None:
            return Structure((), (), (), {}, ("a structure tree",))
        holders = [
            (index, one)
            for index, page in enumerate(self._pdf.pages)
            for one in page.obj.get("/Annots", ())
        ]
        self._root = root.objgen
        self._annotations = {one.objgen: at for at, (_, one) in enumerate(holders)}
        self._number(root)
        tree = dict(NumberTree(root["/ParentTree"]).items()) if "/ParentTree" in root else {}
        names = root["/IDTree"]["/Names"] if "/IDTree" in root else Array()
        return Structure(
            tuple(self._element(*one) for one in self._order),
            tuple(self._annotation(one, index, tree) for index, one in holders),
            tuple(self._page(page.obj, tree) for page in self._pdf.pages),
            {
                str(names[at]): self._numbers.get(names[at + 1].objgen)
                for at in range(0, len(names), 2)
            },
            tuple(missing_of(self._pdf)),
        )

    def _number(self, root: Object) -> None:
        waiting: list[tuple[Object, int]] = [(one, -1) for one in reversed(list(root["/K"]))]
        while waiting:
            element, parent = waiting.pop()
            number = len(self._order)
            self._numbers.setdefault(element.objgen, number)
            kids: list[Object | int] = list(element.get("/K", ()))
            self._order.append((element, parent, kids))
            below = [one for one in kids if not isinstance(one, int) and "/S" in one]
            waiting += [(one, number) for one in reversed(below)]

    def _element(self, element: Object, parent: int, kids: list[Object | int]) -> Element:
        # Asking a dictionary for its keys costs as much as asking for one of them.
        keys = element.keys()
        page = self._page_of(element) if "/Pg" in keys else None
        marks: list[tuple[int | None, int]] = []
        annotations: list[int] = []
        for kid in kids:
            if isinstance(kid, int):
                marks.append((page, kid))
            elif "/MCID" in kid:
                marks.append((self._page_of(kid), int(kid["/MCID"])))
            elif "/Obj" in kid:
                annotations.append(self._annotations.get(kid["/Obj"].objgen, -1))
        named = None
        if "/P" in keys:
            holder = element["/P"].objgen
            root = parent == -1 and holder == self._root
            named = -1 if root else self._numbers.get(holder)
        return Element(
            str(element["/S"])[1:],
            parent,
            named,
            page,
            tuple(marks),
            tuple(annotations),
            str(element["/Alt"]) if "/Alt" in keys else "",
            str(element["/ID"]) if "/ID" in keys else "",
            tuple(_headers(element["/A"])) if "/A" in keys else (),
        )

    def _page_of(self, holder: Object) -> int | None:
        page = holder.get("/Pg")
        return None if page is None else self._pages.get(page.objgen)

    def _annotation(self, one: Object, index: int, tree: Mapping[int, Object]) -> Annotation:
        element = tree.get(int(one.get("/StructParent", -1)))
        number = None if element is None else self._numbers.get(element.objgen)
        words = str(one.get("/Contents", ""))
        prints = bool(int(one.get("/F", 0)) & _PRINT)
        return Annotation(index, str(one["/Subtype"])[1:], number, words, prints)

    def _page(self, page: Object, tree: Mapping[int, Object]) -> PageMarks:
        contents = page.get("/Contents")
        streams = contents if isinstance(contents, Array) else [contents]
        raw = b"\n".join(one.read_bytes() for one in streams if one is not None)
        mcids = tuple(int(found) for found in _OPEN.findall(raw))
        slots = tree.get(int(page.get("/StructParents", -1)), Array())
        elements = {
            mcid: self._numbers.get(slot.objgen, -1)
            for mcid, slot in enumerate(slots)
            if slot is not None
        }
        return PageMarks(mcids, elements, page.get("/Tabs") == Name.S)


def missing_of(pdf: Pdf) -> Iterator[str]:
    """What the catalogue lacks of what ISO 14289-1 §7.1 asks for."""
    root, nothing = pdf.Root, Dictionary()
    if not str(root.get("/Lang", "")):
        yield "the language of the document"
    if not root.get("/MarkInfo", nothing).get("/Marked", False):
        yield "the mark of a tagged file"
    if not root.get("/ViewerPreferences", nothing).get("/DisplayDocTitle", False):
        yield "the wish to show its title"
    xmp = pdf.open_metadata()  # not as a context, which would write it
    if not xmp.get("dc:title"):
        yield "a title"
    if xmp.get("pdfuaid:part") != "1":
        yield "the mark of PDF/UA-1"


def _headers(attributes: Object) -> Iterator[str]:
    for one in attributes if isinstance(attributes, Array) else [attributes]:
        yield from (str(name) for name in one.get("/Headers", ()))
