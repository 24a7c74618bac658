from __future__ import annotations

import io
import struct

import pytest
from PIL import Image, ImageCms

from core import images
from core.imaging.colour import display_p3
from tests.core.image_files import noise, png, saved

SIZE = (64, 64)


def colour_of(data: bytes, place: tuple[int, int] = (32, 32), **options) -> list[tuple]:
    """The colour at a place of the master and of every rendition of a file."""
    done = images.process(io.BytesIO(data))
    made = (done.master, *(one.data for one in done.renditions))
    return [Image.open(io.BytesIO(one)).convert("RGB").getpixel(place) for one in made]


def near(colours: list[tuple], expected: tuple, by: int = 4) -> bool:
    return all(abs(a - b) <= by for one in colours for a, b in zip(one, expected, strict=True))


def flat(colour, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, SIZE, colour)


# Profiles -------------------------------------------------------------------------------------

# The same colours in Display P3 and in sRGB, from the CSS Color 4 conversions.
P3 = [
    ((234, 51, 35), (255, 0, 0)),
    ((117, 251, 76), (0, 255, 0)),
    ((128, 128, 128), (128, 128, 128)),
    ((180, 120, 90), (190, 117, 84)),
    # Greener than sRGB can say: as green as it can.
    ((0, 255, 0), (0, 255, 0)),
]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(("wide", "narrow"), P3)
def test_colours_of_a_wide_profile_are_translated(wide, narrow, format):
    exactly = {
        "JPEG": {"quality": 100, "subsampling": 0},
        "AVIF": {"quality": 100, "subsampling": "4:4:4"},
        "WEBP": {"lossless": True},
        "PNG": {},
    }
    data = saved(flat(wide), format, icc_profile=display_p3(), **exactly[format])

    assert near(colour_of(data), narrow)


def test_an_avif_that_says_its_colours_by_number_is_translated():
    data = saved(flat((180, 120, 90)), "AVIF", quality=100, subsampling="4:4:4")
    place = data.index(b"colrnclx") + 8

    wide = data[:place] + b"\0\x0c" + data[place + 2 :]

    assert near(colour_of(data), (180, 120, 90))
    assert near(colour_of(wide), (190, 117, 84))


def test_a_profile_of_srgb_changes_no_pixel():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = noise(64, 64).quantize(200).convert("RGB")

    done = images.process(io.BytesIO(saved(picture, "PNG", icc_profile=profile)))

    assert Image.open(io.BytesIO(done.master)).convert("RGB").tobytes() == picture.tobytes()


@pytest.mark.parametrize("profile", [b"nonsense", display_p3()[:200], b"\0" * 128])
def test_a_damaged_profile_is_no_profile(profile):
    assert near(colour_of(saved(flat((180, 120, 90)), "PNG", icc_profile=profile)), (180, 120, 90))


def test_a_profile_keeps_what_can_be_seen_through():
    image = flat((234, 51, 35, 100), "RGBA")
    image.paste((234, 51, 35, 255), (0, 0, 32, 64))

    done = images.process(io.BytesIO(saved(image, "PNG", icc_profile=display_p3())))

    master = Image.open(io.BytesIO(done.master)).convert("RGBA")
    assert near([master.getpixel((10, 10))], (255, 0, 0, 255))
    assert near([master.getpixel((50, 10))], (255, 0, 0, 100))


def grey_profile(gamma: float) -> bytes:
    """A grey profile with this curve."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    white = b"XYZ " + bytes(4) + struct.pack(">iii", 63190, 65536, 54061)
    table = struct.pack(">I", 2)
    table += b"wtpt" + struct.pack(">II", 156, len(white))
    table += b"kTRC" + struct.pack(">II", 156 + len(white), len(curve))
    return (
        profile_head(b"mntr", b"GRAY", b"XYZ ", len(table + white + curve)) + table + white + curve
    )


def profile_head(kind: bytes, space: bytes, connection: bytes, length: int) -> bytes:
    head = struct.pack(">I", 128 + length) + bytes(4) + b"\2\x10\0\0" + kind + space + connection
    head += bytes(12) + b"acsp" + bytes(28)
    return (head + struct.pack(">iii", 63190, 65536, 54061)).ljust(128, b"\0")


def test_a_grey_profile_is_translated():
    # Half of full light in a curve of 1: 188 in sRGB's.
    data = saved(flat(128, "L"), "JPEG", icc_profile=grey_profile(1.0))

    assert near(colour_of(data), (188, 188, 188))


def ink_profile() -> bytes:
    """A press whose inks give other colours than one would guess: its cyan is a mid grey.

    CMYK to Lab by a table of two steps for each ink (lut8, ICC.1:2001 6.5.8).
    """
    head = b"mft1" + bytes(4) + bytes((4, 3, 2, 0))
    head += b"".join(struct.pack(">i", 65536 * (n in (0, 4, 8))) for n in range(9))
    identity = bytes(range(256))
    table = b""
    for number in range(16):
        cyan, rest = number & 8, number & 7
        lightness = 255 if not number else 136 if cyan and not rest else 0
        table += bytes((lightness, 128, 128))
    content = head + identity * 4 + table + identity * 3
    tags = struct.pack(">I", 1) + b"A2B0" + struct.pack(">II", 144, len(content))
    return profile_head(b"prtr", b"CMYK", b"Lab ", len(tags + content)) + tags + content


# CMYK -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inks", "expected"),
    [
        ((0, 0, 0, 0), (255, 255, 255)),
        ((0, 0, 0, 255), (0, 0, 0)),
        ((255, 0, 0, 0), (0, 255, 255)),
        ((0, 255, 255, 0), (255, 0, 0)),
        ((0, 128, 255, 64), (191, 95, 0)),
    ],
)
def test_inks_without_a_profile_are_colours(inks, expected):
    data = saved(flat(inks, "CMYK"), "JPEG", quality=100, subsampling=0)

    assert near(colour_of(data), expected, 6)


def test_inks_are_what_their_profile_says():
    data = saved(flat((255, 0, 0, 0), "CMYK"), "JPEG", quality=100, icc_profile=ink_profile())
    (red, _, _), *_ = colours = colour_of(data)

    # A neutral of lightness 53 (136 of 255) is 127 in sRGB; black point compensation and white
    # point move it a little. Without the profile it would be cyan.
    assert near(colours, (red, red, red), 3)
    assert 110 < red < 140


def test_a_profile_of_another_kind_of_colours_is_ignored():
    data = saved(flat((0, 255, 255, 0), "CMYK"), "JPEG", quality=100, icc_profile=display_p3())

    assert near(colour_of(data), (255, 0, 0), 6)


# Kinds of pixels ------------------------------------------------------------------------------


def rows(*pixels: bytes) -> bytes:
    """64 rows of 64 equal pixels each."""
    return b"".join(b"\0" + pixel * 64 for pixel in pixels * (64 // len(pixels)))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (png(64, 64, 16, 0, rows(struct.pack(">H", 40_000))), (156, 156, 156)),
        (png(64, 64, 16, 2, rows(struct.pack(">HHH", 65535, 32768, 300))), (255, 128, 1)),
        (png(64, 64, 16, 4, rows(struct.pack(">HH", 40_000, 65535))), (156, 156, 156)),
        (png(64, 64, 16, 6, rows(struct.pack(">HHHH", 65535, 0, 0, 65535))), (255, 0, 0)),
        (saved(flat(1, "1"), "PNG"), (255, 255, 255)),
        (saved(flat(0, "1"), "PNG"), (0, 0, 0)),
        (saved(flat(90, "L"), "PNG"), (90, 90, 90)),
        (saved(flat(90, "L"), "JPEG"), (90, 90, 90)),
        (saved(flat((90, 255), "LA"), "PNG"), (90, 90, 90)),
        (saved(flat((200, 30, 60)).quantize(4), "PNG"), (200, 30, 60)),
        (saved(flat((200, 30, 60)).quantize(4), "GIF"), (200, 30, 60)),
    ],
)
def test_pixels_of_every_kind_come_out_right(file, expected):
    assert near(colour_of(file), expected)


def test_sixteen_bits_of_grey_are_not_cut_off():
    ramp = b"".join(
        b"\0" + b"".join(struct.pack(">H", x * 1024) for x in range(64)) for _ in range(64)
    )
    done = images.process(io.BytesIO(png(64, 64, 16, 0, ramp)))

    master = Image.open(io.BytesIO(done.master)).convert("L")
    assert [master.getpixel((x, 5)) for x in range(64)] == pytest.approx(
        [x * 4 for x in range(64)], abs=2
    )


def clear(
    kind: int, depth: int, transparency: bytes, *pixels: bytes, palette: bytes = b""
) -> bytes:
    from tests.core.image_files import chunk

    more = [chunk(b"PLTE", palette)] if palette else []
    return png(64, 64, depth, kind, rows(*pixels), *more, chunk(b"tRNS", transparency))


@pytest.mark.parametrize(
    "file",
    [
        # One value, or colour, that is seen through, in the first of two kinds of rows.
        clear(0, 8, struct.pack(">H", 7), b"\x07", b"\xc8"),
        clear(0, 16, struct.pack(">H", 1800), struct.pack(">H", 1800), struct.pack(">H", 51_400)),
        clear(2, 8, struct.pack(">HHH", 1, 2, 3), b"\1\2\3", b"\xc8\xc8\xc8"),
        clear(3, 8, b"\0", b"\0", b"\1", palette=b"\0\0\0\xc8\xc8\xc8"),
        saved(
            Image.merge(
                "LA", (flat(200, "L"), Image.frombytes("L", SIZE, (bytes(64) + b"\xff" * 64) * 32))
            ),
            "PNG",
        ),
    ],
)
def test_what_is_seen_through_is_found_in_pixels_of_every_kind(file):
    done = images.process(io.BytesIO(file))

    master = Image.open(io.BytesIO(done.master)).convert("RGBA")
    assert master.getpixel((9, 2))[3] == 0
    assert near([master.getpixel((9, 3))], (200, 200, 200, 255))


def test_a_gif_that_is_seen_through_stays_so():
    image = flat(0, "P")
    image.putpalette(b"\xff\0\0\0\0\xff")
    image.paste(1, (32, 0, 64, 64))

    done = images.process(io.BytesIO(saved(image, "GIF", transparency=0)))

    master = Image.open(io.BytesIO(done.master)).convert("RGBA")
    assert (master.getpixel((5, 5))[3], master.getpixel((50, 5))) == (0, (0, 0, 255, 255))


@pytest.mark.parametrize(
    ("size", "mode"),
    [
        *[((5000, 600), "L"), ((3700, 2600), "L"), ((2401, 2401), "L"), ((9000, 9), "L")],
        *[((5000, 600), "RGBA"), ((3700, 2600), "RGBA"), ((5000, 600), "1")],
    ],
)
def test_a_large_picture_is_shrunk_evenly(size, mode):
    # A ramp from black to white: each strip and edge of it must fall into place.
    ramp = Image.linear_gradient("L").resize(size).convert(mode)
    done = images.process(io.BytesIO(saved(ramp, "PNG", compress_level=1)))

    master = Image.open(io.BytesIO(done.master)).convert("L").resize((1, 16), Image.Resampling.BOX)
    lines = list(master.tobytes())
    expected = [16 * n + 8 for n in range(16)]
    if size[1] > 100:
        # Dots of black and white are cut off where the sharper picture overshoots.
        assert lines == pytest.approx(expected, abs=16 if mode == "1" else 6)
    assert max(done.width, done.height) == 2400
