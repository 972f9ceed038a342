"""Sections: a selection of the library in the order in which it is bound."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from zine.compiler.chapters import make_chapters, only_fresh
from zine.compiler.naming import FixedWords
from zine.compiler.parts import Part, as_chapters, select, select_all, stem_of
from zine.compiler.publication import Chapter, Matter, Publication, Section, Side, entry_key
from zine.compiler.selection import SelectBy, Selection
from zine.content.entry import Entry
from zine.content.library import Library
from zine.content.texts import read_text
from zine.diagnostics import Finding, Place, UsageError, errors_among
from zine.settings import MatterSpec, Settings, Starts

# Sides of front and back matter; what is missing takes the next page.
_SIDES = {
    "cover": Side.RECTO,
    "imprint": Side.VERSO,
    "title-page": Side.RECTO,
    "back-cover": Side.VERSO,
}
_NO_FOLIO = {"cover", "imprint", "title-page", "back-cover"}

__all__ = ["FixedWords", "compile_publication"]


def compile_publication(
    selection: Selection, library: Library, settings: Settings, words: FixedWords
) -> tuple[Publication, tuple[Finding, ...]]:
    """The publication that a selection asks for, and what was noticed on the way.

    Raises:
        UsageError: no chapter, value or entry has the name asked for.
    """
    chapters, findings = make_chapters(library, settings, words.no_value)
    if errors_among(findings):
        raise UsageError(findings)
    if selection.by is SelectBy.BOOK:
        sections = _whole_book(library, settings, chapters, words)
        return _publication(settings.slug, settings.title, chapters, sections, whole=True), findings
    if selection.by is SelectBy.TOGETHER:
        parts = select_all(selection.parts, library, settings, words, chapters)
        stem = stem_of([part.name for part in parts])
        title = " + ".join(part.title for part in parts)
        bound = _renumbered([chapter for part in parts for chapter in as_chapters(part, settings)])
        sections = _booklet(settings, bound, words, openers=True)
        return _publication(stem, title, bound, sections, looks=parts), findings
    part = select(selection, library, settings, words, chapters)
    sections = _booklet(settings, part.chapters, words, openers=False)
    return _publication(part.name, part.title, part.chapters, sections, looks=[part]), findings


def _publication(
    name: str,
    title: str,
    chapters: tuple[Chapter, ...],
    sections: list[Section],
    *,
    whole: bool = False,
    looks: list[Part] | None = None,
) -> Publication:
    look = looks[0].look if looks and len(looks) == 1 else None
    inside = frozenset(section.entry.slug for section in sections if section.entry)
    bound: dict[str, Section] = {}
    for section in sections:
        # Two texts of one file name, or two shared sections of credits, would have one key.
        key = _free(section.key, bound)
        bound[key] = section if key == section.key else replace(section, key=key)
    return Publication(name, title, whole, tuple(bound.values()), chapters, look, inside)


def _side(settings: Settings) -> Side:
    return {Starts.VERSO: Side.VERSO, Starts.RECTO: Side.RECTO}.get(settings.starts, Side.ANY)


def _whole_book(
    library: Library, settings: Settings, chapters: tuple[Chapter, ...], words: FixedWords
) -> list[Section]:
    entries = [entry for chapter in chapters for entry in chapter.entries]
    empty = _empty_kinds(entries, library)
    sections = _matters(settings.front, settings, words, Matter.FRONT, empty)
    for chapter in chapters:
        sections += _chapter(chapter, settings, opener=True)
    return sections + _matters(settings.back, settings, words, Matter.BACK, empty)


def _empty_kinds(entries: Iterable[Entry], library: Library) -> frozenset[str]:
    """Kinds of back matter that would print a head and nothing under it."""
    listed = list(entries)
    filled = {
        "index-by-value": any(library.values_of(entry) for entry in listed),
        "index-by-tag": any(entry.tags for entry in listed),
        "contributors": any(entry.contributors for entry in listed),
    }
    return frozenset(kind for kind, full in filled.items() if not full)


def _matters(
    specs: Iterable[MatterSpec],
    settings: Settings,
    words: FixedWords,
    matter: Matter,
    empty: frozenset[str],
) -> list[Section]:
    sections = []
    for spec in specs:
        kinds = tuple(kind for kind in spec.kinds if kind not in empty)
        if kinds:
            sections.append(_matter(replace(spec, kinds=kinds), settings, words, matter))
    return sections


def _booklet(
    settings: Settings, chapters: tuple[Chapter, ...], words: FixedWords, *, openers: bool
) -> list[Section]:
    """A part of the book: cover, imprint, contents on the first spread, entries, credits."""
    place = Place.of(settings.path)
    front = [
        _matter(MatterSpec((kind,), place), settings, words, Matter.FRONT)
        for kind in ("cover", "imprint", "contents")
    ]
    front[-1] = replace(front[-1], side=Side.ANY)
    body: list[Section] = []
    for chapter in chapters:
        body += _chapter(chapter, settings, opener=openers)
    closing = MatterSpec(("contributors", "image-credits", "colophon"), place)
    back = [
        _matter(closing, settings, words, Matter.BACK),
        _matter(MatterSpec(("back-cover",), place), settings, words, Matter.BACK),
    ]
    return [*front, *body, *back]


def _matter(spec: MatterSpec, settings: Settings, words: FixedWords, matter: Matter) -> Section:
    kind = spec.kinds[0]
    if kind == "text":
        assert spec.text is not None
        title = spec.title or read_text(spec.text, settings.root, settings.language).title
        key = f"text-{spec.text.stem}"
        return Section(key, "text", title, matter, _side(settings), text=spec.text)
    if len(spec.kinds) > 1 and not kind.startswith("index-"):
        title = words.contributors_and_credits
        return Section("credits", "credits", title, matter, kinds=spec.kinds)
    side = _SIDES.get(kind, _side(settings) if kind == "contents" else Side.ANY)
    if kind.startswith("index-"):
        side = _side(settings) if kind == "index-by-value" else Side.ANY
        shared = len(spec.kinds) > 1
        title = words.indexes if shared else words.of(kind)
        return Section(
            "indexes" if shared else kind, "index", title, matter, side, kinds=spec.kinds
        )
    if kind in ("contributors", "image-credits", "colophon"):
        return Section(kind, "credits", words.of(kind), matter, kinds=spec.kinds)
    return Section(
        kind,
        kind,
        words.of(kind),
        matter,
        side,
        folios=kind not in _NO_FOLIO,
        listed=kind not in _NO_FOLIO and kind != "contents",
    )


def _chapter(chapter: Chapter, settings: Settings, *, opener: bool) -> list[Section]:
    side = _side(settings)
    sections: list[Section] = []
    if opener:
        key = f"chapter-{chapter.id}"
        sections.append(Section(key, "chapter", chapter.title, Matter.BODY, side, chapter=chapter))
    level = 2 if opener else 1
    if not chapter.groups:
        return sections + [_entry(entry, chapter, side, level) for entry in chapter.entries]
    for group in chapter.groups:
        stem = group.value.slug if group.value else "neutral"
        head = Section(
            f"group-{chapter.id}-{stem}",
            "group",
            group.title,
            Matter.BODY,
            side,
            level,
            chapter=chapter,
            group=group,
        )
        sections.append(head)
        sections += [_entry(entry, chapter, side, level + 1) for entry in group.entries]
    return sections


def _entry(entry: Entry, chapter: Chapter, side: Side, level: int) -> Section:
    return Section(
        entry_key(entry),
        "entry",
        entry.title,
        Matter.BODY,
        side,
        level,
        entry=entry,
        chapter=chapter,
    )


def _renumbered(chapters: list[Chapter]) -> tuple[Chapter, ...]:
    """Chapters of a new publication: each entry printed once, tabs counted afresh."""
    printed: set[str] = set()
    kept: dict[str, Chapter] = {}
    for chapter in chapters:
        fresh = only_fresh(chapter, printed)
        if fresh.entries:
            name = _free(chapter.id, kept)
            kept[name] = replace(fresh, id=name, place_index=len(kept))
    return tuple(kept.values())


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or the name with the first number that nobody has."""
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 2)))
    return next(one for one in names if one not in taken)
