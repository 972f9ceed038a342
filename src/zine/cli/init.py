"""`zine init`: a small project that builds at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zine.cli.voice import shown, speaking
from zine.diagnostics import Place, UsageError, error


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder; it is made if it is not there.")
    ],
) -> None:
    """Start a small project that builds at once.

    It is a book of six short entries. Nothing that is there is overwritten. The paths of the
    files are printed, one a line.
    """
    with speaking() as voice:
        from zine.files import write_atomically
        from zine.scaffold import project_files

        place = Place.of(folder)
        if (folder / "book").exists():
            hint = "choose another folder; to change this project, edit book/book.yaml"
            raise UsageError([error("project-exists", "holds a project already", place, hint)])
        files = project_files()
        taken = [name for name in files if (folder / name).exists()]
        if taken:
            raise UsageError(
                error("file-exists", "is there already", Place.of(folder / name), "move it away")
                for name in taken
            )
        try:
            for name, content in files.items():
                write_atomically(folder / name, content)
                voice.made(folder / name)
        except OSError as problem:
            message = f"cannot be written: {problem.strerror or problem}"
            raise UsageError([error("output-unwritable", message, place)]) from problem
        voice.say(
            "\nNext:\n"
            f"  cd {shown(folder.absolute())}\n"
            "  zine build                   the book: dist/a-street-that-shares.pdf\n"
            '  zine new story "Your title"  an entry of your own\n'
            "  zine check                   what is still to be mended"
        )
