"""Fixtures that several test files share; whole books are built once a session."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from support.pdfs import Read
from support.projects import REPOSITORY, Built, built, copy_of, shared_cache
from zine.build import Request
from zine.compiler.selection import SelectBy, Selection

# Machines are noisy: no example fails for having been slow.
settings.register_profile("zine", deadline=None)
settings.load_profile("zine")

THEORIES = Selection(SelectBy.CHAPTER, ("theories",))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept-goldens` writes the small pictures in tests/golden/ anew."""
    parser.addoption("--accept-goldens", action="store_true", help="keep what is printed now")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole books come last: what is wrong elsewhere is told first."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory) -> Path:
    """A folder of this run that all of its processes share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def demo(tmp_path_factory, whole_run) -> Built:
    """The book of this repository and the booklet of its theories, in a folder of their own."""
    root = tmp_path_factory.mktemp("demo")
    for name in ("book", "content"):
        shutil.copytree(REPOSITORY / name, root / name)
    with shared_cache(root, whole_run):
        return built(root, Request(), Request(THEORIES))


@pytest.fixture(scope="session")
def demo_book(demo):
    """The whole book, for reading."""
    with Read(demo.path("solidarity-economics.pdf")) as read:
        yield read


@pytest.fixture(scope="session")
def demo_theories(demo):
    """The booklet of theories, for reading."""
    with Read(demo.path("theories.pdf")) as read:
        yield read


@pytest.fixture(scope="session")
def signs(tmp_path_factory, whole_run) -> Built:
    """A small book with everything that a structure can hold, and the booklet of its theories."""
    root = copy_of("tagged", tmp_path_factory.mktemp("signs"))
    with shared_cache(root, whole_run):
        return built(root, Request(), Request(THEORIES))
