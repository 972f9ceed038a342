"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


def millimetres(text: str) -> float:
    """A length that is given on the command line, mm: "5", "5mm", "0.2in".

    Raises:
        BadParameter: it is none.
    """
    from zine.units import length

    found = length(str(text).strip())
    if found is None:
        raise typer.BadParameter(f"“{text}” is no length; write it as 5mm, 0.2in, or 5 for mm")
    return found


class Flip(StrEnum):
    """The edge on which a printer turns the sheet."""

    SHORT = "short"
    LONG = "long"


class Cover(StrEnum):
    """Where the cover goes."""

    SEPARATE = "separate"


PrinterName = Annotated[
    str,
    typer.Option(
        "--printer",
        metavar="NAME",
        help="A printer that zine calibrate knows: flip edge, margin, drift of the backs.",
        show_default=False,
    ),
]
Margin = Annotated[
    float | None,
    typer.Option(
        "--margin",
        metavar="MM",
        parser=millimetres,
        help="What the printer leaves blank at the edges: 5mm.",
        show_default=False,
    ),
]
ByHand = Annotated[
    bool,
    typer.Option(
        "--by-hand", help="You turn the sheets yourself: fronts and backs as files of their own."
    ),
]
BacksReversed = Annotated[
    bool, typer.Option("--backs-reversed", help="By hand: backs start with the last sheet.")
]
ProjectFolder = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="DIR",
        help="The project; by default the one that the working directory lies in.",
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Hide warnings, notes and progress.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show notes too, and the traceback of a bug.")
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object to stdout.", show_default=False)
]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="A reference to a title that no entry has is an error."),
]
PaperName = Annotated[
    str,
    typer.Option(
        "--paper",
        metavar="PAPER",
        help="The sheet in the printer: a4, letter, … or a measure such as 320x450mm.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="DIR", help="Where the files go; by default dist/ in the project."
    ),
]
NoCache = Annotated[
    bool,
    typer.Option("--no-cache", help="Set everything anew; neither read nor write .zine/sections."),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        help="How many sections are set side by side; by default one on each core.",
    ),
]
