"""A small press for linocuts: two blocks, one for the spot colour and one for black ink.

What is cut away of a block stays paper. Points lie on a sheet of `SIZE`; the blocks are larger, so
that edges come out clean. Chance is seeded: the same drawing always gives the same print.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw

Point = tuple[float, float]

SIZE = (1200, 800)
SCALE = 2
# As large as the sample needs: a larger print takes longer to load than all the texts together.
PRINT = (960, 640)
# static/css/tokens.css: the newsprint, the ink, the spot colour.
PAPER, INK, SPOT = "#f3f2ed", "#15130f", "#f2502e"
# The two blocks never lie quite on one another.
MISPRINT = (3, -2)


class Block:
    """One block: what is printed of it is white in `face`."""

    def __init__(self, random: Random):
        self.random = random
        self.face = Image.new("L", (SIZE[0] * SCALE, SIZE[1] * SCALE), 0)

    def print(self, points: Sequence[Point], *, rough: float = 1.2):
        """Let a surface stand, with edges as uneven as a hand cuts them."""
        self._fill(points, 255, rough)

    def cut(self, points: Sequence[Point], *, rough: float = 1.2):
        """Cut a surface away."""
        self._fill(points, 0, rough)

    def draw(self, points: Sequence[Point], width: float, *, rough: float = 0.6):
        """Let a line stand, thinner towards its end."""
        self._fill(ribbon(points, width), 255, rough)

    def groove(self, points: Sequence[Point], width: float):
        """Cut a line away: the gouge goes in, gets deeper, and comes out again."""
        self._fill(ribbon(points, width, ends=True), 0, 0)

    def gouge(self, within: Sequence[Point], *, angle: float, gap: float, length: float, width=3.0):
        """Roughen a surface with many short cuts in one direction (degrees)."""
        cuts = Image.new("L", self.face.size, 0)
        pen = ImageDraw.Draw(cuts)
        for line in self._cuts(within, angle, gap, length):
            pen.polygon(_scaled(ribbon(line, width, ends=True)), fill=255)
        area = Image.new("L", self.face.size, 0)
        ImageDraw.Draw(area).polygon(_scaled(within), fill=255)
        self.face = ImageChops.subtract(self.face, ImageChops.multiply(cuts, area))

    def rays(self, centre: Point, *, start: float, end: float, number: int, width: float = 4):
        """Cut rays away, from a distance of `start` outwards, each of another length."""
        for index in range(number):
            angle = 2 * pi * (index + self.random.uniform(-0.3, 0.3)) / number
            at = start + self.random.uniform(0, 30)
            while at < end:
                to = at + self.random.uniform(40, 150)
                self.groove([polar(centre, at, angle), polar(centre, to, angle)], width)
                at = to + self.random.uniform(10, 40)

    def _cuts(self, within, angle, gap, length):
        xs, ys = [x for x, _y in within], [y for _x, y in within]
        centre = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        reach = hypot(max(xs) - min(xs), max(ys) - min(ys)) / 2
        along = (cos(angle * pi / 180), sin(angle * pi / 180))
        side = -reach
        while side < reach:
            at = -reach + self.random.uniform(-length, 0)
            while at < reach:
                long = length * self.random.uniform(0.5, 1.3)
                off = side + self.random.uniform(-gap, gap) * 0.22
                yield [_moved(centre, along, t, off) for t in (at, at + long)]
                at += long + length * self.random.uniform(0.1, 0.5)
            side += gap

    def _fill(self, points, value: int, rough: float):
        if rough:
            points = self._uneven(points, rough)
        ImageDraw.Draw(self.face).polygon(_scaled(points), fill=value)

    def _uneven(self, points: Sequence[Point], by: float) -> list[Point]:
        found = []
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            steps = max(1, int(hypot(x1 - x0, y1 - y0) / 22))
            for step in range(steps):
                t = step / steps
                x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
                found.append((x + self.random.uniform(-by, by), y + self.random.uniform(-by, by)))
        return found


class Press:
    """Both blocks of one picture, and the print that they give."""

    def __init__(self, seed: int):
        random = Random(seed)
        self.random = random
        self.spot, self.ink = Block(random), Block(random)

    def pull(self) -> bytes:
        """The print as a PNG."""
        sheet = Image.new("RGB", self.ink.face.size, PAPER)
        sheet.paste(SPOT, mask=ImageChops.offset(self.spot.face, *MISPRINT))
        sheet.paste(INK, mask=self.ink.face)
        sheet = sheet.resize(PRINT, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        sheet.save(out, "PNG", compress_level=1)
        return out.getvalue()


# Shapes -----------------------------------------------------------------------------------------


def points(text: str, at: Point = (0, 0), size: float | Point = 1) -> list[Point]:
    """Points as they stand in a list ("420,652 386,560"), from the place and in the size given."""
    wide, tall = size if isinstance(size, tuple) else (size, size)
    pairs = (pair.split(",") for pair in text.split())
    return [(at[0] + float(x) * wide, at[1] + float(y) * tall) for x, y in pairs]


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def disc(centre: Point, radius: float, flat: float = 1.0) -> list[Point]:
    """A circle, or with `flat` below 1 one that is seen from the side."""
    x, y = centre
    turns = [2 * pi * step / 48 for step in range(48)]
    return [(x + radius * cos(turn), y + radius * flat * sin(turn)) for turn in turns]


def polar(centre: Point, radius: float, angle: float) -> Point:
    return (centre[0] + radius * cos(angle), centre[1] + radius * sin(angle))


def curve(through: Sequence[Point], steps: int = 12) -> list[Point]:
    """A smooth line through some points (Catmull-Rom)."""
    padded = [through[0], *through, through[-1]]
    found = []
    for four in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        xs, ys = zip(*four, strict=True)
        found += [(_spline(xs, step / steps), _spline(ys, step / steps)) for step in range(steps)]
    return [*found, through[-1]]


def _spline(four: Sequence[float], t: float) -> float:
    a, b, c, d = four
    linear, square = c - a, 2 * a - 5 * b + 4 * c - d
    return (2 * b + linear * t + square * t**2 + (3 * b - a - 3 * c + d) * t**3) / 2


def ribbon(points: Sequence[Point], width: float, *, ends: bool = False) -> list[Point]:
    """The outline of a line: even, or with `ends` pointed at both."""
    if len(points) == 2 and ends:
        points = [points[0], *_between(*points), points[1]]
    left, right, last = [], [], len(points) - 1
    for index, (x, y) in enumerate(points):
        (x0, y0), (x1, y1) = points[max(0, index - 1)], points[min(last, index + 1)]
        long = hypot(x1 - x0, y1 - y0) or 1
        half = width / 2 * (sin(pi * index / last) if ends else 1)
        dx, dy = -(y1 - y0) / long * half, (x1 - x0) / long * half
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return [*left, *reversed(right)]


def _moved(point: Point, along: Point, by: float, aside: float) -> Point:
    (x, y), (dx, dy) = point, along
    return (x + dx * by - dy * aside, y + dy * by + dx * aside)


def _between(a: Point, b: Point) -> Iterable[Point]:
    return [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in (0.25, 0.5, 0.75)]


def _scaled(points: Iterable[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]
