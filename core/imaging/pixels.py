"""From the bytes of a file to clean pixels: the first picture, oriented, sRGB, at most 2400 long.

Large pictures are shrunk in strips, so that never two of full size are in memory.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageChops

from core.imaging import colour, traces
from core.imaging.terms import JPEG, REMOVED, Limits, Unfit

LONGEST = 2400
_STRIP = 512
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Clean:
    """The pixels alone (mode RGB or RGBA), and what the file had besides."""

    image: Image.Image
    removed: list[str]


def read(data: bytes, name: str, limits: Limits) -> Clean:
    """The pixels of a file of the format `name`. Raises Unfit for one that is no such picture, is
    damaged, or is larger than `limits`."""
    found, frames = traces.scan(data, name)
    if frames > limits.frames:
        raise Unfit("frames", frames=limits.frames)
    try:
        image = _opened(data, name, limits)
        size = _fitting(image.size)
        if name == JPEG:
            # libjpeg decodes a half, a quarter or an eighth as well as the whole, and sooner.
            image.draft(None, size)
        image.load()
        _check(image.size, name, limits)
        found |= traces.of_image(image, name)
    except (Unfit, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise _too_many(limits.pixels[name]) from error
    except Exception as error:  # what a hostile file makes a decoder raise is not one kind
        raise Unfit("broken") from error
    found |= {"animation"} if frames > 1 else set()
    profile, turn = colour.profile_of(image, data), _turn(image)
    image = _shrunk(image, size)
    if turn is not None:
        image = image.transpose(turn)
    return Clean(
        _only_pixels(colour.to_srgb(image, profile)),
        [code for code in REMOVED if code in found],
    )


def _opened(data: bytes, name: str, limits: Limits) -> Image.Image:
    # Decoders that reserve memory before they tell the size ask Pillow about this number.
    Image.MAX_IMAGE_PIXELS = limits.pixels[name]
    image = Image.open(io.BytesIO(data), formats=[name])
    _check(image.size, name, limits)
    most = limits.progressive_pixels
    if image.info.get("progressive") and image.width * image.height > most:
        raise _too_many(most)
    return image


def _check(size: tuple[int, int], name: str, limits: Limits) -> None:
    if max(size) > limits.side:
        raise Unfit("side", side=limits.side)
    if size[0] * size[1] > limits.pixels[name]:
        raise _too_many(limits.pixels[name])


def _too_many(pixels: int) -> Unfit:
    return Unfit("pixels", millions=pixels // 1_000_000)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size of the master of a picture of this size."""
    scale = min(1, LONGEST / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


# Smaller --------------------------------------------------------------------------------------


def _shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture at `size`, as L, RGB, CMYK or RGBA."""
    mode = _working_mode(image)
    # A whole factor first, which is quick, and the rest well: as `Image.resize(reducing_gap=…)`.
    factor = max(1, int(min(image.width / size[0], image.height / size[1]) / 1.2))
    box = (0, 0, image.width / factor, image.height / factor)
    if factor > 1 or image.mode != mode:
        image = _in_strips(image, mode, factor)
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, box=box)
    return image.convert("RGBA") if mode == "RGBa" else image


def _working_mode(image: Image.Image) -> str:
    """The mode in which pixels can be mixed. What is transparent must not lend its colour."""
    if image.has_transparency_data:
        return "RGBa"
    if image.mode in ("1", "L") or image.mode.startswith("I"):
        return "L"
    return "CMYK" if image.mode == "CMYK" else "RGB"


def _in_strips(image: Image.Image, mode: str, factor: int) -> Image.Image:
    width, height = -(-image.width // factor), -(-image.height // factor)
    whole = Image.new(mode, (width, height))
    rows = _STRIP // factor * factor or factor
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        strip = _in_mode(image.crop((0, top, image.width, bottom)), mode)
        whole.paste(strip.reduce(factor), (0, top // factor))
    return whole


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    if image.mode.startswith("I"):
        image = _eight_bits(image)
    if mode == "RGBa":
        return image.convert("RGBA").convert("RGBa")
    return image.convert(mode)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits of grey as the upper eight. (Converting would cut off everything above 255.)"""
    both = Image.frombytes("LA", image.size, image.tobytes("raw", "I;16B"))
    upper, lower = both.split()
    clear = image.info.get("transparency")
    if isinstance(clear, int):
        # The one value that is seen through, where both of its bytes are met.
        differs = (
            part.point(lambda value, own=own: 255 * (value != own))
            for part, own in ((upper, clear >> 8), (lower, clear & 255))
        )
        upper.putalpha(ImageChops.lighter(*differs))
    return upper


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How the picture must be turned to stand upright."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION))
    except Exception:  # what says so is damaged, and the picture is not
        return None


def _only_pixels(image: Image.Image) -> Image.Image:
    """A new picture: what Pillow remembers beside the pixels would be written by its encoders."""
    new = Image.new(image.mode, image.size)
    new.paste(image)
    return new
