"""The project: a folder with book/book.yaml, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

from zine.compiler.sections import FixedWords
from zine.config import DEFAULT_TYPES, find_project, load_settings
from zine.content.library import Library, make_library, strict
from zine.content.reader import read_content
from zine.diagnostics import Finding, ZineError
from zine.resources import Resources
from zine.settings import ChapterSpec, Settings
from zine.words import Words, load_words, type_in_words


@dataclass(frozen=True)
class Project:
    """A project, read.

    Args:
        root: folder that holds book/, content/ and perhaps layouts/ and styles/.
        findings: what reading noticed; errors among them stop a build, not a `zine list`.
        strict_references: whether a title that names no entry is an error.
    """

    root: Path
    settings: Settings
    library: Library
    findings: tuple[Finding, ...]
    strict_references: bool = False

    @cached_property
    def layouts(self) -> Resources:
        """Templates and words."""
        return Resources("layouts", self.root)

    @cached_property
    def styles(self) -> Resources:
        """Style sheets."""
        return Resources("styles", self.root)

    @cached_property
    def words(self) -> Words:
        """The fixed words in the language of the book."""
        return load_words(self.layouts, self.settings.language)

    @property
    def fixed_words(self) -> FixedWords:
        """The words that name sections."""
        return FixedWords(**{field.name: self.words[field.name] for field in fields(FixedWords)})

    @property
    def cache(self) -> Path:
        """Where typeset sections and prepared pictures are kept; safe to delete."""
        return self.root / ".zine"


def load_project(start: Path | None = None, *, strict_references: bool = False) -> Project:
    """Read the project that `start` lies in; the working directory by default.

    Args:
        strict_references: a title that names no entry is an error instead of a warning.

    Raises:
        UsageError: there is no project here, or its book.yaml cannot be used.
    """
    root = find_project(start or Path.cwd())
    settings = _in_its_language(load_settings(root / "book" / "book.yaml"), root)
    entries, findings = read_content(root, settings.types, settings.language)
    library, more = make_library(entries, settings.types, settings.language)
    found = (*findings, *more)
    found = strict(found) if strict_references else found
    return Project(root, settings, library, found, strict_references)


def _in_its_language(settings: Settings, root: Path) -> Settings:
    """The settings with the words of the types in the book's language, where book.yaml has none."""
    try:
        words = load_words(Resources("layouts", root), settings.language)
    except ZineError:
        return settings  # a build and a check name what is wrong with the file
    plain = {(one.id, one.singular, one.plural) for one in DEFAULT_TYPES}
    types = tuple(
        type_in_words(kind, words) if (kind.id, kind.singular, kind.plural) in plain else kind
        for kind in settings.types
    )
    pairs = zip(settings.types, types, strict=True)
    names = {old.id: (old.plural, new.plural) for old, new in pairs}
    chapters = tuple(_retitled(chapter, names) for chapter in settings.chapters)
    return replace(settings, types=types, chapters=chapters)


def _retitled(chapter: ChapterSpec, names: Mapping[str, tuple[str, str]]) -> ChapterSpec:
    """A chapter of a type, whose title is the type's word where book.yaml gives none."""
    old, new = names.get(chapter.type, ("", ""))
    return replace(chapter, title=new) if old and chapter.title == old else chapter
