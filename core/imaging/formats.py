"""What a file is, told from its first bytes: its name proves nothing, nor what a browser says."""

from __future__ import annotations

import re

from core.imaging.terms import AVIF, GIF, HEIC, JPEG, PNG, WEBP, Unfit

# As much of a file as `sniff` wants to see.
HEAD = 4096

_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|script)\b")


def sniff(head: bytes) -> str:
    """Pillow's name of the format of a file that begins with `head`: the only one it is opened as.

    Raises Unfit for an empty file and for everything that is none of the six formats.
    """
    if not head:
        raise Unfit("empty")
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _brand(head)
    raise Unfit(_what_else(head))


def _brand(head: bytes) -> str:
    """Which of the formats that share one container: its own brand, else the compatible ones."""
    end = min(int.from_bytes(head[:4]), len(head))
    brands = [head[8:12], *(head[start : start + 4] for start in range(16, end - 3, 4))]
    for brand in brands:
        if brand in _AVIF_BRANDS:
            return AVIF
        if brand in _HEIC_BRANDS:
            return HEIC
    raise Unfit("video")


def _what_else(head: bytes) -> str:
    # Without the zeros of UTF-16: what is asked for is written in ASCII.
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith(b"<") and b"<svg" in text:
        return "svg"
    if text.startswith(b"<") and _PAGE.search(text):
        return "page"
    if head.startswith(b"%PDF"):
        return "document"
    if head.startswith(b"\x1a\x45\xdf\xa3") or (head[:4], head[8:12]) == (b"RIFF", b"AVI "):
        return "video"
    return "unknown"
