"""The library: every entry by title, alias and slug, and the graph of relations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from zine.content.entry import Entry, EntryType, Relation
from zine.content.relations import Edge, Graph, RelatedEntry, make_graph
from zine.content.titles import fold, title_key
from zine.diagnostics import Finding, Severity, did_you_mean, error, nearest

__all__ = [
    "Library",
    "RelatedEntry",
    "fold",
    "make_library",
    "one_way",
    "strict",
    "title_key",
]

VALUE = "value"
STRICT_CODES = frozenset({"relation-unknown", "reference-unknown"})


@dataclass(frozen=True)
class Library:
    """All entries and what they are to each other; made by `make_library`.

    Args:
        entries: as read, by type and file name.
        types: the types of the project.
        names: folded title, alias or slug → slug.
        graph: the relations, closed symmetrically.
        language: BCP 47 tag, for title order.
    """

    entries: tuple[Entry, ...]
    types: tuple[EntryType, ...]
    names: Mapping[str, str]
    graph: Graph
    language: str = "en"

    @cached_property
    def by_slug(self) -> Mapping[str, Entry]:
        """The entries by slug."""
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """All titles, in title order."""
        ordered = sorted(self.entries, key=lambda entry: title_key(entry.title, self.language))
        return tuple(entry.title for entry in ordered)

    def resolve(self, title: str) -> Entry | None:
        """The entry a title, alias or slug names, however it is spelt; None where there is none."""
        slug = self.names.get(fold(title))
        return None if slug is None else self.by_slug[slug]

    def nearest(self, title: str) -> list[str]:
        """The titles most like this one, best first."""
        return nearest(title, self.titles)

    def related(self, entry: Entry) -> Mapping[str, tuple[RelatedEntry, ...]]:
        """Type id → what is related to an entry, in the order of the types; no empty tuples.

        The entry's own list comes first as written, titles of no entry among it; then those that
        name the entry, in title order. A value's members stand here by type, its related values
        under "value"; the values of other entries do not (see `values_named`).
        """
        return self.graph.related.get(entry.slug, {})

    def values_named(self, entry: Entry) -> tuple[RelatedEntry, ...]:
        """The values of an entry for printing.

        As declared, titles of no entry among them; then those that list the entry, in title order.
        """
        return self.graph.values.get(entry.slug, ())

    def values_of(self, entry: Entry) -> tuple[Entry, ...]:
        """The values of an entry that are in the library, the primary one first."""
        return tuple(one.entry for one in self.values_named(entry) if one.entry is not None)

    def primary_value(self, entry: Entry) -> Entry | None:
        """The first value of an entry, under which it is printed in a book by value."""
        return next(iter(self.values_of(entry)), None)

    def members_of(self, value: Entry) -> tuple[Entry, ...]:
        """The entries that hold a value, by type, each type in title order."""
        ranks = {one.id: rank for rank, one in enumerate(self.types)}
        members = (self.by_slug[slug] for slug in self.graph.members.get(value.slug, ()))
        return tuple(
            sorted(
                members,
                key=lambda one: (ranks[one.type], title_key(one.title, self.language), one.slug),
            )
        )


def make_library(
    entries: Iterable[Entry], types: Sequence[EntryType], language: str = "en"
) -> tuple[Library, tuple[Finding, ...]]:
    """Join entries to a library.

    Returns:
        The library and what was found: errors `title-twice`, `slug-twice` and `name-ambiguous`
        (each names both files; the first entry keeps the name), warnings `relation-unknown` (with
        the nearest titles), `relation-wrong-type`, `relation-self` and notes `relation-twice`.
    """
    kept: list[Entry] = []
    findings: list[Finding] = []
    slugs: dict[str, Entry] = {}
    for entry in entries:
        first = slugs.setdefault(entry.slug, entry)
        if first is entry:
            kept.append(entry)
        else:
            findings.append(_clash("slug-twice", f"the slug “{entry.slug}”", first, entry))
    names, clashes = _names(kept, slugs)
    findings += clashes

    def resolve(title: str) -> Entry | None:
        slug = names.get(fold(title))
        return None if slug is None else slugs[slug]

    hints: dict[str, str] = {}
    titles = [entry.title for entry in kept]

    def hint(title: str) -> str:
        key = fold(title)
        if key not in hints:
            hints[key] = did_you_mean(title, titles)
        return hints[key]

    def order(entry: Entry) -> object:
        return title_key(entry.title, language), entry.slug

    graph, problems = make_graph(kept, types, resolve, hint, order)
    return Library(tuple(kept), tuple(types), names, graph, language), (*findings, *problems)


def _names(
    entries: Iterable[Entry], slugs: Mapping[str, Entry]
) -> tuple[dict[str, str], list[Finding]]:
    names: dict[str, str] = {}
    findings: list[Finding] = []
    listed = list(entries)
    claims = [("title", entry.title, entry) for entry in listed]
    claims += [("alias", alias, entry) for entry in listed for alias in entry.aliases]
    claims += [("slug", entry.slug, entry) for entry in listed]
    for kind, name, entry in claims:
        key = fold(name)
        if not key:
            continue
        owner = slugs[names.setdefault(key, entry.slug)]
        if owner is not entry:
            code = "title-twice" if fold(owner.title) == key and kind == "title" else ""
            findings.append(_clash(code or "name-ambiguous", f"the {kind} “{name}”", owner, entry))
    return names, findings


def _clash(code: str, what: str, first: Entry, second: Entry) -> Finding:
    return error(
        code,
        f"{what} names two entries: {first.place.path} and {second.place.path}",
        second.place,
        "give one of them another title, alias or “slug:”",
    )


def strict(
    findings: Iterable[Finding], codes: Collection[str] = STRICT_CODES
) -> tuple[Finding, ...]:
    """The findings with those of unresolved references made errors (`--strict`)."""
    return tuple(
        replace(one, severity=Severity.ERROR)
        if one.code in codes and one.severity is Severity.WARNING
        else one
        for one in findings
    )


def one_way(library: Library) -> tuple[Finding, ...]:
    """A note `relation-one-way` for each relation that only one of two entries declares."""
    declared = {(edge.source.slug, edge.target.slug) for edge in library.graph.edges}
    keys = {one.id: one.relation_key for one in library.types}
    return tuple(
        _one_way(edge, keys)
        for edge in library.graph.edges
        if (edge.target.slug, edge.source.slug) not in declared
    )


def _one_way(edge: Edge, keys: Mapping[str, str]) -> Finding:
    key = "values" if edge.source.type == VALUE != edge.target.type else keys[edge.source.type]
    relation: Relation = edge.relation
    return Finding(
        Severity.NOTE,
        "relation-one-way",
        f"“{edge.target.title}” does not name “{edge.source.title}” in turn",
        relation.place,
        f"add “{edge.source.title}” under {key} in {edge.target.place.path}",
    )
