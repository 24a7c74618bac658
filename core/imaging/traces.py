"""What a file carries besides its picture, so that the editor can be told what was taken out.

Read from the containers themselves, piece by piece: Pillow knows only what a picture needs, and
what it does not know could not be told. Nothing here decides what is removed: everything is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PIL import Image

from core.imaging import tags
from core.imaging.terms import AVIF, GIF, HEIC, JPEG, PNG, WEBP

# More pieces than any camera or editor writes. Beyond, a file is scanned no further.
_MOST = 100_000
_PADDING = b"\0 \t\r\n"

Found = Iterator[str | set[str]]


def scan(data: bytes, name: str) -> tuple[set[str], int]:
    """(codes of `REMOVED`, number of pictures) of a file of the format `name`, not decoding it.

    Damage is not told here, but by the decoder.
    """
    found: set[str] = set()
    frames = 0
    for number, told in enumerate(_SCANS[name](data)):
        if told == "frame":
            frames += 1
        else:
            found |= {told} if isinstance(told, str) else told
        if number > _MOST:
            found.add("other")
            break
    return found - {""}, max(frames, 1)


def of_image(image: Image.Image, name: str) -> set[str]:
    """The codes of what only the decoder finds in its container: texts of a PNG, items of an AVIF
    or HEIC file."""
    found = {"profile"} if image.info.get("icc_profile") else set()
    if name in (AVIF, HEIC):
        if exif := image.info.get("exif"):
            found |= tags.of_exif(exif)
        if xmp := image.info.get("xmp"):
            found |= tags.of_xmp(xmp)
        if getattr(image, "n_frames", 1) > 1:
            found.add("animation")
    elif name == PNG:
        for keyword, text in getattr(image, "text", {}).items():
            found |= _of_raw_profile(keyword, str(text))
    return found


def _after(data: bytes, end: int) -> Found:
    # Slices of a large rest cost memory, the first of its bytes that is no padding does not.
    if re.compile(rb"[^\0 \t\r\n]").search(data, end):
        yield "appended"


# JPEG -----------------------------------------------------------------------------------------

# What follows compressed data: a marker that is neither a stuffed zero nor a restart.
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_EOI, _SOS, _COM, _APP0, _APP14, _APP15 = 0xD9, 0xDA, 0xFE, 0xE0, 0xEE, 0xEF


def _jpeg(data: bytes) -> Found:
    place = 2
    while marker := _NEXT_MARKER.search(data, place):
        kind, place = data[marker.end() - 1], marker.end()
        if kind == _EOI:
            yield from _after(data, place)
            return
        length = int.from_bytes(data[place : place + 2])
        segment = data[place + 2 : place + length]
        place += length
        if kind == _COM:
            yield "comment" if segment.strip(_PADDING) else ""
        elif _APP0 <= kind <= _APP15:
            yield _of_app(kind, segment)
        else:
            yield ""


def _of_app(kind: int, segment: bytes) -> str | set[str]:
    for prefix, told in _APPS:
        if segment.startswith(prefix):
            return told(segment[len(prefix) :]) if callable(told) else told
    return "" if kind == _APP14 and segment.startswith(b"Adobe") else "other"


def _of_jfif(rest: bytes) -> str:
    # Two bytes version, one unit, four densities, two for the sides of a thumbnail.
    return "thumbnail" if rest[7:9].strip(b"\0") else ""


_APPS: tuple[tuple[bytes, str | Callable[[bytes], str | set[str]]], ...] = (
    (b"JFIF\0", _of_jfif),
    (b"JFXX\0", "thumbnail"),
    (b"Exif\0\0", tags.of_exif),
    (b"http://ns.adobe.com/xap/1.0/\0", tags.of_xmp),
    (b"http://ns.adobe.com/xmp/extension/\0", tags.of_xmp),
    (b"Photoshop 3.0\0", tags.of_photoshop),
    (b"ICC_PROFILE\0", "profile"),
)

# PNG ------------------------------------------------------------------------------------------

_PNG_STRUCTURE = set(
    b"IHDR PLTE IDAT IEND tRNS bKGD gAMA cHRM sRGB sBIT pHYs hIST cICP mDCV cLLI fcTL fdAT".split()
)
_PNG_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
_PNG_XMP = "XML:com.adobe.xmp"
_KEYWORDS = (
    ("author", re.compile("author|copyright|artist|creator")),
    ("time", re.compile("time|date")),
    ("location", re.compile("location|gps|latitude|longitude")),
    ("comment", re.compile("comment|description|title|subject|caption")),
)


def _png(data: bytes) -> Found:
    place = 8
    while place + 8 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        start = place + 8
        place = start + length + 4
        if kind == b"IEND":
            yield from _after(data, place)
            return
        if kind == b"acTL":
            frames = int.from_bytes(data[start : start + 4])
            yield from ["frame"] * min(frames, _MOST)
        elif kind in _PNG_TEXTS:
            yield _of_keyword(data[start : start + 80].split(b"\0")[0].decode("latin-1"))
        elif kind == b"eXIf":
            yield tags.of_exif(data[start : start + length])
        elif kind == b"tIME":
            yield "time"
        elif kind == b"iCCP":
            yield "profile"
        else:
            yield "" if kind in _PNG_STRUCTURE else "other"


def _of_keyword(keyword: str) -> str:
    if keyword == _PNG_XMP or keyword.startswith("Raw profile type "):
        return ""  # told by `of_image`, which knows what is in it
    word = keyword.lower()
    return next((code for code, pattern in _KEYWORDS if pattern.search(word)), "text")


def _of_raw_profile(keyword: str, text: str) -> set[str]:
    """Exif, IPTC or XMP as ImageMagick writes them: a name, a length, hexadecimal digits."""
    if keyword == _PNG_XMP:
        return tags.of_xmp(text.encode())
    kind = keyword.removeprefix("Raw profile type ")
    if kind == keyword:
        return set()
    try:
        data = bytes.fromhex("".join(text.split("\n")[3:]))
    except ValueError:
        return {"other"}
    if kind.lower() in ("exif", "app1"):
        return tags.of_exif(data)
    if kind in ("iptc", "8bim"):
        return tags.of_photoshop(data) or {"other"}
    return {"profile"} if kind in ("icc", "icm") else tags.of_xmp(data)


# GIF ------------------------------------------------------------------------------------------

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_PLAIN_TEXT, _CONTROL, _COMMENT, _APPLICATION = 0x01, 0xF9, 0xFE, 0xFF


def _gif(data: bytes) -> Found:
    place = 13 + _palette(data, 10)
    while place < len(data):
        kind = data[place]
        if kind == _IMAGE:
            yield "frame"
            # The place and size of the frame, its palette, the length of its codes.
            place = _after_blocks(data, place + 11 + _palette(data, place + 9))
        elif kind == _EXTENSION:
            end = _after_blocks(data, place + 2)
            yield _of_extension(data[place + 1 : place + 2], data[place + 2 : end])
            place = end
        else:
            yield from _after(data, place + (kind == _TRAILER))
            return


def _palette(data: bytes, flags_at: int) -> int:
    flags = data[flags_at] if flags_at < len(data) else 0
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, place: int) -> int:
    """The place after a row of blocks, each with its length in front, ended by an empty one."""
    while place < len(data) and (length := data[place]):
        place += length + 1
    return place + 1


def _of_extension(label: bytes, blocks: bytes) -> str | set[str]:
    kind = label[0] if label else _CONTROL
    if kind == _COMMENT:
        return "comment"
    if kind == _PLAIN_TEXT:
        return "text"
    if kind != _APPLICATION:
        return "" if kind == _CONTROL else "other"
    name = blocks[1:12]
    if name.startswith(b"XMP Data"):
        return tags.of_xmp(blocks)
    if name.startswith(b"ICCRGBG1"):
        return "profile"
    return "" if name in (b"NETSCAPE2.0", b"ANIMEXTS1.0") else "other"


# WebP -----------------------------------------------------------------------------------------

_WEBP_STRUCTURE = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM"}


def _webp(data: bytes) -> Found:
    place, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while place + 8 <= min(end, len(data)):
        kind, length = (
            data[place : place + 4],
            int.from_bytes(data[place + 4 : place + 8], "little"),
        )
        chunk = place + 8
        place = chunk + length + length % 2
        if kind == b"ANMF":
            yield "frame"
        elif kind == b"EXIF":
            yield tags.of_exif(data[chunk : chunk + length])
        elif kind == b"XMP ":
            yield tags.of_xmp(data[chunk : chunk + length])
        elif kind == b"ICCP":
            yield "profile"
        else:
            yield "" if kind in _WEBP_STRUCTURE else "other"
    yield from _after(data, end)


# AVIF and HEIC --------------------------------------------------------------------------------

_BOXES = {b"ftyp", b"meta", b"mdat", b"moov", b"pdin"}
_SPARE = {b"free", b"skip"}
# An item's entry, versions 2 and 3: flags, number, protection, type.
_ITEM = re.compile(rb"infe(?:\x02.{7}|\x03.{9})(.{4})", re.DOTALL)
_ITEMS = {b"av01", b"hvc1", b"grid", b"iovl", b"iden", b"Exif", b"mime"}


def _boxes(data: bytes) -> Found:
    place = 0
    while place + 8 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        if length == 1:
            length = int.from_bytes(data[place + 8 : place + 16])
        length = length or len(data) - place
        end = place + length
        if kind not in _BOXES | _SPARE | {b"uuid"} or length < 8 or end > len(data):
            break
        if kind == b"meta":
            yield {
                "" if item[1] in _ITEMS else "other" for item in _ITEM.finditer(data, place, end)
            }
            yield "thumbnail" if data.find(b"thmb", place, end) >= 0 else ""
        elif kind in _SPARE:
            yield "other" if data[place + 8 : end].strip(_PADDING) else ""
        else:
            yield "other" if kind == b"uuid" else ""
        place = end
    yield from _after(data, place)


_SCANS = {JPEG: _jpeg, PNG: _png, GIF: _gif, WEBP: _webp, AVIF: _boxes, HEIC: _boxes}
