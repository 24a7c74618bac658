"""Pictures in a text of the old site: how it names them, and the words that go with them there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bulletins.wordpress.fields import number
from pictures.models import Picture, Place
from translations import embeds

_NUMBER = re.compile(r"\bwp-image-(\d+)\b")
# Plugins put a stand-in into `src`, and the picture's own address beside it.
_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-orig-file")
_SMILEYS = {"emoji", "wp-smiley"}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as a text names it: by its file's address, by its attachment's number, or both."""

    address: str = ""
    number: int | None = None
    alt: str = ""


@dataclass(slots=True)
class Shown:
    """A picture of ours in one text, by its key, with the words that it has there."""

    picture: int
    place: Place
    alt: str = ""
    caption: str = ""

    @property
    def html(self) -> str:
        """How canonical HTML refers to it."""
        return embeds.embedded(embeds.reference(Picture._meta.label_lower, self.picture))


class Pictures(Protocol):
    """Where the pictures of one post come from.

    `are_told` says that whoever imports is told of each one that does not come.
    """

    are_told: bool

    def take(self, image: Image, place: Place) -> Shown | None:
        """The picture as one of ours, None where it does not come."""

    def gallery(self, attributes: str) -> list[Image]:
        """The pictures that a gallery with these attributes shows, in their order."""


class InText:
    """The pictures of one text while it is read: `shown` are those that came.

    Words are a picture's caption inside a figure's `figcaption`, and between a shortcode
    `[caption]` and its end; but only where the picture came. Else they stay words of the text.
    """

    def __init__(self, pictures: Pictures | None):
        self.shown: list[Shown] = []
        self._pictures = pictures
        self._galleries = 0
        # The figures that are open: each with its picture, and whether all in it is a caption.
        self._figures: list[tuple[Shown | None, bool]] = []
        self._captioned: Shown | None = None

    @property
    def are_told(self) -> bool:
        return self._pictures is not None and self._pictures.are_told

    def take(self, attributes: Mapping[str, str]) -> Shown | None:
        """What an `img` stands for, None where it goes without a trace."""
        image = _image(attributes)
        if image is None or self._pictures is None:
            return None
        return self._pictures.take(image, Place.GALLERY if self._galleries else Place.TEXT)

    def take_gallery(self, attributes: str) -> bool:
        """Take what a shortcode `[gallery]` shows; whether that is all there is to tell of it."""
        found = self._pictures.gallery(attributes) if self._pictures else []
        for image in found:
            if shown := self._pictures.take(image, Place.GALLERY):
                self.shown.append(shown)
        return self.are_told

    def stands(self, shown: Shown):
        """A picture stands here: what follows in its figure is about it."""
        self.shown.append(shown)
        if self._figures:
            _before, is_caption = self._figures[-1]
            self._figures[-1] = (shown, is_caption)
            if is_caption:
                self._captioned = shown

    def begin_gallery(self):
        self._galleries += 1

    def end_gallery(self):
        self._galleries = max(0, self._galleries - 1)

    def begin_figure(self, *, is_caption: bool = False):
        self._figures.append((None, is_caption))

    def end_figure(self):
        self._captioned = None
        if self._figures:
            self._figures.pop()

    def begin_caption(self):
        self._captioned = self._figures[-1][0] if self._figures else None

    def end_caption(self):
        self._captioned = None

    @property
    def is_caption(self) -> bool:
        """Whether words are about a picture here."""
        return self._captioned is not None

    def say(self, words: str):
        """Words about the picture."""
        self._captioned.caption = f"{self._captioned.caption}\n{words}".strip()

    def unfinished(self) -> str:
        """What was taken for a caption at the end of the text, and cannot have been one."""
        if self._captioned is None:
            return ""
        words, self._captioned.caption, self._captioned = self._captioned.caption, "", None
        return words


def _image(attributes: Mapping[str, str]) -> Image | None:
    """What an `img` names; None for a smiley, and for a dot that counts readers."""
    classes = attributes.get("class", "")
    if _SMILEYS & set(classes.split()) or attributes.get("width") in ("0", "1"):
        return None
    found = (attributes.get(name, "").strip() for name in _ADDRESSES)
    addresses = [address for address in found if address]
    files = [address for address in addresses if not address.lower().startswith("data:")]
    in_class = _NUMBER.search(classes)
    return Image(
        address=next(iter(files or addresses), ""),
        number=number(in_class[1] if in_class else attributes.get("data-id", "")),
        alt=attributes.get("alt", "").strip(),
    )
