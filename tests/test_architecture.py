"""The rooms of the program: imports go down the pipeline, each library has one place."""

from __future__ import annotations

import ast
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "zine"
LINES_MOST = 330

# Every room, in the order of the pipeline, and what it imports. A room imports only rooms above
# it; a row names what is imported and nothing else. A room is a module or a package of zine.
ROOMS = {
    "units": "",
    "diagnostics": "",
    "files": "",
    "resources": "",
    "store": "files",
    "memory": "files",
    "drawing": "memory",
    "paper": "units diagnostics",
    "impose": "units diagnostics files paper",
    "content": "diagnostics",
    "settings": "diagnostics paper content",
    "config": "units diagnostics files resources drawing paper impose content settings",
    "words": "diagnostics resources content",
    "compiler": "diagnostics content settings",
    "project": "diagnostics resources content settings config words compiler",
    "typeset": "units diagnostics files store memory resources drawing paper content settings "
    "words compiler",
    "bind": "diagnostics typeset",
    "prove": "units diagnostics typeset bind impose",
    "glyphs": "diagnostics content settings project typeset",
    "check": "diagnostics content words compiler project typeset glyphs",
    "build": "units diagnostics files store memory resources paper content settings words compiler "
    "project typeset bind impose prove check",
    "scaffold": "content",
    "cli": "units diagnostics files paper impose content settings config compiler project typeset "
    "prove check build scaffold",
    "__main__": "cli",
}

# Libraries and the rooms or modules that may import them.
LIBRARIES = {
    "weasyprint": "typeset.engine",
    "jinja2": "typeset.layouts",
    "markupsafe": "typeset.layouts",
    "PIL": "typeset.images typeset.tones",
    "babel": "words",
    "segno": "typeset.qr",
    "fontTools": "drawing.paths typeset.fonts typeset.characters bind",
    "tinycss2": "typeset.mirroring",
    "pikepdf": "bind impose",
    "pypdfium2": "prove.audit prove.quality prove.sight",
    "nh3": "content.sanitise",
    "markdown": "content",
    "frontmatter": "content.reader",
    "yaml": "content",
    "pydantic": "content config",
    "platformdirs": "config",
    "slugify": "content config cli",
    "typer": "cli",
    "rich": "cli",
    "rapidfuzz": "diagnostics",
}
# Parts of Python that only one place needs.
STANDARD = {
    "multiprocessing": "typeset",
    "tempfile": "files",
    "subprocess": "cli",
    "argparse": "cli",
    "socket": "",
    "urllib.request": "",
    "http": "",
    "pickle": "",
}
PUBLIC = "__version__"  # all that a module may take from the package itself


def name_of(path: Path) -> str:
    """The dotted name of a module under zine; "" for the package itself."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of zine, parsed."""
    paths = sorted(SOURCE.rglob("*.py"))
    assert len(paths) > 50
    return {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def imports(name: str) -> frozenset[str]:
    """All modules that a module imports, also within functions: full dotted names."""
    found = set()
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: a relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                inner = whole.removeprefix("zine.")
                found.add(whole if inner in modules() and inner != whole else str(node.module))
                if node.module == "zine" and inner not in modules():
                    assert alias.name == PUBLIC, f"{name} takes {alias.name} from the package"
    return frozenset(found)


def own(name: str) -> set[str]:
    """The modules of zine that a module imports."""
    return {one.removeprefix("zine.") for one in imports(name) if one.startswith("zine.")}


def room(name: str) -> str:
    return name.partition(".")[0]


def is_in(name: str, places: str) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places.split())


def test_every_room_is_in_the_table():
    assert {room(name) for name in modules() if name} == set(ROOMS)


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_what_its_row_says(name):
    found = {
        room(one)
        for module in modules()
        if room(module) == name and module
        for one in own(module)
        if room(one) != name
    }
    assert found == set(ROOMS[name].split())


def test_rows_name_only_rooms_above():
    order = list(ROOMS)
    for name, row in ROOMS.items():
        for one in row.split():
            assert order.index(one) < order.index(name), f"{name} imports {one}"


def test_no_module_imports_itself_round_about():
    graph = {name: own(name) & set(modules()) for name in modules() if name}
    # A package imports what it gathers; what it gathers may not import the package.
    assert tuple(TopologicalSorter(graph).static_order())


def test_nothing_but_the_version_is_taken_from_the_package():
    for name in modules():
        assert "zine" not in imports(name) or name == "" or PUBLIC in _taken(name)


def _taken(name: str) -> set[str]:
    return {
        alias.name
        for node in ast.walk(modules()[name])
        if isinstance(node, ast.ImportFrom) and node.module == "zine"
        for alias in node.names
    }


def test_every_library_is_in_the_table():
    found = {one.partition(".")[0] for name in modules() for one in imports(name)}
    assert found - set(sys.stdlib_module_names) - {"zine"} == set(LIBRARIES)


@pytest.mark.parametrize(("library", "places"), [*LIBRARIES.items(), *STANDARD.items()])
def test_a_library_is_imported_in_its_place(library, places):
    importing = {name for name in modules() if any(is_in(one, library) for one in imports(name))}
    assert {name for name in importing if not is_in(name, places)} == set()
    if library in LIBRARIES:
        assert importing


def calls(name: str) -> set[str]:
    """Names of what a module calls: "print", "today" of `dt.date.today()`."""
    functions = [one.func for one in ast.walk(modules()[name]) if isinstance(one, ast.Call)]
    named = {one.id for one in functions if isinstance(one, ast.Name)}
    return named | {one.attr for one in functions if isinstance(one, ast.Attribute)}


def test_only_the_command_line_prints_or_ends_the_program():
    telling = {"print", "exit", "echo", "input", "breakpoint"}
    for name in modules():
        assert room(name) in ("cli", "__main__") or not calls(name) & telling, name


def test_only_the_command_line_asks_the_clock():
    """A build of the same input gives the same bytes at any time."""
    for name in modules():
        assert room(name) == "cli" or not calls(name) & {"today", "now", "utcnow", "time"}, name


def test_templates_of_content_and_code_of_texts_are_never_run():
    for name in modules():
        assert not calls(name) & {"eval", "exec", "from_string", "compile_expression"}, name


def test_every_module_says_what_it_is():
    for name, tree in modules().items():
        words = ast.get_docstring(tree)
        assert words and len(words) > 15, name


def test_modules_are_short():
    for path in SOURCE.rglob("*.py"):
        count = len(path.read_text(encoding="utf-8").splitlines())
        assert count <= LINES_MOST, f"{name_of(path)} has {count} lines"
