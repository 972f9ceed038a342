"""Check: what is wrong with the content, found without setting a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePath, PurePosixPath

from zine.compiler.sections import compile_publication
from zine.compiler.selection import Selection
from zine.content.alternatives import undescribed
from zine.content.bodypictures import pictures_in
from zine.content.files import ImageFolder, shown_path
from zine.content.library import one_way, strict
from zine.content.markup import Markup, render
from zine.content.texts import read_text
from zine.diagnostics import (
    Finding,
    Place,
    Severity,
    ZineError,
    errors_among,
    warning,
)
from zine.glyphs import glyph_findings
from zine.project import Project
from zine.typeset.geometry import Geometry
from zine.typeset.images import Box, prepare
from zine.words import FALLBACK, forms_needed, words_of


def check_project(project: Project) -> tuple[Finding, ...]:
    """Everything that can be said of a project without setting a page, in the order of files.

    Relations that only one of two entries declares are notes.
    """
    found = [
        *project.findings,
        *content_findings(project),
        *_chapters(project),
        *_pictures(project),
        *glyph_findings(project),
        *one_way(project.library),
    ]
    return tuple(sorted(dict.fromkeys(found), key=_spot))


def content_findings(project: Project) -> tuple[Finding, ...]:
    """What is wrong with running texts and fixed words; front matter is `project.findings`.

    With the project's `strict_references` unknown inline references are errors.
    """
    texts, problems = _running_texts(project)
    found = [*_words(project), *problems]
    for one in texts:
        made = _render(one, project)
        found += made.findings
        found += _missing_pictures(made, one, project)
        found += _undescribed(made, one)
    found += _undescribed_openers(project)
    return strict(found) if project.strict_references else tuple(found)


@dataclass(frozen=True)
class _Running:
    """A running text: of an entry, of front or back matter, of a chapter's introduction."""

    text: str
    first_line: int
    shown: PurePath
    beside: Path
    language: str

    def line_of(self, words: str, nth: int = 0) -> int:
        """Line on which words stand for the first time, or again after so many times."""
        at = self.text.find(words)
        while nth and (further := self.text.find(words, at + 1)) >= 0:
            at, nth = further, nth - 1
        return self.first_line + self.text.count("\n", 0, max(0, at))


def _running_texts(project: Project) -> tuple[list[_Running], list[Finding]]:
    texts: list[_Running] = []
    settings = project.settings
    paths: list[Path | None] = [path for _, path in settings.texts]
    paths += [section.text for section in (*settings.front, *settings.back)]
    paths += [chapter.introduction for chapter in settings.chapters]
    problems: list[Finding] = []
    for path in dict.fromkeys(path for path in paths if path is not None):
        try:
            text = read_text(path, project.root, settings.language)
        except ZineError as problem:
            problems += problem.findings
            continue
        texts.append(
            _Running(
                text.body,
                text.first_line,
                shown_path(path, project.root),
                path.parent,
                settings.language,
            )
        )
    for entry in project.library.entries:
        if entry.body:
            shown = PurePosixPath(entry.place.path)
            language = entry.language or settings.language
            beside = entry.path.parent
            texts.append(_Running(entry.body, entry.body_line, shown, beside, language))
    return texts, problems


def _render(one: _Running, project: Project) -> Markup:
    library = project.library

    def refer(title: str, shown: str | None, line: int) -> str | None:
        return None if library.resolve(title) is None else ""

    return render(
        one.text,
        language=one.language,
        refer=refer,
        path=one.shown,
        first_line=one.first_line,
        known=library.titles,
    )


def _missing_pictures(made: Markup, one: _Running, project: Project) -> Iterator[Finding]:
    found = pictures_in(one.text, one.beside, project.root)
    for source in dict.fromkeys(map(unescape, made.images)):
        if source not in found:
            yield warning(
                "image-missing",
                f"there is no picture “{source}”; the text prints without it",
                Place.of(one.shown, one.line_of(source)),
                ImageFolder(project.root).hint(source, one.beside),
            )


def _undescribed(made: Markup, one: _Running) -> Iterator[Finding]:
    """Pictures in running text that say nothing to those who cannot see them."""
    hint = "say what is to be seen: ![A full hall, hands raised](assembly.jpg)"
    for picture in undescribed(made.html):
        place = Place.of(one.shown, one.line_of(picture.source, picture.nth))
        yield _without_alt(picture.source, picture.caption, place, hint)


def _undescribed_openers(project: Project) -> Iterator[Finding]:
    """The same for the picture that opens an entry: the first that there is."""
    for entry in project.library.entries:
        first = next((one for one in entry.pictures if one.path), None)
        if first and not first.alt:
            hint = "say what is to be seen: “alt: A full hall, hands raised” under its file name"
            yield _without_alt(first.name, first.caption, first.place, hint)


def _without_alt(name: str, caption: str, place: Place, hint: str) -> Finding:
    instead = "its caption is read out" if caption else "only that there is one is read out"
    message = f"no words say what the picture “{name}” shows; {instead}"
    return warning("image-alt-missing", message, place, hint)


def _words(project: Project) -> Iterator[Finding]:
    """Fixed words that would print in English in a book of another language."""
    language = project.settings.language
    base = language.split("-")[0]
    try:
        known = words_of(project.layouts, FALLBACK)
        own = words_of(project.layouts, base) | words_of(project.layouts, language)
    except ZineError as problem:
        yield from problem.findings
        return
    has = {name.partition(".")[0] for name in own}
    missing = list(dict.fromkeys(one for one in _names(known) if one not in has))
    missing += _formless(own, base)
    if base == FALLBACK or not missing:
        return
    file = f"layouts/words/{base}.yaml"
    if own:
        message = f"not in “{base}” yet, and printed in English: {', '.join(missing)}"
        yield warning("words-untranslated", message, Place(file), "add them to the file")
    else:
        message = f"there are no fixed words in “{base}”; “Contents”, “Tags” … print in English"
        hint = f"copy layouts/words/en.yaml from zine to {file} and translate it"
        place = Place.of(shown_path(project.settings.path, project.root))
        yield warning("words-untranslated", message, place, hint)


def _names(words: Iterable[str]) -> Iterator[str]:
    return (name.partition(".")[0] for name in words)


def _formless(words: Mapping[str, str], language: str) -> list[str]:
    """Forms of number that a language has and its words lack, as "pages_and_trim (few)"."""
    counted = dict.fromkeys(_names(name for name in words if "." in name))
    return [
        f"{name} ({form})"
        for name in counted
        for form in forms_needed(language)
        if f"{name}.{form}" not in words
    ]


def _chapters(project: Project) -> tuple[Finding, ...]:
    """What book.yaml asks for and the content does not have."""
    try:
        words = project.fixed_words
    except (ZineError, KeyError):
        return ()  # told by `_words`
    try:
        return compile_publication(Selection(), project.library, project.settings, words)[1]
    except ZineError as problem:
        return problem.findings  # a text that cannot be read is told twice and kept once


def _pictures(project: Project) -> Iterator[Finding]:
    """Pictures that cannot be read or are too coarse for the page of the book."""
    geometry = Geometry(project.settings.trim, project.settings.bleed)
    opener = Box(round(geometry.bleed_width, 3), geometry.photograph)
    folder = project.cache / "images"
    for entry in project.library.entries:
        for number, picture in enumerate(entry.pictures):
            if picture.path is None:
                continue
            _, found = prepare(picture.path, opener, geometry.measure, folder, picture.place)
            # Only the first is printed: how fine the others are does not matter.
            yield from found if number == 0 else errors_among(found)
    for one in _running_texts(project)[0]:
        for name, path in pictures_in(one.text, one.beside, project.root).items():
            place = Place.of(one.shown, one.line_of(name))
            yield from prepare(path, None, geometry.measure, folder, place)[1]


def _spot(finding: Finding) -> tuple[str, int, int, Severity]:
    place = finding.place or Place("")
    return place.path, place.line or 0, place.column or 0, finding.severity
