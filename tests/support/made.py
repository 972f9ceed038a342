"""Entries, libraries and settings made up in memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

from zine.compiler.naming import FixedWords
from zine.config import DEFAULT_TYPES
from zine.content.entry import Entry, EntryType, Relation
from zine.content.library import Library, make_library
from zine.diagnostics import Place
from zine.paper import PAPERS
from zine.resources import Resources
from zine.settings import ChapterSpec, MatterSpec, Numbering, Outside, Settings, Starts
from zine.words import load_words

HERE = Place("book/book.yaml", 7, 3)
NOWHERE = Path("/nowhere")


def entry(
    title: str,
    kind: str = "theory",
    *,
    slug: str = "",
    values: tuple[str, ...] = (),
    theories: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    date: str = "",
    weight: float = 0.0,
    contributors: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    extra: tuple[tuple[str, object], ...] = (),
) -> Entry:
    """An entry; its slug is the title in lower case with hyphens."""
    slug = slug or title.lower().replace(" ", "-")
    place = Place(f"content/{kind}/{slug}.md", 1)
    return Entry(
        slug,
        title,
        kind,
        NOWHERE / place.path,
        place,
        values=tuple(Relation(one, place) for one in values),
        related=(("theory", tuple(Relation(one, place) for one in theories)),) if theories else (),
        tags=tags,
        date=dt.date.fromisoformat(date) if date else None,
        weight=weight,
        contributors=contributors,
        aliases=aliases,
        extra=extra,
    )


def library(*entries: Entry, types: tuple[EntryType, ...] = DEFAULT_TYPES) -> Library:
    """The library of these entries; nothing may be wrong with them but names of nobody."""
    made, findings = make_library(entries, types, "en")
    assert not [one for one in findings if one.code != "relation-unknown"]
    return made


def chapter(identifier: str = "chapter", **query: object) -> ChapterSpec:
    """A chapter as book.yaml asks for it."""
    title = query.pop("title", identifier.capitalize())
    return ChapterSpec(identifier, str(title), HERE, **query)  # type: ignore[arg-type]


def settings(*chapters: ChapterSpec, **changes: object) -> Settings:
    """Settings with these chapters, one for each type where there are none."""
    listed = chapters or tuple(
        ChapterSpec(one.folder, one.plural, HERE, type=one.id) for one in DEFAULT_TYPES
    )
    made = Settings(
        path=NOWHERE / "book" / "book.yaml",
        title="Solidarity",
        slug="solidarity",
        subtitle="",
        language="en",
        editors=(),
        publisher="",
        licence="",
        licence_url="",
        url="",
        date=None,
        edition="",
        trim=PAPERS["a5"],
        bleed=3.0,
        starts=Starts.VERSO,
        numbering=Numbering.ARABIC,
        outside=Outside.FULL_BOOK,
        types=DEFAULT_TYPES,
        front=tuple(MatterSpec((one,), HERE) for one in ("cover", "imprint", "contents")),
        chapters=listed,
        back=(MatterSpec(("back-cover",), HERE),),
        editions=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@cache
def words() -> FixedWords:
    """The fixed words in English."""
    known = load_words(Resources("layouts", NOWHERE), "en")
    return FixedWords(**{field.name: known[field.name] for field in fields(FixedWords)})
