"""Sections: a selection of the library in the order in which it is bound."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zine.compiler.chapters import make_chapters, sort_entries
from zine.compiler.publication import Chapter, Matter, Publication, Section, Side, entry_key
from zine.compiler.selection import SelectBy, Selection
from zine.content.entry import Entry, EntryType
from zine.content.library import Library, fold
from zine.content.texts import read_text
from zine.diagnostics import Finding, UsageError, did_you_mean, error, errors_among
from zine.settings import MatterSpec, Settings, Starts

# Sides of front and back matter; what is missing takes the next page.
_SIDES = {
    "cover": Side.RECTO,
    "imprint": Side.VERSO,
    "title-page": Side.RECTO,
    "back-cover": Side.VERSO,
}
_NO_FOLIO = {"cover", "imprint", "title-page", "back-cover"}
_MAX_STEM = 60
NAMED_MOST = 3  # titles that the cover of a hand-picked booklet names


@dataclass(frozen=True)
class FixedWords:
    """The words that sections are named with, in the language of the book."""

    contents: str
    imprint: str
    title_page: str
    cover: str
    back_cover: str
    index_by_value: str
    index_by_tag: str
    contributors: str
    image_credits: str
    colophon: str
    no_value: str
    selection: str
    contributors_and_credits: str
    indexes: str
    conjunction: str

    def of(self, kind: str) -> str:
        """The title of a section of that kind."""
        return str(getattr(self, kind.replace("-", "_")))


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
        sections = _whole_book(settings, chapters, words)
        return _publication(settings.slug, settings.title, chapters, sections, whole=True), findings
    if selection.by is SelectBy.TOGETHER:
        parts = [_select(part, library, settings, words, chapters) for part in selection.parts]
        stem = _stem([part.name for part in parts])
        title = " + ".join(part.title for part in parts)
        bound = _renumbered([chapter for part in parts for chapter in part.chapters])
        sections = _booklet(settings, bound, words, openers=True)
        return _publication(stem, title, bound, sections, looks=parts), findings
    part = _select(selection, library, settings, words, chapters)
    sections = _booklet(settings, part.chapters, words, openers=False)
    return _publication(part.name, part.title, part.chapters, sections, looks=[part]), findings


@dataclass(frozen=True)
class _Part:
    name: str
    title: str
    chapters: tuple[Chapter, ...]
    look: EntryType | None


def _publication(
    name: str,
    title: str,
    chapters: tuple[Chapter, ...],
    sections: list[Section],
    *,
    whole: bool = False,
    looks: list[_Part] | None = None,
) -> Publication:
    look = looks[0].look if looks and len(looks) == 1 else None
    inside = frozenset(section.entry.slug for section in sections if section.entry)
    return Publication(name, title, whole, tuple(sections), chapters, look, inside)


def _side(settings: Settings) -> Side:
    return {Starts.VERSO: Side.VERSO, Starts.RECTO: Side.RECTO}.get(settings.starts, Side.ANY)


def _whole_book(
    settings: Settings, chapters: tuple[Chapter, ...], words: FixedWords
) -> list[Section]:
    sections = [_matter(spec, settings, words, Matter.FRONT) for spec in settings.front]
    for chapter in chapters:
        sections += _chapter(chapter, settings, opener=True)
    return sections + [_matter(spec, settings, words, Matter.BACK) for spec in settings.back]


def _booklet(
    settings: Settings, chapters: tuple[Chapter, ...], words: FixedWords, *, openers: bool
) -> list[Section]:
    """A part of the book: cover, imprint, contents on the first spread, entries, credits."""
    place = settings.chapters[0].place if settings.chapters else None
    assert place is not None
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
        title = spec.title or read_text(spec.text).title
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
        return Section("indexes" if shared else kind, "index", title, matter, side, kinds=spec.kinds)
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
        sections.append(
            Section(key, "chapter", chapter.title, Matter.BODY, side, chapter=chapter)
        )
    level = 2 if opener else 1
    groups = {group.entries[0].slug: group for group in chapter.groups if group.entries}
    for entry in chapter.entries:
        if group := groups.get(entry.slug):
            stem = group.value.slug if group.value else "neutral"
            sections.append(
                Section(
                    f"group-{chapter.id}-{stem}",
                    "group",
                    group.title,
                    Matter.BODY,
                    side,
                    level,
                    chapter=chapter,
                    group=group,
                )
            )
        sections.append(
            Section(
                entry_key(entry),
                "entry",
                entry.title,
                Matter.BODY,
                side,
                level + bool(groups),
                entry=entry,
                chapter=chapter,
            )
        )
    return sections


def _renumbered(chapters: list[Chapter]) -> tuple[Chapter, ...]:
    """Chapters of a new publication: each entry printed once, tabs counted afresh."""
    printed: set[str] = set()
    kept: list[Chapter] = []
    for chapter in chapters:
        fresh = tuple(entry for entry in chapter.entries if entry.slug not in printed)
        again = tuple(entry for entry in chapter.entries if entry.slug in printed)
        printed |= {entry.slug for entry in fresh}
        if fresh:
            index = len(kept)
            also = (*chapter.see_also, *again)
            kept.append(replace(chapter, entries=fresh, see_also=also, place_index=index))
    return tuple(kept)


def _select(
    selection: Selection,
    library: Library,
    settings: Settings,
    words: FixedWords,
    chapters: tuple[Chapter, ...],
) -> _Part:
    if selection.by is SelectBy.CHAPTER:
        chapter = find_chapter(selection.names[0], chapters)
        return _Part(chapter.id, chapter.title, (replace(chapter, place_index=0),), chapter.look)
    if selection.by is SelectBy.VALUE:
        value = find_entry(selection.names[0], library, of_type="value")
        entries = [value, *library.members_of(value)]
        look = settings.type_of(value.type)
        return _Part(value.slug, value.title, _by_type(entries, settings), look)
    entries = [find_entry(name, library) for name in selection.names]
    stem = "selection-" + _stem([entry.slug for entry in entries])
    titles = [entry.title for entry in entries]
    named = len(titles) <= NAMED_MOST
    title = enumerated(titles, words.conjunction) if named else words.selection
    made = _by_type(list(dict.fromkeys(entries)), settings, keep_order=True)
    looks = {entry.type for entry in entries}
    return _Part(stem, title, made, settings.type_of(looks.pop()) if len(looks) == 1 else None)


def _by_type(
    entries: list[Entry], settings: Settings, *, keep_order: bool = False
) -> tuple[Chapter, ...]:
    order = "given" if keep_order else "title"
    made = []
    for entry_type in settings.types:
        own = [entry for entry in entries if entry.type == entry_type.id]
        if own:
            chosen = sort_entries(own, order, settings.language)
            title = entry_type.plural
            made.append(
                Chapter(entry_type.folder, title, entry_type, chosen, place_index=len(made))
            )
    return tuple(made)


def enumerated(parts: list[str], conjunction: str) -> str:
    """Parts as they are said: "7 values, 7 theories and 4 stories"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def find_chapter(name: str, chapters: tuple[Chapter, ...]) -> Chapter:
    """A chapter by its id, its title or its type's plural, in any case.

    Raises:
        UsageError: there is none; the hint has the nearest names.
    """
    wanted = fold(name)
    for chapter in chapters:
        if wanted in (fold(chapter.id), fold(chapter.title), fold(chapter.look.plural)):
            return chapter
    known = [chapter.id for chapter in chapters]
    message = f"the book has no chapter “{name}”"
    raise UsageError([error("chapter-unknown", message, hint=did_you_mean(name, known))])


def find_entry(name: str, library: Library, of_type: str = "") -> Entry:
    """An entry by title, alias or slug.

    Raises:
        UsageError: there is none (of that type); the hint has the nearest titles.
    """
    entry = library.resolve(name)
    if entry is not None and of_type in ("", entry.type):
        return entry
    known = [e.title for e in library.entries if of_type in ("", e.type)]
    what = of_type or "entry"
    message = f"there is no {what} “{name}”"
    raise UsageError([error(f"{what}-unknown", message, hint=did_you_mean(name, known))])


def _stem(names: list[str]) -> str:
    stem = "-".join(names)
    return stem if len(stem) <= _MAX_STEM else f"{names[0][:40]}-and-{len(names) - 1}-more"
