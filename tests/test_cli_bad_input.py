"""Bad input: each problem with its file and line, all of them in one run, nothing written."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zine.cli.app import app

STORY = Path("content/stories/the-ladder-on-mill-street.md")
BOOK = Path("book/book.yaml")


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    run("init", str(tmp_path / "project"))
    monkeypatch.chdir(tmp_path / "project")


def change(path: Path, old: str, new: str) -> int:
    """Replace a text in a file; the line on which the new one stands."""
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def refused(exit_code: int, *arguments: str) -> str:
    """What a command says that must fail, print no path and leave no file."""
    result = run(*arguments)
    assert result.exit_code == exit_code, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert not list(Path("dist").glob("**/*.pdf")) if Path("dist").is_dir() else True
    return result.stderr


def test_names_that_are_not_there_all_at_once():
    said = refused(
        2, "build", "--chapter", "theorys", "--value", "Care for thinks",
        "--entries", "The comons,Repair caffè", "--edition", "bocklet",
    )  # fmt: skip
    for message, near in (
        ("no chapter “theorys”", "“theories”"),
        ("no value “Care for thinks”", "“Care for things”"),
        ("no entry “The comons”", "“The commons”"),
        ("no entry “Repair caffè”", "“Repair café”"),
        ("no edition “bocklet”", "“booklet”"),
    ):
        assert message in said
        assert near.casefold() in said.casefold()
    assert said.count("edition-unknown") == 1
    assert said.endswith("5 errors\n")


def test_a_value_must_be_one():
    assert "value-unknown" in refused(2, "build", "--value", "The commons")


def test_an_unknown_paper():
    said = refused(2, "build", "--paper", "leter")
    assert "paper-unknown" in said
    assert "“letter”" in said
    assert "paper-unknown" in refused(2, "handout", "--all", "--paper", "b7")


def test_an_unknown_handout():
    said = refused(2, "handout", "the-comons", "nothing-like-it")
    assert "“the-comons”" in said
    assert "“nothing-like-it”" in said


def test_an_output_that_cannot_be_written():
    Path("dist").write_text("a file in the place of the folder")
    said = refused(2, "build")
    assert "error[output-unwritable]" in said
    assert "--output" in said
    assert Path("dist").read_text() == "a file in the place of the folder"


def test_a_template_that_is_broken():
    Path("layouts/cover.html").write_text("<h1>\n{% if %}</h1>")
    said = refused(1, "build", "--jobs", "1")
    assert "layouts/cover.html:2: error[template-syntax]" in said


def test_a_template_that_names_nothing():
    Path("layouts/cover.html").write_text("\n\n{{ settings.titel }}")
    said = refused(1, "build", "--jobs", "1")
    assert "layouts/cover.html:3: error[template-error]" in said
    assert "titel" in said


def test_a_style_sheet_that_names_a_missing_file():
    Path("styles/zz.css").write_text("p { color: black }\nbody { background: url(paper.png) }\n")
    said = refused(2, "build", "--jobs", "1")
    assert "styles/zz.css:2: error[style-file-missing]: there is no style file “paper.png”" in said


def test_broken_yaml():
    line = change(STORY, 'where: "Mill Street, any town"', 'where: "Mill Street, any town')
    said = refused(1, "build")
    assert f"{STORY}:{line}:" in said
    assert "error[yaml-broken]" in said


def test_broken_book():
    BOOK.write_text(BOOK.read_text() + "\nfrnt:\n- cover\ntrim: a55\n")
    for command in ("build", "check", "list"):
        said = refused(2, command)
        assert "error[key-unknown]" in said or "error[yaml-duplicate-key]" in said
        assert str(BOOK) in said


def test_an_unknown_key_of_the_book_has_its_line_and_the_nearest():
    line = change(BOOK, "language: en", "langauge: en")
    said = refused(2, "build")
    assert f"{BOOK}:{line}:1: error[key-unknown]: unknown key “langauge”" in said
    assert "“language”" in said


def test_an_unknown_key_and_a_missing_title_and_a_file_that_is_not_utf_8():
    line = change(STORY, "scale:", "scal:")
    Path("content/theories/untitled.md").write_text('---\ntitle: ""\n---\n')
    Path("content/values/latin.md").write_bytes("---\ntitle: Café\n---\n".encode("latin-1"))
    said = refused(1, "build")
    assert f"{STORY}:{line}:1: error[key-unknown]: unknown key “scal”" in said
    assert "“scale”" in said
    assert "content/theories/untitled.md:2:1: error[title-missing]" in said
    assert "content/values/latin.md:2:11: error[not-utf8]" in said
    assert "3 errors" in said
    assert "3 errors" in refused(1, "check")


def test_two_entries_of_one_title_name_both_files():
    Path("content/stories/another.md").write_text('---\ntitle: "Repair café"\n---\n')
    said = refused(1, "check")
    assert "error[title-twice]" in said
    assert "content/solutions/repair-cafe.md" in said
    assert "content/stories/another.md" in said


def test_a_folder_of_no_type():
    Path("content/storys").mkdir()
    said = refused(1, "check")
    assert "content/storys: error[type-unknown]" in said
    assert "“stories”" in said


def test_an_unresolved_relation_is_a_warning_and_strictly_an_error():
    line = change(STORY, '- "Library of things"', '- "Libary of things"')
    result = run("check")
    assert result.exit_code == 0
    assert f"{STORY}:{line}:3: warning[relation-unknown]" in result.stderr
    assert "did you mean “Library of things”" in result.stderr
    said = refused(1, "check", "--strict")
    assert f"{STORY}:{line}:3: error[relation-unknown]" in said
    assert f"{STORY}:{line}:3: error[relation-unknown]" in refused(1, "build", "--strict")


def test_check_strict_minds_any_warning():
    Path("content/notes.md").write_text("stray")
    assert run("check").exit_code == 0
    assert "warning[entry-stray]" in refused(1, "check", "--strict")


def test_references_in_bodies_and_texts():
    STORY.write_text(STORY.read_text() + "\nSee [[Nowhere]].\n\n[^9] `[[code]]`\n")
    intro = Path("book/introduction.md")
    intro.write_text(intro.read_text() + "\nRead [[The ladder on Mil Street]].\n")
    result = run("check")
    line = len(STORY.read_text().splitlines()) - 2
    assert f"{STORY}:{line}:5: warning[reference-unknown]" in result.stderr
    assert "warning[footnote-unknown]" in result.stderr
    line = len(intro.read_text().splitlines())
    assert f"{intro}:{line}:6: warning[reference-unknown]" in result.stderr
    assert "“The ladder on Mill Street”" in result.stderr
    assert "code" not in result.stderr
    assert f"{intro}:{line}:6: error[reference-unknown]" in refused(1, "build", "--strict")


def test_one_way_relations_are_notes():
    line = change(STORY, '- "The commons"', '- "The commons"\nrelated_stories: []')
    change(Path("content/theories/the-commons.md"), '- "The ladder on Mill Street"\n', "")
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "1 note (-v shows)\nno problems in 6 entries\n")
    result = run("check", "-v")
    assert f"{STORY}:{line}:3: note[relation-one-way]" in result.stderr


def test_a_picture_that_is_none_and_one_that_is_missing():
    Path("content/images").mkdir()
    Path("content/images/ladder.jpg").write_text("no picture at all")
    line = change(
        STORY, "contributors:", "images:\n- name: ladder.jpg\n- name: lader.jpg\ncontributors:"
    )
    said = refused(1, "check")
    assert f"{STORY}:{line + 1}:9: error[image-unreadable]" in said
    assert f"{STORY}:{line + 2}:9: warning[image-missing]" in said
    assert "“ladder.jpg”" in said
    assert "error[image-unreadable]" in refused(1, "build", "--jobs", "1")


def test_pictures_in_running_text():
    Path("content/images").mkdir()
    Path("content/images/map.png").write_text("no picture at all")
    STORY.write_text(STORY.read_text() + "\n![A map](map.png)\n\n![A plan](plan.png)\n")
    intro = Path("book/introduction.md")
    intro.write_text(intro.read_text() + "\n![A map](map.png)\n")
    said = refused(1, "check")
    lines = len(STORY.read_text().splitlines())
    assert f"{STORY}:{lines - 2}: error[image-unreadable]" in said
    assert f"{STORY}:{lines}: warning[image-missing]: there is no picture “plan.png”" in said
    assert f"{intro}:{len(intro.read_text().splitlines())}: error[image-unreadable]" in said


def test_a_chapter_that_names_no_entry():
    book = BOOK.read_text().replace("- type: story\n", '- {title: T, entries: ["The comons"]}\n')
    BOOK.write_text(book)
    line = book[: book.index("- {title: T")].count("\n") + 1
    for command in ("check", "build"):
        result = run(command)
        assert result.exit_code != 0
        assert f"{BOOK}:{line}:" in result.stderr
        assert "entry-unknown" in result.stderr
        assert "“The commons”" in result.stderr


def test_fixed_words_of_another_language():
    change(BOOK, "language: en", "language: eo")
    result = run("check")
    assert "warning[words-untranslated]" in result.stderr
    assert "layouts/words/eo.yaml" in result.stderr
    Path("layouts/words").mkdir()
    Path("layouts/words/eo.yaml").write_text('contents: "Enhavo"\n')
    said = run("check").stderr
    assert "layouts/words/eo.yaml: warning[words-untranslated]" in said
    assert " contents" not in said
    Path("layouts/words/eo.yaml").write_text("contents: [\n")
    assert "layouts/words/eo.yaml:" in refused(1, "build")
    Path("layouts/words/eo.yaml").write_text("- contents\n")
    assert "error[words-unreadable]" in refused(1, "check")


def test_words_of_a_project_change_some_alone():
    Path("layouts/words").mkdir()
    Path("layouts/words/en.yaml").write_text('contents: "What is inside"\n')
    assert run("check", "-v").stderr == "no problems in 6 entries\n"


def test_a_text_that_is_not_utf_8():
    Path("book/introduction.md").write_bytes("Caf\xe9\n".encode("latin-1"))
    said = refused(1, "check")
    assert "book/introduction.md:1:4: error[not-utf8]" in said
    assert said.count("not-utf8") == 1
    assert "not-utf8" in refused(1, "build")


def test_check_as_json():
    change(STORY, '- "Library of things"', '- "Libary of things"')
    result = run("check", "--json")
    data = json.loads(result.stdout)
    assert result.stderr == ""
    assert (data["ok"], data["errors"], data["warnings"], data["entries"]) == (True, 0, 1, 6)
    assert "relation-unknown" in [finding["code"] for finding in data["findings"]]
