"""The manners of the command line: streams, exit codes, small commands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import zine
import zine.cli.doctor
from zine.cli.app import app
from zine.cli.voice import Voice, speaking
from zine.diagnostics import Finding, Place, Severity, error, warning

ZINE = [sys.executable, "-m", "zine"]
COMMANDS = ("build", "handout", "check", "list", "new", "init", "doctor", "clean")


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    run("init", str(folder))
    monkeypatch.chdir(folder)
    return folder


def test_the_version_as_a_module():
    done = subprocess.run([*ZINE, "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"zine {zine.__version__}\n", "")


def test_help_and_import_load_no_weasyprint():
    code = (
        "import sys, zine, zine.cli.app\n"
        "from typer.testing import CliRunner\n"
        "assert CliRunner().invoke(zine.cli.app.app, ['--help']).exit_code == 0\n"
        "heavy = {'weasyprint', 'pikepdf', 'PIL', 'rich.progress'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_help_has_every_command_and_examples():
    result = run("--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    for command in COMMANDS:
        assert f"\n  {command} " in result.stdout
        assert "Examples:" in run(command, "--help").stdout


@pytest.mark.parametrize(
    "arguments", [["biuld"], ["build", "--flip", "x"], ["new", "story"], ["build", "--jobs", "0"]]
)
def test_usage_errors_are_2(arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_without_a_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in (["build"], ["check"], ["list"], ["clean"], ["new", "story", "X"]):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "project-missing" in result.stderr
        assert "zine init" in result.stderr


def test_the_project_is_found_from_below_and_by_name(project, monkeypatch, tmp_path):
    monkeypatch.chdir(project / "content" / "stories")
    assert run("list").exit_code == 0
    monkeypatch.chdir(tmp_path)
    assert run("list").exit_code == 2
    assert run("list", "--project", str(project)).exit_code == 0


def test_list_names_what_other_commands_take(project):
    result = run("list")
    assert result.exit_code == 0
    assert result.stderr == ""
    for name in ("theories", "the-commons", "Care for things", "sharing", "booklet", "read"):
        assert name in result.stdout


def test_list_as_json(project):
    data = json.loads(run("list", "--json").stdout)
    assert [chapter["id"] for chapter in data["chapters"]] == [
        "values",
        "theories",
        "solutions",
        "stories",
    ]
    assert data["tags"]["sharing"] == 4
    assert {"slug": "care-for-things", "title": "Care for things", "entries": 3} in data["values"]
    assert [edition["name"] for edition in data["editions"]] == ["read", "booklet"]
    assert data["in_no_chapter"] == []
    assert data["ok"] is True


def test_list_shows_entries_of_no_chapter(project):
    book = project / "book" / "book.yaml"
    book.write_text(book.read_text().replace("- type: story\n", ""))
    assert "in no chapter  (1)" in run("list").stdout
    assert "the-ladder" in json.loads(run("list", "--json").stdout)["in_no_chapter"][0]["slug"]


def test_list_of_a_project_with_problems(project):
    path = project / "content" / "stories" / "bad.md"
    path.write_text("---\ntitle: [\n---\n")
    result = run("list")
    assert result.exit_code == 0
    assert "1 problem in the content: zine check names them" in result.stderr


def test_clean_removes_caches_and_pdfs_alone(project):
    for name in (".zine/sections/x", "dist/book.pdf", "dist/handouts/a.pdf", "dist/notes.txt"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("")
    assert run("clean").stdout == ".zine\n"
    assert (project / "dist/book.pdf").exists()
    result = run("clean", "--dist")
    assert result.stdout.splitlines() == ["dist/handouts/a.pdf", "dist/book.pdf"]
    assert [path.name for path in (project / "dist").iterdir()] == ["notes.txt"]
    assert "dist holds other files and stays" in result.stderr
    (project / "dist/notes.txt").unlink()
    run("clean", "--dist")
    assert not (project / "dist").exists()
    assert run("clean", "--dist").stdout == ""


def test_clean_does_not_follow_links(project, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.pdf").write_text("")
    (project / ".zine").symlink_to(tmp_path / "elsewhere")
    (project / "dist").symlink_to(tmp_path / "elsewhere")
    run("clean", "--dist")
    assert not (project / ".zine").is_symlink()
    assert (tmp_path / "elsewhere" / "a.pdf").exists()


def test_doctor_finds_all_that_is_needed(project):
    result = run("doctor")
    assert result.exit_code == 0, result.stdout
    assert "Pango" in result.stdout
    assert "Folder dist/" in result.stdout
    data = json.loads(run("doctor", "--json").stdout)
    assert data["ok"] is True
    assert {"Python", "Fonts", "poppler"} <= {probe["name"] for probe in data["probes"]}


def test_doctor_without_a_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("doctor").exit_code == 0


def test_doctor_says_what_is_missing_and_what_is_optional(project, monkeypatch):
    monkeypatch.setattr(zine.cli.doctor.shutil, "which", lambda name: None)
    monkeypatch.setattr(zine.cli.doctor.sys, "platform", "linux")
    result = run("doctor")
    assert result.exit_code == 0
    assert "sudo apt-get install poppler-utils" in result.stdout
    monkeypatch.setattr(zine.cli.doctor.sys, "platform", "darwin")
    assert "brew install poppler" in run("doctor").stdout
    (project / "dist").write_text("")
    result = run("doctor")
    assert result.exit_code == 1
    assert "MISSING   Folder dist/" in result.stdout


@pytest.fixture
def no_pango(tmp_path):
    """An environment in which WeasyPrint fails as it does without Pango."""
    folder = tmp_path / "shim" / "weasyprint"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(
        "print('WeasyPrint could not import some external libraries.')\n"
        "raise OSError(\"cannot load library 'libpango-1.0-0'\")\n"
    )
    import os

    return {**os.environ, "PYTHONPATH": str(folder.parent)}


def test_without_pango_only_typesetting_stops(project, no_pango):
    def without(*arguments: str):
        return subprocess.run([*ZINE, *arguments], capture_output=True, text=True, env=no_pango)

    assert without("check").returncode == 0
    assert without("list").returncode == 0
    built = without("build", "--jobs", "1")
    assert (built.returncode, built.stdout) == (2, "")
    assert "error[pango-missing]" in built.stderr
    assert "sudo apt-get install libpango-1.0-0" in built.stderr
    assert "brew install pango" in built.stderr
    assert "Traceback" not in built.stderr
    doctor = without("doctor", "--json")
    assert doctor.returncode == 1
    probes = {probe["name"]: probe for probe in json.loads(doctor.stdout)["probes"]}
    assert probes["WeasyPrint and Pango"]["ok"] is False
    assert "libpango" in probes["WeasyPrint and Pango"]["hint"]


def test_a_bug_is_called_a_bug(project, monkeypatch):
    def broken(*arguments: object, **named: object) -> None:
        print("chatter of a library")
        raise KeyError("surprise")

    monkeypatch.setattr("zine.project.load_project", broken)
    short = run("build")
    assert (short.exit_code, short.stdout) == (1, "")
    assert "this is a bug in zine" in short.stderr
    assert "surprise" in short.stderr
    assert "Traceback" not in short.stderr
    long = run("build", "-v")
    assert (long.exit_code, long.stdout) == (1, "")
    assert "Traceback" in long.stderr
    assert "chatter of a library" in long.stderr
    data = json.loads(run("build", "--json").stdout)
    assert (data["ok"], data["outputs"], data["page_maps"]) == (False, [], {})
    assert data["findings"][0]["code"] == "bug"


def test_an_interrupt_is_130(project, monkeypatch):
    def interrupted(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zine.project.load_project", interrupted)
    result = run("list")
    assert (result.exit_code, result.stdout) == (130, "")
    assert "interrupted" in result.stderr


@pytest.mark.parametrize("command", ["list", "check", "doctor"])
def test_a_reader_that_has_gone(project, command):
    started = subprocess.Popen(
        [*ZINE, command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    started.stdout.close()
    problems = started.stderr.read()
    started.stderr.close()
    assert started.wait() == 141
    assert problems == ""


FINDINGS = [
    Finding(Severity.NOTE, "a-note", "by the way"),
    warning("odd", "is odd", Place("x.md", 3, 1), "make it even"),
    error("bad", "is bad"),
]


def told(capsys, **manners: bool) -> list[str]:
    with speaking(**manners) as voice:
        voice.findings(FINDINGS)
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_findings_with_hints_and_counts(capsys):
    assert told(capsys) == [
        "x.md:3:1: warning[odd]: is odd",
        "    make it even",
        "error[bad]: is bad",
        "1 error, 1 warning",
        "1 note (-v shows)",
    ]
    assert told(capsys, quiet=True) == ["error[bad]: is bad", "1 error"]
    assert told(capsys, verbose=True)[0] == "note[a-note]: by the way"
    assert told(capsys, verbose=True)[-1] == "1 error, 1 warning, 1 note"
    assert told(capsys, as_json=True) == []


def test_many_warnings_of_one_code_are_cut_short_after_a_build(capsys):
    many = [warning("odd", f"number {number}") for number in range(30)]
    Voice().findings([*many, *FINDINGS[1:]], brief=True)
    lines = capsys.readouterr().err.splitlines()
    assert lines[9:] == [
        "warning[odd]: number 9",
        "error[bad]: is bad",
        "… and 21 more warning[odd]: -v shows them all",
        "1 error, 31 warnings",
    ]
    Voice(verbose=True).findings(many, brief=True)
    assert len(capsys.readouterr().err.splitlines()) == 31
    Voice().findings(many)
    assert len(capsys.readouterr().err.splitlines()) == 31


def test_colours_on_a_terminal_alone(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    Voice().findings(FINDINGS[1:2])
    assert "\x1b[1;33mwarning[odd]\x1b[0m" in capsys.readouterr().err
    monkeypatch.setenv("NO_COLOR", "1")
    Voice().findings(FINDINGS[1:2])
    assert "\x1b" not in capsys.readouterr().err


def test_a_path_is_shown_from_here(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    Voice().made(tmp_path / "dist" / "a.pdf")
    Voice().made(Path("/elsewhere/a.pdf"))
    assert capsys.readouterr().out == "dist/a.pdf\n/elsewhere/a.pdf\n"


def test_the_public_names_are_there():
    for name in zine.__all__:
        assert getattr(zine, name) is not None
    assert set(zine.__all__) <= set(dir(zine))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = zine.nothing
