"""Projects in folders, and what a build made of them."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from zine.build import Options, Report, Request, build
from zine.project import Project, load_project

REPOSITORY = Path(__file__).resolve().parents[2]
BOOKS = REPOSITORY / "tests" / "books"
SHARED = Path(os.environ.get("ZINE_SHARED", REPOSITORY.parent / "shared"))


@dataclass(frozen=True)
class Built:
    """A project and the report of a build of it."""

    project: Project
    report: Report

    @property
    def dist(self) -> Path:
        """The folder of the output."""
        return self.project.root / "dist"

    def path(self, name: str) -> Path:
        """A file that the report names."""
        (found,) = [one.path for one in self.report.outputs if one.path.name == name]
        return found


def copy_of(case: str, folder: Path) -> Path:
    """A copy of tests/books/<case> in a folder."""
    return Path(shutil.copytree(BOOKS / case, folder / case))


def built(root: Path, *requests: Request, options: Options | None = None) -> Built:
    """What is made of a project; the whole book where nothing is asked for."""
    project = load_project(root)
    return Built(project, build(project, requests or [Request()], options or Options()))


@contextmanager
def shared_cache(root: Path, folder: Path) -> Iterator[None]:
    """While a project is built with a cache that all processes of a test run share.

    One after another: what the first has set the others find.

    Args:
        folder: of the whole run.
    """
    cache = folder / f"cache-{root.name.rstrip('0123456789')}"
    cache.mkdir(exist_ok=True)
    (root / ".zine").symlink_to(cache, target_is_directory=True)
    with (folder / f"{cache.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(root: Path, name: str, text: str) -> Path:
    """A file of a project."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
