"""Books that are read from the right, and books in Spanish: read back from what was built."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from support.pdfs import Read
from support.projects import built, copy_of
from zine.build import Options, build_handouts
from zine.typeset.mirroring import mirrored

MM = 72 / 25.4
A5 = (148 * MM, 210 * MM)
OUTER = 20 * MM
THEORY = (35, 55, 181)


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    return built(copy_of("arabic", tmp_path_factory.mktemp("arabic")))


@pytest.fixture(scope="module")
def arabic_book(arabic):
    with Read(arabic.path("tadamun.pdf")) as read:
        yield read


@pytest.fixture(scope="module")
def spanish_book(tmp_path_factory):
    made = built(copy_of("spanish", tmp_path_factory.mktemp("spanish")))
    with Read(made.path("la-huerta-comun.pdf")) as read:
        yield read


def test_sides_of_rules_change_places():
    css = """
    .a { margin-left: 1pt; padding: 1pt 2pt 3pt 4pt; float: right } /* .a { left: 0 } */
    .b { background-position: left 3mm; left: calc(-1 * var(--left)); margin: 0 1pt }
    .c { right: 0 /* @noflip */; text-align: right; border-radius: 1pt 2pt 3pt 4pt !important }
    @page :left { margin-left: 1pt; @bottom-left { text-align: left } }
    """
    turned = mirrored(css)
    assert ".a { margin-right: 1pt; padding: 1pt 4pt 3pt 2pt; float: left }" in turned
    assert "background-position: right 3mm; right: calc(-1 * var(--left)); margin: 0 1pt" in turned
    assert "right: 0 /* @noflip */; text-align: left; border-radius: 2pt 1pt 4pt 3pt !i" in turned
    assert "@page :left { margin-left: 1pt; @bottom-left { text-align: left } }" in turned
    assert mirrored(turned) == css


def test_it_says_that_it_is_read_from_the_right(arabic_book):
    root = arabic_book.pikepdf.Root
    assert root.ViewerPreferences.Direction == "/R2L"
    assert (root.PageLayout, str(root.Lang)) == ("/TwoPageRight", "ar")


def test_it_is_set_in_the_fonts_that_come_with_zine(arabic_book):
    names = {
        str(font.BaseFont).partition("+")[2]
        for page in arabic_book.pikepdf.pages
        for font in page.get("/Resources", {}).get("/Font", {}).values()
    }
    assert names and all(name.startswith("IBM-Plex-Sans-Arabic") for name in names)


def test_folios_stand_at_the_fore_edge(arabic_book):
    """Versos lie on the right: their fore edge is the right one."""
    for index in (9, 10, 15, 16):
        label = arabic_book.labels[index]
        near, far = OUTER - 2, OUTER + 6 * len(label)
        left, right = (A5[0] - far, A5[0] - near) if index % 2 else (near, far)
        assert arabic_book.words(index, (left, 20, right, 40)) == label


def test_tabs_hang_at_the_fore_edge(arabic_book):
    document = pypdfium2.PdfDocument(arabic_book.raw)
    for index in arabic_book.pages_of("الأفقية"):
        picture = document[index].render(scale=1).to_pil().convert("RGB")
        x = picture.width - 3 if index % 2 else 2
        column = [picture.getpixel((x, y)) for y in range(230, 480)]
        assert sum(one == THEORY for one in column) > 40
        other = [picture.getpixel((picture.width - 1 - x, y)) for y in range(230, 480)]
        assert THEORY not in other
    document.close()


def test_labels_stand_on_the_right_and_lists_run_to_the_left(arabic_book):
    (page,) = [i for i in arabic_book.pages_of("المشاع") if "الوسوم" in arabic_book.words(i)]
    margin = 17 * MM if page % 2 == 0 else OUTER
    right = A5[0] - margin
    assert "الوسوم" in arabic_book.words(page, (right - 23 * MM, 0, right, A5[1]))


def test_the_booklet_is_bound_on_the_right(arabic):
    """The outermost sheet: the cover lies on the left, the back cover on the right."""
    with Read(arabic.path("tadamun-booklet-a4.pdf")) as sheets:
        assert sheets.pikepdf.Root.ViewerPreferences.Direction == "/R2L"
        front = 0
        width, height = sheets.size(front)
        left = sheets.words(front, (0, 0, width / 2, height))
        right = sheets.words(front, (width / 2, 0, width, height))
        assert "قيمتان" in left and "tadamun" in right


def test_its_handouts(arabic):
    report = build_handouts(arabic.project, ["الأفقية"], options=Options())
    with Read(report.outputs[0].path) as handout:
        assert len(handout) == 2
        assert "العمال" in handout.words(0)
        assert handout.pikepdf.Root.ViewerPreferences.Direction == "/R2L"


def test_spanish_words_quotes_and_order(spanish_book):
    assert [one.title for one in spanish_book.outline if one.level == 1][:4] == [
        "Cubierta",
        "Créditos",
        "Portada",
        "Índice",
    ]
    assert "1 valor, 1 teoría y 2 historias" in spanish_book.words(0)
    entry = spanish_book.words_of("El procomún")
    assert "«Lo común», dice Elena, «empieza" in entry
    assert "Ñandú en la acequia, p. 16" in entry
    tags = spanish_book.words_of("Entradas por etiqueta")
    places = [tags.index(f"{tag} ") for tag in ("ámbar", "ñame", "tiempo", "zanja")]
    assert places == sorted(places)
    assert "Edición: Ana Pérez y Íñigo Ruiz" in spanish_book.words(1)


def test_spanish_words_are_parted_where_spanish_parts_them(spanish_book):
    (page, *_) = [i for i in spanish_book.pages_of("El procomún") if i % 2 == 0]
    broken = spanish_book.words(page)
    assert re.search(r"cons[- ]+tantemente", broken) and re.search(r"trimestral[- ]+mente", broken)


def test_an_entry_of_another_language_keeps_its_own(spanish_book):
    assert "“It was there yesterday,” said" in spanish_book.words_of("The shed that moved")
    assert "Historia" in spanish_book.words_of("The shed that moved")
