"""The voice: results to stdout, everything else to stderr, and the exit code of a run."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from zine import __version__
from zine.diagnostics import Finding, Severity, UsageError, ZineError, error, errors_among

DONE, PROBLEMS, USAGE, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_HINT = "    "
_BRIEF = 10  # a partial export of a library has hundreds of unresolved relations
_ISSUES = "a run with -v shows where it happened; please report it with that"


@dataclass
class Voice:
    """How a command speaks.

    Args:
        quiet: errors only.
        verbose: notes too, and the traceback of a bug.
        as_json: one JSON object on stdout in place of lines.
        nothing: the result in JSON of a run that made nothing.
        out: where results go; kept, since `speaking` covers `sys.stdout` while a command runs.
    """

    quiet: bool = False
    verbose: bool = False
    as_json: bool = False
    nothing: Mapping[str, object] = field(default_factory=dict)
    out: TextIO = field(default_factory=lambda: sys.stdout)

    def line(self, text: str = "") -> None:
        """A line of the result; none in JSON."""
        if not self.as_json:
            print(text, file=self.out)

    def made(self, path: Path) -> None:
        """The path of a file that was made."""
        self.line(shown(path))

    def result(self, data: Mapping[str, object], findings: Iterable[Finding] = ()) -> None:
        """The result as JSON, where that was asked for."""
        if self.as_json:
            told = list(findings)
            whole = {
                "zine": __version__,
                "ok": not errors_among(told),
                **data,
                "findings": [finding_data(finding) for finding in told],
            }
            print(json.dumps(whole, ensure_ascii=False, indent=2), file=self.out)

    def say(self, text: str) -> None:
        """A message to whoever sits at the terminal."""
        if not (self.quiet or self.as_json):
            print(text, file=sys.stderr)

    def findings(self, findings: Iterable[Finding], *, brief: bool = False) -> None:
        """Findings with their hints, and how many there were.

        Args:
            findings: in the order in which they are told.
            brief: of warnings of one code the first few alone, if not verbose.
        """
        if self.as_json:
            return
        told = list(findings)
        times: Counter[str] = Counter()
        for finding in told:
            if not self._tells(finding.severity):
                continue
            if finding.severity is Severity.WARNING:
                times[finding.code] += 1
                if brief and not self.verbose and times[finding.code] > _BRIEF:
                    continue
            print(_painted(finding), file=sys.stderr)
            if finding.hint:
                print(_HINT + finding.hint, file=sys.stderr)
        for code, count in times.items():
            if brief and not self.verbose and count > _BRIEF:
                more = f"… and {count - _BRIEF} more warning[{code}]: -v shows them all"
                print(more, file=sys.stderr)
        counts = Counter(finding.severity for finding in told)
        spoken = [_count(counts[kind], kind) for kind in Severity if self._tells(kind)]
        if line := ", ".join(words for words in spoken if words):
            print(line, file=sys.stderr)
        if counts[Severity.NOTE] and not (self.verbose or self.quiet):
            print(f"{_count(counts[Severity.NOTE], Severity.NOTE)} (-v shows)", file=sys.stderr)

    def _tells(self, severity: Severity) -> bool:
        if severity is Severity.ERROR:
            return True
        return not self.quiet and (severity is Severity.WARNING or self.verbose)


@contextlib.contextmanager
def speaking(
    *,
    quiet: bool = False,
    verbose: bool = False,
    as_json: bool = False,
    nothing: Mapping[str, object] | None = None,
) -> Iterator[Voice]:
    """The voice of one command; what goes wrong becomes messages and an exit code.

    Args:
        quiet: errors only.
        verbose: notes too, and the traceback of a bug.
        as_json: one JSON object on stdout in place of lines.
        nothing: what JSON says in place of a result where there is none.

    Raises:
        typer.Exit: with the exit code, where the command did not end well.
    """
    import typer  # slow to import, and a build that changes nothing needs none of it

    voice = Voice(quiet, verbose, as_json, nothing or {})
    # Libraries print too (WeasyPrint does when Pango is missing); stdout is for results alone.
    chatter = io.StringIO()
    try:
        with contextlib.redirect_stdout(chatter):
            yield voice
        voice.out.flush()
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except BrokenPipeError:
        raise typer.Exit(BROKEN_PIPE) from None
    except KeyboardInterrupt:
        print("\ninterrupted; every file that was finished is whole", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    except UsageError as problem:
        raise typer.Exit(_stopped(voice, problem.findings, USAGE)) from None
    except ZineError as problem:
        raise typer.Exit(_stopped(voice, problem.findings, PROBLEMS)) from None
    except Exception as problem:
        if verbose:
            traceback.print_exc(file=sys.stderr)
        what = f"{type(problem).__name__}: {problem}".rstrip(": ")
        finding = error("bug", f"{what}; this is a bug in zine", hint=_ISSUES)
        raise typer.Exit(_stopped(voice, [finding], PROBLEMS)) from None
    finally:
        if verbose and chatter.getvalue():
            print(chatter.getvalue(), file=sys.stderr)
        flushed(voice.out)


def finding_data(finding: Finding) -> dict[str, object]:
    """A finding for machines."""
    place = finding.place
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message,
        "path": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "hint": finding.hint,
    }


def shown(path: Path) -> str:
    """A path as it can be pasted behind a command: from the working directory, if inside it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _stopped(voice: Voice, findings: Iterable[Finding], code: int) -> int:
    told = list(findings)
    voice.findings(told)
    voice.result(voice.nothing, told)
    return code


def _count(number: int, severity: Severity) -> str:
    plural = "" if number == 1 else "s"
    return f"{number} {severity.value}{plural}" if number else ""


def _painted(finding: Finding) -> str:
    text = str(finding)
    plain = not sys.stderr.isatty() or os.environ.get("TERM") == "dumb"
    if plain or os.environ.get("NO_COLOR"):
        return text
    kind = f"{finding.severity}[{finding.code}]"
    return text.replace(kind, f"\x1b[{_COLOURS[finding.severity]}m{kind}\x1b[0m", 1)


def flushed(stream: TextIO) -> None:
    """Flush a stream; one whose reader has gone leads nowhere from then on, and exit is silent."""
    try:
        stream.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, stream.fileno())
            os.close(nothing)
