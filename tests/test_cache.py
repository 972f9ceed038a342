"""The cache: what comes back is what was kept, whole, or nothing."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zine import store as store_module
from zine.diagnostics import Finding, Place, Severity
from zine.files import write_atomically
from zine.store import prune
from zine.typeset import cache as cache_module
from zine.typeset.cache import SectionCache, job_key, style_key
from zine.typeset.job import Anchor, Job, Style, StyleSheet, Typeset

KEY = "ab" * 32
OTHER = "ab" + "cd" * 31
SECTION = Typeset(
    "entry-zakat",
    b"%PDF-1.7\n\x00\n\xff\n",
    2,
    {"entry-zakat": Anchor(0, 0.0, 1.5, 300.0, 40.25), "_end": Anchor(1, 0.0, 0.0, 1.0, 1.0)},
    (
        Finding(Severity.WARNING, "typesetting", "hm"),
        Finding(Severity.WARNING, "css-ignored", "what", Place("styles/a.css", 3, 7), "mend it"),
    ),
    parents=5,
    targets=("entry-zakat", "values"),
    digest=KEY,
)


@pytest.fixture
def kept(tmp_path):
    cache = SectionCache(tmp_path / "sections")
    cache.put(KEY, SECTION)
    return cache


@pytest.fixture
def file(kept, tmp_path):
    (found,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    return found


def test_a_section_comes_back_as_it_was(kept):
    assert kept.get(KEY) == SECTION
    assert kept.get(OTHER) is None


def test_every_cut_of_a_file_is_a_miss(kept, file):
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert kept.get(KEY) is None
    file.write_bytes(whole)
    assert kept.get(KEY) == SECTION


def test_every_changed_byte_is_a_miss(kept, file):
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert kept.get(KEY) is None


@given(st.binary(max_size=300))
def test_whatever_stands_in_the_file_is_a_miss(tmp_path_factory, raw):
    folder = tmp_path_factory.mktemp("cache")
    (folder / KEY[:2]).mkdir()
    (folder / KEY[:2] / KEY).write_bytes(raw)
    assert SectionCache(folder).get(KEY) is None
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "head",
    [
        b"null",
        b"[]",
        b"{}",
        b'{"key": "x", "pages": 1, "anchors": [], "findings": []}',
        b'{"key": "x", "pages": 1, "anchors": {"x": [0]}, "findings": []}',
        b'{"key": "x", "pages": 1, "anchors": {}, "findings": [["fatal", "a", "b", null, null]]}',
        b'{"key": "x", "pages": 1, "anchors": {}, "findings": [["error", "a", "b"]]}',
        b"{not json",
    ],
)
def test_a_file_of_another_program_with_a_true_digest_is_a_miss(kept, file, head):
    digest = store_module._seal(KEY, head, b"%PDF")
    file.write_bytes(b"\n".join([digest, head, b"%PDF"]))
    assert kept.get(KEY) is None


def test_a_file_under_the_name_of_another_is_a_miss(kept, file):
    shutil.copy(file, file.with_name(OTHER))
    assert kept.get(OTHER) is None


def test_a_folder_in_the_place_of_a_file_is_a_miss(kept, file):
    file.unlink()
    file.mkdir()
    assert kept.get(KEY) is None
    kept.put(KEY, SECTION)  # and cannot be kept, which is no matter
    assert kept.get(KEY) is None


def test_a_cache_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("no folder")
    cache = SectionCache(tmp_path / "file" / "sections")
    cache.put(KEY, SECTION)
    assert cache.get(KEY) is None


def test_no_cache_at_all():
    cache = SectionCache(None)
    cache.put(KEY, SECTION)
    assert cache.get(KEY) is None


def test_nothing_half_is_left_behind(kept, tmp_path):
    kept.put(KEY, replace(SECTION, pages=3))
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    assert kept.get(KEY).pages == 3


class TestKeys:
    """What decides a section decides its key, and nothing else does."""

    STYLE = Style(
        (StyleSheet("a.css", "p{}"), StyleSheet("b.css", "")),
        {"zine-mark:x": b"<svg/>"},
        {"zine-style:/x.svg": "/somewhere/x.svg"},
        {"x.svg": "00ff"},
    )
    JOB = Job("entry-zakat", "<p>Zakat")

    @pytest.mark.parametrize(
        "job",
        [Job("entry-zakaT", "<p>Zakat"), Job("entry-zakat", "<p>Zakat "), Job("", "entry-zakat")],
    )
    def test_jobs(self, job):
        assert job_key(job, self.STYLE) != job_key(self.JOB, self.STYLE)

    @pytest.mark.parametrize(
        "change",
        [
            {"sheets": (StyleSheet("a.css", "p{} "), StyleSheet("b.css", ""))},
            {"sheets": (StyleSheet("b.css", ""), StyleSheet("a.css", "p{}"))},
            {"sheets": (StyleSheet("a.css", "p{}"),)},
            {"assets": {"zine-mark:x": b"<svg />"}},
            {"assets": {}},
            {"digests": {"x.svg": "00fe"}},
        ],
    )
    def test_styles(self, change):
        changed = replace(self.STYLE, **change)
        assert job_key(self.JOB, changed) != job_key(self.JOB, self.STYLE)
        assert style_key(changed) != style_key(self.STYLE)

    def test_where_files_lie_does_not_count(self):
        moved = replace(self.STYLE, files={"zine-style:/x.svg": "/elsewhere/x.svg"})
        assert job_key(self.JOB, moved) == job_key(self.JOB, self.STYLE)

    def test_the_key_of_a_style_is_no_key_of_a_section(self):
        assert style_key(self.STYLE) != job_key(Job("", ""), self.STYLE)

    def test_another_version_of_a_program_is_another_key(self, monkeypatch):
        before = job_key(self.JOB, self.STYLE)
        newer = (*cache_module.program_versions(), "pango 99")
        monkeypatch.setattr(cache_module, "program_versions", lambda: newer)
        assert job_key(self.JOB, self.STYLE) != before

    def test_pango_and_harfbuzz_count_among_the_programs(self):
        names = {one.split()[0] for one in cache_module.program_versions()}
        assert {"zine", "weasyprint", "pango", "harfbuzz"} <= names


class TestWriting:
    """Files are written whole or not at all."""

    def test_folders_are_made_and_what_stood_there_is_replaced(self, tmp_path):
        path = tmp_path / "a" / "b.pdf"
        write_atomically(path, b"one")
        write_atomically(path, b"two")
        assert path.read_bytes() == b"two"
        assert path.stat().st_mode & 0o777 == 0o644
        assert [one.name for one in path.parent.iterdir()] == ["b.pdf"]

    @pytest.mark.parametrize("stage", ["replace", "chmod"])
    def test_what_fails_leaves_the_old_file_and_nothing_else(self, tmp_path, monkeypatch, stage):
        path = tmp_path / "b.pdf"
        write_atomically(path, b"one")

        def fail(*args, **kwargs):
            raise KeyboardInterrupt

        monkeypatch.setattr(Path, stage, fail)
        with pytest.raises(KeyboardInterrupt):
            write_atomically(path, b"two")
        assert path.read_bytes() == b"one"
        assert [one.name for one in tmp_path.iterdir()] == ["b.pdf"]


def test_what_was_not_used_for_long_goes_and_then_the_oldest(tmp_path):
    for number in range(6):
        path = tmp_path / f"{number:02}" / "file"
        path.parent.mkdir()
        path.write_bytes(b"x" * 100)
        used = time.time() - number * 24 * 3600
        os.utime(path, (used, used))
    prune(tmp_path, days=4.5, most=300)
    assert sorted(path.parent.name for path in tmp_path.rglob("file")) == ["00", "01", "02"]
    prune(tmp_path, days=4.5, most=300)
    assert len(list(tmp_path.rglob("file"))) == 3
    prune(tmp_path / "absent")
