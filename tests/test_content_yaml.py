"""YAML with positions: data as written, places, limits, and broken YAML in plain words."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.content.positions import load_yaml
from zine.diagnostics import ZineError

FILE = PurePosixPath("content/stories/x.md")


def finding(text, first_line=1):
    with pytest.raises(ZineError) as caught:
        load_yaml(text, FILE, first_line)
    (only,) = caught.value.findings
    return only


def spot(text):
    place = finding(text).place
    return place.line, place.column


def test_scalars_stay_as_written_and_are_typed_beside():
    text = 'title: 1984\nyes: No\nwhen: 2001-02-03\nblank:\nempty: ""\n'
    document = load_yaml(text, FILE)
    assert document.data == {
        "title": "1984",
        "yes": "No",
        "when": "2001-02-03",
        "blank": None,
        "empty": "",
    }
    assert document.typed["title"] == 1984
    assert document.typed["yes"] is False


def test_a_date_that_is_none_stays_text():
    assert load_yaml("when: 2026-02-31\n", FILE).data == {"when": "2026-02-31"}


def test_places_count_from_the_top_of_the_file():
    document = load_yaml("title: x\nvalues:\n- one\n-   two\n", FILE, first_line=2)
    assert str(document.place(("values", 1))) == "content/stories/x.md:5:5"
    assert str(document.place(("values",), key=True)) == "content/stories/x.md:3:1"
    # What has no place of its own stands where the thing above it stands.
    assert str(document.place(("values", 1, "note"))) == "content/stories/x.md:5:5"


def test_columns_count_letters_and_lines_break_where_editors_break_them():
    document = load_yaml('a: "é\u2028🎉"\nb: {c: ü, d: x}\n', FILE)
    assert document.values["b", "d"] == (2, 14)


@pytest.mark.parametrize(
    ("text", "at", "message", "hint"),
    [
        ("id: 1\ntitle: Trade: barter\n", (2, 13), "a colon inside", 'title: "Trade: barter"'),
        ("tags:\n\t- a\n", (2, 1), "a tab", "spaces"),
        ("title: x\n\ttags: a\n", (2, 1), "a tab", "spaces"),
        ('title: "abc\nwhere: ""\nid: 1\n', (1, 8), "never closed", "closing quote"),
        ('id: 1\ntitle: "abc\nwhere: x\n', (2, 8), "never closed", "closing quote"),
        ("title: 'abc\nwhere: x\nwho: 'y'\n", (1, 8), "never closed", "closing quote"),
        ("title: 'Ana's x'\n", (1, 12), "behind its closing quote", "curly apostrophe"),
        ('title: "a "b" c"\n', (1, 11), "behind its closing quote", "curly quotes"),
        ("title: @x\n", (1, 8), "“@” needs quotes", "double quotes"),
        ("title: %x\n", (1, 8), "“%” needs quotes", "double quotes"),
        ("title: *x y\n", (1, 11), "“*” needs quotes", "double quotes"),
        ("title: *x\n", (1, 8), "“*” needs quotes", "double quotes"),
        ("id: 1\ntitle: &Co and friends\n", (2, 8), "“&Co” needs quotes", "double quotes"),
        ("title: [a\nwho: c\n", (1, 8), "“]” is missing", "close the bracket"),
        ("title: x\n where: y\n", (2, 7), "not in line", "same column"),
        ("title: x\nwhere y\nz: 1\n", (2, 1), "neither a key", "end a key with a colon"),
        ('title: "C:\\path"\n', (1, 11), "a backslash", "single quotes"),
        ("title: !foo x\n", (1, 8), "tag !foo", "quotes"),
        ("title: \x07\n", (1, 8), "U+0007", "invisible"),
        ("a: 1\n---\nb: 2\n", (2, 1), "---", "delete"),
        ("a: &a {b: 1}\nc:\n  <<: *a\n", (3, 3), "<<", "plain keys"),
        ("? [a]\n: b\n", (1, 3), "as a key", "plain keys"),
    ],
)
def test_broken_yaml_names_the_place_and_the_mend(text, at, message, hint):
    found = finding(text)
    assert (found.place.line, found.place.column) == at
    assert message in found.message
    assert hint in found.hint


def test_each_duplicate_key_is_reported():
    with pytest.raises(ZineError) as caught:
        load_yaml("a: 1\nb:\n  c: 1\n  c: 2\na: 2\n", FILE, first_line=2)
    assert [str(one.place) for one in caught.value.findings] == [
        "content/stories/x.md:5:3",
        "content/stories/x.md:6:1",
    ]
    assert "line 2" in caught.value.findings[1].message


def test_nesting_bombs_are_refused_before_they_unfold():
    assert finding("[" * 200_000).code == "yaml-limit"
    assert finding("- " * 200_000).code == "yaml-limit"
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 11)
    )
    assert finding(bomb).code == "yaml-limit"
    assert finding("a: &a\n  b: *a\n").code == "yaml-limit"


def test_an_alias_to_a_list_is_plain_data():
    document = load_yaml("a: &a [x, y]\nb: *a\n", FILE)
    assert document.data == {"a": ["x", "y"], "b": ["x", "y"]}


@given(st.text(max_size=80))
def test_any_text_is_data_or_findings(text):
    try:
        load_yaml(text, FILE)
    except ZineError as problem:
        assert all(found.place and found.place.line >= 1 for found in problem.findings)


@given(st.text("ab:-\"'[]{}#&*!|>%@ \n\t\\", max_size=60))
def test_any_broken_yaml_has_a_place_inside_the_text(text):
    try:
        load_yaml(text, FILE, first_line=5)
    except ZineError as problem:
        for found in problem.findings:
            assert 5 <= found.place.line <= 6 + text.count("\n")
            assert found.hint
