"""Building handouts: one sheet for one entry, refitted until it holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from zine.bind.binder import BoundSection, bind
from zine.bind.metadata import Metadata
from zine.build.binding import publication_date
from zine.build.copies import Copied, copied, page_for, turned_by_hand
from zine.build.laying import tone_of
from zine.build.outputs import prepare_folder, write_all
from zine.build.quality import look_over_piece
from zine.build.report import Made, Options, Output, Report
from zine.build.steps import Workshop, authors_of
from zine.check import content_findings
from zine.compiler.chapters import unique
from zine.compiler.parts import find_entries
from zine.compiler.publication import Matter, Publication, Section, Side, entry_key
from zine.content.entry import Entry
from zine.content.tongues import direction
from zine.diagnostics import Finding, Place, warning
from zine.impose.printer import Printer
from zine.paper import PAPERS, Paper
from zine.project import Project
from zine.prove.sight import Box as Ink
from zine.prove.structure import prove_structure
from zine.settings import STANDARD, EditionSpec, Settings, Theme
from zine.typeset.geometry import Geometry
from zine.typeset.images import Box
from zine.typeset.job import Job, Typeset
from zine.typeset.layouts import Layouts
from zine.typeset.views.desk import Desk
from zine.typeset.views.handout import (
    BODY_LEAST,
    BODY_SIZE,
    FOOT,
    FOOT_LARGE,
    HEAD,
    NOTE_LINE,
    NOTES_LEAST,
    NOTES_MOST,
    SCALES,
    SIDE,
    HandoutFit,
    handout_rules,
    handout_size,
    handout_view,
)
from zine.typeset.workers import Typesetter
from zine.units import mm_to_pt

SIDES = 2
_NOTES_HEAD = 42.0  # pt: gap, rule and head over the lines for notes
BODY_COLUMNS = 2
_BODY_LEADING = 15.0 / BODY_SIZE


def build_handouts(
    project: Project,
    names: Sequence[str] = (),
    paper: Paper | None = None,
    options: Options | None = None,
    copies: int = 1,
    printer: Printer | None = None,
    theme: Theme = STANDARD,
) -> Report:
    """Make the handouts of entries; of all entries where no name is given.

    Args:
        project: read by `load_project`.
        names: titles, aliases or slugs.
        paper: the sheet; A4 by default.
        options: how the build runs.
        printer: where they will be printed; it decides how copies lie on the backs.
        copies: of one handout on a sheet, 1, 2 or 4; see `zine.build.copies.page_for`.
        theme: what is changed of the look.

    Raises:
        UsageError: a name is no entry's; all such names are in it. No page fits the copies.
        ZineError: something stops the build; nothing is written.
    """
    workshop = Workshop(project, options or Options())
    with workshop.at_work():
        return _built(workshop, names, paper or PAPERS["a4"], copies, printer, theme)


def _built(
    workshop: Workshop,
    names: Sequence[str],
    sheet: Paper,
    copies: int,
    printer: Printer | None,
    theme: Theme,
) -> Report:
    project = workshop.project
    workshop.note((*project.findings, *content_findings(project)))
    entries = handout_entries(project, names)
    page = page_for(sheet, copies)
    root = workshop.options.out or project.root / "dist"
    out = prepare_folder(root / "handouts")
    maker = _HandoutMaker(workshop, page, entries, theme)
    made: list[Made] = []
    several: list[Copied] = []
    suffix = f"-{theme.name}" if theme.name else ""
    suffix += "" if sheet.name == "a4" else f"-{sheet.name}"
    for entry, section in maker.fitted():
        content = maker.bound(entry, section)
        workshop.note(prove_structure(content, [entry.title] * section.pages))
        areas = [maker.area] * section.pages
        workshop.note(look_over_piece(content, entry, areas, project, workshop.alphabet))
        files = [(out / f"{entry.slug}{suffix}.pdf", content)]
        if copies > 1:
            path = out / f"{entry.slug}-x{copies}{suffix}.pdf"
            many = copied(content, section.pages, page, sheet, copies, entry.title, path, printer)
            workshop.note(many.findings)
            several.append(many)
            files = list(many.files)
        sheets = math.ceil(section.pages / SIDES)
        for path, pdf in files:
            made.append(Made(Output(path, entry.title, "handout", section.pages, sheets), pdf))
    if apart := [many for many in several if len(many.files) > 1]:
        path = out / f"handouts-x{copies}{suffix}-instructions.pdf"
        made.append(turned_by_hand(workshop, apart[0], page, sheet, path))
    write_all(made)
    return Report(tuple(one.output for one in made), {}, tuple(workshop.findings))


def handout_entries(project: Project, names: Sequence[str]) -> list[Entry]:
    """The entries of those names, each once; all where there is no name.

    Raises:
        UsageError: a name is no entry's; all such names are in it.
    """
    if not names:
        return list(project.library.entries)
    return unique(find_entries(names, project.library))


class _HandoutMaker:
    """Sets handouts on one paper."""

    def __init__(
        self, workshop: Workshop, paper: Paper, entries: Sequence[Entry], theme: Theme
    ) -> None:
        project = workshop.project
        # Large type takes the sides that it needs.
        self._large = theme.line != STANDARD.line
        self._foot = FOOT_LARGE if self._large else FOOT
        tone = tone_of(EditionSpec("handout", "read", Place(""), theme=theme))
        self._workshop = workshop
        self._paper = paper
        self._entries = entries
        self._settings: Settings = project.settings.in_theme(theme)
        self._layouts = Layouts(project.layouts)
        width, height = handout_size(paper)
        prepared = workshop.pictures(entries, Box(width, height), width, tone)
        geometry = Geometry(paper, 0.0, theme)
        nothing = Publication("", "", False, (), ())
        self._desk = Desk(
            nothing,
            self._settings,
            project.library,
            geometry,
            project.words,
            prepared,
            workshop.body_pictures(entries, width, tone),
            workshop.full_folios(),
        )
        self._style = workshop.style(geometry, self._desk.all_prepared)

    @property
    def area(self) -> Ink:
        """The type area of every page, pt; the feet stand below it."""
        left, top = mm_to_pt(SIDE), mm_to_pt(HEAD)
        low = self._paper.height_pt - mm_to_pt(HEAD + self._foot)
        return Ink(left, top, self._paper.width_pt - left, low)

    def fitted(self) -> list[tuple[Entry, Typeset]]:
        """Every entry on its sheet: type and spacing shrink step by step, then notes fill up."""
        fits = {entry.slug: HandoutFit() for entry in self._entries}
        made: dict[str, Typeset] = {}
        with self._workshop.typesetter(self._style) as typesetter:
            waiting = list(self._entries)
            for scale in SCALES[:1] if self._large else SCALES:
                for entry in waiting:
                    fits[entry.slug] = HandoutFit(scale)
                made |= self._set(typesetter, waiting, fits)
                waiting = [e for e in waiting if made[entry_key(e)].pages > SIDES]
            if not self._large:
                self._workshop.note(self._too_long(one, made[entry_key(one)]) for one in waiting)
            roomy = []
            for entry in self._entries:
                if notes := self._notes(made[entry_key(entry)]):
                    fits[entry.slug] = replace(fits[entry.slug], notes=notes)
                    roomy.append(entry)
            again = self._set(typesetter, roomy, fits)
            made |= {key: one for key, one in again.items() if one.pages <= SIDES}
            self._workshop.note(typesetter.findings)
        for section in made.values():
            self._workshop.note(section.findings)
        return [(entry, made[entry_key(entry)]) for entry in self._entries]

    def _set(
        self, typesetter: Typesetter, entries: Sequence[Entry], fits: dict[str, HandoutFit]
    ) -> dict[str, Typeset]:
        titles = {entry_key(entry): entry.title for entry in entries}

        def progress(key: str, done: int, total: int) -> None:
            self._workshop.options.progress(f"handout: {titles[key]}", done, total)

        jobs = [self._job(entry, fits[entry.slug]) for entry in entries]
        return typesetter.typeset(jobs, progress)

    def _job(self, entry: Entry, fit: HandoutFit) -> Job:
        section = Section(
            entry_key(entry), "handout", entry.title, Matter.BODY, Side.ANY, entry=entry
        )
        references = self._desk.references({})
        context = handout_view(section, self._desk, references, fit) | {
            "section": section,
            "publication": self._desk.publication,
            "settings": self._settings,
            "words": self._desk.words,
            "direction": direction(self._settings.language),
            "one_column": self._desk.geometry.columns == 1,
            "run": entry.title,
            "page_rules": handout_rules(
                entry, self._paper, fit, self._foot, self._desk.geometry.theme
            ),
        }
        return Job(section.key, self._layouts.render("handout.html", context))

    def _notes(self, section: Typeset) -> int:
        """Lines for notes that fit under what the back side holds."""
        end = section.anchors.get("_back-end")
        if end is None or end.page != SIDES - 1:
            return 0
        foot = self._paper.height_pt - mm_to_pt(HEAD + self._foot)
        lines = math.floor((foot - end.bottom - _NOTES_HEAD) / NOTE_LINE)
        return min(NOTES_MOST, lines) if lines >= NOTES_LEAST else 0

    def _too_long(self, entry: Entry, section: Typeset) -> Finding:
        end = section.anchors.get("_back-end")
        leading = BODY_LEAST * _BODY_LEADING
        block = self._paper.height_pt - mm_to_pt(2 * HEAD + FOOT)
        over = block * (section.pages - SIDES - 1)
        over += (end.top - mm_to_pt(HEAD)) if end else block
        columns = BODY_COLUMNS if entry.body else 1
        lines = max(1, math.ceil(columns * over / leading))
        return warning(
            "handout-too-long",
            f"the handout of “{entry.title}” takes {section.pages} pages at {BODY_LEAST} pt; "
            f"it is about {lines} lines too long for one sheet",
            Place(entry.place.path),
            "shorten the running text, or print the entry as a booklet with "
            f'zine build --entries "{entry.title}"',
        )

    def bound(self, entry: Entry, section: Typeset) -> bytes:
        """The handout as a PDF of its own."""
        settings = self._settings
        part = BoundSection(
            entry_key(entry), entry.title, section.pdf, 0, 1, {entry_key(entry): (0, 0.0)}
        )
        metadata = Metadata(
            title=entry.title,
            authors=entry.contributors or authors_of(settings, [entry]),
            language=settings.language,
            subject=f"{settings.title}. {settings.subtitle}".strip(". "),
            publisher=settings.publisher,
            licence=settings.licence,
            licence_url=settings.licence_url,
            keywords=entry.tags,
            date=publication_date(settings),
            rtl=settings.rtl,
        )
        return bind(
            [part],
            section.pages,
            [(0, "D", 1)],
            metadata,
            crop_to_trim=True,
            link_form=self._desk.words.link_to,
        ).pdf
