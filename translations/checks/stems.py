"""Words without their endings of number and gender: enough to find a term, and no linguistics."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_WORD = re.compile(r"[^\W_]+")
# What is “réfugié·e·s” to a reader would be three words here.
_INCLUSIVE = re.compile(
    r"(?<=\w)[-·•.(/](?:[nlsv]?es?|rices?|euses?)\)?(?:[-·•.(/]s\)?)?(?!\w)", re.IGNORECASE
)
_ACCENT = re.compile("[\u0300-\u036f\u064b-\u0652\u0670]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
# fmt: off
# What an ending becomes; the first that fits. Without accents: é is e here.
_ENDINGS = {
    "en": [
        ("ies", "y"), ("ches", "ch"), ("che", "ch"), ("shes", "sh"), ("xes", "x"), ("sses", "ss"),
        ("sse", "ss"), ("ss", "ss"), ("uses", "u"), ("use", "u"), ("s", ""),
    ],
    "fr": [
        ("trices", "teu"), ("trice", "teu"), ("euses", "eu"), ("euse", "eu"), ("eurs", "eu"),
        ("eur", "eu"), ("eux", "eu"), ("ives", "if"), ("ive", "if"), ("ifs", "if"),
        ("eaux", "eau"), ("aux", "al"), ("elles", "el"), ("elle", "el"), ("ennes", "en"),
        ("enne", "en"), ("onnes", "on"), ("onne", "on"), ("ees", ""), ("ee", ""), ("es", ""),
        ("e", ""), ("s", ""), ("x", ""),
    ],
}
# Too short for the endings, which leave two letters of a word at least.
_SHORT = {"en": {"buses": "bu", "busses": "bu", "gases": "ga"}}
# fmt: on


def is_known(language: str) -> bool:
    """There is a table of endings for `language` (without region)."""
    return language in _ENDINGS


def stem_words(text: str, language: str) -> list[str]:
    """The words of a text, folded and without their endings where the language is known."""
    if language == "fr":
        text = _INCLUSIVE.sub("", text)
    words = _WORD.findall(fold(text))
    return [_stem(word, language) for word in words] if is_known(language) else words


def fold(text: str) -> str:
    """Lower case, without accents and ligatures."""
    lower = text.casefold().translate(_LIGATURES)
    if lower.isascii():
        return lower
    return _ACCENT.sub("", normalize("NFD", lower))


@lru_cache(maxsize=10_000)
def _stem(word: str, language: str) -> str:
    if short := _SHORT.get(language, {}).get(word):
        return short
    for ending, becomes in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)] + becomes
    return word
