"""Single pages beside a publication, such as instructions, in a project's style or without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from types import SimpleNamespace

from zine.build.steps import GENERATED, Workshop
from zine.build.stylesheets import FIRST_SHEETS, read_sheets
from zine.content.tongues import direction
from zine.diagnostics import Finding
from zine.impose.preferences import for_paper
from zine.impose.sheets import Flip
from zine.paper import Paper
from zine.resources import Resources, defaults_root
from zine.typeset.cache import SectionCache
from zine.typeset.geometry import Geometry
from zine.typeset.job import Job, Style, StyleSheet
from zine.typeset.layouts import Layouts
from zine.typeset.pagecss import publication_css
from zine.typeset.workers import Typesetter
from zine.words import Words, load_words

_LANGUAGE = "en"
_SHEETS = (*FIRST_SHEETS, "calibration.css", "instructions.css")


@dataclass(frozen=True)
class Setter:
    """Sets one page.

    Args:
        words: the fixed words.
        language: of the words.
        settings: what layouts read of the book.
        layouts: templates.
        style: of pages on a paper.
        cache: where it is kept.
        workers: who sets it.
        note: is told what the typesetter complained of.
    """

    words: Words
    language: str
    settings: object
    layouts: Resources
    style: Callable[[Paper], Style]
    cache: SectionCache
    workers: Executor | int
    note: Callable[[Iterable[Finding]], None]

    def page(
        self,
        kind: str,
        title: str,
        paper: Paper,
        rules: str,
        context: Mapping[str, object],
        flip: Flip | None = None,
    ) -> bytes:
        """The PDF of the layout <kind>.html on a sheet of paper as it lies, never to be scaled.

        Args:
            flip: edge on which the sheet is turned for a second page.
        """
        whole = {
            "settings": self.settings,
            "words": self.words,
            "section": {"kind": kind, "title": title},
            "direction": direction(self.language),
            "run": "",
            "page_rules": rules,
            **context,
        }
        html = Layouts(self.layouts).render(f"{kind}.html", whole)
        with Typesetter(self.style(paper), self.cache, self.workers) as typesetter:
            made = typesetter.typeset([Job(kind, html)], lambda *_: None)[kind]
            self.note((*typesetter.findings, *made.findings))
        return for_paper(made.pdf, title, flip)


def setter_of(workshop: Workshop) -> Setter:
    """With a project's own layouts, styles and words."""
    project = workshop.project
    return Setter(
        project.words,
        project.settings.language,
        project.settings,
        project.layouts,
        lambda paper: workshop.style(Geometry(paper, 0.0), ()),
        workshop.section_cache,
        workshop.workers,
        workshop.note,
    )


def plain_setter() -> Setter:
    """With what comes with zine, for sheets that belong to no project."""
    layouts = Resources("layouts", defaults_root())
    return Setter(
        load_words(layouts, _LANGUAGE),
        _LANGUAGE,
        SimpleNamespace(language=_LANGUAGE),
        layouts,
        _plain_style,
        SectionCache(None),
        1,
        lambda _: None,
    )


def _plain_style(paper: Paper) -> Style:
    sheets = read_sheets(Resources("styles", defaults_root()))
    wanted = tuple(sheet for sheet in sheets if sheet.name in _SHEETS)
    generated = StyleSheet(GENERATED, publication_css(Geometry(paper, 0.0), ()))
    return Style((generated, *wanted))
