"""`zine clean`: what can be made again is removed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from zine.cli.options import ProjectFolder
from zine.cli.voice import Voice, shown, speaking
from zine.diagnostics import Place, ZineError, error


def clean(
    dist: Annotated[
        bool, typer.Option("--dist", help="Remove the PDFs in dist/ and dist/handouts/ too.")
    ] = False,
    project: ProjectFolder = None,
) -> None:
    """Remove the cache; the next build sets all anew.

    The cache is the folder .zine/ in the project. The paths of what was removed are printed, one
    a line.
    """
    with speaking() as voice:
        from zine.config import find_project

        root = find_project(project or Path.cwd())
        try:
            _remove(root / ".zine", voice)
            if dist:
                _empty(root / "dist", voice)
        except OSError as problem:
            place = Place.of(Path(problem.filename or root))
            message = f"cannot be removed: {problem.strerror or problem}"
            raise ZineError([error("not-removed", message, place)]) from problem


def _remove(folder: Path, voice: Voice) -> None:
    if folder.is_symlink():
        folder.unlink()  # what it leads to is not ours
    elif folder.is_dir():
        shutil.rmtree(folder)
    else:
        return
    voice.made(folder)


def _empty(dist: Path, voice: Voice) -> None:
    """Remove the PDFs that zine makes, and the folders if nothing else lies in them."""
    for folder in (dist / "handouts", dist):
        if folder.is_symlink() or not folder.is_dir():
            continue
        for path in sorted(folder.glob("*.pdf")):
            path.unlink()
            voice.made(path)
        if any(folder.iterdir()):
            voice.say(f"{shown(folder)} holds other files and stays")
        else:
            folder.rmdir()
