"""`zine list`: what the project holds, by the names that other commands take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from zine.cli.options import AsJson, ProjectFolder, Quiet, Verbose
from zine.cli.voice import Voice, speaking
from zine.diagnostics import Severity

if TYPE_CHECKING:  # reading a project is slower than showing the help
    from zine.compiler.publication import Chapter
    from zine.content.entry import Entry
    from zine.project import Project
    from zine.settings import EditionSpec


def list_project(
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    project: ProjectFolder = None,
) -> None:
    """List chapters with their entries, values, tags and editions."""
    with speaking(quiet=quiet, verbose=verbose, as_json=as_json) as voice:
        from zine.compiler.chapters import make_chapters
        from zine.project import load_project

        loaded = load_project(project)
        chapters, found = make_chapters(
            loaded.library, loaded.settings, loaded.fixed_words.no_value
        )
        _print(loaded, chapters, voice)
        findings = (*loaded.findings, *found)
        voice.result(_data(loaded, chapters), findings)
        problems = sum(finding.severity is not Severity.NOTE for finding in findings)
        if problems:
            noun = "problem" if problems == 1 else "problems"
            voice.say(f"{problems} {noun} in the content: zine check names them")


def _loose(project: Project, chapters: Iterable[Chapter]) -> list[Entry]:
    """Entries that no chapter asks for."""
    placed = {entry.slug for chapter in chapters for entry in chapter.entries}
    return [entry for entry in project.library.entries if entry.slug not in placed]


def _values(project: Project) -> list[tuple[Entry, int]]:
    """The values in title order, each with the number of entries that hold it."""
    library = project.library
    values = {entry.title: entry for entry in library.entries if entry.type == "value"}
    return [
        (values[title], len(library.members_of(values[title])))
        for title in library.titles
        if title in values
    ]


def _tags(project: Project) -> list[tuple[str, int]]:
    """Tags by how many entries have them, then by name."""
    counts = Counter(tag for entry in project.library.entries for tag in entry.tags)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))


def _print(project: Project, chapters: tuple[Chapter, ...], voice: Voice) -> None:
    settings = project.settings
    entries = len(project.library.entries)
    voice.line(f"{settings.title}: {entries} entries, {settings.trim.name}, {settings.language}")
    voice.line()
    voice.line("Chapters")
    width = max((len(entry.slug) for entry in project.library.entries), default=0)
    for chapter in chapters:
        voice.line(f"  {chapter.id}  ({chapter.title}, {len(chapter.entries)})")
        for entry in chapter.entries:
            voice.line(f"    {entry.slug:<{width}}  {entry.title}")
    if loose := _loose(project, chapters):
        voice.line(f"  in no chapter  ({len(loose)})")
        for entry in loose:
            voice.line(f"    {entry.slug:<{width}}  {entry.title}")
    _columns("Values", [(value.title, str(count)) for value, count in _values(project)], voice)
    _columns("Tags", [(tag, str(count)) for tag, count in _tags(project)], voice)
    _columns("Editions", [_said(one) for one in settings.editions], voice)
    _columns("Made when asked for by --edition", [_said(one) for one in settings.stock], voice)


def _said(edition: EditionSpec) -> tuple[str, str]:
    """The name of an edition, and what it is."""
    kinds = {
        "read": "single pages, for screens",
        "booklet": "sheets to print, fold and staple",
        "press": "single pages with bleed and marks, for a print shop",
        "mini": "a mini zine of each entry, eight panels on one sheet",
        "cards": "a deck of cards, one for each entry",
    }
    colours = {"greyscale": "black ink alone", "cmyk": "process colours"}
    parts = [
        kinds[edition.kind],
        edition.paper.name if edition.paper else "",
        edition.trim.name if edition.trim else "",
        f"theme {edition.theme.name}" if edition.theme.name else "",
        colours.get(edition.colour, ""),
    ]
    return edition.name, ", ".join(part for part in parts if part)


def _columns(head: str, rows: list[tuple[str, str]], voice: Voice) -> None:
    if not rows:
        return
    voice.line()
    voice.line(head)
    width = max(len(name) for name, _ in rows)
    for name, what in rows:
        voice.line(f"  {name:<{width}}  {what}")


def _data(project: Project, chapters: tuple[Chapter, ...]) -> dict[str, object]:
    settings = project.settings
    return {
        "title": settings.title,
        "slug": settings.slug,
        "language": settings.language,
        "trim": settings.trim.name,
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title,
                "entries": [_entry(entry) for entry in chapter.entries],
                "see_also": [entry.slug for entry in chapter.see_also],
            }
            for chapter in chapters
        ],
        "in_no_chapter": [_entry(entry) for entry in _loose(project, chapters)],
        "values": [
            {"slug": value.slug, "title": value.title, "entries": count}
            for value, count in _values(project)
        ],
        "tags": dict(_tags(project)),
        "editions": [
            {
                "name": one.name,
                "kind": one.kind,
                "paper": one.paper.name if one.paper else None,
            }
            for one in settings.editions
        ],
    }


def _entry(entry: Entry) -> dict[str, str]:
    return {
        "slug": entry.slug,
        "title": entry.title,
        "type": entry.type,
        "path": entry.place.path,
    }
