"""The proof of the structure: tags, their marks and the tree between them agree (ISO 14289-1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from zine.bind.reading import Structure, read_structure
from zine.diagnostics import Finding, error

_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_HINT = "this is a fault of zine, or of WeasyPrint; please report it with the section"


def prove_structure(pdf: bytes, titles: Sequence[str]) -> tuple[Finding, ...]:
    """Compare the structure of a tagged file with itself; every disagreement is an error.

    Marked content, parent tree, structure tree and annotations each say what belongs to what
    (ISO 32000-1 §14.7.4); readers take one or the other, so all must say the same.

    Args:
        titles: title of the section of every page; "" for a blank.
    """
    return tuple(_Proof(read_structure(pdf), titles).findings())


class _Proof:
    def __init__(self, structure: Structure, titles: Sequence[str]) -> None:
        self._structure = structure
        self._titles = titles

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
            yield error("proof-tags", f"{self._where(page)}: {words}", hint=_HINT)

    def _where(self, page: int | None) -> str:
        if page is None or not 0 <= page < len(self._titles):
            return "the structure"
        title = self._titles[page]
        return f"“{title}”, page {page + 1} of the file" if title else f"page {page + 1}"

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
        last = 0
        for element in self._structure.elements:
            if element.kind in _HEADINGS:
                level = _HEADINGS.index(element.kind) + 1
                if level > last + 1:
                    yield element.page, f"a heading of level {level} follows one of level {last}"
                last = level
