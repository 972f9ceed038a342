"""Glyphs: characters of the content that no font of the book has, at file and line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath

from zine.content.entry import Entry
from zine.content.files import read_text as read_file
from zine.content.files import shown_path
from zine.content.texts import read_text
from zine.diagnostics import Finding, Place, ZineError, warning
from zine.project import Project
from zine.settings import Settings
from zine.typeset.characters import Coverage, coverage, missing, missing_in_lines

_HINT = "write it another way, or put a font that has it into styles/"


def glyph_findings(project: Project) -> tuple[Finding, ...]:
    """A warning `glyph-missing` for each character that would print from a strange font.

    Each character is told once for a file, at the first place where it is printed.
    """
    settings = project.settings
    languages = (settings.language, *(entry.language for entry in project.library.entries))
    known = coverage(project.styles, [one for one in languages if one])
    found: list[Finding] = []
    for entry in project.library.entries:
        found += _of_entry(entry, project.root, known)
    for path in _texts(settings):
        found += _of_text(path, project, known)
    found += _of_book(settings, project.root, known)
    unique = {(one.place.path if one.place else "", one.message): one for one in reversed(found)}
    return tuple(reversed(unique.values()))


def _of_entry(entry: Entry, root: Path, known: Coverage) -> Iterator[Finding]:
    shown = shown_path(entry.path, root)
    heads = [entry.title, entry.where, entry.when, entry.who, entry.scale]
    heads += [*entry.tags, *entry.contributors]
    heads += [words for link in entry.learn_more for words in (link.title, link.description)]
    heads += [words for one in entry.pictures[:1] for words in (one.caption, one.source)]
    relations = [*entry.values, *(one for _, listed in entry.related for one in listed)]
    heads += [words for one in relations for words in (one.title, one.note)]
    front = _lines_before(entry.path, shown, entry.body_line if entry.body else None)
    lacking = [*missing("\n".join(heads), known.head), *missing(entry.lead, known.text)]
    for character in dict.fromkeys(lacking):
        yield _finding(character, f"“{entry.title}”", _spot(shown, front, character))
    for one in missing_in_lines(entry.body, known, entry.body_line):
        place = Place.of(shown, one.line, one.column)
        yield _finding(one.character, f"“{entry.title}”", place)


def _texts(settings: Settings) -> tuple[Path, ...]:
    paths = [path for _, path in settings.texts]
    paths += [one.text for one in (*settings.front, *settings.back) if one.text]
    paths += [chapter.introduction for chapter in settings.chapters if chapter.introduction]
    return tuple(dict.fromkeys(paths))


def _of_text(path: Path, project: Project, known: Coverage) -> Iterator[Finding]:
    try:
        text = read_text(path, project.root, project.settings.language)
    except ZineError:
        return  # told by the check of the content
    shown = shown_path(path, project.root)
    for character in missing(text.title, known.head):
        yield _finding(character, f"“{text.title}”", Place.of(shown, 1))
    for one in missing_in_lines(text.body, known, text.first_line):
        yield _finding(one.character, f"“{text.title}”", Place.of(shown, one.line, one.column))


def _of_book(settings: Settings, root: Path, known: Coverage) -> Iterator[Finding]:
    heads = [settings.title, settings.publisher, settings.edition, settings.licence]
    heads += settings.editors
    heads += [words for kind in settings.types for words in (kind.singular, kind.plural)]
    heads += [chapter.title for chapter in settings.chapters]
    lacking = [*missing("\n".join(heads), known.head), *missing(settings.subtitle, known.text)]
    shown = shown_path(settings.path, root)
    lines = _lines_before(settings.path, shown, None)
    for character in dict.fromkeys(lacking):
        yield _finding(character, f"“{settings.title}”", _spot(shown, lines, character))


def _lines_before(path: Path, shown: PurePosixPath, line: int | None) -> list[str]:
    lines = read_file(path, shown).split("\n")
    return lines if line is None else lines[: line - 1]


def _spot(shown: PurePath, lines: Iterable[str], character: str) -> Place:
    """Where a character stands for the first time; the file where it is written as an entity."""
    for number, line in enumerate(lines, 1):
        if (column := line.find(character)) >= 0:
            return Place.of(shown, number, column + 1)
    return Place.of(shown, 1)


def _finding(character: str, where: str, place: Place) -> Finding:
    named = unicodedata.name(character, "a character without a name").lower()
    message = (
        f"“{character}” (U+{ord(character):04X}, {named}) in {where} is in no font of the book"
    )
    return warning("glyph-missing", message, place, _HINT)
