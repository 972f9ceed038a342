"""The printer that a command is told of: one that was calibrated, one that is turned by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zine.diagnostics import UsageError, error

if TYPE_CHECKING:
    from zine.impose.printer import Printer


def printer_known(name: str) -> Printer:
    """The printer of that name; one of which nothing is known where no name is given.

    Raises:
        UsageError: there is no such printer, finding "printer-unknown".
    """
    from zine.impose.printer import Printer

    if not name:
        return Printer("")
    # Only now: reading a file of keys takes as long as imposing a book.
    from zine.config.printers import printer_named

    return printer_named(name)


def printer_asked(
    name: str, *, margin: float | None, by_hand: bool, backs_reversed: bool
) -> Printer | None:
    """The printer of that name, with what is said of it beside; None if nothing is said.

    Raises:
        UsageError: there is no such printer, or backs are reversed that the printer turns itself;
            findings "printer-unknown", "sides".
    """
    known = printer_known(name) if name else None
    if margin is None and not by_hand and not backs_reversed:
        return known
    printer = known or printer_known("")
    if backs_reversed and not by_hand and printer.duplex:
        message = "--backs-reversed is for sheets that are turned by hand"
        raise UsageError([error("sides", message, hint="say --by-hand as well")])
    return replace(
        printer,
        margin=printer.margin if margin is None else margin,
        duplex=printer.duplex and not by_hand,
        backs_reversed=printer.backs_reversed or backs_reversed,
    )
