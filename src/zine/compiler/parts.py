"""Parts: what the names of a selection stand for, as chapters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from zine.compiler.chapters import GIVEN, VALUE, sort_entries, unique
from zine.compiler.naming import FixedWords
from zine.compiler.publication import Chapter
from zine.compiler.selection import SelectBy, Selection
from zine.content.entry import Entry, EntryType
from zine.content.library import Library, fold
from zine.diagnostics import Finding, UsageError, did_you_mean, error
from zine.settings import Settings

NAMED_MOST = 3  # titles that the cover of a hand-picked booklet names
_MAX_STEM = 60
_ENTRIES_HINT = 'name entries by their titles: --entries "Horizontalism,Timebanking"'


Asked = TypeVar("Asked")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Part:
    """What one selection stands for.

    Args:
        name: stem of the output file.
        title: title on the cover.
        chapters: the entries, by type unless it is a chapter of the book.
        look: type that colours the cover; None where the entries are of several.
        whole_chapter: whether it is a chapter of the book.
    """

    name: str
    title: str
    chapters: tuple[Chapter, ...]
    look: EntryType | None
    whole_chapter: bool = False


def select(
    selection: Selection,
    library: Library,
    settings: Settings,
    words: FixedWords,
    chapters: tuple[Chapter, ...],
) -> Part:
    """The chapter, the value or the entries that a selection names.

    Args:
        selection: by chapter, value or entries.
        library: the entries.
        settings: the types and the language.
        words: title of a booklet of many entries.
        chapters: those of the book.

    Raises:
        UsageError: names that are not there, all of them.
    """
    if selection.by is SelectBy.CHAPTER:
        chapter = replace(find_chapter(selection.names[0], chapters), place_index=0)
        return Part(chapter.id, chapter.title, (chapter,), chapter.look, whole_chapter=True)
    if selection.by is SelectBy.VALUE:
        value = find_entry(selection.names[0], library, of_type=VALUE)
        entries = [value, *library.members_of(value)]
        look = settings.type_of(value.type)
        return Part(value.slug, value.title, _by_type(entries, settings), look)
    entries = unique(find_entries(selection.names, library))
    if not entries:
        raise UsageError([error("entries-none", "no entry is named", hint=_ENTRIES_HINT)])
    stem = "selection-" + stem_of([entry.slug for entry in entries])
    titles = [entry.title for entry in entries]
    named = len(titles) <= NAMED_MOST
    title = words.listed(titles) if named else words.selection
    made = _by_type(entries, settings, keep_order=True)
    looks = {entry.type for entry in entries}
    return Part(stem, title, made, settings.type_of(looks.pop()) if len(looks) == 1 else None)


def select_all(
    selections: Iterable[Selection],
    library: Library,
    settings: Settings,
    words: FixedWords,
    chapters: tuple[Chapter, ...],
) -> list[Part]:
    """What several selections stand for; names that are not there are reported together."""
    return _each(lambda one: select(one, library, settings, words, chapters), selections)


def _by_type(
    entries: Iterable[Entry], settings: Settings, *, keep_order: bool = False
) -> tuple[Chapter, ...]:
    order = GIVEN if keep_order else "title"
    listed = list(entries)
    made: list[Chapter] = []
    for entry_type in settings.types:
        own = [entry for entry in listed if entry.type == entry_type.id]
        if own:
            chosen = sort_entries(own, order, settings.language)
            title = entry_type.plural
            made.append(
                Chapter(entry_type.folder, title, entry_type, chosen, place_index=len(made))
            )
    return tuple(made)


def as_chapters(part: Part, settings: Settings) -> tuple[Chapter, ...]:
    """A part of a booklet that binds several: what is no chapter of the book becomes one."""
    if part.whole_chapter:
        return part.chapters
    entries = tuple(entry for chapter in part.chapters for entry in chapter.entries)
    look = part.look or settings.type_of(VALUE)
    return (Chapter(part.name, part.title, look, entries),)


def find_chapter(name: str, chapters: tuple[Chapter, ...]) -> Chapter:
    """A chapter by its id, else its title, else the plural of the type it holds, in any case.

    Raises:
        UsageError: there is none; the hint has the nearest names.
    """
    wanted = fold(name)
    titles = {fold(chapter.title): chapter for chapter in reversed(chapters)}
    plurals = {fold(one.look.plural): one for one in reversed(chapters) if one.of_type}
    found = {fold(chapter.id): chapter for chapter in chapters}
    for names in (found, titles, plurals):
        if wanted in names:
            return names[wanted]
    known = [*(chapter.title for chapter in chapters), *(chapter.id for chapter in chapters)]
    message = f"the book has no chapter “{name}”"
    raise UsageError([error("chapter-unknown", message, hint=did_you_mean(name, known))])


def find_entries(names: Iterable[str], library: Library) -> list[Entry]:
    """The entries of these names, as often as named.

    Raises:
        UsageError: names of no entry, all of them.
    """
    return _each(lambda name: find_entry(name, library), names)


def _each(find: Callable[[Asked], Found], asked: Iterable[Asked]) -> list[Found]:
    found: list[Found] = []
    problems: list[Finding] = []
    for one in asked:
        try:
            found.append(find(one))
        except UsageError as problem:
            problems += problem.findings
    if problems:
        raise UsageError(problems)
    return found


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


def stem_of(names: Sequence[str]) -> str:
    """The stem of a file name made of several names; many are counted instead."""
    stem = "-".join(names)
    return stem if len(stem) <= _MAX_STEM else f"{names[0][:40]}-and-{len(names) - 1}-more"
