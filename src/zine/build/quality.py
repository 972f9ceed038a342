"""The pages of a publication looked over, and each flaw led back to its file and line.

Workers look at the pages of each section before it is bound, with the neutral numbers that it was
set with: true ones have no more figures. What is once found without flaw is not looked at again;
where there are flaws, the bound pages with their true numbers decide.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from html import unescape
from pathlib import Path

from zine.bind.digits import numbers_of
from zine.compiler.publication import Matter, Section, entry_key
from zine.content.entry import Entry
from zine.content.files import shown_path
from zine.diagnostics import Finding, Place, warning
from zine.memory import keep, key_of, recalled
from zine.project import Project
from zine.prove.glyphs import Alphabet
from zine.prove.quality import Flaw, PageSpec, flaws_of
from zine.prove.sight import Box
from zine.resources import Resources
from zine.settings import Settings
from zine.typeset.fonts import characters, faces
from zine.typeset.geometry import Geometry
from zine.typeset.pagemap import PageMap
from zine.typeset.pagination import Paged
from zine.typeset.views.desk import Desk
from zine.typeset.workers import answer, ask
from zine.units import mm_to_pt

# Sections whose pages are composed as a whole; white space is part of them.
COMPOSED = frozenset({"cover", "title-page", "imprint", "chapter", "back-cover"})
OPENER = 2  # pages of a chapter's opener; what follows is running text
_FEET = 9.0  # pt below the type area of a piece, where its feet begin
_ANYWHERE = Box(0.0, 0.0, 1e6, 1e6)
_OWN_FACE = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';}]+)")
_CLEAN, _FLAWS = "clean", "flaws"
_AT_ONCE = 16  # pages
_FIND = 28  # letters and digits of a line by which its source is found


class LookOver:
    """The pages of one publication, looked over by workers while they are bound.

    Args:
        alphabet: the fonts of the book.
        workers: who look.
    """

    def __init__(self, desk: Desk, paged: Paged, alphabet: Alphabet, workers: Executor) -> None:
        self._desk = desk
        self._paged = paged
        self._page_map = paged.page_map
        self._alphabet = alphabet
        self._workers = workers
        specs = page_specs(
            desk.publication.sections, paged.page_map, desk.geometry, rtl=desk.settings.rtl
        )
        self._specs = [
            specs[start : start + count]
            for start, count in zip(paged.page_map.starts, paged.page_map.counts, strict=True)
        ]
        # The pages of a section as set, and what they are wherever they stand.
        bare = [
            (made.pdf, tuple(replace(spec, label="") for spec in own))
            for made, own in zip(paged.sections, self._specs, strict=True)
        ]
        self._keys = [
            key_of(_CLEAN, alphabet.digest, hashlib.sha256(pdf).hexdigest(), own)
            for pdf, own in bare
        ]
        self._unknown = [at for at, key in enumerate(self._keys) if recalled(key) != _CLEAN]
        self._bare = bare
        self._asked: list[tuple[list[int], Future[list[bool]]]] = []

    def ask(self) -> None:
        """Have the workers look at what is not known to be without flaw.

        Raises:
            ZineError: all workers were lost.
        """
        self._asked = [
            (chunk, ask(self._workers, _clean, [self._bare[at] for at in chunk], self._alphabet))
            for chunk in _chunks(self._unknown, self._specs)
        ]

    def findings(self, bound: bytes) -> tuple[Finding, ...]:
        """What is to be mended, at file and line.

        Args:
            bound: the publication with its true numbers.

        Raises:
            ZineError: a worker was lost.
        """
        flawed = set(self._unknown)
        for chunk, future in self._asked:
            verdicts = answer(future)
            for at, clean in zip(chunk, verdicts, strict=True):
                if clean:
                    keep(self._keys[at], _CLEAN)
                    flawed.discard(at)
        sections, settings = self._desk.publication.sections, self._desk.settings
        return tuple(
            dict.fromkeys(
                _placed(flaw, sections[at], settings)
                for at, flaws in sorted(self._flaws(flawed, bound).items())
                for flaw in flaws
            )
        )

    def _flaws(self, sections: Iterable[int], bound: bytes) -> dict[int, list[Flaw]]:
        """What is wrong in these sections; what was found when they last stood so is known."""
        keys = {at: self._bound_key(at) for at in sections}
        found = {at: _read_flaws(recalled(key)) for at, key in keys.items()}
        specs: list[PageSpec | None] = [None] * self._page_map.total
        owners: dict[int, int] = {}
        for at in [at for at, flaws in found.items() if flaws is None]:
            start, own = self._page_map.starts[at], self._specs[at]
            specs[start : start + len(own)] = own
            owners |= dict.fromkeys(range(start, start + len(own)), at)
        made: dict[int, list[Flaw]] = {at: [] for at in owners.values()}
        if owners:
            for flaw in answer(ask(self._workers, flaws_of, bound, specs, self._alphabet)):
                made[owners[flaw.page]].append(flaw)
        for at, flaws in made.items():
            keep(keys[at], json.dumps([list(vars(flaw).values()) for flaw in flaws]))
        return {at: flaws or [] for at, flaws in found.items()} | made

    def _bound_key(self, at: int) -> str:
        """What decides the bound pages of a section."""
        paged, start = self._paged, self._page_map.starts[at]
        rows = paged.rows[at] if paged.rows else {}
        numbers = numbers_of(rows, self._page_map.folios, self._page_map.number(start))
        written = [one.number for one in numbers]
        return key_of(_FLAWS, self._keys[at], self._specs[at], start, written)


def _read_flaws(kept: str | None) -> list[Flaw] | None:
    """Flaws that were remembered; None where they were not."""
    try:
        return [Flaw(*parts) for parts in json.loads(kept)] if kept else None
    except (ValueError, TypeError):
        return None


def _clean(sections: Sequence[tuple[bytes, Sequence[PageSpec]]], alphabet: Alphabet) -> list[bool]:
    """Which sections have no flaw."""
    return [not flaws_of(pdf, specs, alphabet) for pdf, specs in sections]


def _chunks(sections: Sequence[int], specs: Sequence[Sequence[PageSpec]]) -> Iterator[list[int]]:
    """Sections that are looked at in one call, for a call has a price."""
    chunk: list[int] = []
    pages = 0
    for at in sections:
        chunk.append(at)
        pages += len(specs[at])
        if pages >= _AT_ONCE:
            yield chunk
            chunk, pages = [], 0
    if chunk:
        yield chunk


def look_over_piece(
    pdf: bytes, entry: Entry, areas: Sequence[Box | None], project: Project, alphabet: Alphabet
) -> tuple[Finding, ...]:
    """What is to be mended on the pages of a handout, a card or a mini zine of an entry.

    White space is part of them: lines for notes, panels for handwriting.

    Args:
        areas: of each page, in pt; None where it is composed as a whole.
        alphabet: the fonts of the book.
    """
    rtl = project.settings.rtl
    specs = [
        PageSpec(
            entry.title, str(at), area or _ANYWHERE, area is None, alone=True, line=_FEET, rtl=rtl
        )
        for at, area in enumerate(areas, 1)
    ]
    section = Section(entry_key(entry), "entry", entry.title, Matter.BODY, entry=entry)
    notes = project.words.notes  # a head over lines for handwriting
    found = (
        flaw
        for flaw in flaws_of(pdf, specs, alphabet)
        if (flaw.code, flaw.words.strip()) != ("heading-last", notes)
    )
    return tuple(dict.fromkeys(_placed(flaw, section, project.settings) for flaw in found))


def page_specs(
    sections: Sequence[Section], page_map: PageMap, geometry: Geometry, *, rtl: bool = False
) -> tuple[PageSpec, ...]:
    """What each page of a publication is; blanks between sections have no title."""
    areas = (_area(geometry, geometry.inner), _area(geometry, geometry.outer))
    if rtl:  # versos lie on the right
        areas = areas[::-1]
    specs = [PageSpec("", page_map.label(at), areas[at % 2]) for at in range(page_map.total)]
    for section, start, count in zip(sections, page_map.starts, page_map.counts, strict=True):
        for at in range(start, start + count):
            specs[at] = PageSpec(
                section.title,
                page_map.label(at),
                areas[at % 2],
                composed=section.kind in COMPOSED and at < start + OPENER,
                alone=count == 1,
                last=count > 1 and at == start + count - 1,
                line=geometry.line,
                rtl=rtl,
                titled=at == start and section.entry is not None and not section.entry.lead,
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
