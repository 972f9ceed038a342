"""References: what each mention of an entry prints in this publication, decided in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zine.compiler.publication import Publication, entry_key
from zine.content.entry import Entry, EntryType
from zine.content.library import Library
from zine.settings import Outside, Settings


@dataclass(frozen=True)
class Reference:
    """A mention of an entry, ready to print.

    Args:
        title: the title as it prints.
        type: its type, or None for a title that is no entry of the library.
        target: link target inside this publication, or "" where it stands outside.
        page: folio to print: of the target inside, else of the whole book; "" for none.
        note: a few words of the author's on the relation.
    """

    title: str
    type: EntryType | None
    target: str = ""
    page: str = ""
    note: str = ""

    @property
    def inside(self) -> bool:
        """Whether the target is bound in this publication."""
        return bool(self.target)

    @property
    def in_full_book(self) -> bool:
        """Whether `page` is a folio of the whole book, not of this publication."""
        return bool(self.page) and not self.target


@dataclass(frozen=True)
class References:
    """Resolves mentions for one publication.

    Args:
        folios: link target → folio in this publication.
        full_folios: entry slug → folio in the whole book; empty where it is not needed.
    """

    publication: Publication
    library: Library
    settings: Settings
    folios: Mapping[str, str]
    full_folios: Mapping[str, str] = field(default_factory=dict)

    def to(self, entry: Entry, note: str = "") -> Reference:
        """The reference to an entry: inside a page of this publication, outside the policy."""
        kind = self.settings.type_of(entry.type)
        if entry.slug in self.publication.inside:
            target = entry_key(entry)
            return Reference(entry.title, kind, target, self.folios.get(target, ""), note)
        if self.settings.outside is Outside.FULL_BOOK:
            return Reference(entry.title, kind, "", self.full_folios.get(entry.slug, ""), note)
        return Reference(entry.title, kind, note=note)

    def to_title(self, title: str) -> Reference:
        """The reference to whatever a title names; a title of no entry prints bare."""
        entry = self.library.resolve(title)
        return Reference(title, None) if entry is None else self.to(entry)

    def to_section(self, key: str, title: str) -> Reference:
        """The reference to a section of this publication that is no entry."""
        return Reference(title, None, key, self.folios.get(key, ""))


def needs_full_book(publication: Publication, settings: Settings) -> bool:
    """Whether references may print folios of the whole book, so that it must be paginated."""
    return not publication.whole and settings.outside is Outside.FULL_BOOK
