"""The proof of the structure: tags, their marks and the tree between them agree (ISO 14289-1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from zine.bind.finished import Finished
from zine.bind.joints import Joints
from zine.bind.reading import Structure, read_structure
from zine.diagnostics import Finding, error

_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_HINT = "this is a fault of zine, or of WeasyPrint; please report it with the section"


def prove_structure(
    pdf: bytes, titles: Sequence[str], *, first: int | None = None, above: int = 0
) -> tuple[Finding, ...]:
    """Compare the structure of a tagged file with itself; every disagreement is an error.

    Marked content, parent tree, structure tree and annotations each say what belongs to what
    (ISO 32000-1 §14.7.4); readers take one or the other, so all must say the same.

    Args:
        titles: title of the section of every page; "" for a blank.
        first: index of its first page, for pages that are not the whole of a file: what the
            catalogue has to say is not asked for. None for a whole file.
        above: level of the heading above its first.
    """
    structure = read_structure(pdf)
    if first is not None:
        if not structure.elements:
            return ()
        structure = replace(structure, missing=())
    return tuple(_Proof(structure, titles, first or 0, above).findings())


def prove_joints(
    file: Finished, titles: Sequence[str], pages: Iterable[int]
) -> tuple[Finding, ...]:
    """Compare what holds the structures of proved gatherings together; what is wrong is an error.

    Args:
        titles: title of the section of every page; "" for a blank.
        pages: indexes of those that are looked at, one of each gathering that is new.
    """
    loose = _loose(file.joints(pages), titles)
    return tuple(error("proof-tags", words, hint=_HINT) for words in loose)


def _loose(joints: Joints, titles: Sequence[str]) -> Iterator[str]:
    for what in joints.missing:
        yield f"the file lacks {what}"
    if joints.roots != ("Document",):
        yield f"the structure: its roots are {', '.join(joints.roots) or 'none'}, not one Document"
    for kind in joints.strangers:
        yield f"the structure: a {kind} names another parent than its own"
    overlap = (before[1] >= after[0] for before, after in pairwise(joints.leaves))
    if any(overlap) or any(first > last for first, last in joints.leaves):
        yield "the structure: the leaves of the parent tree overlap"
    for page in joints.lost:
        yield f"{where(page, titles)}: marks or links are in other elements of the parent tree"
    names = [name for name, _ in joints.ids]
    if sorted(set(names), key=str.encode) != names:
        yield "the structure: the list of ids is out of order, or has one twice"
    for name, own in joints.ids:
        if name != own:
            yield f"the structure: the id {name} leads to the element {own or 'without one'}"


def where(page: int | None, titles: Sequence[str], first: int = 0) -> str:
    """A page in words.

    Args:
        titles: title of the section of every page; "" for a blank.
        first: index of the first of these pages in the file.
    """
    if page is None or not 0 <= page < len(titles):
        return "the structure"
    number = first + page + 1
    return f"“{titles[page]}”, page {number} of the file" if titles[page] else f"page {number}"


class _Proof:
    def __init__(self, structure: Structure, titles: Sequence[str], first: int, above: int) -> None:
        self._structure = structure
        self._titles = titles
        self._first = first
        self._above = above

    def findings(self) -> Iterator[Finding]:
        for what in self._structure.missing:
            yield error("proof-tags", f"the file lacks {what}", hint=_HINT)
        for page, words in (
            *self._tree(),
            *self._marks(),
            *self._annotations(),
            *self._ids(),
            *self._headings(),
        ):
            place = where(page, self._titles, self._first)
            yield error("proof-tags", f"{place}: {words}", hint=_HINT)

    def _tree(self) -> Iterator[tuple[int | None, str]]:
        roots = [one.kind for one in self._structure.elements if one.parent == -1]
        if roots != ["Document"]:
            yield None, f"its roots are {', '.join(roots) or 'none'}, not one Document"
        for element in self._structure.elements:
            if element.named_parent != element.parent:
                yield element.page, f"a {element.kind} names another parent than its own"
            if element.kind == "Figure" and not element.alt:
                yield element.page, "a picture has no words in its place"
            if element.kind == "Note" and not element.id:
                yield element.page, "a note has no id"

    def _marks(self) -> Iterator[tuple[int | None, str]]:
        """Marks of the pages, of the parent tree and of the elements, against each other."""
        held: dict[tuple[int | None, int], int] = {}
        for number, element in enumerate(self._structure.elements):
            for mark in element.marks:
                if mark in held:
                    yield mark[0], f"mark {mark[1]} is in two elements"
                held[mark] = number
                if mark[0] is None:
                    yield element.page, f"a {element.kind} holds mark {mark[1]} of no page"
        for index, page in enumerate(self._structure.pages):
            for mcid, count in Counter(page.mcids).items():
                if count > 1:
                    yield index, f"mark {mcid} stands on the page {count} times"
            for mcid in page.mcids:
                if (index, mcid) not in held:
                    yield index, f"mark {mcid} is in no element"
                elif page.elements.get(mcid) != held.pop((index, mcid)):
                    yield index, f"mark {mcid} has another element in the parent tree"
            for mcid in page.elements.keys() - set(page.mcids):
                yield index, f"the parent tree has a mark {mcid}, which the page has not"
        for (at, mcid), number in held.items():
            if at is not None:
                kind = self._structure.elements[number].kind
                yield at, f"a {kind} holds mark {mcid}, which the page has not"

    def _annotations(self) -> Iterator[tuple[int | None, str]]:
        elements = self._structure.elements
        holders: Counter[int] = Counter()
        for element in elements:
            holders.update(element.annotations)
            if element.kind == "Link" and not element.annotations:
                yield element.page, "a link has no annotation"
            if -1 in element.annotations:
                yield element.page, f"a {element.kind} holds an annotation of no page"
        for number, one in enumerate(self._structure.annotations):
            holder = None if one.element is None else elements[one.element]
            if holder is None or number not in holder.annotations or holders[number] != 1:
                yield one.page, "an annotation and its element do not know each other"
            elif one.kind == "Link" and holder.kind != "Link":
                yield one.page, f"a link is in a {holder.kind}"
            if not one.words:
                yield one.page, "an annotation does not say where it leads"
            if not one.prints:
                yield one.page, "an annotation does not print with its page"
            if not self._structure.pages[one.page].by_structure:
                yield one.page, "tabs do not follow the reading order"

    def _ids(self) -> Iterator[tuple[int | None, str]]:
        named: dict[str, int] = {}
        for number, element in enumerate(self._structure.elements):
            if element.id:
                if element.id in named:
                    yield element.page, f"two elements have the id {element.id}"
                elif self._structure.ids.get(element.id) != number:
                    yield element.page, f"the id {element.id} is not in the list of ids"
                named[element.id] = number
        for element in self._structure.elements:
            for name in element.headers:
                if name not in named:
                    yield element.page, f"a cell names the head {name}, which is not there"

    def _headings(self) -> Iterator[tuple[int | None, str]]:
        last = self._above
        for element in self._structure.elements:
            if element.kind in _HEADINGS:
                level = _HEADINGS.index(element.kind) + 1
                if level > last + 1:
                    yield element.page, f"a heading of level {level} follows one of level {last}"
                last = level
