"""Links: addresses of the workshop become places in the file, each with words for its reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from pikepdf import Array, Object, Pdf, String

from zine.diagnostics import ZineError, error

LINK = "zine:"
NUMBER = "zine-n:"
LINK_FORM = "{title}, page {page}"
_PRINT = 4  # annotation flag: printed with the page (ISO 32000-1 §12.5.3)


@dataclass(frozen=True)
class PrintedNumber:
    """A page number that was printed as a reference.

    Args:
        section: title of the section it stands in.
        page: index of the page it stands on.
        rect: left, bottom, right, top in pt, in the page's own space.
        target: link target it speaks of.
        title: title of the section that the target is.
    """

    section: str
    page: int
    rect: tuple[float, float, float, float]
    target: str
    title: str


@dataclass(frozen=True)
class Places:
    """Where links lead.

    Args:
        pages: link target → page index.
        titles: link target → title of a section, for the targets that are sections.
        owners: title of the section that each page belongs to; "" before the first.
        form: words of a link, with {title} and {page}.
    """

    pages: Mapping[str, int]
    titles: Mapping[str, str]
    owners: Sequence[str]
    form: str = LINK_FORM
    _labels: dict[int, str] = field(default_factory=dict)

    def title(self, target: str) -> str:
        """The title of what a target is, or of the section that it stands in."""
        return self.titles.get(target) or self.owners[self.pages[target]]

    def words(self, pdf: Pdf, target: str) -> str:
        """What a link to the target says: "Horizontalism, page 42"."""
        index = self.pages[target]
        if index not in self._labels:
            self._labels[index] = pdf.pages[index].label
        return self.form.format(title=self.title(target), page=self._labels[index])


def resolve_links(pdf: Pdf, places: Places) -> list[PrintedNumber]:
    """Turn `zine:` and `zine-n:` addresses into named destinations; describe every link.

    A link says where it leads in Contents (ISO 14289-1 §7.18.5): the title and page of its target,
    or the address as it prints.

    Returns:
        The links that are printed numbers.

    Raises:
        ZineError: a link names a target that is not in the publication.
    """
    numbers: list[PrintedNumber] = []
    lost: dict[str, str] = {}
    for index, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", Array()):
            annotation["/F"] = _PRINT
            action = annotation.get("/A")
            if action is None or "/URI" not in action:
                continue
            address = str(action["/URI"])
            scheme = next((one for one in (NUMBER, LINK) if address.startswith(one)), None)
            if scheme is None:
                annotation["/Contents"] = String(printed_address(address))
                continue
            target = unquote(address.removeprefix(scheme))
            if target not in places.pages:
                lost[target] = places.owners[index]
                continue
            _lead(annotation, target, places.words(pdf, target))
            if scheme == NUMBER:
                rect = sorted_rect([float(n) for n in annotation["/Rect"]])
                numbers.append(
                    PrintedNumber(places.owners[index], index, rect, target, places.title(target))
                )
    if lost:
        raise ZineError(
            error(
                "link-target-missing",
                f"“{title}” refers to “{target}”, which is not in this publication",
                hint="a layout prints a link to a section that is not bound",
            )
            for target, title in lost.items()
        )
    return numbers


def _lead(annotation: Object, target: str, words: str) -> None:
    del annotation["/A"]
    annotation["/Dest"] = String(target)
    annotation["/Contents"] = String(words)


def printed_address(address: str) -> str:
    """An address as a reader would say it: no scheme, no www, no closing slash."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https"):
        return unquote(address.partition(":")[2]) or address
    host = parts.netloc.removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{unquote(parts.path).rstrip('/')}{query}"


def sorted_rect(rect: Sequence[float]) -> tuple[float, float, float, float]:
    """A rectangle with its lower left corner first (ISO 32000-1 §7.9.5)."""
    x1, y1, x2, y2 = rect
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
