"""`zine handout`: one sheet for one entry."""

from __future__ import annotations

from typing import Annotated

import typer

from zine.cli.build import NOTHING
from zine.cli.options import (
    AsJson,
    BacksReversed,
    ByHand,
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
from zine.cli.reports import tell
from zine.cli.voice import speaking
from zine.diagnostics import UsageError, error


def handout(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ENTRY…", help="Slugs, titles or aliases of entries.", show_default=False
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="One handout for every entry.")] = False,
    paper: PaperName = "",
    copies: Annotated[
        int,
        typer.Option(
            "--copies", metavar="2|4", help="So many of each on a sheet, to be cut apart."
        ),
    ] = 1,
    mini: Annotated[
        bool, typer.Option("--mini", help="A mini zine: eight panels of one sheet, one slit.")
    ] = False,
    theme: Annotated[
        list[str] | None,
        typer.Option("--theme", metavar="NAME", help="A theme, such as large-print or low-ink."),
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
    """Make handouts: one entry on one sheet.

    Front, or front and back. They go to the folder handouts/ in the output folder.
    """
    with speaking(quiet=quiet, verbose=verbose, as_json=as_json, nothing=NOTHING) as voice:
        from zine.build import Options, build_handouts, build_minis
        from zine.cli.printing import printer_asked
        from zine.config.themes import make_theme
        from zine.paper import parse_paper
        from zine.project import load_project

        if bool(names) == every:
            message = "name entries or say --all, not both" if names else "no entry is named"
            hint = "zine handout solidarity-economics, or zine handout --all"
            raise UsageError([error("handout-which", message, hint=hint)])
        if mini and theme:
            message = "a mini zine has the theme of the edition “mini” in book.yaml"
            raise UsageError([error("handout-theme", message, hint="leave out --theme")])
        if mini and copies != 1:
            message = "a mini zine fills its sheet; there is no room for copies"
            raise UsageError([error("handout-copies", message, hint="leave out --copies")])
        known = printer_asked(
            printer, margin=margin, by_hand=by_hand, backs_reversed=backs_reversed
        )
        sheet = parse_paper(paper) if paper else known.paper if known else None
        loaded = load_project(project, strict_references=strict)
        look = make_theme([one.casefold() for one in theme or ()], loaded.root)
        with progress_on_terminal(quiet=quiet) as progress:
            options = Options(output, jobs, not no_cache, progress)
            if mini:
                report = build_minis(loaded, names or (), sheet, options, known)
            else:
                report = build_handouts(loaded, names or (), sheet, options, copies, known, look)
        tell(report, loaded.library, voice)
