"""Output: the folder made ready, and files written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zine.build.report import Made
from zine.diagnostics import Place, UsageError, ZineError, error
from zine.files import write_atomically


def prepare_folder(folder: Path) -> Path:
    """The output folder, made and writable, before any work is done.

    Raises:
        UsageError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".zine-probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as problem:
        place = Place.of(folder)
        message = f"cannot be written: {problem.strerror or problem}"
        hint = "make the folder writable, or name another with --output"
        raise UsageError([error("output-unwritable", message, place, hint)]) from problem
    return folder


def write_all(made: Sequence[Made]) -> None:
    """Write files, each whole or not at all.

    Raises:
        ZineError: a file could not be written; those before it are there, whole.
    """
    for one in made:
        try:
            write_atomically(one.output.path, one.content)
        except OSError as problem:
            message = f"could not be written: {problem.strerror or problem}"
            place = Place.of(one.output.path)
            raise ZineError([error("output-unwritable", message, place)]) from problem
