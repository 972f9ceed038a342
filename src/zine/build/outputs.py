"""Output: the folder made ready, and files written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zine.build.report import Made
from zine.diagnostics import Place, UsageError, ZineError, error
from zine.files import probe, write_together


def prepare_folder(folder: Path) -> Path:
    """The output folder, made and writable, before any work is done.

    Raises:
        UsageError: it cannot be made or written.
    """
    try:
        probe(folder)
    except OSError as problem:
        place = Place.of(folder)
        message = f"cannot be written: {problem.strerror or problem}"
        hint = "make the folder writable, or name another with --output"
        raise UsageError([error("output-unwritable", message, place, hint)]) from problem
    return folder


def write_all(made: Sequence[Made]) -> None:
    """Write files, each whole, and none before all are at hand.

    Raises:
        ZineError: a file could not be written.
    """
    try:
        write_together([(one.output.path, one.content) for one in made])
    except OSError as problem:
        message = f"could not be written: {problem.strerror or problem}"
        place = Place.of(Path(problem.filename2 or problem.filename or made[0].output.path))
        raise ZineError([error("output-unwritable", message, place)]) from problem
