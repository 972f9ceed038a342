"""What is wrong with book.yaml, collected with places; and the files it names."""

from __future__ import annotations

from pathlib import Path

from zine.content.files import inside, shown_path
from zine.content.positions import Document, Key
from zine.diagnostics import Finding, Place, did_you_mean, error


class Problems:
    """Collects the findings of one book.yaml.

    Args:
        document: the file as data and positions.
        project: the folder that holds book/.
    """

    def __init__(self, document: Document, project: Path) -> None:
        self.document = document
        self.project = project
        self.found: list[Finding] = []

    def place(self, at: Key, *, key: bool = False) -> Place:
        """Where the value (or the key) at a path stands."""
        return self.document.place(at, key=key)

    def add(self, code: str, message: str, at: Key, hint: str, *, key: bool = False) -> None:
        """Note an error."""
        self.found.append(error(code, message, self.place(at, key=key), hint or None))

    def add_at(self, code: str, message: str, place: Place, hint: str) -> None:
        """Note an error at a place that is known already."""
        self.found.append(error(code, message, place, hint or None))

    def is_wrong(self, at: Key) -> bool:
        """Whether the value at a path, or an item of it, has a finding already."""
        places = {(found.place.line, found.place.column) for found in self.found if found.place}
        return any(
            spot in places for path, spot in self.document.values.items() if path[: len(at)] == at
        )

    def source(self, at: Key) -> str:
        """The rest of the line at a value, comments included."""
        return self.document.sources.get(at, "")

    def file(self, name: str, at: Key) -> Path | None:
        """The Markdown file `name` beside book.yaml, or None with a finding."""
        found = inside("book", name)
        if found is None:
            message = f"the file “{name}” lies outside the project"
            self.add("file-outside", message, at, "put it beside book.yaml")
            return None
        path = self.project / found
        if not path.is_file():
            known = sorted(one.name for one in (self.project / "book").glob("*.md"))
            near = did_you_mean(name, known) if known else ""
            shown = shown_path(path, self.project)
            hint = near if near.startswith("did") else "write it, or take its name out"
            self.add("file-missing", f"there is no file {shown}", at, hint)
            return None
        if not path.resolve().is_relative_to(self.project.resolve()):
            message = f"the file “{name}” is a link that leads outside the project"
            self.add("file-outside", message, at, "put the file itself beside book.yaml")
            return None
        return path
