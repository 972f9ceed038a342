"""The library: resolution on the shared corpus, the closed graph, orders."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.config import DEFAULT_TYPES
from zine.content.entry import Entry, Relation
from zine.content.library import fold, make_library, one_way, strict, title_key
from zine.content.reader import read_content
from zine.diagnostics import Place, Severity, errors_among

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ZINE_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpus"
needs_corpus = pytest.mark.skipif(
    not (CORPUS / "theories").is_dir(), reason=f"no shared corpus at {CORPUS} (set ZINE_SHARED)"
)


def relations(path, titles):
    return tuple(
        Relation(title, Place(path, line), note)
        for line, (title, _, note) in enumerate((t.partition(" | ") for t in titles), start=10)
    )


def entry(slug, type_id="theory", *, title="", values=(), aliases=(), **related):
    path = f"content/{type_id}/{slug}.md"
    return Entry(
        slug=slug,
        title=title or slug.replace("-", " ").capitalize(),
        type=type_id,
        path=Path(path),
        place=Place(path, 2, 8),
        values=relations(path, values),
        related=tuple((kind, relations(path, titles)) for kind, titles in related.items()),
        aliases=tuple(aliases),
    )


def library(*entries):
    return make_library(entries, DEFAULT_TYPES)


def related(lib, slug):
    found = lib.related(lib.by_slug[slug])
    return {kind: [one.title for one in some] for kind, some in found.items()}


# ── the shared corpus ────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    project = tmp_path_factory.mktemp("corpus")
    (project / "content").mkdir()
    for folder in ("theories", "values"):
        (project / "content" / folder).symlink_to(CORPUS / folder, target_is_directory=True)
    entries, findings = read_content(project, DEFAULT_TYPES)
    return entries, findings, *make_library(entries, DEFAULT_TYPES)


@needs_corpus
def test_the_whole_corpus_loads(corpus):
    entries, findings, _, problems = corpus
    assert len(entries) == 25
    assert {one.code for one in findings} <= {"image-missing", "url-malformed"}
    assert errors_among([*findings, *problems]) == ()
    assert all(one.lead.startswith("<p>") for one in entries)
    assert all(one.body == "" for one in entries)


@needs_corpus
def test_every_relation_among_the_25_resolves(corpus):
    entries, _, lib, problems = corpus
    unresolved = {one.place for one in problems if one.code == "relation-unknown"}
    checked = 0
    folded = {fold(one.title) for one in entries}
    for one in entries:
        for relation in (*one.values, *(r for _, some in one.related for r in some)):
            among = fold(relation.title) in folded
            assert (lib.resolve(relation.title) is not None) == among
            assert (relation.place in unresolved) == (not among)
            checked += among
    assert checked > 200
    # Theories and values are all here: what misses is a solution or a story.
    assert all(
        "no solution" in one.message or "no story" in one.message
        for one in problems
        if one.code == "relation-unknown"
    )


@needs_corpus
def test_a_miss_stands_at_its_line_in_the_corpus(corpus):
    *_, problems = corpus
    for one in problems[:50]:
        path = CORPUS / Path(one.place.path).relative_to("content")
        line = path.read_text(encoding="utf-8").split("\n")[one.place.line - 1]
        title = one.message.partition("“")[2].rpartition("”")[0]
        assert fold(line[one.place.column - 1 :].strip('"')) == fold(title)


@needs_corpus
def test_the_seed_is_an_entry_like_the_others(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "theories").symlink_to(CORPUS / "seed", target_is_directory=True)
    entries, _ = read_content(tmp_path, DEFAULT_TYPES)
    (seed,) = entries
    assert seed.slug == "solidarity-economics"
    assert seed.body == ""
    assert len(seed.values) == 7
    assert [len(some) for _, some in seed.related] == [6, 7, 4]
    assert [one.kind for one in seed.learn_more] == ["Book", "Book", "Website", "Website"]
    assert seed.contributors == ("Ethan Miller",)


# ── titles ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "spelling",
    [
        "Marinaleda's direct action economy",
        "Marinaleda’s Direct Action Economy",
        "  marinaleda&#8217;s direct\u00a0action  economy ",
        "MARINALEDA&rsquo;S DIRECT ACTION ECONOMY",
        "the-slug",
        "La Marinaleda",
    ],
)
def test_a_title_is_found_however_it_is_spelt(spelling):
    one = entry("the-slug", title="Marinaleda's direct action economy", aliases=["La Marinaleda"])
    lib, findings = library(one)
    assert findings == ()
    assert lib.resolve(spelling) is one


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Community land trusts", "Community land trust"),
        ("Solidarity NYC", "SolidarityNYC"),
        ("Timebank", "Timebanking"),
    ],
)
def test_near_misses_are_named(written, title):
    lib, findings = library(entry("a", solution=[written]), entry("b", "solution", title=title))
    (miss,) = findings
    assert (miss.code, miss.severity) == ("relation-unknown", Severity.WARNING)
    assert str(miss.place) == "content/theory/a.md:10"
    assert f"“{title}”" in miss.hint
    # It prints as a bare title all the same.
    (bare,) = lib.related(lib.by_slug["a"])["solution"]
    assert (bare.entry, bare.title) == (None, written)
    assert errors_among(strict(findings)) == tuple(strict(findings))


def test_an_alias_may_not_be_the_title_of_another():
    _, findings = library(entry("a", aliases=["B"]), entry("b", title="b"))
    (clash,) = findings
    assert clash.code == "name-ambiguous"
    assert "content/theory/a.md" in clash.message
    assert "content/theory/b.md" in clash.message


def test_a_title_twice_is_an_error_that_lists_both_files():
    _, findings = library(entry("a", title="Same"), entry("b", "story", title="SAME"))
    (clash,) = findings
    assert (clash.code, clash.severity) == ("title-twice", Severity.ERROR)
    assert "content/theory/a.md and content/story/b.md" in clash.message


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_but_for_entities(text):
    once = fold(text)
    if "&" not in once:
        assert fold(once) == once


@given(st.text(max_size=30), st.sampled_from(["", " ", "\t", "\u00a0", "\u200b"]))
def test_folding_ignores_case_and_outer_blanks(text, blank):
    if ";" not in text:
        assert fold(blank + text + blank) == fold(text)
    if text.isascii():
        assert fold(text.upper()) == fold(text.lower())


# ── the graph ────────────────────────────────────────────────────────────────────────────────


def test_relations_are_closed_in_both_directions():
    lib, findings = library(
        entry("a", theory=["C", "Nobody", "B"]),
        entry("b"),
        entry("c", theory=["A"]),
        entry("e", "story", theory=["A"]),
        entry("é", "story", theory=["A"]),
        entry("z", "story", theory=["A | the note"]),
    )
    assert [one.code for one in findings] == ["relation-unknown"]
    assert related(lib, "a") == {"theory": ["C", "Nobody", "B"], "story": ["E", "É", "Z"]}
    assert related(lib, "b") == {"theory": ["A"]}
    assert related(lib, "z") == {"theory": ["A"]}
    (note,) = lib.related(lib.by_slug["z"])["theory"]
    assert (note.note, note.incoming) == ("the note", False)
    assert all(one.incoming for one in lib.related(lib.by_slug["a"])["story"])


def test_own_order_first_then_incoming_in_title_order():
    lib, _ = library(
        entry("m", theory=["Z", "B"]),
        *(entry(slug, theory=["M"]) for slug in ("y", "a", "z")),
        entry("b"),
    )
    assert related(lib, "m") == {"theory": ["Z", "B", "A", "Y"]}


def test_a_relation_under_the_wrong_type_is_filed_under_its_own():
    lib, findings = library(entry("a", theory=["S"]), entry("s", "story"))
    assert [one.code for one in findings] == ["relation-wrong-type"]
    assert related(lib, "a") == {"story": ["S"]}
    assert related(lib, "s") == {"theory": ["A"]}


def test_self_references_are_reported_and_dropped():
    lib, findings = library(entry("a", theory=["a", "B", "b"]), entry("b"))
    assert [(one.code, one.severity.value) for one in findings] == [
        ("relation-self", "warning"),
        ("relation-twice", "note"),
    ]
    assert related(lib, "a") == {"theory": ["B"]}


def test_membership_is_what_either_side_declares():
    v, w, a, b, c = lib_entries = (
        entry("v", "value", theory=["C", "Nobody"]),
        entry("w", "value"),
        entry("a", values=["W", "V"]),
        entry("b", "story", values=["Lost", "V"]),
        entry("c"),
    )
    lib, _ = library(*lib_entries)
    assert lib.members_of(v) == (a, c, b)
    assert lib.members_of(w) == (a,)
    assert lib.values_of(a) == (w, v)
    assert lib.values_of(c) == (v,)
    assert lib.primary_value(a) is w
    assert lib.primary_value(b) is v
    assert [one.title for one in lib.values_named(b)] == ["Lost", "V"]
    # A value prints its members by type; the others do not print their values as relations.
    assert related(lib, "v") == {"theory": ["C", "Nobody", "A"], "story": ["B"]}
    assert related(lib, "a") == {}
    assert lib.values_of(v) == ()


def test_related_values_of_a_value():
    lib, _ = library(entry("v", "value", value=["W"]), entry("w", "value"))
    assert related(lib, "v") == {"value": ["W"]}
    assert related(lib, "w") == {"value": ["V"]}
    assert lib.members_of(lib.by_slug["v"]) == ()


def test_one_way_relations_are_noted_with_the_mend():
    lib, _ = library(
        entry("a", theory=["B", "C"], values=["V"]),
        entry("b", theory=["A"]),
        entry("c"),
        entry("v", "value"),
    )
    notes = one_way(lib)
    assert {one.code for one in notes} == {"relation-one-way"}
    assert [one.hint for one in notes] == [
        "add “A” under related_theories in content/value/v.md",
        "add “A” under related_theories in content/theory/c.md",
    ]


SLUGS = [f"s{n}" for n in range(6)]
GRAPHS = st.lists(st.lists(st.sampled_from([*SLUGS, "nobody"]), max_size=5), min_size=6, max_size=6)


@given(GRAPHS, st.lists(st.sampled_from(["theory", "story", "value"]), min_size=6, max_size=6))
def test_the_graph_is_symmetric_and_names_nothing_twice(graph, kinds):
    entries = [
        entry(slug, kind, values=names[:2], theory=names[2:])
        for slug, kind, names in zip(SLUGS, kinds, graph, strict=True)
    ]
    lib, _ = library(*entries)

    def neighbours(one):
        named = [*lib.values_named(one), *(r for some in lib.related(one).values() for r in some)]
        return [r.entry.slug for r in named if r.entry]

    for one in entries:
        near = neighbours(one)
        assert len(near) == len(set(near))
        assert one.slug not in near
        for slug in near:
            assert one.slug in neighbours(lib.by_slug[slug])
        for kind, some in lib.related(one).items():
            assert all(r.entry is None or r.entry.type == kind for r in some)
        for value in lib.values_of(one):
            assert one in lib.members_of(value)


# ── order ────────────────────────────────────────────────────────────────────────────────────


def ordered(titles, language="en", articles=False):
    return sorted(titles, key=lambda one: title_key(one, language, articles))


def test_accents_case_and_numbers():
    titles = ["Zakat", "éclat", "Economy", "edge", "Émile", "10 acres", "9 acres", "596 Acres"]
    assert ordered(titles) == [
        "9 acres",
        "10 acres",
        "596 Acres",
        "éclat",
        "Economy",
        "edge",
        "Émile",
        "Zakat",
    ]


def test_quotes_do_not_count():
    assert ordered(["“Zebra”", "Apple", "'Bee'"]) == ["Apple", "'Bee'", "“Zebra”"]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("es", ["nube", "nz", "ñandú", "oca"]),
        ("sv", ["zon", "å", "ä", "ö"]),
        ("da", ["zone", "æ", "ø", "å"]),
        ("de", ["arzt", "ärzte", "asche", "Straße", "Strassen"]),
        ("en", ["ärzte", "asche", "ø", "zone"]),
    ],
)
def test_letters_of_a_language(language, titles):
    assert ordered(reversed(titles), language) == titles


@pytest.mark.parametrize(
    ("language", "title", "as_if"),
    [
        ("en", "The commons", "commons"),
        ("en", "“The commons”", "commons"),
        ("es", "La economía", "economía"),
        ("fr", "L’économie", "économie"),
        ("en", "Theory", "theory"),
        ("en", "The", "the"),
    ],
)
def test_leading_articles_are_passed_over(language, title, as_if):
    assert title_key(title, language, True)[0] == title_key(as_if, language)[0]


TITLES = st.lists(st.text(max_size=12), max_size=8)


@given(TITLES, st.randoms())
def test_order_does_not_depend_on_the_order_given(titles, random):
    shuffled = list(titles)
    random.shuffle(shuffled)
    assert ordered(shuffled) == ordered(titles)


@given(st.text(max_size=20), st.sampled_from(["en", "es", "sv", "xx-YY"]), st.booleans())
def test_any_title_has_a_key(title, language, articles):
    key = title_key(title, language, articles)
    assert key == title_key(title, language, articles)
    assert isinstance(hash(key), int)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_sort_as_numbers(a, b):
    assert (title_key(f"Room {a}") < title_key(f"Room {b}")) == (a < b)


def test_entries_are_kept_in_the_order_given():
    some = [entry("b"), entry("a")]
    lib, _ = library(*some)
    assert lib.entries == tuple(some)
    assert lib.titles == ("A", "B")
    assert lib.nearest("Aa")[:1] == ["A"]
    assert replace(lib, language="es").titles == ("A", "B")
