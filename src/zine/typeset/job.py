"""The job: everything that decides the pages of one section, and the pages it gives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from zine.diagnostics import Finding


@dataclass(frozen=True)
class StyleSheet:
    """A style sheet by the name under which findings speak of it."""

    name: str
    css: str


@dataclass(frozen=True)
class Style:
    """What all sections of a publication share.

    Args:
        sheets: in cascade order.
        assets: URL → content, for the small drawings that style sheets refer to.
        files: URL → file, for fonts, images and what style sheets refer to.
        digests: digest of each of `files`, so that a changed file is a changed style.
    """

    sheets: tuple[StyleSheet, ...]
    assets: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """Digest of everything in the style; paths do not count, contents do."""
        digest = hashlib.sha256()
        for sheet in self.sheets:
            digest.update(f"{sheet.name}\0{sheet.css}\0".encode())
        for url in sorted(self.assets):
            digest.update(f"{url}\0".encode() + self.assets[url])
        for url in sorted(self.digests):
            digest.update(f"{url}\0{self.digests[url]}\0".encode())
        return digest.hexdigest()


@dataclass(frozen=True)
class Job:
    """One section to typeset.

    Args:
        key: the section's key.
        html: the whole document, rules of the section included.
        wanted: whether its pages are drawn, told from a section without them; None always draws.
            What does not is measured alone.
        neutral: whether it is set with neutral numbers, which are written over in its pages.
        first: its neutral first folio; None where its folios stay.
    """

    key: str
    html: str
    wanted: Callable[[Typeset], bool] | None = None
    neutral: bool = False
    first: int | None = None


@dataclass(frozen=True)
class Anchor:
    """Where an element with an id came to stand.

    Args:
        page: index from the section's first page.
        left, top, right, bottom: pt from the trim's top left corner.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Slot:
    """A number in the pages of a section that can be written over. All spans are bytes.

    Args:
        page: index from the section's first page.
        span: of its glyphs in the content of the page.
        font: resource name of its font.
        text: as set, a figure for each glyph.
        glyphs: as set, in hexadecimal.
        kern: what stands behind each glyph.
        target: link target whose folio it prints; "" prints the folio of its own page.
        link: index of its annotation.
        hangs: "left" or "right" where it stands outside the line at that edge, and may have fewer
            digits; else "".
        place: span of its x, for one that hangs.
        x: left edge of its box, CSS px.
        digit: width of a digit, CSS px.
    """

    page: int
    span: tuple[int, int]
    font: str
    text: str
    glyphs: tuple[str, ...]
    kern: str
    target: str = ""
    link: int = 0
    hangs: str = ""
    place: tuple[int, int] = (0, 0)
    x: float = 0.0
    digit: float = 0.0


@dataclass(frozen=True)
class Typeset:
    """The pages of a section.

    Args:
        pdf: the section as a PDF of its own; empty where it was measured alone.
        pages: number of pages.
        anchors: id → place.
        findings: what the typesetter complained of.
        slots: its neutral numbers; None where they cannot be written over.
        parents: entries of its parent tree (ISO 32000-1 §14.7.4.4); 0 where it has no tags.
        targets: what its links within the publication lead to, each once, in order.
        objects: how many its file has at most; 0 where that is not known.
        digest: of all that decided it; "" where that is not known.
    """

    key: str
    pdf: bytes
    pages: int
    anchors: Mapping[str, Anchor]
    findings: tuple[Finding, ...] = ()
    slots: tuple[Slot, ...] | None = ()
    parents: int = 0
    targets: tuple[str, ...] = ()
    objects: int = 0
    digest: str = ""
