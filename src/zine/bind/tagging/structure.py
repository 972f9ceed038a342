"""The structure tree of a PDF as plain values: read, and written anew (ISO 32000-1 §14.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

INDEX = "/Zine"
"""Key of the structure root under which a prepared section keeps its index for the binder."""

# The owner of each attribute that sections have (ISO 32000-1 §14.8.5).
_OWNERS = {
    "BBox": "Layout",
    "Placement": "Layout",
    "ListNumbering": "List",
    "Scope": "Table",
    "Headers": "Table",
    "ColSpan": "Table",
    "RowSpan": "Table",
}
_NAMES = frozenset({"Placement", "ListNumbering", "Scope"})
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")

Attribute: TypeAlias = str | int | tuple[str, ...] | tuple[float, ...]


class Mark(NamedTuple):
    """Marked content: index of its page and MCID."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """An annotation, on the page with this index."""

    page: int
    annotation: Object

    @property
    def uri(self) -> str:
        """The address it leads to, or ""."""
        action = self.annotation.get("/A")
        return "" if action is None else str(action.get("/URI", ""))


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A structure element.

    Args:
        kind: structure type without its slash ("P").
        page: index of the page on which it begins.
        alt: words in its place; None where it has none.
        lang: BCP 47 tag, where it is not that of the element around it.
        id: unique in the file.
        attributes: by name; their owner follows from the name.
    """

    kind: str
    kids: tuple[Kid, ...]
    page: int
    alt: str | None = None
    lang: str | None = None
    id: str | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    def holding(self, kids: Iterable[Kid]) -> Node:
        """The same element around other kids."""
        return Node(
            self.kind, tuple(kids), self.page, self.alt, self.lang, self.id, self.attributes
        )

    def marks(self) -> list[Mark]:
        """All marked content in it, in reading order."""
        found: list[Mark] = []
        waiting: list[Kid] = [self]
        while waiting:
            kid = waiting.pop()
            if isinstance(kid, Mark):
                found.append(kid)
            elif isinstance(kid, Node):
                waiting += reversed(kid.kids)
        return found

    def nodes(self) -> Iterator[Node]:
        """The element and all elements in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()


Kid: TypeAlias = Node | Mark | Attached


def read_document(pdf: Pdf) -> tuple[Node, tuple[Node, ...]]:
    """The Document element of a section that WeasyPrint tagged, and what it left out of it.

    The elements of margin boxes name the Document as their parent and are none of its kids; they
    are found through the parent tree.
    """
    reader = _Reader(pdf)
    root = pdf.Root["/StructTreeRoot"]
    element = root["/K"][0]
    document = reader.read(element, 0)
    margins: list[Node] = []
    for entry in list(root["/ParentTree"]["/Nums"])[1::2]:
        for held in entry if isinstance(entry, Array) else (entry,):
            top = held
            while top.objgen not in reader.seen and top["/P"].objgen != element.objgen:
                top = top["/P"]
            if top.objgen not in reader.seen:
                margins.append(reader.read(top, 0))
    return document, tuple(margins)


class _Reader:
    """Reads elements, and remembers which."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self.seen: set[tuple[int, int]] = set()

    def read(self, element: Object, page: int) -> Node:
        self.seen.add(element.objgen)
        keys = element.keys()
        if "/Pg" in keys:
            page = self._pages[element["/Pg"].objgen]
        kids: list[Kid] = []
        for kid in element["/K"] if "/K" in keys else ():
            if isinstance(kid, int):
                kids.append(Mark(page, kid))
            elif "/Obj" in kid:
                kids.append(Attached(self._pages[kid["/Pg"].objgen], kid["/Obj"]))
            else:
                kids.append(self.read(kid, page))
        return Node(
            str(element["/S"])[1:],
            tuple(kids),
            page,
            alt=str(element["/Alt"]) if "/Alt" in keys else None,
            id=str(element["/ID"]) if "/ID" in keys else None,
            attributes=dict(_attributes(element["/A"])) if "/A" in keys else {},
        )


def _attributes(given: Object) -> Iterator[tuple[str, Attribute]]:
    for key, value in given.items():
        name = key[1:]
        if name == "BBox":
            yield name, tuple(float(one) for one in value)
        elif name == "Headers":
            yield name, tuple(str(one) for one in value)
        elif name in ("ColSpan", "RowSpan"):
            yield name, int(value)


def write_document(pdf: Pdf, document: Node) -> None:
    """Replace the structure of a section; pages and annotations are numbered for it.

    Marked content that is in no element has an empty slot in the parent tree: it must be an
    artefact. The root keeps an index of elements that the binder has to touch.
    """
    writer = _Writer(pdf)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root["/K"] = Array([writer.write(document, root)])
    root["/ParentTree"] = pdf.make_indirect(Dictionary(Nums=writer.parents()))
    root[INDEX] = Dictionary(Headings=Array(writer.headings), Named=Array(writer.named))
    pdf.Root["/StructTreeRoot"] = root


class _Writer:
    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._marks: list[dict[int, Object]] = [{} for _ in self._pages]
        self._annotations: list[tuple[Object, Object]] = []
        self.headings: list[Object] = []
        self.named: list[Object] = []

    def write(self, node: Node, parent: Object) -> Object:
        element = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{node.kind}"), P=parent)
        )
        if node.kind != "Document":
            element["/Pg"] = self._pages[node.page]
        for key, value in (("/Alt", node.alt), ("/Lang", node.lang), ("/ID", node.id)):
            if value is not None:
                element[key] = String(value)
        if node.attributes:
            element["/A"] = _written(node.attributes)
        if node.kind in HEADINGS:
            self.headings.append(element)
        if node.id is not None or "Headers" in node.attributes:
            self.named.append(element)
        element["/K"] = Array([self._kid(kid, element, node) for kid in node.kids])
        return element

    def _kid(self, kid: Kid, element: Object, node: Node) -> Object | int:
        if isinstance(kid, Node):
            return self.write(kid, element)
        if isinstance(kid, Attached):
            self._annotations.append((kid.annotation, element))
            page = self._pages[kid.page]
            return Dictionary(Type=Name.OBJR, Obj=kid.annotation, Pg=page)
        self._marks[kid.page][kid.mcid] = element
        if kid.page == node.page:
            return kid.mcid
        return Dictionary(Type=Name.MCR, Pg=self._pages[kid.page], MCID=kid.mcid)

    def parents(self) -> Array:
        """The parent tree: a list for each page, then an element for each annotation."""
        numbers = Array()
        for index, (page, marks) in enumerate(zip(self._pages, self._marks, strict=True)):
            page["/StructParents"] = index
            numbers.append(index)
            found = [marks.get(mcid) for mcid in range(max(marks, default=-1) + 1)]
            numbers.append(self._pdf.make_indirect(Array(found)))
        for index, (annotation, element) in enumerate(self._annotations, len(self._pages)):
            annotation["/StructParent"] = index
            numbers.append(index)
            numbers.append(element)
        return numbers


def _written(attributes: Mapping[str, Attribute]) -> Object:
    """Attribute objects, one for each owner."""
    owners: dict[str, Dictionary] = {}
    for name, value in attributes.items():
        owner = _OWNERS[name]
        holder = owners.setdefault(owner, Dictionary(O=Name(f"/{owner}")))
        holder[f"/{name}"] = _value(name, value)
    made = list(owners.values())
    return made[0] if len(made) == 1 else Array(made)


def _value(name: str, value: Attribute) -> Object | int:
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return Name(f"/{value}") if name in _NAMES else String(value)
    return Array([String(one) if isinstance(one, str) else round(one, 3) for one in value])


def only_nodes(kids: Iterable[Kid]) -> list[Node]:
    """The elements among kids."""
    return [kid for kid in kids if isinstance(kid, Node)]
