"""`zine calibrate`: a sheet that shows what a printer does, and the answers kept as its profile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zine.cli.impose import FlipEdge, OutputFile
from zine.cli.options import AsJson, PaperName, Quiet, Verbose, millimetres
from zine.cli.voice import Voice, speaking
from zine.diagnostics import UsageError, error

if TYPE_CHECKING:
    from zine.impose.printer import Printer

NOTHING: dict[str, object] = {"outputs": []}


def calibrate(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="What the printer is called.", show_default=False),
    ] = "",
    paper: PaperName = "",
    flip: FlipEdge = None,
    margin: Annotated[
        float | None,
        typer.Option(
            "--margin",
            metavar="MM",
            parser=millimetres,
            help="What it leaves blank at the edges.",
            show_default=False,
        ),
    ] = None,
    drift: Annotated[
        str,
        typer.Option(
            "--drift",
            metavar="RIGHT,UP",
            help="Where the backs lie on sheets that lie landscape, mm: 0.5,-1.",
            show_default=False,
        ),
    ] = "",
    drift_portrait: Annotated[
        str,
        typer.Option(
            "--drift-portrait",
            metavar="RIGHT,UP",
            help="The same on sheets that lie portrait.",
            show_default=False,
        ),
    ] = "",
    by_hand: Annotated[
        bool | None,
        typer.Option(
            "--by-hand/--duplex",
            help="You turn the sheets yourself, or the printer does.",
            show_default=False,
        ),
    ] = None,
    backs_reversed: Annotated[
        bool | None,
        typer.Option(
            "--backs-reversed/--backs-in-order",
            help="By hand: backs start with the last sheet, or the first.",
            show_default=False,
        ),
    ] = None,
    portrait: Annotated[
        bool, typer.Option("--portrait", help="The calibration sheet lies portrait.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the printers.")] = False,
    output: OutputFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print a sheet that shows flip edge, margin and drift; or save the answers.

    Without answers it makes the sheet. With answers it saves them under NAME, for --printer NAME.
    """
    with speaking(quiet=quiet, verbose=verbose, as_json=as_json, nothing=NOTHING) as voice:
        from dataclasses import replace

        from zine.config.printers import (
            MOST_MARGIN,
            drift_named,
            known_printers,
            printer_named,
            printer_path,
            save_printer,
        )
        from zine.impose.printer import Printer
        from zine.impose.sheets import Flip as Edge
        from zine.paper import parse_paper

        if listed:
            _list(voice)
            return
        sheet = parse_paper(paper) if paper else None
        answers = (flip, margin, drift or None, drift_portrait or None, by_hand, backs_reversed)
        if all(answer is None for answer in answers):
            if name:
                printer_path(name)
            _sheet(voice, name, sheet.name if sheet else "a4", output, portrait=portrait)
            return
        if not name:
            hint = "zine calibrate kitchen --flip long --margin 5 --drift 0.5,-1"
            message = "the answers have no printer to belong to"
            raise UsageError([error("printer-name", message, hint=hint)])
        printer_path(name)
        printer = printer_named(name) if name in known_printers() else Printer(name)
        if sheet:
            printer = replace(printer, paper=sheet)
        if flip:
            printer = replace(printer, flip=Edge(flip))
        if margin is not None:
            if margin > MOST_MARGIN:
                message = f"a margin of {margin:g} mm is more than {MOST_MARGIN:g} mm"
                raise UsageError([error("printer-margin", message, hint="it is in mm")])
            printer = replace(printer, margin=margin)
        if drift:
            printer = replace(printer, drift=drift_named(drift))
        if drift_portrait:
            printer = replace(printer, drift_portrait=drift_named(drift_portrait))
        if by_hand is not None:
            printer = replace(printer, duplex=not by_hand)
        if backs_reversed is not None:
            printer = replace(printer, backs_reversed=backs_reversed)
        path = save_printer(printer)
        voice.made(path)
        voice.say(f"{_told(printer)}; from now on --printer {name}")
        voice.result({"outputs": [{"path": str(path)}]})


def _sheet(voice: Voice, name: str, paper: str, output: Path | None, *, portrait: bool) -> None:
    from zine.build.calibration import calibration_sheet
    from zine.build.onepage import plain_setter
    from zine.cli.presswork import written
    from zine.files import write_atomically
    from zine.paper import parse_paper

    sheet = parse_paper(paper)
    path = output or Path(f"calibration-{sheet.name}{'-portrait' if portrait else ''}.pdf")
    made = calibration_sheet(plain_setter(), sheet, name, landscape=not portrait)

    def write() -> tuple[()]:
        write_atomically(path, made)
        return ()

    written(path, write)
    voice.made(path)
    voice.say("print it on both sides; it says what to read off it")
    voice.result({"outputs": [{"path": str(path.absolute())}]})


def _list(voice: Voice) -> None:
    from zine.config.printers import known_printers, printer_named

    printers = [printer_named(one) for one in known_printers()]
    for printer in printers:
        voice.line(f"{printer.name:<15} {_told(printer)}")
    if not printers:
        voice.say("there are none yet: zine calibrate kitchen prints a sheet that asks for it")
    voice.result(
        {
            "printers": [
                {
                    "name": one.name,
                    "paper": one.paper.name if one.paper else None,
                    "flip": str(one.flip) if one.flip else None,
                    "by_hand": not one.duplex,
                    "backs_reversed": one.backs_reversed,
                    "margin": one.margin,
                    "drift": list(one.drift),
                    "drift_portrait": list(one.drift_portrait),
                }
                for one in printers
            ]
        }
    )


def _told(printer: Printer) -> str:
    """A printer in a line."""
    parts = [
        printer.paper.name if printer.paper else "",
        f"flip {printer.flip}" if printer.flip else "",
        "" if printer.duplex else "turned by hand",
        "backs reversed" if printer.backs_reversed else "",
        f"margin {printer.margin:g} mm" if printer.margin else "",
        _drifting(printer.drift, ""),
        _drifting(printer.drift_portrait, " portrait"),
    ]
    return ", ".join(part for part in parts if part) or "nothing is known of it"


def _drifting(drift: tuple[float, float], how: str) -> str:
    return f"drift{how} {drift[0]:g} right, {drift[1]:g} up" if any(drift) else ""
