"""The languages that a group may speak: a fixed list, by ISO 639 code.

ISO 639-1 has two letters; where it has none, or does not tell apart what people do not understand
of one another (Dari, the two Kurdish languages), the code is of ISO 639-3.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from links import naming

NAMES = {
    "am": _("Amharic"),
    "ar": _("Arabic"),
    "bfi": _("British Sign Language"),
    "bm": _("Bambara"),
    "bn": _("Bengali"),
    "ckb": _("Kurdish (Sorani)"),
    "de": _("German"),
    "en": _("English"),
    "es": _("Spanish"),
    "fa": _("Farsi"),
    "ff": _("Fula"),
    "fr": _("French"),
    "fsl": _("French Sign Language"),
    "ha": _("Hausa"),
    "it": _("Italian"),
    "ka": _("Georgian"),
    "kmr": _("Kurdish (Kurmanji)"),
    "ln": _("Lingala"),
    "nl": _("Dutch"),
    "om": _("Oromo"),
    "pl": _("Polish"),
    "prs": _("Dari"),
    "ps": _("Pashto"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "rom": _("Romani"),
    "ru": _("Russian"),
    "so": _("Somali"),
    "sq": _("Albanian"),
    "ti": _("Tigrinya"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "wo": _("Wolof"),
    "zh": _("Chinese"),
}


def names(codes: Iterable[str]) -> list[str]:
    """What the languages are called in the active language, in alphabetical order."""
    return sorted((str(NAMES.get(code, code)) for code in codes), key=naming.alphabetical)


def choices() -> list[tuple[str, str]]:
    """Every language with its name, for a form."""
    return naming.choices(NAMES)
