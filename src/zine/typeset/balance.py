"""Balance: titles whose lines are about equally long, and no line of a single word at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from html import unescape
from itertools import accumulate, pairwise

from zine.typeset.fonts import text_width
from zine.typeset.wording import NBSP
from zine.units import mm_to_pt

TRACKING = -0.005  # em, of entry titles and heads
HEAD_SIZE = 38.0  # pt, of the heads of texts and indexes
PULL_SIZE, PULL_MM = 24.0, 104.0  # pull quotes: pt, and measure
_SHORT = 3  # letters of a word that holds on to the next
_RUNT = 0.6  # of an even line: a last word narrower than that stands lost
_SAFE = 0.985  # of the measure: widths are reckoned without kerning
_PULL = re.compile(r'(<p class="pull"[^>]*>)([^<]+)(</p>)')

Width = Callable[[str], float]


def balanced(title: str, size: float, measure_mm: float, *, tracking: float = TRACKING) -> str:
    """A title with no-break spaces where its lines must not turn over.

    It takes as few lines as it can; among the ways to break those, the one whose lines differ
    least, with no short word at an end of a line and no short word alone
    on the last. A word wider than
    the measure leaves the title to break as it may.

    Args:
        size: pt.
        tracking: em.
    """
    words = title.split()
    width = partial(_width, size=size, tracking=tracking)
    breaks = _breaks(words, width, _SAFE * mm_to_pt(measure_mm))
    if not breaks:
        return " ".join(words)
    edges = [0, *breaks, len(words)]
    lines = (words[start:end] for start, end in pairwise(edges))
    return " ".join(NBSP.join(line) for line in lines)


def balanced_pulls(html: str) -> str:
    """Running text whose pull quotes are balanced."""

    def balance(match: re.Match[str]) -> str:
        # Width is that of the characters; the words go back as they were written.
        words = match[2].split()
        plain = balanced(unescape(match[2]), PULL_SIZE, PULL_MM, tracking=0.0)
        joints = [one for one in plain if one in (" ", NBSP)]
        if len(joints) != len(words) - 1:
            return match[0]
        text = "".join(word + joint for word, joint in zip(words, [*joints, ""], strict=True))
        return match[1] + text + match[3]

    return _PULL.sub(balance, html)


def _width(text: str, *, size: float, tracking: float) -> float:
    return text_width(text, size) + len(text) * tracking * size


def _breaks(words: Sequence[str], width: Width, measure: float) -> list[int]:
    """Numbers of the words that begin the second and later lines; none where one line does."""
    if any(width(word) > measure for word in words):
        return []
    fewest = _fewest(words, width, measure)
    if fewest == 1:
        return []
    aim = width(" ".join(words)) / fewest
    # best[n][i]: cost of the first i words on n lines, and where the last of them begins.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for number in range(1, fewest + 1):
        row: dict[int, tuple[float, int]] = {}
        for end in range(1, len(words) + 1):
            for start, (cost, _) in best[-1].items():
                if start >= end or (long := width(" ".join(words[start:end]))) > measure:
                    continue
                found = cost + ((long - aim) / measure) ** 2
                last = number == fewest
                if not last and len(words[end - 1].strip("“”‘’\"',;:.")) <= _SHORT:
                    found += 0.3
                if last and end - start == 1 and long < _RUNT * aim:
                    found += 0.6
                if end not in row or found < row[end][0]:
                    row[end] = (found, start)
        best.append(row)
    breaks, end = [], len(words)
    for number in range(fewest, 1, -1):
        end = best[number][end][1]
        breaks.append(end)
    return breaks[::-1]


def _fewest(words: Sequence[str], width: Width, measure: float) -> int:
    def add(state: tuple[int, str], word: str) -> tuple[int, str]:
        lines, line = state
        longer = f"{line} {word}" if line else word
        return (lines, longer) if width(longer) <= measure else (lines + 1, word)

    return list(accumulate(words, add, initial=(1, "")))[-1][0]
