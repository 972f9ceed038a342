"""The programs that decide what a page looks like, and their versions."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from zine import __version__

PACKAGES = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "fonttools")
_PANGO = {"darwin": "libpango-1.0.dylib", "win32": "libpango-1.0-0.dll"}
_HARFBUZZ = {"darwin": "libharfbuzz.0.dylib", "win32": "libharfbuzz-0.dll"}


@cache
def program_versions() -> tuple[str, ...]:
    """Name and version of everything that sets type, zine first; light to import and to ask.

    Pango and HarfBuzz come from the system and change under an unchanged virtual environment.
    """
    found = [f"zine {__version__}", f"python {sys.version_info.major}.{sys.version_info.minor}"]
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} none")
    found.append(f"pango {_native(_PANGO, 'libpango-1.0.so.0', 'pango_version_string')}")
    found.append(f"harfbuzz {_native(_HARFBUZZ, 'libharfbuzz.so.0', 'hb_version_string')}")
    return tuple(found)


def _native(names: dict[str, str], default: str, function: str) -> str:
    try:
        library = ctypes.CDLL(names.get(sys.platform, default))
        ask = getattr(library, function)
    except (OSError, AttributeError):
        return "none"
    ask.restype = ctypes.c_char_p
    return bytes(ask()).decode()
