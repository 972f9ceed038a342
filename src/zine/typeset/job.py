"""The job: everything that decides the pages of one section, and the pages it gives."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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
    """

    key: str
    html: str


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
class Typeset:
    """The pages of a section.

    Args:
        pdf: the section as a PDF of its own.
        pages: number of pages.
        anchors: id → place.
        findings: what the typesetter complained of.
    """

    key: str
    pdf: bytes
    pages: int
    anchors: Mapping[str, Anchor]
    findings: tuple[Finding, ...] = ()
