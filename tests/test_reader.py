"""Reading content: every key of the format, every kind of bad input with its file and line."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from zine.config import DEFAULT_TYPES
from zine.content.assemble import is_placeholder
from zine.content.entry import EntryType
from zine.content.files import MAX_BYTES, inside
from zine.content.library import make_library
from zine.content.reader import read_content, split_front_matter
from zine.diagnostics import Severity

BOOKS = Path(__file__).parent / "books"


@pytest.fixture
def project(tmp_path):
    for one in DEFAULT_TYPES:
        (tmp_path / "content" / one.folder).mkdir(parents=True)
    (tmp_path / "content" / "images").mkdir()
    return tmp_path


def write(project, name, text):
    path = project / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read_one(project, text, types=DEFAULT_TYPES, name="stories/x.md"):
    write(project, name, text)
    entries, findings = read_content(project, types)
    (entry,) = entries
    return entry, findings


FULL = """---
id: a16
title: "Workers&#8217; Movement"
short_write_up: "<p>One “two”
three &amp; four</p>"
where: "Everywhere"
when: "1995&ndash;Present"
who: ""
scale: "Local, National"
values:
- "Builds resilience"
related_solutions:
- title: "Timebanking"
  note: "a sister"
related_theories:
related_stories:
- ""
- "Other&nbsp;  story"
related_values: []
tags:
- justice
-
- justice
learn_more:
-
    title: "A site"
    description: "words"
    type: "Website:"
    url: "https://example.org/a?b=1&amp;c=2  "
images:
-
    url: "a.jpg"
    name: "a.jpg"
    alt: "A field"
    caption: ""
    source: "Somebody"
    source_url: "https://example.org"
contributors:
- "Ana"
aliases:
- "The Movement"
slug: "Own Slug"
date: 2026-02-03
weight: 1.5
extra:
  colour: red
  count: 3
  deep: {list: [1, two]}
---

First line.

## Head
"""


def test_every_key_of_an_entry(project):
    picture = write(project, "images/a.jpg", b"x")
    entry, findings = read_one(project, FULL)
    assert findings == ()
    assert (entry.slug, entry.title, entry.type) == ("own-slug", "Workers’ Movement", "story")
    assert entry.lead == "<p>One “two” three &amp; four</p>"
    assert (entry.when, entry.who, entry.scale) == ("1995–Present", "", "Local, National")
    assert [(one.title, one.place.line) for one in entry.values] == [("Builds resilience", 11)]
    (solution,) = entry.related_of("solution")
    assert (solution.title, solution.note) == ("Timebanking", "a sister")
    (story,) = entry.related_of("story")
    assert (story.title, str(story.place)) == ("Other story", "content/stories/x.md:18:3")
    assert entry.related_of("theory") == ()
    assert entry.tags == ("justice",)
    (link,) = entry.learn_more
    assert (link.kind, link.url) == ("Website", "https://example.org/a?b=1&c=2")
    (image,) = entry.pictures
    assert (image.path, image.alt, image.caption) == (picture, "A field", "")
    assert entry.contributors == ("Ana",)
    assert entry.aliases == ("The Movement",)
    assert entry.date.isoformat() == "2026-02-03"
    assert entry.weight == 1.5
    assert dict(entry.extra) == {"colour": "red", "count": 3, "deep": {"list": [1, "two"]}}
    assert entry.body == "First line.\n\n## Head"
    lines = FULL.split("\n")
    assert lines[entry.body_line - 1] == "First line."


def test_a_fifth_type_needs_no_code(project):
    principle = EntryType("principle", "Principle", "Principles", "principles", *["x"] * 4)
    types = (*DEFAULT_TYPES, principle)
    write(project, "stories/x.md", '---\ntitle: A\nrelated_principles:\n- "B"\n---\n')
    write(project, "principles/b.md", "---\ntitle: B\n---\n")
    entries, findings = read_content(project, types)
    assert findings == ()
    assert [one.type for one in entries] == ["story", "principle"]
    assert entries[0].related_of("principle")[0].title == "B"


def test_titles_that_yaml_would_type_stay_text(project):
    entry, _ = read_one(project, "---\ntitle: 1984\nwhen: 2001-02-03\ntags:\n- No\n- 1e3\n---\n")
    assert (entry.title, entry.when, entry.tags) == ("1984", "2001-02-03", ("No", "1e3"))


def test_windows_line_ends_a_byte_order_mark_and_blank_lines_before(project):
    entry, findings = read_one(
        project, b"\xef\xbb\xbf\r\n---\r\ntitle: A\r\nvalues:\r\n- B\r\n---\r\n\r\nBody\r\n"
    )
    assert findings == ()
    assert entry.values[0].place.line == 5
    assert (entry.body, entry.body_line) == ("Body", 8)


def test_a_rule_in_the_body_is_no_front_matter():
    parts = split_front_matter("---\ntitle: x\n---\n\nOne\n\n---\n\nTwo\n")
    assert parts.body == "One\n\n---\n\nTwo"
    assert (parts.yaml_line, parts.body_line) == (1, 5)


def test_a_link_without_a_title_has_its_description_or_address(project):
    text = (
        "---\ntitle: A\nlearn_more:\n"
        "- {url: 'https://www.example.org/'}\n- {description: Words}\n- {type: Book}\n-\n---\n"
    )
    entry, _ = read_one(project, text)
    assert [one.title for one in entry.learn_more] == ["example.org", "Words"]


@pytest.mark.parametrize(
    "body",
    [
        "Full write-up goes here",
        "full write-up goes here.",
        "FULL WRITE UP GOES HERE!",
        "<p>Full write-up goes here…</p>\n",
        "**Full write-up goes here**",
        "<!-- Full write-up goes here -->",
        "  \n&nbsp;\n",
        "",
    ],
)
def test_placeholders_never_print(project, body):
    entry, _ = read_one(project, f"---\ntitle: A\n---\n{body}")
    assert entry.body == ""
    assert is_placeholder(body)


@pytest.mark.parametrize(
    "body", ["The full write-up goes here and there.", "![](map.png)", "<img src='x.png'>", "Go."]
)
def test_what_is_no_placeholder_stays(body):
    assert not is_placeholder(body)


def test_a_placeholder_lead_is_absent(project):
    entry, _ = read_one(project, '---\ntitle: A\nshort_write_up: "<p> </p>"\n---\n')
    assert entry.lead == ""


def test_order_is_by_type_then_composed_name(project):
    names = ["stories/b.md", "stories/é.md", "stories/A.md", "values/z.md", "theories/a.md"]
    for name in names:
        write(project, unicodedata.normalize("NFD", name), f"---\ntitle: {name}\n---\n")
    write(project, "stories/.hidden.md", "nothing")
    write(project, "README.md", "nothing")
    entries, findings = read_content(project, DEFAULT_TYPES)
    assert findings == ()
    assert [one.slug for one in entries] == ["z", "a", "a", "b", "e"]
    assert entries[-1].place.path == "content/stories/é.md"


def test_pictures_are_found_in_images_first_and_in_any_spelling_of_accents(project):
    write(project, "stories/a.jpg", b"beside")
    write(project, "stories/b.jpg", b"beside")
    first = write(project, "images/a.jpg", b"first")
    accent = write(project, unicodedata.normalize("NFD", "images/café.jpg"), b"x")
    deep = write(project, "images/2024/c.jpg", b"x")
    names = ["a.jpg", "b.jpg", "café.jpg", "2024/c.jpg", "../images/a.jpg"]
    items = "".join(f"- name: {name}\n" for name in names)
    entry, findings = read_one(project, f"---\ntitle: A\nimages:\n{items}---\n")
    assert findings == ()
    beside = project / "content/stories/b.jpg"
    found = [one.path for one in entry.pictures]
    assert found[:4] == [first, beside, accent, deep]
    assert found[4].samefile(first)


def test_a_link_out_of_the_project_is_refused(project, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.jpg"
    secret.write_bytes(b"x")
    (project / "content/images/a.jpg").symlink_to(secret)
    _, findings = read_one(project, "---\ntitle: A\nimages:\n- name: a.jpg\n---\n")
    assert [(one.code, one.severity) for one in findings] == [("image-outside", Severity.ERROR)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jpg", "content/stories/a.jpg"),
        ("../images/a.jpg", "content/images/a.jpg"),
        ("../../a.jpg", "a.jpg"),
        ("../../../a.jpg", None),
        ("/etc/passwd", None),
        ("C:/x.jpg", None),
        ("..\\..\\x", None),
    ],
)
def test_inside(name, expected):
    assert inside("content/stories", name) == expected


def test_a_file_over_a_megabyte_is_refused(project):
    write(project, "stories/x.md", b"---\ntitle: A\n---\n" + b"x" * MAX_BYTES)
    entries, findings = read_content(project, DEFAULT_TYPES)
    assert entries == ()
    assert [one.code for one in findings] == ["file-too-large"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all files")
def test_a_file_that_may_not_be_read(project):
    write(project, "stories/x.md", "---\ntitle: A\n---\n").chmod(0)
    _, findings = read_content(project, DEFAULT_TYPES)
    assert [one.code for one in findings] == ["file-unreadable"]


def test_no_content_folder(tmp_path):
    entries, findings = read_content(tmp_path, DEFAULT_TYPES)
    assert entries == ()
    assert [one.code for one in findings] == ["content-missing"]


def test_html_that_is_taken_out_of_a_lead_is_reported(project):
    entry, findings = read_one(
        project,
        "---\ntitle: A\nshort_write_up: \"<p onclick='x()'>Hi<script>x</script></p>\"\n---\n",
    )
    assert entry.lead == "<p>Hi</p>"
    assert [str(one.place) for one in findings] == ["content/stories/x.md:3:17"] * 2


# One project holds all kinds of bad input; all of it is reported in one run.
S = "content/stories/"
EXPECTED = [
    ("content/notes.md", "warning", "entry-stray", ""),
    ("content/storys", "error", "type-unknown", "values, theories, solutions, stories, images"),
    ("content/theories/drafts/lost.md", "warning", "entry-stray", ""),
    (S + "alias-bomb.md:4:28", "error", "yaml-limit", ""),
    (S + "alias-loop.md:3:8", "error", "yaml-limit", ""),
    (S + "broken-colon.md:3:20", "error", "yaml-broken", "a colon inside"),
    (S + "broken-inner-quote.md:2:19", "error", "yaml-broken", "behind its closing quote"),
    (S + "broken-quote.md:2:8", "error", "yaml-broken", "never closed"),
    (S + "broken-tab.md:4:1", "error", "yaml-broken", "a tab"),
    (S + "duplicate-key.md:6:1", "error", "yaml-duplicate-key", "“where”"),
    (S + "empty-title.md:3:1", "error", "title-missing", ""),
    (S + "latin-1.md:3:10", "error", "not-utf8", "0xe1 at offset 30"),
    (S + "no-front-matter.md:1", "error", "front-matter-missing", ""),
    (S + "no-title.md:1", "error", "title-missing", ""),
    (S + "open-front-matter.md:1", "error", "front-matter-open", ""),
    (S + "pictures.md:4:9", "warning", "image-missing", "not-here.jpg"),
    (S + "pictures.md:5:9", "error", "image-outside", "etc/passwd"),
    (S + "pictures.md:6:9", "error", "image-outside", "/etc/passwd"),
    (S + "pictures.md:7:9", "error", "image-outside", "win.ini"),
    (S + "pictures.md:8:8", "warning", "image-missing", "not in the project"),
    (S + "pictures.md:9:9", "warning", "image-missing", "Present.PNG"),
    (S + "unknown-keys.md:3:1", "error", "key-unknown", "wher"),
    (S + "unknown-keys.md:4:1", "error", "key-unknown", "related_theory"),
    (S + "unknown-keys.md:7:3", "error", "key-unknown", "nam"),
    (S + "unknown-keys.md:8:9", "warning", "image-missing", "no-such-picture.jpg"),
    (S + "unknown-keys.md:11:3", "error", "key-unknown", "link"),
    (S + "urls.md:5:8", "warning", "url-malformed", "no https://"),
    (S + "urls.md:7:8", "warning", "url-malformed", "javascript:"),
    (S + "urls.md:12:8", "warning", "url-malformed", "names no site"),
    (S + "wrong-shapes.md:3:7", "error", "value-wrong", "“tags” must be a list"),
    (S + "wrong-shapes.md:5:1", "error", "value-wrong", "“where” must be a text"),
    (S + "wrong-shapes.md:7:7", "error", "value-wrong", "“last spring”"),
    (S + "wrong-shapes.md:8:9", "error", "value-wrong", "“heavy”"),
    (S + "wrong-shapes.md:11:3", "error", "key-unknown", "notes"),
]
EXPECTED_TOGETHER = [
    (S + "other.md:2:8", "error", "slug-twice", "a-real-story.md and content/stories/other.md"),
    ("content/theories/the-second.md:2:8", "error", "title-twice", "the-first.md"),
    (S + "a-real-story.md:2:8", "error", "name-ambiguous", "content/solutions/other.md"),
    ("content/theories/the-first.md:4:3", "warning", "relation-self", ""),
    ("content/theories/the-first.md:5:3", "warning", "relation-unknown", "The worker movement"),
    ("content/theories/the-first.md:7:3", "warning", "relation-wrong-type", "A real story"),
    (S + "wrong-shapes.md:10:3", "warning", "relation-unknown", "A value"),
]


def same(findings, expected):
    got = [(str(one.place), one.severity.value, one.code) for one in findings]
    assert got == [row[:3] for row in expected]
    for one, row in zip(findings, expected, strict=True):
        assert row[3] in one.message


def test_all_bad_input_is_reported_in_one_run():
    entries, findings = read_content(BOOKS / "bad-input", DEFAULT_TYPES)
    same(findings, EXPECTED)
    _, together = make_library(entries, DEFAULT_TYPES)
    same(together, EXPECTED_TOGETHER)


def test_hints_name_the_mend():
    _, findings = read_content(BOOKS / "bad-input", DEFAULT_TYPES)
    hints = {str(one.place).rpartition("/")[2]: one.hint for one in findings}
    assert "“stories”" in hints["storys"]
    assert "“where”" in hints["unknown-keys.md:3:1"]
    assert "extra:" in hints["unknown-keys.md:3:1"]
    assert "“related_theories”" in hints["unknown-keys.md:4:1"]
    assert "content/images/ or content/stories/" in hints["pictures.md:4:9"]
    assert "“present.png”" in hints["pictures.md:9:9"]
    assert "https://www.example.org/page" in hints["urls.md:5:8"]


def test_a_link_with_a_bad_address_keeps_its_words():
    entries, _ = read_content(BOOKS / "bad-input", DEFAULT_TYPES)
    (urls,) = [one for one in entries if one.slug == "urls"]
    assert [(one.title, one.kind, one.url) for one in urls.learn_more] == [
        ("No scheme", "", ""),
        ("Script", "", ""),
        ("Good, with blanks", "Web Page", "https://example.org/a%20b"),
        ("No host", "", ""),
    ]
