"""Small things made of one entry each, such as mini zines and cards: set, refitted, bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from zine.bind.binder import BoundSection, bind
from zine.bind.metadata import Metadata
from zine.build import laying
from zine.build.binding import publication_date
from zine.build.inks import inks_of
from zine.build.steps import Workshop, authors_of
from zine.compiler.publication import Matter, Publication, Section, Side, entry_key
from zine.content.entry import Entry
from zine.content.tongues import direction
from zine.paper import Paper
from zine.settings import Colour, EditionSpec
from zine.typeset.geometry import Geometry
from zine.typeset.images import Box
from zine.typeset.job import Job, Typeset
from zine.typeset.layouts import Layouts
from zine.typeset.views.desk import Desk
from zine.typeset.workers import Typesetter

Fit = TypeVar("Fit")
View = Callable[[Section, Desk, Fit], Mapping[str, object]]
Rules = Callable[[Entry, Paper, Fit], str]


class PieceMaker(Generic[Fit]):
    """Sets entries on small pages, one document each.

    Args:
        workshop: the build's.
        page: the page of a piece.
        entries: what is set.
        picture: width and height of its picture, mm.
        template: layout, also the kind of the section ("mini.html", kind "mini").
        view: what the layout prints.
        rules: page rules of one piece.
        edition: its theme, and how it prints photographs.
    """

    def __init__(
        self,
        workshop: Workshop,
        page: Paper,
        entries: Sequence[Entry],
        picture: tuple[float, float],
        template: str,
        view: View[Fit],
        rules: Rules[Fit],
        edition: EditionSpec,
    ) -> None:
        project = workshop.project
        self._workshop = workshop
        self._page = page
        self._template = template
        self._view = view
        self._rules = rules
        self._layouts = Layouts(project.layouts)
        theme, tone = edition.theme, laying.tone_of(edition)
        geometry = Geometry(page, 0.0, theme)
        self._inks = inks_of(edition) if edition.colour is not Colour.COLOUR else None
        self.desk = Desk(
            Publication("", "", False, (), ()),
            project.settings.in_theme(theme),
            project.library,
            geometry,
            project.words,
            workshop.pictures(entries, Box(*picture), picture[0], tone),
            workshop.body_pictures(entries, picture[0], tone),
            workshop.full_folios(),
        )
        self._style = workshop.style(geometry, self.desk.all_prepared)

    def set(self, fits: Mapping[Entry, Fit], label: str) -> dict[Entry, Typeset]:
        """Every entry with its fit, as pages."""
        entries = {entry_key(entry): entry for entry in fits}

        def progress(key: str, done: int, total: int) -> None:
            self._workshop.options.progress(f"{label}: {entries[key].title}", done, total)

        shop = self._workshop
        with Typesetter(self._style, shop.section_cache, shop.workers) as typesetter:
            jobs = [self._job(entry, fit) for entry, fit in fits.items()]
            made = typesetter.typeset(jobs, progress)
            self._workshop.note(typesetter.findings)
        return {entries[key]: section for key, section in made.items()}

    def fitted(
        self,
        wishes: Mapping[Entry, Sequence[Fit]],
        accepts: Callable[[Typeset], bool],
        label: str,
    ) -> dict[Entry, tuple[Fit, Typeset]]:
        """The first fit of each entry that is accepted, else its last."""
        found: dict[Entry, tuple[Fit, Typeset]] = {}
        waiting = dict(wishes)
        for number in range(max(map(len, wishes.values()), default=0)):
            fits = {entry: tried[number] for entry, tried in waiting.items()}
            for entry, section in self.set(fits, label).items():
                if accepts(section) or number + 1 == len(waiting[entry]):
                    found[entry] = fits[entry], section
                    del waiting[entry]
            if not waiting:
                break
        return {entry: found[entry] for entry in wishes}

    def bound(self, made: Mapping[Entry, Typeset], title: str) -> tuple[bytes, int]:
        """The pages of all pieces in one PDF, in their order, and how many there are."""
        settings = self.desk.settings
        parts, start = [], 0
        for entry, section in made.items():
            self._workshop.note(section.findings)
            key = entry_key(entry)
            parts.append(BoundSection(key, entry.title, section.pdf, start, 1, {key: (0, 0.0)}))
            start += section.pages
        metadata = Metadata(
            title=title,
            authors=authors_of(settings, made),
            language=settings.language,
            subject=settings.title,
            publisher=settings.publisher,
            licence=settings.licence,
            licence_url=settings.licence_url,
            keywords=(),
            date=publication_date(settings),
            rtl=settings.rtl,
        )
        pdf = bind(
            parts,
            start,
            [(0, "D", 1)],
            metadata,
            crop_to_trim=True,
            tags=False,
            link_form=self.desk.words.link_to,
            inks=self._inks,
        ).pdf
        return pdf, start

    def _job(self, entry: Entry, fit: Fit) -> Job:
        kind, settings = self._template.removesuffix(".html"), self.desk.settings
        section = Section(entry_key(entry), kind, entry.title, Matter.BODY, Side.ANY, entry=entry)
        context = {
            **self._view(section, self.desk, fit),
            "section": section,
            "publication": self.desk.publication,
            "settings": settings,
            "words": self.desk.words,
            "direction": direction(settings.language),
            "run": "",
            # Books that are read from the right start on a left page.
            "page_rules": self._rules(entry, self._page, fit)
            + ("html{break-before:left}" if settings.rtl else ""),
        }
        return Job(section.key, self._layouts.render(self._template, context))
