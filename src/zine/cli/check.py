"""`zine check`: every problem, with file and line."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from zine.cli.options import AsJson, ProjectFolder, Quiet, Verbose
from zine.cli.voice import PROBLEMS, speaking
from zine.diagnostics import Severity, errors_among


def check(
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are problems too.")] = False,
    pages: Annotated[
        bool,
        typer.Option("--pages", help="Set the book too, and look its pages over; takes longer."),
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    project: ProjectFolder = None,
) -> None:
    """Name every problem, with file and line.

    It looks at book.yaml, entries, texts, references and pictures, and makes nothing. With
    --pages it also sets the book and looks its pages over, as a build does. The exit code is 1
    where there are errors.
    """
    with speaking(quiet=quiet, verbose=verbose, as_json=as_json) as voice:
        from zine.check import check_project
        from zine.project import load_project

        loaded = load_project(project, strict_references=strict)
        findings = check_project(loaded)
        if pages and not errors_among(findings):
            from zine.build import check_pages

            findings = tuple(dict.fromkeys((*findings, *check_pages(loaded))))
        voice.findings(findings)
        counts = Counter(finding.severity for finding in findings)
        entries = len(loaded.library.entries)
        if not (counts[Severity.ERROR] or counts[Severity.WARNING]):
            noun = "entry" if entries == 1 else "entries"
            voice.say(f"no problems in {entries} {noun}")
        data = {
            "entries": entries,
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "notes": counts[Severity.NOTE],
        }
        voice.result(data, findings)
        if counts[Severity.ERROR] or (strict and counts[Severity.WARNING]):
            raise typer.Exit(PROBLEMS)
