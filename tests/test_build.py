"""Building: what is asked for is made under its name, or nothing is."""

from __future__ import annotations

import copy
import datetime as dt
import os
import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from support.pdfs import Read, plain
from support.projects import BOOKS, built, copy_of, write
from zine.build import Options, Request, build
from zine.build.binding import publication_date
from zine.build.laying import trim_on
from zine.compiler.selection import SelectBy, Selection
from zine.diagnostics import UsageError, ZineError
from zine.paper import PAPERS
from zine.project import load_project
from zine.resources import Resources, defaults_root
from zine.typeset.workers import Typesetter
from zine.words import Words

pytestmark = pytest.mark.slow


def by(kind: str, *names: str) -> Selection:
    return Selection(SelectBy(kind), names)


@pytest.fixture(scope="module")
def garden(tmp_path_factory):
    """The book with a fifth type, and booklets of it."""
    root = copy_of("principle", tmp_path_factory.mktemp("garden"))
    chapter = by("chapter", "principles")
    return built(
        root,
        Request(),
        Request(chapter),
        Request(chapter, editions=("booklet",), paper=PAPERS["letter"]),
        Request(by("value", "Patience"), editions=("read",)),
        Request(by("entries", "Ask twice", "Shared soil"), editions=("read",)),
        Request(
            Selection(SelectBy.TOGETHER, parts=(chapter, by("value", "Patience"))),
            editions=("read",),
        ),
    )


def test_files_have_the_names_one_expects(garden):
    assert [one.path.name for one in garden.report.outputs] == [
        "the-shared-garden.pdf",
        "the-shared-garden-booklet-a4.pdf",
        "the-shared-garden-booklet-a4-instructions.pdf",
        "principles.pdf",
        "principles-booklet-a4.pdf",
        "principles-booklet-a4-instructions.pdf",
        "principles-booklet-letter.pdf",
        "principles-booklet-letter-instructions.pdf",
        "patience.pdf",
        "selection-ask-twice-shared-soil.pdf",
        "principles-patience.pdf",
    ]
    assert sorted(one.name for one in garden.dist.iterdir()) == sorted(
        one.path.name for one in garden.report.outputs
    )


def test_the_report_says_what_was_made(garden):
    for one in garden.report.outputs:
        with Read(one.path) as read:
            if one.edition == "read":
                assert (one.pages, one.sheets) == (len(read), 0)
            elif one.edition.endswith("-instructions"):
                assert (one.pages, one.sheets) == (len(read), 1)
            else:
                assert len(read) == 2 * one.sheets
                assert one.sheets == -(-one.pages // 4)
    assert {"the-shared-garden", "principles", "patience"} <= set(garden.report.page_maps)


class TestFifthType:
    """A type that only book.yaml knows."""

    def test_it_has_a_chapter_with_its_entries(self, garden):
        with Read(garden.path("the-shared-garden.pdf")) as book:
            outline = [(one.level, one.title) for one in book.outline]
            at = outline.index((1, "Principles"))
            assert outline[at + 1 : at + 3] == [(2, "Ask twice"), (2, "Waste nothing")]
            page = next(one.page for one in book.outline if one.title == "Waste nothing")
            assert "Principle Waste nothing" in book.words(page)

    def test_relations_to_it_print_under_its_plural_with_their_page(self, garden):
        with Read(garden.path("the-shared-garden.pdf")) as book:
            pages = {one.title: one.page for one in book.outline}
            folio = book.labels[pages["Waste nothing"]]
            words = book.words_of("Shared soil")
            assert f"Principles Waste nothing in practice {folio}" in words

    def test_it_counts_on_the_cover(self, garden):
        with Read(garden.path("the-shared-garden.pdf")) as book:
            assert "1 value, 1 theory, 1 story and 2 principles" in book.words(0)

    def test_it_has_a_booklet_of_its_own(self, garden):
        with Read(garden.path("principles.pdf")) as booklet:
            titles = [one.title for one in booklet.outline]
            assert titles[3:5] == ["Ask twice", "Waste nothing"]
            assert "Shared soil" not in titles


class TestRomanFront:
    """Front matter in roman numerals."""

    def test_labels_count_anew_from_the_body(self, garden):
        with Read(garden.path("the-shared-garden.pdf")) as book:
            labels = book.labels
            opener = next(one.page for one in book.outline if one.title == "Values")
            assert labels[:4] == ["i", "ii", "iii", "iv"]
            assert labels[opener:] == [str(2 + n) for n in range(len(book) - opener)]
            assert not any(label.isdecimal() for label in labels[:opener])

    def test_covers_and_title_page_bear_no_folio(self, garden):
        with Read(garden.path("the-shared-garden.pdf")) as book:
            for title in ("Cover", "Title page", "Imprint", "Back cover"):
                (page,) = book.pages_of(title)[:1]
                foot = book.words(page, (0, 0, 420, 40))
                assert book.labels[page] not in foot.split()

    def test_folios_and_references_into_front_matter_are_roman(self, garden):
        with Read(garden.path("the-shared-garden.pdf")) as book:
            welcome = next(one.page for one in book.outline if one.title == "Welcome")
            label = book.labels[welcome]
            assert label == "viii"
            assert book.words(welcome, (0, 0, 420, 40)) == f"{label} Welcome"
            numbers = {one.words for one in book.links if one.target == "text-welcome"}
            assert label in numbers


def test_links_within_an_entry_lead_to_its_own_place(garden):
    """Two entries name a place alike; each means its own."""
    named = {"Waste nothing": "The other heap", "The shed that moved": "the heaps"}
    with Read(garden.path("the-shared-garden.pdf")) as book:
        for title, words in named.items():
            (link,) = [one for one in book.links if one.words == words]
            assert {link.page, link.leads_to} <= set(book.pages_of(title))


def test_a_relation_to_nobody_prints_its_bare_title(garden):
    with Read(garden.path("the-shared-garden.pdf")) as book:
        assert "Unheard-of theory" in book.words_of("The shed that moved")
        assert not any(one.words.startswith("Unheard") for one in book.links)
    assert "relation-unknown" in {one.code for one in garden.report.findings}


def test_a_selection_bound_together_has_its_parts_as_chapters(garden):
    with Read(garden.path("principles-patience.pdf")) as read:
        outline = [(one.level, plain(one.title)) for one in read.outline][3:-2]
        assert outline == [
            (1, "Principles"),
            (2, "Ask twice"),
            (2, "Waste nothing"),
            (1, "Patience"),
            (2, "Patience"),
            (2, "Shared soil"),
            (2, "The shed that moved"),
        ]


def test_letter_sheets_are_folded_to_half_letter_pages(garden):
    with Read(garden.path("principles-booklet-letter.pdf")) as read:
        for index in range(len(read)):
            assert read.size(index) == pytest.approx((792, 612), abs=0.01)


class TestRefused:
    """Requests that cannot be met leave everything as it was."""

    @pytest.fixture
    def project(self, tmp_path):
        return load_project(copy_of("principle", tmp_path))

    def refused(self, project, *requests, **options):
        with pytest.raises(ZineError) as caught:
            build(project, requests, Options(**options))
        assert not list(project.root.glob("dist/*"))
        return caught.value

    def test_unknown_names_of_all_requests_are_told_together(self, project):
        problem = self.refused(
            project,
            Request(by("chapter", "principels")),
            Request(by("value", "Patients")),
            Request(by("entries", "Shared soul")),
            Request(editions=("bookelt",)),
        )
        assert isinstance(problem, UsageError)
        hints = {one.code: one.hint for one in problem.findings}
        assert "principles" in hints["chapter-unknown"].lower()
        assert "“Patience”" in hints["value-unknown"]
        assert "“Shared soil”" in hints["entry-unknown"]
        assert "“booklet”" in hints["edition-unknown"]

    def test_two_publications_of_one_file_name(self, project):
        text = (project.root / "book/book.yaml").read_text()
        write(project.root, "book/book.yaml", text + 'slug: "patience"\n')
        again = load_project(project.root)
        problem = self.refused(again, Request(), Request(by("value", "Patience")))
        assert isinstance(problem, UsageError)
        assert {one.code for one in problem.findings} == {"output-twice"}
        assert "patience.pdf" in str(problem)

    def test_a_trim_without_a_sheet_to_pair_it_with(self, project):
        odd = replace(project.settings, trim=PAPERS["legal"])
        problem = self.refused(replace(project, settings=odd), Request(editions=("booklet",)))
        assert [one.code for one in problem.findings] == ["paper-unpaired"]

    def test_an_output_folder_that_cannot_be(self, project):
        write(project.root, "taken", "a file")
        problem = self.refused(project, Request(), out=project.root / "taken")
        assert isinstance(problem, UsageError)
        (finding,) = problem.findings
        assert finding.code == "output-unwritable" and "taken" in finding.place.path

    @pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
    def test_a_read_only_output_folder(self, project):
        out = project.root / "dist"
        out.mkdir()
        out.chmod(0o555)
        problem = self.refused(project, Request())
        assert [one.code for one in problem.findings] == ["output-unwritable"]

    def test_a_missing_style_sheet_is_named(self, project):
        write(project.root, "styles/entry.css", '@import "nowhere.css";\n')
        problem = self.refused(project, Request(), processes=1)
        assert [(one.code, str(one.place)) for one in problem.findings] == [
            ("style-file-missing", "styles/entry.css:1")
        ]

    @pytest.mark.parametrize("processes", [1, 2])
    def test_a_missing_file_of_a_rule_is_named_at_its_line(self, project, processes):
        """Found while a section is set, perhaps in another process."""
        css = "/* own */\n\n.entry-title { background: url(nowhere.svg) }\n"
        write(project.root, "styles/own.css", css)
        problem = self.refused(project, Request(), processes=processes)
        assert isinstance(problem, UsageError)
        assert [(one.code, str(one.place)) for one in problem.findings] == [
            ("style-file-missing", "styles/own.css:3")
        ]

    def test_a_broken_template_is_named_at_its_line(self, project):
        text = (
            '{% extends "base.html" %}\n{% block content %}\n{{ nothing.here }}\n{% endblock %}\n'
        )
        write(project.root, "layouts/text.html", text)
        problem = self.refused(project, Request())
        assert [(one.code, str(one.place)) for one in problem.findings] == [
            ("template-error", "layouts/text.html:3")
        ]


class TestAgain:
    """A second build sets what changed and nothing else."""

    @pytest.fixture
    def root(self, garden, tmp_path):
        """The project as its first build left it, in another place."""
        return Path(shutil.copytree(garden.project.root, tmp_path / "again"))

    @pytest.fixture
    def counted(self, monkeypatch):
        """Keys of the sections that were typeset, not taken from the cache."""
        keys: list[str] = []
        submit = Typesetter._submit

        def counting(self, job):
            keys.append(job.key if job else "")
            return submit(self, job)

        monkeypatch.setattr(Typesetter, "_submit", counting)
        return keys

    def test_nothing_changed(self, garden, root, counted):
        report = built(root).report
        assert counted == []
        for one in report.outputs:
            assert one.path.read_bytes() == garden.path(one.path.name).read_bytes()
        assert set(report.findings) <= set(garden.report.findings)

    def test_the_same_request_twice_is_made_once(self, root):
        request = Request(by("value", "Patience"))
        assert len(built(root, request, request).report.outputs) == 3

    def test_one_entry_changed(self, root, counted):
        path = root / "content/stories/the-shed-that-moved.md"
        path.write_text(path.read_text().replace("To the south wall.", "To the north wall."))
        found = built(root)
        assert set(counted) == {"entry-the-shed-that-moved"}
        with Read(found.path("the-shared-garden.pdf")) as book:
            assert any("To the north wall." in book.words(n) for n in range(len(book)))

    def test_one_picture_more(self, root, counted):
        """Its entry is set again and what it moves, not every section of the book."""
        (root / "content/images").mkdir(exist_ok=True)
        Image.new("L", (600, 340), 90).save(root / "content/images/heap.png")
        path = root / "content/values/patience.md"
        path.write_text(path.read_text().replace("tags:", "images: [{name: heap.png}]\ntags:"))
        built(root)
        assert "entry-patience" in counted
        assert not {"cover", "title-page", "contents", "entry-ask-twice"} & set(counted)
        (kept,) = (root / ".zine" / "images").iterdir()
        before = kept.stat()
        built(root)
        (kept,) = (root / ".zine" / "images").iterdir()
        assert (kept.stat().st_mtime_ns, kept.stat().st_ino) == (before.st_mtime_ns, before.st_ino)

    def test_what_is_wrong_with_a_style_sheet_is_told_every_time(self, root, counted):
        write(root, "styles/own.css", "p {\n  colour: red;\n}\n")
        first = [str(one) for one in built(root).report.findings]
        assert counted
        counted.clear()
        second = [str(one) for one in built(root).report.findings]
        assert counted == []
        assert first == second
        assert any(one.startswith("styles/own.css:2:3: warning[css-ignored]") for one in second)

    def test_without_a_cache_everything_is_set_and_nothing_kept(self, root, counted):
        shutil.rmtree(root / ".zine")
        built(root, Request(editions=("read",)), options=Options(cache=False, processes=1))
        assert "entry-patience" in counted
        assert not (root / ".zine" / "sections").exists()


@pytest.mark.parametrize(
    ("trim", "sheet", "expected"),
    [
        ("a5", None, "a5"),
        ("a5", "a4", "a5"),
        ("a5", "letter", "half-letter"),
        ("a5", "a3", "a4"),
        ("half-letter", "a4", "a5"),
        ("a6", "legal", "a6"),
    ],
)
def test_the_trim_follows_the_sheet(trim, sheet, expected):
    project = load_project(BOOKS / "principle")
    book = replace(project.settings, trim=PAPERS[trim])
    assert trim_on(PAPERS[sheet] if sheet else None, book.trim) == PAPERS[expected]


def test_dates_come_from_the_book_or_the_environment_never_from_the_clock(monkeypatch):
    book = load_project(BOOKS / "principle").settings
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert publication_date(book) == dt.date(2026, 5, 1)
    undated = replace(book, date=None)
    assert publication_date(undated) == dt.date(2023, 11, 14)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert publication_date(undated) is None


def test_layouts_and_styles_of_the_project_cover_the_defaults(tmp_path):
    write(tmp_path, "styles/entry.css", "/* own */")
    write(tmp_path, "styles/themes/night.css", "/* own */")
    write(tmp_path, "secret.css", "/* not a style */")
    styles = Resources("styles", tmp_path)
    assert styles.find("entry.css").read_text() == "/* own */"
    assert styles.find("page.css") == defaults_root() / "styles" / "page.css"
    assert {"entry.css", "page.css", "themes/night.css"} <= set(styles.names(".css"))
    assert list(styles.names(".css")) == sorted(set(styles.names(".css")))
    for name in ("../secret.css", "/etc/passwd", "missing.css", "themes", ""):
        assert styles.find(name) is None


def test_words_can_be_copied():
    words = Words({"contents": "Contents"})
    assert copy.copy(words).contents == pickle.loads(pickle.dumps(words)).contents == "Contents"
    with pytest.raises(AttributeError, match="indeks"):
        _ = words.indeks
