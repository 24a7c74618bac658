"""The Voilerie in the evening: an old sail loft, its windows lit."""

from __future__ import annotations

from pictures.sample.drawings.press import Press, box, curve, disc, points, ribbon

LEFT, RIGHT, EAVES, GROUND = 330, 930, 270, 690
COLUMNS, ROWS = 6, 3
DARK = {(0, 1), (4, 0), (2, 2), (5, 2)}


def house() -> bytes:
    press = Press(11)
    _sky(press)
    _masts(press)
    _walls(press)
    _windows(press)
    _door(press)
    _washing(press)
    _quay(press)
    return press.pull()


def _sky(press: Press):
    press.ink.print(box(0, 0, 1200, 700), rough=0)
    moon = (180, 150)
    press.ink.cut(disc(moon, 62))
    press.spot.print(disc(moon, 54))
    press.ink.rays(moon, start=84, end=430, number=74, width=5)
    for _ in range(30):
        x, y = press.random.uniform(700, 1190), press.random.uniform(10, 240)
        press.ink.groove([(x - 7, y), (x + 7, y)], 3)
        press.ink.groove([(x, y - 7), (x, y + 7)], 3)


def _masts(press: Press):
    for x, top in ((60, 330), (130, 260), (232, 360), (1010, 300), (1085, 220), (1150, 350)):
        press.ink.cut([(x - 14, 700), (x - 7, top - 8), (x + 7, top - 8), (x + 14, 700)], rough=0)
        press.ink.print([(x - 5, 700), (x - 3, top), (x + 3, top), (x + 5, 700)])
        press.ink.groove([(x + 4, top + 10), (x + 58, 640)], 3.5)
        press.ink.groove([(x - 4, top + 10), (x - 52, 640)], 3.5)
    press.ink.print(box(0, 640, 1200, 700))
    press.ink.gouge(box(0, 642, 1200, 700), angle=2, gap=11, length=70, width=4)


def _walls(press: Press):
    gable = [(LEFT, GROUND), (LEFT, EAVES), (630, 92), (RIGHT, EAVES), (RIGHT, GROUND)]
    press.ink.cut(
        [
            (LEFT - 10, GROUND),
            (LEFT - 10, EAVES - 2),
            (630, 76),
            (RIGHT + 10, EAVES - 2),
            (RIGHT + 10, GROUND),
        ]
    )
    press.ink.print(gable)
    for row, y in enumerate(range(EAVES + 8, GROUND, 17)):
        for x in range(LEFT + (14 if row % 2 else 30), RIGHT - 24, 36):
            if press.random.random() < 0.62:
                press.ink.groove([(x, y), (x + 25, y + press.random.uniform(-1, 1))], 3.6)
    press.ink.gouge(points("400,250 630,118 860,250"), angle=90, gap=15, length=46, width=4)
    # The beam with which the sails were hoisted, and its rope.
    press.ink.cut(box(596, 150, 664, 236))
    press.ink.print(box(604, 158, 656, 236))
    press.spot.print(box(606, 160, 654, 234))
    press.ink.cut(box(610, 164, 650, 230))
    press.ink.print(box(627, 164, 633, 232))
    press.ink.print(box(620, 118, 640, 132))
    # Its roof
    press.ink.cut(points("300,292 630,66 960,292 952,306 630,88 308,306"))
    press.ink.print(points("296,284 630,56 964,284 958,298 630,74 302,298"))


def _windows(press: Press):
    wide, tall = 52, 78
    for row in range(ROWS):
        for column in range(COLUMNS):
            x, y = LEFT + 40 + column * 94, EAVES + 32 + row * 128
            if row == 2 and column in (2, 3):
                continue
            press.ink.cut(box(x - 6, y - 6, x + wide + 6, y + tall + 6))
            press.ink.print(box(x, y, x + wide, y + tall))
            if (column, row) in DARK:
                press.ink.gouge(
                    box(x + 4, y + 4, x + wide - 4, y + tall - 4),
                    angle=-58,
                    gap=11,
                    length=34,
                    width=3,
                )
                continue
            press.ink.cut(box(x + 5, y + 5, x + wide - 5, y + tall - 5), rough=0.6)
            press.spot.print(box(x + 3, y + 3, x + wide - 3, y + tall - 3))
            press.ink.print(box(x + wide / 2 - 2, y, x + wide / 2 + 2, y + tall), rough=0.4)
            press.ink.print(box(x, y + tall * 0.4, x + wide, y + tall * 0.4 + 4), rough=0.4)
    _people(press)


def _people(press: Press):
    """Nobody can be recognised: three shadows behind the panes."""
    for x, y in ((402, 378), (684, 380), (780, 506)):
        press.ink.print(disc((x, y - 34), 9))
        press.ink.print(
            curve([(x - 17, y), (x - 12, y - 20), (x, y - 26), (x + 12, y - 20), (x + 17, y)])
        )


def _door(press: Press):
    press.ink.cut(_arch(76))
    press.ink.print(_arch(66))
    # One wing stands open: the light comes out.
    press.ink.cut([(634, GROUND), *_arch(54)[13:]])
    press.spot.print([(632, GROUND), *_arch(56)[13:]])
    press.ink.gouge(box(574, 560, 624, GROUND), angle=90, gap=13, length=100, width=3.4)
    press.ink.cut(disc((617, 636), 5))


def _arch(radius: float):
    sides = [(630 - radius, GROUND), *disc((630, 606), radius)[24:48]]
    return [*sides, (630 + radius, 606), (630 + radius, GROUND)]


def _washing(press: Press):
    line = curve(points("940,420 1010,456 1085,430"))
    press.ink.cut(ribbon(line, 5), rough=0)
    for x, y, colour in ((952, 430, True), (992, 448, False), (1036, 446, True)):
        shirt = [(x, y), (x + 34, y + 3), (x + 31, y + 66), (x + 3, y + 63)]
        press.ink.print([(x - 4, y), (x + 38, y), (x + 36, y + 70), (x - 1, y + 68)])
        press.ink.cut(shirt)
        if colour:
            press.spot.print(shirt)


def _quay(press: Press):
    press.ink.print(box(0, GROUND, 1200, 800), rough=2)
    press.ink.cut(box(0, GROUND - 4, 1200, GROUND + 4))
    for row, y in enumerate((716, 742, 772)):
        step = 58 + row * 16
        for x in range(-20 + row * 17, 1220, step):
            press.ink.groove([(x, y), (x + step * 0.72, y + press.random.uniform(-2, 2))], 6)
    light = [(634, GROUND + 4), (686, GROUND + 4), (820, 800), (640, 800)]
    press.ink.cut(light)
    press.spot.print(light)
    for y in (718, 744, 774):
        press.ink.draw([(640, y), (684 + (y - 700) * 1.2, y + 3)], 3)
