"""Neutral numbers: sections are set with figures that stand for any, and keep their pages.

A page number that is the whole text of a link to it ("zine-n:") is set as zeros, as many as it has
digits; one that hangs at an edge outside the line always as four figures. The first folio becomes
the lowest with as many digits on the same side. What is set then depends on the page map no more
than a reader sees, and the true figures are written over the neutral ones when pages are bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from zine.typeset.fonts import faces
from zine.typeset.job import Job, Slot, Style, Typeset

LEFT, RIGHT = "left", "right"
NEUTRAL = {"": "0", RIGHT: "1", LEFT: "8"}
"""How a number hangs → the figure it is set as."""
HUNG_DIGITS = 4
FIGURES = "_figures"
"""Key of the section that shows the figures of all faces."""

_NUMBER = re.compile(r'(<a\b[^>]*?\bhref="zine-n:[^"]*"[^>]*>)([0-9]*)(</a>)')
_SET = re.compile(r'<a\b[^>]*?\bhref="zine-n:[^"]*"[^>]*>[0-9]+</a>')
_HANGS = re.compile(r'\s+data-hangs="(left|right)"')
_FIRST = re.compile(r"(counter-reset:page )([0-9]+)")
_RUN = re.compile(r'data-(?:run|note)="([^"]*)"')
_COUNTER = re.compile(r"counters?\(\s*page\b")
_PLAIN = re.compile(r"counter\(\s*page\s*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MARGIN_BOX = re.compile(r"@(?:top|bottom|left|right)-[a-z-]+\s*\{([^{}]*)\}")
_ESCAPE = re.compile(r"\\[0-9a-fA-F]{1,6}\s?")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_MENTIONED = re.compile(r"\.n\b(?![\w-])")


@dataclass(frozen=True)
class Numbers:
    """How the numbers of one style are made neutral.

    Args:
        folios: whether folios may be written over: the style sheets print the counter of pages in
            margin boxes, as it is, and beside it no figures of their own.
        hanging: whether numbers that layouts mark as hanging do: no style sheet of the project's
            own speaks of them.
    """

    folios: bool
    hanging: bool

    @classmethod
    def of(cls, style: Style, own: Iterable[str], *, mirrored: bool = False) -> Numbers:
        """What a style allows.

        Args:
            own: names of the style sheets that are the project's own.
            mirrored: whether left and right are changed over, so that no layout knows the edge.
        """
        named = frozenset(own)
        folios = all(_prints_plain_folios(sheet.css) for sheet in style.sheets)
        hanging = not mirrored and not any(
            sheet.name in named and _MENTIONED.search(_COMMENT.sub("", sheet.css))
            for sheet in style.sheets
        )
        return cls(folios, hanging)

    def job(self, job: Job, pages: int) -> Job:
        """A job with neutral numbers.

        Args:
            pages: how many it is thought to take.
        """
        html = _NUMBER.sub(self._neutral, job.html)
        found = _FIRST.search(html)
        first = None
        if found and self.folios and not _COUNTER.search(html):
            first = _lowest(int(found[2]), pages)
        if first is not None and _like_folios(html, first, pages):
            first = None
        if first is not None:
            html = _FIRST.sub(rf"\g<1>{first}", html)
        return replace(job, html=html, neutral=True, first=first)

    def _neutral(self, match: re.Match[str]) -> str:
        hangs = _HANGS.search(match[1]) if self.hanging else None
        if hangs and len(match[2]) <= HUNG_DIGITS:
            # With this class it is given the width of its figures (`pagecss`): to find out how wide
            # a box is that stands outside the line, it would be set one time more.
            start = match[1].replace(hangs[0], "").replace('class="', f'class="hung-{hangs[1]} ', 1)
            return start + NEUTRAL[hangs[1]] * HUNG_DIGITS + match[3]
        return match[1] + NEUTRAL[""] * len(match[2]) + match[3]


def count_numbers(html: str) -> int:
    """How many numbers a job has that are the whole text of a link."""
    return len(_SET.findall(html))


def _like_folios(html: str, first: int, pages: int) -> bool:
    """Whether the foot of a page prints a number that might be taken for a neutral folio."""
    running = " ".join(_RUN.findall(html))
    return any(first <= int(found) <= first + 2 * pages for found in re.findall("[0-9]+", running))


def _lowest(first: int, pages: int) -> int | None:
    """The lowest folio on the same side from which all pages have as many digits as they have."""
    digits = len(str(first))
    if len(str(first + max(pages, 1) - 1)) != digits:
        return None
    low = int("1".ljust(digits, "0"))
    return low + (first - low) % 2


def _prints_plain_folios(css: str) -> bool:
    css = _COMMENT.sub("", css)
    for box in _MARGIN_BOX.findall(css):
        words = "".join(_STRING.findall(_ESCAPE.sub("", box)))
        if re.search("[0-9]", words):
            return False
    return not _COUNTER.search(_PLAIN.sub("", css)) and not _COUNTER.search(
        _MARGIN_BOX.sub("", css)
    )


SIDES = ("\u2003", " ")
"""What may stand beside a folio."""
_VARIANTS = ("lining-nums tabular-nums", "tabular-nums", "oldstyle-nums tabular-nums")


def figure_lines() -> tuple[str, ...]:
    """The lines that show each figure beside every other, and beside what a folio may have."""
    every = "".join(f"{a}{b}" for a in range(10) for b in range(10))
    return every, *(side + side.join("0123456789") + side for side in SIDES)


def figures_job() -> Job:
    """A section that shows the figures of all faces, from which they are taken."""
    lines = []
    for face in faces():
        italic = "italic" if face.italic else "normal"
        for variant in _VARIANTS:
            style = (
                f"font:{italic} {face.weight} 12px '{face.family}';font-variant-numeric:{variant};"
                "white-space:pre;margin:0;text-indent:0;letter-spacing:0;hyphens:manual"
            )
            lines += [f'<p style="{style}">{line}</p>' for line in figure_lines()]
    body = "\n".join(lines)
    html = f"<!DOCTYPE html><html><head><title>0</title></head><body>{body}</body></html>"
    return Job(FIGURES, html, neutral=True)


def rows_for(section: Typeset, figures: Typeset | None) -> Mapping[Slot, tuple[str, ...]] | None:
    """Slot → the glyphs of the ten figures in its font.

    Returns:
        None where the numbers of a section cannot be written over.
    """
    if section.slots is None:
        return None
    rows: dict[Slot, tuple[str, ...]] = {}
    if not section.slots:
        return rows
    if figures is None or figures.slots is None:
        return None
    for slot in section.slots:
        found = next((row.glyphs for row in figures.slots if _fits(slot, row)), None)
        if found is None:
            return None
        rows[slot] = found
    return rows


def _fits(slot: Slot, row: Slot) -> bool:
    pairs = zip(slot.text, slot.glyphs, strict=True)
    return row.font == slot.font and all(row.glyphs[int(text)] == glyph for text, glyph in pairs)
