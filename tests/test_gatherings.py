"""Gatherings: bound side by side, kept between builds, each unmoved by what is not in it."""

from __future__ import annotations

import io
import shutil
import zlib
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from support.projects import built, copy_of
from zine.bind import bookfonts
from zine.bind import sections as sections_module
from zine.bind.binder import BoundSection, bind, gather_all
from zine.bind.metadata import Metadata
from zine.bind.objects import DOCUMENT, FREE
from zine.bind.tags import Leaf, Standing, standings
from zine.build import Request
from zine.build import gatherings as gatherings_module
from zine.build.gatherings import KeptGatherings
from zine.diagnostics import ZineError
from zine.store import Store
from zine.typeset.processes import Processes

METADATA = Metadata("Signs", (), "en")
LABELS = [(0, "D", 1)]


@pytest.fixture(scope="module")
def sections(signs) -> list[BoundSection]:
    """The sections of a small tagged book, raw pages of it."""
    found = []
    with pikepdf.open(signs.path("signs-for-all.pdf")) as book, pikepdf.Pdf.new() as one:
        for index, page in enumerate(book.pages):
            one.pages.append(page)
            out = signs.project.root / f"page-{index}.pdf"
            one.save(out)
            del one.pages[0]
            key = f"page-{index}"
            found.append(BoundSection(key, key, out.read_bytes(), index, 1, {key: (0, 0.0)}))
    return found


@pytest.fixture
def small(monkeypatch):
    """Gatherings of two pages."""
    monkeypatch.setattr(sections_module, "PAGES", 2)


def gatherings_of(sections) -> list:
    found = []

    def look(gatherings):
        found.extend(gatherings)
        return gather_all(gatherings)

    total = sections[-1].start + 1
    labels = [(0, "D", 1)]
    bind(sections, total, labels, METADATA, crop_to_trim=True, tags=False, gatherer=look)
    return found


def test_every_page_is_in_one_gathering(sections, small):
    found = gatherings_of(sections)
    pages = [page for one in found for page in range(one.first, one.until)]
    assert pages == list(range(len(sections)))
    assert max(one.until - one.first for one in found) == 2
    assert [title for one in found for title in one.titles] == [one.title for one in sections]


def test_blanks_stand_before_between_and_behind_sections(sections):
    spread = [replace(sections[0], start=1), replace(sections[2], start=3)]
    bound = bind(spread, 6, [(0, "D", 1)], METADATA, crop_to_trim=True, tags=False)
    with pikepdf.open(io.BytesIO(bound.pdf)) as pdf:
        empty = [page.Contents.read_bytes() == b"" for page in pdf.pages]
        assert empty == [True, False, True, False, True, True]
        assert len({str(page.mediabox) for page in pdf.pages}) == 1
    (one,) = gatherings_of(spread)
    assert one.titles == ["", "page-0", "page-0", "page-2"]


def test_every_stream_is_what_it_says_it_is(sections):
    """A blank page too: Ghostscript stops at a page whose content is deflated and empty."""
    bound = bind([replace(sections[0], start=1)], 4, LABELS, METADATA, crop_to_trim=True)
    with pikepdf.open(io.BytesIO(bound.pdf)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert sum(one.read_raw_bytes() == b"" for one in streams) == 3
        for one in streams:
            if one.get("/Filter") == pikepdf.Name.FlateDecode:
                assert zlib.decompress(one.read_raw_bytes())


def test_an_edit_is_in_one_gathering(sections, small):
    before = [one.decided_by() for one in gatherings_of(sections)]
    edited = [*sections[:3], replace(sections[3], pdf=sections[2].pdf), *sections[4:]]
    after = [one.decided_by() for one in gatherings_of(edited)]
    assert [a == b for a, b in zip(before, after, strict=True)].count(False) == 1


def test_what_is_kept_is_what_is_bound(sections, small, tmp_path):
    asked = gatherings_of(sections)
    with Processes(2) as workers:
        gatherer = KeptGatherings(Store(tmp_path), workers)  # nothing to prove without tags
        first = list(gatherer(asked))
        files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
        assert len(files) == len({repr(one.decided_by()) for one in asked})
        assert list(gatherer(asked)) == first == gather_all(asked)
        assert files == {path: path.stat().st_mtime_ns for path in files}


def test_fonts_are_united_once(sections, small, tmp_path, monkeypatch):
    fonts = []

    def united(asked):
        fonts.append(asked)
        return bookfonts.united(asked)

    bind(sections, 9, [(0, "D", 1)], METADATA, crop_to_trim=True, uniter=united)
    with Processes(1) as workers:
        known = KeptGatherings(Store(tmp_path), workers)
        first = known.united(fonts[0])
        assert first == bookfonts.united(fonts[0])
        monkeypatch.setattr(gatherings_module, "united", None)
        assert known.united(fonts[0]) == first
        monkeypatch.undo()
        (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
        path.write_bytes(path.read_bytes()[:-100])
        assert known.united(fonts[0]) == first
        fewer = replace(fonts[0], parts=fonts[0].parts[:-1])
        assert known.united(fewer).data != first.data


def test_what_cannot_be_read_back_is_bound_again(sections, small, tmp_path):
    asked = gatherings_of(sections)[:2]
    with Processes(1) as workers:
        gatherer = KeptGatherings(Store(tmp_path), workers)
        first = list(gatherer(asked))
        for path in tmp_path.rglob("*"):
            if path.is_file():
                path.write_bytes(path.read_bytes()[:-100])
        assert list(gatherer(asked)) == first


def test_gatherings_do_not_show(tmp_path, monkeypatch):
    """A book in gatherings of two pages has the pages and the structure of one in one."""
    monkeypatch.setattr(sections_module, "PAGES", 2)
    many = built(copy_of("tagged", tmp_path / "many"))
    monkeypatch.setattr(sections_module, "PAGES", 1000)
    one = built(copy_of("tagged", tmp_path / "one"))
    files = zip(many.report.outputs, one.report.outputs, strict=True)
    for path, other in ((a.path, b.path) for a, b in files):
        with pikepdf.open(path) as two, pikepdf.open(other) as single:
            assert len(two.pages) == len(single.pages)
            for page, same in zip(two.pages, single.pages, strict=True):
                assert page.Contents.read_bytes() == same.Contents.read_bytes()
            if "/StructTreeRoot" in single.Root:
                assert shape(two.Root.StructTreeRoot) == shape(single.Root.StructTreeRoot)


def shape(element) -> object:
    kids = [shape(kid) for kid in element.K if not isinstance(kid, int) and "/S" in kid]
    said = [str(element[key]) for key in ("/S", "/T", "/Alt", "/ID") if key in element]
    return said, kids


def test_sections_lie_in_parts_with_those_above_them():
    found = standings([1, 2, 3, 2, 0, 1, 1])
    outer, inner = FREE, FREE + 1
    assert found == [
        Standing(0, outer, DOCUMENT),
        Standing(1, inner, outer),
        Standing(2, inner, inner),
        Standing(1, outer, outer),
        Standing(0, DOCUMENT, DOCUMENT),
        Standing(0, DOCUMENT, DOCUMENT),
        Standing(0, DOCUMENT, DOCUMENT),
    ]


def test_a_link_to_what_is_not_bound_is_told_before_anything_is(sections):
    lost = replace(sections[0], parents=1, targets=("nowhere",))
    with pytest.raises(ZineError, match="refers to “nowhere”"):
        bind([lost], 1, [(0, "D", 1)], METADATA, crop_to_trim=True)


def test_what_is_not_proved_is_not_kept(signs, tmp_path, monkeypatch):
    """With tags it is kept when its proof has found nothing."""
    root = Path(shutil.copytree(signs.project.root, tmp_path / "signs"))
    shutil.rmtree(root / ".zine" / "gatherings", ignore_errors=True)
    finish = Leaf.finish

    def finish_wrong(self):
        objects = finish(self)
        objects[1].P = objects[0]  # the first of the upper elements, in the leaf
        return objects

    monkeypatch.setattr(Leaf, "finish", finish_wrong)
    path = root / "book" / "preface.md"
    path.write_text("---\ntitle: Preface\n---\nAnother.\n")
    read = Request(editions=("read",))
    with pytest.raises(ZineError, match="names another parent"):
        built(root, read)
    assert not kept_gatherings(root)
    monkeypatch.undo()
    built(root, read)
    assert kept_gatherings(root)


def kept_gatherings(root) -> list[Path]:
    """Files of gatherings; those of fonts lie beside them."""
    files = [path for path in (root / ".zine" / "gatherings").rglob("*") if path.is_file()]
    return [path for path in files if b'"tagged"' in path.read_bytes().split(b"\n", 2)[1]]
