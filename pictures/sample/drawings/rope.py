"""A bollard, and the rope that nobody takes."""

from __future__ import annotations

from pictures.sample.drawings.press import Press, box, curve, disc, points, ribbon


def rope() -> bytes:
    press = Press(29)
    _harbour(press)
    _stones(press)
    _bollard(press)
    return press.pull()


def _harbour(press: Press):
    press.ink.print(box(0, 250, 1200, 520), rough=2)
    for row, y in enumerate(range(262, 520, 19)):
        at = press.random.uniform(-120, 0)
        while at < 1200:
            long = 70 + row * 8 + press.random.uniform(0, 70)
            press.ink.groove(
                curve([(at, y), (at + long / 2, y - 6), (at + long, y)]), 4 + row * 0.35
            )
            at += long + press.random.uniform(8, 70)
    # The other shore, cranes standing still
    press.ink.print(points("0,252 0,214 180,206 420,222 700,212 1200,228 1200,252"))
    for x, size in ((150, 1.0), (330, 0.8), (1010, 1.15)):
        top, arm = 216 - 176 * size, 216 - 132 * size
        press.ink.draw([(x, 216), (x, top)], 13)
        press.ink.draw([(x - 62 * size, arm), (x + 150 * size, arm)], 11)
        press.ink.draw([(x, top), (x + 146 * size, arm)], 4)
        press.ink.draw([(x, top), (x - 58 * size, arm)], 4)
        press.ink.draw([(x + 128 * size, arm), (x + 128 * size, arm + 52 * size)], 4)
        press.ink.print([(x - 24 * size, 216), (x, 216 - 90 * size), (x + 24 * size, 216)])
    for y in (40, 74, 104):
        at = press.random.uniform(0, 200)
        while at < 1200:
            long = press.random.uniform(140, 340)
            press.ink.draw([(at, y), (at + long, y + press.random.uniform(-3, 3))], 3)
            at += long + press.random.uniform(120, 300)
    press.spot.print(disc((690, 150), 70))


def _stones(press: Press):
    press.ink.cut(box(0, 510, 1200, 800), rough=2)
    for row, (top, bottom) in enumerate(((522, 600), (608, 696), (704, 800))):
        x = -90 * (row % 2) - 20
        while x < 1200:
            wide = press.random.uniform(170, 250)
            stone = box(x + 5, top, x + wide - 5, bottom)
            press.ink.print(stone, rough=2)
            press.ink.gouge(
                stone, angle=press.random.choice((8, -12, 20, 80)), gap=17, length=58, width=5
            )
            x += wide


def _bollard(press: Press):
    press.ink.cut(
        curve(
            points(
                "396,700 404,560 420,420 372,372 360,300 430,250 600,236 770,250 840,300 "
                "828,372 780,420 796,560 804,700 600,736 396,700"
            )
        )
    )
    post = points("420,690 430,560 446,410 754,410 770,560 780,690 600,716")
    head = curve(
        points(
            "386,350 386,300 440,268 600,254 760,268 814,300 814,350 760,396 600,410 "
            "440,396 386,350"
        )
    )
    press.ink.print(post)
    press.ink.print(head)
    press.ink.groove(curve(points("416,318 480,284 600,274 700,280")), 14)
    press.ink.groove(curve(points("440,346 500,318 600,308")), 9)
    for y in (452, 506, 560, 614):
        _turn(press, y)
    _end(press)


def _turn(press: Press, y: float):
    line = curve([(410, y - 8), (500, y + 22), (600, y + 28), (700, y + 22), (790, y - 8)])
    _strands(press, line)


def _end(press: Press):
    line = curve(
        points("790,606 880,640 960,610 1010,640 980,704 880,716 820,752 900,790 1100,770 1230,700")
    )
    _strands(press, line)


def _strands(press: Press, line):
    press.ink.print(ribbon(line, 66), rough=0)
    press.ink.cut(ribbon(line, 46), rough=0.8)
    press.spot.print(ribbon(line, 46), rough=0.8)
    for (x0, y0), (x1, y1) in zip(line[::2], line[1::2], strict=False):
        dx, dy = x1 - x0, y1 - y0
        long = (dx * dx + dy * dy) ** 0.5 or 1
        nx, ny = -dy / long * 23, dx / long * 23
        press.ink.print(
            ribbon([(x0 + nx - dx, y0 + ny - dy), (x0 - nx + dx * 1.6, y0 - ny + dy * 1.6)], 7),
            rough=0,
        )
