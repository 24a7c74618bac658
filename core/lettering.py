"""Text set large in the type of `core/fonts`: which font has it, how it breaks, what size fits.

Pillow with raqm (HarfBuzz, FriBidi) shapes it and orders it, from left to right or from right to
left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

FOLDER = Path(__file__).parent / "fonts"
# A character that no font has: its glyph is what a font shows for whatever is missing.
_NOBODYS = "\U0010fffd"
# How far apart lines are, as a share of their size: tight, as the titles of the site are.
_LEADING = 1.0
_DOTS = "…"
# No-break spaces are none of these: they keep words on one line.
_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


@dataclass(frozen=True)
class Setting:
    """Lines of text in one size, ready to be drawn."""

    lines: Sequence[str]
    font: ImageFont.FreeTypeFont
    direction: str
    language: str

    @property
    def height(self) -> float:
        return self._rise + self._step * (len(self.lines) - 1)

    def draw(self, pen: ImageDraw.ImageDraw, left: float, right: float, top: float, fill: int):
        """Set the lines between two edges, from the one at which the language begins."""
        x, anchor = (right, "rs") if self.direction == "rtl" else (left, "ls")
        for index, line in enumerate(self.lines):
            pen.text(
                (x, top + self._rise + index * self._step),
                line,
                fill=fill,
                font=self.font,
                anchor=anchor,
                direction=self.direction,
                language=self.language,
            )

    @property
    def _rise(self) -> float:
        """How far its capitals stand above the first base line."""
        return -self.font.getbbox("H", anchor="ls")[1]

    @property
    def _step(self) -> float:
        ascent, descent = self.font.getmetrics()
        # A font with large marks above and below its letters needs more room.
        return max(self.font.size * _LEADING, (ascent + descent) * 0.83)


def fit(
    text: str,
    width: float,
    height: float,
    sizes: Iterable[int],
    *,
    direction: str = "ltr",
    language: str = "en",
) -> Setting | None:
    """`text` in the largest of `sizes` (the largest first) in which it fits, cut short in the last.

    None where no font has its letters, or where there are none. No-break spaces are kept.
    """
    text, path = _drawable(text)
    if path is None:
        return None
    for size in sizes:
        font = _font(path, size)
        wide = _measure(font, direction, language)
        lines = _wrapped(text.split(" "), wide, width)
        setting = Setting(lines, font, direction, language)
        if max(map(wide, lines)) <= width and setting.height <= height:
            return Setting(_balanced(text, lines, wide, width), font, direction, language)
    # Too much for every size: words break where they must, and the end is left out.
    words = [piece for word in text.split(" ") for piece in _broken(word, wide, width)]
    setting = Setting(_wrapped(words, wide, width), font, direction, language)
    return _cut(setting, width, height)


# Which font ------------------------------------------------------------------------------------


def _drawable(text: str) -> tuple[str, Path | None]:
    """`text` on one line and the first font that has it, without pictographs where none has."""
    text = unicodedata.normalize("NFC", text)
    for candidate in (text, _without_pictographs(text)):
        candidate = _SPACES.sub(" ", candidate).strip()
        for path in _paths():
            if candidate and all(_has(path, character) for character in candidate):
                return candidate, path
    return "", None


def _without_pictographs(text: str) -> str:
    kept, dropping = [], False
    for character in text:
        is_pictograph = unicodedata.category(character) in ("So", "Sk", "Co", "Cn")
        # What joins two of them, or tells how one looks, goes with it.
        dropping = is_pictograph or (dropping and character in "\u200d\ufe0e\ufe0f")
        if not dropping:
            kept.append(character)
    return "".join(kept)


@cache
def _paths() -> tuple[Path, ...]:
    found = (path for path in FOLDER.iterdir() if path.suffix in (".woff2", ".ttf", ".otf"))
    return tuple(sorted(found))


@lru_cache(maxsize=64)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=4096)
def _has(path: Path, character: str) -> bool:
    # Joiners and variation selectors only tell the shaper something.
    if unicodedata.category(character) in ("Cf", "Zs") or "\ufe00" <= character <= "\ufe0f":
        return True
    font = ImageFont.truetype(path, 32, layout_engine=ImageFont.Layout.BASIC)
    glyph, nothing = font.getmask(character), font.getmask(_NOBODYS)
    return (glyph.size, bytes(glyph)) != (nothing.size, bytes(nothing))


# Lines ------------------------------------------------------------------------------------------


def _measure(font: ImageFont.FreeTypeFont, direction: str, language: str):
    return lambda line: font.getlength(line, direction=direction, language=language)


def _wrapped(words: Sequence[str], wide, width: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if wide(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _balanced(text: str, lines: list[str], wide, width: float) -> list[str]:
    """The same number of lines, about as long as one another."""
    words, narrow = text.split(" "), max(map(wide, text.split(" ")))
    while width - narrow > 8:
        middle = (narrow + width) / 2
        tried = _wrapped(words, wide, middle)
        if len(tried) > len(lines):
            narrow = middle
        else:
            lines, width = tried, middle
    return lines


def _broken(word: str, wide, width: float) -> list[str]:
    """A word in pieces that fit."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and wide(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(setting: Setting, width: float, height: float) -> Setting:
    """As many lines as there is room for, the last one ending in dots."""
    lines = list(setting.lines)
    while len(lines) > 1 and replace(setting, lines=lines).height > height:
        lines.pop()
    if len(lines) < len(setting.lines):
        wide = _measure(setting.font, setting.direction, setting.language)
        lines[-1] = _shortened(lines[-1], wide, width)
    return replace(setting, lines=lines)


def _shortened(line: str, wide, width: float) -> str:
    """As much of a line as fits before dots."""
    while line and wide(line + _DOTS) > width:
        line = line[:-1]
    return line.rstrip(" ,;:.") + _DOTS
