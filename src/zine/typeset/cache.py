"""The cache: typeset sections by the digest of everything that decides them."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from zine.diagnostics import Finding, Place, Severity
from zine.store import Store
from zine.typeset.job import Anchor, Job, Slot, Style, Typeset
from zine.typeset.programs import program_versions, system_fonts

_HERE = Path(__file__).resolve().parent


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
    finishing = (_HERE.parent / "bind").rglob("*.py")
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
        self._store = Store(folder)

    def get(self, key: str) -> Typeset | None:
        """The section of that key, or None."""
        kept = self._store.get(key)
        if kept is None:
            return None
        head, pdf = kept
        try:
            data = json.loads(head)
            return Typeset(
                data["key"],
                pdf,
                data["pages"],
                {name: Anchor(*box) for name, box in data["anchors"].items()},
                tuple(_finding(*parts) for parts in data["findings"]),
                _slots(data["slots"]),
                data["parents"],
                tuple(data["targets"]),
                data["objects"],
                key,
            )
        except (ValueError, LookupError, TypeError, AttributeError):
            return None

    def put(self, key: str, section: Typeset) -> None:
        """Keep a section; a cache that cannot be written costs time, not the build."""
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
                "parents": section.parents,
                "targets": section.targets,
                "objects": section.objects,
            }
        ).encode()
        self._store.put(key, head, section.pdf)


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


def _finding(
    severity: str, code: str, message: str, place: list[Any] | None, hint: str | None
) -> Finding:
    return Finding(Severity(severity), code, message, Place(*place) if place else None, hint)
