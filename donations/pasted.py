"""What people paste: cleaned of what a bank's paper, an app or a word processor puts around it.

Nothing here knows what an IBAN is; `banking` says what a clean text must be.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Invisible, yet not "Cf" in Unicode: joiners, variation selectors, blank letters.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]"
)
_SEPARATORS = frozenset(".·\u2212")
_FULL_WIDTH = range(0xFF01, 0xFF5F)


def compact(text: str, if_empty: Promise, allowed: str = "0-9A-Z") -> str:
    """Return capitals and digits, without what stands between groups or cannot be seen."""
    number = "".join(_ascii(character) for character in text if not _is_filler(character))
    if not number:
        raise ValidationError(if_empty, code="empty")
    # Before upper(): "ß".upper() is "SS", and would pass as letters nobody typed.
    outside = re.search(f"[^{allowed}{allowed.lower()}]", number)
    if outside:
        raise ValidationError(
            _("“%(character)s” does not belong in this number: take it out."),
            code="characters",
            params={"character": shown(outside.group())},
        )
    return number.upper()


def shown(character: str) -> str:
    # Half a surrogate pair inside a message would break the page that shows it.
    return character if character.isprintable() else f"U+{ord(character):04X}"


def _is_filler(character: str) -> bool:
    return (
        character.isspace()
        or character in _SEPARATORS
        or unicodedata.category(character) in {"Cf", "Pd"}
        or _INVISIBLE.match(character) is not None
    )


def _ascii(character: str) -> str:
    # Not NFKC: it would also turn ², ① and ½ into digits nobody meant.
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    if ord(character) in _FULL_WIDTH:
        return chr(ord(character) - 0xFEE0)
    return character


def one_line(text: str) -> str:
    visible = "".join(
        character
        for character in text
        if unicodedata.category(character) != "Cf" and not _INVISIBLE.match(character)
    )
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def check_max_length(text: str, max_length: int) -> None:
    if len(text) > max_length:
        raise ValidationError(
            _("Banks carry at most %(limit)d characters here; these are %(found)d. Shorten it."),
            code="length",
            params={"limit": max_length, "found": len(text)},
        )
