"""Selections: what a name on the command line stands for."""

from __future__ import annotations

import pytest

from support.made import chapter, entry, library, settings, words
from zine.compiler.parts import find_chapter, find_entry
from zine.compiler.publication import Publication
from zine.compiler.sections import compile_publication
from zine.compiler.selection import SelectBy, Selection
from zine.diagnostics import UsageError

DEMOCRACY = entry("Deepens democracy", "value", aliases=("Democracy",))
JUSTICE = entry("Advances justice", "value")
COMMONS = entry("The commons", values=("Advances justice", "Deepens democracy"))
ZAKAT = entry("Zakat", values=("Advances justice",))
ASSEMBLY = entry("Assembly", "solution", values=("Deepens democracy",))
CLINIC = entry("Clinic", "story", extra=(("unhashable", ["x"]),))
ALL = library(DEMOCRACY, JUSTICE, COMMONS, ZAKAT, ASSEMBLY, CLINIC)


def compiled(selection: Selection, *chapters, **changes) -> Publication:
    return compile_publication(selection, ALL, settings(*chapters, **changes), words())[0]


def by(kind: str, *names: str) -> Selection:
    return Selection(SelectBy(kind), names)


def printed(publication):
    return [one.title for one in publication.entries]


def refused(selection: Selection, *chapters) -> dict[str, str]:
    with pytest.raises(UsageError) as caught:
        compiled(selection, *chapters)
    return {one.code: one.hint or "" for one in caught.value.findings}


@pytest.mark.parametrize("name", ["theories", "THEORIES", "Theories"])
def test_a_chapter_by_its_id_in_any_case(name):
    publication = compiled(by("chapter", name))
    assert (publication.name, publication.title) == ("theories", "Theories")
    assert printed(publication) == ["The commons", "Zakat"]
    assert publication.look.id == "theory"
    assert not publication.whole


@pytest.mark.parametrize("name", ["seeing", "Ways of seeing", "ways of SEEING", "theories"])
def test_a_chapter_by_id_title_or_plural(name):
    spec = chapter("seeing", title="Ways of seeing", type="theory")
    assert compiled(by("chapter", name), spec).name == "seeing"


def test_an_id_comes_before_a_title_and_a_title_before_a_plural():
    specs = [
        chapter("theories", title="Stories", tag="none", include=("Zakat",)),
        chapter("stories", title="Told", type="story"),
        chapter("ways", title="Theories", type="theory"),
    ]
    publication = compiled(Selection(), *specs)
    assert find_chapter("stories", publication.chapters).id == "stories"
    assert find_chapter("theories", publication.chapters).id == "theories"
    assert find_chapter("told", publication.chapters).id == "stories"


def test_a_chapter_made_by_value_does_not_answer_to_the_plural_of_its_type():
    specs = [chapter("by-value", by="value")]
    assert compiled(by("chapter", "deepens DEMOCRACY"), *specs).name == "deepens-democracy"
    assert "chapter-unknown" in refused(by("chapter", "values"), *specs)


def test_nor_does_a_chapter_that_happens_to_hold_one_type():
    specs = [chapter("pick", entries=("Zakat",)), chapter("rest", title="Rest", type="theory")]
    assert compiled(by("chapter", "theories"), *specs).name == "rest"


def test_an_unknown_chapter_names_the_nearest():
    hints = refused(by("chapter", "theoreis"))
    assert "theories" in hints["chapter-unknown"]


def test_a_value_with_all_that_hold_it_by_type():
    publication = compiled(by("value", "deepens democracy"))
    assert (publication.name, publication.title) == ("deepens-democracy", "Deepens democracy")
    assert printed(publication) == ["Deepens democracy", "The commons", "Assembly"]
    assert [one.title for one in publication.chapters] == ["Values", "Theories", "Solutions"]
    assert [one.place_index for one in publication.chapters] == [0, 1, 2]


@pytest.mark.parametrize("name", ["Democracy", "deepens-democracy"])
def test_a_value_by_alias_or_slug(name):
    assert compiled(by("value", name)).name == "deepens-democracy"


def test_what_is_no_value_is_refused_with_the_nearest_value():
    assert "Deepens democracy" in refused(by("value", "Deepen democracy"))["value-unknown"]
    assert "value-unknown" in refused(by("value", "Zakat"))


def test_entries_by_hand_each_once_by_type_in_the_given_order():
    publication = compiled(by("entries", "Zakat", "clinic", "The commons", "zakat"))
    assert printed(publication) == ["Zakat", "The commons", "Clinic"]
    assert publication.name == "selection-zakat-clinic-the-commons"
    assert publication.look is None


def test_entries_of_one_type_have_its_look():
    assert compiled(by("entries", "Zakat", "The commons")).look.id == "theory"


def test_unknown_entries_are_all_named():
    with pytest.raises(UsageError) as caught:
        compiled(by("entries", "Zakaat", "Clinic", "Clinick"))
    assert [one.code for one in caught.value.findings] == ["entry-unknown"] * 2
    assert "“Zakat”" in caught.value.findings[0].hint
    assert "“Clinic”" in caught.value.findings[1].hint


def test_no_entries_at_all_are_refused():
    assert list(refused(by("entries"))) == ["entries-none"]


def test_many_entries_are_counted_in_the_file_name():
    many = [entry(f"A rather long title of an entry, number {n}") for n in range(5)]
    book = settings()
    names = tuple(one.title for one in many)
    publication, _ = compile_publication(by("entries", *names), library(*many), book, words())
    assert publication.name.endswith("-and-4-more")
    assert len(publication.name) < 80


def test_a_booklet_has_covers_contents_and_credits_of_its_own():
    publication = compiled(by("chapter", "theories"))
    kinds = [one.kind for one in publication.sections]
    assert kinds == ["cover", "imprint", "contents", "entry", "entry", "credits", "back-cover"]
    assert [one.level for one in publication.sections if one.entry] == [1, 1]


class TestTogether:
    """Several selections bound as one."""

    def test_every_part_is_a_chapter_and_every_entry_is_printed_once(self):
        parts = (by("chapter", "theories"), by("value", "Deepens democracy"))
        publication = compiled(Selection(SelectBy.TOGETHER, parts=parts))
        assert [(one.id, [e.title for e in one.entries]) for one in publication.chapters] == [
            ("theories", ["The commons", "Zakat"]),
            ("deepens-democracy", ["Deepens democracy", "Assembly"]),
        ]
        assert [one.title for one in publication.chapters[1].see_also] == ["The commons"]
        assert publication.name == "theories-deepens-democracy"

    def test_two_values_do_not_share_chapters(self):
        parts = (by("value", "Advances justice"), by("value", "Deepens democracy"))
        publication = compiled(Selection(SelectBy.TOGETHER, parts=parts))
        keys = [one.key for one in publication.sections]
        assert len(keys) == len(set(keys))
        assert [one.title for one in publication.chapters] == [
            "Advances justice",
            "Deepens democracy",
        ]
        assert sorted(printed(publication)) == sorted(set(printed(publication)))

    def test_the_same_part_twice_is_bound_once(self):
        part = by("entries", "Zakat", "Clinic")
        publication = compiled(Selection(SelectBy.TOGETHER, parts=(part, part)))
        assert printed(publication) == ["Zakat", "Clinic"]
        assert len(publication.chapters) == 1

    def test_heads_by_value_stay_over_their_entries(self):
        spec = chapter("theories", type="theory", group_by="value")
        parts = (by("entries", "The commons"), by("chapter", "theories"))
        publication = compiled(Selection(SelectBy.TOGETHER, parts=parts), spec)
        body = [(one.kind, one.title) for one in publication.sections if one.matter == "body"]
        assert body == [
            ("chapter", "The commons"),
            ("entry", "The commons"),
            ("chapter", "Theories"),
            ("group", "Advances justice"),
            ("entry", "Zakat"),
            ("group", "Deepens democracy"),
        ]
        (group,) = [s.group for s in publication.sections if s.title == "Deepens democracy"]
        assert [one.title for one in group.see_also] == ["The commons"]

    def test_unknown_names_of_all_parts_are_told_together(self):
        parts = (by("chapter", "nothing"), by("value", "nobody"), by("entries", "nowhere"))
        codes = set(refused(Selection(SelectBy.TOGETHER, parts=parts)))
        assert codes == {"chapter-unknown", "value-unknown", "entry-unknown"}


def test_an_entry_is_found_by_title_alias_and_slug():
    for name in ("Deepens Democracy", "democracy", "deepens-democracy"):
        assert find_entry(name, ALL) is DEMOCRACY
