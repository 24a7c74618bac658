"""The picture that other sites show where somebody links to a page of ours: a leaflet with its
title, in the spot colour, and who gave it out.

1200 by 630 pixels is what the sites that show such cards ask for (ogp.me names the property, each
of them the size).
"""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from core import lettering

WIDTH, HEIGHT = 1200, 630
# What of a card is on paper, at its foot, and what a picture takes from its end.
FOOT, SIDE, MARGIN = 112, 480, 60
# static/css/tokens.css: the flood, the ink over it, the newsprint.
FLOOD, INK, PAPER = (242, 80, 46), (21, 19, 15), (243, 242, 237)
TITLE_SIZES, NAME_SIZES = range(200, 45, -4), range(50, 27, -2)
LEVELS = 16
# No more than about what a page weighs: cards are fetched over telephones, too.
MOST_BYTES = 60_000
# Quality, and the radius by which the picture is softened: it is shown a third as large, mostly.
WAYS = ((80, 0), (65, 0), (55, 0.7), (55, 1.2), (50, 1.8), (45, 2.6))


def card(
    title: str,
    name: str,
    *,
    language: str = "en",
    direction: str = "ltr",
    picture: bytes | None = None,
) -> bytes:
    """A card with a title and the collective's name: a PNG; with a `picture` a JPEG.

    Words that no font of ours can draw are left out; a card without a title has the name in its
    place. `picture` is one of our own renditions, a JPEG or PNG. Raises OSError where it is not.
    """
    wide = WIDTH - 2 * MARGIN - (SIDE if picture else 0)
    sheet = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(sheet)
    left = MARGIN + (SIDE if picture and direction == "rtl" else 0)
    script = {"direction": direction, "language": language}
    tall = HEIGHT - FOOT - 2 * MARGIN
    heading = lettering.fit(title, wide, tall, TITLE_SIZES, **script)
    heading = heading or lettering.fit(name, wide, tall, TITLE_SIZES, **script)
    if heading:
        heading.draw(pen, left, left + wide, MARGIN, 255)
    signature = lettering.fit(name, WIDTH - 2 * MARGIN, FOOT / 2, NAME_SIZES, **script)
    if signature:
        top = HEIGHT - (FOOT - 14) / 2 - signature.height / 2
        signature.draw(pen, MARGIN, WIDTH - MARGIN, top, 255)
    # A thick rule with a fine one, as between masthead and page.
    pen.rectangle((0, HEIGHT - FOOT, WIDTH, HEIGHT - FOOT + 7), fill=255)
    pen.rectangle((0, HEIGHT - FOOT + 11, WIDTH, HEIGHT - FOOT + 12), fill=255)
    printed = _printed(sheet)
    return _with(printed, picture, direction) if picture else _png(printed)


def _printed(sheet: Image.Image) -> Image.Image:
    """How much ink stands where, as a picture of few colours: over the flood, and over paper."""
    levels = sheet.point([value * (LEVELS - 1) // 255 for value in range(256)])
    foot = (0, HEIGHT - FOOT, WIDTH, HEIGHT)
    levels.paste(levels.crop(foot).point([min(v + LEVELS, 255) for v in range(256)]), foot)
    levels = levels.convert("L")
    printed = Image.frombytes("P", levels.size, levels.tobytes())
    printed.putpalette([part for ground in (FLOOD, PAPER) for part in _ramp(ground)])
    return printed


def _ramp(ground: tuple[int, int, int]) -> list[int]:
    """From a ground to ink, in steps."""
    return [
        round(from_ + (to - from_) * step / (LEVELS - 1))
        for step in range(LEVELS)
        for from_, to in zip(ground, INK, strict=True)
    ]


def _png(printed: Image.Image) -> bytes:
    out = io.BytesIO()
    printed.save(out, "PNG", optimize=True)
    return out.getvalue()


def _with(printed: Image.Image, picture: bytes, direction: str) -> bytes:
    """The card with a picture at its end, over the whole height of the flood."""
    whole = printed.convert("RGB")
    with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as opened:
        shown = Image.new("RGBA", opened.size, PAPER)
        shown.alpha_composite(opened.convert("RGBA"))
    shown = ImageOps.fit(shown.convert("RGB"), (SIDE, HEIGHT - FOOT), Image.Resampling.LANCZOS)
    at = (0 if direction == "rtl" else WIDTH - SIDE, 0)
    for quality, blur in WAYS:
        whole.paste(shown.filter(ImageFilter.GaussianBlur(blur)), at)
        out = io.BytesIO()
        whole.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
