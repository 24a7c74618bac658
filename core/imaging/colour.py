"""Any colours to sRGB, the one colour space in which every browser shows the same without a
profile."""

from __future__ import annotations

import io
import re
import struct

from PIL import Image, ImageChops, ImageCms

_SPACES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
# An AVIF file may say its colours by number: here those of Display P3 with the curve of sRGB
# (ITU-T H.273: primaries 12, transfer 13). A PNG's cICP chunk says them the same way.
_NUMBERS_OF_P3 = re.compile(rb"colrnclx\x00\x0c\x00\x0d|cICP\x0c\x0d")
_HEAD = 65_536
# How far a colour may be from sRGB's and still be called the same.
_SAME = 2


def profile_of(image: Image.Image, data: bytes) -> bytes | None:
    """The ICC profile that says what the numbers of an opened picture mean; None for sRGB."""
    if icc := image.info.get("icc_profile"):
        return icc
    if image.format in ("AVIF", "HEIF", "PNG") and _NUMBERS_OF_P3.search(data, 0, _HEAD):
        return display_p3()
    return None


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture (L, RGB, CMYK or RGBA) in sRGB: RGBA where anything shines through, else RGB."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    colours = _converted(colours, profile) if profile else colours
    colours = colours.convert("RGB")
    if alpha and alpha.getextrema()[0] < 255:
        colours.putalpha(alpha)
    return colours


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    """The picture as its profile means it; as it is where the profile is damaged or another's."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = _SPACES.get(source.profile.xcolor_space.strip(), "")
        if not mode or (mode == "CMYK") != (image.mode == "CMYK"):
            return image
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        if mode == "RGB" and _changes_nothing(transform):
            return image
        return ImageCms.applyTransform(image.convert(mode), transform)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a profile is sRGB's own, as most are: then no pixel need be rounded once more."""
    steps = range(0, 256, 51)
    colours = bytes(part for r in steps for g in steps for b in steps for part in (r, g, b))
    sample = Image.frombytes("RGB", (len(colours) // 3, 1), colours)
    difference = ImageChops.difference(sample, ImageCms.applyTransform(sample, transform))
    return max(high for _, high in difference.getextrema()) <= _SAME


def display_p3() -> bytes:
    """A profile of Display P3: its three colours as seen in the light D50, and sRGB's curve
    (SMPTE EG 432-1; the layout is that of ICC.1:2022, versions 4)."""

    def number(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + number(*values)

    curve = b"para\0\0\0\0\0\3\0\0" + number(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    tags = {
        b"wtpt": xyz(0.9642, 1, 0.8249),
        b"rXYZ": xyz(0.51512, 0.24120, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": xyz(0.15710, 0.06657, 0.78407),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content
    size = struct.pack(">I", 128 + len(table) + len(body))
    header = size + b"\0\0\0\0\4\0\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    return (header + number(0.9642, 1, 0.8249)).ljust(128, b"\0") + table + body
