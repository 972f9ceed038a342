"""Orders hold whatever the file system says, and lose nobody."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.made import chapter, entry, library, settings, words
from zine.compiler.chapters import make_chapters, sort_entries
from zine.compiler.sections import compile_publication
from zine.compiler.selection import Selection
from zine.config import DEFAULT_TYPES
from zine.content.library import fold

VALUES = tuple(entry(f"Value {letter}", "value") for letter in "abc")
KINDS = [one.id for one in DEFAULT_TYPES if one.id != "value"]
SPECS = (
    chapter("theories", type="theory"),
    chapter("stories", type="story", group_by="value", order="date"),
    chapter("by-value", by="value"),
    chapter("one-value", value="Value a", exclude=("Value b",)),
    chapter("tagged", tag="x", order="weight", group_by="value"),
)


@st.composite
def libraries(draw):
    """The values and entries of several types, and the same in another order."""
    letters = st.text("aeéEÉzñ ’-1", min_size=1, max_size=5)
    names = letters.filter(lambda text: any(one.isalnum() for one in text))
    titles = draw(st.lists(names, max_size=7, unique_by=fold))
    held = st.lists(st.sampled_from([one.title for one in VALUES]), max_size=3, unique=True)
    made = list(VALUES)
    for number, title in enumerate(titles):
        kind = draw(st.sampled_from(KINDS))
        one = entry(title, kind, slug=f"slug-{number}", values=tuple(draw(held)))
        date = draw(st.none() | st.dates(dt.date(1800, 1, 1), dt.date(2030, 1, 1)))
        weight = draw(st.sampled_from([0.0, -1.0, 2.5]))
        tags = ("x",) if draw(st.booleans()) else ()
        made.append(replace(one, date=date, weight=weight, tags=tags))
    return made, draw(st.permutations(made))


CHAPTERS = st.lists(st.sampled_from(SPECS), min_size=1, unique_by=lambda one: one.id)


@given(libraries(), st.sampled_from(["title", "date", "weight"]), st.booleans())
def test_the_order_of_entries_does_not_depend_on_the_order_of_files(both, order, by_type):
    one, other = both
    types = DEFAULT_TYPES if by_type else ()
    first = sort_entries(one, order, "en", types)
    assert first == sort_entries(other, order, "en", types)
    assert Counter(e.slug for e in first) == Counter(e.slug for e in one)


@given(libraries(), CHAPTERS)
def test_nor_does_the_book(both, specs):
    books = []
    for entries in both:
        book = settings(*specs)
        publication, _ = compile_publication(Selection(), library(*entries), book, words())
        books.append([(one.key, one.level) for one in publication.sections])
    assert books[0] == books[1]
    assert len(set(books[0])) == len(books[0])


@given(libraries(), CHAPTERS)
def test_every_selected_entry_is_printed_exactly_once(both, specs):
    entries, _ = both
    lib = library(*entries)
    chapters, _ = make_chapters(lib, settings(*specs), "Further entries")
    printed = Counter(one.slug for each in chapters for one in each.entries)
    assert set(printed.values()) <= {1}
    assert set(printed) == {one.slug for one in entries if asked_for(one, specs, lib)}
    for each in chapters:
        grouped = Counter(one.slug for group in each.groups for one in group.entries)
        assert not each.groups or grouped == Counter(one.slug for one in each.entries)


def asked_for(one, specs, lib):
    held = {value.title for value in lib.values_of(one)}
    asks = {
        "theories": one.type == "theory",
        "stories": one.type == "story",
        "by-value": True,
        "one-value": one.title == "Value a" or "Value a" in held,
        "tagged": "x" in one.tags,
    }
    return any(asks[spec.id] for spec in specs)


@given(libraries())
def test_by_value_an_entry_stands_under_its_first_value_and_is_named_under_the_others(both):
    entries, _ = both
    lib = library(*entries)
    chapters, _ = make_chapters(lib, settings(chapter("by-value", by="value")), "Further entries")
    home = {e.slug: one.title for one in chapters for e in one.entries}
    named = {(e.slug, one.title) for one in chapters for e in one.see_also}
    for one in entries:
        if one.type == "value":
            continue
        titles = [value.title for value in lib.values_of(one)]
        assert home[one.slug] == (titles[0] if titles else "Further entries")
        assert {title for slug, title in named if slug == one.slug} == set(titles[1:])
    if any(not lib.values_of(one) for one in entries if one.type != "value"):
        assert chapters[-1].title == "Further entries"


@pytest.mark.parametrize(
    "ordered",
    [
        ["Ecology", "Économie", "Edge", "Émigré", "Energy"],
        ["a", "Á b", "a c", "B"],
        ["Chapter 2", "Chapter 10"],
        ["Commoning", "‘Commons’", "“Commons” again"],
    ],
)
def test_letters_with_accents_stand_with_their_letter(ordered):
    made = [entry(title, slug=f"s{number}") for number, title in enumerate(ordered)]
    for turned in (made, made[::-1]):
        assert [one.title for one in sort_entries(turned, "title", "en")] == ordered
