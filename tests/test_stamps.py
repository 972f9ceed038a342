"""Stamps: what style sheets refer to looks as if WeasyPrint had drawn it each time anew."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
import weasyprint
from PIL import Image, ImageChops
from weasyprint.urls import URLFetcher, URLFetcherResponse

from zine.drawing import SHAPES, icon, mirrored, tab
from zine.typeset.engine import VARIANT, Engine
from zine.typeset.job import Job, Style, StyleSheet

ROUNDING = 2  # where edges meet, a group is rounded once more
PAGE = "@page{size:90mm 90mm;margin:5mm}p{margin:0;height:9mm}"
GRADIENT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><linearGradient id="g">'
    '<stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#000"/></linearGradient>'
    '<rect width="9" height="9" fill="url(#g)"/></svg>'
)
ASSETS = {
    **{f"zine-mark:{shape}": icon(shape, "#123456") for shape in SHAPES},
    "zine-mark:back": mirrored(icon("triangle", "#123456")),
    "zine-tab:filled": tab("circle", "#123456", side="left"),
    "zine-tab:lines": tab("square", "#123456", side="right", style="outline"),
    "zine-mark:gradient": GRADIENT,
    "zine-mark:faint": GRADIENT.replace("url(#g)", "#c00").replace("<rect", '<rect opacity=".4"'),
    "zine-mark:two": icon("star", "#123456").replace("</svg>", '<circle r="1" fill="red"/></svg>'),
}


class Fetcher(URLFetcher):
    def fetch(self, url, headers=None):
        return URLFetcherResponse(url, ASSETS[url].encode(), {"Content-Type": "image/svg+xml"})


def html(body: str) -> str:
    return f'<html lang="en"><title>x</title><body>{body}'


def ours(body: str, css: str, *urls: str) -> bytes:
    assets = {url: ASSETS[url].encode() for url in urls or ASSETS}
    engine = Engine(Style((StyleSheet("own.css", PAGE + css),), assets=assets))
    made = engine.typeset(Job("entry-x", html(body)))
    assert not made.findings
    return made.pdf


def theirs(body: str, css: str) -> bytes:
    sheet = weasyprint.CSS(string=PAGE + css, url_fetcher=Fetcher())
    document = weasyprint.HTML(string=html(body), url_fetcher=Fetcher())
    return document.write_pdf(stylesheets=[sheet], pdf_variant=VARIANT)


def picture(pdf: bytes, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=4).to_pil().convert("RGB")


def apart(one: bytes, other: bytes, page: int = 0) -> int:
    """By how much the colour of any pixel differs, of 255."""
    different = ImageChops.difference(picture(one, page), picture(other, page))
    return max(most for _, most in different.getextrema())


def groups(pdf: bytes) -> int:
    """How many forms the first page names."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return len(file.pages[0].Resources.XObject)


def background(url: str) -> str:
    return f"p{{background:url({url}) 2mm 1mm no-repeat}}"


@pytest.mark.parametrize("url", ASSETS)
@pytest.mark.parametrize("more", ["", "p{background-size:7mm}", "p{background-repeat:repeat}"])
def test_backgrounds_look_as_they_did(url, more):
    body = "<p>one<p>two<p>three"
    new, old = (make(body, background(url) + more) for make in (ours, theirs))
    assert apart(new, old) <= ROUNDING < apart(old, theirs(body, ""))


def test_what_is_drawn_often_is_no_group_of_its_own():
    body, css = "<p>x" * 7, background("zine-mark:star")
    assert groups(ours(body, css)) == 0 < groups(theirs(body, css)) == 7
    assert groups(ours(body, background("zine-mark:gradient"))) == 7


@pytest.mark.parametrize("url", ["zine-mark:gradient", "zine-mark:star"])
def test_a_drawing_that_is_the_only_one(url):
    body, css = "<p>one<p>two", background(url)
    assert apart(ours(body, css, url), theirs(body, css)) <= ROUNDING


@pytest.mark.parametrize("url", ASSETS)
def test_pictures_look_as_they_did(url):
    body, css = "<h1>one</h1><h1>two</h1>", f"h1::before{{content:url({url})}}"
    new, old = ours(body, css), theirs(body, css)
    assert apart(new, old) <= ROUNDING < apart(old, theirs(body, ""))


@pytest.mark.parametrize("rule", ["opacity:.5", "transform:rotate(9deg)", "border-radius:3mm"])
def test_within_other_groups(rule):
    body = "<p>one<p>two"
    css = background("zine-tab:lines") + f"p{{{rule}}}"
    new, old = ours(body, css), theirs(body, css)
    assert apart(new, old) <= ROUNDING < apart(old, theirs(body, background("zine-tab:lines")))


def test_pages_that_share_resources():
    body, css = '<p>one<p style="break-before:page">two', background("zine-mark:circle")
    new, old = ours(body, css), theirs(body, css)
    assert apart(new, old) <= ROUNDING and apart(new, old, 1) <= ROUNDING
    assert apart(old, theirs(body, ""), 1) > ROUNDING
