"""Markdown and HTML of many hands: safe, typographic, with footnotes and references in place."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine.content.markup import (
    Heading,
    plain,
    references_in,
    render,
    safe_inline,
    typographic,
)
from zine.diagnostics import Severity

PATH = PurePosixPath("content/theories/x.md")
KNOWN = ("Zakat", "The commons")


def refer(title, shown, line):
    if title not in KNOWN:
        return None
    return f'<a class="ref" data-ref="{title}">{shown or title}</a>'


def markup(text, language="en", first_line=1):
    return render(
        text, language=language, refer=refer, path=PATH, first_line=first_line, known=KNOWN
    )


def html(text, language="en"):
    return " ".join(markup(text, language).html.split())


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────


def test_tables_definitions_lists_and_attributes():
    assert '<td class="align-right">1</td>' in html("| a |\n|--:|\n| 1 |\n")
    assert "<dl> <div><dt>term</dt> <dd>words</dd></div> </dl>" in html("term\n: words\n")
    assert html("A line\n{: .pull }") == '<p class="pull">A line</p>'
    assert html("A line\n{: .pull .evil style='color:red' }") == '<p class="pull">A line</p>'
    assert "<em>inside</em>" not in html('<div markdown="1">*inside*</div>')


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# One\n\n## Two\n\n# Three", [2, 3, 2]),
        ("## One\n\n### Two", [2, 3]),
        ("#### One\n\n###### Two", [2, 3]),
        ("# One\n\n#### Deep\n\n## Two", [2, 3, 3]),
        ("<h1>One</h1>\n\n## Two", [2, 3]),
    ],
)
def test_headings_start_at_two_and_skip_none(text, levels):
    found = markup(text)
    assert [one.level for one in found.headings] == levels
    assert [int(n) for n in re.findall(r"<h(\d)>", found.html)] == levels
    assert "<h1" not in found.html


def test_headings_are_told_without_notes_and_numbers():
    found = markup('## On [[Zakat|alms]] & "us"[^1]\n\n[^1]: A note.\n')
    assert found.headings == (Heading(2, "On alms & “us”"),)


def test_an_empty_text_prints_nothing():
    assert markup(" \n\n").html == ""


# ── footnotes ────────────────────────────────────────────────────────────────────────────────


def test_footnotes_stand_at_their_call():
    text = "One[^1] and *two[^b]*.\n\n[^1]: A *note*, see [[Zakat]].\n[^b]: The `second`.\n"
    assert html(text) == (
        '<p>One<span class="footnote">A <em>note</em>, see '
        '<a class="ref" data-ref="Zakat">Zakat</a>.</span> and '
        '<em>two<span class="footnote">The <code>second</code>.</span></em>.</p>'
    )


def test_footnotes_of_several_paragraphs_are_one_line_of_thought():
    text = "One[^1].\n\n[^1]: First.\n\n    Second.\n\n    - a\n    - b\n"
    assert html(text) == '<p>One<span class="footnote">First.<br> Second.<br> a<br> b</span>.</p>'


def test_a_footnote_is_a_text_of_its_own_to_quotes():
    assert html('He said "a[^1] b".\n\n[^1]: "Note".\n') == (
        '<p>He said “a<span class="footnote">“Note”.</span> b”.</p>'
    )


def test_footnotes_that_are_missing_unused_or_nested_are_reported():
    text = "One[^1] two[^2].\n\n[^1]: See[^3] here.\n[^3]: No.\n[^4]: Nobody.\n"
    found = markup(text, first_line=20)
    assert [(str(one.place), one.code) for one in found.findings] == [
        ("content/theories/x.md:20:12", "footnote-unknown"),
        ("content/theories/x.md:22:10", "footnote-nested"),
        ("content/theories/x.md:24:1", "footnote-unused"),
    ]
    assert "See here." in found.html


def test_a_footnote_that_calls_itself():
    found = markup("One[^1].\n\n[^1]: See[^1].\n")
    assert found.html == '<p>One<span class="footnote">See.</span>.</p>'


def test_a_footnote_in_code_is_code():
    assert html("`a[^1]`[^1]\n\n[^1]: Note.\n") == (
        '<p><code>a[^1]</code><span class="footnote">Note.</span></p>'
    )


# ── references ───────────────────────────────────────────────────────────────────────────────


def test_references_are_what_the_caller_says():
    assert html('See [[Zakat]] and [[ The\ncommons |"ours"]].') == (
        '<p>See <a class="ref" data-ref="Zakat">Zakat</a> and '
        '<a class="ref" data-ref="The commons">“ours”</a>.</p>'
    )


def test_references_in_code_are_code():
    assert html("`[[Zakat]]`\n\n    [[Nope|x]]\n\n```\n[[Nope]]\n```\n") == (
        "<p><code>[[Zakat]]</code></p> <pre><code>[[Nope|x]] </code></pre> "
        "<pre><code>[[Nope]] </code></pre>"
    )
    assert markup("`[[Nope]]`").findings == ()


def test_references_in_tables_emphasis_and_html():
    link = '<a class="ref" data-ref="Zakat">alms</a>'
    assert f"<td>{link}</td>" in html("| a | b |\n|---|---|\n| [[Zakat|alms]] | c |\n")
    assert html("*[[Zakat|alms]]*") == f"<p><em>{link}</em></p>"
    assert html("<div>[[Zakat|alms]]</div>") == f"<div>{link}</div>"


def test_a_link_does_not_hold_a_link():
    assert html("[see [[Zakat]]](https://example.org)") == (
        '<p><a href="https://example.org">see Zakat</a></p>'
    )


def test_unknown_references_are_warned_of_at_their_line():
    found = markup("One\n\ntwo [[Zakatt|alms]] and\n[[Nope]].\n", first_line=31)
    assert "alms" in found.html
    assert "[[" not in found.html
    assert [(str(one.place), one.code, one.severity) for one in found.findings] == [
        ("content/theories/x.md:33:5", "reference-unknown", Severity.WARNING),
        ("content/theories/x.md:34:1", "reference-unknown", Severity.WARNING),
    ]
    assert "“Zakat”" in found.findings[0].hint


def test_references_of_a_text():
    found = references_in("One\n[[A|b]] [[C]] \\[[D]]", 5)
    assert [(one.title, one.shown, one.line, one.column) for one in found] == [
        ("A", "b", 6, 1),
        ("C", None, 6, 9),
    ]


# ── sanitising ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "kept", "reported"),
    [
        ("<script>alert(1)</script>Hi", "Hi", "<script>"),
        ('<b onclick="x()">Hi</b>', "<b>Hi</b>", "onclick"),
        ('<p style="color:red">Hi</p>', "<p>Hi</p>", "style"),
        ("[Hi](javascript:alert(1))", "Hi", "javascript:alert(1"),
        ('<a href="JaVaScript:x">Hi</a>', "Hi", "JaVaScript:x"),
        ('<a href="data:text/html,x">Hi</a>', "Hi", "data:"),
        ('<a href="other.html">Hi</a>', "Hi", "other.html"),
        ("Hi ![x](https://example.org/x.png)", "Hi", "https://example.org/x.png"),
        ("Hi ![x](../../etc/passwd)", "Hi", "../../etc/passwd"),
        ("Hi ![x](file:///etc/passwd)", "Hi", "file:///etc/passwd"),
        ('<iframe src="https://e.org"></iframe>Hi', "Hi", "<iframe>"),
        ("<style>p{}</style>Hi", "Hi", "<style>"),
        ("<link rel=stylesheet href='https://e.org/x.css'>Hi", "Hi", "<link>"),
    ],
)
def test_what_is_unsafe_goes_and_is_reported(text, kept, reported):
    found = markup(text, first_line=7)
    assert re.sub(r"</?p>", "", found.html).strip() == re.sub(r"</?p>", "", kept)
    assert found.findings
    assert {one.code for one in found.findings} == {"markup-removed"}
    assert any(reported in one.message for one in found.findings)
    assert {one.place.line for one in found.findings} == {7}


def test_what_is_safe_stays():
    text = (
        "[a](https://example.org/x?a=1&b=2) <https://e.org> [m](mailto:a@b.org) ![A map](map.png)"
    )
    found = markup(text)
    assert found.findings == ()
    assert 'href="https://example.org/x?a=1&amp;b=2"' in found.html
    assert 'href="mailto:a@b.org"' in found.html
    assert '<img alt="A map" src="map.png">' in found.html
    assert found.images == ("map.png",)


def test_places_inside_a_text_get_a_prefix():
    found = markup("# One {#a}\n\n[go](#a) [lost](#b)\n")
    assert '<h2 id="content-theories-x--a">' in found.html
    assert '<a href="#content-theories-x--a">go</a> lost' in found.html
    assert [one.code for one in found.findings] == ["anchor-unknown"]


@pytest.mark.parametrize("piece", ["<b>", "<div>", "[[", "[", "![", "> ", "<em><a>"])
def test_depth_costs_no_time(piece):
    found = markup(piece * 8_000)
    safe_inline(piece * 8_000)
    plain(piece * 8_000)
    assert piece == "> " or [one.code for one in found.findings] == ["markup-depth"]


def test_cells_cannot_span_a_million_rows():
    assert "span" not in html('<table><tr><td rowspan="1000000">x</td></tr></table>')


PIECES = """
<script> </script> <b onclick=x> </b> [a](javascript:x) [[Zakat]] [[Nope|b]] [^1] [^1]:x a 0
<svg/onload=x> <img src=x onerror=y> <a/href='javascript:x'> </a> <p> </p> ` ``` * ** _ " ' \\
<!-- --> <![CDATA[ ]]> <? <style> | --- # > - &lt; &#60;
"""
PIECES = st.sampled_from([*PIECES.split(), "\ufdd0", "\ufdd1", "\n", "\n\n", "    ", " "])


@given(st.lists(PIECES, max_size=25))
def test_nothing_unsafe_comes_through(pieces):
    text = "".join(pieces)
    for result in (markup(text).html, safe_inline(text)):
        for tag in re.findall(r"<[^>]*>", result):
            assert not re.search(r"<(script|svg|style|iframe)|\son\w+=|javascript:", tag)
        assert "\ufdd0" not in result
        assert "\ufdd1" not in result


@given(st.text(max_size=60))
def test_any_text_renders(text):
    found = markup(text)
    assert "<h1" not in found.html
    assert found.html == markup(text).html
    plain(found.html)


# ── quotes ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "\"It's 'so'\" -- he said...", "“It’s ‘so’” – he said…"),
        ("en", "'Tis the '90s, rock 'n' roll", "’Tis the ’90s, rock ’n’ roll"),
        ("en", "the workers' \"own\" 'thing'", "the workers’ “own” ‘thing’"),
        ("en", 'a --- b ("c")', "a — b (“c”)"),
        ("en", "5'10\" tall", "5′10″ tall"),
        ("en", "\"'a' b\"", "“‘a’ b”"),
        ("en", "https://a--b.org/... x", "https://a--b.org/... x"),
        ("en-GB", '"a"', "“a”"),
        ("es", "\"Dijo 'sí'\"", "«Dijo “sí”»"),
        (
            "fr",
            "\"Il dit 'oui'\", l'ami ; oui !",
            "«\u00a0Il dit “oui”\u00a0», l’ami\u00a0; oui\u00a0!",
        ),
        ("de", "\"Sie sagt 'ja'\", geht's?", "„Sie sagt ‚ja‘“, geht’s?"),
        ("de-CH", '"ja"', "«ja»"),
        ("xx", '"a"', "“a”"),
        ("en", "already “curly” ‘quotes’", "already “curly” ‘quotes’"),
    ],
)
def test_quotes_of_a_language(language, text, expected):
    assert typographic(text, language) == expected


def test_quotes_close_over_tags_and_leave_code_alone():
    assert html('"*word*" and "`"c"`" and "[[Zakat]]"') == (
        '<p>“<em>word</em>” and “<code>"c"</code>” and '
        '“<a class="ref" data-ref="Zakat">Zakat</a>”</p>'
    )


def test_escaped_quotes_stay_straight():
    assert html("5\\\" and \\'x\\'") == "<p>5\" and 'x'</p>"


# ── short texts in HTML ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("<p>a “b” c\nd &amp; &ndash; e</p>", "<p>a “b” c d &amp; – e</p>"),
        ('plain "x" & y', "<p>plain “x” &amp; y</p>"),
        ("", ""),
        ("<p></p><p>A</p><p>&nbsp;</p>", "<p>A</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("a<br><br>b<br>", "<p>a</p><p>b</p>"),
        ("a<br>b", "<p>a<br>b</p>"),
        ("<b>a</b> <i class=x>b</i> <u>c</u>", "<p><strong>a</strong> <em>b</em> c</p>"),
        ('<p onclick="x"><script>x</script>a</p>', "<p>a</p>"),
        ('<a href="javascript:x">a</a>', "<p>a</p>"),
        ('<a href="https://e.org" target=x>a</a>', '<p><a href="https://e.org">a</a></p>'),
        ("<ul><li>a</li><li>b</li></ul>", "<p>a</p><p>b</p>"),
        ("<em>a<p>b</p></em>", "<p><em>a</em></p><p>b</p>"),
    ],
)
def test_safe_inline(given_html, expected):
    assert safe_inline(given_html) == expected


def test_safe_inline_takes_the_quotes_of_the_language():
    assert safe_inline('<p>"<em>a</em>"</p>', "es") == "<p>«<em>a</em>»</p>"


def test_plain():
    assert plain("<p>a <b>b</b>&amp;</p><p>c<br>d</p>") == "a b& c d"
    assert plain('<h2>x<span class="footnote">n<span>o</span></span> y</h2>') == "x y"
    assert plain("<script>x</script>a") == "a"
