"""A readable piece of an address from a title."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose into a plain one and an accent.
_FOLDED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
# The dots of inclusive French: « étudiant·e·s ». They join a word and do not part it.
_JOINING_DOTS = re.compile(r"(?<=\w)[·‧•⋅∙](?=\w)")
_OTHER = re.compile(r"[^a-z0-9]+")


def propose(title: str, max_length: int = 80) -> str:
    """Lower-case ASCII words of the title joined by "-", at most `max_length` characters.

    Cut between words where there is more than one. "" where nothing can be spelled in ASCII: a
    title in Arabic, say; somebody must then choose.
    """
    text = _JOINING_DOTS.sub("", title).lower().translate(_FOLDED)
    text = unicodedata.normalize("NFKD", text).lower()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    slug = _OTHER.sub("-", text).strip("-")
    if len(slug) > max_length:
        cut = slug[: max_length + 1]
        slug = cut[: cut.rfind("-")] if "-" in cut else slug[:max_length]
    return slug.strip("-")
