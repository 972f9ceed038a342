"""`zine new`: an entry with all its fields, ready to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from zine.cli.options import ProjectFolder
from zine.cli.voice import speaking
from zine.diagnostics import Place, UsageError, did_you_mean, error

if TYPE_CHECKING:
    from zine.content.entry import EntryType


def new(
    type_name: Annotated[
        str,
        typer.Argument(metavar="TYPE", help="A type of entry: story, Stories, stories …"),
    ],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The title, in quotes.")],
    project: ProjectFolder = None,
) -> None:
    """Write the file of a new entry.

    It holds all fields, each explained; its path is printed. Nothing is ever overwritten.
    """
    with speaking() as voice:
        from slugify import slugify

        from zine.files import write_atomically
        from zine.project import load_project
        from zine.scaffold import entry_text

        loaded = load_project(project)
        entry_type = find_type(type_name, loaded.settings.types)
        title = " ".join(title.split())
        slug = slugify(title)
        if not slug:
            hint = "give it a title with letters or digits"
            raise UsageError(
                [error("title-missing", f"no file name can be made of “{title}”", hint=hint)]
            )
        path = loaded.root / "content" / entry_type.folder / f"{slug}.md"
        place = Place.of(path.relative_to(loaded.root))
        if path.exists():
            hint = "open it, or choose another title"
            raise UsageError([error("entry-exists", "is there already", place, hint)])
        if (other := loaded.library.resolve(title)) is not None:
            message = f"there is an entry called “{title}” already"
            hint = "two entries of one title cannot be told apart; choose another"
            raise UsageError([error("title-twice", message, other.place, hint)])
        try:
            write_atomically(path, entry_text(title, loaded.settings.types).encode())
        except OSError as problem:
            message = f"cannot be written: {problem.strerror or problem}"
            raise UsageError([error("output-unwritable", message, place)]) from problem
        voice.made(path)
        voice.say("fill it in, then: zine check")


def find_type(name: str, types: Sequence[EntryType]) -> EntryType:
    """A type by its id, singular, plural or folder, in any case.

    Raises:
        UsageError: there is none.
    """
    wanted = name.strip().casefold()
    for one in types:
        if wanted in (text.casefold() for text in (one.id, one.singular, one.plural, one.folder)):
            return one
    known = [one.id for one in types]
    hint = did_you_mean(name, known)
    if not hint.startswith("known"):
        hint += f" Known are: {', '.join(known)}"
    raise UsageError([error("type-unknown", f"there is no type “{name}”", hint=hint)])
