"""The one file that is kept of a picture, from which masks and new renditions are made.

JPEG for photos: at this quality and without shared colours it is as good as WebP's best, and is
written ten times as fast. PNG for what was drawn, and for what can be seen through.
"""

from __future__ import annotations

import io

from PIL import Image

from core.imaging.terms import GIF, PNG

# Not one that programs offer: a file that was written just so would come out as it came in.
QUALITY = 91
# A PNG beyond that is a photo after all.
_PNG_MOST = 3_000_000
# A drawing has fewer colours in a sample of this many pixels.
_SAMPLE, _COLOURS = (256, 256), 4096


def encode(image: Image.Image, source: str) -> tuple[bytes, str]:
    """(bytes, "png", "webp" or "jpeg") of a picture that came in the format `source`."""
    has_alpha = image.mode == "RGBA"
    if has_alpha or (source in (PNG, GIF) and _is_drawn(image)):
        data = _written(image, "PNG")
        if len(data) <= _PNG_MOST:
            return data, "png"
    if has_alpha:
        return _written(image, "WEBP", quality=QUALITY, method=2), "webp"
    return _written(image, "JPEG", quality=QUALITY, subsampling=0), "jpeg"


def _is_drawn(image: Image.Image) -> bool:
    return image.resize(_SAMPLE, Image.Resampling.NEAREST).getcolors(_COLOURS) is not None


def _written(image: Image.Image, format: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()
