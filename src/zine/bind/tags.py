"""Tags: the structures of all sections become one tree (ISO 32000-1 §14.7, ISO 14289-1 §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from zine.bind.tagging.structure import HEADINGS, INDEX

_TREE = "/StructTreeRoot"


@dataclass(frozen=True)
class Standing:
    """How a section stands in the structure.

    Args:
        depth: how many Parts it lies in.
        parent: whether those that follow lie in a Part with it.
    """

    depth: int
    parent: bool


def standings(levels: Sequence[int]) -> list[Standing]:
    """How sections stand that have these levels in the outline, from 1; 0 is not in it.

    A section with others below it is gathered with them in a Part.
    """
    above: list[int] = []
    found = []
    for level, following in pairwise((*levels, 0)):
        depth = sum(one < level for one in above)
        del above[depth:]
        parent = 0 < level < following
        found.append(Standing(depth, parent))
        if parent:
            above.append(level)
    return found


@dataclass
class Leaf:
    """The structure of a gathering: a Document with the elements of its sections.

    Headings go down with the outline: the title of an entry in a chapter is an H2.

    Args:
        base: the number of the first entry of its parent tree.
    """

    pdf: Pdf
    base: int
    _numbers: list[Object] = field(default_factory=list)
    _names: dict[str, Object] = field(default_factory=dict)
    _counts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._root, self._document = _rooted(self.pdf)

    def add(self, part: Pdf, first: int, order: int, depth: int, title: str) -> None:
        """Add a prepared section whose pages stand in the file already.

        Args:
            first: index of its first page in the file.
            order: its place among all sections.
            depth: how many elements it will lie in.
            title: for the list of tags that editors show.
        """
        tree = self.pdf.copy_foreign(part.Root[_TREE])
        self._renumber(tree, first, len(part.pages))
        self._rename(tree[INDEX]["/Named"], f"s{order}-")
        lower_headings(tree[INDEX]["/Headings"], depth)
        elements = list(tree["/K"][0]["/K"])
        self._counts.append(len(elements))
        for element in elements:
            element["/P"] = self._document
            element["/T"] = String(title)
            self._document["/K"].append(element)

    def _renumber(self, tree: Object, first: int, count: int) -> None:
        """Move the numbers of a section behind those that are taken."""
        base = self.base + len(self._numbers)
        for index in range(first, first + count):
            page = self.pdf.pages[index].obj
            page["/StructParents"] = int(page["/StructParents"]) + base
            for annotation in page.get("/Annots", ()):
                annotation["/StructParent"] = int(annotation["/StructParent"]) + base
        # A section numbers from 0 without a gap: pages first, then annotations.
        self._numbers += list(tree["/ParentTree"]["/Nums"])[1::2]

    def _rename(self, elements: Iterable[Object], prefix: str) -> None:
        """Give ids a prefix: every section has a table t1 and a note-1."""
        for element in elements:
            if "/ID" in element:
                name = f"{prefix}{element['/ID']}"
                element["/ID"] = String(name)
                self._names[name] = element
            attributes = element.get("/A", Array())
            for one in attributes if isinstance(attributes, Array) else [attributes]:
                if "/Headers" in one:
                    one["/Headers"] = Array([String(f"{prefix}{name}") for name in one["/Headers"]])

    def finish(self) -> None:
        """Write the structure into the catalogue."""
        numbers = Array()
        for number, element in enumerate(self._numbers, self.base):
            numbers.append(number)
            numbers.append(element)
        last = self.base + len(self._numbers) - 1
        leaf = Dictionary(Limits=Array([self.base, last]), Nums=numbers)
        kids = Array([self.pdf.make_indirect(leaf)])
        self._root["/ParentTree"] = self.pdf.make_indirect(Dictionary(Kids=kids))
        self._root[INDEX] = Dictionary(Counts=Array(self._counts))
        _write(self.pdf, self._root, self._document, self._names)


@dataclass
class TagTree:
    """The structure of a bound file, to which gatherings are added in reading order.

    There is one Document; a section with others below it in the outline is in a Part with them.
    """

    pdf: Pdf
    _leaves: list[Object] = field(default_factory=list)
    _names: dict[str, Object] = field(default_factory=dict)
    _parts: list[Object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._root, self._document = _rooted(self.pdf)

    def add(self, gathered: Pdf, sections: Iterable[tuple[str, Standing]]) -> None:
        """Add the structure of a gathering whose pages stand in the file already.

        Args:
            sections: title and standing of each section in it.
        """
        tree = self.pdf.copy_foreign(gathered.Root[_TREE])
        self._leaves += list(tree["/ParentTree"]["/Kids"])
        if "/IDTree" in tree:
            names = list(tree["/IDTree"]["/Names"])
            self._names |= {str(name): names[at + 1] for at, name in enumerate(names) if not at % 2}
        elements = iter(list(tree["/K"][0]["/K"]))
        for (title, standing), count in zip(sections, tree[INDEX]["/Counts"], strict=True):
            del self._parts[standing.depth :]
            holder = self._parts[-1] if self._parts else self._document
            if standing.parent:
                part = _element(self.pdf, "Part", holder, title)
                holder["/K"].append(part)
                self._parts.append(part)
                holder = part
            for element in islice(elements, int(count)):
                element["/P"] = holder
                holder["/K"].append(element)

    def finish(self) -> None:
        """Write the tree into the catalogue."""
        kids = Array(self._leaves)
        self._root["/ParentTree"] = self.pdf.make_indirect(Dictionary(Kids=kids))
        _write(self.pdf, self._root, self._document, self._names)


def _rooted(pdf: Pdf) -> tuple[Object, Object]:
    """A structure root, and the Document under it."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    return root, _element(pdf, "Document", root)


def _write(pdf: Pdf, root: Object, document: Object, names: Mapping[str, Object]) -> None:
    """A structure root with its Document and ids, as the catalogue's own."""
    root["/K"] = Array([document])
    last = root["/ParentTree"]["/Kids"][-1]
    root["/ParentTreeNextKey"] = int(last["/Limits"][1]) + 1
    if names:
        tree = Array()
        for name in sorted(names, key=str.encode):
            tree.append(String(name))
            tree.append(names[name])
        root["/IDTree"] = pdf.make_indirect(Dictionary(Names=tree))
    pdf.Root[_TREE] = root
    pdf.Root["/MarkInfo"] = Dictionary(Marked=True)


def is_tagged(part: Pdf) -> bool:
    """Whether a section has a structure."""
    return _TREE in part.Root


def count_parents(part: Pdf) -> int:
    """How many entries the parent tree of a section has; 0 where it has no structure."""
    return len(part.Root[_TREE]["/ParentTree"]["/Nums"]) // 2 if is_tagged(part) else 0


def drop_tags(pdf: Pdf) -> None:
    """Take out what refers to a structure that the file has not, as one for the press."""
    for page in pdf.pages:
        for key in ("/StructParents", "/Tabs"):
            if key in page.obj:
                del page.obj[key]
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" in annotation:
                del annotation["/StructParent"]


def _element(pdf: Pdf, kind: str, parent: Object, title: str = "") -> Object:
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array())
    )
    if title:
        element["/T"] = String(title)
    return element


def lower_headings(headings: Iterable[Object], by: int) -> None:
    """Lower headings by so many levels; H6 is the lowest."""
    for element in headings if by else ():
        level = HEADINGS.index(str(element["/S"])[1:])
        element["/S"] = Name(f"/{HEADINGS[min(level + by, len(HEADINGS) - 1)]}")
