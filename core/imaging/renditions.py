"""The files for readers: up to three widths, each in three formats."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from PIL import Image

from core.imaging import masks
from core.imaging.codecs import AVIF, JPEG, PNG, WEBP, Codec, Way, budget, fit, smoothed, written
from core.imaging.terms import Region, Rendition, Unfit

WIDTHS = (480, 960, 1600)
# Each thread needs memory, of which the child has so much and no more.
THREADS = min(4, os.cpu_count() or 1)
# As Python, libavif and libwebp say it.
_OUT_OF_MEMORY = (MemoryError, RuntimeError, OSError, ValueError)


def widths(width: int) -> list[int]:
    """The widths of the renditions of a picture: the standard ones that it has, and its own where
    it is smaller than the largest and gains a fifth or more over the others."""
    fitting = [standard for standard in WIDTHS if standard <= width]
    if width < WIDTHS[-1] and (not fitting or width >= 1.2 * fitting[-1]):
        fitting.append(width)
    return fitting


def make(master: Image.Image, regions: Sequence[Region] = ()) -> list[Rendition]:
    """Every rendition of a picture (RGB or RGBA), by width, the smallest format first.

    `regions` must be covered in it already; here they are kept so. Raises Unfit: "mask" where a
    codec cannot do that, "memory".
    """
    # What can be seen through takes twice the memory.
    for threads in (THREADS if master.mode == "RGB" else 2, 1):
        try:
            return _made(master, regions, threads)
        except _OUT_OF_MEMORY:
            continue
    raise Unfit("memory")


def _made(master: Image.Image, regions: Sequence[Region], threads: int) -> list[Rendition]:
    codecs = (AVIF, WEBP, PNG if master.mode == "RGBA" else JPEG)
    sizes = [(w, max(1, round(master.height * w / master.width))) for w in widths(master.width)]
    with ThreadPoolExecutor(threads) as pool:
        images = list(pool.map(lambda size: _resized(master, size), sizes))
        # The longest work first.
        tasks = [(image, codec) for image in reversed(images) for codec in codecs]
        made = list(pool.map(lambda task: _rendition(*task, regions), tasks))
    return sorted(made, key=lambda one: one.width)


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _rendition(image: Image.Image, codec: Codec, regions: Sequence[Region]) -> Rendition:
    # A copy: Pillow notes in the picture how it is being saved, and other threads save it too.
    image = image.copy()
    if regions:
        data = _masked(image, codec, regions)
    else:
        most = budget(image.size, codec)
        data, _ = fit(lambda way: written(smoothed(image, way.blur), codec, way), codec, most)
    return Rendition(*image.size, codec.format, data)


def _masked(image: Image.Image, codec: Codec, regions: Sequence[Region]) -> bytes:
    def write(way: Way, grow: int = masks.GROWTHS[0]) -> bytes:
        covered = masks.cover(smoothed(image, way.blur), regions, grow)
        return written(covered, codec, way, masked=True)

    place = masks.plate(regions, image.size)
    data, way = fit(write, codec, budget(image.size, codec), masked=True)
    for grow in masks.GROWTHS[1:]:
        if masks.holds(data, place):
            return data
        data = write(way, grow)
    if not masks.holds(data, place):
        # Rather too many bytes than a face that shows.
        data = write(Way(95), masks.GROWTHS[-1])
    if not masks.holds(data, place):
        raise Unfit("mask")
    return data
