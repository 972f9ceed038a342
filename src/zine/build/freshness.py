"""Freshness: whether a build would make again what already lies there; light to import.

What a build reads, the programs that set it and what was asked for have one fingerprint. A build
that ended well leaves it in `.zine/fresh/` with its outputs and what it said of them.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zine.diagnostics import Finding, Place, Severity
from zine.memory import installed
from zine.resources import defaults_root
from zine.typeset.programs import native_versions, system_fonts

_FOLDER = Path(".zine") / "fresh"
_PROJECT = ("book", "content", "layouts", "styles")
_DEFAULTS = ("layouts", "styles")
_SOURCE = Path(__file__).resolve().parents[1]
_ENVIRONMENT = (
    "SOURCE_DATE_EPOCH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "LC_ALL", "LC_CTYPE", "LANG",
)  # fmt: skip
_KEPT_MOST = 40  # manifests
# A file changed so shortly before it was read may change once more with the same times.
_SETTLED_NS = 2_000_000_000

Stamp = tuple[int, int, int, str]
"""Size, times of change of content and of entry in ns, SHA-256."""


@dataclass(frozen=True)
class Told:
    """What a build said when it was done.

    Args:
        outputs: files that it made.
        data: its result for machines.
        voice: how it was asked to speak.
    """

    outputs: tuple[Path, ...]
    data: Mapping[str, object]
    findings: tuple[Finding, ...]
    voice: Mapping[str, Any]


class Freshness:
    """The memory of one request in one project.

    Args:
        root: of the project.
        request: everything that was asked for, as it was asked.
    """

    def __init__(self, root: Path, request: Sequence[str]) -> None:
        self._root = root
        name = hashlib.sha256(json.dumps(request).encode()).hexdigest()[:32]
        self._path = root / _FOLDER / f"{name}.json"
        self._known: dict[str, Stamp] = {}
        self._stamps: dict[str, Stamp] = {}
        self._unsettled: set[str] = set()

    def answer(self) -> Told | None:
        """What the last build said, if this one would make the same files and they are there.

        Whatever is wrong with its record means that it has to be built.
        """
        try:
            record = json.loads(self._path.read_bytes())
            self._known = {name: _stamp(*stamp) for name, stamp in record["stamps"].items()}
            told = _told(record["told"])
            outputs = {path: _stamp(*stamp) for path, stamp in record["outputs"].items()}
            fingerprint = record["fingerprint"]
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            fingerprint = None
        self._stamps = self._look()
        if fingerprint is None or fingerprint != _fingerprint(self._stamps):
            return None
        same = all(_is_there(Path(path), stamp) for path, stamp in outputs.items())
        return told if same else None

    def keep(self, told: Told) -> None:
        """Remember what a build made of what `answer` saw.

        A project that was changed while it was built is not remembered, and one that cannot be
        written is built anew each time.
        """
        from zine.files import write_atomically

        settled = self._stamps.keys() - self._unsettled
        self._known = {name: self._stamps[name] for name in settled}
        try:
            if self._look() != self._stamps:
                return
            outputs = {str(path): _read_stamp(path.stat(), path) for path in told.outputs}
            findings = [
                [f.severity, f.code, f.message, _parts(f.place), f.hint] for f in told.findings
            ]
            timeless = {name: (0, 0, 0, self._stamps[name][3]) for name in self._unsettled}
            record = {
                "fingerprint": _fingerprint(self._stamps),
                "stamps": self._stamps | timeless,
                "outputs": outputs,
                "told": [list(outputs), told.data, findings, dict(told.voice)],
            }
            write_atomically(self._path, json.dumps(record).encode())
            manifests = sorted(self._path.parent.glob("*.json"), key=_changed, reverse=True)
            for old in manifests[_KEPT_MOST:]:
                old.unlink(missing_ok=True)
        except OSError:
            return

    def _look(self) -> dict[str, Stamp]:
        """Every file that a build may read, by its name in the fingerprint."""
        folders = [("project", self._root / name) for name in _PROJECT]
        folders += [("defaults", defaults_root() / name) for name in _DEFAULTS]
        found: dict[str, Stamp] = {}
        for label, folder in folders:
            for name, path in _files(folder):
                self._add(found, f"{label}/{folder.name}/{name}", path)
        for name, path in _files(_SOURCE):
            if name.endswith((".py", ".yaml")):
                self._add(found, f"zine/{name}", path)
        return found

    def _add(self, found: dict[str, Stamp], name: str, path: Path) -> None:
        try:
            status = path.stat()
            times = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            known = self._known.get(name)
            if known and known[:3] == times:
                found[name] = known
                return
            if max(times[1:]) > time.time_ns() - _SETTLED_NS:
                self._unsettled.add(name)
            found[name] = _read_stamp(status, path)
        except OSError:
            found[name] = (-1, 0, 0, "")


def project_above(start: Path) -> Path | None:
    """The nearest folder upward that holds book/book.yaml."""
    here = start.resolve()
    folders = (here, *here.parents)
    return next((one for one in folders if (one / "book" / "book.yaml").is_file()), None)


def _fingerprint(stamps: Mapping[str, Stamp]) -> str:
    digest = hashlib.sha256()
    for name in sorted(stamps):
        digest.update(f"{name}\0{stamps[name][3]}\0".encode("utf-8", "surrogateescape"))
    surroundings = (
        sys.version,
        *installed(),
        *native_versions(),
        *system_fonts(),
        *(f"{name}={os.environ.get(name)}" for name in _ENVIRONMENT),
    )
    digest.update("\0".join(surroundings).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files under a folder, in any order; links are followed, each folder once."""
    seen: set[tuple[int, int]] = set()
    waiting = [("", str(folder))]
    while waiting:
        prefix, where = waiting.pop()
        try:
            status = Path(where).stat()
            with os.scandir(where) as entries:
                if (status.st_dev, status.st_ino) in seen:
                    continue
                seen.add((status.st_dev, status.st_ino))
                for entry in entries:
                    if entry.is_dir():
                        if entry.name != "__pycache__":
                            waiting.append((f"{prefix}{entry.name}/", entry.path))
                    else:
                        yield prefix + entry.name, Path(entry.path)
        except OSError:
            continue


def _read_stamp(status: os.stat_result, path: Path) -> Stamp:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, digest


def _is_there(path: Path, stamp: Stamp) -> bool:
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == stamp[:2]:
            return True
        return status.st_size == stamp[0] and _read_stamp(status, path)[3] == stamp[3]
    except OSError:
        return False


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _stamp(size: int, changed: int, entered: int, digest: str) -> Stamp:
    return int(size), int(changed), int(entered), str(digest)


def _parts(place: Place | None) -> list[object] | None:
    return None if place is None else [place.path, place.line, place.column]


def _told(parts: Iterable[object]) -> Told:
    outputs, data, findings, voice = parts
    if not isinstance(data, dict) or not isinstance(outputs, list) or not isinstance(voice, dict):
        raise TypeError
    paths = tuple(Path(path) for path in outputs)
    return Told(paths, data, tuple(_findings(findings)), voice)


def _findings(parts: object) -> Iterator[Finding]:
    if not isinstance(parts, list):
        raise TypeError
    for severity, code, message, place, hint in parts:
        yield Finding(Severity(severity), code, message, Place(*place) if place else None, hint)
