"""Draw the three scenes of the demo book: black-and-white plates in screened greys.

    python tools/draw_scenes.py [DIR]

Every scene is a pure function that returns a grey plane, drawn three times larger than it is
printed. `screen` lays a round 45° dot of 0.88 mm over the greys, keeps solid black and solid
white as they are, and reduces the plane to 1900 x 1017 pixels: 157 x 84 mm at 307 ppi.
Nothing is random that is not seeded, so the same files come out every time.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1900, 1017
ZOOM = 3
CELL = 15  # pixels between two dots of a row; the 45° pitch is CELL / sqrt(2) = 0.88 mm
BLACK, WHITE = 0, 255

Point = tuple[float, float]
Shape = tuple[Sequence[Point], int, bool]  # outline, grey, whether a key line runs around it


# --- geometry ---------------------------------------------------------------------------------


def spline(points: Sequence[Point], closed: bool = True, steps: int = 10) -> list[Point]:
    """Run a Catmull-Rom curve through the points."""
    n = len(points)
    if n < 3:
        return list(points)
    last = n if closed else n - 1
    out: list[Point] = []

    def at(i: int) -> Point:
        return points[i % n] if closed else points[max(0, min(n - 1, i))]

    for i in range(last):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = at(i - 1), at(i), at(i + 1), at(i + 2)
        for k in range(steps):
            t = k / steps
            t2, t3 = t * t, t * t * t
            out.append(
                (
                    0.5
                    * (
                        2 * bx
                        + (cx - ax) * t
                        + (2 * ax - 5 * bx + 4 * cx - dx) * t2
                        + (3 * bx - ax - 3 * cx + dx) * t3
                    ),
                    0.5
                    * (
                        2 * by
                        + (cy - ay) * t
                        + (2 * ay - 5 * by + 4 * cy - dy) * t2
                        + (3 * by - ay - 3 * cy + dy) * t3
                    ),
                )
            )
    if not closed:
        out.append(points[-1])
    return out


def tube(points: Sequence[Point], widths: Sequence[float], steps: int = 10) -> list[Point]:
    """Outline a limb: a curve through the points whose width changes on the way."""
    path = spline(points, closed=False, steps=steps) if len(points) > 2 else list(points)
    total = len(path) - 1
    left: list[Point] = []
    right: list[Point] = []
    for i, (x, y) in enumerate(path):
        where = i / total * (len(widths) - 1)
        k = min(int(where), len(widths) - 2)
        half = (widths[k] + (widths[k + 1] - widths[k]) * (where - k)) / 2
        (ax, ay), (bx, by) = path[max(0, i - 1)], path[min(total, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))

    def cap(centre: Point, start: Point) -> list[Point]:
        radius = math.dist(centre, start)
        angle = math.atan2(start[1] - centre[1], start[0] - centre[0])
        return [
            (
                centre[0] + radius * math.cos(angle - math.pi * k / 8),
                centre[1] + radius * math.sin(angle - math.pi * k / 8),
            )
            for k in range(1, 8)
        ]

    return left + cap(path[-1], left[-1]) + right[::-1] + cap(path[0], right[0])


def lens(a: Point, b: Point, width: float, bend: float = 0.0) -> list[Point]:
    """Outline one cut of the gouge: pointed at both ends, widest in the middle."""
    length = math.dist(a, b) or 1.0
    nx, ny = -(b[1] - a[1]) / length, (b[0] - a[0]) / length
    up: list[Point] = []
    down: list[Point] = []
    for k in range(9):
        t = k / 8
        swell = math.sin(math.pi * t)
        x = a[0] + (b[0] - a[0]) * t + nx * bend * swell
        y = a[1] + (b[1] - a[1]) * t + ny * bend * swell
        up.append((x + nx * width / 2 * swell, y + ny * width / 2 * swell))
        down.append((x - nx * width / 2 * swell, y - ny * width / 2 * swell))
    return up + down[::-1]


def oval(cx: float, cy: float, rx: float, ry: float, turn: float = 0.0) -> list[Point]:
    """Outline an ellipse, turned by some degrees."""
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    out: list[Point] = []
    for k in range(40):
        u, v = rx * math.cos(k * math.pi / 20), ry * math.sin(k * math.pi / 20)
        out.append((cx + u * c - v * s, cy + u * s + v * c))
    return out


def box(x0: float, y0: float, x1: float, y1: float) -> list[Point]:
    """Outline an upright rectangle."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def mix(a: Point, b: Point, t: float) -> Point:
    """Give the point a share t of the way from a to b."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


# --- the plate and the figures ----------------------------------------------------------------


class Plate:
    """A grey plane, drawn at ZOOM times its printed size, in printed pixels."""

    def __init__(self, tone: int = WHITE) -> None:
        self.image = Image.new("L", (WIDTH * ZOOM, HEIGHT * ZOOM), tone)
        self._draw = ImageDraw.Draw(self.image)

    def fill(self, points: Iterable[Point], tone: int) -> None:
        """Fill a closed outline."""
        self._draw.polygon([(x * ZOOM, y * ZOOM) for x, y in points], fill=tone)

    def line(self, points: Sequence[Point], width: float, tone: int = BLACK) -> None:
        """Draw a line of even width with round joints."""
        scaled = [(x * ZOOM, y * ZOOM) for x, y in points]
        self._draw.line(scaled, fill=tone, width=max(1, round(width * ZOOM)), joint="curve")
        radius = width * ZOOM / 2
        for x, y in (scaled[0], scaled[-1]):
            self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tone)

    def cut(self, a: Point, b: Point, width: float, tone: int = WHITE, bend: float = 0.0) -> None:
        """Make one cut of the gouge."""
        self.fill(lens(a, b, width, bend), tone)

    def group(self, shapes: Sequence[Shape], halo: float = 0.0, key: float = 4.0) -> None:
        """Fill shapes in turn, over a white halo around all of them.

        A key line parts each shape from what lies under it: white around dark shapes, black
        around light ones.
        """
        if halo:
            for points, _, _ in shapes:
                self.line([*points, points[0]], 2 * (halo + key), WHITE)
        for points, shade, keyed in shapes:
            if keyed and key:
                rim = WHITE if shade < 60 else BLACK
                self.line([*points, points[0]], 2 * key * (0.8 if rim else 1.0), rim)
            self.fill(points, shade)


@dataclass
class Figure:
    """Shapes in their own coordinates: feet at (0, 0), a grown person 500 units tall."""

    x: float
    y: float
    size: float = 1.0
    flip: bool = False
    shapes: list[Shape] = field(default_factory=list)

    def place(self, points: Iterable[Point]) -> list[Point]:
        """Move points from the figure's coordinates to the plate's."""
        sign = -self.size if self.flip else self.size
        return [(self.x + px * sign, self.y + py * self.size) for px, py in points]

    def blob(self, points: Sequence[Point], tone: int) -> None:
        """Add a rounded shape through the points."""
        self.shapes.append((self.place(spline(points)), tone, True))

    def poly(self, points: Sequence[Point], tone: int) -> None:
        """Add a shape with corners."""
        self.shapes.append((self.place(points), tone, True))

    def limb(self, points: Sequence[Point], widths: Sequence[float], tone: int) -> None:
        """Add an arm, a leg or a line."""
        self.shapes.append((self.place(tube(points, widths)), tone, True))

    def cut(self, a: Point, b: Point, width: float, tone: int, bend: float = 0.0) -> None:
        """Add a fold or a highlight."""
        self.shapes.append((self.place(lens(a, b, width, bend)), tone, False))

    def ring(self, x: float, y: float, rx: float, ry: float, tone: int, turn: float = 0) -> None:
        """Add an ellipse."""
        self.shapes.append((self.place(oval(x, y, rx, ry, turn)), tone, True))

    def hand(self, wrist: Point, towards: Point, tone: int, size: float = 1.0) -> None:
        """Add a mitten hand that points somewhere, with its thumb up."""
        length = math.dist(wrist, towards) or 1.0
        ux, uy = (towards[0] - wrist[0]) / length, (towards[1] - wrist[1]) / length
        tip = (wrist[0] + ux * 34 * size, wrist[1] + uy * 34 * size)
        middle = mix(wrist, tip, 0.55)
        self.limb([wrist, middle, tip], [17 * size, 24 * size, 12 * size], tone)
        side = -1 if ux > 0 else 1
        thumb = (middle[0] - uy * 15 * size * -side + ux * 6, middle[1] + ux * 15 * size * side)
        self.limb([mix(wrist, middle, 0.4), thumb], [11 * size, 8 * size], tone)

    def fist(self, x: float, y: float, turn: float, tone: int) -> None:
        """Add a hand closed around something that runs at `turn` degrees."""
        self.ring(x, y, 15, 19, tone, turn)
        c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        for k in (-7, 0, 7):
            self.cut(
                (x + k * -s - 9 * c, y + k * c - 9 * s),
                (x + k * -s + 13 * c, y + k * c + 13 * s),
                3.6,
                BLACK if tone >= 120 else WHITE,
            )

    def draw(self, plate: Plate, halo: float = 5.0, key: float = 4.0) -> None:
        """Print the figure with a halo that frees it from what is behind."""
        plate.group(self.shapes, halo, key)


PROFILE: list[Point] = [
    (0.00, -0.50),
    (0.18, -0.47),
    (0.31, -0.37),
    (0.35, -0.24),
    (0.345, -0.13),
    (0.36, -0.08),
    (0.475, 0.085),
    (0.46, 0.125),
    (0.36, 0.14),
    (0.375, 0.185),
    (0.40, 0.215),
    (0.355, 0.25),
    (0.385, 0.29),
    (0.365, 0.335),
    (0.33, 0.36),
    (0.35, 0.43),
    (0.31, 0.50),
    (0.21, 0.51),
    (0.06, 0.43),
    (-0.06, 0.33),
    (-0.12, 0.42),
    (-0.34, 0.40),
    (-0.37, 0.18),
    (-0.45, -0.02),
    (-0.45, -0.22),
    (-0.36, -0.40),
    (-0.18, -0.49),
]
HAIR_SHORT: list[Point] = [
    (0.34, -0.26),
    (0.30, -0.44),
    (0.10, -0.56),
    (-0.18, -0.56),
    (-0.42, -0.42),
    (-0.51, -0.18),
    (-0.47, 0.06),
    (-0.37, 0.24),
    (-0.30, 0.14),
    (-0.20, 0.16),
    (-0.14, 0.02),
    (-0.06, 0.02),
    (-0.04, -0.16),
    (0.06, -0.25),
    (0.20, -0.27),
]
HAIR_LONG: list[Point] = [
    (0.35, -0.24),
    (0.30, -0.44),
    (0.08, -0.57),
    (-0.20, -0.56),
    (-0.45, -0.41),
    (-0.54, -0.14),
    (-0.54, 0.20),
    (-0.58, 0.58),
    (-0.40, 0.72),
    (-0.14, 0.62),
    (-0.12, 0.40),
    (-0.04, 0.20),
    (-0.02, -0.06),
    (0.10, -0.22),
]
SCARF: list[Point] = [
    (0.35, -0.26),
    (0.29, -0.45),
    (0.06, -0.57),
    (-0.24, -0.55),
    (-0.47, -0.38),
    (-0.55, -0.08),
    (-0.56, 0.25),
    (-0.60, 0.52),
    (-0.30, 0.58),
    (0.02, 0.60),
    (0.18, 0.53),
    (0.06, 0.40),
    (0.02, 0.20),
    (0.05, -0.05),
    (0.16, -0.22),
]


def head(
    figure: Figure,
    x: float,
    y: float,
    size: float,
    skin: int,
    hair: str,
    tone: int = BLACK,
    tilt: float = 0.0,
    back: bool = False,
) -> None:
    """Add a head in profile, looking right (or left, if `back`), with its chin line at y + size/2.

    Args:
        figure: The figure that gets the head.
        x: The middle of the head.
        y: The middle of the head.
        size: The height of the head.
        skin: The grey of the face.
        hair: One of short, long, bun, tail, curls, bald, scarf, wrap, cap, hat.
        tone: The grey of the hair or the cloth.
        tilt: Degrees by which the head bows forward.
        back: Whether the head looks the other way than the figure does.
    """
    sign = -1.0 if back else 1.0
    c, s = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    ink = BLACK if skin >= 120 else WHITE

    def at(points: Iterable[Point]) -> list[Point]:
        turned = [((u * c - v * s), (u * s + v * c)) for u, v in points]
        return [(x + sign * u * size, y + v * size) for u, v in turned]

    def add(points: Sequence[Point], shade: int, smooth: bool = True, key: bool = False) -> None:
        outline = at(spline(points) if smooth else points)
        figure.shapes.append((figure.place(outline), shade, key))

    if hair == "long":
        add([(-0.30, -0.2), (-0.56, 0.3), (-0.50, 0.75), (-0.1, 0.7), (0.0, 0.2)], tone)
    add(PROFILE, skin, key=True)
    # brow, eye, nostril, mouth, ear
    add(lens((0.13, -0.165), (0.335, -0.205), 0.06, -0.02), ink, smooth=False)
    add(lens((0.17, -0.04), (0.315, -0.06), 0.09, -0.012), ink, smooth=False)
    add(lens((0.36, 0.10), (0.43, 0.12), 0.04), ink, smooth=False)
    add(lens((0.19, 0.215), (0.385, 0.25), 0.05, 0.022), ink, smooth=False)
    if hair not in ("scarf", "long"):
        add(oval(-0.08, 0.02, 0.085, 0.13), skin, smooth=False)
        add(lens((-0.11, -0.08), (-0.05, 0.11), 0.05, 0.03), ink, smooth=False)
    if hair in ("short", "bun", "tail"):
        add(HAIR_SHORT, tone)
    if hair in ("cap", "hat"):
        add(HAIR_SHORT, BLACK if skin else 150)
    if hair == "wrap":
        add(
            [
                (0.36, -0.22),
                (0.38, -0.44),
                (0.20, -0.62),
                (-0.12, -0.68),
                (-0.44, -0.56),
                (-0.58, -0.28),
                (-0.48, -0.02),
                (-0.30, 0.06),
                (-0.16, -0.06),
                (0.08, -0.18),
            ],
            tone,
            key=True,
        )
        fold = BLACK if tone >= 120 else WHITE
        for k in range(4):
            add(
                lens(
                    (0.34 - k * 0.12, -0.34 - k * 0.08),
                    (-0.46 + k * 0.05, -0.02 - k * 0.14),
                    0.045,
                    -0.10,
                ),
                fold,
                smooth=False,
            )
    if hair == "bun":
        add(oval(-0.52, -0.16, 0.19, 0.17), tone, smooth=False)
    if hair == "tail":
        add([(-0.42, -0.2), (-0.62, -0.1), (-0.66, 0.3), (-0.56, 0.62), (-0.5, 0.2)], tone)
    if hair == "long":
        add(HAIR_LONG, tone)
    if hair == "scarf":
        add(SCARF, tone, key=True)
        fold = BLACK if tone >= 120 else WHITE
        add(lens((0.24, -0.40), (-0.42, 0.10), 0.035, -0.12), fold, smooth=False)
        add(lens((0.12, -0.50), (-0.50, -0.14), 0.03, -0.10), fold, smooth=False)
        add(lens((0.05, 0.46), (-0.50, 0.36), 0.03, 0.06), fold, smooth=False)
    if hair == "curls":
        for k in range(15):
            angle = math.radians(-32 - k * 13.5)
            add(
                oval(-0.06 + 0.42 * math.cos(angle), -0.14 + 0.40 * math.sin(angle), 0.16, 0.16),
                tone,
                smooth=False,
            )
        add(HAIR_SHORT, tone)
    if hair == "cap":
        add(
            [
                (0.36, -0.22),
                (0.34, -0.42),
                (0.10, -0.60),
                (-0.25, -0.58),
                (-0.48, -0.36),
                (-0.48, -0.20),
                (0.0, -0.22),
            ],
            tone,
        )
        add([(0.26, -0.30), (0.50, -0.26), (0.62, -0.19), (0.36, -0.19)], tone)
    if hair == "hat":
        add(
            [(0.30, -0.28), (0.27, -0.66), (0.0, -0.72), (-0.30, -0.66), (-0.38, -0.26)],
            tone,
            key=True,
        )
        add(
            [
                (0.72, -0.20),
                (0.30, -0.34),
                (-0.30, -0.32),
                (-0.80, -0.12),
                (-0.40, -0.17),
                (0.20, -0.22),
            ],
            tone,
            key=True,
        )
        band = BLACK if tone >= 120 else WHITE
        add(lens((0.31, -0.36), (-0.38, -0.34), 0.10, -0.03), band, smooth=False)
    if hair == "bald":
        add(
            [
                (-0.14, 0.02),
                (-0.20, -0.2),
                (-0.42, -0.24),
                (-0.50, -0.05),
                (-0.46, 0.16),
                (-0.34, 0.24),
                (-0.22, 0.14),
            ],
            tone,
        )
    if hair in ("short", "bun", "tail", "long") and tone < 120:
        add(lens((0.16, -0.44), (-0.34, -0.32), 0.035, -0.08), WHITE, smooth=False)
        add(lens((0.04, -0.36), (-0.40, -0.12), 0.03, -0.08), WHITE, smooth=False)


BUST: list[Point] = [  # somebody behind a table
    (-60, -320),
    (-48, -384),
    (0, -402),
    (46, -386),
    (58, -320),
    (52, -200),
    (-56, -200),
]


# --- the screen -------------------------------------------------------------------------------


def threshold(period: int) -> Image.Image:
    """Make one tile of the dot screen: two round dots of a 45° grid, every grey an equal share."""

    def spot(x: int, y: int) -> float:
        u, v = (x + y + 1) / period, (x - y) / period
        a, b = 2 * abs(u - round(u)), 2 * abs(v - round(v))
        return 1 - a * a - b * b if a + b <= 1 else (a - 1) ** 2 + (b - 1) ** 2 - 1

    order = sorted(((spot(x, y), x, y) for y in range(period) for x in range(period)), reverse=True)
    tile = Image.new("L", (period, period))
    for rank, (_, x, y) in enumerate(order):
        tile.putpixel((x, y), 254 - rank * 254 // len(order))
    return tile


def screen(plane: Image.Image) -> Image.Image:
    """Turn the greys of a plane into dots and reduce it to its printed size."""
    period = CELL * ZOOM
    tile = threshold(period)
    tiled = Image.new("L", plane.size)
    for y in range(0, plane.height, period):
        for x in range(0, plane.width, period):
            tiled.paste(tile, (x, y))
    # black where the plane is darker than the screen, or not lighter than nothing at all
    dots = ImageChops.subtract(plane, tiled).point(lambda v: WHITE if v > 0 else BLACK)
    small = dots.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    return small.point(lambda v: round(v / 51) * 51)


# --- the olive harvest at Marinaleda ----------------------------------------------------------


def leaves(
    plate: Plate,
    rng: random.Random,
    x: float,
    y: float,
    rx: float,
    ry: float,
    count: int,
    length: float,
    tones: Sequence[int],
) -> None:
    """Scatter narrow leaves over an ellipse, pointing away from its middle."""
    for _ in range(count):
        angle = rng.uniform(0, 2 * math.pi)
        far = math.sqrt(rng.random())
        px, py = x + rx * far * math.cos(angle), y + ry * far * math.sin(angle)
        turn = angle + rng.uniform(-0.9, 0.9)
        reach = length * rng.uniform(0.7, 1.2)
        tip = (px + reach * math.cos(turn), py + reach * math.sin(turn))
        plate.cut((px, py), tip, reach * 0.30, rng.choice(tones))


def sun(plate: Plate, x: float, y: float, radius: float, reach: float, tone: int) -> None:
    """Cut a sun with rays."""
    for k in range(72):
        angle = 2 * math.pi * k / 72
        start = radius * (1.28 if k % 2 else 1.5)
        end = radius + reach * (1.0 if k % 2 else 0.62)
        plate.cut(
            (x + start * math.cos(angle), y + start * math.sin(angle)),
            (x + end * math.cos(angle), y + end * math.sin(angle)),
            15 if k % 2 else 10,
            tone,
        )
    plate.fill(oval(x, y, radius, radius), tone)


def house(
    plate: Plate,
    x: float,
    y: float,
    w: float,
    h: float,
    roof: float,
    door: bool = True,
) -> None:
    """Build a white village house whose ground line is y."""
    plate.fill(box(x - 3, y - h - 3, x + w + 3, y), BLACK)
    plate.fill(box(x, y - h, x + w, y), WHITE)
    plate.fill(box(x + w * 0.72, y - h, x + w, y), 205)
    plate.fill(
        [
            (x - 9, y - h),
            (x + w * 0.14, y - h - roof),
            (x + w * 0.9, y - h - roof),
            (x + w + 9, y - h),
        ],
        BLACK,
    )
    for k in range(1, int(w // 13)):
        px = x + k * 13
        plate.cut((px, y - h - 3), (mix((px, 0), (x + w / 2, 0), 0.14)[0], y - h - roof + 3), 4)
    wide, high = w * 0.13, h * 0.24
    for px in (x + w * 0.14, x + w * 0.46):
        plate.fill(box(px, y - h * 0.76, px + wide, y - h * 0.76 + high), BLACK)
    if door:
        plate.fill(box(x + w * 0.30, y - h * 0.40, x + w * 0.44, y), BLACK)


def olive_row(plate: Plate, a: Point, b: Point, count: int, big: float, small: float) -> None:
    """Plant a row of far olive trees, smaller towards b."""
    for k in range(count):
        t = 1 - (1 - k / max(1, count - 1)) ** 1.25
        x, y = mix(a, b, t)
        r = big + (small - big) * t
        plate.fill(oval(x, y, r * 1.12, r * 0.42), BLACK)
        plate.fill(oval(x, y - r * 0.75, r, r * 0.78), BLACK)
        plate.cut(
            (x - r * 0.6, y - r * 0.9), (x + r * 0.1, y - r * 1.3), r * 0.30, WHITE, -r * 0.12
        )


def marinaleda() -> Image.Image:
    """Olive pickers on the hills, the white village above them, a mural wall beside the path."""
    plate = Plate(214)
    rng = random.Random(1991)

    sun(plate, 1060, 196, 74, 250, WHITE)
    for _ in range(40):  # long cuts of evening sky
        x, y = rng.uniform(560, 1900), rng.uniform(20, 330)
        if math.dist((x, y * 1.2), (1060, 230)) > 360:
            plate.cut((x - 110, y), (x + rng.uniform(60, 150), y + rng.uniform(-4, 4)), 7, WHITE)

    # far sierra and hills
    plate.fill(
        [
            *spline(
                [
                    (-40, 395),
                    (180, 345),
                    (380, 380),
                    (620, 310),
                    (830, 365),
                    (1030, 330),
                    (1250, 372),
                    (1500, 300),
                    (1720, 345),
                    (1960, 310),
                ],
                False,
            ),
            (1960, 700),
            (-40, 700),
        ],
        165,
    )
    for k in range(26):
        x = 30 + k * 74
        plate.cut((x, 372 + 12 * math.sin(k)), (x + 46, 420 + 10 * math.sin(k * 2.0)), 7, 214)
    plate.fill(
        [
            *spline(
                [
                    (-40, 470),
                    (250, 440),
                    (560, 400),
                    (830, 432),
                    (1100, 452),
                    (1320, 430),
                    (1600, 414),
                    (1960, 426),
                ],
                False,
            ),
            (1960, 900),
            (-40, 900),
        ],
        226,
    )
    for k in range(9):
        olive_row(plate, (640 + k * 66, 520), (760 + k * 46, 446), 4, 13, 7)

    # the village
    ridge = [(1170, 466), (1310, 436), (1480, 424), (1640, 420), (1820, 430), (1960, 430)]
    plate.fill([*spline(ridge, False), (1960, 700), (1120, 700)], 120)
    house(plate, 1545, 404, 92, 74, 26)
    house(plate, 1760, 410, 96, 78, 24)
    plate.fill(box(1655, 236, 1717, 420), BLACK)  # the church tower
    plate.fill(box(1659, 240, 1713, 420), WHITE)
    plate.fill(box(1694, 240, 1713, 420), 205)
    plate.fill([(1645, 240), (1686, 178), (1727, 240)], BLACK)
    plate.line([(1686, 182), (1686, 148)], 5)
    plate.line([(1675, 159), (1697, 159)], 5)
    plate.fill(
        [
            *box(1672, 276, 1698, 312),
        ],
        BLACK,
    )
    plate.fill(oval(1685, 276, 13, 14), BLACK)
    house(plate, 1290, 452, 104, 84, 28)
    house(plate, 1420, 440, 116, 96, 30)
    house(plate, 1590, 450, 122, 88, 30)
    house(plate, 1730, 466, 118, 92, 30)
    house(plate, 1200, 482, 88, 70, 24)
    house(plate, 1858, 470, 96, 96, 30)
    house(plate, 1350, 494, 110, 78, 26)
    house(plate, 1500, 500, 126, 84, 28)
    for x, y, r in (
        (1180, 486, 24),
        (1318, 500, 26),
        (1478, 505, 24),
        (1650, 505, 28),
        (1708, 492, 20),
    ):
        plate.fill(oval(x, y - r * 1.1, r * 0.62, r * 1.6), BLACK)
        plate.cut((x - r * 0.2, y), (x - r * 0.25, y - r * 2.2), 5, WHITE)

    # the near slope, ploughed towards the village
    plate.fill(
        [
            *spline(
                [
                    (-40, 560),
                    (300, 540),
                    (640, 545),
                    (960, 536),
                    (1240, 516),
                    (1500, 508),
                    (1960, 512),
                ],
                False,
            ),
            (1960, 1060),
            (-40, 1060),
        ],
        176,
    )
    for k in range(-14, 30):
        foot = (150 + k * 112, 1040)
        top = (1080 + k * 19, 534)
        plate.cut(mix(foot, top, -0.05), mix(foot, top, 0.98), 20, WHITE, 4)
        plate.cut(mix(foot, top, 0.06 + rng.random() * 0.05), mix(foot, top, 0.7), 8, BLACK, 5)
    for x, y, r in (
        (1128, 566, 17),
        (1080, 572, 18),
        (1030, 580, 20),
        (1104, 612, 26),
        (1044, 628, 30),
        (1300, 590, 24),
        (1326, 640, 32),
    ):
        olive_row(plate, (x, y), (x, y), 1, r, r)

    # the mural wall
    wall = [(1372, 574), (1960, 546), (1960, 896), (1372, 836)]
    plate.fill([(1356, 568), (1960, 530), (1960, 924), (1356, 850)], BLACK)
    plate.fill(wall, WHITE)

    def on_wall(u: float, v: float) -> Point:
        return mix(mix(wall[0], wall[1], u), mix(wall[3], wall[2], u), v)

    mural = Plate(190)

    def paint(points: Iterable[Point], tone: int, rim: int | None = None) -> None:
        outline = [on_wall(u, v) for u, v in points]
        if rim is not None:
            mural.line([*outline, outline[0]], 9, rim)
        mural.fill(outline, tone)

    for k in range(19):  # the painted sun and its rays
        low, high = math.pi * k / 18 - 0.045, math.pi * k / 18 + 0.045
        paint(
            [
                (0.40, 0.78),
                (0.40 + 1.1 * math.cos(low), 0.78 - 1.9 * math.sin(low)),
                (0.40 + 1.1 * math.cos(high), 0.78 - 1.9 * math.sin(high)),
            ],
            WHITE,
        )
    paint(oval(0.40, 0.74, 0.33, 0.58), WHITE)
    for dx, tone, rim in ((0.48, 165, BLACK), (0.24, WHITE, BLACK), (0.0, BLACK, WHITE)):
        size, ox, oy = 0.50, 0.22 + dx, 0.48 - dx * 0.2  # three workers look ahead
        sx = size * 0.56
        neck = spline(
            [
                (ox - 0.01, oy + 0.16),
                (ox + 0.12, oy + 0.10),
                (ox + 0.15, oy + 0.28),
                (ox + 0.28, oy + 0.38),
                (ox + 0.34, oy + 0.80),
                (ox - 0.20, oy + 0.80),
                (ox - 0.13, oy + 0.42),
                (ox - 0.01, oy + 0.32),
            ]
        )
        face = [(ox - px * sx, oy + py * size) for px, py in spline(PROFILE)]
        eye = WHITE if tone == BLACK else BLACK
        paint(neck, tone, rim)
        paint(face, tone, rim)
        paint(
            [
                (ox + 0.02, oy + 0.1),
                (ox + 0.1, oy + 0.1),
                (ox + 0.13, oy + 0.3),
                (ox + 0.01, oy + 0.3),
            ],
            tone,
        )
        for cut in (
            lens((0.16, -0.045), (0.32, -0.06), 0.09),
            lens((0.12, -0.165), (0.34, -0.20), 0.06),
            lens((0.19, 0.225), (0.385, 0.25), 0.05),
        ):
            paint([(ox - px * sx, oy + py * size) for px, py in cut], eye)
        hair = [(ox - px * sx, oy + py * size) for px, py in spline(HAIR_SHORT)]
        if tone != BLACK:
            paint(hair, BLACK)
        for k in range(3):
            paint(
                [
                    (ox - px * sx, oy + py * size)
                    for px, py in lens(
                        (0.22 - k * 0.1, -0.46 + k * 0.06), (-0.36, -0.28 + k * 0.14), 0.035, -0.08
                    )
                ],
                WHITE,
            )
    mask = Image.new("L", plate.image.size, 0)
    corners = [on_wall(0.045, 0.08), on_wall(1, 0.08), on_wall(1, 0.92), on_wall(0.045, 0.92)]
    ImageDraw.Draw(mask).polygon([(x * ZOOM, y * ZOOM) for x, y in corners], fill=255)
    plate.image.paste(mural.image, (0, 0), mask)
    plate.line([*corners, corners[0]], 5)
    plate.fill(
        [on_wall(-0.03, -0.015), on_wall(1.0, -0.015), on_wall(1.0, -0.07), on_wall(-0.03, -0.07)],
        BLACK,
    )
    for k in range(36):
        plate.cut(on_wall(k / 36, -0.062), on_wall(k / 36, -0.012), 6)

    # the net under the tree
    net = [(40, 925), (300, 835), (700, 828), (950, 900), (820, 985), (380, 1010)]
    plate.fill(spline(net), BLACK)
    inner = [mix(p, (500, 918), 0.02) for p in spline(net)]
    plate.fill(inner, WHITE)
    mask = Image.new("L", plate.image.size, 0)
    ImageDraw.Draw(mask).polygon([(x * ZOOM, y * ZOOM) for x, y in inner], fill=255)
    mesh = Plate(WHITE)
    for k in range(-10, 60):
        mesh.line([(k * 34 - 200, 1040), (k * 24 + 120, 800)], 2.6, BLACK)
    for k in range(16):
        y = 822 + 4 * k + k * k * 0.6
        mesh.line([(0, y + 12), (500, y), (1000, y + 8)], 2.6, BLACK)
    for _ in range(330):
        angle, far = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random())
        px, py = 480 + 430 * far * math.cos(angle), 922 + 78 * far * math.sin(angle)
        mesh.fill(oval(px, py, 9, 7.5), BLACK)
        mesh.cut((px - 5, py - 3), (px + 1, py - 5), 3.4)
    plate.image.paste(mesh.image, (0, 0), mask)

    # the old tree
    trunk = [
        tube(
            [(330, 930), (322, 830), (352, 740), (318, 640), (250, 560), (190, 470)],
            [150, 106, 92, 78, 50, 28],
        ),
        tube(
            [(372, 930), (392, 820), (372, 730), (420, 640), (500, 570), (560, 480)],
            [130, 92, 84, 70, 46, 26],
        ),
        tube([(360, 760), (366, 640), (360, 540), (380, 440)], [70, 56, 40, 24]),
        tube([(270, 930), (220, 952), (150, 962)], [60, 34, 8]),
        tube([(420, 930), (480, 950), (540, 958)], [60, 32, 8]),
    ]
    plate.group([(p, BLACK, False) for p in trunk], 7, 0)
    for a, b, w, bend in (
        ((300, 900), (330, 700), 12, -22),
        ((336, 905), (356, 770), 9, 16),
        ((372, 900), (392, 742), 11, 24),
        ((412, 900), (408, 780), 9, 14),
        ((352, 720), (300, 606), 10, 18),
        ((330, 660), (262, 566), 8, 12),
        ((398, 700), (470, 596), 10, -16),
        ((388, 740), (420, 650), 7, -10),
        ((362, 700), (364, 566), 8, 8),
        ((276, 914), (306, 820), 8, -10),
        ((440, 916), (424, 830), 8, 10),
        ((318, 810), (344, 740), 7, -14),
    ):
        plate.cut(a, b, w, WHITE, bend)
    crowns = (
        (120, 330, 150, 130),
        (60, 190, 150, 130),
        (250, 170, 190, 140),
        (330, 330, 190, 150),
        (470, 200, 180, 130),
        (560, 350, 170, 130),
        (650, 230, 130, 110),
        (220, 440, 140, 90),
        (690, 400, 95, 80),
    )
    for x, y, rx, ry in crowns:
        leaves(plate, rng, x, y, rx, ry, 120, 52, (BLACK,))
        plate.fill(oval(x, y, rx * 0.82, ry * 0.82), BLACK)
    for x, y, rx, ry in crowns:
        leaves(plate, rng, x, y, rx * 0.92, ry * 0.92, 105, 46, (WHITE, WHITE, 200, 128))
    for _ in range(95):
        x, y, rx, ry = crowns[rng.randrange(len(crowns))]
        angle, far = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random()) * 0.95
        px, py = x + rx * far * math.cos(angle), y + ry * far * math.sin(angle)
        plate.fill(oval(px, py, 14, 16), WHITE)
        plate.fill(oval(px, py, 10.5, 12.5), BLACK)
        plate.cut((px - 5, py - 2), (px - 1, py - 8), 4)

    # the man with the long pole
    plate.line([(956, 675), (436, 137)], 19, WHITE)
    man = Figure(850, 962, 1.18, flip=True)
    man.limb([(-34, -232), (-52, -120), (-66, -14)], [66, 52, 38], BLACK)
    man.limb([(20, -232), (52, -124), (46, -14)], [66, 54, 38], BLACK)
    man.limb([(-84, -8), (-30, -10)], [26, 20], BLACK)
    man.limb([(34, -8), (92, -8)], [26, 18], BLACK)
    man.cut((-40, -200), (-62, -40), 7, WHITE, 6)
    man.cut((34, -200), (54, -60), 7, WHITE, 8)
    man.blob(
        [
            (-60, -386),
            (-22, -402),
            (32, -398),
            (58, -376),
            (56, -300),
            (48, -226),
            (-54, -226),
            (-64, -300),
        ],
        WHITE,
    )
    man.limb([(-2, -388), (10, -420)], [36, 32], 205)
    head(man, 18, -454, 92, 205, "hat", WHITE, -12)
    for a, b, bend in (
        ((-40, -376), (-46, -240), 8),
        ((34, -374), (30, -250), -8),
        ((-6, -300), (-10, -236), 4),
    ):
        man.cut(a, b, 7, BLACK, bend)
    man.limb([(-56, -230), (0, -224), (50, -230)], [16, 16, 16], BLACK)
    man.draw(plate, 6)
    plate.line([(956, 675), (436, 137)], 9, BLACK)
    arms = Figure(850, 962, 1.18, flip=True)
    arms.limb([(44, -368), (104, -404), (132, -462)], [44, 36, 26], WHITE)
    arms.cut((52, -362), (108, -398), 5, BLACK, 6)
    arms.limb([(-46, -366), (-82, -326), (-66, -298), (-16, -318)], [42, 40, 36, 26], WHITE)
    arms.fist(133, -474, 138, 205)
    arms.fist(-14, -322, 138, 205)
    arms.draw(plate, 0)

    # the woman who gathers into a basket
    woman = Figure(590, 972, 1.08)
    woman.blob(
        [(-150, 4), (-140, -120), (-96, -214), (-24, -226), (22, -176), (36, -90), (44, 4)], BLACK
    )
    for k, (a, b) in enumerate(
        (
            ((-110, -180), (-128, -10)),
            ((-70, -196), (-80, -8)),
            ((-26, -190), (-30, -8)),
            ((6, -150), (14, -14)),
        )
    ):
        woman.cut(a, b, 8, WHITE, 10 - 5 * k)
    woman.limb([(36, -268), (92, -190), (146, -120)], [42, 34, 24], 150)
    woman.hand((144, -122), (176, -84), WHITE)
    woman.blob(
        [(-110, -210), (-92, -268), (-30, -322), (40, -330), (66, -290), (40, -226), (-20, -190)],
        150,
    )
    woman.limb([(46, -312), (74, -330)], [34, 30], WHITE)
    head(woman, 104, -348, 94, WHITE, "scarf", BLACK, 34)
    woman.limb([(0, -280), (42, -190), (112, -104)], [46, 38, 26], 150)
    woman.cut((-80, -250), (10, -300), 7, BLACK, -8)
    woman.cut((10, -262), (44, -200), 6, BLACK, 4)
    woman.hand((110, -106), (150, -76), WHITE)
    woman.draw(plate, 6)
    basket(plate, 752, 974, 1.1)

    # the carrier on her way to the village
    carrier = Figure(1216, 985, 1.08)
    carrier.limb([(-20, -150), (-46, -70), (-70, -12)], [44, 36, 28], BLACK)
    carrier.limb([(16, -150), (44, -76), (54, -12)], [44, 36, 28], BLACK)
    carrier.limb([(-84, -8), (-40, -8)], [24, 16], BLACK)
    carrier.limb([(44, -8), (94, -8)], [24, 16], BLACK)
    carrier.blob(
        [(-46, -262), (44, -262), (76, -150), (88, -92), (0, -76), (-84, -92), (-70, -150)], 150
    )
    for a, b, bend in (
        ((-30, -240), (-58, -98), -6),
        ((0, -240), (2, -90), 0),
        ((30, -240), (60, -100), 6),
    ):
        carrier.cut(a, b, 8, WHITE, bend)
    carrier.limb([(-40, -372), (-78, -316), (-56, -250)], [40, 32, 24], WHITE)
    carrier.blob(
        [
            (-54, -380),
            (-10, -400),
            (38, -396),
            (56, -370),
            (48, -300),
            (46, -250),
            (-48, -250),
            (-52, -310),
        ],
        WHITE,
    )
    carrier.limb([(0, -388), (8, -416)], [34, 30], BLACK)
    head(carrier, 14, -450, 94, BLACK, "wrap", WHITE, -2)
    carrier.limb([(36, -372), (84, -420), (62, -506)], [42, 34, 24], WHITE)
    carrier.cut((-30, -372), (-34, -262), 6, BLACK, 6)
    carrier.cut((30, -350), (24, -262), 6, BLACK, -6)
    carrier.cut((46, -376), (84, -418), 5, BLACK, 6)
    carrier.hand((62, -500), (48, -540), BLACK)
    carrier.hand((-56, -254), (-40, -222), BLACK)
    carrier.draw(plate, 6)
    basket(plate, 1218, 422, 0.92)
    return plate.image


def basket(plate: Plate, x: float, y: float, size: float) -> None:
    """Weave a basket full of olives, standing at (x, y)."""

    def at(points: Iterable[Point]) -> list[Point]:
        return [(x + px * size, y + py * size) for px, py in points]

    body = [(-92, -84), (92, -84), (66, 0), (-66, 0)]
    heap = spline(
        [(-84, -84), (-60, -112), (-20, -126), (24, -124), (62, -108), (84, -84), (0, -70)]
    )
    plate.group([(at(heap), BLACK, False), (at(body), BLACK, False)], 6 * size, 0)
    for row in range(4):
        for k in range(7 + row):
            px = (k - (6 + row) / 2) * 19
            py = -116 + row * 11 + abs(px) * 0.18
            plate.fill(oval(x + px * size, y + py * size, 6.2 * size, 5 * size, 30), WHITE)
    for row in range(5):
        for k in range(9):
            left = -88 + row * 5.2
            width = (176 - row * 10.4) / 9
            px = left + k * width
            py = -72 + row * 15.5
            shift = 0 if row % 2 else width / 2
            plate.cut(
                (x + (px + shift * 0.6) * size, y + (py + 4) * size),
                (x + (px + shift * 0.6 + width * 0.9) * size, y + (py - 2) * size),
                8.5 * size,
                WHITE,
            )
    plate.line(at([(-96, -84), (96, -84)]), 10 * size, WHITE)
    plate.line(at([(-96, -84), (96, -84)]), 5 * size, BLACK)


# --- the clinic in Thessaloniki ---------------------------------------------------------------


def white_tower(plate: Plate, x: float, base: float) -> None:
    """Build the White Tower with its battlements and its turret; x is the middle."""

    def walls(x0: float, y0: float, x1: float, y1: float) -> None:
        plate.fill(box(x0 - 5, y0 - 5, x1 + 5, y1), BLACK)
        plate.fill(box(x0, y0, x1, y1), WHITE)
        width = x1 - x0
        for k in range(int((y1 - y0) // 11)):  # the shaded side, cut in courses
            y = y0 + 8 + k * 11
            reach = 0.56 + 0.10 * math.sin(k * 2.1) + 0.04 * (k % 3)
            plate.cut((x1 + width * 0.25, y), (x0 + width * reach, y), 10, BLACK, 3)
            if k % 3 == 1:
                plate.cut((x0 - 8, y + 4), (x0 + width * 0.16, y + 4), 4, BLACK)

    def battlements(x0: float, x1: float, y: float, teeth: int, size: float) -> None:
        step = (x1 - x0) / (2 * teeth - 1)
        plate.fill(box(x0 - 4, y - 4, x1 + 4, y + size * 0.6 + 4), BLACK)
        plate.fill(box(x0, y, x1, y + size * 0.6), WHITE)
        for k in range(teeth):
            left = x0 + 2 * k * step
            plate.fill(box(left - 4, y - size - 4, left + step + 4, y + 2), BLACK)
            plate.fill(box(left, y - size, left + step, y + 4), WHITE)
            if k >= teeth * 0.62:
                plate.fill(box(left + step * 0.4, y - size, left + step, y + 4), BLACK)

    walls(x - 46, base - 432, x + 46, base - 330)
    battlements(x - 54, x + 54, base - 436, 5, 18)
    plate.line([(x, base - 452), (x, base - 540)], 6)
    plate.fill(
        spline(
            [
                (x + 3, base - 540),
                (x + 40, base - 546),
                (x + 74, base - 534),
                (x + 70, base - 502),
                (x + 38, base - 512),
                (x + 3, base - 504),
            ]
        ),
        BLACK,
    )
    walls(x - 112, base - 338, x + 112, base)
    for k in range(11):
        left = x - 118 + k * 22
        plate.fill([(left, base - 322), (left + 14, base - 322), (left + 7, base - 300)], BLACK)
    battlements(x - 124, x + 124, base - 346, 8, 24)
    for px, py, tall in (
        (-62, -266, 30),
        (-6, -236, 34),
        (-74, -178, 30),
        (-20, -146, 34),
        (-60, -92, 30),
        (24, -280, 28),
    ):
        plate.fill(box(x + px, base + py, x + px + 13, base + py + tall), BLACK)
        plate.fill(oval(x + px + 6.5, base + py, 6.5, 8), BLACK)
    plate.fill(box(x - 34, base - 44, x - 2, base), BLACK)
    plate.fill(oval(x - 18, base - 44, 16, 18), BLACK)


def apartment(
    plate: Plate,
    x0: float,
    x1: float,
    top: float,
    base: float,
    tone: int,
    floors: int,
) -> None:
    """Build a city block with balconies and awnings."""
    plate.fill(box(x0 - 4, top - 4, x1 + 4, base), BLACK if tone >= 60 else WHITE)
    plate.fill(box(x0, top, x1, base), tone)
    ink = BLACK if tone >= 120 else WHITE
    high = (base - top) / floors
    for f in range(floors):
        y = top + f * high
        count = max(2, int((x1 - x0) // 34))
        step = (x1 - x0) / count
        for k in range(count):
            px = x0 + k * step + step * 0.22
            plate.fill(box(px, y + high * 0.22, px + step * 0.5, y + high * 0.72), ink)
            if (k + f) % 3 == 0:
                plate.cut(
                    (px, y + high * 0.30),
                    (px + step * 0.5, y + high * 0.30),
                    8,
                    tone if tone != ink else 190,
                )
        plate.line([(x0, y + high * 0.80), (x1, y + high * 0.80)], 4, ink)


def clinic() -> Image.Image:
    """A doctor who listens in a lit doorway, people who wait, the bay and the White Tower."""
    plate = Plate(105)
    rng = random.Random(2011)

    # evening sky in long cuts, denser towards the horizon
    for k in range(120):
        y = 30 + (k / 120) ** 0.8 * 400
        x = rng.uniform(700, 1960)
        reach = rng.uniform(90, 260)
        plate.cut(
            (x - reach, y),
            (x + reach, y + rng.uniform(-5, 5)),
            4 + 12 * (y / 430),
            WHITE,
            rng.uniform(-5, 5),
        )
    mountain = [
        (900, 452),
        (1010, 428),
        (1090, 398),
        (1150, 402),
        (1210, 356),
        (1262, 366),
        (1310, 340),
        (1380, 384),
        (1450, 398),
        (1560, 430),
        (1700, 446),
        (1960, 456),
    ]
    plate.fill([*spline(mountain, False), (1960, 500), (880, 500)], 190)
    plate.line(spline(mountain, False), 5)
    for k, (x, y) in enumerate(((1205, 366), (1232, 364), (1300, 350), (1318, 350), (1345, 366))):
        plate.cut((x, y), (x + 16 - k * 8, y + 34), 12, WHITE)
    # the bay
    plate.fill(box(880, 458, 1960, 640), 40)
    for k in range(190):
        y = 462 + (k / 190) ** 1.3 * 120
        x = rng.uniform(860, 1960)
        reach = 14 + (y - 455) * 0.45
        plate.cut((x - reach, y), (x + reach, y), 2.5 + (y - 455) * 0.055, WHITE, 1.5)
    for x, y, size in ((1216, 500, 1.3), (1000, 484, 0.8)):  # two sails
        plate.fill(
            [
                (x - 40 * size, y),
                (x + 44 * size, y),
                (x + 30 * size, y + 12 * size),
                (x - 30 * size, y + 12 * size),
            ],
            BLACK,
        )
        plate.fill([(x + 2, y - 4), (x + 2, y - 84 * size), (x + 38 * size, y - 8)], WHITE)
        plate.fill([(x - 4, y - 4), (x - 4, y - 74 * size), (x - 30 * size, y - 8)], WHITE)
        plate.line([(x, y), (x, y - 90 * size)], 3.5)
    # the town behind the tower, and the tower
    for x0, x1, top, tone, floors in (
        (1660, 1740, 300, BLACK, 6),
        (1746, 1836, 246, WHITE, 7),
        (1842, 1960, 290, 128, 6),
    ):
        apartment(plate, x0, x1, top, 560, tone, floors)
    for x, y, r in ((1600, 536, 36), (1652, 530, 42), (1706, 540, 36), (1340, 548, 22)):
        leaves(plate, rng, x, y - r, r, r, 60, 18, (BLACK,))
        plate.fill(oval(x, y - r, r * 0.9, r * 0.9), BLACK)
        leaves(plate, rng, x - 4, y - r - 4, r * 0.8, r * 0.8, 22, 15, (WHITE,))
        plate.fill(box(x - 4, y - r, x + 4, 566), BLACK)
    white_tower(plate, 1474, 566)
    # the quay and the paving
    plate.fill([(860, 562), (1960, 548), (1960, 590), (860, 606)], WHITE)
    plate.line([(860, 563), (1960, 549)], 6)
    plate.fill([(700, 606), (1960, 588), (1960, 1060), (-40, 1060), (-40, 900)], 214)
    plate.line([(860, 606), (1960, 588)], 4)
    for k in range(-4, 17):
        plate.cut((980 + k * 60, 596), (560 + k * 150, 1060), 7, BLACK, 2)
    for k in range(9):
        y = 622 + k * 22 + k * k * 5
        plate.cut((700, y + 8), (2000, y - 8), 9, WHITE)
    for x, y, size in ((1010, 130, 1.1), (1150, 84, 0.8), (1230, 170, 0.9)):
        wings = (
            lens((x - 56 * size, y - 4 * size), (x + 3, y), 16 * size, -16 * size),
            lens((x - 3, y), (x + 58 * size, y - 10 * size), 16 * size, -16 * size),
        )
        for wing in wings:
            plate.line([*wing, wing[0]], 7, BLACK)
        for wing in wings:
            plate.fill(wing, WHITE)

    # the clinic: a dark wall of stone courses
    plate.fill(box(-20, -20, 900, 930), BLACK)
    for row in range(22):
        y = 14 + row * 42
        shift = 46 if row % 2 else 0
        for k in range(-1, 10):
            x = k * 98 + shift + rng.uniform(-6, 6)
            if 170 < x + 45 < 850 and y > 150:
                continue
            for j in range(3):
                plate.cut(
                    (x + 6, y + 7 + j * 11),
                    (x + rng.uniform(50, 84), y + 7 + j * 11),
                    5,
                    WHITE,
                    rng.uniform(-2, 2),
                )
    plate.fill(box(884, -20, 904, 930), WHITE)
    plate.fill(box(890, -20, 900, 930), BLACK)
    # the doorway and the lit room
    plate.fill(box(168, 150, 836, 930), WHITE)
    plate.fill(box(184, 166, 820, 930), BLACK)
    plate.fill(box(194, 176, 810, 930), 226)
    plate.fill([(194, 860), (810, 860), (900, 1020), (60, 1020)], WHITE)
    for k in range(9):
        plate.line([(194 + k * 77, 860), (60 + k * 105, 1020)], 3)
    for y in (860, 896, 946):
        plate.line([(194 - (y - 860) * 0.84, y), (810 + (y - 860) * 0.56, y)], 3)
    # the lamp
    for k in range(28):
        angle = math.pi * (k + 0.5) / 28
        plate.cut(
            (500 + 84 * math.cos(angle), 270 + 70 * math.sin(angle)),
            (500 + 250 * math.cos(angle), 270 + 230 * math.sin(angle)),
            13,
            WHITE,
        )
    plate.line([(500, 176), (500, 226)], 6)
    plate.fill([(470, 226), (530, 226), (566, 276), (434, 276)], BLACK)
    plate.fill(oval(500, 278, 34, 16), WHITE)
    plate.line([(434, 276), (566, 276)], 5)
    # the pharmacy shelves
    for x0, x1 in ((206, 366), (664, 800)):
        for row in range(3):
            y = 330 + row * 92
            plate.fill(box(x0, y, x1, y + 9), BLACK)
            x = x0 + 6.0
            while x < x1 - 26:
                wide = rng.choice((20, 24, 30))
                tall = rng.choice((40, 48, 58, 62))
                style = rng.randrange(4)
                plate.fill(box(x, y - tall, x + wide, y), BLACK)
                if style == 0:
                    plate.fill(box(x + 3, y - tall + 12, x + wide - 3, y - 3), WHITE)
                    plate.fill(box(x + 3, y - tall * 0.55, x + wide - 3, y - tall * 0.30), BLACK)
                elif style == 1:
                    plate.fill(box(x + 4, y - tall * 0.62, x + wide - 4, y - tall * 0.28), WHITE)
                elif style == 2:
                    plate.fill(box(x + 3, y - tall + 3, x + wide - 3, y - 3), 190)
                    plate.line([(x + wide / 2, y - tall * 0.7), (x + wide / 2, y - tall * 0.4)], 4)
                    plate.line(
                        [(x + wide * 0.25, y - tall * 0.55), (x + wide * 0.75, y - tall * 0.55)], 4
                    )
                x += wide + rng.choice((4, 6, 10))
    # the sign above the door
    plate.fill(oval(502, 92, 60, 60), WHITE)
    plate.fill(oval(502, 92, 52, 52), BLACK)
    plate.fill(box(488, 54, 516, 130), WHITE)
    plate.fill(box(464, 78, 540, 106), WHITE)

    # the patient, seated, facing left
    plate.fill(box(730, 640, 748, 930), BLACK)
    plate.fill(box(660, 780, 748, 794), BLACK)
    plate.line([(676, 790), (664, 930)], 12)
    plate.line([(738, 790), (752, 930)], 12)
    old = Figure(684, 930, 1.16, flip=True)
    old.blob(
        [
            (-52, -120),
            (-44, -176),
            (20, -186),
            (96, -176),
            (122, -150),
            (116, -60),
            (122, -8),
            (40, 0),
            (20, -70),
        ],
        BLACK,
    )
    old.limb([(70, -10), (120, -4)], [22, 18], BLACK)
    old.cut((0, -160), (96, -150), 7, WHITE, -6)
    old.cut((70, -130), (64, -20), 7, WHITE, 8)
    old.cut((96, -128), (94, -20), 7, WHITE, 6)
    old.blob(
        [
            (-60, -150),
            (-62, -240),
            (-44, -322),
            (-6, -346),
            (36, -330),
            (50, -270),
            (52, -190),
            (40, -150),
        ],
        105,
    )
    old.cut((-40, -300), (-46, -180), 7, WHITE, 8)
    old.cut((-14, -320), (-24, -180), 7, WHITE, 8)
    old.limb([(4, -330), (16, -356)], [34, 30], WHITE)
    head(old, 22, -392, 92, WHITE, "scarf", BLACK, 6)
    old.limb([(4, -308), (26, -222), (104, -214)], [44, 38, 24], 105)
    old.cut((10, -290), (30, -230), 6, WHITE, 6)
    old.hand((102, -214), (140, -212), WHITE)
    old.draw(plate, 5)
    # the doctor, on a stool, leaning in
    plate.fill(oval(366, 776, 62, 12), BLACK)
    for x in (-40, 0, 40):
        plate.line([(366 + x * 0.8, 780), (366 + x * 1.4, 930)], 10)
    doctor = Figure(366, 930, 1.18)
    doctor.limb([(0, -148), (92, -150), (94, -70), (92, -14)], [56, 52, 42, 32], BLACK)
    doctor.limb([(84, -8), (138, -6)], [24, 18], BLACK)
    doctor.cut((20, -160), (86, -156), 6, WHITE, -4)
    doctor.blob(
        [
            (-70, -96),
            (-66, -200),
            (-50, -300),
            (-10, -352),
            (34, -352),
            (60, -316),
            (52, -240),
            (56, -170),
            (84, -132),
            (60, -112),
            (0, -104),
        ],
        WHITE,
    )
    doctor.cut((50, -316), (44, -176), 6, BLACK, 6)
    doctor.cut((-40, -280), (-46, -130), 6, BLACK, 8)
    doctor.cut((0, -190), (-6, -116), 6, BLACK, 4)
    doctor.blob([(12, -352), (40, -354), (48, -320), (36, -296)], 150)
    doctor.limb([(18, -340), (34, -364)], [34, 30], 205)
    head(doctor, 44, -398, 94, 205, "bun", BLACK, 10)
    doctor.limb([(-6, -312), (14, -226), (92, -206)], [48, 40, 28], WHITE)
    doctor.cut((-14, -296), (6, -232), 6, BLACK, 6)
    doctor.cut((20, -226), (70, -214), 5, BLACK, -3)
    doctor.hand((92, -206), (136, -204), 205)
    doctor.limb([(-2, -352), (6, -306), (34, -272), (38, -250)], [8, 8, 8, 8], BLACK)
    doctor.limb([(44, -348), (52, -310), (46, -272), (38, -250)], [8, 8, 8, 8], BLACK)
    doctor.ring(38, -238, 14, 14, BLACK)
    doctor.ring(38, -238, 5, 5, WHITE)
    doctor.draw(plate, 5)

    # the people who wait
    queue(plate)
    return plate.image


def queue(plate: Plate) -> None:
    """Line up five people and a child on the pavement, looking towards the door."""
    # a young man with a backpack, furthest away
    last = Figure(1700, 900, 0.92, flip=True)
    last.limb([(-16, -232), (-22, -120), (-30, -12)], [56, 46, 34], 105)
    last.limb([(14, -232), (24, -120), (26, -12)], [56, 46, 34], 105)
    last.limb([(-40, -8), (4, -8)], [24, 18], BLACK)
    last.limb([(18, -8), (68, -8)], [24, 18], BLACK)
    last.blob([(-92, -360), (-56, -384), (-40, -300), (-44, -236), (-92, -246)], BLACK)
    last.blob([(-44, -384), (0, -400), (42, -388), (48, -300), (44, -216), (-42, -216)], WHITE)
    for k in range(6):
        last.cut((-46, -362 + k * 26), (50, -362 + k * 26), 9, BLACK)
    last.limb([(0, -388), (6, -416)], [34, 30], 205)
    head(last, 10, -450, 92, 205, "curls", BLACK, 0)
    last.limb([(-2, -366), (2, -290), (40, -246)], [42, 36, 24], WHITE)
    for k in range(4):
        last.cut((-20, -340 + k * 24), (22, -336 + k * 24), 8, BLACK)
    last.hand((38, -248), (66, -262), 205)
    last.draw(plate, 5)

    # a man on a cane
    cane = Figure(1530, 925, 0.98, flip=True)
    cane.limb([(-18, -240), (-26, -120), (-26, -12)], [58, 48, 36], BLACK)
    cane.limb([(12, -240), (20, -120), (22, -12)], [58, 48, 36], BLACK)
    cane.limb([(-36, -8), (8, -8)], [24, 18], BLACK)
    cane.limb([(14, -8), (62, -8)], [24, 18], BLACK)
    cane.cut((0, -210), (-4, -20), 6, WHITE)
    cane.blob(
        [
            (-60, -330),
            (-36, -384),
            (10, -396),
            (46, -372),
            (54, -290),
            (50, -190),
            (-54, -190),
            (-64, -260),
        ],
        150,
    )
    cane.cut((30, -370), (34, -196), 7, BLACK, -4)
    cane.cut((-30, -350), (-40, -210), 7, BLACK, 6)
    cane.limb([(16, -378), (28, -404)], [34, 30], WHITE)
    head(cane, 34, -436, 92, WHITE, "cap", BLACK, 8)
    cane.limb([(86, -206), (92, -4)], [9, 8], BLACK)
    cane.limb([(-6, -350), (12, -268), (74, -220)], [46, 38, 26], 150)
    cane.cut((-12, -330), (6, -276), 6, BLACK, 6)
    cane.fist(84, -212, 20, WHITE)
    cane.draw(plate, 5)

    # a mother and her child
    mother = Figure(1330, 945, 1.04, flip=True)
    mother.limb([(-14, -120), (-20, -12)], [36, 30], BLACK)
    mother.limb([(18, -120), (22, -12)], [36, 30], BLACK)
    mother.limb([(-30, -8), (14, -8)], [22, 16], BLACK)
    mother.limb([(14, -8), (60, -8)], [22, 16], BLACK)
    mother.blob(
        [
            (-46, -384),
            (0, -402),
            (42, -388),
            (50, -310),
            (44, -250),
            (74, -90),
            (0, -76),
            (-78, -90),
            (-50, -250),
            (-54, -310),
        ],
        WHITE,
    )
    for row in range(6):  # a flowered dress
        for k in range(5):
            px = -44 + k * 22 + (11 if row % 2 else 0)
            py = -366 + row * 50
            if abs(px) < 44 + max(0, py + 250) * 0.16:
                mother.cut((px - 8, py), (px + 8, py), 10, BLACK)
                mother.cut((px, py - 8), (px, py + 8), 10, BLACK)
    mother.limb([(0, -390), (8, -418)], [34, 30], BLACK)
    head(mother, 14, -452, 94, BLACK, "scarf", 190, 4)
    mother.limb([(-4, -364), (-12, -280), (10, -206)], [42, 34, 24], BLACK)
    mother.hand((10, -208), (20, -176), BLACK)
    mother.draw(plate, 5)
    child = Figure(1238, 960, 0.66, flip=True)
    child.limb([(-16, -200), (-20, -12)], [50, 38], BLACK)
    child.limb([(18, -200), (24, -12)], [50, 38], BLACK)
    child.limb([(-34, -8), (16, -8)], [30, 22], BLACK)
    child.limb([(16, -8), (68, -8)], [30, 22], BLACK)
    child.blob(
        [(-54, -370), (0, -390), (52, -374), (62, -270), (58, -180), (-60, -180), (-62, -280)], 150
    )
    child.limb([(0, -380), (6, -404)], [40, 36], BLACK)
    head(child, 12, -450, 124, BLACK, "tail", BLACK, -4)
    child.limb([(-20, -350), (-72, -310), (-100, -290)], [44, 38, 28], 150)
    child.limb([(24, -350), (54, -280), (40, -210)], [44, 36, 28], 150)
    child.ring(40, -190, 19, 22, BLACK)
    child.ring(-116, -284, 18, 18, BLACK)
    child.draw(plate, 5)

    # a worker with his cap in his hands
    first = Figure(1080, 975, 1.12, flip=True)
    first.limb([(-18, -236), (-26, -120), (-30, -12)], [60, 50, 38], BLACK)
    first.limb([(16, -236), (26, -120), (28, -12)], [60, 50, 38], BLACK)
    first.limb([(-44, -8), (4, -8)], [26, 18], BLACK)
    first.limb([(20, -8), (70, -8)], [26, 18], BLACK)
    first.cut((-22, -200), (-30, -40), 6, WHITE, 4)
    first.cut((24, -200), (30, -40), 6, WHITE, -4)
    first.blob(
        [(-54, -384), (0, -402), (46, -386), (54, -300), (48, -216), (-50, -216), (-60, -300)], 190
    )
    first.cut((24, -384), (28, -226), 7, BLACK, -4)
    first.cut((-36, -350), (-40, -230), 7, BLACK, 6)
    first.poly([(10, -394), (40, -388), (30, -350)], WHITE)
    first.limb([(2, -388), (10, -416)], [36, 32], WHITE)
    head(first, 16, -452, 94, WHITE, "short", BLACK, 6)
    first.blob([(52, -256), (92, -264), (104, -236), (84, -222), (50, -228)], BLACK)
    first.limb([(-6, -362), (4, -276), (58, -244)], [46, 38, 26], 190)
    first.cut((-14, -344), (-2, -288), 6, BLACK, 6)
    first.hand((56, -246), (92, -246), WHITE)
    first.draw(plate, 5)


# --- the map table in New York ----------------------------------------------------------------


def water_tower(plate: Plate, x: float, y: float, size: float) -> None:
    """Set a wooden water tower on a roof at (x, y)."""
    for dx in (-46, -16, 16, 46):
        plate.line([(x + dx * size, y - 70 * size), (x + dx * 1.12 * size, y)], 7 * size)
    plate.line([(x - 48 * size, y - 40 * size), (x + 50 * size, y)], 4 * size)
    plate.line([(x + 48 * size, y - 40 * size), (x - 50 * size, y)], 4 * size)
    tank = [
        (x - 58 * size, y - 172 * size),
        (x + 58 * size, y - 172 * size),
        (x + 54 * size, y - 68 * size),
        (x - 54 * size, y - 68 * size),
    ]
    roof = [(x - 68 * size, y - 166 * size), (x, y - 226 * size), (x + 68 * size, y - 166 * size)]
    plate.group([(tank, BLACK, False), (roof, BLACK, False)], 5 * size, 0)
    for k in range(9):
        px = x + (k - 4.6) * 12 * size
        plate.cut((px, y - 162 * size), (px, y - 74 * size), (6.5 if k < 5 else 3.5) * size)
    for dy in (-140, -104):
        plate.line([(x - 56 * size, y + dy * size), (x + 56 * size, y + dy * size)], 5 * size)
    plate.cut((x - 44 * size, y - 178 * size), (x - 4 * size, y - 214 * size), 7 * size)


def bridge(plate: Plate, x: float, top: float, deck: float, sky: int) -> None:
    """Hang the great bridge from a stone tower at x."""
    ends = ((x - 800, deck - 30), (x + 760, deck - 60))
    for far, low in ends:
        for k in range(1, 15):  # stays that fan out from the tower
            plate.line([(x, top + 20), (x + (far - x) * k / 22, deck)], 2.4)
        for k in range(1, 30):  # hangers
            t = k / 30
            px = x + (far - x) * t
            py = top + 20 + (low - top - 20) * (1 - (1 - t) ** 1.7)
            plate.line([(px, py), (px, deck)], 2.4)
        cable = [
            (x + (far - x) * k / 24, top + 16 + (low - top - 16) * (1 - (1 - k / 24) ** 1.7))
            for k in range(25)
        ]
        plate.line(cable, 12, WHITE)
        plate.line(cable, 7)
    plate.fill(box(x - 800, deck - 3, x + 800, deck + 32), WHITE)
    plate.fill(box(x - 800, deck, x + 800, deck + 7), BLACK)
    plate.fill(box(x - 800, deck + 22, x + 800, deck + 29), BLACK)
    for k in range(80):
        px = x - 800 + k * 20
        plate.line([(px, deck + 6), (px + 10, deck + 24)], 3)
        plate.line([(px + 10, deck + 24), (px + 20, deck + 6)], 3)
    plate.fill(box(x - 100, top - 6, x + 100, deck + 170), WHITE)
    plate.fill(box(x - 92, top, x + 92, deck + 170), BLACK)
    plate.fill(box(x - 108, top - 4, x + 108, top + 22), WHITE)
    plate.fill(box(x - 104, top, x + 104, top + 18), BLACK)
    for row in range(24):
        y = top + 30 + row * 21
        for k in range(6):
            px = x - 84 + k * 30 + (14 if row % 2 else 0)
            plate.cut((px, y), (px + 22, y), 4.5)
    for px in (x - 42, x + 42):  # two pointed arches
        arch = [
            (px - 27, deck + 2),
            (px - 27, top + 126),
            (px - 20, top + 96),
            (px, top + 62),
            (px + 20, top + 96),
            (px + 27, top + 126),
            (px + 27, deck + 2),
        ]
        plate.line([*arch, arch[0]], 10, WHITE)
        plate.fill(arch, sky)
    plate.fill(box(x - 84, deck, x + 84, deck + 7), WHITE)


def brownstone(plate: Plate) -> None:
    """Build the house on the left, with its door, its windows and its stoop."""
    plate.fill(box(-20, -20, 588, 900), WHITE)
    plate.fill(box(-20, -20, 578, 900), 60)
    for row in range(24):
        y = 70 + row * 30
        for k in range(7):
            plate.cut(
                (k * 92 - 20 + (44 if row % 2 else 0), y),
                (k * 92 + 56 + (44 if row % 2 else 0), y),
                4,
            )
    plate.fill(box(-20, 18, 604, 58), BLACK)  # the cornice
    plate.line([(-20, 60), (606, 60)], 7, WHITE)
    plate.line([(-20, 14), (606, 14)], 6, WHITE)
    for k in range(13):
        plate.fill(box(k * 48 - 6, 26, k * 48 + 18, 54), WHITE)
        plate.fill(oval(k * 48 + 6, 54, 12, 10), WHITE)
    for x in (64, 268, 452):
        window(plate, x, 108, 84, 130)
    window(plate, 452, 350, 92, 172)
    # the door
    plate.fill(box(196, 306, 404, 560), WHITE)
    plate.fill([(176, 316), (196, 280), (404, 280), (424, 316)], WHITE)
    plate.line([(176, 316), (424, 316)], 6)
    plate.fill(box(212, 330, 388, 560), BLACK)
    plate.fill(oval(300, 366, 70, 26), WHITE)
    plate.fill(box(228, 366, 372, 372), BLACK)
    for k in range(7):
        angle = math.pi * (k + 0.5) / 7
        plate.line([(300, 368), (300 + 70 * math.cos(angle), 368 - 26 * math.sin(angle))], 3)
    for x0 in (232, 306):
        for y0, y1 in ((390, 462), (476, 556)):
            plate.line([(x0, y0), (x0 + 62, y0), (x0 + 62, y1), (x0, y1), (x0, y0)], 5, WHITE)
    plate.fill(oval(299, 472, 6, 6), WHITE)
    # the basement window and the rail
    window(plate, 470, 640, 84, 120)
    # the stoop
    steps = 9
    for k in range(steps):
        y0, y1 = 540 + k * 44, 540 + (k + 1) * 44
        half = 112 + k * 9
        plate.fill(box(300 - half, y0, 300 + half, y0 + 16), WHITE)
        plate.fill(box(300 - half, y0 + 16, 300 + half, y1), 105)
        plate.line([(300 - half, y0 + 16), (300 + half, y0 + 16)], 4)
        plate.line([(300 - half, y0), (300 + half, y0)], 3)
    for side in (-1, 1):
        near, far = 300 + side * 206, 300 + side * 116
        wide = 44 * side
        cheek = [
            (far, 470),
            (far + wide * 0.7, 470),
            (near + wide, 838),
            (near + wide, 940),
            (near, 940),
            (near, 838),
        ]
        plate.group([(cheek, 190, True)], 4)
        plate.cut((far + wide * 0.3, 486), (near + wide * 0.4, 836), 8, BLACK)
        post = box(
            min(near - 8 * side, near + 54 * side), 800, max(near - 8 * side, near + 54 * side), 944
        )
        plate.group([(post, WHITE, True)], 4)
        plate.group([(oval(near + 23 * side, 784, 30, 22), BLACK, True)], 4)
        plate.cut((near + 8 * side, 776), (near + 30 * side, 770), 7)
        for k in range(4):
            plate.cut((near, 826 + k * 28), (near + 46 * side, 826 + k * 28), 5, BLACK)


def window(plate: Plate, x: float, y: float, w: float, h: float) -> None:
    """Set a sash window with its lintel and its sill."""
    plate.fill(box(x - 14, y - 18, x + w + 14, y), WHITE)
    plate.fill(box(x - 14, y + h, x + w + 14, y + h + 14), WHITE)
    plate.line([(x - 14, y + h + 14), (x + w + 14, y + h + 14)], 4)
    plate.fill(box(x - 6, y, x + w + 6, y + h), WHITE)
    plate.fill(box(x, y + 4, x + w, y + h - 4), BLACK)
    plate.line([(x, y + h / 2), (x + w, y + h / 2)], 6, WHITE)
    plate.line([(x + w / 2, y), (x + w / 2, y + h)], 4, WHITE)
    plate.fill(
        [(x, y + 4), (x + w * 0.34, y + 4), (x + w * 0.16, y + h * 0.46), (x, y + h * 0.46)], WHITE
    )
    plate.cut((x + w * 0.7, y + h * 0.62), (x + w * 0.92, y + h * 0.56), 5)
    plate.cut((x + w * 0.64, y + h * 0.76), (x + w * 0.92, y + h * 0.68), 5)


def stall(plate: Plate) -> None:
    """Set up a vegetable stall under a striped awning, with its vendor."""
    for x in (1440, 1868):
        plate.line([(x, 440), (x, 960)], 18, WHITE)
        plate.line([(x, 440), (x, 960)], 10)
    vendor = Figure(1730, 984, 1.0, flip=True)
    vendor.blob(
        [(-58, -330), (-48, -384), (0, -402), (46, -386), (58, -330), (56, -200), (-58, -200)],
        WHITE,
    )
    for k in range(7):
        vendor.cut((-54 + k * 17, -380), (-56 + k * 18, -210), 7, BLACK)
    vendor.blob([(-30, -300), (34, -300), (46, -200), (-42, -200)], BLACK)
    vendor.limb([(-26, -300), (-14, -392)], [9, 9], BLACK)
    vendor.limb([(28, -300), (20, -392)], [9, 9], BLACK)
    vendor.limb([(2, -388), (10, -416)], [34, 32], 205)
    head(vendor, 14, -450, 94, 205, "bald", BLACK, 4)
    vendor.limb([(44, -360), (92, -300), (130, -270)], [44, 36, 24], WHITE)
    vendor.hand((128, -272), (164, -292), 205)
    vendor.draw(plate, 5)
    plate.fill(oval(1558, 672, 24, 22), WHITE)
    plate.fill(oval(1558, 672, 18, 17), BLACK)
    plate.cut((1548, 666), (1558, 660), 6)
    # the awning
    edge = [(1404, 424), (1904, 424), (1850, 296), (1462, 296)]
    plate.line([*edge, edge[0]], 16, WHITE)
    plate.fill(edge, BLACK)
    for k in range(12):
        a, b = k / 12, (k + 1) / 12
        tone = WHITE if k % 2 else BLACK
        plate.fill(
            [
                mix((1462, 296), (1850, 296), a),
                mix((1462, 296), (1850, 296), b),
                mix((1404, 424), (1904, 424), b),
                mix((1404, 424), (1904, 424), a),
            ],
            tone,
        )
        start, end = mix((1404, 424), (1904, 424), a), mix((1404, 424), (1904, 424), b)
        scallop = [start, end, (end[0], 446), ((start[0] + end[0]) / 2, 462), (start[0], 446)]
        plate.line([*scallop, scallop[0]], 5)
        plate.fill(scallop, tone)
    plate.line([*edge, edge[0]], 5)
    # the crates
    for row, (x0, x1, y) in enumerate(((1436, 1880, 716), (1416, 1900, 822))):
        count = 3
        wide = (x1 - x0) / count
        for k in range(count):
            left = x0 + k * wide
            right = left + wide - 10
            kind = (k + row) % 3
            for line in range(2):
                for j in range(7 if kind != 1 else 5):
                    step = (wide - 24) / (7 if kind != 1 else 5)
                    px = left + 12 + step * (j + 0.5) + (step / 2 if line == 0 else 0)
                    if px > right - 8:
                        continue
                    py = y - 26 + line * 16
                    if kind == 0:
                        plate.group([(oval(px, py, 15, 15), WHITE, True)], 0, 3)
                        plate.cut((px - 1, py - 15), (px + 6, py - 5), 5, BLACK)
                    elif kind == 1:
                        plate.group([(oval(px, py, 18, 17), BLACK, True)], 0, 3)
                        plate.cut((px - 9, py - 5), (px + 2, py - 11), 6)
                    else:
                        for turn in (-26, 0, 26):
                            c = math.sin(math.radians(turn))
                            plate.group(
                                [(lens((px, py + 14), (px + c * 44, py - 30), 17), 165, True)], 0, 3
                            )
            crate = box(left, y, right, y + 78)
            plate.group([(crate, WHITE, True)], 3)
            for slat in (26, 52):
                plate.line([(left, y + slat), (right, y + slat)], 5)
            for px in (left + 10, right - 10):
                plate.fill(oval(px, y + 13, 3.5, 3.5), BLACK)
                plate.fill(oval(px, y + 39, 3.5, 3.5), BLACK)
                plate.fill(oval(px, y + 65, 3.5, 3.5), BLACK)
            plate.cut((left + 22, y + 14), (right - 30, y + 12), 3.5, BLACK)
            plate.cut((left + 30, y + 40), (right - 22, y + 42), 3.5, BLACK)
    plate.fill(box(1410, 904, 1960, 960), BLACK)


def street_map() -> Image.Image:
    """Neighbors around a big map on a table, between a stoop and a stall, below the bridge."""
    sky = 205
    plate = Plate(sky)
    rng = random.Random(2009)
    for x, y, size in ((700, 120, 1.0), (980, 70, 0.8), (1560, 96, 1.1), (1830, 190, 0.9)):
        for k in range(7):
            reach = (150 - k * 14) * size
            plate.cut(
                (x - reach + k * 9, y + (k - 3) * 15 * size),
                (x + reach, y + (k - 3) * 15 * size),
                17 * size,
                WHITE,
            )
    west = 560.0
    while west < 1960:  # the far shore
        wide = rng.choice((46, 60, 74, 90))
        top = 430 - rng.choice((0, 30, 60, 100, 150, 190))
        plate.fill(box(west, top, west + wide, 640), 150)
        plate.line([(west, 640), (west, top), (west + wide, top)], 4, WHITE)
        for row in range(int((500 - top) // 20)):
            for k in range(int(wide // 16)):
                if rng.random() < 0.7:
                    plate.fill(
                        box(
                            west + 6 + k * 15,
                            top + 10 + row * 20,
                            west + 13 + k * 15,
                            top + 20 + row * 20,
                        ),
                        WHITE,
                    )
        west += wide + 4
    bridge(plate, 1262, 66, 420, sky)
    # roofs nearby
    for x0, x1, top in (
        (588, 716, 352),
        (722, 868, 300),
        (874, 1010, 386),
        (1404, 1560, 430),
        (1640, 1790, 250),
        (1796, 1960, 210),
    ):
        plate.fill(box(x0 - 5, top - 5, x1 + 5, 700), WHITE)
        plate.fill(box(x0, top, x1, 700), BLACK)
        plate.fill(box(x0 - 4, top, x1 + 4, top + 14), BLACK)
        for row in range(7):
            for k in range(3):
                px = x0 + 16 + k * (x1 - x0 - 22) / 3
                py = top + 38 + row * 58
                plate.fill(box(px, py, px + 24, py + 34), WHITE if (row + k) % 4 else 165)
                plate.line([(px, py + 17), (px + 24, py + 17)], 3)
    water_tower(plate, 652, 352, 0.82)
    water_tower(plate, 794, 300, 1.0)
    water_tower(plate, 1716, 250, 0.86)
    # the street
    plate.fill(box(-20, 690, 1960, 1060), 226)
    plate.line([(-20, 690), (1960, 690)], 5)
    plate.fill(box(-20, 694, 1960, 716), WHITE)
    for k in range(-3, 14):
        plate.cut((760 + k * 62, 716), (320 + k * 170, 1060), 7, BLACK)
    for y in (760, 836, 936):
        plate.line([(-20, y), (1960, y)], 3)
    # the street tree
    brownstone(plate)
    stall(plate)
    around_the_table(plate)
    return plate.image


def around_the_table(plate: Plate) -> None:
    """Gather the neighbors, and lay the map."""
    # on the stoop
    sitter = Figure(250, 900, 1.06)
    sitter.limb([(0, -150), (88, -158), (96, -80), (92, -20)], [56, 52, 42, 32], BLACK)
    sitter.limb([(84, -12), (138, -10)], [26, 20], WHITE)
    sitter.cut((20, -164), (84, -164), 6, WHITE, -4)
    sitter.blob(
        [
            (-50, -124),
            (-60, -220),
            (-46, -310),
            (-10, -346),
            (34, -344),
            (52, -300),
            (44, -210),
            (34, -126),
        ],
        WHITE,
    )
    for k in range(6):
        sitter.cut((-56, -316 + k * 34), (52, -316 + k * 34), 13, BLACK)
    sitter.limb([(10, -338), (22, -362)], [34, 30], BLACK)
    head(sitter, 28, -396, 94, BLACK, "cap", WHITE, 2)
    sitter.limb([(-4, -308), (16, -226), (76, -244)], [44, 38, 26], WHITE)
    for k in range(3):
        sitter.cut((-26, -290 + k * 30), (26, -290 + k * 30), 12, BLACK)
    sitter.poly([(70, -284), (104, -284), (100, -238), (74, -238)], WHITE)
    sitter.cut((72, -262), (102, -262), 10, BLACK)
    sitter.hand((68, -246), (98, -250), BLACK)
    sitter.draw(plate, 5)

    # behind the table
    reader = Figure(770, 940, 1.08)
    reader.blob(BUST, BLACK)
    reader.poly([(-2, -398), (36, -392), (26, -330)], WHITE)
    reader.limb([(0, -388), (8, -416)], [34, 32], WHITE)
    head(reader, 14, -450, 94, WHITE, "long", BLACK, 10)
    reader.limb([(-34, -360), (-30, -280), (50, -230)], [46, 40, 28], BLACK)
    reader.cut((-38, -340), (-32, -280), 6, WHITE, 5)
    reader.hand((48, -232), (92, -214), WHITE)
    reader.draw(plate, 5)
    friend = Figure(1168, 940, 1.08, flip=True)
    friend.blob(BUST, WHITE)
    for row in range(6):
        for k in range(6):
            px, py = -46 + k * 20 + (10 if row % 2 else 0), -372 + row * 30
            if abs(px) < 46:
                friend.cut((px - 7, py), (px + 7, py), 13, BLACK)
    friend.limb([(2, -388), (10, -416)], [36, 34], BLACK)
    head(friend, 14, -450, 94, BLACK, "wrap", 190, 12)
    friend.limb([(-30, -364), (-20, -280), (64, -222)], [46, 40, 28], WHITE)
    friend.cut((-36, -340), (-24, -288), 6, BLACK, 5)
    friend.hand((62, -224), (104, -204), BLACK)
    friend.draw(plate, 5)
    host = Figure(972, 940, 1.12)
    host.blob(BUST, 165)
    host.cut((-36, -360), (-42, -220), 7, BLACK, 6)
    host.cut((34, -350), (36, -220), 7, BLACK, -6)
    host.limb([(-2, -388), (6, -416)], [38, 34], 205)
    head(host, 10, -450, 96, 205, "curls", BLACK, 14)
    host.limb([(48, -362), (84, -290), (104, -226)], [46, 38, 26], 165)
    host.cut((60, -350), (84, -300), 6, BLACK, 4)
    host.hand((102, -230), (116, -192), 205)
    host.limb([(-48, -362), (-80, -292), (-66, -226)], [46, 38, 26], 165)
    host.hand((-68, -230), (-56, -194), 205)
    host.draw(plate, 5)

    table = [(716, 676), (1230, 676), (1330, 826), (616, 826)]
    for top, foot in (
        ((650, 830), (632, 992)),
        ((1296, 830), (1314, 992)),
        ((760, 830), (770, 930)),
        ((1186, 830), (1176, 930)),
    ):
        plate.line([top, foot], 26, WHITE)
        plate.line([top, foot], 16)
    plate.line([(640, 950), (1306, 950)], 18, WHITE)
    plate.line([(640, 950), (1306, 950)], 9)
    board = [table[0], table[1], table[2], (1330, 846), (616, 846), table[3]]
    plate.group([(board, BLACK, False)], 6, 0)

    def at(u: float, v: float) -> Point:
        return mix(mix(table[0], table[1], u), mix(table[3], table[2], u), v)

    sheet = [at(0.03, 0.06), at(0.97, 0.06), at(0.98, 0.93), at(0.02, 0.93)]
    plate.fill(sheet, WHITE)
    for k in range(1, 16):
        plate.line(
            [at(0.03 + k * 0.059, 0.06), at(0.02 + k * 0.06, 0.93)], 6 if k % 5 == 0 else 2.6
        )
    for k in range(1, 8):
        v = 0.06 + 0.87 * (k / 8) ** 1.1
        plate.line([at(0.03, v), at(0.97, v)], 5 if k == 4 else 2.6)
    left_bank = [(0.06, 0.93), (0.14, 0.74), (0.27, 0.56), (0.31, 0.32), (0.27, 0.06)]
    right_bank = [(0.38, 0.06), (0.44, 0.30), (0.40, 0.56), (0.27, 0.76), (0.22, 0.93)]
    river = [at(u, v) for u, v in [*spline(left_bank, False), *spline(right_bank, False)]]
    plate.line([*river, river[0]], 8, WHITE)
    plate.fill(river, BLACK)
    for k in range(13):
        v = 0.12 + k * 0.062
        u = 0.33 + 0.05 * math.sin(v * 3.4) - max(0.0, v - 0.45) * 0.45
        plate.cut(at(u - 0.035, v), at(u + 0.03, v - 0.01), 5)
    for u, v in ((0.26, 0.30), (0.19, 0.60)):
        plate.line([at(u, v), at(u + 0.24, v + 0.02)], 9, BLACK)
        plate.line([at(u, v), at(u + 0.24, v + 0.02)], 5, WHITE)
    park = [at(0.60, 0.52), at(0.78, 0.52), at(0.79, 0.80), at(0.60, 0.80)]
    plate.line([*park, park[0]], 7, WHITE)
    plate.fill(park, 128)
    plate.line([*park, park[0]], 4)
    markers = (
        (0.13, 0.24, "circle"),
        (0.50, 0.40, "square"),
        (0.68, 0.26, "triangle"),
        (0.88, 0.42, "circle"),
        (0.47, 0.78, "triangle"),
        (0.90, 0.78, "square"),
        (0.36, 0.84, "circle"),
    )
    for u, v, kind in markers:
        mx, my = at(u, v)
        r = 17 + 5 * v
        if kind == "circle":
            shape = oval(mx, my, r * 1.1, r * 0.8)
        elif kind == "square":
            shape = box(mx - r, my - r * 0.75, mx + r, my + r * 0.75)
        else:
            shape = [(mx - r, my - r * 0.9), (mx + r * 1.2, my), (mx - r, my + r * 0.9)]
        plate.group([(shape, BLACK, False)], 7, 0)

    # at the left end, pointing
    left = Figure(560, 988, 1.14)
    left.limb([(-18, -236), (-30, -120), (-44, -12)], [60, 50, 38], BLACK)
    left.limb([(16, -236), (22, -120), (18, -12)], [60, 50, 38], BLACK)
    left.limb([(-58, -8), (-8, -8)], [26, 18], BLACK)
    left.limb([(10, -8), (62, -8)], [26, 18], BLACK)
    left.cut((-22, -200), (-40, -40), 6, WHITE, 4)
    left.cut((22, -200), (20, -40), 6, WHITE, -4)
    left.blob(
        [
            (-52, -340),
            (-24, -390),
            (18, -400),
            (50, -378),
            (56, -300),
            (44, -216),
            (-48, -216),
            (-58, -290),
        ],
        WHITE,
    )
    left.cut((-30, -360), (-38, -230), 7, BLACK, 6)
    left.cut((28, -360), (26, -240), 7, BLACK, -4)
    left.limb([(8, -388), (18, -414)], [34, 32], 205)
    head(left, 24, -448, 94, 205, "bun", BLACK, 12)
    left.limb([(6, -362), (60, -290), (138, -246)], [46, 36, 26], WHITE)
    left.cut((14, -348), (58, -294), 6, BLACK, 5)
    left.hand((136, -248), (178, -226), 205)
    left.limb([(172, -229), (196, -212)], [9, 6], BLACK)
    left.draw(plate, 5)

    # at the right end, a neighbor with her shopping, and a boy on tiptoe
    right = Figure(1440, 990, 1.12, flip=True)
    right.limb([(-14, -120), (-20, -12)], [38, 30], BLACK)
    right.limb([(18, -120), (22, -12)], [38, 30], BLACK)
    right.limb([(-32, -8), (14, -8)], [24, 16], BLACK)
    right.limb([(12, -8), (60, -8)], [24, 16], BLACK)
    right.blob(
        [
            (-50, -340),
            (-44, -384),
            (0, -402),
            (42, -388),
            (54, -310),
            (48, -250),
            (76, -90),
            (0, -78),
            (-78, -90),
            (-54, -250),
        ],
        BLACK,
    )
    for start, end, bend in (
        ((-24, -240), (-46, -96), -6),
        ((4, -240), (4, -90), 0),
        ((30, -240), (50, -98), 6),
    ):
        right.cut(start, end, 8, WHITE, bend)
    right.limb([(2, -388), (10, -416)], [34, 32], WHITE)
    head(right, 16, -450, 94, WHITE, "curls", 128, 8)
    right.poly([(-92, -216), (-26, -216), (-20, -120), (-98, -120)], 205)
    right.limb([(-44, -212), (-54, -250), (-70, -250), (-78, -212)], [7, 7, 7, 7], BLACK)
    right.limb([(-16, -362), (-40, -290), (-58, -246)], [44, 36, 24], BLACK)
    right.cut((-22, -346), (-40, -292), 6, WHITE, -4)
    right.fist(-60, -236, 0, WHITE)
    right.draw(plate, 5)
    boy = Figure(1346, 1000, 0.72, flip=True)
    boy.limb([(-16, -200), (-22, -30)], [52, 40], WHITE)
    boy.limb([(18, -200), (26, -30)], [52, 40], WHITE)
    boy.limb([(-34, -24), (14, -10)], [28, 22], BLACK)
    boy.limb([(16, -24), (66, -10)], [28, 22], BLACK)
    boy.blob(
        [(-54, -370), (0, -390), (52, -374), (60, -270), (56, -176), (-58, -176), (-60, -280)], 105
    )
    boy.limb([(4, -380), (12, -406)], [40, 38], 205)
    head(boy, 18, -450, 122, 205, "short", BLACK, -6)
    boy.limb([(10, -350), (60, -300), (104, -266)], [46, 38, 28], 105)
    boy.hand((102, -268), (142, -262), 205)
    boy.draw(plate, 5)


SCENES: dict[str, Callable[[], Image.Image]] = {
    "marinaleda-olive-harvest.png": marinaleda,
    "thessaloniki-solidarity-clinic.png": clinic,
    "solidarity-nyc-street-map.png": street_map,
}


def main(argv: Sequence[str]) -> int:
    """Draw every scene into a directory, by default content/images of this repository."""
    here = Path(__file__).resolve().parent.parent / "content" / "images"
    target = Path(argv[1]) if len(argv) > 1 else here
    target.mkdir(parents=True, exist_ok=True)
    for name, scene in SCENES.items():
        path = target / name
        screen(scene()).save(path, optimize=True, dpi=(307, 307))
        print(f"{path}  {path.stat().st_size / 1024:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
