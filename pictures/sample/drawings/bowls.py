"""A table from above: everybody sits, and the tureen goes round."""

from __future__ import annotations

from math import cos, pi, sin

from pictures.sample.drawings.press import Press, box, curve, disc, points, polar, ribbon

CENTRE = (600, 400)


def bowls() -> bytes:
    press = Press(41)
    _table(press)
    _bowl(press, CENTRE, 150, full=True)
    _ladle(press)
    places = points("150,170 420,110 770,105 1050,190 1070,610 790,690 430,690 140,610")
    for index, (x, y) in enumerate(places):
        _bowl(press, (x, y), 96, full=index not in (2, 6))
        _spoon(press, (x, y), index)
    for x, y, turn in ((300, 392, 0.3), (915, 400, -0.5)):
        _bread(press, x, y, turn)
    return press.pull()


def _table(press: Press):
    press.ink.print(box(0, 0, 1200, 800), rough=0)
    for y in (0, 160, 320, 480, 640):
        press.ink.cut(box(0, y + 156, 1200, y + 161), rough=0.8)
        press.ink.gouge(box(0, y + 8, 1200, y + 150), angle=0, gap=19, length=210, width=4.6)


def _bowl(press: Press, centre, radius: float, *, full: bool):
    press.ink.print(disc(centre, radius + 16))
    press.ink.cut(disc(centre, radius))
    press.ink.print(
        ribbon([*disc(centre, radius - 12), (centre[0] + radius - 12, centre[1])], 5), rough=0.6
    )
    if not full:
        for inner in (0.62, 0.36):
            press.ink.print(
                ribbon(
                    curve([polar(centre, radius * inner, a / 8) for a in range(-4, 30, 3)]),
                    5,
                    ends=True,
                ),
                rough=0,
            )
        return
    soup = disc(centre, radius - 22)
    press.spot.print(soup)
    press.ink.print(ribbon([*soup, soup[0]], 6), rough=0.6)
    for _ in range(int(radius / 12)):
        angle, far = press.random.uniform(0, 2 * pi), press.random.uniform(0.1, 0.62) * radius
        x, y = polar(centre, far, angle)
        if press.random.random() < 0.5:
            press.spot.cut(disc((x, y), 9))
        else:
            press.ink.print(ribbon([(x - 11, y - 5), (x + 11, y + 6)], 8, ends=True), rough=0)


def _spoon(press: Press, centre, index: int):
    if index % 3 == 1:
        return
    turn = [2.4, 0, 0.6, 0.9, -0.7, 0, -2.2, -2.5][index]
    start, end = polar(centre, 30, turn), polar(centre, 178, turn)
    press.ink.print(ribbon([start, end], 30), rough=0)
    press.ink.cut(ribbon([start, end], 15), rough=0.6)
    tip = polar(centre, 24, turn)
    press.ink.print(disc(tip, 34))
    press.ink.cut(disc(tip, 25))
    press.ink.print(
        ribbon(curve([polar(tip, 15, turn + a / 4) for a in range(6, 18, 2)]), 5, ends=True),
        rough=0,
    )


def _ladle(press: Press):
    line = curve(points("630,430 700,520 760,566 830,580"))
    press.ink.print(ribbon(line, 46), rough=0)
    press.ink.cut(ribbon(line, 26), rough=0)
    press.ink.print(ribbon(line, 10), rough=0.4)
    press.ink.print(disc((612, 408), 56))
    press.ink.cut(disc((612, 408), 46))
    press.ink.print(disc((612, 408), 38))
    press.ink.gouge(disc((612, 408), 30), angle=40, gap=14, length=60, width=6)


def _bread(press: Press, x: float, y: float, turn: float):
    def at(points):
        return [
            (x + dx * cos(turn) - dy * sin(turn), y + dx * sin(turn) + dy * cos(turn))
            for dx, dy in points
        ]

    loaf = curve(points("-104,0 -84,-44 0,-54 84,-44 104,0 84,44 0,54 -84,44 -104,0"))
    press.ink.print(at([(dx * 1.16, dy * 1.3) for dx, dy in loaf]))
    press.ink.cut(at(loaf))
    press.ink.print(ribbon([*at(loaf), at(loaf)[0]], 6), rough=0.6)
    for dx in (-58, -14, 30):
        press.ink.print(
            ribbon(at(curve([(dx, 36), (dx + 22, 0), (dx + 34, -38)])), 13, ends=True), rough=0.4
        )
