"""`zine build` and `zine handout`: what is made, what is said, and what stays."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from typer.testing import CliRunner

from zine.cli.app import app
from zine.cli.selectors import split_titles
from zine.compiler.selection import SelectBy
from zine.project import load_project

ZINE = [sys.executable, "-m", "zine"]


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project whose whole book is built, so that its sections are in the cache."""
    folder = tmp_path_factory.mktemp("cli") / "project"
    run("init", str(folder))
    result = run("build", "--project", str(folder), "--edition", "read")
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture
def project(built, tmp_path, monkeypatch):
    folder = tmp_path / "project"
    shutil.copytree(built, folder)
    shutil.rmtree(folder / "dist")
    monkeypatch.chdir(folder)
    return folder


def pages(path: Path) -> int:
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def test_each_selector_makes_publications_of_its_own(project):
    result = run(
        "build", "--entries", "repair-cafe,The Commons", "--value", "care for things",
        "--chapter", "THEORIES", "--edition", "read",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "dist/theories.pdf",
        "dist/care-for-things.pdf",
        "dist/selection-repair-cafe-the-commons.pdf",
    ]
    assert {path.as_posix() for path in Path("dist").iterdir()} == set(result.stdout.splitlines())


def test_together_binds_as_one(project):
    result = run(
        "build", "--chapter", "theories", "--chapter", "Solutions", "--together", "-o", "out"
    )
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "out/theories-solutions.pdf",
        "out/theories-solutions-booklet-a4.pdf",
        "out/theories-solutions-booklet-a4-instructions.pdf",
    ]
    assert not Path("dist").exists()


def test_paper_flip_and_instructions(project):
    common = ["build", "--chapter", "theories", "--edition", "booklet", "--paper", "Letter"]
    plain = run(*common, "--no-instructions")
    assert plain.stdout == "dist/theories-booklet-letter.pdf\n", plain.stderr
    path = Path("dist/theories-booklet-letter.pdf")
    document = pdfium.PdfDocument(path)
    width, height = document[0].get_size()
    document.close()
    assert (round(width), round(height)) == (792, 612)
    before = pages(path)
    turned = run(*common, "--instructions", "--flip", "long")
    assert turned.exit_code == 0, turned.stderr
    assert turned.stdout.splitlines() == [
        "dist/theories-booklet-letter.pdf",
        "dist/theories-booklet-letter-instructions.pdf",
    ]
    assert (pages(path), pages(path.with_name(f"{path.stem}-instructions.pdf"))) == (before, 1)


def test_json_has_outputs_page_maps_and_findings(project):
    entry = project / "content" / "stories" / "the-ladder-on-mill-street.md"
    entry.write_text(entry.read_text() + "\nSee [[Librery of things]].\n")
    result = run("build", "--chapter", "stories", "--json")
    data = json.loads(result.stdout)
    assert result.stderr == ""
    assert data["ok"] is True
    assert [Path(one["path"]).name for one in data["outputs"]] == [
        "stories.pdf",
        "stories-booklet-a4.pdf",
        "stories-booklet-a4-instructions.pdf",
    ]
    assert all(Path(one["path"]).is_file() for one in data["outputs"])
    assert data["outputs"][1]["sheets"] == -(-data["outputs"][0]["pages"] // 4)
    assert data["page_maps"]["stories"]["entries"] == {"the-ladder-on-mill-street": "4"}
    (finding,) = data["findings"]
    line = len(entry.read_text().splitlines())
    assert finding["path"] == "content/stories/the-ladder-on-mill-street.md"
    assert (finding["code"], finding["line"], finding["column"]) == ("reference-unknown", line, 5)
    assert "Library of things" in finding["hint"]


def test_a_warning_stands_behind_the_outputs_with_a_count(project):
    entry = project / "content" / "stories" / "the-ladder-on-mill-street.md"
    entry.write_text(entry.read_text() + "\nSee [[Librery of things]].\n")
    result = run("build", "--chapter", "stories", "--edition", "read")
    assert result.exit_code == 0
    assert result.stdout == "dist/stories.pdf\n"
    lines = result.stderr.splitlines()
    assert lines[0].startswith("content/stories/the-ladder-on-mill-street.md:")
    assert "warning[reference-unknown]: there is no entry called “Librery of things”" in lines[0]
    assert lines[1].startswith("    did you mean “Library of things”")
    assert lines[-1] == "1 warning"
    quiet = run("build", "--chapter", "stories", "--edition", "read", "-q")
    assert (quiet.stdout, quiet.stderr) == ("dist/stories.pdf\n", "")
    strict = run("build", "--chapter", "stories", "--strict")
    assert (strict.exit_code, strict.stdout) == (1, "")
    assert "error[reference-unknown]" in strict.stderr


def test_a_handout_by_slug_and_all_of_them(project):
    result = run("handout", "repair-cafe", "The commons", "--paper", "letter", "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "dist/handouts/repair-cafe-letter.pdf",
        "dist/handouts/the-commons-letter.pdf",
    ]
    assert all(pages(Path(line)) <= 2 for line in result.stdout.splitlines())
    every = run("handout", "--all", "--json")
    names = {Path(one["path"]).stem for one in json.loads(every.stdout)["outputs"]}
    assert names == {entry.slug for entry in load_project(project).library.entries}


def test_copies_and_booklets_for_sheets_that_are_turned_by_hand(project):
    result = run("handout", "repair-cafe", "--copies", "2", "--by-hand", "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.split() == [
        "dist/handouts/repair-cafe-x2-fronts.pdf",
        "dist/handouts/repair-cafe-x2-backs.pdf",
        "dist/handouts/handouts-x2-instructions.pdf",
    ]
    common = ("build", "--chapter", "theories", "--edition", "booklet", "--jobs", "1")
    result = run(*common, "--by-hand", "--backs-reversed")
    assert [path.rpartition("-")[2] for path in result.stdout.split()] == [
        "fronts.pdf", "backs.pdf", "instructions.pdf",
    ]  # fmt: skip
    result = run(*common, "--margin", "5mm")
    assert "it does not print the outer 5.0 mm" in result.stderr
    result = run(*common, "--backs-reversed")
    assert result.exit_code == 2
    assert "--by-hand" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--all", "the-commons"]])
def test_a_handout_needs_names_or_all(project, arguments):
    result = run("handout", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "handout-which" in result.stderr


def test_a_failing_build_leaves_the_old_file(project):
    run("build", "--chapter", "stories", "--edition", "read")
    before = Path("dist/stories.pdf").read_bytes()
    Path("layouts/contents.html").write_text("<p>\n{{ nothing.at.all }}</p>")
    result = run("build", "--chapter", "stories")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "layouts/contents.html:2: error[template-error]" in result.stderr
    assert Path("dist/stories.pdf").read_bytes() == before
    assert [path.name for path in Path("dist").iterdir()] == ["stories.pdf"]


def test_titles_with_commas_are_the_longest_match(project):
    body = '---\ntitle: "Boulder, Colorado, vs. Xcel Energy"\n---\n'
    Path("content/stories/boulder.md").write_text(body)
    library = load_project(project).library
    found = list(split_titles("Commons, Boulder, Colorado, vs. Xcel Energy,Nobody,", library))
    assert found == ["Commons", "Boulder, Colorado, vs. Xcel Energy", "Nobody"]
    assert list(split_titles(" , ,", library)) == []


def test_selectors_that_select_nothing(project):
    for arguments in (["--together"], ["--entries", " , "]):
        assert run("build", *arguments).exit_code == 2


def test_what_a_selection_is_made_of(project):
    from zine.cli.selectors import make_selections

    library = load_project(project).library
    (one,) = make_selections([], [], [], library)
    assert one.by is SelectBy.BOOK
    (both,) = make_selections(["a", "a"], ["b"], [], library, together=True)
    assert [part.names for part in both.parts] == [("a",), ("b",)]


def test_progress_is_shown_on_a_terminal(project):
    pty = pytest.importorskip("pty")
    primary, secondary = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    started = subprocess.Popen(
        [*ZINE, "build", "--chapter", "stories", "--edition", "read", "--no-cache"],
        stdout=subprocess.PIPE,
        stderr=secondary,
        env=environment,
    )
    os.close(secondary)
    seen = b""
    while True:
        try:
            part = os.read(primary, 4096)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        seen += part
    os.close(primary)
    out, _ = started.communicate()
    assert started.returncode == 0
    assert out == b"dist/stories.pdf\n"
    assert " of " in seen.decode()
    assert "The ladder on Mill Street" in seen.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of process groups are POSIX")
def test_interrupted_leaves_nothing_half_written(project):
    started = subprocess.Popen(
        [*ZINE, "build", "--no-cache", "-o", "out"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not Path("out").exists() and started.poll() is None:
        time.sleep(0.01)
    time.sleep(0.4)
    # As a terminal does it: to the program and to its workers.
    os.killpg(started.pid, signal.SIGINT)
    out, err = started.communicate(timeout=30)
    assert started.returncode == 130, err
    assert out == ""
    assert "Traceback" not in err
    assert list(Path("out").iterdir()) == []


def test_no_folder_of_this_machine_stands_in_a_pdf(project):
    entry = project / "content" / "stories" / "the-ladder-on-mill-street.md"
    entry.write_text(entry.read_text() + "\n## Head {: #here }\n\nSee [above](#here).\n")
    run("build", "--chapter", "stories", "--edition", "read")
    with pikepdf.open("dist/stories.pdf") as document:
        names = [str(name) for name in document.Root.Names.Dests.Names[::2]]
    assert any(name.endswith("--here") for name in names)
    assert all(name.startswith("content-") for name in names if "--" in name)
