"""zine: from a folder of Markdown entries to a printed book, a folded booklet or a handout.

What this module names is the public API, documented in docs/python.md. Each name is imported when
it is first asked for, so that `import zine` is quick and needs no native library.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zine.build import Options, Output, Report, Request, build_handouts
    from zine.build import build as build_publications
    from zine.check import check_project
    from zine.compiler.selection import SelectBy, Selection
    from zine.content.entry import Entry
    from zine.diagnostics import Finding, Place, Severity, UsageError, ZineError
    from zine.paper import Paper, parse_paper
    from zine.project import Project, load_project
    from zine.typeset.pagemap import PageMap

__version__ = "0.1.0"

__all__ = [
    "Entry",
    "Finding",
    "Options",
    "Output",
    "PageMap",
    "Paper",
    "Place",
    "Project",
    "Report",
    "Request",
    "SelectBy",
    "Selection",
    "Severity",
    "UsageError",
    "ZineError",
    "__version__",
    "build_handouts",
    "build_publications",
    "check_project",
    "load_project",
    "parse_paper",
]

# Where each name lives; `zine.build` and `zine.check` are modules, so the functions are called
# build_publications and check_project here.
_HOMES = {
    "Entry": "zine.content.entry",
    "Finding": "zine.diagnostics",
    "Options": "zine.build",
    "Output": "zine.build",
    "PageMap": "zine.typeset.pagemap",
    "Paper": "zine.paper",
    "Place": "zine.diagnostics",
    "Project": "zine.project",
    "Report": "zine.build",
    "Request": "zine.build",
    "SelectBy": "zine.compiler.selection",
    "Selection": "zine.compiler.selection",
    "Severity": "zine.diagnostics",
    "UsageError": "zine.diagnostics",
    "ZineError": "zine.diagnostics",
    "build_handouts": "zine.build",
    "build_publications": "zine.build.publications",
    "check_project": "zine.check",
    "load_project": "zine.project",
    "parse_paper": "zine.paper",
}
_RENAMED = {"build_publications": "build"}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(home), _RENAMED.get(name, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
