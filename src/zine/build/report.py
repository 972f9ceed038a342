"""Requests for a build, and the report of what it made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from zine.compiler.selection import Selection
from zine.diagnostics import Finding
from zine.impose.printer import Printer
from zine.paper import Paper
from zine.typeset.pagemap import PageMap

Progress = Callable[[str, int, int], None]


def silent(message: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Request:
    """One publication and the editions to make of it.

    Args:
        editions: names from book.yaml; none means all that are made by default.
        paper: sheet of the booklet, which also decides the trim; None takes book.yaml's.
        flip: "short" or "long"; None takes the edition's.
        instructions: a file beside it that says how to print; None takes the edition's.
        cover: "separate" for a cover that is a file of its own; None takes the edition's.
        printer: where the sheets will be printed; what it says stands above the edition.
    """

    selection: Selection = field(default_factory=Selection)
    editions: tuple[str, ...] = ()
    paper: Paper | None = None
    flip: str | None = None
    instructions: bool | None = None
    cover: str | None = None
    printer: Printer | None = None


@dataclass(frozen=True)
class Options:
    """How a build runs.

    Args:
        out: folder of the output; None is `dist/` in the project.
        processes: how many work side by side, or an executor of others; None takes one for each
            core.
        cache: whether typeset sections are kept and taken from `.zine/`.
        progress: told what is being done, and how far: (message, done, total).
    """

    out: Path | None = None
    processes: Executor | int | None = None
    cache: bool = True
    progress: Progress = silent


@dataclass(frozen=True)
class Output:
    """One file that was made.

    Args:
        edition: name of the edition, or "handout".
        pages: pages as read.
        sheets: sheets of paper; 0 for a file that is read on a screen.
    """

    path: Path
    title: str
    edition: str
    pages: int
    sheets: int = 0


@dataclass(frozen=True)
class Made:
    """A file that waits to be written until everything of its publication is proved."""

    output: Output
    content: bytes


@dataclass(frozen=True)
class Report:
    """What a build made and noticed.

    Args:
        outputs: the files, in the order of the requests.
        page_maps: name of a publication → where everything stands in it.
        findings: warnings and notes; errors are raised instead.
    """

    outputs: tuple[Output, ...] = ()
    page_maps: Mapping[str, PageMap] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
