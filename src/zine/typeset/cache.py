"""The cache: typeset sections by the digest of everything that decides them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from zine.diagnostics import Finding, Place, Severity
from zine.files import write_atomically
from zine.typeset.job import Anchor, Job, Slot, Style, Typeset
from zine.typeset.programs import program_versions, system_fonts

_HERE = Path(__file__).resolve().parent
KEPT_DAYS = 60
KEPT_BYTES = 1 << 30
_DAY_NS = 86_400 * 10**9


def job_key(job: Job, style: Style) -> str:
    """Digest of a job, its style and the versions of the programs that set it."""
    numbers = f"{job.neutral} {job.first}"
    return _digest(style.digest, job.key, numbers, job.html)


def style_key(style: Style) -> str:
    """Digest of a style alone, under which is kept what was noticed while it was parsed."""
    return _digest(style.digest)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join([*_surroundings(), *parts]).encode()).hexdigest()


@cache
def _own_source() -> str:
    """Digest of the modules that decide a section's bytes: a checkout changes between versions."""
    digest = hashlib.sha256()
    binding = _HERE.parent / "bind"
    finishing = (binding / "digits.py", *binding.glob("tagging/*.py"))
    for path in sorted((*_HERE.glob("*.py"), *finishing)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _surroundings() -> tuple[str, ...]:
    return (*program_versions(), *system_fonts(), _own_source())


class SectionCache:
    """A folder of typeset sections; whatever cannot be read back whole is a miss.

    Args:
        folder: where it lies; None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> Typeset | None:
        """The section of that key, or None."""
        if self._folder is None:
            return None
        path = self._folder / key[:2] / key
        try:
            raw = path.read_bytes()
            digest, head, pdf = raw.split(b"\n", 2)
            if _seal(key, head, pdf) != digest:
                return None
            data = json.loads(head)
            touch(path)
            return Typeset(
                data["key"],
                pdf,
                data["pages"],
                {name: Anchor(*box) for name, box in data["anchors"].items()},
                tuple(_finding(*parts) for parts in data["findings"]),
                _slots(data["slots"]),
            )
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def put(self, key: str, section: Typeset) -> None:
        """Keep a section; a cache that cannot be written costs time, not the build."""
        if self._folder is None:
            return
        head = json.dumps(
            {
                "key": section.key,
                "pages": section.pages,
                "anchors": {name: _fields(anchor) for name, anchor in section.anchors.items()},
                "findings": [
                    [f.severity, f.code, f.message, f.place and _fields(f.place), f.hint]
                    for f in section.findings
                ],
                "slots": section.slots and [_fields(slot) for slot in section.slots],
            }
        ).encode()
        digest = _seal(key, head, section.pdf)
        with contextlib.suppress(OSError):
            write_atomically(self._folder / key[:2] / key, b"\n".join([digest, head, section.pdf]))


def prune(folder: Path, *, days: float = KEPT_DAYS, most: int = KEPT_BYTES) -> None:
    """Remove what was not used for so many days, and of the rest the oldest above so many bytes.

    Whatever is used is touched. Another build may read or write beside this one: what it finds
    gone is a miss.
    """
    kept: list[tuple[int, int, str]] = []
    now = time.time_ns()
    for path, status in _files(folder):
        if now - status.st_mtime_ns > days * _DAY_NS:
            _remove(path)
        else:
            kept.append((status.st_mtime_ns, status.st_size, path))
    room = most
    for _, size, path in sorted(kept, reverse=True):
        room -= size
        if room < 0:
            _remove(path)


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    waiting = [str(folder)]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    with contextlib.suppress(OSError):
                        yield entry.path, entry.stat(follow_symlinks=False)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        Path(path).unlink()


def touch(path: Path) -> None:
    """Note that a kept file was used, so that it stays; once a day is enough."""
    with contextlib.suppress(OSError):
        if time.time_ns() - path.stat().st_mtime_ns > _DAY_NS:
            os.utime(path)


def _fields(value: Anchor | Place | Slot) -> list[object]:
    """As `dataclasses.astuple`, which copies whatever it finds and takes its time."""
    return list(vars(value).values())


def _slots(parts: list[list[Any]] | None) -> tuple[Slot, ...] | None:
    if parts is None:
        return None
    return tuple(
        Slot(page, (start, end), font, text, tuple(glyphs), kern, target, link, hangs, (a, b), *box)
        for page, (start, end), font, text, glyphs, kern, target, link, hangs, (a, b), *box in parts
    )


def _seal(key: str, head: bytes, pdf: bytes) -> bytes:
    """Digest of a kept section and of the key it was kept under."""
    return hashlib.sha256(b"\n".join([key.encode(), head, pdf])).hexdigest().encode()


def _finding(
    severity: str, code: str, message: str, place: list[Any] | None, hint: str | None
) -> Finding:
    return Finding(Severity(severity), code, message, Place(*place) if place else None, hint)
