"""The cache: typeset sections by the digest of everything that decides them."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from zine import __version__
from zine.diagnostics import Finding, Severity
from zine.files import write_atomically
from zine.typeset.job import Anchor, Job, Style, Typeset

_LIBRARIES = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2")


def job_key(job: Job, style: Style) -> str:
    """Digest of a job, its style and the versions of the programs that set it."""
    programs = [__version__, *(version(name) for name in _LIBRARIES)]
    text = "\0".join([*programs, style.digest, job.key, job.html])
    return hashlib.sha256(text.encode()).hexdigest()


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
        try:
            raw = (self._folder / key[:2] / key).read_bytes()
            digest, head, pdf = raw.split(b"\n", 2)
            if hashlib.sha256(head + pdf).hexdigest().encode() != digest:
                return None
            data = json.loads(head)
            return Typeset(
                data["key"],
                pdf,
                data["pages"],
                {name: Anchor(*box) for name, box in data["anchors"].items()},
                tuple(
                    Finding(Severity(severity), code, message)
                    for severity, code, message in data["findings"]
                ),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, section: Typeset) -> None:
        """Keep a section; a cache that cannot be written costs time, not the build."""
        if self._folder is None:
            return
        head = json.dumps(
            {
                "key": section.key,
                "pages": section.pages,
                "anchors": {
                    name: list(asdict(anchor).values()) for name, anchor in section.anchors.items()
                },
                "findings": [[f.severity, f.code, f.message] for f in section.findings],
            }
        ).encode()
        digest = hashlib.sha256(head + section.pdf).hexdigest().encode()
        with contextlib.suppress(OSError):
            write_atomically(
                self._folder / key[:2] / key, b"\n".join([digest, head, section.pdf])
            )

