"""Memory: results of slow functions that depend on their arguments alone, kept between builds."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

_F = TypeVar("_F", bound=Callable[..., str])
_SOURCE = Path(__file__).resolve().parent
_MOST = 32_000_000  # characters


class _Memory:
    """What is known, and what of it was asked for."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self.used: dict[str, str] = {}


_current = _Memory()


def key_of(*parts: object) -> str:
    """The key of something that follows from these parts, which are told apart by their `repr`."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def recalled(key: str) -> str | None:
    """What is known under a key, or None."""
    known = _current.used.get(key) or _current.known.get(key)
    if known is not None:
        _current.used[key] = known
    return known


def keep(key: str, text: str) -> str:
    """Remember a text under a key, and give it back."""
    _current.used[key] = text
    return text


def remembered(function: _F) -> _F:
    """A function that is called once for the same arguments.

    Its result is text and follows from its arguments, which are told apart by their `repr`.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def asked(*args: object, **kwargs: object) -> str:
        key = key_of(name, *args, *sorted(kwargs.items()))
        known = recalled(key)
        return keep(key, function(*args, **kwargs)) if known is None else known

    return cast(_F, asked)


@contextmanager
def memory_of(path: Path | None) -> Iterator[None]:
    """Remember what an earlier run left in a file, and leave what this one learnt.

    A file that is not whole, or of another version of any program, is passed over.

    Args:
        path: the file; None remembers nothing beyond the run.
    """
    global _current
    before, _current = _current, _Memory()
    head = surroundings() if path else ""
    if path:
        _current.known = _read(path, head)
    try:
        yield
        if path and not _current.used.items() <= _current.known.items():
            with contextlib.suppress(OSError):
                _write(path, head, _current)
    finally:
        _current = before


def installed() -> Iterator[str]:
    """Names and versions of all packages that can be imported, as their folders say."""
    for folder in sys.path:
        try:
            names = [path.name for path in Path(folder).iterdir()]
        except OSError:
            continue
        yield from sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


@functools.cache
def surroundings() -> str:
    """Digest of everything beside its arguments that may decide what a function gives."""
    parts = [sys.version, *installed()]
    for folder, _, names in os.walk(_SOURCE):
        for name in sorted(names):
            if name.endswith(".py"):
                status = Path(folder, name).stat()
                parts.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _seal(head: str, body: bytes) -> bytes:
    return hashlib.sha256(head.encode() + body).hexdigest().encode()


def _read(path: Path, head: str) -> dict[str, str]:
    try:
        seal, body = path.read_bytes().split(b"\n", 1)
        if seal != _seal(head, body):
            return {}
        known = json.loads(body)
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(path: Path, head: str, memory: _Memory) -> None:
    """What was used first, and of the rest what fits."""
    from zine.files import write_atomically  # slow to import, and seldom needed

    kept = dict(memory.used)
    room = _MOST - sum(map(len, kept.values()))
    for key, value in memory.known.items():
        if key not in kept and (room := room - len(value)) > 0:
            kept[key] = value
    body = json.dumps(kept).encode()
    write_atomically(path, _seal(head, body) + b"\n" + body)
