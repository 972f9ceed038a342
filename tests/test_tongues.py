"""Languages: fixed words, forms of number, order of titles, and the side from which one reads."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from support.projects import REPOSITORY, copy_of, write
from zine.build import Options, Request, build, build_handouts
from zine.compiler.selection import SelectBy, Selection
from zine.config import DEFAULT_TYPES
from zine.content.reader import read_entry
from zine.content.titles import title_key
from zine.content.tongues import direction, language_tag, script_of
from zine.content.typography import typographic
from zine.project import load_project
from zine.resources import Resources
from zine.typeset.layouts import Layouts
from zine.typeset.wording import is_raised
from zine.words import FALLBACK, forms_needed, load_words, words_of

LAYOUTS = Resources("layouts", Path("/nowhere"))
LANGUAGES = sorted(path.stem for path in (REPOSITORY / "layouts/words").glob("*.yaml"))
FIELD = re.compile(r"\{(\w+)\}")


def names(words):
    return {name.partition(".")[0] for name in words}


def test_english_spanish_and_arabic_come_with_zine():
    assert {"ar", "en", "es"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word_in_every_form_it_needs(language):
    english, own = words_of(LAYOUTS, FALLBACK), words_of(LAYOUTS, language)
    assert names(own) == names(english)
    counted = {name.partition(".")[0] for name in english if "." in name}
    assert counted
    needed = {f"{name}.{form}" for name in counted for form in forms_needed(language)}
    assert {name for name in own if "." in name} >= needed
    assert all(word.strip() for word in own.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_filled_with_what_the_english_ones_are(language):
    english = words_of(LAYOUTS, FALLBACK)
    for name, word in words_of(LAYOUTS, language).items():
        stem = name.partition(".")[0]
        forms = [w for key, w in english.items() if key.partition(".")[0] == stem]
        known = {field for form in forms for field in FIELD.findall(form)}
        assert set(FIELD.findall(word)) <= known, name
        if "." not in name:
            assert set(FIELD.findall(word)) == known, name


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != FALLBACK])
def test_nothing_is_left_in_english(language):
    own, english = words_of(LAYOUTS, language), words_of(LAYOUTS, FALLBACK)
    said = {name: word for name, word in own.items() if FIELD.sub("", word).strip(" ,.")}
    same = {name for name, word in said.items() if word == english.get(name)}
    assert same <= {"instructions_ruler", "at_page"}


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", ["0 stories", "1 story", "2 stories", "11 stories"]),
        ("es", ["0 historias", "1 historia", "2 historias", "11 historias"]),
        ("ar", ["بلا قصص", "قصة واحدة", "قصتان", "11 قصة"]),
    ],
)
def test_forms_of_number(language, counted):
    words = load_words(LAYOUTS, language)
    assert [words.counted("count_story", n) for n in (0, 1, 2, 11)] == counted
    assert load_words(LAYOUTS, "ar").counted("count_value", 5) == "5 قيم"


def test_lists_and_papers():
    assert load_words(LAYOUTS, "es").listed(["a", "b", "c"]) == "a, b y c"
    assert load_words(LAYOUTS, "ar").listed(["أ", "ب", "ج"]) == "أ، ب وج"
    words = load_words(LAYOUTS, "en")
    assert words.listed(["a"]) == "a"
    papers = [words.paper(one) for one in ("a5", "half-letter", "120x200mm", "sra3")]
    assert papers == ["A5", "half letter", "120 × 200 mm", "SRA3"]


def test_a_form_that_no_language_has_is_an_error(tmp_path):
    write(tmp_path, "layouts/words/en.yaml", "tags: Tags\npicture_of:\n  singular: Drawing\n")
    with pytest.raises(Exception, match=r"layouts/words/en.yaml:3:3.*singular"):
        load_words(Resources("layouts", tmp_path), "en")


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("es", ["llave", "luz", "nube", "ñandú", "olmo"]),
        ("cs", ["cena", "čaj", "hora", "chata", "ideál", "říp", "sad", "šach"]),
        ("pl", ["lato", "łan", "mama", "zebra", "źdźbło", "żaba"]),
        ("sv", ["zon", "ål", "äpple", "öl"]),
        ("de", ["Apfel", "Äpfel", "Arbeit"]),
        ("et", ["sool", "šaht", "zoo", "tamm", "vana", "õun", "äri", "öö", "üks"]),
        ("ar", ["الأفقية", "التعاونية", "مخبز", "المشاع", "الوفرة"]),
        ("el", ["άλφα", "βήτα", "ωμέγα"]),
    ],
)
def test_titles_in_the_order_of_their_language(language, titles):
    backwards = titles[::-1]
    assert sorted(backwards, key=lambda one: title_key(one, language, articles=True)) == titles


def test_scripts_and_directions():
    assert [script_of(one) for one in ("ar", "ar-EG", "ku-Arab", "es", "he")] == [
        "Arab",
        "Arab",
        "Arab",
        "Latn",
        "Hebr",
    ]
    assert (direction("fa"), direction("fr")) == ("rtl", "ltr")
    assert (language_tag("ES"), language_tag("pt_BR"), language_tag("?")) == ("es", "pt-BR", None)
    assert typographic('"نعم"', "ar") == "«نعم»"


def test_accents_on_capitals_are_given_room():
    assert [is_raised(one) for one in ("Ñandú", "El Índice", "Canción", "Öl")] == [
        True,
        True,
        False,
        True,
    ]


# A language that nobody speaks: its words have the letter x alone, and the content has none of it.
def strange(words):
    return {
        name: {form: strange_word(word) for form, word in value.items()}
        if isinstance(value, dict)
        else strange_word(value)
        for name, value in words.items()
    }


def strange_word(text):
    parts = re.split(r"(\{\w+\}|</?b>)", str(text))
    return "".join(one if one[:1] in "{<" else re.sub(r"\w", "x", one) for one in parts)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The words of every page of a project in that language."""
    root = copy_of("principle", tmp_path_factory.mktemp("strange"))
    english = yaml.safe_load((REPOSITORY / "layouts/words/en.yaml").read_text(encoding="utf-8"))
    write(root, "layouts/words/zxx.yaml", yaml.safe_dump(strange(english), allow_unicode=True))
    book = root / "book/book.yaml"
    text = re.sub(r"(?m)^language:.*\n", "", book.read_text(encoding="utf-8"))
    credits = "[contributors, image-credits, colophon]"
    back = f"back: [[index-by-value, index-by-tag], {credits}, back-cover]"
    text = re.sub(r"(?m)^back:.*\n(^[- ].*\n)*", "", text)
    text = re.sub(r"(?m)^editions:.*\n(^ .*\n)*", "", text)
    editions = "editions:\n  read:\n  booklet: {instructions: true}\n"
    book.write_text(f"{text}\nlanguage: zxx\n{back}\n{editions}", encoding="utf-8")
    pages = []
    render = Layouts.render

    def listening(self, name, context):
        html = render(self, name, context)
        pages.append((name, html))
        return html

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Layouts, "render", listening)
        project = load_project(root)
        options = Options(cache=False, processes=1)
        stories = Selection(SelectBy.CHAPTER, ("stories",))
        build(project, [Request(), Request(stories)], options)
        build_handouts(project, options=options)
    sources = [*root.glob("content/**/*.md"), *root.glob("book/*")]
    return pages, " ".join(path.read_text(encoding="utf-8") for path in sources)


def test_no_layout_and_no_view_has_words_of_its_own(printed):
    pages, sources = printed
    own = set(re.findall(r"[^\W\d_]+", sources.casefold()))
    # Names of papers and fonts are the same in every language.
    own |= {"a", "mm", "ibm", "plex", "serif", "barlow", "condensed"}
    kinds = ("cover", "contents", "chapter", "handout", "instructions", "index", "imprint")
    assert {name for name, _ in pages} >= {f"{kind}.html" for kind in kinds}
    left = set()
    for name, html in pages:
        body = html[html.index("<body") :]
        body = re.sub(r"<path[^>]*>|data:[^\"')]*|<style.*?</style>", " ", body, flags=re.DOTALL)
        said = re.sub(r"<[^>]*>", " ", body)
        said += " ".join(re.findall(r'(?:alt|aria-label|data-run|data-note)="([^"]*)"', body))
        words = re.findall(r"[^\W\d_]+", re.sub(r"&\w+;", " ", said).casefold())
        left |= {(name, one) for one in words if one not in own and set(one) - set("xvi")}
    assert left == set()
    assert any("xxx" in html for _, html in pages)


def test_an_entry_in_a_language_of_its_own(tmp_path):
    path = write(
        tmp_path,
        "content/stories/pan.md",
        '---\ntitle: "Pan"\nlanguage: ES\nshort_write_up: "<p>Dijo \\"sí\\".</p>"\n---\nText.\n',
    )
    entry, found = read_entry(path, tmp_path, DEFAULT_TYPES[3], DEFAULT_TYPES)
    assert entry is not None and not found
    assert (entry.language, entry.lead) == ("es", "<p>Dijo «sí».</p>")
    wrong = write(tmp_path, "content/stories/x.md", '---\ntitle: "X"\nlanguage: "Español!"\n---\n')
    _, (finding,) = read_entry(wrong, tmp_path, DEFAULT_TYPES[3], DEFAULT_TYPES)
    assert (finding.code, str(finding.place)) == ("value-wrong", "content/stories/x.md:3:1")


def test_check_names_what_a_language_lacks(tmp_path):
    from zine.check import content_findings

    root = copy_of("principle", tmp_path)
    book = root / "book/book.yaml"
    text = re.sub(r"(?m)^language:.*\n", "", book.read_text(encoding="utf-8"))
    book.write_text(f"{text}\nlanguage: ru\n", encoding="utf-8")
    shutil.copytree(REPOSITORY / "layouts/words", root / "layouts/words")
    words = (root / "layouts/words/en.yaml").read_text(encoding="utf-8")
    write(root, "layouts/words/ru.yaml", words.replace("tags: Tags\n", ""))
    found = content_findings(load_project(root))
    (finding,) = [one for one in found if one.code == "words-untranslated"]
    assert "tags" in finding.message and "count_story (few)" in finding.message
