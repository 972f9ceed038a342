"""`zine init` and `zine new`: what they write can be used at once."""

import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from typer.testing import CliRunner

from zine.check import check_project
from zine.cli.app import app
from zine.content.model import front_matter_model
from zine.project import load_project

ENTRIES = {
    "values/care-for-things",
    "values/enough-for-everyone",
    "theories/the-commons",
    "solutions/library-of-things",
    "solutions/repair-cafe",
    "stories/the-ladder-on-mill-street",
}


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("init") / "my-book"
    result = run("init", str(folder))
    assert result.exit_code == 0, result.stderr
    assert [Path(line) for line in result.stdout.splitlines()] == [
        Path(line) for line in result.stdout.splitlines() if Path(line).is_file()
    ]
    assert "zine build" in result.stderr
    return folder


def test_the_project_has_what_it_needs_to_own(project):
    names = {
        path.relative_to(project / "content").with_suffix("").as_posix()
        for path in (project / "content").rglob("*.md")
    }
    assert names == ENTRIES
    assert (project / "book" / "book.yaml").is_file()
    assert "/.zine/" in (project / ".gitignore").read_text()
    for folder in ("layouts", "styles"):
        assert [path.name for path in (project / folder).iterdir()] == ["README.md"]


def test_nothing_is_wrong_with_it_and_every_relation_goes_both_ways(project):
    assert check_project(load_project(project)) == ()


def test_it_has_references_in_running_text(project):
    library = load_project(project).library
    entry = library.resolve("The ladder on Mill Street")
    assert "[[Library of things]]" in entry.body
    assert library.graph.edges


@pytest.mark.slow
def test_it_builds_at_once_without_a_terminal(project):
    done = subprocess.run(
        [sys.executable, "-m", "zine", "build"], cwd=project, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "dist/a-street-that-shares.pdf",
        "dist/a-street-that-shares-booklet-a4.pdf",
        "dist/a-street-that-shares-booklet-a4-instructions.pdf",
    ]
    document = pdfium.PdfDocument(project / "dist" / "a-street-that-shares.pdf")
    try:
        words = " ".join(
            page.get_textpage().get_text_bounded() for page in (document[i] for i in range(10))
        )
        assert "A Street That Shares" in " ".join(words.split())
        assert len(list(document.get_toc())) >= len(ENTRIES)
    finally:
        document.close()


def test_a_folder_with_a_book_is_refused(project):
    before = (project / "book" / "book.yaml").read_bytes()
    result = run("init", str(project))
    assert result.exit_code == 2
    assert "project-exists" in result.stderr
    assert result.stdout == ""
    assert (project / "book" / "book.yaml").read_bytes() == before


def test_no_file_is_overwritten(tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "README.md").write_text("mine")
    result = run("init", str(tmp_path))
    assert result.exit_code == 2
    assert "styles/README.md: error[file-exists]" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["styles"]


def test_other_files_in_the_folder_do_not_matter(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    assert run("init", str(tmp_path)).exit_code == 0


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "taken").write_text("")
    result = run("init", str(tmp_path / "taken"))
    assert result.exit_code == 2
    assert "output-unwritable" in result.stderr


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    run("init", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["story", "Story", "STORIES", "stories"])
def test_a_new_entry_by_any_name_of_its_type(fresh, name):
    result = run("new", name, 'The "last" bakery: a start')
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "content/stories/the-last-bakery-a-start.md\n"
    project = load_project(fresh)
    assert check_project(project) == ()
    entry = project.library.by_slug["the-last-bakery-a-start"]
    assert (entry.title, entry.type, entry.body) == ("The “last” bakery: a start", "story", "")


def test_a_new_entry_has_every_field(fresh):
    path = fresh / run("new", "theory", "Usufruct").stdout.strip()
    project = load_project(fresh)
    model, _ = front_matter_model(tuple(one.relation_key for one in project.settings.types))
    lines = path.read_text().splitlines()
    written = {line.partition(":")[0] for line in lines if line[:1].isalpha()}
    # Values have the key `values`; `related_values` is another name for it.
    assert written - {"Full write-up goes here"} == set(model.model_fields) - {"related_values"}


def test_a_new_entry_lists_relations_of_a_type_of_the_projects_own(fresh):
    book = fresh / "book" / "book.yaml"
    book.write_text(book.read_text() + "\ntypes: {principle: {}}\n")
    path = fresh / run("new", "Principles", "Start small").stdout.strip()
    assert path == fresh / "content" / "principles" / "start-small.md"
    assert "related_principles:" in path.read_text()


def test_an_unknown_type_has_the_nearest_name(fresh):
    result = run("new", "storie", "X")
    assert result.exit_code == 2
    assert "there is no type “storie”" in result.stderr
    assert "“story”" in result.stderr


def test_a_title_that_is_taken_is_refused(fresh):
    path = fresh / "content" / "theories" / "the-commons.md"
    before = path.read_bytes()
    assert "entry-exists" in run("new", "theory", "The Commons").stderr
    # An alias of the same entry, under a type where no file of that name lies.
    result = run("new", "story", "Commons")
    assert result.exit_code == 2
    assert "content/theories/the-commons.md" in result.stderr
    assert path.read_bytes() == before


def test_a_title_without_letters_is_refused(fresh):
    assert run("new", "story", "…").exit_code == 2
