"""References: what a mention prints, inside a publication and outside."""

from __future__ import annotations

import pytest

from support.made import chapter, entry, library, settings, words
from zine.compiler.references import References, needs_full_book
from zine.compiler.sections import compile_publication
from zine.compiler.selection import SelectBy, Selection
from zine.settings import Outside

ZAKAT = entry("Zakat", aliases=("Alms",))
COMMONS = entry("The commons")
CLINIC = entry("Clinic", "story")
ALL = library(ZAKAT, COMMONS, CLINIC)
THEORIES = Selection(SelectBy.CHAPTER, ("theories",))
HERE = {"entry-zakat": "6", "entry-the-commons": "8"}
THERE = {"zakat": "40", "the-commons": "42", "clinic": "104"}


def references(selection=THEORIES, full=THERE, **changes):
    book = settings(**changes)
    publication, _ = compile_publication(selection, ALL, book, words())
    return References(publication, ALL, book, HERE, full)


def test_inside_it_prints_the_folio_of_this_publication_and_links_there():
    one = references().to(ZAKAT, "note")
    assert (one.title, one.target, one.page, one.note) == ("Zakat", "entry-zakat", "6", "note")
    assert one.inside and not one.in_full_book
    assert one.type.id == "theory"


def test_outside_it_prints_the_folio_of_the_whole_book_and_links_nowhere():
    one = references().to(CLINIC)
    assert (one.title, one.target, one.page) == ("Clinic", "", "104")
    assert one.in_full_book and not one.inside


@pytest.mark.parametrize("policy", [Outside.TITLE, Outside.QR])
def test_outside_under_another_policy_the_title_is_bare(policy):
    one = references(outside=policy).to(CLINIC)
    assert (one.title, one.target, one.page) == ("Clinic", "", "")
    assert not one.in_full_book


def test_what_the_whole_book_leaves_out_is_bare():
    one = references(full={"zakat": "40"}).to(CLINIC)
    assert (one.target, one.page) == ("", "")


def test_a_title_of_nobody_is_bare_and_without_a_type():
    one = references().to_title("Kibbutz")
    assert (one.title, one.type, one.target, one.page) == ("Kibbutz", None, "", "")


@pytest.mark.parametrize("title", ["zakat", "Alms", "ZAKAT"])
def test_a_title_however_spelt_prints_as_the_entry_calls_itself(title):
    one = references().to_title(title)
    assert (one.title, one.page) == ("Zakat", "6")


def test_a_section_that_is_no_entry():
    one = references().to_section("entry-zakat", "Section")
    assert (one.title, one.type, one.target, one.page) == ("Section", None, "entry-zakat", "6")


@pytest.mark.parametrize(
    ("selection", "policy", "needed"),
    [
        (Selection(), Outside.FULL_BOOK, False),
        (THEORIES, Outside.FULL_BOOK, True),
        (THEORIES, Outside.TITLE, False),
        (THEORIES, Outside.QR, False),
    ],
)
def test_the_whole_book_is_paginated_only_where_its_numbers_print(selection, policy, needed):
    book = settings(outside=policy)
    publication, _ = compile_publication(selection, ALL, book, words())
    assert needs_full_book(publication, book) is needed


def test_in_the_whole_book_an_entry_of_no_chapter_is_outside():
    book = settings(chapter("theories", type="theory"))
    publication, _ = compile_publication(Selection(), ALL, book, words())
    refs = References(publication, ALL, book, HERE)
    assert refs.to(CLINIC).page == "" and refs.to(ZAKAT).page == "6"
