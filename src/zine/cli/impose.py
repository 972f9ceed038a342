"""`zine impose`: any PDF laid on sheets of paper."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from zine.cli.options import AsJson, Flip, PaperName, Quiet, Verbose
from zine.cli.voice import speaking
from zine.diagnostics import Place, UsageError, error

NOTHING: dict[str, object] = {"outputs": []}


class Run(StrEnum):
    """One go through a printer without a duplexer."""

    FRONTS = "fronts"
    BACKS = "backs"


Scheme = Annotated[
    str,
    typer.Option("--scheme", metavar="NAME", help="How the pages are laid: saddle, mini, …"),
]
FlipEdge = Annotated[
    Flip | None,
    typer.Option(
        "--flip", help="The edge on which the printer turns the sheet.", show_default=False
    ),
]
Form = Annotated[
    str, typer.Option("--form", metavar="FORM", help="A variant of the scheme.", show_default=False)
]
SheetCount = Annotated[
    int | None,
    typer.Option("--sheets", metavar="K", min=1, help="Sheets in a signature.", show_default=False),
]
Grid = Annotated[
    str,
    typer.Option(
        "--grid", metavar="RxC", help="Rows and columns on a side: 2x4.", show_default=False
    ),
]
Margin = Annotated[
    float,
    typer.Option(
        "--margin", metavar="MM", min=0, help="What the printer leaves blank at the edges, mm."
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="The PDF to write.", show_default=False),
]
Password = Annotated[
    str, typer.Option("--password", help="Opens an encrypted PDF.", show_default=False)
]


def impose(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="Pages in reading order.")],
    scheme: Scheme = "saddle",
    paper: PaperName = "",
    flip: FlipEdge = None,
    rtl: Annotated[bool, typer.Option("--rtl", help="Bound on the right.")] = False,
    sides: Annotated[
        Run | None,
        typer.Option(
            "--sides", help="One side alone, for printers without a duplexer.", show_default=False
        ),
    ] = None,
    backs_reversed: Annotated[
        bool, typer.Option("--backs-reversed", help="Backs start with the last sheet.")
    ] = False,
    creep: Annotated[
        str, typer.Option("--creep", metavar="auto|MM", help="How far each inner sheet moves in.")
    ] = "0",
    stock: Annotated[
        str, typer.Option("--stock", metavar="WEIGHT", help="The paper: 80 gsm, 20 lb, 0.1 mm.")
    ] = "80 gsm",
    marks: Annotated[
        str,
        typer.Option(
            "--marks",
            metavar="NAMES",
            help="crop, fold, staple, sewing, collation, registration, creases; with commas.",
            show_default=False,
        ),
    ] = "",
    guides: Annotated[
        bool, typer.Option("--guides", help="Cut lines over the whole length of the fronts.")
    ] = False,
    margin: Margin = 0.0,
    fit: Annotated[bool, typer.Option("--fit", help="Scale pages to fill their places.")] = False,
    keep_last: Annotated[
        bool, typer.Option("--keep-last", help="Blanks go before the last page, the back cover.")
    ] = False,
    form: Form = "",
    sheets: SheetCount = None,
    grid: Grid = "",
    one_sided: Annotated[bool, typer.Option("--one-sided", help="Backs stay blank.")] = False,
    poster: Annotated[
        int, typer.Option("--poster", metavar="N", min=0, max=2, help="Last pages on the back.")
    ] = 0,
    common_back: Annotated[
        bool, typer.Option("--common-back", help="The last page is the back of every card.")
    ] = False,
    gap: Annotated[
        float, typer.Option("--gap", metavar="MM", min=0, help="Between cells that are cut apart.")
    ] = 0.0,
    output: OutputFile = None,
    password: Password = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Lay the pages of any PDF on sheets: booklets, signatures, mini zines, cards, ….

    The plan is proved by folding before anything is written. Pages keep their size.
    """
    with speaking(quiet=quiet, verbose=verbose, as_json=as_json, nothing=NOTHING) as voice:
        from zine.cli.presswork import named, plan_data, proved, told, written
        from zine.impose import wishes
        from zine.impose.creep import caliper, creep_step, creeping
        from zine.impose.fitting import lying
        from zine.impose.options import Options
        from zine.impose.press import cell_size
        from zine.impose.press import impose as press
        from zine.impose.registry import make_plan, scheme_named
        from zine.impose.sheets import Flip as Edge
        from zine.impose.sheets import Sides
        from zine.impose.sources import boxes_of, opened
        from zine.impose.turning import sided
        from zine.paper import parse_paper

        name = scheme_named(scheme).name
        names = [word for word in marks.split(",") if word.strip()]
        drawn = wishes.marks_named([*names, *(["guides"] if guides else [])])
        caliper(stock)  # a weight that cannot be read is a mistake whatever the creep is
        step = creep_step(creep, stock)
        sheet = parse_paper(paper) if paper else None
        options = Options(
            flip=Edge(flip) if flip else None,
            rtl=rtl,
            keep_last=keep_last,
            sheets=sheets,
            grid=wishes.grid_named(grid) if grid else None,
            form=form or None,
            one_sided=one_sided,
            poster=poster,
            common_back=common_back,
            gap=gap,
        )
        with opened(file, password) as pdf:
            boxes = boxes_of(pdf)
        plan = make_plan(name, len(boxes), wishes.panelled(name, options, sheet))
        cell = cell_size(plan, boxes)
        sheet = sheet or wishes.sheet_of_pages(plan, cell, fit=fit)
        plan = proved(creeping(lying(plan, cell, sheet, fit=fit), step))
        if sides is not None:
            try:
                plan = sided(plan, Sides(sides), backs_reversed=backs_reversed)
            except ValueError as problem:
                raise UsageError([error("sides", f"{name}: {problem}")]) from problem
        elif backs_reversed:
            message = "--backs-reversed is for the run of the backs"
            raise UsageError([error("sides", message, hint="say --sides backs as well")])
        path = output or named(file.stem, plan, sheet)
        if path.resolve() == file.resolve():
            message = "is the PDF that is to be imposed"
            hint = "name another with --output"
            raise UsageError([error("output-source", message, Place.of(path), hint)])
        findings = written(
            path,
            lambda: press(
                file,
                plan,
                sheet=sheet,
                out=path,
                marks=drawn,
                margin=margin,
                fit=fit,
                password=password,
            ),
        )
        voice.made(path)
        voice.say(told(plan, sheet))
        voice.findings(findings)
        voice.result({"outputs": [plan_data(path, plan, sheet)]}, findings)
