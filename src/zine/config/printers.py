"""Printers as they were calibrated: one small file each, in the user's own configuration."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_config_path
from pydantic import Field
from slugify import slugify

from zine.config.editions import paper
from zine.config.model import Blank, Measure
from zine.config.problems import Problems
from zine.content.files import read_text
from zine.content.positions import load_yaml
from zine.content.validation import Listed, Strict, Text, validate
from zine.diagnostics import Place, UsageError, ZineError, did_you_mean, error
from zine.files import write_atomically
from zine.impose.printer import Printer
from zine.impose.sheets import Flip
from zine.units import length

MOST_MARGIN, _MOST_DRIFT = 30.0, 20.0  # mm
_DRIFT = re.compile(
    r"\s*([+-−]?\d+(?:\.\d+)?)\s*(?:mm)?\s*[,;]\s*([+-−]?\d+(?:\.\d+)?)\s*(?:mm)?\s*"
)
_COMMENT = "# Made by zine calibrate: a printer as it was found to be. Lengths in mm.\n"


class PrinterIn(Strict):
    """The keys of a printer's file."""

    paper: Text = ""
    flip: Annotated[Literal["short", "long"] | None, Blank] = None
    by_hand: Annotated[bool | None, Blank] = None
    backs_reversed: Annotated[bool | None, Blank] = None
    margin: Measure = ""
    drift: Annotated[list[float], Listed, Field(default_factory=list)]
    drift_portrait: Annotated[list[float], Listed, Field(default_factory=list)]


def printers_folder() -> Path:
    """Where the files are: ~/.config/zine/printers on Linux, the system's own place elsewhere."""
    return user_config_path("zine", appauthor=False) / "printers"


def printer_path(name: str) -> Path:
    """The file of a printer.

    Raises:
        UsageError: the name cannot be that of a file, finding "printer-name".
    """
    if not name or slugify(name) != name:
        hint = f"write it as “{slugify(name) or 'kitchen'}”"
        message = f"“{name}” cannot be the name of a printer"
        raise UsageError([error("printer-name", message, hint=hint)])
    return printers_folder() / f"{name}.yaml"


def known_printers() -> tuple[str, ...]:
    """Names of the printers that have a file."""
    return tuple(sorted(path.stem for path in printers_folder().glob("*.yaml")))


def printer_named(name: str) -> Printer:
    """The printer of that name.

    Raises:
        UsageError: there is none, or its file cannot be used; findings "printer-unknown" and those
            of a file, each at its line.
    """
    path = printer_path(name)
    if not path.is_file():
        names = known_printers()
        near = f"{did_you_mean(name, names)} " if names else ""
        hint = f"{near}zine calibrate {name} prints a sheet that asks for it"
        raise UsageError([error("printer-unknown", f"there is no printer “{name}”", hint=hint)])
    try:
        document = load_yaml(read_text(path, path), path)
    except ZineError as problem:
        raise UsageError(problem.findings) from problem
    fields, wrong = validate(PrinterIn, document, {(): tuple(PrinterIn.model_fields)})
    problems = Problems(document, path.parent)
    problems.found += wrong
    found = _printer(name, fields or PrinterIn.model_validate({}), problems)
    if problems.found:
        raise UsageError(problems.found)
    return found


def save_printer(printer: Printer) -> Path:
    """Write the file of a printer, whole or not at all; gives its path.

    Raises:
        UsageError: it cannot be written, finding "output-unwritable".
    """
    path = printer_path(printer.name)
    lines = [
        f"paper: {printer.paper.name}" if printer.paper else "",
        f"flip: {printer.flip}" if printer.flip else "",
        "by_hand: true" if not printer.duplex else "",
        "backs_reversed: true" if printer.backs_reversed else "",
        f"margin: {printer.margin:g}" if printer.margin else "",
        _drift_line("drift", printer.drift),
        _drift_line("drift_portrait", printer.drift_portrait),
    ]
    text = _COMMENT + "".join(f"{line}\n" for line in lines if line)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode())
    except OSError as problem:
        message = f"cannot be written: {problem.strerror or problem}"
        hint = "make the folder writable"
        raise UsageError([error("output-unwritable", message, Place.of(path), hint)]) from problem
    return path


def drift_named(text: str) -> tuple[float, float]:
    """Millimetres to the right and upwards, of "0.5,-1".

    Raises:
        UsageError: it is no such pair, finding "drift".
    """
    match = _DRIFT.fullmatch(text)
    pair = [float(one.replace("−", "-")) for one in match.groups()] if match else []
    if not pair or max(map(abs, pair)) > _MOST_DRIFT:
        message = f"“{text}” is no drift"
        hint = "write mm to the right and mm upwards: --drift 0.5,-1"
        raise UsageError([error("drift", message, hint=hint)])
    return pair[0], pair[1]


def _printer(name: str, fields: PrinterIn, problems: Problems) -> Printer:
    margin = length(fields.margin) if fields.margin else 0.0
    if margin is None or margin > MOST_MARGIN:
        message = f"“{fields.margin}” is no margin of a printer"
        problems.add("value-wrong", message, ("margin",), "write it as 5mm or 0.25in")
        margin = 0.0
    printer = Printer(
        name,
        paper(fields.paper, ("paper",), problems),
        Flip(fields.flip) if fields.flip else None,
        not fields.by_hand,
        bool(fields.backs_reversed),
        margin,
    )
    for key, pair in (("drift", fields.drift), ("drift_portrait", fields.drift_portrait)):
        if pair and (len(pair) != 2 or max(map(abs, pair)) > _MOST_DRIFT):
            message = "a drift is two lengths in mm"
            problems.add("value-wrong", message, (key,), "write it as [0.5, -1]")
        elif pair:
            found = (pair[0], pair[1])
            if key == "drift":
                printer = replace(printer, drift=found)
            else:
                printer = replace(printer, drift_portrait=found)
    return printer


def _drift_line(key: str, drift: tuple[float, float]) -> str:
    return f"{key}: [{drift[0]:g}, {drift[1]:g}]" if any(drift) else ""
