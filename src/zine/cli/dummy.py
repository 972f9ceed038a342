"""`zine dummy`: numbered pages on sheets, to try a printer and a fold with."""

from __future__ import annotations

from typing import Annotated

import typer

from zine.cli.impose import FlipEdge, Form, Grid, OutputFile, SheetCount
from zine.cli.options import AsJson, PaperName, PrinterName, Quiet, Verbose
from zine.cli.voice import speaking

NOTHING: dict[str, object] = {"outputs": []}


def dummy(
    scheme: Annotated[str, typer.Argument(metavar="SCHEME", help="saddle, mini, four-up, …")],
    count: Annotated[int, typer.Argument(metavar="PAGES", min=1, max=2000)],
    paper: PaperName = "",
    flip: FlipEdge = None,
    rtl: Annotated[bool, typer.Option("--rtl", help="Bound on the right.")] = False,
    form: Form = "",
    sheets: SheetCount = None,
    grid: Grid = "",
    printer: PrinterName = "",
    output: OutputFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make numbered pages on sheets, with fold lines (dashed) and cut lines.

    Print two sheets of it before a whole run: number, arrow and fold show what the printer does.
    """
    with speaking(quiet=quiet, verbose=verbose, as_json=as_json, nothing=NOTHING) as voice:
        import io

        from zine.cli.presswork import plan_data, proved, runs_of, told, written
        from zine.cli.printing import printer_known
        from zine.impose.dummy import dummy_pages
        from zine.impose.marks import Marks
        from zine.impose.options import Options
        from zine.impose.press import impose
        from zine.impose.registry import make_plan, scheme_named
        from zine.impose.sheets import Flip as Edge
        from zine.impose.sheets import Sides
        from zine.impose.wishes import grid_named, panelled
        from zine.paper import PAPERS, parse_paper

        known = printer_known(printer)
        sheet = parse_paper(paper) if paper else known.paper or PAPERS["a4"]
        name = scheme_named(scheme).name
        options = Options(
            flip=Edge(flip) if flip else known.flip,
            rtl=rtl,
            form=form or None,
            sheets=sheets,
            grid=grid_named(grid) if grid else None,
        )
        plan = proved(make_plan(name, count, panelled(name, options, sheet)))
        pages = dummy_pages(plan, sheet)
        title = f"{name}, {plan.pages} pages on {sheet.name}"
        planned = [(plan, sheet, None)]
        runs = runs_of(planned, "dummy", output, known, Sides.BOTH, backs_reversed=False)
        for run in runs:
            # A scheme that is only folded has no use for cut lines, which is nothing to warn of.
            written(
                run.path,
                lambda run=run: impose(  # type: ignore[misc]
                    io.BytesIO(pages),
                    run.plan,
                    sheet=sheet,
                    out=run.path,
                    title=title,
                    marks=Marks(creases=True, guides=True),
                    margin=known.margin,
                    drift=known.drift_of(plan),
                ),
            )
            voice.made(run.path)
        voice.say(told(plan, sheet))
        voice.result({"outputs": [plan_data(run.path, run.plan, sheet) for run in runs]})
