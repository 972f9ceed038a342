"""book.yaml: defaults, every key, every mistake with its line, all in one run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.config import DEFAULT_TYPES, find_project, load_settings
from zine.config.types import contrast, plural_of
from zine.diagnostics import Place, UsageError
from zine.settings import Numbering, Outside, Starts

ROOT = Path(__file__).resolve().parents[1]
PLACE = Place("x")
BOOKS = Path(__file__).parent / "books"


@pytest.fixture
def load(tmp_path):
    (tmp_path / "book").mkdir()

    def loaded(text, *files):
        for name in files:
            (tmp_path / "book" / name).write_text("Text.\n")
        path = tmp_path / "book" / "book.yaml"
        path.write_text(text, encoding="utf-8")
        return load_settings(path)

    return loaded


def problems(load, text, *files):
    with pytest.raises(UsageError) as caught:
        load(text, *files)
    return [(str(one.place), one.code) for one in caught.value.findings]


def test_a_title_is_all_a_book_needs(load):
    settings = load('title: "Our Book: Ñandú"\n')
    assert (settings.title, settings.slug, settings.language) == (
        "Our Book: Ñandú",
        "our-book-nandu",
        "en",
    )
    assert (settings.trim.name, settings.bleed, settings.date) == ("a5", 3.0, None)
    assert settings.starts is Starts.VERSO
    assert settings.numbering is Numbering.ARABIC
    assert settings.outside is Outside.FULL_BOOK
    assert settings.types == DEFAULT_TYPES
    assert [spec.kinds for spec in settings.front] == [
        ("cover",),
        ("imprint",),
        ("title-page",),
        ("contents",),
    ]
    assert [spec.kinds for spec in settings.back] == [
        ("index-by-value",),
        ("index-by-tag",),
        ("contributors", "image-credits", "colophon"),
        ("back-cover",),
    ]
    assert [(one.id, one.title, one.type, one.order) for one in settings.chapters] == [
        ("values", "Values", "value", "title"),
        ("theories", "Theories", "theory", "title"),
        ("solutions", "Solutions", "solution", "title"),
        ("stories", "Stories", "story", "title"),
    ]
    assert [(one.name, one.kind, one.flip) for one in settings.editions] == [
        ("read", "read", "short"),
        ("booklet", "booklet", "short"),
    ]
    assert settings.texts == ()
    assert settings.path.is_absolute()


def test_blank_keys_are_absent(load):
    text = "title: A\nfront:\nback:\nchapters:\neditions:\ntypes:\ntexts:\ndate:\ntrim: ''\n"
    blank, absent = load(text), load("title: A\n")
    for name in ("front", "back", "chapters", "editions"):
        there = [replace(one, place=PLACE) for one in getattr(absent, name)]
        assert [replace(one, place=PLACE) for one in getattr(blank, name)] == there
    assert (blank.types, blank.texts, blank.trim) == (absent.types, absent.texts, absent.trim)


def test_every_key(load):
    settings = load(
        """title: 1984
slug: The Book
subtitle: Sub
language: pt_BR
editors: Ana
publisher: P
licence: CC
licence_url: https://example.org/l
url: https://example.org
date: 2026-11-01
edition: First
trim: 120x200mm
bleed: 0.125in
starts: any
numbering: roman-front
outside: title
front:
- cover
- {text: how.md, title: How}
- why.md
chapters:
- {by: value, exclude: [A]}
- {value: Deepens democracy, group_by: value, order: weight}
- {tag: housing}
- {entries: [B, A], title: "Two", introduction: why.md}
- {type: Stories, id: "Tales", order: [C, D], include: [E]}
back: [[contributors, colophon]]
editions:
  letter: {kind: booklet, paper: letter, flip: long, instructions: yes}
  read:
texts: {imprint: why.md}
""",
        "how.md",
        "why.md",
        "blurb.md",
    )
    book = settings.path.parent
    assert (settings.title, settings.slug, settings.language) == ("1984", "the-book", "pt-BR")
    assert settings.editors == ("Ana",)
    assert settings.date == dt.date(2026, 11, 1)
    assert (settings.trim.width, settings.trim.height) == (120, 200)
    assert settings.bleed == pytest.approx(3.175)
    assert settings.starts is Starts.ANY
    assert settings.numbering is Numbering.ROMAN_FRONT
    assert settings.outside is Outside.TITLE
    assert [(one.kinds, one.text, one.title) for one in settings.front] == [
        (("cover",), None, ""),
        (("text",), book / "how.md", "How"),
        (("text",), book / "why.md", ""),
    ]
    by, value, tag, listed, stories = settings.chapters
    assert (by.id, by.by, by.exclude) == ("by-value", "value", ("A",))
    assert (value.id, value.title) == ("deepens-democracy", "Deepens democracy")
    assert (value.group_by, value.order) == ("value", "weight")
    assert (tag.id, tag.title, tag.tag) == ("housing", "Housing", "housing")
    assert (listed.id, listed.entries, listed.order) == ("two", ("B", "A"), "given")
    assert listed.introduction == book / "why.md"
    assert (stories.id, stories.type, stories.order) == ("tales", "story", "given")
    assert stories.include == ("C", "D", "E")
    assert settings.back[0].kinds == ("contributors", "colophon")
    letter, read = settings.editions
    assert (letter.kind, letter.paper.name, letter.flip) == ("booklet", "letter", "long")
    assert letter.instructions is True
    assert read.kind == "read"
    assert dict(settings.texts) == {"imprint": book / "why.md", "blurb": book / "blurb.md"}


def test_a_type_needs_its_id_alone(load):
    settings = load("title: A\ntypes:\n  principle:\n  campaign-story: {}\n")
    principle, campaign = settings.types[4:]
    assert (principle.singular, principle.plural) == ("Principle", "Principles")
    assert (principle.folder, principle.relation_key) == ("principles", "related_principles")
    assert principle.shape == "hexagon"
    assert (campaign.plural, campaign.folder) == ("Campaign stories", "campaign-stories")
    assert campaign.shape == "diamond"
    assert len({one.fill for one in settings.types}) == 6
    assert [one.id for one in settings.chapters] == [
        "values",
        "theories",
        "solutions",
        "stories",
        "principles",
        "campaign-stories",
    ]


def test_types_can_be_changed(load):
    settings = load(
        "title: A\ntypes:\n"
        '  story: {singular: Tale, colour: "#fe0", shape: diamond}\n'
        '  theory: {plural: Ideas, on: "#000", mark: "#123456"}\n'
    )
    story, theory = settings.type_of("story"), settings.type_of("theory")
    assert (story.singular, story.plural, story.folder) == ("Tale", "Tales", "stories")
    assert (story.shape, story.fill, story.on, story.mark) == (
        "diamond",
        "#FFEE00",
        "#000000",
        "#000000",
    )
    assert (theory.plural, theory.fill) == ("Ideas", "#2337B5")
    assert (theory.on, theory.mark) == ("#000000", "#123456")


def test_the_four_types_have_the_contrasts_of_the_look():
    on_white = [round(contrast(one.fill, "#FFFFFF"), 1) for one in DEFAULT_TYPES]
    on_fill = [round(contrast(one.fill, one.on), 1) for one in DEFAULT_TYPES]
    assert on_white == [1.6, 9.2, 5.0, 5.6]
    assert on_fill == [13.0, 9.2, 5.0, 5.6]


@given(st.integers(0, 0xFFFFFF))
def test_one_of_black_and_white_can_always_be_read(number):
    colour = f"#{number:06X}"
    assert max(contrast(colour, "#FFFFFF"), contrast(colour, "#000000")) >= 4.5


def test_plurals():
    words = ["story", "theory", "value", "process", "search", "day", "Tool box"]
    assert [plural_of(word) for word in words] == [
        "stories",
        "theories",
        "values",
        "processes",
        "searches",
        "days",
        "Tool boxes",
    ]


# ── mistakes ─────────────────────────────────────────────────────────────────────────────────

EXPECTED = [
    ("1:1", "key-unknown", "“title”"),
    ("1:1", "title-missing", "title"),
    ("2:11", "value-wrong", "pt-BR"),
    ("3:7", "value-wrong", "2026-11-01"),
    ("4:7", "paper-unknown", "“a5”"),
    ("5:8", "value-wrong", "3mm"),
    ("6:9", "value-wrong", "“verso”"),
    ("7:6", "url-malformed", "https://"),
    ("10:12", "shape-unknown", "“hexagon”"),
    ("11:12", "colour-unquoted", '"#ff0000"'),
    ("12:3", "type-id", "“bad-id”"),
    ("13:3", "type-folder", "another folder"),
    ("13:19", "colour-unknown", "quotes"),
    ("13:43", "key-unknown", "“plural”"),
    ("14:9", "section-unknown", "“cover”"),
    ("14:15", "file-missing", "write it"),
    ("14:31", "file-outside", "beside book.yaml"),
    ("14:49", "key-unknown", "“title”"),
    ("14:70", "section-unknown", "“contents”"),
    ("14:80", "section-unknown", ".md"),
    ("14:86", "value-wrong", "text: file.md"),
    ("14:105", "section-twice", "one of the two"),
    ("16:9", "type-unknown", "“story”"),
    ("17:3", "chapter-query", "exactly one"),
    ("19:3", "chapter-query", "exactly one"),
    ("20:3", "chapter-title", "title"),
    ("21:7", "value-wrong", "“value”"),
    ("23:10", "value-wrong", "weight"),
    ("24:17", "file-missing", "write it"),
    ("25:3", "chapter-twice", "id:"),
    ("26:13", "value-wrong", "value"),
    ("29:3", "value-wrong", "key: value"),
    ("31:3", "edition-name", "“bad-one”"),
    ("32:3", "edition-kind", "kind: booklet"),
    ("32:28", "value-wrong", "long"),
    ("33:24", "value-wrong", "true or false"),
    ("34:9", "key-unknown", "“imprint”"),
    ("34:30", "file-missing", "write it"),
]


def test_all_mistakes_are_reported_in_one_run():
    with pytest.raises(UsageError) as caught:
        load_settings(BOOKS / "bad-config" / "book" / "book.yaml")
    found = caught.value.findings
    assert [(str(one.place), one.code) for one in found] == [
        (f"book/book.yaml:{spot}", code) for spot, code, _ in EXPECTED
    ]
    for one, (_, _, hint) in zip(found, EXPECTED, strict=True):
        assert hint in one.hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("1", "title-missing")),
        ("title:\n", ("1:1", "title-missing")),
        ("title: ' '\n", ("1:1", "title-missing")),
        ("- a\n", ("1:1", "value-wrong")),
        ("title: A: B\n", ("1:9", "yaml-broken")),
        ("title: A\ntitle: B\n", ("2:1", "yaml-duplicate-key")),
        ("title: A\ntrim: 20x20mm\n", ("2:7", "trim-small")),
        ("title: A\nbleed: 40mm\n", ("2:8", "value-wrong")),
        ("title: A\nchapters: []\n", ("2:1", "chapter-none")),
        ("title: A\ntypes:\n  p: {folder: images}\n", ("3:3", "type-folder")),
        ("title: A\nback: [cover, contents, text.MD]\n", ("2:25", "file-missing")),
        ("title: A\nchapters:\n- {type: story, order: given}\n", ("3:24", "chapter-order")),
    ],
)
def test_mistakes(load, text, expected):
    found = problems(load, text)
    assert (f"book/book.yaml:{expected[0]}", expected[1]) in found


def test_a_file_that_is_nearly_there_is_named(load):
    with pytest.raises(UsageError) as caught:
        load("title: A\nfront: [introdution.md]\n", "introduction.md")
    (found,) = caught.value.findings
    assert "“introduction.md”" in found.hint


def test_a_text_that_links_out_of_the_project_is_refused(load, tmp_path, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text("x")
    (tmp_path / "book" / "a.md").symlink_to(secret)
    assert problems(load, "title: A\nfront: [a.md]\n") == [("book/book.yaml:2:9", "file-outside")]


def test_not_utf8(tmp_path):
    (tmp_path / "book").mkdir()
    path = tmp_path / "book" / "book.yaml"
    path.write_bytes(b"title: A\nsubtitle: \xff\n")
    with pytest.raises(UsageError) as caught:
        load_settings(path)
    assert str(caught.value.findings[0].place) == "book/book.yaml:2:11"


# ── projects ─────────────────────────────────────────────────────────────────────────────────


def test_the_project_is_found_upward(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "book.yaml").write_text("title: A\n")
    deep = tmp_path / "content" / "stories"
    deep.mkdir(parents=True)
    assert find_project(deep) == tmp_path.resolve()
    assert find_project(tmp_path / "book" / "book.yaml") == tmp_path.resolve()


def test_no_project_names_the_way_out(tmp_path):
    with pytest.raises(UsageError) as caught:
        find_project(tmp_path)
    (found,) = caught.value.findings
    assert found.code == "project-missing"
    assert "zine init" in found.hint
    with pytest.raises(UsageError):
        load_settings(tmp_path / "book" / "book.yaml")


def test_the_repository_is_a_project():
    settings = load_settings(find_project(ROOT / "src") / "book" / "book.yaml")
    assert settings.title == "Solidarity Economics"
    assert [one.id for one in settings.chapters] == ["values", "theories", "solutions", "stories"]
    assert all(one.introduction for one in settings.chapters)
    assert [name for name, _ in settings.texts] == ["imprint", "colophon", "blurb"]


def test_sections_that_cannot_share_pages(tmp_path):
    book = tmp_path / "book" / "book.yaml"
    book.parent.mkdir()
    book.write_text("title: T\nback:\n- [index-by-tag, colophon]\n- back-cover\n")
    with pytest.raises(UsageError) as refused:
        load_settings(book)
    (finding,) = refused.value.findings
    assert finding.code == "section-shared"
    assert finding.place.line == 3
