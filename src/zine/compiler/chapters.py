"""Chapters: queries of book.yaml become ordered runs of entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from zine.compiler.publication import Chapter, Group
from zine.content.entry import Entry, EntryType
from zine.content.library import Library, title_key
from zine.diagnostics import Finding, did_you_mean, error, warning
from zine.settings import ChapterSpec, Settings

VALUE = "value"
GIVEN = "given"


class _Picker:
    """Looks up entries by title for one chapter and keeps what it could not find."""

    def __init__(self, spec: ChapterSpec, library: Library) -> None:
        self.spec = spec
        self.library = library
        self.findings: list[Finding] = []

    def pick(self, titles: Iterable[str]) -> list[Entry]:
        """The entries of these titles, each once."""
        picked = []
        for title in titles:
            entry = self.library.resolve(title)
            if entry is None:
                self.findings.append(
                    error(
                        "entry-unknown",
                        f"chapter “{self.spec.id}” names “{title}”, which is no entry",
                        self.spec.place,
                        did_you_mean(title, [e.title for e in self.library.entries]),
                    )
                )
            else:
                picked.append(entry)
        return unique(picked)


def unique(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in their order, each once."""
    return list({entry.slug: entry for entry in entries}.values())


def sort_entries(
    entries: Iterable[Entry], order: str, language: str, types: tuple[EntryType, ...] = ()
) -> tuple[Entry, ...]:
    """Entries by "title", "date" (undated last), or "weight"; "given" keeps their order.

    Ties fall to title, then slug, so that the order is the same on every file system.

    Args:
        entries: in any order, but for "given".
        order: one of the four.
        language: BCP 47 tag of the book, for title order.
        types: where given, entries stand by type in this order first.
    """
    ranks = {entry_type.id: rank for rank, entry_type in enumerate(types)}

    def rank(entry: Entry) -> int:
        return ranks.get(entry.type, len(ranks))

    if order == GIVEN:
        return tuple(sorted(entries, key=rank))

    def first(entry: Entry) -> tuple[float, str]:
        if order == "date":
            return (0.0, entry.date.isoformat()) if entry.date else (1.0, "")
        return (entry.weight, "") if order == "weight" else (0.0, "")

    def key(entry: Entry) -> tuple[Any, ...]:
        return (rank(entry), *first(entry), title_key(entry.title, language), entry.slug)

    return tuple(sorted(entries, key=key))


def _query(spec: ChapterSpec, library: Library, picker: _Picker) -> list[Entry]:
    """What a chapter asks for; under the order "given" what its lists name stands first."""
    if spec.type:
        chosen = [entry for entry in library.entries if entry.type == spec.type]
    elif spec.tag:
        wanted = spec.tag.casefold()
        chosen = [e for e in library.entries if wanted in {tag.casefold() for tag in e.tags}]
    elif spec.value:
        values = picker.pick([spec.value])
        chosen = [*values, *(member for value in values for member in library.members_of(value))]
    else:
        chosen = picker.pick(spec.entries)
    included = picker.pick(spec.include)
    excluded = {entry.slug for entry in picker.pick(spec.exclude)}
    if spec.order == GIVEN and not spec.entries:
        language = library.language
        chosen = [*included, *sort_entries(chosen, "title", language, library.types)]
    return [entry for entry in unique([*chosen, *included]) if entry.slug not in excluded]


def _look(entries: Iterable[Entry], spec: ChapterSpec, settings: Settings) -> EntryType:
    if spec.type:
        return settings.type_of(spec.type)
    kinds = {entry.type for entry in entries}
    return settings.type_of(kinds.pop() if len(kinds) == 1 else VALUE)


def group_by_value(
    entries: tuple[Entry, ...], library: Library, settings: Settings, neutral: str
) -> tuple[Group, ...]:
    """Entries under their primary value, in the values' title order; those without come last.

    A value that no entry has as its first still has its group, which says where they are; a
    value among the entries stands in its own group.

    Args:
        entries: in the order that they keep within their groups.
        library: tells their values.
        settings: give the language of the title order.
        neutral: head of the group of entries that hold no value.
    """
    held = {e.slug: (e,) if e.type == VALUE else library.values_of(e) for e in entries}
    values = {value.slug: value for holds in held.values() for value in holds}
    groups = []
    for value in sort_entries(values.values(), "title", settings.language):
        holding = [e for e in entries if value.slug in {one.slug for one in held[e.slug]}]
        own = tuple(e for e in holding if held[e.slug][0].slug == value.slug)
        also = tuple(e for e in holding if held[e.slug][0].slug != value.slug)
        groups.append(Group(value, value.title, own, also))
    without = tuple(entry for entry in entries if not held[entry.slug])
    if without:
        groups.append(Group(None, neutral, without))
    return tuple(groups)


def _by_value(
    spec: ChapterSpec, library: Library, settings: Settings, neutral: str, picker: _Picker
) -> list[Chapter]:
    """One chapter for each value: its own entry, then the entries whose primary value it is.

    A value that the chapter excludes is nobody's primary value.
    """
    excluded = {entry.slug for entry in picker.pick(spec.exclude)}
    pool = [e for e in library.entries if e.slug not in excluded]
    values = sort_entries([e for e in pool if e.type == VALUE], "title", settings.language)
    others = sort_entries(
        [e for e in pool if e.type != VALUE], spec.order, settings.language, settings.types
    )
    known = {value.slug for value in values}
    held = {
        entry.slug: [value.slug for value in library.values_of(entry) if value.slug in known]
        for entry in others
    }
    look = settings.type_of(VALUE)
    chapters = []
    for value in values:
        own = [e for e in others if held[e.slug][:1] == [value.slug]]
        also = tuple(e for e in others if value.slug in held[e.slug][1:])
        chapters.append(Chapter(value.slug, value.title, look, (value, *own), see_also=also))
    without = tuple(entry for entry in others if not held[entry.slug])
    if without:
        chapters.append(Chapter(f"{spec.id}-neutral", neutral, look, without))
    return chapters


def make_chapters(
    library: Library, settings: Settings, neutral: str
) -> tuple[tuple[Chapter, ...], tuple[Finding, ...]]:
    """All chapters of the book, each entry printed once: in the first chapter that asks for it.

    A later chapter that asks for an entry again lists it under `see_also`. Of the chapters that
    `by: value` makes, the first has the introduction.

    Args:
        library: the entries.
        settings: the chapters asked for.
        neutral: head over entries that hold no value, in chapters made by value.
    """
    chapters: list[Chapter] = []
    findings: list[Finding] = []
    printed: set[str] = set()
    for spec in settings.chapters:
        picker = _Picker(spec, library)
        if spec.by == VALUE:
            made = _by_value(spec, library, settings, neutral, picker)
        else:
            made = [_make_chapter(spec, library, settings, neutral, picker)]
        findings += picker.findings
        introduction = spec.introduction
        for chapter in made:
            fresh = only_fresh(chapter, printed)
            if not fresh.entries:
                if chapter.entries or not spec.type:
                    findings.append(_empty(chapter, spec))
                continue
            if chapter.id in {other.id for other in chapters}:
                findings.append(_twice(chapter, spec))
                continue
            chapters.append(replace(fresh, introduction=introduction, place_index=len(chapters)))
            introduction = None
    return tuple(chapters), tuple(findings)


def _empty(chapter: Chapter, spec: ChapterSpec) -> Finding:
    message = f"chapter “{chapter.id}” is empty"
    why = "the chapters before it print all that it asks for" if chapter.entries else None
    return warning("chapter-empty", message, spec.place, why)


def _twice(chapter: Chapter, spec: ChapterSpec) -> Finding:
    message = f"two chapters have the id “{chapter.id}”"
    return error("chapter-twice", message, spec.place, "give one of them an “id:” of its own")


def only_fresh(chapter: Chapter, printed: set[str]) -> Chapter:
    """A chapter with the entries that are not printed yet; the others are listed as see-also.

    Args:
        chapter: perhaps with entries that an earlier chapter prints.
        printed: slugs of the entries printed so far; those of this chapter are added.
    """
    before = frozenset(printed)
    printed |= {entry.slug for entry in chapter.entries}
    fresh, again = _split(chapter.entries, before)
    groups = []
    for group in chapter.groups:
        own, elsewhere = _split(group.entries, before)
        if own or elsewhere or group.see_also:
            groups.append(replace(group, entries=own, see_also=(*elsewhere, *group.see_also)))
    also = (*again, *chapter.see_also)
    return replace(chapter, entries=fresh, groups=tuple(groups), see_also=also)


def _split(
    entries: Iterable[Entry], printed: frozenset[str]
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    kept = list(entries)
    return (
        tuple(entry for entry in kept if entry.slug not in printed),
        tuple(entry for entry in kept if entry.slug in printed),
    )


def _make_chapter(
    spec: ChapterSpec, library: Library, settings: Settings, neutral: str, picker: _Picker
) -> Chapter:
    found = _query(spec, library, picker)
    look = _look(found, spec, settings)
    ordered = tuple(found)
    if spec.order != GIVEN:
        types = () if spec.type else settings.types
        ordered = sort_entries(found, spec.order, settings.language, types)
    groups: tuple[Group, ...] = ()
    if spec.group_by == VALUE:
        groups = group_by_value(ordered, library, settings, neutral)
        ordered = tuple(entry for group in groups for entry in group.entries)
    title = spec.title or look.plural
    return Chapter(spec.id, title, look, ordered, groups, of_type=bool(spec.type))
