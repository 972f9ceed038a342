"""The pages of a publication looked over, and each flaw led back to its file and line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from html import unescape
from pathlib import Path

from zine.compiler.publication import Section
from zine.content.files import shown_path
from zine.diagnostics import Finding, Place, warning
from zine.prove.glyphs import Alphabet
from zine.prove.quality import Flaw, PageSpec, flaws_of
from zine.prove.sight import Box
from zine.resources import Resources
from zine.settings import Settings
from zine.typeset.fonts import characters, faces
from zine.typeset.geometry import Geometry
from zine.typeset.pagemap import PageMap
from zine.typeset.views.desk import Desk
from zine.units import mm_to_pt

# Sections whose pages are composed as a whole; white space is part of them.
COMPOSED = frozenset({"cover", "title-page", "imprint", "chapter", "back-cover"})
_OWN_FACE = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';}]+)")
_FIND = 28  # letters and digits of a line by which its source is found


def look_over(pdf: bytes, desk: Desk, page_map: PageMap, styles: Resources) -> tuple[Finding, ...]:
    """What is to be mended on the pages of a bound publication, at file and line."""
    sections = desk.publication.sections
    specs = page_specs(sections, page_map, desk.geometry)
    owners: list[Section | None] = [None] * page_map.total
    for section, start, count in zip(sections, page_map.starts, page_map.counts, strict=True):
        owners[start : start + count] = [section] * count
    found = flaws_of(pdf, specs, alphabet_of(styles))
    return tuple(dict.fromkeys(_placed(flaw, owners[flaw.page], desk.settings) for flaw in found))


def page_specs(
    sections: Sequence[Section], page_map: PageMap, geometry: Geometry
) -> tuple[PageSpec, ...]:
    """What each page of a publication is; blanks between sections have no title."""
    areas = (_area(geometry, geometry.inner), _area(geometry, geometry.outer))
    specs = [PageSpec("", page_map.label(at), areas[at % 2]) for at in range(page_map.total)]
    for section, start, count in zip(sections, page_map.starts, page_map.counts, strict=True):
        for at in range(start, start + count):
            specs[at] = PageSpec(
                section.title,
                page_map.label(at),
                areas[at % 2],
                composed=section.kind in COMPOSED,
                alone=count == 1,
                last=count > 1 and at == start + count - 1,
            )
    return tuple(specs)


def _area(geometry: Geometry, left_mm: float) -> Box:
    """The type area where the margin at the left is `left_mm`."""
    left = mm_to_pt(left_mm)
    return Box(
        left,
        geometry.head,
        left + mm_to_pt(geometry.measure),
        geometry.head + geometry.block,
    )


def alphabet_of(styles: Resources) -> Alphabet:
    """The fonts that come with zine, and those that the project's style sheets bring."""
    own = {
        match[1].strip(): None
        for name in styles.names(".css")
        if (path := styles.find(name))
        for match in _OWN_FACE.finditer(path.read_text(encoding="utf-8"))
    }
    return Alphabet(own | {face.family: characters(face.family) for face in faces()})


def _placed(flaw: Flaw, section: Section | None, settings: Settings) -> Finding:
    path = source_of(section, settings)
    shown = shown_path(path, settings.root)
    return warning(flaw.code, flaw.message, Place.of(shown, line_of(path, flaw.words)), flaw.hint)


def source_of(section: Section | None, settings: Settings) -> Path:
    """The file that a section's words come from."""
    if section is None:
        return settings.path
    if section.entry:
        return section.entry.path
    return section.text or (section.chapter and section.chapter.introduction) or settings.path


def line_of(path: Path, words: str) -> int | None:
    """The line of a file on which words stand, however they are marked up there; else None."""
    if not words.strip():
        return None
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    if len(words) == 1 and not words.isalnum():
        return next((at for at, line in enumerate(lines, 1) if words in unescape(line)), None)
    wanted = _letters(words)[:_FIND]
    starts, whole = [], ""
    for line in lines:
        starts.append(len(whole))
        whole += _letters(unescape(line))
    at = whole.find(wanted) if wanted else -1
    return bisect_right(starts, at) if at >= 0 else None


def _letters(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())
