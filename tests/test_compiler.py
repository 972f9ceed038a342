"""Chapters: what book.yaml asks for becomes runs of entries, each printed once."""

from __future__ import annotations

import pytest

from support.made import HERE, chapter, entry, library, settings, words
from zine.compiler.chapters import make_chapters, sort_entries
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


STORIES = library(
    entry("Orphan", "story", date="2020-01-01"),
    entry("Éclair", "story", weight=2),
    entry("Zeal", "story", date="1871-03-18", weight=-1),
    entry("Faith", "story", date="1871-03-18"),
)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("title", ["Éclair", "Faith", "Orphan", "Zeal"]),
        ("date", ["Faith", "Zeal", "Orphan", "Éclair"]),
        ("weight", ["Zeal", "Faith", "Orphan", "Éclair"]),
    ],
)
def test_orders(order, expected):
    (one,) = made(chapter("stories", type="story", order=order), lib=STORIES)
    assert titles(one.entries) == expected


def test_entries_of_one_title_stand_by_their_slug():
    twins = [entry("Twin", slug="b"), entry("Twin", slug="a")]
    for pair in (twins, twins[::-1]):
        assert [one.slug for one in sort_entries(pair, "title", "en")] == ["a", "b"]


def test_a_given_order_of_a_type_puts_the_named_first_and_the_rest_by_title():
    spec = chapter("stories", type="story", order="given", include=("Zeal", "Orphan"))
    (one,) = made(spec, lib=STORIES)
    assert titles(one.entries) == ["Zeal", "Orphan", "Éclair", "Faith"]


def test_a_name_that_is_no_entry_is_an_error_at_the_chapter_with_the_nearest_title():
    specs = [
        chapter("pick", entries=("Zakaat",)),
        chapter("more", type="story", include=("Clinik",), exclude=("Orfan",)),
        chapter("value", value="Deepen democracy"),
    ]
    _, findings = make_chapters(ALL, settings(*specs), "Further entries")
    assert {(f.severity, f.code, f.place) for f in findings if f.code == "entry-unknown"} == {
        (Severity.ERROR, "entry-unknown", HERE)
    }
    hints = " ".join(f.hint or "" for f in findings)
    for title in ("Zakat", "Clinic", "Orphan", "Deepens democracy"):
        assert f"“{title}”" in hints
    with pytest.raises(UsageError, match="Zakaat"):
        compile_publication(Selection(), ALL, settings(*specs), words())


class TestByValue:
    """`by: value`: a chapter for each value."""

    def test_each_entry_is_printed_once_under_its_primary_value(self):
        chapters = made(chapter("by-value", by="value"))
        assert [(one.id, titles(one.entries)) for one in chapters] == [
            ("advances-justice", ["Advances justice", "The commons", "Zakat"]),
            ("celebrates-life", ["Celebrates life"]),
            ("deepens-democracy", ["Deepens democracy", "Assembly", "Clinic"]),
            ("by-value-neutral", ["Orphan"]),
        ]

    def test_under_its_other_values_it_is_named(self):
        also = {one.title: titles(one.see_also) for one in made(chapter("by-value", by="value"))}
        assert also == {
            "Advances justice": [],
            "Celebrates life": [],
            "Deepens democracy": ["The commons"],
            "Further entries": [],
        }

    def test_entries_of_an_excluded_value_stand_under_their_next_one(self):
        chapters = made(chapter("by-value", by="value", exclude=("Advances justice",)))
        assert [(one.title, titles(one.entries)) for one in chapters] == [
            ("Celebrates life", ["Celebrates life"]),
            ("Deepens democracy", ["Deepens democracy", "The commons", "Assembly", "Clinic"]),
            ("Further entries", ["Zakat", "Orphan"]),
        ]

    def test_only_the_first_of_its_chapters_has_the_introduction(self, tmp_path):
        text = tmp_path / "values.md"
        chapters = made(chapter("by-value", by="value", introduction=text))
        assert [one.introduction for one in chapters] == [text, None, None, None]

    def test_two_chapters_of_one_id_are_refused(self):
        specs = [
            chapter("deepens-democracy", value="Deepens democracy", exclude=("Clinic",)),
            chapter("by-value", by="value"),
        ]
        _, findings = make_chapters(ALL, settings(*specs), "Further entries")
        assert [(f.severity, f.code) for f in findings] == [(Severity.ERROR, "chapter-twice")]


class TestGroupByValue:
    """`group_by: value`: heads within a chapter."""

    def groups(self, *entries, **query):
        spec = chapter("pick", entries=tuple(titles(entries)), group_by="value", **query)
        (one,) = made(spec)
        return one

    def test_each_entry_stands_once_under_its_primary_value(self):
        one = self.groups(ZAKAT, ORPHAN, CLINIC, COMMONS)
        assert [(g.title, titles(g.entries), titles(g.see_also)) for g in one.groups] == [
            ("Advances justice", ["The commons", "Zakat"], []),
            ("Deepens democracy", ["Clinic"], ["The commons"]),
            ("Further entries", ["Orphan"], []),
        ]
        assert titles(one.entries) == ["The commons", "Zakat", "Clinic", "Orphan"]
        assert one.groups[-1].value is None

    def test_a_value_that_is_nobodys_first_says_where_its_entries_are(self):
        one = self.groups(COMMONS)
        assert [(g.title, titles(g.entries), titles(g.see_also)) for g in one.groups] == [
            ("Advances justice", ["The commons"], []),
            ("Deepens democracy", [], ["The commons"]),
        ]

    def test_a_value_stands_in_its_own_group(self):
        one = self.groups(DEMOCRACY, CLINIC)
        assert [(g.title, titles(g.entries)) for g in one.groups] == [
            ("Deepens democracy", ["Deepens democracy", "Clinic"])
        ]

    def test_an_entry_printed_before_is_named_in_its_group(self):
        first = chapter("first", entries=("The commons",), order="given")
        second = chapter(
            "second", entries=("The commons", "Zakat", "Clinic"), order="given", group_by="value"
        )
        chapters = made(first, second)
        assert titles(chapters[1].entries) == ["Zakat", "Clinic"]
        assert [(g.title, titles(g.entries), titles(g.see_also)) for g in chapters[1].groups] == [
            ("Advances justice", ["Zakat"], ["The commons"]),
            ("Deepens democracy", ["Clinic"], ["The commons"]),
        ]

    def test_its_heads_are_sections_over_their_entries(self):
        spec = chapter("pick", entries=("Zakat", "Clinic"), order="given", group_by="value")
        publication, _ = compile_publication(Selection(), ALL, settings(spec), words())
        body = [(one.kind, one.title, one.level) for one in publication.sections[3:-1]]
        assert body == [
            ("chapter", "Pick", 1),
            ("group", "Advances justice", 2),
            ("entry", "Zakat", 3),
            ("group", "Deepens democracy", 2),
            ("entry", "Clinic", 3),
        ]


class TestPrintedOnce:
    """An entry that two chapters ask for."""

    def test_the_first_chapter_prints_it_and_the_second_names_it(self):
        chapters = made(chapter("money", tag="money"), chapter("theories", type="theory"))
        assert titles(chapters[0].entries) == ["Zakat", "Clinic"]
        assert titles(chapters[1].entries) == ["The commons"]
        assert titles(chapters[1].see_also) == ["Zakat"]

    def test_a_chapter_that_is_left_with_nothing_is_no_chapter_and_told(self):
        specs = [chapter("all", entries=("Zakat", "The commons")), chapter("money", tag="land")]
        chapters, findings = make_chapters(ALL, settings(*specs), "Further entries")
        assert [one.id for one in chapters] == ["all"]
        assert [(f.severity, f.code, f.place) for f in findings] == [
            (Severity.WARNING, "chapter-empty", HERE)
        ]

    def test_a_query_that_finds_nothing_is_told(self):
        _, findings = make_chapters(ALL, settings(chapter("ghosts", tag="ghost")), "")
        assert [f.code for f in findings] == ["chapter-empty"]


class TestSections:
    """The order in which a whole book is bound."""

    def test_front_matter_openers_entries_back_matter(self):
        changes = {
            "front": tuple(MatterSpec((one,), HERE) for one in ("cover", "title-page", "contents")),
            "back": (
                MatterSpec(("index-by-value", "index-by-tag"), HERE),
                MatterSpec(("contributors", "image-credits", "colophon"), HERE),
                MatterSpec(("back-cover",), HERE),
            ),
        }
        book = settings(chapter("theories", type="theory"), **changes)
        publication, findings = compile_publication(Selection(), ALL, book, words())
        assert not findings
        assert publication.whole and publication.closing
        assert [(one.key, one.kind, one.side) for one in publication.sections] == [
            ("cover", "cover", "recto"),
            ("title-page", "title-page", "recto"),
            ("contents", "contents", "verso"),
            ("chapter-theories", "chapter", "verso"),
            ("entry-the-commons", "entry", "verso"),
            ("entry-zakat", "entry", "verso"),
            ("indexes", "index", "verso"),
            ("credits", "credits", "any"),
            ("back-cover", "back-cover", "verso"),
        ]
        assert publication.inside == {"the-commons", "zakat"}

    def test_an_index_of_nothing_is_left_out(self):
        back = tuple(
            MatterSpec((one,), HERE)
            for one in ("index-by-value", "index-by-tag", "contributors", "colophon")
        )
        bare = library(entry("Alone"), entry("Together"))
        book = settings(chapter("theories", type="theory"), back=back)
        publication, _ = compile_publication(Selection(), bare, book, words())
        assert [one.key for one in publication.sections if one.matter == "back"] == ["colophon"]

    def test_two_texts_of_one_file_name_have_keys_of_their_own(self, tmp_path):
        texts = []
        for folder in ("one", "two"):
            (tmp_path / folder).mkdir()
            text = tmp_path / folder / "words.md"
            text.write_text(f"Words, {folder}.\n")
            texts.append(MatterSpec(("text",), HERE, text, f"Words {folder}"))
        book = settings(
            chapter("theories", type="theory"),
            front=(texts[0],),
            back=(texts[1],),
            path=tmp_path / "book" / "book.yaml",
        )
        publication, _ = compile_publication(Selection(), ALL, book, words())
        keys = [one.key for one in publication.sections]
        assert (keys[0], keys[-1]) == ("text-words", "text-words-2")
