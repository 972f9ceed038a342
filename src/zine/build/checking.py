"""Checking the pages: the book is set and looked over, and nothing is written."""

from __future__ import annotations

from zine.build.binding import bind_pages, expected_of
from zine.build.pressed import PIECES
from zine.build.proofs import Proofs
from zine.build.publications import specified
from zine.build.quality import LookOver
from zine.build.report import Options, Request
from zine.build.steps import Workshop
from zine.compiler.selection import Selection
from zine.diagnostics import Finding, ZineError
from zine.project import Project


def check_pages(project: Project, options: Options | None = None) -> tuple[Finding, ...]:
    """What is to be mended on the pages of the book, at every trim and in every theme it is set.

    How photographs are printed changes no page, so such editions are looked over once.

    Errors that stop a build come back as findings, like the others.
    """
    workshop = Workshop(project, options or Options())
    settings = project.settings
    try:
        with workshop.at_work():
            proofs = Proofs(workshop.workers)
            whole = [one for one in settings.editions if one.kind not in PIECES]
            pages = specified(whole, Request(), settings)
            for specification in {(one.trim, one.theme): one for one, _ in pages}.values():
                publication = workshop.compile(Selection(), specification.theme)
                desk = workshop.desk(publication, specification)
                paged = workshop.paginate(desk, publication.title)
                look = LookOver(desk, paged, workshop.alphabet, workshop.workers)
                gatherer = workshop.gatherer(proofs, look.ask)
                bound = bind_pages(
                    desk, paged, crop=True, gatherer=gatherer, uniter=gatherer.united
                )
                name = f"{specification.trim.name} {specification.theme.name}"
                proofs.audit(bound, expected_of(desk, paged, bound), name)
                workshop.note(look.findings(bound.pdf))
            workshop.note(proofs.findings())
    except ZineError as problem:
        return tuple(dict.fromkeys((*workshop.findings, *problem.findings)))
    return tuple(workshop.findings)
