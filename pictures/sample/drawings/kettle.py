"""How it began: a kettle on the pavement, an extension lead, and cups."""

from __future__ import annotations

from pictures.sample.drawings.press import Point, Press, box, curve, disc, points, ribbon

GROUND = 640


def kettle() -> bytes:
    press = Press(5)
    _night(press)
    _lead(press)
    _body(press)
    for x, y in ((190, 716), (330, 742), (955, 730), (1075, 700)):
        _cup(press, x, y)
    return press.pull()


def _night(press: Press):
    press.ink.print(box(0, 0, 1200, GROUND), rough=0)
    press.ink.rays((590, 410), start=300, end=900, number=88, width=6)
    press.ink.cut(box(0, GROUND - 6, 1200, 800), rough=2)
    press.ink.print(box(0, GROUND + 4, 1200, GROUND + 11), rough=1.5)
    for row, y in enumerate((682, 730, 784)):
        press.ink.draw(curve([(0, y), (400, y + 3), (800, y - 2), (1200, y + 2)]), 4)
        for x in range(row % 2 * 90 - 40, 1240, 190):
            press.ink.draw([(x, y), (x - 12, y - 44)], 4)


def _lead(press: Press):
    cable = curve(points("1200,590 1120,660 980,668 900,700 820,756 700,752 640,706"))
    press.ink.cut(ribbon(cable, 26), rough=0)
    press.ink.print(ribbon(cable, 13), rough=0)
    press.ink.print(points("616,690 668,676 682,714 630,730"))


def _body(press: Press):
    halo = curve(
        points("398,660 360,560 376,440 470,330 590,306 712,332 800,440 818,560 782,660 398,660")
    )
    press.ink.cut(halo)
    body = curve(
        points(
            "420,652 386,560 402,450 486,350 590,328 694,350 776,450 792,560 758,652 "
            "590,668 420,652"
        )
    )
    press.ink.cut(body)
    press.spot.print(body)
    press.ink.draw([*body, body[0]], 12)
    _spout(press)
    _handle(press)
    # Its round side in the dark, its lid, the light of the street on it.
    shade = curve(points("640,666 700,560 706,450 660,344 700,352 778,450 793,560 758,652 640,666"))
    press.ink.print(shade)
    press.ink.gouge(shade, angle=82, gap=15, length=95, width=7)
    press.ink.draw(curve(points("478,366 590,392 702,366")), 9)
    press.ink.print(disc((590, 306), 24))
    press.ink.cut(disc((583, 299), 7))
    press.ink.draw(curve(points("404,590 590,622 780,590")), 9)
    press.spot.cut(ribbon(curve(points("446,548 438,490 462,436 492,402")), 20, ends=True))


def _spout(press: Press):
    shape = points("402,520 330,452 300,372 262,350 292,316 346,330 366,400 424,446")
    press.ink.cut(_wider(shape, (350, 420), 16))
    press.spot.print(shape)
    press.ink.draw([*shape, shape[0]], 10)
    for x, lean in ((262, -26), (240, 8), (226, -60)):
        lower = points("0,0 -34,-56 18,-118", (x + lean / 3, 318))
        steam = curve([*lower, *points("-30,-188 26,-268", (x + lean, 318))])
        press.ink.cut(ribbon(steam, 26, ends=True), rough=0)


def _handle(press: Press):
    arc = curve(points("470,366 452,250 520,176 660,176 728,250 710,366"))
    press.ink.cut(ribbon(arc, 52), rough=0)
    press.ink.print(ribbon(arc, 32), rough=0.8)
    press.ink.groove(curve(points("472,300 480,250 528,196 600,186")), 8)


def _cup(press: Press, x: float, y: float):
    press.ink.cut(points("-58,-78 58,-78 46,28 -46,28", (x, y)))
    press.ink.print(ribbon([*disc((x + 54, y - 24), 26), (x + 80, y - 24)], 9), rough=0)
    press.ink.print(points("-50,-70 50,-70 38,20 -38,20", (x, y)))
    side = points("-40,-50 -6,-50 -6,12 -32,12", (x, y))
    press.ink.gouge(side, angle=86, gap=11, length=60, width=5)
    press.ink.cut(disc((x, y - 70), 48, flat=0.26))
    press.spot.print(disc((x, y - 68), 42, flat=0.2))
    press.ink.print(ribbon(disc((x, y - 70), 49, flat=0.26), 5), rough=0)


def _wider(points: list[Point], centre: Point, by: float) -> list[Point]:
    return [
        (x + (by if x > centre[0] else -by), y + (by if y > centre[1] else -by)) for x, y in points
    ]
