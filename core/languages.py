"""The languages of the site: all that have columns, those that are public, and how each is named.

`settings.LANGUAGES` is the fixed list; `settings.PUBLIC_LANGUAGES`, where set, says which of them
readers see.
"""

from __future__ import annotations

from locale import normalize

from django.conf import settings
from django.utils.translation import get_language_info, gettext, to_locale

# Written from right to left but not in Django's LANGUAGES_BIDI.
_ALSO_RIGHT_TO_LEFT = ("dv", "prs", "ps", "sd", "yi")


def codes() -> list[str]:
    """Every language that a text can have, in the order of menus."""
    return [code for code, _name in settings.LANGUAGES]


def public() -> list[str]:
    """The languages that readers are offered, in the order of menus."""
    shown = getattr(settings, "PUBLIC_LANGUAGES", None)
    return codes() if shown is None else [code for code in codes() if code in shown]


def direction(code: str) -> str:
    """ "ltr" or "rtl", for the attribute `dir`."""
    base = code.lower().split("-")[0]
    return "rtl" if base in (*settings.LANGUAGES_BIDI, *_ALSO_RIGHT_TO_LEFT) else "ltr"


def native_name(code: str) -> str:
    """The language's name in itself, as a menu shows it: "English", "Français"."""
    try:
        name = get_language_info(code)["name_local"]
    except KeyError:
        name = dict(settings.LANGUAGES).get(code, code)
    return str(name[:1].upper() + name[1:])


def order(first: str) -> list[str]:
    """`first`, then the other languages in the order of menus: where to look for a missing text.

    Raises ValueError where `first` is no language of the site.
    """
    if first not in codes():
        raise ValueError(f"{first!r} is not one of the site's languages")
    return [first, *(code for code in codes() if code != first)]


def name(code: str) -> str:
    """The language's name as the active language calls it: "French", « français »."""
    return gettext(dict(settings.LANGUAGES).get(code, code))


def locale(code: str) -> str:
    """The language as OpenGraph (ogp.me) writes it, with a territory: "fr" → "fr_FR".

    The territory is the one that systems take for it; "" where they know none.
    """
    name = normalize(to_locale(code)).partition(".")[0]
    return name if "_" in name else ""


def english_name(code: str) -> str:
    """The language's name in English, whatever language is active: for names that are stored."""
    try:
        return get_language_info(code)["name"]
    except KeyError:
        return code
