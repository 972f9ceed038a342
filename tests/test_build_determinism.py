"""The same input gives the same bytes, wherever and however it is built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from support.projects import copy_of

pytestmark = pytest.mark.slow
SCRIPT = """
import sys
from pathlib import Path
from zine.build import Options, Request, build, build_handouts
from zine.compiler.selection import SelectBy, Selection
from zine.project import load_project

project, options = load_project(Path(sys.argv[1])), Options(processes=int(sys.argv[2]))
chapter = Selection(SelectBy.CHAPTER, ("principles",))
build(project, [Request(instructions=True), Request(chapter)], options)
build_handouts(project, ["Waste nothing"], None, options)
"""


def digests(root: Path, processes: int, seed: str) -> dict[str, str]:
    """File → digest, of a cold build in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"Etc/GMT-{seed}"}
    command = [sys.executable, "-W", "error", "-c", SCRIPT, str(root), str(processes)]
    subprocess.run(command, check=True, env=environment, cwd=root)
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "dist").rglob("*.pdf"))
    }


def with_picture(root: Path) -> Path:
    """A tiny book one of whose entries has a photograph with a profile of its own."""
    (root / "content" / "images").mkdir(exist_ok=True)
    picture = Image.linear_gradient("L").resize((1300, 700)).convert("RGB")
    picture.save(root / "content" / "images" / "shed.jpg", quality=70, comment="shed")
    path = root / "content" / "stories" / "the-shed-that-moved.md"
    text = path.read_text().replace(
        "where:", 'images: [{name: shed.jpg, source: "A. Tester"}]\nwhere:'
    )
    path.write_text(text)
    return root


def test_two_folders_one_or_two_processes_any_hash_seed_one_result(tmp_path):
    first = with_picture(copy_of("principle", tmp_path / "one"))
    second = with_picture(copy_of("principle", tmp_path / "a rather longer and stranger folder é"))
    one, other = digests(first, 1, "1"), digests(second, 2, "7")
    assert one == other
    assert sorted(one) == [
        "dist/handouts/waste-nothing.pdf",
        "dist/principles-booklet-a4-instructions.pdf",
        "dist/principles-booklet-a4.pdf",
        "dist/principles.pdf",
        "dist/the-shared-garden-booklet-a4-instructions.pdf",
        "dist/the-shared-garden-booklet-a4.pdf",
        "dist/the-shared-garden.pdf",
    ]
