"""`zine impose`, `zine plan`, `zine dummy`, and editions of other schemes than saddle."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from typer.testing import CliRunner

from zine.build import laying
from zine.build.copies import copied, page_for
from zine.cli.app import app
from zine.config import load_settings
from zine.diagnostics import UsageError
from zine.impose import wishes
from zine.impose.creep import caliper
from zine.impose.dummy import dummy_pages
from zine.impose.printer import Printer
from zine.impose.registry import SCHEMES, make_plan
from zine.impose.sheets import Flip
from zine.paper import PAPERS
from zine.prove.folding import prove_fold

LANDSCAPE_A4 = [0, 0, 841.8898, 595.2756]


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def pdf_of(pages: int, width: float = 419.53, height: float = 595.28) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, width, height]),
            Resources=Dictionary(),
            Contents=pdf.make_stream(b"0 0 50 50 re f"),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The working directory, with a PDF of eight A5 pages."""
    monkeypatch.chdir(tmp_path)
    pdf_of(8).save("eight.pdf")
    return tmp_path


def order(path) -> list[list[int]]:
    """Numbers of the pages on each side, in the order in which they are drawn."""
    with pikepdf.open(path) as pdf:
        return [
            [int(number) for number in re.findall(rb"/P(\d+) Do", page.Contents.read_bytes())]
            for page in pdf.pages
        ]


def test_a_booklet_of_any_pdf(here):
    result = run("impose", "eight.pdf")
    assert (result.exit_code, result.stdout) == (0, "eight-saddle-a4.pdf\n")
    assert "2 sheets of a4, both sides, turned on the short edge" in result.stderr
    assert order("eight-saddle-a4.pdf") == [[8, 1], [2, 7], [6, 3], [4, 5]]
    with pikepdf.open("eight-saddle-a4.pdf") as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert preferences.PrintScaling == "/None"
        assert preferences.Duplex == "/DuplexFlipShortEdge"
        for page in pdf.pages:
            media, bleed, trim = (
                [float(n) for n in page[b]] for b in ("/MediaBox", "/BleedBox", "/TrimBox")
            )
            assert media == pytest.approx(LANDSCAPE_A4, abs=0.01)
            for inner, outer in ((trim, bleed), (bleed, media)):
                assert inner[0] >= outer[0] and inner[1] >= outer[1]
                assert inner[2] <= outer[2] and inner[3] <= outer[3]


def test_landscape_pages_of_any_scheme(here):
    pdf_of(8, 595.28, 419.53).save("wide.pdf")
    for scheme in ("saddle", "perfect", "cut-stack", "copies"):
        result = run("impose", "wide.pdf", "--scheme", scheme, "-o", "out.pdf")
        assert result.exit_code == 0, result.stderr


def test_what_is_said_of_pages_names_their_file(here):
    pdf_of(8, 2384, 3370).save("large.pdf")
    result = run("impose", "large.pdf")
    assert result.exit_code == 2
    assert result.stderr.startswith("large.pdf: error[sheet-too-small]")
    assert "scaled with --fit alone" in result.stderr
    pages = pdf_of(4)
    pages.pages[1].mediabox = Array([0, 0, 300, 400])
    pages.save("odd.pdf")
    assert run("impose", "odd.pdf").stderr.count("odd.pdf: warning[page-sizes]") == 1
    pages.pages[1].mediabox = Array([0, 0, 0, 0])
    pages.save("odd.pdf")
    assert run("impose", "odd.pdf").stderr.startswith("odd.pdf: error[pdf-page]: page 2")


def test_two_runs_of_one_job(here):
    assert run("impose", "eight.pdf", "--sides", "fronts").exit_code == 0
    result = run("impose", "eight.pdf", "--sides", "backs", "--backs-reversed")
    assert result.stdout == "eight-saddle-a4-backs.pdf\n"
    assert order("eight-saddle-a4-fronts.pdf") == [[8, 1], [6, 3]]
    assert order("eight-saddle-a4-backs.pdf") == [[4, 5], [2, 7]]
    assert run("impose", "eight.pdf", "--backs-reversed").exit_code == 2


def test_everything_that_can_be_asked(here):
    result = run(
        "impose", "eight.pdf", "--scheme", "Signatures", "--sheets", "1", "--paper", "a3",
        "--flip", "long", "--rtl", "--creep", "auto", "--stock", "90 gsm", "--margin", "5",
        "--marks", "crop,fold,sewing,collation", "--guides", "--keep-last", "-o", "out.pdf",
        "--json",
    )  # fmt: skip
    data = json.loads(result.stdout)
    assert (result.exit_code, data["ok"]) == (0, True)
    (output,) = data["outputs"]
    assert (output["scheme"], output["paper"], output["sheets"]) == ("signatures", "a3", 2)
    assert output["plan"].startswith("(1,4)|")
    with pikepdf.open("out.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert float(pdf.pages[0].MediaBox[2]) == pytest.approx(PAPERS["a3"].height_pt, abs=0.01)


def test_pages_are_scaled_to_the_sheet_of_one_page(here):
    result = run("impose", "eight.pdf", "--scheme", "mini", "--fit")
    assert result.stdout == "eight-mini-a5.pdf\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--scheme", "sadle"], 2, "did you mean “saddle”?"),
        (["--marks", "fold,stapel"], 2, "did you mean “staple”?"),
        (["--paper", "a44"], 2, "paper-unknown"),
        (["--paper", "a5"], 2, "sheet-too-small"),
        (["--creep", "much"], 2, "error[creep]"),
        (["--stock", "thick"], 2, "paper-weight"),
        (["--grid", "3"], 2, "write it as 2x4"),
        (["--poster", "1"], 2, "saddle has no option “poster”"),
        (["--scheme", "mini", "--form", "feets"], 2, "did you mean “feet”?"),
        (["--scheme", "c-fold"], 2, "c-fold has room for 6 pages, these are 8"),
        (["--scheme", "mini", "--fit", "--sides", "backs"], 2, "these sheets have no backs"),
        (["-o", "eight.pdf"], 2, "is the PDF that is to be imposed"),
        (["-o", "eight.pdf/out.pdf"], 2, "output-unwritable"),
        (["-o", "."], 2, "is a folder"),
    ],
)
def test_what_cannot_be_done_is_said(here, arguments, code, said):
    before = sorted(here.iterdir())
    result = run("impose", "eight.pdf", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert sorted(here.iterdir()) == before


def test_pdfs_that_cannot_be_read(here):
    pdf_of(4).save("locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    pdf_of(0).save("empty.pdf")
    (here / "noise.pdf").write_bytes(b"no pdf at all")
    for name, code in (("locked", "locked"), ("empty", "empty"), ("noise", "unreadable")):
        for command in ("impose", "plan"):
            result = run(command, f"{name}.pdf")
            assert result.exit_code == 2
            assert f"{name}.pdf: error[pdf-{code}]" in result.stderr
    assert "file" in run("impose", "none.pdf").stderr
    assert run("impose", "locked.pdf", "--password", "u").exit_code == 0
    assert run("plan", "locked.pdf", "--password", "u").exit_code == 0


def test_what_fits():
    result = run("plan", "31", "--scheme", "saddle")
    assert result.stdout == "31 pages: 32 fits with 1 blank; 28 if three pages go; 8 sheets\n"
    lines = run("plan", "31").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(SCHEMES)
    assert "mini            31 pages: 8 fit if 23 pages go" in lines
    data = json.loads(run("plan", "31", "--scheme", "signatures", "--sheets", "2", "--json").stdout)
    (plan,) = data["plans"]
    assert (plan["fits"], plan["blanks"], plan["shorter"]) == (32, 1, 28)
    assert (plan["sheets"], plan["signatures"]) == (8, 4)


def test_what_is_no_number_of_pages(here):
    assert run("plan", "eight.pdf", "--scheme", "saddle").stdout == "8 pages: no blanks; 2 sheets\n"
    for given in ("0", "99999", "many"):
        assert "plan-pages" in run("plan", given).stderr
    assert "plan-scheme" in run("plan", "8", "--sheets", "2").stderr


def test_a_dummy_to_try_a_printer_with(here):
    result = run("dummy", "mini", "8", "--paper", "letter")
    assert (result.exit_code, result.stdout) == (0, "dummy-mini-letter.pdf\n")
    assert order("dummy-mini-letter.pdf") == [[5, 4, 3, 2, 6, 7, 8, 1]]
    assert run("dummy", "c-fold", "6", "--rtl", "--paper", "letter").exit_code == 0
    assert run("dummy", "mini", "9").exit_code == 2


@pytest.mark.parametrize("name", sorted(SCHEMES))
def test_a_dummy_fills_its_sheet(name):
    pages = 6 if name == "c-fold" else 8
    plan = make_plan(name, pages)
    with pikepdf.open(io.BytesIO(dummy_pages(plan, PAPERS["a4"]))) as pdf:
        assert len(pdf.pages) == pages
        assert "/Font" not in pdf.pages[0].Resources


def test_full_length_folds_are_dashed_and_cuts_are_not(here):
    assert run("dummy", "mini", "8").exit_code == 0
    with pikepdf.open("dummy-mini-a4.pdf") as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode()
    assert content.count("[3 2] 0 d") == 5
    assert content.count("[] 0 d") == 1


EDITIONS = """title: T
editions:
  read:
  signatures: {kind: booklet, scheme: Signatures, sheets: 4, marks: [fold, sewing, collation]}
  thick: {kind: booklet, creep: auto, stock: 160 gsm, margin: 5}
  small: {kind: booklet, scheme: four-up, paper: a4, creep: 0.2, margin: 0.25in, marks: crop}
"""


def settings_of(folder, text: str):
    book = folder / "book"
    book.mkdir(exist_ok=True)
    (book / "book.yaml").write_text(text, encoding="utf-8")
    return load_settings(book / "book.yaml")


def test_editions_of_any_scheme(tmp_path):
    editions = {one.name: one for one in settings_of(tmp_path, EDITIONS).editions}
    sewn, thick, small = (editions[name] for name in ("signatures", "thick", "small"))
    assert (sewn.scheme, sewn.sheets, sewn.marks) == (
        "signatures", 4, ("fold", "sewing", "collation"),
    )  # fmt: skip
    assert (thick.creep, thick.margin, thick.scheme) == (caliper("160 gsm"), 5.0, "saddle")
    assert (small.creep, small.marks) == (0.2, ("crop",))
    assert small.margin == pytest.approx(6.35)
    a4, a5 = PAPERS["a4"], PAPERS["a5"]
    plan = laying.plan_for(sewn, 30, a5, a4, keep_last=True, flip=Flip.SHORT)
    assert plan.finish.signature == 16
    assert not prove_fold(plan)
    assert plan.describe().startswith("(16,1)|(2,15)")
    assert laying.trim_on(a4, a5, laying.grid_of(small)).name == "a6"
    assert laying.paired(a5, small).name == "a3"


@pytest.mark.parametrize(
    ("keys", "line", "said"),
    [
        ("{kind: booklet, scheme: sadle}", 3, "did you mean “saddle”?"),
        ("{kind: booklet, marks: [stapel]}", 3, "did you mean “staple”?"),
        ("{kind: booklet, creep: some}", 3, "creep is"),
        ("{kind: booklet, stock: heavy}", 3, "no weight"),
        ("{kind: booklet, margin: wide}", 3, "no margin"),
        ("{kind: booklet, sheets: 4}", 3, "no number of sheets"),
        ("{kind: booklet, scheme: signatures, sheets: 0}", 3, "one sheet at least"),
        ("{kind: read, scheme: saddle}", 3, "“scheme” is for editions"),
        ("{kind: booklet, schema: saddle}", 3, "did you mean “scheme”"),
    ],
)
def test_editions_that_are_wrong(tmp_path, keys, line, said):
    with pytest.raises(UsageError) as caught:
        settings_of(tmp_path, f"title: T\neditions:\n  mine: {keys}\n")
    (finding,) = caught.value.findings
    assert finding.place.line == line
    assert said in f"{finding.message} {finding.hint}"


@pytest.mark.parametrize("sheet", ["a4", "letter", "universal-sheet"])
def test_the_universal_trim_stays_what_it_is(sheet):
    assert laying.trim_on(PAPERS[sheet], PAPERS["universal"]).name == "universal"
    assert laying.trim_on(PAPERS["letter"], PAPERS["a5"]).name == "half-letter"


def test_the_sheet_for_pages_of_any_size():
    plan = make_plan("saddle", 8)
    assert wishes.sheet_of_pages(plan, (420, 595)).name == "a4"
    assert wishes.sheet_of_pages(plan, (396, 612)).name == "letter"
    assert wishes.sheet_of_pages(plan, (360, 504)).name == "letter"
    assert wishes.sheet_of_pages(plan, (600, 780), fit=True).name == "letter"
    with pytest.raises(UsageError, match="sheet"):
        wishes.sheet_of_pages(plan, (2000, 3000))


@pytest.mark.parametrize(
    ("copies", "sheet", "page", "size"),
    [
        (2, "a4", "a4", (842, 595)),
        (2, "letter", "letter", (792, 612)),
        (2, "a3", "a4", (1191, 842)),
        (4, "a3", "a4", (842, 1191)),
    ],
)
def test_handouts_several_to_a_sheet(copies, sheet, page, size):
    paper = PAPERS[sheet]
    chosen = page_for(paper, copies)
    assert chosen.name == page
    source = io.BytesIO()
    pdf_of(2, chosen.width_pt, chosen.height_pt).save(source)
    many = copied(source.getvalue(), 2, chosen, paper, copies, "T", Path("t.pdf"))
    ((path, data),), findings = many.files, many.findings
    assert path == Path("t.pdf")
    assert {finding.code for finding in findings} <= {"page-scaled"}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2
        assert [round(float(n)) for n in pdf.pages[0].MediaBox][2:] == list(size)
        assert pdf.pages[0].Contents.read_bytes().count(b"/P1 Do") == copies


def test_copies_turned_by_hand_are_fronts_and_backs():
    source = io.BytesIO()
    pdf_of(4, 595.28, 841.89).save(source)
    facts = (source.getvalue(), 4, PAPERS["a4"], PAPERS["a3"], 2, "T", Path("t-x2-a3.pdf"))
    many = copied(*facts, Printer("", duplex=False, backs_reversed=True))
    assert [path.name for path, _ in many.files] == ["t-x2-a3-fronts.pdf", "t-x2-a3-backs.pdf"]
    drawn = []
    for _, data in many.files:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            drawn.append([re.findall(rb"/P(\d)", side.Contents.read_bytes()) for side in pdf.pages])
            assert str(pdf.Root.ViewerPreferences.Duplex) == "/Simplex"
    assert drawn == [[[b"1", b"1"], [b"3", b"3"]], [[b"4", b"4"], [b"2", b"2"]]]


def test_no_page_for_the_copies():
    for sheet, copies in (("a4", 3), ("a4", 4), ("a7", 4)):
        with pytest.raises(UsageError):
            page_for(PAPERS[sheet], copies)
