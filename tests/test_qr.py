"""QR codes: read from the page as a phone would, and compared with what is printed beside them."""

from __future__ import annotations

import re

import pypdfium2
import pytest
import zxingcpp

from support.pdfs import Read, plain
from support.projects import built, copy_of
from zine.typeset.qr import SIZE, WIDE, qr_code
from zine.typeset.wording import short_url

DPI = 150
QUIET = 4  # modules, ISO/IEC 18004
GAP = 3.0  # mm of paper around a code (entry.css)


def decoded(read):
    """Page index → the addresses of its codes, for the pages that have links to the web."""
    document = pypdfium2.PdfDocument(read.raw)
    found = {}
    for index, page in enumerate(read.pikepdf.pages):
        if any("/URI" in one.get("/A", {}) for one in page.get("/Annots", ())):
            picture = document[index].render(scale=DPI / 72).to_pil()
            codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
            found[index] = [code.text for code in codes]
    document.close()
    return found


@pytest.mark.slow
def test_every_code_leads_to_the_address_printed_beside_it(demo, demo_book):
    found = decoded(demo_book)
    wanted = {
        link.url for entry in demo.project.library.entries for link in entry.learn_more if link.url
    }
    wanted.add(demo.project.settings.url)
    assert {url for codes in found.values() for url in codes} == wanted
    for index, codes in found.items():
        # A broken line may end in a hyphen of the address, or in one that pdfium makes of it.
        words = re.sub(r"[\s-]", "", demo_book.words(index))
        for url in codes:
            assert re.sub(r"[\s-]", "", plain(short_url(url))) in words


def test_a_booklet_of_a_type_has_its_code_on_paper(demo_theories, demo):
    codes = decoded(demo_theories)
    assert codes[len(demo_theories) - 1] == [demo.project.settings.url]


@pytest.mark.parametrize("length", [20, 40, 100, 200, 400])
def test_the_quiet_zone_fits_beside_the_code(length):
    url = "https://example.org/".ljust(length, "x")
    code = qr_code(url, "label")
    modules = int(re.search(r'viewBox="0 0 (\d+) ', code.svg)[1])
    module = (WIDE if code.wide else SIZE) / modules
    assert QUIET * module <= GAP
    assert code.wide == (SIZE / modules < 0.4)


def test_a_book_without_codes(tmp_path):
    root = copy_of("spanish", tmp_path)
    book = root / "book/book.yaml"
    book.write_text(book.read_text(encoding="utf-8") + "qr: false\neditions: {read: }\n")
    with Read(built(root).path("la-huerta-comun.pdf")) as read:
        assert not any(decoded(read).values())
        assert "example.org/huerta" in read.words(len(read) - 1)
        assert "example.org/procomun" in read.words_of("El procomún")
