"""What a picture is called in the library, from the name of the file that was uploaded.

A camera's name tells the day, the hour and the device; so it is not kept. Only words are.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

# How cameras, telephones and messengers begin the names of their files.
CODES = {
    *("img", "dsc", "dscn", "dscf", "dcim", "pxl", "mvimg", "vid", "mov", "gopr", "sam", "mp"),
    *("whatsapp", "wa", "signal", "telegram", "fb", "am", "pm"),
}
# What they add, and what says nothing where nothing else is said.
FILLERS = {
    *("image", "photo", "picture", "pic", "bild", "foto", "screenshot", "capture", "scan", "at"),
    *("d’écran", "d'écran", "à", "burst", "portrait", "night", "pano", "hdr", "cover", "edited"),
    *("scaled", "unnamed", "untitled"),
}
LENGTH = 200

_IDENTIFIER = re.compile(r"(?<![^\W_])(?=[a-f]*[0-9])[0-9a-f]{6,}(?![^\W_])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def words_of(file_name: str) -> str:
    """The words of a file's name, "" where a device gave it: “marche-des-femmes_2.JPG” → “marche
    des femmes”, “IMG_20230401_120000.jpg” → ""."""
    name = PurePath(file_name.replace("\\", "/")).name
    stem = unicodedata.normalize("NFC", name.rsplit(".", 1)[0])
    found = _WORD.findall(_IDENTIFIER.sub(" ", stem))
    words = [word for word in found if word.casefold() not in CODES]
    return " ".join(words)[:LENGTH].strip() if any(map(_says_something, words)) else ""


def _says_something(word: str) -> bool:
    # Two Latin letters are no name; two Chinese characters are.
    return word.casefold() not in FILLERS and (len(word) > 2 or not word.isascii())
