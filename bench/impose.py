"""Imposing a 200-page PDF: zine beside pdfimpose, whole processes, medians of alternating runs.

pdfimpose (AGPL) is installed into an environment of its own under a temporary folder and only ever
run as a separate program; zine neither imports nor needs it. Needs a network or a package mirror.

    python bench/impose.py [--runs 9] [--pages 200] [--pdf FILE] [--keep DIR]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from machine import ENVIRONMENT

TARGET = 0.5
ZINE = (sys.executable, "-m", "zine", "impose")


def pages_pdf(path: Path, pages: int) -> None:
    """A5 pages of text and lines, with two fonts in common and a picture on every fourth."""
    width, height = 419.528, 595.276
    with pikepdf.new() as pdf:
        fonts = Dictionary(
            {
                f"/F{number}": pdf.make_indirect(
                    Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(name))
                )
                for number, name in enumerate(("/Times-Roman", "/Helvetica-Bold"))
            }
        )
        for number in range(1, pages + 1):
            lines = [f"BT /F1 18 Tf 40 {height - 60} Td (Page {number}) Tj ET 0.5 w"]
            for line in range(37):
                y = height - 90 - 13 * line
                words = f"Line {line} of page {number}: words about mutual aid and commons. " * 2
                lines.append(f"BT /F0 9 Tf 40 {y} Td ({words[:92]}) Tj ET")
                lines.append(f"40 {y - 3} m {width - 40} {y - 3} l S")
            resources = Dictionary(Font=fonts)
            if number % 4 == 0:
                pixels = bytes((x * y * number) % 256 for y in range(200) for x in range(300))
                resources.XObject = Dictionary(
                    I=pdf.make_stream(
                        pixels,
                        Type=Name.XObject,
                        Subtype=Name.Image,
                        Width=300,
                        Height=200,
                        ColorSpace=Name.DeviceGray,
                        BitsPerComponent=8,
                    )
                )
                lines.append("q 150 0 0 100 200 40 cm /I Do Q")
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, width, height]),
                Resources=resources,
                Contents=pdf.make_stream("\n".join(lines).encode()),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(path, compress_streams=True)


def pdfimpose_in(folder: Path) -> list[str]:
    """The command of a pdfimpose of its own."""
    home = folder / "pdfimpose"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "-qq", "pdfimpose"], check=True)
    return [str(scripts / "pdfimpose"), "saddle", "--signature", "2x1", "--group", "0"]


def timed(command: Sequence[str]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    return time.perf_counter() - start


def main() -> int:
    """Print both medians and their ratio; 1 where the target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--pdf", type=Path, help="impose this A5 file instead of a made one")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = wish.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        source = wish.pdf or folder / "pages.pdf"
        if not wish.pdf:
            pages_pdf(source, wish.pages)
        outs = {name: folder / f"{name}.pdf" for name in ("zine", "pdfimpose")}
        commands = {
            # The whole command: read, plan, prove by folding, draw, write.
            "zine": [*ZINE, str(source), "-q", "-o", str(outs["zine"])],
            "pdfimpose": [*pdfimpose_in(folder), "-o", str(outs["pdfimpose"]), str(source)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(wish.runs + 1):
            for name, command in commands.items():
                seconds = timed(command)
                if run:  # The first of each warms the file cache.
                    times[name].append(seconds)
        medians = {name: statistics.median(many) for name, many in times.items()}
        lines = [
            f"{source.name}: {source.stat().st_size:,} bytes, {wish.runs} runs each",
            "",
            f"{'':12}{'median':>9}{'fastest':>9}{'sides':>7}{'bytes':>12}",
        ]
        for name, out in outs.items():
            with pikepdf.open(out) as pdf:
                sides = len(pdf.pages)
            lines.append(
                f"{name:12}{medians[name]:8.2f}s{min(times[name]):8.2f}s{sides:7}"
                f"{out.stat().st_size:12,}"
            )
        ratio = medians["zine"] / medians["pdfimpose"]
        lines += ["", f"ratio {ratio:.2f} (target {TARGET} at most)", ""]
        sys.stdout.write("\n".join(lines))
        return 0 if ratio <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
