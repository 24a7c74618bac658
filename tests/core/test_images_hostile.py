from __future__ import annotations

import io
import os
import struct
import tempfile
import zlib

import pytest
from PIL import Image

from core import images
from tests.core import image_peaks
from tests.core.image_files import (
    FORMATS,
    SECRET,
    archive,
    chunk,
    empty_png,
    gif_of,
    jpeg_sized,
    noise,
    png,
    saved,
    scene,
)

SVG = f"<svg xmlns='http://www.w3.org/2000/svg'><script>alert('{SECRET}')</script></svg>".encode()
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
# How much a server may grow by the answer of a child: the files for readers, and nothing else.
ANSWER = 12


def header_of(width: int, height: int) -> bytes:
    return png(width, height, 8, 6, b"\0" * 100)


def gif_sized(width: int, height: int) -> bytes:
    data = gif_of(1)
    return data[:6] + struct.pack("<HH", width, height) + data[10:]


def webp_sized(width: int, height: int) -> bytes:
    head = b"WEBPVP8X" + struct.pack("<IB3x", 10, 0x10)
    head += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = head + saved(noise(8, 8), "WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif_sized(width: int, height: int) -> bytes:
    data = saved(noise(64, 64), "AVIF")
    place = data.index(b"ispe") + 8
    return data[:place] + struct.pack(">II", width, height) + data[place + 8 :]


def text_bomb() -> bytes:
    packed = zlib.compress(bytes(300_000_000), 9)
    data = saved(noise(8, 8), "PNG")
    return data[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + data[33:]


def profile_bomb() -> bytes:
    packed = zlib.compress(bytes(300_000_000), 9)
    data = saved(noise(8, 8), "PNG")
    return data[:33] + chunk(b"iCCP", b"p\0\0" + packed) + data[33:]


HOSTILE = {
    "nothing": (b"", "empty"),
    "a drawing with a program": (SVG, "svg"),
    "a page named .jpg": (PAGE, "page"),
    "a page that begins as a GIF": (b"GIF89a/*" + PAGE + b"*/=1;", "broken"),
    "a program that is a GIF": (b"GIF89a=1;alert(1);//", "broken"),
    "a picture of text": (b"\x89PNG\r\n\x1a\n" + b"hello" * 50, "broken"),
    "a JPEG of its first bytes": (b"\xff\xd8\xff", "broken"),
    "a bomb of 3,600 million pixels": (header_of(60_000, 60_000), "pixels"),
    "a bomb of pixels": (header_of(20_000, 20_000), "pixels"),
    "a PNG 65,535 wide": (header_of(65_535, 10), "side"),
    "a JPEG 65,535 wide": (jpeg_sized(65_535, 64), "side"),
    "a JPEG of pixels": (jpeg_sized(20_000, 20_000), "pixels"),
    "a GIF 65,535 wide and high": (gif_sized(65_535, 65_535), "pixels"),
    "a WebP of pixels": (webp_sized(16_000, 16_000), "pixels"),
    "an AVIF of pixels": (avif_sized(16_000, 16_000), "pixels"),
    "a GIF of 10,000 pictures": (gif_of(10_000), "frames"),
    "a text of 300 MB in a PNG": (text_bomb(), "broken"),
    "a profile of 300 MB in a PNG": (profile_bomb(), "broken"),
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_and_costs_little(data, code, tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)

    told = image_peaks.of(path)

    assert told["code"] == code
    assert told["seconds"] < 10
    assert told["child"] < 400
    assert told["after"] - told["before"] < 2


def at_the_limit(format: str) -> bytes:
    """The most pixels that are taken, in few bytes."""
    pixels = images.Limits().pixels[format]
    side = int(pixels**0.5)
    if format == "PNG":
        return empty_png(side, side)
    if format == "GIF":
        return saved(Image.new("P", (side, side)), "GIF")
    image = Image.new("RGB", (side, side), (200, 30, 60))
    options = {"AVIF": {"speed": 10}, "WEBP": {"method": 0}}.get(format, {})
    return saved(image, format, **options)


def progressive_at_the_limit() -> bytes:
    side = int(images.Limits().progressive_pixels ** 0.5)
    image = Image.new("RGB", (side, side), (200, 30, 60))
    return saved(image, "JPEG", progressive=True, subsampling=0)


LARGEST = {
    **{format: lambda format=format: at_the_limit(format) for format in FORMATS},
    "JPEG, progressive": progressive_at_the_limit,
}


@pytest.mark.parametrize("make", LARGEST.values(), ids=LARGEST.keys())
def test_the_largest_picture_that_is_taken_costs_no_more(make, tmp_path):
    path = tmp_path / "large"
    path.write_bytes(make())

    told = image_peaks.of(path)

    assert told["code"] == "taken"
    assert told["child"] < 400
    assert told["after"] - told["before"] < ANSWER


def test_the_noisiest_picture_that_can_be_seen_through_costs_no_more(tmp_path):
    path = tmp_path / "noise.png"
    path.write_bytes(saved(noise(2000, 1600, "RGBA"), "PNG", compress_level=1))

    told = image_peaks.of(path)

    assert told["code"] == "taken"
    assert told["child"] < 400
    # Its master alone is 9 MB.
    assert told["after"] - told["before"] < ANSWER + 9


# Damaged --------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("format", FORMATS)
def test_a_truncated_picture_is_refused(format, share):
    data = saved(scene(), format)

    with pytest.raises(images.Refused, match="damaged or incomplete"):
        images.process(io.BytesIO(data[: int(len(data) * share)]))


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_with_changed_bytes_is_taken_or_refused(format):
    data, codes = bytearray(saved(scene(200, 150), format)), set()
    for place in range(10, len(data), len(data) // 5):
        data[place] ^= 0xA5
        try:
            images.process(io.BytesIO(bytes(data)))
        except images.Refused as refused:
            codes.add(refused.code)

    assert codes <= {"broken", "unknown", "side", "pixels", "memory", "video"}


# Two things at once ---------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_an_archive_behind_a_picture_is_not_in_what_is_made(format):
    done = images.process(io.BytesIO(saved(scene(), format) + archive()))

    assert done.removed == ["appended"]
    assert not any(
        SECRET.encode() in data or b"PK\3\4" in data
        for data in (done.master, *(one.data for one in done.renditions))
    )


def test_a_page_inside_a_picture_is_not_in_what_is_made():
    data = saved(scene(), "JPEG", comment=PAGE)

    done = images.process(io.BytesIO(data + PAGE))

    assert done.removed == ["comment", "appended"]
    assert not any(
        b"<script" in one for one in (done.master, *(each.data for each in done.renditions))
    )


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg", "photo.svg", "photo"])
def test_the_name_of_a_file_says_nothing_about_it(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(saved(scene(), "WEBP"))

    with path.open("rb") as file:
        assert images.process(file).width == 640


# Sizes ----------------------------------------------------------------------------------------


def test_a_file_that_is_too_large_is_refused_unread():
    with tempfile.TemporaryFile() as file:
        os.truncate(file.fileno(), 25_000_001)
        with pytest.raises(images.Refused, match="larger than 25 MB"):
            images.process(file)


def test_a_stream_that_is_too_large_is_refused():
    with pytest.raises(images.Refused, match="larger than 1 MB"):
        images.process(io.BytesIO(bytes(1_000_001)), limits=images.Limits(file_size=1_000_000))


def test_a_side_that_is_too_long_is_said_with_its_limit():
    with pytest.raises(images.Refused) as refused:
        images.process(io.BytesIO(header_of(20_001, 10)))

    assert refused.value.message == (
        "This picture is more than 20000 pixels long. Cut or shrink it."
    )


def test_too_many_pixels_are_said_with_their_limit():
    with pytest.raises(images.Refused, match="more than 40 million pixels"):
        images.process(io.BytesIO(header_of(7000, 7000)))


def test_the_most_pictures_of_an_animation_are_taken():
    assert images.process(io.BytesIO(gif_of(1000))).removed == ["animation"]


# Nothing left ---------------------------------------------------------------------------------


def test_no_file_appears_where_temporary_files_are_made(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = os.stat(tmp_path).st_mtime_ns

    images.process(io.BytesIO(saved(scene(), "JPEG")))
    with pytest.raises(images.Refused):
        images.process(io.BytesIO(saved(scene(), "JPEG")[:5000]))

    # The time of a folder tells also of what was made in it and is gone again.
    assert (os.listdir(tmp_path), os.stat(tmp_path).st_mtime_ns) == ([], before)
