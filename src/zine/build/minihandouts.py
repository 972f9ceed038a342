"""Mini zines of entries that are picked one by one, beside their handouts."""

from __future__ import annotations

from collections.abc import Sequence

from zine.build.handouts import handout_entries
from zine.build.outputs import prepare_folder, write_all
from zine.build.pressed import MINI, mini_zines
from zine.build.report import Options, Report, Request
from zine.build.steps import Workshop
from zine.check import content_findings
from zine.impose.printer import Printer
from zine.paper import Paper
from zine.project import Project


def build_minis(
    project: Project,
    names: Sequence[str] = (),
    paper: Paper | None = None,
    options: Options | None = None,
    printer: Printer | None = None,
) -> Report:
    """Make mini zines of entries, of all of them where no name is given.

    They go to `handouts/` as <slug>-mini-<paper>.pdf, as the edition “mini” of book.yaml says.

    Raises:
        UsageError: a name is no entry's; all such names are in it.
        ZineError: something stops the build; nothing is written.
    """
    workshop = Workshop(project, options or Options())
    with workshop.at_work():
        return _built(workshop, names, paper, printer)


def _built(
    workshop: Workshop,
    names: Sequence[str],
    paper: Paper | None,
    printer: Printer | None,
) -> Report:
    project = workshop.project
    workshop.note((*project.findings, *content_findings(project)))
    entries = tuple(handout_entries(project, names))
    settings = project.settings
    known = {one.name: one for one in (*settings.stock, *settings.editions)}
    edition = known[MINI]
    root = workshop.options.out or project.root / "dist"
    folder = prepare_folder(root / "handouts")
    request = Request(paper=paper, printer=printer)
    made = mini_zines(workshop, entries, edition, request, folder, name="mini-")
    write_all(made)
    return Report(tuple(one.output for one in made), {}, tuple(workshop.findings))
