from __future__ import annotations

import io

import pytest
from PIL import Image

from core import images
from tests.core.image_files import ORIENTATION, exif, saved

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (250, 250, 250)
# The picture as it should stand, and how a camera that was held otherwise stores it: what undoes
# the turn that the tag asks for.
UNDONE = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def upright() -> Image.Image:
    image = Image.new("RGB", (600, 400), WHITE)
    for colour, corner in ((RED, (0, 0)), (GREEN, (300, 0)), (BLUE, (0, 200))):
        image.paste(colour, (*corner, corner[0] + 300, corner[1] + 200))
    return image


def corners(data: bytes) -> list[tuple]:
    """Which colour is in each quarter: top left, top right, bottom left, bottom right."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    places = [(x * image.width // 4, y * image.height // 4) for y in (1, 3) for x in (1, 3)]
    known = (RED, GREEN, BLUE, WHITE)

    def nearest(pixel):
        return min(known, key=lambda one: sum(abs(a - b) for a, b in zip(one, pixel, strict=True)))

    return [nearest(image.getpixel(place)) for place in places]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", UNDONE)
def test_every_file_stands_upright(orientation, format):
    turn = UNDONE[orientation]
    stored = upright() if turn is None else upright().transpose(turn)
    file = saved(stored, format, exif=exif(main={ORIENTATION: orientation}))

    done = images.process(io.BytesIO(file))

    assert (done.width, done.height) == (600, 400)
    for data in (done.master, *(one.data for one in done.renditions)):
        assert corners(data) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_an_orientation_that_does_not_exist_turns_nothing(orientation):
    file = saved(upright(), "JPEG", exif=exif(main={ORIENTATION: orientation}))

    assert corners(images.process(io.BytesIO(file)).master) == [RED, GREEN, BLUE, WHITE]


def test_a_large_picture_is_turned_after_it_was_shrunk():
    stored = upright().resize((6000, 4000)).transpose(UNDONE[6])
    file = saved(stored, "JPEG", exif=exif(main={ORIENTATION: 6}))

    done = images.process(io.BytesIO(file))

    assert (done.width, done.height) == (2400, 1600)
    assert corners(done.master) == [RED, GREEN, BLUE, WHITE]
