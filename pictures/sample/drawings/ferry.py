"""A ferry that stays where it is: moored, its funnel cold, a gull on every rope."""

from __future__ import annotations

from pictures.sample.drawings.press import Press, box, curve, disc, points, ribbon

SEA, QUAY = 560, 690


def ferry() -> bytes:
    press = Press(23)
    _sky(press)
    _sea(press)
    _hull(press)
    _decks(press)
    _funnel(press)
    _quay(press)
    _gulls(press)
    return press.pull()


def _sky(press: Press):
    sun = (905, 190)
    press.spot.print(disc(sun, 150), rough=2)
    for y in range(30, SEA, 26):
        at = press.random.uniform(-200, 0)
        while at < 1200:
            long = press.random.uniform(120, 420)
            press.ink.draw(
                curve([(at, y), (at + long / 2, y + press.random.uniform(-5, 5)), (at + long, y)]),
                2.4,
            )
            at += long + press.random.uniform(120, 520)


def _sea(press: Press):
    press.ink.print(box(0, SEA, 1200, 800), rough=2)
    for row, y in enumerate(range(SEA + 16, 800, 17)):
        at = press.random.uniform(-90, 0)
        while at < 1200:
            long = 60 + row * 9 + press.random.uniform(0, 60)
            middle = y - 5 - row * 0.8
            press.ink.groove(
                curve([(at, y), (at + long / 2, middle), (at + long, y)]), 5 + row * 0.4
            )
            at += long + press.random.uniform(6, 60)


def _hull(press: Press):
    outline = points("96,372 1010,372 1128,352 1056,566 1030,596 150,596 108,540")
    press.ink.cut(points("84,358 1008,358 1146,336 1070,572 1040,606 142,606 96,546"))
    press.ink.print(outline)
    stripe = points("104,470 1084,470 1072,506 106,506")
    press.ink.cut(stripe)
    press.spot.print(stripe)
    for x in range(170, 980, 58):
        press.ink.cut(disc((x, 428), 10))
    press.ink.gouge(box(120, 520, 1050, 590), angle=0, gap=15, length=90, width=4)
    # The stern door, shut.
    press.ink.cut(box(112, 386, 152, 460))
    press.ink.print(box(117, 391, 147, 455))
    # The anchor
    press.ink.cut(disc((1058, 432), 15))
    press.ink.print(disc((1058, 432), 9))


def _decks(press: Press):
    for left, right, top, bottom in (
        (126, 1000, 300, 360),
        (190, 960, 236, 296),
        (690, 940, 176, 232),
    ):
        press.spot.cut(box(left - 2, top, right, bottom))
        press.ink.cut(box(left - 6, top - 6, right + 6, bottom + 4))
        press.ink.print(box(left, top, right, bottom))
        press.ink.cut(box(left + 6, top + 6, right - 6, bottom - 4))
        for x in range(left + 22, right - 34, 42):
            press.ink.print(box(x, top + 15, x + 25, bottom - 14))
    # The bridge looks forward.
    press.ink.print(points("700,188 930,188 946,216 700,216"))
    for x in (740, 790, 840, 890):
        press.ink.groove([(x, 186), (x, 218)], 7)
    press.ink.draw([(820, 176), (820, 76)], 7)
    press.ink.draw([(788, 112), (852, 112)], 5)
    press.ink.draw([(820, 82), (1080, 352)], 2.6)
    press.ink.draw([(820, 82), (560, 236)], 2.6)
    # Boats that nobody lowers
    for x in (250, 360, 590):
        boat = [(x, 258), (x + 84, 258), (x + 72, 284), (x + 12, 284)]
        press.ink.print(
            [(a + (-5 if a < x + 42 else 5), b + (-5 if b < 270 else 5)) for a, b in boat]
        )
        press.ink.cut(boat)
        press.spot.print(boat)


def _funnel(press: Press):
    shape = points("440,236 456,112 548,112 560,236")
    press.ink.cut(points("430,240 448,102 556,102 570,240"))
    press.ink.print(shape)
    band = points("449,178 454,142 551,142 555,178")
    press.ink.cut(band)
    press.spot.print(band)
    # A heron, for those who know the company.
    press.ink.print(curve(points("478,176 492,164 500,158 512,164 500,172")))
    press.ink.draw(curve(points("506,162 514,152 508,146 524,148")), 3)


def _quay(press: Press):
    press.ink.cut(box(0, QUAY - 8, 1200, 800), rough=2)
    press.ink.print(box(0, QUAY, 1200, 714), rough=2)
    press.ink.print(box(0, 724, 1200, 800), rough=2)
    press.ink.gouge(box(0, 730, 1200, 800), angle=0, gap=19, length=120, width=5)
    for x in range(40, 1200, 150):
        press.ink.groove([(x, 726), (x + 8, 800)], 5)
    for bollard, ship in (
        ((190, 664), (128, 398)),
        ((700, 664), (960, 400)),
        ((1090, 664), (1100, 388)),
    ):
        rope = curve(
            [ship, ((ship[0] + bollard[0]) / 2 + 16, (ship[1] + bollard[1]) / 2 + 62), bollard]
        )
        press.ink.cut(ribbon(rope, 13), rough=0)
        press.ink.print(ribbon(rope, 6), rough=0)
        _bollard(press, *bollard)


def _bollard(press: Press, x: float, y: float):
    around = "-40,48 -26,4 -44,-10 -36,-36 36,-36 44,-10 26,4 40,48"
    press.ink.cut(points(around, (x, y)))
    press.ink.print(points("-30,48 -17,2 -34,-12 -28,-28 28,-28 34,-12 17,2 30,48", (x, y)))
    for high in (10, 20, 30):
        press.ink.groove(points(f"-28,{high - 3} 28,{high + 3}", (x, y)), 6)


def _gulls(press: Press):
    for x, y, size in (
        (150, 120, 1.2),
        (240, 180, 0.8),
        (330, 90, 0.9),
        (1080, 90, 1.0),
        (620, 70, 0.7),
    ):
        wing = [(x - 44 * size, y + 6), (x - 20 * size, y - 16 * size), (x, y)]
        press.ink.print(
            ribbon(
                curve([*wing, (x + 20 * size, y - 16 * size), (x + 44 * size, y + 6)]),
                9 * size,
                ends=True,
            ),
            rough=0,
        )
