"""Again: a build for which nothing has changed says what it said, before anything is imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zine.build.freshness import Freshness, Told, project_above
from zine.cli.voice import Voice, flushed

if TYPE_CHECKING:
    from zine.build import Report

_PROJECT = "--project"
# What a printer is like stands outside of the project.
_NOT_KEPT = ("--no-cache", "--help", "-h", "--printer")

_asked: Freshness | None = None


def told_again(arguments: Sequence[str]) -> bool:
    """Answer `zine build` from the last build with these very arguments, if it still holds.

    Args:
        arguments: behind the name of the command, unread: as they are the same, so is their sense.
    """
    global _asked
    _asked = None
    root = _root(arguments)
    if root is None or any(one.partition("=")[0] in _NOT_KEPT for one in arguments):
        return False
    _asked = Freshness(root, [str(Path.cwd()), *arguments])
    told = _asked.answer()
    if told is None:
        return False
    voice = Voice(**told.voice)
    for path in told.outputs:
        voice.made(path)
    voice.findings(told.findings, brief=True)
    voice.result(told.data, told.findings)
    flushed(voice.out)
    return True


def remember(report: Report, data: dict[str, object], voice: Voice) -> None:
    """Keep what a build says, for the next with the same arguments."""
    if _asked is not None:
        outputs = tuple(one.path for one in report.outputs)
        flags = {"quiet": voice.quiet, "verbose": voice.verbose, "as_json": voice.as_json}
        _asked.keep(Told(outputs, data, report.findings, flags))


def _root(arguments: Sequence[str]) -> Path | None:
    """The project that the arguments, or the working directory, name; None if that is not plain."""
    start = Path.cwd()
    for index, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == _PROJECT:
            start = Path(value or "".join(arguments[index + 1 : index + 2]))
        elif _PROJECT.startswith(name) and len(name) > 2:
            return None
    return project_above(start)
