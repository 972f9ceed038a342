"""The page map: where sections stand, and the folio of every page and link target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from zine.compiler.publication import Matter, Section, Side
from zine.settings import Numbering

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """A number from 1 in lower-case roman numerals."""
    digits = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        digits += letters * count
    return digits


@dataclass(frozen=True)
class PageMap:
    """Where everything stands.

    Args:
        starts: first page index of each section, in order; index 0 is a recto.
        counts: pages of each section, in the same order.
        targets: link target → page index.
        body_start: page index from which folios are arabic; 0 where all are.
        body_folio: folio of that page.
    """

    starts: tuple[int, ...]
    counts: tuple[int, ...]
    targets: Mapping[str, int] = field(default_factory=dict)
    body_start: int = 0
    body_folio: int = 1

    @property
    def total(self) -> int:
        """Number of pages, blanks between sections included."""
        return self.starts[-1] + self.counts[-1] if self.starts else 0

    def is_roman(self, index: int) -> bool:
        """Whether the page's folio is a roman numeral."""
        return index < self.body_start

    def number(self, index: int) -> int:
        """The folio of a page as a number."""
        if self.is_roman(index):
            return index + 1
        return index - self.body_start + self.body_folio

    def label(self, index: int) -> str:
        """The folio of a page as it prints."""
        number = self.number(index)
        return roman(number) if self.is_roman(index) else str(number)

    @cached_property
    def folios(self) -> Mapping[str, str]:
        """Link target → folio as it prints."""
        return {target: self.label(index) for target, index in self.targets.items()}

    @property
    def blanks(self) -> tuple[int, ...]:
        """Indexes of the pages between sections."""
        used = {s + i for s, n in zip(self.starts, self.counts, strict=True) for i in range(n)}
        return tuple(index for index in range(self.total) if index not in used)


def place_sections(
    sections: Sequence[Section],
    counts: Sequence[int],
    numbering: Numbering,
    targets: Sequence[Mapping[str, int]] = (),
) -> PageMap:
    """The page map of sections that take so many pages each.

    A section that starts on a verso or recto leaves a blank before it where the side is wrong.
    With roman front matter the first page of the body is 1, or 2 where it is a verso, so that
    odd folios stay on rectos.

    Args:
        sections: in reading order.
        counts: pages of each.
        numbering: arabic throughout, or roman before the body.
        targets: for each section, id → page index within the section.
    """
    starts: list[int] = []
    places: dict[str, int] = {}
    index = 0
    body_start: int | None = None
    for position, (section, count) in enumerate(zip(sections, counts, strict=True)):
        verso = index % 2 == 1
        index += (section.side is Side.VERSO and not verso) or (
            section.side is Side.RECTO and verso
        )
        if body_start is None and section.matter is not Matter.FRONT:
            body_start = index
        starts.append(index)
        places[section.key] = index
        if position < len(targets):
            for target, page in targets[position].items():
                places[target] = index + page
        index += count
    if numbering is Numbering.ARABIC or body_start is None:
        return PageMap(tuple(starts), tuple(counts), places)
    return PageMap(tuple(starts), tuple(counts), places, body_start, 1 + body_start % 2)
