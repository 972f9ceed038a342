"""The graph of relations: resolved, sorted by type, closed in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zine.content.entry import Entry, EntryType, Relation
from zine.diagnostics import Finding, Severity, warning

VALUE = "value"


@dataclass(frozen=True)
class RelatedEntry:
    """Something related to an entry.

    Args:
        entry: the entry, or None where the library has none of that title.
        title: as written where the relation was declared; the entry's title where it comes in.
        note: the author's words on the relation.
        incoming: whether only the other entry declares it.
    """

    entry: Entry | None
    title: str
    note: str = ""
    incoming: bool = False


@dataclass(frozen=True)
class Edge:
    """A relation from one entry of the library to another, as declared."""

    source: Entry
    target: Entry
    relation: Relation


@dataclass(frozen=True)
class Graph:
    """Relations by slug.

    Args:
        related: slug → type id → related, in the order of the types.
        values: slug → values, of entries that are no values.
        members: slug of a value → slugs of the entries that hold it.
        edges: all resolved relations as declared, each pair once in each direction.
    """

    related: Mapping[str, Mapping[str, tuple[RelatedEntry, ...]]]
    values: Mapping[str, tuple[RelatedEntry, ...]]
    members: Mapping[str, frozenset[str]]
    edges: tuple[Edge, ...]


def make_graph(
    entries: Sequence[Entry],
    types: Sequence[EntryType],
    resolve: Callable[[str], Entry | None],
    hint: Callable[[str], str],
    order: Callable[[Entry], Any],
) -> tuple[Graph, tuple[Finding, ...]]:
    """Resolve and close the relations of the entries.

    Args:
        entries: the entries.
        types: the types, in the order in which related entries are listed.
        resolve: title → entry.
        hint: a title of no entry → the nearest titles, in words.
        order: sort key of incoming relations.
    """
    builder = _Builder(resolve, hint)
    for entry in entries:
        for type_id, relation in _declared(entry):
            builder.add(entry, type_id, relation)
    incoming: dict[str, list[Edge]] = {}
    declared = {(edge.source.slug, edge.target.slug) for edge in builder.edges}
    for edge in builder.edges:
        if (edge.target.slug, edge.source.slug) not in declared:
            incoming.setdefault(edge.target.slug, []).append(edge)
    related: dict[str, Mapping[str, tuple[RelatedEntry, ...]]] = {}
    values: dict[str, tuple[RelatedEntry, ...]] = {}
    members: dict[str, set[str]] = {}
    for entry in entries:
        lists: dict[str, list[RelatedEntry]] = {one.id: [] for one in types}
        for type_id, one in builder.own.get(entry.slug, ()):
            lists.setdefault(type_id, []).append(one)
        for edge in sorted(incoming.get(entry.slug, ()), key=lambda one: order(one.source)):
            source = edge.source
            lists.setdefault(source.type, []).append(RelatedEntry(source, source.title, "", True))
        if entry.type != VALUE:
            values[entry.slug] = tuple(lists.pop(VALUE, ()))
            for one in values[entry.slug]:
                if one.entry is not None:
                    members.setdefault(one.entry.slug, set()).add(entry.slug)
        related[entry.slug] = {kind: tuple(found) for kind, found in lists.items() if found}
    frozen = {slug: frozenset(held) for slug, held in members.items()}
    return Graph(related, values, frozen, tuple(builder.edges)), tuple(builder.findings)


def _declared(entry: Entry) -> Iterator[tuple[str, Relation]]:
    """What an entry declares: (type id, relation). `values:` and `related_values:` are one."""
    for relation in entry.values:
        yield VALUE, relation
    for type_id, relations in entry.related:
        for relation in relations:
            yield type_id, relation


class _Builder:
    def __init__(self, resolve: Callable[[str], Entry | None], hint: Callable[[str], str]) -> None:
        self._resolve = resolve
        self._hint = hint
        self._seen: set[tuple[str, str]] = set()
        self.own: dict[str, list[tuple[str, RelatedEntry]]] = {}
        self.edges: list[Edge] = []
        self.findings: list[Finding] = []

    def add(self, source: Entry, type_id: str, relation: Relation) -> None:
        target = self._resolve(relation.title)
        if target is None:
            self._warn(
                relation,
                "relation-unknown",
                f"there is no {type_id} called “{relation.title}”",
                self._hint(relation.title),
            )
            self._keep(source, type_id, RelatedEntry(None, relation.title, relation.note))
            return
        if target is source:
            self._warn(relation, "relation-self", "the entry names itself", "take the line out")
            return
        if (source.slug, target.slug) in self._seen:
            message = f"“{relation.title}” is named a second time"
            place, hint = relation.place, "take the line out"
            self.findings.append(Finding(Severity.NOTE, "relation-twice", message, place, hint))
            return
        self._seen.add((source.slug, target.slug))
        if target.type != type_id:
            self._warn(
                relation,
                "relation-wrong-type",
                f"“{relation.title}” is a {target.type}, not a {type_id}; printed as what it is",
                f"move it to the list for a {target.type}",
            )
        self.edges.append(Edge(source, target, relation))
        self._keep(source, target.type, RelatedEntry(target, relation.title, relation.note))

    def _keep(self, source: Entry, type_id: str, one: RelatedEntry) -> None:
        self.own.setdefault(source.slug, []).append((type_id, one))

    def _warn(self, relation: Relation, code: str, message: str, hint: str) -> None:
        self.findings.append(warning(code, message, relation.place, hint))
