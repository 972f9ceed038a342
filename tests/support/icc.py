"""An ICC profile of a press that nobody has, small and whole enough for LittleCMS."""

from __future__ import annotations

import itertools
import struct

GRID = 9


def press_profile(name: str = "A press in the cellar") -> bytes:
    """A CMYK output profile (ICC.1:2001-04): black for what is dark, the rest by hue."""
    tags = {
        b"desc": _description(name),
        b"cprt": b"text\0\0\0\0" + b"Public domain\0",
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061),
        b"A2B0": _table(4, 3, _lab),
        b"B2A0": _table(3, 4, _inks),
    }
    offset, table, data = 128 + 4 + 12 * len(tags), b"", b""
    for tag, content in tags.items():
        content += b"\0" * (-len(content) % 4)
        table += struct.pack(">4sII", tag, offset + len(data), len(content))
        data += content
    size = offset + len(data)
    header = struct.pack(
        ">I4sI4s4s4s12s4s",
        size,
        b"lcms",
        0x02400000,
        b"prtr",
        b"CMYK",
        b"Lab ",
        b"\0" * 12,
        b"acsp",
    )
    header += b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


def _description(name: str) -> bytes:
    text = name.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * 78


def _table(inputs: int, outputs: int, mixed) -> bytes:
    """A lut8Type (§6.5.8) of `mixed`, from and to shares of 0 to 1."""
    line = bytes(range(256))
    nodes = itertools.product([step / (GRID - 1) for step in range(GRID)], repeat=inputs)
    clut = bytes(round(255 * min(1, max(0, one))) for node in nodes for one in mixed(*node))
    matrix = struct.pack(">9i", *(65536 if n % 4 == 0 else 0 for n in range(9)))
    head = b"mft1\0\0\0\0" + bytes([inputs, outputs, GRID, 0])
    return head + matrix + line * inputs + clut + line * outputs


def _lab(cyan: float, magenta: float, yellow: float, black: float) -> tuple[float, ...]:
    light = (1 - black) * (1 - 0.3 * (cyan + magenta) / 2 - 0.1 * yellow)
    return light, 0.5 + (magenta - cyan) * 0.4, 0.5 + (yellow - (cyan + magenta) / 2) * 0.4


def _inks(light: float, a: float, b: float) -> tuple[float, ...]:
    return (0.5 - a) * 2.5, (a - 0.5) * 2.5, (b - 0.5) * 2.5, 1 - light
