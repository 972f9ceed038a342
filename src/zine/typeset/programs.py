"""The programs and fonts that decide what a page looks like; light to import and to ask."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from zine import __version__

PACKAGES = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "fonttools")
_PANGO = {"darwin": "libpango-1.0.dylib", "win32": "libpango-1.0-0.dll"}
_HARFBUZZ = {"darwin": "libharfbuzz.0.dylib", "win32": "libharfbuzz-0.dll"}
_FONTS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts",
    "/Library/Fonts", "~/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip


@cache
def program_versions() -> tuple[str, ...]:
    """Name and version of everything that sets type, zine first.

    Pango and HarfBuzz come from the system and change under an unchanged virtual environment.
    """
    from importlib.metadata import PackageNotFoundError, version  # slow to import

    found = [f"zine {__version__}", f"python {sys.version_info.major}.{sys.version_info.minor}"]
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} none")
    return (*found, *native_versions())


@cache
def native_versions() -> tuple[str, ...]:
    """Name and version of the system's libraries."""
    return (
        f"pango {_native(_PANGO, 'libpango-1.0.so.0', 'pango_version_string')}",
        f"harfbuzz {_native(_HARFBUZZ, 'libharfbuzz.so.0', 'hb_version_string')}",
    )


@cache
def system_fonts() -> tuple[str, ...]:
    """Names of the fonts of the system, which lend the characters that the book's own lack."""
    home = os.environ.get("XDG_DATA_HOME")
    folders = [*_FONTS, *([f"{home}/fonts"] if home else [])]
    return tuple(sorted(_names(str(Path(folder).expanduser()) for folder in folders)))


def _names(folders: Iterable[str]) -> set[str]:
    names: set[str] = set()
    waiting = list(folders)
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        names.add(entry.name)
        except OSError:
            continue
    return names


def _native(names: dict[str, str], default: str, function: str) -> str:
    try:
        library = ctypes.CDLL(names.get(sys.platform, default))
        ask = getattr(library, function)
    except (OSError, AttributeError):
        return "none"
    ask.restype = ctypes.c_char_p
    return bytes(ask()).decode()
