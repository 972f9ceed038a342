"""Libraries: those of the system that are not there are not looked for with a compiler."""

from __future__ import annotations

import ctypes.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CACHE = Path("/etc/ld.so.cache")


@contextmanager
def known_libraries() -> Iterator[None]:
    """While what is imported looks for libraries under the names they have on many systems.

    WeasyPrint tries some thirty names for seven libraries. For each that the cache of the dynamic
    linker lacks, `ctypes.util.find_library` runs gcc and ld, a fifth of a second altogether; what
    lies elsewhere is still found by its file name. Only Linux has that cache.
    """
    try:
        listed = _CACHE.read_bytes()
    except OSError:
        listed = b""
    find = ctypes.util.find_library

    def found(name: str) -> str | None:
        return find(name) if f"lib{name}.".encode() in listed else None

    if listed:
        ctypes.util.find_library = found
    try:
        yield
    finally:
        ctypes.util.find_library = find
