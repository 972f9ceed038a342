"""Build: the pipeline in order; the only package that knows it.

Names are imported when they are first asked for: to find that nothing has changed takes none.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zine.build.checking import check_pages
    from zine.build.handouts import build_handouts
    from zine.build.minihandouts import build_minis
    from zine.build.publications import build
    from zine.build.report import Options, Output, Report, Request

_HOMES = {
    "build": "publications",
    "build_handouts": "handouts",
    "build_minis": "minihandouts",
    "check_pages": "checking",
}
__all__ = [
    "Options",
    "Output",
    "Report",
    "Request",
    "build",
    "build_handouts",
    "build_minis",
    "check_pages",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = importlib.import_module(f"{__name__}.{_HOMES.get(name, 'report')}")
    return getattr(home, name)
