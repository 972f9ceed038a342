"""Missing glyphs are found before anything is set, at file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.projects import copy_of, write
from zine.check import check_project
from zine.glyphs import glyph_findings
from zine.project import load_project
from zine.resources import Resources
from zine.typeset.characters import coverage, missing, missing_in_lines


@pytest.fixture
def root(tmp_path):
    return copy_of("principle", tmp_path)


def places(root):
    return {(str(one.place), one.message[1]) for one in glyph_findings(load_project(root))}


def test_a_project_whose_fonts_have_everything_has_no_findings(root):
    assert places(root) == set()


@pytest.mark.parametrize("case", ["arabic", "spanish"])
def test_books_in_other_languages_have_their_fonts(tmp_path, case):
    assert places(copy_of(case, tmp_path)) == set()


def test_what_is_missing_is_told_with_its_place(root):
    entry = '---\ntitle: "A tick ✔ here"\nshort_write_up: "<p>漢</p>"\n---\n## Ж\n\nText Ж, ☃ ☃.\n'
    write(root, "content/stories/tick.md", entry)
    write(root, "book/welcome.md", "Welcome.\n\nA snowman ☃.\n")
    found = [one for one in check_project(load_project(root)) if one.code == "glyph-missing"]
    assert {(str(one.place), one.message[1]) for one in found} == {
        ("content/stories/tick.md:2:16", "✔"),
        ("content/stories/tick.md:3:21", "漢"),
        ("content/stories/tick.md:5:4", "Ж"),
        ("content/stories/tick.md:7:9", "☃"),
        ("book/welcome.md:3:11", "☃"),
    }
    tick = next(one for one in found if "✔" in one.message)
    assert "U+2714" in tick.message and "“A tick ✔ here”" in tick.message


def test_entities_and_silent_signs():
    known = coverage(Resources("styles", Path("/nowhere")), ["en"])
    assert missing("a&#x2603;\u200b\u00ad\ufe0f\n\u00a0b", known.text) == ("☃",)
    assert missing("e\u0301", known.head) == ()
    assert [one.line for one in missing_in_lines("x\n\n☃", known, 10)] == [12]
