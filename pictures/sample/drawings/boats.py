"""Three sailing boats, and too much wind."""

from __future__ import annotations

from pictures.sample.drawings.press import Press, box, curve, points, ribbon


def boats() -> bytes:
    press = Press(31)
    _sky(press)
    _lighthouse(press)
    _waves(press, 520, 610, 0.7)
    _boat(press, 820, 560, 0.72, spot=False)
    _boat(press, 300, 580, 0.86, spot=False)
    _waves(press, 600, 690, 1.0)
    _boat(press, 560, 690, 1.3, spot=True)
    _waves(press, 690, 800, 1.5)
    return press.pull()


def _sky(press: Press):
    press.ink.print(box(0, 0, 1200, 540), rough=0)
    # The wind, from the left
    for y in range(20, 530, 21):
        at = press.random.uniform(-300, 0)
        while at < 1200:
            long = press.random.uniform(140, 460)
            lift = press.random.uniform(-22, 22)
            line = curve([(at, y), (at + long * 0.4, y + lift), (at + long, y + lift * 0.2)])
            press.ink.groove(line, press.random.uniform(4, 10))
            at += long + press.random.uniform(30, 260)


def _lighthouse(press: Press):
    press.ink.cut(points("1010,540 1030,210 1018,196 1018,140 1116,140 1116,196 1104,210 1126,540"))
    press.ink.print(points("1022,540 1042,214 1092,214 1114,540"))
    for top in (262, 366, 470):
        lean = (top - 214) * 0.065
        band = points("0,0 50,0 54,52 -4,52", (1042, top))
        band = [(px + (lean if px > 1067 else -lean), py) for px, py in band]
        press.ink.cut(band)
        press.spot.print(band)
    press.ink.print(box(1028, 192, 1106, 206))
    press.spot.print(box(1040, 152, 1094, 194))
    for x in (1040, 1058, 1076, 1094):
        press.ink.draw([(x, 150), (x, 196)], 5)
    press.ink.print(points("1030,152 1067,112 1104,152"))


def _waves(press: Press, top: int, bottom: int, size: float):
    press.ink.print(box(0, top + 16, 1200, bottom + 60), rough=0)
    for row, y in enumerate(range(top, bottom + 60, int(26 * size))):
        x = -120 * size + (row % 2) * 60 * size
        while x < 1240:
            wide = 120 * size * press.random.uniform(0.9, 1.15)
            crest = curve(points("0,22 .4,8 .72,-14 .98,-4", (x, y), (wide, size)))
            hollow = curve(points(".8,6 .84,20 1,24", (x, y), (wide, size)))
            press.ink.print([*crest, *hollow, (x, y + 40 * size)], rough=0.5)
            press.ink.cut(ribbon(crest, 8 * size, ends=True), rough=0)
            back = points(".3,24 .62,8 .8,4", (x, y), (wide, size))
            press.ink.groove(curve(back), 5 * size)
            x += wide


def _boat(press: Press, x: float, y: float, size: float, *, spot: bool):
    def at(*points):
        # Heeling over: the higher, the further to the right.
        return [(x + (dx - dy * 0.2) * size, y + (dy + dx * 0.12) * size) for dx, dy in points]

    main = curve(at((8, -34), (62, -120), (70, -210), (14, -330)))
    sail = [*main, *at((8, -34))]
    jib = [
        *curve(at((-4, -300), (-62, -190), (-112, -44))),
        *curve(at((-112, -44), (-50, -60), (-6, -40))),
    ]
    hull = at((-134, -26), (-60, -16), (112, -22), (96, 22), (70, 34), (-96, 30))
    for shape in (sail, jib):
        press.ink.cut(ribbon([*shape, shape[0]], 16 * size), rough=0)
        press.ink.cut(shape)
        press.spot.cut(shape)
        if spot:
            press.spot.print(shape)
        press.ink.draw([*shape, shape[0]], 5 * size)
    for high in (-90, -150, -210, -262):
        wide = 66 + high * 0.12 if high > -200 else 118 + high * 0.3
        seam = at((10, high), (wide * 0.5, high + 8), (wide * 0.9, high + 4))
        press.ink.draw(curve(seam), 3.4 * size)
    press.ink.cut(ribbon([*hull, hull[0]], 18 * size), rough=0)
    press.ink.print(hull)
    press.ink.groove(at((-118, -10), (-20, -2), (104, -6)), 7 * size)
    press.ink.cut(ribbon(at((2, -28), (2, -348)), 13 * size), rough=0)
    press.ink.draw(at((2, -28), (2, -350)), 7 * size)
    flag = at((4, -350), (50, -340), (40, -328), (52, -314), (4, -322))
    press.ink.cut(ribbon([*flag, flag[0]], 8), rough=0)
    press.ink.cut(flag)
    press.spot.print(flag)
