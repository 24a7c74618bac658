"""What the making of pictures is told and what it gives back: plain data.

Nothing here or in the other `image_*` modules of the child process knows Django: it starts anew for
every picture, and Django would take longer than the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as value
from math import isfinite

JPEG, PNG, WEBP, AVIF, GIF, HEIC = "JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF"
# What is taken out of a file, in the order in which it is told.
REMOVED = (
    *("location", "camera", "time", "author", "comment", "thumbnail"),
    *("profile", "text", "other", "animation", "appended"),
)
# The colour of a mask. Black is the one colour that every codec can say exactly, and that its
# errors can leave in one direction only.
INK = (0, 0, 0)


class Unfit(Exception):
    """A file that no picture is made of. `code` says why; `refusals` has the words."""

    def __init__(self, code: str, **facts: int | str):
        super().__init__(code)
        self.code, self.facts = code, facts


def _pixels() -> dict[str, int]:
    # What each decoder needs decides: measured at the limit, in bytes for a pixel, JPEG 4 and less
    # (it is decoded smaller where it is large), PNG and GIF 4, AVIF 9 to 12, WebP 16.
    return {
        JPEG: 120_000_000,
        PNG: 40_000_000,
        GIF: 40_000_000,
        AVIF: 24_000_000,
        HEIC: 24_000_000,
        WEBP: 18_000_000,
    }


@dataclass(frozen=True)
class Limits:
    """How much a file may be, and how much the child process may take for it."""

    file_size: int = 25_000_000
    # A picture this long and narrow is no picture; and 65,535 is where formats themselves end.
    side: int = 20_000
    pixels: dict[str, int] = value(default_factory=_pixels)
    # libjpeg keeps every coefficient of a progressive file until its end: 6 bytes for a pixel.
    progressive_pixels: int = 30_000_000
    frames: int = 1_000
    # Bytes that the child may allocate (RLIMIT_DATA), and addresses that it may have in all, with
    # those of its libraries (RLIMIT_AS).
    memory: int = 365_000_000
    addresses: int = 500_000_000
    cpu_seconds: int = 60
    seconds: int = 60
    # Everything that is made of one picture, together.
    answer_size: int = 60_000_000


@dataclass(frozen=True)
class Region:
    """A place to be covered, as fractions of the oriented picture. It may reach over its edges.

    Raises ValueError for what is no rectangle or ellipse with an area inside the picture.
    """

    shape: str  # "rectangle" or "ellipse"
    x: float
    y: float
    width: float
    height: float

    def __post_init__(self):
        numbers = (self.x, self.y, self.width, self.height)
        if self.shape not in ("rectangle", "ellipse"):
            raise ValueError(f"no shape: {self.shape!r}")
        if not all(isinstance(n, int | float) and isfinite(n) for n in numbers):
            raise ValueError(f"no numbers: {numbers}")
        if self.width <= 0 or self.height <= 0 or max(map(abs, numbers)) > 10:
            raise ValueError(f"no area: {numbers}")
        if self.x >= 1 or self.y >= 1 or self.x + self.width <= 0 or self.y + self.height <= 0:
            raise ValueError(f"outside the picture: {numbers}")


@dataclass(frozen=True)
class Rendition:
    """One file for readers."""

    width: int
    height: int
    format: str  # "avif", "webp", "jpeg" or "png"
    data: bytes = value(repr=False)


@dataclass(frozen=True)
class Processed:
    """Everything that is kept of a picture: nothing of the file it was made from."""

    master: bytes = value(repr=False)
    master_format: str  # "png", "webp" or "jpeg"
    width: int
    height: int
    has_alpha: bool
    removed: list[str]
    renditions: list[Rendition] = value(repr=False)
