"""Foresight: what will be wanted is begun early, and nothing comes out otherwise."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from support.projects import copy_of
from zine.build import Options, Request, build
from zine.memory import keep, key_of, memory_of
from zine.project import load_project
from zine.typeset.fitting import Arrangement
from zine.typeset.foresight import Foresight


@pytest.fixture
def memory(tmp_path):
    with memory_of(None):
        yield


def test_what_was_learnt_is_foreseen(memory):
    tight = Arrangement("tight", gap=4.5, rows=2, low=True)
    Foresight("book").learn({"one": 2, "two": 3}, {"two": tight})
    foreseen = Foresight("book")
    assert (foreseen.pages("one"), foreseen.arrangement("one")) == (2, Arrangement())
    assert (foreseen.pages("two"), foreseen.arrangement("two")) == (3, tight)
    assert Foresight("other").pages("one") is None
    assert foreseen.arrangement("three") is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{", '{"one": 2}', '{"one": []}', '{"one": [2, 1, 2, 3, 4, 5, 6, 7, 8]}'],
)
def test_what_another_program_left_foresees_nothing(memory, text):
    keep(key_of("set", "book"), text)
    assert Foresight("book").arrangement("one") is None


def test_a_changed_text_is_written(tmp_path):
    path = tmp_path / "memory"
    for pages in (2, 3):
        with memory_of(path):
            Foresight("book").learn({"one": pages}, {})
    with memory_of(path):
        assert Foresight("book").pages("one") == 3


def made(root: Path) -> str:
    """Digest of the book to read, built as it is now."""
    report = build(load_project(root), [Request(editions=("read",))], Options(processes=2))
    return hashlib.sha256(report.outputs[0].path.read_bytes()).hexdigest()


@pytest.mark.slow
@pytest.mark.parametrize("known", ["right", "wrong"])
def test_an_edit_comes_out_as_if_nothing_had_been_foreseen(tmp_path, monkeypatch, known):
    root = copy_of("principle", tmp_path / "book")
    entry = root / "content" / "stories" / "the-shed-that-moved.md"
    text = entry.read_text("utf-8")
    made(root)
    if known == "wrong":
        other = Arrangement("together", gap=9.0)
        monkeypatch.setattr(Foresight, "pages", lambda *_: 5)
        monkeypatch.setattr(Foresight, "arrangement", lambda *_: other)
    entry.write_text(text + "\nOne sentence more.\n", "utf-8")
    edited = made(root)
    monkeypatch.undo()
    fresh = copy_of("principle", tmp_path / "fresh")
    place = fresh / entry.relative_to(root)
    place.write_text(entry.read_text("utf-8"), "utf-8")
    assert edited == made(fresh)
