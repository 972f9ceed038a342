"""What `zine impose` and `zine dummy` share: proof, names, writing, what is said of a plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from zine.diagnostics import Finding, Place, UsageError, ZineError, error
from zine.impose.sheets import Plan, Sides
from zine.paper import Paper
from zine.prove.folding import prove_fold


def proved(plan: Plan) -> Plan:
    """The plan, once it has been folded and read.

    Raises:
        ZineError: it does not read from the first page to the last.
    """
    findings = prove_fold(plan)
    if findings:
        raise ZineError(findings)
    return plan


def named(stem: str, plan: Plan, sheet: Paper) -> Path:
    """<stem>-<scheme>-<paper>.pdf in the working directory; one run of two says which it is."""
    run = "" if plan.sides is Sides.BOTH else f"-{plan.sides}"
    return Path(f"{stem}-{plan.scheme}-{sheet.name}{run}.pdf")


def written(path: Path, write: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What is found while a file is written, whole or not at all.

    Raises:
        UsageError: it cannot be written, finding "output-unwritable".
    """
    if path.is_dir():
        hint = "name a file, such as sheets.pdf"
        raise UsageError([error("output-unwritable", "is a folder", Place.of(path), hint)])
    try:
        return write()
    except OSError as problem:
        message = f"cannot be written: {problem.strerror or problem}"
        hint = "name another with --output"
        raise UsageError([error("output-unwritable", message, Place.of(path), hint)]) from problem


def told(plan: Plan, sheet: Paper) -> str:
    """In a line: how many sheets, and how to print them."""
    count = len(plan.sheets)
    text = f"{count} sheet{'' if count == 1 else 's'} of {sheet.name}"
    if plan.duplex:
        return f"{text}, both sides, turned on the {plan.flip} edge"
    if plan.sides is Sides.BOTH:
        return f"{text}, one side"
    return f"{text}, {plan.sides}; turn the stack over its {plan.flip} edge between the two runs"


def plan_data(path: Path, plan: Plan, sheet: Paper) -> dict[str, object]:
    """A written plan for machines."""
    return {
        "path": str(path.absolute()),
        "scheme": plan.scheme,
        "paper": sheet.name,
        "pages": plan.pages,
        "sheets": len(plan.sheets),
        "sides": str(plan.sides),
        "flip": str(plan.flip) if plan.two_sided else None,
        "plan": plan.describe(),
    }
