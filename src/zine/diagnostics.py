"""Findings: what is wrong, where it stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePath


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Place:
    """A spot in a file; lines and columns count from 1, front matter included.

    Args:
        path: the file, relative to the project where it lies inside it.
        line: line in the file, or None where the whole file is meant.
        column: column in the line, or None.
    """

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.path]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)

    @classmethod
    def of(cls, path: PurePath, line: int | None = None, column: int | None = None) -> Place:
        """A place in `path`, written with forward slashes on every system."""
        return cls(path.as_posix(), line, column)


@dataclass(frozen=True)
class Finding:
    """One problem: `path:line:col: severity[code]: message`, and a hint that names the mend."""

    severity: Severity
    code: str
    message: str
    place: Place | None = None
    hint: str | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.severity}[{self.code}]: {self.message}"


class ZineError(Exception):
    """Everything that stopped a run, all problems together."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[ZineError], tuple[tuple[Finding, ...]]]:
        """An error crosses from a worker process with its findings, not with its words."""
        return type(self), (self.findings,)


class UsageError(ZineError):
    """The command or the configuration asks for something that is not there (exit code 2)."""


def error(code: str, message: str, place: Place | None = None, hint: str | None = None) -> Finding:
    """A finding that stops the build."""
    return Finding(Severity.ERROR, code, message, place, hint)


def warning(
    code: str, message: str, place: Place | None = None, hint: str | None = None
) -> Finding:
    """A finding that is printed and does not stop the build."""
    return Finding(Severity.WARNING, code, message, place, hint)


def errors_among(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of the findings that stop a build."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


_NEAR = 55.0  # per cent of letters in common


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The names among `known` that look most like `name`, best first."""
    from rapidfuzz import fuzz, process  # a run without mistakes never needs it

    by_fold = _folded(tuple(known))
    close = process.extract(
        name.casefold(), list(by_fold), scorer=fuzz.ratio, limit=count, score_cutoff=_NEAR
    )
    return [by_fold[fold] for fold, *_ in close]


@lru_cache(maxsize=4)
def _folded(names: tuple[str, ...]) -> dict[str, str]:
    """Names by what they are compared as; a run asks again and again for those near to others."""
    return {name.casefold(): name for name in names}


LISTED_MOST = 12  # names that a hint lists where none is near


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """A hint in words: the nearest names, or the first few that exist."""
    close = nearest(name, known)
    if close:
        return "did you mean " + " or ".join(f"“{candidate}”" for candidate in close) + "?"
    if not known:
        return "there are none yet"
    if len(known) > LISTED_MOST:
        return "nothing there has a name like it"
    return f"known are: {', '.join(sorted(known))}"
