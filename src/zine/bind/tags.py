"""Tags: the structures of all sections become one tree (ISO 32000-1 §14.7, ISO 14289-1 §7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from zine.bind.tagging.structure import HEADINGS, INDEX

_TREE = "/StructTreeRoot"


@dataclass(frozen=True)
class _Branch:
    """An element that later sections may go under."""

    level: int
    element: Object


@dataclass
class TagTree:
    """The structure of a bound file, to which sections are added in reading order.

    There is one Document; a section with others below it in the outline is gathered with them in a
    Part. Headings go down with the outline: the title of an entry in a chapter is an H2.
    """

    pdf: Pdf
    _numbers: list[Object] = field(default_factory=list)
    _names: dict[str, Object] = field(default_factory=dict)
    _branches: list[_Branch] = field(default_factory=list)
    _added: int = 0

    def __post_init__(self) -> None:
        self._root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = _element(self.pdf, "Document", self._root)

    def add(self, part: Pdf, first: int, level: int, title: str, *, parent: bool) -> None:
        """Add a prepared section whose pages stand in the file already.

        Args:
            first: index of its first page in the file.
            level: depth in the outline from 1; 0 for a section that is not in it.
            title: for the list of tags that editors show.
            parent: the next section lies deeper.
        """
        tree = self.pdf.copy_foreign(part.Root[_TREE])
        self._added += 1
        self._renumber(tree, first, len(part.pages))
        self._rename(tree[INDEX]["/Named"], f"s{self._added}-")
        del self._branches[self._depth(level) :]
        lower_headings(tree[INDEX]["/Headings"], len(self._branches))
        holder = self._branches[-1].element if self._branches else self._document
        sections = list(tree["/K"][0]["/K"])
        if parent:
            gathered = _element(self.pdf, "Part", holder, title)
            holder["/K"].append(gathered)
            self._branches.append(_Branch(level, gathered))
            holder = gathered
        for section in sections:
            section["/P"] = holder
            section["/T"] = String(title)
            holder["/K"].append(section)

    def _depth(self, level: int) -> int:
        """How many of the branches a section of that level lies under."""
        if level < 1:
            return 0
        return sum(branch.level < level for branch in self._branches)

    def _renumber(self, tree: Object, first: int, count: int) -> None:
        """Move the numbers of a section behind those that are taken."""
        base = len(self._numbers)
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
        """Write the tree into the catalogue."""
        numbers = Array()
        for number, element in enumerate(self._numbers):
            numbers.append(number)
            numbers.append(element)
        self._root["/K"] = Array([self._document])
        self._root["/ParentTree"] = self.pdf.make_indirect(Dictionary(Nums=numbers))
        self._root["/ParentTreeNextKey"] = len(self._numbers)
        if self._names:
            names = Array()
            for name in sorted(self._names, key=str.encode):
                names.append(String(name))
                names.append(self._names[name])
            self._root["/IDTree"] = self.pdf.make_indirect(Dictionary(Names=names))
        self.pdf.Root[_TREE] = self._root
        self.pdf.Root["/MarkInfo"] = Dictionary(Marked=True)


def is_tagged(part: Pdf) -> bool:
    """Whether a section has a structure."""
    return _TREE in part.Root


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
