"""What `zine impose` and `zine dummy` share: proof, names, writing, what is said of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from zine.diagnostics import Finding, Place, UsageError, ZineError, error
from zine.files import write_atomically
from zine.impose import wishes
from zine.impose.covers import wrapped
from zine.impose.creep import creeping
from zine.impose.fitting import lying
from zine.impose.mark_types import Marks
from zine.impose.options import Options
from zine.impose.placing import PageBoxes
from zine.impose.press import cell_size
from zine.impose.printer import Printer
from zine.impose.registry import make_plan
from zine.impose.sheets import Plan, Sides
from zine.impose.turning import sided
from zine.paper import Paper
from zine.prove.folding import prove_fold
from zine.units import pt_to_mm

# Beginnings of the codes of findings that speak of the pages of a PDF.
_OF_PAGES = ("pdf-", "page-", "sheet-too-small", "annotations-", "ink-", "bleed-", "scheme-pages")
# A PDF that is finished cannot be set anew in another size, but it can be scaled.
_NEVER, _ASKED = "pages are never scaled", "pages are scaled with --fit alone"
# A cover lies on a larger sheet, which has to be cut; where it does not they have no room.
COVER_MARKS = Marks(crop=True, fold=True)


def proved(plan: Plan) -> Plan:
    """The plan, once it has been folded and read.

    Raises:
        ZineError: it does not read from the first page to the last.
    """
    findings = prove_fold(plan)
    if findings:
        raise ZineError(findings)
    return plan


@dataclass(frozen=True)
class Job:
    """What `zine impose` is asked for.

    Args:
        scheme: name of the scheme.
        sheet: paper; None takes the one the pages are a pair with.
        thickness: of the paper, mm.
        creep: mm a sheet.
        fit: pages are scaled.
        cover: the cover is apart.
    """

    scheme: str
    options: Options
    sheet: Paper | None
    thickness: float
    creep: float
    fit: bool
    cover: bool


@dataclass(frozen=True)
class Run:
    """One file that goes through the printer."""

    plan: Plan
    sheet: Paper
    path: Path
    spine: float | None = None


def plans(job: Job, boxes: Sequence[PageBoxes]) -> list[tuple[Plan, Paper, float | None]]:
    """The plans of a job, folded and read, each with its sheet: the inside, then the cover.

    The last of the three is the width of the spine, mm, of a cover.

    Raises:
        UsageError: the scheme cannot have so many pages, or no sheet is large enough.
        ZineError: a plan does not read from its first page to its last.
    """
    options = wishes.panelled(job.scheme, job.options, job.sheet)
    if not job.cover:
        plan = make_plan(job.scheme, len(boxes), options)
        cell = cell_size(plan, boxes)
        sheet = job.sheet or wishes.sheet_of_pages(plan, cell, fit=job.fit)
        return [(_creeping(job, plan, cell, sheet), sheet, None)]
    width, height = boxes[0].size()
    trim = Paper("page", pt_to_mm(width), pt_to_mm(height))
    try:
        apart = wrapped(len(boxes), trim, caliper=job.thickness, scheme=job.scheme, options=options)
    except ValueError as problem:
        raise UsageError([error("cover-short", str(problem))]) from problem
    cell = cell_size(apart.inside, boxes)
    sheet = job.sheet or wishes.sheet_of_pages(apart.inside, cell, fit=job.fit)
    stock, lies = wishes.cover_sheet(apart.cover, cell, sheet)
    return [
        (_creeping(job, apart.inside, cell, sheet), sheet, None),
        (proved(lies), stock, apart.spine),
    ]


def _creeping(job: Job, plan: Plan, cell: tuple[float, float], sheet: Paper) -> Plan:
    return proved(creeping(lying(plan, cell, sheet, fit=job.fit), job.creep))


def runs_of(
    planned: Sequence[tuple[Plan, Paper, float | None]],
    stem: str,
    output: Path | None,
    printer: Printer,
    sides: Sides,
    *,
    backs_reversed: bool,
) -> list[Run]:
    """The files to write, fronts and backs apart where sheets are turned by hand.

    Raises:
        UsageError: backs are asked for where there are none, finding "sides".
    """
    if backs_reversed and sides is not Sides.BACKS:
        message = "--backs-reversed is for the run of the backs"
        raise UsageError([error("sides", message, hint="say --sides backs as well")])
    runs = []
    for plan, sheet, spine in planned:
        try:
            whole = sides is Sides.BOTH
            reverse = backs_reversed or printer.backs_reversed
            parts = printer.runs(plan) if whole else (sided(plan, sides, backs_reversed=reverse),)
        except ValueError as problem:
            raise UsageError([error("sides", f"{plan.scheme}: {problem}")]) from problem
        for part in parts:
            path = output or named(stem, part, sheet)
            if output and spine is not None:
                path = output.with_name(f"{output.stem}-cover{output.suffix}")
            if output and len(parts) > 1:
                path = path.with_name(f"{path.stem}-{part.sides}{path.suffix}")
            runs.append(Run(part, sheet, path, spine))
    return runs


def instructed(runs: Sequence[Run], title: str, height: float, *, by_hand: bool) -> Path:
    """Write the sheet of instructions beside the first file; gives its path.

    Args:
        height: of a page, pt.
    """
    from zine.build.instructions import Cover, instruction_sheet
    from zine.build.onepage import plain_setter

    first = runs[0]
    apart = next((run for run in runs if run.spine is not None), None)
    cover = Cover(apart.path.name, apart.sheet, apart.spine or 0.0) if apart else None
    by_hand = by_hand or first.plan.sides is not Sides.BOTH
    pdf = instruction_sheet(
        plain_setter(),
        title,
        first.plan,
        first.sheet,
        height=pt_to_mm(height),
        cover=cover,
        by_hand=by_hand,
    )
    stem = first.path.stem.removesuffix("-fronts").removesuffix("-backs")
    path = first.path.with_name(f"{stem}-instructions.pdf")

    def write() -> tuple[Finding, ...]:
        write_atomically(path, pdf)
        return ()

    written(path, write)
    return path


def named(stem: str, plan: Plan, sheet: Paper) -> Path:
    """<stem>-<scheme>-<paper>.pdf in the working directory; one run of two says which it is."""
    run = "" if plan.sides is Sides.BOTH else f"-{plan.sides}"
    return Path(f"{stem}-{plan.scheme}-{sheet.name}{run}.pdf")


@contextmanager
def speaking_of(file: Path) -> Iterator[None]:
    """Errors about the pages of a file name it."""
    try:
        yield
    except ZineError as problem:
        raise type(problem)(of_file(problem.findings, file)) from problem


def of_file(findings: Iterable[Finding], file: Path) -> list[Finding]:
    """The same findings; those about the pages of a file, and of no other place, name it."""
    return [
        replace(one, place=Place.of(file), hint=(one.hint or "").replace(_NEVER, _ASKED) or None)
        if one.place is None and one.code.startswith(_OF_PAGES)
        else one
        for one in findings
    ]


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
