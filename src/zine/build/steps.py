"""Steps that several builds share: style, pictures, pagination, folios of the whole book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from zine.bind.digits import finished
from zine.build.gatherings import KeptGatherings
from zine.build.photographs import Photographs
from zine.build.proofs import Proofs
from zine.build.quality import alphabet_of
from zine.build.report import Options
from zine.build.stylesheets import (
    digest_of,
    own_sheets,
    read_sheets,
    script_sheets,
    style_files,
)
from zine.compiler.publication import Publication, Section
from zine.compiler.references import needs_full_book
from zine.compiler.sections import compile_publication
from zine.compiler.selection import Selection
from zine.content.entry import Entry
from zine.diagnostics import Finding, ZineError, errors_among
from zine.memory import memory_of
from zine.paper import Paper
from zine.project import Project
from zine.prove.glyphs import Alphabet
from zine.settings import STANDARD, Settings, Starts, Theme
from zine.store import Store, prune
from zine.typeset.cache import SectionCache
from zine.typeset.fitting import Fitter
from zine.typeset.fonts import faces
from zine.typeset.foresight import Foresight
from zine.typeset.geometry import Geometry
from zine.typeset.guess import guessed_pages
from zine.typeset.images import IN_COLOUR, Box, Prepared
from zine.typeset.job import Style, StyleSheet
from zine.typeset.layouts import Layouts
from zine.typeset.mirroring import mirrored
from zine.typeset.neutral import Numbers
from zine.typeset.pagecss import publication_css, theme_css, type_assets
from zine.typeset.pages import PageMaker
from zine.typeset.pagination import Paged, Pagination
from zine.typeset.processes import Processes, cores
from zine.typeset.tones import Tone
from zine.typeset.views.desk import Desk
from zine.typeset.views.indexes import with_divided_indexes
from zine.typeset.workers import Typesetter

GENERATED = "generated.css"
GATHERINGS = "gatherings"
THEME = "theme.css"


@dataclass(frozen=True)
class Specification:
    """What decides the pages of a publication besides its content.

    Args:
        trim: the page.
        theme: what is changed of the look.
        tone: how photographs are printed.
    """

    trim: Paper
    theme: Theme = STANDARD
    tone: Tone = IN_COLOUR


@dataclass
class Workshop:
    """A project with what its builds share while they run.

    Args:
        findings: gathered in the order in which they were noticed, each once.
    """

    project: Project
    options: Options
    findings: list[Finding] = field(default_factory=list)
    _told: set[Finding] = field(default_factory=set)
    _folios: dict[str, str] | None = None

    def note(self, findings: Iterable[Finding]) -> None:
        """Keep findings; raise what is an error, all of it together.

        Raises:
            ZineError: there are errors among them.
        """
        fresh = [one for one in dict.fromkeys(findings) if one not in self._told]
        self._told.update(fresh)
        self.findings += fresh
        if errors := errors_among(fresh):
            raise ZineError(errors)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the book and of its entries, each once."""
        entries = (entry.language for entry in self.project.library.entries if entry.language)
        return tuple(dict.fromkeys((self.project.settings.language, *entries)))

    @property
    def section_cache(self) -> SectionCache:
        """The cache of typeset sections, or one that keeps nothing."""
        return SectionCache(self.project.cache / "sections" if self.options.cache else None)

    def gatherer(
        self, proofs: Proofs | None = None, then: Callable[[], None] = lambda: None
    ) -> KeptGatherings:
        """Who binds gatherings, and unites their fonts."""
        folder = self.project.cache / GATHERINGS if self.options.cache else None
        return KeptGatherings(Store(folder), self.workers, proofs, then)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While there are workers, and drawings of earlier builds; then what is old goes."""
        cache = self.project.cache if self.options.cache else None
        with self._own_workers, memory_of(cache / "memory" if cache else None):
            yield
        for folder in ("sections", "images", GATHERINGS) if cache else ():
            prune(self.project.cache / folder)

    @cached_property
    def alphabet(self) -> Alphabet:
        """The fonts of the book."""
        return alphabet_of(self.project.styles)

    @property
    def workers(self) -> Executor:
        """Who sets sections and proves files: those of the options, or own ones, for `at_work`."""
        given = self.options.processes
        return given if isinstance(given, Executor) else self._own_workers

    @cached_property
    def _own_workers(self) -> Processes:
        given = self.options.processes
        return Processes(given if isinstance(given, int) else cores())

    def start(self) -> None:
        """Let own workers start while the publications are still compiled."""
        if self.workers is self._own_workers:
            self._own_workers.start()

    def compile(self, selection: Selection, theme: Theme = STANDARD) -> Publication:
        """The publication of a selection, its types in the colours of a theme."""
        project = self.project
        publication, findings = compile_publication(
            selection, project.library, project.settings.in_theme(theme), project.fixed_words
        )
        self.note(findings)
        return publication

    @cached_property
    def _photographs(self) -> Photographs:
        return Photographs(self.project)

    def pictures(
        self, entries: Iterable[Entry], box: Box, measure: float, tone: Tone = IN_COLOUR
    ) -> dict[Path, Prepared]:
        """The first picture of each entry that is there, prepared for a box of the opener.

        Raises:
            ZineError: a file is no image; all of them are named.
        """
        made, findings = self._photographs.of_openers(entries, box, measure, tone)
        self.note(findings)
        return made

    def body_pictures(
        self, entries: Iterable[Entry], measure: float, tone: Tone = IN_COLOUR
    ) -> dict[Path, Prepared]:
        """The pictures in running texts, kept whole for the measure.

        Raises:
            ZineError: a file is no image; all of them are named.
        """
        made, findings = self._photographs.in_texts(entries, measure, tone)
        self.note(findings)
        return made

    def style(self, geometry: Geometry, prepared: Iterable[Prepared]) -> Style:
        """The style of a publication: generated rules, then the project's sheets."""
        theme, settings = geometry.theme, self.project.settings
        types = settings.in_theme(theme).types
        generated = StyleSheet(GENERATED, publication_css(geometry, types, self.languages))
        # The URL of a picture names its content, so that it decides the pages that print it only.
        files = {picture.url: picture.path for picture in prepared}
        digests = {face.name: digest_of(face.path) for face in faces()}
        for name, path in style_files(self.project.styles):
            files[f"zine-style:/{name}"] = path
            digests[name] = digest_of(path)
        sheets = [generated, *read_sheets(self.project.styles, theme.sheets)]
        if measures := theme_css(geometry):
            sheets.append(StyleSheet(THEME, measures))
        if settings.rtl:
            sheets = [replace(sheet, css=mirrored(sheet.css)) for sheet in sheets]
        sheets += script_sheets(self.project.styles, self.languages)
        assets = type_assets(types, outline=theme.outline, rtl=settings.rtl)
        return Style(tuple(sheets), assets, files, digests)

    def desk(self, publication: Publication, specification: Specification) -> Desk:
        """The desk of a publication, with the folios of the whole book where they are needed."""
        theme, tone = specification.theme, specification.tone
        settings = self.project.settings.in_theme(theme)
        geometry = Geometry(specification.trim, settings.bleed, theme)
        box = Box(round(geometry.bleed_width, 3), geometry.photograph)
        prepared = self.pictures(publication.entries, box, geometry.measure, tone)
        in_bodies = self.body_pictures(publication.entries, geometry.measure, tone)
        full = self.full_folios() if needs_full_book(publication, settings) else {}
        desk = Desk(
            publication,
            settings,
            self.project.library,
            geometry,
            self.project.words,
            prepared,
            in_bodies,
            full,
        )
        return with_divided_indexes(desk)

    def paginate(self, desk: Desk, label: str) -> Paged:
        """Set all sections of a publication until its numbers are true."""
        geometry = desk.geometry
        style = self.style(geometry, desk.all_prepared)
        maker = PageMaker(desk, Layouts(self.project.layouts))
        titles = {section.key: section.title for section in desk.publication.sections}

        def progress(key: str, done: int, total: int) -> None:
            self.options.progress(f"{label}: {titles.get(key, key)}", done, total)

        with self.typesetter(style) as typesetter:
            paged = Pagination(
                desk.publication.sections,
                self.project.settings.numbering,
                maker.job,
                Fitter(geometry, spreads=self.project.settings.starts is not Starts.ANY),
                Numbers.of(
                    style,
                    own_sheets(self.project.styles),
                    mirrored=self.project.settings.rtl,
                ),
                typesetter,
                progress,
                Foresight(f"{desk.publication.name} {geometry.trim.name} {geometry.theme.name}"),
                _latest_first(desk.publication.sections),
                maker.foreseen,
            ).paged([guessed_pages(one, desk.publication) for one in desk.publication.sections])
            self.note(typesetter.findings)
        for section in paged.sections:
            self.note(section.findings)
        return paged

    def typesetter(self, style: Style) -> Typesetter:
        """A typesetter of tagged sections; what binding need not do is done where they are set."""
        return Typesetter(style, self.section_cache, self.workers, finished)

    def full_folios(self) -> dict[str, str]:
        """Entry slug → folio in the whole book at its own trim, computed once."""
        if self._folios is None:
            publication = self.compile(Selection())
            desk = self.desk(publication, Specification(self.project.settings.trim))
            paged = self.paginate(desk, publication.title)
            folios = paged.page_map.folios
            self._folios = {
                section.entry.slug: folios[section.key]
                for section in publication.sections
                if section.entry
            }
        return self._folios


def _latest_first(sections: Sequence[Section]) -> list[int]:
    """Indexes of sections, those of the entries that were edited last first."""

    def edited(index: int) -> int:
        entry = sections[index].entry
        try:
            return entry.path.stat().st_mtime_ns if entry else 0
        except OSError:
            return 0

    return sorted(range(len(sections)), key=edited, reverse=True)


def authors_of(settings: Settings, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Editors of the book, else the contributors of its entries, each once."""
    if settings.editors:
        return settings.editors
    return tuple(dict.fromkeys(name for entry in entries for name in entry.contributors))
