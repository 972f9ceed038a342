"""Every command, option, key and public name is documented, and the Python snippets run."""

import contextlib
import io
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import zine
from zine.cli.app import app
from zine.config.editions import STOCK
from zine.config.matter import KINDS
from zine.config.model import BookIn, ChapterIn, EditionIn, MatterIn, TextsIn, TypeIn
from zine.config.themes import MarginsIn, ThemeIn
from zine.config.types import DEFAULT_TYPES, SHAPES
from zine.content.model import FrontMatter, LinkIn, PictureIn, RelationIn
from zine.content.sanitise import CLASSES

DOCS = Path(__file__).parents[1] / "docs"
GROUP = typer.main.get_command(app)


def section(document: str, heading: str) -> str:
    """The part of a document under a heading, down to the next of its level or above."""
    text = (DOCS / document).read_text(encoding="utf-8")
    found = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert found, f"{document} has no heading “{heading}”"
    rest = text[found.end() :]
    after = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: after.start()] if after else rest


def rows(text: str) -> set[str]:
    """What stands in the first column of the tables."""
    first = re.findall(r"^\| (.*?) \|", text, re.MULTILINE)
    return {name for cell in first for name in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize("name", sorted(GROUP.commands))
def test_a_command_with_all_its_options(name):
    text = section("commands.md", f"zine {name}")
    assert f"    zine {name}" in text, "an example"
    options = {
        option
        for parameter in GROUP.commands[name].params
        if parameter.param_type_name == "option"
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    documented = {word.split()[0] for word in rows(text)}
    assert documented == options - {"--help", "-h"}
    assert f"[`zine {name}`](#zine-{name})" in (DOCS / "commands.md").read_text(encoding="utf-8")


def test_the_options_of_zine_itself():
    own = {option for parameter in GROUP.params for option in parameter.opts}
    assert rows(section("commands.md", "zine")) == own | {"--help", "-h"}


def test_every_example_of_the_documentation_names_a_command():
    for path in DOCS.glob("*.md"):
        for line in re.findall(r"^    zine (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert line in GROUP.commands


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("The book", BookIn),
        ("Chapters", ChapterIn),
        ("Front and back", MatterIn),
        ("Texts", TextsIn),
        ("Editions", EditionIn),
        ("Types", TypeIn),
    ],
)
def test_the_keys_of_book_yaml(heading, model):
    assert rows(section("book-yaml.md", heading)) == set(model.model_fields)


def test_the_keys_of_a_theme():
    assert rows(section("designing.md", "Themes")) == set(ThemeIn.model_fields)
    named = set(re.findall(r"`(\w+)`", section("designing.md", "Themes")))
    assert set(MarginsIn.model_fields) <= named


def test_the_editions_that_every_book_has():
    named = re.findall(r"^- `([^`]+)`", section("book-yaml.md", "Editions"), re.MULTILINE)
    assert named == list(STOCK)


def test_the_names_that_book_yaml_knows():
    text = (DOCS / "book-yaml.md").read_text(encoding="utf-8")
    for name in {*KINDS, *SHAPES}:
        assert f"`{name}`" in text


def test_the_examples_of_book_yaml_are_read(tmp_path):
    from zine.config import load_settings

    book = tmp_path / "book"
    book.mkdir()
    for name in ("values", "how-to-use", "dedication", "small-print"):
        (book / f"{name}.md").write_text("Words.")
    text = (DOCS / "book-yaml.md").read_text(encoding="utf-8")
    for example in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
        title = "" if example.startswith("title:") else "title: T\n"
        (book / "book.yaml").write_text(title + example, encoding="utf-8")
        load_settings(book / "book.yaml")


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("Front matter", {*FrontMatter.model_fields, *(t.relation_key for t in DEFAULT_TYPES)}),
        ("Relations", set(RelationIn.model_fields)),
        ("Links", set(LinkIn.model_fields)),
        ("Pictures", set(PictureIn.model_fields)),
    ],
)
def test_the_keys_of_an_entry(heading, keys):
    text = section("entries.md", heading)
    if heading == "Front matter":
        text = text.partition("\n### ")[0]
        assert all(f"`{key}`" in text for key in keys)
        keys = {key for key in keys if not key.startswith("related_")} | {"related_theories"}
    assert rows(text) == keys


def test_the_classes_of_running_text_that_are_styled():
    text = (DOCS / "entries.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\{: \.(\w+) \}", text))
    assert named <= CLASSES


def test_the_public_names():
    text = (DOCS / "python.md").read_text(encoding="utf-8")
    types_of_results = {"Entry", "Finding", "Output", "PageMap", "Paper", "Place", "Project"}
    for name in set(zine.__all__) - types_of_results - {"__version__", "Report"}:
        assert re.search(rf"\b{name}\b", text), name


@pytest.mark.slow
def test_the_snippets_run_in_order(tmp_path, monkeypatch):
    CliRunner().invoke(app, ["init", str(tmp_path)])
    monkeypatch.chdir(tmp_path)
    snippets = re.findall(
        r"```python\n(.*?)```", (DOCS / "python.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert len(snippets) == 6
    names: dict[str, object] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        for snippet in snippets:
            exec(compile(snippet, "docs/python.md", "exec"), names)
    assert "out/theories.pdf read" in said.getvalue()
    assert "The commons starts on page 4" in said.getvalue()
    assert "did you mean" in said.getvalue()
    assert (tmp_path / "out" / "theories.pdf").is_file()
    assert [path.suffix for path in (tmp_path / "out" / "handouts").iterdir()] == [".pdf"]
