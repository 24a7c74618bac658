"""Numbers, times and months that are written in words: two, midi, thirty-five, août, XXe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translations.checks.tables import MONTHS, NUMBERS, TIMES

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = {"and", "et", "a"}  # two hundred and fifty, vingt et un
_ROMAN = re.compile(r"\b([IVX]+)(?:e|er|ème|ᵉ)\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


def in_words(text: str, language: str) -> set[str]:
    """The readings (see `readings`) of what a text says in words.

    Nobody has to repeat them in the other language, but somebody may have put them into digits.
    """
    if language not in NUMBERS:  # any word may be a small number or a month
        return {"m15", "m30", "m45", *(f"{kind}{n}" for kind in "nd" for n in range(13))}
    found = {f"n{_roman(match[1])}" for match in _ROMAN.finditer(text)}
    words = _WORD.findall(text.lower())
    for word in words:
        found |= TIMES[language].get(word, set())
        if word in MONTHS[language]:
            found.add(f"d{MONTHS[language][word]}")
    return found | {f"n{number}" for number in _numbers(words, NUMBERS[language])}


def _numbers(words: list[str], known: dict[str, int]) -> Iterator[int]:
    """Every number that is said, and what several in a row make together."""
    total = part = 0
    for word in words:
        value = known.get(word)
        if value is None:
            if word not in _BETWEEN:
                total = part = 0
            continue
        if value >= 1000:
            total, part = total + (part or 1) * value, 0
        elif value == 100 or (value == 20 and part % 100 == 4):  # two hundred, quatre-vingts
            part = part - part % 100 + (part % 100 or 1) * value
        else:
            part += value
        yield value
        yield total + part


def _roman(digits: str) -> int:
    values = [_ROMAN_DIGITS[digit] for digit in digits]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
