from __future__ import annotations

import io
import os
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageStat

from core import images
from core.imaging.codecs import AVIF, JPEG, PNG, WEBP, budget
from core.imaging.renditions import widths
from tests.core.image_files import FORMATS, noise, saved, scene

PHOTO = {"avif": AVIF, "webp": WEBP, "jpeg": JPEG, "png": PNG}


def process(data: bytes) -> images.Processed:
    return images.process(io.BytesIO(data))


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are from each other on average, a pixel and colour: 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


# What comes of a picture ----------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_of_any_format_looks_the_same_in_its_master_and_renditions(format):
    done = process(saved(scene(640, 480), format))

    assert (done.width, done.height, done.has_alpha, done.removed) == (640, 480, False, [])
    for data in (done.master, *(one.data for one in done.renditions)):
        image = opened(data).convert("RGB")
        assert difference(image.resize((64, 48)), scene(640, 480).resize((64, 48))) < 8


def test_a_large_picture_gets_three_widths_in_three_formats():
    done = process(saved(scene(3000, 2000), "JPEG"))

    assert (done.width, done.height, done.master_format) == (2400, 1600, "jpeg")
    assert [(one.width, one.height, one.format) for one in done.renditions] == [
        (width, height, format)
        for width, height in ((480, 320), (960, 640), (1600, 1067))
        for format in ("avif", "webp", "jpeg")
    ]


def test_every_rendition_is_what_it_says():
    done = process(saved(scene(1000, 700), "JPEG"))

    for one in done.renditions:
        image = opened(one.data)
        assert (image.format.lower(), *image.size) == (one.format, one.width, one.height)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (1, [1]),
        (479, [479]),
        (480, [480]),
        (575, [480]),
        (576, [480, 576]),
        (960, [480, 960]),
        (1151, [480, 960]),
        (1152, [480, 960, 1152]),
        (1600, [480, 960, 1600]),
        (2400, [480, 960, 1600]),
    ],
)
def test_no_rendition_is_wider_than_the_picture(width, expected):
    assert widths(width) == expected


def test_a_picture_of_one_pixel_is_a_picture():
    done = process(saved(Image.new("RGB", (1, 1), (200, 30, 30)), "PNG"))

    assert [(one.width, one.height) for one in done.renditions] == [(1, 1)] * 3


def test_a_very_long_picture_keeps_a_side():
    done = process(saved(Image.new("RGB", (12_000, 3), (200, 30, 30)), "PNG"))

    assert (done.width, done.height) == (2400, 1)


# Seen through ---------------------------------------------------------------------------------


def glass(width: int = 700, height: int = 500) -> Image.Image:
    image = scene(width, height)
    image.putalpha(Image.linear_gradient("L").resize((width, height)))
    return image


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF"])
def test_what_can_be_seen_through_stays_so_in_every_file(format):
    done = process(saved(glass(), format))

    assert done.has_alpha
    assert {one.format for one in done.renditions} == {"avif", "webp", "png"}
    for data in (done.master, *(one.data for one in done.renditions)):
        low, high = opened(data).convert("RGBA").getchannel("A").getextrema()
        assert low < 10
        assert high > 245


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF"])
def test_a_layer_that_hides_nothing_is_dropped(format):
    done = process(saved(scene().convert("RGBA"), format))

    assert not done.has_alpha
    assert done.renditions[2].format == "jpeg"


def test_hidden_colours_do_not_shine_into_what_is_seen():
    # Transparent red beside opaque white: shrunk carelessly, the edge turns pink.
    image = Image.new("RGBA", (2000, 100), (255, 0, 0, 0))
    image.paste((255, 255, 255, 255), (0, 0, 997, 100))

    done = process(saved(image, "PNG"))

    for one in done.renditions:
        small = opened(one.data).convert("RGBA")
        seen = [pixel for _, pixel in small.getcolors(100_000) if pixel[3] > 128]
        # Lossy colours stray a little; pink does so by half.
        assert min(green for _, green, _, _ in seen) > 200


# The master -----------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["PNG", "GIF"])
def test_a_drawing_keeps_every_pixel_in_its_master(format):
    drawing = Image.new("RGB", (500, 300), (250, 250, 240))
    drawing.paste((20, 60, 200), (40, 40, 180, 190))

    done = process(saved(drawing, format))

    assert done.master_format == "png"
    assert opened(done.master).convert("RGB").tobytes() == drawing.tobytes()


def test_a_photo_saved_as_png_becomes_a_jpeg():
    assert process(saved(scene(900, 600), "PNG")).master_format == "jpeg"


def test_a_large_photo_that_can_be_seen_through_becomes_a_webp():
    image = noise(1100, 1000)
    image.putalpha(Image.linear_gradient("L").resize(image.size))

    assert process(saved(image, "PNG")).master_format == "webp"


def test_a_picture_is_the_same_after_its_master_was_made_anew():
    first = process(saved(scene(900, 600), "JPEG", quality=95))
    second = process(first.master)

    assert difference(opened(first.master), opened(second.master)) < 1


# Bytes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "mode"),
    [
        *[((480, 360), "RGB"), ((480, 720), "RGB"), ((300, 200), "RGB"), ((1600, 1200), "RGB")],
        *[((700, 2100), "RGB"), ((480, 360), "RGBA"), ((600, 900), "RGBA")],
    ],
)
def test_pure_noise_is_within_its_bytes(size, mode):
    done = process(saved(noise(*size, mode=mode), "PNG", compress_level=1))

    heavy = {
        (one.format, one.width): len(one.data)
        for one in done.renditions
        if len(one.data) > budget((one.width, one.height), PHOTO[one.format])
    }
    assert heavy == {}


def test_six_noisy_photos_fit_a_page():
    assert 6 * budget((480, 360), AVIF) <= 170_000
    assert 6 * budget((480, 360), WEBP) <= 210_000


def test_a_smooth_picture_is_not_made_worse_to_fill_its_bytes():
    done = process(saved(Image.linear_gradient("L").resize((480, 360)), "PNG"))

    assert max(len(one.data) for one in done.renditions) < 12_000


# Where it comes from --------------------------------------------------------------------------


def test_a_file_on_disk_is_read_by_its_number(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(saved(scene(), "JPEG"))

    with path.open("rb") as file:
        assert images.process(file.fileno()).width == 640


def test_a_file_is_read_from_its_beginning(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(saved(scene(), "JPEG"))

    with path.open("rb") as file:
        file.seek(100)
        assert images.process(file).width == 640


def test_what_was_just_written_is_read():
    with tempfile.TemporaryFile() as file:
        file.write(saved(scene(), "JPEG"))
        assert images.process(file).width == 640


def test_an_upload_in_memory_is_read():
    upload = SimpleUploadedFile("a.jpg", saved(scene(), "JPEG"))
    upload.read()

    assert images.process(upload).width == 640


def test_the_source_is_left_open_and_whole(tmp_path):
    path, data = tmp_path / "a.jpg", saved(scene(), "JPEG")
    path.write_bytes(data)

    with path.open("rb") as file:
        images.process(file)
        file.seek(0)
        assert file.read() == data


def test_no_open_file_is_left_behind():
    before = os.listdir("/proc/self/fd")
    process(saved(scene(), "JPEG"))
    with pytest.raises(images.Refused):
        process(b"nothing")

    assert len(os.listdir("/proc/self/fd")) == len(before)


def test_the_same_file_gives_the_same_bytes():
    data = saved(scene(1000, 800), "JPEG")

    assert process(data) == process(data)
