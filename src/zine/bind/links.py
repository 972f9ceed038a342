"""Links: addresses of the workshop become places in the file, each with words for its reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pikepdf import Array, Object, Pdf, String

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
class Lead:
    """Where a link leads.

    Args:
        words: what it says of that: "Horizontalism, page 42".
        title: of the section that its target is, or stands in.
    """

    words: str
    title: str


def resolve_links(
    pdf: Pdf, leads: Mapping[str, Lead], owners: Sequence[str], first: int
) -> list[PrintedNumber]:
    """Turn `zine:` and `zine-n:` addresses into named destinations; describe every link.

    A link says where it leads in Contents (ISO 14289-1 §7.18.5): the title and page of its target,
    or the address as it prints.

    Args:
        leads: link target → where it leads; of all targets of the links.
        owners: title of the section that each page belongs to.
        first: index of the first of these pages in the publication.

    Returns:
        The links that are printed numbers.
    """
    numbers: list[PrintedNumber] = []
    for index, (page, owner) in enumerate(zip(pdf.pages, owners, strict=True), first):
        for annotation in page.obj.get("/Annots", Array()):
            annotation["/F"] = _PRINT
            uri, target = address_of(annotation)
            if not uri:
                continue
            if target is None:
                annotation["/Contents"] = String(printed_address(uri))
            else:
                _lead(annotation, target, leads[target].words)
                if uri.startswith(NUMBER):
                    rect = sorted_rect([float(n) for n in annotation["/Rect"]])
                    title = leads[target].title
                    numbers.append(PrintedNumber(owner, index, rect, target, title))
    return numbers


def targets_of(part: Pdf) -> tuple[str, ...]:
    """What the links of a section lead to within the publication, each once, in order."""
    found: dict[str, None] = {}
    for page in part.pages:
        for annotation in page.obj.get("/Annots", ()):
            _, target = address_of(annotation)
            if target is not None:
                found[target] = None
    return tuple(found)


def address_of(annotation: Object) -> tuple[str, str | None]:
    """The address of a link, and what it leads to where that is in the publication."""
    action = annotation.get("/A")
    uri = "" if action is None else str(action.get("/URI", ""))
    scheme = next((one for one in (NUMBER, LINK) if uri.startswith(one)), None)
    return uri, unquote(uri.removeprefix(scheme)) if scheme else None


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
