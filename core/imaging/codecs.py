"""How pictures for readers are written, each within a number of bytes.

A picture that is too large in its format's best quality is given a lower one, down to where it
would look bad; a noisier one is smoothed instead, more and more, until it fits. So even pure noise
fits.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from math import log

from PIL import Image, ImageFile, ImageFilter

# What an AVIF file of 480 pixels may weigh: six of them on a page are 168 kB. Wider ones may weigh
# more, by this power of their width, and those of other formats by a factor.
BYTES, WIDTH, POWER = 28_000, 480, 1.65
# A picture taller than this may weigh more, in proportion: a long page of writing stays legible.
TALL = 1.5
# Pillow guesses how long a progressive JPEG will be, and fails where noise makes it longer. This is
# three bytes for each of the most pixels that there are.
ImageFile.MAXBLOCK = 12_000_000
# Radii of the blur that smoothes noise, and numbers of colours of a PNG that is too large.
_RADII = (0.5, 0.8, 1.2, 1.8, 2.7, 4, 6, 10)
_COLOURS = (256, 64, 16)


@dataclass(frozen=True)
class Way:
    """How one file is made: smoothed by `blur` pixels, in `colours` (0: all), at `quality`."""

    quality: int = 100
    blur: float = 0
    colours: int = 0


Write = Callable[[Way], bytes]


@dataclass(frozen=True)
class Codec:
    """One format. Its quality is searched between `best` and `lowest`."""

    format: str
    share: float
    best: int = 100
    lowest: int = 100
    options: dict = field(default_factory=dict)
    # What keeps masks exact: no coarse quality, no colour shared by neighbouring pixels.
    masked_lowest: int = 100
    masked_options: dict = field(default_factory=dict)

    def ways(self, masked: bool) -> list[Way]:
        """How a picture can be made smaller than in the best quality, and smaller again."""
        if self.best == self.lowest:
            return [Way(self.best, colours=number) for number in _COLOURS]
        quality = self.masked_lowest if masked else self.lowest
        return [Way(quality), *(Way(quality, blur=radius) for radius in _RADII)]


# Speed 8 of 10: at speed 7, a noisy photo took 1.6 times as long for files up to 8 % smaller
# (benchmarks/images.py).
AVIF = Codec("avif", 1, 60, 42, {"speed": 8}, 56)
WEBP = Codec("webp", 1.25, 75, 45, {"method": 4}, 62)
JPEG = Codec("jpeg", 2, 80, 45, {"optimize": True, "progressive": True}, 45, {"subsampling": 0})
PNG = Codec("png", 4)


def budget(size: tuple[int, int], codec: Codec) -> int:
    """How many bytes a picture of this size may have."""
    width, height = size
    tall = max(1.0, height / width / TALL)
    return int(BYTES * codec.share * tall * max(1.0, width / WIDTH) ** POWER)


def written(image: Image.Image, codec: Codec, way: Way, masked: bool = False) -> bytes:
    """The picture, smoothed already, as the bytes of a file."""
    if way.colours:
        image = image.quantize(way.colours, method=Image.Quantize.FASTOCTREE)
    options = codec.options | (codec.masked_options if masked else {})
    if codec is WEBP and way.blur:
        # How far something can be seen through is written without loss, unless in fewer steps.
        options["alpha_quality"] = 10
    file = io.BytesIO()
    image.save(file, codec.format.upper(), quality=way.quality, **options)
    return file.getvalue()


def smoothed(image: Image.Image, radius: float) -> Image.Image:
    if not radius:
        return image
    blur = ImageFilter.GaussianBlur(radius)
    if image.mode == "RGBA":
        return image.convert("RGBa").filter(blur).convert("RGBA")
    return image.filter(blur)


def fit(write: Write, codec: Codec, most: int, masked: bool = False) -> tuple[bytes, Way]:
    """The best file that `write` makes in `most` bytes, and the way it was made.

    Where nothing fits, the smallest.
    """
    way = Way(codec.best)
    first = data = write(way)
    if len(first) <= most:
        return first, way
    for way in codec.ways(masked):
        data = write(way)
        if len(data) <= most:
            break
    if way.blur or way.colours or len(data) > most:
        return data, way
    return _between(write, (way, data), (Way(codec.best), first), most)


def _between(
    write: Write, low: tuple[Way, bytes], high: tuple[Way, bytes], most: int
) -> tuple[bytes, Way]:
    """The best between a quality that fits and one that does not: two tries at the one that should
    just fit, as sizes grow about exponentially with it."""
    for _ in range(2):
        share = log(most * 0.97 / len(low[1])) / log(len(high[1]) / len(low[1]))
        span = high[0].quality - low[0].quality
        way = Way(low[0].quality + int(span * max(share, 0)))
        if way == low[0]:
            break
        data = write(way)
        if len(data) <= most:
            return data, way
        high = way, data
    return low[1], low[0]
