"""Chapters: queries of book.yaml become ordered runs of entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zine.compiler.publication import Chapter, Group
from zine.content.entry import Entry, EntryType
from zine.content.library import Library, title_key
from zine.diagnostics import Finding, did_you_mean, error, warning
from zine.settings import ChapterSpec, Settings

VALUE = "value"


class _Picker:
    """Looks up entries by title for one chapter and keeps what it could not find."""

    def __init__(self, spec: ChapterSpec, library: Library) -> None:
        self.spec = spec
        self.library = library
        self.findings: list[Finding] = []

    def pick(self, titles: Iterable[str]) -> list[Entry]:
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
        return picked


def sort_entries(
    entries: Iterable[Entry], order: str, language: str, types: tuple[EntryType, ...] = ()
) -> tuple[Entry, ...]:
    """Entries by "title", "date" (undated last), or "weight"; "given" keeps their order.

    With `types`, entries stand by type in that order first. Ties fall to title, then slug, so
    that the order is the same on every file system.
    """
    ranks = {entry_type.id: rank for rank, entry_type in enumerate(types)}

    def rank(entry: Entry) -> int:
        return ranks.get(entry.type, len(ranks))

    if order == "given":
        return tuple(sorted(entries, key=rank))

    def first(entry: Entry) -> tuple[float, str]:
        if order == "date":
            return (0.0, entry.date.isoformat()) if entry.date else (1.0, "")
        return (entry.weight, "") if order == "weight" else (0.0, "")

    def key(entry: Entry) -> tuple[object, ...]:
        return (rank(entry), *first(entry), title_key(entry.title, language), entry.slug)

    return tuple(sorted(entries, key=key))  # type: ignore[arg-type]


def _query(spec: ChapterSpec, library: Library, picker: _Picker) -> list[Entry]:
    entries = library.entries
    if spec.type:
        chosen = [entry for entry in entries if entry.type == spec.type]
    elif spec.tag:
        wanted = spec.tag.casefold()
        chosen = [e for e in entries if wanted in {tag.casefold() for tag in e.tags}]
    elif spec.value:
        chosen = []
        for value in picker.pick([spec.value]):
            chosen = [value, *library.members_of(value)]
    else:
        chosen = picker.pick(spec.entries)
    excluded = {entry.slug for entry in picker.pick(spec.exclude)}
    chosen += [e for e in picker.pick(spec.include) if e.slug not in {c.slug for c in chosen}]
    return [entry for entry in chosen if entry.slug not in excluded]


def _look(entries: Iterable[Entry], spec: ChapterSpec, settings: Settings) -> EntryType:
    if spec.type:
        return settings.type_of(spec.type)
    kinds = {entry.type for entry in entries}
    if len(kinds) == 1:
        return settings.type_of(kinds.pop())
    known = {entry_type.id: entry_type for entry_type in settings.types}
    return known.get(VALUE, settings.types[0])


def group_by_value(
    entries: tuple[Entry, ...], library: Library, settings: Settings, neutral: str
) -> tuple[Group, ...]:
    """Entries under their primary value, in the values' title order; those without come last.

    Args:
        neutral: head of the group of entries that hold no value.
    """
    held = {entry.slug: library.values_of(entry) for entry in entries}
    values = {value.slug: value for holds in held.values() for value in holds}
    groups = []
    for value in sort_entries(values.values(), "title", settings.language):
        own = tuple(e for e in entries if held[e.slug] and held[e.slug][0].slug == value.slug)
        also = tuple(
            e for e in entries if e not in own and value.slug in {v.slug for v in held[e.slug]}
        )
        if own:
            groups.append(Group(value, value.title, own, also))
    without = tuple(entry for entry in entries if not held[entry.slug])
    if without:
        groups.append(Group(None, neutral, without))
    return tuple(groups)


def _by_value(
    spec: ChapterSpec, library: Library, settings: Settings, neutral: str, picker: _Picker
) -> list[Chapter]:
    excluded = {entry.slug for entry in picker.pick(spec.exclude)}
    pool = [e for e in library.entries if e.slug not in excluded]
    values = sort_entries([e for e in pool if e.type == VALUE], "title", settings.language)
    others = sort_entries(
        [e for e in pool if e.type != VALUE], spec.order, settings.language, settings.types
    )
    chapters = []
    look = settings.type_of(VALUE)
    for value in values:
        holding = {entry.slug for entry in library.members_of(value)}
        own, also = [], []
        for entry in others:
            held = library.values_of(entry)
            if held and held[0].slug == value.slug:
                own.append(entry)
            elif entry.slug in holding:
                also.append(entry)
        chapters.append(
            Chapter(value.slug, value.title, look, (value, *own), see_also=tuple(also))
        )
    without = tuple(entry for entry in others if not library.values_of(entry))
    if without:
        chapters.append(Chapter(f"{spec.id}-neutral", neutral, look, without))
    return chapters


def make_chapters(
    library: Library, settings: Settings, neutral: str
) -> tuple[tuple[Chapter, ...], tuple[Finding, ...]]:
    """All chapters of the book, each entry printed once: in the first chapter that asks for it.

    A later chapter that asks for an entry again lists it under `see_also`.

    Args:
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
        for chapter in made:
            fresh = tuple(e for e in chapter.entries if e.slug not in printed)
            again = tuple(e for e in chapter.entries if e.slug in printed)
            printed |= {entry.slug for entry in fresh}
            if not fresh:
                if again or not spec.type:
                    findings.append(
                        warning("chapter-empty", f"chapter “{chapter.id}” is empty", spec.place)
                    )
                continue
            chapters.append(
                replace(
                    chapter,
                    entries=fresh,
                    groups=tuple(_without(group, fresh) for group in chapter.groups),
                    see_also=(*again, *chapter.see_also),
                    introduction=spec.introduction,
                    place_index=len(chapters),
                )
            )
    return tuple(chapters), tuple(findings)


def _without(group: Group, fresh: tuple[Entry, ...]) -> Group:
    again = tuple(entry for entry in group.entries if entry not in fresh)
    return replace(
        group,
        entries=tuple(entry for entry in group.entries if entry in fresh),
        see_also=(*again, *group.see_also),
    )


def _make_chapter(
    spec: ChapterSpec, library: Library, settings: Settings, neutral: str, picker: _Picker
) -> Chapter:
    found = _query(spec, library, picker)
    look = _look(found, spec, settings)
    types = () if spec.type or spec.order == "given" else settings.types
    ordered = sort_entries(found, spec.order, settings.language, types)
    groups: tuple[Group, ...] = ()
    if spec.group_by == VALUE:
        groups = group_by_value(ordered, library, settings, neutral)
        ordered = tuple(entry for group in groups for entry in group.entries)
    return Chapter(spec.id, spec.title or look.plural, look, ordered, groups)
