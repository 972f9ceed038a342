"""`zine plan`: how many sheets so many pages take, and which numbers of pages fit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zine.cli.impose import Form, Grid, Password, SheetCount
from zine.cli.options import AsJson, Quiet, Verbose
from zine.cli.voice import speaking
from zine.diagnostics import UsageError, error

NOTHING: dict[str, object] = {"plans": []}


def plan(
    pages: Annotated[
        str, typer.Argument(metavar="PAGES|FILE.pdf", help="A number of pages, or a PDF.")
    ],
    scheme: Annotated[
        str,
        typer.Option(
            "--scheme", metavar="NAME", help="One scheme; by default all.", show_default=False
        ),
    ] = "",
    sheets: SheetCount = None,
    form: Form = "",
    grid: Grid = "",
    password: Password = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say which schemes fit: pages, blanks, sheets, signatures."""
    with speaking(quiet=quiet, verbose=verbose, as_json=as_json, nothing=NOTHING) as voice:
        from zine.impose.counts import fitting_counts
        from zine.impose.options import Options
        from zine.impose.registry import SCHEMES, scheme_named
        from zine.impose.wishes import grid_named

        options = Options(sheets=sheets, form=form or None, grid=grid_named(grid) if grid else None)
        if not scheme and options != Options():
            message = "--sheets, --form and --grid are options of one scheme"
            raise UsageError([error("plan-scheme", message, hint="name it with --scheme")])
        count = page_count(pages, password)
        chosen = [scheme_named(scheme)] if scheme else list(SCHEMES.values())
        plans = []
        for one in chosen:
            counts = fitting_counts(one.name, count, options)
            signatures = counts.signatures
            plans.append(
                {
                    "scheme": one.name,
                    "pages": counts.pages,
                    "fits": counts.fits,
                    "blanks": counts.blanks,
                    "shorter": counts.shorter,
                    "sheets": counts.sheets,
                    "signatures": signatures,
                    "most": counts.most,
                }
            )
            text = str(counts)
            if counts.fits is not None:
                text += f"; {counts.sheets} sheet{'' if counts.sheets == 1 else 's'}"
            if signatures > 1:
                text += f" in {signatures} signatures"
            voice.line(f"{one.name:<15} {text}" if not scheme else text)
        voice.result({"plans": plans})


def page_count(given: str, password: str = "") -> int:
    """The number of pages that is given, or that a PDF has.

    Raises:
        UsageError: it is neither a number nor a PDF that can be read.
    """
    from zine.impose.sources import opened

    most = 10_000  # a mistyped number is no reason to plan for minutes
    if given.strip().lstrip("-").isdecimal():
        count = int(given)
        if not 1 <= count <= most:
            raise UsageError([error("plan-pages", f"a number of pages is 1 to {most}")])
        return count
    if not Path(given).exists():
        message = f"“{given}” is no number of pages, and there is no such file"
        raise UsageError([error("plan-pages", message, hint="zine plan 31, or zine plan zine.pdf")])
    with opened(Path(given), password) as pdf:
        return len(pdf.pages)
