"""Files of pictures as cameras, editors and attackers make them, made by the tests themselves."""

from __future__ import annotations

import io
import os
import random
import shutil
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, PngImagePlugin

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
NORTH, LATITUDE, DATE_ORIGINAL, SERIAL, ORIENTATION = 1, 2, 0x9003, 0xA431, 0x0112
MAKE, MODEL, ARTIST, DESCRIPTION, EXIF_IFD, GPS_IFD = 0x010F, 0x0110, 0x013B, 0x010E, 0x8769, 0x8825
SECRET = "Rue-des-Lilas-7"


def saved(image: Image.Image, format: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def noise(width: int, height: int, mode: str = "RGB", seed: int = 1) -> Image.Image:
    """Random pixels: what compresses worst."""
    data = random.Random(seed).randbytes(width * height * len(mode))
    return Image.frombytes(mode, (width, height), data)


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """A picture with a sky, a ground, some shapes and a little noise."""
    chance = random.Random(1)
    small = Image.frombytes("RGB", (8, 6), chance.randbytes(144))
    image = small.resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y, r = chance.randrange(width), chance.randrange(height), chance.randrange(8, 90)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(chance.randbytes(3)))
    return Image.blend(image, noise(width, height), 0.08)


def exif(**tags) -> Image.Exif:
    """Exif with tags of the first directory, of `details` and of the `place`."""
    block = Image.Exif()
    block.get_ifd(EXIF_IFD).update(tags.pop("details", {}))
    block.get_ifd(GPS_IFD).update(tags.pop("place", {}))
    for tag, value in tags.pop("main", {}).items():
        block[tag] = value
    return block


def phone_exif() -> Image.Exif:
    """What a phone writes: where, when, with what."""
    return exif(
        main={MAKE: "Maker", MODEL: SECRET},
        details={DATE_ORIGINAL: "2026:11:01 10:00:00", SERIAL: SECRET},
        place={NORTH: "N", LATITUDE: (48.0, 50.0, 12.0)},
    )


def png_texts(**texts: str) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    for keyword, text in texts.items():
        info.add_text(keyword.replace("_", " "), text)
    return info


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        written.writestr(f"{SECRET}.txt", SECRET * 50)
    return file.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG file."""
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *more: bytes) -> bytes:
    """A PNG of given rows, each with its filter in front: for what Pillow does not write."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *more, chunk(b"IDAT", zlib.compress(rows, 1))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def empty_png(width: int, height: int) -> bytes:
    """A PNG of so many black pixels (RGBA), which are four bytes each, in next to no bytes."""
    packer, row, data = zlib.compressobj(9), bytes(1 + 4 * width), []
    data.extend(packer.compress(row) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = b"".join((*data, packer.flush()))
    parts = chunk(b"IHDR", header), chunk(b"IDAT", body), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def gif_of(frames: int) -> bytes:
    """A GIF of so many pictures of one pixel."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02D\x01\0"
    return head + frame * frames + b";"


def jpeg_sized(width: int, height: int) -> bytes:
    """A JPEG that claims another size than it has."""
    data = saved(scene(64, 64), "JPEG")
    place = data.index(b"\xff\xc0") + 5
    return data[:place] + struct.pack(">HH", height, width) + data[place + 4 :]


def exiftool(*arguments: str | Path) -> str:
    """What exiftool prints. Where it is missing, the test is skipped, but never in CI."""
    program = shutil.which("exiftool")
    if not program and not os.environ.get("CI"):
        pytest.skip("exiftool is not installed: apt install libimage-exiftool-perl")
    assert program, "exiftool is missing"
    done = subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return done.stdout
