"""The audit: what is wrong in a bound PDF is found, with the section and the entry named."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from support.projects import built, copy_of
from zine.bind import sections as sections_module
from zine.bind.binder import Bound, BoundSection, Stretch, bind
from zine.bind.finished import Finished
from zine.bind.metadata import Metadata
from zine.build import binding
from zine.diagnostics import Severity, ZineError
from zine.paper import PAPERS
from zine.prove import audit as audit_module
from zine.prove.audit import Expected, audit, digests_of
from zine.typeset.geometry import Geometry

A5 = PAPERS["a5"]
GEOMETRY = Geometry(A5, 3.0)
METADATA = Metadata("Book", (), "en")
LINE = 30  # pt from the foot of the trim: where folios stand


Placed = tuple[float, float, str]


def pages(*contents: tuple[list[Placed], list[Placed]]) -> bytes:
    """A section's PDF: for each page words at places, and links of 20 × 10 pt at places."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources = pdf.make_indirect(Dictionary(Font=Dictionary(F=pdf.make_indirect(font))))
    for words, links in contents:
        drawn = "".join(f"BT /F 9 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in words)
        annotations = [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([x, y - 2, x + 20, y + 8]),
                A=Dictionary(S=Name.URI, URI=String(uri)),
            )
            for x, y, uri in links
        ]
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, A5.width_pt, A5.height_pt]),
            TrimBox=Array([0, 0, A5.width_pt, A5.height_pt]),
            Resources=resources,
            Contents=pdf.make_stream(drawn.encode()),
            Annots=Array([pdf.make_indirect(one) for one in annotations]),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def verso(folio: int, head: str):
    return [(56, LINE, f"{folio}"), (80, LINE, head)]


def recto(folio: int, head: str):
    return [(300, LINE, head), (370, LINE, f"{folio}")]


CONTENTS = pages(
    (
        [*recto(1, "Contents"), (60, 400, "2"), (90, 400, "Zakat"), (60, 380, "4")],
        [(58, 400, "zine-n:entry-zakat"), (90, 400, "zine:entry-zakat"), (58, 380, "zine-n:far")],
    )
)
ZAKAT = pages((verso(2, "Zakat"), []), (recto(3, "Zakat"), [(60, 300, "https://example.org")]))
COMMONS = pages((verso(4, "Commons"), []))
SECTIONS = [
    BoundSection("contents", "Contents", CONTENTS, 0, 1, {"contents": (0, 0)}),
    BoundSection("entry-zakat", "Zakat", ZAKAT, 1, 2, {"entry-zakat": (0, 0)}),
    BoundSection("far", "Commons", COMMONS, 3, 2, {"far": (0, 12.0)}),
]


@pytest.fixture
def bound() -> Bound:
    return bind(SECTIONS, 4, [(0, "D", 1)], METADATA, crop_to_trim=True)


@pytest.fixture
def expected(bound) -> Expected:
    titles = ("Contents", "Zakat", "Zakat", "Commons")
    return Expected(("1", "2", "3", "4"), titles, frozenset(range(4)), bound.numbers, GEOMETRY)


def spoilt(bound: Bound, change) -> bytes:
    """The PDF with something changed in it."""
    with pikepdf.open(io.BytesIO(bound.pdf)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def found(pdf: bytes, expected: Expected) -> list[tuple[str, str]]:
    findings = audit(pdf, expected)
    assert {one.severity for one in findings} <= {Severity.ERROR}
    return [(one.code, one.message) for one in findings]


def replace_words(index: int, old: str, new: str):
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[index].Contents
        raw = stream.read_bytes()
        assert raw.count(f"({old})".encode()) == 1
        stream.write(raw.replace(f"({old})".encode(), f"({new})".encode()))

    return change


def test_what_is_right_passes(bound, expected):
    assert [(one.target, one.title) for one in bound.numbers] == [
        ("entry-zakat", "Zakat"),
        ("far", "Commons"),
    ]
    assert found(bound.pdf, expected) == []


def test_places_are_as_far_from_the_foot_as_they_stand_from_the_head(bound):
    with pikepdf.open(io.BytesIO(bound.pdf)) as pdf:
        places = pikepdf.NameTree(pdf.Root.Names.Dests)
        assert float(places["far"][3]) == pytest.approx(A5.height_pt - 12, abs=0.01)
        assert float(places["entry-zakat"][3]) == pytest.approx(A5.height_pt, abs=0.01)


def test_a_wrong_number_names_where_it_stands_and_what_it_is_about(bound, expected):
    pdf = spoilt(bound, replace_words(0, "2", "3"))
    ((code, message),) = found(pdf, expected)
    assert code == "proof-number"
    assert "“Contents”, page 1" in message
    assert "“Zakat” prints 3" in message
    assert "page 2" in message


def test_a_number_that_is_not_printed(bound, expected):
    ((code, message),) = found(spoilt(bound, replace_words(0, "4", "")), expected)
    assert code == "proof-number"
    assert "“Commons” prints nothing" in message


def test_a_link_that_leads_elsewhere(bound, expected):
    def change(pdf):
        pdf.pages[0].Annots[0].Dest = String("far")

    ((code, message),) = found(spoilt(bound, change), expected)
    assert code == "proof-number"
    assert "“Zakat” prints 2 and leads to page 4" in message


def test_a_named_place_that_moved(bound, expected):
    def change(pdf):
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        names["entry-zakat"] = Array([pdf.pages[2].obj, Name.XYZ, 0, 500, 0])

    ((code, message),) = found(spoilt(bound, change), expected)
    assert code == "proof-number"
    assert "“Zakat” prints 2 and leads to page 3" in message


@pytest.mark.parametrize("place", [None, "nowhere"])
def test_a_number_that_leads_nowhere(bound, expected, place):
    def change(pdf):
        if place:
            pdf.pages[0].Annots[0].Dest = String(place)
        else:
            del pdf.pages[0].Annots[0]

    ((code, message),) = found(spoilt(bound, change), expected)
    assert code == "proof-link"
    assert "“Contents”, page 1" in message and "“Zakat”" in message


def test_a_place_on_no_page(bound, expected):
    def change(pdf):
        stray = pdf.make_indirect(Dictionary(Type=Name.Page))
        pdf.pages[0].Annots[0].Dest = Array([stray, Name.Fit])

    ((code, message),) = found(spoilt(bound, change), expected)
    assert code == "proof-link" and "“Zakat”" in message


def test_a_wrong_folio_names_its_section(bound, expected):
    ((code, message),) = found(spoilt(bound, replace_words(2, "3", "5")), expected)
    assert code == "proof-folio"
    assert "“Zakat”: page 3 prints the folio 5" in message


def test_a_folio_that_is_not_printed(bound, expected):
    ((code, message),) = found(spoilt(bound, replace_words(3, "4", "")), expected)
    assert code == "proof-folio"
    assert "“Commons”" in message


def test_labels_that_start_elsewhere(bound, expected):
    def change(pdf):
        pdf.Root.PageLabels.Nums[1].St = 5

    findings = found(spoilt(bound, change), expected)
    labels = [message for code, message in findings if code == "proof-label"]
    assert len(labels) == 4
    assert "“Zakat”: page 2 is labelled “6”, not “2”" in labels
    assert {code for code, _ in findings} == {"proof-label", "proof-folio", "proof-number"}


def test_no_labels_at_all(bound, expected):
    def change(pdf):
        del pdf.Root.PageLabels

    assert "proof-label" in {code for code, _ in found(spoilt(bound, change), expected)}


def test_a_page_too_few(bound, expected):
    def change(pdf):
        del pdf.pages[3]

    assert [code for code, _ in found(spoilt(bound, change), expected)] == ["proof-pages"]


def test_a_link_to_what_is_not_bound_is_refused():
    with pytest.raises(ZineError) as caught:
        bind(SECTIONS[:2], 3, [(0, "D", 1)], METADATA, crop_to_trim=True)
    (finding,) = caught.value.findings
    assert finding.code == "link-target-missing"
    assert "“Contents”" in finding.message and "“far”" in finding.message


@pytest.fixture(scope="module")
def garden(tmp_path_factory):
    """A tiny book that is built once, so that what follows is quick."""
    return built(copy_of("principle", tmp_path_factory.mktemp("audit"))).project.root


def repoint(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for one in page.obj.get("/Annots", ()):
            if str(one.get("/Dest", "")) == "entry-shared-soil":
                one.Dest = String("entry-patience")
                return


def relabel(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels.Nums[3].St = 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        (repoint, "proof-number", ["“Contents”", "“Shared soil”"]),
        (relabel, "proof-folio", ["“Shared soil”: page", "“Waste nothing”: page"]),
    ],
)
def test_a_book_that_is_wrong_is_not_written(garden, monkeypatch, change, code, named):
    path = garden / "dist" / "the-shared-garden.pdf"
    before = path.read_bytes()

    def bind_wrong(*args, **kwargs):
        right = bind(*args, **kwargs)
        return Bound(spoilt(right, change), right.pages, right.numbers)

    monkeypatch.setattr(binding, "bind", bind_wrong)
    with pytest.raises(ZineError) as caught:
        built(garden)
    messages = [one.message for one in caught.value.findings if one.code == code]
    for words in named:
        assert any(words in message for message in messages)
    assert path.read_bytes() == before


def test_only_the_pages_that_are_asked_for_are_read(bound, expected, monkeypatch):
    read = []
    monkeypatch.setattr(audit_module, "_folio", lambda index, *_: read.append(index) or ())
    assert audit(bound.pdf, expected, [1, 3]) == ()
    assert read == [1, 3]


@pytest.fixture
def small(monkeypatch):
    """Gatherings of one section."""
    monkeypatch.setattr(sections_module, "PAGES", 1)


def digests(sections, expected) -> list[str]:
    bound = bind(sections, 4, [(0, "D", 1)], METADATA, crop_to_trim=True)
    return digests_in(bound, bound.stretches, replace(expected, numbers=bound.numbers))


def digests_in(bound, stretches, expected) -> list[str]:
    return digests_of(Finished(bound.pdf, expected.labels), stretches, expected)


def test_gatherings_are_told_by_what_their_pages_say(small, expected):
    before = digests(SECTIONS, expected)
    assert digests(SECTIONS, expected) == before
    assert len(set(before)) == 3 and all(before)
    words = pages((verso(2, "Zakat"), []), (recto(9, "Zakat"), []))
    after = digests([SECTIONS[0], replace(SECTIONS[1], pdf=words), SECTIONS[2]], expected)
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True]


def test_a_gathering_is_another_where_its_links_lead_elsewhere(small, bound, expected):
    before = digests(SECTIONS, expected)
    at_end = replace(SECTIONS[1], tops={"entry-zakat": (1, 0)})
    after = digests([SECTIONS[0], at_end, SECTIONS[2]], expected)
    assert before[0] != after[0]
    assert before[2] == after[2]


def test_what_pages_must_say_tells_gatherings_apart(small, expected):
    before = digests(SECTIONS, expected)
    bare = digests(SECTIONS, replace(expected, with_folio=frozenset({0, 1, 2})))
    assert [a == b for a, b in zip(before, bare, strict=True)] == [True, True, False]


def test_a_gathering_whose_bytes_are_not_those_of_its_pages_is_none(small, bound, expected):
    bound = bind(SECTIONS, 4, [(0, "D", 1)], METADATA, crop_to_trim=True)
    first, second, third = bound.stretches
    swapped = replace(first, start=second.start, stop=second.stop)
    assert digests_in(bound, (swapped, second, third), expected)[0] == ""
    elsewhere = replace(first, first=3, until=4)
    assert digests_in(bound, (elsewhere, second, third), expected)[0] == ""
    assert digests_in(bound, bound.stretches, expected)[0]


def test_fonts_that_say_something_else_tell_gatherings_apart(signs):
    """They lie outside the bytes of a gathering, united with those of others."""
    content = signs.path("signs-for-all.pdf").read_bytes()
    reading = Finished(content, ["1"] * 100)
    file = reading._file
    fonts = file.pages[3].Resources.Font
    place = file.pages[3].obj.objgen[0]
    stretch = Stretch(3, 4, 0, len(content), place - 1, place + 1, (fonts.objgen[0],))
    before = reading.digest(stretch)
    font = fonts[sorted(fonts.keys())[0]]
    font.ToUnicode = file.make_stream(font.ToUnicode.read_bytes() + b" ")
    reading._fonts.clear()
    assert before and reading.digest(stretch) not in ("", before)
