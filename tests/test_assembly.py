"""Assembly: parts of a file under numbers of their own, laid behind one another, read back."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

from zine.bind.assembly import assembled
from zine.bind.objects import CATALOGUE, PAGES, Draft, Objects, count_objects, plain_objects

ELSEWHERE = 7, 8, 9
SIZE = b"[ 0 0 200 300 ]"
WORDS = ("plain", "9 0 R", "(9 0 R)", "a \\ b (c", ") 9 0 R", "é — 日本\n9 0 R", "<9 0 R>")


def part_of_a_page(start: int, words: str) -> tuple[Objects, tuple[int, ...]]:
    """A page that hangs in the root of the page tree, and says something in its title."""
    with Pdf.new() as pdf:
        draft = Draft(pdf)
        pdf.add_blank_page(page_size=(200, 300))
        page = pdf.pages[0]
        page.obj["/Contents"] = pdf.make_stream(b"0 0 10 10 re f")
        page.obj["/Resources"] = Dictionary()
        said = pdf.make_indirect(Dictionary(Says=String(words), Of=page.obj))
        page.obj["/PieceInfo"] = Dictionary(Zine=said)
        draft.leave(pdf.Root["/Pages"], PAGES)
        draft.ask([page.obj, said])
        return draft.objects(start)


def book(*parts: tuple[Objects, tuple[int, ...]], start: int = 9000) -> bytes:
    """A file of such pages."""
    kids = b" ".join(b"%d 0 R" % numbers[0] for _, numbers in parts)
    upper = {
        CATALOGUE: b"<< /Type /Catalog /Pages %d 0 R >>" % PAGES,
        PAGES: b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (len(parts), kids),
    }
    made = [plain_objects(upper, start), *(objects for objects, _ in parts)]
    return assembled(made, CATALOGUE, 0).pdf


@pytest.mark.parametrize("words", WORDS)
def test_parts_are_read_back_as_they_were_made(words):
    first, second = part_of_a_page(100, words), part_of_a_page(200, "other")
    with pikepdf.open(io.BytesIO(book(first, second))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [page.obj.objgen[0] for page in pdf.pages] == [first[1][0], second[1][0]]
        said = pdf.pages[0].obj.PieceInfo.Zine
        assert str(said.Says) == words
        assert said.Of.objgen == pdf.pages[0].obj.objgen
        assert said.objgen == (first[1][1], 0)
        assert pdf.pages[1].Contents.read_bytes() == b"0 0 10 10 re f"


def test_another_library_reads_them_too():
    pdf = pdfium.PdfDocument(book(part_of_a_page(10, "a"), part_of_a_page(40, "b")))
    assert [pdf[index].get_size() for index in range(len(pdf))] == [(200, 300)] * 2
    assert pdf[0].render().to_pil().convert("L").getextrema() == (0, 255)
    pdf.close()


def test_a_part_has_the_same_bytes_wherever_it_lies():
    part, other = part_of_a_page(100, "here"), part_of_a_page(200, "longer " * 50)
    for file in (book(part), book(other, part), book(part, other)):
        assert part[0].data in file


def test_an_id_follows_from_what_is_in_the_file():
    part, other = part_of_a_page(100, "here"), part_of_a_page(100, "there")
    assert book(part) == book(part)
    ids = []
    for one in (part, other):
        with pikepdf.open(io.BytesIO(book(one))) as pdf:
            ids.append(bytes(pdf.trailer.ID[0]))
    assert ids[0] != ids[1]


def test_numbers_far_above_what_a_file_holds_are_read():
    """Readers take a file with more numbers than bytes for a damaged one."""
    file = book(part_of_a_page(60_000, "high"), start=70_000)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.check_pdf_syntax() == []


def test_what_is_left_out_given_and_asked_for():
    with Pdf.new() as pdf:
        draft = Draft(pdf)
        given_one = pdf.make_indirect(Dictionary(A=draft.stand_in(7), B=draft.stand_in(7)))
        left = pdf.make_indirect(Dictionary(C=1))
        asked = pdf.make_indirect(Array([given_one, left, draft.stand_in(8)]))
        draft.give(given_one, 500)
        draft.leave(left, 9)
        draft.ask([asked])
        draft.leave(pdf.Root["/Pages"], PAGES)
        objects, (number,) = draft.objects(20, {30: b"[ 1 2 ]"})
    held = {run.number + at for run in objects.runs for at in range(run.count)}
    assert {20, 30, 500} < held
    assert held.isdisjoint({*ELSEWHERE, PAGES})
    assert objects.end > max(held)
    assert number == 20
    with pikepdf.open(io.BytesIO(with_catalogue(objects))) as pdf:
        array = pdf.get_object(20, 0)
        assert array.unparse(resolved=True).split() == b"[ 500 0 R 9 0 R 8 0 R ]".split()
        assert str(pdf.get_object(500, 0)["/A"]) == str(pdf.get_object(500, 0)["/B"]) == "here is 7"
        assert list(pdf.get_object(30, 0)) == [1, 2]


def with_catalogue(objects: Objects) -> bytes:
    page = b"<< /Type /Page /Parent %d 0 R /MediaBox %b /Resources << >> >>" % (PAGES, SIZE)
    upper = {
        CATALOGUE: b"<< /Type /Catalog /Pages %d 0 R >>" % PAGES,
        PAGES: b"<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>",
        3: page,
        **{number: b"(here is %d)" % number for number in ELSEWHERE},
    }
    return assembled([plain_objects(upper, 9000), objects], CATALOGUE, 0).pdf


@given(st.dictionaries(st.integers(10, 3000), st.integers(0, 10**6), min_size=1, max_size=400))
def test_every_object_is_found_and_every_gap_is_free(values):
    objects = plain_objects({number: b"%d" % value for number, value in values.items()}, 4000)
    with pikepdf.open(io.BytesIO(with_catalogue(objects))) as pdf:
        assert pdf.check_pdf_syntax() == []
        for number in range(10, 3001):
            found = pdf.get_object(number, 0)
            assert found == values.get(number)


def test_objects_of_a_file_are_counted_with_those_that_hold_others():
    out = io.BytesIO()
    with Pdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page()
        pdf.pages[0].obj["/Resources"] = pdf.make_indirect(Dictionary(Type=Name.Nothing))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        held = len(pdf.objects)
    assert count_objects(out.getvalue()) >= held
