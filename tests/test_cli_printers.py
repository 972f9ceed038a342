"""`zine calibrate`, `--printer`, `--cover` and `--instructions` on any PDF."""

from __future__ import annotations

import json

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from typer.testing import CliRunner

from support.pdfs import Read
from zine.cli.app import app
from zine.config import printers
from zine.config.printers import printer_named, save_printer
from zine.diagnostics import UsageError
from zine.impose.printer import Printer
from zine.impose.sheets import Flip
from zine.paper import PAPERS


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working directory, and a configuration of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(printers, "user_config_path", lambda *_, **__: tmp_path / "config")
    return tmp_path


def pdf_of(pages: int) -> None:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, 419.53, 595.28]),
                Resources=Dictionary(),
                Contents=pdf.make_stream(b"0 0 50 50 re f"),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save("zine.pdf")


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def preferences(path: str) -> tuple[str, str, int]:
    with pikepdf.open(path) as pdf:
        wish = pdf.Root.ViewerPreferences
        return str(wish.PrintScaling), str(wish.Duplex), len(pdf.pages)


def test_what_is_saved_is_read_again(here):
    whole = Printer(
        "kitchen", PAPERS["letter"], Flip.LONG, False, True, 4.5, (0.5, -1.0), (-2.0, 0.25)
    )
    save_printer(whole)
    assert printer_named("kitchen") == whole
    save_printer(Printer("plain"))
    assert printer_named("plain") == Printer("plain")


def test_the_sheet_is_as_large_as_the_paper_and_never_scaled(here):
    result = run("calibrate", "kitchen")
    assert (result.exit_code, result.stdout) == (0, "calibration-a4.pdf\n"), result.stderr
    assert preferences("calibration-a4.pdf") == ("/None", "/DuplexFlipShortEdge", 2)
    with Read(here / "calibration-a4.pdf") as read:
        assert read.size(0) == read.size(1) == pytest.approx((841.89, 595.28), abs=0.02)
        assert "zine calibrate kitchen" in read.words(0)
        assert "flip edge: short" in read.words(1)
    result = run("calibrate", "--paper", "letter", "--portrait")
    assert result.stdout == "calibration-letter-portrait.pdf\n"
    assert preferences("calibration-letter-portrait.pdf")[1] == "/DuplexFlipLongEdge"


def test_answers_are_added_to_one_another_and_listed(here):
    assert run("calibrate", "kitchen", "--flip", "long", "--margin", "5").exit_code == 0
    result = run("calibrate", "kitchen", "--drift", "0.5,-1", "--by-hand", "--backs-reversed")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip().endswith("kitchen.yaml")
    listed = json.loads(run("calibrate", "--list", "--json").stdout)
    assert listed["printers"] == [
        {
            "name": "kitchen",
            "paper": None,
            "flip": "long",
            "by_hand": True,
            "backs_reversed": True,
            "margin": 5.0,
            "drift": [0.5, -1.0],
            "drift_portrait": [0.0, 0.0],
        }
    ]
    assert "flip long, turned by hand" in run("calibrate", "--list").stdout


def test_impose_and_dummy_print_as_the_printer_does(here):
    run("calibrate", "kitchen", "--flip", "long", "--drift", "2,0")
    pdf_of(8)
    assert run("impose", "zine.pdf", "--printer", "kitchen").exit_code == 0
    assert preferences("zine-saddle-a4.pdf") == ("/None", "/DuplexFlipLongEdge", 4)
    with pikepdf.open("zine-saddle-a4.pdf") as pdf:
        fronts, backs = (pdf.pages[side].Contents.read_bytes() for side in (0, 1))
        assert backs.startswith(b"q\n1 0 0 1 -5.6693 0 cm") and b"1 0 0 1 -5.6" not in fronts
        # TrimBox and ink move together; the sheet stays as it is.
        trims = [[float(n) for n in pdf.pages[side].TrimBox] for side in (0, 1)]
        assert trims[1][0] == pytest.approx(max(0, trims[0][0] - 5.6693), abs=0.01)
        assert [float(n) for n in pdf.pages[1].MediaBox][:2] == [0, 0]
    run("calibrate", "kitchen", "--by-hand")
    result = run("dummy", "saddle", "8", "--printer", "kitchen")
    assert result.stdout.split() == ["dummy-saddle-a4-fronts.pdf", "dummy-saddle-a4-backs.pdf"]
    assert preferences("dummy-saddle-a4-backs.pdf") == ("/None", "/Simplex", 2)


@pytest.mark.parametrize(
    ("scheme", "pages", "inside", "cover", "width"),
    [("saddle", 12, 4, "a4", 842), ("perfect", 30, 14, "a3", 1191)],
)
def test_a_cover_of_its_own_with_instructions(here, scheme, pages, inside, cover, width):
    pdf_of(pages)
    result = run("impose", "zine.pdf", "--scheme", scheme, "--cover", "separate", "--instructions")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.split() == [
        f"zine-{scheme}-a4.pdf", f"zine-cover-{cover}.pdf", f"zine-{scheme}-a4-instructions.pdf",
    ]  # fmt: skip
    assert preferences(f"zine-{scheme}-a4.pdf")[2] == inside
    assert preferences(f"zine-cover-{cover}.pdf")[2] == 2
    with Read(here / f"zine-cover-{cover}.pdf") as read:
        assert round(read.size(0)[0]) == width
    with Read(here / f"zine-{scheme}-a4-instructions.pdf") as read:
        assert f"zine-cover-{cover}.pdf" in read.words(0)
        # 26 pages are 13 leaves, blanks counted 14: 1.4 mm, and 1 mm of glue.
        assert ("2.4 mm apart" in read.words(0)) is (scheme == "perfect")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("impose", "zine.pdf", "--printer", "kitchin"), "printer-unknown", "zine calibrate"),
        (("calibrate", "--flip", "long"), "printer-name", "no printer to belong to"),
        (("calibrate", "My Printer", "--flip", "long"), "printer-name", "my-printer"),
        (("calibrate", "kitchen", "--drift", "left"), "drift", "0.5,-1"),
        (("impose", "zine.pdf", "--cover", "separate"), "cover-short", "four pages"),
    ],
)
def test_refusals(here, arguments, code, words):
    pdf_of(4)
    result = run(*arguments)
    assert result.exit_code == 2
    assert f"error[{code}]" in result.stderr
    assert words in result.stderr


def test_a_file_that_is_wrong_is_told_of_at_its_line(here):
    path = save_printer(Printer("kitchen"))
    path.write_text("flip: sideways\nmargin: wide\ndrift: [1]\nlid: 3\n", encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        printer_named("kitchen")
    assert sorted(one.place.line for one in raised.value.findings) == [1, 2, 3, 4]
