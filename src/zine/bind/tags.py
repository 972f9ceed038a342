"""Tags: the structures of all sections become one tree (ISO 32000-1 §14.7, ISO 14289-1 §7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, islice, pairwise

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from zine.bind.objects import DOCUMENT, FREE, TREE, references
from zine.bind.tagging.structure import HEADINGS, INDEX

_TREE = "/StructTreeRoot"


@dataclass(frozen=True)
class Standing:
    """How a section stands in the structure.

    Args:
        depth: how many Parts it lies in.
        holder: object number of what its elements hang in: a Part, or the Document.
        above: object number of what that hangs in, for the first section of a Part.
    """

    depth: int
    holder: int = DOCUMENT
    above: int = DOCUMENT


def standings(levels: Sequence[int]) -> list[Standing]:
    """How sections stand that have these levels in the outline, from 1; 0 is not in it.

    A section with others below it is gathered with them in a Part.
    """
    parts: list[tuple[int, int]] = []
    numbers = count(FREE)
    found = []
    for level, following in pairwise((*levels, 0)):
        depth = sum(one < level for one, _ in parts)
        del parts[depth:]
        above = parts[-1][1] if parts else DOCUMENT
        if 0 < level < following:
            parts.append((level, next(numbers)))
        found.append(Standing(depth, parts[-1][1] if parts else DOCUMENT, above))
    return found


@dataclass(frozen=True)
class Tagged:
    """What of the structure of a gathering others refer to, by object numbers.

    Args:
        uppers: of each section, the elements that hang in its holder.
        leaf: of its parent tree.
        first, last: the entries that the leaf has.
        ids: id → the element that has it.
    """

    uppers: tuple[tuple[int, ...], ...]
    leaf: int
    first: int
    last: int
    ids: tuple[tuple[str, int], ...]


@dataclass
class Leaf:
    """The structure of a gathering.

    Headings go down with the outline: the title of an entry in a chapter is an H2.

    Args:
        base: the number of the first entry of its parent tree.
    """

    pdf: Pdf
    base: int
    _numbers: list[Object] = field(default_factory=list)
    _names: dict[str, Object] = field(default_factory=dict)
    _uppers: list[list[Object]] = field(default_factory=list)

    def add(
        self, part: Pdf, first: int, order: int, depth: int, title: str, holder: Object
    ) -> None:
        """Add a prepared section whose pages stand in the file already.

        Args:
            first: index of its first page in the file.
            order: its place among all sections.
            depth: how many Parts it will lie in.
            title: for the list of tags that editors show.
            holder: what its elements hang in.
        """
        tree = self.pdf.copy_foreign(part.Root[_TREE])
        self._renumber(tree, first, len(part.pages))
        self._rename(tree[INDEX]["/Named"], f"s{order}-")
        lower_headings(tree[INDEX]["/Headings"], depth)
        elements = list(tree["/K"][0]["/K"])
        self._uppers.append(elements)
        for element in elements:
            element["/P"] = holder
            element["/T"] = String(title)

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

    def finish(self) -> list[Object]:
        """The objects that others refer to, in the order in which `tagged` has their numbers."""
        numbers = Array()
        for number, element in enumerate(self._numbers, self.base):
            numbers.append(number)
            numbers.append(element)
        last = self.base + len(self._numbers) - 1
        leaf = Dictionary(Limits=Array([self.base, last]), Nums=numbers)
        named = [self._names[name] for name in self._ids]
        return [self.pdf.make_indirect(leaf), *chain.from_iterable(self._uppers), *named]

    @property
    def _ids(self) -> list[str]:
        return sorted(self._names, key=str.encode)

    def tagged(self, numbers: Iterable[int]) -> Tagged:
        """What others refer to.

        Args:
            numbers: those that the objects of `finish` have got.
        """
        given = iter(numbers)
        leaf = next(given)
        uppers = tuple(tuple(islice(given, len(one))) for one in self._uppers)
        last = self.base + len(self._numbers) - 1
        return Tagged(uppers, leaf, self.base, last, tuple(zip(self._ids, given, strict=True)))


def tree_of(sections: Iterable[tuple[str, Standing]], tagged: Sequence[Tagged]) -> dict[int, bytes]:
    """The upper part of a structure tree: number → object, as it is written.

    There is one Document; a section with others below it in the outline is in a Part with them.

    Args:
        sections: title and standing of each.
        tagged: the gatherings that they are in, in order.
    """
    kids: dict[int, list[int]] = {DOCUMENT: []}
    parts = {DOCUMENT: _open_element("Document", TREE)}
    uppers = chain.from_iterable(one.uppers for one in tagged)
    for (title, standing), own in zip(sections, uppers, strict=True):
        if standing.holder not in kids:
            above = standing.above if standing.above in kids else DOCUMENT
            kids[above].append(standing.holder)
            kids[standing.holder] = []
            parts[standing.holder] = _open_element("Part", above, title)
        kids[standing.holder] += own
    free = max(kids) + 1
    names = sorted((pair for one in tagged for pair in one.ids), key=lambda pair: pair[0].encode())
    listed = b" ".join(String(name).unparse() + b" %d 0 R" % number for name, number in names)
    leaves = references(one.leaf for one in tagged)
    root = (
        b"<< /Type /StructTreeRoot /K [ %d 0 R ] /ParentTree %d 0 R /ParentTreeNextKey %d%b >>"
        % (DOCUMENT, free, tagged[-1].last + 1, b" /IDTree %d 0 R" % (free + 1) if names else b"")
    )
    made = {number: b"%b /K %b >>" % (parts[number], references(kids[number])) for number in kids}
    made |= {TREE: root, free: b"<< /Kids %b >>" % leaves}
    return made | ({free + 1: b"<< /Names [ %b ] >>" % listed} if names else {})


def _open_element(kind: str, parent: int, title: str = "") -> bytes:
    """A structure element up to its kids."""
    titled = b" /T " + String(title).unparse() if title else b""
    return b"<< /Type /StructElem /S /%b /P %d 0 R%b" % (kind.encode(), parent, titled)


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


def lower_headings(headings: Iterable[Object], by: int) -> None:
    """Lower headings by so many levels; H6 is the lowest."""
    for element in headings if by else ():
        level = HEADINGS.index(str(element["/S"])[1:])
        element["/S"] = Name(f"/{HEADINGS[min(level + by, len(HEADINGS) - 1)]}")
