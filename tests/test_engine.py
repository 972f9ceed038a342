"""The engine: it serves what the style names and nothing else, and what it says is told."""

from __future__ import annotations

import ctypes.util
import io
import logging
import pickle
import socket
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from zine.diagnostics import Severity, UsageError, ZineError
from zine.typeset import libraries
from zine.typeset.cache import SectionCache
from zine.typeset.engine import Engine
from zine.typeset.job import Job, Style, StyleSheet
from zine.typeset.processes import Processes
from zine.typeset.workers import Typesetter

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


def style(css: str = "", **parts) -> Style:
    return Style((StyleSheet("first.css", "/* nothing */"), StyleSheet("own.css", css)), **parts)


def typeset(html: str, css: str = "", **parts):
    engine = Engine(style(css, **parts))
    # A page without language and title would not be accessible, and be told of.
    whole = f'<html lang="en"><title>x</title><body>{html}'
    return engine.typeset(Job("entry-x", whole)), engine


def refused(html: str, css: str = "", **parts):
    with pytest.raises(UsageError) as caught:
        typeset(html, css, **parts)
    (finding,) = caught.value.findings
    assert finding.severity is Severity.ERROR and finding.hint
    return finding


@pytest.fixture
def listener():
    """A port on this machine that keeps whoever knocks waiting."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


class TestFetching:
    """What may be fetched."""

    @pytest.mark.parametrize("path", ["/x.png", "/x.css", "/"])
    def test_nothing_is_asked_of_the_network(self, listener, path):
        address = f"http://127.0.0.1:{listener.getsockname()[1]}{path}"
        finding = refused(f'<img src="{address}">')
        assert finding.code == "style-file-outside" and address in finding.message
        assert "entry-x" in finding.message
        of_a_rule = refused("<p>x", f"p {{ background: url({address}) }}")
        assert of_a_rule.code == "style-file-outside"
        assert str(of_a_rule.place) == "styles/own.css:1"
        with pytest.raises(BlockingIOError):
            listener.accept()

    @pytest.mark.parametrize("url", ["file:///etc/passwd", "file:secret.png", "FILE:///etc/passwd"])
    def test_no_file_is_read_by_its_path(self, url, tmp_path, monkeypatch):
        (tmp_path / "secret.png").write_bytes(SVG)
        monkeypatch.chdir(tmp_path)
        assert refused(f'<img src="{url}">').code == "style-file-outside"
        assert refused("<p>x", f"@import '{url}';").code == "style-file-outside"

    @pytest.mark.parametrize(
        "url", ["secret.png", "../secret.png", "/etc/passwd", "zine-font:../x.ttf", "gopher://x/y"]
    )
    def test_names_that_are_not_in_the_style_are_refused(self, url, tmp_path, monkeypatch):
        (tmp_path / "secret.png").write_bytes(SVG)
        monkeypatch.chdir(tmp_path)
        assert refused(f'<img src="{url}">').code == "style-file-missing"

    def test_what_the_style_holds_is_served(self, tmp_path):
        path = tmp_path / "drawing of leaves.svg"
        path.write_bytes(SVG)
        parts = {
            "files": {"zine-style:/drawing of leaves.svg": path, "zine-image:00.svg": path},
            "assets": {"zine-mark:theory": SVG},
        }
        css = "p { background: url('drawing of leaves.svg'), url(zine-mark:theory) }"
        data = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
        html = f'<p>x<img alt="leaves" src="zine-image:00.svg"><img alt="none" src="{data}">'
        made, engine = typeset(html, css, **parts)
        assert made.findings == () and engine.findings == []

    def test_a_sheet_may_import_another_of_the_style(self, tmp_path):
        path = tmp_path / "theme.css"
        path.write_text("@page { size: 300pt 400pt }")
        files = {"zine-style:/themes/theme.css": path}
        made, _ = typeset("<p>x", "@import url(themes/theme.css);", files=files)
        with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
            assert [float(n) for n in pdf.pages[0].mediabox] == pytest.approx([0, 0, 300, 400])

    def test_a_file_that_went_away_is_named(self, tmp_path):
        files = {"zine-style:/gone.svg": tmp_path / "gone.svg"}
        finding = refused("<p>x", "\n\np { background: url(gone.svg) }", files=files)
        assert str(finding.place) == "styles/own.css:3"
        assert str(tmp_path) not in finding.message

    @pytest.mark.parametrize(
        "rule",
        [
            "@import 'missing.css';",
            "@import url(folder/missing.css);",
            "@font-face { font-family: X; src: url(missing.css) }\np { font-family: X }",
            "p { background-image: url(missing.css) }",
            "li { list-style-image: url('missing.css') }",
            "@page { background: url(missing.css) }",
        ],
    )
    def test_a_missing_file_is_named_with_sheet_and_line(self, rule):
        finding = refused("<p>x<ul><li>y</ul>", f"/* one */\n/* two */\n{rule}")
        assert finding.code == "style-file-missing"
        assert str(finding.place) == "styles/own.css:3"
        assert "“missing.css”" in finding.message and "“missing.css”" in finding.hint


class TestFindings:
    """What WeasyPrint complains of."""

    def test_of_a_style_sheet_with_its_line(self):
        _, engine = typeset("<p>x", "p {\n  colour: red;\n  color: 12;\n}\np::foo { color: red }")
        found = [(str(one.place), one.code, one.severity) for one in engine.findings]
        assert found == [
            ("styles/own.css:2:3", "css-ignored", Severity.WARNING),
            ("styles/own.css:3:3", "css-ignored", Severity.WARNING),
            ("styles/own.css", "css-ignored", Severity.WARNING),
        ]
        assert "colour" in engine.findings[0].message

    def test_of_a_section_with_its_key(self):
        made, _ = typeset('<a href="#nowhere">x</a><a href="#nowhere">y</a>')
        (finding,) = made.findings
        assert (finding.severity, finding.code) == (Severity.WARNING, "typesetting")
        assert "“entry-x”" in finding.message and "nowhere" in finding.message

    def test_nothing_reaches_the_log_of_the_program(self, caplog):
        with caplog.at_level(logging.DEBUG):
            typeset("<p>x", "p { colour: red }")
        assert not [one for one in caplog.records if one.levelno >= logging.WARNING]

    def test_a_failure_of_weasyprint_names_the_section(self, monkeypatch):
        def fail(*args, **kwargs):
            raise AssertionError

        monkeypatch.setattr(weasyprint.Document, "write_pdf", fail)
        with pytest.raises(ZineError) as caught:
            typeset("<p>x")
        (finding,) = caught.value.findings
        assert finding.code == "typesetting-failed"
        assert "“entry-x”" in finding.message and "AssertionError" in finding.message
        assert not isinstance(caught.value, UsageError)


class TestAnchors:
    """Where elements with ids came to stand."""

    CSS = "@page { size: 200pt 100pt; margin: 10pt } body, p { margin: 0 } p { height: 30pt }"

    def test_pages_and_places_in_points(self):
        made, _ = typeset('<p id="first">x<p>y<p id="third">z', self.CSS)
        assert made.pages == 2
        places = {name: astuple(anchor) for name, anchor in made.anchors.items()}
        assert places["first"] == pytest.approx((0, 10, 10, 190, 40))
        assert places["third"] == pytest.approx((1, 10, 10, 190, 40))

    def test_a_box_over_two_pages_stands_on_its_first(self):
        made, _ = typeset('<div id="long"><p>x<p>y<p>z<p>z<p>z</div>', self.CSS)
        assert made.pages == 3 and made.anchors["long"].page == 0


class TestWorkers:
    """Jobs side by side in other processes."""

    JOBS = tuple(Job(f"s{number}", f"<p>{number}") for number in range(6))

    def set(self, css: str, processes: int, jobs=JOBS):
        told = []
        with Typesetter(style(css), SectionCache(None), processes) as typesetter:
            made = typesetter.typeset(jobs, lambda *step: told.append(step))
        return made, told, typesetter.findings

    def test_one_process_or_several_set_the_same(self):
        alone, told, _ = self.set("", 1)
        together, _, _ = self.set("", 2)
        assert alone == together
        assert list(alone) == [one.key for one in self.JOBS]
        assert told == [(f"s{n}", n + 1, 6) for n in range(6)]

    @pytest.mark.parametrize("processes", [1, 2])
    def test_what_stops_a_job_comes_back_whole(self, processes):
        css = "\np { background: url(missing.svg) }"
        with pytest.raises(UsageError) as caught:
            self.set(css, processes)
        (finding,) = caught.value.findings
        assert str(finding.place) == "styles/own.css:2" and finding.hint

    def test_what_the_style_is_told_of_once(self):
        _, _, findings = self.set("p { colour: red }", 2)
        assert [str(one.place) for one in findings] == ["styles/own.css:1:5"]

    def test_one_worker_sets_styles_that_differ_in_their_pictures_alone(self, tmp_path):
        """As mini zines and cards of one book do."""
        with Processes(1) as workers:
            for name in ("one.svg", "two.svg"):
                (tmp_path / name).write_bytes(SVG)
                shared = style(files={f"zine-image:{name}": tmp_path / name})
                job = Job(name, f'<p><img alt="x" src="zine-image:{name}">')
                with Typesetter(shared, SectionCache(None), workers) as typesetter:
                    made = typesetter.typeset([job], lambda *_: None)
                assert made[name].pages == 1

    def test_a_section_can_go_between_processes(self):
        made, _, _ = self.set("", 1, self.JOBS[:1])
        assert pickle.loads(pickle.dumps(made["s0"])) == made["s0"]


def test_the_pdf_has_no_date_and_no_folder_of_this_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made, _ = typeset('<p>x <a href="https://example.org">y</a>')
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert "/CreationDate" not in pdf.docinfo
    assert str(tmp_path).encode() not in made.pdf


def test_libraries_that_are_not_there_are_not_looked_for_with_a_compiler():
    """In a process of its own, as WeasyPrint looks for them once."""
    program = (
        "import ctypes.util\n"
        "find, asked = ctypes.util.find_library, []\n"
        "ctypes.util.find_library = lambda name: asked.append((name, find(name))) or asked[-1][1]\n"
        "mine = ctypes.util.find_library\n"
        "import zine.typeset.engine\n"
        "assert ctypes.util.find_library is mine\n"
        "assert len(asked) >= 6 and all(found for _, found in asked), asked\n"
    )
    if not libraries._CACHE.exists():
        pytest.skip("the dynamic linker has no cache here")
    subprocess.run([sys.executable, "-c", program], check=True)


def test_where_there_is_no_cache_libraries_are_looked_for_as_ever(monkeypatch):
    monkeypatch.setattr(libraries, "_CACHE", Path("/nowhere/ld.so.cache"))
    with libraries.known_libraries():
        assert ctypes.util.find_library("c") is not None
