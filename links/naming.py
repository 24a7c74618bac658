"""Codes and the names that people know them by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.text import capfirst


def alphabetical(name: str) -> tuple[str, str]:
    """A sort key for names: « Érythrée » stands with the E's, where a reader looks for it."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)), name


def choices(names: Mapping[str, object], codes: Iterable[str] | None = None) -> list[tuple]:
    """(code, name) for a list to choose from, in the active language's alphabetical order.

    `names` maps codes to (lazy) names; `codes`, where given, are those to offer.
    """
    codes = names if codes is None else codes
    found = ((code, capfirst(str(names[code]))) for code in codes)
    return sorted(found, key=lambda choice: alphabetical(choice[1]))
