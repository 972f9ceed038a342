"""`zine dummy`: numbered pages on sheets, to try a printer and a fold with."""

from __future__ import annotations

from typing import Annotated

import typer

from zine.cli.impose import FlipEdge, Form, Grid, OutputFile, SheetCount
from zine.cli.options import AsJson, PaperName, Quiet, Verbose
from zine.cli.voice import speaking

NOTHING: dict[str, object] = {"outputs": []}


def dummy(
    scheme: Annotated[str, typer.Argument(metavar="SCHEME", help="saddle, mini, four-up, …")],
    pages: Annotated[int, typer.Argument(metavar="PAGES", min=1, max=2000)],
    paper: PaperName = "",
    flip: FlipEdge = None,
    rtl: Annotated[bool, typer.Option("--rtl", help="Bound on the right.")] = False,
    form: Form = "",
    sheets: SheetCount = None,
    grid: Grid = "",
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

        from zine.cli.presswork import named, plan_data, proved, told, written
        from zine.impose.dummy import dummy_pages
        from zine.impose.marks import Marks
        from zine.impose.options import Options
        from zine.impose.press import impose
        from zine.impose.registry import make_plan, scheme_named
        from zine.impose.sheets import Flip as Edge
        from zine.impose.wishes import grid_named, panelled
        from zine.paper import PAPERS, parse_paper

        sheet = parse_paper(paper) if paper else PAPERS["a4"]
        name = scheme_named(scheme).name
        options = Options(
            flip=Edge(flip) if flip else None,
            rtl=rtl,
            form=form or None,
            sheets=sheets,
            grid=grid_named(grid) if grid else None,
        )
        plan = proved(make_plan(name, pages, panelled(name, options, sheet)))
        path = output or named("dummy", plan, sheet)
        source = io.BytesIO(dummy_pages(plan, sheet))
        title = f"{name}, {pages} pages on {sheet.name}"
        # A scheme that is only folded has no use for cut lines, which is nothing to warn of.
        written(
            path,
            lambda: impose(
                source,
                plan,
                sheet=sheet,
                out=path,
                title=title,
                marks=Marks(creases=True, guides=True),
            ),
        )
        voice.made(path)
        voice.say(told(plan, sheet))
        voice.result({"outputs": [plan_data(path, plan, sheet)]})
