"""Shapes given as paths: the spare ones, and those that a project draws itself."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from zine.drawing.svg import num

Point = tuple[float, float]
Segment = tuple[Point, ...]
"""Where a line ends, or the two controls of a cubic curve and where it ends."""

_STEPS = 12  # pieces of a curve, where it is measured
_SLACK = 1e-6
_SMALLEST = 0.15  # share of the radius that the narrowest place of a shape has at least
_TOKEN = re.compile(r"[MLCz]|-?\d+(?:\.\d+)?")
_COMMANDS = re.compile(r"[-+.,\s\dMmLlHhVvCcSsQqTtAaZzEe]*")


@dataclass(frozen=True)
class Figure:
    """A closed outline round (0, 0); y runs downwards, as in SVG."""

    start: Point
    segments: tuple[Segment, ...]

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Points on the outline, close enough to measure it by."""
        found, last = [self.start], self.start
        for segment in self.segments:
            found += _along(last, segment)
            last = segment[-1]
        return tuple(found)

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        across, down = zip(*self.points, strict=True)
        return min(across), min(down), max(across), max(down)

    @cached_property
    def inner(self) -> float:
        """Radius of the largest circle round the middle that lies within."""
        around = (*self.points, self.start)
        return min(_distance(one, other) for one, other in itertools.pairwise(around))

    @property
    def seen_whole(self) -> bool:
        """Whether all of the outline is seen from the middle, so that its echoes never cross."""
        around = (*self.points, self.start)
        turns = [
            math.remainder(math.atan2(v, u) - math.atan2(y, x), 2 * math.pi)
            for (x, y), (u, v) in itertools.pairwise(around)
        ]
        one_way = min(turns) > -_SLACK or max(turns) < _SLACK
        return one_way and abs(abs(sum(turns)) - 2 * math.pi) < _SLACK

    def data(self, x: float, y: float, scale: float, *, flip: float = 1.0) -> str:
        """Path data of the outline round (x, y), `scale` times as large; flip −1 mirrors it."""

        def at(point: Point) -> str:
            return f"{num(x + flip * scale * point[0])} {num(y + scale * point[1])}"

        drawn = "".join(
            ("C" if len(segment) == 3 else "L") + " ".join(map(at, segment))
            for segment in self.segments
        )
        return f"M{at(self.start)}{drawn}z"


@cache
def figure(path: str) -> Figure:
    """The figure of a unit path, as `unit_path` writes it."""
    start: Point | None = None
    segments: list[Segment] = []
    command, numbers = "", []
    for token in [*_TOKEN.findall(path), "z"]:
        if not token.isalpha():
            numbers.append(float(token))
            continue
        points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            start = points[0]
        elif command in ("L", "C"):
            segments.append(points)
        command, numbers = token, []
    if start is None:
        raise ValueError(f"no outline: {path!r}")
    return Figure(start, tuple(segments))


def unit_path(data: str) -> str:
    """An SVG path as an outline round (0, 0) whose farthest point lies at a distance of 1.

    The middle is that of its box. All commands of SVG are read; lines and cubic curves written.

    Raises:
        ValueError: it is no path, has not one closed outline, or echoes of it would cross; the
            words say which.
    """
    start, segments = _read(data)
    raw = Figure(start, segments)
    left, top, right, bottom = raw.box
    x, y = (left + right) / 2, (top + bottom) / 2
    radius = max(math.hypot(u - x, v - y) for u, v in raw.points)
    if radius < _SLACK:
        raise ValueError("it has no size")
    made = Figure(
        _moved(start, x, y, radius),
        tuple(tuple(_moved(one, x, y, radius) for one in segment) for segment in segments),
    )
    if not made.seen_whole or made.inner < _SMALLEST:
        raise ValueError("its middle does not see all of its outline, and the echoes would cross")
    return "".join(
        [f"M{_words([made.start])}"]
        + [("C" if len(one) == 3 else "L") + _words(one) for one in made.segments]
        + ["z"]
    )


def _read(data: str) -> tuple[Point, tuple[Segment, ...]]:
    # Imported where it is needed: most books have no shape of their own.
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path

    pen = RecordingPen()
    if not _COMMANDS.fullmatch(data) or not data.strip():
        raise ValueError("it is no path of SVG, such as “M0 0 L10 0 L5 10 z”")
    try:
        parse_path(data, pen)
    except Exception as problem:  # the parser raises whatever its parts do
        raise ValueError("it is no path of SVG, such as “M0 0 L10 0 L5 10 z”") from problem
    starts = [points[0] for name, points in pen.value if name == "moveTo"]
    if len(starts) != 1:
        raise ValueError(f"it has {len(starts)} outlines, not one")
    segments: list[Segment] = []
    last: Point = starts[0]
    for name, points in pen.value:
        if name == "lineTo":
            segments.append((points[0],))
        elif name == "curveTo":
            segments.append(tuple(points))
        elif name == "qCurveTo":
            segments.append(_cubic(last, *points))
        if segments:
            last = segments[-1][-1]
    if len(segments) < 2:
        raise ValueError("it encloses nothing")
    if not all(math.isfinite(part) for one in segments for point in one for part in point):
        raise ValueError("a number of it is too large")
    return starts[0], tuple(segments)


def _cubic(start: Point, control: Point, end: Point) -> Segment:
    """A quadratic curve as a cubic one: controls two thirds of the way to its own."""

    def towards(point: Point) -> Point:
        return point[0] + 2 / 3 * (control[0] - point[0]), point[1] + 2 / 3 * (
            control[1] - point[1]
        )

    return towards(start), towards(end), end


def _along(start: Point, segment: Segment) -> Iterator[Point]:
    if len(segment) == 1:
        yield segment[0]
        return
    one, two, end = segment
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        yield (
            a * start[0] + b * one[0] + c * two[0] + d * end[0],
            a * start[1] + b * one[1] + c * two[1] + d * end[1],
        )


def _distance(one: Point, other: Point) -> float:
    """From the middle to a straight line between two points."""
    (x, y), (u, v) = one, other
    length = (u - x) ** 2 + (v - y) ** 2
    t = 0.0 if length == 0 else max(0.0, min(1.0, -(x * (u - x) + y * (v - y)) / length))
    return math.hypot(x + t * (u - x), y + t * (v - y))


def _moved(point: Point, x: float, y: float, radius: float) -> Point:
    return (point[0] - x) / radius, (point[1] - y) / radius


def _words(points: Iterable[Point]) -> str:
    return " ".join(f"{u:.4f} {v:.4f}" for u, v in points)
