"""`zine build`: the book, its chapters, and booklets of chosen entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from zine.cli.options import (
    AsJson,
    BacksReversed,
    ByHand,
    Cover,
    Flip,
    Jobs,
    Margin,
    NoCache,
    Output,
    PaperName,
    PrinterName,
    ProjectFolder,
    Quiet,
    Strict,
    Verbose,
)
from zine.cli.progress import progress_on_terminal
from zine.cli.voice import speaking

if TYPE_CHECKING:
    from zine.typeset.processes import Processes

NOTHING: dict[str, object] = {"outputs": [], "page_maps": {}}
_SELECT = "What to build (without any of these: the whole book)"
_HOW = "How to make it"


def build(
    chapters: Annotated[
        list[str] | None,
        typer.Option(
            "--chapter",
            metavar="NAME",
            help="A chapter, by its id, its title or its type's plural.",
            rich_help_panel=_SELECT,
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--value",
            metavar="TITLE",
            help="All entries that hold a value, by type.",
            rich_help_panel=_SELECT,
        ),
    ] = None,
    entries: Annotated[
        list[str] | None,
        typer.Option(
            "--entries",
            metavar="TITLES",
            help="Entries picked by hand: titles, aliases or slugs with commas between them.",
            rich_help_panel=_SELECT,
        ),
    ] = None,
    together: Annotated[
        bool,
        typer.Option(
            "--together",
            help="Bind all that is selected as one; else each is a booklet of its own.",
            rich_help_panel=_SELECT,
        ),
    ] = False,
    editions: Annotated[
        list[str] | None,
        typer.Option(
            "--edition",
            metavar="NAME",
            help="An edition of book.yaml, such as read or booklet; by default all.",
            rich_help_panel=_HOW,
        ),
    ] = None,
    paper: PaperName = "",
    flip: Annotated[
        Flip | None,
        typer.Option(
            "--flip",
            help="The edge on which the printer turns the sheet.",
            show_default=False,
            rich_help_panel=_HOW,
        ),
    ] = None,
    instructions: Annotated[
        bool | None,
        typer.Option(
            "--instructions/--no-instructions",
            help="A file beside the sheets that says how to print and fold them.",
            show_default=False,
            rich_help_panel=_HOW,
        ),
    ] = None,
    cover: Annotated[
        Cover | None,
        typer.Option(
            "--cover",
            help="The cover as a file of its own, with its spine; the inside without it.",
            show_default=False,
            rich_help_panel=_HOW,
        ),
    ] = None,
    printer: PrinterName = "",
    margin: Margin = None,
    by_hand: ByHand = False,
    backs_reversed: BacksReversed = False,
    output: Output = None,
    strict: Strict = False,
    no_cache: NoCache = False,
    jobs: Jobs = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    project: ProjectFolder = None,
) -> None:
    """Make the book, or parts of it, as PDFs to read and to print.

    Each --chapter, --value and --entries makes a publication of its own. The paths of what was
    made are printed, one a line.
    """
    with (
        speaking(quiet=quiet, verbose=verbose, as_json=as_json, nothing=NOTHING) as voice,
        _workers(jobs) as workers,
    ):
        from zine.build import Options, Request
        from zine.build import build as build_publications
        from zine.cli.again import remember
        from zine.cli.printing import printer_asked
        from zine.cli.reports import report_data, tell
        from zine.cli.selectors import make_selections
        from zine.paper import parse_paper
        from zine.project import load_project

        sheet = parse_paper(paper) if paper else None
        known = printer_asked(
            printer, margin=margin, by_hand=by_hand, backs_reversed=backs_reversed
        )
        loaded = load_project(project, strict_references=strict)
        selections = make_selections(
            chapters or [], values or [], entries or [], loaded.library, together=together
        )
        requests = [
            Request(
                selection,
                tuple(dict.fromkeys(editions or ())),
                sheet,
                flip.value if flip else None,
                instructions,
                cover.value if cover else None,
                known,
            )
            for selection in selections
        ]
        with progress_on_terminal(quiet=quiet) as progress:
            report = build_publications(
                loaded, requests, Options(output, workers, not no_cache, progress)
            )
        tell(report, loaded.library, voice)
        remember(report, report_data(report, loaded.library), voice)


def _workers(jobs: int | None) -> Processes:
    """Workers that load what they need while the project is being read."""
    from zine.typeset.processes import ENGINE, Processes, cores
    from zine.typeset.workers import get_ready

    workers = Processes(jobs or cores(), (ENGINE, "zine.build"))
    workers.start()
    for _ in range(workers.count):
        workers.submit(get_ready)
    return workers
