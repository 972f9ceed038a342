"""Linework: drawings look as if WeasyPrint had drawn them, which never reads their paths."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
import weasyprint

from zine.drawing import SHAPES, entry_drawing, icon
from zine.typeset.engine import VARIANT, Engine
from zine.typeset.job import Job, Style, StyleSheet
from zine.typeset.linework import Linework
from zine.typeset.qr import qr_code

CSS = "@page{size:180mm 100mm;margin:5mm}svg{display:block}"


def drawing(shape: str, style: str = "solid") -> str:
    return entry_drawing(
        shape=shape, fill="#123456", slug=shape, values=3, related=SHAPES, style=style
    )


def page(body: str) -> str:
    return f'<html lang="en"><title>x</title><body>{body}'


def ours(body: str) -> bytes:
    engine = Engine(Style((StyleSheet("own.css", CSS),)))
    return engine.typeset(Job("entry-x", page(body))).pdf


def theirs(body: str) -> bytes:
    html = weasyprint.HTML(string=page(body))
    return html.write_pdf(stylesheets=[weasyprint.CSS(string=CSS)], pdf_variant=VARIANT)


def contents(pdf: bytes) -> list[bytes]:
    """What every stream but fonts and metadata draws."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        streams = [one for one in file.objects if isinstance(one, pikepdf.Stream)]
        return [one.read_bytes() for one in streams if b"\nq\n" in one.read_bytes()]


def pixels(pdf: bytes) -> bytes:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().tobytes()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("style", ["solid", "outline", "keyline"])
def test_paths_are_written_as_weasyprint_writes_them(shape, style):
    body = drawing(shape, style)
    assert Linework().taken_from(body).count("M-9") == body.count("<path")
    assert contents(ours(body)) == contents(theirs(body)) != contents(theirs(""))


def test_drawings_of_one_page_keep_apart():
    body = "".join(icon(shape, "#000") for shape in SHAPES)
    assert contents(ours(body)) == contents(theirs(body))


def test_codes_look_as_they_did_in_fewer_bytes():
    body = qr_code("https://example.org/solidarity", "x").svg
    new, old = ours(body), theirs(body)
    assert pixels(new) == pixels(old) != pixels(theirs(""))
    assert len(b"".join(contents(new))) < 0.5 * len(b"".join(contents(old)))


@pytest.mark.parametrize(
    "path",
    [
        '<path id="way" d="M0 0L9 9L0 9z"/>',
        '<path d="M0 0L9 9L0 9z" fill="#000" opacity=".5"/>',
        '<path d="M0 0A3 3 0 0 1 6 6z"/>',
        '<path d="M0 0l9 9"/>',
        '<path d="M1 1h5v1h-4z"/>',
        '<path d=""/>',
    ],
)
def test_other_paths_are_left_to_weasyprint(path):
    svg = f'<svg width="40" height="40">{path}</svg>'
    assert Linework().taken_from(svg) == svg
    assert contents(ours(svg)) == contents(theirs(svg))


def test_a_drawing_that_shines_through_is_whole():
    faint = f'<svg width="100" height="50"><g opacity="0.5">{drawing("star")}</g></svg>'
    assert pixels(ours(faint)) == pixels(theirs(faint)) != pixels(theirs(""))
