"""Reading back where the gatherings of a file meet: what binding them has changed in each (§14.7).

A gathering is proved by itself, and its bytes are in the file as they were then. What can be wrong
is how it hangs in the rest; of a page the first mark and the first annotation stand for all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Object, Pdf

from zine.bind.reading import missing_of

_TREE = "/StructTreeRoot"


@dataclass(frozen=True)
class Joints:
    """How the structures of gatherings hang together.

    Args:
        roots: structure types of the roots.
        strangers: structure types of the upper elements that name another parent than their own.
        leaves: first and last number of each leaf of the parent tree, as it says itself.
        lost: indexes of pages that were looked at whose first mark, or first annotation, the
            parent tree gives to an element that does not hold it.
        ids: id in the list of ids, and that of the element it has for it.
        missing: what the catalogue lacks of what ISO 14289-1 §7.1 asks for.
    """

    roots: tuple[str, ...]
    strangers: tuple[str, ...]
    leaves: tuple[tuple[int, int], ...]
    lost: tuple[int, ...]
    ids: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def read_joints(file: Pdf, pages: Iterable[int]) -> Joints:
    """What holds a bound file's structure together.

    Args:
        pages: indexes of those that are looked at.
    """
    root = file.Root.get(_TREE)
    if root is None:
        return Joints((), (), (), (), (), ("a structure tree",))
    tops = list(root["/K"])
    leaves = [_Leaf(one) for one in root["/ParentTree"].get("/Kids", ())]
    names = root["/IDTree"]["/Names"] if "/IDTree" in root else Array()
    return Joints(
        tuple(str(top["/S"])[1:] for top in tops),
        tuple(stranger for top in tops for stranger in _strangers(top, root)),
        tuple((leaf.first, leaf.last) for leaf in leaves),
        tuple(
            index
            for index, page in ((index, file.pages[index].obj) for index in pages)
            if not (_mark_held(page, leaves) and _annotation_held(page, leaves))
        ),
        tuple(
            (str(names[at]), str(names[at + 1].get("/ID", ""))) for at in range(0, len(names), 2)
        ),
        tuple(missing_of(file)),
    )


def _strangers(element: Object, parent: Object) -> Iterator[str]:
    """Of an element and, where sections lie below it, of those."""
    kind = str(element["/S"])[1:]
    if element["/P"].objgen != parent.objgen:
        yield kind
    if kind in ("Document", "Part"):
        for kid in element["/K"]:
            yield from _strangers(kid, element)


class _Leaf:
    """A leaf of the parent tree."""

    def __init__(self, leaf: Object) -> None:
        self.first, self.last = (int(number) for number in leaf["/Limits"])
        self._numbers = leaf["/Nums"]

    def get(self, number: int) -> Object | None:
        """What it has for a number; None where that is not in its place."""
        at = 2 * (number - self.first)
        if not 0 <= at < len(self._numbers) or int(self._numbers[at]) != number:
            return None
        return self._numbers[at + 1]


def _found(leaves: Sequence[_Leaf], number: int) -> Object | None:
    at = bisect_right(leaves, number, key=lambda leaf: leaf.first) - 1
    return leaves[at].get(number) if at >= 0 else None


def _mark_held(page: Object, leaves: Sequence[_Leaf]) -> bool:
    if "/StructParents" not in page:
        return True
    marks = _found(leaves, int(page["/StructParents"]))
    if not isinstance(marks, Array):
        return False
    mcid = next((at for at, element in enumerate(marks) if element is not None), None)
    return mcid is None or _holds(marks[mcid], page, mcid)


def _holds(element: Object, page: Object, mcid: int) -> bool:
    own = "/Pg" in element and element["/Pg"].objgen == page.objgen
    for kid in element["/K"]:
        if isinstance(kid, int):
            if own and kid == mcid:
                return True
        elif "/MCID" in kid and int(kid["/MCID"]) == mcid and kid["/Pg"].objgen == page.objgen:
            return True
    return False


def _annotation_held(page: Object, leaves: Sequence[_Leaf]) -> bool:
    first = next(iter(page.get("/Annots", ())), None)
    if first is None:
        return True
    element = _found(leaves, int(first.get("/StructParent", -1)))
    return isinstance(element, Dictionary) and any(
        not isinstance(kid, int) and "/Obj" in kid and kid["/Obj"].objgen == first.objgen
        for kid in element["/K"]
    )
