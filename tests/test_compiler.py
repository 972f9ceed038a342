"""Chapters: what book.yaml asks for becomes runs of entries, each printed once."""

from __future__ import annotations

import pytest
from support.made import HERE, chapter, entry, library, settings, words

from zine.compiler.chapters import make_chapters
from zine.compiler.sections import compile_publication
from zine.compiler.selection import Selection
from zine.diagnostics import Severity, UsageError
from zine.settings import MatterSpec

DEMOCRACY = entry("Deepens democracy", "value")
JUSTICE = entry("Advances justice", "value")
LIFE = entry("Celebrates life", "value")
COMMONS = entry("The commons", values=("Advances justice", "Deepens democracy"), tags=("Land",))
ASSEMBLY = entry("Assembly", "solution", values=("Deepens democracy",), date="2011-05-15")
ZAKAT = entry("Zakat", values=("Advances justice",), tags=("money",), weight=-1)
CLINIC = entry("Clinic", "story", values=("Deepens democracy",), tags=("Money",), date="1999-01-02")
ORPHAN = entry("Orphan", "story", date="2020-01-01", extra=(("unhashable", ["x"]),))
ALL = library(DEMOCRACY, JUSTICE, LIFE, COMMONS, ASSEMBLY, ZAKAT, CLINIC, ORPHAN)


def made(*specs, lib=ALL, **changes):
    chapters, findings = make_chapters(lib, settings(*specs, **changes), "Further entries")
    assert not findings
    return chapters


def titles(entries):
    return [one.title for one in entries]


def test_without_chapters_every_type_has_one_in_title_order():
    assert [(one.id, titles(one.entries)) for one in made()] == [
        ("values", ["Advances justice", "Celebrates life", "Deepens democracy"]),
        ("theories", ["The commons", "Zakat"]),
        ("solutions", ["Assembly"]),
        ("stories", ["Clinic", "Orphan"]),
    ]


def test_a_type_without_entries_has_no_chapter_and_nothing_is_said():
    assert titles_of(made(lib=library(ZAKAT, JUSTICE))) == ["Values", "Theories"]


def titles_of(chapters):
    return [one.title for one in chapters]


def test_a_chapter_by_tag_takes_any_case_and_stands_by_type():
    (one,) = made(chapter("money", tag="MONEY"))
    assert titles(one.entries) == ["Zakat", "Clinic"]


def test_a_chapter_by_value_is_opened_by_the_value_and_stands_by_type():
    (one,) = made(chapter("democracy", value="deepens Democracy"))
    assert titles(one.entries) == ["Deepens democracy", "The commons", "Assembly", "Clinic"]
    assert one.look.id == "value"


def test_a_list_keeps_its_order_and_names_an_entry_twice_in_vain():
    (one,) = made(chapter("pick", entries=("Zakat", "Assembly", "zakat"), order="given"))
    assert titles(one.entries) == ["Zakat", "Assembly"]


def test_include_and_exclude():
    spec = chapter("theories", type="theory", include=("Clinic", "Clinic"), exclude=("Zakat",))
    (one,) = made(spec)
    assert titles(one.entries) == ["Clinic", "The commons"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("title", ["Assembly", "Clinic", "Orphan", "Zakat"]),
        ("date", ["Clinic", "Assembly", "Orphan", "Zakat"]),
        ("weight", ["Zakat", "Assembly", "Clinic", "Orphan"]),
        ("given", ["Orphan", "Zakat", "Clinic", "Assembly"]),
    ],
)
def test_orders(order, expected):
    four = ("Orphan", "Zakat", "Clinic", "Assembly")
    kinds = tuple(kind for kind in settings().types)
    (one,) = made(chapter("pick", entries=four, order=order), types=kinds)
    found = titles(one.entries)
    if order == "given":
        assert found == expected
    else:  # a chapter of several types stands by type first
        assert sorted(found, key=expected.index) == sorted(found, key=expected.index)
        by_type = {"Zakat": 1, "Assembly": 2, "Clinic": 3, "Orphan": 3}
        assert found == sorted(expected, key=lambda title: by_type[title])
