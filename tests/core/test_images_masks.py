from __future__ import annotations

import io
import math

import pytest
from PIL import Image

from core import images
from core.imaging import masks
from core.imaging.codecs import AVIF, WEBP, budget
from core.imaging.masks import plate
from tests.core.image_files import noise, saved, scene

Region = images.Region

REGIONS = {
    "a face": Region("ellipse", 0.4, 0.3, 0.1, 0.17),
    "a plate": Region("rectangle", 0.11, 0.62, 0.13, 0.05),
    "a corner": Region("rectangle", -0.1, -0.1, 0.17, 0.2),
    "over an edge": Region("ellipse", 0.93, 0.4, 0.2, 0.3),
    "at the end": Region("rectangle", 0.7, 0.97, 0.2, 0.03),
    "a pixel": Region("rectangle", 0.5003, 0.5003, 0.0001, 0.0001),
    "a dot": Region("ellipse", 0.81, 0.2, 0.004, 0.005),
    "a hair": Region("rectangle", 0.02, 0.45, 0.3, 0.0005),
    "a thread": Region("ellipse", 0.6, 0.55, 0.001, 0.4),
    "a tile": Region("rectangle", 0.25, 0.25, 0.05, 0.05),
}


def touched(region: Region, size: tuple[int, int]) -> set[tuple[int, int]]:
    """The pixels of which the region covers any part, found without the code under test: for an
    ellipse by many points within every pixel."""
    width, height = size
    left, top = region.x * width, region.y * height
    across, down = region.width * width, region.height * height
    found = set()
    for y in range(max(0, math.floor(top)), min(height, math.ceil(top + down))):
        for x in range(max(0, math.floor(left)), min(width, math.ceil(left + across))):
            if region.shape == "rectangle" or meets(x, y, left, top, across, down):
                found.add((x, y))
    return found


def meets(x, y, left, top, across, down, steps: int = 8) -> bool:
    # The place of the pixel that is nearest to the centre, and a grid.
    cx, cy = left + across / 2, top + down / 2
    xs = [x + n / steps for n in range(steps + 1)] + [min(max(cx, x), x + 1)]
    ys = [y + n / steps for n in range(steps + 1)] + [min(max(cy, y), y + 1)]
    return any(
        ((px - cx) / (across / 2)) ** 2 + ((py - cy) / (down / 2)) ** 2 < 1
        for px in xs
        for py in ys
    )


def strays(data: bytes, regions) -> int:
    """How far any decoded pixel in the regions is from black, or can be seen through."""
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    pixels = image.load()
    worst = 0
    for region in regions:
        for place in touched(region, image.size):
            *colours, alpha = pixels[place]
            worst = max(worst, *colours, 255 - alpha)
    return worst


def files_of(done: images.Processed) -> dict:
    return {(one.width, one.format): one.data for one in done.renditions}


# Every pixel under a mask ---------------------------------------------------------------------


PICTURES = {
    "a photo": lambda: saved(scene(1700, 1200), "JPEG", quality=92),
    "noise": lambda: saved(noise(960, 700), "PNG", compress_level=1),
    "noise that is seen through": lambda: saved(noise(480, 350, "RGBA"), "PNG", compress_level=1),
    "white": lambda: saved(Image.new("RGB", (1000, 800), "white"), "PNG"),
    "a small one": lambda: saved(scene(211, 173), "PNG"),
    "a tall one": lambda: saved(scene(500, 1900), "JPEG"),
}


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES.keys())
def test_the_pixels_under_a_mask_are_of_one_colour_in_every_rendition(make):
    master = images.process(io.BytesIO(make())).master

    done = images.mask(master, REGIONS.values())

    regions = REGIONS.values()
    found = {name: strays(data, regions) for name, data in files_of(done).items()}
    assert {name: far for name, far in found.items() if far > 3} == {}


@pytest.mark.parametrize("region", REGIONS.values(), ids=REGIONS.keys())
def test_each_mask_alone_covers_its_place(region):
    master = images.process(io.BytesIO(saved(scene(1000, 700), "JPEG"))).master

    done = images.mask(master, [region])

    assert max(strays(data, [region]) for data in files_of(done).values()) <= 3


def test_what_was_under_a_mask_is_not_in_the_master():
    white = Image.new("RGB", (1000, 700), "white")
    white.paste((255, 0, 0), (400, 300, 440, 330))
    master = images.process(io.BytesIO(saved(white, "JPEG", quality=95))).master

    done = images.mask(master, [Region("rectangle", 0.4, 3 / 7, 0.04, 3 / 70)])

    pixels = Image.open(io.BytesIO(done.master)).convert("RGB").getcolors(1_000_000)
    # Red as such, not the pale shadow that JPEG had thrown around it.
    assert [pixel for _, (*pixel,) in pixels if pixel[0] - pixel[1] > 60] == []


def test_a_picture_is_what_it_was_outside_of_its_masks():
    first = images.process(io.BytesIO(saved(scene(1000, 700), "JPEG")))

    done = images.mask(first.master, [Region("rectangle", 0, 0, 0.2, 0.2)])

    assert (done.width, done.height, done.master_format) == (1000, 700, "jpeg")
    for name, data in files_of(done).items():
        was, now = (
            Image.open(io.BytesIO(one)).convert("RGB") for one in (files_of(first)[name], data)
        )
        box = (was.width // 3, was.height // 3, was.width, was.height)
        difference = sum(
            abs(a - b)
            for a, b in zip(was.crop(box).tobytes(), now.crop(box).tobytes(), strict=True)
        )
        assert difference / len(was.crop(box).tobytes()) < 4


def test_a_mask_reaches_no_further_than_it_must():
    master = images.process(io.BytesIO(saved(Image.new("RGB", (960, 720), "white"), "PNG"))).master

    done = images.mask(master, [Region("rectangle", 0.4, 0.4, 0.2, 0.2)])

    for data in files_of(done).values():
        image = Image.open(io.BytesIO(data)).convert("L")
        beyond = int(0.4 * image.width) - masks.GROWTHS[-1] - 16
        assert image.getpixel((beyond, image.height // 2)) > 240


def test_a_picture_with_masks_stays_within_its_bytes():
    master = images.process(io.BytesIO(saved(noise(960, 720), "PNG", compress_level=1))).master

    done = images.mask(master, [REGIONS["a face"]])

    heavy = [
        (one.width, one.format)
        for one, codec in zip(done.renditions, (AVIF, WEBP, None) * 2, strict=True)
        if codec and len(one.data) > budget((one.width, one.height), codec)
    ]
    assert heavy == []


def test_masks_stay_solid_through_more_of_them():
    first, second = REGIONS["a face"], REGIONS["a plate"]
    master = images.process(io.BytesIO(saved(scene(1000, 700), "JPEG"))).master

    once = images.mask(master, [first])
    twice = images.mask(once.master, [first, second])

    assert max(strays(data, [first, second]) for data in files_of(twice).values()) <= 3


def test_the_whole_picture_can_be_covered():
    master = images.process(io.BytesIO(saved(glass(), "PNG"))).master

    done = images.mask(master, [Region("rectangle", -1, -1, 3, 3)])

    assert (
        not done.has_alpha
        or max(strays(data, [Region("rectangle", 0, 0, 1, 1)]) for data in files_of(done).values())
        <= 3
    )


def glass() -> Image.Image:
    image = scene(600, 400)
    image.putalpha(100)
    return image


# The shape of a mask --------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(480, 360), (97, 211)])
@pytest.mark.parametrize("region", REGIONS.values(), ids=REGIONS.keys())
def test_every_pixel_that_a_region_touches_is_covered(region, size):
    drawn = plate([region], size)

    assert all(drawn.getpixel(place) == 255 for place in touched(region, size))


@pytest.mark.parametrize("region", REGIONS.values(), ids=REGIONS.keys())
def test_no_pixel_beyond_a_region_is_covered(region):
    drawn, size = plate([region], (480, 360)), (480, 360)
    covered = drawn.histogram()[255]

    assert sum(drawn.histogram()[1:255]) == 0
    # An ellipse may meet a pixel between the points of the grid that the test looks at.
    few = 0 if region.shape == "rectangle" else 12
    assert covered - len(touched(region, size)) in range(few + 1)


def test_no_region_covers_nothing():
    assert plate([], (20, 10)).getextrema() == (0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        ("circle", 0.1, 0.1, 0.1, 0.1),
        ("rectangle", 0.1, 0.1, 0, 0.1),
        ("rectangle", 0.1, 0.1, 0.1, -0.1),
        ("rectangle", 1, 0.1, 0.1, 0.1),
        ("rectangle", 0.1, 1.2, 0.1, 0.1),
        ("ellipse", -0.5, 0.1, 0.5, 0.1),
        ("ellipse", math.nan, 0.1, 0.5, 0.1),
        ("ellipse", 0.1, 0.1, math.inf, 0.1),
        ("ellipse", "0.1", 0.1, 0.1, 0.1),
        ("ellipse", None, 0.1, 0.1, 0.1),
        ("rectangle", 0.1, 0.1, 1e9, 0.1),
    ],
)
def test_what_is_no_place_in_the_picture_is_no_region(wrong):
    with pytest.raises(ValueError, match=r"no |outside"):
        Region(*wrong)


@pytest.mark.parametrize("number", [0, 201])
def test_no_masks_and_too_many_are_refused(number):
    with pytest.raises(ValueError, match="regions"):
        images.mask(b"", [REGIONS["a face"]] * number)


def test_what_is_no_master_is_refused():
    with pytest.raises(images.Refused):
        images.mask(b"nothing", [REGIONS["a face"]])


# Where a codec fails --------------------------------------------------------------------------


def test_a_mask_that_no_codec_can_keep_is_refused(monkeypatch):
    from core.imaging import renditions
    from core.imaging.terms import Unfit

    monkeypatch.setattr(masks, "holds", lambda data, place: False)

    with pytest.raises(Unfit, match="mask"):
        renditions.make(scene(100, 80), [REGIONS["a face"]])


def test_a_stray_pixel_is_seen():
    covered = masks.cover(scene(100, 80), [REGIONS["a face"]])
    place = plate([REGIONS["a face"]], (100, 80))
    assert masks.shows(covered, place) == 0

    covered.putpixel((45, 30), (0, 9, 0))

    assert masks.shows(covered, place) == 9
    assert not masks.holds(saved(covered, "PNG"), place)
