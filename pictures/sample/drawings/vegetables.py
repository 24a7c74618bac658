"""What goes into it: an onion cut in two, carrots, garlic, a lemon, and the knife."""

from __future__ import annotations

from math import pi

from pictures.sample.drawings.press import Press, box, curve, disc, points, polar, ribbon


def vegetables() -> bytes:
    press = Press(17)
    _board(press)
    _knife(press)
    _carrot(press, (250, 250), (640, 150), 46)
    _carrot(press, (200, 390), (600, 282), 40)
    _onion(press, (360, 590), 150)
    _lemon(press, (900, 590), 128)
    _garlic(press, 650, 560)
    return press.pull()


def _board(press: Press):
    press.ink.print(box(0, 0, 1200, 800), rough=0)
    for row, y in enumerate(range(14, 800, 24)):
        at = press.random.uniform(-260, 0)
        while at < 1200:
            long = press.random.uniform(160, 420)
            lift = 10 if row % 3 else -8
            press.ink.groove(curve([(at, y), (at + long / 2, y + lift), (at + long, y)]), 5)
            at += long + press.random.uniform(20, 120)


def _standing(press: Press, shape, by: float):
    """Clear the wood round a thing, so that it stands out."""
    press.ink.print(ribbon([*shape, shape[0]], by * 2), rough=0)
    press.ink.print(shape, rough=0)
    press.ink.cut(ribbon([*shape, shape[0]], by * 0.9), rough=0)
    press.ink.cut(shape, rough=0)


def _carrot(press: Press, tip, top, half: float):
    (x0, y0), (x1, y1) = tip, top
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    upper = [tip, (middle[0], middle[1] - half * 0.8), (x1 - 20, y1 - half), (x1 + 16, y1 - 12)]
    lower = [(x1 + 16, y1 + 20), (x1 - 6, y1 + half), (middle[0], middle[1] + half * 0.75), tip]
    body = [*curve(upper), *curve(lower)]
    for lean in (-70, -34, 4, 42, 80):
        leaf = curve(
            [(x1 + 6, y1), (x1 + 80, y1 + lean * 0.4), (x1 + 190 - abs(lean) * 0.5, y1 + lean)]
        )
        press.ink.print(ribbon(leaf, 42, ends=True), rough=0)
        press.ink.cut(ribbon(leaf, 24, ends=True), rough=0.8)
        press.ink.print(ribbon(leaf, 5, ends=True), rough=0)
    _standing(press, body, 14)
    press.spot.print(body)
    press.ink.print(ribbon([*body, body[0]], 7), rough=0.6)
    for share in (0.2, 0.36, 0.52, 0.66, 0.8, 0.9):
        x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        side = -1 if int(share * 50) % 2 else 1
        mark = curve([(x, y + half * 0.66 * share * side), (x + 7, y + 6 * side), (x + 2, y)])
        press.ink.print(ribbon(mark, 7, ends=True), rough=0)


def _onion(press: Press, centre, radius: float):
    x, y = centre
    half = "0,-1.26 .24,-1 1,-.1 .66,.74 0,1 -.66,.74 -1,-.1 -.24,-1 0,-1.26"
    shape = curve(points(half, centre, radius))
    _standing(press, shape, 16)
    for share in (0.97, 0.8, 0.62, 0.44, 0.27, 0.12):
        ring = [(x + (a - x) * share, y + 6 + (b - y) * share) for a, b in shape]
        press.ink.print(ribbon([*ring, ring[0]], 8 if share > 0.9 else 5), rough=0.8)
    press.spot.print(shape)
    inner = [(x + (a - x) * 0.9, y + 4 + (b - y) * 0.9) for a, b in shape]
    press.spot.cut(inner)
    press.ink.print(disc((x, y + radius * 0.96), 12))


def _lemon(press: Press, centre, radius: float):
    rind = disc(centre, radius)
    _standing(press, rind, 16)
    press.spot.print(rind)
    press.ink.print(ribbon([*rind, rind[0]], 8), rough=0.6)
    press.spot.cut(disc(centre, radius * 0.86))
    for index in range(9):
        angle = 2 * pi * index / 9 + 0.2
        wedge = [
            polar(centre, radius * 0.13, angle),
            polar(centre, radius * 0.74, angle - 0.27),
            polar(centre, radius * 0.8, angle),
            polar(centre, radius * 0.74, angle + 0.27),
        ]
        press.spot.print(wedge)
        press.ink.print(ribbon([*wedge, wedge[0]], 4), rough=0)
        drop = [polar(centre, radius * 0.3, angle), polar(centre, radius * 0.64, angle)]
        press.spot.cut(ribbon(drop, 9, ends=True))


def _garlic(press: Press, x: float, y: float):
    for dx, dy, size in ((0, 0, 1.0), (74, 92, 0.8), (-40, 128, 0.7)):
        at = (x + dx, y + dy)
        clove = "-6,-70 14,-40 46,10 20,46 -26,42 -36,4 -6,-70"
        shape = curve(points(clove, at, size))
        _standing(press, shape, 12)
        press.ink.print(ribbon([*shape, shape[0]], 6), rough=0.5)
        fold = curve(points("0,-40 22,4 8,38", at, size))
        press.ink.print(ribbon(fold, 6, ends=True), rough=0)


def _knife(press: Press):
    blade = [
        *curve(points("760,356 900,250 1030,150 1090,90")),
        (1110, 150),
        (1040, 262),
        *curve(points("1040,262 940,350 800,420")),
    ]
    handle = points("790,332 832,396 706,486 640,510 634,462 700,400")
    for shape in (blade, handle):
        _standing(press, shape, 14)
    press.ink.print(ribbon([*blade, blade[0]], 6), rough=0.4)
    press.ink.print(ribbon(points("830,394 1050,222 1094,140"), 4), rough=0)
    press.ink.print(handle)
    for x, y in ((690, 458), (734, 424), (778, 388)):
        press.ink.cut(disc((x, y), 8))
