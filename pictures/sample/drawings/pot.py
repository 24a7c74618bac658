"""Thirty litres of soup on the fire."""

from __future__ import annotations

from pictures.sample.drawings.press import Press, box, curve, disc, points, ribbon

TOP, FOOT = 300, 640


def pot() -> bytes:
    press = Press(7)
    press.ink.print(box(0, 0, 1200, 800), rough=0)
    press.ink.gouge(box(0, 0, 1200, 700), angle=90, gap=24, length=150, width=6)
    _steam(press)
    _fire(press)
    _pot(press)
    _ladle(press)
    return press.pull()


def _steam(press: Press):
    for x, lean, wide in ((420, -40, 58), (590, 30, 76), (770, -20, 60)):
        line = curve(
            [
                (x, 300),
                (x - 60, 232),
                (x + 40 + lean, 158),
                (x - 50 + lean, 84),
                (x + 30 + lean, -10),
            ]
        )
        press.ink.print(ribbon(line, wide + 34, ends=True), rough=0)
        press.ink.cut(ribbon(line, wide, ends=True), rough=0)
        press.ink.print(ribbon([(a + 5, b) for a, b in line[6:-8]], 7, ends=True), rough=0)


def _fire(press: Press):
    press.ink.print(box(180, 636, 1020, 800))
    for index, x in enumerate(range(290, 930, 58)):
        tall = 62 + (index * 37) % 40
        flame = curve(
            [
                (x - 26, 742),
                (x - 30, 704),
                (x - 4, 690),
                (x + 2, 742 - tall - 14),
                (x + 24, 698),
                (x + 26, 742),
                (x - 26, 742),
            ]
        )
        press.ink.cut(flame)
        press.spot.print(flame)
        press.spot.cut(
            curve([(x - 8, 742), (x - 8, 716), (x + 4, 700), (x + 9, 742), (x - 8, 742)])
        )
    press.ink.cut(box(200, 742, 1000, 758))
    press.ink.cut(points("260,770 300,770 290,800 250,800"))
    press.ink.cut(points("900,770 940,770 950,800 910,800"))


def _pot(press: Press):
    side = [(270, TOP), (930, TOP), (912, FOOT - 24), (880, FOOT), (320, FOOT), (288, FOOT - 24)]
    press.ink.cut(
        [
            (252, TOP - 10),
            (948, TOP - 10),
            (930, FOOT - 16),
            (888, FOOT + 16),
            (312, FOOT + 16),
            (270, FOOT - 16),
        ]
    )
    press.ink.print(side)
    for left, angle, wide in ((300, 89, 130), (470, 90, 60), (770, 91, 100)):
        press.ink.gouge(
            box(left, 352, left + wide, FOOT - 14), angle=angle, gap=17, length=190, width=7
        )
    press.ink.cut(disc((600, TOP), 348, flat=0.2))
    press.ink.print(ribbon([*disc((600, TOP), 340, flat=0.2), (940, TOP)], 12))
    soup = disc((600, TOP + 10), 312, flat=0.16)
    press.spot.print(soup)
    press.ink.print(ribbon([*soup, soup[0]], 5), rough=0.4)
    for x, y in (
        (410, 312),
        (480, 336),
        (560, 318),
        (700, 342),
        (760, 306),
        (820, 318),
        (660, 296),
    ):
        press.spot.cut(disc((x, y), 15, flat=0.45))
        press.ink.print(ribbon(disc((x, y), 16, flat=0.45), 4), rough=0)
    for x, way in ((262, -1), (938, 1)):
        grip = curve([(x, 404), (x + 74 * way, 400), (x + 84 * way, 470), (x + 6 * way, 476)])
        press.ink.print(ribbon(grip, 62), rough=0)
        press.ink.cut(ribbon(grip, 42), rough=0)
        press.ink.print(ribbon(grip, 26), rough=0.6)


def _ladle(press: Press):
    stick = curve(points("640,330 760,200 900,60 930,40 952,60 930,92"))
    press.ink.print(ribbon(stick, 64), rough=0)
    press.ink.cut(ribbon(stick, 42), rough=0)
    press.ink.print(ribbon(stick, 24), rough=0.6)
    press.ink.groove([(676, 286), (880, 78)], 7)
    press.spot.print(disc((640, 338), 50, flat=0.3))
    press.ink.cut(disc((640, 338), 58, flat=0.36))
    press.ink.print(ribbon(disc((640, 338), 55, flat=0.34), 9), rough=0)
