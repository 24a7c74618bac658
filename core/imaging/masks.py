"""Covering places of a picture for good, also in what lossy codecs make of it.

A codec spreads what stands beside a mask into it, by a block or more. So every rendition is covered
anew before it is encoded, somewhat further than was asked for, and decoded again to see that
nothing shows in the place itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from math import ceil, floor, sqrt

from PIL import Image, ImageDraw

from core.imaging.terms import INK, Region

# How far beyond its edges a place is covered, in pixels: from the side of a JPEG block up.
GROWTHS = (8, 12, 16, 24)
# How far a decoded pixel may be from the ink. Other decoders round a step differently.
_STRAY = 2


def plate(regions: Iterable[Region], size: tuple[int, int], grow: int = 0) -> Image.Image:
    """A picture of mode L: 255 for every pixel of which a region covers any part, else 0."""
    drawn = Image.new("L", size)
    draw = ImageDraw.Draw(drawn)
    for region in regions:
        for y, left, right in _rows(region, size, grow):
            draw.line((left, y, right, y), fill=255)
    return drawn


def _rows(region: Region, size: tuple[int, int], grow: int) -> Iterator[tuple[int, int, int]]:
    """(y, first x, last x) of the pixels that a region touches."""
    width, height = size
    left, top = region.x * width - grow, region.y * height - grow
    right = (region.x + region.width) * width + grow
    bottom = (region.y + region.height) * height + grow
    for y in range(max(0, floor(top)), min(height, ceil(bottom))):
        first, last = left, right
        if region.shape == "ellipse":
            first, last = _chord(left, top, right, bottom, y)
        first, last = max(0, floor(first)), min(width, ceil(last)) - 1
        if first <= last:
            yield y, first, last


def _chord(left: float, top: float, right: float, bottom: float, y: int) -> tuple[float, float]:
    """The widest part of an ellipse within the row of pixels from y to y + 1."""
    middle, centre = (left + right) / 2, (top + bottom) / 2
    nearest = min(max(centre, y), y + 1)
    share = (nearest - centre) / ((bottom - top) / 2)
    half = (right - left) / 2 * sqrt(max(0.0, 1 - share * share))
    return middle - half, middle + half


def cover(image: Image.Image, regions: Iterable[Region], grow: int = 0) -> Image.Image:
    """A copy of the picture with solid ink in the regions."""
    covered = image.copy()
    ink = INK if image.mode == "RGB" else (*INK, 255)
    covered.paste(ink, mask=plate(regions, image.size, grow))
    return covered


def holds(data: bytes, place: Image.Image) -> bool:
    """Whether an encoded picture shows nothing but ink in a place (as `plate` draws it)."""
    with Image.open(io.BytesIO(data)) as image:
        return shows(image, place) <= _STRAY


def shows(image: Image.Image, place: Image.Image) -> int:
    """How far the pixels in a place are from solid ink, at most: 0 to 255."""
    counts = image.convert("RGBA").histogram(place)
    bands = [counts[start : start + 256] for start in range(0, 1024, 256)]
    strays = (
        abs(value - solid)
        for band, solid in zip(bands, (*INK, 255), strict=True)
        for value, count in enumerate(band)
        if count
    )
    return max(strays, default=0)
