"""Resources: layouts, styles and words, the project's own before the ones that come with zine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def defaults_root() -> Path:
    """The folder that holds the default `layouts/` and `styles/`.

    In an installed wheel they lie inside the package; in a checkout they are the
    top-level folders themselves, so that there is one copy of them.
    """
    packaged = _PACKAGE / "defaults"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1]


@dataclass(frozen=True)
class Resources:
    """Two layers of one folder ("layouts" or "styles"): a project's files cover the defaults.

    Args:
        folder: "layouts" or "styles".
        project: root of the project.
    """

    folder: str
    project: Path

    @property
    def roots(self) -> tuple[Path, ...]:
        """Folders to look in, the project's own first."""
        own = self.project / self.folder
        default = defaults_root() / self.folder
        return (own,) if own.resolve() == default.resolve() else (own, default)

    def find(self, name: str) -> Path | None:
        """The file `name`, or None; a name that leaves its folder is not found."""
        for root in self.roots:
            candidate = (root / name).resolve()
            if candidate.is_relative_to(root.resolve()) and candidate.is_file():
                return candidate
        return None

    def names(self, suffix: str) -> Iterator[str]:
        """Names of all files with that suffix in either layer, sorted, each once."""
        found = {
            path.relative_to(root).as_posix()
            for root in self.roots
            if root.is_dir()
            for path in root.rglob(f"*{suffix}")
            if path.is_file()
        }
        yield from sorted(found)
