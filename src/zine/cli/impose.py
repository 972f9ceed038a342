"""`zine impose`: any PDF laid on sheets of paper."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from zine.cli.options import (
    AsJson,
    Cover,
    Flip,
    Margin,
    PaperName,
    PrinterName,
    Quiet,
    Verbose,
    millimetres,
)
from zine.cli.voice import speaking
from zine.diagnostics import Finding, Place, UsageError, error

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
    margin: Margin = None,
    printer: PrinterName = "",
    cover: Annotated[
        Cover | None,
        typer.Option(
            "--cover",
            help="The first two pages and the last two as a cover of their own.",
            show_default=False,
        ),
    ] = None,
    instructions: Annotated[
        bool, typer.Option("--instructions", help="A file that says how to print and fold it.")
    ] = False,
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
        float,
        typer.Option(
            "--gap", metavar="MM", parser=millimetres, help="Between cells that are cut apart."
        ),
    ] = "0",  # type: ignore[assignment]
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
        from zine.cli import presswork
        from zine.cli.printing import printer_known
        from zine.impose import wishes
        from zine.impose.creep import caliper, creep_step
        from zine.impose.options import Options
        from zine.impose.press import NO_ROOM
        from zine.impose.press import impose as press
        from zine.impose.registry import scheme_named
        from zine.impose.sheets import Flip as Edge
        from zine.impose.sheets import Sides
        from zine.impose.sources import boxes_of, opened
        from zine.paper import parse_paper

        name = scheme_named(scheme).name
        names = [word for word in marks.split(",") if word.strip()]
        drawn = wishes.marks_named([*names, *(["guides"] if guides else [])])
        known = printer_known(printer)
        edge = Edge(flip) if flip else known.flip
        sheet = parse_paper(paper) if paper else known.paper
        with presswork.speaking_of(file), opened(file, password) as pdf:
            boxes = boxes_of(pdf)
        options = Options(
            flip=edge,
            rtl=rtl,
            keep_last=keep_last,
            sheets=sheets,
            grid=wishes.grid_named(grid) if grid else None,
            form=form or None,
            one_sided=one_sided,
            poster=poster,
            poster_upright=not poster or boxes[-1].size()[0] <= boxes[-1].size()[1],
            common_back=common_back,
            gap=gap,
        )
        job = presswork.Job(
            name,
            options,
            sheet,
            thickness=caliper(stock),
            creep=creep_step(creep, stock),
            fit=fit,
            cover=cover is not None,
        )
        with presswork.speaking_of(file):
            planned = presswork.plans(job, boxes)
        printed = presswork.runs_of(
            planned,
            file.stem,
            output,
            known,
            Sides(sides) if sides else Sides.BOTH,
            backs_reversed=backs_reversed,
        )
        for run in printed:
            if run.path.resolve() == file.resolve():
                message = "is the PDF that is to be imposed"
                hint = "name another with --output"
                raise UsageError([error("output-source", message, Place.of(run.path), hint)])
        findings: list[Finding] = []
        for run in printed:
            unmarked = run.spine is not None and not drawn.wanted
            found = presswork.written(
                run.path,
                lambda run=run, unmarked=unmarked: press(  # type: ignore[misc]
                    file,
                    run.plan,
                    sheet=run.sheet,
                    out=run.path,
                    marks=presswork.COVER_MARKS if unmarked else drawn,
                    margin=known.margin if margin is None else margin,
                    fit=fit,
                    password=password,
                    drift=known.drift_of(run.plan),
                ),
            )
            findings += [one for one in found if not unmarked or one.code != NO_ROOM]
        outputs = [presswork.plan_data(run.path, run.plan, run.sheet) for run in printed]
        if instructions:
            height = boxes[0].size()[1]
            path = presswork.instructed(printed, file.stem, height, by_hand=not known.duplex)
            outputs.append({"path": str(path.absolute())})
        for output_data in outputs:
            voice.made(Path(str(output_data["path"])))
        for run in printed:
            voice.say(presswork.told(run.plan, run.sheet))
        findings = presswork.of_file(dict.fromkeys(findings), file)
        voice.findings(findings)
        voice.result({"outputs": outputs}, findings)
